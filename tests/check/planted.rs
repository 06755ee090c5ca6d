//! A made-up council has nothing amiss; one with faults planted in known numbers has those, each found, and nothing else.

use crate::cli::place::{NOW, Place};
use closeloop::domain::check::FindingKind as K;
use serde_json::Value;
use std::collections::BTreeMap;

fn council(framework: &str, faults: bool) -> Place {
    made(framework, "120", "1", NOW, faults)
}

fn made(framework: &str, reviews: &str, seed: &str, now: &str, faults: bool) -> Place {
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", now.into()));
    let path = place.path("insights.db");
    let mut args = vec!["demo", "--framework", framework, "--reviews", reviews, "--seed", seed, "--out", &path];
    if faults {
        args.push("--faults");
    }
    place.run(&args).done();
    place
}

/// What is found, by kind.
fn found(place: &Place) -> BTreeMap<String, Vec<String>> {
    let said = place.run(&["check", "--json", "--all"]);
    let rows: Value = serde_json::from_str(&said.out).unwrap();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows.as_array().unwrap() {
        found.entry(row["kind"].as_str().unwrap().into()).or_default().push(row["ref"].as_str().unwrap().into());
    }
    assert_eq!(said.code, i32::from(!found.is_empty()), "the exit status says whether anything is amiss");
    found
}

/// How many of each kind are planted; where no grade opens an alert, none is missing.
fn planted(framework: &str, kind: K) -> usize {
    match kind {
        // A month-old extract cannot be planted beside a newer one.
        K::OldExtract => 0,
        K::InadequateWithoutAlert => usize::from(!["sefton", "quarterly-learning"].contains(&framework)),
        _ => 1,
    }
}

/// The clean council of a framework is clean, of another size, seed and day as well; and each fault that is planted is found.
fn clean_but_for_what_is_planted(framework: &str) {
    let none: BTreeMap<String, Vec<String>> = BTreeMap::new();
    assert_eq!(found(&council(framework, false)), none, "{framework}, 120 reviews");
    assert_eq!(found(&made(framework, "200", "2", "2026-12-29T09:30:00Z", false)), none, "{framework}, 200 reviews");
    let faulty = council(framework, true);
    let after = found(&faulty);
    for kind in K::ALL {
        let references = after.get(kind.key()).cloned().unwrap_or_default();
        assert_eq!(references.len(), planted(framework, kind), "{framework} {kind:?}: {references:?}");
    }
    let said = faulty.run(&["verify"]);
    assert_eq!(said.code, 0, "{framework}: a file with faults is still a sound journal: {}{}", said.out, said.err);
}

#[test]
fn merton_has_nothing_amiss_but_what_is_planted() {
    clean_but_for_what_is_planted("merton");
}

#[test]
fn sandwell_has_nothing_amiss_but_what_is_planted() {
    clean_but_for_what_is_planted("sandwell");
}

#[test]
fn sefton_has_nothing_amiss_but_what_is_planted() {
    clean_but_for_what_is_planted("sefton");
}

#[test]
fn central_bedfordshire_has_nothing_amiss_but_what_is_planted() {
    clean_but_for_what_is_planted("central-bedfordshire");
}

#[test]
fn the_quarterly_framework_has_nothing_amiss_but_what_is_planted() {
    clean_but_for_what_is_planted("quarterly-learning");
}

#[test]
fn an_extract_of_more_than_five_weeks_ago_is_found() {
    let mut place = Place::council();
    assert!(!found(&place).contains_key("old-extract"));
    place.env.retain(|(name, _)| *name != "CLOSELOOP_NOW");
    place.env.push(("CLOSELOOP_NOW", "2027-02-01T10:00:00Z".into()));
    assert_eq!(found(&place)["old-extract"].len(), 1);
}

#[test]
fn it_speaks_in_words_in_lines_and_in_json_and_takes_single_kinds() {
    let place = council("merton", true);
    let said = place.run(&["check"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("Inadequate, and nobody was alerted (1, urgent). Raise an alert on the review now."), "{}", said.out);
    assert!(said.err.contains("things are amiss."), "{}", said.err);
    let said = place.run(&["check", "--plain", "--kind", "owner-left", "--kind", "owner-away"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(lines.iter().any(|line| line.contains("an action of somebody who has left (F. Fenn)")), "{lines:?}");
    assert!(lines.iter().all(|line| line.starts_with("A-")), "{lines:?}");
    let said = place.run(&["check", "--kind", "owner-lef"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("Did you mean owner-left?"), "{}", said.err);
    let urgent = place.run(&["check", "--min-severity", "urgent", "--json"]);
    let rows: Value = serde_json::from_str(&urgent.out).unwrap();
    assert!(rows.as_array().unwrap().iter().all(|row| row["severity"] == "urgent") && urgent.code == 1, "{}", urgent.out);
    assert_eq!(place.run(&["check", "--min-severity", "red"]).code, 2);
    let kinds = place.run(&["check", "--list-kinds"]).done();
    assert_eq!(kinds.lines().count(), K::ALL.len());
}

#[test]
fn a_sound_council_leaves_with_status_nought() {
    let place = council("merton", false);
    let said = place.run(&["check"]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", "Nothing is amiss.\n"));
    assert_eq!(place.run(&["check", "--json"]).json(), serde_json::json!([]));
}
