//! What a write transaction has read, and put right ([`super::learnt`]) or forgotten as it wrote: a deed looks at the same review, the
//! same people and the same settings four or five times, and on the way through the doorway nobody else can write. A frame is read of
//! one moment, and asks as often.
//!
//! A build for tests and for writing the program reads everything a second time where it is known, and compares: what a change should
//! have made forgotten and did not stops the first test that meets it.

use super::Reading;
use super::follow::LoopFacts;
use super::sight::Places;
use crate::domain::action::Action;
use crate::domain::alert::{Alert, AlertEvent};
use crate::domain::change::{Change, FollowUpChange, PanelChange, Swap};
use crate::domain::id::{ActionId, CycleId, PersonId, ReviewId, SubjectId};
use crate::domain::interest::Reach;
use crate::domain::joint::Joint;
use crate::domain::person::{Absence, Person};
use crate::domain::review::{Answer, ReviewFacts};
use crate::domain::subject::Subject;
use crate::domain::tracking::FollowUp;
use crate::store::error::StoreResult;
use crate::store::tx::Numbered;
use chrono::NaiveDate;
use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;

/// So many of a kind are kept at most, where one of them is long: forms, and what was asked in words. A cycle of eight hundred reviews
/// that is made up at once comes back to each of them again and again; a deed of its own never sees that many.
const FEW: usize = 2_048;

/// Of what deeds of a whole council come back to: who people are, where reviews belong and stand, and what followed them. A made-up
/// council that is large comes back to the reviews of a year, which are ten thousand there. All together it takes some 200 MB then.
const MANY: usize = 16_384;

/// People to be looked up by their number, handed out without a copy.
pub(super) type People = Arc<BTreeMap<PersonId, Person>>;

/// What is true in this transaction, or at this moment.
#[derive(Debug, Default)]
pub(in crate::store) struct Known {
    /// Reviews without their forms.
    pub(super) reviews: Shelf<ReviewId, Arc<ReviewFacts>, MANY>,
    /// The answers of their forms.
    pub(super) answers: Shelf<ReviewId, BTreeMap<String, Answer>>,
    /// The reviewers beside a lead, as rules are shown them.
    pub(super) joints: Shelf<(ReviewId, Option<PersonId>), Joint, MANY>,
    /// Where reviews belong.
    pub(super) places: Shelf<ReviewId, Place, MANY>,
    /// Actions, with the revision of their rows.
    pub(super) actions: Shelf<ActionId, (Action, i64), MANY>,
    /// The actions that answer what was found in reviews, whatever became of them.
    pub(super) answering: Shelf<ReviewId, Vec<ActionId>, MANY>,
    /// The facts by which the loops of reviews are judged.
    pub(super) loops: Shelf<ReviewId, Arc<LoopFacts>, MANY>,
    /// What followed reviews, oldest first.
    pub(super) follow_ups: Shelf<ReviewId, Vec<FollowUp>, MANY>,
    /// The alerts of reviews: reference, and since when the record is reviewed.
    pub(super) alerted: Shelf<ReviewId, Vec<(String, Option<NaiveDate>)>, MANY>,
    /// Subjects of cases.
    pub(super) subjects: Shelf<SubjectId, Arc<Subject>, MANY>,
    /// What somebody's interests that stand reach over.
    pub(super) reaches: Shelf<PersonId, Vec<Reach>, MANY>,
    /// What the journal says about objects that are no reviews after it first named them, oldest first, with the days.
    pub(super) written: Shelf<String, Arc<[(NaiveDate, Change)]>, MANY>,
    /// Who stands above people and who holds roles, by both as they were asked for.
    pub(super) around: Shelf<(Vec<PersonId>, Vec<String>), People>,
    /// People, those above them, and who stands in for any of these.
    pub(super) near: Shelf<Vec<PersonId>, People>,
    /// People of the list.
    pub(super) people: Shelf<PersonId, Arc<Person>, MANY>,
    /// All of them.
    pub(super) everybody: Shelf<(), People>,
    /// Those who hold one of these roles.
    pub(super) holders: Shelf<Vec<String>, People>,
    /// For whom somebody ever stood in, or will.
    pub(super) stand_ins: Shelf<PersonId, Arc<[StandIn]>, MANY>,
    /// Absences that end on or after a day.
    pub(super) absences: Shelf<NaiveDate, Arc<[Absence]>>,
    /// Who ever stood in for somebody, or will.
    pub(super) deputies: Shelf<PersonId, Vec<PersonId>, MANY>,
    /// The statements that ask whether a review lies within a sight, by how many people stand in them.
    pub(super) sights: Shelf<Places, Arc<str>>,
    /// Settings of the database.
    pub(super) settings: Shelf<String, String>,
    /// The stored texts of cycles.
    pub(super) cycles: Shelf<CycleId, Arc<str>>,
    /// The newest journal rows about objects.
    pub(super) newest: Shelf<String, i64>,
    /// The next numbers of actions and of what follows reviews.
    pub(super) numbers: Shelf<Numbered, i64>,
    /// What statements have counted for the header.
    pub(super) counts: Shelf<String, Vec<i64>>,
}

/// That somebody stands in for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct StandIn {
    /// For whom.
    pub(super) whom: Person,
    /// From this day on.
    pub(super) from: NaiveDate,
    /// Until that day has passed.
    pub(super) until: NaiveDate,
}

/// Where a review belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Place {
    /// Its cycle.
    pub(super) cycle: CycleId,
    /// Whom it is about.
    pub(super) subject: SubjectId,
    /// Whose work.
    pub(super) practitioner: Option<PersonId>,
    /// Who reviews it, and who stands beside them.
    pub(super) reviewers: [Option<PersonId>; 2],
    /// The day it was erased.
    pub(super) erased_on: Option<NaiveDate>,
}

impl Known {
    /// The moment is over, or who knows what was written: nothing is known any more.
    pub(in crate::store) fn forget_all(&self) {
        let Known {
            reviews,
            answers,
            joints,
            places,
            actions,
            answering,
            loops,
            follow_ups,
            alerted,
            subjects,
            reaches,
            written,
            around,
            near,
            people,
            everybody,
            holders,
            stand_ins,
            absences,
            deputies,
            // What a statement says does not hang on what is written.
            sights: _,
            settings,
            cycles,
            newest,
            numbers,
            counts,
        } = self;
        reviews.clear();
        answers.clear();
        joints.clear();
        places.clear();
        actions.clear();
        answering.clear();
        loops.clear();
        follow_ups.clear();
        alerted.clear();
        subjects.clear();
        reaches.clear();
        written.clear();
        around.clear();
        near.clear();
        people.clear();
        everybody.clear();
        holders.clear();
        stand_ins.clear();
        absences.clear();
        deputies.clear();
        settings.clear();
        cycles.clear();
        newest.clear();
        numbers.clear();
        counts.clear();
    }

    /// The next number of a table: known of those that deeds of a made-up council ask for by the hundred thousand.
    pub(in crate::store) fn next(&self, table: Numbered, read: impl FnOnce() -> StoreResult<i64>) -> StoreResult<i64> {
        if !matches!(table, Numbered::Action | Numbered::FollowUp) {
            return read();
        }
        Ok(self.numbers.or_read(&table, |_| read().map(Some))?.unwrap_or(1))
    }

    /// Something is about to be written about an object: what it touches and [`Known::learn`] does not follow is not known any more. Only
    /// of the changes that a council makes by the hundred is it said what they touch; every other one, and whatever is added to them, is
    /// taken for one that touches anything.
    pub(in crate::store) fn forget(&self, change: &Change, object: &str) {
        match change {
            // One that was raised, changed or brought on is learned.
            Change::ActionRecorded(Swap { before: Some(gone), after: None }) => {
                self.actions.remove(&gone.id);
                self.numbers.clear();
                gone.review().iter().for_each(|review| self.answering.remove(review));
            }
            Change::ActionLinked(linked) => self.answering.remove(&linked.review),
            Change::ActionMoved { action, .. } => self.actions.remove(action),
            // One that was added is learned.
            Change::FollowUp(FollowUpChange::Noted(Swap { before: Some(before), .. })) => {
                self.follow_ups.remove(&before.review);
                self.numbers.clear();
            }
            Change::SubjectRecorded(swap) => swap.before.iter().chain(&swap.after).for_each(|subject| self.subjects.remove(&subject.id)),
            Change::InterestRecorded(swap) => swap.before.iter().chain(&swap.after).for_each(|one| self.reaches.remove(&one.person)),
            Change::PersonRecorded(swap) => {
                swap.before.iter().chain(&swap.after).for_each(|person| self.people.remove(&person.id));
                self.near.clear();
                self.around.clear();
                self.everybody.clear();
                self.holders.clear();
                self.stand_ins.clear();
            }
            Change::AbsenceRecorded(_) => {
                self.absences.clear();
                self.near.clear();
                self.deputies.clear();
                self.stand_ins.clear();
            }
            Change::ReviewWithdrawn { review, .. } => {
                self.reviews.remove(review);
                self.loops.remove(review);
            }
            Change::SettingChanged { name, .. } => self.settings.remove(name.as_str()),
            // Each has a table of its own, of which nothing is kept; a sitting says in the row of a review only where it is listed.
            Change::TeamRecorded(_)
            // Of an alert's record it says nothing but who was told.
            | Change::AlertTold { .. }
            | Change::Drp(_)
            | Change::FollowUp(_)
            | Change::Insight(_)
            | Change::Mail(_)
            | Change::NothingDeclared { .. }
            | Change::InferenceDismissed { .. }
            | Change::NoticeSent(_)
            | Change::PlanNoted(_)
            | Change::FileImported { .. }
            | Change::SampleDrawn(_)
            | Change::CaseSubstituted(_)
            | Change::EntryRecorded(_)
            | Change::Report(_)
            | Change::PanelPlanned(_)
            | Change::Panel(
                PanelChange::Begun { .. }
                | PanelChange::AttendanceChanged { .. }
                | PanelChange::ItemMoved { .. }
                | PanelChange::ItemOpened { .. }
                | PanelChange::Scored { .. }
                | PanelChange::ScoresOpened { .. }
                | PanelChange::Closed { .. },
            ) => {}
            Change::PhaseTicked { cycle, .. } => self.cycles.remove(cycle),
            Change::CycleRecorded(swap) => swap.before.iter().chain(&swap.after).for_each(|cycle| self.cycles.remove(&cycle.id)),
            // What they do to a review, or to an action, is learned.
            Change::ReviewOpened(_)
            | Change::Allocated { .. }
            | Change::ActionRecorded(_)
            | Change::ActionStepped(_)
            | Change::Answered(_)
            | Change::StepRecorded { .. }
            | Change::ReviewSubmitted { .. }
            | Change::ReviewReturned { .. }
            | Change::ReviewFinalised { .. }
            | Change::PanelDecided { .. } => {}
            // What they do to the row of a review is learned.
            Change::AlertOpened(Alert { review, .. })
            | Change::Alert(AlertEvent { review, .. })
            | Change::AlertClosed { review, .. } => self.alerted.remove(review),
            _ => return self.forget_all(),
        }
        self.newest.remove(object);
        self.written.remove(object);
        self.counts.clear();
    }
}

/// What is known of one kind. It is looked up by a hash: among thousands a tree takes longer, and a deed looks up dozens.
#[derive(Debug)]
pub(super) struct Shelf<K, V, const MOST: usize = FEW>(RefCell<HashMap<K, V>>);

impl<K, V, const MOST: usize> Default for Shelf<K, V, MOST> {
    fn default() -> Self {
        Shelf(RefCell::default())
    }
}

impl<K: Ord + Hash + Clone + Debug, V: Clone + PartialEq + Debug, const MOST: usize> Shelf<K, V, MOST> {
    /// What is known, or else what is read now, which is kept if there is something.
    pub(super) fn or_read<Q: Eq + Hash + Debug + ToOwned<Owned = K> + ?Sized>(
        &self,
        key: &Q,
        read: impl FnOnce(&Q) -> StoreResult<Option<V>>,
    ) -> StoreResult<Option<V>>
    where
        K: Borrow<Q>,
    {
        let known = self.0.borrow().get(key).cloned();
        if known.is_some() {
            if cfg!(debug_assertions) {
                debug_assert_eq!(known, read(key)?, "what was known of {key:?} is not so any more");
            }
            return Ok(known);
        }
        let found = read(key)?;
        if let Some(found) = &found {
            self.keep(key.to_owned(), found.clone());
        }
        Ok(found)
    }

    /// Looks at what is known of a thing without taking a copy of it.
    pub(super) fn look<T>(&self, key: &K, at: impl FnOnce(&V) -> T) -> Option<T> {
        self.0.borrow().get(key).map(at)
    }

    /// Keeps what is known of a thing. Where that would be too much the lower half goes: of what has row numbers the older.
    pub(super) fn keep(&self, key: K, known: V) {
        let mut kept = self.0.borrow_mut();
        if kept.len() >= MOST {
            let mut keys: Vec<K> = kept.keys().cloned().collect();
            let (_, middle, _) = keys.select_nth_unstable(MOST / 2);
            kept.retain(|key, _| *key >= *middle);
        }
        kept.insert(key, known);
    }

    /// Changes what is known of a thing; of what is not known nothing is learned.
    pub(super) fn put_right(&self, key: &K, change: impl FnOnce(&mut V)) {
        if let Some(known) = self.0.borrow_mut().get_mut(key) {
            change(known);
        }
    }

    fn remove<Q: Eq + Hash + ?Sized>(&self, key: &Q)
    where
        K: Borrow<Q>,
    {
        self.0.borrow_mut().remove(key);
    }

    fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}

impl Reading<'_> {
    /// What is known of one thing in this transaction, or else what is read now; outside of one it is read.
    pub(super) fn known_or_read<K, Q, V, const MOST: usize>(
        &self,
        shelf: impl FnOnce(&Known) -> &Shelf<K, V, MOST>,
        key: &Q,
        read: impl FnOnce(&Q) -> StoreResult<Option<V>>,
    ) -> StoreResult<Option<V>>
    where
        K: Ord + Hash + Clone + Debug + Borrow<Q>,
        Q: Eq + Hash + Debug + ToOwned<Owned = K> + ?Sized,
        V: Clone + PartialEq + Debug,
    {
        match self.known {
            Some(known) => shelf(known).or_read(key, read),
            None => read(key),
        }
    }

    /// The same of many that may be none.
    pub(super) fn all_known_or_read<K, Q, V, const MOST: usize>(
        &self,
        shelf: impl FnOnce(&Known) -> &Shelf<K, V, MOST>,
        key: &Q,
        read: impl FnOnce(&Q) -> StoreResult<V>,
    ) -> StoreResult<V>
    where
        K: Ord + Hash + Clone + Debug + Borrow<Q>,
        Q: Eq + Hash + Debug + ToOwned<Owned = K> + ?Sized,
        V: Clone + PartialEq + Debug + Default,
    {
        Ok(self.known_or_read(shelf, key, |key| read(key).map(Some))?.unwrap_or_default())
    }
}
