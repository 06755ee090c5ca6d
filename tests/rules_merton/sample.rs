//! M02 and M03, drawing, substitution and allocation through the doorway.

use crate::support::world::{World, cases, day, file, merton_text};
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::{Allocation, Deed, DrawWanted, Trace};
use closeloop::domain::id::{CycleId, PersonId, SubjectId};
use closeloop::domain::intake::FrameRow;
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::review::{Chosen, ReviewState};
use closeloop::domain::sample::Sample;
use closeloop::domain::sampling::LeftOutWhy;
use closeloop::runtime::clerk::{Since, draw_again};
use closeloop::runtime::library::Library;
use std::collections::BTreeSet;

/// Merton's text with the strict rules of sampling that the issue asks for.
fn strict() -> String {
    let text = merton_text()
        .replace("not_again_within = \"6 months\"", "not_again_within = \"12 months\"")
        .replace("skip_workers_of_last_cycle = false", "skip_workers_of_last_cycle = true");
    assert!(text.contains("not_again_within = \"12 months\"") && text.contains("skip_workers_of_last_cycle = true"));
    text
}

fn sample(world: &World, cycle: CycleId) -> Sample {
    world.store.reading().sample(cycle).unwrap().unwrap()
}

fn give(world: &World, reference: &str, to: Option<&str>, despite: &str) -> Allocation {
    let facts = world.review(reference);
    let reviewer = to.map(|name| world.person(name));
    Allocation { despite: despite.into(), ..Allocation::to(facts.review.id, facts.revision, reviewer) }
}

#[test]
fn m02_a_cycle_needs_an_area_of_focus_with_a_reason_the_framework_knows() {
    let mut world = World::council();
    let planned = |focus: &str, reason: &str| {
        Deed::OpenCycle(CyclePlanned {
            starts_on: day("2026-11-01"),
            focus: focus.into(),
            focus_reason: reason.into(),
            focus_note: String::new(),
        })
    };
    let said = world.refused(planned("  ", "performance-data"));
    assert_eq!(said, "A cycle needs an area of focus. Say in a few words what this cycle looks at.");
    let said = world.refused(planned("Neglect", "a-hunch"));
    assert!(said.starts_with("The focus needs a reason the framework knows. Choose one of: Performance data,"), "{said}");
    world.do_("Amina Khan", planned("Neglect", "performance-data"));
    let said = world.refused(planned("Neglect", "performance-data"));
    assert!(said.starts_with("The cycle 2026-11 is open already, since 1 November 2026."), "{said}");
    let (cycle, _) = &world.store.reading().cycles().unwrap()[0];
    assert_eq!((cycle.title.as_str(), cycle.focus.as_str()), ("November 2026", "Neglect"));
    assert_eq!(
        cycle.phase("review").map(|phase| (phase.starts, phase.ends)),
        Some((day("2026-11-07"), day("2026-11-20"))),
        "the 21st is a Saturday"
    );
}

#[test]
fn m03_only_the_profiles_roles_review() {
    let mut world = World::ready();
    for (name, role) in [("Noor Carter", "SW"), ("Amina Khan", "coordinator"), ("Alex Main", "ATM"), ("Pia Stone", "PA")] {
        let deed = Deed::Allocate(vec![give(&world, "CR-0001", Some(name), "They are good")]);
        let said = world.refused(deed);
        // Whoever holds the case, manages its practitioner or sits in its team is told that first; the others are told who may.
        let told = said.contains(&format!("Is {role}; these may review: TM, IRO, FIRO"));
        assert!(told || said.contains("case") || said.contains("practitioner"), "{name}: {said}");
    }
    let far = ["Dana Frost", "Ida Ross", "Cara Poole", "Iris Tamm", "Ines Holt"];
    for name in far.into_iter().filter(|name| *name != "Dana Frost") {
        let allocation = give(&world, "CR-0001", Some(name), "");
        if world.review("CR-0001").reviewer == allocation.reviewer {
            continue;
        }
        world.do_("Amina Khan", Deed::Allocate(vec![allocation]));
        assert_eq!(world.review("CR-0001").reviewer, Some(world.person(name)));
    }
}

#[test]
fn m03_an_equivalent_title_counts_as_the_role() {
    let mut world = World::ready();
    let row = closeloop::domain::intake::PersonRow {
        name: "Ada Price".into(),
        role: Some("Senior independent reviewing officer".into()),
        login: Some("ada.p".into()),
        ..Default::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![row], file: file("people-2.csv", 'e') });
    let deed = Deed::Allocate(vec![give(&world, "CR-0001", Some("Ada Price"), "")]);
    world.do_("Amina Khan", deed);
}

#[test]
fn a_case_never_goes_to_its_own_worker_their_managers_or_their_team() {
    let mut world = World::ready();
    for reference in world.references() {
        let facts = world.review(&reference);
        let people = world.store.reading().people_by_id().unwrap();
        let practitioner = facts.review.practitioner.unwrap();
        let near = closeloop::domain::line::above(&people, practitioner);
        let team = people.values().filter(|person| person.team.is_some() && person.team == facts.review.team).map(|person| person.id);
        for person in team.chain(near.iter().copied()).collect::<BTreeSet<_>>() {
            let deed = Deed::Allocate(vec![Allocation {
                despite: "It is urgent".into(),
                ..Allocation::to(facts.review.id, facts.revision, Some(person))
            }]);
            let said = world.refused(deed);
            assert!(said.ends_with("Choose somebody else."), "{reference} to {}: {said}", people[&person].name);
        }
        assert!(!near.contains(&facts.reviewer.unwrap()), "nor does the proposal");
    }
}

#[test]
fn an_absent_reviewer_is_taken_only_with_a_reason() {
    let mut world = World::ready();
    let absence = Deed::RecordAbsence {
        person: world.person("Cara Poole"),
        from: day("2026-11-05"),
        until: day("2026-11-30"),
        reason: "leave".into(),
        deputy: None,
    };
    world.do_("Amina Khan", absence);
    let others = [("CR-0001", "Iris Tamm"), ("CR-0001", "Ida Ross")];
    for (reference, name) in others {
        let allocation = give(&world, reference, Some(name), "");
        if world.review(reference).reviewer != allocation.reviewer {
            world.do_("Amina Khan", Deed::Allocate(vec![allocation]));
        }
    }
    let deed = Deed::Allocate(vec![give(&world, "CR-0001", Some("Cara Poole"), "")]);
    let said = world.refused(deed);
    assert!(said.starts_with("CR-0001: Away until Mon 30 Nov 2026 (leave)."), "{said}");
    let deed = Deed::Allocate(vec![give(&world, "CR-0001", Some("Cara Poole"), "Back for two days in between")]);
    world.do_("Amina Khan", deed);
    assert_eq!(world.history("CR-0001")[0].what, "Reviewer changed from I. Ross to C. Poole, although: Back for two days in between");
}

#[test]
fn one_review_cannot_be_given_to_two_people_at_once() {
    let mut world = World::ready();
    let both = vec![give(&world, "CR-0001", Some("Iris Tamm"), ""), give(&world, "CR-0001", Some("Ines Holt"), "")];
    assert_eq!(world.refused(Deed::Allocate(both)), "CR-0001 is in the list twice. Give it to one person.");
}

#[test]
fn loads_follow_allocation_and_finishing() {
    let mut world = World::ready();
    let loads = |world: &World| world.store.reading().loads().unwrap().values().sum::<u32>();
    assert_eq!(loads(&world), 7);
    let (before, after) = (world.review("CR-0001").reviewer.unwrap(), world.person("Ines Holt"));
    let held = world.store.reading().loads().unwrap()[&before];
    let deed = Deed::Allocate(vec![give(&world, "CR-0001", Some("Ines Holt"), "")]);
    if before != after {
        world.do_("Amina Khan", deed);
        assert_eq!(world.store.reading().loads().unwrap().get(&before).copied().unwrap_or_default(), held - 1);
    }
    world.through("CR-0001", "finalised");
    assert_eq!(loads(&world), 6);
    let said = {
        let deed = Deed::Allocate(vec![give(&world, "CR-0001", Some("Iris Tamm"), "")]);
        world.refused(deed)
    };
    assert_eq!(said, "CR-0001 has been completed; its reviewer stays.");
}

#[test]
fn a_review_under_way_changes_hands_but_does_not_lose_its_reviewer() {
    let mut world = World::ready();
    world.through("CR-0001", "contact");
    let deed = Deed::Allocate(vec![give(&world, "CR-0001", None, "")]);
    assert!(world.refused(deed).starts_with("CR-0001 is under way: steps have been recorded."));
    let deed = Deed::Allocate(vec![give(&world, "CR-0002", None, "")]);
    world.do_("Amina Khan", deed);
    let facts = world.review("CR-0002");
    assert_eq!((facts.reviewer, facts.review.next.step.as_deref()), (None, Some("allocated")));
}

#[test]
fn a_draw_can_be_repeated_and_happens_once() {
    let mut world = World::council();
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 6, 42);
    let first = sample(&world, cycle);
    let said = world.refused(Deed::Draw(DrawWanted { seed: Some(42), ..DrawWanted::usual(cycle, 6) }));
    assert!(said.starts_with("The sample of 2026-11 was drawn on 5 November 2026."), "{said}");
    let mut again = World::council();
    let cycle = again.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    again.draw(cycle, 6, 42);
    assert_eq!(sample(&again, cycle), first);
    assert_eq!(first.frame_date, Some(day("2026-10-30")));
    assert_eq!(first.frame_sha256.len(), 64);
    let mut other = World::council();
    let cycle = other.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    other.draw(cycle, 6, 43);
    assert_ne!(sample(&other, cycle).drawn.chosen, first.drawn.chosen, "another seed, another sample");
    assert_eq!(sample(&other, cycle).frame_sha256, first.frame_sha256, "of the same frame");
}

#[test]
fn children_reviewed_in_the_last_twelve_months_are_left_out_to_the_day() {
    // Drawn on 5 November 2026; a year later to the day they are still out, the day after they are not.
    for (drawn, starts, out) in [("2027-11-05T09:30:00Z", "2027-11-01", true), ("2027-11-06T09:30:00Z", "2027-11-01", false)] {
        let mut world = World::under(&strict());
        let first = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
        world.draw(first, 6, 42);
        let reviewed: BTreeSet<SubjectId> = sample(&world, first).drawn.chosen.iter().map(|chosen| chosen.subject).collect();
        // A cycle in between, so that the workers of the first are free again.
        let between = world.at("2027-10-05T09:30:00Z").open_cycle("2027-10-01");
        let second = world.at(drawn).open_cycle(starts);
        assert_ne!(between, second);
        world.draw(second, 6, 42);
        let card = sample(&world, second);
        let left: BTreeSet<SubjectId> = card
            .drawn
            .left_out
            .iter()
            .filter(|left| left.why == LeftOutWhy::ReviewedOn(day("2026-11-05")))
            .map(|left| left.subject)
            .collect();
        assert_eq!(left, if out { reviewed.clone() } else { BTreeSet::new() }, "{drawn}");
        if out {
            assert!(card.drawn.chosen.iter().all(|chosen| !reviewed.contains(&chosen.subject)));
        }
    }
}

#[test]
fn workers_drawn_last_cycle_are_left_out_and_relaxed_only_out_loud() {
    let mut world = World::under(&strict());
    let first = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(first, 4, 42);
    let subjects = world.store.reading().subjects(true).unwrap();
    let worker = |subject: SubjectId| subjects.iter().find(|known| known.id == subject).unwrap().worker.unwrap();
    let drawn: BTreeSet<PersonId> = sample(&world, first).drawn.chosen.iter().map(|chosen| worker(chosen.subject)).collect();
    let second = world.at("2026-12-05T09:30:00Z").open_cycle("2026-12-01");
    let said = world.draw(second, 4, 42).said;
    assert_eq!(said, "4 cases drawn with seed 42");
    assert!(sample(&world, second).drawn.chosen.iter().all(|chosen| !drawn.contains(&worker(chosen.subject))));
    let third = world.at("2027-01-05T09:30:00Z").open_cycle("2027-01-01");
    let said = world.draw(third, 30, 42).said;
    assert_eq!(said, "30 cases drawn with seed 42; a rule had to be relaxed, the card says which");
    let relaxed = sample(&world, third).drawn.relaxed;
    assert!(relaxed.iter().any(|relaxed| relaxed.because.contains("without the workers of the last cycle")), "{relaxed:?}");
}

#[test]
fn substitution_takes_the_next_in_reserve_with_a_reason_and_an_approver() {
    let mut world = World::ready();
    let facts = world.review("CR-0001");
    let approver = Some(world.person("Iris Tamm"));
    let deed = |reason: &str, approver| Deed::Substitute {
        review: facts.review.id,
        seen: facts.revision,
        incoming: None,
        reason: reason.into(),
        approver,
    };
    assert_eq!(world.refused(deed(" ", approver)), "A substitution needs its reason. Say why the drawn case cannot be reviewed.");
    assert_eq!(world.refused(deed("Transferred out", None)), "A substitution needs somebody who approved it. Choose who did.");
    let nobody = Some(PersonId(999));
    assert_eq!(world.refused(deed("Transferred out", nobody)), "There is no such person to have approved it. Choose who did.");
    let Answered::Substitutes(rows) = world.ask(Query::Substitutes(facts.review.id)) else { panic!("substitutes") };
    assert!(rows[0].next_in_reserve && rows.iter().skip(1).all(|row| !row.next_in_reserve));
    let receipt = world.do_("Amina Khan", deed("Transferred out", approver));
    assert_eq!(receipt.said, "CR-0008 comes in for CR-0001");
    assert_eq!(receipt.trace, Trace::ForGood);
    let out = world.review("CR-0001");
    assert_eq!((out.state, out.review.next.label.as_str()), (ReviewState::Withdrawn, ""));
    let incoming = world.review("CR-0008");
    assert_eq!((incoming.review.subject, incoming.review.chosen), (rows[0].subject, Chosen::Substitute));
    assert_eq!(incoming.review.case_type, facts.review.case_type, "the same stratum");
    let Answered::Cycle(cycle) = world.ask(Query::Cycle(facts.review.cycle)) else { panic!("a cycle") };
    let (substitution, gone, came, who) = &cycle.substitutions[0];
    assert_eq!((gone.as_str(), came.as_str(), who.as_str()), ("CR-0001", "CR-0008", "Iris Tamm"));
    assert_eq!(substitution.reason, "Transferred out");
    assert_eq!((cycle.counts.reviews, cycle.counts.allocated), (7, 6), "the withdrawn one no longer counts");
    world.assert_verified();
}

#[test]
fn substitution_passes_over_a_reserve_whose_case_was_closed_since() {
    let mut world = World::ready();
    let facts = world.review("CR-0001");
    let Answered::Substitutes(rows) = world.ask(Query::Substitutes(facts.review.id)) else { panic!("substitutes") };
    let closed = world.store.reading().subject(rows[0].subject).unwrap().unwrap();
    close(&mut world, &closed.council_id);
    let deed = substitute(&world, "CR-0001", None);
    world.do_("Amina Khan", deed);
    let came = world.review("CR-0008").review.subject;
    assert_ne!(came, closed.id, "a closed case is nobody to review");
    let Answered::Substitutes(left) = world.ask(Query::Substitutes(facts.review.id)) else { panic!("substitutes") };
    assert!(left.iter().all(|row| row.subject != closed.id));
}

fn close(world: &mut World, council_id: &str) {
    let rows: Vec<FrameRow> = cases().into_iter().filter(|row| row.council_id != council_id).collect();
    let closed = vec![council_id.to_string()];
    let frame_date = Some(day("2026-11-05"));
    world.do_("Amina Khan", Deed::ImportFrame { rows, closed, covered: Vec::new(), frame_date, file: file("next.xlsx", 'f') });
}

fn substitute(world: &World, reference: &str, incoming: Option<SubjectId>) -> Deed {
    let facts = world.review(reference);
    let approver = Some(world.person("Iris Tamm"));
    Deed::Substitute { review: facts.review.id, seen: facts.revision, incoming, reason: "Transferred out".into(), approver }
}

#[test]
fn substitution_by_name_refuses_cases_that_the_draw_could_not_have_taken() {
    let mut world = World::under(&strict());
    let first = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(first, 4, 42);
    let reviewed = sample(&world, first).drawn.chosen[0].subject;
    let second = world.at("2026-12-05T09:30:00Z").open_cycle("2026-12-01");
    world.draw(second, 4, 42);
    let in_sample = sample(&world, second).drawn.chosen[1].subject;
    let reference = world.references()[4].clone();
    let deed = substitute(&world, &reference, Some(in_sample));
    assert_eq!(world.refused(deed), "That case is in the sample already. Choose another.");
    let deed = substitute(&world, &reference, Some(reviewed));
    let said = world.refused(deed);
    assert!(said.starts_with("That case was reviewed on 5 November 2026"), "{said}");
    let deed = substitute(&world, &reference, Some(SubjectId(9_999)));
    assert_eq!(world.refused(deed), "That case is not in the sampling frame: it was closed, or never there. Choose another.");
    let subject = sample(&world, second).drawn.reserves[0].subject;
    let council_id = world.store.reading().subject(subject).unwrap().unwrap().council_id.clone();
    close(&mut world, &council_id);
    let deed = substitute(&world, &reference, Some(subject));
    assert_eq!(world.refused(deed), "That case is not in the sampling frame: it was closed, or never there. Choose another.");
}

#[test]
fn what_was_judged_is_not_substituted() {
    let mut world = World::ready();
    world.through("CR-0001", "completed");
    let deed = substitute(&world, "CR-0001", None);
    assert!(world.refused(deed).starts_with("CR-0001 is past being substituted."));
}

#[test]
fn a_reserve_that_is_used_up_says_so() {
    let mut world = World::ready();
    let facts = world.review("CR-0001");
    let Answered::Substitutes(rows) = world.ask(Query::Substitutes(facts.review.id)) else { panic!("substitutes") };
    let mut at = "CR-0001".to_string();
    for _ in 0..=rows.len() {
        let deed = substitute(&world, &at, None);
        match world.try_("Amina Khan", deed) {
            Ok(_) => at = world.references().pop().unwrap(),
            Err(error) => {
                let said = error.to_string();
                assert_eq!(said, "The drawn reserve of this group is used up. Choose a case yourself, with the reason.");
                return;
            }
        }
    }
    panic!("the reserve never ran out");
}

#[test]
fn phases_are_ticked_in_order_and_only_by_hand_where_nothing_else_can_tell() {
    let mut world = World::ready();
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let tick = |phase: &str| Deed::TickPhase { cycle, phase: phase.into() };
    assert!(world.refused(tick("review")).starts_with("“Review” follows from the reviews and is not ticked by hand."));
    assert!(world.refused(tick("moderate")).starts_with("“Moderate” follows from the reviews"));
    assert_eq!(world.refused(tick("report")), "“Review” comes first: 7 reviews are not completed.");
    for reference in world.references() {
        world.through(&reference, "finalised");
    }
    assert!(world.refused(tick("close")).starts_with("“Report” comes first"));
    world.do_("Amina Khan", tick("report"));
    world.do_("Amina Khan", tick("close"));
    let (closed, counts) = world.store.reading().cycle(cycle, world.today()).unwrap().unwrap();
    assert_eq!(closed.closed_on, Some(world.today()));
    assert_eq!((counts.submitted, counts.returned, counts.finalised, counts.late), (7, 7, 7, 0));
    world.assert_verified();
}

#[test]
fn that_a_sample_was_drawn_is_no_change_of_the_frame_it_was_drawn_from() {
    let world = World::drawn();
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let redrawn = draw_again(world.store.reading(), &mut Library::default(), cycle, &world.viewer()).unwrap().unwrap();
    assert!(redrawn.same_frame && redrawn.same_draw);
    assert_eq!(redrawn.since, Since::default());
}
