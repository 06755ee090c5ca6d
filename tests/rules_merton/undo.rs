//! Taking back: a whole batch at once, one's own, before anybody worked on it, and never what stands for good.

use crate::support::world::{World, day};
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::{AnswerEdit, Deed, PanelDeed, Trace};
use closeloop::domain::id::ActionId;
use closeloop::domain::panel::SittingWanted;
use closeloop::domain::review::AnswerValue;

fn undo(batch: i64) -> Deed {
    Deed::Undo { batch }
}

#[test]
fn a_bulk_allocation_is_taken_back_at_once() {
    let mut world = World::council();
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 5, 7);
    let before: Vec<_> = world.references().iter().map(|reference| world.review(reference)).collect();
    let receipt = world.allocate_all();
    assert!(matches!(receipt.trace, Trace::Batch(_)));
    assert!(world.references().iter().all(|reference| world.review(reference).reviewer.is_some()));
    let undone = world.do_("Amina Khan", undo(receipt.written.first));
    assert_eq!(undone.said, "Undone: Reviewer allocated and 4 more");
    for (reference, before) in world.references().iter().zip(before) {
        let after = world.review(reference);
        assert_eq!((after.reviewer, &after.steps, &after.review), (before.reviewer, &before.steps, &before.review));
    }
    assert!(world.store.reading().loads().unwrap().is_empty());
    let (_, counts) = world.store.reading().cycle(cycle, world.today()).unwrap().unwrap();
    assert_eq!((counts.reviews, counts.allocated), (5, 0));
    // The undoing can be undone.
    world.do_("Amina Khan", undo(undone.written.first));
    assert!(world.references().iter().all(|reference| world.review(reference).reviewer.is_some()));
    world.assert_verified();
}

#[test]
fn nobody_takes_back_what_somebody_else_did() {
    let mut world = World::ready();
    let deed = world.step("CR-0001", "contact");
    let batch = world.do_("Amina Khan", deed).written.first;
    let said = world.refused_to("Bela Novak", undo(batch));
    assert_eq!(said, "That was done by somebody else. Ask them to take it back.");
    world.do_("Amina Khan", undo(batch));
    assert!(!world.review("CR-0001").passed("contact"));
}

#[test]
fn a_batch_is_not_taken_back_once_somebody_has_worked_on_part_of_it() {
    let mut world = World::council();
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 3, 7);
    let batch = world.allocate_all().written.first;
    let deed = world.step("CR-0002", "contact");
    world.do_("Bela Novak", deed);
    let said = world.refused(undo(batch));
    assert_eq!(said, "Bela Novak has worked on it since, so it cannot be undone. Put it right by hand.");
    assert!(world.review("CR-0001").reviewer.is_some(), "the rest of the batch stands too");
}

#[test]
fn an_allocation_is_not_taken_back_once_the_reviewer_has_written_something() {
    let mut world = World::council();
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 1, 7);
    let batch = world.allocate_all().written.first;
    let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Trust".into()));
    world.do_("Bela Novak", deed);
    assert!(world.refused(undo(batch)).starts_with("Bela Novak has worked on it since"));
}

#[test]
fn looking_is_not_working_on_it() {
    let mut world = World::council();
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 1, 7);
    let batch = world.allocate_all().written.first;
    let review = world.id("CR-0001");
    world.do_("Amina Khan", Deed::Reveal { review, why: "To book the visit".into() });
    world.do_("Amina Khan", undo(batch));
    assert_eq!(world.review("CR-0001").reviewer, None);
}

#[test]
fn facts_that_stand_for_good_are_not_taken_back() {
    let mut world = World::council();
    let mut batches = Vec::new();
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    batches.push(("the draw", world.draw(cycle, 2, 7)));
    world.allocate_all();
    world.through_as("CR-0001", "family-contact", 2).at("2026-11-12T10:00:00Z").fill("CR-0001", 2);
    let deed = world.submit("CR-0001");
    batches.push(("the submission", world.do_("Amina Khan", deed)));
    let deed = world.decide("CR-0001", 3, "Not quite");
    batches.push(("the panel's decision", world.do_("Amina Khan", deed)));
    world.at("2026-11-16T10:00:00Z");
    let deed = world.step("CR-0001", "returned");
    world.do_("Amina Khan", deed);
    world.at("2026-11-21T10:00:00Z");
    let deed = world.step("CR-0001", "finalised");
    batches.push(("the finalising", world.do_("Amina Khan", deed)));
    for (what, receipt) in batches {
        assert_eq!(receipt.trace, Trace::ForGood, "{what} offers no undo");
        let said = world.refused(undo(receipt.written.first));
        assert!(said.contains("stands for good") || said.contains("worked on it since"), "{what}: {said}");
    }
}

#[test]
fn a_return_can_be_taken_back_until_it_was_finalised() {
    let mut world = World::ready();
    world.through("CR-0001", "completed").at("2026-11-16T10:00:00Z");
    let before = world.review("CR-0001");
    let deed = world.step("CR-0001", "returned");
    let batch = world.do_("Amina Khan", deed).written.first;
    world.do_("Amina Khan", undo(batch));
    let after = world.review("CR-0001");
    assert_eq!((after.steps, after.review.next), (before.steps, before.review.next));
    let deed = world.step("CR-0001", "returned");
    let batch = world.do_("Amina Khan", deed).written.first;
    world.at("2026-11-21T10:00:00Z");
    let deed = world.step("CR-0001", "finalised");
    world.do_("Amina Khan", deed);
    assert!(world.refused(undo(batch)).contains("worked on it since"));
    world.assert_verified();
}

#[test]
fn answers_come_back_as_they_stood() {
    let mut world = World::ready();
    let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("First".into()));
    world.do_("Amina Khan", deed);
    let held = world.review("CR-0001").answers["n/strengths"].revision;
    let edits = vec![
        AnswerEdit { field: "n/strengths".into(), seen: held, answer: Some(AnswerValue::Text("Second".into())) },
        AnswerEdit { field: "n/impact".into(), seen: 0, answer: Some(AnswerValue::Text("New".into())) },
    ];
    let review = world.id("CR-0001");
    let batch = world.do_("Amina Khan", Deed::SaveAnswers { review, edits }).written.first;
    world.do_("Amina Khan", undo(batch));
    let answers = world.review("CR-0001").answers;
    assert_eq!(answers["n/strengths"].value.text(), "First");
    assert!(!answers.contains_key("n/impact"));
}

#[test]
fn an_action_taken_back_keeps_its_number_for_itself() {
    let mut world = World::ready();
    let raise = |world: &mut World, text: &str| {
        let deed = world.action("CR-0001", "Noor Carter", text);
        world.do_("Amina Khan", deed)
    };
    let batch = raise(&mut world, "First").written.first;
    world.do_("Amina Khan", undo(batch));
    assert_eq!(world.review("CR-0001").actions, []);
    let said = raise(&mut world, "Second").said;
    assert!(said.starts_with("A-0002 raised"), "a number that was read out is not given to something else: {said}");
    world.assert_verified();
}

#[test]
fn moving_an_action_on_is_taken_back_with_its_evidence() {
    let mut world = World::ready();
    world.raises_action("CR-0001", "Noor Carter", "Bring the chronology up to date");
    let deed = world.take_up(1);
    world.do_("Noor Carter", deed);
    let before = world.store.reading().action(ActionId(1)).unwrap();
    let deed = world.finish(1, "Chronology of 12 November");
    let batch = world.do_("Noor Carter", deed).written.first;
    world.do_("Noor Carter", undo(batch));
    assert_eq!(world.store.reading().action(ActionId(1)).unwrap(), before);
    world.assert_verified();
}

#[test]
fn a_panel_that_has_begun_is_not_called_off() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 9);
    let planned = Deed::Panel(PanelDeed::Plan(SittingWanted::on(day("2026-11-24"), "10:00", None)));
    let batch = world.do_("Iris Tamm", planned.clone()).written.first;
    world.do_("Iris Tamm", undo(batch));
    assert!(world.store.reading().next_panel(world.today()).unwrap().is_none());
    let chair = Some(world.person("Iris Tamm"));
    let planned = Deed::Panel(PanelDeed::Plan(SittingWanted::on(world.today(), "10:00", chair)));
    let batch = world.do_("Iris Tamm", planned).written.first;
    let panel = world.store.reading().next_panel(world.today()).unwrap().unwrap();
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Begin { panel: panel.id, present: panel.members }));
    let said = world.refused_to("Iris Tamm", undo(batch));
    assert_eq!(said, "You have worked on it since, so it cannot be undone. Put it right by hand.");
}

#[test]
fn there_is_nothing_to_undo_in_a_batch_that_never_was() {
    let mut world = World::ready();
    let tail = world.store.reading().tail().unwrap().seq;
    for batch in [0, -1, tail + 1] {
        assert_eq!(world.refused(undo(batch)), "There is nothing to undo.", "{batch}");
    }
    // A row in the middle of a batch is no batch of its own.
    let middle = world.store.reading().history(world.id("CR-0007"), None, None).unwrap()[0].seq;
    assert_eq!(world.refused(undo(middle)), "There is nothing to undo.");
}

#[test]
fn what_a_submission_stands_on_is_not_taken_back() {
    let mut world = World::ready();
    world.through_as("CR-0001", "family-contact", 4).at("2026-11-12T10:00:00Z").fill("CR-0001", 4);
    let why = closeloop::domain::review::field::WHY_NO_ACTIONS;
    let deed = world.edit("CR-0001", why, None);
    world.do_("Amina Khan", deed);
    let deed = world.action("CR-0001", "Bela Novak", "Visit within the week");
    world.do_("Amina Khan", deed);
    let action = world.review("CR-0001").actions[0].id;
    let deed = world.submit("CR-0001");
    world.do_("Amina Khan", deed);
    let said = world.refused(Deed::WithdrawAction { action });
    assert!(said.contains("was submitted with A-000"), "{said}");
    // With another action in its place the first may go.
    let deed = world.action("CR-0001", "Bela Novak", "Ask the school for the attendance");
    let second = world.do_("Amina Khan", deed).written.first;
    world.do_("Amina Khan", Deed::WithdrawAction { action });
    let said = world.refused_to("Amina Khan", undo(second));
    assert!(said.contains("was submitted with"), "{said}");
    world.assert_verified();
}

#[test]
fn the_last_answers_before_a_submission_stand() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 7);
    let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("The last word".into()));
    let batch = world.do_("Amina Khan", deed).written.first;
    let deed = world.submit("CR-0001");
    world.do_("Amina Khan", deed);
    assert!(world.refused_to("Amina Khan", undo(batch)).starts_with("CR-0001 has been submitted; its answers stand."));
    assert_eq!(world.review("CR-0001").answers["n/strengths"].value.text(), "The last word");
}

#[test]
fn a_save_of_many_answers_is_one_row_of_the_journal_and_many_lines_of_the_history() {
    let mut world = World::ready();
    let before = world.store.reading().journal_length().unwrap();
    world.fill("CR-0001", 7);
    assert_eq!(world.store.reading().journal_length().unwrap(), before + 1);
    let answers = world.review("CR-0001").answers.len();
    let lines = world.history("CR-0001").into_iter().filter(|row| row.what == "Form answered").collect::<Vec<_>>();
    assert_eq!(lines.len(), answers);
    assert!(lines.iter().any(|row| row.texts == Some((String::new(), "Seen in the record".into()))));
    world.assert_verified();
}

#[test]
fn whoever_answered_another_question_since_stands_in_no_ones_way() {
    let mut world = World::ready();
    let first = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Trust".into()));
    let batch = world.do_("Bela Novak", first).written.first;
    let other = world.edit("CR-0001", "n/impact", AnswerValue::Text("Safer".into()));
    world.do_("Amina Khan", other);
    world.do_("Bela Novak", undo(batch));
    assert!(!world.review("CR-0001").answers.contains_key("n/strengths"));
    let again = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Hope".into()));
    let batch = world.do_("Bela Novak", again).written.first;
    let changed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Courage".into()));
    world.do_("Amina Khan", changed);
    let said = world.refused_to("Bela Novak", undo(batch));
    assert_eq!(said, "Amina Khan has worked on it since, so it cannot be undone. Put it right by hand.");
}

#[test]
fn a_cycle_is_taken_back_while_it_is_empty_and_stays_once_it_has_a_sample() {
    let mut world = World::council();
    let opened = |world: &mut World, on: &str| {
        let planned = CyclePlanned {
            starts_on: day(on),
            focus: "Neglect".into(),
            focus_reason: "performance-data".into(),
            focus_note: String::new(),
        };
        world.do_("Amina Khan", Deed::OpenCycle(planned)).written.first
    };
    let mistyped = opened(&mut world, "2025-06-01");
    world.do_("Amina Khan", Deed::Undo { batch: mistyped });
    assert!(world.store.reading().cycles().unwrap().is_empty());
    // Later, when there is nothing to undo any more, it is taken away; and that is undone.
    opened(&mut world, "2026-10-01");
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let gone = world.do_("Amina Khan", Deed::TakeCycleAway { cycle });
    assert_eq!((gone.said.as_str(), world.store.reading().cycles().unwrap().len()), ("October 2026 is taken away", 0));
    world.do_("Amina Khan", Deed::Undo { batch: gone.written.first });
    world.do_("Amina Khan", Deed::TakeCycleAway { cycle });
    let kept = opened(&mut world, "2026-11-01");
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    world.draw(cycle, 7, 7);
    assert!(world.refused(Deed::TakeCycleAway { cycle }).contains("so it stays"));
    let refused = world.refused(Deed::Undo { batch: kept });
    assert!(refused.contains("2026-11 has a sample, a review"), "{refused}");
    world.assert_verified();
}
