//! Facts of the five frameworks that are data, each named after its rule.

use super::framework;
use chrono::NaiveDate;
use closeloop::domain::framework::{
    AnswerKind, Conduct, FirstReview, Framework, Grading, Independence, LoopLink, ModerationTrigger, Rhythm, Side, Span, StepDuty,
    SubjectKind,
};
use closeloop::domain::grade::Grade;

fn grade_of(framework: &Framework, point: u8) -> Grade {
    framework.bands.iter().find(|band| band.from <= point && point <= band.to).unwrap().grade
}

fn duties(framework: &Framework, kind: &str) -> Vec<StepDuty> {
    framework.kind(kind).unwrap().steps.iter().map(|step| step.duty).collect()
}

fn register(framework: &Framework, key: &str) -> closeloop::domain::framework::Register {
    framework.registers.iter().find(|register| register.key == key).unwrap().clone()
}

fn report(framework: &Framework, key: &str) -> closeloop::domain::framework::ReportKind {
    framework.reports.iter().find(|report| report.key == key).unwrap().clone()
}

// ── Merton ──

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

// ── Sandwell ──

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

// ── Sefton ──

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

// ── Central Bedfordshire ──

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

// ── Quarterly learning framework ──

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
