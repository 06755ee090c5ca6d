//! The proof of an alert and of a dispute: every fact with its time, its person and its rule, and nothing for the recused. M10, M14.

use crate::support::world::World;
use closeloop::domain::deed::Deed;
use closeloop::domain::drp::{DrpOutcome, StepWanted};
use closeloop::domain::id::AlertId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, ProofDetail, Query};
use closeloop::domain::strip::StripOf;
use closeloop::report::markdown::markdown;
use closeloop::report::proof::page;
use closeloop::report::{docx, html};

fn proof(world: &mut World, strip: StripOf) -> ProofDetail {
    match world.answer_to("Amina Khan", &Query::Proof(strip)).unwrap() {
        Answered::Proof(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

fn printed(world: &mut World, strip: StripOf) -> String {
    let detail = proof(world, strip);
    let paper = page(&detail, world.now, "Amina Khan");
    assert!(docx::docx(&paper).unwrap().starts_with(b"PK") && html::html(&paper).unwrap().contains("<table"));
    markdown(&paper)
}

#[test]
fn m14_the_proof_of_a_dispute_holds_every_fact_what_was_taken_back_too() {
    let mut world = World::ready();
    world.at("2026-12-01T10:00:00Z");
    let id = world.raises("Ida Ross", "CR-0001", "The plan drifts");
    world.notes("Ida Ross", id, StepWanted::Tried, "With the manager: no date");
    world.at("2026-12-02T16:00:00Z");
    let mistaken = world.notes("Amina Khan", id, StepWanted::Next, "By mistake");
    world.do_("Amina Khan", Deed::Undo { batch: mistaken.written.first });
    world.notes("Amina Khan", id, StepWanted::Next, "Nothing has changed");
    world.at("2027-01-05T09:00:00Z");
    world.do_("Amina Khan", Deed::RaiseDue);
    world.notes("Ida Ross", id, StepWanted::Resolved(DrpOutcome::Agreed), "Another way was found");
    let text = printed(&mut world, StripOf::Drp(id));
    for wanted in [
        "# DR-0001: proof of a dispute",
        "- **Raised by:** Ida Ross (Independent reviewing officer), Tue 1 Dec 2026",
        "M14, C05: raised by the independent reviewing officer or fostering independent reviewing officer",
        "- **Last day of it:** Mon 4 Jan 2027",
        "- **Counted:** day 21 of 20",
        "- **Time kept:** ended after its time",
        "| Ida Ross | Informal attempt, Tue 1 Dec 2026 |",
        "M14: an informal attempt first",
        "| Amina Khan | Stage 1: formal, Wed 2 Dec 2026 |",
        "taken back that it was Stage 1: formal",
        "M14: resolved within 20 working days of the first formal day",
        "Over its time since the end of Mon 4 Jan",
        "> Another way was found",
        "tamper-evident",
    ] {
        assert!(text.contains(wanted), "no {wanted:?} in\n{text}");
    }
    let numbers = proof(&mut world, StripOf::Drp(id)).rows.iter().map(|row| row.seq).collect::<Vec<_>>();
    assert!(numbers.len() == 7 && numbers.is_sorted(), "{numbers:?}");
    let council_id = world.store.reading().subject(world.review("CR-0001").review.subject).unwrap().unwrap().council_id.clone();
    assert!(!text.contains(&council_id), "the case is named by its pseudonym alone");
}

#[test]
fn m10_the_proof_of_an_alert_says_who_was_told_and_by_which_rule() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 2);
    let text = printed(&mut world, StripOf::Alert(AlertId(1)));
    for wanted in [
        "# AL-0001: proof of an alert",
        "## Who was to know",
        "M10: opened in the same moment as the grade",
        "| Insights team manager | Iris Tamm |",
        "| child’s head of service |",
        "Iris Tamm (Insights team manager)",
        "not on record",
    ] {
        assert!(text.contains(wanted), "no {wanted:?} in\n{text}");
    }
    assert!(!text.contains("insights-"), "a key of the profile stands where a title belongs:\n{text}");
}

#[test]
fn m10_the_proof_never_says_that_somebody_acknowledged_because_a_colleague_did() {
    use crate::alerts::{acknowledge, inadequate, name, tell_all};
    use closeloop::domain::{alert::HowTold, framework::Side};
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let manager = name(&world, "SM", Side::Child);
    world.do_(&manager, acknowledge());
    let text = printed(&mut world, StripOf::Alert(AlertId(1)));
    let lines = |what: &str| text.lines().filter(|line| line.contains("cknowledge") && line.contains(what)).count();
    assert_eq!((lines(", in time"), lines("without their acknowledgement")), (1, 5), "{text}");
}

#[test]
fn no_proof_reaches_whoever_is_recused() {
    let mut world = World::ready();
    world.declare("Bela Novak", "CR-0001", InterestKind::Family);
    let id = world.raises("Ida Ross", "CR-0001", "The plan drifts");
    world.through_as("CR-0001", "completed", 2);
    for strip in [StripOf::Drp(id), StripOf::Alert(AlertId(1))] {
        assert!(world.answer_to("Bela Novak", &Query::Proof(strip)).unwrap_err().to_string().starts_with("There is no such"));
        assert!(world.answer_to("Ida Ross", &Query::Proof(strip)).is_ok());
    }
}
