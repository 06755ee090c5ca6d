//! Sandwell: the rules that are data.

use super::report;
use crate::profiles::framework;
use closeloop::domain::framework::{Conduct, FirstReview, Grading, ModerationTrigger, Rhythm, SubjectKind};

#[test]
fn s01_grades_are_given_directly_without_numbers() {
    let sandwell = framework("sandwell");
    assert!(sandwell.bands.is_empty());
    assert_eq!(sandwell.main_kind().unwrap().grading, Grading::Direct);
}

#[test]
fn s02_year_starts_in_november_with_two_month_cycles() {
    let plan = framework("sandwell").cycle;
    assert_eq!((plan.rhythm, plan.year_starts_in), (Rhythm::TwoMonthly, 11));
    let report = plan.phases.iter().find(|phase| phase.key == "report").unwrap();
    assert!(report.starts_day >= 30, "the report belongs to the second month");
}

#[test]
fn s03_five_kinds_of_review() {
    let kinds: Vec<(String, String, Conduct)> =
        framework("sandwell").kinds.into_iter().map(|kind| (kind.key, kind.prefix, kind.conduct)).collect();
    let expected = [
        ("practice-review", "PR", Conduct::Single),
        ("practice-observation", "PO", Conduct::Observation),
        ("thematic-review", "TR", Conduct::Single),
        ("benchmarking-review", "BR", Conduct::AllOnOne),
        ("peer-review", "PER", Conduct::Team),
    ];
    assert_eq!(kinds, expected.map(|(key, prefix, conduct)| (key.to_string(), prefix.to_string(), conduct)));
}

#[test]
fn s04_the_reviewers_duties_are_steps_of_their_own() {
    let sandwell = framework("sandwell");
    let review = sandwell.kind("practice-review").unwrap();
    for key in ["record-read", "child-feedback", "family-contact", "learning-conversation"] {
        assert!(review.step(key).is_some(), "{key}");
    }
    let (_, meeting) = review.step("learning-conversation").unwrap();
    assert!(meeting.fields.iter().any(|field| field.key == "lift-to-good"));
}

#[test]
fn s05_s06_subjects_reviewers_and_first_reviews() {
    let sandwell = framework("sandwell");
    let review = sandwell.kind("practice-review").unwrap();
    use SubjectKind::{Adopter, CareExperienced, Child, FosterCarer};
    assert_eq!(review.subjects, [Child, CareExperienced, FosterCarer, Adopter]);
    for role in ["AP", "PEA", "TM", "IC", "Director", "CEO"] {
        assert!(review.reviewers.contains(&role.to_string()), "{role}");
    }
    assert_eq!(review.first_review, Some(FirstReview::LineManager));
}

#[test]
fn s07_every_practice_review_is_moderated_by_its_own_service() {
    let rule = framework("sandwell").moderation;
    assert_eq!((rule.takes, rule.own_service), (vec![ModerationTrigger::Every], true));
    assert_eq!(rule.kinds, ["practice-review"]);
    assert_eq!(rule.members, ["SM", "HoS", "RM"]);
}

#[test]
fn s09_s12_fostering_changes_the_people() {
    let rule = framework("sandwell").escalation;
    assert_eq!(rule.fostering, [("SM".to_string(), "RM".to_string()), ("HoS".to_string(), "RespInd".to_string())]);
    assert_eq!(rule.dispute_decided_by.unwrap().role, "HoS");
}

#[test]
fn s10_s11_escalation_covers_three_kinds_and_asks_three_things() {
    let rule = framework("sandwell").escalation;
    assert_eq!(rule.kinds, ["practice-review", "thematic-review", "practice-observation"]);
    assert_eq!(rule.addressees.iter().map(|addressee| addressee.role.as_str()).collect::<Vec<_>>(), ["SM", "HoS"]);
    let asked: Vec<&str> = rule.assurance.iter().map(|question| question.key.as_str()).collect();
    assert_eq!(asked, ["safety", "mitigation", "needed"]);
}

#[test]
fn s13_s14_tracking_and_targeted_support() {
    let rule = framework("sandwell").tracking;
    assert_eq!(rule.tracked_by, ["AP", "RM"]);
    let support: Vec<(&str, &str)> = rule.support.iter().map(|(role, by)| (role.as_str(), by.as_str())).collect();
    assert_eq!(support, [("SW", "AP"), ("TM", "SM"), ("IC", "PIRO"), ("Carer", "RM")]);
}

#[test]
fn s15_s16_the_two_reports_alternate_and_take_in_their_services() {
    let sandwell = framework("sandwell");
    let (main, enabler) = (report(&sandwell, "qa-report"), report(&sandwell, "enabler-report"));
    let mut months = [main.months.clone(), enabler.months.clone()].concat();
    months.sort_unstable();
    assert_eq!(months, (1..=12).collect::<Vec<u32>>());
    assert_eq!((main.takes_in, enabler.takes_in), (vec!["fostering-report".to_string()], vec!["resources-report".to_string()]));
}

#[test]
fn s17_reports_answer_four_questions() {
    let sandwell = framework("sandwell");
    for key in ["qa-report", "enabler-report", "fostering-report", "resources-report"] {
        let sections: Vec<String> = report(&sandwell, key).sections.into_iter().take(4).map(|section| section.key).collect();
        assert_eq!(sections, ["how-much", "how-well", "difference", "improving"], "{key}");
    }
}

#[test]
fn s18_s19_s20_the_years_events() {
    let events = framework("sandwell").cycle.events;
    let times = |key: &str| events.iter().find(|event| event.key == key).unwrap().times_a_year;
    assert_eq!((times("benchmarking-review"), times("peer-review")), (2, 1));
    assert_eq!(events.iter().find(|event| event.key == "practice-review-learning").unwrap().months, [4, 10]);
}

#[test]
fn s22_s27_s28_boards_forums_and_a_page_for_the_web() {
    let sandwell = framework("sandwell");
    let responsible: Vec<&str> = sandwell.boards.iter().filter(|board| board.responsible).map(|board| board.key.as_str()).collect();
    assert_eq!(responsible, ["pib"]);
    assert_eq!(sandwell.boards.iter().filter(|board| board.forum).count(), 6);
    assert!(report(&sandwell, "web-report").public);
}
