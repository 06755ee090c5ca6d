//! Who may review: pools by date, first reviews, shares in a cycle, fostering's own people, deputies.

use super::{council, cycle, naming, text_of};
use crate::support::world::{World, day, utc};
use closeloop::domain::deed::{Allocation, Deed};
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::query::{Answered, ProposalDetail, Query};
use closeloop::domain::review::Chosen;

fn give(world: &World, reference: &str, to: &str) -> Allocation {
    let facts = world.review(reference);
    Allocation::to(facts.review.id, facts.revision, Some(world.person(to)))
}

fn proposal(world: &mut World, references: &[&str]) -> ProposalDetail {
    let ids = references.iter().map(|reference| world.id(reference)).collect();
    match world.ask(Query::Proposal(ids)) {
        Answered::Proposal(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

fn far_from(world: &World, reference: &str) -> &'static str {
    let people = world.store.reading().people_by_id().unwrap();
    let practitioner = world.review(reference).review.practitioner.unwrap();
    let above = closeloop::domain::line::above(&people, practitioner);
    if above.contains(&world.person("Sam Miller")) { "Tess Young" } else { "Tara Moss" }
}

#[test]
fn f20_who_may_review_depends_on_the_day_the_work_begins() {
    for (starts, may) in [("2027-02-01", false), ("2027-04-01", true)] {
        let text = text_of("sefton").replace("from = 2022-12-01", "from = 2027-03-15");
        let mut world = World::under(&text);
        world.now = utc("2026-11-05T09:30:00Z");
        let rows = vec![closeloop::domain::intake::PersonRow { name: "Paz Quill".into(), role: Some("PIT".into()), ..Default::default() }];
        world.do_("Amina Khan", Deed::ImportPeople { rows, file: crate::support::world::file("pit.csv", 'f') });
        let id = cycle(&mut world, starts);
        world.draw(id, 3, 7);
        let manager = give(&world, "TA-0001", far_from(&world, "TA-0001"));
        let listed = proposal(&mut world, &["TA-0001"]).candidates.iter().any(|candidate| candidate.role == "TM");
        assert_eq!(listed, may, "{starts}");
        if may {
            world.do_("Amina Khan", Deed::Allocate(vec![manager]));
        } else {
            let said = world.refused(Deed::Allocate(vec![manager]));
            assert!(said.contains("Is TM; these may review: PIT"), "{said}");
        }
    }
}

#[test]
fn f21_a_new_managers_first_audit_is_done_together_with_the_team_the_framework_names() {
    let mut world = council("sefton");
    let id = cycle(&mut world, "2026-11-01");
    world.draw(id, 3, 7);
    let manager = far_from(&world, "TA-0001");
    let suggested = proposal(&mut world, &["TA-0001", "TA-0002", "TA-0003"]);
    for suggestion in &suggested.proposal.suggestions {
        let paired = suggestion.companion == Some(world.person("Paz Quill"));
        assert_eq!(suggestion.first, paired, "everybody is new, and paired, but the team itself: {suggestion:?}");
    }
    let wrong = Allocation { companion: Some(world.person("Ida Ross")), ..give(&world, "TA-0001", manager) };
    assert!(world.refused(Deed::Allocate(vec![wrong])).contains("a first review is done together with PIT"));
    let deed = Deed::Allocate(vec![give(&world, "TA-0001", manager)]);
    let said = world.do_("Amina Khan", deed).said;
    assert!(said.ends_with("a first review, with P. Quill beside them"), "{said}");
    assert_eq!(world.detail("TA-0001").companion, "Paz Quill");
    world.assert_verified();
}

#[test]
fn f21_without_anybody_of_the_role_it_is_refused_unless_a_reason_stands_in_their_place() {
    let mut world = World::under(text_of("sefton"));
    world.now = utc("2026-11-05T09:30:00Z");
    let id = cycle(&mut world, "2026-11-01");
    world.draw(id, 2, 7);
    let wanted = give(&world, "TA-0001", far_from(&world, "TA-0001"));
    let said = world.refused(Deed::Allocate(vec![wanted.clone()]));
    assert!(
        said.contains("reviews for the first time, but nobody is free to do it with them (Practice Improvement Team member)"),
        "{said}"
    );
    let alone = Allocation { despite: "Audited for years elsewhere".into(), ..wanted };
    world.do_("Amina Khan", Deed::Allocate(vec![alone]));
    assert_eq!(world.review("TA-0001").companion, None);
}

#[test]
fn s06_a_first_time_reviewers_line_manager_is_named_to_help_and_only_the_first_time() {
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    world.draw(id, 4, 7);
    let reviewer = far_from(&world, "PR-0001");
    let manager = world.store.reading().person(world.person(reviewer)).unwrap().unwrap().line_manager;
    let deed = Deed::Allocate(vec![give(&world, "PR-0001", reviewer)]);
    world.do_("Amina Khan", deed);
    assert_eq!(world.review("PR-0001").companion, manager);
    // Taken back, nobody stands beside anybody; undone, both are there again.
    let receipt = world.do_("Amina Khan", Deed::Allocate(vec![Allocation { reviewer: None, ..give(&world, "PR-0001", reviewer) }]));
    assert_eq!(world.review("PR-0001").companion, None);
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert_eq!(world.review("PR-0001").companion, manager);
    assert!(world.store.reading().have_reviewed().unwrap().is_empty(), "nobody has completed one yet");
}

#[test]
fn s06_who_has_completed_a_review_needs_nobody_beside_them() {
    let text = crate::support::world::merton_text().replacen(
        "independence = \"own-team\"",
        "independence = \"own-team\"\nfirst_review = { helped_by_line_manager = true }",
        1,
    );
    let mut world = World::under(&text);
    world.now = utc("2026-11-05T09:30:00Z");
    let id = world.open_cycle("2026-11-01");
    world.draw(id, 3, 7);
    let experienced = world.person("Ida Ross");
    for reference in ["CR-0001", "CR-0002"] {
        if reference == "CR-0002" {
            world.through("CR-0001", "completed");
        }
        let wanted = give(&world, reference, "Ida Ross");
        world.do_("Amina Khan", Deed::Allocate(vec![wanted]));
        assert_eq!(world.review(reference).reviewer, Some(experienced));
        assert_eq!(world.review(reference).companion.is_some(), reference == "CR-0001", "{reference}");
    }
}

#[test]
fn q02_nobody_of_the_same_line_of_management_audits_and_each_takes_two() {
    let mut world = council("quarterly-learning");
    let id = cycle(&mut world, "2026-10-01");
    for nth in 0..3 {
        let wanted = naming(&world, id, "learning-audit", Chosen::Proposed, nth);
        world.do_("Amina Khan", Deed::OpenNamed(wanted));
    }
    let own = give(&world, "LA-0001", "Sam Miller");
    assert!(world.refused(Deed::Allocate(vec![own])).contains("Manages the practitioner"));
    let both = vec![give(&world, "LA-0001", "Sita Moran"), give(&world, "LA-0002", "Sita Moran"), give(&world, "LA-0003", "Sita Moran")];
    let said = world.refused(Deed::Allocate(both.clone()));
    assert!(said.contains("Has 2 of this cycle, 2 for each reviewer."), "{said}");
    world.do_("Amina Khan", Deed::Allocate(both[..2].to_vec()));
    let suggested = proposal(&mut world, &["LA-0003"]);
    assert_eq!(suggested.proposal.suggestions[0].reviewer, None, "no other service manager is independent of it");
    let despite = Allocation { despite: "The only one left".into(), ..give(&world, "LA-0003", "Sita Moran") };
    world.do_("Amina Khan", Deed::Allocate(vec![despite]));
}

#[test]
fn s09_in_fostering_the_registered_manager_and_the_responsible_individual_are_told() {
    let mut world = council("sandwell");
    let framework = world.library.current(world.store.reading()).unwrap();
    for (subject, role, acts) in [
        (SubjectKind::FosterCarer, "SM", "RM"),
        (SubjectKind::FosterCarer, "HoS", "RespInd"),
        (SubjectKind::FosterCarer, "TM", "TM"),
        (SubjectKind::Child, "SM", "SM"),
        (SubjectKind::Adopter, "HoS", "HoS"),
    ] {
        assert_eq!(framework.escalation.role_for(subject, role), acts);
    }
    let id = cycle(&mut world, "2026-11-01");
    let carer = world.store.reading().subjects(true).unwrap().into_iter().find(|subject| subject.kind == SubjectKind::FosterCarer).unwrap();
    let wanted = NamedWanted { whom: Whom::Known(carer.id), ..naming(&world, id, "practice-review", Chosen::Added, 0) };
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    let told = world.detail("PR-0001").told;
    let names: Vec<&(String, String)> = told.values().flatten().collect();
    assert!(names.iter().filter(|(role, _)| role == "SM").all(|(_, name)| name == "Remy Vale"), "{names:?}");
}

#[test]
fn m10_whoever_stands_in_for_somebody_away_hears_of_an_alert() {
    let mut world = World::ready();
    let reference = "CR-0001";
    let (practitioner, team) = (world.review(reference).review.practitioner, world.review(reference).review.team);
    assert!(practitioner.is_some() && team.is_some());
    let people = world.store.reading().people_by_id().unwrap();
    let manager = closeloop::domain::line::above(&people, practitioner.unwrap())
        .into_iter()
        .find(|id| people[id].role == "SM")
        .expect("every practitioner has a service manager above");
    let deputy = world.person("Ines Holt");
    let away = |until: &str, deputy| Deed::RecordAbsence {
        person: manager,
        from: day("2026-11-05"),
        until: day(until),
        reason: "leave".into(),
        deputy,
    };
    assert!(world.refused(away("2026-11-30", Some(manager))).starts_with("The deputy is away for good, unknown, or the same person."));
    world.do_("Amina Khan", away("2026-11-30", Some(deputy)));
    world.through_as(reference, "completed", 2);
    let alert = world.store.reading().alert(closeloop::domain::id::AlertId(1)).unwrap().unwrap();
    let told = alert.addressees.iter().find(|addressee| addressee.instead_of == Some(manager)).expect("the deputy stands in");
    assert_eq!(told.person, Some(deputy));
    world.assert_verified();
}
