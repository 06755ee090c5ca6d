//! The public sample of Annex A, as messy as the real thing.

use super::{annex_a, day, fixture, made_up, of_row, today};
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::intake::Severity;
use std::collections::BTreeMap;

#[test]
fn the_sample_gives_its_frame_and_loses_no_row() {
    let extract = annex_a(&fixture("annex_a_sample.xlsx")).unwrap();
    assert_eq!(extract.frame_date, Some(day("2021-03-16")));
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &extract.rows {
        *types.entry(row.case_type.as_str()).or_default() += 1;
    }
    assert_eq!(types, BTreeMap::from([("asm", 5), ("ce", 6), ("cic", 4), ("cin", 5), ("cp", 2)]));
    assert_eq!(extract.closed, ["10721552", "16036763", "9396243", "11811692", "6913085", "3623204"]);
    assert_eq!((extract.counts.read, extract.counts.ended, extract.counts.merged, extract.counts.left_out), (28, 6, 0, 0));
    assert_eq!(extract.covered, ["asm", "cin", "cp", "cic", "ce"]);
}

#[test]
fn the_sample_names_every_sheet() {
    let extract = annex_a(&fixture("annex_a_sample.xlsx")).unwrap();
    let sheets: Vec<(u8, usize, bool)> = extract.sheets.iter().map(|s| (s.list.unwrap(), s.rows_read, s.used)).collect();
    let unread = |list| (list, 0, false);
    let read = |list, rows| (list, rows, true);
    assert_eq!(
        sheets,
        [unread(1), unread(2), unread(3), read(4, 5), unread(5), read(6, 5), read(7, 7), read(8, 5), read(9, 6), unread(10), unread(11)]
    );
}

#[test]
fn the_sample_gives_each_child_its_facts() {
    let extract = annex_a(&fixture("annex_a_sample.xlsx")).unwrap();
    let row = |id: &str| extract.rows.iter().find(|row| row.council_id == id).unwrap();
    let first = row("10692868");
    assert_eq!((first.age_years, first.disability, first.kind), (Some(8), Some(false), SubjectKind::Child));
    assert_eq!(first.team.as_deref(), Some("Children in Care Team 1"));
    assert_eq!(first.worker.as_deref(), Some("Lexie Defore"), "the no-break space is gone");
    assert_eq!(first.started_on, Some(day("2019-05-16")));
    assert_eq!(row("14065184").disability, Some(true));
    // #N/A where worker and team should be: still in the frame.
    let without = row("12598894");
    assert_eq!((without.team.as_deref(), without.worker.as_deref(), without.age_years), (None, None, Some(21)));
    // Looked after eight years before birth: the date is not true.
    assert_eq!(row("2529037").started_on, None);
    // An assessment that began three weeks before birth may be.
    assert_eq!(row("15765513").started_on, Some(day("2020-02-26")));
    let leaver = row("7961370");
    assert_eq!((leaver.kind, leaver.started_on, leaver.age_years), (SubjectKind::CareExperienced, None, Some(18)));
}

#[test]
fn the_oddities_of_the_sample_are_told_and_name_nobody() {
    let extract = annex_a(&fixture("annex_a_sample.xlsx")).unwrap();
    let count = |sheet: &str, severity| extract.oddities.iter().filter(|o| o.place.sheet == sheet && o.severity == severity).count();
    assert_eq!(count("List 6", Severity::Warning), 10, "five children without worker and without team");
    assert_eq!(count("List 4", Severity::Note), 1, "one assessment before birth");
    // Five plans ended; of the two children born after their plan began one was an unborn child's, the other cannot be.
    assert_eq!((count("List 7", Severity::Note), count("List 7", Severity::Warning)), (6, 1));
    assert_eq!((count("List 8", Severity::Note), count("List 8", Severity::Warning)), (1, 1));
    assert_eq!(extract.oddities.len(), 21);
    let list_6: Vec<_> = extract.oddities.iter().filter(|o| o.place.sheet == "List 6").cloned().collect();
    assert_eq!(
        of_row(&list_6, 2),
        [
            (
                "Child 12598894 has no allocated team (the cell shows an error such as #N/A).",
                "The child stays in the frame without a team."
            ),
            (
                "Child 12598894 has no allocated worker (the cell shows an error such as #N/A).",
                "The child stays in the frame without a worker."
            ),
        ]
    );
    for oddity in &extract.oddities {
        let text = oddity.to_string();
        for secret in ["Defore", "Greenwood", "Swift", "2012-08-08", "8 Aug 2012", "Locality"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[test]
fn reading_twice_gives_the_same_and_progress_ends_full() {
    let path = fixture("annex_a_sample.xlsx");
    assert_eq!(annex_a(&path).unwrap(), annex_a(&path).unwrap());
    let mut heard = Vec::new();
    closeloop::intake::annex_a::read(&path, &super::case_types(), today(), &mut |done, total| heard.push((done, total))).unwrap();
    assert_eq!(heard.first(), Some(&(0, 6)));
    assert_eq!(heard.last(), Some(&(6, 6)));
    assert!(heard.is_sorted());
}

#[test]
fn a_big_made_up_council_is_read_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("annex_a.xlsx");
    made_up::write(&path, 5000, 1).unwrap();
    let start = std::time::Instant::now();
    let extract = annex_a(&path).unwrap();
    let took = start.elapsed();
    assert_eq!(extract.counts.read, 5000);
    assert_eq!(extract.counts.left_out, 0);
    assert_eq!(extract.frame_date, Some(made_up::list_day()));
    assert!(extract.counts.ended > 100 && extract.rows.len() > 4500);
    // Tests are built without optimisation and the machine is shared: a bound that only a blunder breaks.
    assert!(took.as_secs() < 10, "{took:?}");
}
