//! The data set for analysts: which tables it has, which columns, and what each of them means.
//!
//! A closed list (`tables`): what is not named there does not leave. Cases go by their pseudonyms; nobody's name and no free text is in
//! it. Practitioners stand in two tables, as numbers that join to nothing: no review, grade or team is told beside one, so that nobody
//! can be ranked by what was found. Pseudonymised data are still personal data and are kept as such.

mod tables;

pub use tables::TABLES;

use super::framework::{FieldKind, Framework};
use super::register;
use std::collections::BTreeMap;

/// A table of the data set: one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataTable {
    /// Its name, and its file's without the ending.
    pub name: &'static str,
    /// What one row is.
    pub about: &'static str,
    /// Its columns, in order; rows are sorted by the first ones.
    pub columns: &'static [DataColumn],
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataColumn {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: DataKind,
    /// What it means.
    pub about: &'static str,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataKind {
    /// A reference or a word of a closed list.
    Word,
    /// A whole number.
    Number,
    /// A day, as 2026-11-19.
    Day,
    /// A moment in UTC, as 2026-11-19T14:06:00Z.
    Moment,
    /// 1 for yes, 0 for no.
    YesNo,
}

impl DataKind {
    /// As the dictionary says it.
    pub fn label(self) -> &'static str {
        match self {
            DataKind::Word => "word",
            DataKind::Number => "whole number",
            DataKind::Day => "date (yyyy-mm-dd)",
            DataKind::Moment => "date and time (UTC)",
            DataKind::YesNo => "1 yes, 0 no",
        }
    }
}

/// What may be told of texts that people wrote: of some that something stands there, of others a word of a closed list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Fields in which what families said is written down: whether something is.
    pub said: Vec<String>,
    /// What entries of registers may note: register, field, answer.
    pub noted: Vec<[String; 3]>,
    /// How a role may be written in the list of people, in small letters, and its key.
    pub roles: Vec<[String; 2]>,
    /// Keys of the boards.
    pub boards: Vec<String>,
    /// Of whom registers expect entries (F16): register, role, and the field and choice that one of them has to have, if any.
    pub expected: Vec<[String; 4]>,
    /// First month (1-12) of the quality assurance year.
    pub year_starts_in: u32,
}

impl Allowed {
    /// What a framework has closed lists for.
    pub fn by(framework: &Framework) -> Allowed {
        let (mut noted, mut expected) = (Vec::new(), Vec::new());
        for register in register::all(framework) {
            for one in &register.expects {
                let (field, choice) = one.at_least_one.clone().unwrap_or_default();
                let known = one.roles.iter().filter_map(|role| framework.role(role));
                expected.extend(known.map(|role| [register.key.clone(), role.key.clone(), field.clone(), choice.clone()]));
            }
            for field in &register.fields {
                let answers = match &field.kind {
                    FieldKind::YesNo => vec!["yes".to_string(), "no".to_string()],
                    FieldKind::Choice(choices) => choices.iter().map(|choice| choice.key.clone()).collect(),
                    FieldKind::Line | FieldKind::Text | FieldKind::Date | FieldKind::Cycles => Vec::new(),
                };
                noted.extend(answers.into_iter().map(|answer| [register.key.clone(), field.key.clone(), answer]));
            }
        }
        let written = framework.roles.iter().flat_map(|role| [&role.key, &role.label].into_iter().chain(&role.also));
        // What two roles could be called is the one that the framework takes it for.
        let roles: BTreeMap<String, String> =
            written.filter_map(|one| Some((one.trim().to_ascii_lowercase(), framework.role(one)?.key.clone()))).collect();
        Allowed {
            said: framework.words_of_families(),
            noted,
            roles: roles.into_iter().map(|(written, key)| [written, key]).collect(),
            boards: framework.boards.iter().map(|board| board.key.clone()).collect(),
            expected,
            year_starts_in: framework.cycle.year_starts_in,
        }
    }
}

/// The codes that columns of the tables hold, with the words of a framework: column, code, words. What an earlier version of it alone
/// knew is not among them.
pub fn codes_of(framework: &Framework) -> Vec<(&'static str, String, String)> {
    let mut out: Vec<(&'static str, String, String)> = Vec::new();
    let mut put = |column, key: &str, words: &str| out.push((column, key.to_string(), words.to_string()));
    framework.case_types.iter().for_each(|one| put("case_type", &one.key, &one.label));
    framework.cycle.focus_reasons.iter().for_each(|one| put("focus_reason", &one.key, &one.label));
    framework.themes.iter().for_each(|one| put("theme", &one.key, &one.label));
    framework.registers.iter().for_each(|one| put("register", &one.key, &one.label));
    framework.indicators.iter().for_each(|one| put("indicator", &one.key, &one.label));
    framework.boards.iter().for_each(|one| put("board", &one.key, &one.label));
    framework.reports.iter().for_each(|one| put("report_kind", &one.key, &one.label));
    for role in &framework.roles {
        put("owner_role", &role.key, &role.label);
        put("role", &role.key, &role.label);
    }
    for kind in &framework.kinds {
        put("kind", &kind.key, &kind.label);
        kind.steps.iter().for_each(|step| put("step", &step.key, &step.label));
        for area in &kind.areas {
            put("field", &format!("area/{}", area.key), &area.title);
            area.questions.iter().for_each(|question| put("field", &format!("q/{}", question.key), &question.text));
        }
    }
    framework.actions.kinds.iter().for_each(|one| put("kind", &one.key, &one.label));
    for field in register::all(framework).iter().flat_map(|register| &register.fields) {
        if let FieldKind::Choice(choices) = &field.kind {
            choices.iter().for_each(|choice| put("answer", &choice.key, &choice.label));
        }
        if matches!(field.kind, FieldKind::Choice(_) | FieldKind::YesNo) {
            put("noted", &field.key, &field.label);
        }
    }
    out
}
