//! F16: who is behind with what a register expects, as the year goes on; C07: a register month by month.

use crate::support::world::day;
use chrono::NaiveDate;
use closeloop::domain::framework::Framework;
use closeloop::domain::id::PersonId;
use closeloop::domain::register::{Presence, Standing, StandingRow, collate, find, standings};
use closeloop::domain::year::QaYear;
use closeloop::profiles::Catalog;
use std::collections::BTreeMap;

fn sefton() -> Framework {
    Catalog::built_in().framework("sefton").unwrap()
}

fn person(role: &str) -> Presence {
    Presence {
        person: PersonId(1),
        name: "Noor Carter".into(),
        role: role.into(),
        place: "North Court".into(),
        since: None,
        left_on: None,
        away: Vec::new(),
    }
}

/// How one person stands on a day of 2026/27, having been observed at these things.
fn stands(person: &Presence, observed: &[&str], today: &str) -> StandingRow {
    let framework = sefton();
    let register = find(&framework, "practice-observations").unwrap();
    let noted = observed.iter().map(|what| BTreeMap::from([("observed".to_string(), what.to_string())])).collect();
    let entries = BTreeMap::from([(PersonId(1), noted)]);
    let year = QaYear::of(framework.cycle.year_starts_in, day("2026-11-19"));
    standings(&register, std::slice::from_ref(person), &entries, year, day(today)).remove(0)
}

#[test]
fn f16_what_is_due_grows_with_the_months_of_return() {
    use Standing::{Behind, Done, OnTrack};
    // Role, observed, today, how it stands, due by then. Returns are in July and January of a year from April.
    let table: [(&str, &[&str], &str, Standing, u32); 11] = [
        ("SW", &[], "2026-07-31", OnTrack, 0),
        ("SW", &[], "2026-08-01", Behind(1), 1),
        ("SW", &["direct-work"], "2026-08-01", OnTrack, 1),
        ("SW", &["meeting"], "2026-08-01", OnTrack, 1),
        ("SW", &[], "2027-02-01", Behind(2), 2),
        ("SW", &["direct-work"], "2027-02-01", Behind(1), 2),
        ("SW", &["direct-work", "other"], "2027-02-01", Done, 2),
        ("SW", &["meeting", "other"], "2027-02-01", Behind(1), 2),
        ("SW", &["meeting", "other"], "2027-01-31", OnTrack, 1),
        ("TM", &["direct-work", "meeting"], "2027-02-01", Behind(1), 2),
        ("TM", &["supervision", "meeting"], "2026-08-02", Done, 1),
    ];
    for (role, observed, today, expected, due) in table {
        let row = stands(&person(role), observed, today);
        assert_eq!((row.standing, row.due), (expected, due), "{role} {observed:?} on {today}");
    }
}

#[test]
fn f16_newly_qualified_go_by_their_own_programme() {
    assert_eq!(stands(&person("NQSW"), &[], "2027-02-01").standing, Standing::OwnProgramme);
    assert_eq!(stands(&person("nqsw"), &["direct-work"], "2027-02-01").entries, 1);
}

#[test]
fn f16_who_joined_left_or_is_away_is_not_accused() {
    let span = |from: &str, until: &str| -> Vec<(NaiveDate, NaiveDate)> { vec![(day(from), day(until))] };
    let joined = Presence { since: Some(day("2026-07-01")), ..person("SW") };
    let row = stands(&joined, &[], "2026-08-01");
    assert_eq!((row.standing, row.a_year, row.because.as_str()), (Standing::OnTrack, 1, "on the list since 1 Jul"));
    assert_eq!(stands(&joined, &[], "2027-02-01").standing, Standing::Behind(1), "the part they were here for counts");
    let early = Presence { since: Some(day("2026-04-20")), ..person("SW") };
    assert_eq!(stands(&early, &[], "2026-08-01").standing, Standing::Behind(1), "here for most of the first part");

    let left = Presence { left_on: Some(day("2026-10-30")), ..person("SW") };
    let row = stands(&left, &[], "2026-11-19");
    assert_eq!((row.standing, row.because.as_str()), (Standing::NotAsked, "left 30 Oct"));

    let away = Presence { away: span("2026-11-01", "2026-12-03"), ..person("SW") };
    let row = stands(&away, &[], "2026-11-19");
    assert_eq!((row.standing, row.because.as_str()), (Standing::NotAsked, "away until 3 Dec"));
    assert_eq!(stands(&away, &[], "2026-12-04").standing, Standing::Behind(1), "back again, and five weeks are not the whole part");

    let long = Presence { away: span("2026-04-06", "2026-07-20"), ..person("SW") };
    let row = stands(&long, &[], "2026-08-01");
    assert_eq!((row.standing, row.a_year, row.because.as_str()), (Standing::OnTrack, 1, "away for part of the year"));
}

#[test]
fn f16_who_left_before_the_year_is_not_in_the_list() {
    let framework = sefton();
    let register = find(&framework, "practice-observations").unwrap();
    let gone = Presence { left_on: Some(day("2026-03-31")), ..person("SW") };
    let year = QaYear::of(4, day("2026-11-19"));
    assert!(standings(&register, &[gone, person("IRO")], &BTreeMap::new(), year, day("2026-11-19")).is_empty());
}

#[test]
fn f16_the_furthest_behind_come_first() {
    let framework = sefton();
    let register = find(&framework, "practice-observations").unwrap();
    let named = |id: i64, name: &str, role: &str| Presence { person: PersonId(id), name: name.into(), ..person(role) };
    let people = [named(1, "Done", "TM"), named(2, "One behind", "SW"), named(3, "Two behind", "SW"), named(4, "Own", "NQSW")];
    let noted = |all: &[&str]| all.iter().map(|what| BTreeMap::from([("observed".to_string(), what.to_string())])).collect::<Vec<_>>();
    let entries = BTreeMap::from([(PersonId(1), noted(&["supervision", "other"])), (PersonId(2), noted(&["direct-work"]))]);
    let rows = standings(&register, &people, &entries, QaYear::of(4, day("2026-11-19")), day("2027-02-01"));
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Two behind", "One behind", "Own", "Done"]);
}

#[test]
fn c07_a_year_is_collated_month_by_month() {
    let framework = Catalog::built_in().framework("central-bedfordshire").unwrap();
    let register = find(&framework, "monitoring-forms").unwrap();
    let form = |meeting: &str, on_time: &str| {
        BTreeMap::from([("meeting".to_string(), meeting.to_string()), ("on-time".to_string(), on_time.to_string())])
    };
    let noted = [
        (day("2026-04-01"), form("initial-conference", "yes")),
        (day("2026-04-30"), form("cic-review", "no")),
        (day("2026-05-01"), form("cic-review", "yes")),
        (day("2027-03-31"), form("cic-review", "yes")),
        (day("2027-04-01"), form("cic-review", "no")),
    ];
    let collation = collate(&register, QaYear::of(4, day("2026-11-19")), noted.iter().map(|(on, values)| (*on, values)));
    let row = |field: &str, answer: &str| {
        let found = collation.rows.iter().find(|row| row.field == field && row.answer == answer);
        found.map(|row| (row.counts[0], row.counts[1], row.counts[11], row.total)).unwrap_or_else(|| panic!("no {field} {answer}"))
    };
    assert_eq!(row("", "all entries"), (2, 1, 1, 4), "what lies outside the year is not counted");
    assert_eq!(row("Held in time", "yes"), (1, 1, 1, 3));
    assert_eq!(row("Held in time", "no"), (1, 0, 0, 1));
    assert_eq!(row("Meeting", "Child in care review"), (1, 1, 1, 3));
    assert_eq!(row("Meeting", "Review conference"), (0, 0, 0, 0));
    assert!(!collation.rows.iter().any(|row| row.field == "Quality of practice"), "words are not counted");
}
