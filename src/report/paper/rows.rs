//! The lists of a report that is for the team alone, as a spreadsheet holds them: one row for each action, alert or case, on the
//! columns named here and no others.

use super::asked::Asked;
use super::context::brief;
use crate::domain::report::{AlertLine, Material, PlanAction, TO_DO};
use chrono::NaiveDate;

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What it is called.
    pub name: &'static str,
    /// Its columns; the first says what each row is about.
    pub columns: &'static [&'static str],
    /// Its rows, each with a cell for each column; a day as `5 Nov 2026`, empty where there is none.
    pub rows: Vec<Vec<String>>,
}

const ACTIONS: [&str; 6] = ["Action", "What needs to happen", "Whose", "By", "Urgent", "Stands"];
const PLAN: [&str; 7] = ["Line", "What", "Answers", "Whose", "On", "Stands", "Carried from"];
const ALERTS: [&str; 10] =
    ["Alert", "Review", "Opened", "Why", "Told", "To be told", "Minutes until told", "Record reviewed", "In time", "Closed"];
const LOOPS: [&str; 4] = ["Review", "Open since", "Waits for", "Supervision due"];
const SAMPLE: [&str; 6] = ["Review", "Case", "Case type", "Service", "Chosen", "Step"];

/// Those that the sections of a report show.
pub(super) fn lists(material: &Material, asked: &Asked) -> Vec<List> {
    let mut out = Vec::new();
    let mut put = |name, columns: &'static [&'static str], rows: Vec<Vec<String>>| out.push(List { name, columns, rows });
    if asked.shows("table", &["actions", "by-service"]) {
        put("Actions", &ACTIONS, material.actions.iter().map(|one| action(one, material.counted_on)).collect());
    } else if asked.shows("table", &["overdue"]) {
        let late = material.actions.iter().filter(|one| one.is_late(material.counted_on));
        put("Overdue actions", &ACTIONS, late.map(|one| action(one, material.counted_on)).collect());
    }
    if let Some(of) = asked.arguments("table").find(|of| of.first().is_some_and(|first| first == "plan")) {
        let kinds: Vec<&str> = of.iter().skip(1).map(String::as_str).collect();
        let kinds = if kinds.is_empty() { TO_DO.to_vec() } else { kinds };
        let lines = material.plan.iter().filter(|line| kinds.contains(&line.kind.as_str()));
        let rows = lines.map(|line| {
            let stands = if line.late { format!("{}, overdue", line.stands) } else { line.stands.clone() };
            vec![
                line.reference.clone(),
                line.text.clone(),
                line.answers.clone(),
                line.who.clone(),
                brief(line.on),
                stands,
                line.carried_from.clone(),
            ]
        });
        put("Plan lines", &PLAN, rows.collect());
    }
    if asked.shows("table", &["alerts"]) {
        put("Alerts one by one", &ALERTS, material.alerts.iter().map(alert).collect());
    }
    if asked.shows("table", &["loops"]) {
        let rows = material.loops.list.iter();
        let rows = rows.map(|one| vec![one.reference.clone(), brief(one.since), one.missing.clone(), day(one.supervision_due)]);
        put("Loops one by one", &LOOPS, rows.collect());
    }
    if asked.shows("table", &["sample"]) {
        let rows = material.sample.iter();
        let rows =
            rows.map(|one| [&one.reference, &one.case, &one.case_type, &one.service, &one.chosen, &one.step].map(String::clone).to_vec());
        put("Sample", &SAMPLE, rows.collect());
    }
    out
}

fn day(on: Option<NaiveDate>) -> String {
    on.map_or_else(String::new, brief)
}

fn yes_no(one: bool) -> String {
    if one { "yes" } else { "no" }.to_string()
}

fn action(one: &PlanAction, on: NaiveDate) -> Vec<String> {
    vec![one.reference.clone(), one.text.clone(), one.owner.clone(), brief(one.due_on), yes_no(one.urgent), one.stood(on).to_string()]
}

/// Cells of what was not known when the report was kept stay empty.
fn alert(one: &AlertLine) -> Vec<String> {
    let told = |many: u32| if one.told.of == 0 { String::new() } else { many.to_string() };
    vec![
        one.reference.clone(),
        one.of.clone(),
        brief(one.opened_on),
        one.why.clone(),
        told(one.told.n),
        told(one.told.of),
        one.minutes.map_or_else(String::new, |minutes| minutes.to_string()),
        day(one.reviewed_on),
        one.in_time.map_or_else(String::new, yes_no),
        one.closed_on.map_or_else(|| "open".to_string(), brief),
    ]
}
