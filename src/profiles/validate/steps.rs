//! The steps of a review and the fields asked for at each: in an order that can be walked from allocation to the end.

use super::super::raw::Table;
use super::super::words;
use super::cycle::choices;
use super::keys::Keys;
use super::links::{Links, Need, Target};
use crate::domain::framework::{DayWhen, FieldKind, Step, StepDue, StepDuty, StepField};
use crate::domain::near::near_miss;

/// What every review passes through, in this order; only the return may be absent (an observation is not sent back).
const SPINE: [StepDuty; 4] = [StepDuty::Allocate, StepDuty::Submit, StepDuty::Return, StepDuty::Finalise];

/// Reads the steps of a kind.
pub(super) fn read(kind: &Table<'_>, links: &Links) -> Vec<Step> {
    let mut keys = Keys::new();
    let mut done: Vec<String> = Vec::new();
    let mut duties: Vec<StepDuty> = Vec::new();
    let mut misread = false;
    let mut waits: Vec<(String, String)> = Vec::new();
    let steps = kind.each("steps", "step", |table| {
        let before = table.faults();
        let duty = table.choice_or("duty", words::DUTIES, StepDuty::Record);
        misread |= table.faults() > before;
        let step = Step {
            key: keys.take(table),
            label: table.text("label"),
            prompt: table.text("prompt"),
            duty,
            due: table.inner("due", |due| due_date(due, &done)),
            may_not_happen: table.flag("may_not_happen"),
            fields: fields(table),
            tells: links.many(table, "tells", Target::Role(Need::Any)),
        };
        if step.fields.iter().any(|field| field.kind == FieldKind::Cycles) {
            table.note_at("fields", "cycles are looked at in a register, not at the step of one review. Use kind = \"line\".");
        }
        check_duty(table, &step, &duties);
        waits.extend(step.due.as_ref().map(|due| (step.key.clone(), due.after.clone())));
        done.push(step.key.clone());
        duties.push(step.duty);
        step
    });
    for circle in circles(&waits) {
        let named: Vec<String> = circle.iter().map(|key| format!("\"{key}\"")).collect();
        let what = match named.as_slice() {
            [one] => format!("the step {one} waits for itself, so it would never fall due."),
            _ => format!("the steps {} wait for each other in a circle, so none of them would ever fall due.", named.join(" and ")),
        };
        kind.note_at("steps", what);
    }
    let absent = |duty: &StepDuty| !misread && *duty != StepDuty::Return && !duties.contains(duty);
    for duty in SPINE.into_iter().filter(absent) {
        let word = words::word_of(words::DUTIES, &duty);
        kind.note_at("steps", format!("no step has duty = \"{word}\", so no review could be carried through."));
    }
    steps
}

/// Reads the fields of a step or a register.
pub(super) fn fields(table: &Table<'_>) -> Vec<StepField> {
    let mut keys = Keys::new();
    table.each("fields", "field", |item| {
        let offered = choices(item, "choices", "choice");
        let kind = item.choice_or("kind", FIELD_WORDS, Field::Line);
        if kind == Field::Choice && offered.is_empty() {
            item.note_at("choices", "there is nothing to choose from. Write choices, each with a key and a label.");
        } else if kind != Field::Choice && !offered.is_empty() {
            item.note_at("choices", "these belong to a choice. Set kind = \"choice\", or leave them out.");
        }
        let kind = match kind {
            Field::Line => FieldKind::Line,
            Field::Text => FieldKind::Text,
            Field::Date => FieldKind::Date,
            Field::YesNo => FieldKind::YesNo,
            Field::Cycles => FieldKind::Cycles,
            Field::Choice => FieldKind::Choice(offered),
        };
        let when = item.choice_or("when", WHEN_WORDS, DayWhen::Any);
        if when != DayWhen::Any && kind != FieldKind::Date {
            item.note_at("when", "only a date lies ahead or in the past. Set kind = \"date\", or leave it out.");
        }
        StepField {
            key: keys.take(item),
            label: item.text("label"),
            kind,
            required: item.flag("required"),
            when,
            no_disputes: item.flag("no_disputes"),
        }
    })
}

fn due_date(table: &Table<'_>, done: &[String]) -> StepDue {
    let after = table.word_at("after");
    if !after.text.is_empty() && !done.contains(&after.text) {
        let what = format!("\"{}\" is not an earlier step of this kind. A step is due after one that stands above it.", after.text);
        table.sheet.note(&after.place, after.at, what, near_miss(&after.text, done.iter().map(String::as_str)));
    }
    StepDue { within: table.span("within"), after: after.text, not_before: table.flag("not_before") }
}

/// Steps that wait for each other, each circle once, from its first step on; each step waits for one other at most.
fn circles(waits: &[(String, String)]) -> Vec<Vec<&str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    for (start, _) in waits {
        let mut way = vec![start.as_str()];
        while let Some((_, after)) = waits.iter().find(|(key, _)| way.last() == Some(&key.as_str())) {
            if after == start {
                if !found.iter().any(|circle| circle.contains(&start.as_str())) {
                    found.push(way);
                }
                break;
            }
            if way.contains(&after.as_str()) {
                break;
            }
            way.push(after);
        }
    }
    found
}

fn check_duty(table: &Table<'_>, step: &Step, before: &[StepDuty]) {
    let word = words::word_of(words::DUTIES, &step.duty);
    if step.duty != StepDuty::Record && before.contains(&step.duty) {
        table.note_at("duty", format!("\"{word}\" is the duty of an earlier step. Each duty but \"record\" is held once."));
    }
    if let Some(rank) = SPINE.iter().position(|duty| *duty == step.duty) {
        let later = SPINE.iter().skip(rank + 1).find(|duty| before.contains(duty));
        if let Some(later) = later {
            let later = words::word_of(words::DUTIES, later);
            table.note_at("duty", format!("\"{word}\" stands after \"{later}\". The order is allocate, submit, return, finalise."));
        }
    }
    if !SPINE.contains(&step.duty) && before.contains(&StepDuty::Finalise) {
        table.note_at("duty", format!("\"{word}\" stands after \"finalise\", when the review has ended: nobody could record it."));
    }
    if step.may_not_happen && SPINE.contains(&step.duty) {
        table.note_at(
            "may_not_happen",
            format!("\"{word}\" cannot be left out of a review. Only conversations and contacts can fail to happen."),
        );
    }
}

/// The kinds of field as words, before a choice has its choices.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Line,
    Text,
    Date,
    YesNo,
    Choice,
    Cycles,
}

const FIELD_WORDS: words::Words<Field> = &[
    ("line", Field::Line),
    ("text", Field::Text),
    ("date", Field::Date),
    ("yes-no", Field::YesNo),
    ("choice", Field::Choice),
    ("cycles", Field::Cycles),
];

const WHEN_WORDS: words::Words<DayWhen> = &[("any", DayWhen::Any), ("ahead", DayWhen::Ahead), ("past", DayWhen::Past)];
