//! Practice alerts counted by month, service and team for the safeguarding unit's report. F18.

use crate::support::world::{World, day};
use closeloop::domain::deed::{Deed, DrpDeed};
use closeloop::domain::drp::{DrpKind, DrpOutcome, DrpWanted, StepWanted, Tallied, count_months};
use closeloop::domain::query::{Answered, Query};

fn tallied(team: &str, raised: &str, formal: Option<&str>, ended: Option<&str>, late: Option<&str>) -> Tallied {
    Tallied {
        kind: DrpKind::Dispute,
        place: (team.into(), "Safeguarding".into()),
        raised_on: day(raised),
        formal_on: formal.map(day),
        ended_on: ended.map(day),
        late_from: late.map(day),
    }
}

#[test]
fn f18_each_is_counted_in_the_months_in_which_it_was_raised_formal_ended_and_open() {
    let all = [
        tallied("North", "2026-09-30", Some("2026-10-05"), Some("2026-11-20"), Some("2026-11-03")),
        tallied("North", "2026-10-01", None, Some("2026-10-02"), None),
        tallied("South", "2026-11-30", None, None, None),
        Tallied { kind: DrpKind::GoodPractice, ..tallied("North", "2026-11-10", None, None, None) },
    ];
    let rows = count_months(&all, day("2026-09-01"), day("2026-11-30"));
    let said: Vec<_> = rows
        .iter()
        .map(|row| {
            let PracticeRow { month, team, raised, formal, ended, informally, open, late, good } = PracticeRow::of(row);
            format!("{month} {team}: {raised} {formal} {ended} {informally} {open} {late} {good}")
        })
        .collect();
    assert_eq!(
        said,
        ["2026-11 North: 0 0 1 0 0 1 1", "2026-11 South: 1 0 0 0 1 0 0", "2026-10 North: 1 1 1 1 1 0 0", "2026-09 North: 1 0 0 0 1 0 0",]
    );
}

struct PracticeRow<'a> {
    month: &'a str,
    team: &'a str,
    raised: u32,
    formal: u32,
    ended: u32,
    informally: u32,
    open: u32,
    late: u32,
    good: u32,
}

impl PracticeRow<'_> {
    fn of(row: &closeloop::domain::drp::PracticeCount) -> PracticeRow<'_> {
        PracticeRow {
            month: &row.month,
            team: &row.team,
            raised: row.raised,
            formal: row.formal,
            ended: row.ended,
            informally: row.ended_informally,
            open: row.open_at_end,
            late: row.late,
            good: row.good_practice,
        }
    }
}

#[test]
fn f18_sefton_s_practice_alerts_are_counted_and_those_taken_back_are_not() {
    let mut world = World::run_by("sefton");
    let Answered::Cases(found) = world.ask(Query::AnyCases(String::new())) else { panic!() };
    let raise = |world: &World, place: usize, kind: DrpKind| {
        let closeloop::domain::named::Whom::Known(subject) = found[place].whom.clone() else { panic!() };
        Deed::Drp(DrpDeed::Raise(DrpWanted {
            kind,
            review: None,
            subject: Some(subject),
            raised_by: None,
            on: world.today(),
            what: "Visits are not written up".into(),
            wanted: "That they are".into(),
            informal: None,
        }))
    };
    world.at("2026-11-05T09:30:00Z");
    let deed = raise(&world, 0, DrpKind::Dispute);
    world.do_("Cara Poole", deed);
    let first = world.newest_drp();
    world.notes("Cara Poole", first, StepWanted::Tried, "A clear talk");
    world.notes("Cara Poole", first, StepWanted::Next, "Nothing changed");
    let deed = raise(&world, 1, DrpKind::GoodPractice);
    world.do_("Ida Ross", deed);
    let deed = raise(&world, 2, DrpKind::Dispute);
    let mistaken = world.do_("Ida Ross", deed);
    world.do_("Ida Ross", Deed::Undo { batch: mistaken.written.first });
    world.at("2026-12-02T09:30:00Z");
    world.notes("Cara Poole", first, StepWanted::Resolved(DrpOutcome::Done), "All written up");
    let Answered::PracticeAlerts(rows) = world.ask(Query::PracticeAlerts(12)) else { panic!() };
    let said: Vec<_> = rows.iter().map(|row| (row.month.as_str(), row.raised, row.formal, row.ended, row.good_practice)).collect();
    assert_eq!(said, [("2026-12", 0, 0, 1, 0), ("2026-11", 1, 1, 0, 1)], "{rows:#?}");
    assert_eq!((rows[1].service.as_str(), rows[1].team.as_str()), ("Safeguarding", "North Court"));
}
