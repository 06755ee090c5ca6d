//! The tables of the data set for analysts, row by row, in the same order every time. What they may hold is `domain/dataset`'s
//! closed list; what the viewer may not see is not in them.

mod work;

use super::figures::said_in;
use super::kept_back::KeptBack;
use super::{Reading, withheld};
use crate::domain::dataset::{Allowed, DataTable};
use crate::domain::query::Viewer;
use crate::domain::year::QaYear;
use crate::store::error::{StoreError, StoreResult};
use rusqlite::types::ValueRef;

/// A grade's key from its rank.
macro_rules! grade {
    ($column:literal) => {
        concat!(
            "CASE ",
            $column,
            " WHEN 0 THEN 'inadequate' WHEN 1 THEN 'requires-improvement' WHEN 2 THEN 'good' WHEN 3 THEN 'outstanding' END"
        )
    };
}

/// A moment in UTC from its milliseconds.
macro_rules! moment {
    ($column:literal) => {
        concat!("strftime('%Y-%m-%dT%H:%M:%SZ', ", $column, " / 1000, 'unixepoch')")
    };
}

/// A moment to the second, from how a body says it.
macro_rules! said_at {
    ($moment:literal) => {
        concat!("strftime('%Y-%m-%dT%H:%M:%SZ', ", $moment, ")")
    };
}

const CYCLES: &str = "SELECT c.ref, c.framework, c.version, c.body ->> 'focus', c.body ->> 'focus_reason', c.starts_on,
     (SELECT max(p.value ->> 'ends') FROM json_each(c.body, '$.phases') p), c.closed_on, c.body ->> 'title', c.body ->> 'kind',
     CASE WHEN c.body -> '$.extra' IS NOT NULL THEN 'extra' WHEN c.beside THEN 'beside' ELSE 'planned' END FROM cycle c ORDER BY c.ref, c.id";

const CASELOAD: &str = "SELECT s.pseudonym, s.kind, s.case_type, t.service, t.name FROM subject s LEFT JOIN team t ON t.id = s.team
     WHERE s.open = 1 AND {subject_seen} ORDER BY s.pseudonym";

const REVIEWS: &str = concat!(
    "SELECT r.ref, c.ref, r.kind, CASE WHEN r.erased_on IS NULL THEN s.pseudonym END, s.kind, r.case_type, t.service, t.name, r.chosen, r.state, r.opened_on, ",
    moment!("r.submitted_at"),
    ", CASE WHEN {known} THEN r.original_scaling END, CASE WHEN {known} THEN ",
    grade!("r.original_grade"),
    " END, CASE WHEN {known} THEN r.moderated_scaling END, CASE WHEN {known} THEN ",
    grade!("r.moderated_grade"),
    " END, CASE WHEN {known} THEN ",
    grade!("r.grade"),
    " END, r.panel, CASE WHEN {known} THEN r.loop END, CASE WHEN {known} AND r.loop <> 'untracked' THEN r.loop_since END,
     CASE WHEN {known} AND r.loop = 'open' THEN r.supervision_due END
     FROM review r JOIN cycle c ON c.id = r.cycle JOIN subject s ON s.id = r.subject LEFT JOIN team t ON t.id = r.team
     WHERE r.state <> 'withdrawn' AND {seen} ORDER BY r.ref"
);

const STEPS: &str = "SELECT r.ref, p.step, p.on_day, p.body ->> 'not_done_because' IS NULL, {said}
     FROM review r JOIN review_step p ON p.review = r.id WHERE r.state <> 'withdrawn' AND {seen} ORDER BY r.ref, p.step";

const ANSWERS: &str = "SELECT r.ref, a.field, a.value ->> 'scale', coalesce(a.value ->> 'grade', CASE json_type(a.value) WHEN 'text' THEN a.value ->> '$' END)
     FROM review r JOIN answer a ON a.review = r.id
     WHERE r.state <> 'withdrawn' AND {seen} AND {known} AND json_type(a.value, '$.text') IS NULL ORDER BY r.ref, a.field";

const THEMES: &str = "SELECT r.ref, h.theme, h.found FROM review r JOIN review_theme h ON h.review = r.id
     WHERE r.state <> 'withdrawn' AND {seen} AND {known} ORDER BY r.ref, h.theme, h.found";

const GOOD_PRACTICE: &str = "SELECT r.ref, g.theme, g.on_day FROM review r JOIN good_practice g ON g.review = r.id
     WHERE r.state <> 'withdrawn' AND {seen} AND {known} ORDER BY r.ref, g.on_day, g.id";

const FOLLOW_UPS: &str = "SELECT r.ref, f.what, f.on_day, f.body ->> 'improved' FROM review r JOIN follow_up f ON f.review = r.id
     WHERE r.state <> 'withdrawn' AND {seen} AND {known} ORDER BY r.ref, f.on_day, f.id";

const ENTRIES: &str = "SELECT e.register, e.on_day FROM entry e WHERE e.taken_back = 0 ORDER BY e.register, e.on_day, e.id";

/// Only what the framework has a closed list for: whatever else stands in an entry is text.
const ENTRY_ANSWERS: &str = "SELECT e.register, e.on_day, n.key, n.value FROM entry e JOIN json_each(e.noted) n
     WHERE e.taken_back = 0 AND EXISTS (SELECT 1 FROM json_each({noted}) c
       WHERE c.value ->> 0 = e.register AND c.value ->> 1 = n.key AND c.value ->> 2 = n.value)
     ORDER BY e.register, e.on_day, n.key, n.value, e.id";

/// It becomes formal once, by its first formal stage or by going to somebody senior. Its last day is what the last fact says that set
/// one or stopped the clock.
const DISPUTES: &str = "WITH fact(id, at, day, formal, stops, due) AS (
       SELECT d.id, f.key, f.value ->> 'on',
         coalesce(f.value ->> '$.step.stage.formal', d.kind = 'dispute' AND f.value -> '$.step.senior' IS NOT NULL, 0),
         f.value -> '$.step.paused' IS NOT NULL OR f.value -> '$.step.resumed' IS NOT NULL,
         coalesce(f.value ->> '$.step.stage.due', f.value ->> '$.step.senior.due', f.value ->> '$.step.resumed.due')
       FROM drp d JOIN json_each(d.body, '$.facts') f),
     begun(id, at, day) AS (SELECT id, min(at), day FROM fact WHERE formal = 1 GROUP BY id)
     SELECT d.ref, d.kind, d.raised_on, b.day,
       (SELECT f.due FROM fact f WHERE f.id = d.id AND (f.at = b.at OR f.stops) ORDER BY f.at DESC LIMIT 1), d.ended_on
     FROM drp d LEFT JOIN begun b ON b.id = d.id WHERE d.taken_back = 0 AND {dispute_seen} ORDER BY d.ref";

const PANEL: &str = concat!(
    "SELECT r.ref, r.decision ->> 'on', r.decision ->> 'scoring', ",
    grade!("r.original_grade"),
    ", ",
    grade!("r.moderated_grade"),
    ", r.decision ->> 'outcome', json_array_length(r.decision, '$.scores'),
     instr(' ' || r.panel_reasons || ' ', ' every ') > 0 OR instr(' ' || r.panel_reasons || ' ', ' random-share ') > 0
     FROM review r WHERE r.panel = 'decided' AND r.decision IS NOT NULL AND r.state <> 'withdrawn' AND {seen} AND {known} ORDER BY r.ref"
);

/// Of several reviewers on one case only what all may read (Q03, S18): all are in, or the seal was opened; nor what somebody judged who
/// stands beside the case no more.
const SCORES: &str = "WITH apart(id, ref) AS (
       SELECT r.id, r.ref FROM review r WHERE r.state <> 'withdrawn' AND {seen} AND {known}
       AND EXISTS (SELECT 1 FROM own_judgement o WHERE o.review = r.id)
       AND (EXISTS (SELECT 1 FROM seal_opened x WHERE x.review = r.id)
            OR r.reviewer IN (SELECT person FROM own_judgement o WHERE o.review = r.id)
               AND EXISTS (SELECT 1 FROM co_reviewer c WHERE c.review = r.id)
               AND NOT EXISTS (SELECT 1 FROM co_reviewer c WHERE c.review = r.id
                               AND c.person NOT IN (SELECT person FROM own_judgement o WHERE o.review = r.id)))),
     own(ref, body) AS (
       SELECT a.ref, o.body FROM apart a JOIN review r ON r.id = a.id JOIN own_judgement o ON o.review = a.id
       WHERE o.person = r.reviewer OR o.person IN (SELECT person FROM co_reviewer c WHERE c.review = a.id)),
     given(ref, given, field, scale, word) AS (
       SELECT r.ref, 'panel', 'overall', s.value ->> 'scaling', s.value ->> 'grade'
       FROM review r JOIN json_each(r.decision, '$.scores') s
       WHERE r.panel = 'decided' AND r.decision IS NOT NULL AND r.state <> 'withdrawn' AND {seen} AND {known}
       UNION ALL SELECT ref, 'own', 'overall', body ->> '$.judgement.scaling', body ->> '$.judgement.grade' FROM own
       UNION ALL SELECT o.ref, 'own', 'area/' || g.key, NULL, g.value FROM own o JOIN json_each(o.body, '$.areas') g)
     SELECT ref, given, field, scale, word FROM given
     ORDER BY ref, given DESC, field, scale, CASE word WHEN 'inadequate' THEN 0 WHEN 'requires-improvement' THEN 1 WHEN 'good' THEN 2 ELSE 3 END";

/// Whoever has left and is followed by somebody counts no more: the one who follows does.
const ALERTS: &str = concat!(
    "SELECT l.ref, r.ref, l.body ->> 'trigger', ",
    moment!("l.opened_at"),
    ", (SELECT count(*) FROM json_each(l.body, '$.addressees') a WHERE a.value ->> 'followed' IS NULL),
     (SELECT count(*) FROM json_each(l.body, '$.addressees') a
      WHERE a.value ->> 'told_at' IS NOT NULL AND a.value ->> 'followed' IS NULL),
     (SELECT count(*) FROM json_each(l.body, '$.addressees') a
      WHERE a.value ->> 'acknowledged' IS NOT NULL AND a.value ->> 'followed' IS NULL),
     (SELECT ",
    said_at!("min(a.value ->> 'told_at')"),
    " FROM json_each(l.body, '$.addressees') a),
     (SELECT ",
    said_at!("max(a.value ->> 'told_at')"),
    " FROM json_each(l.body, '$.addressees') a), ",
    moment!("l.due_at"),
    ", ",
    said_at!("l.body ->> '$.assurance.complete_at'"),
    ", ",
    moment!("l.closed_at"),
    " FROM alert l JOIN review r ON r.id = l.review WHERE {seen} AND {known} ORDER BY l.ref"
);

/// One of whom it is not known who they are cannot be told: a gap is no row, nor is whoever has left and is followed by somebody.
const TELLINGS: &str = concat!(
    "SELECT l.ref, a.value ->> 'side', ",
    said_at!("coalesce(a.value ->> 'since', l.body ->> 'opened_at')"),
    ", ",
    said_at!("a.value ->> 'told_at'"),
    ", ",
    said_at!("a.value ->> '$.acknowledged.at'"),
    " FROM alert l JOIN review r ON r.id = l.review JOIN json_each(l.body, '$.addressees') a
     WHERE a.value ->> 'person' IS NOT NULL AND a.value ->> 'followed' IS NULL AND {seen} AND {known} ORDER BY l.ref, a.key"
);

const INDICATORS: &str = "SELECT i.key, i.from_day, i.until, CASE WHEN length(i.value) <= 20 AND i.value GLOB '*[0-9]*' AND i.value NOT GLOB '*[^-0-9.,%£ ]*' THEN i.value END
     FROM indicator i ORDER BY i.key, i.from_day, i.until";

const ACTIONS: &str = concat!(
    "WITH role(written, key) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each({roles}))
     SELECT a.ref, r.ref, a.urgent, a.state, ",
    moment!("a.raised_at"),
    ", a.due_on, ",
    moment!("a.done_at"),
    ", ",
    moment!("a.signed_off_at"),
    ", a.revisit_on, a.effect, a.recurred, a.kind, a.reopened_on, c.ref, k.key FROM action a LEFT JOIN review r ON r.id = a.review
     LEFT JOIN cycle c ON c.id = a.cycle JOIN person o ON o.id = a.owner LEFT JOIN role k ON k.written = lower(trim(o.role))
     WHERE (a.review IS NULL OR {seen} AND {known}) ORDER BY a.ref"
);

/// The statement of a table, whose columns are those of the closed list in their order.
fn statement(table: &str) -> Option<&'static str> {
    Some(match table {
        "cycles" => CYCLES,
        "reviews" => REVIEWS,
        "steps" => STEPS,
        "answers" => ANSWERS,
        "themes" => THEMES,
        "follow_ups" => FOLLOW_UPS,
        "good_practice" => GOOD_PRACTICE,
        "scores" => SCORES,
        "tellings" => TELLINGS,
        "indicators" => INDICATORS,
        "entries" => ENTRIES,
        "entry_answers" => ENTRY_ANSWERS,
        "disputes" => DISPUTES,
        "panel" => PANEL,
        "alerts" => ALERTS,
        "actions" => ACTIONS,
        "caseload" => CASELOAD,
        "action_links" => work::ACTION_LINKS,
        "plan_notes" => work::PLAN_NOTES,
        "reports" => work::REPORTS,
        "promises" => work::PROMISES,
        "practitioners" => work::PRACTITIONERS,
        "expected_entries" => work::EXPECTED_ENTRIES,
        _ => return None,
    })
}

/// Words as a list that a statement reads: a text in quotation marks.
fn listed(words: serde_json::Value) -> String {
    format!("'{}'", words.to_string().replace('\'', "''"))
}

fn rows_of<const N: usize>(rows: &[[String; N]]) -> String {
    listed(rows.iter().map(|one| one.to_vec()).collect::<Vec<_>>().into())
}

/// The same with what the viewer may not see left out.
fn for_viewer(statement: &str, allowed: &Allowed, viewer: &Viewer, kept: &KeptBack) -> String {
    statement
        .replace("{said}", &said_in("p.body", &allowed.said))
        .replace("{dispute_seen}", &withheld::dispute_seen("d", viewer))
        .replace("{seen}", &withheld::seen("r.id", viewer))
        .replace("{known}", &kept.known("r.id"))
        .replace("{subject_seen}", &withheld::subject_seen("s.id", viewer))
        .replace("{noted}", &rows_of(&allowed.noted))
        .replace("{roles}", &rows_of(&allowed.roles))
        .replace("{expected}", &rows_of(&allowed.expected))
        .replace("{boards}", &listed(allowed.boards.clone().into()))
        .replace("{year}", &QaYear::of(allowed.year_starts_in, viewer.today).starts.to_string())
        .replace("{today}", &viewer.today.to_string())
}

impl Reading<'_> {
    /// Hands each row of a table to `take`: as many cells as the table has columns, none where nothing is known. `allowed` is what may be
    /// told of texts.
    pub fn dataset<E: From<StoreError>>(
        &self,
        table: &DataTable,
        allowed: &Allowed,
        viewer: &Viewer,
        mut take: impl FnMut(&[Option<String>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self.dataset_statement(table, allowed, viewer)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        let mut cells = vec![None; table.columns.len()];
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            for (at, cell) in cells.iter_mut().enumerate() {
                *cell = match row.get_ref(at).map_err(StoreError::from)? {
                    ValueRef::Null | ValueRef::Blob(_) => None,
                    ValueRef::Integer(number) => Some(number.to_string()),
                    ValueRef::Real(number) => Some(number.to_string()),
                    ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
                };
            }
            take(&cells)?;
        }
        Ok(())
    }

    fn dataset_statement(&self, table: &DataTable, allowed: &Allowed, viewer: &Viewer) -> StoreResult<rusqlite::Statement<'_>> {
        let unknown = || StoreError::Unreadable { place: "data set", what: format!("there is no table {}", table.name) };
        let mut sql = for_viewer(statement(table.name).ok_or_else(unknown)?, allowed, viewer, &self.kept_back(viewer)?);
        // Since when somebody is on the list follows from the journal, in the days of London.
        if sql.contains("{joined}") {
            let joined = self.joined_later()?.into_iter().map(|(person, day)| [person.0.to_string(), day.to_string()]);
            sql = sql.replace("{joined}", &rows_of(&joined.collect::<Vec<_>>()));
        }
        Ok(self.connection.prepare(&sql)?)
    }
}
