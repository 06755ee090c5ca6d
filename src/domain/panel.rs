//! The moderation panel as far as a single review meets it: why a review has to go there, and what was decided.

use super::error::RuleError;
use super::framework::{Framework, Grading, ModerationTrigger};
use super::grade::{Grade, Judgement, ModerationOutcome};
use super::id::{PanelId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A sitting of the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// Row number.
    pub id: PanelId,
    /// The day it sits.
    pub on: NaiveDate,
    /// The time it starts, as people write it (`10:00`).
    pub at: String,
    /// Who chairs.
    pub chair: Option<PersonId>,
}

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
}

/// Why a review with this original judgement comes before the panel by itself; none: it does not.
///
/// M06 takes every Outstanding and Inadequate; S07 and C01 take every review.
pub fn why_for_panel(framework: &Framework, judgement: Option<Judgement>) -> Option<String> {
    framework.moderation.takes.iter().find_map(|trigger| match (trigger, judgement) {
        (ModerationTrigger::Grades(grades), Some(judgement)) if grades.contains(&judgement.grade) => {
            Some(framework.grade_label(judgement.grade).to_string())
        }
        // Q02: a panel has nothing to say about what was never graded; it would wait for ever.
        (ModerationTrigger::Every, Some(_)) => Some("Every review is moderated".to_string()),
        _ => None,
    })
}

/// Checks a decision against the original judgement and gives it its outcome.
///
/// M01: a scaling lies in 0-10 and agrees with its grade. M09: a reason is compulsory.
pub fn decide(
    framework: &Framework,
    grading: Grading,
    original: Judgement,
    scaling: Option<u8>,
    grade: Option<Grade>,
    mut decision: PanelDecision,
) -> Result<PanelDecision, RuleError> {
    decision.moderated = super::review::judgement(framework, grading, scaling, grade)?;
    decision.outcome = ModerationOutcome::of(original, decision.moderated);
    if decision.rationale.trim().is_empty() {
        return Err(RuleError::under("M09", "The panel's decision needs its reason.", "Write down why the panel decided so."));
    }
    Ok(decision)
}
