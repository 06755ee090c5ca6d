//! The room's screen: asked for by a process of its own, so nothing here reads anybody's name, and what is sealed stays so.

use super::{Answers, missing};
use crate::domain::framework::{AnswerKind, Framework, ReviewKind};
use crate::domain::grade::{Grade, Judgement};
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::panel::{Item, ItemStand, Scoring, Sitting, spread};
use crate::domain::query::{Room, RoomItem, RoomScale};
use crate::domain::review::{AnswerValue, ReviewFacts, field};
use crate::store::StoreResult;
use std::collections::BTreeSet;

impl Answers<'_> {
    pub(super) fn room(&mut self, id: PanelId) -> StoreResult<Room> {
        let sitting = self.reading.sitting(id)?.ok_or_else(|| missing("sitting"))?;
        let framework = self.library.current(self.reading)?;
        let scoring = sitting.panel.scoring(&framework);
        let around: BTreeSet<PersonId> = sitting.panel.members.iter().chain(&sitting.panel.guests).copied().collect();
        let (run, _) = self.run_of(&sitting, &around)?;
        let (mut over, mut ahead, mut all) = (Vec::new(), Vec::new(), 0);
        for review in run {
            all += 1;
            let item = self.reading.panel_item(id, review, None)?;
            match item.as_ref().map(|item| item.stand) {
                Some(ItemStand::Decided | ItemStand::SentBack | ItemStand::Deferred) => over.push(review),
                _ if sitting.item == Some(review) => {}
                _ => ahead.push(review),
            }
        }
        let withheld = match sitting.item {
            Some(review) => !self.reading.is_open_to(review, self.viewer)?,
            None => false,
        };
        let now = match sitting.item.filter(|_| !withheld) {
            Some(review) => self.room_item(&sitting, scoring, review)?,
            None => None,
        };
        let last = match over.last().filter(|_| sitting.item.is_none() && sitting.in_progress()) {
            Some(review) => self.room_item(&sitting, scoring, *review)?,
            None => None,
        };
        let out: BTreeSet<PersonId> = match sitting.item.filter(|_| !withheld) {
            Some(review) => self.reading.panel_item(id, review, None)?.map(|item| item.left).unwrap_or_default(),
            None => BTreeSet::new(),
        };
        let leave: BTreeSet<PersonId> = match ahead.first() {
            Some(review) => self.reading.recused_from(*review)?.intersection(&around).copied().collect(),
            None => BTreeSet::new(),
        };
        let mut following = Vec::new();
        for review in &ahead {
            following.extend(self.reading.review_without_form(*review)?.map(|facts| facts.review.clone()));
        }
        let comes_back = |out: &BTreeSet<PersonId>| out.difference(&leave).copied().collect::<Vec<_>>();
        Ok(Room {
            on: sitting.panel.on,
            at: sitting.panel.at.clone(),
            service: sitting.panel.service.clone(),
            stand: sitting.stand,
            scoring,
            done: (over.len(), all),
            minutes_each: sitting.panel.minutes_each,
            grades: Grade::ALL.into_iter().map(|grade| (grade, framework.grade_label(grade).to_string())).collect(),
            leave_next: self.reading.initials(leave.difference(&out).copied())?,
            // Whoever is out while nothing waits comes back when the item is over.
            back_next: self.reading.initials(comes_back(&out))?,
            now,
            last,
            withheld,
            next: following.first().map(|review| (review.reference.clone(), framework.case_type_short(&review.case_type).to_string())),
            later: following.iter().skip(1).map(|review| review.reference.clone()).collect(),
        })
    }

    fn room_item(&mut self, sitting: &Sitting, scoring: Scoring, review: ReviewId) -> StoreResult<Option<RoomItem>> {
        let (id, reading) = (sitting.panel.id, self.reading);
        let Some(item) = reading.panel_item(id, review, None)? else { return Ok(None) };
        let Some(facts) = reading.review(review)? else { return Ok(None) };
        let (_, framework, kind) = self.rules_of(&facts)?;
        let (case, age_years) = reading.case_and_age(review)?;
        let blind = self.is_blind(scoring, Some(&item), &facts)?;
        #[cfg(feature = "broken")]
        let blind = blind && !crate::broken::is(crate::broken::Fault::Unsealed);
        let decision = reading.decision(review)?.filter(|decision| decision.panel == Some(id) && item.stand == ItemStand::Decided);
        let since = sitting.item_since.filter(|_| sitting.item == Some(review)).unwrap_or(item.opened_at);
        Ok(Some(RoomItem {
            reference: facts.review.reference.clone(),
            case,
            case_type: framework.case_type_label(&facts.review.case_type).to_string(),
            kind: kind.label.clone(),
            age_years,
            since,
            stand: item.stand,
            out: reading.initials(item.left.iter().copied())?,
            scales: scales(&framework, &kind, &facts, blind),
            scored: (item.scores.len(), item.scores.len() + item.missing(sitting).len()),
            spread: open_scores(&item),
            original: facts.original.filter(|_| !blind),
            moderated: decision.as_ref().map(|decision| decision.moderated),
            outcome: decision.map(|decision| decision.outcome),
        }))
    }
}

/// The last word of each member once the scores are open, the most extreme first, and whose it is left out.
fn open_scores(item: &Item) -> Vec<Judgement> {
    if !item.revealed {
        return Vec::new();
    }
    let last: Vec<((), Judgement)> = item.last_scores().into_iter().map(|(_, score)| ((), score.judgement)).collect();
    spread(&last).into_iter().map(|(_, judgement)| judgement).collect()
}

/// The areas of a review in bars: the mean of their scaled questions, with the word of its grade, or the area's own grade, where the
/// reviewer's judgement may be known.
fn scales(framework: &Framework, kind: &ReviewKind, facts: &ReviewFacts, blind: bool) -> Vec<RoomScale> {
    let mut rows = Vec::new();
    for area in &kind.areas {
        let points: Vec<u32> = area
            .questions
            .iter()
            .filter(|question| question.answer == AnswerKind::Scale)
            .filter_map(|question| match facts.answer(&field::question(&question.key)) {
                Some(AnswerValue::Scale(point)) => Some(u32::from(*point)),
                _ => None,
            })
            .collect();
        let many = points.len() as u32;
        let tenths = (points.iter().sum::<u32>() * 10 + many / 2).checked_div(many);
        let graded = match facts.answer(&field::area(&area.key)) {
            Some(AnswerValue::Grade(grade)) if !blind => Some(*grade),
            _ => None,
        };
        rows.extend(match (tenths, graded) {
            (Some(tenths), _) => {
                // The band of the nearest whole point: the word says how high the bar is, it is no grade of the review. While members
                // score blind it is left out: a row of words of one grade reads like the grade.
                let point = u8::try_from((tenths + 5) / 10).unwrap_or(10);
                let band = framework.bands.iter().find(|band| !blind && (band.from..=band.to).contains(&point));
                let value = if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) };
                Some(RoomScale { label: area.title.clone(), share: tenths.min(100) as u8, value, grade: band.map(|band| band.grade) })
            }
            (None, Some(grade)) => {
                let share = (grade.rank() as u8 + 1) * 25;
                Some(RoomScale { label: area.title.clone(), share, value: String::new(), grade: Some(grade) })
            }
            (None, None) => None,
        });
    }
    rows
}
