//! Five real processes over one file: a chair, three members and the room's screen sit through a panel of six cases, each typing at
//! a terminal of their own. Sealed, with one recused, one lowered to Inadequate, one sent back; then the minutes and the pack.

use crate::support::pty::Terminal;
use crate::support::world::World;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::grade::{Grade, ModerationOutcome};
use closeloop::domain::id::PanelId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::panel::{Scoring, SittingWanted};
use closeloop::domain::review::PanelStand;
use closeloop::store::Store;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const NOW: &str = "2026-11-24T10:00:00Z";
const PROGRAM: &str = env!("CARGO_BIN_EXE_closeloop");

/// Who sits, the chair first, with their logins.
const SITS: [(&str, &str); 4] = [("Sam Miller", "sam.m"), ("Hana Owen", "hana.o"), ("Hugo Lane", "hugo.l"), ("Sita Moran", "sita.m")];

/// The place of the one who leaves for the second case.
const HANA: usize = 1;

/// Six reviews that the reviewer gave an Outstanding, before a sealed sitting of four that is planned for today.
fn planned() -> World {
    let mut world = World::ready();
    // Somebody else's login may only be used in a made-up council.
    world.do_("Amina Khan", Deed::Set { name: "demo".into(), value: "amina.k".into() });
    let cases: Vec<String> = world.references().into_iter().take(6).collect();
    for reference in &cases {
        world.through_as(reference, "completed", 9);
    }
    world.at(NOW);
    world.declare("Hana Owen", &cases[1], InterestKind::Family);
    for (name, _) in SITS {
        for (place, reference) in cases.iter().enumerate() {
            // Hugo is asked in the room about the first case.
            if (name, place) != ("Hugo Lane", 0) && (name, place) != ("Hana Owen", 1) {
                let review = world.id(reference);
                world.do_(name, Deed::NothingToDeclare { review });
            }
        }
    }
    let members = SITS.map(|(name, _)| world.person(name)).to_vec();
    let usual = SittingWanted::on(world.today(), "10:00", Some(members[0]));
    let wanted = SittingWanted { members, scoring: Some(Scoring::Sealed), minutes_each: 20, ..usual };
    world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(wanted)));
    let run = cases.iter().map(|reference| world.id(reference)).collect();
    world.do_("Amina Khan", Deed::Panel(PanelDeed::OrderAgenda { panel: PanelId(1), run }));
    world
}

fn start(db: &Path, login: &str, what: &[&str], size: (u16, u16)) -> Terminal {
    let args: Vec<&OsStr> = ["--db", db.to_str().unwrap(), "--as", login].into_iter().chain(what.iter().copied()).map(OsStr::new).collect();
    Terminal::start(PROGRAM, &args, &[("CLOSELOOP_NOW", NOW)], size)
}

fn printed(db: &Path, args: &[&str]) -> String {
    let said = Command::new(PROGRAM).env("CLOSELOOP_NOW", NOW).args(["--db", db.to_str().unwrap()]).args(args).output().unwrap();
    assert!(said.status.success(), "{args:?}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

/// Answers what has opened, once it takes keys: what is typed before is thrown away, so that nobody answers unseen.
#[track_caller]
fn answers(at: &mut Terminal, opened: &str, keys: &str) {
    at.wait_for(opened);
    at.settle(Duration::from_millis(600));
    at.keys(keys);
}

/// Confirms what has opened by a key; pressed while it was opening, the key is thrown away, and a person presses it again.
#[track_caller]
fn confirms(at: &mut Terminal, opened: &str, key: &str) {
    at.wait_for(opened);
    while at.text().contains(opened) {
        at.keys(key);
        at.settle(Duration::from_millis(600));
    }
}

/// Scores what is on the table.
fn scores(at: &mut Terminal, point: &str) {
    at.wait_for("Score it: s.");
    at.keys("s");
    answers(at, "Your score", &format!("{point}\u{13}"));
    at.wait("the score to be kept", |screen| {
        screen.contains("Your score is sealed") || screen.contains("scores are open") || screen.contains("have scored")
    });
}

/// The chair writes down what the panel decided.
fn decides(chair: &mut Terminal, point: &str, reason: &str) {
    chair.wait_for("The scores are open");
    chair.keys("d");
    answers(chair, "Decide", &format!("{point}\t{reason}\u{13}"));
    confirms(chair, "The panel decides", "decide\r");
    chair.wait("the decision", |screen| screen.contains("the panel has decided"));
}

#[test]
fn five_processes_sit_through_a_panel_of_six_cases() {
    let world = planned();
    let db = world.path();
    let cases: Vec<String> = world.references().into_iter().take(6).collect();
    let judged = |reference: &str| Store::open(&db).unwrap().reading().review_by_reference(reference).unwrap().unwrap();
    let alerts = || {
        let store = Store::open(&db).unwrap();
        cases.iter().map(|reference| store.reading().open_alerts_of(judged(reference)).unwrap().len()).sum::<usize>()
    };

    // The night before: everything in one file, without a name and without the reviewer's judgement.
    let pack = printed(&db, &["--as", "amina.k", "panel", "pack", "--format", "md"]);
    assert!(cases.iter().all(|reference| pack.contains(reference.as_str())), "{pack}");
    assert!(pack.contains("the reviewer\u{2019}s judgement is left out"), "{pack}");
    for name in SITS.iter().map(|(name, _)| *name).chain(["Noor Carter", "Paul Obi", "Ida Ross"]) {
        assert!(!pack.contains(name), "{name} is in the pack");
    }

    let mut chair = start(&db, SITS[0].1, &[], (120, 40));
    let mut members: Vec<Terminal> = SITS[1..].iter().map(|(_, login)| start(&db, login, &[], (80, 24))).collect();
    let mut display = start(&db, "amina.k", &["display"], (80, 24));
    chair.wait_for("Queue");
    chair.keys("0");
    chair.wait_for("1 sitting");
    chair.keys("\r");
    chair.wait_for("begins it: tick who is there");
    chair.keys("b");
    confirms(&mut chair, "Begin the sitting: who is there?", "\u{13}");
    chair.wait_for("nothing on the table");
    for member in &mut members {
        member.wait_for("Queue");
        member.keys("0");
        member.wait_for("nothing on the table");
    }
    display.wait_for("Nothing is on the table");

    for (place, reference) in cases.iter().enumerate() {
        chair.wait_for(&format!("puts {reference} on the table"));
        chair.keys("p");
        if place == 1 {
            chair.wait_for("Hana Owen");
            confirms(&mut chair, "at the door", "\u{13}");
        }
        let now = format!("now {reference}");
        chair.wait_for(&now);
        for (seat, member) in members.iter_mut().enumerate() {
            match place == 1 && seat + 1 == HANA {
                true => member.wait_for("Withheld: you are recused"),
                false => member.wait_for(&now),
            }
        }
        let all = if place == 1 { 3 } else { 4 };
        display.wait_for(&format!("Scores in: 0 of {all}"));
        assert!(!display.text().contains("Reviewer:"), "{}", display.text());
        if place == 0 {
            members[1].wait_for("Before you read");
            members[1].keys("\r");
            confirms(&mut members[1], "do you have an interest in this case?", "\r");
        }
        if place == 2 {
            chair.keys("B");
            answers(&mut chair, "What is missing", "What the child says about home\u{13}");
            chair.wait_for("goes back to its reviewer");
            continue;
        }
        let point = if place == 1 { "2" } else { "9" };
        scores(&mut chair, point);
        for (seat, member) in members.iter_mut().enumerate() {
            if !(place == 1 && seat + 1 == HANA) {
                assert!(!member.text().contains("Outstanding 9"), "the grade is kept back");
                scores(member, point);
            }
        }
        assert_eq!(alerts(), usize::from(place > 1));
        decides(&mut chair, point, "As the record bears out");
        if place == 1 {
            // M10: at that moment.
            assert_eq!(alerts(), 1);
            assert!(!members[HANA - 1].text().contains(reference.as_str()), "{}", members[HANA - 1].text());
        }
    }
    chair.wait_for("closes the sitting");
    chair.keys("C");
    answers(&mut chair, "Type close", "close\r");
    chair.wait_for("This sitting is over");
    for member in &mut members {
        member.wait_for("This sitting is over");
        member.keys("q");
    }

    let store = Store::open(&db).unwrap();
    let decision = |reference: &String| store.reading().decision(judged(reference)).unwrap();
    let lowered = decision(&cases[1]).unwrap();
    assert_eq!((lowered.moderated.grade, lowered.outcome, lowered.scores.len()), (Grade::Inadequate, ModerationOutcome::Lowered, 3));
    let facts = store.reading().review_without_form(judged(&cases[2])).unwrap().unwrap();
    assert_eq!(facts.panel, PanelStand::SentBack("What the child says about home".into()));
    for place in [0, 3, 4, 5] {
        assert_eq!(decision(&cases[place]).unwrap().outcome, ModerationOutcome::Upheld);
    }
    let minutes = printed(&db, &["--as", "amina.k", "panel", "minutes", "P-1", "--format", "md"]);
    for said in ["Sam Miller", "lowered", "What the child says about home", "As the record bears out", "**Left for it:** HO"] {
        assert!(minutes.contains(said), "no {said} in\n{minutes}");
    }
    assert!(cases.iter().all(|reference| minutes.contains(reference.as_str())));
    let withheld = printed(&db, &["--as", "hana.o", "panel", "minutes", "P-1", "--format", "md"]);
    assert!(!withheld.contains(cases[1].as_str()), "{withheld}");
    world.assert_verified();
}
