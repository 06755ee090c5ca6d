//! The record of one review: facts on the left, a section on the right, the last review of the child beside it.

use crate::app::App;
use crate::app::msg::Report;
use crate::app::record::{Record, Section};
use crate::domain::calendar::say_date;
use crate::domain::framework::{AnswerKind, StepDuty};
use crate::domain::query::ReviewDetail;
use crate::domain::review::{AnswerValue, PanelStand, ReviewState, field};
use crate::ui::boxed;
use crate::ui::sheet::history_line;
use crate::ui::text::{Piece, both, due, piece, put_pieces, width, wrap};
use crate::ui::theme::Look;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A line of a section, and whether the row that it belongs to is under the cursor.
type Line = (Vec<Piece>, bool);

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let Some(record) = &app.record else { return };
    // With an earlier review beside it both need the room; the facts then stand in two lines above.
    let wide = body.width >= 110 && record.beside.is_none();
    let facts = if wide { 40 } else { 0 };
    let today = app.today();
    if wide {
        let area = Rect { width: facts, ..body };
        let inside = boxed(buffer, area, &record.detail.facts.review.reference, &[], false, look);
        for (place, line) in
            facts_lines(app, record, today, inside.width as usize - 2, look).iter().take(inside.height as usize).enumerate()
        {
            put_pieces(buffer, Rect::new(inside.x + 1, inside.y + place as u16, inside.width - 2, 1), line, look);
        }
    }
    let mut area = Rect { x: body.x + facts, width: body.width - facts, ..body };
    if !wide {
        // Narrow: the facts that matter most, in two lines above the section.
        for (place, line) in short_facts(record, today, look).iter().enumerate() {
            put_pieces(buffer, Rect::new(area.x + 1, area.y + place as u16, area.width - 2, 1), line, look);
        }
        area = Rect { y: area.y + 2, height: area.height - 2, ..area };
    }
    tabs(record, look, buffer, Rect { height: 1, ..area });
    area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    match &record.beside {
        Some(earlier) => {
            let half = area.width / 2;
            section(record, &record.detail, true, today, look, buffer, Rect { width: half, ..area }, report);
            let right = Rect { x: area.x + half, width: area.width - half, ..area };
            section(record, earlier, false, today, look, buffer, right, report);
        }
        None => section(record, &record.detail, true, today, look, buffer, area, report),
    }
}

fn tabs(record: &Record, look: Look, buffer: &mut Buffer, area: Rect) {
    let mut pieces = vec![piece(" ", look.text())];
    for shown in Section::ALL {
        let style = if shown == record.section { look.chosen() } else { look.dim() };
        let open = match shown {
            Section::Questions => {
                let (answered, of) =
                    (0..record.detail.kind.areas.len()).map(|area| record.answered(area)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
                if of > 0 && answered < of && record.writable() { format!(" {answered}/{of}") } else { String::new() }
            }
            Section::Actions if !record.detail.actions.is_empty() => format!(" {}", record.detail.actions.len()),
            _ => String::new(),
        };
        let label = if area.width < 90 && shown == Section::Actions { "Actions" } else { shown.label() };
        pieces.push(piece(format!(" {label}{open} "), style));
    }
    put_pieces(buffer, area, &pieces, look);
}

fn where_it_stands(detail: &ReviewDetail, today: NaiveDate, look: Look) -> Vec<Piece> {
    let facts = &detail.facts;
    match (facts.state, &facts.panel) {
        (ReviewState::Finalised, _) => vec![piece(format!("{} finalised", look.tick()), look.good())],
        (ReviewState::Withdrawn, _) => vec![piece("withdrawn", look.dim())],
        (ReviewState::Open, PanelStand::Waiting(why)) => vec![piece(format!("waits for the panel ({why})"), look.attention())],
        (ReviewState::Open, _) => {
            let next = &facts.review.next;
            let when = due(today, next.due_on, next.opens_on, look);
            vec![piece(format!("next: {}, ", next.label), look.text()), when]
        }
    }
}

fn short_facts(record: &Record, today: NaiveDate, look: Look) -> Vec<Vec<Piece>> {
    let detail = &record.detail;
    let mut first = vec![
        piece(detail.facts.review.reference.clone(), look.heading()),
        piece(format!("  {}  {}  {}", detail.case, detail.case_type, age(detail)), look.text()),
        piece("   ", look.text()),
    ];
    first.extend(where_it_stands(detail, today, look));
    let mut second = vec![piece(format!("{}{}reviewer {}", named(&detail.practitioner), look.dot(), named(&detail.reviewer)), look.dim())];
    if detail.facts.original.is_some() {
        second.push(piece("   ", look.text()));
        second.extend(both(detail.facts.original, detail.facts.moderated, look));
    }
    if let Some(alert) = detail.alerts.first() {
        second.push(piece(format!("   ! {alert} open"), look.alarm()));
    }
    vec![first, second]
}

fn age(detail: &ReviewDetail) -> String {
    detail.age_years.map_or(String::new(), |years| format!("{years} y"))
}

fn named(name: &str) -> &str {
    if name.is_empty() { "nobody" } else { name }
}

fn facts_lines(app: &App, record: &Record, today: NaiveDate, room: usize, look: Look) -> Vec<Vec<Piece>> {
    let detail = &record.detail;
    let facts = &detail.facts;
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let label = 13;
    let fact = |name: &str, value: &str| -> Vec<Vec<Piece>> {
        if value.is_empty() {
            return Vec::new();
        }
        let parts = wrap(value, room.saturating_sub(label), look).into_iter().enumerate();
        parts
            .map(|(place, part)| {
                let name = if place == 0 { format!("{name:<label$}") } else { " ".repeat(label) };
                vec![piece(name, look.dim()), piece(part, look.text())]
            })
            .collect()
    };
    lines.push(where_it_stands(detail, today, look));
    for alert in &detail.alerts {
        lines.push(vec![piece(format!("! alert {alert} is open"), look.alarm())]);
    }
    lines.push(Vec::new());
    lines.extend(fact("Case", &format!("{}, {}", detail.case, detail.case_type)));
    let disability = match detail.disability {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    };
    lines.extend(fact("Age", &detail.age_years.map_or("not known".into(), |years| format!("{years} years"))));
    lines.extend(fact("Disability", disability));
    lines.extend(fact("Team", &detail.team.0));
    lines.extend(fact("Service", &detail.team.1));
    lines.extend(fact("Practitioner", named(&detail.practitioner)));
    lines.extend(fact("Team manager", named(&detail.team_manager)));
    lines.push(Vec::new());
    lines.extend(fact("Reviewer", named(&detail.reviewer)));
    lines.extend(fact("Cycle", &detail.cycle.1));
    lines.extend(fact("Focus", &detail.focus));
    if let Some(day) = detail.supervision_due {
        let mut line = vec![piece(format!("{:<label$}", "Supervision"), look.dim())];
        line.push(piece("due ", look.text()));
        line.push(due(today, Some(day), None, look));
        lines.push(line);
    }
    lines.push(Vec::new());
    let mut grades = vec![piece(format!("{:<label$}", "Grade"), look.dim())];
    grades.extend(both(facts.original, facts.moderated, look));
    if let Some(judgement) = facts.final_judgement() {
        grades.push(piece(format!("  {}", detail.framework.grade_label(judgement.grade)), look.grade(judgement.grade)));
    } else if facts.submitted_at.is_none() {
        grades.push(piece("  not submitted", look.dim()));
    }
    lines.push(grades);
    if let Some(decision) = &detail.decision {
        lines.extend(fact("Panel", &decision.rationale));
    }
    if let Some((_, reference, judgement)) = &detail.earlier {
        let mut line = vec![piece(format!("{:<label$}", "Before"), look.dim()), piece(format!("{reference} "), look.text())];
        line.extend(both(*judgement, None, look));
        let key = app.keymap.hint(crate::app::command::Command::Beside);
        line.push(piece(format!("  {key}: beside"), look.dim()));
        lines.push(line);
    }
    lines
}

#[allow(clippy::too_many_arguments, reason = "one call draws one half of a split screen")]
fn section(
    record: &Record,
    detail: &ReviewDetail,
    own: bool,
    today: NaiveDate,
    look: Look,
    buffer: &mut Buffer,
    area: Rect,
    report: &mut Report,
) {
    let title = if own { record.section.label().to_string() } else { format!("{} before", detail.facts.review.reference) };
    let inside = boxed(buffer, area, &title, &[], own, look);
    let room = (inside.width as usize).saturating_sub(4);
    let row = if own { Some(record.row()) } else { None };
    let lines: Vec<Line> = match record.section {
        Section::Steps => steps(detail, row, today, room, look),
        Section::Questions => questions(detail, row, room, look),
        Section::Narrative => narrative(detail, row, room, look),
        Section::Judgement => judgement(detail, room, look),
        Section::Actions => actions(detail, row, today, room, look),
        Section::History => {
            if own {
                record.history.iter().enumerate().map(|(place, line)| (history_line(line, room, look), row == Some(place))).collect()
            } else {
                Vec::new()
            }
        }
    };
    report.section = inside.height as usize;
    let height = inside.height as usize;
    // Keep the row under the cursor in view, and as much of what follows it as fits.
    let first = lines.iter().position(|(_, here)| *here).unwrap_or(0);
    let last = lines.iter().rposition(|(_, here)| *here).unwrap_or(0);
    let top = if last < height { 0 } else { first.min(last + 1 - height.min(last + 1 - first)).min(lines.len().saturating_sub(height)) };
    for (place, (line, here)) in lines.iter().skip(top).take(height).enumerate() {
        let y = inside.y + place as u16;
        if *here && (top + place == first || place == 0) {
            put_pieces(buffer, Rect::new(inside.x, y, 2, 1), &[piece(look.cursor(), look.key())], look);
        }
        put_pieces(buffer, Rect::new(inside.x + 2, y, inside.width.saturating_sub(3), 1), line, look);
    }
}

fn steps(detail: &ReviewDetail, row: Option<usize>, today: NaiveDate, room: usize, look: Look) -> Vec<Line> {
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
            (Some(record), _) => line.push(piece(say_date(record.on), look.text())),
            (None, true) if facts.review.next.label != step.label => line.push(piece(facts.review.next.label.clone(), look.attention())),
            (None, true) => line.push(due(today, facts.review.next.due_on, facts.review.next.opens_on, look)),
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
                    said.push(format!("{}: {}", asked.label, in_words(asked, value)));
                }
            }
            for part in said {
                let wrapped = wrap(&part, room.saturating_sub(6), look);
                // Whole when the cursor is on the step, its beginning otherwise.
                let shown = if here { wrapped.len() } else { wrapped.len().min(1) };
                for text in wrapped.into_iter().take(shown) {
                    lines.push((vec![piece("      ", look.dim()), piece(text, look.dim())], here));
                }
            }
        } else if here {
            for text in wrap(&step.prompt, room.saturating_sub(6), look) {
                lines.push((vec![piece("      ", look.dim()), piece(text, look.dim())], true));
            }
            for (role, name) in detail.told.get(&step.key).into_iter().flatten() {
                let who = if name.is_empty() { "nobody holds this role" } else { name };
                lines.push((vec![piece("      ", look.dim()), piece(format!("tell {role}: {who}"), look.dim())], true));
            }
        }
    }
    lines
}

fn in_words(asked: &crate::domain::framework::StepField, value: &str) -> String {
    use crate::domain::framework::FieldKind;
    match &asked.kind {
        FieldKind::Choice(choices) => {
            choices.iter().find(|choice| choice.key == value).map_or(value.to_string(), |choice| choice.label.clone())
        }
        FieldKind::Date => value.parse::<NaiveDate>().map(say_date).unwrap_or_else(|_| value.to_string()),
        _ => value.to_string(),
    }
}

fn questions(detail: &ReviewDetail, row: Option<usize>, room: usize, look: Look) -> Vec<Line> {
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

fn narrative(detail: &ReviewDetail, row: Option<usize>, room: usize, look: Look) -> Vec<Line> {
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
                let text = if open { format!("to write: {}", heading.prompt) } else { "nothing was written".to_string() };
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

fn judgement(detail: &ReviewDetail, room: usize, look: Look) -> Vec<Line> {
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
        None => match facts.answer(field::OVERALL) {
            Some(answer) => add(vec![
                piece("Noted       ", look.dim()),
                piece(answer.said(), look.heading()),
                piece("   not submitted yet", look.dim()),
            ]),
            None => add(vec![piece("No overall judgement yet: Enter gives it.", look.attention())]),
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
        add(vec![piece(format!("The panel has to see it: {why}. It cannot be returned before."), look.attention())]);
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
    for descriptor in &detail.framework.grades {
        let label = format!("{} {}  ", look.grade_glyph(descriptor.grade), descriptor.label);
        let indent = width(&label);
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

fn actions(detail: &ReviewDetail, row: Option<usize>, today: NaiveDate, room: usize, look: Look) -> Vec<Line> {
    if detail.actions.is_empty() {
        let text = match detail.facts.answer(field::WHY_NO_ACTIONS) {
            Some(why) => format!("No action is needed: {}", why.text()),
            None => "Nothing has to happen yet. Enter or + writes down what does, with one owner and a date.".to_string(),
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
            head.push(due(today, Some(action.due_on), None, look));
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
