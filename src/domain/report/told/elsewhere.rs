//! What the reports of a framework tell: only what one of them really tells can give a small count away beside another.
//!
//! A count is hidden for the sake of a smaller one where a report that the framework asks for would let somebody work that one out, and
//! not because a report that nobody makes could.

use super::Kind;
use serde::{Deserialize, Serialize};

/// A report that the framework asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Months that it speaks of; those of a cycle at least.
    pub months: u32,
    /// Key of the kind of review that it counts; none: every kind together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The tables it tells.
    pub tells: Vec<Tells>,
}

/// A table that a report tells, or some rows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tells {
    /// Which table.
    pub table: Kind,
    /// Words of which a row has one in its keys; none: every row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl Tells {
    /// Whether these tell all that is told here.
    pub fn is_among(&self, others: &[Tells]) -> bool {
        let all =
            |other: &Tells| other.words.is_empty() || !self.words.is_empty() && self.words.iter().all(|word| other.words.contains(word));
        others.iter().any(|other| other.table == self.table && all(other))
    }

    /// Whether a row with these keys is told here.
    pub fn tells_row(&self, keys: &[&str]) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| keys.iter().any(|key| key.contains(word.as_str())))
    }
}

impl Elsewhere {
    /// Whether this one counts more than another: a longer time, or every kind of review where that counts one. What is told there
    /// is decided first, and does not reckon with this.
    pub fn is_wider_than(&self, months: u32, kind: Option<&str>) -> bool {
        self.months > months || self.months == months && self.kind.is_none() && kind.is_some()
    }

    /// Whether it tells of this, of so many months together, and of this kind of review alone or of every kind. What a register holds
    /// is of no kind of review: whatever the report counts else, it tells the whole.
    pub(super) fn tells(&self, months: u32, kind: Option<&str>, about: &About<'_>) -> bool {
        let of_registers = matches!(about.table, Kind::Registers | Kind::Noted);
        let same_kind = of_registers || self.kind.as_deref() == kind;
        self.months == months && same_kind && self.tells_of(about)
    }

    fn tells_of(&self, about: &About<'_>) -> bool {
        self.tells.iter().any(|one| one.table == about.table && one.tells_row(about.keys))
    }
}

/// What is asked about: a table, and the keys of the rows that are decided together.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// The table.
    pub table: Kind,
    /// The keys: of a question with that of its area, of a register.
    pub keys: &'a [&'a str],
}
