//! A waiting review stands on one agenda: planning another sitting takes nothing away, and moving is said and written down.

use super::table::{MEMBERS, complete, defer, on_the_table, seen, submitted, wanted};
use crate::support::world::{World, day};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::filter::Filter;
use closeloop::domain::id::PanelId;
use closeloop::domain::panel::SittingWanted;
use closeloop::domain::query::{Answered, Dated, From, Query, QueueSort, SittingRow, Window};

const FIRST: PanelId = PanelId(1);
const SECOND: PanelId = PanelId(2);

/// Two sittings, the later one planned first, with three reviews waiting.
fn two() -> World {
    let mut world = submitted(&[9, 2, 10]);
    let later = SittingWanted { on: day("2026-12-08"), ..wanted(&world) };
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(later)));
    let sooner = wanted(&world);
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(sooner)));
    world
}

fn agenda(world: &mut World, panel: PanelId) -> Vec<String> {
    let mut agenda: Vec<String> = seen(world, "Amina Khan", panel).agenda.into_iter().map(|row| row.reference).collect();
    agenda.sort();
    agenda
}

fn rows(world: &mut World) -> Vec<(PanelId, u32)> {
    let Answered::Sittings(rows) = world.ask(Query::Sittings) else { panic!() };
    let mut items: Vec<(PanelId, u32)> = rows.iter().map(|row: &SittingRow| (row.id, row.items)).collect();
    items.sort();
    items
}

fn moves(world: &World, reference: &str, from: PanelId, to: PanelId) -> Deed {
    Deed::Panel(PanelDeed::MoveItem { review: world.id(reference), from, to })
}

#[test]
fn planning_another_sitting_takes_nothing_from_the_one_that_has_it() {
    let mut world = two();
    assert_eq!(agenda(&mut world, FIRST), ["CR-0001", "CR-0002", "CR-0003"]);
    assert!(agenda(&mut world, SECOND).is_empty());
    assert_eq!(rows(&mut world), [(FIRST, 3), (SECOND, 0)], "each is counted once");
    // What is submitted later comes to one of them as well.
    let reference = world.references()[3].clone();
    world.through_as(&reference, "completed", 1).at(super::table::SITS_AT);
    assert_eq!(rows(&mut world), [(FIRST, 4), (SECOND, 0)]);
}

#[test]
fn an_item_moves_on_the_record_and_is_undone() {
    let mut world = two();
    let deed = moves(&world, "CR-0002", FIRST, SECOND);
    let receipt = world.do_("Amina Khan", deed);
    assert_eq!(receipt.said, "CR-0002 moves to the sitting on Thursday 19 November");
    assert_eq!(world.history("CR-0002")[0].what, "Moved to the panel\u{2019}s sitting on Thursday 19 November 2026");
    assert_eq!((agenda(&mut world, FIRST), agenda(&mut world, SECOND)), (vec!["CR-0001".into(), "CR-0003".into()], vec!["CR-0002".into()]));
    world.assert_verified();
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert_eq!(rows(&mut world), [(FIRST, 3), (SECOND, 0)]);
    world.assert_verified();
}

#[test]
fn a_new_sitting_takes_what_another_has_when_it_is_told_to() {
    let mut world = submitted(&[9, 2, 10]);
    let later = SittingWanted { on: day("2026-12-08"), ..wanted(&world) };
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(later)));
    let sooner = SittingWanted { from: Some(FIRST), ..wanted(&world) };
    let receipt = world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(sooner)));
    let empty = "the sitting on Tuesday 8 December has none left: call it off, or it stands with nothing to hear";
    assert_eq!(receipt.said, format!("Panel planned for Thursday 19 November; 3 cases moved to it; {empty}"));
    assert_eq!(rows(&mut world), [(FIRST, 0), (SECOND, 3)]);
    assert!(world.history("CR-0001")[0].what.starts_with("Moved to the panel"));
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert_eq!(rows(&mut world), [(FIRST, 3)]);
    world.assert_verified();
}

#[test]
fn an_item_of_another_agenda_is_not_opened_and_an_opened_one_does_not_move() {
    let mut world = two();
    let present = MEMBERS.map(|name| world.person(name)).to_vec();
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Begin { panel: SECOND, present }));
    let deed = world.opens(SECOND, "CR-0001");
    let said = world.refused_to("Iris Tamm", deed);
    assert_eq!(said, "CR-0001 is on the agenda of the sitting on Tuesday 8 December. Move it here first.");
    for (reference, from, to) in [("CR-0001", SECOND, FIRST), ("CR-0001", FIRST, FIRST)] {
        let deed = moves(&world, reference, from, to);
        assert!(world.refused(deed).contains("agenda"), "{from:?} {to:?}");
    }
    let deed = moves(&world, "CR-0001", FIRST, SECOND);
    world.do_("Iris Tamm", deed);
    let deed = world.opens(SECOND, "CR-0001");
    world.do_("Iris Tamm", deed);
    let deed = moves(&world, "CR-0001", SECOND, FIRST);
    assert!(world.refused(deed).starts_with("CR-0001 has been opened at its sitting."));
    let deed = moves(&world, "CR-0002", FIRST, SECOND);
    assert!(world.refused_to("Sita Moran", deed).contains("Only the chair or the Insights team"));
    // Put off, it comes to the other one; that one called off or over, to whichever is left.
    let deed = defer(&world, SECOND, "CR-0001", "Its reviewer is ill");
    world.do_("Iris Tamm", deed);
    assert_eq!(agenda(&mut world, FIRST), ["CR-0001", "CR-0002", "CR-0003"]);
    let deed = moves(&world, "CR-0002", FIRST, SECOND);
    world.do_("Iris Tamm", deed);
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel: SECOND }));
    assert_eq!(agenda(&mut world, FIRST), ["CR-0001", "CR-0002", "CR-0003"]);
    let deed = moves(&world, "CR-0002", FIRST, SECOND);
    assert!(world.refused(deed).starts_with("That sitting is over."));
}

#[test]
fn the_item_on_the_table_is_put_aside_only_when_the_chair_says_so() {
    let (mut world, panel) = on_the_table(&[9, 2], "CR-0001");
    let deed = super::table::score(&world, panel, "CR-0001", 9, "");
    world.do_("Sita Moran", deed);
    let review = world.id("CR-0002");
    let unasked = Deed::Panel(PanelDeed::OpenItem { panel, review, left: Vec::new(), aside: None });
    let said = world.refused_to("Iris Tamm", unasked);
    assert_eq!(said, "CR-0001 is still on the table: 1 of 4 scores in, no decision. Finish it, or confirm that it is put aside.");
    let deed = world.opens(panel, "CR-0002");
    world.do_("Iris Tamm", deed);
    // Another was put on the table since the chair was asked.
    let aside = Some(world.id("CR-0001"));
    let review = world.id("CR-0001");
    let stale = Deed::Panel(PanelDeed::OpenItem { panel, review, left: Vec::new(), aside });
    assert!(world.refused_to("Iris Tamm", stale).starts_with("CR-0002 is still on the table: 0 of 4 scores in"));
    // Called again, it has the score that was given.
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    assert_eq!(seen(&mut world, "Iris Tamm", panel).item.unwrap().item.unwrap().scores.len(), 1);
}

#[test]
fn what_was_sent_back_is_handed_in_again_once_something_was_completed() {
    let (mut world, panel) = on_the_table(&[9, 2], "CR-0001");
    let deed = super::table::send_back(&world, panel, "CR-0001", "What the father thinks");
    world.do_("Iris Tamm", deed);
    let again = |world: &World| {
        let facts = world.review("CR-0001");
        Deed::Panel(PanelDeed::HandInAgain { review: facts.review.id, seen: facts.revision })
    };
    let deed = again(&world);
    let said = world.refused(deed);
    assert_eq!(
        said,
        "Nothing of CR-0001 was changed since the panel asked for: What the father thinks. Complete that first; then it is handed in again."
    );
    complete(&mut world, "CR-0001");
    let deed = again(&world);
    world.do_("Amina Khan", deed);
    // Sent back once more, it needs something more.
    let second = {
        world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
        let wanted = wanted(&world);
        world.sits_as(wanted)
    };
    let deed = world.opens(second, "CR-0001");
    world.do_("Iris Tamm", deed);
    let deed = super::table::send_back(&world, second, "CR-0001", "His own words");
    world.do_("Iris Tamm", deed);
    let deed = again(&world);
    assert!(world.refused(deed).contains("asked for: His own words."));
    let deed = world.action("CR-0001", "Paul Obi", "Ask the father again");
    world.do_("Amina Khan", deed);
    let deed = again(&world);
    world.do_("Amina Khan", deed);
}

#[test]
fn what_was_sent_back_is_not_counted_for_the_sitting_and_its_sum_ends_on_the_day_that_lists_say() {
    let (mut world, panel) = on_the_table(&[9, 2], "CR-0001");
    let counted = |world: &mut World| {
        let Answered::Overview(overview) = world.ask(Query::Overview) else { panic!() };
        let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 60 };
        let Answered::Panel(page) = world.ask(Query::Panel(window)) else { panic!() };
        (overview.for_panel, page.rows.len())
    };
    assert_eq!(counted(&mut world), (2, 2));
    let deed = super::table::send_back(&world, panel, "CR-0001", "What the father thinks");
    world.do_("Iris Tamm", deed);
    assert_eq!(counted(&mut world), (1, 1), "it is with its reviewer");
    let review = world.id("CR-0001");
    let Answered::DueSum(sum) = world.ask(Query::DueSum(Dated::Review(review))) else { panic!() };
    assert_eq!(sum.due, Some(day("2026-11-25")));
    assert_eq!(sum.sum, None, "the time limit of the step after it does not run yet");
    assert!(sum.because.contains("by then the panel is to have it again"), "{}", sum.because);
    complete(&mut world, "CR-0001");
    let facts = world.review("CR-0001");
    world.do_("Amina Khan", Deed::Panel(PanelDeed::HandInAgain { review, seen: facts.revision }));
    assert_eq!(counted(&mut world), (2, 2), "it waits again");
}

/// On which days these three are due, as lists have it and as the record says it; the rule's own day is the phase's in either.
fn due(world: &mut World) -> Vec<String> {
    let references = ["CR-0001", "CR-0002", "CR-0003"];
    for reference in references {
        assert_eq!(world.review(reference).review.next.due_on, Some(day("2026-11-25")), "what rules are shown");
    }
    let due = references.map(|reference| world.detail(reference).facts.review.next.due_on.unwrap().to_string());
    let window = Window { filter: Filter::default(), sort: QueueSort::Due, reversed: false, from: From::Start, limit: 60 };
    let Answered::Queue(page) = world.ask(Query::Queue(window)) else { panic!() };
    for (reference, due) in references.iter().zip(&due) {
        let row = page.rows.iter().find(|row| row.reference == *reference).unwrap();
        assert_eq!(row.due.unwrap().to_string(), *due, "the queue");
    }
    due.to_vec()
}

#[test]
fn m06_what_is_listed_for_a_sitting_is_due_on_its_day() {
    let mut world = submitted(&[9, 2, 10]);
    assert_eq!(due(&mut world), ["2026-11-25"; 3], "no sitting is planned: the last day of the phase");
    let later = SittingWanted { on: day("2026-12-08"), ..wanted(&world) };
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(later)));
    assert_eq!(due(&mut world), ["2026-12-08"; 3]);
    let sooner = wanted(&world);
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(sooner)));
    let deed = moves(&world, "CR-0002", FIRST, SECOND);
    let receipt = world.do_("Amina Khan", deed);
    assert_eq!(due(&mut world), ["2026-12-08", "2026-11-19", "2026-12-08"]);
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert_eq!(due(&mut world), ["2026-12-08"; 3]);
    let off = Deed::Panel(PanelDeed::CallOff { panel: FIRST, seen: world.sitting(FIRST).revision, why: "The room is gone".into() });
    world.do_("Amina Khan", off);
    assert_eq!(due(&mut world), ["2026-11-19"; 3], "the other sitting takes them");
    world.assert_verified();
    let off = Deed::Panel(PanelDeed::CallOff { panel: SECOND, seen: world.sitting(SECOND).revision, why: "That one too".into() });
    world.do_("Amina Khan", off);
    assert_eq!(due(&mut world), ["2026-11-25"; 3]);
    world.assert_verified();
}

#[test]
fn m06_a_file_of_an_older_program_gets_the_days_of_its_sittings() {
    let world = two();
    let path = world.path();
    let mut raw = rusqlite::Connection::open(&path).unwrap();
    let older =
        "UPDATE review SET due_on = coalesce(phase_due, due_on); ALTER TABLE review DROP COLUMN phase_due; PRAGMA user_version = 26;";
    raw.execute_batch(older).unwrap();
    closeloop::store::upgrade(&mut raw, &path, closeloop::store::LADDER).unwrap().expect("a copy is kept");
    drop(raw);
    let mut again = World::open(&path);
    again.at(super::table::SITS_AT);
    assert_eq!(due(&mut again), ["2026-12-08"; 3]);
    again.assert_verified();
}

#[test]
fn what_takes_the_day_of_its_sitting_is_found_by_the_words_that_the_rules_give_it() {
    let sql = include_str!("../../src/store/sql/28_sitting_day.sql");
    assert!(sql.contains(&format!("r.step_label = '{}'", closeloop::domain::review::PANEL_DECIDES)));
}
