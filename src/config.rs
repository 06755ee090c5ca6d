//! The configuration file: a short TOML file in which every line is optional and a misspelt one is never passed over.
//!
//! It must not know what a setting does; it only says what was written.

mod host;
mod mail;

pub use host::{Anchor, Host};

use crate::domain::near::near_miss;
use crate::domain::outbox::Settings as Mail;
use crate::surroundings::Surroundings;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// How much colour the file asks for; what that looks like is the screen's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// All the terminal has.
    Full,
    /// The terminal's own 16.
    Sixteen,
    /// None at all.
    None,
    /// Bright on black.
    HighContrast,
}

/// What the file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The database everybody works in.
    pub db: Option<PathBuf>,
    /// Only ASCII characters; none: as the locale says.
    pub ascii: Option<bool>,
    /// How much colour; none: as the terminal can.
    pub colour: Option<Colours>,
    /// The folder with the council's own frameworks.
    pub frameworks: Option<PathBuf>,
    /// The folder with the council's own texts of reports.
    pub reports: Option<PathBuf>,
    /// How mail is sent; none: it is not set up, or not wanted.
    pub mail: Option<Mail>,
    /// The file says that no mail is to be sent, so that nobody has to be reminded.
    pub no_mail: bool,
    /// What is written about this machine.
    pub host: Host,
    /// Whether the terminal's bell rings when an alert opens; none: it does.
    pub bell: Option<bool>,
    /// After so many minutes without a key the screen goes blank; 0: never; none: 3.
    pub blank_after: Option<u32>,
    /// After so many minutes without a key the session ends; 0: never; none: 20.
    pub leave_after: Option<u32>,
    /// The keys, in the form that the keymap reads.
    pub keys: String,
}

/// A configuration that cannot be used: all its problems, each a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(Vec<String>);

/// The configuration of everybody on this machine.
pub const OF_THE_MACHINE: &str = "/etc/closeloop/config.toml";

const KEYS: [&str; 11] = ["db", "ascii", "colour", "frameworks", "reports", "bell", "blank_after", "leave_after", "mail", "host", "keys"];

const COLOURS: [(&str, Colours); 4] =
    [("full", Colours::Full), ("16", Colours::Sixteen), ("none", Colours::None), ("high-contrast", Colours::HighContrast)];

impl Config {
    /// Reads a file; none reads the usual one, which need not be there.
    pub fn open(path: Option<&Path>, surroundings: &Surroundings) -> Result<Config, ConfigError> {
        let Some(path) = place(path, surroundings) else { return Ok(Config::default()) };
        match std::fs::read_to_string(&path) {
            Ok(text) => Config::parse(&text, &path.display().to_string()),
            Err(error) => Err(ConfigError(vec![format!("The configuration {} cannot be read: {error}.", path.display())])),
        }
    }

    /// Reads the text of a file; `name` is what the person calls it.
    pub fn parse(text: &str, name: &str) -> Result<Config, ConfigError> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text.as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1);
            ConfigError(vec![format!("The configuration {name} is not TOML in line {line}: {}.", error.message())])
        })?;
        let mut config = Config::default();
        let mut problems = Vec::new();
        for (key, value) in table {
            if let Err(what) = config.take(&key, value) {
                problems.push(format!("In the configuration {name}, {what}"));
            }
        }
        if problems.is_empty() { Ok(config) } else { Err(ConfigError(problems)) }
    }

    fn take(&mut self, key: &str, value: toml::Value) -> Result<(), String> {
        let text = |value: &toml::Value| value.as_str().map(str::to_string).ok_or_else(|| format!("\u{201c}{key}\u{201d} wants a text."));
        match key {
            "db" => self.db = Some(PathBuf::from(text(&value)?)),
            "reports" => self.reports = Some(PathBuf::from(text(&value)?)),
            "frameworks" => self.frameworks = Some(PathBuf::from(text(&value)?)),
            "ascii" => self.ascii = Some(value.as_bool().ok_or("\u{201c}ascii\u{201d} wants true or false.")?),
            "bell" => self.bell = Some(value.as_bool().ok_or("\u{201c}bell\u{201d} wants true or false.")?),
            "blank_after" => self.blank_after = Some(minutes(key, &value)?),
            "leave_after" => self.leave_after = Some(minutes(key, &value)?),
            "colour" => {
                let wanted = text(&value)?;
                let found = COLOURS.iter().find(|(word, _)| *word == wanted);
                self.colour = Some(found.map(|(_, colour)| *colour).ok_or_else(|| {
                    let words: Vec<&str> = COLOURS.iter().map(|(word, _)| *word).collect();
                    format!("\u{201c}colour\u{201d} is one of {}; \u{201c}{wanted}\u{201d} is not.", words.join(", "))
                })?);
            }
            "mail" => {
                let table = value.as_table().ok_or("\u{201c}mail\u{201d} wants a table.")?;
                self.mail = mail::read(table)?;
                self.no_mail = self.mail.is_none();
            }
            "host" => self.host = host::read(value.as_table().ok_or("\u{201c}host\u{201d} wants a table.")?)?,
            "keys" => {
                let keys = value.as_table().ok_or("\u{201c}keys\u{201d} wants a table.")?;
                self.keys = toml::to_string(keys).map_err(|error| format!("\u{201c}keys\u{201d} cannot be read: {error}."))?;
            }
            other => {
                let near = near_miss(other, KEYS).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
                return Err(format!("there is no setting \u{201c}{other}\u{201d}.{near} Known are {}.", KEYS.join(", ")));
            }
        }
        Ok(())
    }
}

/// Minutes, up to a day.
fn minutes(key: &str, value: &toml::Value) -> Result<u32, String> {
    let found = value.as_integer().and_then(|minutes| u32::try_from(minutes).ok()).filter(|minutes| *minutes <= 24 * 60);
    found.ok_or_else(|| format!("\u{201c}{key}\u{201d} wants whole minutes from 0 (never) to 1440."))
}

/// Where the configuration is read from: the file that is named, else the person's own, else the machine's; none where none is
/// there. A guest has none of their own.
pub fn place(named: Option<&Path>, surroundings: &Surroundings) -> Option<PathBuf> {
    let own = || surroundings.config_folder.as_ref().map(|folder| folder.join("closeloop").join("config.toml"));
    let usual = || [own(), Some(PathBuf::from(OF_THE_MACHINE))].into_iter().flatten().find(|path| path.exists());
    named.map(Path::to_path_buf).or_else(usual)
}
