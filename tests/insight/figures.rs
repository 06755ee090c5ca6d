//! What is counted as what: the random sample apart from named cases, answers, families, steps and alerts.

use crate::support::cast::text_of;
use chrono::{DateTime, NaiveDate, Utc};
use closeloop::domain::calendar::Calendar;
use closeloop::domain::cycle::Cycle;
use closeloop::domain::framework::Framework;
use closeloop::domain::grade::{Grade, Judgement};
use closeloop::domain::id::{CycleId, PersonId, ReviewId};
use closeloop::domain::insight::figures::*;
use closeloop::domain::insight::pages::{PageOf, page};
use std::sync::Arc;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn framework(id: &str) -> Framework {
    closeloop::profiles::parse(text_of(id), id).unwrap()
}

fn review(id: i64, kind: &str, grade: Option<Grade>) -> CountedReview {
    CountedReview {
        of_service: false,
        id: ReviewId(id),
        cycle: CycleId(1),
        kind: kind.into(),
        case_type: "cp".into(),
        team: "North Court".into(),
        service: "Safeguarding".into(),
        practitioner: Some(PersonId(id)),
        opened_on: day("2026-11-02"),
        drawn: true,
        submitted: grade.is_some(),
        finalised: false,
        waiting: false,
        moderated: false,
        by_chance: false,
        original: grade.map(|grade| Judgement { scaling: None, grade }),
        panel: None,
    }
}

fn counted(framework: Framework, mut gathered: Gathered) -> Figures {
    let cycle = Cycle {
        id: CycleId(1),
        reference: "2026-11".into(),
        framework: framework.id.clone(),
        version: framework.version,
        title: "November 2026".into(),
        kind: framework.main_kind().unwrap().key.clone(),
        focus: String::new(),
        focus_reason: String::new(),
        focus_note: String::new(),
        starts_on: day("2026-11-01"),
        phases: Vec::new(),
        closed_on: None,
        beside: false,
        extra: None,
        again: None,
        let_go: None,
    };
    let of = Arc::new(framework);
    gathered.cycles = vec![(cycle, of.clone())];
    let now: DateTime<Utc> = "2026-11-19T14:06:00Z".parse().unwrap();
    let calendar = Calendar::new(closeloop::intake::holidays::built_in().unwrap());
    fold(FiguresWanted { cycles: vec![CycleId(1)], ..FiguresWanted::default() }, &gathered, &of, &calendar, now)
}

const KIND: &str = "collaborative-review";

#[test]
fn f03_named_cases_are_counted_but_kept_out_of_the_random_samples_grades() {
    let showcase = CountedReview { drawn: false, ..review(3, KIND, Some(Grade::Outstanding)) };
    let reviews = vec![review(1, KIND, Some(Grade::Good)), review(2, KIND, Some(Grade::Inadequate)), showcase, review(4, KIND, None)];
    let figures = counted(framework("merton"), Gathered { reviews, ..Gathered::default() });
    let cycle = &figures.cycles[0];
    assert_eq!((cycle.progress.sample, cycle.progress.drawn, cycle.progress.submitted), (4, 3, 3));
    assert_eq!((cycle.final_grades.drawn.0, cycle.final_grades.all.0), ([0, 1, 0, 1], [1, 1, 0, 1]));
    assert_eq!((cycle.good_or_better().n, cycle.good_or_better().of), (1, 2));
    // On the page the count of all is not called the sample, and it is said why the grades add up to fewer.
    let grid = page(PageOf::Cycles, &figures, &framework("merton"), None);
    assert_eq!(grid.columns[..2], ["Reviews", "Submitted"]);
    let says = grid.says.join(" ");
    assert!(says.contains("1 named review is counted under Reviews and Submitted, not among the grades."), "{says}");
}

#[test]
fn m08_the_panels_grade_counts_and_the_original_stays_beside_it() {
    let judged = |grade| Some(Judgement { scaling: None, grade });
    let decided = CountedReview { moderated: true, panel: judged(Grade::RequiresImprovement), ..review(1, KIND, Some(Grade::Good)) };
    let by_chance = CountedReview { by_chance: true, panel: judged(Grade::Good), moderated: true, ..review(2, KIND, Some(Grade::Good)) };
    let figures = counted(framework("merton"), Gathered { reviews: vec![decided, by_chance], ..Gathered::default() });
    let cycle = &figures.cycles[0];
    assert_eq!((cycle.original.drawn.0, cycle.final_grades.drawn.0), ([0, 2, 0, 0], [0, 1, 1, 0]));
    assert_eq!((cycle.shift.all.lowered(), cycle.shift.all.pairs(), cycle.shift.by_chance.pairs()), (1, 2, 1));
}

#[test]
fn m19_questions_have_their_middle_and_what_does_not_apply_counts_nowhere() {
    let framework = framework("merton");
    let key = framework.kind(KIND).unwrap().areas[0].questions[0].key.clone();
    let answer = |id, point| CountedAnswer { review: ReviewId(id), field: format!("q/{key}"), value: CountedValue::Point(point) };
    let reviews = (1..=4).map(|id| review(id, KIND, Some(Grade::Good))).collect();
    let answers = vec![answer(1, 2), answer(2, 7), answer(3, 8)];
    let figures = counted(framework, Gathered { reviews, answers, ..Gathered::default() });
    let question = &figures.questions[0];
    assert_eq!((question.key.as_str(), question.answers.n()), (key.as_str(), 3));
    let spread = question.answers.spread();
    assert_eq!((spread.median, spread.least, spread.most), (Some(7.0), Some(2), Some(8)));
    assert_eq!((question.answers.at_least(6), question.answers.at_least(9)), (2, 0));
    assert_eq!((figures.areas[0].reviews, figures.areas[0].service.as_str()), (3, "Safeguarding"));
}

#[test]
fn s17_a_step_is_in_time_by_working_days_and_a_day_that_only_opens_has_no_time() {
    let framework = framework("merton");
    let step = |id, key: &str, on: &str| CountedStep { review: ReviewId(id), step: key.into(), on: day(on), done: true, said: false };
    // Three working days from Thursday the 5th are Tuesday the 10th.
    let steps = vec![
        step(1, "allocated", "2026-11-05"),
        step(1, "contact", "2026-11-10"),
        step(2, "allocated", "2026-11-05"),
        step(2, "contact", "2026-11-11"),
        step(3, "allocated", "2026-11-05"),
    ];
    let reviews = (1..=3).map(|id| review(id, KIND, None)).collect();
    let figures = counted(framework, Gathered { reviews, steps, ..Gathered::default() });
    let of = |key: &str| figures.steps.iter().find(|step| step.key == key).unwrap();
    let contact = of("contact");
    assert_eq!((contact.done, contact.to_come, contact.in_time.n, contact.in_time.of), (2, 1, 1, 2));
    assert_eq!(contact.days.median, Some(5.5));
    assert_eq!(of("finalised").in_time.of, 0, "M15: it opens on its day, and is not late by it");
}

#[test]
fn c10_a_family_that_declines_is_an_answer_and_no_silence() {
    let framework = framework("merton");
    let step = |id, done, said| CountedStep { review: ReviewId(id), step: "family-contact".into(), on: day("2026-11-12"), done, said };
    let steps = vec![step(1, true, true), step(2, false, false)];
    let reviews = (1..=3).map(|id| review(id, KIND, None)).collect();
    let family = counted(framework, Gathered { reviews, steps, ..Gathered::default() }).family;
    assert_eq!((family.asked_for, family.contacted, family.barrier, family.said), (3, 1, 1, 1));
}

#[test]
fn a_theme_that_is_both_counts_once_as_a_review() {
    let theme = |strength| CountedTheme { review: ReviewId(1), theme: "voice".into(), strength };
    let themes = vec![theme(Some(true)), theme(Some(false)), theme(None)];
    let gathered = Gathered { reviews: vec![review(1, KIND, Some(Grade::Good))], themes, ..Gathered::default() };
    let figures = counted(framework("merton"), gathered);
    let voice = &figures.themes[0];
    assert_eq!((voice.reviews, voice.strength, voice.improve, voice.good_practice), (1, 1, 1, 1));
    assert_eq!(figures.cycles[0].good_practice, 1);
}

#[test]
fn figures_are_frozen_as_json_and_read_again() {
    let figures = counted(framework("sefton"), Gathered { reviews: vec![review(1, "case-file-audit", None)], ..Gathered::default() });
    let text = serde_json::to_string(&figures).unwrap();
    assert_eq!(serde_json::from_str::<Figures>(&text).unwrap(), figures);
}
