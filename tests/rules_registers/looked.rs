//! Reflective learning sessions: which outcomes of earlier months they looked at, which nobody has, and what comes out of them. F15.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::{DRAWN_AT, World, day, merton_text};
use closeloop::domain::deed::Deed;
use closeloop::domain::query::{Answered, Query, RegisterDetail};
use closeloop::domain::register::{EntryWanted, references};

/// Merton's council under a profile with a register of monthly sessions: November's reviews are complete, it is January.
fn sessions() -> World {
    let register = "\n[[registers]]\nkey = \"sessions\"\nlabel = \"Learning sessions\"\nevery = \"1 month\"\nfields = [\n  { key = \"cycles\", label = \"Cycles looked at\", kind = \"cycles\", required = true },\n  { key = \"who\", label = \"Who came\", kind = \"line\" },\n  { key = \"agreed\", label = \"What was agreed\", kind = \"text\" },\n]\n";
    let mut world = World::under(&format!("{}{register}", merton_text()));
    world.at(DRAWN_AT);
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 2, 7);
    world.allocate_all();
    for reference in world.references() {
        world.through(&reference, "completed");
    }
    world.at("2026-12-14T10:00:00Z");
    world
}

fn detail(world: &mut World) -> RegisterDetail {
    match world.ask(Query::Register("sessions".into())) {
        Answered::Register(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

fn session(cycles: &str) -> Deed {
    let values = [("cycles".to_string(), cycles.to_string()), ("agreed".to_string(), "Fathers are asked first".to_string())];
    Deed::RecordEntry(EntryWanted {
        register: "sessions".into(),
        on: day("2026-12-14"),
        person: None,
        place: String::new(),
        values: values.into(),
    })
}

#[test]
fn f15_a_session_names_cycles_that_there_are_and_what_nobody_looked_at_is_listed() {
    let mut world = sessions();
    assert_eq!(detail(&mut world).not_looked_at, [("2026-11".to_string(), "Neglect".to_string())]);
    let refused = world.refused(session("2026-09"));
    assert!(refused.contains("There is no cycle 2026-09") && refused.contains("such as 2026-11"), "{refused}");
    let done = world.do_("Amina Khan", session("2026-11"));
    assert_eq!(detail(&mut world).not_looked_at, []);
    world.do_("Amina Khan", Deed::Undo { batch: done.written.first });
    assert_eq!(detail(&mut world).not_looked_at.len(), 1, "an entry that is taken back has looked at nothing");
    assert_eq!(references("2026-10, 2026-11;2026-X1").collect::<Vec<_>>(), ["2026-10", "2026-11", "2026-x1"]);
    world.assert_verified();
}

#[test]
fn f15_what_is_still_under_way_and_what_is_a_year_old_is_not_asked_for() {
    let mut world = sessions();
    world.at("2026-11-20T10:00:00Z");
    assert_eq!(detail(&mut world).not_looked_at, [], "its reviews are still under way");
    world.at("2027-11-02T10:00:00Z");
    assert_eq!(detail(&mut world).not_looked_at, []);
}

#[test]
fn f15_it_is_due_every_month_as_the_profile_says() {
    let mut world = sessions();
    world.do_("Amina Khan", session("2026-11"));
    let Answered::Registers(rows) = world.ask(Query::Registers) else { panic!() };
    let row = rows.into_iter().find(|row| row.key == "sessions").unwrap();
    assert_eq!(row.due, Some(day("2027-01-31")));
}

#[test]
fn f15_by_keys_the_open_outcomes_stand_in_the_form_and_an_action_comes_out_of_the_session() {
    let mut robot = Robot::sits_down(sessions(), LARGE);
    robot.press("9 G k enter").expect_line("Not looked at yet: 2026-11");
    robot.press("+").expect_dialog("Learning sessions").expect_line("2026-11");
    robot.goes_to("v/agreed").type_text("Fathers are asked first").press("ctrl-s").press("esc");
    robot.expect_no("Not looked at yet").expect_line("Fathers are asked first");
    robot.press("a").expect_dialog("E-0001 \u{b7} What needs to happen").type_text("A page on asking fathers first");
    robot.goes_to("owner").type_text("Tara").press("enter ctrl-s").expect_notice("A-0001 raised");
    robot.expect_line("Actions out of it: A-0001 open");
    robot.press("4").expect_line("A page on asking fathers f");
    robot.world.assert_verified();
}

#[test]
fn an_action_needs_an_entry_under_the_cursor() {
    let mut robot = Robot::sits_down(sessions(), SMALL);
    robot.press("9 a").expect_notice("Put the cursor on an entry of a register first.");
}
