//! Which right each deed needs. The matches name every deed on purpose: a new one has to say.

use super::Right;
use crate::domain::deed::{ActionDeed, AlertDeed, Deed, DrpDeed, InsightDeed, PanelDeed, PeopleDeed, PrivacyDeed, ReportDeed};
use crate::domain::id::PersonId;
use crate::domain::revisit::RevisitDeed;

/// The right that a deed needs; none for what anybody may ask for: what is due is due whoever notices, and whoever has an interest
/// in a case may say so.
pub fn needs(deed: &Deed) -> Option<Right> {
    Some(match deed {
        // How far the log of looks has come is noted whoever looks.
        Deed::Privacy(PrivacyDeed::NoteLooks { .. }) => return None,
        // Whoever may read the log says so; the deed asks that itself.
        Deed::Privacy(PrivacyDeed::BeginLooksAnew { .. }) => Right::Read,
        Deed::Privacy(
            PrivacyDeed::Hold { .. }
            | PrivacyDeed::Release { .. }
            | PrivacyDeed::AskDisposal { .. }
            | PrivacyDeed::SettleDisposal { .. }
            | PrivacyDeed::CarryOut { .. },
        ) => Right::Administer,
        Deed::Revisit(RevisitDeed::Plan { .. } | RevisitDeed::Link { .. } | RevisitDeed::LetGo { .. }) => Right::Plan,
        Deed::RaiseDue | Deed::NothingToDeclare { .. } | Deed::DeclareInterest { .. } | Deed::WithdrawInterest { .. } => return None,
        Deed::Reveal { .. } => Right::Read,
        Deed::Start { .. }
        | Deed::AdoptFramework { .. }
        | Deed::Set { .. }
        | Deed::ImportFrame { .. }
        | Deed::ImportSubjects(_)
        | Deed::ImportPeople { .. }
        | Deed::ImportHolidays { .. }
        | Deed::RecordAbsence { .. } => Right::Administer,
        Deed::People(deed) => match deed {
            PeopleDeed::Add(_) | PeopleDeed::Change { .. } | PeopleDeed::End { .. } => Right::Administer,
        },
        Deed::OpenCycle(_) | Deed::OpenBeside(_) | Deed::ChangeFocus { .. } | Deed::TickPhase { .. } | Deed::TakeCycleAway { .. } => {
            Right::Plan
        }
        Deed::Draw(_)
        | Deed::Substitute { .. }
        | Deed::OpenNamed(_)
        | Deed::WithdrawNamed { .. }
        | Deed::LookFurther { .. }
        | Deed::SendNotices { .. } => Right::Draw,
        Deed::Allocate(_) => Right::Allocate,
        // Whoever leads a review names who stands beside them; an inference is set aside by whoever knows better, never for oneself.
        Deed::NameCoReviewer { .. }
        | Deed::TakeCoReviewerAway { .. }
        | Deed::DismissInference { .. }
        | Deed::RecordStep { .. }
        | Deed::SaveAnswers { .. }
        | Deed::Submit { .. }
        | Deed::JudgeAlone { .. }
        | Deed::OpenSeal { .. } => Right::Review,
        // What one has done oneself is one's own to take back, as far as its rules allow.
        Deed::Undo { .. } => Right::Act,
        Deed::RaiseAction { .. }
        | Deed::RaiseEach(_)
        | Deed::RaiseWider { .. }
        | Deed::Plan(_)
        | Deed::WithdrawAction { .. }
        | Deed::FollowUp(_)
        | Deed::Exempt(_) => Right::Act,
        Deed::Action(deed) => match deed {
            ActionDeed::TakeUp(_)
            | ActionDeed::Finish { .. }
            | ActionDeed::Extend { .. }
            | ActionDeed::Reassign { .. }
            | ActionDeed::Revisit { .. } => Right::Act,
            ActionDeed::SignOff(_) => Right::SignOff,
        },
        Deed::Alert(deed) => match deed {
            AlertDeed::Raise(_)
            | AlertDeed::Tell { .. }
            | AlertDeed::Acknowledge { .. }
            | AlertDeed::FillGap { .. }
            | AlertDeed::Follow { .. }
            | AlertDeed::ExplainGap { .. }
            | AlertDeed::Assure { .. }
            | AlertDeed::Dispute { .. }
            // Which role decides and which closes is the framework's to say, by name.
            | AlertDeed::Decide { .. }
            | AlertDeed::Close { .. }
            | AlertDeed::Keep { .. } => Right::Act,
        },
        Deed::Drp(deed) => match deed {
            DrpDeed::Raise(_) | DrpDeed::Note { .. } => Right::Act,
        },
        Deed::Panel(deed) => match deed {
            PanelDeed::Score { .. } => Right::Moderate,
            PanelDeed::HandInAgain { .. } | PanelDeed::Bring { .. } => Right::Review,
            PanelDeed::Plan(_)
            | PanelDeed::Move { .. }
            | PanelDeed::Begin { .. }
            | PanelDeed::NoteAttendance { .. }
            | PanelDeed::CallOff { .. }
            | PanelDeed::TakeChair { .. }
            | PanelDeed::OrderAgenda { .. }
            | PanelDeed::MoveItem { .. }
            | PanelDeed::OpenItem { .. }
            | PanelDeed::OpenScores { .. }
            | PanelDeed::Decide { .. }
            | PanelDeed::SendBack { .. }
            | PanelDeed::Defer { .. }
            | PanelDeed::Close { .. }
            | PanelDeed::AddMinute { .. } => Right::Decide,
        },
        Deed::Report(deed) => match deed {
            ReportDeed::Build { .. }
            | ReportDeed::Write { .. }
            | ReportDeed::Approve { .. }
            | ReportDeed::Publish { .. }
            | ReportDeed::Present { .. } => Right::Report,
        },
        Deed::Insight(deed) => match deed {
            InsightDeed::Code { .. } | InsightDeed::MarkPractice { .. } | InsightDeed::UnmarkPractice { .. } => Right::Review,
            InsightDeed::ImportIndicators { .. } => Right::Administer,
        },
        Deed::RecordEntry(_) | Deed::CorrectEntry { .. } | Deed::TakeBackEntry { .. } => Right::Register,
    })
}

/// Whether a deed records that somebody is away themselves: they may, and name who stands in, without keeping the list of people.
pub fn own_absence(deed: &Deed, me: Option<PersonId>) -> bool {
    matches!(deed, Deed::RecordAbsence { person, .. } if me == Some(*person))
}
