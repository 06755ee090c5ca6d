//! Reads what councils export: Annex A and the Standard Safeguarding Dataset, plain lists of subjects, people files, holidays.
//!
//! Every reader gives plain data of [`crate::domain`] together with a list of oddities (what is strange, where, what was
//! done with it), or an [`IntakeError`] and nothing at all. No row is lost silently. This layer may name `domain` and the
//! libraries that read formats. It must not know SQL, the screen or the clock: today's date is an argument.

mod ages;
pub mod annex_a;
mod cells;
mod columns;
mod delimited;
mod error;
mod grid;
pub mod holidays;
pub mod indicators;
pub mod people;
mod source;
pub mod ssd;
pub mod subjects;
mod table;
mod text;
mod unpacked;
mod workbook;

pub use error::{IntakeError, Trouble};
pub use workbook::is_guarded;
