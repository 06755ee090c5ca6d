//! Reading registers: windows of entries, counts for the year, and since when people have been on the list.

use super::lists::Listing;
use super::{Reading, body, day, day_or_none, filter, moment};
use crate::domain::calendar::local_date;
use crate::domain::id::{EntryId, PersonId, reference};
use crate::domain::query::{Count, EntryRow, Page, Window};
use crate::domain::register::Entry;
use crate::domain::year::QaYear;
use crate::store::error::StoreResult;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// One entry's day, person and what was noted.
pub type Noted = (NaiveDate, Option<PersonId>, BTreeMap<String, String>);

impl Reading<'_> {
    /// One entry with the revision of its row, one taken back included.
    pub fn entry(&self, id: EntryId) -> StoreResult<Option<(Entry, i64)>> {
        let found = self.one(
            "SELECT id, register, on_day, person, place, noted, words, author, taken_back, revision FROM entry WHERE id = ?1",
            &[&id.0],
            |row| {
                let entry = Entry {
                    id: EntryId(row.get(0)?),
                    register: row.get(1)?,
                    on: day(row, 2)?,
                    person: row.get::<_, Option<i64>>(3)?.map(PersonId),
                    place: row.get(4)?,
                    values: BTreeMap::new(),
                    words: row.get(6)?,
                    by: row.get(7)?,
                    taken_back: row.get(8)?,
                };
                Ok((entry, row.get::<_, String>(5)?, row.get(9)?))
            },
        )?;
        found.map(|(entry, noted, revision)| Ok((Entry { values: body("entry.noted", &noted)?, ..entry }, revision))).transpose()
    }

    /// A window of the entries of a register, newest first.
    pub fn entries(&self, register: &str, window: &Window<()>, year: QaYear) -> StoreResult<Page<EntryRow>> {
        let clause = filter::entries(&window.filter, register, year);
        let listing = Listing {
            columns: "e.id, e.on_day, e.person, coalesce(p.name, ''), e.place, e.noted, e.author, e.revision,
                 coalesce((SELECT group_concat(a.ref || ' ' || replace(a.state, '-', ' '), ', ') FROM action a WHERE a.entry = e.id AND a.state <> 'withdrawn'), '')",
            from: "entry e LEFT JOIN person p ON p.id = e.person",
            clause: clause.clone(),
            order: "e.on_day",
            id: "e.id",
            descending: !window.reversed,
        };
        let (raw, more_before, more_after) = self.page(&listing, &window.from, window.limit, |row| {
            let id: i64 = row.get(0)?;
            let entry = EntryRow {
                id: EntryId(id),
                reference: reference("E", id),
                on: day(row, 1)?,
                person: row.get::<_, Option<i64>>(2)?.map(PersonId),
                name: row.get(3)?,
                place: row.get(4)?,
                values: BTreeMap::new(),
                by: row.get(6)?,
                actions: row.get(8)?,
                revision: row.get(7)?,
            };
            Ok((entry, row.get::<_, String>(5)?))
        })?;
        let mut rows = Vec::with_capacity(raw.len());
        for (row, noted) in raw {
            rows.push(EntryRow { values: body("entry.noted", &noted)?, ..row });
        }
        let total = self.counted("entry e", &clause)?;
        Ok(Page { rows, more_before, more_after, total, late: Count::default() })
    }

    /// For each register: its entries in a year, and the day of its newest entry of any year.
    pub fn register_counts(&self, year: QaYear) -> StoreResult<HashMap<String, (u32, Option<NaiveDate>)>> {
        let sql = "SELECT register, sum(on_day BETWEEN ?1 AND ?2), max(on_day) FROM entry WHERE taken_back = 0 GROUP BY register";
        let rows = self.rows(sql, &[&year.starts.to_string(), &year.ends().to_string()], |row| {
            Ok((row.get::<_, String>(0)?, (row.get(1)?, day_or_none(row, 2)?)))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// What was noted in a register in a year, oldest first.
    pub fn noted(&self, register: &str, year: QaYear) -> StoreResult<Vec<Noted>> {
        let sql = "SELECT on_day, person, noted FROM entry
             WHERE register = ?1 AND taken_back = 0 AND on_day BETWEEN ?2 AND ?3 ORDER BY on_day, id";
        let rows = self.rows(sql, &[&register, &year.starts.to_string(), &year.ends().to_string()], |row| {
            Ok((day(row, 0)?, row.get::<_, Option<i64>>(1)?.map(PersonId), row.get::<_, String>(2)?))
        })?;
        rows.into_iter().map(|(on, person, noted)| Ok((on, person, body("entry.noted", &noted)?))).collect()
    }

    /// Entries of a year, counted by register and day.
    pub fn entry_days(&self, year: QaYear) -> StoreResult<Vec<(String, NaiveDate, u32)>> {
        let sql = "SELECT register, on_day, count(*) FROM entry
             WHERE taken_back = 0 AND on_day BETWEEN ?1 AND ?2 GROUP BY register, on_day ORDER BY on_day, register";
        self.rows(sql, &[&year.starts.to_string(), &year.ends().to_string()], |row| Ok((row.get(0)?, day(row, 1)?, row.get(2)?)))
    }

    /// Days of a year on which one of these events was noted, in whichever register.
    pub fn events_held(&self, events: &[&str], year: QaYear) -> StoreResult<Vec<(String, NaiveDate)>> {
        let sql = "SELECT DISTINCT v.value, e.on_day FROM entry e, json_each(e.noted) v
             WHERE e.taken_back = 0 AND e.on_day BETWEEN ?1 AND ?2 AND v.value IN (SELECT value FROM json_each(?3)) ORDER BY e.on_day";
        let events = serde_json::Value::from(events).to_string();
        self.rows(sql, &[&year.starts.to_string(), &year.ends().to_string(), &events], |row| Ok((row.get(0)?, day(row, 1)?)))
    }

    /// The day on which each person came onto the council's list, for those who were not on the first list taken in.
    /// It follows from the journal: nobody has to say when somebody joined.
    pub fn joined_later(&self) -> StoreResult<HashMap<PersonId, NaiveDate>> {
        let sql = "SELECT object, batch, at, min(seq) FROM journal WHERE object >= 'person/' AND object < 'person0' AND object NOT GLOB 'review/*' GROUP BY object";
        let rows = self.rows(sql, &[], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))?;
        let first = rows.iter().map(|(_, batch, _)| *batch).min();
        let later = rows.into_iter().filter(|(_, batch, _)| Some(*batch) != first);
        Ok(later
            .filter_map(|(object, _, at)| Some((PersonId(object.strip_prefix("person/")?.parse().ok()?), local_date(moment(at)))))
            .collect())
    }
}
