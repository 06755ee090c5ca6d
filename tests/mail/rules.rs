//! The rules of the outbox as tables: what may be claimed when, what a failure leads to, how long to wait.

use crate::support::world::utc;
use chrono::{DateTime, TimeDelta, Utc};
use closeloop::domain::change::MailChange;
use closeloop::domain::id::{AlertId, MailId, PersonId};
use closeloop::domain::outbox::*;

const NOW: &str = "2026-11-26T14:00:00Z";

fn message() -> Message {
    Message {
        id: MailId(7),
        person: PersonId(3),
        cause: Cause::of_alert(AlertId(12), News::AlertOpened),
        said: Said::new("AL-0012", utc(NOW)),
        queued_at: utc(NOW),
        run: "0123456789abcdef".into(),
    }
}

fn at(minutes: i64) -> DateTime<Utc> {
    utc(NOW) + TimeDelta::minutes(minutes)
}

fn letter(stand: Stand, tries: u32) -> Letter {
    Letter { stand, tries, ..Letter::new(message()) }
}

fn reach() -> Reach {
    Reach { address: "hana@example.org".into(), here: true, recused: false, over: false, moved_on: false }
}

/// What the rule says of a letter at so many minutes, in a word or two.
fn claims(minutes: i64, letter: &Letter, reach: &Reach) -> String {
    match claim(at(minutes), letter, reach, "run", None) {
        None => "no".into(),
        Some(MailChange::Claimed { attempt, overtakes, .. }) => format!("try {attempt}{}", if overtakes { ", taken over" } else { "" }),
        Some(MailChange::NotNeeded { why, .. }) => why.label().into(),
        Some(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_message_is_one_person_and_one_cause() {
    let cause = Cause::of_alert(AlertId(12), News::AlertOpened);
    assert_eq!(cause.key(), "alert/12/alert-opened");
    assert_eq!(Cause { occasion: "2026-12".into(), ..cause }.key(), "alert/12/alert-opened/2026-12");
    assert_eq!(message().name(), "0123456789abcdef.7");
    let odd = Message { run: "a b<c>@d\r\n".into(), ..message() };
    assert_eq!(odd.name(), "abcd.7", "whatever a run is called, a Message-ID is a word");
    let keys: std::collections::BTreeSet<_> = News::ALL.iter().map(|news| news.key()).collect();
    assert_eq!(keys.len(), News::ALL.len());
}

#[test]
fn the_waits_grow_to_an_hour_and_stay_there() {
    let waits: Vec<i64> = (0..=9).map(|tries| wait_after(tries).num_minutes()).collect();
    assert_eq!(waits, [1, 1, 2, 4, 8, 15, 30, 60, 60, 60]);
    assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    let ten: i64 = (1..=6).map(|tries| wait_after(tries).num_minutes()).sum();
    assert_eq!(ten, 60, "six tries within the first hour");
}

#[test]
fn a_message_is_claimed_when_its_time_has_come_and_by_nobody_else() {
    let queued = |minutes| letter(Stand::Queued { next_at: at(minutes) }, 2);
    let claimed = letter(Stand::Claimed { at: at(0) }, 1);
    let table = [
        (0, queued(0), "try 3"),
        (0, queued(1), "no"),
        (1, queued(1), "try 3"),
        (0, queued(60), "no"),
        // Set by a clock that has been put back since.
        (0, queued(61), "try 3"),
        (0, queued(60 * 24 * 365), "try 3"),
        (9, claimed.clone(), "no"),
        (10, claimed.clone(), "try 2, taken over"),
        (-9, claimed.clone(), "no"),
        (-10, claimed, "try 2, taken over"),
        (60 * 24, letter(Stand::Sent { at: at(0) }, 1), "no"),
        (60 * 24, letter(Stand::NotNeeded { why: NotNeeded::Over }, 0), "no"),
        (60 * 24, letter(Stand::Failed { at: at(0), address: String::new() }, 1), "no"),
        (60 * 24, letter(Stand::Failed { at: at(0), address: "hana@example.org".into() }, 1), "no"),
        (60 * 24, letter(Stand::Failed { at: at(0), address: "hanna@example.org".into() }, 1), "try 2"),
    ];
    for (minutes, letter, said) in table {
        assert_eq!(claims(minutes, &letter, &reach()), said, "{minutes} {letter:?}");
    }
}

#[test]
fn what_failed_for_good_is_tried_again_where_a_person_says_so_and_once() {
    let failed = letter(Stand::Failed { at: at(5), address: "hana@example.org".into() }, 3);
    let tried = |again| claim(at(6), &failed, &reach(), "run", Some(again)).is_some();
    assert!(tried(at(6)));
    assert!(!tried(at(5)), "what failed in this very run is left alone");
}

#[test]
fn what_need_not_be_sent_any_more_says_why() {
    let five_days = 5 * 24 * 60;
    let (fresh, tried) = (letter(Stand::Queued { next_at: at(0) }, 0), letter(Stand::Queued { next_at: at(0) }, 1));
    let table = [
        (0, &fresh, Reach { over: true, ..reach() }, "it was closed or taken back before"),
        (0, &fresh, Reach { recused: true, ..reach() }, "they are recused since"),
        (0, &fresh, Reach { here: false, ..reach() }, "they no longer work here"),
        (five_days, &fresh, reach(), "it waited for 5 days"),
        (five_days - 1, &fresh, reach(), "try 1"),
        (five_days, &tried, reach(), "try 2"),
        (0, &fresh, Reach { address: String::new(), ..reach() }, "no"),
        (five_days, &fresh, Reach { address: String::new(), ..reach() }, "it waited for 5 days"),
        (0, &fresh, Reach { address: String::new(), over: true, ..reach() }, "it was closed or taken back before"),
    ];
    for (minutes, letter, reach, said) in table {
        assert_eq!(claims(minutes, letter, &reach), said, "{reach:?}");
    }
}

#[test]
fn every_kind_of_trouble_leads_where_it_should() {
    use TroubleKind::*;
    // In the way of all; final; may have arrived.
    let table = [
        (Settings, true, false, false),
        (Unreachable, true, false, false),
        (NotTrusted, true, false, false),
        (Turned, true, false, false),
        (Later, false, false, false),
        (Unanswered, false, false, true),
        (Address, false, true, false),
        (NotPassedOn, false, false, false),
        (Message, false, false, false),
        (Unbuilt, false, false, false),
    ];
    let claimed = letter(Stand::Claimed { at: at(0) }, 3);
    for (kind, everybodys, is_final, perhaps) in table {
        assert_eq!((kind.is_everybodys(), kind.is_final(), kind.may_have_arrived()), (everybodys, is_final, perhaps), "{kind:?}");
        assert!(!kind.label().is_empty() && kind.remedy().ends_with('.'));
        let change = failed(at(1), &claimed, 3, Trouble::new(kind, "so"), "hana@example.org").unwrap();
        let after = claimed.clone().after(&change);
        assert_eq!((after.tries, after.may_have_arrived), (3, perhaps), "{kind:?}");
        match after.stand {
            Stand::Failed { address, .. } => assert_eq!((is_final, address.as_str()), (true, "hana@example.org")),
            Stand::Queued { next_at } => assert_eq!((is_final, next_at), (false, at(1 + 4))),
            other => panic!("{kind:?}: {other:?}"),
        }
    }
}

#[test]
fn after_five_days_a_try_that_fails_is_the_last() {
    let claimed = letter(Stand::Claimed { at: at(0) }, 130);
    let days = 5 * 24 * 60;
    for (minutes, last) in [(days - 1, false), (days, true)] {
        let change = failed(at(minutes), &claimed, 130, Trouble::new(TroubleKind::Unreachable, ""), "hana@example.org").unwrap();
        assert_eq!(matches!(&change, MailChange::Failed { address, .. } if address.is_empty()), last);
    }
}

#[test]
fn an_overtaken_try_is_believed_when_it_succeeded_and_passed_over_when_it_failed() {
    let overtaken = letter(Stand::Claimed { at: at(10) }, 2);
    let trouble = Trouble::new(TroubleKind::Unreachable, "");
    assert_eq!(failed(at(11), &overtaken, 1, trouble.clone(), ""), None);
    let change = sent(at(11), &overtaken, 1).unwrap();
    let done = overtaken.after(&change);
    assert_eq!((done.stand.clone(), done.tries), (Stand::Sent { at: at(11) }, 2));
    // Whoever overtook it hears that it was taken twice or failed: neither changes anything.
    assert_eq!(sent(at(12), &done, 2), None);
    assert_eq!(failed(at(12), &done, 2, trouble.clone(), ""), None);
    assert_eq!(put_off(at(12), &done, trouble), None);
}

#[test]
fn what_is_in_the_way_of_all_puts_off_only_what_was_due() {
    let trouble = Trouble::new(TroubleKind::Unreachable, "");
    let due = put_off(at(0), &letter(Stand::Queued { next_at: at(0) }, 1), trouble.clone());
    assert!(matches!(due, Some(MailChange::PutOff { attempt: 2, next_at, .. }) if next_at == at(2)), "{due:?}");
    for stand in [Stand::Queued { next_at: at(1) }, Stand::Claimed { at: at(-60) }, Stand::Failed { at: at(0), address: String::new() }] {
        assert_eq!(put_off(at(0), &letter(stand, 1), trouble.clone()), None);
    }
}

#[test]
fn may_have_arrived_stays_until_the_server_says_so() {
    let mut one = letter(Stand::Claimed { at: at(0) }, 1);
    one = one.clone().after(&failed(at(0), &one, 1, Trouble::new(TroubleKind::Unanswered, ""), "").unwrap());
    assert!(one.may_have_arrived);
    one = one.clone().after(&claim(at(1), &one, &reach(), "run", None).unwrap());
    one = one.clone().after(&failed(at(1), &one, 2, Trouble::new(TroubleKind::Unreachable, ""), "").unwrap());
    assert!(one.may_have_arrived, "the second try proves nothing about the first");
    one = one.clone().after(&sent(at(2), &one, 3).unwrap());
    assert!(!one.may_have_arrived && one.trouble.is_none());
    let dead = letter(Stand::Claimed { at: at(0) }, 1);
    assert!(dead.clone().after(&claim(at(10), &dead, &reach(), "run", None).unwrap()).may_have_arrived);
}

#[test]
fn what_a_server_says_is_kept_short_and_shows_no_controls() {
    let trouble = Trouble::new(TroubleKind::Later, format!("451 \u{1b}[2J try\r\nlater {}", "x".repeat(500)));
    assert!(trouble.said.chars().count() <= 200 && !trouble.said.contains(['\u{1b}', '\r', '\n']), "{}", trouble.said);
    assert!(trouble.because().starts_with("the mail server asks to come back later (451 "));
    assert_eq!(Trouble::new(TroubleKind::Later, "").because(), "the mail server asks to come back later");
}

#[test]
fn nothing_goes_over_a_network_in_the_open_and_nothing_leaves_a_made_up_council() {
    let server = |host: &str, security| Settings {
        from: "a@example.org".into(),
        way: Way::Server(Server { host: host.into(), port: 25, security, root: None, login: None }),
        texts: None,
    };
    let by_program = Settings { way: Way::Sendmail("/usr/sbin/sendmail".into()), ..server("", Security::Tls) };
    let table = [
        (server("mail.example.org", Security::StartTls), true, false),
        (server("mail.example.org", Security::Tls), true, false),
        (server("mail.example.org", Security::None), false, false),
        (server("localhost.example.org", Security::None), false, false),
        (server("localhost", Security::None), true, true),
        (server("127.0.0.1", Security::StartTls), true, true),
        (by_program, true, false),
    ];
    for (settings, real, made_up) in table {
        assert_eq!((settings.check(false).is_ok(), settings.check(true).is_ok()), (real, made_up), "{settings:?}");
    }
}
