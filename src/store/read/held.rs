//! What is somebody's to do, thing by thing: what has to be given to others when they go.

use super::{Reading, day, variant, withheld};
use crate::domain::calendar::{local_date, say_full_date};
use crate::domain::id::{ActionId, CycleId, PanelId, PersonId, ReviewId, TeamId};
use crate::domain::query::{Held, HeldRow, Viewer};
use crate::domain::strip::{ClockOf, StripOf};
use crate::store::error::StoreResult;
use crate::store::project::strip::NO_CLOCK;
use chrono::{DateTime, NaiveDate};

/// Every column that names a person; a test holds it to the tables.
pub const NAMES_PEOPLE: [(&str, &str); 27] = [
    ("absence", "deputy"),
    ("absence", "person"),
    ("action", "done_by"),
    ("action", "owner"),
    ("action", "signed_off_by"),
    ("asked", "person"),
    ("co_reviewer", "person"),
    ("drp", "practitioner"),
    ("entry", "person"),
    ("follow_up", "by"),
    ("follow_up", "whom"),
    ("inference_dismissed", "person"),
    ("interest", "person"),
    ("interest", "practitioner"),
    ("notice", "person"),
    ("outbox", "person"),
    ("own_judgement", "person"),
    ("panel", "chair"),
    ("panel_score", "person"),
    ("person", "line_manager"),
    ("plan_note", "author"),
    ("review", "companion"),
    ("review", "practitioner"),
    ("review", "reviewer"),
    ("strip", "practitioner"),
    ("strip_person", "person"),
    ("subject", "worker"),
];

impl Reading<'_> {
    /// Everything that a person holds and a viewer may know of: reviews, actions, parts in alerts and disputes, seats at sittings, and
    /// those whom they manage. It is read by indexes on the person; what it costs grows with what they hold.
    pub fn held_by(&self, person: PersonId, viewer: &Viewer) -> StoreResult<Vec<HeldRow>> {
        let mut held = self.reviews_held(person, viewer)?;
        held.extend(self.actions_held(person, viewer)?);
        held.extend(self.strips_held(person, viewer)?);
        held.extend(self.seats_held(person)?);
        let managed = "SELECT id, name, role FROM person WHERE line_manager = ?1 AND (left_on IS NULL OR left_on >= ?2) ORDER BY sort, id";
        held.extend(self.rows(managed, &[&person.0, &viewer.today.to_string()], |row| {
            Ok(HeldRow { what: Held::Manages(PersonId(row.get(0)?)), reference: row.get(1)?, said: row.get(2)?, due: None })
        })?);
        Ok(held)
    }

    fn reviews_held(&self, person: PersonId, viewer: &Viewer) -> StoreResult<Vec<HeldRow>> {
        type Kind = fn(ReviewId) -> Held;
        // Once it was judged its reviewers stay; only what the panel sent back waits for somebody to complete it.
        let ways: [(&str, Kind, &str); 4] = [
            ("r.reviewer = ?1 AND r.submitted_at IS NULL", Held::Lead, "leads it"),
            ("r.reviewer = ?1 AND r.submitted_at IS NOT NULL AND r.panel_back <> ''", Held::Back, "sent back to them by the panel"),
            (
                "r.id IN (SELECT review FROM co_reviewer WHERE person = ?1) AND r.submitted_at IS NULL",
                Held::Beside,
                "reviews it with its lead",
            ),
            ("r.companion = ?1 AND r.submitted_at IS NULL", Held::Companion, "stands beside a first-time reviewer"),
        ];
        let mut held = Vec::new();
        for (condition, what, said) in ways {
            // The plus: found by the person, of whom there are few, not among all that are open.
            let sql = format!(
                "SELECT r.id, r.ref, s.pseudonym, r.step_label, r.due_on FROM review r JOIN subject s ON s.id = r.subject
                 WHERE {condition} AND +r.state = 'open' AND {} ORDER BY r.due_on, r.id",
                withheld::seen("r.id", viewer)
            );
            held.extend(self.rows(&sql, &[&person.0], |row| {
                Ok(HeldRow {
                    what: what(ReviewId(row.get(0)?)),
                    reference: row.get(1)?,
                    said: format!("{}, {said}; next: {}", row.get::<_, String>(2)?, row.get::<_, String>(3)?),
                    due: Some(day(row, 4)?),
                })
            })?);
        }
        Ok(held)
    }

    fn actions_held(&self, person: PersonId, viewer: &Viewer) -> StoreResult<Vec<HeldRow>> {
        let sql = format!(
            "SELECT a.id, a.ref, a.text, a.due_on, a.state, a.review, a.revision FROM action a
             WHERE a.owner = ?1 AND a.state IN ('open', 'in-progress') AND {} AND {} ORDER BY a.due_on, a.id",
            withheld::seen_or_of_none("a.review", viewer),
            self.kept_back(viewer)?.actions("a")
        );
        let rows = self.rows(&sql, &[&person.0], |row| {
            let (reference, text): (String, String) = (row.get(1)?, row.get(2)?);
            let review = row.get::<_, Option<i64>>(5)?.map(ReviewId);
            Ok((ActionId(row.get(0)?), reference, text, day(row, 3)?, row.get::<_, String>(4)?, review, row.get(6)?))
        })?;
        let held = rows.into_iter().map(|(action, reference, text, due, state, review, revision)| {
            let what = Held::Action { action, revision, state: variant("action.state", &state)?, review };
            Ok(HeldRow { what, reference, said: text, due: Some(due) })
        });
        held.collect()
    }

    /// Alerts and disputes in which one of their clocks runs: others have done their part, or have none.
    fn strips_held(&self, person: PersonId, viewer: &Viewer) -> StoreResult<Vec<HeldRow>> {
        let sql = format!(
            "SELECT t.kind, t.object, t.ref, p.what, p.due FROM strip_person p JOIN strip t ON t.id = p.strip
             WHERE p.person = ?1 AND p.what <> '' AND t.closed_at IS NULL AND {} AND {} ORDER BY p.due, t.id",
            withheld::strip_seen("t", viewer),
            self.kept_back(viewer)?.strips("t")
        );
        let rows = self.rows(&sql, &[&person.0], |row| {
            let Some(of) = StripOf::of(&row.get::<_, String>(0)?, row.get(1)?) else { return Ok(None) };
            let (clock, due): (String, String) = (row.get(3)?, row.get(4)?);
            let said = format!("waits for them: {}", ClockOf::what_of_key(&clock));
            Ok(Some(HeldRow { what: Held::Strip(of), reference: row.get(2)?, said, due: day_of(&due) }))
        })?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Seats at sittings that are planned or under way; those are few, whatever the years have gathered.
    fn seats_held(&self, person: PersonId) -> StoreResult<Vec<HeldRow>> {
        let sql = "SELECT p.id, p.on_day, p.chair IS ?1 FROM panel p WHERE p.stand <> 'closed'
             AND (p.chair = ?1 OR EXISTS (SELECT 1 FROM json_each(p.body, '$.members') WHERE value = ?1)
               OR EXISTS (SELECT 1 FROM json_each(p.body, '$.guests') WHERE value = ?1)) ORDER BY p.on_day, p.id";
        self.rows(sql, &[&person.0], |row| {
            let on = day(row, 1)?;
            let said = if row.get::<_, bool>(2)? { "chairs the panel" } else { "sits on the panel" };
            Ok(HeldRow { what: Held::Seat(PanelId(row.get(0)?)), reference: say_full_date(on), said: said.into(), due: Some(on) })
        })
    }

    /// Whether anything refers to a person: a case, a review, an action, a score, somebody whom they manage, a seat at a sitting.
    pub fn person_is_used(&self, person: PersonId) -> StoreResult<bool> {
        for (table, column) in NAMES_PEOPLE {
            let sql = format!("SELECT 1 FROM {table} WHERE {column} = ?1 LIMIT 1");
            if self.one(&sql, &[&person.0], |row| row.get::<_, i64>(0))?.is_some() {
                return Ok(true);
            }
        }
        Ok(!self.seats_held(person)?.is_empty())
    }

    /// Whether anything hangs on a cycle: a draw, a review, an action, a report, a note of its plan.
    pub fn cycle_is_used(&self, cycle: CycleId) -> StoreResult<bool> {
        for table in ["draw", "review", "action", "report", "plan_note"] {
            let sql = format!("SELECT 1 FROM {table} WHERE cycle = ?1 LIMIT 1");
            if self.one(&sql, &[&cycle.0], |row| row.get::<_, i64>(0))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many people, cases and reviews are of a team.
    pub fn rows_of_team(&self, team: TeamId) -> StoreResult<u64> {
        let sql = "SELECT (SELECT count(*) FROM person WHERE team = ?1) + (SELECT count(*) FROM subject WHERE team = ?1)
             + (SELECT count(*) FROM review WHERE team = ?1)";
        self.count(sql, &[&team.0])
    }

    /// When a person is away from a day on, with who stands in: first and last day, the reason, the deputy's short name.
    pub fn away_from(&self, person: PersonId, from: NaiveDate) -> StoreResult<Vec<(NaiveDate, NaiveDate, String, String)>> {
        let sql = "SELECT a.from_day, a.until, a.reason, coalesce(d.short, '') FROM absence a LEFT JOIN person d ON d.id = a.deputy
             WHERE a.person = ?1 AND a.until >= ?2 ORDER BY a.from_day, a.id";
        self.rows(sql, &[&person.0, &from.to_string()], |row| Ok((day(row, 0)?, day(row, 1)?, row.get(2)?, row.get(3)?)))
    }

    /// For whom a person stands in from a day on: name, first and last day.
    pub fn deputy_for(&self, person: PersonId, from: NaiveDate) -> StoreResult<Vec<(String, NaiveDate, NaiveDate)>> {
        let sql = "SELECT o.name, a.from_day, a.until FROM absence a JOIN person o ON o.id = a.person
             WHERE a.deputy = ?1 AND a.until >= ?2 ORDER BY a.from_day, a.id";
        self.rows(sql, &[&person.0, &from.to_string()], |row| Ok((row.get(0)?, day(row, 1)?, day(row, 2)?)))
    }

    /// How many open cases the extract has in a person's name, as far as a viewer may know.
    pub fn cases_of(&self, person: PersonId, viewer: &Viewer) -> StoreResult<u32> {
        let sql =
            format!("SELECT count(*) FROM subject h WHERE h.worker = ?1 AND +h.open = 1 AND {}", withheld::subject_seen("h.id", viewer));
        Ok(u32::try_from(self.count(&sql, &[&person.0])?).unwrap_or(u32::MAX))
    }
}

/// The day of a moment as strips sort by it: thirteen digits of UTC milliseconds; none for the far one that no clock has.
fn day_of(sorted: &str) -> Option<NaiveDate> {
    let moment = sorted.parse().ok().and_then(DateTime::from_timestamp_millis)?;
    Some(local_date(moment)).filter(|_| sorted != NO_CLOCK)
}
