//! Minutes say who was there, what became of every case and why, and nothing to whoever is recused from a case.

use super::read;
use crate::support::sat::{RECUSED, Sat};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::report::markdown::markdown;
use closeloop::report::panel::minutes;

#[test]
fn m05_m08_m09_minutes_hold_attendance_both_grades_reasons_and_what_came_later() {
    let mut sat = Sat::closed();
    let (sitting, items) = read(&mut sat, "Amina Khan");
    let text = markdown(&minutes(&sitting, &items));
    let wanted = [
        "# Minutes of the moderation panel, Tuesday 24 November 2026, 10:00",
        "| Iris Tamm | Insights team manager | chair |",
        "| 1 | CR-0001 |",
        "| 10, Outstanding | 10, Outstanding | upheld |",
        "| 1, Inadequate | 0, Inadequate | lowered |",
        "- **Left for it:** SM",
        "- **Moderated:** 0, Inadequate (lowered)",
        "> The child was \\*not\\* seen; the plan \\| was old.",
        "> Agreed on risk",
        "> voice",
        "Sent back to the reviewer; missing:",
        "> What the child said",
        "Put off to another sitting, because:",
        "> Its reviewer is ill",
        "## Added later",
        "Thu 26 Nov 09:00, Amina Khan, about CR-0002:",
        "> The date of the plan was misread.",
    ];
    for line in wanted {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    assert!(!text.contains("draft"), "the sitting is closed");
    let deferred = text.lines().find(|line| line.contains("put off")).unwrap();
    assert!(deferred.ends_with("|  |  | put off |"), "it is scored blind when it comes again: {deferred}");
    insta::assert_snapshot!("minutes", text);
}

#[test]
fn f09_minutes_say_who_took_the_chair_over_and_why() {
    let mut sat = Sat::begun();
    let panel = sat.panel;
    let deed = PanelDeed::TakeChair { panel, why: "The chair's line dropped".into() };
    sat.world.do_("Ivo Smith", Deed::Panel(deed));
    let (sitting, items) = read(&mut sat, "Amina Khan");
    let text = markdown(&minutes(&sitting, &items));
    assert!(text.contains("Ivo Smith took the chair over, Tue 24 Nov 10:00: The chair's line dropped"), "{text}");
    assert!(text.contains("| Ivo Smith | Insights service manager | chair |"), "{text}");
}

#[test]
fn minutes_of_a_sitting_under_way_say_that_they_are_a_draft() {
    let mut sat = Sat::begun();
    sat.opens(0);
    sat.scores(0, &[10, 10, 10]);
    let (sitting, items) = read(&mut sat, "Amina Khan");
    let text = markdown(&minutes(&sitting, &items));
    assert!(text.contains("these minutes are a draft") && text.contains("## Not dealt with"), "{text}");
    assert!(!text.contains("10, Outstanding"), "nothing sealed is in them:\n{text}");
}

#[test]
fn minutes_name_no_case_that_is_withheld_from_whoever_asks() {
    let mut sat = Sat::closed();
    let (sitting, items) = read(&mut sat, RECUSED);
    let text = markdown(&minutes(&sitting, &items));
    for word in [&sat.cases[1], "misread", "*not* seen", "0, Inadequate"] {
        assert!(!text.contains(word), "{word} is in\n{text}");
    }
    assert!(text.contains(&sat.cases[0]) && text.contains("Its reviewer is ill"));
}
