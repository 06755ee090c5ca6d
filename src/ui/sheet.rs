//! Sheets over the view: history, sums, the sample's card, proposals, the finish list, drafts.

use super::table::{Column, Row, draw as table};
use super::text::{Piece, due, piece, put, put_pieces, wrap};
use super::theme::Look;
use super::{agreement, card, drp, history, interests, ledger, middle, more_below, over, proof, proposal};
use crate::app::App;
use crate::app::command::Command;
use crate::app::letter_at;
use crate::app::msg::Report;
use crate::app::overlay::{Sheet, SheetBody};
use crate::domain::calendar::{local, say_full_date};
use crate::domain::query::{DueSum, NoticeRow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) type Lines = Vec<Vec<Piece>>;

/// Draws a sheet.
pub fn draw(app: &App, sheet: &Sheet, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let area = middle(body, 132, body.height);
    match &sheet.body {
        SheetBody::History { reference, rows } => {
            let inside = over(buffer, area, &format!("History of {reference}"), &[piece("newest first", look.dim())], look);
            history::draw(rows, sheet, look, buffer, inside, report);
        }
        SheetBody::Action(life) => super::action::draw(app, life, sheet, look, buffer, area, report),
        SheetBody::DueSum(sum) => {
            let lines = due_sum(sum, look);
            let inside = over(buffer, middle(body, SUM_WIDE as u16, lines.len() as u16 + 3), &sum.title, &[], look);
            scrolled(&lines, sheet, look, buffer, inside, report);
        }
        SheetBody::Card(sample) => {
            let inside = over(buffer, area, "How these cases were chosen", &[], look);
            let lines = card::lines(app, sample, inside.width as usize, look);
            scrolled(&lines, sheet, look, buffer, inside, report);
        }
        SheetBody::Words { title, says } => {
            let wide = middle(body, 100, body.height).width.saturating_sub(4) as usize;
            let paragraph =
                |said: &String| wrap(said, wide, look).into_iter().map(|line| vec![piece(line, look.text())]).collect::<Lines>();
            let lines: Lines = says.iter().map(paragraph).collect::<Vec<_>>().join(&Vec::new());
            let inside = over(buffer, middle(body, 100, lines.len() as u16 + 3), title, &[], look);
            scrolled(&lines, sheet, look, buffer, inside, report);
        }
        SheetBody::Agreement(detail) => {
            let inside = over(buffer, area, "How far people agree about grades", &[], look);
            let lines = agreement::lines(detail, inside.width as usize, look);
            scrolled(&lines, sheet, look, buffer, inside, report);
        }
        SheetBody::Drp(detail) => {
            let inside = over(buffer, middle(body, 100, body.height), &drp::title(detail), &[], look);
            let lines = drp::lines(app, detail, inside.width as usize, look);
            scrolled(&lines, sheet, look, buffer, inside, report);
        }
        SheetBody::Proof(detail) => {
            let inside = over(buffer, area, &format!("Proof of {}", detail.of.reference()), &[piece("oldest first", look.dim())], look);
            let lines = proof::lines(detail, inside.width as usize, look);
            scrolled(&lines, sheet, look, buffer, inside, report);
        }
        SheetBody::Effects(found) => {
            let inside = over(buffer, middle(body, 116, found.rows().count() as u16 + 12), "What lasted of what was done", &[], look);
            let lines = ledger::lines(found, inside.width as usize, look);
            scrolled(&lines, sheet, look, buffer, inside, report);
        }
        SheetBody::Findings { rows, all, due } => {
            super::findings::draw(app, (rows, *all, due.as_deref()), sheet, look, buffer, area, report)
        }
        SheetBody::Revisits(rows) => super::revisits::draw(app, rows, sheet, look, buffer, area, report),
        SheetBody::ThenNow(found) => {
            let inside = over(buffer, area, "Then and now", &[], look);
            let lines = super::revisits::then_now(found, inside.width as usize, look);
            scrolled(&lines, sheet, look, buffer, inside, report);
        }
        SheetBody::Disposals(deciding) => super::disposals::draw(app, deciding, sheet, look, buffer, area, report),
        SheetBody::Person { detail, .. } => super::person::draw(app, detail, sheet, look, buffer, area, report),
        SheetBody::Looks(detail) => super::looks::draw(app, detail, sheet, look, buffer, area, report),
        SheetBody::PracticeAlerts(rows) => drp::counts(rows, sheet, look, buffer, body, report),
        SheetBody::Proposal(proposing) => proposal::draw(app, proposing, sheet, look, buffer, area, report),
        SheetBody::Candidates(choosing) => proposal::candidates(choosing, sheet, look, buffer, area, report),
        SheetBody::Registers(registers) => {
            let inside = over(buffer, middle(body, 64, registers.len() as u16 + 4), "Note an entry in which register?", &[], look);
            for (place, (_, label)) in registers.iter().enumerate().skip(sheet.top).take(inside.height as usize) {
                let style = if place == sheet.at { look.chosen() } else { look.text() };
                let mark = if place == sheet.at { look.cursor() } else { " " };
                let line = [piece(mark, look.key()), piece(format!(" {}  ", letter_at(place)), look.key()), piece(label.clone(), style)];
                put_pieces(buffer, Rect::new(inside.x, inside.y + (place - sheet.top) as u16, inside.width, 1), &line, look);
            }
            report.sheet = inside.height as usize;
        }
        SheetBody::Cycles(cycles) => {
            let inside = over(buffer, middle(body, 76, cycles.len() as u16 + 4), "Which cycle of this month?", &[], look);
            for (place, (_, words)) in cycles.iter().enumerate().skip(sheet.top).take(inside.height as usize) {
                let style = if place == sheet.at { look.chosen() } else { look.text() };
                let mark = if place == sheet.at { look.cursor() } else { " " };
                let line = [piece(mark, look.key()), piece(" ", look.text()), piece(words.clone(), style)];
                put_pieces(buffer, Rect::new(inside.x, inside.y + (place - sheet.top) as u16, inside.width, 1), &line, look);
            }
            report.sheet = inside.height as usize;
        }
        SheetBody::Attendance { begin, rows, .. } => {
            super::views::sitting::attendance((*begin, &app.keymap.hint(Command::SheetEvery)), rows, sheet, look, buffer, body, report)
        }
        door @ SheetBody::Door { .. } => super::views::sitting::door(app, door, look, buffer, body),
        SheetBody::Notices(rows) => notices(app, rows, sheet, look, buffer, area, report),
        SheetBody::AskFirst { question, .. } => interests::question(app, question, sheet, look, buffer, body, report),
        SheetBody::Interests(detail) => interests::sheet(app, detail, sheet, look, buffer, area, report),
        SheetBody::Finish { tension, .. } => finish(app, tension.as_deref(), look, buffer, body, report),
        SheetBody::Drafts(drafts) => {
            let inside = over(buffer, middle(body, 90, drafts.len() as u16 + 8), "Text that was typed and not saved", &[], look);
            let intro = "Nothing is put back by itself. Open one to see it in its form, then save it there.";
            let words = wrap(intro, inside.width as usize, look);
            for (place, line) in words.iter().enumerate() {
                put(buffer, inside.x, inside.y + place as u16, line, inside.width as usize, look.dim(), look);
            }
            let columns = [Column::new("Form", 30, 60, 0), Column::new("Typed", 14, 16, 1), Column::new("Begins", 10, 40, 2)];
            let rows: Vec<Row> = drafts
                .iter()
                .skip(sheet.top)
                .map(|draft| {
                    let begins = draft.values.values().max_by_key(|text| text.len()).cloned().unwrap_or_default();
                    let cells = vec![
                        vec![piece(draft.title.clone(), look.text())],
                        vec![piece(local(draft.at).format("%-d %b %H:%M").to_string(), look.text())],
                        vec![piece(begins.lines().next().unwrap_or_default(), look.dim())],
                    ];
                    Row { flag: piece(" ", look.text()), cells }
                })
                .collect();
            let used = words.len() as u16 + 1;
            let area = Rect { y: inside.y + used, height: inside.height.saturating_sub(used), ..inside };
            report.sheet = table(buffer, area, &columns, &rows, Some(sheet.at - sheet.top), true, look);
        }
    }
}

fn scrolled(lines: &Lines, sheet: &Sheet, look: Look, buffer: &mut Buffer, inside: Rect, report: &mut Report) {
    let height = inside.height as usize;
    report.sheet = height;
    let top = sheet.at.min(lines.len().saturating_sub(height));
    for (place, line) in lines.iter().skip(top).take(height).enumerate() {
        put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), line, look);
    }
    more_below(buffer, inside, lines.len().saturating_sub(top + height), look);
}

/// Columns of the sheet that shows a sum.
const SUM_WIDE: usize = 72;

fn due_sum(sum: &DueSum, look: Look) -> Lines {
    let mut lines = one_sum(sum, look);
    for other in &sum.beside {
        lines.push(Vec::new());
        lines.push(vec![piece(other.title.clone(), look.heading())]);
        lines.extend(one_sum(other, look));
    }
    lines
}

fn one_sum(sum: &DueSum, look: Look) -> Lines {
    let mut lines: Lines = wrap(&sum.because, SUM_WIDE - 4, look).into_iter().map(|line| vec![piece(line, look.text())]).collect();
    lines.push(Vec::new());
    if let Some(found) = &sum.sum {
        lines.extend(found.says.iter().map(|text| vec![piece(text.clone(), look.text())]));
        lines.push(Vec::new());
        let mut counted = 0;
        for day in &found.days {
            counted += u32::from(day.counted);
            let number = if day.counted { format!("{counted:>3}") } else { "  -".to_string() };
            let why = day.why.clone().map(|why| format!("  {why}")).unwrap_or_default();
            let style = if day.counted { look.text() } else { look.dim() };
            lines.push(vec![piece(format!("{number}  {}{why}", say_full_date(day.day)), style)]);
        }
    } else if let Some(due) = sum.due {
        lines.push(vec![piece(format!("Due by the end of {}.", say_full_date(due)), look.text())]);
    }
    lines
}

fn notices(app: &App, rows: &[NoticeRow], sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let sent = rows.iter().filter(|row| row.notice.sent.is_some()).count();
    let inside = over(buffer, area, "Who hears of it beforehand", &[piece(format!("{sent} of {} told", rows.len()), look.dim())], look);
    let every = app.keymap.hint(Command::SheetEvery);
    let left = rows.iter().filter(|row| row.notice.sent.is_none() && row.notice.person.is_some()).count();
    let all = if left > 1 { format!("; {every} all {left} that are left") } else { String::new() };
    // Of those nobody is on record, so that all at once does not take them in.
    let gaps = rows.iter().filter(|row| row.notice.sent.is_none() && row.notice.person.is_none()).count();
    let last = if gaps > 0 { format!("; {gaps} not on record.") } else { ". Nothing is sent.".to_string() };
    let intro = format!("Enter: this one was told{all}{last}");
    put(buffer, inside.x, inside.y, &intro, inside.width as usize, look.dim(), look);
    let columns = [
        Column::new("Ref", 8, 10, 0),
        Column::new("Case", 8, 10, 2),
        Column::new("Role", 12, 30, 1),
        Column::new("Who", 18, 28, 0),
        Column::new("Told", 18, 34, 0),
    ];
    let today = app.today();
    let shown: Vec<Row> = rows
        .iter()
        .skip(sheet.top)
        .map(|row| {
            let who = match (&row.notice.person, row.notice.sent.is_some()) {
                (None, false) => piece("not on record", look.alarm()),
                (None, true) => piece("nobody", look.dim()),
                _ => piece(row.name.clone(), look.text()),
            };
            let told = match &row.notice.sent {
                Some(sent) => {
                    let late = if row.late { ", late" } else { "" };
                    let style = if row.late { look.attention() } else { look.good() };
                    vec![piece(format!("{} {}{late}", sent.on.format("%-d %b"), sent.how), style)]
                }
                None if row.late => vec![due(today, Some(row.notice.due_on), None, look)],
                None => vec![piece("due ", look.dim()), due(today, Some(row.notice.due_on), None, look)],
            };
            let cells = vec![
                vec![piece(row.reference.clone(), look.text())],
                vec![piece(row.case.clone(), look.text())],
                vec![piece(row.label.clone(), look.dim())],
                vec![who],
                told,
            ];
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
    report.sheet = table(buffer, list, &columns, &shown, Some(sheet.at - sheet.top), true, look);
}

fn finish(app: &App, tension: Option<&str>, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let Some(record) = &app.record else { return };
    let detail = &record.detail;
    let mut lines: Lines = Vec::new();
    let enter = app.keymap.hint(Command::SheetChoose);
    if detail.missing.is_empty() {
        lines.push(vec![
            piece(format!("{} Everything is there. ", look.tick()), look.good()),
            piece(format!("{enter} submits it."), look.key()),
        ]);
    } else {
        let still = format!("{} still missing. ", detail.missing.len());
        lines.push(vec![piece(still, look.heading()), piece(format!("{enter} goes to the first of them:"), look.key())]);
    }
    if let Some(tension) = tension {
        lines.push(Vec::new());
        lines.push(vec![piece("A question, not a block:", look.attention())]);
        let room = (body.width as usize).min(92) - 6;
        lines.extend(wrap(tension, room, look).into_iter().map(|line| vec![piece(format!("  {line}"), look.text())]));
    }
    if !detail.missing.is_empty() {
        lines.push(Vec::new());
        let room = (body.height as usize).saturating_sub(lines.len() + 2);
        // What does not fit is counted; it shows once the first ones are there.
        let fits = if detail.missing.len() <= room { room } else { room.saturating_sub(1) };
        lines.extend(detail.missing.iter().take(fits).map(|missing| vec![piece(format!("  - {}", missing.what), look.text())]));
        if detail.missing.len() > fits {
            lines.push(vec![piece(format!("  and {} more", detail.missing.len() - fits), look.dim())]);
        }
    }
    if let Some(day) = detail.looks_back_to {
        lines.push(Vec::new());
        let why = detail.facts.look_back.as_ref().map(|further| format!(", further than usual: {}", further.why)).unwrap_or_default();
        let said = format!("It looks back to {}{why}.", say_full_date(day));
        lines.extend(wrap(&said, 80, look).into_iter().map(|line| vec![piece(line, look.dim())]));
    }
    let title = format!("{}: before it is submitted", detail.facts.review.reference);
    let inside = over(buffer, middle(body, 92, lines.len() as u16 + 2), &title, &[], look);
    report.sheet = inside.height as usize;
    for (place, line) in lines.iter().take(inside.height as usize).enumerate() {
        put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), line, look);
    }
}
