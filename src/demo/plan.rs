//! Improvement plans: what each cycle's findings led to, in every state from just written to signed off and carried over.
//!
//! Nothing here is thrown by the dice of the town: plans follow from the place of their cycle in the story, so that they change
//! nothing else of it.

use super::dates::{at, workday};
use super::town::{Event, Town};
use crate::domain::action::{ActionState, ActionWanted, Near};
use crate::domain::calendar::local_date;
use crate::domain::deed::{ActionDeed, Deed};
use crate::domain::id::{ActionId, CycleId, PersonId};
use crate::domain::plan::{Noted, PlanDeed, Resolved, Sent};
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// Findings with what they lead to.
const WIDER: [(&str, &str); 8] = [
    ("Chronologies stop at the last transfer", "Agree one page on keeping a chronology, and show it in every team meeting"),
    ("Fathers are missing from assessments", "Workshop on finding and including fathers, with two cases from this cycle"),
    ("Plans say what parents do, not what changes for the child", "Put three examples of plans with outcomes beside the form"),
    ("Supervision records repeat the case note", "Managers try a reflective template for a month and bring back what it changed"),
    ("Direct work is done and not written up", "Set a weekly hour without meetings for writing up direct work"),
    ("Contingency plans are the same in every file", "Practice leads look at ten contingency plans with their teams"),
    ("Children\u{2019}s own words are rare in reviews", "Ask the participation team to come to each team once"),
    ("Strategy meetings lack health", "Agree with health who is called at short notice"),
];

/// Training that is asked for.
const TRAINING: [&str; 4] = [
    "Writing plans with outcomes, for both assessment teams",
    "Working with neglect over time, for newly qualified social workers",
    "Talking with children about risk online, for everybody",
    "Reflective supervision, for new team managers",
];

/// How an action stands, as a meeting hears it.
const PROGRESS: [&str; 3] = [
    "Two teams have begun; the others follow after the holidays.",
    "Done in every team but one, whose manager is new.",
    "Slower than planned: the template is being written a second time.",
];

/// General concerns.
const CONCERNS: [&str; 3] = [
    "Letters from the courts reach the file days late",
    "Two teams have had no manager for longer than a month",
    "The form loses its last page when two people open it",
];

/// What a service tells of its month: what went well, what is hard, what is done about it.
const MONTHS: [(&str, &str, &str); 5] = [
    (
        "Every visit of the month was in time.",
        "Three posts are empty.",
        "Agency cover for two of them until March; the third is advertised.",
    ),
    ("The backlog of closing summaries is gone.", "Court work came all in one week.", "Another team took four cases over."),
    ("Two social workers passed their year as newly qualified.", "", ""),
    (
        "Every family was asked what had helped, and most answered.",
        "Contact centres are full, and family time is moved at short notice.",
        "A second venue is tried for two months; carers are told by Thursday of any change.",
    ),
    (
        "Plans were reviewed in time in all but a few cases.",
        "Health assessments wait for weeks.",
        "Raised with the designated nurse; a list goes to her each Monday.",
    ),
];

/// What happens to a plan, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlanAct {
    /// It is written.
    Write,
    /// It is presented, and training sent on.
    Present,
    /// A meeting hears how its actions stand.
    Hear,
    /// One action is done, and signed off by somebody else.
    SignOff(ActionId),
}

/// One of several, by the number of the cycle.
fn by_turn<T: Copy>(of: &[T], turn: i64) -> Option<T> {
    of.get(usize::try_from(turn).unwrap_or(0) % of.len().max(1)).copied()
}

impl Town {
    /// Puts the story of a cycle's plan into the diary, from the day its report is due.
    pub(super) fn follow_findings(&mut self, tx: &Tx<'_>, cycle: CycleId) -> StoreResult<()> {
        let Some((stored, _)) = tx.reading().cycle_and_counts(cycle)? else { return Ok(()) };
        let Some(report) = stored.phase("report").or(stored.phases.last()) else { return Ok(()) };
        let day = |days: i64, calendar: &crate::domain::calendar::Calendar| workday(calendar, report.starts + Duration::days(days));
        let (write, present, hear) = (day(2, &self.calendar), day(12, &self.calendar), day(20, &self.calendar));
        self.later(at(write, 10 * 60 + 20), Event::ForPlan(cycle, PlanAct::Write));
        self.later(at(present, 15 * 60 + 10), Event::ForPlan(cycle, PlanAct::Present));
        self.later(at(hear, 11 * 60 + 40), Event::ForPlan(cycle, PlanAct::Hear));
        Ok(())
    }

    pub(super) fn for_plan(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: CycleId, act: PlanAct) -> StoreResult<()> {
        match act {
            PlanAct::Write => self.write_plan(tx, now, cycle),
            PlanAct::Present => self.present_plan(tx, now, cycle),
            PlanAct::Hear => self.hear_plan(tx, now, cycle),
            PlanAct::SignOff(action) => self.sign_off_wider(tx, now, action),
        }
    }

    fn in_plan(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, deed: PlanDeed) -> StoreResult<()> {
        self.perform(tx, self.coordinator, now, Deed::Plan(deed)).map(drop)
    }

    fn note_in_plan(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: CycleId, what: Noted) -> StoreResult<()> {
        let on = local_date(now);
        self.in_plan(tx, now, PlanDeed::Note { cycle, action: None, on, what })
    }

    /// Managers of practice, of whom somebody owns each wider action.
    fn owners(&self, on: NaiveDate) -> Vec<PersonId> {
        let manages = |role: &str| self.framework.role(role).is_some_and(|role| role.manages && !role.insights);
        self.people.values().filter(|person| manages(&person.role) && person.is_here(on)).map(|person| person.id).collect()
    }

    fn write_plan(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: CycleId) -> StoreResult<()> {
        let owners = self.owners(local_date(now));
        for turn in [cycle.0 * 2, cycle.0 * 2 + 1] {
            let (Some((finding, text)), Some(owner)) = (by_turn(&WIDER, turn), by_turn(&owners, turn * 5)) else { continue };
            let wanted = ActionWanted {
                text: text.into(),
                owner: Some(owner),
                due_on: None,
                urgent: false,
                kind: self.kind_of(text),
                near: Near::Ask,
            };
            self.in_plan(tx, now, PlanDeed::Raise { cycle, finding: finding.into(), service: String::new(), wanted })?;
        }
        if let Some(what) = by_turn(&TRAINING, cycle.0) {
            self.note_in_plan(tx, now, cycle, Noted::Training { what: what.into(), sent: None })?;
        }
        if cycle.0 % 3 == 1
            && let Some(what) = by_turn(&CONCERNS, cycle.0 / 3)
        {
            self.note_in_plan(tx, now, cycle, Noted::Concern { what: what.into(), resolved: None })?;
        }
        Ok(())
    }

    fn present_plan(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: CycleId) -> StoreResult<()> {
        let responsible = self.framework.boards.iter().find(|board| board.responsible).or(self.framework.boards.first());
        if let Some(board) = responsible.map(|board| board.key.clone()) {
            let said = "Agreed; the board wants to hear of it again next time.".to_string();
            self.note_in_plan(tx, now, cycle, Noted::Presented { board, said })?;
        }
        for (turn, place) in self.telling(cycle.0) {
            let Some((achievements, challenges, mitigation)) = by_turn(&MONTHS, turn) else { continue };
            let [achievements, challenges, mitigation] = [achievements, challenges, mitigation].map(str::to_string);
            self.note_in_plan(tx, now, cycle, Noted::Narrative { place, achievements, challenges, mitigation })?;
        }
        // Most training is sent on with it; of some cycles it still waits.
        let Some((stored, _)) = tx.reading().cycle_and_counts(cycle)? else { return Ok(()) };
        for (note, seen) in tx.reading().plan_notes(&stored)? {
            let on = local_date(now);
            let deed = match note.what {
                Noted::Training { sent: None, .. } if note.cycle.0 % 4 != 3 || now + Duration::days(120) < self.now => {
                    PlanDeed::Send { note: note.id, seen, sent: Sent { on, to: "Workforce and practice development".into() } }
                }
                // A concern lasts for a few months.
                Noted::Concern { resolved: None, .. } if note.on + Duration::days(75) < on => {
                    let how = "It has been put right; two months without another case.".into();
                    PlanDeed::Resolve { note: note.id, seen, resolved: Resolved { on, how } }
                }
                _ => continue,
            };
            self.in_plan(tx, now, deed)?;
        }
        Ok(())
    }

    fn hear_plan(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, cycle: CycleId) -> StoreResult<()> {
        let Some((stored, _)) = tx.reading().cycle_and_counts(cycle)? else { return Ok(()) };
        let board = self.framework.boards.iter().find(|board| board.responsible).map(|board| board.key.clone()).unwrap_or_default();
        for action in tx.reading().wider_actions(&stored)? {
            let Some((stored, revision)) = tx.reading().action_as_seen(action)? else { continue };
            if stored.source.cycle() != Some(cycle) || !stored.state.is_open() {
                continue;
            }
            let said = by_turn(&PROGRESS, action.0).unwrap_or_default().to_string();
            let what = Noted::Progress { board: board.clone(), said };
            self.in_plan(tx, now, PlanDeed::Note { cycle, action: Some(action), on: local_date(now), what })?;
            // One in five of late is slow: it is carried into the plans that follow.
            if action.0 % 5 == 0 && now + Duration::days(60) > self.now {
                continue;
            }
            let owner = self.hand_of(stored.owner);
            self.perform(tx, owner, now, Deed::Action(ActionDeed::TakeUp(vec![(action, revision)])))?;
            let day = workday(&self.calendar, local_date(now) + Duration::days(9 + action.0 % 12));
            self.later(at(day, 14 * 60), Event::ForPlan(cycle, PlanAct::SignOff(action)));
        }
        Ok(())
    }

    fn sign_off_wider(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, action: ActionId) -> StoreResult<()> {
        let Some((stored, revision)) = tx.reading().action_as_seen(action)? else { return Ok(()) };
        if stored.state != ActionState::InProgress {
            return Ok(());
        }
        let evidence = "Minutes of the team meetings, in the folder of the plan".to_string();
        let owner = self.hand_of(stored.owner);
        self.perform(tx, owner, now, Deed::Action(ActionDeed::Finish { actions: vec![(action, revision)], evidence }))?;
        let Some((stored, revision)) = tx.reading().action_as_seen(action)? else { return Ok(()) };
        if let Some(signs) = self.second_pair_of_eyes(tx, &stored, stored.owner)? {
            self.perform(tx, signs, now, Deed::Action(ActionDeed::SignOff(vec![(action, revision)])))?;
        }
        Ok(())
    }

    /// Who notes what an owner does: themselves, or the Insights team for those who have no login.
    fn hand_of(&self, owner: PersonId) -> PersonId {
        if self.actors.contains_key(&owner) { owner } else { self.coordinator }
    }

    /// The services that tell of their month, each with its turn: all of them where a report gathers what they tell (F13), else one.
    fn telling(&self, turn: i64) -> Vec<(i64, String)> {
        let all = self.framework.reports.iter().flat_map(|kind| &kind.sections).any(|section| section.key == "challenges");
        let services: Vec<&str> = self.staff.services.iter().map(String::as_str).collect();
        match (all, by_turn(&services, turn)) {
            (true, _) => (turn..).zip(services).map(|(turn, name)| (turn, name.to_string())).collect(),
            (false, Some(name)) => vec![(turn, name.to_string())],
            (false, None) => Vec::new(),
        }
    }
}
