//! The same draw once more: from the frame as the journal kept it, with the seed of the card.

use super::sample::{frame_sha256, frame_to_draw};
use crate::domain::id::{CycleId, SubjectId};
use crate::domain::query::Viewer;
use crate::domain::sampling::{self, Drawn, FrameEntry};
use crate::runtime::library::Library;
use crate::runtime::random;
use crate::store::{Past, Reading, StoreResult};
use std::collections::{BTreeMap, BTreeSet};

/// What drawing again came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redrawn {
    /// The frame of that day, rebuilt from the journal, has the hash on the card.
    pub same_frame: bool,
    /// So many details that the frame was made of were erased by law since (T47): then it can be another for no fault of anybody's.
    pub erased: usize,
    /// The draw gives the same card, to the letter.
    pub same_draw: bool,
    /// What has become of the frame since; it changes nothing about the sample.
    pub since: Since,
}

/// How the frame of now differs from the one that was drawn from. That its own cases have been drawn is no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Since {
    /// Cases that have come.
    pub came: usize,
    /// Cases that have left.
    pub left: usize,
    /// Cases of which the case type, service, team, worker or age is another.
    pub changed: usize,
}

/// Draws the sample of a cycle again; none where none was drawn. What has become of the frame is counted as the viewer may
/// count.
pub fn draw_again(reading: Reading<'_>, library: &mut Library, cycle: CycleId, viewer: &Viewer) -> StoreResult<Option<Redrawn>> {
    let (Some(sample), Some((stored, _))) = (reading.sample(cycle)?, reading.cycle_and_counts(cycle)?) else { return Ok(None) };
    let framework = library.framework(reading, &stored.framework, stored.version)?;
    let past = Past::before(reading, reading.first_seq(&format!("draw/{}", sample.id.0))?)?;
    let request = &sample.drawn.request;
    let turn = request.turn.as_ref();
    let frame = frame_to_draw(past.reading(), &framework, &stored, sample.on, turn)?;
    let again: Option<Drawn> = sampling::draw(&frame.entries, request, &mut random::seeded(request.seed)).ok();
    let today = frame_to_draw(reading, &framework, &stored, sample.on, turn)?;
    let withheld = reading.withheld_subjects(viewer)?;
    Ok(Some(Redrawn {
        erased: past.erased(),
        same_frame: frame_sha256(&frame) == sample.frame_sha256,
        same_draw: again.as_ref() == Some(&sample.drawn),
        since: since(&frame.entries, &today.entries, &withheld),
    }))
}

fn since(then: &[FrameEntry], now: &[FrameEntry], withheld: &BTreeSet<SubjectId>) -> Since {
    let facts = |entry: &FrameEntry| (entry.case_type.clone(), entry.service.clone(), entry.team, entry.worker, entry.age_years);
    let by_subject = |entries: &[FrameEntry]| -> BTreeMap<_, _> {
        entries.iter().filter(|entry| !withheld.contains(&entry.subject)).map(|entry| (entry.subject, facts(entry))).collect()
    };
    let (then, now) = (by_subject(then), by_subject(now));
    Since {
        came: now.keys().filter(|subject| !then.contains_key(subject)).count(),
        left: then.keys().filter(|subject| !now.contains_key(subject)).count(),
        changed: then.iter().filter(|(subject, facts)| now.get(subject).is_some_and(|now| now != *facts)).count(),
    }
}
