//! A paper as plain lines, for a terminal and a screen reader.

use super::{Block, Document};
use crate::domain::safe_text::safe_line;

/// The paper as lines.
pub fn plain(document: &Document) -> Vec<String> {
    let mut lines = vec![safe_line(&document.title).into_owned()];
    for block in &document.blocks {
        match block {
            Block::Heading(_, text) => lines.extend([String::new(), safe_line(text).into_owned()]),
            Block::Text(text) => lines.push(safe_line(text).into_owned()),
            Block::Picture(picture) => lines.push(safe_line(&picture.in_words()).into_owned()),
            Block::Quote(text) => lines.push(format!("  {}", safe_line(text))),
            Block::Items(items) => lines.extend(items.iter().map(|item| format!("  {}", safe_line(item)))),
            Block::Facts(facts) => lines.extend(facts.iter().map(|(name, value)| format!("{name}: {}", safe_line(value)))),
            Block::Table { head, rows } => lines.extend(table(head, rows)),
        }
    }
    lines
}

/// A table in columns, each as wide as its widest cell.
fn table(head: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let all: Vec<Vec<String>> = std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).map(safe_cells).collect();
    let wide = |cell: &String| cell.chars().count();
    let widths: Vec<usize> =
        (0..head.len()).map(|column| all.iter().filter_map(|row| row.get(column)).map(wide).max().unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(wide(cell)))));
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_string()
    };
    all.iter().map(line).collect()
}

fn safe_cells(row: &[String]) -> Vec<String> {
    row.iter().map(|cell| safe_line(cell).into_owned()).collect()
}
