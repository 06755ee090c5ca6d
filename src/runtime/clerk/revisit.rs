//! Deeds about revisits: a cycle that looks again at an earlier area is planned or linked, or nobody looks again, with the reason.

use super::{Asked, Desk, line};
use crate::domain::change::{Change, Swap};
use crate::domain::cycle::Cycle;
use crate::domain::id::CycleId;
use crate::domain::revisit::{self, Around, RevisitDeed};
use crate::store::StoreResult;

impl Desk<'_, '_> {
    pub(super) fn about_revisit(&mut self, deed: RevisitDeed) -> Asked {
        match deed {
            RevisitDeed::Plan { first, wanted } => {
                let first = self.cycle(first)?;
                let (mut changes, said) = self.open_beside(*wanted)?;
                for change in &mut changes {
                    if let Change::CycleRecorded(Swap { before: None, after: Some(opened) }) = change {
                        *opened = self.linked(opened, Some(&first))?;
                    }
                }
                Ok((changes, format!("{said}; it looks again at {}", first.reference)))
            }
            RevisitDeed::Link { cycle, first } => {
                let before = self.cycle(cycle)?;
                let first = first.map(|first| self.cycle(first)).transpose()?;
                let after = self.linked(&before, first.as_ref())?;
                let said = match &first {
                    Some(first) => format!("{} looks again at {}", after.reference, first.reference),
                    None => format!("{} looks again at nothing earlier", after.reference),
                };
                Ok((recorded(before, after), said))
            }
            RevisitDeed::LetGo { first, why } => {
                let before = self.cycle(first)?;
                let why = why.as_deref().map(line);
                let after = self.around_revisit(&before, |around| revisit::let_go(around, &before, why.as_deref()))?;
                let said = match &after.let_go {
                    Some(_) => format!("Nobody looks again at {}", after.reference),
                    None => format!("The revisit of {} is asked for again", after.reference),
                };
                Ok((recorded(before, after), said))
            }
        }
    }

    fn linked(&mut self, later: &Cycle, first: Option<&Cycle>) -> StoreResult<Cycle> {
        self.around_revisit(first.unwrap_or(later), |around| revisit::link(around, later, first))
    }

    /// Asks a rule, with who looks again at this cycle already.
    fn around_revisit<T>(
        &mut self,
        first: &Cycle,
        ask: impl FnOnce(&Around<'_>) -> Result<T, crate::domain::error::RuleError>,
    ) -> StoreResult<T> {
        let framework = self.library.current(self.reading())?;
        let taken = self.looks_again_at(first.id)?;
        Ok(ask(&Around { framework: &framework, role: &self.actor.role, taken: taken.as_deref() })?)
    }

    /// Reference of the cycle that looks again at one.
    fn looks_again_at(&self, first: CycleId) -> StoreResult<Option<String>> {
        let cycles = self.reading().cycles()?;
        Ok(cycles.into_iter().find(|(cycle, _)| cycle.again == Some(first)).map(|(cycle, _)| cycle.reference))
    }
}

fn recorded(before: Cycle, after: Cycle) -> Vec<Change> {
    if before == after { Vec::new() } else { vec![Change::CycleRecorded(Swap { before: Some(before), after: Some(after) })] }
}
