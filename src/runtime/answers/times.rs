//! Lists behind the times of the insight view. Whether a step was in time follows from the calendar, which is no table: what a filter says
//! of it is put as the reviews it means. They are counted with the page and remembered, so that no key of a list counts them again; what
//! was written since is counted review by review.

use super::Answers;
use super::figures::{Facts, gather};
use crate::domain::filter::{Filter, Found, Term};
use crate::domain::insight::figures::{FiguresWanted, Gathered, Timed};
use crate::domain::query::KnownTimes;
use crate::store::StoreResult;
use std::sync::Arc;

/// What times are made of.
const STEPS: Facts =
    Facts { steps: true, answers: false, families: false, alerts: false, caseload: false, themes: false, indicators: false };

impl Answers<'_> {
    /// The filter with terms that only the calendar answers put as the reviews they mean: a step that was in time, or late.
    pub(super) fn with_times(&mut self, filter: Filter) -> StoreResult<Filter> {
        if !filter.terms.iter().any(|term| matches!(term, Term::Found(Found::InTime(..)))) {
            return Ok(filter);
        }
        let mut of = FiguresWanted::default();
        for term in &filter.terms {
            match term {
                Term::Found(Found::Cycles(references)) => of.cycles = self.reading.cycles_called(references)?,
                Term::Found(Found::Kind(kind)) => of.kind = Some(kind.clone()),
                Term::Found(Found::ServiceIs(service)) => of.service = Some(service.clone()),
                _ => {}
            }
        }
        let known = self.times(&of)?;
        let put = |term| match term {
            Term::Found(Found::InTime(step, in_time)) => {
                Some(Term::Found(Found::These(known.timed.reviews(of.kind.as_deref(), &step, in_time))))
            }
            // They are of no others.
            Term::Found(Found::Cycles(_)) => None,
            other => Some(other),
        };
        Ok(Filter { terms: filter.terms.into_iter().filter_map(put).collect() })
    }

    /// Which reviews were in time and which late: as they were counted last, with what was written since; else counted now.
    fn times(&mut self, of: &FiguresWanted) -> StoreResult<Arc<KnownTimes>> {
        let reading = self.reading;
        let newest = reading.newest_seq()?;
        let Some(known) = self.library.times.take_if(|known| known.answer(of, self.viewer)) else { return Ok(self.times_anew(of)?.0) };
        if known.at == newest {
            return Ok(self.library.times.insert(known).clone());
        }
        // Other holidays are another sum for every review.
        let same_calendar = reading.last_seq("holidays")? <= known.at;
        match reading.reviews_since(known.at)?.filter(|_| same_calendar) {
            Some(reviews) => {
                let calendar = self.library.calendar(reading)?;
                let wanted = FiguresWanted { reviews: Some(reviews.clone()), ..known.timed.wanted().clone() };
                let gathered = gather(reading, self.library, self.viewer, &wanted, STEPS)?;
                let mut known = Arc::unwrap_or_clone(known);
                known.timed.again(&reviews, &gathered, &calendar);
                known.at = newest;
                Ok(self.library.times.insert(Arc::new(known)).clone())
            }
            None => Ok(self.times_anew(of)?.0),
        }
    }

    /// The same counted now and remembered; and what was gathered for it, alerts as well, which a page tells beside them.
    pub(super) fn times_anew(&mut self, of: &FiguresWanted) -> StoreResult<(Arc<KnownTimes>, Gathered)> {
        let reading = self.reading;
        let gathered = gather(reading, self.library, self.viewer, of, Facts { alerts: true, ..STEPS })?;
        let timed = Timed::of(of.clone(), &gathered, &*self.library.calendar(reading)?);
        let known = KnownTimes { timed, at: reading.newest_seq()?, person: self.viewer.person, sight: self.viewer.sight.clone() };
        Ok((self.library.times.insert(Arc::new(known)).clone(), gathered))
    }
}
