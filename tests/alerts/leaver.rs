//! Somebody with a part in an alert has left: it says so, who can act instead, and by which key.

use super::{FIRST, acknowledge, alert, inadequate, name, tell_all};
use crate::support::driver::{LARGE, Robot};
use crate::support::world::World;
use closeloop::domain::action::{ActionWanted, Near};
use closeloop::domain::alert::{Alert, AlertAddressee, Doer, Followed, HowTold, unfollow};
use closeloop::domain::dataset::{Allowed, TABLES};
use closeloop::domain::deed::{AlertDeed, Deed};
use closeloop::domain::framework::Side;
use closeloop::domain::query::Held;
use closeloop::domain::report::AlertLine;
use closeloop::domain::strip::ClockOf;
use closeloop::runtime::answers::reports::fresh;
use closeloop::store::StoreError;

/// Assured by the service manager, with an urgent action of Noor Carter.
fn with_an_urgent_action() -> World {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let (sm, owner) = (name(&world, "SM", Side::Child), Some(world.person("Noor Carter")));
    let urgent =
        vec![ActionWanted { text: "A new plan".into(), owner, due_on: None, urgent: true, kind: String::new(), near: Near::Anyway }];
    let answers = super::answers(&[("safety", "Safe"), ("quality", "Weak")]);
    world.do_(&sm, Deed::Alert(AlertDeed::Assure { alert: FIRST, answers, urgent }));
    world
}

#[test]
fn m12_an_urgent_action_of_a_leaver_is_given_to_somebody_else_from_the_alert() {
    let mut world = with_an_urgent_action();
    world.leaves("Noor Carter");
    let by = super::listed::detail(&mut world).needs[0].1.clone();
    assert_eq!(by, "Noor Carter, who has left: Alex Main, who managed them, or the Insights team gives it to somebody else");
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter").expect_line("Noor Carter, who has left").expect_line("o opens A-0001; there a gives it to somebody else.");
    robot.press("o").expect_line("Next: give it to somebody else").press("a").expect_dialog("A-0001 \u{b7} Another owner");
    robot.type_text("rita").goes_to("why").type_text("She has the case now").press("ctrl-s").press("esc");
    robot.expect_line("by Rita Lund").expect_no("who has left");
}

#[test]
fn m11_where_the_one_who_assures_has_left_whoever_is_named_to_stand_in_does_it() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    world.leaves(&sm);
    let found = super::listed::detail(&mut world);
    assert!(found.needs[0].1.ends_with("(child\u{2019}s SM), who has left") && found.next_is_gone(), "{:?}", found.needs);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter").expect_line("Nobody can until somebody follows whoever left: f on their row names who does.");
    robot.press("esc 8 /").type_text("all ").type_text(&sm).press("enter").expect_row_selected(&sm).press("a");
    robot.expect_dialog(&format!("{sm} is away")).goes_to("until").instead("+30").goes_to("deputy").type_text("hana owen");
    robot.press("ctrl-s").expect_notice("H. Owen stands in");
    let mut world = robot.into_world();
    let answers = super::answers(&[("safety", "Safe"), ("quality", "Weak")]);
    world.do_("Hana Owen", Deed::Alert(AlertDeed::Assure { alert: FIRST, answers, urgent: Vec::new() }));
    assert!(alert(&world).assured_at().is_some());
    world.refused_to("Ida Ross", acknowledge());
}

#[test]
fn t43_leaving_at_the_question_of_an_alert_leads_back_to_the_sheet_it_was_opened_from() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let mut robot = Robot::sits_down(world, LARGE).with_the_question();
    robot.press("8 /").type_text(&sm).press("enter").expect_row_selected(&sm).press("enter").expect_dialog(&sm);
    for _ in 0..40 {
        if robot.app().held_at_hand().is_some_and(|row| matches!(row.what, Held::Strip(_))) {
            break;
        }
        robot.press("j");
    }
    robot.press("enter").expect_line("do you have an interest").press("esc").expect_dialog(&sm);
}

#[test]
fn m10_an_addressee_who_has_left_is_marked_with_how_somebody_follows_them() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let tm = name(&world, "TM", Side::Child);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter").expect_line("not yet").expect_no("has left");
    let mut world = robot.into_world();
    world.leaves(&tm);
    assert_ne!(sm, tm);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter").expect_line("has left");
    for _ in 0..10 {
        let flat = robot.frame().replace('\u{2502}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        if flat.contains("has left: f names who hears instead") {
            return;
        }
        robot.press("j");
    }
    panic!("no row says how somebody follows:\n{}", robot.frame());
}

fn follow(world: &World, place: usize, who: &str, because: &str) -> Deed {
    Deed::Alert(AlertDeed::Follow { alert: FIRST, place, person: world.person(who), because: because.into() })
}

#[test]
fn m10_who_hears_in_the_place_of_a_leaver_is_named_by_whoever_managed_them_or_the_insights_team_alone() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let (sm, tm, hos) = (name(&world, "SM", Side::Child), name(&world, "TM", Side::Child), name(&world, "HoS", Side::Child));
    let place = super::place(&world, "SM", Side::Child);
    let other = if sm == "Sam Miller" { "Sita Moran" } else { "Sam Miller" };
    let deed = follow(&world, place, other, "Covers the service");
    assert!(world.refused(deed).contains("has not left. Where they are away, say who stands in"));
    world.leaves(&sm);
    let deed = follow(&world, place, other, "Covers the service");
    let said = world.refused_to(&tm, deed.clone());
    assert!(said.contains("is not yours to say") && said.contains(&format!("{hos}, who managed them, or the Insights team")), "{said}");
    for (who, because, expected) in [(other, " ", "not said why"), (&hos, "x", "on the list of this alert already"), (&sm, "x", "has left")]
    {
        let wrong = follow(&world, place, who, because);
        let said = world.refused(wrong);
        assert!(said.contains(expected), "{said}");
    }
    let receipt = world.do_(&hos, deed.clone());
    assert_eq!(receipt.said, format!("AL-0001: {other} hears of it as SM, in the place of {sm}"));
    let after = alert(&world);
    let (new, old) = (after.addressees.last().unwrap(), after.at(place).unwrap());
    assert_eq!((new.role.as_str(), new.person, new.told_at), ("SM", Some(world.person(other)), None));
    assert_eq!(old.followed.as_ref().map(|next| next.by), Some(after.addressees.len() - 1));
    assert!(!old.tellings.is_empty(), "what they were told stays");
    assert_eq!(after.assured_by, Some(after.addressees.len() - 1), "whoever follows reviews the record");
    assert!(world.refused(deed).contains("nobody at that place whom somebody could follow"));
    world.assert_verified();
    // Whoever follows acknowledges and gives assurance; nobody else does for the role.
    world.do_(other, acknowledge());
    let answers = super::answers(&[("safety", "Safe"), ("quality", "Weak")]);
    world.do_(other, Deed::Alert(AlertDeed::Assure { alert: FIRST, answers, urgent: Vec::new() }));
    assert!(alert(&world).assured_at().is_some());
    world.assert_verified();
}

#[test]
fn m10_whoever_follows_a_leaver_is_written_to_and_taken_back_before_they_heard_they_are_not() {
    let mut world = World::alarmed();
    let sm = name(&world, "SM", Side::Child);
    let place = super::place(&world, "SM", Side::Child);
    let other = if sm == "Sam Miller" { "Sita Moran" } else { "Sam Miller" };
    world.leaves(&sm);
    let before = alert(&world);
    let deed = follow(&world, place, other, "Covers the service");
    let receipt = world.do_("Amina Khan", deed);
    assert!(receipt.queued);
    let receipt = world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert!(receipt.written.first > 0);
    assert_eq!(alert(&world), before, "as it stood");
    world.assert_verified();
    let server = crate::support::smtp::Smtp::start();
    world.send(&server);
    assert!(!server.taken_for().contains(&crate::support::post::address(other)), "{:?}", server.taken_for());
    // Again, and this time the message goes out; from then on it stands.
    let deed = follow(&world, place, other, "Covers the service");
    world.at("2026-11-12T10:06:00Z");
    let receipt = world.do_("Amina Khan", deed);
    world.send(&server);
    assert!(server.taken_for().contains(&crate::support::post::address(other)), "{:?}", server.taken_for());
    assert!(alert(&world).addressees.last().unwrap().told_at.is_some());
    let said = world.refused(Deed::Undo { batch: receipt.written.first });
    assert!(said.contains("Somebody was told of AL-0001"), "{said}");
    world.assert_verified();
}

#[test]
fn m10_by_keys_the_row_of_a_leaver_is_given_to_somebody_who_is_here() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let other = if sm == "Sam Miller" { "Sita Moran" } else { "Sam Miller" };
    let place = super::place(&world, "SM", Side::Child);
    world.leaves(&sm);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 3 enter");
    for _ in 0..place {
        robot.press("j");
    }
    robot.expect_line("f names who hears instead").press("f").expect_dialog(&format!("AL-0001 \u{b7} In the place of {sm}, who has left"));
    robot.press("ctrl-s").expect_line("is still empty");
    robot.goes_to("person").type_text(other).goes_to("because").type_text("Covers the service").press("ctrl-s");
    robot.expect_notice(&format!("{other} hears of it as SM, in the place of {sm}")).expect_no("Nobody can until");
    robot.press("f").expect_notice("It has no gap");
    robot.press("u").expect_notice("Undone").expect_line("Nobody can until somebody follows whoever left");
}

#[test]
fn m10_a_clock_that_an_acknowledgement_ended_does_not_run_again_when_somebody_follows_whoever_gave_it() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let other = if sm == "Sam Miller" { "Sita Moran" } else { "Sam Miller" };
    world.do_(&sm, acknowledge());
    let runs = |world: &mut World| {
        let clocks = super::listed::detail(world).clocks;
        clocks.iter().filter(|clock| clock.runs() && matches!(clock.of, closeloop::domain::strip::ClockOf::Acknowledge(_))).count()
    };
    assert_eq!(runs(&mut world), 0, "whoever has to act has said that they do");
    world.leaves(&sm);
    let place = super::place(&world, "SM", Side::Child);
    let deed = follow(&world, place, other, "Covers the service");
    world.do_("Amina Khan", deed);
    assert_eq!(runs(&mut world), 0);
    let last = alert(&world).addressees.len() - 1;
    assert_eq!((alert(&world).followed_to(place), alert(&world).followed_to(last)), (last, last));
    world.assert_verified();
}

/// Somebody is named in the place of the service manager, who has left without having heard.
fn followed() -> (World, usize, closeloop::runtime::clerk::Receipt) {
    let mut world = World::alarmed();
    let sm = name(&world, "SM", Side::Child);
    let place = super::place(&world, "SM", Side::Child);
    let other = if sm == "Sam Miller" { "Sita Moran" } else { "Sam Miller" };
    world.leaves(&sm);
    let deed = follow(&world, place, other, "Covers the service");
    let receipt = world.do_("Amina Khan", deed);
    (world, place, receipt)
}

#[test]
fn m10_whoever_has_left_and_is_followed_is_counted_as_not_told_no_more() {
    let (mut world, place, _) = followed();
    let places: Vec<usize> = (0..alert(&world).addressees.len()).filter(|one| *one != place).collect();
    let known = |world: &World, one: &usize| alert(world).addressees[*one].person.is_some();
    let places: Vec<usize> = places.into_iter().filter(|one| known(&world, one)).collect();
    world.do_("Amina Khan", super::tell(&places, HowTold::Telephone));
    let stored = alert(&world);
    let everybody = u32::try_from(places.len()).unwrap();
    assert_eq!(stored.heard_by().count(), places.len());
    let line = AlertLine::of(stored.review, "CR-0001".into(), &stored, world.now);
    assert_eq!((line.told.n, line.told.of), (everybody, everybody));
    let cycle = world.review("CR-0001").review.cycle;
    let viewer = world.viewer();
    let figures = fresh(world.store.reading(), &mut world.library, &viewer, cycle, "alert-log", false).unwrap().0.figures;
    assert_eq!((figures.alerts.told.n, figures.alerts.told.of), (everybody, everybody));
    let rows = |world: &World, name: &str| {
        let table = TABLES.iter().find(|table| table.name == name).unwrap();
        let mut rows: Vec<Vec<Option<String>>> = Vec::new();
        let take = |row: &[Option<String>]| {
            rows.push(row.to_vec());
            Ok::<(), StoreError>(())
        };
        world.store.reading().dataset(table, &Allowed::default(), &world.viewer(), take).unwrap();
        let column = |name: &str| table.columns.iter().position(|column| column.name == name).unwrap();
        (rows, column(if name == "tellings" { "told_at" } else { "addressees" }))
    };
    let (tellings, told_at) = rows(&world, "tellings");
    assert_eq!(tellings.len(), places.len());
    assert!(tellings.iter().all(|row| row[told_at].is_some()));
    let (alerts, addressees) = rows(&world, "alerts");
    let gaps = stored.addressees.iter().filter(|one| one.person.is_none()).count();
    assert_eq!(alerts[0][addressees], Some((places.len() + gaps).to_string()));
}

#[test]
fn m10_whoever_follows_a_leaver_cannot_be_taken_back_for_a_reason_that_is_so() {
    let undo = |receipt: &closeloop::runtime::clerk::Receipt| Deed::Undo { batch: receipt.written.first };
    // Somebody else came to the list since.
    let (world, place, _) = followed();
    let mut stored = alert(&world);
    let tm = super::place(&world, "TM", Side::Child);
    stored.addressees[tm].followed = Some(Followed { by: stored.addressees.len(), at: world.now });
    stored.addressees.push(AlertAddressee::new("TM", Side::Child, Some(world.person("Tom Ward"))));
    let doer = Doer { leads: true, ..Doer::default() };
    let said = unfollow(world.now, &stored, place, &doer).unwrap_err().to_string();
    assert!(said.contains("Somebody was added to the list of AL-0001 since"), "{said}");
    stored.closed_at = Some(world.now);
    let said = unfollow(world.now, &stored, place, &doer).unwrap_err().to_string();
    assert!(said.contains("AL-0001 is closed"), "{said}");
    // It was written down that they were told too late: whoever took the place next would be called so.
    let (mut late, place, receipt) = followed();
    let by = alert(&late).addressees.len() - 1;
    late.now += chrono::Duration::hours(2);
    late.do_("Amina Khan", Deed::RaiseDue);
    assert!(alert(&late).overdue.iter().any(|known| known.clock == ClockOf::Tell(by)));
    let said = late.refused(undo(&receipt));
    assert!(said.contains("had not been told of AL-0001 in time"), "{said}");
    late.assert_verified();
    // And what was taken back cannot be taken back again.
    let again = unfollow(world.now, &Alert { closed_at: None, ..alert(&world) }, place, &doer).unwrap();
    let mut back = alert(&world);
    back.after(&again);
    let said = unfollow(world.now, &back, place, &doer).unwrap_err().to_string();
    assert!(said.contains("taken back before"), "{said}");
}
