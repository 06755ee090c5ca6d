//! Who may review a case, what rules people out, and whether the proposal is fair.

mod world;

use closeloop::domain::allocation::*;
use closeloop::domain::id::PersonId;
use closeloop::domain::person::Person;
use proptest::prelude::*;
use std::collections::BTreeMap;
use world::*;

// A line of management: 1 SW -> 2 TM -> 3 SM -> 4 HoS; team 10. Elsewhere: 5 TM of team 20, 6 IRO, 7 SW of team 20, 8 SM.
fn council() -> World {
    World::new(vec![
        person(1, "SW", Some(10), Some(2)),
        person(2, "TM", Some(10), Some(3)),
        person(3, "SM", None, Some(4)),
        person(4, "HoS", None, None),
        person(5, "TM", Some(20), Some(8)),
        person(6, "Independent reviewing officer", None, None),
        person(7, "SW", Some(20), Some(5)),
        person(8, "SM", None, Some(4)),
    ])
}

#[test]
fn m03_only_the_listed_roles_and_their_equivalents_may_review() {
    let council = council();
    let case = case(1, Some(1), Some(10));
    assert!(council.found(&case, &council.candidate(6)).is_empty(), "the profile lists the long title as IRO");
    let refused = council.found(&case, &council.candidate(7));
    let may: Vec<String> = ["TM", "IRO", "SM", "HoS"].map(String::from).to_vec();
    assert_eq!(refused, [Conflict::RoleMayNotReview { role: "SW".into(), may }]);
    assert_eq!(refused[0].sentence(), "Is SW; these may review: TM, IRO, SM, HoS.");
    let mut nobody = council.candidate(6);
    nobody.person.role = String::new();
    assert_eq!(council.found(&case, &nobody)[0].sentence(), "Has no role recorded; these may review: TM, IRO, SM, HoS.");
}

#[test]
fn q02_nobody_in_the_line_of_management_may_review() {
    let council = council();
    let case = case(1, Some(1), Some(10));
    assert_eq!(council.found(&case, &council.candidate(2)), [Conflict::ManagesThePractitioner { steps: 1 }, Conflict::SameTeam]);
    assert_eq!(council.found(&case, &council.candidate(3)), [Conflict::ManagesThePractitioner { steps: 2 }]);
    assert_eq!(council.found(&case, &council.candidate(4)), [Conflict::ManagesThePractitioner { steps: 3 }]);
    assert_eq!(council.found(&case, &council.candidate(3))[0].sentence(), "Manages the practitioner, 2 steps up the line.");
    assert!(council.found(&case, &council.candidate(8)).is_empty(), "a service manager of another line may");
}

#[test]
fn a_practitioner_may_not_review_their_own_case_nor_be_judged_by_those_they_manage() {
    let council = council();
    let own = council.found(&case(1, Some(5), Some(20)), &council.candidate(5));
    assert_eq!(own, [Conflict::OwnCase, Conflict::SameTeam]);
    let managed = council.found(&case(2, Some(8), None), &council.candidate(5));
    assert_eq!(managed, [Conflict::ReportsToThePractitioner]);
}

#[test]
fn the_team_of_the_case_and_of_its_worker_both_count() {
    let council = council();
    assert_eq!(council.found(&case(1, Some(7), Some(30)), &council.candidate(5))[1], Conflict::SameTeam);
    assert_eq!(council.found(&case(1, None, Some(20)), &council.candidate(5)), [Conflict::SameTeam]);
    assert!(council.found(&case(1, None, None), &council.candidate(6)).is_empty(), "no team is not the same team");
}

#[test]
fn without_a_worker_the_line_above_the_team_is_still_kept_out() {
    let council = council();
    assert_eq!(council.found(&case(1, None, Some(10)), &council.candidate(3)), [Conflict::ManagesTheTeam]);
    assert!(council.found(&case(1, None, Some(10)), &council.candidate(8)).is_empty());
}

#[test]
fn a_line_of_management_that_goes_in_a_circle_ends() {
    let world = World::new(vec![person(1, "SW", None, Some(2)), person(2, "TM", None, Some(3)), person(3, "SM", None, Some(1))]);
    let found = world.found(&case(1, Some(1), None), &world.candidate(3));
    assert_eq!(found, [Conflict::ManagesThePractitioner { steps: 2 }, Conflict::ReportsToThePractitioner]);
}

/// First and last day of each.
type Periods = &'static [(&'static str, &'static str)];

#[test]
fn away_counts_at_the_start_or_for_most_of_the_window_and_says_until_when() {
    let council = council();
    let case = case(1, Some(1), Some(10));
    let table: [(Periods, Option<&str>); 7] = [
        (&[("2026-11-02", "2026-11-04")], Some("Away until Wed 4 Nov 2026 (leave).")),
        (&[("2026-10-20", "2026-11-02")], Some("Away until Mon 2 Nov 2026 (leave).")),
        (&[("2026-11-05", "2026-11-18")], Some("Away until Wed 18 Nov 2026 (leave).")),
        (&[("2026-11-05", "2026-11-10")], None),
        (&[("2026-10-01", "2026-11-01"), ("2026-11-21", "2026-12-31")], None),
        // One absence follows another, beyond the window.
        (&[("2026-11-01", "2026-11-10"), ("2026-11-11", "2026-12-24")], Some("Away until Thu 24 Dec 2026 (leave).")),
        (&[("2026-11-04", "2026-11-08"), ("2026-11-12", "2026-11-17")], Some("Away until Tue 17 Nov 2026 (leave).")),
    ];
    for (absences, says) in table {
        let mut candidate = council.candidate(6);
        candidate.absences = absences.iter().map(|(from, until)| away(6, from, until, "leave")).collect();
        let found: Vec<_> = council.found(&case, &candidate).iter().map(Conflict::sentence).collect();
        assert_eq!(found, says.map(String::from).into_iter().collect::<Vec<_>>(), "{absences:?}");
    }
    let mut candidate = council.candidate(6);
    candidate.absences = vec![away(5, "2026-11-01", "2026-12-01", "somebody else's")];
    assert!(council.found(&case, &candidate).is_empty());
}

#[test]
fn whoever_leaves_before_the_work_is_done_is_refused_and_a_cap_only_warns() {
    let council = council();
    let case = case(1, Some(1), Some(10));
    let mut candidate = council.candidate(6);
    candidate.person.left_on = Some(day("2026-11-19"));
    candidate.load = 4;
    candidate.cap = Some(4);
    let check = check_manual(&case, &candidate, &council.ground());
    assert_eq!(check.refused_by, [Conflict::Left { last_day: day("2026-11-19") }]);
    assert_eq!(check.warned_by, [Conflict::OverCap { load: 4, cap: 4 }]);
    assert_eq!(check.refused_by[0].sentence(), "Last day at the council is Thu 19 Nov 2026.");
    assert_eq!(check.warned_by[0].sentence(), "Has 4 open, 4 agreed at most.");
    candidate.person.left_on = Some(day("2026-11-20"));
    candidate.cap = Some(5);
    assert_eq!(check_manual(&case, &candidate, &council.ground()), Check::default());
}

#[test]
fn a_proposal_says_why_this_person_and_why_not_the_others() {
    let council = council();
    let mut candidates = council.candidates(&[2, 5, 6, 8]);
    candidates[1].load = 3;
    candidates[2].load = 2;
    candidates[3].load = 4;
    let proposal = propose(&[case(1, Some(1), Some(10))], &candidates, &council.ground());
    let [suggestion] = &proposal.suggestions[..] else { panic!("one case, one suggestion") };
    assert_eq!(suggestion.reviewer, Some(PersonId(6)));
    assert_eq!(suggestion.because, "2 open, lightest of 3 free; not in the case's team or line");
    assert_eq!(suggestion.ruled_out, [(PersonId(2), Conflict::ManagesThePractitioner { steps: 1 })]);
}

#[test]
fn a_case_that_nobody_can_take_says_what_stands_in_the_way() {
    let council = council();
    let mut candidates = council.candidates(&[2, 3, 5, 6, 7]);
    candidates[2].absences = vec![away(5, "2026-11-01", "2026-12-01", "")];
    candidates[3].cap = Some(0);
    let proposal = propose(&[case(1, Some(1), Some(10))], &candidates, &council.ground());
    let left: Vec<_> = proposal.unallocated().map(|suggestion| suggestion.because.as_str()).collect();
    assert_eq!(left, ["Nobody is free: 1 with no reviewing role, 1 away, 1 at their cap, 2 in the case's team or line."]);
    let empty = propose(&[case(1, None, None)], &[], &council.ground());
    assert_eq!(empty.suggestions[0].because, "Nobody is free: there is no reviewer yet.");
}

#[test]
fn a_full_reviewer_passes_a_case_on_so_that_none_is_left_over() {
    // One case each. The third case finds 0 and 1 full: 0 takes it, 1 takes the first, and 2 the second.
    let world = World::new((0..3).map(|id| person(id, "TM", Some(id), None)).collect());
    let mut candidates = world.candidates(&[0, 1, 2]);
    candidates.iter_mut().for_each(|candidate| candidate.cap = Some(1));
    let cases = [case(1, None, Some(2)), case(2, None, Some(0)), case(3, None, Some(2))];
    let proposal = propose(&cases, &candidates, &world.ground());
    let reviewers: Vec<_> = proposal.suggestions.iter().map(|suggestion| suggestion.reviewer.map(|person| person.0)).collect();
    assert_eq!(reviewers, [Some(1), Some(2), Some(0)]);
}

#[test]
fn a_hundred_cases_among_sixty_reviewers_of_two_thousand_people_are_quick() {
    let mut people: Vec<Person> = (0..60).map(|id| person(id, "TM", Some(id), Some(1_990))).collect();
    people.extend((60..2_000).map(|id| person(id, "SW", Some(id % 60), Some(id % 60))));
    let world = World::new(people);
    let cases: Vec<_> = (0..100).map(|n| case(n, Some(60 + n), None)).collect();
    let started = std::time::Instant::now();
    let proposal = propose(&cases, &world.candidates(&(0..60).collect::<Vec<_>>()), &world.ground());
    assert_eq!(proposal.unallocated().count(), 0);
    assert!(started.elapsed().as_secs_f64() < 2.0, "{:?}", started.elapsed());
}

#[derive(Debug, Clone)]
struct Draft {
    role: usize,
    team: Option<i64>,
    manager: Option<i64>,
    load: u32,
    cap: Option<u32>,
    away: bool,
    left: bool,
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let one = (
        0usize..5,
        proptest::option::weighted(0.7, 0i64..4),
        proptest::option::weighted(0.8, 0i64..12),
        0u32..5,
        proptest::option::weighted(0.3, 0u32..6),
        proptest::bool::weighted(0.15),
        proptest::bool::weighted(0.1),
    );
    let draft = |(role, team, manager, load, cap, away, left)| Draft { role, team, manager, load, cap, away, left };
    proptest::collection::vec(one.prop_map(draft), 2..12)
}

fn world_of(drafts: &[Draft]) -> (World, Vec<Candidate>) {
    let build = |(id, draft): (usize, &Draft)| {
        let role = ["SW", "TM", "IRO", "SM", "HoS"][draft.role];
        let left_on = draft.left.then(|| day("2026-11-10"));
        Person { left_on, ..person(id as i64, role, draft.team, draft.manager) }
    };
    let world = World::new(drafts.iter().enumerate().map(build).collect());
    let candidate = |(id, draft): (usize, &Draft)| Candidate {
        load: draft.load,
        cap: draft.cap,
        absences: if draft.away { vec![away(id as i64, "2026-11-01", "2026-11-06", "leave")] } else { Vec::new() },
        ..world.candidate(id as i64)
    };
    let candidates = drafts.iter().enumerate().map(candidate).collect();
    (world, candidates)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn no_conflict_is_ever_allocated(
        drafts in drafts(),
        facts in proptest::collection::vec((proptest::option::of(0i64..12), proptest::option::of(0i64..4)), 0..20),
    ) {
        let (world, candidates) = world_of(&drafts);
        let cases: Vec<_> = facts.iter().zip(1..).map(|((worker, team), review)| case(review, *worker, *team)).collect();
        let proposal = propose(&cases, &candidates, &world.ground());
        prop_assert_eq!(proposal.suggestions.len(), cases.len());
        prop_assert_eq!(&propose(&cases, &candidates, &world.ground()), &proposal);

        let mut load: BTreeMap<PersonId, u32> = candidates.iter().map(|candidate| (candidate.person.id, candidate.load)).collect();
        for (case, suggestion) in cases.iter().zip(&proposal.suggestions) {
            prop_assert_eq!(case.review, suggestion.review);
            let Some(reviewer) = suggestion.reviewer else { continue };
            let candidate = candidates.iter().find(|candidate| candidate.person.id == reviewer).unwrap();
            prop_assert!(world.found(case, candidate).is_empty(), "{:?}", world.found(case, candidate));
            *load.entry(reviewer).or_default() += 1;
        }
        let below_cap = |candidate: &Candidate| candidate.cap.is_none_or(|cap| load[&candidate.person.id] < cap);
        for candidate in &candidates {
            let given = load[&candidate.person.id] - candidate.load;
            prop_assert!(given == 0 || candidate.cap.is_none_or(|cap| load[&candidate.person.id] <= cap));
        }
        for (case, suggestion) in cases.iter().zip(&proposal.suggestions) {
            let free: Vec<_> = candidates.iter().filter(|c| below_cap(c) && world.found(case, c).is_empty()).collect();
            match suggestion.reviewer {
                None => prop_assert!(free.is_empty(), "nobody who could is passed over"),
                Some(reviewer) => for other in free {
                    prop_assert!(load[&other.person.id] + 1 >= load[&reviewer] || other.person.id == reviewer, "balanced");
                },
            }
        }
    }

    #[test]
    fn people_who_may_review_everything_end_within_one_of_each_other(reviewers in 1i64..8, cases in 0i64..40) {
        let world = World::new((0..reviewers).map(|id| person(id, "IRO", None, None)).collect());
        let cases: Vec<_> = (0..cases).map(|review| case(review, None, Some(1))).collect();
        let proposal = propose(&cases, &world.candidates(&(0..reviewers).collect::<Vec<_>>()), &world.ground());
        let mut load = vec![0u32; reviewers as usize];
        for suggestion in &proposal.suggestions {
            load[suggestion.reviewer.unwrap().0 as usize] += 1;
        }
        prop_assert!(load.iter().max().unwrap() - load.iter().min().unwrap() <= 1, "{:?}", load);
    }
}
