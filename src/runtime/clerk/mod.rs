//! The doorway: a deed is checked by its rule against what is true inside the write transaction, and written.
//!
//! Nothing here decides anything: it gathers what a rule of `domain` needs, and hands the changes to the store.

mod actions;
mod alerts;
mod allocate;
mod check;
mod council;
mod drp;
mod erasing;
mod follow;
mod followed;
mod framework;
mod insight;
mod interests;
mod joint;
mod named;
mod notices;
pub mod outbox;
mod panel;
mod people;
mod plan;
mod privacy;
mod raise;
mod redraw;
mod registers;
mod remind;
mod reports;
mod reviews;
mod revisit;
mod sample;
mod sittings;
mod undo;

use super::access;
use super::library::Library;
use crate::domain::access::{Access, Right, needs, own_absence};
use crate::domain::calendar::{local, local_date};
use crate::domain::change::Change;
use crate::domain::deed::{Actor, Deed, Made, SubjectsImport, Trace};
use crate::domain::error::RuleError;
use crate::domain::id::ReviewId;
use crate::domain::intake::Beyond;
use crate::domain::notice::Telling;
use crate::domain::query::Viewer;
use crate::domain::review::ReviewFacts;
use crate::domain::safe_text::{safe_line, safe_text};
use crate::store::{Reading, Store, StoreError, StoreResult, Tx, Written};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;

pub use allocate::{Held, case_facts, known_values, window};
pub use council::{frame_changes, people_changes};
pub use erasing::{Disposed, FormIsAbout, carry_out, dispose, form_is_about, sweep_after_erasing, why_unswept};
pub use follow::loop_of;
pub use framework::left_behind;
pub use interests::asked_while_recused;
pub use notices::notices_of;
pub use redraw::{Redrawn, Since, draw_again};
pub use sample::{FrameOf, frame_of, frame_to_draw, rotating_services};

/// What was done, for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The journal rows; `first` is 0 when there was nothing to change.
    pub written: Written,
    /// In a sentence.
    pub said: String,
    /// Whether it can be taken back.
    pub trace: Trace,
    /// It queued messages, for whoever can send them at once.
    pub queued: bool,
    /// What it brought into a list, so that the cursor goes there.
    pub made: Option<Made>,
}

/// Does a deed in a transaction of its own. What is refused because a review is withheld leaves its trace in the journal.
pub fn perform(store: &mut Store, library: &mut Library, actor: &Actor, now: DateTime<Utc>, deed: Deed) -> StoreResult<Receipt> {
    let done = store.write(|tx| perform_in(tx, library, actor, now, deed));
    if let Err(Some(sealed)) = done.as_ref().map_err(StoreError::withheld) {
        asked_while_recused(store, actor, now, sealed)?;
    }
    done
}

/// Does a deed inside a transaction that holds several.
pub fn perform_in(tx: &mut Tx<'_>, library: &mut Library, actor: &Actor, now: DateTime<Utc>, deed: Deed) -> StoreResult<Receipt> {
    let today = local_date(now);
    // What a session believed of whoever sits there when it began does not count: they are looked up here, inside.
    let (actor, access) = access::standing(tx.reading(), library, actor, today)?;
    let actor = &actor;
    let mut desk = Desk { tx, library, actor, access: &access, now, today };
    let taken_back = if let Deed::Undo { batch } = &deed { Some(*batch) } else { None };
    let (mut changes, said) = desk.changes(deed)?;
    let looked = changes.iter().all(|change| matches!(change, Change::Revealed { .. }));
    // Messages that follow from it stand in nobody's way: one that has not gone out by then is not needed any more.
    let judged = changes.iter().any(Change::holds_judgement);
    let of_people = changes.iter().any(|change| matches!(change, Change::PersonRecorded(_)));
    let mut reversible = changes.iter().all(Change::can_be_taken_back);
    let letters = desk.letters(&changes)?;
    let queued = !letters.is_empty();
    let made = Made::of(&changes);
    changes.extend(letters);
    let mut written = tx.write(actor, now, &changes)?;
    // How the loops stand is seen once the rest is written, and belongs to the same batch.
    let mut desk = Desk { tx, library, actor, access: &access, now, today };
    let mut moved = desk.loops_after(&changes)?;
    if let Some(batch) = taken_back {
        desk.as_old_as_before(&mut moved, batch)?;
    }
    tx.write_on(&mut written, actor, now, &moved)?;
    // Who has just lost the right to keep the list cannot take that back: nothing may promise it to them.
    if of_people && reversible {
        let still = access::standing(tx.reading(), library, actor, today);
        reversible = still.is_ok_and(|(_, access)| access.may(Right::Administer));
    }
    let trace = match (looked || written.first == 0, reversible) {
        (true, _) if changes.is_empty() && !said.is_empty() => Trace::Unchanged,
        (true, _) => Trace::Nothing,
        (false, true) if judged => Trace::Judged(written.first),
        (false, true) => Trace::Batch(written.first),
        (false, false) => Trace::ForGood,
    };
    Ok(Receipt { written, said, trace, queued, made })
}

/// The changes that a deed asks for, and what to say when they are written.
type Asked = StoreResult<(Vec<Change>, String)>;

/// What a rule may look at: the transaction, the frameworks, who asks, and when.
struct Desk<'a, 'c> {
    tx: &'a Tx<'c>,
    library: &'a mut Library,
    actor: &'a Actor,
    access: &'a Access,
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl<'c> Desk<'_, 'c> {
    /// Whoever asks, as somebody who reads for a rule: what is withheld from them is left out, their scope does not count.
    fn viewer(&self) -> Viewer {
        Viewer::of(self.actor.person, self.now, self.today).of_all()
    }

    /// Whoever asks, as far as they see.
    fn seer(&self) -> Viewer {
        Viewer { sight: self.access.sight(), ..self.viewer() }
    }

    /// Refuses what is not theirs to do by their role. T43.
    fn has_right(&mut self, deed: &Deed) -> StoreResult<()> {
        match needs(deed) {
            Some(right) if !own_absence(deed, self.actor.person) => access::must(self.tx.reading(), self.library, self.access, right),
            _ => Ok(()),
        }
    }

    fn changes(&mut self, deed: Deed) -> Asked {
        self.has_right(&deed)?;
        self.not_recused(&deed)?;
        match deed {
            Deed::Start { framework, version, text, holidays } => self.start(framework, version, text, holidays),
            Deed::AdoptFramework { text } => self.adopt_framework(text),
            Deed::Set { name, value } => self.set(name, value),
            Deed::ImportFrame { rows, closed, covered, frame_date, file } => {
                let (list, beyond) = ("annex-a".to_string(), Beyond::default());
                self.import_subjects(SubjectsImport { list, rows, closed, covered, beyond, frame_date, file })
            }
            Deed::ImportSubjects(import) => self.import_subjects(*import),
            Deed::ImportPeople { rows, file } => self.import_people(&rows, file),
            Deed::People(deed) => self.about_people(deed),
            Deed::ImportHolidays { days, file } => self.import_holidays(days, file),
            Deed::RecordAbsence { person, from, until, reason, deputy } => self.record_absence(person, (from, until), &reason, deputy),
            Deed::OpenCycle(planned) => self.open_cycle(planned),
            Deed::Revisit(deed) => self.about_revisit(deed),
            Deed::ChangeFocus { cycle, focus, focus_reason, focus_note } => self.change_focus(cycle, &focus, focus_reason, &focus_note),
            Deed::TickPhase { cycle, phase } => self.tick_phase(cycle, phase),
            Deed::TakeCycleAway { cycle } => self.take_cycle_away(cycle),
            Deed::Draw(wanted) => self.draw(wanted),
            Deed::Substitute { review, seen, incoming, reason, approver } => self.substitute(review, seen, incoming, &reason, approver),
            Deed::Allocate(allocations) => self.allocate(&allocations),
            Deed::RecordStep { review, seen, step, record } => self.record_step(review, seen, &step, record),
            Deed::SaveAnswers { review, edits } => self.save_answers(review, edits),
            Deed::Submit { review, seen, on } => self.submit(review, seen, on),
            Deed::RaiseAction { review, wanted } => self.raise_action(review, wanted),
            Deed::RaiseEach(wanted) => self.raise_each(*wanted),
            Deed::RaiseWider { source, wanted } => self.raise_wider(source, wanted),
            Deed::Plan(deed) => self.at_plan(deed),
            Deed::WithdrawAction { action } => self.withdraw_action(action),
            Deed::Action(deed) => self.bring_on(deed),
            Deed::Alert(deed) => self.at_alert(deed),
            Deed::RaiseDue => self.raise_due(),
            Deed::Panel(deed) => self.at_panel(deed),
            Deed::Drp(deed) => self.about_drp(deed),
            Deed::FollowUp(wanted) => self.note_follow_up(wanted),
            Deed::Exempt(wanted) => self.exempt(wanted),
            Deed::Report(deed) => self.about_report(deed),
            Deed::Insight(deed) => self.about_findings(deed),
            Deed::Reveal { review, why } => {
                let facts = self.review(review)?;
                let said = format!("Shown for {}; that you looked is in its history", facts.review.reference);
                Ok((vec![Change::Revealed { review, why: safe_line(&why).into_owned() }], said))
            }
            Deed::Privacy(deed) => self.about_privacy(deed),
            Deed::Undo { batch } => self.undo(batch),
            Deed::OpenBeside(wanted) => self.open_beside(wanted),
            Deed::RecordEntry(wanted) => self.record_entry(wanted),
            Deed::CorrectEntry { entry, seen, wanted } => self.correct_entry(entry, seen, wanted),
            Deed::TakeBackEntry { entry, seen } => self.take_back_entry(entry, seen),
            Deed::OpenNamed(wanted) => self.open_named(wanted),
            Deed::WithdrawNamed { review, seen, reason } => self.withdraw_named(review, seen, &reason),
            Deed::LookFurther { review, seen, from, why } => self.look_further(review, seen, from, &why),
            Deed::NameCoReviewer { review, person, despite } => self.name_co_reviewer(review, person, &despite),
            Deed::TakeCoReviewerAway { review, person } => self.take_co_reviewer_away(review, person),
            Deed::JudgeAlone { review, own } => self.judge_alone(review, own),
            Deed::OpenSeal { review, why } => self.open_seal(review, &why),
            Deed::SendNotices { notices, to, how, on } => self.send_notices(&notices, Telling { to, how: &line(&how), on }),
            Deed::NothingToDeclare { review } => self.nothing_to_declare(review),
            Deed::DeclareInterest { review, person, kind, note } => self.declare_interest(review, person, kind, &note),
            Deed::WithdrawInterest { interest, because } => self.withdraw_interest(interest, &because),
            Deed::DismissInference { review, person, inference, because } => self.dismiss_inference(review, person, inference, &because),
        }
    }

    fn reading(&self) -> Reading<'c> {
        self.tx.reading()
    }

    fn review(&self, id: ReviewId) -> StoreResult<ReviewFacts> {
        self.reading().review(id)?.ok_or_else(|| refuse("There is no such review.", "Look for it in the queue."))
    }

    /// The review without its answers and actions, with who reviews it beside its lead.
    fn review_with_others(&self, id: ReviewId) -> StoreResult<Arc<ReviewFacts>> {
        self.reading().review_with_others(id)?.ok_or_else(|| refuse("There is no such review.", "Look for it in the queue."))
    }

    /// The review without its answers and actions, refused when somebody changed its row since it was seen.
    fn review_as_seen(&self, id: ReviewId, seen: i64) -> StoreResult<Arc<ReviewFacts>> {
        let found = self.reading().review_without_form(id)?;
        let facts = found.ok_or_else(|| refuse("There is no such review.", "Look for it in the queue."))?;
        if facts.revision != seen {
            return Err(self.stale(&facts.review.reference, facts.revision)?);
        }
        Ok(facts)
    }

    /// The sentence for a row that somebody else changed: who, and when.
    fn stale(&self, what: &str, revision: i64) -> StoreResult<StoreError> {
        let (by, at) = self.reading().written_by(revision)?.unwrap_or_else(|| ("Somebody".into(), self.now));
        let when = if local_date(at) == self.today {
            local(at).format("at %H:%M").to_string()
        } else {
            local(at).format("on %-d %B at %H:%M").to_string()
        };
        Ok(StoreError::Stale { what: what.to_string(), by, when })
    }
}

fn refuse(what: impl Into<String>, remedy: impl Into<String>) -> StoreError {
    StoreError::Refused(RuleError::new(what, remedy))
}

fn line(text: &str) -> String {
    safe_line(text).into_owned()
}

fn paragraphs(text: &str) -> String {
    safe_text(text).trim_end().to_string()
}
