//! What follows made-up reviews: actions with their owners and dates, alerts told and answered.

use super::dates::{at, workday};
use super::phrases as bank;
use super::reviews::minutes;
use super::town::{Event, Stand, Town};
use super::words::Quality;
use crate::domain::action::{ActionState, ActionWanted, Near};
use crate::domain::alert::HowTold;
use crate::domain::calendar::local_date;
use crate::domain::deed::{AlertDeed, Deed};
use crate::domain::framework::{Grading, Span};
use crate::domain::grade::Grade;
use crate::domain::id::{ActionId, AlertId, PersonId, ReviewId, TeamId};
use crate::store::{Numbered, StoreResult, Tx};
use chrono::{DateTime, Duration, Utc};

/// Actions older than this are not left undone in a demo: nobody would keep a list like that.
const FORGOTTEN_AFTER_DAYS: i64 = 50;

impl Town {
    /// What needs to happen after a review, raised before it is submitted.
    pub(super) fn raise_actions(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, quality: Quality) -> StoreResult<()> {
        let many = match quality.grade {
            _ if self.kind.grading == Grading::Ungraded => self.dice.range(0, 2),
            Grade::Outstanding => 0,
            Grade::Good => i64::from(self.dice.chance(35)),
            Grade::RequiresImprovement => self.dice.range(1, 3),
            Grade::Inadequate => self.dice.range(2, 3),
        };
        let Some(who) = self.plays.get(&review).map(|play| (play.practitioner, play.team, play.reviewer)) else { return Ok(()) };
        self.raise_so_many(tx, now, review, (many, quality), who)
    }

    /// So many actions out of a review of this practitioner and team, raised by its reviewer.
    pub(super) fn raise_so_many(
        &mut self,
        tx: &mut Tx<'_>,
        now: DateTime<Utc>,
        review: ReviewId,
        (many, quality): (i64, Quality),
        (practitioner, team, reviewer): (Option<PersonId>, Option<TeamId>, Option<PersonId>),
    ) -> StoreResult<()> {
        let manager = self.above(practitioner, "TM").or_else(|| {
            let of_team = |person: &&crate::domain::person::Person| team.is_some() && person.team == team && !person.login.is_empty();
            self.people.values().find(of_team).map(|person| person.id)
        });
        let reviewer = reviewer.unwrap_or(self.coordinator);
        for place in 0..many {
            let urgent = quality.grade == Grade::Inadequate && place == 0 && self.kind.grading != Grading::Ungraded;
            let owner = match (practitioner, manager) {
                (Some(practitioner), _) if !urgent && self.dice.chance(70) => practitioner,
                (_, Some(manager)) => manager,
                (Some(practitioner), None) => practitioner,
                (None, None) => self.coordinator,
            };
            let text = if urgent { self.dice.word(&bank::URGENT) } else { self.dice.word(&bank::ACTIONS) };
            let soon = !urgent && self.dice.chance(25);
            let due_on = soon.then(|| workday(&self.calendar, local_date(now) + Duration::days(self.dice.range(7, 18))));
            let action = ActionId(tx.next(Numbered::Action)?);
            let wanted =
                ActionWanted { text: text.to_string(), owner: Some(owner), due_on, urgent, kind: self.kind_of(text), near: Near::Anyway };
            self.perform(tx, reviewer, now, Deed::RaiseAction { review, wanted })?;
            let lasting = urgent || place == 0;
            self.plan_action(now, action, (due_on, urgent, lasting), owner, manager);
        }
        Ok(())
    }

    /// The life of an action: begun, done, signed off; some late, a few taken back, some still not begun.
    pub(super) fn plan_action(
        &mut self,
        now: DateTime<Utc>,
        action: ActionId,
        // The first action of a review lasts: without it the review could not have been submitted.
        (due_on, urgent, lasting): (Option<chrono::NaiveDate>, bool, bool),
        owner: PersonId,
        manager: Option<PersonId>,
    ) {
        let day = local_date(now);
        let rule = if urgent { self.framework.actions.urgent_due } else { self.framework.actions.default_due };
        let due = due_on.or_else(|| self.calendar.due_on(day, rule).ok()).unwrap_or(day + Duration::days(28));
        let days = (due - day).num_days().max(1);
        let recent = (self.today - day).num_days() < FORGOTTEN_AFTER_DAYS;
        if self.dice.chance(4) && !lasting {
            self.later(now + Duration::days(1), Event::TakeBack(action));
            return;
        }
        // Practitioners have no login here: their manager notes what they did, else the Insights team.
        let notes = if self.actors.contains_key(&owner) { owner } else { manager.unwrap_or(self.coordinator) };
        let (stuck, never) = if recent && !urgent { (self.dice.chance(4), self.dice.chance(2)) } else { (false, false) };
        if never {
            return;
        }
        let begun = day + Duration::days((days * self.dice.range(10, 50) / 100).max(i64::from(!urgent)));
        let mut finished = day + Duration::days(days * self.dice.range(55, 100) / 100);
        if self.dice.chance(14) {
            finished = due + Duration::days(self.dice.range(1, 9));
        }
        let moment = |town: &mut Town, day: chrono::NaiveDate, after: DateTime<Utc>| {
            let day = if urgent { day } else { workday(&town.calendar, day) };
            at(day, minutes(&mut town.dice)).max(after + Duration::minutes(35))
        };
        let begun_at = moment(self, begun, now);
        self.later(begun_at, Event::Move(action, ActionState::InProgress, notes));
        if stuck {
            return;
        }
        // What presses and is past its day was telephoned about: of late it is done by its day.
        if urgent && due < self.today && finished >= self.today {
            finished = due;
        }
        let done_at = moment(self, finished, begun_at);
        self.later(done_at, Event::Move(action, ActionState::Done, notes));
        let signs = self.signs_off(owner, manager);
        let lag = self.dice.range(1, 16);
        let signed_at = moment(self, local_date(done_at) + Duration::days(lag), done_at);
        self.later(signed_at, Event::Move(action, ActionState::SignedOff, signs));
    }

    /// Somebody other than the owner whom the framework lets sign off.
    fn signs_off(&mut self, owner: PersonId, manager: Option<PersonId>) -> PersonId {
        let may = self.framework.actions.signed_off_by.clone();
        let fits = |person: &PersonId| *person != owner && self.people.get(person).is_some_and(|person| may.contains(&person.role));
        if let Some(manager) = manager.filter(fits) {
            return manager;
        }
        let above = may.iter().find_map(|role| self.above(manager.or(Some(owner)), role)).filter(|person| *person != owner);
        if let Some(above) = above {
            return above;
        }
        let holders = self.holders(&may);
        self.dice.pick(&holders).copied().filter(|person| *person != owner).unwrap_or(self.coordinator)
    }

    /// An alert has opened: people are told within the hour, and the service manager answers within the day, mostly.
    pub(super) fn alert_opened(&mut self, now: DateTime<Utc>, alert: AlertId, review: ReviewId) {
        let running = self.plays.get(&review).is_some_and(|play| play.stand == Some(Stand::Worst));
        let soon = self.chance_on_alerts().range(8, 55);
        self.later(now + Duration::minutes(soon), Event::Tell(alert, true));
        let hours = match self.framework.escalation.review_within {
            Some(Span::Hours(hours)) => i64::from(hours),
            _ => 24,
        };
        if running {
            // Whoever opens the demo finds one alert running whose acknowledgement came to nothing.
            self.later(now + Duration::minutes(soon + 30), Event::Acknowledge(alert));
            // It went up the line then, and whoever came to it was told.
            if let Some(Span::Hours(hours)) = self.framework.escalation.lapses_after {
                self.later(now + Duration::hours(i64::from(hours) + 2) + Duration::minutes(soon + 35), Event::Tell(alert, true));
            }
            return;
        }
        let over = now + Duration::hours(hours * 2 + 1) < self.now;
        let dice = self.chance_on_alerts();
        let used = if dice.chance(12) && over { dice.range(hours + 1, hours * 2) } else { dice.range(2, hours - 1) };
        self.later(now + Duration::minutes(used * 60 + soon), Event::Assure(alert, true));
    }

    pub(super) fn tell(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, alert: AlertId, all: bool) -> StoreResult<()> {
        let Some(stored) = tx.reading().alert(alert)? else { return Ok(()) };
        for (place, _) in stored.addressees.iter().enumerate().filter(|(_, addressee)| addressee.is_gap()) {
            let because = bank::VACANT[place % bank::VACANT.len()].to_string();
            self.try_on_alert(tx, self.coordinator, now, AlertDeed::ExplainGap { alert, place, because })?;
        }
        let known = stored.addressees.iter().enumerate().filter(|(_, addressee)| addressee.person.is_some());
        let mut addressees: Vec<usize> = known.map(|(place, _)| place).collect();
        if !all && addressees.len() > 1 {
            addressees.pop();
        }
        if addressees.is_empty() {
            return Ok(());
        }
        let tell = AlertDeed::Tell { alert, places: addressees, how: HowTold::Telephone, at: None };
        self.perform(tx, self.coordinator, now, Deed::Alert(tell)).map(drop)
    }
}
