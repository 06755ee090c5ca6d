//! M10: messages are queued in the transaction of the alert, one for each person, never twice, and with nothing of the case.

use crate::support::council::cases;
use crate::support::post::address;
use crate::support::world::{World, utc};
use closeloop::domain::action::ActionWanted;
use closeloop::domain::change::{Change, MailChange};
use closeloop::domain::deed::{Actor, Deed};
use closeloop::domain::id::{AlertId, MailId, PersonId};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::outbox::{Cause, Letter, News, Stand};
use closeloop::domain::query::{Answered, MailStand, Query};
use closeloop::runtime::clerk::{outbox, perform_in};
use closeloop::store::StoreError;

fn letters(world: &World) -> Vec<Letter> {
    (1..).map_while(|id| world.store.reading().letter(MailId(id)).unwrap()).collect()
}

#[test]
fn m10_whoever_has_to_know_is_written_to_in_the_same_moment() {
    let world = World::alarmed();
    let alert = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
    let mut people: Vec<PersonId> = alert.addressees.iter().filter_map(|addressee| addressee.person).collect();
    people.sort();
    let letters = letters(&world);
    assert_eq!(letters.iter().map(|letter| letter.message.person).collect::<Vec<_>>(), people);
    for letter in &letters {
        assert_eq!(letter.message.said.reference, "AL-0001");
        assert_eq!((letter.message.said.since, letter.message.said.by), (alert.opened_at, alert.review_due_at));
        assert_eq!((letter.message.said.within.as_str(), letter.message.said.acknowledge.as_str()), ("24 hours", "2 hours"));
        assert_eq!(letter.stand, Stand::Queued { next_at: alert.opened_at });
    }
    // One batch: the grade, the alert and its messages.
    let opened = world.store.reading().last_seq("alert/1").unwrap();
    let batch = world.store.reading().batch(opened - 1).unwrap();
    let queued = batch.iter().filter(|(.., change)| matches!(change, Change::Mail(MailChange::Queued(_)))).count();
    assert_eq!(queued, people.len());
    world.assert_verified();
}

#[test]
fn m10_what_is_taken_back_leaves_neither_alert_nor_message() {
    let mut world = World::with_addresses();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z");
    world.fill("CR-0001", 1);
    let (submit, actor, now) = (world.submit("CR-0001"), world.actor("Amina Khan"), world.now);
    let before = world.store.reading().tail().unwrap();
    let World { store, library, .. } = &mut world;
    let error = store
        .write(|tx| {
            assert!(perform_in(tx, library, &actor, now, submit.clone())?.queued);
            Err::<(), _>(StoreError::Full(closeloop::store::Doing::Writing))
        })
        .unwrap_err();
    assert!(error.to_string().starts_with("Not saved: the disk is full."));
    assert_eq!(world.store.reading().tail().unwrap(), before);
    assert!(letters(&world).is_empty() && world.store.reading().alert(AlertId(1)).unwrap().is_none());
    // And a deed that opens nothing queues nothing.
    let wanted = ActionWanted {
        text: "Visit".into(),
        owner: Some(world.person("Tara Moss")),
        due_on: None,
        urgent: false,
        kind: String::new(),
        near: closeloop::domain::action::Near::Anyway,
    };
    let review = world.id("CR-0001");
    assert!(!world.do_("Amina Khan", Deed::RaiseAction { review, wanted }).queued);
}

#[test]
fn one_person_and_one_cause_are_one_message_whatever_asks_for_it() {
    let mut world = World::alarmed();
    let first = letters(&world)[0].message.clone();
    assert!(world.store.reading().is_queued_for(first.person, &first.cause.key()).unwrap());
    // The table itself refuses a second one, should a rule ever forget to ask.
    let twin = Change::Mail(MailChange::Queued(closeloop::domain::outbox::Message { id: MailId(99), ..first.clone() }));
    let now = world.now;
    let refused = world.store.write(|tx| tx.write(&Actor::by_itself("x".into()), now, &[twin]));
    assert!(refused.unwrap_err().to_string().contains("UNIQUE"));
    // The panel's own alert is another cause, and says so under its own reference.
    let passed_on = Cause::of_alert(AlertId(1), News::AlertPassedOn);
    assert!(!world.store.reading().is_queued_for(first.person, &passed_on.key()).unwrap());
    world.assert_verified();
}

#[test]
fn somebody_who_holds_two_of_the_roles_is_written_to_once() {
    let mut world = World::with_addresses();
    // The service manager is the team manager as well.
    let rows = crate::support::council::people();
    let rows = rows.into_iter().filter(|row| row.name != "Tara Moss" && row.name != "Tom Ward" && row.name != "Tess Young").map(|row| {
        match row.line_manager.as_deref() {
            Some("Tara Moss" | "Tom Ward") => closeloop::domain::intake::PersonRow { line_manager: Some("Sam Miller".into()), ..row },
            Some("Tess Young") => closeloop::domain::intake::PersonRow { line_manager: Some("Sita Moran".into()), ..row },
            _ => row,
        }
    });
    world.do_("Amina Khan", Deed::ImportPeople { rows: rows.collect(), file: crate::support::council::file("people.csv", 'd') });
    world.through_as("CR-0001", "completed", 1);
    let alert = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
    let people: std::collections::BTreeSet<_> = alert.addressees.iter().filter_map(|addressee| addressee.person).collect();
    assert_eq!(letters(&world).len(), people.len());
}

#[test]
fn of_two_who_look_at_once_one_gets_the_message() {
    let mut world = World::alarmed();
    let mut other = closeloop::store::Store::open(&world.path()).unwrap();
    let now = world.now;
    let (one, two) = (Actor::by_itself("1".into()), Actor::by_itself("2".into()));
    let mut claimed = Vec::new();
    for _ in 0..3 {
        claimed.push(outbox::claim(&mut world.store, &one, now, None).unwrap().unwrap().message.id);
        claimed.push(outbox::claim(&mut other, &two, now, None).unwrap().unwrap().message.id);
    }
    assert_eq!(claimed, [1, 2, 3, 4, 5, 6].map(MailId));
    assert_eq!(outbox::claim(&mut other, &two, now, None).unwrap(), None);
    assert_eq!(world.mail_says(), vec!["e-mail on its way"; 6]);
}

#[test]
fn whoever_only_looks_takes_no_lock_and_writes_nothing() {
    let mut world = World::with_addresses();
    let before = world.store.reading().tail().unwrap();
    let other = closeloop::store::Store::open(&world.path()).unwrap();
    let version = other.data_version().unwrap();
    let now = world.now;
    assert_eq!(outbox::claim(&mut world.store, &Actor::by_itself("1".into()), now, None).unwrap(), None);
    assert_eq!((world.store.reading().tail().unwrap(), other.data_version().unwrap()), (before, version));
}

#[test]
fn somebody_who_is_recused_meanwhile_has_left_or_hears_of_something_over_is_not_written_to() {
    let mut world = World::alarmed();
    let alert = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
    let name = |world: &World, place: usize| {
        let person = alert.addressees[place].person.unwrap();
        world.store.reading().person(person).unwrap().unwrap().name
    };
    let recused = name(&world, 3);
    world.declare(&recused, "CR-0001", InterestKind::Family);
    let now = world.now;
    let mut claimed = Vec::new();
    while let Some(one) = outbox::claim(&mut world.store, &Actor::by_itself("1".into()), now, None).unwrap() {
        claimed.push(one.address);
    }
    assert_eq!(claimed.len(), 5);
    assert!(!claimed.contains(&address(&recused)), "{claimed:?}");
    assert_eq!(world.mail_says()[3], "e-mail not sent: they are recused since");
    world.assert_verified();

    let mut world = World::alarmed();
    let (review, closed_at) = (world.id("CR-0001"), world.now);
    let closed = Change::AlertClosed { alert: AlertId(1), review, assurance: "All are safe".into(), at: closed_at };
    world.store.write(|tx| tx.write(&Actor::by_itself("x".into()), closed_at, &[closed])).unwrap();
    assert_eq!(outbox::claim(&mut world.store, &Actor::by_itself("1".into()), now, None).unwrap(), None);
    assert_eq!(world.mail_says(), vec!["e-mail not sent: it was closed or taken back before"; 6]);
    world.assert_verified();
}

#[test]
fn nothing_of_the_case_is_in_a_message_or_its_journal_rows() {
    let world = World::alarmed();
    let detail = world.history("CR-0001");
    assert!(!detail.is_empty());
    let names = crate::support::council::PEOPLE.iter().map(|person| person.0.to_string());
    let words: Vec<String> = names
        .chain(cases().into_iter().map(|case| case.council_id))
        .chain(["nadequate", "Seen in the record", "M-", "CR-"].map(String::from))
        .collect();
    for letter in letters(&world) {
        let text = serde_json::to_string(&letter).unwrap();
        let change = Change::Mail(MailChange::Queued(letter.message));
        for word in &words {
            assert!(!text.contains(word.as_str()), "{word} in {text}");
            assert!(!change.sentence().contains(word.as_str()), "{word} in {}", change.sentence());
        }
    }
}

#[test]
fn where_the_mail_of_an_alert_stands_is_withheld_with_its_review() {
    let mut world = World::alarmed();
    let query = Query::AlertMail(AlertId(1));
    let Answered::AlertMail(rows) = world.answer_to("Bela Novak", &query).unwrap() else { panic!("another answer") };
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| row.stand == MailStand::Queued { since: utc("2026-11-12T10:00:00Z") }));
    world.declare("Bela Novak", "CR-0001", InterestKind::Family);
    assert_eq!(world.answer_to("Bela Novak", &query).unwrap(), Answered::AlertMail(Vec::new()));
    assert_eq!(world.answer_to("Amina Khan", &Query::AlertMail(AlertId(99))).unwrap(), Answered::AlertMail(Vec::new()));
}
