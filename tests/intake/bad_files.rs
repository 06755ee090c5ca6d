//! Files that cannot be taken in: each refusal says what was wrong, where, and what to do now.

use super::{annex_a, case_types, fixture, today};
use closeloop::intake::{IntakeError, Trouble, annex_a::read};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use std::fs;
use std::path::{Path, PathBuf};

fn refused(path: &Path) -> IntakeError {
    let error = annex_a(path).unwrap_err();
    let text = error.to_string();
    assert!(text.contains(&error.place.to_string()) && !error.remedy.is_empty(), "{text}");
    assert!(error.what.ends_with('.') && error.remedy.ends_with('.'), "whole sentences: {text}");
    error
}

fn file(dir: &tempfile::TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn workbook(dir: &tempfile::TempDir, sheets: &[(&str, &[&[&str]])]) -> PathBuf {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*cells) {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    let path = dir.path().join("book.xlsx");
    book.save(&path).unwrap();
    path
}

#[test]
fn nothing_there_nothing_in_it_and_nothing_like_it() {
    let dir = tempfile::tempdir().unwrap();
    for (path, trouble) in [
        (dir.path().join("missing.xlsx"), Trouble::NotAFile),
        (file(&dir, "empty.xlsx", ""), Trouble::Empty),
        (file(&dir, "blank.csv", " \r\n\r\n"), Trouble::Empty),
        (file(&dir, "cut.xlsx", &fs::read(fixture("annex_a_sample.xlsx")).unwrap()[..9000]), Trouble::Unreadable),
        (file(&dir, "zip.xlsx", "PK\u{3}\u{4}nonsense"), Trouble::Unreadable),
        (file(&dir, "ole.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1nonsense"), Trouble::Unreadable),
        (file(&dir, "web.xls", "<html><table><tr><td>Child Unique ID"), Trouble::Unreadable),
        (file(&dir, "letter.xlsx", "%PDF-1.7 ..."), Trouble::Unreadable),
        (file(&dir, "picture.xlsx", [0x89, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17]), Trouble::Unreadable),
    ] {
        assert_eq!(refused(&path).trouble, trouble, "{}", path.display());
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(refused(folder.path()).trouble, Trouble::Empty);
    #[cfg(unix)]
    assert_eq!(refused(Path::new("/dev/null")).trouble, Trouble::NotAFile);
}

#[test]
fn a_workbook_with_a_password_is_named_as_that_with_the_remedy() {
    let error = refused(&fixture("password.xlsx"));
    assert_eq!(error.trouble, Trouble::Password);
    assert_eq!(
        error.to_string(),
        "The workbook is protected with a password. In: password.xlsx. Open it in Excel, remove the password (File, Info, \
         Protect Workbook, Encrypt with Password, leave it blank), save it and import it again."
    );
}

#[test]
fn a_workbook_without_the_lists_names_what_was_wanted_and_what_was_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = workbook(&dir, &[("List 1", &[&["Child Unique ID"]]), ("Budget", &[&["Cost"]])]);
    let error = refused(&path);
    assert_eq!(error.trouble, Trouble::NoLists);
    assert_eq!(
        error.what,
        "None of the lists that make the frame is here. Wanted: 4 (assessments), 6 (children in need), 7 (child protection plans), \
         8 (children in care), 9 (care leavers). Found: \"List 1\", \"Budget\"."
    );
}

#[test]
fn a_list_without_an_id_column_names_sheet_and_headings() {
    let dir = tempfile::tempdir().unwrap();
    let path = workbook(&dir, &[("List 6", &[&["Gender", "Age", "Allocated Team"], &["Female", "12", "North"]])]);
    let error = refused(&path);
    assert_eq!((error.trouble, error.place.sheet.as_str()), (Trouble::NoColumn, "List 6"));
    assert!(error.what.ends_with("Headings found: \"Gender\", \"Age\", \"Allocated Team\"."), "{}", error.what);
    // Without headings the first row is somebody's record, which a message must not repeat.
    let path = workbook(&dir, &[("List 6", &[&["612306", "Some Name", "2015-01-25"]])]);
    assert!(refused(&path).what.ends_with("Headings found: nothing."));
}

#[test]
fn lists_with_headings_only_are_refused_together_and_reported_one_by_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = workbook(&dir, &[("List 6", &[&["Child Unique ID"]]), ("List 7", &[&["Child Unique ID"]])]);
    assert_eq!(refused(&path).trouble, Trouble::Empty);
    let path = workbook(&dir, &[("List 6", &[&["Child Unique ID"]]), ("List 7", &[&["Child Unique ID"], &["1"]]), ("List 8", &[])]);
    let extract = annex_a(&path).unwrap();
    assert_eq!(extract.covered, ["cp"], "an empty list closes nobody");
    let empty: Vec<&str> = extract.oddities.iter().filter(|o| o.done.ends_with("stay as they are.")).map(|o| o.what.as_str()).collect();
    assert_eq!(empty, ["The list of children in need has headings and no rows.", "The list of children in care is empty."]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_refused_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let open = "Child Unique ID,Allocated team\n1001,North\n1002,\"Team A\n1003,South\n1004,East\n";
    file(&dir, "List 8.csv", open);
    let error = refused(dir.path());
    assert!(error.to_string().contains("never closed"), "{error}");
    assert_eq!(error.place.row, Some(3));
    // Closed, doubled or inside a word it is only a quotation mark.
    let fine = "Child Unique ID,Allocated team\n1001,\"North \"\"A\"\", upper\nfloor\"\n1002,5\" ward\n";
    file(&dir, "List 8.csv", fine);
    annex_a(dir.path()).unwrap();
}

#[test]
fn a_workbook_under_a_wrong_ending_is_read_for_what_it_is() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["sample.xls", "sample", "sample.csv"] {
        let path = file(&dir, name, fs::read(fixture("annex_a_sample.xlsx")).unwrap());
        assert_eq!(annex_a(&path).unwrap().rows.len(), 22, "{name}");
    }
}

#[test]
fn a_broken_list_in_a_folder_refuses_the_whole_folder() {
    let dir = tempfile::tempdir().unwrap();
    file(&dir, "list_6.csv", "Child Unique ID\n1\n");
    file(&dir, "list_7.csv", "Gender\nFemale\n");
    assert_eq!(refused(dir.path()).place.file, "list_7.csv");
    file(&dir, "list_7.csv", fs::read(fixture("annex_a_sample.xlsx")).unwrap());
    assert_eq!(refused(dir.path()).what, "This is a workbook among CSV files.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_damage_to_a_workbook_brings_the_program_down(at in 0usize..27000, byte: u8, cut in proptest::option::of(100usize..27000)) {
        let mut bytes = fs::read(fixture("annex_a_sample.xlsx")).unwrap();
        bytes[at] = byte;
        bytes.truncate(cut.unwrap_or(usize::MAX));
        let dir = tempfile::tempdir().unwrap();
        let path = file(&dir, "damaged.xlsx", bytes);
        let _ = read(&path, &case_types(), today(), &mut |_, _| {});
    }

    #[test]
    fn no_text_brings_the_program_down(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let dir = tempfile::tempdir().unwrap();
        let mut text = b"Child Unique ID,Age,Date of Birth,CIN Start Date,CIN Closure Date,Allocated Worker\n".to_vec();
        text.extend(bytes);
        file(&dir, "list_6.csv", text);
        let _ = read(dir.path(), &case_types(), today(), &mut |_, _| {});
    }
}

/// The sample workbook with a part more of so many bytes.
fn with_a_part(dir: &tempfile::TempDir, size: usize, bytes: impl Fn(usize) -> u8, packed: bool) -> PathBuf {
    use std::io::{Cursor, Write};
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};
    let mut book = ZipWriter::new_append(Cursor::new(fs::read(fixture("annex_a_sample.xlsx")).unwrap())).unwrap();
    let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    book.start_file("xl/media/more.bin", SimpleFileOptions::default().compression_method(method).compression_level(packed.then_some(1)))
        .unwrap();
    book.write_all(&(0..size).map(bytes).collect::<Vec<u8>>()).unwrap();
    file(dir, "bomb.xlsx", book.finish().unwrap().into_inner())
}

#[test]
fn a_small_workbook_that_unpacks_to_far_more_than_it_is_worth_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let bomb = with_a_part(&dir, 140 << 20, |_| 0, true);
    let error = refused(&bomb);
    assert_eq!(error.trouble, Trouble::TooBig);
    assert!(error.what.contains("unpacks to more than 128 MB"), "{error}");
    // A real one of 50 MB is read.
    let large = with_a_part(&dir, 50 << 20, |at| ((at * 31) >> 3) as u8, false);
    assert!(annex_a(&large).is_ok());
}
