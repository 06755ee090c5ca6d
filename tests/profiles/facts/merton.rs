//! Merton: the rules that are data.

use super::{register, report};
use crate::profiles::framework;
use closeloop::domain::framework::{AnswerKind, Framework, LoopLink, ModerationTrigger, Rhythm, Side, Span, StepDuty};
use closeloop::domain::grade::Grade;

fn duties(framework: &Framework, kind: &str) -> Vec<StepDuty> {
    framework.kind(kind).unwrap().steps.iter().map(|step| step.duty).collect()
}

fn grade_of(framework: &Framework, point: u8) -> Grade {
    framework.bands.iter().find(|band| band.from <= point && point <= band.to).unwrap().grade
}

#[test]
fn m01_bands_turn_a_scaling_into_a_grade() {
    let merton = framework("merton");
    let grades: Vec<Grade> = (0..=10).map(|point| grade_of(&merton, point)).collect();
    use Grade::{Good as G, Inadequate as I, Outstanding as O, RequiresImprovement as R};
    assert_eq!(grades, [I, I, I, R, R, R, G, G, G, O, O]);
}

#[test]
fn m02_the_cycle_is_monthly_and_names_its_focus() {
    let merton = framework("merton");
    assert_eq!((merton.cycle.rhythm, merton.cycle.focus_required), (Rhythm::Monthly, true));
    let phases: Vec<&str> = merton.cycle.phases.iter().map(|phase| phase.key.as_str()).collect();
    assert_eq!(phases, ["plan", "sample", "allocate", "review", "moderate", "return", "finalise", "report", "close"]);
}

#[test]
fn m03_reviewers_are_managers_reviewing_officers_and_their_equivalents() {
    let merton = framework("merton");
    let review = merton.main_kind().unwrap();
    for role in ["TM", "IRO", "SM", "HoS", "Director"] {
        assert!(review.reviewers.contains(&role.to_string()), "{role}");
    }
    assert!(!review.reviewers.contains(&"SW".to_string()));
    assert_eq!(merton.role("Practice manager").unwrap().key, "TM");
}

#[test]
fn m04_the_steps_stand_in_their_order_and_only_contacts_may_fail() {
    let merton = framework("merton");
    let steps = &merton.main_kind().unwrap().steps;
    let keys: Vec<&str> = steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(keys, ["allocated", "contact", "learning-conversation", "family-contact", "completed", "returned", "finalised"]);
    use StepDuty::{Allocate, FamilyContact, Finalise, Record, Return, Submit};
    assert_eq!(duties(&merton, "collaborative-review"), [Allocate, Record, Record, FamilyContact, Submit, Return, Finalise]);
    let may_fail: Vec<&str> = steps.iter().filter(|step| step.may_not_happen).map(|step| step.key.as_str()).collect();
    assert_eq!(may_fail, ["learning-conversation", "family-contact"]);
    assert!(steps[5].fields.iter().any(|field| field.key == "reflection-offered" && field.required));
    assert!(steps[6].fields.iter().any(|field| field.key == "tm-assurance" && field.required));
}

#[test]
fn m06_m07_the_panel_takes_both_ends_and_invites_reviewer_and_team_manager() {
    let rule = framework("merton").moderation;
    assert_eq!(rule.takes, [ModerationTrigger::Grades(vec![Grade::Outstanding, Grade::Inadequate])]);
    assert_eq!((rule.invites_reviewer, rule.invites), (true, vec!["TM".to_string()]));
}

#[test]
fn m10_an_inadequate_is_told_to_six_people() {
    let told: Vec<(String, Side)> =
        framework("merton").escalation.addressees.into_iter().map(|addressee| (addressee.role, addressee.side)).collect();
    let expected = [
        ("insights-tm", Side::Insights),
        ("insights-sm", Side::Insights),
        ("insights-hos", Side::Insights),
        ("TM", Side::Child),
        ("SM", Side::Child),
        ("HoS", Side::Child),
    ];
    assert_eq!(told, expected.map(|(role, side)| (role.to_string(), side)));
}

#[test]
fn m11_m13_the_childs_service_manager_has_24_hours_and_the_insights_head_decides() {
    let rule = framework("merton").escalation;
    assert_eq!((rule.reviewed_by.as_deref(), rule.review_within), (Some("SM"), Some(Span::Hours(24))));
    assert!(rule.assurance.iter().any(|question| question.key == "safety"));
    assert!(rule.assurance.iter().any(|question| question.key == "quality"));
    let decider = rule.dispute_decided_by.unwrap();
    assert_eq!((decider.role.as_str(), decider.side), ("insights-hos", Side::Insights));
}

#[test]
fn m14_a_dispute_is_informal_first_and_its_formal_part_has_20_working_days() {
    let rule = framework("merton").drp.unwrap();
    assert_eq!(rule.raised_by, ["IRO", "FIRO"]);
    assert_eq!(rule.stages.iter().map(|stage| stage.formal).collect::<Vec<_>>(), [false, true]);
    assert_eq!(rule.formal_within, Some(Span::WorkingDays(20)));
    assert_eq!((rule.called.as_str(), rule.pauses), ("dispute", false));
    assert_eq!((rule.at_any_time, rule.outside), (vec!["Director".to_string()], vec!["Cafcass".to_string()]));
}

#[test]
fn m15_finalising_opens_five_days_after_the_return_and_alerts_three_people() {
    let merton = framework("merton");
    let (_, step) = merton.main_kind().unwrap().step_of(StepDuty::Finalise).unwrap();
    let due = step.due.as_ref().unwrap();
    assert_eq!((due.within, due.after.as_str(), due.not_before), (Span::Days(5), "returned", true));
    assert_eq!(step.tells, ["SW", "TM", "SM"]);
}

#[test]
fn m17_ri_and_inadequate_stay_open_until_supervised_done_and_assured() {
    let rule = framework("merton").tracking;
    assert_eq!(rule.grades, [Grade::RequiresImprovement, Grade::Inadequate]);
    assert_eq!(rule.needs, [LoopLink::Supervision, LoopLink::ActionsComplete, LoopLink::Assurance]);
}

#[test]
fn m20_m21_the_monthly_report_and_where_it_goes() {
    let report = report(&framework("merton"), "collaborative-review");
    assert_eq!(report.every, Some(Span::Months(1)));
    assert_eq!(report.boards, ["dmt", "csmt", "corporate-parenting", "mscp", "learning-improvement"]);
    for section in ["key-findings", "good-practice", "improvement-plan", "family-feedback"] {
        assert!(report.sections.iter().any(|known| known.key == section), "{section}");
    }
}

#[test]
fn m24_supervision_intervals() {
    let merton = framework("merton");
    let rule = |key: &str| merton.case_type(key).unwrap().supervision.clone().unwrap();
    assert_eq!((rule("assessment").first, rule("assessment").every), (Some(Span::Days(10)), Span::Weeks(4)));
    assert_eq!(rule("cin").every, Span::Weeks(4));
    assert_eq!(rule("cwd").every, Span::Weeks(12));
    assert_eq!(rule("cp").every, Span::Weeks(4));
    assert_eq!((rule("cic").every, rule("cic").extended), (Span::Weeks(8), Some((Span::Weeks(12), "HoS".to_string()))));
    assert_eq!(rule("care-experienced").every, Span::Weeks(12));
}

#[test]
fn m26_other_activity_and_annual_reports_have_registers() {
    let merton = framework("merton");
    for key in ["activity", "practice-observations", "annual-reports", "requests"] {
        register(&merton, key);
    }
    let practice_week = merton.cycle.events.iter().find(|event| event.key == "practice-week").unwrap();
    assert_eq!(practice_week.times_a_year, 2);
}

#[test]
fn case_types_are_ordered_most_intensive_first_in_every_framework() {
    for (id, _) in closeloop::profiles::builtin() {
        let types: Vec<(String, Option<u8>)> = framework(id).case_types.into_iter().map(|case| (case.key, case.annex_a_list)).collect();
        let expected =
            [("cic", Some(8)), ("cp", Some(7)), ("cin", Some(6)), ("cwd", None), ("assessment", Some(4)), ("care-experienced", Some(9))];
        assert_eq!(types, expected.map(|(key, list)| (key.to_string(), list)), "{id}");
    }
}

#[test]
fn every_scaled_question_describes_all_eleven_points() {
    let merton = framework("merton");
    let questions = merton.kinds.iter().flat_map(|kind| &kind.areas).flat_map(|area| &area.questions);
    let scaled: Vec<_> = questions.filter(|question| question.answer == AnswerKind::Scale).collect();
    assert!((8..=12).contains(&scaled.len()));
    for question in scaled {
        let points: u32 = question.descriptors.iter().map(|part| u32::from(part.to - part.from) + 1).sum();
        assert_eq!(points, 11, "{}", question.key);
    }
}
