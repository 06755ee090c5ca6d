//! Who looked at what is written down before it is shown: exactly once for each opening, with why, and read by managers alone. T44.

use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::sat::Sat;
use crate::support::world::{World, utc};
use chrono::Duration;
use closeloop::domain::deed::{Deed, DrpDeed};
use closeloop::domain::drp::DrpWanted;
use closeloop::domain::id::{ActionId, AlertId, DrpId, ReviewId};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::look::{Look, LookKind, LooksWanted, MANY, oddities};
use closeloop::domain::query::{Answered, Query};
use closeloop::runtime::library::Library;
use closeloop::runtime::witness::{Looking, Witness};
use closeloop::store::{LookStore, StoreError, looks_path, verify};

/// The log of a council, oldest first.
pub fn looks(world: &World) -> Vec<Look> {
    let log = LookStore::look_into(&world.path()).unwrap();
    let mut rows = log.map(|log| log.rows(&LooksWanted::default(), 1000).unwrap()).unwrap_or_default();
    rows.reverse();
    rows
}

/// What was looked at since: kind and reference.
fn since(world: &World, before: usize) -> Vec<(LookKind, String)> {
    looks(world).into_iter().skip(before).map(|look| (look.what, look.about)).collect()
}

#[test]
fn t44_every_way_to_a_record_writes_exactly_one_row() {
    let mut world = World::ready();
    world.through_as("CR-0002", "completed", 2);
    world.raises_action("CR-0001", "Tara Moss", "Chronology brought up to date");
    let mut robot = Robot::sits_down(world, LARGE);
    let record = |reference: &str| vec![(LookKind::Record, reference.to_string())];
    let at = |robot: &Robot| looks(&robot.world).len();
    let mut ways: Vec<(&str, Vec<(LookKind, String)>)> = vec![
        ("1 / C R - 0 0 0 1 enter enter", record("CR-0001")),
        // Its sections, its history, its forms and a reload show nothing that is not open already.
        ("l l l l l l l r e esc w esc", vec![]),
        ("esc enter", record("CR-0001")),
        // Going elsewhere and opening it again is another look.
        ("2 1 enter", record("CR-0001")),
        ("esc H", vec![(LookKind::History, "CR-0001".into())]),
        ("esc x ctrl-s", vec![(LookKind::Identity, "CR-0001".into())]),
        ("esc backspace / c h i l d : 9 0 0 0 0 0 esc", vec![]),
        ("3 enter", vec![(LookKind::Alert, "AL-0001".into())]),
        ("r O", vec![(LookKind::Proof, "AL-0001".into())]),
        ("esc enter", record("CR-0002")),
        // Back over the alert to the list: it was open below.
        ("esc esc", vec![]),
        ("4 enter", vec![(LookKind::Action, "A-0001".into())]),
        ("r esc", vec![]),
        // Lists, cycle, year, plan, registers, reports, figures, people, findings, help: pseudonyms and counts.
        ("5 p 5 5 6 7 esc 8 9 esc X esc ? esc 1 z z r", vec![]),
    ];
    for (keys, wanted) in ways.drain(..) {
        let before = at(&robot);
        robot.press(keys);
        assert_eq!(since(&robot.world, before), wanted, "{keys}\n{}", robot.frame());
    }
}

#[test]
fn t44_what_others_write_is_no_look_of_mine() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001");
    let before = looks(&robot.world).len();
    for reference in ["CR-0001", "CR-0002"] {
        let deed = robot.world.step(reference, "contact");
        robot.world.do_("Bela Novak", deed);
        robot.look_around();
    }
    assert_eq!(looks(&robot.world).len(), before);
}

#[test]
fn t44_a_search_by_the_councils_number_is_one_look_at_the_case_it_finds() {
    let world = World::ready();
    let number = world.store.reading().names_of(world.id("CR-0001")).unwrap().unwrap().council_id;
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("1 /").type_text(&format!("child:{number}")).press("enter").expect_row_selected("CR-0001");
    robot.press("r r");
    let found: Vec<Look> = looks(&robot.world).into_iter().filter(|look| look.what == LookKind::Search).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].about.as_str(), found[0].why.as_str()), ("CR-0001", "Insights team"));
    assert!(!format!("{found:?}").contains(&number), "the log holds no content");
}

#[test]
fn t44_an_item_on_the_table_is_one_look_of_each_who_reads_it() {
    let mut sat = Sat::begun();
    sat.opens(0);
    let reference = sat.cases[0].clone();
    let mut robot = Robot::somebody(sat.world, LARGE, "Iris Tamm");
    robot.press("0").expect_line(&reference);
    let items =
        |robot: &Robot| looks(&robot.world).into_iter().filter(|look| look.what == LookKind::Item && look.about == reference).count();
    assert_eq!(items(&robot), 1);
    robot.press("tab tab tab").look_around();
    assert_eq!(items(&robot), 1, "reading it again is no other look");
    robot.press("1").expect_line("Queue").press("0");
    assert_eq!(items(&robot), 2, "coming back into the room is\n{}", robot.frame());
}

#[test]
fn t44_no_question_but_those_that_open_a_record_is_a_look() {
    let mut world = World::ready();
    world.through_as("CR-0002", "completed", 2);
    world.raises_action("CR-0001", "Tara Moss", "Chronology brought up to date");
    let shows = |world: &mut World, query: Query| {
        let answered = world.answer_to("Amina Khan", &query).unwrap();
        closeloop::domain::look::shown_by(&query, &answered).map(|shown| shown.what)
    };
    let review = world.id("CR-0002");
    let records = [
        (Query::Review(review), LookKind::Record),
        (Query::History(review), LookKind::History),
        (Query::Identity(review), LookKind::Identity),
        (Query::Alert(AlertId(1)), LookKind::Alert),
        (Query::Action(ActionId(1)), LookKind::Action),
        (Query::Proof(closeloop::domain::strip::StripOf::Alert(AlertId(1))), LookKind::Proof),
    ];
    for (query, what) in records {
        assert_eq!(shows(&mut world, query.clone()), Some(what), "{query:?}");
    }
    let opening = |what: LookKind| !matches!(what, LookKind::Search | LookKind::Log);
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let mut opens = Vec::new();
    for query in crate::interests::withheld::every_question("", review, cycle) {
        let Ok(answered) = world.answer_to("Iris Tamm", &query) else { continue };
        let shown = closeloop::domain::look::shown_by(&query, &answered).map(|shown| shown.what);
        let holds = format!("{answered:?}").contains("What the case teaches");
        assert!(!holds || shown.is_some_and(opening), "the words of a record are in the answer to {query:?}, which is no look");
        opens.extend(shown.filter(|what| opening(*what)));
    }
    assert!(opens.len() >= 5, "{opens:?}");
}

#[test]
fn the_reason_is_the_one_given_else_the_tie_to_the_case_else_the_role() {
    let mut world = World::ready();
    world.raises_action("CR-0001", "Tara Moss", "Chronology brought up to date");
    let reviewer = world.detail("CR-0001").reviewer;
    let by = |world: World, name: &str, keys: &str| {
        let mut robot = Robot::somebody(world, SMALL, name);
        robot.opens("CR-0001").press(keys);
        let world = robot.into_world();
        let look = looks(&world).pop().unwrap();
        (world, look)
    };
    let (world, look) = by(world, &reviewer, "");
    assert_eq!((look.why.as_str(), look.own), ("reviews it", true));
    let (world, look) = by(world, "Amina Khan", "");
    assert_eq!((look.why.as_str(), look.own), ("Insights team", true));
    let (world, look) = by(world, "Tara Moss", "");
    assert!(["their team", "owns an action on it"].contains(&look.why.as_str()) && look.own, "{look:?}");
    let stranger = if reviewer == "Cara Poole" { "Ian Reid" } else { "Cara Poole" };
    let (world, look) = by(world, stranger, "");
    assert!(!look.own && look.why.starts_with("as "), "{look:?}");
    let (_, look) = by(world, stranger, "x ctrl-s");
    assert_eq!((look.what, look.why.as_str(), look.own), (LookKind::Identity, "to open the case record", false));
}

#[test]
fn whoever_raised_a_dispute_answers_it_or_leads_the_team_has_a_tie_to_it() {
    let mut world = World::ready();
    // About no review: nothing else ties anybody to it.
    let subject = Some(world.review("CR-0001").review.subject);
    let wanted = DrpWanted { review: None, subject, ..world.dispute("CR-0001", "The plan drifts") };
    world.do_("Ida Ross", Deed::Drp(DrpDeed::Raise(wanted)));
    let of = |world: &mut World, name: &str| {
        let query = Query::Drp(DrpId(1));
        let answered = world.answer_to(name, &query).unwrap();
        let actor = world.actor(name);
        let mut library = Library::default();
        let looking = Looking { store: &world.store, library: &mut library, actor: &actor, now: world.now };
        Witness::default().note_answer(looking, &query, &answered).unwrap();
        looks(world).pop().unwrap()
    };
    let look = of(&mut world, "Ida Ross");
    assert_eq!((look.why.as_str(), look.own), ("named in its alert or dispute", true));
    let manager = world.detail("CR-0001").team_manager;
    let look = of(&mut world, &manager);
    assert!(look.own && ["named in its alert or dispute", "their team"].contains(&look.why.as_str()), "{look:?}");
    let look = of(&mut world, "Cara Poole");
    assert!(!look.own && look.why.starts_with("as "), "{look:?}");
}

#[test]
fn where_it_cannot_be_written_down_nothing_is_shown() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    std::fs::write(looks_path(&robot.world.path()), "no log of ours").unwrap();
    let case = robot.world.detail("CR-0001").case;
    robot.press("1 / C R - 0 0 0 1 enter enter").expect_notice("It was not opened: who looks at a case is written down");
    assert!(robot.app().record.is_none(), "{case}\n{}", robot.frame());
    robot.press("x ctrl-s").expect_notice("It was not opened").expect_no("in Mosaic");
}

#[test]
fn a_look_wakes_no_other_screen() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("esc");
    let before = robot.world.store.data_version().unwrap();
    robot.press("enter").expect_line("Steps");
    assert_eq!(robot.world.store.data_version().unwrap(), before);
}

#[test]
fn managers_of_the_insights_team_read_it_and_nobody_else() {
    let mut world = World::ready();
    for (name, may) in [("Iris Tamm", true), ("Ines Holt", true), ("Amina Khan", false), ("Hana Owen", false), ("Ida Ross", false)] {
        match world.answer_to(name, &Query::Looks(LooksWanted::default())) {
            Ok(Answered::Looks(_)) => assert!(may, "{name}"),
            Err(error) => {
                assert!(!may, "{name}: {error}");
                let said = error.to_string();
                assert!(said.contains("read by the managers of the Insights team. Ask one of: Insights team manager"), "{said}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn looks_at_a_withheld_case_are_left_out_of_it() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("esc esc").opens("CR-0002");
    let mut world = robot.into_world();
    world.declare("Iris Tamm", "CR-0001", InterestKind::ALL[0]);
    let Answered::Looks(detail) = world.answer_to("Iris Tamm", &Query::Looks(LooksWanted::default())).unwrap() else { panic!() };
    assert!(detail.rows.iter().all(|look| look.about != "CR-0001") && detail.rows.iter().any(|look| look.about == "CR-0002"));
    let of_it = Query::Looks(LooksWanted { review: Some(world.id("CR-0001")), ..LooksWanted::default() });
    assert!(matches!(world.answer_to("Iris Tamm", &of_it), Err(StoreError::Withheld { .. })));
}

#[test]
fn a_manager_reads_it_on_the_screen() {
    let mut world = World::ready();
    let reviewer = world.detail("CR-0001").reviewer;
    let stranger = if reviewer == "Cara Poole" { "Ian Reid" } else { "Cara Poole" };
    for name in ["Amina Khan", stranger] {
        let mut robot = Robot::somebody(world, SMALL, name);
        robot.opens("CR-0001");
        world = robot.into_world();
    }
    for size in [SMALL, (120, 40), LARGE] {
        let own = World { store: closeloop::store::Store::open(&world.path()).unwrap(), ..World::open(&world.path()) };
        let mut robot = Robot::somebody(own, size, "Iris Tamm");
        robot.press("W").expect_dialog("Who looked at what").expect_line("opened the record").expect_line("To ask about:");
        robot
            .expect_line("1 case without a tie to it")
            .expect_line("f no tie")
            .press("f")
            .expect_line("no tie")
            .expect_line("f everybody")
            .expect_no("A. Khan")
            .press("f");
        robot.expect_line("A. Khan").press("j enter").expect_dialog("What ").press("esc");
        robot.opens("CR-0001").press("W").expect_dialog("Who looked at CR-0001").press("esc esc");
    }
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("W").expect_notice("read by the managers of the Insights team").expect_no_dialog();
}

#[test]
fn a_changed_row_a_cut_end_and_a_lost_log_are_found() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001").press("esc esc").opens("CR-0002").press("esc esc").opens("CR-0003");
    let mut world = robot.into_world();
    let (rows, hash) = LookStore::look_into(&world.path()).unwrap().unwrap().end().unwrap();
    let noted = closeloop::domain::deed::PrivacyDeed::NoteLooks { rows, hash: closeloop::store::hex(&hash) };
    world.do_("Amina Khan", closeloop::domain::deed::Deed::Privacy(noted));
    world.assert_verified();
    let problems = |world: &World| verify(&world.path(), None, &mut |_, _| {}).unwrap().looks.join("\n");
    let log = looks_path(&world.path());
    let whole = {
        let raw = rusqlite::Connection::open(&log).unwrap();
        raw.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        std::fs::read(&log).unwrap()
    };
    let spoil = |sql: &str| {
        std::fs::write(&log, &whole).unwrap();
        let raw = rusqlite::Connection::open(&log).unwrap();
        raw.execute_batch(&format!(
            "DROP TRIGGER look_is_never_changed; DROP TRIGGER look_is_never_cut; {sql}; PRAGMA wal_checkpoint(TRUNCATE)"
        ))
        .unwrap();
    };
    spoil("UPDATE look SET login = 'somebody.else' WHERE seq = 2");
    assert!(problems(&world).contains("Row 2 of the log of looks was changed after it was written."), "{}", problems(&world));
    spoil("DELETE FROM look WHERE seq = 2");
    assert!(problems(&world).contains("gap before row 3: 1 row is missing"), "{}", problems(&world));
    spoil("DELETE FROM look WHERE seq = 3");
    assert!(problems(&world).contains("but the log ends at 2: its end was cut off"), "{}", problems(&world));
    std::fs::remove_file(&log).unwrap();
    assert!(problems(&world).contains("is gone: the journal noted 3 rows of it"), "{}", problems(&world));
}

#[test]
fn nobody_changes_or_takes_out_a_row() {
    let mut robot = Robot::sits_down(World::ready(), SMALL);
    robot.opens("CR-0001");
    let raw = rusqlite::Connection::open(looks_path(&robot.world.path())).unwrap();
    for sql in ["UPDATE look SET own = 1", "DELETE FROM look", "INSERT INTO look SELECT * FROM look"] {
        assert!(raw.execute_batch(sql).is_err(), "{sql}");
    }
}

#[test]
fn what_stands_out_is_many_cases_in_a_short_time_and_cases_without_a_tie() {
    let look = |seq: i64, minutes: i64, review: i64, own: bool, what: LookKind| Look {
        seq,
        at: utc("2026-11-19T10:00:00Z") + Duration::minutes(minutes),
        login: "cara.p".into(),
        name: "Cara Poole".into(),
        session: "s".into(),
        what,
        about: format!("CR-{review:04}"),
        review: Some(ReviewId(review)),
        why: "w".into(),
        own,
    };
    let many = MANY as i64;
    let said = |looks: &[Look]| oddities(looks).into_iter().map(|odd| odd.what).collect::<Vec<_>>();
    let quick: Vec<Look> = (0..many).map(|n| look(n + 1, n / 4, n, true, LookKind::Record)).collect();
    assert_eq!(said(&quick), ["20 cases within 10 minutes"]);
    assert!(said(&quick[1..]).is_empty(), "one fewer is not many");
    let slow: Vec<Look> = (0..many).map(|n| look(n + 1, n * 3, n, true, LookKind::Record)).collect();
    assert!(said(&slow).is_empty());
    let same: Vec<Look> = (0..many * 2).map(|n| look(n + 1, 0, 7, true, LookKind::Record)).collect();
    assert!(said(&same).is_empty(), "one case often is not many cases");
    let far = [look(1, 0, 7, false, LookKind::Record), look(2, 1, 8, false, LookKind::Identity)];
    assert_eq!(said(&far), ["2 cases without a tie to them", "asked who it is in 1 of them"]);
}
