//! A framework laid out as named things with facts, to be compared thing by thing. It must not know frameworks.

use std::fmt::Display;

/// Something with a key, facts and things below it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// What it is: step, role, question; empty for a part of the framework.
    pub(super) noun: &'static str,
    /// By this it is the same thing in both versions.
    pub(super) key: String,
    /// By this people know it.
    pub(super) label: String,
    /// What can be said of it.
    pub(super) facts: Vec<(&'static str, Fact)>,
    /// The things that belong to it.
    pub(super) below: Vec<Node>,
    /// Their order means something (steps, questions).
    pub(super) ordered: bool,
    /// The fact that is told when it is new.
    pub(super) telling: &'static str,
}

/// Something that can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fact {
    /// A few words or a number; empty for none.
    Words(String),
    /// Sentences, told only as they are now.
    Prose(String),
    /// Several, told by what came and went.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
}

impl Fact {
    /// In words; "none" for nothing.
    pub(super) fn words(&self) -> String {
        match self {
            Fact::Words(text) | Fact::Prose(text) if text.is_empty() => "none".to_string(),
            Fact::Words(text) | Fact::Prose(text) => text.clone(),
            Fact::List(words) if words.is_empty() => "none".to_string(),
            Fact::List(words) => words.join(", "),
            Fact::Flag(true) => "yes".to_string(),
            Fact::Flag(false) => "no".to_string(),
        }
    }

    /// Whether there is nothing to tell.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Fact::Words(text) | Fact::Prose(text) => text.is_empty(),
            Fact::List(words) => words.is_empty(),
            Fact::Flag(_) => false,
        }
    }
}

impl Node {
    /// A part of the framework.
    pub(super) fn part(label: impl Into<String>) -> Node {
        let label = label.into();
        Node { noun: "", key: label.clone(), label, facts: Vec::new(), below: Vec::new(), ordered: false, telling: "" }
    }

    /// A thing.
    pub(super) fn thing(noun: &'static str, key: impl Into<String>, label: impl Into<String>) -> Node {
        Node { noun, key: key.into(), ..Node::part(label) }
    }

    /// A thing whose label is a fact that may change.
    pub(super) fn labelled(noun: &'static str, key: &str, label: &str) -> Node {
        Node::thing(noun, key, label).words("label", label)
    }

    /// With a few words or a number.
    pub(super) fn words(mut self, name: &'static str, words: impl Display) -> Node {
        self.facts.push((name, Fact::Words(words.to_string())));
        self
    }

    /// With something that may be missing.
    pub(super) fn maybe<T: Display>(self, name: &'static str, value: Option<T>) -> Node {
        let words = value.map(|value| value.to_string()).unwrap_or_default();
        self.words(name, words)
    }

    /// With sentences.
    pub(super) fn prose(mut self, name: &'static str, text: &str) -> Node {
        self.facts.push((name, Fact::Prose(text.to_string())));
        self
    }

    /// With several words.
    pub(super) fn list<T: AsRef<str>>(mut self, name: &'static str, words: impl IntoIterator<Item = T>) -> Node {
        self.facts.push((name, Fact::List(words.into_iter().map(|word| word.as_ref().to_string()).collect())));
        self
    }

    /// With yes or no.
    pub(super) fn flag(mut self, name: &'static str, yes: bool) -> Node {
        self.facts.push((name, Fact::Flag(yes)));
        self
    }

    /// With things below it.
    pub(super) fn with(mut self, below: impl IntoIterator<Item = Node>) -> Node {
        self.below.extend(below);
        self
    }

    /// One whose order among its like means something.
    pub(super) fn in_order(mut self) -> Node {
        self.ordered = true;
        self
    }

    /// One that tells this fact when it is new.
    pub(super) fn telling(mut self, name: &'static str) -> Node {
        self.telling = name;
        self
    }

    /// Whether it is the same thing in another version.
    pub(super) fn is_same(&self, other: &Node) -> bool {
        self.noun == other.noun && self.key == other.key
    }

    /// What it is called in a sentence.
    pub(super) fn name(&self) -> String {
        if self.noun.is_empty() { self.label.clone() } else { format!("{} \u{201c}{}\u{201d}", self.noun, self.label) }
    }
}
