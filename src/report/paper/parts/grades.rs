//! Grades: of the time of the report, and as they run over the cycles.

use super::{Facts, said, table, words};
use crate::domain::count::{all_of, counted};
use crate::domain::insight::{Cell, Chart, Share};
use crate::domain::report::told::{Stretch, together_to};
use crate::domain::report::{Material, Told};
use crate::report::Block;
use crate::report::chart::{GradeRow, Picture, Plot};

pub(in crate::report::paper) const GRADE_ROWS: [&str; 2] = ["Reviewers\u{2019} own grade", "After moderation"];

/// The grades that a report tells as those of its time: of every stretch of cycles that ends within it.
pub(in crate::report::paper) struct Period {
    /// Which cycles they are of, where those are not the report's own time.
    pub of: String,
    /// It is more than one of them.
    pub several: bool,
    /// Good or better; none: nothing is told yet.
    pub good: Option<Share>,
    /// Reviewers' own grades, best first.
    pub own: [Cell; 4],
    /// The grades that count.
    pub counts: [Cell; 4],
    /// What the panel decided, and of these kept, raised and lowered.
    pub panel: [Cell; 4],
    /// The cycles that wait for the next one, in words; empty: none does.
    pub waiting: String,
}

impl Period {
    pub(in crate::report::paper) fn of(material: &Material, told: &Told) -> Period {
        let within = told.series.within(material.from, material.until);
        let sum = |of: fn(&Stretch) -> &[Cell; 4]| {
            std::array::from_fn(|place| {
                let cells: Vec<Cell> = within.iter().filter_map(|one| of(one).get(place).copied()).collect();
                match cells.as_slice() {
                    [only] => *only,
                    many => many.iter().try_fold(0, |sum, one| Some(sum + one.count()?)).map_or(Cell::Beside, Cell::Shown),
                }
            })
        };
        let titles: Vec<&str> = within.iter().map(|one| one.title.as_str()).collect();
        let of = match titles.as_slice() {
            [] => String::new(),
            [only] => (*only).to_string(),
            [first, .., last] => spanning(first, last),
        };
        let waiting: Vec<&str> = told.series.waiting.iter().map(String::as_str).collect();
        Period {
            of: if of == material.title { String::new() } else { of },
            several: within.iter().map(|one| one.cycles.len().max(1)).sum::<usize>() > 1,
            good: within.iter().map(|one| one.good).reduce(Share::and),
            own: sum(|one| &one.own),
            counts: sum(|one| &one.counts),
            panel: sum(|one| &one.panel),
            waiting: crate::domain::report::told::together(&waiting),
        }
    }

    /// `, July and August 2026 taken together`; nothing where they are of the report's own time.
    pub(in crate::report::paper) fn of_words(&self) -> String {
        match (self.of.as_str(), self.several) {
            ("", _) => String::new(),
            (of, true) => format!(", {of} taken together"),
            (of, false) => format!(", {of} alone"),
        }
    }
}

/// From the first cycle of a stretch's name to the last of another's.
fn spanning(first: &str, last: &str) -> String {
    let end = last.rsplit_once(" to ").or_else(|| last.rsplit_once(" and ")).map_or(last, |(_, end)| end);
    let year = first.rsplit_once(' ').map_or("", |(_, year)| year);
    let begin = first.split_once(" to ").or_else(|| first.split_once(" and ")).map_or(first, |(begin, _)| begin);
    if begin.contains(' ') { together_to(begin, end) } else { together_to(&format!("{begin} {year}"), end) }
}

pub(super) fn run(facts: &Facts<'_>) -> Vec<Block> {
    let (begun, whole): (Vec<&Stretch>, Vec<&Stretch>) = facts.told.series.stretches.iter().partition(|one| one.so_far);
    let named: Vec<&str> = begun.iter().map(|one| one.title.as_str()).collect();
    let left_out = match named.as_slice() {
        [] => Vec::new(),
        [only] => said(format!("{only} is left out of the line: reviews are still to be completed, or too few are graded.")),
        several => said(format!("{} are left out of the line: reviews are still to be completed, or too few are graded.", all_of(several))),
    };
    if whole.len() < 2 {
        let mut blocks = said("There are not yet enough reviews to draw a line over the cycles.");
        blocks.extend(left_out);
        return blocks;
    }
    let chart = Chart::of(whole.iter().map(|one| (one.title.clone(), one.good)));
    let says: Vec<Block> = chart.says().into_iter().map(Block::Text).collect();
    let mut blocks = vec![Block::Picture(Picture { title: "Share Good or better, cycle by cycle".into(), plot: Plot::Run(chart) })];
    blocks.extend(says);
    blocks.extend(left_out);
    blocks.extend(said(
        "Each dot is a share; the upright line through it shows how uncertain so few reviews leave it (95 % confidence). Square dots belong \
         to a signal.",
    ));
    if facts.material.limit > 1 {
        blocks.extend(said(
            "A cycle with too few reviews on either side is taken together with the next one, for good; a point once published stays.",
        ));
    }
    blocks
}

fn labels(material: &Material) -> [String; 4] {
    std::array::from_fn(|place| material.figures.grade_labels.get(place).cloned().unwrap_or_default())
}

pub(super) fn chart(facts: &Facts<'_>) -> Vec<Block> {
    let period = Period::of(facts.material, facts.told);
    let rows: Vec<GradeRow> = GRADE_ROWS
        .iter()
        .zip([period.own, period.counts])
        .filter(|(_, cells)| cells.iter().any(|cell| cell.count().is_some_and(|count| count > 0)))
        .map(|(name, cells)| GradeRow { name: (*name).into(), counts: cells.map(Cell::count), of: period.good.map_or(0, |good| good.of) })
        .collect();
    if period.good.is_none() || rows.is_empty() {
        return Vec::new();
    }
    let of = if period.of.is_empty() { String::new() } else { format!(", {}", period.of) };
    let plot = Plot::Grades { labels: labels(facts.material), rows };
    vec![Block::Picture(Picture { title: format!("Reviews by grade{of}"), plot })]
}

pub(super) fn table_of(facts: &Facts<'_>) -> Vec<Block> {
    let period = Period::of(facts.material, facts.told);
    let Some(good) = period.good else {
        return match period.waiting.as_str() {
            "" => said("No review of the random sample has a grade yet."),
            waiting => said(format!("The grades of {waiting} are told together with those of the next cycle.")),
        };
    };
    if period.own.iter().chain(&period.counts).all(|cell| cell.count().is_none()) {
        return said(format!(
            "How many of the {} had each grade is left out: some grades were given to so few that single children could be known.",
            counted(good.of, "review", "reviews")
        ));
    }
    let labels = labels(facts.material);
    let head: Vec<&str> = std::iter::once("Grade").chain(labels.iter().map(String::as_str)).chain(["All"]).collect();
    let rows = GRADE_ROWS.iter().zip([period.own, period.counts]).map(|(name, cells)| {
        let told = cells.iter().map(|one| words(*one, facts));
        std::iter::once((*name).to_string()).chain(told).chain([good.of.to_string()]).collect()
    });
    table(&head, rows.collect())
}
