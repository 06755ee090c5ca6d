//! Up to somebody senior at any time, and who hears where somebody cannot. C05.

use crate::support::world::World;
use closeloop::domain::deed::{Deed, DrpDeed};
use closeloop::domain::drp::{DrpOutcome, DrpWanted, StepWanted};
use closeloop::domain::id::DrpId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, Query};

/// One about a case of Central Bedfordshire that is not under review.
fn raised() -> (World, DrpId) {
    let mut world = World::run_by("central-bedfordshire");
    let Answered::Cases(found) = world.ask(Query::AnyCases(String::new())) else { panic!() };
    let closeloop::domain::named::Whom::Known(subject) = found[0].whom.clone() else { panic!() };
    let wanted = DrpWanted {
        kind: closeloop::domain::drp::DrpKind::Dispute,
        review: None,
        subject: Some(subject),
        raised_by: None,
        on: world.today(),
        what: "Not safe".into(),
        wanted: "A placement tonight".into(),
        informal: None,
    };
    world.do_("Ida Ross", Deed::Drp(DrpDeed::Raise(wanted)));
    (world, DrpId(1))
}

#[test]
fn c05_it_goes_to_head_of_service_or_director_at_any_time_without_an_attempt_before() {
    for (role, name) in [("HoS", "Hana Owen"), ("Director", "Dana Frost")] {
        let (mut world, id) = raised();
        world.notes("Ida Ross", id, StepWanted::Senior(role.into()), "A child is not safe");
        let detail = world.drp_detail("Ida Ross", id);
        assert_eq!((detail.stand.senior.as_deref(), detail.stand.to[0].person), (Some(role), Some(world.person(name))));
        assert!(!detail.stand.is_informal());
        assert_eq!((detail.stand.due, detail.day), (None, None), "this framework sets no time");
        let said = world.refuses_to_note("Ida Ross", id, StepWanted::Next, "Down again");
        assert!(said.contains("above its stages"), "{said}");
        world.notes(name, id, StepWanted::Resolved(DrpOutcome::Done), "A placement was found");
    }
}

#[test]
fn c05_a_role_that_the_profile_does_not_name_is_not_gone_to() {
    let (mut world, id) = raised();
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Senior("TM".into()), "Now");
    assert!(said.contains("does not go to the team manager at any time in this framework."), "{said}");
    assert!(
        said.ends_with(
            "It may go to the head of service, assistant director, children's services operations or director of children's services."
        ),
        "{said}"
    );
    world.notes("Ida Ross", id, StepWanted::Senior("Director".into()), "Now");
    let said = world.refuses_to_note("Ida Ross", id, StepWanted::Senior("Director".into()), "Again");
    assert!(said.starts_with("DR-0001 is with the director of children's services already."), "{said}");
}

#[test]
fn c05_a_role_that_nobody_holds_is_a_gap_with_a_name() {
    let (mut world, id) = raised();
    world.notes("Ida Ross", id, StepWanted::Senior("AD".into()), "Now");
    let to = world.drp_detail("Ida Ross", id).stand.to;
    assert_eq!((to[0].role.as_str(), to[0].person, to[0].recused), ("AD", None, false));
}

#[test]
fn c05_the_formal_stage_is_the_head_of_service_of_the_case() {
    let (mut world, id) = raised();
    world.notes("Ida Ross", id, StepWanted::Tried, "With the team manager");
    world.notes("Ida Ross", id, StepWanted::Next, "No agreement");
    assert_eq!(world.drp_detail("Ida Ross", id).stand.to[0].person, Some(world.person("Hana Owen")));
}

#[test]
fn c05_an_outside_body_is_named_freely_where_the_profile_names_none() {
    let (mut world, id) = raised();
    assert!(world.refuses_to_note("Ida Ross", id, StepWanted::Referred(" ".into()), "x").starts_with("It does not say to whom"));
    world.notes("Ida Ross", id, StepWanted::Referred("Cafcass".into()), "The care plan");
    assert_eq!(world.drp(id).stand().referred[0].0, "Cafcass");
}

#[test]
fn m14_whoever_is_recused_is_passed_over_and_the_next_above_hears() {
    let mut world = World::ready();
    let manager = world.detail("CR-0001").team_manager;
    world.declare(&manager, "CR-0001", InterestKind::Family);
    let id = world.raises("Ida Ross", "CR-0001", "The plan drifts");
    let to = world.drp_detail("Ida Ross", id).stand.to;
    assert!(to[1].role == "TM" && to[1].recused, "{to:?}");
    assert!(["Sam Miller", "Sita Moran"].map(|name| Some(world.person(name))).contains(&to[1].person), "{to:?}");
}
