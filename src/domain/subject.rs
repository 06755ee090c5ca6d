//! Whom a review looks at, and no more about them than choosing a sample needs.
//!
//! No name, date of birth, ethnicity or postcode is ever stored: the council's own number, a pseudonym and the facts
//! that strata and independence are judged by.

use super::framework::SubjectKind;
use super::id::{PersonId, SubjectId, TeamId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A child, young person, carer, adopter or service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Row number.
    pub id: SubjectId,
    /// What kind of subject.
    pub kind: SubjectKind,
    /// What screens show (`M-0412`).
    pub pseudonym: String,
    /// The council's own number; shown only when somebody reveals it, which is written down.
    pub council_id: String,
    /// Key of the case type (`cp`); the word of its kind where it is no child (`foster-carer`).
    pub case_type: String,
    /// Age in whole years at the extract's date, if known.
    pub age_years: Option<u8>,
    /// Whether a disability is recorded, if known.
    pub disability: Option<bool>,
    /// Allocated team.
    pub team: Option<TeamId>,
    /// Allocated worker.
    pub worker: Option<PersonId>,
    /// When the plan, care or episode began.
    pub started_on: Option<NaiveDate>,
    /// In the sampling frame; false once the case is closed or gone from the extract.
    pub open: bool,
}
