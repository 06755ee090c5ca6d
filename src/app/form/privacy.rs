//! Forms about keeping and erasing: holding records, releasing one, asking for a disposal, refusing one. T47.

use super::build::{new, plain, text};
use super::{Field, Form, FormFor};
use crate::domain::count::counted;
use crate::domain::deed::{Deed, PrivacyDeed};
use crate::domain::id::{DisposalId, ReviewId};
use crate::domain::query::{AskedRow, DueRow, WHAT_GOES, WHAT_STAYS};
use crate::domain::retention::DisposalStand;

/// Which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrivacyForm {
    /// Why records are kept whatever their age.
    Hold(Vec<ReviewId>),
    /// Why one need not be any more.
    Release(ReviewId),
    /// Why some are to be erased, and on what authority.
    Ask(Vec<ReviewId>),
    /// Why a disposal is refused.
    Refuse(DisposalId),
}

fn why(hint: &str) -> Vec<Field> {
    vec![Field { hint: hint.into(), ..plain("why", "Why", text(""), true) }]
}

/// Why records are kept.
pub fn hold(rows: &[&DueRow]) -> Form {
    let (title, intro) = match rows {
        [row] => (
            format!("{} \u{b7} Keep it", row.reference),
            format!("{}, up since {}. It is not erased while it is held, whatever its age.", row.class, row.up.format("%-d %B %Y")),
        ),
        several => (
            format!("Keep {}", counted(several.len(), "record", "records")),
            format!("{}. They are not erased while they are held, whatever their age.", named(several)),
        ),
    };
    let reviews = rows.iter().map(|row| row.review).collect();
    let fields = why("an inquiry, a court, a complaint; no names");
    let saves = if rows.len() == 1 { "hold it" } else { "hold them" };
    new(FormFor::Privacy(PrivacyForm::Hold(reviews)), title, intro, fields, 0, saves)
}

/// Why a record need not be kept any more; says who held it and why, since somebody else may have.
pub fn release(row: &DueRow) -> Form {
    let held = row.hold.as_ref().map_or_else(String::new, |hold| {
        let by = if row.held_by.is_empty() { String::new() } else { format!(" by {}", row.held_by) };
        format!("Held{by} since {}: {}. ", hold.on.format("%-d %B %Y"), hold.why)
    });
    let intro = format!("{held}Released, its erasure can be asked for.");
    let fields = why("what has ended, and who said so; no names");
    new(FormFor::Privacy(PrivacyForm::Release(row.review)), format!("{} \u{b7} Release it", row.reference), intro, fields, 0, "release it")
}

fn named(rows: &[&DueRow]) -> String {
    rows.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>().join(", ")
}

/// Why some are to be erased.
pub fn ask_disposal(rows: &[&DueRow]) -> Form {
    let intro =
        format!("{}. {WHAT_GOES} Nothing goes before a second manager of the Insights team has approved it. {WHAT_STAYS}", named(rows));
    let title = format!("Ask for the erasure of {}", counted(rows.len(), "record", "records"));
    let reviews = rows.iter().map(|row| row.review).collect();
    let fields = why("on what authority: the council\u{2019}s schedule and its line");
    new(FormFor::Privacy(PrivacyForm::Ask(reviews)), title, intro, fields, 0, "ask for it")
}

/// Why a disposal is refused.
pub fn refuse_disposal(row: &AskedRow) -> Form {
    let approved = row.disposal.stand == DisposalStand::Approved;
    let (does, saves) = if approved { ("Withdraw it", "withdraw it") } else { ("Refuse it", "refuse it") };
    let title = format!("Disposal {} \u{b7} {does}", row.disposal.id.0);
    let anew = if approved && !row.holds_all() { " Those that are not held can be asked for anew." } else { "" };
    let intro = format!("{}: the records stay. Whoever asked reads why.{anew}", row.named());
    let kind = FormFor::Privacy(PrivacyForm::Refuse(row.disposal.id));
    new(kind, title, intro, why("why the records are kept"), 0, saves)
}

impl Form {
    /// The deed of a form about keeping and erasing.
    pub(super) fn privacy_deed(&self, kind: &PrivacyForm) -> Deed {
        let why = self.value("why");
        Deed::Privacy(match kind {
            PrivacyForm::Hold(reviews) => PrivacyDeed::Hold { reviews: reviews.clone(), why },
            PrivacyForm::Release(review) => PrivacyDeed::Release { review: *review, why },
            PrivacyForm::Ask(reviews) => PrivacyDeed::AskDisposal { reviews: reviews.clone(), why },
            PrivacyForm::Refuse(disposal) => PrivacyDeed::SettleDisposal { disposal: *disposal, refused: Some(why) },
        })
    }
}
