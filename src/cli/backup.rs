//! `closeloop backup` and `closeloop restore`.

use super::context::{Context, bar};
use super::{Done, Failure, Streams, verify};
use crate::store::{self, StoreError};
use clap::Args;
use std::path::PathBuf;

/// Copy the live database into a new file and verify the copy.
#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The new file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
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
    let verified = store::backup(&context.db, &args.file, &mut bar("Verifying the copy"))?;
    writeln!(streams.out, "Backed up into {}.", args.file.display())?;
    verify::report(&verified, streams)
}

pub(super) fn restore(context: &Context, args: &RestoreArgs, streams: &mut Streams<'_>) -> Done {
    let restored = store::restore(&args.file, &context.db, args.replace, &mut bar("Verifying the backup"));
    let kept = restored.map_err(|error| match error {
        StoreError::Missing(path) if path == args.file => Failure::Said(format!(
            "There is no backup at {}. Give a file that `closeloop backup` made. Nothing was changed.",
            path.display()
        )),
        other => Failure::from(other),
    })?;
    writeln!(streams.out, "Restored {} from {}.", context.db.display(), args.file.display())?;
    if let Some(kept) = kept {
        writeln!(streams.out, "The database that was there is now {}.", kept.display())?;
    }
    Ok(())
}
