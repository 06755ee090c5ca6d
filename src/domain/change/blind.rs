//! Which changes give a judgement away to somebody who is to score blind.
//!
//! Every kind is named, so that whoever adds one has to say.

use super::Change;
use crate::domain::review::field;

impl Change {
    /// Whether its row in a history tells of the reviewer's judgement, by what it says or by being there at all.
    pub fn tells_of_grade(&self) -> bool {
        match self {
            Change::Answered(saved) => saved.answers.iter().all(|answer| field::tells_of_grade(&answer.field)),
            Change::OwnJudged { .. }
            | Change::SealOpened { .. }
            | Change::PanelDecided { .. }
            | Change::AlertOpened(_)
            | Change::AlertTold { .. }
            | Change::AlertClosed { .. }
            | Change::Alert(_)
            // What is amiss with an Inadequate tells that it is one.
            | Change::Exempted(_)
            | Change::Mail(_) => true,
            // Out of an alert: that there is one tells the grade.
            Change::ActionRecorded(action) => action.after.as_ref().or(action.before.as_ref()).is_some_and(|action| action.alert.is_some()),
            Change::Panel(change) => change.tells_of_grade(),
            Change::FollowUp(change) => change.tells_of_grade(),
            Change::Insight(change) => change.tells_of_grade(),
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
            | Change::CaseSubstituted(_)
            | Change::ReviewOpened(_)
            | Change::ReviewWithdrawn { .. }
            | Change::ReviewReinstated { .. }
            | Change::Allocated { .. }
            | Change::StepRecorded { .. }
            | Change::ReviewSubmitted { .. }
            | Change::ReviewReturned { .. }
            | Change::ReviewFinalised { .. }
            | Change::PanelPlanned(_)
            | Change::ActionMoved { .. }
            | Change::ActionStepped(_)
            | Change::ActionLinked(_)
            | Change::Revealed { .. }
            | Change::EntryRecorded(_)
            | Change::PlanNoted(_)
            | Change::LookBackSet { .. }
            | Change::CoReviewer { .. }
            | Change::NoticeSent(_)
            | Change::InterestRecorded(_)
            | Change::NothingDeclared { .. }
            | Change::InferenceDismissed { .. }
            | Change::Drp(_)
            | Change::Privacy(_)
            // Its sentences tell no figure, and it shows in no review's history.
            | Change::Report(_)
            // What was found stays in sight, as the answers do.
            | Change::AskedWhileRecused { .. } => false,
        }
    }
}
