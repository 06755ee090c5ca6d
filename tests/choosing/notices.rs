//! Notice a week before, to each addressee. F04.

use super::{council, cycle};
use crate::support::world::{World, day, utc};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::CycleId;
use closeloop::domain::query::{Answered, NoticeRow, Query};

fn rows(world: &mut World, id: CycleId) -> Vec<NoticeRow> {
    match world.ask(Query::Cycle(id)) {
        Answered::Cycle(detail) => detail.notices,
        other => panic!("{other:?}"),
    }
}

fn sent(rows: &[&NoticeRow], how: &str, on: &str) -> Deed {
    let notices = rows.iter().map(|row| (row.notice.review, row.notice.role.clone())).collect();
    Deed::SendNotices { notices, to: None, how: how.into(), on: day(on) }
}

fn drawn() -> (World, CycleId) {
    let mut world = council("sefton");
    world.at("2026-10-22T09:00:00Z");
    let id = cycle(&mut world, "2026-11-01");
    world.draw(id, 4, 7);
    (world, id)
}

#[test]
fn f04_after_the_draw_each_role_of_each_case_is_listed_with_its_holder_and_a_gap_is_named() {
    let (mut world, id) = drawn();
    let rows = rows(&mut world, id);
    let reviews: std::collections::BTreeSet<_> = rows.iter().map(|row| row.notice.review).collect();
    assert_eq!(reviews.len(), 4);
    for review in reviews {
        let case_type = world.facts(review).review.case_type;
        let roles: Vec<&str> = rows.iter().filter(|row| row.notice.review == review).map(|row| row.notice.role.as_str()).collect();
        // Nobody has to be told, nor a gap to be explained, of an officer whom such a case does not have.
        let wanted: &[&str] = match case_type.as_str() {
            "cic" => &["SW", "TM", "SM", "IRO"],
            "cp" => &["SW", "TM", "SM", "CP-Chair"],
            _ => &["SW", "TM", "SM"],
        };
        assert_eq!(roles, wanted, "{case_type}");
    }
    let of = |role: &str| rows.iter().filter(|row| row.notice.role == role).collect::<Vec<_>>();
    assert!(of("SW").iter().chain(&of("TM")).chain(&of("SM")).all(|row| !row.name.is_empty()));
    assert!(
        !of("IRO").is_empty() && of("IRO").iter().all(|row| row.notice.person.is_none()),
        "two reviewing officers, and nobody knows whose case it is"
    );
    let begins = world.store.reading().cycle_and_counts(id).unwrap().unwrap().0.phase("review").unwrap().starts;
    assert!(rows.iter().all(|row| row.notice.due_on == begins - chrono::Duration::days(7)), "a week before the phase");
    let practitioner = world.facts(rows[0].notice.review).review.practitioner;
    assert_eq!(of("SW")[0].notice.person, practitioner);
}

#[test]
fn f04_what_was_sent_is_written_down_with_whom_how_and_when_and_once() {
    let (mut world, id) = drawn();
    let all = rows(&mut world, id);
    let known: Vec<&NoticeRow> = all.iter().filter(|row| row.notice.person.is_some()).collect();
    let silent = sent(&known[..1], " ", "2026-10-22");
    assert!(world.refused(silent).starts_with("How they were told is missing."));
    let early = sent(&known[..1], "by e-mail", "2026-10-01");
    assert!(world.refused(early).contains("is no day on which they can have been told."));
    let mixed: Vec<&NoticeRow> = all.iter().collect();
    let whole = sent(&mixed, "by e-mail", "2026-10-22");
    assert!(world.refused(whole).contains("It is not on record who holds the role"));
    let deed = sent(&known, "by e-mail", "2026-10-22");
    world.do_("Amina Khan", deed);
    let again = sent(&known[..1], "by e-mail", "2026-10-22");
    assert!(world.refused(again).contains("was told on 22 October 2026."));
    let now = rows(&mut world, id);
    let told: Vec<&NoticeRow> = now.iter().filter(|row| row.notice.sent.is_some()).collect();
    assert_eq!(told.len(), known.len());
    assert!(told.iter().all(|row| !row.late && row.notice.sent.as_ref().unwrap().how == "by e-mail"));
    world.assert_verified();
}

#[test]
fn f04_a_gap_is_closed_by_saying_who_was_told_or_why_nobody_has_to_be() {
    let (mut world, id) = drawn();
    let all = rows(&mut world, id);
    let gaps: Vec<&NoticeRow> = all.iter().filter(|row| row.notice.person.is_none()).collect();
    let one = |gap: &NoticeRow| vec![(gap.notice.review, gap.notice.role.clone())];
    let to = Some(world.person("Ida Ross"));
    world.do_("Amina Khan", Deed::SendNotices { notices: one(gaps[0]), to, how: "by e-mail".into(), on: day("2026-10-22") });
    let why = "No reviewing officer is involved".to_string();
    world.do_("Amina Khan", Deed::SendNotices { notices: one(gaps[1]), to: None, how: why, on: day("2026-10-22") });
    let now = rows(&mut world, id);
    assert!(now.iter().any(|row| row.name == "Ida Ross" && row.notice.sent.is_some()));
    assert_eq!(now.iter().filter(|row| row.notice.sent.as_ref().is_some_and(|sent| sent.person.is_none())).count(), 1);
}

#[test]
fn f04_a_late_notice_is_late_in_the_list_and_the_next_thing() {
    let (mut world, id) = drawn();
    world.now = utc("2026-11-05T09:00:00Z");
    assert!(rows(&mut world, id).iter().all(|row| row.late));
    let Answered::NextThing(Some(next)) =
        world.ask(Query::NextThing { skip: Vec::new(), passed: Vec::new(), actions: Vec::new(), work: Vec::new() })
    else {
        panic!()
    };
    assert_eq!((next.step.as_str(), next.notices), ("Tell those concerned beforehand", Some(id)));
    assert!(next.because.ends_with("late"), "{}", next.because);
    let all = rows(&mut world, id);
    let known: Vec<&NoticeRow> = all.iter().filter(|row| row.notice.person.is_some()).collect();
    let deed = sent(&known, "in person", "2026-11-05");
    world.do_("Amina Khan", deed);
    assert!(rows(&mut world, id).iter().all(|row| row.late), "sent, but late");
    let Answered::NextThing(Some(next)) =
        world.ask(Query::NextThing { skip: Vec::new(), passed: Vec::new(), actions: Vec::new(), work: Vec::new() })
    else {
        panic!()
    };
    assert_eq!(next.notices, None);
}

#[test]
fn f04_a_framework_without_notice_lists_nobody() {
    let mut world = World::ready();
    let id = world.store.reading().current_cycle(world.today()).unwrap().unwrap();
    assert!(rows(&mut world, id).is_empty());
}
