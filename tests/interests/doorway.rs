//! Interests through the doorway: recused at once, refused everywhere, written down, undone, rebuilt.

use crate::support::council::people;
use crate::support::world::{World, file};
use closeloop::domain::alert::{AlertTrigger, HowTold, KeptKind};
use closeloop::domain::deed::{ActionDeed, AlertDeed, AlertWanted, Allocation, Deed, PanelDeed, Trace};
use closeloop::domain::id::InterestId;
use closeloop::domain::interest::{Inference, InterestKind};
use closeloop::domain::query::{Answered, Query};
use closeloop::store::StoreError;

const REF: &str = "CR-0001";

fn allocate(world: &World, reference: &str, to: &str) -> Deed {
    let facts = world.review(reference);
    let reviewer = Some(world.person(to));
    Deed::Allocate(vec![Allocation { reviewer, ..Allocation::to(facts.review.id, facts.revision, None) }])
}

fn on_behalf(world: &World, reference: &str, person: &str) -> Deed {
    let person = Some(world.person(person));
    Deed::DeclareInterest { review: world.id(reference), person, kind: InterestKind::Complaint, note: String::new() }
}

#[test]
fn the_reviewer_who_declares_gives_the_review_back_and_is_not_given_it_again() {
    let mut world = World::ready();
    world.through(REF, "contact");
    let reviewer = world.detail(REF).reviewer;
    let receipt = world.declare(&reviewer, REF, InterestKind::Family);
    assert!(receipt.said.contains("withheld from you") && receipt.said.contains("1 review goes back"), "{}", receipt.said);
    let facts = world.review(REF);
    assert_eq!((facts.reviewer, facts.review.next.step.as_deref()), (None, Some("allocated")));
    let deed = allocate(&world, REF, &reviewer);
    assert!(world.refused(deed).contains("Has an interest in this case and is recused."));
    let Answered::Proposal(detail) = world.ask(Query::Proposal(vec![facts.review.id])) else { panic!() };
    assert_ne!(detail.proposal.suggestions[0].reviewer, Some(world.person(&reviewer)), "nor proposed");
    let history: Vec<String> = world.history(REF).into_iter().map(|row| row.what).collect();
    assert!(history[1].contains(&format!("{} is recused: family", closeloop::domain::person::short_name(&reviewer))), "{history:?}");
    world.assert_verified();
}

#[test]
fn declaring_can_be_undone_while_the_window_is_open_and_only_then() {
    let mut world = World::ready();
    let before = world.review(REF);
    let reviewer = world.detail(REF).reviewer;
    let receipt = world.declare(&reviewer, REF, InterestKind::Family);
    assert!(matches!(receipt.trace, Trace::Batch(_)));
    let mut later = world.actor(&reviewer);
    later.session = "fedcba9876543210".into();
    let deed = Deed::Undo { batch: receipt.written.first };
    let refused = closeloop::runtime::clerk::perform(&mut world.store, &mut world.library, &later, world.now, deed.clone());
    assert!(refused.unwrap_err().to_string().contains("Withdraw it, with the reason."));
    world.do_(&reviewer, deed);
    let after = world.review(REF);
    assert_eq!((after.reviewer, &after.review.next), (before.reviewer, &before.review.next));
    assert!(world.answer_to(&reviewer, &Query::Review(after.review.id)).is_ok());
    world.assert_verified();
}

#[test]
fn what_is_withdrawn_with_a_reason_no_longer_withholds() {
    let mut world = World::ready();
    let review = world.id(REF);
    world.declare("Tara Moss", REF, InterestKind::Family);
    assert!(matches!(world.answer_to("Tara Moss", &Query::Review(review)), Err(StoreError::Withheld { .. })));
    let withdraw = |because: &str| Deed::WithdrawInterest { interest: InterestId(1), because: because.into() };
    assert!(world.refused_to("Tara Moss", withdraw(" ")).contains("needs its reason"));
    let receipt = world.do_("Tara Moss", withdraw("The family has moved away"));
    assert!(world.answer_to("Tara Moss", &Query::Review(review)).is_ok());
    assert!(world.history(REF)[0].what.contains("no longer recused; interest withdrawn: The family has moved away"));
    world.do_("Tara Moss", Deed::Undo { batch: receipt.written.first });
    assert!(world.answer_to("Tara Moss", &Query::Review(review)).is_err(), "undoing the withdrawal recuses again");
    world.assert_verified();
}

#[test]
fn the_insights_team_declares_on_somebodys_behalf_and_a_colleague_cannot() {
    let mut world = World::ready();
    let review = world.id(REF);
    let deed = on_behalf(&world, REF, "Tara Moss");
    assert!(world.refused_to("Ida Ross", deed.clone()).contains("by whoever has it"));
    world.do_("Amina Khan", deed);
    assert!(world.answer_to("Tara Moss", &Query::Review(review)).is_err());
    let withdraw = Deed::WithdrawInterest { interest: InterestId(1), because: "No longer".into() };
    assert!(world.refused_to("Tara Moss", withdraw.clone()).contains("on your behalf"));
    world.do_("Bela Novak", withdraw);
    assert!(world.answer_to("Tara Moss", &Query::Review(review)).is_ok());
}

#[test]
fn a_recused_person_has_no_part_in_the_review_whoever_asks_for_it() {
    let mut world = World::ready();
    world.through_as(REF, "completed", 1);
    for name in ["Iris Tamm", "Noor Carter"] {
        let deed = on_behalf(&world, REF, name);
        world.do_("Amina Khan", deed);
    }
    let deed = world.action(REF, "Noor Carter", "Chronology");
    assert!(world.refused(deed).contains("Noor Carter has an interest in CR-0001 and is recused."), "as an action's owner");
    let panel = world.sits();
    let deed = world.opens(panel, REF);
    assert!(world.refused(deed).contains("The chair has an interest in CR-0001"), "as the chair of the panel");
    // Another review, which can still be substituted.
    let other = "CR-0002";
    let deed = on_behalf(&world, other, "Ivo Smith");
    world.do_("Amina Khan", deed);
    let facts = world.review(other);
    let approver = Some(world.person("Ivo Smith"));
    let deed = Deed::Substitute { review: facts.review.id, seen: facts.revision, incoming: None, reason: "Moved".into(), approver };
    assert!(world.refused(deed).contains("Ivo Smith has an interest"), "as the approver of a substitution");
}

#[test]
fn every_deed_on_a_withheld_review_is_refused_alike_and_the_attempt_is_written() {
    let mut world = World::ready();
    world.through_as(REF, "completed", 1);
    let deed = world.action(REF, "Noor Carter", "Chronology");
    world.do_("Ida Ross", deed);
    let review = world.id(REF);
    let facts = world.facts(review);
    let alert = closeloop::domain::id::AlertId(1);
    let action = closeloop::domain::id::ActionId(1);
    let looked = world.do_("Bela Novak", Deed::Reveal { review, why: "to open the case record".into() });
    world.declare("Bela Novak", REF, InterestKind::Involvement);
    let deeds = [
        allocate(&world, REF, "Ian Reid"),
        Deed::Substitute { review, seen: facts.revision, incoming: None, reason: "x".into(), approver: None },
        world.not_possible(REF, "returned", "x"),
        world.edit(REF, "overall", None),
        world.submit(REF),
        world.action(REF, "Noor Carter", "x"),
        Deed::Panel(PanelDeed::HandInAgain { review, seen: facts.revision }),
        Deed::Reveal { review, why: "x".into() },
        Deed::WithdrawAction { action },
        Deed::Action(ActionDeed::Finish { actions: vec![(action, 0)], evidence: "x".into() }),
        Deed::Alert(AlertDeed::Raise(AlertWanted { review, trigger: AlertTrigger::Hand, concern: Vec::new(), told: Vec::new() })),
        Deed::Alert(AlertDeed::Tell { alert, places: vec![0], how: HowTold::Telephone, at: None }),
        Deed::Alert(AlertDeed::Acknowledge { alert, place: None }),
        Deed::Alert(AlertDeed::Follow { alert, place: 0, person: world.person("Ida Ross"), because: "x".into() }),
        Deed::Alert(AlertDeed::FillGap { alert, place: 0, person: world.person("Ida Ross") }),
        Deed::Alert(AlertDeed::ExplainGap { alert, place: 0, because: "x".into() }),
        Deed::Alert(AlertDeed::Assure { alert, answers: Vec::new(), urgent: Vec::new() }),
        Deed::Alert(AlertDeed::Dispute { alert, because: "x".into() }),
        Deed::Alert(AlertDeed::Decide { alert, stands: true, because: "x".into() }),
        Deed::Alert(AlertDeed::Keep { alert, kind: KeptKind::SignOff, on: world.today(), note: "x".into() }),
        Deed::Alert(AlertDeed::Close { alert, words: "x".into() }),
        Deed::NothingToDeclare { review },
        Deed::DeclareInterest { review, person: None, kind: InterestKind::Family, note: String::new() },
        Deed::DismissInference { review, person: world.person("Ida Ross"), inference: Inference::Team, because: "x".into() },
        Deed::Undo { batch: looked.written.first },
    ];
    for deed in deeds {
        let before = world.store.reading().tail().unwrap().seq;
        let said = format!("{deed:?}");
        let error = world.try_("Bela Novak", deed).unwrap_err();
        assert!(matches!(error, StoreError::Withheld { .. }), "{error}: {said}");
        assert_eq!(error.to_string(), "withheld: you are recused");
        assert_eq!(world.store.reading().tail().unwrap().seq, before + 1, "{said}");
        assert_eq!(world.history(REF)[0].what, "Asked for CR-0001 while recused");
        assert_eq!(world.history(REF)[0].actor, "B. Novak");
    }
    world.assert_verified();
}

#[test]
fn nobody_is_asked_twice_about_one_child() {
    let mut world = World::ready();
    let review = world.id(REF);
    let Answered::AskFirst(question) = world.answer_to("Ida Ross", &Query::Opening(review)).unwrap() else { panic!("she is asked first") };
    assert_eq!((question.reference.as_str(), question.inferred.len()), (REF, 0));
    world.do_("Ida Ross", Deed::NothingToDeclare { review });
    assert!(matches!(world.answer_to("Ida Ross", &Query::Opening(review)).unwrap(), Answered::Review(_)));
    let tail = world.store.reading().tail().unwrap();
    world.do_("Ida Ross", Deed::NothingToDeclare { review });
    assert_eq!(world.store.reading().tail().unwrap(), tail, "a second answer writes nothing");
    assert!(matches!(world.answer_to("Ian Reid", &Query::Opening(review)).unwrap(), Answered::AskFirst(_)), "everybody for themselves");
    assert!(matches!(world.ask(Query::Opening(review)), Answered::Review(_)), "whoever is in no list cannot be asked");
    world.assert_verified();
}

#[test]
fn the_question_says_what_the_lists_suggest_and_that_withholds_nothing() {
    let mut world = World::ready();
    let reference = (1..=7)
        .map(|n| format!("CR-{n:04}"))
        .find(|reference| world.detail(reference).team.0 == "North Court")
        .expect("a case of North Court was drawn");
    let review = world.id(&reference);
    let practitioner = world.detail(&reference).practitioner;
    let manager = if practitioner == "Noor Carter" {
        "Manages the practitioner, 2 steps up the line."
    } else {
        "Is the practitioner's line manager."
    };
    for (name, expected) in [
        (practitioner.as_str(), vec!["Holds this case.", "Belongs to the case's team."]),
        ("Tara Moss", vec![manager, "Belongs to the case's team."]),
        ("Ida Ross", vec![]),
    ] {
        let Answered::AskFirst(question) = world.answer_to(name, &Query::Opening(review)).unwrap() else { panic!("{name} is asked") };
        assert_eq!(question.inferred, expected, "{name}");
        assert!(world.answer_to(name, &Query::Review(review)).is_ok(), "{name} takes part, and so may read it");
    }
}

#[test]
fn q02_what_is_set_aside_no_longer_stands_against_a_reviewer() {
    let mut world = World::drawn();
    let reference = (1..=5).map(|n| format!("CR-{n:04}")).find(|r| world.detail(r).team.0 == "North Court").expect("one of North Court");
    let review = world.id(&reference);
    let deed = allocate(&world, &reference, "Tara Moss");
    assert!(world.refused(deed.clone()).contains("line"));
    let person = world.person("Tara Moss");
    let aside = |inference| Deed::DismissInference { review, person, inference, because: "She leads it on paper only".into() };
    assert!(world.refused_to("Tara Moss", aside(Inference::Team)).contains("for yourself"));
    assert!(world.refused(aside(Inference::OwnCase)).contains("do not suggest"));
    world.do_("Amina Khan", aside(Inference::Line));
    let receipt = world.do_("Amina Khan", aside(Inference::Team));
    world.do_("Amina Khan", deed);
    let seen = world.review(&reference).revision;
    world.do_("Amina Khan", Deed::Allocate(vec![Allocation::to(review, seen, None)]));
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    let deed = allocate(&world, &reference, "Tara Moss");
    assert!(world.refused(deed).contains("Belongs to the case's team."));
    world.assert_verified();
}

#[test]
fn q02_whoever_managed_the_practitioner_lately_is_not_proposed_for_a_year() {
    let mut world = World::drawn();
    let cases: Vec<String> = (1..=5).map(|n| format!("CR-{n:04}")).collect();
    let (reference, practitioner) = cases.iter().map(|r| (r.clone(), world.detail(r).practitioner)).next().unwrap();
    let team = world.detail(&reference).team.0;
    assert_ne!(team, "", "Ida Ross belongs to no team, so nothing else stands between her and the case");
    for manager in ["Ida Ross", "Dana Frost"] {
        let mut rows = people();
        rows.iter_mut().filter(|row| row.name == practitioner).for_each(|row| row.line_manager = Some(manager.into()));
        world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people.csv", 'd') });
    }
    let review = world.id(&reference);
    let against = |world: &mut World| {
        let Answered::Proposal(detail) = world.ask(Query::Proposal(vec![review])) else { panic!() };
        detail.candidates.iter().find(|row| row.name == "Ida Ross").unwrap().conflicts[&review].clone()
    };
    assert_eq!(against(&mut world), [(false, "Managed the practitioner until Thu 5 Nov 2026.".to_string())]);
    let Answered::AskFirst(question) = world.answer_to("Ida Ross", &Query::Opening(review)).unwrap() else { panic!() };
    assert_eq!(question.inferred, ["Managed the practitioner until Thu 5 Nov 2026."]);
    let deed = allocate(&world, &reference, "Ida Ross");
    assert!(world.refused(deed).contains("or say why it is right all the same"));
    let person = world.person("Ida Ross");
    let because = "She stood in for two days".to_string();
    world.do_("Ida Ross", Deed::DismissInference { review, person, inference: Inference::ManagedLately, because });
    assert_eq!(against(&mut world), []);
    world.at("2027-11-30T10:00:00Z");
    let Answered::AskFirst(question) = world.answer_to("Ida Ross", &Query::Opening(review)).unwrap() else { panic!() };
    assert_eq!(question.inferred, Vec::<String>::new(), "after a year it no longer counts");
    world.assert_verified();
}
