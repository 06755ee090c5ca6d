//! Taken up, done, signed off by somebody else, looked at again.

use super::world::{followed, signed_off};
use crate::support::world::{World, day};
use closeloop::domain::action::{ActionState, Effect};
use closeloop::domain::deed::{ActionDeed, Deed};
use closeloop::domain::id::ActionId;
use closeloop::domain::query::{ActionNext, Answered, Query};

#[test]
fn f11_whom_the_profile_names_signs_off_what_the_owner_has_done() {
    let mut world = followed();
    let deed = world.take_up(1);
    world.do_("Noor Carter", deed);
    assert_eq!(world.stored_action(1).state, ActionState::InProgress);
    let deed = world.sign_off(1);
    let said = world.refused_to("Tara Moss", deed);
    assert_eq!(said, "A-0001 is in progress: only what is done is signed off. Its owner says first that it is done, with the evidence.");
    world.is_done(1, "Noor Carter");
    let deed = world.sign_off(1);
    let said = world.refused_to("Ida Ross", deed.clone());
    assert!(said.contains("(Independent reviewing officer) no right to sign off actions"), "{said}");
    world.do_("Tara Moss", deed);
    let action = world.stored_action(1);
    let (done, signed) = (action.life.done.unwrap(), action.life.signed_off.unwrap());
    assert_eq!(
        (action.state, done.by, signed.by),
        (ActionState::SignedOff, Some(world.person("Noor Carter")), Some(world.person("Tara Moss")))
    );
    assert_eq!((done.at, signed.at), (world.now, world.now));
    assert_eq!(action.life.revisit_on, Some(day("2027-05-05")), "F14: six months later");
    world.assert_verified();
}

#[test]
fn s13_nobody_signs_off_their_own() {
    let mut world = followed();
    world.raises_action("CR-0002", "Tara Moss", "Read the whole record and write a decision");
    world.is_done(2, "Tara Moss");
    let deed = world.sign_off(2);
    let said = world.refused_to("Tara Moss", deed.clone());
    assert!(said.starts_with("A-0002 is your own: somebody else has to see that it was done."), "{said}");
    world.do_("Sam Miller", deed);
}

#[test]
fn f11_where_only_team_managers_sign_off_a_team_manager_s_own_is_signed_off_by_who_manages_them() {
    let named = ("[\"TM\", \"SM\", \"HoS\", \"insights-tm\", \"insights-sm\", \"coordinator\"]", "[\"TM\"]");
    let mut world = super::world::followed_under(&[named]);
    world.raises_action("CR-0002", "Tara Moss", "Read the whole record and write a decision");
    for (action, owner) in [(1, "Noor Carter"), (2, "Tara Moss")] {
        world.is_done(action, owner);
    }
    let deed = world.sign_off(1);
    let said = world.refused_to("Sam Miller", deed);
    assert!(said.ends_with("A-0001 is not yours to sign off. Team manager can."), "of others only who is named: {said}");
    let deed = world.sign_off(2);
    let said = world.refused_to("Tara Moss", deed.clone());
    assert!(said.ends_with("Team manager or whoever manages Tara Moss can sign it off."), "{said}");
    // The card says of whom the rule takes it, and whoever it leads there may do it.
    let card = |world: &mut World, who: &str| match world.answer_to(who, &Query::Action(ActionId(2))).unwrap() {
        Answered::Action(life) => (life.says_next(world.today()), life.yours),
        other => panic!("{other:?}"),
    };
    let said = "Next: see that it was done, and sign it off, by Team manager or whoever manages Tara Moss.";
    assert_eq!(card(&mut world, "Sam Miller"), (said.to_string(), true));
    assert_eq!(card(&mut world, "Sita Moran"), (said.to_string(), false));
    world.do_("Sam Miller", deed);
    // Who signed it off may say later whether it helped: only its owner may not (S13).
    let (said, _) = card(&mut world, "Sam Miller");
    assert!(said.ends_with("by Team manager, whoever manages Tara Moss or the Insights team."), "{said}");
    world.assert_verified();
}

#[test]
fn s13_whoever_looks_whether_it_helped_is_named_once() {
    let mut world = super::world::signed_off();
    let Answered::Action(life) = world.answer_to("Amina Khan", &Query::Action(ActionId(1))).unwrap() else { panic!() };
    assert_eq!(life.next_by, "Team manager, Service manager, Head of service or the Insights team");
}

#[test]
fn s13_whoever_said_that_it_was_done_does_not_sign_it_off() {
    let mut world = followed();
    // Paul Obi has no login here: the Insights team writes down what he reports.
    world.raises_action("CR-0002", "Paul Obi", "See the child alone");
    world.is_done(2, "Amina Khan");
    let deed = world.sign_off(2);
    let said = world.refused_to("Amina Khan", deed.clone());
    assert!(said.starts_with("You said yourself that A-0002 was done"), "{said}");
    world.do_("Bela Novak", deed);
}

#[test]
fn m17_nothing_is_done_nor_signed_off_without_evidence() {
    let mut world = followed();
    for nothing in ["", "  "] {
        let deed = world.finish(1, nothing);
        let said = world.refused_to("Noor Carter", deed);
        assert_eq!(said, "A-0001 is not done without evidence. Write down where it can be seen, such as a record, a date and a heading.");
    }
    super::older::done_without_evidence(&mut world);
    let deed = world.sign_off(1);
    let said = world.refused_to("Tara Moss", deed);
    assert_eq!(said, "A-0001 has no evidence: nobody can see that it was done. Ask its owner where it can be seen.");
}

#[test]
fn f14_nobody_looks_again_before_its_day() {
    let mut world = signed_off();
    world.at("2027-05-04T09:00:00Z");
    let deed = world.revisit(1, Effect::Sustained);
    let said = world.refused_to("Tara Moss", deed);
    assert!(said.starts_with("A-0001 is looked at again 6 months after it was signed off, from Wed 5 May 2027 on."), "{said}");
    world.at("2027-05-05T09:00:00Z");
    let deed = world.revisit(1, Effect::Sustained);
    let said = world.refused_to("Noor Carter", deed.clone());
    assert!(said.starts_with("A-0001 is your own: somebody else says whether it helped."), "{said}");
    let said = world.refused_to("Ida Ross", deed.clone());
    assert!(said.starts_with("A-0001 is not yours to judge."), "{said}");
    world.do_("Tara Moss", deed);
    let deed = world.revisit(1, Effect::Partly);
    assert!(world.refused_to("Tara Moss", deed).starts_with("A-0001 was looked at again: sustained."));
}

#[test]
fn f14_what_lasts_stays_signed_off_whatever_was_seen() {
    for effect in [Effect::Sustained, Effect::Partly, Effect::CannotTell] {
        let mut world = signed_off();
        world.at("2027-05-10T09:00:00Z");
        let deed = world.revisit(1, effect);
        world.do_("Amina Khan", deed);
        let action = world.stored_action(1);
        assert_eq!((action.state, action.life.effect, action.life.recurred), (ActionState::SignedOff, Some(effect), 0));
        world.assert_verified();
    }
}

#[test]
fn s13_what_recurred_is_open_again_with_its_history() {
    let mut world = signed_off();
    world.at("2027-05-10T09:00:00Z");
    let deed = world.revisit(1, Effect::Recurred);
    world.do_("Tara Moss", deed);
    let action = world.stored_action(1);
    assert_eq!((action.state, action.due_on, action.life.recurred), (ActionState::Open, day("2027-06-07"), 1));
    assert_eq!((action.evidence.as_str(), action.life.done, action.life.signed_off), ("", None, None));
    let Answered::Action(life) = world.answer_to("Noor Carter", &Query::Action(ActionId(1))).unwrap() else { panic!() };
    assert_eq!((life.next, life.yours, life.next_by.as_str()), (Some(ActionNext::TakeUp), true, "Noor Carter"));
    assert_eq!(life.limit, Some(day("2027-06-19")), "its 40 days begin anew");
    let told: Vec<&str> = life.history.iter().rev().map(|row| row.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "Raised action A-0001",
            "Action A-0001 done: Case note of the visit",
            "Action A-0001 signed off; to be looked at again from Wed 5 May 2027 on",
            "Action A-0001 recurred and is open again, due Mon 7 Jun 2027: Read three months of the record",
        ]
    );
    // The second time round.
    world.is_done(1, "Noor Carter");
    let deed = world.sign_off(1);
    world.do_("Tara Moss", deed);
    let action = world.stored_action(1);
    assert_eq!((action.life.effect, action.life.recurred, action.life.revisit_on), (None, 1, Some(day("2027-11-10"))));
    world.assert_verified();
}

#[test]
fn where_the_profile_sets_no_day_whoever_signs_off_may_look_again_at_any_time() {
    let mut world = World::ready();
    world.raises_action("CR-0001", "Noor Carter", "Bring the chronology up to date");
    world.is_done(1, "Noor Carter");
    let deed = world.sign_off(1);
    world.do_("Tara Moss", deed);
    assert_eq!(world.stored_action(1).life.revisit_on, None);
    let deed = world.revisit(1, Effect::CannotTell);
    world.do_("Tara Moss", deed);
}

#[test]
fn a_step_that_is_taken_back_leaves_no_trace_but_the_history() {
    let mut world = signed_off();
    world.at("2027-05-10T09:00:00Z");
    let before = world.stored_action(1);
    let deed = world.revisit(1, Effect::Recurred);
    let batch = world.do_("Tara Moss", deed).written.first;
    world.do_("Tara Moss", Deed::Undo { batch });
    assert_eq!(world.stored_action(1), before);
    let told = world.history("CR-0001").remove(0).what;
    assert_eq!(told, "Taken back: Action A-0001 recurred and is open again, due Mon 7 Jun 2027: Read three months of the record");
    world.assert_verified();
}

#[test]
fn what_somebody_else_changed_meanwhile_is_not_written_over() {
    let mut world = followed();
    let seen = world.seen(&[1]);
    let deed = world.take_up(1);
    world.do_("Noor Carter", deed);
    let said = world.refused_to("Tara Moss", Deed::Action(ActionDeed::Finish { actions: seen, evidence: "Case note".into() }));
    assert!(said.contains("A-0001") && said.contains("Noor Carter"), "{said}");
}
