//! The cycle: rhythm, phases, focus, calendar of the year; and how cases are chosen.

use super::super::raw::Table;
use super::super::words;
use super::keys::Keys;
use super::links::{Links, Need, Target};
use crate::domain::framework::{Choice, CyclePlan, NoticeOnly, NoticeRule, Phase, Rhythm, SamplingRule, Stage, Stratum, YearEvent};
use std::ops::RangeInclusive;

/// The phases the program knows, in the only order they can run in.
const KNOWN_PHASES: [&str; 9] = ["plan", "sample", "allocate", "review", "moderate", "return", "finalise", "report", "close"];

/// The days, from the first of its cycle, on which a phase may begin and end: a year before, and two after. No framework's
/// cycle is longer than six months, and what lies further off is a slip of the hand.
const NEAR_ENOUGH: RangeInclusive<i32> = -366..=731;

/// Reads `[cycle]`.
pub(super) fn plan(table: &Table<'_>, links: &Links) -> CyclePlan {
    CyclePlan {
        rhythm: table.choice("rhythm", words::RHYTHMS, Rhythm::Monthly),
        year_starts_in: table.number("year_starts_in", 1..=12),
        phases: phases(table),
        focus_reasons: choices(table, "focus_reasons", "focus reason"),
        focus_required: table.flag("focus_required"),
        events: events(table),
        stages: stages(table, links),
        extra_work: table.flag("extra_work"),
    }
}

/// Reads `[sampling]`.
pub(super) fn sampling(table: &Table<'_>, links: &Links) -> SamplingRule {
    let rule = SamplingRule {
        default_size: table.number("default_size", 1..=500),
        stratify_by: table.choice("stratify_by", words::STRATA, Stratum::None),
        not_again_within: table.span("not_again_within"),
        skip_workers_of_last_cycle: table.flag("skip_workers_of_last_cycle"),
        look_back: table.maybe_span("look_back"),
        showcase: table.flag("showcase"),
        proposed_by_managers: table.flag("proposed_by_managers"),
        rotate_services: table.flag("rotate_services"),
        notice: table.inner("notice", |notice| NoticeRule {
            before: notice.span("before"),
            to: links.some(notice, "to", Target::Role(Need::Any), "nobody would be told. Name at least one role."),
            only_for: notice.each("only_for", "role", |only| NoticeOnly {
                role: links.one(only, "role", Target::Role(Need::Any)),
                case_types: links.some(only, "case_types", Target::CaseType, "the role would hear of no case. Name at least one type."),
            }),
        }),
        services: table.texts("services"),
    };
    if !rule.services.is_empty() && !rule.rotate_services {
        table.note_at("services", "these are named but never taken in turn. Set rotate_services = true, or leave them out.");
    }
    rule
}

/// Reads a list of things to choose from.
pub(super) fn choices(table: &Table<'_>, key: &'static str, noun: &str) -> Vec<Choice> {
    let mut keys = Keys::new();
    table.each(key, noun, |item| Choice { key: keys.take(item), label: item.text("label") })
}

fn phases(table: &Table<'_>) -> Vec<Phase> {
    let mut keys = Keys::new();
    let mut last: Option<(Phase, Option<usize>)> = None;
    let phases = table.each("phases", "phase", |item| {
        let phase = Phase {
            key: keys.take(item),
            label: item.text("label"),
            starts_day: item.signed("starts_day"),
            ends_day: item.signed("ends_day"),
        };
        for (key, day) in [("starts_day", phase.starts_day), ("ends_day", phase.ends_day)] {
            if !NEAR_ENOUGH.contains(&day) {
                let (first, last) = (-NEAR_ENOUGH.start(), NEAR_ENOUGH.end());
                item.note_at(
                    key,
                    format!("day {day} is too far from the cycle. Write a day from {first} before its first to {last} after it."),
                );
            }
        }
        if phase.ends_day < phase.starts_day {
            item.note(format!("this ends on day {}, before it starts on day {}.", phase.ends_day, phase.starts_day));
        }
        let rank = KNOWN_PHASES.iter().position(|known| *known == phase.key);
        if let Some((before, before_rank)) = &last {
            if phase.starts_day < before.starts_day {
                item.note(format!("this starts before the phase \"{}\" that stands above it. Put the phases in order.", before.key));
            } else if let (Some(rank), Some(before_rank)) = (rank, before_rank)
                && rank < *before_rank
            {
                item.note(format!("this cannot come after the phase \"{}\". Put the phases in order.", before.key));
            }
        }
        last = Some((phase.clone(), rank.or(last.as_ref().and_then(|(_, rank)| *rank))));
        phase
    });
    if phases.is_empty() {
        table.note_at("phases", "there are no phases. Write at least one, with its first and last day.");
    }
    phases
}

fn events(table: &Table<'_>) -> Vec<YearEvent> {
    let mut keys = Keys::new();
    table.each("events", "event", |item| {
        let event = YearEvent {
            key: keys.take(item),
            label: item.text("label"),
            months: item.numbers("months", 1..=12),
            times_a_year: item.number("times_a_year", 1..=366),
        };
        let named = u32::try_from(event.months.len()).unwrap_or(u32::MAX);
        if named > event.times_a_year {
            item.note(format!("this names {named} months but takes place {} times a year. Make the two agree.", event.times_a_year));
        }
        event
    })
}

fn stages(table: &Table<'_>, links: &Links) -> Vec<Stage> {
    let mut keys = Keys::new();
    table.each("stages", "stage", |item| Stage {
        key: keys.take(item),
        label: item.text("label"),
        phases: links.many(item, "phases", Target::Phase),
    })
}
