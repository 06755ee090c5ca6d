//! Which links a loop has, and when it closes and opens.

use super::returned;
use crate::support::cast::text_of;
use chrono::NaiveDate;
use closeloop::domain::action::{ActionState, Effect};
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::{Framework, LoopLink};
use closeloop::domain::grade::Grade;
use closeloop::domain::tracking::{ActionKnown, FollowUpOf, Improved, Known, LinkOf, LoopStand, links};
use closeloop::profiles;

fn framework(id: &str) -> Framework {
    profiles::parse(text_of(id), id).unwrap()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

/// A review submitted on 12 November, without actions, alerts or anything that followed.
fn bare(kind: &str, grade: Option<Grade>) -> Known<'_> {
    Known { kind, grade, submitted_on: Some(day(12)), actions: &[], alerts: &[], follow_ups: &[] }
}

#[test]
fn m17_s13_f12_c04_each_framework_tracks_its_grades_and_kinds_until_its_links_are_there() {
    use Grade::{Good, Inadequate, Outstanding, RequiresImprovement as Ri};
    use LoopLink::{ActionsComplete as Actions, Assurance, ReflectiveDiscussion as Reflection, Supervision};
    let table: &[(&str, &str, &[Grade], &[LoopLink])] = &[
        ("merton", "collaborative-review", &[Ri, Inadequate], &[Supervision, Actions, Assurance]),
        ("sandwell", "practice-review", &[Ri, Inadequate], &[Actions, Assurance]),
        ("sandwell", "practice-observation", &[], &[]),
        ("sefton", "thematic-audit", &[Outstanding, Good, Ri, Inadequate], &[Actions, Reflection]),
        ("central-bedfordshire", "practice-evaluation", &[Inadequate], &[Actions, Reflection]),
        ("quarterly-learning", "random-sampling-audit", &[Ri, Inadequate], &[Actions]),
        ("quarterly-learning", "learning-audit", &[], &[]),
    ];
    for (id, kind, grades, needs) in table {
        let framework = framework(id);
        for grade in Grade::ALL {
            let found: Vec<LinkOf> = links(&framework, &bare(kind, Some(grade))).into_iter().map(|link| link.link).collect();
            let wanted: Vec<LinkOf> =
                if grades.contains(&grade) { needs.iter().map(|need| LinkOf::Needed(*need)).collect() } else { Vec::new() };
            assert_eq!(found, wanted, "{id} {kind} {grade:?}");
        }
        assert!(links(&framework, &bare(kind, None)).is_empty(), "{id}: what has no grade is not tracked");
    }
}

#[test]
fn m17_nothing_is_tracked_before_it_is_submitted() {
    let known = Known { submitted_on: None, ..bare("collaborative-review", Some(Grade::Inadequate)) };
    assert!(links(&framework("merton"), &known).is_empty());
}

#[test]
fn m17_actions_are_complete_when_each_is_signed_off_and_none_was_enough_if_there_never_was_one() {
    let framework = framework("quarterly-learning");
    let stand = |actions: &[(ActionState, Option<NaiveDate>)]| {
        let known = |(state, on): &(ActionState, Option<NaiveDate>)| ActionKnown { state: *state, signed_off_on: *on, reopened_on: None };
        let actions: Vec<ActionKnown> = actions.iter().map(known).collect();
        let links = links(&framework, &Known { actions: &actions, ..bare("random-sampling-audit", Some(Grade::RequiresImprovement)) });
        (LoopStand::of(&links), links[0].done_on)
    };
    assert_eq!(stand(&[]), (LoopStand::Closed, Some(day(12))));
    assert_eq!(stand(&[(ActionState::Done, None)]), (LoopStand::Open, None));
    assert_eq!(stand(&[(ActionState::SignedOff, Some(day(20))), (ActionState::InProgress, None)]), (LoopStand::Open, None));
    assert_eq!(stand(&[(ActionState::SignedOff, Some(day(20))), (ActionState::Withdrawn, None)]), (LoopStand::Closed, Some(day(20))));
}

#[test]
fn m18_on_an_inadequate_the_assurance_after_the_alert_is_a_link_of_its_own_and_names_the_alert() {
    let framework = framework("merton");
    let stand = |grade: Grade, alerts: &[(String, Option<NaiveDate>)]| {
        links(&framework, &Known { alerts, ..bare("collaborative-review", Some(grade)) })
            .into_iter()
            .find(|link| link.link == LinkOf::AfterAlert)
    };
    let open = [("AL-0001".to_string(), Some(day(13))), ("AL-0002".to_string(), None)];
    let link = stand(Grade::Inadequate, &open).unwrap();
    assert_eq!((link.done_on, link.said.as_str()), (None, "AL-0002"));
    assert_eq!(stand(Grade::Inadequate, &open[..1]).unwrap().done_on, Some(day(13)));
    assert_eq!(stand(Grade::RequiresImprovement, &open), None, "what the panel raised out of Inadequate is not asked for it");
    assert_eq!(stand(Grade::Inadequate, &[]), None);
}

#[test]
fn m16_m17_a_loop_closes_by_itself_with_its_last_link_and_says_so_in_its_history() {
    let mut world = returned(4);
    assert_eq!(world.stands(), "open: supervision, actions, assurance");
    let deed = world.follow(FollowUpOf::Supervision, "Tara Moss");
    world.do_("Tara Moss", deed);
    assert_eq!(world.stands(), "open: actions, assurance");
    world.action_complete();
    assert_eq!(world.stands(), "open: assurance");
    let deed = world.follow(FollowUpOf::Assurance, "Tara Moss");
    let receipt = world.do_("Tara Moss", deed);
    assert_eq!(world.stands(), "closed: ");
    assert_eq!(world.loop_of().since, Some(world.today()));
    let history: Vec<String> = world.history("CR-0001").into_iter().map(|row| row.what).collect();
    assert!(history[0].contains("Its loop is closed: every link is there"), "{:?}", &history[..3]);
    assert_eq!(receipt.written.last - receipt.written.first, 1, "both are one batch");
    world.assert_verified();
}

#[test]
fn m17_an_assurance_that_finds_it_not_better_leaves_the_loop_open_until_a_later_one_does() {
    let mut world = returned(4);
    world.action_complete();
    let deed = world.follow(FollowUpOf::Supervision, "Tara Moss");
    world.do_("Tara Moss", deed);
    let Deed::FollowUp(mut wanted) = world.follow(FollowUpOf::Assurance, "Tara Moss") else { unreachable!() };
    for (improved, stands) in [
        (Improved::NotYet, "open: assurance"),
        (Improved::Partly, "open: assurance"),
        (Improved::Yes, "closed: "),
        (Improved::NotYet, "open: assurance"),
    ] {
        wanted.improved = Some(improved);
        world.do_("Tara Moss", Deed::FollowUp(wanted.clone()));
        assert_eq!(world.stands(), stands, "{improved:?}");
    }
    let refused = world.refused_to("Tara Moss", Deed::FollowUp(closeloop::domain::deed::FollowUpWanted { improved: None, ..wanted }));
    assert!(refused.contains("does not say whether it has improved"), "{refused}");
}

#[test]
fn m17_an_action_that_recurs_opens_the_loop_again() {
    let mut world = returned(4);
    for (what, by) in [(FollowUpOf::Supervision, "Tara Moss"), (FollowUpOf::Assurance, "Tara Moss")] {
        let deed = world.follow(what, by);
        world.do_(by, deed);
    }
    world.action_complete();
    assert_eq!(world.stands(), "closed: ");
    world.at("2026-11-18T10:00:00Z");
    let deed = world.revisit(1, Effect::Recurred);
    world.do_("Amina Khan", deed);
    assert_eq!(world.stands(), "open: actions, assurance", "that it had improved was said before it came back");
    let facts = world.store.reading().loop_facts(world.id("CR-0001")).unwrap().unwrap();
    let counted = (facts.supervision_due.unwrap() - day(18)).num_days();
    assert_eq!(counted % 7, 0, "M24: whole weeks from the day it opened again, not from the supervision before");
    world.at("2026-11-20T10:00:00Z").action_complete();
    assert_eq!(world.stands(), "open: assurance");
    let deed = world.follow(FollowUpOf::Assurance, "Tara Moss");
    world.do_("Tara Moss", deed);
    assert_eq!(world.stands(), "closed: ");
    world.assert_verified();
}

#[test]
fn m17_an_action_raised_later_opens_the_loop_and_taking_it_back_closes_it() {
    let mut world = returned(4);
    for what in [FollowUpOf::Supervision, FollowUpOf::Assurance] {
        let deed = world.follow(what, "Tara Moss");
        world.do_("Tara Moss", deed);
    }
    world.action_complete();
    let deed = world.action("CR-0001", "Noor Carter", "Ask the school what it sees");
    let receipt = world.do_("Ida Ross", deed);
    assert_eq!(world.stands(), "open: actions");
    world.do_("Ida Ross", Deed::Undo { batch: receipt.written.first });
    assert_eq!(world.stands(), "closed: ");
    world.assert_verified();
}

#[test]
fn m08_m17_the_panel_s_grade_decides_whether_a_review_is_tracked() {
    let mut world = crate::support::world::World::ready();
    world.through_as("CR-0001", "completed", 2);
    assert_eq!(world.loop_of().stand(), LoopStand::Open);
    let raised = world.decide("CR-0001", 6, "The evidence bears it out");
    world.do_("Iris Tamm", raised);
    assert_eq!(world.loop_of().stand(), LoopStand::Untracked);
    world.assert_verified();
}

#[test]
fn what_followed_can_be_taken_back_and_the_loop_follows() {
    let mut world = returned(4);
    world.action_complete();
    let deed = world.follow(FollowUpOf::Supervision, "Tara Moss");
    world.do_("Tara Moss", deed);
    let deed = world.follow(FollowUpOf::Assurance, "Tara Moss");
    let receipt = world.do_("Tara Moss", deed);
    assert_eq!(world.stands(), "closed: ");
    world.do_("Tara Moss", Deed::Undo { batch: receipt.written.first });
    assert_eq!(world.stands(), "open: assurance");
    assert_eq!(world.loop_of().noted.len(), 1);
    world.assert_verified();
}

#[test]
fn m24_supervision_is_next_due_from_the_last_one_and_later_where_a_longer_interval_was_agreed() {
    let mut world = returned(4);
    let due = |world: &mut crate::support::world::World| world.detail("CR-0001").supervision_due;
    let stored =
        |world: &crate::support::world::World| world.store.reading().loop_facts(world.id("CR-0001")).unwrap().unwrap().supervision_due;
    let before = due(&mut world);
    assert_eq!(stored(&world), before);
    world.at("2026-11-20T10:00:00Z");
    let deed = world.follow(FollowUpOf::Supervision, "Tara Moss");
    world.do_("Tara Moss", deed);
    let case_type = world.detail("CR-0001").facts.review.case_type;
    let rule = framework("merton").case_type(&case_type).unwrap().supervision.clone().unwrap();
    let weeks = |span: closeloop::domain::framework::Span| span.to_string().split(' ').next().unwrap().parse::<i64>().unwrap();
    let next = world.today() + chrono::Duration::weeks(weeks(rule.every));
    assert_eq!(due(&mut world), Some(next));
    assert_eq!(stored(&world), Some(next), "lists find it by its own column");
    assert_ne!(Some(next), before);
}
