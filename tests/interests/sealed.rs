//! Sealed means sealed: before the scores are open nobody is answered another's score, nor the judgement that is scored blind,
//! whichever way they ask; and who left for a case is answered the same whatever the panel makes of it.

use super::withheld::every_question;
use crate::cli::place::Place as Program;
use crate::panel::table::{MEMBERS, decide, defer, reveal, score, sealed, send_back};
use crate::support::world::{World, file};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::{PanelId, ReviewId};
use closeloop::domain::intake::{PersonRow, Place};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, ItemDetail, Query};
use closeloop::domain::review::{AnswerValue, field};
use closeloop::runtime::answers::answer;
use std::process::Command;

/// Whoever looks: the chair, members, one who left, others of the council, and the room's screen, which looks for nobody.
const VIEWERS: [&str; 8] = ["Iris Tamm", "Ivo Smith", "Sam Miller", "Sita Moran", "Amina Khan", "Ida Ross", "Dana Frost", ""];

/// The note by which somebody's score is known wherever it comes up.
fn note(member: &str, reference: &str) -> String {
    format!("lantern of {} on {reference}", member.replace(' ', "-"))
}

fn ask(world: &mut World, who: &str, query: &Query) -> Result<Answered, String> {
    let viewer = if who.is_empty() { world.viewer() } else { world.seen_by(who) };
    answer(&world.store, &mut world.library, query, &viewer).map_err(|error| error.to_string())
}

/// Every answer that somebody gets now, as text.
fn all_answers(world: &mut World, who: &str, review: ReviewId) -> String {
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let said = every_question("", review, cycle).into_iter().map(|query| format!("{query:?}: {:?}\n", ask(world, who, &query)));
    said.collect()
}

/// Asserts that nobody is answered a note of somebody else's on this item.
#[track_caller]
fn nobody_reads(world: &mut World, reference: &str, scored: &[&str]) {
    let review = world.id(reference);
    for who in VIEWERS {
        let said = all_answers(world, who, review);
        for author in scored {
            let found = said.contains(&note(author, reference));
            assert!(!found || who == *author, "{who} is answered the score of {author} on {reference}");
        }
    }
}

/// The judgement that is scored blind, looked for in what the panel's screens are answered.
#[track_caller]
fn blind(world: &mut World, panel: PanelId, reference: &str) {
    let review = world.id(reference);
    let hidden = |item: &ItemDetail, who: &str| {
        assert!(item.blind && item.row.original.is_none() && item.row.moderated.is_none(), "{who}");
        let facts = &item.review.facts;
        assert!(facts.original.is_none() && facts.moderated.is_none() && item.review.decision.is_none(), "{who}");
        assert!(item.review.alerts.is_empty() && item.review.tension.is_none(), "{who}");
        assert!(facts.answers.keys().all(|name| !field::is_judgement(name)), "{who}: {:?}", facts.answers.keys());
        assert!(item.spread.is_empty(), "{who}");
    };
    for who in VIEWERS {
        match ask(world, who, &Query::PanelItem(panel, review)) {
            Ok(Answered::PanelItem(item)) => hidden(&item, who),
            Ok(other) => panic!("{other:?}"),
            Err(said) => assert_eq!(said, "withheld: you are recused"),
        }
        let Ok(Answered::Sitting(sitting)) = ask(world, who, &Query::Sitting(panel)) else { panic!("{who} is not answered") };
        for row in sitting.agenda.iter().filter(|row| row.reference == reference) {
            assert_eq!((row.original, row.moderated), (None, None), "{who}");
            assert!(!row.why.contains("nadequate") && !row.why.contains("utstanding"), "{who}: {}", row.why);
        }
        if let Some(item) = sitting.item.filter(|item| item.row.reference == reference) {
            hidden(&item, who);
        }
        let Ok(Answered::Room(room)) = ask(world, who, &Query::Room(panel)) else { panic!("{who} is not answered") };
        if let Some(now) = room.now.filter(|now| now.reference == reference) {
            assert_eq!((now.original, now.moderated, now.outcome, now.spread.len()), (None, None, None, 0), "{who}");
        }
    }
}

fn open(world: &mut World, panel: PanelId, reference: &str) {
    let deed = world.opens(panel, reference);
    world.do_("Iris Tamm", deed);
}

#[test]
fn over_a_whole_sitting_nobody_is_answered_a_sealed_score_of_somebody_else() {
    let (mut world, panel) = sealed(&[9, 2, 10]);
    world.declare("Sam Miller", "CR-0002", InterestKind::Family);
    for reference in ["CR-0001", "CR-0002", "CR-0003"] {
        blind(&mut world, panel, reference);
        open(&mut world, panel, reference);
        let scores: Vec<&str> = MEMBERS.into_iter().filter(|member| reference != "CR-0002" || *member != "Sam Miller").collect();
        for (place, member) in scores.iter().enumerate() {
            nobody_reads(&mut world, reference, &scores[..place]);
            blind(&mut world, panel, reference);
            let deed = score(&world, panel, reference, 3, &note(member, reference));
            world.do_(member, deed);
        }
        // Open, everybody who may see the case reads every score, and who left for it none.
        let review = world.id(reference);
        for who in VIEWERS {
            let said = all_answers(&mut world, who, review);
            let out = reference == "CR-0002" && who == "Sam Miller";
            for author in &scores {
                assert_eq!(said.contains(&note(author, reference)), !out, "{who} and {author} on {reference}");
            }
        }
        let deed = decide(&world, panel, reference, 6);
        world.do_("Iris Tamm", deed);
    }
    world.assert_verified();
}

#[test]
fn the_blind_judgement_stays_hidden_when_a_case_is_put_off_sent_back_or_left_over() {
    let (mut world, panel) = sealed(&[9, 2, 10]);
    open(&mut world, panel, "CR-0001");
    let deed = score(&world, panel, "CR-0001", 4, &note("Sita Moran", "CR-0001"));
    world.do_("Sita Moran", deed);
    open(&mut world, panel, "CR-0002");
    blind(&mut world, panel, "CR-0001");
    let deed = send_back(&world, panel, "CR-0002", "Say what the father thinks");
    world.do_("Iris Tamm", deed);
    blind(&mut world, panel, "CR-0002");
    open(&mut world, panel, "CR-0003");
    let deed = defer(&world, panel, "CR-0003", "No time");
    world.do_("Iris Tamm", deed);
    blind(&mut world, panel, "CR-0003");
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    for reference in ["CR-0001", "CR-0002", "CR-0003"] {
        blind(&mut world, panel, reference);
    }
    nobody_reads(&mut world, "CR-0001", &["Sita Moran"]);
    // At the next sitting it is scored anew, still blind on the papers of the first one.
    let second = world.sits_as(crate::panel::table::wanted(&world));
    open(&mut world, second, "CR-0001");
    blind(&mut world, second, "CR-0001");
    blind(&mut world, panel, "CR-0001");
}

#[test]
fn nothing_that_the_program_prints_holds_a_sealed_score() {
    let (mut world, panel) = sealed(&[9, 2]);
    open(&mut world, panel, "CR-0001");
    for member in &MEMBERS[..3] {
        let deed = score(&world, panel, "CR-0001", 3, &note(member, "CR-0001"));
        world.do_(member, deed);
    }
    // Whoever runs these tests is a member as well.
    let login = Command::new("id").arg("-un").output().unwrap().stdout;
    let login = Some(String::from_utf8(login).unwrap().trim().to_string());
    let row =
        PersonRow { name: "Sita Moran".into(), role: Some("SM".into()), login, source: Place::file("logins.csv"), ..PersonRow::default() };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![row], file: file("logins.csv", 'c') });
    let place = Program::empty();
    let path = world.path().display().to_string();
    let env = [("CLOSELOOP_DB", path.as_str())];
    for args in [
        &["show", "CR-0001"][..],
        &["show", "CR-0001", "--json"],
        &["show", "2026-11", "--json"],
        &["list", "panel"],
        &["list", "panel", "--json"],
        &["list", "queue", "--json"],
        &["list", "people", "--json"],
        &["verify"],
    ] {
        let said = place.run_with(args, &env);
        assert_eq!(said.code, 0, "{args:?}: {}{}", said.out, said.err);
        assert!(!said.out.contains("lantern") && !said.err.contains("lantern"), "{args:?}: {}", said.out);
    }
}

/// What a recused member is answered to everything, after the panel did something with the case they left for.
fn seen_by_who_left(go_on: impl FnOnce(&mut World, PanelId)) -> Vec<(Query, String)> {
    let (mut world, panel) = sealed(&[9, 7, 10]);
    world.declare("Sam Miller", "CR-0001", InterestKind::Family);
    open(&mut world, panel, "CR-0001");
    go_on(&mut world, panel);
    // The panel has gone on to the next case, or still hears this one.
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let mut said = Vec::new();
    for (filter, reference) in [("", "CR-0001"), ("", "CR-0003"), ("all grade:i", "CR-0003"), ("all panel", "CR-0003")] {
        for query in every_question(filter, world.id(reference), cycle) {
            let answered = ask(&mut world, "Sam Miller", &query);
            said.push((query, format!("{answered:?}")));
        }
    }
    said
}

fn scored(world: &mut World, panel: PanelId, point: u8) {
    for member in ["Iris Tamm", "Ivo Smith", "Sita Moran"] {
        let deed = score(world, panel, "CR-0001", point, "lantern");
        world.do_(member, deed);
    }
}

fn decided(world: &mut World, panel: PanelId, point: u8) {
    scored(world, panel, point);
    let deed = decide(world, panel, "CR-0001", point);
    world.do_("Iris Tamm", deed);
}

#[track_caller]
fn same(one: &[(Query, String)], other: &[(Query, String)]) {
    assert_eq!(one.len(), other.len());
    for ((query, one), (_, other)) in one.iter().zip(other) {
        assert_eq!(one, other, "{query:?}");
        assert!(!one.contains("lantern"), "{query:?}");
    }
}

#[test]
fn who_left_is_answered_the_same_whatever_is_scored_while_they_are_out() {
    let nothing = seen_by_who_left(|_, _| {});
    same(&nothing, &seen_by_who_left(|world, panel| scored(world, panel, 9)));
    same(&nothing, &seen_by_who_left(|world, panel| scored(world, panel, 1)));
    let opened = seen_by_who_left(|world, panel| {
        let one = score(world, panel, "CR-0001", 9, "");
        world.do_("Ivo Smith", one);
        let deed = reveal(world, panel, "CR-0001", "The lantern is out");
        world.do_("Iris Tamm", deed);
    });
    same(&nothing, &opened);
    let told = |(query, said): &(Query, String)| matches!(query, Query::Sitting(_)) && said.contains("withheld: Some(Recused)");
    assert!(nothing.iter().any(told), "they are told that it is withheld");
}

#[test]
fn who_left_is_answered_the_same_whatever_comes_of_it() {
    let upheld = seen_by_who_left(|world, panel| decided(world, panel, 9));
    same(&upheld, &seen_by_who_left(|world, panel| decided(world, panel, 6)));
    same(&upheld, &seen_by_who_left(|world, panel| decided(world, panel, 1)));
    let put_off = seen_by_who_left(|world, panel| {
        let deed = defer(world, panel, "CR-0001", "A lantern is missing");
        world.do_("Iris Tamm", deed);
    });
    same(&upheld, &put_off);
    let back = seen_by_who_left(|world, panel| {
        let deed = send_back(world, panel, "CR-0001", "A lantern is missing");
        world.do_("Iris Tamm", deed);
    });
    same(&upheld, &back);
}

#[test]
fn minutes_about_a_withheld_case_are_not_read_by_who_left() {
    let minuted = |text: &'static str| {
        seen_by_who_left(move |world, panel| {
            decided(world, panel, 9);
            let review = Some(world.id("CR-0001"));
            world.do_("Iris Tamm", Deed::Panel(PanelDeed::AddMinute { panel, review, text: text.into() }));
        })
    };
    same(&minuted("The lantern was found"), &seen_by_who_left(|world, panel| decided(world, panel, 9)));
}

#[test]
fn the_room_is_answered_initials_and_no_name() {
    let (mut world, panel) = sealed(&[9, 2]);
    world.declare("Sam Miller", "CR-0001", InterestKind::Family);
    open(&mut world, panel, "CR-0001");
    let deed = world.edit("CR-0001", &field::narrative("strengths"), AnswerValue::Text("x".into()));
    assert!(world.try_("Ida Ross", deed).is_err(), "what is before the panel stays as it was submitted");
    let Ok(Answered::Room(room)) = ask(&mut world, "", &Query::Room(panel)) else { panic!("the room is answered with the room") };
    assert_eq!(room.now.as_ref().unwrap().out, ["SM"]);
    let said = format!("{room:?}");
    for person in world.store.reading().people().unwrap() {
        for word in person.name.split(' ') {
            assert!(!said.contains(word), "{word} of {} is in {said}", person.name);
        }
    }
}
