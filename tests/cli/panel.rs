//! `closeloop panel` and `closeloop display` as scripts use them: forms, files that are never overwritten, and a full disk.

use super::place::{NOW, Place};
use std::process::Command;

#[test]
fn every_sitting_of_the_list_can_be_shown_by_its_reference_and_its_day() {
    let place = Place::council();
    let rows = place.run(&["panel", "list", "--json"]).rows();
    assert_eq!(place.run(&["panel", "list"]).done().lines().count(), rows.len());
    for row in &rows {
        let reference = row["ref"].as_str().unwrap();
        assert_eq!(place.run(&["panel", "show", reference, "--json"]).json()["ref"], row["ref"]);
    }
    let newest = &rows[0];
    let by_day = place.run(&["panel", "show", newest["on"].as_str().unwrap(), "--json"]).json();
    assert_eq!(by_day["ref"], newest["ref"]);
    assert_eq!(place.run(&["panel", "show", "--json"]).json()["ref"], newest["ref"], "the next sitting is the one meant");
    let said = place.run(&["panel", "show", "P-999"]).refused();
    assert!(said.starts_with("closeloop: There is no sitting P-999. `closeloop panel list` shows them"), "{said}");
}

#[test]
fn papers_come_in_the_form_asked_for_or_that_of_the_files_name() {
    let place = Place::council();
    let (md, docx, ics) = (place.path("minutes.md"), place.path("minutes.docx"), place.path("panel.ics"));
    assert!(place.run(&["panel", "minutes"]).done().starts_with("Minutes of the moderation panel, "));
    assert_eq!(place.run(&["panel", "minutes", "--out", &md]).done(), format!("Written: {md}.\n"));
    let text = std::fs::read_to_string(&md).unwrap();
    assert_eq!(place.run(&["panel", "minutes", "--format", "md"]).done(), text);
    place.run(&["panel", "minutes", "--out", &docx]).done();
    assert!(std::fs::read(&docx).unwrap().starts_with(b"PK"));
    place.run(&["panel", "invitations", "--out", &ics]).done();
    let calendar = std::fs::read_to_string(&ics).unwrap();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"));
    assert_eq!(place.run(&["panel", "invitations", "--format", "ics"]).done(), calendar);
    place.run(&["panel", "invitations", "--json"]).rows();
    assert!(place.run(&["panel", "pack"]).done().contains("Scores are sealed"));
    let figures = place.run(&["panel", "agreement", "--seed", "9", "--json"]).json();
    assert_eq!(figures["seed"], 9);
    assert!(place.run(&["panel", "pack", "--format", "html"]).done().starts_with("<!DOCTYPE html>"));
}

#[test]
fn no_file_is_overwritten_unasked_and_the_database_never() {
    let place = Place::council();
    let mine = place.file("mine.md", "mine");
    let said = place.run(&["panel", "pack", "--out", &mine]).refused();
    assert_eq!(
        said,
        format!("closeloop: The file {mine} is there already. Nothing was changed. Give another name, or add --force to replace it.\n")
    );
    assert_eq!(std::fs::read_to_string(&mine).unwrap(), "mine");
    place.run(&["panel", "pack", "--out", &mine, "--force"]).done();
    assert!(std::fs::read_to_string(&mine).unwrap().starts_with("# Pack for the moderation panel"));
    let db = place.path("insights.db");
    let said = place.run(&["panel", "pack", "--out", &db, "--force"]).refused();
    assert!(said.contains("is the database itself, or a file of it. Nothing was changed."), "{said}");
    place.run(&["verify"]).done();
    let nowhere = place.path("no/pack.md");
    let said = place.run(&["panel", "pack", "--out", &nowhere]).refused();
    assert!(said.starts_with("closeloop: There is no folder "), "{said}");
    assert_eq!(place.names(), ["insights.db", "insights.looks.db", "mine.md"]);
}

#[test]
fn a_disk_that_takes_no_more_leaves_no_half_file() {
    let place = Place::council();
    let out = place.path("pack.docx");
    // Forty kilobytes for any file: the pack is larger, and nothing else that is written is.
    let program = env!("CARGO_BIN_EXE_closeloop");
    let script = format!("trap '' XFSZ; ulimit -f 80; exec {program} --db {} panel pack --out {out}", place.path("insights.db"));
    let said = Command::new("sh").args(["-c", &script]).env("CLOSELOOP_NOW", NOW).output().unwrap();
    let text = String::from_utf8(said.stderr).unwrap();
    assert!(said.status.code() == Some(1) && text.contains("could not be made"), "{text}");
    assert!(place.names().iter().all(|name| name.starts_with("insights.db")), "{:?}", place.names());
}

#[test]
fn the_rooms_screen_needs_a_terminal_and_says_so() {
    let said = Place::council().run(&["display"]);
    assert_eq!(said.code, 2);
    assert!(said.err.starts_with("closeloop: closeloop needs a terminal of its own."), "{}", said.err);
}
