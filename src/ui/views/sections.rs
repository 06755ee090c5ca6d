//! The sections of a record as lines: steps, questions, narrative, judgement, actions.

use super::record::Line;
use crate::app::rights::in_short;
use crate::domain::action::ActionState;
use crate::domain::calendar::say_date_seen;
use crate::domain::framework::{AnswerKind, StepDuty};
use crate::domain::query::{KEPT_BACK, ReviewDetail};
use crate::domain::review::{AnswerValue, PanelStand, ReviewState, field, noted};
use crate::ui::text::{Piece, due, piece, width, wrap};
use crate::ui::theme::Look;
use chrono::NaiveDate;

pub(super) fn steps(detail: &ReviewDetail, row: Option<usize>, today: NaiveDate, room: usize, look: Look) -> Vec<Line> {
    let facts = &detail.facts;
    let mut lines = Vec::new();
    for (place, step) in detail.kind.steps.iter().enumerate() {
        let here = row == Some(place);
        let done = facts.steps.get(&step.key);
        let next = facts.review.next.step.as_deref() == Some(step.key.as_str()) && facts.state == ReviewState::Open;
        let (sign, style) = match (done, next) {
            (Some(record), _) if record.not_done_because.is_some() => ("-", look.attention()),
            (Some(_), _) => (look.tick(), look.good()),
            (None, true) => (look.arrow(), look.key()),
            (None, false) => (" ", look.dim()),
        };
        let label_style = if next {
            look.heading()
        } else if done.is_some() {
            look.text()
        } else {
            look.dim()
        };
        let mut line = vec![piece(format!("{sign:<3}"), style), piece(format!("{}. {:<34}", place + 1, step.label), label_style)];
        match (done, next) {
            (Some(record), _) => line.push(piece(say_date_seen(today, record.on), look.text())),
            (None, true) if facts.review.next.label != step.label => line.push(piece(facts.review.next.label.clone(), look.attention())),
            (None, true) => {
                line.push(due(today, facts.review.next.due_on, facts.review.next.opens_on, look));
                if let Some(booked) = &detail.booked {
                    let style = if booked.is_over(today) { look.alarm() } else { look.attention() };
                    line.push(piece(format!("  {}", booked.in_short(today)), style));
                }
            }
            (None, false) => {}
        }
        lines.push((line, here));
        if let Some(record) = done {
            let mut said: Vec<String> = Vec::new();
            if step.duty == StepDuty::Allocate && !detail.reviewer.is_empty() {
                said.push(detail.reviewer.clone());
            }
            if let Some(because) = &record.not_done_because {
                said.push(format!("not possible: {because}"));
            }
            for asked in &step.fields {
                if let Some(value) = record.values.get(&asked.key).filter(|value| !value.is_empty()) {
                    said.push(format!("{}: {}", asked.label, in_words(asked, value, today)));
                }
            }
            for part in said {
                let wrapped = wrap(&part, room.saturating_sub(6), look);
                // Whole when the cursor is on the step, its beginning otherwise.
                let shown = if here { wrapped.len() } else { wrapped.len().min(1) };
                let cut = wrapped.len() > shown;
                for mut text in wrapped.into_iter().take(shown) {
                    if cut {
                        text = format!("{text} {}", look.ellipsis());
                    }
                    lines.push((vec![piece("      ", look.dim()), piece(text, look.dim())], here));
                }
            }
        } else if here {
            let prompt = match &facts.panel {
                PanelStand::Waiting(why) if next && step.duty == StepDuty::Return => {
                    format!("The panel has to see it first ({why}). Once the panel has decided, the review goes back.")
                }
                _ => step.prompt.clone(),
            };
            for text in wrap(&prompt, room.saturating_sub(6), look) {
                lines.push((vec![piece("      ", look.dim()), piece(text, look.dim())], true));
            }
            for (role, name) in detail.told.get(&step.key).into_iter().flatten() {
                let who = if name.is_empty() { "nobody is known for this case" } else { name };
                lines.push((
                    vec![
                        piece("      ", look.dim()),
                        piece(format!("tell {}: {who}", in_short(Some(&detail.framework), role)), look.dim()),
                    ],
                    true,
                ));
            }
        }
    }
    lines
}

fn in_words(asked: &crate::domain::framework::StepField, value: &str, today: NaiveDate) -> String {
    use crate::domain::framework::FieldKind;
    match &asked.kind {
        FieldKind::Choice(choices) => {
            choices.iter().find(|choice| choice.key == value).map_or(value.to_string(), |choice| choice.label.clone())
        }
        FieldKind::Date => value.parse::<NaiveDate>().map(|day| say_date_seen(today, day)).unwrap_or_else(|_| value.to_string()),
        _ => value.to_string(),
    }
}

pub(super) fn questions(detail: &ReviewDetail, row: Option<usize>, room: usize, look: Look) -> Vec<Line> {
    let mut lines = Vec::new();
    for (place, area) in detail.kind.areas.iter().enumerate() {
        let here = row == Some(place);
        let mut head = vec![piece(area.title.clone(), look.heading())];
        if area.graded
            && let Some(AnswerValue::Grade(grade)) = detail.facts.answer(&field::area(&area.key))
        {
            head.push(piece(format!("   {} {}", look.grade_glyph(*grade), detail.framework.grade_label(*grade)), look.grade(*grade)));
        }
        lines.push((head, here));
        for question in &area.questions {
            let answer = detail.facts.answer(&field::question(&question.key));
            let said = match (answer, question.answer) {
                (Some(AnswerValue::Scale(point)), _) => {
                    vec![piece(format!("{point:>2} "), look.text()), piece(look.meter(f64::from(*point) / 10.0, 10), look.text())]
                }
                (Some(AnswerValue::Text(_)), _) => vec![piece("written", look.text())],
                (Some(other), _) => vec![piece(other.said(), look.text())],
                (None, AnswerKind::Scale) => vec![piece(if question.required { " _ to answer" } else { " _" }, look.attention())],
                (None, _) => vec![piece(if question.required { "to answer" } else { "" }, look.attention())],
            };
            let text_room = room.saturating_sub(16);
            for (part, text) in wrap(&question.text, text_room, look).into_iter().enumerate() {
                let pad = text_room.saturating_sub(width(&text));
                let mut line = vec![piece(format!("  {text}{}", " ".repeat(pad)), look.text())];
                if part == 0 {
                    line.push(piece("  ", look.text()));
                    line.extend(said.clone());
                }
                lines.push((line, here));
            }
            if let Some(AnswerValue::Text(written)) = answer {
                lines.extend(
                    wrap(written, room.saturating_sub(4), look)
                        .into_iter()
                        .map(|text| (vec![piece(format!("    {text}"), look.dim())], here)),
                );
            }
        }
        lines.push((Vec::new(), false));
    }
    lines
}

pub(super) fn narrative(detail: &ReviewDetail, row: Option<usize>, room: usize, look: Look) -> Vec<Line> {
    let mut lines = Vec::new();
    for (place, heading) in detail.kind.narrative.iter().enumerate() {
        let here = row == Some(place);
        lines.push((vec![piece(heading.label.clone(), look.heading())], here));
        match detail.facts.answer(&field::narrative(&heading.key)) {
            Some(answer) => {
                lines.extend(
                    wrap(answer.text(), room.saturating_sub(2), look)
                        .into_iter()
                        .map(|text| (vec![piece(format!("  {text}"), look.text())], here)),
                );
            }
            None => {
                let open = detail.facts.submitted_at.is_none();
                let text = match (open, heading.required) {
                    (true, true) => format!("to write: {}", heading.prompt),
                    (true, false) => format!("may stay empty: {}", heading.prompt),
                    (false, _) => "nothing was written".to_string(),
                };
                let style = if heading.required && open { look.attention() } else { look.dim() };
                lines.extend(
                    wrap(&text, room.saturating_sub(2), look).into_iter().map(|text| (vec![piece(format!("  {text}"), style)], here)),
                );
            }
        }
        lines.push((Vec::new(), false));
    }
    lines
}

/// The themes that were found, and what was marked as good practice; the keys are those that code and mark.
pub(super) fn found(detail: &ReviewDetail, (code, mark): (&str, &str), today: NaiveDate, room: usize, look: Look) -> Vec<Line> {
    if detail.framework.themes.is_empty() {
        return Vec::new();
    }
    let label = |key: &str| detail.framework.themes.iter().find(|theme| theme.key == key).map_or(key, |theme| &theme.label).to_string();
    let mut lines = vec![(vec![piece("Themes", look.heading())], false)];
    let mut say = |text: String, style| {
        let wrapped = wrap(&text, room.saturating_sub(2), look).into_iter();
        lines.extend(wrapped.map(|text| (vec![piece(format!("  {text}"), style)], false)));
    };
    if detail.themes.is_empty() {
        say(format!("None is coded yet: {code} says which show here."), look.dim());
    }
    for coded in &detail.themes {
        say(format!("{}: {}", label(&coded.theme), coded.found.label()), look.text());
    }
    for practice in &detail.practice {
        say(format!("Practice to share: {} ({}, {})", practice.note, practice.by, say_date_seen(today, practice.on)), look.text());
    }
    if detail.practice.is_empty() && !detail.themes.is_empty() {
        say(format!("{mark} marks a passage as good practice."), look.dim());
    }
    lines
}

pub(super) fn judgement(detail: &ReviewDetail, edit: &str, room: usize, look: Look) -> Vec<Line> {
    let facts = &detail.facts;
    let mut lines: Vec<Line> = Vec::new();
    let mut add = |line: Vec<Piece>| lines.push((line, false));
    let grade = |judgement: crate::domain::grade::Judgement| {
        let point = judgement.scaling.map(|point| format!(" {point}")).unwrap_or_default();
        let label = detail.framework.grade_label(judgement.grade);
        piece(format!("{}{point} {label}", look.grade_glyph(judgement.grade),), look.grade(judgement.grade))
    };
    match facts.original {
        Some(original) => add(vec![piece("Original    ", look.dim()), grade(original)]),
        None if detail.kept_back => wrap(KEPT_BACK, room, look).into_iter().for_each(|line| add(vec![piece(line, look.dim())])),
        None => match facts.answer(field::OVERALL) {
            Some(answer) => {
                let said = match noted(&detail.framework, &detail.kind, facts) {
                    Some(judged) => grade(judged),
                    None => piece(answer.said(), look.heading()),
                };
                add(vec![piece("Noted       ", look.dim()), said, piece("   not submitted yet", look.dim())]);
            }
            None if detail.kind.judged_apart() && !facts.joint.is_open(facts.reviewer) => {
                add(vec![piece("One judgement is agreed when all are in.", look.dim())]);
            }
            None => add(vec![piece(format!("No overall judgement yet: {edit} gives it."), look.attention())]),
        },
    }
    if let Some(moderated) = facts.moderated {
        add(vec![piece("Moderated   ", look.dim()), grade(moderated)]);
    }
    add(Vec::new());
    if let Some(judged) = facts.final_judgement()
        && let Some(descriptor) = detail.framework.descriptor(judged.grade)
    {
        for text in wrap(&descriptor.descriptor, room, look) {
            add(vec![piece(text, look.dim())]);
        }
        add(Vec::new());
    }
    if let Some(decision) = &detail.decision {
        for (label, text) in
            [("Panel\u{2019}s reason", &decision.rationale), ("Consistency", &decision.consistency), ("Themes", &decision.themes)]
        {
            if !text.is_empty() {
                add(vec![piece(label, look.heading())]);
                for line in wrap(text, room.saturating_sub(2), look) {
                    add(vec![piece(format!("  {line}"), look.text())]);
                }
            }
        }
    }
    if let PanelStand::Waiting(why) = &facts.panel {
        for line in wrap(&format!("The panel has to see it: {why}. It cannot be returned before."), room, look) {
            add(vec![piece(line, look.attention())]);
        }
    }
    if let Some(tension) = &detail.tension {
        for line in wrap(tension, room, look) {
            add(vec![piece(line, look.attention())]);
        }
    }
    if let Some(why) = facts.answer(field::WHY_TENSION) {
        for line in wrap(why.text(), room, look) {
            add(vec![piece(line, look.text())]);
        }
    }
    add(Vec::new());
    let indent = detail.framework.grades.iter().map(|grade| width(&grade.label)).max().unwrap_or(0) + 4;
    for descriptor in &detail.framework.grades {
        let label = format!("{} {}", look.grade_glyph(descriptor.grade), descriptor.label);
        let label = format!("{label}{}", " ".repeat(indent.saturating_sub(width(&label))));
        for (place, text) in wrap(&descriptor.descriptor, room.saturating_sub(indent), look).into_iter().enumerate() {
            let left = if place == 0 { label.clone() } else { " ".repeat(indent) };
            add(vec![piece(left, look.grade(descriptor.grade)), piece(text, look.dim())]);
        }
    }
    if let Some(first) = lines.first_mut() {
        first.1 = true;
    }
    lines
}

/// The keys are those that raise an action and that say why there is none.
pub(super) fn actions(
    detail: &ReviewDetail,
    row: Option<usize>,
    (raise, none): (&str, &str),
    today: NaiveDate,
    room: usize,
    look: Look,
) -> Vec<Line> {
    if detail.actions.is_empty() {
        let text = match detail.facts.answer(field::WHY_NO_ACTIONS) {
            Some(why) => format!("No action is needed: {}", why.text()),
            None if detail.facts.submitted_at.is_none() => format!(
                "Nothing has to happen yet. {raise} writes down what does, with one owner and a date. {none} says why nothing needs to."
            ),
            None => format!("Nothing has to happen. {raise} writes down what does, with one owner and a date."),
        };
        return wrap(&text, room, look).into_iter().map(|text| (vec![piece(text, look.dim())], false)).collect();
    }
    let mut lines = Vec::new();
    for (place, action) in detail.actions.iter().enumerate() {
        let here = row == Some(place);
        let mut head = vec![piece(format!("{}  ", action.reference), look.heading())];
        if action.urgent {
            head.push(piece("urgent  ", look.alarm()));
        }
        head.push(piece(format!("{}  ", action.owner), look.text()));
        if action.state.is_open() {
            match action.state {
                // What is done waits for whoever signs it off: it is not late any more.
                ActionState::Done => head.push(piece(format!("was due {}", say_date_seen(today, action.due_on)), look.dim())),
                _ => head.push(due(today, Some(action.due_on), None, look)),
            }
            head.push(piece(format!("  {}", action.state.label()), look.dim()));
        } else {
            head.push(piece(action.state.label(), look.dim()));
        }
        lines.push((head, here));
        for text in wrap(&action.text, room.saturating_sub(2), look) {
            lines.push((vec![piece(format!("  {text}"), look.text())], here));
        }
        lines.push((Vec::new(), false));
    }
    lines
}
