//! Facts into figures: pure sums, so that a cell of a screen, a line of a report and a test come from one place.

use super::*;
use crate::domain::agreement::{GradeShift, Pair};
use crate::domain::alert::Alert;
use crate::domain::calendar::{Calendar, local_date};
use crate::domain::cycle::Cycle;
use crate::domain::framework::{AnswerKind, Framework, ReviewKind, StepDuty};
use crate::domain::id::ReviewId;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything that was read for the figures of a set of cycles. What a page does not need may stay empty.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The cycles with the framework each runs under, oldest first.
    pub cycles: Vec<(Cycle, Arc<Framework>)>,
    /// Their reviews.
    pub reviews: Vec<CountedReview>,
    /// Answers of submitted ones.
    pub answers: Vec<CountedAnswer>,
    /// Steps behind them.
    pub steps: Vec<CountedStep>,
    /// Alerts about them.
    pub alerts: Vec<Alert>,
    /// Themes found in them.
    pub themes: Vec<CountedTheme>,
    /// Open cases by team, its service and case type.
    pub caseload: Vec<(String, String, String, u32)>,
    /// Practitioners with open cases.
    pub workers: BTreeSet<crate::domain::id::PersonId>,
    /// Performance indicators.
    pub indicators: Vec<IndicatorFigure>,
}

impl Gathered {
    /// What was gathered of each kind of review in each cycle; without the caseload and the indicators, which belong to none.
    pub fn parts(&self) -> Vec<((Cycle, String), Gathered)> {
        let mut found = Vec::new();
        for (cycle, framework) in &self.cycles {
            let here = self.reviews.iter().filter(|review| review.cycle == cycle.id);
            let kinds: BTreeSet<&String> = here.map(|review| &review.kind).collect();
            for kind in kinds {
                let reviews: Vec<CountedReview> =
                    self.reviews.iter().filter(|review| review.cycle == cycle.id && review.kind == *kind).cloned().collect();
                let ids: BTreeSet<ReviewId> = reviews.iter().map(|review| review.id).collect();
                let part = Gathered {
                    cycles: vec![(cycle.clone(), framework.clone())],
                    answers: self.answers.iter().filter(|one| ids.contains(&one.review)).cloned().collect(),
                    steps: self.steps.iter().filter(|one| ids.contains(&one.review)).cloned().collect(),
                    alerts: self.alerts.iter().filter(|one| ids.contains(&one.review)).cloned().collect(),
                    themes: self.themes.iter().filter(|one| ids.contains(&one.review)).cloned().collect(),
                    reviews,
                    ..Gathered::default()
                };
                found.push(((cycle.clone(), kind.clone()), part));
            }
        }
        found
    }
}

/// The figures of what was gathered. `framework` is the one in force, whose words are used where cycles differ.
pub fn fold(wanted: FiguresWanted, gathered: &Gathered, framework: &Framework, calendar: &Calendar, now: DateTime<Utc>) -> Figures {
    let facts = Facts::of(gathered);
    let all: Vec<&CountedReview> = gathered.reviews.iter().collect();
    let kinds = kinds_of(gathered, &all);
    let cycles = gathered.cycles.iter().map(|(cycle, _)| {
        let here: Vec<&CountedReview> = gathered.reviews.iter().filter(|review| review.cycle == cycle.id).collect();
        let themes = themes(&facts, &here, framework);
        let (progress, final_grades) = (progress(&here), grades(&here, CountedReview::grade));
        let done = (progress.submitted, progress.sample);
        let whole = cycle.is_whole(local_date(now), done, final_grades.drawn.total(), framework.small_numbers_below);
        CycleFigures {
            id: cycle.id,
            reference: cycle.reference.clone(),
            title: cycle.title.clone(),
            focus: cycle.focus.clone(),
            kind: cycle.kind.clone(),
            starts_on: cycle.starts_on,
            closed: cycle.closed_on.is_some(),
            so_far: !whole,
            progress,
            original: grades(&here, |review| review.original.map(|judgement| judgement.grade)),
            final_grades,
            shift: shift(&here),
            questions: questions(&facts, &here, &kinds),
            family: family(&facts, &here, &kinds),
            steps: steps(&facts, &here, &kinds, calendar),
            alerts: alerts(&facts, &here, now),
            good_practice: here.iter().map(|review| facts.good_practice(review.id)).sum(),
            themes,
        }
    });
    Figures {
        wanted,
        grade_labels: crate::domain::grade::Grade::ALL.iter().map(|grade| framework.grade_label(*grade).to_string()).collect(),
        cycles: cycles.collect(),
        questions: questions(&facts, &all, &kinds),
        areas: areas(&facts, &all, &kinds),
        steps: steps(&facts, &all, &kinds, calendar),
        family: family(&facts, &all, &kinds),
        alerts: alerts(&facts, &all, now),
        coverage: coverage(gathered, framework),
        themes: themes(&facts, &all, framework),
        indicators: gathered.indicators.clone(),
    }
}

/// The kinds of these reviews: the newest version of each lends its words and its limits; what only an older version asked comes after.
pub(super) fn kinds_of<'g>(gathered: &'g Gathered, reviews: &[&CountedReview]) -> Vec<&'g ReviewKind> {
    let there: BTreeSet<&str> = reviews.iter().map(|review| review.kind.as_str()).collect();
    let newest = gathered.cycles.iter().rev().flat_map(|(_, framework)| &framework.kinds);
    newest.filter(|kind| there.contains(kind.key.as_str())).collect()
}

/// What was gathered, by review.
pub(super) struct Facts<'a> {
    answers: BTreeMap<ReviewId, Vec<(&'a str, CountedValue)>>,
    steps: BTreeMap<ReviewId, BTreeMap<&'a str, &'a CountedStep>>,
    alerts: BTreeMap<ReviewId, Vec<&'a Alert>>,
    themes: BTreeMap<ReviewId, Vec<&'a CountedTheme>>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(gathered: &'a Gathered) -> Facts<'a> {
        let mut facts = Facts { answers: BTreeMap::new(), steps: BTreeMap::new(), alerts: BTreeMap::new(), themes: BTreeMap::new() };
        for answer in &gathered.answers {
            facts.answers.entry(answer.review).or_default().push((answer.field.as_str(), answer.value));
        }
        for step in &gathered.steps {
            facts.steps.entry(step.review).or_default().insert(step.step.as_str(), step);
        }
        for alert in &gathered.alerts {
            facts.alerts.entry(alert.review).or_default().push(alert);
        }
        for theme in &gathered.themes {
            facts.themes.entry(theme.review).or_default().push(theme);
        }
        facts
    }

    fn answers(&self, review: ReviewId) -> impl Iterator<Item = &(&'a str, CountedValue)> {
        self.answers.get(&review).into_iter().flatten()
    }

    fn themes(&self, review: ReviewId) -> impl Iterator<Item = &&'a CountedTheme> {
        self.themes.get(&review).into_iter().flatten()
    }

    pub(super) fn step(&self, review: ReviewId, key: &str) -> Option<&'a CountedStep> {
        self.steps.get(&review)?.get(key).copied()
    }

    fn good_practice(&self, review: ReviewId) -> u32 {
        count(self.themes(review).filter(|theme| theme.strength.is_none()))
    }
}

fn count<T>(found: impl Iterator<Item = T>) -> u32 {
    u32::try_from(found.count()).unwrap_or(u32::MAX)
}

fn progress(reviews: &[&CountedReview]) -> Progress {
    let of = |which: fn(&CountedReview) -> bool| count(reviews.iter().filter(|review| which(review)));
    Progress {
        sample: of(|_| true),
        drawn: of(|review| review.drawn),
        submitted: of(|review| review.submitted),
        waiting: of(|review| review.waiting),
        moderated: of(|review| review.moderated),
        finalised: of(|review| review.finalised),
    }
}

fn grades(reviews: &[&CountedReview], grade: impl Fn(&CountedReview) -> Option<crate::domain::grade::Grade>) -> Grades {
    let mut found = Grades::default();
    for review in reviews {
        let Some(grade) = grade(review) else { continue };
        found.all.add(grade);
        if review.drawn {
            found.drawn.add(grade);
        }
    }
    found
}

fn shift(reviews: &[&CountedReview]) -> Shift {
    let pair = |review: &&&CountedReview| Some(Pair::of(review.original?, review.panel?));
    let all: Vec<Pair> = reviews.iter().filter_map(|review| pair(&review)).collect();
    let by_chance: Vec<Pair> = reviews.iter().filter(|review| review.by_chance).filter_map(|review| pair(&review)).collect();
    Shift { by_chance: GradeShift::of(&by_chance), all: GradeShift::of(&all) }
}

/// The short questions of these kinds, each once, with its area.
fn asked<'k>(
    kinds: &[&'k ReviewKind],
) -> Vec<(&'k ReviewKind, &'k crate::domain::framework::Area, &'k crate::domain::framework::Question)> {
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for kind in kinds {
        for area in &kind.areas {
            for question in area.questions.iter().filter(|question| question.answer != AnswerKind::Text) {
                if known.insert((&kind.key, &question.key)) {
                    found.push((*kind, area, question));
                }
            }
        }
    }
    found
}

fn tally(counts: &mut AnswerCounts, value: CountedValue) {
    match value {
        CountedValue::Point(point) => {
            if let Some(count) = counts.points.get_mut(usize::from(point)) {
                *count += 1;
            }
        }
        CountedValue::Yes => counts.yes += 1,
        CountedValue::Partly => counts.partly += 1,
        CountedValue::No => counts.no += 1,
        CountedValue::Grade(_) => {}
    }
}

fn questions(facts: &Facts<'_>, reviews: &[&CountedReview], kinds: &[&ReviewKind]) -> Vec<QuestionFigures> {
    let mut counts: BTreeMap<(&str, &str), AnswerCounts> = BTreeMap::new();
    for review in reviews {
        for (field, value) in facts.answers(review.id) {
            if let Some(key) = field.strip_prefix("q/") {
                tally(counts.entry((review.kind.as_str(), key)).or_default(), *value);
            }
        }
    }
    asked(kinds)
        .into_iter()
        .filter_map(|(kind, area, question)| {
            let answers = counts.remove(&(kind.key.as_str(), question.key.as_str()))?;
            Some(QuestionFigures {
                kind: kind.key.clone(),
                area: area.key.clone(),
                area_title: area.title.clone(),
                key: question.key.clone(),
                text: question.text.clone(),
                answers,
            })
        })
        .collect()
}

fn areas(facts: &Facts<'_>, reviews: &[&CountedReview], kinds: &[&ReviewKind]) -> Vec<AreaFigures> {
    let area_of: BTreeMap<(&str, &str), &str> =
        asked(kinds).into_iter().map(|(kind, area, question)| ((kind.key.as_str(), question.key.as_str()), area.key.as_str())).collect();
    let mut found: BTreeMap<(&str, &str, &str), (u32, AnswerCounts, ByGrade)> = BTreeMap::new();
    for review in reviews {
        let mut answered = BTreeSet::new();
        for (field, value) in facts.answers(review.id) {
            if let Some(area) = field.strip_prefix("q/").and_then(|question| area_of.get(&(review.kind.as_str(), question))) {
                answered.insert(*area);
                tally(&mut found.entry((review.kind.as_str(), *area, review.service.as_str())).or_default().1, *value);
            }
            if let (Some(area), CountedValue::Grade(grade)) = (field.strip_prefix("area/"), value) {
                found.entry((review.kind.as_str(), area, review.service.as_str())).or_default().2.add(*grade);
            }
        }
        for area in answered {
            found.entry((review.kind.as_str(), area, review.service.as_str())).or_default().0 += 1;
        }
    }
    let mut known = BTreeSet::new();
    let mut rows = Vec::new();
    for kind in kinds {
        for area in kind.areas.iter().filter(|area| known.insert((&kind.key, &area.key))) {
            let here = found.iter().filter(|((of, key, _), _)| *of == kind.key && *key == area.key);
            rows.extend(here.map(|((_, _, service), (reviews, answers, grades))| AreaFigures {
                kind: kind.key.clone(),
                area: area.key.clone(),
                title: area.title.clone(),
                service: service.to_string(),
                reviews: *reviews,
                answers: *answers,
                grades: *grades,
            }));
        }
    }
    rows
}

fn family(facts: &Facts<'_>, reviews: &[&CountedReview], kinds: &[&ReviewKind]) -> FamilyFigures {
    let mut found = FamilyFigures::default();
    for review in reviews {
        let kind = kinds.iter().find(|kind| kind.key == review.kind);
        let Some((_, step)) = kind.and_then(|kind| kind.step_of(StepDuty::FamilyContact)) else { continue };
        found.asked_for += 1;
        let Some(record) = facts.step(review.id, &step.key) else { continue };
        found.contacted += u32::from(record.done);
        found.barrier += u32::from(!record.done);
        found.said += u32::from(record.done && record.said);
    }
    found
}

fn steps(facts: &Facts<'_>, reviews: &[&CountedReview], kinds: &[&ReviewKind], calendar: &Calendar) -> Vec<StepFigures> {
    let mut known = BTreeSet::new();
    let mut rows = Vec::new();
    for kind in kinds.iter().filter(|kind| known.insert(kind.key.as_str())) {
        let here: Vec<&&CountedReview> = reviews.iter().filter(|review| review.kind == kind.key).collect();
        if here.is_empty() {
            continue;
        }
        for (place, step) in kind.steps.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|at| kind.steps.get(at)).map(|step| step.key.as_str());
            let after = step.due.as_ref().map(|due| due.after.as_str()).or(before);
            let (mut days, mut in_time) = (Vec::new(), Share::default());
            let (mut done, mut barrier) = (0, 0);
            for review in &here {
                let Some(record) = facts.step(review.id, &step.key) else { continue };
                done += u32::from(record.done);
                barrier += u32::from(!record.done);
                if !record.done {
                    continue;
                }
                let since = match after {
                    Some(after) => facts.step(review.id, after).map(|before| before.on),
                    None => Some(review.opened_on),
                };
                days.extend(since.map(|since| (record.on - since).num_days()));
                in_time = in_time.and(was_in_time(step, since, record, calendar));
            }
            rows.push(StepFigures {
                kind: kind.key.clone(),
                key: step.key.clone(),
                label: step.label.clone(),
                after: after.and_then(|key| kind.step(key)).map(|(_, step)| step.label.clone()).unwrap_or_default(),
                within: step.due.as_ref().map(|due| due.within.to_string()).unwrap_or_default(),
                done,
                barrier,
                to_come: count(here.iter()) - done - barrier,
                days: Spread::of(days),
                in_time,
            });
        }
    }
    rows
}

/// Whether a step was within its limit, as one of one; none of none where it has no limit, or opens only on that day (M15).
pub(super) fn was_in_time(
    step: &crate::domain::framework::Step,
    since: Option<chrono::NaiveDate>,
    record: &CountedStep,
    calendar: &Calendar,
) -> Share {
    let due = step.due.as_ref().filter(|due| !due.not_before).zip(since);
    let last = due.and_then(|(due, since)| calendar.due_on(since, due.within).ok());
    last.map_or(Share::default(), |last| Share::new(u32::from(record.on <= last), 1))
}

fn alerts(facts: &Facts<'_>, reviews: &[&CountedReview], now: DateTime<Utc>) -> AlertFigures {
    let mut found = AlertFigures::default();
    let (mut minutes, mut hours) = (Vec::new(), Vec::new());
    for alert in reviews.iter().filter_map(|review| facts.alerts.get(&review.id)).flatten() {
        found.opened += 1;
        found.closed += u32::from(!alert.is_open());
        for addressee in alert.heard_by() {
            found.told = found.told.and(Share::new(u32::from(addressee.told_at.is_some()), 1));
            if let Some(told) = addressee.told_at {
                minutes.push((told - alert.since(addressee)).num_minutes().max(0));
                found.acknowledged = found.acknowledged.and(Share::new(u32::from(addressee.acknowledged.is_some()), 1));
            }
        }
        let assured = alert.assured_at();
        hours.extend(assured.map(|at| (at - alert.opened_at).num_hours()));
        let said = alert.reviewed_in_time(now);
        let place = said.map_or(2, |yes| usize::from(!yes));
        found.by_review[usize::from(!alert.is_open())][place] += 1;
        found.reviewed_in_time = said.map_or(found.reviewed_in_time, |yes| found.reviewed_in_time.and(Share::new(u32::from(yes), 1)));
    }
    found.minutes_to_told = Spread::of(minutes);
    found.hours_to_review = Spread::of(hours);
    found
}

fn coverage(gathered: &Gathered, framework: &Framework) -> Coverage {
    let by = |of_review: fn(&CountedReview) -> &str, of_case: fn(&(String, String, String, u32)) -> &str| {
        let mut found: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        // A visit to a service is no part of the caseload that was looked at: it has neither a team nor a case type (S19, Q05).
        for review in gathered.reviews.iter().filter(|review| !review.of_service) {
            found.entry(of_review(review).to_string()).or_default().0 += 1;
        }
        for case in &gathered.caseload {
            found.entry(of_case(case).to_string()).or_default().1 += case.3;
        }
        let rows = found.into_iter().map(|(key, (reviews, cases))| Covered { name: key.clone(), key, reviews, cases });
        rows.collect::<Vec<Covered>>()
    };
    let mut case_types = by(|review| &review.case_type, |case| &case.2);
    let place = |key: &str| framework.case_types.iter().position(|known| known.key == key).unwrap_or(usize::MAX);
    case_types.sort_by_key(|row| place(&row.key));
    for row in &mut case_types {
        row.name = framework.case_type_label(&row.key).to_string();
    }
    let reviewed: BTreeSet<_> = gathered.reviews.iter().filter_map(|review| review.practitioner).collect();
    Coverage {
        services: by(|review| &review.service, |case| &case.1),
        teams: by(|review| &review.team, |case| &case.0),
        case_types,
        workers: Share::new(count(gathered.workers.intersection(&reviewed)), count(gathered.workers.iter())),
        visits: count(gathered.reviews.iter().filter(|review| review.of_service)),
    }
}

fn themes(facts: &Facts<'_>, reviews: &[&CountedReview], framework: &Framework) -> Vec<ThemeFigures> {
    let mut found: BTreeMap<&str, ThemeFigures> = BTreeMap::new();
    for review in reviews {
        let mut seen = BTreeSet::new();
        for theme in facts.themes(review.id) {
            let label = framework.themes.iter().find(|known| known.key == theme.theme).map_or(&theme.theme, |known| &known.label);
            let row = found.entry(theme.theme.as_str()).or_insert_with(|| ThemeFigures {
                key: theme.theme.clone(),
                label: label.clone(),
                strength: 0,
                improve: 0,
                reviews: 0,
                good_practice: 0,
            });
            match theme.strength {
                Some(true) => row.strength += 1,
                Some(false) => row.improve += 1,
                None => row.good_practice += 1,
            }
            row.reviews += u32::from(theme.strength.is_some() && seen.insert(theme.theme.as_str()));
        }
    }
    let place = |key: &str| framework.themes.iter().position(|known| known.key == key).unwrap_or(usize::MAX);
    let mut rows: Vec<ThemeFigures> = found.into_values().collect();
    rows.sort_by(|a, b| place(&a.key).cmp(&place(&b.key)).then_with(|| a.key.cmp(&b.key)));
    rows
}
