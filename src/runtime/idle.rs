//! A screen that nobody sits at: blank after a while, left after a longer one.

use super::clock::{self, Clock, Moment};
use chrono::{DateTime, Duration, Utc};

/// After how long without a key; none: never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idle {
    /// The screen goes blank.
    pub blank: Option<Duration>,
    /// The session ends; what was typed is kept as a draft.
    pub leave: Option<Duration>,
}

/// Minutes without a key until the screen goes blank, where the configuration says nothing.
const BLANK_AFTER: u32 = 3;

/// Minutes without a key until the session ends, where the configuration says nothing.
const LEAVE_AFTER: u32 = 20;

impl Idle {
    /// Neither.
    pub const NEVER: Idle = Idle { blank: None, leave: None };

    /// After so many minutes each, as the configuration has them; 0: never.
    ///
    /// # Errors
    /// A session that ends before its screen goes blank, as a sentence: whoever wrote that mistook the one for the other.
    pub fn after(blank: Option<u32>, leave: Option<u32>) -> Result<Idle, String> {
        let (blank, leave) = (blank.unwrap_or(BLANK_AFTER), leave.unwrap_or(LEAVE_AFTER));
        if leave > 0 && leave < blank {
            return Err(format!(
                "A session would end after {leave} minutes, before its screen goes blank after {blank}. Make leave_after in the \
                 configuration the longer of the two, or blank_after 0."
            ));
        }
        let minutes = |minutes: u32| (minutes > 0).then(|| Duration::minutes(minutes.into()));
        Ok(Idle { blank: minutes(blank), leave: minutes(leave) })
    }
}

/// What is to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// Somebody sits there.
    Stay,
    /// Nobody has pressed a key for so long that the screen goes blank.
    Blank,
    /// Nobody has for so long that the session ends.
    Leave,
}

/// When the last key was pressed.
#[derive(Debug, Clone, Copy)]
pub struct Hands {
    at: DateTime<Utc>,
    /// By a clock that nobody sets: a machine whose time is put back must not keep a record in view.
    moment: Moment,
}

impl Hands {
    /// A key was pressed now.
    pub fn now(clock: Clock) -> Hands {
        Hands { at: clock.now(), moment: clock::moment() }
    }

    /// What is to happen after so long.
    pub fn rest(&self, idle: Idle, clock: Clock) -> Now {
        let steady = Duration::from_std(clock::since(self.moment)).unwrap_or(Duration::MAX);
        let rested = (clock.now() - self.at).max(steady);
        let over = |limit: Option<Duration>| limit.is_some_and(|limit| rested >= limit);
        match (over(idle.leave), over(idle.blank)) {
            (true, _) => Now::Leave,
            (false, true) => Now::Blank,
            (false, false) => Now::Stay,
        }
    }
}
