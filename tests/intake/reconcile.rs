//! What an Annex A extract changes in the register.

use super::{annex_a, day, fixture, made_up};
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::id::{AbsenceId, PersonId, SubjectId, TeamId};
use closeloop::domain::intake::{FrameRow, Incoming, NextIds, Place, Reconciliation, Recorded, Register, reconcile};
use closeloop::domain::person::Person;
use closeloop::domain::subject::Subject;
use closeloop::intake::annex_a::Extract;
use proptest::prelude::*;

fn incoming(extract: &Extract) -> Incoming<'_> {
    Incoming { rows: &extract.rows, closed: &extract.closed, covered: &extract.covered }
}

fn free(register: &Register) -> NextIds {
    let after = |last: Option<i64>| last.unwrap_or(0) + 1;
    NextIds {
        person: PersonId(after(register.people.iter().map(|p| p.id.0).max())),
        team: TeamId(after(register.teams.iter().map(|t| t.id.0).max())),
        subject: SubjectId(after(register.subjects.iter().map(|s| s.id.0).max())),
        absence: AbsenceId(1),
    }
}

fn run(register: &Register, incoming: Incoming<'_>) -> Reconciliation {
    reconcile(register, incoming, free(register), "M")
}

fn write(register: &mut Register, change: &Reconciliation) {
    fn put<T: Clone + PartialEq + std::fmt::Debug>(all: &mut Vec<T>, changes: &[Recorded<T>]) {
        for change in changes {
            match &change.before {
                None => all.push(change.after.clone()),
                Some(before) => {
                    let at = all.iter().position(|old| old == before).expect("the record before is the one in the register");
                    all[at] = change.after.clone();
                }
            }
        }
    }
    put(&mut register.teams, &change.teams);
    put(&mut register.people, &change.people);
    put(&mut register.subjects, &change.subjects);
}

fn child(id: &str, case_type: &str, team: &str, worker: &str) -> FrameRow {
    let text = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
    FrameRow {
        council_id: id.to_string(),
        kind: if case_type == "ce" { SubjectKind::CareExperienced } else { SubjectKind::Child },
        case_type: case_type.to_string(),
        age_years: Some(9),
        disability: Some(false),
        team: text(team),
        worker: text(worker),
        started_on: Some(day("2026-01-05")),
        source: Place::file("a.xlsx"),
    }
}

fn covered() -> Vec<String> {
    ["cic", "cp", "cin", "asm", "ce"].map(String::from).to_vec()
}

fn first(rows: &[FrameRow]) -> Register {
    let mut register = Register::default();
    let change = run(&register, Incoming { rows, closed: &[], covered: &covered() });
    write(&mut register, &change);
    register
}

#[test]
fn the_sample_fills_an_empty_register() {
    let extract = annex_a(&fixture("annex_a_sample.xlsx")).unwrap();
    let change = run(&Register::default(), incoming(&extract));
    assert_eq!((change.subjects.len(), change.teams.len(), change.people.len()), (22, 6, 13));
    let subject = &change.subjects[0].after;
    assert_eq!((subject.pseudonym.as_str(), subject.council_id.as_str(), subject.open), ("M-0001", "10692868", true));
    let worker = change.people.iter().find(|person| Some(person.after.id) == subject.worker).unwrap();
    assert_eq!((worker.after.name.as_str(), worker.after.role.as_str(), worker.after.team), ("Lexie Defore", "SW", subject.team));
    assert_eq!(
        change.summary(),
        [
            ("teams added", 6),
            ("people added", 13),
            ("children added", 22),
            ("children changed", 0),
            ("children closed", 0),
            ("children opened again", 0),
            ("children unchanged", 0),
            ("children left alone (their list was not in the extract)", 0),
        ]
    );
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let big = dir.path().join("big.xlsx");
    made_up::write(&big, 400, 7).unwrap();
    for path in [fixture("annex_a_sample.xlsx"), big] {
        let extract = annex_a(&path).unwrap();
        let mut register = Register::default();
        let change = run(&register, incoming(&extract));
        write(&mut register, &change);
        let again = run(&register, incoming(&extract));
        assert!(again.is_empty(), "{again:?}");
        assert_eq!(again.unchanged, extract.rows.len());
    }
}

#[test]
fn a_new_extract_updates_workers_teams_and_types_and_closes_what_is_gone() {
    let mut register = first(&[
        child("1", "cin", "North", "Nina Carter"),
        child("2", "cp", "North", "Nina Carter"),
        child("3", "cic", "South", "P Obi"),
        child("4", "cic", "South", "P Obi"),
    ]);
    let rows = [
        child("1", "cp", "North", "nina carter"),
        child("2", "cp", "South", "J Lee"),
        FrameRow { started_on: None, age_years: None, disability: None, ..child("3", "cic", "South", "P. Obi") },
        child("5", "ce", "", ""),
    ];
    let change = run(&register, Incoming { rows: &rows, closed: &[], covered: &covered() });
    let told: Vec<_> = change.subjects.iter().map(|s| (s.after.council_id.as_str(), s.before.is_some(), s.after.open)).collect();
    assert_eq!(told, [("1", true, true), ("2", true, true), ("5", false, true), ("4", true, false)]);
    assert_eq!((change.unchanged, change.people.len(), change.teams.len()), (1, 1, 0), "what the list does not say stays known");
    assert_eq!(change.subjects[0].after.case_type, "cp");
    assert_eq!(change.subjects[1].before.as_ref().unwrap().worker, Some(PersonId(1)));
    assert_eq!(change.subjects[1].after.worker, Some(PersonId(3)));
    write(&mut register, &change);
    // Back again: opened, with the number and the pseudonym it had.
    let rows = [rows.as_slice(), &[child("4", "cin", "South", "P Obi")]].concat();
    let change = run(&register, Incoming { rows: &rows, closed: &[], covered: &covered() });
    assert_eq!(change.subjects.len(), 1);
    assert_eq!((change.subjects[0].after.id, change.subjects[0].after.open), (SubjectId(4), true));
    assert_eq!(change.summary()[5], ("children opened again", 1));
}

#[test]
fn an_ended_case_is_closed_and_a_list_that_is_missing_closes_nobody() {
    let register = first(&[child("1", "cin", "N", "A B"), child("2", "cp", "N", "A B"), child("3", "cic", "N", "A B")]);
    let change = run(&register, Incoming { rows: &[child("2", "cp", "N", "A B")], closed: &["3".into()], covered: &["cp".into()] });
    let closed: Vec<_> = change.subjects.iter().map(|s| s.after.council_id.as_str()).collect();
    assert_eq!(closed, ["3"]);
    assert_eq!((change.unchanged, change.left_alone), (1, 1));
}

#[test]
fn carers_adopters_and_services_are_never_touched() {
    let mut register = first(&[child("1", "cin", "N", "A B")]);
    for (id, kind) in [(2, SubjectKind::FosterCarer), (3, SubjectKind::Adopter), (4, SubjectKind::Service)] {
        let like = register.subjects[0].clone();
        // The number of a carer may be that of a child: they are counted apart.
        register.subjects.push(Subject { id: SubjectId(id), kind, council_id: "9".into(), case_type: String::new(), ..like });
    }
    let rows = [child("1", "cin", "N", "A B"), child("9", "cin", "N", "A B")];
    let change = run(&register, Incoming { rows: &rows, closed: &["9".into()], covered: &covered() });
    assert_eq!(change.subjects.len(), 1);
    assert!(change.subjects[0].is_new() && change.subjects[0].after.id == SubjectId(5));
    let change = run(&register, Incoming { rows: &[], closed: &["9".into()], covered: &covered() });
    assert_eq!(change.subjects.len(), 1, "only the child is closed");
}

#[test]
fn workers_are_the_people_already_known_and_namesakes_are_told_apart_by_team() {
    let mut register = first(&[child("1", "cin", "North", "Nina Carter"), child("2", "cin", "South", "")]);
    let namesake = Person { id: PersonId(2), team: Some(TeamId(2)), ..register.people[0].clone() };
    let gone = Person { id: PersonId(3), left_on: Some(day("2026-01-01")), ..register.people[0].clone() };
    register.people.extend([namesake, gone]);
    let rows =
        [child("1", "cin", "North", "NINA CARTER"), child("2", "cin", "South", "Nina  Carter"), child("3", "cin", "", "Nina Carter")];
    let change = run(&register, Incoming { rows: &rows, closed: &[], covered: &covered() });
    assert!(change.people.is_empty());
    let workers: Vec<_> = change.subjects.iter().map(|s| s.after.worker.unwrap().0).collect();
    assert_eq!(workers, [2, 1]);
    assert_eq!(change.oddities.len(), 1, "the child without a team cannot tell which Nina");
    assert!(!change.oddities[0].to_string().contains("Nina"));
}

fn some_rows() -> impl Strategy<Value = Vec<FrameRow>> {
    let one = (0u32..30, 0usize..5, 0usize..4, 0usize..5).prop_map(|(id, case, team, worker)| {
        let case = ["cic", "cp", "cin", "asm", "ce"][case];
        child(&id.to_string(), case, ["", "North", "South", "East"][team], ["", "A One", "B Two", "C Three", "a. one"][worker])
    });
    prop::collection::vec(one, 0..40)
}

proptest! {
    #[test]
    fn whatever_came_before_a_file_written_once_changes_nothing_more(months in prop::collection::vec(some_rows(), 1..4)) {
        let mut register = Register::default();
        for rows in &months {
            let covered = covered();
            let incoming = Incoming { rows, closed: &[], covered: &covered };
            let change = run(&register, incoming);
            prop_assert_eq!(&change, &run(&register, incoming), "the same again");
            write(&mut register, &change);
            prop_assert!(run(&register, incoming).is_empty());
            let open = register.subjects.iter().filter(|subject| subject.open).count();
            let named: std::collections::HashSet<_> = rows.iter().map(|row| &row.council_id).collect();
            prop_assert_eq!(open, named.len());
            let pseudonyms: std::collections::HashSet<_> = register.subjects.iter().map(|subject| &subject.pseudonym).collect();
            prop_assert_eq!(pseudonyms.len(), register.subjects.len());
        }
    }
}
