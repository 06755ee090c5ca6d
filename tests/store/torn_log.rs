//! A log cut off anywhere: what opens is an exact prefix of the commits, and it verifies.

use crate::store::child::{self, Child};
use crate::support::world::World;
use closeloop::domain::review::AnswerValue;
use closeloop::store::{Store, verify};
use std::path::PathBuf;

const COMMITS: usize = 30;

/// Played by the child: thirty commits, each acknowledged, and then it waits to be killed with its log beside the file.
pub fn write_and_die(child: &Child) {
    let mut world = World::open(&child.path);
    for round in 0..COMMITS {
        let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text(format!("Version {round}")));
        child.say(&world.do_("Ida Ross", deed).written.last.to_string());
    }
    child.say("done");
    loop {
        std::thread::park();
    }
}

/// Ends of the commits in a log: the offset after each frame that ends a transaction. SQLite's file format, 4.1.
fn commits(log: &[u8]) -> Vec<usize> {
    let number = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().unwrap());
    let frame = 24 + number(8) as usize;
    let salts = &log[16..24];
    let starts = (32..log.len()).step_by(frame).take_while(|at| at + frame <= log.len() && &log[at + 8..at + 16] == salts);
    starts.filter(|at| number(at + 4) != 0).map(|at| at + frame).collect()
}

#[test]
fn a_log_torn_at_every_commit_opens_as_an_exact_prefix() {
    let world = World::ready();
    let path = world.path();
    let before = world.store.reading().tail().unwrap().seq;
    drop(world.store);
    let mut writer = child::start("log", &path, "");
    let mut acked: Vec<i64> = Vec::new();
    loop {
        match writer.hears().unwrap().as_str() {
            "done" => break,
            seq => acked.push(seq.parse().unwrap()),
        }
    }
    writer.kill();
    drop(writer);
    assert_eq!(acked, (1..=COMMITS as i64).map(|n| before + n).collect::<Vec<_>>());
    let wal = |path: &PathBuf| PathBuf::from(format!("{}-wal", path.display()));
    let (file, log) = (std::fs::read(&path).unwrap(), std::fs::read(wal(&path)).unwrap());
    let ends = commits(&log);
    assert!(ends.len() >= COMMITS, "{} commits in the log", ends.len());
    let ends = &ends[ends.len() - COMMITS..];
    let folder = tempfile::tempdir().unwrap();
    let mut cuts = 0;
    for (place, end) in ends.iter().enumerate() {
        for (cut, expected) in [(end - 1, place), (*end, place + 1), ((end + 1).min(log.len()), place + 1), (end + 24, place + 1)] {
            let torn = folder.path().join(format!("torn-{cuts}.db"));
            std::fs::write(&torn, &file).unwrap();
            std::fs::write(wal(&torn), &log[..cut.min(log.len())]).unwrap();
            let store = Store::open(&torn).unwrap();
            let tail = store.reading().tail().unwrap().seq;
            assert_eq!(tail, before + expected as i64, "cut at {cut}, commit {place} ends at {end}");
            if cut == *end && place % 5 == 0 {
                assert!(verify(&torn, None, &mut |_, _| {}).unwrap().clean(), "cut at {cut}");
            }
            cuts += 1;
        }
    }
    assert_eq!(cuts, COMMITS * 4);
}
