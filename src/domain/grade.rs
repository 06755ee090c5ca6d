//! Grades and scalings: Ofsted's four grades, in order, and the 0-10 scaling that some frameworks grade by.
//!
//! The labels, descriptors and bands are the framework's data (they are about to change nationally); only the
//! order and the number of grades are fixed here.

use serde::{Deserialize, Serialize};

/// One of Ofsted's four grades, worst first so that `<` means worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// The child is being harmed or left at risk, or needs go unmet.
    Inadequate,
    /// Safe, but help is not yet consistently good.
    RequiresImprovement,
    /// Good help that measurably improves things.
    Good,
    /// Consistently good or better, with a marked difference made.
    Outstanding,
}

impl Grade {
    /// Every grade, best first: the order in which people read them out.
    pub const ALL: [Grade; 4] = [Grade::Outstanding, Grade::Good, Grade::RequiresImprovement, Grade::Inadequate];

    /// The word used in files, filters and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Grade::Outstanding => "outstanding",
            Grade::Good => "good",
            Grade::RequiresImprovement => "requires-improvement",
            Grade::Inadequate => "inadequate",
        }
    }

    /// Reads a grade as people type it: a key, a label, or the usual short forms (`ri`, `o`, `inad`).
    pub fn parse(text: &str) -> Option<Grade> {
        let plain: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        match plain.as_str() {
            "o" | "outstanding" => Some(Grade::Outstanding),
            "g" | "good" => Some(Grade::Good),
            "ri" | "r" | "requiresimprovement" | "requiresimprovementtobegood" => Some(Grade::RequiresImprovement),
            "i" | "inad" | "inadequate" => Some(Grade::Inadequate),
            _ => None,
        }
    }

    /// Worst is 0, best is 3: the number stored in a row.
    pub fn rank(self) -> i64 {
        match self {
            Grade::Inadequate => 0,
            Grade::RequiresImprovement => 1,
            Grade::Good => 2,
            Grade::Outstanding => 3,
        }
    }

    /// The grade of a stored rank, if it is one.
    pub fn from_rank(rank: i64) -> Option<Grade> {
        Grade::ALL.into_iter().find(|grade| grade.rank() == rank)
    }
}

/// A judgement: the grade and, where the framework scales, the 0-10 point it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Scale point 0-10, for frameworks that grade by scaling.
    pub scaling: Option<u8>,
    /// The grade.
    pub grade: Grade,
}

/// What a moderation did to a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModerationOutcome {
    /// The panel kept the grade.
    Upheld,
    /// The panel gave a better grade.
    Raised,
    /// The panel gave a worse grade.
    Lowered,
}

impl ModerationOutcome {
    /// What the panel's judgement did to the original one; the scaling decides when the grade stayed.
    pub fn of(original: Judgement, moderated: Judgement) -> ModerationOutcome {
        let before = (original.grade, original.scaling);
        let after = (moderated.grade, moderated.scaling);
        match after.cmp(&before) {
            std::cmp::Ordering::Equal => ModerationOutcome::Upheld,
            std::cmp::Ordering::Greater => ModerationOutcome::Raised,
            std::cmp::Ordering::Less => ModerationOutcome::Lowered,
        }
    }

    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            ModerationOutcome::Upheld => "upheld",
            ModerationOutcome::Raised => "raised",
            ModerationOutcome::Lowered => "lowered",
        }
    }
}
