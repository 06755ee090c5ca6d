//! Keeping the head of the journal where whoever may write the database may not rewrite it: in the machine's log, or in a file.
//!
//! The chain shows a change in the middle; only a head that is kept elsewhere shows that the end was cut off or the whole was
//! written anew (`reliability.md` §4.7). A sent head is noted beside the database, so that each is sent once.

use super::notes::{Kind, Note};
use crate::config::Anchor;
use crate::store::{ANCHOR_WORD as WORD, Store, StoreError, anchor_line};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use std::io::{Read, Write};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::time::Duration;
use thiserror::Error;

/// A head is sent when so many rows came since the last…
const ROWS: i64 = 100;

/// …or when the last is so old and any row came.
const AGE: TimeDelta = TimeDelta::minutes(5);

/// Where the machine's log takes messages.
const LOG: &str = "/dev/log";

/// Facility "authpriv", severity "notice" (RFC 3164): where who did what on this machine is kept.
const PRIORITY: u8 = 10 * 8 + 5;

/// How long the log may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a head could not be sent.
#[derive(Debug, Error)]
pub enum AnchorError {
    /// The database could not be read, or the note beside it not written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log took nothing.
    #[error(
        "The head of the journal could not be sent to this machine's log ({LOG}: {0}). Whoever looks after the machine starts the log, or names a file with anchor in [host]."
    )]
    Log(std::io::Error),
    /// The file took nothing.
    #[error(
        "The head of the journal could not be added to {0}: {1}. Let this user add to that file, or name another with anchor in [host]."
    )]
    File(std::path::PathBuf, std::io::Error),
}

/// Sends the head of the journal if it is time for it; says whether it did.
pub fn send_if_due(store: &Store, to: &Anchor, now: DateTime<Utc>) -> Result<bool, AnchorError> {
    let tail = store.reading().tail()?;
    let last = Kind::Anchored.read(store.path());
    let due = match &last {
        None => tail.seq > 0,
        // A journal that is shorter than what was sent has lost its end: that is worth a line as well.
        // One that went to another place than this says nothing here.
        Some(last) => {
            place_of(&last.what).is_some_and(|place| place != word(to))
                || tail.seq < last.seq
                || tail.seq - last.seq >= ROWS
                || tail.seq > last.seq && now - last.at >= AGE
        }
    };
    if due {
        let line = anchor_line(tail.seq, &tail.hash);
        send(to, &line, now)?;
        Kind::Anchored.write(store.path(), &Note { at: now, seq: tail.seq, what: format!("{line}{TO}{}", word(to)) })?;
    }
    Ok(due)
}

/// What stands in the note between the line and where it went.
const TO: &str = " to ";

/// A place as the note beside the database has it.
pub fn word(to: &Anchor) -> String {
    match to {
        Anchor::Syslog => "syslog".to_string(),
        Anchor::File(path) => path.display().to_string(),
    }
}

/// Where the noted line went; none where the note was made by a closeloop that did not say so.
pub fn place_of(noted: &str) -> Option<&str> {
    noted.split_once(TO).map(|(_, place)| place)
}

/// Sends one line.
pub fn send(to: &Anchor, line: &str, now: DateTime<Utc>) -> Result<(), AnchorError> {
    match to {
        Anchor::Syslog => into_log(Path::new(LOG), line).map_err(AnchorError::Log),
        Anchor::File(path) => into_file(path, line, now).map_err(|error| AnchorError::File(path.clone(), error)),
    }
}

/// Hands a line to the log that listens there.
pub fn into_log(log: &Path, line: &str) -> std::io::Result<()> {
    let message = format!("<{PRIORITY}>closeloop: {line}");
    let line = UnixDatagram::unbound()?;
    // A log that is full and read by nobody must not hold up what `tick` has to raise.
    line.set_write_timeout(Some(PATIENCE))?;
    line.send_to(message.as_bytes(), log).map(drop)
}

/// So much of a file is looked at for a line like those that are added to it, bytes.
const LOOKED_AT: u64 = 4096;

/// Adds a line to a file, with its time, and waits until it outlasts a power cut. A file that holds something else, a database for one,
/// is left as it is.
fn into_file(path: &Path, line: &str, now: DateTime<Utc>) -> std::io::Result<()> {
    // Who may only add to it cannot look; nobody works so with a database.
    if let Ok(file) = std::fs::File::open(path) {
        let mut begins = Vec::new();
        file.take(LOOKED_AT).read_to_end(&mut begins)?;
        if !begins.is_empty() && !String::from_utf8_lossy(&begins).contains(WORD) {
            return Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, "it holds something else than such lines"));
        }
    }
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(format!("{} {line}\n", now.to_rfc3339_opts(SecondsFormat::Secs, true)).as_bytes())?;
    file.sync_all()
}
