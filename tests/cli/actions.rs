//! `closeloop actions`: the tracker on paper and in a calendar, and the effect ledger. F14, S13.

use super::place::{Place, recuse};

#[test]
fn the_list_for_a_meeting_holds_what_the_tracker_lists_late_ones_first_and_no_child() {
    let place = Place::council();
    let rows = place.run(&["list", "actions", "--json"]).rows();
    let said = place.run(&["actions", "print"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for row in &rows {
        assert!(said.out.contains(row["ref"].as_str().unwrap()), "{}", said.out);
    }
    assert!(said.out.contains(&format!("{} actions,", rows.len())), "{}", said.out);
    let database = rusqlite::Connection::open(place.db()).unwrap();
    let mut statement =
        database.prepare("SELECT pseudonym FROM subject UNION SELECT council_id FROM subject WHERE length(council_id) > 4").unwrap();
    let cases: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(cases.len() > 100 && cases.iter().all(|case| !said.out.contains(case.as_str())));
    let late = place.run(&["list", "actions", "--filter", "late", "--json"]).rows();
    let said = place.run(&["actions", "print", "--filter", "late"]);
    assert!(said.out.contains("matching \u{201c}late\u{201d}") && !said.out.contains("To be signed off"), "{}", said.out);
    assert!(late.iter().all(|row| said.out.contains(row["ref"].as_str().unwrap())));
    let (word, page) = (place.path("list.docx"), place.path("list.html"));
    place.run(&["actions", "print", "--out", &word]).done();
    place.run(&["actions", "print", "--out", &page]).done();
    assert!(std::fs::read(&word).unwrap().starts_with(b"PK"));
    assert!(place.run(&["actions", "print", "--out", &page]).refused().contains("is there already"));
    assert_eq!(place.run(&["actions", "print", "--filter", "ownr:x"]).code, 2);
}

#[test]
fn the_calendar_has_a_day_for_each_open_action_and_never_what_is_to_happen() {
    let place = Place::council();
    let rows = place.run(&["list", "actions", "--json"]).rows();
    let open: Vec<_> = rows.iter().filter(|row| matches!(row["state"].as_str(), Some("open" | "in-progress"))).collect();
    let said = place.run(&["actions", "calendar"]).done();
    assert_eq!(said.matches("BEGIN:VEVENT").count(), open.len());
    for row in &open {
        let id = row["ref"].as_str().unwrap().trim_start_matches("A-").trim_start_matches('0');
        assert!(said.contains(&format!("UID:action-{id}@merton.closeloop")), "{said}");
        assert!(said.contains(&row["due"].as_str().unwrap().replace('-', "")));
        assert!(!said.contains(row["text"].as_str().unwrap()));
    }
    assert_eq!(said.matches("CLASS:CONFIDENTIAL").count(), open.len());
    // A day without an end lasts that day; one that ends on the day it begins is refused by some calendars.
    assert_eq!((said.matches("DTSTART;VALUE=DATE:").count(), said.matches("DTEND").count()), (open.len(), 0));
    assert_eq!(place.run(&["actions", "calendar"]).done(), said, "made again, the same");
}

#[test]
fn f14_the_ledger_counts_each_look_by_kind_and_theme_and_leaves_out_what_is_withheld() {
    let place = Place::council();
    let database = rusqlite::Connection::open(place.db()).unwrap();
    let count = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    let ledger = place.run(&["actions", "effects", "--json"]).rows();
    let all = ledger.iter().find(|row| row["ref"] == "all").unwrap();
    for (key, effect) in [("sustained", "sustained"), ("partly", "partly"), ("cannot_tell", "cannot-tell")] {
        assert_eq!(all[key].as_i64().unwrap(), count(&format!("SELECT count(*) FROM action WHERE effect = '{effect}'")), "{key}");
    }
    assert_eq!(all["recurred"].as_i64().unwrap(), count("SELECT sum(recurred) FROM action"));
    assert!(all["sustained"].as_i64() > Some(0));
    let (mut kinds, mut themes) = (0, 0);
    for row in &ledger {
        let Some((by, key)) = row["ref"].as_str().unwrap().split_once('/') else { continue };
        let sql = match by {
            "kind" => format!("SELECT count(*) FROM action WHERE effect = 'sustained' AND kind = '{key}'"),
            _ => format!(
                "SELECT count(DISTINCT a.id) FROM action a JOIN review_theme t ON t.review = a.review
                 WHERE a.effect = 'sustained' AND t.theme = '{key}'"
            ),
        };
        match row["sustained"].as_i64() {
            Some(told) => assert_eq!(told, count(&sql), "{key}"),
            None => assert_eq!(row["said"], "too few to say"),
        }
        *(if by == "kind" { &mut kinds } else { &mut themes }) += i32::from(!row["sustained"].is_null());
    }
    assert!(kinds + themes > 0, "{ledger:?}");
    let reference: String = database
        .query_row("SELECT r.ref FROM action a JOIN review r ON r.id = a.review WHERE a.effect = 'sustained' LIMIT 1", [], |row| row.get(0))
        .unwrap();
    let before = all["sustained"].as_i64().unwrap();
    recuse(&place, &reference);
    let said = place.run(&["actions", "effects", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert!(rows[0]["sustained"].as_i64().unwrap() < before);
    assert!(said.err.contains("withheld"), "{}", said.err);
}
