//! Forms about keeping and erasing: holding a record, asking for a disposal, refusing one. T47.

use super::build::{new, plain, text};
use super::{Field, Form, FormFor};
use crate::domain::count::counted;
use crate::domain::deed::{Deed, PrivacyDeed};
use crate::domain::id::{DisposalId, ReviewId};
use crate::domain::query::{AskedRow, DueRow, WHAT_GOES, WHAT_STAYS};

/// Which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrivacyForm {
    /// Why a record is kept whatever its age.
    Hold(ReviewId),
    /// Why some are to be erased, and on what authority.
    Ask(Vec<ReviewId>),
    /// Why a disposal is refused.
    Refuse(DisposalId),
}

fn why(hint: &str) -> Vec<Field> {
    vec![Field { hint: hint.into(), ..plain("why", "Why", text(""), true) }]
}

/// Why a record is kept.
pub fn hold(row: &DueRow) -> Form {
    let intro = format!("{}, up since {}. It is not erased while it is held, whatever its age.", row.class, row.up.format("%-d %B %Y"));
    let fields = why("an inquiry, a court, a complaint; no names");
    new(FormFor::Privacy(PrivacyForm::Hold(row.review)), format!("{} \u{b7} Keep it", row.reference), intro, fields, 0, "hold it")
}

/// Why some are to be erased.
pub fn ask_disposal(rows: &[&DueRow]) -> Form {
    let named: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
    let intro = format!(
        "{}. {WHAT_GOES} Nothing goes before a second manager of the Insights team has approved it. {WHAT_STAYS}",
        named.join(", ")
    );
    let title = format!("Ask for the erasure of {}", counted(rows.len(), "record", "records"));
    let reviews = rows.iter().map(|row| row.review).collect();
    let fields = why("on what authority: the council\u{2019}s schedule and its line");
    new(FormFor::Privacy(PrivacyForm::Ask(reviews)), title, intro, fields, 0, "ask for it")
}

/// Why a disposal is refused.
pub fn refuse_disposal(row: &AskedRow) -> Form {
    let title = format!("Disposal {} \u{b7} Refuse it", row.disposal.id.0);
    let intro = format!("{}: the records stay. Whoever asked reads why.", row.named());
    new(FormFor::Privacy(PrivacyForm::Refuse(row.disposal.id)), title, intro, why("why the records are kept"), 0, "refuse it")
}

impl Form {
    /// The deed of a form about keeping and erasing.
    pub(super) fn privacy_deed(&self, kind: &PrivacyForm) -> Deed {
        let why = self.value("why");
        Deed::Privacy(match kind {
            PrivacyForm::Hold(review) => PrivacyDeed::Hold { review: *review, why: Some(why) },
            PrivacyForm::Ask(reviews) => PrivacyDeed::AskDisposal { reviews: reviews.clone(), why },
            PrivacyForm::Refuse(disposal) => PrivacyDeed::SettleDisposal { disposal: *disposal, refused: Some(why) },
        })
    }
}
