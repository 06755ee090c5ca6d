//! The effect ledger: of what was looked at again months later, what had lasted; theme by theme, and never more than the counts can say.

use super::Effect;
use crate::domain::insight::Share;
use serde::{Deserialize, Serialize};

/// What became of the actions of one theme, or of all. F14, S13.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectRow {
    /// Key of the theme; empty: of every action.
    pub theme: String,
    /// Its label.
    pub label: String,
    /// How many had lasted.
    pub sustained: u32,
    /// How many in part.
    pub partly: u32,
    /// How many came back.
    pub recurred: u32,
    /// Of how many it could not be told.
    pub cannot_tell: u32,
}

impl EffectRow {
    /// Counts some that were judged so.
    pub fn add(&mut self, effect: Effect, count: u32) {
        let place = match effect {
            Effect::Sustained => &mut self.sustained,
            Effect::Partly => &mut self.partly,
            Effect::Recurred => &mut self.recurred,
            Effect::CannotTell => &mut self.cannot_tell,
        };
        *place += count;
    }

    /// How many were looked at again.
    pub fn looked_at(&self) -> u32 {
        self.sustained + self.partly + self.recurred + self.cannot_tell
    }

    /// What lasted, of those of which it could be told.
    pub fn lasted(&self) -> Share {
        Share::new(self.sustained, self.looked_at() - self.cannot_tell)
    }

    /// In words: the share with its interval, or that there are too few to say.
    pub fn say(&self, fewest: u32) -> String {
        let lasted = self.lasted();
        if lasted.of < fewest.max(1) {
            return "too few to say".to_string();
        }
        format!("{} lasted, 95 % interval {}", lasted.say(), lasted.say_interval())
    }
}
