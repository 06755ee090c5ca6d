//! What alerts look like: strips in every state, and one alert whole, over a made-up council that is always the same.

use crate::alerts::{acknowledge, answers, name};
use crate::support::driver::{Robot, plain};
use crate::support::world::{World, day, file};
use closeloop::domain::action::ActionWanted;
use closeloop::domain::alert::HowTold;
use closeloop::domain::deed::{AlertDeed, Deed};
use closeloop::domain::framework::Side;
use closeloop::domain::id::AlertId;
use closeloop::domain::intake::{PersonRow, Place};
use closeloop::ui::theme::{Colour, Look};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 48)];

fn on(alert: i64, deed: impl FnOnce(AlertId) -> AlertDeed) -> Deed {
    Deed::Alert(deed(AlertId(alert)))
}

/// Tells everybody of an alert who is named.
fn tell(world: &mut World, number: i64) {
    let stored = world.store.reading().alert(AlertId(number)).unwrap().unwrap();
    let places = (0..stored.addressees.len()).filter(|place| stored.addressees[*place].person.is_some()).collect();
    world.do_("Amina Khan", on(number, |alert| AlertDeed::Tell { alert, places, how: HowTold::Telephone, at: None }));
}

/// Four alerts at two in the afternoon: one disputed and half assured with an urgent action, one acknowledged at night and lapsed,
/// one untold and late with a gap, one raised for a concern a quarter of an hour ago.
fn council() -> World {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 1);
    tell(&mut world, 1);
    let (sm, hos) = (name(&world, "SM", Side::Child), name(&world, "HoS", Side::Child));
    world.at("2026-11-12T11:10:00Z").do_(&sm, acknowledge());
    world
        .at("2026-11-12T11:40:00Z")
        .do_(&hos, on(1, |alert| AlertDeed::Dispute { alert, because: "The visits were made and not recorded".into() }));
    let urgent = vec![ActionWanted {
        text: "Visit tonight, alone with the child".into(),
        owner: Some(world.person("Noor Carter")),
        due_on: None,
        urgent: true,
        kind: String::new(),
        near: closeloop::domain::action::Near::Anyway,
    }];
    let safe = answers(&[(
        "safety",
        "Seen this morning at school; safe with the grandparents until the conference, and the school has the number to ring",
    )]);
    world.at("2026-11-12T12:20:00Z").do_(&sm, on(1, |alert| AlertDeed::Assure { alert, answers: safe, urgent }));
    world
        .at("2026-11-12T13:00:00Z")
        .do_("Ines Holt", on(1, |alert| AlertDeed::Decide { alert, stands: true, because: "The record has to show it".into() }));
    let row = PersonRow {
        name: "Ivo Smith".into(),
        login: Some("ivo.s".into()),
        left_on: Some(Some(day("2026-11-10"))),
        source: Place::file("l.csv"),
        ..PersonRow::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![row], file: file("l.csv", 'd') });
    world.through_as("CR-0002", "completed", 2);
    world.through_as("CR-0003", "completed", 2);
    tell(&mut world, 3);
    world.at("2026-11-12T10:20:00Z");
    let stored = world.store.reading().alert(AlertId(3)).unwrap().unwrap();
    let place = stored.addressees.iter().find(|one| one.role == "SM").unwrap();
    let third = world.store.reading().person(place.person.unwrap()).unwrap().unwrap().name;
    world.do_(&third, on(3, |alert| AlertDeed::Acknowledge { alert, place: None }));
    world.at("2026-11-12T18:45:00Z").do_(
        "Amina Khan",
        on(3, |alert| AlertDeed::ExplainGap { alert, place: 1, because: "Vacant; the team manager acts for both".into() }),
    );
    world.do_("Amina Khan", Deed::RaiseDue);
    world.at("2026-11-12T19:00:00Z");
    crate::alerts::raise(&mut world, "concern");
    world.at("2026-11-12T19:15:00Z");
    world
}

fn at_each_size(name: &str, keys: &str) {
    for size in SIZES {
        let mut robot = Robot::sits_down(council(), size);
        robot.press(keys);
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), robot.frame());
    }
}

#[test]
fn the_strips() {
    at_each_size("strips", "3 3 j");
}

#[test]
fn one_alert_with_a_dispute_and_an_urgent_action() {
    at_each_size("alert", "3 3 / A L - 0 0 0 1 enter enter");
}

#[test]
fn one_alert_whose_acknowledgement_lapsed_with_a_gap() {
    at_each_size("alert_lapsed", "3 3 / A L - 0 0 0 3 enter enter j");
}

#[test]
fn the_form_of_the_assurance() {
    let sm = "Sam Miller";
    for size in SIZES {
        let mut world = council();
        let who = name(&world, "SM", Side::Child);
        world.at("2026-11-12T19:15:00Z");
        let mut robot = Robot::somebody(world, size, if who == sm { sm } else { "Sita Moran" });
        robot.press("3 3 / A L - 0 0 0 1 enter enter s").expect_dialog("AL-0001 \u{b7} Assurance");
        insta::assert_snapshot!(format!("alert_assurance_{}x{}", size.0, size.1), robot.frame());
    }
}

#[test]
fn the_sums_of_its_clocks() {
    let mut robot = Robot::sits_down(council(), SIZES[0]);
    robot.press("3 3 / A L - 0 0 0 3 enter enter w");
    insta::assert_snapshot!("alert_sums_80x24", robot.frame());
}

/// At the narrowest at which what was written stands beside the addressees, a full last column of theirs leaves a gap before it.
#[test]
fn the_addressees_of_an_alert_do_not_run_into_what_is_written_beside_them() {
    let mut robot = Robot::sits_down(council(), SIZES[1]);
    let frame = robot.press("3 3 / A L - 0 0 0 3 enter enter").frame();
    let head = frame.lines().find(|line| line.contains("Acknowledged")).unwrap();
    let column = head.chars().collect::<String>().split("Acknowledged").next().unwrap().chars().count();
    let after = |line: &str| line.chars().skip(column + 14).take(2).collect::<String>();
    let below = frame.lines().skip_while(|line| !line.contains("Acknowledged")).skip(1).take(5);
    assert!(below.clone().all(|line| after(line) == "  "), "{frame}");
}

/// Without colour and in plain ASCII everything can still be read.
#[test]
fn strips_and_an_alert_in_ascii() {
    let look = Look { ascii: true, colour: Colour::None };
    for (name, keys) in [("strips_ascii", "3 3"), ("alert_ascii", "3 3 / A L - 0 0 0 3 enter enter")] {
        let mut robot = Robot::sits_down(council(), SIZES[0]);
        robot.press(keys);
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let app = robot.app();
        terminal
            .draw(|frame| {
                closeloop::ui::draw(app, look, frame);
            })
            .unwrap();
        let shown = plain(terminal.backend().buffer());
        assert!(shown.is_ascii(), "{shown}");
        insta::assert_snapshot!(format!("{name}_80x24"), shown);
    }
}
