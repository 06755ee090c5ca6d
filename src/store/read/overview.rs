//! Where the work stands: the few counts of the header, each from an index.

use super::{Reading, day, moment, withheld};
use crate::domain::id::{ReviewId, SubjectId};
use crate::domain::intake::is_old;
use crate::domain::query::{Count, CycleHead, CycleReview, Overview, Viewer};
use crate::domain::review::Chosen;
use crate::store::error::StoreResult;
use chrono::Duration;

impl Reading<'_> {
    /// Where the work stands. The framework's short name and the phases of the cycle are filled in by who knows the profiles.
    pub fn overview(&self, viewer: &Viewer) -> StoreResult<Overview> {
        let today = viewer.today.to_string();
        let soon = (viewer.today + Duration::days(7)).to_string();
        let now = viewer.now.timestamp_millis();
        let capped = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<Count> { Ok(Count::capped(self.count(sql, values)?)) };
        let (review, of_alert, of_action) =
            (withheld::seen("id", viewer), withheld::seen("review", viewer), withheld::seen("review", viewer));
        let open = format!("FROM (SELECT 1 FROM review WHERE state = 'open' AND {review}");
        let alerts = format!("SELECT count(*) FROM alert WHERE closed_at IS NULL AND {of_alert}");
        let actions = format!("SELECT count(*) FROM (SELECT 1 FROM action WHERE state IN ('open', 'in-progress', 'done') AND {of_action}");
        let mut head = None;
        if let Some(id) = self.current_cycle(viewer.today)?
            && let Some((stored, _)) = self.cycle_and_counts(id)?
        {
            head = Some(CycleHead { id, title: stored.title, focus: stored.focus, phases: Vec::new() });
        }
        let nearest = self.one(
            &format!(
                "SELECT l.due_at, r.ref FROM alert l JOIN review r ON r.id = l.review WHERE l.closed_at IS NULL AND l.due_at IS NOT NULL
                 AND {} ORDER BY l.due_at, l.id LIMIT 1",
                withheld::seen("l.review", viewer)
            ),
            &[],
            |row| Ok((moment(row.get(0)?), row.get(1)?)),
        )?;
        Ok(Overview {
            started: self.setting("framework")?.is_some(),
            framework: self.setting("framework")?.unwrap_or_default(),
            demo: self.setting("demo")?.is_some(),
            cycle: head,
            frame: self.count("SELECT count(*) FROM (SELECT 1 FROM subject WHERE open = 1 LIMIT 100000)", &[])?,
            old_extract: self.extract_date()?.filter(|day| is_old(*day, viewer.today)),
            people: self.count("SELECT count(*) FROM (SELECT 1 FROM person LIMIT 100000)", &[])?,
            alerts: self.count(&alerts, &[])?,
            breached: self.count(&format!("{alerts} AND due_at < ?1"), &[&now])?,
            nearest,
            open: capped(&format!("SELECT count(*) {open} LIMIT 1000)"), &[])?,
            late: capped(&format!("SELECT count(*) {open} AND due_on < ?1 LIMIT 1000)"), &[&today])?,
            for_panel: self
                .count(&format!("SELECT count(*) FROM review WHERE panel = 'waiting' AND state <> 'withdrawn' AND {review}"), &[])?,
            next_panel: self.next_panel(viewer.today)?.map(|panel| (panel.on, panel.at)),
            actions: capped(&format!("{actions} LIMIT 1000)"), &[])?,
            actions_overdue: capped(&format!("{actions} AND state <> 'done' AND due_on < ?1 LIMIT 1000)"), &[&today])?,
            actions_soon: capped(
                &format!("{actions} AND state <> 'done' AND due_on >= ?1 AND due_on <= ?2 LIMIT 1000)"),
                &[&today, &soon],
            )?,
            actions_to_sign_off: capped(&format!("{actions} AND state = 'done' LIMIT 1000)"), &[])?,
            withheld: self.withheld(viewer)?,
        })
    }

    /// How many reviews wait for a workshop that moderates them without a grade. Q04.
    pub fn waiting_for_workshop(&self, viewer: &Viewer, workshops: &[(String, String)]) -> StoreResult<u64> {
        let sql =
            format!("SELECT count(*) FROM review WHERE state = 'open' AND kind = ?1 AND step = ?2 AND {}", withheld::seen("id", viewer));
        workshops.iter().map(|(kind, step)| self.count(&sql, &[kind, step])).sum()
    }

    /// How many reviews of a cycle wait for such a workshop, and how many have been through it. Q04.
    pub fn workshops_in(
        &self,
        cycle: crate::domain::id::CycleId,
        viewer: &Viewer,
        workshops: &[(String, String)],
    ) -> StoreResult<(u32, u32)> {
        let sql = format!(
            "SELECT coalesce(sum(step = ?3), 0), coalesce(sum(step <> ?3), 0) FROM review WHERE cycle = ?1 AND kind = ?2
             AND submitted_at IS NOT NULL AND state <> 'withdrawn' AND panel = 'not-needed' AND {}",
            withheld::seen("id", viewer)
        );
        let mut both = (0, 0);
        for (kind, step) in workshops {
            let (waiting, held) =
                self.one(&sql, &[&cycle.0, kind, step], |row| Ok((row.get::<_, u32>(0)?, row.get(1)?)))?.unwrap_or((0, 0));
            both = (both.0 + waiting, both.1 + held);
        }
        Ok(both)
    }

    /// How many reviews of a kind a cycle has.
    pub fn reviews_of_kind(&self, cycle: crate::domain::id::CycleId, viewer: &Viewer, kind: &str) -> StoreResult<u32> {
        let sql = format!(
            "SELECT count(*) FROM review WHERE cycle = ?1 AND kind = ?2 AND state <> 'withdrawn' AND {}",
            withheld::seen("id", viewer)
        );
        Ok(self.count(&sql, &[&cycle.0, &kind])? as u32)
    }

    /// The reviews of a cycle, by their numbers.
    pub fn cycle_reviews(&self, cycle: crate::domain::id::CycleId, viewer: &Viewer) -> StoreResult<Vec<CycleReview>> {
        let sql = format!(
            "SELECT r.id, r.ref, s.pseudonym, r.case_type, coalesce(t.service, ''), coalesce(v.short, ''), r.step_label, r.due_on, r.state,
                    r.chosen, r.opens_on
             FROM review r JOIN subject s ON s.id = r.subject LEFT JOIN team t ON t.id = r.team LEFT JOIN person v ON v.id = r.reviewer
             WHERE r.cycle = ?1 AND {} ORDER BY r.id LIMIT 2000",
            withheld::seen("r.id", viewer)
        );
        let rows = self.rows(&sql, &[&cycle.0], |row| {
            let state: String = row.get(8)?;
            let label: String = row.get(6)?;
            let chosen: String = row.get(9)?;
            let review = CycleReview {
                id: ReviewId(row.get(0)?),
                reference: row.get(1)?,
                case: row.get(2)?,
                case_type: row.get(3)?,
                service: row.get(4)?,
                reviewer: row.get(5)?,
                next_step: if state == "open" { label } else { state },
                due: super::day_or_none(row, 7)?,
                opens: super::day_or_none(row, 10)?,
                chosen: Chosen::Random,
            };
            Ok((review, chosen))
        })?;
        rows.into_iter().map(|(review, chosen)| Ok(CycleReview { chosen: super::variant("review.chosen", &chosen)?, ..review })).collect()
    }

    /// The review that needs somebody most: of theirs when they review, of anybody's when they coordinate.
    pub fn most_urgent(
        &self,
        viewer: &Viewer,
        only_mine: bool,
        skip: &[ReviewId],
    ) -> StoreResult<Option<(ReviewId, String, chrono::NaiveDate)>> {
        let me = viewer.person.map_or(-1, |person| person.0);
        // What is due first; what cannot be done before its day, or waits for the panel, is left out.
        let sql = format!(
            "SELECT id, step_label, due_on FROM review WHERE state = 'open' AND (?1 = 0 OR reviewer = ?2 OR id IN
             (SELECT c.review FROM co_reviewer c WHERE c.person = ?2 AND NOT EXISTS
              (SELECT 1 FROM own_judgement o WHERE o.review = c.review AND o.person = c.person)))
             AND (opens_on IS NULL OR opens_on <= ?3) AND panel <> 'waiting' AND {}
             ORDER BY due_on, (alerts > 0) DESC, id LIMIT 200",
            withheld::seen("id", viewer)
        );
        let rows = self.rows(&sql, &[&i64::from(only_mine), &me, &viewer.today.to_string()], |row| {
            Ok((ReviewId(row.get(0)?), row.get::<_, String>(1)?, day(row, 2)?))
        })?;
        Ok(rows.into_iter().find(|(id, ..)| !skip.contains(id)))
    }

    /// The alert whose clock runs out first, of those whose review this person has or coordinates: its review, its reference
    /// and the moment. The review itself may wait for the panel meanwhile; the clock does not. M11.
    pub fn nearest_clock(
        &self,
        viewer: &Viewer,
        only_mine: bool,
        skip: &[ReviewId],
    ) -> StoreResult<Option<(ReviewId, String, chrono::DateTime<chrono::Utc>)>> {
        let me = viewer.person.map_or(-1, |person| person.0);
        let sql = format!(
            "SELECT r.id, l.ref, l.due_at FROM alert l JOIN review r ON r.id = l.review WHERE l.closed_at IS NULL AND l.due_at IS NOT NULL
             AND r.state <> 'withdrawn' AND (?1 = 0 OR r.reviewer = ?2) AND {} ORDER BY l.due_at, l.id LIMIT 200",
            withheld::seen("r.id", viewer)
        );
        let rows = self.rows(&sql, &[&i64::from(only_mine), &me], |row| Ok((ReviewId(row.get(0)?), row.get(1)?, moment(row.get(2)?))))?;
        Ok(rows.into_iter().find(|(id, ..)| !skip.contains(id)))
    }

    /// Pseudonyms of subjects.
    pub fn pseudonym(&self, subject: SubjectId) -> StoreResult<Option<String>> {
        self.one("SELECT pseudonym FROM subject WHERE id = ?1", &[&subject.0], |row| row.get(0))
    }
}
