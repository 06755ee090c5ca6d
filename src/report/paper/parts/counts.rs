//! Tables of counts.

use super::{Facts, is_nought, said, table, words};
use crate::domain::count::counted;
use crate::domain::insight::Cell;
use crate::domain::insight::figures::{Covered, QuestionFigures};
use crate::domain::report::told::Kind;
use crate::report::Block;
use crate::report::chart::{Picture, Plot};
use crate::report::paper::context::part_of;
use crate::report::paper::suppressed::{count, share};

/// Columns of a table of grades of areas, best first.
pub(in crate::report::paper) const OF_GRADES: [&str; 4] = ["0", "1", "2", "3"];

pub(super) fn covered(facts: &Facts<'_>, what: &str) -> Vec<Block> {
    let coverage = &facts.material.figures.coverage;
    let (all, kind): (&[Covered], Kind) =
        if what == "Service" { (&coverage.services, Kind::Services) } else { (&coverage.case_types, Kind::CaseTypes) };
    let below = facts.material.limit;
    let cases = |count: u32| if (1..below).contains(&count) { Cell::Small } else { Cell::Shown(count) };
    let mut seen: Vec<&Covered> = all.iter().filter(|one| one.reviews > 0 || one.cases > 0).collect();
    // What is not known comes last.
    seen.sort_by_key(|one| one.name.is_empty());
    let rows = seen.into_iter().map(|one| {
        let name = if one.name.is_empty() { "Not known".into() } else { one.name.clone() };
        vec![name, words(facts.told.cell(kind, "", &one.key), facts), words(cases(one.cases), facts)]
    });
    table(&[what, "Reviews", "Open cases"], rows.collect())
}

/// Reviews of each kind: how much of each strand was done.
pub(super) fn kinds(facts: &Facts<'_>) -> Vec<Block> {
    let rows = facts.material.kinds.iter().map(|kind| {
        let completed = if kind.sample == 0 { "none planned".into() } else { kind.completed.to_string() };
        vec![kind.label.clone(), kind.sample.to_string(), completed]
    });
    table(&["Kind of review", "Reviews", "Completed"], rows.collect())
}

/// Grades of each area over all services, where areas are graded.
pub(super) fn areas(facts: &Facts<'_>) -> Vec<Block> {
    let labels = &facts.material.figures.grade_labels;
    let head: Vec<&str> = std::iter::once("Area").chain(labels.iter().map(String::as_str)).chain(["All"]).collect();
    let rows = facts.told.rows(Kind::Areas).into_iter().map(|(key, label)| {
        let cells = OF_GRADES.iter().chain(&["all"]).map(|column| words(facts.told.cell(Kind::Areas, key, column), facts));
        std::iter::once(label.to_string()).chain(cells).collect()
    });
    table(&head, rows.collect())
}

/// The answers to scaled and short questions; of some areas where words of their keys are given.
pub(super) fn questions(facts: &Facts<'_>, asked: &[&str]) -> Vec<Block> {
    let wanted = |question: &&QuestionFigures| {
        question.answers.n() > 0
            && (asked.is_empty() || asked.iter().any(|word| question.area.contains(word) || question.key.contains(word)))
    };
    let below = facts.material.limit;
    let (mut scaled, mut short) = (Vec::new(), Vec::new());
    for question in facts.material.figures.questions.iter().filter(wanted) {
        let key = format!("{}/{}", question.kind, question.key);
        let n = facts.told.cell(Kind::Scaled, &key, "answers");
        if !is_nought(n) {
            let middle = question.answers.spread().median.filter(|_| n.count().is_some());
            let middle = middle.map_or_else(|| "left out".into(), |middle| format!("{middle}"));
            let good = share(facts.told.cell(Kind::Scaled, &key, "7 or more"), n, below);
            scaled.push(vec![question.text.clone(), words(n, facts), middle, good]);
        }
        let n = facts.told.cell(Kind::Short, &key, "answers");
        if !is_nought(n) {
            short.push(vec![question.text.clone(), share(facts.told.cell(Kind::Short, &key, "yes"), n, below)]);
        }
    }
    let mut blocks = table(&["Question", "Answers", "Median, 0\u{2013}10", "7 or more"], scaled);
    blocks.extend(table(&["Question", "Answered yes"], short));
    // Of some areas alone there may be none in this framework.
    if blocks.is_empty() && asked.is_empty() {
        return said("No question has been answered on a scale or by yes or no in the period.");
    }
    blocks
}

pub(super) fn steps(facts: &Facts<'_>) -> Vec<Block> {
    let below = facts.material.limit;
    let mut left_out = false;
    let mut rows = Vec::new();
    for step in facts.material.figures.steps.iter().filter(|step| step.done > 0) {
        let key = format!("{}/{}", step.kind, step.key);
        let told = |column: &str| facts.told.cell(Kind::Steps, &key, column);
        if told("done").count().is_none() {
            left_out = true;
            continue;
        }
        let (limit, in_time) = match step.within.is_empty() {
            true => ("none".to_string(), String::new()),
            false => (step.within.clone(), share(told("in time"), told("with a limit"), below)),
        };
        let days = step.days.median.map_or_else(String::new, |days| format!("{days}"));
        rows.push(vec![step.label.clone(), limit, in_time, days]);
    }
    let mut blocks = table(&["Step", "Limit", "In time", "Days (median)"], rows);
    if blocks.is_empty() {
        return said("Too few steps were taken in the period to say whether they were in time.");
    }
    if left_out {
        blocks.extend(said(format!("Steps that were taken in fewer than {below} reviews are left out.")));
    }
    blocks
}

pub(super) fn themes(facts: &Facts<'_>) -> Vec<Block> {
    let mut seen: Vec<_> = facts.material.figures.themes.iter().filter(|theme| theme.reviews > 0).collect();
    if seen.is_empty() {
        return said("No themes have been coded in these reviews yet.");
    }
    seen.sort_by_key(|theme| std::cmp::Reverse(theme.reviews));
    let told = |key: &str, column: &str| words(facts.told.cell(Kind::Themes, key, column), facts);
    let rows = seen.iter().map(|theme| vec![theme.label.clone(), told(&theme.key, "strength"), told(&theme.key, "to improve")]);
    table(&["Theme", "Reviews with it as a strength", "Reviews with it to improve"], rows.collect())
}

/// A chart of themes has no more bars than these.
const BARS: usize = 8;

pub(super) fn theme_chart(facts: &Facts<'_>) -> Vec<Block> {
    let told = |key: &str| facts.told.cell(Kind::Themes, key, "to improve").count().filter(|count| *count > 0);
    let seen = facts.material.figures.themes.iter();
    let mut rows: Vec<(String, u32)> = seen.filter_map(|theme| Some((theme.label.clone(), told(&theme.key)?))).collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if rows.len() < 2 {
        return Vec::new();
    }
    let of = rows.len();
    rows.truncate(BARS);
    let title = match of > BARS {
        true => format!("Themes to improve, by how many reviews: the {BARS} most often named of {of}"),
        false => "Themes to improve, by how many reviews".into(),
    };
    vec![Block::Picture(Picture { title, plot: Plot::Counts(rows) })]
}

/// What was noted in the registers whose keys hold one of these words; after words that begin with an equals sign only the answers
/// that hold one of those, after `!entries` how many there were and no more, after `!answers` their answers alone.
pub(super) fn registers(facts: &Facts<'_>, named: &[&str]) -> Vec<Block> {
    let below = facts.material.limit;
    let (no_answers, no_entries) = (named.contains(&"!entries"), named.contains(&"!answers"));
    let (answers, named): (Vec<&str>, Vec<&str>) = named.iter().copied().partition(|word| word.starts_with('='));
    let mut blocks = Vec::new();
    for register in facts.material.registers.iter().filter(|register| named.iter().any(|word| register.key.contains(word))) {
        if !answers.is_empty() {
            blocks.extend(answered(facts, &register.key, &register.label, &answers));
            continue;
        }
        let behind = match register.behind {
            Some((0, of)) => format!(" Nobody of {of} is behind."),
            Some((by, of)) => {
                format!(" People who are behind with theirs: {}.", share(part_of(by, of, below), Cell::Shown(of), below))
            }
            None => String::new(),
        };
        let entries = match facts.told.cell(Kind::Registers, &register.key, "entries") {
            Cell::Shown(0) => "no entries in the period".to_string(),
            Cell::Shown(many) => format!("{} in the period", counted(many, "entry", "entries")),
            Cell::Small => format!("fewer than {below} entries in the period"),
            Cell::Beside => "how many entries there were in the period is left out".to_string(),
        };
        if !no_entries {
            blocks.extend(said(format!("{}: {entries}.{behind}", register.label)));
        }
        let answered = facts.told.counts.iter().filter(|one| one.table == Kind::Noted && one.key == register.key && !is_nought(one.cell));
        let rows: Vec<_> = answered.map(|one| vec![format!("{}: {}", one.label, one.column), words(one.cell, facts)]).collect();
        if no_entries && rows.is_empty() {
            blocks.extend(said(format!("{}: no answers to count in the period.", register.label)));
        }
        if !no_answers {
            blocks.extend(table(&[register.label.as_str(), "Entries"], rows));
        }
    }
    blocks
}

/// What a register's choices that hold one of these words were chosen how often, in one line.
fn answered(facts: &Facts<'_>, key: &str, label: &str, words_of: &[&str]) -> Vec<Block> {
    let asked = |column: &str| words_of.iter().any(|word| column.to_lowercase().contains(&word.trim_start_matches('=').to_lowercase()));
    let found = facts.told.counts.iter().filter(|one| one.table == Kind::Noted && one.key == key && asked(&one.column));
    let entries: Vec<String> =
        found.filter(|one| !is_nought(one.cell)).map(|one| format!("{}: {}", one.column, count(one.cell, facts.material.limit))).collect();
    said(match entries.is_empty() {
        true => format!("{label}: no entry about this in the period."),
        false => format!("{label}, entries about this in the period. {}.", entries.join(". ")),
    })
}
