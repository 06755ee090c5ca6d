//! Reading reports, and the facts that only they count. What is withheld from a viewer is left out here.

use super::{CASE, Reading, body, day, list, moment, variant, withheld};
use crate::domain::action::Effect;
use crate::domain::alert::Alert;
use crate::domain::calendar::local_date;
use crate::domain::grade::Grade;
use crate::domain::id::{ActionId, CycleId, PersonId, ReportId, ReviewId};
use crate::domain::query::{ReportRow, Viewer};
use crate::domain::report::told::{Elsewhere, GradeTally};
use crate::domain::report::{AlertLine, EffectTally, PlanAction, Report, SampleLine};
use crate::store::error::StoreResult;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Which reports are looked for among those of a kind. Extra work has reports of its own: no report of the plan looks back on one, or
/// takes one in, nor the other way round (F23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportsOf {
    /// Those of one piece of extra work.
    Extra(CycleId),
    /// Those of every cycle but these.
    AllBut(Vec<CycleId>),
}

impl ReportsOf {
    /// The condition on the cycle of a report. It is made of numbers alone.
    fn condition(&self) -> String {
        match self {
            ReportsOf::Extra(cycle) => format!("cycle = {}", cycle.0),
            ReportsOf::AllBut(cycles) => format!("cycle NOT IN ({})", list(cycles.iter().map(|cycle| cycle.0))),
        }
    }
}

/// A review with its reference, who leads it and the grade that counts.
pub type Led = (ReviewId, String, Option<PersonId>, Option<Grade>);

impl Reading<'_> {
    /// One version of a report with the revision of its row.
    pub fn report(&self, id: ReportId) -> StoreResult<Option<(Report, i64)>> {
        let row = self.one("SELECT body, revision FROM report WHERE id = ?1", &[&id.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        row.map(|(text, revision)| Ok((body("report.body", &text)?, revision))).transpose()
    }

    /// The kinds of which a version is published for a cycle.
    pub fn reports_out(&self, cycle: CycleId) -> StoreResult<BTreeSet<String>> {
        let kinds =
            self.rows("SELECT DISTINCT kind FROM report WHERE cycle = ?1 AND state = 'published'", &[&cycle.0], |row| row.get(0))?;
        Ok(kinds.into_iter().collect())
    }

    /// The newest version of a cycle's report of a kind.
    pub fn newest_report(&self, cycle: CycleId, kind: &str) -> StoreResult<Option<(Report, i64)>> {
        let sql = "SELECT id FROM report WHERE cycle = ?1 AND kind = ?2 ORDER BY version DESC LIMIT 1";
        match self.one(sql, &[&cycle.0, &kind], |row| row.get(0).map(ReportId))? {
            Some(id) => self.report(id),
            None => Ok(None),
        }
    }

    /// The newest version of a cycle's report of a kind that is approved or has gone out: it stands while a correction is being written.
    /// M20.
    pub fn standing_report(&self, cycle: CycleId, kind: &str) -> StoreResult<Option<ReportId>> {
        let sql = "SELECT id FROM report WHERE cycle = ?1 AND kind = ?2 AND state <> 'draft' ORDER BY version DESC LIMIT 1";
        self.one(sql, &[&cycle.0, &kind], |row| row.get(0).map(ReportId))
    }

    /// How many drafts of these kinds have a text, so that somebody can approve them.
    pub fn drafts_written(&self, kinds: &[&str]) -> StoreResult<u64> {
        let kinds = serde_json::Value::from(kinds).to_string();
        let sql = "SELECT count(*) FROM report p WHERE p.state = 'draft' AND p.kind IN (SELECT value FROM json_each(?1))
             AND EXISTS (SELECT 1 FROM json_each(p.body, '$.narrative'))";
        self.count(sql, &[&kinds])
    }

    /// The newest report of a kind whose period ended before a day: the one that promised what is asked for now.
    pub fn report_before(&self, kind: &str, of: &ReportsOf, until: NaiveDate) -> StoreResult<Option<Report>> {
        self.newest_where("until_day < ?2", kind, of, &[&until.to_string()])
    }

    /// The newest published report of a kind whose days ended by then.
    pub fn last_published(&self, kind: &str, of: &ReportsOf, until: NaiveDate) -> StoreResult<Option<Report>> {
        self.newest_where("until_day <= ?2 AND state = 'published'", kind, of, &[&until.to_string()])
    }

    /// The newest report of a kind within a period, for one that takes it in (S16).
    pub fn report_within(&self, kind: &str, of: &ReportsOf, (from, until): (NaiveDate, NaiveDate)) -> StoreResult<Option<Report>> {
        self.newest_where("until_day BETWEEN ?2 AND ?3", kind, of, &[&from.to_string(), &until.to_string()])
    }

    fn newest_where(&self, days: &str, kind: &str, of: &ReportsOf, values: &[&String]) -> StoreResult<Option<Report>> {
        let sql = format!(
            "SELECT id FROM report WHERE kind = ?1 AND {days} AND {} ORDER BY until_day DESC, version DESC LIMIT 1",
            of.condition()
        );
        let values: Vec<&dyn rusqlite::ToSql> =
            std::iter::once(&kind as &dyn rusqlite::ToSql).chain(values.iter().map(|value| *value as &dyn rusqlite::ToSql)).collect();
        match self.one(&sql, &values, |row| row.get(0).map(ReportId))? {
            Some(id) => Ok(self.report(id)?.map(|(report, _)| report)),
            None => Ok(None),
        }
    }

    /// The published reports about some of these days: key of the kind, what it is called, and what own texts told when it was built.
    pub fn reports_about(&self, from: NaiveDate, until: NaiveDate) -> StoreResult<Vec<(String, String, Vec<Elsewhere>)>> {
        let sql = "SELECT kind, ref || ', ' || (body ->> '$.material.label') || ': ' || (body ->> '$.material.title'),
             coalesce(body -> '$.material.own_tells', '[]')
             FROM report WHERE state = 'published' AND until_day >= ?1 AND body ->> '$.material.from' <= ?2 ORDER BY id";
        let rows = self.rows(sql, &[&from.to_string(), &until.to_string()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        rows.into_iter().map(|(kind, called, own)| Ok((kind, called, body("report.body", &own)?))).collect()
    }

    /// The grades of a kind of review by cycle, of cycles that begin from a day on and by another; as a viewer may know them.
    pub fn grades_of(
        &self,
        kind: &str,
        from: Option<NaiveDate>,
        until: NaiveDate,
        viewer: &Viewer,
    ) -> StoreResult<BTreeMap<CycleId, GradeTally>> {
        let sql = format!(
            "SELECT r.cycle, r.chosen IN ('random', 'substitute'), r.original_grade, r.moderated_grade, count(*)
             FROM cycle c CROSS JOIN review r ON r.cycle = c.id
             WHERE c.starts_on >= ?2 AND c.starts_on <= ?3 AND r.kind = ?1 AND r.state <> 'withdrawn'
             AND r.original_grade IS NOT NULL AND {} AND {} GROUP BY 1, 2, 3, 4",
            self.kept_back(viewer)?.known("r.id"),
            withheld::seen("r.id", viewer)
        );
        let from = from.map_or("0000-01-01".to_string(), |day| day.to_string());
        // Ranks run from the worst grade, tallies from the best.
        let place = |rank: i64| usize::try_from(3 - rank.clamp(0, 3)).unwrap_or(0);
        let rows = self.rows(&sql, &[&kind, &from, &until.to_string()], |row| {
            let (own, panel) = (row.get::<_, i64>(2)?, row.get::<_, Option<i64>>(3)?);
            Ok((CycleId(row.get(0)?), row.get::<_, bool>(1)?, place(own), panel.map(place), row.get::<_, u32>(4)?))
        })?;
        let mut found: BTreeMap<CycleId, GradeTally> = BTreeMap::new();
        for (cycle, drawn, own, panel, many) in rows {
            found.entry(cycle).or_default().add(drawn, own, panel, many);
        }
        Ok(found)
    }

    /// Every version of every report, the latest period first; without figures or text.
    pub fn report_rows(&self) -> StoreResult<Vec<ReportRow>> {
        let sql = "SELECT p.id, p.ref, p.cycle, p.body ->> '$.material.title', p.kind, p.body ->> '$.material.label', p.version, p.state, p.until_day, p.built_at,
             coalesce(json_extract(p.body, '$.presented[#-1].label'), ''),
             NOT EXISTS (SELECT 1 FROM report n WHERE n.cycle = p.cycle AND n.kind = p.kind AND n.version > p.version),
             EXISTS (SELECT 1 FROM report n WHERE n.cycle = p.cycle AND n.kind = p.kind AND n.version > p.version AND n.state = 'published'),
             p.body ->> '$.material.reference'
             FROM report p ORDER BY p.until_day DESC, p.kind, p.version DESC LIMIT 500";
        let rows = self.rows(sql, &[], |row| {
            let found = ReportRow {
                id: Some(ReportId(row.get(0)?)),
                reference: row.get(1)?,
                cycle: CycleId(row.get(2)?),
                cycle_reference: row.get::<_, Option<String>>(13)?.unwrap_or_default(),
                title: row.get(3)?,
                kind: row.get(4)?,
                label: row.get(5)?,
                version: row.get(6)?,
                state: None,
                until: day(row, 8)?,
                built_on: Some(local_date(moment(row.get(9)?))),
                went_to: row.get(10)?,
                due: None,
                newest: row.get(11)?,
                replaced: row.get(12)?,
                complete: None,
                not_written_by: None,
                to_approve: false,
            };
            Ok((found, row.get::<_, String>(7)?))
        })?;
        rows.into_iter().map(|(row, state)| Ok(ReportRow { state: Some(variant("report.state", &state)?), ..row })).collect()
    }

    /// How many reviews of these cycles, and of all before them (a report's line and its look back count those too), a viewer may not
    /// count: withheld from them, or their judgement kept back.
    pub fn not_to_be_counted(&self, cycles: &[CycleId], viewer: &Viewer) -> StoreResult<u64> {
        let known = self.kept_back(viewer)?.known("r.id");
        let sql = format!(
            "SELECT count(*) FROM review r JOIN cycle c ON c.id = r.cycle
             WHERE c.starts_on <= (SELECT max(starts_on) FROM cycle WHERE id IN ({})) AND r.state <> 'withdrawn' AND NOT ({} AND {known})",
            list(cycles.iter().map(|cycle| cycle.0)),
            withheld::seen("r.id", viewer)
        );
        self.count(&sql, &[])
    }

    /// The actions out of the reviews of these cycles, with the role of whoever owns each; without those withdrawn.
    pub fn plan_of(&self, cycles: &[CycleId], kind: Option<&str>, viewer: &Viewer) -> StoreResult<Vec<PlanAction>> {
        let which =
            format!("r.cycle IN ({}) AND (?1 IS NULL OR r.kind = ?1) AND a.state <> 'withdrawn'", list(cycles.iter().map(|cycle| cycle.0)));
        self.plan(&which, &[&kind], viewer)
    }

    /// These actions as they stand now, withdrawn ones included.
    pub fn plan_again(&self, actions: &[PlanAction], viewer: &Viewer) -> StoreResult<Vec<PlanAction>> {
        self.plan(&format!("a.id IN ({})", list(actions.iter().map(|action| action.id.0))), &[], viewer)
    }

    fn plan(&self, which: &str, values: &[&dyn rusqlite::ToSql], viewer: &Viewer) -> StoreResult<Vec<PlanAction>> {
        let sql = format!(
            "SELECT a.id, a.review, a.ref, a.text, o.role, a.due_on, a.urgent, a.state, a.done_at, a.effect, a.recurred,
             coalesce(t.service, '')
             FROM review r CROSS JOIN action a ON a.review = r.id JOIN person o ON o.id = a.owner LEFT JOIN team t ON t.id = r.team
             WHERE {which} AND {} ORDER BY a.due_on, a.id",
            withheld::seen("r.id", viewer)
        );
        // From the actions to their reviews where they are named one by one, and the other way round otherwise.
        let sql = if which.starts_with("a.id") {
            sql.replace("review r CROSS JOIN action a ON a.review = r.id", "action a CROSS JOIN review r ON r.id = a.review")
        } else {
            sql
        };
        let rows = self.rows(&sql, values, |row| {
            let action = PlanAction {
                id: ActionId(row.get(0)?),
                review: ReviewId(row.get(1)?),
                reference: row.get(2)?,
                text: row.get(3)?,
                owner: row.get(4)?,
                due_on: day(row, 5)?,
                urgent: row.get(6)?,
                state: crate::domain::action::ActionState::Open,
                done_on: row.get::<_, Option<i64>>(8)?.map(|at| local_date(moment(at))),
                effect: row.get::<_, Option<String>>(9)?.and_then(|key| Effect::of_key(&key)),
                recurred: row.get(10)?,
                service: row.get(11)?,
            };
            Ok((action, row.get::<_, String>(7)?))
        })?;
        rows.into_iter().map(|(action, state)| Ok(PlanAction { state: variant("action.state", &state)?, ..action })).collect()
    }

    /// What became of the actions out of these cycles.
    pub fn effects_of(&self, cycles: &[CycleId], viewer: &Viewer) -> StoreResult<EffectTally> {
        let sql = format!(
            "SELECT a.state, coalesce(a.effect, ''), count(*) FROM review r CROSS JOIN action a ON a.review = r.id
             WHERE r.cycle IN ({}) AND a.state <> 'withdrawn' AND {} GROUP BY 1, 2",
            list(cycles.iter().map(|cycle| cycle.0)),
            withheld::seen("r.id", viewer)
        );
        let mut tally = EffectTally::default();
        for (state, effect, count) in
            self.rows(&sql, &[], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, u32>(2)?)))?
        {
            match (state.as_str(), Effect::of_key(&effect)) {
                ("signed-off", Some(Effect::Sustained)) => {
                    (tally.sustained, tally.signed_off) = (tally.sustained + count, tally.signed_off + count)
                }
                ("signed-off", Some(Effect::Partly)) => (tally.partly, tally.signed_off) = (tally.partly + count, tally.signed_off + count),
                ("signed-off", Some(Effect::CannotTell)) => {
                    (tally.cannot_tell, tally.signed_off) = (tally.cannot_tell + count, tally.signed_off + count);
                }
                // What recurred is open again.
                (_, Some(Effect::Recurred)) => tally.recurred += count,
                ("signed-off", None) => tally.signed_off += count,
                _ => tally.open += count,
            }
        }
        Ok(tally)
    }

    /// The alerts about reviews of these cycles.
    pub fn alert_lines(&self, cycles: &[CycleId], kind: Option<&str>, viewer: &Viewer) -> StoreResult<Vec<AlertLine>> {
        let known = self.kept_back(viewer)?.known("r.id");
        let sql = format!(
            "SELECT r.id, r.ref, l.body, l.closed_at FROM review r CROSS JOIN alert l ON l.review = r.id
             WHERE r.cycle IN ({}) AND (?1 IS NULL OR r.kind = ?1) AND {known} AND {} ORDER BY l.id",
            list(cycles.iter().map(|cycle| cycle.0)),
            withheld::seen("r.id", viewer)
        );
        let rows = self.rows(&sql, &[&kind], |row| {
            Ok((ReviewId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, Option<i64>>(3)?))
        })?;
        let read = rows.into_iter().map(|(review, of, text, closed_at)| {
            let alert = Alert { closed_at: closed_at.map(moment), ..body("alert.body", &text)? };
            Ok(AlertLine::of(review, of, &alert, viewer.now))
        });
        read.collect()
    }

    /// Reviews of a kind in these cycles, with who leads each and the grade that counts.
    pub fn led_by(&self, cycles: &[CycleId], kind: &str, viewer: &Viewer) -> StoreResult<Vec<Led>> {
        let sql = format!(
            "SELECT r.id, r.ref, r.reviewer, r.grade FROM review r
             WHERE r.cycle IN ({}) AND r.kind = ?1 AND r.state <> 'withdrawn' AND {} AND {} ORDER BY r.ref",
            list(cycles.iter().map(|cycle| cycle.0)),
            self.kept_back(viewer)?.known("r.id"),
            withheld::seen("r.id", viewer)
        );
        self.rows(&sql, &[&kind], |row| {
            let grade = row.get::<_, Option<i64>>(3)?.and_then(Grade::from_rank);
            Ok((ReviewId(row.get(0)?), row.get(1)?, row.get::<_, Option<i64>>(2)?.map(PersonId), grade))
        })
    }

    /// Whether any review of these cycles was erased by law (T47).
    pub fn any_erased(&self, cycles: &[CycleId], viewer: &Viewer) -> StoreResult<bool> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM review r WHERE r.cycle IN ({}) AND r.erased_on IS NOT NULL AND {} LIMIT 1)",
            list(cycles.iter().map(|cycle| cycle.0)),
            withheld::seen("r.id", viewer)
        );
        Ok(self.count(&sql, &[])? > 0)
    }

    /// The cases of the samples of these cycles, with keys of case type and choice. No grade is among it. What looks at a service has no
    /// case: it stands with the name of that service.
    pub fn sample_of(&self, cycles: &[CycleId], viewer: &Viewer) -> StoreResult<Vec<SampleLine>> {
        let sql = format!(
            "SELECT r.id, r.ref, CASE s.kind WHEN 'service' THEN '' ELSE {CASE} END,
             CASE s.kind WHEN 'service' THEN s.kind ELSE r.case_type END,
             CASE s.kind WHEN 'service' THEN s.pseudonym ELSE coalesce(t.service, '') END, r.chosen, r.step_label, r.state
             FROM review r JOIN subject s ON s.id = r.subject LEFT JOIN team t ON t.id = r.team
             WHERE r.cycle IN ({}) AND r.state <> 'withdrawn' AND {} ORDER BY r.ref",
            list(cycles.iter().map(|cycle| cycle.0)),
            withheld::seen("r.id", viewer)
        );
        self.rows(&sql, &[], |row| {
            let finalised = row.get::<_, String>(7)? == "finalised";
            Ok(SampleLine {
                review: ReviewId(row.get(0)?),
                reference: row.get(1)?,
                case: row.get(2)?,
                case_type: row.get(3)?,
                service: row.get(4)?,
                chosen: row.get(5)?,
                step: if finalised { "on the record".into() } else { row.get(6)? },
            })
        })
    }

    /// What was noted in a register between two days.
    pub fn noted_between(&self, register: &str, (from, until): (NaiveDate, NaiveDate)) -> StoreResult<Vec<BTreeMap<String, String>>> {
        let sql = "SELECT noted FROM entry WHERE register = ?1 AND taken_back = 0 AND on_day BETWEEN ?2 AND ?3 ORDER BY on_day, id";
        let rows = self.rows(sql, &[&register, &from.to_string(), &until.to_string()], |row| row.get::<_, String>(0))?;
        rows.into_iter().map(|noted| body("entry.noted", &noted)).collect()
    }

    /// Which of these reviews a viewer may know of.
    pub fn seen_among(&self, reviews: &BTreeSet<ReviewId>, viewer: &Viewer) -> StoreResult<BTreeSet<ReviewId>> {
        let sql = format!(
            "SELECT r.id FROM review r WHERE r.id IN ({}) AND {}",
            list(reviews.iter().map(|id| id.0)),
            withheld::seen("r.id", viewer)
        );
        Ok(self.rows(&sql, &[], |row| row.get(0).map(ReviewId))?.into_iter().collect())
    }
}
