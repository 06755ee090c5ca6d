//! The same draw once more: from the frame as the journal kept it, with the seed of the card.

use super::sample::{frame_sha256, frame_to_draw};
use crate::domain::id::CycleId;
use crate::domain::sampling::{self, Drawn};
use crate::runtime::library::Library;
use crate::runtime::random;
use crate::store::{Past, Reading, StoreResult};

/// What drawing again came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redrawn {
    /// The frame of that day, rebuilt from the journal, has the hash on the card.
    pub same_frame: bool,
    /// The draw gives the same card, to the letter.
    pub same_draw: bool,
    /// The frame of today differs from the one that was drawn from.
    pub changed_since: bool,
}

/// Draws the sample of a cycle again; none where none was drawn.
pub fn draw_again(reading: Reading<'_>, library: &mut Library, cycle: CycleId) -> StoreResult<Option<Redrawn>> {
    let (Some(sample), Some((stored, _))) = (reading.sample(cycle)?, reading.cycle_and_counts(cycle)?) else { return Ok(None) };
    let framework = library.framework(reading, &stored.framework, stored.version)?;
    let past = Past::before(reading, reading.first_seq(&format!("draw/{}", sample.id.0))?)?;
    let request = &sample.drawn.request;
    let turn = request.turn.as_ref();
    let frame = frame_to_draw(past.reading(), &framework, &stored, sample.on, turn)?;
    let again: Option<Drawn> = sampling::draw(&frame.entries, request, &mut random::seeded(request.seed)).ok();
    let today = frame_to_draw(reading, &framework, &stored, sample.on, turn)?;
    Ok(Some(Redrawn {
        same_frame: frame_sha256(&frame) == sample.frame_sha256,
        same_draw: again.as_ref() == Some(&sample.drawn),
        changed_since: frame_sha256(&today) != sample.frame_sha256,
    }))
}
