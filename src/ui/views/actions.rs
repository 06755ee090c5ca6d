//! The tracker: the list of actions as a table, and what its title counts.

use super::panes::{empty, flag, none_open, said, shown, withheld};
use super::tracker;
use crate::app::App;
use crate::app::command::Command;
use crate::domain::action::ActionState;
use crate::domain::count::counted;
use crate::domain::filter::Term;
use crate::domain::query::{ActionRow, GroupBy};
use crate::ui::table::{Column, Row, draw as table};
use crate::ui::text::{Piece, due, piece};
use crate::ui::theme::Look;
use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn actions(app: &App, focused: bool, look: Look, buffer: &mut Buffer, area: Rect) -> usize {
    let list = &app.actions;
    let area = withheld(app, look, buffer, area);
    let empty_here = if app.tracker.by.is_some() { app.tracker.groups.is_empty() } else { list.rows.is_empty() };
    if empty_here {
        let words = match list.filter.terms.as_slice() {
            [Term::SignOff] => "Nothing waits to be signed off.".to_string(),
            [Term::Revisit] => "No action is to be looked at again now.".to_string(),
            [Term::Late] => "No action is late.".to_string(),
            [Term::Mine] => {
                let key = app.keymap.hint(Command::WhoseActions);
                format!("No open action is yours, nor of anybody for whom you stand in. {key} shows your team\u{2019}s, and once more all.")
            }
            [Term::MyTeam] => {
                let key = app.keymap.hint(Command::WhoseActions);
                format!("No open action is your team\u{2019}s, nor of anybody who reports to you. {key} shows all.")
            }
            _ if list.filter.is_empty() => none_open(app, "action"),
            _ => String::new(),
        };
        // What is said of a filter that leaves nothing over says more than that it does.
        match list.loaded && !words.is_empty() {
            true => said(&words, look, buffer, area),
            false => empty(app, list, "", look, buffer, area),
        }
        return (area.height as usize).saturating_sub(1);
    }
    if app.tracker.is_board() {
        return tracker::board(app, focused, look, buffer, area);
    }
    let columns = columns(area.width);
    if app.tracker.by.is_some() {
        return tracker::groups(app, &columns, focused, look, buffer, area);
    }
    let (rows, at) = shown(list, area);
    let rows: Vec<Row> = rows.map(|row| line(app, row, look)).collect();
    table(buffer, area, &columns, &rows, Some(at), focused, look)
}

fn columns(width: u16) -> [Column; 6] {
    // Where there is room, what has to happen is read before anything else about it.
    let least = match width {
        76.. => 30,
        66.. => 26,
        _ => 22,
    };
    [
        Column::new("Ref", 6, 8, 0),
        Column::new("What needs to happen", least, 60, 0),
        Column::new("Owner", 10, 18, 1),
        Column::new("Due", 10, 10, 0).right(),
        Column::new("Review", 7, 10, 3),
        Column::new("State", 11, 17, 2),
    ]
}

/// What is said of the day of an action.
pub(super) fn when(row: &ActionRow, today: NaiveDate, look: Look) -> Piece {
    match (row.state, row.revisit_on) {
        (ActionState::Open | ActionState::InProgress, _) => due(today, Some(row.due), None, look),
        // What has to be looked at again has a day of its own.
        (ActionState::SignedOff, Some(day)) if row.effect.is_none() && day <= today => due(today, Some(day), None, look),
        // What is done waits for whoever signs it off: it is not late any more.
        _ if row.done_late() => piece("done late", look.attention()),
        (ActionState::Done, _) => piece("done", look.dim()),
        _ if row.due >= today => piece(format!("due {}", row.due.format("%-d %b")), look.dim()),
        // Of another year the day alone would be read as one of this year.
        _ if row.due.year() != today.year() => piece(row.due.format("%b %Y").to_string(), look.dim()),
        _ => piece(row.due.format("%-d %b").to_string(), look.dim()),
    }
}

/// An action as a line of the table.
pub(super) fn line(app: &App, row: &ActionRow, look: Look) -> Row {
    let today = app.today();
    let waits = row.state == ActionState::Done || (row.state == ActionState::Open && row.recurred > 0);
    let to_revisit = row.state == ActionState::SignedOff && row.effect.is_none() && row.revisit_on.is_some_and(|day| day <= today);
    let state = piece(row.stands(today), if waits || to_revisit { look.attention() } else { look.dim() });
    let mut text = Vec::new();
    if row.urgent {
        text.push(piece("urgent: ", look.alarm()));
    }
    text.push(piece(row.text.clone(), look.text()));
    let cells = vec![
        vec![piece(row.reference.clone(), look.text())],
        text,
        vec![piece(if row.stands_in { format!("for {}", row.owner) } else { row.owner.clone() }, look.text())],
        vec![when(row, today, look)],
        vec![piece(row.source_ref.clone(), look.dim())],
        vec![state],
    ];
    Row { flag: flag(&app.actions, row, row.urgent && row.state.is_open(), look), cells }
}

/// What the title of the pane counts.
pub(super) fn counts(app: &App, look: Look) -> Vec<Piece> {
    let overview = &app.overview;
    let shown = match app.tracker.by {
        Some(GroupBy::Column) => "by where they stand".to_string(),
        Some(by) if app.tracker.more => format!("{}+ groups by {}", app.tracker.groups.len(), by.counts_as()),
        Some(by) => format!("{} by {}", counted(app.tracker.groups.len(), "group", "groups"), by.counts_as()),
        None => format!("{} shown", app.actions.total),
    };
    let mut pieces = vec![piece(shown, look.dim())];
    let mut add = |text: String, style| {
        pieces.push(piece(look.dot(), look.dim()));
        pieces.push(piece(text, style));
    };
    // What a filter hides is not counted beside what it shows.
    if app.actions.filter.is_empty() {
        let late = if overview.actions_overdue.n > 0 { look.alarm() } else { look.dim() };
        add(format!("{} overdue", overview.actions_overdue), late);
        add(format!("{} to sign off", overview.actions_to_sign_off), look.dim());
        if overview.loops_open.n > 0 {
            let noun = if overview.loops_open.n == 1 { "loop" } else { "loops" };
            add(format!("{} {noun} open", overview.loops_open), look.dim());
        }
        if overview.actions_to_revisit.n > 0 {
            add(format!("{} to revisit", overview.actions_to_revisit), look.dim());
        }
    }
    if !app.actions.marks.is_empty() {
        add(format!("{} marked", app.actions.marks.len()), look.key());
    }
    pieces
}
