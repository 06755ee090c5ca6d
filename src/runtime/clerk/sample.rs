//! Deeds about the sample: drawing it, in turn where services rotate, and substituting a case.

use super::{Asked, Desk, line, refuse};
use crate::domain::calendar::before;
use crate::domain::change::Change;
use crate::domain::count::counted;
use crate::domain::cycle::Cycle;
use crate::domain::deed::DrawWanted;
use crate::domain::framework::Framework;
use crate::domain::id::{DrawId, PersonId, ReviewId, SubjectId, reference};
use crate::domain::review::{Chosen, PanelStand, Review, ReviewState, next_step};
use crate::domain::sample::{Sample, Substitution};
use crate::domain::sampling::{self, DrawRequest, FrameEntry, Turn};
use crate::domain::subject::Subject;
use crate::runtime::random;
use crate::store::{Numbered, Reading, StoreError, StoreResult};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The service of a case whose team has none on record.
const NOT_KNOWN: &str = "not known";

/// The sampling frame of a cycle, ready to be drawn from.
pub struct FrameOf {
    /// One entry for each open case.
    pub entries: Vec<FrameEntry>,
    /// Cases reviewed on or after this day are left out.
    pub not_again_since: NaiveDate,
}

impl FrameOf {
    /// Keeps only the cases of the service whose turn it is, where one is. Q03.
    fn keep_turn(&mut self, turn: Option<&Turn>) {
        self.entries.retain(|entry| turn.is_none_or(|turn| entry.service.eq_ignore_ascii_case(&turn.service)));
    }

    /// Refuses a case that could not be drawn today.
    fn check_incoming(&self, subject: SubjectId) -> StoreResult<()> {
        let Some(entry) = self.entries.iter().find(|entry| entry.subject == subject) else {
            return Err(not_in_frame());
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

/// Also what is said of a case that is withheld from whoever asks.
fn not_in_frame() -> StoreError {
    refuse("That case is not in the sampling frame: it was closed, or never there.", "Choose another.")
}

/// Reads the frame of a cycle.
pub fn frame_of(reading: Reading<'_>, framework: &Framework, cycle: &Cycle, today: NaiveDate) -> StoreResult<FrameOf> {
    let drawn = reading.workers_since_cycle_before(cycle, None)?;
    // Only those the cycle's kind of review looks at: a carer or a service is never drawn for a review of a child.
    let looked_at = framework.kind(&cycle.kind).map(|kind| kind.subjects.as_slice()).unwrap_or_default();
    let mut entries: Vec<FrameEntry> =
        reading.frame()?.into_iter().filter(|(kind, _)| looked_at.contains(kind)).map(|(_, entry)| entry).collect();
    for entry in &mut entries {
        if entry.service.is_empty() {
            entry.service = NOT_KNOWN.into();
        }
        entry.drawn_last_cycle_worker = entry.worker.is_some_and(|worker| drawn.contains(&worker));
    }
    Ok(FrameOf { entries, not_again_since: before(today, framework.sampling.not_again_within) })
}

/// The frame that a draw takes from: only the cases of one service where it is that service's turn (Q03), and none that was
/// named in the cycle before the draw.
pub fn frame_to_draw(
    reading: Reading<'_>,
    framework: &Framework,
    cycle: &Cycle,
    today: NaiveDate,
    turn: Option<&Turn>,
) -> StoreResult<FrameOf> {
    let mut frame = frame_of(reading, framework, cycle, today)?;
    let named = reading.named_subjects(cycle.id)?;
    frame.entries.retain(|entry| !named.contains(&entry.subject));
    frame.keep_turn(turn);
    Ok(frame)
}

/// The services that take turns in a cycle: those the framework lists, else those that have a case in the frame. None where
/// the framework has no rotation, or the cycle is of a kind whose cases are not drawn in turn. Q03.
pub fn rotating_services(framework: &Framework, cycle: &Cycle, frame: &FrameOf) -> Option<Vec<String>> {
    let rule = &framework.sampling;
    if !rule.rotate_services || framework.sampled_kind().is_none_or(|kind| kind.key != cycle.kind) {
        return None;
    }
    if !rule.services.is_empty() {
        return Some(rule.services.clone());
    }
    let held: BTreeSet<&String> = frame.entries.iter().map(|entry| &entry.service).filter(|service| *service != NOT_KNOWN).collect();
    Some(held.into_iter().cloned().collect())
}

/// The place of a drawn case among the numbers of its cycle's reviews: a lot of its own, the same whatever else was drawn.
fn lot(seed: u64, subject: SubjectId) -> impl Ord {
    Sha256::digest(format!("{seed}/{}", subject.0)).to_vec()
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
        let mut frame = frame_to_draw(reading, &framework, &cycle, self.today, None)?;
        let turn = match rotating_services(&framework, &cycle, &frame) {
            Some(services) => {
                let earlier = reading.turns_before(&cycle)?;
                Some(sampling::turn(&services, &earlier, wanted.service.as_deref(), &line(&wanted.why_service))?)
            }
            None => None,
        };
        frame.keep_turn(turn.as_ref());
        // Before a first cycle there are no workers of the last one, and the card must not say that they were left out.
        let skips = framework.sampling.skip_workers_of_last_cycle && reading.cycle_before(&cycle)?.is_some();
        let request = DrawRequest {
            size: wanted.size,
            stratify_by: wanted.stratify_by.unwrap_or(framework.sampling.stratify_by),
            not_again_since: frame.not_again_since,
            skip_workers: skips && !wanted.last_workers_too,
            seed: wanted.seed.unwrap_or_else(random::fresh_seed),
            turn,
        };
        let drawn = sampling::draw(&frame.entries, &request, &mut random::seeded(request.seed))?;
        let mut subjects: Vec<SubjectId> = drawn.chosen.iter().map(|chosen| chosen.subject).collect();
        // Numbered by lot and not stratum by stratum: a number missing between two others would tell the stratum of a
        // withheld case.
        subjects.sort_by_cached_key(|subject| lot(request.seed, *subject));
        let relaxed = drawn.relaxed.len();
        let sample = Sample {
            id: DrawId(self.tx.next(Numbered::Draw)?),
            cycle: cycle.id,
            on: self.today,
            frame_date: reading.frame_date()?,
            frame_sha256: frame_sha256(&frame),
            drawn,
        };
        let mut said = counted(subjects.len(), "case drawn", "cases drawn");
        // Somebody from whom a case is withheld reads neither the seed nor what gave on the card.
        let recused = reading.withheld(&self.viewer())? > 0;
        if !recused {
            said.push_str(&format!(" with seed {}", request.seed));
        }
        if wanted.last_workers_too {
            said.push_str(if skips {
                "; workers of the last cycle were not left out"
            } else {
                "; workers of the last cycle would not have been left out here anyway"
            });
        }
        if relaxed > 0 && !recused {
            said.push_str("; a rule had to be relaxed, the card says which");
        }
        let mut changes = vec![Change::SampleDrawn(Box::new(sample))];
        let first = self.tx.next(Numbered::Review)?;
        for (place, subject) in subjects.into_iter().enumerate() {
            changes.push(Change::ReviewOpened(self.review_of(
                &framework,
                &cycle,
                &cycle.kind,
                (first + place as i64, subject),
                Chosen::Random,
            )?));
        }
        Ok((changes, said))
    }

    fn review_of(
        &mut self,
        framework: &Framework,
        cycle: &Cycle,
        kind: &str,
        (number, subject): (i64, SubjectId),
        chosen: Chosen,
    ) -> StoreResult<Review> {
        let Some(subject) = self.reading().subject(subject)? else {
            return Err(refuse("A drawn case is no longer in the frame.", "Draw again."));
        };
        self.opened(framework, cycle, kind, (number, &subject), chosen)
    }

    /// A review of a subject as it is opened today, at its first step.
    pub(super) fn opened(
        &mut self,
        framework: &Framework,
        cycle: &Cycle,
        kind: &str,
        (number, subject): (i64, &Subject),
        chosen: Chosen,
    ) -> StoreResult<Review> {
        let reading = self.reading();
        let Some(kind) = framework.kind(kind) else {
            return Err(refuse("The cycle's kind of review is not in its framework.", "Run `closeloop verify`."));
        };
        let calendar = self.library.calendar(reading)?;
        let next = next_step(kind, cycle, |_| None, &PanelStand::NotNeeded, &calendar)?;
        Ok(Review {
            id: ReviewId(number),
            reference: reference(&kind.prefix, number),
            cycle: cycle.id,
            kind: kind.key.clone(),
            subject: subject.id,
            case_type: subject.case_type.clone(),
            team: subject.team,
            practitioner: subject.worker,
            opened_on: self.today,
            chosen,
            named: None,
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
        if !facts.review.chosen.is_random() {
            return Err(refuse(
                format!("{} was not drawn ({}), so no reserve stands in for it.", facts.review.reference, facts.review.chosen.label()),
                "Take it out with its reason, and name another in its place.",
            ));
        }
        let turn = sample.drawn.request.turn.clone();
        let frame = frame_to_draw(reading, &framework, &cycle, self.today, turn.as_ref())?;
        let used: BTreeSet<SubjectId> = reading.drawn_subjects(cycle.id)?.into_iter().map(|(_, subject)| subject).collect();
        // Whoever is recused from a case cannot bring it in; that it is passed over must not show either.
        let withheld = reading.withheld_subjects(&self.viewer())?;
        let incoming = match incoming {
            Some(subject) => subject,
            None => match sample.drawn.substitute_for(facts.review.subject, &frame.barred(&used, &sample), &withheld) {
                Some(reserve) => reserve.subject,
                None => return Err(refuse("The drawn reserve of this group is used up.", "Choose a case yourself, with the reason.")),
            },
        };
        if withheld.contains(&incoming) {
            return Err(not_in_frame());
        }
        if used.contains(&incoming) {
            return Err(refuse("That case is in the sample already.", "Choose another."));
        }
        frame.check_incoming(incoming)?;
        let number = self.tx.next(Numbered::Review)?;
        let review = self.review_of(&framework, &cycle, &cycle.kind, (number, incoming), Chosen::Substitute)?;
        let said = format!("{} comes in for {}", review.reference, facts.review.reference);
        let substitution =
            Substitution { draw: sample.id, out, incoming, review: review.id, reason: reason.clone(), approver, on: self.today };
        let withdrawn = Change::ReviewWithdrawn { review: out, reason, next: None };
        Ok((vec![withdrawn, Change::ReviewOpened(review), Change::CaseSubstituted(substitution)], said))
    }
}
