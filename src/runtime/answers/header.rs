//! What the header says of where the work stands: the store's counts, with what only the framework knows.

use super::Answers;
use crate::domain::framework::Span;
use crate::domain::query::Overview;
use crate::runtime::access;
use crate::runtime::counts::phases_of;
use crate::store::StoreResult;

impl Answers<'_> {
    pub(super) fn overview(&mut self) -> StoreResult<Overview> {
        let (reading, viewer) = (self.reading, self.viewer);
        let mut overview = reading.overview(viewer)?;
        if !overview.started {
            return Ok(overview);
        }
        let framework = self.library.current(reading)?;
        overview.framework = framework.short_name.clone();
        overview.access = access::of_viewer(reading, self.library, viewer)?;
        let calendar = self.library.calendar(reading)?;
        overview.next_working_day = calendar.due_on(viewer.today, Span::WorkingDays(1)).ok();
        overview.for_panel += reading.waiting_for_workshop(viewer, &framework.workshops())?;
        if let Some(head) = overview.cycle.as_mut()
            && let Some((cycle, counts)) = reading.cycle_for(head.id, viewer)?
        {
            head.phases = phases_of(reading, &framework, viewer, &cycle, counts)?.phases;
        }
        Ok(overview)
    }
}
