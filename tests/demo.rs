//! The made-up council: it keeps every rule, shows every state a newcomer should see, and is the same for the same seed.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use closeloop::demo::{self, COORDINATOR, DemoWanted};
use closeloop::domain::action::ActionState;
use closeloop::domain::change::Change;
use closeloop::domain::filter::Filter;
use closeloop::domain::framework::{Framework, Grading, ModerationTrigger};
use closeloop::domain::grade::Grade;
use closeloop::domain::id::{AlertId, ReportId};
use closeloop::domain::panel::{SittingStand, WhyHere};
use closeloop::domain::query::{ActionRow, From, QueueRow, QueueSort, StripRow, Viewer, Window};
use closeloop::domain::review::{ReviewFacts, ReviewState};
use closeloop::domain::sampling::draw_share;
use closeloop::domain::strip::StripOf;
use closeloop::profiles::{self, Catalog};
use closeloop::runtime::clerk::draw_again;
use closeloop::runtime::library::Library;
use closeloop::runtime::random::seeded;
use closeloop::store::{Store, verify};
use std::path::{Path, PathBuf};

const NOW: &str = "2026-11-19T14:06:00Z";

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn wanted(framework: &str, reviews: u32, seed: u64) -> DemoWanted {
    DemoWanted { framework: framework.into(), reviews, seed, now: now(), faults: false }
}

fn build(folder: &Path, wanted: &DemoWanted) -> PathBuf {
    let path = folder.join(format!("{}-{}-{}.db", wanted.framework, wanted.reviews, wanted.seed));
    let built = demo::build(&path, &Catalog::built_in(), wanted, &mut |_, _| {});
    let built = built.unwrap_or_else(|error| panic!("{}, {} reviews: {error}", wanted.framework, wanted.reviews));
    assert_eq!(built.reviews, wanted.reviews, "{}: as many as asked for", wanted.framework);
    path
}

fn ids() -> impl Iterator<Item = &'static str> {
    profiles::builtin().iter().map(|(id, _)| *id)
}

fn viewer() -> Viewer {
    Viewer::of(None, now(), today())
}

fn queue(store: &Store, filter: &str) -> Vec<QueueRow> {
    let window = Window { filter: Filter::parse(filter).0, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 5_000 };
    store.reading().queue(&window, &viewer()).unwrap().rows
}

fn actions(store: &Store, filter: &str) -> Vec<ActionRow> {
    let window = Window { filter: Filter::parse(filter).0, sort: (), reversed: false, from: From::Start, limit: 50_000 };
    store.reading().actions(&window, &viewer()).unwrap().rows
}

fn every_review(store: &Store) -> Vec<ReviewFacts> {
    queue(store, "all").iter().filter_map(|row| store.reading().review(row.id).unwrap()).collect()
}

/// Every change ever written, in order.
fn journal(store: &Store) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut first = 1;
    loop {
        let batch = store.reading().batch(first).unwrap();
        let Some((last, ..)) = batch.last() else { return changes };
        first = last + 1;
        changes.extend(batch.into_iter().map(|(.., change)| change));
    }
}

#[test]
fn every_framework_gets_a_council_whose_journal_verifies() {
    let folder = tempfile::tempdir().unwrap();
    for id in ids() {
        let path = build(folder.path(), &wanted(id, 60, 1));
        let verified = verify(&path, None, &mut |_, _| {}).unwrap();
        assert_eq!(verified.problems, Vec::<String>::new(), "{id}");
        assert!(verified.rows > 1_000, "{id}: only {} rows", verified.rows);
    }
}

#[test]
fn every_framework_shows_every_state_a_review_can_be_in() {
    let folder = tempfile::tempdir().unwrap();
    for id in ids() {
        let framework = Catalog::built_in().framework(id).unwrap();
        for seed in [1, 2, 3] {
            let store = Store::open(&build(folder.path(), &wanted(id, 60, seed))).unwrap();
            shows_every_state(&store, &framework, &format!("{id}, seed {seed}"));
        }
    }
}

fn shows_every_state(store: &Store, framework: &Framework, which: &str) {
    let reading = store.reading();
    let kind = framework.sampled_kind().unwrap();
    assert!(reading.setting("demo").unwrap().is_some(), "{which}");
    assert!(reading.person_by_login(COORDINATOR).unwrap().is_some(), "{which}");
    assert!(!queue(store, "unallocated").is_empty(), "{which}: everything is allocated");
    assert!(!queue(store, "late").is_empty(), "{which}: nothing is late");
    assert!(!queue(store, "today").is_empty(), "{which}: nothing is due today");
    assert!(!queue(store, "withdrawn").is_empty(), "{which}: no substitution");
    assert!(queue(store, "done").len() >= 30, "{which}: too few are finalised");
    assert!(!reading.absences_from(today()).unwrap().is_empty(), "{which}: nobody is away");

    let reviews = every_review(store);
    let some = |what: &str, holds: &dyn Fn(&ReviewFacts) -> bool| assert!(reviews.iter().any(holds), "{which}: no review {what}");
    let last = kind.steps.last().unwrap();
    some("whose family declined", &|review| review.steps.values().any(|record| record.not_done_because.is_some()));
    some("is returned and waits to be finalised", &|review| {
        review.state == ReviewState::Open && review.review.next.step.as_ref().is_some_and(|step| *step == last.key)
    });
    some("is submitted and not yet returned", &|review| {
        review.state == ReviewState::Open && review.submitted_at.is_some() && !review.passed("returned")
    });
    some("is under way", &|review| review.submitted_at.is_none() && review.reviewer.is_some());

    let moderated =
        framework.moderation.takes.iter().any(|trigger| matches!(trigger, ModerationTrigger::Every | ModerationTrigger::Grades(_)))
            && framework.moderation.kinds.contains(&kind.key);
    if moderated {
        some("waits for the panel", &|review| review.original.is_some() && review.moderated.is_none());
        some("was decided by the panel", &|review| review.moderated.is_some());
        let sitting = reading.next_panel(today()).unwrap().expect("a sitting");
        assert!(sitting.on > today() && sitting.on <= today() + Duration::days(10), "{which}: sits on {}", sitting.on);
    }
    if kind.grading != Grading::Ungraded {
        for grade in Grade::ALL {
            some(grade.key(), &|review| review.final_judgement().is_some_and(|judgement| judgement.grade == grade));
        }
    }
    for state in [ActionState::Open, ActionState::SignedOff] {
        assert!(actions(store, "all").iter().any(|action| action.state == state), "{which}: no action is {}", state.label());
    }
    let escalates = framework.escalation.kinds.contains(&kind.key) && framework.escalation.grades.contains(&Grade::Inadequate);
    if escalates {
        let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 100 };
        let mut alerts = reading.strips(&window, &viewer()).unwrap().rows;
        alerts.retain(|row| matches!(row.of, StripOf::Alert(_)));
        assert!(!alerts.is_empty(), "{which}: no alert is open");
        if framework.escalation.review_within.is_some() {
            let stored = |row: &StripRow| reading.alert(AlertId(row.of.number())).unwrap().unwrap();
            let lefts = alerts.iter().map(stored).filter(|alert| alert.assured_at().is_none()).filter_map(|alert| alert.review_due_at);
            let left = lefts.map(|due| due - now()).min().unwrap();
            assert!(left > Duration::zero() && left < Duration::hours(6), "{which}: the nearest alert has {left} left");
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_council_and_another_another() {
    let folder = tempfile::tempdir().unwrap();
    // Sefton draws a share of its reviews for the panel as well (F08).
    for id in ["merton", "sefton"] {
        let made = |name: &str, seed: u64| {
            let path = folder.path().join(format!("{id}-{name}"));
            demo::build(&path, &Catalog::built_in(), &wanted(id, 60, seed), &mut |_, _| {}).unwrap();
            journal(&Store::open(&path).unwrap())
        };
        let first = made("first.db", 5);
        assert!(first == made("second.db", 5), "{id}");
        assert!(first != made("third.db", 6), "{id}");
    }
}

#[test]
fn f08_every_random_share_of_the_council_can_be_drawn_again_from_its_receipt() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&build(folder.path(), &wanted("sefton", 60, 4))).unwrap();
    let (mut taken, mut passed) = (0, 0);
    for change in journal(&store) {
        let Change::ReviewSubmitted { share: Some(share), reasons, .. } = change else { continue };
        let before = (share.block - 1) * share.length + share.place - 1;
        assert_eq!(draw_share(share.percent, share.seed, before, seeded), share);
        assert_eq!(reasons.contains(&WhyHere::RandomShare), share.taken, "{share:?}");
        *if share.taken { &mut taken } else { &mut passed } += 1;
    }
    assert!(taken >= 10 && passed >= taken, "{taken} of {}", taken + passed);
}

#[test]
fn every_draw_of_the_council_can_be_repeated_from_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&build(folder.path(), &wanted("sefton", 60, 4))).unwrap();
    let mut library = Library::default();
    let mut drawn = 0;
    // What is only planned, and the extra work of the last days, has not been drawn.
    for (cycle, _) in store.reading().cycles().unwrap().into_iter().filter(|(_, counts)| counts.reviews > 0) {
        if let Some(redrawn) = draw_again(store.reading(), &mut library, cycle.id, &viewer()).unwrap() {
            assert!(redrawn.same_frame && redrawn.same_draw, "{}: {redrawn:?}", cycle.reference);
            drawn += 1;
        }
    }
    assert!(drawn >= 12, "only {drawn} cycles were drawn");
}

#[test]
fn a_usual_demo_is_a_council_one_would_believe() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&build(folder.path(), &wanted("merton", 500, 1))).unwrap();
    let reading = store.reading();
    let graded: Vec<Grade> = every_review(&store).iter().filter_map(|review| review.original.map(|judgement| judgement.grade)).collect();
    let share = |grade: Grade| graded.iter().filter(|other| **other == grade).count() * 100 / graded.len();
    for (grade, least, most) in
        [(Grade::Outstanding, 4, 13), (Grade::Good, 38, 56), (Grade::RequiresImprovement, 28, 44), (Grade::Inadequate, 5, 15)]
    {
        assert!((least..=most).contains(&share(grade)), "{} % {}", share(grade), grade.key());
    }
    let (open, late) = (actions(&store, "open"), actions(&store, "late"));
    assert!(!late.is_empty() && late.len() * 100 <= open.len() * 15, "{} of {} open actions are overdue", late.len(), open.len());
    let mut cycles = reading.cycles().unwrap();
    let planned = cycles.extract_if(.., |(_, counts)| counts.reviews == 0).count();
    assert_eq!((cycles.len(), planned), (13, 7), "six are planned ahead, and a board asked for one");
    assert!(cycles.iter().skip(2).all(|(cycle, counts)| counts.finalised == counts.reviews && cycle.closed_on.is_some()));
    // Nothing waits for a panel that has sat: what an earlier cycle still has before it came in on the day it sat, or later.
    let sat = reading.sittings(today(), 100).unwrap().into_iter().filter(|sitting| sitting.stand == SittingStand::Closed);
    let last = sat.map(|sitting| sitting.panel.on).max().unwrap();
    let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 500 };
    let waiting = reading.panel(&window, &viewer(), &[]).unwrap().rows;
    assert!(!waiting.is_empty() && waiting.iter().all(|row| row.submitted_on >= Some(last)), "{last}: {waiting:?}");
    for role in ["coordinator", "TM", "SM", "HoS", "IRO", "Director"] {
        let found = reading.people().unwrap().into_iter().any(|person| person.role == role && !person.login.is_empty());
        assert!(found, "no {role} can sign in");
    }
    let coordinator = reading.person_by_login(COORDINATOR).unwrap().unwrap();
    assert_eq!(coordinator.role, "coordinator");
}

#[test]
fn c11_what_a_step_of_the_council_says_is_an_answer_to_what_it_asks() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&build(folder.path(), &wanted("central-bedfordshire", 60, 1))).unwrap();
    let reviews = every_review(&store);
    let records = reviews.iter().flat_map(|facts| facts.steps.values());
    let trainings: Vec<&String> = records.filter_map(|record| record.values.get("training")).collect();
    assert!(!trainings.is_empty() && !trainings.iter().any(|said| said.contains("telephone") || said.contains("letter")), "{trainings:?}");
}

#[test]
fn a_demo_of_any_size_is_built() {
    let folder = tempfile::tempdir().unwrap();
    for reviews in [1, 2, 7, 13, 41] {
        let path = build(folder.path(), &wanted("merton", reviews, 1));
        assert!(!queue(&Store::open(&path).unwrap(), "all").is_empty());
    }
}

#[test]
fn a_demo_can_be_built_on_any_day() {
    let folder = tempfile::tempdir().unwrap();
    // New Year, a leap day, the night of a clock change, a bank holiday, the end of a month late on a Saturday.
    let moments = ["2026-01-01T00:05:00Z", "2024-02-29T12:00:00Z", "2026-03-29T01:00:00Z", "2026-05-04T07:00:00Z", "2026-10-31T23:50:00Z"];
    for moment in moments {
        for id in ids() {
            let wanted = DemoWanted { now: moment.parse().unwrap(), ..wanted(id, 45, 9) };
            let path = folder.path().join(format!("{id}-{}.db", &moment[..10]));
            let built = demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {});
            let built = built.unwrap_or_else(|error| panic!("{id} on {moment}: {error}"));
            assert_eq!(built.reviews, wanted.reviews, "{id} on {moment}: as many as asked for");
            let store = Store::open(&path).unwrap();
            let newest = store.reading().last_written_at().unwrap().unwrap();
            assert!(newest <= wanted.now, "{id} on {moment}: something was written at {newest}");
        }
    }
}

#[test]
fn a_council_that_cannot_be_made_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db");
    let mut quiet = |_: u64, _: u64| {};
    let nothing = demo::build(&path, &Catalog::built_in(), &wanted("merton", 0, 1), &mut quiet).unwrap_err().to_string();
    assert!(nothing.contains("from 1 to"), "{nothing}");
    let unknown = demo::build(&path, &Catalog::built_in(), &wanted("mertn", 60, 1), &mut quiet).unwrap_err().to_string();
    assert!(unknown.contains("merton"), "{unknown}");
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn c09_no_report_is_kept_twice_and_none_goes_out_of_a_quarter_that_still_runs() {
    let folder = tempfile::tempdir().unwrap();
    for id in ids() {
        let path = build(folder.path(), &wanted(id, 120, 1));
        let store = Store::open(&path).unwrap();
        let kept: Vec<_> = (1..).map_while(|id| store.reading().report(ReportId(id)).unwrap()).map(|(report, _)| report).collect();
        assert!(kept.len() > 3, "{id}");
        for report in &kept {
            let of = format!("{id}: {} of {}", report.kind, report.material.title);
            assert_eq!(report.version, 1, "{of}");
            // Half a year or a year need not have ended with one of the last cycles; the quarters of these have.
            let quarterly = report.kind.starts_with("quarterly") || report.kind == "feedback";
            assert!(!quarterly || report.material.until < today(), "{of}");
        }
        let quarterly = kept.iter().filter(|report| report.kind.starts_with("quarterly")).count();
        assert_eq!(quarterly, if id == "central-bedfordshire" { 2 } else { 0 }, "{id}");
    }
}
