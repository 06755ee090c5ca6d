//! Closing a loop by hand: nobody can. It closes with its last link, and whoever tries is told which link is missing. M16-M18, F12.

use super::{LinkOf, LinkStand};
use crate::domain::count::capital;
use crate::domain::error::RuleError;
use crate::domain::framework::LoopLink;
use chrono::NaiveDate;

impl LinkOf {
    /// The rule behind the link (`frameworks.md` id), and what it asks for, to follow "it closes by itself once".
    fn rule(self) -> (&'static str, &'static str) {
        match self {
            LinkOf::Needed(LoopLink::Supervision) => ("M16", "supervision has reflected on the review and is written down"),
            LinkOf::Needed(LoopLink::ActionsComplete) => ("M17", "every action is done, and signed off by somebody else than its owner"),
            LinkOf::Needed(LoopLink::Assurance) => ("M17", "somebody has looked, and found that it has improved"),
            LinkOf::Needed(LoopLink::ReflectiveDiscussion) => ("F12", "the findings were talked through with the practitioner"),
            LinkOf::AfterAlert => ("M18", "whoever reviews the record after the alert has given assurance"),
        }
    }
}

/// What becomes of closing the loop of a review by hand: the day on which it closed by itself, or the rule of the first link that is
/// missing, and who can bring that. `links` are its links, each with who can bring it; `since` is the day since when it stands so.
pub fn close(reference: &str, links: &[(LinkStand, String)], since: Option<NaiveDate>) -> Result<Option<NaiveDate>, RuleError> {
    if links.is_empty() {
        let what = format!("{reference} has no loop: the framework does not track it.");
        return Err(RuleError::new(what, "There is nothing to close."));
    }
    let missing: Vec<&(LinkStand, String)> = links.iter().filter(|(link, _)| link.done_on.is_none()).collect();
    let Some((first, who)) = missing.first() else { return Ok(since) };
    let (rule, asks) = first.link.rule();
    let said = if first.said.is_empty() { String::new() } else { format!(" ({})", first.said) };
    let more = match missing.len() - 1 {
        0 => String::new(),
        1 => ", and one more link".to_string(),
        more => format!(", and {more} more links"),
    };
    let what = format!("{reference} stays open: missing is {}{said}{more}. It closes by itself once {asks}.", first.link.label());
    let remedy = if who.is_empty() { String::new() } else { format!("{} can bring that.", capital(who)) };
    Err(RuleError::under(rule, what, remedy))
}
