//! No count tells where a withheld case belongs: two councils that differ only in the service, team, worker and type of one
//! withheld case are the same to whoever is recused from it, in every answer and in everything the program prints.

use super::withheld::every_question;
use crate::cli::place::Place as Program;
use crate::support::driver::{LARGE, Robot};
use crate::support::world::{World, cases, day, file, merton_text};
use closeloop::domain::deed::{Allocation, Deed};
use closeloop::domain::id::{CycleId, ReviewId, SubjectId};
use closeloop::domain::intake::FrameRow;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::review::Chosen;
use closeloop::domain::sample::SampleCard;
use closeloop::domain::sampling::{DrawRequest, Drawn, draw};
use closeloop::runtime::clerk::{draw_again, frame_to_draw};
use closeloop::runtime::random;
use std::collections::BTreeSet;

/// Whoever is recused in these tests.
const RECUSED: &str = "Bela Novak";

/// The number of the case that is withheld.
const WITHHELD: &str = "909999";

/// Where the withheld case belongs in either council: team, worker and case type.
const HOMES: [(&str, &str, &str); 2] = [("North Court", "Rita Lund", "cp"), ("Permanence", "Ruth Adams", "cic")];

/// Three cases of one service and three of another, each with a worker of its own or shared, and the withheld one.
fn frame(home: (&str, &str, &str)) -> Vec<FrameRow> {
    let of =
        |worker: &str, n: usize| cases().into_iter().filter(move |row| row.worker.as_deref() == Some(worker)).take(n).collect::<Vec<_>>();
    let mut rows = [of("Noor Carter", 1), of("Paul Obi", 2), of("Lena Wolf", 1), of("Otis Grey", 2)].concat();
    for row in &mut rows {
        row.case_type = if row.team.as_deref() == Some("North Court") { "cp".into() } else { "cic".into() };
    }
    let (team, worker, case_type) = home;
    let mut withheld = rows[0].clone();
    withheld.council_id = WITHHELD.into();
    (withheld.team, withheld.worker, withheld.case_type) = (Some(team.into()), Some(worker.into()), case_type.into());
    rows.insert(3, withheld);
    rows
}

/// A council with this frame and a cycle to be drawn.
fn council(home: (&str, &str, &str)) -> (World, CycleId) {
    let mut world = World::staffed(merton_text());
    let covered = ["cic", "cp"].map(String::from).to_vec();
    let frame_date = Some(day("2026-10-30"));
    world.do_(
        "Amina Khan",
        Deed::ImportFrame { rows: frame(home), closed: Vec::new(), covered, frame_date, file: file("annex-a.xlsx", 'b') },
    );
    world.do_("Amina Khan", Deed::Set { name: "demo".into(), value: "yes".into() });
    world.at("2026-11-05T09:30:00Z");
    let cycle = world.open_cycle("2026-11-01");
    (world, cycle)
}

fn withheld_subject(world: &World) -> SubjectId {
    world.store.reading().subjects(true).unwrap().into_iter().find(|subject| subject.council_id == WITHHELD).unwrap().id
}

/// What a draw of this size and seed will come to.
fn foreseen(world: &mut World, cycle: CycleId, size: u32, seed: u64) -> Drawn {
    let reading = world.store.reading();
    let (stored, _) = reading.cycle_and_counts(cycle).unwrap().unwrap();
    let framework = world.library.current(reading).unwrap();
    let frame = frame_to_draw(reading, &framework, &stored, world.today(), None).unwrap();
    let (stratify_by, not_again_since) = (framework.sampling.stratify_by, frame.not_again_since);
    let request = DrawRequest { size, stratify_by, not_again_since, skip_workers: false, seed, turn: None };
    draw(&frame.entries, &request, &mut random::seeded(seed)).unwrap()
}

/// A seed by which both councils draw the withheld case and, beside it, the same cases with the same reserves.
fn seed(size: u32) -> u64 {
    let mut councils = HOMES.map(council);
    let of = |(world, cycle): &mut (World, CycleId), seed: u64| {
        let withheld = BTreeSet::from([withheld_subject(world)]);
        let drawn = foreseen(world, *cycle, size, seed);
        let hidden = drawn.chosen.iter().any(|chosen| withheld.contains(&chosen.subject));
        let chosen: BTreeSet<SubjectId> = drawn.chosen.iter().map(|chosen| chosen.subject).filter(|one| !withheld.contains(one)).collect();
        let reserves: Vec<SubjectId> = drawn.reserves_without(&withheld).into_iter().map(|reserve| reserve.subject).collect();
        hidden.then_some((chosen, reserves))
    };
    let [one, other] = &mut councils;
    let found = (1..3000).find(|seed| matches!((of(one, *seed), of(other, *seed)), (Some(here), Some(there)) if here == there));
    found.expect("of small samples some are alike but for one case")
}

/// The council with its sample drawn, its withheld case reviewed to the end, and the next cycle open.
fn drawn(home: (&str, &str, &str), size: u32, seed: u64) -> (World, Vec<ReviewId>, ReviewId) {
    let (mut world, cycle) = council(home);
    world.draw(cycle, size, seed);
    let subject = withheld_subject(&world);
    let all = world.store.reading().drawn_subjects(cycle).unwrap();
    let withheld = all.iter().find(|(_, drawn)| *drawn == subject).expect("the withheld case is drawn").0;
    let open: Vec<ReviewId> = all.iter().map(|(review, _)| *review).filter(|review| *review != withheld).collect();
    let reference = world.facts(withheld).review.reference;
    world.declare(RECUSED, &reference, InterestKind::Family);
    let reviewer = Some(world.person("Ida Ross"));
    let given = all.iter().map(|(review, _)| Allocation::to(*review, world.facts(*review).revision, reviewer)).collect();
    world.do_("Amina Khan", Deed::Allocate(given));
    world.through_as(&reference, "returned", 7);
    world.at("2026-12-02T10:00:00Z").open_cycle("2026-12-01");
    (world, open, withheld)
}

/// Everything that the recused person can read, by question and by command.
fn everything(home: (&str, &str, &str), size: u32, seed: u64) -> Vec<(String, String)> {
    let (mut world, open, withheld) = drawn(home, size, seed);
    let cycles: Vec<CycleId> = world.store.reading().cycles().unwrap().into_iter().map(|(cycle, _)| cycle.id).collect();
    let mut said = Vec::new();
    for filter in ["", "all", "all team:north", "all team:permanence", "all type:cic", "carter"] {
        for (cycle, review) in cycles.iter().flat_map(|cycle| open.iter().chain([&withheld]).map(move |review| (*cycle, *review))) {
            for query in every_question(filter, review, cycle) {
                let answer = world.answer_to(RECUSED, &query).map_or_else(|error| error.to_string(), |answer| format!("{answer:?}"));
                said.push((format!("{query:?}"), answer));
            }
        }
    }
    let place = Program::empty();
    let path = world.path().display().to_string();
    for args in [
        "cycle card 2026-11",
        "cycle card 2026-11 --check",
        "cycle list --json",
        "cycle show 2026-11",
        "cycle show 2026-11 --json",
        "check",
        "list queue --filter all --json",
        "list queue --filter all --plain",
        "list panel --json",
        "list alerts --json",
        "list actions --json",
        "list people --json",
        "list people --plain",
        "list registers --json",
        "panel list",
    ] {
        let args: Vec<&str> = ["--as", "bela.n"].into_iter().chain(args.split(' ')).collect();
        let printed = place.run_with(&args, &[("CLOSELOOP_DB", path.as_str()), ("CLOSELOOP_NOW", "2026-12-02T10:00:00Z")]);
        said.push((format!("{args:?}"), format!("{}\n{}{}", printed.code, printed.out, printed.err)));
    }
    said
}

#[track_caller]
fn alike(size: u32, seed: u64) {
    let [here, there] = HOMES.map(|home| everything(home, size, seed));
    assert_eq!(here.len(), there.len());
    for ((question, one), (_, other)) in here.iter().zip(&there) {
        assert_eq!(one, other, "{question}");
    }
    let card = here.iter().find(|(question, _)| question.contains("--check")).unwrap();
    assert!(card.1.contains("1 review is withheld from you: you are recused") && card.1.contains("the result is the same"), "{}", card.1);
}

#[test]
fn where_a_withheld_case_belongs_is_in_nothing_that_a_recused_person_reads() {
    // A part of the frame, so that strata have shares and reserves…
    alike(3, seed(3));
    // …and all of it, where nobody is left over.
    alike(7, 7);
}

#[test]
fn whoever_is_not_recused_reads_the_whole_card_and_draws_it_again() {
    let (mut world, open, _) = drawn(HOMES[0], 7, 7);
    let cycle = world.facts(open[0]).review.cycle;
    let Answered::Cycle(detail) = world.answer_to("Amina Khan", &Query::Cycle(cycle)).unwrap() else { panic!() };
    let Some(SampleCard::Whole(sample)) = detail.sample else { panic!("{:?}", detail.sample) };
    assert_eq!((sample.drawn.chosen.len(), sample.drawn.request.seed), (7, 7));
    for who in ["Amina Khan", RECUSED] {
        let viewer = world.seen_by(who);
        let again = draw_again(world.store.reading(), &mut world.library, cycle, &viewer).unwrap().unwrap();
        assert!(again.same_frame && again.same_draw, "{who}");
    }
    let Answered::Cycle(detail) = world.answer_to(RECUSED, &Query::Cycle(cycle)).unwrap() else { panic!() };
    let Some(SampleCard::Part(part)) = detail.sample else { panic!("{:?}", detail.sample) };
    assert_eq!((part.drawn(), part.withheld), (6, 1));
}

#[test]
fn a_recused_person_brings_in_no_case_that_is_withheld_from_them_and_nothing_tells_of_it() {
    let home = ("North Court", "Paul Obi", "cp");
    let (mut world, cycle) = council(home);
    let subject = withheld_subject(&world);
    let worker_of = |world: &World, subject: SubjectId| world.store.reading().subject(subject).unwrap().unwrap().worker;
    let (noor, paul) = (world.person("Noor Carter"), world.person("Paul Obi"));
    // One case of each worker is drawn in the service, and the withheld one is next in its reserve.
    let drawn_of = |world: &World, drawn: &Drawn, who| {
        drawn.chosen.iter().map(|chosen| chosen.subject).find(|one| worker_of(world, *one) == Some(who))
    };
    let next_is = |drawn: &Drawn, gone: SubjectId, withheld: &BTreeSet<SubjectId>| {
        drawn.substitute_for(gone, &BTreeSet::new(), withheld).map(|reserve| reserve.subject)
    };
    let fits = |world: &mut World, seed: u64| {
        let drawn = foreseen(world, cycle, 3, seed);
        let (Some(gone), Some(_)) = (drawn_of(world, &drawn, noor), drawn_of(world, &drawn, paul)) else { return false };
        next_is(&drawn, gone, &BTreeSet::new()) == Some(subject)
    };
    let seed = (1..3000).find(|seed| fits(&mut world, *seed)).unwrap();
    world.draw(cycle, 3, seed);
    let sample = world.store.reading().sample(cycle).unwrap().unwrap();
    let stratum = &sample.drawn.reserves.iter().find(|reserve| reserve.subject == subject).unwrap().stratum;
    let review_of = |world: &World, who| {
        let drawn = world.store.reading().drawn_subjects(cycle).unwrap();
        drawn.into_iter().find(|(_, subject)| worker_of(world, *subject) == Some(who)).unwrap().0
    };
    let (out, other) = (review_of(&world, noor), review_of(&world, paul));
    let reference = world.facts(other).review.reference;
    world.declare(RECUSED, &reference, InterestKind::Practitioner);
    let deed = |world: &World, incoming: Option<SubjectId>| Deed::Substitute {
        review: out,
        seen: world.facts(out).revision,
        incoming,
        reason: "The family has moved".into(),
        approver: Some(world.person("Iris Tamm")),
    };
    let Answered::Substitutes(offered) = world.answer_to(RECUSED, &Query::Substitutes(out)).unwrap() else { panic!() };
    assert!(offered.iter().all(|row| row.subject != subject && !(row.team == *stratum && row.next_in_reserve)), "{offered:?}");
    let next = deed(&world, None);
    assert!(world.refused_to(RECUSED, next).starts_with("The drawn reserve of this group is used up."));
    let named = deed(&world, Some(subject));
    assert!(world.refused_to(RECUSED, named).starts_with("That case is not in the sampling frame"));
    let next = deed(&world, None);
    world.do_("Amina Khan", next);
    assert!(world.store.reading().drawn_subjects(cycle).unwrap().iter().any(|(_, drawn)| *drawn == subject));
}

#[test]
fn a_withheld_case_that_was_named_is_in_no_count_of_what_was_not_drawn() {
    let (mut world, cycle) = council(HOMES[0]);
    let wanted = NamedWanted {
        cycle,
        kind: "collaborative-review".into(),
        whom: Whom::Known(withheld_subject(&world)),
        how: Chosen::Added,
        by: Some(world.person("Iris Tamm")),
        why: "The family asked for it".into(),
        practitioner: None,
    };
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    let reference = world.references().remove(0);
    world.declare(RECUSED, &reference, InterestKind::Family);
    let named = |world: &mut World, who: &str| {
        let Answered::Cycle(detail) = world.answer_to(who, &Query::Cycle(cycle)).unwrap() else { panic!() };
        (detail.counts.reviews, detail.counts.named)
    };
    assert_eq!((named(&mut world, "Amina Khan"), named(&mut world, RECUSED)), ((1, 1), (0, 0)));
}

#[test]
fn the_card_on_the_screen_says_what_is_kept_back_and_why() {
    let mut world = World::ready();
    world.declare("Amina Khan", "CR-0001", InterestKind::Family);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("5").expect_line("Sample: 6 cases that you may see, drawn").press("c").expect_dialog("How these cases were chosen");
    robot.expect_line("1 review is withheld from you: you are recused.").expect_line("Drawn, as far as you may see: 6");
    for kept_back in ["Seed  ", "hash", "wanted", "eligible", "caseload  ", "Left out: "] {
        robot.expect_no(kept_back);
    }
}
