//! The pages of the insight view as plain grids: each cell says a number in words and names the records behind it.
//!
//! A cell that opens carries the filter of the list behind it and the count that this list must have. Nothing here suppresses a small
//! number: the team's own screen shows what is; what leaves the team is another matter.

mod people;
mod practice;
mod time;

use super::figures::{AnswerCounts, CycleFigures, Figures, IndicatorFigure, Progress, QuestionFigures};
use super::{Chart, Share};
use crate::domain::framework::{Framework, StepDuty};
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
            PageOf::Practice => "Good practice",
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

/// A page of figures; those that need more than figures are made elsewhere.
pub fn page(of: PageOf, figures: &Figures, framework: &Framework) -> InsightGrid {
    match of {
        PageOf::Cycles => cycles(figures, framework),
        PageOf::Questions => questions(figures, framework),
        PageOf::Areas => areas(figures, framework),
        PageOf::Themes => practice::themes(figures, framework),
        PageOf::Time => time::time(figures),
        PageOf::Coverage => time::coverage(figures),
        PageOf::Practice | PageOf::Agreement | PageOf::Behind => InsightGrid::default(),
    }
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
    let mut columns = vec!["Sample".to_string(), "Submitted".to_string()];
    if graded {
        columns.extend(words.iter().map(|word| word.to_string()));
        columns.extend(["Good or better", "Sure to within", "Reviewers\u{2019} own"].map(str::to_string));
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
        row
    });
    let rows: Vec<GridRow> = rows.collect();
    let chart = Chart::of(figures.cycles.iter().map(|cycle| (cycle.reference.clone(), cycle.good_or_better())));
    let all = figures.cycles.iter().fold(Share::default(), |sum, cycle| sum.and(cycle.good_or_better()));
    let waiting: u32 = figures.cycles.iter().map(|cycle| cycle.progress.waiting).sum();
    let mut says = Vec::new();
    if all.of > 0 {
        says.push(format!("Good or better: {} of the random sample (sure to within {}).", all.say(), all.say_interval()));
        says.extend(chart.says());
    }
    if let Some(cycle) = figures.cycles.last().filter(|cycle| !cycle.closed && cycle.progress.submitted < cycle.progress.sample) {
        let Progress { submitted, sample, .. } = cycle.progress;
        says.push(format!("{} is not complete: {submitted} of {sample} submitted.", cycle.reference));
    }
    if waiting > 0 && graded {
        says.push(format!("{waiting} still before the panel: counted with the reviewer\u{2019}s grade until it decides."));
    }
    let chart = (chart.points.len() > 1).then_some(chart);
    InsightGrid { says, chart, head: "Cycle".into(), columns, rows, empty: "No cycle lies in this window.".into() }
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

/// The four parts into which answers are told: of a scale by the framework's bands, best first; of the others yes, partly, no.
fn answer_cells(figures: &Figures, question: &QuestionFigures, framework: &Framework) -> Vec<GridCell> {
    let base = format!("{} submitted kind:{}", scope(figures), question.kind);
    let key = &question.key;
    let answers = &question.answers;
    let of = answers.n();
    let cell = |count: u32, words: String, filter: String| {
        GridCell::counts(count, filter).shaded(Share::new(count, of)).with_text(format!("{words} {count}"))
    };
    if answers.scaled() == 0 {
        let one = |count, word: &str| cell(count, word.to_string(), format!("{base} question:{key}={word}"));
        return vec![one(answers.yes, "yes"), one(answers.partly, "partly"), one(answers.no, "no"), GridCell::default()];
    }
    bands(framework)
        .into_iter()
        .map(|(from, to)| {
            let count = answers.at_least(from.into()) - answers.at_least(usize::from(to) + 1);
            cell(count, format!("{from}-{to}:"), format!("{base} question:{key}>={from} question:{key}<={to}"))
        })
        .collect()
}

fn bands(framework: &Framework) -> Vec<(u8, u8)> {
    let mut bands: Vec<(u8, u8)> = framework.bands.iter().map(|band| (band.from, band.to)).collect();
    if bands.is_empty() {
        bands = vec![(0, 2), (3, 5), (6, 8), (9, 10)];
    }
    bands.sort_by_key(|band| std::cmp::Reverse(band.0));
    bands
}

/// The middle of answers in words.
pub(super) fn middle(answers: &AnswerCounts) -> (String, Option<f64>) {
    if answers.scaled() > 0 {
        let spread = answers.spread();
        let text = spread.median.map_or(String::new(), |median| format!("{median:.1}"));
        return (text, spread.mean.map(|mean| mean / 10.0));
    }
    let yes = answers.yes_share();
    (yes.percent().map_or(String::new(), |percent| format!("{percent} % yes")), yes.proportion())
}

fn questions(figures: &Figures, framework: &Framework) -> InsightGrid {
    let mut rows = Vec::new();
    let all = scope(figures);
    let grades = figures.cycles.iter().fold([0u32; 4], |mut sum, cycle| {
        for (count, more) in sum.iter_mut().zip(cycle.final_grades.all.0) {
            *count += more;
        }
        sum
    });
    let graded: u32 = grades.iter().sum();
    if graded > 0 {
        rows.push(GridRow::heading("Overall grade, every review"));
        let mut cells = vec![GridCell::counts(graded, format!("{all} graded")), GridCell::default()];
        cells.extend(Grade::ALL.iter().zip(grades).map(|(grade, count)| {
            GridCell::counts(count, format!("{all} grade:{}", grade.key()))
                .shaded(Share::new(count, graded))
                .with_text(format!("{} {count}", short(framework.grade_label(*grade))))
        }));
        rows.push(GridRow::of("Grade that counts", cells));
    }
    let family = figures.family;
    if family.asked_for > 0 {
        rows.push(GridRow::heading("Families"));
        let key = family_step(figures, framework);
        let cell = |count: u32, words: &str, term: &str| {
            let mut cell = match &key {
                Some(key) => GridCell::counts(count, format!("{all} {term}:{key}")),
                None => GridCell::says(String::new()),
            };
            cell.shade = Share::new(count, family.asked_for).proportion();
            cell.with_text(format!("{words} {count}"))
        };
        let cells = vec![
            GridCell::says(family.asked_for.to_string()),
            GridCell::default(),
            cell(family.contacted, "spoken with", "did"),
            cell(family.said, "said", "said"),
            cell(family.barrier, "barrier", "barrier"),
        ];
        rows.push(GridRow::of("Contact with the family", cells));
    }
    let mut area = String::new();
    for question in &figures.questions {
        if area != question.area_title {
            area.clone_from(&question.area_title);
            rows.push(GridRow::heading(&area));
        }
        let n = question.answers.n();
        let base = format!("{all} submitted kind:{} answered:{}", question.kind, question.key);
        let (text, shade) = middle(&question.answers);
        let mut cells = vec![GridCell::counts(n, base), GridCell { text, shade, ..GridCell::default() }];
        cells.extend(answer_cells(figures, question, framework));
        rows.push(GridRow::of(&question.text, cells));
    }
    if !figures.indicators.is_empty() {
        rows.push(GridRow::heading("Performance indicators"));
        rows.extend(indicators(&figures.indicators));
    }
    let columns = ["Answers", "Middle", "Best", "", "", "Worst"].map(str::to_string).to_vec();
    let says =
        vec!["Numbers and what people said side by side: a question scaled high where families say little is worth a look.".to_string()];
    InsightGrid { says, chart: None, head: "Question".into(), columns, rows, empty: "Nothing has been submitted in this window.".into() }
}

/// One row for each indicator: its newest value in the middle, those before it beside it.
fn indicators(values: &[IndicatorFigure]) -> Vec<GridRow> {
    let mut keys: Vec<&str> = values.iter().map(|value| value.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let row = |key: &str| {
        let mut of: Vec<&IndicatorFigure> = values.iter().filter(|value| value.key == key).collect();
        of.sort_by_key(|value| std::cmp::Reverse((value.until, value.from)));
        let newest = *of.first()?;
        let mut cells = vec![GridCell::says(newest.until.format("%b %y").to_string()), GridCell::says(&newest.value)];
        cells.extend(of.iter().skip(1).take(4).map(|value| GridCell::says(format!("{}: {}", value.until.format("%b"), value.value))));
        let mut row = GridRow::of(&newest.label, cells);
        let period = format!("{} to {}", newest.from.format("%-d %b"), newest.until.format("%-d %b %Y"));
        row.whole = format!("{}: {} from {period}; source: {}.", newest.label, newest.value, newest.source);
        Some(row)
    };
    keys.into_iter().filter_map(row).collect()
}

/// The first letters of a grade's words that tell it apart.
fn short(label: &str) -> String {
    match label.split_whitespace().collect::<Vec<_>>().as_slice() {
        [one] => one.chars().take(5).collect(),
        words => words.iter().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).take(2).collect(),
    }
}

/// The key of the step at which families are contacted; none where kinds call it differently.
fn family_step(figures: &Figures, framework: &Framework) -> Option<String> {
    let asked = |key: &String| figures.steps.iter().any(|step| step.kind == *key);
    let kinds = framework.kinds.iter().filter(|kind| figures.steps.is_empty() || asked(&kind.key));
    let mut keys: Vec<&str> = kinds.filter_map(|kind| kind.step_of(StepDuty::FamilyContact)).map(|(_, step)| step.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    match keys.as_slice() {
        [one] => Some(one.to_string()),
        _ => None,
    }
}

fn areas(figures: &Figures, _: &Framework) -> InsightGrid {
    let mut services: Vec<&str> = figures.areas.iter().map(|area| area.service.as_str()).collect();
    services.sort_unstable();
    services.dedup();
    let mut rows: Vec<GridRow> = Vec::new();
    let mut known: Vec<(&str, &str)> = Vec::new();
    for area in &figures.areas {
        if known.contains(&(area.kind.as_str(), area.area.as_str())) {
            continue;
        }
        known.push((&area.kind, &area.area));
        let keys: Vec<&str> = figures
            .questions
            .iter()
            .filter(|question| question.kind == area.kind && question.area == area.area)
            .map(|question| question.key.as_str())
            .collect();
        let here =
            |service: &str| figures.areas.iter().find(|one| one.kind == area.kind && one.area == area.area && one.service == service);
        let base = scope_of(
            &Figures { wanted: super::figures::FiguresWanted { service: None, ..figures.wanted.clone() }, ..Figures::default() },
            &figures.cycles.iter().collect::<Vec<_>>(),
        );
        let cells = services.iter().map(|service| match here(service) {
            Some(one) if one.reviews > 0 => {
                let filter = format!("{base} submitted kind:{} \"service:={service}\" answered:{}", area.kind, keys.join(","));
                let (text, shade) = middle(&one.answers);
                GridCell { shade, ..GridCell::counts(one.reviews, filter).with_text(format!("{text} ({})", one.reviews)) }
            }
            _ => GridCell::says("-"),
        });
        rows.push(GridRow::of(&area.title, cells.collect()));
        if figures.areas.iter().any(|one| one.kind == area.kind && one.area == area.area && one.grades.total() > 0) {
            for grade in Grade::ALL {
                let cells = services.iter().map(|service| {
                    let count = here(service).map_or(0, |one| one.grades.of(grade));
                    let total = here(service).map_or(0, |one| one.grades.total());
                    let filter = format!("{base} submitted kind:{} \"service:={service}\" area:{}={}", area.kind, area.area, grade.key());
                    GridCell::counts(count, filter).shaded(Share::new(count, total))
                });
                let label = figures.grade_labels.get(Grade::ALL.iter().position(|known| *known == grade).unwrap_or(0));
                rows.push(GridRow::of(format!("  graded {}", label.map_or(grade.key(), String::as_str)), cells.collect()));
            }
        }
    }
    let columns = services.iter().map(|service| if service.is_empty() { "no service".to_string() } else { service.to_string() });
    InsightGrid {
        says: vec![
            "The middle answer of each area in each service, and in how many reviews. Few reviews say little about a service.".into(),
        ],
        chart: None,
        head: "Area".into(),
        columns: columns.collect(),
        rows,
        empty: "Nothing has been submitted in this window.".into(),
    }
}
