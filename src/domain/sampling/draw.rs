//! The draw itself: who is eligible, how many from each stratum, who, and what had to give.

use super::chance::{Random, shuffle};
use super::pick::{Picked, pick};
use super::{
    Chosen, DrawRequest, Drawn, FrameEntry, LeftOut, LeftOutWhy, RESERVES_AT_LEAST, Relaxed, RelaxedWhat, StratumCount, apportion, compare,
    count,
};
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::error::RuleError;
use std::collections::BTreeMap;

/// Draws a sample. M02, F03, F05.
///
/// Subjects reviewed since the request's day are left out, always; workers of the last cycle are left out unless the
/// others are too few, and then no more of them come in than are needed. Places go to strata in proportion to the
/// caseload ([`apportion`]), never more than a stratum has eligible; no worker has two cases while that can be avoided.
/// `random` gives uniform numbers made from the request's seed. A subject listed twice counts once, as listed first.
///
/// Refused only when nothing can be drawn at all; fewer than asked for are drawn with a statement in `relaxed`.
pub fn draw(frame: &[FrameEntry], request: &DrawRequest, random: &mut Random) -> Result<Drawn, RuleError> {
    let mut entries: Vec<&FrameEntry> = frame.iter().collect();
    entries.sort_by_key(|entry| entry.subject);
    entries.dedup_by_key(|entry| entry.subject);
    let (mut strata, mut left_out) = sort_out(&entries, request);
    refuse_the_impossible(&entries, request, &strata)?;
    for stratum in &mut strata {
        shuffle(&mut stratum.eligible, random);
        shuffle(&mut stratum.rested, random);
    }

    let plan = Plan::of(&strata, request.size);
    let lists: Vec<Vec<&FrameEntry>> = strata.iter().map(|stratum| stratum.eligible.clone()).collect();
    let mut picked = pick(&lists, &plan.places);
    let taken_back = pick_rested(&strata, &plan.again, &mut picked);

    let mut chosen = Vec::new();
    let mut reserves = Vec::new();
    for (n, stratum) in strata.iter().enumerate() {
        let first = flagged(&stratum.eligible, &picked.flags[n], true).map(|entry| (entry, false));
        let again = flagged(&stratum.rested, &taken_back[n], true).map(|entry| (entry, true));
        let before = chosen.len();
        chosen.extend(first.chain(again).zip(before + 1..).map(|((entry, again), order)| stratum.choose(entry, order, again)));
        reserves.extend(stratum.reserves(&picked, n, chosen.len() - before));
    }
    for (stratum, taken) in strata.iter().zip(&taken_back) {
        let rest = flagged(&stratum.rested, taken, false);
        left_out.extend(rest.map(|entry| LeftOut { subject: entry.subject, why: LeftOutWhy::WorkerOfLastCycle }));
    }
    left_out.sort_by_key(|left| left.subject);

    let counts = strata.iter().enumerate().map(|(n, stratum)| stratum.counted(plan.wanted[n], plan.places[n] + plan.again[n])).collect();
    let relaxed = statements(&entries, request, &strata, &plan, &picked);
    let compared = compare(frame, &chosen);
    Ok(Drawn { request: request.clone(), in_frame: count(entries.len()), chosen, reserves, left_out, strata: counts, relaxed, compared })
}

/// One stratum while it is drawn.
struct Pool<'a> {
    name: &'a str,
    in_frame: u32,
    eligible: Vec<&'a FrameEntry>,
    /// Left out for their worker's sake (F05), and taken back first.
    rested: Vec<&'a FrameEntry>,
}

impl Pool<'_> {
    fn choose(&self, entry: &FrameEntry, order: usize, again: bool) -> Chosen {
        Chosen { subject: entry.subject, stratum: self.name.to_string(), order: count(order), despite_last_cycle: again }
    }

    // Whoever shares a worker with the sample waits until the others are used up.
    fn reserves(&self, picked: &Picked, n: usize, drawn: usize) -> Vec<Chosen> {
        let waiting = flagged(&self.eligible, &picked.flags[n], false);
        let busy = |entry: &&FrameEntry| entry.worker.is_some_and(|worker| picked.uses.contains_key(&worker));
        let (shared, fresh): (Vec<&FrameEntry>, Vec<&FrameEntry>) = waiting.partition(busy);
        let keep = if drawn == 0 { 0 } else { drawn.max(RESERVES_AT_LEAST) };
        let queue = fresh.into_iter().chain(shared).take(keep);
        queue.zip(1..).map(|(entry, order)| self.choose(entry, order, false)).collect()
    }

    fn counted(&self, wanted: u32, drawn: u32) -> StratumCount {
        StratumCount { name: self.name.to_string(), in_frame: self.in_frame, eligible: count(self.eligible.len()), wanted, drawn }
    }
}

/// How many from each stratum.
struct Plan {
    /// In proportion to the caseload, whatever is eligible.
    wanted: Vec<u32>,
    /// From those eligible.
    places: Vec<u32>,
    /// From those whose worker was drawn in the last cycle.
    again: Vec<u32>,
}

impl Plan {
    fn of(strata: &[Pool], size: u32) -> Plan {
        let weights: Vec<u32> = strata.iter().map(|stratum| stratum.in_frame).collect();
        let eligible: Vec<u32> = strata.iter().map(|stratum| count(stratum.eligible.len())).collect();
        let rested: Vec<u32> = strata.iter().map(|stratum| count(stratum.rested.len())).collect();
        let wanted = apportion(&weights, &vec![u32::MAX; strata.len()], size);
        let places = apportion(&weights, &eligible, size);
        let missing = size - places.iter().sum::<u32>();
        // Those taken back fill the gaps between share and sample first, then whatever is left.
        let gaps: Vec<u32> = wanted.iter().zip(&eligible).map(|(wanted, eligible)| wanted.saturating_sub(*eligible)).collect();
        let caps: Vec<u32> = gaps.iter().zip(&rested).map(|(gap, rested)| *gap.min(rested)).collect();
        let mut again = apportion(&gaps, &caps, missing);
        let room: Vec<u32> = rested.iter().zip(&again).map(|(rested, again)| rested - again).collect();
        let still = missing - again.iter().sum::<u32>();
        for (again, more) in again.iter_mut().zip(apportion(&weights, &room, still)) {
            *again += more;
        }
        Plan { wanted, places, again }
    }

    fn drawn(&self) -> u32 {
        self.places.iter().chain(&self.again).sum()
    }
}

fn sort_out<'a>(entries: &[&'a FrameEntry], request: &DrawRequest) -> (Vec<Pool<'a>>, Vec<LeftOut>) {
    let mut pools: BTreeMap<&str, Pool> = BTreeMap::new();
    let mut left_out = Vec::new();
    for &entry in entries {
        let name = entry.stratum(request.stratify_by);
        let pool = pools.entry(name).or_insert_with(|| Pool { name, in_frame: 0, eligible: Vec::new(), rested: Vec::new() });
        pool.in_frame += 1;
        match entry.last_reviewed.filter(|day| *day >= request.not_again_since) {
            Some(day) => left_out.push(LeftOut { subject: entry.subject, why: LeftOutWhy::ReviewedOn(day) }),
            None if request.skip_workers && entry.drawn_last_cycle_worker => pool.rested.push(entry),
            None => pool.eligible.push(entry),
        }
    }
    (pools.into_values().collect(), left_out)
}

fn refuse_the_impossible(entries: &[&FrameEntry], request: &DrawRequest, strata: &[Pool]) -> Result<(), RuleError> {
    if request.size == 0 {
        return Err(RuleError::new("A draw takes at least one case.", "Say how many cases the cycle takes."));
    }
    if entries.is_empty() {
        return Err(match &request.turn {
            Some(turn) => RuleError::under(
                "Q03",
                format!("No open case in the sampling frame belongs to {}.", turn.service),
                "Draw from another service and say why, or import the people with the services of their teams.",
            ),
            None => RuleError::new("There is no open case in the sampling frame.", "Import the current cases, then draw again."),
        });
    }
    if strata.iter().all(|stratum| stratum.eligible.is_empty() && stratum.rested.is_empty()) {
        let since = say_full_date(request.not_again_since);
        return Err(RuleError::new(
            format!("No case can be drawn: all {} in the frame were left out, because they were reviewed since {since}.", entries.len()),
            "Widen the frame to more services or case types, import newer cases, or add named cases with a reason.",
        ));
    }
    Ok(())
}

// Which of the workers of the last cycle are taken back: one flag for each entry of a stratum's list.
fn pick_rested(strata: &[Pool], again: &[u32], picked: &mut Picked) -> Vec<Vec<bool>> {
    let flags = strata.iter().map(|stratum| vec![false; stratum.rested.len()]).collect();
    let mut second = Picked { flags, uses: std::mem::take(&mut picked.uses) };
    for (n, stratum) in strata.iter().enumerate() {
        second.add(n, &stratum.rested, again[n]);
    }
    picked.uses = second.uses;
    second.flags
}

fn flagged<'a>(list: &[&'a FrameEntry], flags: &[bool], wanted: bool) -> impl Iterator<Item = &'a FrameEntry> {
    list.iter().zip(flags).filter(move |(_, flag)| **flag == wanted).map(|(entry, _)| *entry)
}

fn statements(entries: &[&FrameEntry], request: &DrawRequest, strata: &[Pool], plan: &Plan, picked: &Picked) -> Vec<Relaxed> {
    let (size, drawn) = (request.size, plan.drawn());
    let mut said = Vec::new();
    let mut say = |what, how_many: u32, because: String| {
        if how_many > 0 {
            said.push(Relaxed { what, how_many, because });
        }
    };
    let again: u32 = plan.again.iter().sum();
    let without = drawn - again;
    let because = format!("Only {without} of {size} could be drawn without the workers of the last cycle, so {} theirs.", these(again));
    say(RelaxedWhat::WorkersOfLastCycle, again, because);

    let repeats = picked.repeats();
    let because = format!("{} a worker with another chosen case: no other worker had an eligible case left.", share(repeats));
    say(RelaxedWhat::SameWorkerTwice, repeats, because);

    let short: Vec<(&str, u32, u32)> = strata
        .iter()
        .enumerate()
        .map(|(n, stratum)| (stratum.name, plan.places[n] + plan.again[n], plan.wanted[n]))
        .filter(|(_, drawn, wanted)| drawn < wanted)
        .collect();
    let moved = short.iter().map(|(_, drawn, wanted)| wanted - drawn).sum::<u32>() - (size - drawn);
    let list: Vec<String> = short.iter().map(|(name, drawn, wanted)| format!("{name} {drawn} of {wanted}")).collect();
    say(
        RelaxedWhat::Proportion,
        moved,
        format!("Too few eligible cases for a full share: {}. Other strata took the places.", list.join(", ")),
    );

    let reviewed = entries.iter().filter(|entry| entry.last_reviewed.is_some_and(|day| day >= request.not_again_since)).count();
    let since = say_full_date(request.not_again_since);
    let because = format!(
        "{drawn} of the {size} asked for: of {} in the frame {reviewed} were reviewed since {since}, and that rule never gives.",
        entries.len()
    );
    say(RelaxedWhat::Size, size - drawn, because);
    said
}

fn these(cases: u32) -> String {
    counted(cases, "case is", "cases are")
}

fn share(cases: u32) -> String {
    counted(cases, "case shares", "cases share")
}
