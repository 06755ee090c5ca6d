//! Forms: fields to fill in, what is said beside them, and the deed they become.
//!
//! `build` and `choosing` make each form from what was read; `deed` turns a filled one into a deed; `press` is how keys work in its
//! fields; this module is the form as a whole.

mod actions;
mod activity;
mod alert;
mod build;
mod check;
mod choosing;
mod conflict;
mod deed;
mod drp;
mod field;
mod follow;
mod insight;
mod joint;
mod kind;
mod panel;
mod people;
mod plan;
mod press;
mod privacy;
mod report;
mod revisit;
mod sitting;

pub use actions::{Chosen, action_each, actions_endings, actions_file, extend, finish, reassign, revisit, sign_off};
pub use activity::*;
pub use alert::*;
pub use build::*;
pub use check::exempt;
pub use choosing::*;
pub use conflict::Conflict;
pub use deed::read_date;
pub use drp::{raise as raise_drp, step as drp_step};
pub use field::{Field, Input, Reads};
pub use follow::follow_up;
pub use insight::{practice, themes, themes_of_many};
pub use joint::{co_reviewer, open_seal, own_judgement, take_away};
pub use kind::FormFor;
pub use panel::*;
pub use people::{PersonForm, end_person, person_facts, person_manager};
pub use plan::*;
pub use privacy::{PrivacyForm, ask_disposal, hold, refuse_disposal, release};
pub use report::{ReportForm, another_report, report};
pub use revisit::{RevisitForm, let_go, look_again, look_again_at_case};
pub use sitting::*;

use super::editor::{LONGEST, Pasted};
use super::key::{Code, Key};
use press::{clear, fill, press};
use std::collections::BTreeMap;

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
    /// Letters typed one after the other into the choice under the cursor.
    pub letters: String,
    /// What was refused when it was saved.
    pub error: Option<String>,
    /// Something was typed since it was opened.
    pub touched: bool,
    /// Text of the record that was changed by somebody else meanwhile, to compare with.
    pub theirs: Option<String>,
    /// What was filled in when the form opened, by field: what stood before anybody changed it.
    pub opened: BTreeMap<String, String>,
    /// Answers that somebody else changed while this form was open, once that is known.
    pub conflicts: Vec<Conflict>,
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
        self.letters.clear();
        let count = self.fields.len().max(1);
        for _ in 0..count {
            self.at = if forward { (self.at + 1) % count } else { (self.at + count - 1) % count };
            if self.asked(self.at) {
                break;
            }
        }
        // Coming back to a scale point is for giving another: 0 typed over a 1 must not make 10 of it.
        if let Some(field) = self.fields.get_mut(self.at).filter(|field| matches!(field.input, Input::Scale { .. })) {
            field.fresh = true;
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
        let equal = field.input.best_matches();
        if let Input::Person { typed, chosen, at, .. } = &mut field.input
            && !typed.is_empty()
            // Of several who match equally nobody is taken before somebody was pointed at.
            && (equal == 1 || *at > 0)
            && let Some((id, _)) = found.get(*at)
        {
            *chosen = Some(*id);
            typed.clear();
            *at = 0;
        }
    }

    /// Whether a field is asked at all, as the form is filled in now.
    pub fn asked(&self, place: usize) -> bool {
        let Some(field) = self.fields.get(place) else { return true };
        let before = place.checked_sub(1).and_then(|before| self.fields.get(before));
        let follows = !field.grows || !field.input.value().is_empty() || before.is_some_and(|before| !before.input.value().is_empty());
        let begun = field.once.is_none_or(|other| !self.value(other).is_empty());
        follows
            && begun
            && field.only_if.is_none_or(|(other, value)| {
                // What hangs on a field that is not asked is not asked either.
                let place = self.fields.iter().position(|known| known.key == other);
                self.value(other) == value && place.is_none_or(|place| self.asked(place))
            })
    }

    /// The first field that has to be filled in and is not.
    pub fn missing(&self) -> Option<usize> {
        (0..self.fields.len()).find(|place| {
            let field = &self.fields[*place];
            field.required && self.asked(*place) && field.input.value().trim().is_empty()
        })
    }

    /// The first field with a part of a name in it that stands for nobody, and what is to be said about that.
    pub fn undecided(&self) -> Option<(usize, String)> {
        let open =
            |field: &Field| matches!(&field.input, Input::Person { typed, chosen, .. } if !typed.trim().is_empty() && chosen.is_none());
        let place = (0..self.fields.len()).find(|place| self.asked(*place) && open(&self.fields[*place]))?;
        let field = &self.fields[place];
        let why = match field.input.best_matches() {
            0 => "nobody\u{2019}s name holds that. Ctrl-u clears it.".to_string(),
            n => format!("{n} people match that equally. Go down to the one you mean and press Enter, or type more of the name."),
        };
        Some((place, format!("\u{201c}{}\u{201d}: {why}", field.label)))
    }

    /// Whether what is filled in may be saved although something is still empty: the answers of an area, some of which are looked
    /// up later. The finish list leads back to the others.
    pub fn may_stay_open(&self) -> bool {
        matches!(self.kind, FormFor::Area(..)) && self.fields.iter().any(|field| !field.input.value().is_empty())
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
        let pressed = press(&mut field.input, &mut self.letters, key);
        if pressed == Pressed::Kept && typing && !key.ctrl && matches!(field.input, Input::Choice { .. }) {
            self.error = Some(format!("\u{201c}{}\u{201d} is chosen with Space, by the arrows or by its first letters.", field.label));
        }
        if pressed == Pressed::Changed || matches!(key.code, Code::Left | Code::Right | Code::Home | Code::End) {
            field.fresh = false;
        }
        if pressed == Pressed::Changed {
            self.touched = true;
            self.error = None;
            self.own_service_first();
        } else if typing
            && let Input::Line(editor) | Input::Text(editor) = &field.input
            && editor.is_full()
        {
            self.error = Some(format!("The text has {LONGEST} letters, and no more fit. Shorten it to go on."));
        }
        pressed
    }

    /// Where one service moderates its own (S07), the people of the service that was just chosen are offered first.
    fn own_service_first(&mut self) {
        if self.field().is_none_or(|field| field.key != "service") {
            return;
        }
        let ends = format!(", {}", self.value("service"));
        for field in &mut self.fields {
            if let Input::Person { people, .. } = &mut field.input {
                people.sort_by_key(|(_, said)| !said.ends_with(&ends));
            }
        }
    }

    /// Pastes a text into the field under the cursor.
    pub fn paste(&mut self, text: &str) -> bool {
        let changed = match self.fields.get_mut(self.at).map(|field| &mut field.input) {
            Some(Input::Line(editor) | Input::Text(editor)) => match editor.paste(text) {
                Pasted::Taken => true,
                Pasted::Nothing => false,
                Pasted::TooLong => {
                    self.error = Some(format!("Nothing was pasted: with it the text would be longer than {LONGEST} letters."));
                    false
                }
            },
            Some(Input::Person { typed, chosen, .. }) => {
                typed.push_str(text.trim());
                *chosen = None;
                true
            }
            Some(Input::Case { typed, chosen, .. }) => {
                typed.push_str(text.trim());
                *chosen = None;
                true
            }
            _ => false,
        };
        self.touched |= changed;
        changed
    }
}
