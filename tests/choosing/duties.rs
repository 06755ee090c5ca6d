//! Duties in a review: each is recorded, or its absence explained, before the review can be submitted.

use super::text_of;
use crate::support::world::day;
use closeloop::domain::framework::{Framework, ReviewKind, StepDuty};
use closeloop::domain::id::{CycleId, ReviewId, SubjectId};
use closeloop::domain::review::{Chosen, NextStep, PanelStand, Review, ReviewFacts, ReviewState, Section, StepRecord, gate, record_step};
use std::collections::BTreeMap;

fn check_fields(step: &closeloop::domain::framework::Step, record: &StepRecord) -> Result<(), closeloop::domain::error::RuleError> {
    closeloop::domain::fields::check(&step.fields, &record.values, &step.label, None)
}

/// Rule, framework, kind, step, and what is written down when it happened.
const DUTIES: &[(&str, &str, &str, &str, &[&str])] = &[
    ("S04", "sandwell", "practice-review", "record-read", &[]),
    ("S04", "sandwell", "practice-review", "child-feedback", &["how", "said"]),
    ("S04", "sandwell", "practice-review", "family-contact", &["who", "how", "said"]),
    ("S04", "sandwell", "practice-review", "learning-conversation", &["good-practice", "lift-to-good"]),
    ("S03", "sandwell", "practice-observation", "observed", &["what"]),
    ("F07", "sefton", "thematic-audit", "learning-conversation", &["face-to-face", "who", "reflections"]),
    ("F07", "sefton", "thematic-audit", "chair-conversation", &["who", "said"]),
    ("F07", "sefton", "thematic-audit", "family-contact", &["who", "how", "positive"]),
    ("Q02", "quarterly-learning", "learning-audit", "self-audit", &["own-view", "impact-on-worker"]),
    ("Q02", "quarterly-learning", "learning-audit", "learning-conversation", &["in-person", "who", "reflections"]),
    ("Q02", "quarterly-learning", "learning-audit", "family-contact", &["who", "said"]),
    ("Q03", "quarterly-learning", "random-sampling-audit", "learning-conversation", &["who", "reflections"]),
    ("Q03", "quarterly-learning", "random-sampling-audit", "chair-conversation", &["who", "said"]),
    ("Q03", "quarterly-learning", "random-sampling-audit", "family-contact", &["who", "said"]),
    ("Q05", "quarterly-learning", "learning-visit", "visit", &["methods"]),
    ("C10", "central-bedfordshire", "practice-evaluation", "learning-conversation", &["reflections"]),
    ("C10", "central-bedfordshire", "practice-evaluation", "family-contact", &["who", "difference"]),
    ("M04", "merton", "collaborative-review", "learning-conversation", &[]),
    ("M04", "merton", "collaborative-review", "family-contact", &[]),
];

fn framework(id: &str) -> Framework {
    closeloop::profiles::parse(text_of(id), id).unwrap()
}

/// An open review of which every step before this one is recorded.
fn before(kind: &ReviewKind, step: &str) -> ReviewFacts {
    let done = StepRecord { on: day("2026-11-05"), values: BTreeMap::new(), not_done_because: None };
    let review = Review {
        id: ReviewId(1),
        reference: "XX-0001".into(),
        cycle: CycleId(1),
        kind: kind.key.clone(),
        subject: SubjectId(1),
        case_type: String::new(),
        team: None,
        practitioner: None,
        opened_on: day("2026-11-05"),
        chosen: Chosen::Random,
        named: None,
        next: NextStep::default(),
    };
    ReviewFacts {
        joint: Default::default(),
        review,
        state: ReviewState::Open,
        reviewer: None,
        companion: None,
        look_back: None,
        steps: kind.steps.iter().take_while(|known| known.key != step).map(|known| (known.key.clone(), done.clone())).collect(),
        answers: BTreeMap::new(),
        actions: Vec::new(),
        original: None,
        submitted_at: None,
        moderated: None,
        panel: PanelStand::NotNeeded,
        panel_reasons: Vec::new(),
        revision: 1,
    }
}

fn duties_of(rules: &[&str]) {
    for (rule, id, kind, key, fields) in DUTIES.iter().filter(|duty| rules.contains(&duty.0)) {
        let framework = framework(id);
        let kind = framework.kind(kind).unwrap_or_else(|| panic!("{rule}: {id} has no {kind}"));
        let (_, step) = kind.step(key).unwrap_or_else(|| panic!("{rule}: {} has no step {key}", kind.key));
        let facts = before(kind, key);
        let waits =
            |facts: &ReviewFacts| gate(&framework, kind, facts).iter().any(|missing| missing.section == Section::Step(key.to_string()));
        assert!(waits(&facts), "{rule}: {id} can be submitted without {key}");
        let today = day("2026-11-10");
        let empty = StepRecord { on: today, values: BTreeMap::new(), not_done_because: None };
        assert_eq!(check_fields(step, &empty).is_err(), step.fields.iter().any(|field| field.required), "{rule}: {id} {key}");
        for field in *fields {
            assert!(step.fields.iter().any(|known| known.key == *field && known.required), "{rule}: {id} {key} does not ask for {field}");
        }
        let silent = StepRecord { not_done_because: Some(" ".into()), ..empty.clone() };
        let said = record_step(today, kind, &facts, key, &silent);
        assert!(said.is_err(), "{rule}: {id} {key} is left out in silence");
        let explained = StepRecord { not_done_because: Some("They would rather not".into()), ..empty };
        let allowed = record_step(today, kind, &facts, key, &explained);
        assert_eq!(allowed.is_ok(), step.may_not_happen, "{rule}: {id} {key}");
        let mut after = facts.clone();
        after.steps.insert(key.to_string(), explained);
        assert!(!waits(&after), "{rule}: {id} {key} is explained and still asked for");
    }
}

#[test]
fn s04_reading_the_record_hearing_child_and_carer_and_meeting_the_practitioner_are_recorded_or_explained() {
    duties_of(&["S04", "S03"]);
}

#[test]
fn f07_the_conversations_and_the_familys_voice_are_recorded_or_their_absence_explained() {
    duties_of(&["F07"]);
}

#[test]
fn q02_the_workers_own_audit_the_meeting_and_the_family_are_recorded_or_explained() {
    duties_of(&["Q02", "Q05"]);
}

#[test]
fn q03_holder_manager_chair_and_family_are_spoken_with_or_it_is_said_why_not() {
    duties_of(&["Q03"]);
}

#[test]
fn c10_s23_m04_family_and_practitioner_feedback_is_recorded_or_explained() {
    duties_of(&["C10", "M04"]);
}

#[test]
fn f07_q02_a_conversation_that_was_not_face_to_face_says_what_stood_in_the_way() {
    for (id, kind, said, why) in [
        ("sefton", "thematic-audit", "face-to-face", "why-not-face-to-face"),
        ("quarterly-learning", "learning-audit", "in-person", "why-not-in-person"),
    ] {
        let framework = framework(id);
        let (_, step) = framework.kind(kind).unwrap().step("learning-conversation").unwrap();
        let record = |answer: &str, reason: Option<&str>| {
            let mut values: BTreeMap<String, String> =
                step.fields.iter().filter(|field| field.required).map(|field| (field.key.clone(), "Said".to_string())).collect();
            values.insert(said.into(), answer.into());
            values.extend(reason.map(|reason| (why.to_string(), reason.to_string())));
            StepRecord { on: day("2026-11-10"), values, not_done_because: None }
        };
        assert!(check_fields(step, &record("yes", None)).is_ok(), "{id}");
        assert!(check_fields(step, &record("no", None)).is_err(), "{id}");
        assert!(check_fields(step, &record("no", Some("Both were in quarantine"))).is_ok(), "{id}");
    }
}

#[test]
fn c15_the_voice_measures_have_to_be_answered() {
    let framework = framework("central-bedfordshire");
    let kind = framework.kind("practice-evaluation").unwrap();
    for key in ["seen-alone", "participation", "voice-recorded"] {
        let (_, question) = kind.question(key).unwrap_or_else(|| panic!("no question {key}"));
        assert!(question.required, "{key}");
    }
    let facts = before(kind, "nothing");
    assert!(gate(&framework, kind, &facts).iter().any(|missing| missing.section == Section::Questions));
}

#[test]
fn m04_every_kind_of_every_framework_ends_and_asks_for_its_duties_before_it_is_submitted() {
    for (id, _) in closeloop::profiles::builtin() {
        let framework = framework(id);
        for kind in &framework.kinds {
            let submit = kind.step_of(StepDuty::Submit).unwrap_or_else(|| panic!("{id} {} is never completed", kind.key)).0;
            if kind.gate.contains(&closeloop::domain::framework::GateRule::FamilyContact) {
                assert!(kind.step_of(StepDuty::FamilyContact).is_some_and(|(place, _)| place < submit), "{id} {}", kind.key);
            }
            if kind.gate.contains(&closeloop::domain::framework::GateRule::LearningConversation) {
                assert!(kind.step("learning-conversation").is_some_and(|(place, _)| place < submit), "{id} {}", kind.key);
            }
        }
    }
}
