//! Forms: fields to fill in, what is said beside them, and the deed they become.
//!
//! `build` and `choosing` make each form from what was read; `deed` turns a filled one into a deed; this module holds the fields and
//! how keys work in them.

mod build;
mod choosing;
mod deed;
mod press;

pub use build::*;
pub use choosing::*;

use super::editor::Editor;
use super::key::{Code, Key};
use crate::domain::deed::Allocation;
use crate::domain::id::{CycleId, PersonId, ReviewId};
use crate::domain::named::Whom;
use crate::domain::query::CaseRow;
use press::{clear, fill, press};
use std::collections::BTreeMap;

/// What a form is for; written as text it names its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFor {
    /// Opening a cycle.
    OpenCycle,
    /// Changing the focus of a cycle.
    Focus(CycleId),
    /// Drawing the sample of a cycle.
    Draw(CycleId),
    /// Recording a step of a review, by key.
    Step(ReviewId, String),
    /// The questions of one area of a review.
    Area(ReviewId, String),
    /// One narrative heading of a review.
    Narrative(ReviewId, String),
    /// The overall judgement of a review.
    Judgement(ReviewId),
    /// An action out of a review.
    Action(ReviewId),
    /// Why an RI or Inadequate review raises no action.
    NoActions(ReviewId),
    /// Substituting a case.
    Substitute(ReviewId),
    /// Recording an absence.
    Absence(PersonId),
    /// Why somebody looks at who a subject is.
    Reveal(ReviewId),
    /// Naming a case that is not drawn, in a cycle.
    NameCase(CycleId),
    /// Taking a named case out again.
    Withdraw(ReviewId),
    /// How far a review looks back.
    LookFurther(ReviewId),
    /// Who was told beforehand: reviews and roles.
    Notices(Vec<(ReviewId, String)>),
    /// What allocating asks of reviews that are about to be allocated.
    Allocating(Vec<Allocation>),
}

impl FormFor {
    /// The name of its draft.
    pub fn draft_key(&self) -> String {
        match self {
            FormFor::OpenCycle => "open-cycle".into(),
            FormFor::Focus(id) => format!("focus {}", id.0),
            FormFor::Draw(id) => format!("draw {}", id.0),
            FormFor::Step(id, step) => format!("step {} {step}", id.0),
            FormFor::Area(id, area) => format!("area {} {area}", id.0),
            FormFor::Narrative(id, heading) => format!("narrative {} {heading}", id.0),
            FormFor::Judgement(id) => format!("judgement {}", id.0),
            FormFor::Action(id) => format!("action {}", id.0),
            FormFor::NoActions(id) => format!("no-actions {}", id.0),
            FormFor::Substitute(id) => format!("substitute {}", id.0),
            FormFor::Absence(id) => format!("absence {}", id.0),
            FormFor::Reveal(id) => format!("reveal {}", id.0),
            FormFor::NameCase(id) => format!("name-case {}", id.0),
            FormFor::Withdraw(id) => format!("withdraw {}", id.0),
            FormFor::LookFurther(id) => format!("look-further {}", id.0),
            FormFor::Notices(_) => "notices".into(),
            FormFor::Allocating(_) => "allocating".into(),
        }
    }

    /// Whether what is typed in it is kept as a draft: not where a few choices are typed again sooner than found again.
    pub fn keeps_draft(&self) -> bool {
        !matches!(self, FormFor::Reveal(_) | FormFor::Notices(_) | FormFor::Allocating(_))
    }

    /// The form a draft belongs to.
    pub fn of_draft(key: &str) -> Option<FormFor> {
        let mut words = key.splitn(3, ' ');
        let kind = words.next()?;
        let id: Option<i64> = words.next().and_then(|id| id.parse().ok());
        let rest = words.next().map(str::to_string);
        Some(match (kind, id, rest) {
            ("open-cycle", None, None) => FormFor::OpenCycle,
            ("focus", Some(id), None) => FormFor::Focus(CycleId(id)),
            ("draw", Some(id), None) => FormFor::Draw(CycleId(id)),
            ("step", Some(id), Some(step)) => FormFor::Step(ReviewId(id), step),
            ("area", Some(id), Some(area)) => FormFor::Area(ReviewId(id), area),
            ("narrative", Some(id), Some(heading)) => FormFor::Narrative(ReviewId(id), heading),
            ("judgement", Some(id), None) => FormFor::Judgement(ReviewId(id)),
            ("action", Some(id), None) => FormFor::Action(ReviewId(id)),
            ("no-actions", Some(id), None) => FormFor::NoActions(ReviewId(id)),
            ("substitute", Some(id), None) => FormFor::Substitute(ReviewId(id)),
            ("absence", Some(id), None) => FormFor::Absence(PersonId(id)),
            ("reveal", Some(id), None) => FormFor::Reveal(ReviewId(id)),
            ("name-case", Some(id), None) => FormFor::NameCase(CycleId(id)),
            ("withdraw", Some(id), None) => FormFor::Withdraw(ReviewId(id)),
            ("look-further", Some(id), None) => FormFor::LookFurther(ReviewId(id)),
            _ => return None,
        })
    }

    /// The review it is about, if any.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            FormFor::Step(id, _) | FormFor::Area(id, _) | FormFor::Narrative(id, _) => Some(*id),
            FormFor::Judgement(id) | FormFor::Action(id) | FormFor::NoActions(id) | FormFor::Substitute(id) | FormFor::Reveal(id) => {
                Some(*id)
            }
            FormFor::LookFurther(id) | FormFor::Withdraw(id) => Some(*id),
            FormFor::OpenCycle | FormFor::Focus(_) | FormFor::Draw(_) | FormFor::Absence(_) => None,
            FormFor::NameCase(_) | FormFor::Notices(_) | FormFor::Allocating(_) => None,
        }
    }
}

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
}

/// What is filled in.
#[derive(Debug, Clone)]
pub enum Input {
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
}

impl Input {
    /// What is filled in, as text.
    pub fn value(&self) -> String {
        match self {
            Input::Line(editor) => editor.text().trim().to_string(),
            Input::Text(editor) => editor.text().trim_end().to_string(),
            Input::Choice { options, at } => at.and_then(|at| options.get(at)).map(|(key, _)| key.clone()).unwrap_or_default(),
            Input::Scale { typed, .. } => typed.clone(),
            Input::Person { chosen, .. } => chosen.map(|id| id.0.to_string()).unwrap_or_default(),
            Input::Case { chosen, .. } => match chosen.as_ref().map(|row| &row.whom) {
                Some(Whom::Known(subject)) => subject.0.to_string(),
                Some(Whom::Service(name)) => name.clone(),
                None => String::new(),
            },
        }
    }

    /// The people that match what was typed.
    pub fn matching(&self) -> Vec<(PersonId, String)> {
        let Input::Person { people, typed, .. } = self else { return Vec::new() };
        let wanted = typed.to_lowercase();
        people.iter().filter(|(_, name)| wanted.split_whitespace().all(|word| name.to_lowercase().contains(word))).cloned().collect()
    }
}

/// A form that is open.
#[derive(Debug, Clone)]
pub struct Form {
    /// What for.
    pub kind: FormFor,
    /// Title.
    pub title: String,
    /// A sentence or two under the title.
    pub intro: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// Which field the cursor is in.
    pub at: usize,
    /// Revision of the record as seen.
    pub seen: i64,
    /// What was refused when it was saved.
    pub error: Option<String>,
    /// Something was typed since it was opened.
    pub touched: bool,
    /// Text of the record that was changed by somebody else meanwhile, to compare with.
    pub theirs: Option<String>,
    /// What saving does, in a word or two (`Save`, `Open the cycle`).
    pub verb: &'static str,
}

/// What became of a key in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// The text or choice changed.
    Changed,
    /// The cursor moved, or nothing happened.
    Kept,
    /// The next field is wanted.
    Next,
    /// The field before is wanted.
    Previous,
}

impl Form {
    /// The field the cursor is in.
    pub fn field(&self) -> Option<&Field> {
        self.fields.get(self.at)
    }

    /// A field by name.
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// What is filled in a field.
    pub fn value(&self, key: &str) -> String {
        self.get(key).map(|field| field.input.value()).unwrap_or_default()
    }

    /// Everything filled in, by field: what a draft keeps.
    pub fn values(&self) -> BTreeMap<String, String> {
        self.fields.iter().map(|field| (field.key.clone(), field.input.value())).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Fills in what a draft kept.
    pub fn restore(&mut self, values: &BTreeMap<String, String>) {
        for field in &mut self.fields {
            let Some(value) = values.get(&field.key) else { continue };
            fill(&mut field.input, value);
        }
        self.touched = true;
    }

    /// Goes to the next or previous field that is asked, round the ends. A name that was typed and is found is taken.
    pub fn go(&mut self, forward: bool) {
        self.settle();
        let count = self.fields.len().max(1);
        for _ in 0..count {
            self.at = if forward { (self.at + 1) % count } else { (self.at + count - 1) % count };
            if self.asked(self.at) {
                break;
            }
        }
    }

    /// Takes the person under the cursor when part of a name was typed.
    pub fn settle(&mut self) {
        let Some(field) = self.fields.get_mut(self.at) else { return };
        if let Input::Case { found, typed, chosen, at } = &mut field.input
            && !typed.is_empty()
            && let Some(row) = found.get(*at)
        {
            *chosen = Some(row.clone());
            typed.clear();
            *at = 0;
        }
        let found = field.input.matching();
        if let Input::Person { typed, chosen, at, .. } = &mut field.input
            && !typed.is_empty()
            && let Some((id, _)) = found.get(*at)
        {
            *chosen = Some(*id);
            typed.clear();
            *at = 0;
        }
    }

    /// Whether a field is asked at all, as the form is filled in now.
    pub fn asked(&self, place: usize) -> bool {
        match self.fields.get(place).and_then(|field| field.only_if) {
            Some((other, value)) => self.value(other) == value,
            None => true,
        }
    }

    /// The first field that has to be filled in and is not.
    pub fn missing(&self) -> Option<usize> {
        (0..self.fields.len()).find(|place| {
            let field = &self.fields[*place];
            field.required && self.asked(*place) && field.input.value().trim().is_empty()
        })
    }

    /// Types a key into the field under the cursor.
    pub fn press(&mut self, key: Key) -> Pressed {
        let Some(field) = self.fields.get_mut(self.at) else { return Pressed::Kept };
        let typing = matches!(key.code, Code::Char(_)) && !key.alt;
        if field.fresh && typing && !key.ctrl {
            clear(&mut field.input);
        }
        if typing && key.ctrl && key.code == Code::Char('u') {
            clear(&mut field.input);
            field.fresh = false;
            self.touched = true;
            return Pressed::Changed;
        }
        let pressed = press(&mut field.input, key);
        if pressed == Pressed::Changed || matches!(key.code, Code::Left | Code::Right | Code::Home | Code::End) {
            field.fresh = false;
        }
        if pressed == Pressed::Changed {
            self.touched = true;
            self.error = None;
        }
        pressed
    }

    /// Pastes a text into the field under the cursor.
    pub fn paste(&mut self, text: &str) -> bool {
        let changed = match self.fields.get_mut(self.at).map(|field| &mut field.input) {
            Some(Input::Line(editor) | Input::Text(editor)) => editor.paste(text),
            Some(Input::Person { typed, .. } | Input::Case { typed, .. }) => {
                typed.push_str(text.trim());
                true
            }
            _ => false,
        };
        self.touched |= changed;
        changed
    }
}
