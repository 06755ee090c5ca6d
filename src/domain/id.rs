//! Newtype ids: a review's number can never be mistaken for a person's.
//!
//! Ids are row numbers handed out inside the write transaction, so two workstations never get the same one.
//! What people see is a *reference* (`CR-0412`), made from the id once and stored.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl RowNumber for $name {
            fn number(&self) -> i64 {
                self.0
            }
        }
    )+};
}

ids! {
    /// A person who works for the council: practitioner, reviewer, manager, coordinator.
    PersonId,
    /// A team of practitioners.
    TeamId,
    /// The child, young person, carer or service that a review looks at.
    SubjectId,
    /// A cycle of reviews.
    CycleId,
    /// One draw of a sample.
    DrawId,
    /// One review.
    ReviewId,
    /// One action in the tracker.
    ActionId,
    /// One Inadequate alert.
    AlertId,
    /// One version of a report.
    ReportId,
    /// One dispute, or one alert of good practice.
    DrpId,
    /// One sitting of a moderation panel.
    PanelId,
    /// One period of absence of a person.
    AbsenceId,
    /// One entry of a register.
    EntryId,
    /// A passage that is marked as good practice.
    GoodPracticeId,
    /// One declared interest.
    InterestId,
    /// One message of the outbox.
    MailId,
    /// One note of an improvement plan.
    PlanNoteId,
    /// One disposal of records.
    DisposalId,
    /// One follow-up of a review: a supervision, an assurance, support.
    FollowUpId,
}

/// What numbers a row of a list, whatever its kind.
pub trait RowNumber {
    /// The number.
    fn number(&self) -> i64;
}

impl RowNumber for i64 {
    fn number(&self) -> i64 {
        *self
    }
}

/// The reference that people read and say: a prefix and at least four digits (`CR-0412`).
pub fn reference(prefix: &str, number: i64) -> String {
    format!("{prefix}-{number:04}")
}
