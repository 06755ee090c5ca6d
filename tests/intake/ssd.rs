//! The Standard Safeguarding Dataset: a made-up folder of its tables, with what real ones get wrong.

use super::{case_types, day, fixture, today};
use crate::support::world::{World, file};
use closeloop::domain::deed::{Deed, SubjectsImport};
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::intake::{Beyond, Severity};
use closeloop::intake::annex_a::Extract;
use closeloop::intake::{IntakeError, Trouble, ssd};
use std::collections::BTreeMap;
use std::path::Path;

fn read(folder: &Path) -> Result<Extract, IntakeError> {
    let extract = ssd::read(folder, &case_types(), today(), &mut |_, _| {})?;
    let counts = extract.counts;
    assert_eq!(counts.read, counts.in_frame + counts.ended + counts.merged + counts.left_out, "every row ends in one way");
    assert_eq!(counts.in_frame, extract.rows.len());
    Ok(extract)
}

/// The fixture's folder with some of its tables written anew, or taken away where the text is empty.
fn with(changed: &[(&str, &str)]) -> (tempfile::TempDir, Result<Extract, IntakeError>) {
    let dir = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(fixture("ssd")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, dir.path().join(path.file_name().unwrap())).unwrap();
    }
    for (name, text) in changed {
        let path = dir.path().join(name);
        if text.is_empty() { std::fs::remove_file(path).unwrap() } else { std::fs::write(path, text).unwrap() }
    }
    let read = read(dir.path());
    (dir, read)
}

#[test]
fn each_child_comes_in_once_by_the_most_intensive_open_case() {
    let extract = read(&fixture("ssd")).unwrap();
    let rows: BTreeMap<&str, &str> = extract.rows.iter().map(|row| (row.council_id.as_str(), row.case_type.as_str())).collect();
    let expected =
        [("501", "cin"), ("502", "cp"), ("504", "cic"), ("505", "cin"), ("506", "ce"), ("507", "cic"), ("508", "cin"), ("509", "cin")];
    assert_eq!(rows, BTreeMap::from(expected));
    assert_eq!(extract.closed, ["503"], "the only case of this child has ended");
    assert_eq!((extract.counts.read, extract.counts.ended, extract.counts.merged, extract.counts.left_out), (18, 5, 4, 1));
    assert_eq!(extract.covered, ["cin", "cp", "cic", "ce"]);
}

#[test]
fn workers_and_teams_are_those_of_today() {
    let extract = read(&fixture("ssd")).unwrap();
    let of = |id: &str| {
        let row = extract.rows.iter().find(|row| row.council_id == id).unwrap();
        (row.team.as_deref(), row.worker.as_deref())
    };
    assert_eq!(of("501"), (Some("North Locality"), Some("Coral Birch")), "who holds the case, not who came last");
    assert_eq!(of("502"), (Some("North Locality"), Some("Jade Rowan")), "an ended involvement does not count");
    assert_eq!(of("505"), (Some("Duty Team"), Some("P9")), "nobody is involved: the referral's, by number where the name is not known");
    assert_eq!(of("506"), (Some("Leaving Care"), Some("Olive Larch")));
    assert_eq!(of("507"), (None, None));
}

#[test]
fn ages_and_starts_are_worked_out_and_a_chain_of_placements_is_one_period() {
    let extract = read(&fixture("ssd")).unwrap();
    let of = |id: &str| extract.rows.iter().find(|row| row.council_id == id).unwrap();
    assert_eq!((of("501").age_years, of("501").kind), (Some(11), SubjectKind::Child));
    assert_eq!((of("506").age_years, of("506").kind), (Some(20), SubjectKind::CareExperienced));
    assert_eq!(of("505").age_years, None);
    assert_eq!(of("504").started_on, Some(day("2024-01-10")), "since the first of the placements that follow each other");
    assert_eq!(of("507").started_on, None, "nobody is in care before birth");
    assert_eq!(of("509").started_on, None, "a start in the future is a slip");
    assert_eq!(of("508").started_on, Some(day("2026-05-01")), "the newer of two open episodes");
}

#[test]
fn everything_odd_is_told_with_its_file_row_and_column() {
    let extract = read(&fixture("ssd")).unwrap();
    let told: Vec<String> = extract.oddities.iter().filter(|o| o.severity == Severity::Warning).map(ToString::to_string).collect();
    let expected = [
        "ssd_care_leavers.csv, row",
        "ssd_cin_episodes.csv, row 6: Child 505 has neither a date of birth nor an age. The age stays unknown.",
        "ssd_cin_episodes.csv, row 6: Professional P9 is not in the table of professionals. They are named by their number.",
        "ssd_cin_episodes.csv, row 7, column \"cine_person_id\": The row has no number of a child. The row was left out.",
        "ssd_cin_episodes.csv, row 8: Child 508 is open in more than one row of this table. The child was taken once, from row 9.",
        "ssd_cin_episodes.csv, row 9: Child 508: 2 workers are involved since the same day, and their roles do not say who holds the case. One of them was taken.",
        "ssd_cin_episodes.csv, row 10, column \"cine_referral_date\": Child 509: the start date is in the future. It was taken as not given.",
        "ssd_cla_episodes.csv, row 6: Child 507 has no allocated team. The child stays in the frame without a team.",
        "ssd_cla_episodes.csv, row 6: Child 507: care began before birth. The start was taken as not given.",
        "ssd_person.csv, row 10, column \"pers_dob\": Child 504 has another date of birth further up. The first was used.",
        "ssd_person.csv, row 11, column \"pers_dob\": Child 509: the date of birth cannot be read as a date. It was taken as not given.",
    ];
    for line in &expected[1..] {
        assert!(told.contains(&(*line).to_string()), "{line}\nis not among\n{}", told.join("\n"));
    }
    assert!(!told.iter().any(|line| line.starts_with(expected[0])), "a child in care who is a care leaver too is nothing odd");
    for oddity in &extract.oddities {
        let text = oddity.to_string();
        assert!(["Amber", "Rowan", "2012", "Locality"].iter().all(|secret| !text.contains(secret)), "{text}");
    }
    let sheets: Vec<(&str, usize, bool)> = extract.sheets.iter().map(|s| (s.name.as_str(), s.rows_read, s.used)).collect();
    assert!(sheets.contains(&("ssd_health.csv", 0, false)), "{sheets:?}");
    assert!(sheets.contains(&("ssd_person.csv", 10, true)), "{sheets:?}");
}

#[test]
fn a_table_that_is_not_there_is_said_and_what_it_costs() {
    let (_dir, extract) = with(&[("ssd_professionals.csv", ""), ("ssd_cp_plans.csv", "")]);
    let extract = extract.unwrap();
    let told: Vec<String> = extract.oddities.iter().map(|oddity| format!("{} {}", oddity.what, oddity.done)).collect();
    assert!(
        told.contains(&"The table ssd_professionals is not in the folder. Workers are named by their numbers.".to_string()),
        "{told:#?}"
    );
    assert!(told.contains(&"The table ssd_cp_plans is not in the folder. The children of this table stay as they are.".to_string()));
    assert!(!extract.covered.contains(&"cp".to_string()), "a plan that was not in the extract is not gone");
}

#[test]
fn names_of_files_and_columns_may_differ_a_little() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("Person_20261101.csv"), "Person ID;DOB\n9;1/2/2020\n").unwrap();
    std::fs::write(dir.path().join("SSD_CP_PLANS.TXT"), "CPPL Person ID;CPPL CP Plan Start Date\n9;1/2/2026\n").unwrap();
    let extract = read(dir.path()).unwrap();
    assert_eq!((extract.rows.len(), extract.rows[0].age_years, extract.rows[0].started_on), (1, Some(6), Some(day("2026-02-01"))));
}

#[test]
fn what_cannot_be_taken_in_is_refused_with_what_to_do() {
    let refused = |result: Result<Extract, IntakeError>| result.unwrap_err();
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(refused(read(empty.path())).trouble, Trouble::Empty);
    std::fs::write(empty.path().join("letters.csv"), "a,b\n1,2\n").unwrap();
    let error = refused(read(empty.path()));
    assert_eq!(error.trouble, Trouble::NoLists);
    assert!(error.to_string().contains("ssd_cp_plans") && error.to_string().contains("letters.csv"), "{error}");
    assert_eq!(refused(read(&fixture("ssd/ssd_person.csv"))).trouble, Trouble::NotAFile);
    let (_dir, without) = with(&[("ssd_cp_plans.csv", "plan,child\n1,2\n")]);
    let error = refused(without);
    assert_eq!((error.trouble, error.place.file.as_str()), (Trouble::NoColumn, "ssd_cp_plans.csv"));
    assert!(error.to_string().contains("\"plan\", \"child\""), "{error}");
}

#[test]
fn t38_the_same_folder_twice_changes_nothing_and_a_closed_child_leaves_the_frame() {
    let mut world = World::council();
    let framework = world.library.current(world.store.reading()).unwrap();
    let import = |folder: &Path, digit: char| {
        let extract = ssd::read(folder, &framework.case_types, today(), &mut |_, _| {}).unwrap();
        let Extract { rows, closed, covered, frame_date, .. } = extract;
        let import =
            SubjectsImport { list: "ssd".into(), rows, closed, covered, beyond: Beyond::default(), frame_date, file: file("ssd", digit) };
        Deed::ImportSubjects(Box::new(import))
    };
    world.do_("Amina Khan", import(&fixture("ssd"), 'd'));
    let known = world.store.reading().subjects(false).unwrap();
    let again = world.do_("Amina Khan", import(&fixture("ssd"), 'd'));
    assert_eq!((again.written.first, again.said.as_str()), (0, "The extract says nothing new: nobody was added, changed or closed"));
    assert_eq!(world.store.reading().subjects(false).unwrap(), known);
    let (dir, _) = with(&[
        ("ssd_cp_plans.csv", "cppl_person_id,cppl_cp_plan_end_date\n502,2026-11-01\n"),
        ("ssd_cin_episodes.csv", "cine_person_id\n501\n"),
    ]);
    world.do_("Amina Khan", import(dir.path(), 'e'));
    let open = |id: &str| world.store.reading().subjects(false).unwrap().into_iter().find(|s| s.council_id == id).unwrap().open;
    assert!(open("501") && !open("502"));
    world.assert_verified();
}
