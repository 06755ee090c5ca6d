//! `closeloop backup` and `closeloop restore`.

use super::context::{Context, bar};
use super::{Done, Failure, Streams, verify};
use crate::domain::count::counted;
use crate::runtime::clock::Clock;
use crate::runtime::notes::{Kind, Note};
use crate::store::{self, StoreError};
use clap::Args;
use std::path::{Path, PathBuf};

/// Copy the live database into a new file and verify the copy.
///
/// Without a name it goes into the folder that the configuration names (backups in [host]), named by its time.
#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The new file.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Make a file of its own in this folder, named by its time.
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    into: Option<PathBuf>,
    /// Of those that were named by their time keep so many, and remove the oldest.
    #[arg(long, value_name = "N", conflicts_with = "file", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
}

/// Put a backup in place of the database; the one that was there is kept beside it.
#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A database is there, and I know it.
    #[arg(long)]
    replace: bool,
}

pub(super) fn backup(context: &Context, args: &BackupArgs, streams: &mut Streams<'_>) -> Done {
    let now = Clock::System.now();
    let file = match (&args.file, args.into.as_ref().or(context.config.host.backups.as_ref())) {
        (Some(file), _) => file.clone(),
        (None, Some(folder)) => folder.join(format!("{}{}.db", beginning(&context.db), now.format("%Y-%m-%dT%H%M%SZ"))),
        (None, None) => {
            let said = "Name the new file, a folder with --into DIR, or backups = \"DIR\" in [host] of the configuration.";
            return Err(Failure::Usage(said.into()));
        }
    };
    let verified = store::backup(&context.db, &file, &mut bar("Verifying the copy"))?;
    writeln!(streams.out, "Backed up into {}.", file.display())?;
    let reported = verify::report(&verified, streams);
    if !verified.clean() {
        return reported;
    }
    let seq = store::parse_anchor(&verified.head).map_or(0, |head| head.seq);
    let whole = std::fs::canonicalize(&file).unwrap_or_else(|_| file.clone());
    let noted = Kind::BackedUp.write(&context.db, &Note { at: now, seq, what: whole.display().to_string() });
    if let Err(error) = noted {
        // The backup is good; only `doctor` will not know of it.
        writeln!(streams.err, "That it was made could not be noted for closeloop doctor: {error}")?;
    }
    if let (Some(keep), Some(folder)) = (args.keep, file.parent()) {
        thin_out(folder, &beginning(&context.db), keep as usize, streams)?;
    }
    reported
}

/// What the names of a database's backups begin with.
fn beginning(db: &Path) -> String {
    format!("{}-", db.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default())
}

/// Removes the oldest of the backups that are named by their time.
fn thin_out(folder: &Path, beginning: &str, keep: usize, streams: &mut Streams<'_>) -> Done {
    let is_ours = |name: &str| {
        let stamp = name.strip_prefix(beginning).and_then(|rest| rest.strip_suffix(".db"));
        stamp.is_some_and(|stamp| chrono::NaiveDateTime::parse_from_str(stamp, "%Y-%m-%dT%H%M%SZ").is_ok())
    };
    let entries = std::fs::read_dir(folder)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.filter(|name| is_ours(name)).collect();
    names.sort_unstable();
    names.truncate(names.len().saturating_sub(keep));
    for name in &names {
        let old = folder.join(name);
        std::fs::remove_file(&old)?;
        let looks = store::looks_path(&old);
        if looks.exists() {
            std::fs::remove_file(looks)?;
        }
    }
    match names.len() {
        0 => Ok(()),
        n => Ok(writeln!(streams.out, "Removed {} and kept the newest {keep}.", counted(n, "older backup", "older backups"))?),
    }
}

pub(super) fn restore(context: &Context, args: &RestoreArgs, streams: &mut Streams<'_>) -> Done {
    let restored = store::restore(&args.file, &context.db, args.replace, &mut bar("Verifying the backup"));
    let restored = restored.map_err(|error| match error {
        StoreError::Missing(path) if path == args.file => Failure::Said(format!(
            "There is no backup at {}. Give a file that `closeloop backup` made. Nothing was changed.",
            path.display()
        )),
        other => Failure::from(other),
    })?;
    writeln!(streams.out, "Restored {} from {}.", context.db.display(), args.file.display())?;
    if let Some(kept) = restored.kept {
        writeln!(streams.out, "The database that was there is now {}.", kept.display())?;
    }
    verify::report_looks(&restored.looks, streams)
}
