//! Read-model of how far people agree about grades: what moderation moved, and the two kinds of agreement, never mixed. M08, F08, S18.
//!
//! It holds no person: raters are columns of numbers, and nothing here can rank anybody.

use crate::domain::agreement::{Figure, GradeShift};
use crate::domain::count::counted;
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

/// What moderation agreement is.
pub const MODERATION_AGREEMENT: &str =
    "How far the panel agreed with the reviewer whose grade it had in sight (quadratic-weighted kappa: 1 is every time, 0 is chance).";

/// What inter-rater reliability is.
pub const INTER_RATER_RELIABILITY: &str = "How far people agree who could not see one another\u{2019}s judgement (Krippendorff\u{2019}s alpha for ordered grades: 1 is every time, 0 is chance).";

impl AgreementDetail {
    /// What moderation agreement stands on, what is left out of it, and the figure or why there is none; in sentences.
    pub fn moderation_says(&self) -> Vec<String> {
        let fit = self.by_chance.pairs();
        let all = counted(fit + self.left_out, "decision", "decisions");
        let mut says = vec![match self.left_out {
            0 => format!("{all} so far, all on reviews that came to the panel by chance: they speak for all reviews."),
            _ => format!(
                "{fit} of {all} so far {} on reviews that came to the panel by chance; only such speak for all.",
                if fit == 1 { "is" } else { "are" }
            ),
        }];
        if self.left_out > 0 && self.by_chance.pairs() > 0 {
            says.push(format!("Of these alone: {}", self.by_chance.sentence()));
        }
        if self.unknown > 0 {
            let unknown = counted(self.unknown, "older decision does", "older decisions do");
            says.push(format!("{unknown} not say whether the reviewer\u{2019}s grade was in sight, and are in no figure."));
        }
        says.push(self.moderation.sentence());
        says
    }

    /// How far people agree who judged unseen, by where they did; in sentences.
    pub fn unseen_says(&self) -> Vec<String> {
        if self.unseen.is_empty() {
            return vec![
                "No reviews that came to the panel by chance have been judged by several people unseen by one another yet.".to_string(),
            ];
        }
        let said = self.unseen.iter().map(|figure| {
            let reviews = counted(figure.reviews, "review", "reviews");
            let how = if figure.by_question { ", each question a case of its own" } else { "" };
            format!("{}, {reviews}{how}. {}", figure.by.label(), figure.figure.sentence())
        });
        said.collect()
    }

    /// The seed, so that anybody can repeat the intervals.
    pub fn seed_says(&self) -> String {
        format!("Seed of every interval: {}. The same seed gives the same intervals.", self.seed)
    }
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
