//! `closeloop demo --out`: as many reviews as asked for, and never half a file under the name that was asked for.

use super::place::{NOW, Place};
use std::process::{Command, Stdio};

#[test]
fn a_demo_has_as_many_reviews_as_asked_for() {
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", NOW.into()));
    for (reviews, words) in [("1", "1 review in 1 cycle,"), ("200", "200 reviews in 13 cycles,"), ("300", "300 reviews in 13 cycles,")] {
        let out = place.path(&format!("{reviews}.db"));
        let said = place.run(&["demo", "--reviews", reviews, "--out", &out]).done();
        assert!(said.contains(words), "{said}");
        // The list leaves out what was taken out of its sample; every reference up to the last can still be shown.
        let last = format!("CR-{reviews:0>4}");
        assert!(place.run(&["--db", &out, "show", &last]).done().starts_with(&last));
    }
}

#[test]
fn a_demo_never_overwrites_and_names_the_folder_that_is_missing() {
    let place = Place::empty();
    let there = place.file("mine.db", "mine");
    let said = place.run(&["demo", "--reviews", "1", "--out", &there]).refused();
    assert!(said.starts_with(&format!("closeloop: The file {there} is there already. Nothing was changed.")), "{said}");
    let nowhere = place.path("no/demo.db");
    let said = place.run(&["demo", "--reviews", "1", "--out", &nowhere]).refused();
    assert!(said.starts_with("closeloop: There is no folder "), "{said}");
    let said = place.run(&["demo", "--reviews", "1", "--framework", "mertn", "--out", &place.path("a.db")]).refused();
    assert!(said.contains("merton"), "{said}");
    assert_eq!(place.names(), ["mine.db"]);
}

#[test]
fn a_build_that_is_killed_leaves_no_half_a_demo() {
    let place = Place::empty();
    let out = place.path("demo.db");
    let mut command = Command::new(env!("CARGO_BIN_EXE_closeloop"));
    command.args(["demo", "--reviews", "20000", "--out", &out]).env_clear().env("HOME", place.folder.path());
    let mut building = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let half = format!("demo.db.building-{}", building.id());
    while !place.names().contains(&half) {
        assert!(building.try_wait().unwrap().is_none(), "it ended before anything was seen of it");
        std::thread::yield_now();
    }
    building.kill().unwrap();
    building.wait().unwrap();
    assert!(!place.names().contains(&"demo.db".to_string()), "{:?}", place.names());
    // Nothing is in the way of the next one.
    place.run(&["demo", "--reviews", "1", "--out", &out]).done();
    assert!(place.run(&["--db", &out, "verify"]).done().starts_with("Clean: "));
    assert_eq!(place.names(), ["demo.db", "demo.looks.db"], "and it has swept up what the killed one left");
}
