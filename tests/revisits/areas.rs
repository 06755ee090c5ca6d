//! Areas of cycles: when they are due, who looks again, who lets one go.

use super::{rolling, row};
use crate::support::world::{World, day};
use closeloop::domain::cycle::BesidePlanned;
use closeloop::domain::deed::Deed;
use closeloop::domain::insight::Share;
use closeloop::domain::query::Again;
use closeloop::domain::revisit::RevisitDeed;

/// November's seven reviews are complete, scaled so.
fn complete(scaling: u8) -> World {
    let mut world = rolling();
    for reference in world.references() {
        world.through_as(&reference, "completed", scaling);
    }
    world
}

#[test]
fn f14_an_area_is_ahead_then_due_then_overdue_and_a_year_later_a_new_audit() {
    let mut world = complete(7);
    // The review phase of November ends on the 21st: six months later, and a cycle's length of grace.
    let seen = world.revisits("Amina Khan")[0].seen_on;
    let due = world.revisits("Amina Khan")[0].due_on;
    assert_eq!(due, seen + chrono::Months::new(6));
    for (days, stand) in [(-1, "ahead"), (0, "due"), (28, "due"), (40, "overdue"), (360, "overdue")] {
        let moment = (due + chrono::Duration::days(days)).and_hms_opt(12, 0, 0).unwrap().and_utc();
        world.now = moment;
        assert_eq!(world.stands_again(), [format!("2026-11 area {stand} ")], "{days} days from its day");
    }
    world.now = (due + chrono::Duration::days(370)).and_hms_opt(12, 0, 0).unwrap().and_utc();
    assert_eq!(world.stands_again(), Vec::<String>::new());
}

#[test]
fn f14_nothing_is_due_where_the_framework_says_nothing_or_nothing_was_completed() {
    let mut world = World::ready();
    world.through("CR-0001", "completed");
    assert_eq!(world.stands_again(), Vec::<String>::new());
    assert_eq!(rolling().stands_again(), Vec::<String>::new());
}

#[test]
fn f14_a_later_cycle_is_planned_and_has_looked_again_once_all_of_it_is_complete() {
    let mut world = complete(4);
    world.at("2027-05-25T09:00:00Z");
    let again = world.plans_again("2027-05-25");
    let said = world.do_("Amina Khan", again).said;
    assert!(said.contains("looks again at 2026-11"), "{said}");
    assert_eq!(world.stands_again(), ["2026-11 area planned 2027-05"]);
    let cycle = world.cycle_called("2027-05");
    world.draw(cycle, 2, 3);
    world.allocate_all();
    assert_eq!(world.stands_again(), ["2026-11 area planned 2027-05"]);
    for reference in ["CR-0008", "CR-0009"] {
        world.completes(reference, 7);
    }
    // It is done, and in its turn it will be looked at again.
    assert_eq!(world.stands_again(), ["2027-05 area ahead ", "2026-11 area done 2027-05"]);
    world.assert_verified();
}

#[test]
fn f14_what_a_cycle_cannot_look_at_again_is_refused() {
    let mut world = complete(7);
    world.at("2027-05-25T09:00:00Z");
    let first = world.cycle_called("2026-11");
    let link = |cycle, first| Deed::Revisit(RevisitDeed::Link { cycle, first });
    assert!(world.refused(link(first, Some(first))).contains("cannot look again at 2026-11"));
    let Deed::Revisit(RevisitDeed::Plan { wanted, .. }) = world.plans_again("2026-11-15") else { panic!() };
    let wanted = Box::new(BesidePlanned { kind: "thematic-review".into(), ..*wanted });
    let early = Deed::Revisit(RevisitDeed::Plan { first, wanted });
    assert!(world.refused(early).contains("begins before that is over"));
    let june = world.open_cycle("2027-06-01");
    world.do_("Amina Khan", link(june, Some(first)));
    let said = {
        let july = world.plans_again("2027-07-01");
        world.refused(july)
    };
    assert!(said.contains("2027-06 looks again at 2026-11 already"), "{said}");
    let refused = world.refused_to("Noor Carter", link(june, None));
    assert!(refused.contains("no right to open cycles") && refused.contains("Insights coordinator"), "{refused}");
    world.do_("Amina Khan", link(june, None));
    assert_eq!(world.stands_again(), ["2026-11 area due "]);
    world.assert_verified();
}

#[test]
fn f14_nobody_looks_again_with_the_reason_and_that_is_taken_back_or_undone() {
    let mut world = complete(7);
    world.at("2027-05-25T09:00:00Z");
    let first = world.cycle_called("2026-11");
    let let_go = |why: Option<&str>| Deed::Revisit(RevisitDeed::LetGo { first, why: why.map(str::to_string) });
    assert!(world.refused(let_go(Some(" "))).contains("needs its reason"));
    assert!(world.refused(let_go(None)).contains("asked for as it is"));
    let done = world.do_("Amina Khan", let_go(Some("The partnership looked at it")));
    assert_eq!(world.stands_again(), ["2026-11 area let go The partnership looked at it"]);
    world.do_("Amina Khan", Deed::Undo { batch: done.written.first });
    assert_eq!(world.stands_again(), ["2026-11 area due "]);
    world.do_("Amina Khan", let_go(Some("The partnership looked at it")));
    world.do_("Amina Khan", let_go(None));
    assert_eq!(world.stands_again(), ["2026-11 area due "]);
    let again = world.plans_again("2027-06-01");
    world.do_("Amina Khan", again);
    assert!(world.refused(let_go(Some("Never mind"))).contains("2027-06 looks again at 2026-11 already"));
    world.assert_verified();
}

#[test]
fn f14_then_and_now_stand_side_by_side_and_better_is_said_only_where_chance_would_not_do_it() {
    let mut world = complete(4);
    world.at("2027-05-25T09:00:00Z");
    let again = world.plans_again("2027-05-25");
    world.do_("Amina Khan", again);
    let cycle = world.cycle_called("2027-05");
    world.draw(cycle, 6, 3);
    world.allocate_all();
    for reference in world.references().into_iter().skip(7) {
        world.completes(&reference, 7);
    }
    let found = world.then_now("Amina Khan", Again::Cycle(cycle));
    assert_eq!((found.then.as_str(), found.now.as_str()), ("2026-11  November 2026", "2027-05  May 2027"));
    assert_eq!(row(&found, "Reviews completed"), ("7", "6", ""));
    assert_eq!(row(&found, "Good or better"), ("0 % (0 of 7)", "100 % (6 of 6)", "better"));
    assert_eq!(row(&found, "Good"), ("0", "6", ""));
    let scaled = found.parts.iter().find(|part| part.heading == "Questions").unwrap().rows.iter().find(|row| row.then.contains("of 10"));
    assert_eq!(
        scaled.map(|row| (row.then.as_str(), row.now.as_str(), row.moved.label())),
        Some(("4.0 of 10 (7)", "7.0 of 10 (6)", "better"))
    );
    // One of two is no better than one of three.
    assert_eq!(Share::new(8, 13).clearly_above(Share::new(7, 13)), None);
    assert_eq!(Share::new(13, 13).clearly_above(Share::new(3, 13)), Some(true));
    assert_eq!(Share::new(3, 13).clearly_above(Share::new(13, 13)), Some(false));
    assert_eq!(Share::new(0, 0).clearly_above(Share::new(13, 13)), None);
}

#[test]
fn f14_of_few_grades_nothing_is_said_of_better_or_worse() {
    let mut world = complete(4);
    world.at("2027-05-25T09:00:00Z");
    let again = world.plans_again("2027-05-25");
    world.do_("Amina Khan", again);
    let cycle = world.cycle_called("2027-05");
    world.draw(cycle, 2, 3);
    world.allocate_all();
    world.completes("CR-0008", 7);
    let found = world.then_now("Amina Khan", Again::Cycle(cycle));
    assert_eq!(row(&found, "Good or better").2, "");
    assert!(found.note.contains("too few"), "{}", found.note);
    assert_eq!(day("2027-05-25"), world.store.reading().cycle_and_counts(cycle).unwrap().unwrap().0.starts_on);
}
