//! The pages of the insight view as plain grids: each cell says a number in words and names the records behind it.
//!
//! A cell that opens carries the filter of the list behind it and the count that this list must have. Nothing here suppresses a small
//! number: the team's own screen shows what is; what leaves the team is another matter.

mod people;
mod practice;
mod questions;
mod time;

use super::figures::{CycleFigures, Figures, Progress};
use super::{Chart, Share};
use crate::domain::count::{all_of, counted};
use crate::domain::framework::Framework;
use crate::domain::grade::Grade;
use crate::domain::id::{GoodPracticeId, ReviewId};
use serde::{Deserialize, Serialize};

pub use people::agreement;
pub use practice::library;

/// The pages, in the order in which they are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageOf {
    /// How far each cycle is, and its grades with their run chart where there are any.
    #[default]
    Cycles,
    /// Questions beside grades, families and indicators (M19, M27).
    Questions,
    /// Areas of the form by service.
    Areas,
    /// Themes by cycle.
    Themes,
    /// The library of good practice (M22).
    Practice,
    /// How long each step took, and how quickly people heard of alerts.
    Time,
    /// How much of the caseload was looked at.
    Coverage,
    /// What moderation moved, and how far people agree.
    Agreement,
    /// Registers in which somebody is behind: supervision, observations.
    Behind,
}

impl PageOf {
    /// The pages under a framework: where nothing is graded, no page is about how far people agree on grades (Q02).
    pub fn under(framework: &Framework) -> Vec<PageOf> {
        PageOf::ALL.into_iter().filter(|page| *page != PageOf::Agreement || framework.grades_anything()).collect()
    }

    /// Every page.
    pub const ALL: [PageOf; 9] = [
        PageOf::Cycles,
        PageOf::Questions,
        PageOf::Areas,
        PageOf::Themes,
        PageOf::Practice,
        PageOf::Time,
        PageOf::Coverage,
        PageOf::Agreement,
        PageOf::Behind,
    ];

    /// Its title.
    pub fn label(self) -> &'static str {
        match self {
            PageOf::Cycles => "Cycles",
            PageOf::Questions => "Questions",
            PageOf::Areas => "Areas",
            PageOf::Themes => "Themes",
            PageOf::Practice => "Practice",
            PageOf::Time => "Time",
            PageOf::Coverage => "Coverage",
            PageOf::Agreement => "Agreement",
            PageOf::Behind => "Behind",
        }
    }
}

/// Where a cell leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opens {
    /// The queue with this filter.
    Queue(String),
    /// The alerts with this filter.
    Alerts(String),
    /// A register, by its key.
    Register(String),
    /// The review of a passage of good practice, and the passage.
    Practice(ReviewId, GoodPracticeId),
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GridCell {
    /// What it says.
    pub text: String,
    /// How many records are behind it, where it opens a list.
    pub count: Option<u32>,
    /// Where it leads; none: there is nothing behind it.
    pub opens: Option<Opens>,
    /// How much of the most there could be, as a proportion from 0 to 1: shaded beside the number.
    pub shade: Option<f64>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GridRow {
    /// What the row is about.
    pub label: String,
    /// A heading over the rows that follow; its cells say nothing.
    pub heading: bool,
    /// The cells.
    pub cells: Vec<GridCell>,
    /// Said in full below the grid while the cursor is on it.
    pub whole: String,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct InsightGrid {
    /// What it says, in sentences.
    pub says: Vec<String>,
    /// A chart above the rows, whose points are the rows in their order.
    pub chart: Option<Chart>,
    /// Heading over the labels.
    pub head: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<GridRow>,
    /// Said instead of rows, where there is nothing to show: what makes them appear.
    pub empty: String,
}

impl GridCell {
    /// Words with nothing behind them.
    pub fn says(text: impl Into<String>) -> GridCell {
        GridCell { text: text.into(), ..GridCell::default() }
    }

    /// A count with the list behind it. Behind nought there is nothing to open.
    pub fn counts(count: u32, filter: String) -> GridCell {
        GridCell { text: count.to_string(), count: Some(count), opens: (count > 0).then_some(Opens::Queue(filter)), shade: None }
    }

    fn shaded(mut self, share: Share) -> GridCell {
        self.shade = share.proportion();
        self
    }

    fn with_text(mut self, text: String) -> GridCell {
        self.text = text;
        self
    }
}

impl GridRow {
    /// A row of cells.
    pub fn of(label: impl Into<String>, cells: Vec<GridCell>) -> GridRow {
        let label = label.into();
        GridRow { whole: label.clone(), label, heading: false, cells }
    }

    /// A heading.
    pub fn heading(label: impl Into<String>) -> GridRow {
        GridRow { label: label.into(), heading: true, ..GridRow::default() }
    }
}

/// A page of figures; those that need more than figures are made elsewhere. `seen` says how far whoever looks sees, where that is not
/// everything.
pub fn page(of: PageOf, figures: &Figures, framework: &Framework, seen: Option<&str>) -> InsightGrid {
    match of {
        PageOf::Cycles => cycles(figures, framework),
        PageOf::Questions => questions::questions(figures, framework),
        PageOf::Areas => questions::areas(figures),
        PageOf::Themes => practice::themes(figures),
        PageOf::Time => time::time(figures, framework),
        PageOf::Coverage => time::coverage(figures, seen),
        PageOf::Practice | PageOf::Agreement | PageOf::Behind => InsightGrid::default(),
    }
}

/// What a page says first of its numbers to whoever sees only a part.
pub fn counted_of(seen: &str) -> String {
    format!("Counted of what you see ({seen} only), not of the whole council.")
}

/// The words that every filter of these figures begins with: their cycles, and kind and service where only some are counted.
pub(super) fn scope_of(figures: &Figures, cycles: &[&CycleFigures]) -> String {
    let references: Vec<&str> = cycles.iter().map(|cycle| cycle.reference.as_str()).collect();
    let mut words = format!("all \"cycles:{}\"", references.join(","));
    if let Some(kind) = &figures.wanted.kind {
        words.push_str(&format!(" kind:{kind}"));
    }
    if let Some(service) = &figures.wanted.service {
        words.push_str(&format!(" \"service:={service}\""));
    }
    words
}

/// The same of all cycles together.
pub(super) fn scope(figures: &Figures) -> String {
    scope_of(figures, &figures.cycles.iter().collect::<Vec<_>>())
}

fn cycles(figures: &Figures, framework: &Framework) -> InsightGrid {
    // Q02: nothing is said of grades where none is ever given.
    let graded = framework.grades_anything();
    let words: Vec<&str> = Grade::ALL.iter().map(|grade| framework.grade_label(*grade)).collect();
    let mut columns = vec!["Reviews".to_string(), "Submitted".to_string()];
    if graded {
        columns.extend(words.iter().map(|word| word.to_string()));
        columns.extend(["Good or better", "95 % between", "Reviewers\u{2019} own"].map(str::to_string));
    }
    columns.extend(["Finalised".to_string(), "Named".to_string()]);
    let rows = figures.cycles.iter().map(|cycle| {
        let base = scope_of(figures, &[cycle]);
        let mut cells = vec![
            GridCell::counts(cycle.progress.sample, base.clone()),
            GridCell::counts(cycle.progress.submitted, format!("{base} submitted")),
        ];
        if graded {
            cells.extend(grade_cells(cycle, &base));
        }
        cells.push(GridCell::counts(cycle.progress.finalised, format!("{base} finished")));
        cells.push(GridCell::counts(cycle.progress.sample - cycle.progress.drawn, format!("{base} named")));
        let mut row = GridRow::of(&cycle.reference, cells);
        row.whole = match cycle.focus.as_str() {
            "" => cycle.title.clone(),
            focus => format!("{}, focus: {focus}", cycle.title),
        };
        if graded {
            row.whole.push_str(&not_graded(cycle));
        }
        row
    });
    let rows: Vec<GridRow> = rows.collect();
    let whole = |cycle: &&CycleFigures| !cycle.so_far;
    let chart = Chart::of(figures.cycles.iter().filter(whole).map(|cycle| (cycle.reference.clone(), cycle.good_or_better())));
    let all = figures.cycles.iter().fold(Share::default(), |sum, cycle| sum.and(cycle.good_or_better()));
    let waiting: u32 = figures.cycles.iter().map(|cycle| cycle.progress.waiting).sum();
    let mut says = Vec::new();
    if all.of > 0 {
        says.push(format!("Good or better in the random sample: {}, with 95 % confidence {}.", all.say(), all.say_between()));
        says.extend(chart.says());
    }
    let begun: Vec<&CycleFigures> = figures.cycles.iter().filter(|cycle| cycle.so_far && cycle.good_or_better().of > 0).collect();
    match begun.as_slice() {
        [] => {}
        _ if !graded => {}
        [only] => {
            let Progress { submitted, sample, .. } = only.progress;
            let grades = only.final_grades.drawn.total();
            says.push(format!("{} is not in the chart yet: {submitted} of {sample} submitted, {grades} graded.", only.reference));
        }
        several => {
            let named: Vec<&str> = several.iter().map(|cycle| cycle.reference.as_str()).collect();
            says.push(format!("{} are not in the chart yet: too little of them is reviewed.", all_of(&named)));
        }
    }
    let said = |cycle: &&CycleFigures| graded && matches!(begun.as_slice(), [only] if only.id == cycle.id);
    let last = figures.cycles.last().filter(|cycle| !cycle.closed && cycle.progress.submitted < cycle.progress.sample);
    if let Some(cycle) = last.filter(|cycle| !said(cycle)) {
        let Progress { submitted, sample, .. } = cycle.progress;
        says.push(format!("{} is not complete: {submitted} of {sample} submitted.", cycle.reference));
    }
    if waiting > 0 && graded {
        says.push(format!("{waiting} still before the panel, counted with the reviewer\u{2019}s grade until then."));
    }
    let named: u32 = figures.cycles.iter().map(|cycle| cycle.progress.sample - cycle.progress.drawn).sum();
    if named > 0 && graded {
        let are = if named == 1 { "is" } else { "are" };
        says.push(format!(
            "{} {are} counted under Reviews and Submitted, not among the grades.",
            counted(named, "named review", "named reviews")
        ));
    }
    let chart = (chart.points.len() > 1).then_some(chart);
    InsightGrid { says, chart, head: "Cycle".into(), columns, rows, empty: "No cycle lies in this window.".into() }
}

/// Why the grades of a row are fewer than what was submitted; nothing where they are not.
fn not_graded(cycle: &CycleFigures) -> String {
    let (all, drawn) = (cycle.final_grades.all.total(), cycle.final_grades.drawn.total());
    let mut why = Vec::new();
    if all > drawn {
        why.push(format!("{} not drawn at random", all - drawn));
    }
    if cycle.progress.submitted > all {
        why.push(format!("{} without a grade here (of a kind that gives none, or kept from you)", cycle.progress.submitted - all));
    }
    if why.is_empty() { String::new() } else { format!(". Not among the grades: {}.", why.join(", ")) }
}

/// The grades of a cycle's random sample, its share Good or better, and what the reviewers' own grades come to.
fn grade_cells(cycle: &CycleFigures, base: &str) -> Vec<GridCell> {
    let drawn = cycle.final_grades.drawn;
    let mut cells = Vec::new();
    cells.extend(Grade::ALL.iter().map(|grade| {
        let count = drawn.of(*grade);
        GridCell::counts(count, format!("{base} grade:{} chosen:drawn", grade.key())).shaded(Share::new(count, drawn.total()))
    }));
    let good = drawn.good_or_better();
    let text = good.percent().map_or("-".to_string(), |percent| format!("{percent} %"));
    cells.push(GridCell::counts(good.n, format!("{base} goodorbetter chosen:drawn")).with_text(text).shaded(good));
    cells.push(GridCell::says(good.say_interval()));
    let own = cycle.original.drawn.good_or_better();
    cells.push(GridCell::says(own.percent().map_or("-".to_string(), |percent| format!("{percent} %"))));
    cells
}
