//! The counts of a cycle as its framework makes them: the tables count reviews, and only a profile says which kinds a workshop
//! moderates and which are never returned, and which reports a cycle has.

use crate::domain::access::Sight;
use crate::domain::cycle::{Cycle, CycleCounts, PhaseProgress, progress};
use crate::domain::framework::{Framework, ReviewKind};
use crate::domain::query::Viewer;
use crate::domain::report;
use crate::store::{Reading, StoreResult};

/// Adds to the counts of a cycle what waits for a workshop and what has been through one (Q04), how many reviews are of a
/// kind without a return, whether anything can be drawn at all, and which of its reports are out.
pub(super) fn counted_under(
    reading: Reading<'_>,
    framework: &Framework,
    viewer: &Viewer,
    cycle: &Cycle,
    counts: CycleCounts,
) -> StoreResult<CycleCounts> {
    let mut counts = counts;
    let workshops = framework.workshops();
    if !workshops.is_empty() {
        (counts.for_workshop, counts.workshop_held) = reading.workshops_in(cycle.id, viewer, &workshops)?;
    }
    for kind in framework.kinds.iter().filter(|kind| !kind.is_returned()) {
        counts.not_returned += reading.reviews_of_kind(cycle.id, viewer, &kind.key)?;
    }
    if cycle.phase("report").is_some_and(|phase| phase.done_on.is_none()) {
        (counts.reports, counts.reports_out) = reports_of(reading, framework, cycle)?;
    }
    counts.named_only = framework.kind(&cycle.kind).is_some_and(ReviewKind::is_named_only);
    Ok(counts)
}

/// How many reports a cycle has, and of how many of them a version is published.
pub(super) fn reports_of(reading: Reading<'_>, framework: &Framework, cycle: &Cycle) -> StoreResult<(u32, u32)> {
    let out = reading.reports_out(cycle.id)?;
    let each = report::each_cycle(framework, cycle).map(|kind| (1, u32::from(out.contains(&kind.key))));
    Ok(each.fold((0, 0), |(all, out), (one, is_out)| (all + one, out + is_out)))
}

/// How a cycle stands for somebody.
pub(super) struct Stands {
    /// What they see of it, counted.
    pub seen: CycleCounts,
    /// The whole of it, by which its phases stand.
    pub whole: CycleCounts,
    /// Its phases.
    pub phases: Vec<PhaseProgress>,
}

/// How a cycle stands, given the store's counts of what a viewer sees. Where the work stands is no secret of a case: somebody who sees
/// one team reads when everything is done, and not that nothing was drawn because none of it is theirs. What is withheld from them by
/// an interest stays left out.
///
/// One decision for all places: whatever says how far a cycle has come (header, phases, list of cycles, programme of the year) is the
/// whole council's and is called so to whoever sees a part ([`WHOLE`](crate::domain::query::WHOLE)); only the reviews listed under it, and their number, are those
/// that they see.
pub(super) fn phases_of(
    reading: Reading<'_>,
    framework: &Framework,
    viewer: &Viewer,
    cycle: &Cycle,
    counts: CycleCounts,
) -> StoreResult<Stands> {
    let seen = counted_under(reading, framework, viewer, cycle, counts)?;
    let of_all = viewer.of_all();
    let all = if viewer.sight == Sight::All { None } else { reading.cycle_for(cycle.id, &of_all)? };
    let whole = all.map(|(_, counts)| counted_under(reading, framework, &of_all, cycle, counts)).transpose()?.unwrap_or(seen);
    Ok(Stands { seen, whole, phases: progress(cycle, whole, viewer.today) })
}
