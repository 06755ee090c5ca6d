//! The proof of one alert or dispute: one printable page with every fact, its time, its person and its rule. M10-M14, F10, C05.
//!
//! Facts are printed as the journal holds them, taken-back ones among them, each with its number there. The case is named by
//! its pseudonym; people of the council by name, because the page is about who did what.

mod alert;
mod drp;

use crate::domain::calendar::{last_day, local, say_full_date};
use crate::domain::query::{ProofDetail, ProofRow, Proven};
use crate::report::Document;
use chrono::{DateTime, Utc};

/// The page, as it is printed at a moment by somebody.
pub fn page(detail: &ProofDetail, printed: DateTime<Utc>, by: &str) -> Document {
    match &detail.of {
        Proven::Alert(alert) => self::alert::alert(alert, &detail.rows, printed, by),
        Proven::Drp(drp) => self::drp::drp(drp, &detail.rows, printed, by),
    }
}

/// A moment in England's time, with the year: a proof is read years later.
fn stamp(at: DateTime<Utc>) -> String {
    local(at).format("%a %-d %b %Y %H:%M:%S").to_string()
}

/// A deadline: such a moment, or the end of its last day.
fn deadline(at: DateTime<Utc>) -> String {
    last_day(at).map_or_else(|| stamp(at), |day| format!("the end of {}", say_full_date(day)))
}

/// The facts in order, as a table, and below it what was written down in words.
fn facts(paper: &mut Document, rows: &[ProofRow]) {
    paper.heading(1, "Every fact, as the journal holds it");
    let cells = rows
        .iter()
        .map(|row| vec![row.seq.to_string(), stamp(row.at), row.by.clone(), row.what.clone(), row.to.join("; "), row.rule.clone()]);
    paper.table(&["Journal", "Written", "By", "What", "Concerning", "Rule"], cells.collect());
    let spoken: Vec<&ProofRow> = rows.iter().filter(|row| !row.words.trim().is_empty()).collect();
    if spoken.is_empty() {
        return;
    }
    paper.heading(1, "In their words");
    for row in spoken {
        paper.quote(&format!("{} \u{b7} {} \u{b7} {}", row.seq, row.what, row.by), &row.words);
    }
}

/// What a proof is worth, and its limit.
fn worth(paper: &mut Document, printed: DateTime<Utc>, by: &str) {
    paper.text(format!(
        "Printed {} by {by}. The journal is tamper-evident: each entry carries a hash of the one before, and `closeloop verify` checks all of \
         them. Times are those of the machine\u{2019}s clock, in England\u{2019}s time.",
        stamp(printed)
    ));
}
