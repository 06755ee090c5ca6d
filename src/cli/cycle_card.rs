//! `closeloop cycle card`: how the cases of a cycle were chosen, and the same draw once more.

use super::context::Desk;
use super::{Done, Failure, Streams};
use crate::domain::count::counted;
use crate::domain::framework::Stratum;
use crate::domain::id::CycleId;
use crate::domain::sample::{Sample, SampleCard, SamplePart, erased_since};
use crate::runtime::clerk::{self, Since};
use std::collections::BTreeMap;

pub(super) fn run(desk: &mut Desk, id: CycleId, check: bool, streams: &mut Streams<'_>) -> Done {
    let viewer = desk.viewer()?;
    match desk.store.reading().card_for(id, &viewer)? {
        None => return Err(Failure::Said("No sample has been drawn for this cycle yet.".into())),
        Some(SampleCard::Whole(sample)) => whole(&sample, streams)?,
        Some(SampleCard::Part(part)) => kept_back(&part, streams)?,
    }
    let reviews = desk.store.reading().cycle_reviews(id, &viewer)?;
    let erased = reviews.iter().filter(|review| review.erased && review.chosen.is_random()).count();
    if let Some(said) = erased_since(erased) {
        writeln!(streams.out, "{said}")?;
    }
    for substitution in desk.store.reading().substitutions(id, &viewer)? {
        writeln!(streams.out, "Substituted on {}: {}", substitution.on.format("%-d %B %Y"), substitution.reason)?;
    }
    if check { again(desk, id, streams) } else { Ok(()) }
}

fn divided_by(by: Stratum) -> &'static str {
    match by {
        Stratum::Service => "in proportion to services",
        Stratum::CaseType => "in proportion to case types",
        Stratum::None => "from all cases together",
    }
}

/// Whether the cases of the last cycle's workers could be drawn, in the words of the screen's card (F05).
fn last_workers(skipped: bool) -> &'static str {
    if skipped { "Workers of the last cycle: left out." } else { "Workers of the last cycle: not left out." }
}

/// What somebody reads from whom a case is withheld.
fn kept_back(part: &SamplePart, streams: &mut Streams<'_>) -> Done {
    let out = &mut streams.out;
    writeln!(out, "Drawn on {}, {}.", part.on.format("%-d %B %Y"), divided_by(part.stratify_by))?;
    writeln!(out, "{}", last_workers(part.skip_workers))?;
    if let Some(turn) = &part.turn {
        writeln!(out, "From the service {}.", turn.sentence())?;
    }
    writeln!(out, "{}", part.sentence())?;
    writeln!(out, "Drawn, as far as you may see: {}.", part.drawn())?;
    for (name, drawn) in &part.seen {
        writeln!(out, "  {name}: {drawn}")?;
    }
    Ok(())
}

fn whole(sample: &Sample, streams: &mut Streams<'_>) -> Done {
    let (drawn, request) = (&sample.drawn, &sample.drawn.request);
    let by = divided_by(request.stratify_by);
    let out = &mut streams.out;
    writeln!(
        out,
        "Drawn on {}, {} {by}, seed {}.",
        sample.on.format("%-d %B %Y"),
        counted(drawn.chosen.len(), "case", "cases"),
        request.seed
    )?;
    let of = sample.frame_date.map(|day| format!(" as of {}", day.format("%-d %B %Y"))).unwrap_or_default();
    writeln!(out, "Frame: {}{of}, hash {}.", counted(drawn.in_frame, "case", "cases"), sample.frame_sha256)?;
    writeln!(out, "{}", last_workers(request.skip_workers))?;
    if let Some(turn) = &request.turn {
        writeln!(out, "From the service {}.", turn.sentence())?;
    }
    for stratum in &drawn.strata {
        let (name, frame, eligible) = (&stratum.name, stratum.in_frame, stratum.eligible);
        writeln!(out, "  {name}: {frame} in the frame, {eligible} could be drawn, share {}, drawn {}", stratum.wanted, stratum.drawn)?;
    }
    let mut why: BTreeMap<String, u32> = BTreeMap::new();
    for left in &drawn.left_out {
        let reason = match left.why {
            crate::domain::sampling::LeftOutWhy::ReviewedOn(_) => {
                format!("reviewed since {}", request.not_again_since.format("%-d %B %Y"))
            }
            crate::domain::sampling::LeftOutWhy::WorkerOfLastCycle => "worker had a case in the cycle before".to_string(),
        };
        *why.entry(reason).or_default() += 1;
    }
    for (reason, count) in why {
        writeln!(out, "Left out: {count}, {reason}.")?;
    }
    for relaxed in &drawn.relaxed {
        writeln!(out, "Relaxed: {}", relaxed.because)?;
    }
    Ok(())
}

/// Draws once more and says whether the result is the same.
fn again(desk: &mut Desk, id: CycleId, streams: &mut Streams<'_>) -> Done {
    let viewer = desk.viewer()?;
    let Some(redrawn) = clerk::draw_again(desk.store.reading(), &mut desk.library, id, &viewer)? else { return Ok(()) };
    let out = &mut streams.out;
    if !redrawn.same_frame && redrawn.erased > 0 {
        let gone = counted(redrawn.erased, "detail of its frame was", "details of its frame were");
        writeln!(
            out,
            "Not drawn again: {gone} erased by law since, so that the frame cannot be rebuilt. The card stands as it was written on the day; \
             `closeloop verify` says whether the journal is whole."
        )?;
        return Ok(());
    }
    writeln!(out, "Checked against the frame as it stood at the draw. {}", said(redrawn.since))?;
    if !redrawn.same_frame {
        writeln!(out, "The rebuilt frame has another hash than the card, so this draw cannot be repeated. Run `closeloop verify`.")?;
        return Err(Failure::Found);
    }
    if !redrawn.same_draw {
        writeln!(out, "The frame has the card's hash, but drawing again gives another sample. Run `closeloop verify`.")?;
        return Err(Failure::Found);
    }
    writeln!(out, "Drawn again from that frame with the same seed, the result is the same.")?;
    Ok(())
}

/// What has become of the frame since the draw.
fn said(since: Since) -> String {
    let cases = |n: usize, what: &str| (n > 0).then(|| format!("{} {what}", counted(n, "case", "cases")));
    let parts =
        [cases(since.came, "came"), cases(since.left, "left"), cases(since.changed, "changed in type, service, team, worker or age")];
    match parts.into_iter().flatten().collect::<Vec<_>>() {
        parts if parts.is_empty() => "Since then no case has come, left or changed.".to_string(),
        parts => format!("Since then {}. That changes nothing about this sample.", parts.join(", ")),
    }
}
