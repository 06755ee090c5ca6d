//! The part of the configuration about mail: what is written, checked as far as a file can be checked alone.

use crate::domain::near::near_miss;
use crate::domain::outbox::{Security, Server, Settings, Way};
use std::path::PathBuf;

const KEYS: [&str; 10] = ["send", "from", "host", "port", "security", "root", "user", "password_file", "sendmail", "texts"];

const SECURITIES: [(&str, Security); 3] = [("starttls", Security::StartTls), ("tls", Security::Tls), ("none", Security::None)];

/// Reads `[mail]`; none where it says not to send. The error goes on from "In the configuration F, ".
pub(super) fn read(table: &toml::Table) -> Result<Option<Settings>, String> {
    for key in table.keys() {
        if key == "password" {
            return Err("\u{201c}mail.password\u{201d} is not taken: everybody may read this file. Name a file with password_file.".into());
        }
        if !KEYS.contains(&key.as_str()) {
            let near = near_miss(key, KEYS).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            return Err(format!("there is no setting \u{201c}mail.{key}\u{201d}.{near} Known are {}.", KEYS.join(", ")));
        }
    }
    if !flag(table, "send")?.unwrap_or(true) {
        return Ok(None);
    }
    let from = text(table, "from")?.ok_or("\u{201c}mail.from\u{201d} is missing: the address that mail comes from.")?;
    let way = match (text(table, "host")?, path(table, "sendmail")?) {
        (Some(host), None) => Way::Server(server(table, host)?),
        (None, Some(program)) => Way::Sendmail(program),
        (Some(_), Some(_)) => return Err("\u{201c}mail\u{201d} names a host and sendmail; name one of them.".into()),
        (None, None) => return Err("\u{201c}mail\u{201d} names no way to send: set host, or sendmail, or send = false.".into()),
    };
    if let Way::Sendmail(_) = way
        && let Some(key) = ["port", "security", "root", "user", "password_file"].into_iter().find(|key| table.contains_key(*key))
    {
        return Err(format!("\u{201c}mail.{key}\u{201d} belongs to a mail server; sendmail needs none."));
    }
    let settings = Settings { from, way, texts: path(table, "texts")? };
    settings.check(false).map_err(|error| format!("\u{201c}mail\u{201d} cannot be used. {error}"))?;
    Ok(Some(settings))
}

fn server(table: &toml::Table, host: String) -> Result<Server, String> {
    let security = match text(table, "security")? {
        None => Security::StartTls,
        Some(wanted) => SECURITIES
            .iter()
            .find(|(word, _)| *word == wanted)
            .map(|(_, security)| *security)
            .ok_or_else(|| format!("\u{201c}mail.security\u{201d} is one of starttls, tls, none; \u{201c}{wanted}\u{201d} is not."))?,
    };
    let port = match table.get("port") {
        None => security.usual_port(),
        Some(value) => {
            let port = value.as_integer().and_then(|port| u16::try_from(port).ok()).filter(|port| *port > 0);
            port.ok_or("\u{201c}mail.port\u{201d} wants a whole number from 1 to 65535.")?
        }
    };
    let login = match (text(table, "user")?, path(table, "password_file")?) {
        (Some(user), Some(file)) => Some((user, file)),
        (None, None) => None,
        _ => return Err("\u{201c}mail.user\u{201d} and \u{201c}mail.password_file\u{201d} go together.".into()),
    };
    Ok(Server { host, port, security, root: path(table, "root")?, login })
}

fn text(table: &toml::Table, key: &str) -> Result<Option<String>, String> {
    let Some(value) = table.get(key) else { return Ok(None) };
    let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| Some(text.to_string())).ok_or_else(|| format!("\u{201c}mail.{key}\u{201d} wants a text."))
}

fn path(table: &toml::Table, key: &str) -> Result<Option<PathBuf>, String> {
    Ok(text(table, key)?.map(PathBuf::from))
}

fn flag(table: &toml::Table, key: &str) -> Result<Option<bool>, String> {
    let Some(value) = table.get(key) else { return Ok(None) };
    value.as_bool().map(Some).ok_or_else(|| format!("\u{201c}mail.{key}\u{201d} wants true or false."))
}
