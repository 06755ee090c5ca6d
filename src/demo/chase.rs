//! The Insights team looks over the records each month and asks for what is missing: supervision nobody wrote down, actions left
//! undone, assurance, revisits. In the days after, people bring it. So an old loop of the made-up council is closed as in a council
//! that reads its own findings, and what is open is open within its time.
//!
//! Nothing here is thrown by the dice: what is brought when follows from the number of its review or action.

use super::dates::{at, workday, workday_before};
use super::phrases as bank;
use super::town::{Event, Town};
use crate::domain::action::ActionState;
use crate::domain::calendar::local_date;
use crate::domain::check::{About, Finding, FindingKind as K, Looking};
use crate::domain::deed::{ActionDeed, Deed};
use crate::domain::id::{ActionId, ReviewId};
use crate::domain::query::Viewer;
use crate::domain::tracking::{FollowUpOf, LinkOf};
use crate::runtime::clerk::loop_of;
use crate::store::{StoreError, StoreResult, Tx};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// Days from one look to the next.
const EVERY: i64 = 28;

/// The last look is so long ago that what it asked for is there by now.
const BEFORE_NOW: i64 = 16;

/// What is asked for. Everything else is put right where it arises.
const KINDS: [K; 3] = [K::LoopOpenLong, K::SupervisionOverdue, K::RevisitOverdue];

impl Town {
    /// Puts the looks into the diary, from the last one back.
    pub(super) fn looks_over(&mut self, start: DateTime<Utc>) {
        let first = local_date(start) + Duration::days(60);
        let mut day = self.today - Duration::days(BEFORE_NOW);
        while day > first {
            self.later(at(workday_before(&self.calendar, day), 8 * 60 + 20), Event::Chase);
            day -= Duration::days(EVERY);
        }
    }

    /// Looks for what would be amiss before the next look, and puts into the diary that somebody brings it.
    pub(super) fn chase(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>) -> StoreResult<()> {
        let day = local_date(now);
        let next = day + Duration::days(EVERY + 4);
        let until = if next + Duration::days(BEFORE_NOW) > self.today { self.today + Duration::days(1) } else { next };
        let viewer = Viewer::of(None, at(until, 12 * 60), until);
        for finding in tx.reading().findings(&KINDS, &Looking::of(&self.framework), &viewer)? {
            self.ask_for(tx, day, &finding)?;
        }
        Ok(())
    }

    /// A moment so many days after a look, before now in any case.
    fn soon(&self, day: NaiveDate, days: i64, number: i64) -> DateTime<Utc> {
        let moment = at(workday(&self.calendar, day + Duration::days(days)), 9 * 60 + 40 + number % 300);
        moment.min(self.now - Duration::minutes(20))
    }

    fn ask_for(&mut self, tx: &Tx<'_>, day: NaiveDate, finding: &Finding) -> StoreResult<()> {
        match (finding.kind, finding.about) {
            (K::SupervisionOverdue, About::Review(review)) => {
                let moment = self.soon(day, 1 + review.0 % 8, review.0);
                self.later(moment, Event::Follow(review, FollowUpOf::Supervision));
            }
            (K::RevisitOverdue, About::Action(action)) => {
                let opens = tx.reading().action(action)?.and_then(|action| action.life.revisit_on).unwrap_or(day);
                self.later(self.soon(day.max(opens), 2 + action.0 % 9, action.0), Event::Revisit(action));
            }
            (K::LoopOpenLong, About::Review(review)) => self.ask_for_links(tx, day, review)?,
            _ => {}
        }
        Ok(())
    }

    /// The links that a loop misses: the actions first, assurance when everything else is there.
    fn ask_for_links(&mut self, tx: &Tx<'_>, day: NaiveDate, review: ReviewId) -> StoreResult<()> {
        let Some(facts) = tx.reading().loop_facts(review)? else { return Ok(()) };
        let (_, links) = loop_of(tx.reading(), &mut self.library, review, &facts)?;
        for link in links.iter().filter(|link| link.done_on.is_none()) {
            match (link.link, link.link.follow_up()) {
                (LinkOf::AfterAlert, _) => {
                    for alert in tx.reading().alerts_of(review)? {
                        self.later(self.soon(day, 5, review.0), Event::Assure(alert, true));
                    }
                }
                (_, Some(what)) => {
                    let days = if what == FollowUpOf::Assurance { 10 } else { 2 + review.0 % 6 };
                    self.later(self.soon(day, days, review.0), Event::Follow(review, what));
                }
                (_, None) => {
                    for action in tx.reading().actions_of(review)?.iter().filter(|action| !is_over(action.state)) {
                        // Taken up, done, signed off: one step each time.
                        for days in [1, 4, 7] {
                            self.later(self.soon(day, days, action.id.0), Event::SeeTo(action.id));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The next step of an action that was asked for, if it was not taken meanwhile.
    pub(super) fn see_to(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, action: ActionId) -> StoreResult<()> {
        let Some((stored, revision)) = tx.reading().action_as_seen(action)? else { return Ok(()) };
        let actions = vec![(action, revision)];
        let owner = if self.actors.contains_key(&stored.owner) { stored.owner } else { self.coordinator };
        let place = usize::try_from(action.0).unwrap_or_default() % bank::EVIDENCE.len();
        let (who, deed) = match stored.state {
            ActionState::Open => (owner, ActionDeed::TakeUp(actions)),
            ActionState::InProgress => (owner, ActionDeed::Finish { actions, evidence: bank::EVIDENCE[place].to_string() }),
            ActionState::Done => match self.second_pair_of_eyes(tx, &stored, self.coordinator)? {
                Some(signs) => (signs, ActionDeed::SignOff(actions)),
                None => return Ok(()),
            },
            ActionState::SignedOff | ActionState::Withdrawn => return Ok(()),
        };
        let signs = matches!(deed, ActionDeed::SignOff(_));
        match self.perform(tx, who, now, Deed::Action(deed)) {
            Ok(_) if signs => self.plan_revisit(tx, now, action),
            // Whoever would do it is recused: it waits for the next look.
            Ok(_) | Err(StoreError::Refused(_) | StoreError::Withheld { .. } | StoreError::Beyond) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Whether nothing more is wanted of it.
fn is_over(state: ActionState) -> bool {
    matches!(state, ActionState::SignedOff | ActionState::Withdrawn)
}
