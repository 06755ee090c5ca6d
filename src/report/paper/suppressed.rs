//! Counts in words, as they may leave the team.

use super::numbers::Number;
use crate::domain::insight::{Cell, Share};
use crate::domain::report::Material;
use crate::domain::report::told::Kind;

/// A count alone: `12`, `fewer than 5`, or that it is left out.
pub(super) fn count(cell: Cell, below: u32) -> String {
    match cell {
        Cell::Shown(count) => count.to_string(),
        Cell::Small => format!("fewer than {below}"),
        Cell::Beside => "left out".into(),
    }
}

/// Some of a whole: `13 of 21 (62 %)`.
pub(super) fn share(n: Cell, of: Cell, below: u32) -> String {
    match (n, of) {
        (_, Cell::Shown(0)) => "none counted".into(),
        (Cell::Shown(n), Cell::Shown(of)) => Share::new(n, of).say(),
        (Cell::Small, Cell::Shown(of)) => format!("fewer than {below} of {of}"),
        (Cell::Beside, Cell::Shown(of)) => format!("left out (of {of})"),
        (_, Cell::Small) => format!("too few to say (fewer than {below})"),
        // The workbook tells it, so the text tells it too.
        (Cell::Shown(n), Cell::Beside) => format!("{n} (of how many is left out)"),
        (_, Cell::Beside) => "left out".into(),
    }
}

/// A cell of a table.
pub(super) fn cell(cell: Cell, below: u32) -> String {
    match cell {
        Cell::Shown(count) => count.to_string(),
        Cell::Small => format!("under {below}"),
        Cell::Beside => "left out".into(),
    }
}

/// Tables of the team's own work.
const OWN_WORK: [&str; 6] = [
    "Files graded by several reviewers",
    "Reviews",
    "Reviews by kind",
    "Actions of these reviews",
    "Actions of two years",
    "Improvement plan",
];

/// Whether a figure would be left out if it were small: it is neither of the team's own work nor of a register of it.
pub(super) fn is_guarded(number: &Number, material: &Material) -> bool {
    let of_register = [Kind::Registers, Kind::Noted].iter().any(|table| table.label() == number.table);
    let own_work = || material.registers.iter().any(|one| one.own_work && number.row.starts_with(one.label.as_str()));
    !(OWN_WORK.contains(&number.table) || of_register && own_work())
}

/// How much of what a report counts may not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    /// Nothing, or not so much that it has to be said at once.
    Little,
    /// Most of it.
    Most,
    /// All of it.
    All,
}

impl Hidden {
    /// Of these figures. The team's own work is told as it is and counts neither way; nor does what is nought.
    pub(super) fn among(numbers: &[Number], material: &Material) -> Hidden {
        let counted = numbers.iter().filter(|one| is_guarded(one, material) && one.value != "0");
        let (shown, hidden): (Vec<&Number>, Vec<&Number>) = counted.partition(|one| one.value.parse::<u32>().is_ok());
        match (shown.len(), hidden.len()) {
            (_, 0) => Hidden::Little,
            (0, _) => Hidden::All,
            (shown, hidden) if hidden >= 4 * shown => Hidden::Most,
            _ => Hidden::Little,
        }
    }
}

/// Whether a cell of a table says that its count is left out.
pub(in crate::report) fn is_left_out(said: &str) -> bool {
    said == "left out" || said.starts_with("under ")
}
