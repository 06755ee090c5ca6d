//! Grades as they run over the cycles, in stretches that are told once and for good.
//!
//! A cycle of which too few are Good or better, or too few are not, waits and joins the next one for good. Where a stretch begins and
//! ends is decided from its oldest cycle on, and not by the newest; so no two reports draw it differently, and none can be taken from
//! another. Before and after moderation stand in one reckoning: a difference between the two rows that is small is a small count too.

use crate::domain::id::CycleId;
use crate::domain::insight::labels::unlabel;
use crate::domain::insight::ledger::{Ledger, Sum};
use crate::domain::insight::{Cell, Share};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Reviews of one cycle and kind by what became of their grades: drawn or not, own grade and the panel's, best first. The fifth place
/// of the last is "the panel did not see it".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GradeTally(pub [[[u32; 5]; 4]; 2]);

impl GradeTally {
    /// Counts so many more.
    pub fn add(&mut self, drawn: bool, own: usize, panel: Option<usize>, many: u32) {
        let panel = panel.unwrap_or(4);
        if let Some(count) = self.0.get_mut(usize::from(drawn)).and_then(|by| by.get_mut(own)).and_then(|by| by.get_mut(panel)) {
            *count += many;
        }
    }

    /// Graded reviews of the random sample.
    pub fn drawn(&self) -> u32 {
        self.good().of
    }

    fn and(self, other: GradeTally) -> GradeTally {
        let mut sum = self;
        for (drawn, own, panel) in places() {
            sum.0[drawn][own][panel] += other.0[drawn][own][panel];
        }
        sum
    }

    fn value(&self, which: &Which<'_>) -> i64 {
        places().map(|(drawn, own, panel)| i64::from(which(drawn == 1, own, panel)) * i64::from(self.0[drawn][own][panel])).sum()
    }

    /// Good or better, of the random sample.
    fn good(&self) -> Share {
        let n = self.value(&|drawn, own, panel| factor(drawn && counts_as(own, panel) < 2));
        let of = self.value(&|drawn, _, _| factor(drawn));
        Share::new(u32::try_from(n).unwrap_or(0), u32::try_from(of).unwrap_or(0))
    }
}

/// How often a review of this sort goes into a sum.
type Which<'a> = dyn Fn(bool, usize, usize) -> i32 + 'a;

fn places() -> impl Iterator<Item = (usize, usize, usize)> {
    (0..2).flat_map(|drawn| (0..4).flat_map(move |own| (0..5).map(move |panel| (drawn, own, panel))))
}

fn factor(yes: bool) -> i32 {
    i32::from(yes)
}

/// The grade that counts: the panel's, else the reviewer's own.
fn counts_as(own: usize, panel: usize) -> usize {
    if panel < 4 { panel } else { own }
}

/// A cycle in the series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesCycle {
    /// Which.
    pub id: CycleId,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its grades.
    pub tally: GradeTally,
}

/// Cycles whose grades are told together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// The cycles, oldest first.
    pub cycles: Vec<CycleId>,
    /// What they are called together.
    pub title: String,
    /// First day of the last of them: the report of that cycle is the first to tell of it.
    pub last_from: NaiveDate,
    /// Good or better of the random sample.
    pub good: Share,
    /// Reviewers' own grades, best first.
    pub own: [Cell; 4],
    /// The grades that count.
    pub counts: [Cell; 4],
    /// What the panel decided, and of these kept, raised and lowered; named reviews are among them.
    pub panel: [Cell; 4],
    /// A cycle of it has only begun: it stands in no line over the cycles yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub so_far: bool,
}

impl Stretch {
    /// Whether a count of it, published before, would be published again with a small difference.
    fn differs_by_few(&self, anew: &Stretch, below: u32) -> bool {
        let few = |before: u32, after: u32| (1..below).contains(&before.abs_diff(after));
        let rest = |share: Share| share.of - share.n;
        let cells = [(&self.own, &anew.own), (&self.counts, &anew.counts), (&self.panel, &anew.panel)];
        let mut pairs = cells.iter().flat_map(|(before, after)| before.iter().zip(after.iter()));
        few(self.good.n, anew.good.n)
            || few(self.good.of, anew.good.of)
            || few(rest(self.good), rest(anew.good))
            || pairs.any(|(before, after)| before.count().zip(after.count()).is_some_and(|(before, after)| few(before, after)))
    }
}

/// The series of a kind of review.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Series {
    /// The stretches that are told, oldest first; the last ones only.
    pub stretches: Vec<Stretch>,
    /// Cycles that wait to join the next one.
    pub waiting: Vec<String>,
}

/// So many stretches are kept: what a line over the cycles shows.
const KEPT: usize = 24;

impl Series {
    /// The series of these cycles, oldest first. What was published of the time before `from` stays as it was, whatever has changed
    /// since. What was published of the time of this report is counted anew only where no count moves by a few: the two versions
    /// would tell of those.
    pub fn of(published: &[Stretch], from: NaiveDate, cycles: &[SeriesCycle], below: u32) -> Series {
        let (before, own): (Vec<Stretch>, Vec<Stretch>) = published.iter().cloned().partition(|one| one.last_from < from);
        let done: Vec<CycleId> = before.iter().flat_map(|one| one.cycles.iter().copied()).collect();
        let after = before.last().map(|one| one.last_from);
        let mut series = Series { stretches: before, ..Series::default() };
        let mut waiting: Vec<&SeriesCycle> = Vec::new();
        let mut sum = GradeTally::default();
        for cycle in cycles.iter().filter(|one| !done.contains(&one.id) && after.is_none_or(|after| one.starts_on >= after)) {
            if cycle.tally == GradeTally::default() {
                continue;
            }
            waiting.push(cycle);
            sum = sum.and(cycle.tally);
            let known = own.iter().find(|one| one.cycles.contains(&cycle.id));
            let ends = match known {
                Some(known) => known.cycles.last() == Some(&cycle.id),
                None => may_be_told(sum.good(), below),
            };
            if ends {
                let anew = stretch(&waiting, &sum, below);
                let stays = known.filter(|known| !may_be_told(anew.good, below) || known.differs_by_few(&anew, below));
                series.stretches.push(stays.cloned().unwrap_or(anew));
                waiting.clear();
                sum = GradeTally::default();
            }
        }
        series.waiting = waiting.iter().map(|one| one.title.clone()).collect();
        let many = series.stretches.len().saturating_sub(KEPT);
        series.stretches.drain(..many);
        series
    }

    /// The stretches whose report comes within these days.
    pub fn within(&self, from: NaiveDate, until: NaiveDate) -> Vec<&Stretch> {
        self.stretches.iter().filter(|one| one.last_from >= from && one.last_from <= until).collect()
    }
}

/// Whether a share may be told: neither part of it is small.
pub fn may_be_told(share: Share, below: u32) -> bool {
    let small = |count: u32| (1..below).contains(&count);
    share.of > 0 && !small(share.n) && !small(share.of) && !small(share.of - share.n)
}

fn stretch(cycles: &[&SeriesCycle], tally: &GradeTally, below: u32) -> Stretch {
    let named: Vec<&str> = cycles.iter().map(|one| one.title.as_str()).collect();
    let mut told = Reckoning { tally, below: i64::from(below), ledger: Ledger::default() };
    let by_grade = |grades: u32, own: bool| {
        move |drawn: bool, first: usize, panel: usize| {
            let grade = if own { first } else { counts_as(first, panel) };
            factor(drawn && grades & (1 << grade) != 0)
        }
    };
    // Every set of grades, before and after moderation, and what moderation moved in or out of it.
    for grades in 1..16 {
        told.secret(&by_grade(grades, false));
        told.secret(&by_grade(grades, true));
        told.secret(&move |drawn, first, panel| by_grade(grades, true)(drawn, first, panel) - by_grade(grades, false)(drawn, first, panel));
    }
    let moved: [fn(usize, usize) -> bool; 4] =
        [|_, panel| panel < 4, |own, panel| own == panel, |own, panel| panel < own, |own, panel| panel > own && panel < 4];
    for which in moved {
        told.secret(&move |_, own, panel| factor(which(own, panel)));
    }
    told.say(&|drawn, _, _| factor(drawn));
    told.say(&|drawn, own, panel| factor(drawn && counts_as(own, panel) < 2));
    let counts = told.all(&[0, 1, 2, 3].map(|grade| by_grade(1 << grade, false)));
    let panel = told.all(&moved.map(|which| move |_: bool, own: usize, panel: usize| factor(which(own, panel))));
    let own = told.all(&[0, 1, 2, 3].map(|grade| by_grade(1 << grade, true)));
    Stretch {
        cycles: cycles.iter().map(|one| one.id).collect(),
        title: together(&named),
        last_from: cycles.last().map_or(NaiveDate::MIN, |one| one.starts_on),
        good: tally.good(),
        own,
        counts,
        panel,
        so_far: false,
    }
}

/// What is told of one stretch so far.
struct Reckoning<'a> {
    tally: &'a GradeTally,
    below: i64,
    ledger: Ledger,
}

impl Reckoning<'_> {
    fn sum(which: &Which<'_>) -> Sum {
        places().map(|(drawn, own, panel)| which(drawn == 1, own, panel)).collect()
    }

    fn secret(&mut self, which: &Which<'_>) {
        let (sum, value) = (Self::sum(which), self.tally.value(which));
        if (1..self.below).contains(&value.abs()) {
            self.ledger.guard(&sum);
        } else if value == 0 && sum.iter().all(|factor| *factor >= 0) {
            self.ledger.comes_to_nought(&sum);
        }
    }

    fn say(&mut self, which: &Which<'_>) -> Cell {
        let value = self.tally.value(which);
        if (1..self.below).contains(&value) {
            return Cell::Small;
        }
        match self.ledger.take(&Self::sum(which)) {
            true => Cell::Shown(u32::try_from(value).unwrap_or(0)),
            false => Cell::Beside,
        }
    }

    /// Four at once: the largest first, so that what has to go beside a small one is small itself.
    fn all<F: Fn(bool, usize, usize) -> i32>(&mut self, four: &[F; 4]) -> [Cell; 4] {
        let mut order = [0, 1, 2, 3];
        order.sort_by_key(|place| std::cmp::Reverse(self.tally.value(&four[*place])));
        let mut cells = [Cell::Beside; 4];
        for place in order {
            cells[place] = self.say(&four[place]);
        }
        let sums =
            std::array::from_fn::<_, 4, _>(|place| (Self::sum(&four[place]), u32::try_from(self.tally.value(&four[place])).unwrap_or(0)));
        unlabel(&mut cells, &sums, &self.ledger, u32::try_from(self.below).unwrap_or(0));
        cells
    }
}

/// `July and August 2026`, or `July to September 2026`.
pub fn together(titles: &[&str]) -> String {
    match titles {
        [] => String::new(),
        [only] => (*only).to_string(),
        [first, last] => joined(first, "and", last),
        [first, .., last] => joined(first, "to", last),
    }
}

/// `July to September 2026`; one name alone where both are the same.
pub fn together_to(first: &str, last: &str) -> String {
    if first == last { last.to_string() } else { joined(first, "to", last) }
}

/// Some cycles by their titles, each named: `September, October and December 2026`, the year once where it is the same.
pub fn listed(titles: &[&str]) -> String {
    let Some((last, others)) = titles.split_last() else { return String::new() };
    let year = last.rsplit_once(' ').map(|(_, year)| year);
    let short = |title: &&str| match title.rsplit_once(' ') {
        Some((name, of)) if Some(of) == year => name.to_string(),
        _ => (*title).to_string(),
    };
    let all: Vec<String> = others.iter().map(short).chain([(*last).to_string()]).collect();
    crate::domain::count::all_of(&all)
}

/// Two names with a word between them; a year that both have is said once.
fn joined(first: &str, word: &str, last: &str) -> String {
    match (first.rsplit_once(' '), last.rsplit_once(' ')) {
        (Some((name, year)), Some((_, same))) if year == same => format!("{name} {word} {last}"),
        _ => format!("{first} {word} {last}"),
    }
}
