//! The projection: what each change does to the tables. The same code serves a new change and a rebuild.
//!
//! It must depend on nothing but the change, its sequence number and its time: no clock, no framework, no setting.

mod actions;
mod alerts;
mod check;
mod council;
mod drp;
mod follow;
mod insight;
mod interests;
mod joint;
mod outbox;
mod panel;
mod plan;
mod privacy;
mod registers;
mod reports;
mod reviews;
pub mod strip;

use super::error::{StoreError, StoreResult};
use crate::domain::change::Change;
use rusqlite::Connection;

/// Date of a row that has none; sorts after every real one.
pub const NO_DATE: &str = "9999-12-31";

/// The tables a rebuild compares, each with the columns that order it.
pub const TABLES: [(&str, &str); 44] = [
    ("setting", "name"),
    ("framework", "id, version"),
    ("holiday", "day"),
    ("team", "id"),
    ("person", "id"),
    ("absence", "id"),
    ("subject", "id"),
    ("imported_file", "seq"),
    ("cycle", "id"),
    ("draw", "id"),
    ("substitution", "seq"),
    ("review", "id"),
    ("review_step", "review, step"),
    ("answer", "review, field"),
    ("review_theme", "review, theme, found"),
    ("good_practice", "id"),
    ("indicator", "key, from_day, until"),
    ("panel", "id"),
    ("panel_item", "panel, review"),
    ("panel_score", "panel, review, person, round"),
    ("panel_minute", "seq"),
    ("alert", "id"),
    ("drp", "id"),
    ("action", "id"),
    ("action_link", "action, review"),
    ("follow_up", "id"),
    ("exemption", "kind, about"),
    ("outbox", "id"),
    ("strip", "id"),
    ("strip_person", "strip, person"),
    ("overdue", "object, clock, due_at"),
    ("entry", "id"),
    ("plan_note", "id"),
    ("report", "id"),
    ("notice", "review, role"),
    ("co_reviewer", "review, person"),
    ("own_judgement", "review, person"),
    ("seal_opened", "review"),
    ("interest", "id"),
    ("asked", "person, subject"),
    ("hold", "review"),
    ("disposal", "id"),
    ("number_used", "name"),
    ("inference_dismissed", "person, subject, inference"),
];

/// Writes what a change does to the tables.
pub fn project(connection: &Connection, seq: i64, at: i64, change: &Change) -> StoreResult<()> {
    match change {
        Change::FrameworkFrozen { .. }
        | Change::SettingChanged { .. }
        | Change::PersonRecorded(_)
        | Change::TeamRecorded(_)
        | Change::AbsenceRecorded(_)
        | Change::SubjectRecorded(_)
        | Change::FileImported { .. }
        | Change::HolidaysReplaced(_)
        | Change::CycleRecorded(_)
        | Change::PhaseTicked { .. }
        | Change::SampleDrawn(_)
        | Change::CaseSubstituted(_) => council::project(connection, seq, at, change),
        Change::PanelPlanned(swap) => panel::planned(connection, seq, swap),
        Change::Panel(change) => panel::project(connection, seq, at, change),
        Change::Drp(change) => drp::project(connection, seq, at, change),
        Change::FollowUp(change) => follow::project(connection, seq, at, change),
        Change::Exempted(swap) => check::project(connection, seq, swap),
        Change::Report(change) => reports::project(connection, seq, change),
        Change::ReviewOpened(_)
        | Change::ReviewWithdrawn { .. }
        | Change::ReviewReinstated { .. }
        | Change::Allocated { .. }
        | Change::StepRecorded { .. }
        | Change::Answered(_)
        | Change::ReviewSubmitted { .. }
        | Change::ReviewReturned { .. }
        | Change::ReviewFinalised { .. }
        | Change::PanelDecided { .. }
        | Change::LookBackSet { .. }
        | Change::NoticeSent(_) => reviews::project(connection, seq, at, change),
        Change::AlertOpened(_) | Change::AlertTold { .. } | Change::Alert(_) | Change::AlertClosed { .. } => {
            alerts::project(connection, seq, change)
        }
        Change::ActionRecorded(_) | Change::ActionMoved { .. } | Change::ActionStepped(_) | Change::ActionLinked(_) => {
            actions::project(connection, seq, at, change)
        }
        Change::Insight(change) => insight::project(connection, seq, change),
        Change::Mail(change) => outbox::project(connection, seq, change),
        Change::EntryRecorded(swap) => registers::project(connection, seq, swap),
        Change::PlanNoted(swap) => plan::project(connection, seq, swap),
        Change::CoReviewer { .. } | Change::OwnJudged { .. } | Change::SealOpened { .. } => joint::project(connection, change),
        Change::InterestRecorded(_) | Change::NothingDeclared { .. } | Change::InferenceDismissed { .. } => {
            interests::project(connection, seq, change)
        }
        // Looking, and asking in vain, leave their trace in the journal and nowhere else.
        Change::Revealed { .. } | Change::AskedWhileRecused { .. } => Ok(()),
        Change::Privacy(change) => privacy::project(connection, seq, change),
    }
}

/// Stores a value as JSON text.
fn json<T: serde::Serialize>(value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable { place: "a value to store", what: error.to_string() })
}

/// Reads JSON text.
pub fn from_json<T: serde::de::DeserializeOwned>(place: &'static str, text: &str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Unreadable { place, what: error.to_string() })
}

/// The word that serde writes for a unit variant (`in-progress`).
pub fn word<T: serde::Serialize>(value: &T) -> StoreResult<String> {
    Ok(json(value)?.trim_matches('"').to_string())
}
