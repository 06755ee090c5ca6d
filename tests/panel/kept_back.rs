//! Worlds that differ in the reviewer's grade alone: whoever is to score it blind cannot tell them apart, wherever they look.

use super::table::{MEMBERS, SITS_AT, council_under, defer, moderated_by, reveal, score, send_back, wanted};
use crate::interests::withheld::every_question;
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::app::command::Command;
use closeloop::domain::deed::{Deed, InsightDeed, PanelDeed};
use closeloop::domain::filter::Filter;
use closeloop::domain::id::PanelId;
use closeloop::domain::panel::{Scoring, SittingWanted};
use closeloop::domain::query::{Answered, From, Query, QueueSort, Window};
use closeloop::domain::review::{AnswerValue, field};
use closeloop::domain::theme::ThemeWanted;

/// One scaling for each grade.
const GRADES: [u8; 4] = [9, 7, 4, 1];

/// A member of the panel to whom no alert about the case is addressed.
const BLIND: &str = "Sita Moran";

/// Filters by which somebody might try to find out.
const PROBES: [&str; 11] = [
    "",
    "all",
    "all strength:voice",
    "all improve:voice",
    "grade:i",
    "all grade:o",
    "all original:ri",
    "all moderated:g",
    "all alert",
    "all panel",
    "all urgent",
];

/// A panel takes every review. All are alike but for the overall grade of one from Safeguarding, which is given so.
fn submitted(scaling: u8) -> (World, String) {
    let text =
        moderated_by("{ why = \"every\" }", "members = [\"insights-tm\", \"insights-sm\", \"SM\", \"HoS\"]\nquorum = 3\nsealed = true");
    let mut world = council_under(&text, 5);
    let of = |world: &World, reference: &String| world.store.reading().service_of_review(world.id(reference)).unwrap();
    let reference = world.references().into_iter().find(|reference| of(&world, reference) == "Safeguarding").unwrap();
    world.through(&reference, "family-contact").at("2026-11-12T10:00:00Z");
    world.fill(&reference, 5);
    for (name, answer) in [
        (field::OVERALL, AnswerValue::Scale(scaling)),
        (field::WHY_TENSION, AnswerValue::Text(format!("It is a {scaling} all the same"))),
        (field::WHY_NO_ACTIONS, AnswerValue::Text(format!("Even for a {scaling} it is enough"))),
    ] {
        let deed = world.edit(&reference, name, answer);
        world.do_("Amina Khan", deed);
    }
    let deed = world.submit(&reference);
    world.do_("Amina Khan", deed);
    // What is found strong or weak goes with the grade, and is kept back with it.
    let strong = scaling > 5;
    let themes = vec![ThemeWanted { theme: "voice".into(), strength: strong, improve: !strong }];
    world.do_("Amina Khan", Deed::Insight(InsightDeed::Code { reviews: vec![world.id(&reference)], wanted: themes }));
    world.at(SITS_AT);
    (world, reference)
}

fn planned(world: &mut World) {
    let deed = Deed::Panel(PanelDeed::Plan(wanted(world)));
    world.do_("Amina Khan", deed);
}

fn on_the_table(world: &mut World, reference: &str) -> PanelId {
    let wanted = wanted(world);
    let panel = world.sits_as(wanted);
    let deed = world.opens(panel, reference);
    world.do_(MEMBERS[0], deed);
    panel
}

/// An answer without the numbers of journal rows, which no screen shows: an alert is a row.
fn numberless(said: &str) -> String {
    let mut kept = String::new();
    let mut rest = said;
    while let Some((at, word)) =
        ["revision: ", "seq: ", "reviews: [(ReviewId(1), "].iter().filter_map(|word| Some((rest.find(word)?, *word))).min()
    {
        let (before, after) = rest.split_at(at + word.len());
        kept.push_str(before);
        rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
    }
    kept + rest
}

/// Everything that somebody is answered about a review, in every order and by every filter.
fn everything(world: &mut World, who: &str, reference: &str, filters: &[&str]) -> Vec<(String, String)> {
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let review = world.id(reference);
    let mut queries: Vec<Query> = filters.iter().flat_map(|filter| every_question(filter, review, cycle)).collect();
    for reversed in [false, true] {
        let filter = Filter::parse("all").0;
        queries.push(Query::Queue(Window { filter, sort: QueueSort::Grade, reversed, from: From::Start, limit: 500 }));
    }
    let mut said = Vec::new();
    for query in queries {
        let answer = match world.answer_to(who, &query) {
            Ok(answer) => format!("{answer:?}"),
            Err(error) => error.to_string(),
        };
        said.push((format!("{query:?}"), numberless(&answer)));
    }
    said
}

/// What somebody is answered in the four worlds, once this was done in each.
fn worlds(who: &str, filters: &[&str], go_on: impl Fn(&mut World, &str)) -> Vec<Vec<(String, String)>> {
    let all = GRADES.iter().map(|scaling| {
        let (mut world, reference) = submitted(*scaling);
        go_on(&mut world, &reference);
        everything(&mut world, who, &reference, filters)
    });
    all.collect()
}

#[track_caller]
fn alike(who: &str, go_on: impl Fn(&mut World, &str)) {
    let worlds = worlds(who, &PROBES, go_on);
    for (scaling, other) in GRADES.iter().zip(&worlds).skip(1) {
        for ((query, one), (_, two)) in worlds[0].iter().zip(other) {
            assert_eq!(one, two, "{who}, {scaling}: {query}");
        }
    }
}

#[track_caller]
fn told_apart(who: &str, go_on: impl Fn(&mut World, &str)) {
    let worlds = worlds(who, &[""], go_on);
    for (place, one) in worlds.iter().enumerate() {
        for other in &worlds[place + 1..] {
            assert_ne!(one, other, "{who} knows the grade");
        }
    }
}

fn scores(world: &mut World, panel: PanelId, reference: &str, who: &[&str]) {
    for member in who {
        let deed = score(world, panel, reference, 6, "");
        world.do_(member, deed);
    }
}

#[test]
fn a_member_cannot_tell_the_grade_of_what_their_sealed_sitting_has_before_it() {
    alike(BLIND, |world, _| planned(world));
    alike(BLIND, |world, reference| {
        on_the_table(world, reference);
    });
    // Their own score is in, and others are still to come.
    alike(BLIND, |world, reference| {
        let panel = on_the_table(world, reference);
        scores(world, panel, reference, &[BLIND, "Iris Tamm"]);
    });
}

#[test]
fn it_stays_kept_back_when_it_was_put_off_sent_back_or_left_over() {
    alike(BLIND, |world, reference| {
        let panel = on_the_table(world, reference);
        let deed = defer(world, panel, reference, "No time");
        world.do_(MEMBERS[0], deed);
    });
    alike(BLIND, |world, reference| {
        let panel = on_the_table(world, reference);
        let deed = send_back(world, panel, reference, "What the father thinks");
        world.do_(MEMBERS[0], deed);
        world.do_("Amina Khan", Deed::Panel(PanelDeed::Close { panel }));
    });
    alike(BLIND, |world, reference| {
        let panel = on_the_table(world, reference);
        let deed = defer(world, panel, reference, "No time");
        world.do_(MEMBERS[0], deed);
        world.do_("Amina Khan", Deed::Panel(PanelDeed::Close { panel }));
        planned(world);
    });
}

#[test]
fn open_scores_and_a_sighted_sitting_keep_nothing_back() {
    told_apart(BLIND, |world, reference| {
        let panel = on_the_table(world, reference);
        scores(world, panel, reference, &MEMBERS);
    });
    told_apart(BLIND, |world, reference| {
        let panel = on_the_table(world, reference);
        scores(world, panel, reference, &MEMBERS[..1]);
        let deed = reveal(world, panel, reference, "The others are ill");
        world.do_(MEMBERS[0], deed);
    });
    told_apart(BLIND, |world, _| {
        world.sits();
    });
    told_apart(BLIND, |_, _| {});
}

#[test]
fn the_reviewer_the_coordinator_and_those_to_whom_the_alert_is_addressed_go_on_reading_it() {
    let (world, reference) = submitted(7);
    let reviewer = world.store.reading().names_of(world.id(&reference)).unwrap().unwrap().reviewer;
    assert!(MEMBERS.contains(&reviewer.as_str()), "{reviewer} sits on the panel as well");
    for who in [reviewer.as_str(), "Amina Khan", "Hugo Lane"] {
        told_apart(who, |world, _| planned(world));
    }
    // Sam Miller manages the child's service and sits on the panel: of an Inadequate he is told, of the others he is not.
    let worlds = worlds("Sam Miller", &["", "all alert"], |world, _| planned(world));
    assert_eq!(worlds[0], worlds[1]);
    assert_eq!(worlds[1], worlds[2]);
    assert_ne!(worlds[2], worlds[3]);
    let (mut world, reference) = submitted(1);
    planned(&mut world);
    let Ok(Answered::Alerts(alerts)) = world.answer_to("Sam Miller", &every_alert()) else { panic!() };
    assert_eq!(alerts.rows.iter().map(|row| row.review_ref.as_str()).collect::<Vec<_>>(), [reference]);
    let Ok(Answered::Alerts(alerts)) = world.answer_to(BLIND, &every_alert()) else { panic!() };
    assert_eq!((alerts.rows.len(), alerts.total.n, alerts.late.n), (0, 0, 0));
}

fn every_alert() -> Query {
    Query::Alerts(Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 500 })
}

/// An urgent action out of the alert, where there is one.
fn has_to_be_done_at_once(world: &mut World, by: &str) {
    use closeloop::domain::action::{ActionWanted, Near};
    use closeloop::domain::alert::Written;
    use closeloop::domain::deed::AlertDeed;
    use closeloop::domain::id::AlertId;
    let owner = Some(world.person(by));
    let due_on = Some(crate::support::world::day("2026-11-20"));
    let wanted = ActionWanted { text: "Visit at once".into(), owner, due_on, urgent: true, kind: String::new(), near: Near::Anyway };
    let Some(alert) = world.store.reading().alert(AlertId(1)).unwrap() else { return };
    let answers = vec![Written { key: "safety".into(), text: "Seen today, and safe".into() }];
    world.do_("Sam Miller", Deed::Alert(AlertDeed::Assure { alert: alert.id, answers, urgent: vec![wanted] }));
}

#[test]
fn m12_an_urgent_action_out_of_the_alert_is_not_there_for_who_scores_blind_unless_it_is_theirs() {
    // Its day and its number would tell that there is an alert, whatever it is called.
    alike(BLIND, |world, _| {
        planned(world);
        has_to_be_done_at_once(world, "Noor Carter");
    });
    let urgent = |who: &str, owner: &str| {
        let (mut world, _) = submitted(1);
        planned(&mut world);
        has_to_be_done_at_once(&mut world, owner);
        let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 50 };
        let Ok(Answered::Actions(page)) = world.answer_to(who, &Query::Actions(window)) else { panic!("actions are answered") };
        page.rows.iter().map(|row| row.urgent).collect::<Vec<_>>()
    };
    assert_eq!(urgent("Amina Khan", "Noor Carter"), [true], "whoever knows the grade sees that it is urgent");
    assert_eq!(urgent(BLIND, "Noor Carter"), [false; 0]);
    assert_eq!(urgent(BLIND, BLIND), [false], "whoever has to do it sees it, and not out of what");
}

#[test]
fn m10_whoever_raised_an_alert_keeps_it_in_sight_and_nothing_of_the_grade_while_they_score_blind() {
    use closeloop::domain::alert::{AlertTrigger, Written};
    use closeloop::domain::deed::{AlertDeed, AlertWanted};
    use closeloop::domain::id::AlertId;
    use closeloop::domain::strip::StripOf;
    let raised = |scaling: u8| {
        let (mut world, reference) = submitted(scaling);
        planned(&mut world);
        let concern = vec![Written { key: "reason".into(), text: "Nobody has seen the child".into() }];
        let wanted = AlertWanted { review: world.id(&reference), trigger: AlertTrigger::Hand, concern, told: Vec::new() };
        world.do_(BLIND, Deed::Alert(AlertDeed::Raise(wanted)));
        let own = if scaling == 1 { AlertId(2) } else { AlertId(1) };
        (world, reference, own)
    };
    for scaling in [1, 7] {
        let (mut world, reference, own) = raised(scaling);
        let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 50 };
        let Ok(Answered::Alerts(page)) = world.answer_to(BLIND, &Query::Alerts(window.clone())) else { panic!("the alerts are answered") };
        assert_eq!(page.rows.iter().map(|row| row.of).collect::<Vec<_>>(), [StripOf::Alert(own)], "{scaling}: their own, and no other");
        let Ok(Answered::Alert(detail)) = world.answer_to(BLIND, &Query::Alert(own)) else { panic!("they read it") };
        assert_eq!(detail.alert.concern[0].text, "Nobody has seen the child");
        assert!(!detail.clocks.is_empty() && !detail.alert.addressees.is_empty());
        // What others find is not for them before the scores are open.
        let assured = Written { key: "safety".into(), text: "A one, as the reviewer says".into() };
        world.do_("Sam Miller", Deed::Alert(AlertDeed::Assure { alert: own, answers: vec![assured], urgent: Vec::new() }));
        let whole = world.answer_to("Amina Khan", &Query::Alert(own)).unwrap();
        assert!(format!("{whole:?}").contains("A one, as the reviewer says"));
        for (query, said) in everything(&mut world, BLIND, &reference, &PROBES) {
            assert!(!said.contains("A one, as the reviewer says"), "{query}: {said}");
        }
        assert!(matches!(world.answer_to(BLIND, &Query::Alert(own)), Ok(Answered::Alert(_))), "and it is still there");
        assert!(world.answer_to(BLIND, &Query::Proof(StripOf::Alert(own))).is_err());
        // Another member knows nothing of it.
        let other = world.answer_to("Iris Tamm", &Query::Alert(own));
        assert!(
            scaling == 1
                || other.is_err()
                || world.store.reading().alert(own).unwrap().unwrap().place_of(world.person("Iris Tamm")).is_some()
        );
        world.assert_verified();
    }
}

#[test]
fn m10_an_alert_of_before_it_said_who_raised_it_stays_in_sight_of_whoever_the_journal_names() {
    use closeloop::domain::alert::{Alert, AlertTrigger, Written};
    use closeloop::domain::change::Change;
    use closeloop::domain::deed::{AlertDeed, AlertWanted, PeopleDeed};
    use closeloop::domain::id::AlertId;
    use closeloop::domain::person::PersonWanted;
    // An alert as it is raised today, and the same as it was written before.
    let today = |trigger| {
        let (mut world, reference) = submitted(7);
        planned(&mut world);
        let concern = vec![Written { key: "reason".into(), text: "Nobody has seen the child".into() }];
        let wanted = AlertWanted { review: world.id(&reference), trigger: AlertTrigger::Hand, concern, told: Vec::new() };
        world.do_(BLIND, Deed::Alert(AlertDeed::Raise(wanted)));
        let alert = world.store.reading().alert(AlertId(1)).unwrap().unwrap();
        assert!(alert.raised_by.is_some());
        Alert { raised_by: None, trigger, ..alert }
    };
    let before = |trigger, by: &str| {
        let (mut world, _) = submitted(7);
        planned(&mut world);
        let (actor, now) = (world.actor(by), world.now);
        world.store.write(|tx| tx.write(&actor, now, &[Change::AlertOpened(today(trigger))])).unwrap();
        world
    };
    let sees = |world: &mut World, who: &str| world.answer_to(who, &Query::Alert(AlertId(1))).is_ok();
    for (trigger, by, seen) in [
        (AlertTrigger::Hand, BLIND, true),
        (AlertTrigger::Concern, BLIND, true),
        (AlertTrigger::Hand, "Amina Khan", false),
        // A grade opened it, whoever saved that.
        (AlertTrigger::Reviewer, BLIND, false),
        (AlertTrigger::Moderator, BLIND, false),
    ] {
        let mut world = before(trigger, by);
        assert_eq!(sees(&mut world, BLIND), seen, "{trigger:?} by {by}");
        world.assert_verified();
    }
    // Under another login they are still who raised it.
    let mut world = before(AlertTrigger::Hand, BLIND);
    let person = world.person(BLIND);
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    let wanted = PersonWanted { login: Some("sita.other".into()), ..Default::default() };
    world.do_("Amina Khan", Deed::People(PeopleDeed::Change { person, seen, wanted }));
    assert!(sees(&mut world, BLIND));
    world.assert_verified();
}

#[test]
fn screens_of_a_member_are_the_same_whatever_the_grade() {
    let seen = |scaling: u8, size: (u16, u16)| {
        let (mut world, reference) = submitted(scaling);
        planned(&mut world);
        let mut robot = Robot::somebody(world, size, BLIND);
        let mut frames = vec![robot.frame()];
        for keys in ["1 s s s s s s", "2", "3", "4", "5", "1", "/"] {
            frames.push(robot.press(keys).frame());
        }
        for filter in ["grade:i all", "alert all", "grade:o all"] {
            frames.push(robot.press("esc").press("/").type_text(filter).press("enter").frame());
        }
        robot.press("esc esc").opens(&reference);
        frames.push(robot.frame());
        for _ in 0..5 {
            frames.push(robot.press("tab").frame());
        }
        frames.push(robot.press("esc").press_command(Command::History).frame());
        frames.push(robot.press("esc n").frame());
        frames
    };
    for size in [LARGE, SMALL] {
        let one = seen(GRADES[0], size);
        assert!(one.iter().any(|frame| frame.contains("sealed")), "{}", one[2]);
        assert!(one.iter().any(|frame| frame.contains("kept back")));
        for scaling in &GRADES[1..] {
            for (place, (one, other)) in one.iter().zip(seen(*scaling, size)).enumerate() {
                assert_eq!(*one, other, "{scaling}, frame {place}");
            }
        }
    }
}

#[test]
fn a_dispute_about_a_case_stays_in_sight_while_its_alert_is_kept_back() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 2);
    world.raises("Ida Ross", "CR-0001", "The plan has no date for the move");
    let seen = |world: &mut World| {
        let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 50 };
        let Ok(Answered::Alerts(page)) = world.answer_to(BLIND, &Query::Alerts(window)) else { panic!("the alerts are answered") };
        page.rows.into_iter().map(|row| row.reference).collect::<Vec<_>>()
    };
    assert_eq!(seen(&mut world).len(), 2);
    planned(&mut world);
    assert_eq!(seen(&mut world), ["DR-0001"]);
}

#[test]
fn f09_nobody_who_scores_there_puts_the_grades_in_sight() {
    let (mut world, _) = submitted(1);
    planned(&mut world);
    let in_sight = |world: &World, without: &str| {
        let sitting = world.sitting(PanelId(1));
        let members = sitting.panel.members.iter().copied().filter(|member| *member != world.person(without)).collect();
        let wanted = SittingWanted { members, scoring: Some(Scoring::Sighted), ..wanted(world) };
        Deed::Panel(PanelDeed::Move { panel: PanelId(1), seen: sitting.revision, wanted })
    };
    // Whoever sits there, even as they get up.
    for without in ["Amina Khan", MEMBERS[0]] {
        let deed = in_sight(&world, without);
        let said = world.refused_to(MEMBERS[0], deed);
        assert!(said.contains("You score there"), "{said}");
    }
    let deed = in_sight(&world, "Amina Khan");
    world.do_("Amina Khan", deed);
}

#[test]
fn m10_by_keys_whoever_raised_an_alert_finds_it_again_and_reads_no_grade() {
    for (scaling, size) in [(1, SMALL), (7, LARGE)] {
        let (mut world, reference) = submitted(scaling);
        planned(&mut world);
        let mut robot = Robot::somebody(world, size, BLIND);
        robot.press("1 /").type_text(&reference).press("enter !").expect_dialog("Raise an alert");
        robot
            .goes_to("trigger")
            .press("right")
            .goes_to("c/reason")
            .type_text("Nobody has seen the child")
            .press("ctrl-s")
            .expect_no_dialog();
        robot.press("3").expect_line(&reference).expect_line("1 open");
        robot.press("enter").expect_line("Nobody has seen the child").expect_no("nadequate");
    }
}
