//! The sheet of what there is to decide about keeping and erasing: disposals first, then records that have come up.

use super::over;
use super::table::{Column, Row, draw as table};
use super::text::{piece, put_pieces, wrap};
use super::theme::Look;
use crate::app::App;
use crate::app::available::Availability;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::overlay::Sheet;
use crate::app::{Deciding, DecidingRow};
use crate::domain::count::counted;
use crate::domain::retention::DisposalStand;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Lines below the list for the row under the cursor.
const BELOW: u16 = 3;

pub(super) fn draw(app: &App, deciding: &Deciding, sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let detail = &deciding.detail;
    let waiting = detail.asked.iter().filter(|row| row.waits()).count();
    let more = if detail.more { ", and more" } else { "" };
    let rows = deciding.rows();
    let up = match deciding.search.is_empty() {
        // As many as the list of what is amiss counts.
        true => format!("{}{more}", counted(detail.free(), "record to decide", "records to decide")),
        // Only those are searched that were read.
        false => {
            let found = rows.iter().filter(|row| matches!(row, DecidingRow::Due(_))).count();
            let first = if detail.more { "the first " } else { "" };
            format!("{found} of {first}{}", counted(detail.due.len(), "record", "records"))
        }
    };
    let mut right = vec![piece(up, look.dim())];
    if waiting > 0 {
        right.insert(0, piece(look.dot(), look.dim()));
        right.insert(0, piece(counted(waiting, "disposal waits", "disposals wait"), look.attention()));
    }
    if !deciding.marks.is_empty() {
        right.insert(0, piece(look.dot(), look.dim()));
        right.insert(0, piece(format!("{} marked", deciding.marks.len()), look.key()));
    }
    if deciding.typing || !deciding.search.is_empty() {
        right.insert(0, piece(format!("/{}   ", deciding.search), look.key()));
    }
    let inside = over(buffer, area, "Keeping and erasing", &right, look);
    let room = inside.width as usize;
    report.sheet = (inside.height.saturating_sub(BELOW + 1) as usize).max(1);
    if rows.is_empty() {
        let said = match (deciding.search.is_empty(), detail.sets_time) {
            (false, _) => "Nothing matches.",
            (true, false) => {
                "The framework says of no record how long it is kept: add [[retention]] to it and have the council sign it off."
            }
            (true, true) => "No record has come up, and no disposal was asked for. A record comes up by itself when its time is over.",
        };
        for (place, line) in wrap(said, room, look).into_iter().enumerate() {
            put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), &[piece(line, look.dim())], look);
        }
        return;
    }
    let columns = [Column::new("What", 11, 12, 0), Column::new("Stands", 13, 13, 0), Column::new("In words", 20, 100, 1)];
    let shown: Vec<Row> = rows.iter().skip(sheet.top).map(|row| one(deciding, *row, look)).collect();
    let list = Rect { height: inside.height.saturating_sub(BELOW), ..inside };
    table(buffer, list, &columns, &shown, Some(sheet.at - sheet.top), true, look);
    let Some(row) = rows.get(sheet.at) else { return };
    for (place, line) in wrap(&told(app, *row), room, look).into_iter().take(BELOW as usize).enumerate() {
        let y = inside.bottom().saturating_sub(BELOW) + place as u16;
        put_pieces(buffer, Rect::new(inside.x, y, inside.width, 1), &[piece(line, look.text())], look);
    }
}

fn one(deciding: &Deciding, row: DecidingRow<'_>, look: Look) -> Row {
    match row {
        DecidingRow::Asked(row) => {
            let style = if row.waits() { look.attention() } else { look.dim() };
            let stand = match row.disposal.stand {
                DisposalStand::Asked => "to approve",
                DisposalStand::Approved => "to erase",
                DisposalStand::Refused => "refused",
                DisposalStand::Done if row.disposal.unswept => "to be swept",
                DisposalStand::Done => "erased",
            };
            let held = match row.held.len() {
                0 => String::new(),
                _ if !row.waits() => String::new(),
                _ => format!("{} held; ", row.held.iter().map(|(reference, _)| reference.as_str()).collect::<Vec<_>>().join(", ")),
            };
            let cells = vec![
                vec![piece(format!("disposal {}", row.disposal.id.0), look.text())],
                vec![piece(stand, style)],
                vec![piece(held, look.attention()), piece(format!("{}: {}", row.named(), row.disposal.why), look.text())],
            ];
            Row { flag: piece(if row.waits() { "!" } else { " " }, look.attention()), cells }
        }
        DecidingRow::Due(row) => {
            let marked = if deciding.marks.contains(&row.review) { look.tick() } else { " " };
            let (stand, style) = match (&row.hold, &row.against) {
                (Some(_), _) => ("held", look.attention()),
                (None, Some(_)) if row.in_disposal => ("in a disposal", look.dim()),
                (None, Some(_)) => ("not yet", look.dim()),
                (None, None) => ("to decide", look.text()),
            };
            let cells = vec![
                vec![piece(row.reference.clone(), look.text())],
                vec![piece(stand, style)],
                vec![piece(format!("{}, since {}", row.class, row.up.format("%-d %b %Y")), look.text())],
            ];
            Row { flag: piece(marked, look.key()), cells }
        }
    }
}

/// What is to be known of the row under the cursor, and what can be done.
fn told(app: &App, row: DecidingRow<'_>) -> String {
    let key = |command| app.keymap.hint(command);
    match row {
        DecidingRow::Due(row) => match (&row.hold, &row.against) {
            (Some(_), Some(against)) if !app.has_marked_records() => format!("{against} {} releases it.", key(Command::SheetExempt)),
            (_, Some(against)) => against.clone(),
            (_, None) if app.has_marked_records() => format!(
                "{} asks for the erasure of all that are marked, {} keeps them all with the reason. Nothing goes by itself.",
                key(Command::SheetConfirm),
                key(Command::SheetExempt)
            ),
            (_, None) => format!(
                "Its time is over: {} asks for its erasure (of all marked ones at once), {} keeps it with the reason. Nothing goes by itself.",
                key(Command::SheetConfirm),
                key(Command::SheetExempt)
            ),
        },
        DecidingRow::Asked(row) => match (row.disposal.stand, &row.against) {
            (DisposalStand::Asked, Some(against)) => against.clone(),
            (DisposalStand::Asked, None) => {
                let held = row.says_held().map(|held| format!("{held} ")).unwrap_or_default();
                format!(
                    "{held}{} asked. {} approves it as the second person, {} refuses it.",
                    row.asked_by,
                    key(Command::SheetChoose),
                    key(Command::SheetExempt)
                )
            }
            (DisposalStand::Approved, _) => match app.availability(Command::SheetChoose) {
                Availability::No(why) => why,
                Availability::Yes => format!(
                    "Two people have decided it. {} erases the records for good, and asks first; {} withdraws it.",
                    key(Command::SheetChoose),
                    key(Command::SheetExempt)
                ),
            },
            (DisposalStand::Refused, _) => format!("Refused: {}", row.disposal.because),
            (DisposalStand::Done, _) if row.disposal.unswept => {
                "The records are gone. Bytes of them may still lie in the files: they are being swept, or closeloop tick sweeps them."
                    .into()
            }
            (DisposalStand::Done, _) => "The records are gone; that they were there, and every count, stays.".to_string(),
        },
    }
}
