//! The small parts of the state: panes, views, who sits here, the status line, the cycle view.

use crate::domain::id::CycleId;
use crate::domain::query::{CycleDetail, CycleRow, FrameDetail};

/// The four panes of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    /// Reviews with something left to do.
    Queue,
    /// Reviews before the panel.
    Panel,
    /// Inadequate alerts.
    Alerts,
    /// Actions.
    Actions,
}

impl Pane {
    /// Every pane, in the order of the keys 1 to 4.
    pub const ALL: [Pane; 4] = [Pane::Queue, Pane::Panel, Pane::Alerts, Pane::Actions];

    /// Its title.
    pub fn label(self) -> &'static str {
        match self {
            Pane::Queue => "Queue",
            Pane::Panel => "Panel",
            Pane::Alerts => "Alerts",
            Pane::Actions => "Actions",
        }
    }
}

/// What fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The desk with its four panes, or one of them alone.
    Desk,
    /// One cycle.
    Cycle,
    /// The people.
    Register,
    /// One review.
    Record,
    /// One alert.
    Alert,
    /// The year's programme.
    Programme,
    /// The improvement plan of a cycle.
    Plan,
    /// The registers of other activity.
    Registers,
    /// The reports.
    Reports,
    /// The panel room.
    Sitting,
    /// What the reviews say together.
    Insight,
}

/// Who sits here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Login.
    pub login: String,
    /// Role in words.
    pub role: String,
    /// Run of the program.
    pub session: String,
}

/// A sentence in the status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// How it is meant.
    pub level: Level,
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Something was done.
    Done,
    /// Something to know.
    Info,
    /// Something was refused or went wrong.
    Trouble,
}

/// The cycle view.
#[derive(Debug, Clone, Default)]
pub struct CycleView {
    /// Every cycle, newest first.
    pub cycles: Vec<CycleRow>,
    /// The one that is shown.
    pub shown: Option<CycleId>,
    /// Whole.
    pub detail: Option<Box<CycleDetail>>,
    /// What the frame held when the form for drawing was opened.
    pub frame: Option<Box<FrameDetail>>,
    /// Place of the cursor: phases first, then reviews.
    pub at: usize,
    /// One was opened a moment ago: it is the one people go on with.
    pub just_opened: bool,
}

impl CycleView {
    /// Rows the cursor can be on.
    pub fn rows(&self) -> usize {
        self.detail.as_ref().map_or(0, |detail| detail.phases.len() + detail.reviews.len())
    }
}
