//! Read-model of how far people agree about grades: what moderation moved, and the two kinds of agreement, never mixed. M08, F08, S18.
//!
//! It holds no person: raters are columns of numbers, and nothing here can rank anybody.

use crate::domain::agreement::{Figure, GradeShift};
use crate::domain::grade::Grade;

/// How far people agree, over everything that may be known to whoever looks.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementDetail {
    /// The framework's words for the grades, best first.
    pub grades: Vec<(Grade, String)>,
    /// What moderation did to grades, over every decided review.
    pub all: GradeShift,
    /// The same over those that stand for all reviews, from which alone the figures below are made (F08).
    pub by_chance: GradeShift,
    /// Decided reviews that came for a reason of their own and are left out of the figures.
    pub left_out: u32,
    /// Decisions of which it is not known whether the reviewer's grade was in sight; they are in no coefficient.
    pub unknown: u32,
    /// How far decisions with the reviewer's grade in sight agree with it.
    pub moderation: Figure,
    /// How far scores that were given unseen agree with one another, by where they were given.
    pub unseen: Vec<UnseenFigure>,
    /// Seed of every interval.
    pub seed: u64,
}

/// Where scores are given unseen by one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnseenBy {
    /// A panel's members, sealed.
    Panel,
    /// Two who review one case on their own (Q03).
    Pair,
    /// Every nominated reviewer on the same file (S18).
    Benchmarking,
}

impl UnseenBy {
    /// Every place, in the order in which they are told.
    pub const ALL: [UnseenBy; 3] = [UnseenBy::Panel, UnseenBy::Pair, UnseenBy::Benchmarking];

    /// In a few words.
    pub fn label(self) -> &'static str {
        match self {
            UnseenBy::Panel => "Sealed scores of the panel",
            UnseenBy::Pair => "Pairs who judged on their own",
            UnseenBy::Benchmarking => "Benchmarking reviews",
        }
    }

    /// The word used in JSON.
    pub fn key(self) -> &'static str {
        match self {
            UnseenBy::Panel => "sealed-scores",
            UnseenBy::Pair => "pairs",
            UnseenBy::Benchmarking => "benchmarking",
        }
    }
}

/// One figure of inter-rater reliability.
#[derive(Debug, Clone, PartialEq)]
pub struct UnseenFigure {
    /// Where the scores were given.
    pub by: UnseenBy,
    /// Reviews they are about.
    pub reviews: u32,
    /// Each question of a review is a case of its own, since there are too few reviews to take them whole.
    pub by_question: bool,
    /// The figure.
    pub figure: Figure,
}
