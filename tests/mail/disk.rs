//! A disk that fills up at any moment of sending: no message is lost, and none goes out twice without its being said.

use super::tick::{demo, tick, to};
use crate::support::smtp::Smtp;
use closeloop::domain::id::AlertId;
use closeloop::store::{Store, verify};
use std::collections::BTreeMap;
use std::process::Command;

/// Sizes that no file may grow beyond, in kilobytes: from one at which nothing can be written to one at which all can.
const LIMITS: std::ops::RangeInclusive<u32> = 0..=40;

#[test]
fn a_disk_that_fills_up_while_sending_loses_no_message_and_says_what_may_come_twice() {
    let (mut nothing, mut part, mut all, mut copies) = (0, 0, 0, 0);
    for limit in LIMITS.map(|step| step * 16) {
        let server = Smtp::start();
        let mut place = demo(&to(server.port));
        // The signal that would end the program is ignored, as it is where a disk is really full.
        let script = format!(
            "trap '' XFSZ; ulimit -f {limit}; exec {} tick --db {} --config {}",
            env!("CARGO_BIN_EXE_closeloop"),
            place.db().display(),
            place.path("config.toml")
        );
        let said = Command::new("bash").args(["-c", &script]).env("CLOSELOOP_NOW", "2026-11-12T10:00:00Z").output().unwrap();
        let error = String::from_utf8(said.stderr).unwrap();
        let sent = server.taken().len();
        match (said.status.code(), sent) {
            (Some(0), 6) => all += 1,
            (Some(1), 0) => nothing += 1,
            (Some(1), _) => part += 1,
            other => panic!("{limit} kB: {other:?} {error}"),
        }
        if said.status.code() == Some(1) {
            assert!(error.contains("the disk"), "{limit} kB: {error}");
        }
        let unsure = error.contains("was sent, but that could not be written down, so it may be sent once more");
        // There is room again, an hour later.
        place.env.retain(|(name, _)| *name != "CLOSELOOP_NOW");
        place.env.push(("CLOSELOOP_NOW", "2026-11-12T11:01:00Z".into()));
        tick(&place, &[]).done();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for taken in server.taken() {
            *names.entry(taken.header("Message-ID").unwrap()).or_default() += 1;
        }
        let twice = names.values().filter(|count| **count > 1).count();
        copies += twice;
        assert_eq!((names.len(), twice), (6, usize::from(unsure)), "{limit} kB: {error}");
        let store = Store::open(&place.db()).unwrap();
        let alert = store.reading().alert(AlertId(1)).unwrap().unwrap();
        assert!(alert.addressees.iter().all(|addressee| addressee.told_at.is_some()));
        drop(store);
        assert!(verify(&place.db(), None, &mut |_, _| {}).unwrap().clean());
    }
    assert!(nothing > 0 && part > 0 && all > 0, "nothing {nothing}, part {part}, all {all}, copies {copies}");
}
