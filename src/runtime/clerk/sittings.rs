//! Deeds around a sitting before it begins: planning it, moving it or its items, calling it off. M05, S07, F09.

use super::{Asked, Desk, refuse};
use crate::domain::change::{Change, PanelChange, Swap};
use crate::domain::count::counted;
use crate::domain::id::{PanelId, ReviewId};
use crate::domain::panel::{self, Panel, Sitting, SittingStand, SittingWanted};
use crate::domain::query::Viewer;
use crate::store::{Numbered, StoreResult};

impl Desk<'_, '_> {
    pub(super) fn plan_sitting(&mut self, wanted: SittingWanted) -> Asked {
        let framework = self.library.current(self.reading())?;
        let id = PanelId(self.tx.next(Numbered::Panel)?);
        let from = wanted.from;
        let planned = panel::plan(&framework, &*self.reading().people_by_id()?, id, wanted)?;
        panel::lies_ahead(&planned, self.now)?;
        let mut said = format!("Panel planned for {}", planned.on.format("%A %-d %B"));
        let moved = from.map(|from| self.all_from(from, &planned)).transpose()?;
        let mut changes = vec![Change::PanelPlanned(Swap::new(planned))];
        if let Some((moved, left)) = moved {
            said.push_str(&format!("; {} moved to it", counted(moved.len(), "case", "cases")));
            if left > 0 {
                said.push_str(&format!(", {left} stayed: opened there, or of another service"));
            }
            said.push_str(&from.map(|from| self.is_empty_now(from, left)).transpose()?.unwrap_or_default());
            changes.extend(moved);
        }
        Ok((changes, said))
    }

    /// What is said of a sitting whose cases have all moved to another: nobody needs to come to it.
    fn is_empty_now(&self, from: PanelId, left: usize) -> StoreResult<String> {
        let sitting = self.sitting(from)?;
        let empty = left == 0 && sitting.stand == SittingStand::Planned && self.reading().items_of(from, &self.viewer())?.is_empty();
        let on = sitting.panel.on.format("%A %-d %B");
        Ok(if empty {
            format!("; the sitting on {on} has none left: call it off, or it stands with nothing to hear")
        } else {
            String::new()
        })
    }

    /// The moves of everything that still waits at one sitting to one that is planned now, and how many cannot move.
    fn all_from(&mut self, from: PanelId, planned: &Panel) -> StoreResult<(Vec<Change>, usize)> {
        let (source, doer, reading) = (self.sitting(from)?, self.doer()?, self.reading());
        let to = Sitting::of(planned.clone());
        let viewer = self.viewer();
        let (mut moved, mut left) = (Vec::new(), 0);
        for waiting in reading.waiting_for_panel(&viewer)?.into_iter().filter(|one| one.sitting == Some(from)) {
            let Some(facts) = reading.review_without_form(waiting.review)? else { continue };
            let there = reading.item_stand(from, waiting.review)?;
            let service = reading.service_of_review(waiting.review)?;
            match panel::may_move_item((&source, there), (&to, None), &facts, &service, doer) {
                Ok(()) => moved.push(self.moved(waiting.review, planned)?),
                Err(_) => left += 1,
            }
        }
        Ok((moved, left))
    }

    fn moved(&self, review: ReviewId, to: &Panel) -> StoreResult<Change> {
        let swap = Swap { before: self.reading().moved_to(review)?, after: Some(to.id) };
        Ok(Change::Panel(PanelChange::ItemMoved { review, to: swap, on: to.on }))
    }

    pub(super) fn move_item(&mut self, review: ReviewId, from: PanelId, to: PanelId) -> Asked {
        let facts =
            self.reading().review_without_form(review)?.ok_or_else(|| refuse("There is no such review.", "Move one that waits."))?;
        let (source, target, doer, reading) = (self.sitting(from)?, self.sitting(to)?, self.doer()?, self.reading());
        let reference = &facts.review.reference;
        if reading.sitting_of(review, self.today)? != Some(from) {
            return Err(refuse(format!("{reference} is not on this sitting\u{2019}s agenda any more."), "Look where it is now."));
        }
        let (there, here) = (reading.item_stand(from, review)?, reading.item_stand(to, review)?);
        panel::may_move_item((&source, there), (&target, here), &facts, &reading.service_of_review(review)?, doer)?;
        let said = format!("{reference} moves to the sitting on {}", target.panel.on.format("%A %-d %B"));
        Ok((vec![self.moved(review, &target.panel)?], said))
    }

    pub(super) fn move_sitting(&mut self, id: PanelId, seen: i64, wanted: SittingWanted) -> Asked {
        let framework = self.library.current(self.reading())?;
        let sitting = self.sitting_as_seen(id, seen)?;
        panel::may_move(&sitting)?;
        let after = panel::plan(&framework, &*self.reading().people_by_id()?, id, wanted)?;
        if after == sitting.panel {
            return Ok((Vec::new(), "Nothing had changed".into()));
        }
        if (after.on, &after.at) != (sitting.panel.on, &sitting.panel.at) {
            panel::lies_ahead(&after, self.now)?;
        }
        let cases = self.waiting_for(id, &Viewer::of(None, self.now, self.today))?.len();
        panel::may_unseal(&framework, &sitting.panel, &after, cases, self.actor.person)?;
        let said = format!("Panel on {} changed", after.on.format("%A %-d %B"));
        Ok((vec![Change::PanelPlanned(Swap { before: Some(sitting.panel), after: Some(after) })], said))
    }

    /// Calls a sitting off that was never begun. What waited there waits for another one, which is found for it by itself.
    pub(super) fn call_off(&mut self, id: PanelId, seen: i64, why: &str) -> Asked {
        let (sitting, doer) = (self.sitting_as_seen(id, seen)?, self.doer()?);
        panel::may_call_off(&sitting, why, doer)?;
        let on = sitting.panel.on;
        // Counted for whoever asks; kept whole, since what is withheld from them moves all the same.
        let waiting = self.waiting_for(id, &self.viewer())?.len();
        let had = self.waiting_for(id, &Viewer::of(None, self.now, self.today))?;
        let waits = match waiting {
            0 => String::new(),
            1 => "; the case on its agenda waits for another sitting".to_string(),
            n => format!("; the {n} cases on its agenda wait for another sitting"),
        };
        let said = format!("The sitting on {} is called off{waits}", on.format("%A %-d %B"));
        let why = Swap { before: None, after: Some(why.to_string()) };
        Ok((vec![Change::Panel(PanelChange::CalledOff { panel: id, on, why, had })], said))
    }

    pub(super) fn waiting_for(&self, id: PanelId, viewer: &Viewer) -> StoreResult<Vec<ReviewId>> {
        let waiting = self.reading().waiting_for_panel(viewer)?.into_iter();
        Ok(waiting.filter(|one| one.sitting == Some(id)).map(|one| one.review).collect())
    }

    pub(super) fn sitting_as_seen(&self, id: PanelId, seen: i64) -> StoreResult<Sitting> {
        let sitting = self.sitting(id)?;
        if sitting.revision != seen {
            return Err(self.stale("The sitting", sitting.revision)?);
        }
        Ok(sitting)
    }
}
