//! F08: a third of the reviews at random with a receipt, and every one whose outcome is disputed.

use super::table::{council_under, moderated_by};
use closeloop::domain::change::Change;
use closeloop::domain::deed::Deed;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::panel::WhyHere;
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::review::PanelStand;
use closeloop::domain::sampling::{ShareDrawn, draw_share};
use closeloop::runtime::random::seeded;

use crate::support::world::World;

const SUBMITTED: usize = 9;

/// Merton's reviews under Sefton's rule, and a question at the return by which the team disputes the outcome.
fn world() -> World {
    let text = moderated_by(
        "{ why = \"random-share\", percent = 33 }, { why = \"disputed\" }",
        "members = [\"SM\", \"insights-tm\"]\nquorum = 1\nsealed = false",
    );
    // Merton offers a conversation at the return; here its field asks the team instead.
    let asked = "label = \"Reflective conversation offered\", kind = \"yes-no\", required = true";
    let text = with_dispute(&text, asked);
    let mut world = council_under(&text, SUBMITTED as u32);
    for reference in world.references() {
        world.through(&reference, "completed");
    }
    world
}

fn with_dispute(text: &str, asked: &str) -> String {
    assert!(text.contains(asked));
    text.replacen(asked, "label = \"The team agrees with the outcome\", kind = \"yes-no\", required = true, no_disputes = true", 1)
}

/// The receipt that was written when a review was submitted.
fn receipt(world: &World, reference: &str) -> ShareDrawn {
    let mut found = None;
    for row in world.history(reference) {
        for (_, _, _, change) in world.store.reading().batch(row.seq).unwrap() {
            if let Change::ReviewSubmitted { share, .. } = change {
                found = share;
            }
        }
    }
    found.unwrap_or_else(|| panic!("{reference} was submitted without a receipt"))
}

/// The deed by which the review goes back and the team says no.
fn returned_disputed(world: &mut World, reference: &str) -> Deed {
    let mut deed = world.step(reference, "returned");
    if let Deed::RecordStep { record, .. } = &mut deed {
        record.values.insert("reflection-offered".into(), "no".into());
    }
    deed
}

fn not_drawn(world: &World) -> String {
    world.references().into_iter().find(|reference| world.review(reference).panel == PanelStand::NotNeeded).unwrap()
}

#[test]
fn f08_one_of_every_three_submitted_comes_before_the_panel() {
    let world = world();
    let taken: Vec<bool> =
        world.references().iter().map(|reference| world.review(reference).panel_reasons == [WhyHere::RandomShare]).collect();
    for (block, places) in taken.chunks(3).enumerate() {
        assert_eq!(places.iter().filter(|taken| **taken).count(), 1, "block {block} of {taken:?}");
    }
    for (reference, taken) in world.references().iter().zip(&taken) {
        assert_eq!(matches!(world.review(reference).panel, PanelStand::Waiting(_)), *taken, "{reference}");
    }
}

#[test]
fn f08_the_receipt_draws_the_share_again_and_stands_in_the_history() {
    let world = world();
    for (place, reference) in world.references().iter().enumerate() {
        let receipt = receipt(&world, reference);
        let before = (receipt.block - 1) * receipt.length + receipt.place - 1;
        assert_eq!(before as usize, place, "reviews are numbered as they come in");
        assert_eq!(draw_share(receipt.percent, receipt.seed, before, seeded), receipt, "{reference}");
        assert_eq!(receipt.taken, world.review(reference).panel_reasons == [WhyHere::RandomShare]);
        let told = world.history(reference).iter().any(|row| row.what.contains(&receipt.sentence()));
        assert!(told, "{reference}: {:?} is not in its history", receipt.sentence());
    }
}

#[test]
fn f08_the_receipt_is_kept_back_from_whoever_is_recused_from_any_case() {
    let mut world = world();
    let references = world.references();
    let review = world.id(&references[1]);
    let read = |world: &mut World, who: &str| {
        let Answered::History(rows) = world.answer_to(who, &Query::History(review)).unwrap() else { panic!() };
        rows.into_iter().filter(|row| row.what.contains("starting number")).count()
    };
    assert_eq!(read(&mut world, "Bela Novak"), 1);
    // With the number of the sample anybody draws it again: the withheld case, and where it belongs.
    world.declare("Bela Novak", &references[0], InterestKind::Complaint);
    assert_eq!((read(&mut world, "Bela Novak"), read(&mut world, "Amina Khan")), (0, 1));
}

#[test]
fn f08_a_framework_without_a_share_writes_no_receipt() {
    let mut world = World::ready();
    world.through("CR-0001", "completed");
    assert!(world.history("CR-0001").iter().all(|row| !row.what.contains("random")));
}

#[test]
fn f08_a_disputed_outcome_goes_to_the_panel_and_is_not_finalised_before() {
    let mut world = world();
    let reference = not_drawn(&world);
    world.at("2026-11-16T10:00:00Z");
    let deed = returned_disputed(&mut world, &reference);
    let said = world.do_("Amina Khan", deed).said;
    assert!(said.contains("the outcome is disputed, so the panel sees it"), "{said}");
    assert_eq!(world.review(&reference).panel_reasons, [WhyHere::Disputed]);
    world.at("2026-11-24T10:00:00Z");
    let deed = world.step(&reference, "finalised");
    let said = world.refused(deed);
    assert!(said.contains("waits for the panel (the outcome is disputed) and cannot be finalised yet."), "{said}");
    let deed = world.decide(&reference, 7, "Both sides were heard");
    world.do_("Amina Khan", deed);
    let deed = world.step(&reference, "finalised");
    world.do_("Amina Khan", deed);
    assert_eq!(world.review(&reference).panel_reasons, [WhyHere::Disputed], "why it was here is kept for good");
    world.assert_verified();
}

#[test]
fn f08_what_is_agreed_goes_on_and_what_was_disputed_stands() {
    let mut world = world();
    let reference = not_drawn(&world);
    world.at("2026-11-16T10:00:00Z");
    let deed = world.step(&reference, "returned");
    world.do_("Amina Khan", deed);
    assert_eq!(world.review(&reference).panel, PanelStand::NotNeeded, "the team agreed");
    let other = not_drawn_but(&world, &reference);
    let deed = returned_disputed(&mut world, &other);
    let batch = world.do_("Amina Khan", deed).written.first;
    let said = world.refused(Deed::Undo { batch });
    assert!(said.contains("stands for good"), "{said}");
}

fn not_drawn_but(world: &World, one: &str) -> String {
    let mut open = world.references().into_iter().filter(|reference| world.review(reference).panel == PanelStand::NotNeeded);
    open.find(|reference| reference != one).unwrap()
}
