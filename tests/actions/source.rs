//! Where an action comes from: a review as ever, a cycle's improvement plan, an entry of a register; all have the same life.

use super::world::followed;
use crate::support::driver::{Robot, SMALL};
use crate::support::world::{World, day, merton_text};
use closeloop::domain::action::{Action, ActionState, ActionWanted, Near, Source};
use closeloop::domain::deed::{ActionDeed, Deed};
use closeloop::domain::filter::Filter;
use closeloop::domain::id::{ActionId, CycleId, EntryId, ReviewId};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{ActionRow, Answered, From, Query, Window};
use closeloop::domain::register::EntryWanted;

fn wanted(world: &World, owner: &str, text: &str) -> ActionWanted {
    ActionWanted { text: text.into(), owner: Some(world.person(owner)), due_on: None, urgent: false, kind: String::new(), near: Near::Ask }
}

/// A-0002, a wider action of the November plan, owned by the team manager Tom Ward.
fn widened() -> World {
    let mut world = followed();
    let wanted = wanted(&world, "Tom Ward", "Workshop on chronologies for every team");
    world.do_("Amina Khan", Deed::RaiseWider { source: Source::Cycle(CycleId(1)), wanted });
    world
}

fn listed(world: &mut World, who: &str, filter: &str) -> Vec<ActionRow> {
    let (filter, problems) = Filter::parse(filter);
    assert!(problems.is_empty(), "{problems:?}");
    let window = Window { filter, sort: (), reversed: false, from: From::Start, limit: 50 };
    match world.answer_to(who, &Query::Actions(window)).unwrap() {
        Answered::Actions(page) => page.rows,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_action_of_before_reads_as_it_was_and_writes_as_it_did() {
    let before = r#"{"id":7,"reference":"A-0007","review":12,"text":"See the child alone","owner":3,"due_on":"2026-12-03","urgent":false,"state":"open","evidence":""}"#;
    let action: Action = serde_json::from_str(before).unwrap();
    assert_eq!((action.source, action.review().map(|review| review.0)), (Source::Review(ReviewId(12)), Some(12)));
    assert_eq!(serde_json::to_string(&action).unwrap(), before);
    let wider = Action { source: Source::Cycle(CycleId(4)), ..action };
    let written = serde_json::to_string(&wider).unwrap();
    assert!(written.contains(r#""cycle":4"#) && !written.contains("review"), "{written}");
    assert_eq!(serde_json::from_str::<Action>(&written).unwrap(), wider);
}

#[test]
fn m20_a_wider_action_stands_in_the_tracker_and_has_the_same_life() {
    let mut world = widened();
    let rows = listed(&mut world, "Amina Khan", "");
    let told: Vec<_> = rows.iter().map(|row| (row.reference.as_str(), row.source_ref.as_str(), row.review.is_some())).collect();
    assert_eq!(told, [("A-0001", "CR-0001", true), ("A-0002", "2026-11", false)]);
    assert_eq!(listed(&mut world, "Amina Khan", "2026-11").len(), 1, "found by its cycle");
    let Answered::Action(life) = world.ask(Query::Action(ActionId(2))) else { panic!() };
    assert_eq!((life.source.as_str(), life.history.len()), ("the plan of November 2026", 1));
    world.is_done(2, "Tom Ward");
    let deed = world.sign_off(2);
    let refused = world.refused_to("Tom Ward", deed.clone());
    assert!(refused.contains("your own"), "{refused}");
    let Answered::NextThing(Some(thing)) = next(&mut world, "Amina Khan") else { panic!() };
    assert_eq!((thing.action, thing.review), (Some(ActionId(2)), None), "who tracks is brought to it");
    let batch = world.do_("Sam Miller", deed).written.first;
    assert_eq!(world.store.reading().action(ActionId(2)).unwrap().unwrap().state, ActionState::SignedOff);
    world.do_("Sam Miller", Deed::Undo { batch });
    assert_eq!(world.store.reading().action(ActionId(2)).unwrap().unwrap().state, ActionState::Done);
    world.assert_verified();
}

fn next(world: &mut World, who: &str) -> Answered {
    let skip = world.references().iter().map(|reference| world.id(reference)).collect();
    world.answer_to(who, &Query::NextThing { skip, passed: Vec::new(), actions: Vec::new(), work: Vec::new() }).unwrap()
}

#[test]
fn one_of_no_review_is_seen_by_whoever_is_recused_from_another() {
    let mut world = widened();
    world.declare("Tom Ward", "CR-0001", InterestKind::Involvement);
    let rows = listed(&mut world, "Tom Ward", "all");
    assert_eq!(rows.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>(), ["A-0002"]);
    let Answered::Action(life) = world.answer_to("Tom Ward", &Query::Action(ActionId(2))).unwrap() else { panic!() };
    assert_eq!(life.history.len(), 1, "its history too");
    let actions = world.seen(&[2]);
    world.do_("Tom Ward", Deed::Action(ActionDeed::TakeUp(actions)));
    let due = day("2026-12-03");
    world.at("2026-12-04T09:00:00Z");
    assert!(rows[0].due <= due, "{:?}", rows[0].due);
    assert_eq!(world.store.reading().overview(&world.seen_by("Tom Ward")).unwrap().actions_overdue.n, 1);
    assert_eq!(world.store.reading().overview(&world.seen_by("Amina Khan")).unwrap().actions_overdue.n, 2);
}

#[test]
fn f16_an_action_out_of_an_entry_of_a_register_needs_the_entry_and_an_owner_who_is_here() {
    let mut world = followed();
    let of = |entry: i64, world: &World| Deed::RaiseWider {
        source: Source::Entry(EntryId(entry)),
        wanted: wanted(world, "Tara Moss", "Share what the visit found with the team"),
    };
    let deed = of(1, &world);
    assert!(world.refused_to("Amina Khan", deed).starts_with("There is no such entry"));
    let entry = EntryWanted {
        register: "year-events".into(),
        on: day("2026-11-03"),
        person: None,
        place: String::new(),
        values: [("event".to_string(), first_event())].into(),
    };
    world.do_("Amina Khan", Deed::RecordEntry(entry));
    let deed = of(1, &world);
    world.do_("Amina Khan", deed);
    assert_eq!(listed(&mut world, "Amina Khan", "")[1].source_ref, "E-0001");
    let wanted = ActionWanted { owner: None, ..wanted(&world, "Tara Moss", "Tell the board") };
    assert!(world.refused(Deed::RaiseWider { source: Source::Entry(EntryId(1)), wanted }).contains("one owner"));
    world.assert_verified();
}

fn first_event() -> String {
    let framework = closeloop::profiles::parse(merton_text(), "merton").unwrap();
    framework.cycle.events.first().map(|event| event.key.clone()).unwrap()
}

#[test]
fn a_wider_action_is_found_opened_and_brought_on_by_keyboard() {
    let mut robot = Robot::somebody(widened(), SMALL, "Tom Ward");
    robot.press("4 4").press("/").type_text("2026-11").press("enter").expect_row_selected("A-0002");
    robot.press("o").expect_notice("A-0002 comes from no single review.");
    robot.press("enter").expect_dialog("A-0002 from the plan of November 2026");
    robot.press("enter").expect_notice("A-0002 taken up");
}
