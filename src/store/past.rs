//! The database as it was before a journal row: enough of it, rebuilt in memory, to draw a sample once more.

use super::error::StoreResult;
use super::read::Reading;
use super::{journal, open, project, schema};
use rusqlite::Connection;

/// What a sampling frame is made of; answers, steps and the rest are left out, which is most of a journal.
const KINDS: &str = "'team-recorded', 'person-recorded', 'subject-recorded', 'cycle-recorded', 'review-opened', 'review-withdrawn'";

/// The people, children, cycles and reviews of an earlier moment.
pub struct Past {
    rebuilt: Connection,
    erased: usize,
}

impl Past {
    /// Rebuilds what stood before row `seq` of the journal.
    pub fn before(reading: Reading<'_>, seq: i64) -> StoreResult<Past> {
        let rebuilt = open::in_memory()?;
        let erased = reading.erased_until(seq, KINDS)?;
        for (_, sql) in schema::LADDER {
            rebuilt.execute_batch(sql)?;
        }
        rebuilt.execute_batch("PRAGMA foreign_keys = OFF; BEGIN")?;
        reading.journal_until(seq, KINDS, &mut |seq, at, payload| project::project(&rebuilt, seq, at, &journal::change(payload)?))?;
        rebuilt.execute_batch("COMMIT")?;
        Ok(Past { rebuilt, erased })
    }

    /// How many rows it could not be rebuilt from, because their details were erased by law since (T47).
    pub fn erased(&self) -> usize {
        self.erased
    }

    /// Reads it.
    pub fn reading(&self) -> Reading<'_> {
        Reading::new(&self.rebuilt)
    }
}
