//! What the sections of a report ask for: the facts they speak of, and the charts and tables they show. The files of figures hold the
//! same and no more, and the first page keeps to it.

use minijinja::Value;
use minijinja::value::{Object, ObjectRepr};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// Facts that are of reviews, wherever a template names one.
const OF_REVIEWS: [&str; 25] = [
    "sample",
    "drawn",
    "submitted",
    "finalised",
    "good",
    "good_of",
    "waiting",
    "pairs",
    "kept",
    "raised",
    "lowered",
    "moderated",
    "family",
    "alerts",
    "loops",
    "waits",
    "coverage",
    "actions",
    "effects",
    "strengths",
    "needs",
    "mixed",
    "joint",
    "visits",
    "of_visits",
];

/// Tables that are of something else: registers, indicators, what was planned, told or taken in.
const NOT_OF_REVIEWS: [&str; 5] = ["indicators", "narratives", "concerns", "plan", "taken-in"];

/// A chart, a table or a register: its name, and which one.
pub(super) type Part = (String, Vec<String>);

/// What a report asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Names of the facts that were looked up.
    pub facts: BTreeSet<String>,
    /// Its charts, tables and registers.
    pub parts: Vec<Part>,
}

impl Asked {
    /// Whether one of these facts is spoken of.
    pub fn names(&self, facts: &[&str]) -> bool {
        facts.iter().any(|fact| self.facts.contains(*fact))
    }

    /// Whether one of these tables (or charts) is shown.
    pub fn shows(&self, kind: &str, which: &[&str]) -> bool {
        self.arguments(kind).any(|arguments| arguments.first().is_some_and(|first| which.contains(&first.as_str())))
    }

    /// What each part of a kind was asked with.
    pub fn arguments<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a [String]> {
        self.parts.iter().filter(move |(name, _)| name == kind).map(|(_, arguments)| arguments.as_slice())
    }

    /// Whether it speaks of reviews at all. One of the registers of a service alone does not.
    pub fn is_of_reviews(&self) -> bool {
        let of_reviews = |(kind, arguments): &Part| {
            kind == "chart" || kind == "table" && arguments.first().is_some_and(|first| !NOT_OF_REVIEWS.contains(&first.as_str()))
        };
        self.names(&OF_REVIEWS) || self.parts.iter().any(of_reviews)
    }

    /// Whether it speaks of what was to be done after a review. Lines of a plan are told of as they stand.
    pub fn is_of_actions(&self) -> bool {
        self.names(&["actions", "effects"]) || self.shows("table", &["actions", "overdue", "by-service", "since"])
    }

    /// These and what another section asks for.
    pub fn and(&mut self, other: Asked) {
        self.facts.extend(other.facts);
        self.parts.extend(other.parts);
    }
}

/// The facts as a template reads them, with a note of each that it looks at.
#[derive(Debug)]
pub(super) struct Watched {
    facts: Value,
    seen: Arc<Mutex<BTreeSet<String>>>,
}

impl Watched {
    /// These facts, and where the names of those that are looked at are gathered.
    pub fn of(facts: Value) -> (Value, Arc<Mutex<BTreeSet<String>>>) {
        let seen = Arc::new(Mutex::new(BTreeSet::new()));
        (Value::from_object(Watched { facts, seen: seen.clone() }), seen)
    }
}

impl Object for Watched {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let value = self.facts.get_item(key).ok().filter(|value| !value.is_undefined())?;
        if let (Some(name), Ok(mut seen)) = (key.as_str(), self.seen.lock()) {
            seen.insert(name.to_string());
        }
        Some(value)
    }
}
