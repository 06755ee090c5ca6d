//! The sheet of findings: kind by kind what is amiss, then what has come up to be decided about, and below what to do about the one
//! under the cursor.

use super::over;
use super::text::{Piece, piece, put_pieces, wrap};
use super::theme::Look;
use crate::app::App;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::overlay::Sheet;
use crate::domain::check::{Finding, shown};
use crate::domain::query::RecordsUp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A line of the list, and the place of the finding that it is.
type Line = (Vec<Piece>, Option<usize>);

/// Lines below the list: what to do.
const BELOW: u16 = 3;

/// The rows of the sheet: what is amiss, with what was set aside where true, and what is due without anything being amiss.
pub(super) type Looked<'a> = (&'a [Finding], bool, Option<&'a RecordsUp>);

pub(super) fn draw(
    app: &App,
    (rows, all, due): Looked<'_>,
    sheet: &Sheet,
    look: Look,
    buffer: &mut Buffer,
    area: Rect,
    report: &mut Report,
) {
    let shown = shown(rows, all);
    let aside = rows.iter().filter(|finding| finding.exempt.is_some()).count();
    let amiss = rows.len() - aside;
    let mut right = vec![piece(format!("{amiss} amiss"), if amiss > 0 { look.attention() } else { look.good() })];
    if aside > 0 {
        right.extend([piece(look.dot(), look.dim()), piece(format!("{aside} set aside"), look.dim())]);
    }
    let inside = over(buffer, area, "Look over the records", &right, look);
    let room = inside.width as usize;
    let mut lines = lines(&shown, sheet.at, room, look);
    if shown.is_empty() {
        let words = if aside > 0 { "Nothing else is amiss" } else { "Nothing is amiss" };
        let words = format!("{words} in the records themselves. What is late or due stands on the desk.");
        lines.push((vec![piece(words, look.good())], None));
    }
    if let Some(due) = due {
        lines.extend(records_up(due, shown.len(), sheet.at, look));
    }
    let height = inside.height.saturating_sub(BELOW) as usize;
    report.sheet = height.saturating_sub(2).max(1);
    let here = lines.iter().position(|(_, place)| *place == Some(sheet.at)).unwrap_or(0);
    // The heading of its kind stays in view with the first of them.
    let top = here.saturating_sub(height.saturating_sub(1)).max(if here < height { 0 } else { here + 1 - height });
    for (row, (line, _)) in lines.iter().skip(top).take(height).enumerate() {
        put_pieces(buffer, Rect::new(inside.x, inside.y + row as u16, inside.width, 1), line, look);
    }
    let said = match (shown.get(sheet.at), due) {
        (Some(Finding { exempt: Some(exemption), .. }), _) => {
            let until = exemption.until.map(|day| format!(" until {}", day.format("%-d %b %Y"))).unwrap_or_default();
            format!("Set aside{until}: {}", exemption.reason)
        }
        (Some(finding), _) => finding.kind.remedy().to_string(),
        (None, Some(RecordsUp { against: Some(why), .. })) => why.clone(),
        (None, Some(_)) => {
            let key = app.keymap.hint(Command::SheetChoose);
            format!("{key} opens the list of them: each is held with its reason, or somebody asks for its erasure and a second approves.")
        }
        (None, None) => return,
    };
    for (row, text) in wrap(&said, room, look).into_iter().take(BELOW as usize - 1).enumerate() {
        let place = Rect::new(inside.x, inside.bottom().saturating_sub(BELOW - 1) + row as u16, inside.width, 1);
        put_pieces(buffer, place, &[piece(text, look.text())], look);
    }
}

/// Records that have come up for disposal: a row of its own below what is amiss.
fn records_up(due: &RecordsUp, place: usize, at: usize, look: Look) -> Vec<Line> {
    let (mark, style) = if place == at { (look.cursor(), look.chosen()) } else { (" ", look.text()) };
    vec![
        (Vec::new(), None),
        (vec![piece("To be decided about", look.heading()), piece("  (due; nothing is amiss with it)", look.dim())], None),
        (vec![piece(mark, look.key()), piece("  ", look.text()), piece(due.sentence(), style)], Some(place)),
    ]
}

fn lines(shown: &[&Finding], at: usize, room: usize, look: Look) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut kind = None;
    for (place, finding) in shown.iter().enumerate() {
        if kind != Some(finding.kind) {
            kind = Some(finding.kind);
            let of_kind = shown.iter().filter(|other| other.kind == finding.kind).count();
            lines.push((
                vec![piece(finding.label.clone(), look.heading()), piece(format!("  ({of_kind}, {})", finding.severity.key()), look.dim())],
                None,
            ));
        }
        let here = place == at;
        let mark = if here { look.cursor() } else { " " };
        let style = match (here, finding.exempt.is_some()) {
            (true, _) => look.chosen(),
            (false, true) => look.dim(),
            (false, false) => look.text(),
        };
        let aside = if finding.exempt.is_some() { "  set aside" } else { "" };
        let words = format!("{:<10} {}{aside}", finding.reference, finding.said);
        let words: String = words.chars().take(room.saturating_sub(4)).collect();
        lines.push((vec![piece(mark, look.key()), piece("  ", look.text()), piece(words, style)], Some(place)));
    }
    lines
}
