//! Several processes on one file: no update is lost, and a commit of one is noticed by the others.

use crate::store::child::{self, Child};
use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::deed::{AnswerEdit, Deed};
use closeloop::domain::review::AnswerValue;
use closeloop::store::{DraftStore, Store, StoreError, StoredDraft};

/// How often each of the editors adds one.
fn each() -> usize {
    rely::times(25, 100)
}

/// Played by the children: adds one to a number that all of them write, looking again whenever somebody was faster.
pub fn count_up(child: &Child) {
    let mut world = World::open(&child.path);
    let (mut done, mut stale) = (0, 0);
    while done < each() {
        let answers = world.review("CR-0001").answers;
        let held = answers.get("n/strengths");
        let number: usize = held.map_or(0, |answer| answer.value.text().parse().unwrap());
        let edits = vec![AnswerEdit {
            field: "n/strengths".into(),
            seen: held.map_or(0, |answer| answer.revision),
            answer: Some(AnswerValue::Text((number + 1).to_string())),
        }];
        let review = world.id("CR-0001");
        match world.try_("Amina Khan", Deed::SaveAnswers { review, edits }) {
            Ok(_) => done += 1,
            Err(StoreError::Stale { .. }) => stale += 1,
            Err(other) => panic!("{other}"),
        }
    }
    child.say(&format!("{done} {stale}"));
}

#[test]
fn t40_editors_that_count_together_lose_no_number() {
    let editors = rely::times(4, 10);
    let world = World::ready();
    let path = world.path();
    let children: Vec<_> = (0..editors).map(|_| child::start("count", &path, "")).collect();
    let (mut done, mut stale) = (0, 0);
    for mut child in children {
        let said = child.hears().unwrap();
        let (counted, refused) = said.split_once(' ').unwrap();
        done += counted.parse::<usize>().unwrap();
        stale += refused.parse::<usize>().unwrap();
        assert!(child.ended_well());
    }
    assert_eq!(done, editors * each());
    let kept: usize = world.review("CR-0001").answers["n/strengths"].value.text().parse().unwrap();
    rely::line(&serde_json::json!({"test": "T40", "editors": editors, "saves": done, "refused_as_stale": stale, "lost": done - kept}));
    assert_eq!(kept, done, "updates were lost");
    world.assert_verified();
}

#[test]
fn a_commit_of_another_process_is_noticed_and_looking_alone_is_not() {
    let world = World::ready();
    let quiet = world.store.data_version().unwrap();
    let other = Store::open(&world.path()).unwrap();
    other.reading().overview(&world.viewer()).unwrap();
    assert_eq!(world.store.data_version().unwrap(), quiet, "others looking wakes nobody");
    let mut writer = child::start("write", &world.path(), "CR-0001");
    writer.hears().unwrap();
    assert_ne!(world.store.data_version().unwrap(), quiet);
    assert!(world.review("CR-0001").answers.contains_key("n/voice"), "and what it wrote is there");
    writer.kill();
}

#[test]
fn a_process_that_was_killed_while_writing_holds_nobody_up() {
    let mut world = World::ready();
    let mut writer = child::start("write", &world.path(), "CR-0001");
    writer.hears().unwrap();
    writer.kill();
    drop(writer);
    let deed = world.edit("CR-0002", "n/strengths", AnswerValue::Text("Trust".into()));
    world.do_("Amina Khan", deed);
    world.assert_verified();
}

#[test]
fn own_changes_are_noticed_too_because_lists_must_show_them() {
    let mut world = World::ready();
    let before = world.store.data_version().unwrap();
    let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text("Trust".into()));
    world.do_("Amina Khan", deed);
    assert_ne!(world.store.data_version().unwrap(), before);
}

#[test]
fn many_who_start_at_once_make_one_file_of_drafts_and_each_keeps_theirs() {
    for _ in 0..3 {
        let world = World::council();
        let starters: Vec<_> = (0..8).map(|n| child::start("draft", &world.path(), &n.to_string())).collect();
        for mut starter in starters {
            assert_eq!(starter.hears().as_deref(), Some("kept"));
        }
        let drafts = DraftStore::open(&world.path()).unwrap();
        let kept = drafts.left_behind("ida.r", "another run", world.now).unwrap();
        assert_eq!(kept.len(), 8);
        let names = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let half: Vec<String> = std::fs::read_dir(world.folder()).unwrap().map(names).filter(|name| name.contains("making")).collect();
        assert_eq!(half, Vec::<String>::new());
    }
}

/// Played by each of those who start.
pub fn keep_a_draft(child: &Child) {
    let draft = StoredDraft {
        session: child.argument.clone(),
        form: "review/1".into(),
        title: "CR-0001".into(),
        filled: "{}".into(),
        seen: "{}".into(),
        at: crate::support::world::utc(crate::support::world::DRAWN_AT),
    };
    match DraftStore::open(&child.path).and_then(|drafts| drafts.keep("ida.r", &draft)) {
        Ok(()) => child.say("kept"),
        Err(error) => child.say(&error.to_string()),
    }
}
