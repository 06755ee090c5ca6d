//! What a form is for, and the name of its draft.

use super::{AlertForm, PanelForm, PersonForm, PlanForm, PrivacyForm, ReportForm, RevisitForm};
use crate::domain::action::ActionAct;
use crate::domain::check::{About, FindingKind};
use crate::domain::deed::{Allocation, Seen};
use crate::domain::id::{AlertId, CycleId, DrpId, EntryId, InterestId, PersonId, ReviewId};
use crate::domain::interest::Inference;

/// What a form is for; written as text it names its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFor {
    /// Opening a cycle.
    OpenCycle,
    /// Changing the focus of a cycle.
    Focus(CycleId),
    /// Drawing the sample of a cycle.
    Draw(CycleId),
    /// Recording a step of a review, by key.
    Step(ReviewId, String),
    /// The questions of one area of a review.
    Area(ReviewId, String),
    /// One narrative heading of a review.
    Narrative(ReviewId, String),
    /// The overall judgement of a review.
    Judgement(ReviewId),
    /// An action out of a review.
    Action(ReviewId),
    /// The file into which the tracker is written: a calendar where true, else a list.
    ActionsFile(bool),
    /// The same action out of several reviews.
    ActionEach(Vec<ReviewId>),
    /// What followed a review.
    FollowUp(ReviewId),
    /// Judging a review on one's own.
    OwnJudgement(ReviewId),
    /// Naming somebody beside the lead reviewer.
    CoReviewer(ReviewId),
    /// Taking somebody away from there.
    TakeAway(ReviewId),
    /// Opening the own judgements early.
    OpenSeal(ReviewId),
    /// Why an RI or Inadequate review raises no action.
    NoActions(ReviewId),
    /// Substituting a case.
    Substitute(ReviewId),
    /// Recording an absence.
    Absence(PersonId),
    /// A form about the list of people.
    Person(PersonForm),
    /// A form about keeping and erasing.
    Privacy(PrivacyForm),
    /// Why somebody looks at who a subject is.
    Reveal(ReviewId),
    /// Planning a cycle of any kind, or extra work where true.
    Beside(bool),
    /// An entry of a register, by its key: a new one, or one that is put right.
    Entry(String, Option<EntryId>),
    /// An action out of an entry of a register.
    EntryAction(EntryId),
    /// Naming a case that is not drawn, in a cycle.
    NameCase(CycleId),
    /// Taking a named case out again.
    Withdraw(ReviewId),
    /// How far a review looks back.
    LookFurther(ReviewId),
    /// Who was told beforehand: reviews and roles.
    Notices(Vec<(ReviewId, String)>),
    /// What allocating asks of reviews that are about to be allocated.
    Allocating(Vec<Allocation>),
    /// Declaring an interest in a review's case.
    Interest(ReviewId),
    /// Withdrawing an interest.
    WithdrawInterest(InterestId),
    /// Setting aside what the lists suggest about somebody.
    Dismiss(ReviewId, PersonId, Inference),
    /// A form of the tracker, about the actions as they were seen.
    Tracker(ActionAct, Seen),
    /// Raising a dispute or an alert of good practice, out of a review or about any case.
    RaiseDrp(Option<ReviewId>),
    /// What followed on one.
    DrpStep(DrpId),
    /// Setting a finding aside.
    Exempt(FindingKind, About, Option<ReviewId>),
    /// A form of the panel.
    Panel(PanelForm),
    /// A form about a report.
    Report(ReportForm),
    /// A form of an alert.
    Alert(AlertForm),
    /// A form of a cycle's improvement plan.
    Plan(PlanForm),
    /// A form about a revisit.
    Revisit(RevisitForm),
    /// The themes of a review, or of all that were marked.
    Themes(Vec<ReviewId>),
    /// A passage of a review that shows good practice.
    Practice(ReviewId),
}

impl FormFor {
    /// The name of its draft.
    pub fn draft_key(&self) -> String {
        match self {
            FormFor::OpenCycle => "open-cycle".into(),
            FormFor::Focus(id) => format!("focus {}", id.0),
            FormFor::Draw(id) => format!("draw {}", id.0),
            FormFor::Step(id, step) => format!("step {} {step}", id.0),
            FormFor::Area(id, area) => format!("area {} {area}", id.0),
            FormFor::Narrative(id, heading) => format!("narrative {} {heading}", id.0),
            FormFor::Judgement(id) => format!("judgement {}", id.0),
            FormFor::OwnJudgement(id) => format!("own-judgement {}", id.0),
            FormFor::CoReviewer(id) => format!("co-reviewer {}", id.0),
            FormFor::TakeAway(id) => format!("take-away {}", id.0),
            FormFor::OpenSeal(id) => format!("open-seal {}", id.0),
            FormFor::Action(id) => format!("action {}", id.0),
            FormFor::FollowUp(id) => format!("follow-up {}", id.0),
            FormFor::NoActions(id) => format!("no-actions {}", id.0),
            FormFor::Substitute(id) => format!("substitute {}", id.0),
            FormFor::Absence(id) => format!("absence {}", id.0),
            FormFor::Reveal(id) => format!("reveal {}", id.0),
            FormFor::NameCase(id) => format!("name-case {}", id.0),
            FormFor::Withdraw(id) => format!("withdraw {}", id.0),
            FormFor::LookFurther(id) => format!("look-further {}", id.0),
            FormFor::Notices(_) => "notices".into(),
            FormFor::Allocating(_) => "allocating".into(),
            FormFor::Beside(extra) => format!("beside {}", u8::from(*extra)),
            FormFor::Entry(register, entry) => format!("entry {} {register}", entry.map_or(0, |entry| entry.0)),
            FormFor::EntryAction(entry) => format!("entry-action {}", entry.0),
            FormFor::Tracker(form, _) => format!("tracker {}", *form as u8),
            FormFor::RaiseDrp(review) => format!("raise-drp {}", review.map_or(0, |review| review.0)),
            FormFor::DrpStep(id) => format!("drp-step {}", id.0),
            FormFor::Exempt(kind, about, _) => format!("exempt {} {}", about.key(), kind.key()),
            FormFor::Panel(form) => form.draft_key(),
            FormFor::Privacy(_) => "privacy".into(),
            FormFor::Person(form) => form.draft_key(),
            FormFor::Report(form) => form.draft_key(),
            FormFor::Alert(form) => form.draft_key(),
            FormFor::Plan(form) => form.draft_key(),
            FormFor::Revisit(form) => form.draft_key(),
            FormFor::Themes(_) => "themes".into(),
            FormFor::ActionEach(_) => "action-each".into(),
            FormFor::ActionsFile(_) => "actions-file".into(),
            FormFor::Practice(id) => format!("practice {}", id.0),
            FormFor::Interest(id) => format!("interest {}", id.0),
            FormFor::WithdrawInterest(id) => format!("withdraw-interest {}", id.0),
            FormFor::Dismiss(id, person, inference) => format!("dismiss {} {} {}", id.0, person.0, inference.key()),
        }
    }

    /// The form a draft belongs to.
    pub fn of_draft(key: &str) -> Option<FormFor> {
        let mut words = key.splitn(3, ' ');
        let kind = words.next()?;
        let id: Option<i64> = words.next().and_then(|id| id.parse().ok());
        let rest = words.next().map(str::to_string);
        Some(match (kind, id, rest) {
            ("open-cycle", None, None) => FormFor::OpenCycle,
            ("focus", Some(id), None) => FormFor::Focus(CycleId(id)),
            ("draw", Some(id), None) => FormFor::Draw(CycleId(id)),
            ("step", Some(id), Some(step)) => FormFor::Step(ReviewId(id), step),
            ("area", Some(id), Some(area)) => FormFor::Area(ReviewId(id), area),
            ("narrative", Some(id), Some(heading)) => FormFor::Narrative(ReviewId(id), heading),
            ("judgement", Some(id), None) => FormFor::Judgement(ReviewId(id)),
            ("own-judgement", Some(id), None) => FormFor::OwnJudgement(ReviewId(id)),
            ("co-reviewer", Some(id), None) => FormFor::CoReviewer(ReviewId(id)),
            ("open-seal", Some(id), None) => FormFor::OpenSeal(ReviewId(id)),
            ("action", Some(id), None) => FormFor::Action(ReviewId(id)),
            ("follow-up", Some(id), None) => FormFor::FollowUp(ReviewId(id)),
            ("no-actions", Some(id), None) => FormFor::NoActions(ReviewId(id)),
            ("substitute", Some(id), None) => FormFor::Substitute(ReviewId(id)),
            ("absence", Some(id), None) => FormFor::Absence(PersonId(id)),
            ("reveal", Some(id), None) => FormFor::Reveal(ReviewId(id)),
            ("name-case", Some(id), None) => FormFor::NameCase(CycleId(id)),
            ("withdraw", Some(id), None) => FormFor::Withdraw(ReviewId(id)),
            ("look-further", Some(id), None) => FormFor::LookFurther(ReviewId(id)),
            ("raise-drp", Some(id), None) => FormFor::RaiseDrp((id > 0).then_some(ReviewId(id))),
            ("practice", Some(id), None) => FormFor::Practice(ReviewId(id)),
            ("drp-step", Some(id), None) => FormFor::DrpStep(DrpId(id)),
            ("beside", Some(extra), None) => FormFor::Beside(extra == 1),
            (word, Some(panel), Some(review)) if word.starts_with("panel-") => {
                FormFor::Panel(PanelForm::of_draft(word, panel, review.parse().ok()?)?)
            }
            (word, Some(cycle), action) if word.starts_with("plan-") => {
                FormFor::Plan(PlanForm::of_draft(word, cycle, action.and_then(|action| action.parse().ok()))?)
            }
            (word, Some(id), None) if word.starts_with("person-") => FormFor::Person(PersonForm::of_draft(word, id)?),
            (word, Some(id), None) if word.starts_with("report-") => FormFor::Report(ReportForm::of_draft(word, id)?),
            (word, Some(id), None) if word.starts_with("alert-") => FormFor::Alert(AlertForm::of_draft(word, id)?),
            ("entry", Some(id), Some(register)) => FormFor::Entry(register, (id > 0).then_some(EntryId(id))),
            _ => return None,
        })
    }

    /// The review it is about, if any.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            FormFor::Step(id, _) | FormFor::Area(id, _) | FormFor::Narrative(id, _) => Some(*id),
            FormFor::Judgement(id) | FormFor::Action(id) | FormFor::NoActions(id) | FormFor::Substitute(id) | FormFor::Reveal(id) => {
                Some(*id)
            }
            FormFor::Interest(id) | FormFor::Dismiss(id, ..) => Some(*id),
            FormFor::WithdrawInterest(_) | FormFor::Tracker(..) | FormFor::DrpStep(_) | FormFor::Plan(_) | FormFor::Report(_) => None,
            FormFor::RaiseDrp(review) | FormFor::Exempt(.., review) => *review,
            FormFor::Panel(form) => form.review(),
            FormFor::Alert(form) => form.review(),
            FormFor::Revisit(form) => form.review(),
            FormFor::OwnJudgement(id) | FormFor::CoReviewer(id) | FormFor::TakeAway(id) | FormFor::OpenSeal(id) => Some(*id),
            FormFor::LookFurther(id) | FormFor::Withdraw(id) | FormFor::FollowUp(id) | FormFor::Practice(id) => Some(*id),
            FormFor::Themes(reviews) | FormFor::ActionEach(reviews) => match reviews.as_slice() {
                [one] => Some(*one),
                _ => None,
            },
            FormFor::NameCase(_) | FormFor::Notices(_) | FormFor::Allocating(_) | FormFor::ActionsFile(_) => None,
            FormFor::OpenCycle
            | FormFor::Focus(_)
            | FormFor::Draw(_)
            | FormFor::Absence(_)
            | FormFor::Person(_)
            | FormFor::Privacy(_)
            | FormFor::Beside(_)
            | FormFor::Entry(..)
            | FormFor::EntryAction(_) => None,
        }
    }

    /// Whether what is typed in it is kept as a draft. What stands between a person and a case is nothing to leave lying
    /// about, and a few choices are typed again sooner than found again.
    pub fn keeps_draft(&self) -> bool {
        match self {
            FormFor::Panel(form) => return form.keeps_draft(),
            FormFor::Alert(form) => return form.keeps_draft(),
            FormFor::Plan(form) => return form.keeps_draft(),
            FormFor::Report(form) => return form.keeps_draft(),
            FormFor::Person(form) => return form.keeps_draft(),
            _ => {}
        }
        !matches!(
            self,
            FormFor::Reveal(_)
                | FormFor::Privacy(_)
                | FormFor::Tracker(..)
                | FormFor::Themes(_)
                | FormFor::ActionEach(_)
                | FormFor::ActionsFile(_)
                | FormFor::Notices(_)
                | FormFor::Allocating(_)
                | FormFor::TakeAway(_)
                | FormFor::Revisit(_)
                | FormFor::EntryAction(_)
                | FormFor::Interest(_)
                | FormFor::WithdrawInterest(_)
                | FormFor::Dismiss(..)
        )
    }

    /// The alert it is about, if any: through it the review, where the form itself does not know it.
    pub fn alert(&self) -> Option<AlertId> {
        match self {
            FormFor::Alert(form) => form.alert(),
            _ => None,
        }
    }
}
