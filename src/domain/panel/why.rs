//! Why a review comes before a panel, with nobody listing it. M06, S07, C01, F08, Q04; and what a council adds by rule or by hand.
//!
//! Figures about agreement use the random share only, so every item keeps all its reasons for good.

use crate::domain::framework::{Conduct, Framework, ModerationTrigger, ReviewKind, Step};
use crate::domain::grade::Judgement;
use crate::domain::review::{ReviewFacts, StepRecord};
use serde::{Deserialize, Serialize};

/// One reason why a review is before the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyHere {
    /// Its original grade (M06).
    Grade,
    /// Every review is moderated (S07, C01).
    Every,
    /// Drawn at random (F08).
    RandomShare,
    /// Somebody disputes the outcome (F08).
    Disputed,
    /// A workshop shares and moderates it (Q04).
    Workshop,
    /// The scaling lies at the edge of its grade.
    Borderline,
    /// Somebody reviewed for the first time (S06, F21).
    NewReviewer,
    /// Scaling and grade disagree with what the sections say.
    Tension,
    /// Brought by hand, with a reason.
    ByHand,
}

impl WhyHere {
    /// Every reason, in the order in which they are told.
    pub const ALL: [WhyHere; 9] = [
        WhyHere::Grade,
        WhyHere::Every,
        WhyHere::RandomShare,
        WhyHere::Disputed,
        WhyHere::Workshop,
        WhyHere::Borderline,
        WhyHere::NewReviewer,
        WhyHere::Tension,
        WhyHere::ByHand,
    ];

    /// The word that is stored.
    pub fn key(self) -> &'static str {
        match self {
            WhyHere::Grade => "grade",
            WhyHere::Every => "every",
            WhyHere::RandomShare => "random-share",
            WhyHere::Disputed => "disputed",
            WhyHere::Workshop => "workshop",
            WhyHere::Borderline => "borderline",
            WhyHere::NewReviewer => "new-reviewer",
            WhyHere::Tension => "tension",
            WhyHere::ByHand => "by-hand",
        }
    }

    /// The reason of a stored word.
    pub fn from_key(key: &str) -> Option<WhyHere> {
        WhyHere::ALL.into_iter().find(|why| why.key() == key)
    }

    /// In a few words that tell nothing of the grade: what a member may read before scoring blind.
    pub fn blind_label(self) -> &'static str {
        match self {
            // Not “by its grade”: where only the ends of the scale come, that would say half of it.
            WhyHere::Grade => "the rules ask for it",
            WhyHere::Every => "every review is moderated",
            WhyHere::RandomShare => "drawn at random",
            WhyHere::Disputed => "the outcome is disputed",
            WhyHere::Workshop => "for the workshop",
            WhyHere::Borderline => "at the edge of a grade",
            WhyHere::NewReviewer => "a first review",
            WhyHere::Tension => "sections and overall disagree",
            WhyHere::ByHand => "brought by hand",
        }
    }

    /// Whether the review stands for all reviews, so that it may count in figures about agreement (F08, S07, C01).
    pub fn stands_for_all(self) -> bool {
        matches!(self, WhyHere::Every | WhyHere::RandomShare)
    }
}

/// What is known of a review at the moment it is submitted, as far as it decides about the panel.
#[derive(Debug, Clone, Copy)]
pub struct Submitted<'a> {
    /// The framework of its cycle.
    pub framework: &'a Framework,
    /// Its kind.
    pub kind: &'a ReviewKind,
    /// The original judgement; none for an ungraded kind.
    pub judgement: Option<Judgement>,
    /// Reviewed by somebody for the first time (S06, F21).
    pub first_review: bool,
    /// Scaling and grade disagree with the sections.
    pub tension: bool,
    /// Drawn for the random share (F08).
    pub drawn: bool,
}

/// The reasons why a review that is submitted now comes before the panel; empty: it does not.
///
/// M06 takes every Outstanding and Inadequate; S07 and C01 take every review; F08 a random share; Q04 what a workshop shares.
pub fn reasons(submitted: &Submitted<'_>) -> Vec<WhyHere> {
    let Submitted { framework, kind, judgement, .. } = *submitted;
    // Q02: a panel has nothing to say about what was never graded; it would wait for ever.
    let Some(judgement) = judgement.filter(|_| framework.moderation.covers(&kind.key)) else { return Vec::new() };
    let mut reasons: Vec<WhyHere> = framework
        .moderation
        .takes
        .iter()
        .filter_map(|trigger| match trigger {
            ModerationTrigger::Grades(grades) => grades.contains(&judgement.grade).then_some(WhyHere::Grade),
            ModerationTrigger::Every => Some(WhyHere::Every),
            ModerationTrigger::RandomShare(_) => submitted.drawn.then_some(WhyHere::RandomShare),
            ModerationTrigger::Workshop => (kind.conduct == Conduct::Workshop).then_some(WhyHere::Workshop),
            ModerationTrigger::Borderline => at_the_edge(framework, judgement).then_some(WhyHere::Borderline),
            ModerationTrigger::NewReviewer => submitted.first_review.then_some(WhyHere::NewReviewer),
            ModerationTrigger::Tension => submitted.tension.then_some(WhyHere::Tension),
            // Q03: the pair agrees for itself, on its own screens, before the review is submitted.
            ModerationTrigger::Disputed | ModerationTrigger::JointAgreement => None,
        })
        .collect();
    reasons.sort();
    reasons.dedup();
    reasons
}

/// How the reasons read where the grade may be known.
pub fn in_words(framework: &Framework, reasons: &[WhyHere], judgement: Option<Judgement>) -> String {
    let said = reasons.iter().map(|why| match (why, judgement) {
        (WhyHere::Grade, Some(judgement)) => framework.grade_label(judgement.grade).to_string(),
        _ => why.blind_label().to_string(),
    });
    said.collect::<Vec<_>>().join(", ")
}

/// How the reasons read where the grade may not be known.
pub fn in_blind_words(reasons: &[WhyHere]) -> String {
    reasons.iter().map(|why| why.blind_label()).collect::<Vec<_>>().join(", ")
}

/// Whether recording a step disputes the outcome, so that the panel has to see it. F08.
pub fn disputes(framework: &Framework, kind: &ReviewKind, facts: &ReviewFacts, step: &Step, record: &StepRecord) -> bool {
    let asked = framework.moderation.covers(&kind.key) && framework.moderation.takes.contains(&ModerationTrigger::Disputed);
    let said_no = |record: &StepRecord| {
        step.fields.iter().any(|field| field.no_disputes && record.values.get(&field.key).is_some_and(|value| value == "no"))
    };
    let before = facts.steps.get(&step.key).is_some_and(said_no);
    asked && facts.original.is_some() && said_no(record) && !before
}

/// Whether a scaling is the last point of its grade with another grade beside it. M01's bands.
pub fn at_the_edge(framework: &Framework, judgement: Judgement) -> bool {
    let Some(point) = judgement.scaling else { return false };
    let grade_at = |point: u8| framework.bands.iter().find(|band| (band.from..=band.to).contains(&point)).map(|band| band.grade);
    let other = |neighbour: Option<u8>| neighbour.and_then(grade_at).is_some_and(|grade| grade != judgement.grade);
    other(point.checked_sub(1)) || other(point.checked_add(1))
}
