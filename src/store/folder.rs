//! Making a folder of files that is whole or not there: it grows under a name of its own beside its place.

use super::backup;
use super::error::{Doing, StoreError, StoreResult};
use super::make::{cannot, folder_of, free_place};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A folder that is being filled.
pub struct Filling {
    half: PathBuf,
    names: Vec<String>,
}

impl Filling {
    /// Puts a file of these bytes into it, and waits until it outlasts a power cut.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> StoreResult<()> {
        let path = self.half.join(name);
        let written = File::create_new(&path).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(|error| cannot(&path, &error))?;
        self.names.push(name.to_string());
        Ok(())
    }
}

/// Makes a folder of what `fill` puts into it: it has its name only when it is whole.
///
/// Where `replace` says so, a folder that is there gives way, unless it holds anything that is not made anew: nobody's other files
/// are lost. Else a name that something has is refused.
pub fn write_folder<E: From<StoreError>>(path: &Path, replace: bool, fill: impl FnOnce(&mut Filling) -> Result<(), E>) -> Result<(), E> {
    let there = path.is_dir();
    if !(replace && there) {
        free_place(path)?;
    }
    let mut filling = Filling { half: claim(path)?, names: Vec::new() };
    let done = fill(&mut filling).and_then(|()| {
        let named = if there { exchange(&filling, path) } else { rename(&filling.half, path) };
        named.map_err(E::from)
    });
    done.inspect_err(|_| {
        // What cannot be removed was said already; a second trouble would hide the first.
        let _ = fs::remove_dir_all(&filling.half);
    })
}

/// Takes a name beside the folder that nobody else who makes it now can take.
fn claim(path: &Path) -> StoreResult<PathBuf> {
    for n in 0u32..1_000 {
        let half = backup::beside(path, &format!("making-{n}"));
        match fs::create_dir(&half) {
            Ok(()) => return Ok(half),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(cannot(path, &error)),
        }
    }
    Err(StoreError::File {
        path: path.to_path_buf(),
        what: "has a thousand unfinished folders beside it. Remove those named making-…".into(),
    })
}

/// Puts the new folder in the place of the old one.
fn exchange(filling: &Filling, path: &Path) -> StoreResult<()> {
    let entries = fs::read_dir(path).map_err(|error| cannot(path, &error))?;
    for entry in entries {
        let name = entry.map_err(|error| cannot(path, &error))?.file_name();
        if !filling.names.iter().any(|made| name == made.as_str()) {
            let what = format!(
                "holds {}, which is not part of what is made here. Nothing was changed. Give another name.",
                name.to_string_lossy()
            );
            return Err(StoreError::File { path: path.to_path_buf(), what });
        }
    }
    let old = backup::beside(path, "old");
    fs::rename(path, &old).map_err(|error| cannot(path, &error))?;
    if let Err(error) = rename(&filling.half, path) {
        // Back as it was; if that fails as well, the old one is still there under its other name.
        let _ = fs::rename(&old, path);
        return Err(error);
    }
    fs::remove_dir_all(&old).map_err(|error| cannot(&old, &error))
}

fn rename(half: &Path, path: &Path) -> StoreResult<()> {
    fs::rename(half, path).map_err(|error| cannot(path, &error).doing(Doing::Copying))?;
    // Not every file system lets a folder be synced; where it does not, the name is as safe as it can be.
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    Ok(())
}
