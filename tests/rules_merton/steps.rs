//! M04 and M15: the seven steps, in order, none skipped in silence; and what is next due.

use crate::support::world::{World, cases, day, file};
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::Span;
use closeloop::domain::id::ReviewId;
use closeloop::domain::intake::FrameRow;
use closeloop::domain::query::{Answered, Dated, Query};
use closeloop::domain::review::{ReviewState, StepRecord};
use closeloop::store::StoreError;

const STEPS: [&str; 7] = ["allocated", "contact", "learning-conversation", "family-contact", "completed", "returned", "finalised"];

fn with(deed: Deed, change: impl FnOnce(&mut StepRecord)) -> Deed {
    match deed {
        Deed::RecordStep { review, seen, step, mut record } => {
            change(&mut record);
            Deed::RecordStep { review, seen, step, record }
        }
        other => other,
    }
}

#[test]
fn m04_a_review_goes_through_its_seven_steps_in_order() {
    let mut world = World::ready();
    for (place, step) in STEPS.iter().enumerate() {
        if place > 0 {
            world.through("CR-0001", step);
        }
        let facts = world.review("CR-0001");
        assert_eq!(facts.steps.len(), place + 1, "after {step}");
        assert_eq!(facts.review.next.step.as_deref(), STEPS.get(place + 1).copied(), "after {step}");
    }
    let facts = world.review("CR-0001");
    assert_eq!(facts.state, ReviewState::Finalised);
    assert_eq!((facts.review.next.due_on, facts.review.next.label.as_str()), (None, ""));
    world.assert_verified();
}

#[test]
fn m04_skipping_ahead_is_refused_at_every_step() {
    let mut world = World::ready();
    let labels: Vec<(String, String)> =
        world.detail("CR-0001").kind.steps.iter().map(|step| (step.key.clone(), step.label.clone())).collect();
    for done in 0..4 {
        if done > 0 {
            world.through("CR-0001", STEPS[done]);
        }
        for later in &STEPS[done + 2..] {
            if *later == "completed" {
                continue;
            }
            let deed = world.step("CR-0001", later);
            let said = world.refused(deed);
            let (ahead, first) = (label(&labels, later), label(&labels, STEPS[done + 1]));
            assert_eq!(said, format!("“{ahead}” comes after “{first}”. Record “{first}” first, or the reason why it cannot happen."));
        }
    }
}

fn label<'a>(labels: &'a [(String, String)], key: &str) -> &'a str {
    &labels.iter().find(|(step, _)| step == key).unwrap().1
}

#[test]
fn m04_a_form_cannot_be_submitted_over_a_skipped_step() {
    let mut world = World::ready();
    world.at("2026-11-12T10:00:00Z").fill("CR-0001", 7);
    let deed = world.submit("CR-0001");
    let said = world.refused(deed);
    assert!(said.starts_with("CR-0001 is not complete: “Book the conversation” is not recorded. And 2 more."), "{said}");
}

#[test]
fn m04_allocating_and_completing_are_no_steps_to_be_ticked() {
    let mut world = World::ready();
    let deed = world.step("CR-0001", "allocated");
    assert_eq!(world.refused(deed), "A reviewer is given by allocating. Press the key for allocating.");
    world.through("CR-0001", "family-contact");
    let deed = world.step("CR-0001", "completed");
    assert_eq!(world.refused(deed), "A review is completed by submitting its form. Open the form and submit it.");
}

#[test]
fn m04_a_family_that_declines_is_recorded_with_its_reason() {
    let mut world = World::ready();
    world.through("CR-0001", "learning-conversation");
    for nothing in ["", "  \n "] {
        let deed = world.not_possible("CR-0001", "family-contact", nothing);
        let said = world.refused(deed);
        assert_eq!(said, "“Speak with the family” did not happen, but no reason is given. Write down why, and what was tried.");
    }
    let deed = world.not_possible("CR-0001", "family-contact", "Mother declined on 9 November, twice");
    world.do_("Amina Khan", deed);
    let facts = world.review("CR-0001");
    assert_eq!(facts.steps["family-contact"].not_done_because.as_deref(), Some("Mother declined on 9 November, twice"));
    assert_eq!(facts.review.next.step.as_deref(), Some("completed"));
    let newest = &world.history("CR-0001")[0].what;
    assert_eq!(newest, "Speak with the family: not possible, Mother declined on 9 November, twice");
}

#[test]
fn m04_only_a_step_that_depends_on_others_can_be_left_out() {
    let mut world = World::ready();
    for step in ["contact", "returned", "finalised"] {
        match STEPS.iter().position(|at| *at == step).unwrap() {
            1 => drop(world.at("2026-11-06T10:00:00Z")),
            place => drop(world.through("CR-0001", STEPS[place - 1])),
        }
        if step == "finalised" {
            world.at("2026-11-23T10:00:00Z");
        }
        let deed = world.not_possible("CR-0001", step, "There was no time");
        let said = world.refused(deed);
        assert!(said.ends_with("has to happen; it cannot be left out. Record when it happened."), "{step}: {said}");
        world.through("CR-0001", step);
    }
}

#[test]
fn m04_a_step_asks_for_what_its_form_requires() {
    let mut world = World::ready();
    world.at("2026-11-06T10:00:00Z");
    let table: [(&str, &str, &str); 4] = [
        ("how", "", "“How you reached them” is still empty in “Book the conversation”. Fill it in."),
        (
            "how",
            "by pigeon",
            "“by pigeon” is no answer to “How you reached them”. Give one of: In person, By telephone, Online meeting, By e-mail.",
        ),
        ("booked-for", "next week", "“next week” is no answer to “Learning conversation booked for”. Give a date such as 2026-11-19."),
        ("weather", "rain", "“Book the conversation” has no field “weather”. Leave it out."),
    ];
    for (field, value, refusal) in table {
        let deed = world.step("CR-0001", "contact");
        let deed = with(deed, |record| drop(record.values.insert(field.into(), value.into())));
        assert_eq!(world.refused(deed), refusal);
    }
}

#[test]
fn m04_what_is_booked_is_not_booked_for_a_day_that_is_over() {
    let mut world = World::ready();
    world.at("2026-11-09T10:00:00Z");
    let booked = |world: &mut World, on: &str, for_day: &str| {
        with(world.step("CR-0001", "contact"), |record| {
            record.on = day(on);
            record.values.insert("booked-for".into(), for_day.into());
        })
    };
    let deed = booked(&mut world, "2026-11-06", "2026-11-05");
    assert_eq!(
        world.refused(deed),
        "“Learning conversation booked for” says 5 November 2026, which is before the day of this step, 6 November 2026. \
         Give that day or a later one."
    );
    let deed = booked(&mut world, "2026-11-06", "2026-11-16");
    world.do_("Amina Khan", deed);
}

#[test]
fn m15_what_is_on_the_record_was_not_put_there_tomorrow_nor_before_the_draw() {
    let mut world = World::ready();
    world.through("CR-0001", "returned").at("2026-11-30T10:00:00Z");
    for (added, refusal) in [
        ("2026-12-01", "“Added to the record on” says 1 December 2026, which lies ahead. Give the day on which it happened."),
        (
            "2026-11-01",
            "“Added to the record on” says 1 November 2026, but CR-0001 was only drawn on 5 November 2026. Give that day or a later one.",
        ),
    ] {
        let deed = with(world.step("CR-0001", "finalised"), |record| drop(record.values.insert("added-on".into(), added.into())));
        assert_eq!(world.refused(deed), refusal);
    }
}

#[test]
fn m04_a_step_lies_between_the_draw_and_today() {
    let mut world = World::ready();
    world.at("2026-11-06T10:00:00Z");
    let deed = world.step("CR-0001", "contact");
    let said = world.refused(with(deed.clone(), |record| record.on = day("2026-11-07")));
    assert!(said.starts_with("7 November 2026 lies ahead"), "{said}");
    let said = world.refused(with(deed, |record| record.on = day("2026-11-04")));
    assert!(said.starts_with("CR-0001 was drawn on 5 November 2026."), "{said}");
}

#[test]
fn m04_a_review_is_not_returned_before_it_was_completed() {
    let mut world = World::ready();
    world.through("CR-0001", "completed").at("2026-11-16T10:00:00Z");
    let deed = world.step("CR-0001", "returned");
    let said = world.refused(with(deed.clone(), |record| record.on = day("2026-11-11")));
    assert_eq!(
        said,
        "“Return the review” cannot have happened before “Complete the review”, on 12 November 2026. Give that day or a later one."
    );
    world.do_("Amina Khan", with(deed, |record| record.on = day("2026-11-12")));
}

#[test]
fn m04_a_recorded_step_can_be_put_right_and_the_history_keeps_both() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact");
    let deed = world.step("CR-0001", "contact");
    world.do_("Amina Khan", with(deed, |record| record.on = day("2026-11-09")));
    let facts = world.review("CR-0001");
    assert_eq!(facts.steps["contact"].on, day("2026-11-09"));
    assert_eq!(facts.review.next.step.as_deref(), Some("completed"), "what comes next does not move");
    let told: Vec<String> = world.history("CR-0001").into_iter().map(|row| row.what).filter(|what| what.starts_with("Book")).collect();
    assert_eq!(told, ["Book the conversation: put right", "Book the conversation: done 6 Nov"]);
}

#[test]
fn m04_finalised_reviews_keep_their_steps_and_answers() {
    let mut world = World::ready();
    world.through("CR-0001", "finalised");
    let deed = world.step("CR-0001", "contact");
    assert!(world.refused(deed).starts_with("CR-0001 is no longer open."));
    let deed = world.edit("CR-0001", "n/strengths", closeloop::domain::review::AnswerValue::Text("More".into()));
    assert!(world.refused(deed).starts_with("CR-0001 was submitted; its answers stay as they are."));
}

#[test]
fn m04_a_step_of_a_review_that_does_not_exist_is_refused() {
    let mut world = World::ready();
    let record = StepRecord { on: day("2026-11-05"), values: Default::default(), not_done_because: None };
    let said = world.refused(Deed::RecordStep { review: ReviewId(999), seen: 1, step: "contact".into(), record });
    assert_eq!(said, "There is no such review. Look for it in the queue.");
    let deed = match world.step("CR-0001", "contact") {
        Deed::RecordStep { review, seen, record, .. } => Deed::RecordStep { review, seen, step: "tea".into(), record },
        other => other,
    };
    assert_eq!(world.refused(deed), "“tea” is no step of a Collaborative review. Choose one of its steps.");
}

#[test]
fn m15_the_case_note_opens_five_days_after_the_return_and_alerts_three_people() {
    let mut world = World::ready();
    world.through("CR-0001", "returned");
    let next = world.review("CR-0001").review.next;
    assert_eq!((next.opens_on, next.due_on), (Some(day("2026-11-21")), Some(day("2026-11-21"))));
    for (moment, allowed) in [("2026-11-17T09:00:00Z", false), ("2026-11-20T23:59:59Z", false), ("2026-11-21T00:00:00Z", true)] {
        world.at(moment);
        let deed = world.step("CR-0001", "finalised");
        if allowed {
            let who = world.detail("CR-0001").told["finalised"].clone();
            let roles: Vec<&str> = who.iter().map(|(role, _)| role.as_str()).collect();
            assert_eq!(roles, ["SW", "TM", "SM"]);
            assert!(who.iter().all(|(_, name)| !name.is_empty()), "each of them has a name: {who:?}");
            world.do_("Amina Khan", deed);
        } else {
            let said = world.refused(deed);
            assert!(said.starts_with("“Put it on Mosaic” opens on 21 November 2026"), "{moment}: {said}");
            assert!(said.contains("the team has until then to read the review"));
        }
    }
    assert_eq!(world.review("CR-0001").state, ReviewState::Finalised);
}

#[test]
fn m15_the_case_note_cannot_be_dated_back_before_it_opened() {
    let mut world = World::ready();
    world.through("CR-0001", "returned").at("2026-11-25T10:00:00Z");
    let deed = world.step("CR-0001", "finalised");
    let said = world.refused(with(deed, |record| record.on = day("2026-11-20")));
    assert!(said.contains("the team has until then to read the review"), "{said}");
}

#[test]
fn m15_the_sum_of_the_date_is_shown_day_by_day() {
    let mut world = World::ready();
    world.through("CR-0001", "returned");
    let id = world.id("CR-0001");
    let Answered::DueSum(sum) = world.ask(Query::DueSum(Dated::Review(id))) else { panic!("a sum answers with a sum") };
    assert_eq!(sum.title, "CR-0001 · Put it on Mosaic");
    assert_eq!(sum.because, "5 days after “Return the review”.");
    assert_eq!(sum.due, Some(day("2026-11-21")));
    assert!(sum.sum.is_some());
}

#[test]
fn every_step_has_the_due_date_of_the_profile() {
    let mut world = World::ready();
    // Allocated on Thursday 5 November: three working days, a week after the contact, ten days and a fortnight after it.
    let table = [
        ("contact", "2026-11-10"),
        ("learning-conversation", "2026-11-13"),
        ("family-contact", "2026-11-15"),
        ("completed", "2026-11-19"),
        ("returned", "2026-11-22"),
        ("finalised", "2026-11-21"),
    ];
    for (step, due) in table {
        assert_eq!(world.review("CR-0001").review.next.due_on, Some(day(due)), "{step}");
        world.through("CR-0001", step);
    }
}

#[test]
fn m24_the_next_supervision_is_due_as_the_case_type_says() {
    let mut world = World::ready();
    // Every case began on 30 October, and nothing is known of earlier supervision.
    let weeks = [("Child protection or court", 4), ("Child in need", 4), ("Child in care", 8), ("Care experienced", 12)];
    let mut seen = 0;
    for reference in world.references() {
        let detail = world.detail(&reference);
        let Some((_, every)) = weeks.iter().find(|(label, _)| *label == detail.case_type) else { continue };
        assert_eq!(detail.supervision_due, Some(day("2026-10-30") + chrono::Days::new(every * 7)), "{}", detail.case_type);
        seen += 1;
    }
    assert!(seen >= 4, "the sample holds several case types");
}

#[test]
fn m24_of_a_long_running_case_the_interval_counts_from_the_draw_and_then_from_the_return() {
    let mut world = World::ready();
    let rows = cases().into_iter().map(|row| FrameRow { started_on: Some(day("2024-03-01")), ..row }).collect();
    let covered = vec!["cp".to_string(), "cin".to_string(), "cic".to_string()];
    let frame_date = Some(day("2026-11-05"));
    world.do_("Amina Khan", Deed::ImportFrame { rows, closed: Vec::new(), covered, frame_date, file: file("later.xlsx", 'c') });
    let detail = world.detail("CR-0001");
    let rule = detail.framework.case_type(&detail.facts.review.case_type).unwrap().supervision.clone().unwrap();
    let Span::Weeks(weeks) = rule.every else { panic!("Merton counts supervision in weeks") };
    let every = chrono::Days::new(u64::from(weeks) * 7);
    assert_eq!(detail.supervision_due, Some(day("2026-11-05") + every));
    world.through("CR-0001", "completed");
    assert_eq!(world.detail("CR-0001").supervision_due, Some(day("2026-11-05") + every), "a review's own steps are no supervision");
    world.through("CR-0001", "returned");
    assert_eq!(world.detail("CR-0001").supervision_due, Some(day("2026-11-16") + every));
}

#[test]
fn m04_a_step_that_could_not_happen_says_why_in_more_than_a_no() {
    let mut world = World::ready();
    world.through("CR-0001", "learning-conversation");
    for (reason, refused) in [("no", true), ("n/a", true), ("-", true), ("Declined", false)] {
        let deed = world.not_possible("CR-0001", "family-contact", reason);
        match refused {
            true => {
                let said = world.refused(deed);
                assert!(said.contains("says too little of why"), "{reason}: {said}");
            }
            false => drop(world.by_reviewer("CR-0001", deed)),
        }
    }
}

#[test]
fn m04_a_day_that_lies_ahead_is_refused_at_its_field() {
    let mut world = World::ready();
    let ahead = world.today() + chrono::Days::new(3);
    let deed = with(world.step("CR-0001", "contact"), |record| record.on = ahead);
    match world.try_("Amina Khan", deed).unwrap_err() {
        StoreError::Refused(refused) => assert_eq!(refused.field.as_deref(), Some("on")),
        other => panic!("{other}"),
    }
}
