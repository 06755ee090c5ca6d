//! Rows of cells, whatever file they came from. It must not know what the columns mean.

use crate::domain::safe_text::safe_line;
use chrono::NaiveDate;
use std::borrow::Cow;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text as it stands in the file; not yet made safe.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
    /// An error such as `#N/A`.
    Error(String),
    /// A formula whose result the writing program did not store.
    NoResult,
}

impl Value {
    /// Whether the cell shows nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => safe_line(text).is_empty(),
            _ => false,
        }
    }

    /// What the cell shows, safe and on one line; empty for errors and formulas without result.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Value::Empty | Value::Error(_) | Value::NoResult => Cow::Borrowed(""),
            Value::Text(text) => safe_line(text),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Date(date) => Cow::Owned(date.format("%Y-%m-%d").to_string()),
            Value::Bool(yes) => Cow::Borrowed(if *yes { "yes" } else { "no" }),
        }
    }
}

/// One row: its number as a person counts, and its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Row of the spreadsheet or line of the text file, from 1.
    pub number: u32,
    /// Cells from the first column on; those past the last filled one are missing.
    pub cells: Vec<Value>,
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: usize) -> &Value {
        self.cells.get(column).unwrap_or(&Value::Empty)
    }

    /// Whether nothing can be seen in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Value::is_blank)
    }
}

/// A table as read: only rows in which something was written, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows after which a cell could not be understood at all (an error value that is newer than the reader).
    pub unknown_cells_after: Vec<u32>,
}
