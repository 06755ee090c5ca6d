//! Small numbers in anything that leaves the team: a child could be known from a count of one.
//!
//! A count from 1 to just under the framework's limit is left out. Where a total would give it away by subtraction, the next smallest
//! of its row or column is left out as well. Nought tells of nobody and stays.

use serde::{Deserialize, Serialize};

/// A count as it may be shown outside the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    /// As it is.
    Shown(u32),
    /// Left out because it is small.
    Small,
    /// Left out because the small one beside it could be worked out from it.
    Beside,
}

impl Cell {
    /// The count, where it may be shown.
    pub fn count(self) -> Option<u32> {
        match self {
            Cell::Shown(count) => Some(count),
            Cell::Small | Cell::Beside => None,
        }
    }
}

/// Counts in rows and columns with their totals, as they may be shown outside the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The cells, row by row.
    pub cells: Vec<Vec<Cell>>,
    /// The total of each row.
    pub row_totals: Vec<Cell>,
    /// The total of each column.
    pub column_totals: Vec<Cell>,
    /// The total of all; small itself, it is left out too.
    pub total: Cell,
}

impl Table {
    /// The table with every count from 1 to `below - 1` left out, and whatever would give one away.
    ///
    /// The totals take part as a last row and a last column: what is left out in any line is at least two, unless it is nothing. A row
    /// that is shorter than the others is read as if it ended in noughts.
    pub fn suppressed(counts: &[Vec<u32>], below: u32) -> Table {
        let width = counts.iter().map(Vec::len).max().unwrap_or(0);
        let mut grid: Vec<Vec<u32>> = counts
            .iter()
            .map(|row| {
                let mut row = row.clone();
                row.resize(width, 0);
                row.push(row.iter().sum());
                row
            })
            .collect();
        grid.push((0..=width).map(|column| grid.iter().filter_map(|row| row.get(column)).sum()).collect());
        let mut cells: Vec<Vec<Cell>> = grid
            .iter()
            .map(|row| row.iter().map(|count| if (1..below).contains(count) { Cell::Small } else { Cell::Shown(*count) }).collect())
            .collect();
        // Each round leaves out one more cell or ends, so it ends.
        while let Some((row, column)) = lonely(&cells) {
            if let Some(cell) = cells.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = Cell::Beside;
            }
        }
        let mut bottom = cells.pop().unwrap_or_default();
        let total = bottom.pop().unwrap_or(Cell::Shown(0));
        let row_totals = cells.iter_mut().filter_map(Vec::pop).collect();
        Table { cells, row_totals, column_totals: bottom, total }
    }
}

/// The cell that has to go beside the only one left out of its line: the smallest that tells of somebody, else a nought.
fn lonely(cells: &[Vec<Cell>]) -> Option<(usize, usize)> {
    let width = cells.first().map_or(0, Vec::len);
    let rows = (0..cells.len()).map(|row| (0..width).map(|column| (row, column)).collect::<Vec<_>>());
    let columns = (0..width).map(|column| (0..cells.len()).map(|row| (row, column)).collect::<Vec<_>>());
    let shown = |(row, column): (usize, usize)| cells.get(row).and_then(|line| line.get(column)).and_then(|cell| cell.count());
    for line in rows.chain(columns) {
        let left: Vec<((usize, usize), u32)> = line.iter().filter_map(|place| Some((*place, shown(*place)?))).collect();
        if line.len() - left.len() != 1 {
            continue;
        }
        // A nought beside would tell no more than a shown one does; it goes only where there is nothing else.
        let next = left.iter().min_by_key(|(place, count)| (*count == 0, *count, *place));
        if let Some((place, _)) = next {
            return Some(*place);
        }
    }
    None
}
