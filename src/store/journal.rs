//! The journal: appending to the chain, and reading it back.
//!
//! `hash = SHA-256(tag, version, length-prefixed fields, previous hash)`. The detail is chained by its salted hash
//! only, so that a lawful erasure of the detail leaves the chain whole and guessing the erased text back is hopeless.

use super::error::{StoreError, StoreResult};
use crate::domain::change::Change;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// Length of a detail's salt, in bytes.
pub const SALT: usize = 16;

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tail {
    /// Sequence number of the last row; 0 in an empty journal.
    pub seq: i64,
    /// Its hash; zeros in an empty journal.
    pub hash: Hash,
}

/// One row of the journal without its detail; its words as they were read, or as they lie where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<Words = String> {
    /// Sequence number, without gaps.
    pub seq: i64,
    /// First row of the batch it belongs to.
    pub batch: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// Login.
    pub actor: Words,
    /// Run of the program.
    pub session: Words,
    /// Kind of change.
    pub kind: Words,
    /// What it is about.
    pub object: Words,
    /// The review in whose history it shows.
    pub review: Option<i64>,
    /// Salted hash of the detail.
    pub detail_hash: Hash,
}

impl<Words: AsRef<str>> Entry<Words> {
    /// The hash of this row after the one with that hash.
    pub fn hash(&self, previous: &Hash) -> Hash {
        let mut digest = Sha256::new();
        digest.update(b"closeloop journal\x01");
        for number in [self.seq, self.batch, self.at, self.review.unwrap_or(-1)] {
            digest.update(number.to_be_bytes());
        }
        for text in [&self.actor, &self.session, &self.kind, &self.object].map(AsRef::as_ref) {
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text.as_bytes());
        }
        digest.update(self.detail_hash);
        digest.update(previous);
        digest.finalize().into()
    }
}

/// The salted hash of a detail.
pub fn detail_hash(salt: &[u8], payload: &str) -> Hash {
    let mut digest = Sha256::new();
    digest.update(salt);
    digest.update(payload.as_bytes());
    digest.finalize().into()
}

/// Where the chain ends now.
pub fn tail(connection: &Connection) -> StoreResult<Tail> {
    let mut statement = connection.prepare_cached("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")?;
    let found = statement.query_row([], |row| Ok(Tail { seq: row.get(0)?, hash: row.get(1)? })).optional()?;
    Ok(found.unwrap_or(Tail { seq: 0, hash: [0; 32] }))
}

/// Who and when, for every row of a batch.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// First row of the batch.
    pub batch: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// Login.
    pub actor: &'a str,
    /// Run of the program.
    pub session: &'a str,
}

/// Random salts, fetched many at a time: asking SQLite for each costs as much as hashing the row.
#[derive(Debug, Default)]
pub struct Salts {
    fetched: Vec<u8>,
    /// How many the next fetch takes; doubles, so that a short transaction asks for few.
    many: usize,
    /// Room for the text of a detail, used again for the next.
    text: Vec<u8>,
}

impl Salts {
    fn next(&mut self, connection: &Connection) -> StoreResult<[u8; SALT]> {
        if self.fetched.len() < SALT {
            self.many = (self.many * 2).clamp(4, 512);
            let bytes = (self.many * SALT) as i64;
            self.fetched = connection.prepare_cached("SELECT randomblob(?1)")?.query_row([bytes], |row| row.get(0))?;
        }
        let rest = self.fetched.len() - SALT;
        let mut salt = [0; SALT];
        salt.copy_from_slice(&self.fetched[rest..]);
        // Each salt is given out once.
        self.fetched.truncate(rest);
        Ok(salt)
    }
}

/// Appends one change about an object after `tail` and returns the new tail.
pub fn append(
    connection: &Connection,
    salts: &mut Salts,
    tail: Tail,
    stamp: Stamp<'_>,
    (change, object): (&Change, &str),
) -> StoreResult<Tail> {
    let unreadable = |what: String| StoreError::Unreadable { place: "a change", what };
    let salt = salts.next(connection)?;
    let mut text = std::mem::take(&mut salts.text);
    text.clear();
    serde_json::to_writer(&mut text, change).map_err(|error| unreadable(error.to_string()))?;
    let payload = std::str::from_utf8(&text).map_err(|error| unreadable(error.to_string()))?;
    let entry = Entry {
        seq: tail.seq + 1,
        batch: stamp.batch,
        at: stamp.at,
        actor: stamp.actor,
        session: stamp.session,
        kind: change.kind(),
        object,
        review: change.review().map(|review| review.0),
        detail_hash: detail_hash(&salt, payload),
    };
    let hash = entry.hash(&tail.hash);
    // OR FAIL: see 7_journal.sql. A row is refused whole, and the transaction around it is taken back by whoever began it.
    connection
        .prepare_cached(
            "INSERT OR FAIL INTO journal (seq, batch, at, actor, session, kind, object, review, detail_hash, previous_hash, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            entry.seq,
            entry.batch,
            entry.at,
            entry.actor,
            entry.session,
            entry.kind,
            entry.object,
            entry.review,
            entry.detail_hash,
            tail.hash,
            hash
        ])?;
    connection
        .prepare_cached("INSERT OR FAIL INTO journal_detail (seq, salt, payload) VALUES (?1, ?2, ?3)")?
        .execute(params![entry.seq, salt, payload])?;
    salts.text = text;
    Ok(Tail { seq: entry.seq, hash })
}

/// Reads a row of the journal in the column order of [`COLUMNS`].
pub fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: row.get(0)?,
        batch: row.get(1)?,
        at: row.get(2)?,
        actor: row.get(3)?,
        session: row.get(4)?,
        kind: row.get(5)?,
        object: row.get(6)?,
        review: row.get(7)?,
        detail_hash: row.get(8)?,
    })
}

/// The condition of a statement that asks for the rows `j` about an object that is no review: said so that SQLite sees that
/// the index by object holds them (7_journal.sql).
pub const ABOUT: &str = "j.object = ?1 AND j.object NOT GLOB 'review/*'";

/// The columns that [`entry`] reads.
pub const COLUMNS: &str = "j.seq, j.batch, j.at, j.actor, j.session, j.kind, j.object, j.review, j.detail_hash";

/// Reads the change behind a payload.
pub fn change(payload: &str) -> StoreResult<Change> {
    serde_json::from_str(payload).map_err(|error| StoreError::Unreadable { place: "journal_detail.payload", what: error.to_string() })
}
