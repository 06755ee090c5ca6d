//! The file of SSH keys of a shared account: each line has to lead to closeloop and nowhere else, and name somebody.

use super::Findings;
use crate::domain::count::counted;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// One line of the file, taken apart as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    line: usize,
    restricted: bool,
    login: Option<String>,
}

/// Looks over a file of keys; gives the logins that they lead to.
pub fn look_over(found: &mut Findings, path: &Path) -> Vec<String> {
    let name = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            found.mend("keys", format!("{name} cannot be read: {error}."), "Run doctor as the administrator.");
            return Vec::new();
        }
    };
    if let Ok(meta) = std::fs::metadata(path)
        && (meta.uid() != 0 || meta.mode() & 0o022 != 0)
    {
        let said = format!("{name} can be changed by others than the administrator: whoever can add a line can be anybody.");
        found.mend("keys", said, format!("chown root {name} && chmod go-w {name}"));
    }
    let keys: Vec<Key> = text.lines().enumerate().filter_map(|(at, line)| key(at + 1, line)).collect();
    for key in &keys {
        if !key.restricted {
            found.mend(
                "keys",
                format!("Line {} of {name} does not begin with restrict: forwarding is open to that key.", key.line),
                "Begin it with restrict,pty,command=\"…\".",
            );
        }
        if key.login.is_none() {
            let said = format!("Line {} of {name} forces no closeloop --as LOGIN: that key opens something else.", key.line);
            found.mend("keys", said, "Add command=\"closeloop --as LOGIN\" to it, or take it out.");
        }
    }
    let mut logins: Vec<String> = keys.iter().filter_map(|key| key.login.clone()).collect();
    logins.sort_unstable();
    logins.dedup();
    let (many, of) = (counted(keys.len(), "key", "keys"), counted(logins.len(), "login", "logins"));
    found.ok("keys", format!("{many} in {name}, for {of}."));
    logins
}

/// Reads a line; none where it holds no key.
fn key(line: usize, text: &str) -> Option<Key> {
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return None;
    }
    let options = text.split(" ssh-").next().and_then(|before| before.split(" ecdsa-").next()).unwrap_or_default();
    let restricted = options.split(',').any(|option| option.trim() == "restrict");
    let command = options.split_once("command=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(command, _)| command);
    let login = command.filter(|command| command.contains("closeloop")).and_then(|command| {
        let mut words = command.split_whitespace().skip_while(|word| *word != "--as").skip(1);
        words.next().map(str::to_string)
    });
    Some(Key { line, restricted, login })
}
