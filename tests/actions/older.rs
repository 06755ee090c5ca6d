//! Journals of before told an action's moves in another way: they rebuild unchanged, and an older file is filled from them.

use super::world::followed;
use crate::support::world::World;
use closeloop::domain::action::ActionState;
use closeloop::domain::change::{Change, Swap};
use closeloop::domain::id::ActionId;
use closeloop::store::LADDER;
use rusqlite::Connection;

fn moved(world: &mut World, who: &str, from: ActionState, to: ActionState, evidence: &str) {
    let (actor, now) = (world.actor(who), world.now);
    let review = world.id("CR-0001");
    let evidence = Swap { before: Some(String::new()), after: Some(evidence.to_string()) };
    let change = Change::ActionMoved { action: ActionId(1), review, state: Swap { before: Some(from), after: Some(to) }, evidence };
    world.store.write(|tx| tx.write(&actor, now, &[change])).unwrap();
}

/// An action that an older program let be done without evidence.
pub fn done_without_evidence(world: &mut World) {
    moved(world, "Noor Carter", ActionState::Open, ActionState::Done, "");
}

/// The moves of an action, each from where to where.
type Way = &'static [(ActionState, ActionState)];

#[test]
fn an_older_journal_rebuilds_and_an_older_file_is_filled_from_it() {
    use ActionState::{Done, InProgress, Open, SignedOff};
    let ways: [(Way, bool, bool); 5] = [
        (&[(Open, InProgress)], false, false),
        (&[(Open, InProgress), (InProgress, Done)], true, false),
        (&[(Open, Done), (Done, SignedOff)], true, true),
        (&[(Open, Done), (Done, SignedOff), (SignedOff, Done)], true, false),
        (&[(Open, Done), (Done, Open)], false, false),
    ];
    for (way, done, signed) in ways {
        let mut world = followed();
        for (place, (from, to)) in way.iter().enumerate() {
            world.at(&format!("2026-11-1{place}T10:00:00Z"));
            moved(&mut world, "Noor Carter", *from, *to, "Case note");
        }
        let action = world.stored_action(1);
        assert_eq!((action.life.done.is_some(), action.life.signed_off.is_some()), (done, signed), "{way:?}");
        world.assert_verified();
        // As the ladder found the row before it had these columns.
        let raw = Connection::open(world.path()).unwrap();
        raw.execute_batch("UPDATE action SET raised_at = 0, done_at = NULL, signed_off_at = NULL").unwrap();
        let step = LADDER.iter().map(|(_, sql)| *sql).find(|sql| sql.contains("action_to_revisit")).unwrap();
        raw.execute_batch(&step[step.find("UPDATE action SET").unwrap()..]).unwrap();
        world.assert_verified();
        assert_eq!(world.stored_action(1), action, "{way:?}");
    }
}
