//! The moderation panel: who comes before it and why, its sittings, sealed scores, and what it decides. M05-M10, S07, S08, F08, F09.
//!
//! Pure rules over plain facts. What is sealed is left out by the store before it comes here, so no rule can give it away.

mod item;
mod order;
mod sitting;
mod why;

pub use item::{
    Item, ItemStand, SCORE_KEPT, Score, may_add_minute, may_conclude, may_defer, may_move_item, may_open, may_reveal, may_score,
    may_send_back, resubmit, spread, unfinished,
};
pub use order::{comings_and_goings, run_order};
pub use sitting::{
    Doer, Panel, Scoring, Sitting, SittingStand, SittingWanted, begin, close, lies_ahead, may_call_off, may_move, may_order, may_unseal,
    plan, take_chair,
};
pub use why::{Submitted, WhyHere, at_the_edge, disputes, in_blind_words, in_words, reasons};

use super::error::RuleError;
use super::framework::{Framework, Grading};
use super::grade::{Grade, Judgement, ModerationOutcome};
use super::id::PanelId;
use super::reason::says_little;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the panel decided about one review. M08, M09.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelDecision {
    /// The sitting.
    pub panel: Option<PanelId>,
    /// The day.
    pub on: NaiveDate,
    /// The final judgement.
    pub moderated: Judgement,
    /// What that did to the original one.
    pub outcome: ModerationOutcome,
    /// Why.
    pub rationale: String,
    /// Points for consistency between reviewers.
    pub consistency: String,
    /// Themes, as words.
    pub themes: String,
    /// How it was scored: figures about agreement must not mix the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scoring: Option<Scoring>,
    /// The members' first scores, in no order that names anybody; empty where none were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<Judgement>,
}

/// What the panel wants to decide, before the rule has made a decision of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionWanted {
    /// Scale point 0-10, where the framework scales.
    pub scaling: Option<u8>,
    /// The grade, where it is given directly.
    pub grade: Option<Grade>,
    /// Why.
    pub rationale: String,
    /// Points for consistency between reviewers.
    pub consistency: String,
    /// Themes, as words.
    pub themes: String,
}

/// Checks a decision against the original judgement and gives it its outcome.
///
/// M01: a scaling lies in 0-10 and agrees with its grade. M09: a reason is compulsory, and one that sets the reviewer's grade aside
/// says why in more than a letter.
pub fn decide(
    framework: &Framework,
    grading: Grading,
    original: Judgement,
    wanted: &DecisionWanted,
    mut decision: PanelDecision,
) -> Result<PanelDecision, RuleError> {
    decision.moderated = super::review::judgement(framework, grading, wanted.scaling, wanted.grade)?;
    decision.outcome = ModerationOutcome::of(original, decision.moderated);
    if wanted.rationale.trim().is_empty() {
        return Err(
            RuleError::under("M09", "The panel's decision needs its reason.", "Write down why the panel decided so.").at("rationale")
        );
    }
    if decision.moderated.grade != original.grade && says_little(&wanted.rationale) {
        let what = "The panel gives another grade than the reviewer, and its reason says too little.";
        return Err(RuleError::under("M09", what, "Write in a few words why the panel decided so.").at("rationale"));
    }
    decision.rationale.clone_from(&wanted.rationale);
    decision.consistency.clone_from(&wanted.consistency);
    decision.themes.clone_from(&wanted.themes);
    Ok(decision)
}
