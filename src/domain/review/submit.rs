//! Submitting a review: the moment its original judgement stands for good. M01, M04, M06.

use super::{AnswerValue, ReviewFacts, ReviewState, field, gate};
use crate::domain::error::RuleError;
use crate::domain::framework::{Framework, Grading, ReviewKind, StepDuty};
use crate::domain::grade::{Grade, Judgement};

/// The judgement that a scaling or a grade stands for.
///
/// M01: a scaling lies in 0-10 and gives the grade of its band; anything else is refused. S01: a grade is given
/// directly. Q02: an ungraded kind takes no judgement at all.
pub fn judgement(framework: &Framework, grading: Grading, scaling: Option<u8>, grade: Option<Grade>) -> Result<Judgement, RuleError> {
    match grading {
        Grading::Scaling => {
            let Some(point) = scaling else {
                return Err(RuleError::under("M01", "A scaling is missing.", "Give a whole number from 0 to 10."));
            };
            let Some(band) = framework.bands.iter().find(|band| band.from <= point && point <= band.to) else {
                return Err(RuleError::under(
                    "M01",
                    format!("{point} is not on the scale for the overall judgement."),
                    "Give a whole number from 0 to 10.",
                ));
            };
            if grade.is_some_and(|grade| grade != band.grade) {
                return Err(RuleError::under(
                    "M01",
                    format!("A scaling of {point} is {}.", framework.grade_label(band.grade)),
                    "The scaling gives the grade; change the scaling.",
                ));
            }
            Ok(Judgement { scaling: Some(point), grade: band.grade })
        }
        Grading::Direct | Grading::ByArea => match (scaling, grade) {
            (None, Some(grade)) => Ok(Judgement { scaling: None, grade }),
            (Some(_), _) => {
                Err(RuleError::under("S01", "This framework grades directly, without numbers.", "Choose one of the four grades."))
            }
            (None, None) => Err(RuleError::under("S01", "A grade is missing.", "Choose one of the four grades.")),
        },
        Grading::Ungraded => Err(RuleError::under("Q02", "This kind of review is never graded.", "Leave the grade out.")),
    }
}

/// The judgement that the overall answer stands for as it is filled in now; none where nothing is judged yet.
pub fn noted(framework: &Framework, kind: &ReviewKind, facts: &ReviewFacts) -> Option<Judgement> {
    let (scaling, grade) = overall(facts);
    judgement(framework, kind.grading, scaling, grade).ok()
}

/// The overall answer, as a scaling or as a grade.
fn overall(facts: &ReviewFacts) -> (Option<u8>, Option<Grade>) {
    match facts.answer(field::OVERALL) {
        Some(AnswerValue::Scale(point)) => (Some(*point), None),
        Some(AnswerValue::Grade(grade)) => (None, Some(*grade)),
        _ => (None, None),
    }
}

/// Checks that a review can be submitted and gives its original judgement; none for an ungraded kind.
///
/// Refuses with everything that is still missing, a second submission, and a review nobody is allocated to.
pub fn submit(framework: &Framework, kind: &ReviewKind, facts: &ReviewFacts) -> Result<Option<Judgement>, RuleError> {
    let reference = &facts.review.reference;
    if facts.state != ReviewState::Open {
        return Err(RuleError::new(format!("{reference} is no longer open."), "Open one that is."));
    }
    if facts.submitted_at.is_some() {
        return Err(RuleError::under(
            "M08",
            format!("{reference} was submitted before; its original judgement stands."),
            "A different view belongs into the panel's judgement.",
        ));
    }
    let missing = gate(framework, kind, facts);
    if let Some(first) = missing.first() {
        let more = match missing.len() - 1 {
            0 => String::new(),
            n => format!(" And {n} more."),
        };
        return Err(RuleError::under(
            "M04",
            format!("{reference} is not complete: {}{more}", first.what),
            "The finish list shows everything that is missing.",
        ));
    }
    if kind.step_of(StepDuty::Submit).is_none() {
        return Err(RuleError::new(format!("A {} has no step of completion.", kind.label), "Mend the framework's profile."));
    }
    if kind.grading == Grading::Ungraded {
        return Ok(None);
    }
    let (scaling, grade) = overall(facts);
    judgement(framework, kind.grading, scaling, grade).map(Some)
}
