//! Opening the database file: what is refused, which settings hold, and that each of them really does.
//!
//! The recipe is that of `reliability.md` §4.1. Every pragma is read back, because SQLite ignores a misspelt one in
//! silence. The live file is never opened but through SQLite: a stray open and close would drop its locks.

use super::error::{StoreError, StoreResult};
#[cfg(feature = "broken")]
use crate::broken::Fault;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::cell::Cell;
use std::path::Path;

/// Marks a file as closeloop's: "CLLP" read as a number.
pub const APPLICATION_ID: i64 = 0x434C_4C50;

/// SQLite 3.51.3 is the first without the WAL-reset fault that loses data when several processes write.
pub const OLDEST_SQLITE: i32 = 3_051_003;

/// How often a writer who has to wait for another looks again: at first every millisecond, then every four, and after five
/// seconds it says so. SQLite's own waiting looks ever more seldom, up to every tenth of a second, so that of many who save at
/// once some are overtaken for seconds.
const QUICK: i32 = 100;
/// The looks of five seconds.
const LOOKS: i32 = 1_325;

/// The looks of a fifth of a second.
const BRIEF: i32 = 125;

thread_local! {
    /// This thread answers somebody's keys, and knows that another of its session holds the lock for long.
    static IN_A_HURRY: Cell<bool> = const { Cell::new(false) };
}

/// While it lives the connections of its thread give up after a fifth of a second where somebody else holds the lock. Kept by the
/// thread that made it: dropped on another it would let that one wait.
#[derive(Debug)]
#[must_use]
pub struct Hurry(std::marker::PhantomData<*const ()>);

/// Lets the connections of this thread wait no longer than a fifth of a second, until what is given back is dropped.
pub fn in_a_hurry() -> Hurry {
    IN_A_HURRY.set(true);
    Hurry(std::marker::PhantomData)
}

impl Drop for Hurry {
    fn drop(&mut self) {
        IN_A_HURRY.set(false);
    }
}

/// Waits a moment for whoever holds the lock; false once that has been tried for five seconds, or less where nobody should wait.
fn wait_for_turn(looked: i32) -> bool {
    let milliseconds = if looked < QUICK { 1 } else { 4 };
    let _ = rustix::event::poll(&mut [], Some(&rustix::event::Timespec { tv_sec: 0, tv_nsec: milliseconds * 1_000_000 }));
    looked < if IN_A_HURRY.get() { BRIEF } else { LOOKS }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Everyday reading.
    Read,
    /// Everyday writing: no change of the schema.
    Write,
    /// Writing a great deal at once into a new file that nobody else uses yet: as everyday writing, with room to think and
    /// without waiting for the disk.
    Bulk,
    /// Reading beside that writing, between its transactions.
    BesideBulk,
    /// Making, upgrading, backing up and checking: the schema may change.
    Admin,
}

/// Refuses an SQLite that is too old to be safe. `number` and `name` are arguments so that a test can play an old one.
pub fn check_sqlite(number: i32, name: &'static str) -> StoreResult<()> {
    if number < OLDEST_SQLITE { Err(StoreError::OldSqlite(name)) } else { Ok(()) }
}

/// Opens an existing file for a purpose, with every setting of the recipe in place and read back.
pub fn connect(path: &Path, purpose: Purpose) -> StoreResult<Connection> {
    connect_as(path, purpose, APPLICATION_ID)
}

/// Opens an existing file of ours that carries another mark (the drafts).
pub fn connect_as(path: &Path, purpose: Purpose, mark: i64) -> StoreResult<Connection> {
    check_sqlite(rusqlite::version_number(), rusqlite::version())?;
    refuse_network(path)?;
    let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| cannot_open(path, error))?;
    // A file that is write-protected is opened for reading without a word; whoever comes this way means to write.
    if connection.is_readonly(rusqlite::MAIN_DB)? {
        return Err(StoreError::ReadOnly(path.to_path_buf()));
    }
    settle(&mut connection, path, purpose, mark)?;
    Ok(connection)
}

/// Opens a file to look at it: as usual where that is allowed, else without the right to write. Says whether it is the latter.
pub fn look(path: &Path, purpose: Purpose) -> StoreResult<(Connection, bool)> {
    match connect(path, purpose) {
        Err(StoreError::ReadOnly(_)) => Ok((look_only(path, purpose)?, true)),
        connected => Ok((connected?, false)),
    }
}

/// Opens a file that may be read and not written. Its log is read where somebody has it open or has left it behind, and
/// never made: one that belonged to a looker would lock the writers out, and SQLite makes it even for reading. `immutable`
/// would need no log, but reads torn rows as soon as anybody writes.
fn look_only(path: &Path, purpose: Purpose) -> StoreResult<Connection> {
    use rusqlite::ErrorCode;
    let mut log = path.as_os_str().to_os_string();
    log.push("-wal");
    if !Path::new(&log).exists() {
        return Err(match rustix::fs::access(path, rustix::fs::Access::READ_OK) {
            Ok(()) => StoreError::LookLater(path.to_path_buf()),
            Err(_) => StoreError::Closed(path.to_path_buf()),
        });
    }
    let escaped: String = path
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .map(|byte| match byte {
            b'/' | b'.' | b'-' | b'_' => char::from(*byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let opened = Connection::open_with_flags(format!("file:{escaped}?mode=ro&readonly_shm=1"), flags);
    let mut connection = opened.map_err(|_| StoreError::Closed(path.to_path_buf()))?;
    let first = connection.query_row("PRAGMA application_id", [], |row| row.get::<_, i64>(0));
    if let Err(Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)) = first.map_err(|error| error.sqlite_error_code()) {
        return Err(StoreError::LookLater(path.to_path_buf()));
    }
    settle(&mut connection, path, purpose, APPLICATION_ID)?;
    Ok(connection)
}

/// Statements that a connection keeps ready: more than this program has for one kind of work.
const STATEMENTS: usize = 160;

/// A file that grows sees every kind of deed: what is seldom asked would push out what comes back, and be planned anew each time.
const STATEMENTS_IN_BULK: usize = 640;

/// A database in memory: for tests and for rebuilding the tables from the journal.
pub fn in_memory() -> StoreResult<Connection> {
    let connection = Connection::open_in_memory()?;
    connection
        .execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON"))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// The settings of the recipe, in its order.
const PRAGMAS: [(&str, &str, &str); 11] = [
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    // Without this INSERT OR REPLACE would slip past the triggers that keep the journal.
    ("recursive_triggers", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("mmap_size", "0", "0"),
    // No child's data in /tmp.
    ("temp_store", "MEMORY", "2"),
    ("secure_delete", "ON", "1"),
    ("journal_size_limit", "67108864", "67108864"),
    ("wal_autocheckpoint", "1000", "1000"),
    // 2 MB: enough for a screen's rows, little enough for a hundred sessions on one machine.
    ("cache_size", "-2048", "-2048"),
];

/// What differs while a new file grows under a name of its own, which nobody opens and which is thrown away if its growing is
/// cut short or one statement fails: it is made sure of and synced whole before it gets its real name.
const FOR_BULK: [(&str, &str, &str); 5] = [
    ("synchronous", "OFF", "0"),
    // Nothing was ever there that a deleted row could betray.
    ("secure_delete", "OFF", "0"),
    // Every reference and every condition of a column is looked up once the file is full ([`super::Store::grown`]), before it gets its
    // name: row by row SQLite would keep a copy of the pages aside as well, because a statement could fail half-way, and make a table
    // of each list of words that a column may hold.
    ("foreign_keys", "OFF", "0"),
    ("ignore_check_constraints", "ON", "1"),
    // 128 MB: the pages of a long transaction stay in memory instead of going to the file and back again.
    ("cache_size", "-131072", "-131072"),
];

/// Ends what differs, for the last look at a file that has grown.
pub(super) fn settle_grown(writer: &mut Connection) -> StoreResult<()> {
    writer.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    writer.pragma_update(None, "ignore_check_constraints", "OFF").or_else(ignore_rows)?;
    expect("ignore_check_constraints", "0", &read_pragma(writer, "ignore_check_constraints")?)
}

/// Tables that are only laid beside those of a file: what their columns may hold and point to is looked up in the file.
pub(super) fn unchecked(connection: &Connection) -> StoreResult<()> {
    connection.pragma_update(None, "ignore_check_constraints", "ON").or_else(ignore_rows)?;
    Ok(connection.pragma_update(None, "foreign_keys", "OFF").or_else(ignore_rows)?)
}

/// A connection that reads the whole of a file, by every index: 64 MB of its pages stay in memory. With the 2 MB of a session nearly
/// each entry of an index would fetch the page of its row anew.
pub(super) fn settle_whole(connection: &Connection) -> StoreResult<()> {
    Ok(connection.pragma_update(None, "cache_size", "-65536").or_else(ignore_rows)?)
}

/// Gives a file that has grown the log that everybody works with.
pub(super) fn give_log(writer: &Connection) -> StoreResult<()> {
    let mode: String = writer.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    expect("journal_mode", "wal", &mode)
}

pub(super) fn settle(connection: &mut Connection, path: &Path, purpose: Purpose, mark: i64) -> StoreResult<()> {
    connection.busy_handler(Some(wait_for_turn))?;
    let application_id: i64 =
        connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(|error| cannot_open(path, error))?;
    if application_id != mark {
        return Err(StoreError::Foreign(path.to_path_buf()));
    }
    let mut mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    match purpose {
        // No log: every page would be written twice, and copied aside first. What fails cannot be taken back then, nor need it be.
        Purpose::Bulk => {
            mode = connection.query_row("PRAGMA journal_mode = OFF", [], |row| row.get(0))?;
            expect("journal_mode", "off", &mode)?;
        }
        Purpose::BesideBulk => expect("journal_mode", "delete", &mode)?,
        Purpose::Read | Purpose::Write | Purpose::Admin => {
            if mode == "delete" {
                // A copy made by an ordinary SQLite tool: it is ours and whole, only in the mode such copies have.
                mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
            }
            expect("journal_mode", "wal", &mode)?;
        }
    }
    for (name, value, read_back) in PRAGMAS {
        connection.pragma_update(None, name, value).or_else(ignore_rows)?;
        expect(name, read_back, &read_pragma(connection, name)?)?;
    }
    #[cfg(feature = "broken")]
    for (fault, value) in [(Fault::SyncNormal, "NORMAL"), (Fault::SyncOff, "OFF")] {
        if crate::broken::is(fault) {
            connection.pragma_update(None, "synchronous", value)?;
        }
    }
    for (switch, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        // Without this SQLite plans a statement anew whenever a bound limit of a range changes, at ten times its cost.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        if connection.set_db_config(switch, on)? != on {
            return Err(StoreError::Setting { name: "db_config", wanted: format!("{switch:?}"), found: (!on).to_string() });
        }
    }
    // Enough for the longest statement of this program and the longest text anybody writes.
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    match purpose {
        Purpose::Read | Purpose::BesideBulk => {
            connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
            connection.pragma_update(None, "query_only", "ON")?;
            let found: i64 = connection.query_row("PRAGMA query_only", [], |row| row.get(0))?;
            expect("query_only", "1", &found.to_string())?;
        }
        Purpose::Write | Purpose::Bulk => {
            connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
            if purpose == Purpose::Bulk {
                for (name, value, read_back) in FOR_BULK {
                    connection.pragma_update(None, name, value).or_else(ignore_rows)?;
                    expect(name, read_back, &read_pragma(connection, name)?)?;
                }
                connection.set_prepared_statement_cache_capacity(STATEMENTS_IN_BULK);
            }
            connection.authorizer(Some(guard))?;
        }
        Purpose::Admin => {}
    }
    Ok(())
}

/// Every setting of the recipe as a connection has it now.
pub fn settings(connection: &Connection) -> StoreResult<Vec<(&'static str, String)>> {
    let names = ["journal_mode", "query_only"].into_iter().chain(PRAGMAS.iter().map(|(name, ..)| *name));
    names.map(|name| Ok((name, read_pragma(connection, name)?))).collect()
}

fn read_pragma(connection: &Connection, name: &str) -> StoreResult<String> {
    let found = connection.query_row(&format!("PRAGMA {name}"), [], |row| {
        row.get::<_, rusqlite::types::Value>(0).map(|value| match value {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        })
    });
    match found {
        // mmap_size says nothing at all where SQLite was built without it, which is as good as 0.
        Err(rusqlite::Error::QueryReturnedNoRows) if name == "mmap_size" => Ok("0".into()),
        other => Ok(other?),
    }
}

/// Denies the everyday writer what no everyday write needs: other files, another schema, a change of the journal.
fn guard(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Update { table_name: "journal" | "journal_detail", .. }
        | AuthAction::Delete { table_name: "journal" | "journal_detail" } => Authorization::Deny,
        // Reading a setting is harmless; giving one a value is not.
        AuthAction::Pragma { pragma_value: None, .. }
        | AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Insert { .. }
        | AuthAction::Update { .. }
        | AuthAction::Delete { .. }
        | AuthAction::Function { .. }
        | AuthAction::Recursive
        | AuthAction::Transaction { .. } => Authorization::Allow,
        // Named one by one above, so that whatever SQLite learns to do next is denied until somebody needs it.
        _ => Authorization::Deny,
    }
}

fn ignore_rows(error: rusqlite::Error) -> rusqlite::Result<()> {
    // Some pragmas answer with their new value; that is no error.
    if error == rusqlite::Error::ExecuteReturnedResults { Ok(()) } else { Err(error) }
}

pub(super) fn expect(name: &'static str, wanted: &str, found: &str) -> StoreResult<()> {
    if wanted.eq_ignore_ascii_case(found) {
        Ok(())
    } else {
        Err(StoreError::Setting { name, wanted: wanted.to_string(), found: found.to_string() })
    }
}

/// The sentence for a file that SQLite cannot open.
pub(super) fn cannot_open(path: &Path, error: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode;
    use std::io::ErrorKind;
    let file = path.to_path_buf();
    match std::fs::metadata(path).map_err(|error| error.kind()) {
        Err(ErrorKind::PermissionDenied) => return StoreError::Closed(file),
        Err(_) => return StoreError::Missing(file),
        Ok(found) if found.is_dir() => return StoreError::Folder(file),
        Ok(_) => {}
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::Foreign(file),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly(file),
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged(file),
        _ => StoreError::from(error),
    }
}

/// File systems that cross a network (statfs magic numbers of Linux), on which WAL mode is not safe.
const NETWORK: [(u64, &str); 9] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9P"),
    (0x7461_636F, "OCFS2"),
    (0x0BD0_0BD0, "Lustre"),
    (0x00C3_6400, "Ceph"),
];

/// Names a network file system by its statfs number; none for a local one.
pub fn network_kind(magic: u64) -> Option<&'static str> {
    NETWORK.iter().find(|(number, _)| *number == magic).map(|(_, name)| *name)
}

#[cfg(target_os = "linux")]
pub(super) fn refuse_network(path: &Path) -> StoreResult<()> {
    let Ok(found) = rustix::fs::statfs(path) else {
        return Ok(());
    };
    // The kernel's number is signed on some machines; only its 32 bits count.
    match network_kind(found.f_type as u64 & 0xFFFF_FFFF) {
        Some(kind) => Err(StoreError::Network { path: path.to_path_buf(), kind }),
        None => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn refuse_network(_path: &Path) -> StoreResult<()> {
    Ok(())
}
