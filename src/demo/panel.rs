//! The made-up panel: its sittings, who is there, what its members score and what it decides.

use super::dates::{at, workday, workday_before};
use super::phrases as bank;
use super::town::{Event, Play, Town};
use crate::domain::calendar::local_date;
use crate::domain::deed::{Deed, PanelDeed};
use crate::domain::framework::{Grading, ModerationTrigger, StepDuty};
use crate::domain::grade::Grade;
use crate::domain::id::{AlertId, PanelId, PersonId, ReviewId};
use crate::domain::panel::{DecisionWanted, Scoring, SittingWanted};
use crate::domain::query::Viewer;
use crate::store::{Numbered, StoreResult, Tx};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::BTreeSet;

/// Members at a made-up sitting, where a council has more who could sit.
const SEATS: usize = 5;

/// Minutes meant for each case.
const MINUTES_EACH: u16 = 20;

impl Town {
    /// The days on which the panel sits in a cycle: once where it takes some grades, weekly where it takes everything.
    pub(super) fn sittings(&self, cycle: usize, from: NaiveDate, moderate: (NaiveDate, NaiveDate)) -> Vec<NaiveDate> {
        let every = self.framework.moderation.takes.contains(&ModerationTrigger::Every);
        let grades = self
            .framework
            .moderation
            .takes
            .iter()
            .any(|trigger| matches!(trigger, ModerationTrigger::Grades(_) | ModerationTrigger::RandomShare(_)));
        if self.cycles[cycle].current {
            let next_week = workday(&self.calendar, self.today + Duration::days(4));
            let lately = workday_before(&self.calendar, self.today - Duration::days(3));
            return if every { vec![lately, next_week] } else { vec![next_week] };
        }
        let middle = moderate.0 + (moderate.1 - moderate.0) / 2;
        match (every, grades) {
            (true, _) => (1..16)
                .map(|week| workday(&self.calendar, from + Duration::days(week * 7)))
                .take_while(|day| *day <= moderate.1 + Duration::days(7))
                .collect(),
            (false, true) => vec![workday(&self.calendar, middle)],
            (false, false) => Vec::new(),
        }
    }

    /// Puts a sitting into the diary; where services moderate their own (S07), one for each.
    pub(super) fn plan_panel(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize, on: NaiveDate) -> StoreResult<()> {
        let own_service = self.framework.moderation.own_service;
        if own_service && local_date(now) < on && on <= self.today {
            // Services sit when they have something to moderate, and know that on the morning.
            self.later(at(on, 9 * 60), Event::Plan(cycle, on));
            return Ok(());
        }
        let holders = self.holders(&self.framework.moderation.members.clone());
        let waiting: BTreeSet<String> = match own_service {
            true => tx.reading().waiting_for_panel(&Viewer::of(None, now, local_date(now)))?.into_iter().map(|one| one.service).collect(),
            false => BTreeSet::new(),
        };
        let services: BTreeSet<String> = match own_service {
            true => holders.iter().filter_map(|person| self.people.get(person)).map(|person| person.service.clone()).collect(),
            false => BTreeSet::from([String::new()]),
        };
        for service in services {
            let of = |person: &&PersonId| service.is_empty() || self.people.get(person).is_some_and(|person| person.service == service);
            let mut members: Vec<PersonId> = holders.iter().filter(of).copied().collect();
            let turn = cycle % members.len().max(1);
            members.rotate_left(turn);
            members.truncate(SEATS);
            if own_service && on <= self.today && !waiting.contains(&service) {
                continue;
            }
            let id = PanelId(tx.next(Numbered::Panel)?);
            let usual = SittingWanted::on(on, "10:00", members.first().copied());
            let wanted = SittingWanted { members, minutes_each: MINUTES_EACH, service, ..usual };
            self.perform(tx, self.coordinator, now, Deed::Panel(PanelDeed::Plan(wanted)))?;
            self.later(at(on, 10 * 60), Event::Sit(cycle, id));
        }
        Ok(())
    }

    /// A review that came in after its cycle's last sitting does not wait a month: an extra one is called.
    pub(super) fn call_sitting(&mut self, now: DateTime<Utc>, cycle: usize) {
        let day = local_date(now);
        let soon = day + Duration::days(1)..=day + Duration::days(16);
        if self.sittings.range(soon).next().is_none() {
            let on = workday(&self.calendar, day + Duration::days(6));
            self.sittings.insert(on);
            self.later(now + Duration::hours(2), Event::Plan(cycle, on));
        }
    }

    /// The panel sits: everything that was submitted by the day before is decided.
    pub(super) fn sit(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize, panel: PanelId) -> StoreResult<()> {
        let day = local_date(now);
        let before = |play: &Play| play.waits && play.submit_at.is_some_and(|submitted| local_date(submitted) < day);
        let from = cycle.saturating_sub(6);
        let all = self.cycles[from..].iter().flat_map(|cycle| cycle.reviews.iter().copied());
        let mut cases: Vec<ReviewId> = all.filter(|review| self.plays.get(review).is_some_and(before)).collect();
        cases.sort();
        let Some(sitting) = tx.reading().sitting(panel)? else { return Ok(()) };
        let service = sitting.panel.service.clone();
        let mut own = Vec::with_capacity(cases.len());
        for review in cases {
            if service.is_empty() || tx.reading().service_of_review(review)? == service {
                own.push(review);
            }
        }
        let present = sitting.panel.members.clone();
        if present.len() < self.framework.moderation.quorum as usize {
            return Ok(());
        }
        self.perform(tx, self.coordinator, now, Deed::Panel(PanelDeed::Begin { panel, present: present.clone() }))?;
        for (place, review) in own.iter().enumerate() {
            // However many cases there are, the sitting is over by the evening.
            let minute = place as i64 * i64::from(MINUTES_EACH).min(7 * 60 / own.len().max(1) as i64);
            self.hear(tx, now + Duration::minutes(minute), *review, panel, &present)?;
        }
        let end = now + Duration::minutes(7 * 60 + 30);
        if end < self.now {
            self.perform(tx, self.coordinator, end, Deed::Panel(PanelDeed::Close { panel }))?;
        }
        Ok(())
    }

    /// The panel hears one case: those with an interest leave, the others score, and it is decided, mostly as the reviewer did.
    fn hear(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, panel: PanelId, present: &[PersonId]) -> StoreResult<()> {
        let Some((quality, stand)) = self.plays.get(&review).map(|play| (play.quality, play.stand)) else { return Ok(()) };
        let recused = tx.reading().recused_from(review)?;
        let left: Vec<PersonId> = present.iter().copied().filter(|person| recused.contains(person)).collect();
        let stays: Vec<PersonId> = present.iter().copied().filter(|person| !recused.contains(person)).collect();
        let chair = tx.reading().sitting(panel)?.and_then(|sitting| sitting.panel.chair);
        if stays.len() < self.framework.moderation.quorum as usize {
            return Ok(());
        }
        if let Some(from) = tx.reading().sitting_of(review, local_date(now))?.filter(|from| *from != panel) {
            // A case stands on one agenda; whoever keeps them moves it, unless it is withheld from them.
            if recused.contains(&self.coordinator) {
                return Ok(());
            }
            self.perform(tx, self.coordinator, now, Deed::Panel(PanelDeed::MoveItem { review, from, to: panel }))?;
        }
        if let (Some(next), true) = (stays.first(), chair.is_some_and(|chair| left.contains(&chair))) {
            let why = "The chair has an interest in the next case".to_string();
            self.perform(tx, *next, now, Deed::Panel(PanelDeed::TakeChair { panel, why }))?;
        }
        let away = if stand.is_some() { 0 } else { self.dice.weighted(&[78, 10, 12]) };
        let (ranks, points) = match away {
            0 => (0, 0),
            1 => (1, self.dice.range(1, 2)),
            _ => (-1, -self.dice.range(1, 2)),
        };
        let grade = Grade::from_rank((quality.grade.rank() + ranks).clamp(0, 3)).unwrap_or(quality.grade);
        let point = (i64::from(quality.point) + points).clamp(0, 10) as u8;
        // At the ends of the scale there is nowhere to go.
        let kept = match self.kind.grading {
            Grading::Scaling => point == quality.point,
            _ => grade == quality.grade,
        };
        let why = if kept { 0 } else { away };
        let runs = self.coordinator;
        let runs = if recused.contains(&runs) { stays.first().copied().unwrap_or(runs) } else { runs };
        self.perform(tx, runs, now, Deed::Panel(PanelDeed::OpenItem { panel, review, left, aside: None }))?;
        let sealed = tx.reading().sitting(panel)?.is_some_and(|sitting| sitting.panel.scoring(&self.framework) == Scoring::Sealed);
        if sealed {
            for (place, member) in stays.iter().enumerate() {
                let (scaling, graded) = match self.kind.grading {
                    Grading::Scaling => (Some(self.near(point)), None),
                    _ => (None, Some(self.grade_near(grade))),
                };
                let score = PanelDeed::Score { panel, review, scaling, grade: graded, note: String::new() };
                self.perform(tx, *member, now + Duration::minutes(1 + place as i64), Deed::Panel(score))?;
            }
        }
        let (scaling, moderated) = match self.kind.grading {
            Grading::Scaling => (Some(point), None),
            _ => (None, Some(grade)),
        };
        let themes: Vec<&str> = self.framework.themes.iter().map(|theme| theme.label.as_str()).collect();
        let wanted = DecisionWanted {
            scaling,
            grade: moderated,
            rationale: self.dice.word(&bank::RATIONALE[why]).to_string(),
            consistency: self.dice.word(&bank::CONSISTENCY).to_string(),
            themes: self.dice.some(&themes, 2).join(", "),
        };
        let alert = AlertId(tx.next(Numbered::Alert)?);
        let seen = tx.reading().revision_of(review)?.unwrap_or_default();
        self.perform(tx, runs, now + Duration::minutes(5), Deed::Panel(PanelDeed::Decide { panel, review, seen, wanted }))?;
        if tx.next(Numbered::Alert)? != alert.0 {
            self.alert_opened(now, alert, review);
        }
        if let Some(play) = self.plays.get_mut(&review) {
            play.waits = false;
        }
        let returned = self.kind.step_of(StepDuty::Return).map(|(place, _)| place);
        let went_back = self.plays.get(&review).is_some_and(|play| returned.is_some_and(|place| play.step > place));
        if went_back {
            self.after_return(now, review)
        } else {
            self.plan_return(now, review)
        }
        Ok(())
    }
}
