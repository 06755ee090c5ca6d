//! Deeds about interests, and the guard before every deed: whoever is recused from a review does nothing to it.

use super::{Asked, Desk, Receipt, line, refuse};
use crate::domain::access::needs;
use crate::domain::allocation::{Conflict, Ground, inferred};
use crate::domain::change::{Change, DrpChange, PanelChange, Swap};
use crate::domain::count::counted;
use crate::domain::deed::{Actor, AlertDeed, Deed, DrpDeed, InsightDeed};
use crate::domain::framework::StepDuty;
use crate::domain::id::{InterestId, PersonId, ReviewId};
use crate::domain::interest::{self, Asker, Declaring, Inference, Interest, InterestKind};
use crate::domain::review::{ReviewFacts, next_step};
use crate::domain::strip::StripOf;
use crate::store::{Numbered, Sealed, Store, StoreResult};
use chrono::{DateTime, Utc};
use std::sync::Arc;

use super::allocate::{case_facts, window};

/// Writes down that a recused person asked for a review, an alert or a dispute. A database that cannot be written now changes nothing about the
/// refusal, which is why the caller may go on without it.
pub fn asked_while_recused(store: &mut Store, actor: &Actor, now: DateTime<Utc>, sealed: Sealed) -> StoreResult<Receipt> {
    store.write(|tx| {
        let reading = tx.reading();
        let change = match sealed {
            Sealed::Review(review) => {
                let reference = reading.review_without_form(review)?.map(|facts| facts.review.reference.clone()).unwrap_or_default();
                Some(Change::AskedWhileRecused { review, reference })
            }
            Sealed::Strip(StripOf::Alert(alert)) => {
                let found = reading.alert(alert)?;
                found.map(|alert| Change::AskedWhileRecused { review: alert.review, reference: alert.reference })
            }
            Sealed::Strip(StripOf::Drp(drp)) => {
                let found = reading.drp(drp)?;
                found.map(|(stored, _)| Change::Drp(DrpChange::AskedWhileRecused { drp, review: stored.review }))
            }
        };
        let written = tx.write(actor, now, change.as_slice())?;
        Ok(Receipt { written, ..Receipt::default() })
    })
}

impl Desk<'_, '_> {
    /// Refuses a deed that touches a review from which whoever asks is recused, or that lies beyond what they see.
    pub(super) fn not_recused(&self, deed: &Deed) -> StoreResult<()> {
        // Whoever has an interest in a case may say so, and whom the framework lets raise a dispute raises it about any: however far
        // they see.
        let any = needs(deed).is_none() || matches!(deed, Deed::Drp(DrpDeed::Raise(_)));
        let viewer = if any { self.viewer() } else { self.seer() };
        for review in self.touched(deed)? {
            self.reading().open_to(review, &viewer)?;
            if let Some(day) = self.reading().erased_on(review)? {
                let what = format!("That record was erased on {}.", day.format("%-d %B %Y"));
                return Err(refuse(what, "Nothing is written to it any more."));
            }
        }
        self.drp_not_recused(deed, &viewer)
    }

    /// The reviews that a deed touches.
    fn touched(&self, deed: &Deed) -> StoreResult<Vec<ReviewId>> {
        let reading = self.reading();
        Ok(match deed {
            Deed::Start { .. }
            | Deed::Set { .. }
            | Deed::ImportFrame { .. }
            | Deed::ImportPeople { .. }
            | Deed::ImportHolidays { .. }
            | Deed::RecordAbsence { .. }
            | Deed::People(_)
            | Deed::OpenCycle(_)
            | Deed::Report(_)
            | Deed::OpenBeside(_)
            | Deed::AdoptFramework { .. }
            // It names nobody, tells nobody, and is due whoever notices.
            | Deed::RaiseDue
            | Deed::ImportSubjects(_)
            | Deed::RecordEntry(_)
            | Deed::CorrectEntry { .. }
            | Deed::TakeBackEntry { .. }
            | Deed::OpenNamed(_)
            | Deed::ChangeFocus { .. }
            | Deed::TickPhase { .. }
            | Deed::TakeCycleAway { .. }
            | Deed::Draw(_) => Vec::new(),
            Deed::Panel(deed) => deed.review().into_iter().collect(),
            // Its case is looked at besides: it need not be under review.
            Deed::Drp(DrpDeed::Raise(wanted)) => wanted.review.into_iter().collect(),
            Deed::Drp(DrpDeed::Note { .. }) => Vec::new(),
            // A plan is made of what many reviews showed: it names none.
            Deed::Plan(_) => Vec::new(),
            // Areas are of cycles, which name no case.
            Deed::Revisit(_) => Vec::new(),
            Deed::Privacy(deed) => deed.reviews(),
            Deed::FollowUp(wanted) => vec![wanted.review],
            Deed::Exempt(wanted) => wanted.review.into_iter().collect(),
            Deed::Insight(InsightDeed::Code { reviews, .. }) => reviews.clone(),
            Deed::Insight(InsightDeed::MarkPractice { review, .. }) => vec![*review],
            Deed::Insight(InsightDeed::UnmarkPractice { practice }) => {
                reading.good_practice(*practice)?.map(|practice| practice.review).into_iter().collect()
            }
            Deed::Insight(InsightDeed::ImportIndicators { .. }) => Vec::new(),
            Deed::RaiseEach(wanted) => wanted.reviews.clone(),
            Deed::Allocate(allocations) => allocations.iter().map(|allocation| allocation.review).collect(),
            Deed::SendNotices { notices, .. } => notices.iter().map(|(review, _)| *review).collect(),
            Deed::Substitute { review, .. }
            | Deed::WithdrawNamed { review, .. }
            | Deed::LookFurther { review, .. }
            | Deed::NameCoReviewer { review, .. }
            | Deed::TakeCoReviewerAway { review, .. }
            | Deed::JudgeAlone { review, .. }
            | Deed::OpenSeal { review, .. }
            | Deed::RecordStep { review, .. }
            | Deed::SaveAnswers { review, .. }
            | Deed::Submit { review, .. }
            | Deed::RaiseAction { review, .. }
            | Deed::Reveal { review, .. }
            | Deed::NothingToDeclare { review }
            | Deed::DeclareInterest { review, .. }
            | Deed::DismissInference { review, .. } => vec![*review],
            Deed::WithdrawAction { action } => reading.action(*action)?.and_then(|action| action.review()).into_iter().collect(),
            Deed::RaiseWider { source, .. } => source.review().into_iter().collect(),
            Deed::Action(deed) => {
                let mut reviews = Vec::new();
                for (action, _) in deed.actions() {
                    reviews.extend(reading.action(*action)?.and_then(|action| action.review()));
                }
                reviews.sort_unstable();
                reviews.dedup();
                reviews
            }
            Deed::Alert(deed) => match (deed, deed.alert()) {
                (AlertDeed::Raise(wanted), _) => vec![wanted.review],
                (_, Some(alert)) => reading.alert(alert)?.map(|alert| alert.review).into_iter().collect(),
                (_, None) => Vec::new(),
            },
            // One's own interest is withdrawn by whoever is recused by it.
            Deed::WithdrawInterest { interest, .. } => {
                let found = reading.interest(*interest)?.filter(|interest| self.actor.person != Some(interest.person));
                found.map(|interest| interest.review).into_iter().collect()
            }
            Deed::Undo { batch } => {
                let changes = reading.batch(*batch)?;
                // Taking back one's own declaration lifts what would withhold the batch.
                let own = changes.iter().any(|(.., change)| self.lifts_own(change));
                if own { Vec::new() } else { changes.iter().filter_map(|(.., change)| change.review()).collect() }
            }
        })
    }

    fn lifts_own(&self, change: &Change) -> bool {
        let Change::InterestRecorded(Swap { before: None, after: Some(interest) }) = change else { return false };
        self.actor.person == Some(interest.person)
    }

    /// Refuses somebody for a part in a review from which they are recused.
    pub(super) fn refuse_recused(&self, facts: &ReviewFacts, person: PersonId) -> StoreResult<()> {
        if !self.reading().is_recused(person, &facts.review)? {
            return Ok(());
        }
        let name = self.reading().person(person)?.map(|person| person.name).unwrap_or_default();
        Err(refuse(format!("{name} has an interest in {} and is recused.", facts.review.reference), "Choose somebody else."))
    }

    pub(super) fn asker(&mut self) -> StoreResult<Asker> {
        let framework = self.library.current(self.reading())?;
        let leads = framework.role(&self.actor.role).is_none_or(|role| role.insights);
        Ok(Asker { person: self.actor.person, leads })
    }

    pub(super) fn nothing_to_declare(&mut self, id: ReviewId) -> Asked {
        let facts = self.review_without_form(id)?;
        let Some(person) = self.actor.person else { return Ok((Vec::new(), "Nothing to declare".into())) };
        let subject = facts.review.subject;
        let said = format!("{}: nothing to declare", facts.review.reference);
        if self.reading().was_asked(person, subject)? {
            return Ok((Vec::new(), said));
        }
        Ok((vec![Change::NothingDeclared { review: id, subject, person, on: self.today }], said))
    }

    pub(super) fn declare_interest(&mut self, id: ReviewId, person: Option<PersonId>, kind: InterestKind, note: &str) -> Asked {
        let facts = self.review_without_form(id)?;
        let Some(person) = person.or(self.actor.person) else {
            let login = &self.actor.login;
            return Err(refuse(
                format!("The list of people does not know who {login} is, so nothing can be withheld from them."),
                "Import the list of people with your login first: `closeloop import people FILE`.",
            ));
        };
        let Some(found) = self.reading().person(person)? else {
            return Err(refuse("There is no such person.", "Choose somebody from the list."));
        };
        let asker = self.asker()?;
        let recused = self.reading().recused_from(id)?.contains(&person);
        let wanted = Declaring {
            person,
            kind,
            note: line(note),
            review: id,
            subject: facts.review.subject,
            practitioner: facts.review.practitioner,
        };
        let declared = interest::declare(InterestId(self.tx.next(Numbered::Interest)?), self.today, asker, wanted, recused)?;
        let mut changes = Vec::new();
        for held in self.reading().held_within(&declared)? {
            changes.extend(self.given_back(held)?);
        }
        let own = Some(person) == self.actor.person;
        let who = if own { "You are".to_string() } else { format!("{} is", found.name) };
        let mut said = if own {
            format!("{who} recused: the case is withheld from you from now on")
        } else {
            format!("{who} recused from {}", facts.review.reference)
        };
        match changes.len() {
            0 => {}
            n => said.push_str(&format!("; {} to be given to somebody else", counted(n, "review goes back", "reviews go back"))),
        }
        // Beside a lead they are taken off as well, whatever was judged so far: they may not read it any more.
        let beside = self.reading().beside_within(&declared)?;
        for (review, reference) in beside {
            changes.push(Change::CoReviewer { review, person, named: false, despite: String::new() });
            said.push_str(&format!("; {reference} needs somebody else beside its lead"));
        }
        match self.reading().owned_within(&declared)? {
            0 => {}
            n => {
                let needs = counted(n, "open action needs", "open actions need");
                said.push_str(&format!("; {needs} another owner (filter the actions by ownerless)"));
            }
        }
        // Whoever finds out at the table that they know the case leaves then and there, and their score goes with them.
        for (panel, review) in self.reading().tables_within(&declared)? {
            changes.push(Change::Panel(PanelChange::StoodOut { panel, review, person }));
            let whom = if own { "you" } else { "them" };
            said.push_str(&format!("; the panel hears it without {whom}"));
        }
        changes.insert(0, Change::InterestRecorded(Swap::new(declared)));
        Ok((changes, said))
    }

    /// The change that takes a review from a reviewer who may no longer see it, whatever was recorded so far.
    fn given_back(&mut self, review: ReviewId) -> StoreResult<Option<Change>> {
        let facts = self.review_without_form(review)?;
        let (cycle, _, kind) = self.rules_of(&facts)?;
        let key = kind.step_of(StepDuty::Allocate).map(|(_, step)| step.key.clone());
        let before = key.as_ref().and_then(|key| facts.steps.get(key).map(|record| (key.clone(), record.clone())));
        let taken = |step: &str| facts.taken_on(step).filter(|_| key.as_deref() != Some(step));
        let calendar = self.library.calendar(self.reading())?;
        let next = next_step(&kind, &cycle, taken, &facts.panel, &calendar)?;
        Ok(Some(Change::Allocated {
            review,
            reviewer: Swap { before: facts.reviewer, after: None },
            step: Swap { before, after: None },
            next: Swap { before: Some(facts.review.next.clone()), after: Some(next) },
            despite: String::new(),
            companion: Swap { before: facts.companion, after: None },
        }))
    }

    pub(super) fn withdraw_interest(&mut self, id: InterestId, because: &str) -> Asked {
        let Some(before) = self.reading().interest(id)? else {
            return Err(refuse("There is no such interest.", "Look in the record whose interests they are."));
        };
        let asker = self.asker()?;
        let after = interest::withdraw(self.today, asker, &before, line(because))?;
        let name = self.reading().person(before.person)?.map(|person| person.name).unwrap_or_default();
        let said = format!("{name} is no longer recused by it; the withdrawal and its reason are in the history");
        Ok((vec![Change::InterestRecorded(Swap { before: Some(before), after: Some(after) })], said))
    }

    pub(super) fn dismiss_inference(&mut self, id: ReviewId, person: PersonId, what: Inference, because: &str) -> Asked {
        let facts = self.review_without_form(id)?;
        let (cycle, framework, kind) = self.rules_of(&facts)?;
        let people = self.reading().people_by_id()?;
        let Some(found) = people.get(&person) else {
            return Err(refuse("There is no such person.", "Choose somebody from the list."));
        };
        let case = case_facts(&facts, &framework, self.reading())?;
        let ground = Ground { people: &people, framework: &framework, kind: &kind, window: window(&cycle, self.today) };
        let suggested = inferred(&case, found, &ground).iter().filter_map(Conflict::inference).any(|inference| inference == what);
        let asker = self.asker()?;
        let because = line(because);
        interest::dismiss(asker, person, what, kind.independence, suggested, &because)?;
        let before = self.reading().dismissed(facts.review.subject)?.remove(&(person, what));
        let said =
            format!("Set aside for {}: {} may be given to them if nothing else speaks against it", found.name, facts.review.reference);
        let because = Swap { before, after: Some(because) };
        Ok((vec![Change::InferenceDismissed { review: id, subject: facts.review.subject, person, inference: what, because }], said))
    }

    pub(super) fn review_without_form(&self, id: ReviewId) -> StoreResult<Arc<ReviewFacts>> {
        self.reading().review_without_form(id)?.ok_or_else(|| refuse("There is no such review.", "Look for it in the queue."))
    }

    /// A declaration is taken back by a key only while its window is open, as a slip of the hand; later it is withdrawn,
    /// with a reason.
    pub(super) fn undo_of_interest(&self, session: &str, interest: &Swap<Interest>) -> StoreResult<()> {
        if interest.before.is_none() && session != self.actor.session {
            return Err(refuse("An interest declared earlier is not undone.", "Withdraw it, with the reason."));
        }
        Ok(())
    }
}
