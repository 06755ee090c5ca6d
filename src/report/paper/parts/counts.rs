//! Tables of counts.

use super::{Counted, Facts, is_nought, said, table, words};
use crate::domain::count::counted;
use crate::domain::insight::Cell;
use crate::domain::insight::figures::{Covered, QuestionFigures, StepFigures};
use crate::domain::report::told::{Kind, ToldCount};
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
    let reviews = |one: &Covered| facts.told.cell(kind, "", &one.key);
    // A column of nothing but numbers that may not be shown is said once.
    let none_told = |one: &&Covered| reviews(one).count().is_none_or(|count| count == 0);
    let mut blocks = if seen.iter().any(|one| !is_nought(reviews(one))) && seen.iter().all(none_told) {
        let over = if what == "Service" { "services" } else { "case types" };
        said(format!(
            "How these reviews spread over {over} is not shown: each number is under {below}, or would let such a number be worked out."
        ))
    } else {
        let mut rows = if what == "Service" { Counted::of("service", "services") } else { Counted::of("case type", "case types") };
        for one in seen {
            let name = if one.name.is_empty() { "Not known" } else { &one.name };
            let cells = [reviews(one), cases(one.cases)];
            rows.put(name, cells.map(|cell| words(cell, facts)).to_vec(), cells.iter().any(|cell| cell.count().is_some()));
        }
        rows.table(facts, &[what, "Reviews", "Open cases"])
    };
    if coverage.visits > 0 && what == "Service" {
        blocks.extend(said(visited(coverage.visits)));
    }
    blocks
}

/// Where the reviews are that no row counts: they look at a service, and at no case of one (S19, Q05).
fn visited(many: u32) -> String {
    let verb = if many == 1 { "looks" } else { "look" };
    format!("Besides these, {} {verb} at a service as a whole.", counted(many, "review", "reviews"))
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
    let mut rows = Counted::of("area", "areas");
    for (key, label) in facts.told.rows(Kind::Areas) {
        let cells: Vec<Cell> = OF_GRADES.iter().chain(&["all"]).map(|column| facts.told.cell(Kind::Areas, key, column)).collect();
        let graded = cells.get(..OF_GRADES.len()).unwrap_or_default();
        let shown = graded.iter().any(|cell| cell.count().is_some_and(|count| count > 0));
        rows.put(label, cells.into_iter().map(|cell| words(cell, facts)).collect(), shown);
    }
    rows.table(facts, &head)
}

/// Whether a question is one of those whose area or key holds one of these words; of no words: of every.
pub(in crate::report::paper) fn is_asked(question: &QuestionFigures, words: &[impl AsRef<str>]) -> bool {
    let holds = |word: &str| question.area.contains(word) || question.key.contains(word);
    words.is_empty() || words.iter().any(|word| holds(word.as_ref()))
}

/// Whether the arguments of `registers` name a register.
fn is_named(arguments: &[impl AsRef<str>], key: &str) -> bool {
    arguments.iter().map(AsRef::as_ref).any(|word| !word.starts_with(['=', '!']) && key.contains(word))
}

/// Whether the arguments of `registers` ask for the entries of a register, or for one of the answers in it.
pub(in crate::report::paper) fn asks_for(arguments: &[impl AsRef<str>], key: &str, answer: Option<&str>) -> bool {
    let holds = |mark: &str| arguments.iter().any(|word| word.as_ref() == mark);
    let mut words = arguments.iter().filter_map(|word| word.as_ref().strip_prefix('=')).map(str::to_lowercase).peekable();
    is_named(arguments, key)
        && match (answer.map(str::to_lowercase), words.peek().is_some()) {
            (None, of_answers) => !of_answers && !holds("!answers"),
            (Some(_), false) => !holds("!entries"),
            (Some(answer), true) => words.any(|word| answer.contains(&word)),
        }
}

/// The answers to scaled and short questions; of some areas where words of their keys are given.
pub(super) fn questions(facts: &Facts<'_>, asked: &[&str]) -> Vec<Block> {
    let wanted = |question: &&QuestionFigures| question.answers.n() > 0 && is_asked(question, asked);
    let below = facts.material.limit;
    let (mut scaled, mut short) = (Counted::of("question", "questions"), Counted::of("question", "questions"));
    for question in facts.material.figures.questions.iter().filter(wanted) {
        let key = format!("{}/{}", question.kind, question.key);
        let n = facts.told.cell(Kind::Scaled, &key, "answers");
        if !is_nought(n) {
            let middle = question.answers.spread().median.filter(|_| n.count().is_some());
            let middle = middle.map_or_else(|| "left out".into(), |middle| format!("{middle}"));
            let high = facts.told.cell(Kind::Scaled, &key, "7 or more");
            scaled.put(&question.text, vec![words(n, facts), middle, share(high, n, below)], n.count().is_some());
        }
        let n = facts.told.cell(Kind::Short, &key, "answers");
        if !is_nought(n) {
            let yes = facts.told.cell(Kind::Short, &key, "yes");
            short.put(&question.text, vec![share(yes, n, below)], n.count().is_some() && yes.count().is_some());
        }
    }
    let mut blocks = scaled.table(facts, &["Question", "Answers", "Median, 0\u{2013}10", "7 or more"]);
    blocks.extend(short.table(facts, &["Question", "Answered yes"]));
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
    let taken: Vec<&StepFigures> = facts.material.figures.steps.iter().filter(|step| step.done > 0).collect();
    let cell = |step: &StepFigures, column: &str| facts.told.cell(Kind::Steps, &format!("{}/{}", step.kind, step.key), column);
    // Kinds of review share names of steps: where two are shown, each says whose it is.
    let twice = |step: &StepFigures| {
        taken.iter().any(|one| one.label == step.label && one.kind != step.kind && cell(one, "done").count().is_some())
    };
    for step in &taken {
        let told = |column: &str| cell(step, column);
        if told("done").count().is_none() {
            left_out = true;
            continue;
        }
        let (limit, in_time) = match step.within.is_empty() {
            true => ("none".to_string(), String::new()),
            false => (step.within.clone(), share(told("in time"), told("with a limit"), below)),
        };
        let days = step.days.median.map_or_else(String::new, |days| format!("{days}"));
        let kind = facts.material.kinds.iter().find(|line| line.key == step.kind && twice(step));
        let name = kind.map_or_else(|| step.label.clone(), |line| format!("{}: {}", line.label, step.label));
        rows.push(vec![name, limit, in_time, days]);
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
    // Which way a theme points is told where its numbers are not.
    let mut rows = Vec::new();
    let mut hidden = [("As a strength", Vec::new()), ("To improve", Vec::new()), ("Sometimes the one, sometimes the other", Vec::new())];
    for theme in seen {
        let cells = ["strength", "to improve"].map(|column| facts.told.cell(Kind::Themes, &theme.key, column));
        let place = match cells {
            [strength, improve] if [strength, improve].iter().any(|cell| cell.count().is_some_and(|count| count > 0)) => None,
            [_, improve] if is_nought(improve) => Some(0),
            [strength, _] if is_nought(strength) => Some(1),
            _ => Some(2),
        };
        match place.and_then(|place| hidden.get_mut(place)) {
            Some((_, named)) => named.push(theme.label.as_str()),
            None => rows.push(std::iter::once(theme.label.clone()).chain(cells.map(|cell| words(cell, facts))).collect()),
        }
    }
    let mut blocks = table(&["Theme", "Reviews with it as a strength", "Reviews with it to improve"], rows);
    let named = hidden.iter().filter(|(_, named)| !named.is_empty()).map(|(how, named)| format!(" {how}: {}.", named.join("; ")));
    let named: String = named.collect();
    if !named.is_empty() {
        let below = facts.material.limit;
        blocks
            .extend(said(format!("Not shown in numbers, because each is under {below} or would let such a number be worked out.{named}")));
    }
    blocks
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
    let mut blocks = Vec::new();
    for register in facts.material.registers.iter().filter(|register| is_named(named, &register.key)) {
        let of = |one: &&ToldCount| one.table == Kind::Noted && one.key == register.key && !is_nought(one.cell);
        let answers: Vec<&ToldCount> =
            facts.told.counts.iter().filter(of).filter(|one| asks_for(named, &register.key, Some(&one.column))).collect();
        if named.iter().any(|word| word.starts_with('=')) {
            blocks.extend(answered(facts, &register.label, &answers));
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
            Cell::Beside if facts.material.grows => "how many entries there are is told once this time is over".to_string(),
            Cell::Beside => "how many entries there were in the period is left out".to_string(),
        };
        let tells_entries = asks_for(named, &register.key, None);
        if tells_entries {
            blocks.extend(said(format!("{}: {entries}.{behind}", register.label)));
        }
        if !tells_entries && answers.is_empty() {
            blocks.extend(said(format!("{}: no answers to count in the period.", register.label)));
        }
        let mut rows = Counted::of("answer", "answers");
        for one in answers {
            rows.put(&format!("{}: {}", one.label, one.column), vec![words(one.cell, facts)], one.cell.count().is_some());
        }
        blocks.extend(rows.table(facts, &[register.label.as_str(), "Entries"]));
    }
    blocks
}

/// What was chosen how often of a register's choices, in one line.
fn answered(facts: &Facts<'_>, label: &str, answers: &[&ToldCount]) -> Vec<Block> {
    let entries: Vec<String> = answers.iter().map(|one| format!("{}: {}", one.column, count(one.cell, facts.material.limit))).collect();
    said(match entries.is_empty() {
        true => format!("{label}: no entry about this in the period."),
        false => format!("{label}, entries about this in the period. {}.", entries.join(". ")),
    })
}
