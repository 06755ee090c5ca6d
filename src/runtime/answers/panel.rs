//! Answers about the panel: sittings, the agenda in its order, and the item on the table.
//!
//! While an item is to be scored blind the reviewer's judgement is left out here, so that no screen can show it.

use super::{Answers, missing, short_type};
use crate::domain::framework::Framework;
use crate::domain::grade::Judgement;
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::panel::{
    Item, ItemStand, Scoring, Sitting, SittingStand, comings_and_goings, in_blind_words, in_words, run_order, spread,
};
use crate::domain::person::Person;
use crate::domain::query::{
    AgendaRow, AgendaStand, Coverage, ItemDetail, OutOfSight, ReviewDetail, ScoreRow, Seat, SeatKind, SittingDetail, SittingRow,
};
use crate::domain::review::{PanelStand, ReviewFacts, ReviewState};
use crate::store::{StoreError, StoreResult};
use std::collections::{BTreeMap, BTreeSet};

/// Sittings that a list shows.
const SITTINGS: u32 = 40;

pub(super) type People = BTreeMap<PersonId, Person>;

impl Answers<'_> {
    pub(super) fn sittings(&mut self) -> StoreResult<Vec<SittingRow>> {
        let people = self.reading.people_by_id()?;
        let mut rows = Vec::new();
        for sitting in self.reading.sittings(self.viewer.today, SITTINGS)? {
            let panel = &sitting.panel;
            let heard = self.reading.items_of(panel.id, self.viewer)?;
            let mut done = 0;
            for review in &heard {
                let stand = self.reading.panel_item(panel.id, *review, None)?.map(|item| item.stand);
                done += u32::from(stand.is_some_and(|stand| stand != ItemStand::Open));
            }
            let waited = match sitting.stand {
                SittingStand::Closed => self.reading.had_before(panel.id, self.viewer)?.into_iter().map(|(review, _)| review).collect(),
                _ => self.waiting_at(&sitting)?,
            };
            let fresh = waited.iter().filter(|review| !heard.contains(review)).count();
            rows.push(SittingRow {
                id: panel.id,
                on: panel.on,
                at: panel.at.clone(),
                chair: short(&people, panel.chair),
                service: panel.service.clone(),
                stand: sitting.stand,
                items: (heard.len() + fresh) as u32,
                done,
            });
        }
        Ok(rows)
    }

    /// Reviews that wait for this sitting and no other, and may be seen by whoever looks, oldest first.
    fn waiting_at(&self, sitting: &Sitting) -> StoreResult<Vec<ReviewId>> {
        if sitting.stand.is_over() {
            return Ok(Vec::new());
        }
        let waiting = self.reading.waiting_for_panel(self.viewer)?.into_iter();
        Ok(waiting.filter(|one| one.sitting == Some(sitting.panel.id)).map(|one| one.review).collect())
    }

    pub(super) fn sitting(&mut self, id: PanelId) -> StoreResult<SittingDetail> {
        let sitting = self.reading.sitting(id)?.ok_or_else(|| missing("sitting"))?;
        let framework = self.library.current(self.reading)?;
        let scoring = sitting.panel.scoring(&framework);
        let people = self.reading.people_by_id()?;
        let seats = seats(&sitting, &people);
        let around: BTreeSet<PersonId> = seats.iter().map(|seat| seat.person).collect();
        let (run, moves) = self.run_of(&sitting, &around)?;
        let mut agenda = Vec::with_capacity(run.len());
        for review in run {
            agenda.push(self.agenda_row(&sitting, scoring, &people, &around, review)?);
        }
        let mut sitting = sitting;
        let withheld = match sitting.item.map(|review| self.reading.open_to(review, self.viewer)) {
            None | Some(Ok(())) => None,
            Some(Err(StoreError::Withheld { .. })) => Some(OutOfSight::Recused),
            Some(Err(StoreError::Beyond)) => Some(OutOfSight::Beyond),
            Some(Err(error)) => return Err(error),
        };
        let on_table = sitting.item.filter(|_| withheld.is_none());
        let asks = on_table.map(|review| self.question(review)).transpose()?.flatten().map(Box::new);
        let item = match on_table.filter(|_| asks.is_none()) {
            Some(review) => Some(Box::new(self.item_of(&sitting, scoring, &people, review)?)),
            None => None,
        };
        if withheld.is_some() {
            (sitting.item, sitting.item_since) = (None, None);
        }
        sitting.run.retain(|review| agenda.iter().any(|row| row.review == *review));
        let mut minutes = Vec::new();
        for minute in self.reading.minutes_of(id, self.viewer)? {
            let about = match minute.review {
                Some(review) => self.reading.review_without_form(review)?.map(|facts| facts.review.reference.clone()),
                None => None,
            };
            minutes.push((minute.at, minute.by, about, minute.text));
        }
        let me = self.viewer.person;
        let had = match sitting.stand {
            SittingStand::CalledOff => self.reading.had_before(id, self.viewer)?.into_iter().map(|(_, reference)| reference).collect(),
            _ => Vec::new(),
        };
        let sent_on = if sitting.stand == SittingStand::Closed { self.sent_on(id)? } else { Vec::new() };
        Ok(SittingDetail {
            had,
            sent_on,
            leads: self.leads(&framework, &sitting, &people),
            coverage: self.coverage()?,
            chairs: self.reading.chairs_of(id)?,
            withheld,
            sitting,
            framework,
            scoring,
            seats,
            agenda,
            moves,
            me,
            minutes,
            asks,
            item,
        })
    }

    /// What still waited at a sitting when it was closed, and the day of the sitting that has it now, or that decided it.
    fn sent_on(&self, id: PanelId) -> StoreResult<Vec<(String, Option<chrono::NaiveDate>)>> {
        let mut sent_on = Vec::new();
        for (review, reference) in self.reading.had_before(id, self.viewer)? {
            let facts = self.reading.review_without_form(review)?.ok_or_else(|| missing("review"))?;
            let on = match facts.panel {
                PanelStand::Decided => self.reading.decision(review)?.map(|decision| decision.on),
                PanelStand::Waiting(_) if facts.state != ReviewState::Withdrawn => self.day_at_panel(review)?,
                _ => None,
            };
            sent_on.push((reference, on));
        }
        Ok(sent_on)
    }

    /// The day of the sitting on whose agenda a review stands that waits for the panel.
    pub(super) fn day_at_panel(&self, review: ReviewId) -> StoreResult<Option<chrono::NaiveDate>> {
        let sitting = self.reading.sitting_of(review, self.viewer.today)?;
        Ok(sitting.map(|id| self.reading.sitting(id)).transpose()?.flatten().map(|sitting| sitting.panel.on))
    }

    fn leads(&self, framework: &Framework, sitting: &Sitting, people: &People) -> bool {
        let Some(me) = self.viewer.person else { return true };
        let insights = people.get(&me).is_some_and(|person| framework.role(&person.role).is_some_and(|role| role.insights));
        insights || sitting.panel.chair == Some(me)
    }

    pub(super) fn coverage(&self) -> StoreResult<Coverage> {
        let overview = self.reading.moderation_coverage(self.viewer)?;
        Ok(Coverage { due: overview.0, done: overview.1, sent_back: overview.2 })
    }

    /// The agenda's order: what was heard, in the order of its opening, then what waits: by hand where somebody said so, else so
    /// that few have to come and go. And the comings and goings of what waits.
    pub(super) fn run_of(&self, sitting: &Sitting, around: &BTreeSet<PersonId>) -> StoreResult<(Vec<ReviewId>, usize)> {
        let heard = self.reading.items_of(sitting.panel.id, self.viewer)?;
        let waiting: Vec<ReviewId> = self.waiting_at(sitting)?.into_iter().filter(|review| !heard.contains(review)).collect();
        let mut leaving = Vec::with_capacity(waiting.len());
        for review in waiting {
            leaving.push((review, self.reading.recused_from(review)?.intersection(around).copied().collect::<BTreeSet<_>>()));
        }
        let by_hand = |review: &ReviewId| sitting.run.iter().position(|named| named == review).unwrap_or(usize::MAX);
        let order: Vec<ReviewId> = if sitting.run.is_empty() {
            run_order(&leaving)
        } else {
            let mut order: Vec<ReviewId> = leaving.iter().map(|(review, _)| *review).collect();
            order.sort_by_key(by_hand);
            order
        };
        leaving.sort_by_key(|(review, _)| order.iter().position(|other| other == review));
        let moves = comings_and_goings(&leaving);
        Ok((heard.into_iter().chain(order).collect(), moves))
    }

    fn agenda_row(
        &mut self,
        sitting: &Sitting,
        scoring: Scoring,
        people: &People,
        around: &BTreeSet<PersonId>,
        review: ReviewId,
    ) -> StoreResult<AgendaRow> {
        let facts = self.reading.review_without_form(review)?.ok_or_else(|| missing("review"))?;
        let (_, framework, _) = self.rules_of(&facts)?;
        let item = self.reading.panel_item(sitting.panel.id, review, self.viewer.person)?;
        let decision = self.reading.decision(review)?.filter(|decision| decision.panel == Some(sitting.panel.id));
        let blind = self.is_blind(scoring, item.as_ref(), &facts)?;
        let stand = match (&item, &decision) {
            (Some(item), _) if item.stand == ItemStand::SentBack => AgendaStand::SentBack(item.said.clone()),
            (Some(item), _) if item.stand == ItemStand::Deferred => AgendaStand::Deferred(item.said.clone()),
            (_, Some(decision)) => AgendaStand::Decided(decision.outcome),
            (Some(_), None) if sitting.item == Some(review) => AgendaStand::Now,
            (Some(_), None) => AgendaStand::Aside,
            (None, None) => AgendaStand::Waits,
        };
        let names = self.reading.names_of(review)?;
        let leave = match &item {
            Some(item) => item.left.clone(),
            None => self.reading.recused_from(review)?.intersection(around).copied().collect(),
        };
        let told = match (&facts.panel, blind) {
            (PanelStand::Waiting(why), false) => why.clone(),
            (_, true) => in_blind_words(&facts.panel_reasons),
            (_, false) => in_words(&framework, &facts.panel_reasons, facts.original),
        };
        let team_manager = self.team_manager(people, review)?;
        let rule = &framework.moderation;
        let me = self.viewer.person;
        let mine = me.is_some()
            && ((rule.invites_reviewer && me == facts.reviewer)
                || (rule.invites.iter().any(|role| role == "TM") && !team_manager.is_empty() && team_manager == short(people, me)));
        Ok(AgendaRow {
            review,
            reference: facts.review.reference.clone(),
            case: names.map(|names| names.case).unwrap_or_default(),
            case_type: short_type(&framework, &facts.review.case_type),
            reasons: facts.panel_reasons.clone(),
            why: told,
            reviewer: short(people, facts.reviewer),
            team_manager,
            mine,
            stand,
            leave: leave.into_iter().map(|person| (person, short(people, Some(person)))).collect(),
            original: facts.original.filter(|_| !blind),
            moderated: decision.map(|decision| decision.moderated),
            revision: facts.revision,
        })
    }

    fn item_of(&mut self, sitting: &Sitting, scoring: Scoring, people: &People, review: ReviewId) -> StoreResult<ItemDetail> {
        let around: BTreeSet<PersonId> = seats(sitting, people).iter().map(|seat| seat.person).collect();
        let row = self.agenda_row(sitting, scoring, people, &around, review)?;
        let item = self.reading.panel_item(sitting.panel.id, review, self.viewer.person)?;
        let mut detail = self.review(review)?;
        let blind = detail.kept_back || is_blind(scoring, item.as_ref(), &detail.facts);
        if blind {
            hide_judgement(&mut detail);
        }
        let waits = item.as_ref().map(|item| item.missing(sitting)).unwrap_or_default();
        let open = item.as_ref().filter(|item| item.revealed);
        let firsts: Vec<(PersonId, Judgement)> = open
            .map(|item| item.scores.iter().filter_map(|(person, score)| Some((*person, score.as_ref()?.judgement))).collect())
            .unwrap_or_default();
        let rows = spread(&firsts).into_iter().map(|(person, first)| {
            let again = open.and_then(|item| item.again.get(&person));
            let note = open.and_then(|item| item.scores.get(&person)?.as_ref()).map(|score| score.note.clone()).unwrap_or_default();
            ScoreRow { member: short(people, Some(person)), first, again: again.map(|score| score.judgement), note }
        });
        let early = open.is_some_and(|item| !item.opened_early.is_empty());
        Ok(ItemDetail {
            opened_by: if early { self.reading.scores_opened_by(sitting.panel.id, review)? } else { String::new() },
            row,
            review: detail,
            blind,
            missing: waits.into_iter().map(|person| short(people, Some(person))).collect(),
            spread: rows.collect(),
            item,
        })
    }

    /// An item of a sitting that is not on the table: looked at by somebody who reads ahead or back.
    pub(super) fn panel_item(&mut self, panel: PanelId, review: ReviewId) -> StoreResult<ItemDetail> {
        let sitting = self.reading.sitting(panel)?.ok_or_else(|| missing("sitting"))?;
        let scoring = sitting.panel.scoring(&*self.library.current(self.reading)?);
        let people = self.reading.people_by_id()?;
        self.item_of(&sitting, scoring, &people, review)
    }
}

impl Answers<'_> {
    /// Whether the reviewer's judgement is left out of what is shown of this sitting: for everybody while it is scored blind
    /// there, and for whoever is to score it blind at another.
    pub(super) fn is_blind(&self, scoring: Scoring, item: Option<&Item>, facts: &ReviewFacts) -> StoreResult<bool> {
        Ok(is_blind(scoring, item, facts) || self.reading.is_kept_back(facts.review.id, self.viewer)?)
    }
}

/// Whether the reviewer's judgement is kept from whoever scores: until the scores are open or it is decided. What was put off or
/// sent back unseen, or was left over when a sitting closed, is scored blind another time.
fn is_blind(scoring: Scoring, item: Option<&Item>, facts: &ReviewFacts) -> bool {
    let seen = item.is_some_and(|item| item.revealed || item.stand == ItemStand::Decided) || facts.moderated.is_some();
    scoring == Scoring::Sealed && !seen
}

/// Takes the reviewer's judgement and what gives it away out of a review's detail.
pub(super) fn hide_judgement(detail: &mut ReviewDetail) {
    detail.facts.keep_judgement_back();
    (detail.decision, detail.tension) = (None, None);
    detail.alerts = Vec::new();
    detail.joint = Default::default();
    // That it is tracked tells that it is no good one.
    detail.follows = Default::default();
    // What was found strong, weak or exemplary tells of the grade.
    detail.themes = Default::default();
    detail.practice = Vec::new();
    detail.kept_back = true;
}

/// Who sits there or is invited, the chair first.
pub(super) fn seats(sitting: &Sitting, people: &People) -> Vec<Seat> {
    let panel = &sitting.panel;
    let guests = panel.guests.iter().map(|person| (*person, SeatKind::Guest));
    let members =
        panel.members.iter().map(|person| (*person, if panel.chair == Some(*person) { SeatKind::Chair } else { SeatKind::Member }));
    let mut seats: Vec<Seat> = members
        .chain(guests)
        .filter_map(|(id, kind)| {
            let person = people.get(&id)?;
            let present = sitting.present.contains(&id);
            let (name, short, role) = (person.name.clone(), person.short_name(), person.role.clone());
            Some(Seat { person: id, name, short, role, kind, present, gone: !person.is_here(panel.on) })
        })
        .collect();
    seats.sort_by_key(|seat| (seat.kind != SeatKind::Chair, seat.kind == SeatKind::Guest));
    seats
}

fn short(people: &People, person: Option<PersonId>) -> String {
    person.and_then(|id| people.get(&id)).map(Person::short_name).unwrap_or_default()
}
