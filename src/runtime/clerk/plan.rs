//! Deeds of a cycle's improvement plan.

use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::action::{ActionWanted, Source};
use crate::domain::calendar::say_full_date;
use crate::domain::change::{Change, Swap};
use crate::domain::id::{ActionId, CycleId, PlanNoteId, reference};
use crate::domain::plan::{self, Around, Noted, PlanDeed, PlanNote, Resolved, Sent};
use crate::store::{Numbered, StoreResult};
use chrono::NaiveDate;

impl Desk<'_, '_> {
    pub(super) fn at_plan(&mut self, deed: PlanDeed) -> Asked {
        match deed {
            PlanDeed::Raise { cycle, finding, service, wanted } => self.raise_in_plan(cycle, (&finding, &service), wanted),
            PlanDeed::Note { cycle, action, on, what } => self.note_in_plan(cycle, action, on, what),
            PlanDeed::Send { note, seen, sent } => {
                let sent = Sent { to: line(sent.to.trim()), ..sent };
                let said = format!("Sent on to {}", sent.to);
                self.change_note(note, seen, said, |around, before| plan::send(around, before, sent))
            }
            PlanDeed::Resolve { note, seen, resolved } => {
                let resolved = Resolved { how: line(resolved.how.trim()), ..resolved };
                self.change_note(note, seen, "Concern resolved".into(), |around, before| plan::resolve(around, before, resolved))
            }
        }
    }

    /// A wider action, with the finding it answers and the service it is meant for: one batch, taken back as one.
    fn raise_in_plan(&mut self, cycle: CycleId, (finding, service): (&str, &str), wanted: ActionWanted) -> Asked {
        let service = line(service.trim());
        if !service.is_empty() && !self.reading().services()?.contains(&service) {
            return Err(refuse(format!("No team on record belongs to a service called {service}."), "Choose a service, or none."));
        }
        let what = Noted::Answers { finding: line(finding.trim()), service };
        self.check_note(cycle, self.today, &what)?;
        let (mut changes, said) = self.raise_wider(Source::Cycle(cycle), wanted)?;
        let raised = changes.iter().find_map(|change| match change {
            Change::ActionRecorded(swap) => swap.after.as_ref().map(|action| action.id),
            _ => None,
        });
        let note = self.note(cycle, raised, self.today, what)?;
        changes.push(Change::PlanNoted(Swap::new(note)));
        Ok((changes, said))
    }

    fn note_in_plan(&mut self, cycle: CycleId, action: Option<ActionId>, on: NaiveDate, what: Noted) -> Asked {
        let what = cleaned(what);
        self.check_note(cycle, on, &what)?;
        if let Some(action) = action {
            let known = self.reading().action(action)?.filter(|action| action.source.cycle().is_some());
            if known.is_none() {
                let what = format!("{} is no wider action of a plan.", reference("A", action.0));
                return Err(refuse(what, "Put the cursor on an action of the plan."));
            }
        } else if matches!(what, Noted::Progress { .. }) {
            return Err(refuse("A progress note is about an action.", "Put the cursor on an action of the plan."));
        }
        let said = match &what {
            Noted::Answers { .. } => "The finding is noted".to_string(),
            Noted::Presented { .. } => format!("Presented on {} is noted", say_full_date(on)),
            Noted::Progress { .. } => "Progress is noted".to_string(),
            Noted::Training { .. } => "Training is asked for; send it on to whoever plans it".to_string(),
            Noted::Narrative { place, .. } => format!("The month of {place} is told"),
            Noted::Concern { .. } => "The concern stays on each plan until it is resolved".to_string(),
        };
        let note = self.note(cycle, action, on, what)?;
        Ok((vec![Change::PlanNoted(Swap::new(note))], said))
    }

    fn note(&mut self, cycle: CycleId, action: Option<ActionId>, on: NaiveDate, what: Noted) -> StoreResult<PlanNote> {
        let id = PlanNoteId(self.tx.next(Numbered::PlanNote)?);
        Ok(PlanNote { id, cycle, action, on, by: self.actor.person, what, taken_back: false })
    }

    fn check_note(&mut self, cycle: CycleId, on: NaiveDate, what: &Noted) -> StoreResult<()> {
        self.around_plan(cycle, |around| plan::check(around, on, what))
    }

    /// Looks at the plan of a cycle with its rules.
    fn around_plan<T>(
        &mut self,
        cycle: CycleId,
        look: impl FnOnce(&Around<'_>) -> Result<T, crate::domain::error::RuleError>,
    ) -> StoreResult<T> {
        let reading = self.tx.reading();
        let cycle = self.library.cycle(reading, cycle)?;
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let known: Vec<PlanNote> =
            reading.plan_notes(&cycle)?.into_iter().map(|(note, _)| note).filter(|note| note.cycle == cycle.id).collect();
        let around = Around { today: self.today, framework: &framework, role: &self.actor.role, known: &known };
        Ok(look(&around)?)
    }

    fn change_note(
        &mut self,
        id: PlanNoteId,
        seen: i64,
        said: String,
        change: impl FnOnce(&Around<'_>, &PlanNote) -> Result<Noted, crate::domain::error::RuleError>,
    ) -> Asked {
        let Some((before, revision)) = self.reading().plan_note(id)? else {
            return Err(refuse("There is no such note any more.", "Look in the plan."));
        };
        if revision != seen {
            return Err(self.stale(&reference("PN", id.0), revision)?);
        }
        let what = self.around_plan(before.cycle, |around| change(around, &before))?;
        let after = PlanNote { what, ..before.clone() };
        Ok((vec![Change::PlanNoted(Swap { before: Some(before), after: Some(after) })], said))
    }
}

/// Texts without what a terminal would obey, single lines and paragraphs each in their way.
fn cleaned(what: Noted) -> Noted {
    let single = |text: String| line(text.trim());
    match what {
        Noted::Answers { finding, service } => Noted::Answers { finding: single(finding), service: single(service) },
        Noted::Presented { board, said } => Noted::Presented { board: single(board), said: single(said) },
        Noted::Progress { board, said } => Noted::Progress { board: single(board), said: single(said) },
        Noted::Training { what, sent } => Noted::Training { what: single(what), sent },
        Noted::Narrative { place, achievements, challenges, mitigation } => Noted::Narrative {
            place: single(place),
            achievements: paragraphs(&achievements),
            challenges: paragraphs(&challenges),
            mitigation: paragraphs(&mitigation),
        },
        Noted::Concern { what, resolved } => Noted::Concern { what: single(what), resolved },
    }
}
