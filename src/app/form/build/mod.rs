//! Each form, made from what was read: its fields with what stands there now, and what is said beside them.

mod cycle;
mod interest;
mod response;
mod review;

pub use cycle::{focus, open_cycle};
pub use interest::{dismiss, interest, own_interest, withdraw_interest};
pub(super) use response::kind_of_action;
pub use response::{action, no_actions, reveal, substitute};
pub use review::{area, duty, judgement, narrative, step};
pub(super) use review::{input_for, said_date};

use super::{Field, Form, FormFor, Input, Reads};
use crate::app::editor::Editor;
use crate::domain::id::PersonId;
use chrono::NaiveDate;

/// Everybody who can be chosen, with a few words.
pub type People = Vec<(PersonId, String)>;

pub(super) fn new(
    kind: FormFor,
    title: impl Into<String>,
    intro: impl Into<String>,
    fields: Vec<Field>,
    seen: i64,
    verb: &'static str,
) -> Form {
    let mut form = Form {
        kind,
        title: title.into(),
        intro: intro.into(),
        fields,
        at: 0,
        seen,
        letters: String::new(),
        error: None,
        touched: false,
        theirs: None,
        opened: Default::default(),
        conflicts: Vec::new(),
        verb,
    };
    form.opened = form.values();
    form
}

pub(super) fn plain(key: &str, label: impl Into<String>, input: Input, required: bool) -> Field {
    Field {
        key: key.into(),
        label: label.into(),
        hint: String::new(),
        input,
        required,
        beside: Vec::new(),
        seen: 0,
        fresh: false,
        only_if: None,
        once: None,
        grows: false,
        reads: Reads::default(),
    }
}

pub(super) fn line(text: &str) -> Input {
    Input::Line(Editor::new(text, true))
}

pub(super) fn text(text: &str) -> Input {
    Input::Text(Editor::new(text, false))
}

pub(super) fn choice(options: Vec<(String, String)>, stored: &str) -> Input {
    let at = options.iter().position(|(key, _)| key == stored);
    Input::Choice { options, at }
}

/// Somebody, found by typing part of the name.
pub(super) fn person(key: &str, label: &str, people: People, required: bool) -> Field {
    let input = Input::Person { people, typed: String::new(), chosen: None, at: 0 };
    Field { hint: "type part of the name".into(), ..plain(key, label, input, required) }
}

pub(super) fn date(key: &str, label: &str, day: NaiveDate) -> Field {
    let hint = "a date, or: today, yesterday, -3, mon".into();
    Field { hint, fresh: true, reads: Reads::Day, ..plain(key, label, line(&day.format("%-d %b %Y").to_string()), true) }
}

/// How a day that lies ahead is written: a weekday by itself is the next one.
pub(super) const AHEAD: &str = "a date, or: today, tomorrow, +3, mon";

/// A day that has to lie ahead, or that as a rule does.
pub(super) fn date_ahead(key: &str, label: &str, day: NaiveDate) -> Field {
    Field { hint: AHEAD.into(), reads: Reads::DayAhead, ..date(key, label, day) }
}

/// The day by which something is due, empty at first.
pub(super) fn due(label: &str, hint: impl Into<String>, required: bool) -> Field {
    Field { hint: hint.into(), reads: Reads::DayAhead, ..plain("due", label, line(""), required) }
}
