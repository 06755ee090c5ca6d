//! What moderation did to grades: the table of original by moderated, and the counts that can be read off it.

use super::estimate::two_places;
use super::{count, place};
use crate::domain::count::counted;
use crate::domain::grade::{Grade, Judgement};
use crate::domain::insight::Share;
use serde::{Deserialize, Serialize};

/// One moderated review: the reviewer's grade and the panel's (M08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// By the reviewer.
    pub original: Grade,
    /// By the panel.
    pub moderated: Grade,
}

impl Pair {
    /// The grades of two judgements; a scaling that moved within its grade is no shift of grade.
    pub fn of(original: Judgement, moderated: Judgement) -> Pair {
        Pair { original: original.grade, moderated: moderated.grade }
    }
}

/// The grade-shift table: how many reviews had which original and which moderated grade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeShift {
    /// By original, then by moderated, both worst first.
    counts: [[u32; 4]; 4],
}

impl GradeShift {
    /// Counts the pairs.
    pub fn of<'a>(pairs: impl IntoIterator<Item = &'a Pair>) -> GradeShift {
        let mut shift = GradeShift::default();
        for pair in pairs {
            shift.add(pair, 1);
        }
        shift
    }

    /// Counts a pair several times over, as a resample draws it.
    pub(super) fn add(&mut self, pair: &Pair, times: u32) {
        self.counts[place(pair.original)][place(pair.moderated)] += times;
    }

    /// The whole table: by original, then by moderated, both from the worst grade to the best.
    pub fn counts(&self) -> &[[u32; 4]; 4] {
        &self.counts
    }

    /// Reviews with this original and this moderated grade.
    pub fn count(&self, original: Grade, moderated: Grade) -> u32 {
        self.counts[place(original)][place(moderated)]
    }

    /// All pairs.
    pub fn pairs(&self) -> u32 {
        self.sum(|_| true)
    }

    /// Pairs with the same grade twice.
    pub fn exact(&self) -> u32 {
        self.sum(|steps| steps == 0)
    }

    /// Pairs at most one grade apart; the exact ones are among them.
    pub fn within_one(&self) -> u32 {
        self.sum(|steps| steps.abs() <= 1)
    }

    /// Pairs where the panel gave a better grade.
    pub fn raised(&self) -> u32 {
        self.sum(|steps| steps > 0)
    }

    /// Pairs where the panel gave a worse grade.
    pub fn lowered(&self) -> u32 {
        self.sum(|steps| steps < 0)
    }

    /// Mean of moderated less original, in grade steps: above 0 the panel gave better grades than the reviewers
    /// (reviewers were severe), below 0 worse ones (reviewers were lenient). None without pairs.
    pub fn mean_steps(&self) -> Option<f64> {
        let sum: i64 = self.cells().map(|(steps, count)| steps * i64::from(count)).sum();
        (self.pairs() > 0).then(|| sum as f64 / f64::from(self.pairs()))
    }

    /// The same grade, within one grade, and the signed mean shift, each with what it is called.
    pub fn facts(&self) -> [(&'static str, String); 3] {
        let pairs = self.pairs();
        let percent = |part: u32| match pairs {
            0 => "none".to_string(),
            _ => Share::new(part, pairs).say(),
        };
        let mean = self.mean_steps().map(|mean| format!("{mean:+.2} grades")).unwrap_or_default();
        // A nought has no direction.
        let mean = if mean == "-0.00 grades" { "+0.00 grades".to_string() } else { mean };
        [("Same grade", percent(self.exact())), ("Within one grade", percent(self.within_one())), ("Mean shift", mean)]
    }

    /// Which way and how far the panel moved grades, in a sentence.
    pub fn sentence(&self) -> String {
        let Some(mean) = self.mean_steps() else { return "No moderated grades yet.".to_string() };
        let size = two_places(mean.abs());
        // The sign is that of what is shown: nobody should read "0.00 of a grade lower".
        let which_way = match mean {
            _ if size == "0.00" => "On average the panel left grades where they were".to_string(),
            mean if mean > 0.0 => format!("On average the panel's grade is {size} steps better than the reviewer's"),
            _ => format!("On average the panel's grade is {size} steps worse than the reviewer's"),
        };
        let pairs = counted(self.pairs(), "pair", "pairs");
        format!("{which_way}: {} raised, {} lowered, {} the same, of {pairs}.", self.raised(), self.lowered(), self.exact())
    }

    /// Each cell as steps from original to moderated (up is positive) and its count.
    fn cells(&self) -> impl Iterator<Item = (i64, u32)> {
        self.counts.iter().enumerate().flat_map(|(original, row)| {
            row.iter().enumerate().map(move |(moderated, times)| (i64::from(count(moderated)) - i64::from(count(original)), *times))
        })
    }

    fn sum(&self, which: impl Fn(i64) -> bool) -> u32 {
        self.cells().filter(|(steps, _)| which(*steps)).map(|(_, count)| count).sum()
    }
}
