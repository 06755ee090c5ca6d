//! What is due to be looked at again, and what was found then beside what is found now. F14, Q02, S13.

use super::figures::{Facts, figures_of};
use super::{Answers, missing};
use crate::domain::calendar::BeyondTable;
use crate::domain::count::counted;
use crate::domain::id::CycleId;
use crate::domain::insight::figures::FiguresWanted;
use crate::domain::insight::pages::counted_of;
use crate::domain::query::{Again, RevisitRow};
use crate::domain::revisit::{
    AreaFacts, Looked, Revisit, Stand, ThenNow, areas, case_window, grace, of_cycles, of_reviews, sort, stand_of,
};
use crate::store::{StoreError, StoreResult};

impl Answers<'_> {
    /// Everything that is looked at again, what presses first.
    pub(super) fn revisits(&mut self) -> StoreResult<Vec<RevisitRow>> {
        let found = self.looked_again_at()?;
        let framework = self.library.current(self.reading)?;
        let rows = found.into_iter().map(|revisit| RevisitRow {
            reference: revisit.reference.clone(),
            of: if matches!(revisit.looked, Looked::Area(_)) { "area" } else { "case" },
            what: revisit.what.clone(),
            kind: framework.kind(&revisit.kind).map_or_else(|| revisit.kind.clone(), |kind| kind.label.clone()),
            seen_on: revisit.seen_on,
            due_on: revisit.due_on,
            stand: revisit.stand.key(),
            by: match &revisit.stand {
                Stand::Planned(said) | Stand::Done(said) | Stand::LetGo(said) => said.clone(),
                Stand::Overdue | Stand::Due | Stand::Ahead => String::new(),
            },
            revisit,
        });
        Ok(rows.collect())
    }

    /// Areas and cases, what presses first.
    pub(super) fn looked_again_at(&mut self) -> StoreResult<Vec<Revisit>> {
        let mut found = self.areas_again()?;
        found.extend(self.cases_again()?);
        sort(&mut found);
        Ok(found)
    }

    /// The areas of cycles, as their counts are known to the viewer.
    pub(super) fn areas_again(&mut self) -> StoreResult<Vec<Revisit>> {
        let framework = self.library.current(self.reading)?;
        if framework.tracking.revisit_areas_after.is_none() {
            return Ok(Vec::new());
        }
        let calendar = self.library.calendar(self.reading)?;
        let cycles = self.reading.cycles_for(self.viewer)?;
        areas(&AreaFacts { framework: &framework, calendar: &calendar, today: self.viewer.today, cycles: &cycles }).map_err(beyond)
    }

    fn cases_again(&mut self) -> StoreResult<Vec<Revisit>> {
        let framework = self.library.current(self.reading)?;
        let (Some(after), Some(window)) = (framework.tracking.revisit_cases_after, case_window(&framework, self.viewer.today)) else {
            return Ok(Vec::new());
        };
        let calendar = self.library.calendar(self.reading)?;
        let mut found = Vec::new();
        for case in self.reading.found_inadequate(window, self.viewer)? {
            let due = stand_of(after, case.seen_on, grace(&framework), self.viewer.today, &calendar).map_err(beyond)?;
            let stand = match case.later {
                Some((reference, true)) => due.stand.is_some().then_some(Stand::Done(reference)),
                Some((reference, false)) => Some(Stand::Planned(reference)),
                None => due.stand,
            };
            let Some(stand) = stand else { continue };
            found.push(Revisit {
                looked: Looked::Case(case.review, case.subject),
                reference: case.reference,
                what: case.case,
                kind: case.kind,
                seen_on: case.seen_on,
                due_on: due.due_on,
                reason: String::new(),
                stand,
                later: None,
            });
        }
        Ok(found)
    }

    /// What was found then beside what is found now; none where nothing was looked at before.
    pub(super) fn then_now(&mut self, again: &Again) -> StoreResult<Option<ThenNow>> {
        match again {
            Again::Cycle(cycle) => {
                let (later, _) = self.reading.cycle_and_counts(*cycle)?.ok_or_else(|| missing("cycle"))?;
                later.again.map(|first| self.cycles_beside(&FiguresWanted::default(), first, *cycle)).transpose()
            }
            Again::Before { cycle, kind, service } => {
                let of = FiguresWanted { kind: kind.clone(), service: service.clone(), ..FiguresWanted::default() };
                self.cycle_before(cycle, &of)
            }
            Again::Review(review) => {
                let review = *review;
                let now = self.review(review)?;
                let named = now.facts.review.named.as_ref().and_then(|named| named.earlier);
                let then = match named.filter(|first| self.reading.is_open_to(*first, self.viewer).unwrap_or(false)) {
                    Some(first) => Some(first),
                    None => self.reading.earlier_review(review, self.viewer)?,
                };
                let then = then.map(|then| self.review(then)).transpose()?;
                Ok(then.map(|then| of_reviews(&then, &now)))
            }
        }
    }

    /// A cycle beside the one before it, both as the insight view counts them: which questions, areas and themes moved with its share.
    fn cycle_before(&mut self, reference: &str, of: &FiguresWanted) -> StoreResult<Option<ThenNow>> {
        let Some(cycle) = self.reading.cycles_called(&[reference.to_string()])?.pop() else { return Err(missing("cycle")) };
        let (later, _) = self.reading.cycle_and_counts(cycle)?.ok_or_else(|| missing("cycle"))?;
        let until = self.reading.recent_cycles(None, later.starts_on, of.kind.as_deref(), 24)?;
        let Some(first) = until.iter().skip_while(|id| **id != cycle).nth(1).copied() else { return Ok(None) };
        let mut found = self.cycles_beside(of, first, cycle)?;
        let withheld = self.reading.withheld_of(&[first, cycle], self.viewer)?;
        let seen = self.viewer.sight.words(self.viewer.person).map(|seen| counted_of(&seen));
        let kept = (withheld > 0).then(|| format!("{} from you.", counted(withheld, "review is withheld", "reviews are withheld")));
        let sentences = seen.into_iter().chain(kept).chain(Some(found.note).filter(|note| !note.is_empty()));
        found.note = sentences.collect::<Vec<_>>().join(" ");
        let narrowed = of.service.iter().map(|service| format!(", {service} alone")).collect::<String>();
        found.what = format!(
            "{} and the cycle before it{narrowed}; better or worse stands only where chance alone would not make the difference",
            later.title
        );
        Ok(Some(found))
    }

    /// What one cycle found beside what another one finds.
    fn cycles_beside(&mut self, of: &FiguresWanted, first: CycleId, cycle: CycleId) -> StoreResult<ThenNow> {
        let framework = self.library.current(self.reading)?;
        let facts = Facts { answers: true, steps: true, themes: true, ..Facts::default() };
        let mut side = |cycle: CycleId| {
            let wanted = FiguresWanted { cycles: vec![cycle], ..of.clone() };
            let figures = figures_of(self.reading, self.library, self.viewer, wanted, facts)?;
            StoreResult::Ok((figures, self.reading.action_tally(cycle, self.viewer)?))
        };
        let (then, now) = (side(first)?, side(cycle)?);
        Ok(of_cycles(&framework, (&then.0, then.1), (&now.0, now.1)))
    }
}

fn beyond(error: BeyondTable) -> StoreError {
    StoreError::Refused(error.into())
}
