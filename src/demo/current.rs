//! The cycle under way: places some of its reviews so that every state a review can be in can be seen today.

use super::dates::{at, workday};
use super::town::{Play, Stand, Town};
use crate::domain::check::{FindingKind, Looking};
use crate::domain::cycle::{self, Cycle, CyclePlanned};
use crate::domain::framework::{ModerationTrigger, Span, Step, StepDuty};
use crate::domain::id::CycleId;
use crate::domain::review::{PanelStand, next_step};
use chrono::{Duration, NaiveDate};

/// Tries at finding days that put a review where it is wanted.
const TRIES: usize = 600;

impl Town {
    /// Which of the drawn reviews is to stand where; the rest go their own way.
    pub(super) fn stands(&mut self, drawn: usize, drawn_on: NaiveDate) -> Vec<Option<Stand>> {
        use Stand::{Best, Late, Returned, Submitted, Today, Unallocated, Worst};
        let mut wanted = vec![Worst, Returned, Unallocated, Late, Today, Best, Submitted, Unallocated, Late];
        // F08: one that is drawn for the panel does not go back yet, so more are sent on the same way.
        if self.framework.moderation.takes.iter().any(|why| matches!(why, ModerationTrigger::RandomShare(_))) {
            wanted.truncate(7);
            wanted.extend([Returned, Returned]);
        }
        if drawn > 40 {
            wanted.extend([Best, Returned, Today, Today, Late, Late, Unallocated, Unallocated, Submitted]);
        }
        // What nobody has taken up for so long would be a fault: cases named since then are those that wait.
        if self.is_long_drawn(drawn_on) {
            wanted.retain(|stand| *stand != Unallocated);
        }
        let mut stands: Vec<Option<Stand>> = wanted.into_iter().take(drawn).map(Some).collect();
        stands.resize(drawn, None);
        // Spread over the strata, which is the order of the draw.
        for place in (1..stands.len()).rev() {
            let other = self.dice.below(place + 1);
            stands.swap(place, other);
        }
        stands
    }

    /// Whether what was drawn on this day and has no reviewer yet would have come to a halt.
    pub(super) fn is_long_drawn(&self, drawn_on: NaiveDate) -> bool {
        let days = Looking::of(&self.framework).days(FindingKind::NotAllocated).unwrap_or_default();
        self.today - drawn_on >= Duration::days(days.into())
    }

    /// How many cases are named in the last days of the cycle under way, to wait for a reviewer.
    pub(super) fn named_late(&self, cycle: usize, drawn_on: NaiveDate) -> u32 {
        let cycle = &self.cycles[cycle];
        match cycle.size {
            _ if !cycle.current || !self.is_long_drawn(drawn_on) => 0,
            0..8 => 0,
            8..=40 => 2,
            _ => 4,
        }
    }

    /// Gives a review of the cycle under way the days that bring it to its stand.
    pub(super) fn place(&mut self, play: &mut Play, drawn: NaiveDate) {
        let allocate = workday(&self.calendar, drawn + Duration::days(1)).min(self.today);
        play.alloc_on = allocate;
        let every = self.framework.moderation.takes.contains(&ModerationTrigger::Every);
        let minutes = super::reviews::minutes(&mut self.dice);
        let days_ago = |days: i64| at(self.today - Duration::days(days), minutes).max(at(allocate, 12 * 60));
        match play.stand {
            None | Some(Stand::Unallocated) => {}
            Some(Stand::Late) => self.place_by_search(play, drawn, false),
            Some(Stand::Today) => self.place_by_search(play, drawn, true),
            Some(Stand::Best) => play.submit_at = Some(days_ago(2).min(self.now - Duration::hours(5))),
            Some(Stand::Worst) => {
                let left = Duration::minutes(3 * 60 + 12);
                let within = match self.framework.escalation.review_within {
                    Some(Span::Hours(hours)) => Duration::hours(hours.into()),
                    _ => Duration::hours(26),
                };
                play.submit_at = Some(self.now - (within - left).max(Duration::hours(1)));
            }
            Some(Stand::Returned) => play.submit_at = Some(days_ago(if every { 5 } else { 4 })),
            Some(Stand::Submitted) => play.submit_at = Some(days_ago(1).min(self.now - Duration::hours(3))),
        }
    }

    /// Looks for days of allocating and of the steps done so far after which the next step is late, or due today.
    fn place_by_search(&mut self, play: &mut Play, drawn: NaiveDate, wants_today: bool) {
        let Some(cycle) = self.cycle_as_opened(play.cycle) else { return };
        let kind = self.kind.clone();
        let steps: Vec<&Step> = kind.steps.iter().take_while(|step| step.duty != StepDuty::Submit).collect();
        let Some((allocate, recorded)) = steps.split_first() else { return };
        let room = (self.today - drawn).num_days().max(0);
        // Late, but somebody is at it: without a step for longer than this it would have come to a halt.
        let halts = Looking::of(&self.framework).days(FindingKind::Halted).unwrap_or_default();
        let moves_since = self.today - Duration::days(i64::from(halts) - 1);
        for attempt in 0..TRIES {
            let first = drawn + Duration::days(self.dice.range(0, room));
            if attempt < TRIES / 2 && workday(&self.calendar, first) != first {
                continue;
            }
            let done = self.dice.below(recorded.len() + 1);
            let mut days: Vec<NaiveDate> =
                (0..done).map(|_| first + Duration::days(self.dice.range(0, (self.today - first).num_days().max(0)))).collect();
            days.sort();
            let taken = |key: &str| {
                let recorded = recorded.iter().zip(&days).find(|(step, _)| step.key == key).map(|(_, day)| *day);
                if key == allocate.key { Some(first) } else { recorded }
            };
            let Ok(next) = next_step(&kind, &cycle, taken, &PanelStand::NotNeeded, &self.calendar) else { return };
            let late = next.due_on.map_or(0, |due| (self.today - due).num_days());
            // What was done today may lie ahead of the hour that it is now.
            let fits = if wants_today { next.due_on == Some(self.today) } else { (1..=6).contains(&late) };
            let moves = days.last().is_none_or(|day| *day >= moves_since) && (done > 0 || first >= moves_since);
            if fits && moves && days.iter().all(|day| *day < self.today) && first < self.today {
                play.alloc_on = first;
                play.times = days.iter().enumerate().map(|(place, day)| at(*day, 12 * 60 + 40 * (place as i64 + 1))).collect();
                return;
            }
        }
        play.stand = None;
    }

    /// The cycle with the dates it is opened with.
    fn cycle_as_opened(&self, place: usize) -> Option<Cycle> {
        let starts_on = self.cycles.get(place)?.starts_on;
        let reason = self.framework.cycle.focus_reasons.first().map(|reason| reason.key.clone()).unwrap_or_default();
        let planned = CyclePlanned { starts_on, focus: "as opened".into(), focus_reason: reason, focus_note: String::new() };
        let opened = cycle::open(&self.framework, CycleId(0), &planned, &[]).ok()?;
        Some(cycle::on_working_days(opened, &self.calendar))
    }
}
