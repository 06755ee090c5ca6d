//! Who looked at what on the command line: every command that writes out a record is a look, every list is none. T44.

use crate::cli::place::Place;
use closeloop::domain::look::LooksWanted;
use closeloop::store::{LookStore, looks_path};

/// What was looked at: `record CR-0001`, oldest first.
fn looks(place: &Place) -> Vec<String> {
    let log = LookStore::look_into(&place.db()).unwrap();
    let rows = log.map(|log| log.rows(&LooksWanted::default(), 1000).unwrap()).unwrap_or_default();
    rows.iter().rev().map(|look| format!("{} {}", look.what.key(), look.about)).collect()
}

/// The login of somebody in this role.
fn login(place: &Place, role: &str) -> String {
    let raw = rusqlite::Connection::open(place.db()).unwrap();
    raw.query_row("SELECT login FROM person WHERE role = ?1 AND login <> '' LIMIT 1", [role], |row| row.get(0)).unwrap()
}

#[test]
fn t44_every_command_that_writes_out_a_record_writes_one_row_and_lists_write_none() {
    let place = Place::council();
    std::fs::remove_file(looks_path(&place.db())).ok();
    let first = |what: &str| place.run(&["list", what, "--filter", "all", "--json"]).rows()[0]["ref"].as_str().unwrap().to_string();
    let (review, alert, action) = (first("queue"), first("alerts"), first("actions"));
    let out = place.path("data");
    for list in ["queue", "panel", "alerts", "actions", "people", "registers", "practice-alerts", "notices"] {
        place.run(&["list", list]);
    }
    for args in [&["cycle", "list"][..], &["panel", "list"], &["panel", "show"], &["verify"], &["keys"], &["framework", "list"]] {
        assert_eq!(place.run(args).code, 0, "{args:?}");
    }
    assert_eq!(looks(&place), Vec::<String>::new());
    let strip = if alert.starts_with("AL") { "alert" } else { "dispute" };
    let ways: Vec<(Vec<&str>, String)> = vec![
        (vec!["show", &review], format!("record {review}")),
        (vec!["show", &review, "--json"], format!("record {review}")),
        (vec!["show", &alert], format!("{strip} {alert}")),
        (vec!["show", &action], format!("action {action}")),
        (vec!["alert", "proof", &alert], format!("proof {alert}")),
        (vec!["report", "2026-10", "--kind", "collaborative-review"], "export collaborative-review of 2026-10".into()),
        (vec!["export", "csv", &out], "export data set".into()),
    ];
    for (args, wanted) in ways {
        let before = looks(&place).len();
        let said = place.run(&args);
        assert_eq!(said.code, 0, "{args:?}: {}", said.err);
        assert_eq!(looks(&place)[before..], [wanted], "{args:?}");
    }
    let before = looks(&place).len();
    let agenda = place.run(&["panel", "show", "--json"]).json()["agenda"].as_array().unwrap().len();
    place.run(&["panel", "pack"]);
    let papers = &looks(&place)[before..];
    assert!(papers.len() == agenda && papers.iter().all(|look| look.starts_with("paper CR-")), "{papers:?}");
}

#[test]
fn a_search_by_the_councils_number_is_one_look() {
    let place = Place::council();
    std::fs::remove_file(looks_path(&place.db())).ok();
    let raw = rusqlite::Connection::open(place.db()).unwrap();
    let sql = "SELECT s.council_id, r.ref FROM review r JOIN subject s ON s.id = r.subject LIMIT 1";
    let (number, reference): (String, String) = raw.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    place.run(&["list", "queue", "--filter", &format!("all child:{number}")]).done();
    place.run(&["list", "queue", "--filter", "all child:nobody"]);
    let found = looks(&place);
    assert!(found.len() == 1 && found[0].starts_with("search CR-"), "{found:?}, {reference}");
}

#[test]
fn a_manager_reads_them_and_others_are_told_whom_to_ask() {
    let place = Place::council();
    let manager = login(&place, "insights-tm");
    place.run(&["show", "CR-0001"]).done();
    let said = place.run(&["looks", "--as", &manager]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("opened the record") && said.out.contains("CR-0001"), "{}", said.out);
    let rows = place.run(&["looks", "--as", &manager, "--case", "CR-0001", "--json"]).rows();
    assert!(rows.iter().all(|row| row["ref"] == "CR-0001") && !rows.is_empty());
    let none = place.run(&["looks", "--as", &manager, "--day", "2020-01-01", "--json"]).rows();
    assert!(none.is_empty());
    let said = place.run(&["looks"]).refused();
    assert!(said.contains("is read by the managers of the Insights team") || said.contains("are read by"), "{said}");
}

#[test]
fn the_journal_notes_how_far_they_came_and_a_backup_takes_them_along() {
    let place = Place::council();
    place.run(&["show", "CR-0001"]).done();
    assert_eq!(place.run(&["tick"]).code, 0);
    place.run(&["verify"]).done();
    let copy = place.path("copy.db");
    let said = place.run(&["backup", &copy]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(looks_path(copy.as_ref()).is_file());
    std::fs::remove_file(looks_path(&place.db())).unwrap();
    let said = place.run(&["verify"]);
    assert!(said.code == 1 && format!("{}{}", said.out, said.err).contains("who looked at what is gone"), "{}{}", said.out, said.err);
}

#[test]
fn whoever_may_not_write_opens_no_record() {
    // Played without another user: the log itself cannot be written.
    let place = Place::council();
    std::fs::remove_file(looks_path(&place.db())).ok();
    std::fs::create_dir(looks_path(&place.db())).unwrap();
    let said = place.run(&["show", "CR-0001"]).refused();
    assert!(said.contains("It was not opened: who looks at a case is written down"), "{said}");
    place.run(&["list", "queue"]).done();
}
