//! Two people at one record: nobody overwrites what they have not seen, and both are told who did what.

use crate::support::world::World;
use closeloop::domain::deed::{Allocation, AnswerEdit, Deed};
use closeloop::domain::review::AnswerValue;

fn text(words: &str) -> Option<AnswerValue> {
    Some(AnswerValue::Text(words.into()))
}

#[test]
fn a_step_over_a_row_that_somebody_changed_names_who_and_when() {
    let mut world = World::ready();
    world.at("2026-11-06T10:00:00Z");
    let seen_by_both = world.step("CR-0001", "contact");
    world.do_("Amina Khan", seen_by_both.clone());
    world.at("2026-11-06T10:05:00Z");
    let said = world.refused_to("Bela Novak", seen_by_both.clone());
    assert_eq!(said, "Amina Khan changed CR-0001 at 10:00. Look at what is there now; what you typed is kept.");
    world.at("2026-11-09T08:00:00Z");
    let said = world.refused_to("Bela Novak", seen_by_both);
    assert_eq!(said, "Amina Khan changed CR-0001 on 6 November at 10:00. Look at what is there now; what you typed is kept.");
}

#[test]
fn a_summer_moment_is_told_in_local_time() {
    let mut world = World::council();
    let cycle = world.at("2026-07-06T09:30:00Z").open_cycle("2026-07-01");
    world.draw(cycle, 2, 7);
    let deed = substitute_nobody(&world);
    world.allocate_all();
    let said = world.refused_to("Bela Novak", deed);
    assert!(said.contains("Amina Khan changed CR-0001 at 10:30."), "{said}");
}

fn substitute_nobody(world: &World) -> Deed {
    let facts = world.review("CR-0001");
    let approver = Some(world.person("Iris Tamm"));
    Deed::Substitute { review: facts.review.id, seen: facts.revision, incoming: None, reason: "Moved".into(), approver }
}

#[test]
fn every_deed_that_says_what_was_seen_is_refused_when_stale() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 7);
    let facts = world.review("CR-0001");
    let other = world.person("Ines Holt");
    let stale = [
        world.submit("CR-0001"),
        substitute_nobody(&world),
        world.step("CR-0001", "contact"),
        Deed::Allocate(vec![Allocation::to(facts.review.id, facts.revision, Some(other))]),
    ];
    let deed = world.step("CR-0001", "family-contact");
    world.do_("Bela Novak", deed);
    for deed in stale {
        let said = world.refused_to("Amina Khan", deed);
        let now = "Bela Novak changed CR-0001 (reviewer now: ";
        assert!(said.starts_with("Bela Novak changed CR-0001 at 10:00.") || said.starts_with(now), "{said}");
    }
}

#[test]
fn an_allocation_that_somebody_else_was_quicker_with_says_who_reviews_it_now() {
    let mut world = World::drawn();
    let facts = world.review("CR-0001");
    let give = |world: &World, name: Option<&str>| {
        Deed::Allocate(vec![Allocation::to(facts.review.id, facts.revision, name.map(|name| world.person(name)))])
    };
    let (first, second) = (give(&world, Some("Ida Ross")), give(&world, Some("Ines Holt")));
    world.do_("Bela Novak", first);
    let said = world.refused(second.clone());
    assert_eq!(said, "Bela Novak changed CR-0001 (reviewer now: Ida Ross) at 09:30. Look at what is there now; what you typed is kept.");
    let taken = Deed::Allocate(vec![Allocation::to(facts.review.id, world.review("CR-0001").revision, None)]);
    world.do_("Bela Novak", taken);
    assert!(world.refused(second).contains("(reviewer now: nobody)"));
}

#[test]
fn two_people_in_different_fields_of_one_form_both_succeed() {
    let mut world = World::ready();
    let (one, other) = (world.edit("CR-0001", "n/strengths", text("Trust")), world.edit("CR-0001", "n/impact", text("Safer")));
    world.do_("Amina Khan", one);
    world.do_("Bela Novak", other);
    let answers = world.review("CR-0001").answers;
    assert_eq!((answers["n/strengths"].value.text(), answers["n/impact"].value.text()), ("Trust", "Safer"));
}

#[test]
fn in_the_same_field_the_second_is_refused_and_told_which_field_and_by_whom() {
    let mut world = World::ready();
    let (one, other) = (world.edit("CR-0001", "n/strengths", text("Trust")), world.edit("CR-0001", "n/strengths", text("Honesty")));
    world.do_("Amina Khan", one);
    let said = world.refused_to("Bela Novak", other);
    assert_eq!(said, "Amina Khan changed CR-0001 (Strengths) at 09:30. Look at what is there now; what you typed is kept.");
    assert_eq!(world.review("CR-0001").answers["n/strengths"].value.text(), "Trust");
}

#[test]
fn one_stale_field_refuses_the_whole_save() {
    let mut world = World::ready();
    let first = world.edit("CR-0001", "n/strengths", text("Trust"));
    world.do_("Amina Khan", first);
    let edits = vec![
        AnswerEdit { field: "n/impact".into(), seen: 0, answer: text("Safer") },
        AnswerEdit { field: "n/strengths".into(), seen: 0, answer: text("Honesty") },
    ];
    let review = world.id("CR-0001");
    world.refused_to("Bela Novak", Deed::SaveAnswers { review, edits });
    assert!(!world.review("CR-0001").answers.contains_key("n/impact"));
}

#[test]
fn a_field_that_somebody_emptied_meanwhile_is_stale_too() {
    let mut world = World::ready();
    let deed = world.edit("CR-0001", "n/strengths", text("Trust"));
    world.do_("Amina Khan", deed);
    let seen = world.edit("CR-0001", "n/strengths", text("Trust and honesty"));
    world.at("2026-11-05T11:00:00Z");
    let emptied = world.edit("CR-0001", "n/strengths", None);
    world.do_("Bela Novak", emptied);
    let said = world.refused_to("Amina Khan", seen);
    assert!(said.starts_with("Bela Novak changed CR-0001 (Strengths) at 11:00."), "{said}");
}

#[test]
fn a_field_named_twice_in_one_save_takes_the_last_answer() {
    let mut world = World::ready();
    let edits = vec![
        AnswerEdit { field: "n/impact".into(), seen: 0, answer: text("Safer") },
        AnswerEdit { field: "n/impact".into(), seen: 0, answer: None },
    ];
    let review = world.id("CR-0001");
    world.do_("Amina Khan", Deed::SaveAnswers { review, edits });
    assert!(!world.review("CR-0001").answers.contains_key("n/impact"));
    world.assert_verified();
}

#[test]
fn saving_what_is_there_already_writes_nothing() {
    let mut world = World::ready();
    let deed = world.edit("CR-0001", "n/strengths", text("Trust"));
    world.do_("Amina Khan", deed);
    let before = world.store.reading().tail().unwrap();
    let deed = world.edit("CR-0001", "n/strengths", text("Trust  \n"));
    assert_eq!(world.do_("Amina Khan", deed).said, "Nothing had changed");
    assert_eq!(world.store.reading().tail().unwrap(), before);
}

#[test]
fn every_answer_that_somebody_changed_is_named_by_area_and_number() {
    let mut world = World::ready();
    let name = |key: &str| format!("q/{key}");
    let one = [world.edit("CR-0001", &name("risk"), AnswerValue::Scale(5)), world.edit("CR-0001", &name("voice"), AnswerValue::Scale(6))];
    let facts = world.review("CR-0001");
    let both = ["risk", "voice"].map(|key| AnswerEdit { field: name(key), seen: 0, answer: Some(AnswerValue::Scale(8)) });
    for deed in one {
        world.do_("Amina Khan", deed);
    }
    let said = world.refused_to("Bela Novak", Deed::SaveAnswers { review: facts.review.id, edits: both.to_vec() });
    let kind = world.detail("CR-0001").kind;
    let named = format!("({}; {})", kind.field_short("q/risk"), kind.field_short("q/voice"));
    assert!(said.contains(&named), "{said}");
    assert_eq!(world.review("CR-0001").answers["q/risk"].value, AnswerValue::Scale(5), "nothing was written");
}
