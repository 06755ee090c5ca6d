//! The next thing that needs somebody: clocks before dates, their own work before that of others.

use super::Answers;
use crate::domain::alert::{KeptKind, Need};
use crate::domain::calendar::{local_date, say_ends};
use crate::domain::count::counted;
use crate::domain::id::{ActionId, ReviewId};
use crate::domain::query::{CycleWork, NearestClock, NextThing};
use crate::domain::review::Booked;
use crate::domain::strip::StripOf;
use crate::store::StoreResult;
use chrono::NaiveDate;

/// A clock that runs out within this comes before everything else, whatever the date is by then.
const SOON: chrono::TimeDelta = chrono::TimeDelta::hours(12);

/// A review, its next step in words, and the day it ranks by.
type Urgent = (ReviewId, String, NaiveDate);

impl Answers<'_> {
    /// The next thing that needs this person: their own reviews first; for the Insights team anybody's.
    pub(super) fn next_thing(
        &mut self,
        skip: &[ReviewId],
        passed: &[StripOf],
        actions: &[ActionId],
        work: &[CycleWork],
    ) -> StoreResult<Option<NextThing>> {
        let reading = self.reading;
        let insights = self.is_insights()?;
        let mine = if self.viewer.person.is_some() { self.most_urgent(true, skip)? } else { None };
        let found = match mine {
            Some(found) => Some(found),
            None if insights => self.most_urgent(false, skip)?,
            None => None,
        };
        let (found, booked) = found.map_or((None, None), |(found, booked)| (Some(found), booked));
        let mine = reading.nearest_clock(self.viewer, true, passed)?;
        let clock = if insights { reading.nearest_clock(self.viewer, false, passed)? } else { mine };
        // A clock runs by the hour, and a child stands behind it: what has run out, or runs out today or within half a day (late in
        // the evening that is past midnight), comes before everything else, and on a later day before what is due at that day's end.
        if let Some(NearestClock { strip, review, reference, due_at: at }) = clock
            && found.as_ref().is_none_or(|(.., due)| at - self.viewer.now <= SOON || local_date(at) <= (*due).max(self.viewer.today))
        {
            let step = self.step_of(strip)?;
            let because = format!("{reference}, {}", say_ends(self.viewer.now, at));
            return Ok(Some(NextThing { clock: Some(strip), ..NextThing::new(review, step, because) }));
        }
        let notice = if insights { self.first_notice(skip)? } else { None };
        let action = self.next_action(actions)?;
        let first = found.as_ref().map(|(.., due)| *due).into_iter().chain(notice.as_ref().map(|(.., due)| *due)).min();
        // The cycle's own work is late like any other: after reviews and actions that are, before what is due later.
        let soonest = first.into_iter().chain(action.as_ref().map(|(_, due)| *due)).min();
        if soonest.is_none_or(|due| due >= self.viewer.today)
            && let Some((thing, due)) = self.next_work(insights, work)?
            && soonest.is_none_or(|soonest| due <= soonest)
        {
            return Ok(Some(thing));
        }
        if let Some((thing, due)) = action
            && first.is_none_or(|first| due < first)
        {
            return Ok(Some(thing));
        }
        let (review, step, due, notices) = match (found, notice) {
            (Some((review, step, due)), None) => (review, step, due, None),
            (Some((review, step, due)), Some((.., told))) if due < told => (review, step, due, None),
            (_, Some((cycle, review, due))) => (review, "Tell those concerned beforehand".to_string(), due, Some(cycle)),
            (None, None) => {
                let waits = self.next_without_clock(insights, passed)?;
                return if waits.is_some() { Ok(waits) } else { self.next_loop(skip) };
            }
        };
        let of = self.of_whom(review)?;
        // What is arranged is done that day, and what was arranged and not recorded is said in the place of how late it is.
        if let Some(booked) = booked.filter(|_| notices.is_none()) {
            return Ok(Some(NextThing::new(Some(review), format!("{step} {}", booked.said(self.viewer.today)), of)));
        }
        let days = (self.viewer.today - due).num_days();
        let because = match days {
            n if n >= 1 => format!("{} late", counted(n, "day", "days")),
            0 => "due today".to_string(),
            -1 => "due tomorrow".to_string(),
            _ => "next by date".to_string(),
        };
        let because = if notices.is_some() { because } else { format!("{of}, {because}") };
        Ok(Some(NextThing { notices, ..NextThing::new(Some(review), step, because) }))
    }

    /// The reference of a review, and who reviews it where that is somebody else: the Insights team asks them.
    fn of_whom(&self, review: ReviewId) -> StoreResult<String> {
        let reference = self.reading.reference_of(review)?.unwrap_or_default();
        let reviewer = self.reading.review_without_form(review)?.and_then(|facts| facts.reviewer);
        Ok(match reviewer.filter(|reviewer| Some(*reviewer) != self.viewer.person) {
            Some(reviewer) => match self.reading.person(reviewer)? {
                Some(person) => format!("{reference} ({})", person.short_name()),
                None => reference,
            },
            None => reference,
        })
    }

    /// Whether whoever looks keeps all reviews moving, and not only their own.
    pub(super) fn is_insights(&mut self) -> StoreResult<bool> {
        let Some(person) = self.viewer.person else { return Ok(true) };
        let framework = self.library.current(self.reading)?;
        let role = self.reading.person(person)?.map(|person| person.role).unwrap_or_default();
        Ok(framework.role(&role).is_none_or(|role| role.insights))
    }

    /// The review that needs somebody most, and what is arranged for it. A step for which a day ahead is arranged ranks by that day: nothing
    /// can be done about it before.
    fn most_urgent(&mut self, only_mine: bool, skip: &[ReviewId]) -> StoreResult<Option<(Urgent, Option<Booked>)>> {
        let urgent = self.reading.most_urgent(self.viewer, only_mine, skip)?;
        let ids: Vec<ReviewId> = urgent.iter().map(|(review, ..)| *review).collect();
        let mut booked = self.booked_for(&ids)?;
        let today = self.viewer.today;
        let ranked = urgent.into_iter().map(|(review, step, due)| {
            let booked = booked.remove(&review);
            let due = booked.as_ref().filter(|booked| !booked.is_over(today)).map_or(due, |booked| booked.on);
            ((review, step, due), booked)
        });
        Ok(ranked.min_by_key(|((.., due), _)| *due))
    }

    /// What comes next on a strip, in words; empty where nothing does. What only others can do, whoever looks reminds them of.
    fn step_of(&mut self, strip: StripOf) -> StoreResult<String> {
        Ok(match strip {
            StripOf::Alert(id) => {
                let alert = self.alert(id)?;
                alert
                    .needs
                    .first()
                    .map(|(need, by)| if alert.is_for_others(need) { need.remind(by) } else { need.to_do() })
                    .unwrap_or_default()
            }
            StripOf::Drp(id) => self.drp(id)?.next_words().to_string(),
        })
    }

    /// What waits for this person although no clock runs, such as a sign-off or a closing: last of all, but never forgotten.
    fn next_without_clock(&mut self, insights: bool, passed: &[StripOf]) -> StoreResult<Option<NextThing>> {
        let reading = self.reading;
        let mine = reading.strips_without_clock(self.viewer, true)?;
        for NearestClock { strip, review, reference, .. } in reading.strips_without_clock(self.viewer, false)? {
            if passed.contains(&strip) {
                continue;
            }
            let theirs = insights || mine.iter().any(|one| one.strip == strip) || self.waits_for_their_sign_off(strip)?;
            let step = if theirs { self.step_of(strip)? } else { String::new() };
            if !step.is_empty() {
                let because = format!("{reference}, no clock runs on it");
                return Ok(Some(NextThing { clock: Some(strip), ..NextThing::new(review, step, because) }));
            }
        }
        Ok(None)
    }

    /// Whether an alert waits for the sign-off of whoever looks. F10.
    fn waits_for_their_sign_off(&mut self, strip: StripOf) -> StoreResult<bool> {
        let (StripOf::Alert(id), Some(_)) = (strip, self.viewer.person) else { return Ok(false) };
        let detail = self.alert(id)?;
        let waits = matches!(detail.needs.first(), Some((Need::Keep(KeptKind::SignOff), _)));
        Ok(waits && detail.may_keep.contains(&KeptKind::SignOff))
    }
}
