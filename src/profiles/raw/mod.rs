//! The raw shape of a profile: tables of a TOML file, read key by key, in which nothing goes unnoticed.
//!
//! A derived shape would stop at its first mismatch and forget the lines. So a [`Table`] is asked for what it must
//! hold, answers with a stand-in when it does not, and notes the problem; keys that nobody asked for are problems too.
//! This module knows TOML and words. It must not know what a framework is.

mod table;
mod values;

pub(in crate::profiles) use table::Table;

use super::problem::Problem;
use std::cell::RefCell;

/// The whole file while it is read: its text and what was found wrong so far.
pub(in crate::profiles) struct Sheet<'a> {
    text: &'a str,
    top_keys: &'static [&'static str],
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Sheet<'a> {
    /// A sheet over the text of a file whose outermost table may hold these keys.
    pub(in crate::profiles) fn new(text: &'a str, top_keys: &'static [&'static str]) -> Sheet<'a> {
        Sheet { text, top_keys, problems: RefCell::new(Vec::new()) }
    }

    /// Notes a problem at a byte of the file.
    pub(in crate::profiles) fn note(&self, place: &str, at: usize, what: impl Into<String>, suggestion: Option<String>) {
        let before = self.text.as_bytes().iter().take(at);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        self.problems.borrow_mut().push(Problem { place: place.to_string(), line: Some(line), what: what.into(), suggestion });
    }

    /// How much was noted so far.
    pub(in crate::profiles) fn noted(&self) -> usize {
        self.problems.borrow().len()
    }

    /// Everything noted, in the order of the file.
    pub(in crate::profiles) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.line);
        problems.dedup();
        problems
    }
}

/// A word of the file with the place it stands at, for checks that come later.
#[derive(Clone)]
pub(in crate::profiles) struct Word {
    /// The word.
    pub(in crate::profiles) text: String,
    /// Where it stands, in words.
    pub(in crate::profiles) place: String,
    /// Its first byte in the file.
    pub(in crate::profiles) at: usize,
}
