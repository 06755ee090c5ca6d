//! Pages of figures, which are counted beside the session: begun with a key, taken in when they are there.

use super::Workstation;
use crate::app::effect::For;
use crate::app::msg::Msg;
use crate::domain::query::Query;
use ratatui::backend::Backend;
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// How long a page may keep the frame after a key waiting: one that is counted by then is drawn at once, without a word of counting
/// flashing by.
pub(super) const PATIENCE: Duration = Duration::from_millis(40);

impl<B: Backend> Workstation<B> {
    /// Whenever a page has been counted, or an erasure has ended, a word is written here, for whoever waits at the terminal's line.
    pub fn wakes(&mut self, wake: UnixStream) {
        // Without it, the next look around finds that an erasure has ended.
        let _ = wake.try_clone().map(|wake| self.eraser.wakes(wake));
        self.counter.wakes(wake);
    }

    /// Takes in what was done beside the session and is there by now: a page, an erasure; says whether anything was.
    pub fn takes_what_is_done(&mut self) -> bool {
        self.takes_what_was_erased() | self.takes_what_was_counted(Duration::ZERO)
    }

    /// Takes in the page that was being counted, if it is there within this time; says whether it was.
    pub fn takes_what_was_counted(&mut self, within: Duration) -> bool {
        let counted = self.counted(within);
        let there = counted.is_some();
        if let Some(msg) = counted {
            self.take(msg);
        }
        there
    }

    pub(super) fn begin_to_count(&mut self, query: Query) -> Option<Msg> {
        let viewer = self.clock.viewer(self.actor.person);
        match self.counter.ask(query, viewer) {
            Ok(()) if self.patience.is_zero() => None,
            Ok(()) => self.counted(self.patience),
            Err(error) => Some(Msg::Unanswered(For::Insight, error.to_string())),
        }
    }

    fn counted(&mut self, within: Duration) -> Option<Msg> {
        let answer = self.counter.answer(within)?;
        // The lists behind its times are made of what was counted: no key counts it again.
        if let Some(times) = self.counter.times.take() {
            self.library.times = Some(times);
        }
        Some(match answer {
            Ok(answer) => Msg::Answered(For::Insight, Box::new(answer)),
            Err(error) => Msg::Unanswered(For::Insight, error.to_string()),
        })
    }
}
