//! The sheet of a dispute or an alert of good practice, and the counts of practice alerts by month.

use super::sheet::Lines;
use super::table::{Column, Row, draw as table};
use super::text::{Piece, piece, put, wrap};
use super::theme::Look;
use super::{middle, over};
use crate::app::App;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::overlay::Sheet;
use crate::domain::calendar::{say_due, say_full_date};
use crate::domain::drp::{DrpAddressee, DrpKind, PracticeCount, called};
use crate::domain::query::DrpDetail;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Width of the labels before facts.
const LABELS: usize = 16;

/// Its title: reference, what it is, and the case.
pub fn title(detail: &DrpDetail) -> String {
    let name = called(&detail.rule, detail.drp.kind);
    let about = detail.review.clone().map_or_else(|| detail.case.clone(), |review| format!("{review}, {}", detail.case));
    format!("{} \u{b7} {name} about {about}", detail.drp.reference)
}

/// Where it stands, what it is about, and what happened, the newest first.
pub fn lines(app: &App, detail: &DrpDetail, room: usize, look: Look) -> Lines {
    let (drp, stand) = (&detail.drp, &detail.stand);
    let mut lines = Lines::new();
    let mut fact = |label: &str, words: String, style| {
        if words.trim().is_empty() {
            return;
        }
        for (place, text) in wrap(&words, room.saturating_sub(LABELS), look).into_iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            lines.push(vec![piece(format!("{label:<LABELS$}"), look.dim()), piece(text, style)]);
        }
    };
    let people = |list: &[DrpAddressee]| list.iter().map(|to| detail.said_in_short(to)).collect::<Vec<_>>().join("; ");
    fact("Stands", standing(detail), if detail.late { look.alarm() } else { look.heading() });
    if stand.resolved.is_none() {
        fact("With", people(&stand.to), look.text());
        let told = detail.told();
        let calls = told.iter().any(|(_, stand)| stand.wants_a_call(app.mail_set_up));
        let told: Vec<String> = told.iter().map(|(name, stand)| format!("{name}: {}", stand.say(app.mail_set_up, app.now))).collect();
        fact("Told", told.join("; "), if calls { look.attention() } else { look.text() });
    }
    fact("Clock", clock(app, detail), if detail.late { look.alarm() } else { look.text() });
    let referred: Vec<String> = stand.referred.iter().map(|(body, on)| format!("{body}, {}", say_full_date(*on))).collect();
    fact("Outside", referred.join("; "), look.text());
    fact(
        "Raised",
        format!("{} by {} ({})", say_full_date(drp.raised_on), detail.name(drp.raised_by), detail.framework.role_in_short(&drp.raised_as)),
        look.text(),
    );
    let place: Vec<&str> = [drp.place.0.as_str(), drp.place.1.as_str()].into_iter().filter(|word| !word.is_empty()).collect();
    fact("Case", [&[detail.case.as_str(), detail.case_type.as_str()][..], &place].concat().join(", "), look.text());
    let (what, wanted) = match drp.kind {
        DrpKind::Dispute => ("Concern", "Asked for"),
        DrpKind::GoodPractice => ("What was good", ""),
    };
    fact(what, drp.what.clone(), look.text());
    fact(wanted, drp.wanted.clone(), look.text());
    let enter = app.keymap.hint(Command::SheetChoose);
    lines.push(Vec::new());
    lines.push(match stand.resolved {
        None => vec![piece(format!("{enter} writes down what happened next"), look.key()), piece(next_words(detail), look.dim())],
        Some(_) => vec![piece("It has ended: nothing is left to do.", look.good())],
    });
    lines.push(Vec::new());
    lines.push(vec![piece("What happened", look.heading()), piece(", newest first", look.dim())]);
    if drp.facts.is_empty() {
        lines.push(vec![piece("  Nothing yet since it was raised.", look.dim())]);
    }
    for fact in drp.facts.iter().rev() {
        let heading = format!("{}, written down by {}", fact.heading(), fact.by);
        for (place, text) in wrap(&heading, room.saturating_sub(LABELS), look).into_iter().enumerate() {
            let when = if place == 0 { say_full_date(fact.on) } else { String::new() };
            lines.push(vec![piece(format!("{when:<LABELS$}"), look.dim()), piece(text, look.text())]);
        }
        let to = people(fact.to());
        let words = if to.is_empty() { fact.text().to_string() } else { format!("to {to}: {}", fact.text()) };
        for text in words.lines().flat_map(|line| wrap(line, room.saturating_sub(LABELS), look)) {
            lines.push(vec![piece(" ".repeat(LABELS), look.dim()), piece(text, look.text())]);
        }
    }
    lines
}

/// Where it stands, in a sentence.
fn standing(detail: &DrpDetail) -> String {
    match &detail.stand.resolved {
        Some((outcome, on)) => format!("ended {}: {}", say_full_date(*on), outcome.label()),
        None if detail.drp.taken_back => "taken back: it was raised by mistake".to_string(),
        None if detail.stand.senior.is_some() => {
            let role = detail.stand.label(&detail.rule);
            let label = detail.framework.role(role).map_or(role, |role| role.label.as_str());
            format!("with the {}, above its stages", label.to_lowercase())
        }
        None => detail.stand.label(&detail.rule).to_string(),
    }
}

/// Its clock in words: `day 7 of 20, due Mon 4 Jan 2027 (in 3 wk)`.
fn clock(app: &App, detail: &DrpDetail) -> String {
    let (stand, today) = (&detail.stand, app.today());
    let counted = detail.day.map(|day| day.to_string());
    let due = match (stand.resolved, stand.due, stand.paused_since) {
        (None, Some(due), _) => Some(format!("due {} ({})", say_full_date(due), say_due(today, due))),
        (None, None, Some(since)) => Some(format!("paused since {}", say_full_date(since))),
        _ => None,
    };
    let said: Vec<String> = counted.into_iter().chain(due).collect();
    match (said.is_empty(), detail.drp.within, detail.drp.kind) {
        (false, ..) => said.join(", "),
        (true, _, DrpKind::GoodPractice) => "none: good practice has no time".to_string(),
        (true, Some(within), _) if stand.is_informal() && stand.resolved.is_none() => {
            format!("none yet: the formal part has {within}")
        }
        _ => String::new(),
    }
}

/// What is wanted most, to go on the key that writes it down.
fn next_words(detail: &DrpDetail) -> String {
    let words = match (detail.stand.informal_settled, detail.late) {
        (false, _) => ": first it is talked over informally",
        (true, true) => ": it is over its time",
        (true, false) => "",
    };
    words.to_string()
}

/// Draws the counts of practice alerts. F18.
pub fn counts(rows: &[PracticeCount], sheet: &Sheet, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let inside = over(buffer, middle(body, 118, body.height), "Practice alerts by month, service and team", &[], look);
    if rows.is_empty() {
        let words = "No dispute, practice alert or alert of good practice in these months.";
        put(buffer, inside.x, inside.y, words, inside.width as usize, look.dim(), look);
        report.sheet = inside.height as usize;
        return;
    }
    let columns = [
        Column::new("Month", 7, 7, 0),
        Column::new("Service", 12, 24, 2),
        Column::new("Team", 12, 24, 0),
        Column::new("Raised", 6, 6, 0).right(),
        Column::new("Formal", 6, 6, 0).right(),
        Column::new("Ended", 5, 5, 0).right(),
        Column::new("Informally", 10, 10, 3).right(),
        Column::new("Open", 4, 4, 0).right(),
        Column::new("Late", 4, 4, 0).right(),
        Column::new("Good practice", 13, 13, 1).right(),
    ];
    let number = |n: u32| -> Vec<Piece> { vec![piece(n.to_string(), if n == 0 { look.dim() } else { look.text() })] };
    let shown: Vec<Row> = rows
        .iter()
        .skip(sheet.top)
        .map(|row| Row {
            flag: piece(" ", look.text()),
            cells: vec![
                vec![piece(row.month.clone(), look.text())],
                vec![piece(or(&row.service), look.text())],
                vec![piece(or(&row.team), look.text())],
                number(row.raised),
                number(row.formal),
                number(row.ended),
                number(row.ended_informally),
                number(row.open_at_end),
                if row.late == 0 { number(0) } else { vec![piece(row.late.to_string(), look.alarm())] },
                number(row.good_practice),
            ],
        })
        .collect();
    report.sheet = table(buffer, inside, &columns, &shown, Some(sheet.at.saturating_sub(sheet.top)), true, look);
}

fn or(words: &str) -> &str {
    if words.is_empty() { "not known" } else { words }
}
