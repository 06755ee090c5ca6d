//! Verifying a database: SQLite's own check, the journal's chain, the tables rebuilt from it, and an anchor if given.
//!
//! The chain shows that a row was changed; only an anchor kept elsewhere shows that the end was cut off or the whole
//! was written anew. Hence "tamper-evident", never "tamper-proof".

mod compare;

use self::compare::{compare, compare_schema, text};
use super::error::{StoreError, StoreResult};
use super::journal::{self, Entry, Hash};
use super::looks;
use super::open::{self, Purpose};
use super::project::{self, TABLES};
use super::schema;
use crate::domain::change::{Change, ERASED, PrivacyChange};
use crate::domain::count::counted;
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;
use std::path::Path;

/// The head of the chain as somebody wrote it down elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Sequence number.
    pub seq: i64,
    /// Hash of that row.
    pub hash: Hash,
}

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Everything that is wrong, as sentences; empty when clean.
    pub problems: Vec<String>,
    /// What is wrong with the log of who looked at what, as sentences. It lies in a file of its own: the database is whole without.
    pub looks: Vec<String>,
    /// Journal rows checked.
    pub rows: u64,
    /// Details that were erased by law.
    pub erased: u64,
    /// The head of the chain, as a line to keep elsewhere.
    pub head: String,
}

impl Verified {
    /// Nothing is wrong with the database itself.
    pub fn clean(&self) -> bool {
        self.problems.is_empty()
    }
}

/// The word that such a line begins with.
pub const ANCHOR_WORD: &str = "closeloop-anchor";

/// The line that is kept elsewhere as an anchor.
pub fn anchor_line(seq: i64, hash: &Hash) -> String {
    format!("{ANCHOR_WORD} {seq} {}", hex(hash))
}

/// Reads the last anchor line of a text, whatever surrounds it (a syslog prefix, for one).
pub fn parse_anchor(text: &str) -> Option<Anchor> {
    parse_anchors(text).pop()
}

/// Reads every anchor line of a text. All of them count: whoever writes a journal anew has its new head sent as well, and only
/// the older ones tell.
pub fn parse_anchors(text: &str) -> Vec<Anchor> {
    let read = |line: &str| {
        let mut words = line.split_whitespace().skip_while(|word| *word != ANCHOR_WORD).skip(1);
        let seq = words.next()?.parse().ok()?;
        let digits = words.next()?;
        Some(Anchor { seq, hash: unhex(digits)? })
    };
    text.lines().filter_map(read).collect()
}

/// A hash in hexadecimal.
pub fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Option<Hash> {
    let mut hash = [0u8; 32];
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
    }
    Some(hash)
}

/// The ends of the log of looks that the journal noted, in order, since it was last said to have begun anew.
fn noted_looks(connection: &Connection) -> StoreResult<Vec<(i64, Hash)>> {
    let sql = format!("SELECT d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq WHERE {} ORDER BY j.seq", journal::ABOUT);
    let mut statement = connection.prepare(&sql)?;
    let payloads = statement.query_map(["looks"], |row| text(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    let mut ends = Vec::new();
    for payload in &payloads {
        // What cannot be read is found by the walk along the chain.
        let Ok(Change::Privacy(PrivacyChange::LooksNoted { rows, hash, begun_anew })) = journal::change(payload) else { continue };
        if !begun_anew.is_empty() {
            ends.clear();
        }
        ends.extend(unhex(&hash).filter(|_| rows > 0).map(|hash| (rows, hash)));
    }
    Ok(ends)
}

/// What is wrong with the log of who looked at what beside a database, as sentences.
pub fn verify_looks(path: &Path) -> StoreResult<Vec<String>> {
    let (connection, _) = open::look(path, Purpose::Read)?;
    let ends = noted_looks(&connection)?;
    drop(connection);
    looks::check(path, &ends)
}

/// Verifies a file against every anchor given; `progress` hears of rows done and rows in all.
pub fn verify(path: &Path, anchors: impl IntoIterator<Item = Anchor>, progress: &mut dyn FnMut(u64, u64)) -> StoreResult<Verified> {
    let mut anchors: Vec<Anchor> = anchors.into_iter().collect();
    anchors.sort_unstable_by_key(|anchor| (anchor.seq, anchor.hash));
    anchors.dedup();
    let (connection, _) = open::look(path, Purpose::Admin)?;
    if schema::needs_upgrade(&connection, path, schema::LADDER)? {
        return Err(StoreError::File {
            path: path.to_path_buf(),
            what: "was written by an older closeloop. Open it once, then verify.".into(),
        });
    }
    // One read transaction, so that others may go on writing while this looks at one moment.
    connection.execute_batch("BEGIN")?;
    let mut found = Verified::default();
    integrity(&connection, &mut found)?;
    let rebuilt = open::in_memory()?;
    for (_, sql) in schema::LADDER {
        rebuilt.execute_batch(sql)?;
    }
    compare_schema(&connection, &rebuilt, &mut found)?;
    rebuilt.execute_batch("PRAGMA foreign_keys = OFF; BEGIN")?;
    let whole = chain(&connection, &rebuilt, &anchors, &mut found, progress)?;
    rebuilt.execute_batch("COMMIT")?;
    // Tables rebuilt from part of a journal differ for no fault of theirs.
    if whole {
        for (table, order) in TABLES {
            compare(&connection, &rebuilt, table, order, &mut found)?;
        }
    }
    let ends = noted_looks(&connection)?;
    connection.execute_batch("ROLLBACK")?;
    // Read last: what was looked at meanwhile lies behind the ends that were noted.
    found.looks = looks::check(path, &ends)?;
    Ok(found)
}

fn integrity(connection: &Connection, found: &mut Verified) -> StoreResult<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let lines = statement.query_map([], |row| text(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    if lines != ["ok"] {
        found
            .problems
            .push(format!("The file itself is damaged, as by a failing disk or a copy that was cut off (SQLite: {}).", lines.join("; ")));
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let broken = statement.query_map([], |row| text(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    if let Some(first) = broken.first() {
        found.problems.push(format!("{} to rows that are not there ({first}).", counted(broken.len(), "row points", "rows point")));
    }
    Ok(())
}

fn chain(
    connection: &Connection,
    rebuilt: &Connection,
    anchors: &[Anchor],
    found: &mut Verified,
    progress: &mut dyn FnMut(u64, u64),
) -> StoreResult<bool> {
    let total: i64 = connection.query_row("SELECT coalesce(max(seq), 0) FROM journal", [], |row| row.get(0))?;
    let erased = erased_rows(connection)?;
    let mut missed = false;
    let mut statement = connection.prepare(&format!(
        "SELECT {}, j.previous_hash, j.hash, d.salt, d.payload FROM journal j LEFT JOIN journal_detail d ON d.seq = j.seq ORDER BY j.seq",
        journal::COLUMNS
    ))?;
    let mut rows = statement.query([])?;
    let mut previous: Hash = [0; 32];
    let mut expected = 1;
    let mut anchors = anchors.iter().filter(|anchor| anchor.seq > 0).peekable();
    while let Some(row) = rows.next()? {
        let (stored_previous, stored): (Hash, Hash) = (row.get(9)?, row.get(10)?);
        let seq: i64 = row.get(0)?;
        let read = journal::entry(row).and_then(|entry| Ok((entry, row.get::<_, Option<Vec<u8>>>(11)?, row.get::<_, Option<String>>(12)?)));
        let (entry, salt, payload) = match read {
            Ok(read) => read,
            Err(error) if is_no_text(&error) => {
                found.problems.push(format!(
                    "Journal row {seq} cannot be read: where its text was there is none any more{}.",
                    about(row).map(|about| format!(" (it was about {about})")).unwrap_or_default()
                ));
                (missed, previous, expected) = (true, stored, seq + 1);
                found.rows += 1;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if entry.seq != expected {
            found.problems.push(format!(
                "The journal has a gap before row {}: {} missing.",
                entry.seq,
                counted(entry.seq - expected, "row is", "rows are")
            ));
        }
        if stored_previous != previous || entry.hash(&stored_previous) != stored {
            found.problems.push(format!("Journal row {} was changed after it was written.", entry.seq));
        }
        match (salt, payload) {
            (Some(_), Some(_)) if erased.contains(&entry.seq) => {
                found.problems.push(format!("The detail of journal row {} was erased, and is there again.", entry.seq));
            }
            (Some(salt), Some(payload)) => {
                // The salt's length is part of the hash: without it a byte could move from the text into the salt.
                if salt.len() != journal::SALT || journal::detail_hash(&salt, &payload) != entry.detail_hash {
                    found.problems.push(format!("The detail of journal row {} was changed after it was written.", entry.seq));
                } else {
                    rebuild(rebuilt, &entry, &payload, found);
                }
            }
            // What two people erased by law is gone for good; anything else that is missing is missed.
            _ if erased.contains(&entry.seq) => found.erased += 1,
            _ => {
                missed = true;
                found.problems.push(format!("The detail of journal row {} is missing.", entry.seq));
            }
        }
        while let Some(anchor) = anchors.next_if(|anchor| anchor.seq <= entry.seq) {
            // A row that a gap has swallowed is told already.
            if anchor.seq == entry.seq && anchor.hash != stored {
                found.problems.push(format!("Row {} differs from the anchor: the journal was written anew.", anchor.seq));
            }
        }
        previous = stored;
        expected = entry.seq + 1;
        found.rows += 1;
        if found.rows.is_multiple_of(1000) {
            progress(found.rows, total as u64);
        }
        if found.problems.len() > 50 {
            found.problems.push("More was found; the list stops here.".into());
            return Ok(false);
        }
    }
    if let Some(anchor) = anchors.last() {
        found.problems.push(format!("The anchor names row {}, but the journal ends at {}: its end was cut off.", anchor.seq, expected - 1));
    }
    found.head = anchor_line(expected - 1, &previous);
    progress(found.rows, total as u64);
    Ok(!missed)
}

/// The rows whose details were erased by law, as the erasures themselves say.
fn erased_rows(connection: &Connection) -> StoreResult<BTreeSet<i64>> {
    let sql = "SELECT d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq WHERE j.kind = ?1";
    let mut statement = connection.prepare(sql)?;
    let payloads = statement.query_map([ERASED], |row| text(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    let mut rows = BTreeSet::new();
    for payload in &payloads {
        // What cannot be read is found by the walk along the chain.
        if let Ok(Change::Privacy(PrivacyChange::Erased(erased))) = journal::change(payload) {
            rows.extend(erased.rows);
        }
    }
    Ok(rows)
}

/// Writes one journal row into the rebuilt tables.
fn rebuild(rebuilt: &Connection, entry: &Entry, payload: &str, found: &mut Verified) {
    let done = journal::change(payload).and_then(|change| {
        if change.kind() != entry.kind || change.object() != entry.object || change.review().map(|review| review.0) != entry.review {
            found.problems.push(format!("Journal row {} does not say what its detail says.", entry.seq));
        }
        project::project(rebuilt, entry.seq, entry.at, &change)
    });
    match done {
        Ok(()) => {}
        Err(StoreError::Sql(error)) => found.problems.push(format!(
            "Journal row {} ({}, about {}) does not fit what was written before it (SQLite: {error}).",
            entry.seq, entry.kind, entry.object
        )),
        Err(error) => found.problems.push(format!("Journal row {} cannot be rebuilt: {error}", entry.seq)),
    }
}

/// Whether a row could not be read because there is no text where one was written.
fn is_no_text(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::Utf8Error(..) | rusqlite::Error::FromSqlConversionFailure(..))
}

/// What a row of the journal is about, where that can still be read.
fn about(row: &Row<'_>) -> Option<String> {
    text(row, 6).ok().filter(|about| !about.contains(char::REPLACEMENT_CHARACTER))
}
