//! How the files of reports look: what stands at their edges, the sheets of their workbooks, and lists that are cut.

use super::{build, material, reviewed, said, seen};
use calamine::{Data, Reader};
use closeloop::domain::deed::{Deed, ReportDeed};
use closeloop::domain::insight::figures::ThemeFigures;
use closeloop::domain::report::Narrative;
use closeloop::report::paper::numbers::Number;
use closeloop::report::paper::{Stage, Templates, about, compose};
use closeloop::report::sheet;

#[test]
fn a_report_says_at_its_edges_how_far_it_may_be_relied_on_and_who_alone_it_is_for() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let now = Stage::Now { in_part: false };
    let edges = |facts: &_, stage: Stage<'_>| compose(facts, &Narrative::new(), stage, &Templates::default()).unwrap().running;
    let running = edges(&facts, now);
    assert_eq!(running.stands, "PROVISIONAL. Draft, made on the spot of figures as they stood on 21 November 2026");
    assert_eq!((running.from.as_str(), running.handling.as_str(), running.on), ("Insights team", "", Some(facts.counted_on)));
    let kept = build(&mut world, "Iris Tamm", cycle, "collaborative-review");
    let running = edges(&kept.material, Stage::Kept(&kept));
    assert_eq!(running.stands, "PROVISIONAL. Version 1, a draft of figures that were counted on 21 November 2026");
    facts.for_team = true;
    assert_eq!(edges(&facts, now).handling, "For the Insights team alone. Do not pass it on.");
}

#[test]
fn a_long_list_of_themes_says_how_many_more_there_are() {
    let (mut world, cycle) = reviewed();
    let facts = material(&mut world, cycle, "collaborative-review");
    let theme = |at: u32| ThemeFigures {
        key: format!("t{at}"),
        label: format!("Theme {at}"),
        reviews: 40 - at,
        strength: 40 - at,
        improve: 0,
        good_practice: 0,
    };
    let list = |many: u32| {
        let mut facts = facts.clone();
        facts.figures.themes = (1..=many).map(theme).collect();
        let text = said(&facts, &Narrative::new());
        let from = text.find("more often a strength than not").unwrap();
        text[from..].lines().skip(1).take_while(|line| line.starts_with("  ")).map(|line| line.trim().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(list(7).len(), 7, "as many as a reader takes in are all named");
    assert_eq!(list(9), ["Theme 1", "Theme 2", "Theme 3", "Theme 4", "Theme 5", "and 4 more"]);
}

#[test]
fn a_workbook_begins_with_what_it_is_and_what_is_left_out_and_why() {
    let (mut world, cycle) = reviewed();
    let facts = material(&mut world, cycle, "collaborative-review");
    let number = |value: &str| Number { table: "Reviews", row: "October 2026".into(), column: "completed".into(), value: value.into() };
    let numbers = ["1204", "under 5", "left out", "61 %", "5 Nov 2026", "007"].map(number);
    let told = about(&facts, Stage::Now { in_part: false }, &numbers);
    let left_out = &told.iter().find(|(name, _)| name == "Left out").unwrap().1;
    assert!(left_out.starts_with("2 of 6 figures. Counts from 1 to 4 are left out so that no child can be known"), "{left_out}");
    assert!(told.iter().any(|(name, said)| name == "Provisional" && said.contains("5 reviews are still under way")), "{told:?}");
    // What has gone out promises no other figures.
    let built = build(&mut world, "Amina Khan", cycle, "newsletter");
    world.do_("Amina Khan", Deed::Report(ReportDeed::Publish { report: built.id, seen: seen(&world, built.id) }));
    let out = world.store.reading().report(built.id).unwrap().unwrap().0;
    let of = about(&out.material, Stage::Kept(&out), &numbers);
    let were = "5 reviews were still under way when the figures were counted.";
    assert!(of.iter().any(|(name, said)| name == "Provisional" && said == were), "{of:?}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figures.xlsx");
    std::fs::write(&path, sheet::xlsx("Report & more", &told, &numbers, &[]).unwrap()).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    assert_eq!(book.sheet_names(), ["About", "Figures"]);
    let first = book.worksheet_range("About").unwrap();
    assert_eq!(first.get((0, 0)), Some(&Data::String("Report & more".into())));
    let figures = book.worksheet_range("Figures").unwrap();
    let cell = |row: u32| figures.get_value((row, 3)).unwrap().clone();
    assert_eq!((cell(1), cell(2), cell(3)), (Data::Float(1204.0), Data::String("under 5".into()), Data::String("left out".into())));
    assert_eq!((cell(4), cell(6)), (Data::Float(0.61), Data::String("007".into())));
    assert!(matches!(cell(5), Data::DateTime(day) if day.as_f64() == 46_331.0), "{:?}", cell(5));
}

#[test]
fn a_workbook_is_set_up_to_be_read_and_printed() {
    use std::io::Read;
    let number = |row: &str| Number { table: "Answers", row: row.into(), column: "answers".into(), value: "9".into() };
    let numbers = [number("Short"), number(&"A question that goes on for long. ".repeat(4))];
    let bytes = sheet::xlsx("Report & more", &[("Left out".into(), "Nothing".into())], &numbers, &[]).unwrap();
    assert_eq!(bytes, sheet::xlsx("Report & more", &[("Left out".into(), "Nothing".into())], &numbers, &[]).unwrap(), "no clock is in it");
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        file.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let figures = part("xl/worksheets/sheet2.xml");
    for said in
        ["state=\"frozen\"", "orientation=\"landscape\"", "paperSize=\"9\"", "fitToHeight=\"0\"", "<autoFilter", "Page &amp;P of &amp;N"]
    {
        assert!(figures.contains(said), "no {said} in {figures}");
    }
    assert!(figures.contains("Report &amp;&amp; more"), "an ampersand in a foot is written twice: {figures}");
    let rows: Vec<&str> = figures.split("<row ").skip(1).collect();
    assert!(!rows[1].contains("customHeight") && rows[2].contains("ht=\"30\" customHeight=\"1\""), "{figures}");
    assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert!(part("docProps/core.xml").contains("<dc:creator>Insights team</dc:creator>"));
}

#[test]
fn what_was_published_says_in_its_workbook_too_that_reviews_were_under_way_then() {
    let (mut world, cycle) = reviewed();
    let mut kept = build(&mut world, "Iris Tamm", cycle, "collaborative-review");
    let numbers = [Number { table: "Reviews", row: "October 2026".into(), column: "completed".into(), value: "1204".into() }];
    let provisional = |kept: &closeloop::domain::report::Report| {
        let told = about(&kept.material, Stage::Kept(kept), &numbers);
        told.into_iter().find(|(name, _)| name == "Provisional").unwrap().1
    };
    assert!(provisional(&kept).ends_with("are still under way. These figures will change."), "{}", provisional(&kept));
    kept.published =
        Some(closeloop::domain::report::Signed { by: "Head".into(), role: "Head of service".into(), on: kept.material.counted_on });
    assert!(provisional(&kept).ends_with("were still under way when the figures were counted."), "{}", provisional(&kept));
}
