//! The list of strips: what it says, what filters find, what `n` offers, and what a recused person is told of it.

use super::{FIRST, acknowledge, assure, inadequate, name, tell_all};
use crate::support::world::World;
use closeloop::domain::alert::HowTold;
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::framework::Side;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{AlertDetail, Answered, Dated, From, Query, StripRow, StripStand, Window};
use closeloop::domain::strip::StripOf;

pub fn all(filter: &str) -> Window<()> {
    Window { filter: Filter::parse(filter).0, sort: (), reversed: false, from: From::Start, limit: 100 }
}

fn rows(world: &mut World, filter: &str) -> Vec<StripRow> {
    match world.ask(Query::Alerts(all(filter))) {
        Answered::Alerts(page) => page.rows,
        other => panic!("{other:?}"),
    }
}

pub fn detail(world: &mut World) -> AlertDetail {
    match world.ask(Query::Alert(FIRST)) {
        Answered::Alert(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_strip_says_where_it_stands_and_what_is_next_by_whom() {
    let mut world = inadequate();
    let stands = |world: &mut World| {
        let row = rows(world, "all").remove(0);
        (row.stand, row.next, row.by)
    };
    let sm = name(&world, "SM", Side::Child);
    assert_eq!(stands(&mut world), (StripStand::Untold, "tell 6 people".into(), "whoever can reach them".into()));
    tell_all(&mut world, HowTold::Telephone);
    let whom = format!("{sm} (child\u{2019}s SM)");
    assert_eq!(stands(&mut world), (StripStand::Told, "acknowledge".into(), whom.clone()));
    world.do_(&sm, acknowledge());
    assert_eq!(stands(&mut world), (StripStand::Acknowledged, "review the record".into(), whom.clone()));
    world.at("2026-11-12T19:00:00Z");
    assert_eq!(stands(&mut world), (StripStand::Lapsed, "acknowledge again".into(), whom));
    world.do_(&sm, assure(&[("safety", "Safe"), ("quality", "Weak")]));
    assert_eq!(stands(&mut world), (StripStand::Reviewed, "close it".into(), "the Insights team".into()));
    world.do_("Amina Khan", super::close());
    assert_eq!(stands(&mut world), (StripStand::Closed, String::new(), String::new()));
}

#[test]
fn what_will_be_overdue_before_monday_is_a_word_of_the_filter() {
    let mut world = inadequate();
    // Thursday the 12th: what runs is to be told by eleven and reviewed by Friday at ten.
    assert_eq!((rows(&mut world, "monday").len(), rows(&mut world, "late").len()), (1, 0));
    world.at("2026-11-12T12:00:00Z");
    assert_eq!(rows(&mut world, "monday").len(), 1, "what is late hides nothing that runs out tomorrow");
    tell_all(&mut world, HowTold::Telephone);
    let (sm, owner) = (name(&world, "SM", Side::Child), Some(world.person("Noor Carter")));
    let due_on = Some(crate::support::world::day("2026-11-26"));
    let urgent = vec![closeloop::domain::action::ActionWanted {
        text: "A new plan".into(),
        owner,
        due_on,
        urgent: true,
        kind: String::new(),
        near: closeloop::domain::action::Near::Anyway,
    }];
    let answers = super::answers(&[("safety", "Safe"), ("quality", "Weak")]);
    world.do_(&sm, Deed::Alert(closeloop::domain::deed::AlertDeed::Assure { alert: FIRST, answers, urgent }));
    assert_eq!((rows(&mut world, "").len(), rows(&mut world, "monday").len()), (1, 0), "its next clock runs out after the weekend");
    assert_eq!(closeloop::domain::calendar::next_monday(crate::support::world::day("2026-11-16")).to_string(), "2026-11-23");
    assert_eq!(closeloop::domain::calendar::next_monday(crate::support::world::day("2026-11-15")).to_string(), "2026-11-16");
}

#[test]
fn mine_finds_the_alerts_that_somebody_has_a_part_in() {
    let mut world = inadequate();
    let sm = name(&world, "SM", Side::Child);
    for (who, many) in [(sm.as_str(), 1), ("Ines Holt", 1), ("Cara Poole", 0)] {
        let Answered::Alerts(page) = world.answer_to(who, &Query::Alerts(all("mine"))).unwrap() else { panic!() };
        assert_eq!(page.rows.len(), many, "{who}");
    }
}

#[test]
fn m10_whoever_cannot_acknowledge_is_asked_to_remind_those_who_can() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let next = |world: &mut World, who: &str| match world
        .answer_to(who, &Query::NextThing { skip: Vec::new(), passed: Vec::new(), actions: Vec::new(), work: Vec::new() })
    {
        Ok(Answered::NextThing(Some(next))) => next.step,
        other => panic!("{other:?}"),
    };
    assert_eq!(next(&mut world, &sm), "acknowledge");
    assert_eq!(next(&mut world, "Amina Khan"), format!("remind {sm} (child\u{2019}s SM) to acknowledge"));
    world.do_(&sm, acknowledge());
    assert_eq!(next(&mut world, "Amina Khan"), format!("remind {sm} (child\u{2019}s SM) to review the record"));
}

#[test]
fn the_next_thing_offers_a_clock_to_whom_it_needs_and_to_nobody_else() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let next = |world: &mut World, who: &str| match world
        .answer_to(who, &Query::NextThing { skip: Vec::new(), passed: Vec::new(), actions: Vec::new(), work: Vec::new() })
    {
        Ok(Answered::NextThing(next)) => next.and_then(|next| next.clock),
        other => panic!("{other:?}"),
    };
    assert_eq!(next(&mut world, &sm), Some(StripOf::Alert(FIRST)));
    assert_eq!(next(&mut world, "Amina Khan"), Some(StripOf::Alert(FIRST)), "the Insights team follows them all");
    assert_eq!(next(&mut world, "Cara Poole"), None);
    world.do_(&sm, acknowledge());
    world.do_(&sm, assure(&[("safety", "Safe"), ("quality", "Weak")]));
    assert_eq!(next(&mut world, &sm), None, "nothing more is wanted of them");
}

#[test]
fn one_key_shows_the_sum_of_every_clock_that_runs_the_nearest_first() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let Answered::DueSum(sum) = world.ask(Query::DueSum(Dated::Strip(StripOf::Alert(FIRST)))) else { panic!() };
    assert_eq!(sum.title, "AL-0001 \u{b7} to acknowledge, 6 people");
    assert_eq!(sum.because, "2 hours after they were told, Thu 12 Nov 10:00.");
    let review = sum.beside.iter().find(|one| one.title.contains("the record to be reviewed")).unwrap();
    assert!(review.sum.as_ref().unwrap().says.contains(&"24 hours of elapsed time.".to_string()), "{review:?}");
    assert_eq!(sum.beside.len(), 1, "those who were told together have one sum, and the review has its own");
}

#[test]
fn whoever_is_recused_is_told_nothing_of_an_alert_and_neither_raises_nor_hears_of_what_is_due() {
    let mut world = World::ready();
    world.declare("Bela Novak", "CR-0001", InterestKind::Family);
    let before = world.answer_to("Bela Novak", &Query::Overview).unwrap();
    world.through_as("CR-0001", "completed", 1);
    let told = |world: &mut World, query: Query| world.answer_to("Bela Novak", &query);
    for filter in ["", "all", "late", "mine", "monday", "AL-0001", "CR-0001"] {
        let Ok(Answered::Alerts(page)) = told(&mut world, Query::Alerts(all(filter))) else { panic!() };
        assert!(page.rows.is_empty() && page.total.n == 0 && page.late.n == 0, "{filter}");
    }
    assert!(told(&mut world, Query::Alert(FIRST)).unwrap_err().to_string().starts_with("There is no such alert"));
    assert!(
        told(&mut world, Query::DueSum(Dated::Strip(StripOf::Alert(FIRST)))).unwrap_err().to_string().starts_with("There is no such alert")
    );
    let (Answered::Overview(before), Ok(Answered::Overview(after))) = (before, told(&mut world, Query::Overview)) else { panic!() };
    assert_eq!((before.alerts, &before.nearest, &before.newest_strip), (after.alerts, &after.nearest, &after.newest_strip));
    let receipt = world.at("2026-11-12T11:00:00Z").do_("Bela Novak", Deed::RaiseDue);
    assert!(!receipt.said.contains("CR-0001") && !receipt.said.contains("AL-"), "{}", receipt.said);
}
