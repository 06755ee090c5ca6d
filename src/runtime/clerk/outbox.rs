//! The outbox at the doorway: messages queued with their cause, claimed for a try, and what became of the try.
//!
//! Queueing happens inside the transaction of the deed, whichever it was, so that nothing is opened without its messages and
//! no message stands without its cause. Claiming and what follows are transactions of their own around the sending, which
//! happens outside of any: nobody waits for a mail server with the database locked.

use super::Desk;
use crate::domain::access::Access;
use crate::domain::action::Action;
use crate::domain::alert::{Alert, AlertFact};
use crate::domain::calendar::local_date;
use crate::domain::change::{Change, DrpChange, MailChange, PanelChange, Swap};
use crate::domain::deed::Actor;
use crate::domain::drp::{Drp, DrpFact};
use crate::domain::id::{DrpId, MailId, PanelId, PersonId, ReviewId};
use crate::domain::line::{above, acting};
use crate::domain::outbox::{self, Cause, Letter, Matter, Message, News, Reach, Said, Trouble, said_of, said_of_drp};
use crate::domain::panel::SittingStand;
use crate::domain::query::Viewer;
use crate::notify::Attached;
use crate::report::panel;
use crate::runtime::answers::Answers;
use crate::runtime::library::Library;
use crate::store::{Numbered, REMINDED_ON, Reading, Store, StoreError, StoreResult, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;

/// Messages looked at in one transaction.
const AT_ONCE: usize = 50;

/// A message that this process has claimed, with the address it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub message: Message,
    /// Which try.
    pub attempt: u32,
    /// The person's own address.
    pub address: String,
}

impl Desk<'_, '_> {
    /// The messages that follow from a deed's changes. M10, S10, F10: whoever has to know is written to in the same moment.
    pub(super) fn letters(&mut self, changes: &[Change]) -> StoreResult<Vec<Change>> {
        let mut wanted: Vec<(PersonId, Cause, Said)> = Vec::new();
        for change in changes {
            match change {
                Change::AlertOpened(alert) => {
                    let (cause, said) = (Cause::of_alert(alert.id, News::AlertOpened), self.said_about(alert)?);
                    wanted.extend(addressees(alert).into_iter().map(|person| (person, cause.clone(), said.clone())));
                }
                Change::Alert(event) => {
                    let (Some(person), Some(alert)) = (joins(&event.what), self.reading().alert(event.alert)?) else { continue };
                    let cause = Cause::of_alert(alert.id, News::AlertPassedOn);
                    // Who follows somebody may be taken back, and be named once more.
                    let again = matches!(event.what, AlertFact::Followed { .. });
                    let cause = if again { Cause { occasion: outbox::occasion(event.at), ..cause } } else { cause };
                    wanted.push((person, cause, self.said_about(&alert)?));
                }
                Change::Drp(DrpChange::Raised(swap)) => {
                    if let (None, Some(raised)) = (&swap.before, &swap.after) {
                        wanted.extend(self.letters_of_drp(raised, raised.raised_at)?);
                    }
                }
                Change::Drp(DrpChange::Noted { drp, fact, .. }) => {
                    if let Some(fact) = fact.after.as_deref().filter(|fact| !fact.to().is_empty()) {
                        wanted.extend(self.letters_after(*drp, fact)?);
                    }
                }
                Change::Panel(PanelChange::CalledOff { panel, on, why, had }) => {
                    let begins = self.reading().sitting(*panel)?.and_then(|sitting| sitting.panel.begins());
                    let (news, was, by) = match why.after {
                        Some(_) => (News::SittingCalledOff, begins, None),
                        None => (News::SittingStands, None, begins),
                    };
                    let said = Said { last_day: Some(*on), was, by, ..Said::new(format!("P-{}", panel.0), self.now) };
                    wanted.extend(self.letters_of_sitting(*panel, had, news, said)?);
                }
                Change::PanelPlanned(Swap { before: Some(before), after: Some(after) }) if before.begins() != after.begins() => {
                    let (was, by) = (before.begins(), after.begins());
                    let said = Said { last_day: Some(after.on), was, by, ..Said::new(format!("P-{}", after.id.0), self.now) };
                    let letters = self.letters_of_sitting(after.id, &[], News::SittingMoved, said)?;
                    // Whoever sits there no more is not told when it sits, but whoever joins is.
                    let gone = |person: &PersonId| before.has(*person) && !after.has(*person);
                    wanted.extend(letters.into_iter().filter(|(person, ..)| !gone(person)));
                }
                Change::SettingChanged { name, .. } if name == REMINDED_ON => wanted.extend(self.reminders()?),
                _ => {}
            }
        }
        let mut queued = Vec::new();
        if wanted.is_empty() {
            return Ok(queued);
        }
        let first = self.tx.next(Numbered::Mail)?;
        let mut keys = BTreeSet::new();
        for (person, cause, said) in wanted {
            if !keys.insert((person, cause.key())) || self.reading().is_queued_for(person, &cause.key())? {
                continue;
            }
            let id = MailId(first + queued.len() as i64);
            let message = Message { id, person, cause, said, queued_at: self.now, run: self.actor.session.clone() };
            queued.push(Change::Mail(MailChange::Queued(message)));
        }
        Ok(queued)
    }

    /// Whoever is to be at a sitting or is asked for one of its cases, or of those it had, is told of it, but for whoever did it. M07.
    fn letters_of_sitting(
        &mut self,
        panel: PanelId,
        had: &[ReviewId],
        news: News,
        said: Said,
    ) -> StoreResult<Vec<(PersonId, Cause, Said)>> {
        let viewer = Viewer::of(None, self.now, self.today);
        let reading = self.reading();
        let mut answers = Answers { reading, library: self.library, viewer: &viewer };
        let invited = answers.invitations(panel)?;
        let mut all = answers.asked_for(had)?;
        all.extend(invited.items.iter().flat_map(|item| item.invitees.iter().filter_map(|invitee| invitee.person)));
        all.extend(invited.seats.iter().map(|seat| seat.person));
        let cause = Cause::of_sitting(panel, news, self.now);
        let told = all.into_iter().filter(|person| Some(*person) != self.actor.person);
        Ok(told.map(|person| (person, cause.clone(), said.clone())).collect())
    }

    /// Whoever has to answer a dispute at the stage where it stands now, and what they are told. M14, C05: at its opening, at each
    /// stage, and where it goes to somebody senior. Whoever raised it or writes it down knows.
    fn letters_of_drp(&mut self, drp: &Drp, at: DateTime<Utc>) -> StoreResult<Vec<(PersonId, Cause, Said)>> {
        let framework = self.library.framework(self.reading(), &drp.framework.0, drp.framework.1)?;
        let stand = drp.stand();
        let stage = framework.drp.as_ref().map(|rule| stand.label(rule).to_string()).unwrap_or_default();
        let stage = framework.role(&stage).map_or(stage.clone(), |role| format!("with the {}", role.label.to_lowercase()));
        let (cause, said) = (Cause::of_drp(drp.id, drp.kind, at), said_of_drp(drp, stage, at));
        let knows = |person: &PersonId| *person == drp.raised_by || Some(*person) == self.actor.person;
        let people: BTreeSet<PersonId> = stand.to.iter().filter_map(|to| to.person).filter(|person| !knows(person)).collect();
        Ok(people.into_iter().map(|person| (person, cause.clone(), said.clone())).collect())
    }

    fn letters_after(&mut self, id: DrpId, fact: &DrpFact) -> StoreResult<Vec<(PersonId, Cause, Said)>> {
        let Some((mut drp, _)) = self.reading().drp(id)? else { return Ok(Vec::new()) };
        drp.facts.push(fact.clone());
        self.letters_of_drp(&drp, fact.at)
    }

    /// What a message about an alert says: by when the record is to be reviewed or, where the framework sets no time for that,
    /// by when somebody is to acknowledge who hears of it now. F10.
    fn said_about(&mut self, alert: &Alert) -> StoreResult<Said> {
        let facts = self.review_without_form(alert.review)?;
        let (_, framework, _) = self.rules_of(&facts)?;
        let acknowledge = framework.escalation.acknowledge_within;
        let said = Said { acknowledge: acknowledge.map(|within| within.to_string()).unwrap_or_default(), ..said_of(alert) };
        let (None, Some(within)) = (said.by, acknowledge) else { return Ok(said) };
        let calendar = self.library.calendar(self.reading())?;
        // A time that the table of holidays does not reach must not keep anybody from being told.
        let by = calendar.due(self.now, within).ok().map(|due| due.at);
        Ok(Said { within: by.map(|_| within.to_string()).unwrap_or_default(), by, ..said })
    }
}

/// The people of an alert, each once, though they may hold several of its roles.
fn addressees(alert: &Alert) -> BTreeSet<PersonId> {
    alert.addressees.iter().filter_map(|addressee| addressee.person).collect()
}

/// Who becomes an addressee by a fact that comes to an alert later.
fn joins(fact: &AlertFact) -> Option<PersonId> {
    match fact {
        AlertFact::AddresseeAdded { addressee, .. } | AlertFact::Followed { addressee, .. } => addressee.person,
        AlertFact::GapFilled { person, .. } => Some(*person),
        _ => None,
    }
}

/// Claims the next message whose time has come. What need not be sent any more is noted on the way. None: nothing is due.
/// `again`: what failed for good before that moment is tried once more.
pub fn claim(store: &mut Store, actor: &Actor, now: DateTime<Utc>, again: Option<DateTime<Utc>>) -> StoreResult<Option<Claimed>> {
    loop {
        // Asked before the lock is taken: whoever looks around every minute must not stand in anybody's way.
        if store.reading().letters_to_send(now, again, 1)?.is_empty() {
            return Ok(None);
        }
        let (claimed, noted) = store.write(|tx| claim_in(tx, actor, now, again))?;
        if claimed.is_some() || !noted {
            return Ok(claimed);
        }
    }
}

/// The claim, and whether anything was written.
fn claim_in(tx: &mut Tx<'_>, actor: &Actor, now: DateTime<Utc>, again: Option<DateTime<Utc>>) -> StoreResult<(Option<Claimed>, bool)> {
    let mut changes = Vec::new();
    let mut claimed = None;
    for letter in tx.reading().letters_to_send(now, again, AT_ONCE)? {
        let reach = reach(tx.reading(), &letter, now)?;
        let Some(change) = outbox::claim(now, &letter, &reach, &actor.session, again) else { continue };
        if let MailChange::Claimed { attempt, .. } = change {
            claimed = Some(Claimed { message: letter.message, attempt, address: reach.address });
        }
        changes.push(Change::Mail(change));
        if claimed.is_some() {
            break;
        }
    }
    tx.write(actor, now, &changes)?;
    Ok((claimed, !changes.is_empty()))
}

/// What is true now of whom a message goes to and what it is about.
fn reach(reading: Reading<'_>, letter: &Letter, now: DateTime<Utc>) -> StoreResult<Reach> {
    let person = letter.message.person;
    let found = reading.person(person)?;
    let here = found.as_ref().is_some_and(|person| person.is_here(local_date(now)));
    let (over, moved_on, recused) = match letter.message.cause.matter {
        Matter::Alert(id) => match reading.alert(id)? {
            // Whoever was to hear in somebody's place may have been taken off the list again.
            Some(alert) => {
                let theirs = alert.place_of(person).is_some();
                (alert.closed_at.is_some(), !theirs, reading.recused_from(alert.review)?.contains(&person))
            }
            None => (true, false, false),
        },
        Matter::Drp(id) => match reading.drp(id)? {
            Some((drp, _)) => {
                let stand = drp.stand();
                let theirs = stand.to.iter().any(|to| to.person == Some(person));
                let recused = reading.recused_from_case(drp.subject, drp.practitioner)?.contains(&person);
                (stand.resolved.is_some() || drp.taken_back, !theirs, recused)
            }
            None => (true, false, false),
        },
        Matter::Sitting(id) => (is_needless_of_sitting(reading, letter, id)?, false, false),
        Matter::Action(id) => match reading.action(id)? {
            Some(action) => reach_of_action(reading, &action, letter, local_date(now))?,
            None => (true, false, false),
        },
    };
    Ok(Reach { address: found.map(|person| person.email).unwrap_or_default(), here, recused, over, moved_on })
}

/// Whether a message about a sitting is needed no more. Once it sits, or has sat, nobody is told when it was to be.
fn is_needless_of_sitting(reading: Reading<'_>, letter: &Letter, id: PanelId) -> StoreResult<bool> {
    let Some(sitting) = reading.sitting(id)? else { return Ok(true) };
    let stands = match sitting.stand {
        SittingStand::Planned => sitting.panel.begins(),
        SittingStand::CalledOff => None,
        SittingStand::InProgress | SittingStand::Closed => return Ok(true),
    };
    let mut earlier = reading.letters_to(letter.message.person, Matter::Sitting(id))?;
    earlier.retain(|known| known.message.id < letter.message.id);
    earlier.sort_by_key(|known| known.message.id);
    Ok(outbox::is_needless(&letter.message, &earlier, stands))
}

/// The calendar file that goes with a message about a sitting: what its addressee was asked for, as it stands now, so that of two
/// messages the later one counts in every calendar. None: the message is about something else. M07.
pub fn calendar_of_sitting(
    store: &Store,
    library: &mut Library,
    claimed: &Claimed,
    from: &str,
    now: DateTime<Utc>,
) -> StoreResult<Option<Attached>> {
    let message = &claimed.message;
    let Matter::Sitting(panel) = message.cause.matter else { return Ok(None) };
    let viewer = Viewer::of(None, now, local_date(now));
    let mut answers = Answers { reading: store.reading(), library, viewer: &viewer };
    let (asked, sits) = answers.asked_of(panel, message.person)?;
    if !sits && asked.items.is_empty() {
        return Ok(None);
    }
    let called_off = message.cause.news == News::SittingCalledOff;
    let (text, method) = panel::told(&asked, sits, called_off, (from, &claimed.address), message.queued_at);
    Ok(Some(Attached { name: format!("{}.ics", message.said.reference), text, method }))
}

/// Whether a reminder is over, concerns somebody else by now, or somebody who is recused. It says a day: once that is another one, or
/// has passed, it would say something wrong.
fn reach_of_action(reading: Reading<'_>, action: &Action, letter: &Letter, today: NaiveDate) -> StoreResult<(bool, bool, bool)> {
    let person = letter.message.person;
    let over = !action.state.is_open() || letter.message.said.last_day != Some(action.due_on) || action.due_on < today;
    let people = reading.people_near(BTreeSet::from([action.owner]))?;
    let theirs = person == action.owner
        || acting(&people, &reading.absences_from(today)?, action.owner, today) == person
        || above(&people, action.owner).contains(&person);
    let recused = match action.review() {
        Some(review) => reading.recused_from(review)?.contains(&person),
        None => false,
    };
    Ok((over, !theirs, recused))
}

/// Writes down that the server has taken a message, and that its addressee was told.
pub fn sent(store: &mut Store, library: &mut Library, actor: &Actor, now: DateTime<Utc>, claimed: &Claimed) -> StoreResult<()> {
    store.write(|tx| {
        let letter = letter(tx.reading(), claimed)?;
        let Some(change) = outbox::sent(now, &letter, claimed.attempt) else { return Ok(()) };
        let mut changes = vec![Change::Mail(change)];
        // Of a dispute the message itself is the fact that somebody was told.
        if let Matter::Alert(alert) = claimed.message.cause.matter {
            let mut desk = Desk { tx, library, actor, access: &Access::whole(), now, today: local_date(now) };
            changes.extend(desk.told_by_mail(alert, claimed.message.person)?);
        }
        tx.write(actor, now, &changes).map(drop)
    })
}

/// Writes down that a try has failed. What is in the way of all puts off every other message whose time has come as well.
/// Says how many were put off or failed.
pub fn failed(store: &mut Store, actor: &Actor, now: DateTime<Utc>, claimed: &Claimed, trouble: &Trouble) -> StoreResult<u32> {
    store.write(|tx| {
        let letter = letter(tx.reading(), claimed)?;
        let mut changes: Vec<Change> = Vec::new();
        changes.extend(outbox::failed(now, &letter, claimed.attempt, trouble.clone(), &claimed.address).map(Change::Mail));
        if trouble.kind.is_everybodys() {
            let waiting = tx.reading().letters_to_send(now, None, usize::MAX)?;
            changes.extend(waiting.iter().filter_map(|letter| outbox::put_off(now, letter, trouble.clone())).map(Change::Mail));
        }
        tx.write(actor, now, &changes)?;
        Ok(u32::try_from(changes.len()).unwrap_or(u32::MAX))
    })
}

fn letter(reading: Reading<'_>, claimed: &Claimed) -> StoreResult<Letter> {
    let id = claimed.message.id;
    reading.letter(id)?.ok_or_else(|| StoreError::Unreadable { place: "outbox", what: format!("there is no message {}", id.0) })
}
