//! The list of reports narrowed by words and fields, on the screen and for scripts.

use super::reviewed;
use crate::cli::place::Place;
use crate::support::driver::{LARGE, Robot};
use closeloop::domain::query::{ReportFilter, ReportRow};
use closeloop::domain::report::ReportState;

fn row(kind: &str, cycle: &str, state: Option<ReportState>, replaced: bool) -> ReportRow {
    ReportRow {
        id: None,
        reference: "RP-0007".into(),
        cycle: closeloop::domain::id::CycleId(1),
        cycle_reference: cycle.into(),
        title: "November 2026".into(),
        kind: kind.into(),
        label: "Open loops and escalations".into(),
        version: 1,
        state,
        until: "2026-11-30".parse().unwrap(),
        built_on: None,
        went_to: "Improvement Board".into(),
        due: None,
        newest: true,
        replaced,
        complete: None,
        not_written_by: None,
        to_approve: false,
    }
}

#[test]
fn a_filter_of_reports_knows_words_and_its_own_fields() {
    let fits = |typed: &str| {
        let (filter, problems) = ReportFilter::parse(typed);
        assert!(problems.is_empty(), "{problems:?}");
        filter.fits(&row("tracking", "2026-11", Some(ReportState::Published), false))
    };
    for yes in [
        "",
        "loops",
        "OPEN board",
        "kind:tracking",
        "kind:escal",
        "cycle:2026-11",
        "cycle:november",
        "stands:pub",
        "stands:published",
        "rp-0007",
        "kind:",
    ] {
        assert!(fits(yes), "{yes}");
    }
    for no in ["newsletter", "kind:newsletter", "cycle:2026-10", "stands:draft", "stands:corrected", "loops draft"] {
        assert!(!fits(no), "{no}");
    }
    let corrected = row("tracking", "2026-11", Some(ReportState::Published), true);
    assert!(ReportFilter::parse("stands:corrected").0.fits(&corrected) && !ReportFilter::parse("stands:published").0.fits(&corrected));
    assert!(
        ["\"to build\"", "stands:build"].iter().all(|typed| ReportFilter::parse(typed).0.fits(&row("tracking", "2026-11", None, false)))
    );
    let (filter, problems) = ReportFilter::parse("worker:carter");
    assert!(!filter.fits(&corrected), "what is not understood shows nothing");
    assert!(problems[0].contains("kind:, cycle: and stands: are known"), "{problems:?}");
}

#[test]
fn reports_are_filtered_by_keys_and_esc_shows_all_again() {
    let (world, _) = reviewed();
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("7").expect_line("Collaborative review report").expect_line("Newsletter digest");
    robot.press("/").type_text("kind:newsletter").expect_line("/kind:newsletter").expect_no("Collaborative review report");
    robot.press("enter").expect_row_selected("Newsletter digest");
    robot.press("/ ctrl-u").type_text("worker:x").expect_notice("Reports have no field \u{201c}worker\u{201d}");
    robot.press("ctrl-u").type_text("zebra").expect_line("No report matches.").press("enter");
    robot.press("enter").expect_notice("No report matches the filter.");
    robot.press("esc").expect_line("Collaborative review report").expect_line("7 Reports").press("esc").expect_line("1 Queue");
}

#[test]
fn what_was_built_is_seen_whatever_was_filtered_for_before() {
    let (world, _) = reviewed();
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("7 /").type_text("build newsletter").press("enter").expect_row_selected("Newsletter digest");
    robot
        .press("b")
        .type_text("build")
        .press("enter")
        .expect_line("RP-0001 draft")
        .press("esc")
        .expect_row_selected("Newsletter digest")
        .expect_no("/build");
}

#[test]
fn reports_are_listed_for_scripts_and_screen_readers() {
    let place = Place::council();
    let rows = place.run(&["list", "reports", "--filter", "stands:published", "--json"]).json();
    let rows = rows.as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["state"] == "published"), "{rows:?}");
    assert!(rows[0]["ref"].as_str().unwrap().starts_with("RP-") && rows[0]["cycle"].as_str().unwrap().starts_with("202"));
    let said = place.run(&["list", "reports", "--plain", "--filter", "\"to build\""]).done();
    assert!(said.lines().all(|line| line.contains(": to build")) && said.contains("reviews are on the record."), "{said}");
    let said = place.run(&["list", "reports"]).done();
    assert!(said.lines().any(|line| line.contains("collaborative-review") && line.contains("published")), "{said}");
    let said = place.run(&["list", "reports", "--filter", "worker:x"]);
    assert!(said.code == 2 && said.err.contains("kind:, cycle: and stands: are known"), "{}", said.err);
}

#[test]
fn no_report_to_build_stands_twice_and_none_is_late_before_its_days_are_over() {
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", "2026-11-27T10:00:00Z".into()));
    let made = ["demo", "--framework", "central-bedfordshire", "--reviews", "40", "--out", &place.path("insights.db")];
    place.run(&made).done();
    let rows = place.run(&["list", "reports", "--json", "--filter", "\"to build\""]).json();
    let rows = rows.as_array().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for row in rows {
        assert!(seen.insert((row["kind"].to_string(), row["until"].to_string())), "twice: {row}");
        let (until, due) = (row["until"].as_str().unwrap(), row["due"].as_str().unwrap_or("9999"));
        assert!(until < "2026-11-27" || due >= "2026-11-27", "{row}");
    }
    assert!(rows.iter().any(|row| row["kind"] == "weekly-performance"), "{rows:?}");
}
