//! One action whole, and the actions that need somebody next.

use super::{Answers, missing};
use crate::domain::action::{Action, ActionAct, ActionState, Around};
use crate::domain::count::counted;
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::domain::id::{ActionId, PersonId, ReviewId};
use crate::domain::line::{acting, who_hands_over};
use crate::domain::person::{Absence, Person};
use crate::domain::query::{ActionLife, ActionNext, MailStand, MayDo, NextThing, Reminded};
use crate::domain::theme::{Coder, may_code};
use crate::store::StoreResult;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everybody by number, and who is away.
type Council = (BTreeMap<PersonId, Person>, Vec<Absence>);

impl Answers<'_> {
    /// Whether something is for whoever asks to do with actions that they see.
    pub(super) fn may_do(&mut self, actions: &[ActionId], act: ActionAct) -> StoreResult<MayDo> {
        let council = self.council()?;
        let mut refused = Vec::new();
        for id in actions {
            let (action, _) = self.reading.action_seen(*id, self.viewer)?.ok_or_else(|| missing("action"))?;
            if let Some(review) = action.review() {
                self.reading.open_to(review, self.viewer)?;
            }
            let why = self.around_in(&council, &action, |around| around.may_do(act, &action).err())?;
            refused.extend(why.map(|why| (id.0, why)));
        }
        Ok(may(refused, actions.len()))
    }

    /// Whether it is for whoever asks to say what the themes of reviews are.
    pub(super) fn may_code(&mut self, reviews: &[ReviewId]) -> StoreResult<MayDo> {
        let reading = self.reading;
        let framework = self.library.current(reading)?;
        let me = self.viewer.person.map(|person| reading.person(person)).transpose()?.flatten();
        let insights = framework.role(me.as_ref().map_or("", |me| me.role.as_str())).is_none_or(|role| role.insights);
        let coder = Coder { person: self.viewer.person, insights };
        let mut refused = Vec::new();
        for review in reviews {
            let facts = reading.review_without_form(*review)?.ok_or_else(|| missing("review"))?;
            let why = may_code(&facts, coder).err();
            refused.extend(why.map(|why| (review.0, why)));
        }
        Ok(may(refused, reviews.len()))
    }

    /// One action, whole.
    pub(super) fn action(&mut self, id: ActionId) -> StoreResult<ActionLife> {
        let reading = self.reading;
        let (action, revision) = reading.action_seen(id, self.viewer)?.ok_or_else(|| missing("action"))?;
        if let Some(review) = action.review() {
            reading.open_to(review, self.viewer)?;
        }
        let people = reading.people_by_id()?;
        let name = |id: Option<PersonId>| id.and_then(|id| people.get(&id)).map(|person| person.name.clone()).unwrap_or_default();
        let absences = reading.absences_from(self.viewer.today)?;
        let owner = people.get(&action.owner);
        let acts = acting(&people, &absences, action.owner, self.viewer.today);
        let away = absences.iter().find(|absence| absence.person == action.owner && absence.covers(self.viewer.today));
        let owner_is = match (owner.filter(|owner| !owner.is_here(self.viewer.today)), away) {
            (Some(_), _) => "has left".to_string(),
            (None, Some(away)) if acts != action.owner => {
                format!("away until {}, {} stands in", away.until.format("%-d %B"), name(Some(acts)))
            }
            (None, Some(away)) => format!("away until {}", away.until.format("%-d %B")),
            (None, None) => String::new(),
        };
        let left = owner.is_some_and(|owner| !owner.is_here(self.viewer.today));
        let next = match ActionNext::of(&action) {
            Some(ActionNext::TakeUp | ActionNext::Finish) if left && acts == action.owner => Some(ActionNext::HandOver),
            next => next,
        };
        let (limit, next_by, yours) = self.around(&action, |around| {
            let by = match next {
                Some(ActionNext::HandOver) => who_hands_over(&people, action.owner, self.viewer.today),
                Some(ActionNext::TakeUp | ActionNext::Finish) => name(Some(acts)),
                Some(ActionNext::SignOff) => around.signers_of(&action),
                Some(ActionNext::Revisit) => around.judges_of(&action),
                None => String::new(),
            };
            let yours = match next {
                Some(ActionNext::TakeUp | ActionNext::Finish) => around.acts_for(action.owner),
                Some(ActionNext::HandOver) => around.may_do(ActionAct::Reassign, &action).is_ok(),
                Some(ActionNext::SignOff) => around.may_sign_off(&action),
                Some(ActionNext::Revisit) => action.is_to_revisit(around.today) && around.may_revisit(&action),
                None => false,
            };
            (around.limit_of(&action).ok().flatten(), by, yours)
        })?;
        Ok(ActionLife {
            owner: name(Some(action.owner)),
            owner_is,
            source: reading.source_of(action.source)?,
            answers_too: reading.answered_too(id, self.viewer)?,
            reminded: self.reminded(&action)?,
            limit: limit.filter(|_| action.state.is_open()),
            next,
            next_by,
            yours,
            done_by: name(action.life.done.and_then(|said| said.by)),
            signed_off_by: name(action.life.signed_off.and_then(|said| said.by)),
            history: reading.history_of_action(id, self.viewer)?,
            revision,
            action,
        })
    }

    /// When the owner was last reminded of it.
    fn reminded(&self, action: &Action) -> StoreResult<Option<Reminded>> {
        let Some(letter) = self.reading.reminder_of(action.id, action.owner)? else { return Ok(None) };
        let address = self.reading.person(action.owner)?.map(|person| person.email).unwrap_or_default();
        let stand = MailStand::of(Some(&letter), &address);
        let message = letter.message;
        Ok(Some(Reminded { at: message.queued_at, message: message.id, due_on: message.said.last_day, stand }))
    }

    /// Looks at an action with the rules of its review, for whoever asks.
    fn around<T>(&mut self, action: &Action, look: impl FnOnce(&Around<'_>) -> T) -> StoreResult<T> {
        let council = self.council()?;
        self.around_in(&council, action, look)
    }

    /// Everybody, and who is away from today on: read once, however many actions are looked at.
    fn council(&self) -> StoreResult<Council> {
        Ok((Arc::unwrap_or_clone(self.reading.people_by_id()?), self.reading.absences_from(self.viewer.today)?))
    }

    fn around_in<T>(&mut self, council: &Council, action: &Action, look: impl FnOnce(&Around<'_>) -> T) -> StoreResult<T> {
        let reading = self.reading;
        let (framework, subject) = self.library.around_action(reading, action.source)?;
        let calendar = self.library.calendar(reading)?;
        let role = match self.viewer.person {
            Some(person) => reading.person(person)?.map(|person| person.role).unwrap_or_default(),
            None => String::new(),
        };
        let actor = Actor { login: String::new(), person: self.viewer.person, name: String::new(), role, session: String::new() };
        let (people, absences) = council;
        let around = Around {
            now: self.viewer.now,
            today: self.viewer.today,
            actor: &actor,
            framework: &framework,
            calendar: &calendar,
            people,
            absences,
            subject,
        };
        Ok(look(&around))
    }

    /// The action that needs this person first, with the day it ranks by: to be signed off, or looked at again. The Insights team
    /// and whoever tracks (M17, S13) are asked for everybody's, others for those of their own people.
    pub(super) fn next_action(&mut self, skip: &[ActionId]) -> StoreResult<Option<(NextThing, NaiveDate)>> {
        let reading = self.reading;
        let Some(person) = self.viewer.person else { return Ok(None) };
        let framework = self.library.current(reading)?;
        let role = reading.person(person)?.map(|person| person.role).unwrap_or_default();
        let tracks = framework.tracking.tracked_by.iter().any(|tracks| tracks.eq_ignore_ascii_case(&role));
        let of_all = tracks || framework.role(&role).is_some_and(|role| role.insights);
        // A manager signs off what somebody owns who signs off themselves; which, the rule says of each.
        let manages = framework.role(&role).is_some_and(|role| role.manages);
        let mut roles = vec![role];
        for absence in reading.absences_from(self.viewer.today)? {
            if absence.deputy == Some(person) && absence.covers(self.viewer.today) {
                roles.extend(reading.person(absence.person)?.map(|person| person.role));
            }
        }
        let signs = framework.actions.signed_off_by.iter().any(|signs| roles.iter().any(|role| signs.eq_ignore_ascii_case(role)));
        let own = self.own_due(skip)?;
        if !of_all && !signs && !manages {
            return Ok(own);
        }
        let waiting = self.waits_for_another(skip, of_all)?;
        // What is late by itself comes before what only waits to be seen.
        Ok(match (own, waiting) {
            (Some(own), Some(waiting)) => Some(if own.1 <= waiting.1 { own } else { waiting }),
            (own, waiting) => own.or(waiting),
        })
    }

    /// The action of this person's own, or of somebody for whom they stand in, that is due today or late.
    fn own_due(&mut self, skip: &[ActionId]) -> StoreResult<Option<(NextThing, NaiveDate)>> {
        let due = self.reading.due_of(self.viewer)?;
        let Some(((id, review, reference, day), state)) = due.into_iter().find(|((id, ..), _)| !skip.contains(id)) else { return Ok(None) };
        let next = if state == ActionState::Open { ActionNext::TakeUp } else { ActionNext::Finish };
        let because = match (self.viewer.today - day).num_days() {
            0 => format!("{reference} is due today"),
            late => format!("{reference} is {} late", counted(late, "day", "days")),
        };
        let step = next.label().to_string();
        Ok(Some((NextThing { action: Some(id), ..NextThing::new(review, step, because) }, day)))
    }

    /// What was done and waits for somebody else's eyes.
    fn waits_for_another(&mut self, skip: &[ActionId], of_all: bool) -> StoreResult<Option<(NextThing, NaiveDate)>> {
        let reading = self.reading;
        let to_revisit = reading.to_revisit(self.viewer, of_all)?.into_iter().map(|waits| (waits, ActionNext::Revisit));
        let to_sign_off = reading.to_sign_off(self.viewer, of_all)?.into_iter().map(|waits| (waits, ActionNext::SignOff));
        // What waits for a second pair of eyes is due today at the earliest: what is late by itself comes first.
        let today = self.viewer.today;
        let mut waiting: Vec<_> = to_sign_off.chain(to_revisit).map(|(waits, next)| (waits.3.max(today), waits, next)).collect();
        waiting.sort_by_key(|(due, waits, _)| (*due, waits.3, waits.0));
        for (due, (id, review, reference, since), next) in waiting {
            if skip.contains(&id) {
                continue;
            }
            let Some(action) = reading.action(id)? else { continue };
            let mine = self.around(&action, |around| match next {
                ActionNext::Revisit => around.may_revisit(&action),
                _ => around.may_sign_off(&action),
            })?;
            if mine {
                let because = match next {
                    ActionNext::Revisit => format!("{reference} is to be looked at again since {}", since.format("%-d %B")),
                    _ => format!("{reference} was done and waits for you"),
                };
                let thing = NextThing { action: Some(id), ..NextThing::new(review, next.label().to_string(), because) };
                return Ok(Some((thing, due)));
            }
        }
        Ok(None)
    }
}

/// Whether it may be done to so many, of which these are refused (row number and why).
fn may(refused: Vec<(i64, RuleError)>, of: usize) -> MayDo {
    let not: Vec<i64> = refused.iter().map(|(row, _)| *row).collect();
    match refused.into_iter().next() {
        None => MayDo::Yes,
        Some((_, why)) if not.len() == of => MayDo::No(why.to_string()),
        Some((_, why)) => MayDo::Others { why: why.to_string(), not },
    }
}
