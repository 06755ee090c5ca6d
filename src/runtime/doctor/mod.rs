//! Looking over an installation: what is in order, what should be looked at, what has to be mended, and how.
//!
//! It changes nothing. What lies on the disk is looked at before the database is opened, because opening one beside the log
//! of another would bring that log into it.

mod database;
mod door;
mod files;
mod host;
mod key_line;
mod keys;
mod people;
mod timers;

use super::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::store::Store;
use crate::surroundings::Surroundings;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stand {
    /// In order.
    Ok,
    /// It may be meant so; somebody should look.
    Look,
    /// It is wrong, or will be.
    Mend,
}

impl Stand {
    /// The word it is told by.
    pub fn word(self) -> &'static str {
        match self {
            Stand::Ok => "ok",
            Stand::Look => "look",
            Stand::Mend => "mend",
        }
    }
}

/// One line of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about, in a word.
    #[serde(rename = "ref")]
    pub about: &'static str,
    /// How it stands.
    pub stand: Stand,
    /// What was found, as a sentence.
    pub said: String,
    /// What to do; empty where nothing is.
    pub remedy: String,
}

/// What is to be looked over.
#[derive(Debug)]
pub struct Patient<'a> {
    /// The database.
    pub db: &'a Path,
    /// The configuration as it was read, and from where.
    pub config: Result<&'a Config, ConfigError>,
    /// Where it was read from; none where there is none.
    pub config_file: Option<PathBuf>,
    /// What the environment says.
    pub surroundings: &'a Surroundings,
    /// A file of SSH keys whose forced commands name people.
    pub keys: Option<&'a Path>,
    /// Whether to speak to the mail server.
    pub mail: bool,
    /// The folder that the machine's own files lie in: `/`.
    pub root: &'a Path,
    /// The moment on a demo database that stands still.
    pub now: Option<DateTime<Utc>>,
}

/// The list as it grows.
#[derive(Debug, Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn ok(&mut self, about: &'static str, said: impl Into<String>) {
        self.0.push(Finding { about, stand: Stand::Ok, said: said.into(), remedy: String::new() });
    }

    fn look(&mut self, about: &'static str, said: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Finding { about, stand: Stand::Look, said: said.into(), remedy: remedy.into() });
    }

    fn mend(&mut self, about: &'static str, said: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Finding { about, stand: Stand::Mend, said: said.into(), remedy: remedy.into() });
    }
}

/// Looks everything over, in the order in which mending makes sense.
pub fn examine(patient: &Patient<'_>) -> Vec<Finding> {
    let mut found = Findings::default();
    let now = patient.now.unwrap_or_else(|| Clock::System.now());
    host::program(&mut found);
    host::shield(&mut found);
    host::configuration(&mut found, patient);
    let may_open = files::look_over(&mut found, patient.db, now);
    host::disk(&mut found, patient.db);
    let opened = may_open.then(|| Store::open(patient.db));
    let known = opened.as_ref().and_then(|opened| opened.as_ref().ok()).map(database::known).unwrap_or_default();
    let keys = if known.made_up { None } else { door::look_over(&mut found, patient, known.service.as_deref()) };
    match opened {
        Some(opened) => database::look_over(&mut found, patient, opened, keys.as_ref(), now),
        None => {
            let remedy = "Mend what is said about files first, then run closeloop doctor again.";
            found.look("database", "The database was not opened, so that nothing is made worse.", remedy);
        }
    }
    timers::look_over(&mut found, patient, now);
    if patient.mail {
        host::mail(&mut found, patient);
    }
    found.0
}

/// A span as people say it: minutes, hours or days.
fn ago(span: TimeDelta) -> String {
    use crate::domain::count::counted;
    match span.num_minutes() {
        ..1 => "just now".to_string(),
        minutes @ 1..120 => format!("{} ago", counted(minutes, "minute", "minutes")),
        minutes @ 120..2_880 => format!("{} ago", counted(minutes / 60, "hour", "hours")),
        minutes => format!("{} ago", counted(minutes / 1_440, "day", "days")),
    }
}
