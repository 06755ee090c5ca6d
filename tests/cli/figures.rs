//! Every figure of every report of every framework, counted again by an independent script from what `export csv` hands out.

use super::place::{NOW, Place};
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

/// Whether the data set has an alert about a review of a cycle.
fn has_an_alert(data: &str, cycle: &str) -> bool {
    let rows = |name: &str| -> Vec<csv::StringRecord> {
        csv::Reader::from_path(format!("{data}/{name}.csv")).unwrap().records().map(Result::unwrap).collect()
    };
    // The second column of an alert is its review, that of a review its cycle.
    let alerts: Vec<String> = rows("alerts").iter().map(|row| row[1].to_string()).collect();
    rows("reviews").iter().any(|row| &row[1] == cycle && alerts.iter().any(|review| *review == row[0]))
}

/// `and_these`: tables that reports of this framework tell beside those that every framework's do.
fn counted_again(framework: &str, reviews: &str, and_these: &[&str]) {
    if !there_is_python() {
        return;
    }
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", NOW.into()));
    place.run(&["demo", "--framework", framework, "--reviews", reviews, "--out", &place.path("insights.db")]).done();
    let data = place.path("data");
    assert_eq!(place.run(&["export", "csv", &data]).code, 0);
    let profile = format!("{PROFILES}/{framework}.toml");
    let listed = place.run(&["cycle", "list", "--json"]).rows();
    let mut cycles: Vec<&str> = listed.iter().filter(|row| row["closed_on"].is_string()).filter_map(|row| row["ref"].as_str()).collect();
    cycles.sort_unstable();
    // Two of them, and one of which an alert was opened.
    let alerted = cycles.iter().copied().find(|cycle| has_an_alert(&data, cycle));
    let cycles: Vec<&str> = [cycles[cycles.len() / 2], cycles[cycles.len() - 1]].into_iter().chain(alerted).collect();
    let kinds = place.run(&["report", cycles[0]]).done();
    let kinds: Vec<&str> = kinds.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(kinds.len() >= 6, "{kinds:?}");
    let mut compared = std::collections::BTreeSet::new();
    for kind in kinds {
        for cycle in &cycles {
            let said = place.run(&["report", cycle, "--kind", kind, "--for-team", "--format", "csv"]);
            assert_eq!(said.code, 0, "{framework} {cycle} {kind}: {}", said.err);
            let paper = place.path("paper.md");
            let wanted = ["report", cycle, "--kind", kind, "--for-team", "--format", "md", "--force", "--out", &paper];
            assert_eq!(place.run(&wanted).code, 0, "{framework} {cycle} {kind}");
            let mut oracle = Command::new("python3")
                .args([SCRIPT, &data, &profile, HOLIDAYS, NOW, cycle, kind, &paper])
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            // Everything is read before anything is written, so no pipe fills.
            oracle.stdin.take().unwrap().write_all(said.out.as_bytes()).unwrap();
            let answer = oracle.wait_with_output().unwrap();
            let text = format!("{}{}", String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr));
            assert!(answer.status.success(), "{framework} {cycle} {kind}:\n{text}");
            let tables = text.lines().last().unwrap_or_default().split(", ").filter_map(|one| one.rsplit_once(": "));
            compared.extend(tables.map(|(table, _)| table.to_string()));
        }
    }
    // What no report of a framework shows is in none of its files: of the rest each table was counted again somewhere.
    let everywhere = ["Reviews", "Actions of these reviews", "Alerts", "Families", "Reviews by service", "Reviews by case type"];
    let lists = ["Actions", "Loops one by one", "Sample", "Open loops", "of the paper"];
    for table in everywhere.iter().chain(&lists).chain(and_these) {
        assert!(compared.contains(*table), "{framework}: {table} is in no file: {compared:?}");
    }
    assert!(compared.len() >= 11, "{framework}: {compared:?}");
}

#[test]
fn m19_m20_every_figure_of_merton_is_counted_again() {
    counted_again("merton", "120", &["Answers from 0 to 10", "Alerts one by one"]);
}

#[test]
fn s17_every_figure_of_sandwell_is_counted_again() {
    counted_again("sandwell", "80", &["Answers in registers", "Registers", "Alerts one by one", "Steps", "Moderation"]);
}

#[test]
fn f17_every_figure_of_sefton_is_counted_again() {
    counted_again("sefton", "80", &["Disputes and practice alerts", "Answers in registers", "Grades of areas"]);
}

#[test]
fn c09_every_figure_of_central_bedfordshire_is_counted_again() {
    counted_again("central-bedfordshire", "80", &["Disputes and practice alerts", "Answers in registers", "Alerts one by one", "Steps"]);
}

#[test]
fn q02_every_figure_of_the_quarterly_framework_is_counted_again() {
    counted_again("quarterly-learning", "80", &["Themes"]);
}
