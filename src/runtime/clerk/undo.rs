//! Taking back a whole batch: compensating changes, written like any others, so the history shows both.

use super::alerts::Stored;
use super::{Asked, Desk, refuse};
use crate::domain::access::Right;
use crate::domain::alert::{self, Acknowledged, AlertEvent, AlertFact, HowTold, Telling};
use crate::domain::change::{Change, PanelChange, Swap};
use crate::domain::count::counted;
use crate::domain::outbox::Stand;
use crate::domain::person::Person;
use crate::domain::review::Review;
use crate::runtime::access;
use crate::store::{StoreError, StoreResult};
use std::sync::Arc;

impl Desk<'_, '_> {
    pub(super) fn undo(&mut self, batch: i64) -> Asked {
        let mut written = self.reading().batch(batch)?;
        // What only follows from the rest is told anew once the rest is taken back.
        written.retain(|(.., change)| !matches!(change, Change::FollowUp(change) if change.follows()));
        let Some((_, actor, _, first)) = written.first() else {
            return Err(refuse("There is nothing to undo.", ""));
        };
        if *actor != self.actor.login {
            return Err(refuse("That was done by somebody else.", "Ask them to take it back."));
        }
        let (letters, written): (Vec<_>, Vec<_>) = written.iter().partition(|(.., change)| matches!(change, Change::Mail(_)));
        // A team that came with somebody goes with them: what is said is whose it was.
        let of_person = written.iter().find_map(|(.., change)| whose(change));
        let mut said = match (of_person, written.len()) {
            (Some(said), _) if written.iter().filter(|(.., change)| whose(change).is_some()).count() == 1 => format!("Undone: {said}"),
            (_, 1) => format!("Undone: {}", first.sentence()),
            (_, n) => format!("Undone: {} and {} more", first.sentence(), n - 1),
        };
        let last = letters.iter().chain(&written).map(|(seq, ..)| *seq).max().unwrap_or_default();
        for (.., change) in written.iter().filter(|(.., change)| change.reversed().is_some()) {
            for since in self.newest_on(change)? {
                if let Some((_, by)) = since.filter(|(seq, _)| *seq > last) {
                    return Err(self.worked_on(&by));
                }
            }
        }
        for (_, _, session, change) in &written {
            if let Change::InterestRecorded(swap) = change {
                self.undo_of_interest(session, swap)?;
            }
            self.undo_leaves_nothing_hanging(batch, change)?;
        }
        let mut changes = Vec::with_capacity(written.len());
        for (.., change) in written.iter().rev() {
            match change.reversed().map(Ok).or_else(|| self.alert_taken_back(change).transpose()).transpose()? {
                Some(back) => changes.push(back),
                None => return Err(refuse(format!("\u{201c}{}\u{201d} stands for good.", change.sentence()), "It cannot be undone.")),
            }
        }
        said.push_str(&self.told_all_the_same(letters.iter().map(|(.., change)| change), &changes)?);
        Ok((changes, said))
    }

    /// The fact that takes back a telling or an acknowledgement, as its rule allows; none for anything else.
    fn alert_taken_back(&mut self, change: &Change) -> StoreResult<Option<Change>> {
        match change {
            Change::AlertTold { alert, addressees, at, how: Some(how), by: by @ Some(_), .. } => {
                let Stored { alert: stored, framework, calendar, .. } = self.stored(*alert)?;
                let telling = Telling { how: *how, at: *at, by: *by };
                Ok(Some(Change::Alert(alert::untell(self.now, &stored, addressees, telling, &framework.escalation, &calendar)?)))
            }
            Change::Alert(AlertEvent { alert, at, what: AlertFact::Acknowledged { place, .. }, .. }) => {
                let Stored { alert: stored, doer, .. } = self.stored(*alert)?;
                let facts = self.reading().facts_about(&change.object())?;
                let mut earlier = facts.into_iter().filter_map(|(.., change)| match change {
                    Some(Change::Alert(AlertEvent {
                        at: when,
                        what: AlertFact::Acknowledged { place: whose, holds_until, first_at },
                        ..
                    })) => Some(Acknowledged { at: when, holds_until, first_at }).filter(|_| whose == *place && when < *at),
                    _ => None,
                });
                Ok(Some(Change::Alert(alert::unacknowledge(self.now, &stored, *place, earlier.next_back(), &doer)?)))
            }
            Change::Alert(AlertEvent { alert, what: AlertFact::Followed { place, .. }, .. }) => {
                let Stored { alert: stored, doer, .. } = self.stored(*alert)?;
                Ok(Some(Change::Alert(alert::unfollow(self.now, &stored, *place, &doer)?)))
            }
            _ => Ok(None),
        }
    }

    /// What to say of those who were told by mail all the same: a message that went out cannot be called back.
    fn told_all_the_same<'a>(&self, letters: impl Iterator<Item = &'a Change>, changes: &[Change]) -> StoreResult<String> {
        let mut sent = 0;
        for change in letters {
            let Change::Mail(change) = change else { continue };
            sent += usize::from(self.reading().letter(change.message())?.is_some_and(|letter| matches!(letter.stand, Stand::Sent { .. })));
        }
        let mut by_mail = 0;
        for change in changes {
            let Change::Alert(AlertEvent { alert, what: AlertFact::TellingTakenBack { how, places, .. }, .. }) = change else { continue };
            let stored = self.reading().alert(*alert)?.filter(|_| *how != HowTold::Email);
            let mailed = |place: &usize| {
                let one = stored.as_ref().and_then(|alert| alert.at(*place));
                one.is_some_and(|one| one.tellings.iter().any(|telling| telling.how == HowTold::Email))
            };
            by_mail += places.iter().filter(|(place, _)| mailed(place)).count();
        }
        Ok(match (sent, by_mail) {
            (0, 0) => String::new(),
            (0, told) => format!("; {} told by e-mail, which stands", counted(told, "person was", "people were")),
            (sent, _) => format!("; {} gone out already and cannot be called back", counted(sent, "e-mail has", "e-mails have")),
        })
    }

    /// The newest journal rows on what a change was about: number and who. Answers are apart, so that whoever answered another
    /// question since stands in nobody's way.
    fn newest_on(&self, change: &Change) -> StoreResult<Vec<Option<(i64, String)>>> {
        match change {
            Change::Answered(saved) => {
                saved.answers.iter().map(|answer| self.reading().last_answered(saved.review, &answer.field)).collect()
            }
            change => Ok(vec![self.reading().last_change(change)?]),
        }
    }

    /// Refuses to take back what was written of somebody where that is not theirs to do any more, where nobody could keep the list
    /// after it, or where something hangs on whoever was added. T43.
    fn undo_on_the_list(&mut self, swap: &Swap<Person>) -> StoreResult<()> {
        access::must(self.tx.reading(), self.library, self.access, Right::Administer)?;
        let mut people = Arc::unwrap_or_clone(self.reading().people_by_id()?);
        match (&swap.before, &swap.after) {
            (Some(before), _) => drop(people.insert(before.id, before.clone())),
            (None, Some(added)) => {
                if self.reading().person_is_used(added.id)? {
                    let what = format!("{} has a part in something by now, so they stay on the list.", added.name);
                    return Err(refuse(what, "Note their last day instead."));
                }
                people.remove(&added.id);
            }
            (None, None) => {}
        }
        self.keep_an_administrator(&people)
    }

    fn worked_on(&self, by: &str) -> StoreError {
        let who = if by == self.actor.name { "You have".to_string() } else { format!("{by} has") };
        refuse(format!("{who} worked on it since, so it cannot be undone."), "Put it right by hand.")
    }

    /// Refuses to take away what somebody's work stands on, although they wrote it on another object.
    fn undo_leaves_nothing_hanging(&mut self, batch: i64, change: &Change) -> StoreResult<()> {
        match change {
            Change::Allocated { review, .. } => match self.reading().worked_on_since(*review, batch)? {
                Some(by) => Err(self.worked_on(&by)),
                None => Ok(()),
            },
            Change::PersonRecorded(swap) => self.undo_on_the_list(swap),
            Change::CycleRecorded(Swap { before: None, after: Some(opened) }) => self.nothing_hangs_on(opened),
            Change::TeamRecorded(Swap { before: None, after: Some(team) }) => {
                // It was added with one person, who goes with it.
                if self.reading().rows_of_team(team.id)? > 1 {
                    let what = format!("Others are in {} by now, so it cannot be taken away.", team.name);
                    return Err(refuse(what, "Change what is written of the person instead."));
                }
                Ok(())
            }
            Change::CoReviewer { review, named, .. } => {
                let facts = self.review(*review)?;
                // Q03, S18: taking somebody away could open the seal unseen; whoever comes back could judge with knowledge.
                let seen = if *named { !facts.joint.own.is_empty() } else { facts.joint.is_open(facts.reviewer) };
                if seen || facts.submitted_at.is_some() {
                    let what = format!("{} has been judged since; its reviewers stay.", facts.review.reference);
                    return Err(refuse(what, "Put it right by hand."));
                }
                Ok(())
            }
            Change::ReviewWithdrawn { review, .. } => {
                let facts = self.review(*review)?;
                let Review { cycle, kind, subject, .. } = &facts.review;
                match self.reading().review_in_cycle(*cycle, kind, *subject)? {
                    Some(other) => {
                        let what = format!("The case of {} came in again meanwhile, as {other}.", facts.review.reference);
                        Err(refuse(what, "Work in that one."))
                    }
                    None => Ok(()),
                }
            }
            Change::Answered(saved) => {
                let facts = self.review(saved.review)?;
                if facts.submitted_at.is_some() {
                    let what = format!("{} has been submitted; its answers stand.", facts.review.reference);
                    return Err(refuse(what, "A different view belongs into the panel's judgement."));
                }
                Ok(())
            }
            Change::ActionRecorded(Swap { before: None, after: Some(raised) }) => self.keep_what_submission_stands_on(raised),
            Change::PanelPlanned(swap) => {
                let (None, Some(panel)) = (&swap.before, &swap.after) else { return Ok(()) };
                if self.reading().panel_has_begun(panel.id)? {
                    let what = "That sitting has begun, so it cannot be called off.";
                    return Err(refuse(what, "Put it right by hand."));
                }
                Ok(())
            }
            Change::Panel(PanelChange::AttendanceChanged { panel, .. }) => {
                // Whoever came back by it was never asked at the door whether they have an interest in the case.
                if self.reading().sitting(*panel)?.is_some_and(|sitting| sitting.item.is_some()) {
                    return Err(refuse("A case is on the table, so who is there is not undone.", "Note anew who is there."));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// What was written of somebody on the list of people, with their name; none for anything else.
fn whose(change: &Change) -> Option<String> {
    let Change::PersonRecorded(swap) = change else { return None };
    match (&swap.before, &swap.after) {
        (None, Some(added)) => Some(format!("{} is not on the list any more", added.name)),
        (Some(before), Some(after)) if before.left_on != after.left_on && before.role == after.role => {
            Some(format!("{}\u{2019}s last day is as before", before.name))
        }
        (Some(before), _) => Some(format!("{} stands as before", before.name)),
        (None, None) => None,
    }
}
