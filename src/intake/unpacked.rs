//! How large a zipped workbook becomes when it is unpacked, found out before anything is kept of it. A file of a few
//! kilobytes can hold gigabytes of nothing; this must not know what a workbook is.

use super::error::{IntakeError, Trouble};
use crate::domain::intake::Place;
use std::io::{Cursor, Read, Write};
use zip::ZipArchive;

/// Bytes that any workbook may unpack to, however small its file is.
const FREE: u64 = 128 << 20;

/// Beyond those, unpacked bytes for each byte of the file. Sheets of text unpack to 10 or 20 times their size.
const TIMES: u64 = 40;

/// Bytes that no workbook may unpack to: the largest that is read, a file of 50 MB, stays below.
const MOST: u64 = 2 << 30;

/// The bytes that a file of so many bytes may unpack to.
const fn allowed(packed: u64) -> u64 {
    let in_proportion = packed.saturating_mul(TIMES);
    let wanted = if in_proportion > FREE { in_proportion } else { FREE };
    if wanted < MOST { wanted } else { MOST }
}

/// Refuses an archive that unpacks to more than a workbook of its size can. What the archive says of itself is asked first
/// and then not believed: every part is unpacked and counted, to nowhere.
pub fn within_limits(name: &str, bytes: &[u8]) -> Result<(), IntakeError> {
    let most = allowed(bytes.len() as u64);
    // An archive that cannot be opened at all is refused, with its own sentence, by whoever opens it next.
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    if archive.decompressed_size().is_some_and(|said| said > u128::from(most)) {
        return Err(too_big(name, bytes.len(), most));
    }
    let mut counted = Counted(0);
    for place in 0..archive.len() {
        let Ok(part) = archive.by_index(place) else { continue };
        // A part that breaks off is for whoever reads it to tell; what came before counts.
        let _ = std::io::copy(&mut part.take(most + 1 - counted.0), &mut counted);
        if counted.0 > most {
            return Err(too_big(name, bytes.len(), most));
        }
    }
    Ok(())
}

/// Counts what is written to it, and keeps none of it.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len() as u64);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn too_big(name: &str, packed: usize, most: u64) -> IntakeError {
    let what = format!(
        "The workbook is {} and unpacks to more than {} MB: far more than a workbook of its size holds.",
        if packed < 1 << 20 { format!("{} KB", packed.div_ceil(1 << 10)) } else { format!("{} MB", packed >> 20) },
        most >> 20
    );
    let remedy = "Do not open it before you know who made it. Export the list again, or save it as CSV, and import that.";
    IntakeError::new(Trouble::TooBig, Place::file(name), what, remedy)
}
