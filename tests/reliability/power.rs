//! A power cut, by a model: what was written and not synced may be gone, any part of it. T04.
//!
//! `kill -9` proves nothing about it, since the machine keeps what a killed program has written. So a writer's system calls are
//! noted, and at many places of that record the files are made as the worst of disks would have left them.

use super::traced::{self, Call};
use crate::store::child::{self, Child};
use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::review::AnswerValue;
use closeloop::store::{Store, verify};
use std::collections::BTreeMap;
use std::path::Path;

/// Commits of the writer: enough for the log to be brought into the file and begun anew.
const COMMITS: usize = 110;

/// Played by the writer: saves, and says each save after its commit.
pub fn write(child: &Child) {
    let mut world = World::open(&child.path);
    for round in 0..COMMITS {
        let text = format!("Version {round} {}", "and so on ".repeat(1_500));
        let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text(text));
        child.say(&world.do_("Amina Khan", deed).written.last.to_string());
    }
}

/// One file: what is safe, and what was written since the last sync.
#[derive(Default, Clone)]
struct Disk {
    safe: Vec<u8>,
    since: Vec<Write>,
}

#[derive(Clone)]
enum Write {
    At(usize, Vec<u8>),
    Cut(usize),
}

fn put(bytes: &mut Vec<u8>, write: &Write) {
    match write {
        Write::At(at, data) => {
            bytes.resize(bytes.len().max(at + data.len()), 0);
            bytes[*at..at + data.len()].copy_from_slice(data);
        }
        Write::Cut(length) => bytes.resize(*length, 0),
    }
}

impl Disk {
    /// What a cut now leaves: all that is safe, and of the rest whatever the dice say.
    fn after_a_cut(&self, dice: &mut impl FnMut() -> u64) -> Vec<u8> {
        let mut left = self.safe.clone();
        // A third of the cuts lose everything that is not safe, the others some of it.
        let luck = dice() % 3;
        for write in &self.since {
            if luck > 0 && dice().is_multiple_of(2) {
                put(&mut left, write);
            }
        }
        left
    }
}

/// The record of the writer: what its files went through, and what it had said by then.
struct Record {
    calls: Vec<Call>,
    database: String,
}

impl Record {
    /// The files and the last acknowledged row after so many calls.
    fn replay(&self, disks: &mut BTreeMap<String, Disk>, call: &Call, acked: &mut i64) {
        let number = |place: usize| call.arguments.split(", ").nth(place).and_then(|n| n.trim().parse::<usize>().ok());
        if call.name == "write" {
            let said = String::from_utf8_lossy(&traced::bytes(&call.arguments)).into_owned();
            *acked = said.trim().strip_prefix("child: ").and_then(|seq| seq.parse().ok()).unwrap_or(*acked);
        }
        let Some(disk) = disks.get_mut(&call.file).filter(|_| call.result >= 0) else { return };
        match call.name.as_str() {
            "pwrite64" => {
                let data = traced::bytes(&call.arguments);
                assert_eq!(data.len() as i64, call.result, "a write is noted whole");
                let at = call.arguments.rsplit(", ").next().and_then(|at| at.trim().parse().ok()).unwrap();
                disk.since.push(Write::At(at, data));
            }
            "ftruncate" => disk.since.push(Write::Cut(number(1).unwrap())),
            "fsync" | "fdatasync" => {
                for write in std::mem::take(&mut disk.since) {
                    put(&mut disk.safe, &write);
                }
            }
            _ => {}
        }
    }
}

fn record(folder: &Path) -> (Record, BTreeMap<String, Disk>, i64) {
    let world = World::ready();
    let path = world.path();
    let before = world.store.reading().tail().unwrap().seq;
    drop(world.store);
    let database = path.canonicalize().unwrap().to_str().unwrap().to_string();
    let safe = std::fs::read(&path).unwrap();
    let trace = folder.join("trace");
    let calls = "trace=pwrite64,write,fsync,fdatasync,ftruncate";
    let mut writer = child::started_by("strace", &traced::before(calls, &trace), "power", &path, "");
    assert_eq!(writer.hears_all().len(), COMMITS);
    assert!(writer.ended_well());
    let calls = traced::calls(&std::fs::read_to_string(&trace).unwrap());
    let disks = [(database.clone(), Disk { safe, since: Vec::new() }), (format!("{database}-wal"), Disk::default())];
    (Record { calls, database }, disks.into(), before)
}

#[test]
fn t04_a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged() {
    if !traced::at_hand() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (record, mut disks, before) = record(folder.path());
    let cuts = rely::times(40, 400);
    let mut dice = closeloop::runtime::random::seeded(4);
    let mut places: Vec<usize> = (0..cuts).map(|_| dice() as usize % record.calls.len()).collect();
    places.sort_unstable();
    let (mut acked, mut done) = (before, 0);
    let (mut lost, mut corrupt, mut syncs, mut checked) = (0, 0, 0, 0);
    for (place, call) in record.calls.iter().enumerate() {
        record.replay(&mut disks, call, &mut acked);
        syncs += usize::from(call.name.ends_with("sync") && call.file.ends_with("-wal"));
        while places.get(done) == Some(&place) {
            let cut = folder.path().join("cut.db");
            std::fs::write(&cut, disks[&record.database].after_a_cut(&mut dice)).unwrap();
            std::fs::write(folder.path().join("cut.db-wal"), disks[&format!("{}-wal", record.database)].after_a_cut(&mut dice)).unwrap();
            let _ = std::fs::remove_file(folder.path().join("cut.db-shm"));
            match Store::open(&cut).and_then(|store| store.reading().tail()) {
                Ok(tail) => lost += usize::from(tail.seq < acked),
                Err(_) => corrupt += 1,
            }
            if done.is_multiple_of(8) {
                corrupt += usize::from(!verify(&cut, None, &mut |_, _| {}).is_ok_and(|found| found.clean()));
                checked += 1;
            }
            done += 1;
        }
    }
    assert_eq!(acked, before + COMMITS as i64, "every acknowledgement was seen");
    let per_hundred = syncs * 100 / COMMITS;
    rely::line(&serde_json::json!({"test": "T04", "cuts": cuts, "lost": lost, "corrupt": corrupt, "verified": checked,
        "commits": COMMITS, "syncs_per_100_commits": per_hundred}));
    assert_eq!((lost, corrupt), (0, 0), "a power cut lost acknowledged work");
    assert!(per_hundred >= 100, "{per_hundred} syncs for 100 commits");
}
