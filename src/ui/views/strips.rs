//! The strips of the desk: one line for each thing that runs against clocks, the nearest clock as a bar and in words.

use super::panes::{empty, flag, none_open, shown, withheld};
use crate::app::App;
use crate::domain::calendar::say_ends;
use crate::domain::count::counted;
use crate::domain::query::{ClockRow, StripRow, StripStand};
use crate::domain::strip::{Clock, ClockOf, StripOf};
use crate::ui::table::{Column, Row, draw as table, widths};
use crate::ui::text::{Piece, piece, put_pieces, width};
use crate::ui::theme::Look;
use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of a clock's bar.
const BAR: usize = 8;

/// How a clock looks: overdue, nearly over, or with time left.
fn urgency(clock: &Clock, now: DateTime<Utc>, look: Look) -> Style {
    match clock {
        _ if clock.is_overdue(now) => look.alarm(),
        _ if !clock.runs() && clock.ended_late() => look.attention(),
        _ if !clock.runs() => look.good(),
        _ if clock.used(now) > 750 => look.attention(),
        _ => look.text(),
    }
}

/// A clock as a bar and in words, which say the same: no meaning is by colour or by the bar alone.
pub(super) fn clock(clock: &Clock, now: DateTime<Utc>, look: Look) -> Vec<Piece> {
    let style = urgency(clock, now, look);
    let said = match clock.ended_at {
        // Nobody did anything: it ended by running out.
        Some(_) if clock.ended_late() && matches!(clock.of, ClockOf::FollowUp(_)) => "lapsed".to_string(),
        Some(_) if clock.ended_late() => "done, late".to_string(),
        Some(_) => "done in time".to_string(),
        None => say_ends(now, clock.due_at),
    };
    vec![piece(look.meter(f64::from(clock.used(now)) / 1000.0, BAR), style), piece(format!(" {said}"), style)]
}

/// The same in words alone, for where a bar has no room.
fn words(row: &ClockRow, now: DateTime<Utc>, look: Look) -> Piece {
    piece(format!("{} {}", row.label, say_ends(now, row.due_at)), urgency(&row.clock, now, look))
}

/// Where a strip stands, with how many know or have acknowledged.
fn stand(row: &StripRow, look: Look) -> Piece {
    let ((told, of), (acknowledged, whom)) = (row.told, row.acknowledged);
    match row.stand {
        StripStand::Untold => piece(format!("told {told}/{of}"), look.attention()),
        StripStand::Told => piece(format!("told {told}/{of}"), look.text()),
        StripStand::Acknowledged => piece(format!("ack {acknowledged}/{whom}"), look.text()),
        StripStand::Lapsed => piece("ack lapsed", look.alarm()),
        StripStand::Reviewed => piece("reviewed", look.good()),
        StripStand::Informal => piece("informal", look.text()),
        StripStand::Formal if row.clocks.is_empty() && row.day.is_some() => piece("paused", look.attention()),
        StripStand::Formal => piece("formal", look.text()),
        StripStand::GoodPractice => piece("good work", look.good()),
        StripStand::Closed => piece("closed", look.good()),
    }
}

/// What is to be done with the strip under the cursor, and by whom, those who are not told by role; and what it is. On one line
/// where both fit, else on two.
fn foot(app: &App, row: &StripRow, named: bool, room: usize, look: Look) -> Vec<Vec<Piece>> {
    // Of one review there may be several: where the list has no room for their own references, this line tells which it is.
    let own = if named { String::new() } else { format!("{}: ", row.reference) };
    let stage = if row.stage.is_empty() { String::new() } else { format!("{}; ", row.stage) };
    let signed = if row.signed_off.is_empty() { String::new() } else { format!("; actions signed off by {}", row.signed_off) };
    let about = format!("{stage}{}{signed}", row.trigger);
    if row.next.is_empty() {
        return vec![vec![piece(format!("{own}{about}, closed"), look.dim())]];
    }
    let mut line = vec![piece(format!("{own}next: {}", row.next), look.key())];
    if row.stand == StripStand::Untold {
        let waiting = row.untold.iter().filter(|role| !row.gaps.contains(role)).map(|role| app.role_in_short(role).to_string());
        let roles: Vec<String> = row.gaps.iter().map(|role| format!("{} (nobody)", app.role_in_short(role))).chain(waiting).collect();
        let before = "not told yet: ";
        let whole = format!("   {before}{}", roles.join(", "));
        if width(&line[0].0) + width(&whole) > room {
            // They matter more than what kind of alert it is.
            let fits = as_many_as_fit(&roles, room.saturating_sub(before.len()));
            return vec![line, vec![piece(format!("{before}{fits}"), look.attention())]];
        }
        line.push(piece(whole, look.attention()));
    } else {
        line.push(piece(format!(", by {}", row.by), look.text()));
    }
    let running = row.clocks.iter().filter(|one| one.clock.runs()).min_by_key(|one| one.due_at);
    // Whoever is to be told stands there already.
    let running = running.filter(|one| !one.whose.is_empty() && !matches!(one.clock.of, ClockOf::Tell(_)));
    let whose = running.map(|one| format!("{}: {}; ", one.label, one.whose)).unwrap_or_default();
    let about = piece(format!("{whose}{about}"), look.dim());
    if line.iter().map(|(text, _)| width(text)).sum::<usize>() + width(&about.0) + 3 <= room {
        line.extend([piece("   ", look.dim()), about]);
        return vec![line];
    }
    vec![line, vec![about]]
}

/// As many of some names as there is room for, and how many more there are.
fn as_many_as_fit(names: &[String], room: usize) -> String {
    let said = |shown: usize| match names.len() - shown {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..shown].join(", ")),
    };
    let fits = (1..=names.len()).rev().map(said).find(|words| width(words) <= room);
    fits.unwrap_or_else(|| counted(names.len(), "person", "people"))
}

/// Whether the list has room for the reference of each strip beside that of its review.
fn own_shown(columns: &[Column], area: Rect) -> bool {
    widths(columns, (area.width as usize).saturating_sub(4))[1] > 0
}

/// Draws the strips; gives how many rows fit.
pub(super) fn alerts(app: &App, focused: bool, look: Look, buffer: &mut Buffer, area: Rect) -> usize {
    // Where an alert's own reference has no room its clock has enough to be said whole.
    let least = if area.width < 80 { 36 } else { 32 };
    let columns: [Column; 7] = [
        Column::new("Review", 7, 10, 0),
        Column::new("Alert", 7, 9, 3),
        Column::new("Case", 6, 8, 4),
        Column::new("Nearest clock", least, 38, 0),
        Column::new("Stands", 10, 13, 0),
        Column::new("Next", 17, 40, 2),
        Column::new("Other clocks", 30, 90, 5),
    ];
    let list = &app.alerts;
    let area = withheld(app, look, buffer, area);
    if list.rows.is_empty() {
        let on = app.framework.as_ref().map_or("", |framework| framework.alerts_on());
        empty(app, list, &none_open(app, &format!("{on}alert")), look, buffer, area);
        return (area.height as usize).saturating_sub(1);
    }
    let mut area = area;
    if let Some(row) = list.current().filter(|_| area.height > 2) {
        let room = area.width.saturating_sub(2);
        let mut lines = foot(app, row, own_shown(&columns, area), room as usize, look);
        // A small pane keeps its rows.
        lines.truncate(if area.height > 6 { 2 } else { 1 });
        area.height -= lines.len() as u16;
        for (line, y) in lines.iter().zip(area.bottom()..) {
            put_pieces(buffer, Rect::new(area.x + 2, y, room, 1), line, look);
        }
    }
    let now = app.now;
    // Where there is no room for its own reference, a dispute is named by that instead of its review.
    let narrow = !own_shown(&columns, area);
    let (rows, at) = shown(list, area);
    let rows: Vec<Row> = rows
        .map(|row| {
            let mut running: Vec<&ClockRow> = row.clocks.iter().filter(|one| one.clock.runs()).collect();
            running.sort_by_key(|one| one.due_at);
            let nearest = match running.first() {
                Some(one) => {
                    let label = row.day.map_or_else(|| one.label.to_string(), |day| day.to_string());
                    let mut pieces = vec![piece(format!("{label:<12} "), urgency(&one.clock, now, look))];
                    pieces.extend(clock(&one.clock, now, look));
                    pieces
                }
                None if row.closed_at.is_some() => vec![piece("no clock runs any more", look.dim())],
                None => match row.day {
                    Some(day) => vec![piece(format!("paused, {day}"), look.attention())],
                    None => vec![piece("no clock runs", look.dim())],
                },
            };
            let mut others = Vec::new();
            for one in running.iter().skip(1) {
                if !others.is_empty() {
                    others.push(piece(look.dot(), look.dim()));
                }
                others.push(words(one, now, look));
            }
            let alert = matches!(row.of, StripOf::Alert(_));
            let name = if narrow && !alert { &row.reference } else { &row.review_ref };
            let alarm = row.closed_at.is_none() && (alert || row.clocks.iter().any(|one| one.overdue));
            let cells = vec![
                vec![piece(name.clone(), look.text())],
                vec![piece(row.reference.clone(), look.dim())],
                vec![piece(row.case.clone(), look.text())],
                nearest,
                vec![stand(row, look)],
                vec![piece(row.next.clone(), look.text())],
                others,
            ];
            Row { flag: flag(list, row, alarm, look), cells }
        })
        .collect();
    table(buffer, area, &columns, &rows, Some(at), focused, look)
}
