//! Actions raised: out of one review, out of all that were marked, out of a plan or a register; or linked to one that is open.

use super::actions::refusal;
use super::{Asked, Desk, line, refuse};
use crate::domain::action::{self, ActionWanted, Near, Source, much_like};
use crate::domain::calendar::say_day;
use crate::domain::change::{ActionLinked, Change, Swap};
use crate::domain::count::counted;
use crate::domain::deed::{EachOwner, RaiseEach};
use crate::domain::error::RuleError;
use crate::domain::framework::{Addressee, Framework, Side, SubjectKind};
use crate::domain::id::{ActionId, PersonId, ReviewId};
use crate::domain::line as lines;
use crate::domain::review::{Review, ReviewFacts, ReviewState};
use crate::store::{Numbered, StoreError, StoreResult};

impl Desk<'_, '_> {
    pub(super) fn raise_action(&mut self, review: ReviewId, wanted: ActionWanted) -> Asked {
        let facts = self.review_without_form(review)?;
        let id = ActionId(self.tx.next(Numbered::Action)?);
        self.raise_on(&facts, id, wanted)
    }

    /// One action of a review, under this number; or the link to one that is open.
    fn raise_on(&mut self, facts: &ReviewFacts, id: ActionId, wanted: ActionWanted) -> Asked {
        if facts.state == ReviewState::Withdrawn {
            return Err(refuse(format!("{} was withdrawn.", facts.review.reference), "Raise the action on the review that came in."));
        }
        let (_, framework, _) = self.rules_of(facts)?;
        self.refuse_gone(wanted.owner)?;
        if let Some(owner) = wanted.owner {
            self.refuse_recused(facts, owner)?;
        }
        let wanted = ActionWanted { text: line(&wanted.text), ..wanted };
        match (wanted.near, wanted.owner) {
            (Near::Link(id), _) => return self.link_action(&facts.review, id, &wanted.text),
            (Near::Ask, Some(owner)) => self.refuse_twice(facts.review.id, owner, &wanted.text)?,
            _ => {}
        }
        let calendar = self.library.calendar(self.reading())?;
        let raised = action::raise(self.today, &framework, &calendar, id, Source::Review(facts.review.id), &wanted)?;
        let said = format!("{} raised, due {}", raised.reference, say_day(self.today, raised.due_on));
        Ok((vec![Change::ActionRecorded(Swap::new(raised))], said))
    }

    /// The same action out of each of several reviews: all of them or none, taken back at once. Where one much like it is open and
    /// that was asked for, the open one answers the finding instead.
    pub(super) fn raise_each(&mut self, wanted: RaiseEach) -> Asked {
        let first = self.tx.next(Numbered::Action)?;
        let (mut changes, mut refused, mut raised, mut linked) = (Vec::new(), Vec::new(), 0, 0);
        for review in &wanted.reviews {
            let facts = self.review_without_form(*review)?;
            match self.raise_one_of(&facts, ActionId(first + raised), &wanted) {
                Ok(made) => {
                    for change in made {
                        raised += i64::from(matches!(change, Change::ActionRecorded(_)));
                        linked += u32::from(matches!(change, Change::ActionLinked(_)));
                        changes.push(change);
                    }
                }
                Err(StoreError::Refused(error)) => refused.push((facts.review.reference.clone(), error)),
                Err(other) => return Err(other),
            }
        }
        if let Some(error) = refusal(refused, wanted.reviews.len(), "given one") {
            return Err(StoreError::Refused(error));
        }
        if wanted.reviews.is_empty() {
            return Err(refuse("No review was chosen.", "Put the cursor on one, or mark some."));
        }
        let made = (raised > 0 || linked == 0).then(|| format!("{} raised", counted(raised, "action", "actions")));
        let links = (linked > 0).then(|| format!("{} to one that is open", counted(linked, "review linked", "reviews linked")));
        Ok((changes, made.into_iter().chain(links).collect::<Vec<_>>().join("; ")))
    }

    fn raise_one_of(&mut self, facts: &ReviewFacts, id: ActionId, each: &RaiseEach) -> StoreResult<Vec<Change>> {
        let (_, framework, _) = self.rules_of(facts)?;
        let owner = self.owner_of_each(facts, &framework, &each.owner)?;
        let wanted = ActionWanted { owner: Some(owner), ..each.wanted.clone() };
        let near = if each.link { self.near_one(facts.review.id, owner, &line(&wanted.text))? } else { None };
        let wanted = ActionWanted { near: near.map_or(wanted.near, |(id, _, _)| Near::Link(id)), ..wanted };
        Ok(self.raise_on(facts, id, wanted)?.0)
    }

    /// Who owns the action out of this one of several reviews.
    fn owner_of_each(&self, facts: &ReviewFacts, framework: &Framework, owner: &EachOwner) -> StoreResult<PersonId> {
        let reference = &facts.review.reference;
        match owner {
            EachOwner::One(person) => Ok(*person),
            EachOwner::Worker => facts
                .review
                .practitioner
                .ok_or_else(|| refuse(format!("{reference} names no worker of its own."), "Raise its action by itself, with an owner.")),
            EachOwner::Role(role) => {
                let reading = self.reading();
                let subject = reading.subject(facts.review.subject)?.map_or(SubjectKind::Child, |subject| subject.kind);
                let role = framework.escalation.role_for(subject, role).to_string();
                let people = reading.people_around(facts.review.practitioner, &[&role])?;
                let service = reading.names_of(facts.review.id)?.map(|names| names.team.1).unwrap_or_default();
                let label = framework.role(&role).map_or(role.clone(), |role| role.label.to_lowercase());
                let wanted = Addressee { role, side: Side::Child };
                let holder = lines::holder(&people, self.today, &wanted, facts.review.practitioner, facts.review.team, &service);
                holder.ok_or_else(|| {
                    let remedy = "Raise its action by itself, with an owner.";
                    StoreError::Refused(RuleError::new(format!("Nobody is found who is the {label} of {reference}."), remedy))
                })
            }
        }
    }

    /// An action that comes from no review: one of a cycle's improvement plan (M20, F13), or agreed where a register keeps it
    /// (F16, C08, Q05).
    pub(super) fn raise_wider(&mut self, source: Source, wanted: ActionWanted) -> Asked {
        match source {
            Source::Review(review) => return self.raise_action(review, wanted),
            Source::Cycle(cycle) => {
                self.library.cycle(self.tx.reading(), cycle)?;
            }
            Source::Entry(entry) => {
                let kept = self.reading().entry(entry)?.filter(|(entry, _)| !entry.taken_back);
                if kept.is_none() {
                    return Err(refuse("There is no such entry, or it was taken back.", "Look for it in the registers."));
                }
            }
        }
        self.refuse_gone(wanted.owner)?;
        let wanted = ActionWanted { text: line(&wanted.text), ..wanted };
        let (framework, _) = self.library.around_action(self.tx.reading(), source)?;
        let calendar = self.library.calendar(self.reading())?;
        let id = ActionId(self.tx.next(Numbered::Action)?);
        let raised = action::raise(self.today, &framework, &calendar, id, source, &wanted)?;
        let said = format!("{} raised, due {}", raised.reference, say_day(self.today, raised.due_on));
        Ok((vec![Change::ActionRecorded(Swap::new(raised))], said))
    }

    /// Refuses an owner who could not do it.
    fn refuse_gone(&self, owner: Option<PersonId>) -> StoreResult<()> {
        let Some(owner) = owner else { return Ok(()) };
        if self.reading().person(owner)?.is_some_and(|person| person.is_here(self.today)) {
            return Ok(());
        }
        Err(refuse("The owner is not here, or has left.", "Choose somebody who can do it."))
    }

    /// Refuses an action that asks for much the same as one still open.
    fn refuse_twice(&self, review: ReviewId, owner: PersonId, text: &str) -> StoreResult<()> {
        match self.near_one(review, owner, text)? {
            None => Ok(()),
            Some((_, reference, open)) => Err(refuse(
                format!("Much like {reference}, still open: {}.", open.trim_end_matches('.')),
                format!("Link to it instead ({reference}), or say that a new one is meant."),
            )),
        }
    }

    /// An action still open that asks for much the same: which, as what, and what it asks for.
    fn near_one(&self, review: ReviewId, owner: PersonId, text: &str) -> StoreResult<Option<(ActionId, String, String)>> {
        let open = self.reading().open_beside(review, owner, &self.viewer())?;
        let near = open.into_iter().find(|open| much_like(&open.text, text));
        Ok(near.map(|open| (open.id, open.reference, open.text)))
    }

    /// Lets an open action answer one more finding, in place of a new one.
    fn link_action(&mut self, review: &Review, id: ActionId, text: &str) -> Asked {
        let open = self.reading().action(id)?.filter(|action| action.state.is_open());
        let near = match &open {
            Some(action) => {
                let known = self.reading().open_beside(review.id, action.owner, &self.viewer())?;
                known.iter().any(|known| known.id == id)
            }
            None => false,
        };
        let Some(action) = open.filter(|_| near) else {
            let reference = crate::domain::id::reference("A", id.0);
            return Err(refuse(
                format!("{reference} is no open action of this case that could answer this."),
                "Look among the actions for its number.",
            ));
        };
        if action.review() == Some(review.id) || self.reading().actions_of(review.id)?.iter().any(|known| known.id == id) {
            return Ok((Vec::new(), format!("{} stands with this review already", action.reference)));
        }
        let linked = ActionLinked { action: id, review: review.id, text: text.to_string(), linked: true };
        Ok((vec![Change::ActionLinked(linked)], format!("{} answers this as well", action.reference)))
    }
}
