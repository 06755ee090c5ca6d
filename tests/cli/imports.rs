//! `closeloop import`: what a dry run says is what the import does, and the same file twice changes nothing.

use super::place::{Place, Said, fixture};
use closeloop::runtime::identity;

const HEAD: &str = "name,role,team,service,e-mail,login,line manager\n";

/// Whoever runs the tests, as a row of a people file.
fn me() -> String {
    format!("Ada Marlow,coordinator,Insights,Quality,ada@example.org,{},\n", identity::login().unwrap())
}

fn verified(place: &Place) -> String {
    place.run(&["verify"]).done()
}

/// Everything the import said but its last line, which tells the dry run from the real one.
fn but_last(said: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = said.lines().collect();
    lines.pop();
    lines
}

/// Runs an import as a dry run and in earnest: both say the same, and only the second writes.
#[track_caller]
fn both(place: &Place, kind: &str, file: &str) -> String {
    let before = verified(place);
    let dry = place.run(&["import", kind, file, "--dry-run"]).done();
    assert!(dry.ends_with("A dry run: nothing was changed.\n"), "{dry}");
    assert_eq!(verified(place), before);
    let real = place.run(&["import", kind, file]).done();
    assert_eq!(but_last(&dry), but_last(&real));
    assert_ne!(verified(place), before);
    let after = verified(place);
    let again = place.run(&["import", kind, file]).done();
    assert!(again.ends_with("Nothing was written.\n"), "{again}");
    assert_eq!(verified(place), after, "the same file twice changes nothing");
    real
}

/// Runs an import as a dry run and in earnest: both are refused with the same sentence, and nothing is written.
#[track_caller]
fn neither(place: &Place, kind: &str, file: &str) -> String {
    let before = verified(place);
    let run = |more: &[&str]| -> Said { place.run(&[&["import", kind, file], more].concat()) };
    let (dry, real) = (run(&["--dry-run"]), run(&[]));
    assert_eq!((dry.code, real.code), (1, 1), "dry: {}{} real: {}{}", dry.out, dry.err, real.out, real.err);
    assert_eq!(dry.err, real.err);
    assert_eq!(verified(place), before);
    real.err
}

#[test]
fn the_cases_of_an_annex_a_workbook_are_taken_in_once() {
    let place = Place::council();
    let said = both(&place, "annex-a", &fixture("annex_a_sample.xlsx"));
    assert!(said.contains("28 rows: 22 in the frame, 6 ended"), "{said}");
    assert!(said.contains("The lists speak of 16 March 2021.\n! This extract is more than a year old."), "{said}");
    assert!(said.contains("  children added: 22\n"), "{said}");
    assert!(said.contains("annex_a_sample.xlsx, sheet \"List 6\", row 2, column \"Allocated Worker\": Child 12598894"), "{said}");
}

#[test]
fn the_people_are_taken_in_once() {
    let place = Place::started();
    let file = place.file("people.csv", &format!("{HEAD}{}Tom Vale,HoS,,Safeguarding,tom@example.org,,\n", me()));
    let said = both(&place, "people", &file);
    assert!(said.starts_with("2 rows: 2 people, 0 left out.\n"), "{said}");
    let rows = place.run(&["list", "people", "--json"]).rows();
    let names: Vec<&str> = rows.iter().map(|row| row["ref"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ada Marlow", "Tom Vale"]);
}

#[test]
fn one_is_one_and_not_several() {
    let place = Place::started();
    let file = place.file("people.csv", &format!("{HEAD}{}", me()));
    let said = both(&place, "people", &file);
    assert!(said.starts_with("1 row: 1 person, 0 left out.\n"), "{said}");
    assert!(said.ends_with("1 person added or changed.\n"), "{said}");
    let plain = place.run(&["list", "people", "--plain"]).done();
    assert!(plain.contains("holding 0 cases"), "{plain}");
}

#[test]
fn a_name_that_is_too_long_is_reported_where_it_stands_and_left_out_both_times() {
    let place = Place::started();
    let long = "Ab ".repeat(68);
    let file = place.file("people.csv", &format!("{HEAD}{}{long},SW,,,,,\nTom Vale,HoS,,,,{},\n", me(), "t".repeat(201)));
    let said = both(&place, "people", &file);
    assert!(said.contains("people.csv, row 3, column \"name\": The name is longer than 200 characters. The row was left out."), "{said}");
    assert!(said.contains("people.csv, row 4, column \"login\": The cell is longer than 200 characters."), "{said}");
    assert!(said.starts_with("3 rows: 2 people, 1 left out.\n"), "{said}");
}

#[test]
fn a_name_as_long_as_the_tables_allow_is_taken_in() {
    let place = Place::started();
    let longest = "\u{e9}".repeat(200);
    let file = place.file("people.csv", &format!("{HEAD}{}{longest},SW,,,,{},\n", me(), "t".repeat(200)));
    assert!(both(&place, "people", &file).starts_with("2 rows: 2 people, 0 left out.\n"));
}

#[test]
fn a_worker_of_the_lists_whose_name_is_too_long_is_reported_and_the_child_kept() {
    let place = Place::council();
    let folder = place.folder.path().join("annex");
    std::fs::create_dir(&folder).unwrap();
    let long = "Ab ".repeat(68);
    let text = format!(
        "Child Unique ID,Date of Birth,CIN Start Date,Allocated Team,Allocated Worker\n900001,01/02/2015,01/06/2026,North,{long}\n900002,01/02/2016,01/06/2026,North,Nina Carter\n"
    );
    std::fs::write(folder.join("List 6.csv"), text).unwrap();
    let said = both(&place, "annex-a", &folder.display().to_string());
    let wanted = "row 2, column \"Allocated Worker\": Child 900001: the name of the allocated worker is longer than 200 characters.";
    assert!(said.contains(wanted), "{said}");
    assert!(said.contains("2 rows: 2 in the frame"), "{said}");
}

#[test]
fn a_file_that_would_lock_its_importer_out_is_refused_by_the_dry_run_too() {
    let place = Place::started();
    let file = place.file("people.csv", &format!("{HEAD}Tom Vale,HoS,,Safeguarding,tom@example.org,tom.v,\n"));
    let said = neither(&place, "people", &file);
    assert!(said.contains("you would be locked out"), "{said}");
    assert!(said.contains("Add yourself to the file"), "{said}");
}

#[test]
fn a_file_after_which_nobody_could_change_the_list_is_refused_by_the_dry_run_too() {
    let place = Place::started();
    // A role that the framework does not have gives no right, however much it sounds like one that does.
    let file = place.file("people.csv", &format!("{HEAD}{}", me().replacen("coordinator", "QA coordinator", 1)));
    let said = neither(&place, "people", &file);
    assert!(said.contains("Nobody could change the list of people any more"), "{said}");
}

#[test]
fn a_row_that_nothing_tells_apart_from_another_is_left_out_and_reported() {
    let place = Place::started();
    let file = place.file(
        "people.csv",
        &format!("{HEAD}{}Ruth Penn,TM,Duty South,,,,\nRuth Penn,TM,Duty North,,,,\nruth penn,TM,Duty South,,,,\n", me()),
    );
    let said = both(&place, "people", &file);
    assert!(said.contains("row 5, column \"name\": The same name, role and team stand in row 3 already."), "{said}");
    assert_eq!(said.matches("The same name").count(), 1, "{said}");
    assert!(said.starts_with("4 rows: 3 people, 1 left out.\n"), "{said}");
}

#[test]
fn of_two_rows_with_one_login_the_first_keeps_it_and_the_second_is_reported() {
    let place = Place::started();
    let file = place.file("people.csv", &format!("{HEAD}{}Tom Vale,HoS,,,,tom.v,\nRuth Penn,SM,,,,TOM.V,\nTom Vale,HoS,,,,tom.v,\n", me()));
    let said = both(&place, "people", &file);
    let at = |row: u32| said.lines().find(|line| line.contains(&format!("row {row}, column \"login\""))).unwrap().to_string();
    assert!(
        at(4).ends_with("The login was given already, in row 3. The person was taken in without a login: two people cannot share one.")
    );
    assert!(at(5).ends_with("The login was given already, in row 3. The row was left out: it names the same person."), "{}", at(5));
    assert!(said.starts_with("4 rows: 3 people, 1 left out.\n"), "{said}");
    let people = place.run(&["list", "people", "--plain"]).done();
    assert!(people.contains("Tom Vale, Head of service") && people.contains("Ruth Penn, Service manager"), "{people}");
}

#[test]
fn bank_holidays_are_taken_in() {
    let place = Place::started();
    let file = place.file("holidays.csv", "date,title\n2030-12-25,Christmas Day\n2030-12-26,Boxing Day\n");
    let said = both(&place, "holidays", &file);
    assert!(said.starts_with("2 bank holidays, from 25 December 2030 to 26 December 2030.\n"), "{said}");
}

#[test]
fn files_that_cannot_be_read_are_refused_as_sentences() {
    let place = Place::started();
    for kind in ["annex-a", "people", "holidays"] {
        for file in [place.path("none.xlsx"), fixture("password.xlsx")] {
            let said = neither(&place, kind, &file);
            assert!(said.starts_with("closeloop: ") && said.contains(file.rsplit('/').next().unwrap()), "{said}");
        }
    }
}
