//! A cycle of reviews: its dates, its phases, and what blocks each of them.
//!
//! How far a phase has come is never stored: it follows from the reviews, and from the reports that are published. Only what nothing
//! in the program can see (a report written elsewhere, close, a council's own) is ticked by hand.

mod beside;
mod counts;
mod days;
mod next;

pub use beside::{BesidePlanned, commissioners, open_beside};
pub use counts::CycleCounts;
pub use days::{moved, on_working_days};
pub use next::{STILL_EARLY, begins_in, next_first_day};

use super::count::counted;
use super::error::RuleError;
use super::framework::{Framework, ReviewKind, Rhythm};
use super::id::CycleId;
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A cycle, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// Row number.
    pub id: CycleId,
    /// What people type (`2026-11`).
    pub reference: String,
    /// Framework id it runs under…
    pub framework: String,
    /// …and that framework's version, for as long as the cycle lives.
    pub version: u32,
    /// Title (`November 2026`).
    pub title: String,
    /// Key of the kind of review it is made of.
    pub kind: String,
    /// Area of focus (M02); empty where the framework needs none.
    pub focus: String,
    /// Key of the reason for the focus (F22, S26).
    pub focus_reason: String,
    /// The reason in words.
    pub focus_note: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// The phases with their dates, in order.
    pub phases: Vec<PhaseDates>,
    /// Day on which it was closed.
    pub closed_on: Option<NaiveDate>,
    /// It stands beside the drawn cycle of its months: another kind of review, or extra work.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub beside: bool,
    /// Who asked for it, where it is extra work outside the plan (F23, Q04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<Box<Commission>>,
    /// The earlier cycle at whose area it looks again (F14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<CycleId>,
    /// Why nobody looks again at its area, where that was said (F14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub let_go: Option<String>,
}

/// Who asked for work outside the plan. F23, Q04.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commission {
    /// Key of the board that asked.
    pub by: String,
    /// Why, in words (Q04: the theory to be tested).
    pub why: String,
    /// The day on which that board wants it.
    pub due_on: Option<NaiveDate>,
}

/// One phase of a cycle with its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseDates {
    /// Key of the phase in the framework.
    pub key: String,
    /// Label in the header strip.
    pub label: String,
    /// First day.
    pub starts: NaiveDate,
    /// Last day.
    pub ends: NaiveDate,
    /// Ticked by hand on this day.
    pub done_on: Option<NaiveDate>,
}

impl Cycle {
    /// The dates of a phase.
    pub fn phase(&self, key: &str) -> Option<&PhaseDates> {
        self.phases.iter().find(|phase| phase.key == key)
    }

    /// Whether its grades may stand in a line beside those of other cycles: it is closed, or its reviews are completed as far as they
    /// will be (all of them, or the last day for it has passed) and no fewer than `fewest` of its random sample are graded. `done` is how
    /// many of its reviews are submitted, of how many. A cycle that has only begun would move the line by chance alone.
    pub fn is_whole(&self, today: NaiveDate, done: (u32, u32), graded: u32, fewest: u32) -> bool {
        let over = |phase: &PhaseDates| phase.done_on.is_some() || today > phase.ends;
        let reviewed = done.0 >= done.1 || self.phase("review").is_some_and(over);
        self.closed_on.is_some() || reviewed && graded >= fewest
    }
}

/// What a person decides when opening a cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CyclePlanned {
    /// First day of the cycle; the framework's rhythm usually makes it the first of a month.
    pub starts_on: NaiveDate,
    /// Area of focus.
    pub focus: String,
    /// Key of one of the framework's focus reasons.
    pub focus_reason: String,
    /// The reason in words.
    pub focus_note: String,
}

/// The longest focus, in characters: it stands in every header.
const LONGEST_FOCUS: usize = 120;

/// Opens a cycle of the kind whose cases are drawn. M02, F22. A first day that lies ahead plans it.
///
/// Refuses an unnamed focus where the framework requires one, an unknown reason, and a second cycle with the same
/// reference.
pub fn open(framework: &Framework, id: CycleId, planned: &CyclePlanned, existing: &[Cycle]) -> Result<Cycle, RuleError> {
    let Some(kind) = framework.sampled_kind() else {
        return Err(RuleError::new("This framework has no kind of review.", "Mend its profile: `closeloop framework check FILE`."));
    };
    let reference = reference_for(framework.cycle.rhythm, planned.starts_on);
    begin(framework, id, planned, existing, kind, reference)
}

/// The parts that every way of opening a cycle shares: the focus, the reference, the phases.
pub(super) fn begin(
    framework: &Framework,
    id: CycleId,
    planned: &CyclePlanned,
    existing: &[Cycle],
    kind: &ReviewKind,
    reference: String,
) -> Result<Cycle, RuleError> {
    let focus = focus_of(framework, planned)?;
    if let Some(other) = existing.iter().find(|cycle| cycle.reference == reference && cycle.framework == framework.id) {
        return Err(RuleError::new(
            format!("The cycle {} is open already, since {}.", other.reference, other.starts_on.format("%-d %B %Y")),
            "Work in that one, or start this one in another month.",
        ));
    }
    let phases = framework.cycle.phases.iter().map(|phase| PhaseDates {
        key: phase.key.clone(),
        label: phase.label.clone(),
        starts: planned.starts_on + chrono::Duration::days(phase.starts_day.into()),
        ends: planned.starts_on + chrono::Duration::days(phase.ends_day.into()),
        done_on: None,
    });
    Ok(Cycle {
        id,
        reference,
        framework: framework.id.clone(),
        version: framework.version,
        title: title_for(framework.cycle.rhythm, planned.starts_on),
        kind: kind.key.clone(),
        focus,
        focus_reason: planned.focus_reason.clone(),
        focus_note: planned.focus_note.trim().to_string(),
        starts_on: planned.starts_on,
        phases: phases.collect(),
        closed_on: None,
        beside: false,
        extra: None,
        again: None,
        let_go: None,
    })
}

/// The focus as it is kept; refused where the framework requires one, or knows no such reason. M02, F22.
fn focus_of(framework: &Framework, planned: &CyclePlanned) -> Result<String, RuleError> {
    let focus = planned.focus.trim();
    if framework.cycle.focus_required && focus.is_empty() {
        return Err(RuleError::under("M02", "A cycle needs an area of focus.", "Say in a few words what this cycle looks at."));
    }
    if focus.chars().count() > LONGEST_FOCUS {
        return Err(RuleError::new(
            format!("The focus has {} characters; it is shown in every header.", focus.chars().count()),
            format!("Say it in at most {LONGEST_FOCUS}; the reason has room for more."),
        ));
    }
    let reasons = &framework.cycle.focus_reasons;
    if !focus.is_empty() && !reasons.is_empty() && !reasons.iter().any(|reason| reason.key == planned.focus_reason) {
        let known: Vec<&str> = reasons.iter().map(|reason| reason.label.as_str()).collect();
        return Err(RuleError::under(
            "F22",
            "The focus needs a reason the framework knows.",
            format!("Choose one of: {}.", known.join(", ")),
        ));
    }
    Ok(focus.to_string())
}

/// What people type for a cycle: `2026-11`, and `2026-q4` where cycles are quarterly.
pub fn reference_for(rhythm: Rhythm, starts_on: NaiveDate) -> String {
    match rhythm {
        Rhythm::Monthly | Rhythm::TwoMonthly => format!("{}-{:02}", starts_on.year(), starts_on.month()),
        Rhythm::Quarterly => format!("{}-q{}", starts_on.year(), starts_on.month0() / 3 + 1),
    }
}

/// The title of a cycle that starts on that day: `November 2026`, `November-December 2026`, `October-December 2026`.
pub fn title_for(rhythm: Rhythm, starts_on: NaiveDate) -> String {
    let last = starts_on + Months::new(months(rhythm) - 1);
    match rhythm {
        Rhythm::Monthly => starts_on.format("%B %Y").to_string(),
        Rhythm::TwoMonthly | Rhythm::Quarterly if last.year() == starts_on.year() => {
            format!("{}-{}", starts_on.format("%B"), last.format("%B %Y"))
        }
        Rhythm::TwoMonthly | Rhythm::Quarterly => format!("{}-{}", starts_on.format("%B %Y"), last.format("%B %Y")),
    }
}

/// What to say of a cycle whose first month is none in which the framework's own cycles begin: that it lies across two of
/// them. S02, Q01.
pub fn out_of_step(framework: &Framework, starts_on: NaiveDate) -> Option<String> {
    let begins = begins_in(framework);
    if begins.contains(&starts_on.month()) {
        return None;
    }
    let usual: Vec<&str> = begins.into_iter().map(month_name).collect();
    let runs = title_for(framework.cycle.rhythm, starts_on);
    Some(format!("it runs {runs}, across two of the year\u{2019}s own cycles, which begin in {}", usual.join(", ")))
}

/// The name of a month (1-12); empty for any other number.
pub fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    month.checked_sub(1).and_then(|place| NAMES.get(place as usize)).copied().unwrap_or_default()
}

/// How many months a cycle lasts.
pub fn months(rhythm: Rhythm) -> u32 {
    match rhythm {
        Rhythm::Monthly => 1,
        Rhythm::TwoMonthly => 2,
        Rhythm::Quarterly => 3,
    }
}

/// How a phase stands today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseProgress {
    /// Key.
    pub key: String,
    /// Label.
    pub label: String,
    /// First and last day.
    pub starts: NaiveDate,
    /// Last day.
    pub ends: NaiveDate,
    /// How many are through, of how many; (0, 0) where the phase is ticked by hand.
    pub through: (u32, u32),
    /// Finished.
    pub done: bool,
    /// A person ticks it; every other phase follows from the reviews.
    pub by_hand: bool,
    /// What has to happen before it is finished, as a sentence; empty when done.
    pub blocked_by: String,
    /// The last day has passed and it is not finished.
    pub late: bool,
}

/// The phases (keys) that follow from the reviews; every other is ticked by hand, and so is the sample where cases were named
/// and none is drawn.
const FOLLOWS: [&str; 7] = ["plan", "sample", "allocate", "review", "moderate", "return", "finalise"];

/// How each phase of a cycle stands, and what blocks it.
pub fn progress(cycle: &Cycle, counts: CycleCounts, today: NaiveDate) -> Vec<PhaseProgress> {
    let named = counts.named_only && counts.named > 0;
    let none_yet = if counts.named_only { "No service has been named yet." } else { "No sample has been drawn yet." };
    let drawn = named || counts.random() > 0 || cycle.phase("sample").is_none_or(|phase| phase.done_on.is_some()) && counts.reviews > 0;
    cycle
        .phases
        .iter()
        .map(|phase| {
            let (through, waiting) = match phase.key.as_str() {
                "plan" => ((1, 1), String::new()),
                // Cases can be named before the draw, or be all there is: then a person says so.
                "sample" if counts.random() == 0 && counts.named > 0 => ((0, 0), "Draw, or tick when the named are all.".to_string()),
                "sample" => ((counts.random(), counts.random().max(1)), none_yet.to_string()),
                "allocate" => share(counts.allocated, counts.reviews, "without a reviewer"),
                "review" => share(counts.submitted, counts.reviews, "not completed"),
                "moderate" => moderation(counts),
                "return" => share(counts.returned, counts.reviews.saturating_sub(counts.not_returned), "not returned"),
                "finalise" => share(counts.finalised, counts.reviews, "not finalised"),
                _ => ((0, 0), format!("Tick \u{201c}{}\u{201d} when it is done.", phase.label)),
            };
            let by_hand =
                !FOLLOWS.contains(&phase.key.as_str()) || phase.key == "sample" && counts.random() == 0 && counts.named > 0 && !named;
            let done = match phase.key.as_str() {
                "plan" => true,
                "sample" => named || counts.random() > 0,
                // Nothing can be waiting for the panel, or for its return, only once every review is in.
                "moderate" | "return" => drawn && counts.submitted == counts.reviews && through.0 == through.1,
                // Published is published: whoever did that need not say it a second time. Those written elsewhere are ticked.
                "report" => counts.all_reports_out(),
                _ if by_hand => phase.done_on.is_some(),
                _ => drawn && through.0 == through.1,
            } || phase.done_on.is_some();
            let blocked_by = match (done, drawn || by_hand || phase.key == "sample") {
                (true, _) => String::new(),
                // Cases that were named before the draw go their way meanwhile.
                (false, false) if counts.reviews > 0 && !waiting.is_empty() => waiting,
                (false, false) => none_yet.to_string(),
                (false, true) if waiting.is_empty() => "Reviews are still to be completed.".to_string(),
                (false, true) => waiting,
            };
            PhaseProgress {
                key: phase.key.clone(),
                label: phase.label.clone(),
                starts: phase.starts,
                ends: phase.ends,
                through,
                done,
                by_hand,
                blocked_by,
                late: !done && today > phase.ends,
            }
        })
        .collect()
}

/// What is before the panel and, where there are any, before workshops.
fn moderation(counts: CycleCounts) -> ((u32, u32), String) {
    let (panel, of_panel) = share(counts.panel_decided, counts.for_panel, "waiting for the panel");
    let all = counts.for_workshop + counts.workshop_held;
    let (workshop, of_workshop) = share(counts.workshop_held, all, "waiting for the workshop");
    let said: Vec<String> = [of_panel, of_workshop].into_iter().filter(|said| !said.is_empty()).collect();
    ((panel.0 + workshop.0, panel.1 + workshop.1), said.join(" "))
}

fn share(through: u32, of: u32, what: &str) -> ((u32, u32), String) {
    let left = of.saturating_sub(through);
    let words = if left == 0 { String::new() } else { format!("{} {what}.", counted(left, "review is", "reviews are")) };
    ((through, of), words)
}

/// Where a whole cycle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CycleState {
    /// Its first phase has not begun and nothing has been drawn.
    Planned,
    /// Under way.
    Running,
    /// Under way, with a phase that is past its last day.
    Late,
    /// Every phase is done.
    Done,
}

impl CycleState {
    /// As people say it.
    pub fn label(self) -> &'static str {
        match self {
            CycleState::Planned => "planned",
            CycleState::Running => "running",
            CycleState::Late => "late",
            CycleState::Done => "done",
        }
    }
}

impl Cycle {
    /// The first day of its first phase, which may lie before its own first day (F04).
    pub fn begins_on(&self) -> NaiveDate {
        self.phases.iter().map(|phase| phase.starts).min().unwrap_or(self.starts_on).min(self.starts_on)
    }

    /// Where it stands today.
    pub fn state(&self, counts: CycleCounts, today: NaiveDate) -> CycleState {
        let phases = progress(self, counts, today);
        if self.closed_on.is_some() || !phases.is_empty() && phases.iter().all(|phase| phase.done) {
            CycleState::Done
        } else if today < self.begins_on() && counts.reviews == 0 {
            CycleState::Planned
        } else if phases.iter().any(|phase| phase.late) {
            CycleState::Late
        } else {
            CycleState::Running
        }
    }
}

/// The phase people are in: the first that is not done, or the last.
pub fn current_phase(progress: &[PhaseProgress]) -> Option<usize> {
    if progress.is_empty() {
        return None;
    }
    Some(progress.iter().position(|phase| !phase.done).unwrap_or(progress.len() - 1))
}
