//! Read-models of the insight view.

use super::Viewer;
use crate::domain::access::Sight;
use crate::domain::id::PersonId;
use crate::domain::insight::figures::{FiguresWanted, Timed};
use crate::domain::insight::pages::{InsightGrid, PageOf};
use crate::domain::theme::GoodPractice;

/// Which reviews the times of a page are of, as they were counted at one moment and for one viewer: a list behind a time is made of
/// them, and no key counts them again.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownTimes {
    /// The reviews.
    pub timed: Timed,
    /// Number of the newest journal row at that moment.
    pub at: i64,
    /// For whom.
    pub person: Option<PersonId>,
    /// How far they saw.
    pub sight: Sight,
}

impl KnownTimes {
    /// Whether they answer what a viewer asks.
    pub fn answer(&self, wanted: &FiguresWanted, viewer: &Viewer) -> bool {
        self.person == viewer.person && self.sight == viewer.sight && self.timed.holds(wanted)
    }
}

/// A passage of the library of good practice. M22.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeRow {
    /// The passage.
    pub practice: GoodPractice,
    /// Reference of its review.
    pub reference: String,
    /// Reference of that review's cycle.
    pub cycle: String,
}

/// How far back the insight view looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum InsightWindow {
    /// The last twelve cycles.
    #[default]
    Twelve,
    /// The last twenty-four.
    TwentyFour,
    /// Those of the quality assurance year under way.
    Year,
}

impl InsightWindow {
    /// The next one, round the end.
    pub fn next(self) -> InsightWindow {
        match self {
            InsightWindow::Twelve => InsightWindow::TwentyFour,
            InsightWindow::TwentyFour => InsightWindow::Year,
            InsightWindow::Year => InsightWindow::Twelve,
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            InsightWindow::Twelve => "last 12 cycles",
            InsightWindow::TwentyFour => "last 24 cycles",
            InsightWindow::Year => "this year\u{2019}s cycles",
        }
    }
}

/// Which page of the insight view, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InsightWanted {
    /// The page.
    pub page: PageOf,
    /// How far back.
    pub window: InsightWindow,
    /// Key of the kind of review; none: every kind of the drawn cycles.
    pub kind: Option<String>,
    /// Name of the service; none: every one.
    pub service: Option<String>,
    /// Reference of the one cycle that is counted alone; none: every one of the window.
    pub only: Option<String>,
}

/// A page of the insight view.
#[derive(Debug, Clone, PartialEq)]
pub struct InsightDetail {
    /// What was asked for.
    pub wanted: InsightWanted,
    /// The page.
    pub grid: InsightGrid,
    /// Reviews of its cycles that are withheld from whoever looks, and so are in none of its numbers.
    pub withheld: u64,
    /// Cycles it is about.
    pub cycles: usize,
    /// Kinds of review to choose from: key and label.
    pub kinds: Vec<(String, String)>,
    /// Services to choose from.
    pub services: Vec<String>,
}
