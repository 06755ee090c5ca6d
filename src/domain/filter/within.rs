//! Groups of the tracker, and the columns of its board: exactly the actions that a group counted.

use crate::domain::id::{PersonId, ReviewId, TeamId};

/// One group of actions. Never typed: it is what a group that is unfolded adds to the filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// Of this owner.
    Owner(PersonId),
    /// Whose owner is of this team; none: of no team.
    Team(Option<TeamId>),
    /// Whose review has this theme; none: it has no theme, or comes from no review.
    Theme(Option<String>),
    /// Of this review; none: of none.
    Review(Option<ReviewId>),
    /// In this column of the board.
    Column(Column),
}

/// A column of the board: where actions stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Not started.
    Open,
    /// Started by its owner.
    InProgress,
    /// Done, to be signed off.
    Done,
    /// Signed off: to be looked at again, or waiting for its day.
    SignedOff,
    /// Looked at again: sustained, partly, cannot tell. What recurred is open.
    LookedAt,
}

impl Column {
    /// Every one, in the order of an action's life.
    pub const ALL: [Column; 5] = [Column::Open, Column::InProgress, Column::Done, Column::SignedOff, Column::LookedAt];

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            Column::Open => "Open",
            Column::InProgress => "In progress",
            Column::Done => "To sign off",
            Column::SignedOff => "Signed off",
            Column::LookedAt => "Looked at",
        }
    }
}
