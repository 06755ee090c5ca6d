//! The reports: the list of them with what is due next, and one that is open, as lines to read.

use super::panes::unmatched;
use crate::app::App;
use crate::app::command::Command;
use crate::domain::count::counted;
use crate::domain::query::{LineLook, ReportDetail, ReportLine, ReportRow};
use crate::domain::report::ReportState;
use crate::ui::boxed;
use crate::ui::table::{Column, Row, draw as table};
use crate::ui::text::{due, piece, put, put_raw, width, wrap};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Lines below the list that say the report under the cursor in full.
const WHOLE: u16 = 2;

/// Draws it; gives back how many lines an open report has here, and how many fit.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect) -> (usize, usize) {
    match &app.reports.detail {
        Some(detail) => open(app, detail, look, buffer, body),
        None => {
            list(app, look, buffer, body);
            (0, 0)
        }
    }
}

fn list(app: &App, look: Look, buffer: &mut Buffer, body: Rect) {
    let reports = &app.reports;
    // No column is wider than what stands in it: at 160 cells that leaves room for the name of the board.
    let longest = |of: fn(&ReportRow) -> &str| reports.rows.iter().map(|row| width(of(row))).max().unwrap_or_default();
    let columns = [
        Column::new("Report", longest(|row| &row.label).clamp(20, 32), longest(|row| &row.label).clamp(20, 60), 0),
        Column::new("Of", 15, longest(|row| &row.title).clamp(15, 40), 0),
        Column::new("Stands", 13, 14, 0),
        Column::new("Due", 10, 12, 0).right(),
        Column::new("Counted", 10, 11, 1).right(),
        Column::new("Presented last to", 14, longest(|row| &row.went_to).clamp(17, 60), 2),
    ];
    let to_build = reports.rows.iter().filter(|row| row.id.is_none()).count();
    let kind = reports.kind.as_ref().and_then(|kind| reports.all.iter().find(|row| row.kind == *kind));
    let alone = kind.map(|row| format!("only {}{}", row.label, look.dot())).unwrap_or_default();
    let mut right = vec![piece(format!("{alone}{to_build} to build, {} kept", reports.rows.len() - to_build), look.dim())];
    if !reports.filter_text.is_empty() {
        right.insert(0, piece(format!("/{}   ", reports.filter_text), look.key()));
    }
    let inside = boxed(buffer, body, "7 Reports", &right, true, look);
    if reports.rows.is_empty() {
        let text = match (reports.loaded, reports.all.is_empty()) {
            (false, _) => String::new(),
            (true, true) => "There is no report yet: open a cycle first.".to_string(),
            (true, false) => unmatched(app, &reports.unread, None, "No report matches."),
        };
        for (line, text) in (0..inside.height).zip(wrap(&text, inside.width as usize - 4, look)) {
            put(buffer, inside.x + 2, inside.y + line, &text, inside.width as usize - 4, look.dim(), look);
        }
        return;
    }
    // What the columns cut or leave out stands below in full.
    let room = (inside.width as usize).saturating_sub(4);
    let whole = reports.row().map(|row| wrap(&row.say(app.today()), room, look)).unwrap_or_default();
    let inside = Rect { height: inside.height.saturating_sub(WHOLE), ..inside };
    for (line, text) in (0..WHOLE).zip(&whole) {
        put(buffer, inside.x + 2, inside.bottom() + line, text, room, look.text(), look);
    }
    let fits = (inside.height as usize).saturating_sub(1).max(1);
    let top = (reports.at + 1).saturating_sub(fits);
    let rows: Vec<Row> = reports
        .rows
        .iter()
        .skip(top)
        .take(fits)
        .map(|row| {
            let version = if row.version > 1 { format!(" {}", row.version) } else { String::new() };
            let (sign, stands) = match row.state {
                None => (" ", piece("to build", look.attention())),
                Some(ReportState::Draft) if row.to_approve => ("!", piece(format!("to approve{version}"), look.attention())),
                Some(ReportState::Draft) => (" ", piece(format!("draft{version}"), look.text())),
                Some(ReportState::Approved) => (" ", piece(format!("approved{version}"), look.text())),
                Some(ReportState::Published) if !row.replaced => (" ", piece(format!("{} published{version}", look.tick()), look.good())),
                Some(ReportState::Published) => (" ", piece(format!("corrected{version}"), look.dim())),
            };
            let next = if row.due.is_some() { due(app.today(), row.due, None, look) } else { piece("", look.dim()) };
            let counted = row.built_on.map(|day| day.format("%-d %b %y").to_string()).unwrap_or_default();
            let cells = vec![
                vec![piece(row.label.clone(), look.text())],
                vec![piece(row.title.clone(), look.dim())],
                vec![stands],
                vec![next],
                vec![piece(counted, look.dim())],
                vec![piece(row.went_to.clone(), look.dim())],
            ];
            Row { flag: piece(sign, look.text()), cells }
        })
        .collect();
    table(buffer, inside, &columns, &rows, Some(reports.at - top), true, look);
}

fn open(app: &App, detail: &ReportDetail, look: Look, buffer: &mut Buffer, body: Rect) -> (usize, usize) {
    let report = &detail.report;
    let version = if report.version > 1 { format!(" {}", report.version) } else { String::new() };
    let stands = format!("{} {}{version}. ", report.reference, report.state().label());
    let style = if report.state() == ReportState::Published { look.good() } else { look.attention() };
    let title = format!("7 {}{}{}", report.material.label, look.dot(), report.material.title);
    let inside = boxed(buffer, body, &title, &[], true, look);
    let room = (inside.width as usize).saturating_sub(4);
    let lines = fitted(&detail.lines, room, look);
    let fits = (inside.height as usize).saturating_sub(2);
    let key = match report.state() {
        ReportState::Draft if detail.ended_since > 0 => Command::BuildReport,
        ReportState::Draft if report.narrative.is_empty() => Command::WriteReport,
        ReportState::Draft if !detail.approver.is_empty() => Command::ApproveReport,
        ReportState::Draft | ReportState::Approved => Command::PublishReport,
        ReportState::Published if report.presented.is_empty() => Command::PresentReport,
        // A correction is a new version: that is built.
        ReportState::Published => Command::BuildReport,
    };
    let hint = app.keymap.hint(key);
    let next = format!("{}{}", detail.next(), if hint.is_empty() { String::new() } else { format!(" ({hint})") });
    let used = put_raw(buffer, inside.x + 2, inside.y, &stands, room, style, look);
    put(buffer, inside.x + 2 + used as u16, inside.y, &next, room.saturating_sub(used), look.heading(), look);
    let top = app.reports.top.min(lines.len().saturating_sub(fits));
    for (place, (text, look_of)) in lines.iter().skip(top).take(fits).enumerate() {
        let style = match look_of {
            LineLook::Heading => look.heading(),
            LineLook::Quote => look.dim(),
            LineLook::Head => look.key(),
            _ => look.text(),
        };
        put_raw(buffer, inside.x + 2, inside.y + 1 + place as u16, text, room, style, look);
    }
    let below = lines.len().saturating_sub(top + fits);
    if below > 0 {
        let more = format!("{} below", counted(below, "line", "lines"));
        put(buffer, inside.x + 2, inside.bottom() - 1, &more, room, look.dim(), look);
    }
    (lines.len(), fits)
}

/// The report's lines, wrapped and its tables in columns, for so much room.
fn fitted(lines: &[ReportLine], room: usize, look: Look) -> Vec<(String, LineLook)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let first = line.cells.first().map(String::as_str).unwrap_or_default();
        match line.look {
            LineLook::Head => {
                let rows = 1 + lines[at + 1..].iter().take_while(|line| line.look == LineLook::Row).count();
                out.push((String::new(), LineLook::Text));
                columns(&lines[at..at + rows], room, look, &mut out);
                out.push((String::new(), LineLook::Text));
                at += rows;
                continue;
            }
            LineLook::Heading => {
                if !out.is_empty() {
                    out.push((String::new(), LineLook::Text));
                }
                out.extend(wrap(first, room, look).into_iter().map(|text| (text, LineLook::Heading)));
            }
            LineLook::Text | LineLook::Row => out.extend(wrap(first, room, look).into_iter().map(|text| (text, LineLook::Text))),
            LineLook::Quote | LineLook::Item => {
                let sign = if line.look == LineLook::Item { "- " } else { "  " };
                let wrapped = wrap(first, room.saturating_sub(2), look).into_iter().enumerate();
                out.extend(wrapped.map(|(place, text)| (format!("{}{text}", if place == 0 { sign } else { "  " }), line.look)));
            }
        }
        at += 1;
    }
    out
}

/// A table whose columns share the room; a cell that is longer takes several lines.
fn columns(rows: &[ReportLine], room: usize, look: Look, out: &mut Vec<(String, LineLook)>) {
    let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if count == 0 {
        return;
    }
    let wanted: Vec<usize> = (0..count)
        .map(|column| rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| width(cell)).max().unwrap_or(0).max(3))
        .collect();
    let free = room.saturating_sub(2 * (count - 1));
    let mut widths = wanted.clone();
    // The widest gives way until all fit.
    while widths.iter().sum::<usize>() > free {
        let Some(widest) = widths.iter_mut().max() else { break };
        if *widest <= 4 {
            break;
        }
        *widest -= 1;
    }
    for row in rows {
        let cells: Vec<Vec<String>> = row.cells.iter().zip(&widths).map(|(cell, wide)| wrap(cell, *wide, look)).collect();
        let high = cells.iter().map(Vec::len).max().unwrap_or(1);
        for line in 0..high {
            let mut text = String::new();
            for (cell, wide) in cells.iter().zip(&widths) {
                let part = cell.get(line).map(String::as_str).unwrap_or_default();
                text.push_str(part);
                text.push_str(&" ".repeat((wide + 2).saturating_sub(width(part))));
            }
            out.push((text.trim_end().to_string(), row.look));
        }
    }
}
