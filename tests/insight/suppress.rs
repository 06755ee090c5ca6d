//! Small numbers: none can be read or worked out from what is shown.

use closeloop::domain::insight::{Cell, Table};
use proptest::prelude::*;

/// Every line of the table with its total at the end, rows then columns.
fn lines(table: &Table) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = table.cells.clone();
    for (row, total) in rows.iter_mut().zip(&table.row_totals) {
        row.push(*total);
    }
    let mut bottom = table.column_totals.clone();
    bottom.push(table.total);
    rows.push(bottom);
    let columns = (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect::<Vec<_>>();
    rows.into_iter().chain(columns).collect()
}

#[test]
fn a_small_count_is_left_out_with_one_beside_it_in_its_row_and_column() {
    let table = Table::suppressed(&[vec![3, 8, 9], vec![10, 7, 12], vec![20, 30, 40]], 5);
    assert_eq!(table.cells[0], [Cell::Small, Cell::Beside, Cell::Shown(9)]);
    assert_eq!(table.cells[1], [Cell::Beside, Cell::Beside, Cell::Shown(12)]);
    assert_eq!(table.cells[2], [Cell::Shown(20), Cell::Shown(30), Cell::Shown(40)]);
    assert_eq!(table.total, Cell::Shown(139));
}

#[test]
fn nought_and_the_limit_itself_stay() {
    let table = Table::suppressed(&[vec![0, 5], vec![6, 0]], 5);
    assert_eq!(table.cells, [[Cell::Shown(0), Cell::Shown(5)], [Cell::Shown(6), Cell::Shown(0)]]);
}

proptest! {
    #[test]
    fn no_line_leaves_out_exactly_one(counts in proptest::collection::vec(proptest::collection::vec(0u32..12, 4), 1..6), below in 1u32..7) {
        let table = Table::suppressed(&counts, below);
        for line in lines(&table) {
            prop_assert_ne!(line.iter().filter(|cell| cell.count().is_none()).count(), 1, "{:?}", line);
            prop_assert!(line.iter().filter_map(|cell| cell.count()).all(|count| count == 0 || count >= below));
        }
    }
}
