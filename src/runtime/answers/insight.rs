//! Pages of the insight view: which cycles, which facts, and the grid made of them.

use super::figures::{Facts, figures_of};
use super::{Answers, registers};
use crate::domain::agreement::SEED;
use crate::domain::framework::Framework;
use crate::domain::id::CycleId;
use crate::domain::insight::figures::{FiguresWanted, fold};
use crate::domain::insight::pages::{GridCell, GridRow, InsightGrid, Opens, PageOf, agreement, counted_of, library, page};
use crate::domain::query::{InsightDetail, InsightWanted, InsightWindow};
use crate::domain::year::QaYear;
use crate::store::StoreResult;

impl Answers<'_> {
    pub(super) fn insight(&mut self, wanted: &InsightWanted) -> StoreResult<InsightDetail> {
        let (reading, viewer) = (self.reading, self.viewer);
        let framework = self.library.current(reading)?;
        let cycles = self.cycles_of(wanted, &framework)?;
        let of = FiguresWanted {
            cycles: cycles.clone(),
            kind: wanted.kind.clone(),
            service: wanted.service.clone(),
            ..FiguresWanted::default()
        };
        let facts = match wanted.page {
            PageOf::Cycles | PageOf::Practice | PageOf::Agreement | PageOf::Behind => Facts::default(),
            PageOf::Questions => Facts { answers: true, families: true, indicators: true, ..Facts::default() },
            PageOf::Areas => Facts { answers: true, ..Facts::default() },
            PageOf::Themes => Facts { themes: true, ..Facts::default() },
            // It is gathered with its lists.
            PageOf::Time => Facts::default(),
            PageOf::Coverage => Facts { caseload: true, ..Facts::default() },
        };
        let seen = viewer.sight.words(viewer.person);
        let seen = seen.as_deref().filter(|_| wanted.page != PageOf::Behind);
        let mut grid = match wanted.page {
            PageOf::Practice => library(&reading.practice_library(&of, None, viewer)?, &framework),
            PageOf::Behind => self.behind()?,
            PageOf::Agreement => {
                let figures = figures_of(reading, self.library, viewer, of, facts)?;
                let mut says = Vec::new();
                if framework.grades_anything() {
                    let detail = self.agreement(SEED)?;
                    if wanted.kind.is_some() || wanted.service.is_some() {
                        says.push("The sentences are about every decision so far, whatever is chosen here; the table keeps to it.".into());
                    }
                    says.extend(detail.moderation_says());
                    says.extend(detail.unseen_says());
                }
                agreement(&figures, &framework, says)
            }
            PageOf::Time => {
                let (_, gathered) = self.times_anew(&of)?;
                let calendar = self.library.calendar(reading)?;
                let figures = fold(of, &gathered, &framework, &calendar, viewer.now);
                page(PageOf::Time, &figures, &framework, seen)
            }
            of_figures => page(of_figures, &figures_of(reading, self.library, viewer, of, facts)?, &framework, seen),
        };
        if let Some(seen) = seen {
            grid.says.insert(0, counted_of(seen));
        }
        Ok(InsightDetail {
            wanted: wanted.clone(),
            grid,
            // The registers are the whole council's.
            withheld: if wanted.page == PageOf::Behind { 0 } else { reading.withheld_of(&cycles, viewer)? },
            cycles: cycles.len(),
            kinds: framework.kinds.iter().map(|kind| (kind.key.clone(), kind.label.clone())).collect(),
            services: reading.services()?,
        })
    }

    fn cycles_of(&self, wanted: &InsightWanted, framework: &Framework) -> StoreResult<Vec<CycleId>> {
        if let Some(only) = &wanted.only {
            return self.reading.cycles_called(std::slice::from_ref(only));
        }
        let today = self.viewer.today;
        let (from, limit) = match wanted.window {
            InsightWindow::Twelve => (None, 12),
            InsightWindow::TwentyFour => (None, 24),
            InsightWindow::Year => (Some(QaYear::of(framework.cycle.year_starts_in, today).starts), 60),
        };
        self.reading.recent_cycles(from, today, wanted.kind.as_deref(), limit)
    }

    /// Registers in which somebody is behind (F16), and those that are due.
    fn behind(&mut self) -> StoreResult<InsightGrid> {
        let rows = registers::rows(self.reading, self.library, self.viewer)?;
        let cells = rows.into_iter().map(|row| {
            let opens = |text: String| GridCell { text, opens: Some(Opens::Register(row.key.clone())), ..GridCell::default() };
            let behind = row.behind.map_or("-".to_string(), |(behind, of)| format!("{behind} of {of}"));
            let due = row.due.map_or("-".to_string(), |day| day.format("%-d %b %Y").to_string());
            GridRow::of(&row.label, vec![opens(row.entries.to_string()), opens(behind), opens(due)])
        });
        Ok(InsightGrid {
            says: vec![
                "The registers of the whole council: entries of this year, people who are behind with theirs, and when the next is due."
                    .into(),
            ],
            chart: None,
            head: "Register".into(),
            columns: ["Entries", "Behind", "Next due"].map(str::to_string).to_vec(),
            rows: cells.collect(),
            empty: "This framework keeps no registers.".into(),
        })
    }
}
