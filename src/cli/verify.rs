//! `closeloop verify`.

use super::context::{Context, bar};
use super::{Done, Failure, Streams};
use crate::domain::count::counted;
use crate::store::{self, Verified};
use clap::Args;
use std::path::PathBuf;

/// Check the file, the journal's chain, and that every table follows from the journal.
///
/// Prints a line that begins with closeloop-anchor; kept on another machine it shows later whether the journal was cut off
/// or written anew. Exit status 1 when anything is wrong.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// A file that holds an anchor line from earlier.
    #[arg(long, value_name = "FILE")]
    anchor: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &VerifyArgs, streams: &mut Streams<'_>) -> Done {
    let anchor = match &args.anchor {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| Failure::Said(format!("The anchor file {} cannot be read: {error}.", path.display())))?;
            let found = store::parse_anchor(&text);
            Some(found.ok_or_else(|| {
                Failure::Said(format!(
                    "The anchor file {} has no line with closeloop-anchor in it. Give a file with a line that `closeloop verify` printed.",
                    path.display()
                ))
            })?)
        }
    };
    let verified = store::verify(&context.db, anchor, &mut bar("Verifying"))?;
    report(&verified, streams)
}

/// Says what verifying found; a problem is a failure.
pub(super) fn report(verified: &Verified, streams: &mut Streams<'_>) -> Done {
    for problem in &verified.problems {
        writeln!(streams.err, "{problem}")?;
    }
    if !verified.clean() {
        writeln!(streams.err, "Do not go on writing to this database; restore the newest clean backup: closeloop restore FILE --replace")?;
        return Err(Failure::Found);
    }
    writeln!(streams.out, "Clean: {}.", counted(verified.rows, "journal row", "journal rows"))?;
    writeln!(streams.out, "{}", verified.head)?;
    Ok(())
}
