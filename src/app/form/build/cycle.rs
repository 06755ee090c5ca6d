//! Forms of a cycle: opening it, its focus, drawing its sample.

use super::{choice, date, line, new, plain, text};
use crate::app::form::{Field, Form, FormFor};
use crate::domain::count::counted;
use crate::domain::framework::{Framework, Stratum};
use crate::domain::query::{CycleDetail, FrameDetail};
use chrono::NaiveDate;

/// Opening a cycle: by default the next month that has none.
pub fn open_cycle(framework: &Framework, starts: NaiveDate) -> Form {
    let reasons = framework.cycle.focus_reasons.iter().map(|reason| (reason.key.clone(), reason.label.clone())).collect();
    let fields = vec![
        date("starts", "First day", starts),
        plain("focus", "Area of focus", line(""), framework.cycle.focus_required),
        plain("reason", "Why this focus", choice(reasons, ""), framework.cycle.focus_required),
        plain("note", "In words", text(""), false),
    ];
    new(FormFor::OpenCycle, "Open a cycle", "The phases are dated from the first day, as the framework says.", fields, 0, "open the cycle")
}

/// Changing the focus.
pub fn focus(framework: &Framework, detail: &CycleDetail) -> Form {
    let reasons = framework.cycle.focus_reasons.iter().map(|reason| (reason.key.clone(), reason.label.clone())).collect();
    let cycle = &detail.cycle;
    let fields = vec![
        plain("focus", "Area of focus", line(&cycle.focus), true),
        plain("reason", "Why this focus", choice(reasons, &cycle.focus_reason), true),
        plain("note", "In words", text(&cycle.focus_note), false),
    ];
    new(FormFor::Focus(cycle.id), format!("Focus of {}", cycle.title), "", fields, 0, "save")
}

/// Drawing the sample.
pub fn draw(framework: &Framework, detail: &CycleDetail, frame: &FrameDetail, seed: u64) -> Form {
    let strata = vec![
        ("service".to_string(), "service".to_string()),
        ("case-type".to_string(), "case type".to_string()),
        ("none".to_string(), "not divided".to_string()),
    ];
    let by = match framework.sampling.stratify_by {
        Stratum::Service => "service",
        Stratum::CaseType => "case-type",
        Stratum::None => "none",
    };
    let mut beside = vec![format!("{} in the frame.", counted(frame.in_frame, "case", "cases"))];
    if frame.reviewed_lately > 0 {
        let within = framework.sampling.not_again_within;
        beside.push(format!("{} are left out: reviewed in the last {within}.", frame.reviewed_lately));
    }
    if framework.sampling.skip_workers_of_last_cycle && frame.worker_lately > 0 {
        beside.push(format!("{} are left out while there are enough others: their worker was drawn last cycle.", frame.worker_lately));
    }
    if frame.marked > 0 {
        beside.push(format!("{} have no worker or team recorded; they can be drawn.", frame.marked));
    }
    match frame.frame_date {
        Some(day) => beside.push(format!("The newest extract is of {}.", day.format("%-d %B %Y"))),
        None => beside.push("No extract has been imported yet: `closeloop import annex-a FILE`.".into()),
    }
    beside.push(String::new());
    // The counts come first: names of strata are of any length.
    beside.extend(frame.strata.iter().map(|stratum| {
        let name = framework.case_type(&stratum.name).map_or(&stratum.name, |known| &known.label);
        format!("{:>5} in frame {:>5} eligible  {name}", stratum.in_frame, stratum.eligible)
    }));
    let mut fields = vec![
        Field { fresh: true, ..plain("size", "How many cases", line(&frame.default_size.to_string()), true) },
        plain("by", "In proportion by", choice(strata, by), true),
        Field { hint: "the same seed gives the same sample".into(), fresh: true, ..plain("seed", "Seed", line(&seed.to_string()), true) },
    ];
    for field in &mut fields {
        field.beside.clone_from(&beside);
    }
    let title = format!("Draw the sample of {}", detail.cycle.title);
    new(FormFor::Draw(detail.cycle.id), title, "A sample is drawn once. How it was chosen stays on its card.", fields, 0, "draw")
}
