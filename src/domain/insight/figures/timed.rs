//! Which reviews took a step in time and which late, as a figure counted them: what a list behind that figure is made of.

use super::fold::{Facts, kinds_of};
use super::{CountedReview, FiguresWanted, Gathered, was_in_time};
use crate::domain::calendar::Calendar;
use crate::domain::id::ReviewId;
use std::collections::{BTreeMap, BTreeSet};

/// The reviews behind the times of some cycles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timed {
    /// What was counted.
    of: FiguresWanted,
    /// By kind and step: those in time, and those that were late.
    steps: BTreeMap<(String, String), [BTreeSet<ReviewId>; 2]>,
}

impl Timed {
    /// Of what was gathered, steps among it.
    pub fn of(of: FiguresWanted, gathered: &Gathered, calendar: &Calendar) -> Timed {
        let mut timed = Timed { of, steps: BTreeMap::new() };
        timed.add(gathered, calendar);
        timed
    }

    /// Whether what is asked for is among what was counted: of the same cycles and the same service, of its kind or of every one.
    pub fn holds(&self, wanted: &FiguresWanted) -> bool {
        let sorted = |of: &FiguresWanted| of.cycles.iter().copied().collect::<BTreeSet<_>>();
        let same = self.of.service == wanted.service && (self.of.kind.is_none() || self.of.kind == wanted.kind);
        same && sorted(&self.of) == sorted(wanted)
    }

    /// What was counted.
    pub fn wanted(&self) -> &FiguresWanted {
        &self.of
    }

    /// Counts these reviews anew.
    pub fn again(&mut self, reviews: &[ReviewId], gathered: &Gathered, calendar: &Calendar) {
        for found in self.steps.values_mut().flatten() {
            for review in reviews {
                found.remove(review);
            }
        }
        self.add(gathered, calendar);
    }

    fn add(&mut self, gathered: &Gathered, calendar: &Calendar) {
        let facts = Facts::of(gathered);
        let all: Vec<&CountedReview> = gathered.reviews.iter().collect();
        let mut known = BTreeSet::new();
        for kind in kinds_of(gathered, &all).into_iter().filter(|kind| known.insert(kind.key.as_str())) {
            for step in &kind.steps {
                let found = self.steps.entry((kind.key.clone(), step.key.clone())).or_default();
                for review in all.iter().filter(|review| review.kind == kind.key) {
                    let Some(record) = facts.step(review.id, &step.key).filter(|record| record.done) else { continue };
                    let since = step.due.as_ref().and_then(|due| facts.step(review.id, &due.after)).map(|before| before.on);
                    let share = was_in_time(step, since, record, calendar);
                    if share.of == 1 {
                        found[usize::from(share.n == 0)].insert(review.id);
                    }
                }
            }
        }
    }

    /// Reviews of a kind, or of every one, that took a step in time; otherwise those that took it late.
    pub fn reviews(&self, kind: Option<&str>, step: &str, in_time: bool) -> Vec<ReviewId> {
        let fits = |(of, key): &(String, String)| key == step && kind.is_none_or(|kind| kind == of);
        let found = self.steps.iter().filter(|(of, _)| fits(of)).flat_map(|(_, found)| &found[usize::from(!in_time)]);
        found.copied().collect::<BTreeSet<_>>().into_iter().collect()
    }
}
