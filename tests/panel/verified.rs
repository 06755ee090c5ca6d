//! What a sitting writes follows from the journal: rebuilt, every table is the same, and a table that was changed is found.

use super::table::{MEMBERS, all_score, decide, defer, reveal, score, sealed, send_back};
use crate::support::world::World;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::PanelId;
use closeloop::domain::interest::InterestKind;
use closeloop::store::verify;
use rusqlite::Connection;

/// A sitting in which everything happens that can.
fn whole_sitting() -> (World, PanelId) {
    let (mut world, panel) = sealed(&[9, 2, 10, 0, 9]);
    let run = ["CR-0002", "CR-0001"].map(|reference| world.id(reference)).to_vec();
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::OrderAgenda { panel, run }));
    world.declare("Sam Miller", "CR-0003", InterestKind::Family);
    open(&mut world, panel, "CR-0001");
    all_score(&mut world, panel, "CR-0001", 2);
    let again = score(&world, panel, "CR-0001", 1, "On second thoughts");
    world.do_("Sam Miller", again);
    let deed = decide(&world, panel, "CR-0001", 2);
    world.do_("Iris Tamm", deed);
    open(&mut world, panel, "CR-0002");
    let deed = send_back(&world, panel, "CR-0002", "Say what the father thinks");
    world.do_("Iris Tamm", deed);
    super::table::complete(&mut world, "CR-0002");
    let facts = world.review("CR-0002");
    world.do_("Amina Khan", Deed::Panel(PanelDeed::HandInAgain { review: facts.review.id, seen: facts.revision }));
    open(&mut world, panel, "CR-0003");
    let deed = score(&world, panel, "CR-0003", 8, "");
    world.do_("Ivo Smith", deed);
    let deed = reveal(&world, panel, "CR-0003", "Two lines are down");
    world.do_("Iris Tamm", deed);
    let deed = defer(&world, panel, "CR-0003", "No time");
    world.do_("Iris Tamm", deed);
    open(&mut world, panel, "CR-0004");
    world.declare("Sita Moran", "CR-0004", InterestKind::Family);
    let (seen, mut present) = (world.sitting(panel).revision, world.sitting(panel).present);
    present.retain(|person| *person != world.person("Ivo Smith"));
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::NoteAttendance { panel, seen, present }));
    world.do_("Sam Miller", Deed::Panel(PanelDeed::TakeChair { panel, why: "The line is down".into() }));
    let deed = defer(&world, panel, "CR-0004", "Too few are left");
    world.do_("Sam Miller", deed);
    world.do_("Sam Miller", Deed::Panel(PanelDeed::Close { panel }));
    let review = Some(world.id("CR-0001"));
    world.do_("Amina Khan", Deed::Panel(PanelDeed::AddMinute { panel, review, text: "The alert was told by telephone".into() }));
    (world, panel)
}

fn open(world: &mut World, panel: PanelId, reference: &str) {
    let deed = world.opens(panel, reference);
    world.do_(MEMBERS[0], deed);
}

#[test]
fn a_whole_sitting_is_rebuilt_from_the_journal_as_it_is() {
    let (world, panel) = whole_sitting();
    world.assert_verified();
    let raw = Connection::open(world.path()).unwrap();
    for table in ["panel", "panel_item", "panel_score", "panel_minute"] {
        let rows: i64 = raw.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert!(rows > 0, "the sitting wrote nothing into {table}");
    }
    assert!(world.sitting(panel).closed_at.is_some());
}

#[test]
fn what_is_changed_in_the_panels_tables_is_found() {
    let (world, _) = whole_sitting();
    let path = world.path();
    drop(world.store);
    for sql in [
        "UPDATE panel_score SET body = replace(body, '\"scaling\":2', '\"scaling\":9') WHERE round = 1",
        "DELETE FROM panel_score WHERE round = 2",
        "UPDATE panel_item SET revealed = 1 - revealed",
        "UPDATE panel_item SET away = '[]' WHERE away <> '[]'",
        "UPDATE panel_item SET stand = 'open' WHERE stand = 'deferred'",
        "UPDATE panel SET chair = NULL",
        "UPDATE panel SET present = '[]'",
        "UPDATE panel_minute SET text = 'Nothing happened'",
        "UPDATE review SET panel_reasons = 'random-share' WHERE panel_reasons <> ''",
    ] {
        let copy = path.with_extension("changed.db");
        std::fs::copy(&path, &copy).unwrap();
        let changed = Connection::open(&copy).unwrap().execute(sql, []).unwrap();
        assert!(changed > 0, "{sql}");
        assert!(!verify(&copy, None, &mut |_, _| {}).unwrap().clean(), "{sql} is not found");
        std::fs::remove_file(&copy).unwrap();
    }
    assert!(verify(&path, None, &mut |_, _| {}).unwrap().clean());
}
