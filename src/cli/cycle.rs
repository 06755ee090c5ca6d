//! `closeloop cycle`.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams, cycle_card, list_revisits};
use crate::app::form::read_date;
use crate::domain::access::Sight;
use crate::domain::count::counted;
use crate::domain::cycle::{BesidePlanned, Commission, CyclePlanned};
use crate::domain::deed::{Deed, DrawWanted};
use crate::domain::framework::Stratum;
use crate::domain::id::CycleId;
use crate::domain::near::near_miss;
use crate::domain::query::{Again, Answered, CycleDetail, CycleRow, Query, WHOLE};
use crate::runtime::clock::Clock;
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use std::io::{IsTerminal, Write};

/// List, open and draw cycles of reviews.
#[derive(Debug, Args)]
pub(super) struct CycleArgs {
    #[command(subcommand)]
    what: What,
}

/// A day as people write it.
fn day(text: &str) -> Result<NaiveDate, String> {
    read_date(text, Clock::System.today()).ok_or_else(|| "write a date as 2026-11-19, 19/11/2026 or 19 Nov 2026".to_string())
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every cycle, newest first.
    List {
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Open a cycle.
    Open {
        /// Its first day.
        #[arg(long, value_name = "DATE", value_parser = day)]
        starts: NaiveDate,
        /// What it looks at.
        #[arg(long, value_name = "TEXT", default_value = "")]
        focus: String,
        /// Why: key of one of the framework's reasons.
        #[arg(long, value_name = "KEY", default_value = "")]
        reason: String,
        /// The reason in words.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        /// Another kind of review than the drawn one: its key in the framework.
        #[arg(long, value_name = "KEY")]
        kind: Option<String>,
        /// Extra work outside the plan: key of the board that asks for it.
        #[arg(long, value_name = "BOARD", requires = "why")]
        commissioned_by: Option<String>,
        /// Why it was asked for.
        #[arg(long, value_name = "TEXT", requires = "commissioned_by")]
        why: Option<String>,
        /// The day on which the board wants it.
        #[arg(long, value_name = "DATE", requires = "commissioned_by")]
        wanted_on: Option<NaiveDate>,
    },
    /// Draw the sample of a cycle, once for good: who sits at a terminal is asked first, a script is not.
    Draw {
        /// Which cycle (2026-11).
        #[arg(value_name = "CYCLE")]
        cycle: String,
        /// How many cases; by default as the framework says.
        #[arg(long, value_name = "N")]
        size: Option<u32>,
        /// The seed; by default one is made up and written on the card.
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        /// In proportion to what; by default as the framework says.
        #[arg(long, value_name = "WHAT")]
        by: Option<By>,
        /// The service to draw from, where services take turns; by default the next in turn.
        #[arg(long, value_name = "NAME")]
        service: Option<String>,
        /// Why, when it is not the next in turn.
        #[arg(long, value_name = "TEXT", default_value = "")]
        why_service: String,
        /// Draw the cases of the last cycle's workers too; by default they are left out where the framework says so.
        #[arg(long)]
        last_workers_too: bool,
        /// I know that it is drawn once for good: do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// How the cases of a cycle were chosen.
    Card {
        /// Which cycle.
        #[arg(value_name = "CYCLE")]
        cycle: String,
        /// Draw again from the same frame and say whether the result is the same; exit status 1 when it is not.
        #[arg(long)]
        check: bool,
    },
    /// One cycle: its phases, what blocks them, its reviews.
    Show {
        /// Which cycle.
        #[arg(value_name = "CYCLE")]
        cycle: String,
        /// As one JSON object.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    /// The service of the child's team.
    Service,
    /// The case type.
    CaseType,
    /// Nothing: all cases together.
    None,
}

pub(super) fn run(context: &Context, args: &CycleArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    match &args.what {
        What::List { json } => list(&mut desk, *json, streams),
        What::Open { starts, focus, reason, note, kind, commissioned_by, why, wanted_on } => {
            let framework = desk.library.current(desk.store.reading())?;
            let keys: Vec<&str> = framework.cycle.focus_reasons.iter().map(|reason| reason.key.as_str()).collect();
            if !reason.is_empty() && !keys.contains(&reason.as_str()) {
                let near = near_miss(reason, keys.iter().copied()).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
                return Err(Failure::Said(format!("There is no reason \u{201c}{reason}\u{201d}.{near} Known are {}.", keys.join(", "))));
            }
            let planned = CyclePlanned { starts_on: *starts, focus: focus.clone(), focus_reason: reason.clone(), focus_note: note.clone() };
            let usual = framework.sampled_kind().map(|kind| kind.key.clone()).unwrap_or_default();
            let extra = commissioned_by.clone().map(|by| Commission { by, why: why.clone().unwrap_or_default(), due_on: *wanted_on });
            let beside = BesidePlanned { planned, kind: kind.clone().unwrap_or(usual), extra };
            let said = desk.perform(Deed::OpenBeside(beside))?.said;
            writeln!(streams.out, "{said}.")?;
            Ok(())
        }
        What::Draw { cycle, size, seed, by, service, why_service, last_workers_too, yes } => {
            let id = find(&desk, cycle)?;
            let size = match size {
                Some(size) => *size,
                None => {
                    let reading = desk.store.reading();
                    let cycle = desk.library.cycle(reading, id)?;
                    desk.library.framework(reading, &cycle.framework, cycle.version)?.sampling.default_size
                }
            };
            if !yes && std::io::stdin().is_terminal() {
                let too = if *last_workers_too { ", workers of the last cycle not left out" } else { "" };
                let cases = counted(size, "case", "cases");
                write!(streams.err, "A sample is drawn once: {cases} for {cycle}{too}. Type draw to do it: ")?;
                streams.err.flush()?;
                let mut typed = String::new();
                std::io::stdin().read_line(&mut typed)?;
                if typed.trim() != "draw" {
                    return Err(Failure::Said("Nothing was drawn.".into()));
                }
            }
            let stratify_by = by.map(|by| match by {
                By::Service => Stratum::Service,
                By::CaseType => Stratum::CaseType,
                By::None => Stratum::None,
            });
            let (service, why_service) = (service.clone(), why_service.clone());
            let wanted =
                DrawWanted { cycle: id, size, stratify_by, seed: *seed, service, why_service, last_workers_too: *last_workers_too };
            let said = desk.perform(Deed::Draw(wanted))?.said;
            writeln!(streams.out, "{said}.")?;
            Ok(())
        }
        What::Card { cycle, check } => {
            let id = find(&desk, cycle)?;
            cycle_card::run(&mut desk, id, *check, streams)
        }
        What::Show { cycle, json } => {
            let id = find(&desk, cycle)?;
            show(&mut desk, id, *json, streams)
        }
    }
}

/// The cycle with a reference, or the sentence that there is none and which there are.
pub(super) fn find(desk: &Desk, reference: &str) -> Result<CycleId, Failure> {
    let reading = desk.store.reading();
    if let Some(id) = reading.cycle_by_reference(&reference.to_lowercase())? {
        return Ok(id);
    }
    let known: Vec<String> = reading.cycles()?.into_iter().map(|(cycle, _)| cycle.reference).take(6).collect();
    Err(Failure::Said(match known.as_slice() {
        [] => "There is no cycle yet. Open one with `closeloop cycle open`.".to_string(),
        _ => format!("There is no cycle {reference}. The newest are {}.", known.join(", ")),
    }))
}

fn list(desk: &mut Desk, json: bool, streams: &mut Streams<'_>) -> Done {
    let Answered::Cycles(rows) = desk.ask(&Query::Cycles)? else { return Ok(()) };
    if json {
        return streams.json(&rows);
    }
    let whole = of_whole(desk)?;
    for row in &rows {
        let CycleRow { reference, title, phase, counts, focus, .. } = row;
        writeln!(
            streams.out,
            "{reference}  {title}, {phase}: {} of {} finalised{whole}. Focus: {focus}",
            counts.finalised, counts.reviews
        )?;
    }
    Ok(())
}

/// What stands beside numbers of a whole cycle for whoever sees a part of it; empty for everybody else.
fn of_whole(desk: &mut Desk) -> Result<String, Failure> {
    Ok(if desk.viewer()?.sight == Sight::All { String::new() } else { format!(" ({WHOLE})") })
}

/// Everything about one cycle.
pub(super) fn show(desk: &mut Desk, id: CycleId, json: bool, streams: &mut Streams<'_>) -> Done {
    let Answered::Cycle(detail) = desk.ask(&Query::Cycle(id))? else { return Ok(()) };
    let CycleDetail { cycle, focus_reason, counts, phases, reviews, again, revisit, .. } = *detail;
    let compared = if cycle.again.is_some() { list_revisits::then_now(desk, Again::Cycle(id))? } else { None };
    if json {
        let reviews: Vec<serde_json::Value> = reviews
            .iter()
            .map(|review| {
                serde_json::json!({
                    "ref": review.reference, "case": review.case, "case_type": review.case_type, "service": review.service,
                    "reviewer": review.reviewer, "next_step": review.next_step, "due": review.due,
                })
            })
            .collect();
        let cycle = serde_json::json!({
            "ref": cycle.reference, "title": cycle.title, "framework": cycle.framework, "version": cycle.version,
            "focus": cycle.focus, "focus_reason": focus_reason, "focus_note": cycle.focus_note, "starts_on": cycle.starts_on,
            "closed_on": cycle.closed_on, "counts": counts, "phases": phases, "reviews": reviews,
            "looks_again_at": again.map(|(reference, _)| reference), "again_from": revisit.as_ref().map(|revisit| revisit.due_on),
            "revisit": revisit.as_ref().map(|revisit| revisit.stand.key()), "then_and_now": compared,
        });
        return streams.json(&cycle);
    }
    writeln!(streams.out, "{} ({}), {} version {}", cycle.title, cycle.reference, cycle.framework, cycle.version)?;
    if !cycle.focus.is_empty() {
        writeln!(streams.out, "Focus: {} ({focus_reason}). {}", cycle.focus, cycle.focus_note)?;
    }
    if let Some((reference, area)) = &again {
        writeln!(streams.out, "Looks again at {reference}, {area}.")?;
    }
    if let Some(revisit) = &revisit {
        let day = revisit.due_on.format("%-d %B %Y");
        writeln!(streams.out, "Its area is looked at again from {day}: {}.", revisit.stand.key())?;
    }
    if !of_whole(desk)?.is_empty() {
        writeln!(streams.out, "How far its phases are, {WHOLE}:")?;
    }
    for phase in &phases {
        let state = if phase.done { "done".to_string() } else { phase.blocked_by.clone() };
        let late = if phase.late { "late: " } else { "" };
        writeln!(streams.out, "  {}, {} to {}: {late}{state}", phase.label, phase.starts.format("%-d %b"), phase.ends.format("%-d %b"))?;
    }
    if !of_whole(desk)?.is_empty() {
        writeln!(streams.out, "Of its reviews you see {}:", reviews.len())?;
    }
    for review in &reviews {
        let who = if review.reviewer.is_empty() { "nobody" } else { &review.reviewer };
        writeln!(streams.out, "  {}  {}  {}  reviewer {who}: {}", review.reference, review.case, review.case_type, review.next_step)?;
    }
    for line in compared.iter().flat_map(list_revisits::lines) {
        writeln!(streams.out, "{line}")?;
    }
    Ok(())
}
