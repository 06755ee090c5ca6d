//! Many at once: one batch, one undo, all of them or none.

use super::world::followed;
use crate::support::world::World;
use closeloop::domain::action::{ActionState, ActionWanted, Near};
use closeloop::domain::deed::{ActionDeed, Deed};
use closeloop::runtime::clerk::perform_in;

/// So many actions of Noor Carter's besides the first, all in progress or none.
fn with(many: i64) -> World {
    let mut world = followed();
    let Deed::RaiseAction { review, wanted } = world.action("CR-0002", "Noor Carter", "See the child alone") else { unreachable!() };
    let actor = world.actor("Ida Ross");
    let (now, library) = (world.now, &mut world.library);
    let written = world.store.write(|tx| {
        for _ in 0..many {
            let wanted = ActionWanted { near: Near::Anyway, ..wanted.clone() };
            perform_in(tx, library, &actor, now, Deed::RaiseAction { review, wanted })?;
        }
        Ok(())
    });
    written.unwrap();
    world
}

#[test]
fn five_hundred_signed_off_at_once_are_one_batch_and_one_undo() {
    let mut world = with(500);
    let all: Vec<i64> = (2..=501).collect();
    let deed = Deed::Action(ActionDeed::Finish { actions: world.seen(&all), evidence: "Audit of the team, 3 November".into() });
    world.do_("Noor Carter", deed);
    let deed = Deed::Action(ActionDeed::SignOff(world.seen(&all)));
    let receipt = world.do_("Tara Moss", deed);
    assert_eq!(receipt.said, "500 actions signed off");
    assert_eq!(receipt.written.last - receipt.written.first, 499);
    assert_eq!(world.stored_action(501).state, ActionState::SignedOff);
    world.do_("Tara Moss", Deed::Undo { batch: receipt.written.first });
    for number in [2, 250, 501] {
        let action = world.stored_action(number);
        assert_eq!((action.state, action.life.signed_off), (ActionState::Done, None), "{number}");
    }
    world.assert_verified();
}

#[test]
fn of_several_all_are_signed_off_or_none() {
    let mut world = with(2);
    world.raises_action("CR-0003", "Tara Moss", "Read the whole record");
    world.is_done(1, "Noor Carter");
    world.is_done(4, "Tara Moss");
    let deed = Deed::Action(ActionDeed::SignOff(world.seen(&[1, 2, 4])));
    let said = world.refused_to("Tara Moss", deed);
    assert!(said.starts_with("2 of 3 cannot be signed off: A-0002, A-0004. A-0002 is open: only what is done is signed off."), "{said}");
    assert!(said.ends_with("Nothing was written: take the mark off, or mark the others alone."), "{said}");
    assert_eq!(world.stored_action(1).state, ActionState::Done);
    assert_eq!(
        world.refused_to("Tara Moss", Deed::Action(ActionDeed::SignOff(Vec::new()))),
        "No action was chosen. Put the cursor on one, or mark some."
    );
}
