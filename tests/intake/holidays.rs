//! Bank holidays: GOV.UK's JSON and CSV.

use super::day;
use closeloop::intake::{Trouble, holidays};
use std::fs;

#[test]
fn the_table_of_the_program_is_read() {
    let days = holidays::parse_json(include_str!("../../assets/bank-holidays.json")).unwrap();
    assert_eq!(days.first(), Some(&(day("2012-01-02"), "New Year’s Day".to_string())));
    assert_eq!(days.last().unwrap().0, day("2028-12-26"));
    assert!(days.contains(&(day("2026-12-25"), "Christmas Day".to_string())));
    assert!(days.is_sorted() && days.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn json_and_csv_files_say_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let (json, csv) = (dir.path().join("h.json"), dir.path().join("h.csv"));
    fs::write(&json, r#"{"england-and-wales":{"events":[{"date":"2026-12-28","title":"Boxing\u001b Day"},{"date":"2026-12-25","title":"Christmas Day"}]}}"#).unwrap();
    fs::write(&csv, "Date,Title\n28/12/2026,Boxing\u{1b} Day\n2026-12-25,Christmas Day\n2026-12-25,Christmas Day\n").unwrap();
    let days = holidays::read(&json).unwrap();
    assert_eq!(days, [(day("2026-12-25"), "Christmas Day".to_string()), (day("2026-12-28"), "Boxing␛ Day".to_string())]);
    assert_eq!(holidays::read(&csv).unwrap(), days);
}

#[test]
fn what_is_no_holiday_table_is_refused_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("h.txt");
    for (text, trouble, where_and_what) in [
        ("{", Trouble::Unreadable, "not JSON"),
        (r#"{"scotland":{"events":[]}}"#, Trouble::NoLists, "Found: \"scotland\""),
        (r#"{"england-and-wales":{"events":[]}}"#, Trouble::Empty, "no holiday"),
        (r#"{"england-and-wales":{"events":[{"date":"soon","title":"x"}]}}"#, Trouble::BadValue, "number 1"),
        ("when,what\n", Trouble::NoColumn, "Headings found: \"when\", \"what\""),
        ("date,title\n", Trouble::Empty, "no holiday"),
        ("date,title\n25/12/2026,a\n25/13/2026,b\n", Trouble::BadValue, "h.txt, row 3, column \"date\""),
    ] {
        fs::write(&path, text).unwrap();
        let error = holidays::read(&path).unwrap_err();
        assert_eq!(error.trouble, trouble, "{text}");
        assert!(error.to_string().contains(where_and_what), "{error}");
    }
}
