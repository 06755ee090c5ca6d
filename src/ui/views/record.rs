//! The record of one review: facts on the left, a section on the right, the last review of the child beside it.

use super::follows::follows;
use super::joint::{Keys, own_judgements};
use super::sections::{actions, found, judgement, narrative, questions, steps};
use crate::app::App;
use crate::app::command::Command;
use crate::app::msg::{AlsoHere, Report};
use crate::app::record::{Record, Section};
use crate::domain::calendar::{local, local_date, say_date, say_due};
use crate::domain::count::counted;
use crate::domain::person::short_name;
use crate::domain::query::{KEPT_BACK, ReviewDetail, SEALED};
use crate::domain::review::{PanelStand, ReviewState};
use crate::domain::tracking::LoopStand;
use crate::ui::text::{Piece, both, due, piece, put_pieces, width, wrap};
use crate::ui::theme::Look;
use crate::ui::{boxed, history, more_below};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A line of a section, and whether the row that it belongs to is under the cursor.
pub(super) type Line = (Vec<Piece>, bool);

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
    let also = also_here(app, area.width as usize - 2, look);
    for line in also.into_iter().chain(sent_back(app, record, area.width as usize - 2, look)) {
        put_pieces(buffer, Rect { x: area.x + 1, width: area.width - 2, height: 1, ..area }, &[line], look);
        area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    }
    tabs(record, look, buffer, Rect { height: 1, ..area });
    area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    match &record.beside {
        Some(earlier) => {
            let half = area.width / 2;
            section(app, &record.detail, true, look, buffer, Rect { width: half, ..area }, report);
            let right = Rect { x: area.x + half, width: area.width - half, ..area };
            section(app, earlier, false, look, buffer, right, report);
        }
        None => section(app, &record.detail, true, look, buffer, area, report),
    }
}

fn tabs(record: &Record, look: Look, buffer: &mut Buffer, area: Rect) {
    let mut pieces = vec![piece(" ", look.text())];
    for shown in record.sections() {
        let style = if shown == record.section { look.chosen() } else { look.dim() };
        let open = match shown {
            Section::Questions => {
                let (answered, of) =
                    (0..record.detail.kind.areas.len()).map(|area| record.answered(area)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
                if of > 0 && answered < of && record.writable() { format!(" {answered}/{of}") } else { String::new() }
            }
            Section::Actions if !record.detail.actions.is_empty() => format!(" {}", record.detail.actions.len()),
            Section::Loop if record.detail.follows.stand() == LoopStand::Open => " open".to_string(),
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
        (ReviewState::Finalised, _) if detail.follows.stand() == LoopStand::Open => {
            vec![piece(format!("{} finalised", look.tick()), look.good()), piece(", its loop is open", look.attention())]
        }
        (ReviewState::Finalised, _) => vec![piece(format!("{} finalised", look.tick()), look.good())],
        (ReviewState::Withdrawn, _) => vec![piece("withdrawn", look.dim())],
        (ReviewState::Open, PanelStand::Waiting(why)) => {
            let mut said = vec![piece(format!("waits for the panel ({why})"), look.attention())];
            said.extend(detail.sits.as_ref().map(|panel| piece(format!(", sits {} {}", say_date(panel.on), panel.at), look.attention())));
            let late = facts.review.next.due_on.filter(|day| *day < today);
            said.extend(late.map(|day| piece(format!(", {}", say_due(today, day)), look.alarm())));
            said
        }
        (ReviewState::Open, PanelStand::SentBack(_)) => vec![piece("sent back by the panel", look.attention())],
        (ReviewState::Open, _) => {
            let next = &facts.review.next;
            let when = due(today, next.due_on, next.opens_on, look);
            let Some(booked) = &detail.booked else { return vec![piece(format!("next: {}, ", next.label), look.text()), when] };
            // What is arranged is what happens next; how late it is stands beside it only where it is.
            let style = if booked.is_over(today) { look.alarm() } else { look.text() };
            let arranged = if booked.is_over(today) { booked.in_short(today) } else { booked.said(today) };
            let mut said = vec![piece(format!("next: {}", next.label), look.text()), piece(format!(" {arranged}"), style)];
            if next.due_on.is_some_and(|day| day < today) {
                said.push(piece(format!(", {}", when.0), when.1));
            }
            said
        }
    }
}

/// A line, or two where it does not fit: what was arranged below what it was arranged for.
fn in_two(mut line: Vec<Piece>, room: usize) -> Vec<Vec<Piece>> {
    if line.len() < 2 || line.iter().map(|(text, _)| width(text)).sum::<usize>() <= room {
        return vec![line];
    }
    let mut below = line.split_off(1);
    if let Some((text, _)) = below.first_mut() {
        *text = format!("  {}", text.trim_start_matches([',', ' ']));
    }
    vec![line, below]
}

/// Who else has this record open, so that two do not write the same.
fn also_here(app: &App, room: usize, look: Look) -> Vec<Piece> {
    if app.also_here.is_empty() {
        return Vec::new();
    }
    let said = |one: &AlsoHere| {
        let at = local(one.since);
        let day = if local_date(one.since) == app.today() { "" } else { "%-d %b " };
        format!("{}, since {}", short_name(&one.name), at.format(&format!("{day}%H:%M")))
    };
    let names: Vec<String> = app.also_here.iter().map(said).collect();
    wrap(&format!("Also here: {}.", names.join("; ")), room, look).into_iter().map(|line| piece(line, look.key())).collect()
}

/// What the panel asks for, and the key that hands the review in again once it is complete.
fn sent_back(app: &App, record: &Record, room: usize, look: Look) -> Vec<Piece> {
    let PanelStand::SentBack(missing) = &record.detail.facts.panel else { return Vec::new() };
    let key = app.keymap.hint(Command::HandInAgain);
    let words = format!("The panel sent it back and asks for: {} Complete it, then {key} hands it in again.", sentence(missing));
    wrap(&words, room, look).into_iter().map(|line| piece(line, look.attention())).collect()
}

/// With a full stop, whether or not somebody typed one.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_string() } else { format!("{text}.") }
}

fn short_facts(record: &Record, today: NaiveDate, look: Look) -> Vec<Vec<Piece>> {
    let detail = &record.detail;
    let mut first = vec![piece(format!("{}   ", detail.facts.review.reference), look.heading())];
    first.extend(where_it_stands(detail, today, look));
    first.push(piece(format!("   {} {}  {}", detail.case, age(detail), detail.case_type), look.dim()));
    let mut second =
        vec![piece(format!("practitioner {}{}reviewer {}", named(&detail.practitioner), look.dot(), named(&detail.reviewer)), look.dim())];
    if !detail.companion.is_empty() {
        second.push(piece(format!(" with {}", detail.companion), look.dim()));
    }
    let others = detail.joint.others(detail.facts.reviewer);
    if !others.is_empty() {
        second.push(piece(format!(" and {others}"), look.dim()));
    }
    if !detail.facts.review.chosen.is_random() {
        second.push(piece(format!("{}{}", look.dot(), detail.facts.review.chosen.label()), look.attention()));
    }
    if detail.facts.original.is_some() {
        second.push(piece("   ", look.text()));
        second.extend(both(detail.facts.original, detail.facts.moderated, look));
    }
    if detail.kept_back {
        second.push(piece(format!("   grade {SEALED}"), look.dim()));
    }
    if detail.recused > 0 {
        second.push(piece(format!("   {}", recused(detail)), look.attention()));
    }
    if let Some(alert) = detail.alerts.first() {
        second.push(piece(format!("   ! {alert} open"), look.alarm()));
    }
    if let Some(dispute) = detail.disputes.first() {
        second.push(piece(format!("   {dispute} open"), look.attention()));
    }
    vec![first, second]
}

fn recused(detail: &ReviewDetail) -> String {
    counted(detail.recused, "person is recused", "people are recused")
}

fn age(detail: &ReviewDetail) -> String {
    detail.age_years.map_or(String::new(), |years| format!("{years} y"))
}

/// The day an age speaks of: it is not worked out anew, for no date of birth is kept.
fn age_day(detail: &ReviewDetail) -> String {
    detail.age_on.map_or("at its last extract".into(), |day| format!("at {}", day.format("%-d %b %Y")))
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
    lines.extend(in_two(where_it_stands(detail, today, look), room));
    for alert in &detail.alerts {
        lines.push(vec![piece(format!("! alert {alert} is open"), look.alarm())]);
    }
    for dispute in &detail.disputes {
        lines.push(vec![piece(format!("{dispute} came out of it and is open"), look.attention())]);
    }
    lines.push(Vec::new());
    lines.extend(fact("Case", &format!("{}, {}", detail.case, detail.case_type)));
    let disability = match detail.disability {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    };
    lines.extend(fact("Age", &detail.age_years.map_or("not known".into(), |years| format!("{years} {}", age_day(detail)))));
    lines.extend(fact("Disability", disability));
    lines.extend(fact("Team", &detail.team.0));
    lines.extend(fact("Service", &detail.team.1));
    lines.extend(fact("Practitioner", named(&detail.practitioner)));
    lines.extend(fact("Team manager", named(&detail.team_manager)));
    lines.push(Vec::new());
    lines.extend(fact("Reviewer", named(&detail.reviewer)));
    lines.extend(fact("Beside them", &detail.companion));
    lines.extend(fact(detail.kind.others_label(), &detail.joint.others(facts.reviewer)));
    if let Some(why) = &facts.review.named {
        let earlier = detail.revisits.as_ref().map(|earlier| format!(", goes back to {earlier}")).unwrap_or_default();
        lines.extend(fact("Chosen", &format!("{}{earlier}", facts.review.chosen.label())));
        lines.extend(fact("Named by", &format!("{}: {}", detail.named_by, why.why)));
    }
    if let Some(day) = detail.looks_back_to {
        let why = facts.look_back.as_ref().map(|further| format!(", further: {}", further.why)).unwrap_or_default();
        lines.extend(fact("Looks back", &format!("to {}{why}", day.format("%-d %b %Y"))));
    }
    if detail.recused > 0 {
        let key = app.keymap.hint(Command::Interests);
        lines.extend(fact("Interests", &format!("{} ({key})", recused(detail))));
    }
    lines.extend(fact("Cycle", &detail.cycle.1));
    lines.extend(fact("Focus", &detail.focus));
    if let Some(day) = detail.supervision_due {
        let mut line = vec![piece(format!("{:<label$}", "Supervision"), look.dim())];
        line.push(piece("due ", look.text()));
        line.push(due(today, Some(day), None, look));
        lines.push(line);
    }
    lines.push(Vec::new());
    let graded = detail.kind.is_graded();
    let mut grades = vec![piece(format!("{:<label$}", "Grade"), look.dim())];
    grades.extend(both(facts.original, facts.moderated, look));
    if let Some(judgement) = facts.final_judgement() {
        grades.push(piece(format!("  {}", detail.framework.grade_label(judgement.grade)), look.grade(judgement.grade)));
    } else if facts.submitted_at.is_none() {
        grades.push(piece("  not submitted", look.dim()));
    }
    if detail.kept_back {
        grades = fact("Grade", KEPT_BACK).into_iter().flatten().collect();
    }
    if graded {
        lines.push(grades);
    }
    if let Some(decision) = &detail.decision {
        lines.extend(fact("Panel", &decision.rationale));
    }
    if let Some((_, reference, judgement)) = &detail.earlier {
        let mut line = vec![piece(format!("{:<label$}", "Before"), look.dim()), piece(format!("{reference} "), look.text())];
        if judgement.is_some() || graded {
            line.extend(both(*judgement, None, look));
        }
        let key = app.keymap.hint(crate::app::command::Command::Beside);
        line.push(piece(format!("  {key}: beside"), look.dim()));
        lines.push(line);
    }
    lines
}

fn section(app: &App, detail: &ReviewDetail, own: bool, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let Some(record) = &app.record else { return };
    let today = app.today();
    let key = |command| app.keymap.hint(command);
    let title = if own { record.section.label().to_string() } else { format!("{} before", detail.facts.review.reference) };
    let inside = boxed(buffer, area, &title, &[], own, look);
    let room = (inside.width as usize).saturating_sub(4);
    let row = if own { Some(record.row()) } else { None };
    let lines: Vec<Line> = match record.section {
        Section::Steps => steps(detail, row, today, room, look),
        Section::Questions => questions(detail, row, room, look),
        Section::Narrative => {
            let mut lines = narrative(detail, row, room, look);
            lines.extend(found(detail, (&key(Command::CodeRecord), &key(Command::MarkPractice)), today, room, look));
            lines
        }
        Section::Judgement => {
            let (name, edit, open) = (key(Command::NameReviewer), key(Command::Edit), key(Command::OpenSeal));
            let mut lines = own_judgements(detail, &Keys { name: &name, edit: &edit, open: &open }, room, look);
            lines.extend(judgement(detail, &edit, room, look));
            lines
        }
        Section::Actions => actions(detail, row, (&key(Command::RaiseAction), &key(Command::NoAction)), today, room, look),
        Section::Loop => follows(detail, row, &key(Command::FollowUp), room, look),
        Section::History => {
            if own {
                let rows = record.history.iter().enumerate();
                rows.flat_map(|(place, line)| history::lines(line, room, look).into_iter().map(move |line| (line, row == Some(place))))
                    .collect()
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
    more_below(buffer, inside, lines.len().saturating_sub(top + height), look);
    for (place, (line, here)) in lines.iter().skip(top).take(height).enumerate() {
        let y = inside.y + place as u16;
        if *here && (top + place == first || place == 0) {
            put_pieces(buffer, Rect::new(inside.x, y, 2, 1), &[piece(look.cursor(), look.key())], look);
        }
        put_pieces(buffer, Rect::new(inside.x + 2, y, inside.width.saturating_sub(3), 1), line, look);
    }
}
