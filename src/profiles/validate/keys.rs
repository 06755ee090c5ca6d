//! Keys of one list: each written in the one way keys are written, and none twice.

use super::super::raw::Table;

/// Most characters of a key or an id.
pub(super) const LONGEST: usize = 60;

/// The keys of one list, as they are read.
pub(super) struct Keys {
    seen: Vec<String>,
}

impl Keys {
    /// An empty list.
    pub(super) fn new() -> Keys {
        Keys { seen: Vec::new() }
    }

    /// Reads the `key` of an item: kebab-case, and not the key of an earlier item.
    pub(super) fn take(&mut self, table: &Table<'_>) -> String {
        let key = table.text("key");
        if !key.is_empty() && !is_kebab(&key) {
            table.note_at("key", format!("\"{key}\" is not a key. Use small letters, digits and hyphens, such as \"family-contact\"."));
        }
        self.once(table, key)
    }

    /// Reads the `key` of a role, which is written as people write it: one word in any letters.
    pub(super) fn take_role(&mut self, table: &Table<'_>) -> String {
        let key = table.text("key");
        if key.chars().any(char::is_whitespace) {
            table.note_at("key", format!("\"{key}\" is not a role key. Write it without spaces, and the words as its label."));
        }
        self.once(table, key)
    }

    fn once(&mut self, table: &Table<'_>, key: String) -> String {
        if is_too_long(&key) {
            table.note_at("key", format!("this has more than {LONGEST} characters. Write a shorter key, and the words as its label."));
        }
        if !key.is_empty() && self.seen.contains(&key) {
            table.note_at("key", format!("\"{key}\" is used twice. Each key in a list must be its own."));
        }
        self.seen.push(key.clone());
        key
    }
}

/// Whether a key or an id is longer than the journal has room for: it names what a row is about.
pub(super) fn is_too_long(key: &str) -> bool {
    key.chars().count() > LONGEST
}

/// Whether a key is written in small letters, digits and single hyphens.
pub(super) fn is_kebab(key: &str) -> bool {
    key.split('-').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}
