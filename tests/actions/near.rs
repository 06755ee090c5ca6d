//! The same thing is not raised twice.

use super::world::followed;
use closeloop::domain::action::{ActionWanted, Near, much_like};
use closeloop::domain::change::{ActionLinked, Change};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::ActionId;

#[test]
fn much_alike_is_told_by_the_words_in_common() {
    let alike = [
        ("Bring the chronology up to date", "Chronology to be brought up to date"),
        ("See the child alone within the week", "See child alone within a week, and write it up"),
        ("Chronology", "chronology"),
    ];
    let apart = [
        ("Bring the chronology up to date", "Bring the plan to the family"),
        ("Chronology", "Chronology of the older brother"),
        ("See the child alone", "Write to the school"),
        ("", ""),
    ];
    for (left, right) in alike {
        assert!(much_like(left, right) && much_like(right, left), "{left} / {right}");
    }
    for (left, right) in apart {
        assert!(!much_like(left, right) && !much_like(right, left), "{left} / {right}");
    }
}

#[test]
fn one_much_like_an_open_one_of_the_same_review_is_said_to_be_so() {
    let mut world = followed();
    let text = "Chronology to be brought up to date";
    let deed = world.action("CR-0001", "Tara Moss", text);
    let said = world.refused_to("Ida Ross", deed);
    let remedy = "Link to it instead (A-0001), or say that a new one is meant.";
    assert_eq!(said, format!("Much like A-0001, still open: Bring the chronology up to date. {remedy}"));
    let with = |near: Near, world: &crate::support::world::World| {
        let Deed::RaiseAction { review, wanted } = world.action("CR-0001", "Tara Moss", text) else { unreachable!() };
        Deed::RaiseAction { review, wanted: ActionWanted { near, ..wanted } }
    };
    let deed = with(Near::Link(ActionId(1)), &world);
    assert_eq!(world.do_("Ida Ross", deed).said, "A-0001 stands with this review already");
    let deed = with(Near::Link(ActionId(7)), &world);
    assert!(world.refused_to("Ida Ross", deed).starts_with("A-0007 is no open action of this case"));
    let deed = with(Near::Anyway, &world);
    assert!(world.do_("Ida Ross", deed).said.starts_with("A-0002 raised"));
    // What is done asks for nothing any more, and another case is another matter.
    let mut world = followed();
    let deed = world.action("CR-0002", "Noor Carter", text);
    world.do_("Ida Ross", deed);
    world.is_done(1, "Noor Carter");
    let deed = world.action("CR-0001", "Tara Moss", text);
    world.do_("Ida Ross", deed);
}

#[test]
fn a_linked_action_answers_both_findings_until_that_is_taken_back() {
    let mut world = followed();
    let review = world.id("CR-0002");
    let linked = ActionLinked { action: ActionId(1), review, text: "Chronology".into(), linked: true };
    let actor = world.actor("Ida Ross");
    let now = world.now;
    let batch = world.store.write(|tx| tx.write(&actor, now, &[Change::ActionLinked(linked)])).unwrap().first;
    assert_eq!(world.facts(review).actions.len(), 1);
    assert_eq!(world.history("CR-0002")[0].what, "Action A-0001, still open, answers this as well: Chronology");
    world.assert_verified();
    world.do_("Ida Ross", Deed::Undo { batch });
    assert!(world.facts(review).actions.is_empty());
    assert_eq!(world.history("CR-0002")[0].what, "Action A-0001 no longer answers this: Chronology");
    world.assert_verified();
}
