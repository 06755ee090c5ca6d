//! The life of an action, step by step: taken up, done, signed off by somebody else, looked at again. Each step gives how it
//! stands afterwards, or says which rule is in the way and who could do it.

use super::{Action, ActionState, Around, Effect, Life, Said, Stand};
use crate::domain::calendar::say_full_date;
use crate::domain::error::RuleError;
use crate::domain::id::PersonId;
use crate::domain::reason::says_little;
use chrono::NaiveDate;

/// A later date, as somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The new day.
    pub due_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who approved it, where it goes past the framework's limit.
    pub approver: Option<PersonId>,
}

/// Another owner, as somebody asks for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Who.
    pub owner: PersonId,
    /// Why.
    pub why: String,
    /// Why all the same, where they are away or have left.
    pub despite: String,
}

/// An action that is not where the step begins.
fn not_there(action: &Action, wanted: &str, remedy: &str) -> RuleError {
    RuleError::new(format!("{} is {}: {wanted}.", action.reference, action.state.label()), remedy)
}

impl Around<'_> {
    fn said(&self) -> Said {
        Said { at: self.now, by: self.actor.person }
    }

    /// Its owner begins.
    pub fn take_up(&self, action: &Action) -> Result<Stand, RuleError> {
        if action.state != ActionState::Open {
            return Err(not_there(action, "only an open one is taken up", ""));
        }
        self.must_act_for(action, "take up")?;
        Ok(Stand { state: ActionState::InProgress, ..action.stand() })
    }

    /// Its owner says that it is done, and where that can be seen. S13, M17.
    pub fn finish(&self, action: &Action, evidence: &str) -> Result<Stand, RuleError> {
        if !action.state.is_open() {
            return Err(not_there(action, "only an open one is done", ""));
        }
        self.must_act_for(action, "report as done")?;
        let evidence = evidence.trim();
        if evidence.is_empty() {
            return Err(RuleError::under(
                "M17",
                format!("{} is not done without evidence.", action.reference),
                "Write down where it can be seen, such as a record, a date and a heading.",
            ));
        }
        let life = Life { done: Some(self.said()), ..action.life.clone() };
        Ok(Stand { state: ActionState::Done, evidence: evidence.to_string(), life, ..action.stand() })
    }

    /// Somebody else has seen that it was done: one whom the framework names, never its owner and never who said so. F11, S13, M17.
    pub fn sign_off(&self, action: &Action) -> Result<Stand, RuleError> {
        let reference = &action.reference;
        if action.state != ActionState::Done {
            return Err(not_there(action, "only what is done is signed off", "Its owner says first that it is done, with the evidence."));
        }
        if action.evidence.trim().is_empty() {
            let what = format!("{reference} has no evidence: nobody can see that it was done.");
            return Err(RuleError::under("M17", what, "Ask its owner where it can be seen."));
        }
        self.must_sign_off(action)?;
        let revisit_on = match self.framework.actions.revisit_after {
            Some(after) => Some(self.calendar.due_on(self.today, after)?),
            None => None,
        };
        let life = Life { signed_off: Some(self.said()), revisit_on, effect: None, ..action.life.clone() };
        Ok(Stand { state: ActionState::SignedOff, life, ..action.stand() })
    }

    /// The last day the framework allows without approval; none: it sets no limit. F11.
    pub fn limit_of(&self, action: &Action) -> Result<Option<NaiveDate>, RuleError> {
        let Some(limit) = self.framework.actions.limit else { return Ok(None) };
        Ok(Some(self.calendar.due_on(action.began_on().unwrap_or(self.today), limit)?))
    }

    /// Gives it longer, with the reason. Past the framework's limit only somebody of the role it names can approve that, and not
    /// for an action of their own. F11.
    pub fn extend(&self, action: &Action, wanted: &Extension) -> Result<(Stand, Option<PersonId>), RuleError> {
        if !action.state.is_open() {
            return Err(not_there(action, "only an open one is given longer", ""));
        }
        self.must_steer(action, "give longer")?;
        if wanted.due_on <= action.due_on || wanted.due_on < self.today {
            let what =
                format!("{} is due {}: {} is no later day.", action.reference, say_full_date(action.due_on), say_full_date(wanted.due_on));
            return Err(RuleError::new(what, "Give a later one."));
        }
        if says_little(&wanted.reason) {
            return Err(
                RuleError::under("F11", "A later date needs its reason, in a few words.", "Write down why it takes longer.").at("reason")
            );
        }
        let mut approved_by = None;
        if let Some(last) = self.limit_of(action)?.filter(|last| wanted.due_on > *last) {
            approved_by = Some(self.approval(action, wanted, last)?);
        }
        Ok((Stand { due_on: wanted.due_on, ..action.stand() }, approved_by))
    }

    /// Who approves a day past the limit.
    fn approval(&self, action: &Action, wanted: &Extension, last: NaiveDate) -> Result<PersonId, RuleError> {
        let limit = self.framework.actions.limit.map(|limit| limit.to_string()).unwrap_or_default();
        let what = format!("{} is to be done within {limit}, so by {}.", action.reference, say_full_date(last));
        let Some(role) = &self.framework.actions.extension_approved_by else {
            return Err(RuleError::under("F11", what, "Nobody can approve a later day."));
        };
        let label = self.label(role);
        // Whoever holds the role approves by asking; nobody approves longer for themselves.
        let asks = self.actor.person.filter(|_| self.actor.role.eq_ignore_ascii_case(role));
        let Some(approver) = wanted.approver.or(asks) else {
            let remedy = format!("A later day needs the approval of a {label}: say who gave it.");
            return Err(RuleError::under("F11", what, remedy).at("approver"));
        };
        let holds = self.people.get(&approver).is_some_and(|person| person.is_here(self.today) && person.role.eq_ignore_ascii_case(role));
        if !holds {
            let name = self.name(approver);
            return Err(RuleError::under(
                "F11",
                format!("{what} {name} is no {label}."),
                format!("Only a {label} can approve a later day."),
            )
            .at("approver"));
        }
        if approver == action.owner {
            let what = format!("{} is {}\u{2019}s own: nobody approves longer for themselves.", action.reference, self.name(approver));
            return Err(RuleError::under("F11", what, format!("Another {label} can.")));
        }
        Ok(approver)
    }

    /// Gives it another owner, with the reason. That they are away or have left is said first; it is no refusal for good.
    pub fn reassign(&self, action: &Action, wanted: &Handover) -> Result<Stand, RuleError> {
        if !action.state.is_open() {
            return Err(not_there(action, "only an open one changes hands", ""));
        }
        self.must_steer(action, "give away")?;
        let Some(owner) = self.people.get(&wanted.owner) else {
            return Err(RuleError::new("There is no such person.", "Choose somebody of the list."));
        };
        if owner.id == action.owner {
            return Err(RuleError::new(format!("{} is {}\u{2019}s already.", action.reference, owner.name), "Choose somebody else."));
        }
        if says_little(&wanted.why) {
            return Err(RuleError::new("Another owner needs its reason, in a few words.", "Write down why it changes hands.").at("why"));
        }
        if wanted.despite.trim().is_empty()
            && let Some(warning) = self.absent(owner.id)
        {
            return Err(RuleError::new(warning, "Choose somebody else, or write down why all the same."));
        }
        Ok(Stand { owner: owner.id, ..action.stand() })
    }

    /// Why somebody could not see to an action now, in a sentence; none: they are here.
    fn absent(&self, person: PersonId) -> Option<String> {
        let known = self.people.get(&person)?;
        if !known.is_here(self.today) {
            let left = known.left_on.map(|day| format!(" on {}", say_full_date(day))).unwrap_or_default();
            return Some(format!("{} left{left}.", known.name));
        }
        let away = self.absences.iter().find(|absence| absence.person == person && absence.covers(self.today))?;
        let deputy = away.deputy.map(|deputy| format!("; {} stands in", self.name(deputy))).unwrap_or_default();
        Some(format!("{} is away until {}{deputy}.", known.name, say_full_date(away.until)))
    }

    /// Somebody looks whether it helped: not before its day (F14), never its owner. What has come back opens it again, with
    /// the framework's usual time. S13.
    pub fn revisit(&self, action: &Action, effect: Effect, seen: &str) -> Result<Stand, RuleError> {
        let reference = &action.reference;
        if action.state != ActionState::SignedOff {
            return Err(not_there(action, "only what is signed off is looked at again", ""));
        }
        if let Some(known) = action.life.effect {
            return Err(RuleError::new(
                format!("{reference} was looked at again: {}.", known.label()),
                "Raise a new action where one is needed.",
            ));
        }
        if let Some(day) = action.life.revisit_on.filter(|day| *day > self.today) {
            let after = self.framework.actions.revisit_after.map(|after| after.to_string()).unwrap_or_default();
            let what = format!("{reference} is looked at again {after} after it was signed off, from {} on.", say_full_date(day));
            return Err(RuleError::under("F14", what, "Before that nobody can tell whether it lasts."));
        }
        self.must_judge(action)?;
        if seen.trim().is_empty() {
            return Err(RuleError::under(
                "S13",
                "Whether it helped has to be seen somewhere.",
                "Write down what you looked at and what it shows.",
            ));
        }
        let life = Life { effect: Some(effect), ..action.life.clone() };
        if effect != Effect::Recurred {
            return Ok(Stand { life, ..action.stand() });
        }
        let rule = &self.framework.actions;
        let due_on = self.calendar.due_on(self.today, if action.urgent { rule.urgent_due } else { rule.default_due })?;
        let life =
            Life { done: None, signed_off: None, revisit_on: None, recurred: life.recurred + 1, reopened_on: Some(self.today), ..life };
        Ok(Stand { state: ActionState::Open, due_on, evidence: String::new(), life, ..action.stand() })
    }
}
