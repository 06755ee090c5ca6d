//! Cycles beside the drawn one: of another kind of the framework (a learning visit, a thematic review), and extra work
//! that a board asks for at short notice, outside the plan. F23, Q04.

use super::{Commission, Cycle, CyclePlanned, begin, reference_for};
use crate::domain::error::RuleError;
use crate::domain::framework::{Board, Framework, ReviewKind};
use crate::domain::id::CycleId;
use chrono::{Datelike, Duration};

/// What a person decides when opening a cycle beside the drawn one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BesidePlanned {
    /// First day and focus.
    pub planned: CyclePlanned,
    /// Key of the kind of review.
    pub kind: String,
    /// Who asked for it, where it is extra work; none: it is part of the year's plan.
    pub extra: Option<Commission>,
}

/// Opens a cycle of any kind of the framework, as part of the plan or as extra work. F23, Q04.
///
/// Refuses an unknown kind; for extra work also a framework without any, a kind or board it may not come from, a
/// missing reason, and a date at the board that lies before the first day or is missing where a board commissions.
pub fn open_beside(framework: &Framework, id: CycleId, wanted: &BesidePlanned, existing: &[Cycle]) -> Result<Cycle, RuleError> {
    let Some(kind) = framework.kind(&wanted.kind) else {
        let known: Vec<&str> = framework.kinds.iter().map(|kind| kind.label.as_str()).collect();
        let what = format!("There is no kind of review \u{201c}{}\u{201d} in this framework.", wanted.kind);
        return Err(RuleError::new(what, format!("Choose one of: {}.", known.join(", "))));
    };
    let starts_on = wanted.planned.starts_on;
    let Some(commission) = &wanted.extra else {
        if framework.sampled_kind().is_some_and(|sampled| sampled.key == kind.key) {
            return super::open(framework, id, &wanted.planned, existing);
        }
        let reference = format!("{}-{}", reference_for(framework.cycle.rhythm, starts_on), kind.prefix.to_lowercase());
        let cycle = begin(framework, id, &wanted.planned, existing, kind, reference)?;
        return Ok(Cycle { title: format!("{}: {}", cycle.title, kind.label), beside: true, ..cycle });
    };
    let commission = checked(framework, kind, commission, &wanted.planned)?;
    let month = format!("{}-{:02}", starts_on.year(), starts_on.month());
    let number = |cycle: &Cycle| cycle.reference.strip_prefix(&format!("{month}-x")).and_then(|digits| digits.parse::<u32>().ok());
    let next = existing.iter().filter_map(number).max().unwrap_or(0) + 1;
    let cycle = begin(framework, id, &wanted.planned, existing, kind, format!("{month}-x{next}"))?;
    let title = format!("Extra, {}: {}", starts_on.format("%B %Y"), kind.label);
    Ok(at_short_notice(Cycle { title, beside: true, extra: Some(Box::new(commission)), ..cycle }))
}

/// The boards that may ask for a review of this kind outside the plan.
///
/// Where the framework says of any kind which boards commission it, the kinds of which it does not say so are part of
/// the cycle (Q04); where it says so of none, every board may ask for every kind (F23).
pub fn commissioners<'a>(framework: &'a Framework, kind: &ReviewKind) -> Vec<&'a Board> {
    let says = framework.kinds.iter().any(|kind| !kind.commissioned_by.is_empty());
    let may = |board: &&Board| if says { kind.commissioned_by.contains(&board.key) } else { !board.forum };
    framework.boards.iter().filter(may).collect()
}

fn checked(framework: &Framework, kind: &ReviewKind, wanted: &Commission, planned: &CyclePlanned) -> Result<Commission, RuleError> {
    if !framework.cycle.extra_work {
        return Err(RuleError::under(
            "F23",
            format!("The framework {} has no work outside its plan.", framework.short_name),
            "Plan it as a cycle of the year.",
        ));
    }
    let boards = commissioners(framework, kind);
    if boards.is_empty() {
        return Err(RuleError::under(
            "Q04",
            format!("A {} is part of the cycle and is not commissioned.", kind.label.to_lowercase()),
            "Choose another kind, or plan it as a cycle of the year.",
        ));
    }
    if !boards.iter().any(|board| board.key == wanted.by) {
        let known: Vec<&str> = boards.iter().map(|board| board.label.as_str()).collect();
        return Err(RuleError::under(
            "Q04",
            format!("It is not said which board asks for this {}.", kind.label.to_lowercase()),
            format!("Choose one of: {}.", known.join(", ")),
        ));
    }
    let why = wanted.why.trim();
    if why.is_empty() {
        return Err(RuleError::under("F23", "Work outside the plan needs its reason.", "Say why it was asked for."));
    }
    match wanted.due_on {
        None if !kind.commissioned_by.is_empty() => {
            Err(RuleError::under("Q04", "The day on which the board wants it is missing.", "Give the date of that board\u{2019}s meeting."))
        }
        Some(due) if due <= planned.starts_on => Err(RuleError::under(
            "F23",
            format!("It is wanted on {}, and begins only on {}.", due.format("%-d %B %Y"), planned.starts_on.format("%-d %B %Y")),
            "Begin earlier, or agree a later date with the board.",
        )),
        due_on => Ok(Commission { by: wanted.by.clone(), why: why.to_string(), due_on }),
    }
}

/// The phases of work that is not tied to the rhythm: nothing lies before its first day, and where a board wants it
/// sooner than the usual report would be done, every phase is shortened alike.
fn at_short_notice(cycle: Cycle) -> Cycle {
    let starts = cycle.starts_on;
    let report =
        cycle.phase("report").map_or_else(|| cycle.phases.iter().map(|phase| phase.ends).max().unwrap_or(starts), |phase| phase.ends);
    let usual = (report - starts).num_days().max(1);
    let room = cycle.extra.as_ref().and_then(|extra| extra.due_on).map_or(usual, |due| (due - starts).num_days().min(usual));
    let moved = |day: chrono::NaiveDate| starts + Duration::days((day - starts).num_days().max(0) * room / usual);
    let phases =
        cycle.phases.iter().map(|phase| super::PhaseDates { starts: moved(phase.starts), ends: moved(phase.ends), ..phase.clone() });
    Cycle { phases: phases.collect(), ..cycle }
}
