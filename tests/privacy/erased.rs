//! Erasing: two people decide, the bytes are gone, the chain and the rebuilt tables hold, counts stay. T47.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::{World, merton_text};
use closeloop::domain::change::{Change, PrivacyChange};
use closeloop::domain::deed::{Deed, PrivacyDeed};
use closeloop::domain::id::{DisposalId, ReviewId};
use closeloop::domain::query::Query;
use closeloop::domain::review::AnswerValue;
use closeloop::runtime::clerk::dispose;
use closeloop::store::{DraftStore, StoreError, StoredDraft, drafts_path, looks_path, verify};
use std::path::PathBuf;

/// Words that stand nowhere but in what is erased.
pub(super) const CANARIES: [&str; 6] = ["zebra-answer", "zebra-step", "zebra-action", "zebra-reveal", "zebra-draft", "zebra-hold"];

/// When the records have come up: opened in November 2026 and kept for seven years.
pub(super) const UP: &str = "2033-11-06T09:00:00Z";

/// A council with one finalised review full of canaries, and another beside it that stays.
pub(super) fn council() -> (World, ReviewId) {
    let mut world = World::ready();
    let review = world.id("CR-0001");
    let text = |words: &str| Some(AnswerValue::Text(words.into()));
    world.at("2026-11-06T10:00:00Z");
    world.raises_action("CR-0001", "Tara Moss", "Bring the zebra-action up to date");
    world.do_("Amina Khan", Deed::WithdrawAction { action: closeloop::domain::id::ActionId(1) });
    world.do_("Amina Khan", Deed::Reveal { review, why: "zebra-reveal".into() });
    world.through("CR-0001", "learning-conversation").at("2026-11-10T10:00:00Z");
    let deed = world.not_possible("CR-0001", "family-contact", "zebra-step");
    world.do_("Amina Khan", deed);
    let deed = world.edit("CR-0001", "n/strengths", text("zebra-answer"));
    world.do_("Amina Khan", deed);
    for reference in ["CR-0001", "CR-0002"] {
        world.through(reference, "finalised");
    }
    DraftStore::open(&world.path()).unwrap().keep("amina.k", &draft(&format!("step {} contact", review.0))).unwrap();
    (world, review)
}

fn draft(form: &str) -> StoredDraft {
    let filled = "{\"v/how\":\"zebra-draft\"}".to_string();
    StoredDraft { session: "other".into(), form: form.into(), title: "A form".into(), filled, seen: "{}".into(), at: chrono::Utc::now() }
}

/// Every file of the council.
fn files(world: &World) -> Vec<PathBuf> {
    let (db, drafts, looks) = (world.path(), drafts_path(&world.path()), looks_path(&world.path()));
    let with = |path: &PathBuf, tail: &str| PathBuf::from(format!("{}{tail}", path.display()));
    [&db, &drafts, &looks]
        .into_iter()
        .flat_map(|path| ["", "-wal", "-shm"].map(|tail| with(path, tail)))
        .filter(|path| path.exists())
        .collect()
}

/// Which canaries are in which file.
pub(super) fn found(world: &World, canaries: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files(world) {
        let bytes = std::fs::read(&path).unwrap();
        for canary in canaries {
            if bytes.windows(canary.len()).any(|window| window == canary.as_bytes()) {
                found.push(format!("{canary} in {}", path.file_name().unwrap().to_string_lossy()));
            }
        }
    }
    found
}

pub(super) fn ask(reviews: Vec<ReviewId>) -> Deed {
    Deed::Privacy(PrivacyDeed::AskDisposal { reviews, why: "Schedule QA-3, seven years".into() })
}

pub(super) fn approve() -> Deed {
    Deed::Privacy(PrivacyDeed::SettleDisposal { disposal: DisposalId(1), refused: None })
}

pub(super) fn run(world: &mut World, who: &str) -> closeloop::store::StoreResult<closeloop::runtime::clerk::Disposed> {
    let (path, actor, now) = (world.path(), world.actor(who), world.now);
    dispose(&path, &mut world.library, &actor, now, DisposalId(1))
}

#[test]
fn t47_after_an_erasure_no_byte_is_left_and_everything_else_is_as_it_was() {
    let (mut world, review) = council();
    let number = world.store.reading().names_of(review).unwrap().unwrap().council_id;
    let before = found(&world, &CANARIES);
    for canary in &CANARIES[..5] {
        assert!(before.iter().any(|found| found.starts_with(canary)), "{canary} is nowhere to begin with: {before:?}");
    }
    // Their case has been closed since; so nothing else speaks of them.
    let closed = Deed::ImportFrame {
        rows: Vec::new(),
        closed: vec![number.clone()],
        covered: Vec::new(),
        frame_date: Some(world.today()),
        file: crate::support::world::file("later.xlsx", 'e'),
    };
    world.do_("Amina Khan", closed);
    let counts = world.store.reading().cycles().unwrap()[0].1;
    let kept = world.history("CR-0002").len();
    world.at(UP);
    world.do_("Iris Tamm", ask(vec![review]));
    world.do_("Ivo Smith", approve());
    let done = run(&mut world, "Ivo Smith").unwrap();
    assert_eq!(done.references, ["CR-0001"]);
    let mut canaries = CANARIES.to_vec();
    canaries.push(&number);
    if !done.swept.clean {
        // The council of the test reads along; when nobody does, the files are swept.
        closeloop::store::sweep(&world.path()).unwrap();
    }
    assert_eq!(found(&world, &canaries), Vec::<String>::new());
    let verified = world.assert_verified();
    assert_eq!(verified.erased as usize, done.rows);
    assert_eq!(world.store.reading().cycles().unwrap()[0].1, counts, "what was counted stays counted");
    assert_eq!(world.history("CR-0002").len(), kept);
    // It took place; nothing else is known of it.
    let history = world.history("CR-0001");
    assert_eq!(history[0].what, "Erased under disposal 1");
    assert!(history.iter().any(|row| row.what == "answered: its details were erased by law"), "{history:#?}");
    let said = world.answer_to("Amina Khan", &Query::Review(review)).unwrap_err().to_string();
    assert!(said.starts_with("This record was erased on 6 November 2033"), "{said}");
    let refused = world.try_("Amina Khan", Deed::Reveal { review, why: "to look".into() }).unwrap_err().to_string();
    assert!(refused.contains("was erased on 6 November 2033"), "{refused}");
    // The number of its action is not given out again.
    world.raises_action("CR-0003", "Tara Moss", "Another");
    assert_eq!(world.stored_action(2).reference, "A-0002");
    world.assert_verified();
}

#[test]
fn a_subject_with_another_review_or_an_open_case_keeps_their_row() {
    let (mut world, review) = council();
    let number = world.store.reading().names_of(review).unwrap().unwrap().council_id;
    world.at(UP);
    world.do_("Iris Tamm", ask(vec![review]));
    world.do_("Ivo Smith", approve());
    run(&mut world, "Iris Tamm").unwrap();
    closeloop::store::sweep(&world.path()).unwrap();
    assert_eq!(found(&world, &CANARIES), Vec::<String>::new());
    assert!(!found(&world, &[&number]).is_empty(), "the case is open: it is in today\u{2019}s frame");
    world.assert_verified();
}

#[test]
fn t47_by_keys_one_manager_asks_a_second_approves_and_the_bytes_are_gone() {
    let (mut world, _) = council();
    world.at(UP);
    let mut amina = Robot::sits_down(world, SMALL);
    amina.press("T").expect_no_dialog().expect_notice("is decided by the managers of the Insights team");
    let mut iris = Robot::somebody(amina.into_world(), SMALL, "Iris Tamm");
    iris.press("T").expect_dialog("Keeping and erasing").expect_line("CR-0001").expect_line("Quality assurance records, since 5 Nov 2033");
    // Held it cannot be asked for; released it can.
    iris.press("x")
        .expect_dialog("CR-0001 \u{b7} Keep it")
        .type_text("zebra-hold inquiry")
        .press("ctrl-s")
        .expect_notice("CR-0001 is held");
    iris.expect_line("x releases it").press("ctrl-s").expect_notice("is held since");
    iris.press("x")
        .expect_dialog("CR-0001 \u{b7} Release it")
        .expect_line("Held by Iris Tamm since 6 November 2033: zebra-hold inquiry.")
        .press("ctrl-s")
        .expect_line("is still empty");
    iris.type_text("zebra-hold is over").press("ctrl-s").expect_notice("CR-0001 is held no longer");
    iris.press("/ 0 0 0 2 enter")
        .expect_no("CR-0001")
        .expect_line("1 of 2 records")
        .press("/ backspace backspace backspace backspace backspace");
    iris.press("ctrl-s").expect_dialog("Ask for the erasure of 1 record").expect_line("second manager").press("ctrl-s");
    iris.expect_line("is still empty")
        .type_text("Schedule QA-3, seven years")
        .press("ctrl-s")
        .expect_notice("Disposal 1 asked for, 1 review");
    iris.press("g").expect_row_selected("disposal 1").press("enter").expect_notice("You asked for this disposal yourself");
    let mut ivo = Robot::somebody(iris.into_world(), SMALL, "Ivo Smith");
    ivo.press("T").expect_row_selected("disposal 1").expect_line("Iris Tamm asked.");
    ivo.press("enter").expect_dialog("Approve disposal 1").expect_line("You are the second person").type_text("approve").press("enter");
    ivo.expect_notice("Disposal 1 approved").expect_line("to erase");
    assert!(!found(&ivo.world, &["zebra-answer"]).is_empty(), "nothing goes by being approved");
    ivo.press("enter").expect_dialog("Erase 1 record for good").type_text("erase").press("enter");
    ivo.expect_notice("Erased for good: CR-0001").expect_row_selected("disposal 1").press("u").expect_notice("stands for good");
    ivo.press("x").expect_notice("its records are gone, and nothing is left to refuse");
    let world = ivo.into_world();
    closeloop::store::sweep(&world.path()).unwrap();
    assert_eq!(found(&world, &CANARIES), Vec::<String>::new());
    world.assert_verified();
}

#[test]
fn what_there_is_to_decide_looks_like_this() {
    for size in [SMALL, (120, 40), (160, 48)] {
        let (mut world, review) = council();
        world.at(UP);
        world.do_("Iris Tamm", ask(vec![review]));
        world.do_("Iris Tamm", Deed::Privacy(PrivacyDeed::Hold { reviews: vec![world.id("CR-0002")], why: "A complaint".into() }));
        let mut robot = Robot::somebody(world, size, "Ivo Smith");
        insta::assert_snapshot!(format!("disposals_{}x{}", size.0, size.1), robot.press("T").frame());
        if size == SMALL {
            insta::assert_snapshot!("disposals_approve_80x24", robot.press("enter").frame());
        }
    }
}

#[test]
fn one_person_alone_erases_nothing() {
    let (mut world, review) = council();
    world.at(UP);
    let said = world.refused_to("Amina Khan", ask(vec![review]));
    assert!(said.starts_with("Keeping and erasing records is decided by the managers of the Insights team. Ask one of:"), "{said}");
    world.do_("Iris Tamm", ask(vec![review]));
    assert!(run(&mut world, "Iris Tamm").unwrap_err().to_string().contains("waits for a second person"));
    assert!(world.refused_to("Iris Tamm", approve()).contains("it needs a second person"));
    assert!(world.refused_to("Ivo Smith", ask(vec![review])).contains("stands in a disposal already"));
    let no = Deed::Privacy(PrivacyDeed::SettleDisposal { disposal: DisposalId(1), refused: Some("A complaint is expected".into()) });
    world.do_("Ivo Smith", no);
    assert!(run(&mut world, "Ivo Smith").unwrap_err().to_string().contains("is refused"));
    assert!(world.refused_to("Ines Holt", approve()).contains("is refused"));
    world.assert_verified();
    assert!(!found(&world, &["zebra-answer"]).is_empty());
}

#[test]
fn what_is_held_too_young_open_or_unfinished_is_never_erased() {
    let (mut world, review) = council();
    world.at("2033-11-01T09:00:00Z");
    let said = world.refused_to("Iris Tamm", ask(vec![review]));
    assert!(said.contains("is kept for 7 years and comes up on 5 November 2033"), "{said}");
    world.at(UP);
    assert!(world.refused_to("Iris Tamm", ask(vec![world.id("CR-0003")])).contains("is still under way"));
    world.raises_action("CR-0002", "Tara Moss", "Not done");
    assert!(world.refused_to("Iris Tamm", ask(vec![world.id("CR-0002")])).contains("1 thing is still open on CR-0002"));
    world.do_("Iris Tamm", ask(vec![review]));
    world.do_("Ivo Smith", approve());
    // A hold that comes between approval and erasure stops it.
    let hold = Deed::Privacy(PrivacyDeed::Hold { reviews: vec![review], why: "zebra-hold inquiry".into() });
    let release = |why: &str| Deed::Privacy(PrivacyDeed::Release { review, why: why.into() });
    world.do_("Ines Holt", hold);
    let said = run(&mut world, "Ivo Smith").unwrap_err().to_string();
    assert!(said.contains("CR-0001 is held since 6 November 2033: zebra-hold inquiry."), "{said}");
    assert!(!found(&world, &["zebra-answer"]).is_empty(), "held rows are never purged");
    world.assert_verified();
    assert!(world.refused_to("Ines Holt", release(" ")).contains("A release needs its reason"));
    world.do_("Ines Holt", release("zebra-hold is over"));
    assert!(world.refused_to("Ines Holt", release("Over")).contains("is not held"));
    run(&mut world, "Ivo Smith").unwrap();
    closeloop::store::sweep(&world.path()).unwrap();
    assert_eq!(found(&world, &CANARIES), Vec::<String>::new(), "the reason of a hold goes with it");
    world.assert_verified();
}

#[test]
fn a_missing_detail_without_an_erasure_is_missed_and_an_erased_one_does_not_come_back() {
    let (mut world, review) = council();
    let raw = rusqlite::Connection::open(world.path()).unwrap();
    let row = |seq: i64| -> (Vec<u8>, String) {
        raw.query_row("SELECT salt, payload FROM journal_detail WHERE seq = ?1", [seq], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let seq: i64 =
        raw.query_row("SELECT max(seq) FROM journal WHERE review = ?1 AND kind = 'answered'", [review.0], |row| row.get(0)).unwrap();
    let (salt, payload) = row(seq);
    world.at(UP);
    world.do_("Iris Tamm", ask(vec![review]));
    world.do_("Ivo Smith", approve());
    run(&mut world, "Ivo Smith").unwrap();
    let problems = |world: &World| verify(&world.path(), None, &mut |_, _| {}).unwrap().problems.join("\n");
    assert_eq!(problems(&world), "");
    raw.execute_batch("DROP TRIGGER journal_detail_comes_with_its_row").unwrap();
    raw.execute("INSERT INTO journal_detail (seq, salt, payload) VALUES (?1, ?2, ?3)", rusqlite::params![seq, salt, payload]).unwrap();
    assert!(problems(&world).contains(&format!("The detail of journal row {seq} was erased, and is there again.")));
    raw.execute("DELETE FROM journal_detail WHERE seq = ?1", [seq]).unwrap();
    let other: i64 = raw
        .query_row("SELECT max(seq) FROM journal WHERE kind = 'review-finalised' AND review <> ?1", [review.0], |row| row.get(0))
        .unwrap();
    raw.execute("DELETE FROM journal_detail WHERE seq = ?1", [other]).unwrap();
    assert!(problems(&world).contains(&format!("The detail of journal row {other} is missing.")));
}

#[test]
fn a_hold_is_undone_like_anything_else_and_an_erasure_is_not() {
    let (mut world, review) = council();
    let receipt = world.do_("Iris Tamm", Deed::Privacy(PrivacyDeed::Hold { reviews: vec![review], why: "An inquiry".into() }));
    assert!(world.store.reading().hold(review).unwrap().is_some());
    world.do_("Iris Tamm", Deed::Undo { batch: receipt.written.first });
    assert!(world.store.reading().hold(review).unwrap().is_none());
    let erased = world.store.reading().erasure_of(review, DisposalId(1), world.today()).unwrap().unwrap();
    assert!(Change::Privacy(PrivacyChange::Erased(Box::new(erased))).reversed().is_none());
    world.assert_verified();
}

#[test]
fn what_is_marked_is_held_together_and_released_one_by_one_with_the_reason() {
    let (mut world, review) = council();
    world.at(UP);
    let mut iris = Robot::somebody(world, SMALL, "Iris Tamm");
    iris.press("T space space").expect_line("2 marked").expect_line("hold the marked");
    iris.press("x").expect_dialog("Keep 2 records").expect_line("CR-0001, CR-0002").type_text("An inquiry").press("ctrl-s");
    iris.expect_notice("CR-0001, CR-0002 are held").expect_no("2 marked");
    // Another person releases one: who held it stands there, and the journal keeps why.
    let mut ivo = Robot::somebody(iris.into_world(), SMALL, "Ivo Smith");
    ivo.press("T x").expect_dialog("CR-0001 \u{b7} Release it").expect_line("Held by Iris Tamm");
    ivo.type_text("The inquiry has ended").press("ctrl-s").expect_notice("CR-0001 is held no longer");
    assert!(ivo.world.store.reading().hold(review).unwrap().is_none());
    let world = ivo.into_world();
    let history = world.history("CR-0001");
    assert!(history.iter().any(|row| row.what == "Held no longer: The inquiry has ended"), "{history:?}");
    world.assert_verified();
}

#[test]
fn a_release_is_undone_into_the_same_hold() {
    let (mut world, review) = council();
    world.do_("Iris Tamm", Deed::Privacy(PrivacyDeed::Hold { reviews: vec![review], why: "An inquiry".into() }));
    let before = world.store.reading().hold(review).unwrap();
    let receipt = world.do_("Ivo Smith", Deed::Privacy(PrivacyDeed::Release { review, why: "It has ended".into() }));
    assert!(world.store.reading().hold(review).unwrap().is_none());
    world.do_("Ivo Smith", Deed::Undo { batch: receipt.written.first });
    assert_eq!(world.store.reading().hold(review).unwrap(), before);
    world.assert_verified();
}

#[test]
fn esc_leads_back_to_keeping_and_erasing_from_the_question_and_from_the_record() {
    let (mut world, _) = council();
    world.at(UP);
    let mut iris = Robot::somebody(world, SMALL, "Iris Tamm").with_the_question();
    iris.press("T space").expect_line("1 marked").expect_row_selected("CR-0002").press("enter");
    iris.expect_no("Keeping and erasing").press("esc");
    iris.expect_dialog("Keeping and erasing").expect_row_selected("CR-0002").expect_line("1 marked");
    // Nothing to declare: the record opens, and its Esc leads back too, the mark still there.
    iris.press("enter enter");
    assert!(iris.app().record.is_some());
    iris.press("esc").expect_dialog("Keeping and erasing").expect_row_selected("CR-0002").expect_line("1 marked");
    // Closed, it does not come back by itself.
    iris.press("esc 2 1 esc").expect_no("Keeping and erasing");
}

#[test]
fn an_erased_record_is_opened_by_no_key() {
    let (mut world, review) = council();
    world.at(UP);
    world.do_("Iris Tamm", ask(vec![review]));
    world.do_("Ivo Smith", approve());
    run(&mut world, "Ivo Smith").unwrap();
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("1 /").type_text("all CR-0001").press("enter enter").expect_notice("This record was erased on 6 November 2033");
    assert!(robot.app().record.is_none());
    robot.press("H").expect_dialog("History of CR-0001").expect_line("Erased under disposal 1");
}

#[test]
fn whoever_is_recused_asks_for_no_erasure() {
    let (mut world, review) = council();
    world.declare("Iris Tamm", "CR-0001", closeloop::domain::interest::InterestKind::ALL[0]);
    world.at(UP);
    assert!(matches!(world.try_("Iris Tamm", ask(vec![review])), Err(StoreError::Withheld { .. })));
}

#[test]
fn a_profile_says_how_long_and_two_classes_for_the_rest_are_refused() {
    let framework = closeloop::profiles::parse(merton_text(), "merton").unwrap();
    assert_eq!(framework.retention.len(), 1);
    let twice = format!("{}\n[[retention]]\nkey = \"other\"\nlabel = \"Other\"\nyears = 3\n", merton_text());
    let said = closeloop::profiles::parse(&twice, "merton").unwrap_err().to_string();
    assert!(said.contains("two classes name no kinds"), "{said}");
    let unknown = format!("{}\n[[retention]]\nkey = \"other\"\nlabel = \"Other\"\nyears = 3\nkinds = [\"nothing\"]\n", merton_text());
    assert!(closeloop::profiles::parse(&unknown, "merton").is_err());
}
