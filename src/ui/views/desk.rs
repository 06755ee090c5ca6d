//! The desk: queue, panel, alerts and actions, all four at once or one at a time with tabs.

use super::actions::{actions, counts as of_actions};
use super::panes::{panel, queue};
use super::strips::alerts;
use crate::app::msg::Report;
use crate::app::{App, Pane};
use crate::domain::calendar::say_date;
use crate::domain::count::counted;
use crate::ui::boxed;
use crate::ui::text::{Piece, fit, piece, put_pieces, width};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    if !app.four_panes() {
        tabs(app, look, buffer, Rect { height: 1, ..body });
        let area = Rect { y: body.y + 1, height: body.height - 1, ..body };
        pane(app, app.focus, look, buffer, area, report);
        return;
    }
    let left = body.width * 52 / 100;
    let upper = body.height * 58 / 100;
    let areas = [
        (Pane::Queue, Rect::new(body.x, body.y, left, upper)),
        (Pane::Panel, Rect::new(body.x + left, body.y, body.width - left, upper)),
        (Pane::Alerts, Rect::new(body.x, body.y + upper, left, body.height - upper)),
        (Pane::Actions, Rect::new(body.x + left, body.y + upper, body.width - left, body.height - upper)),
    ];
    for (which, area) in areas {
        pane(app, which, look, buffer, area, report);
    }
}

fn tabs(app: &App, look: Look, buffer: &mut Buffer, area: Rect) {
    let counts = [
        app.overview.open.to_string(),
        app.overview.for_panel.to_string(),
        app.overview.strips.to_string(),
        app.overview.actions.to_string(),
    ];
    let mut pieces = vec![piece(" ", look.text())];
    for (place, (which, count)) in Pane::ALL.into_iter().zip(counts).enumerate() {
        let style = if which == app.focus { look.chosen() } else { look.dim() };
        pieces.push(piece(format!(" {} {} {count} ", place + 1, which.label()), style));
        pieces.push(piece(" ", look.dim()));
    }
    let taken: usize = pieces.iter().map(|(text, _)| width(text)).sum();
    pieces.push(piece(other_views((area.width as usize).saturating_sub(taken)), look.dim()));
    put_pieces(buffer, area, &pieces, look);
}

/// The views beside the panes with their keys, as many by name as there is room for.
fn other_views(room: usize) -> String {
    const VIEWS: [&str; 5] = ["Cycle", "Insight", "Reports", "People", "Registers"];
    let first = Pane::ALL.len() + 1;
    let with = |named: usize| {
        let by_name = VIEWS.iter().take(named).enumerate().map(|(place, name)| format!(" {} {name}", first + place));
        let rest = if named < VIEWS.len() { format!(" {}-{} more", first + named, first + VIEWS.len() - 1) } else { String::new() };
        by_name.chain([rest]).collect::<String>()
    };
    // Never all but one: "9 more" would be read as nine.
    [5, 3, 2, 1, 0].into_iter().map(with).find(|text| width(text) <= room).unwrap_or_default()
}

fn pane(app: &App, which: Pane, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let focused = app.focus == which;
    let title = format!("{} {}", which as usize + 1, which.label());
    let mut right = counts(app, which, look);
    let filter = match which {
        Pane::Queue => &app.queue.filter_text,
        Pane::Panel => &app.panel.filter_text,
        Pane::Alerts => &app.alerts.filter_text,
        Pane::Actions => &app.actions.filter_text,
    };
    if !filter.is_empty() {
        // How many it shows is never pushed out by a long filter, as that behind a number of the insight view is.
        let taken: usize = right.iter().map(|(text, _)| width(text)).sum::<usize>() + width(&title) + 14;
        let room = (area.width as usize).saturating_sub(taken).max(8);
        right.insert(0, piece(format!("/{}   ", fit(filter, room, look)), look.key()));
    }
    let inside = boxed(buffer, area, &title, &right, focused, look);
    let fits = match which {
        Pane::Queue => queue(app, focused, look, buffer, inside),
        Pane::Panel => panel(app, focused, look, buffer, inside),
        Pane::Alerts => alerts(app, focused, look, buffer, inside),
        Pane::Actions => actions(app, focused, look, buffer, inside),
    };
    report.panes[which as usize] = fits;
}

fn counts(app: &App, which: Pane, look: Look) -> Vec<Piece> {
    let overview = &app.overview;
    match which {
        Pane::Queue => {
            let mut pieces = vec![piece(format!("{} shown", app.queue.total), look.dim())];
            if app.queue.late.n > 0 {
                pieces.push(piece(look.dot(), look.dim()));
                pieces.push(piece(format!("{} late", app.queue.late), look.alarm()));
            }
            if !app.queue.marks.is_empty() {
                pieces.push(piece(look.dot(), look.dim()));
                pieces.push(piece(format!("{} marked", app.queue.marks.len()), look.key()));
            }
            pieces
        }
        Pane::Panel => match &overview.next_panel {
            Some((day, at)) => {
                let seen = if app.overview.access.narrowed().is_some() { " you see" } else { "" };
                let cases = counted(app.panel.total, "case", "cases");
                vec![piece(format!("{} {at}{}{cases}{seen}", say_date(*day), look.dot()), look.dim())]
            }
            None if app.panel.total.n > 0 => {
                vec![piece(format!("{}{}no date planned", counted(app.panel.total, "case", "cases"), look.dot()), look.attention())]
            }
            None => vec![piece("no case", look.dim())],
        },
        // What a filter hides is not counted beside what it shows.
        Pane::Alerts if !app.alerts.filter.is_empty() => vec![piece(format!("{} shown", app.alerts.total), look.dim())],
        Pane::Alerts => {
            let overdue = if overview.alerts_overdue > 0 { look.alarm() } else { look.dim() };
            vec![
                piece(format!("{} open", app.alerts.total), look.dim()),
                piece(look.dot(), look.dim()),
                piece(format!("{} overdue", overview.alerts_overdue), overdue),
            ]
        }
        Pane::Actions => of_actions(app, look),
    }
}
