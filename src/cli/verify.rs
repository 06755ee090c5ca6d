//! `closeloop verify`.

use super::context::{Context, bar};
use super::{Done, Failure, Streams};
use crate::config::Anchor;
use crate::domain::calendar::{local, say_full_date};
use crate::domain::count::counted;
use crate::runtime::anchor;
use crate::runtime::clock::Clock;
use crate::runtime::notes::Kind;
use crate::store::{self, StoreError, Verified};
use clap::Args;
use std::path::{Path, PathBuf};

/// Check the file, the journal's chain, and that every table follows from the journal.
///
/// Prints a line that begins with closeloop-anchor; kept on another machine it shows later whether the journal was cut off
/// or written anew. Exit status 1 when anything is wrong.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// A file that holds anchor lines from earlier, whatever else is in it; - reads standard input. Each of them counts.
    #[arg(long, value_name = "FILE")]
    anchor: Option<PathBuf>,
    /// Add the line that begins with closeloop-anchor to this file, once everything is clean.
    #[arg(long, value_name = "FILE")]
    anchor_out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &VerifyArgs, streams: &mut Streams<'_>) -> Done {
    let anchors = match &args.anchor {
        None => Vec::new(),
        Some(path) => {
            let text = if path.as_os_str() == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(path) };
            let text = text.map_err(|error| Failure::Said(format!("The anchor file {} cannot be read: {error}.", path.display())))?;
            let found = store::parse_anchors(&text);
            if found.is_empty() {
                return Err(Failure::Said(format!(
                    "The anchor file {} has no line with closeloop-anchor in it. Give a file with a line that `closeloop verify` printed.",
                    path.display()
                )));
            }
            found
        }
    };
    let verified = store::verify(&context.db, anchors, &mut bar("Verifying")).map_err(|error| match error {
        StoreError::Damaged(_) => {
            Failure::Said(format!("The file {} itself is damaged. {}", context.db.display(), restore_which(&context.db)))
        }
        other => Failure::from(other),
    })?;
    report(&verified, &context.db, streams)?;
    match &args.anchor_out {
        None => Ok(()),
        Some(path) => {
            let kept = anchor::send(&Anchor::File(path.clone()), &verified.head, Clock::System.now());
            kept.map_err(|error| Failure::Said(error.to_string()))
        }
    }
}

/// What to do about a database that is not whole any more: from which backup it is restored, as far as that is known beside it.
fn restore_which(db: &Path) -> String {
    let noted = Kind::BackedUp.read(db).filter(|note| Path::new(&note.what).is_file());
    let Some(note) = noted else {
        return "Do not go on writing to this database; restore the newest clean backup: closeloop restore FILE --replace".into();
    };
    let at = local(note.at);
    format!(
        "Do not go on writing to this database; restore the newest clean backup, made on {} at {} (what was written since is not in it): \
         closeloop restore {} --replace",
        say_full_date(at.date()),
        at.format("%H:%M"),
        note.what
    )
}

/// Says what verifying a database, or a copy of it, found; a problem is a failure.
pub(super) fn report(verified: &Verified, db: &Path, streams: &mut Streams<'_>) -> Done {
    for problem in &verified.problems {
        writeln!(streams.err, "{problem}")?;
    }
    report_looks(&verified.looks, streams)?;
    if !verified.clean() {
        if verified.only_cut_off() {
            writeln!(
                streams.err,
                "If a backup was restored after that anchor was made, that is why: hold the journal against the anchors that came since. \
                 If none was, rows are missing:"
            )?;
        }
        writeln!(streams.err, "{}", restore_which(db))?;
        return Err(Failure::Found);
    }
    writeln!(streams.out, "Clean: {}.", counted(verified.rows, "journal row", "journal rows"))?;
    writeln!(streams.out, "{}", verified.head)?;
    if verified.looks.is_empty() { Ok(()) } else { Err(Failure::Found) }
}

/// Says what is wrong with the log of who looked at what, and what helps. The database is whole without it.
pub(super) fn report_looks(problems: &[String], streams: &mut Streams<'_>) -> Done {
    for problem in problems {
        writeln!(streams.err, "{problem}")?;
    }
    if !problems.is_empty() {
        writeln!(
            streams.err,
            "That is the log beside the database, not the database. Whoever reads the log has to know: look for it in the backups. Once they do, \
             one of them says so with `closeloop looks --begun-anew WHY`, and what is there now counts."
        )?;
    }
    Ok(())
}
