//! Reviews that several do, key by key: a visiting team, a workshop, an observation of practice. Q04, Q05, S03, S19.

use crate::support::driver::{LARGE, Robot};
use crate::support::world::{World, day, file};
use closeloop::app::command::Command;
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::intake::PersonRow;
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::query::{Answered, From, Query, Window};
use closeloop::domain::review::{Chosen, ReviewState};

/// A council under a framework, with one review of a kind that is not drawn; of a service where it looks at services.
fn with(id: &str, starts: &str, kind: &str) -> World {
    let text = closeloop::profiles::builtin().iter().find(|(known, _)| *known == id).unwrap().1;
    let mut world = World::under(text);
    world.at("2026-10-22T09:30:00Z");
    let framework = world.library.current(world.store.reading()).unwrap();
    let focus_reason = framework.cycle.focus_reasons[0].key.clone();
    let planned = CyclePlanned { starts_on: day(starts), focus: "Neglect".into(), focus_reason, focus_note: String::new() };
    let row = |name: &str, role: &str| PersonRow {
        name: name.into(),
        role: Some(role.into()),
        service: Some("Quality".into()),
        line_manager: Some("Ivo Smith".into()),
        ..Default::default()
    };
    let rows = ["Quin Ayre", "Queenie Bly"].map(|name| row(name, "QI")).into_iter();
    let rows = rows.chain(["Ada Prior", "Ana Perle", "Abe Pond"].map(|name| row(name, "AP"))).collect();
    world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people-more.csv", 'd') });
    world.do_("Amina Khan", Deed::OpenCycle(planned));
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let looks_at = &framework.kind(kind).unwrap().subjects;
    let whom = match looks_at.contains(&closeloop::domain::framework::SubjectKind::Service) {
        true => Whom::Service("Safeguarding".into()),
        false => Whom::Known(world.store.reading().subjects(true).unwrap()[0].id),
    };
    let by = Some(world.person("Sam Miller"));
    let wanted =
        NamedWanted { cycle, kind: kind.into(), whom, how: Chosen::Added, by, why: "Three plans drifted".into(), practitioner: None };
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    world
}

/// Fills in what the form on top asks as somebody content would, and saves it.
fn fills_in(robot: &mut Robot) {
    use closeloop::app::form::Input;
    for place in 0..robot.form().fields.len() {
        if robot.form().asked(place) && robot.form().fields[place].input.value().is_empty() && robot.form().fields[place].required {
            let key = robot.form().fields[place].key.clone();
            robot.goes_to(&key);
            let date = robot.form().fields[place].hint.starts_with("a date");
            match &robot.form().fields[place].input {
                Input::Line(_) if date => robot.type_text("today"),
                Input::Line(_) | Input::Text(_) => robot.type_text("As we saw it"),
                _ => robot.press("right"),
            };
        }
    }
    robot.press("ctrl-s").expect_no_dialog();
}

/// Takes the steps one after the other, each on a day of its own, until this one is next.
fn up_to(robot: &mut Robot, reference: &str, step: &str, first: u32) -> u32 {
    let mut day = first;
    while robot.world.review(reference).review.next.step.as_deref() != Some(step) {
        robot.at(&format!("2026-11-{day:02}T10:00:00Z")).press("e");
        fills_in(robot);
        day += 1;
    }
    day
}

/// Fills in every area and heading of the form.
fn fills_the_form(robot: &mut Robot, areas: usize, headings: usize) {
    robot.press_command(Command::Finish).press("esc");
    for _ in 0..areas + headings {
        robot.press_command(Command::Finish).press("enter");
        robot.press("enter");
        fills_in(robot);
    }
}

fn submits(robot: &mut Robot) {
    robot.press("f").expect_line("Everything is there.").press("enter").type_text("submit").press("enter").expect_no_dialog();
}

fn to_the_end(robot: &mut Robot, reference: &str, from: u32) {
    let mut day = from;
    while robot.world.review(reference).state == ReviewState::Open {
        robot.at(&format!("2026-12-{day:02}T10:00:00Z")).press("e");
        fills_in(robot);
        day += 1;
    }
    robot.expect_line("finalised");
    robot.world.assert_verified();
}

#[test]
fn q05_a_learning_visit_is_not_finished_without_its_team() {
    let mut robot = Robot::sits_down(with("quarterly-learning", "2026-10-01", "learning-visit"), LARGE);
    robot.opens("LV-0001").press("a").expect_dialog("Proposed reviewers").expect_line("Only 1 of 2 are free");
    robot.press("p").expect_dialog("Who reviews LV-0001 beside the lead").expect_line("1 chosen").press("enter").expect_line("0 chosen");
    robot.press("esc").expect_line("nobody yet").press("ctrl-s").expect_dialog("Before they are allocated");
    fills_in(&mut robot);
    robot
        .expect_line("Team")
        .at("2026-11-02T10:00:00Z")
        .press("e")
        .expect_line("Takes part:")
        .expect_line("Nobody beside the lead is recorded");
    robot.press("esc");
    let day = up_to(&mut robot, "LV-0001", "completed", 3);
    fills_the_form(&mut robot, 0, 2);
    robot
        .press("f")
        .expect_line("Who was on the team beside the lead is not recorded.")
        .press("enter")
        .expect_dialog("LV-0001 \u{b7} Team");
    robot.type_text("hana").press("ctrl-s").expect_line("Belongs to the service that is visited.").press("esc");
    let lead = robot.world.detail("LV-0001").reviewer;
    let other = if lead == "Hugo Lane" { "sita" } else { "hugo" };
    robot
        .press("f enter")
        .expect_dialog("LV-0001 \u{b7} Team")
        .type_text(other)
        .press("ctrl-s")
        .expect_no_dialog()
        .expect_notice("reviews LV-0001 too");
    robot.at(&format!("2026-11-{day:02}T10:00:00Z"));
    submits(&mut robot);
    to_the_end(&mut robot, "LV-0001", 1);
}

#[test]
fn s19_a_peer_review_takes_its_team_from_the_proposal() {
    let mut robot = Robot::sits_down(with("sandwell", "2026-11-01", "peer-review"), LARGE);
    robot
        .opens("PER-0001")
        .press("a")
        .expect_line("With")
        .expect_line("Team, T. Young: 0 open")
        .press("ctrl-s")
        .expect_dialog("Before they are allocated");
    fills_in(&mut robot);
    assert_eq!(robot.world.review("PER-0001").joint.others.len(), 2);
    robot.expect_notice("review PER-0001 too").press("u").expect_notice("Undone");
    assert!(robot.world.review("PER-0001").joint.others.is_empty());
}

/// What is before the panel under a filter: reference, why, and whether a grade is told.
fn before_the_panel(world: &mut World, filter: &str) -> Vec<(String, String, bool)> {
    let window = Window { filter: Filter::parse(filter).0, sort: (), reversed: false, from: From::Start, limit: 50 };
    let Answered::Panel(page) = world.answer_to("Amina Khan", &Query::Panel(window)).unwrap() else { panic!() };
    assert_eq!(page.total.n as usize, page.rows.len());
    page.rows.into_iter().map(|row| (row.reference, row.why, row.original.is_some() || row.moderated.is_some())).collect()
}

#[test]
fn q04_a_themed_audit_names_who_took_part_in_its_workshop_before_it_goes_back() {
    let mut robot = Robot::sits_down(with("quarterly-learning", "2026-10-01", "themed-audit"), LARGE);
    robot.opens("TH-0001").press("a").expect_dialog("Proposed reviewers").press("p");
    for _ in 0..robot.world.store.reading().people().unwrap().len() {
        robot.press("k");
    }
    // Whoever is proposed is left out again: the workshop comes later.
    robot.press("enter j enter").expect_line("0 chosen").press("esc ctrl-s").expect_dialog("Before they are allocated");
    fills_in(&mut robot);
    up_to(&mut robot, "TH-0001", "completed", 2);
    fills_the_form(&mut robot, 1, 1);
    assert_eq!(before_the_panel(&mut robot.world, ""), []);
    submits(&mut robot);
    // Its findings are moderated in the workshop: until then it is among what the panel has before it, without a grade.
    let waits = ("TH-0001".to_string(), "for the workshop".to_string(), false);
    assert_eq!(before_the_panel(&mut robot.world, ""), std::slice::from_ref(&waits));
    assert_eq!(before_the_panel(&mut robot.world, "done"), []);
    robot.press("esc 2").expect_line("1 for panel").expect_line("for the workshop");
    robot.press("5").expect_line("1 review is waiting for the workshop.").press("1 enter");
    up_to(&mut robot, "TH-0001", "returned", 12);
    assert_eq!(before_the_panel(&mut robot.world, ""), []);
    assert_eq!(before_the_panel(&mut robot.world, "done"), std::slice::from_ref(&waits));
    robot.press("5").expect_no("waiting for the workshop").expect_line("1/1").press("1 enter");
    assert_eq!(before_the_panel(&mut robot.world, "all"), [waits]);
    robot
        .at("2026-11-25T10:00:00Z")
        .press("e")
        .press("ctrl-s")
        .expect_line("Who took part in the workshop beside the lead is not recorded.");
    robot.press("esc p").expect_dialog("TH-0001 \u{b7} Took part");
    let lead = robot.world.detail("TH-0001").reviewer;
    robot
        .type_text(if lead == "Quin Ayre" { "queenie" } else { "quin" })
        .press("ctrl-s")
        .expect_no_dialog()
        .expect_notice("reviews TH-0001 too");
    to_the_end(&mut robot, "TH-0001", 1);
}

#[test]
fn s03_an_observation_of_practice_goes_from_preparing_together_to_the_supervision_record() {
    let mut robot = Robot::sits_down(with("sandwell", "2026-11-01", "practice-observation"), LARGE);
    robot.opens("PO-0001").press("a").expect_dialog("Proposed reviewers").expect_line("first review, with S. Miller");
    robot.press("p").expect_notice("the line manager helps with a first review").press("ctrl-s").expect_no_dialog();
    robot.expect_line("Prepare together");
    let day = up_to(&mut robot, "PO-0001", "completed", 2);
    fills_the_form(&mut robot, 1, 2);
    robot.press("f enter enter").expect_dialog("Overall judgement").press("right right ctrl-s").expect_no_dialog();
    robot.at(&format!("2026-11-{day:02}T10:00:00Z"));
    submits(&mut robot);
    to_the_end(&mut robot, "PO-0001", 1);
}

#[test]
fn f21_who_stands_beside_a_new_manager_is_chosen_in_the_sheet() {
    let mut world = World::under(closeloop::profiles::builtin().iter().find(|(id, _)| *id == "sefton").unwrap().1);
    world.at("2026-11-05T09:30:00Z");
    let row = |name: &str| PersonRow { name: name.into(), role: Some("PIT".into()), service: Some("Quality".into()), ..Default::default() };
    let rows = vec![row("Paz Quill"), row("Pim Rowe")];
    world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people-more.csv", 'd') });
    let cycle = {
        let planned =
            CyclePlanned { starts_on: day("2026-11-01"), focus: "Neglect".into(), focus_reason: "trend".into(), focus_note: String::new() };
        world.do_("Amina Khan", Deed::OpenCycle(planned));
        world.store.reading().cycles().unwrap()[0].0.id
    };
    world.draw(cycle, 1, 7);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.opens("TA-0001").press("a").expect_line("first review, with P. Quill").press("p");
    robot.expect_dialog("Who stands beside a first-time reviewer of TA-0001");
    robot.press("j enter").expect_line("first review, with P. Rowe, chosen by you").press("ctrl-s").expect_no_dialog();
    robot.expect_notice("a first review, with P. Rowe beside them");
    assert_eq!(robot.world.detail("TA-0001").companion, "Pim Rowe");
}
