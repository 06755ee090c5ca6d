//! A mapping: which column of a council's own list says what. It must not know the rows.
//!
//! A small TOML file, written once and kept beside the export:
//!
//! ```toml
//! kind = "foster-carer"     # everybody in the file; or a column says, under [columns]
//! whole = true              # the file names all of them: whoever is missing is closed
//!
//! [columns]
//! number = "Carer ref"
//! team = "Fostering team"
//! worker = "Supervising social worker"
//!
//! [kinds]                   # what the words of the column "kind" mean
//! "Mainstream" = "foster-carer"
//!
//! [case_types]              # what the words of the column "case_type" mean: keys of the framework
//! "CPP" = "cp"
//! ```

use super::Ground;
use crate::domain::framework::SubjectKind;
use crate::domain::intake::Place;
use crate::domain::near::near_miss;
use crate::intake::columns::Variants;
use crate::intake::error::{IntakeError, Trouble};
use std::collections::BTreeMap;
use std::fmt::Write;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The council's own number.
    Number,
    /// Kind of subject.
    Kind,
    /// Case type.
    CaseType,
    /// Team.
    Team,
    /// Service.
    Service,
    /// Worker.
    Worker,
    /// When it began.
    StartedOn,
    /// When it ended.
    EndedOn,
    /// Date of birth.
    Born,
    /// Age in years.
    Age,
    /// Disability, yes or no.
    Disability,
}

impl Field {
    /// Every field, the one that must be there first.
    pub const ALL: [Field; 11] = [
        Field::Number,
        Field::Kind,
        Field::CaseType,
        Field::Team,
        Field::Service,
        Field::Worker,
        Field::StartedOn,
        Field::EndedOn,
        Field::Born,
        Field::Age,
        Field::Disability,
    ];

    /// The word of a mapping.
    pub fn key(self) -> &'static str {
        match self {
            Field::Number => "number",
            Field::Kind => "kind",
            Field::CaseType => "case_type",
            Field::Team => "team",
            Field::Service => "service",
            Field::Worker => "worker",
            Field::StartedOn => "started_on",
            Field::EndedOn => "ended_on",
            Field::Born => "born",
            Field::Age => "age",
            Field::Disability => "disability",
        }
    }

    /// The headings by which a column is known without a mapping.
    pub fn usual(self) -> Variants {
        match self {
            Field::Number => &[
                "number",
                "carernumber",
                "carerref",
                "carerreference",
                "carerid",
                "fostercarerid",
                "adopterid",
                "adopterref",
                "adopternumber",
                "serviceid",
                "servicenumber",
                "childid",
                "childuniqueid",
                "personid",
                "subjectnumber",
                "reference",
                "ref",
                "caseid",
                "casenumber",
                "id",
            ],
            Field::Kind => &["kind", "subject", "kindofsubject", "subjectkind"],
            Field::CaseType => &["casetype", "typeofcase", "plan", "plantype", "legalstatus"],
            Field::Team => &["team", "teamname", "allocatedteam", "supervisingteam", "fosteringteam"],
            Field::Service => &["service", "servicename", "servicearea", "department"],
            Field::Worker => {
                &["worker", "workername", "allocatedworker", "socialworker", "supervisingsocialworker", "keyworker", "lead", "manager"]
            }
            Field::StartedOn => &["startedon", "startdate", "approvedon", "approvaldate", "dateapproved", "opened", "began"],
            Field::EndedOn => &["endedon", "enddate", "closedon", "closuredate", "deregistered", "deregistrationdate", "resigned"],
            Field::Born => &["born", "dateofbirth", "dob", "birthdate"],
            Field::Age => &["age", "ageinyears"],
            Field::Disability => &["disability", "disabled"],
        }
    }
}

/// How a list is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// What everybody in the file is, unless a column says.
    pub kind: Option<SubjectKind>,
    /// The case type (key) of everybody, unless a column says.
    pub case_type: Option<String>,
    /// The file names everybody of its kinds: whoever is missing is closed.
    pub whole: bool,
    /// The heading of each column.
    pub columns: BTreeMap<Field, String>,
    /// What words of the kind column mean.
    pub kinds: BTreeMap<String, SubjectKind>,
    /// What words of the case type column mean: keys of case types.
    pub case_types: BTreeMap<String, String>,
}

impl Mapping {
    /// As the TOML of a mapping file, to be kept.
    pub fn as_toml(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail; a quoted string of TOML is one of JSON for every heading that can be typed.
        let quoted = |words: &str| serde_json::Value::String(words.to_string()).to_string();
        if let Some(kind) = self.kind {
            let _ = writeln!(text, "kind = {}", quoted(kind.key()));
        }
        if let Some(case_type) = &self.case_type {
            let _ = writeln!(text, "case_type = {}", quoted(case_type));
        }
        let _ = writeln!(text, "whole = {}\n\n[columns]", self.whole);
        for (field, heading) in &self.columns {
            let _ = writeln!(text, "{} = {}", field.key(), quoted(heading));
        }
        for (title, words) in [
            ("kinds", self.kinds.iter().map(|(word, kind)| (word, kind.key())).collect::<Vec<_>>()),
            ("case_types", self.case_types.iter().map(|(word, key)| (word, key.as_str())).collect()),
        ] {
            if !words.is_empty() {
                let _ = writeln!(text, "\n[{title}]");
                for (word, key) in words {
                    let _ = writeln!(text, "{} = {}", quoted(word), quoted(key));
                }
            }
        }
        text
    }
}

/// Reads a mapping, or says everything that is wrong with it; `file` is what the person calls it.
pub fn parse(text: &str, file: &str, ground: &Ground<'_>) -> Result<Mapping, IntakeError> {
    let mut reader = Reader { text, problems: Vec::new(), ground };
    let (table, broken) = DeTable::parse_recoverable(text);
    let mut mapping = Mapping::default();
    if broken.is_empty() {
        for (key, value) in table.get_ref() {
            reader.top(key, value, &mut mapping);
        }
        if !mapping.columns.contains_key(&Field::Number) {
            reader.problems.push("[columns] number is missing: name the column with the council's own number.".to_string());
        }
    }
    for error in broken {
        let at = error.span().map_or(0, |span| span.start);
        reader.note(at, format!("this is not TOML: {}.", error.message()));
    }
    if reader.problems.is_empty() { Ok(mapping) } else { Err(refusal(Place::file(file), &reader.problems)) }
}

/// A refusal that tells all problems at once.
pub fn refusal(place: Place, problems: &[String]) -> IntakeError {
    let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
    let what = match problems.len() {
        1 => format!("The mapping cannot be used:\n{}\n ", lines.join("\n")),
        n => format!("The mapping cannot be used, for {n} reasons:\n{}\n ", lines.join("\n")),
    };
    IntakeError::new(Trouble::BadValue, place, what, "Mend the mapping and import again; nothing was changed.")
}

struct Reader<'a> {
    text: &'a str,
    problems: Vec<String>,
    ground: &'a Ground<'a>,
}

type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;

impl Reader<'_> {
    fn note(&mut self, at: usize, what: String) {
        let line = self.text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        self.problems.push(format!("line {line}: {what}"));
    }

    fn top(&mut self, key: &Key<'_>, value: &Spanned<DeValue<'_>>, mapping: &mut Mapping) {
        const KNOWN: [&str; 6] = ["kind", "case_type", "whole", "columns", "kinds", "case_types"];
        match key.get_ref().as_ref() {
            "kind" => mapping.kind = self.text_of("kind", value).and_then(|word| self.kind(&word, value.span().start)),
            "case_type" => mapping.case_type = self.text_of("case_type", value).and_then(|word| self.case_type(&word, value.span().start)),
            "whole" => match value.get_ref().as_bool() {
                Some(whole) => mapping.whole = whole,
                None => self.note(value.span().start, "whole is true or false, without quotation marks.".to_string()),
            },
            "columns" => {
                for (key, value) in self.table(key, value) {
                    let Some(field) = Field::ALL.into_iter().find(|field| field.key() == key.get_ref()) else {
                        self.unknown(key, &Field::ALL.map(Field::key), "[columns] has no field");
                        continue;
                    };
                    if let Some(heading) = self.text_of(field.key(), value) {
                        mapping.columns.insert(field, heading);
                    }
                }
            }
            "kinds" => {
                for (key, value) in self.table(key, value) {
                    let kind = self.text_of(key.get_ref(), value).and_then(|word| self.kind(&word, value.span().start));
                    mapping.kinds.extend(kind.map(|kind| (key.get_ref().to_string(), kind)));
                }
            }
            "case_types" => {
                for (key, value) in self.table(key, value) {
                    let case_type = self.text_of(key.get_ref(), value).and_then(|word| self.case_type(&word, value.span().start));
                    mapping.case_types.extend(case_type.map(|case_type| (key.get_ref().to_string(), case_type)));
                }
            }
            _ => self.unknown(key, &KNOWN, "a mapping has no"),
        }
    }

    fn table<'t>(&mut self, key: &Key<'_>, value: &'t Spanned<DeValue<'t>>) -> Vec<(&'t Key<'t>, &'t Spanned<DeValue<'t>>)> {
        match value.get_ref().as_table() {
            Some(table) => table.iter().collect(),
            None => {
                self.note(value.span().start, format!("{0} is a part of its own: write [{0}] and its lines below it.", key.get_ref()));
                Vec::new()
            }
        }
    }

    fn text_of(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_string);
        if text.is_none() {
            self.note(value.span().start, format!("{key} is words in quotation marks."));
        }
        text
    }

    fn kind(&mut self, word: &str, at: usize) -> Option<SubjectKind> {
        let kind = SubjectKind::from_key(word);
        match kind {
            None => {
                let words = SubjectKind::ALL.map(SubjectKind::key);
                self.note(at, format!("\"{word}\" is no kind of subject; use {}.{}", words.join(", "), meant(word, &words)));
            }
            Some(kind) if !self.ground.subjects.contains(&kind) => {
                let known: Vec<&str> = self.ground.subjects.iter().map(|kind| kind.key()).collect();
                self.note(at, format!("the framework in use does not look at \"{word}\"; it looks at {}.", known.join(", ")));
            }
            Some(_) => {}
        }
        kind
    }

    fn case_type(&mut self, word: &str, at: usize) -> Option<String> {
        let known: Vec<&str> = self.ground.case_types.iter().map(|case_type| case_type.key.as_str()).collect();
        if known.contains(&word) {
            return Some(word.to_string());
        }
        self.note(at, format!("\"{word}\" is no case type of the framework in use; use {}.{}", known.join(", "), meant(word, &known)));
        None
    }

    fn unknown(&mut self, key: &Key<'_>, known: &[&str], what: &str) {
        let word = key.get_ref();
        self.note(key.span().start, format!("{what} \"{word}\"; use {}.{}", known.join(", "), meant(word, known)));
    }
}

/// "Did you mean …?", where something is near enough.
pub fn meant(word: &str, known: &[&str]) -> String {
    near_miss(word, known.iter().copied()).map(|near| format!(" Did you mean \"{near}\"?")).unwrap_or_default()
}
