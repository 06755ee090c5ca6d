//! Revisits of the made-up council: every third cycle looks again at the area that is longest due, a few are let go, and what is left
//! is due or overdue as in life. Nothing here is thrown by the dice. F14.

use super::town::Town;
use crate::domain::cycle::{BesidePlanned, CyclePlanned};
use crate::domain::deed::Deed;
use crate::domain::id::CycleId;
use crate::domain::revisit::{RevisitDeed, seen_on};
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Duration, NaiveDate, Utc};

impl Town {
    /// Opens a cycle: as planned, or over an earlier area in its turn. Gives the area it looks at.
    pub(super) fn open_in_turn(
        &mut self,
        tx: &mut Tx<'_>,
        now: DateTime<Utc>,
        place: usize,
        (planned, focus): (CyclePlanned, &'static str),
    ) -> StoreResult<&'static str> {
        let Some((first, area)) = self.longest_due(tx, planned.starts_on)? else {
            return self.perform(tx, self.coordinator, now, Deed::OpenCycle(planned)).map(|_| focus);
        };
        if place % 6 == 4 {
            let why = Some("The partnership\u{2019}s own audit looked at it in the meantime".to_string());
            self.perform(tx, self.coordinator, now, Deed::Revisit(RevisitDeed::LetGo { first, why }))?;
        }
        if place % 3 != 0 {
            return self.perform(tx, self.coordinator, now, Deed::OpenCycle(planned)).map(|_| focus);
        }
        let closes = self.framework.cycle.focus_reasons.iter().find(|reason| reason.key.contains("loop"));
        let planned = CyclePlanned {
            focus: area.to_string(),
            focus_reason: closes.map_or(planned.focus_reason, |reason| reason.key.clone()),
            focus_note: "To see whether what was put right has lasted".into(),
            ..planned
        };
        let kind = self.kind.key.clone();
        let wanted = Box::new(BesidePlanned { planned, kind, extra: None });
        self.perform(tx, self.coordinator, now, Deed::Revisit(RevisitDeed::Plan { first, wanted })).map(|_| area)
    }

    /// The area that is longest due on a day and that nobody looks again at, no more than a year late.
    fn longest_due(&self, tx: &Tx<'_>, on: NaiveDate) -> StoreResult<Option<(CycleId, &'static str)>> {
        let Some(after) = self.framework.tracking.revisit_areas_after else { return Ok(None) };
        let stored = tx.reading().cycles()?;
        let mut due: Vec<(NaiveDate, CycleId)> = Vec::new();
        for (cycle, counts) in &stored {
            let taken = cycle.let_go.is_some() || stored.iter().any(|(later, _)| later.again == Some(cycle.id));
            let Ok(day) = self.calendar.due_on(seen_on(cycle), after) else { continue };
            if !taken && counts.submitted > 0 && day <= on && on - day < Duration::days(300) {
                due.push((day, cycle.id));
            }
        }
        due.sort();
        let known = |id: CycleId| self.cycles.iter().find(|cycle| cycle.id == Some(id)).map(|cycle| cycle.focus);
        Ok(due.into_iter().find_map(|(_, id)| Some((id, known(id)?))))
    }
}
