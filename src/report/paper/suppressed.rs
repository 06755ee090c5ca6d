//! Counts as they may leave the team: a small one is left out, and so is what would give it away.

use crate::domain::insight::figures::ByGrade;
use crate::domain::insight::{Cell, Share, Table};

/// A count alone: `12`, or `fewer than 5`.
pub(super) fn count(count: u32, below: u32) -> String {
    if (1..below).contains(&count) { format!("fewer than {below}") } else { count.to_string() }
}

/// Some of a whole: `13 of 21 (62 %)`. A small part is left out, and so is one whose rest is small.
pub(super) fn share(share: Share, below: u32) -> String {
    let rest = share.of.saturating_sub(share.n);
    match share {
        Share { of: 0, .. } => "none counted".into(),
        Share { of, .. } if (1..below).contains(&of) => format!("too few to say (fewer than {below})"),
        Share { n, of } if (1..below).contains(&n) => format!("fewer than {below} of {of}"),
        Share { of, .. } if (1..below).contains(&rest) => format!("all but fewer than {below} of {of}"),
        shown => shown.say(),
    }
}

/// Whether a share may be shown as it is.
pub(super) fn shown(share: Share, below: u32) -> bool {
    let small = |count: u32| (1..below).contains(&count);
    share.of > 0 && !small(share.n) && !small(share.of) && !small(share.of - share.n)
}

/// A cell of a table.
pub(super) fn cell(cell: Cell, below: u32) -> String {
    match cell {
        Cell::Shown(count) => count.to_string(),
        Cell::Small => format!("under {below}"),
        Cell::Beside => "left out".into(),
    }
}

/// Counts by grade, best first, as they may be shown beside the share of Good or better: that share is the sum of the first two, so
/// neither of a pair is shown where the other is left out.
pub(super) fn grades(counts: &[ByGrade], below: u32) -> Table {
    let mut table = Table::suppressed(&counts.iter().map(|one| one.0.to_vec()).collect::<Vec<_>>(), below);
    for cells in &mut table.cells {
        for pair in cells.chunks_mut(2) {
            if let [first, second] = pair {
                match (first.count(), second.count()) {
                    (None, Some(_)) => *second = Cell::Beside,
                    (Some(_), None) => *first = Cell::Beside,
                    _ => {}
                }
            }
        }
    }
    table
}

/// A table's rows with their totals, as words.
pub(super) fn named(names: &[String], table: &Table, below: u32) -> Vec<Vec<String>> {
    let rows = names.iter().zip(table.cells.iter().zip(&table.row_totals)).map(|(name, (cells, total))| {
        std::iter::once(name.clone()).chain(cells.iter().map(|one| cell(*one, below))).chain([cell(*total, below)]).collect()
    });
    rows.collect()
}
