//! A log cut off anywhere: what opens is an exact prefix of the commits, and it verifies.

use crate::store::child::{self, Child};
use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::review::AnswerValue;
use closeloop::store::{Store, verify};
use std::path::{Path, PathBuf};

const COMMITS: usize = 30;

/// Played by the child: thirty commits, each acknowledged, and then it waits to be killed with its log beside the file.
pub fn write_and_die(child: &Child) {
    let mut world = World::open(&child.path);
    for round in 0..COMMITS {
        let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text(format!("Version {round}")));
        child.say(&world.do_("Amina Khan", deed).written.last.to_string());
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

/// A log that a killed writer left, and what of it was acknowledged.
struct Left {
    file: Vec<u8>,
    log: Vec<u8>,
    /// Where each commit ends.
    ends: Vec<usize>,
    /// The last row before the writer began.
    before: i64,
    folder: tempfile::TempDir,
}

impl Left {
    fn new() -> Left {
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
        let (file, log) = (std::fs::read(&path).unwrap(), std::fs::read(beside(&path)).unwrap());
        let ends = commits(&log);
        assert!(ends.len() >= COMMITS, "{} commits in the log", ends.len());
        Left { file, log, ends, before, folder: tempfile::tempdir().unwrap() }
    }

    /// The row that the journal has to end with when so many commits of the log can be read.
    fn after(&self, readable: usize) -> i64 {
        self.before + (readable as i64 - (self.ends.len() - COMMITS) as i64).max(0)
    }

    /// Opens the file beside another log; the row its journal ends with, verified when asked to.
    fn opens(&self, log: &[u8], verified: bool) -> i64 {
        let torn = self.folder.path().join("torn.db");
        std::fs::write(&torn, &self.file).unwrap();
        std::fs::write(beside(&torn), log).unwrap();
        let store = Store::open(&torn).unwrap();
        let tail = store.reading().tail().unwrap().seq;
        if verified {
            assert!(verify(&torn, None, &mut |_, _| {}).unwrap().clean());
        }
        tail
    }
}

fn beside(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", path.display()))
}

#[test]
fn t03_a_log_torn_at_every_commit_opens_as_an_exact_prefix() {
    let left = Left::new();
    let first = left.ends.len() - COMMITS;
    let mut cuts = 0;
    for (place, end) in left.ends.iter().enumerate().skip(first) {
        for (cut, readable) in [(end - 1, place), (*end, place + 1), (end + 1, place + 1), (end + 24, place + 1)] {
            let tail = left.opens(&left.log[..cut.min(left.log.len())], cut == *end && place % 5 == 0);
            assert_eq!(tail, left.after(readable), "cut at {cut}, commit {place} ends at {end}");
            cuts += 1;
        }
    }
    assert_eq!(cuts, COMMITS * 4);
    let mut dice = closeloop::runtime::random::seeded(3);
    let anywhere = rely::times(60, 1_000);
    for round in 0..anywhere {
        let cut = dice() as usize % left.log.len();
        let readable = left.ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(left.opens(&left.log[..cut], round % 50 == 0), left.after(readable), "cut at {cut}");
    }
    let flips = rely::times(40, 500);
    let mut log = left.log.clone();
    for round in 0..flips {
        let (place, bit) = (dice() as usize % log.len(), 1 << (dice() % 8));
        log[place] ^= bit;
        // Each frame's sum carries on that of the frame before: from a flipped bit on nothing can be read.
        let readable = if place < 32 { 0 } else { left.ends.iter().filter(|end| **end <= place).count() };
        assert_eq!(left.opens(&log, round % 50 == 0), left.after(readable), "bit {bit} of byte {place} flipped");
        log[place] ^= bit;
    }
    rely::line(&serde_json::json!({"test": "T03", "cuts": cuts + anywhere, "bit_flips": flips, "not_a_prefix": 0}));
}
