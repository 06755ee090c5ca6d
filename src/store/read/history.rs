//! Reading the journal: the history of a review, the batch that undo takes back, who changed a row last.

use super::{Reading, moment};
use crate::domain::change::Change;
use crate::domain::framework::ReviewKind;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::person::Person;
use crate::domain::query::{HistoryRow, Viewer};
use crate::domain::review::field;
use crate::store::error::StoreResult;
use crate::store::journal::{self, ABOUT};
use crate::store::verify::erased_rows;
use chrono::{DateTime, Utc};

/// A row of the journal: its number, when, who by name, and what; none where its details were erased by law.
pub type Recorded = (i64, DateTime<Utc>, String, Option<Change>);

impl Reading<'_> {
    /// Everything that happened to a review, newest first. Erased details read as such. Told to a viewer it leaves out what tells
    /// of a judgement that is kept back from them; and where something is withheld from them, the receipt of the random share:
    /// that is drawn from the number of the sample, by which anybody draws the same cases again, withheld ones among them.
    pub fn history(&self, review: ReviewId, kind_of_review: Option<&ReviewKind>, viewer: Option<&Viewer>) -> StoreResult<Vec<HistoryRow>> {
        let recused = viewer.map(|viewer| self.withheld(viewer)).transpose()?.is_some_and(|withheld| withheld > 0);
        let kept = viewer.map(|viewer| self.is_kept_back(review, viewer)).transpose()?.unwrap_or_default();
        self.told("j.review = ?1", &review.0, kind_of_review, (recused, kept))
    }

    /// The rows of the journal that a condition with one value picks, told newest first; without the receipt of the random share,
    /// and without what tells of a judgement, where that is so.
    pub(super) fn told(
        &self,
        condition: &str,
        value: &dyn rusqlite::ToSql,
        kind_of_review: Option<&ReviewKind>,
        (recused, kept): (bool, bool),
    ) -> StoreResult<Vec<HistoryRow>> {
        let sql = format!(
            "SELECT j.seq, j.at, coalesce(p.short, j.actor), d.payload, j.kind FROM journal j
             LEFT JOIN journal_detail d ON d.seq = j.seq LEFT JOIN person p ON p.login = j.actor AND p.login <> ''
             WHERE {condition} ORDER BY j.seq DESC LIMIT 2000"
        );
        let rows = self.rows(&sql, &[value], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                moment(row.get(1)?),
                row.get::<_, String>(2)?,
                row.get::<_, Option<String>>(3)?,
                row.get::<_, String>(4)?,
            ))
        })?;
        let name = |id: PersonId| self.person(id).ok().flatten().as_ref().map(Person::short_name).unwrap_or_default();
        let mut history = Vec::with_capacity(rows.len());
        for (seq, at, actor, payload, kind) in rows {
            let mut tell = |what, texts| history.push(HistoryRow { seq, at, actor: actor.clone(), what, texts });
            match payload.map(|payload| journal::change(&payload)).transpose()? {
                None => tell(format!("{kind}: its details were erased by law"), None),
                // Each answer of a save has a line of its own.
                Some(Change::Answered(saved)) => {
                    let told = saved.answers.iter().rev().filter(|answer| !(kept && field::tells_of_grade(&answer.field)));
                    told.for_each(|answer| tell(answer.sentence_of(kind_of_review), Some(answer.texts())));
                }
                Some(change) if kept && (change.tells_of_grade() || self.steps_out_of_an_alert(&change)?) => {}
                Some(mut change) => {
                    if let Change::ReviewSubmitted { share, .. } = &mut change {
                        *share = share.take().filter(|_| !recused);
                    }
                    tell(change.sentence_naming(&name), None);
                }
            }
        }
        Ok(history)
    }

    /// Whether a change is a step of an action that came out of an alert: that there is one tells the grade.
    fn steps_out_of_an_alert(&self, change: &Change) -> StoreResult<bool> {
        let action = match change {
            Change::ActionMoved { action, .. } => *action,
            Change::ActionStepped(step) => step.action,
            Change::ActionLinked(link) => link.action,
            _ => return Ok(false),
        };
        Ok(self.action(action)?.is_some_and(|action| action.alert.is_some()))
    }

    /// Every journal row about an object, oldest first.
    pub fn facts_about(&self, object: &str) -> StoreResult<Vec<Recorded>> {
        let sql = format!(
            "SELECT j.seq, j.at, coalesce(p.name, j.actor), d.payload FROM journal j LEFT JOIN journal_detail d ON d.seq = j.seq
             LEFT JOIN person p ON p.login = j.actor AND p.login <> '' WHERE {ABOUT} ORDER BY j.seq"
        );
        let rows = self.rows(&sql, &[&object], |row| {
            Ok((row.get::<_, i64>(0)?, moment(row.get(1)?), row.get::<_, String>(2)?, row.get::<_, Option<String>>(3)?))
        })?;
        rows.into_iter()
            .map(|(seq, at, by, payload)| Ok((seq, at, by, payload.map(|payload| journal::change(&payload)).transpose()?)))
            .collect()
    }

    /// The changes of a batch with who wrote them, in order; empty when there is no such batch.
    pub fn batch(&self, first: i64) -> StoreResult<Vec<(i64, String, String, Change)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT j.seq, j.actor, j.session, d.payload, j.batch FROM journal j JOIN journal_detail d ON d.seq = j.seq
             WHERE j.seq >= ?1 ORDER BY j.seq",
        )?;
        let mut rows = statement.query([first])?;
        let mut changes = Vec::new();
        // A batch is a run of rows from its first one.
        while let Some(row) = rows.next()? {
            if row.get::<_, i64>(4)? != first {
                break;
            }
            changes.push((row.get(0)?, row.get(1)?, row.get(2)?, journal::change(&row.get::<_, String>(3)?)?));
        }
        Ok(changes)
    }

    /// The newest journal row about the object of a change: its number, and who wrote it.
    pub fn last_change(&self, change: &Change) -> StoreResult<Option<(i64, String)>> {
        let object = change.object();
        let newest = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        match change.review() {
            // Rows about a review itself stand in no index by object: all rows of its history are few.
            Some(review) if object.starts_with("review/") => self.one(
                "SELECT j.seq, coalesce(p.name, j.actor) FROM journal j LEFT JOIN person p ON p.login = j.actor AND p.login <> ''
                 WHERE j.review = ?2 AND j.object = ?1 ORDER BY j.seq DESC LIMIT 1",
                &[&object, &review.0],
                newest,
            ),
            _ => self.one(
                &format!(
                    "SELECT j.seq, coalesce(p.name, j.actor) FROM journal j LEFT JOIN person p ON p.login = j.actor AND p.login <> ''
                     WHERE {ABOUT} ORDER BY j.seq DESC LIMIT 1"
                ),
                &[&object],
                newest,
            ),
        }
    }

    /// The newest journal row that gave, changed or took back the answer of a field: its number, and who wrote it.
    pub fn last_answered(&self, review: ReviewId, field: &str) -> StoreResult<Option<(i64, String)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT j.seq, coalesce(p.name, j.actor), d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq
             LEFT JOIN person p ON p.login = j.actor AND p.login <> ''
             WHERE j.review = ?1 AND j.kind = 'answered' ORDER BY j.seq DESC",
        )?;
        let mut rows = statement.query([review.0])?;
        while let Some(row) = rows.next()? {
            let Change::Answered(saved) = journal::change(&row.get::<_, String>(2)?)? else { continue };
            if saved.answers.iter().any(|answer| answer.field == field) {
                return Ok(Some((row.get(0)?, row.get(1)?)));
            }
        }
        Ok(None)
    }

    /// The number of the newest journal row about an object that is no review; 0 when there is none.
    pub fn last_seq(&self, object: &str) -> StoreResult<i64> {
        self.all_known_or_read(
            |known| &known.newest,
            object,
            |object| {
                let sql = format!("SELECT j.seq FROM journal j WHERE {ABOUT} ORDER BY j.seq DESC LIMIT 1");
                Ok(self.one(&sql, &[&object], |row| row.get(0))?.unwrap_or_default())
            },
        )
    }

    /// The number of the newest journal row; 0 when there is none.
    pub fn newest_seq(&self) -> StoreResult<i64> {
        Ok(self.one("SELECT max(seq) FROM journal", &[], |row| row.get::<_, Option<i64>>(0))?.flatten().unwrap_or_default())
    }

    /// The reviews that journal rows after one are about; none where they are too many to look at each, or where it was written who
    /// belongs where: a person or a team that is moved, a child, who sits, an interest. Other reviews belong to somebody's by that, which
    /// no row names.
    pub fn reviews_since(&self, seq: i64) -> StoreResult<Option<Vec<ReviewId>>> {
        const MANY: usize = 200;
        let moved = "SELECT EXISTS (SELECT 1 FROM journal WHERE seq > ?1 AND (kind = 'panel-planned' OR object GLOB 'person/*'
             OR object GLOB 'team/*' OR object GLOB 'subject/*' OR object GLOB 'interest/*'))";
        if self.one(moved, &[&seq], |row| row.get(0))?.unwrap_or(true) {
            return Ok(None);
        }
        let sql = format!("SELECT DISTINCT review FROM journal WHERE seq > ?1 AND +review IS NOT NULL LIMIT {}", MANY + 1);
        let reviews = self.rows(&sql, &[&seq], |row| row.get(0).map(ReviewId))?;
        Ok((reviews.len() <= MANY).then_some(reviews))
    }

    /// The number of the oldest journal row about an object that is no review; 0 when there is none.
    pub fn first_seq(&self, object: &str) -> StoreResult<i64> {
        let sql = format!("SELECT j.seq FROM journal j WHERE {ABOUT} ORDER BY j.seq LIMIT 1");
        Ok(self.one(&sql, &[&object], |row| row.get(0))?.unwrap_or_default())
    }

    /// A number of six digits that nobody chose and everybody finds again: from the hash of the oldest journal row about an
    /// object that is no review; the hash holds a random salt. 0 when there is none.
    pub fn number_of(&self, object: &str) -> StoreResult<u64> {
        let sql = format!("SELECT j.hash FROM journal j WHERE {ABOUT} ORDER BY j.seq LIMIT 1");
        let hash = self.one(&sql, &[&object], |row| row.get::<_, journal::Hash>(0))?;
        let number = |hash: journal::Hash| hash.iter().take(8).fold(0u64, |number, byte| (number << 8) | u64::from(*byte));
        Ok(hash.map_or(0, |hash| 100_000 + number(hash) % 900_000))
    }

    /// How many of the journal's rows of some kinds before a number were erased by law. What is missing otherwise is for `verify` to find.
    pub(in crate::store) fn erased_until(&self, before: i64, kinds: &'static str) -> StoreResult<usize> {
        let erased = erased_rows(self.connection)?;
        if erased.is_empty() {
            return Ok(0);
        }
        let sql = format!(
            "SELECT j.seq FROM journal j WHERE j.seq < ?1 AND j.kind IN ({kinds})
             AND NOT EXISTS (SELECT 1 FROM journal_detail d WHERE d.seq = j.seq)"
        );
        let missing = self.rows(&sql, &[&before], |row| row.get::<_, i64>(0))?;
        Ok(missing.iter().filter(|seq| erased.contains(seq)).count())
    }

    /// Hands over the journal's rows of some kinds before a number, in order: number, time and payload.
    pub(in crate::store) fn journal_until(
        &self,
        before: i64,
        kinds: &'static str,
        take: &mut dyn FnMut(i64, i64, &str) -> StoreResult<()>,
    ) -> StoreResult<()> {
        let mut statement = self.connection.prepare(&format!(
            "SELECT j.seq, j.at, d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq
             WHERE j.seq < ?1 AND j.kind IN ({kinds}) ORDER BY j.seq"
        ))?;
        let mut rows = statement.query([before])?;
        while let Some(row) = rows.next()? {
            take(row.get(0)?, row.get(1)?, row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
        }
        Ok(())
    }

    /// Who worked on a review in a later batch, if anybody did; looking at it, being asked and asking in vain do not count.
    pub fn worked_on_since(&self, review: ReviewId, batch: i64) -> StoreResult<Option<String>> {
        self.one(
            "SELECT coalesce(p.name, j.actor) FROM journal j LEFT JOIN person p ON p.login = j.actor AND p.login <> ''
             WHERE j.review = ?1 AND j.batch > ?2 AND j.kind NOT IN ('revealed', 'nothing-declared', 'asked-while-recused', 'inference-dismissed')
             ORDER BY j.seq DESC LIMIT 1",
            &[&review.0, &batch],
            |row| row.get(0),
        )
    }

    /// A journal row by number: who wrote it and when.
    pub fn written_by(&self, seq: i64) -> StoreResult<Option<(String, DateTime<Utc>)>> {
        self.one(
            "SELECT coalesce(p.name, j.actor), j.at FROM journal j LEFT JOIN person p ON p.login = j.actor AND p.login <> '' WHERE j.seq = ?1",
            &[&seq],
            |row| Ok((row.get(0)?, moment(row.get(1)?))),
        )
    }

    /// The end of the journal's chain.
    pub fn tail(&self) -> StoreResult<journal::Tail> {
        journal::tail(self.connection)
    }

    /// How many journal rows there are.
    pub fn journal_length(&self) -> StoreResult<u64> {
        Ok(self.tail()?.seq.max(0) as u64)
    }

    /// When the newest journal row was written.
    pub fn last_written_at(&self) -> StoreResult<Option<DateTime<Utc>>> {
        self.one("SELECT at FROM journal ORDER BY seq DESC LIMIT 1", &[], |row| row.get(0).map(moment))
    }
}
