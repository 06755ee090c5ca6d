//! The raw shape of a profile: tables of a TOML file, read key by key, in which nothing goes unnoticed.
//!
//! A derived shape would stop at its first mismatch and forget the lines. So a [`Table`] is asked for what it must
//! hold, answers with a stand-in when it does not, and notes the problem; keys that nobody asked for are problems too.
//! This module knows TOML and words. It must not know what a framework is.

use super::problem::{Problem, near_miss};
use super::words::{self, Words};
use crate::domain::framework::Span;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The whole file while it is read: its text and what was found wrong so far.
pub(super) struct Sheet<'a> {
    text: &'a str,
    top_keys: &'static [&'static str],
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Sheet<'a> {
    /// A sheet over the text of a file whose outermost table may hold these keys.
    pub(super) fn new(text: &'a str, top_keys: &'static [&'static str]) -> Sheet<'a> {
        Sheet { text, top_keys, problems: RefCell::new(Vec::new()) }
    }

    /// Notes a problem at a byte of the file.
    pub(super) fn note(&self, place: &str, at: usize, what: impl Into<String>, suggestion: Option<String>) {
        let before = self.text.as_bytes().iter().take(at);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        self.problems.borrow_mut().push(Problem { place: place.to_string(), line: Some(line), what: what.into(), suggestion });
    }

    /// How much was noted so far: a check over a whole list is silent when an item of it was already wrong.
    pub(super) fn noted(&self) -> usize {
        self.problems.borrow().len()
    }

    /// Everything noted, in the order of the file.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.line);
        problems.dedup();
        problems
    }
}

/// A word of the file with the place it stands at, for checks that come later.
#[derive(Clone)]
pub(super) struct Word {
    /// The word.
    pub(super) text: String,
    /// Where it stands, in words.
    pub(super) place: String,
    /// Its first byte in the file.
    pub(super) at: usize,
}

/// One table of the file.
pub(super) struct Table<'a> {
    pub(super) sheet: &'a Sheet<'a>,
    table: &'a DeTable<'a>,
    pub(super) place: String,
    pub(super) at: usize,
    asked: RefCell<Vec<&'static str>>,
    absent: RefCell<Vec<(&'static str, String)>>,
}

impl<'a> Table<'a> {
    /// The file's outermost table.
    pub(super) fn top(sheet: &'a Sheet<'a>, table: &'a DeTable<'a>) -> Table<'a> {
        Table { sheet, table, place: String::new(), at: 0, asked: RefCell::default(), absent: RefCell::default() }
    }

    /// Whether the table says anything under this key; the key counts as known.
    pub(super) fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Text that must be there and must not be empty.
    pub(super) fn text(&self, key: &'static str) -> String {
        match self.value(key) {
            None => self.missing(key, "text in quotation marks"),
            Some(value) => self.as_text(key, value).unwrap_or_default(),
        }
    }

    /// Text that may be left out, with its place.
    pub(super) fn maybe_word_at(&self, key: &'static str) -> Option<Word> {
        let value = self.value(key)?;
        let text = self.as_text(key, value)?;
        Some(Word { text, place: self.under(key), at: value.span().start })
    }

    /// Yes or no; no when left out.
    pub(super) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        let known = value.get_ref().as_bool();
        if known.is_none() {
            self.wrong(key, value, "true or false");
        }
        known.unwrap_or_default()
    }

    /// A whole number within bounds that must be there.
    pub(super) fn number(&self, key: &'static str, bounds: RangeInclusive<u32>) -> u32 {
        match self.value(key) {
            None => {
                self.missing(key, &format!("a whole number from {} to {}", bounds.start(), bounds.end()));
                *bounds.start()
            }
            Some(value) => self.as_number(key, value, &bounds).unwrap_or(*bounds.start()),
        }
    }

    /// A whole number within bounds that may be left out.
    pub(super) fn maybe_number(&self, key: &'static str, bounds: RangeInclusive<u32>) -> Option<u32> {
        self.value(key).and_then(|value| self.as_number(key, value, &bounds))
    }

    /// A whole number, possibly below zero, that must be there.
    pub(super) fn signed(&self, key: &'static str) -> i32 {
        let Some(value) = self.value(key) else {
            self.missing(key, "a whole number of days");
            return 0;
        };
        let read = value.get_ref().as_integer().and_then(|number| i32::from_str_radix(number.as_str(), number.radix()).ok());
        if read.is_none() {
            self.wrong(key, value, "a whole number of days");
        }
        read.unwrap_or_default()
    }

    /// A list of whole numbers within bounds; empty when left out.
    pub(super) fn numbers(&self, key: &'static str, bounds: RangeInclusive<u32>) -> Vec<u32> {
        self.items(key).into_iter().filter_map(|value| self.as_number(key, value, &bounds)).collect()
    }

    /// A date that may be left out.
    pub(super) fn maybe_date(&self, key: &'static str) -> Option<NaiveDate> {
        let value = self.value(key)?;
        let stamp = value.get_ref().as_datetime().filter(|stamp| stamp.time.is_none()).and_then(|stamp| stamp.date);
        let date = stamp.and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()));
        if date.is_none() {
            self.wrong(key, value, "a date without quotation marks, such as 2026-04-01");
        }
        date
    }

    /// A date that must be there.
    pub(super) fn date(&self, key: &'static str) -> NaiveDate {
        if !self.has(key) {
            self.missing(key, "a date without quotation marks, such as 2026-04-01");
        }
        self.maybe_date(key).unwrap_or_default()
    }

    /// A length of time with its unit that may be left out.
    pub(super) fn maybe_span(&self, key: &'static str) -> Option<Span> {
        let value = self.value(key)?;
        if let Some(number) = value.get_ref().as_integer() {
            let remedy = format!("Write it as text with its unit, such as \"{0} days\" or \"{0} working days\".", number.as_str());
            self.sheet.note(&self.under(key), value.span().start, format!("{} has no unit of time. {remedy}", number.as_str()), None);
            return None;
        }
        let text = self.as_text(key, value)?;
        match words::span(&text) {
            Ok(span) => Some(span),
            Err(what) => {
                let units = ["hours", "days", "working days", "weeks", "months"];
                let unit = text.trim().split_once(' ').map(|(_, unit)| unit).unwrap_or_default();
                self.sheet.note(&self.under(key), value.span().start, what, near_miss(unit, units));
                None
            }
        }
    }

    /// A length of time that must be there.
    pub(super) fn span(&self, key: &'static str) -> Span {
        if !self.has(key) {
            self.missing(key, "a length of time with its unit, such as \"20 working days\"");
        }
        self.maybe_span(key).unwrap_or(Span::Days(1))
    }

    /// One of a closed set of words that must be there.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, known: Words<T>, stand_in: T) -> T {
        self.choice_if_right(key, known).unwrap_or(stand_in)
    }

    /// One of a closed set of words that must be there, or none once its absence or misspelling is noted.
    pub(super) fn choice_if_right<T: Copy>(&self, key: &'static str, known: Words<T>) -> Option<T> {
        let value = self.value(key);
        if value.is_none() {
            self.missing(key, &one_of(known));
        }
        value.and_then(|value| self.as_choice(key, value, known))
    }

    /// One of a closed set of words, or the usual one when left out.
    pub(super) fn choice_or<T: Copy>(&self, key: &'static str, known: Words<T>, usual: T) -> T {
        self.value(key).and_then(|value| self.as_choice(key, value, known)).unwrap_or(usual)
    }

    /// A list of words of a closed set, each at most once; empty when left out.
    pub(super) fn choices<T: Copy + PartialEq>(&self, key: &'static str, known: Words<T>) -> Vec<T> {
        let mut read = Vec::new();
        for value in self.items(key) {
            match self.as_choice(key, value, known) {
                Some(choice) if read.contains(&choice) => {
                    let word = value.get_ref().as_str().unwrap_or_default();
                    self.sheet.note(&self.under(key), value.span().start, format!("\"{word}\" is listed twice. Once is enough."), None);
                }
                Some(choice) => read.push(choice),
                None => {}
            }
        }
        read
    }

    /// A list of texts; empty when left out.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        self.words_at(key).into_iter().map(|word| word.text).collect()
    }

    /// A list of texts with their places; empty when left out.
    pub(super) fn words_at(&self, key: &'static str) -> Vec<Word> {
        let read = |value: &Spanned<DeValue<'a>>| {
            let text = self.as_text(key, value)?;
            Some(Word { text, place: self.under(key), at: value.span().start })
        };
        self.items(key).into_iter().filter_map(read).collect()
    }

    /// A table that may be left out.
    pub(super) fn inner<T>(&self, key: &'static str, read: impl FnOnce(&Table<'a>) -> T) -> Option<T> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(key, value, &format!("a table, such as [{key}]"));
            return None;
        };
        let inner = Table {
            sheet: self.sheet,
            table,
            place: self.under(key),
            at: value.span().start,
            asked: RefCell::default(),
            absent: RefCell::default(),
        };
        let read = read(&inner);
        inner.finish();
        Some(read)
    }

    /// A table that must be there.
    pub(super) fn must<T>(&self, key: &'static str, read: impl FnOnce(&Table<'a>) -> T) -> Option<T> {
        if !self.has(key) {
            self.missing(key, &format!("a table [{key}]"));
        }
        self.inner(key, read)
    }

    /// A list of tables, each called by the noun and its `key`, or its number where it has none; empty when left out.
    pub(super) fn each<T>(&self, key: &'static str, noun: &str, mut read: impl FnMut(&Table<'a>) -> T) -> Vec<T> {
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
    pub(super) fn note(&self, what: impl Into<String>) {
        self.sheet.note(&self.place, self.at, what, None);
    }

    /// Notes a problem about one of its keys; about the table where the key is left out.
    pub(super) fn note_at(&self, key: &str, what: impl Into<String>) {
        let at = self.table.get(key).map_or(self.at, |value| value.span().start);
        self.sheet.note(&self.under(key), at, what, None);
    }

    /// The text under a key that must be there, with its place.
    pub(super) fn word_at(&self, key: &'static str) -> Word {
        let text = self.text(key);
        let at = self.table.get(key).map_or(self.at, |value| value.span().start);
        Word { text, place: self.under(key), at }
    }

    /// Notes every key that nobody asked for and every one that is missing: the last thing done with a table.
    pub(super) fn finish(&self) {
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

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.table.get(key)
    }

    fn items(&self, key: &'static str) -> Vec<&'a Spanned<DeValue<'a>>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.get_ref().as_array() {
            Some(items) => items.iter().collect(),
            None => {
                self.wrong(key, value, "a list in square brackets");
                Vec::new()
            }
        }
    }

    fn as_text(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                self.sheet.note(&self.under(key), value.span().start, "is empty. Write text, or leave the key out where it may be.", None);
                None
            }
            Some(text) => Some(text.to_string()),
            None => {
                self.wrong(key, value, "text in quotation marks");
                None
            }
        }
    }

    fn as_number(&self, key: &str, value: &Spanned<DeValue<'_>>, bounds: &RangeInclusive<u32>) -> Option<u32> {
        let wanted = format!("a whole number from {} to {}", bounds.start(), bounds.end());
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong(key, value, &wanted);
            return None;
        };
        let read = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|read| bounds.contains(read));
        if read.is_none() {
            self.sheet.note(&self.under(key), value.span().start, format!("{} is not {wanted}.", number.as_str()), None);
        }
        read
    }

    fn as_choice<T: Copy>(&self, key: &str, value: &Spanned<DeValue<'_>>, known: Words<T>) -> Option<T> {
        let text = self.as_text(key, value)?;
        let choice = known.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        if choice.is_none() {
            let what = format!("\"{text}\" is not known here. Use {}.", one_of(known));
            self.sheet.note(&self.under(key), value.span().start, what, near_miss(&text, known.iter().map(|(word, _)| *word)));
        }
        choice
    }

    fn missing(&self, key: &'static str, wanted: &str) -> String {
        self.absent.borrow_mut().push((key, wanted.to_string()));
        String::new()
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.sheet.note(&self.under(key), value.span().start, format!("is {found}. Write {wanted}."), None);
    }

    fn under(&self, key: &str) -> String {
        self.below(key)
    }

    fn below(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_string() } else { format!("{} · {name}", self.place) }
    }
}

fn one_of<T>(known: Words<T>) -> String {
    let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_string(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
