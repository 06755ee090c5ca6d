//! Many messages, many processes, a server that is killed again and again: each message arrives, none twice, none is lost.

use super::others::{Heard, Process, spooled};
use crate::support::world::{World, utc};
use chrono::TimeDelta;
use closeloop::domain::alert::{Alert, AlertAddressee, AlertTrigger};
use closeloop::domain::change::{Change, MailChange, Swap};
use closeloop::domain::deed::Actor;
use closeloop::domain::framework::Side;
use closeloop::domain::id::{MailId, PersonId};
use closeloop::domain::outbox::{Cause, Message, News, Stand, said_of};
use closeloop::domain::person::Person;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// People that each alert goes to.
const EACH: i64 = 50;
/// `tick` at once.
const PROCESSES: usize = 5;

/// A made-up council with so many messages queued: alerts that go to fifty people each.
fn council(messages: i64) -> World {
    let mut world = World::ready();
    let start = world.now;
    let actor = Actor::by_itself("0123456789abcdef".into());
    let people: Vec<PersonId> = (0..EACH).map(|number| PersonId(1_000 + number)).collect();
    let person = |id: &PersonId| Person {
        id: *id,
        name: format!("Reader {}", id.0),
        role: "SM".into(),
        team: None,
        service: String::new(),
        email: format!("reader.{}@larkmoor.example", id.0),
        login: String::new(),
        line_manager: None,
        left_on: None,
    };
    let mut changes = vec![Change::SettingChanged { name: "demo".into(), value: Swap::new("amina.k".into()) }];
    changes.extend(people.iter().map(|id| Change::PersonRecorded(Swap::new(person(id)))));
    let reviews: Vec<_> = world.references().iter().map(|reference| world.id(reference)).collect();
    for (place, number) in (1..=messages / EACH).enumerate() {
        let addressees: Vec<AlertAddressee> = people.iter().map(|person| AlertAddressee::new("SM", Side::Child, Some(*person))).collect();
        // Whatever else an alert may hold is left as nothing.
        let alert: Alert = serde_json::from_value(serde_json::json!({
            "id": number,
            "reference": format!("AL-{number:04}"),
            "review": reviews[place / 2],
            "trigger": if place % 2 == 0 { AlertTrigger::Reviewer } else { AlertTrigger::Moderator },
            "opened_at": start,
            "review_due_at": start + TimeDelta::days(1),
            "review_within": "24 hours",
            "addressees": addressees,
        }))
        .unwrap();
        let queued = people.iter().enumerate().map(|(at, person)| {
            let id = MailId(place as i64 * EACH + at as i64 + 1);
            let cause = Cause::of_alert(alert.id, News::AlertOpened);
            Change::Mail(MailChange::Queued(Message {
                id,
                person: *person,
                cause,
                said: said_of(&alert),
                queued_at: start,
                run: actor.session.clone(),
            }))
        });
        let queued: Vec<Change> = queued.collect();
        changes.push(Change::AlertOpened(alert));
        changes.extend(queued);
    }
    world.store.write(|tx| tx.write(&actor, start, &changes)).unwrap();
    world
}

fn tick(db: &Path, config: &Path, now: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_closeloop"));
    command.arg("tick").arg("--db").arg(db).arg("--config").arg(config).env("CLOSELOOP_NOW", now);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Sends all of it in rounds of `tick`s at once, an hour apart, killing the server so often, and as many of the `tick`s if asked.
fn sends_all(messages: i64, kills: usize, ticks_too: bool) {
    let world = council(messages);
    let (db, start) = (world.path(), utc(crate::support::world::DRAWN_AT));
    let spool = world.folder().join("spool");
    std::fs::create_dir(&spool).unwrap();
    let mut server = Process::any(&spool, 0);
    let (port, name) = (server.port, server.name);
    let config = world.folder().join("config.toml");
    let text = format!("[mail]\nfrom = \"insights@larkmoor.example\"\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n");
    std::fs::write(&config, text).unwrap();
    let (mut taken, mut copies) = (BTreeMap::<String, String>::new(), Vec::new());
    let (mut killed, mut ticks_killed, mut rounds) = (0, 0, 0);
    let step = messages as usize / (kills + 1);
    let sent = |world: &World| (1..=messages).filter(|id| is_sent(world, *id)).count() as i64;
    while sent(&world) < messages {
        assert!(rounds < 100, "{} of {messages} sent", sent(&world));
        // 61 minutes: longer than any wait and than a claim may be left.
        let now = (start + TimeDelta::minutes(61 * rounds)).to_rfc3339();
        rounds += 1;
        let mut ticks: Vec<Child> = (0..PROCESSES).map(|_| tick(&db, &config, &now)).collect();
        loop {
            match server.heard.recv_timeout(Duration::from_millis(20)) {
                Ok(Heard::Taken(id, to)) => drop(taken.insert(id, to)),
                Ok(Heard::Again(id)) => copies.push(id),
                // Nothing at the moment: the round is over when all have ended and said all they had to say.
                Err(_) if ticks.iter_mut().all(|tick| tick.try_wait().unwrap().is_some()) => break,
                Err(_) => continue,
            }
            if killed < kills && taken.len() >= (killed + 1) * step {
                server.kill();
                killed += 1;
                if ticks_too {
                    let one = &mut ticks[killed % PROCESSES];
                    ticks_killed += usize::from(one.try_wait().unwrap().is_none());
                    let _ = one.kill();
                }
                // What it had said before it died is heard; then another one takes its place.
                for heard in server.heard.try_iter() {
                    match heard {
                        Heard::Taken(id, to) => drop(taken.insert(id, to)),
                        Heard::Again(id) => copies.push(id),
                    }
                }
                server = Process::any(&spool, port);
            }
        }
    }
    let kept = spooled(&spool);
    let ids: BTreeSet<i64> = kept.iter().map(|(id, _)| id.split_once('.').unwrap().1.split_once('@').unwrap().0.parse().unwrap()).collect();
    let card = serde_json::json!({
        "test": "mail", "server": name, "messages": messages, "processes": PROCESSES, "server killed": killed, "tick killed": ticks_killed,
        "rounds": rounds, "delivered": ids.len(), "twice": kept.len() - ids.len(), "copies dropped by Message-ID": copies.len(),
    });
    let mut out = std::io::stdout();
    writeln!(out, "{card}").unwrap();
    assert_eq!((killed, ids), (kills, (1..=messages).collect()), "{card}");
    assert_eq!(kept.len() as i64, messages, "{card}");
    // Each went to the person it was queued for.
    for (id, to) in &kept {
        let number: i64 = id.split_once('.').unwrap().1.split_once('@').unwrap().0.parse().unwrap();
        let person = world.store.reading().letter(MailId(number)).unwrap().unwrap().message.person;
        assert_eq!(*to, format!("reader.{}@larkmoor.example", person.0));
    }
    // A copy was only ever sent where somebody died between the server's taking it and the answer's being written.
    assert!(copies.len() <= killed + ticks_killed, "{card}");
    let raw = rusqlite::Connection::open(&db).unwrap();
    let count = |sql: &str| raw.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM journal WHERE kind = 'mail-sent'"), messages);
    assert_eq!(count("SELECT count(DISTINCT object) FROM journal WHERE kind = 'mail-sent'"), messages);
    assert_eq!(count("SELECT count(*) FROM journal WHERE kind = 'alert-told'"), messages);
    for id in &copies {
        let number = id.trim_matches(['<', '>']).split_once('.').unwrap().1.split_once('@').unwrap().0.to_string();
        let unsure = format!(
            "SELECT count(*) FROM journal j JOIN journal_detail d ON d.seq = j.seq WHERE j.object = 'mail/{number}'
             AND (d.payload LIKE '%unanswered%' OR d.payload LIKE '%\"overtakes\":true%')"
        );
        assert!(count(&unsure) > 0, "{id} went out twice, and nobody said that it might have");
    }
    drop(raw);
    world.assert_verified();
}

fn is_sent(world: &World, id: i64) -> bool {
    matches!(world.store.reading().letter(MailId(id)).unwrap().unwrap().stand, Stand::Sent { .. })
}

#[test]
fn five_processes_at_once_deliver_each_message_once_though_the_server_is_killed_ten_times() {
    // CLOSELOOP_MAILS=500 is the figure that is reported; a smaller one proves the same on a busy machine.
    let messages = std::env::var("CLOSELOOP_MAILS").ok().and_then(|n| n.parse().ok()).unwrap_or(150);
    sends_all(messages, 10, false);
}

#[test]
fn what_a_killed_process_had_claimed_is_sent_by_another() {
    sends_all(100, 6, true);
}
