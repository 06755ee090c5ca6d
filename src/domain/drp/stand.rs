//! Where a dispute stands, folded from its facts, and which day of its formal part it is. M14.

use super::{Drp, DrpAddressee, DrpKind, DrpOutcome, DrpStep};
use crate::domain::calendar::{BeyondTable, Calendar, midnight};
use crate::domain::framework::{DrpRule, DrpStage, Span};
use chrono::{DateTime, NaiveDate, Utc};

/// Where one stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrpStand {
    /// Key of its stage in the profile.
    pub stage: String,
    /// Role key of somebody senior with whom it is now, instead of with its stage's people.
    pub senior: Option<String>,
    /// With whom it is.
    pub to: Vec<DrpAddressee>,
    /// An informal attempt was recorded, or why there was none.
    pub informal_settled: bool,
    /// The day the formal part began.
    pub formal_since: Option<NaiveDate>,
    /// Its last day; none while it is paused, and where the profile sets no time.
    pub due: Option<NaiveDate>,
    /// The day it was paused, while it is.
    pub paused_since: Option<NaiveDate>,
    /// Pauses that are over: first day and day it went on.
    pub pauses: Vec<(NaiveDate, NaiveDate)>,
    /// Outside bodies it was referred to, with the day.
    pub referred: Vec<(String, NaiveDate)>,
    /// How it ended and on which day.
    pub resolved: Option<(DrpOutcome, NaiveDate)>,
    /// The day of the newest fact.
    pub last_on: NaiveDate,
}

/// Which day of the formal part it is: `day 7 of 20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct DayOf {
    /// Which day; more than `of` when it is late.
    pub day: i64,
    /// Of how many.
    pub of: u32,
}

impl std::fmt::Display for DayOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "day {} of {}", self.day, self.of)
    }
}

impl Drp {
    /// Where it stands.
    pub fn stand(&self) -> DrpStand {
        let mut stand = DrpStand {
            stage: self.begins.clone(),
            senior: None,
            to: self.first.clone(),
            informal_settled: self.kind == DrpKind::GoodPractice,
            formal_since: None,
            due: None,
            paused_since: None,
            pauses: Vec::new(),
            referred: Vec::new(),
            resolved: None,
            last_on: self.raised_on,
        };
        for fact in &self.facts {
            stand.last_on = stand.last_on.max(fact.on);
            match &fact.step {
                DrpStep::Tried { .. } | DrpStep::NotTried { .. } => stand.informal_settled = true,
                DrpStep::Stage { key, formal, to, due, .. } => {
                    stand.stage.clone_from(key);
                    stand.senior = None;
                    stand.to.clone_from(to);
                    stand.becomes_formal(*formal, fact.on, *due);
                }
                DrpStep::Senior { to, due, .. } => {
                    stand.senior = Some(to.role.clone());
                    stand.to = vec![to.clone()];
                    stand.becomes_formal(self.kind == DrpKind::Dispute, fact.on, *due);
                }
                DrpStep::Referred { body, .. } => stand.referred.push((body.clone(), fact.on)),
                DrpStep::Answered { .. } => {}
                DrpStep::Paused { .. } => {
                    stand.paused_since = Some(fact.on);
                    stand.due = None;
                }
                DrpStep::Resumed { due, .. } => {
                    stand.pauses.extend(stand.paused_since.take().map(|since| (since, fact.on)));
                    stand.due = *due;
                }
                DrpStep::Resolved { outcome, .. } => stand.resolved = Some((*outcome, fact.on)),
            }
        }
        stand
    }

    /// The instant from which it is late; none while no clock runs.
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        let stand = self.stand();
        stand.due.filter(|_| stand.resolved.is_none()).and_then(|day| day.succ_opt()).map(midnight)
    }

    /// Whether a clock runs for it and has run out.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.due_at().is_some_and(|at| now >= at)
    }

    /// Which day of its formal part it is on a day, paused days left out; the day it ended once it has. None before the formal
    /// part, and where the profile sets no time in days.
    pub fn day_of(&self, calendar: &Calendar, today: NaiveDate) -> Result<Option<DayOf>, BeyondTable> {
        let stand = self.stand();
        let (Some(since), Some(within)) = (stand.formal_since, self.within) else { return Ok(None) };
        let until = stand.resolved.map_or(today, |(_, on)| on).min(stand.paused_since.unwrap_or(NaiveDate::MAX));
        let of = match within {
            Span::WorkingDays(of) | Span::Days(of) => of,
            Span::Weeks(of) => of.saturating_mul(7),
            Span::Hours(_) | Span::Months(_) => return Ok(None),
        };
        let day = days_between(within, since, until, calendar)? - i64::from(paused_days(within, &stand.pauses, calendar)?);
        Ok(Some(DayOf { day, of }))
    }

    /// Days of pauses that are over, of the kind that its time is counted in.
    pub fn paused_days(&self, calendar: &Calendar) -> Result<u32, BeyondTable> {
        self.within.map_or(Ok(0), |within| paused_days(within, &self.stand().pauses, calendar))
    }
}

/// Days between the first and the last of each pause, of the kind that a time is counted in.
pub(super) fn paused_days(within: Span, pauses: &[(NaiveDate, NaiveDate)], calendar: &Calendar) -> Result<u32, BeyondTable> {
    let mut days = 0;
    for (from, to) in pauses {
        days += days_between(within, *from, *to, calendar)?;
    }
    Ok(u32::try_from(days).unwrap_or_default())
}

/// Days after one day up to another, of the kind that a time is counted in.
fn days_between(within: Span, from: NaiveDate, to: NaiveDate, calendar: &Calendar) -> Result<i64, BeyondTable> {
    match within {
        Span::WorkingDays(_) => calendar.working_days_between(from, to),
        _ => Ok((to - from).num_days()),
    }
}

/// A time with the days of pauses added; hours and months are not paused.
pub fn longer(within: Span, days: u32) -> Span {
    match within {
        Span::WorkingDays(n) => Span::WorkingDays(n + days),
        Span::Days(n) => Span::Days(n + days),
        Span::Weeks(n) => Span::Days(n * 7 + days),
        Span::Hours(_) | Span::Months(_) => within,
    }
}

impl DrpStand {
    /// The formal part begins once, whatever follows.
    fn becomes_formal(&mut self, formal: bool, on: NaiveDate, due: Option<NaiveDate>) {
        if formal && self.formal_since.is_none() {
            self.formal_since = Some(on);
            self.due = due;
        }
    }

    /// The stage that comes after the one it stands at.
    pub fn next_stage<'a>(&self, rule: &'a DrpRule) -> Option<&'a DrpStage> {
        let at = rule.stages.iter().position(|stage| stage.key == self.stage)?;
        rule.stages.get(at + 1)
    }

    /// Whether it is still informal.
    pub fn is_informal(&self) -> bool {
        self.formal_since.is_none()
    }

    /// Where it stands, in the profile's words: the stage, or the senior role it went to.
    pub fn label<'a>(&'a self, rule: &'a DrpRule) -> &'a str {
        if let Some(role) = &self.senior {
            return role;
        }
        rule.stages.iter().find(|stage| stage.key == self.stage).map_or(self.stage.as_str(), |stage| stage.label.as_str())
    }
}
