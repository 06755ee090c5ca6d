//! A planned sitting that is called off: who may, with what reason, what becomes of its cases, and that it stands in the record. F09, M07.

use super::table::seen;
use crate::support::driver::{LARGE, Robot};
use crate::support::sat::{MEMBERS, RECUSED, Sat};
use crate::support::smtp::Smtp;
use crate::support::world::World;
use closeloop::domain::deed::{Deed, PanelDeed, PeopleDeed};
use closeloop::domain::id::{MailId, PanelId};
use closeloop::domain::outbox::{Letter, News, NotNeeded, Stand};
use closeloop::domain::panel::{SittingStand, SittingWanted};
use closeloop::domain::person::PersonWanted;
use closeloop::domain::query::Query;

fn call_off(world: &World, panel: PanelId, why: &str) -> Deed {
    Deed::Panel(PanelDeed::CallOff { panel, seen: world.sitting(panel).revision, why: why.into() })
}

fn letters(world: &World) -> Vec<Letter> {
    (1..).map_while(|id| world.store.reading().letter(MailId(id)).unwrap()).collect()
}

#[test]
fn f09_it_is_called_off_by_the_chair_or_the_insights_team_before_it_begins_and_with_the_reason() {
    let Sat { mut world, panel, .. } = Sat::planned();
    let deed = call_off(&world, panel, "  ");
    assert!(world.refused(deed).contains("needs its reason"));
    let deed = call_off(&world, panel, "Half of the members are ill");
    let said = world.refused_to("Sam Miller", deed.clone());
    assert!(said.contains("Only the chair or the Insights team leads a sitting"), "{said}");
    let receipt = world.do_(MEMBERS[0], deed.clone());
    assert!(
        receipt.said.starts_with("The sitting on Tuesday 24 November is called off; the ") && receipt.said.contains("wait for another")
    );
    let sitting = world.sitting(panel);
    assert_eq!((sitting.stand, sitting.called_off.as_str()), (SittingStand::CalledOff, "Half of the members are ill"));
    world.refused(deed);
    let again = call_off(&world, panel, "Twice");
    assert!(world.refused(again).contains("was called off"));
    let begin = Deed::Panel(PanelDeed::Begin { panel, present: Vec::new() });
    assert!(world.refused(begin).contains("was called off"));
    world.assert_verified();
    // Taken back it stands as it stood, its cases with it.
    world.do_(MEMBERS[0], Deed::Undo { batch: receipt.written.first });
    assert_eq!(world.sitting(panel).stand, SittingStand::Planned);
    let first = world.id(&world.references()[1]);
    assert_eq!(world.store.reading().sitting_of(first, world.today()).unwrap(), Some(panel));
    world.assert_verified();

    let Sat { mut world, panel, .. } = Sat::begun();
    let deed = call_off(&world, panel, "Too late");
    assert!(world.refused(deed).contains("what has begun is not called off"));
}

#[test]
fn its_cases_wait_and_go_to_the_next_sitting_that_is_planned() {
    let Sat { mut world, panel, cases } = Sat::planned();
    let review = world.id(&cases[1]);
    let deed = call_off(&world, panel, "Half of the members are ill");
    world.do_("Amina Khan", deed);
    assert_eq!(world.store.reading().sitting_of(review, world.today()).unwrap(), None);
    let chair = Some(world.person(MEMBERS[0]));
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(SittingWanted::on(world.today() + chrono::Days::new(8), "10:00", chair))));
    assert_eq!(world.store.reading().sitting_of(review, world.today()).unwrap(), Some(PanelId(2)));
}

#[test]
fn m06_a_member_goes_on_scoring_blind_when_the_sitting_is_called_off_and_when_it_stands_again() {
    let Sat { mut world, panel, cases } = Sat::planned();
    let review = world.id(&cases[0]);
    let kept_back = |world: &World, name: &str| world.store.reading().is_kept_back(review, &world.seen_by(name)).unwrap();
    assert!(kept_back(&world, MEMBERS[1]) && !kept_back(&world, "Amina Khan"));
    let deed = call_off(&world, panel, "Half of the members are ill");
    let receipt = world.do_(MEMBERS[0], deed);
    assert!(kept_back(&world, MEMBERS[1]), "or somebody calls it off, reads, and takes that back");
    world.do_(MEMBERS[0], Deed::Undo { batch: receipt.written.first });
    assert!(kept_back(&world, MEMBERS[1]));
    let deed = call_off(&world, panel, "Half of the members are ill");
    world.do_(MEMBERS[0], deed);
    // Another one that judges with the grade in sight opens it.
    let next = world.sits();
    assert!(kept_back(&world, MEMBERS[1]), "nobody has opened it");
    let deed = world.opens(next, &cases[0]);
    world.do_(MEMBERS[0], deed);
    assert!(!kept_back(&world, MEMBERS[1]));
    world.assert_verified();
}

#[test]
fn m07_members_and_whoever_was_invited_for_a_case_are_told_by_mail_once_and_not_where_it_stands_again() {
    let Sat { mut world, panel, .. } = Sat::planned();
    let invited = match world.ask(Query::Invitations(panel)) {
        closeloop::domain::query::Answered::Invitations(detail) => detail,
        other => panic!("{other:?}"),
    };
    let of_cases: Vec<_> = invited.items.iter().flat_map(|item| item.invitees.iter().filter_map(|one| one.person)).collect();
    assert!(!of_cases.is_empty());
    let before = letters(&world).len();
    let deed = call_off(&world, panel, "A name that must not be in it: Ayo");
    let receipt = world.do_(MEMBERS[0], deed);
    let told: Vec<_> = letters(&world).split_off(before).into_iter().map(|letter| letter.message).collect();
    assert!(told.iter().all(|message| message.cause.news == News::SittingCalledOff && message.said.reference == "P-1"));
    let people: Vec<_> = told.iter().map(|message| message.person).collect();
    for name in &MEMBERS[1..] {
        assert!(people.contains(&world.person(name)), "{name}");
    }
    assert!(of_cases.iter().all(|person| people.contains(person) || *person == world.person(MEMBERS[0])));
    assert!(!people.contains(&world.person(MEMBERS[0])), "whoever calls it off knows");
    let (subject, text) = closeloop::notify::Texts::open(None).unwrap().say(told[0].cause.news, &told[0].said).unwrap();
    assert!(subject.contains("P-1: the sitting of the panel on Tue 24 Nov 2026 is called off"), "{subject}");
    assert!(!text.contains("Ayo"), "{text}");
    // It stands again before a message went: none is sent any more.
    world.do_(MEMBERS[0], Deed::Undo { batch: receipt.written.first });
    let (person, email) = (world.person(MEMBERS[1]), Some("ivo.s@example.org".to_string()));
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    let wanted = PersonWanted { email, ..PersonWanted::default() };
    world.do_("Amina Khan", Deed::People(PeopleDeed::Change { person, seen, wanted }));
    let server = Smtp::start();
    world.send(&server);
    let theirs = letters(&world).split_off(before).into_iter().find(|letter| letter.message.person == person).unwrap();
    assert!(matches!(theirs.stand, Stand::NotNeeded { why: NotNeeded::Over }), "{:?}", theirs.stand);
    world.assert_verified();
}

#[test]
fn it_still_says_which_cases_it_had_but_of_none_that_is_withheld() {
    let Sat { mut world, panel, cases } = Sat::planned();
    let deed = call_off(&world, panel, "Half of the members are ill");
    // Whoever calls it off is recused from one: it moves all the same, and stands in what is kept.
    let receipt = world.do_("Amina Khan", deed);
    assert_eq!(seen(&mut world, "Amina Khan", panel).had, cases);
    let less: Vec<String> = cases.iter().filter(|reference| **reference != cases[1]).cloned().collect();
    assert_eq!(seen(&mut world, RECUSED, panel).had, less);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("0 enter").expect_line("The 7 cases it had go to another sitting.").expect_line("CR-0007. It heard none of them.");
    robot.expect_no("appears here by itself").expect_no("of 0 done");
    let mut world = robot.into_world();
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert_eq!(seen(&mut world, "Amina Khan", panel).had, Vec::<String>::new(), "it stands again, with its agenda");
    world.assert_verified();
}

#[test]
fn one_without_a_case_that_is_called_off_speaks_of_none() {
    let Sat { mut world, .. } = Sat::planned();
    // The cases wait for the first sitting; this one has none.
    let wanted = SittingWanted::on("2026-12-15".parse().unwrap(), "10:00", Some(world.person(MEMBERS[0])));
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(wanted)));
    let deed = call_off(&world, PanelId(2), "Nothing to hear");
    world.do_("Amina Khan", deed);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("0");
    assert!(robot.app().sitting.rows.iter().any(|row| row.id == PanelId(2)));
    let place = robot.app().sitting.rows.iter().position(|row| row.id == PanelId(2)).unwrap();
    while robot.app().sitting.at != place {
        robot.press(if robot.app().sitting.at < place { "j" } else { "k" });
    }
    robot.press("enter").expect_line("This sitting was called off: Nothing to hear.").expect_line("It had no case on its agenda.");
    robot.expect_no("another sitting").expect_no("appears here by itself");
}

#[test]
fn by_keys_the_finding_leads_to_it_and_it_stays_in_the_list_with_its_reason() {
    let Sat { mut world, .. } = Sat::planned();
    world.at("2026-11-27T09:00:00Z");
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("X G").expect_line("P-1").expect_line("one that never sat is called off").press("enter").expect_line("call off");
    robot.press("-").expect_dialog("Call off the sitting on Tuesday 24 November at 10:00").press("ctrl-s").expect_line("is still empty");
    robot.type_text("Half of the members were ill").press("ctrl-s").expect_notice("The sitting on Tuesday 24 November is called off");
    robot
        .expect_line("This sitting was called off: Half of the members were ill.")
        .press("-")
        .expect_notice("That sitting was called off.");
    robot.press("esc").expect_line("Look over the records").expect_no("P-1");
    // The look lay over the desk, and that is where it leads back to.
    robot.press("esc").expect_line("1 Queue").press("0").expect_line("called off");
}
