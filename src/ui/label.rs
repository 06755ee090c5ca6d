//! What a key does where the cursor is, in a word or two: for the hint bar.

use crate::app::command::Command;
use crate::app::{App, DecidingRow, View};
use crate::domain::report::ReportState;
use crate::domain::retention::DisposalStand;
use crate::domain::revisit::Stand;

/// What a command does where the cursor is, in the words of its row unless something nearer says it better.
pub(super) fn label(app: &App, command: Command) -> &'static str {
    if let Some(row) = app.revisit_at_hand() {
        match (command, &row.revisit.stand) {
            (Command::SheetChoose, Stand::Planned(_) | Stand::Done(_)) => return "open",
            (Command::SheetChoose, _) => return "look again",
            (Command::SheetExempt, Stand::LetGo(_)) => return "ask for it again",
            (Command::SheetExempt, Stand::Planned(_) | Stand::Done(_)) => return "take the link away",
            (Command::SheetExempt, _) => return "let it go",
            _ => {}
        }
    }
    match (app.view, command) {
        (View::Insight, Command::NextPane) => return "next page",
        (View::Insight, Command::ThenAndNow) => return "what moved",
        (View::Insight, Command::InsightOne) if app.insight.wanted.only.is_some() => return "all cycles",
        (View::Reports, Command::BuildReport) => match app.reports.row().and_then(|row| row.state) {
            Some(ReportState::Draft) => return "count anew",
            Some(ReportState::Published) => return "new version",
            _ => {}
        },
        _ => {}
    }
    match command {
        Command::SheetConfirm if app.shows_attendance() => return "these are there",
        Command::SheetChoose if app.shows_attendance() => return "tick",
        Command::SheetEvery if app.shows_attendance() => return "all or nobody",
        Command::SheetChoose if app.shows_notices() => return "was told",
        Command::SheetEvery if app.shows_notices() => return "all were told",
        _ => {}
    }
    if let Some(row) = app.held_at_hand() {
        match command {
            Command::SheetChoose => return if row.what.changes_hands() { "give to somebody else" } else { "open" },
            Command::SheetConfirm => return "all of these",
            _ => {}
        }
    }
    if let Some(row) = app.deciding_row() {
        match (command, row) {
            (Command::SheetChoose, DecidingRow::Due(_)) => return "open",
            (Command::SheetChoose, DecidingRow::Asked(row)) if row.disposal.stand == DisposalStand::Asked => return "approve",
            (Command::SheetChoose, DecidingRow::Asked(_)) => return "erase",
            (Command::SheetExempt, DecidingRow::Due(_)) if app.has_marked_records() => return "hold the marked",
            (Command::SheetExempt, DecidingRow::Due(row)) => return if row.hold.is_some() { "release" } else { "hold" },
            (Command::SheetExempt, DecidingRow::Asked(row)) if row.disposal.stand == DisposalStand::Approved => return "withdraw",
            (Command::SheetExempt, DecidingRow::Asked(_)) => return "refuse",
            (Command::SheetConfirm, _) => return "ask for erasure",
            _ => {}
        }
    }
    if command == Command::SheetFar && app.shows_far_looks_alone() {
        return "everybody";
    }
    if command == Command::FillGap && app.alert.as_ref().is_some_and(|view| app.view == View::Alert && view.left().is_some()) {
        return "name who hears";
    }
    match (command, app.finding_at_hand()) {
        (Command::SheetChoose, None) if app.records_up_at_hand().is_some() => "open",
        (Command::SheetChoose, Some(_)) => "open",
        (Command::SheetExempt, Some(finding)) if finding.exempt.is_some() => "look at it again",
        (Command::SheetAll, Some(_)) => "set aside: show, hide",
        _ => command.row().label,
    }
}
