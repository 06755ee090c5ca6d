//! Built, written, approved, published, presented: who may, in which order, and what stands for good. M20-M22, S22, Q06.

use super::{build, reviewed, seen, stored};
use crate::support::driver::{LARGE, Robot};
use crate::support::world::World;
use closeloop::domain::deed::{Deed, ReportDeed};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::report::{Narrative, PRACTITIONERS, ReportState, each_cycle};

const KIND: &str = "collaborative-review";

fn text(words: &str) -> Narrative {
    Narrative::from([("key-findings".to_string(), words.to_string())])
}

#[test]
fn m19_m20_the_phase_for_the_reports_is_done_with_the_last_of_them_and_needs_no_tick() {
    let (mut world, cycle) = reviewed();
    let phase = |world: &mut World| {
        let Answered::Cycle(detail) = world.ask(Query::Cycle(cycle)) else { panic!("a cycle answers with a cycle") };
        let phase = detail.phases.into_iter().find(|phase| phase.key == "report").unwrap();
        (phase.done, phase.late)
    };
    let framework = world.library.current(world.store.reading()).unwrap();
    let (stored, _) = world.store.reading().cycle_and_counts(cycle).unwrap().unwrap();
    let kinds: Vec<String> = each_cycle(&framework, &stored).map(|kind| kind.key.clone()).collect();
    assert_eq!(kinds, ["collaborative-review", "improvement-plan", "newsletter", "tracking"]);
    world.at("2027-03-01T10:00:00Z");
    for (place, kind) in kinds.iter().enumerate() {
        assert_eq!(phase(&mut world), (false, true), "{place} of four are published");
        let report = build(&mut world, "Ines Holt", cycle, kind).id;
        if let Some(role) = framework.reports.iter().find(|known| known.key == *kind).and_then(|kind| kind.approved_by.clone()) {
            let people = world.store.reading().people().unwrap();
            let who = people.into_iter().find(|person| person.role == role).expect("somebody approves it").name;
            let seen = seen(&world, report);
            world.do_(&who, Deed::Report(ReportDeed::Approve { report, seen }));
        }
        let seen = seen(&world, report);
        let done = world.do_("Ines Holt", Deed::Report(ReportDeed::Publish { report, seen }));
        assert_eq!(done.said.contains("is still to be ticked"), place < 3, "{}", done.said);
    }
    assert_eq!(phase(&mut world), (true, false));
    world.assert_verified();
}

#[test]
fn m20_only_the_head_of_service_approves_and_nothing_is_published_before() {
    let (mut world, cycle) = reviewed();
    let id = build(&mut world, "Amina Khan", cycle, KIND).id;
    let publish = |world: &crate::support::world::World| Deed::Report(ReportDeed::Publish { report: id, seen: seen(world, id) });
    let deed = publish(&world);
    assert!(world.refused_to("Amina Khan", deed).contains("has not been approved by the Insights head of service yet"));
    let approve = Deed::Report(ReportDeed::Approve { report: id, seen: seen(&world, id) });
    assert!(world.refused_to("Amina Khan", approve.clone()).contains("Ask the Insights head of service to do it."));
    world.do_("Ines Holt", approve);
    let write = Deed::Report(ReportDeed::Write { report: id, seen: seen(&world, id), narrative: text("Late") });
    assert!(world.refused_to("Amina Khan", write).contains("is approved; its text stands"));
    let deed = publish(&world);
    world.do_("Amina Khan", deed);
    assert_eq!(stored(&world, id).state(), ReportState::Published);
    world.assert_verified();
}

#[test]
fn m20_figures_stay_as_they_were_built_and_a_correction_is_a_new_version() {
    let (mut world, cycle) = reviewed();
    let first = build(&mut world, "Amina Khan", cycle, KIND);
    let write = Deed::Report(ReportDeed::Write { report: first.id, seen: seen(&world, first.id), narrative: text("Plans are vague.") });
    world.do_("Amina Khan", write);
    let references = world.references();
    world.at("2026-11-13T10:00:00Z").through(&references[2], "finalised");
    assert_eq!(stored(&world, first.id).material, first.material, "what is reviewed later changes no figure of it");
    // A draft is counted anew under its own number and keeps its text.
    let again = build(&mut world, "Amina Khan", cycle, KIND);
    assert_eq!((again.id, again.version), (first.id, 1));
    assert_eq!(again.narrative, text("Plans are vague."));
    let finalised = |report: &closeloop::domain::report::Report| report.material.figures.cycles[0].progress.finalised;
    assert_eq!((finalised(&first), finalised(&again)), (2, 3));
    let approve = Deed::Report(ReportDeed::Approve { report: first.id, seen: seen(&world, first.id) });
    world.do_("Ines Holt", approve);
    let build_again = Deed::Report(ReportDeed::Build { cycle, kind: KIND.into() });
    assert!(world.refused_to("Amina Khan", build_again).contains("approved and not yet published"));
    let publish = Deed::Report(ReportDeed::Publish { report: first.id, seen: seen(&world, first.id) });
    world.do_("Amina Khan", publish);
    let second = build(&mut world, "Amina Khan", cycle, KIND);
    assert_eq!((second.version, second.state()), (2, ReportState::Draft));
    assert_eq!(stored(&world, first.id).state(), ReportState::Published);
    world.assert_verified();
}

#[test]
fn m21_s22_q06_where_it_went_is_written_down_once_it_has_gone_out() {
    let (mut world, cycle) = reviewed();
    let id = build(&mut world, "Amina Khan", cycle, "tracking").id;
    let present = |world: &crate::support::world::World, board: &str, on: &str| {
        let (board, on) = (board.to_string(), on.parse().unwrap());
        Deed::Report(ReportDeed::Present { report: id, seen: seen(world, id), board, on, note: "Taken".into() })
    };
    let deed = present(&world, "dmt", "2026-11-21");
    assert!(world.refused_to("Amina Khan", deed).contains("is still a draft"));
    // Nobody has to approve this kind.
    let publish = Deed::Report(ReportDeed::Publish { report: id, seen: seen(&world, id) });
    world.do_("Amina Khan", publish);
    for (board, on, why) in
        [("nowhere", "2026-11-21", "no such board"), ("dmt", "2026-11-22", "has not come yet"), ("dmt", "2026-11-20", "before its figures")]
    {
        let deed = present(&world, board, on);
        let refused = world.refused_to("Amina Khan", deed);
        assert!(refused.contains(why), "{refused}");
    }
    for board in ["dmt", PRACTITIONERS] {
        let deed = present(&world, board, "2026-11-21");
        world.do_("Amina Khan", deed);
    }
    let deed = present(&world, "dmt", "2026-11-21");
    assert!(world.refused_to("Amina Khan", deed).contains("written down already"));
    let labels: Vec<String> = stored(&world, id).presented.into_iter().map(|at| at.label).collect();
    assert_eq!(labels, ["Departmental Management Team (DMT)", "Each practitioner whose work was looked at"]);
    world.assert_verified();
}

#[test]
fn a_built_report_is_undone_and_what_somebody_else_saved_is_not_overwritten() {
    let (mut world, cycle) = reviewed();
    let receipt = world.do_("Amina Khan", Deed::Report(ReportDeed::Build { cycle, kind: KIND.into() }));
    let report = world.store.reading().newest_report(cycle, KIND).unwrap().unwrap();
    let write = |words: &str| Deed::Report(ReportDeed::Write { report: report.0.id, seen: report.1, narrative: text(words) });
    world.do_("Bela Novak", write("Hers"));
    assert!(world.refused_to("Amina Khan", write("Mine")).contains("Bela Novak"));
    assert!(world.refused_to("Amina Khan", Deed::Undo { batch: receipt.written.first }).contains("Bela Novak has worked on it since"));
    let other = world.do_("Amina Khan", Deed::Report(ReportDeed::Build { cycle, kind: "tracking".into() }));
    world.do_("Amina Khan", Deed::Undo { batch: other.written.first });
    assert!(world.store.reading().newest_report(cycle, "tracking").unwrap().is_none());
    world.assert_verified();
}

#[test]
fn whoever_may_not_build_a_report_hears_it_at_the_key_before_any_word_is_typed() {
    let (mut world, _) = reviewed();
    let references = world.references();
    world.declare("Bela Novak", &references[0], InterestKind::Involvement);
    let mut bela = Robot::somebody(world, LARGE, "Bela Novak");
    bela.press("7 b").expect_no_dialog().expect_notice("This report counts reviews that are kept from you: you are recused from them");
    bela.expect_notice("Nothing it counts is kept from: Amina Khan");
    // Whoever may build it is asked for the word as before.
    let mut amina = Robot::sits_down(bela.into_world(), LARGE);
    amina.press("7 b").type_text("build").press("enter").expect_line("RP-0001 draft");
}

#[test]
fn a_draft_is_kept_from_whoever_may_not_know_of_all_it_counts() {
    let (mut world, cycle) = reviewed();
    let references = world.references();
    let report = build(&mut world, "Amina Khan", cycle, KIND);
    assert!(report.material.actions.iter().any(|action| action.text.contains("family network")));
    world.declare("Bela Novak", &references[0], InterestKind::Involvement);
    let refused = world.answer_to("Bela Novak", &Query::Report(report.id)).unwrap_err().to_string();
    assert!(refused.contains("counts reviews that are kept from you"), "{refused}");
    let build_it = Deed::Report(ReportDeed::Build { cycle, kind: "tracking".into() });
    let refused = world.refused_to("Bela Novak", build_it);
    assert!(refused.contains("you are recused from them") && refused.contains("Nothing it counts is kept from: Amina Khan"), "{refused}");
    let approve = Deed::Report(ReportDeed::Approve { report: report.id, seen: seen(&world, report.id) });
    world.do_("Ines Holt", approve);
    let publish = Deed::Report(ReportDeed::Publish { report: report.id, seen: seen(&world, report.id) });
    world.do_("Amina Khan", publish);
    // Published it stays kept from her: what she may count herself, taken from it, would tell of the case. She gets one of her own.
    let refused = world.answer_to("Bela Novak", &Query::Report(report.id)).unwrap_err().to_string();
    assert!(refused.contains("makes one for you without them"), "{refused}");
    let viewer = world.seen_by("Bela Novak");
    let kept = closeloop::runtime::answers::reports::standing(world.store.reading(), &mut world.library, &viewer, cycle, KIND).unwrap();
    assert_eq!(kept.map(|report| report.reference), None);
    let Answered::Report(detail) = world.answer_to("Amina Khan", &Query::Report(report.id)).unwrap() else { panic!() };
    assert!(detail.lines.iter().any(|line| line.cells.iter().any(|cell| cell.contains("family network"))));
}
