//! The reliability card of the README: made of the lines that the tests printed when they last ran in full, and of nothing else.
//!
//! `tests/reliability/run` writes the lines to `card.json`; `CLOSELOOP_UPDATE=1 cargo test readme_card` puts the card made of them
//! into the README.

use crate::house_rules::source;
use serde_json::Value;
use std::fmt::Write;

/// What was kept of the last full run.
fn kept() -> Value {
    let text = std::fs::read_to_string(source::root().join("tests/reliability/card.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The lines of one test, put together: each prints what it alone knows.
fn of<'a>(card: &'a Value, test: &str) -> impl Fn(&str) -> Option<&'a Value> {
    let lines: Vec<&Value> = card["lines"].as_array().into_iter().flatten().filter(|line| line["test"] == test).collect();
    move |name: &str| lines.iter().find_map(|line| line.get(name))
}

/// A number with its thousands parted, a text as it is, and a dash where nothing was measured.
fn said(value: Option<&Value>) -> String {
    match value {
        Some(Value::Number(number)) => match number.as_u64() {
            Some(whole) => {
                let digits = whole.to_string();
                let parts: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap()).collect();
                parts.join(" ")
            }
            None => number.to_string(),
        },
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "\u{2013}".into(),
    }
}

/// One row of the card: what it is about, and a sentence with the names of figures in braces.
const ROWS: &[(&str, &str, &str)] = &[
    ("SQLite", "T13", "{sqlite} bundled, {libraries} in the program, {shared} of the machine's"),
    ("kill -9 while saving", "T01", "{kills} kills, {acked} saves acknowledged, {lost} lost, {half} half there, {corrupt} corrupt"),
    ("torn log", "T03", "{cuts} cuts and {bit_flips} flipped bits, {not_a_prefix} opened as anything but an exact prefix"),
    (
        "power cut (model)",
        "T04",
        "{cuts} cuts, {lost} acknowledged saves lost, {corrupt} corrupt, {syncs_per_100_commits} syncs for 100 commits",
    ),
    ("full disk", "T05", "{saved} saves until it was full, {refused} refused and said so, {lost} lost, went on when there was room"),
    (
        "locks",
        "T09",
        "{frames} drawings, {held} with anything still read or locked; {opens} files opened, {opened_past_sqlite} past SQLite",
    ),
    (
        "many who save at once",
        "T10",
        "{processes} processes, {saves} saves: p50 {p50_ms} ms, p95 {p95_ms} ms, p99 {p99_ms} ms, longest {max_ms} ms; {busy} told that the database is busy, {lost} lost",
    ),
    (
        "{sessions} sessions in terminals",
        "T10",
        "{minutes} minutes, {terminal_saves} saves from key to screen: p50 {save_p50_ms} ms, p95 {save_p95_ms} ms, p99 {save_p99_ms} ms, {refused} refused, {terminal_lost} lost; each session {pss_mb} MB and {idle_percent} % of a core while nobody types",
    ),
    ("upgrades", "T12", "{starters} starters in {rounds} races, {upgraded_twice} upgraded twice"),
    ("backups", "T16", "{backups} beside writers, {missing} acknowledged saves missing, {restored} restored"),
    (
        "lines that drop",
        "T19",
        "{hang_ups} hang-ups, {gone} gone within 2 s (slowest {slowest_ms} ms), {lost} words lost that the screen showed",
    ),
    (
        "kill -9 while typing",
        "T20",
        "{kills} kills, {restorable} drafts restorable, text lost that was older than {lost_older_than_s} s: none",
    ),
    ("frozen terminal", "T23", "{seconds} s, draft kept, picture right afterwards"),
    ("one person twice", "T25", "{rounds} rounds, {silent_overwrites} silent overwrites"),
    ("log-ins at 9", "T26", "{logins} in {seconds} s over sshd, {refused} refused, first frame p95 {first_frame_p95_ms} ms"),
    ("escapes", "T27", "{tries} tries, {shells} shells or files gained"),
    ("what is written to the terminal", "T30", "{mb} MB, {unexpected} unexpected sequences, {texts} hostile texts"),
    ("hidden characters", "T31", "{characters} characters, {marks_seen} shown as a mark, {raw} raw"),
    ("pastes", "T34", "{payloads} payloads, {fired} commands fired"),
    ("spreadsheets", "T35", "{cells} cells opened by {opened_by}, {formulas} formulas, {differences} differences"),
    ("file names", "T36", "{names} names, {astray} astray, {overwritten} overwritten"),
    ("searches", "T37", "{strings} strings, {errors} errors, slowest {slowest_ms} ms"),
    ("imports", "T38", "{killed_imports} killed, {half_in} half in; {again} sent again, {rows_changed} rows changed"),
    ("canaries", "T39", "{ids} made-up numbers, {leaks} found where none belongs"),
    (
        "concurrent edits",
        "T40",
        "{editors} editors, {saves} saves, {lost} lost; {sequences} sequences against a model, {differences} differences",
    ),
    (
        "journal",
        "T41",
        "{moments} moments, {changes_without_row} changes without a row; {journal_rows} rows of {kinds_of_change} kinds rebuilt without a difference",
    ),
    (
        "attacks on the journal",
        "T42",
        "{seen_with_anchor} of {attacks} seen with an anchor kept elsewhere, {seen_without} without; {ms_per_100k_rows} ms for 100 000 rows",
    ),
    ("roles", "T43", "{cells} cells, {wrong_allows} wrongly allowed, {wrong_denies} wrongly refused"),
    ("who looked", "T44", "{ways} ways to a child's record, {unwritten} unwritten"),
    ("room screen", "T45", "{walks} walks, {frames} frames, {leaks} leaks"),
    ("erasure", "T47", "{canary_bytes} bytes left, {held_purged} held records erased"),
    ("deadlines", "T48", "{cases} cases against an independent oracle, {differences} differences"),
];

/// The card as a table.
pub fn table(card: &Value) -> String {
    let mut out = String::from("| Tried | Found |\n|---|---|\n");
    for (label, test, sentence) in ROWS {
        let figure = of(card, test);
        let filled = |text: &str| {
            let mut rest = text;
            let mut done = String::new();
            let mut known = 0;
            while let Some((before, after)) = rest.split_once('{') {
                let (name, after) = after.split_once('}').unwrap();
                known += usize::from(figure(name).is_some());
                done.push_str(before);
                done.push_str(&said(figure(name)));
                rest = after;
            }
            done.push_str(rest);
            (known > 0).then_some(done)
        };
        // What nobody has measured yet has no row: a row without a figure would look like a promise.
        let (Some(found), name) = (filled(sentence), filled(label).unwrap_or_else(|| (*label).to_string())) else { continue };
        writeln!(out, "| {name} ({}) | {found} |", test).unwrap();
    }
    let controls = card["controls"].as_array().map(Vec::as_slice).unwrap_or_default();
    let caught = controls.iter().filter(|control| control["caught"] == true).count();
    writeln!(out, "| controls: broken on purpose (5.5) | {caught} of {} caught |", controls.len()).unwrap();
    let load = card["load"].as_f64().unwrap_or_default();
    let beside = if load > 1.0 { format!(", beside other work (load {load})") } else { String::new() };
    writeln!(out, "\nRun on {}, {}{beside}.", said(card.get("on")), said(card.get("machine"))).unwrap();
    let below: Vec<String> = card["below"].as_array().into_iter().flatten().map(|line| said(Some(line))).collect();
    if !below.is_empty() {
        writeln!(out, "Below its bar: {}.", below.join("; ")).unwrap();
    }
    out
}

#[test]
fn the_readme_card_is_made_of_the_kept_lines() {
    crate::readme::put_between("README.md", "card", &table(&kept()));
}

#[test]
fn a_card_has_a_row_for_what_was_measured_and_none_for_what_was_not() {
    let card = serde_json::json!({"on": "1 May 2026", "machine": "2 cores", "below": ["T10 p99 60 ms (50)"],
        "controls": [{"name": "a", "caught": true}, {"name": "b", "caught": false}],
        "lines": [{"test": "T13", "sqlite": "3.54.1", "libraries": 1}, {"test": "T13", "shared": 0}, {"test": "T48", "cases": 250_000}]});
    let made = table(&card);
    assert!(made.contains("| SQLite (T13) | 3.54.1 bundled, 1 in the program, 0 of the machine's |"), "{made}");
    assert!(made.contains("| deadlines (T48) | 250 000 cases against an independent oracle, \u{2013} differences |"), "{made}");
    assert!(!made.contains("T01") && made.contains("| 1 of 2 caught |") && made.contains("Below its bar: T10 p99 60 ms (50)."), "{made}");
}

#[test]
fn every_control_of_the_card_was_caught() {
    let card = kept();
    let controls = card["controls"].as_array().unwrap();
    let missed: Vec<&Value> = controls.iter().filter(|control| control["caught"] != true).collect();
    assert!(controls.len() == 10 && missed.is_empty(), "{missed:?}");
}
