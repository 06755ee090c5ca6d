//! What the made-up council finds in common: themes of each review, passages of good practice, and indicators beside them.

use super::dates::{at, workday};
use super::dice::Dice;
use super::file_of;
use super::town::{Event, Town};
use super::words::Quality;
use crate::domain::calendar::local_date;
use crate::domain::deed::{Deed, InsightDeed};
use crate::domain::grade::Grade;
use crate::domain::id::ReviewId;
use crate::domain::theme::{Indicator, PracticeWanted, ThemeWanted};
use crate::domain::year::{first_of, last_of};
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Duration, Months, Utc};
use std::collections::BTreeMap;

/// What was good, without names.
const PRACTICE: [&str; 10] = [
    "A life story book was made together, in the child\u{2019}s own words, and is added to after each visit.",
    "The plan is written to the child and says who does what by when; they could explain it themselves.",
    "The father was found and brought in early, and contact went from none to every week.",
    "Supervision asks what the child would say about the week, and the record shows the answer.",
    "The chronology was read with the parents, who then saw the pattern for the first time.",
    "The school and health visitor were in the room when the danger statement was written.",
    "A young person chaired part of their own review and chose who was there.",
    "Identity and faith were explored with the wider family and changed the placement plan.",
    "The contingency plan was tried out with the family before it was needed, and it held.",
    "The worker explained what the concerns were in plain words, and the mother repeated them back as her own.",
];

/// How the performance team tells an indicator whose level goes from 55 to 98: what is done in time is a share, and what nobody wants
/// much of is small.
fn usual(key: &str) -> fn(i64) -> String {
    match key {
        "repeat-plans" => |level| format!("{} %", level / 4),
        "placement-moves" => |level| format!("{} %", level / 8),
        "worker-changes" => |level| format!("1.{}", level / 5 % 10),
        _ => |level| format!("{level} %"),
    }
}

impl Town {
    /// The reviewer says what the themes are, and sometimes marks what was good. Chance of its own, by the review: the rest of the
    /// council stays as it is for a seed.
    pub(super) fn find_themes(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, quality: Quality) -> StoreResult<()> {
        let Some(reviewer) = self.plays.get(&review).and_then(|play| play.reviewer) else { return Ok(()) };
        let mut dice = Dice::new(0x7E3E ^ (review.0 as u64).wrapping_mul(0x9E37_79B9));
        let themes: Vec<String> = self.framework.themes.iter().map(|theme| theme.key.clone()).collect();
        // A few reviewers leave it to the Insights team, which has not come to it yet.
        if themes.is_empty() || dice.chance(12) {
            return Ok(());
        }
        let good = quality.grade >= Grade::Good;
        let mut wanted: Vec<ThemeWanted> = Vec::new();
        for _ in 0..dice.range(1, 3) {
            // The first themes of a code book come up most.
            let place = dice.below(themes.len()).min(dice.below(themes.len()));
            let Some(theme) = themes.get(place).filter(|theme| wanted.iter().all(|known| known.theme != **theme)).cloned() else {
                continue;
            };
            let strength = dice.chance(if good { 75 } else { 25 });
            wanted.push(ThemeWanted { theme, strength, improve: !strength });
        }
        let best = wanted.iter().find(|one| one.strength).map(|one| one.theme.clone());
        self.perform(tx, reviewer, now, Deed::Insight(InsightDeed::Code { reviews: vec![review], wanted }))?;
        if let Some(theme) = best.filter(|_| good && dice.chance(12)) {
            let note = dice.word(&PRACTICE).to_string();
            let wanted = PracticeWanted { theme, place: String::new(), note };
            self.perform(tx, reviewer, now, Deed::Insight(InsightDeed::MarkPractice { review, wanted }))?;
        }
        Ok(())
    }

    /// Puts the indicators of the last fourteen months into the diary: each month's file comes in the week after it, and what is older
    /// than the story with its first. M27.
    pub(super) fn indicators(&mut self, start: DateTime<Utc>, mut dice: Dice) {
        let first = first_of(local_date(self.now)) - Months::new(14);
        let mut files: BTreeMap<DateTime<Utc>, Vec<Indicator>> = BTreeMap::new();
        for indicator in self.framework.indicators.clone() {
            let mut level = dice.range(70, 92);
            let told = usual(&indicator.key);
            for month in 0..14 {
                level = (level + dice.range(-3, 3)).clamp(55, 98);
                let from = first + Months::new(month);
                let until = last_of(from);
                let comes = at(workday(&self.calendar, until + Duration::days(5)), 9 * 60 + 25).max(start + Duration::hours(3));
                if comes > self.now {
                    continue;
                }
                let source = "performance team, monthly".to_string();
                let row = Indicator { key: indicator.key.clone(), from, until, value: told(level), source };
                files.entry(comes).or_default().push(row);
            }
        }
        for (comes, rows) in files {
            let file = file_of(&format!("indicators_{}.csv", local_date(comes).format("%Y_%m")), &format!("{rows:?}"));
            self.later(comes, Event::Other(Box::new(Deed::Insight(InsightDeed::ImportIndicators { rows, file }))));
        }
    }
}
