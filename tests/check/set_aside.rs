//! Findings set aside: with a reason, by who may, until the facts change or a day is over.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::check::{About, FindingKind};
use closeloop::domain::deed::{Deed, ExemptWanted};
use closeloop::domain::interest::InterestKind;

/// Merton's council with CR-0001 drawn in November and nobody to review it at the end of the month.
fn unallocated() -> World {
    let mut world = World::drawn();
    world.at("2026-11-30T10:00:00Z");
    world
}

impl World {
    fn set_aside(&self, reason: Option<&str>, until: Option<&str>) -> Deed {
        Deed::Exempt(ExemptWanted {
            kind: FindingKind::NotAllocated,
            about: About::Review(self.id("CR-0001")),
            review: Some(self.id("CR-0001")),
            reason: reason.map(str::to_string),
            until: until.map(crate::support::world::day),
        })
    }

    fn is_aside(&mut self) -> Option<String> {
        let found = self.amiss("Amina Khan").into_iter().find(|finding| finding.reference == "CR-0001").expect("it is amiss");
        found.exempt.map(|exemption| exemption.reason)
    }
}

#[test]
fn it_is_set_aside_with_a_reason_and_no_longer_when_taken_back_or_undone() {
    let mut world = unallocated();
    assert_eq!(world.is_aside(), None);
    let said = world.refused(world.set_aside(Some(" "), None));
    assert!(said.contains("not set aside without a reason"), "{said}");
    let receipt = world.do_("Amina Khan", world.set_aside(Some("The team is on strike"), None));
    assert_eq!(world.is_aside().as_deref(), Some("The team is on strike"));
    let said = world.refused_to("Iris Tamm", world.set_aside(Some("Mine is better"), None));
    assert!(said.contains("CR-0001 was set aside meanwhile by Amina Khan: The team is on strike"), "{said}");
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert_eq!(world.is_aside(), None);
    world.do_("Amina Khan", world.set_aside(Some("The team is on strike"), None));
    world.do_("Amina Khan", world.set_aside(None, None));
    assert_eq!(world.is_aside(), None);
    world.assert_verified();
}

#[test]
fn it_lapses_when_its_day_is_over_and_when_the_facts_change() {
    let mut world = unallocated();
    let said = world.refused(world.set_aside(Some("Until Monday"), Some("2026-11-29")));
    assert!(said.contains("That day is over"), "{said}");
    world.do_("Amina Khan", world.set_aside(Some("Until Tuesday"), Some("2026-12-01")));
    assert!(world.is_aside().is_some());
    world.at("2026-12-02T10:00:00Z");
    assert_eq!(world.is_aside(), None, "its day is over");
    // An alert's gap is named by its roles: another role is another fact.
    let finding = world.amiss("Amina Khan").into_iter().find(|finding| finding.reference == "CR-0001").unwrap();
    let exemption = closeloop::domain::check::Exemption {
        kind: finding.kind,
        about: finding.about,
        review: finding.review,
        facts: finding.facts.clone(),
        reason: "It is known".into(),
        until: None,
        by: None,
        at: world.now,
    };
    assert!(exemption.holds(&finding, world.today()));
    let changed = closeloop::domain::check::Finding { facts: format!("{} ", finding.facts), ..finding };
    assert!(!exemption.holds(&changed, world.today()));
}

#[test]
fn what_is_not_amiss_is_not_set_aside_and_a_practitioner_sets_nothing_aside() {
    let mut world = unallocated();
    let refused = world.refused_to("Noor Carter", world.set_aside(Some("I know why"), None));
    assert!(refused.contains("not yours to set aside") && refused.contains("Insights team or a manager"), "{refused}");
    world.allocate_all();
    let refused = world.refused(world.set_aside(Some("I know why"), None));
    assert!(refused.contains("That is not amiss any more."), "{refused}");
}

#[test]
fn the_recused_find_nothing_about_the_case() {
    let mut world = unallocated();
    assert!(world.amiss("Tara Moss").iter().any(|finding| finding.reference == "CR-0001"));
    world.declare("Tara Moss", "CR-0001", InterestKind::Family);
    assert!(world.amiss("Tara Moss").iter().all(|finding| finding.reference != "CR-0001"));
    assert!(world.try_("Tara Moss", world.set_aside(Some("Why"), None)).is_err());
}

#[test]
fn by_keys_a_finding_is_one_key_from_its_record_or_is_set_aside() {
    let mut robot = Robot::sits_down(unallocated(), SMALL);
    robot
        .press("X")
        .expect_line("Look over the records")
        .expect_line("Drawn, and nobody reviews it")
        .expect_line("Allocate it, or substitute the case.");
    robot.press("x").expect_line("Set aside").type_text("The team is on strike").press("ctrl-s");
    robot.expect_notice("CR-0001: set aside").expect_line("1 set aside").expect_no("▸  CR-0001");
    robot.press(".").expect_line("CR-0001").expect_line("Set aside: The team is on strike");
    robot.press("x").expect_notice("CR-0001: set aside no longer");
    robot.press("enter").expect_line("CR-0001").expect_line("Allocate a reviewer");
    robot.world.assert_verified();
}

#[test]
fn an_exemption_does_not_come_back_to_life_when_the_finding_does() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 2);
    let raised = world.action("CR-0001", "Noor Carter", "Visit today");
    let why = closeloop::domain::review::field::WHY_NO_ACTIONS;
    // As an older program left it: Inadequate, and neither an action nor the reason for none.
    rusqlite::Connection::open(world.path()).unwrap().execute("DELETE FROM answer WHERE field = ?1", [why]).unwrap();
    let amiss = |world: &mut World| world.amiss("Amina Khan").into_iter().find(|one| one.kind == FindingKind::InadequateWithoutAction);
    let review = Some(world.id("CR-0001"));
    let about = About::Review(world.id("CR-0001"));
    let wanted = ExemptWanted { kind: FindingKind::InadequateWithoutAction, about, review, reason: Some("Moved away".into()), until: None };
    world.do_("Amina Khan", Deed::Exempt(wanted));
    assert!(amiss(&mut world).unwrap().exempt.is_some());
    world.do_("Ida Ross", raised);
    assert_eq!(amiss(&mut world), None);
    rusqlite::Connection::open(world.path()).unwrap().execute("UPDATE action SET state = 'withdrawn'", []).unwrap();
    assert_eq!(amiss(&mut world).unwrap().exempt, None, "the action was taken back: another fact");
}

#[test]
fn by_keys_the_look_is_where_it_was_left_after_a_record_and_the_last_row_and_undo_are_in_reach() {
    let mut robot = Robot::sits_down(unallocated(), SMALL);
    robot.press("X j enter").expect_line("CR-0002").expect_line("Allocate a reviewer");
    robot.press("esc").expect_line("Look over the records");
    let at_hand = |robot: &Robot| robot.app().finding_at_hand().map(|finding| finding.reference.clone()).unwrap_or_default();
    assert_eq!(at_hand(&robot), "CR-0002");
    robot.press("G");
    assert_eq!(at_hand(&robot), "CR-0005");
    robot.press("x").expect_line("Until (empty: until the facts change)").type_text("The team is on strike").press("ctrl-s");
    robot.expect_notice("CR-0005: set aside").press("u").expect_notice("Undone");
    assert_eq!(robot.world.amiss("Amina Khan").iter().filter(|finding| finding.exempt.is_some()).count(), 0);
    robot.press("g");
    assert_eq!(at_hand(&robot), "CR-0001");
    // From a record that was not opened here Esc leads to the desk as ever.
    robot.press("esc").press("enter").press("esc").expect_no("Look over the records");
    robot.world.assert_verified();
}

#[test]
fn by_keys_the_look_comes_back_over_the_view_it_was_left_in_and_not_over_the_record() {
    let mut world = unallocated();
    let deed = world.action("CR-0002", "Noor Carter", "See the child alone");
    world.do_("Amina Khan", deed);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("X j enter").expect_line("CR-0002").press("l l l l").expect_line("See the child alone");
    robot.press("enter").expect_dialog("A-0001").press("esc").expect_no("Look over the records").expect_line("See the child alone");
    robot.press("esc").expect_line("Look over the records");
}

#[test]
fn by_keys_the_footer_says_what_a_key_does_with_the_row_and_dates_are_in_words() {
    let mut robot = Robot::sits_down(unallocated(), SMALL);
    robot.press("X").expect_line("CR-0001    since 5 Nov 2026").expect_line("(5, important)").expect_no("2026-11").expect_no("M04");
    robot.expect_line("Enter open").expect_line("x set aside");
    robot.press("x").type_text("The team is on strike").press("ctrl-s").press(". g").expect_line("x look at it again");
    robot.press("x").expect_notice("it counts as amiss again");
}
