//! The report of extra work is of its own reviews; who may not build one hears who does; a second file takes the next free name.

use super::{build, material, reviewed};
use crate::support::driver::{LARGE, Robot};
use crate::support::world::{World, day};
use closeloop::domain::cycle::{BesidePlanned, Commission, CyclePlanned};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::CycleId;
use closeloop::domain::query::{Answered, Query, ReportRow};

fn rows(world: &mut World) -> Vec<ReportRow> {
    let Answered::Reports(rows) = world.answer_to("Amina Khan", &Query::Reports).unwrap() else { panic!() };
    rows.into_iter().filter(|row| row.kind == "qa-impact").collect()
}

/// November's audits drawn, and extra work asked for by a board in the same month.
fn asked() -> (World, CycleId, CycleId) {
    let mut world = World::run_by("sefton");
    world.at("2026-10-22T09:30:00Z");
    let planned = |on: &str, focus: &str| CyclePlanned {
        starts_on: day(on),
        focus: focus.into(),
        focus_reason: "trend".into(),
        focus_note: String::new(),
    };
    world.do_("Amina Khan", Deed::OpenCycle(planned("2026-11-01", "Neglect")));
    let cycles = |world: &World| -> Vec<CycleId> { world.store.reading().cycles().unwrap().iter().map(|(cycle, _)| cycle.id).collect() };
    let month = cycles(&world)[0];
    world.draw(month, 4, 7);
    world.at("2026-11-19T14:00:00Z");
    let extra = Some(Commission { by: "improvement-board".into(), why: "Three in a month".into(), due_on: Some(day("2026-12-15")) });
    let wanted = BesidePlanned { planned: planned("2026-11-17", "Missing"), kind: "thematic-audit".into(), extra };
    world.do_("Amina Khan", Deed::OpenBeside(wanted));
    let extra = cycles(&world).into_iter().find(|id| *id != month).unwrap();
    (world, month, extra)
}

#[test]
fn f23_the_report_of_extra_work_counts_its_own_reviews_and_the_month_keeps_its_own() {
    let (mut world, month, extra) = asked();
    let facts = material(&mut world, extra, "qa-impact");
    assert_eq!(facts.figures.wanted.cycles, [extra]);
    assert_eq!(facts.figures.cycles.iter().map(|cycle| cycle.progress.sample).sum::<u32>(), 0);
    assert_eq!((facts.focus.as_str(), facts.cycle), ("Missing", extra));
    let facts = material(&mut world, month, "qa-impact");
    assert_eq!(facts.figures.cycles.iter().map(|cycle| cycle.progress.sample).sum::<u32>(), 4);
    // Each has its line, and the day for the board is that of the extra work.
    let listed = rows(&mut world);
    let of = |cycle: CycleId| listed.iter().find(|row| row.cycle == cycle && row.id.is_none()).unwrap();
    assert_eq!(of(extra).due, Some(day("2026-12-15")));
    assert!(of(extra).say(world.today()).contains("There is no review in it yet."), "{}", of(extra).say(world.today()));
    assert!(of(month).say(world.today()).contains("0 of 4 reviews are on the record."), "{}", of(month).say(world.today()));
    // The report of one does not stand for that of the other.
    build(&mut world, "Amina Khan", extra, "qa-impact");
    let listed = rows(&mut world);
    assert!(listed.iter().any(|row| row.cycle == month && row.id.is_none()));
    assert!(!listed.iter().any(|row| row.cycle == extra && row.id.is_none()));
    world.assert_verified();
}

#[test]
fn f23_the_month_s_report_does_not_count_the_reviews_of_extra_work() {
    let (mut world, month, extra) = asked();
    world.draw(extra, 3, 9);
    let facts = material(&mut world, extra, "qa-impact");
    assert_eq!(facts.figures.cycles.iter().map(|cycle| cycle.progress.sample).sum::<u32>(), 3);
    let facts = material(&mut world, month, "qa-impact");
    assert_eq!(facts.figures.wanted.cycles, [month]);
    assert_eq!(facts.figures.cycles.iter().map(|cycle| cycle.progress.sample).sum::<u32>(), 4);
    assert_eq!(facts.focus, "Neglect");
    // Nor does one look back on a report of the other.
    build(&mut world, "Amina Khan", extra, "qa-impact");
    world.at("2026-12-03T10:00:00Z");
    let planned =
        CyclePlanned { starts_on: day("2026-12-01"), focus: "Fathers".into(), focus_reason: "trend".into(), focus_note: String::new() };
    world.do_("Amina Khan", Deed::OpenCycle(planned));
    let december = world.store.reading().cycles().unwrap().into_iter().find(|(cycle, _)| cycle.focus == "Fathers").unwrap().0.id;
    assert!(material(&mut world, december, "qa-impact").since.is_none());
    build(&mut world, "Amina Khan", month, "qa-impact");
    assert!(material(&mut world, december, "qa-impact").since.is_some());
}

#[test]
fn f23_a_report_without_a_review_is_asked_about_before_it_is_built() {
    let (world, _, extra) = asked();
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("7");
    let at = robot.app().reports.rows.iter().position(|row| row.cycle == extra).unwrap();
    for _ in 0..at {
        robot.press("j");
    }
    robot.expect_line("There is no review in it yet").press("b").expect_dialog("Quality assurance and impact report");
    robot.expect_line("the report will have no figures to tell");
}

#[test]
fn whoever_may_not_build_a_report_hears_at_once_who_does() {
    let (world, _) = reviewed();
    let mut robot = Robot::somebody(world, LARGE, "Tara Moss");
    robot.press("7 enter").expect_notice("It has not been built. The collaborative review report is written by the Insights team");
    robot.expect_no("b builds it");
}

#[test]
fn a_second_file_of_a_report_takes_the_next_free_name() {
    let folder = tempfile::tempdir().unwrap();
    let name = |name: &str| folder.path().join(name).display().to_string();
    let free = || closeloop::store::next_free_name(&name("2026-10-newsletter-v1.docx"));
    for wanted in ["2026-10-newsletter-v1.docx", "2026-10-newsletter-v1-2.docx", "2026-10-newsletter-v1-3.docx"] {
        assert_eq!(free(), name(wanted));
        closeloop::store::write_file(std::path::Path::new(&free()), b"PK", false).unwrap();
    }
}
