//! Whoever is recused from its case learns nothing of a dispute: not in lists, counts, records, nor by asking.

use crate::support::world::World;
use closeloop::domain::deed::{Deed, DrpDeed};
use closeloop::domain::drp::{DrpWanted, StepWanted};
use closeloop::domain::id::DrpId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, Query};

const REF: &str = "CR-0001";

#[test]
fn to_the_recused_a_dispute_is_as_if_there_were_none() {
    let mut world = World::ready();
    world.declare("Bela Novak", REF, InterestKind::Family);
    let ask = |world: &mut World, query: Query| match world.answer_to("Bela Novak", &query) {
        Ok(answer) => format!("{answer:?}"),
        Err(error) => error.to_string(),
    };
    let before = [Query::Drp(DrpId(1)), Query::PracticeAlerts(12)].map(|query| ask(&mut world, query));
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    let after = [Query::Drp(id), Query::PracticeAlerts(12)].map(|query| ask(&mut world, query));
    assert_eq!(before, after);
    let note = world.noting(id, "2026-11-05", StepWanted::Answered, "I know of it");
    let said = world.try_("Bela Novak", note).unwrap_err().to_string();
    assert_eq!(said, "There is no such dispute. Look in the list of alerts.", "what is said of one that nobody ever raised");
    assert!(matches!(world.ask(Query::PracticeAlerts(12)), Answered::PracticeAlerts(rows) if rows.len() == 1), "others see it");
}

#[test]
fn a_case_that_is_not_under_review_is_withheld_too() {
    let mut world = World::ready();
    let subject = world.review(REF).review.subject;
    world.declare("Bela Novak", REF, InterestKind::Family);
    let wanted = DrpWanted { review: None, subject: Some(subject), ..world.dispute(REF, "The plan drifts") };
    world.do_("Ida Ross", Deed::Drp(DrpDeed::Raise(wanted.clone())));
    assert!(world.answer_to("Bela Novak", &Query::Drp(DrpId(1))).is_err());
    let for_ida = DrpWanted { raised_by: Some(world.person("Ida Ross")), ..wanted };
    assert_eq!(
        world.refused_to("Bela Novak", Deed::Drp(DrpDeed::Raise(for_ida))),
        "That case is withheld: you are recused. Somebody else raises it."
    );
    // By the practitioner, too, and from the moment they declare it.
    assert!(world.answer_to("Tara Moss", &Query::Drp(DrpId(1))).is_ok());
    world.declare("Tara Moss", REF, InterestKind::Practitioner);
    assert!(world.answer_to("Tara Moss", &Query::Drp(DrpId(1))).is_err());
}

#[test]
fn a_recused_officer_raises_none_and_undoes_none() {
    let mut world = World::ready();
    let wanted = world.dispute(REF, "The plan drifts");
    let receipt = world.do_("Ian Reid", Deed::Drp(DrpDeed::Raise(wanted)));
    world.declare("Ian Reid", REF, InterestKind::Family);
    let undone = world.try_("Ian Reid", Deed::Undo { batch: receipt.written.first });
    assert!(undone.unwrap_err().to_string().contains("recused"));
    let wanted = DrpWanted { raised_by: Some(world.person("Ian Reid")), ..world.dispute(REF, "Once more") };
    let said = world.refused(Deed::Drp(DrpDeed::Raise(wanted)));
    assert_eq!(said, "Ian Reid has an interest in the case and is recused. Another reviewing officer raises it.");
}
