//! `closeloop backup` and `closeloop restore`.

use super::context::{Context, bar};
use super::{Done, Failure, Streams, verify};
use crate::domain::calendar::{local, local_date, say_full_date};
use crate::domain::count::counted;
use crate::profiles;
use crate::runtime::clock::Clock;
use crate::runtime::notes::{Kind, Note};
use crate::runtime::who_is_in::{say, who_is_in};
use crate::store::{self, Origin, StoreError};
use chrono::NaiveDateTime;
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
    /// Besides, keep the last one of each of so many days.
    #[arg(long, value_name = "DAYS", requires = "keep", default_value_t = 0)]
    keep_days: u32,
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
    /// The database that is there is another one, perhaps another council's, and I know it.
    #[arg(long, requires = "replace")]
    another_database: bool,
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
    let reported = verify::report(&verified, &context.db, streams);
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
        thin_out(folder, &beginning(&context.db), (keep as usize, args.keep_days as usize), streams)?;
    }
    reported
}

/// What the names of a database's backups begin with.
fn beginning(db: &Path) -> String {
    format!("{}-", db.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default())
}

/// Removes those of the backups named by their time that are neither among the newest nor the last one of a recent day.
fn thin_out(folder: &Path, beginning: &str, (keep, days): (usize, usize), streams: &mut Streams<'_>) -> Done {
    let made_at = |name: &str| {
        let stamp = name.strip_prefix(beginning).and_then(|rest| rest.strip_suffix(".db"))?;
        chrono::NaiveDateTime::parse_from_str(stamp, "%Y-%m-%dT%H%M%SZ").ok()
    };
    let entries = std::fs::read_dir(folder)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut backups: Vec<(NaiveDateTime, String)> = entries.filter_map(|name| Some((made_at(&name)?, name))).collect();
    backups.sort_unstable_by(|one, other| other.cmp(one));
    let gone = older(backups, keep, days);
    for name in &gone {
        let old = folder.join(name);
        std::fs::remove_file(&old)?;
        let looks = store::looks_path(&old);
        if looks.exists() {
            std::fs::remove_file(looks)?;
        }
    }
    let and = if days > 0 { format!(" and the last one of each of {}", counted(days, "day", "days")) } else { String::new() };
    match gone.len() {
        0 => Ok(()),
        n => Ok(writeln!(streams.out, "Removed {} and kept the newest {keep}{and}.", counted(n, "older backup", "older backups"))?),
    }
}

/// Keeps of the backups, newest first, the newest `keep` and the last one of each of the newest `days` days on which one was made (days
/// without any do not count: a machine that stood still loses none); gives back the others. A day is one of UTC, as in their names.
fn older(newest_first: Vec<(NaiveDateTime, String)>, keep: usize, days: usize) -> Vec<String> {
    let (mut day, mut days_seen) = (None, 0);
    let others = newest_first.into_iter().enumerate().filter(|(at, (made, _))| {
        let last_of_its_day = day.replace(made.date()) != Some(made.date());
        days_seen += usize::from(last_of_its_day);
        *at >= keep && !(last_of_its_day && days_seen <= days)
    });
    others.map(|(_, (_, name))| name).collect()
}

/// A database in words: whose it is, since when, and up to when.
fn said_of(origin: &Origin) -> String {
    let framework = profiles::parse(&origin.framework, "framework").map(|framework| framework.short_name).unwrap_or_default();
    let whose = match (origin.council.as_str(), framework.as_str()) {
        ("", "") => "a database without a council".to_string(),
        ("", framework) => framework.to_string(),
        (council, "") => council.to_string(),
        (council, framework) => format!("{council}, under the framework of {framework}"),
    };
    let times = origin.begun.zip(origin.last).map(|(begun, last)| {
        let last = local(last);
        let (begun, time) = (say_full_date(local_date(begun)), last.format("%H:%M"));
        format!(" (begun on {begun}, last written on {} at {time})", say_full_date(last.date()))
    });
    format!("{whose}{}", times.unwrap_or_default())
}

/// Refuses a backup of another database than the one that it would take the place of, with the names of both; gives what is said of
/// the backup. What cannot be read is for the restore to say.
fn is_of_this(context: &Context, args: &RestoreArgs) -> Result<Option<String>, Failure> {
    let Ok(theirs) = store::origin(&args.file) else { return Ok(None) };
    let said = said_of(&theirs);
    let here = if args.replace && !args.another_database { store::origin(&context.db).ok() } else { None };
    match here {
        Some(here) if here.first != theirs.first => Err(Failure::Said(format!(
            "The backup {} is not of the database that is there. The backup holds {said}. {} holds {}. Nothing was changed. Give a backup of \
             this database, or add --another-database if the other one is to take its place.",
            args.file.display(),
            context.db.display(),
            said_of(&here)
        ))),
        _ => Ok(Some(said)),
    }
}

pub(super) fn restore(context: &Context, args: &RestoreArgs, streams: &mut Streams<'_>) -> Done {
    let whose = is_of_this(context, args)?;
    let restored = store::restore(&args.file, &context.db, args.replace, &mut bar("Verifying the backup"));
    let restored = restored.map_err(|error| match error {
        StoreError::Missing(path) if path == args.file => Failure::Said(format!(
            "There is no backup at {}. Give a file that `closeloop backup` made. Nothing was changed.",
            path.display()
        )),
        StoreError::InUse(path) => {
            let who = say(&who_is_in(&path), rustix::process::geteuid().is_root());
            Failure::Said(format!("{} {who}", StoreError::InUse(path)))
        }
        other => Failure::from(other),
    })?;
    writeln!(streams.out, "Restored {} from {}.", context.db.display(), args.file.display())?;
    if let Some(whose) = whose {
        writeln!(streams.out, "It holds {whose}.")?;
    }
    if let Some(kept) = restored.kept {
        writeln!(streams.out, "The database that was there is now {}.", kept.display())?;
    }
    verify::report_looks(&restored.looks, streams)
}
