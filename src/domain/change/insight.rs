//! Changes about what findings have in common: themes, good practice, indicators. M22, M27.

use super::Swap;
use crate::domain::id::ReviewId;
use crate::domain::theme::{Coded, GoodPractice, Indicator};
use serde::{Deserialize, Serialize};

/// One fact about findings taken together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InsightChange {
    /// The themes of a review were coded.
    ThemesCoded {
        /// Which review.
        review: ReviewId,
        /// All its themes; none on a side: nothing is coded.
        themes: Swap<Vec<Coded>>,
    },
    /// A passage was marked as good practice, or the mark taken away.
    PracticeMarked(Swap<GoodPractice>),
    /// A value of a performance indicator came in, or another in its place.
    IndicatorReceived(Swap<Indicator>),
}

impl InsightChange {
    /// Whether it tells of a judgement: what was found strong, weak or exemplary does.
    pub(super) fn tells_of_grade(&self) -> bool {
        match self {
            InsightChange::ThemesCoded { .. } | InsightChange::PracticeMarked(_) => true,
            InsightChange::IndicatorReceived(_) => false,
        }
    }

    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            InsightChange::ThemesCoded { .. } => "themes-coded",
            InsightChange::PracticeMarked(_) => "practice-marked",
            InsightChange::IndicatorReceived(_) => "indicator-received",
        }
    }

    /// The object it is about.
    pub fn object(&self) -> String {
        match self {
            InsightChange::ThemesCoded { review, .. } => format!("themes/{}", review.0),
            InsightChange::PracticeMarked(swap) => {
                format!("good-practice/{}", either(swap).map_or(0, |practice| practice.id.0))
            }
            InsightChange::IndicatorReceived(swap) => {
                either(swap).map_or_else(|| "indicator".to_string(), |value| format!("indicator/{}/{}", value.key, value.from))
            }
        }
    }

    /// The review in whose history it shows, if any.
    pub fn review(&self) -> Option<ReviewId> {
        match self {
            InsightChange::ThemesCoded { review, .. } => Some(*review),
            InsightChange::PracticeMarked(swap) => either(swap).map(|practice| practice.review),
            InsightChange::IndicatorReceived(_) => None,
        }
    }

    /// How it reads in a history.
    pub fn sentence(&self) -> String {
        match self {
            InsightChange::ThemesCoded { themes, .. } => match themes.after.as_deref() {
                None | Some([]) => "Themes: none any more".to_string(),
                Some(coded) => {
                    let said = coded.iter().map(|coded| format!("{} ({})", coded.theme.replace('-', " "), coded.found.label()));
                    format!("Themes: {}", said.collect::<Vec<_>>().join(", "))
                }
            },
            InsightChange::PracticeMarked(swap) => match &swap.after {
                Some(practice) => format!("Marked as good practice: {}", practice.note),
                None => "No longer marked as good practice".to_string(),
            },
            InsightChange::IndicatorReceived(swap) => match &swap.after {
                Some(value) => format!("Indicator {}: {} from {}", value.key, value.value, value.from.format("%-d %b %Y")),
                None => "A value of an indicator was taken back".to_string(),
            },
        }
    }

    /// The change that puts things back.
    pub fn reversed(&self) -> InsightChange {
        match self.clone() {
            InsightChange::ThemesCoded { review, themes } => InsightChange::ThemesCoded { review, themes: themes.reversed() },
            InsightChange::PracticeMarked(swap) => InsightChange::PracticeMarked(swap.reversed()),
            InsightChange::IndicatorReceived(swap) => InsightChange::IndicatorReceived(swap.reversed()),
        }
    }
}

fn either<T>(swap: &Swap<T>) -> Option<&T> {
    swap.after.as_ref().or(swap.before.as_ref())
}
