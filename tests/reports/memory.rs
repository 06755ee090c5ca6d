//! What the last report promised against how it stands now, and when the next one is due. S15, S17, F19, C09.

use super::{build, material, reviewed, said};
use crate::support::world::{World, day};
use closeloop::domain::action::{ActionState, Effect};
use closeloop::domain::framework::ReportKind;
use closeloop::domain::id::{ActionId, CycleId, ReviewId};
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::report::{AlertLine, Narrative, PlanAction, Year, keep_of, next_due, period, since};
use closeloop::profiles::{builtin, parse};

fn action(id: i64, due: &str, state: ActionState) -> PlanAction {
    PlanAction {
        id: ActionId(id),
        review: ReviewId(id),
        reference: format!("A-{id:04}"),
        text: "Chronology brought up to date".into(),
        owner: "Social worker".into(),
        due_on: day(due),
        urgent: false,
        state,
        done_on: None,
        effect: None,
        recurred: 0,
        service: String::new(),
    }
}

#[test]
fn s17_every_promise_is_told_once_as_it_stands_now() {
    let (mut world, cycle) = reviewed();
    let mut last = material(&mut world, cycle, "tracking");
    let open = |id, due| action(id, due, ActionState::Open);
    let was_done = |id| action(id, "2026-11-01", ActionState::SignedOff);
    last.actions = vec![
        open(1, "2026-11-20"),
        open(2, "2026-11-20"),
        open(3, "2026-12-20"),
        open(4, "2026-11-20"),
        open(5, "2026-11-20"),
        was_done(6),
        was_done(7),
    ];
    let now = vec![
        action(1, "2026-11-20", ActionState::Done),
        // A later day that was given since does not unsay the one that was promised.
        action(2, "2026-12-24", ActionState::InProgress),
        action(3, "2026-12-20", ActionState::Open),
        action(4, "2026-11-20", ActionState::Withdrawn),
        PlanAction { recurred: 1, ..action(6, "2026-12-20", ActionState::Open) },
        PlanAction { effect: Some(Effect::Sustained), ..was_done(7) },
    ];
    let found = since("RP-0001", &last, &now, day("2026-12-01"));
    assert_eq!((found.promised, found.happened, found.to_come, found.withdrawn, found.sustained), (5, 1, 1, 2, 1));
    assert_eq!(found.slipped.iter().map(|one| one.now.id.0).collect::<Vec<_>>(), [2]);
    assert_eq!(found.recurred.iter().map(|one| one.now.id.0).collect::<Vec<_>>(), [6]);
}

#[test]
fn s17_the_first_page_of_the_next_report_looks_back_on_the_last() {
    let (mut world, cycle) = reviewed();
    let first = build(&mut world, "Amina Khan", cycle, "collaborative-review");
    assert!(said(&first.material, &Narrative::new()).contains("No earlier report of this kind has been kept"));
    world.at("2026-12-02T09:00:00Z");
    let next = world.open_cycle("2026-12-01");
    world.at("2027-01-20T09:00:00Z");
    let text = said(&material(&mut world, next, "collaborative-review"), &Narrative::new());
    assert!(text.contains("The report of November 2026 was counted on 21 November 2026."), "{text}");
    assert!(text.contains("Promised: 1 action out of a review was open"), "{text}");
    assert!(text.contains("Slipped: it is past the day that was promised") && text.contains("Draw the family network with Kim"), "{text}");
}

fn kind(framework: &str, key: &str) -> ReportKind {
    let text = builtin().iter().find(|(id, _)| *id == framework).unwrap().1;
    parse(text, framework).unwrap().reports.into_iter().find(|kind| kind.key == key).unwrap()
}

/// A framework that divides its time so.
fn year(cycle_months: u32, starts_in: u32) -> Year {
    Year { cycle_months, starts_in }
}

#[test]
fn s15_the_two_reports_fall_due_in_alternate_months() {
    let (qa, enabler) = (kind("sandwell", "qa-report"), kind("sandwell", "enabler-report"));
    let year = year(2, 11);
    assert_eq!(next_due(&qa, None, year, day("2026-11-19")), Some(day("2026-12-31")));
    assert_eq!(next_due(&enabler, None, year, day("2026-11-19")), Some(day("2026-11-30")));
    assert_eq!(next_due(&qa, Some(day("2026-12-31")), year, day("2027-01-10")), Some(day("2027-02-28")));
    assert_eq!(period(&qa, day("2026-09-01"), year, day("2026-11-19")), (day("2026-09-01"), day("2026-10-31")));
}

#[test]
fn c09_f19_a_longer_report_speaks_of_a_fixed_time_whichever_of_its_months_it_is_asked_for_in() {
    let (today, monthly) = (day("2026-11-19"), year(1, 4));
    let review = kind("merton", "collaborative-review");
    assert_eq!(period(&review, day("2026-10-01"), monthly, today), (day("2026-10-01"), day("2026-10-31")));
    let quarterly = kind("central-bedfordshire", "quarterly-audit");
    for month in ["2026-07-01", "2026-08-01", "2026-09-01"] {
        assert_eq!(period(&quarterly, day(month), monthly, today), (day("2026-07-01"), day("2026-09-30")));
    }
    assert_eq!(next_due(&quarterly, Some(day("2026-09-30")), monthly, today), Some(day("2026-12-31")));
    assert_eq!(next_due(&quarterly, None, monthly, today), Some(day("2026-12-31")));
    assert_eq!(period(&kind("sefton", "complaints-annual"), day("2026-10-01"), monthly, today), (day("2026-04-01"), day("2027-03-31")));
    let half = kind("sandwell", "benchmarking-report");
    assert_eq!(period(&half, day("2026-09-01"), year(2, 11), today), (day("2026-05-01"), day("2026-10-31")));
    // C09: a weekly one looks at the last seven days.
    assert_eq!(period(&kind("central-bedfordshire", "weekly-performance"), day("2026-11-01"), monthly, today), (day("2026-11-13"), today));
    assert_eq!(next_due(&review, Some(day("2026-10-31")), monthly, today), Some(day("2026-11-30")));
}

#[test]
fn what_an_older_closeloop_kept_is_written_again_as_it_was() {
    // A report that says more than it did would differ from the journal it was made from: `verify` would call that tampering.
    let kept = r#"{"review":12,"reference":"AL-0003","opened_on":"2026-10-12","closed_on":null}"#;
    let line: AlertLine = serde_json::from_str(kept).unwrap();
    assert_eq!(serde_json::to_string(&line).unwrap(), kept);
}

#[test]
fn m20_a_report_of_one_cycle_is_due_when_the_cycle_s_own_phase_for_it_ends() {
    let mut world = World::ready();
    let rows = match world.ask(Query::Reports) {
        Answered::Reports(rows) => rows,
        other => panic!("reports answer with reports, not {other:?}"),
    };
    let (cycle, _) = world.store.reading().cycles().unwrap().remove(0);
    let ends = cycle.phase("report").unwrap().ends;
    let own = rows.iter().find(|row| row.kind == "collaborative-review" && row.cycle == cycle.id).unwrap();
    assert!(ends > day("2026-11-30"));
    assert_eq!(own.due, Some(ends));
}

/// Merton, whose report of open loops is made one service's own: that of team managers.
fn of_team_managers() -> (World, CycleId) {
    let merton = builtin().iter().find(|(id, _)| *id == "merton").unwrap().1;
    let mut world = World::under(&merton.replace("key = \"tracking\"\n", "key = \"tracking\"\nwhose = [\"TM\"]\n"));
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 7, 7);
    world.allocate_all();
    world.at("2026-11-12T10:00:00Z");
    let first = world.references().remove(0);
    world.through(&first, "finalised");
    for (owner, text) in [("Noor Carter", "Draw the family network with Kim"), ("Tara Moss", "Hold the supervision that was missed")] {
        let deed = world.action(&first, owner, text);
        world.do_("Iris Tamm", deed);
    }
    (world, cycle)
}

#[test]
fn s16_s25_f18_one_service_s_own_report_looks_back_on_what_that_service_owed() {
    let (mut world, cycle) = of_team_managers();
    let kept = build(&mut world, "Amina Khan", cycle, "tracking");
    assert_eq!(kept.material.whose, ["Team manager"]);
    assert_eq!(kept.material.actions.iter().map(|action| action.owner.as_str()).collect::<Vec<_>>(), ["Team manager"]);
    // The others tell of everybody's.
    assert_eq!(material(&mut world, cycle, "collaborative-review").actions.len(), 2);
    world.at("2026-12-02T09:00:00Z");
    let next = world.open_cycle("2026-12-01");
    world.at("2027-01-20T09:00:00Z");
    let text = said(&material(&mut world, next, "tracking"), &Narrative::new());
    assert!(text.contains("this service\u{2019}s own: actions out of reviews that are with the team manager."), "{text}");
    assert!(text.contains("Promised: 1 action out of a review was open"), "{text}");
    assert!(text.contains("Hold the supervision that was missed") && !text.contains("Draw the family network"), "{text}");
}

#[test]
fn s16_what_was_kept_before_its_kind_told_of_one_service_is_narrowed_as_well() {
    let mut actions = vec![action(1, "2026-11-20", ActionState::Open), action(2, "2026-11-20", ActionState::Open)];
    actions[1].owner = "Registered manager (fostering)".into();
    let mut all = actions.clone();
    keep_of(&[], &mut all);
    assert_eq!(all.len(), 2, "of nobody in particular all stay");
    keep_of(&["Registered manager (fostering)".to_string()], &mut actions);
    assert_eq!(actions.iter().map(|action| action.id.0).collect::<Vec<_>>(), [2]);
}

#[test]
fn s16_s25_f18_c09_the_services_own_reports_name_whose_actions_they_tell_of() {
    let own = [("sandwell", "fostering-report", "RM"), ("sandwell", "resources-report", "R-HoS"), ("sefton", "safeguarding-unit", "IRO")];
    for (framework, key, role) in own.into_iter().chain([("central-bedfordshire", "quarterly-conference-review", "CP-Chair")]) {
        assert!(kind(framework, key).whose.iter().any(|known| known == role), "{framework}/{key}");
    }
    assert!(kind("sandwell", "qa-report").whose.is_empty());
}
