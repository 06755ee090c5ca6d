//! The question before a record is first opened, and who stands how to a case.

use super::{Answers, missing};
use crate::domain::allocation::{CaseFacts, Conflict, Ground, inferred};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::interest::Interest;
use crate::domain::query::{DeclaredRow, InferredRow, InterestQuestion, InterestsDetail, PersonInterest, PersonRow};
use crate::domain::review::ReviewFacts;
use crate::runtime::clerk::{case_facts, window};
use crate::store::StoreResult;
use std::collections::BTreeMap;

impl Answers<'_> {
    /// What independence is judged by.
    pub(super) fn case_facts(&mut self, facts: &ReviewFacts) -> StoreResult<CaseFacts> {
        let (_, framework, _) = self.rules_of(facts)?;
        case_facts(facts, &framework, self.reading)
    }

    /// What the viewer has to be asked before this record is first opened; none for whoever was asked, or has no row in
    /// the list of people.
    pub(super) fn question(&mut self, id: ReviewId) -> StoreResult<Option<InterestQuestion>> {
        let reading = self.reading;
        let Some(person) = self.viewer.person else { return Ok(None) };
        let facts = reading.review_without_form(id)?.ok_or_else(|| missing("review"))?;
        // Of an erased record nothing is left that an interest could have to do with.
        if reading.erased_on(id)?.is_some() || reading.was_asked(person, facts.review.subject)? {
            return Ok(None);
        }
        let names = reading.names_of(id)?.ok_or_else(|| missing("review"))?;
        let said = self.inferences(&facts, Some(person))?.into_iter().map(|row| row.why);
        Ok(Some(InterestQuestion {
            review: id,
            reference: facts.review.reference.clone(),
            case: names.case,
            practitioner: names.practitioner,
            inferred: said.collect(),
        }))
    }

    pub(super) fn interests(&mut self, id: ReviewId) -> StoreResult<InterestsDetail> {
        let reading = self.reading;
        let facts = reading.review_without_form(id)?.ok_or_else(|| missing("review"))?;
        let inferred = self.inferences(&facts, None)?;
        let people = reading.people_by_id()?;
        let name = |id: PersonId| people.get(&id).map(|person| person.name.clone()).unwrap_or_default();
        let mut declared: Vec<DeclaredRow> = reading
            .interests_in(&facts.review)?
            .into_iter()
            .map(|interest| {
                let by = if interest.on_behalf() { interest.by.map(name).unwrap_or_default() } else { String::new() };
                let Interest { id, person, kind, on, withdrawn, .. } = interest;
                let withdrawn = withdrawn.map(|withdrawn| (withdrawn.on, withdrawn.because));
                DeclaredRow { interest: id, person: name(person), kind, by, on, withdrawn }
            })
            .collect();
        declared.sort_by_key(|row| row.withdrawn.is_some());
        Ok(InterestsDetail { review: id, reference: facts.review.reference.clone(), declared, inferred })
    }

    /// Puts the title of each role beside its key: people read the one, scripts compare the other.
    pub(super) fn tell_titles(&mut self, rows: &mut [PersonRow]) -> StoreResult<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let framework = self.library.current(self.reading)?;
        for row in rows {
            row.title = framework.role(&row.role).map(|role| role.label.clone()).unwrap_or_default();
        }
        Ok(())
    }

    /// Puts declared interests beside the people who have them: one's own for everybody, those of all for the Insights
    /// team, who have to know whom they can ask.
    pub(super) fn tell_interests(&mut self, rows: &mut [PersonRow]) -> StoreResult<()> {
        let Some(me) = self.viewer.person else { return Ok(()) };
        let role = self.reading.person(me)?.map(|person| person.role).unwrap_or_default();
        let framework = self.library.current(self.reading)?;
        let of_all = framework.role(&role).is_some_and(|role| role.insights);
        let mut by_person: BTreeMap<PersonId, Vec<PersonInterest>> = BTreeMap::new();
        for (interest, reference) in self.reading.interests_for(self.viewer, of_all)? {
            let review = (interest.person != me).then_some(reference);
            let told = PersonInterest { review, kind: interest.kind.label(), on: interest.on };
            by_person.entry(interest.person).or_default().push(told);
        }
        for row in rows {
            row.interests = by_person.remove(&row.id).unwrap_or_default();
        }
        Ok(())
    }

    /// What the lists suggest about one person, or about everybody who could review.
    fn inferences(&mut self, facts: &ReviewFacts, only: Option<PersonId>) -> StoreResult<Vec<InferredRow>> {
        let reading = self.reading;
        let (cycle, framework, kind) = self.rules_of(facts)?;
        let people = reading.people_by_id()?;
        let case = case_facts(facts, &framework, reading)?;
        let dismissed = reading.dismissed(facts.review.subject)?;
        let today = self.viewer.today;
        let ground = Ground { people: &people, framework: &framework, kind: &kind, window: window(&cycle, today) };
        let mut rows = Vec::new();
        for person in people.values().filter(|person| match only {
            Some(only) => person.id == only,
            None => person.is_here(today) && framework.role(&person.role).is_some_and(|role| role.reviews),
        }) {
            for conflict in inferred(&case, person, &ground) {
                let Some(inference) = Conflict::inference(&conflict) else { continue };
                rows.push(InferredRow {
                    person: person.id,
                    name: person.name.clone(),
                    inference,
                    why: conflict.sentence(),
                    dismissed: dismissed.get(&(person.id, inference)).cloned().unwrap_or_default(),
                });
            }
        }
        Ok(rows)
    }
}
