//! Kinds of review as trees: reviewers, steps, areas, questions and narrative.

use super::tree::Node;
use crate::domain::framework::{Area, FirstReview, Question, ReviewKind, Step, StepField};
use crate::profiles::describe::{form::field_kind, subjects};
use crate::profiles::words;

/// A kind of review: a part of its own.
pub(super) fn kind(kind: &ReviewKind) -> Node {
    let first = match &kind.first_review {
        None => String::new(),
        Some(FirstReview::LineManager) => "the line manager".to_string(),
        Some(FirstReview::Together(role)) => format!("a {role}"),
    };
    let pools = kind.reviewers_from.iter().map(|pool| format!("from {}: {}", pool.from, pool.reviewers.join(", ")));
    let mut part = Node::thing("", format!("kind/{}", kind.key), &kind.label)
        .words("label", &kind.label)
        .words("letters of its references", &kind.prefix)
        .prose("summary", &kind.summary)
        .words("grading", words::word_of(words::GRADINGS, &kind.grading))
        .words("conduct", words::word_of(words::CONDUCTS, &kind.conduct))
        .list("reviewers", &kind.reviewers)
        .list("later pools of reviewers", pools)
        .words("kept away from", words::word_of(words::INDEPENDENCE, &kind.independence))
        .words("a first review is helped by", first)
        .maybe("cases for each reviewer", kind.per_reviewer)
        .list("commissioned by", &kind.commissioned_by)
        .list("looks at", subjects(&kind.subjects))
        .flag("drawn at random", kind.sampled)
        .list("cannot be submitted without", kind.gate.iter().map(|rule| words::word_of(words::GATES, rule)));
    part = part.with(kind.steps.iter().map(|step| self::step(kind, step))).with(kind.areas.iter().map(area));
    part.with(kind.narrative.iter().map(|heading| {
        Node::labelled("narrative heading", &heading.key, &heading.label)
            .prose("prompt", &heading.prompt)
            .flag("required", heading.required)
            .words("purpose", words::word_of(words::PURPOSES, &heading.purpose))
            .in_order()
    }))
}

fn step(kind: &ReviewKind, step: &Step) -> Node {
    let due = step.due.as_ref().map(|due| {
        let opens = if due.not_before { ", and not before" } else { "" };
        let after = kind.step(&due.after).map_or(&due.after, |(_, step)| &step.label);
        format!("{} after \u{201c}{after}\u{201d}{opens}", due.within)
    });
    Node::labelled("step", &step.key, &step.label)
        .prose("prompt", &step.prompt)
        .words("duty", words::word_of(words::DUTIES, &step.duty))
        .maybe("deadline", due)
        .flag("may be recorded as not possible", step.may_not_happen)
        .list("those told", &step.tells)
        .with(fields(&step.fields))
        .in_order()
        .telling("deadline")
}

/// The fields of a step or a register.
pub(super) fn fields(fields: &[StepField]) -> impl Iterator<Item = Node> + '_ {
    fields.iter().map(|field| {
        Node::labelled("field", &field.key, &field.label)
            .words("answer", field_kind(field))
            .flag("required", field.required)
            .telling("answer")
    })
}

fn area(area: &Area) -> Node {
    Node::labelled("area", &area.key, &area.title)
        .prose("guidance", &area.guidance)
        .flag("graded", area.graded)
        .with(area.questions.iter().map(question))
        .in_order()
}

fn question(question: &Question) -> Node {
    let points = question.descriptors.iter().map(|point| format!("{} to {}: {}", point.from, point.to, point.text));
    Node::thing("question", &question.key, &question.text)
        .prose("text", &question.text)
        .words("answer", words::word_of(words::ANSWERS, &question.answer))
        .list("descriptors", points)
        .flag("required", question.required)
        .flag("may be answered \u{201c}does not apply\u{201d}", question.may_not_apply)
        .in_order()
        .telling("answer")
}
