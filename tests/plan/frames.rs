//! What plans look like over a made-up year, and a service's month and training worked with in other frameworks.

use super::support::{note, plan, wider};
use crate::support::driver::Robot;
use crate::support::world::{World, day, utc};
use closeloop::demo::{self, COORDINATOR, DemoWanted};
use closeloop::domain::deed::{Deed, ReportDeed};
use closeloop::domain::plan::Noted;
use closeloop::domain::query::PlanItem;
use closeloop::profiles::Catalog;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];

/// Somebody of the Insights team in a made-up council.
fn sits(framework: &str, size: (u16, u16)) -> Robot {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("year.db");
    let now = utc("2026-11-19T14:06:00Z");
    let wanted = DemoWanted { framework: framework.into(), reviews: 60, seed: 7, now, faults: false };
    demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    let mut world = World::copy_of(&path);
    world.at("2026-11-19T14:06:00Z");
    let name = world.store.reading().person_by_login(COORDINATOR).unwrap().unwrap().name;
    Robot::somebody(world, size, &name)
}

#[test]
fn a_plan_with_what_earlier_ones_left_open() {
    for size in SIZES {
        let mut robot = sits("merton", size);
        robot.press("5 p");
        insta::assert_snapshot!(format!("plan_now_{}x{}", size.0, size.1), robot.frame());
        robot.press("esc [ [ p j");
        insta::assert_snapshot!(format!("plan_before_{}x{}", size.0, size.1), robot.frame());
    }
}

#[test]
fn f13_in_sefton_a_service_tells_its_month_and_the_performance_meeting_hears_how_an_action_stands() {
    let mut robot = sits("sefton", (120, 40));
    robot.press("5 p m").expect_dialog("A service\u{2019}s month").type_text("Help and Protection").goes_to("challenges");
    robot.type_text("Three posts are empty").press("ctrl-s").expect_line("A challenge is told with what is done about it");
    robot
        .goes_to("mitigation")
        .type_text("Agency cover until March")
        .press("ctrl-s")
        .expect_notice("The month of Help and Protection is told");
    robot.press("+").expect_dialog("Wider action").type_text("Posts stay empty").goes_to("text").type_text("Advertise with partners");
    robot.goes_to("owner").type_text("a").press("enter ctrl-s").expect_notice("raised");
    robot.expect_line("Senior Management Team performance meeting");
}

/// In Sandwell the QA action plan is the QA manager's, a head of service has a say in it, and the report to the executive team, which
/// the QA manager approves, tells how it goes.
#[test]
fn s21_the_qa_manager_holds_the_action_plan_a_head_of_service_adds_to_it_and_the_executive_team_hears_how_it_goes() {
    let mut world = sits("sandwell", (120, 40)).world;
    let of = |world: &World, role: &str| {
        let people = world.store.reading().people_by_id().unwrap();
        people.values().find(|person| person.role == role && !person.login.is_empty()).unwrap().name.clone()
    };
    let (manager, head, observer) = (of(&world, "QAM"), of(&world, "HoS"), of(&world, "AP"));
    let held = world.store.reading().cycles().unwrap().into_iter().rfind(|(cycle, counts)| counts.submitted > 0 && cycle.extra.is_none());
    let cycle = held.unwrap().0.id;
    let deed = wider(&world, cycle.0, &head, "Supervision leaves no trace", "Agree what a supervision record has to show");
    assert!(world.refused_to(&observer, deed.clone()).contains("not yours to write in"));
    world.do_(&manager, deed);
    let action = plan(&mut world, cycle.0).rows.iter().find_map(|row| match row.item {
        PlanItem::Action(action) if row.answers == "Supervision leaves no trace" => Some(action),
        _ => None,
    });
    let told = Noted::Progress { board: "emt".into(), said: "Half of the services have agreed".into() };
    let on = day("2026-11-19");
    let tells = note(cycle.0, action.map(|action| action.0), on, told);
    assert!(world.refused_to(&observer, tells.clone()).contains("not yours to write in"));
    world.do_(&head, tells);
    world.do_(&manager, Deed::Report(ReportDeed::Build { cycle, kind: "qa-report".into() }));
    let (report, seen) = world.store.reading().newest_report(cycle, "qa-report").unwrap().unwrap();
    let text = serde_json::to_string(&report.material.plan).unwrap();
    assert!(text.contains("Half of the services have agreed"), "{text}");
    let approve = Deed::Report(ReportDeed::Approve { report: report.id, seen });
    assert!(world.refused_to(&head, approve.clone()).contains("Quality assurance and practice manager"), "only the QA manager approves it");
    world.do_(&manager, approve);
    let (_, seen) = world.store.reading().report(report.id).unwrap().unwrap();
    world.do_(&manager, Deed::Report(ReportDeed::Publish { report: report.id, seen }));
    let emt = closeloop::profiles::builtin().iter().find(|(id, _)| *id == "sandwell").unwrap().1;
    assert!(emt.contains("boards = [\"cmt\", \"emt\""), "it goes to the executive team");
}

#[test]
fn c11_c16_in_central_bedfordshire_training_is_asked_for_and_sent_on_beside_the_stages_of_improvement() {
    let mut robot = sits("central-bedfordshire", (120, 40));
    robot.press("5 p").expect_line("Set standards").expect_line("Identify improvements").expect_line("[Monitor, audit and gather]");
    robot.press("t").expect_dialog("Training asked for").type_text("Chronologies for both teams").press("ctrl-s");
    robot.expect_line("Chronologies for both teams");
}

#[test]
fn q04_a_quarterly_plan_is_presented_to_the_continuous_improvement_board() {
    let mut robot = sits("quarterly-learning", (120, 40));
    robot.press("5 p p").expect_dialog("Presented").expect_line("Continuous Improvement Board").press("ctrl-s");
    robot.expect_line("Presented: Continuous Improvement Board");
}
