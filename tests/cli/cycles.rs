//! `closeloop cycle`: opening, drawing, and the card that anybody can check.

use super::place::{Place, fixture};
use crate::support::pty::Terminal;
use std::ffi::OsStr;

fn open(place: &Place) {
    let args = ["cycle", "open", "--starts", "2027-06-01", "--focus", "Neglect", "--reason", "performance-data", "--note", "Repeat plans"];
    let said = place.run(&args).done();
    assert!(said.starts_with("Cycle 2027-06 planned; its first phase begins on 1 June 2027; "), "{said}");
    assert!(said.contains(" phases end on the working day before"), "{said}");
}

#[test]
fn a_cycle_is_opened_drawn_and_checked() {
    let place = Place::council();
    open(&place);
    let drawn = place.run(&["cycle", "draw", "2027-06", "--size", "5", "--seed", "7"]).done();
    assert!(drawn.starts_with("5 cases drawn with seed 7"), "{drawn}");
    let card = place.run(&["cycle", "card", "2027-06"]).done();
    assert!(card.starts_with("Drawn on 19 November 2026, 5 cases in proportion to case types, seed 7.\nFrame: "), "{card}");
    let checked = place.run(&["cycle", "card", "2027-06", "--check"]).done();
    assert!(checked.starts_with(&card) && checked.ends_with("Drawn again from that frame with the same seed, the result is the same.\n"));
    let cycles = place.run(&["cycle", "list", "--json"]).rows();
    assert_eq!((&cycles[0]["ref"], &cycles[0]["counts"]["reviews"]), (&"2027-06".into(), &5.into()));
    let cycle = place.run(&["cycle", "show", "2027-06", "--json"]).json();
    assert_eq!(cycle["reviews"].as_array().unwrap().len(), 5);
    assert_eq!(place.run(&["show", "2027-06", "--json"]).json(), cycle);
}

#[test]
fn a_card_stays_checkable_after_the_frame_has_changed() {
    let place = Place::council();
    open(&place);
    place.run(&["cycle", "draw", "2027-06", "--size", "5", "--seed", "7"]).done();
    place.run(&["import", "annex-a", &fixture("annex_a_sample.xlsx")]).done();
    let checked = place.run(&["cycle", "card", "2027-06", "--check"]).done();
    // How many left follows from the made-up council; the extract holds 22.
    assert!(checked.contains("Since then 22 cases came, ") && checked.contains(" cases left. That changes nothing"), "{checked}");
    assert!(checked.ends_with("the result is the same.\n"), "{checked}");
}

#[test]
fn one_case_is_one_case() {
    let place = Place::council();
    open(&place);
    assert!(place.run(&["cycle", "draw", "2027-06", "--size", "1", "--seed", "7"]).done().starts_with("1 case drawn with seed 7"));
    assert!(place.run(&["cycle", "card", "2027-06"]).done().starts_with("Drawn on 19 November 2026, 1 case in proportion"));
}

#[test]
fn what_cannot_be_opened_or_drawn_is_refused_as_a_sentence() {
    let place = Place::council();
    open(&place);
    let reason = place.run(&["cycle", "open", "--starts", "2027-01-01", "--focus", "Neglect", "--reason", "performance-dat"]).refused();
    assert!(reason.contains("Did you mean performance-data?"), "{reason}");
    let twice = place.run(&["cycle", "open", "--starts", "2027-06-01", "--focus", "Neglect", "--reason", "performance-data"]).refused();
    assert!(twice.starts_with("closeloop: ") && twice.contains("2027-06"), "{twice}");
    for (starts, year) in [("2020-01-01", "2020"), ("31/12/2029", "2029")] {
        let slip = place.run(&["cycle", "open", "--starts", starts, "--focus", "Neglect", "--reason", "performance-data"]).refused();
        assert!(slip.contains(&format!("{year} is more than two years away")) && slip.contains("look at the year"), "{slip}");
    }
    let unknown = place.run(&["cycle", "draw", "2031-01"]).refused();
    assert!(unknown.starts_with("closeloop: There is no cycle 2031-01. The newest are 2027-06, 2027-05"), "{unknown}");
    let undrawn = place.run(&["cycle", "card", "2027-06"]).refused();
    assert!(undrawn.contains("No sample has been drawn"), "{undrawn}");
    place.run(&["cycle", "draw", "2027-06", "--size", "5", "--seed", "7"]).done();
    let again = place.run(&["cycle", "draw", "2027-06", "--size", "5", "--seed", "7"]).refused();
    assert!(again.contains("A sample is drawn once"), "{again}");
}

#[test]
fn a_database_without_a_cycle_says_how_to_open_one() {
    let place = Place::started();
    assert_eq!(place.run(&["cycle", "list"]).done(), "");
    assert_eq!(place.run(&["cycle", "list", "--json"]).rows().len(), 0);
    let said = place.run(&["cycle", "show", "2027-06"]).refused();
    assert!(said.contains("Open one with `closeloop cycle open`"), "{said}");
}

#[test]
fn f23_extra_work_is_opened_with_who_asked_for_it() {
    let place = Place::council();
    let args = ["cycle", "open", "--starts", "2026-11-19", "--focus", "Missing", "--reason", "request", "--kind", "thematic-review"];
    let asked = ["--commissioned-by", "dmt", "--why", "Three in a month", "--wanted-on", "2026-12-18"];
    let said = place.run(&[&args[..], &asked].concat()).done();
    assert!(said.starts_with("Cycle 2026-11-x2 opened"), "the council has one already: {said}");
    let shown = place.run(&["cycle", "list", "--json"]).rows().into_iter().find(|row| row["ref"] == "2026-11-x2").unwrap();
    assert_eq!((&shown["extra"], &shown["kind"], &shown["state"]), (&true.into(), &"thematic-review".into(), &"running".into()));
    let other = place.run(&args).done();
    assert!(other.starts_with("Cycle 2026-11-"), "without a board it is part of the plan: {other}");
    let said = place.run(&[&args[..], &["--commissioned-by", "nobody", "--why", "So"]].concat()).refused();
    assert!(said.contains("It is not said which board asks"), "{said}");
}

#[test]
fn whoever_sits_at_a_terminal_is_asked_before_a_sample_is_drawn_for_good_and_a_script_is_not() {
    let place = Place::council();
    open(&place);
    let db = place.path("insights.db");
    let at_a_terminal = |typed: &str, more: &[&str]| {
        let args = [&["--db", db.as_str(), "cycle", "draw", "2027-06", "--size", "1", "--seed", "7"][..], more].concat();
        let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
        let env: Vec<(&str, &str)> = place.env.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut terminal = Terminal::start(crate::support::rely::program(), &args, &env, (100, 20));
        if !typed.is_empty() {
            terminal.wait_for("Type draw to do it:");
            terminal.keys(typed);
        }
        terminal.wait_for(if typed == "no\r" { "Nothing was drawn." } else { "drawn with seed 7" });
    };
    at_a_terminal("no\r", &[]);
    place.run(&["cycle", "card", "2027-06"]).refused();
    at_a_terminal("draw\r", &[]);
    assert!(place.run(&["cycle", "card", "2027-06"]).done().starts_with("Drawn on"));
}

#[test]
fn f05_a_draw_can_let_the_last_cycles_workers_be_drawn_and_says_so() {
    let place = Place::council();
    // Of November there are workers already, so that December leaves them out.
    let of = |cycle: &str, more: &[&str]| {
        let args = [&["cycle", "draw", cycle, "--size", "3", "--seed", "7"][..], more].concat();
        let said = place.run(&args).done();
        (said, place.run(&["cycle", "card", cycle]).done())
    };
    let (said, card) = of("2026-12", &["--last-workers-too"]);
    assert_eq!(said, "3 cases drawn with seed 7; workers of the last cycle were not left out.\n");
    assert!(card.contains("\nWorkers of the last cycle: not left out.\n") && !card.contains("worker had a case"), "{card}");
    assert!(place.run(&["cycle", "card", "2026-12", "--check"]).done().ends_with("the result is the same.\n"));
    let (said, card) = of("2027-01", &[]);
    assert!(!said.contains("workers of the last cycle were not"), "{said}");
    assert!(card.contains("\nWorkers of the last cycle: left out.\n"), "{card}");
}

#[test]
fn f05_where_nobody_would_be_left_out_the_draw_does_not_pretend_that_it_changed_anything() {
    let place = Place::started();
    place.run(&["import", "annex-a", &fixture("annex_a_sample.xlsx")]);
    let args = ["cycle", "open", "--starts", "2026-11-01", "--focus", "Neglect", "--reason", "performance-data", "--note", "Repeat plans"];
    assert_eq!(place.run(&args).code, 0);
    let said = place.run(&["cycle", "draw", "2026-11", "--size", "3", "--seed", "7", "--last-workers-too"]).done();
    assert!(said.ends_with("; workers of the last cycle would not have been left out here anyway.\n"), "{said}");
}
