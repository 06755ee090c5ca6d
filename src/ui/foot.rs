//! The foot: a notice said whole, who somebody is, the filter being typed, or the keys that matter here.
//!
//! A sentence takes as many lines as it needs and the view above gives way: one that is cut in half helps nobody.

use super::label::label;
use super::text::{Piece, piece, width, wrap};
use super::theme::Look;
use crate::app::available::Availability;
use crate::app::command::Command;
use crate::app::overlay::{Overlay, SheetBody};
use crate::app::{App, Level, Notice, Pane, View};
use crate::domain::report::ReportState;

/// What stands at the bottom, line by line; at least one line.
pub fn lines(app: &App, look: Look, columns: u16) -> Vec<Vec<Piece>> {
    let room = columns as usize - 1;
    let mut lines = if let Some((identity, until)) = &app.revealed {
        let system = app.framework.as_ref().map(|framework| framework.case_system.clone()).unwrap_or_default();
        // The review is named: the cursor may have moved on since.
        let review = app.reference_of(identity.review).map(|reference| format!("{reference} is ")).unwrap_or_default();
        vec![vec![
            piece(format!("{review}{} in {system}", identity.council_id), look.chosen()),
            piece(format!("{}held by {}", look.dot(), identity.practitioner), look.text()),
            piece(format!("   hidden again in {} s", (*until - app.now).num_seconds().max(0)), look.dim()),
        ]]
    } else if app.filtering && app.overlays.is_empty() {
        filter(app, look, room)
    } else {
        match &app.notice {
            Some(notice) => {
                let mut lines = said(notice, look, room);
                let used: usize = lines.last().map_or(0, |last| last.iter().map(|(text, _)| width(text)).sum());
                let beside = room.saturating_sub(used + 3);
                // Over a form or a sheet the keys are how to get out of it: they have a line of their own where they do not fit beside.
                // Elsewhere as many as fit beside, and where none do a line of them: whoever is lost needs at least the key of the help.
                let keys = hints(app, look, if app.overlays.is_empty() { beside } else { room });
                let keys = if keys.is_empty() { hints(app, look, room) } else { keys };
                let fits = keys.iter().map(|(text, _)| width(text)).sum::<usize>() <= beside;
                match lines.last_mut() {
                    _ if !fits => lines.push(keys),
                    Some(last) if !keys.is_empty() => {
                        last.push(piece("   ", look.dim()));
                        last.extend(keys);
                    }
                    _ => {}
                }
                lines
            }
            None => vec![hints(app, look, room)],
        }
    };
    for line in &mut lines {
        line.insert(0, piece(" ", look.text()));
    }
    lines
}

/// A notice in as many lines as it needs.
fn said(notice: &Notice, look: Look, room: usize) -> Vec<Vec<Piece>> {
    let (sign, style) = match notice.level {
        Level::Done => (look.tick(), look.good()),
        Level::Info => ("", look.text()),
        Level::Trouble => ("!", look.alarm()),
    };
    let sign = if sign.is_empty() { String::new() } else { format!("{sign} ") };
    let text = wrap(&notice.text, room.saturating_sub(width(&sign)), look);
    let lines = text.into_iter().enumerate().map(|(place, line)| {
        let before = if place == 0 { sign.clone() } else { " ".repeat(width(&sign)) };
        vec![piece(before, style), piece(line, style)]
    });
    lines.collect()
}

/// The filter as it is typed, with what it understands as far as that fits, and above it what is wrong with it.
fn filter(app: &App, look: Look, room: usize) -> Vec<Vec<Piece>> {
    let mut lines = app.notice.as_ref().map(|notice| said(notice, look, room)).unwrap_or_default();
    let mut line = vec![piece("/", look.key()), piece(app.filter_text(), look.text()), piece(" ", look.chosen())];
    let used = width(app.filter_text()) + 2;
    let of_reports = [
        "   words, kind:tracking, cycle:2026-11, stands:draft   Enter keeps, Esc clears",
        "   kind:tracking, stands:draft   Enter keeps, Esc clears",
        "   Enter keeps, Esc clears",
    ];
    let of_records = [
        "   words, grade:ri, worker:carter, late, mine, all   Enter keeps, Esc clears",
        "   grade:ri, late, mine, all   Enter keeps, Esc clears",
        "   Enter keeps, Esc clears",
    ];
    let help = if app.view == View::Reports { of_reports } else { of_records };
    // Q02: nobody filters by grade where nothing is ever graded.
    let graded = app.framework.as_ref().is_none_or(|framework| framework.grades_anything());
    line.extend(
        help.into_iter()
            .filter(|help| graded || !help.contains("grade:"))
            .find(|help| used + width(help) <= room)
            .map(|help| piece(help, look.dim())),
    );
    lines.push(line);
    lines
}

/// The commands of the hint bar, for where the cursor is; those that are not available are left out.
fn hinted(app: &App) -> Vec<Command> {
    use Command as C;
    match app.overlays.last() {
        Some(Overlay::Form(_)) => vec![C::Save, C::NextField, C::PreviousField, C::LeaveForm],
        Some(Overlay::Sheet(sheet)) => match &sheet.body {
            SheetBody::Proposal(_) => vec![C::SheetConfirm, C::SheetChoose, C::SheetBeside, C::CloseSheet],
            SheetBody::Action(_) => {
                vec![
                    C::SheetChoose,
                    C::TakeUp,
                    C::ReportDone,
                    C::SignOff,
                    C::GiveLonger,
                    C::Reassign,
                    C::Revisit,
                    C::ActionReview,
                    C::CloseSheet,
                ]
            }
            SheetBody::Notices(_) => vec![C::SheetEvery, C::SheetChoose, C::SheetUndo, C::CloseSheet],
            SheetBody::Candidates(_) => vec![C::SheetChoose, C::CloseSheet],
            SheetBody::Finish { .. } | SheetBody::AskFirst { .. } | SheetBody::Interests(_) => vec![C::SheetChoose, C::CloseSheet],
            SheetBody::Registers(_) | SheetBody::Cycles(_) => vec![C::SheetChoose, C::CloseSheet],
            SheetBody::Attendance { .. } => vec![C::SheetConfirm, C::SheetChoose, C::SheetEvery, C::CloseSheet],
            SheetBody::Door { .. } => vec![C::SheetConfirm, C::CloseSheet],
            SheetBody::Drafts(_) => vec![C::SheetChoose, C::SheetDiscard, C::CloseSheet],
            SheetBody::Drp(_) => vec![C::SheetChoose, C::SheetProof, C::SheetSum, C::SheetDown, C::CloseSheet],
            SheetBody::Findings { .. } => vec![C::SheetChoose, C::SheetExempt, C::SheetAll, C::SheetUndo, C::CloseSheet],
            SheetBody::Looks(_) => vec![C::SheetChoose, C::SheetFar, C::SheetDown, C::CloseSheet],
            SheetBody::Revisits(_) => vec![C::SheetChoose, C::SheetThenNow, C::SheetExempt, C::SheetUndo, C::SheetDown, C::CloseSheet],
            SheetBody::Person { .. } => {
                vec![
                    C::SheetChoose,
                    C::SheetConfirm,
                    C::ChangePerson,
                    C::EndPerson,
                    C::RecordAbsence,
                    C::SheetUndo,
                    C::SheetDown,
                    C::CloseSheet,
                ]
            }
            SheetBody::Disposals(_) => {
                vec![
                    C::SheetChoose,
                    C::SheetConfirm,
                    C::SheetExempt,
                    C::SheetMark,
                    C::HelpSearch,
                    C::SheetUndo,
                    C::SheetDown,
                    C::CloseSheet,
                ]
            }
            SheetBody::ThenNow(_) | SheetBody::PracticeAlerts(_) | SheetBody::Proof(_) | SheetBody::Effects(_) => {
                vec![C::SheetDown, C::CloseSheet]
            }
            SheetBody::History { .. } | SheetBody::DueSum(_) | SheetBody::Card(_) | SheetBody::Agreement(_) | SheetBody::Words { .. } => {
                vec![C::SheetDown, C::CloseSheet]
            }
        },
        Some(Overlay::Help { .. }) => vec![C::SheetDown, C::HelpSearch, C::CloseSheet],
        Some(Overlay::Palette { .. } | Overlay::Confirm(_)) => Vec::new(),
        None => match (app.view, app.focus) {
            (View::Desk, _) if !app.overview.started => vec![C::Quit, C::Help],
            (View::Desk, Pane::Queue) => {
                vec![C::Open, C::NextThing, C::NextStep, C::Allocate, C::Mark, C::Filter, C::ViewCycle, C::Undo, C::Palette, C::Help]
            }
            (View::Desk, Pane::Panel) => {
                vec![
                    C::ViewSitting,
                    C::Open,
                    C::NextThing,
                    C::Agreement,
                    C::Filter,
                    C::DueSum,
                    C::ViewQueue,
                    C::ViewCycle,
                    C::Undo,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Desk, Pane::Alerts) => {
                vec![
                    C::Open,
                    C::TellAlert,
                    C::AcknowledgeAlert,
                    C::AssureAlert,
                    C::DueSum,
                    C::NextThing,
                    C::CloseAlert,
                    C::RaiseDispute,
                    C::Filter,
                    C::ViewQueue,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Alert, _) => {
                vec![
                    C::TellAlert,
                    C::AcknowledgeAlert,
                    C::AssureAlert,
                    C::FillGap,
                    C::OpenUrgent,
                    C::DecideDispute,
                    C::DisputeAlert,
                    C::KeepWithAlert,
                    C::CloseAlert,
                    C::DueSum,
                    C::Proof,
                    C::Open,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Desk, Pane::Actions) if app.tracker.is_on_heading() => {
                vec![C::Open, C::Fold, C::GroupActions, C::Board, C::WhichActions, C::WhoseActions, C::Filter, C::Effects, C::Back, C::Help]
            }
            (View::Desk, Pane::Actions) => {
                let more: &[C] = match app.tracker.is_board() {
                    true => &[C::WhichActions, C::WhoseActions, C::Board, C::Undo, C::Help],
                    false => &[
                        C::WhichActions,
                        C::WhoseActions,
                        C::GroupActions,
                        C::Board,
                        C::MarkAction,
                        C::NextThing,
                        C::Undo,
                        C::Palette,
                        C::Help,
                    ],
                };
                let folds: &[C] = if app.tracker.is_board() { &[C::Fold, C::Unfold] } else { &[] };
                let deeds = [C::TakeUp, C::ReportDone, C::SignOff, C::Revisit, C::GiveLonger, C::Reassign];
                [&[C::Open], folds, &deeds, more].concat()
            }
            (View::Cycle, _) => {
                vec![
                    C::Draw,
                    C::AllocateCycle,
                    C::TickPhase,
                    C::Open,
                    C::Notices,
                    C::NameCase,
                    C::Card,
                    C::OpenCycle,
                    C::TakeCycleAway,
                    C::ViewPlan,
                    C::ThenAndNow,
                    C::Revisits,
                    C::ViewYear,
                    C::EarlierCycle,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Plan, _) => {
                vec![
                    C::Open,
                    C::PlanAction,
                    C::PlanPresented,
                    C::PlanProgress,
                    C::PlanTraining,
                    C::PlanSettle,
                    C::PlanConcern,
                    C::PlanNarrative,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Programme, _) => {
                vec![
                    C::PlanCycle,
                    C::Revisits,
                    C::ExtraWork,
                    C::HoldEvent,
                    C::Open,
                    C::EarlierYear,
                    C::LaterYear,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Reports, _) if app.reports.detail.is_none() => {
                // What this row can have done to it next.
                let state = app.reports.row().and_then(|row| row.state);
                let deeds: &[C] = match state {
                    None => &[C::BuildReport],
                    Some(ReportState::Draft) if app.reports.row().is_some_and(|row| row.to_approve) => {
                        &[C::ApproveReport, C::WriteReport, C::BuildReport]
                    }
                    Some(ReportState::Draft) => &[C::WriteReport, C::BuildReport, C::ExportReport],
                    Some(ReportState::Approved) => &[C::PublishReport, C::PresentReport, C::ExportReport],
                    Some(ReportState::Published) => &[C::PresentReport, C::BuildReport, C::ExportReport],
                };
                [&[C::Open], deeds, &[C::AnotherReport, C::Down, C::Undo, C::Back, C::Palette, C::Help]].concat()
            }
            (View::Reports, _) => vec![
                C::WriteReport,
                C::ApproveReport,
                C::PublishReport,
                C::PresentReport,
                C::BuildReport,
                C::ExportReport,
                C::Down,
                C::Undo,
                C::Back,
                C::Palette,
                C::Help,
            ],
            (View::Registers, _) => {
                vec![
                    C::NoteEntry,
                    C::Open,
                    C::EntryAction,
                    C::NextPane,
                    C::SortStandings,
                    C::Filter,
                    C::TakeBackEntry,
                    C::Undo,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Insight, _) => {
                vec![
                    C::Open,
                    C::NextPane,
                    // Why a share fell is asked more often than anything else, in a small window as well.
                    C::ThenAndNow,
                    C::InsightOne,
                    C::InsightWindow,
                    C::InsightKind,
                    C::InsightService,
                    C::InsightWords,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Sitting, _) if app.sitting.shown.is_none() => vec![C::Open, C::PlanSitting, C::Agreement, C::Back, C::Palette, C::Help],
            (View::Sitting, _) if app.sitting.asks().is_some() => {
                vec![C::Open, C::BeginSitting, C::NextPane, C::Follow, C::Back, C::Palette, C::Help]
            }
            (View::Sitting, _) => {
                vec![
                    C::ScoreItem,
                    C::PutOnTable,
                    C::DecideItem,
                    C::OpenScores,
                    C::BeginSitting,
                    C::CallOffSitting,
                    C::Follow,
                    C::SendBack,
                    C::DeferItem,
                    C::NextPane,
                    C::EarlierItem,
                    C::Attendance,
                    C::CloseSitting,
                    C::ActionOfItem,
                    C::AddMinute,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Register, _) => {
                vec![
                    C::Open,
                    C::AddPerson,
                    C::ChangePerson,
                    C::EndPerson,
                    C::RecordAbsence,
                    C::Filter,
                    C::Undo,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
            (View::Record, _) => {
                vec![
                    C::RecordNext,
                    C::Edit,
                    C::NextSection,
                    C::FollowUp,
                    C::Finish,
                    C::RaiseAction,
                    C::Beside,
                    C::Undo,
                    C::Back,
                    C::Palette,
                    C::Help,
                ]
            }
        },
    }
}

/// Commands whose keys are shown before all others: where every other command and all help is found.
const ALWAYS: [Command; 4] = [Command::Palette, Command::Help, Command::CloseSheet, Command::LeaveForm];

/// The keys that matter here, as many as fit whole; none where not even those that lead to all others fit.
fn hints(app: &App, look: Look, room: usize) -> Vec<Piece> {
    let fixed = match app.overlays.last() {
        Some(Overlay::Palette { .. }) => Some("Enter runs it   Esc closes"),
        Some(Overlay::Help { typing: true, .. }) => Some("Type a few letters   Enter keeps what matches   Esc leaves the search"),
        Some(Overlay::Confirm(_)) => Some("Type the word and press Enter   Esc goes back"),
        _ => None,
    };
    if let Some(fixed) = fixed {
        return if width(fixed) <= room { vec![piece(fixed, look.dim())] } else { Vec::new() };
    }
    let known: Vec<(Command, String, String)> = hinted(app)
        .into_iter()
        .map(|command| (command, app.keymap.hint(command), format!(" {}   ", label(app, command))))
        .filter(|(command, key, _)| !key.is_empty() && app.availability(*command) == Availability::Yes)
        .collect();
    let mut left = room + 3;
    let mut shown: Vec<Command> = Vec::new();
    for first in [true, false] {
        for (command, key, label) in known.iter().filter(|(command, ..)| ALWAYS.contains(command) == first) {
            let wide = width(key) + width(label);
            match wide > left {
                true if first => return Vec::new(),
                true => break,
                false => {}
            }
            left -= wide;
            shown.push(*command);
        }
    }
    let known = known.into_iter().filter(|(command, ..)| shown.contains(command));
    known.flat_map(|(_, key, label)| [piece(key, look.key()), piece(label, look.dim())]).collect()
}
