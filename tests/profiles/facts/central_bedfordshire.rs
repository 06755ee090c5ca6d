//! Central Bedfordshire: the rules that are data.

use super::{register, report};
use crate::profiles::framework;
use closeloop::domain::framework::{LoopLink, ModerationTrigger, Rhythm, Span};
use closeloop::domain::grade::Grade;

#[test]
fn c01_c03_every_evaluation_is_moderated_and_evaluators_are_named() {
    let council = framework("central-bedfordshire");
    assert_eq!((council.cycle.rhythm, council.moderation.takes), (Rhythm::Monthly, vec![ModerationTrigger::Every]));
    for role in ["TM", "PM", "IRO", "CSW", "AuditManager", "HoS"] {
        assert!(council.kinds[0].reviewers.contains(&role.to_string()), "{role}");
    }
}

#[test]
fn c02_five_strands() {
    let council = framework("central-bedfordshire");
    let kinds: Vec<&str> = council.kinds.iter().map(|kind| kind.key.as_str()).collect();
    assert_eq!(kinds, ["practice-evaluation", "thematic-audit", "multi-agency-audit", "peer-audit"], "moderation is the fifth");
}

#[test]
fn c04_an_inadequate_needs_a_reflective_discussion() {
    let rule = framework("central-bedfordshire").tracking;
    assert_eq!(rule.grades, [Grade::Inadequate]);
    assert!(rule.needs.contains(&LoopLink::ReflectiveDiscussion));
}

#[test]
fn c05_disputes_start_with_the_operational_manager_and_may_go_higher_at_any_time() {
    let rule = framework("central-bedfordshire").drp.unwrap();
    assert_eq!(
        rule.stages.iter().map(|stage| (stage.formal, stage.to.join(" "))).collect::<Vec<_>>(),
        [(false, "TM".to_string()), (true, "HoS".to_string())]
    );
    assert!(rule.at_any_time.contains(&"AD".to_string()) && rule.at_any_time.contains(&"Director".to_string()));
}

#[test]
fn c06_c07_c08_c12_c13_c14_registers() {
    let council = framework("central-bedfordshire");
    for key in ["general-concerns", "monitoring-forms", "liaison-meetings", "audit-champions", "targeted-support", "placement-visits"] {
        register(&council, key);
    }
    let monthly = report(&council, "monthly-qa");
    assert!(monthly.sections.iter().any(|section| section.key == "general-concerns"));
}

#[test]
fn c09_c10_c11_reports_and_their_rhythm() {
    let council = framework("central-bedfordshire");
    let every = |key: &str| report(&council, key).every;
    assert_eq!(every("weekly-performance"), Some(Span::Weeks(1)));
    assert_eq!((every("quarterly-audit"), every("quarterly-conference-review")), (Some(Span::Months(3)), Some(Span::Months(3))));
    assert_eq!((every("feedback"), every("training-requests")), (Some(Span::Months(3)), Some(Span::Months(1))));
}

#[test]
fn c15_voice_measures_stand_among_the_indicators() {
    let indicators = framework("central-bedfordshire").indicators;
    for key in ["seen-alone", "participation", "voice-at-visits"] {
        assert!(indicators.iter().any(|indicator| indicator.key == key), "{key}");
    }
}

#[test]
fn c16_the_improvement_cycle_has_five_stages_that_hold_every_phase() {
    let plan = framework("central-bedfordshire").cycle;
    let stages: Vec<&str> = plan.stages.iter().map(|stage| stage.key.as_str()).collect();
    assert_eq!(stages, ["set-standards", "deliver", "monitor", "analyse", "improve"]);
    for phase in &plan.phases {
        assert_eq!(plan.stages.iter().filter(|stage| stage.phases.contains(&phase.key)).count(), 1, "{}", phase.key);
    }
}
