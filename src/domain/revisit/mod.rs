//! Revisits on a rolling programme: what was audited is looked at again after the framework's months, area by area and case by
//! case. F14, Q02, S13.
//!
//! An area is what a cycle looked at. That a later cycle looks again at it is written into the later one, why nobody does into the
//! first; everything else follows. `rules` says what may be written, `compare` sets what was found then beside what is found now.

mod compare;
mod rules;

pub use compare::{Compared, Moved, Part, Tally, ThenNow, of_cycles, of_reviews};
pub use rules::{Around, let_go, link};

use super::calendar::{BeyondTable, Calendar};
use super::cycle::{BesidePlanned, Cycle, CycleCounts, months};
use super::framework::{Framework, Span};
use super::id::{CycleId, ReviewId, SubjectId};
use chrono::{Months, NaiveDate};

/// What is looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// The area of a cycle.
    Area(CycleId),
    /// A case, by the review that found it Inadequate.
    Case(ReviewId, SubjectId),
}

/// How a revisit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stand {
    /// Its day is past by more than a cycle's length, and nothing is planned.
    Overdue,
    /// Its day has come.
    Due,
    /// A later cycle or review looks again, which is not complete; its reference.
    Planned(String),
    /// Its day lies ahead.
    Ahead,
    /// A later cycle or review has looked again; its reference.
    Done(String),
    /// Nobody looks again, for this reason.
    LetGo(String),
}

impl Stand {
    /// The word for lists and files.
    pub fn key(&self) -> &'static str {
        match self {
            Stand::Overdue => "overdue",
            Stand::Due => "due",
            Stand::Planned(_) => "planned",
            Stand::Ahead => "ahead",
            Stand::Done(_) => "done",
            Stand::LetGo(_) => "let go",
        }
    }

    /// Whether somebody has to do something about it.
    pub fn presses(&self) -> bool {
        matches!(self, Stand::Overdue | Stand::Due)
    }

    fn rank(&self) -> u8 {
        match self {
            Stand::Overdue => 0,
            Stand::Due => 1,
            Stand::Planned(_) => 2,
            Stand::Ahead => 3,
            Stand::Done(_) => 4,
            Stand::LetGo(_) => 5,
        }
    }
}

/// One area or case with its revisit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revisit {
    /// What.
    pub looked: Looked,
    /// Reference of the first cycle or review.
    pub reference: String,
    /// The area in words, or the case's pseudonym with what was found.
    pub what: String,
    /// Key of the kind of review that looked.
    pub kind: String,
    /// The day on which it had been looked at.
    pub seen_on: NaiveDate,
    /// From this day on it is looked at again.
    pub due_on: NaiveDate,
    /// Key of the reason for which an area was chosen.
    pub reason: String,
    /// How that stands.
    pub stand: Stand,
    /// The cycle that looks again, for an area.
    pub later: Option<CycleId>,
}

/// A revisit so many months past its day is a new audit: it is not asked for any more.
const ASKED_FOR_MONTHS: u32 = 12;

/// When it is due, and how that stands where nothing is linked; none: it is too long ago to be asked for.
pub fn stand_of(after: Span, seen_on: NaiveDate, grace: Months, today: NaiveDate, calendar: &Calendar) -> Result<Due, BeyondTable> {
    let due_on = calendar.due_on(seen_on, after)?;
    let stand = match today {
        today if today < due_on => Some(Stand::Ahead),
        today if today <= due_on + grace => Some(Stand::Due),
        today if today <= due_on + Months::new(ASKED_FOR_MONTHS) => Some(Stand::Overdue),
        _ => None,
    };
    Ok(Due { due_on, stand })
}

/// A day, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// From this day on.
    pub due_on: NaiveDate,
    /// How that stands; none: too long ago.
    pub stand: Option<Stand>,
}

/// What areas are read from.
#[derive(Debug, Clone, Copy)]
pub struct AreaFacts<'a> {
    /// The framework in force, which says after how long.
    pub framework: &'a Framework,
    /// The calendar that counts it.
    pub calendar: &'a Calendar,
    /// Today.
    pub today: NaiveDate,
    /// Every cycle with its counts, in any order.
    pub cycles: &'a [(Cycle, CycleCounts)],
}

/// How long after its day a revisit counts as overdue: the length of a cycle.
pub fn grace(framework: &Framework) -> Months {
    Months::new(months(framework.cycle.rhythm))
}

/// The day on which a cycle's reviews were to be done: from it a revisit is counted.
pub fn seen_on(cycle: &Cycle) -> NaiveDate {
    cycle.phase("review").map_or(cycle.starts_on, |phase| phase.ends)
}

/// The areas of a framework that has them audited again; what presses comes first. F14.
///
/// An area counts once a review of its cycle was completed, and again each time a later cycle has looked at it: the programme rolls.
pub fn areas(facts: &AreaFacts<'_>) -> Result<Vec<Revisit>, BeyondTable> {
    let Some(after) = facts.framework.tracking.revisit_areas_after else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (cycle, counts) in facts.cycles {
        if cycle.framework != facts.framework.id || cycle.focus.is_empty() || counts.submitted == 0 {
            continue;
        }
        let later = facts.cycles.iter().filter(|(later, _)| later.again == Some(cycle.id)).max_by_key(|(later, _)| later.starts_on);
        let due = stand_of(after, seen_on(cycle), grace(facts.framework), facts.today, facts.calendar)?;
        let stand = match (later, &cycle.let_go) {
            (Some((later, counts)), _) if counts.submitted > 0 && counts.submitted == counts.reviews => {
                Some(Stand::Done(later.reference.clone()))
            }
            (Some((later, _)), _) => Some(Stand::Planned(later.reference.clone())),
            (None, Some(why)) => Some(Stand::LetGo(why.clone())),
            (None, None) => due.stand,
        };
        let settled = matches!(stand, Some(Stand::Done(_) | Stand::LetGo(_)));
        let Some(stand) = stand.filter(|_| !settled || due.due_on + Months::new(ASKED_FOR_MONTHS) >= facts.today) else { continue };
        found.push(Revisit {
            looked: Looked::Area(cycle.id),
            reference: cycle.reference.clone(),
            what: cycle.focus.clone(),
            kind: cycle.kind.clone(),
            seen_on: seen_on(cycle),
            due_on: due.due_on,
            reason: cycle.focus_reason.clone(),
            later: later.map(|(later, _)| later.id),
            stand,
        });
    }
    sort(&mut found);
    Ok(found)
}

/// What presses first, each by its day; what is settled last, the newest first.
pub fn sort(found: &mut [Revisit]) {
    found.sort_by(|a, b| {
        let by_day = if a.stand.rank() < 4 { a.due_on.cmp(&b.due_on) } else { b.due_on.cmp(&a.due_on) };
        a.stand.rank().cmp(&b.stand.rank()).then(by_day).then_with(|| a.reference.cmp(&b.reference))
    });
}

/// The first day between which a case has to have been completed so that its revisit is asked for or near, and the last; none where
/// the framework has no cases looked at again. Q02, S13.
pub fn case_window(framework: &Framework, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    framework.tracking.revisit_cases_after?;
    // Whatever the span is, a case of two years ago is too long ago, and one of today is ahead.
    Some((today - Months::new(24 + ASKED_FOR_MONTHS), today))
}

/// What somebody does about revisits.
#[derive(Debug, Clone, PartialEq)]
pub enum RevisitDeed {
    /// Plan a cycle that looks again at an area.
    Plan {
        /// The first.
        first: CycleId,
        /// The cycle that is planned.
        wanted: Box<BesidePlanned>,
    },
    /// Say that a cycle looks again at the area of an earlier one, or no longer.
    Link {
        /// The later one.
        cycle: CycleId,
        /// The first; none: at none.
        first: Option<CycleId>,
    },
    /// Say why nobody looks again at an area, or take that back.
    LetGo {
        /// The first.
        first: CycleId,
        /// Why; none: it is asked for again.
        why: Option<String>,
    },
}
