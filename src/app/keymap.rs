//! Keys to commands: the built-in keymap with a person's own lines over it, and which scopes are asked in which order.

use super::command::{Command, Scope, TABLE};
use super::key::Key;
use crate::domain::near::near_miss;
use std::collections::HashMap;

/// The built-in keymap.
pub const BUILT_IN: &str = include_str!("../../assets/keymap.toml");

/// Which key means which command in which scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: HashMap<(Scope, Key), Command>,
    bound: HashMap<Command, Vec<Key>>,
}

impl Keymap {
    /// Reads the built-in keymap and lays a person's own over it.
    ///
    /// Gives every problem at once: an unknown scope or command (with the nearest known one), a key that is none, two
    /// commands on one key.
    pub fn read(own: &str) -> Result<Keymap, Vec<String>> {
        let mut problems = Vec::new();
        let mut lines = parse(BUILT_IN, &mut problems);
        for (command, keys) in parse(own, &mut problems) {
            lines.retain(|(bound, _)| *bound != command);
            lines.push((command, keys));
        }
        let mut map = Keymap { keys: HashMap::new(), bound: HashMap::new() };
        for (command, keys) in lines {
            for key in &keys {
                let scope = command.row().scope;
                if let Some(other) = map.keys.insert((scope, *key), command) {
                    let (one, two) = (other.row().name, command.row().name);
                    problems.push(format!(
                        "In [{}] the key {key} is given to both {one} and {two}. Give one of them another key.",
                        scope.name()
                    ));
                }
            }
            map.bound.insert(command, keys);
        }
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    /// The command of a key, asking the scopes in order.
    pub fn resolve(&self, key: Key, scopes: &[Scope]) -> Option<Command> {
        scopes.iter().find_map(|scope| self.keys.get(&(*scope, key)).copied())
    }

    /// A command that this key stands for anywhere.
    pub fn bound(&self, key: Key) -> Option<Command> {
        TABLE.iter().map(|row| row.command).find(|command| self.keys_of(*command).contains(&key))
    }

    /// A command that this key stands for anywhere.
    pub fn anywhere(&self, key: Key) -> Option<Command> {
        TABLE.iter().map(|row| row.command).find(|command| self.keys_of(*command).contains(&key))
    }

    /// The keys of a command, the shortest way to press it first.
    pub fn keys_of(&self, command: Command) -> &[Key] {
        self.bound.get(&command).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first key of a command as text; empty when it is unbound.
    pub fn hint(&self, command: Command) -> String {
        self.keys_of(command).first().map(Key::to_string).unwrap_or_default()
    }
}

fn parse(text: &str, problems: &mut Vec<String>) -> Vec<(Command, Vec<Key>)> {
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            problems.push(format!("The keymap cannot be read: {}", error.message()));
            return Vec::new();
        }
    };
    let mut lines = Vec::new();
    for (section, commands) in &table {
        let Some(scope) = Scope::ALL.into_iter().find(|scope| scope.name() == section) else {
            let near = near_miss(section, Scope::ALL.iter().map(|scope| scope.name()));
            problems.push(format!("[{section}] is no part of the keymap.{}", meant(near)));
            continue;
        };
        let Some(commands) = commands.as_table() else {
            problems.push(format!("{section} has to be a section of the keymap: write [{section}], and its commands below it."));
            continue;
        };
        for (name, keys) in commands {
            let Some(command) = Command::named(name).filter(|command| command.row().scope == scope) else {
                let near = near_miss(name, TABLE.iter().filter(|row| row.scope == scope).map(|row| row.name));
                problems.push(format!("[{section}] knows no command {name}.{}", meant(near)));
                continue;
            };
            let mut read = Vec::new();
            let listed = keys.as_array().map(|keys| keys.iter().map(toml::Value::as_str).collect::<Option<Vec<&str>>>());
            let Some(Some(listed)) = listed else {
                problems.push(format!("{section}.{name} has to be a list of keys in quotes, such as [\"a\", \"ctrl-a\"]."));
                continue;
            };
            for text in listed {
                match Key::parse(text) {
                    Some(key) => read.push(key),
                    None => problems.push(format!(
                        "\u{201c}{text}\u{201d} ({section}.{name}) is no key. Write a character, or a name such as enter, space, ctrl-s, f1."
                    )),
                }
            }
            lines.push((command, read));
        }
    }
    lines
}

fn meant(near: Option<String>) -> String {
    near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default()
}

/// The key table as Markdown: for the README, and for `closeloop keys --markdown`.
pub fn markdown(keymap: &Keymap) -> String {
    let mut text = String::new();
    for scope in Scope::ALL {
        text.push_str(&format!("**{}**\n\n| Key | Does |\n|---|---|\n", scope.heading()));
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let keys: Vec<String> = keymap.keys_of(row.command).iter().map(|key| format!("`{}`", escaped(&key.to_string()))).collect();
            text.push_str(&format!("| {} | {} |\n", keys.join(" "), row.help));
        }
        text.push('\n');
    }
    text
}

fn escaped(key: &str) -> String {
    key.replace('|', "\\|")
}

/// The key table as plain lines: for `closeloop keys`.
pub fn plain(keymap: &Keymap) -> String {
    let mut text = String::new();
    for scope in Scope::ALL {
        text.push_str(&format!("{}\n", scope.heading()));
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let keys: Vec<String> = keymap.keys_of(row.command).iter().map(Key::to_string).collect();
            text.push_str(&format!("  {:<20} {:<20} {}\n", keys.join(" "), row.name, row.help));
        }
    }
    text
}

/// The keymap as commented-out lines: for `config.example.toml`.
pub fn example(keymap: &Keymap) -> String {
    let mut text = String::new();
    for scope in Scope::ALL {
        text.push_str(&format!("#[keys.{}]\n", scope.name()));
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let keys: Vec<String> = keymap.keys_of(row.command).iter().map(config_name).collect();
            text.push_str(&format!("#{} = [{}]\n", row.name, keys.join(", ")));
        }
    }
    text
}

/// A key as the keymap file writes it.
fn config_name(key: &Key) -> String {
    let shown = key.to_string();
    let text = match key.code {
        super::key::Code::Char(_) if !key.ctrl && !key.alt && shown.chars().count() == 1 => shown,
        super::key::Code::BackTab => "backtab".into(),
        super::key::Code::PageUp => "pageup".into(),
        super::key::Code::PageDown => "pagedown".into(),
        super::key::Code::Delete => "delete".into(),
        _ => shown.to_lowercase(),
    };
    format!("\"{}\"", text.replace('\\', "\\\\"))
}
