//! kill -9 while writing: what was acknowledged is there, nothing is there by half, and the file verifies.

use crate::store::child::{self, Child, Running};
use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::change::Change;
use closeloop::domain::deed::{AnswerEdit, Deed};
use closeloop::domain::review::{AnswerValue, field};
use closeloop::store::{Store, verify};
use std::collections::BTreeMap;

/// Headings that one save writes together: all of them are there, or none.
const TOGETHER: [&str; 3] = ["strengths", "impact", "voice"];

/// Played by the children: saves three texts at once, for ever, and acknowledges each save after its commit.
pub fn write_for_ever(child: &Child) {
    let mut world = World::open(&child.path);
    for round in 0.. {
        let answers = world.review(&child.argument).answers;
        let edits = TOGETHER.iter().map(|heading| {
            let name = field::narrative(heading);
            let seen = answers.get(&name).map_or(0, |answer| answer.revision);
            AnswerEdit { field: name, seen, answer: Some(AnswerValue::Text(format!("{} {round}", std::process::id()))) }
        });
        let deed = Deed::SaveAnswers { review: world.id(&child.argument), edits: edits.collect() };
        let receipt = world.do_("Amina Khan", deed);
        child.say(&format!("{} {} {round}", receipt.written.last, std::process::id()));
    }
}

#[test]
fn t01_no_acknowledged_change_is_lost_and_none_is_half_there_after_kill_9() {
    let kills = rely::times(25, 200);
    let world = World::ready();
    let path = world.path();
    drop(world.store);
    let (mut acked, mut lost, mut half, mut corrupt) = (0usize, 0usize, 0usize, 0usize);
    let mut chance = closeloop::runtime::random::seeded(20_261_121);
    let mut done = 0;
    while done < kills {
        // Two at once on reviews of their own, so that one is often killed while it holds the lock and the other waits.
        let mut running = [child::start("write", &path, "CR-0001"), child::start("write", &path, "CR-0002")];
        let mut heard: BTreeMap<i64, String> = BTreeMap::new();
        for _ in 0..1 + chance() % 6 {
            for child in &mut running {
                note(child.hears(), &mut heard);
            }
        }
        for _ in 0..chance() % 300_000 {
            std::hint::spin_loop();
        }
        for child in &mut running {
            child.kill();
            done += 1;
        }
        for mut child in running {
            drain(&mut child, &mut heard);
        }
        acked += heard.len();
        let store = Store::open(&path).unwrap();
        for (seq, text) in &heard {
            let batch = store.reading().batch(*seq).unwrap();
            let of = |change: &Change| match change {
                Change::Answered(saved) => saved.answers.iter().filter(|answer| answer.texts().1 == *text).count(),
                _ => 0,
            };
            let whole = batch.iter().map(|(.., change)| of(change)).sum::<usize>() == TOGETHER.len();
            lost += usize::from(!whole);
        }
        let answers = |id| store.reading().review(id).unwrap().unwrap().answers;
        for reference in ["CR-0001", "CR-0002"] {
            let id = store.reading().review_by_reference(reference).unwrap().unwrap();
            let texts: Vec<_> = TOGETHER.iter().map(|heading| answers(id).get(&field::narrative(heading)).cloned()).collect();
            let same = texts.iter().all(|text| text.as_ref().map(|text| &text.value) == texts[0].as_ref().map(|text| &text.value));
            half += usize::from(!same);
        }
        drop(store);
        corrupt += usize::from(!verify(&path, None, &mut |_, _| {}).unwrap().clean());
    }
    let card = serde_json::json!({"test": "T01", "kills": done, "acked": acked, "lost": lost, "half": half, "corrupt": corrupt});
    rely::line(&card);
    assert_eq!((lost, half, corrupt), (0, 0, 0), "{card}");
    assert!(acked >= done, "the children wrote before they were killed: {card}");
}

fn drain(child: &mut Running, heard: &mut BTreeMap<i64, String>) {
    while let Some(said) = child.hears() {
        note(Some(said), heard);
    }
}

fn note(said: Option<String>, heard: &mut BTreeMap<i64, String>) {
    let said = said.expect("a child ended before it was killed");
    let (seq, text) = said.split_once(' ').unwrap();
    heard.insert(seq.parse().unwrap(), text.to_string());
}
