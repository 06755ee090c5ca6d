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

/// Counts by grade, best first, as they may be shown beside the total and the share of Good or better: that share is the sum of the
/// first two, so none of a pair is shown where the other is small; and where the sum of a pair is small, the other pair does not
/// tell it either.
pub(super) fn grades(counts: &[ByGrade], below: u32) -> Table {
    let small = |count: u32| (1..below).contains(&count);
    let row = |counts: [u32; 4]| {
        let mut cells = counts.map(|count| if small(count) { Cell::Small } else { Cell::Shown(count) });
        for pair in [0, 2] {
            if counts[pair..pair + 2].iter().any(|count| small(*count)) {
                cells[pair..pair + 2].iter_mut().filter(|cell| **cell != Cell::Small).for_each(|cell| *cell = Cell::Beside);
            }
        }
        for (pair, other) in [(0, 2), (2, 0)] {
            if small(counts[pair] + counts[pair + 1]) && cells[other..other + 2].iter().all(|cell| cell.count().is_some()) {
                let less =
                    if counts[other] > 0 && (counts[other] < counts[other + 1] || counts[other + 1] == 0) { other } else { other + 1 };
                cells[less] = Cell::Beside;
            }
        }
        cells.to_vec()
    };
    let totals = counts.iter().map(|one| if small(one.total()) { Cell::Small } else { Cell::Shown(one.total()) });
    let cells = counts.iter().map(|one| row(one.0)).collect();
    Table { cells, row_totals: totals.collect(), column_totals: Vec::new(), total: Cell::Shown(0) }
}

/// A table's rows with their totals, as words.
pub(super) fn named(names: &[String], table: &Table, below: u32) -> Vec<Vec<String>> {
    let rows = names.iter().zip(table.cells.iter().zip(&table.row_totals)).map(|(name, (cells, total))| {
        std::iter::once(name.clone()).chain(cells.iter().map(|one| cell(*one, below))).chain([cell(*total, below)]).collect()
    });
    rows.collect()
}
