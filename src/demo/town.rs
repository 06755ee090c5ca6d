//! The made-up council while it is simulated: what is to happen when, and who does it.
//!
//! Events wait in a queue and happen in the order of their time, each through the doorway with its own date and actor.
//! What lies after `now` never happens, which is how every review comes to stand where it stands.

use super::alerts::Shown;
use super::children::Caseload;
use super::dice::Dice;
use super::people::Staff;
use super::plan::PlanAct;
use super::words::Quality;
use super::{DemoError, DemoWanted};
use crate::domain::action::ActionState;
use crate::domain::calendar::{Calendar, local_date};
use crate::domain::deed::{Actor, Deed};
use crate::domain::framework::{Framework, ReviewKind, StepDuty};
use crate::domain::id::{ActionId, AlertId, CycleId, DrpId, PanelId, PersonId, ReviewId, TeamId};
use crate::domain::line;
use crate::domain::person::Person;
use crate::domain::review::StepRecord;
use crate::domain::tracking::FollowUpOf;
use crate::runtime::clerk::{Receipt, perform_in};
use crate::runtime::library::Library;
use crate::store::{Store, StoreResult, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use std::sync::Arc;

/// Changes that are kept together in one transaction: what was read in it need not be read again, and its pages fit into memory.
const ROWS_AT_ONCE: i64 = 100_000;

/// Something that is to happen.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A new extract of cases comes in.
    Extract,
    /// A cycle is opened.
    Open(usize),
    /// A sitting of the panel is put into the diary.
    Plan(usize, NaiveDate),
    /// The sample is drawn.
    Draw(usize),
    /// A drawn case is replaced.
    Substitute(usize),
    /// Cases are named for the cycle under way that nobody has taken up yet.
    NameLate(usize, u32),
    /// The Insights team looks over the records, and asks for what is missing.
    Chase,
    /// Reviewers are found for everything of a cycle that has none.
    Allocate(usize),
    /// The next step of a review.
    Step(ReviewId),
    /// A reviewer begins to write.
    Begin(ReviewId),
    /// The form is written and submitted.
    Submit(ReviewId),
    /// The panel sits.
    Sit(usize, PanelId),
    /// Those named on an alert are told.
    Tell(AlertId, bool),
    /// The service manager gives assurance; the alert is closed then, or left for whoever opens the demo to close.
    Assure(AlertId, bool),
    /// An alert is raised that shows what none of a grade does.
    RaiseAlert(Shown),
    /// Whoever reviews the record acknowledges.
    Acknowledge(AlertId),
    /// The level of concern is disputed, and decided a while later.
    Dispute(AlertId, bool),
    /// Somebody notices what has run out.
    Due,
    /// An action moves on.
    Move(ActionId, ActionState, PersonId),
    /// Somebody looks at an action again.
    Revisit(ActionId),
    /// Something happens to a cycle's improvement plan.
    ForPlan(CycleId, PlanAct),
    /// Something follows a review that is tracked.
    Follow(ReviewId, FollowUpOf),
    /// An action that was asked for goes one step on.
    SeeTo(ActionId),
    /// An action is taken back.
    TakeBack(ActionId),
    /// A phase is ticked by hand.
    Tick(usize, usize),
    /// A review of a kind that is not drawn is opened, by the kind's place in the framework.
    OpenKind(usize),
    /// A manager proposes a case of that cycle to learn from; which one of them.
    Propose(usize, i64),
    /// Several reviewers are asked to grade one file.
    Benchmark,
    /// The next step of a review of such a kind.
    KindStep(ReviewId),
    /// Something happens in a dispute: which, and which step of it.
    Drp(usize, usize),
    /// The reports of a cycle are written; with true, those of which nothing was finished the first time.
    Report(usize, bool),
    /// Somebody will be away.
    Away(PersonId, NaiveDate, NaiveDate, &'static str),
    /// An entry of a register, a cycle planned ahead, or extra work.
    Other(Box<Deed>),
}

/// A cycle while it is simulated.
#[derive(Debug, Default)]
pub(super) struct CyclePlay {
    pub(super) starts_on: NaiveDate,
    pub(super) size: u32,
    pub(super) current: bool,
    pub(super) id: Option<CycleId>,
    pub(super) focus: &'static str,
    pub(super) substitutes: u32,
    pub(super) reviews: Vec<ReviewId>,
    /// Reviews that still have something to do.
    pub(super) open: u32,
}

/// Where a review of the cycle under way is to stand, so that every state can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Nobody is allocated.
    Unallocated,
    /// Its next step is late.
    Late,
    /// Its next step is due today.
    Today,
    /// Graded best, waits for the panel.
    Best,
    /// Graded worst a day ago; its alert runs.
    Worst,
    /// Returned, waits for its day.
    Returned,
    /// Submitted, to be returned.
    Submitted,
}

/// A review while it is simulated.
#[derive(Debug)]
pub(super) struct Play {
    pub(super) cycle: usize,
    pub(super) quality: Quality,
    pub(super) stand: Option<Stand>,
    pub(super) reviewer: Option<PersonId>,
    pub(super) practitioner: Option<PersonId>,
    pub(super) team: Option<TeamId>,
    /// The day from which a reviewer is looked for.
    pub(super) alloc_on: NaiveDate,
    /// When each step before submission happens.
    pub(super) times: Vec<DateTime<Utc>>,
    /// The step that comes next, by its place.
    pub(super) step: usize,
    pub(super) steps: BTreeMap<String, StepRecord>,
    pub(super) submit_at: Option<DateTime<Utc>>,
    pub(super) waits: bool,
    pub(super) begun: bool,
    pub(super) gone: bool,
}

/// The simulation.
pub(super) struct Town {
    pub(super) framework: Framework,
    pub(super) kind: Arc<ReviewKind>,
    pub(super) calendar: Calendar,
    pub(super) dice: Dice,
    /// Chance of its own for what is said on alerts: it leaves the reviews of a seed as they are.
    pub(super) words: Dice,
    pub(super) now: DateTime<Utc>,
    pub(super) today: NaiveDate,
    pub(super) staff: Staff,
    pub(super) caseload: Caseload,
    pub(super) turnover: usize,
    pub(super) library: Library,
    pub(super) people: BTreeMap<PersonId, Person>,
    pub(super) actors: HashMap<PersonId, Actor>,
    pub(super) coordinator: PersonId,
    /// The coordinator, for whoever has no login.
    pub(super) desk: Actor,
    /// Proposed cases of another kind, which wait for somebody to take them up.
    pub(super) proposals: u32,
    /// Kinds of review that are not drawn and of which none is open yet, by their place in the framework.
    pub(super) kinds_to_open: BTreeSet<usize>,
    /// So many files that several reviewers grade are still to be opened.
    pub(super) benchmarks_to_open: u32,
    /// Somebody declared an interest on the way.
    pub(super) ever_recused: bool,
    /// Of an action that was looked at again it was found that it had not helped.
    pub(super) ever_recurred: bool,
    /// Disputes by their place among those that are told.
    pub(super) drps: HashMap<usize, DrpId>,
    pub(super) cycles: Vec<CyclePlay>,
    pub(super) plays: HashMap<ReviewId, Play>,
    /// Days on which the panel sits.
    pub(super) sittings: BTreeSet<NaiveDate>,
    /// When reviewers are looked for, and of which cycle.
    pub(super) asked_for: BTreeSet<(DateTime<Utc>, usize)>,
    /// Who holds each role and has a login, by number.
    by_role: HashMap<String, Vec<PersonId>>,
    /// Who is away from when until when, whether it was told already or not.
    away: Vec<(PersonId, NaiveDate, NaiveDate)>,
    pub(super) last_row: i64,
    queue: BinaryHeap<Reverse<(DateTime<Utc>, u64)>>,
    waiting: HashMap<u64, Event>,
    counter: u64,
}

impl Town {
    #[expect(clippy::too_many_arguments, reason = "the parts are made once, by one caller, and each has its own name here")]
    pub(super) fn new(
        framework: Framework,
        kind: ReviewKind,
        calendar: Calendar,
        wanted: &DemoWanted,
        staff: Staff,
        caseload: Caseload,
        cycles: Vec<CyclePlay>,
        dice: Dice,
        desk: Actor,
    ) -> Town {
        Town {
            framework,
            kind: Arc::new(kind),
            calendar,
            dice,
            words: Dice::new(wanted.seed ^ 0x0A1E_1275),
            now: wanted.now,
            today: local_date(wanted.now),
            staff,
            caseload,
            turnover: 4,
            library: Library::default(),
            people: BTreeMap::new(),
            actors: HashMap::new(),
            coordinator: PersonId(0),
            desk,
            cycles,
            plays: HashMap::new(),
            sittings: BTreeSet::new(),
            asked_for: BTreeSet::new(),
            by_role: HashMap::new(),
            away: Vec::new(),
            last_row: 0,
            queue: BinaryHeap::new(),
            waiting: HashMap::new(),
            proposals: 0,
            kinds_to_open: BTreeSet::new(),
            benchmarks_to_open: 0,
            ever_recused: false,
            ever_recurred: false,
            drps: HashMap::new(),
            counter: 0,
        }
    }

    /// Puts something into the diary.
    pub(super) fn later(&mut self, at: DateTime<Utc>, event: Event) {
        if at > self.now {
            return;
        }
        self.counter += 1;
        self.queue.push(Reverse((at, self.counter)));
        self.waiting.insert(self.counter, event);
    }

    /// Lets everything happen that lies before `now`.
    pub(super) fn run(&mut self, store: &mut Store, progress: &mut dyn FnMut(u64, u64)) -> Result<(), DemoError> {
        let total: u64 = self.cycles.iter().map(|cycle| u64::from(cycle.size)).sum();
        let mut done = 0;
        progress(done, total);
        while !self.queue.is_empty() {
            let started = self.last_row;
            store.write(|tx| {
                while self.last_row < started + ROWS_AT_ONCE {
                    let Some(Reverse((at, number))) = self.queue.pop() else { break };
                    let Some(event) = self.waiting.remove(&number) else { continue };
                    done += u64::from(matches!(event, Event::Submit(_)));
                    self.happen(tx, at, event)?;
                }
                Ok(())
            })?;
            progress(done.min(total), total);
        }
        progress(total, total);
        Ok(())
    }

    fn happen(&mut self, tx: &mut Tx<'_>, at: DateTime<Utc>, event: Event) -> StoreResult<()> {
        match event {
            // Whatever was ahead of a case ended when it was taken out of the sample.
            Event::Step(review) | Event::Begin(review) | Event::Submit(review) if self.plays.get(&review).is_some_and(|play| play.gone) => {
                Ok(())
            }
            Event::Extract => self.extract(tx, at),
            Event::Open(cycle) => self.open_cycle(tx, at, cycle),
            Event::Plan(cycle, on) => self.plan_panel(tx, at, cycle, on),
            Event::Draw(cycle) => self.draw(tx, at, cycle),
            Event::Substitute(cycle) => self.substitute(tx, at, cycle),
            Event::NameLate(cycle, many) => self.name_as(tx, at, cycle, many, Some(Stand::Unallocated)),
            Event::Chase => self.chase(tx, at),
            Event::Allocate(cycle) => self.allocate(tx, at, cycle),
            Event::Step(review) => self.step(tx, at, review),
            Event::Begin(review) => self.begin(tx, at, review),
            Event::Submit(review) => self.submit(tx, at, review),
            Event::Sit(cycle, panel) => self.sit(tx, at, cycle, panel),
            Event::Tell(alert, all) => self.tell(tx, at, alert, all),
            Event::Assure(alert, closes) => self.assure(tx, at, alert, closes),
            Event::RaiseAlert(shown) => self.raise_alert(tx, at, shown),
            Event::Acknowledge(alert) => self.acknowledge(tx, at, alert),
            Event::Dispute(alert, decided) => self.dispute(tx, at, alert, decided),
            Event::Due => self.perform(tx, self.coordinator, at, Deed::RaiseDue).map(drop),
            Event::Move(action, state, by) => self.move_action(tx, at, action, state, by),
            Event::Revisit(action) => self.revisit(tx, at, action),
            Event::ForPlan(cycle, act) => self.for_plan(tx, at, cycle, act),
            Event::SeeTo(action) => self.see_to(tx, at, action),
            Event::Follow(review, what) => self.follow(tx, at, review, what),
            Event::TakeBack(action) => self.perform(tx, self.coordinator, at, Deed::WithdrawAction { action }).map(drop),
            Event::Tick(cycle, phase) => self.tick(tx, at, cycle, phase),
            Event::OpenKind(kind) => self.open_kind(tx, at, kind),
            Event::Propose(cycle, turn) => self.propose(tx, at, cycle, turn),
            Event::Benchmark => self.earlier_benchmark(tx, at),
            Event::KindStep(review) => self.kind_step(tx, at, review),
            Event::Report(cycle, again) => self.report(tx, at, cycle, again),
            Event::Drp(story, step) => self.drp(tx, at, story, step),
            Event::Other(deed) => self.perform(tx, self.coordinator, at, *deed).map(drop),
            Event::Away(person, from, until, why) => {
                let deputy = self.stand_in(person, from, until);
                let deed = Deed::RecordAbsence { person, from, until, reason: why.to_string(), deputy };
                self.perform(tx, self.coordinator, at, deed).map(drop)
            }
        }
    }

    /// Somebody will be away: known here beforehand, so that nobody stands in who is away themselves.
    pub(super) fn will_be_away(&mut self, told: DateTime<Utc>, person: PersonId, from: NaiveDate, until: NaiveDate, why: &'static str) {
        self.away.push((person, from, until));
        self.later(told, Event::Away(person, from, until, why));
    }

    /// Who stands in for somebody: the next of the same role who is there; where there is none, the nearest above them. For those
    /// who own no actions only for every other person, since not every absence is arranged for.
    fn stand_in(&self, person: PersonId, from: NaiveDate, until: NaiveDate) -> Option<PersonId> {
        let away = self.people.get(&person)?;
        let owns = self.framework.role(&away.role).is_some_and(|role| role.manages || role.practitioner || role.insights);
        if !owns && away.id.0 % 2 != 0 {
            return None;
        }
        let there = |other: &PersonId| {
            let absent = self.away.iter().any(|(who, first, last)| who == other && *first <= until && from <= *last);
            *other != person && !absent && self.people.get(other).is_some_and(|other| other.left_on.is_none())
        };
        let same = || self.people.values().filter(|other| other.role == away.role).map(|other| other.id).filter(there);
        let next = same().find(|other| *other > person).or_else(|| same().next().filter(|_| owns));
        next.or_else(|| line::above(&self.people, person).into_iter().find(there).filter(|_| owns))
    }

    /// Does a deed as somebody, at its own time.
    pub(super) fn perform(&mut self, tx: &mut Tx<'_>, who: PersonId, at: DateTime<Utc>, deed: Deed) -> StoreResult<Receipt> {
        let actor = self.actors.get(&who).unwrap_or(&self.desk);
        let receipt = perform_in(tx, &mut self.library, actor, at, deed)?;
        self.last_row = self.last_row.max(receipt.written.last);
        Ok(receipt)
    }

    /// The nearest person above somebody with one of these roles; where there is none, the coordinator.
    pub(super) fn above(&self, person: Option<PersonId>, role: &str) -> Option<PersonId> {
        let mut at = person.and_then(|person| self.people.get(&person)).and_then(|person| person.line_manager);
        for _ in 0..12 {
            let manager = self.people.get(&at?)?;
            if manager.role.eq_ignore_ascii_case(role) {
                return Some(manager.id);
            }
            at = manager.line_manager;
        }
        None
    }

    /// Everybody who can act and holds one of these roles.
    pub(super) fn holders(&self, roles: &[String]) -> Vec<PersonId> {
        let held: BTreeSet<&PersonId> = roles.iter().filter_map(|role| self.by_role.get(role)).flatten().collect();
        held.into_iter().copied().collect()
    }

    /// The first of these, by number.
    pub(super) fn first_holder(&self, roles: &[String]) -> Option<PersonId> {
        roles.iter().filter_map(|role| self.by_role.get(role)).flatten().min().copied()
    }

    /// Moves the people in, who stay who they are.
    pub(super) fn settle(&mut self, people: BTreeMap<PersonId, Person>) {
        for person in people.values().filter(|person| person.left_on.is_none() && !person.login.is_empty()) {
            self.by_role.entry(person.role.clone()).or_default().push(person.id);
        }
        self.people = people;
    }

    /// The step at a place, if there is one.
    pub(super) fn step_at(&self, place: usize) -> Option<&crate::domain::framework::Step> {
        self.kind.steps.get(place)
    }

    /// Whether steps of this duty are written down by the reviewer.
    pub(super) fn by_reviewer(duty: StepDuty) -> bool {
        matches!(duty, StepDuty::Record | StepDuty::FamilyContact)
    }
}
