//! The queue and the panel as tables, and what every list of the desk shares.

use crate::app::App;
use crate::app::command::Command;
use crate::app::list::List;
use crate::domain::access::{Right, who_may};
use crate::domain::calendar::say_date;
use crate::domain::filter::{Filter, Scope};
use crate::domain::grade::Judgement;
use crate::domain::query::{ListRow, QueueRow, QueueSort, SEALED};
use crate::domain::review::{PanelStand, ReviewState};
use crate::ui::table::{Column, Row, draw as table, first_shown, widths};
use crate::ui::text::{Piece, both, due, piece, put, width, wrap};
use crate::ui::theme::Look;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What a list says when it has no rows.
pub(super) fn empty<R: ListRow, S: Clone + Default>(
    app: &App,
    list: &List<R, S>,
    words: &str,
    look: Look,
    buffer: &mut Buffer,
    area: Rect,
) {
    let text = if !list.loaded {
        "Reading\u{2026}".to_string()
    } else if list.filter.is_empty() {
        words.to_string()
    } else {
        let otherwise = "Nothing matches the filter. Backspace takes it away; add \u{201c}all\u{201d} to look among finished ones too.";
        unmatched(app, &list.unread, Some(&list.filter), otherwise)
    };
    said(&text, look, buffer, area);
}

/// Why a filter leaves nothing over: what of it was not understood, else what it may have been meant to ask for, else other words.
pub(super) fn unmatched(app: &App, unread: &[String], filter: Option<&Filter>, otherwise: &str) -> String {
    if !unread.is_empty() {
        return format!("The filter is not understood, so nothing is shown. {}", unread.join(" "));
    }
    let meant = filter.zip(app.framework.as_ref()).map(|(filter, framework)| filter.perhaps_meant(framework)).unwrap_or_default();
    std::iter::once(otherwise.to_string()).chain(meant).collect::<Vec<_>>().join(" ")
}

/// That none is open, for whoever sees them all; of a part it is said that it is one.
pub(super) fn none_open(app: &App, what: &str) -> String {
    let seen = app.overview.access.narrowed().map(|part| format!(" that you see ({part})")).unwrap_or_default();
    format!("No {what}{seen} is open.")
}

/// A few words in the place of rows.
pub(super) fn said(text: &str, look: Look, buffer: &mut Buffer, area: Rect) {
    for (place, line) in wrap(text, area.width.saturating_sub(4) as usize, look).iter().enumerate() {
        if (place as u16) < area.height {
            put(buffer, area.x + 2, area.y + place as u16, line, area.width as usize, look.dim(), look);
        }
    }
}

pub(super) fn flag<R: ListRow, S: Clone + Default>(list: &List<R, S>, row: &R, alarm: bool, look: Look) -> Piece {
    if list.marks.contains(&row.id()) && alarm {
        piece(format!("{}!", look.mark()), look.alarm())
    } else if list.marks.contains(&row.id()) {
        piece(look.mark(), look.key())
    } else if alarm {
        piece("!", look.alarm())
    } else if list.changed.contains(&row.id()) {
        piece(look.changed(), look.attention())
    } else {
        piece(" ", look.text())
    }
}

/// The rows that fit below the heading, and the place of the cursor among them. A pane that has just become smaller still
/// shows its cursor.
pub(super) fn shown<R: ListRow, S: Clone + Default>(list: &List<R, S>, area: Rect) -> (impl Iterator<Item = &R>, usize) {
    let fits = (area.height as usize).saturating_sub(1).max(1);
    let top = first_shown(list.cursor, list.top, fits);
    (list.rows.iter().skip(top).take(fits), list.cursor - top)
}

/// The one line that says how many reviews are withheld, at the foot of the queue, the alerts and the actions, whatever is
/// filtered and whether anything of those reviews belongs there: numbers run on over all cases, and this says that some are not
/// shown. Gives the rest of the room.
pub(super) fn withheld(app: &App, look: Look, buffer: &mut Buffer, area: Rect) -> Rect {
    let left = Rect { height: area.height.saturating_sub(1), ..area };
    match app.withheld_in_words() {
        None => area,
        Some(words) => {
            put(buffer, area.x + 2, left.bottom(), &words, area.width.saturating_sub(2) as usize, look.dim(), look);
            left
        }
    }
}

/// The heading of the column that an order goes by.
fn sorted_by(sort: QueueSort) -> &'static str {
    match sort {
        QueueSort::Due => "Due",
        QueueSort::Reference => "Ref",
        QueueSort::Practitioner => "Practitioner",
        QueueSort::Reviewer => "Reviewer",
        QueueSort::Team => "Team",
        QueueSort::CaseType => "Type",
        QueueSort::Grade => "Grade",
        QueueSort::Step => "Next step",
    }
}

/// Both judgements, or the word for one that is kept back.
fn grades(original: Option<Judgement>, moderated: Option<Judgement>, kept_back: bool, look: Look) -> Vec<Piece> {
    if kept_back { vec![piece(SEALED, look.dim())] } else { both(original, moderated, look) }
}

/// When the next step is due. Beside a day that is arranged the limit is said as a day: in days from now it would read as that day's.
fn due_or_limit(row: &QueueRow, today: NaiveDate, look: Look) -> Piece {
    let said = due(today, row.due, row.opens, look);
    let arranged = row.booked.as_ref().is_some_and(|booked| !booked.is_over(today)) && row.opens.is_none_or(|opens| opens <= today);
    match row.due.filter(|limit| arranged && *limit >= today) {
        Some(limit) => piece(format!("by {}", limit.format("%-d %b")), said.1),
        None => said,
    }
}

/// The next step, with the day for which it is arranged: as much of it as the column has room for.
fn next_or_booked(row: &QueueRow, today: NaiveDate, wide: usize, look: Look) -> Piece {
    let Some(booked) = &row.booked else { return piece(row.next_step.clone(), look.text()) };
    let style = if booked.is_over(today) { look.alarm() } else { look.text() };
    let whole = format!("{} {}", row.next_step, if booked.is_over(today) { booked.in_short(today) } else { booked.when() });
    let said = [whole, booked.in_short(today)].into_iter().find(|said| width(said) <= wide);
    piece(said.unwrap_or_else(|| booked.in_a_word(today)), style)
}

/// What an empty queue says to whoever looks: what they see may not be all, and what comes first may not be theirs to do.
fn no_review(app: &App) -> String {
    let access = &app.overview.access;
    let none = match access.narrowed() {
        None if app.sees_in_part() => "No review that you see is open.".to_string(),
        None => "No review is open.".to_string(),
        Some(part) => format!("No review that you see ({part}) is open. Others may be; a case of yours comes here by itself."),
    };
    match &app.framework {
        Some(framework) if !access.may(Right::Plan) => match access.narrowed() {
            None => format!("{none} The next cycle is opened by: {}.", who_may(framework, Right::Plan)),
            Some(_) => none,
        },
        _ => format!("{none} Press {} for the cycle: open one, draw its sample, allocate.", app.keymap.hint(Command::ViewCycle)),
    }
}

pub(super) fn queue(app: &App, focused: bool, look: Look, buffer: &mut Buffer, area: Rect) -> usize {
    const COLUMNS: [Column; 10] = [
        Column::new("Ref", 7, 10, 0),
        Column::new("Case", 6, 8, 2),
        Column::new("Type", 4, 5, 3),
        Column::new("Practitioner", 12, 18, 4),
        Column::new("Reviewer", 12, 18, 1),
        Column::new("Team", 12, 24, 6),
        Column::new("Grade", 10, 11, 5),
        Column::new("Next step", 21, 40, 0),
        Column::new("Due", 11, 11, 0).right(),
        Column::new("Chosen", 8, 8, 1),
    ];
    let list = &app.queue;
    let area = withheld(app, look, buffer, area);
    if list.rows.is_empty() {
        empty(app, list, &no_review(app), look, buffer, area);
        return (area.height as usize).saturating_sub(1);
    }
    let today = app.today();
    let (rows, at) = shown(list, area);
    let loops = list.filter.asks_for_loops();
    let mut columns = COLUMNS;
    if list.filter.scope() != Scope::Open {
        // Among finished reviews the grade is what people look for, not the next step. Names give way for it, and the day
        // something is due does not: a date that is cut off is a wrong date.
        columns[6].spare = 0;
        columns[3].least = 10;
        columns[4].least = 10;
        columns[7].least = if loops { 10 } else { 9 };
    }
    let sort = if loops && list.sort == QueueSort::Step { QueueSort::Due } else { list.sort };
    if let Some(column) = columns.iter_mut().find(|column| column.title == sorted_by(sort)) {
        *column = column.sorted(list.reversed);
    }
    if loops {
        // The day in the row is that of supervision (M24), which need not be the link that is missing.
        columns[8].title = "Supervision";
        columns[8].least = columns[8].title.len() + 1;
        columns[8].most = columns[8].least;
    }
    // Only where a case was named does the last column say anything.
    let named = list.rows.iter().any(|row| !row.chosen.is_random());
    let mut columns = if named { columns.to_vec() } else { columns[..9].to_vec() };
    let graded = app.framework.as_ref().is_none_or(|framework| framework.grades_anything());
    if !graded {
        // Q02: where nothing is ever graded there is no such column.
        columns.remove(6);
    }
    let step = columns.iter().position(|column| column.title == "Next step").unwrap_or_default();
    let wide = widths(&columns, (area.width as usize).saturating_sub(4)).get(step).copied().unwrap_or_default();
    let mut rows: Vec<Row> = rows
        .map(|row| {
            let reviewer = match (row.reviewer.is_empty(), row.state) {
                (true, ReviewState::Open) => piece("nobody yet", look.attention()),
                _ if row.others > 0 => piece(format!("{} +{}", row.reviewer, row.others), look.text()),
                _ if row.companion.is_empty() => piece(row.reviewer.clone(), look.text()),
                _ => piece(format!("{} with {}", row.reviewer, row.companion), look.text()),
            };
            let step = match (row.state, &row.panel) {
                (ReviewState::Finalised, _) if row.loop_short.is_empty() && row.loop_open => piece("loop open", look.attention()),
                // A list of open loops need not say so in each row.
                (ReviewState::Finalised, _) if row.loop_open && loops => piece(row.loop_short.clone(), look.attention()),
                (ReviewState::Finalised, _) if row.loop_open => piece(format!("loop: {}", row.loop_short), look.attention()),
                (ReviewState::Finalised, _) => piece("finalised", look.dim()),
                (ReviewState::Withdrawn, _) => piece("withdrawn", look.dim()),
                (ReviewState::Open, PanelStand::Waiting(_)) => piece(row.next_step.clone(), look.dim()),
                (ReviewState::Open, _) => next_or_booked(row, today, wide, look),
            };
            let cells = vec![
                vec![piece(row.reference.clone(), look.text())],
                vec![piece(row.case.clone(), look.text())],
                vec![piece(row.case_type.clone(), look.text())],
                vec![piece(row.practitioner.clone(), look.text())],
                vec![reviewer],
                vec![piece(row.team.clone(), look.dim())],
                grades(row.original, row.moderated, row.kept_back, look),
                vec![step],
                vec![match (row.state, row.loop_open) {
                    (_, true) if loops => due(today, row.supervision_due, None, look),
                    (ReviewState::Open, _) => due_or_limit(row, today, look),
                    // What is left of it is supervision, which has a date of its own (M24).
                    (_, true) => due(today, row.supervision_due, None, look),
                    _ => piece("", look.dim()),
                }],
                vec![piece(row.chosen.mark(), look.attention())],
            ];
            Row { flag: flag(list, row, row.alert, look), cells }
        })
        .collect();
    if !graded {
        for row in &mut rows {
            row.cells.remove(6);
        }
    }
    table(buffer, area, &columns, &rows, Some(at), focused, look)
}

pub(super) fn panel(app: &App, focused: bool, look: Look, buffer: &mut Buffer, area: Rect) -> usize {
    const COLUMNS: [Column; 8] = [
        Column::new("Ref", 7, 10, 0),
        Column::new("Case", 6, 8, 2),
        Column::new("Type", 4, 5, 4),
        Column::new("Original", 8, 9, 0),
        Column::new("Why here", 11, 26, 1),
        Column::new("Reviewer", 14, 18, 3),
        Column::new("Team manager", 14, 18, 5),
        Column::new("Submitted", 10, 11, 6).right(),
    ];
    let list = &app.panel;
    if list.rows.is_empty() {
        // Whoever sees a part is not told that there is nothing.
        let words = match (app.withheld_in_words(), app.overview.access.narrowed()) {
            (None, None) => "Nothing waits for the panel. What it has to see comes here by itself.".to_string(),
            (None, Some(part)) => format!("Nothing that you see ({part}) waits for the panel. It may have other cases before it."),
            (Some(withheld), _) => format!("Nothing that you see waits for the panel. {withheld}."),
        };
        empty(app, list, &words, look, buffer, area);
        return (area.height as usize).saturating_sub(1);
    }
    let (rows, at) = shown(list, area);
    let rows: Vec<Row> = rows
        .map(|row| {
            let manager =
                if row.team_manager.is_empty() { piece("nobody", look.attention()) } else { piece(row.team_manager.clone(), look.text()) };
            let cells = vec![
                vec![piece(row.reference.clone(), look.text())],
                vec![piece(row.case.clone(), look.text())],
                vec![piece(row.case_type.clone(), look.text())],
                grades(row.original, row.moderated, row.kept_back, look),
                vec![piece(row.why.clone(), look.text())],
                vec![piece(row.reviewer.clone(), look.text())],
                vec![manager],
                vec![piece(row.submitted_on.map(say_date).unwrap_or_default(), look.dim())],
            ];
            Row { flag: flag(list, row, false, look), cells }
        })
        .collect();
    table(buffer, area, &COLUMNS, &rows, Some(at), focused, look)
}
