//! One table of the file: what it holds, what is missing from it, and what nobody knows.

use super::Sheet;
use crate::domain::near::near_miss;
use crate::domain::safe_text::is_shown;
use std::cell::RefCell;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One table of the file.
pub(in crate::profiles) struct Table<'a> {
    pub(in crate::profiles) sheet: &'a Sheet<'a>,
    table: &'a DeTable<'a>,
    pub(in crate::profiles) place: String,
    pub(in crate::profiles) at: usize,
    asked: RefCell<Vec<&'static str>>,
    absent: RefCell<Vec<(&'static str, String)>>,
}

impl<'a> Table<'a> {
    /// The file's outermost table.
    pub(in crate::profiles) fn top(sheet: &'a Sheet<'a>, table: &'a DeTable<'a>) -> Table<'a> {
        Table { sheet, table, place: String::new(), at: 0, asked: RefCell::default(), absent: RefCell::default() }
    }

    /// Whether the table says anything under this key; the key counts as known.
    pub(in crate::profiles) fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// A table that may be left out.
    pub(in crate::profiles) fn inner<T>(&self, key: &'static str, read: impl FnOnce(&Table<'a>) -> T) -> Option<T> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(key, value, &format!("a table, such as [{key}]"));
            return None;
        };
        let inner = Table {
            sheet: self.sheet,
            table,
            place: self.below(key),
            at: value.span().start,
            asked: RefCell::default(),
            absent: RefCell::default(),
        };
        let read = read(&inner);
        inner.finish();
        Some(read)
    }

    /// A table that must be there.
    pub(in crate::profiles) fn must<T>(&self, key: &'static str, read: impl FnOnce(&Table<'a>) -> T) -> Option<T> {
        if !self.has(key) {
            self.missing(key, &format!("a table [{key}]"));
        }
        self.inner(key, read)
    }

    /// A list of tables, each called by the noun and its `key`, or its number where it has none; empty when left out.
    pub(in crate::profiles) fn each<T>(&self, key: &'static str, noun: &str, mut read: impl FnMut(&Table<'a>) -> T) -> Vec<T> {
        let mut all = Vec::new();
        for (index, value) in self.items(key).into_iter().enumerate() {
            let Some(table) = value.get_ref().as_table() else {
                self.wrong(key, value, &format!("a list of tables, such as [[{key}]]"));
                continue;
            };
            let name = ["key", "grade"].iter().find_map(|named| table.get(*named)).and_then(|value| value.get_ref().as_str());
            let name = name.map_or_else(|| format!("{noun} {}", index + 1), |name| format!("{noun} \"{name}\""));
            let item = Table {
                sheet: self.sheet,
                table,
                place: self.below(&name),
                at: value.span().start,
                asked: RefCell::default(),
                absent: RefCell::default(),
            };
            all.push(read(&item));
            item.finish();
        }
        all
    }

    /// Notes a problem about this table as a whole.
    pub(in crate::profiles) fn note(&self, what: impl Into<String>) {
        self.sheet.note(&self.place, self.at, what, None);
    }

    /// Notes a problem about one of its keys; about the table where the key is left out.
    pub(in crate::profiles) fn note_at(&self, key: &str, what: impl Into<String>) {
        let at = self.table.get(key).map_or(self.at, |value| value.span().start);
        self.sheet.note(&self.below(key), at, what, None);
    }

    /// Notes every key that nobody asked for and every one that is missing: the last thing done with a table.
    pub(in crate::profiles) fn finish(&self) {
        self.refuse_what_cannot_be_shown();
        let asked = self.asked.borrow();
        let written = self.table.iter().map(|(key, _)| key);
        let unknown: Vec<_> = written.filter(|key| !asked.contains(&key.get_ref().as_ref())).collect();
        for key in &unknown {
            // TOML gives every line below a [table] to that table: the commonest slip of whoever writes a profile by hand.
            if !self.place.is_empty() && self.sheet.top_keys.contains(&key.get_ref().as_ref()) {
                let what =
                    format!("\"{0}\" belongs to the whole framework. Move it above the first [table], or write [[{0}]].", key.get_ref());
                self.sheet.note(&self.place, key.span().start, what, None);
                continue;
            }
            let what = format!("\"{}\" is not a key that is known here.", key.get_ref());
            self.sheet.note(&self.place, key.span().start, what, near_miss(key.get_ref(), asked.iter().copied()));
        }
        for (key, wanted) in self.absent.borrow().iter() {
            // A misspelt key is told once, where it stands, not a second time as missing.
            if near_miss(key, unknown.iter().map(|written| written.get_ref().as_ref())).is_none() {
                self.note(format!("\"{key}\" is missing. Write {wanted}."));
            }
        }
    }

    /// Notes every text with a character that a terminal would obey or that hides others.
    fn refuse_what_cannot_be_shown(&self) {
        for (key, value) in self.table.iter() {
            let inner = value.get_ref().as_array().into_iter().flat_map(|items| items.iter());
            let mut texts = std::iter::once(value).chain(inner).filter_map(|value| value.get_ref().as_str());
            if texts.any(|text| text.chars().any(|c| c != '\n' && !is_shown(c))) {
                let what = format!("\"{}\" holds a character that cannot be shown. Write the text without it.", key.get_ref());
                self.sheet.note(&self.place, value.span().start, what, None);
            }
        }
    }

    /// How much was found wrong so far. A check over several values is silent when reading them already went wrong,
    /// because it would judge stand-ins.
    pub(in crate::profiles) fn faults(&self) -> usize {
        self.sheet.noted() + self.absent.borrow().len()
    }

    pub(super) fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.table.get(key)
    }

    pub(super) fn items(&self, key: &'static str) -> Vec<&'a Spanned<DeValue<'a>>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.get_ref().as_array() {
            Some(items) => items.iter().collect(),
            None => {
                self.wrong(key, value, "a list in square brackets");
                Vec::new()
            }
        }
    }

    pub(super) fn missing(&self, key: &'static str, wanted: &str) -> String {
        self.absent.borrow_mut().push((key, wanted.to_string()));
        String::new()
    }

    pub(super) fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.sheet.note(&self.below(key), value.span().start, format!("this is {found}. Write {wanted}."), None);
    }

    pub(super) fn below(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_string() } else { format!("{} · {name}", self.place) }
    }
}
