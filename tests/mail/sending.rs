//! Against a mail server: what it takes is sent once and noted; what it refuses, puts off or leaves unanswered is said and goes on.

use crate::support::post::{address, office, settings};
use crate::support::smtp::{Fate, Greeting, Smtp, base64};
use crate::support::world::{World, utc};
use closeloop::domain::alert::HowTold;
use closeloop::domain::deed::{Actor, AlertDeed, Deed};
use closeloop::domain::id::AlertId;
use closeloop::domain::outbox::{Settings, TroubleKind, Way};
use closeloop::domain::query::MailStand;
use closeloop::runtime::clerk::outbox;
use closeloop::runtime::clock::Clock;
use closeloop::runtime::post::{Office, send_due};
use std::os::unix::fs::PermissionsExt;

/// The six people of the first alert, in the order of its list.
fn addresses(world: &World) -> Vec<String> {
    let alert = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
    let people = alert.addressees.iter().map(|addressee| world.store.reading().person(addressee.person.unwrap()).unwrap().unwrap());
    people.map(|person| person.email).collect()
}

fn sorted(mut all: Vec<String>) -> Vec<String> {
    all.sort();
    all
}

#[test]
fn each_addressee_gets_one_message_and_is_noted_as_told() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    assert_eq!(world.told(), [false; 6]);
    let round = world.send(&server);
    assert_eq!((round.sent, round.not_sent.len()), (6, 0));
    assert_eq!(server.taken_for(), sorted(addresses(&world)));
    assert_eq!(server.lines(), 1, "one line for all of them");
    assert_eq!(world.told(), [true; 6]);
    assert_eq!(world.mail_says(), vec!["e-mailed 10:00"; 6]);
    assert!(
        world.history("CR-0001").iter().any(|row| row.what.contains("told") && row.actor == Actor::BY_ITSELF),
        "{:?}",
        world.history("CR-0001")
    );
    // Nothing is left to do, however often somebody looks.
    assert_eq!(world.at("2026-11-13T10:00:00Z").send(&server).sent, 0);
    assert_eq!(server.taken().len(), 6);
    world.assert_verified();
}

#[test]
fn a_message_is_mail_as_mail_should_be() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    world.send(&server);
    let taken = server.taken();
    let first = &taken[0];
    assert_eq!(first.header("To").unwrap(), first.to, "the address alone, no name");
    assert_eq!(
        (first.header("From").unwrap().as_str(), first.from.as_str()),
        ("Insights <insights@larkmoor.example>", "insights@larkmoor.example")
    );
    assert_eq!(first.header("Subject").unwrap(), "AL-0001: an alert needs you, due Fri 13 Nov 10:00");
    assert_eq!(first.header("Date").unwrap(), "Thu, 12 Nov 2026 10:00:00 +0000");
    assert_eq!(first.header("Auto-Submitted").unwrap(), "auto-generated");
    let mut names: Vec<String> = taken.iter().map(|taken| taken.header("Message-ID").unwrap()).collect();
    assert!(names[0].starts_with('<') && names[0].ends_with("@larkmoor.example>"), "{}", names[0]);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 6, "each has a name of its own");
    for taken in &taken {
        assert!(taken.text.lines().all(|line| line.len() <= 998) && !taken.text.replace("\r\n", "").contains(['\r', '\n']));
        assert!(taken.text.contains("Content-Type: text/calendar") && taken.text.contains("AL-0001.ics"), "{}", taken.text);
    }
}

#[test]
fn the_deadline_comes_as_a_calendar_file_without_a_name() {
    let text = closeloop::report::deadline::calendar("run.7", "AL-0001", utc("2026-11-13T10:00:00Z"), utc("2026-11-12T10:00:00Z"));
    let unfolded = text.replace("\r\n ", "");
    for line in [
        "BEGIN:VEVENT",
        "UID:run.7@closeloop",
        "DTSTART:20261113T093000Z",
        "DTEND:20261113T100000Z",
        "SUMMARY:AL-0001 is due",
        "CLASS:CONFIDENTIAL",
    ] {
        assert_eq!(unfolded.lines().filter(|found| *found == line).count(), 1, "{line} in\n{unfolded}");
    }
    assert!(text.lines().all(|line| line.len() <= 75) && text.ends_with("END:VCALENDAR\r\n"));
    // It travels whole.
    let (mut world, server) = (World::alarmed(), Smtp::start());
    world.send(&server);
    let body = server.taken()[0].text.replace("\r\n", "");
    assert!(
        body.contains("DTEND:20261113T100000Z") || body.contains(base64("DTEND").trim_end_matches('=')) || body.contains("VEVENT"),
        "{body}"
    );
}

#[test]
fn a_refused_address_is_final_until_the_list_of_people_has_another() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    let all = addresses(&world);
    server.fate(&all[2], Fate::AtRecipient("550 5.1.1 no such user"));
    let round = world.send(&server);
    assert_eq!((round.sent, round.not_sent.len(), round.not_sent[0].1.kind), (5, 1, TroubleKind::Address));
    assert_eq!(world.mail_says()[2], "e-mail failed: the address is refused: telephone");
    assert!(world.mail()[2].wants_a_call(true) && !world.mail()[1].wants_a_call(true));
    assert_eq!(world.told(), [true, true, false, true, true, true]);
    for day in 13..=16 {
        assert_eq!(world.at(&format!("2026-11-{day}T10:00:00Z")).send(&server).sent, 0);
    }
    // Put right and imported, it is sent by itself.
    let wrong = all[2].clone();
    world.gives_addresses(|row| if address(&row.name) == wrong { "right@larkmoor.example".into() } else { address(&row.name) });
    assert_eq!(world.send(&server).sent, 1);
    assert_eq!(world.told(), [true; 6]);
    assert!(server.taken_for().contains(&"right@larkmoor.example".to_string()));
    world.assert_verified();
}

#[test]
fn what_failed_for_good_is_tried_once_more_when_a_person_asks_for_it() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    let all = addresses(&world);
    for address in &all {
        server.fate(address, Fate::AtRecipient("550 5.1.1 this is the wrong server"));
    }
    assert_eq!(world.send(&server).not_sent.len(), 6);
    for address in &all[1..] {
        server.fate(address, Fate::Taken);
    }
    world.at("2026-11-12T11:00:00Z");
    let actor = Actor::by_itself("again".into());
    let (clock, again) = (Clock::Fixed(world.now), Some(world.now));
    let round = send_due(&mut world.store, &mut world.library, &actor, clock, &office(server.port), again, &|| true).unwrap();
    assert_eq!((round.sent, round.not_sent.len()), (5, 1));
    assert_eq!(world.told().iter().filter(|told| **told).count(), 5);
}

#[test]
fn what_a_server_answers_decides_about_one_message_alone() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    let all = addresses(&world);
    let fates = [
        Fate::AtRecipient("451 4.7.1 greylisted, come back"),
        Fate::AtRecipient("554 5.7.1 relay access denied"),
        Fate::AtRecipient("552 5.2.2 mailbox full"),
        Fate::AtEnd("554 5.7.1 looks like spam"),
        Fate::AtEnd("452 4.3.1 disk full"),
    ];
    for (address, fate) in all.iter().zip(fates) {
        server.fate(address, fate);
    }
    let round = world.send(&server);
    let mut kinds: Vec<TroubleKind> = round.not_sent.iter().map(|(_, trouble)| trouble.kind).collect();
    kinds.sort_by_key(|kind| format!("{kind:?}"));
    use TroubleKind::*;
    assert_eq!(kinds, [Later, Later, Message, NotPassedOn, NotPassedOn]);
    assert_eq!((round.sent, server.taken().len(), round.put_off), (1, 1, 0));
    for stand in world.mail() {
        match stand {
            MailStand::PutOff { tries: 1, next_at, may_have_arrived: false, .. } => assert_eq!(next_at, utc("2026-11-12T10:01:00Z")),
            MailStand::Sent { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    for address in &all {
        server.fate(address, Fate::Taken);
    }
    assert_eq!(world.at("2026-11-12T10:01:00Z").send(&server).sent, 5);
    assert_eq!(server.taken_for(), sorted(all));
    world.assert_verified();
}

#[test]
fn a_server_that_cannot_be_reached_puts_all_off_with_growing_waits_and_loses_nothing() {
    let mut world = World::alarmed();
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let nobody = office(port);
    for (minute, next) in [("10:00", "10:01"), ("10:01", "10:03"), ("10:03", "10:07")] {
        let round = world.at(&format!("2026-11-12T{minute}:00Z")).try_send(&nobody).unwrap();
        assert_eq!((round.sent, round.not_sent.len(), round.put_off), (0, 1, 5), "{minute}");
        assert_eq!(round.not_sent[0].1.kind, TroubleKind::Unreachable);
        let tail = world.store.reading().tail().unwrap();
        assert_eq!(world.try_send(&nobody).unwrap(), Default::default(), "before its time nobody knocks again");
        assert_eq!(world.store.reading().tail().unwrap(), tail);
        for said in world.mail_says() {
            assert!(said.contains("the mail server cannot be reached; next try") && said.ends_with(next), "{said}");
        }
    }
    let server = Smtp::start();
    assert_eq!(world.at("2026-11-12T10:07:00Z").send(&server).sent, 6);
    assert_eq!(world.told(), [true; 6]);
    world.assert_verified();
}

#[test]
fn a_server_that_turns_the_program_away_is_in_the_way_of_all() {
    let table = [
        (Greeting::Says("554 5.3.2 no service here"), TroubleKind::Turned),
        (Greeting::Says("421 4.3.2 closing down"), TroubleKind::Unreachable),
        (Greeting::Says("this is no mail server"), TroubleKind::Unreachable),
        (Greeting::Wants("closeloop", "secret"), TroubleKind::Turned),
    ];
    for (greeting, kind) in table {
        let (mut world, server) = (World::alarmed(), Smtp::start());
        server.greets(greeting);
        let round = world.send(&server);
        assert_eq!((round.sent, round.put_off, round.not_sent[0].1.kind), (0, 5, kind), "{greeting:?}: {round:?}");
        assert_eq!(server.lines(), 1, "{greeting:?}");
        server.greets(Greeting::Open);
        assert_eq!(world.at("2026-11-12T10:01:00Z").send(&server).sent, 6, "{greeting:?}");
    }
}

#[test]
fn a_server_that_hangs_up_after_each_message_gets_a_new_line() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    server.greets(Greeting::OneEach);
    let round = world.send(&server);
    assert_eq!((round.sent, round.not_sent.len(), server.lines()), (6, 0, 6));
    assert_eq!(server.taken_for(), sorted(addresses(&world)));
}

#[test]
fn a_line_that_breaks_before_the_message_is_through_may_have_delivered_it() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    let all = addresses(&world);
    server.fate(&all[0], Fate::CutBefore);
    let round = world.send(&server);
    assert_eq!((round.sent, round.not_sent.len()), (5, 1));
    // Bytes were under way: whether the end of them was is not known here.
    let kind = round.not_sent[0].1.kind;
    assert!(matches!(kind, TroubleKind::Unanswered | TroubleKind::Unreachable), "{kind:?}");
    server.fate(&all[0], Fate::Taken);
    assert_eq!(world.at("2026-11-12T10:01:00Z").send(&server).sent, 1);
    assert_eq!(server.taken_for(), sorted(all));
}

#[test]
fn a_server_that_takes_a_message_and_dies_before_answering_gets_it_again_under_the_same_name() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    let all = addresses(&world);
    server.fate(&all[0], Fate::DiesBeforeAnswering);
    let round = world.send(&server);
    assert_eq!((round.sent, round.not_sent[0].1.kind), (5, TroubleKind::Unanswered));
    assert!(world.mail_says()[0].ends_with("next try 10:01; may have arrived"), "{}", world.mail_says()[0]);
    assert_eq!(world.told(), [false, true, true, true, true, true], "nobody knows that they were told");
    server.fate(&all[0], Fate::Taken);
    assert_eq!(world.at("2026-11-12T10:01:00Z").send(&server).sent, 1);
    assert_eq!(world.mail_says()[0], "e-mailed 10:01");
    let copies: Vec<_> = server.taken().into_iter().filter(|taken| taken.to == all[0]).collect();
    assert_eq!(copies.len(), 2, "the server has it twice…");
    let names: Vec<_> = copies.iter().map(|copy| copy.header("Message-ID").unwrap()).collect();
    assert_eq!(names[0], names[1], "…under one name, by which a mail system drops the second");
    assert_eq!(copies[0].header("Date"), copies[1].header("Date"));
    world.assert_verified();
}

#[test]
fn a_claim_whose_process_died_is_taken_over_after_ten_minutes_and_not_before() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    let dead = Actor::by_itself("dead".into());
    let now = world.now;
    let claimed = outbox::claim(&mut world.store, &dead, now, None).unwrap().unwrap();
    assert_eq!(world.send(&server).sent, 5);
    assert_eq!(world.at("2026-11-12T10:09:59Z").send(&server).sent, 0);
    assert_eq!(world.at("2026-11-12T10:10:00Z").send(&server).sent, 1);
    assert_eq!(server.taken_for(), sorted(addresses(&world)));
    // The dead one was only slow: what it has to say late changes nothing that is known.
    let tail = world.store.reading().tail().unwrap();
    outbox::sent(&mut world.store, &mut world.library, &dead, utc("2026-11-12T10:11:00Z"), &claimed).unwrap();
    let trouble = closeloop::domain::outbox::Trouble::new(TroubleKind::Unreachable, "");
    assert_eq!(outbox::failed(&mut world.store, &dead, utc("2026-11-12T10:11:00Z"), &claimed, &trouble).unwrap(), 0);
    assert_eq!(world.store.reading().tail().unwrap(), tail);
    world.assert_verified();
}

#[test]
fn a_clock_that_was_put_back_holds_no_message_up() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    let nobody = office(1);
    world.at("2027-03-01T10:00:00Z").try_send(&nobody).unwrap();
    // Untried for months it is too old, and the clock was wrong about that.
    let mut world = World::alarmed();
    for _ in 0..3 {
        world.at("2026-11-12T23:00:00Z").try_send(&nobody).unwrap();
    }
    assert_eq!(world.at("2026-11-12T10:30:00Z").send(&server).sent, 6, "the next try lay further ahead than any wait");
}

#[test]
fn mail_that_says_who_may_send_it_is_let_in_with_the_password_of_the_file() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    server.greets(Greeting::Wants("closeloop", "s e;cret"));
    let file = world.folder().join("password");
    let with_login = |settings: Settings| {
        let Way::Server(server) = settings.way else { panic!("a server") };
        Settings {
            way: Way::Server(closeloop::domain::outbox::Server { login: Some(("closeloop".into(), file.clone())), ..server }),
            ..settings
        }
    };
    let wanted = with_login(settings(server.port));
    let refused = |wanted: &Settings| Office::open(wanted, false).err().unwrap();
    assert!(refused(&wanted).contains("cannot be read"), "{}", refused(&wanted));
    std::fs::write(&file, "s e;cret\n").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(refused(&wanted).contains("everybody may read the password file"), "{}", refused(&wanted));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let right = Office::open(&wanted, false).unwrap();
    std::fs::write(&file, "wrong").unwrap();
    let wrong = Office::open(&wanted, false).unwrap();
    let round = world.try_send(&wrong).unwrap();
    assert_eq!(round.not_sent[0].1.kind, TroubleKind::Turned);
    assert!(!round.not_sent[0].1.said.contains("wrong"), "a password is told to nobody: {}", round.not_sent[0].1.said);
    assert_eq!(world.at("2026-11-12T10:01:00Z").try_send(&right).unwrap().sent, 6);
    std::fs::write(&file, "\n").unwrap();
    assert!(refused(&wanted).contains("is empty"));
}

#[test]
fn an_address_with_more_than_an_address_in_it_reaches_nobody() {
    let hostile = [
        "a@x.example, all@x.example",
        "a@x.example\r\nBcc: all@x.example",
        "a@x.example> SIZE=1\r\nRCPT TO:<all@x.example",
        "\"a\r\nDATA\"@x.example",
        "Hana <a@x.example>",
        "a@x.example\u{0}",
        "nobody",
        "@x.example",
    ];
    for address in hostile {
        let (mut world, server) = (World::ready(), Smtp::start());
        // Past the import, which would not take most of these: as if a row had been written by another program.
        let people = world.store.reading().people().unwrap();
        let written = people.into_iter().map(|person| {
            let after = closeloop::domain::person::Person { email: address.into(), ..person.clone() };
            closeloop::domain::change::Change::PersonRecorded(closeloop::domain::change::Swap { before: Some(person), after: Some(after) })
        });
        let (changes, now) = (written.collect::<Vec<_>>(), world.now);
        world.store.write(|tx| tx.write(&Actor::by_itself("x".into()), now, &changes)).unwrap();
        world.through_as("CR-0001", "completed", 1);
        let round = world.send(&server);
        assert_eq!((round.sent, round.not_sent.len(), server.taken().len()), (0, 6, 0), "{address:?}");
        assert!(round.not_sent.iter().all(|(_, trouble)| trouble.kind == TroubleKind::Address), "{address:?}");
        assert!(!world.mail_says()[0].contains(['\r', '\n']));
    }
}

#[test]
fn without_an_address_a_message_waits_for_one_and_says_so() {
    let (mut world, server) = (World::ready(), Smtp::start());
    world.through_as("CR-0001", "completed", 1);
    assert_eq!(world.send(&server), Default::default());
    assert_eq!(world.mail_says(), vec!["no e-mail address: telephone"; 6]);
    assert!(world.mail().iter().all(|stand| stand.wants_a_call(true)));
    world.gives_addresses(|row| if row.name.starts_with('I') { address(&row.name) } else { String::new() });
    assert_eq!(world.send(&server).sent, 3, "the three of the Insights side");
    // Nobody is written to months later because somebody tidied up a list.
    world.gives_addresses(|row| address(&row.name));
    assert_eq!(world.at("2026-11-17T10:00:00Z").send(&server).sent, 0);
    assert_eq!(world.mail_says()[5], "e-mail not sent: it waited for 5 days");
}

#[test]
fn told_before_by_telephone_stays_as_it_was_noted() {
    let (mut world, server) = (World::alarmed(), Smtp::start());
    let by_telephone = AlertDeed::Tell { alert: AlertId(1), places: vec![0], how: HowTold::Telephone, at: None };
    world.do_("Amina Khan", Deed::Alert(by_telephone));
    let before = world.store.reading().alert(AlertId(1)).unwrap().unwrap().addressees[0].told_at;
    world.at("2026-11-12T10:30:00Z").send(&server);
    let after = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
    assert_eq!(after.addressees[0].told_at, before);
    let how = |place: usize| after.addressees[place].tellings.iter().map(|telling| telling.how).collect::<Vec<_>>();
    assert_eq!((how(0), how(1)), (vec![HowTold::Telephone, HowTold::Email], vec![HowTold::Email]));
    assert_eq!(after.addressees[1].told_at, Some(utc("2026-11-12T10:30:00Z")));
    world.assert_verified();
}

#[test]
fn the_machines_own_sendmail_takes_messages_too() {
    let mut world = World::alarmed();
    let folder = world.folder().to_path_buf();
    let script = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Settings { way: Way::Sendmail(path), ..settings(0) }
    };
    let refuses = script("refuses", "cat > /dev/null; echo 'queue directory full' >&2; exit 75");
    let round = world.try_send(&Office::open(&refuses, false).unwrap()).unwrap();
    assert_eq!((round.sent, round.put_off, round.not_sent[0].1.kind), (0, 5, TroubleKind::Unreachable));
    assert!(round.not_sent[0].1.said.contains("queue directory full"), "{:?}", round.not_sent);
    let nowhere = Settings { way: Way::Sendmail("/nowhere/sendmail".into()), ..settings(0) };
    let round = world.at("2026-11-12T10:01:00Z").try_send(&Office::open(&nowhere, false).unwrap()).unwrap();
    assert_eq!((round.sent, round.not_sent[0].1.kind), (0, TroubleKind::Unreachable));
    let takes = script("takes", &format!("echo \"$@\" >> {0}/arguments; cat >> {0}/spool", folder.display()));
    assert_eq!(world.at("2026-11-12T10:03:00Z").try_send(&Office::open(&takes, false).unwrap()).unwrap().sent, 6);
    let arguments = std::fs::read_to_string(folder.join("arguments")).unwrap();
    let wanted: Vec<String> =
        addresses(&world).into_iter().map(|address| format!("-i -f insights@larkmoor.example -- {address}")).collect();
    assert_eq!(sorted(arguments.lines().map(String::from).collect()), sorted(wanted));
    let spool = std::fs::read_to_string(folder.join("spool")).unwrap();
    assert_eq!(spool.matches("Message-ID: <").count(), 6);
}
