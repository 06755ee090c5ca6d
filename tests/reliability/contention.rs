//! Many who save at once, at the pace of people who are in a hurry: nobody is told that the database is busy, nothing is
//! lost, and nobody waits long. T10.

use crate::store::child::{self, Child};
use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::deed::{AnswerEdit, Deed};
use closeloop::domain::review::{AnswerValue, field};
use closeloop::store::StoreError;
use std::time::{Duration, Instant};

/// Played by each: saves a text of its own so many times with a pause between, and says how long each save took.
pub fn save_and_think(child: &Child) {
    let parts: Vec<&str> = child.argument.split(' ').collect();
    let [reference, heading, saves, pause] = parts[..] else { panic!("{:?}", child.argument) };
    let (saves, pause): (usize, u64) = (saves.parse().unwrap(), pause.parse().unwrap());
    let mut world = World::open(&child.path);
    let (name, review) = (field::narrative(heading), world.id(reference));
    let mut dice = closeloop::runtime::random::seeded(u64::from(std::process::id()));
    rely::think(Duration::from_millis(dice() % pause));
    let (mut took, mut busy, mut stale) = (Vec::new(), 0, 0);
    while took.len() < saves {
        let seen = world.review(reference).answers.get(&name).map_or(0, |answer| answer.revision);
        let text = format!("{} {} of {saves}", std::process::id(), took.len());
        let edits = vec![AnswerEdit { field: name.clone(), seen, answer: Some(AnswerValue::Text(text)) }];
        let start = Instant::now();
        match world.try_("Amina Khan", Deed::SaveAnswers { review, edits }) {
            Ok(_) => took.push(start.elapsed().as_micros().to_string()),
            // Two may share a text: whoever comes second looks again, as a person would.
            Err(StoreError::Stale { .. }) => {
                stale += 1;
                continue;
            }
            Err(error) => {
                child.say(&format!("refused: {error}"));
                busy += 1;
                took.push(start.elapsed().as_micros().to_string());
            }
        }
        rely::think(Duration::from_millis(pause / 2 + dice() % pause));
    }
    child.say(&format!("{busy} {stale} {}", took.join(" ")));
}

#[test]
fn t10_a_crowd_that_saves_at_once_is_never_told_to_wait_and_loses_nothing() {
    let (crowd, saves, pause) = if rely::full() { (100, 120, 5_000) } else { (24, 10, 250) };
    let mut world = World::ready();
    let headings: Vec<String> = world.detail("CR-0001").kind.narrative.iter().map(|heading| heading.key.clone()).collect();
    let references = world.references();
    let before = world.store.reading().tail().unwrap().seq;
    let places: Vec<(String, String)> =
        headings.iter().flat_map(|heading| references.iter().map(|reference| (reference.clone(), heading.clone()))).collect();
    let running: Vec<_> = (0..crowd)
        .map(|place| {
            let (reference, heading) = &places[place % places.len()];
            child::start("contend", &world.path(), &format!("{reference} {heading} {saves} {pause}"))
        })
        .collect();
    let (mut took, mut busy, mut stale, mut refusals) = (Vec::new(), 0, 0, Vec::new());
    for mut one in running {
        let mut said = one.hears().expect("each says how it went");
        while said.starts_with("refused: ") {
            refusals.push(said);
            said = one.hears().expect("each says how it went");
        }
        let mut numbers = said.split(' ').map(|number| number.parse::<f64>().unwrap());
        busy += numbers.next().unwrap() as usize;
        stale += numbers.next().unwrap() as usize;
        took.extend(numbers.map(|micros| micros / 1e3));
        assert!(one.ended_well());
    }
    let kept = world.store.reading().tail().unwrap().seq - before;
    let lost = (crowd * saves) as i64 - busy as i64 - kept;
    let at = |share| (rely::quantile(&took, share) * 10.0).round() / 10.0;
    rely::line(
        &serde_json::json!({"test": "T10", "processes": crowd, "saves": took.len(), "pause_ms": pause, "busy": busy, "stale": stale,
        "lost": lost, "p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99), "max_ms": at(1.0)}),
    );
    assert_eq!((busy, lost), (0, 0), "somebody was told that the database is busy, or a save was lost: {refusals:#?}");
    // A bound that no busy machine breaks, and that a wait for a lock that is never given back would.
    assert!(at(1.0) < 5_000.0);
    world.assert_verified();
}
