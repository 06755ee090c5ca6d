//! Due dates: the framework's limit, and longer only with a reason or an approval. F11.

use super::world::followed;
use crate::support::world::{World, day};
use closeloop::domain::deed::{ActionDeed, Deed};

#[test]
fn f11_within_the_limit_a_later_day_needs_its_reason() {
    let mut world = followed();
    let Deed::Action(ActionDeed::Extend { actions, mut wanted }) = world.extend(1, "2026-12-15", None) else { unreachable!() };
    // Neither nothing nor next to nothing.
    for reason in [" ", "x", "n/a"] {
        wanted.reason = reason.into();
        let deed = Deed::Action(ActionDeed::Extend { actions: actions.clone(), wanted: wanted.clone() });
        let said = world.refused_to("Noor Carter", deed);
        assert_eq!(said, "A later date needs its reason, in a few words. Write down why it takes longer.");
    }
    let deed = world.extend(1, "2026-12-03", None);
    assert_eq!(world.refused_to("Noor Carter", deed), "A-0001 is due Thu 3 Dec 2026: Thu 3 Dec 2026 is no later day. Give a later one.");
    let deed = world.extend(1, "2026-12-15", None);
    let said = world.refused_to("Ida Ross", deed.clone());
    assert!(said.starts_with("A-0001 is Noor Carter\u{2019}s: it is not yours to give longer."), "{said}");
    world.do_("Noor Carter", deed);
    assert_eq!(world.stored_action(1).due_on, day("2026-12-15"));
    let told = world.history("CR-0001").remove(0).what;
    assert_eq!(told, "Action A-0001 due Tue 15 Dec 2026 instead of Thu 3 Dec 2026: The school is closed until then");
}

#[test]
fn f11_past_the_limit_only_with_the_approval_of_the_profiles_role() {
    let mut world = followed();
    let refused = |world: &mut World, who: &str, approver: Option<&str>| {
        let deed = world.extend(1, "2026-12-16", approver);
        world.refused_to(who, deed)
    };
    let what = "A-0001 is to be done within 40 days, so by Tue 15 Dec 2026.";
    let said = refused(&mut world, "Tara Moss", None);
    assert_eq!(said, format!("{what} A later day needs the approval of a Service manager: say who gave it."));
    let said = refused(&mut world, "Tara Moss", Some("Tara Moss"));
    assert_eq!(said, format!("{what} Tara Moss is no Service manager. Only a Service manager can approve a later day."));
    let deed = world.extend(1, "2026-12-16", Some("Sam Miller"));
    world.do_("Tara Moss", deed);
    let told = world.history("CR-0001").remove(0).what;
    assert!(told.contains("approved by S. Miller"), "{told}");
    // Whoever holds the role approves by asking.
    let deed = world.extend(1, "2026-12-18", None);
    world.do_("Sam Miller", deed);
    assert_eq!(world.stored_action(1).due_on, day("2026-12-18"));
    world.assert_verified();
}

#[test]
fn f11_nobody_approves_longer_for_themselves() {
    let mut world = followed();
    world.raises_action("CR-0002", "Sam Miller", "Look at the recording of the whole team");
    for approver in [None, Some("Sam Miller")] {
        let deed = world.extend(2, "2027-01-15", approver);
        let said = world.refused_to("Sam Miller", deed);
        assert_eq!(said, "A-0002 is Sam Miller\u{2019}s own: nobody approves longer for themselves. Another Service manager can.");
    }
    let deed = world.extend(2, "2027-01-15", Some("Sita Moran"));
    world.do_("Sam Miller", deed);
}

#[test]
fn without_a_limit_any_later_day_will_do() {
    let mut world = World::ready();
    world.raises_action("CR-0001", "Noor Carter", "Bring the chronology up to date");
    let deed = world.extend(1, "2027-09-01", None);
    world.do_("Noor Carter", deed);
    assert_eq!(world.stored_action(1).due_on, day("2027-09-01"));
}
