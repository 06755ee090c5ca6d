//! Cycles of the made-up council: extracts, opening, drawing, substituting, allocating, ticks.

use super::dates::{at, workday, workday_before};
use super::file_of;
use super::phrases as bank;
use super::reviews::minutes;
use super::town::{Event, Play, Stand, Town};
use crate::domain::allocation::{Candidate, CaseFacts, Ground, Proposal, propose};
use crate::domain::calendar::local_date;
use crate::domain::cycle::CyclePlanned;
use crate::domain::deed::{Allocation, Deed, DrawWanted};
use crate::domain::framework::ReviewKind;
use crate::domain::id::{CycleId, ReviewId, SubjectId};
use crate::runtime::clerk::{Held, case_facts, window};
use crate::store::{Numbered, StoreResult, Tx};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Of the extracts of so many last days somebody asked the teams who holds the cases without a practitioner: reviews of them are
/// open still.
const HOLDERS_ASKED_FOR: i64 = 130;

impl Town {
    /// Puts everything into the diary that is known beforehand.
    pub(super) fn diary(&mut self, start: DateTime<Utc>) {
        self.later(start + Duration::hours(2), Event::Extract);
        let every = if self.cycles.len() > 24 { 4 } else { 1 };
        // The same turnover of a year, whether extracts come each month or each quarter.
        self.turnover = 4 * every * crate::domain::cycle::months(self.framework.cycle.rhythm) as usize;
        let last = self.cycles.len().saturating_sub(1);
        for cycle in 0..self.cycles.len() {
            let starts = self.cycles[cycle].starts_on;
            let phase = |key: &str, fallback: i64| {
                let phase = self.framework.cycle.phases.iter().find(|phase| phase.key == key);
                phase.map_or((starts + Duration::days(fallback), starts + Duration::days(fallback + 1)), |phase| {
                    (starts + Duration::days(phase.starts_day.into()), starts + Duration::days(phase.ends_day.into()))
                })
            };
            let (plan, sample, allocate) = (phase("plan", 0), phase("sample", 3), phase("allocate", 5));
            let (review, moderate) = (phase("review", 6), phase("moderate", 20));
            let drawn = workday_before(&self.calendar, sample.1).max(sample.0);
            let opened = workday(&self.calendar, plan.0).min(drawn);
            if cycle % every == 0 || cycle == last {
                self.later(at(drawn, 7 * 60 + 40), Event::Extract);
            }
            // Nobody works for months with one extract: of a long cycle under way the caseload was read in again lately.
            if cycle == last && self.today - drawn > Duration::days(28) {
                self.later(at(workday_before(&self.calendar, self.today - Duration::days(6)), 7 * 60 + 40), Event::Extract);
            }
            self.later(at(opened, 7 * 60 + 10), Event::Open(cycle));
            self.later(at(drawn, 10 * 60 + 5), Event::Draw(cycle));
            let first = workday(&self.calendar, allocate.0.max(drawn));
            self.later(at(first, 10 * 60 + 40), Event::Substitute(cycle));
            for days in [0, 1, 3, 8] {
                self.later(at(workday(&self.calendar, first + Duration::days(days)), 11 * 60 + 10), Event::Allocate(cycle));
            }
            for on in self.sittings(cycle, review.0, moderate) {
                self.sittings.insert(on);
                self.later(at(drawn, 15 * 60), Event::Plan(cycle, on));
            }
            for place in 0..self.framework.cycle.phases.len() {
                let ends = starts + Duration::days(self.framework.cycle.phases[place].ends_day.into());
                if self.ticked(place) {
                    let day = workday_before(&self.calendar, ends);
                    self.later(at(day, 16 * 60), Event::Tick(cycle, place));
                }
            }
        }
        self.absences();
    }

    /// Phases that nothing in the program can see.
    fn ticked(&self, place: usize) -> bool {
        let seen = ["plan", "sample", "allocate", "review", "moderate", "return", "finalise"];
        self.framework.cycle.phases.get(place).is_some_and(|phase| !seen.contains(&phase.key.as_str()))
    }

    pub(super) fn extract(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>) -> StoreResult<()> {
        let day = local_date(now);
        let (mut rows, closed) = self.caseload.extract(day, self.turnover, &self.staff, &mut self.dice);
        if day + Duration::days(HOLDERS_ASKED_FOR) >= self.today {
            super::children::find_holders(&mut rows, &self.staff);
        }
        let covered = self.framework.case_types.iter().map(|case_type| case_type.key.clone()).collect();
        let name = format!("annex_a_{}.xlsx", day.format("%Y_%m_%d"));
        let ids: Vec<&str> = rows.iter().map(|row| row.council_id.as_str()).collect();
        let file = file_of(&name, &format!("{day} {}", ids.join(" ")));
        let deed = Deed::ImportFrame { rows, closed, covered, frame_date: Some(day - Duration::days(1)), file };
        self.perform(tx, self.coordinator, now, deed).map(drop)
    }

    pub(super) fn open_cycle(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize) -> StoreResult<()> {
        let id = CycleId(tx.next(Numbered::Cycle)?);
        // Neighbouring cycles look at different things.
        let focus = bank::FOCUS[(cycle * 5 + self.dice.below(4)) % bank::FOCUS.len()];
        let reasons: Vec<String> = self.framework.cycle.focus_reasons.iter().map(|reason| reason.key.clone()).collect();
        let planned = CyclePlanned {
            starts_on: self.cycles[cycle].starts_on,
            focus: focus.to_string(),
            focus_reason: self.dice.pick(&reasons).cloned().unwrap_or_default(),
            focus_note: self.dice.word(&bank::FOCUS_NOTE).to_string(),
        };
        self.cycles[cycle].id = Some(id);
        self.cycles[cycle].focus = self.open_in_turn(tx, now, cycle, (planned, focus))?;
        self.follow_findings(tx, id)
    }

    pub(super) fn draw(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize) -> StoreResult<()> {
        let (Some(id), size, substitutes) = (self.cycles[cycle].id, self.cycles[cycle].size, self.cycles[cycle].substitutes) else {
            return Ok(());
        };
        let seed = 100_000 + self.dice.number() % 900_000;
        let (named, late) = (self.named_in(cycle), self.named_late(cycle, local_date(now)));
        let from_draw = size.saturating_sub(substitutes + named.max(late)).max(1);
        let wanted = DrawWanted { seed: Some(seed), ..DrawWanted::usual(id, from_draw) };
        self.perform(tx, self.coordinator, now, Deed::Draw(wanted))?;
        let drawn: Vec<ReviewId> = tx.reading().drawn_subjects(id)?.into_iter().map(|(review, _)| review).collect();
        let stands_for = u32::try_from(drawn.len()).unwrap_or(u32::MAX);
        let stands = if self.cycles[cycle].current { self.stands(drawn.len(), local_date(now)) } else { Vec::new() };
        for (place, review) in drawn.into_iter().enumerate() {
            let stand = stands.get(place).copied().flatten();
            self.begin_play(tx, local_date(now), cycle, review, stand)?;
        }
        // Whatever one service in its turn was too small for is named from the others, so that there are as many as asked for.
        let missing = (size.saturating_sub(substitutes)).saturating_sub(stands_for);
        let late = late.min(missing);
        self.name_cases(tx, now, cycle, missing - late)?;
        let lately = at(workday_before(&self.calendar, self.today - Duration::days(2)), 10 * 60 + 50);
        if late > 0 {
            self.later(lately, Event::NameLate(cycle, late));
        }
        self.tell_beforehand(tx, now, cycle)
    }

    pub(super) fn begin_play(
        &mut self,
        tx: &Tx<'_>,
        today: NaiveDate,
        cycle: usize,
        review: ReviewId,
        stand: Option<Stand>,
    ) -> StoreResult<()> {
        let Some(facts) = tx.reading().review_without_form(review)? else { return Ok(()) };
        let quality = self.quality(stand);
        let mut play = Play {
            cycle,
            quality,
            stand,
            reviewer: None,
            practitioner: facts.review.practitioner,
            team: facts.review.team,
            alloc_on: today,
            times: Vec::new(),
            step: 1,
            steps: BTreeMap::new(),
            submit_at: None,
            waits: false,
            begun: false,
            gone: false,
        };
        if self.cycles[cycle].current {
            self.place(&mut play, today);
        } else if self.dice.chance(12) {
            play.alloc_on = today + Duration::days(self.dice.range(1, 4));
        }
        let asked = at(workday(&self.calendar, play.alloc_on), 11 * 60 + 10);
        if play.stand != Some(Stand::Unallocated) {
            // Once for all that are asked for at the same moment.
            if self.asked_for.insert((asked, cycle)) {
                self.later(asked, Event::Allocate(cycle));
            }
        }
        self.plays.insert(review, play);
        self.cycles[cycle].reviews.push(review);
        self.cycles[cycle].open += 1;
        Ok(())
    }

    pub(super) fn substitute(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize) -> StoreResult<()> {
        let Some(id) = self.cycles[cycle].id.filter(|_| self.cycles[cycle].substitutes > 0) else { return Ok(()) };
        let Some(sample) = tx.reading().sample(id)? else { return Ok(()) };
        let drawn = tx.reading().drawn_subjects(id)?;
        let used: BTreeSet<_> = drawn.iter().map(|(_, subject)| *subject).collect();
        let plain = |review: &ReviewId| {
            self.plays.get(review).is_some_and(|play| play.stand.is_none() && !play.begun && !play.gone && play.submit_at.is_none())
        };
        let unallocated = |review: &ReviewId| self.plays.get(review).is_some_and(|play| play.reviewer.is_none());
        let was_drawn = |subject: &SubjectId| sample.drawn.chosen.iter().any(|chosen| chosen.subject == *subject);
        let replaceable = |(review, subject): &&(ReviewId, SubjectId)| {
            plain(review) && was_drawn(subject) && sample.drawn.substitute_for(*subject, &used, &BTreeSet::new()).is_some()
        };
        let found = drawn.iter().rfind(|case| replaceable(case) && unallocated(&case.0)).or_else(|| drawn.iter().rfind(replaceable));
        let Some((out, _)) = found.copied() else {
            // The case that was kept back for it goes to the next cycle, so that in all there are as many as asked for.
            if let Some(next) = self.cycles.get_mut(cycle + 1) {
                next.size += 1;
                return Ok(());
            }
            return self.name_cases(tx, now, cycle, 1);
        };
        let seen = tx.reading().revision_of(out)?.unwrap_or_default();
        let managers: Vec<String> = self.framework.roles.iter().filter(|r| r.insights && r.manages).map(|r| r.key.clone()).collect();
        let managers = self.holders(&managers);
        let approver = self.dice.pick(&managers).copied().or(Some(self.coordinator));
        let incoming = ReviewId(tx.next(Numbered::Review)?);
        let reason = self.dice.word(&bank::SUBSTITUTED).to_string();
        self.perform(tx, self.coordinator, now, Deed::Substitute { review: out, seen, incoming: None, reason, approver })?;
        if let Some(play) = self.plays.get_mut(&out) {
            play.gone = true;
        }
        self.cycles[cycle].open -= 1;
        self.begin_play(tx, local_date(now), cycle, incoming, None)
    }

    pub(super) fn allocate(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize) -> StoreResult<()> {
        let (Some(id), today) = (self.cycles[cycle].id, local_date(now)) else { return Ok(()) };
        let due = |review: &&ReviewId| {
            let open = |play: &Play| play.reviewer.is_none() && !play.gone && play.stand != Some(Stand::Unallocated);
            self.plays.get(*review).is_some_and(|play| open(play) && play.alloc_on <= today)
        };
        let waiting: Vec<ReviewId> = self.cycles[cycle].reviews.iter().filter(due).copied().collect();
        if waiting.is_empty() {
            return Ok(());
        }
        let Some((stored, _)) = tx.reading().cycle_and_counts(id)? else { return Ok(()) };
        let mut held = Held::read(tx.reading(), today)?;
        held.look_at(tx.reading(), id, &self.kind.key)?;
        let kind = self.kind.clone();
        let ground = Ground { people: &held.people, framework: &self.framework, kind: &kind, window: window(&stored, today) };
        let candidates: Vec<Candidate> = held
            .people
            .values()
            .filter(|person| person.left_on.is_none() && !person.login.is_empty() && kind.reviewers_on(today).contains(&person.role))
            .filter_map(|person| held.candidate(person.id))
            .collect();
        let mut cases: Vec<CaseFacts> = Vec::with_capacity(waiting.len());
        for review in &waiting {
            if let Some(facts) = tx.reading().review_without_form(*review)? {
                cases.push(case_facts(&facts, &self.framework, tx.reading())?);
            }
        }
        let proposal = propose(&cases, &candidates, &ground);
        let mut allocations = Vec::with_capacity(cases.len());
        for suggestion in &proposal.suggestions {
            if suggestion.reviewer.is_some() {
                let seen = tx.reading().revision_of(suggestion.review)?.unwrap_or_default();
                allocations.push(Allocation::to(suggestion.review, seen, suggestion.reviewer));
            }
        }
        // A made-up council may be asked for more reviews than its reviewers would take: then somebody takes one more.
        let left: Vec<CaseFacts> =
            proposal.unallocated().filter_map(|s| cases.iter().find(|case| case.review == s.review)).cloned().collect();
        let uncapped = ReviewKind { per_reviewer: None, ..(*kind).clone() };
        let more = if left.is_empty() { Proposal::default() } else { propose(&left, &candidates, &Ground { kind: &uncapped, ..ground }) };
        for suggestion in more.suggestions {
            if suggestion.reviewer.is_some() {
                let seen = tx.reading().revision_of(suggestion.review)?.unwrap_or_default();
                let despite = "More cases than reviewers this time".to_string();
                allocations.push(Allocation { despite, ..Allocation::to(suggestion.review, seen, suggestion.reviewer) });
            }
        }
        if allocations.is_empty() {
            return Ok(());
        }
        self.perform(tx, self.coordinator, now, Deed::Allocate(allocations.clone()))?;
        for allocation in allocations {
            self.allocated(now, allocation.review, allocation.reviewer);
        }
        Ok(())
    }

    pub(super) fn tick(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: usize, place: usize) -> StoreResult<()> {
        let (Some(id), Some(phase)) = (self.cycles[cycle].id, self.framework.cycle.phases.get(place)) else { return Ok(()) };
        let phase = phase.key.clone();
        let (Some((stored, counts)), today) = (tx.reading().cycle_and_counts(id)?, local_date(now)) else { return Ok(()) };
        let progress = crate::domain::cycle::progress(&stored, counts, today);
        if progress.iter().take_while(|at| at.key != phase).any(|earlier| !earlier.done) {
            // Not yet: somebody looks again later in the week.
            let days = self.dice.range(2, 5);
            let day = workday(&self.calendar, today + Duration::days(days));
            self.later(at(day, 16 * 60), Event::Tick(cycle, place));
            return Ok(());
        }
        self.perform(tx, self.coordinator, now, Deed::TickPhase { cycle: id, phase }).map(drop)
    }

    /// Leave and sickness of reviewers in the last weeks and the next.
    fn absences(&mut self) {
        let reviewers: Vec<_> = self.holders(&self.kind.reviewers.clone());
        let wanted = (reviewers.len() / 5).clamp(5, 16);
        for turn in 0..wanted {
            let Some(person) = self.dice.pick(&reviewers).copied() else { return };
            let from = self.today + Duration::days(if turn == 0 { -3 } else { self.dice.range(-40, 5) });
            let until = from + Duration::days(self.dice.range(4, 13));
            let why = self.dice.word(&["leave", "leave", "training", "sick leave", "secondment"]);
            let said = workday_before(&self.calendar, from - Duration::days(self.dice.range(6, 20)));
            let told = at(said, minutes(&mut self.dice));
            self.will_be_away(told, person, from, until, why);
        }
    }
}
