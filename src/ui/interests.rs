//! The question before a record is first opened, and the sheet of who is recused.

use super::table::{Column, Row, draw as table};
use super::text::{Piece, piece, put, put_pieces, wrap};
use super::theme::Look;
use super::{middle, over};
use crate::app::command::Command;
use crate::app::effect::Then;
use crate::app::msg::Report;
use crate::app::overlay::{Sheet, SheetBody};
use crate::app::{App, View};
use crate::domain::interest::InterestKind;
use crate::domain::query::{InterestQuestion, InterestsDetail};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the question: who the case is, what the lists say, and the answers.
pub fn question(app: &App, asked: &InterestQuestion, sheet: &Sheet, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let opens = match &sheet.body {
        SheetBody::AskFirst { then: Then::Alert(..), .. } => "open the alert",
        SheetBody::AskFirst { then: Then::History, .. } => "read its history",
        _ if app.view == View::Sitting => "read it",
        _ => "open the record",
    };
    let room = (body.width as usize).min(84).saturating_sub(4);
    let practitioner = if asked.practitioner.is_empty() { "nobody".to_string() } else { asked.practitioner.clone() };
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let mut say = |text: &str, style| lines.extend(wrap(text, room, look).into_iter().map(|line| vec![piece(line, style)]));
    say(&format!("Case {}, practitioner {practitioner}. You are asked once for each child.", asked.case), look.text());
    if !asked.inferred.is_empty() {
        say("What the lists of people and cases say about you:", look.text());
        for why in &asked.inferred {
            say(&format!("- {why}"), look.attention());
        }
        say("You may read it and take part, but not review or judge it; that need not be declared again.", look.dim());
    }
    let used = lines.len() as u16 + 1;
    let choices = InterestKind::ALL.len() as u16 + 1;
    let title = format!("{}: do you have an interest in this case?", asked.reference);
    let inside = over(buffer, middle(body, 84, used + choices + 4), &title, &[], look);
    for (place, line) in lines.iter().enumerate() {
        put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), line, look);
    }
    let more =
        if asked.inferred.is_empty() { format!("No, nothing to declare: {opens}") } else { format!("Nothing more to declare: {opens}") };
    let answers = std::iter::once(more).chain(InterestKind::ALL.into_iter().map(|kind| format!("Yes: {}", kind.label())));
    for (place, answer) in answers.enumerate() {
        let at = place == sheet.at;
        let style = if at { look.selected() } else { look.text() };
        let row = Rect::new(inside.x, inside.y + used + place as u16, inside.width, 1);
        put(buffer, row.x, row.y, if at { look.cursor() } else { " " }, 1, style, look);
        put(buffer, row.x + 2, row.y, &answer, usize::from(row.width.saturating_sub(2)), style, look);
    }
    let key = app.keymap.hint(Command::SheetChoose);
    let below = inside.y + used + choices;
    if below < inside.bottom() {
        let words = format!("{key} answers. A yes recuses you at once: the case is withheld from you.");
        put(buffer, inside.x, below + u16::from(below + 1 < inside.bottom()), &words, inside.width as usize, look.dim(), look);
    }
    report.sheet = choices as usize;
}

/// Draws who is recused and what the lists suggest.
pub fn sheet(app: &App, detail: &InterestsDetail, sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let stands = detail.declared.iter().filter(|row| row.withdrawn.is_none()).count();
    let right = piece(format!("{stands} recused"), look.dim());
    let inside = over(buffer, area, &format!("Interests in the case of {}", detail.reference), &[right], look);
    let key = app.keymap.hint(Command::SheetChoose);
    let intro = format!("{key} on a row declares, withdraws or sets aside. What is set aside no longer keeps them from reviewing.");
    let words = wrap(&intro, inside.width as usize, look);
    for (place, line) in words.iter().enumerate() {
        put(buffer, inside.x, inside.y + place as u16, line, inside.width as usize, look.dim(), look);
    }
    let columns = [Column::new("Who", 16, 28, 0), Column::new("What", 24, 70, 0), Column::new("So", 17, 40, 0)];
    let mut said = vec![["Declare an interest".to_string(), "yours, or on somebody\u{2019}s behalf".to_string(), String::new()]];
    said.extend(detail.declared.iter().map(|row| {
        let so = match &row.withdrawn {
            None => format!("recused {}", row.on.format("%-d %b %y")),
            Some((on, because)) => format!("withdrawn {}: {because}", on.format("%-d %b %y")),
        };
        let by = if row.by.is_empty() { String::new() } else { format!(", declared by {}", row.by) };
        [row.person.clone(), format!("{}{by}", row.kind.label()), so]
    }));
    said.extend(detail.inferred.iter().map(|row| {
        let so = if row.dismissed.is_empty() { "counts".to_string() } else { format!("set aside: {}", row.dismissed) };
        [row.name.clone(), row.why.clone(), so]
    }));
    let styles = [look.text(), look.text(), look.dim()];
    let rows: Vec<Row> = said
        .iter()
        .enumerate()
        .skip(sheet.top)
        .map(|(place, cells)| Row {
            flag: piece(if place == 0 { "+" } else { " " }, look.key()),
            cells: cells.iter().zip(styles).map(|(text, style)| vec![piece(text.clone(), style)]).collect(),
        })
        .collect();
    // The row under the cursor is written out below, whole.
    let whole = said.get(sheet.at).map(|cells| cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join("; "));
    let whole = wrap(&whole.unwrap_or_default(), inside.width as usize, look);
    let below = (whole.len() as u16).min(4);
    let used = words.len() as u16 + 1;
    let list = Rect { y: inside.y + used, height: inside.height.saturating_sub(used + below + 1), ..inside };
    report.sheet = table(buffer, list, &columns, &rows, Some(sheet.at - sheet.top), true, look);
    for (place, line) in whole.iter().take(below as usize).enumerate() {
        put(buffer, inside.x, inside.bottom() - below + place as u16, line, inside.width as usize, look.text(), look);
    }
}
