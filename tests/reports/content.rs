//! What the reports of every framework say, and what they leave out. M20, M22, S15-S19, S24, S28, F17, F18, C06, C09, C10, Q02-Q05.

use super::{material, reviewed, said};
use crate::support::world::{World, day};
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::{Deed, ReportDeed};
use closeloop::domain::framework::Rhythm;
use closeloop::domain::id::CycleId;
use closeloop::domain::report::told::{GradeTally, Series, SeriesCycle};
use closeloop::domain::report::{Material, Narrative, Passage, Told};
use closeloop::profiles::builtin;
use closeloop::report::Block;
use closeloop::report::paper::{Stage, Templates, compose};

/// A cycle of November, for a reason that the framework knows.
pub(crate) fn opened(world: &mut World) -> CycleId {
    let framework = world.library.current(world.store.reading()).unwrap();
    let reason = framework.cycle.focus_reasons.first().map(|reason| reason.key.clone()).unwrap_or_default();
    let starts_on = if framework.cycle.rhythm == Rhythm::Quarterly { "2026-10-01" } else { "2026-11-01" };
    let planned = CyclePlanned { starts_on: day(starts_on), focus: "Neglect".into(), focus_reason: reason, focus_note: String::new() };
    world.do_("Amina Khan", Deed::OpenCycle(planned));
    world.store.reading().cycles().unwrap()[0].0.id
}

/// Every report of every framework, for a council in which nothing has been reviewed yet, and the same with text everywhere.
#[test]
fn every_section_of_every_framework_says_something_and_no_key_is_seen() {
    for (id, text) in builtin() {
        let mut world = World::under(text);
        world.at("2026-11-19T14:00:00Z");
        let cycle = opened(&mut world);
        let framework = closeloop::profiles::parse(text, id).unwrap();
        for kind in &framework.reports {
            let facts = material(&mut world, cycle, &kind.key);
            let paper = compose(&facts, &Narrative::new(), Stage::Now { in_part: false }, &Templates::default()).unwrap();
            for (place, block) in paper.blocks.iter().enumerate() {
                let Block::Heading(1, heading) = block else { continue };
                let next = paper.blocks.get(place + 1);
                let speaks = next.is_some_and(|next| !matches!(next, Block::Heading(1, _)));
                assert!(speaks, "{id}/{}: nothing under \u{201c}{heading}\u{201d}", kind.key);
            }
            let all = said(&facts, &Narrative::new());
            assert!(!all.contains("which there is not") && !all.contains('\u{e000}') && !all.contains("{{"), "{id}/{}: {all}", kind.key);
            let written = kind.sections.iter().map(|section| (section.key.clone(), format!("Words on {}.", section.label)));
            let with_text = said(&facts, &written.collect());
            for section in &kind.sections {
                assert!(with_text.contains(&format!("Words on {}.", section.label)), "{id}/{}/{}", kind.key, section.key);
            }
            assert!(!with_text.contains("been put into words"), "{id}/{}: {with_text}", kind.key);
        }
    }
}

#[test]
fn m20_a_cycle_with_open_reviews_says_what_is_missing_and_is_provisional() {
    let (mut world, cycle) = reviewed();
    let text = said(&material(&mut world, cycle, "collaborative-review"), &Narrative::new());
    assert!(
        text.contains("PROVISIONAL: 5 reviews of 7 are still under way (5 still to be completed). These figures will change."),
        "{text}"
    );
    // What is completed and not yet on the record is the same count at the head and in the text below it.
    let waits = world.references().into_iter().find(|reference| world.review(reference).submitted_at.is_none()).unwrap();
    world.through(&waits, "completed");
    let text = said(&material(&mut world, cycle, "collaborative-review"), &Narrative::new());
    assert!(text.contains("3 of 7 completed, 2 on the record"), "{text}");
    assert!(text.contains("3 of 7 have been completed and 2 of 7 are on the record"), "{text}");
    assert!(text.contains("7 reviews belong to this period, 7 of them drawn at random"), "{text}");
    for reference in world.references() {
        if world.review(&reference).state == closeloop::domain::review::ReviewState::Open {
            world.through(&reference, "finalised");
        }
    }
    let text = said(&material(&mut world, cycle, "collaborative-review"), &Narrative::new());
    assert!(!text.contains("PROVISIONAL") && text.contains("7 of 7 completed, 7 on the record"), "{text}");
}

/// The report with these grades in cycle after cycle, the panel having seen none of them.
pub(super) fn with_grades(facts: &mut Material, cycles: &[[u32; 4]]) {
    let cycles: Vec<SeriesCycle> = cycles
        .iter()
        .zip(0..)
        .map(|(counts, at)| {
            let mut tally = GradeTally::default();
            (0..4).for_each(|grade| tally.add(true, grade, None, counts[grade]));
            let starts_on = facts.from - chrono::Months::new(cycles.len() as u32 - 1 - at);
            SeriesCycle { id: CycleId(i64::from(at) + 1), title: format!("M{at}"), starts_on, tally }
        })
        .collect();
    facts.sections = vec![("grades".into(), "Grades".into())];
    let series = Series::of(&[], facts.from, &cycles, facts.limit);
    let told = facts.told().into_owned();
    facts.told = Some(Box::new(Told { series, ..told }));
}

#[test]
fn s28_a_small_number_is_left_out_with_whatever_would_give_it_away() {
    let (mut world, cycle) = reviewed();
    let facts = material(&mut world, cycle, "collaborative-review");
    let row = |counts: [u32; 4]| {
        let mut facts = facts.clone();
        with_grades(&mut facts, &[counts]);
        let numbers = closeloop::report::paper::figures(&facts, &Templates::default()).unwrap();
        let own = numbers.iter().filter(|one| one.table.starts_with("Grades of the random") && one.row.starts_with("After"));
        let csv = own.map(|one| one.value.clone()).collect::<Vec<_>>();
        let paper = compose(&facts, &Narrative::new(), Stage::Now { in_part: false }, &Templates::default()).unwrap();
        let text = paper.blocks.iter().find_map(|block| match block {
            Block::Table { head, rows } if head[0] == "Grade" => Some(rows[1][1..5].to_vec()),
            _ => None,
        });
        assert_eq!(text.unwrap_or_default(), csv, "the text and the figures say the same");
        csv
    };
    // Good or better is 11 of 20, so that either of the other two would tell the other.
    assert_eq!(row([6, 5, 7, 2]), ["6", "5", "left out", "under 5"]);
    // Of eight two small ones could only be four and four: no label is given, whatever they are.
    assert_eq!(row([6, 6, 6, 2]), ["6", "6", "left out", "left out"]);
    assert_eq!(row([5, 9, 6, 0]), ["5", "9", "6", "0"]);
    // Where Good or better is small itself, the cycle waits for the next one.
    assert_eq!(row([0, 3, 10, 7]), [""; 0]);
    let mut waits = facts.clone();
    with_grades(&mut waits, &[[0, 3, 10, 7]]);
    let text = said(&waits, &Narrative::new());
    assert!(text.contains("The grades of M0 are told together with those of the next cycle."), "{text}");
    // Left out alone the low ones would go, and the line would stand too high.
    let mut line = facts;
    with_grades(&mut line, &[[4, 5, 6, 5], [1, 1, 9, 9], [3, 5, 6, 6], [3, 4, 8, 5]]);
    let text = said(&line, &Narrative::new());
    assert!(text.contains("M0 9 of 20 (45 %); M1 and M2 10 of 40 (25 %); M3 7 of 20 (35 %)"), "{text}");
}

#[test]
fn m22_f17_s28_public_reports_hold_good_practice_and_no_row_of_anybody() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "newsletter");
    let review = facts.actions[0].review;
    facts.good_practice = vec![Passage { review, text: "A drawing of the family, *used* at every meeting".into() }];
    let text = said(&facts, &Narrative::new());
    assert!(text.contains("A drawing of the family, *used* at every meeting"), "{text}");
    for hidden in ["A-0001", "Draw the family network", "CR-0001", "Noor Carter"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    let internal = said(&material(&mut world, cycle, "improvement-plan"), &Narrative::new());
    assert!(internal.contains("Draw the family network") && internal.contains("Social worker"), "{internal}");
    assert!(!internal.contains("Noor"), "an owner is told by role: {internal}");
}

#[test]
fn s16_a_report_takes_in_what_the_services_wrote() {
    let text = builtin().iter().find(|(id, _)| *id == "sandwell").unwrap().1;
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    let cycle = opened(&mut world);
    assert!(
        said(&material(&mut world, cycle, "qa-report"), &Narrative::new()).contains("No report of it has been written for this period.")
    );
    let report = super::build(&mut world, "Sam Miller", cycle, "fostering-report");
    let narrative = Narrative::from([("carers".to_string(), "Carers asked for one number to ring at night.".to_string())]);
    let seen = super::seen(&world, report.id);
    let deed = ReportDeed::Write { report: report.id, seen, narrative };
    world.do_("Sam Miller", Deed::Report(deed));
    let taken = said(&material(&mut world, cycle, "qa-report"), &Narrative::new());
    assert!(taken.contains("Carers asked for one number to ring at night."), "{taken}");
    world.assert_verified();
}
