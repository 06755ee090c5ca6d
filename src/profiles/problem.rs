//! What is wrong with a profile, told all at once, each with its place, its line and a near miss.

use std::fmt;
use thiserror::Error;

/// One thing that is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the framework: `kind "audit" · area "voice" · question 2 · answer`.
    pub place: String,
    /// Line of the file, counted from 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong and what would be right: whole sentences.
    pub what: String,
    /// The word that was probably meant.
    pub suggestion: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.what)?;
        match &self.suggestion {
            Some(word) => write!(f, " Did you mean \"{word}\"?"),
            None => Ok(()),
        }
    }
}

/// A profile that cannot be used, with everything that is wrong with it in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", .problems.iter().map(|problem| told(.file, problem)).collect::<Vec<_>>().join("\n"))]
pub struct ProfileError {
    /// The file as the person named it.
    pub file: String,
    /// Never empty.
    pub problems: Vec<Problem>,
}

impl ProfileError {
    /// An error about the file as a whole.
    pub fn whole(file: &str, what: impl Into<String>, suggestion: Option<String>) -> ProfileError {
        let problem = Problem { place: String::new(), line: None, what: what.into(), suggestion };
        ProfileError { file: file.to_string(), problems: vec![problem] }
    }
}

fn told(file: &str, problem: &Problem) -> String {
    let joint = if problem.line.is_some() { "," } else { ":" };
    format!("{file}{joint} {problem}")
}
