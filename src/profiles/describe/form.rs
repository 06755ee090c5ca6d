//! One kind of review in plain words: who does it, its steps and everything its form asks.

use super::{Page, labels, subjects, words};
use crate::domain::framework::{Area, DayWhen, FieldKind, FirstReview, ReviewKind, Step, StepField};

/// Writes one kind of review.
pub(super) fn kind(page: &mut Page, kind: &ReviewKind) {
    page.heading(format_args!("{} ({})", kind.label, kind.prefix));
    page.line(1, &kind.summary);
    page.line(1, format_args!("key {} · grading {}", kind.key, words::word_of(words::GRADINGS, &kind.grading)));
    page.line(1, format_args!("Conduct: {}", words::word_of(words::CONDUCTS, &kind.conduct)));
    page.line(1, format_args!("Kept away from: {}", words::word_of(words::INDEPENDENCE, &kind.independence)));
    page.list(1, "Reviewers", &kind.reviewers);
    page.list(1, "Partners", &kind.partners);
    for pool in &kind.reviewers_from {
        page.line(1, format_args!("Reviewers from {}: {}", pool.from, pool.reviewers.join(", ")));
    }
    match &kind.first_review {
        Some(FirstReview::LineManager) => page.line(1, "A first review is done with help of the line manager."),
        Some(FirstReview::Together(role)) => page.line(1, format_args!("A first review is done together with a {role}.")),
        None => {}
    }
    page.maybe(1, "Cases for each reviewer in a cycle", kind.per_reviewer);
    page.list(1, "Commissioned by", &kind.commissioned_by);
    page.list(1, "Looks at", &subjects(&kind.subjects));
    page.line(1, if kind.sampled { "Drawn at random." } else { "Not drawn at random." });
    page.line(1, "Steps:");
    for (number, step) in kind.steps.iter().enumerate() {
        self::step(page, number + 1, step);
    }
    for area in &kind.areas {
        self::area(page, area);
    }
    for heading in &kind.narrative {
        let must = if heading.required { " (required)" } else { "" };
        page.line(1, format_args!("Narrative · {}{must}: {}", heading.label, heading.prompt));
    }
    let gate: Vec<&str> = kind.gate.iter().map(|rule| words::word_of(words::GATES, rule)).collect();
    page.list(1, "Cannot be submitted without", &gate);
}

/// Writes the fields of a step or register.
pub(super) fn fields(page: &mut Page, depth: usize, fields: &[StepField]) {
    for field in fields {
        let kind = field_kind(field);
        let must = if field.required { ", required" } else { "" };
        page.line(depth, format_args!("asks: {} ({kind}{must})", field.label));
    }
}

/// What kind of answer a field takes, in words.
pub(in crate::profiles) fn field_kind(field: &StepField) -> String {
    match &field.kind {
        FieldKind::Line => "a few words".to_string(),
        FieldKind::Text => "text".to_string(),
        FieldKind::Date => match field.when {
            DayWhen::Any => "date".to_string(),
            DayWhen::Ahead => "date, on the day of the step or later".to_string(),
            DayWhen::Past => "date, not ahead".to_string(),
        },
        FieldKind::YesNo => "yes or no".to_string(),
        FieldKind::Cycles => "references of cycles".to_string(),
        FieldKind::Choice(choices) => labels(choices).join(" / "),
    }
}

fn step(page: &mut Page, number: usize, step: &Step) {
    page.line(2, format_args!("{number}. {} · {} [{}]", step.label, step.key, words::word_of(words::DUTIES, &step.duty)));
    page.line(3, &step.prompt);
    if let Some(due) = &step.due {
        let opens = if due.not_before { ", and not before" } else { "" };
        page.line(3, format_args!("due {} after {}{opens}", due.within, due.after));
    }
    page.when(3, step.may_not_happen, "may be recorded as not possible, with the reason");
    page.list(3, "tells", &step.tells);
    fields(page, 3, &step.fields);
}

fn area(page: &mut Page, area: &Area) {
    let graded = if area.graded { " (graded)" } else { "" };
    page.line(1, format_args!("Area · {}{graded}", area.title));
    page.line(2, &area.guidance);
    for question in &area.questions {
        let mut notes = vec![words::word_of(words::ANSWERS, &question.answer)];
        notes.extend(question.required.then_some("required"));
        notes.extend(question.may_not_apply.then_some("may not apply"));
        page.line(2, format_args!("{} ({})", question.text, notes.join(", ")));
        for point in &question.descriptors {
            page.line(3, format_args!("{} to {}: {}", point.from, point.to, point.text));
        }
    }
}
