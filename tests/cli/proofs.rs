//! `closeloop alert proof`, `show DR-0001` and the counts of practice alerts, as scripts use them. M14, F18.

use super::place::{Place, recuse};

#[test]
fn a_proof_comes_in_every_form_and_takes_no_file_s_place_unasked() {
    let place = Place::council();
    let rows = place.run(&["list", "alerts", "--filter", "all", "--json"]).rows();
    let kinds: Vec<&str> = rows.iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"alert") && kinds.contains(&"drp"), "{kinds:?}");
    for row in &rows {
        let reference = row["ref"].as_str().unwrap();
        let said = place.run(&["alert", "proof", reference]).done();
        assert!(said.starts_with(&format!("{reference}: proof of ")), "{said}");
        let shown = place.run(&["show", reference, "--json"]).json();
        assert_eq!(shown["ref"], row["ref"]);
    }
    let reference = rows.iter().find(|row| row["kind"] == "drp").unwrap()["ref"].as_str().unwrap();
    let (md, docx, page) = (place.path("proof.md"), place.path("proof.docx"), place.path("proof.html"));
    assert_eq!(place.run(&["alert", "proof", reference, "--out", &md]).done(), format!("Written: {md}.\n"));
    place.run(&["alert", "proof", reference, "--out", &docx]).done();
    place.run(&["alert", "proof", reference, "--out", &page]).done();
    assert!(std::fs::read(&docx).unwrap().starts_with(b"PK") && std::fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));
    let before = std::fs::read_to_string(&md).unwrap();
    let said = place.run(&["alert", "proof", reference, "--out", &md]).refused();
    assert!(said.contains("is there already. Nothing was changed."), "{said}");
    assert_eq!(std::fs::read_to_string(&md).unwrap(), before);
    place.run(&["alert", "proof", reference, "--out", &md, "--force"]).done();
    let said = place.run(&["alert", "proof", "DR-0999"]).refused();
    assert!(said.starts_with("closeloop: There is no alert or dispute DR-0999."), "{said}");
}

#[test]
fn what_is_asked_for_is_said_back_with_nothing_a_terminal_would_obey() {
    let place = Place::council();
    for asked in [&["show"][..], &["alert", "proof"], &["panel", "show"]] {
        let said = place.run(&[asked, &["AL-\u{1b}]0;x\u{7}\u{202e}"]].concat()).refused();
        assert!(said.contains("AL-\u{241b}]0;x\u{2407}<U+202E>"), "{said}");
    }
}

#[test]
fn to_the_recused_an_alert_or_a_dispute_reads_as_a_reference_nobody_gave() {
    let place = Place::council();
    let rows = place.run(&["list", "alerts", "--filter", "all", "--json"]).rows();
    for kind in ["alert", "drp"] {
        let row =
            rows.iter().find(|row| row["kind"] == kind && row["review_ref"].as_str().is_some_and(|review| !review.is_empty())).unwrap();
        let reference = row["ref"].as_str().unwrap();
        recuse(&place, row["review_ref"].as_str().unwrap());
        let never = format!("{}-0999", &reference[..2]);
        for asked in [&["show"][..], &["show", "--json"], &["alert", "proof"]] {
            let ask = |reference: &str| place.run(&[asked, &[reference]].concat()).refused().replace(reference, "it");
            assert_eq!(ask(reference), ask(&never), "{asked:?} {reference}");
        }
    }
}

#[test]
fn f18_practice_alerts_are_counted_in_words_columns_and_json() {
    let place = Place::council();
    let rows = place.run(&["list", "practice-alerts", "--json"]).rows();
    assert!(rows.iter().any(|row| row["raised"].as_u64() > Some(0)) && rows.iter().any(|row| row["good_practice"].as_u64() > Some(0)));
    assert!(rows.iter().all(|row| row["service"].is_string() && row["team"].is_string()));
    assert_eq!(place.run(&["list", "practice-alerts", "--plain"]).done().lines().count(), rows.len());
    let few = place.run(&["list", "practice-alerts", "--over", "1", "--json"]).rows();
    assert!(few.len() < rows.len() && few.iter().all(|row| row["ref"] == "2026-11"));
    assert_eq!(place.run(&["list", "practice-alerts", "--filter", "late"]).code, 2);
    assert_eq!(place.run(&["list", "alerts", "--over", "3"]).code, 2);
}
