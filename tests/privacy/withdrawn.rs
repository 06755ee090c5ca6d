//! A hold that comes while a disposal waits: it stands on its row and before either question, and the others are asked for anew. T47.

use super::erased::{UP, approve, ask, council, run};
use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::deed::{Deed, PrivacyDeed};
use closeloop::domain::id::{DisposalId, ReviewId};

fn two() -> (World, ReviewId, ReviewId) {
    let (mut world, review) = council();
    world.at(UP);
    let other = world.id("CR-0002");
    world.do_("Iris Tamm", ask(vec![review, other]));
    (world, review, other)
}

fn hold(review: ReviewId) -> Deed {
    Deed::Privacy(PrivacyDeed::Hold { reviews: vec![review], why: "An inquiry".into() })
}

#[test]
fn t47_a_hold_stands_on_the_disposal_and_before_its_approval() {
    let (mut world, _, other) = two();
    world.do_("Iris Tamm", hold(other));
    let mut ivo = Robot::somebody(world, SMALL, "Ivo Smith");
    ivo.press("T").expect_row_selected("CR-0002 held").expect_line("CR-0002 is held (An inquiry)");
    ivo.press("enter")
        .expect_dialog("Approve disposal 1")
        .expect_line("CR-0002 is held (An inquiry): nothing of it is erased before it is");
}

#[test]
fn t47_an_approved_disposal_with_a_held_record_is_withdrawn_and_the_others_asked_for_anew() {
    let (mut world, review, other) = two();
    world.do_("Ivo Smith", approve());
    world.do_("Ivo Smith", hold(other));
    assert!(run(&mut world, "Ivo Smith").unwrap_err().to_string().contains("CR-0002 is held since"));
    // It is not asked whether to erase what would then be refused.
    let mut iris = Robot::somebody(world, SMALL, "Iris Tamm");
    iris.press("T").expect_row_selected("CR-0002 held").press("enter").expect_no("for good?").expect_notice("CR-0002 is held (An inquiry)");
    iris.press("x").expect_dialog("Disposal 1 \u{b7} Withdraw it").type_text("CR-0002 is needed").press("ctrl-s");
    iris.expect_notice("Disposal 1 refused");
    let mut world = iris.into_world();
    world.do_("Iris Tamm", ask(vec![review]));
    world.do_("Ivo Smith", Deed::Privacy(PrivacyDeed::SettleDisposal { disposal: DisposalId(2), refused: None }));
    // Still nobody approves what they asked for, or refuses it before it is approved.
    let own = |refused: Option<String>| Deed::Privacy(PrivacyDeed::SettleDisposal { disposal: DisposalId(2), refused });
    assert!(world.refused_to("Iris Tamm", own(None)).contains("approved"));
    world.assert_verified();
}

#[test]
fn t47_as_many_records_are_to_be_decided_as_the_list_of_what_is_amiss_counts() {
    let (mut world, review) = council();
    world.at(UP);
    world.do_("Iris Tamm", ask(vec![review]));
    let mut iris = Robot::somebody(world, (120, 40), "Iris Tamm");
    iris.press("X").expect_line("1 disposal waits; 1 record up").press("esc T").expect_line("1 record to decide").expect_no("2 records");
}
