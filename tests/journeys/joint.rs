//! Several reviewers on one case, key by key: a pair, and a benchmark. Q03, S18.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::{DRAWN_AT, World, merton_text};
use closeloop::domain::deed::{Allocation, Deed};
use closeloop::domain::joint::OwnWanted;

fn led_by_ida(conduct: &str) -> World {
    let text = merton_text().replacen("conduct = \"single\"", &format!("conduct = \"{conduct}\""), 1);
    let mut world = World::under(&text);
    let cycle = world.at(DRAWN_AT).open_cycle("2026-11-01");
    world.draw(cycle, 1, 7);
    let facts = world.review("CR-0001");
    let lead = Some(world.person("Ida Ross"));
    world.do_("Amina Khan", Deed::Allocate(vec![Allocation::to(facts.review.id, facts.revision, lead)]));
    world
}

fn judges(world: &mut World, who: &str, point: u8) {
    let own = OwnWanted { scaling: Some(point), reasons: "Seen in the visits".into(), ..OwnWanted::default() };
    let review = world.id("CR-0001");
    world.do_(who, Deed::JudgeAlone { review, own });
}

#[test]
fn q03_a_pair_judges_alone_and_then_agrees() {
    let mut robot = Robot::somebody(led_by_ida("pair"), LARGE, "Ida Ross");
    robot.opens("CR-0001").press("l l l").expect_line("Nobody reviews it beside the lead yet: p names somebody.");
    robot.press("p").expect_dialog("CR-0001 \u{b7} Partner").type_text("Ian Reid").press("ctrl-s").expect_no_dialog();
    robot.expect_notice("I. Reid reviews CR-0001 too").expect_line("Partner      Ian Reid").expect_line("Ian Reid  not in yet");
    robot.press("p").expect_dialog("Partner").type_text("Cara").press("ctrl-s").expect_line("a pair is two").press("esc");
    robot.press("enter").expect_dialog("Your own judgement").type_text("4").press("tab").type_text("Visits were late");
    robot.press("ctrl-s").expect_no_dialog().expect_notice("sealed until 1 more").expect_line("yours, sealed");
    judges(&mut robot.world, "Ian Reid", 6);
    robot.look_around().expect_line("Visits were late").expect_line("Seen in the visits").expect_line("Agreed");
    robot.press("enter").expect_dialog("Overall judgement").type_text("5").press("ctrl-s").expect_line("is still empty");
    robot.goes_to("why-agreed").type_text("Late, not missed").press("ctrl-s").expect_no_dialog();
    robot.expect_line("Agreed because: Late, not missed");
    robot.world.assert_verified();
}

#[test]
fn q03_the_partner_sees_that_the_lead_is_in_and_nothing_more() {
    let mut world = led_by_ida("pair");
    let (review, person) = (world.id("CR-0001"), world.person("Ian Reid"));
    world.do_("Ida Ross", Deed::NameCoReviewer { review, person, despite: String::new() });
    judges(&mut world, "Ida Ross", 2);
    for size in [SMALL, LARGE] {
        let copy = World::open(&world.path());
        let mut robot = Robot::somebody(copy, size, "Ian Reid");
        robot.opens("CR-0001").press("l l l").expect_line("Ida Ross  in, sealed").expect_no("Seen in the visits");
        robot.press("O").expect_notice("Only the lead reviewer opens the own judgements.");
        robot.press("l l").expect_line("Judged on their own").expect_no("Seen in the visits");
    }
}

#[test]
fn s18_the_lead_of_a_benchmark_opens_it_and_the_spread_is_shown() {
    let mut world = led_by_ida("all-on-one");
    for who in ["Ian Reid", "Cara Poole"] {
        let (review, person) = (world.id("CR-0001"), world.person(who));
        world.do_("Ida Ross", Deed::NameCoReviewer { review, person, despite: String::new() });
    }
    judges(&mut world, "Ida Ross", 7);
    judges(&mut world, "Ian Reid", 7);
    let mut robot = Robot::somebody(world, LARGE, "Ida Ross");
    robot.opens("CR-0001").press("l l l O").expect_dialog("Open the own judgements").expect_line("Not in yet: Cara Poole");
    robot.type_text("Cara is ill").press("ctrl-s").expect_no_dialog().expect_line("Opened before all were in: Cara is ill");
    robot.expect_line("Median Good; 2 of 2 agree.").expect_line("Cara Poole  not given");
}
