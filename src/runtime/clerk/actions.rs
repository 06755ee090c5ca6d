//! Deeds of the tracker: actions brought on step by step, or taken back. As many as were marked at once, all of them or none.

use super::{Asked, Desk, line, refuse};
use crate::domain::action::{self, Action, ActionState, Around, Source, Stand, Step};
use crate::domain::calendar::say_day;
use crate::domain::change::{ActionStepped, Change, Swap};
use crate::domain::count::counted;
use crate::domain::deed::ActionDeed;
use crate::domain::error::RuleError;
use crate::domain::framework::{Framework, SubjectKind};
use crate::domain::id::{ActionId, PersonId};
use crate::domain::review;
use crate::store::{StoreError, StoreResult};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many of those that are refused are named; the others are counted.
const NAMED: usize = 5;

impl Desk<'_, '_> {
    pub(super) fn withdraw_action(&mut self, id: ActionId) -> Asked {
        let Some(before) = self.reading().action(id)? else {
            return Err(refuse("There is no such action.", "Look in the list of actions."));
        };
        if before.state != ActionState::Open {
            return Err(refuse(
                format!("{} is {}; it cannot be taken back.", before.reference, before.state.label()),
                "Somebody has worked on it.",
            ));
        }
        if before.life.recurred > 0 {
            return Err(refuse(
                format!("{} was done once and has come back; it cannot be taken back.", before.reference),
                "Do it again, or give it to somebody else.",
            ));
        }
        self.keep_what_submission_stands_on(&before)?;
        let said = format!("{} taken back", before.reference);
        let after = action::Action { state: ActionState::Withdrawn, ..before.clone() };
        Ok((vec![Change::ActionRecorded(Swap { before: Some(before), after: Some(after) })], said))
    }

    /// Refuses to take away the one action without which its review could not have been submitted.
    pub(super) fn keep_what_submission_stands_on(&mut self, action: &action::Action) -> StoreResult<()> {
        let Some(review) = action.review() else { return Ok(()) };
        let facts = self.review(review)?;
        let (_, _, kind) = self.rules_of(&facts)?;
        if review::stands_on(&kind, &facts, action.id) {
            let what = format!("{} was submitted with {} as what needs to happen.", facts.review.reference, action.reference);
            return Err(refuse(what, "Raise another action first."));
        }
        Ok(())
    }

    /// Brings actions a step further: every one of them, or none.
    pub(super) fn bring_on(&mut self, deed: ActionDeed) -> Asked {
        let deed = cleaned(deed);
        let actions = self.actions_as_seen(deed.actions())?;
        let absences = self.reading().absences_from(self.today)?;
        let me = self.actor.person;
        let stood_in_for = absences.iter().filter(|absence| me.is_some() && absence.deputy == me).map(|absence| absence.person);
        let near = named(&deed, &actions, me).into_iter().chain(stood_in_for).collect();
        let people = self.reading().people_near(near)?;
        let calendar = self.library.calendar(self.reading())?;
        let mut rules: BTreeMap<Source, (Arc<Framework>, SubjectKind)> = BTreeMap::new();
        let (mut changes, mut refused, mut said) = (Vec::with_capacity(actions.len()), Vec::new(), String::new());
        for action in actions {
            let (framework, subject) = match rules.get(&action.source) {
                Some(known) => known.clone(),
                None => {
                    let found = self.library.around_action(self.tx.reading(), action.source)?;
                    rules.entry(action.source).or_insert(found).clone()
                }
            };
            if let ActionDeed::Reassign { wanted, .. } = &deed
                && let Some(review) = action.review()
                && self.reading().recused_from(review)?.contains(&wanted.owner)
            {
                let name = people.get(&wanted.owner).map(|person| person.name.clone()).unwrap_or_default();
                let what = format!("{name} is recused from the review of {}.", action.reference);
                refused.push((action.reference, RuleError::new(what, "Choose somebody else.")));
                continue;
            }
            let around = Around {
                now: self.now,
                today: self.today,
                actor: self.actor,
                framework: &framework,
                calendar: &calendar,
                people: &people,
                absences: &absences,
                subject,
            };
            match step(&around, &action, &deed) {
                Err(error) => refused.push((action.reference, error)),
                Ok((step, stand)) => {
                    said = says(self.today, &action, &step, &stand, &people);
                    let stand = Swap { before: Some(action.stand()), after: Some(stand) };
                    let stepped = ActionStepped { action: action.id, review: action.review(), step, stand, taken_back: false };
                    changes.push(Change::ActionStepped(Box::new(stepped)));
                }
            }
        }
        if let Some(error) = refusal(refused, deed.actions().len(), deed.act().done()) {
            return Err(StoreError::Refused(error));
        }
        match changes.len() {
            0 => Err(refuse("No action was chosen.", "Put the cursor on one, or mark some.")),
            1 => Ok((changes, said)),
            n => Ok((changes, format!("{} {}", counted(n, "action", "actions"), deed.act().done()))),
        }
    }

    /// These actions, each as it was when it was looked at.
    fn actions_as_seen(&self, wanted: &[(ActionId, i64)]) -> StoreResult<Vec<Action>> {
        let seen = wanted.iter().map(|(id, seen)| match self.reading().action_as_seen(*id)? {
            None => Err(refuse("There is no such action.", "Look in the list of actions.")),
            Some((action, revision)) if revision != *seen => Err(self.stale(&action.reference, revision)?),
            Some((action, _)) => Ok(action),
        });
        seen.collect()
    }
}

/// Everybody whom the rules of a deed about these actions look at.
fn named(deed: &ActionDeed, actions: &[Action], actor: Option<PersonId>) -> BTreeSet<PersonId> {
    let wanted = match deed {
        ActionDeed::Extend { wanted, .. } => wanted.approver,
        ActionDeed::Reassign { wanted, .. } => Some(wanted.owner),
        _ => None,
    };
    actions.iter().map(|action| action.owner).chain(actor).chain(wanted).collect()
}

/// What the rule of the deed says of one action.
fn step(around: &Around<'_>, action: &Action, deed: &ActionDeed) -> Result<(Step, Stand), RuleError> {
    Ok(match deed {
        ActionDeed::TakeUp(_) => (Step::TakenUp, around.take_up(action)?),
        ActionDeed::Finish { evidence, .. } => (Step::Done, around.finish(action, evidence)?),
        ActionDeed::SignOff(_) => (Step::SignedOff, around.sign_off(action)?),
        ActionDeed::Extend { wanted, .. } => {
            let (stand, approved_by) = around.extend(action, wanted)?;
            (Step::Extended { reason: wanted.reason.clone(), approved_by }, stand)
        }
        ActionDeed::Reassign { wanted, .. } => {
            let stand = around.reassign(action, wanted)?;
            (Step::Reassigned { why: wanted.why.clone(), despite: wanted.despite.clone() }, stand)
        }
        ActionDeed::Revisit { effect, seen, .. } => {
            let stand = around.revisit(action, *effect, seen)?;
            (Step::Revisited { effect: *effect, seen: seen.clone() }, stand)
        }
    })
}

/// The deed with what was typed made safe to show.
fn cleaned(deed: ActionDeed) -> ActionDeed {
    match deed {
        ActionDeed::Finish { actions, evidence } => ActionDeed::Finish { actions, evidence: line(&evidence) },
        ActionDeed::Extend { actions, mut wanted } => {
            wanted.reason = line(&wanted.reason);
            ActionDeed::Extend { actions, wanted }
        }
        ActionDeed::Reassign { actions, mut wanted } => {
            (wanted.why, wanted.despite) = (line(&wanted.why), line(&wanted.despite));
            ActionDeed::Reassign { actions, wanted }
        }
        ActionDeed::Revisit { actions, effect, seen } => ActionDeed::Revisit { actions, effect, seen: line(&seen) },
        other => other,
    }
}

/// What was done with one action.
fn says(
    today: NaiveDate,
    action: &Action,
    step: &Step,
    stand: &Stand,
    people: &BTreeMap<PersonId, crate::domain::person::Person>,
) -> String {
    let reference = &action.reference;
    match step {
        Step::TakenUp => format!("{reference} taken up"),
        Step::Done => format!("{reference} done; somebody else signs it off"),
        Step::SignedOff => match stand.life.revisit_on {
            Some(day) => format!("{reference} signed off; it is looked at again from {} on", day.format("%-d %B %Y")),
            None => format!("{reference} signed off"),
        },
        Step::Extended { .. } => format!("{reference} due {}", say_day(today, stand.due_on)),
        Step::Reassigned { .. } => {
            format!("{reference} given to {}", people.get(&stand.owner).map(|person| person.name.as_str()).unwrap_or_default())
        }
        Step::Revisited { effect: action::Effect::Recurred, .. } => {
            format!("{reference} recurred: open again, due {}", say_day(today, stand.due_on))
        }
        Step::Revisited { effect, .. } => format!("{reference} looked at again: {}", effect.label()),
    }
}

/// One refusal for all: of one action its own, of several which ones and why the first.
pub(super) fn refusal(refused: Vec<(String, RuleError)>, of: usize, done: &str) -> Option<RuleError> {
    let count = refused.len();
    let named: Vec<String> = refused.iter().take(NAMED).map(|(reference, _)| reference.clone()).collect();
    let (_, first) = refused.into_iter().next()?;
    if of == 1 {
        return Some(first);
    }
    let others = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
    let what = format!("{count} of {of} cannot be {done}: {}{others}. {}", named.join(", "), first.what);
    let remedy = format!("{} Nothing was written: take the mark off, or mark the others alone.", first.remedy);
    Some(RuleError { rule: first.rule, what, remedy: remedy.trim().to_string(), field: first.field })
}
