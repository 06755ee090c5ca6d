//! The list of reports in words: what is typed after `/` in it, and how far each report has come.

use super::ReportRow;
use crate::domain::calendar::say_due;
use crate::domain::count::counted;
use crate::domain::filter::split;
use crate::domain::near::near_miss;
use crate::domain::report::ReportState;
use chrono::NaiveDate;

/// The fields that can be asked for.
const FIELDS: [&str; 3] = ["kind", "cycle", "stands"];

/// A filter of the list of reports: all of its words have to fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFilter {
    terms: Vec<(Option<&'static str>, String)>,
    /// Something was typed that cannot be read: no report fits it.
    unread: bool,
}

impl ReportFilter {
    /// Reads what was typed; what is not understood fits no report and is told in sentences.
    pub fn parse(text: &str) -> (ReportFilter, Vec<String>) {
        let (mut terms, mut problems) = (Vec::new(), Vec::<String>::new());
        for word in split(text) {
            let lower = word.to_lowercase();
            let Some((field, value)) = lower.split_once(':') else {
                terms.push((None, lower));
                continue;
            };
            match FIELDS.into_iter().find(|known| *known == field) {
                // The value is still to be typed.
                Some(_) if value.is_empty() => {}
                Some(known) => terms.push((Some(known), value.to_string())),
                None => {
                    let meant = near_miss(field, FIELDS).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
                    problems.push(format!("Reports have no field \u{201c}{field}\u{201d}; kind:, cycle: and stands: are known.{meant}"));
                }
            }
        }
        (ReportFilter { terms, unread: !problems.is_empty() }, problems)
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && !self.unread
    }

    /// Whether a report is among those asked for.
    pub fn fits(&self, row: &ReportRow) -> bool {
        let holds = |text: &str, word: &str| text.to_lowercase().contains(word);
        !self.unread
            && self.terms.iter().all(|(field, word)| match *field {
                Some("kind") => holds(&row.kind, word) || holds(&row.label, word),
                Some("cycle") => holds(&row.cycle_reference, word) || holds(&row.title, word),
                Some(_) => row.stands().contains(word.as_str()),
                None => {
                    let all = [&row.kind, &row.label, &row.cycle_reference, &row.title, &row.reference, &row.went_to];
                    all.into_iter().any(|text| holds(text, word)) || row.stands().contains(word.as_str())
                }
            })
    }
}

impl ReportRow {
    /// How far it has come, in a word or two: `to build`, `draft`, `approved`, `published`, or `corrected` by a later version.
    pub fn stands(&self) -> &'static str {
        match self.state {
            None => "to build",
            Some(ReportState::Published) if self.replaced => "corrected",
            Some(state) => state.label(),
        }
    }

    /// All that is known of it in a sentence or two, by today.
    pub fn say(&self, today: NaiveDate) -> String {
        let version = if self.version > 1 { format!(" as version {}", self.version) } else { String::new() };
        let due = self.due.map(|due| format!(", {}{}", if due < today { "" } else { "due " }, say_due(today, due))).unwrap_or_default();
        let complete = match self.complete {
            None => String::new(),
            Some((_, 0)) => " There is no review in it yet.".to_string(),
            Some((done, of)) => format!(" {done} of {} on the record.", counted(of, "review is", "reviews are")),
        };
        let built = self.built_on.map(|day| format!(" Counted on {}.", day.format("%-d %B %Y"))).unwrap_or_default();
        let went = match (self.state, self.went_to.as_str()) {
            (None, _) => String::new(),
            (Some(_), "") => " Not presented yet.".to_string(),
            (Some(_), board) => format!(" Presented last to: {board}."),
        };
        format!("{}, {}: {}{version}{due}.{complete}{built}{went}", self.label, self.title, self.stands())
    }
}
