//! Taking a change back: whether whoever did it can, and the change that puts things back. What may be undone when, and by whom, is said
//! elsewhere (`runtime::clerk::undo`). M10.

use super::{Change, ReportChange, Swap};
use crate::domain::action::{Action, ActionState};
use crate::domain::alert::AlertFact;
use crate::domain::register::Entry;

impl Change {
    /// Whether whoever did it can take it back: by the change that puts things back or, about an alert, by a fact that its own
    /// rules make. M10.
    pub fn can_be_taken_back(&self) -> bool {
        let own = match self {
            Change::AlertTold { how, by, .. } => how.is_some() && by.is_some(),
            Change::Alert(event) => matches!(event.what, AlertFact::Acknowledged { .. } | AlertFact::Followed { .. }),
            _ => false,
        };
        debug_assert_eq!(self.has_reverse(), self.reversed().is_some(), "{} is taken back, or is not", self.kind());
        own || self.has_reverse()
    }

    /// Whether there is a change that puts things back ([`Change::reversed`]), said without making it: some hold a whole sample or report.
    fn has_reverse(&self) -> bool {
        match self {
            Change::Panel(change) => change.reversed().is_some(),
            Change::Drp(change) => change.reversed().is_some(),
            Change::Privacy(change) => change.reversed().is_some(),
            Change::FollowUp(change) => !change.follows(),
            Change::Report(change) => !matches!(change, ReportChange::Published { .. }),
            Change::ReviewWithdrawn { next, .. } => next.is_some(),
            Change::SettingChanged { .. }
            | Change::AbsenceRecorded(_)
            | Change::PersonRecorded(_)
            | Change::TeamRecorded(_)
            | Change::Allocated { .. }
            | Change::CoReviewer { .. }
            | Change::LookBackSet { .. }
            | Change::NoticeSent(_)
            | Change::StepRecorded { .. }
            | Change::ReviewReturned { .. }
            | Change::Answered(_)
            | Change::ActionRecorded(_)
            | Change::ActionMoved { .. }
            | Change::ActionStepped(_)
            | Change::ActionLinked(_)
            | Change::PhaseTicked { .. }
            | Change::PanelPlanned(_)
            | Change::Exempted(_)
            | Change::Insight(_)
            | Change::CycleRecorded(_)
            | Change::EntryRecorded(_)
            | Change::PlanNoted(_)
            | Change::InterestRecorded(_)
            | Change::InferenceDismissed { .. } => true,
            _ => false,
        }
    }

    /// The change that puts things back; none where a fact stands for good.
    pub fn reversed(&self) -> Option<Change> {
        Some(match self.clone() {
            Change::SettingChanged { name, value } => Change::SettingChanged { name, value: value.reversed() },
            Change::AbsenceRecorded(swap) => Change::AbsenceRecorded(swap.reversed()),
            Change::PersonRecorded(swap) => Change::PersonRecorded(swap.reversed()),
            Change::TeamRecorded(swap) => Change::TeamRecorded(swap.reversed()),
            Change::Allocated { review, reviewer, step, next, companion, .. } => Change::Allocated {
                review,
                reviewer: reviewer.reversed(),
                step: step.reversed(),
                next: next.reversed(),
                despite: String::new(),
                companion: companion.reversed(),
            },
            Change::CoReviewer { review, person, named, .. } => {
                Change::CoReviewer { review, person, named: !named, despite: String::new() }
            }
            Change::ReviewWithdrawn { review, next: Some(next), .. } => Change::ReviewReinstated { review, next },
            Change::LookBackSet { review, look_back } => Change::LookBackSet { review, look_back: look_back.reversed() },
            Change::NoticeSent(swap) => Change::NoticeSent(swap.reversed()),
            Change::StepRecorded { review, step, label, record, next } => {
                Change::StepRecorded { review, step, label, record: record.reversed(), next: next.reversed() }
            }
            Change::ReviewReturned { review, step, record, next } => {
                Change::ReviewReturned { review, step, record: record.reversed(), next: next.reversed() }
            }
            Change::Answered(saved) => Change::Answered(saved.reversed()),
            // A new action is withdrawn and not removed: its number was read out and must not be given to another.
            Change::ActionRecorded(Swap { before: None, after: Some(raised) }) => {
                let withdrawn = Action { state: ActionState::Withdrawn, ..raised.clone() };
                Change::ActionRecorded(Swap { before: Some(raised), after: Some(withdrawn) })
            }
            Change::ActionRecorded(swap) => Change::ActionRecorded(swap.reversed()),
            Change::ActionMoved { action, review, state, evidence } => {
                Change::ActionMoved { action, review, state: state.reversed(), evidence: evidence.reversed() }
            }
            Change::ActionStepped(stepped) => Change::ActionStepped(Box::new(stepped.reversed())),
            Change::ActionLinked(linked) => Change::ActionLinked(super::ActionLinked { linked: !linked.linked, ..linked }),
            Change::PhaseTicked { cycle, phase, on } => Change::PhaseTicked { cycle, phase, on: on.reversed() },
            Change::PanelPlanned(swap) => Change::PanelPlanned(swap.reversed()),
            Change::Panel(change) => Change::Panel(change.reversed()?),
            Change::Drp(change) => Change::Drp(change.reversed()?),
            Change::FollowUp(change) => Change::FollowUp(change.reversed()?),
            Change::Exempted(swap) => Change::Exempted(swap.reversed()),
            Change::Privacy(change) => Change::Privacy(change.reversed()?),
            Change::Report(change) => Change::Report(change.reversed()?),
            Change::Insight(change) => Change::Insight(change.reversed()),
            Change::CycleRecorded(swap) => Change::CycleRecorded(swap.reversed()),
            // Nor is an entry: the command line prints its reference.
            Change::EntryRecorded(Swap { before: None, after: Some(noted) }) => {
                let gone = Entry { taken_back: true, ..noted.clone() };
                Change::EntryRecorded(Swap { before: Some(noted), after: Some(gone) })
            }
            Change::EntryRecorded(swap) => Change::EntryRecorded(swap.reversed()),
            Change::PlanNoted(swap) => Change::PlanNoted(super::plan::reversed(swap)),
            Change::InterestRecorded(swap) => Change::InterestRecorded(swap.reversed()),
            Change::InferenceDismissed { review, subject, person, inference, because } => {
                Change::InferenceDismissed { review, subject, person, inference, because: because.reversed() }
            }
            _ => return None,
        })
    }
}
