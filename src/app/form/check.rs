//! The form that sets a finding aside.

use super::build::{line, new, plain, text};
use super::{Field, Form, FormFor, Reads};
use crate::domain::check::{About, Finding, FindingKind};
use crate::domain::deed::{Deed, ExemptWanted};
use crate::domain::id::ReviewId;
use chrono::NaiveDate;

/// Why this one is left alone, and for how long.
pub fn exempt(finding: &Finding) -> Form {
    let fields = vec![
        Field { hint: "why it is as it should be; no names".into(), ..plain("reason", "Reason", text(""), true) },
        Field {
            hint: "a date, or +30; empty: until the facts change".into(),
            reads: Reads::DayAhead,
            ..plain("until", "Until (empty: until the facts change)", line(""), false)
        },
    ];
    let intro = format!("{}. It is shown again when the facts change.", finding.sentence());
    let kind = FormFor::Exempt(finding.kind, finding.about, finding.review);
    new(kind, format!("{} \u{b7} Set aside", finding.reference), intro, fields, 0, "set aside")
}

impl Form {
    /// The deed that sets it aside.
    pub(super) fn exempt_deed(
        &self,
        today: NaiveDate,
        (kind, about, review): (FindingKind, About, Option<ReviewId>),
    ) -> Result<Deed, (String, String)> {
        let until = if self.value("until").is_empty() { None } else { Some(self.date("until", today)?) };
        Ok(Deed::Exempt(ExemptWanted { kind, about, review, reason: Some(self.value("reason")), until }))
    }
}
