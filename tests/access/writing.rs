//! T43: a review is written by those who review it and by the Insights team, and by nobody else who sees it.

use crate::support::driver::{LARGE, Robot};
use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::review::AnswerValue;

const REF: &str = "CR-0001";

/// Whoever leads the review, and somebody else who could have.
fn lead(world: &mut World) -> (String, String) {
    let lead = world.detail(REF).reviewer;
    let other = if lead == "Ida Ross" { "Cara Poole" } else { "Ida Ross" };
    (lead, other.to_string())
}

fn deeds(world: &mut World) -> Vec<Deed> {
    vec![world.step(REF, "contact"), world.edit(REF, "n/strengths", AnswerValue::Text("Trust".into())), world.submit(REF)]
}

#[test]
fn t43_nobody_but_its_reviewers_and_the_insights_team_writes_in_a_review() {
    let mut world = World::ready();
    let (lead, other) = lead(&mut world);
    let manager = world.detail(REF).team_manager;
    for who in [manager, other] {
        for deed in deeds(&mut world) {
            let said = world.refused_to(&who, deed);
            assert_eq!(
                said,
                format!(
                    "{REF} is reviewed by {lead}: they write in it, those who review it with them, and the Insights team. Ask one of them \
                     to write down what you know."
                )
            );
        }
    }
    for who in [lead.as_str(), "Amina Khan"] {
        let deed = world.edit(REF, "n/strengths", AnswerValue::Text(format!("Seen by {who}")));
        world.do_(who, deed);
    }
    // What follows a review is raised by whoever sees that it is needed.
    let manager = world.detail(REF).team_manager;
    let deed = world.action(REF, &manager, "Genogram drawn with the family");
    world.do_(&manager, deed);
    world.assert_verified();
}

#[test]
fn t43_a_deputy_writes_for_the_reviewer_while_they_are_away_and_not_a_day_longer() {
    let mut world = World::ready();
    let (lead, other) = lead(&mut world);
    let edit = |world: &mut World| world.edit(REF, "n/strengths", AnswerValue::Text("Written meanwhile".into()));
    let (person, deputy) = (world.person(&lead), world.person(&other));
    let (from, until) = (world.today(), world.today() + chrono::Days::new(2));
    world.do_("Amina Khan", Deed::RecordAbsence { person, from, until, reason: "Leave".into(), deputy: Some(deputy) });
    let deed = edit(&mut world);
    world.do_(&other, deed);
    world.at("2026-11-09T10:00:00Z");
    let deed = world.edit(REF, "n/impact", AnswerValue::Text("Too late".into()));
    assert!(world.refused_to(&other, deed).starts_with("CR-0001 is reviewed by"));
}

#[test]
fn t43_the_key_says_so_before_anything_is_typed() {
    let mut world = World::ready();
    let manager = world.detail(REF).team_manager;
    let mut robot = Robot::somebody(world, LARGE, &manager);
    robot.opens(REF);
    for keys in ["e", "l enter", "l enter", "l enter"] {
        robot.press(keys).expect_no_dialog().expect_notice("is reviewed by");
    }
}
