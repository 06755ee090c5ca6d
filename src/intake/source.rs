//! Finds out what a path leads to and reads it into memory, once: a workbook of any kind, or text. What the file is
//! decides, not what its name ends with. It must not know what is in the tables.

use super::error::{IntakeError, Trouble};
use crate::domain::intake::Place;
use crate::domain::safe_text::safe_line;
use std::io::Read;
use std::path::{Path, PathBuf};

/// No list of a council's children comes near this; a file that does is something else.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A zip archive: `.xlsx`, `.xlsb`, `.ods`.
    Archive,
    /// An OLE compound file: `.xls`.
    Compound,
    /// Text: CSV or JSON.
    Text,
}

/// A file in memory.
pub struct Source {
    /// Name without folder, safe to show.
    pub name: String,
    /// What it holds.
    pub format: Format,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The name of a file or folder as it may be shown.
pub fn shown_name(path: &Path) -> String {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    safe_line(&name).into_owned()
}

/// The files of a folder in the order of their names, hidden ones passed over.
pub fn files_of(folder: &Path) -> Result<Vec<PathBuf>, IntakeError> {
    let place = Place::file(shown_name(folder));
    let listing = std::fs::read_dir(folder).map_err(|_| {
        let remedy = "Ask whoever made it for access, or copy the files to a folder of your own.";
        IntakeError::new(Trouble::NotAFile, place.clone(), "You may not look into this folder.", remedy)
    })?;
    let is_hidden = |path: &Path| path.file_name().is_none_or(|name| name.to_string_lossy().starts_with(['.', '~']));
    let mut files: Vec<PathBuf> =
        listing.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_file() && !is_hidden(path)).collect();
    files.sort();
    if files.is_empty() {
        let remedy = "Put the tables into it as CSV files.";
        return Err(IntakeError::new(Trouble::Empty, place, "There are no files in this folder.", remedy));
    }
    Ok(files)
}

/// Reads a file.
pub fn load(path: &Path) -> Result<Source, IntakeError> {
    let name = shown_name(path);
    let refuse = |trouble, what: &str, remedy: &str| Err(IntakeError::new(trouble, Place::file(&name), what, remedy));
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) => return Err(not_readable(&name, &error)),
    };
    if meta.is_dir() {
        return refuse(Trouble::NotAFile, "This is a folder, not a file.", "Name the file itself.");
    }
    if !meta.is_file() {
        return refuse(Trouble::NotAFile, "This is neither a file nor a folder.", "Save the export as a file and import that.");
    }
    if meta.len() > MAX_BYTES {
        return refuse(Trouble::TooBig, "The file is larger than 256 MB.", "Check that it is the export and not a backup or a picture.");
    }
    let mut bytes = Vec::new();
    // The limit holds even when the file grows while it is read.
    if let Err(error) = std::fs::File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)) {
        return Err(not_readable(&name, &error));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refuse(Trouble::Empty, "The file is empty.", "Export it again and import the new file.");
    }
    let format = format_of(&name, &bytes)?;
    Ok(Source { name, format, bytes })
}

fn not_readable(name: &str, error: &std::io::Error) -> IntakeError {
    let (what, remedy) = match error.kind() {
        std::io::ErrorKind::NotFound => ("There is no such file or folder.", "Check the name and the folder."),
        std::io::ErrorKind::PermissionDenied => {
            ("You may not read this file.", "Ask whoever saved it for access, or save a copy of your own.")
        }
        _ => ("The file cannot be read from the disk.", "Copy it to another place and try again."),
    };
    IntakeError::new(Trouble::NotAFile, Place::file(name), what, remedy)
}

fn format_of(name: &str, bytes: &[u8]) -> Result<Format, IntakeError> {
    let refuse = |trouble, what: &str, remedy: &str| Err(IntakeError::new(trouble, Place::file(name), what, remedy));
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return if holds_encrypted_package(bytes) { Err(password(name)) } else { Ok(Format::Compound) };
    }
    if bytes.starts_with(b"PK") {
        return Ok(Format::Archive);
    }
    let start: String = bytes.iter().take(512).map(|byte| char::from(*byte).to_ascii_lowercase()).filter(|c| *c != '\0').collect();
    if start.starts_with("%pdf") || start.starts_with("{\\rtf") {
        return refuse(Trouble::Unreadable, "This is a printed document, not a table.", "Export it as a spreadsheet (.xlsx) or as CSV.");
    }
    if start.contains("<html") || start.contains("<!doctype html") || start.contains("<?xml") || start.contains("<table") {
        return refuse(
            Trouble::Unreadable,
            "This is a web page under the name of a spreadsheet, as some systems export it.",
            "Open it in Excel, save it as an Excel workbook (.xlsx) and import that.",
        );
    }
    // Text has no control bytes but tab and line ends; UTF-16 has zeros in every second place, and says so by them.
    let odd = bytes.iter().take(4096).filter(|byte| matches!(byte, 1..=8 | 14..=31)).count();
    if odd > 8 {
        return refuse(Trouble::Unreadable, "This is neither a workbook nor text.", "Export it as a spreadsheet (.xlsx) or as CSV.");
    }
    Ok(Format::Text)
}

/// Excel puts a workbook with a password into a compound file with a stream of this name.
fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// The workbook is locked.
pub fn password(name: &str) -> IntakeError {
    IntakeError::new(
        Trouble::Password,
        Place::file(name),
        "The workbook is protected with a password.",
        "Open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with Password, leave it blank), save it and import it again.",
    )
}
