//! The tables of a report: which counts they are made of, and in which order they are told.

use super::elsewhere::About;
use super::sheet::{Places, Scale, Sheet, subsets};
use super::{Kind, ToldCount};
use crate::domain::insight::figures::{AnswerCounts, Covered, Figures, StepFigures};

/// What was counted of one kind of review in one cycle.
#[derive(Debug, Clone)]
pub struct Part {
    /// Key of the kind.
    pub kind: String,
    /// Which stretch of the shortest size it lies in.
    pub months_from_start: u32,
    /// What was counted.
    pub figures: Figures,
}

impl Part {
    /// Whether it counts a kind of review. One without a kind counts every kind.
    fn is_of(&self, kind: &str) -> bool {
        self.kind.is_empty() || self.kind == kind
    }
}

/// What was noted in a register in one month.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// Key and name of the register.
    pub register: (String, String),
    /// Its entries are the team's own work (meetings, samples, training) and tell of no child: nothing of it is left out.
    pub own_work: bool,
    /// Which month, counted as for the parts.
    pub month: u32,
    /// Entries.
    pub entries: u32,
    /// Answers that can be counted: field, answer, how many.
    pub answers: Vec<(String, String, u32)>,
}

/// What was noted in registers, of one of them its months.
pub(super) fn registers(noted: &[Noted], scales: &dyn Fn(&[u32], &About<'_>) -> Vec<Scale>, below: u32) -> Vec<ToldCount> {
    let mut out = Vec::new();
    for register in noted.chunk_by(|one, next| one.register == next.register) {
        let Some(((key, label), first)) = register.first().map(|one| (one.register.clone(), one)) else { continue };
        let every: Vec<usize> = (0..register.len()).collect();
        let months: Vec<u32> = register.iter().map(|one| one.month).collect();
        // What counts the team's own work tells of no child.
        let below = if first.own_work { 0 } else { below };
        let mut put = |table: Kind, key: String, label: String, sheet: Sheet| {
            let scales = scales(&months, &About { table, keys: &[&key] });
            let cells = sheet.tell(&scales, &every, below);
            let told = sheet.says.iter().zip(cells).map(|((column, _), cell)| ToldCount {
                table,
                key: key.clone(),
                label: label.clone(),
                column: column.clone(),
                cell,
            });
            out.extend(told);
        };
        put(Kind::Registers, key.clone(), label.clone(), singles(register.iter().map(|one| vec![one.entries]).collect(), &["entries"]));
        for field in first.answers.chunk_by(|(field, ..), (next, ..)| field == next) {
            let Some((name, ..)) = field.first() else { continue };
            let parts = register.iter().map(|month| {
                let mut counts: Vec<u32> = month.answers.iter().filter(|(of, ..)| of == name).map(|(.., many)| *many).collect();
                counts.push(month.entries.saturating_sub(counts.iter().sum()));
                counts
            });
            let columns = says(field.iter().enumerate().map(|(at, (_, answer, _))| (answer.clone(), vec![at])));
            let all = (0..=field.len()).collect();
            let unanswered = vec![vec![field.len()]];
            let sheet = Sheet {
                parts: parts.collect(),
                says: columns,
                silent: unanswered.clone(),
                known: vec![(all, Vec::new())],
                presumed: unanswered,
                heads: 0,
            };
            put(Kind::Noted, key.clone(), name.clone(), sheet);
        }
    }
    out
}

/// Every table of these parts; of one kind of review alone where that is asked for.
pub(super) fn all(parts: &[Part], kind: Option<&str>, scales: &dyn Fn(&[usize], &About<'_>) -> Vec<Scale>, below: u32) -> Vec<ToldCount> {
    let every: Vec<usize> = (0..parts.len()).collect();
    let asked = |of: &str| kind.is_none_or(|kind| kind == of);
    let mut out = Vec::new();
    let mut put = |table: Kind, keys: &[&str], (key, label): (&str, &str), which: &[usize], sheet: Sheet| {
        let wanted: Vec<usize> =
            (0..which.len()).filter(|at| parts.get(which[*at]).is_some_and(|part| kind.is_none_or(|kind| part.is_of(kind)))).collect();
        let cells = sheet.tell(&scales(which, &About { table, keys }), &wanted, below);
        out.extend(sheet.says.iter().zip(cells).map(|((column, _), cell)| ToldCount {
            table,
            key: key.to_string(),
            label: label.to_string(),
            column: column.clone(),
            cell,
        }));
    };
    for (kind, key, label) in
        known(parts, |one| one.figures.questions.iter().map(|q| (q.kind.clone(), q.key.clone(), q.text.clone())).collect())
            .into_iter()
            .filter(|(kind, ..)| asked(kind))
    {
        let which: Vec<usize> = every.iter().copied().filter(|at| parts[*at].is_of(&kind)).collect();
        let of = |at: &usize| {
            parts[*at].figures.questions.iter().find(|q| q.kind == kind && q.key == key).map_or_else(AnswerCounts::default, |q| q.answers)
        };
        let answers: Vec<AnswerCounts> = which.iter().map(of).collect();
        let all = answers.iter().fold(AnswerCounts::default(), |sum, one| sum.and(one));
        let asked = parts.iter().flat_map(|part| &part.figures.questions).find(|q| q.kind == kind && q.key == key);
        let (keys, row) = ([key.as_str(), asked.map_or("", |q| &q.area)], format!("{kind}/{key}"));
        if all.scaled() > 0 {
            put(Kind::Scaled, &keys, (&row, &label), &which, scaled(&answers));
        }
        if all.yes_share().of > 0 {
            put(Kind::Short, &keys, (&row, &label), &which, short(&answers));
        }
    }
    for (kind, key, label) in
        known(parts, |one| one.figures.steps.iter().map(|s| (s.kind.clone(), s.key.clone(), s.label.clone())).collect())
            .into_iter()
            .filter(|(kind, ..)| asked(kind))
    {
        let which: Vec<usize> = every.iter().copied().filter(|at| parts[*at].is_of(&kind)).collect();
        let of = |at: &usize| parts[*at].figures.steps.iter().find(|s| s.kind == kind && s.key == key).map_or_else(|| vec![0; 3], step);
        put(Kind::Steps, &[], (&format!("{kind}/{key}"), &label), &which, steps(which.iter().map(of).collect()));
    }
    put(Kind::Families, &[], ("", "Families"), &every, families(parts));
    for (_, key, label) in known(parts, |one| one.figures.themes.iter().map(|t| (String::new(), t.key.clone(), t.label.clone())).collect())
    {
        let of =
            |part: &Part| part.figures.themes.iter().find(|t| t.key == key).map_or_else(|| vec![0; 2], |t| vec![t.strength, t.improve]);
        put(Kind::Themes, &[], (&key, &label), &every, singles(parts.iter().map(of).collect(), &["strength", "to improve"]));
    }
    for (table, of) in [
        (Kind::Services, (|figures: &Figures| figures.coverage.services.clone()) as fn(&Figures) -> Vec<Covered>),
        (Kind::CaseTypes, |figures| figures.coverage.case_types.clone()),
    ] {
        put(table, &[], ("", "Reviews"), &every, covered(parts, of));
    }
    for (_, key, label) in known(parts, |one| {
        let graded = one.figures.areas.iter().filter(|area| area.grades.total() > 0);
        graded.map(|area| (String::new(), area.title.clone(), area.title.clone())).collect()
    }) {
        put(Kind::Areas, &[], (&key, &label), &every, area(parts, &key));
    }
    put(Kind::Alerts, &[], ("", "Alerts"), &every, alerts(parts));
    out
}

/// Kind, key and label of everything that the parts know, each once and in their order.
fn known(parts: &[Part], of: impl Fn(&Part) -> Vec<(String, String, String)>) -> Vec<(String, String, String)> {
    let mut found: Vec<(String, String, String)> = Vec::new();
    for one in parts.iter().flat_map(of) {
        if !found.iter().any(|known| known.0 == one.0 && known.1 == one.1) {
            found.push(one);
        }
    }
    found
}

fn says(columns: impl IntoIterator<Item = (impl Into<String>, Places)>) -> Vec<(String, Places)> {
    columns.into_iter().map(|(column, places)| (column.into(), places)).collect()
}

fn scaled(answers: &[AnswerCounts]) -> Sheet {
    let mut columns = says([("answers", (0..=10).collect()), ("7 or more", (7..=10).collect())]);
    columns.extend((0..=10).map(|point| (point.to_string(), vec![point])));
    let parts = answers.iter().map(|one| one.points.to_vec()).collect();
    Sheet { parts, says: columns, heads: 2, silent: vec![(0..7).collect()], ..Sheet::default() }
}

fn short(answers: &[AnswerCounts]) -> Sheet {
    let parts = answers.iter().map(|one| vec![one.yes, one.partly, one.no]).collect();
    let columns = says([("answers", vec![0, 1, 2]), ("yes", vec![0]), ("partly", vec![1]), ("no", vec![2])]);
    Sheet { parts, says: columns, heads: 2, silent: vec![vec![1, 2]], ..Sheet::default() }
}

fn step(step: &StepFigures) -> Vec<u32> {
    vec![step.in_time.n, step.in_time.of - step.in_time.n, step.done.saturating_sub(step.in_time.of)]
}

fn steps(parts: Vec<Vec<u32>>) -> Sheet {
    let columns = says([("done", vec![0, 1, 2]), ("with a limit", vec![0, 1]), ("in time", vec![0])]);
    Sheet { parts, says: columns, heads: 3, silent: vec![vec![1], vec![2], vec![0, 2], vec![1, 2]], ..Sheet::default() }
}

fn families(parts: &[Part]) -> Sheet {
    let counts = parts.iter().map(|part| {
        let family = part.figures.family;
        let neither = family.asked_for.saturating_sub(family.contacted + family.barrier);
        vec![family.said, family.contacted.saturating_sub(family.said), family.barrier, neither]
    });
    let columns =
        says([("asked for", vec![0, 1, 2, 3]), ("spoken with", vec![0, 1]), ("could not be", vec![2]), ("words written down", vec![0])]);
    let silent = subsets(0..4).into_iter().chain([vec![1], vec![3]]).collect();
    Sheet { parts: counts.collect(), says: columns, heads: 4, silent, ..Sheet::default() }
}

/// Counts that stand alone: no sum of them is told.
fn singles(parts: Vec<Vec<u32>>, columns: &[&str]) -> Sheet {
    Sheet { parts, says: says(columns.iter().enumerate().map(|(at, name)| (*name, vec![at]))), heads: 0, ..Sheet::default() }
}

fn covered(parts: &[Part], of: fn(&Figures) -> Vec<Covered>) -> Sheet {
    let mut names: Vec<(String, String)> = Vec::new();
    for one in parts.iter().flat_map(|part| of(&part.figures)) {
        if !names.iter().any(|(key, _)| *key == one.key) {
            names.push((one.key, one.name));
        }
    }
    let counts = parts.iter().map(|part| {
        let covered = of(&part.figures);
        names.iter().map(|(key, _)| covered.iter().find(|one| one.key == *key).map_or(0, |one| one.reviews)).collect()
    });
    let columns = says(names.iter().enumerate().map(|(at, (key, _))| (key.clone(), vec![at])));
    // How many reviews there are in all stands in every report.
    Sheet { parts: counts.collect(), says: columns, known: vec![((0..names.len()).collect(), Vec::new())], ..Sheet::default() }
}

fn area(parts: &[Part], title: &str) -> Sheet {
    let counts = parts.iter().map(|part| {
        let mut sum = vec![0; 4];
        for area in part.figures.areas.iter().filter(|area| area.title == title) {
            sum.iter_mut().zip(area.grades.0).for_each(|(sum, more)| *sum += more);
        }
        sum
    });
    let mut columns = says([("all", (0..4).collect::<Places>())]);
    columns.extend((0..4).map(|grade| (grade.to_string(), vec![grade])));
    Sheet { parts: counts.collect(), says: columns, heads: 1, silent: subsets(0..4), ..Sheet::default() }
}

fn alerts(parts: &[Part]) -> Sheet {
    // Places 0 to 2: open ones of which the record was reviewed in time, late, or of which that cannot be said; 3 to 5 closed ones.
    let counts = parts.iter().map(|part| {
        let alerts = &part.figures.alerts;
        let counts = alerts.by_review.concat();
        match counts.iter().sum::<u32>() == alerts.opened {
            true => counts,
            // Counted by a program that did not keep them apart.
            false => vec![0, 0, alerts.opened.saturating_sub(alerts.closed), 0, 0, alerts.closed],
        }
    });
    let columns = says([
        ("opened", (0..6).collect::<Places>()),
        ("closed", vec![3, 4, 5]),
        ("open", vec![0, 1, 2]),
        ("record to be reviewed", vec![0, 1, 3, 4]),
        ("reviewed in time", vec![0, 3]),
    ]);
    let silent = subsets(0..6).into_iter().chain((0..6).map(|place| vec![place])).collect();
    Sheet { parts: counts.collect(), says: columns, heads: 1, silent, ..Sheet::default() }
}
