//! Deeds of allocating: who reviews, who stands beside a first-time reviewer, and what the step asks.

use super::{Asked, Desk, line, refuse};
use crate::domain::allocation::{
    Candidate, CaseFacts, Check, Ground, Window, above_teams, check_under, companion_for, is_companion_fit, needs_companion,
};
use crate::domain::change::{Change, Swap};
use crate::domain::count::counted;
use crate::domain::cycle::Cycle;
use crate::domain::deed::Allocation;
use crate::domain::framework::{FirstReview, Framework, Step, StepDuty, SubjectKind};
use crate::domain::grade::Grade;
use crate::domain::id::{CycleId, PersonId, TeamId};
use crate::domain::joint::may_change_lead;
use crate::domain::query::Viewer;
use crate::domain::review::{NextStep, ReviewFacts, ReviewState, StepRecord, check_fields, next_step};
use crate::store::{Reading, StoreError, StoreResult};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

impl Desk<'_, '_> {
    pub(super) fn allocate(&mut self, allocations: &[Allocation]) -> Asked {
        let mut changes = Vec::new();
        let mut people = None;
        let mut said = String::new();
        let mut named = BTreeSet::new();
        let mut allocated = 0;
        for allocation in allocations {
            let facts = self.unchanged(allocation)?;
            if !named.insert(allocation.review) {
                return Err(refuse(format!("{} is in the list twice.", facts.review.reference), "Give it to one person."));
            }
            let before = changes.len();
            if facts.reviewer != allocation.reviewer {
                let (change, sentence) = self.allocate_one(&facts, allocation, &mut people)?;
                changes.push(change);
                said = sentence;
            }
            let with = self.name_beside(&facts, allocation, &mut people, &mut changes)?;
            if !with.is_empty() {
                let (reference, reviews) = (&facts.review.reference, if with.len() == 1 { "reviews" } else { "review" });
                let lead = if changes.len() - before > with.len() { format!("{said}; ") } else { String::new() };
                said = format!("{lead}{} {reviews} {reference} too", with.join(" and "));
            }
            allocated += usize::from(changes.len() > before);
        }
        if allocated > 1 {
            said = format!("{} allocated", counted(allocated, "review", "reviews"));
        } else if changes.is_empty() {
            said = "Nothing to change: they are allocated so already".into();
        }
        Ok((changes, said))
    }

    /// The review of an allocation, if nobody has changed it since it was seen; else who did, and who reviews it now.
    fn unchanged(&self, allocation: &Allocation) -> StoreResult<Arc<ReviewFacts>> {
        match self.review_as_seen(allocation.review, allocation.seen) {
            Err(StoreError::Stale { what, by, when }) => {
                let reading = self.reading();
                let reviewer = reading.review_without_form(allocation.review)?.and_then(|facts| facts.reviewer);
                let now = reviewer.map(|id| reading.person(id)).transpose()?.flatten().map(|person| person.name);
                let what = format!("{what} (reviewer now: {})", now.as_deref().unwrap_or("nobody"));
                Err(StoreError::Stale { what, by, when })
            }
            other => other,
        }
    }

    /// Names those beside the lead of one allocation, as if the lead had been written already; gives their names.
    fn name_beside(
        &mut self,
        facts: &ReviewFacts,
        wanted: &Allocation,
        people: &mut Option<Held>,
        changes: &mut Vec<Change>,
    ) -> StoreResult<Vec<String>> {
        if wanted.others.is_empty() {
            return Ok(Vec::new());
        }
        let joint = self.reading().joint(facts.review.id, facts.reviewer, None)?;
        let mut facts = ReviewFacts { joint, reviewer: wanted.reviewer, ..facts.clone() };
        let held = match people {
            Some(held) => held,
            none => none.insert(Held::read(self.reading(), self.today)?),
        };
        let mut names = Vec::new();
        for (person, despite) in &wanted.others {
            if facts.joint.others.contains(person) {
                continue;
            }
            let (change, _) = self.joins(&facts, *person, despite, held)?;
            changes.push(change);
            facts.joint.others.push(*person);
            names.push(held.people.get(person).map(|person| person.short_name()).unwrap_or_default());
        }
        Ok(names)
    }

    fn allocate_one(&mut self, facts: &ReviewFacts, wanted: &Allocation, people: &mut Option<Held>) -> StoreResult<(Change, String)> {
        let reading = self.reading();
        let reference = &facts.review.reference;
        if facts.state != ReviewState::Open || facts.submitted_at.is_some() {
            return Err(refuse(format!("{reference} has been completed; its reviewer stays."), ""));
        }
        let joint = reading.joint(facts.review.id, facts.reviewer, None)?;
        let cycle = self.library.cycle(reading, facts.review.cycle)?;
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let kind = self.library.kind(&framework, &facts.review.kind)?;
        let Some((_, step)) = kind.step_of(StepDuty::Allocate) else {
            return Err(refuse(format!("A {} is not allocated.", kind.label), ""));
        };
        may_change_lead(&kind, facts, &joint, wanted.reviewer)?;
        let despite = line(&wanted.despite);
        let held = match people {
            Some(held) => held,
            none => none.insert(Held::read(reading, self.today)?),
        };
        let mut companion = None;
        let said = match wanted.reviewer {
            None if facts.steps.len() > 1 => {
                return Err(refuse(
                    format!("{reference} is under way: steps have been recorded."),
                    "Give it to somebody else instead of taking it away.",
                ));
            }
            None => format!("{reference} is without a reviewer again"),
            Some(person) => {
                held.look_at(reading, facts.review.cycle, &kind.key)?;
                let Some(candidate) = held.candidate(person) else {
                    return Err(refuse("There is no such person.", "Choose somebody from the list."));
                };
                let ground = Ground { people: &held.people, framework: &framework, kind: &kind, window: window(&cycle, self.today) };
                let case = case_facts(facts, &framework, reading)?;
                let teams = held.above_teams.get_or_insert_with(|| above_teams(&ground));
                let above = case.team.and_then(|team| teams.get(&team)).cloned().unwrap_or_default();
                let check = check_under(&case, &candidate, &ground, above);
                refuse_conflicts(reference, &check, &despite)?;
                companion = companion_of(&case, &candidate, wanted, held, &ground)
                    .map_err(|why| refuse(format!("{reference}: {}", why.0), why.1))?;
                let name = |id: PersonId| held.people.get(&id).map(|person| person.short_name()).unwrap_or_default();
                let beside = match (companion, needs_companion(&candidate, &ground)) {
                    (Some(companion), _) => format!(", a first review, with {} beside them", name(companion)),
                    (None, true) => ", a first review, with nobody beside them".to_string(),
                    (None, false) => String::new(),
                };
                format!("{reference} goes to {}{beside}", candidate.person.short_name())
            }
        };
        held.gave(facts.reviewer, wanted.reviewer);
        let before = facts.steps.get(&step.key).map(|record| (step.key.clone(), record.clone()));
        let after = match wanted.reviewer {
            None => None,
            Some(_) => {
                let mut values = known_values(step, facts, reading)?;
                let given = wanted.values.iter().map(|(key, value)| (key.clone(), line(value)));
                values.extend(given.filter(|(_, value)| !value.is_empty()));
                let record = StepRecord { on: self.today, values, not_done_because: None };
                check_fields(self.today, facts, step, &record)?;
                Some((step.key.clone(), record))
            }
        };
        let given_on = after.as_ref().map(|(_, record)| record.on);
        let taken = |other: &str| if other == step.key { given_on } else { facts.taken_on(other) };
        let calendar = self.library.calendar(reading)?;
        let next: NextStep = next_step(&kind, &cycle, taken, &facts.panel, &calendar)?;
        let change = Change::Allocated {
            review: facts.review.id,
            reviewer: Swap { before: facts.reviewer, after: wanted.reviewer },
            step: Swap { before, after },
            next: Swap { before: Some(facts.review.next.clone()), after: Some(next) },
            despite,
            companion: Swap { before: facts.companion, after: companion },
        };
        Ok((change, said))
    }
}

/// Refuses somebody who may not review a case, and who should not unless it is said why it is right all the same.
pub(super) fn refuse_conflicts(reference: &str, check: &Check, despite: &str) -> StoreResult<()> {
    if let Some(conflict) = check.refused_by.first() {
        return Err(refuse(format!("{reference}: {}", conflict.sentence()), "Choose somebody else."));
    }
    match check.warned_by.first().filter(|_| despite.is_empty()) {
        Some(conflict) => {
            Err(refuse(format!("{reference}: {}", conflict.sentence()), "Choose somebody else, or say why it is right all the same."))
        }
        None => Ok(()),
    }
}

/// People, loads and absences, read once for a whole batch of allocations.
pub struct Held {
    /// Everybody.
    pub people: Arc<crate::domain::allocation::People>,
    loads: HashMap<PersonId, u32>,
    absences: Vec<crate::domain::person::Absence>,
    have_reviewed: BTreeSet<PersonId>,
    /// Reviews of the cycle and kind that is looked at, by reviewer.
    shares: HashMap<PersonId, u32>,
    looked_at: Option<(CycleId, String)>,
    /// Who stands above the managers of each team, once somebody asked.
    above_teams: Option<BTreeMap<TeamId, BTreeSet<PersonId>>>,
    /// What this batch has given or taken away so far.
    given: HashMap<PersonId, i64>,
}

impl Held {
    /// Reads them.
    pub fn read(reading: Reading<'_>, today: NaiveDate) -> StoreResult<Held> {
        Ok(Held {
            people: reading.people_by_id()?,
            loads: reading.loads()?,
            absences: reading.absences_from(today)?,
            have_reviewed: reading.have_reviewed()?,
            shares: HashMap::new(),
            looked_at: None,
            above_teams: None,
            given: HashMap::new(),
        })
    }

    /// Looks at reviews of one kind in one cycle, where a framework says how many each reviewer takes (Q02, Q03).
    pub fn look_at(&mut self, reading: Reading<'_>, cycle: CycleId, kind: &str) -> StoreResult<()> {
        let wanted = Some((cycle, kind.to_string()));
        if self.looked_at != wanted {
            self.shares = reading.shares_in(cycle, kind)?;
            self.given.clear();
            // Another cycle may be under a framework with other managers.
            self.above_teams = None;
            self.looked_at = wanted;
        }
        Ok(())
    }

    /// Notes what this batch has done, so that the next of it sees it.
    fn gave(&mut self, from: Option<PersonId>, to: Option<PersonId>) {
        for (person, by) in [(from, -1), (to, 1)] {
            if let Some(person) = person {
                *self.given.entry(person).or_default() += by;
            }
        }
    }

    /// Reads them as somebody may know them: the loads leave out what is withheld from the viewer.
    pub fn for_viewer(reading: Reading<'_>, viewer: &Viewer) -> StoreResult<Held> {
        Ok(Held { loads: reading.loads_for(viewer)?, ..Held::read(reading, viewer.today)? })
    }

    /// One of them as a candidate.
    pub fn candidate(&self, person: PersonId) -> Option<Candidate> {
        let given = self.given.get(&person).copied().unwrap_or_default();
        let shares = i64::from(self.shares.get(&person).copied().unwrap_or_default());
        Some(Candidate {
            person: self.people.get(&person)?.clone(),
            load: self.loads.get(&person).copied().unwrap_or_default(),
            absences: self.absences.iter().filter(|absence| absence.person == person).cloned().collect(),
            cap: None,
            in_cycle: u32::try_from(shares + given).unwrap_or_default(),
            has_reviewed: self.have_reviewed.contains(&person),
        })
    }

    /// Everybody as candidates.
    pub fn candidates(&self) -> Vec<Candidate> {
        self.people.keys().filter_map(|person| self.candidate(*person)).collect()
    }
}

/// Who stands beside a first-time reviewer, as chosen or as the rule proposes; or why not, and what to do. S06, F21.
fn companion_of(
    case: &CaseFacts,
    reviewer: &Candidate,
    wanted: &Allocation,
    held: &Held,
    ground: &Ground<'_>,
) -> Result<Option<PersonId>, (String, &'static str)> {
    let Some(rule) = ground.kind.first_review.as_ref().filter(|_| needs_companion(reviewer, ground)) else {
        return match wanted.companion {
            None => Ok(None),
            Some(_) => Err(("nobody stands beside this review: it is not a first one.".into(), "Leave the companion out.")),
        };
    };
    if let Some(chosen) = wanted.companion {
        let Some(person) = held.people.get(&chosen) else {
            return Err(("there is no such person to stand beside the reviewer.".into(), "Choose somebody from the list."));
        };
        return match is_companion_fit(case, &reviewer.person, person, ground) {
            Some(why) => Err((why, "Choose somebody else to stand beside the reviewer.")),
            None => Ok(Some(chosen)),
        };
    }
    let found = companion_for(case, reviewer, &held.candidates(), ground);
    match (rule, found) {
        // Where there is none, a reason may stand in their place, as for other things that are set aside.
        (FirstReview::Together(role), None) if wanted.despite.trim().is_empty() => {
            let role = ground.framework.role(role).map_or(role.as_str(), |role| role.label.as_str());
            let what =
                format!("{} reviews for the first time, but nobody is free to do it with them ({role}).", reviewer.person.short_name());
            Err((what, "Choose somebody who has reviewed before, or say why they review alone."))
        }
        (_, found) => Ok(found),
    }
}

/// What the step of allocating asks that is known from how the case came in and from its earlier review, or was answered when
/// it was allocated before. Q02.
pub fn known_values(step: &Step, facts: &ReviewFacts, reading: Reading<'_>) -> StoreResult<BTreeMap<String, String>> {
    let mut values = facts.steps.get(&step.key).map(|record| record.values.clone()).unwrap_or_default();
    for field in &step.fields {
        if values.contains_key(&field.key) {
            continue;
        }
        let known = match field.key.as_str() {
            "why-proposed" => facts.review.named.as_ref().map(|named| named.why.clone()),
            "revisit" => {
                let earlier = reading.earlier_of_same(facts.review.id)?.map(|id| reading.review_without_form(id)).transpose()?.flatten();
                // Before the panel it has no final grade, and members may not be told of the first one.
                let open = earlier.as_ref().is_some_and(|earlier| earlier.panel.holds());
                let grade = earlier.and_then(|earlier| earlier.final_judgement()).map(|judgement| judgement.grade);
                (!open).then(|| if grade == Some(Grade::Inadequate) { "yes" } else { "no" }.to_string())
            }
            _ => None,
        };
        values.extend(known.map(|value| (field.key.clone(), value)));
    }
    Ok(values)
}

/// When a review allocated now is worked on: from today or the phase's first day to the phase's last.
pub fn window(cycle: &Cycle, today: NaiveDate) -> Window {
    let (starts, ends) = cycle.phase("review").map_or((today, today), |phase| (phase.starts, phase.ends));
    let from = starts.max(today);
    Window { from, until: ends.max(from) }
}

/// What independence is judged by.
pub fn case_facts(facts: &ReviewFacts, framework: &Framework, reading: Reading<'_>) -> StoreResult<CaseFacts> {
    let names = reading.names_of(facts.review.id)?;
    let visited = reading.subject(facts.review.subject)?.filter(|subject| subject.kind == SubjectKind::Service);
    let service = visited.map(|service| service.council_id.clone()).or(names.map(|names| names.team.1)).unwrap_or_default();
    let interests = reading.case_interests(&facts.review, framework)?;
    Ok(CaseFacts { review: facts.review.id, practitioner: facts.review.practitioner, team: facts.review.team, service, interests })
}
