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

/// The known word nearest to a misspelt one, if any is near enough to be what was meant.
pub(super) fn near_miss<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = plain(wrong);
    let limit = (wanted.chars().count() / 3).clamp(1, 4);
    let measured = known.into_iter().filter(|word| *word != wrong).map(|word| (distance(&wanted, &plain(word)), word));
    measured.filter(|(away, _)| *away <= limit).min_by_key(|(away, _)| *away).map(|(_, word)| word.to_string())
}

/// Case and the choice of hyphen, underscore or space are never what a person gets wrong on purpose.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Edits (insert, delete, replace, swap of neighbours) between two words.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut older: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let kept = above[column] + usize::from(from != to);
            let mut best = kept.min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && left[row - 1] == *to && right[column - 1] == *from {
                best = best.min(older[column - 1] + 1);
            }
            current.push(best);
        }
        older = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or_default()
}
