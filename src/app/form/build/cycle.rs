//! Forms of a cycle: opening it, its focus, drawing its sample.

use super::{choice, date_ahead, line, new, plain, text};
use crate::app::form::{Form, FormFor};
use crate::domain::cycle::{begins_in, month_name, months};
use crate::domain::framework::Framework;
use crate::domain::query::CycleDetail;
use chrono::NaiveDate;

/// Opening a cycle; `starts` is the first day proposed.
pub fn open_cycle(framework: &Framework, starts: NaiveDate) -> Form {
    let reasons = framework.cycle.focus_reasons.iter().map(|reason| (reason.key.clone(), reason.label.clone())).collect();
    let fields = vec![
        date_ahead("starts", "First day", starts),
        plain("focus", "Area of focus", line(""), framework.cycle.focus_required),
        plain("reason", "Why this focus", choice(reasons, ""), framework.cycle.focus_required),
        plain("note", "In words", text(""), false),
    ];
    let mut intro =
        "The phases are dated from the first day, as the framework says; none ends on a day off, but on the working day before."
            .to_string();
    if months(framework.cycle.rhythm) > 1 {
        let begins: Vec<&str> = begins_in(framework).into_iter().map(month_name).collect();
        intro.push_str(&format!(" The year\u{2019}s cycles begin in {}.", begins.join(", ")));
    }
    new(FormFor::OpenCycle, "Open a cycle", intro, fields, 0, "open the cycle")
}

/// Changing the focus.
pub fn focus(detail: &CycleDetail) -> Form {
    let reasons = detail.framework.cycle.focus_reasons.iter().map(|reason| (reason.key.clone(), reason.label.clone())).collect();
    let cycle = &detail.cycle;
    let fields = vec![
        plain("focus", "Area of focus", line(&cycle.focus), true),
        plain("reason", "Why this focus", choice(reasons, &cycle.focus_reason), true),
        plain("note", "In words", text(&cycle.focus_note), false),
    ];
    new(FormFor::Focus(cycle.id), format!("Focus of {}", cycle.title), "", fields, 0, "save")
}
