//! Forms of a cycle's improvement plan: a wider action, where it was presented, progress, training, a month told, a concern.

use super::build::{People, choice, date, due, kind_of_action, line, new, person, plain, text};
use super::{Field, Form, FormFor};
use crate::domain::action::{ActionWanted, Near};
use crate::domain::deed::Deed;
use crate::domain::framework::ActionRule;
use crate::domain::id::{ActionId, CycleId, PlanNoteId};
use crate::domain::plan::{Noted, PlanDeed, Resolved, Sent};
use crate::domain::query::{PlanBoard, PlanDetail, PlanRow};
use chrono::NaiveDate;

/// Which form of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanForm {
    /// A wider action.
    Action(CycleId),
    /// Where the plan was presented.
    Presented(CycleId),
    /// How an action stands.
    Progress(CycleId, ActionId),
    /// Training that is asked for.
    Training(CycleId),
    /// The month of a team or service.
    Narrative(CycleId),
    /// A general concern.
    Concern(CycleId),
    /// A request for training is sent on; with the revision as seen.
    Send(PlanNoteId, i64),
    /// A general concern is resolved; with the revision as seen.
    Resolve(PlanNoteId, i64),
}

impl PlanForm {
    /// The name of its draft.
    pub(super) fn draft_key(self) -> String {
        match self {
            PlanForm::Action(cycle) => format!("plan-action {}", cycle.0),
            PlanForm::Presented(cycle) => format!("plan-presented {}", cycle.0),
            PlanForm::Progress(cycle, action) => format!("plan-progress {} {}", cycle.0, action.0),
            PlanForm::Training(cycle) => format!("plan-training {}", cycle.0),
            PlanForm::Narrative(cycle) => format!("plan-narrative {}", cycle.0),
            PlanForm::Concern(cycle) => format!("plan-concern {}", cycle.0),
            PlanForm::Send(note, _) => format!("plan-send {}", note.0),
            PlanForm::Resolve(note, _) => format!("plan-resolve {}", note.0),
        }
    }

    /// The form a draft belongs to.
    pub(super) fn of_draft(word: &str, cycle: i64, action: Option<i64>) -> Option<PlanForm> {
        let cycle = CycleId(cycle);
        Some(match (word, action) {
            ("plan-action", None) => PlanForm::Action(cycle),
            ("plan-presented", None) => PlanForm::Presented(cycle),
            ("plan-progress", Some(action)) => PlanForm::Progress(cycle, ActionId(action)),
            ("plan-training", None) => PlanForm::Training(cycle),
            ("plan-narrative", None) => PlanForm::Narrative(cycle),
            ("plan-concern", None) => PlanForm::Concern(cycle),
            _ => return None,
        })
    }

    /// Whether what is typed in it is kept as a draft: a day and a few words are typed again sooner than found again.
    pub(super) fn keeps_draft(self) -> bool {
        !matches!(self, PlanForm::Send(..) | PlanForm::Resolve(..))
    }

    /// The cycle in whose plan it writes; none: it changes a note that stands there.
    pub fn cycle(self) -> Option<CycleId> {
        match self {
            PlanForm::Action(cycle)
            | PlanForm::Presented(cycle)
            | PlanForm::Progress(cycle, _)
            | PlanForm::Training(cycle)
            | PlanForm::Narrative(cycle)
            | PlanForm::Concern(cycle) => Some(cycle),
            PlanForm::Send(..) | PlanForm::Resolve(..) => None,
        }
    }
}

fn boards(boards: &[PlanBoard], stored: &str) -> super::Input {
    choice(boards.iter().map(|board| (board.key.clone(), board.label.clone())).collect(), stored)
}

/// A wider action.
pub fn plan_action(plan: &PlanDetail, finding: &str, people: People, rule: Option<&ActionRule>) -> Form {
    let urgent = vec![("no".to_string(), "no".to_string()), ("yes".to_string(), "yes: it cannot wait".to_string())];
    let mut fields = vec![
        plain("finding", "Finding or theme it answers", line(finding), true),
        plain("text", "What needs to happen", line(""), true),
        person("owner", "Owner", people, true),
        due("Due", "empty: the framework\u{2019}s usual time; or a date, +30", false),
        plain("urgent", "Urgent", choice(urgent, "no"), false),
    ];
    fields.extend(rule.and_then(kind_of_action));
    if !plan.services.is_empty() {
        let none = (String::new(), "no one service".to_string());
        let options = std::iter::once(none).chain(plan.services.iter().map(|name| (name.clone(), name.clone()))).collect();
        let hint = "the report of a visit to it lists the action".into();
        fields.push(Field { hint, ..plain("service", "Meant for", choice(options, ""), false) });
    }
    let intro = "It stands in the tracker with all others: one owner, one day, signed off by somebody else, looked at again.";
    new(FormFor::Plan(PlanForm::Action(plan.cycle)), format!("Plan of {} \u{b7} Wider action", plan.title), intro, fields, 0, "raise")
}

/// Where the plan was presented. The board that is responsible and has not heard it yet is proposed.
pub fn plan_presented(plan: &PlanDetail, today: NaiveDate) -> Form {
    let proposed = plan.boards.iter().find(|board| board.responsible && board.presented.is_none()).or(plan.boards.first());
    let fields = vec![
        plain("board", "Presented at", boards(&plan.boards, proposed.map_or("", |board| board.key.as_str())), true),
        date("on", "On", today),
        plain("said", "What the board said", line(""), false),
    ];
    let kind = FormFor::Plan(PlanForm::Presented(plan.cycle));
    new(kind, format!("Plan of {} \u{b7} Presented", plan.title), "Where findings went, and when.", fields, 0, "note it")
}

/// How an action stands.
pub fn plan_progress(plan: &PlanDetail, action: ActionId, row: &PlanRow, today: NaiveDate) -> Form {
    let usual = plan.boards.iter().find(|board| board.responsible).map_or("", |board| board.key.as_str());
    let fields = vec![
        plain("said", "How it stands", text(""), true),
        date("on", "On", today),
        plain("board", "Heard at", boards(&plan.boards, usual), false),
    ];
    let intro = format!("{}. Owner {}, {}.", row.text.trim_end_matches('.'), row.who, row.stands);
    let kind = FormFor::Plan(PlanForm::Progress(plan.cycle, action));
    new(kind, format!("{} \u{b7} Progress", row.reference), intro, fields, 0, "note it")
}

/// Training that findings ask for.
pub fn plan_training(plan: &PlanDetail, today: NaiveDate) -> Form {
    let fields = vec![plain("what", "Which training, for whom", line(""), true), date("on", "Asked for on", today)];
    let intro = "It stays in each plan until it was sent on to whoever plans training.";
    let kind = FormFor::Plan(PlanForm::Training(plan.cycle));
    new(kind, format!("Plan of {} \u{b7} Training asked for", plan.title), intro, fields, 0, "note it")
}

/// The month of a team or service.
pub fn plan_narrative(plan: &PlanDetail, today: NaiveDate) -> Form {
    let fields = vec![
        plain("place", "Team or service", line(""), true),
        plain("achievements", "What went well", text(""), false),
        plain("challenges", "What is hard", text(""), false),
        plain("mitigation", "What is done about that", text(""), false),
        date("on", "On", today),
    ];
    let intro = "A few sentences for the performance meeting.";
    let kind = FormFor::Plan(PlanForm::Narrative(plan.cycle));
    new(kind, format!("Plan of {} \u{b7} A service\u{2019}s month", plan.title), intro, fields, 0, "note it")
}

/// A general concern.
pub fn plan_concern(plan: &PlanDetail, today: NaiveDate) -> Form {
    let fields = vec![plain("what", "Concern", line(""), true), date("on", "Raised on", today)];
    let intro = "It stands in every later plan until somebody says how it was resolved.";
    let kind = FormFor::Plan(PlanForm::Concern(plan.cycle));
    new(kind, format!("Plan of {} \u{b7} General concern", plan.title), intro, fields, 0, "note it")
}

/// A request for training is sent on.
pub fn plan_send(note: PlanNoteId, seen: i64, row: &PlanRow, today: NaiveDate) -> Form {
    let fields = vec![plain("to", "Sent on to", line(""), true), date("on", "On", today)];
    new(FormFor::Plan(PlanForm::Send(note, seen)), format!("{} \u{b7} Sent on", row.reference), row.text.clone(), fields, 0, "sent")
}

/// A general concern is resolved.
pub fn plan_resolve(note: PlanNoteId, seen: i64, row: &PlanRow, today: NaiveDate) -> Form {
    let fields = vec![plain("how", "How it was resolved, and where that can be seen", line(""), true), date("on", "On", today)];
    let title = format!("{} \u{b7} Resolved", row.reference);
    new(FormFor::Plan(PlanForm::Resolve(note, seen)), title, row.text.clone(), fields, 0, "resolved")
}

impl Form {
    /// The deed of a form of the plan.
    pub(super) fn plan_deed(&self, today: NaiveDate, kind: PlanForm) -> Result<Deed, (String, String)> {
        let note = |cycle: CycleId, action: Option<ActionId>, what: Noted| -> Result<PlanDeed, (String, String)> {
            Ok(PlanDeed::Note { cycle, action, on: self.date("on", today)?, what })
        };
        let deed = match kind {
            PlanForm::Action(cycle) => PlanDeed::Raise {
                cycle,
                finding: self.value("finding"),
                service: self.value("service"),
                wanted: ActionWanted {
                    text: self.value("text"),
                    owner: self.person("owner"),
                    due_on: if self.value("due").is_empty() { None } else { Some(self.date("due", today)?) },
                    urgent: self.value("urgent") == "yes",
                    kind: self.value("kind"),
                    near: Near::Ask,
                },
            },
            PlanForm::Presented(cycle) => note(cycle, None, Noted::Presented { board: self.value("board"), said: self.value("said") })?,
            PlanForm::Progress(cycle, action) => {
                note(cycle, Some(action), Noted::Progress { board: self.value("board"), said: self.value("said") })?
            }
            PlanForm::Training(cycle) => note(cycle, None, Noted::Training { what: self.value("what"), sent: None })?,
            PlanForm::Narrative(cycle) => {
                let [place, achievements, challenges, mitigation] =
                    ["place", "achievements", "challenges", "mitigation"].map(|key| self.value(key));
                note(cycle, None, Noted::Narrative { place, achievements, challenges, mitigation })?
            }
            PlanForm::Concern(cycle) => note(cycle, None, Noted::Concern { what: self.value("what"), resolved: None })?,
            PlanForm::Send(note, seen) => PlanDeed::Send { note, seen, sent: Sent { on: self.date("on", today)?, to: self.value("to") } },
            PlanForm::Resolve(note, seen) => {
                PlanDeed::Resolve { note, seen, resolved: Resolved { on: self.date("on", today)?, how: self.value("how") } }
            }
        };
        Ok(Deed::Plan(deed))
    }
}
