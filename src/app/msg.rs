//! Everything that can happen to the program: the input of [`super::App::update`].

use super::effect::{After, For};
use super::key::Key;
use crate::domain::deed::{Made, Trace};
use crate::domain::query::Answered;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; already safe.
    Paste(String),
    /// The terminal has this size now (columns, rows).
    Resized(u16, u16),
    /// The clock.
    Tick(DateTime<Utc>),
    /// A question was answered.
    Answered(For, Box<Answered>),
    /// A question could not be answered.
    Unanswered(For, String),
    /// A deed was done.
    Done {
        /// What comes after it.
        after: After,
        /// In a sentence.
        said: String,
        /// Whether it can be undone.
        trace: Trace,
        /// What it brought into a list.
        made: Option<Made>,
    },
    /// A deed was refused; nothing was changed.
    Refused {
        /// What would have come after it.
        after: After,
        /// In a sentence.
        why: String,
        /// Somebody had changed the row.
        stale: bool,
        /// The field of the form that it is about, where it is about one.
        field: Option<std::borrow::Cow<'static, str>>,
    },
    /// What is stored now has been read, for a form that was refused because somebody else saved first.
    MeetStored,
    /// Somebody else has written.
    ChangedElsewhere,
    /// Who else has the record open that is on the screen.
    AlsoHere(Vec<AlsoHere>),
    /// Nobody has pressed a key for a while.
    Blank,
    /// Drafts that an earlier run left behind.
    DraftsFound {
        /// Those that are offered.
        found: Vec<Draft>,
        /// How many more there are, about what is withheld from this person.
        withheld: usize,
    },
    /// Drafts could not be kept.
    DraftTrouble(String),
    /// The screen was drawn; so many rows fit in each list.
    Drawn(Report),
}

/// Somebody else who has the same record open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlsoHere {
    /// Their name.
    pub name: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// What drawing found out that the next key press needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Rows that fit: queue, panel, alerts, actions.
    pub panes: [usize; 4],
    /// Rows that fit in the register.
    pub register: usize,
    /// Rows that fit in a sheet.
    pub sheet: usize,
    /// Lines that the help or a text over the view has, shown or not.
    pub text: usize,
    /// Lines of a section that fit in a record.
    pub section: usize,
    /// Lines that an item of the panel has, shown or not.
    pub item: usize,
    /// Places at which the list of who sits on a panel can begin.
    pub seats: usize,
}

/// Text that was typed and not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which form, as [`super::form::FormFor::draft_key`] names it.
    pub key: String,
    /// Title of the form, without anything about a child.
    pub title: String,
    /// What was filled in, by field.
    pub values: BTreeMap<String, String>,
    /// Revisions of the fields as seen, by field.
    pub seen: BTreeMap<String, i64>,
    /// The run of the program that kept it.
    pub session: String,
    /// When it was last typed in.
    pub at: DateTime<Utc>,
}
