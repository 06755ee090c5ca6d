//! Names that point at something elsewhere in the profile: collected while it is read, checked once all is known.

use super::super::raw::{Sheet, Table, Word};
use crate::domain::framework::{Grading, Role};
use crate::domain::near::near_miss;
use std::cell::RefCell;

/// What a name must be the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A role, which must be able to do this.
    Role(Need),
    /// A board or forum.
    Board,
    /// A kind of review.
    Kind,
    /// A kind of review that gives a grade.
    GradedKind,
    /// A report.
    Report,
    /// A phase of the cycle.
    Phase,
    /// A case type.
    CaseType,
}

/// What a named role must be able to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing in particular.
    Any,
    /// Be allocated reviews.
    Reviews,
    /// Sit on the moderation.
    Moderates,
    /// Belong to the Insights team.
    Insights,
    /// Belong to the child's own line, so not to the Insights team.
    ChildSide,
}

/// Everything that can be pointed at.
pub(super) struct Known<'a> {
    pub(super) roles: &'a [Role],
    pub(super) boards: Vec<&'a str>,
    pub(super) kinds: Vec<(&'a str, Grading)>,
    pub(super) reports: Vec<&'a str>,
    pub(super) phases: Vec<&'a str>,
    pub(super) case_types: Vec<&'a str>,
}

/// The names read so far.
pub(super) struct Links {
    list: RefCell<Vec<(Word, Target)>>,
}

impl Links {
    /// None yet.
    pub(super) fn new() -> Links {
        Links { list: RefCell::default() }
    }

    /// Reads a list of names, each at most once; empty when left out.
    pub(super) fn many(&self, table: &Table<'_>, key: &'static str, target: Target) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for word in table.words_at(key) {
            if names.contains(&word.text) {
                table.sheet.note(&word.place, word.at, format!("\"{}\" is listed twice. Once is enough.", word.text), None);
                continue;
            }
            names.push(word.text.clone());
            self.list.borrow_mut().push((word, target));
        }
        names
    }

    /// Reads a list of names that must hold at least one.
    pub(super) fn some(&self, table: &Table<'_>, key: &'static str, target: Target, otherwise: &str) -> Vec<String> {
        let names = self.many(table, key, target);
        if names.is_empty() {
            table.note_at(key, otherwise);
        }
        names
    }

    /// Reads a name that may be left out.
    pub(super) fn maybe(&self, table: &Table<'_>, key: &'static str, target: Target) -> Option<String> {
        let word = table.maybe_word_at(key)?;
        self.list.borrow_mut().push((word.clone(), target));
        Some(word.text)
    }

    /// Reads a name that must be there.
    pub(super) fn one(&self, table: &Table<'_>, key: &'static str, target: Target) -> String {
        let word = table.word_at(key);
        if !word.text.is_empty() {
            self.list.borrow_mut().push((word.clone(), target));
        }
        word.text
    }

    /// Notes every name that points at nothing, or at something that cannot do what is asked of it.
    pub(super) fn check(self, sheet: &Sheet<'_>, known: &Known<'_>) {
        for (word, target) in self.list.into_inner() {
            match target {
                Target::Role(need) => role(sheet, &word, need, known.roles),
                Target::Board => named(sheet, &word, "a board", &known.boards),
                Target::Report => named(sheet, &word, "a report", &known.reports),
                Target::CaseType => named(sheet, &word, "a case type", &known.case_types),
                Target::Phase => named(sheet, &word, "a phase", &known.phases),
                Target::Kind | Target::GradedKind => kind(sheet, &word, target, &known.kinds),
            }
        }
    }
}

fn named(sheet: &Sheet<'_>, word: &Word, noun: &str, known: &[&str]) {
    if !known.contains(&word.text.as_str()) {
        let what = format!("\"{}\" is not {noun} of this framework.", word.text);
        sheet.note(&word.place, word.at, what, near_miss(&word.text, known.iter().copied()));
    }
}

fn kind(sheet: &Sheet<'_>, word: &Word, target: Target, known: &[(&str, Grading)]) {
    let keys: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
    named(sheet, word, "a kind of review", &keys);
    let ungraded = known.iter().any(|(key, grading)| *key == word.text && *grading == Grading::Ungraded);
    if ungraded && target == Target::GradedKind {
        let what = format!("\"{}\" is never graded, so no grade of it can count here. Leave it out.", word.text);
        sheet.note(&word.place, word.at, what, None);
    }
}

fn role(sheet: &Sheet<'_>, word: &Word, need: Need, roles: &[Role]) {
    let Some(role) = roles.iter().find(|role| role.key == word.text) else {
        let by_other_name = roles.iter().find(|role| {
            role.label.eq_ignore_ascii_case(&word.text) || role.also.iter().any(|other| other.eq_ignore_ascii_case(&word.text))
        });
        let meant = by_other_name.map(|role| role.key.clone());
        let meant = meant.or_else(|| near_miss(&word.text, roles.iter().map(|role| role.key.as_str())));
        let what = format!("\"{}\" is not a role of this framework.", word.text);
        return sheet.note(&word.place, word.at, what, meant);
    };
    let lacking = match need {
        Need::Any => None,
        Need::Reviews if !role.reviews => Some("may not review: set reviews = true on the role, or leave it out here."),
        Need::Moderates if !role.moderates => Some("may not moderate: set moderates = true on the role, or leave it out here."),
        Need::Insights if !role.insights => {
            Some("does not belong to the Insights team: set insights = true on the role, or side = \"child\".")
        }
        Need::ChildSide if role.insights => Some("belongs to the Insights team, not to the child's line: use side = \"insights\"."),
        Need::Reviews | Need::Moderates | Need::Insights | Need::ChildSide => None,
    };
    if let Some(lacking) = lacking {
        sheet.note(&word.place, word.at, format!("\"{}\" {lacking}", word.text), None);
    }
}
