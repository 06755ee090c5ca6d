//! The life of the made-up council's actions: taken up, done, signed off by somebody else, and looked at again months later.
//!
//! Chance here is an action's own number, never a throw of the dice: a council of a seed keeps its reviews.

use super::phrases as bank;
use super::town::{Event, Town};
use crate::domain::access::Access;
use crate::domain::action::{Action, ActionState, Effect};
use crate::domain::calendar::local_date;
use crate::domain::deed::{ActionDeed, Deed};
use crate::domain::framework::SubjectKind;
use crate::domain::id::{ActionId, PersonId, ReviewId};
use crate::domain::line;
use crate::domain::query::Viewer;
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Duration, Utc};

/// Where the framework sets no day, somebody looks again after so many days.
const LOOKED_AT_AFTER: i64 = 150;

/// What came back within so many days is open still.
const NOT_LONG_AGO: i64 = 20;

/// What sort of action it is that names this: the first that fits.
const KINDS: [(&str, &[&str]); 7] = [
    ("training", &["training", "workshop", "participation team"]),
    ("process", &["one page", "template", "examples of", "weekly hour", "agree with health"]),
    ("supervision", &["supervision", "reflect"]),
    ("support", &["legal", "interpreter", "health", "school", "police", "life story"]),
    ("direct", &["seen alone", "visit", "family", "father", "contact", "young person", "conversation", "to the child"]),
    ("reminder", &["note", "decision", "caught up"]),
    ("record", &["chronology", "plan", "assessment", "record", "summary"]),
];

impl Town {
    /// The kind of an action, as whoever raises it would choose; empty where the framework has no such kind.
    pub(super) fn kind_of(&self, text: &str) -> String {
        let text = text.to_lowercase();
        let fits = KINDS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map_or("other", |(key, _)| key);
        let known = self.framework.actions.kinds.iter().find(|kind| kind.key == fits);
        known.map(|kind| kind.key.clone()).unwrap_or_default()
    }

    pub(super) fn move_action(
        &mut self,
        tx: &mut Tx<'_>,
        now: DateTime<Utc>,
        action: ActionId,
        state: ActionState,
        by: PersonId,
    ) -> StoreResult<()> {
        // Thrown whatever becomes of it, so that what follows does not change.
        let evidence = if state == ActionState::Done { self.dice.word(&bank::EVIDENCE).to_string() } else { String::new() };
        let Some((stored, revision)) = tx.reading().action_as_seen(action)? else { return Ok(()) };
        // Somebody asked for it meanwhile, and it is further on.
        let goes_on = match state {
            ActionState::InProgress => stored.state == ActionState::Open,
            ActionState::Done => stored.state.is_open(),
            _ => stored.state == ActionState::Done,
        };
        if !goes_on {
            return Ok(());
        }
        let actions = vec![(action, revision)];
        // Practitioners have no login here: the Insights team notes what they report.
        let owner = if self.actors.contains_key(&stored.owner) { stored.owner } else { self.coordinator };
        match state {
            ActionState::InProgress => self.perform(tx, owner, now, Deed::Action(ActionDeed::TakeUp(actions))).map(drop),
            ActionState::Done => self.perform(tx, owner, now, Deed::Action(ActionDeed::Finish { actions, evidence })).map(drop),
            ActionState::SignedOff => match self.second_pair_of_eyes(tx, &stored, by)? {
                Some(signs) => {
                    self.perform(tx, signs, now, Deed::Action(ActionDeed::SignOff(actions)))?;
                    self.plan_revisit(tx, now, action)
                }
                // Nobody who may is there: it waits.
                None => Ok(()),
            },
            ActionState::Open | ActionState::Withdrawn => Ok(()),
        }
    }

    /// Who signs an action off: whoever was thought of, or another who may. Never its owner, nor who said that it was done.
    pub(super) fn second_pair_of_eyes(&self, tx: &Tx<'_>, action: &Action, thought_of: PersonId) -> StoreResult<Option<PersonId>> {
        let reading = tx.reading();
        let review = action.review();
        let facts = review.map(|review| reading.review_without_form(review)).transpose()?.flatten();
        let subject = facts.map(|facts| reading.subject(facts.review.subject)).transpose()?.flatten();
        let subject = subject.map_or(SubjectKind::Child, |known| known.kind);
        let named = self.framework.actions.signed_off_by.iter();
        let roles: Vec<String> = named.map(|role| self.framework.escalation.role_for(subject, role).to_string()).collect();
        let done_by = action.life.done.and_then(|said| said.by);
        let signs = |person: &PersonId| self.people.get(person).is_some_and(|person| roles.contains(&person.role));
        // What somebody owns who signs off themselves is signed off by whoever manages them as well.
        let managers = if signs(&action.owner) { line::above(&self.people, action.owner) } else { Vec::new() };
        let fits = |person: &PersonId| {
            (signs(person) || managers.contains(person))
                && *person != action.owner
                && Some(*person) != done_by
                && self.actors.contains_key(person)
        };
        let above = roles.iter().filter_map(|role| self.above(Some(action.owner), role));
        let all = std::iter::once(thought_of).chain(above).chain(managers.iter().copied());
        // Everybody who may, asked for only where none of these does.
        let all = all.chain(std::iter::once(()).flat_map(|()| self.holders(&roles)));
        for person in all.filter(fits) {
            if review.map_or(Ok(true), |review| self.sees(tx, person, review))? {
                return Ok(Some(person));
            }
        }
        Ok(None)
    }

    /// Whether a review lies within what somebody sees, and is not withheld from them.
    fn sees(&self, tx: &Tx<'_>, person: PersonId, review: ReviewId) -> StoreResult<bool> {
        let Some(known) = self.people.get(&person) else { return Ok(false) };
        let sight = Access::of(&self.framework, known, &[]).sight();
        tx.reading().is_open_to(review, &Viewer { sight, ..Viewer::of(Some(person), self.now, self.today) })
    }

    /// Most of what was signed off is looked at again when its day has come; some of it waits for that.
    pub(super) fn plan_revisit(&mut self, tx: &Tx<'_>, now: DateTime<Utc>, id: ActionId) -> StoreResult<()> {
        let Some(action) = tx.reading().action(id)? else { return Ok(()) };
        let after = match action.life.revisit_on {
            Some(day) => (day - local_date(now)).num_days() + 2 + id.0 % 6,
            None => LOOKED_AT_AFTER + id.0 % 30,
        };
        if id.0 % 7 != 6 {
            self.later(now + Duration::days(after), Event::Revisit(id));
        }
        Ok(())
    }

    pub(super) fn revisit(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, id: ActionId) -> StoreResult<()> {
        let Some((action, revision)) = tx.reading().action_as_seen(id)? else { return Ok(()) };
        let waits = action.life.revisit_on.is_none_or(|day| day <= local_date(now));
        if action.state != ActionState::SignedOff || action.life.effect.is_some() || !waits {
            return Ok(());
        }
        // Nobody judges whether their own action helped.
        let insights: Vec<String> = self.framework.roles.iter().filter(|role| role.insights).map(|role| role.key.clone()).collect();
        let judges = std::iter::once(self.coordinator).chain(self.holders(&insights)).find(|judge| *judge != action.owner);
        let Some(judge) = judges else { return Ok(()) };
        let recent = (self.today - local_date(now)).num_days() < NOT_LONG_AGO;
        let (effect, seen) = match id.0 % 7 {
            _ if recent && !action.urgent && (!self.ever_recurred || id.0 % 9 == 0) => (Effect::Recurred, bank::CAME_BACK),
            3 => (Effect::Partly, bank::LASTED_PARTLY),
            4 => (Effect::CannotTell, bank::CANNOT_TELL),
            _ => (Effect::Sustained, bank::LASTED),
        };
        self.ever_recurred |= effect == Effect::Recurred;
        let place = usize::try_from(id.0).unwrap_or_default() % seen.len();
        let deed = ActionDeed::Revisit { actions: vec![(id, revision)], effect, seen: seen[place].to_string() };
        self.perform(tx, judge, now, Deed::Action(deed)).map(drop)
    }
}
