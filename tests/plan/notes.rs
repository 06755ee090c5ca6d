//! What may be noted in a plan, by whom and when.

use super::support::{concern, note, of_kind, plan, presented, seen, training, wider};
use crate::support::world::{World, day};
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::Stage;
use closeloop::domain::id::ActionId;
use closeloop::domain::plan::{Noted, PlanDeed, Resolved, Sent, StageStand, stages};
use closeloop::domain::query::{Answered, Query};

const TODAY: &str = "2026-11-19";

fn world() -> World {
    let mut world = World::ready();
    world.at("2026-11-19T14:00:00Z");
    world
}

fn narrative(achievements: &str, challenges: &str, mitigation: &str) -> Noted {
    let [achievements, challenges, mitigation] = [achievements, challenges, mitigation].map(str::to_string);
    Noted::Narrative { place: "North Court".into(), achievements, challenges, mitigation }
}

#[test]
fn m20_a_wider_action_says_which_finding_it_answers_and_is_undone_with_it() {
    let mut world = world();
    let deed = wider(&world, 1, "Tom Ward", " ", "Workshop on chronologies");
    assert!(world.refused_to("Amina Khan", deed).starts_with("A wider action says which finding it answers."));
    let deed = wider(&world, 1, "Tom Ward", "Chronologies stop early", "Workshop on chronologies");
    let batch = world.do_("Amina Khan", deed).written.first;
    let shown = plan(&mut world, 1);
    let row = of_kind(&shown, "action");
    assert_eq!((row.answers.as_str(), row.who.as_str(), row.stands.as_str()), ("Chronologies stop early", "T. Ward", "open"));
    world.assert_verified();
    world.do_("Amina Khan", Deed::Undo { batch });
    assert!(plan(&mut world, 1).rows.is_empty());
    assert!(world.store.reading().plan_notes_of(ActionId(1)).unwrap().is_empty(), "what it answered is taken back with it");
    world.assert_verified();
}

#[test]
fn m23_the_insights_team_and_managers_write_in_a_plan_and_nobody_else() {
    let mut world = world();
    let deed = note(1, None, day(TODAY), concern("Letters come late"));
    let said = world.refused_to("Noor Carter", deed.clone());
    assert!(said.contains("not yours to write in") && said.contains("Insights team"), "{said}");
    world.do_("Tara Moss", deed.clone());
    world.do_("Amina Khan", deed);
}

#[test]
fn m21_a_plan_is_presented_at_a_board_of_the_framework_once_a_day_and_not_ahead() {
    let mut world = world();
    let presents = |board: &str, on: &str| note(1, None, day(on), presented(board));
    assert!(world.refused(presents("town-hall", TODAY)).contains("Learning and Improvement Board"));
    assert!(world.refused(presents("dmt", "2026-11-20")).contains("lies ahead"));
    world.do_("Amina Khan", presents("learning-improvement", TODAY));
    assert!(world.refused(presents("learning-improvement", TODAY)).contains("noted already"));
    world.do_("Amina Khan", presents("dmt", TODAY));
    world.do_("Amina Khan", presents("dmt", "2026-11-12"));
    let shown = plan(&mut world, 1);
    let heard: Vec<_> = shown.boards.iter().filter_map(|board| Some((board.key.as_str(), board.presented?))).collect();
    assert_eq!(heard, [("learning-improvement", day(TODAY)), ("dmt", day(TODAY))], "who is responsible first, each with its last day");
    assert!(shown.boards.iter().all(|board| board.key != "practice-week"), "a forum learns; it hears no plan");
}

#[test]
fn f13_progress_is_told_of_an_action_of_a_plan_at_a_known_meeting_and_read_in_its_history() {
    let mut world = world();
    let deed = wider(&world, 1, "Tom Ward", "Chronologies stop early", "Workshop on chronologies");
    world.do_("Amina Khan", deed);
    world.raises_action("CR-0001", "Noor Carter", "Bring the chronology up to date");
    let says = |action: Option<i64>, board: &str, said: &str| {
        note(1, action, day(TODAY), Noted::Progress { board: board.into(), said: said.into() })
    };
    assert!(world.refused(says(Some(1), "dmt", " ")).contains("says how it stands"));
    assert!(world.refused(says(Some(1), "town-hall", "Half done")).contains("board or meeting of the framework"));
    assert!(world.refused(says(None, "dmt", "Half done")).contains("is about an action"));
    assert!(world.refused(says(Some(2), "dmt", "Half done")).contains("A-0002 is no wider action"));
    world.do_("Amina Khan", says(Some(1), "dmt", "Half done"));
    world.do_("Amina Khan", says(Some(1), "", "A phone call: nearly there"));
    let shown = plan(&mut world, 1);
    let row = of_kind(&shown, "action");
    assert_eq!(row.notes.len(), 2);
    assert!(row.notes[0].contains("19 Nov 2026, Departmental Management Team (DMT): Half done"), "{:?}", row.notes);
    let Answered::Action(life) = world.ask(Query::Action(ActionId(1))) else { panic!() };
    let told: Vec<_> = life.history.iter().map(|row| row.what.as_str()).collect();
    assert!(told.contains(&"Progress: Half done") && told.contains(&"Answers: Chronologies stop early"), "{told:?}");
    world.assert_verified();
}

#[test]
fn f13_a_narrative_tells_something_and_a_challenge_with_what_is_done_about_it() {
    let mut world = world();
    assert!(world.refused(note(1, None, day(TODAY), narrative("", " ", ""))).contains("Nothing is told"));
    assert!(world.refused(note(1, None, day(TODAY), narrative("", "Three posts are empty", ""))).contains("what is done about it"));
    world.do_("Tara Moss", note(1, None, day(TODAY), narrative("Visits in time", "", "")));
    world.do_("Tara Moss", note(1, None, day(TODAY), narrative("", "Three posts are empty", "Agency cover")));
    let shown = plan(&mut world, 1);
    let told: Vec<_> = shown.rows.iter().filter(|row| row.kind == "narrative").map(|row| row.notes.len()).collect();
    assert_eq!(told, [1, 2]);
}

#[test]
fn c11_training_is_sent_on_once_to_somebody_and_not_before_it_was_asked_for() {
    let mut world = world();
    assert!(world.refused(note(1, None, day(TODAY), training(""))).contains("says which"));
    world.do_("Amina Khan", note(1, None, day("2026-11-12"), training("Plans with outcomes")));
    let shown = plan(&mut world, 1);
    let (note, seen_at) = seen(of_kind(&shown, "training"));
    let sends = |on: &str, to: &str, seen: i64| Deed::Plan(PlanDeed::Send { note, seen, sent: Sent { on: day(on), to: to.into() } });
    assert!(world.refused(sends("2026-11-11", "WPD", seen_at)).contains("cannot have gone before that"));
    assert!(world.refused(sends(TODAY, " ", seen_at)).contains("To whom it went is missing"));
    assert!(world.refused(sends("2026-11-20", "WPD", seen_at)).contains("lies ahead"));
    let batch = world.do_("Amina Khan", sends(TODAY, "WPD", seen_at)).written.first;
    assert!(world.refused(sends(TODAY, "WPD", seen_at)).contains("PN-0001"), "somebody else has changed it meanwhile");
    let shown = plan(&mut world, 1);
    let row = of_kind(&shown, "training").clone();
    assert_eq!((row.who.as_str(), row.open), ("WPD", false));
    assert!(world.refused(sends(TODAY, "WPD", seen(&row).1)).contains("It was sent on to WPD"));
    world.do_("Amina Khan", Deed::Undo { batch });
    assert!(of_kind(&plan(&mut world, 1), "training").open);
    world.assert_verified();
}

#[test]
fn c06_a_concern_is_resolved_once_with_how_and_nothing_else_is() {
    let mut world = world();
    world.do_("Amina Khan", note(1, None, day("2026-11-12"), concern("Letters come late")));
    world.do_("Amina Khan", note(1, None, day("2026-11-12"), training("Plans with outcomes")));
    let shown = plan(&mut world, 1);
    let (concern, training) = (seen(of_kind(&shown, "concern")), seen(of_kind(&shown, "training")));
    let ends = |(note, seen), on: &str, how: &str| {
        Deed::Plan(PlanDeed::Resolve { note, seen, resolved: Resolved { on: day(on), how: how.into() } })
    };
    assert!(world.refused(ends(concern, TODAY, "")).contains("How it was resolved is missing"));
    assert!(world.refused(ends(concern, "2026-11-11", "Post room")).contains("cannot have ended before that"));
    assert!(world.refused(ends(training, TODAY, "Post room")).contains("Only a general concern"));
    world.do_("Amina Khan", ends(concern, TODAY, "The post room scans them"));
    assert!(!of_kind(&plan(&mut world, 1), "concern").open);
    world.assert_verified();
}

#[test]
fn c16_the_first_stage_with_a_phase_that_is_not_done_is_the_one_the_cycle_is_in() {
    let stage = |label: &str, phases: &[&str]| Stage {
        key: label.into(),
        label: label.into(),
        phases: phases.iter().map(|phase| phase.to_string()).collect(),
    };
    let all = [stage("Set", &["plan"]), stage("Deliver", &[]), stage("Monitor", &["sample", "review"]), stage("Improve", &["close"])];
    let stands = |done: &[&str]| stages(&all, |key| done.contains(&key)).into_iter().map(|(_, stand)| stand).collect::<Vec<_>>();
    use StageStand::{Ahead, Always, Done, Now};
    assert_eq!(stands(&[]), [Now, Always, Ahead, Ahead]);
    assert_eq!(stands(&["plan", "sample"]), [Done, Always, Now, Ahead]);
    assert_eq!(stands(&["plan", "sample", "review"]), [Done, Always, Done, Now]);
    assert_eq!(stands(&["plan", "sample", "review", "close"]), [Done, Always, Done, Done]);
}
