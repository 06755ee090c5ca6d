//! Themes, good practice and indicators through the doorway: who may, what is refused, undo, rebuild, and who may not see it.

use crate::support::world::World;
use closeloop::domain::deed::{Deed, ImportedFile, InsightDeed};
use closeloop::domain::id::ReviewId;
use closeloop::domain::insight::figures::FiguresWanted;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::theme::{Coded, Found, Indicator, PracticeWanted, ThemeWanted};

fn code(reviews: &[ReviewId], theme: &str, strength: bool, improve: bool) -> Deed {
    let wanted = vec![ThemeWanted { theme: theme.into(), strength, improve }];
    Deed::Insight(InsightDeed::Code { reviews: reviews.to_vec(), wanted })
}

fn mark(review: ReviewId, note: &str) -> Deed {
    let wanted = PracticeWanted { theme: "voice".into(), place: String::new(), note: note.into() };
    Deed::Insight(InsightDeed::MarkPractice { review, wanted })
}

fn themes(world: &World, review: ReviewId) -> Vec<(String, Found)> {
    world.store.reading().themes_of(review).unwrap().into_iter().map(|Coded { theme, found }| (theme, found)).collect()
}

#[test]
fn m19_themes_are_coded_for_all_that_were_marked_and_the_others_stay() {
    let mut world = World::ready();
    let (one, other) = (world.id("CR-0001"), world.id("CR-0002"));
    world.do_("Amina Khan", code(&[one], "risk", false, true));
    world.do_("Amina Khan", code(&[one, other], "voice", true, false));
    assert_eq!(themes(&world, one), [("risk".to_string(), Found::Improve), ("voice".to_string(), Found::Strength)]);
    assert_eq!(themes(&world, other), [("voice".to_string(), Found::Strength)]);
    world.do_("Amina Khan", code(&[one], "voice", true, true));
    assert_eq!(themes(&world, one).len(), 3, "a strength and an area to improve at once");
    world.do_("Amina Khan", code(&[one], "voice", false, false));
    assert_eq!(themes(&world, one), [("risk".to_string(), Found::Improve)]);
    world.assert_verified();
}

#[test]
fn m19_a_theme_that_the_code_book_does_not_know_is_refused() {
    let mut world = World::ready();
    let one = world.id("CR-0001");
    let why = world.refused_to("Amina Khan", code(&[one], "horoscope", true, false));
    assert!(why.contains("no theme") && why.contains("voice"), "{why}");
    assert_eq!(themes(&world, one), []);
}

#[test]
fn themes_are_coded_by_reviewers_and_the_insights_team_alone() {
    let mut world = World::ready();
    let one = world.id("CR-0001");
    let why = world.refused_to("Sam Miller", code(&[one], "voice", true, false));
    assert!(why.contains("Only the reviewers"), "{why}");
    // The key says so before a form opens: of one, and of how many among those that are marked.
    let mut robot = crate::support::driver::Robot::somebody(world, crate::support::driver::LARGE, "Sam Miller");
    robot.press("1 1 / C R - 0 0 0 1 enter t").expect_no_dialog().expect_notice("Only the reviewers of CR-0001 and the Insights team");
    // In a record it is said of the one that is open, whatever is marked in the queue.
    robot.press("esc space enter t").expect_no_dialog().expect_notice("Only the reviewers of CR-0002").expect_no("None of these");
    robot.press("esc esc * t").expect_no_dialog().expect_notice("6 of 7 cannot get themes from you. Only the reviewers of CR-0001");
}

#[test]
fn m22_good_practice_names_nobody() {
    let mut world = World::ready();
    let one = world.id("CR-0001");
    let practitioner = world.store.reading().names_of(one).unwrap().unwrap().practitioner;
    let why = world.refused_to("Amina Khan", mark(one, &format!("{practitioner} drew the family tree with them")));
    assert!(why.contains("without names"), "{why}");
    let why = world.refused_to("Amina Khan", mark(one, "  "));
    assert!(why.contains("Nothing is said"), "{why}");
    world.do_("Amina Khan", mark(one, "The family tree was drawn together"));
    let kept = world.store.reading().practice_of(one).unwrap();
    assert_eq!((kept.len(), kept[0].theme.as_str(), kept[0].by.as_str()), (1, "voice", "Amina Khan"));
    world.assert_verified();
}

#[test]
fn themes_and_good_practice_are_undone_and_rebuilt() {
    let mut world = World::ready();
    let (one, other) = (world.id("CR-0001"), world.id("CR-0002"));
    let coded = world.do_("Amina Khan", code(&[one, other], "voice", true, false));
    let marked = world.do_("Amina Khan", mark(one, "The family tree was drawn together"));
    world.assert_verified();
    world.do_("Amina Khan", Deed::Undo { batch: marked.written.first });
    world.do_("Amina Khan", Deed::Undo { batch: coded.written.first });
    assert_eq!((themes(&world, one), themes(&world, other)), (Vec::new(), Vec::new()));
    assert_eq!(world.store.reading().practice_of(one).unwrap(), []);
    world.assert_verified();
}

#[test]
fn whoever_is_recused_neither_codes_nor_counts_nor_reads_what_was_marked() {
    let mut world = World::ready();
    let one = world.id("CR-0001");
    world.do_("Amina Khan", code(&[one], "voice", true, false));
    world.do_("Amina Khan", mark(one, "The family tree was drawn together"));
    let cycle = world.store.reading().review_without_form(one).unwrap().unwrap().review.cycle;
    let wanted = FiguresWanted { cycles: vec![cycle], ..FiguresWanted::default() };
    let before = world.seen_by("Iris Tamm");
    let reading = world.store.reading();
    assert_eq!(reading.counted_themes(&wanted, &before).unwrap().len(), 2);
    assert_eq!(reading.practice_library(&wanted, None, &before).unwrap().len(), 1);
    world.declare("Iris Tamm", "CR-0001", InterestKind::Family);
    let viewer = world.seen_by("Iris Tamm");
    let reading = world.store.reading();
    assert_eq!(reading.counted_themes(&wanted, &viewer).unwrap(), []);
    assert_eq!(reading.practice_library(&wanted, None, &viewer).unwrap(), []);
    assert!(reading.counted_reviews(&wanted, &viewer).unwrap().iter().all(|review| review.id != one));
    let why = world.try_("Iris Tamm", code(&[one], "risk", true, false)).unwrap_err().to_string();
    assert!(why.contains("withheld"), "{why}");
}

#[test]
fn m27_indicators_come_in_once_and_a_new_value_takes_the_place_of_the_old() {
    let mut world = World::ready();
    let day = |text: &str| text.parse().unwrap();
    let row = |key: &str, value: &str| Indicator {
        key: key.into(),
        from: day("2026-10-01"),
        until: day("2026-10-31"),
        value: value.into(),
        source: "performance team".into(),
    };
    let file = |digit: char| ImportedFile { name: "indicators.csv".into(), sha256: digit.to_string().repeat(64), oddities: 0 };
    let bring = |rows, digit| Deed::Insight(InsightDeed::ImportIndicators { rows, file: file(digit) });
    world.do_("Amina Khan", bring(vec![row("visits-on-time", "81 %")], 'a'));
    assert_eq!(world.do_("Amina Khan", bring(vec![row("visits-on-time", "81 %")], 'a')).written.first, 0, "the same again is nothing new");
    world.do_("Amina Khan", bring(vec![row("visits-on-time", "84 %")], 'b'));
    let kept = world.store.reading().indicators(day("2026-01-01"), day("2026-12-31")).unwrap();
    assert_eq!(kept.iter().map(|value| value.value.as_str()).collect::<Vec<_>>(), ["84 %"]);
    let why = world.refused_to("Amina Khan", bring(vec![row("weather", "fine")], 'c'));
    assert!(why.contains("no indicator") && why.contains("visits-on-time"), "{why}");
    world.assert_verified();
}

#[test]
fn what_was_coded_stands_in_the_record_and_its_history() {
    let mut world = World::ready();
    let one = world.id("CR-0001");
    world.do_("Amina Khan", code(&[one], "voice", true, false));
    let Answered::Review(detail) = world.ask(Query::Review(one)) else { panic!() };
    assert_eq!(detail.themes.len(), 1);
    let Answered::History(rows) = world.ask(Query::History(one)) else { panic!() };
    assert!(rows.iter().any(|row| row.what.contains("Themes: voice (strength)")), "{rows:?}");
}

#[test]
fn m22_a_note_that_reads_like_a_name_is_asked_about() {
    use closeloop::domain::theme::seems_to_name;
    for (note, named) in [
        ("Mrs Jones was told the plan clearly", Some("Mrs Jones")),
        ("We rang mr. Otter at once", Some("mr Otter")),
        ("Dr. Finch joined the meeting", Some("Dr Finch")),
        ("The worker Amina Kettle kept in touch", Some("Amina Kettle")),
        ("The worker drew the family network with the child", None),
        ("A plan in plain words. Supervision asked what the child would say.", None),
        ("Nan came to the meeting; Grandad too", None),
        ("Miss no chance to see the child alone", None),
    ] {
        assert_eq!(seems_to_name(note).as_deref(), named, "{note}");
    }
}

#[test]
fn m19_one_review_is_coded_from_the_queue_over_what_is_coded_in_it_already() {
    let mut world = World::ready();
    let one = world.id("CR-0001");
    world.do_("Amina Khan", code(&[one], "voice", true, false));
    let mut robot = crate::support::driver::Robot::sits_down(world, crate::support::driver::LARGE);
    robot.press("1 / C R - 0 0 0 1 enter t").expect_dialog("CR-0001 \u{b7} Themes").expect_line("[strength]").expect_no("as it is");
    // Of several nobody could see what is coded in each.
    robot.press("esc backspace * t").expect_dialog("Themes of 7 reviews").expect_line("[as it is]");
}
