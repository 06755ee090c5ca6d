//! Sefton: the rules that are data.

use super::register;
use crate::profiles::framework;
use chrono::NaiveDate;
use closeloop::domain::framework::{FirstReview, Grading, LoopLink, ModerationTrigger, Span};

#[test]
fn f01_f06_six_key_areas_are_graded_and_the_conversations_are_not() {
    let sefton = framework("sefton");
    let audit = sefton.main_kind().unwrap();
    assert_eq!(audit.grading, Grading::ByArea);
    let graded: Vec<&str> = audit.areas.iter().filter(|area| area.graded).map(|area| area.key.as_str()).collect();
    assert_eq!(graded, ["help-protection", "recording", "assessment", "relationships", "multi-agency", "oversight"]);
    let ungraded: Vec<&str> = audit.areas.iter().filter(|area| !area.graded).map(|area| area.key.as_str()).collect();
    assert_eq!(ungraded, ["practitioner-conversation", "family-feedback"]);
}

#[test]
fn f02_f03_f05_sampling_looks_back_six_months_takes_showcases_and_spares_last_months_workers() {
    let rule = framework("sefton").sampling;
    assert_eq!(rule.look_back, Some(Span::Months(6)));
    assert!(rule.showcase && rule.skip_workers_of_last_cycle);
}

#[test]
fn f04_five_roles_get_a_weeks_notice_from_a_list_made_the_month_before() {
    let sefton = framework("sefton");
    let notice = sefton.sampling.notice.unwrap();
    assert_eq!((notice.before, notice.to.join(" ")), (Span::Weeks(1), "SW TM SM IRO CP-Chair".to_string()));
    let sample = sefton.cycle.phases.iter().find(|phase| phase.key == "sample").unwrap();
    assert!(sample.ends_day <= -7);
}

#[test]
fn f08_f09_a_third_and_every_dispute_go_to_a_panel_of_four() {
    let rule = framework("sefton").moderation;
    assert_eq!(rule.takes, [ModerationTrigger::RandomShare(33), ModerationTrigger::Disputed]);
    assert_eq!(rule.members, ["AD-QA", "PSW", "QAM", "SM-SRU"]);
}

#[test]
fn f10_an_immediate_concern_goes_to_two_managers_and_the_assistant_director_signs_off() {
    let rule = framework("sefton").escalation;
    assert!(rule.immediate_concern && rule.discussed_in_supervision && rule.grades.is_empty());
    assert_eq!(rule.addressees.iter().map(|addressee| addressee.role.as_str()).collect::<Vec<_>>(), ["TM", "SM"]);
    assert_eq!(rule.signed_off_by.as_deref(), Some("AD"));
}

#[test]
fn f18_the_safeguarding_unit_raises_practice_alerts_after_a_clear_conversation() {
    let rule = framework("sefton").drp.unwrap();
    assert_eq!((rule.called.as_str(), rule.formal_within, rule.raised_by.len()), ("practice alert", None, 3));
    assert_eq!(rule.stages.iter().map(|stage| stage.formal).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn f11_f14_actions_have_forty_days_and_are_revisited_after_six_months() {
    let sefton = framework("sefton");
    assert_eq!((sefton.actions.limit, sefton.actions.signed_off_by), (Some(Span::Days(40)), vec!["TM".to_string()]));
    assert_eq!(sefton.actions.revisit_after, Some(Span::Months(6)));
    assert_eq!(sefton.tracking.revisit_areas_after, Some(Span::Months(6)));
}

#[test]
fn f12_every_audit_is_tracked_to_a_reflective_discussion() {
    let rule = framework("sefton").tracking;
    assert_eq!(rule.grades.len(), 4);
    assert!(rule.needs.contains(&LoopLink::ReflectiveDiscussion));
}

#[test]
fn f16_observations_are_expected_twice_a_year_and_returned_in_january_and_july() {
    let register = register(&framework("sefton"), "practice-observations");
    assert_eq!(register.months, [1, 7]);
    let expected = |role: &str| register.expects.iter().find(|expected| expected.roles.iter().any(|known| known == role)).unwrap();
    assert_eq!(expected("SW").at_least_one, Some(("observed".to_string(), "direct-work".to_string())));
    assert_eq!(expected("TM").at_least_one, Some(("observed".to_string(), "supervision".to_string())));
    assert_eq!((expected("SW").times_a_year, expected("TM").times_a_year, expected("NQSW").times_a_year), (2, 2, 0));
}

#[test]
fn f20_the_pool_of_auditors_changes_on_a_date() {
    let sefton = framework("sefton");
    let audit = sefton.main_kind().unwrap();
    let day = |month, day| NaiveDate::from_ymd_opt(2022, month, day).unwrap();
    assert!(!audit.reviewers_on(day(11, 30)).contains(&"TM".to_string()));
    for role in ["AD", "TM", "IRO", "FIRO", "CP-Chair", "PanelAdviser"] {
        assert!(audit.reviewers_on(day(12, 1)).contains(&role.to_string()), "{role}");
    }
}

#[test]
fn f21_f22_f23_first_audits_focus_reasons_and_extra_work() {
    let sefton = framework("sefton");
    assert_eq!(sefton.main_kind().unwrap().first_review, Some(FirstReview::Together("PIT".to_string())));
    assert_eq!(sefton.cycle.focus_reasons.len(), 7);
    assert!(sefton.cycle.extra_work);
}
