//! What the reports of a framework tell: only what one of them really tells can give a small count away beside another.
//!
//! A count is hidden for the sake of a smaller one where a report that the framework asks for would let somebody work that one out, and
//! not because a report that nobody makes could.

use super::Kind;

/// A report that the framework asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Months that it speaks of; those of a cycle at least.
    pub months: u32,
    /// Key of the kind of review that it counts; none: every kind together.
    pub kind: Option<String>,
    /// The tables it tells.
    pub tells: Vec<Tells>,
}

/// A table that a report tells, or some rows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tells {
    /// Which table.
    pub table: Kind,
    /// Words of which a row has one in its keys; none: every row.
    pub words: Vec<String>,
}

impl Elsewhere {
    /// Whether it tells of this, of so many months together, and of this kind of review alone or of every kind. What a register holds
    /// is of no kind of review: whatever the report counts else, it tells the whole.
    pub(super) fn tells(&self, months: u32, kind: Option<&str>, about: &About<'_>) -> bool {
        let of_registers = matches!(about.table, Kind::Registers | Kind::Noted);
        let same_kind = of_registers || self.kind.as_deref() == kind;
        self.months == months && same_kind && self.tells_of(about)
    }

    fn tells_of(&self, about: &About<'_>) -> bool {
        self.tells.iter().any(|one| {
            let of_row = |word: &String| about.keys.iter().any(|key| key.contains(word.as_str()));
            one.table == about.table && (one.words.is_empty() || one.words.iter().any(of_row))
        })
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
