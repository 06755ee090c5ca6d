//! Changing a proposal by hand: who leads, who reviews beside the lead, and who stands beside a first-time reviewer.

use super::App;
use super::command::Command;
use super::effect::Effect;
use super::overlay::{Choice, Choosing, Overlay, Part, Proposing, Sheet, SheetBody};
use crate::domain::deed::Allocation;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::query::{CandidateRow, ProposalDetail};
use std::collections::{BTreeMap, BTreeSet};

impl Proposing {
    /// The proposal as it was made, nothing changed by hand.
    pub fn of(detail: ProposalDetail) -> Proposing {
        let suggested = detail.proposal.suggestions.iter();
        let chosen = suggested.map(|suggestion| (suggestion.review, (suggestion.reviewer, String::new()))).collect();
        let named = |people: &[(PersonId, String)]| people.iter().map(|(person, _)| (*person, String::new())).collect();
        let others = detail.beside.iter().map(|(review, row)| (*review, named(&row.proposal.people))).collect();
        Proposing { detail, chosen, others, companions: BTreeMap::new() }
    }

    /// Who leads a review, as it stands now.
    pub fn lead(&self, review: ReviewId) -> Option<&CandidateRow> {
        let lead = self.chosen.get(&review)?.0?;
        self.detail.candidates.iter().find(|row| row.person == lead)
    }

    /// Whether the lead was chosen by hand.
    pub fn by_hand(&self, review: ReviewId) -> bool {
        let suggested = self.detail.proposal.suggestions.iter().find(|suggestion| suggestion.review == review);
        suggested.is_some_and(|suggestion| Some(suggestion.reviewer) != self.chosen.get(&review).map(|(who, _)| *who))
    }

    /// What allocating the proposal as it stands asks for: every review that somebody leads.
    pub fn allocations(&self) -> Vec<Allocation> {
        let wanted = self.detail.reviews.iter().filter_map(|(review, seen, ..)| {
            let (reviewer, despite) = self.chosen.get(review).cloned()?;
            reviewer?;
            let others = self.others.get(review).cloned().unwrap_or_default();
            let companion = self.companions.get(review).copied();
            Some(Allocation { despite, companion, others, ..Allocation::to(*review, *seen, reviewer) })
        });
        wanted.collect()
    }

    fn lead_by(&mut self, review: ReviewId, person: PersonId, despite: String) {
        self.chosen.insert(review, (Some(person), despite));
        // Whoever leads does not stand beside themselves; who helps a newcomer is proposed anew when it is allocated.
        self.companions.remove(&review);
        if let Some(others) = self.others.get_mut(&review) {
            others.retain(|(other, _)| *other != person);
        }
    }
}

impl Choosing {
    /// The candidates to lead one review of a proposal.
    pub fn lead(detail: &ProposalDetail, review: ReviewId) -> Overlay {
        Choosing::over(detail, review, Part::Lead, rows(&detail.candidates, review), BTreeSet::new())
    }

    fn over(detail: &ProposalDetail, review: ReviewId, part: Part, rows: Vec<Choice>, taken: BTreeSet<PersonId>) -> Overlay {
        let reference = detail.reviews.iter().find(|(id, ..)| *id == review).map(|(_, _, reference, _)| reference.clone());
        let choosing = Choosing { review, reference: reference.unwrap_or_default(), part, rows, taken };
        Sheet::over(SheetBody::Candidates(Box::new(choosing)))
    }
}

/// Candidates for one review: without conflicts first, then those that can be set aside, by load.
fn rows(candidates: &[CandidateRow], review: ReviewId) -> Vec<Choice> {
    let mut rows: Vec<Choice> = candidates
        .iter()
        .map(|candidate| Choice {
            person: candidate.person,
            name: format!("{}, {}", candidate.name, candidate.role),
            load: candidate.load,
            first: candidate.first,
            conflicts: candidate.conflicts.get(&review).cloned().unwrap_or_default(),
        })
        .collect();
    rows.sort_by_key(|row| (row.conflicts.iter().any(|(hard, _)| *hard), row.conflicts.len(), row.load));
    rows
}

impl App {
    /// Opens the candidates for the row of the proposal under the cursor.
    pub(super) fn choose_for_proposal(&mut self, at: usize) -> Vec<Effect> {
        if let Some(SheetBody::Proposal(proposing)) = self.sheet_body()
            && let Some((review, ..)) = proposing.detail.reviews.get(at)
        {
            let choosing = Choosing::lead(&proposing.detail, *review);
            self.overlays.push(choosing);
        }
        Vec::new()
    }

    /// Opens those who could review beside the lead of the row under the cursor, or help with its lead's first review.
    pub(super) fn choose_beside(&mut self) -> Vec<Effect> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else { return Vec::new() };
        let SheetBody::Proposal(proposing) = &sheet.body else {
            let key = self.keymap.hint(Command::SheetBeside);
            self.trouble(format!("{key} works on the list of proposed reviewers."));
            return Vec::new();
        };
        let detail = &proposing.detail;
        let Some((review, _, reference, _)) = detail.reviews.get(sheet.at) else { return Vec::new() };
        let Some(lead) = proposing.lead(*review) else {
            let said = format!("{reference} has no lead yet: choose one first.");
            self.trouble(said);
            return Vec::new();
        };
        let overlay = match detail.beside.get(review) {
            Some(row) => {
                let taken = proposing.others.get(review).into_iter().flatten().map(|(person, _)| *person).collect();
                let mut rows = rows(&row.candidates, *review);
                rows.retain(|choice| choice.person != lead.person && !row.named.contains(&choice.person));
                Choosing::over(detail, *review, Part::Beside, rows, taken)
            }
            None if lead.first && !detail.companions_of.is_empty() => {
                let mut rows = rows(&detail.companions_of, *review);
                rows.retain(|choice| choice.person != lead.person);
                let taken = proposing.companions.get(review).copied().into_iter().collect();
                Choosing::over(detail, *review, Part::Companion, rows, taken)
            }
            None => {
                let said = match lead.first {
                    true => format!("{}: the line manager helps with a first review; nobody else is chosen.", lead.name),
                    false => format!("{reference} has one reviewer, who has reviewed before: nobody stands beside them."),
                };
                self.trouble(said);
                return Vec::new();
            }
        };
        self.overlays.push(overlay);
        Vec::new()
    }

    /// Takes the candidate under the cursor; one of several is taken, or left out again, and the list stays.
    pub(super) fn choose_candidate(&mut self, at: usize) -> Vec<Effect> {
        let Some(SheetBody::Candidates(choosing)) = self.sheet_body() else { return Vec::new() };
        let (review, part) = (choosing.review, choosing.part);
        let Some(row) = choosing.rows.get(at).cloned() else { return Vec::new() };
        if let Some((_, why)) = row.conflicts.iter().find(|(hard, _)| *hard) {
            self.trouble(format!("{}: {why}", row.name));
            return Vec::new();
        }
        // A conflict that may be set aside was shown beside the name; choosing it is the decision, and is recorded.
        let despite = row.conflicts.first().map(|(_, why)| why.clone()).unwrap_or_default();
        let Some(mut overlay) = self.overlays.pop() else { return Vec::new() };
        let Some(Overlay::Sheet(below)) = self.overlays.last_mut() else { return Vec::new() };
        let SheetBody::Proposal(proposing) = &mut below.body else { return Vec::new() };
        match part {
            Part::Lead => proposing.lead_by(review, row.person, despite),
            Part::Companion => drop(proposing.companions.insert(review, row.person)),
            Part::Beside => {
                let exactly = proposing.detail.beside.get(&review).is_some_and(|row| row.exactly);
                let others = proposing.others.entry(review).or_default();
                match others.iter().position(|(person, _)| *person == row.person) {
                    Some(place) => drop(others.remove(place)),
                    None if exactly => *others = vec![(row.person, despite)],
                    None => others.push((row.person, despite)),
                }
                // The partner of a pair is one: choosing them is enough. Of a team more may be wanted.
                if !exactly
                    && let Overlay::Sheet(sheet) = &mut overlay
                    && let SheetBody::Candidates(choosing) = &mut sheet.body
                {
                    choosing.taken = others.iter().map(|(person, _)| *person).collect();
                    self.overlays.push(overlay);
                }
            }
        }
        Vec::new()
    }
}
