//! How far a review looks back: the framework's window, and further only for a reason. F02.

use super::{LookBack, Review, ReviewFacts, ReviewState};
use crate::domain::calendar::{before, say_full_date};
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;
use chrono::NaiveDate;

/// The day from which a review looks; none where the framework sets no window. F02.
pub fn looks_back_to(framework: &Framework, review: &Review, further: Option<&LookBack>) -> Option<NaiveDate> {
    let usual = before(review.opened_on, framework.sampling.look_back?);
    Some(further.map_or(usual, |further| further.from))
}

/// Lets a review look further back than usual, or as usual again when `from` is none. F02.
///
/// Refused without a reason, for a day within the usual window, and once the review was submitted.
pub fn look_further(framework: &Framework, facts: &ReviewFacts, from: Option<NaiveDate>, why: &str) -> Result<Option<LookBack>, RuleError> {
    let reference = &facts.review.reference;
    let Some(usual) = looks_back_to(framework, &facts.review, None) else {
        return Err(RuleError::new(
            "This framework does not limit how far a review looks back.",
            "Nothing has to be recorded: look as far as the case needs.",
        ));
    };
    if facts.state != ReviewState::Open || facts.submitted_at.is_some() {
        return Err(RuleError::new(
            format!("{reference} was completed; how far it looked back stays as it was."),
            "Say it in the conversation about the review instead.",
        ));
    }
    let Some(from) = from else { return Ok(None) };
    if from >= usual {
        return Err(RuleError::under(
            "F02",
            format!("{reference} looks back to {} as it is.", say_full_date(usual)),
            "Give an earlier day, or leave the day empty to look back as usual.",
        ));
    }
    if why.trim().is_empty() {
        let span = framework.sampling.look_back.map(|span| span.to_string()).unwrap_or_default();
        return Err(RuleError::under(
            "F02",
            format!("Looking back further than {span} needs its reason."),
            "Say in a few words what lies there that the review has to see.",
        ));
    }
    Ok(Some(LookBack { from, why: why.trim().to_string() }))
}
