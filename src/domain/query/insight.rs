//! Read-models of the insight view.

use crate::domain::insight::pages::{InsightGrid, PageOf};
use crate::domain::theme::GoodPractice;

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
