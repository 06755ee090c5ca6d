//! The part of the configuration about the machine: where the head of the journal is kept elsewhere, and where backups go.

use crate::domain::near::near_miss;
use std::path::PathBuf;

/// Where the head of the journal is kept besides the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The machine's log, which a careful machine sends on to another.
    Syslog,
    /// A file, on a disk that whoever may write the database may not rewrite.
    File(PathBuf),
}

/// What is written about the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Host {
    /// Where anchors go; none: nowhere.
    pub anchor: Option<Anchor>,
    /// The folder that backups go into when none is named.
    pub backups: Option<PathBuf>,
}

const KEYS: [&str; 2] = ["anchor", "backups"];

/// Reads `[host]`. The error goes on from "In the configuration F, ".
pub(super) fn read(table: &toml::Table) -> Result<Host, String> {
    let mut host = Host::default();
    for (key, value) in table {
        let text = || value.as_str().map(str::to_string).ok_or_else(|| format!("\u{201c}host.{key}\u{201d} wants a text."));
        let path = || {
            let path = PathBuf::from(text()?);
            if path.is_absolute() { Ok(path) } else { Err(format!("\u{201c}host.{key}\u{201d} wants a whole path, from / on.")) }
        };
        match key.as_str() {
            "anchor" if text()? == "syslog" => host.anchor = Some(Anchor::Syslog),
            "anchor" => host.anchor = Some(Anchor::File(path()?)),
            "backups" => host.backups = Some(path()?),
            other => {
                let near = near_miss(other, KEYS).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
                return Err(format!("there is no setting \u{201c}host.{other}\u{201d}.{near} Known are {}.", KEYS.join(", ")));
            }
        }
    }
    Ok(host)
}
