//! People files and what they change.

use super::{day, of_row};
use closeloop::domain::framework::Role;
use closeloop::domain::id::{AbsenceId, PersonId, SubjectId, TeamId};
use closeloop::domain::intake::{NextIds, PeopleReconciliation, Recorded, Register, reconcile_people};
use closeloop::domain::person::{Absence, Person, Team};
use closeloop::intake::people::{PeopleFile, read};
use closeloop::intake::{IntakeError, Trouble};
use std::fs;

fn roles() -> Vec<Role> {
    let role = |key: &str, label: &str, also: &[&str]| Role {
        key: key.to_string(),
        label: label.to_string(),
        also: also.iter().map(ToString::to_string).collect(),
        reviews: true,
        moderates: false,
        insights: false,
        practitioner: false,
        manages: false,
        rights: closeloop::domain::access::Rights::NONE,
        scope: closeloop::domain::access::Scope::Own,
    };
    vec![
        role("SW", "Social worker", &["Senior social worker"]),
        role("TM", "Team manager", &[]),
        role("SM", "Service manager", &[]),
        role("HoS", "Head of service", &[]),
    ]
}

fn try_file(text: &str) -> Result<PeopleFile, IntakeError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("people.csv");
    fs::write(&path, text).unwrap();
    read(&path, &roles())
}

fn file(text: &str) -> PeopleFile {
    let file = try_file(text).unwrap();
    assert_eq!(file.rows_read, file.rows.len() + file.left_out, "no row is lost");
    file
}

const HEAD: &str = "Name,Role,Team,Service,E-mail,Login,Line Manager\n";

fn next() -> NextIds {
    NextIds { person: PersonId(1), team: TeamId(1), subject: SubjectId(1), absence: AbsenceId(1) }
}

/// The register after a reconciliation is written.
fn written(mut register: Register, change: &PeopleReconciliation) -> (Register, NextIds) {
    fn put<T: Clone, K: PartialEq>(all: &mut Vec<T>, changes: &[Recorded<T>], key: impl Fn(&T) -> K) {
        for change in changes {
            match all.iter_mut().find(|old| key(old) == key(&change.after)) {
                Some(old) => *old = change.after.clone(),
                None => all.push(change.after.clone()),
            }
        }
    }
    put(&mut register.teams, &change.teams, |team: &Team| team.id);
    put(&mut register.people, &change.people, |person: &Person| person.id);
    put(&mut register.absences, &change.absences, |absence: &Absence| absence.id);
    let after = NextIds {
        person: PersonId(register.people.len() as i64 + 1),
        team: TeamId(register.teams.len() as i64 + 1),
        subject: SubjectId(1),
        absence: AbsenceId(register.absences.len() as i64 + 1),
    };
    (register, after)
}

#[test]
fn people_are_read_with_roles_in_the_frameworks_spelling() {
    let file = file(&format!(
        "{HEAD}\"Carter, Nina\",social worker,North,CiN,nina@x.gov.uk,ninac,Amina Khan\nAmina Khan,tm,North,CiN,amina@x.gov.uk,aminak,\nP Obi,Senior Social-Worker,,,,,aminak\n"
    ));
    assert!(file.oddities.is_empty(), "{:?}", file.oddities);
    let seen: Vec<_> = file.rows.iter().map(|row| (row.name.as_str(), row.role.as_deref().unwrap())).collect();
    assert_eq!(seen, [("Nina Carter", "SW"), ("Amina Khan", "TM"), ("P Obi", "SW")]);
    assert_eq!(file.rows[2].left_on, None, "the file has no such column");
}

#[test]
fn split_names_and_other_headings_are_understood() {
    let file = file(
        "Forename,Surname,Job Title,Username,Reports To,Left on,Away from,Away to\nNina,Carter,SW,nc,,01/10/2026,,\nPat,Obi,SW,po,Nina Carter,,1/12/2026,14/12/2026\n",
    );
    assert_eq!(file.rows[0].name, "Nina Carter");
    assert_eq!(file.rows[0].left_on, Some(Some(day("2026-10-01"))));
    assert_eq!(file.rows[1].left_on, Some(None));
    assert_eq!(file.rows[1].away, Some((day("2026-12-01"), day("2026-12-14"))));
}

#[test]
fn problems_of_a_row_are_told_where_they_are() {
    let text = format!(
        "{HEAD}A One,Team Managr,,,,a,\nB Two,Wizard,,,not-an-address,b,Nobody Atall\n,SW,,,,c,\nD Four,SW,,,,A,\nE Five,,,,,e,F Six\nF Six,SW,,,,f,e\nG Seven,SW,,,,g,G Seven\n"
    );
    let file = file(&text);
    assert_eq!((file.rows.len(), file.left_out), (6, 1));
    let shared = file.rows.iter().find(|row| row.name == "D Four").unwrap();
    assert_eq!(shared.login, None, "the first of the login keeps it, the second comes in without");
    assert_eq!(file.rows[0].role.as_deref(), Some("Team Managr"), "kept as written");
    assert_eq!(
        of_row(&file.oddities, 2),
        [("The framework has no role \"Team Managr\".", "It was kept as written; perhaps Team manager (TM) is meant.")]
    );
    let told = |row| of_row(&file.oddities, row).into_iter().map(|(what, _)| what).collect::<Vec<_>>();
    assert_eq!(told(3), ["The framework has no role \"Wizard\".", "This is not one e-mail address."]);
    assert_eq!(told(4), ["The row has no name."]);
    assert_eq!(told(5), ["The login was given already, in row 2."]);
    assert_eq!(told(6), ["The person has no role.", "The line managers of rows 6, 7 form a circle."]);
    assert_eq!(told(8), [""; 0], "one's own manager is told when the file meets the register, and only then");
}

#[test]
fn what_no_name_or_team_can_be_is_told_once_with_its_place_and_what_was_done() {
    let long = "x".repeat(5000);
    let text =
        format!("{HEAD}A One,SW,{long},,,a,\n{long},SW,,,,b,\n\u{200b},SW,,,,c,\nD Four,SW,\u{200b},,,d,D Four\nE Five,{long},,,,e,\n");
    let file = file(&text);
    let change = reconcile_people(&Register::default(), &file.rows, next());
    let all: Vec<_> = file.oddities.iter().chain(&change.oddities).map(ToString::to_string).collect();
    assert_eq!(
        all,
        [
            "people.csv, row 2, column \"Team\": The cell is longer than 200 characters. What is known already was kept.",
            "people.csv, row 3, column \"Name\": The name is longer than 200 characters. The row was left out.",
            "people.csv, row 4, column \"Name\": The name holds only characters that cannot be seen. The row was left out.",
            "people.csv, row 5, column \"Team\": The cell holds only characters that cannot be seen. What is known already was kept.",
            "people.csv, row 6, column \"Role\": The cell is longer than 200 characters. What is known already was kept.",
            "people.csv, row 5, column \"line manager\": The person is written as their own line manager. The person was taken in without a line manager.",
        ]
    );
    assert_eq!(file.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["A One", "D Four", "E Five"]);
    assert!(change.teams.is_empty() && change.people.iter().all(|person| person.after.line_manager.is_none()));
}

#[test]
fn files_without_names_or_people_are_refused() {
    assert_eq!(try_file("Role,Team\nSW,North\n").unwrap_err().trouble, Trouble::NoColumn);
    assert_eq!(try_file(HEAD).unwrap_err().trouble, Trouble::Empty);
    assert_eq!(try_file("").unwrap_err().trouble, Trouble::Empty);
}

#[test]
fn a_workbook_is_as_good_as_csv() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("people.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "Read me first").unwrap();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Name", "Role", "Login"]).unwrap();
    sheet.write_row(1, 0, ["Nina Carter", "SW", "nc"]).unwrap();
    book.save(&path).unwrap();
    assert_eq!(read(&path, &roles()).unwrap().rows[0].login.as_deref(), Some("nc"));
}

#[test]
fn t38_the_same_file_twice_changes_nothing_the_second_time() {
    let file = file(
        "Name,Role,Team,Service,Email,Login,Line Manager,Away from,Away until\nNina Carter,SW,North,CiN,n@x.gov.uk,nc,ak,1/12/2026,14/12/2026\nAmina Khan,TM,North,CiN,a@x.gov.uk,ak,,,\nP Obi,SW,South,,,,Amina Khan,,\n",
    );
    let first = reconcile_people(&Register::default(), &file.rows, next());
    assert_eq!((first.people.len(), first.teams.len(), first.absences.len()), (3, 2, 1));
    assert_eq!(first.people[0].after.line_manager, Some(PersonId(2)), "a manager who comes later in the file");
    assert_eq!(first.people[2].after.line_manager, Some(PersonId(2)));
    let (register, free) = written(Register::default(), &first);
    let again = reconcile_people(&register, &file.rows, free);
    assert!(again.is_empty(), "{again:?}");
    assert_eq!(again.unchanged, 3);
}

#[test]
fn people_are_known_by_login_then_email_then_name() {
    let before = file(&format!("{HEAD}Nina Carter,SW,North,,n@x.gov.uk,nc,\nP Obi,SW,South,,p@x.gov.uk,,\nJ Lee,SW,East,,,,\n"));
    let (register, free) = written(Register::default(), &reconcile_people(&Register::default(), &before.rows, next()));
    // Nina married, Pat's address stayed, Lee got a login, and another Nina Carter with another login is somebody else.
    let now = file(&format!(
        "{HEAD}Nina Swift,SW,North,,n@x.gov.uk,NC,\nPat Obi,SW,South,,P@x.gov.uk,po,\nJ. Lee,SW,East,,,jl,\nNina Carter,SW,North,,,nc2,\n"
    ));
    let change = reconcile_people(&register, &now.rows, free);
    let ids: Vec<_> = change.people.iter().map(|p| (p.after.name.as_str(), p.after.id.0, p.before.is_some())).collect();
    assert_eq!(ids, [("Nina Swift", 1, true), ("Pat Obi", 2, true), ("J. Lee", 3, true), ("Nina Carter", 4, false)]);
}

#[test]
fn a_missing_person_is_kept_and_a_missing_column_changes_nothing() {
    let before = file(&format!("{HEAD}Nina Carter,SW,North,CiN,n@x.gov.uk,nc,ak\nAmina Khan,TM,North,CiN,,ak,\n"));
    let (register, free) = written(Register::default(), &reconcile_people(&Register::default(), &before.rows, next()));
    let now = file("Name,Role,Login\nNina Carter,TM,nc\n");
    let change = reconcile_people(&register, &now.rows, free);
    assert_eq!(change.missing, [PersonId(2)]);
    let after = &change.people[0].after;
    assert_eq!(
        (after.role.as_str(), after.email.as_str(), after.team, after.line_manager),
        ("TM", "n@x.gov.uk", Some(TeamId(1)), Some(PersonId(2)))
    );
    assert_eq!(change.summary()[5], ("people not in the file (kept)", 1));
    // A blank cell of a column that is there clears; a blank role does not.
    let now = file(&format!("{HEAD}Nina Carter,,,,,nc,\n"));
    let after = &reconcile_people(&register, &now.rows, free).people[0].after;
    assert_eq!((after.role.as_str(), after.email.as_str(), after.team, after.line_manager), ("SW", "", None, None));
}

#[test]
fn managers_whom_nobody_knows_are_reported_and_left_out() {
    let file = file(&format!("{HEAD}Nina Carter,SW,,,,nc,Some Body\nJ Lee,SW,,,,jl,jl\n"));
    let change = reconcile_people(&Register::default(), &file.rows, next());
    assert!(change.people.iter().all(|person| person.after.line_manager.is_none()));
    let told: Vec<_> = change.oddities.iter().map(|o| o.what.as_str()).collect();
    assert_eq!(told, ["The line manager is nobody in this file or already known.", "The person is written as their own line manager."]);
}

#[test]
fn a_team_known_from_a_list_gets_its_service() {
    let team = Team { id: TeamId(1), name: "North".into(), service: String::new() };
    let register = Register { teams: vec![team], ..Register::default() };
    let change = reconcile_people(&register, &file(&format!("{HEAD}Nina Carter,SW,NORTH,CiN,,nc,\n")).rows, next());
    assert_eq!(change.teams.len(), 1);
    assert_eq!((change.teams[0].after.service.as_str(), change.teams[0].is_new()), ("CiN", false));
    assert_eq!(change.people[0].after.team, Some(TeamId(1)));
}
