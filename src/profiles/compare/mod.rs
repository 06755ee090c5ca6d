//! How two versions of a framework differ, in the field's words, part by part.
//!
//! Each version is first laid out as a tree of named things with facts ([`tree`]); things are matched by their keys, so
//! that a step with another label is the same step, reworded. What was added or taken out is told once, not with
//! everything below it. This module must not know files.

mod kinds;
mod rules;
mod tree;

use crate::domain::count::capital;
use crate::domain::framework::Framework;
use tree::{Fact, Node};

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The part of the framework: "Roles", "Collaborative review", "Actions".
    pub part: String,
    /// What is different: a sentence.
    pub what: String,
}

/// Everything in which a newer version differs from an older one, in the order in which a profile is read.
pub fn compare(old: &Framework, new: &Framework) -> Vec<Difference> {
    let mut found = Vec::new();
    let (older, newer) = (rules::parts(old), rules::parts(new));
    for part in &newer {
        match older.iter().find(|other| other.key == part.key) {
            Some(other) => differ(&part.label, "", other, part, &mut found),
            None => put(&part.label, format!("{} is new.", capital(&part.name())), &mut found),
        }
    }
    for part in older.iter().filter(|part| !newer.iter().any(|other| other.key == part.key)) {
        put(&part.label, format!("{} was taken out.", capital(&part.name())), &mut found);
    }
    found
}

fn put(part: &str, what: String, found: &mut Vec<Difference>) {
    found.push(Difference { part: part.to_string(), what });
}

/// Tells how a thing differs; `within` names what it is part of ("step “Return”: ").
fn differ(part: &str, within: &str, old: &Node, new: &Node, found: &mut Vec<Difference>) {
    for (name, fact) in &new.facts {
        let before = old.facts.iter().find(|(other, _)| other == name).map(|(_, fact)| fact);
        if let Some(before) = before.filter(|before| *before != fact) {
            put(part, capital(&format!("{within}{}", said(name, before, fact))), found);
        }
    }
    for child in &new.below {
        match old.below.iter().find(|other| other.is_same(child)) {
            Some(other) => differ(part, &format!("{within}{}: ", child.name()), other, child, found),
            None => put(part, capital(&format!("{within}{} added{}.", child.name(), brief(child))), found),
        }
    }
    for child in old.below.iter().filter(|child| !new.below.iter().any(|other| other.is_same(child))) {
        put(part, capital(&format!("{within}{} taken out.", child.name())), found);
    }
    let kept = |all: &[Node], others: &[Node]| -> Vec<(&'static str, String)> {
        let shared = all.iter().filter(|child| child.ordered && others.iter().any(|other| other.is_same(child)));
        shared.map(|child| (child.noun, child.key.clone())).collect()
    };
    let (before, after) = (kept(&old.below, &new.below), kept(&new.below, &old.below));
    if let Some(((noun, _), _)) = before.iter().zip(&after).find(|(one, other)| one != other) {
        put(part, capital(&format!("{within}the {noun}s come in another order.")), found);
    }
}

/// The most telling fact of something new, so that a reader need not look it up.
fn brief(node: &Node) -> String {
    match node.facts.iter().find(|(name, fact)| *name == node.telling && !fact.is_nothing()) {
        Some((name, fact)) => format!(" ({name}: {})", fact.words()),
        None => String::new(),
    }
}

fn said(name: &str, old: &Fact, new: &Fact) -> String {
    match (old, new) {
        (Fact::Flag(_), Fact::Flag(true)) => format!("{name}: now yes."),
        (Fact::Flag(_), Fact::Flag(false)) => format!("{name}: no longer."),
        (Fact::Prose(_), Fact::Prose(text)) if text.is_empty() => format!("{name} taken out."),
        (Fact::Prose(_), Fact::Prose(text)) => format!("{name} reworded: \u{201c}{}\u{201d}.", text.trim_end_matches('.')),
        (Fact::List(old), Fact::List(new)) => {
            let only = |one: &[String], other: &[String]| -> String {
                let only: Vec<&str> = one.iter().filter(|word| !other.contains(word)).map(String::as_str).collect();
                only.join(", ")
            };
            match (only(new, old), only(old, new)) {
                (added, gone) if added.is_empty() && gone.is_empty() => format!("{name} in another order: {}.", new.join(", ")),
                (added, gone) if gone.is_empty() => format!("{name}: {added} added."),
                (added, gone) if added.is_empty() => format!("{name}: {gone} taken out."),
                (added, gone) => format!("{name}: {added} added, {gone} taken out."),
            }
        }
        _ => format!("{name} changed: {} \u{2192} {}.", old.words(), new.words()),
    }
}
