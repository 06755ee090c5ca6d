//! M01 and M08 on the reviewer's side: the scaling, the finish gate, the gentle question, and what stands for good.

use crate::support::world::{World, day, merton_text};
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::Grading;
use closeloop::domain::grade::Grade;
use closeloop::domain::review::{AnswerValue, field, judgement};

fn text(words: &str) -> AnswerValue {
    AnswerValue::Text(words.into())
}

#[test]
fn m01_each_scaling_gives_its_grade_and_anything_else_is_refused() {
    use Grade::{Good, Inadequate, Outstanding, RequiresImprovement as RI};
    let framework = closeloop::profiles::parse(merton_text(), "merton").unwrap();
    let table = [Inadequate, Inadequate, Inadequate, RI, RI, RI, Good, Good, Good, Outstanding, Outstanding];
    for (point, grade) in table.into_iter().enumerate() {
        let found = judgement(&framework, Grading::Scaling, Some(point as u8), None).unwrap();
        assert_eq!((found.grade, found.scaling), (grade, Some(point as u8)), "{point}");
    }
    for point in 11..=u8::MAX {
        let refused = judgement(&framework, Grading::Scaling, Some(point), None).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!("{point} is not on the scale for the overall judgement. Give a whole number from 0 to 10.")
        );
    }
    let refused = judgement(&framework, Grading::Scaling, None, None).unwrap_err();
    assert_eq!(refused.to_string(), "A scaling is missing. Give a whole number from 0 to 10.");
    let refused = judgement(&framework, Grading::Scaling, Some(7), Some(Grade::Outstanding)).unwrap_err();
    assert_eq!(refused.to_string(), "A scaling of 7 is Good. The scaling gives the grade; change the scaling.");
}

#[test]
fn m01_a_scaling_of_11_is_refused_in_every_scaled_field() {
    let mut world = World::ready();
    for name in [field::OVERALL, "q/risk", "q/voice"] {
        let deed = world.edit("CR-0001", name, AnswerValue::Scale(11));
        let asked = world.detail("CR-0001").kind.field_words(name);
        assert_eq!(world.refused(deed), format!("11 is not on the scale for {asked}. Give a whole number from 0 to 10."));
        let deed = world.edit("CR-0001", name, AnswerValue::Scale(10));
        world.do_("Amina Khan", deed);
    }
}

#[test]
fn m01_a_submitted_scaling_carries_its_grade_to_the_record() {
    use Grade::{Good, Inadequate, Outstanding, RequiresImprovement as RI};
    for (scaling, grade) in [(0, Inadequate), (2, Inadequate), (3, RI), (5, RI), (6, Good), (8, Good), (9, Outstanding), (10, Outstanding)]
    {
        let mut world = World::ready();
        world.through_as("CR-0001", "completed", scaling);
        let original = world.review("CR-0001").original.unwrap();
        assert_eq!((original.scaling, original.grade), (Some(scaling), grade));
    }
}

#[test]
fn m01_a_grade_given_directly_is_not_taken_where_the_scaling_gives_it() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 7);
    let deed = world.edit("CR-0001", field::OVERALL, AnswerValue::Grade(Grade::Outstanding));
    let said = world.refused(deed);
    assert_eq!(said, "“outstanding” is no answer to the overall judgement. Answer in the way the form asks.");
}

#[test]
fn answers_are_taken_only_in_the_way_the_form_asks() {
    let mut world = World::ready();
    let table = [
        ("q/risk", AnswerValue::Yes),
        ("q/risk", text("high")),
        ("q/risk", AnswerValue::NotApplicable),
        ("q/focus", AnswerValue::Scale(4)),
        ("q/no-such-question", AnswerValue::Scale(4)),
        ("n/strengths", AnswerValue::Scale(4)),
        ("n/no-such-heading", text("words")),
        ("area/voice", AnswerValue::Grade(Grade::Good)),
        (field::OVERALL, text("seven")),
        (field::WHY_TENSION, AnswerValue::Yes),
        ("anything", text("words")),
    ];
    for (name, answer) in table {
        let deed = world.edit("CR-0001", name, answer.clone());
        let said = world.refused(deed);
        assert!(said.ends_with("Answer in the way the form asks."), "{name} {answer:?}: {said}");
    }
    for (name, answer) in [("q/identity", AnswerValue::NotApplicable), ("q/focus", text("Learning")), ("n/strengths", text("Trust"))] {
        let deed = world.edit("CR-0001", name, answer);
        world.do_("Amina Khan", deed);
    }
}

#[test]
fn the_finish_gate_names_everything_that_is_missing_in_the_order_of_the_form() {
    let mut world = World::ready();
    let missing: Vec<String> = world.detail("CR-0001").missing.into_iter().map(|missing| missing.what).collect();
    assert_eq!(
        missing,
        [
            "“Book the conversation” is not recorded.",
            "“Learning conversation” is not recorded.",
            "“Speak with the family” is not recorded.",
            "Assessment and understanding risk: 2 questions are open.",
            "Plan and intervention: 2 questions are open.",
            "Voice and lived experience: 2 questions are open.",
            "Relationships and work with the family: 1 question is open.",
            "Multi-agency work: 1 question is open.",
            "Supervision, oversight and impact: 3 questions are open.",
            "Strengths is empty.",
            "Areas for improvement is empty.",
            "Impact is empty.",
            "Child's voice is empty.",
            "The overall scaling (0-10) is not given.",
        ]
    );
}

#[test]
fn the_finish_gate_lets_nothing_through_that_it_names() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 7);
    assert_eq!(world.detail("CR-0001").missing, []);
    let detail = world.detail("CR-0001");
    let required = |name: &str| match name.split_once('/') {
        Some(("q", key)) => detail.kind.question(key).unwrap().1.required,
        Some((_, key)) => detail.kind.narrative.iter().find(|heading| heading.key == key).unwrap().required,
        None => true,
    };
    let fields: Vec<String> = detail.facts.answers.keys().filter(|name| required(name)).cloned().collect();
    assert_eq!(fields.len(), 16);
    for name in fields {
        let held = world.review("CR-0001").answers[&name].value.clone();
        let deed = world.edit("CR-0001", &name, None);
        world.do_("Amina Khan", deed);
        let deed = world.submit("CR-0001");
        assert!(world.refused(deed).starts_with("CR-0001 is not complete:"), "{name}");
        let deed = world.edit("CR-0001", &name, held);
        world.do_("Amina Khan", deed);
    }
    let deed = world.submit("CR-0001");
    world.do_("Amina Khan", deed);
}

#[test]
fn below_good_something_needs_to_happen_or_a_reason_says_why_not() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 5);
    let deed = world.edit("CR-0001", field::WHY_NO_ACTIONS, None);
    world.do_("Amina Khan", deed);
    let deed = world.submit("CR-0001");
    let refusal = "CR-0001 is not complete: Below Good, something needs to happen: raise an action, or say why none is needed. \
                   The finish list shows everything that is missing.";
    assert_eq!(world.refused(deed), refusal);
    let raise = world.action("CR-0001", "Noor Carter", "Bring the chronology up to date");
    world.do_("Amina Khan", raise);
    assert_eq!(world.detail("CR-0001").missing, []);
    // Taken back, it no longer counts.
    let action = world.review("CR-0001").actions[0].id;
    world.do_("Amina Khan", Deed::WithdrawAction { action });
    let deed = world.submit("CR-0001");
    assert_eq!(world.refused(deed), refusal);
    let deed = world.edit("CR-0001", field::OVERALL, AnswerValue::Scale(6));
    world.do_("Amina Khan", deed);
    let deed = world.submit("CR-0001");
    world.do_("Amina Khan", deed);
}

#[test]
fn a_scaling_that_disagrees_with_its_questions_earns_a_question_and_no_block() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 4);
    // Mean of the questions 4 (RI): one point away is a matter of view, another grade two points away is worth asking.
    for (overall, asks) in [(4, false), (5, false), (3, false), (6, true), (2, true), (1, true), (9, true)] {
        let deed = world.edit("CR-0001", field::OVERALL, AnswerValue::Scale(overall));
        world.do_("Amina Khan", deed);
        assert_eq!(world.detail("CR-0001").tension.is_some(), asks, "overall {overall}");
    }
    let said = world.detail("CR-0001").tension.unwrap();
    assert_eq!(
        said,
        "The questions lie around 4.0 (Requires improvement), the overall scaling is 9 (Outstanding). What made the difference?"
    );
    let deed = world.submit("CR-0001");
    world.do_("Amina Khan", deed);
}

#[test]
fn m08_a_submitted_judgement_stands_and_cannot_be_submitted_again() {
    let mut world = World::ready();
    world.through("CR-0001", "completed");
    let deed = world.submit("CR-0001");
    let said = world.refused(deed);
    assert!(said.starts_with("CR-0001 was submitted before; its original judgement stands."), "{said}");
    let deed = world.edit("CR-0001", field::OVERALL, AnswerValue::Scale(9));
    assert!(world.refused(deed).starts_with("CR-0001 was submitted; its answers stay as they are."));
}

#[test]
fn a_review_is_completed_on_a_day_it_can_have_been_completed() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 7);
    for on in ["2026-11-13", "2026-11-04"] {
        let Deed::Submit { review, seen, .. } = world.submit("CR-0001") else { unreachable!() };
        let said = world.refused(Deed::Submit { review, seen, on: day(on) });
        assert!(said.contains("is no day on which this review can have been completed."), "{said}");
    }
}
