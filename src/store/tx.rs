//! One write transaction: what a rule is shown, the next numbers, and the only place where changes are written.

use super::error::StoreResult;
use super::journal::{self, Salts, Stamp, Tail};
use super::project;
use super::read::{Known, Reading};
use crate::domain::change::Change;
use crate::domain::deed::Actor;
use chrono::{DateTime, Utc};
use rusqlite::Connection;

/// A write transaction in progress.
pub struct Tx<'c> {
    connection: &'c Connection,
    known: &'c Known,
    tail: Tail,
    salts: Salts,
}

/// What was written: the rows of one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// First row; by this number the batch is undone. 0 when there was nothing to write.
    pub first: i64,
    /// Last row.
    pub last: i64,
}

/// The tables that hand out row numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Numbered {
    /// Teams.
    Team,
    /// People.
    Person,
    /// Absences.
    Absence,
    /// Subjects.
    Subject,
    /// Cycles.
    Cycle,
    /// Draws.
    Draw,
    /// Reviews.
    Review,
    /// Sittings of the panel.
    Panel,
    /// Alerts.
    Alert,
    /// Disputes and alerts of good practice.
    Drp,
    /// Actions.
    Action,
    /// Entries of registers.
    Entry,
    /// Passages marked as good practice.
    GoodPractice,
    /// Declared interests.
    Interest,
    /// Messages of the outbox.
    Mail,
    /// Disposals of records.
    Disposal,
    /// Notes of improvement plans.
    PlanNote,
    /// What followed reviews.
    FollowUp,
    /// Versions of reports.
    Report,
}

impl<'c> Tx<'c> {
    pub(super) fn new(connection: &'c Connection, known: &'c Known) -> StoreResult<Tx<'c>> {
        Ok(Tx { connection, known, tail: journal::tail(connection)?, salts: Salts::default() })
    }

    /// Reads what is true inside this transaction.
    pub fn reading(&self) -> Reading<'c> {
        Reading::within(self.connection, self.known)
    }

    /// The next free number of a table; inside the transaction nobody else can take it.
    pub fn next(&self, table: Numbered) -> StoreResult<i64> {
        self.known.next(table, || self.next_as_stored(table))
    }

    fn next_as_stored(&self, table: Numbered) -> StoreResult<i64> {
        let sql = match table {
            Numbered::Team => "SELECT coalesce(max(id), 0) + 1 FROM team",
            Numbered::Person => "SELECT coalesce(max(id), 0) + 1 FROM person",
            Numbered::Absence => "SELECT coalesce(max(id), 0) + 1 FROM absence",
            Numbered::Subject => "SELECT coalesce(max(id), 0) + 1 FROM subject",
            Numbered::Cycle => "SELECT coalesce(max(id), 0) + 1 FROM cycle",
            Numbered::Draw => "SELECT coalesce(max(id), 0) + 1 FROM draw",
            Numbered::Review => "SELECT coalesce(max(id), 0) + 1 FROM review",
            Numbered::Panel => "SELECT coalesce(max(id), 0) + 1 FROM panel",
            Numbered::Alert => {
                "SELECT max(coalesce(max(id), 0), coalesce((SELECT number FROM number_used WHERE name = 'alert'), 0)) + 1 FROM alert"
            }
            Numbered::Drp => {
                "SELECT max(coalesce(max(id), 0), coalesce((SELECT number FROM number_used WHERE name = 'drp'), 0)) + 1 FROM drp"
            }
            Numbered::Action => {
                "SELECT max(coalesce(max(id), 0), coalesce((SELECT number FROM number_used WHERE name = 'action'), 0)) + 1 FROM action"
            }
            Numbered::Entry => "SELECT coalesce(max(id), 0) + 1 FROM entry",
            Numbered::GoodPractice => {
                "SELECT max(coalesce(max(id), 0), coalesce((SELECT number FROM number_used WHERE name = 'good_practice'), 0)) + 1 FROM good_practice"
            }
            Numbered::Interest => {
                "SELECT max(coalesce(max(id), 0), coalesce((SELECT number FROM number_used WHERE name = 'interest'), 0)) + 1 FROM interest"
            }
            Numbered::Mail => {
                "SELECT max(coalesce(max(id), 0), coalesce((SELECT number FROM number_used WHERE name = 'outbox'), 0)) + 1 FROM outbox"
            }
            Numbered::Disposal => "SELECT coalesce(max(id), 0) + 1 FROM disposal",
            Numbered::PlanNote => "SELECT coalesce(max(id), 0) + 1 FROM plan_note",
            Numbered::FollowUp => {
                "SELECT max(coalesce(max(id), 0), coalesce((SELECT number FROM number_used WHERE name = 'follow_up'), 0)) + 1 FROM follow_up"
            }
            Numbered::Report => "SELECT coalesce(max(id), 0) + 1 FROM report",
        };
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// Writes a batch of changes: for each one journal row, one detail row and its projection.
    pub fn write(&mut self, actor: &Actor, now: DateTime<Utc>, changes: &[Change]) -> StoreResult<Written> {
        let mut written = Written::default();
        self.write_on(&mut written, actor, now, changes)?;
        Ok(written)
    }

    /// Writes changes that follow from a batch, and are taken back with it.
    pub fn write_on(&mut self, written: &mut Written, actor: &Actor, now: DateTime<Utc>, changes: &[Change]) -> StoreResult<()> {
        let batch = if written.first == 0 { self.tail.seq + 1 } else { written.first };
        let stamp = Stamp { batch, at: now.timestamp_millis(), actor: actor.login.as_str(), session: actor.session.as_str() };
        for change in changes {
            let object = change.object();
            self.known.forget(change, &object);
            #[cfg(feature = "broken")]
            if matches!(change, Change::Answered(_)) && crate::broken::is(crate::broken::Fault::Apart) {
                project::project(self.connection, self.tail.seq + 1, stamp.at, change)?;
                self.connection.execute_batch("COMMIT; BEGIN IMMEDIATE")?;
                self.tail = journal::append(self.connection, &mut self.salts, self.tail, stamp, (change, &object))?;
                self.known.learn(self.tail.seq, stamp.at, change);
                written.first = if written.first == 0 { self.tail.seq } else { written.first };
                written.last = self.tail.seq;
                continue;
            }
            self.tail = journal::append(self.connection, &mut self.salts, self.tail, stamp, (change, &object))?;
            project::project(self.connection, self.tail.seq, stamp.at, change)?;
            self.known.learn(self.tail.seq, stamp.at, change);
            if written.first == 0 {
                written.first = self.tail.seq;
            }
            written.last = self.tail.seq;
        }
        Ok(())
    }
}
