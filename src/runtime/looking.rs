//! What the frameworks of a database add to the look over its records: those that its cycles run under, each review being read with
//! the rules it was made under.

use super::library::Library;
use crate::domain::check::Looking;
use crate::store::{Reading, StoreResult};

/// What they add together.
pub fn looking(reading: Reading<'_>, library: &mut Library) -> StoreResult<Looking> {
    let mut all = Looking::default();
    for (id, version) in reading.frameworks_in_use()? {
        all.also(Looking::of(&*library.framework(reading, &id, version)?));
    }
    // Of single kinds it is the framework in force that says after how many days, and how much they press.
    all.rules = if all.case_types.is_empty() { Vec::new() } else { library.current(reading)?.checks.clone() };
    Ok(all)
}
