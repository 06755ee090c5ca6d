//! Who may do what with a report, and when.

use super::{Narrative, PRACTITIONERS, Presented, Report, ReportState, Signed};
use crate::domain::access::Scope;
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::domain::framework::{Framework, ReportKind};
use chrono::NaiveDate;

/// The longest text of one section, in characters.
pub const LONGEST_SECTION: usize = 20_000;

/// The kind of report with this key; the error names those there are.
pub fn find<'a>(framework: &'a Framework, key: &str) -> Result<&'a ReportKind, RuleError> {
    framework.reports.iter().find(|kind| kind.key == key).ok_or_else(|| {
        let known: Vec<&str> = framework.reports.iter().map(|kind| kind.key.as_str()).collect();
        RuleError::new(format!("{} has no report \u{201c}{key}\u{201d}.", framework.title), format!("Known are: {}.", known.join(", ")))
    })
}

fn role_label(framework: &Framework, key: &str) -> String {
    framework.role(key).map_or_else(|| key.to_string(), |role| role.label.clone())
}

/// Whether somebody in this role may build, write, publish and present this kind: the Insights team, and whoever approves it. One
/// that is approved outside the Insights team is a service's own (S16), and written by those who manage a service as well. Whoever
/// manages a team reads what the whole council is told, and does not write it. T43.
pub fn may_write(framework: &Framework, kind: &ReportKind, role: &str) -> Result<(), RuleError> {
    let approver = kind.approved_by.as_deref().and_then(|key| framework.role(key));
    let of_a_service = approver.is_some_and(|approver| !approver.insights);
    let may = framework.role(role).is_some_and(|role| {
        let manages_a_service = role.manages && role.scope >= Scope::Service;
        role.insights || Some(role) == approver || of_a_service && manages_a_service
    });
    if may {
        return Ok(());
    }
    let who = match approver.map(|approver| &approver.label) {
        Some(label) if of_a_service => format!("the Insights team, the {label} and whoever manages a service"),
        Some(label) => format!("the Insights team; the {label} approves it"),
        None => "the Insights team".to_string(),
    };
    Err(RuleError::under("T43", format!("The {} is written by {who}.", kind.label.to_lowercase()), "Ask one of them."))
}

/// Whether reports of this kind are kept at all: what is for the team alone is made on the spot, and handed to nobody.
pub fn may_keep(kind: &ReportKind) -> Result<(), RuleError> {
    if kind.for_team {
        let what = format!("The {} is for the team alone and is not kept.", kind.label.to_lowercase());
        return Err(RuleError::new(what, format!("Make it on the spot: `closeloop report CYCLE --kind {}`.", kind.key)));
    }
    Ok(())
}

/// Whether somebody may approve this kind: who the framework names; the Insights team where it names nobody.
pub fn may_approve(framework: &Framework, kind: &ReportKind, role: &str) -> Result<(), RuleError> {
    let role = framework.role(role);
    match &kind.approved_by {
        Some(key) if framework.role(key).is_some_and(|known| Some(known) == role) => Ok(()),
        Some(key) => {
            let who = role_label(framework, key);
            Err(RuleError::new(format!("Only the {who} approves this report."), format!("Ask the {who} to do it.")))
        }
        None if role.is_some_and(|role| role.insights) => Ok(()),
        None => Err(RuleError::new("Only the Insights team approves this report.", "Ask one of them to do it.")),
    }
}

/// Checks that the figures may be counted anew: an approved report waits to be published first.
pub fn may_build(last: Option<&Report>) -> Result<(), RuleError> {
    match last.map(Report::state) {
        Some(ReportState::Approved) => Err(RuleError::new(
            "This report is approved and not yet published.",
            "Publish it, then build a new version; or undo the approval.",
        )),
        _ => Ok(()),
    }
}

/// What was written, checked: only a draft is written, and only sections that it has.
pub fn write(report: &Report, written: &Narrative) -> Result<Narrative, RuleError> {
    if report.state() != ReportState::Draft {
        let what = format!("{} is {}; its text stands.", report.reference, report.state().label());
        return Err(RuleError::new(what, "Build a new version to correct it."));
    }
    for (key, text) in written {
        let Some((_, heading)) = report.material.sections.iter().find(|(known, _)| known == key) else {
            return Err(RuleError::new(format!("The report has no section \u{201c}{key}\u{201d}."), "Open its text again."));
        };
        if text.chars().count() > LONGEST_SECTION {
            let what = format!("\u{201c}{heading}\u{201d} is longer than {LONGEST_SECTION} letters.");
            return Err(RuleError::new(what, "Shorten it."));
        }
    }
    Ok(written.iter().filter(|(_, text)| !text.trim().is_empty()).map(|(key, text)| (key.clone(), text.clone())).collect())
}

fn day(on: NaiveDate, from: NaiveDate, today: NaiveDate) -> Result<(), RuleError> {
    if on > today {
        return Err(RuleError::new("That day has not come yet.", "Write down what has happened, once it has."));
    }
    if on < from {
        let what = format!("That is before its figures were counted, on {}.", from.format("%-d %B %Y"));
        return Err(RuleError::new(what, "Give a later day."));
    }
    Ok(())
}

fn signed(framework: &Framework, actor: &Actor, on: NaiveDate) -> Signed {
    Signed { by: actor.name.clone(), role: role_label(framework, &actor.role), on }
}

/// Approves a draft.
pub fn approve(framework: &Framework, kind: &ReportKind, report: &Report, actor: &Actor, today: NaiveDate) -> Result<Signed, RuleError> {
    may_approve(framework, kind, &actor.role)?;
    if report.state() != ReportState::Draft {
        return Err(RuleError::new(format!("{} is {} already.", report.reference, report.state().label()), "Nothing is left to approve."));
    }
    Ok(signed(framework, actor, today))
}

/// Publishes a report that is approved, or whose kind nobody has to approve.
pub fn publish(framework: &Framework, kind: &ReportKind, report: &Report, actor: &Actor, today: NaiveDate) -> Result<Signed, RuleError> {
    may_write(framework, kind, &actor.role)?;
    match (report.state(), &kind.approved_by) {
        (ReportState::Published, _) => Err(RuleError::new(format!("{} is published already.", report.reference), "It stands for good.")),
        (ReportState::Draft, Some(key)) => {
            let who = role_label(framework, key);
            Err(RuleError::new(format!("{} has not been approved by the {who} yet.", report.reference), "Let it be approved first."))
        }
        _ => Ok(signed(framework, actor, today)),
    }
}

/// Writes down where a report went. M21, S22, S27, Q04, Q06.
pub fn present(
    framework: &Framework,
    report: &Report,
    (board, on, note): (&str, NaiveDate, &str),
    today: NaiveDate,
) -> Result<Presented, RuleError> {
    let label = match framework.boards.iter().find(|known| known.key == board) {
        Some(known) => known.label.clone(),
        None if board == PRACTITIONERS => "Each practitioner whose work was looked at".to_string(),
        None => return Err(RuleError::new("There is no such board or forum.", "Choose one of the list.")),
    };
    if report.state() == ReportState::Draft {
        let what = format!("{} is still a draft.", report.reference);
        return Err(RuleError::new(what, "Let it be approved or published first, then say where it went."));
    }
    day(on, report.material.counted_on, today).map_err(|error| error.at("on"))?;
    if report.presented.iter().any(|before| before.board == board && before.on == on) {
        return Err(RuleError::new(format!("{label} on that day is written down already."), "Nothing was changed."));
    }
    Ok(Presented { board: board.into(), label, on, note: note.into() })
}
