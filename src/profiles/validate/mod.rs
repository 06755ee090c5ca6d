//! From a raw table to a framework that rules may rely on, or a list of everything that is wrong with it.
//!
//! Each part of a framework has a file here, which reads it and refuses what contradicts itself. Names that point
//! elsewhere are collected by [`links`] and checked at the end, when all is known. This module must not know files.

mod cycle;
mod form;
mod keys;
mod links;
mod outward;
mod people;
mod response;
mod steps;

use super::raw::Table;
use super::words;
use crate::domain::framework::{CaseType, Framework, ReviewKind, SubjectKind};
use links::{Known, Links};

/// The lists of the outermost table, which are easily written below a `[table]` by mistake.
pub(super) const TOP_LISTS: [&str; 11] =
    ["roles", "grades", "bands", "case_types", "kinds", "boards", "reports", "registers", "themes", "indicators", "retention"];

/// Reads a whole framework; none where a part of it is missing. What is wrong is noted on the table's sheet, and a
/// framework that comes with a problem must not be used.
pub(super) fn framework(top: &Table<'_>) -> Option<Framework> {
    let links = Links::new();
    let head = head(top);
    let roles = people::roles(top);
    let (grades, grades_are_sound) = people::grades(top);
    let bands = people::bands(top);
    let case_types = people::case_types(top, &links);
    let subjects = subjects(top);
    let plan = top.must("cycle", |table| cycle::plan(table, &links));
    let sampling = top.must("sampling", |table| cycle::sampling(table, &links));
    let given = form::Given { bands: !bands.is_empty(), subjects: &subjects, case_prefix: &head.case_prefix };
    let before = top.faults();
    let kinds = form::kinds(top, &links, &given);
    let kinds_are_sound = top.faults() == before;
    if grades_are_sound {
        people::check_described(top, &grades, &kinds);
    }
    let moderation = top.must("moderation", |table| response::moderation(table, &links, &kinds));
    let escalation = top.must("escalation", |table| response::escalation(table, &links, &kinds));
    let drp = top.inner("drp", |table| response::drp(table, &links));
    let actions = top.must("actions", |table| response::actions(table, &links));
    let tracking = top.must("tracking", |table| response::tracking(table, &links, &kinds));
    let checks = response::checks(top);
    let boards = outward::boards(top);
    let reports = outward::reports(top, &links);
    let registers = outward::registers(top, &links);
    let themes = outward::themes(top);
    let indicators = cycle::choices(top, "indicators", "indicator");
    let retention = outward::retention(top, &links);
    top.finish();

    let phases = plan.iter().flat_map(|plan| &plan.phases).map(|phase| phase.key.as_str()).collect();
    let known = Known {
        roles: &roles,
        boards: boards.iter().map(|board| board.key.as_str()).collect(),
        kinds: kinds.iter().map(|kind| (kind.key.as_str(), kind.grading)).collect(),
        reports: reports.iter().map(|report| report.key.as_str()).collect(),
        phases,
        case_types: case_types.iter().map(|kind| kind.key.as_str()).collect(),
    };
    links.check(top.sheet, &known);
    if let Some(sampling) = sampling.as_ref().filter(|_| kinds_are_sound) {
        check_sampled(top, &kinds, sampling.proposed_by_managers);
    }
    check_shorts(top, &case_types);
    Some(Framework {
        id: head.id,
        version: head.version,
        title: head.title,
        short_name: head.short_name,
        summary: head.summary,
        in_force_from: head.in_force_from,
        in_force_until: head.in_force_until,
        case_system: head.case_system,
        case_prefix: head.case_prefix,
        roles,
        grades,
        bands,
        case_types,
        subjects,
        cycle: plan?,
        sampling: sampling?,
        kinds,
        moderation: moderation?,
        escalation: escalation?,
        drp,
        actions: actions?,
        tracking: tracking?,
        checks,
        boards,
        reports,
        registers,
        themes,
        indicators,
        retention,
        small_numbers_below: head.small_numbers_below,
    })
}

/// The single facts at the top of the file.
struct Head {
    id: String,
    version: u32,
    title: String,
    short_name: String,
    summary: String,
    in_force_from: chrono::NaiveDate,
    in_force_until: Option<chrono::NaiveDate>,
    case_system: String,
    case_prefix: String,
    small_numbers_below: u32,
}

fn head(top: &Table<'_>) -> Head {
    let head = Head {
        id: top.text("id"),
        version: top.number("version", 1..=100_000),
        title: top.text("title"),
        short_name: top.text("short_name"),
        summary: top.text("summary"),
        in_force_from: top.date("in_force_from"),
        in_force_until: top.maybe_date("in_force_until"),
        case_system: top.text("case_system"),
        case_prefix: top.text("case_prefix"),
        small_numbers_below: top.number("small_numbers_below", 0..=20),
    };
    if !head.id.is_empty() && !keys::is_kebab(&head.id) {
        top.note_at("id", format!("\"{}\" is not an id. Use small letters, digits and hyphens, such as \"our-council\".", head.id));
    }
    if keys::is_too_long(&head.id) {
        top.note_at("id", format!("this has more than {} characters. Write a shorter id, and the words as its title.", keys::LONGEST));
    }
    if head.case_prefix.len() > 4 || !head.case_prefix.chars().all(|c| c.is_ascii_uppercase()) {
        top.note_at("case_prefix", format!("\"{}\" is not a prefix. Use one to four capital letters.", head.case_prefix));
    }
    if head.in_force_until.is_some_and(|until| until < head.in_force_from) {
        top.note_at("in_force_until", "this lies before in_force_from, so the framework would never be in force.");
    }
    head
}

fn subjects(top: &Table<'_>) -> Vec<SubjectKind> {
    let before = top.faults();
    let subjects = top.choices("subjects", words::SUBJECTS);
    if subjects.is_empty() && top.faults() == before {
        top.note_at("subjects", "this looks at nobody. Name at least one subject.");
    }
    subjects
}

fn check_sampled(top: &Table<'_>, kinds: &[ReviewKind], proposed: bool) {
    if !kinds.is_empty() && !proposed && !kinds.iter().any(|kind| kind.sampled) {
        top.note_at("kinds", "no kind has sampled = true and managers propose none, so no cycle would have a case.");
    }
}

fn check_shorts(top: &Table<'_>, case_types: &[CaseType]) {
    for (index, case) in case_types.iter().enumerate() {
        if case_types.iter().take(index).any(|other| other.short == case.short && !case.short.is_empty()) {
            top.note_at("case_types", format!("two case types are shortened to \"{}\". A column could not tell them apart.", case.short));
        }
    }
}
