//! `closeloop list` and `closeloop show`: for scripts as JSON, for screen readers in words, for narrow terminals in ASCII.

use super::place::{Place, recuse};
use closeloop::store::Store;

#[test]
fn every_list_is_an_array_of_objects_with_a_reference() {
    let place = Place::council();
    for list in ["queue", "panel", "alerts", "actions"] {
        let rows = place.run(&["list", list, "--filter", "all", "--json"]).rows();
        assert!(!rows.is_empty(), "{list}");
        for form in [&["--plain"][..], &[]] {
            let said = place.run(&[&["list", list, "--filter", "all"], form].concat()).done();
            assert_eq!(said.lines().count(), rows.len(), "{list}: a line for each");
            let references = rows.iter().map(|row| row["ref"].as_str().unwrap());
            assert!(references.zip(said.lines()).all(|(reference, line)| line.starts_with(reference)), "{said}");
        }
    }
}

#[test]
fn a_step_that_cannot_be_taken_yet_says_from_when_as_the_screen_does() {
    let place = Place::council();
    let rows = place.run(&["list", "queue", "--json"]).rows();
    let row = rows.iter().find(|row| row["opens"].as_str().is_some_and(|opens| opens > "2026-11-19")).expect("one that waits for its day");
    let opens: chrono::NaiveDate = row["opens"].as_str().unwrap().parse().unwrap();
    let line = |form: &[&str]| {
        let said = place.run(&[&["list", "queue"], form].concat()).done();
        said.lines().find(|line| line.starts_with(row["ref"].as_str().unwrap())).unwrap().to_string()
    };
    assert!(line(&["--plain"]).contains(&format!(", not before {}, due ", opens.format("%-d %B"))), "{}", line(&["--plain"]));
    assert!(line(&[]).contains(&format!("from {}", opens.format("%-d %b"))), "{}", line(&[]));
}

#[test]
fn every_reference_of_a_list_can_be_shown() {
    let place = Place::council();
    for list in ["queue", "panel", "alerts", "actions"] {
        let row = place.run(&["list", list, "--filter", "all", "--json"]).rows().remove(0);
        let reference = row["ref"].as_str().unwrap();
        assert_eq!(place.run(&["show", reference, "--json"]).json()["ref"], row["ref"]);
        assert!(place.run(&["show", &reference.to_lowercase()]).done().starts_with(reference));
    }
}

#[test]
fn a_filter_narrows_and_nothing_found_is_no_failure() {
    let place = Place::council();
    let all = place.run(&["list", "queue", "--json"]).rows().len();
    let late = place.run(&["list", "queue", "--filter", "late", "--json"]).rows().len();
    assert!(late > 0 && late < all, "{late} of {all}");
    assert_eq!(place.run(&["list", "queue", "--filter", "zzz", "--json"]).rows().len(), 0);
    let said = place.run(&["list", "queue", "--filter", "zzz"]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", "Nothing matches.\n"));
}

#[test]
fn what_is_not_there_is_said_with_what_references_look_like() {
    let place = Place::council();
    for wrong in ["CR-9999", "A-9999", "AL-9999", "2031-01", "nonsense"] {
        let said = place.run(&["show", wrong]).refused();
        assert!(said.starts_with(&format!("closeloop: There is nothing with the reference {wrong}.")), "{said}");
    }
}

#[test]
fn a_child_of_one_is_one_year_old() {
    let place = Place::council();
    let queue = place.run(&["list", "queue", "--filter", "all", "--json"]).rows();
    for row in queue {
        let said = place.run(&["show", row["ref"].as_str().unwrap()]).done();
        assert!(!said.contains(", 1 years"), "{said}");
    }
}

#[test]
fn without_utf_8_everything_is_ascii_and_json_loses_nothing() {
    let place = Place::council();
    let reference = "2026-11";
    let full = place.run(&["show", reference]).done();
    assert!(!full.is_ascii(), "the test needs a text that is not: {full}");
    let db = place.path("insights.db");
    let looks: [&[&str]; 5] = [
        &["show", reference],
        &["show", reference, "--json"],
        &["list", "actions", "--filter", "all", "--json"],
        &["framework", "show", "merton"],
        &["show", "\u{201c}nothing\u{201d}"],
    ];
    for args in looks {
        let whole = place.run(args);
        for env in [&[("LANG", "C")][..], &[("LC_ALL", "POSIX")], &[("LANG", "")]] {
            let said = place.run_with(args, &[&[("CLOSELOOP_DB", db.as_str())], env].concat());
            assert!(said.out.is_ascii() && said.err.is_ascii(), "{args:?} under {env:?}: {}{}", said.out, said.err);
            assert_eq!(said.code, whole.code);
            if args.contains(&"--json") {
                let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
                assert_eq!(parsed(&said.out), parsed(&whole.out));
            }
        }
        let asked = place.run(&[args, &["--ascii"]].concat());
        assert!(asked.out.is_ascii(), "{}", asked.out);
    }
}

#[test]
fn registers_and_their_entries_are_listed_by_key() {
    let place = Place::council();
    let registers = place.run(&["list", "registers", "--json"]).rows();
    let activity = registers.iter().find(|row| row["ref"] == "activity").unwrap();
    let entries = place.run(&["list", "entries", "--register", "activity", "--json"]).rows();
    assert_eq!(activity["entries"], entries.len());
    assert!(entries[0]["ref"].as_str().unwrap().starts_with("E-") && entries[0]["values"]["kind"].is_string(), "{}", entries[0]);
    let everything = place.run(&["list", "entries", "--register", "activity", "--filter", "all", "--json"]).rows();
    assert!(everything.len() > entries.len(), "earlier years are there, and not counted");
    let said = place.run(&["list", "registers", "--plain"]).done();
    assert!(said.lines().any(|line| line.starts_with("activity, Other quality assurance activity.")), "{said}");
    assert_eq!(place.run(&["list", "entries", "--register", "activity"]).done().lines().count(), entries.len());
}

#[test]
fn c07_a_register_is_collated_month_by_month_for_scripts() {
    let place = Place::council();
    let rows = place.run(&["list", "entries", "--register", "activity", "--months", "--json"]).rows();
    let all = &rows[0];
    let months = all["months"].as_object().unwrap();
    assert_eq!((months.len(), all["answer"].as_str()), (12, Some("all entries")));
    let sum: u64 = months.values().map(|many| many.as_u64().unwrap()).sum();
    assert_eq!(all["total"], sum);
    let kinds: u64 = rows[1..].iter().map(|row| row["total"].as_u64().unwrap()).sum();
    assert_eq!(kinds, sum, "every entry has one kind");
}

#[test]
fn a_register_that_is_not_there_is_named_with_those_that_are() {
    let place = Place::council();
    let said = place.run(&["list", "entries", "--register", "activty"]).refused();
    assert!(said.contains("There is no register \u{201c}activty\u{201d}. Did you mean activity?"), "{said}");
    for (args, what) in
        [(&["list", "entries"][..], "--register KEY"), (&["list", "queue", "--months"], "belong to `closeloop list entries`")]
    {
        let said = place.run(args);
        assert_eq!(said.code, 2);
        assert!(said.err.contains(what), "{}", said.err);
    }
}

#[test]
fn what_is_withheld_is_neither_listed_nor_shown_and_asking_for_it_is_written_down() {
    let place = Place::council();
    let before = place.run(&["list", "queue", "--filter", "all", "--json"]).rows();
    let reference = before[0]["ref"].as_str().unwrap().to_string();
    recuse(&place, &reference);
    let said = place.run(&["list", "queue", "--filter", "all", "--json"]);
    assert_eq!(said.err, "1 review withheld: you are recused.\n");
    let after: Vec<serde_json::Value> = serde_json::from_str(&said.out).unwrap();
    assert_eq!(after.len(), before.len() - 1);
    for args in [&["list", "queue", "--filter", &reference][..], &["list", "panel", "--filter", "all"], &["show", "2026-11"]] {
        assert!(!place.run(args).out.contains(&reference), "{args:?}");
    }
    for args in [&["show", &reference][..], &["show", &reference, "--json"]] {
        assert_eq!(place.run(args).refused(), "closeloop: withheld: you are recused\n");
    }
    let store = Store::open(&place.db()).unwrap();
    let review = store.reading().review_by_reference(&reference).unwrap().unwrap();
    let history = store.reading().history(review, None, None).unwrap();
    assert_eq!(history.iter().filter(|row| row.what == format!("Asked for {reference} while recused")).count(), 2);
}

#[test]
fn what_was_done_in_time_is_never_late_and_what_was_done_after_its_day_was_done_late() {
    let place = Place::council();
    let rows = place.run(&["list", "actions", "--filter", "all", "--json"]).rows();
    let lines = place.run(&["list", "actions", "--filter", "all"]).done();
    let mut seen = [0, 0];
    for (row, line) in rows.iter().zip(lines.lines()) {
        let (state, due) = (row["state"].as_str().unwrap(), row["due"].as_str().unwrap());
        if !["done", "signed-off"].contains(&state) {
            assert!(!line.contains("done late"), "{line}");
            continue;
        }
        let late = row["done_on"].as_str().unwrap() > due;
        seen[usize::from(late)] += 1;
        let words = if late { "done late" } else { "in time" };
        assert!(line.contains(words) && !line.contains("d late") && !line.contains("wk late"), "{line}");
    }
    assert!(seen[0] > 0, "{seen:?}");
}

#[test]
fn a_filter_that_finds_nothing_by_a_slip_of_the_hand_says_what_there_is() {
    let place = Place::council();
    for list in ["queue", "actions", "alerts", "panel", "people", "reports"] {
        let said = place.run(&["list", list, "--filter", "ownr:x", "--json"]);
        assert!(said.code == 2 && said.out.is_empty() && said.err.contains("ownr"), "{list}: {}", said.err);
    }
    let said = place.run(&["list", "queue", "--filter", "all type:cpp"]);
    assert!(said.code == 0 && said.err.contains("There is no type of case \u{201c}cpp\u{201d}; did you mean cp?"), "{}", said.err);
    let said = place.run(&["list", "registers", "--filter", "late"]);
    assert!(said.code == 2 && said.err.contains("takes no filter"), "{}", said.err);
}

#[test]
fn people_are_listed_with_the_title_of_their_role_and_scripts_keep_its_key() {
    let place = Place::council();
    let rows = place.run(&["list", "people", "--json"]).rows();
    let manager = rows.iter().find(|row| row["role"] == "insights-sm").expect("somebody manages the Insights team");
    assert_eq!(manager["title"], "Insights service manager");
    assert!(rows.iter().all(|row| row["title"].as_str().is_some_and(|title| !title.is_empty())));
    for form in [&["list", "people"][..], &["list", "people", "--plain"]] {
        let said = place.run(form).done();
        assert!(said.contains("Insights service manager") && !said.contains("insights-sm"), "{said}");
    }
}
