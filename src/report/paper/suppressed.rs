//! Counts in words, as they may leave the team.

use crate::domain::insight::{Cell, Share};

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

/// Whether a cell of a table says that its count is left out.
pub(super) fn is_left_out(said: &str) -> bool {
    said == "left out" || said.starts_with("under ")
}
