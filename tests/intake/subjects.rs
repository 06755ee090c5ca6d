//! A council's own lists of subjects, with a mapping and without. S05, S25.

use super::{case_types, day, today};
use crate::support::world::{World, file};
use closeloop::domain::deed::{Deed, SubjectsImport};
use closeloop::domain::framework::SubjectKind;
use closeloop::intake::subjects::{Ground, List, Mapping, parse, read};
use closeloop::intake::{IntakeError, Trouble};
use closeloop::profiles::builtin;
use rust_xlsxwriter::Workbook;
use std::path::Path;

const ALL: [SubjectKind; 5] = SubjectKind::ALL;

fn ground(case_types: &[closeloop::domain::framework::CaseType]) -> Ground<'_> {
    Ground { case_types, subjects: &ALL, today: today() }
}

fn mapping(text: &str) -> Result<Mapping, IntakeError> {
    parse(text, "map.toml", &ground(&case_types()))
}

fn list(csv: &str, map: Option<&str>, kind: Option<SubjectKind>) -> Result<List, IntakeError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("list.csv");
    std::fs::write(&path, csv).unwrap();
    let list = read(&path, map.map(|text| mapping(text).unwrap()), kind, &ground(&case_types()))?;
    assert_eq!(list.rows_read, list.rows.len() + list.ended + list.left_out, "every row ends in one way");
    Ok(list)
}

const CARERS: &str = "Carer ref,Fostering team,Supervising social worker,Approved,Left,Type,Area\n\
    F100,Recruitment,Alder Amber,01/02/2020,,Mainstream,Fostering\n\
    F101,Recruitment,,2021-05-06,,b) Connected,Fostering\n\
    F102,Support,Jade Rowan,2019-01-01,2026-01-31,Mainstream,Fostering\n\
    F100,Support,Jade Rowan,2019-01-01,,Mainstream,Fostering\n\
    ,Support,Jade Rowan,2019-01-01,,Mainstream,Fostering\n\
    F103,Support,Jade Rowan,2031-01-01,,Mainsteam,Fostering\n\
    F104,Support,Jade Rowan,2027-01-01,,Mainstream,Fostering\n";

const MAP: &str = "whole = true\n[columns]\nnumber = \"Carer ref\"\nteam = \"fostering TEAM\"\nworker = \"Supervising social worker\"\n\
    started_on = \"Approved\"\nended_on = \"Left\"\nkind = \"Type\"\nservice = \"Area\"\n\
    [kinds]\n\"Mainstream\" = \"foster-carer\"\n\"Connected\" = \"foster-carer\"\n";

#[test]
fn s05_carers_come_in_by_a_mapping_and_every_row_is_accounted_for() {
    let list = list(CARERS, Some(MAP), None).unwrap();
    let rows: Vec<_> = list.rows.iter().map(|row| (row.council_id.as_str(), row.kind, row.case_type.as_str(), row.started_on)).collect();
    let carer = SubjectKind::FosterCarer;
    let since = |text: &str| Some(day(text));
    assert_eq!(
        rows,
        [
            ("F100", carer, "foster-carer", since("2020-02-01")),
            ("F101", carer, "foster-carer", since("2021-05-06")),
            ("F104", carer, "foster-carer", None)
        ]
    );
    assert_eq!(list.beyond.ended, [(carer, "F102".to_string())]);
    assert_eq!(
        list.beyond.services,
        [("Recruitment".to_string(), "Fostering".to_string()), ("Support".to_string(), "Fostering".to_string())]
    );
    assert_eq!(list.covered, ["foster-carer"]);
    let told: Vec<String> = list.oddities.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "list.csv, row 3, column \"Supervising social worker\": Foster carer F101 has no allocated worker. It stays in the frame, without a worker.",
            "list.csv, row 5, column \"Carer ref\": The number was given already, in row 2. The row was left out.",
            "list.csv, row 6, column \"Carer ref\": The row has no number. The row was left out.",
            "list.csv, row 7, column \"Type\": \"Mainsteam\" is no kind of subject; say under [kinds] of the mapping what it means. The row was left out.",
            "list.csv, row 8, column \"Approved\": Foster carer F104: the start date is in the future. It was taken as not given.",
        ]
    );
}

#[test]
fn without_a_mapping_the_usual_headings_are_known_and_the_mapping_can_be_kept() {
    let csv = "Service ID,Service name,Manager\nS1,Leaving Care,Olive Larch\n";
    let found = list(csv, None, Some(SubjectKind::Service)).unwrap();
    assert_eq!((found.rows[0].kind, found.rows[0].team.as_deref()), (SubjectKind::Service, Some("Leaving Care")));
    let text = found.mapping.as_toml();
    assert_eq!(
        text,
        "kind = \"service\"\nwhole = false\n\n[columns]\nnumber = \"Service ID\"\nservice = \"Service name\"\nworker = \"Manager\"\n"
    );
    assert_eq!(list(csv, Some(&text), None).unwrap(), found, "kept and given back it reads the same");
    assert!(found.covered.is_empty(), "what is not said to be whole closes nobody");
}

#[test]
fn children_need_a_case_type_and_care_experienced_young_people_have_theirs() {
    let csv = "Child ID,Case type,Age\n1,CP,7\n2,ce,19\n3,cpp,4\n4,,5\n";
    let found = list(csv, Some("[columns]\nnumber = \"Child ID\"\ncase_type = \"Case type\"\nage = \"Age\"\n"), None).unwrap();
    let rows: Vec<_> = found.rows.iter().map(|row| (row.council_id.as_str(), row.kind, row.case_type.as_str(), row.age_years)).collect();
    assert_eq!(rows, [("1", SubjectKind::Child, "cp", Some(7)), ("2", SubjectKind::CareExperienced, "ce", Some(19))]);
    let told: Vec<&str> = found.oddities.iter().filter(|o| o.done == "The row was left out.").map(|o| o.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "\"cpp\" is no case type of the framework; say under [case_types] of the mapping what it means. Did you mean \"cp\"?",
            "Nothing says which case type this is."
        ]
    );
    let error = list("Child ID,Team\n1,North\n", None, None).unwrap_err();
    assert!(error.to_string().contains("Nothing says which case type"), "{error}");
    let young = list("Person ID,Team\n1,North\n", None, Some(SubjectKind::CareExperienced)).unwrap();
    assert_eq!((young.rows[0].kind, young.rows[0].case_type.as_str()), (SubjectKind::CareExperienced, "ce"));
}

#[test]
fn everything_wrong_with_a_mapping_is_told_at_once_with_what_was_meant() {
    let error =
        mapping("kinds = 3\nwhole = \"yes\"\nkind = \"foster-carers\"\ncase_typ = \"cp\"\n[columns]\nteem = \"Team\"\nworker = 7\n")
            .unwrap_err();
    let text = error.to_string();
    for wanted in [
        "for 7 reasons",
        "line 1: kinds is a part of its own: write [kinds] and its lines below it.",
        "line 2: whole is true or false",
        "line 3: \"foster-carers\" is no kind of subject; use child, care-experienced, foster-carer, adopter, service. Did you mean \"foster-carer\"?",
        "line 4: a mapping has no \"case_typ\"; use kind, case_type, whole, columns, kinds, case_types. Did you mean \"case_type\"?",
        "line 6: [columns] has no field \"teem\"",
        "Did you mean \"team\"?",
        "line 7: worker is words in quotation marks.",
        "[columns] number is missing",
        "In: map.toml.",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    assert!(mapping("columns = [\n").unwrap_err().to_string().contains("this is not TOML"));
    let few = [SubjectKind::Child];
    let types = case_types();
    let narrow = Ground { subjects: &few, ..ground(&types) };
    let text = parse("kind = \"adopter\"\ncase_type = \"cq\"\n[columns]\nnumber = \"a\"\n", "m", &narrow).unwrap_err().to_string();
    assert!(text.contains("does not look at \"adopter\"; it looks at child."), "{text}");
    assert!(text.contains("\"cq\" is no case type of the framework in use"), "{text}");
}

#[test]
fn columns_that_are_not_in_the_file_are_all_told_with_the_nearest() {
    let map = "kind = \"foster-carer\"\n[columns]\nnumber = \"Carer ref\"\nteam = \"Fostering taem\"\nworker = \"Link worker\"\n";
    let error = list(CARERS, Some(map), None).unwrap_err().to_string();
    assert!(error.contains("for 2 reasons"), "{error}");
    assert!(error.contains("team = \"Fostering taem\": there is no such column. Did you mean \"Fostering team\"?"), "{error}");
    assert!(error.contains("worker = \"Link worker\": there is no such column. Headings found: \"Carer ref\""), "{error}");
    let error = list(CARERS, Some("[columns]\nnumber = \"Carer reff\"\n"), None).unwrap_err();
    assert!(error.to_string().contains("Did you mean \"Carer ref\"?"), "{error}");
    let error = list("Team,Worker\nNorth,Amber\n", None, Some(SubjectKind::Adopter)).unwrap_err();
    assert_eq!(error.trouble, Trouble::NoColumn);
    assert!(error.to_string().contains("--map MAP.toml"), "{error}");
    let empty = list("Carer ref,Team\n", None, Some(SubjectKind::Adopter)).unwrap_err();
    assert_eq!(empty.trouble, Trouble::Empty);
}

#[test]
fn a_workbook_is_as_good_as_csv() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("carers.xlsx");
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Read me first").unwrap();
    let sheet = book.add_worksheet();
    for (row, line) in CARERS.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), cell).unwrap();
        }
    }
    book.save(&path).unwrap();
    let of_book = read(&path, Some(mapping(MAP).unwrap()), None, &ground(&case_types())).unwrap();
    let of_text = list(CARERS, Some(MAP), None).unwrap();
    let plain = |list: &List| list.rows.iter().map(|row| (row.council_id.clone(), row.team.clone(), row.started_on)).collect::<Vec<_>>();
    assert_eq!(plain(&of_book), plain(&of_text));
}

fn sandwell() -> World {
    let text = builtin().iter().find(|(id, _)| *id == "sandwell").unwrap().1;
    World::under(text)
}

fn import(path: &Path, map: &str, digit: char, world: &mut World) -> Deed {
    let framework = world.library.current(world.store.reading()).unwrap();
    let ground = Ground { case_types: &framework.case_types, subjects: &framework.subjects, today: today() };
    let map = parse(map, "map.toml", &ground).unwrap();
    let List { rows, closed, covered, beyond, .. } = read(path, Some(map), None, &ground).unwrap();
    let file = file("carers.csv", digit);
    Deed::ImportSubjects(Box::new(SubjectsImport { list: "subjects".into(), rows, closed, covered, beyond, frame_date: None, file }))
}

#[test]
fn s05_a_carer_with_a_childs_number_is_somebody_else_and_has_other_letters() {
    let mut world = sandwell();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("carers.csv");
    // A number that a child of the council has too.
    std::fs::write(&path, "ref,team\n900001,Fostering North\n77,Fostering North\n").unwrap();
    let map = "kind = \"foster-carer\"\nwhole = true\n[columns]\nnumber = \"ref\"\nteam = \"team\"\n";
    let children = world.store.reading().subjects(true).unwrap().len();
    let deed = import(&path, map, '1', &mut world);
    let receipt = world.do_("Amina Khan", deed.clone());
    assert_eq!(receipt.said, "2 foster carers added, changed or closed");
    assert_eq!(world.do_("Amina Khan", deed).written.first, 0, "twice the same changes nothing");
    let all = world.store.reading().subjects(true).unwrap();
    assert_eq!(all.len(), children + 2, "no child was touched");
    let carers: Vec<_> = all.iter().filter(|subject| subject.kind == SubjectKind::FosterCarer).collect();
    assert!(carers.iter().all(|carer| carer.pseudonym.starts_with("WF-") && carer.case_type == "foster-carer"), "{carers:?}");
    std::fs::write(&path, "ref,team\n77,Fostering North\n").unwrap();
    let deed = import(&path, map, '2', &mut world);
    world.do_("Amina Khan", deed);
    let open = world.store.reading().subjects(true).unwrap();
    assert_eq!(open.len(), children + 1, "the list is whole: who is missing is closed, and no child with the same number");
    world.assert_verified();
}

#[test]
fn s05_a_draw_takes_only_the_subjects_its_kind_looks_at() {
    // Merton's reviews look at children and young people; a profile of its own adds carers whom no kind looks at.
    let text = crate::support::world::merton_text().replacen(
        "subjects = [\"child\", \"care-experienced\"]",
        "subjects = [\"child\", \"care-experienced\", \"foster-carer\"]",
        1,
    );
    let mut world = World::under(&text);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("carers.csv");
    let rows: String = (0..200).map(|n| format!("F{n},Fostering\n")).collect();
    std::fs::write(&path, format!("ref,team\n{rows}")).unwrap();
    let deed = import(&path, "kind = \"foster-carer\"\n[columns]\nnumber = \"ref\"\nteam = \"team\"\n", '1', &mut world);
    world.do_("Amina Khan", deed);
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 7, 7);
    for reference in world.references() {
        let detail = world.detail(&reference);
        assert!(detail.case.starts_with("M-"), "{} was drawn", detail.case);
        assert!(["child", "young person"].contains(&detail.noun()));
    }
}

#[test]
fn s05_a_kind_that_the_framework_does_not_look_at_is_refused() {
    let mut world = World::council();
    let rows = list("Carer ref,Team\nF1,North\n", None, Some(SubjectKind::FosterCarer)).unwrap().rows;
    let (closed, covered, beyond, file) = (Vec::new(), Vec::new(), Default::default(), file("carers.csv", '9'));
    let import = SubjectsImport { list: "subjects".into(), rows, closed, covered, beyond, frame_date: None, file };
    let said = world.refused(Deed::ImportSubjects(Box::new(import)));
    assert!(said.contains("Merton does not look at foster carers"), "{said}");
}
