//! Quarterly learning framework: the rules that are data.

use crate::profiles::framework;
use closeloop::domain::framework::{Conduct, Grading, Independence, ModerationTrigger, Rhythm, SubjectKind};

#[test]
fn q01_cycles_are_quarterly() {
    assert_eq!(framework("quarterly-learning").cycle.rhythm, Rhythm::Quarterly);
}

#[test]
fn q02_learning_audits_are_ungraded_proposed_independent_and_two_for_each_service_manager() {
    let learning = framework("quarterly-learning");
    let audit = learning.kind("learning-audit").unwrap();
    assert_eq!((audit.grading, audit.independence, audit.per_reviewer), (Grading::Ungraded, Independence::OwnLine, Some(2)));
    assert_eq!(audit.reviewers, ["SM"]);
    assert!(learning.sampling.proposed_by_managers && !audit.sampled);
    assert!(audit.step("self-audit").is_some());
    for rule in [&learning.moderation.kinds, &learning.escalation.kinds, &learning.tracking.kinds] {
        assert!(!rule.contains(&audit.key));
    }
}

#[test]
fn q03_random_sampling_audits_are_done_by_pairs_in_one_service_after_another() {
    let learning = framework("quarterly-learning");
    let audit = learning.sampled_kind().unwrap();
    assert_eq!((audit.key.as_str(), audit.conduct, audit.grading), ("random-sampling-audit", Conduct::Pair, Grading::Direct));
    assert!(learning.sampling.rotate_services);
    assert_eq!((learning.sampling.default_size, audit.per_reviewer), (10, Some(2)));
    assert!(learning.moderation.takes.contains(&ModerationTrigger::JointAgreement));
}

#[test]
fn q04_themed_audits_are_commissioned_by_a_board_and_end_in_a_workshop() {
    let learning = framework("quarterly-learning");
    let audit = learning.kind("themed-audit").unwrap();
    assert_eq!(audit.conduct, Conduct::Workshop);
    assert_eq!(audit.commissioned_by, ["practice-board", "care-programme", "dlt", "scp"]);
    assert!(audit.step("workshop").is_some());
    assert!(learning.cycle.extra_work);
}

#[test]
fn q05_four_learning_visits_a_year_by_senior_managers_from_outside() {
    let learning = framework("quarterly-learning");
    let visit = learning.kind("learning-visit").unwrap();
    assert_eq!((visit.conduct, visit.independence), (Conduct::Team, Independence::OwnLine));
    assert_eq!(visit.subjects, [SubjectKind::Service]);
    assert_eq!(learning.cycle.events.iter().find(|event| event.key == "learning-visit").unwrap().times_a_year, 4);
}

#[test]
fn q06_findings_go_to_named_forums() {
    assert_eq!(framework("quarterly-learning").boards.iter().filter(|board| board.forum).count(), 4);
}
