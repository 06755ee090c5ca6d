//! Who sits, leads and leaves. F09: by role, with a quorum and a chair; S07: each service moderates its own; recusal at the door.

use super::table::{MEMBERS, all_score, council_under, decide, moderated_by, on_the_table, score, sealed, seen, submitted, wanted};
use crate::support::world::World;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::{PanelId, PersonId};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::panel::SittingWanted;
use closeloop::domain::query::OutOfSight;

fn plan(wanted: SittingWanted) -> Deed {
    Deed::Panel(PanelDeed::Plan(wanted))
}

fn people(world: &World, names: &[&str]) -> Vec<PersonId> {
    names.iter().map(|name| world.person(name)).collect()
}

/// Every review of Merton's, moderated by its own service as Sandwell does.
fn own_service() -> World {
    let text = moderated_by("{ why = \"every\" }", "members = [\"SM\", \"HoS\"]\nown_service = true\nquorum = 1\nsealed = false");
    let mut world = council_under(&text, 5);
    for (reference, scaling) in world.references().iter().zip([3, 5, 6, 7, 8]) {
        world.through_as(reference, "completed", scaling);
    }
    world.at(super::table::SITS_AT);
    world
}

#[test]
fn s07_a_sitting_belongs_to_one_service_and_its_own_members_sit() {
    let mut world = own_service();
    let usual = SittingWanted::on(world.today(), "10:00", None);
    let said = world.refused(plan(usual.clone()));
    assert_eq!(said, "A sitting of this panel hears the reviews of one service. Name the service; each moderates its own reviews.");
    let of = |service: &str| SittingWanted { service: service.into(), ..usual.clone() };
    let stranger = SittingWanted { members: people(&world, &["Sita Moran"]), ..of("Safeguarding") };
    let said = world.refused(plan(stranger));
    assert!(said.starts_with("Sita Moran belongs to Children in care, not to Safeguarding."), "{said}");
    let chair = Some(world.person("Sam Miller"));
    let panel = world.sits_as(SittingWanted { chair, ..of("Safeguarding") });
    let mut members = world.sitting(panel).panel.members;
    members.sort();
    assert_eq!(members, people(&world, &["Hana Owen", "Sam Miller"]), "everybody of the service whose role moderates");
}

#[test]
fn s07_every_review_is_moderated_by_its_own_service_before_it_goes_back() {
    let mut world = own_service();
    let chair = Some(world.person("Sam Miller"));
    let usual = SittingWanted::on(world.today(), "10:00", chair);
    let panel = world.sits_as(SittingWanted { service: "Safeguarding".into(), ..usual });
    let (mut heard, mut others) = (0, 0);
    for reference in world.references() {
        let deed = world.step(&reference, "returned");
        assert!(world.refused(deed).contains("cannot be returned yet"), "{reference}");
        let deed = world.opens(panel, &reference);
        if world.store.reading().service_of_review(world.id(&reference)).unwrap() == "Safeguarding" {
            world.do_("Sam Miller", deed);
            let deed = decide(&world, panel, &reference, 7);
            world.do_("Sam Miller", deed);
            heard += 1;
        } else {
            let said = world.refused_to("Sam Miller", deed);
            assert_eq!(said, format!("{reference} is not of Safeguarding. Bring it to a sitting of its own service."));
            others += 1;
        }
    }
    assert!(heard > 0 && others > 0, "{heard} {others}");
    let agenda = seen(&mut world, "Sam Miller", panel).agenda;
    assert_eq!(agenda.len(), heard, "nothing of another service stands on the agenda");
}

#[test]
fn f09_members_sit_by_their_role_and_guests_do_not_score() {
    let mut world = submitted(&[9]);
    let with = |world: &World, name: &str| {
        let mut wanted = wanted(world);
        wanted.members.push(world.person(name));
        wanted
    };
    let said = world.refused(plan(with(&world, "Paul Obi")));
    assert_eq!(said, "Paul Obi is SW and does not sit on this panel. Invite them as a guest, or choose somebody whose role moderates.");
    let guests = people(&world, &["Tara Moss"]);
    let panel = world.sits_as(SittingWanted { guests, ..wanted(&world) });
    let mut present = world.sitting(panel).present;
    present.push(world.person("Tara Moss"));
    let revision = world.sitting(panel).revision;
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::NoteAttendance { panel, seen: revision, present }));
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let deed = score(&world, panel, "CR-0001", 9, "");
    assert!(world.refused_to("Tara Moss", deed).contains("(Team manager) no right to score at the panel"));
    all_score(&mut world, panel, "CR-0001", 9);
    assert!(seen(&mut world, "Iris Tamm", panel).item.unwrap().item.unwrap().revealed, "nobody waits for the guest");
}

fn planned() -> (World, PanelId) {
    let mut world = submitted(&[9, 2]);
    let deed = plan(wanted(&world));
    world.do_("Amina Khan", deed);
    (world, PanelId(1))
}

fn begin(world: &World, panel: PanelId, names: &[&str]) -> Deed {
    Deed::Panel(PanelDeed::Begin { panel, present: people(world, names) })
}

#[test]
fn f09_a_sitting_begins_on_its_day_with_its_chair_and_a_quorum_and_once() {
    let (mut world, panel) = planned();
    let few = begin(&world, panel, &["Iris Tamm", "Ivo Smith", "Paul Obi"]);
    assert_eq!(world.refused(few), "2 members are there; the panel needs 3. Ask another member to come, or put the case off.");
    let headless = begin(&world, panel, &["Ivo Smith", "Sam Miller", "Sita Moran"]);
    assert_eq!(world.refused(headless), "The chair is not there. Name another chair first.");
    let full = begin(&world, panel, &MEMBERS);
    assert!(world.refused_to("Sam Miller", full.clone()).contains("Only the chair or the Insights team leads a sitting."));
    world.at("2026-11-18T10:00:00Z");
    assert!(world.refused(full.clone()).contains("This sitting is on Thursday 19 November."));
    world.at(super::table::SITS_AT);
    world.do_("Iris Tamm", full.clone());
    assert!(world.refused(full).contains("The panel sits now"), "a second time");
    let seen = world.sitting(panel).revision;
    let moved = Deed::Panel(PanelDeed::Move { panel, seen, wanted: wanted(&world) });
    assert!(world.refused(moved).contains("its day and members stay"));
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    let full = begin(&world, panel, &MEMBERS);
    assert!(world.refused(full).contains("That sitting is over."), "after it was closed");
}

#[test]
fn f09_too_few_are_left_for_a_case_when_others_have_an_interest() {
    let (mut world, panel) = sealed(&[9]);
    world.declare("Sam Miller", "CR-0001", InterestKind::Family);
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let deed = super::table::defer(&world, panel, "CR-0001", "Too few");
    world.do_("Iris Tamm", deed);
    world.declare("Sita Moran", "CR-0001", InterestKind::Family);
    let deed = world.opens(panel, "CR-0001");
    let said = world.refused_to("Iris Tamm", deed);
    assert!(said.starts_with("2 members may hear CR-0001; the panel needs 3."), "{said}");
}

#[test]
fn whoever_has_an_interest_is_seen_to_leave_before_the_item_opens() {
    let (mut world, panel) = sealed(&[9]);
    world.declare("Sam Miller", "CR-0001", InterestKind::Family);
    let review = world.id("CR-0001");
    let said = world.refused_to("Iris Tamm", Deed::Panel(PanelDeed::OpenItem { panel, review, left: Vec::new(), aside: None }));
    assert_eq!(said, "Sam Miller has an interest in CR-0001 and is still in the room. Ask them to leave, then confirm that they have.");
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let detail = seen(&mut world, "Iris Tamm", panel);
    let row = detail.now().unwrap();
    assert_eq!(row.leave, [(world.person("Sam Miller"), "S. Miller".to_string())]);
    assert_eq!(seen(&mut world, "Sam Miller", panel).withheld, Some(OutOfSight::Recused));
    for member in ["Iris Tamm", "Ivo Smith", "Sita Moran"] {
        let deed = score(&world, panel, "CR-0001", 9, "");
        world.do_(member, deed);
    }
    assert!(seen(&mut world, "Ivo Smith", panel).item.unwrap().item.unwrap().revealed, "nobody waits for who left");
}

#[test]
fn an_interest_found_at_the_table_takes_its_holder_and_their_score_away() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let deed = score(&world, panel, "CR-0001", 2, "I know them");
    world.do_("Sita Moran", deed);
    let said = world.declare("Sita Moran", "CR-0001", InterestKind::Family).said;
    assert!(said.contains("the panel hears it without you"), "{said}");
    for member in ["Iris Tamm", "Ivo Smith", "Sam Miller"] {
        let deed = score(&world, panel, "CR-0001", 9, "");
        world.do_(member, deed);
    }
    let item = seen(&mut world, "Iris Tamm", panel).item.unwrap();
    assert!(item.item.as_ref().unwrap().revealed, "nobody waits for who left");
    assert_eq!(item.spread.iter().map(|row| row.first.scaling).collect::<Vec<_>>(), [Some(9); 3]);
    assert_eq!(item.row.leave, [(world.person("Sita Moran"), "S. Moran".to_string())], "on the record as out");
    let deed = decide(&world, panel, "CR-0001", 9);
    world.do_("Iris Tamm", deed);
    assert_eq!(world.detail("CR-0001").decision.unwrap().scores.len(), 3);
    world.assert_verified();
}

#[test]
fn whoever_comes_late_with_an_interest_stays_out_until_the_case_is_over() {
    let mut world = submitted(&[9, 2]);
    world.declare("Sam Miller", "CR-0001", InterestKind::Family);
    let deed = plan(wanted(&world));
    world.do_("Amina Khan", deed);
    let panel = PanelId(1);
    let deed = begin(&world, panel, &["Iris Tamm", "Ivo Smith", "Sita Moran"]);
    world.do_("Iris Tamm", deed);
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let (revision, present) = (world.sitting(panel).revision, people(&world, &MEMBERS));
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::NoteAttendance { panel, seen: revision, present }));
    let item = seen(&mut world, "Iris Tamm", panel).item.unwrap();
    assert_eq!(item.row.leave, [(world.person("Sam Miller"), "S. Miller".to_string())]);
    assert!(!item.missing.contains(&"S. Miller".to_string()), "{:?}", item.missing);
    world.assert_verified();
}

#[test]
fn f09_the_chairs_connection_drops_and_another_member_takes_over_on_the_record() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let take = |why: &str| Deed::Panel(PanelDeed::TakeChair { panel, why: why.into() });
    assert!(world.refused_to("Paul Obi", take("I can")).contains("no right to lead a sitting"));
    assert!(world.refused_to("Sam Miller", take(" ")).contains("needs its reason"));
    assert!(world.refused_to("Iris Tamm", take("Mine")).contains("You are in the chair."));
    let deed = super::table::defer(&world, panel, "CR-0001", "x");
    assert!(world.refused_to("Sam Miller", deed.clone()).contains("Only the chair or the Insights team leads"));
    world.do_("Sam Miller", take("The chair's line is down"));
    assert_eq!(world.sitting(panel).panel.chair, Some(world.person("Sam Miller")));
    world.do_("Sam Miller", deed);
    let reading = world.store.reading();
    let (by, _) = reading.written_by(reading.last_seq(&format!("panel/{}", panel.0)).unwrap()).unwrap().unwrap();
    assert_eq!(by, "Sam Miller");
    world.do_("Sam Miller", Deed::Panel(PanelDeed::Close { panel }));
    assert!(world.refused_to("Sita Moran", take("Late")).contains("That sitting is over."));
}

#[test]
fn whoever_is_out_for_a_case_does_not_take_the_chair_meanwhile() {
    let (mut world, panel) = sealed(&[9]);
    world.declare("Sam Miller", "CR-0001", InterestKind::Family);
    let deed = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", deed);
    let take = Deed::Panel(PanelDeed::TakeChair { panel, why: "The chair's line is down".into() });
    let said = world.refused_to("Sam Miller", take.clone());
    assert!(said.starts_with("You are recused from the case on the table and cannot chair it."), "{said}");
    world.do_("Sita Moran", take);
}

#[test]
fn who_is_there_is_noted_over_what_was_seen_and_scores_do_not_disturb_it() {
    let (mut world, panel) = on_the_table(&[9], "CR-0001");
    let note =
        |world: &World, seen: i64, names: &[&str]| Deed::Panel(PanelDeed::NoteAttendance { panel, seen, present: people(world, names) });
    let revision = world.sitting(panel).revision;
    let deed = score(&world, panel, "CR-0001", 9, "");
    world.do_("Sam Miller", deed);
    let deed = note(&world, revision, &MEMBERS[1..]);
    assert!(world.refused(deed).contains("The chair cannot leave a sitting without a chair."));
    let deed = note(&world, revision, &MEMBERS[..3]);
    world.do_("Iris Tamm", deed.clone());
    assert!(world.refused(deed).contains("Iris Tamm"), "by somebody who saw it before");
    let ordered = Deed::Panel(PanelDeed::OrderAgenda { panel, run: Vec::new() });
    let deed = super::table::defer(&world, panel, "CR-0001", "Later");
    world.do_("Iris Tamm", deed);
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    assert!(world.refused(ordered).contains("That sitting is over."));
}
