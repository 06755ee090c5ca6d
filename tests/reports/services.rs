//! What reviewers see together, in reports: files that several of them graded (S18), and services that were visited (S19, Q05).

use super::{material, said};
use crate::support::world::World;
use chrono::{DateTime, Utc};
use closeloop::demo::{self, DemoWanted};
use closeloop::domain::id::ReviewId;
use closeloop::domain::insight::Cell;
use closeloop::domain::query::Viewer;
use closeloop::domain::report::told::Kind;
use closeloop::domain::report::{JointLine, Material, Narrative, VisitAbout};
use closeloop::profiles::{Catalog, builtin};
use closeloop::runtime::answers::reports::fresh;
use closeloop::runtime::library::Library;
use closeloop::store::Store;

fn sandwell() -> &'static str {
    builtin().iter().find(|(id, _)| *id == "sandwell").unwrap().1
}

/// The benchmarking report about one file with these grades, best first.
fn of_one_file(facts: &Material, grades: [u32; 4], agreed: &str) -> String {
    let joint = vec![JointLine { review: ReviewId(1), reference: "BR-0001".into(), grades, agreed: agreed.into() }];
    said(&Material { joint, ..facts.clone() }, &Narrative::new())
}

#[test]
fn s18_how_far_the_reviewers_of_a_file_agreed_is_said_in_a_sentence() {
    let mut world = World::under(sandwell());
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    let facts = material(&mut world, cycle, "benchmarking-report");
    let cases = [
        ([0, 8, 0, 0], "Good", "BR-0001: all 8 reviewers gave the same grade, Good."),
        ([2, 5, 1, 0], "Good", "BR-0001: 5 of 8 reviewers gave Good, which was agreed in the end as well. The grades lie 2 steps apart."),
        (
            [0, 5, 3, 0],
            "Requires improvement",
            "BR-0001: 5 of 8 reviewers gave Good, and the grades lie 1 step apart. 3 of 8 had given the grade that was agreed in the end, \
             Requires improvement.",
        ),
        ([3, 3, 0, 1], "", "BR-0001: 3 of 7 reviewers gave Outstanding, 3 gave Good, and the grades lie 3 steps apart."),
        ([0, 0, 0, 0], "", "BR-0001: nobody has graded it yet."),
    ];
    for (grades, agreed, sentence) in cases {
        let text = of_one_file(&facts, grades, agreed);
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
}

/// A made-up year.
pub(super) fn year(framework: &str, folder: &std::path::Path) -> Store {
    let path = folder.join("council.db");
    let now: DateTime<Utc> = "2026-11-27T14:06:00Z".parse().unwrap();
    let wanted = DemoWanted { framework: framework.into(), reviews: 130, seed: 7, now, faults: false };
    demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    Store::open(&path).unwrap()
}

/// The newest kept report of a kind in a made-up year.
pub(super) fn kept(framework: &str, kind: &str) -> Material {
    let folder = tempfile::tempdir().unwrap();
    let store = year(framework, folder.path());
    let found = store.reading().cycles().unwrap().into_iter().find_map(|(cycle, _)| store.reading().newest_report(cycle.id, kind).unwrap());
    *found.unwrap_or_else(|| panic!("{framework} keeps no {kind}")).0.material
}

#[test]
fn q05_s19_a_visit_is_told_in_the_words_of_whoever_led_it() {
    for (framework, kind) in [("quarterly-learning", "learning-visit"), ("sandwell", "peer-review-report")] {
        let facts = kept(framework, kind);
        assert_eq!(facts.visits.len(), 1, "{framework}");
        let visit = &facts.visits[0];
        for about in [VisitAbout::Seen, VisitAbout::Strengths, VisitAbout::Improve] {
            assert!(visit.passages.iter().any(|passage| passage.about == about), "{framework}: {about:?}");
        }
        let text = said(&facts, &Narrative::new());
        for passage in visit.passages.iter().filter(|passage| kind == "learning-visit" || passage.about != VisitAbout::Seen) {
            for line in passage.text.lines() {
                assert!(text.contains(line.trim_start_matches("- ")), "{framework} does not say {line}\n{text}");
            }
        }
    }
}

#[test]
fn q05_what_looks_at_a_service_has_no_case_on_the_sample_card() {
    let folder = tempfile::tempdir().unwrap();
    let store = year("quarterly-learning", folder.path());
    let (cycles, now) = (store.reading().cycles().unwrap(), "2026-11-27T14:06:00Z".parse::<DateTime<Utc>>().unwrap());
    let cycles: Vec<_> = cycles.into_iter().map(|(cycle, _)| cycle.id).collect();
    let viewer = Viewer::of(None, now, now.date_naive());
    let lines = store.reading().sample_of(&cycles, &viewer).unwrap();
    let visits: Vec<_> = lines.iter().filter(|line| line.reference.starts_with("LV-")).collect();
    assert!(!visits.is_empty() && lines.len() > visits.len());
    assert!(visits.iter().all(|line| line.case.is_empty() && line.case_type == "service" && !line.service.is_empty()), "{visits:?}");
    assert!(lines.iter().filter(|line| !line.reference.starts_with("LV-")).all(|line| !line.case.is_empty()));
}

#[test]
fn s18_the_made_up_year_has_a_file_whose_reviewers_have_talked() {
    let facts = kept("sandwell", "benchmarking-report");
    assert_eq!(facts.joint.len(), 1);
    assert_eq!((facts.joint[0].grades.iter().sum::<u32>(), facts.joint[0].agreed.as_str()), (8, "Good"));
}

#[test]
fn a_report_about_children_takes_no_text_out_of_their_reviews() {
    assert!(kept("quarterly-learning", "random-sampling").visits.is_empty());
}

#[test]
fn s19_q05_a_visit_to_a_service_is_no_part_of_the_caseload_that_was_looked_at() {
    for (framework, cycle, kind) in [("quarterly-learning", "2026-q3", "sample-card"), ("sandwell", "2026-09", "qa-report")] {
        let folder = tempfile::tempdir().unwrap();
        let store = year(framework, folder.path());
        let now: DateTime<Utc> = "2026-11-27T14:06:00Z".parse().unwrap();
        let viewer = Viewer::of(None, now, now.date_naive());
        let cycle = store.reading().cycles().unwrap().into_iter().find(|(one, _)| one.reference == cycle).unwrap().0.id;
        let facts = fresh(store.reading(), &mut Library::default(), &viewer, cycle, kind, false).unwrap().0;
        let coverage = &facts.figures.coverage;
        assert_eq!(coverage.visits, 1, "{framework}");
        for part in [&coverage.services, &coverage.teams, &coverage.case_types] {
            assert!(part.iter().all(|one| !one.key.is_empty()), "{framework}: what is not known stands among {part:?}");
        }
        let text = said(&facts, &Narrative::new());
        assert!(!text.contains("Not known"), "{framework}: {text}");
        assert!(text.contains("Besides these, 1 review looks at a service as a whole."), "{framework}: {text}");
    }
}

#[test]
fn q02_q04_the_made_up_year_has_learning_audits_to_tell_of_and_indicators_beside_a_themed_audit() {
    let facts = kept("quarterly-learning", "learning-themes");
    assert!(facts.figures.cycles.iter().all(|cycle| cycle.progress.submitted > 0), "{:?}", facts.figures.cycles);
    let text = said(&facts, &Narrative::new());
    assert!(!text.contains("No learning audit belongs to this time"), "{text}");
    assert!(!kept("quarterly-learning", "themed-audit").figures.indicators.is_empty());
}

#[test]
fn s28_a_column_of_nothing_but_small_numbers_is_said_once() {
    let mut facts = kept("quarterly-learning", "random-sampling");
    facts.sections = vec![("cohort".into(), "What was looked at".into())];
    let mut told = facts.told().into_owned();
    let services = told.counts.iter_mut().filter(|one| one.table == Kind::Services);
    services.enumerate().for_each(|(place, one)| one.cell = if place == 0 { Cell::Shown(0) } else { Cell::Small });
    told.counts.iter_mut().filter(|one| one.table == Kind::CaseTypes).for_each(|one| one.cell = Cell::Shown(7));
    facts.told = Some(Box::new(told));
    let text = said(&facts, &Narrative::new()).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("How these reviews spread over services is not shown: each number is under 5"), "{text}");
    assert!(!text.contains("over case types is not shown"), "{text}");
}
