//! The improvement plan of a cycle, for whoever looks.

use super::Answers;
use crate::domain::action::ActionState;
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::cycle::Cycle;
use crate::domain::framework::Framework;
use crate::domain::id::{CycleId, PersonId, reference};
use crate::domain::plan::{Noted, PlanNote, stages};
use crate::domain::query::{PlanBoard, PlanDetail, PlanItem, PlanRow};
use crate::store::StoreResult;
use std::collections::HashMap;

impl Answers<'_> {
    /// The plan of a cycle: its wider actions and notes, and what of earlier plans is still open.
    pub(super) fn plan(&mut self, id: CycleId) -> StoreResult<PlanDetail> {
        let reading = self.reading;
        let detail = self.cycle(id)?;
        let (cycle, framework) = (&detail.cycle, &detail.framework);
        let short: HashMap<PersonId, String> = reading.people()?.into_iter().map(|person| (person.id, person.short_name())).collect();
        let notes = reading.plan_notes(cycle)?;
        let mut rows = Vec::new();
        for action in reading.wider_actions(cycle)? {
            let Some((action, _)) = reading.action_as_seen(action)? else { continue };
            let told = reading.plan_notes_of(action.id)?;
            let late = action.state.is_open() && action.due_on < self.viewer.today;
            let from = action.source.cycle().filter(|from| *from != cycle.id);
            rows.push(PlanRow {
                item: PlanItem::Action(action.id),
                reference: action.reference.clone(),
                kind: "action",
                text: action.text.clone(),
                answers: told.iter().find_map(finding).unwrap_or_default(),
                service: told.iter().find_map(service).unwrap_or_default(),
                who: short.get(&action.owner).cloned().unwrap_or_default(),
                on: action.due_on,
                stands: match (action.state, action.life.effect) {
                    (ActionState::SignedOff, Some(effect)) => effect.label().to_string(),
                    (state, _) => state.label().to_string(),
                },
                open: action.state != ActionState::SignedOff,
                late,
                carried_from: self.reference_of(from)?,
                notes: told.iter().filter_map(|note| progress(note, framework)).collect(),
            });
        }
        for (note, revision) in &notes {
            let from = Some(note.cycle).filter(|from| *from != cycle.id);
            rows.push(row(note, *revision, framework, self.reference_of(from)?));
        }
        rows.sort_by_key(|row| (!row.open, row.carried_from.is_empty(), row.kind != "concern", row.kind != "action", row.on));
        let boards = boards(framework, cycle, &notes);
        let next = next(framework, &boards, &rows);
        let done = |key: &str| detail.phases.iter().any(|phase| phase.key == key && phase.done);
        Ok(PlanDetail {
            cycle: cycle.id,
            title: cycle.title.clone(),
            focus: cycle.focus.clone(),
            stages: stages(&framework.cycle.stages, done),
            boards,
            services: if framework.looks_at_services() { reading.services()? } else { Vec::new() },
            rows,
            next,
        })
    }

    fn reference_of(&mut self, cycle: Option<CycleId>) -> StoreResult<String> {
        cycle.map_or(Ok(String::new()), |cycle| Ok(self.library.cycle(self.reading, cycle)?.reference.clone()))
    }
}

fn finding(note: &PlanNote) -> Option<String> {
    match &note.what {
        Noted::Answers { finding, .. } => Some(finding.clone()),
        _ => None,
    }
}

fn service(note: &PlanNote) -> Option<String> {
    match &note.what {
        Noted::Answers { service, .. } if !service.is_empty() => Some(service.clone()),
        _ => None,
    }
}

/// The name of a board by its key.
fn board_label(framework: &Framework, key: &str) -> String {
    framework.boards.iter().find(|board| board.key == key).map_or_else(|| key.to_string(), |board| board.label.clone())
}

fn progress(note: &PlanNote, framework: &Framework) -> Option<String> {
    let Noted::Progress { board, said } = &note.what else { return None };
    let place = if board.is_empty() { String::new() } else { format!(", {}", board_label(framework, board)) };
    Some(format!("{}{place}: {said}", say_full_date(note.on)))
}

fn row(note: &PlanNote, revision: i64, framework: &Framework, carried_from: String) -> PlanRow {
    let mut row = PlanRow {
        item: PlanItem::Note(note.id, revision),
        reference: reference("PN", note.id.0),
        kind: note.what.key(),
        text: String::new(),
        answers: String::new(),
        service: String::new(),
        who: String::new(),
        on: note.on,
        stands: String::new(),
        open: note.what.is_open(),
        late: false,
        carried_from,
        notes: Vec::new(),
    };
    match &note.what {
        Noted::Answers { finding, .. } => row.text.clone_from(finding),
        Noted::Presented { board, said } => {
            (row.text, row.who) = (if said.is_empty() { "The plan".into() } else { said.clone() }, board_label(framework, board));
            row.stands = "presented".into();
        }
        Noted::Progress { board, said } => (row.text, row.who) = (said.clone(), board_label(framework, board)),
        Noted::Training { what, sent } => {
            row.text.clone_from(what);
            row.stands = match sent {
                None => "to be sent on".into(),
                Some(sent) => format!("sent {}", sent.on.format("%-d %b")),
            };
            row.who = sent.as_ref().map(|sent| sent.to.clone()).unwrap_or_default();
            row.notes = sent.iter().map(|sent| format!("{}: sent on to {}", say_full_date(sent.on), sent.to)).collect();
        }
        Noted::Narrative { place, achievements, challenges, mitigation } => {
            row.who.clone_from(place);
            row.text = [achievements, challenges].into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default().replace('\n', " ");
            row.stands = "told".into();
            let parts = [("Went well", achievements), ("Challenges", challenges), ("What is done about them", mitigation)];
            row.notes = parts.iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label}: {text}")).collect();
        }
        Noted::Concern { what, resolved } => {
            row.text.clone_from(what);
            row.stands = match resolved {
                None => "not resolved".into(),
                Some(resolved) => format!("resolved {}", resolved.on.format("%-d %b")),
            };
            row.notes = resolved.iter().map(|resolved| format!("{}: {}", say_full_date(resolved.on), resolved.how)).collect();
        }
    }
    row
}

/// The boards with the last day the plan was presented at each, those responsible first. Forums learn from findings, they hear
/// no plan.
fn boards(framework: &Framework, cycle: &Cycle, notes: &[(PlanNote, i64)]) -> Vec<PlanBoard> {
    let presented = |key: &str| {
        let own = notes.iter().filter(|(note, _)| note.cycle == cycle.id);
        own.filter(|(note, _)| matches!(&note.what, Noted::Presented { board, .. } if board == key)).map(|(note, _)| note.on).max()
    };
    let mut boards: Vec<PlanBoard> = framework
        .boards
        .iter()
        .filter(|board| !board.forum)
        .map(|board| PlanBoard {
            key: board.key.clone(),
            label: board.label.clone(),
            responsible: board.responsible,
            presented: presented(&board.key),
        })
        .collect();
    boards.sort_by_key(|board| !board.responsible);
    boards
}

/// What is to be done next: something has to stand in the plan, training goes on, then whoever is responsible hears of it.
fn next(framework: &Framework, boards: &[PlanBoard], rows: &[PlanRow]) -> String {
    let own = rows.iter().filter(|row| row.carried_from.is_empty() && row.kind == "action").count();
    let late = rows.iter().filter(|row| row.late).count();
    let training = rows.iter().filter(|row| row.kind == "training" && row.open).count();
    let unheard = boards.iter().find(|board| board.responsible && board.presented.is_none());
    let open = rows.iter().filter(|row| row.open).count();
    if own == 0 {
        return "Next: write down what the findings of this cycle lead to, each with one owner and a day.".into();
    }
    if training > 0 {
        return format!("Next: send {} on to whoever plans training.", counted(training, "request for training", "requests for training"));
    }
    if let Some(board) = unheard {
        return format!("Next: present the plan at the {}.", board.label);
    }
    if late > 0 {
        return format!("Next: hear how {} stand{}.", counted(late, "late action", "late actions"), if late == 1 { "s" } else { "" });
    }
    match open {
        0 => "Nothing of this plan is left to do.".into(),
        n => format!("{} to follow; note their progress at each meeting{}.", counted(n, "thing", "things"), meeting(framework)),
    }
}

fn meeting(framework: &Framework) -> String {
    let responsible = framework.boards.iter().find(|board| board.responsible);
    responsible.map(|board| format!(" of the {}", board.label)).unwrap_or_default()
}
