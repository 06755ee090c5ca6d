//! `closeloop framework`: what is at hand, in plain words, and everything that is wrong with a profile at once.

use super::place::{Place, fixture};

#[test]
fn every_built_in_framework_is_listed_and_shown() {
    let place = Place::empty();
    let rows = place.run(&["framework", "list", "--json"]).rows();
    let ids: Vec<&str> = rows.iter().map(|row| row["ref"].as_str().unwrap()).collect();
    let listed = place.run(&["framework", "list"]).done();
    for id in ["merton", "sandwell", "sefton", "central-bedfordshire", "quarterly-learning"] {
        assert!(ids.contains(&id), "{ids:?}");
        assert!(listed.lines().any(|line| line.starts_with(id)), "{listed}");
        assert!(place.run(&["framework", "show", id]).done().contains(&format!("id {id}")));
    }
    let said = place.run(&["framework", "show", "mertn"]).refused();
    assert!(said.contains("merton"), "{said}");
}

#[test]
fn a_sound_profile_is_called_sound() {
    let place = Place::empty();
    let text = closeloop::profiles::builtin().iter().find(|(id, _)| *id == "merton").unwrap().1;
    let file = place.file("ours.toml", text);
    assert!(place.run(&["framework", "check", &file]).done().starts_with(&format!("The profile {file} is sound: merton version ")));
}

#[test]
fn a_broken_profile_shows_all_problems_at_once_with_their_lines() {
    let place = Place::empty();
    let text = closeloop::profiles::builtin().iter().find(|(id, _)| *id == "merton").unwrap().1;
    let text = text.replacen("version", "verison", 1).replacen("rhythm = ", "rythm = ", 1);
    let file = place.file("ours.toml", &text);
    let said = place.run(&["framework", "check", &file]).refused();
    for wrong in ["verison", "rythm"] {
        let line = said.lines().find(|line| line.contains(wrong)).unwrap_or_else(|| panic!("{wrong} is not named: {said}"));
        assert!(line.contains("line "), "{line}");
    }
}

#[test]
fn a_profile_that_cannot_be_read_is_said_as_a_sentence() {
    let place = Place::empty();
    let missing = place.path("none.toml");
    let said = place.run(&["framework", "check", &missing]).refused();
    assert!(said.starts_with(&format!("closeloop: The profile {missing} cannot be read")), "{said}");
    let said = place.run(&["framework", "check", &fixture("annex_a_sample.xlsx")]).refused();
    assert!(said.contains("annex_a_sample.xlsx cannot be read"), "{said}");
}
