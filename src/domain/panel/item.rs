//! One review on the panel's table: who leaves for it, sealed scores, and what can become of it. M05, M09, S07.

use super::sitting::{Doer, Scoring, Sitting, SittingStand, quorate};
use crate::domain::count::counted;
use crate::domain::error::RuleError;
use crate::domain::framework::{Framework, ReviewKind};
use crate::domain::grade::{Grade, Judgement};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::reason::says_little;
use crate::domain::review::{PanelStand, ReviewFacts, ReviewState, judgement};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where an item of a sitting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemStand {
    /// On the table, or put aside while another one is.
    Open,
    /// Decided.
    Decided,
    /// Back with the reviewer, who was told what is missing.
    SentBack,
    /// Put off to another sitting, with the reason.
    Deferred,
}

/// What one member scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The judgement.
    pub judgement: Judgement,
    /// A note to oneself and, once open, to the others.
    pub note: String,
}

/// One item as one viewer may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which review.
    pub review: ReviewId,
    /// Where it stands.
    pub stand: ItemStand,
    /// When it was first opened.
    pub opened_at: DateTime<Utc>,
    /// Who left for it.
    pub left: BTreeSet<PersonId>,
    /// Who has scored; the score itself only where this viewer may read it.
    pub scores: BTreeMap<PersonId, Option<Score>>,
    /// Whether the scores are open.
    pub revealed: bool,
    /// Why they were opened before all were in.
    pub opened_early: String,
    /// Scores given anew after they were open, of those who changed their mind.
    pub again: BTreeMap<PersonId, Score>,
    /// What is missing, or why it was put off.
    pub said: String,
}

impl Item {
    /// Members there who do not have to leave and have not scored yet.
    pub fn missing(&self, sitting: &Sitting) -> Vec<PersonId> {
        sitting.scorers().filter(|person| !self.left.contains(person) && !self.scores.contains_key(person)).collect()
    }

    /// What a member scored last, where it can be read.
    pub fn score_of(&self, person: PersonId) -> Option<&Score> {
        self.again.get(&person).or(self.scores.get(&person)?.as_ref())
    }

    /// The last word of each member, where it can be read.
    pub fn last_scores(&self) -> Vec<(PersonId, &Score)> {
        self.scores.iter().filter_map(|(person, score)| Some((*person, self.again.get(person).or(score.as_ref())?))).collect()
    }
}

/// The item on the table, or the refusal that there is none like it.
fn on_the_table<'a>(sitting: &Sitting, item: Option<&'a Item>, reference: &str) -> Result<&'a Item, RuleError> {
    if !sitting.in_progress() {
        let remedy = "An outcome is given while the panel sits; a later correction is a minute of its own.";
        return Err(RuleError::under("M09", "The panel does not sit now.", remedy));
    }
    match item.filter(|item| item.stand == ItemStand::Open && sitting.item == Some(item.review)) {
        Some(item) => Ok(item),
        None => Err(RuleError::new(format!("{reference} is not on the table."), "Open it first.")),
    }
}

/// Whether a review can be opened at a sitting, and who leaves for it.
///
/// `recused` are those with an interest in the case. Refused when the chair is one of them, when too few are left, or when the
/// review does not wait for the panel. S07: only the service whose reviews this sitting takes (`service` is the review's).
pub fn may_open(
    framework: &Framework,
    sitting: &Sitting,
    facts: &ReviewFacts,
    recused: &BTreeSet<PersonId>,
    service: &str,
    doer: Doer,
) -> Result<BTreeSet<PersonId>, RuleError> {
    let reference = &facts.review.reference;
    doer.runs(sitting)?;
    if !sitting.in_progress() {
        return Err(RuleError::under("M09", "The panel does not sit now.", "Begin the sitting first."));
    }
    if facts.state == ReviewState::Withdrawn || !matches!(facts.panel, PanelStand::Waiting(_)) {
        return Err(RuleError::new(format!("{reference} does not wait for the panel."), "Open one that does."));
    }
    takes(sitting, reference, service)?;
    let left: BTreeSet<PersonId> = sitting.present.iter().copied().filter(|person| recused.contains(person)).collect();
    if sitting.panel.chair.is_some_and(|chair| left.contains(&chair)) {
        let what = format!("The chair has an interest in {reference} and leaves for it.");
        return Err(RuleError::new(what, "Let another member take the chair first."));
    }
    quorate(framework, sitting.scorers().filter(|person| !left.contains(person)).count(), &format!("may hear {reference}"))?;
    Ok(left)
}

/// Whether a waiting item moves from one sitting to another, each with what became of the item there. Refused once it has been
/// opened: its scores stay where they were given.
pub fn may_move_item(
    (from, there): (&Sitting, Option<ItemStand>),
    (to, here): (&Sitting, Option<ItemStand>),
    facts: &ReviewFacts,
    service: &str,
    doer: Doer,
) -> Result<(), RuleError> {
    let reference = &facts.review.reference;
    doer.runs(from)?;
    if !matches!(facts.panel, PanelStand::Waiting(_)) || facts.state == ReviewState::Withdrawn {
        return Err(RuleError::new(format!("{reference} does not wait for the panel."), "Move one that does."));
    }
    if from.panel.id == to.panel.id {
        return Err(RuleError::new(format!("{reference} is on the agenda of that sitting."), "Choose another sitting."));
    }
    if to.stand.is_over() {
        return Err(RuleError::new("That sitting is over.", "Choose one that is still to come."));
    }
    if there == Some(ItemStand::Open) {
        let what = format!("{reference} has been opened at its sitting.");
        return Err(RuleError::new(what, "Decide it, send it back or put it off there; it then comes to another sitting."));
    }
    if here.is_some() {
        return Err(RuleError::new(format!("That sitting has given {reference} its outcome."), "Choose another sitting."));
    }
    takes(to, reference, service)
}

/// S07: only the service whose reviews a sitting takes.
fn takes(sitting: &Sitting, reference: &str, service: &str) -> Result<(), RuleError> {
    let takes = &sitting.panel.service;
    if takes.is_empty() || takes.eq_ignore_ascii_case(service) {
        return Ok(());
    }
    Err(RuleError::under("S07", format!("{reference} is not of {takes}."), "Bring it to a sitting of its own service."))
}

/// What is unfinished about an item that goes off the table for another one, in words.
pub fn unfinished(scoring: Scoring, item: Option<&Item>, sitting: &Sitting) -> String {
    let Some(item) = item.filter(|_| scoring == Scoring::Sealed) else { return "no decision".to_string() };
    let all = item.scores.len() + item.missing(sitting).len();
    match item.revealed {
        true => "its scores are open, no decision".to_string(),
        false => format!("{} of {all} scores in, no decision", item.scores.len()),
    }
}

/// Makes a score of what a member typed. Refused to whoever is no member, is not there, has left for this item, or comes too late.
pub fn may_score(
    framework: &Framework,
    kind: &ReviewKind,
    sitting: &Sitting,
    item: Option<&Item>,
    facts: &ReviewFacts,
    (person, scaling, grade): (Option<PersonId>, Option<u8>, Option<Grade>),
) -> Result<Judgement, RuleError> {
    let reference = &facts.review.reference;
    let Some(person) = person.filter(|person| sitting.panel.members.contains(person)) else {
        return Err(RuleError::under("F09", "Only members of the panel score.", "Guests speak and do not score."));
    };
    let item = on_the_table(sitting, item, reference)?;
    if item.left.contains(&person) {
        return Err(RuleError::new(format!("You are recused from {reference}."), "Wait until the panel calls the next case."));
    }
    if !sitting.present.contains(&person) {
        return Err(RuleError::new("You are not noted as present at this sitting.", "Ask the chair to note that you have come."));
    }
    if sitting.panel.scoring(framework) == Scoring::Sighted {
        return Err(RuleError::new(
            "This sitting judges together, with the grade in sight.",
            "Say what you think; the chair writes the decision down.",
        ));
    }
    judgement(framework, kind.grading, scaling, grade)
}

/// Whether the scores can be opened. All in: at once, by whoever leads the sitting. Before that it ends the scoring unseen for the
/// others, so that only whoever chairs does it, and says why. M06, F09.
pub fn may_reveal(sitting: &Sitting, item: Option<&Item>, reference: &str, why: &str, doer: Doer) -> Result<(), RuleError> {
    doer.runs(sitting)?;
    let item = on_the_table(sitting, item, reference)?;
    if item.revealed {
        return Err(RuleError::new(format!("The scores of {reference} are open."), "Nothing to do."));
    }
    if item.scores.is_empty() {
        let what = format!("Nobody has scored {reference} yet: there is nothing to open.");
        return Err(RuleError::under("M06", what, "Wait for a score, or put the case off to another sitting."));
    }
    let missing = item.missing(sitting).len();
    if missing == 0 {
        return Ok(());
    }
    if item.left.iter().any(|person| doer.person == Some(*person)) {
        return Err(RuleError::under("F09", format!("You are recused from {reference}."), "Another member takes the chair for it first."));
    }
    if !doer.chairs(sitting) {
        let what = format!("Not all have scored {reference} yet: before that only whoever chairs opens the scores.");
        return Err(RuleError::under("F09", what, "Wait, ask the chair, or take the chair over with its reason."));
    }
    if says_little(why) {
        let what = format!("{} not scored {reference} yet.", counted(missing, "member has", "members have"));
        return Err(RuleError::under("M06", what, "Wait, or say in a few words why the scores are opened now.").at("why"));
    }
    Ok(())
}

/// How it is said of a score that it is kept and can still be changed.
pub const SCORE_KEPT: &str = "your score is kept";

/// Whether an outcome can be given now: the item is on the table and, where scores are sealed, they are open. Whoever left for
/// it has no part in it.
pub fn may_conclude(
    framework: &Framework,
    sitting: &Sitting,
    item: Option<&Item>,
    facts: &ReviewFacts,
    doer: Doer,
) -> Result<(), RuleError> {
    let reference = &facts.review.reference;
    doer.runs(sitting)?;
    let item = on_the_table(sitting, item, reference)?;
    if doer.person.is_some_and(|person| item.left.contains(&person)) {
        return Err(RuleError::new(format!("You are recused from {reference}."), "The chair writes its outcome down."));
    }
    if sitting.panel.scoring(framework) == Scoring::Sealed && !item.revealed {
        return Err(RuleError::new(format!("The scores of {reference} are still sealed."), "Open them first."));
    }
    if facts.original.is_none() {
        return Err(RuleError::new(format!("{reference} has no judgement to moderate."), "Send it back to its reviewer."));
    }
    Ok(())
}

/// Whether an item can go back to its reviewer; what is missing has to be said.
pub fn may_send_back(sitting: &Sitting, item: Option<&Item>, reference: &str, missing: &str, doer: Doer) -> Result<(), RuleError> {
    doer.runs(sitting)?;
    on_the_table(sitting, item, reference)?;
    if missing.trim().is_empty() {
        return Err(RuleError::under("M09", "The reviewer has to know what is missing.", "Write down what the panel asks for."));
    }
    Ok(())
}

/// Whether an item can be put off to another sitting; the reason is for the minutes.
pub fn may_defer(sitting: &Sitting, item: Option<&Item>, reference: &str, why: &str, doer: Doer) -> Result<(), RuleError> {
    doer.runs(sitting)?;
    on_the_table(sitting, item, reference)?;
    if why.trim().is_empty() {
        return Err(RuleError::under("M09", format!("Putting {reference} off needs its reason."), "Write why, for the minutes."));
    }
    Ok(())
}

/// Whether a minute can be added: once the sitting has begun and ever after, by those who keep its papers.
pub fn may_add_minute(sitting: &Sitting, text: &str, doer: Doer) -> Result<(), RuleError> {
    doer.runs(sitting)?;
    if sitting.stand == SittingStand::Planned {
        return Err(RuleError::new("The sitting has not begun, so it has no minutes.", "Begin it first."));
    }
    if text.trim().is_empty() {
        return Err(RuleError::new("A minute needs its text.", "Write down what is to be added or put right."));
    }
    Ok(())
}

/// Whether a review that was sent back goes to the panel again.
/// `changed`: something of it was completed since.
pub fn resubmit(facts: &ReviewFacts, by: Option<PersonId>, insights: bool, changed: bool) -> Result<(), RuleError> {
    let reference = &facts.review.reference;
    let missing = match &facts.panel {
        PanelStand::SentBack(missing) if facts.state == ReviewState::Open => missing,
        _ => return Err(RuleError::new(format!("{reference} was not sent back by the panel."), "There is nothing to hand in again.")),
    };
    if !insights && (by.is_none() || by != facts.reviewer) {
        return Err(RuleError::new(
            format!("{reference} goes back to the panel from its reviewer."),
            "Ask its reviewer, or the Insights team.",
        ));
    }
    if !changed {
        let what = format!("Nothing of {reference} was changed since the panel asked for: {}.", missing.trim_end_matches('.'));
        return Err(RuleError::under("M05", what, "Complete that first; then it is handed in again."));
    }
    Ok(())
}

/// Judgements for the reveal, the most extreme first: furthest from the middle one, the better before the worse.
pub fn spread<T: Clone>(scores: &[(T, Judgement)]) -> Vec<(T, Judgement)> {
    let height = |judgement: &Judgement| judgement.scaling.map_or(judgement.grade.rank() * 10, |point| i64::from(point) * 10);
    let mut heights: Vec<i64> = scores.iter().map(|(_, judgement)| height(judgement)).collect();
    heights.sort_unstable();
    // Twice the median, so that it stays a whole number for an even count.
    let middle = match heights.len() {
        0 => 0,
        n => heights[(n - 1) / 2] + heights[n / 2],
    };
    let mut sorted = scores.to_vec();
    sorted.sort_by_key(|(_, judgement)| (-(2 * height(judgement) - middle).abs(), -height(judgement)));
    sorted
}
