//! Several reviewers on one case: who stands beside the lead, what each judges on their own, and what they then agree.
//!
//! Q03, S18: each judges alone and sealed; when all are in, or the lead opens the seal with a reason, the judgements are
//! compared and one is agreed. What is sealed is left out by the store before it comes here, so no rule can give it away.

use super::error::RuleError;
use super::framework::{Conduct, Framework, Grading, ReviewKind, StepDuty};
use super::grade::{Grade, Judgement};
use super::id::PersonId;
use super::review::{self, AnswerValue, Missing, ReviewFacts, ReviewState, Section, field};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one reviewer judged on their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnJudgement {
    /// Overall.
    pub judgement: Judgement,
    /// Grades of the graded areas, by key (only where the kind grades by area).
    pub areas: BTreeMap<String, Grade>,
    /// Why.
    pub reasons: String,
}

/// What one reviewer wants to judge, before the rule has made a judgement of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWanted {
    /// Scale point 0-10, where the kind scales.
    pub scaling: Option<u8>,
    /// The grade, where it is given directly.
    pub grade: Option<Grade>,
    /// Grades of the graded areas, by key.
    pub areas: BTreeMap<String, Grade>,
    /// Why.
    pub reasons: String,
}

/// The reviewers of one case as one viewer may know them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joint {
    /// Those beside the lead, in order of naming in the council's list.
    pub others: Vec<PersonId>,
    /// Who has judged on their own; the judgement itself only where this viewer may read it.
    pub own: BTreeMap<PersonId, Option<OwnJudgement>>,
    /// Why the seal was opened before all were in.
    pub opened: Option<String>,
}

impl Joint {
    /// The lead and those beside them.
    pub fn reviewers(&self, lead: Option<PersonId>) -> Vec<PersonId> {
        lead.into_iter().chain(self.others.iter().copied()).collect()
    }

    /// Whether the own judgements may be read by everybody: all are in, or the lead opened them. Q03, S18.
    pub fn is_open(&self, lead: Option<PersonId>) -> bool {
        let all_in = lead.is_some() && !self.others.is_empty() && self.missing(lead).is_empty();
        self.opened.is_some() || all_in
    }

    /// Reviewers who have not judged yet.
    pub fn missing(&self, lead: Option<PersonId>) -> Vec<PersonId> {
        self.reviewers(lead).into_iter().filter(|person| !self.own.contains_key(person)).collect()
    }

    /// The judgements that may be read.
    pub fn readable(&self) -> impl Iterator<Item = &OwnJudgement> {
        self.own.values().flatten()
    }
}

impl ReviewKind {
    /// Whether each reviewer judges alone before one judgement is agreed (Q03, S18); an ungraded kind has nothing to judge (Q02).
    pub fn judged_apart(&self) -> bool {
        matches!(self.conduct, Conduct::Pair | Conduct::AllOnOne) && self.grading != Grading::Ungraded
    }

    /// Whether others stand beside the lead reviewer (Q03-Q05, S18, S19).
    pub fn is_joint(&self) -> bool {
        matches!(self.conduct, Conduct::Pair | Conduct::AllOnOne | Conduct::Team | Conduct::Workshop)
    }

    /// What those beside the lead are called.
    pub fn others_label(&self) -> &'static str {
        match self.conduct {
            Conduct::Pair => "Partner",
            Conduct::Team => "Team",
            Conduct::Workshop => "Took part",
            _ => "With",
        }
    }

    /// The kind as it judges who may stand beside the lead: with the partners' roles, where the framework names them (Q03), and
    /// without the share that each lead takes.
    pub fn for_others(&self) -> ReviewKind {
        let mut kind = ReviewKind { per_reviewer: None, ..self.clone() };
        if !kind.partners.is_empty() {
            kind.reviewers = std::mem::take(&mut kind.partners);
            kind.reviewers_from.clear();
        }
        kind
    }
}

/// Whether somebody may be named beside the lead; that they are independent is checked as for the lead.
///
/// Q03: a pair has exactly one partner. Nobody joins once the judgements are open, or they would judge with knowledge.
pub fn may_join(kind: &ReviewKind, facts: &ReviewFacts, person: PersonId) -> Result<(), RuleError> {
    let reference = &facts.review.reference;
    underway(kind, facts)?;
    if !kind.is_joint() {
        return Err(RuleError::new(format!("A {} has one reviewer.", kind.label), "Allocate it to somebody else instead."));
    }
    if facts.reviewer.is_none() {
        return Err(RuleError::new(format!("{reference} has no lead reviewer yet."), "Allocate it first."));
    }
    if facts.joint.reviewers(facts.reviewer).contains(&person) {
        return Err(RuleError::new(format!("They review {reference} already."), "Choose somebody else."));
    }
    if kind.conduct == Conduct::Pair && !facts.joint.others.is_empty() {
        let remedy = "Take the partner away first.";
        return Err(RuleError::under("Q03", format!("{reference} has its partner: a pair is two."), remedy));
    }
    if facts.joint.is_open(facts.reviewer) {
        let what = format!("The own judgements of {reference} are open; nobody can join and still judge on their own.");
        return Err(RuleError::under(rule_of(kind), what, "Let those who judged agree."));
    }
    Ok(())
}

/// Whether somebody may be taken away again. Q03, S18: not once anybody has judged, since that could open the seal unseen.
pub fn may_leave(kind: &ReviewKind, facts: &ReviewFacts, person: PersonId) -> Result<(), RuleError> {
    underway(kind, facts)?;
    if !facts.joint.others.contains(&person) {
        let what = format!("They do not stand beside the lead reviewer of {}.", facts.review.reference);
        return Err(RuleError::new(what, "Choose somebody who does."));
    }
    if !facts.joint.own.is_empty() {
        let what = format!("An own judgement of {} has been given; its reviewers stay.", facts.review.reference);
        return Err(RuleError::under(rule_of(kind), what, "The lead opens the judgements and says why one is missing."));
    }
    Ok(())
}

/// Whether the lead may change. Q03, S18: not to one of those beside them, and not once the judgements are open.
pub fn may_change_lead(kind: &ReviewKind, facts: &ReviewFacts, joint: &Joint, to: Option<PersonId>) -> Result<(), RuleError> {
    let reference = &facts.review.reference;
    if to.is_some_and(|person| joint.others.contains(&person)) {
        return Err(RuleError::new(format!("They stand beside the lead of {reference}."), "Take them away from there first."));
    }
    if !joint.own.is_empty() && (to.is_none() || joint.is_open(facts.reviewer)) {
        let what = format!("Own judgements of {reference} have been given; its lead reviewer stays.");
        return Err(RuleError::under(rule_of(kind), what, "Agree the judgement."));
    }
    Ok(())
}

/// Checks what somebody judges on their own. Q03, S18, F01.
///
/// Refuses one who does not review the case, a grade that the kind does not give, missing reasons, and a change once all may
/// read all.
pub fn judge_alone(
    framework: &Framework,
    kind: &ReviewKind,
    facts: &ReviewFacts,
    person: PersonId,
    own: OwnWanted,
) -> Result<OwnJudgement, RuleError> {
    let reference = &facts.review.reference;
    underway(kind, facts)?;
    if !kind.judged_apart() {
        return Err(RuleError::new(format!("In a {} nobody judges alone.", kind.label), "Give the overall judgement."));
    }
    if !facts.joint.reviewers(facts.reviewer).contains(&person) {
        let what = format!("You are not among the reviewers of {reference}.");
        return Err(RuleError::under(rule_of(kind), what, "Only they judge it."));
    }
    if facts.joint.others.is_empty() {
        let what = format!("Nobody stands beside the lead of {reference} yet.");
        return Err(RuleError::under(rule_of(kind), what, "Name who reviews it with them first."));
    }
    if facts.joint.is_open(facts.reviewer) {
        let what = format!("The own judgements of {reference} are open and stay as they are.");
        return Err(RuleError::under(rule_of(kind), what, "Give the agreed judgement."));
    }
    let judgement = review::judgement(framework, kind.grading, own.scaling, own.grade)?;
    let graded = |key: &str| kind.grading == Grading::ByArea && kind.areas.iter().any(|area| area.graded && area.key == key);
    if own.areas.keys().any(|key| !graded(key)) {
        return Err(RuleError::under("F01", "A grade is given to an area that has none.", "Leave it out."));
    }
    let open = kind.areas.iter().find(|area| graded(&area.key) && !own.areas.contains_key(&area.key));
    if let Some(area) = open {
        return Err(RuleError::under("F01", format!("{}: the area has no grade.", area.title), "Grade every graded area."));
    }
    if own.reasons.trim().is_empty() {
        let what = "The reasons are missing.";
        return Err(RuleError::under(rule_of(kind), what, "Say what the judgement stands on."));
    }
    Ok(OwnJudgement { judgement, areas: own.areas, reasons: own.reasons })
}

/// Whether the lead may open the judgements before all are in. Q03, S18: with a reason, and not before their own is given.
pub fn open_seal(kind: &ReviewKind, facts: &ReviewFacts, person: Option<PersonId>, why: &str) -> Result<(), RuleError> {
    let reference = &facts.review.reference;
    let refuse = |what: String, remedy: &str| Err(RuleError::under(rule_of(kind), what, remedy));
    underway(kind, facts)?;
    if !kind.judged_apart() || facts.joint.is_open(facts.reviewer) {
        return refuse(format!("Nothing of {reference} is sealed."), "");
    }
    let Some(lead) = facts.reviewer.filter(|lead| person == Some(*lead)) else {
        return refuse(format!("Only the lead reviewer of {reference} opens the own judgements."), "Ask them.");
    };
    if !facts.joint.own.contains_key(&lead) {
        return refuse("Your own judgement is not in yet.".into(), "Give it before you read the others\u{2019}.");
    }
    if why.trim().is_empty() {
        return refuse("Why one is missing is not said.".into(), "Say why you do not wait for it.");
    }
    Ok(())
}

/// Whether the agreed judgement may be given now. Q03, S18: not while own judgements are sealed.
pub fn may_agree(kind: &ReviewKind, facts: &ReviewFacts, name: &str) -> Result<(), RuleError> {
    let agreed = name == field::OVERALL || name == field::WHY_AGREED || name.starts_with("area/");
    if !agreed || !kind.judged_apart() || facts.joint.is_open(facts.reviewer) {
        return Ok(());
    }
    let what = format!("{} is judged by each reviewer alone first; not all are in.", facts.review.reference);
    Err(RuleError::under(rule_of(kind), what, "Give your own judgement; the agreed one follows when all are in."))
}

/// What the finish gate asks of a review with several reviewers: that they have judged (Q03, S18), or who took part in the
/// visit or workshop (Q04, Q05, S19).
pub fn missing(kind: &ReviewKind, facts: &ReviewFacts) -> Vec<Missing> {
    if lacks_members(kind, facts) && !meets_later(kind) {
        return vec![Missing { what: who_is_missing(kind).into(), section: Section::Reviewers }];
    }
    if !kind.judged_apart() {
        return Vec::new();
    }
    let say = |what: String| vec![Missing { what, section: Section::Judgement }];
    let (joint, lead) = (&facts.joint, facts.reviewer);
    if joint.others.is_empty() {
        return say(match kind.conduct {
            Conduct::Pair => "The pair has no partner yet.".into(),
            _ => "Nobody reviews it beside the lead yet.".into(),
        });
    }
    if !joint.is_open(lead) {
        let all = joint.reviewers(lead).len();
        return say(format!("{} of {all} own judgements are in.", all - joint.missing(lead).len()));
    }
    let explained = facts.answer(field::WHY_AGREED).is_some_and(|why| !why.text().trim().is_empty());
    if differ(facts) && !explained {
        return say("The own judgements differ: say why this one was agreed.".into());
    }
    Vec::new()
}

/// Whether a visit or workshop has nobody but its lead on record, or an ungraded review by several nobody beside it.
/// Q04, Q05, S19.
pub fn lacks_members(kind: &ReviewKind, facts: &ReviewFacts) -> bool {
    kind.is_joint() && !kind.judged_apart() && facts.joint.others.is_empty()
}

/// Refuses to return or finalise a visit or workshop of which only the lead is on record. Q04, Q05, S19.
pub fn may_go_back(kind: &ReviewKind, facts: &ReviewFacts) -> Result<(), RuleError> {
    if !lacks_members(kind, facts) {
        return Ok(());
    }
    let what = format!("{}: {}", facts.review.reference, who_is_missing(kind));
    Err(RuleError::under(rule_of(kind), what, "Name them first; its findings are theirs as well."))
}

/// Whether those who take part meet only after the form is submitted.
fn meets_later(kind: &ReviewKind) -> bool {
    let after = kind.steps.iter().skip_while(|step| step.duty != StepDuty::Submit);
    kind.conduct == Conduct::Workshop && after.into_iter().any(|step| step.duty == StepDuty::Record)
}

fn who_is_missing(kind: &ReviewKind) -> &'static str {
    match kind.conduct {
        Conduct::Workshop => "Who took part in the workshop beside the lead is not recorded.",
        Conduct::Team => "Who was on the team beside the lead is not recorded.",
        _ => "Nobody reviews it beside the lead yet.",
    }
}

/// Whether the own judgements differ from each other or from the agreed one.
pub fn differ(facts: &ReviewFacts) -> bool {
    let mut said = facts.joint.readable().map(|own| (own.judgement, &own.areas));
    let Some(first) = said.next() else { return false };
    if said.any(|other| other != first) {
        return true;
    }
    match facts.answer(field::OVERALL) {
        Some(AnswerValue::Scale(point)) => first.0.scaling != Some(*point),
        Some(AnswerValue::Grade(grade)) => first.0.grade != *grade,
        _ => false,
    }
}

/// How far reviewers of the same file lie apart. S18.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The middle grade; two where an even number of reviewers has two in the middle. Worse first.
    pub median: (Grade, Grade),
    /// How many gave the grade that was given most.
    pub agree: usize,
    /// How many judged.
    pub of: usize,
}

/// The spread of the judgements that may be read; none where there are none. S18.
pub fn spread(joint: &Joint) -> Option<Spread> {
    let mut grades: Vec<Grade> = joint.readable().map(|own| own.judgement.grade).collect();
    grades.sort();
    let of = grades.len();
    let agree = Grade::ALL.iter().map(|grade| grades.iter().filter(|given| *given == grade).count()).max()?;
    Some(Spread { median: (*grades.get(of.checked_sub(1)? / 2)?, *grades.get(of / 2)?), agree, of })
}

// Where nobody judges apart, those who take part may be named until the end: a workshop may come after the form (Q04).
fn underway(kind: &ReviewKind, facts: &ReviewFacts) -> Result<(), RuleError> {
    if facts.state != ReviewState::Open || (facts.submitted_at.is_some() && (kind.judged_apart() || !kind.is_joint())) {
        return Err(RuleError::new(format!("{} has been completed.", facts.review.reference), "Its reviewers and judgements stay."));
    }
    Ok(())
}

fn rule_of(kind: &ReviewKind) -> &'static str {
    match kind.conduct {
        Conduct::AllOnOne => "S18",
        Conduct::Pair => "Q03",
        Conduct::Team => "Q05",
        _ => "Q04",
    }
}
