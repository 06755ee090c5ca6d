//! M14, C05: whoever has to answer a dispute is told by mail at each stage, with no name and nothing of what it is about.

use crate::support::smtp::Smtp;
use crate::support::world::{World, day};
use closeloop::domain::deed::{Deed, DrpDeed, Trace};
use closeloop::domain::drp::{DrpKind, DrpOutcome, DrpWanted, StepWanted};
use closeloop::domain::id::MailId;
use closeloop::domain::outbox::{Letter, Matter, News, NotNeeded, Stand};
use closeloop::notify::Texts;

const REF: &str = "CR-0001";

fn letters(world: &World) -> Vec<Letter> {
    (1..).map_while(|id| world.store.reading().letter(MailId(id)).unwrap()).collect()
}

/// To whom the messages went so far, by name.
fn told(world: &World) -> Vec<String> {
    let name = |letter: Letter| world.store.reading().person(letter.message.person).unwrap().unwrap().name;
    letters(world).into_iter().map(name).collect()
}

#[test]
fn m14_whoever_has_to_answer_is_told_at_the_opening_at_each_stage_and_where_it_goes_higher() {
    let mut world = World::with_addresses();
    world.at("2026-12-01T10:00:00Z");
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    assert_eq!(told(&world), ["Tara Moss", "Noor Carter"]);
    let first = letters(&world).remove(0).message;
    assert_eq!((first.cause.matter, first.cause.news), (Matter::Drp(id), News::DisputeToAnswer));
    assert_eq!((first.said.reference.as_str(), first.said.last_day, first.said.within.as_str()), ("DR-0001", None, "20 working days"));
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked: no date");
    assert_eq!(told(&world).len(), 2, "that it was talked over asks nobody for an answer");
    world.at("2026-12-02T16:00:00Z").notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    assert_eq!(told(&world)[2..], ["Hana Owen", "Sam Miller"]);
    let formal = letters(&world).remove(2).message.said;
    assert_eq!((formal.last_day, formal.stage.as_str()), (Some(day("2027-01-04")), "Stage 1: formal"));
    world.at("2026-12-09T10:00:00Z").notes("Ida Ross", id, StepWanted::Senior("Director".into()), "It cannot wait");
    assert_eq!(told(&world)[4..], ["Dana Frost"]);
    let higher = letters(&world).remove(4).message.said;
    assert_eq!(higher.last_day, Some(day("2027-01-04")), "the formal part has one time");
    assert!(higher.stage.starts_with("with the director"), "{}", higher.stage);
    assert!(letters(&world).iter().all(|letter| letter.message.person != world.person("Ida Ross")), "whoever raised it knows");
    world.assert_verified();
}

#[test]
fn m14_the_message_says_what_to_do_by_when_and_brings_day_20_as_a_calendar_file() {
    let mut world = World::with_addresses();
    world.at("2026-12-01T10:00:00Z");
    let id = world.raises("Ida Ross", REF, "The plan drifts for little Ayo");
    world.notes("Ida Ross", id, StepWanted::Tried, "Talked: no date");
    world.at("2026-12-02T16:00:00Z").notes("Ida Ross", id, StepWanted::Next, "Nothing has changed");
    let server = Smtp::start();
    // Those of the first stage need no message any more.
    assert_eq!(world.send(&server).sent, 2);
    let stands: Vec<_> = letters(&world).into_iter().map(|letter| letter.stand).collect();
    assert!(matches!(stands[0], Stand::NotNeeded { why: NotNeeded::MovedOn }), "{stands:?}");
    assert!(matches!(stands[2], Stand::Sent { .. }), "{stands:?}");
    let taken = server.taken();
    let whole = format!("{:?}", taken[0]);
    for words in ["DR-0001", "DTSTART;VALUE=DATE:20270104", "text/calendar", "DR-0001.ics"] {
        assert!(whole.contains(words), "{words} in {whole}");
    }
    for word in ["Ayo", "drifts", "M-00", "Noor", "Carter", "CR-0001", "Ida", "Ross", "Nothing has changed"] {
        assert!(!whole.contains(word), "{word} in {whole}");
    }
    let said = letters(&world).remove(2).message.said;
    let (subject, text) = Texts::open(None).unwrap().say(News::DisputeToAnswer, &said).unwrap();
    assert_eq!(subject, "DR-0001: a dispute has come to you to answer, by Mon 4 Jan 2027");
    assert!(text.contains("write down your answer") && text.contains("Last day:   Mon 4 Jan 2027 (20 working days"), "{text}");
    let detail = world.drp_detail("Ida Ross", id);
    assert_eq!(detail.told().iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Sam Miller", "Hana Owen"]);
    world.assert_verified();
}

#[test]
fn m14_an_undone_stage_is_not_told_any_more_and_what_went_out_is_said() {
    let mut world = World::with_addresses();
    let receipt = {
        let wanted = world.dispute(REF, "The plan drifts");
        world.do_("Ida Ross", Deed::Drp(DrpDeed::Raise(wanted)))
    };
    let Trace::Batch(batch) = receipt.trace else { panic!("a dispute raised by mistake is undone: {receipt:?}") };
    let undone = world.do_("Ida Ross", Deed::Undo { batch });
    assert!(!undone.said.contains("e-mail"), "{}", undone.said);
    let server = Smtp::start();
    assert_eq!(world.send(&server).sent, 0);
    assert!(letters(&world).iter().all(|letter| matches!(letter.stand, Stand::NotNeeded { why: NotNeeded::Over })));
    let again = {
        let wanted = world.dispute(REF, "The plan drifts, still");
        world.do_("Ida Ross", Deed::Drp(DrpDeed::Raise(wanted)))
    };
    assert_eq!(world.send(&server).sent, 2);
    let Trace::Batch(batch) = again.trace else { panic!() };
    let undone = world.do_("Ida Ross", Deed::Undo { batch });
    assert!(undone.said.ends_with("; 2 e-mails have gone out already and cannot be called back"), "{}", undone.said);
    world.assert_verified();
}

#[test]
fn m14_whoever_is_recused_is_not_written_to() {
    let mut world = World::with_addresses();
    let id = world.raises("Ida Ross", REF, "The plan drifts");
    world.declare("Tara Moss", REF, closeloop::domain::interest::InterestKind::Family);
    let server = Smtp::start();
    assert_eq!(world.send(&server).sent, 1);
    assert!(matches!(letters(&world)[0].stand, Stand::NotNeeded { why: NotNeeded::Recused }));
    world.notes("Ida Ross", id, StepWanted::Tried, "Agreed at once");
    world.notes("Ida Ross", id, StepWanted::Resolved(DrpOutcome::Agreed), "A date was set");
    assert_eq!(letters(&world).len(), 2);
}

#[test]
fn c05_good_practice_goes_the_same_road_with_no_time_set() {
    let mut world = World::with_addresses();
    let wanted = DrpWanted { kind: DrpKind::GoodPractice, wanted: String::new(), ..world.dispute(REF, "The child was heard") };
    world.do_("Ida Ross", Deed::Drp(DrpDeed::Raise(wanted)));
    let first = letters(&world).remove(0).message;
    assert_eq!((first.cause.news, first.said.last_day, first.said.within.as_str()), (News::GoodPractice, None, ""));
}
