//! S10, C04: an alert is opened by the grade itself, submitted or decided at the panel, under the profiles of other councils.

use super::{FIRST, alert, assure, close, keep, name, tell_all};
use crate::choosing::{council, cycle, naming};
use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::alert::{AlertTrigger, HowTold, KeptKind, Need};
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::{Side, SubjectKind};
use closeloop::domain::grade::Grade;
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::review::Chosen;

const KINDS: [&str; 3] = ["practice-review", "thematic-review", "practice-observation"];

/// One review of a kind on Sandwell's profile, allocated and open on the screen of its coordinator.
fn named(kind: &str, carer: bool) -> Robot {
    let mut world = if carer { council("sandwell") } else { World::run_by("sandwell") };
    world.at("2026-11-05T09:30:00Z");
    let id = cycle(&mut world, "2026-11-01");
    let wanted = naming(&world, id, kind, Chosen::Added, 0);
    let frame = world.store.reading().subjects(true).unwrap();
    let foster = frame.into_iter().find(|subject| subject.kind == SubjectKind::FosterCarer).map(|subject| Whom::Known(subject.id));
    let wanted = if carer { NamedWanted { whom: foster.unwrap(), ..wanted } } else { wanted };
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    world.allocate_all();
    let reference = world.references()[0].clone();
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens(&reference).at("2026-11-16T10:00:00Z");
    robot
}

fn submitted(robot: &mut Robot, grade: Grade) {
    robot.follows_the_finish_list(grade).press("enter").expect_dialog("Submit").type_text("submit").press("enter").expect_no_dialog();
}

fn roles(world: &World) -> Vec<String> {
    alert(world).addressees.iter().map(|one| one.role.clone()).collect()
}

#[test]
fn s10_an_inadequate_of_the_reviewer_goes_at_once_to_the_two_managers_whichever_kind_of_review() {
    for kind in KINDS {
        let mut robot = named(kind, false);
        submitted(&mut robot, Grade::Inadequate);
        let world = &mut robot.world;
        assert_eq!((alert(world).trigger, alert(world).opened_at), (AlertTrigger::Reviewer, world.now), "{kind}");
        assert_eq!(roles(world), ["SM", "HoS"], "{kind}");
        world.assert_verified();
    }
}

#[test]
fn s10_an_inadequate_of_the_panel_opens_one_where_the_reviewer_s_grade_did_not() {
    let framework = closeloop::profiles::parse(crate::support::cast::text_of("sandwell"), "sandwell").unwrap();
    let moderated: Vec<&str> = KINDS.into_iter().filter(|kind| framework.moderation.kinds.iter().any(|one| one == kind)).collect();
    assert_eq!(moderated, ["practice-review"], "S07: the others come before no panel");
    for kind in moderated {
        let mut robot = named(kind, false);
        submitted(&mut robot, Grade::RequiresImprovement);
        assert!(robot.world.store.reading().alert(FIRST).unwrap().is_none(), "{kind}");
        let service = robot.world.store.reading().service_of_review(robot.world.id(&robot.reference())).unwrap();
        let chair = if service == "Safeguarding" { "Sam Miller" } else { "Sita Moran" };
        robot.at("2026-11-24T10:00:00Z").is_moderated(chair, Grade::Inadequate);
        let world = &mut robot.world;
        assert_eq!(alert(world).trigger, AlertTrigger::Moderator, "{kind}");
        assert_eq!(roles(world), ["SM", "HoS"], "{kind}");
        world.assert_verified();
    }
}

#[test]
fn s09_s10_a_foster_carer_s_inadequate_goes_to_the_registered_manager_and_the_responsible_individual() {
    let mut robot = named("practice-review", true);
    submitted(&mut robot, Grade::Inadequate);
    assert_eq!(roles(&robot.world), ["RM", "RespInd"]);
    assert_eq!(name(&robot.world, "RM", Side::Child), "Remy Vale");
}

/// An evaluation of Central Bedfordshire, open on the screen of its coordinator.
fn evaluation() -> Robot {
    let mut world = World::run_by("central-bedfordshire");
    let id = world.at("2026-11-03T09:30:00Z").open_cycle("2026-11-01");
    world.draw(id, 1, 7);
    world.allocate_all();
    let mut robot = Robot::sits_down(world, SMALL);
    robot.opens("PE-0001").at("2026-11-12T10:00:00Z");
    robot
}

#[test]
fn c04_an_evaluator_s_inadequate_opens_an_alert_that_waits_for_the_reflective_discussion() {
    let mut robot = evaluation();
    submitted(&mut robot, Grade::Inadequate);
    let world = &mut robot.world;
    assert_eq!((alert(world).trigger, roles(world)), (AlertTrigger::Reviewer, ["TM", "HoS", "AD"].map(String::from).to_vec()));
    for gap in (0..3).filter(|place| alert(world).addressees[*place].person.is_none()).collect::<Vec<_>>() {
        let because = "Vacant until January".into();
        world.do_("Amina Khan", Deed::Alert(closeloop::domain::deed::AlertDeed::ExplainGap { alert: FIRST, place: gap, because }));
    }
    tell_all(world, HowTold::Telephone);
    let tm = name(world, "TM", Side::Child);
    world.do_(&tm, assure(&[("safety", "Seen today, and safe"), ("actions", "A visit each week, by the TM")]));
    let said = world.refused(close());
    assert!(said.contains("\u{201c}Reflective discussion held\u{201d} is not recorded"), "{said}");
    let held = keep(world, KeptKind::Reflection, "What was hard about the visits");
    let who = world.store.reading().people().unwrap().into_iter().find(|person| person.name == "Cara Poole").unwrap();
    if alert(world).place_of(who.id).is_none() {
        assert!(world.refused_to("Cara Poole", held.clone()).starts_with("The reflective discussion after AL-0001 is recorded by"));
    }
    world.do_(&tm, held);
    world.do_("Amina Khan", close());
    world.assert_verified();
}

#[test]
fn c04_the_panel_s_inadequate_opens_one_too() {
    let mut robot = evaluation();
    submitted(&mut robot, Grade::Good);
    robot.at("2026-11-19T10:00:00Z").is_moderated("Iris Tamm", Grade::Inadequate);
    let world = &mut robot.world;
    assert_eq!(alert(world).trigger, AlertTrigger::Moderator);
    let Answered::Alert(detail) = world.ask(Query::Alert(FIRST)) else { panic!() };
    assert!(detail.needs.iter().any(|(need, _)| *need == Need::Keep(KeptKind::Reflection)));
}
