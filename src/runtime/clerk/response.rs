//! Deeds that follow a review: its actions, as far as a single review needs them.

use super::{Asked, Desk, line, refuse};
use crate::domain::action::{self, ActionState, ActionWanted};
use crate::domain::change::{Change, Swap};
use crate::domain::id::{ActionId, ReviewId};
use crate::domain::review::{self, ReviewState};
use crate::store::{Numbered, StoreResult};

impl Desk<'_, '_> {
    pub(super) fn raise_action(&mut self, review: ReviewId, wanted: ActionWanted) -> Asked {
        let facts = self.review(review)?;
        if facts.state == ReviewState::Withdrawn {
            return Err(refuse(format!("{} was withdrawn.", facts.review.reference), "Raise the action on the review that came in."));
        }
        let (_, framework, _) = self.rules_of(&facts)?;
        let owner_known = match wanted.owner {
            Some(owner) => self.reading().person(owner)?.is_some_and(|person| person.is_here(self.today)),
            None => true,
        };
        if !owner_known {
            return Err(refuse("The owner is not here, or has left.", "Choose somebody who can do it."));
        }
        if let Some(owner) = wanted.owner {
            self.refuse_recused(&facts, owner)?;
        }
        let calendar = self.library.calendar(self.reading())?;
        let id = ActionId(self.tx.next(Numbered::Action)?);
        let wanted = ActionWanted { text: line(&wanted.text), ..wanted };
        let raised = action::raise(self.today, &framework, &calendar, id, review, &wanted)?;
        let said = format!("{} raised, due {}", raised.reference, raised.due_on.format("%-d %B"));
        Ok((vec![Change::ActionRecorded(Swap::new(raised))], said))
    }

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
        self.keep_what_submission_stands_on(&before)?;
        let said = format!("{} taken back", before.reference);
        let after = action::Action { state: ActionState::Withdrawn, ..before.clone() };
        Ok((vec![Change::ActionRecorded(Swap { before: Some(before), after: Some(after) })], said))
    }

    /// Refuses to take away the one action without which its review could not have been submitted.
    pub(super) fn keep_what_submission_stands_on(&mut self, action: &action::Action) -> StoreResult<()> {
        let facts = self.review(action.review)?;
        let (_, _, kind) = self.rules_of(&facts)?;
        if review::stands_on(&kind, &facts, action.id) {
            let what = format!("{} was submitted with {} as what needs to happen.", facts.review.reference, action.reference);
            return Err(refuse(what, "Raise another action first."));
        }
        Ok(())
    }

    pub(super) fn move_action(&mut self, id: ActionId, state: ActionState, evidence: &str) -> Asked {
        let Some(before) = self.reading().action(id)? else {
            return Err(refuse("There is no such action.", "Look in the list of actions."));
        };
        let said = format!("{} is {}", before.reference, state.label());
        let state = Swap { before: Some(before.state), after: Some(state) };
        let after = if evidence.trim().is_empty() { before.evidence.clone() } else { line(evidence) };
        let evidence = Swap { before: Some(before.evidence), after: Some(after) };
        Ok((vec![Change::ActionMoved { action: id, review: before.review, state, evidence }], said))
    }
}
