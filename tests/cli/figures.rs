//! Every figure of every report of every framework, counted again by an independent script from what `export csv` hands out.

use super::place::{NOW, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/figures.py");
pub(super) const PROFILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/frameworks");
pub(super) const HOLIDAYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/bank-holidays.json");

/// Whether a Python is there that can read a profile; the check of a change asks for one.
pub(super) fn there_is_python() -> bool {
    let wanted = std::env::var_os("CLOSELOOP_ORACLE").is_some_and(|value| value == "required");
    let there = Command::new("python3").args(["-c", "import tomllib"]).output().is_ok_and(|answer| answer.status.success());
    assert!(there || !wanted, "CLOSELOOP_ORACLE asks for a python3 of 3.11 or later");
    there
}

/// A table of the data set: its rows, each cell by its column.
fn rows(data: &str, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut file = csv::Reader::from_path(format!("{data}/{table}.csv")).unwrap();
    file.deserialize().map(Result::unwrap).collect()
}

/// Three cycles: the last that is closed, one of which an alert was opened, and one that goes on, of which a service is visited if any is.
fn cycles_of(data: &str) -> BTreeSet<String> {
    let of: BTreeMap<String, (String, bool)> = rows(data, "reviews")
        .into_iter()
        .map(|row| (row["review"].clone(), (row["cycle"].clone(), row["subject_kind"] == "service")))
        .collect();
    let begun: Vec<_> = rows(data, "cycles")
        .into_iter()
        .filter(|row| row["stands"] == "planned" && row["starts_on"].as_str() <= NOW)
        .map(|row| (row["cycle"].clone(), !row["closed_on"].is_empty()))
        .collect();
    let closed = |cycle: &String| begun.iter().any(|(known, closed)| known == cycle && *closed);
    let visited = of.values().find(|(cycle, visit)| *visit && !closed(cycle)).map(|(cycle, _)| cycle.clone());
    let open = begun.iter().rev().find(|(_, closed)| !closed).map(|(cycle, _)| cycle.clone());
    let last = begun.iter().rev().find(|(_, closed)| *closed).map(|(cycle, _)| cycle.clone());
    let alerted = rows(data, "alerts").into_iter().map(|row| of[&row["review"]].0.clone()).find(closed);
    [visited.or(open), last, alerted].into_iter().flatten().collect()
}

/// An open action answers what another review found as well: its loop waits for that too. No made-up year has one.
fn link_an_action(database: &str) {
    let linked = rusqlite::Connection::open(database).unwrap().execute(
        "INSERT INTO action_link SELECT a.id, r.id FROM action a, review r
         WHERE a.state IN ('open', 'in-progress') AND r.loop = 'open' AND r.id <> a.review
         ORDER BY EXISTS (SELECT 1 FROM action x WHERE x.review = r.id AND x.state NOT IN ('signed-off', 'withdrawn')), r.id, a.id LIMIT 1",
        [],
    );
    assert_eq!(linked.unwrap(), 1);
}

/// `and_these`: tables that reports of this framework tell beside those that every framework's do.
fn counted_again(framework: &str, reviews: &str, and_these: &[&str]) {
    if !there_is_python() {
        return;
    }
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", NOW.into()));
    place.run(&["demo", "--framework", framework, "--reviews", reviews, "--out", &place.path("insights.db")]).done();
    link_an_action(&place.path("insights.db"));
    let data = place.path("data");
    assert_eq!(place.run(&["export", "csv", &data]).code, 0);
    let profile = format!("{PROFILES}/{framework}.toml");
    let cycles = cycles_of(&data);
    let kinds = place.run(&["report", cycles.last().unwrap()]).done();
    let kinds: Vec<&str> = kinds.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(kinds.len() >= 6 && cycles.len() >= 2, "{kinds:?} {cycles:?}");
    let mut compared = BTreeSet::new();
    for kind in kinds {
        for cycle in &cycles {
            let said = place.run(&["report", cycle, "--kind", kind, "--for-team", "--format", "csv"]);
            // A report of words alone gives no file of figures; its words are gone through all the same.
            let counts = if said.err.contains("is words alone and counts nothing") {
                compared.insert("of the paper, no figure".to_string());
                "Table,Row,Column,Value\n".to_string()
            } else {
                assert_eq!(said.code, 0, "{framework} {cycle} {kind}: {}", said.err);
                said.out
            };
            let paper = place.path("paper.md");
            let wanted = ["report", cycle, "--kind", kind, "--for-team", "--format", "md", "--force", "--out", &paper];
            assert_eq!(place.run(&wanted).code, 0, "{framework} {cycle} {kind}");
            // Counted again, and each kind of figure altered once to see that the count can fail.
            let mut oracle = Command::new("python3")
                .args([SCRIPT, &data, &profile, HOLIDAYS, NOW, cycle, kind, &paper, "spoil"])
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            // Everything is read before anything is written, so no pipe fills.
            oracle.stdin.take().unwrap().write_all(counts.as_bytes()).unwrap();
            let answer = oracle.wait_with_output().unwrap();
            let text = format!("{}{}", String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr));
            assert!(answer.status.success(), "{framework} {cycle} {kind}:\n{text}");
            let tables = text.lines().last().unwrap_or_default().split("; ").filter_map(|one| one.rsplit_once(": "));
            compared.extend(tables.map(|(table, _)| table.to_string()));
        }
    }
    // What no report of a framework shows is in none of its files: of the rest each table was counted again somewhere.
    let everywhere = ["Reviews", "Actions of these reviews", "Alerts", "Families", "Reviews by service", "Reviews by case type"];
    let lists = ["Actions", "Loops one by one", "Sample", "Open loops", "Plan lines", "Improvement plan"];
    let paper = ["sentences", "actions", "plan lines", "loops", "sample"].map(|one| format!("of the paper, {one}"));
    let all = everywhere.iter().chain(&lists).chain(and_these).map(|one| one.to_string()).chain(paper);
    for table in all {
        assert!(compared.contains(&table), "{framework}: {table} is in no file: {compared:?}");
    }
    // Whatever was counted again was seen to be noticed once it was altered.
    let (spoiled, whole): (Vec<&String>, Vec<&String>) = compared.iter().partition(|one| one.starts_with("spoiled, "));
    for table in whole.iter().filter(|one| !one.starts_with("of the paper, ")) {
        assert!(spoiled.iter().any(|one| one[9..] == ***table), "{framework}: nobody tried whether {table} can be wrong: {spoiled:?}");
    }
}

#[test]
fn m19_m20_every_figure_of_merton_is_counted_again() {
    counted_again("merton", "120", &["Answers from 0 to 10", "Alerts one by one", "of the paper, sentences: supervision"]);
}

#[test]
fn s17_every_figure_of_sandwell_is_counted_again() {
    counted_again(
        "sandwell",
        "80",
        &[
            "Answers in registers",
            "Registers",
            "Alerts one by one",
            "Steps",
            "Moderation",
            "spoiled, Sample: a visit",
            "of the paper, sentences: visits",
            "of the paper, sentences: since last time",
        ],
    );
}

#[test]
fn f17_every_figure_of_sefton_is_counted_again() {
    counted_again(
        "sefton",
        "80",
        &[
            "Disputes and practice alerts",
            "Answers in registers",
            "Grades of areas",
            "spoiled, Disputes and practice alerts",
            "of the paper, sentences: who is behind",
            "of the paper, no figure",
            "of the paper, sentences: since last time",
        ],
    );
}

#[test]
fn c09_every_figure_of_central_bedfordshire_is_counted_again() {
    counted_again(
        "central-bedfordshire",
        "80",
        &["Disputes and practice alerts", "Answers in registers", "Alerts one by one", "Steps", "of the paper, sentences: disputes"],
    );
}

#[test]
fn q02_every_figure_of_the_quarterly_framework_is_counted_again() {
    counted_again("quarterly-learning", "80", &["Themes", "spoiled, Sample: a visit"]);
}
