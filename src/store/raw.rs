//! What lies on the disk, looked at without SQLite: before a file is opened that should not be.
//!
//! Only for a process that has not opened the database yet: closing a file by hand drops the locks that SQLite holds on it.

use super::open::{APPLICATION_ID, network_kind};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The head of a database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The mark of the program whose file it is; 0 where none has marked it.
    pub mark: i64,
    /// Version of the schema.
    pub schema: i64,
    /// Bytes in a page.
    pub page: u32,
}

impl Head {
    /// Whether it is a database of this program.
    pub fn is_ours(&self) -> bool {
        self.mark == APPLICATION_ID
    }
}

/// Reads the head of a file; none where it is no SQLite database.
pub fn head(path: &Path) -> io::Result<Option<Head>> {
    let Some(bytes) = first::<100>(path)? else { return Ok(None) };
    if !bytes.starts_with(b"SQLite format 3\0") {
        return Ok(None);
    }
    let number = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    // A page of 65,536 bytes is written as 1.
    let page = match u32::from(u16::from_be_bytes([bytes[16], bytes[17]])) {
        1 => 65_536,
        page => page,
    };
    Ok(Some(Head { mark: number(68).into(), schema: number(60).into(), page }))
}

/// Bytes in a page of a write-ahead log; none where the file is no such log.
pub fn log_page(path: &Path) -> io::Result<Option<u32>> {
    let Some(bytes) = first::<32>(path)? else { return Ok(None) };
    let number = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    Ok(matches!(number(0), 0x377F_0682 | 0x377F_0683).then(|| number(8)))
}

fn first<const N: usize>(path: &Path) -> io::Result<Option<[u8; N]>> {
    let mut bytes = [0; N];
    match File::open(path)?.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// Local file systems that people meet, by their statfs number.
const LOCAL: [(u64, &str); 8] = [
    (0xEF53, "ext4"),
    (0x5846_5342, "xfs"),
    (0x9123_683E, "btrfs"),
    (0x2FC1_2FC1, "zfs"),
    (0xF2F5_2010, "f2fs"),
    (0x794C_7630, "overlay"),
    (MEMORY[0], "tmpfs"),
    (MEMORY[1], "ramfs"),
];

/// Those that lose everything when the machine stops.
const MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58F6];

/// Where a folder lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// The kind of its file system; empty where it has no name here.
    pub kind: &'static str,
    /// It crosses a network.
    pub network: bool,
    /// It lies in memory.
    pub memory: bool,
    /// Bytes that are free for this user.
    pub free: u64,
}

/// Asks where a folder lies.
#[cfg(target_os = "linux")]
pub fn disk(folder: &Path) -> Option<Disk> {
    let found = rustix::fs::statfs(folder).ok()?;
    let number = found.f_type as u64 & 0xFFFF_FFFF;
    let local = LOCAL.iter().find(|(of, _)| *of == number).map(|(_, name)| *name);
    Some(Disk {
        kind: network_kind(number).or(local).unwrap_or_default(),
        network: network_kind(number).is_some(),
        memory: MEMORY.contains(&number),
        free: found.f_bavail.saturating_mul(found.f_bsize as u64),
    })
}

/// Asks where a folder lies; elsewhere than on Linux nobody knows.
#[cfg(not(target_os = "linux"))]
pub fn disk(_folder: &Path) -> Option<Disk> {
    None
}
