//! Reading the outbox: what a process may take up next, and where the messages of an alert stand.

use super::{Reading, body, moment};
use crate::domain::action::{Action, REMIND_AT_MOST, may_remind};
use crate::domain::alert::Alert;
use crate::domain::calendar::local_date;
use crate::domain::id::{ActionId, AlertId, DrpId, MailId, PersonId};
use crate::domain::outbox::{LONGEST_WAIT, Letter, Matter, STALE_AFTER};
use crate::domain::query::{DrpMail, MailRow, MailStand};
use crate::store::error::StoreResult;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::BTreeSet;

/// What might be taken up now: queued messages whose time has come, claims that were left behind, refused addresses that have
/// been put right. The rule decides; this only keeps it from looking at all that wait. Both parts have an index of their own.
const TURN: &str = "SELECT o.body, o.id FROM outbox o JOIN person p ON p.id = o.person WHERE o.state IN ('queued', 'claimed') AND (
       (o.state = 'queued' AND p.email <> '' AND (o.at <= ?1 OR o.at > ?2))
       OR (o.state = 'queued' AND p.email = '' AND o.at <= ?5)
       OR (o.state = 'claimed' AND (o.at <= ?3 OR o.at >= ?4)))
     UNION ALL
     SELECT o.body, o.id FROM outbox o JOIN person p ON p.id = o.person
     WHERE o.state = 'failed' AND p.email <> '' AND (o.refused <> '' AND p.email <> o.refused OR o.at < ?7)
     ORDER BY 2 LIMIT ?6";

/// The setting that names the last day whose reminders of actions were queued.
pub const REMINDED_ON: &str = "reminded-on";

/// Actions that may have to be reminded of: still to be done, and due from one day to another, found in the index of what is due.
const DUE: &str = "state NOT IN ('signed-off', 'withdrawn') AND due_on BETWEEN ?1 AND ?2 AND state <> 'done'";

impl Reading<'_> {
    /// Whether somebody has to look today who is to be reminded of an action: nobody has yet, it is late enough in the day, and one is
    /// due soon.
    pub fn reminders_to_queue(&self, now: DateTime<Utc>) -> StoreResult<bool> {
        let today = local_date(now);
        // The days of all of them stand in one order, so text compares as they do.
        if !may_remind(now) || self.setting(REMINDED_ON)?.is_some_and(|day| day >= today.to_string()) {
            return Ok(false);
        }
        let last = today + Duration::days(i64::from(REMIND_AT_MOST));
        let sql = format!("SELECT 1 FROM action WHERE {DUE} LIMIT 1");
        let first = today + Duration::days(1);
        Ok(self.one(&sql, &[&first.to_string(), &last.to_string()], |row| row.get::<_, i64>(0))?.is_some())
    }

    /// Actions that are still to be done, due from one day to another. Rules read it: nobody is shown it.
    pub fn actions_due(&self, first: NaiveDate, last: NaiveDate) -> StoreResult<Vec<Action>> {
        let sql = format!("SELECT id FROM action WHERE {DUE} ORDER BY due_on, id");
        let ids = self.rows(&sql, &[&first.to_string(), &last.to_string()], |row| row.get(0).map(ActionId))?;
        ids.into_iter().filter_map(|id| self.action(id).transpose()).collect()
    }

    /// Messages that might be taken up now, oldest first, at most so many; with those that failed for good before `again`.
    pub fn letters_to_send(&self, now: DateTime<Utc>, again: Option<DateTime<Utc>>, most: usize) -> StoreResult<Vec<Letter>> {
        let at = |moment: DateTime<Utc>| moment.timestamp_millis();
        let (late, stale, ahead) = (at(now + LONGEST_WAIT), at(now - STALE_AFTER), at(now + STALE_AFTER));
        let too_old = at(now - crate::domain::outbox::GIVEN_UP_AFTER);
        let again = again.map_or(i64::MIN, at);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let texts = self.rows(TURN, &[&at(now), &late, &stale, &ahead, &too_old, &most, &again], |row| row.get::<_, String>(0))?;
        texts.iter().map(|text| body("outbox.body", text)).collect()
    }

    /// One message.
    pub fn letter(&self, id: MailId) -> StoreResult<Option<Letter>> {
        let text = self.one("SELECT body FROM outbox WHERE id = ?1", &[&id.0], |row| row.get::<_, String>(0))?;
        text.map(|text| body("outbox.body", &text)).transpose()
    }

    /// Whether somebody has a message for this cause already.
    pub fn is_queued_for(&self, person: PersonId, cause: &str) -> StoreResult<bool> {
        let sql = "SELECT 1 FROM outbox WHERE person = ?1 AND cause = ?2";
        Ok(self.one(sql, &[&person.0, &cause], |row| row.get::<_, i64>(0))?.is_some())
    }

    /// When the next message that waits has its time, or its claim is left to others; none: none waits.
    pub fn next_letter_at(&self) -> StoreResult<Option<DateTime<Utc>>> {
        let sql = format!(
            "SELECT min(CASE o.state WHEN 'claimed' THEN o.at + {} ELSE o.at END) FROM outbox o JOIN person p ON p.id = o.person
             WHERE o.state IN ('queued', 'claimed') AND p.email <> ''",
            STALE_AFTER.num_milliseconds()
        );
        Ok(self.one(&sql, &[], |row| row.get::<_, Option<i64>>(0))?.flatten().map(moment))
    }

    /// How many messages wait for somebody to send them.
    pub fn letters_waiting(&self) -> StoreResult<u64> {
        self.count("SELECT count(*) FROM outbox WHERE state IN ('queued', 'claimed')", &[])
    }

    /// Where the mail to each addressee of an alert stands, in the order of its list.
    pub fn mail_of_alert(&self, alert: &Alert) -> StoreResult<Vec<MailRow>> {
        let letters = self.letters_of_alert(alert.id)?;
        let rows = alert.addressees.iter().enumerate().map(|(place, addressee)| {
            let Some(person) = addressee.person else { return Ok(MailRow { place, person: None, stand: MailStand::Gap }) };
            // The newest that this person has about it: what was passed on counts more than how it began.
            let letter = letters.iter().rev().find(|letter| letter.message.person == person);
            let address = self.person(person)?.map(|person| person.email).unwrap_or_default();
            Ok(MailRow { place, person: Some(person), stand: MailStand::of(letter, &address) })
        });
        rows.collect()
    }

    /// The last message that reminded somebody of an action.
    pub fn reminder_of(&self, action: ActionId, person: PersonId) -> StoreResult<Option<Letter>> {
        let mut letters = self.letters_to(person, Matter::Action(action))?;
        letters.sort_by_key(|letter| letter.message.id);
        Ok(letters.pop())
    }

    /// What somebody was written to about one matter, found by the index of causes.
    pub fn letters_to(&self, person: PersonId, matter: Matter) -> StoreResult<Vec<Letter>> {
        let begins = format!("{}/", matter.key());
        // After `/` comes `0`.
        let ends = format!("{}0", &begins[..begins.len() - 1]);
        let sql = "SELECT body FROM outbox WHERE person = ?1 AND cause >= ?2 AND cause < ?3";
        let texts = self.rows(sql, &[&person.0, &begins, &ends], |row| row.get::<_, String>(0))?;
        texts.iter().map(|text| body("outbox.body", text)).collect()
    }

    /// Every message about a dispute, in order, and where each stands.
    pub fn mail_of_drp(&self, drp: DrpId) -> StoreResult<Vec<DrpMail>> {
        // Each person's messages are found by the index of their causes; whom it ever came to stands in its own facts.
        let Some((stored, _)) = self.drp(drp)? else { return Ok(Vec::new()) };
        let facts = stored.facts.iter().flat_map(|fact| fact.to());
        let people: BTreeSet<PersonId> = stored.first.iter().chain(facts).filter_map(|to| to.person).collect();
        let mut letters: Vec<Letter> = Vec::new();
        for person in people {
            letters.extend(self.letters_to(person, Matter::Drp(drp))?);
        }
        letters.sort_by_key(|letter| letter.message.id);
        let mut mail = Vec::with_capacity(letters.len());
        for letter in letters {
            let person = letter.message.person;
            let address = self.person(person)?.map(|person| person.email).unwrap_or_default();
            mail.push(DrpMail { person, since: letter.message.said.since, stand: MailStand::of(Some(&letter), &address) });
        }
        Ok(mail)
    }

    fn letters_of_alert(&self, alert: AlertId) -> StoreResult<Vec<Letter>> {
        let texts = self.rows("SELECT body FROM outbox WHERE alert = ?1 ORDER BY id", &[&alert.0], |row| row.get::<_, String>(0))?;
        texts.iter().map(|text| body("outbox.body", text)).collect()
    }
}
