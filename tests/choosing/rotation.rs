//! One service after another. Q03.

use super::{cycle, text_of};
use crate::support::driver::{LARGE, Robot};
use crate::support::world::{World, cases, file};
use closeloop::domain::cycle::{BesidePlanned, Commission, CyclePlanned};
use closeloop::domain::deed::{Deed, DrawWanted};
use closeloop::domain::intake::PersonRow;
use closeloop::domain::query::{Answered, FrameDetail, Query};
use closeloop::domain::sampling::{next_in_turn, turn};

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| name.to_string()).collect()
}

#[test]
fn q03_the_service_whose_turn_lies_longest_back_is_next() {
    let services = names(&["Court", "Care", "Disability"]);
    for (earlier, next) in [
        (&[][..], Some("Court")),
        (&["Court"], Some("Care")),
        (&["Court", "Care"], Some("Disability")),
        (&["Court", "Care", "Disability"], Some("Court")),
        (&["Court", "Disability"], Some("Care")),
        (&["Court", "Care", "Disability", "court", "Disability"], Some("Care")),
        (&["Closed service"], Some("Court")),
    ] {
        assert_eq!(next_in_turn(&services, &names(earlier)).as_deref(), next, "{earlier:?}");
    }
    assert_eq!(next_in_turn(&[], &[]), None);
}

#[test]
fn q03_out_of_turn_needs_a_reason() {
    let services = names(&["Court", "Care"]);
    assert!(turn(&services, &[], Some("Care"), " ").unwrap_err().to_string().starts_with("Court is next in turn, not Care."));
    let chosen = turn(&services, &[], Some("care"), "A complaint").unwrap();
    assert_eq!(chosen.sentence(), "Care, out of turn (Court was next): A complaint");
    assert_eq!(turn(&services, &[], None, "").unwrap().sentence(), "Court, next in turn");
    assert!(turn(&services, &[], Some("Parks"), "x").unwrap_err().to_string().contains("Choose one of: Court, Care."));
    assert!(turn(&[], &[], None, "").is_err());
}

#[test]
fn q03_a_draw_takes_only_cases_of_the_service_whose_turn_it_is_and_the_card_says_which() {
    let mut world = World::under(text_of("quarterly-learning"));
    world.at("2026-11-05T09:30:00Z");
    let services = world.store.reading().services().unwrap();
    let mut seen = Vec::new();
    for starts in ["2026-01-01", "2026-04-01"] {
        let id = cycle(&mut world, starts);
        world.draw(id, 4, 7);
        let card = world.store.reading().sample(id).unwrap().unwrap().drawn;
        let its = card.request.turn.clone().unwrap();
        for (review, _) in world.store.reading().drawn_subjects(id).unwrap() {
            let names = world.store.reading().names_of(review).unwrap().unwrap();
            assert_eq!(names.team.1, its.service);
        }
        seen.push(its.service);
        let viewer = world.viewer();
        let again = closeloop::runtime::clerk::draw_again(world.store.reading(), &mut world.library, id, &viewer).unwrap().unwrap();
        assert!(again.same_frame && again.same_draw);
    }
    assert_eq!(seen, services[..2], "one after another");
    let id = cycle(&mut world, "2026-07-01");
    let out_of_turn = DrawWanted { service: Some(services[1].clone()), seed: Some(1), ..DrawWanted::usual(id, 3) };
    let said = world.refused(Deed::Draw(out_of_turn.clone()));
    assert!(said.contains("is next in turn, not"), "{said}");
    world.do_("Amina Khan", Deed::Draw(DrawWanted { why_service: "A complaint".into(), ..out_of_turn }));
    let card = world.store.reading().sample(id).unwrap().unwrap().drawn;
    assert!(card.request.turn.unwrap().sentence().ends_with("A complaint"));
    world.assert_verified();
}

/// The quarter from July with the frame of a draw in it, as the coordinator reads it.
fn frame(world: &mut World, id: closeloop::domain::id::CycleId) -> FrameDetail {
    match world.ask(Query::Frame(id)) {
        Answered::Frame(frame) => *frame,
        other => panic!("a frame is answered with a frame, not {other:?}"),
    }
}

#[test]
fn q03_a_service_without_a_case_in_the_frame_takes_no_turn() {
    let mut world = World::under(text_of("quarterly-learning"));
    world.at("2026-07-05T09:30:00Z");
    let quality = PersonRow {
        name: "Quin Ayre".into(),
        role: Some("QI".into()),
        team: Some("Audit team".into()),
        service: Some("Quality".into()),
        ..Default::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![quality], file: file("people-more.csv", 'd') });
    let of_teams = world.store.reading().services().unwrap();
    let id = cycle(&mut world, "2026-07-01");
    let frame = frame(&mut world, id);
    let in_turn: Vec<&String> = frame.services.iter().map(|(service, _)| service).collect();
    assert!(of_teams.contains(&"Quality".to_string()) && !in_turn.contains(&&"Quality".to_string()), "{of_teams:?} and {in_turn:?}");
    assert!(frame.takes_turns && frame.services.iter().all(|(_, eligible)| *eligible > 0), "{frame:?}");
    assert_eq!(frame.services.iter().map(|(_, eligible)| eligible).sum::<u32>(), frame.eligible(None), "no case is of two services");
    let quality = DrawWanted { service: Some("Quality".into()), why_service: "Asked for".into(), ..DrawWanted::usual(id, 2) };
    assert!(world.refused(Deed::Draw(quality)).contains("There is no service \u{201c}Quality\u{201d}."));
}

#[test]
fn q03_q04_only_the_kind_that_is_drawn_takes_turns_and_a_themed_audit_is_drawn_from_all_services() {
    let mut world = World::under(text_of("quarterly-learning"));
    world.at("2026-07-05T09:30:00Z");
    let quarter = cycle(&mut world, "2026-07-01");
    let planned = world.store.reading().cycle_and_counts(quarter).unwrap().unwrap().0;
    let planned =
        CyclePlanned { starts_on: planned.starts_on, focus: planned.focus, focus_reason: planned.focus_reason, focus_note: String::new() };
    let extra = Commission { by: "dlt".into(), why: "A theory".into(), due_on: Some(crate::support::world::day("2026-09-15")) };
    world.do_("Amina Khan", Deed::OpenBeside(BesidePlanned { planned, kind: "themed-audit".into(), extra: Some(extra) }));
    let themed = world.store.reading().cycles().unwrap().into_iter().find(|(cycle, _)| cycle.beside).unwrap().0.id;
    let frame = frame(&mut world, themed);
    assert!(!frame.takes_turns && frame.services.is_empty() && frame.next_service.is_none(), "{frame:?}");
    world.draw(themed, 4, 7);
    assert_eq!(world.store.reading().sample(themed).unwrap().unwrap().drawn.request.turn, None);
}

#[test]
fn q03_where_no_team_has_a_service_the_form_says_what_is_missing() {
    let mut world = World::staffed(text_of("quarterly-learning"));
    world.at("2026-10-05T09:30:00Z");
    let mut rows = cases();
    rows.iter_mut().for_each(|row| row.team = Some("A team of the extract alone".into()));
    let import = Deed::ImportFrame { rows, closed: Vec::new(), covered: Vec::new(), frame_date: None, file: file("annex-a.xlsx", 'b') };
    world.do_("Amina Khan", import);
    let mut robot = Robot::sits_down(world, LARGE);
    robot.opens_a_cycle("1 oct 2026", "Drift").press("d").expect_line("Services take turns, but no case here belongs");
    robot.press("ctrl-s").type_text("draw").press("enter").expect_dialog("Draw the sample").expect_line("no case in the frame belongs");
}
