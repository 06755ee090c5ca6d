//! `closeloop tick` as cron runs it: what it says, how it ends, and what it makes of its configuration.

use crate::cli::place::{Place, Said};
use crate::support::smtp::{Fate, Smtp};
use crate::support::world::World;
use closeloop::domain::strip::CLOCK_BEHIND;

/// A place with the alarmed council in it, whose messages `tick` may send to this server.
fn place(settings: &str) -> Place {
    let world = World::alarmed();
    let (_folder, path) = world.into_template();
    let place = Place::empty();
    std::fs::copy(path, place.db()).unwrap();
    place.file("config.toml", settings);
    place
}

pub fn tick(place: &Place, more: &[&str]) -> Said {
    let config = place.path("config.toml");
    let all: Vec<&str> = ["tick", "--config", &config].into_iter().chain(more.iter().copied()).collect();
    place.run(&all)
}

pub fn to(port: u16) -> String {
    format!("[mail]\nfrom = \"insights@larkmoor.example\"\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n")
}

#[test]
fn tick_says_what_it_sent_and_nothing_where_there_is_nothing_to_do() {
    let server = Smtp::start();
    let place = demo(&to(server.port));
    assert_eq!(tick(&place, &[]).done(), "6 e-mails sent.\n");
    assert_eq!(server.taken().len(), 6);
    assert_eq!(tick(&place, &[]).done(), "");
    assert_eq!(server.taken().len(), 6);
}

#[test]
fn tick_says_that_the_clock_was_set_back_and_calls_nothing_overdue() {
    let mut place = demo("[mail]\nsend = false\n");
    assert_eq!(tick(&place, &[]).done(), "");
    place.env.retain(|(name, _)| *name != "CLOSELOOP_NOW");
    place.env.push(("CLOSELOOP_NOW", "2026-01-05T10:00:00Z".into()));
    let said = tick(&place, &[]);
    assert_eq!((said.code, said.out.as_str(), said.err), (0, "", format!("{CLOCK_BEHIND}\n")));
    // A save by such a clock hides nothing: it is said until the clock is right.
    place.run(&["people", "change", "amina.k", "--email", "amina@larkmoor.example"]).done();
    assert_eq!(tick(&place, &[]).err, format!("{CLOCK_BEHIND}\n"));
}

/// The same as a demo database, whose clock can be fixed.
pub fn demo(settings: &str) -> Place {
    use closeloop::domain::change::{Change, Swap};
    let mut world = World::alarmed();
    let (actor, now) = (world.actor("Amina Khan"), world.now);
    let change = Change::SettingChanged { name: "demo".into(), value: Swap::new("amina.k".into()) };
    world.store.write(|tx| tx.write(&actor, now, &[change])).unwrap();
    let (_folder, path) = world.into_template();
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", "2026-11-12T10:00:00Z".into()));
    std::fs::copy(path, place.db()).unwrap();
    place.file("config.toml", settings);
    place
}

#[test]
fn tick_ends_with_status_1_and_a_sentence_for_each_message_that_did_not_go() {
    let server = Smtp::start();
    server.fate("tara.moss@larkmoor.example", Fate::AtRecipient("550 5.1.1 no such user"));
    for name in ["tom.ward", "tess.young"] {
        server.fate(&format!("{name}@larkmoor.example"), Fate::AtRecipient("550 5.1.1 no such user"));
    }
    let place = demo(&to(server.port));
    let said = tick(&place, &[]);
    assert_eq!((said.code, said.out.as_str()), (1, "5 e-mails sent.\n"), "{}", said.err);
    let sentence =
        "An e-mail about AL-0001 could not be sent: the address is refused (permanent error (550): 5.1.1 no such user). Telephone them;";
    assert!(said.err.starts_with(sentence) && said.err.lines().count() == 1, "{}", said.err);
    assert_eq!(tick(&place, &[]).done(), "", "what is final is not tried again by itself");
    let again = tick(&place, &["--again"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "at the same moment it has only just failed");

    let nobody = demo(&to(1));
    let said = tick(&nobody, &[]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(
        said.err.contains("the mail server cannot be reached") && said.err.ends_with("5 more e-mails wait for the same reason.\n"),
        "{}",
        said.err
    );
    assert_eq!(tick(&nobody, &[]).done(), "6 e-mails wait; the next try is Thu 12 Nov 10:01.\n");
}

#[test]
fn without_settings_tick_says_once_more_that_people_have_to_be_telephoned_and_how_to_stop_that() {
    let unset = demo("ascii = true\n");
    let said = tick(&unset, &[]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    assert_eq!(
        said.err,
        "6 e-mails wait: e-mail is not set up. Add [mail] to the configuration, or send = false in it if people are telephoned instead.\n"
    );
    assert_eq!(tick(&demo("[mail]\nsend = false\n"), &[]).done(), "");
}

#[test]
fn a_made_up_council_writes_to_nobody_outside_of_this_machine() {
    let place = demo("[mail]\nfrom = \"a@example.org\"\nhost = \"mail.example.org\"\n");
    let said = tick(&place, &[]);
    assert_eq!(
        said.refused(),
        "closeloop: A made-up council writes to nobody outside of this machine. Name a mail server on localhost in [mail], or none.\n"
    );
}

#[test]
fn tick_needs_nobody_to_be_in_the_list_of_people() {
    // The user of this test has no login there, as a service account has none.
    let place = place("");
    let said = tick(&place, &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(place.run(&["list", "alerts"]).code, 1, "while everybody else has to be");
}

#[test]
fn wrong_settings_are_all_named_before_anything_is_sent() {
    let table = [
        ("[mail]\nhost = \"localhost\"", "\u{201c}mail.from\u{201d} is missing"),
        ("[mail]\nfrom = \"a@example.org\"", "names no way to send"),
        ("[mail]\nfrom = \"a@example.org\"\nhost = \"a\"\nsendmail = \"/b\"", "names a host and sendmail"),
        ("[mail]\nfrom = \"a@example.org\"\nsendmail = \"/b\"\nport = 25", "\u{201c}mail.port\u{201d} belongs to a mail server"),
        ("[mail]\nfrom = \"a@example.org\"\nhost = \"a\"\nsecurity = \"ssl\"", "is one of starttls, tls, none"),
        ("[mail]\nfrom = \"a@example.org\"\nhost = \"a\"\nsecurity = \"none\"", "would go over the network in the open"),
        ("[mail]\nfrom = \"a@example.org\"\nhost = \"a\"\nport = 0", "from 1 to 65535"),
        ("[mail]\nfrom = \"a@example.org\"\nhost = \"a\"\nuser = \"u\"", "go together"),
        ("[mail]\nfrom = \"a@example.org\"\nhost = \"a\"\npassword = \"p\"", "everybody may read this file"),
        ("[mail]\nfrom = \"a@example.org\"\nhots = \"a\"", "Did you mean host?"),
        ("[mail]\nfrom = 1\nhost = \"a\"", "\u{201c}mail.from\u{201d} wants a text"),
        ("[mail]\nsend = \"yes\"", "\u{201c}mail.send\u{201d} wants true or false"),
        ("mail = 1", "wants a table"),
    ];
    for (settings, told) in table {
        let said = tick(&demo(settings), &[]).refused();
        assert!(said.contains(told), "{settings}: {said}");
    }
    // What only the sending itself can find: found before anything is claimed, and nothing is counted as a try.
    for (more, told) in [
        ("texts = \"texts\"\n", "the text alert-opened.txt is wrong"),
        ("user = \"u\"\npassword_file = \"nowhere\"\n", "the password file nowhere"),
    ] {
        let server = Smtp::start();
        let place = demo(&format!("{}{more}", to(server.port)));
        std::fs::create_dir(place.folder.path().join("texts")).unwrap();
        place.file("texts/alert-opened.txt", "Subject: {{ oops }}\n");
        let said = tick(&place, &[]).refused();
        assert!(said.contains(told), "{said}");
        assert_eq!((server.lines(), server.taken().len()), (0, 0));
        place.file("config.toml", &to(server.port));
        assert_eq!(tick(&place, &[]).done(), "6 e-mails sent.\n");
    }
}
