//! Everything that is counted of a set of cycles, as plain data: a screen shows it, a report freezes it as JSON.
//!
//! Grades stand as two counts side by side: of the random sample, from which alone shares and charts are made (F03, F08), and of
//! every review. What a viewer may not see was left out before anything was counted.

mod counted;
mod fold;
mod parts;
mod timed;

pub use counted::*;
use fold::was_in_time;
pub use fold::{Gathered, fold};
pub use parts::*;
pub use timed::Timed;

use super::Share;
use crate::domain::agreement::GradeShift;
use crate::domain::grade::Grade;
use crate::domain::id::{CycleId, ReviewId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is to be counted: of which cycles, and only of some reviews where that is said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FiguresWanted {
    /// The cycles, in any order.
    pub cycles: Vec<CycleId>,
    /// Key of the kind of review; none: every kind.
    pub kind: Option<String>,
    /// Name of the service that held the case; none: every one.
    pub service: Option<String>,
    /// Of these reviews alone, where some are counted anew; never kept with the figures.
    #[serde(skip)]
    pub reviews: Option<Vec<ReviewId>>,
}

/// The figures of a set of cycles, oldest first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// What was asked for.
    pub wanted: FiguresWanted,
    /// The framework's words for the grades, best first.
    pub grade_labels: Vec<String>,
    /// Each cycle, oldest first.
    pub cycles: Vec<CycleFigures>,
    /// Questions over all the cycles together.
    pub questions: Vec<QuestionFigures>,
    /// Areas of the form by service, over all the cycles together.
    pub areas: Vec<AreaFigures>,
    /// Steps over all the cycles together, in the order of the form.
    pub steps: Vec<StepFigures>,
    /// Families over all the cycles together (M19, C10).
    pub family: FamilyFigures,
    /// Alerts over all the cycles together.
    pub alerts: AlertFigures,
    /// How much of the caseload was looked at.
    pub coverage: Coverage,
    /// Themes over all the cycles together, in the order of the code book.
    pub themes: Vec<ThemeFigures>,
    /// Performance indicators whose periods touch these cycles (M27).
    pub indicators: Vec<IndicatorFigure>,
}

/// The figures of one cycle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CycleFigures {
    /// Row number.
    pub id: CycleId,
    /// What people type (`2026-11`).
    pub reference: String,
    /// Title (`November 2026`).
    pub title: String,
    /// Area of focus; empty where there is none.
    pub focus: String,
    /// Key of the kind of review it is made of.
    pub kind: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// It is closed.
    pub closed: bool,
    /// It has only begun: its grades stand in no line over the cycles yet ([`crate::domain::cycle::Cycle::is_whole`]).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub so_far: bool,
    /// How far its reviews are.
    pub progress: Progress,
    /// Reviewers' own grades.
    pub original: Grades,
    /// The grades that count: the panel's where it decided, the reviewer's otherwise (M08).
    pub final_grades: Grades,
    /// What moderation moved.
    pub shift: Shift,
    /// Its scaled and short questions.
    pub questions: Vec<QuestionFigures>,
    /// What came of asking families.
    pub family: FamilyFigures,
    /// Its steps.
    pub steps: Vec<StepFigures>,
    /// Its alerts.
    pub alerts: AlertFigures,
    /// Its themes.
    pub themes: Vec<ThemeFigures>,
    /// Passages marked as good practice.
    pub good_practice: u32,
}

impl CycleFigures {
    /// Good or better, of the random sample's grades that count.
    pub fn good_or_better(&self) -> Share {
        self.final_grades.drawn.good_or_better()
    }
}

/// How many reviews have got how far. Those taken out of the sample are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// In the sample, named ones too.
    pub sample: u32,
    /// Of these, drawn at random or substituted for a drawn one.
    pub drawn: u32,
    /// Submitted by their reviewers.
    pub submitted: u32,
    /// Waiting for the panel.
    pub waiting: u32,
    /// Decided by the panel.
    pub moderated: u32,
    /// On the council's own record.
    pub finalised: u32,
}

/// Counts of reviews by grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ByGrade(
    /// In the order of [`Grade::ALL`]: best first.
    pub [u32; 4],
);

impl ByGrade {
    /// Counts one more.
    pub fn add(&mut self, grade: Grade) {
        if let Some(count) = Grade::ALL.iter().position(|known| *known == grade).and_then(|place| self.0.get_mut(place)) {
            *count += 1;
        }
    }

    /// How many have this grade.
    pub fn of(&self, grade: Grade) -> u32 {
        Grade::ALL.iter().zip(self.0).find(|(known, _)| **known == grade).map_or(0, |(_, count)| count)
    }

    /// How many have any.
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Good or Outstanding, of all that are graded.
    pub fn good_or_better(&self) -> Share {
        Share::new(self.of(Grade::Outstanding) + self.of(Grade::Good), self.total())
    }
}

/// Grades of the random sample, and of every review beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Grades {
    /// Of the random sample alone: shares and charts are made from these (F03).
    pub drawn: ByGrade,
    /// Of every review, named ones too.
    pub all: ByGrade,
}

/// What moderation moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shift {
    /// Of decided reviews that stand for all (F08).
    pub by_chance: GradeShift,
    /// Of every decided review.
    pub all: GradeShift,
}
