//! The read-model of the header: where the work stands.

use super::Count;
use crate::domain::access::Access;
use crate::domain::cycle::PhaseProgress;
use crate::domain::id::CycleId;
use chrono::{DateTime, NaiveDate, Utc};

/// Where the work stands: the header of every view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overview {
    /// The framework in use has been chosen.
    pub started: bool,
    /// Short name of the framework.
    pub framework: String,
    /// This database is a made-up council.
    pub demo: bool,
    /// The cycle people are in: of those that run, the one whose reviews are under way.
    pub cycle: Option<CycleHead>,
    /// The others that run, the newest first: each with the phase that it is in.
    pub also: Vec<AlsoRuns>,
    /// How many cases are in the sampling frame; while a cycle is open, only whether there are any.
    pub frame: u64,
    /// The day of the newest extract, where it is more than a year old: a sample drawn from it is of another caseload.
    pub old_extract: Option<NaiveDate>,
    /// How many people are known; while a cycle is open, only whether there are any.
    pub people: u64,
    /// Open alerts.
    pub alerts: u64,
    /// Of these, opened by a grade.
    pub graded_alerts: u64,
    /// Open disputes of the reviewing officers (M14).
    pub disputes: u64,
    /// Everything that is open in the list of alerts: those, and alerts of good practice.
    pub strips: u64,
    /// Of everything in the list, those with a clock that has run out.
    pub alerts_overdue: u64,
    /// The nearest deadline among them, with the reference of its review, or its own.
    pub nearest: Option<(DateTime<Utc>, String)>,
    /// The strip that was opened last, of those that are open: its number among all strips and its reference.
    pub newest_strip: Option<(i64, String)>,
    /// Open reviews.
    pub open: Count,
    /// Of these, late.
    pub late: Count,
    /// Reviews that wait for the panel.
    pub for_panel: u64,
    /// The next sitting, with its time.
    pub next_panel: Option<(NaiveDate, String)>,
    /// Open actions.
    pub actions: Count,
    /// Of these, overdue.
    pub actions_overdue: Count,
    /// Due within seven days.
    pub actions_soon: Count,
    /// To be signed off.
    pub actions_to_sign_off: Count,
    /// To be looked at again (F14).
    pub actions_to_revisit: Count,
    /// Areas and cases that are due to be looked at again, for who keeps the programme (F14, Q02).
    pub revisits: u64,
    /// Of these, late.
    pub revisits_late: u64,
    /// Reports that wait for the approval of whoever looks (M20).
    pub to_approve: u64,
    /// Reviews whose loop is open (M17).
    pub loops_open: Count,
    /// What this person may do, and how far they see.
    pub access: Access,
    /// The next working day after today; none: the table of bank holidays does not reach it.
    pub next_working_day: Option<NaiveDate>,
    /// Reviews that are withheld from this person, whatever their state: a number that tells nothing about any of them.
    pub withheld: u64,
}

/// The cycle in the header.
#[derive(Debug, Clone, PartialEq)]
pub struct CycleHead {
    /// The cycle.
    pub id: CycleId,
    /// `November 2026`.
    pub title: String,
    /// Area of focus.
    pub focus: String,
    /// Its phases.
    pub phases: Vec<PhaseProgress>,
    /// Why it is this one, where several run; empty where none does beside it.
    pub why: &'static str,
}

/// A cycle that runs beside the one in the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlsoRuns {
    /// `October 2026`.
    pub title: String,
    /// The phase that it is in, with how far it is: `Finalise 74/77`.
    pub phase: String,
    /// That phase is past its last day.
    pub late: bool,
}

impl AlsoRuns {
    /// `October 2026: Finalise 74/77, late`.
    pub fn said(&self) -> String {
        let late = if self.late { ", late" } else { "" };
        format!("{}: {}{late}", self.title, self.phase)
    }
}
