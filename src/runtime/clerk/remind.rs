//! Reminders of actions that are due soon: once a day at most, by whoever looks first, through the outbox.

use super::Desk;
use crate::domain::action::{Action, REMIND_AT_MOST};
use crate::domain::change::{Change, Swap};
use crate::domain::framework::ActionRule;
use crate::domain::id::PersonId;
use crate::domain::line::{above, acting};
use crate::domain::outbox::{Cause, Said};
use crate::store::{REMINDED_ON, StoreResult};
use chrono::Days;
use std::collections::BTreeSet;

impl Desk<'_, '_> {
    /// The mark that the reminders of this day are queued; none: they are already, it is early, or nothing is due soon.
    pub(super) fn remind_today(&self) -> StoreResult<Option<Change>> {
        if !self.reading().reminders_to_queue(self.now)? {
            return Ok(None);
        }
        let before = self.reading().setting(REMINDED_ON)?;
        let value = Swap { before, after: Some(self.today.to_string()) };
        Ok(Some(Change::SettingChanged { name: REMINDED_ON.to_string(), value }))
    }

    /// Whoever is reminded today, and of what: the owner, whoever stands in for them while they are away, and those above the owner
    /// whom the profile names. Nobody is written to who has no address, has left, or is recused.
    pub(super) fn reminders(&mut self) -> StoreResult<Vec<(PersonId, Cause, Said)>> {
        let first = self.today.checked_add_days(Days::new(1)).unwrap_or(self.today);
        let last = self.today.checked_add_days(Days::new(u64::from(REMIND_AT_MOST))).unwrap_or(self.today);
        let mut wanted = Vec::new();
        for action in self.reading().actions_due(first, last)? {
            let (framework, _) = self.library.around_action(self.tx.reading(), action.source)?;
            let Some(days) = action.reminder(self.today, &framework.actions) else { continue };
            let cause = Cause::of_action(action.id, action.due_on, days);
            for (person, copy) in self.reminded(&action, &framework.actions)? {
                // That it is a copy is all that the text has to know.
                let stage = if copy { "copy".to_string() } else { String::new() };
                let since = action.raised_at.unwrap_or(self.now);
                wanted.push((
                    person,
                    cause.clone(),
                    Said { last_day: Some(action.due_on), stage, ..Said::new(action.reference.clone(), since) },
                ));
            }
        }
        Ok(wanted)
    }

    /// Who is told of an action, and whether only for information.
    fn reminded(&self, action: &Action, rule: &ActionRule) -> StoreResult<Vec<(PersonId, bool)>> {
        let reading = self.reading();
        let people = reading.people_near(BTreeSet::from([action.owner]))?;
        let absences = reading.absences_from(self.today)?;
        let recused = match action.review() {
            Some(review) => reading.recused_from(review)?,
            None => BTreeSet::new(),
        };
        let line = above(&people, action.owner);
        let holds =
            |role: &String| line.iter().find(|id| people.get(id).is_some_and(|person| person.role.eq_ignore_ascii_case(role))).copied();
        let copies = rule.remind_copies.iter().filter_map(holds).map(|person| (person, true));
        let theirs = [action.owner, acting(&people, &absences, action.owner, self.today)].map(|person| (person, false));
        let mut told: Vec<(PersonId, bool)> = Vec::new();
        for (person, copy) in theirs.into_iter().chain(copies) {
            let reached = people.get(&person).is_some_and(|known| known.is_here(self.today) && !known.email.is_empty());
            if reached && !recused.contains(&person) && !told.iter().any(|(known, _)| *known == person) {
                told.push((person, copy));
            }
        }
        Ok(told)
    }
}
