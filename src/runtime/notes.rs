//! Short notes beside a database, each a line in a file of its own: when it was last backed up, when the head of its journal was
//! last sent elsewhere, when `tick` last ran, and when it last could not sweep the files. All but the last are told by `closeloop
//! doctor`; no record depends on any.

use crate::store::{self, StoreResult};
use chrono::{DateTime, SecondsFormat, Utc};
use std::path::{Path, PathBuf};

/// Which note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The last backup; where it went.
    BackedUp,
    /// The last anchor; the line that was sent, and where to.
    Anchored,
    /// The last `tick`, whether it had anything to do or not.
    Ticked,
    /// The last sweep after an erasure that did not come out clean; which disposal waited for it.
    Unswept,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: DateTime<Utc>,
    /// How far the journal had come.
    pub seq: i64,
    /// Where to, or what.
    pub what: String,
}

impl Kind {
    /// Where the note lies.
    pub fn place(self, database: &Path) -> PathBuf {
        let mut name = database.as_os_str().to_os_string();
        name.push(match self {
            Kind::BackedUp => ".backed-up",
            Kind::Anchored => ".anchored",
            Kind::Ticked => ".ticked",
            Kind::Unswept => ".unswept",
        });
        PathBuf::from(name)
    }

    /// Reads the note; none where there is none that can be read.
    pub fn read(self, database: &Path) -> Option<Note> {
        let text = std::fs::read_to_string(self.place(database)).ok()?;
        let mut words = text.trim_end().splitn(3, ' ');
        let at = DateTime::parse_from_rfc3339(words.next()?).ok()?.with_timezone(&Utc);
        Some(Note { at, seq: words.next()?.parse().ok()?, what: words.next().unwrap_or_default().to_string() })
    }

    /// Writes the note in the place of the one before.
    pub fn write(self, database: &Path, note: &Note) -> StoreResult<()> {
        let line = format!("{} {} {}\n", note.at.to_rfc3339_opts(SecondsFormat::Secs, true), note.seq, note.what);
        store::write_file(&self.place(database), line.as_bytes(), true)
    }
}
