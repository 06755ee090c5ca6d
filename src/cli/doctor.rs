//! `closeloop doctor`.

use super::args::Globals;
use super::{Done, Failure, Streams};
use crate::config::{self, Config};
use crate::domain::count::counted;
use crate::runtime::doctor::{Finding, Patient, Stand, examine};
use crate::runtime::shield;
use crate::store::folder_of;
use crate::surroundings::Surroundings;
use chrono::DateTime;
use clap::Args;
use std::path::{Path, PathBuf};

/// Look over this installation: files and their rights, the machine, the clock, people, backups, mail. Changes nothing.
///
/// Each line is ok, look (it may be meant so) or mend, with what to do. Exit status 1 when anything is to be mended.
#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// Speak to the mail server as well; nothing is sent.
    #[arg(long)]
    mail: bool,
    /// Look over this file of SSH keys as well: each has to lead to closeloop and name somebody.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// As one JSON array.
    #[arg(long)]
    json: bool,
}

/// A broken configuration is something to be found here, so this comes before it is read for everything else.
pub(super) fn run(globals: &Globals, surroundings: &Surroundings, args: &DoctorArgs, streams: &mut Streams<'_>) -> Done {
    let config_file = config::place(globals.config.as_deref(), surroundings);
    let read = Config::open(globals.config.as_deref(), surroundings);
    let named = globals.db.clone().or_else(|| surroundings.db.clone()).or_else(|| read.as_ref().ok()?.db.clone());
    let db = named.or_else(|| surroundings.data_folder.as_ref().map(|folder| folder.join("closeloop.db")));
    let db = db.ok_or_else(|| Failure::Usage("Name the database with --db FILE.".into()))?;
    // Named whole: "." says nothing to somebody who was not there.
    let db = std::fs::canonicalize(folder_of(&db)).ok().zip(db.file_name()).map_or(db.clone(), |(folder, name)| folder.join(name));
    shield::share_with_the_group_of(&db);
    // As a session is, but for the files, which it has to see.
    shield::confine(&shield::Leave { start_programs: false, network: args.mail, files: None });
    let now = surroundings.now.as_deref().and_then(|text| DateTime::parse_from_rfc3339(text).ok()).map(|at| at.to_utc());
    let found = examine(&Patient {
        db: &db,
        config: read.as_ref().map_err(Clone::clone),
        config_file,
        surroundings,
        keys: args.keys.as_deref(),
        mail: args.mail,
        root: Path::new("/"),
        now,
    });
    if args.json {
        streams.json(&found)?
    } else {
        tell(&found, streams)?
    }
    if found.iter().any(|finding| finding.stand == Stand::Mend) { Err(Failure::Found) } else { Ok(()) }
}

fn tell(found: &[Finding], streams: &mut Streams<'_>) -> Done {
    for finding in found {
        writeln!(streams.out, "{:<5} {:<9} {}", finding.stand.word(), finding.about, finding.said)?;
        if !finding.remedy.is_empty() {
            writeln!(streams.out, "{:<15} -> {}", "", finding.remedy)?;
        }
    }
    let many = |stand| found.iter().filter(|finding| finding.stand == stand).count();
    let said = match (many(Stand::Mend), many(Stand::Look)) {
        (0, 0) => "Everything is in order.".to_string(),
        (0, look) => format!("Nothing to mend; {} to look at.", counted(look, "thing", "things")),
        (mend, look) => format!("{} to mend, {look} to look at.", counted(mend, "thing", "things")),
    };
    Ok(writeln!(streams.out, "{said}")?)
}
