//! Typed values of a table: text, numbers, dates, lengths of time and words of a closed set.

use super::super::words::{self, Words};
use super::{Table, Word};
use crate::domain::count::one_of;
use crate::domain::framework::Span;
use crate::domain::near::near_miss;
use chrono::NaiveDate;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::DeValue;

impl<'a> Table<'a> {
    /// Text that must be there and must not be empty.
    pub(in crate::profiles) fn text(&self, key: &'static str) -> String {
        match self.value(key) {
            None => self.missing(key, "text in quotation marks"),
            Some(value) => self.as_text(key, value).unwrap_or_default(),
        }
    }

    /// Text that may be left out, with its place.
    pub(in crate::profiles) fn maybe_word_at(&self, key: &'static str) -> Option<Word> {
        let value = self.value(key)?;
        let text = self.as_text(key, value)?;
        Some(Word { text, place: self.below(key), at: value.span().start })
    }

    /// Yes or no; no when left out.
    pub(in crate::profiles) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        let known = value.get_ref().as_bool();
        if known.is_none() {
            self.wrong(key, value, "true or false");
        }
        known.unwrap_or_default()
    }

    /// A whole number within bounds that must be there.
    pub(in crate::profiles) fn number(&self, key: &'static str, bounds: RangeInclusive<u32>) -> u32 {
        match self.value(key) {
            None => {
                self.missing(key, &format!("a whole number from {} to {}", bounds.start(), bounds.end()));
                *bounds.start()
            }
            Some(value) => self.as_number(key, value, &bounds).unwrap_or(*bounds.start()),
        }
    }

    /// A whole number within bounds that may be left out.
    pub(in crate::profiles) fn maybe_number(&self, key: &'static str, bounds: RangeInclusive<u32>) -> Option<u32> {
        self.value(key).and_then(|value| self.as_number(key, value, &bounds))
    }

    /// A whole number, possibly below zero, that must be there.
    pub(in crate::profiles) fn signed(&self, key: &'static str) -> i32 {
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
    pub(in crate::profiles) fn numbers(&self, key: &'static str, bounds: RangeInclusive<u32>) -> Vec<u32> {
        self.items(key).into_iter().filter_map(|value| self.as_number(key, value, &bounds)).collect()
    }

    /// A date that may be left out.
    pub(in crate::profiles) fn maybe_date(&self, key: &'static str) -> Option<NaiveDate> {
        let value = self.value(key)?;
        let stamp = value.get_ref().as_datetime().filter(|stamp| stamp.time.is_none()).and_then(|stamp| stamp.date);
        let date = stamp.and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()));
        if date.is_none() {
            self.wrong(key, value, "a date without quotation marks, such as 2026-04-01");
        }
        date
    }

    /// A date that must be there.
    pub(in crate::profiles) fn date(&self, key: &'static str) -> NaiveDate {
        if !self.has(key) {
            self.missing(key, "a date without quotation marks, such as 2026-04-01");
        }
        self.maybe_date(key).unwrap_or_default()
    }

    /// A length of time with its unit that may be left out.
    pub(in crate::profiles) fn maybe_span(&self, key: &'static str) -> Option<Span> {
        let value = self.value(key)?;
        if let Some(number) = value.get_ref().as_integer() {
            let remedy = format!("Write it as text with its unit, such as \"{0} days\" or \"{0} working days\".", number.as_str());
            self.sheet.note(&self.below(key), value.span().start, format!("{} has no unit of time. {remedy}", number.as_str()), None);
            return None;
        }
        let text = self.as_text(key, value)?;
        match words::span(&text) {
            Ok(span) => Some(span),
            Err(what) => {
                let units = ["hours", "days", "working days", "weeks", "months"];
                let unit = text.trim().split_once(' ').map(|(_, unit)| unit).unwrap_or_default();
                self.sheet.note(&self.below(key), value.span().start, what, near_miss(unit, units));
                None
            }
        }
    }

    /// A length of time that must be there.
    pub(in crate::profiles) fn span(&self, key: &'static str) -> Span {
        if !self.has(key) {
            self.missing(key, "a length of time with its unit, such as \"20 working days\"");
        }
        self.maybe_span(key).unwrap_or(Span::Days(1))
    }

    /// One of a closed set of words that must be there.
    pub(in crate::profiles) fn choice<T: Copy>(&self, key: &'static str, known: Words<T>, stand_in: T) -> T {
        self.choice_if_right(key, known).unwrap_or(stand_in)
    }

    /// One of a closed set of words that must be there, or none once its absence or misspelling is noted.
    pub(in crate::profiles) fn choice_if_right<T: Copy>(&self, key: &'static str, known: Words<T>) -> Option<T> {
        let value = self.value(key);
        if value.is_none() {
            self.missing(key, &any_of(known));
        }
        value.and_then(|value| self.as_choice(key, value, known))
    }

    /// One of a closed set of words, or the usual one when left out.
    pub(in crate::profiles) fn choice_or<T: Copy>(&self, key: &'static str, known: Words<T>, usual: T) -> T {
        self.value(key).and_then(|value| self.as_choice(key, value, known)).unwrap_or(usual)
    }

    /// A list of words of a closed set, each at most once; empty when left out.
    pub(in crate::profiles) fn choices<T: Copy + PartialEq>(&self, key: &'static str, known: Words<T>) -> Vec<T> {
        let mut read = Vec::new();
        for value in self.items(key) {
            match self.as_choice(key, value, known) {
                Some(choice) if read.contains(&choice) => {
                    let word = value.get_ref().as_str().unwrap_or_default();
                    self.sheet.note(&self.below(key), value.span().start, format!("\"{word}\" is listed twice. Once is enough."), None);
                }
                Some(choice) => read.push(choice),
                None => {}
            }
        }
        read
    }

    /// A list of texts; empty when left out.
    pub(in crate::profiles) fn texts(&self, key: &'static str) -> Vec<String> {
        self.words_at(key).into_iter().map(|word| word.text).collect()
    }

    /// A list of texts with their places; empty when left out.
    pub(in crate::profiles) fn words_at(&self, key: &'static str) -> Vec<Word> {
        let read = |value: &Spanned<DeValue<'a>>| {
            let text = self.as_text(key, value)?;
            Some(Word { text, place: self.below(key), at: value.span().start })
        };
        self.items(key).into_iter().filter_map(read).collect()
    }

    /// The text under a key that must be there, with its place.
    pub(in crate::profiles) fn word_at(&self, key: &'static str) -> Word {
        let text = self.text(key);
        let at = self.value(key).map_or(self.at, |value| value.span().start);
        Word { text, place: self.below(key), at }
    }

    fn as_text(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                self.sheet.note(
                    &self.below(key),
                    value.span().start,
                    "this is empty. Write text, or leave the key out where it may be.",
                    None,
                );
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
            self.sheet.note(&self.below(key), value.span().start, format!("{} is not {wanted}.", number.as_str()), None);
        }
        read
    }

    fn as_choice<T: Copy>(&self, key: &str, value: &Spanned<DeValue<'_>>, known: Words<T>) -> Option<T> {
        let text = self.as_text(key, value)?;
        let choice = known.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        if choice.is_none() {
            let what = format!("\"{text}\" is not known here. Use {}.", any_of(known));
            self.sheet.note(&self.below(key), value.span().start, what, near_miss(&text, known.iter().map(|(word, _)| *word)));
        }
        choice
    }
}

fn any_of<T>(known: Words<T>) -> String {
    one_of(&known.iter().map(|(word, _)| *word).collect::<Vec<_>>())
}
