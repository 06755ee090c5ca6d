//! The finish gate: what a review still needs before it can be submitted, and the gentle question about its grade.

use super::{AnswerValue, ReviewFacts, field};
use crate::domain::framework::{AnswerKind, Area, Framework, GateRule, Grading, ReviewKind, StepDuty};
use crate::domain::grade::Grade;
use crate::domain::id::ActionId;
use crate::domain::joint;

/// Where in a record something is missing, so that a screen can lead there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Section {
    /// A step, by key.
    Step(String),
    /// The questions.
    Questions,
    /// A narrative heading, by key.
    Narrative(String),
    /// What needs to happen.
    Actions,
    /// The overall judgement.
    Judgement,
    /// Who reviews it beside the lead.
    Reviewers,
}

/// One thing that is still missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// A short sentence.
    pub what: String,
    /// Where to put it right.
    pub section: Section,
}

/// Everything that is still missing before the review can be submitted, in the order of the form.
pub fn gate(framework: &Framework, kind: &ReviewKind, facts: &ReviewFacts) -> Vec<Missing> {
    let mut missing = Vec::new();
    let mut add = |what: String, section: Section| missing.push(Missing { what, section });
    for step in kind.steps.iter().take_while(|step| step.duty != StepDuty::Submit) {
        if !facts.passed(&step.key) {
            add(format!("\u{201c}{}\u{201d} is not recorded.", step.label), Section::Step(step.key.clone()));
        }
    }
    for area in &kind.areas {
        match open_questions(facts, area) {
            0 => {}
            1 => add(format!("{}: 1 question is open.", area.title), Section::Questions),
            n => add(format!("{}: {n} questions are open.", area.title), Section::Questions),
        }
        if lacks_grade(kind, facts, area) {
            add(format!("{}: the area has no grade.", area.title), Section::Questions);
        }
    }
    for heading in kind.narrative.iter().filter(|heading| heading.required) {
        if facts.answer(&field::narrative(&heading.key)).is_none_or(|answer| answer.text().trim().is_empty()) {
            add(format!("{} is empty.", heading.label), Section::Narrative(heading.key.clone()));
        }
    }
    let overall = facts.answer(field::OVERALL);
    let grade = overall_grade(framework, kind, overall);
    match kind.grading {
        Grading::Scaling if grade.is_none() => add("The overall scaling (0-10) is not given.".into(), Section::Judgement),
        Grading::Direct | Grading::ByArea if grade.is_none() => add("The overall grade is not given.".into(), Section::Judgement),
        _ => {}
    }
    for Missing { what, section } in joint::missing(kind, facts) {
        add(what, section);
    }
    if kind.gate.contains(&GateRule::ActionsBelowGood) && grade.is_some_and(|grade| grade < Grade::Good) {
        let reason = facts.answer(field::WHY_NO_ACTIONS).is_some_and(|answer| !answer.text().trim().is_empty());
        if facts.actions.is_empty() && !reason {
            add("Below Good, something needs to happen: raise an action, or say why none is needed.".into(), Section::Actions);
        }
    }
    missing
}

/// Whether an area has a required question without an answer, or no grade although its kind grades by area (F01).
pub fn area_misses_something(kind: &ReviewKind, facts: &ReviewFacts, area: &Area) -> bool {
    open_questions(facts, area) > 0 || lacks_grade(kind, facts, area)
}

fn open_questions(facts: &ReviewFacts, area: &Area) -> usize {
    let open = area.questions.iter().filter(|question| {
        question.required && facts.answer(&field::question(&question.key)).is_none_or(|answer| !fits(question.answer, answer))
    });
    open.count()
}

fn lacks_grade(kind: &ReviewKind, facts: &ReviewFacts, area: &Area) -> bool {
    area.graded && kind.grading == Grading::ByArea && !matches!(facts.answer(&field::area(&area.key)), Some(AnswerValue::Grade(_)))
}

/// Whether taking an action away would leave a submitted review below Good with neither an action nor a reason for none:
/// what its submission stood on.
pub fn stands_on(kind: &ReviewKind, facts: &ReviewFacts, action: ActionId) -> bool {
    let below_good = facts.original.is_some_and(|original| original.grade < Grade::Good);
    let others = facts.actions.iter().any(|other| other.id != action);
    let reason = facts.answer(field::WHY_NO_ACTIONS).is_some_and(|answer| !answer.text().trim().is_empty());
    kind.gate.contains(&GateRule::ActionsBelowGood) && facts.submitted_at.is_some() && below_good && !others && !reason
}

/// The grade that the overall answer stands for, if it is one.
fn overall_grade(framework: &Framework, kind: &ReviewKind, overall: Option<&AnswerValue>) -> Option<Grade> {
    let (scaling, grade) = match overall? {
        AnswerValue::Scale(point) => (Some(*point), None),
        AnswerValue::Grade(grade) => (None, Some(*grade)),
        _ => return None,
    };
    super::judgement(framework, kind.grading, scaling, grade).ok().map(|judgement| judgement.grade)
}

/// Whether an answer is of the kind that a question asks for.
fn fits(kind: AnswerKind, answer: &AnswerValue) -> bool {
    match (kind, answer) {
        (_, AnswerValue::NotApplicable) => true,
        (AnswerKind::Scale, AnswerValue::Scale(point)) => *point <= 10,
        (AnswerKind::YesPartlyNo, AnswerValue::Yes | AnswerValue::Partly | AnswerValue::No) => true,
        (AnswerKind::Text, AnswerValue::Text(text)) => !text.trim().is_empty(),
        _ => false,
    }
}

/// How far the overall scaling may lie from the mean of the scaled questions before we ask, in scale points.
const TENSION_POINTS: f64 = 2.0;

/// The gentle question when the overall scaling and the scaled questions tell two stories; none where they agree.
///
/// It is never a block: the reviewer may answer it, and an unanswered one is shown to the panel.
pub fn tension(framework: &Framework, kind: &ReviewKind, facts: &ReviewFacts) -> Option<String> {
    let AnswerValue::Scale(overall) = facts.answer(field::OVERALL)? else { return None };
    let points: Vec<f64> = kind
        .areas
        .iter()
        .flat_map(|area| &area.questions)
        .filter_map(|question| match facts.answer(&field::question(&question.key)) {
            Some(AnswerValue::Scale(point)) => Some(f64::from(*point)),
            _ => None,
        })
        .collect();
    if points.len() < 3 {
        return None;
    }
    let mean = points.iter().sum::<f64>() / points.len() as f64;
    let rounded = mean.round().clamp(0.0, 10.0) as u8;
    let of = |point: u8| super::judgement(framework, kind.grading, Some(point), None).ok().map(|judgement| judgement.grade);
    let (said, meant) = (of(*overall)?, of(rounded)?);
    if said == meant || (f64::from(*overall) - mean).abs() < TENSION_POINTS {
        return None;
    }
    Some(format!(
        "The questions lie around {mean:.1} ({}), the overall scaling is {overall} ({}). What made the difference?",
        framework.grade_label(meant),
        framework.grade_label(said)
    ))
}
