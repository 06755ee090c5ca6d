//! Deeds of the panel: planning a sitting, leading it, scoring, deciding, and what is added afterwards. M05-M10, S07, F08, F09.

use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::alert::AlertTrigger;
use crate::domain::change::{Change, PanelChange, Swap};
use crate::domain::count::counted;
use crate::domain::cycle::Cycle;
use crate::domain::deed::PanelDeed;
use crate::domain::framework::{Framework, ModerationTrigger, ReviewKind};
use crate::domain::grade::{Grade, Judgement, ModerationOutcome};
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::panel::{self, DecisionWanted, Doer, Item, PanelDecision, Score, Scoring, Sitting, Submitted, WhyHere};
use crate::domain::query::Viewer;
use crate::domain::review::{self, PanelStand, ReviewFacts, ReviewState, next_step};
use crate::domain::sampling::{ShareDrawn, draw_share};
use crate::runtime::random::seeded;
use crate::store::StoreResult;
use std::collections::BTreeSet;

impl Desk<'_, '_> {
    pub(super) fn at_panel(&mut self, deed: PanelDeed) -> Asked {
        match deed {
            PanelDeed::Plan(wanted) => self.plan_sitting(wanted),
            PanelDeed::Move { panel, seen, wanted } => self.move_sitting(panel, seen, wanted),
            PanelDeed::CallOff { panel, seen, why } => self.call_off(panel, seen, &line(&why)),
            PanelDeed::Begin { panel, present } => self.begin_sitting(panel, present),
            PanelDeed::NoteAttendance { panel, seen, present } => self.note_attendance(panel, seen, present),
            PanelDeed::TakeChair { panel, why } => self.take_chair(panel, &why),
            PanelDeed::OrderAgenda { panel, run } => self.order_agenda(panel, run),
            PanelDeed::MoveItem { review, from, to } => self.move_item(review, from, to),
            PanelDeed::OpenItem { panel, review, left, aside } => self.open_item(panel, review, &left, aside),
            PanelDeed::Score { panel, review, scaling, grade, note } => self.score_item(panel, review, (scaling, grade), &note),
            PanelDeed::OpenScores { panel, review, why } => self.open_scores(panel, review, &why),
            PanelDeed::Decide { panel, review, seen, wanted } => self.decide_item(panel, review, seen, wanted),
            PanelDeed::SendBack { panel, review, missing } => self.send_back(panel, review, &missing),
            PanelDeed::Defer { panel, review, why } => self.defer_item(panel, review, &why),
            PanelDeed::HandInAgain { review, seen } => self.hand_in_again(review, seen),
            PanelDeed::Bring { review, seen, reason } => self.bring_to_panel(review, seen, &reason),
            PanelDeed::Close { panel } => self.close_sitting(panel),
            PanelDeed::AddMinute { panel, review, text } => self.add_minute(panel, review, &text),
        }
    }

    pub(super) fn sitting(&self, id: PanelId) -> StoreResult<Sitting> {
        let found = self.reading().sitting(id)?;
        found.ok_or_else(|| refuse("There is no such sitting of the panel.", "Plan it first."))
    }

    pub(super) fn doer(&mut self) -> StoreResult<Doer> {
        let asker = self.asker()?;
        Ok(Doer { person: asker.person, insights: asker.leads })
    }

    /// An item as rules are shown it: sealed scores reach nobody but their author.
    fn item(&self, panel: PanelId, review: ReviewId) -> StoreResult<Option<Item>> {
        self.reading().panel_item(panel, review, None)
    }

    fn begin_sitting(&mut self, id: PanelId, mut present: Vec<PersonId>) -> Asked {
        let framework = self.library.current(self.reading())?;
        let (sitting, doer) = (self.sitting(id)?, self.doer()?);
        present.sort();
        present.dedup();
        panel::begin(&framework, &sitting, &present, doer, self.today)?;
        let said = format!("The panel has begun, {} there", counted(present.len(), "person", "people"));
        Ok((vec![Change::Panel(PanelChange::Begun { panel: id, at: self.now, present })], said))
    }

    fn note_attendance(&mut self, id: PanelId, seen: i64, mut present: Vec<PersonId>) -> Asked {
        let (sitting, doer) = (self.sitting_as_seen(id, seen)?, self.doer()?);
        doer.runs(&sitting)?;
        if !sitting.in_progress() {
            return Err(refuse("The panel does not sit now.", "Who is there is noted when it begins."));
        }
        present.sort();
        present.dedup();
        if sitting.panel.chair.is_some_and(|chair| !present.contains(&chair)) {
            return Err(refuse("The chair cannot leave a sitting without a chair.", "Let another member take the chair first."));
        }
        let said = format!("{} there", counted(present.len(), "person", "people"));
        let mut changes = Vec::new();
        if let Some(review) = sitting.item {
            // Whoever comes in with an interest in the case on the table stays out until it is over.
            let recused = self.reading().recused_from(review)?;
            let late = present.iter().filter(|person| recused.contains(person) && !sitting.present.contains(person));
            changes.extend(late.map(|person| Change::Panel(PanelChange::StoodOut { panel: id, review, person: *person })));
        }
        let present = Swap { before: Some(sitting.present), after: Some(present) };
        changes.insert(0, Change::Panel(PanelChange::AttendanceChanged { panel: id, present }));
        Ok((changes, said))
    }

    fn take_chair(&mut self, id: PanelId, why: &str) -> Asked {
        let (sitting, why) = (self.sitting(id)?, line(why));
        let by = panel::take_chair(&sitting, self.actor.person, &why)?;
        if let Some(review) = sitting.item
            && self.reading().recused_from(review)?.contains(&by)
        {
            let what = "You are recused from the case on the table and cannot chair it.";
            return Err(refuse(what, "Let another member take the chair until it is over."));
        }
        let mut changes = vec![Change::Panel(PanelChange::ChairTaken { panel: id, from: sitting.panel.chair, by, why })];
        if sitting.in_progress() && !sitting.present.contains(&by) {
            let mut present = sitting.present.clone();
            present.push(by);
            present.sort();
            let present = Swap { before: Some(sitting.present), after: Some(present) };
            changes.push(Change::Panel(PanelChange::AttendanceChanged { panel: id, present }));
        }
        Ok((changes, "You are in the chair".into()))
    }

    fn order_agenda(&mut self, id: PanelId, run: Vec<ReviewId>) -> Asked {
        let (sitting, doer) = (self.sitting(id)?, self.doer()?);
        panel::may_order(&sitting, doer)?;
        let said = if run.is_empty() { "The items stand as proposed" } else { "Order kept" };
        let run = Swap { before: Some(sitting.run), after: Some(run) };
        Ok((vec![Change::Panel(PanelChange::AgendaOrdered { panel: id, run })], said.into()))
    }

    fn open_item(&mut self, id: PanelId, review: ReviewId, confirmed: &[PersonId], aside: Option<ReviewId>) -> Asked {
        let facts =
            self.reading().review_without_form(review)?.ok_or_else(|| refuse("There is no such review.", "Open one that waits."))?;
        let (_, framework, _) = self.rules_of(&facts)?;
        let (sitting, doer, reading) = (self.sitting(id)?, self.doer()?, self.reading());
        let recused = reading.recused_from(review)?;
        let left = panel::may_open(&framework, &sitting, &facts, &recused, &reading.service_of_review(review)?, doer)?;
        if reading.on_another_table(review, id)?.is_some() {
            let what = format!("{} is on the table of another sitting now.", facts.review.reference);
            return Err(refuse(what, "Open another case, or ask that sitting\u{2019}s chair to put it off."));
        }
        if let Some(other) = reading.sitting_of(review, self.today)?.filter(|other| *other != id) {
            let on = self.sitting(other)?.panel.on;
            let what = format!("{} is on the agenda of the sitting on {}.", facts.review.reference, on.format("%A %-d %B"));
            return Err(refuse(what, "Move it here first."));
        }
        // Somebody may have opened another one, or scored, since the chair was asked.
        if let Some(now) = sitting.item.filter(|now| *now != review && aside != Some(*now)) {
            let viewer = self.viewer();
            if !reading.is_open_to(now, &viewer)? {
                return Err(refuse("The case on the table is not finished.", "Whoever chairs finishes it or puts it aside."));
            }
            let unfinished = panel::unfinished(sitting.panel.scoring(&framework), self.item(id, now)?.as_ref(), &sitting);
            let now = reading.review_without_form(now)?.map(|facts| facts.review.reference.clone()).unwrap_or_default();
            return Err(refuse(format!("{now} is still on the table: {unfinished}."), "Finish it, or confirm that it is put aside."));
        }
        let confirmed: BTreeSet<PersonId> = confirmed.iter().copied().collect();
        if let Some(stays) = left.difference(&confirmed).next() {
            let name = reading.person(*stays)?.map(|person| person.name).unwrap_or_default();
            let what = format!("{name} has an interest in {} and is still in the room.", facts.review.reference);
            return Err(refuse(what, "Ask them to leave, then confirm that they have."));
        }
        let said = match left.len() {
            0 => format!("{} is on the table", facts.review.reference),
            n => format!("{} is on the table; {n} left for it", facts.review.reference),
        };
        let left = left.into_iter().collect();
        Ok((vec![Change::Panel(PanelChange::ItemOpened { panel: id, review, left, at: self.now })], said))
    }

    fn score_item(&mut self, id: PanelId, review: ReviewId, (scaling, grade): (Option<u8>, Option<Grade>), note: &str) -> Asked {
        let facts = self.review_without_form(review)?;
        let (_, framework, kind) = self.rules_of(&facts)?;
        let (sitting, item) = (self.sitting(id)?, self.item(id, review)?);
        let by = (self.actor.person, scaling, grade);
        let judgement = panel::may_score(&framework, &kind, &sitting, item.as_ref(), &facts, by)?;
        let (Some(person), Some(item)) = (self.actor.person, item) else {
            return Err(refuse("You are not on the council\u{2019}s list of people.", "Ask for your login to be added to it."));
        };
        let round = if item.revealed { 2 } else { 1 };
        let left = item.missing(&sitting).into_iter().filter(|other| *other != person).count();
        let said = match (round, left) {
            (2, _) => format!("{}: your new score stands beside the first", facts.review.reference),
            (_, 0) => format!("{}: all scores are in", facts.review.reference),
            (_, n) => format!("{}: {}, sealed until {n} more are in", facts.review.reference, panel::SCORE_KEPT),
        };
        let score = Score { judgement, note: line(note) };
        let mut changes = vec![Change::Panel(PanelChange::Scored { panel: id, review, person, round, score })];
        if round == 1 && left == 0 {
            changes.push(Change::Panel(PanelChange::ScoresOpened { panel: id, review, early: String::new() }));
        }
        Ok((changes, said))
    }

    fn open_scores(&mut self, id: PanelId, review: ReviewId, why: &str) -> Asked {
        let facts = self.review_without_form(review)?;
        let (sitting, item, doer, why) = (self.sitting(id)?, self.item(id, review)?, self.doer()?, line(why));
        panel::may_reveal(&sitting, item.as_ref(), &facts.review.reference, &why, doer)?;
        let said = format!("{}: the scores are open", facts.review.reference);
        Ok((vec![Change::Panel(PanelChange::ScoresOpened { panel: id, review, early: why })], said))
    }

    fn decide_item(&mut self, id: PanelId, review: ReviewId, seen: i64, wanted: DecisionWanted) -> Asked {
        let facts = self.reading().with_form(&*self.review_as_seen(review, seen)?)?;
        let (cycle, framework, kind) = self.rules_of(&facts)?;
        let (sitting, item, doer) = (self.sitting(id)?, self.item(id, review)?, self.doer()?);
        panel::may_conclude(&framework, &sitting, item.as_ref(), &facts, doer)?;
        let Some(original) = facts.original else {
            return Err(refuse(format!("{} has no judgement to moderate.", facts.review.reference), "Send it back to its reviewer."));
        };
        let wanted = DecisionWanted {
            rationale: paragraphs(&wanted.rationale),
            consistency: paragraphs(&wanted.consistency),
            themes: line(&wanted.themes),
            ..wanted
        };
        let scoring = sitting.panel.scoring(&framework);
        let scores = match scoring {
            Scoring::Sealed => item.iter().flat_map(|item| item.scores.values().flatten()).map(|score| score.judgement).collect(),
            Scoring::Sighted => Vec::new(),
        };
        let decision = PanelDecision {
            panel: Some(id),
            on: self.today,
            moderated: original,
            outcome: ModerationOutcome::Upheld,
            rationale: String::new(),
            consistency: String::new(),
            themes: String::new(),
            scoring: Some(scoring),
            scores,
        };
        let decision = panel::decide(&framework, kind.grading, original, &wanted, decision)?;
        let calendar = self.library.calendar(self.reading())?;
        let next = next_step(&kind, &cycle, |step| facts.taken_on(step), &PanelStand::Decided, &calendar)?;
        let worst = |grade: Grade| framework.escalation.opens(&kind.key, grade);
        let opens = worst(decision.moderated.grade) && !worst(original.grade);
        let mut said = format!("{}: the panel has decided", facts.review.reference);
        let mut changes = vec![Change::PanelDecided { review, decision, next }];
        if opens {
            let opened = self.alert_for_grade(&framework, &facts, AlertTrigger::Moderator)?;
            if let Some((change, words)) = opened {
                said.push_str(&words);
                changes.push(change);
            }
        }
        Ok((changes, said))
    }

    fn send_back(&mut self, id: PanelId, review: ReviewId, missing: &str) -> Asked {
        let facts = self.review_without_form(review)?;
        let (sitting, item, doer, missing) = (self.sitting(id)?, self.item(id, review)?, self.doer()?, line(missing));
        panel::may_send_back(&sitting, item.as_ref(), &facts.review.reference, &missing, doer)?;
        let (cycle, _, kind) = self.rules_of(&facts)?;
        let calendar = self.library.calendar(self.reading())?;
        let next = next_step(&kind, &cycle, |step| facts.taken_on(step), &PanelStand::SentBack(missing.clone()), &calendar)?;
        let said = format!("{} goes back to its reviewer", facts.review.reference);
        Ok((vec![Change::Panel(PanelChange::SentBack { panel: id, review, missing, next })], said))
    }

    fn defer_item(&mut self, id: PanelId, review: ReviewId, why: &str) -> Asked {
        let facts = self.review_without_form(review)?;
        let (sitting, item, doer, why) = (self.sitting(id)?, self.item(id, review)?, self.doer()?, line(why));
        panel::may_defer(&sitting, item.as_ref(), &facts.review.reference, &why, doer)?;
        let said = format!("{} waits for another sitting", facts.review.reference);
        Ok((vec![Change::Panel(PanelChange::Deferred { panel: id, review, why })], said))
    }

    fn hand_in_again(&mut self, review: ReviewId, seen: i64) -> Asked {
        let facts = self.review_as_seen(review, seen)?;
        let doer = self.doer()?;
        panel::resubmit(&facts, doer.person, doer.insights, self.reading().changed_since_sent_back(review)?)?;
        let (cycle, _, kind) = self.rules_of(&facts)?;
        let calendar = self.library.calendar(self.reading())?;
        let next = next_step(&kind, &cycle, |step| facts.taken_on(step), &PanelStand::Waiting(String::new()), &calendar)?;
        let said = format!("{} waits for the panel again", facts.review.reference);
        Ok((vec![Change::Panel(PanelChange::HandedInAgain { review, next })], said))
    }

    fn bring_to_panel(&mut self, review: ReviewId, seen: i64, reason: &str) -> Asked {
        let facts = self.review_as_seen(review, seen)?;
        let (reason, reference) = (line(reason), facts.review.reference.clone());
        if facts.original.is_none() || facts.state != ReviewState::Open {
            let what = format!("{reference} has no submitted judgement that could still be moderated.");
            return Err(refuse(what, "Bring it once it is submitted and before it is finalised."));
        }
        if facts.panel != PanelStand::NotNeeded {
            return Err(refuse(format!("{reference} is before the panel already."), "Its decision stands, or is still to come."));
        }
        if reason.is_empty() {
            return Err(refuse("Bringing a review before the panel needs its reason.", "Write why the panel should see it."));
        }
        let (cycle, _, kind) = self.rules_of(&facts)?;
        let calendar = self.library.calendar(self.reading())?;
        let next = next_step(&kind, &cycle, |step| facts.taken_on(step), &PanelStand::Waiting(reason.clone()), &calendar)?;
        let said = format!("{reference} comes before the panel");
        Ok((vec![Change::Panel(PanelChange::Brought { review, why: WhyHere::ByHand, reason, next })], said))
    }

    fn close_sitting(&mut self, id: PanelId) -> Asked {
        let (sitting, doer) = (self.sitting(id)?, self.doer()?);
        let reference = match sitting.item {
            Some(review) => self.reading().review_without_form(review)?.map(|facts| facts.review.reference.clone()),
            None => None,
        };
        panel::close(&sitting, reference.as_deref(), doer)?;
        // Counted for whoever asks; kept whole, since what is withheld from them goes to another sitting all the same.
        let left = match self.waiting_for(id, &self.viewer())?.len() {
            0 => String::new(),
            n => format!("; {} another sitting", counted(n, "case waits for", "cases wait for")),
        };
        let had = self.waiting_for(id, &Viewer::of(None, self.now, self.today))?;
        Ok((vec![Change::Panel(PanelChange::Closed { panel: id, at: self.now, had })], format!("The panel is closed{left}")))
    }

    fn add_minute(&mut self, id: PanelId, review: Option<ReviewId>, text: &str) -> Asked {
        let (sitting, doer, text) = (self.sitting(id)?, self.doer()?, paragraphs(text));
        panel::may_add_minute(&sitting, &text, doer)?;
        Ok((vec![Change::Panel(PanelChange::MinuteAdded { panel: id, review, text })], "Added to the minutes".into()))
    }

    /// Why a review that is submitted now comes before the panel, with the receipt of the random share. M06, S07, C01, F08.
    pub(super) fn reasons_for_panel(
        &mut self,
        facts: &ReviewFacts,
        (cycle, framework, kind): (&Cycle, &Framework, &ReviewKind),
        judgement: Option<Judgement>,
    ) -> StoreResult<(Vec<WhyHere>, Option<ShareDrawn>)> {
        let percent = framework.moderation.takes.iter().find_map(|trigger| match trigger {
            ModerationTrigger::RandomShare(percent) => Some(*percent),
            _ => None,
        });
        let share = match percent.filter(|_| judgement.is_some() && framework.moderation.covers(&kind.key)) {
            None => None,
            Some(percent) => {
                let before = self.reading().submitted_in(cycle.id, &framework.moderation.kinds)?;
                // The number that the cycle's sample was first drawn with; a cycle of named reviews alone has that of its own row.
                let seed = match self.reading().first_seed(cycle.id)? {
                    Some(seed) => seed,
                    None => self.reading().number_of(&format!("cycle/{}", cycle.id.0))?,
                };
                Some(draw_share(percent, seed, before, seeded))
            }
        };
        let submitted = Submitted {
            framework,
            kind,
            judgement,
            first_review: facts.companion.is_some(),
            tension: review::tension(framework, kind, facts).is_some(),
            drawn: share.is_some_and(|share| share.taken),
        };
        Ok((panel::reasons(&submitted), share))
    }
}
