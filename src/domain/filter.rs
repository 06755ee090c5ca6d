//! The filter that people type: words and fields (`grade:ri worker:carter late`), the same on screen and command line.

mod found;
mod meant;
mod within;

pub use found::{Asked, Found};
pub use within::{Column, Within};

use super::grade::Grade;
use super::near::near_miss;
use super::review::Chosen;

/// A parsed filter: every term must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The terms, as typed.
    pub terms: Vec<Term>,
}

/// One term of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A bare word: matches a reference, case, person, team, type or step.
    Word(String),
    /// The judgement that counts.
    Grade(Grade),
    /// The reviewer's own grade.
    Original(Grade),
    /// The panel's grade.
    Moderated(Grade),
    /// Part of the practitioner's name.
    Worker(String),
    /// Part of the reviewer's name.
    Reviewer(String),
    /// Part of the owner's name (actions).
    Owner(String),
    /// Part of the team's name.
    Team(String),
    /// Part of the service's name.
    Service(String),
    /// Case type, by key or short form.
    Type(String),
    /// Part of the next step's label.
    Step(String),
    /// Reference of a cycle (`2026-11`).
    Cycle(String),
    /// The case's pseudonym.
    Case(String),
    /// The council's own number of the subject, whole.
    Child(String),
    /// Past its date.
    Late,
    /// Due today.
    Today,
    /// Due within seven days.
    Week,
    /// Runs out before next Monday, what is late already among it.
    Monday,
    /// Mine: I review it, or I own it.
    Mine,
    /// Without a reviewer.
    Unallocated,
    /// Before the panel.
    Panel,
    /// With an open alert.
    Alert,
    /// Whose loop is open (M17).
    Loop,
    /// Tracked, and supervision is overdue (M24).
    Supervision,
    /// Urgent.
    Urgent,
    /// To be signed off (actions).
    SignOff,
    /// To be looked at again (actions).
    Revisit,
    /// My team's: its people, and whoever reports to me.
    MyTeam,
    /// Whose owner is recused from the review, or has left (actions).
    Ownerless,
    /// How the case came in; none: by the draw or as a substitute (`chosen:drawn`).
    Chosen(Option<Chosen>),
    /// What was found in it, exactly as a figure counts it.
    Found(Found),
    /// One group of actions, exactly as its heading counts it.
    Within(Within),
    /// Which records at all.
    Scope(Scope),
    /// What cannot be read: it finds nothing, so that a slip of the hand is never taken for an answer.
    Unread,
}

/// Which records a list shows at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Those with something left to do.
    #[default]
    Open,
    /// Those that are finished.
    Done,
    /// Those taken out.
    Withdrawn,
    /// All of them.
    All,
}

/// Fields that take a value.
pub const FIELDS: [&str; 14] = [
    "grade",
    "original",
    "moderated",
    "worker",
    "reviewer",
    "owner",
    "team",
    "service",
    "type",
    "step",
    "cycle",
    "case",
    "child",
    "chosen",
];

/// Words with a meaning of their own.
pub const FLAGS: [&str; 20] = [
    "late",
    "today",
    "week",
    "monday",
    "mine",
    "unallocated",
    "panel",
    "alert",
    "loop",
    "supervision",
    "urgent",
    "signoff",
    "revisit",
    "myteam",
    "ownerless",
    "showcase",
    "open",
    "done",
    "withdrawn",
    "all",
];

impl Filter {
    /// Reads what was typed. Terms that cannot be read find nothing and are named, each with what to type instead; a field
    /// still being typed (`grade:`) is simply not there yet.
    pub fn parse(text: &str) -> (Filter, Vec<String>) {
        let mut filter = Filter::default();
        let mut problems = Vec::new();
        let words = split(text);
        if words.len() > MOST_WORDS {
            problems.push(format!("Only the first {MOST_WORDS} words of a filter are asked for; take the others away"));
        }
        for word in words.into_iter().take(MOST_WORDS) {
            match term(&word) {
                Ok(Some(term)) => filter.terms.push(term),
                Ok(None) => {}
                Err(problem) => {
                    filter.terms.push(Term::Unread);
                    problems.push(problem);
                }
            }
        }
        (filter, problems)
    }

    /// Which records the filter asks for.
    pub fn scope(&self) -> Scope {
        let asked = self.terms.iter().rev().find_map(|term| match term {
            Term::Scope(scope) => Some(*scope),
            _ => None,
        });
        // What follows a review goes on after it is finished.
        asked.unwrap_or_else(|| if self.asks_for_loops() { Scope::All } else { Scope::default() })
    }

    /// Asks for open loops. Of those supervision is what has a day, and that day counts wherever one is meant: in the column, in the
    /// order, in what is late (M24).
    pub fn asks_for_loops(&self) -> bool {
        self.terms.iter().any(|term| matches!(term, Term::Loop | Term::Supervision))
    }

    /// Nothing is filtered.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// Nobody types more words than this; a page pasted into the filter would make a question too long to be asked.
const MOST_WORDS: usize = 40;

/// Splits at spaces, keeping `team:"North Court"` together.
pub(in crate::domain) fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn term(word: &str) -> Result<Option<Term>, String> {
    let Some((field, value)) = word.split_once(':') else {
        return Ok(Some(flag(&word.to_lowercase()).unwrap_or_else(|| Term::Word(word.to_string()))));
    };
    let field = field.to_lowercase();
    if value.is_empty() {
        let known = FIELDS.contains(&field.as_str()) || Found::FIELDS.contains(&field.as_str());
        return if known || field == "is" { Ok(None) } else { Err(unknown(&field)) };
    }
    if let Some(found) = Found::field(&field, value) {
        return found.map(|found| Some(Term::Found(found)));
    }
    let value = value.to_string();
    let grade = |value: &str| grade(value).ok_or_else(|| meant::none_such("grade", value, GRADES));
    Ok(Some(match field.as_str() {
        "grade" => Term::Grade(grade(&value)?),
        "original" => Term::Original(grade(&value)?),
        "moderated" => Term::Moderated(grade(&value)?),
        "worker" | "practitioner" => Term::Worker(value),
        "reviewer" => Term::Reviewer(value),
        "owner" => Term::Owner(value),
        "team" => Term::Team(value),
        "service" => Term::Service(value),
        "type" => Term::Type(value),
        "step" => Term::Step(value),
        "cycle" => Term::Cycle(value),
        "case" => Term::Case(value),
        "child" => Term::Child(value),
        "chosen" => Term::Chosen(how(&value)?),
        "is" => flag(&value.to_lowercase()).ok_or_else(|| unknown(&value))?,
        other => return Err(unknown(other)),
    }))
}

/// The grades as they are named where one is not understood.
const GRADES: [&str; 8] = ["outstanding", "good", "requires-improvement", "inadequate", "o", "g", "ri", "i"];

/// A grade as typed, or its beginning while it is being typed.
fn grade(value: &str) -> Option<Grade> {
    let begun = value.to_lowercase();
    let begins = |grade: &Grade| begun.chars().count() > 1 && grade.key().starts_with(&begun);
    Grade::parse(value).or_else(|| Grade::ALL.into_iter().find(begins))
}

/// How a case came in, as typed; none stands for the whole random sample.
fn how(value: &str) -> Result<Option<Chosen>, String> {
    if value.eq_ignore_ascii_case("drawn") {
        return Ok(None);
    }
    let known = Chosen::ALL.into_iter().find(|how| how.key().eq_ignore_ascii_case(value));
    let keys = || std::iter::once("drawn").chain(Chosen::ALL.iter().map(|how| how.key()));
    known.map(Some).ok_or_else(|| meant::none_such("way for a case to come in", value, keys()))
}

fn flag(word: &str) -> Option<Term> {
    Some(match word {
        "late" | "overdue" => Term::Late,
        "today" => Term::Today,
        "week" => Term::Week,
        "monday" | "weekend" => Term::Monday,
        "mine" | "me" => Term::Mine,
        "unallocated" => Term::Unallocated,
        "panel" => Term::Panel,
        "alert" => Term::Alert,
        "loop" => Term::Loop,
        "supervision" => Term::Supervision,
        "urgent" => Term::Urgent,
        "signoff" => Term::SignOff,
        "revisit" => Term::Revisit,
        "myteam" => Term::MyTeam,
        "ownerless" => Term::Ownerless,
        "showcase" => Term::Chosen(Some(Chosen::Showcase)),
        "open" => Term::Scope(Scope::Open),
        "done" | "finalised" => Term::Scope(Scope::Done),
        "withdrawn" => Term::Scope(Scope::Withdrawn),
        "all" => Term::Scope(Scope::All),
        other => return Found::flag(other).map(Term::Found),
    })
}

fn unknown(word: &str) -> String {
    let known = FIELDS.iter().chain(&FLAGS).chain(&Found::FIELDS).chain(&Found::FLAGS);
    match near_miss(word, known.copied()) {
        Some(near) => format!("There is no field \u{201c}{word}\u{201d}; did you mean {near}?"),
        None => format!("There is no field \u{201c}{word}\u{201d}; type one of {}", FIELDS.join(", ")),
    }
}
