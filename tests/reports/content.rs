//! What the reports of every framework say, and what they leave out. M20, M22, S15-S19, S24, S28, F17, F18, C06, C09, C10, Q02-Q05.

use super::{material, reviewed, said};
use crate::support::world::{World, day};
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::{Deed, ReportDeed};
use closeloop::domain::framework::Rhythm;
use closeloop::domain::id::CycleId;
use closeloop::domain::insight::Share;
use closeloop::domain::insight::figures::{ByGrade, CycleFigures};
use closeloop::domain::report::{Material, Narrative, Passage};
use closeloop::profiles::builtin;
use closeloop::report::Block;
use closeloop::report::paper::{Stage, Templates, compose};

/// A cycle of November, for a reason that the framework knows.
fn opened(world: &mut World) -> CycleId {
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
            let paper = compose(&facts, &Narrative::new(), Stage::Now, &Templates::default()).unwrap();
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
    assert!(text.contains("PROVISIONAL: 5 reviews of 7 still under way (5 still to be completed)."), "{text}");
    for reference in world.references() {
        if world.review(&reference).submitted_at.is_none() {
            world.through(&reference, "finalised");
        }
    }
    let text = said(&material(&mut world, cycle, "collaborative-review"), &Narrative::new());
    assert!(!text.contains("PROVISIONAL") && text.contains("7 of 7 complete"), "{text}");
}

fn with_grades(facts: &mut Material, counts: [u32; 4]) {
    let cycle: &mut CycleFigures = &mut facts.figures.cycles[0];
    cycle.original.drawn = ByGrade(counts);
    cycle.final_grades.drawn = ByGrade(counts);
    facts.sections = vec![("grades".into(), "Grades".into())];
    facts.run = vec![("October 2026".into(), Share::new(11, 20)), ("November 2026".into(), ByGrade(counts).good_or_better())];
}

#[test]
fn s28_a_small_number_is_left_out_with_whatever_would_give_it_away() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    // Good or better is 12 of 20, so that either of the other two would tell the other.
    with_grades(&mut facts, [6, 6, 6, 2]);
    let paper = compose(&facts, &Narrative::new(), Stage::Now, &Templates::default()).unwrap();
    let grades = paper.blocks.iter().find_map(|block| match block {
        Block::Table { head, rows } if head[0] == "Grade" => Some(rows[0].clone()),
        _ => None,
    });
    assert_eq!(grades.unwrap(), ["Reviewers\u{2019} own grade", "6", "6", "left out", "under 5", "20"]);
    // Where Good or better is small itself, the others do not tell it.
    let row = |counts: [u32; 4]| {
        let mut facts = facts.clone();
        with_grades(&mut facts, counts);
        let numbers = closeloop::report::paper::numbers::numbers(&facts);
        let own = numbers.iter().filter(|one| one.table.starts_with("Grades") && one.row.starts_with("Rev"));
        own.map(|one| one.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(row([0, 3, 10, 7]), ["left out", "under 5", "10", "left out"]);
    assert_eq!(row([5, 9, 6, 0]), ["5", "9", "6", "0"]);
    let numbers = closeloop::report::paper::numbers::numbers(&facts);
    let worst = numbers.iter().find(|one| one.table.starts_with("Grades") && one.column == "Inadequate").unwrap();
    assert_eq!(worst.value, "under 5");
    assert!(said(&facts, &Narrative::new()).contains("12 of 20 (60 %)"));
    // A cycle of which the share is small is taken together with others: left out alone, the line would stand too high.
    facts.run =
        [(9, 20), (2, 20), (8, 20), (7, 20)].into_iter().enumerate().map(|(at, (n, of))| (format!("M{at}"), Share::new(n, of))).collect();
    let text = said(&facts, &Narrative::new());
    assert!(text.contains("M0 9 of 20 (45 %); M1 to M2 10 of 40 (25 %); M3 7 of 20 (35 %)"), "{text}");
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
