//! Frameworks as files: reads a council's profile, refuses what contradicts itself, and tells all of it at once.
//!
//! A profile is one TOML file of closed words and own sentences. [`parse`] turns its text into a validated
//! [`Framework`], whose users may then rely on it. This module must not know the
//! database, the screen or the clock; it touches files only where [`Catalog`] is given a folder.

mod builtin;
mod catalog;
mod compare;
mod describe;
mod problem;
mod raw;
mod validate;
mod words;

pub use builtin::builtin;
pub use catalog::{Catalog, Fault, Listing, Source};
pub use compare::{Difference, compare};
pub use describe::describe;
pub use problem::{Problem, ProfileError};

use crate::domain::framework::Framework;
use toml::de::DeTable;

/// Reads a profile, or says everything that is wrong with it; `file` is what the person calls it.
pub fn parse(text: &str, file: &str) -> Result<Framework, ProfileError> {
    let sheet = raw::Sheet::new(text, &validate::TOP_LISTS);
    let (table, broken) = DeTable::parse_recoverable(text);
    if !broken.is_empty() {
        // Past a broken line every further finding would be a guess, so only the broken lines are told.
        for error in broken {
            let at = error.span().map_or(0, |span| span.start);
            sheet.note("", at, format!("this is not TOML: {}.", error.message()), None);
        }
        return Err(ProfileError { file: file.to_string(), problems: sheet.into_problems() });
    }
    let framework = validate::framework(&raw::Table::top(&sheet, table.get_ref()));
    match (framework, sheet.into_problems()) {
        (Some(framework), problems) if problems.is_empty() => Ok(framework),
        (_, problems) => Err(ProfileError { file: file.to_string(), problems }),
    }
}
