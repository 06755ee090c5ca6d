//! Notice beforehand: who hears that a case will be reviewed, by when, and who has been told. F04.
//!
//! Roles are resolved to people when the list is looked at, so that a new manager hears of it; what was sent is written down
//! with the person it went to. A role that nobody holds is a gap with a name, never dropped.

use super::calendar::before;
use super::cycle::Cycle;
use super::error::RuleError;
use super::framework::NoticeRule;
use super::id::{PersonId, ReviewId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Somebody was told beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentNotice {
    /// Of which review.
    pub review: ReviewId,
    /// As the holder of which role.
    pub role: String,
    /// Who; none where nobody had to be told, and `how` says why.
    pub person: Option<PersonId>,
    /// How (`by e-mail`), or why nobody had to be told.
    pub how: String,
    /// When.
    pub on: NaiveDate,
}

/// One role of one review that is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Of which review.
    pub review: ReviewId,
    /// Role key.
    pub role: String,
    /// Who holds it; none is a gap: nobody does, or the record does not say which of several.
    pub person: Option<PersonId>,
    /// Last day on which it is in time.
    pub due_on: NaiveDate,
    /// What was sent.
    pub sent: Option<SentNotice>,
}

impl Notice {
    /// Past its day without having been sent, or sent after it.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.sent.as_ref().map_or(today, |sent| sent.on) > self.due_on
    }
}

/// The last day on which notice of a review is in time: so long before the cycle's review phase begins. A review that came
/// in later than that (short notice, F23) is told of on the day it came in.
pub fn due_on(rule: &NoticeRule, cycle: &Cycle, opened_on: NaiveDate) -> NaiveDate {
    let begins = cycle.phase("review").map_or(cycle.starts_on, |phase| phase.starts);
    before(begins, rule.before).max(opened_on)
}

/// The notices of one review, to each role that a case of its type has. `holder` says who holds a role for its case.
pub fn of_review(
    rule: &NoticeRule,
    cycle: &Cycle,
    (review, opened_on, case_type): (ReviewId, NaiveDate, &str),
    sent: &[SentNotice],
    holder: &dyn Fn(&str) -> Option<PersonId>,
) -> Vec<Notice> {
    let due_on = due_on(rule, cycle, opened_on);
    let notice = |role: &String| {
        let sent = sent.iter().find(|sent| sent.review == review && sent.role.eq_ignore_ascii_case(role)).cloned();
        let person = sent.as_ref().and_then(|sent| sent.person).or_else(|| if sent.is_none() { holder(role) } else { None });
        Notice { review, role: role.clone(), person, due_on, sent }
    };
    rule.roles_for(case_type).map(notice).collect()
}

/// What is written down about a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling<'a> {
    /// Who was told, where the role does not say it.
    pub to: Option<PersonId>,
    /// How, or why nobody had to be told.
    pub how: &'a str,
    /// When.
    pub on: NaiveDate,
}

/// Checks that a notice may be written down: as sent, or with the reason why nobody has to be told. `gap_explained` says
/// whether this one was asked for by itself: a whole list at once explains no gap. F04.
pub fn send(
    notice: &Notice,
    opened_on: NaiveDate,
    today: NaiveDate,
    telling: Telling<'_>,
    gap_explained: bool,
) -> Result<SentNotice, RuleError> {
    let Telling { to, how, on } = telling;
    let person = notice.person.or(to);
    if person.is_none() && !gap_explained {
        return Err(RuleError::under(
            "F04",
            format!("It is not on record who holds the role {} for this case.", notice.role),
            "Write it down by itself: say who was told, or why nobody has to be.",
        ));
    }
    if let Some(sent) = &notice.sent {
        return Err(RuleError::under(
            "F04",
            format!("{} was told on {}.", sent.role, sent.on.format("%-d %B %Y")),
            "Nothing is left to do.",
        ));
    }
    if how.trim().is_empty() {
        return Err(RuleError::under("F04", "How they were told is missing.", "Say it in a word or two, such as: by e-mail."));
    }
    if on > today || on < opened_on {
        return Err(RuleError::under(
            "F04",
            format!("{} is no day on which they can have been told.", on.format("%-d %B %Y")),
            format!("Give a day from {} to today.", opened_on.format("%-d %B")),
        ));
    }
    Ok(SentNotice { review: notice.review, role: notice.role.clone(), person, how: how.trim().to_string(), on })
}
