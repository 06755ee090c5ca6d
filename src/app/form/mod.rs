//! Forms: fields to fill in, what is said beside them, and the deed they become.
//!
//! `build` makes each form from what was read; `deed` turns a filled one into a deed; this module holds the fields and
//! how keys work in them.

mod build;
mod deed;

pub use build::*;

use super::editor::Editor;
use super::key::{Code, Key};
use crate::domain::id::{CycleId, PersonId, ReviewId};
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
        }
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
            FormFor::OpenCycle | FormFor::Focus(_) | FormFor::Draw(_) | FormFor::Absence(_) => None,
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

    /// Goes to the next or previous field, round the ends.
    pub fn go(&mut self, forward: bool) {
        let count = self.fields.len().max(1);
        self.at = if forward { (self.at + 1) % count } else { (self.at + count - 1) % count };
    }

    /// Types a key into the field under the cursor.
    pub fn press(&mut self, key: Key) -> Pressed {
        let Some(field) = self.fields.get_mut(self.at) else { return Pressed::Kept };
        let pressed = press(&mut field.input, key);
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
            Some(Input::Person { typed, .. }) => {
                typed.push_str(text.trim());
                true
            }
            _ => false,
        };
        self.touched |= changed;
        changed
    }
}

fn fill(input: &mut Input, value: &str) {
    match input {
        Input::Line(editor) => *editor = Editor::new(value, true),
        Input::Text(editor) => *editor = Editor::new(value, false),
        Input::Choice { options, at } => *at = options.iter().position(|(key, _)| key == value),
        Input::Scale { typed, .. } => *typed = value.to_string(),
        Input::Person { chosen, .. } => *chosen = value.parse().ok().map(PersonId),
    }
}

fn press(input: &mut Input, key: Key) -> Pressed {
    let plain = !key.ctrl && !key.alt;
    match input {
        Input::Line(editor) => match key.code {
            Code::Up => Pressed::Previous,
            Code::Down | Code::Enter => Pressed::Next,
            _ => changed(editor.press(key)),
        },
        Input::Text(editor) => match (key.code, editor.at_edge()) {
            (Code::Up, (true, _)) => Pressed::Previous,
            (Code::Down, (_, true)) => Pressed::Next,
            _ => changed(editor.press(key)),
        },
        Input::Choice { options, at } => match key.code {
            Code::Up => Pressed::Previous,
            Code::Down | Code::Enter => Pressed::Next,
            Code::Left | Code::Right | Code::Char(' ') => {
                let count = options.len().max(1);
                let next = match (*at, key.code == Code::Left) {
                    (None, true) => count - 1,
                    (None, false) => 0,
                    (Some(at), true) => (at + count - 1) % count,
                    (Some(at), false) => (at + 1) % count,
                };
                *at = (!options.is_empty()).then_some(next);
                Pressed::Changed
            }
            Code::Backspace | Code::Delete => {
                *at = None;
                Pressed::Changed
            }
            Code::Char(letter) if plain => {
                let begins = |place: &usize| options[*place].1.to_lowercase().starts_with(&letter.to_lowercase().to_string());
                let after = at.map_or(0, |at| at + 1);
                let found = (after..options.len()).chain(0..after.min(options.len())).find(begins);
                if found.is_some() {
                    *at = found;
                    return Pressed::Changed;
                }
                Pressed::Kept
            }
            _ => Pressed::Kept,
        },
        Input::Scale { typed, may_not_apply } => match key.code {
            Code::Up => Pressed::Previous,
            Code::Down | Code::Enter => Pressed::Next,
            Code::Char(digit @ '0'..='9') if plain => {
                // "10" is the only scale point of two digits; any other digit starts anew. 11 may be typed and is refused.
                if typed == "1" && matches!(digit, '0' | '1') {
                    typed.push(digit)
                } else {
                    *typed = digit.to_string()
                }
                Pressed::Changed
            }
            Code::Char('-') if plain && *may_not_apply => {
                *typed = "-".into();
                Pressed::Changed
            }
            Code::Left | Code::Right => {
                let at: i32 = typed.parse().unwrap_or(if key.code == Code::Left { 6 } else { 4 });
                *typed = (at + if key.code == Code::Left { -1 } else { 1 }).clamp(0, 10).to_string();
                Pressed::Changed
            }
            Code::Backspace | Code::Delete => {
                typed.clear();
                Pressed::Changed
            }
            _ => Pressed::Kept,
        },
        Input::Person { .. } => press_person(input, key),
    }
}

fn press_person(input: &mut Input, key: Key) -> Pressed {
    let found = input.matching();
    let Input::Person { typed, chosen, at, .. } = input else { return Pressed::Kept };
    match key.code {
        Code::Enter => {
            if let Some((id, _)) = found.get(*at).filter(|_| !typed.is_empty() || chosen.is_none()) {
                *chosen = Some(*id);
                typed.clear();
                *at = 0;
                return Pressed::Changed;
            }
            Pressed::Next
        }
        Code::Down if typed.is_empty() && chosen.is_some() => Pressed::Next,
        Code::Up if *at == 0 => Pressed::Previous,
        Code::Down => {
            *at = (*at + 1).min(found.len().saturating_sub(1));
            Pressed::Kept
        }
        Code::Up => {
            *at -= 1;
            Pressed::Kept
        }
        Code::Backspace => {
            if typed.pop().is_none() {
                *chosen = None;
            }
            *at = 0;
            Pressed::Changed
        }
        Code::Char(letter) if !key.ctrl && !key.alt => {
            if typed.len() < 60 {
                typed.push(letter);
            }
            *at = 0;
            Pressed::Changed
        }
        _ => Pressed::Kept,
    }
}

fn changed(changed: bool) -> Pressed {
    if changed { Pressed::Changed } else { Pressed::Kept }
}
