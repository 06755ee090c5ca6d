//! A sitting in everybody's calendar: called off it is withdrawn from there, standing again or moved it is put right, each time under
//! the name that the invitation gave it and with a higher number. M07.

use crate::support::driver::{LARGE, Robot};
use crate::support::post::address;
use crate::support::sat::{MEMBERS, Sat};
use crate::support::smtp::{Smtp, Taken};
use crate::support::world::World;
use chrono::TimeDelta;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::{MailId, PanelId};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::outbox::{Letter, News, NotNeeded, Stand, TroubleKind};
use closeloop::domain::panel::SittingWanted;
use closeloop::domain::query::{Answered, Query};
use closeloop::report::panel::calendar;

fn sat() -> Sat {
    let mut sat = Sat::planned();
    sat.world.gives_addresses(|row| address(&row.name));
    sat
}

fn call_off(world: &World, panel: PanelId) -> Deed {
    Deed::Panel(PanelDeed::CallOff { panel, seen: world.sitting(panel).revision, why: "Half of the members are ill".into() })
}

fn to_another_time(world: &World, panel: PanelId, on: &str, at: &str) -> Deed {
    let sitting = world.sitting(panel);
    let before = sitting.panel;
    let usual = SittingWanted::on(on.parse().unwrap(), at, before.chair);
    let wanted = SittingWanted { members: before.members, scoring: before.scoring, minutes_each: before.minutes_each, ..usual };
    Deed::Panel(PanelDeed::Move { panel, seen: sitting.revision, wanted })
}

/// The lines of the calendar file that lies in a message, unfolded; of the invitation itself where it is none.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").replace("\n ", "").lines().map(str::to_string).collect()
}

/// What a message's calendar file says: its method, and of each event its name, number, status and beginning.
fn events(text: &str) -> (String, Vec<[String; 4]>) {
    let lines = lines(text);
    let mut all = Vec::new();
    let of =
        |event: &[String], name: &str| event.iter().find_map(|line| line.strip_prefix(&format!("{name}:"))).unwrap_or_default().to_string();
    let mut rest = lines.as_slice();
    while let Some(from) = rest.iter().position(|line| line == "BEGIN:VEVENT") {
        let until = rest.iter().position(|line| line == "END:VEVENT").unwrap();
        let event = &rest[from..until];
        all.push(["UID", "SEQUENCE", "STATUS", "DTSTART"].map(|name| of(event, name)));
        rest = &rest[until + 1..];
    }
    (of(&lines, "METHOD"), all)
}

fn mail_to<'a>(taken: &'a [Taken], name: &str) -> Vec<&'a Taken> {
    taken.iter().filter(|one| one.to.contains(&address(name))).collect()
}

/// A body that is written in base64 or quoted-printable is of no use to the test: the mails are plain.
fn ics(taken: &Taken) -> String {
    let text = &taken.text;
    let from = text.find("BEGIN:VCALENDAR").unwrap_or_else(|| panic!("no calendar file in the open:\n{text}"));
    text[from..].replace("=\r\n", "").replace("=3D", "=")
}

fn invitation(world: &mut World, panel: PanelId) -> String {
    let Answered::Invitations(detail) = world.ask(Query::Invitations(panel)) else { panic!() };
    calendar(&detail, world.now).unwrap()
}

fn number(event: &[String; 4]) -> i64 {
    event[1].parse().unwrap()
}

#[test]
fn m07_a_sitting_that_is_called_off_is_withdrawn_from_calendars_and_put_back_where_it_stands_again() {
    let Sat { mut world, panel, .. } = sat();
    let (method, invited) = events(&invitation(&mut world, panel));
    assert_eq!(method, "PUBLISH");
    let server = Smtp::start();
    world.send(&server);
    let before = server.taken().len();
    let deed = call_off(&world, panel);
    let receipt = world.do_("Amina Khan", deed);
    world.send(&server);
    let off = server.taken().split_off(before);
    for name in MEMBERS {
        let mails = mail_to(&off, name);
        assert_eq!(mails.len(), 1, "{name}");
        assert!(mails[0].text.contains("text/calendar; charset=utf-8; method=CANCEL"), "{}", mails[0].text);
        let (method, events) = events(&ics(mails[0]));
        let whole = events.iter().find(|event| event[0] == invited[0][0]).expect("the name that the invitation gave it");
        assert_eq!((method.as_str(), whole[2].as_str(), &whole[3]), ("CANCEL", "CANCELLED", &invited[0][3]));
        assert!(number(whole) > number(&invited[0]));
    }
    // Whoever was asked for one case only has that case withdrawn, and nothing of others.
    let sits: Vec<String> = MEMBERS.iter().map(|name| address(name)).collect();
    let of_one = off.iter().find(|one| !sits.iter().any(|sits| one.to.contains(sits))).expect("somebody was asked for one case");
    let (_, theirs) = events(&ics(of_one));
    assert!(!theirs.is_empty() && theirs.iter().all(|event| event[0] != invited[0][0]), "{theirs:?}");
    assert!(theirs.iter().all(|event| invited.iter().any(|known| known[0] == event[0])), "{theirs:?}");
    // No name is in any of it, no case but by its reference, and nothing that would be due.
    for one in &off {
        assert_eq!(one.text.matches("BEGIN:VCALENDAR").count(), 1);
        assert!(!one.text.contains("last day"), "{}", one.text);
        let text = ics(one);
        assert!(!MEMBERS.iter().any(|name| text.contains(name)) && !text.contains("M-7") && !text.contains("CN="), "{text}");
    }
    world.at("2026-11-23T09:05:00Z");
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    let before = server.taken().len();
    world.send(&server);
    let on = server.taken().split_off(before);
    assert_eq!(on.len(), off.len(), "everybody who was told that it is off");
    let mail = mail_to(&on, MEMBERS[1])[0];
    assert_eq!(mail.header("Subject").as_deref(), Some("P-1: the sitting of the panel takes place after all, Tue 24 Nov 10:00"));
    let (method, events) = events(&ics(mail));
    let whole = events.iter().find(|event| event[0] == invited[0][0]).unwrap();
    assert_eq!((method.as_str(), whole[2].as_str(), &whole[3]), ("PUBLISH", "", &invited[0][3]));
    assert!(number(whole) > number(&invited[0]) + 1, "higher than that of calling off");
    world.assert_verified();
}

#[test]
fn m07_a_sitting_that_is_moved_moves_in_calendars_and_moved_back_before_the_mail_went_nobody_hears_of_it() {
    let Sat { mut world, panel, .. } = sat();
    let (_, invited) = events(&invitation(&mut world, panel));
    let server = Smtp::start();
    world.send(&server);
    let before = server.taken().len();
    let deed = to_another_time(&world, panel, "2026-11-25", "14:00");
    let receipt = world.do_("Amina Khan", deed);
    assert!(receipt.queued);
    // Taken back at once: the first says what is no longer so, the second nothing that anybody did not know.
    world.at("2026-11-23T09:01:00Z");
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    world.send(&server);
    assert_eq!(server.taken().len(), before);
    let needless = |letter: &Letter| matches!(letter.stand, Stand::NotNeeded { why: NotNeeded::Over });
    let all = (1..).map_while(|id| world.store.reading().letter(MailId(id)).unwrap());
    assert!(all.filter(|letter| letter.message.cause.news == News::SittingMoved).all(|letter| needless(&letter)));
    // Moved twice before a mail went: only where it stands now is said.
    for (at, on, time) in [("2026-11-23T09:02:00Z", "2026-11-25", "14:00"), ("2026-11-23T09:03:00Z", "2026-11-26", "09:30")] {
        world.at(at);
        let deed = to_another_time(&world, panel, on, time);
        world.do_("Amina Khan", deed);
    }
    world.send(&server);
    let moved = server.taken().split_off(before);
    let mail = mail_to(&moved, MEMBERS[1]);
    assert_eq!(mail.len(), 1);
    assert_eq!(mail[0].header("Subject").as_deref(), Some("P-1: the sitting of the panel is moved to Thu 26 Nov 09:30"));
    let (method, after) = events(&ics(mail[0]));
    let whole = after.iter().find(|event| event[0] == invited[0][0]).unwrap();
    assert_eq!((method.as_str(), whole[3].as_str()), ("PUBLISH", "20261126T093000Z"));
    assert!(number(whole) > number(&invited[0]));
    // Who chairs or how it scores is no other time.
    let sitting = world.sitting(panel);
    let other = SittingWanted {
        minutes_each: 15,
        members: sitting.panel.members,
        ..SittingWanted::on(sitting.panel.on, "09:30", sitting.panel.chair)
    };
    let receipt = world.do_("Amina Khan", Deed::Panel(PanelDeed::Move { panel, seen: sitting.revision, wanted: other }));
    assert!(!receipt.queued);
    world.assert_verified();
}

#[test]
fn m07_called_off_and_standing_again_before_a_mail_went_nobody_is_written_to() {
    let Sat { mut world, panel, .. } = sat();
    let server = Smtp::start();
    world.send(&server);
    let before = server.taken().len();
    let deed = call_off(&world, panel);
    let receipt = world.do_("Amina Khan", deed);
    world.at("2026-11-23T09:01:00Z");
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    world.send(&server);
    assert_eq!(server.taken().len(), before);
}

#[test]
fn t43_recused_from_all_that_a_sitting_hears_somebody_who_sees_all_reads_how_much_is_withheld() {
    let Sat { mut world, cases, .. } = Sat::planned();
    let somebody = "Bela Novak";
    let mut robot = Robot::sits_down_as(world, LARGE, somebody);
    robot.press("0 enter").expect_no("withheld");
    world = robot.into_world();
    for reference in &cases {
        world.declare(somebody, reference, InterestKind::Family);
    }
    let mut robot = Robot::sits_down_as(world, LARGE, somebody);
    let said = format!("{} reviews withheld: you are", cases.len());
    robot.expect_line(&format!("Nothing that you see waits for the panel. {said}"));
    robot.press("0 enter").expect_line("Nothing that you see waits for this sitting.").expect_line("withheld: you are recused.");
    for reference in &cases {
        robot.expect_no(reference);
    }
}

/// Writes what was kept of the calling off anew, as a damaged disk might; gives back what stood there.
fn keeps(world: &World, payload: &str) -> String {
    let raw = rusqlite::Connection::open(world.path()).unwrap();
    let of = "seq = (SELECT max(seq) FROM journal WHERE kind = 'sitting-called-off')";
    let before: String = raw.query_row(&format!("SELECT payload FROM journal_detail WHERE {of}"), [], |row| row.get(0)).unwrap();
    let guard = "name = 'journal_detail_is_never_changed'";
    let sql: String = raw.query_row(&format!("SELECT sql FROM sqlite_master WHERE {guard}"), [], |row| row.get(0)).unwrap();
    raw.execute_batch("DROP TRIGGER journal_detail_is_never_changed").unwrap();
    raw.execute(&format!("UPDATE journal_detail SET payload = ?1 WHERE {of}"), [payload]).unwrap();
    raw.execute_batch(&sql).unwrap();
    before
}

#[test]
fn m07_a_sitting_that_cannot_be_read_keeps_its_own_messages_back_and_no_others() {
    let Sat { mut world, panel, .. } = sat();
    let server = Smtp::start();
    world.send(&server);
    let deed = call_off(&world, panel);
    world.do_("Amina Khan", deed);
    let whole = keeps(&world, "{\"no\": \"such change\"}");
    let round = world.send(&server);
    assert!(round.sent == 0 && round.not_sent.len() > 1, "each is tried: {round:?}");
    for (reference, trouble) in &round.not_sent {
        assert_eq!((reference.as_str(), trouble.kind), ("P-1", TroubleKind::Unbuilt), "{trouble:?}");
    }
    // They wait for their next try as any other, and go once it can be read.
    let waits = round.not_sent.len();
    keeps(&world, &whole);
    world.now += TimeDelta::minutes(2);
    assert_eq!(world.send(&server).sent as usize, waits);
    world.assert_verified();
}
