//! Which right each command needs: the same words in hint bar, palette and help as the doorway would say. The doorway decides all the
//! same; a command that opens no form and changes nothing is everybody's.

use super::App;
use super::command::Command;
use crate::domain::access::Right;
use crate::domain::framework::Framework;

/// The right that a command needs; none where it only shows something.
pub fn needs(command: Command) -> Option<Right> {
    use Command as C;
    Some(match command {
        C::OpenCycle | C::ChangeFocus | C::TickPhase | C::PlanCycle | C::ExtraWork | C::TakeCycleAway => Right::Plan,
        C::Draw | C::Substitute | C::SubstituteRecord | C::NameCase | C::LookFurther => Right::Draw,
        C::Allocate | C::AllocateRecord | C::AllocateCycle => Right::Allocate,
        C::NextStep | C::RecordNext | C::Edit | C::Finish | C::NoAction | C::CodeThemes | C::CodeRecord | C::MarkPractice => Right::Review,
        C::NameReviewer | C::TakeReviewerAway | C::OpenSeal | C::BringQueued | C::BringToPanel | C::HandInAgain => Right::Review,
        C::RaiseAlert | C::RaiseAlertRecord | C::RaiseAction | C::RaiseEach | C::WithdrawAction | C::FollowUp => Right::Act,
        C::RaiseDispute | C::RaiseDisputeRecord => Right::Act,
        C::TakeUp | C::ReportDone | C::GiveLonger | C::Reassign | C::Revisit => Right::Act,
        C::TellAlert | C::AcknowledgeAlert | C::AssureAlert | C::FillGap | C::DisputeAlert | C::DecideDispute => Right::Act,
        C::KeepWithAlert | C::CloseAlert => Right::Act,
        C::PlanAction | C::PlanPresented | C::PlanProgress | C::PlanTraining | C::PlanSettle | C::PlanConcern | C::PlanNarrative => {
            Right::Act
        }
        C::SignOff => Right::SignOff,
        C::AddPerson | C::ChangePerson | C::EndPerson => Right::Administer,
        C::NoteEntry | C::HoldEvent | C::TakeBackEntry => Right::Register,
        C::BuildReport | C::WriteReport | C::ApproveReport | C::PublishReport | C::PresentReport => Right::Report,
        C::ScoreItem => Right::Moderate,
        C::PlanSitting
        | C::ChangeSitting
        | C::CallOffSitting
        | C::BeginSitting
        | C::Attendance
        | C::TakeChair
        | C::PutOnTable
        | C::OpenScores => Right::Decide,
        C::DecideItem | C::SendBack | C::DeferItem | C::ItemUp | C::ItemDown | C::MoveItem | C::AsProposed => Right::Decide,
        C::CloseSitting | C::AddMinute => Right::Decide,
        C::UnmarkPractice => Right::Review,
        C::Reveal | C::RevealRecord => Right::Read,
        _ => return None,
    })
}

impl App {
    /// Why a command is not theirs by their role; none where it is.
    pub(super) fn reason_by_role(&self, command: Command) -> Option<String> {
        let right = needs(command)?;
        let framework = self.framework.as_ref().filter(|_| !self.overview.access.may(right))?;
        Some(self.overview.access.refusal(framework, right).to_string())
    }

    /// What a role is called on the screen: the framework's title for its key.
    pub fn role_title<'a>(&'a self, key: &'a str) -> &'a str {
        title(self.framework.as_deref(), key)
    }

    /// The same where there is little room: a key that people say themselves stays (`SM`), one that only profiles write does not.
    pub fn role_in_short(&self, key: &str) -> String {
        in_short(self.framework.as_deref(), key)
    }
}

fn title<'a>(framework: Option<&'a Framework>, key: &'a str) -> &'a str {
    framework.and_then(|framework| framework.role(key)).map_or(key, |role| role.label.as_str())
}

/// A role by the letters that people say; the key itself before the framework is read.
pub fn in_short(framework: Option<&Framework>, key: &str) -> String {
    framework.map_or_else(|| key.to_string(), |framework| framework.role_in_short(key))
}
