//! Deeds of several reviewers on one case: naming them, judging alone, opening the seal. Q03-Q05, S18, S19.

use super::allocate::{Held, case_facts, refuse_conflicts, window};
use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::allocation::{Ground, check_manual};
use crate::domain::change::Change;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::joint::{self, OwnWanted};
use crate::domain::review::ReviewFacts;
use crate::store::StoreResult;

impl Desk<'_, '_> {
    /// Names somebody beside the lead reviewer: as independent of the case as the lead has to be.
    pub(super) fn name_co_reviewer(&mut self, id: ReviewId, person: PersonId, despite: &str) -> Asked {
        let facts = self.review(id)?;
        let held = Held::read(self.reading(), self.today)?;
        let (change, said) = self.joins(&facts, person, despite, &held)?;
        Ok((vec![change], said))
    }

    /// The change that names somebody beside the lead, once every rule about it holds.
    pub(super) fn joins(&mut self, facts: &ReviewFacts, person: PersonId, despite: &str, held: &Held) -> StoreResult<(Change, String)> {
        let id = facts.review.id;
        let (cycle, framework, kind) = self.rules_of(facts)?;
        joint::may_join(&kind, facts, person)?;
        let reading = self.reading();
        let Some(candidate) = held.candidate(person) else {
            return Err(refuse("There is no such person.", "Choose somebody from the list."));
        };
        let beside = kind.for_others();
        let ground = Ground { people: &held.people, framework: &framework, kind: &beside, window: window(&cycle, self.today) };
        let check = check_manual(&case_facts(facts, &framework, reading)?, &candidate, &ground);
        let (reference, despite) = (&facts.review.reference, line(despite));
        refuse_conflicts(reference, &check, &despite)?;
        let said = format!("{} reviews {reference} too", candidate.person.short_name());
        Ok((Change::CoReviewer { review: id, person, named: true, despite }, said))
    }

    /// Takes somebody away from beside the lead reviewer.
    pub(super) fn take_co_reviewer_away(&mut self, id: ReviewId, person: PersonId) -> Asked {
        let facts = self.review(id)?;
        let (_, _, kind) = self.rules_of(&facts)?;
        joint::may_leave(&kind, &facts, person)?;
        let name = self.reading().person(person)?.map(|person| person.short_name()).unwrap_or_default();
        let said = format!("{name} no longer reviews {}", facts.review.reference);
        Ok((vec![Change::CoReviewer { review: id, person, named: false, despite: String::new() }], said))
    }

    /// Keeps what somebody judged on their own, sealed until all are in.
    pub(super) fn judge_alone(&mut self, id: ReviewId, own: OwnWanted) -> Asked {
        let facts = self.review(id)?;
        let (_, framework, kind) = self.rules_of(&facts)?;
        let Some(person) = self.actor.person else {
            return Err(refuse("You are not on the council\u{2019}s list of people.", "Ask for your login to be added to it."));
        };
        let own = OwnWanted { reasons: paragraphs(&own.reasons), ..own };
        let own = joint::judge_alone(&framework, &kind, &facts, person, own)?;
        let left = facts.joint.missing(facts.reviewer).into_iter().filter(|other| *other != person).count();
        let said = match left {
            0 => format!("{}: all own judgements are in; agree one", facts.review.reference),
            n => format!("{}: your judgement is kept, sealed until {n} more are in", facts.review.reference),
        };
        Ok((vec![Change::OwnJudged { review: id, person, own }], said))
    }

    /// Opens the own judgements before all are in, with the reason.
    pub(super) fn open_seal(&mut self, id: ReviewId, why: &str) -> Asked {
        let facts = self.review(id)?;
        let (_, _, kind) = self.rules_of(&facts)?;
        let why = line(why);
        joint::open_seal(&kind, &facts, self.actor.person, &why)?;
        let said = format!("{}: the own judgements are open", facts.review.reference);
        Ok((vec![Change::SealOpened { review: id, why }], said))
    }
}
