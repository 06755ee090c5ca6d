//! Who should review what: a lead for each case, who stands beside a first-time reviewer, and who reviews beside the lead.

use super::{Answers, missing};
use crate::domain::allocation::{
    Beside, Candidate, CaseFacts, Ground, Shared, Suggestion, conflicts, is_companion_fit, needs_companion, propose, propose_beside,
};
use crate::domain::cycle::Cycle;
use crate::domain::framework::{Conduct, FirstReview, Framework, ReviewKind, StepDuty};
use crate::domain::id::{CycleId, PersonId, ReviewId};
use crate::domain::person::Person;
use crate::domain::query::{BesideRow, CandidateRow, ProposalDetail};
use crate::domain::review::ReviewFacts;
use crate::runtime::clerk::{Held, known_values, window};
use crate::store::StoreResult;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reviews of one kind in one cycle: they are judged by the same rules and proposed together.
struct Batch {
    cycle: Arc<Cycle>,
    framework: Arc<Framework>,
    kind: Arc<ReviewKind>,
    reviews: Vec<(ReviewFacts, CaseFacts)>,
}

impl Answers<'_> {
    pub(super) fn proposal(&mut self, ids: &[ReviewId]) -> StoreResult<ProposalDetail> {
        let reading = self.reading;
        let mut held = Held::for_viewer(reading, self.viewer)?;
        let mut batches: BTreeMap<(CycleId, String), Batch> = BTreeMap::new();
        let mut detail = ProposalDetail::default();
        for id in ids {
            let mut facts = reading.review(*id)?.ok_or_else(|| missing("review"))?;
            facts.joint = reading.joint(*id, facts.reviewer, None)?;
            let case = self.case_facts(&facts)?;
            let names = reading.names_of(*id)?.ok_or_else(|| missing("review"))?;
            detail.reviews.push((*id, facts.revision, facts.review.reference.clone(), names.case));
            let (cycle, framework, kind) = self.rules_of(&facts)?;
            if let Some((_, step)) = kind.step_of(StepDuty::Allocate) {
                let known = known_values(step, &facts, reading)?;
                let open: Vec<_> = step.fields.iter().filter(|field| field.required && !known.contains_key(&field.key)).cloned().collect();
                if !open.is_empty() {
                    detail.asks.insert(*id, open);
                }
            }
            let batch =
                batches.entry((cycle.id, kind.key.clone())).or_insert_with(|| Batch { cycle, framework, kind, reviews: Vec::new() });
            batch.reviews.push((facts, case));
        }
        if batches.is_empty() {
            return Err(missing("review"));
        }
        // What one kind's proposal gives somebody weighs in the next one's.
        let mut given = BTreeMap::new();
        for batch in batches.values() {
            held.look_at(reading, batch.cycle.id, &batch.kind.key)?;
            let ground = Ground {
                people: &held.people,
                framework: &batch.framework,
                kind: &batch.kind,
                window: window(&batch.cycle, self.viewer.today),
            };
            propose_batch(batch, &held, &ground, self.viewer.today, &mut given, &mut detail);
        }
        Ok(detail)
    }
}

/// Those of these roles who are here when the work begins, with what this proposal has given them so far.
fn candidates_of(held: &Held, ground: &Ground<'_>, pool: &[String], given: &BTreeMap<PersonId, u32>) -> Vec<Candidate> {
    let fits = |person: &&Person| {
        let role = ground.framework.role(&person.role);
        person.is_here(ground.window.from) && role.is_some_and(|role| pool.iter().any(|key| key.eq_ignore_ascii_case(&role.key)))
    };
    let found = held.people.values().filter(fits).filter_map(|person| held.candidate(person.id));
    found.map(|one| Candidate { load: one.load + given.get(&one.person.id).copied().unwrap_or_default(), ..one }).collect()
}

/// Whether somebody has left, or their last day is noted and comes before the work has to be done or on that day.
fn goes(person: &Person, ground: &Ground<'_>) -> bool {
    person.left_on.is_some_and(|last| last <= ground.window.until)
}

fn propose_batch(
    batch: &Batch,
    held: &Held,
    ground: &Ground<'_>,
    today: NaiveDate,
    given: &mut BTreeMap<PersonId, u32>,
    detail: &mut ProposalDetail,
) {
    // The pool of the day on which the work begins (F20).
    let pool = ground.kind.reviewers_on(ground.window.from);
    let leads = candidates_of(held, ground, pool, given);
    let companions = match &ground.kind.first_review {
        Some(FirstReview::Together(role)) => candidates_of(held, ground, std::slice::from_ref(role), given),
        _ => Vec::new(),
    };
    // Whoever goes before the work is done is chosen by hand if at all; nothing is proposed to them.
    let everybody: Vec<Candidate> = leads.iter().chain(&companions).filter(|one| !goes(&one.person, ground)).cloned().collect();
    // Only what nobody has is proposed, or somebody who has left or goes meanwhile; a review under way does not change hands because it
    // was marked with others.
    let left = |facts: &ReviewFacts| {
        let reviewer = facts.reviewer.and_then(|id| held.people.get(&id));
        reviewer.filter(|person| goes(person, ground))
    };
    let waits = |facts: &ReviewFacts| facts.reviewer.is_none() || left(facts).is_some();
    let waiting: Vec<CaseFacts> = batch.reviews.iter().filter(|(facts, _)| waits(facts)).map(|(_, case)| case.clone()).collect();
    let mut suggestions = propose(&waiting, &everybody, ground).suggestions;
    for suggestion in &mut suggestions {
        let of = batch.reviews.iter().find(|(facts, _)| facts.review.id == suggestion.review);
        if let Some(gone) = of.and_then(|(facts, _)| left(facts)) {
            let last = gone.left_on.filter(|last| *last >= today).map(|last| last.format("%-d %B").to_string());
            let gone = match last {
                Some(last) => format!("The last day of {} is {last}.", gone.short_name()),
                None => format!("{} has left.", gone.short_name()),
            };
            suggestion.because = format!("{gone} {}", suggestion.because);
        }
    }
    for (facts, _) in batch.reviews.iter().filter(|(facts, _)| !waits(facts)) {
        let Some(reviewer) = facts.reviewer else { continue };
        let name = held.people.get(&reviewer).map(Person::short_name).unwrap_or_default();
        let because = format!("It is with {name} already, and stays there unless you choose somebody else.");
        let (reviewer, companion) = (Some(reviewer), facts.companion);
        suggestions.push(Suggestion { review: facts.review.id, reviewer, because, ruled_out: Vec::new(), first: false, companion });
    }
    let mut new_leads: BTreeMap<PersonId, u32> = BTreeMap::new();
    for (facts, _) in batch.reviews.iter().filter(|(facts, _)| waits(facts)) {
        let lead = suggestions.iter().find(|suggestion| suggestion.review == facts.review.id).and_then(|suggestion| suggestion.reviewer);
        if let Some(lead) = lead {
            *new_leads.entry(lead).or_default() += 1;
        }
    }
    propose_others(batch, held, ground, (&suggestions, &new_leads, &*given), detail);
    for (person, more) in new_leads {
        *given.entry(person).or_default() += more;
    }
    for (person, _) in
        batch.reviews.iter().filter_map(|(facts, _)| detail.beside.get(&facts.review.id)).flat_map(|row| &row.proposal.people)
    {
        *given.entry(*person).or_default() += 1;
    }
    let name = |id: PersonId| held.people.get(&id).map(Person::short_name).unwrap_or_default();
    detail.companions.extend(suggestions.iter().filter_map(|s| s.companion.map(|companion| (companion, name(companion)))));
    detail.proposal.suggestions.extend(suggestions);
    let cases: Vec<&CaseFacts> = batch.reviews.iter().map(|(_, case)| case).collect();
    add_rows(&mut detail.candidates, leads.iter().map(|one| row(one, &cases, ground)));
    add_rows(&mut detail.companions_of, companions.iter().map(|one| companion_row(one, &batch.reviews, ground)));
}

/// Adds rows, those of somebody who may do several kinds to the one that is there.
fn add_rows(rows: &mut Vec<CandidateRow>, more: impl Iterator<Item = CandidateRow>) {
    for row in more {
        match rows.iter_mut().find(|known| known.person == row.person) {
            Some(known) => {
                known.first |= row.first;
                known.conflicts.extend(row.conflicts);
            }
            None => rows.push(row),
        }
    }
}

type Leads<'a> = (&'a [Suggestion], &'a BTreeMap<PersonId, u32>, &'a BTreeMap<PersonId, u32>);

fn propose_others(batch: &Batch, held: &Held, ground: &Ground<'_>, leads: Leads<'_>, detail: &mut ProposalDetail) {
    if !batch.kind.is_joint() {
        return;
    }
    let (suggestions, new_leads, given) = leads;
    let kind = batch.kind.for_others();
    let ground = Ground { kind: &kind, ..*ground };
    let candidates = candidates_of(held, &ground, kind.reviewers_on(ground.window.from), given);
    let lead = |id| suggestions.iter().find(|suggestion| suggestion.review == id).and_then(|suggestion| suggestion.reviewer);
    // Once all judgements are open nobody can join any more.
    let open = batch.reviews.iter().filter(|(facts, _)| facts.submitted_at.is_none() && !facts.joint.is_open(facts.reviewer));
    let shared: Vec<Shared<'_>> =
        open.map(|(facts, case)| Shared { case, lead: lead(facts.review.id), named: facts.joint.others.clone() }).collect();
    let stay: Vec<Candidate> = candidates.iter().filter(|one| !goes(&one.person, &ground)).cloned().collect();
    let mut proposed = propose_beside(&shared, &stay, new_leads, &ground);
    for Shared { case, named, .. } in shared {
        let proposal: Beside = proposed.remove(&case.review).unwrap_or_default();
        let beside = BesideRow {
            label: batch.kind.others_label(),
            wanted: batch.kind.others_proposed(),
            exactly: batch.kind.conduct == Conduct::Pair,
            named,
            proposal,
            candidates: candidates.iter().map(|one| row(one, &[case], &ground)).collect(),
        };
        detail.beside.insert(case.review, beside);
    }
}

/// One candidate with what stands against them in each case.
fn row(candidate: &Candidate, cases: &[&CaseFacts], ground: &Ground<'_>) -> CandidateRow {
    let against =
        |case: &CaseFacts| conflicts(case, candidate, ground).iter().map(|conflict| (conflict.is_hard(), conflict.sentence())).collect();
    CandidateRow {
        person: candidate.person.id,
        name: candidate.person.name.clone(),
        role: ground.framework.role_in_short(&candidate.person.role),
        load: candidate.load,
        first: needs_companion(candidate, ground),
        conflicts: cases.iter().map(|case| (case.review, against(case))).collect(),
    }
}

/// Somebody who could stand beside a first-time reviewer, with what stands against it in each case. F21.
fn companion_row(candidate: &Candidate, reviews: &[(ReviewFacts, CaseFacts)], ground: &Ground<'_>) -> CandidateRow {
    // Whoever reviews is not known before it is chosen; that nobody stands beside themselves is checked then.
    let nobody = Person { id: PersonId(0), ..candidate.person.clone() };
    let against =
        |case: &CaseFacts| is_companion_fit(case, &nobody, &candidate.person, ground).map(|why| (true, why)).into_iter().collect();
    CandidateRow {
        first: false,
        conflicts: reviews.iter().map(|(_, case)| (case.review, against(case))).collect(),
        ..row(candidate, &[], ground)
    }
}
