//! The pages of the insight view, agreement and the effect ledger of each framework, counted again by an independent script from what
//! `export csv` hands out.

use super::figures::{HOLIDAYS, PROFILES, there_is_python};
use super::place::{NOW, Place};
use closeloop::demo::COORDINATOR;
use closeloop::domain::agreement::GradeShift;
use closeloop::domain::grade::Grade;
use closeloop::domain::insight::pages::PageOf;
use closeloop::domain::query::{Answered, InsightWanted, Query, Viewer};
use closeloop::runtime::answers::answer;
use closeloop::runtime::library::Library;
use closeloop::store::Store;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/insight.py");

fn table(shift: &GradeShift) -> Value {
    json!(Grade::ALL.map(|original| Grade::ALL.map(|moderated| shift.count(original, moderated))))
}

/// What the screens of the coordinator hold.
fn screens(path: &Path) -> Value {
    let store = Store::open(path).unwrap();
    let person = store.reading().person_by_login(COORDINATOR).unwrap().unwrap().id;
    let now: chrono::DateTime<chrono::Utc> = NOW.parse().unwrap();
    let viewer = Viewer::of(Some(person), now, now.date_naive());
    let mut library = Library::default();
    let mut ask = |query: Query| answer(&store, &mut library, &query, &viewer).unwrap();
    let mut pages = serde_json::Map::new();
    let framework = Library::default().current(store.reading()).unwrap();
    for page in PageOf::under(&framework) {
        let Answered::Insight(detail) = ask(Query::Insight(InsightWanted { page, ..InsightWanted::default() })) else { panic!() };
        pages.insert(page.label().to_lowercase(), serde_json::to_value(&detail.grid).unwrap());
    }
    let Answered::Agreement(agreement) = ask(Query::Agreement { seed: closeloop::domain::agreement::SEED }) else { panic!() };
    let Answered::Effects(ledger) = ask(Query::Effects) else { panic!() };
    let kept: u32 = Grade::ALL.iter().map(|grade| agreement.all.count(*grade, *grade)).sum();
    json!({
        "pages": pages,
        "agreement": {
            "all": table(&agreement.all), "by_chance": table(&agreement.by_chance), "left_out": agreement.left_out, "kept": kept,
            "moderation": serde_json::to_value(agreement.moderation.estimate).unwrap(), "seed": agreement.seed,
            "unseen": agreement.unseen.iter().map(|one| json!({
                "by": one.by.key(), "reviews": one.reviews, "by_question": one.by_question,
                "estimate": serde_json::to_value(one.figure.estimate).unwrap(),
            })).collect::<Vec<_>>(),
        },
        "effects": serde_json::to_value(&ledger).unwrap(),
    })
}

/// Counts the screens of a made-up year again; gives what the script says it compared.
fn counted_again(framework: &str, seed: &str, reviews: &str, spoil: bool) -> String {
    if !there_is_python() {
        return String::new();
    }
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", NOW.into()));
    let path = place.path("insights.db");
    place.run(&["demo", "--framework", framework, "--reviews", reviews, "--seed", seed, "--out", &path]).done();
    let data = place.path("data");
    assert_eq!(place.run(&["export", "csv", &data]).code, 0);
    let mut oracle = Command::new("python3")
        .args([SCRIPT, &data, &format!("{PROFILES}/{framework}.toml"), HOLIDAYS, NOW])
        .args(spoil.then_some("spoil"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Everything is read before anything is written, so no pipe fills.
    oracle.stdin.take().unwrap().write_all(screens(Path::new(&path)).to_string().as_bytes()).unwrap();
    let answer = oracle.wait_with_output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr));
    assert!(answer.status.success(), "{framework}, seed {seed}:\n{text}");
    for page in
        ["cycles: ", "questions: ", "indicators: ", "themes: ", "practice: ", "time: ", "telling: ", "coverage: ", "behind: ", "effects"]
    {
        assert!(text.contains(page), "{framework}, seed {seed}: {page} was not counted again: {text}");
    }
    // Whatever was counted again was seen to be noticed once it was altered.
    let pages = ["cycles: ", "questions: ", "areas: ", "themes: ", "practice: ", "time: ", "coverage: ", "behind: ", "effects: "];
    for page in pages.iter().filter(|_| spoil) {
        assert!(text.contains(&format!("spoiled, {page}")), "{framework}, seed {seed}: nobody tried whether {page} can be wrong: {text}");
    }
    text
}

fn with_two_seeds(framework: &str, and_these: &[&str]) {
    // The larger year has shares that are hardly less than all.
    for (seed, reviews, spoil) in [("7", "120", true), ("3", "260", false)] {
        let text = counted_again(framework, seed, reviews, spoil);
        for page in and_these.iter().filter(|_| !text.is_empty()) {
            assert!(text.contains(page), "{framework}, seed {seed}: {page} was not counted again: {text}");
        }
    }
}

#[test]
fn m19_m27_the_screens_of_merton_are_counted_again() {
    with_two_seeds("merton", &["run chart", "agreement", "areas", "kappa: ", "alpha: "]);
}

#[test]
fn s07_s13_the_screens_of_sandwell_are_counted_again() {
    with_two_seeds("sandwell", &["run chart", "agreement", "kappa by value: 1", "alpha: "]);
}

#[test]
fn f08_f14_the_screens_of_sefton_are_counted_again() {
    with_two_seeds("sefton", &["run chart", "agreement", "areas", "alpha by value: 1"]);
}

#[test]
fn c01_the_screens_of_central_bedfordshire_are_counted_again() {
    with_two_seeds("central-bedfordshire", &["run chart", "agreement", "areas", "kappa by value: 1"]);
}

#[test]
fn q02_the_screens_of_the_quarterly_framework_are_counted_again() {
    with_two_seeds("quarterly-learning", &["run chart", "areas", "alpha by value: 1"]);
}
