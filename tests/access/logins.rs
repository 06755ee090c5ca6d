//! Who somebody is: a role and a login that nobody gives themselves, and a login that is one person's for ever. T43.

use crate::support::driver::{LARGE, Robot};
use crate::support::world::{World, merton_text};
use closeloop::domain::deed::{Deed, PeopleDeed};
use closeloop::domain::person::PersonWanted;

fn some(text: &str) -> Option<String> {
    Some(text.to_string())
}

fn council() -> World {
    World::as_written(merton_text())
}

fn change(world: &World, who: &str, wanted: PersonWanted) -> Deed {
    let person = world.person(who);
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    Deed::People(PeopleDeed::Change { person, seen, wanted })
}

fn login(world: &World, who: &str, login: &str) -> Deed {
    change(world, who, PersonWanted { login: some(login), ..Default::default() })
}

fn role(world: &World, who: &str, role: &str) -> Deed {
    change(world, who, PersonWanted { role: some(role), ..Default::default() })
}

fn beatrix(login: &str) -> Deed {
    let wanted = PersonWanted { name: some("Beatrix Fenn"), role: some("TM"), login: some(login), ..Default::default() };
    Deed::People(PeopleDeed::Add(wanted))
}

#[test]
fn t43_nobody_gives_themselves_a_role_or_another_login_or_takes_theirs_away() {
    let mut world = council();
    // More rights, more sight, a place in the moderation, or the same rights under a role that decides more.
    for wanted in ["insights-hos", "insights-tm", "Director", "SM", "PSW"] {
        let deed = role(&world, "Amina Khan", wanted);
        let refused = world.refused(deed);
        assert!(refused.contains("Nobody changes their own role"), "{wanted}: {refused}");
        assert!(refused.contains("Ask Bela Novak, Iris Tamm or one of 2 others who keep the list of people"), "{wanted}: {refused}");
    }
    for wanted in ["am2", "", "Amina.K"] {
        let deed = login(&world, "Amina Khan", wanted);
        let refused = world.refused(deed);
        assert!(refused.contains("Nobody changes their own login") && refused.contains("Ask Bela Novak"), "{wanted}: {refused}");
    }
    // What is no right of theirs stays theirs to write, and somebody else may do all of it.
    let deed = change(&world, "Amina Khan", PersonWanted { email: some("amina@council.example"), ..Default::default() });
    world.do_("Amina Khan", deed);
    let deed = role(&world, "Amina Khan", "insights-tm");
    world.do_("Bela Novak", deed);
    let deed = login(&world, "Amina Khan", "amina.khan");
    world.do_("Bela Novak", deed);
    world.assert_verified();
}

#[test]
fn t43_who_keeps_the_list_of_people_alone_is_told_to_make_another_first() {
    let mut world = council();
    for who in ["Bela Novak", "Iris Tamm", "Ivo Smith", "Ines Holt"] {
        let deed = role(&world, who, "TM");
        world.do_("Amina Khan", deed);
    }
    let deed = role(&world, "Amina Khan", "insights-hos");
    let refused = world.refused(deed);
    assert!(refused.contains("Nobody else keeps the list of people yet: give somebody one of these roles"), "{refused}");
}

#[test]
fn t43_a_right_may_be_given_up_by_who_had_it() {
    let mut world = council();
    let deed = role(&world, "Amina Khan", "TM");
    assert_eq!(world.do_("Amina Khan", deed).said, "You are Team manager from now on");
}

#[test]
fn t43_a_login_is_one_persons_for_ever() {
    let mut world = council();
    let refused = world.refused(beatrix("tara.m"));
    assert!(refused.contains("The login tara.m is Tara Moss\u{2019}s already"), "{refused}");
    let deed = login(&world, "Tara Moss", "");
    world.do_("Amina Khan", deed);
    for taken in ["tara.m", "Tara.M"] {
        let refused = world.refused(beatrix(taken));
        assert!(refused.contains("is or was Tara Moss\u{2019}s") && refused.contains("another login"), "{refused}");
        let deed = login(&world, "Sean Pike", taken);
        assert!(world.refused(deed).contains("is or was Tara Moss\u{2019}s"));
    }
    // Under another name, too: what counts is who had it.
    let deed = change(&world, "Tara Moss", PersonWanted { name: some("Tara Vane"), login: some("tara.v"), ..Default::default() });
    world.do_("Amina Khan", deed);
    assert!(world.refused(beatrix("tara.m")).contains("is or was Tara Moss\u{2019}s"));
    // They may have theirs back, and then the one between is still theirs alone.
    let deed = login(&world, "Tara Vane", "tara.m");
    world.do_("Amina Khan", deed);
    assert!(world.refused(beatrix("tara.v")).contains("is or was Tara Vane\u{2019}s"));
    world.do_("Amina Khan", beatrix("beatrix.f"));
    world.assert_verified();
}

#[test]
fn t43_a_login_that_was_given_by_mistake_and_taken_back_before_it_was_used_is_free() {
    let mut world = council();
    // Somebody new, taken back: their number goes to the next one.
    let added = world.do_(
        "Amina Khan",
        Deed::People(PeopleDeed::Add(PersonWanted {
            name: some("Una Vale"),
            role: some("TM"),
            login: some("una.v"),
            ..Default::default()
        })),
    );
    world.do_("Amina Khan", Deed::Undo { batch: added.written.first });
    let added = world.do_("Amina Khan", beatrix("una.v"));
    world.do_("Amina Khan", Deed::Undo { batch: added.written.first });
    // The wrong one of two, taken back.
    let deed = login(&world, "Sean Pike", "una.v");
    let given = world.do_("Amina Khan", deed);
    world.do_("Amina Khan", Deed::Undo { batch: given.written.first });
    world.do_("Amina Khan", beatrix("una.v"));
    // Once something was done under it, it is theirs for good, taken back or not.
    let deed = login(&world, "Sean Pike", "sean.p");
    let given = world.do_("Amina Khan", deed);
    let person = world.person("Noor Carter");
    let away = Deed::RecordAbsence {
        person: world.person("Sean Pike"),
        from: world.today(),
        until: world.today(),
        reason: "leave".into(),
        deputy: Some(person),
    };
    world.do_("Sean Pike", away);
    world.do_("Amina Khan", Deed::Undo { batch: given.written.first });
    let deed = login(&world, "Noor Carter", "sean.p");
    assert!(world.refused(deed).contains("is or was Sean Pike\u{2019}s"));
    world.assert_verified();
}

#[test]
fn t43_whoever_is_taken_off_the_list_after_doing_something_keeps_their_login() {
    let mut world = council();
    let added = world.do_("Amina Khan", beatrix("beatrix.f"));
    let person = world.person("Beatrix Fenn");
    let away = Deed::RecordAbsence { person, from: world.today(), until: world.today(), reason: "leave".into(), deputy: None };
    let noted = world.do_("Beatrix Fenn", away);
    world.do_("Beatrix Fenn", Deed::Undo { batch: noted.written.first });
    world.do_("Amina Khan", Deed::Undo { batch: added.written.first });
    let wanted = PersonWanted { name: some("Una Vale"), role: some("TM"), login: some("beatrix.f"), ..Default::default() };
    let refused = world.refused(Deed::People(PeopleDeed::Add(wanted)));
    assert!(refused.contains("is or was Beatrix Fenn\u{2019}s"), "{refused}");
}

#[test]
fn t43_a_session_ends_and_writes_nothing_more_once_its_login_is_taken_away_or_is_another() {
    for (another, why) in [("", "they have none now"), ("tara.moss", "Come in again as tara.moss")] {
        let mut robot = Robot::somebody(council(), LARGE, "Tara Moss");
        let before = robot.world.actor("Tara Moss");
        let deed = login(&robot.world, "Tara Moss", another);
        robot.world.do_("Amina Khan", deed);
        // Its next deed is refused, whatever it believes.
        let person = robot.world.person("Tara Moss");
        let away =
            Deed::RecordAbsence { person, from: robot.world.today(), until: robot.world.today(), reason: String::new(), deputy: None };
        let World { store, library, now, .. } = &mut robot.world;
        let refused = closeloop::runtime::clerk::perform(store, library, &before, *now, away).unwrap_err().to_string();
        assert!(refused.contains("The login tara.m is no longer Tara Moss\u{2019}s") && refused.contains(why), "{refused}");
        robot.look_around();
        assert!(robot.station.over, "the session ends");
        assert_eq!(robot.station.turned_out.as_deref(), Some(refused.as_str()));
    }
}

#[test]
fn t43_a_key_that_comes_before_the_next_look_around_reads_nothing_under_a_login_that_was_taken_away() {
    let mut robot = Robot::somebody(council(), LARGE, "Tara Moss");
    let deed = login(&robot.world, "Tara Moss", "");
    robot.world.do_("Amina Khan", deed);
    robot.press("8");
    assert!(robot.station.over && robot.station.turned_out.is_some(), "{}", robot.frame());
}
