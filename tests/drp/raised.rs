//! Raising one: by whom, about what, with whom it stands at first. M14.

use crate::support::world::{World, day};
use closeloop::domain::deed::{Deed, DrpDeed};
use closeloop::domain::drp::{DrpKind, DrpWanted, Informal, StepWanted};
use closeloop::domain::id::DrpId;
use closeloop::domain::query::{Answered, Query};

const REF: &str = "CR-0001";

fn raise(wanted: DrpWanted) -> Deed {
    Deed::Drp(DrpDeed::Raise(wanted))
}

#[test]
fn m14_an_iro_raises_one_and_it_stands_informally_with_worker_and_manager() {
    let mut world = World::ready();
    let receipt = {
        let wanted = world.dispute(REF, "The plan drifts");
        world.do_("Ida Ross", raise(wanted))
    };
    assert_eq!(receipt.said, "DR-0001 raised by I. Ross");
    let (practitioner, manager) = (world.review(REF).review.practitioner, world.detail(REF).team_manager);
    let detail = world.drp_detail("Ida Ross", DrpId(1));
    let stands_with: Vec<_> = detail.stand.to.iter().map(|to| (to.role.as_str(), to.person)).collect();
    assert_eq!(stands_with, [("SW", practitioner), ("TM", Some(world.person(&manager)))]);
    assert_eq!((detail.review.as_deref(), detail.stand.is_informal(), detail.day), (Some(REF), true, None));
    assert_eq!(detail.stand.label(&detail.rule), "Informal: with the social worker or their manager");
    assert_eq!(world.history(REF)[0].what, "Dispute DR-0001 raised");
    world.assert_verified();
}

#[test]
fn m14_the_insights_team_writes_down_what_an_iro_raised_and_nobody_else_does() {
    let mut world = World::ready();
    let for_ida = |world: &World| DrpWanted { raised_by: Some(world.person("Ida Ross")), ..world.dispute(REF, "The plan drifts") };
    let wanted = for_ida(&world);
    let said = world.refused_to("Tara Moss", raise(wanted));
    assert_eq!(said, "Only Ida Ross or the Insights team can write down what Ida Ross raised. Ask one of them.");
    let wanted = for_ida(&world);
    world.do_("Amina Khan", raise(wanted));
    let stored = world.drp(DrpId(1));
    assert_eq!((stored.raised_by, stored.by.as_str(), stored.raised_as.as_str()), (world.person("Ida Ross"), "Amina Khan", "IRO"));
}

#[test]
fn m14_only_the_roles_of_the_profile_raise_one_and_the_refusal_names_who_could() {
    let mut world = World::ready();
    let wanted = DrpWanted { raised_by: Some(world.person("Tara Moss")), ..world.dispute(REF, "The plan drifts") };
    let said = world.refused(raise(wanted));
    assert_eq!(
        said,
        "Tara Moss is team manager; a dispute is raised by the independent reviewing officer or fostering independent reviewing \
         officer. Ida Ross or Ian Reid could."
    );
    let wanted = world.dispute(REF, "The plan drifts");
    assert!(world.refused_to("Cara Poole", raise(wanted)).starts_with("Cara Poole is child protection conference chair;"));
}

#[test]
fn m14_it_says_what_it_is_about_and_what_would_resolve_it() {
    let mut world = World::ready();
    for nothing in ["", " \n "] {
        let wanted = world.dispute(REF, nothing);
        assert!(world.refused_to("Ida Ross", raise(wanted)).starts_with("It does not say what it is about."));
        let wanted = DrpWanted { wanted: nothing.into(), ..world.dispute(REF, "The plan drifts") };
        assert!(world.refused_to("Ida Ross", raise(wanted)).starts_with("It does not say what would resolve it."));
    }
    let wanted = DrpWanted { on: day("2026-11-06"), ..world.dispute(REF, "The plan drifts") };
    assert!(world.refused_to("Ida Ross", raise(wanted)).starts_with("Fri 6 Nov 2026 lies ahead."));
    let wanted = DrpWanted { review: None, ..world.dispute(REF, "The plan drifts") };
    assert!(world.refused_to("Ida Ross", raise(wanted)).starts_with("It does not say which case it is about."));
}

#[test]
fn m14_a_case_without_a_review_may_be_the_matter() {
    let mut world = World::council();
    let Answered::Cases(found) = world.ask(Query::AnyCases("M-0".into())) else { panic!() };
    let closeloop::domain::named::Whom::Known(subject) = found[0].whom.clone() else { panic!() };
    let wanted = DrpWanted {
        kind: DrpKind::Dispute,
        review: None,
        subject: Some(subject),
        raised_by: None,
        on: world.today(),
        what: "No visit for six weeks".into(),
        wanted: "A visit this week".into(),
        informal: Some(Informal::Tried { on: day("2026-10-28"), what: "With the worker; no date was given".into() }),
    };
    world.do_("Ida Ross", raise(wanted));
    let detail = world.drp_detail("Ida Ross", DrpId(1));
    assert_eq!((detail.review.as_deref(), detail.stand.informal_settled), (None, true));
    assert!(found[0].label.starts_with(&detail.case), "{} {}", found[0].label, detail.case);
    assert_eq!(detail.drp.place.1, "Safeguarding");
    world.assert_verified();
}

#[test]
fn m14_raising_is_taken_back_and_the_number_stays_its_own() {
    let mut world = World::ready();
    let wanted = world.dispute(REF, "The plan drifts");
    let receipt = world.do_("Ida Ross", raise(wanted));
    let undo = Deed::Undo { batch: receipt.written.first };
    assert!(world.refused_to("Ian Reid", undo.clone()).starts_with("That was done by somebody else."));
    world.do_("Ida Ross", undo);
    assert!(world.drp(DrpId(1)).taken_back);
    assert!(world.refuses_to_note("Ida Ross", DrpId(1), StepWanted::Tried, "Talked").starts_with("DR-0001 was taken back."));
    assert_eq!(world.raises("Ida Ross", REF, "The plan drifts after all"), DrpId(2));
    world.assert_verified();
}

#[test]
fn m14_a_framework_without_a_process_says_so() {
    let mut world = World::run_by("quarterly-learning");
    let Answered::Cases(found) = world.ask(Query::AnyCases(String::new())) else { panic!() };
    let closeloop::domain::named::Whom::Known(subject) = found[0].whom.clone() else { panic!() };
    let wanted = DrpWanted {
        kind: DrpKind::Dispute,
        review: None,
        subject: Some(subject),
        raised_by: Some(world.person("Dana Frost")),
        on: world.today(),
        what: "A".into(),
        wanted: "B".into(),
        informal: None,
    };
    assert!(world.refused(raise(wanted)).contains("has no dispute resolution process"));
}
