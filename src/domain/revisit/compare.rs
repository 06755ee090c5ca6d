//! Then and now: what a cycle or a review found, beside what the one that looks again finds. F14, S13, Q02.

use crate::domain::framework::Framework;
use crate::domain::grade::{Grade, Judgement};
use crate::domain::insight::figures::{AnswerCounts, ByGrade, Figures};
use crate::domain::insight::{Share, Z_95};
use crate::domain::query::ReviewDetail;
use crate::domain::review::{AnswerValue, field};
use crate::domain::theme::Found;
use serde::Serialize;
use std::collections::BTreeMap;

/// Two lookings at the same, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThenNow {
    /// What was looked at: the area, or the case.
    pub what: String,
    /// Reference of the first, with its title or day.
    pub then: String,
    /// Reference of the later one, with its title or day.
    pub now: String,
    /// What is to be known before reading it; may be empty.
    pub note: String,
    /// Heading by heading.
    pub parts: Vec<Part>,
}

/// What stands under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The heading.
    pub heading: &'static str,
    /// Row by row.
    pub rows: Vec<Compared>,
}

/// One thing then and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// What.
    pub what: String,
    /// How it stood; empty: it was not asked.
    pub then: String,
    /// How it stands; empty: it is not asked.
    pub now: String,
    /// Which way it went.
    pub moved: Moved,
}

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moved {
    /// It is better.
    Better,
    /// It is worse.
    Worse,
    /// It is the same.
    Same,
    /// Chance alone could have made the difference.
    Unclear,
    /// It cannot be said, or says nothing of better or worse.
    Unsaid,
}

impl Moved {
    /// The word for the screen; empty where nothing can be said.
    pub fn label(self) -> &'static str {
        match self {
            Moved::Better => "better",
            Moved::Worse => "worse",
            Moved::Same => "same",
            Moved::Unclear => "no clear change",
            Moved::Unsaid => "",
        }
    }

    /// From two values of which more is better.
    fn of<T: PartialOrd>(then: Option<T>, now: Option<T>) -> Moved {
        match then.zip(now) {
            Some((then, now)) if now > then => Moved::Better,
            Some((then, now)) if now < then => Moved::Worse,
            Some(_) => Moved::Same,
            None => Moved::Unsaid,
        }
    }
}

/// Actions of a cycle's reviews and of its plan, or of one review, as they stand today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// All but those withdrawn.
    pub raised: u32,
    /// Signed off.
    pub signed_off: u32,
    /// Open, in progress or done and not seen by anybody else.
    pub open: u32,
    /// Looked at again: what was put right has lasted.
    pub sustained: u32,
    /// Came back at least once.
    pub recurred: u32,
}

impl Tally {
    fn rows(then: Tally, now: Tally) -> Vec<Compared> {
        let row = |what: &str, then: u32, now: u32| plain(what, then.to_string(), now.to_string());
        vec![
            row("Raised", then.raised, now.raised),
            row("Signed off", then.signed_off, now.signed_off),
            row("Not signed off", then.open, now.open),
            row("Looked at again, and lasted", then.sustained, now.sustained),
            row("Came back", then.recurred, now.recurred),
        ]
    }
}

fn plain(what: &str, then: String, now: String) -> Compared {
    Compared { what: what.to_string(), then, now, moved: Moved::Unsaid }
}

fn said(share: Share) -> String {
    share.percent().map_or_else(String::new, |percent| format!("{percent} % ({} of {})", share.n, share.of))
}

/// A share of which more is better; of too few nothing is said of better or worse.
fn share(what: &str, then: Share, now: Share, fewest: u32) -> Compared {
    let enough = then.of >= fewest.max(1) && now.of >= fewest.max(1);
    let moved = match now.clearly_above(then) {
        _ if !enough => Moved::Unsaid,
        Some(true) => Moved::Better,
        Some(false) => Moved::Worse,
        None if then.percent() == now.percent() => Moved::Same,
        None => Moved::Unclear,
    };
    Compared { what: what.to_string(), then: said(then), now: said(now), moved }
}

fn parts(parts: Vec<(&'static str, Vec<Compared>)>) -> Vec<Part> {
    let kept = parts.into_iter().map(|(heading, rows)| Part {
        heading,
        rows: rows.into_iter().filter(|row| !row.then.is_empty() || !row.now.is_empty()).collect(),
    });
    kept.filter(|part| !part.rows.is_empty()).collect()
}

/// Two cycles over the same area: their grades, areas, questions, themes and actions. Grades are those that count, of the random
/// sample (M08, F03).
pub fn of_cycles(framework: &Framework, then: (&Figures, Tally), now: (&Figures, Tally)) -> ThenNow {
    let fewest = framework.small_numbers_below;
    let drawn = |figures: &Figures| figures.cycles.first().map(|cycle| cycle.final_grades.drawn).unwrap_or_default();
    let submitted = |figures: &Figures| figures.cycles.first().map_or(0, |cycle| cycle.progress.submitted);
    let (first, second) = (drawn(then.0), drawn(now.0));
    let mut grades = vec![plain("Reviews completed", submitted(then.0).to_string(), submitted(now.0).to_string())];
    grades.push(share("Good or better", first.good_or_better(), second.good_or_better(), fewest));
    if first.total() + second.total() > 0 {
        let row = |grade: &Grade| plain(framework.grade_label(*grade), first.of(*grade).to_string(), second.of(*grade).to_string());
        grades.extend(Grade::ALL.iter().map(row));
    }
    // Of those where it is known what came of it: in a cycle under way most have yet to be asked, and nothing is worse for that.
    let families = |figures: &Figures| Share::new(figures.family.contacted, figures.family.contacted + figures.family.barrier);
    grades.push(share("Families spoken with", families(then.0), families(now.0), fewest));
    let called =
        |figures: &Figures| figures.cycles.first().map(|cycle| format!("{}  {}", cycle.reference, cycle.title)).unwrap_or_default();
    let few = first.total().min(second.total()) < fewest.max(1);
    ThenNow {
        what: then.0.cycles.first().map(|cycle| cycle.focus.clone()).unwrap_or_default(),
        then: called(then.0),
        now: called(now.0),
        note: if few { format!("Fewer than {} grades on a side: too few to say better or worse.", fewest.max(1)) } else { String::new() },
        parts: parts(vec![
            ("Reviews and grades", grades),
            ("Areas of the form", areas(then.0, now.0, fewest)),
            ("Questions", questions(then.0, now.0, fewest)),
            ("Themes: strengths, areas to improve", themes(then.0, now.0)),
            ("Actions", Tally::rows(then.1, now.1)),
        ]),
    }
}

/// Grades of each area over all services, good or better.
fn areas(then: &Figures, now: &Figures, fewest: u32) -> Vec<Compared> {
    let graded = |figures: &Figures| {
        let mut found: BTreeMap<String, ByGrade> = BTreeMap::new();
        for area in &figures.areas {
            let sum = found.entry(area.title.clone()).or_default();
            for (count, more) in sum.0.iter_mut().zip(area.grades.0) {
                *count += more;
            }
        }
        found
    };
    let (first, second) = (graded(then), graded(now));
    let mut titles: Vec<&String> = Vec::new();
    for area in then.areas.iter().chain(&now.areas) {
        if !titles.contains(&&area.title) {
            titles.push(&area.title);
        }
    }
    let of = |found: &BTreeMap<String, ByGrade>, title: &String| found.get(title).copied().unwrap_or_default().good_or_better();
    titles.into_iter().map(|title| share(title, of(&first, title), of(&second, title), fewest)).collect()
}

/// Each scaled or short question: the mean of the scale, or the share of yes.
fn questions(then: &Figures, now: &Figures, fewest: u32) -> Vec<Compared> {
    let counts = |figures: &Figures, kind: &str, key: &str| {
        figures.questions.iter().find(|asked| asked.kind == kind && asked.key == key).map(|asked| asked.answers).unwrap_or_default()
    };
    let mut rows = Vec::new();
    let only_then = then.questions.iter().filter(|asked| counts(now, &asked.kind, &asked.key).n() == 0);
    for asked in now.questions.iter().chain(only_then) {
        let (first, second) = (counts(then, &asked.kind, &asked.key), counts(now, &asked.kind, &asked.key));
        if first.scaled() + second.scaled() == 0 {
            rows.push(share(&asked.text, first.yes_share(), second.yes_share(), fewest));
            continue;
        }
        let mean = |counts: &AnswerCounts| counts.spread().mean;
        let said = |counts: &AnswerCounts| mean(counts).map_or_else(String::new, |mean| format!("{mean:.1} of 10 ({})", counts.scaled()));
        let enough = first.scaled() >= fewest.max(2) && second.scaled() >= fewest.max(2);
        let moved = if enough { means(&first, &second) } else { Moved::Unsaid };
        rows.push(Compared { what: asked.text.clone(), then: said(&first), now: said(&second), moved });
    }
    rows
}

/// Which way a mean went, where its 95 % interval of the difference does not hold nought.
fn means(then: &AnswerCounts, now: &AnswerCounts) -> Moved {
    // Mean, and variance over the number: both of a sample.
    let of = |counts: &AnswerCounts| {
        let n = f64::from(counts.scaled());
        let sum =
            |power: i32| (0i32..).zip(counts.points).map(|(point, count)| f64::from(point).powi(power) * f64::from(count)).sum::<f64>();
        let mean = sum(1) / n;
        (mean, (sum(2) - n * mean * mean).max(0.0) / (n - 1.0) / n)
    };
    let ((first, a), (second, b)) = (of(then), of(now));
    let half = Z_95 * (a + b).sqrt();
    match second - first {
        difference if difference > half => Moved::Better,
        difference if difference < -half => Moved::Worse,
        _ => Moved::Unclear,
    }
}

fn themes(then: &Figures, now: &Figures) -> Vec<Compared> {
    let of = |figures: &Figures, key: &str| {
        let found = figures.themes.iter().find(|theme| theme.key == key);
        found.filter(|theme| theme.reviews > 0).map_or_else(String::new, |theme| format!("{} and {}", theme.strength, theme.improve))
    };
    let mut rows: Vec<Compared> = Vec::new();
    for theme in then.themes.iter().chain(&now.themes) {
        if rows.iter().all(|row| row.what != theme.label) {
            rows.push(plain(&theme.label, of(then, &theme.key), of(now, &theme.key)));
        }
    }
    rows
}

/// Two reviews of the same case: their judgements, areas, questions, themes, actions and loops. What is kept back from whoever looks
/// is not in them.
pub fn of_reviews(then: &ReviewDetail, now: &ReviewDetail) -> ThenNow {
    let kept = |detail: &ReviewDetail| if detail.kept_back { "kept back".to_string() } else { String::new() };
    let judged = |detail: &ReviewDetail| detail.facts.final_judgement().filter(|_| !detail.kept_back);
    let said = |detail: &ReviewDetail| match judged(detail) {
        Some(Judgement { scaling: Some(point), grade }) => format!("{} {point}", detail.framework.grade_label(grade)),
        Some(Judgement { scaling: None, grade }) => detail.framework.grade_label(grade).to_string(),
        None if detail.kept_back => kept(detail),
        None if detail.kind.is_graded() => "not yet".to_string(),
        None => String::new(),
    };
    let order = |detail: &ReviewDetail| judged(detail).map(|judgement| (judgement.grade, judgement.scaling));
    let grade = Compared { what: "Judgement".into(), then: said(then), now: said(now), moved: Moved::of(order(then), order(now)) };
    let mut answers: [Vec<Compared>; 2] = Default::default();
    for area in &now.kind.areas {
        answers[0].push(answer(&area.title, &field::area(&area.key), then, now));
        answers[1].extend(area.questions.iter().map(|asked| answer(&asked.text, &field::question(&asked.key), then, now)));
    }
    let [areas, questions] = answers;
    let ends = |detail: &ReviewDetail| {
        let day = detail.facts.submitted_at.map(crate::domain::calendar::local_date);
        let when = day.map_or("not completed yet".to_string(), |day| day.format("%-d %b %Y").to_string());
        format!("{}  {when}", detail.facts.review.reference)
    };
    let loops = plain("Loop", then.follows.say(), now.follows.say());
    let mut actions = Tally::rows(tally(then), tally(now));
    actions.truncate(3);
    ThenNow {
        what: format!("{}, {}", now.case, now.case_type),
        then: ends(then),
        now: ends(now),
        note: if then.kind.key == now.kind.key { String::new() } else { format!("Then a {}, now a {}.", then.kind.label, now.kind.label) },
        parts: parts(vec![
            ("Judgement", vec![grade]),
            ("Areas of the form", areas),
            ("Questions", questions),
            ("Themes", themes_of(then, now)),
            ("Actions and loop", actions.into_iter().chain([loops]).collect()),
        ]),
    }
}

fn tally(detail: &ReviewDetail) -> Tally {
    use crate::domain::action::ActionState;
    let count = |which: fn(ActionState) -> bool| {
        u32::try_from(detail.actions.iter().filter(|action| which(action.state)).count()).unwrap_or(u32::MAX)
    };
    Tally {
        raised: count(|state| state != ActionState::Withdrawn),
        signed_off: count(|state| state == ActionState::SignedOff),
        open: count(|state| !matches!(state, ActionState::SignedOff | ActionState::Withdrawn)),
        ..Tally::default()
    }
}

/// One answer that is no text, as both reviews gave it.
fn answer(what: &str, name: &str, then: &ReviewDetail, now: &ReviewDetail) -> Compared {
    let known = |detail: &ReviewDetail| detail.facts.answer(name).filter(|_| !(detail.kept_back && field::tells_of_grade(name))).cloned();
    let (first, second) = (known(then), known(now));
    let said = |value: &Option<AnswerValue>, detail: &ReviewDetail| match value {
        Some(AnswerValue::Grade(grade)) => detail.framework.grade_label(*grade).to_string(),
        Some(AnswerValue::Text(_)) | None => String::new(),
        Some(value) => value.said(),
    };
    let order = |value: &Option<AnswerValue>| match value {
        Some(AnswerValue::Scale(point)) => Some(i64::from(*point)),
        Some(AnswerValue::Grade(grade)) => Some(grade.rank()),
        Some(AnswerValue::No) => Some(0),
        Some(AnswerValue::Partly) => Some(1),
        Some(AnswerValue::Yes) => Some(2),
        Some(AnswerValue::NotApplicable | AnswerValue::Text(_)) | None => None,
    };
    let moved = Moved::of(order(&first), order(&second));
    Compared { what: what.to_string(), then: said(&first, then), now: said(&second, now), moved }
}

fn themes_of(then: &ReviewDetail, now: &ReviewDetail) -> Vec<Compared> {
    let found = |detail: &ReviewDetail, theme: &str| {
        let ways = detail.themes.iter().filter(|coded| coded.theme == theme).map(|coded| coded.found.label());
        ways.collect::<Vec<_>>().join(", ")
    };
    let order = |detail: &ReviewDetail, theme: &str| {
        let has = |way: Found| detail.themes.iter().any(|coded| coded.theme == theme && coded.found == way);
        match (has(Found::Strength), has(Found::Improve)) {
            (true, false) => Some(2),
            (true, true) => Some(1),
            (false, true) => Some(0),
            (false, false) => None,
        }
    };
    let row = |theme: &crate::domain::framework::Theme| Compared {
        what: theme.label.clone(),
        then: found(then, &theme.key),
        now: found(now, &theme.key),
        moved: Moved::of(order(then, &theme.key), order(now, &theme.key)),
    };
    now.framework.themes.iter().map(row).collect()
}
