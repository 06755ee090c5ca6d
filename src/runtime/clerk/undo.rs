//! Taking back a whole batch: compensating changes, written like any others, so the history shows both.

use super::{Asked, Desk, refuse};
use crate::domain::change::{Change, PanelChange, Swap};
use crate::domain::review::Review;
use crate::store::{StoreError, StoreResult};

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
        let said = match written.len() {
            1 => format!("Undone: {}", first.sentence()),
            n => format!("Undone: {} and {} more", first.sentence(), n - 1),
        };
        let last = written.last().map_or(0, |(seq, ..)| *seq);
        for (.., change) in &written {
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
            match change.reversed() {
                Some(back) => changes.push(back),
                None => return Err(refuse(format!("\u{201c}{}\u{201d} stands for good.", change.sentence()), "It cannot be undone.")),
            }
        }
        Ok((changes, said))
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
