//! Why a review comes before the panel, by the profile alone. M06, S07, C01, F08, Q03, Q04, S06, F21.

use super::table::{moderated_by, seen, submitted};
use crate::cli::place::Place;
use crate::support::world::merton_text;
use closeloop::domain::framework::{Framework, Grading};
use closeloop::domain::grade::{Grade, Judgement};
use closeloop::domain::panel::{Submitted, WhyHere, at_the_edge, reasons};
use closeloop::profiles::{Catalog, parse};

fn built_in(id: &str) -> Framework {
    Catalog::built_in().framework(id).unwrap()
}

fn own(takes: &str) -> Framework {
    parse(&moderated_by(takes, "members = [\"SM\"]\nquorum = 1\nsealed = true"), "the test's profile").unwrap()
}

/// What speaks for the panel when a review of this kind is submitted with this grade; nothing else is known of it.
fn why(framework: &Framework, kind: &str, grade: Grade, change: impl FnOnce(&mut Submitted<'_>)) -> Vec<WhyHere> {
    let kind = framework.kinds.iter().find(|known| known.key == kind).unwrap_or_else(|| panic!("there is no {kind}"));
    let judgement = (kind.grading != Grading::Ungraded).then_some(Judgement { scaling: None, grade });
    let mut submitted = Submitted { framework, kind, judgement, first_review: false, tension: false, drawn: false };
    change(&mut submitted);
    reasons(&submitted)
}

fn for_every_grade(id: &str, kind: &str) -> [Vec<WhyHere>; 4] {
    let framework = built_in(id);
    Grade::ALL.map(|grade| why(&framework, kind, grade, |_| {}))
}

#[test]
fn m06_outstanding_and_inadequate_come_and_no_other_grade() {
    let found = for_every_grade("merton", "collaborative-review");
    assert_eq!(found, [vec![WhyHere::Grade], vec![], vec![], vec![WhyHere::Grade]]);
}

#[test]
fn m06_the_agenda_is_there_with_nobody_listing_it() {
    let mut world = submitted(&[2, 7, 9, 5, 10]);
    let wanted = super::table::wanted(&world);
    let panel = world.sits_as(wanted);
    let agenda = seen(&mut world, "Iris Tamm", panel).agenda;
    let found: Vec<(&str, &str)> = agenda.iter().map(|row| (row.reference.as_str(), row.why.as_str())).collect();
    assert_eq!(found, [("CR-0001", "the rules ask for it"), ("CR-0003", "the rules ask for it"), ("CR-0005", "the rules ask for it")]);
    assert!(agenda.iter().all(|row| row.reasons == [WhyHere::Grade]));
    let coverage = seen(&mut world, "Iris Tamm", panel).coverage;
    assert_eq!((coverage.due, coverage.done, coverage.outstanding()), (3, 0, 3));
}

#[test]
fn s07_every_practice_review_comes_and_no_other_kind() {
    assert_eq!(for_every_grade("sandwell", "practice-review"), [const { &[WhyHere::Every] }; 4].map(|why| why.to_vec()));
    for other in built_in("sandwell").kinds.iter().filter(|kind| kind.key != "practice-review") {
        assert_eq!(for_every_grade("sandwell", &other.key), [const { Vec::new() }; 4], "{}", other.key);
    }
}

#[test]
fn c01_every_practice_evaluation_comes_and_no_other_kind() {
    assert_eq!(for_every_grade("central-bedfordshire", "practice-evaluation"), [const { &[WhyHere::Every] }; 4].map(|why| why.to_vec()));
    for other in built_in("central-bedfordshire").kinds.iter().filter(|kind| kind.key != "practice-evaluation") {
        assert_eq!(for_every_grade("central-bedfordshire", &other.key), [const { Vec::new() }; 4], "{}", other.key);
    }
}

#[test]
fn f08_the_share_comes_and_the_grade_says_nothing() {
    assert_eq!(for_every_grade("sefton", "thematic-audit"), [const { Vec::new() }; 4]);
    for grade in Grade::ALL {
        let found = why(&built_in("sefton"), "thematic-audit", grade, |submitted| submitted.drawn = true);
        assert_eq!(found, [WhyHere::RandomShare]);
    }
    // Who is drawn where nothing is drawn does not come.
    assert_eq!(why(&built_in("merton"), "collaborative-review", Grade::Good, |submitted| submitted.drawn = true), []);
}

#[test]
fn q03_what_a_pair_agrees_waits_for_no_sitting() {
    assert_eq!(for_every_grade("quarterly-learning", "random-sampling-audit"), [const { Vec::new() }; 4]);
}

#[test]
fn q04_what_a_workshop_grades_comes_before_it() {
    let mut framework = built_in("quarterly-learning");
    let place = framework.kinds.iter().position(|kind| kind.key == "themed-audit").unwrap();
    assert_eq!(why(&framework, "themed-audit", Grade::Good, |_| {}), [], "never graded, there is nothing to moderate (Q02)");
    framework.kinds[place].grading = Grading::Direct;
    for grade in Grade::ALL {
        assert_eq!(why(&framework, "themed-audit", grade, |_| {}), [WhyHere::Workshop]);
    }
    assert_eq!(why(&framework, "random-sampling-audit", Grade::Good, |_| {}), [], "a pair holds no workshop");
}

#[test]
fn s06_f21_a_first_review_comes_where_the_council_says_so() {
    for (id, kind) in [("sandwell", "practice-review"), ("sefton", "thematic-audit")] {
        let text = crate::support::cast::text_of(id);
        let takes = text.find("takes = [{ why =").unwrap();
        let ours = format!("{}takes = [{{ why = \"new-reviewer\" }}]\n#{}", &text[..takes], &text[takes..]);
        let ours = parse(&ours, "the test's profile").unwrap();
        assert_eq!(why(&ours, kind, Grade::Good, |submitted| submitted.first_review = true), [WhyHere::NewReviewer], "{id}");
        assert_eq!(why(&ours, kind, Grade::Good, |_| {}), [], "{id}");
        assert!(!why(&built_in(id), kind, Grade::Good, |submitted| submitted.first_review = true).contains(&WhyHere::NewReviewer));
    }
}

#[test]
fn m01_the_edge_of_a_grade_is_where_another_one_begins() {
    let ours = own("{ why = \"borderline\" }");
    for point in 0..=10u8 {
        let grade = ours.bands.iter().find(|band| (band.from..=band.to).contains(&point)).unwrap().grade;
        let judgement = Judgement { scaling: Some(point), grade };
        let edge = matches!(point, 2 | 3 | 5 | 6 | 8 | 9);
        assert_eq!(at_the_edge(&ours, judgement), edge, "scaled {point}");
        let found = why(&ours, "collaborative-review", grade, |submitted| submitted.judgement = Some(judgement));
        assert_eq!(found, if edge { vec![WhyHere::Borderline] } else { Vec::new() }, "scaled {point}");
    }
    assert!(!at_the_edge(&ours, Judgement { scaling: None, grade: Grade::Good }), "a grade without its point has no edge");
}

#[test]
fn a_disagreement_of_sections_and_overall_comes_where_the_council_says_so() {
    let ours = own("{ why = \"tension\" }");
    assert_eq!(why(&ours, "collaborative-review", Grade::Good, |submitted| submitted.tension = true), [WhyHere::Tension]);
    assert_eq!(why(&ours, "collaborative-review", Grade::Good, |_| {}), []);
    assert_eq!(why(&built_in("merton"), "collaborative-review", Grade::Good, |submitted| submitted.tension = true), []);
}

#[test]
fn an_item_keeps_all_its_reasons_and_each_once() {
    let ours = own("{ why = \"tension\" }, { why = \"every\" }, { why = \"grades\", grades = [\"good\"] }, { why = \"every\" }");
    let found = why(&ours, "collaborative-review", Grade::Good, |submitted| submitted.tension = true);
    assert_eq!(found, [WhyHere::Grade, WhyHere::Every, WhyHere::Tension]);
    for reason in WhyHere::ALL {
        assert_eq!(WhyHere::from_key(reason.key()), Some(reason));
    }
}

#[test]
fn q02_what_is_never_graded_comes_before_no_panel() {
    let ours = own("{ why = \"every\" }");
    assert_eq!(why(&ours, "collaborative-review", Grade::Good, |submitted| submitted.judgement = None), []);
}

#[test]
fn the_check_of_a_profile_knows_the_new_reasons_and_the_comparison_explains_them() {
    let place = Place::empty();
    let file = place.file("ours.toml", &moderated_by("{ why = \"borderline\" }, { why = \"tension\" }", MEMBERS_AND_QUORUM));
    assert!(place.run(&["framework", "check", &file]).done().contains("is sound"));
    let said = place.run(&["framework", "check", &file, "--against", "merton"]).done();
    for words in ["every scaling at the edge of a grade", "every review whose sections and overall grade disagree"] {
        assert!(said.contains(words), "{said}");
    }
    let file = place.file("typo.toml", &moderated_by("{ why = \"borderlne\" }", MEMBERS_AND_QUORUM));
    let said = place.run(&["framework", "check", &file]).refused();
    assert!(said.contains("Did you mean \"borderline\"?"), "{said}");
}

const MEMBERS_AND_QUORUM: &str = "members = [\"SM\"]\nquorum = 1\nsealed = true";

#[test]
fn a_reason_that_no_review_can_meet_is_a_mistake_of_the_profile() {
    for (takes, what) in [
        ("{ why = \"disputed\" }", "needs a yes-no field with no_disputes = true"),
        ("{ why = \"new-reviewer\" }", "needs a moderated kind that says what goes with a first_review"),
    ] {
        let refused = parse(&moderated_by(takes, MEMBERS_AND_QUORUM), "the test's profile").unwrap_err();
        assert!(format!("{refused:?}").contains(what), "{refused:?}");
    }
    let by_grade = moderated_by("{ why = \"borderline\" }", MEMBERS_AND_QUORUM);
    let by_grade = by_grade.replacen("grading = \"scaling\"", "grading = \"direct\"", 1);
    let refused = parse(&by_grade, "the test's profile").unwrap_err();
    assert!(format!("{refused:?}").contains("needs a moderated kind that is graded by scaling"), "{refused:?}");
    assert!(parse(merton_text(), "Merton's").is_ok());
}
