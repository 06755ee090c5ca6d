//! Questions beside grades, families and indicators, and areas of the form by service. M19, M27.

use super::{GridCell, GridRow, InsightGrid, scope, scope_of};
use crate::domain::framework::{Framework, StepDuty};
use crate::domain::grade::Grade;
use crate::domain::insight::Share;
use crate::domain::insight::figures::{AnswerCounts, Figures, FiguresWanted, IndicatorFigure, QuestionFigures};

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
fn middle(answers: &AnswerCounts) -> (String, Option<f64>) {
    if answers.scaled() > 0 {
        let spread = answers.spread();
        let text = spread.median.map_or(String::new(), |median| format!("{median:.1}"));
        return (text, spread.mean.map(|mean| mean / 10.0));
    }
    let yes = answers.yes_share();
    (yes.percent().map_or(String::new(), |percent| format!("{percent} % yes")), yes.proportion())
}

/// Where answers stand together: their mean, which moves with each of them where the median of most parts is the same number. The shade
/// beside it is of the same mean.
fn level(answers: &AnswerCounts) -> (String, Option<f64>) {
    match answers.spread().mean.filter(|_| answers.scaled() > 0) {
        Some(mean) => (format!("{mean:.1}"), Some(mean / 10.0)),
        None => middle(answers),
    }
}

pub(super) fn questions(figures: &Figures, framework: &Framework) -> InsightGrid {
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
        let mut row = GridRow::of("Grade that counts", cells);
        let told = Grade::ALL.iter().zip(grades).map(|(grade, count)| format!("{count} {}", framework.grade_label(*grade)));
        row.whole = format!("Grade that counts, of {graded} reviews: {}.", told.collect::<Vec<_>>().join(", "));
        rows.push(row);
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
            cell(family.said, "words kept", "said"),
            cell(family.barrier, "barrier", "barrier"),
        ];
        let mut row = GridRow::of("Contact with the family", cells);
        row.whole = format!(
            "Families, asked for in {} reviews: spoken with in {}, their words written down in {}, could not be (reason on the record) in {}.",
            family.asked_for, family.contacted, family.said, family.barrier
        );
        rows.push(row);
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
        rows.push(GridRow::heading("Performance indicators of the whole council"));
        rows.extend(indicators(&figures.indicators));
    }
    let columns = ["Answers", "Median", "Best first", "", "", "Worst"].map(str::to_string).to_vec();
    let says = vec![
        "Each row goes from best to worst; \u{201c}9-10: 8\u{201d} is 8 answers of 9 or 10. High scales where families say little are worth \
         a look."
            .to_string(),
    ];
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
        let mut cells = vec![GridCell::says(newest.until.format("%b %Y").to_string()), GridCell::says(&newest.value)];
        cells.extend(of.iter().skip(1).take(4).map(|value| GridCell::says(format!("{}: {}", value.until.format("%b"), value.value))));
        let mut row = GridRow::of(&newest.label, cells);
        let period = format!("{} to {}", newest.from.format("%-d %b"), newest.until.format("%-d %b %Y"));
        row.whole = format!("{}: {} from {period}; source: {}.", newest.label, newest.value, newest.source);
        Some(row)
    };
    keys.into_iter().filter_map(row).collect()
}

/// A grade in one word: its own, or the first letters of several.
fn short(label: &str) -> String {
    match label.split_whitespace().collect::<Vec<_>>().as_slice() {
        [one] => one.to_string(),
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

pub(super) fn areas(figures: &Figures) -> InsightGrid {
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
            &Figures { wanted: FiguresWanted { service: None, ..figures.wanted.clone() }, ..Figures::default() },
            &figures.cycles.iter().collect::<Vec<_>>(),
        );
        let cells = services.iter().map(|service| match here(service) {
            Some(one) if one.reviews > 0 => {
                let filter = format!("{base} submitted kind:{} \"service:={service}\" answered:{}", area.kind, keys.join(","));
                let (text, shade) = level(&one.answers);
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
            "The mean answer, out of ten, in each area and service, or the share answered yes; in brackets how many reviews. Few reviews say little."
                .into(),
        ],
        chart: None,
        head: "Area".into(),
        columns: columns.collect(),
        rows,
        empty: "Nothing has been submitted in this window.".into(),
    }
}
