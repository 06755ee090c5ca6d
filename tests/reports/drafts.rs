//! What a draft says is still to come, what the team's own lists hold, and of which months the numbers beside the narrative are. M10, M11,
//! M20, M27.

use super::{build, material, reviewed, said, seen};
use crate::support::world::{World, day};
use closeloop::domain::deed::{Deed, ImportedFile, InsightDeed, ReportDeed};
use closeloop::domain::insight::Share;
use closeloop::domain::report::{AlertLine, Material, Narrative, Report};
use closeloop::domain::theme::Indicator;
use closeloop::profiles::builtin;
use closeloop::report::paper::{Stage, Templates, compose};
use closeloop::report::plain::plain;

fn kept(report: &Report) -> String {
    plain(&compose(&report.material, &report.narrative, Stage::Kept(report), &Templates::default()).unwrap()).join("\n")
}

/// Sefton's report has a section that nothing is counted for.
fn council() -> (World, closeloop::domain::id::CycleId) {
    let text = builtin().iter().find(|(id, _)| *id == "sefton").unwrap().1;
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    (world, cycle)
}

#[test]
fn m20_a_draft_names_the_sections_that_wait_for_words_and_what_has_gone_out_says_that_there_are_none() {
    let (mut world, cycle) = council();
    let mut facts = material(&mut world, cycle, "qa-impact");
    // Nobody is asked to write of reviews that there are none of.
    assert!(!said(&facts, &Narrative::new()).contains("What key workers told us;"));
    let progress = &mut facts.figures.cycles[0].progress;
    (progress.sample, progress.submitted, progress.finalised) = (3, 3, 3);
    let spot = said(&facts, &Narrative::new());
    assert!(spot.contains("still to be written: ") && spot.contains("What key workers told us"), "{spot}");
    assert!(spot.contains("Still to be written here, before the report goes out."), "{spot}");
    assert!(!spot.contains("not put into words"), "{spot}");
    let report = build(&mut world, "Amina Khan", cycle, "briefing");
    let text = kept(&report);
    assert!(!text.contains('\u{e002}'), "{text}");
    // With words in it, it waits for none.
    let report = build(&mut world, "Amina Khan", cycle, "observations");
    assert!(kept(&report).contains("A section is still to be written: What was seen."), "{}", kept(&report));
    let narrative = Narrative::from([("learning".to_string(), "Calm, honest conversations.".to_string())]);
    let deed = ReportDeed::Write { report: report.id, seen: seen(&world, report.id), narrative: narrative.clone() };
    world.do_("Amina Khan", Deed::Report(deed));
    let written = world.store.reading().report(report.id).unwrap().unwrap().0;
    assert!(!kept(&written).contains("to be written"), "{}", kept(&written));
    // Gone out without them, it says so and promises nothing.
    let empty = ReportDeed::Write { report: report.id, seen: seen(&world, report.id), narrative: Narrative::new() };
    world.do_("Amina Khan", Deed::Report(empty));
    world.do_("Amina Khan", Deed::Report(ReportDeed::Publish { report: report.id, seen: seen(&world, report.id) }));
    let out = world.store.reading().report(report.id).unwrap().unwrap().0;
    assert!(kept(&out).contains("What was seen was not put into words.") && !kept(&out).contains("still to be"), "{}", kept(&out));
}

#[test]
fn m10_m11_the_team_s_alert_log_says_of_which_review_who_was_told_and_when_the_record_was_reviewed() {
    let mut world = World::ready();
    world.at("2026-11-12T10:00:00Z");
    let reference = world.references().remove(0);
    world.through_as(&reference, "completed", 1);
    let cycle = world.facts(world.id(&reference)).review.cycle;
    let log = material(&mut world, cycle, "alert-log");
    assert_eq!(log.alerts.len(), 1, "an Inadequate grade opens an alert");
    let line = &log.alerts[0];
    assert_eq!((line.of.as_str(), line.told.n, line.reviewed_on, line.in_time), (reference.as_str(), 0, None, None), "{line:?}");
    assert!(line.told.of > 2, "{line:?}");
    let text = said(&log, &Narrative::new());
    assert!(text.contains(&reference) && text.contains("graded by the reviewer"), "{text}");
    assert!(text.contains(&format!("0 of {}", line.told.of)) && text.contains("not yet"), "{text}");
    // The day after its time ran out it is late.
    world.at("2026-11-14T10:00:00Z");
    assert_eq!(material(&mut world, cycle, "alert-log").alerts[0].in_time, Some(false));
    // Nothing of it stands in a report that goes to a board.
    let board = said(&material(&mut world, cycle, "tracking"), &Narrative::new());
    assert!(!board.contains("AL-0001"), "{board}");
}

#[test]
fn m11_the_alert_log_says_no_more_of_a_review_of_the_record_than_was_known() {
    let mut world = World::ready();
    world.at("2026-11-12T10:00:00Z");
    let reference = world.references().remove(0);
    world.through_as(&reference, "completed", 1);
    let cycle = world.facts(world.id(&reference)).review.cycle;
    let log = material(&mut world, cycle, "alert-log");
    let of = |line: AlertLine| {
        let text = said(&Material { alerts: vec![line], ..log.clone() }, &Narrative::new());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let line = AlertLine { told: Share::new(3, 4), ..log.alerts[0].clone() };
    let closed = AlertLine { closed_on: Some(day("2026-11-14")), ..line.clone() };
    assert!(of(closed).contains("not reviewed"));
    let text = of(AlertLine { unasked: true, ..line.clone() });
    assert!(text.contains("AL-0001") && !text.contains("not yet"), "{text}");
    for (minutes, within) in [(1, "1 minute"), (119, "119 minutes"), (120, "2 hours"), (179, "3 hours"), (2881, "3 days")] {
        let text = of(AlertLine { minutes: Some(minutes), ..line.clone() });
        assert!(text.contains(&format!("3 of 4, within {within}")), "{text}");
    }
    // Of one that was kept before more was written down than the two days nothing else is said.
    let kept = r#"{"review":1,"reference":"AL-0003","opened_on":"2026-10-12","closed_on":null}"#;
    let text = of(serde_json::from_str(kept).unwrap());
    assert!(text.contains("AL-0003") && text.contains("12 Oct 2026"), "{text}");
    assert!(!text.contains("Record reviewed |") && !text.contains("not yet") && !text.contains("Told"), "{text}");
}

#[test]
fn m27_a_report_tells_the_indicators_of_its_own_months() {
    let mut world = World::council();
    world.at("2026-11-14T09:00:00Z");
    let cycle = world.open_cycle("2026-11-13");
    let month = |from: &str, until: &str, value: &str| Indicator {
        key: "visits-on-time".into(),
        from: day(from),
        until: day(until),
        value: value.into(),
        source: "performance team".into(),
    };
    let rows = vec![
        month("2026-10-01", "2026-10-31", "81 %"),
        month("2026-11-01", "2026-11-30", "82 %"),
        month("2026-12-01", "2026-12-31", "83 %"),
    ];
    let file = ImportedFile { name: "indicators.csv".into(), sha256: "a".repeat(64), oddities: 0 };
    world.do_("Amina Khan", Deed::Insight(InsightDeed::ImportIndicators { rows, file }));
    // The cycle begins on the 13th and goes on until December; its report is November's.
    let told = material(&mut world, cycle, "collaborative-review").figures.indicators;
    assert_eq!(told.iter().map(|value| value.value.as_str()).collect::<Vec<_>>(), ["82 %"]);
}

#[test]
fn what_a_paper_has_listed_is_not_listed_again() {
    let (_, text) = builtin().iter().find(|(id, _)| *id == "sandwell").unwrap();
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    let peer = said(&material(&mut world, cycle, "peer-review-report"), &Narrative::new());
    assert_eq!(peer.matches("No action came out of the reviews of this period.").count(), 1, "{peer}");
    let (mut world, cycle) = reviewed();
    let plan = said(&material(&mut world, cycle, "improvement-plan"), &Narrative::new());
    assert_eq!(plan.matches("Draw the family network").count(), 1, "{plan}");
}

#[test]
fn m20_a_correction_that_has_gone_out_says_whose_place_it_takes() {
    let (mut world, cycle) = reviewed();
    let mut said = Vec::new();
    for _ in 0..2 {
        let report = build(&mut world, "Amina Khan", cycle, "tracking");
        world.do_("Amina Khan", Deed::Report(ReportDeed::Publish { report: report.id, seen: seen(&world, report.id) }));
        said.push(kept(&world.store.reading().report(report.id).unwrap().unwrap().0));
    }
    assert!(said[0].contains("Version 1, published on ") && !said[0].contains("in the place of"), "{}", said[0]);
    assert!(said[1].contains("Version 2, published on ") && said[1].contains(" in the place of version 1."), "{}", said[1]);
}
