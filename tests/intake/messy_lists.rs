//! Lists that can be read but are not as they should be: what is done with each is told.

use super::{annex_a, csv_list, day, fixture, of_row};
use closeloop::domain::intake::{FrameRow, Severity};
use closeloop::intake::annex_a::Extract;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fs;

const CIN: &str = "Child Unique ID,Date of Birth,Age,Does the Child have a Disability,CIN Start Date,CIN Closure Date,Reason for Closure,Case Status,Allocated Team,Allocated Worker\n";

fn cin(rows: &str) -> Extract {
    csv_list(6, &format!("{CIN}{rows}"))
}

fn one(rows: &str) -> FrameRow {
    let extract = cin(rows);
    assert_eq!(extract.rows.len(), 1, "{:?}", extract.oddities);
    extract.rows[0].clone()
}

#[test]
fn headings_are_found_under_titles_in_any_spelling() {
    let text = "Annex A,as at 30/09/2026,,\n\nchildren in need,,,\n CHILD_UNIQUE-ID ,cin start date:,Social Worker,\"Disability (Y/N)\"\n77,01/02/2026,N Carter,Y\n";
    let extract = csv_list(6, text);
    assert_eq!(extract.frame_date, Some(day("2026-09-30")));
    let row = &extract.rows[0];
    assert_eq!((row.council_id.as_str(), row.started_on, row.disability), ("77", Some(day("2026-02-01")), Some(true)));
    assert_eq!((row.worker.as_deref(), row.source.row), (Some("N Carter"), Some(5)));
    // The list has no column for the team: said once, not for each child.
    let team: Vec<_> = extract.oddities.iter().filter(|o| o.what.contains("team")).collect();
    assert_eq!((team.len(), team[0].place.row), (1, None));
}

#[test]
fn ids_are_the_same_however_they_are_written() {
    for written in ["612306", "612306.0", " 612306 ", "612306.00", "\u{a0}612306"] {
        assert_eq!(one(&format!("{written},01/01/2015,,,,,,,T,W\n")).council_id, "612306", "{written}");
    }
    assert_eq!(one("00612,01/01/2015,,,,,,,T,W\n").council_id, "00612", "leading zeros are part of a number");
    assert_eq!(one("M-77/12,01/01/2015,,,,,,,T,W\n").council_id, "M-77/12");
}

#[test]
fn rows_whose_child_cannot_be_told_are_left_out_and_reported() {
    let extract = cin(
        "1,01/01/2015,,,,,,,T,W\n,01/01/2015,,,,,,,T,W\n1.62E+08,,,,,,,,T,W\nTotal,2,,,,,,,,\n#REF!,,,,,,,,T,W\n7\u{202e}1,,,,,,,,T,W\n,,,,,,,,,\n",
    );
    assert_eq!((extract.counts.read, extract.counts.left_out, extract.rows.len()), (6, 5, 1), "the blank row is no row");
    for row in 3..=7 {
        let told = of_row(&extract.oddities, row);
        assert_eq!(told.len(), 1, "row {row}");
        assert!(told[0].1.contains("left out"));
    }
    assert!(of_row(&extract.oddities, 4)[0].0.contains("Excel rounded"));
}

#[test]
fn a_child_in_several_lists_takes_the_most_intensive() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("list_6.csv"), format!("{CIN}1,01/01/2015,,,01/02/2026,,,,T,W\n2,01/01/2015,,,,,,,T,W\n")).unwrap();
    fs::write(dir.path().join("List 7.csv"), "Child ID,CP Plan Start Date,CP Plan End Date,Team,Worker,Age\n1,01/03/2026,,T7,W7,11\n2,01/03/2026,01/09/2026,T,W,11\n3,01/03/2026,01/09/2026,T,W,11\n").unwrap();
    fs::write(
        dir.path().join("8.csv"),
        "Child ID,Date Started to be Looked After,Date Ceased to be Looked After,Age\n1,01/04/2026,01/05/2026,11\n",
    )
    .unwrap();
    fs::write(dir.path().join("notes.docx"), "whatever").unwrap();
    let extract = annex_a(dir.path()).unwrap();
    let types: Vec<_> = extract.rows.iter().map(|row| (row.council_id.as_str(), row.case_type.as_str())).collect();
    assert_eq!(types, [("1", "cp"), ("2", "cin")], "files go by their names: 8.csv, List 7.csv, list_6.csv");
    assert_eq!(extract.closed, ["3"]);
    assert_eq!((extract.counts.merged, extract.counts.ended), (3, 1));
    let told: Vec<String> = extract.oddities.iter().filter(|o| o.place.row.is_some()).map(|o| format!("{} {}", o.what, o.done)).collect();
    assert!(
        told.contains(
            &"Child 1 is also open in a more intensive list. The child was taken once, from List 7.csv, row 2 (child protection plans)."
                .to_string()
        ),
        "{told:#?}"
    );
    assert!(told.contains(&"Child 2: the plan ended on 1 Sep 2026 here, and the child is open in another row. The child was taken once, from list_6.csv, row 3 (children in need).".to_string()), "{told:#?}");
    assert!(told.contains(
        &"Child 3: the plan ended on 1 Sep 2026 (child protection plans). The child is not in the frame by this row.".to_string()
    ));
    let unused: Vec<_> = extract.sheets.iter().filter(|sheet| !sheet.used).map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(unused, ["notes.docx"]);
}

#[test]
fn a_child_twice_in_a_list_is_kept_once_by_the_newest_start() {
    let extract = cin("5,01/01/2015,,,01/02/2025,,,,T,Old\n5,01/01/2015,,,01/02/2026,,,,T,New\n5,01/01/2015,,,,,,,T,None\n");
    assert_eq!((extract.rows.len(), extract.counts.merged), (1, 2));
    assert_eq!(extract.rows[0].worker.as_deref(), Some("New"));
    assert_eq!(of_row(&extract.oddities, 2)[0].0, "Child 5 is open in more than one row of this list.");
}

#[test]
fn what_ended_is_closed_and_what_will_end_is_open() {
    for (end, reason, status, open) in [
        ("", "", "", true),
        ("20/11/2026", "", "", false),
        ("21/11/2026", "", "", false),
        ("22/11/2026", "", "", true),
        ("", "RC8 - Case closed after assessment", "", false),
        ("", "N/A", "", true),
        ("", "", "e) Closed episode", false),
        ("", "", "Closed", false),
        ("", "", "Not closed", true),
        ("", "", "To be closed", true),
        ("", "", "Pending closure", true),
        ("", "", "c) Child in need plan", true),
        ("00/01/1900", "", "", true),
        ("31/02/2026", "", "", true),
        ("#N/A", "#N/A", "#N/A", true),
    ] {
        let extract = cin(&format!("9,01/01/2015,,,01/02/2025,{end},{reason},{status},T,W\n8,01/01/2015,,,,,,,T,W\n"));
        let is_open = extract.rows.iter().any(|row| row.council_id == "9");
        assert_eq!(is_open, open, "{end} {reason} {status}");
        assert_eq!(extract.closed.len(), usize::from(!open));
    }
}

#[test]
fn dates_are_read_as_people_write_them() {
    for (written, read) in [
        ("16/09/2020", "2020-09-16"),
        ("16/09/2020 00:00:00", "2020-09-16"),
        ("16/9/20", "2020-09-16"),
        ("2020-09-16", "2020-09-16"),
        ("2020-09-16T00:00:00Z", "2020-09-16"),
        ("16-Sep-2020", "2020-09-16"),
        ("16th September 2020", "2020-09-16"),
        ("16.09.2020", "2020-09-16"),
        ("44090", "2020-09-16"),
    ] {
        assert_eq!(one(&format!("1,01/01/2015,,,{written},,,,T,W\n")).started_on, Some(day(read)), "{written}");
    }
    for written in ["16/13/2020", "09/16/2020", "01/01/1900", "16/09/2202", "22/11/2026", "soon", "#VALUE!", "31/12/2009"] {
        let extract = cin(&format!("1,01/01/2015,,,{written},,,,T,W\n"));
        assert_eq!(extract.rows[0].started_on, None, "{written}");
        let told: Vec<_> = extract.oddities.iter().filter(|o| o.place.column == "CIN Start Date").collect();
        assert_eq!((told.len(), told[0].severity), (1, Severity::Warning), "{written}");
        assert!(!told[0].what.contains("2015"), "no date of birth in a message");
    }
}

#[test]
fn ages_come_from_the_birth_date_and_are_whole() {
    for (born, age, read) in [
        ("22/11/2015", "", Some(10)),
        ("21/11/2015", "", Some(11)),
        ("21/11/2015", "11.99", Some(11)),
        ("21/11/2015", "4", Some(11)),
        ("", "11.99", Some(11)),
        ("", "12 years", Some(12)),
        ("", "7 months", Some(0)),
        ("", "", None),
        ("#N/A", "6", Some(6)),
        ("01/01/2027", "", None),
        ("", "-1", None),
        ("01/01/1990", "", None),
        ("", "26.5", None),
        ("", "25.9", Some(25)),
        ("01/01/1900", "9", Some(9)),
    ] {
        let extract = cin(&format!("1,{born},{age},,,,,,T,W\n"));
        assert_eq!(extract.rows[0].age_years, read, "{born} {age}");
        let quiet = !born.is_empty() && !born.contains(['#']) && read.is_some() && age != "4" && !born.ends_with("1900");
        assert_eq!(of_row(&extract.oddities, 2).is_empty(), quiet, "{born} {age}: {:?}", extract.oddities);
    }
    let extract = cin("1,21/11/2015,4,,,,,,T,W\n");
    assert_eq!(of_row(&extract.oddities, 2)[0].0, "Child 1: the age and the date of birth disagree by more than a year.");
}

#[test]
fn disability_is_yes_no_or_unknown() {
    for (written, read) in [
        ("a) Yes", Some(true)),
        ("b) No", Some(false)),
        ("No", Some(false)),
        ("Y", Some(true)),
        ("c) Unknown", None),
        ("NONE", Some(false)),
        ("", None),
        ("perhaps", None),
    ] {
        assert_eq!(one(&format!("1,01/01/2015,,{written},,,,,T,W\n")).disability, read, "{written}");
    }
}

#[test]
fn workers_and_teams_are_safe_text_or_none() {
    let row = one("1,01/01/2015,,,,,,,\" North\u{a0}1\u{202e} \",\"Carter, Nina\"\n");
    assert_eq!((row.team.as_deref(), row.worker.as_deref()), (Some("North 1<U+202E>"), Some("Nina Carter")));
    for none in ["", "#N/A", "N/A", "Unallocated", "-", "TBC"] {
        let extract = cin(&format!("1,01/01/2015,,,,,,,T,{none}\n"));
        assert_eq!(extract.rows[0].worker, None, "{none}");
        assert!(of_row(&extract.oddities, 2)[0].0.starts_with("Child 1 has no allocated worker"));
    }
}

#[test]
fn csv_comes_in_every_usual_encoding() {
    let text = format!("{CIN}1,01/01/2015,,,,,,,T,Siân O’Neill\n");
    let utf16: Vec<u8> = text.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            'â' => 0xE2,
            '’' => 0x92,
            c => u8::try_from(c).unwrap(),
        })
        .collect();
    for bytes in [
        text.clone().into_bytes(),
        [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
        [b"\xFF\xFE".as_slice(), &utf16].concat(),
        utf16.clone(),
        windows,
        text.replace(',', ";").replace('\n', "\r\n").into_bytes(),
    ] {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("6.csv"), bytes).unwrap();
        assert_eq!(annex_a(dir.path()).unwrap().rows[0].worker.as_deref(), Some("Siân O’Neill"));
        // The file by itself is as good as its folder.
        assert_eq!(annex_a(&dir.path().join("6.csv")).unwrap().rows.len(), 1);
    }
}

#[test]
fn real_cells_of_a_workbook_are_read_for_what_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("AnnexA_30-09-2026.xlsx");
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    sheet.set_name("List 8 (Children in care)").unwrap();
    for (column, heading) in (0..).zip([
        "Child Unique ID",
        "Date of Birth",
        "Age",
        "Date Started to be Looked After",
        "Date Ceased to be Looked After",
        "Allocated Worker",
    ]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    sheet.write_number(1, 0, 612_306.0).unwrap();
    sheet.write_datetime_with_format(1, 1, ExcelDateTime::from_ymd(2015, 10, 1).unwrap(), &date).unwrap();
    sheet.write_number(1, 2, 10.99).unwrap();
    sheet.write_number(1, 3, 45_000.0).unwrap();
    sheet.write_string(2, 0, "612306.0").unwrap();
    sheet.write_string(2, 3, "16/09/2020").unwrap();
    // A stray cell at the very end, as real exports have.
    sheet.write_string(1_048_575, 16_000, "x").unwrap();
    book.save(&path).unwrap();
    let extract = annex_a(&path).unwrap();
    assert_eq!(extract.frame_date, Some(day("2026-09-30")), "one age proves nothing; the name says it");
    let row = &extract.rows[0];
    assert_eq!((row.council_id.as_str(), row.age_years, row.started_on), ("612306", Some(10), Some(day("2023-03-15"))));
    assert_eq!((extract.counts.read, extract.counts.merged), (2, 1), "the number and the text are one child");
}

#[test]
fn older_and_free_kinds_of_workbook_say_the_same() {
    for name in ["list_7.xls", "list_7.ods"] {
        let extract = annex_a(&fixture(name)).unwrap();
        assert_eq!((extract.rows.len(), extract.closed.as_slice()), (1, ["612307".to_string()].as_slice()), "{name}");
        let row = &extract.rows[0];
        assert_eq!((row.council_id.as_str(), row.age_years, row.started_on), ("612306", Some(11), Some(day("2025-02-08"))), "{name}");
        assert_eq!((row.worker.as_deref(), row.source.row), (Some("Petra Wills"), Some(4)), "{name}");
    }
}

#[test]
fn formulas_without_results_are_reported() {
    let extract = annex_a(&fixture("formulas_without_results.xlsx")).unwrap();
    assert_eq!(extract.rows.len(), 2);
    let row = |id: &str| extract.rows.iter().find(|row| row.council_id == id).unwrap();
    assert_eq!((row("101").started_on, row("101").worker.as_deref()), (None, None));
    let told: Vec<_> =
        extract.oddities.iter().filter(|o| o.what.contains("formula")).map(|o| (o.place.row, o.place.column.as_str())).collect();
    assert_eq!(
        told,
        [(Some(2), "Allocated Worker"), (Some(2), "Child Protection Plan Start Date"), (Some(3), "Child Protection Plan End Date"),]
    );
}

#[test]
fn two_sheets_of_one_list_are_both_read_and_reported() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("list_6.csv"), format!("{CIN}1,01/01/2015,,,,,,,T,W\n")).unwrap();
    fs::write(dir.path().join("list_6_old.csv"), format!("{CIN}2,01/01/2015,,,,,,,T,W\n")).unwrap();
    let extract = annex_a(dir.path()).unwrap();
    assert_eq!(extract.rows.len(), 2);
    assert!(extract.oddities.iter().any(|o| o.what == "\"list_6_old.csv\" and \"list_6.csv\" are both the list of children in need."));
}

#[test]
fn a_framework_without_assessments_does_not_need_their_list() {
    let types: Vec<_> = super::case_types().into_iter().filter(|case| case.annex_a_list != Some(4)).collect();
    let extract = closeloop::intake::annex_a::read(&fixture("annex_a_sample.xlsx"), &types, super::today(), &mut |_, _| {}).unwrap();
    assert_eq!(extract.rows.len(), 17);
    assert!(extract.sheets.iter().any(|sheet| sheet.list == Some(4) && !sheet.used));
}
