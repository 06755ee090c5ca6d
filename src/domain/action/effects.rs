//! The effect ledger: of what was looked at again months later, what had lasted; by kind of action and theme by theme, and never more
//! than the counts can say.

use super::Effect;
use crate::domain::framework::Framework;
use crate::domain::insight::Share;
use serde::{Deserialize, Serialize};

/// How many judgements of each sort: what recurred and was sustained the next time is one of either. F14, S13.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// How many had lasted.
    pub sustained: u32,
    /// How many in part.
    pub partly: u32,
    /// How often what an action was raised for came back.
    pub recurred: u32,
    /// Of how many it could not be told.
    pub cannot_tell: u32,
}

impl Judged {
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

    /// Both together.
    pub fn and(self, other: Judged) -> Judged {
        Judged {
            sustained: self.sustained + other.sustained,
            partly: self.partly + other.partly,
            recurred: self.recurred + other.recurred,
            cannot_tell: self.cannot_tell + other.cannot_tell,
        }
    }

    /// How many judgements there are.
    pub fn looked_at(&self) -> u32 {
        self.sustained + self.partly + self.recurred + self.cannot_tell
    }

    /// What lasted, of those of which it could be told.
    pub fn lasted(&self) -> Share {
        Share::new(self.sustained, self.looked_at() - self.cannot_tell)
    }
}

/// What became of the actions of one kind or theme, or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectRow {
    /// Key of the kind or theme; empty: of every action.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The counts; none: they are too small to be told, or the only ones that a smaller row could be worked out from.
    pub judged: Option<Judged>,
}

impl EffectRow {
    /// In words: the share with its interval, or that there are too few to say.
    pub fn say(&self, fewest: u32) -> String {
        match self.judged.map(|judged| judged.lasted()) {
            Some(lasted) if lasted.of >= fewest.max(1) => format!("{} lasted, 95 % interval {}", lasted.say(), lasted.say_interval()),
            _ => "too few to say".to_string(),
        }
    }
}

/// The whole ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Every action, also of plans and registers.
    pub all: EffectRow,
    /// By kind of action, in the profile's order; those of which nobody said it last.
    pub kinds: Vec<EffectRow>,
    /// By theme of the review they come from, in the profile's order: an action whose review has several counts for each, one that
    /// comes from no review for none.
    pub themes: Vec<EffectRow>,
    /// From so many judgements on a row is told.
    pub fewest: u32,
}

/// Counts by key.
pub type JudgedBy = Vec<(String, Judged)>;

impl Ledger {
    /// Makes the ledger of what was counted: by kind, every action once, and by theme.
    pub fn of(framework: &Framework, kinds: JudgedBy, themes: JudgedBy) -> Ledger {
        let fewest = framework.small_numbers_below.max(1);
        let all = kinds.iter().fold(Judged::default(), |sum, (_, judged)| sum.and(*judged));
        let by_kind = framework.actions.kinds.iter().map(|kind| (kind.key.as_str(), kind.label.as_str()));
        let by_theme = framework.themes.iter().map(|theme| (theme.key.as_str(), theme.label.as_str()));
        let mut kinds = rows(kinds, by_kind.chain([("", "Kind not said")]));
        let mut themes = rows(themes, by_theme);
        let told = |row: &EffectRow| row.judged.is_some_and(|judged| judged.looked_at() >= fewest);
        let one = [EffectRow { label: "All actions".into(), judged: Some(all), ..EffectRow::default() }];
        let [mut whole] = one;
        for row in kinds.iter_mut().chain(&mut themes).chain([&mut whole]).filter(|row| !told(row)) {
            row.judged = None;
        }
        // Every action is of one kind: the only row left out is what all others leave of the whole.
        if whole.judged.is_some() && kinds.iter().filter(|row| row.judged.is_none()).count() == 1 {
            let next = kinds.iter_mut().filter(|row| row.judged.is_some());
            if let Some(row) = next.min_by_key(|row| row.judged.map_or(0, |judged| judged.looked_at())) {
                row.judged = None;
            }
        }
        Ledger { all: whole, kinds, themes, fewest }
    }

    /// Whether nothing was looked at again yet, as far as whoever looks may know.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Every row, the whole first.
    pub fn rows(&self) -> impl Iterator<Item = &EffectRow> {
        let whole = (!self.is_empty()).then_some(&self.all);
        whole.into_iter().chain(&self.kinds).chain(&self.themes)
    }
}

/// Rows in the order of the known keys, each with its label; of an unknown one, which an older version of the profile had, its key.
fn rows<'a>(mut counts: JudgedBy, known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<EffectRow> {
    let mut rows = Vec::new();
    for (key, label) in known {
        if let Some(place) = counts.iter().position(|(counted, _)| counted == key) {
            let (key, judged) = counts.swap_remove(place);
            rows.push(EffectRow { key, label: label.to_string(), judged: Some(judged) });
        }
    }
    counts.sort_by(|left, right| left.0.cmp(&right.0));
    rows.extend(counts.into_iter().map(|(key, judged)| EffectRow { label: key.clone(), key, judged: Some(judged) }));
    rows
}
