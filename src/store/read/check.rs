//! Looking over the records: one statement for each kind of finding, each from an index or over what is open, so that a look costs
//! what is open and not what years have gathered. What a viewer may not see is not found.

use super::kept_back::KeptBack;
use super::{Reading, body, withheld};
use crate::domain::check::{About, Exemption, Finding, FindingKind, Looking, RETURNED_LATELY_DAYS, days_in_words};
use crate::domain::id::ReviewId;
use crate::domain::query::Viewer;
use crate::store::error::{StoreError, StoreResult};
use FindingKind as K;
use chrono::Duration;
use std::collections::HashMap;

/// An action that is still wanted from its owner. The first half is the condition of the index that holds all who are not over.
const OPEN: &str = "a.state NOT IN ('signed-off', 'withdrawn') AND a.state IN ('open', 'in-progress')";

/// A review (alias `r`) graded Inadequate.
const INADEQUATE: &str = "r.grade = 0 AND r.submitted_at IS NOT NULL AND r.state <> 'withdrawn' AND r.erased_on IS NULL";

/// The statement of a kind: what it is about (word and number), its reference, its review, what in particular, and the facts it rests
/// on. `?1` is today, `?2` the day that the kind's own limit reaches back to, `?3` what the framework adds, `?4` now in milliseconds.
fn statement(kind: FindingKind) -> String {
    let actions = |said: &str, facts: &str, joins: &str, condition: &str| {
        format!("SELECT 'action', a.id, a.ref, a.review, {said}, {facts} FROM action a {joins} WHERE {condition}")
    };
    let reviews = |said: &str, facts: &str, joins: &str, condition: &str| {
        format!("SELECT 'review', r.id, r.ref, r.id, {said}, {facts} FROM review r {joins} WHERE {condition}")
    };
    let owner = "JOIN person p ON p.id = a.owner";
    match kind {
        K::InadequateWithoutAlert => reviews(
            "''",
            "CAST(r.submitted_at AS TEXT) || ' ' || coalesce(r.decision ->> 'on', '')",
            "",
            &format!(
                "{INADEQUATE} AND r.kind IN (SELECT value FROM json_each(?3, '$.alerting')) AND NOT EXISTS (SELECT 1 FROM alert l WHERE l.review = r.id)"
            ),
        ),
        K::InadequateWithoutAction => reviews(
            "''",
            // An action that was taken back since is another fact: what was set aside before it comes up again.
            "CAST(r.submitted_at AS TEXT) || ' ' || (SELECT count(*) FROM action w WHERE w.review = r.id)",
            "",
            &format!(
                "{INADEQUATE} AND NOT EXISTS (SELECT 1 FROM action a WHERE a.review = r.id AND a.state <> 'withdrawn')
                 AND NOT EXISTS (SELECT 1 FROM action_link l WHERE l.review = r.id)
                 AND NOT EXISTS (SELECT 1 FROM answer w WHERE w.review = r.id AND w.field = 'why-no-actions')"
            ),
        ),
        K::AlertGap => "SELECT 'alert', l.id, l.ref, l.review, group_concat(g.value ->> 'role', ', '), group_concat(g.value ->> 'role')
             FROM alert l, json_each(l.body, '$.addressees') g
             WHERE l.closed_at IS NULL AND g.value ->> 'person' IS NULL AND g.value ->> 'explained' IS NULL GROUP BY +l.id"
            .to_string(),
        K::AlertNotReviewed => "SELECT 'alert', l.id, l.ref, l.review, '', CAST(l.due_at AS TEXT) FROM alert l
             WHERE l.closed_at IS NULL AND l.due_at < ?4 AND l.body ->> '$.assurance.complete_at' IS NULL"
            .to_string(),
        K::UrgentActionLate => actions("p.short", "a.due_on", owner, &format!("a.urgent = 1 AND {OPEN} AND a.due_on < ?1")),
        K::OwnerLeft => actions(
            "p.short",
            "CAST(a.owner AS TEXT)",
            owner,
            &format!("{OPEN} AND p.left_on < ?1"),
        ),
        K::OwnerAway => actions(
            "p.short || ', until ' || x.until",
            "CAST(a.owner AS TEXT) || ' ' || x.until || ' ' || coalesce(x.deputy, '')",
            "JOIN person p ON p.id = a.owner JOIN absence x ON x.person = a.owner LEFT JOIN person d ON d.id = x.deputy",
            // A deputy who has left, or is away as well, stands in for nobody.
            &format!(
                "{OPEN} AND x.from_day <= ?1 AND x.until >= ?1 AND a.due_on <= x.until AND p.left_on IS NULL
                 AND (x.deputy IS NULL OR d.left_on < ?1
                      OR EXISTS (SELECT 1 FROM absence y WHERE y.person = x.deputy AND y.from_day <= ?1 AND y.until >= ?1))"
            ),
        ),
        K::DueBeforeRaised => actions(
            "a.due_on",
            "a.due_on",
            "",
            "a.state NOT IN ('signed-off', 'withdrawn') AND a.raised_at > 0 AND a.due_on < date(a.raised_at / 1000, 'unixepoch')",
        ),
        K::DoneWithoutEvidence => actions("p.short", "a.state", owner, "a.state IN ('done', 'signed-off') AND trim(a.evidence) = ''"),
        K::SignedOffByOwner => actions(
            "p.short",
            "CAST(a.signed_off_by AS TEXT)",
            "JOIN person p ON p.id = a.signed_off_by",
            "a.state = 'signed-off' AND (a.signed_off_by = a.owner OR a.signed_off_by = a.done_by)",
        ),
        K::RevisitOverdue => {
            actions("a.revisit_on", "a.revisit_on", "", "a.state = 'signed-off' AND a.effect IS NULL AND a.revisit_on < ?2")
        }
        K::LoopOpenLong => reviews("'since ' || r.loop_since", "r.loop_since", "", "r.loop = 'open' AND r.loop_since < ?2"),
        K::SupervisionOverdue => {
            reviews("'due ' || r.supervision_due", "r.supervision_due", "", "r.loop = 'open' AND r.supervision_due < ?2")
        }
        K::ReturnedWithoutFamily => reviews(
            "''",
            "(SELECT max(s.on_day) FROM review_step s WHERE s.review = r.id)",
            "JOIN json_each(?3, '$.returns') k ON k.value ->> 0 = r.kind",
            "r.state <> 'withdrawn' AND r.opened_on >= ?2 AND EXISTS (SELECT 1 FROM review_step s WHERE s.review = r.id AND s.step = k.value ->> 1)
             AND NOT EXISTS (SELECT 1 FROM review_step s WHERE s.review = r.id AND s.step = k.value ->> 2)",
        ),
        K::Halted => reviews(
            "r.step_label",
            "r.step || ' ' || coalesce((SELECT max(s.on_day) FROM review_step s WHERE s.review = r.id), '')",
            "",
            "r.state = 'open' AND r.panel <> 'waiting' AND r.reviewer IS NOT NULL AND r.opened_on < ?2 AND (r.opens_on IS NULL OR r.opens_on < ?2)
             AND NOT EXISTS (SELECT 1 FROM review_step s WHERE s.review = r.id AND s.on_day >= ?2)
             AND coalesce(r.decision ->> 'on', '') < ?2",
        ),
        K::NotAllocated => reviews("'since ' || r.opened_on", "r.opened_on", "", "r.state = 'open' AND r.reviewer IS NULL AND r.opened_on < ?2"),
        K::ReviewerLeft => reviews(
            "p.short",
            "CAST(r.reviewer AS TEXT)",
            "JOIN person p ON p.id = r.reviewer",
            // Once it was judged its reviewer stays, whoever completes it.
            "r.state = 'open' AND r.submitted_at IS NULL AND p.left_on < ?1",
        ),
        K::NoPractitioner => reviews(
            "''",
            "coalesce(CAST(s.worker AS TEXT), '')",
            "JOIN subject s ON s.id = r.subject",
            "r.state = 'open' AND r.practitioner IS NULL AND s.kind IN ('child', 'care-experienced')",
        ),
        K::NoLineManager => reviews(
            "p.short",
            "CAST(p.id AS TEXT)",
            "JOIN person p ON p.id = r.practitioner",
            "r.state = 'open' AND p.line_manager IS NULL AND p.left_on IS NULL",
        ),
        K::CaseTypeUnknown => reviews(
            "r.case_type",
            "r.case_type",
            "JOIN subject s ON s.id = r.subject",
            "r.state = 'open' AND s.kind IN ('child', 'care-experienced') AND r.case_type NOT IN (SELECT value FROM json_each(?3, '$.types'))",
        ),
        K::TeamUnknown => reviews(
            "coalesce(t.name, 'no team')",
            "coalesce(CAST(r.team AS TEXT), '')",
            "JOIN subject s ON s.id = r.subject LEFT JOIN team t ON t.id = r.team",
            "r.state = 'open' AND s.kind IN ('child', 'care-experienced') AND coalesce(t.service, '') = ''",
        ),
        K::PanelWaitsLong => reviews(
            "date(r.submitted_at / 1000, 'unixepoch')",
            "CAST(r.submitted_at AS TEXT)",
            "",
            "r.panel = 'waiting' AND r.state <> 'withdrawn' AND date(r.submitted_at / 1000, 'unixepoch') < ?2",
        ),
        K::SittingNotClosed => "SELECT 'panel', n.id, 'P-' || n.id, NULL, n.on_day || ' ' || n.at, n.stand FROM panel n WHERE n.stand <> 'closed' AND n.on_day < ?1"
            .to_string(),
        K::OldExtract => "SELECT 'database', 0, 'extract', NULL, max(frame_date), max(frame_date) FROM imported_file WHERE frame_date IS NOT NULL
             HAVING max(frame_date) < ?2"
            .to_string(),
    }
}

/// The statement of a kind with what a viewer may not see left out. Everything is found first and that is left out around it: few rows,
/// whatever the tables hold. The plus keeps SQLite from walking a whole table in the order of its references only to spare itself the
/// sorting of these few.
fn looked_for(kind: FindingKind, viewer: &Viewer, kept: &KeptBack) -> String {
    format!(
        "WITH found (what, number, ref, review, said, facts) AS ({}) SELECT * FROM found f
         WHERE f.review IS NULL OR ({} AND {}) ORDER BY +f.ref",
        statement(kind),
        withheld::seen("f.review", viewer),
        kept.known("f.review")
    )
}

/// How far back a kind's own limit reaches, in days.
fn reaches_back(kind: FindingKind, looking: &Looking) -> i64 {
    if kind == K::ReturnedWithoutFamily { RETURNED_LATELY_DAYS } else { looking.days(kind).unwrap_or_default().into() }
}

impl Reading<'_> {
    /// How SQLite would look for findings of a kind: one line for each table it reads. For who looks after its speed.
    pub fn plan_of_findings(&self, kind: FindingKind, viewer: &Viewer) -> StoreResult<Vec<String>> {
        let sql = format!("EXPLAIN QUERY PLAN {}", looked_for(kind, viewer, &self.kept_back(viewer)?));
        let mut statement = self.connection.prepare(&sql)?;
        let values = vec![rusqlite::types::Null; statement.parameter_count()];
        Ok(statement.query_map(rusqlite::params_from_iter(values), |row| row.get(3))?.collect::<rusqlite::Result<_>>()?)
    }

    /// What is amiss of these kinds, what presses most first; each with its exemption, where one still holds.
    pub fn findings(&self, kinds: &[FindingKind], looking: &Looking, viewer: &Viewer) -> StoreResult<Vec<Finding>> {
        let adds = serde_json::json!({ "alerting": looking.alerting, "returns": looking.returns, "types": looking.case_types }).to_string();
        let (today, now) = (viewer.today.to_string(), viewer.now.timestamp_millis());
        let kept = self.kept_back(viewer)?;
        let exempt = self.exemptions()?;
        let mut found = Vec::new();
        for kind in &looking.ordered(kinds) {
            let limit = (viewer.today - Duration::days(reaches_back(*kind, looking))).to_string();
            let sql = looked_for(*kind, viewer, &kept);
            let mut statement = self.connection.prepare_cached(&sql)?;
            let count = statement.parameter_count();
            let values: [&dyn rusqlite::ToSql; 4] = [&today, &limit, &adds, &now];
            let rows = statement.query_map(&values[..count.min(4)], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                    row.get::<_, Option<i64>>(3)?.map(ReviewId),
                    row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                    row.get::<_, Option<String>>(5)?.unwrap_or_default(),
                ))
            })?;
            for row in rows {
                let (word, number, reference, review, said, facts) = row?;
                let about = About::of(&word, number).ok_or_else(|| StoreError::Unreadable { place: "check", what: word })?;
                let said = days_in_words(&said);
                let (severity, label) = (looking.severity(*kind), looking.label(*kind));
                let mut finding = Finding { kind: *kind, about, reference, review, severity, label, said, facts, exempt: None };
                let exemption = exempt.get(&(*kind, about)).filter(|exemption| exemption.holds(&finding, viewer.today));
                finding.exempt = exemption.cloned();
                found.push(finding);
            }
        }
        Ok(found)
    }

    /// The frameworks that cycles run under, by id and version.
    pub fn frameworks_in_use(&self) -> StoreResult<Vec<(String, u32)>> {
        self.rows("SELECT DISTINCT framework, version FROM cycle", &[], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Every exemption, whether it still holds or not.
    fn exemptions(&self) -> StoreResult<HashMap<(FindingKind, About), Exemption>> {
        let rows: Vec<String> = self.rows("SELECT body FROM exemption", &[], |row| row.get(0))?;
        rows.iter()
            .map(|text| body::<Exemption>("exemption.body", text).map(|exemption| ((exemption.kind, exemption.about), exemption)))
            .collect()
    }
}
