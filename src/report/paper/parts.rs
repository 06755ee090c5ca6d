//! The charts and tables that templates ask for, by name. One about which there is nothing to say is a plain sentence.

use super::suppressed::{cell, count, grades as by_grade, named, share, shown};
use crate::domain::insight::figures::{ByGrade, Covered, QuestionFigures};
use crate::domain::insight::{Chart, Share, Table};
use crate::domain::report::{Material, PlanAction, RegisterTally};
use crate::report::Block;
use crate::report::chart::{GradeRow, Picture, Plot};

/// How many actions a report lists; the tracker has them all.
const LISTED: usize = 25;

/// A part by its name and arguments.
pub(super) fn part(material: &Material, kind: &str, arguments: &[&str]) -> Vec<Block> {
    let which = arguments.first().copied().unwrap_or_default();
    match (kind, which) {
        ("chart", "run") => run(material),
        ("chart", "grades") => grade_chart(material),
        ("chart", "themes") => theme_chart(material),
        ("table", "grades") => grade_table(material),
        ("table", "services") => covered("Service", &material.figures.coverage.services, material.limit),
        ("table", "case-types") => covered("Case type", &material.figures.coverage.case_types, material.limit),
        ("table", "areas") => areas(material),
        ("table", "questions") => questions(material, &arguments[1..]),
        ("table", "steps") => steps(material),
        ("table", "themes") => themes(material),
        ("table", "indicators") => indicators(material),
        ("table", "actions") => actions(material, "The actions", |_| true),
        ("table", "overdue") => {
            let on = material.counted_on;
            actions(material, "The overdue actions", move |action| action.is_late(on))
        }
        ("table", "alerts") => alerts(material),
        ("table", "taken-in") => taken_in(material),
        ("registers", _) => registers(material, arguments),
        _ => said(format!("The template asks for a {kind} \u{201c}{which}\u{201d}, which there is not.")),
    }
}

fn said(text: impl Into<String>) -> Vec<Block> {
    vec![Block::Text(text.into())]
}

fn table(head: &[&str], rows: Vec<Vec<String>>) -> Vec<Block> {
    if rows.is_empty() { Vec::new() } else { vec![Block::Table { head: head.iter().map(|name| (*name).into()).collect(), rows }] }
}

/// The grades of the whole period: reviewers' own, and those that count. Of the random sample.
pub(super) fn grades(material: &Material) -> [ByGrade; 2] {
    let mut sums = [ByGrade::default(); 2];
    for cycle in &material.figures.cycles {
        for (sum, one) in sums.iter_mut().zip([cycle.original.drawn, cycle.final_grades.drawn]) {
            sum.0.iter_mut().zip(one.0).for_each(|(sum, more)| *sum += more);
        }
    }
    sums
}

pub(super) const GRADE_ROWS: [&str; 2] = ["Reviewers\u{2019} own grade", "After moderation"];

/// Shares as a line may show them: cycles with small numbers are taken together with those beside them. Left out one by one, the
/// low ones would go and the line would stand too high.
pub(super) fn pooled(run: &[(String, Share)], below: u32) -> Vec<(String, Share)> {
    let mut points: Vec<(String, Share)> = Vec::new();
    let mut waiting: Option<(String, String, Share)> = None;
    let named = |first: &str, last: &str| if first == last { last.to_string() } else { format!("{first} to {last}") };
    for (title, share) in run {
        let (first, sum) = waiting.take().map_or((title.clone(), *share), |(first, _, sum)| (first, sum.and(*share)));
        if shown(sum, below) {
            points.push((named(&first, title), sum));
        } else {
            waiting = Some((first, title.clone(), sum));
        }
    }
    if let (Some((_, last, rest)), Some((name, share))) = (waiting, points.last_mut()) {
        let first = name.split(" to ").next().unwrap_or_default().to_string();
        *name = named(&first, &last);
        *share = share.and(rest);
    }
    // The newest may have made the last point small on its other side.
    points.retain(|(_, share)| shown(*share, below));
    points
}

fn run(material: &Material) -> Vec<Block> {
    let points = pooled(&material.run, material.limit);
    if points.len() < 2 {
        return said("There are not yet enough reviews to draw a line over the cycles.");
    }
    let together = points.len() < material.run.len();
    let chart = Chart::of(points);
    let says: Vec<Block> = chart.says().into_iter().map(Block::Text).collect();
    let mut blocks = vec![Block::Picture(Picture { title: "Good or better, cycle by cycle".into(), plot: Plot::Run(chart) })];
    blocks.extend(says);
    if together {
        blocks.extend(said("Cycles with small numbers are taken together with the next one."));
    }
    blocks
}

fn labels(material: &Material) -> [String; 4] {
    std::array::from_fn(|place| material.figures.grade_labels.get(place).cloned().unwrap_or_default())
}

fn grade_chart(material: &Material) -> Vec<Block> {
    let counts = grades(material);
    if counts.iter().all(|one| one.total() == 0) {
        return Vec::new();
    }
    let suppressed = by_grade(&counts, material.limit);
    if suppressed.cells.iter().flatten().all(|cell| cell.count().is_none_or(|count| count == 0)) {
        return Vec::new();
    }
    let rows = GRADE_ROWS.iter().zip(&suppressed.cells).map(|(name, cells)| GradeRow {
        name: (*name).into(),
        counts: std::array::from_fn(|place| cells.get(place).and_then(|cell| cell.count())),
    });
    vec![Block::Picture(Picture {
        title: "Reviews by grade".into(),
        plot: Plot::Grades { labels: labels(material), rows: rows.collect() },
    })]
}

fn grade_table(material: &Material) -> Vec<Block> {
    let counts = grades(material);
    if counts.iter().all(|one| one.total() == 0) {
        return said("No review of the random sample has a grade yet.");
    }
    let names = GRADE_ROWS.map(str::to_string);
    let labels = labels(material);
    let head: Vec<&str> = std::iter::once("Grade").chain(labels.iter().map(String::as_str)).chain(["All"]).collect();
    table(&head, named(&names, &by_grade(&counts, material.limit), material.limit))
}

fn covered(what: &str, all: &[Covered], below: u32) -> Vec<Block> {
    let seen: Vec<&Covered> = all.iter().filter(|one| one.reviews > 0 || one.cases > 0).collect();
    let counts: Vec<Vec<u32>> = seen.iter().map(|one| vec![one.reviews]).collect();
    let suppressed = Table::suppressed(&counts, below);
    let rows = seen.iter().zip(&suppressed.cells).map(|(one, cells)| {
        let name = if one.name.is_empty() { "Not known".into() } else { one.name.clone() };
        vec![name, cells.first().map_or_else(String::new, |one| cell(*one, below)), small(one.cases, below)]
    });
    table(&[what, "Reviews", "Open cases"], rows.collect())
}

/// Grades of each area over all services, where areas are graded.
fn areas(material: &Material) -> Vec<Block> {
    let mut sums: Vec<(String, ByGrade)> = Vec::new();
    for area in material.figures.areas.iter().filter(|area| area.grades.total() > 0) {
        let place = sums.iter().position(|(title, _)| *title == area.title).unwrap_or_else(|| {
            sums.push((area.title.clone(), ByGrade::default()));
            sums.len() - 1
        });
        if let Some((_, sum)) = sums.get_mut(place) {
            sum.0.iter_mut().zip(area.grades.0).for_each(|(sum, more)| *sum += more);
        }
    }
    let (names, counts): (Vec<String>, Vec<ByGrade>) = sums.into_iter().unzip();
    let labels = labels(material);
    let head: Vec<&str> = std::iter::once("Area").chain(labels.iter().map(String::as_str)).chain(["All"]).collect();
    table(&head, named(&names, &by_grade(&counts, material.limit), material.limit))
}

/// The answers to scaled and short questions; of some areas where words of their keys are given.
fn questions(material: &Material, words: &[&str]) -> Vec<Block> {
    let wanted = |question: &&QuestionFigures| {
        question.answers.n() > 0
            && (words.is_empty() || words.iter().any(|word| question.area.contains(word) || question.key.contains(word)))
    };
    let below = material.limit;
    let (mut scaled, mut short) = (Vec::new(), Vec::new());
    for question in material.figures.questions.iter().filter(wanted) {
        let answers = question.answers;
        let n = answers.scaled();
        if n >= below.max(1) {
            let spread = answers.spread();
            let middle = spread.median.map_or_else(String::new, |middle| format!("{middle}"));
            scaled.push(vec![question.text.clone(), n.to_string(), middle, share(Share::new(answers.at_least(7), n), below)]);
        } else if n > 0 {
            scaled.push(vec![question.text.clone(), format!("under {below}"), "left out".into(), "left out".into()]);
        }
        let yes = answers.yes_share();
        if yes.of > 0 {
            short.push(vec![question.text.clone(), share(yes, below)]);
        }
    }
    let mut blocks = table(&["Question", "Answers", "Middle of 0\u{2013}10", "7 or more"], scaled);
    blocks.extend(table(&["Question", "Answered yes"], short));
    if blocks.is_empty() {
        return said("No question of this kind has been answered in the period.");
    }
    blocks
}

fn steps(material: &Material) -> Vec<Block> {
    let below = material.limit;
    let taken: Vec<_> = material.figures.steps.iter().filter(|step| step.done > 0).collect();
    let rows = taken.iter().filter(|step| step.done >= below).map(|step| {
        let (limit, in_time) = match step.within.is_empty() {
            true => ("none".to_string(), String::new()),
            false => (step.within.clone(), share(step.in_time, below)),
        };
        let days = step.days.median.map_or_else(String::new, |days| format!("{days}"));
        vec![step.label.clone(), limit, in_time, days]
    });
    let mut blocks = table(&["Step", "Limit", "In time", "Days, middle"], rows.collect());
    if blocks.is_empty() {
        return said("Too few steps were taken in the period to say whether they were in time.");
    }
    if taken.iter().any(|step| step.done < below) {
        blocks.extend(said(format!("Steps that were taken in fewer than {below} reviews are left out.")));
    }
    blocks
}

fn themes(material: &Material) -> Vec<Block> {
    let mut seen: Vec<_> = material.figures.themes.iter().filter(|theme| theme.reviews > 0).collect();
    if seen.is_empty() {
        return said("No themes have been coded in these reviews yet.");
    }
    seen.sort_by_key(|theme| std::cmp::Reverse(theme.reviews));
    let below = material.limit;
    let rows = seen.iter().map(|theme| vec![theme.label.clone(), small(theme.strength, below), small(theme.improve, below)]);
    table(&["Theme", "Reviews with it as a strength", "Reviews with it to improve"], rows.collect())
}

fn theme_chart(material: &Material) -> Vec<Block> {
    let mut seen: Vec<_> = material.figures.themes.iter().filter(|theme| theme.improve >= material.limit).collect();
    seen.sort_by_key(|theme| std::cmp::Reverse(theme.improve));
    let rows: Vec<(String, u32)> = seen.into_iter().take(8).map(|theme| (theme.label.clone(), theme.improve)).collect();
    if rows.len() < 2 {
        return Vec::new();
    }
    vec![Block::Picture(Picture { title: "Themes to improve, by how many reviews".into(), plot: Plot::Counts(rows) })]
}

fn indicators(material: &Material) -> Vec<Block> {
    let rows = material
        .figures
        .indicators
        .iter()
        .map(|one| vec![one.label.clone(), one.value.clone(), super::context::span(one.from, one.until), one.source.clone()]);
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return said("No performance indicators have been taken in for this period.");
    }
    table(&["Indicator", "Value", "Period", "Source"], rows)
}

fn actions(material: &Material, what: &str, wanted: impl Fn(&PlanAction) -> bool) -> Vec<Block> {
    let mut found: Vec<&PlanAction> = material.actions.iter().filter(|action| wanted(action)).collect();
    if found.is_empty() || material.public {
        return Vec::new();
    }
    // What is open and urgent first; what is done last.
    found.sort_by_key(|action| (!action.state.is_open(), !action.urgent, action.due_on, action.id));
    let all = found.len();
    let on = material.counted_on;
    let rows = found.into_iter().take(LISTED).map(|action| {
        let urgent = if action.urgent { "Urgent: " } else { "" };
        vec![
            action.reference.clone(),
            format!("{urgent}{}", action.text),
            action.owner.clone(),
            super::context::full(action.due_on),
            action.stood(on).to_string(),
        ]
    });
    let mut blocks = table(&["Action", "What needs to happen", "Whose", "By", "Stands"], rows.collect());
    if all > LISTED {
        blocks.extend(said(format!("{what}: {LISTED} of {all}, what is open and due first. The tracker has them all.")));
    }
    blocks
}

fn alerts(material: &Material) -> Vec<Block> {
    if material.public {
        return Vec::new();
    }
    let rows = material.alerts.iter().map(|alert| {
        let closed = alert.closed_on.map_or_else(|| "open".into(), super::context::full);
        vec![alert.reference.clone(), super::context::full(alert.opened_on), closed]
    });
    table(&["Alert", "Opened", "Closed"], rows.collect())
}

fn taken_in(material: &Material) -> Vec<Block> {
    let mut blocks = Vec::new();
    for one in &material.taken_in {
        blocks.push(Block::Heading(2, one.label.clone()));
        if one.reference.is_empty() {
            blocks.extend(said("No report of it has been written for this period."));
            continue;
        }
        if one.sections.is_empty() {
            blocks.extend(said(format!("{} holds figures and no text.", one.reference)));
        }
        for (heading, text) in &one.sections {
            blocks.push(Block::Heading(3, heading.clone()));
            blocks.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| Block::Text(line.into())));
        }
    }
    blocks
}

/// A count in a cell of a table.
fn small(count: u32, below: u32) -> String {
    if (1..below).contains(&count) { format!("under {below}") } else { count.to_string() }
}

/// The answers of a register that were given. Those of one question add up, so one that is small is not left out alone.
fn answered(register: &RegisterTally, below: u32) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for group in register.answers.chunk_by(|(field, ..), (next, ..)| field == next) {
        let counts: Vec<u32> = group.iter().map(|(.., many)| *many).collect();
        let suppressed = Table::suppressed(&[counts], below);
        for ((field, answer, many), one) in group.iter().zip(suppressed.cells.first().into_iter().flatten()) {
            if *many > 0 {
                rows.push(vec![format!("{field}: {answer}"), cell(*one, below)]);
            }
        }
    }
    rows
}

/// What was noted in the registers whose keys hold one of these words.
fn registers(material: &Material, words: &[&str]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for register in material.registers.iter().filter(|register| words.iter().any(|word| register.key.contains(word))) {
        let below = material.limit;
        let behind = match register.behind {
            Some((0, of)) => format!(" Nobody of {of} is behind."),
            Some((by, of)) => format!(" {by} of {of} people are behind."),
            None => String::new(),
        };
        let entries = if register.entries == 0 { "no".into() } else { count(register.entries, below) };
        let noun = if register.entries == 1 && below <= 1 { "entry" } else { "entries" };
        blocks.extend(said(format!("{}: {entries} {noun} in the period.{behind}", register.label)));
        blocks.extend(table(&[register.label.as_str(), "Entries"], answered(register, below)));
    }
    if blocks.is_empty() {
        return said("No register of this framework keeps it.");
    }
    blocks
}
