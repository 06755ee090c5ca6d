//! What leaves the team or is kept beside the reviews: boards, reports, registers, themes and indicators.

use super::super::raw::Table;
use super::keys::Keys;
use super::links::{Links, Need, Target};
use super::{cycle::choices, steps};
use crate::domain::framework::{Board, Expectation, FieldKind, Register, ReportKind, StepField, Theme};
use crate::domain::retention::RetentionClass;

/// Reads `[[boards]]`.
pub(super) fn boards(top: &Table<'_>) -> Vec<Board> {
    let mut keys = Keys::new();
    top.each("boards", "board", |table| Board {
        key: keys.take(table),
        label: table.text("label"),
        every: table.maybe_span("every"),
        responsible: table.flag("responsible"),
        forum: table.flag("forum"),
    })
}

/// Reads `[[reports]]`.
pub(super) fn reports(top: &Table<'_>, links: &Links) -> Vec<ReportKind> {
    let mut keys = Keys::new();
    let reports = top.each("reports", "report", |table| {
        let report = ReportKind {
            key: keys.take(table),
            label: table.text("label"),
            every: table.maybe_span("every"),
            months: table.numbers("months", 1..=12),
            kind: links.maybe(table, "kind", Target::Kind),
            takes_in: links.many(table, "takes_in", Target::Report),
            whose: links.many(table, "whose", Target::Role(Need::Any)),
            public: table.flag("public"),
            for_team: table.flag("for_team"),
            sections: choices(table, "sections", "section"),
            boards: links.many(table, "boards", Target::Board),
            approved_by: links.maybe(table, "approved_by", Target::Role(Need::Any)),
            rules: table.texts("rules"),
        };
        if report.sections.is_empty() {
            table.note_at("sections", "the report would be empty. Write at least one section.");
        }
        if report.takes_in.contains(&report.key) {
            table.note_at("takes_in", "the report takes in itself.");
        }
        if report.for_team && (report.public || !report.boards.is_empty()) {
            table.note_at("for_team", "the report is for the team alone: it goes to no board and is not public.");
        }
        report
    });
    for report in reports.iter().filter(|report| !report.takes_in.contains(&report.key) && comes_back(report, &reports)) {
        let what = format!("the report \"{}\" takes in one that takes it in again, so neither could be written first.", report.key);
        top.note_at("reports", what);
    }
    reports
}

/// Whether a report is taken in, directly or further on, by what it takes in.
fn comes_back(report: &ReportKind, all: &[ReportKind]) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut waiting: Vec<&str> = report.takes_in.iter().map(String::as_str).collect();
    while let Some(key) = waiting.pop() {
        if key == report.key {
            return true;
        }
        if !seen.contains(&key) {
            seen.push(key);
            let next = all.iter().filter(|other| other.key == key).flat_map(|other| &other.takes_in);
            waiting.extend(next.map(String::as_str));
        }
    }
    false
}

/// Reads `[[registers]]`.
pub(super) fn registers(top: &Table<'_>, links: &Links) -> Vec<Register> {
    let mut keys = Keys::new();
    top.each("registers", "register", |table| {
        let fields = steps::fields(table);
        if fields.is_empty() {
            table.note_at("fields", "nothing would be noted down. Write at least one field.");
        }
        Register {
            key: keys.take(table),
            label: table.text("label"),
            every: table.maybe_span("every"),
            months: table.numbers("months", 1..=12),
            own_work: table.flag("own_work"),
            expects: table.each("expects", "expectation", |item| expectation(item, links, &fields)),
            fields,
        }
    })
}

/// Reads `[[themes]]`.
pub(super) fn themes(top: &Table<'_>) -> Vec<Theme> {
    choices(top, "themes", "theme").into_iter().map(|choice| Theme { key: choice.key, label: choice.label }).collect()
}

/// Reads `[[retention]]`: how long records are kept.
pub(super) fn retention(top: &Table<'_>, links: &Links) -> Vec<RetentionClass> {
    let mut keys = Keys::new();
    let classes = top.each("retention", "class", |item| RetentionClass {
        key: keys.take(item),
        label: item.text("label"),
        years: item.number("years", 1..=200),
        kinds: links.many(item, "kinds", Target::Kind),
    });
    if classes.iter().filter(|class| class.kinds.is_empty()).count() > 1 {
        top.note_at("retention", "two classes name no kinds, so nobody knows which of them a review belongs to. Name the kinds of one.");
    }
    classes
}

fn expectation(table: &Table<'_>, links: &Links, fields: &[StepField]) -> Expectation {
    Expectation {
        roles: links.some(table, "roles", Target::Role(Need::Any), "this is expected of nobody. Name at least one role."),
        times_a_year: table.number("times_a_year", 0..=52),
        at_least_one: table.inner("at_least_one", |item| {
            let (field, choice) = (item.text("field"), item.text("choice"));
            let offered = fields.iter().find(|known| known.key == field).map(|known| &known.kind);
            match offered {
                Some(FieldKind::Choice(offered)) if offered.iter().any(|known| known.key == choice) => {}
                _ if field.is_empty() || choice.is_empty() => {}
                _ => item.note(format!("no field \"{field}\" of this register offers the choice \"{choice}\".")),
            }
            (field, choice)
        }),
    }
}
