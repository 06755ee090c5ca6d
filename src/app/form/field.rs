//! The fields of a form: what is asked, and what is filled in.

use crate::app::editor::Editor;
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

    /// The people that match what was typed.
    pub fn matching(&self) -> Vec<(PersonId, String)> {
        let Input::Person { people, typed, .. } = self else { return Vec::new() };
        let wanted = typed.to_lowercase();
        people.iter().filter(|(_, name)| wanted.split_whitespace().all(|word| name.to_lowercase().contains(word))).cloned().collect()
    }
}
