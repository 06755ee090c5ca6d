//! Where a cycle stands in the framework's improvement cycle. C16.

use crate::domain::framework::Stage;

/// How one stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageStand {
    /// Every phase of it is done.
    Done,
    /// The cycle is in it.
    Now,
    /// It is still to come.
    Ahead,
    /// It goes on all the time: no phase of a cycle belongs to it.
    Always,
}

impl StageStand {
    /// The word for the screen.
    pub fn label(self) -> &'static str {
        match self {
            StageStand::Done => "done",
            StageStand::Now => "now",
            StageStand::Ahead => "ahead",
            StageStand::Always => "all the time",
        }
    }
}

/// The stages with how each stands, given which phases (by key) are done: the first that is not done is the one the cycle is in.
pub fn stages(stages: &[Stage], is_done: impl Fn(&str) -> bool) -> Vec<(String, StageStand)> {
    let mut now = false;
    let mut found = Vec::new();
    for stage in stages {
        let stand = if stage.phases.is_empty() {
            StageStand::Always
        } else if now {
            StageStand::Ahead
        } else if stage.phases.iter().all(|phase| is_done(phase)) {
            StageStand::Done
        } else {
            now = true;
            StageStand::Now
        };
        found.push((stage.label.clone(), stand));
    }
    found
}
