//! Deeds about the sample: drawing it, substituting a case, allocating reviewers.

use super::{Asked, Desk, line, refuse};
use crate::domain::allocation::{Candidate, CaseFacts, Ground, Window, check_manual};
use crate::domain::change::{Change, Swap};
use crate::domain::count::counted;
use crate::domain::cycle::Cycle;
use crate::domain::deed::{Allocation, DrawWanted};
use crate::domain::framework::{Framework, Span, StepDuty};
use crate::domain::id::{DrawId, PersonId, ReviewId, SubjectId, reference};
use crate::domain::query::Viewer;
use crate::domain::review::{Chosen, NextStep, PanelStand, Review, ReviewFacts, ReviewState, StepRecord, next_step};
use crate::domain::sample::{Sample, Substitution};
use crate::domain::sampling::{self, DrawRequest, FrameEntry};
use crate::domain::subject::Subject;
use crate::runtime::random;
use crate::store::{Numbered, Reading, StoreResult};
use chrono::{Months, NaiveDate};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The sampling frame of a cycle, ready to be drawn from.
pub struct FrameOf {
    /// One entry for each open case.
    pub entries: Vec<FrameEntry>,
    /// Cases reviewed on or after this day are left out.
    pub not_again_since: NaiveDate,
}

impl FrameOf {
    /// Refuses a case that could not be drawn today.
    fn check_incoming(&self, subject: SubjectId) -> StoreResult<()> {
        let Some(entry) = self.entries.iter().find(|entry| entry.subject == subject) else {
            return Err(refuse("That case is not in the sampling frame: it was closed, or never there.", "Choose another."));
        };
        match entry.last_reviewed.filter(|day| *day >= self.not_again_since) {
            Some(day) => Err(refuse(format!("That case was reviewed on {}, too lately.", day.format("%-d %B %Y")), "Choose another.")),
            None => Ok(()),
        }
    }

    /// Used cases, and reserves that were closed or reviewed since they were drawn: none of them can come in.
    pub fn barred(&self, used: &BTreeSet<SubjectId>, sample: &Sample) -> BTreeSet<SubjectId> {
        let gone = sample.drawn.reserves.iter().map(|reserve| reserve.subject).filter(|subject| self.check_incoming(*subject).is_err());
        used.iter().copied().chain(gone).collect()
    }
}

/// Reads the frame of a cycle.
pub fn frame_of(reading: Reading<'_>, framework: &Framework, cycle: &Cycle, today: NaiveDate) -> StoreResult<FrameOf> {
    let services: HashMap<_, _> = reading.teams()?.into_iter().map(|team| (team.id, team.service)).collect();
    let reviewed = reading.last_reviewed()?;
    let drawn: BTreeSet<PersonId> = match reading.cycle_before(cycle)? {
        Some(before) => reading.workers_drawn_in(before)?.into_iter().collect(),
        None => BTreeSet::new(),
    };
    let entries = reading.subjects(true)?.into_iter().map(|subject| FrameEntry {
        subject: subject.id,
        case_type: subject.case_type,
        service: subject
            .team
            .and_then(|team| services.get(&team))
            .cloned()
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "not known".into()),
        team: subject.team,
        worker: subject.worker,
        age_years: subject.age_years,
        last_reviewed: reviewed.get(&subject.id).copied(),
        drawn_last_cycle_worker: subject.worker.is_some_and(|worker| drawn.contains(&worker)),
    });
    Ok(FrameOf { entries: entries.collect(), not_again_since: back(today, framework.sampling.not_again_within) })
}

/// A span before a day.
fn back(day: NaiveDate, span: Span) -> NaiveDate {
    match span {
        Span::Months(months) => day.checked_sub_months(Months::new(months)).unwrap_or(day),
        Span::Weeks(weeks) => day - chrono::Duration::weeks(weeks.into()),
        Span::Days(days) | Span::WorkingDays(days) => day - chrono::Duration::days(days.into()),
        Span::Hours(_) => day,
    }
}

/// SHA-256 of a frame: every fact that the draw looks at, in the order of the cases.
pub(super) fn frame_sha256(frame: &FrameOf) -> String {
    let mut digest = Sha256::new();
    for entry in &frame.entries {
        digest.update(format!("{entry:?}\n").as_bytes());
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Desk<'_, '_> {
    pub(super) fn draw(&mut self, wanted: DrawWanted) -> Asked {
        let reading = self.reading();
        let cycle = self.cycle(wanted.cycle)?;
        if let Some(sample) = reading.sample(cycle.id)? {
            return Err(refuse(
                format!("The sample of {} was drawn on {}.", cycle.reference, sample.on.format("%-d %B %Y")),
                "A sample is drawn once; replace single cases by substitution, with a reason.",
            ));
        }
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let frame = frame_of(reading, &framework, &cycle, self.today)?;
        let request = DrawRequest {
            size: wanted.size,
            stratify_by: wanted.stratify_by.unwrap_or(framework.sampling.stratify_by),
            not_again_since: frame.not_again_since,
            skip_workers: framework.sampling.skip_workers_of_last_cycle,
            seed: wanted.seed.unwrap_or_else(random::fresh_seed),
        };
        let drawn = sampling::draw(&frame.entries, &request, &mut random::seeded(request.seed))?;
        let subjects: Vec<SubjectId> = drawn.chosen.iter().map(|chosen| chosen.subject).collect();
        let relaxed = drawn.relaxed.len();
        let sample = Sample {
            id: DrawId(self.tx.next(Numbered::Draw)?),
            cycle: cycle.id,
            on: self.today,
            frame_date: reading.frame_date()?,
            frame_sha256: frame_sha256(&frame),
            drawn,
        };
        let mut said = format!("{} drawn with seed {}", counted(subjects.len(), "case", "cases"), request.seed);
        if relaxed > 0 {
            said.push_str("; a rule had to be relaxed, the card says which");
        }
        let mut changes = vec![Change::SampleDrawn(Box::new(sample))];
        let first = self.tx.next(Numbered::Review)?;
        for (place, subject) in subjects.into_iter().enumerate() {
            changes.push(Change::ReviewOpened(self.review_of(&framework, &cycle, first + place as i64, subject, Chosen::Random)?));
        }
        Ok((changes, said))
    }

    fn review_of(&mut self, framework: &Framework, cycle: &Cycle, number: i64, subject: SubjectId, chosen: Chosen) -> StoreResult<Review> {
        let reading = self.reading();
        let Some(Subject { case_type, team, worker, .. }) = reading.subject(subject)? else {
            return Err(refuse("A drawn case is no longer in the frame.", "Draw again."));
        };
        let Some(kind) = framework.kind(&cycle.kind) else {
            return Err(refuse("The cycle's kind of review is not in its framework.", "Run `closeloop verify`."));
        };
        let calendar = self.library.calendar(reading)?;
        let next = next_step(kind, cycle, &BTreeMap::new(), &PanelStand::NotNeeded, &calendar)?;
        Ok(Review {
            id: ReviewId(number),
            reference: reference(&kind.prefix, number),
            cycle: cycle.id,
            kind: kind.key.clone(),
            subject,
            case_type,
            team,
            practitioner: worker,
            opened_on: self.today,
            chosen,
            next,
        })
    }

    pub(super) fn substitute(
        &mut self,
        out: ReviewId,
        seen: i64,
        incoming: Option<SubjectId>,
        reason: &str,
        approver: Option<PersonId>,
    ) -> Asked {
        let reading = self.reading();
        let facts = self.review_as_seen(out, seen)?;
        let reason = line(reason);
        if reason.is_empty() {
            return Err(refuse("A substitution needs its reason.", "Say why the drawn case cannot be reviewed."));
        }
        let Some(approver) = approver else {
            return Err(refuse("A substitution needs somebody who approved it.", "Choose who did."));
        };
        if reading.person(approver)?.is_none_or(|person| !person.is_here(self.today)) {
            return Err(refuse("There is no such person to have approved it.", "Choose who did."));
        }
        self.refuse_recused(&facts, approver)?;
        if facts.submitted_at.is_some() || facts.state != ReviewState::Open {
            return Err(refuse(
                format!("{} is past being substituted.", facts.review.reference),
                "Only a case that is not yet judged can be replaced.",
            ));
        }
        let cycle = self.cycle(facts.review.cycle)?;
        let Some(sample) = reading.sample(cycle.id)? else {
            return Err(refuse("The cycle has no sample.", "Draw one first."));
        };
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let frame = frame_of(reading, &framework, &cycle, self.today)?;
        let used: BTreeSet<SubjectId> = reading.drawn_subjects(cycle.id)?.into_iter().map(|(_, subject)| subject).collect();
        let incoming = match incoming {
            Some(subject) => subject,
            None => match sample.drawn.substitute_for(facts.review.subject, &frame.barred(&used, &sample)) {
                Some(reserve) => reserve.subject,
                None => return Err(refuse("The drawn reserve of this stratum is used up.", "Choose a case yourself, with the reason.")),
            },
        };
        if used.contains(&incoming) {
            return Err(refuse("That case is in the sample already.", "Choose another."));
        }
        frame.check_incoming(incoming)?;
        let number = self.tx.next(Numbered::Review)?;
        let review = self.review_of(&framework, &cycle, number, incoming, Chosen::Substitute)?;
        let seen = Viewer { person: self.actor.person, now: self.now, today: self.today };
        let said = match reading.subject_open_to(incoming, &seen)? {
            true => format!("{} comes in for {}", review.reference, facts.review.reference),
            // Not even its number may be said to somebody from whom the incoming case is withheld.
            false => format!("Another case comes in for {}", facts.review.reference),
        };
        let substitution =
            Substitution { draw: sample.id, out, incoming, review: review.id, reason: reason.clone(), approver, on: self.today };
        let withdrawn = Change::ReviewWithdrawn { review: out, reason };
        Ok((vec![withdrawn, Change::ReviewOpened(review), Change::CaseSubstituted(substitution)], said))
    }

    pub(super) fn allocate(&mut self, allocations: &[Allocation]) -> Asked {
        let mut changes = Vec::new();
        let mut people = None;
        let mut said = String::new();
        let mut named = BTreeSet::new();
        for allocation in allocations {
            let facts = self.review_as_seen(allocation.review, allocation.seen)?;
            if !named.insert(allocation.review) {
                return Err(refuse(format!("{} is in the list twice.", facts.review.reference), "Give it to one person."));
            }
            if facts.reviewer == allocation.reviewer {
                continue;
            }
            let (change, sentence) = self.allocate_one(&facts, allocation, &mut people)?;
            changes.push(change);
            said = sentence;
        }
        if changes.len() > 1 {
            said = format!("{} allocated", counted(changes.len(), "review", "reviews"));
        } else if changes.is_empty() {
            said = "Nothing to change: they are allocated so already".into();
        }
        Ok((changes, said))
    }

    fn allocate_one(&mut self, facts: &ReviewFacts, wanted: &Allocation, people: &mut Option<Held>) -> StoreResult<(Change, String)> {
        let reading = self.reading();
        let reference = &facts.review.reference;
        if facts.state != ReviewState::Open || facts.submitted_at.is_some() {
            return Err(refuse(format!("{reference} has been completed; its reviewer stays."), ""));
        }
        let cycle = self.library.cycle(reading, facts.review.cycle)?;
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let kind = self.library.kind(&framework, &facts.review.kind)?;
        let Some((_, step)) = kind.step_of(StepDuty::Allocate) else {
            return Err(refuse(format!("A {} is not allocated.", kind.label), ""));
        };
        let despite = line(&wanted.despite);
        let held = match people {
            Some(held) => held,
            none => none.insert(Held::read(reading, self.today)?),
        };
        let said = match wanted.reviewer {
            None if facts.steps.len() > 1 => {
                return Err(refuse(
                    format!("{reference} is under way: steps have been recorded."),
                    "Give it to somebody else instead of taking it away.",
                ));
            }
            None => format!("{reference} is without a reviewer again"),
            Some(person) => {
                let Some(candidate) = held.candidate(person) else {
                    return Err(refuse("There is no such person.", "Choose somebody from the list."));
                };
                let ground = Ground { people: &held.people, framework: &framework, kind: &kind, window: window(&cycle, self.today) };
                let check = check_manual(&case_facts(facts, &framework, reading)?, &candidate, &ground);
                if let Some(conflict) = check.refused_by.first() {
                    return Err(refuse(format!("{reference}: {}", conflict.sentence()), "Choose somebody else."));
                }
                if let Some(conflict) = check.warned_by.first().filter(|_| despite.is_empty()) {
                    return Err(refuse(
                        format!("{reference}: {}", conflict.sentence()),
                        "Choose somebody else, or say why it is right all the same.",
                    ));
                }
                format!("{reference} goes to {}", candidate.person.short_name())
            }
        };
        let before = facts.steps.get(&step.key).map(|record| (step.key.clone(), record.clone()));
        let after = wanted.reviewer.map(|_| {
            let record = StepRecord { on: self.today, values: BTreeMap::new(), not_done_because: None };
            (step.key.clone(), record)
        });
        let mut steps = facts.steps.clone();
        steps.remove(&step.key);
        steps.extend(after.clone());
        let calendar = self.library.calendar(reading)?;
        let next: NextStep = next_step(&kind, &cycle, &steps, &facts.panel, &calendar)?;
        let change = Change::Allocated {
            review: facts.review.id,
            reviewer: Swap { before: facts.reviewer, after: wanted.reviewer },
            step: Swap { before, after },
            next: Swap { before: Some(facts.review.next.clone()), after: Some(next) },
            despite,
        };
        Ok((change, said))
    }
}

/// People, loads and absences, read once for a whole batch of allocations.
pub struct Held {
    /// Everybody.
    pub people: crate::domain::allocation::People,
    loads: HashMap<PersonId, u32>,
    absences: Vec<crate::domain::person::Absence>,
}

impl Held {
    /// Reads them.
    pub fn read(reading: Reading<'_>, today: NaiveDate) -> StoreResult<Held> {
        Ok(Held { people: reading.people_by_id()?, loads: reading.loads()?, absences: reading.absences_from(today)? })
    }

    /// Reads them as somebody may know them: the loads leave out what is withheld from the viewer.
    pub fn for_viewer(reading: Reading<'_>, viewer: &Viewer) -> StoreResult<Held> {
        Ok(Held { loads: reading.loads_for(viewer)?, ..Held::read(reading, viewer.today)? })
    }

    /// One of them as a candidate.
    pub fn candidate(&self, person: PersonId) -> Option<Candidate> {
        Some(Candidate {
            person: self.people.get(&person)?.clone(),
            load: self.loads.get(&person).copied().unwrap_or_default(),
            absences: self.absences.iter().filter(|absence| absence.person == person).cloned().collect(),
            cap: None,
        })
    }
}

/// When a review allocated now is worked on: from today or the phase's first day to the phase's last.
pub fn window(cycle: &Cycle, today: NaiveDate) -> Window {
    let (starts, ends) = cycle.phase("review").map_or((today, today), |phase| (phase.starts, phase.ends));
    let from = starts.max(today);
    Window { from, until: ends.max(from) }
}

/// What independence is judged by.
pub fn case_facts(facts: &ReviewFacts, framework: &Framework, reading: Reading<'_>) -> StoreResult<CaseFacts> {
    let service = reading.names_of(facts.review.id)?.map(|names| names.team.1).unwrap_or_default();
    let interests = reading.case_interests(&facts.review, framework)?;
    Ok(CaseFacts { review: facts.review.id, practitioner: facts.review.practitioner, team: facts.review.team, service, interests })
}
