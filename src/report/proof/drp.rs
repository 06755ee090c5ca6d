//! The proof of a dispute, a practice alert or an alert of good practice. M14, C05, F18.

use super::{facts, stamp, worth};
use crate::domain::calendar::say_full_date;
use crate::domain::drp::{DrpKind, called};
use crate::domain::query::{DrpDetail, ProofRow};
use crate::report::Document;
use chrono::{DateTime, Utc};

/// The page; `rows` are its facts, oldest first, `by` is who prints it.
pub fn drp(detail: &DrpDetail, rows: &[ProofRow], printed: DateTime<Utc>, by: &str) -> Document {
    let (drp, stand) = (&detail.drp, &detail.stand);
    let name = called(&detail.rule, drp.kind);
    let mut paper = Document::new(format!("{}: proof of {}", drp.reference, crate::domain::count::one(name)));
    let people = |list: &[crate::domain::drp::DrpAddressee]| list.iter().map(|to| detail.said(to)).collect::<Vec<_>>().join("; ");
    let ended = stand.resolved.map(|(outcome, on)| format!("{}: {}", say_full_date(on), outcome.label()));
    let late = match (detail.late, stand.resolved, stand.due) {
        (true, ..) => "over its time",
        (false, Some((_, on)), Some(due)) if on > due => "ended after its time",
        (false, Some(_), Some(_)) => "ended in time",
        _ => "",
    };
    paper.facts([
        ("Case", format!("{}, {}", detail.case, detail.case_type)),
        ("Review", detail.review.clone().unwrap_or_else(|| "none: the case was not under review".to_string())),
        (
            "Team",
            [drp.place.0.as_str(), drp.place.1.as_str()].iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(", "),
        ),
        (
            "Raised by",
            format!("{} ({}), {}", detail.name(drp.raised_by), detail.framework.role_title(&drp.raised_as), say_full_date(drp.raised_on)),
        ),
        ("Written down", format!("{} by {}", stamp(drp.raised_at), drp.by)),
        ("Framework", format!("{}, version {}", detail.framework.title, drp.framework.1)),
        ("Stands at", if ended.is_some() { String::new() } else { stand.label(&detail.rule).to_string() }),
        ("With", if ended.is_some() { String::new() } else { people(&stand.to) }),
        ("Formal since", stand.formal_since.map(say_full_date).unwrap_or_default()),
        (
            "Time for the formal part",
            drp.within.filter(|_| stand.formal_since.is_some()).map(|within| within.to_string()).unwrap_or_default(),
        ),
        ("Last day of it", stand.due.map(say_full_date).unwrap_or_default()),
        ("Counted", detail.day.map(|day| day.to_string()).unwrap_or_default()),
        ("Referred to", stand.referred.iter().map(|(body, on)| format!("{body}, {}", say_full_date(*on))).collect::<Vec<_>>().join("; ")),
        ("Ended", ended.unwrap_or_default()),
        ("Time kept", late.to_string()),
        ("Taken back", if drp.taken_back { "yes: it was raised by mistake and counts nowhere".to_string() } else { String::new() }),
    ]);
    let (what, wanted) = match drp.kind {
        DrpKind::Dispute => ("The concern", "What would resolve it"),
        DrpKind::GoodPractice => ("What was good", ""),
    };
    paper.quote(what, &drp.what).quote(wanted, &drp.wanted);
    if !detail.mail.is_empty() {
        paper.heading(1, "Who was told by e-mail");
        let rows = detail.mail.iter().map(|mail| vec![detail.name(mail.person), stamp(mail.since), mail.stand.say(true, printed)]);
        paper.table(&["Who", "It came to them", "The message"], rows.collect());
    }
    facts(&mut paper, rows);
    worth(&mut paper, printed, by);
    paper
}
