//! Verifying a database: SQLite's own check, the journal's chain, the tables rebuilt from it, and an anchor if given.
//!
//! The chain shows that a row was changed; only an anchor kept elsewhere shows that the end was cut off or the whole
//! was written anew. Hence "tamper-evident", never "tamper-proof".

mod twin;

use super::error::{StoreError, StoreResult};
use super::journal::{self, Entry, Hash};
use super::looks;
use super::open::{self, Purpose};
use super::schema;
use crate::domain::change::{Change, ERASED, PrivacyChange};
use crate::domain::count::counted;
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use twin::Twin;

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
    /// An anchor names a row past the journal's end: it was cut off, or the database is a restored backup from before that anchor.
    pub cut_off: bool,
}

impl Verified {
    /// Nothing is wrong with the database itself.
    pub fn clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// Nothing is wrong but that anchors name rows past the end, as after a restore.
    pub fn only_cut_off(&self) -> bool {
        self.cut_off && self.problems.len() == 1
    }
}

/// The word that such a line begins with.
pub const ANCHOR_WORD: &str = "closeloop-anchor";

/// Problems of one walk after which it ends: the rest would only repeat them.
const ENOUGH: usize = 50;

/// Said where a walk ends so.
const MORE: &str = "More was found; the list stops here.";

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
    let payloads = statement.query_map(["looks"], |row| twin::text(row, 0))?.collect::<Result<Vec<_>, _>>()?;
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
    open::settle_whole(&connection)?;
    // One read transaction, so that others may go on writing while this looks at one moment.
    connection.execute_batch("BEGIN")?;
    let mut found = Verified::default();
    let rebuilt = twin::made()?;
    compare_schema(&connection, &rebuilt, &mut found)?;
    let (whole, rebuilt) = twin::while_rebuilding(rebuilt, |twin| {
        let whole = chain(&connection, twin, &anchors, &mut found, progress);
        integrity(&connection, &mut found)?;
        whole
    })?;
    // Tables rebuilt from part of a journal differ for no fault of theirs.
    let whole = whole && rebuilt.problems.len() <= ENOUGH;
    found.problems.extend(rebuilt.problems);
    if whole {
        twin::compare(&connection, &rebuilt.tables, &mut found.problems)?;
    }
    let ends = noted_looks(&connection)?;
    connection.execute_batch("ROLLBACK")?;
    // Read last: what was looked at meanwhile lies behind the ends that were noted.
    found.looks = looks::check(path, &ends)?;
    Ok(found)
}

fn integrity(connection: &Connection, found: &mut Verified) -> StoreResult<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let lines = statement.query_map([], |row| twin::text(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    if lines != ["ok"] {
        let said = "The file itself is damaged, as by a failing disk or a copy that was cut off";
        found.problems.push(format!("{said} (SQLite: {}).", lines.join("; ")));
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let broken = statement.query_map([], |row| twin::text(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    if !broken.is_empty() {
        found.problems.push(format!("{} to rows that are not there ({}).", counted(broken.len(), "row points", "rows point"), broken[0]));
    }
    Ok(())
}

/// Walks along the journal and hands each row on to be rebuilt; says whether every one could be.
fn chain(
    connection: &Connection,
    twin: &mut Twin,
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
        let read = journal::entry(row).and_then(|entry| Ok((entry, row.get::<_, Option<Vec<u8>>>(11)?, row.get::<_, Option<String>>(12)?)));
        let (entry, salt, payload) = match read {
            Ok(read) => read,
            Err(error) if is_no_text(&error) => {
                found.problems.push(unreadable(row)?);
                (missed, previous, expected) = (true, stored, row.get::<_, i64>(0)? + 1);
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
                    match journal::change(&payload) {
                        Ok(change) => {
                            if !says_the_same(&entry, &change) {
                                found.problems.push(format!("Journal row {} does not say what its detail says.", entry.seq));
                            }
                            twin.rebuild(entry.seq, entry.at, change);
                        }
                        Err(error) => found.problems.push(twin::cannot_be_rebuilt(entry.seq, &error)),
                    }
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
        if found.problems.len() > ENOUGH {
            found.problems.push(MORE.into());
            return Ok(false);
        }
    }
    if let Some(anchor) = anchors.last() {
        found.cut_off = true;
        found.problems.push(format!("The anchor names row {}, but the journal ends at {}: its end was cut off.", anchor.seq, expected - 1));
    }
    found.head = anchor_line(expected - 1, &previous);
    progress(found.rows, total as u64);
    Ok(!missed)
}

/// Whether a row of the journal and its detail are about the same.
fn says_the_same(entry: &Entry, change: &Change) -> bool {
    change.kind() == entry.kind && change.object() == entry.object && change.review().map(|review| review.0) == entry.review
}

/// Whether a row could not be read because there is no text where one was written.
fn is_no_text(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::Utf8Error(..) | rusqlite::Error::FromSqlConversionFailure(..))
}

/// The sentence for a row of the journal that holds no text any more; what it is about, where that can still be read.
fn unreadable(row: &Row<'_>) -> StoreResult<String> {
    let about = twin::text(row, 6)?;
    let about = if about.contains(char::REPLACEMENT_CHARACTER) { String::new() } else { format!(" (it was about {about})") };
    Ok(format!("Journal row {} cannot be read: where its text was there is none any more{about}.", row.get::<_, i64>(0)?))
}

/// The rows whose details were erased by law, as the erasures themselves say.
pub(super) fn erased_rows(connection: &Connection) -> StoreResult<BTreeSet<i64>> {
    let sql = "SELECT d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq WHERE j.kind = ?1";
    let mut statement = connection.prepare(sql)?;
    let payloads = statement.query_map([ERASED], |row| twin::text(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    let mut rows = BTreeSet::new();
    for payload in &payloads {
        // What cannot be read is found by the walk along the chain.
        if let Ok(Change::Privacy(PrivacyChange::Erased(erased))) = journal::change(payload) {
            rows.extend(erased.rows);
        }
    }
    Ok(rows)
}

/// Compares tables, indexes and triggers with those this program makes: a dropped trigger leaves no other trace.
fn compare_schema(live: &Connection, made: &Connection, found: &mut Verified) -> StoreResult<()> {
    let read = |connection: &Connection| -> StoreResult<BTreeMap<String, String>> {
        // Statistics that SQLite keeps for itself are no part of the schema.
        let sql = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'";
        let mut statement = connection.prepare(sql)?;
        Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    };
    let (live, made) = (read(live)?, read(made)?);
    for name in made.keys().filter(|name| !live.contains_key(*name)) {
        found.problems.push(format!("The {name} is missing."));
    }
    for (name, sql) in &live {
        match made.get(name) {
            None => found.problems.push(format!("The {name} is not of this program.")),
            Some(ours) if ours != sql => found.problems.push(format!("The {name} is not as this program made it.")),
            Some(_) => {}
        }
    }
    Ok(())
}
