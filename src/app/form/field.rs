//! The fields of a form: what is asked, and what is filled in.

use crate::app::editor::Editor;
use crate::domain::framework::{DayWhen, FieldKind, StepField};
use crate::domain::id::PersonId;
use crate::domain::named::Whom;
use crate::domain::query::CaseRow;

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name within the form.
    pub key: String,
    /// Label before it.
    pub label: String,
    /// A few words under or beside it.
    pub hint: String,
    /// What is filled in.
    pub input: Input,
    /// Must be filled in; marked on the screen, refused by the rule.
    pub required: bool,
    /// Said beside the field while the cursor is in it: descriptors, guidance.
    pub beside: Vec<String>,
    /// Revision of the stored value as seen; 0 where nothing is stored.
    pub seen: i64,
    /// What stands there was filled in by the program: the first character typed takes its place.
    pub fresh: bool,
    /// Only asked when that other field holds that value.
    pub only_if: Option<(&'static str, &'static str)>,
    /// Only asked once that other field is filled in.
    pub once: Option<&'static str>,
    /// One of several of a kind: only asked once the one before it is filled.
    pub grows: bool,
    /// What is read out of what is typed, and said below it before anything is saved.
    pub reads: Reads,
}

/// What a line is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reads {
    /// As it stands.
    #[default]
    Words,
    /// A day: a weekday by itself is the one behind.
    Day,
    /// A day that lies ahead, or that as a rule does: a weekday by itself is the next one.
    DayAhead,
    /// Words that begin with a time of day, which lists show beside the day.
    Time,
}

impl Reads {
    /// What is read in a field that a framework asks for.
    pub fn of(asked: &StepField) -> Reads {
        match (&asked.kind, asked.when) {
            (FieldKind::Date, DayWhen::Ahead) => Reads::DayAhead,
            (FieldKind::Date, DayWhen::Any | DayWhen::Past) => Reads::Day,
            _ => Reads::Words,
        }
    }
}

/// What is filled in.
#[derive(Debug, Clone)]
pub enum Input {
    /// A case or a service, found in the database by typing.
    Case {
        /// What was found for the letters typed.
        found: Vec<CaseRow>,
        /// What was typed to find one.
        typed: String,
        /// The chosen one.
        chosen: Option<CaseRow>,
        /// Place among those found.
        at: usize,
    },
    /// A line of text.
    Line(Editor),
    /// Paragraphs.
    Text(Editor),
    /// One of several.
    Choice {
        /// Stored key and shown words.
        options: Vec<(String, String)>,
        /// Which, if any.
        at: Option<usize>,
    },
    /// A scale point 0-10, if any; 11 stands for "does not apply" where that is allowed.
    Scale {
        /// Digits as typed.
        typed: String,
        /// May be answered "does not apply" with `-`.
        may_not_apply: bool,
    },
    /// One person of a list, found by typing.
    Person {
        /// Number and name, with a few words.
        people: Vec<(PersonId, String)>,
        /// What was typed to find one.
        typed: String,
        /// The chosen one.
        chosen: Option<PersonId>,
        /// Place among those that match.
        at: usize,
    },
}

impl Input {
    /// What is filled in, as text.
    pub fn value(&self) -> String {
        match self {
            Input::Line(editor) => editor.text().trim().to_string(),
            Input::Text(editor) => editor.text().trim_end().to_string(),
            Input::Choice { options, at } => at.and_then(|at| options.get(at)).map(|(key, _)| key.clone()).unwrap_or_default(),
            Input::Scale { typed, .. } => typed.clone(),
            Input::Case { chosen, .. } => match chosen.as_ref().map(|row| &row.whom) {
                Some(Whom::Known(subject)) => subject.0.to_string(),
                Some(Whom::Service(name)) => name.clone(),
                None => String::new(),
            },
            Input::Person { chosen, .. } => chosen.map(|id| id.0.to_string()).unwrap_or_default(),
        }
    }

    /// The people that match what was typed, those first who are most likely meant: whole words of the name before beginnings of one,
    /// both before letters somewhere within. Among equals the order of the list stays.
    pub fn matching(&self) -> Vec<(PersonId, String)> {
        self.ranked().into_iter().map(|(_, row)| row).collect()
    }

    /// How many match what was typed equally well and better than all others.
    pub fn best_matches(&self) -> usize {
        let ranked = self.ranked();
        let best = ranked.first().map(|(rank, _)| *rank);
        ranked.iter().take_while(|(rank, _)| Some(*rank) == best).count()
    }

    fn ranked(&self) -> Vec<(u8, (PersonId, String))> {
        let Input::Person { people, typed, .. } = self else { return Vec::new() };
        let typed = typed.to_lowercase();
        let typed: Vec<&str> = typed.split_whitespace().collect();
        let mut ranked: Vec<(u8, (PersonId, String))> =
            people.iter().filter_map(|row| Some((rank(&typed, &row.1.to_lowercase())?, row.clone()))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked
    }
}

/// How well a name answers to what was typed, the best being 0; none: it does not. Each word typed has a word of the name to itself,
/// so that the `o` of "Blodwen O" is not found within Blodwen.
fn rank(typed: &[&str], name: &str) -> Option<u8> {
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '\u{2019}').collect();
    let each = |fits: &dyn Fn(&str, &str) -> bool| {
        let mut left = words.clone();
        typed.iter().all(|typed| left.iter().position(|word| fits(word, typed)).map(|place| left.remove(place)).is_some())
    };
    if each(&|word, typed| word == typed) {
        Some(0)
    } else if each(&|word, typed| word.starts_with(typed)) {
        // First name before second, as they stand.
        let mut rest = words.iter();
        let in_order = typed.iter().all(|typed| rest.any(|word| word.starts_with(typed)));
        Some(if in_order { 1 } else { 2 })
    } else {
        typed.iter().all(|typed| name.contains(typed)).then_some(3)
    }
}
