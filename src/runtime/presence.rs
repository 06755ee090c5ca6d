//! Who else has the record open that is on this screen. Whoever's process is gone is gone, however it ended.

use super::clock::{self, Moment};
use crate::app::msg::AlsoHere;
use crate::domain::id::ReviewId;
use crate::store::{Present, PresentStore, StoreResult};
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often it is looked whether the others' processes still run.
const LOOK_AFTER: Duration = Duration::from_secs(3);

/// What one session knows of the others.
#[derive(Debug)]
pub struct Presence {
    database: PathBuf,
    session: String,
    name: String,
    /// Opened with the first record: a session that only lists never holds it.
    store: Option<PresentStore>,
    here: Option<ReviewId>,
    seen: Option<(i64, Moment)>,
}

impl Presence {
    /// Of a session that has no record open yet.
    pub fn new(database: &Path, session: &str, name: &str) -> Presence {
        Presence { database: database.to_path_buf(), session: session.into(), name: name.into(), store: None, here: None, seen: None }
    }

    /// This record is on the screen now; none: no record is. Says so to the others where it is another than before.
    pub fn shows(&mut self, review: Option<ReviewId>, now: DateTime<Utc>) -> StoreResult<()> {
        if self.here == review {
            return Ok(());
        }
        (self.here, self.seen) = (review, None);
        match (review, &self.store) {
            (None, None) => Ok(()),
            (None, Some(store)) => store.go(&self.session),
            (Some(review), _) => {
                let pid = i64::from(std::process::id());
                let (session, name, started) = (self.session.clone(), self.name.clone(), started(pid).unwrap_or_default());
                self.store()?.come(&Present { session, name, review, since: now, pid, started })
            }
        }
    }

    /// The others who have it open, where that may have changed since it was last asked; none: nothing can have changed.
    pub fn others(&mut self) -> StoreResult<Option<Vec<AlsoHere>>> {
        let (Some(review), Some(store)) = (self.here, &self.store) else { return Ok(None) };
        let version = store.version()?;
        if self.seen.is_some_and(|(known, at)| known == version && clock::since(at) < LOOK_AFTER) {
            return Ok(None);
        }
        let (gone, there): (Vec<Present>, Vec<Present>) = store.others(review, &self.session)?.into_iter().partition(|one| !runs(one));
        for one in gone {
            store.go(&one.session)?;
        }
        self.seen = Some((version, clock::moment()));
        Ok(Some(there.into_iter().map(|one| AlsoHere { name: one.name, since: one.since }).collect()))
    }

    fn store(&mut self) -> StoreResult<&PresentStore> {
        match &mut self.store {
            Some(store) => Ok(store),
            none => Ok(none.insert(PresentStore::open(&self.database)?)),
        }
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        if let (Some(store), Some(_)) = (&self.store, self.here) {
            // Where it fails, the others see that the process is gone.
            let _ = store.go(&self.session);
        }
    }
}

/// Whether the process behind a row still runs, and is the same.
fn runs(present: &Present) -> bool {
    let pid = i32::try_from(present.pid).ok().and_then(rustix::process::Pid::from_raw);
    let Some(pid) = pid else { return false };
    // One that may not be asked belongs to somebody else, and runs.
    if rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH) {
        return false;
    }
    // Where the system tells nothing of others' processes, its number has to do.
    started(present.pid).is_none_or(|started| present.started == 0 || started == present.started)
}

/// When a process was started, in the system's own count since it was; none where the system does not tell.
fn started(pid: i64) -> Option<i64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program stands in brackets and may hold anything; what follows it does not.
    stat.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()
}
