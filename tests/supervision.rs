//! Minimum supervision by case type.

use chrono::NaiveDate;
use closeloop::domain::calendar::{BeyondTable, Calendar};
use closeloop::domain::framework::{CaseType, Span, SupervisionRule};
use closeloop::domain::supervision::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn case_type(label: &str, first: Option<Span>, every: Span, extended: Option<Span>) -> CaseType {
    let extended = extended.map(|span| (span, "HoS".to_string()));
    let supervision = Some(SupervisionRule { first, every, extended });
    CaseType { key: label.to_lowercase(), label: label.to_string(), short: String::new(), annex_a_list: None, supervision }
}

fn merton(label: &str) -> CaseType {
    match label {
        "Assessment" => case_type(label, Some(Span::Days(10)), Span::Weeks(4), None),
        "Child in need" | "Child protection" | "Court" => case_type(label, None, Span::Weeks(4), None),
        "Looked after" => case_type(label, None, Span::Weeks(8), Some(Span::Weeks(12))),
        _ => case_type(label, None, Span::Weeks(12), None),
    }
}

fn next(case: &CaseType, last: Option<&str>, extended: bool) -> Option<NaiveDate> {
    next_supervision(case, day("2026-09-01"), last.map(day), extended, &Calendar::default()).unwrap()
}

#[test]
fn m24_the_next_supervision_follows_from_the_case_type() {
    // Started on 1 September 2026; supervised on 10 September.
    let table = [
        ("Assessment", "2026-09-11", "2026-10-08"),
        ("Child in need", "2026-09-29", "2026-10-08"),
        ("Child with disability", "2026-11-24", "2026-12-03"),
        ("Child protection", "2026-09-29", "2026-10-08"),
        ("Court", "2026-09-29", "2026-10-08"),
        ("Looked after", "2026-10-27", "2026-11-05"),
        ("Care experienced", "2026-11-24", "2026-12-03"),
    ];
    for (label, first, then) in table {
        assert_eq!(next(&merton(label), None, false), Some(day(first)), "{label}: the first");
        assert_eq!(next(&merton(label), Some("2026-09-10"), false), Some(day(then)), "{label}: the next");
    }
}

#[test]
fn m24_looked_after_goes_to_twelve_weeks_only_with_an_agreement_and_its_reason() {
    let looked_after = merton("Looked after");
    assert_eq!(next(&looked_after, Some("2026-09-10"), true), Some(day("2026-12-03")));
    assert_eq!(next(&looked_after, None, true), Some(day("2026-11-24")));
    assert_eq!(agree_extension(&looked_after, "HoS", "Settled in long-term placement"), Ok(Span::Weeks(12)));
    let wrong = agree_extension(&looked_after, "TM", "Settled").unwrap_err();
    assert_eq!(wrong.to_string(), "Looked after: supervision is extended to 12 weeks by HoS only. Ask HoS to agree.");
    assert_eq!(agree_extension(&looked_after, "hos", "  ").unwrap_err().what, "The agreement has no reason.");
    let none = agree_extension(&merton("Child protection"), "HoS", "Busy").unwrap_err();
    assert_eq!(none.what, "Child protection: supervision may not be extended.");
    assert_eq!(next(&merton("Child protection"), Some("2026-09-10"), true), Some(day("2026-10-08")), "nothing to extend");
}

#[test]
fn m24_a_supervision_before_the_case_started_does_not_count() {
    assert_eq!(next(&merton("Assessment"), Some("2026-08-31"), false), Some(day("2026-09-11")));
    assert_eq!(next(&merton("Assessment"), Some("2026-09-01"), false), Some(day("2026-09-29")));
}

#[test]
fn m24_overdue_begins_the_day_after() {
    assert!(!is_overdue(day("2026-09-11"), day("2026-09-11")));
    assert!(is_overdue(day("2026-09-11"), day("2026-09-12")));
}

#[test]
fn m24_no_frequency_no_date_and_no_guess_without_a_table() {
    let none = CaseType { supervision: None, ..merton("Court") };
    assert_eq!(next(&none, Some("2026-09-10"), true), None);
    let working = case_type("Early help", Some(Span::WorkingDays(10)), Span::Weeks(6), None);
    let refused = next_supervision(&working, day("2026-09-01"), None, false, &Calendar::default());
    assert_eq!(refused, Err(BeyondTable::Empty));
    let calendar = Calendar::new(vec![(day("2026-12-25"), "Christmas Day".into())]);
    assert_eq!(next_supervision(&working, day("2026-09-01"), None, false, &calendar), Ok(Some(day("2026-09-15"))));
}
