//! Papers: read-models in, text or bytes of a file out. Nothing here reads a database, a clock, or writes to a disk.
//!
//! [`Document`] is what a paper says; [`markdown`], [`plain`], [`html`] and [`docx`] are the forms it can be handed out in, and
//! know nothing of what it is about. [`panel`] composes the papers of the moderation panel, [`proof`] those that prove who was told
//! and did what, [`paper`] the reports of a framework and [`sheet`] their figures, [`deadline`] the calendar file of a time by which something is due.

pub mod actions;
pub mod calendar;
pub mod cell;
pub mod chart;
pub mod dataset;
pub mod deadline;
mod document;
pub mod docx;
pub mod html;
pub mod markdown;
pub mod panel;
pub mod paper;
pub mod plain;
pub mod proof;
pub mod sheet;

pub use document::{Block, Document, Running};

use thiserror::Error;

/// The text with per cent signs that stay on the line of their number.
fn whole_shares(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}

/// A cell of no more letters than this stays in one line: `under 5`, `in progress`.
const SHORT: usize = 11;

/// No longer cell does, whatever it is.
const LONGEST: usize = 20;

/// Whether a cell of a table reads badly in several lines: a short one, a day (`28 Sep 2026`), a reference (`CR-0412`), or a share
/// (`7 of 23 (30 %)`).
fn in_one_line(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let number = |word: &&str| word.parse::<u16>().is_ok();
    let whole = match words.as_slice() {
        [one] => one.split_once('-').is_some_and(|(_, number)| number.parse::<u32>().is_ok()),
        [day, month, year] => number(day) && number(year) && month.chars().all(char::is_alphabetic),
        [n, "of", of, percent, "%)"] => number(n) && number(of) && percent.starts_with('('),
        _ => false,
    };
    text.chars().count() <= SHORT || whole && text.chars().count() <= LONGEST
}

/// Widths of columns that fit into this room: where they are too large together, the largest of them cut to one size.
fn within(mut widths: Vec<usize>, mut room: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|column| widths.get(*column).copied().unwrap_or(0));
    let mut columns = widths.len();
    for column in order {
        let Some(width) = widths.get_mut(column) else { continue };
        *width = (*width).min(room / columns.max(1));
        room -= *width;
        columns -= 1;
    }
    widths
}

/// A paper that could not be made.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The file's form did not come about.
    #[error("The {form} file could not be put together: {what}. Please report this; the Markdown form has the same text.")]
    Form {
        /// Which form (`Word`).
        form: &'static str,
        /// What was wrong.
        what: String,
    },
    /// A template of a report cannot be used.
    #[error("The template {file}, line {line}: {what}. Mend it there; the report was not written.")]
    Template {
        /// Its file.
        file: String,
        /// The line.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A calendar entry needs a time.
    #[error("The sitting starts at \u{201c}{0}\u{201d}, which is no time of day. Give it one in the workstation, such as 10:00.")]
    NoTime(String),
}
