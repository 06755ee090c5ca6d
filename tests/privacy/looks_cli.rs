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
        (vec!["actions", "print"], "export list of actions".into()),
        (vec!["actions", "calendar"], "export calendar of actions".into()),
        (vec!["panel", "invitations", "P-1"], "export invitations of P-1".into()),
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
fn t44_what_was_refused_was_not_handed_out() {
    let place = Place::council();
    std::fs::remove_file(looks_path(&place.db())).ok();
    let there = place.file("there.md", "mine");
    let (reviewer, kind) = (login(&place, "IRO"), ["report", "2026-10", "--kind", "collaborative-review"]);
    place.run(&[&kind[..], &["--as", &reviewer]].concat()).refused();
    for args in
        [&kind[..], &["actions", "print"], &["actions", "calendar"], &["panel", "pack"], &["panel", "minutes"], &["panel", "invitations"]]
    {
        let said = place.run(&[args, &["--out", &there]].concat()).refused();
        assert!(said.contains("is there already"), "{args:?}: {said}");
    }
    let folder = place.path("data");
    std::fs::create_dir(&folder).unwrap();
    place.run(&["export", "csv", &folder]).refused();
    let log = place.path("insights.looks.db");
    let said = place.run(&["actions", "print", "--force", "--out", &log]).refused();
    assert!(!std::path::Path::new(&log).exists() || said.contains("or a file of it"), "{said}");
    assert_eq!(looks(&place), Vec::<String>::new());
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

#[test]
fn a_damaged_log_keeps_no_backup_from_being_made_or_restored_and_doctor_names_it() {
    let place = Place::council();
    place.run(&["show", "CR-0001"]).done();
    place.run(&["tick"]);
    let log = looks_path(&place.db());
    std::fs::write(&log, "no log of ours").unwrap();
    let said = place.run(&["show", "CR-0002"]).refused();
    assert!(said.contains("is damaged or is no such log. The database is not touched by it."), "{said}");
    let copy = place.path("copy.db");
    let said = place.run(&["backup", &copy]);
    assert!(said.code == 1 && said.out.starts_with(&format!("Backed up into {copy}.\nClean: ")), "{}{}", said.out, said.err);
    assert!(said.err.contains("is damaged or is no such log") && !said.err.contains("Do not go on writing"), "{}", said.err);
    let said = place.run(&["--db", &place.path("other.db"), "restore", &copy]);
    assert!(
        said.code == 0 && said.out.starts_with("Restored") && said.err.contains("is gone: the journal noted"),
        "{}{}",
        said.out,
        said.err
    );
    let found: Vec<serde_json::Value> = serde_json::from_str(&place.run(&["doctor", "--json"]).out).unwrap();
    let stands = |about: &str, stand: &str| found.iter().any(|row| row["ref"] == about && row["stand"] == stand);
    assert!(stands("looks", "mend") && stands("backup", "ok"), "{found:#?}");
}

#[test]
fn a_lost_log_is_missed_until_a_manager_says_what_happened_to_it() {
    let place = Place::council();
    let manager = login(&place, "insights-tm");
    place.run(&["show", "CR-0001"]).done();
    assert_eq!(place.run(&["tick"]).code, 0);
    let said = place.run(&["looks", "--as", &manager, "--begun-anew", "Nothing happened"]).refused();
    assert!(said.contains("there is nothing to say"), "{said}");
    std::fs::remove_file(looks_path(&place.db())).unwrap();
    for _ in 0..2 {
        let said = place.run(&["verify"]);
        assert!(said.code == 1 && said.err.contains("is gone: the journal noted"), "{}{}", said.out, said.err);
        place.run(&["show", "CR-0002"]).done();
        std::fs::remove_file(looks_path(&place.db())).unwrap();
    }
    let said = place.run(&["looks", "--as", &login(&place, "TM"), "--begun-anew", "The disk of 20 November"]).refused();
    assert!(said.contains("is read by the managers of the Insights team") || said.contains("are read by"), "{said}");
    place.run(&["looks", "--as", &manager, "--begun-anew", "  "]).refused();
    let said = place.run(&["looks", "--as", &manager, "--begun-anew", "The disk of 20 November"]).done();
    assert_eq!(said, "The log of who looked at what begins anew, with 0 rows: The disk of 20 November.\n");
    place.run(&["verify"]).done();
    // From here on it is held to what is noted of it, as before.
    place.run(&["show", "CR-0001"]).done();
    place.run_with(&["tick"], &[("CLOSELOOP_DB", &place.path("insights.db")), ("CLOSELOOP_NOW", "2026-11-19T18:00:00Z")]);
    place.run(&["verify"]).done();
    std::fs::remove_file(looks_path(&place.db())).unwrap();
    assert_eq!(place.run(&["verify"]).code, 1);
}
