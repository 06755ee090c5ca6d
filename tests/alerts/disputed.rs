//! The dispute about the level of concern: a reason, one decision by the framework's person, final.

use super::{alert, assure, close, decide, dispute, inadequate, name, tell_all};
use closeloop::domain::alert::HowTold;
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::Side;

#[test]
fn m13_the_insights_head_of_service_decides_a_dispute_once_and_finally() {
    let mut world = inadequate();
    assert!(world.refused_to("Ines Holt", decide(true, "x")).contains("is not disputed"));
    let hos = name(&world, "HoS", Side::Child);
    assert!(world.refused_to(&hos, dispute("  ")).starts_with("A dispute needs its reason."));
    let receipt = world.do_(&hos, dispute("The visits were made and not recorded"));
    assert!(receipt.said.ends_with("Ines Holt decides it"), "{}", receipt.said);
    assert!(world.refused_to(&hos, dispute("Again")).starts_with("The level of concern of AL-0001 is disputed already."));
    for who in [hos.as_str(), "Amina Khan", "Ivo Smith"] {
        let said = world.refused_to(who, decide(false, "It is lower"));
        assert!(said.starts_with("A dispute about the level of concern is decided by Ines Holt (insights-hos)."), "{who}: {said}");
    }
    assert!(world.refused_to("Ines Holt", decide(true, " ")).starts_with("A final decision gives its reason."));
    world.do_("Ines Holt", decide(true, "The record has to show it"));
    let said = world.refused_to("Ines Holt", decide(false, "On second thoughts"));
    assert!(said.starts_with("The dispute about AL-0001 was decided by Ines Holt; that decision is final."), "{said}");
    assert!(world.refused_to(&hos, dispute("And yet")).contains("the decision is final"));
    assert!(alert(&world).dispute.unwrap().decision.unwrap().stands);
    world.assert_verified();
}

#[test]
fn m13_whoever_acts_for_the_head_of_service_decides() {
    let mut world = inadequate();
    let (ines, ivo) = (world.person("Ines Holt"), world.person("Ivo Smith"));
    let away = Deed::RecordAbsence { person: ines, from: world.today(), until: world.today(), reason: "leave".into(), deputy: Some(ivo) };
    world.do_("Amina Khan", away);
    world.do_("Amina Khan", dispute("The visits were made"));
    world.do_("Ivo Smith", decide(false, "They were, and are on paper"));
    assert!(!alert(&world).dispute.unwrap().decision.unwrap().stands);
}

#[test]
fn m13_an_open_dispute_keeps_the_alert_open_and_a_lowered_concern_does_not_spare_the_assurance() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    world.do_("Amina Khan", dispute("The visits were made"));
    let sm = name(&world, "SM", Side::Child);
    world.do_("Ines Holt", decide(false, "They were"));
    assert!(world.refused(close()).contains("is not answered"), "M18 asks for assurance on every Inadequate");
    world.do_(&sm, assure(&[("safety", "Safe"), ("quality", "Good enough")]));
    world.do_("Amina Khan", close());
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    world.do_(&sm, assure(&[("safety", "Safe"), ("quality", "Good enough")]));
    world.do_("Amina Khan", dispute("The visits were made"));
    assert!(world.refused(close()).starts_with("AL-0001 stays open: the dispute about the level of concern is not decided."));
}
