//! One cycle by itself, and beside the one before it: why a share fell. M19, M27.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::demo::{self, COORDINATOR, DemoWanted};
use closeloop::domain::framework::StepDuty;
use closeloop::domain::id::ReviewId;
use closeloop::domain::insight::pages::PageOf;
use closeloop::domain::query::{Again, Answered, InsightWanted, Query};
use closeloop::domain::review::ReviewState;
use closeloop::profiles::Catalog;

fn year() -> (tempfile::TempDir, World) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("year.db");
    let now = "2026-11-19T14:06:00Z".parse().unwrap();
    let wanted = DemoWanted { framework: "merton".into(), reviews: 130, seed: 7, now, faults: false };
    demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    let mut world = World::copy_of(&path);
    world.at("2026-11-19T14:06:00Z");
    (folder, world)
}

fn coordinator(world: &World) -> String {
    world.store.reading().person_by_login(COORDINATOR).unwrap().unwrap().name
}

#[test]
fn m19_b_sets_a_cycle_beside_the_one_before_it_down_to_each_question_and_theme() {
    let (_folder, world) = year();
    let name = coordinator(&world);
    let mut small = Robot::somebody(world, SMALL, &name);
    small.press("6 k").expect_line("B what moved");
    let mut robot = Robot::somebody(small.into_world(), LARGE, &name);
    robot.press("6 k").expect_line("B: what moved since the cycle before. c: this cycle alone.");
    robot.press("B").expect_line("Then and now").expect_line("2026-09 September 2026").expect_line("2026-10 October 2026");
    robot.expect_line("October 2026 and the cycle before it").expect_line("Good or better").expect_line("Questions");
    // Nothing was before the first of all.
    robot.press("esc y g B").expect_no("Then and now").expect_notice("There is no earlier one to set beside it.");
    // On another page no row is a cycle.
    robot.press("tab B").expect_notice("Put the cursor on a cycle first, on the page \u{201c}Cycles\u{201d}.");
}

#[test]
fn m27_one_cycle_alone_is_counted_on_every_page_until_all_are_again() {
    let (_folder, world) = year();
    let name = coordinator(&world);
    let mut robot = Robot::somebody(world, LARGE, &name);
    robot.press("6").expect_line("Tab next page").press("k").expect_line("B what moved");
    robot.press("c").expect_line("2026-10 alone").expect_no("2026-09").expect_line("c all cycles");
    robot.press("tab tab tab").expect_line("2026-10 alone").expect_line("To improve").expect_no("2026-08");
    // A number behind it opens the reviews of that cycle alone.
    robot.press("enter").expect_line("cycles:2026-10").press("esc").expect_line("2026-10 alone");
    robot.press("c").expect_line("last 12 cycles").expect_line("2026-08");
    robot.press("c").expect_notice("Put the cursor on a cycle first");
    // Whoever turns the window sees it, and not one cycle of it.
    robot.press("6 6 6 6 6 6 k c").expect_line("alone").press("y").expect_line("last 12 cycles");
}

#[test]
fn m27_what_moved_is_counted_of_one_kind_and_one_service_as_the_page_is() {
    let (_folder, mut world) = year();
    let name = coordinator(&world);
    let page = |service: Option<&str>| InsightWanted {
        page: PageOf::Cycles,
        service: service.map(str::to_string),
        only: Some("2026-10".into()),
        ..InsightWanted::default()
    };
    for service in [None, Some("Family Safeguarding")] {
        let Answered::Insight(shown) = world.answer_to(&name, &Query::Insight(page(service))).unwrap() else { panic!() };
        let [row] = shown.grid.rows.as_slice() else { panic!("{:?}", shown.grid.rows) };
        let place = shown.grid.columns.iter().position(|column| column == "Good or better").unwrap();
        let good = row.cells[place].count.unwrap();
        let again = Again::Before { cycle: "2026-10".into(), kind: None, service: service.map(str::to_string) };
        let Answered::ThenNow(Some(found)) = world.answer_to(&name, &Query::ThenNow(again)).unwrap() else { panic!() };
        let said = &found.parts[0].rows.iter().find(|row| row.what == "Good or better").unwrap().now;
        assert!(said.contains(&format!("({good} of ")), "{service:?}: {said} and {good}");
        assert_eq!(found.what.contains("Family Safeguarding alone"), service.is_some(), "{}", found.what);
    }
}

#[test]
fn m19_families_that_nobody_has_asked_yet_make_a_cycle_under_way_look_no_worse() {
    let (_folder, mut world) = year();
    let name = coordinator(&world);
    let (mut spoken, mut known, mut all) = (0, 0, 0);
    let reading = world.store.reading();
    let framework = Catalog::built_in().framework("merton").unwrap();
    for number in 1.. {
        let Some(facts) = reading.review(ReviewId(number)).unwrap() else { break };
        let (cycle, _) = reading.cycle_and_counts(facts.review.cycle).unwrap().unwrap();
        let step = framework.kind(&facts.review.kind).and_then(|kind| kind.step_of(StepDuty::FamilyContact));
        let Some((_, step)) = step.filter(|_| cycle.reference == "2026-11" && facts.state != ReviewState::Withdrawn) else { continue };
        all += 1;
        known += u32::from(facts.steps.contains_key(&step.key));
        spoken += u32::from(facts.steps.get(&step.key).is_some_and(|record| record.not_done_because.is_none()));
    }
    assert!(spoken > 0 && known < all, "{spoken} of {known} of {all}");
    let again = Again::Before { cycle: "2026-11".into(), kind: None, service: None };
    let Answered::ThenNow(Some(found)) = world.answer_to(&name, &Query::ThenNow(again)).unwrap() else { panic!() };
    let row = found.parts[0].rows.iter().find(|row| row.what == "Families spoken with").unwrap();
    assert!(row.now.ends_with(&format!("({spoken} of {known})")), "{} where {spoken} of {known} of {all}", row.now);
}
