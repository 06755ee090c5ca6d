//! Why a file was not taken in at all: what was wrong, where, and what to do now.

use crate::domain::intake::Place;
use thiserror::Error;

/// The kind of trouble, for callers that treat some of it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such file, it may not be read, or it is something else than a file.
    NotAFile,
    /// There is nothing in it.
    Empty,
    /// It is too big to be what it should be.
    TooBig,
    /// It is locked with a password.
    Password,
    /// It is damaged, or not of a kind that can be read.
    Unreadable,
    /// None of the lists that are needed is in it.
    NoLists,
    /// A column without which nothing makes sense is not there.
    NoColumn,
    /// A value in it cannot be what it should be.
    BadValue,
}

/// A refusal to take in a file. Nothing was read from it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what} In: {place}. {remedy}")]
pub struct IntakeError {
    /// The kind of trouble.
    pub trouble: Trouble,
    /// What was wrong: a whole sentence.
    pub what: String,
    /// Where. Boxed, so that the good way through is not slowed by a big error type.
    pub place: Box<Place>,
    /// What to do now: a whole sentence.
    pub remedy: String,
}

impl IntakeError {
    pub(crate) fn new(trouble: Trouble, place: Place, what: impl Into<String>, remedy: impl Into<String>) -> IntakeError {
        IntakeError { trouble, what: what.into(), place: Box::new(place), remedy: remedy.into() }
    }
}
