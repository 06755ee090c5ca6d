//! Where the work stands: the few counts of the header, each from an index.

use super::{CASE, Reading, day, moment, who, withheld};
use crate::domain::access::Access;
use crate::domain::filter::Filter;
use crate::domain::id::{ReviewId, SubjectId};
use crate::domain::intake::is_old;
use crate::domain::query::{Count, CycleHead, CycleReview, NearestClock, Overview, Viewer};
use crate::domain::review::Chosen;
use crate::domain::strip::StripOf;
use crate::store::error::StoreResult;
use crate::store::project::strip::{NO_CLOCK, sorted};

impl Reading<'_> {
    /// Where the work stands. The framework's short name and the phases of the cycle are filled in by who knows the profiles.
    pub fn overview(&self, viewer: &Viewer) -> StoreResult<Overview> {
        let today = viewer.today.to_string();
        let now = sorted(viewer.now);
        let capped = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> StoreResult<Count> { Ok(Count::capped(self.count(sql, values)?)) };
        let (review, of_alert, of_action) =
            (withheld::seen("id", viewer), withheld::strip_seen("strip", viewer), withheld::seen_or_of_none("review", viewer));
        let kept = self.kept_back(viewer)?;
        let of_alert = format!("{of_alert} AND {}", kept.strips("strip"));
        // As the lists under the header count them: of one moment it is counted once.
        let (open, late) = self.reviews_counted(&Filter::default(), viewer, &kept)?;
        let (actions, [actions_overdue, actions_soon, actions_to_sign_off]) = self.actions_counted(&Filter::default(), viewer, &kept)?;
        let mut head = None;
        if let Some(id) = self.current_cycle(viewer.today)?
            && let Some((stored, _)) = self.cycle_and_counts(id)?
        {
            head = Some(CycleHead { id, title: stored.title, focus: stored.focus, phases: Vec::new(), why: "" });
        }
        let nearest = self.one(
            &format!(
                "SELECT t.sort, CASE t.kind WHEN 'alert' THEN coalesce(r.ref, t.ref) ELSE t.ref END FROM strip t LEFT JOIN review r ON r.id = t.review
                 WHERE t.closed_at IS NULL AND t.sort < ?1 AND {} AND {} ORDER BY t.sort, t.id LIMIT 1",
                withheld::strip_seen("t", viewer),
                kept.strips("t")
            ),
            &[&NO_CLOCK],
            |row| Ok((unsorted(&row.get::<_, String>(0)?), row.get(1)?)),
        )?;
        let strips = self.strips_open(&of_alert, &now)?;
        let enough = if head.is_some() { 1 } else { 100_000 };
        Ok(Overview {
            // Only the calendar knows it.
            next_working_day: None,
            // Only the framework says who approves what.
            to_approve: 0,
            started: self.setting("framework")?.is_some(),
            framework: self.setting("framework")?.unwrap_or_default(),
            demo: self.setting("demo")?.is_some(),
            cycle: head,
            also: Vec::new(),
            // While a cycle is open nobody reads how many there are, only that there are any; a council has tens of thousands.
            frame: self.count(&format!("SELECT count(*) FROM (SELECT 1 FROM subject WHERE open = 1 LIMIT {enough})"), &[])?,
            old_extract: self.extract_date()?.filter(|day| is_old(*day, viewer.today)),
            people: self.count(&format!("SELECT count(*) FROM (SELECT 1 FROM person LIMIT {enough})"), &[])?,
            alerts: strips.alerts,
            graded_alerts: strips.graded,
            disputes: strips.disputes,
            strips: strips.all,
            alerts_overdue: strips.overdue,
            nearest,
            newest_strip: strips.newest,
            open,
            late,
            for_panel: self.count(
                &format!("SELECT count(*) FROM review WHERE panel = 'waiting' AND panel_back = '' AND state <> 'withdrawn' AND {review}"),
                &[],
            )?,
            next_panel: self.next_panel(viewer.today)?.map(|panel| (panel.on, panel.at)),
            actions,
            actions_overdue,
            actions_soon,
            actions_to_sign_off,
            actions_to_revisit: capped(
                &format!(
                    "SELECT count(*) FROM (SELECT 1 FROM action WHERE state = 'signed-off' AND effect IS NULL AND revisit_on <= ?1
                     AND {of_action} LIMIT 1000)"
                ),
                &[&today],
            )?,
            loops_open: capped(
                &format!(
                    "SELECT count(*) FROM (SELECT 1 FROM review WHERE loop = 'open' AND {review} AND {} LIMIT 1000)",
                    kept.known("id")
                ),
                &[],
            )?,
            // Who knows the framework fills these in.
            revisits: 0,
            revisits_late: 0,
            access: Access::default(),
            withheld: self.withheld(viewer)?,
        })
    }

    /// Everything about the open strips of which a condition holds, in one walk over them; `now` as strips are sorted.
    fn strips_open(&self, condition: &str, now: &str) -> StoreResult<OpenStrips> {
        // The reference of the newest is looked up once it is known: of the columns beside max(id) SQLite would read those of each row
        // that is newer than the ones before it, most of them in the order of deadlines.
        let sql = format!(
            "SELECT found.*, (SELECT ref FROM strip WHERE id = found.newest) FROM (
             SELECT count(*), coalesce(sum(kind = 'alert'), 0), coalesce(sum(sort <= ?1), 0), max(id) AS newest,
               coalesce(sum(kind = 'alert' AND object IN (SELECT a.id FROM alert a WHERE a.closed_at IS NULL
                            AND (a.what LIKE 'reviewer%' OR a.what LIKE 'moderator%'))), 0),
               coalesce(sum(kind = 'drp' AND EXISTS (SELECT 1 FROM drp d WHERE d.id = strip.object
                            AND d.kind = 'dispute' AND d.ended_on IS NULL)), 0)
             FROM strip WHERE closed_at IS NULL AND {condition}) found"
        );
        let found = self.one(&sql, &[&now], |row| {
            let newest = row.get::<_, Option<i64>>(3)?.zip(row.get(6)?);
            let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok(OpenStrips { all: count(0)?, alerts: count(1)?, overdue: count(2)?, newest, graded: count(4)?, disputes: count(5)? })
        })?;
        Ok(found.unwrap_or_default())
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
            "SELECT r.id, r.ref, {CASE}, r.case_type, coalesce(t.service, ''), {}, r.step_label, r.due_on, r.state,
                    r.chosen, r.opens_on, r.erased_on IS NOT NULL
             FROM review r JOIN subject s ON s.id = r.subject LEFT JOIN team t ON t.id = r.team LEFT JOIN person v ON v.id = r.reviewer
             WHERE r.cycle = ?1 AND {} ORDER BY r.id LIMIT 2000",
            who("v"),
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
                erased: row.get(11)?,
            };
            Ok((review, chosen))
        })?;
        rows.into_iter().map(|(review, chosen)| Ok(CycleReview { chosen: super::variant("review.chosen", &chosen)?, ..review })).collect()
    }

    /// The reviews that need somebody most, with their next step and its day: of theirs when they review, of anybody's when they
    /// coordinate; without those that were put off.
    pub fn most_urgent(
        &self,
        viewer: &Viewer,
        only_mine: bool,
        skip: &[ReviewId],
    ) -> StoreResult<Vec<(ReviewId, String, chrono::NaiveDate)>> {
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
        Ok(rows.into_iter().filter(|(id, ..)| !skip.contains(id)).collect())
    }

    /// The strip whose clock runs out first, of those that need this person or of all: what it is about, its review, its
    /// reference and the moment. The review itself may wait for the panel meanwhile; the clock does not. M11.
    pub fn nearest_clock(&self, viewer: &Viewer, only_mine: bool, passed: &[StripOf]) -> StoreResult<Option<NearestClock>> {
        let clocks = self.strips_that_wait(viewer, only_mine, "runs_out < ?3")?;
        Ok(clocks.into_iter().find(|clock| !passed.contains(&clock.strip)))
    }

    /// Open strips on which no clock runs and that wait for this person, or all of them: a sign-off, a closing. The oldest first;
    /// the moment of each says nothing.
    pub fn strips_without_clock(&self, viewer: &Viewer, only_mine: bool) -> StoreResult<Vec<NearestClock>> {
        self.strips_that_wait(viewer, only_mine, "runs_out = ?3")
    }

    fn strips_that_wait(&self, viewer: &Viewer, only_mine: bool, which: &'static str) -> StoreResult<Vec<NearestClock>> {
        let me = viewer.person.map_or(-1, |person| person.0);
        let sql = format!(
            "SELECT t.kind, t.object, t.review, t.ref, CASE ?1 WHEN 1 THEN p.due ELSE t.sort END AS runs_out
             FROM strip t LEFT JOIN strip_person p ON p.strip = t.id AND p.person = ?2
             WHERE t.closed_at IS NULL AND {which} AND {} AND {} ORDER BY runs_out, t.id LIMIT 200",
            withheld::strip_seen("t", viewer),
            self.kept_back(viewer)?.strips("t")
        );
        let rows = self.rows(&sql, &[&i64::from(only_mine), &me, &NO_CLOCK], |row| {
            let of = StripOf::of(&row.get::<_, String>(0)?, row.get(1)?);
            Ok((of, row.get::<_, Option<i64>>(2)?.map(ReviewId), row.get::<_, String>(3)?, unsorted(&row.get::<_, String>(4)?)))
        })?;
        let known =
            |(of, review, reference, due_at): (Option<StripOf>, _, _, _)| Some(NearestClock { strip: of?, review, reference, due_at });
        Ok(rows.into_iter().filter_map(known).collect())
    }

    /// Pseudonyms of subjects.
    pub fn pseudonym(&self, subject: SubjectId) -> StoreResult<Option<String>> {
        self.one("SELECT pseudonym FROM subject WHERE id = ?1", &[&subject.0], |row| row.get(0))
    }
}

/// What the header says of the open strips.
#[derive(Debug, Default)]
struct OpenStrips {
    all: u64,
    alerts: u64,
    graded: u64,
    disputes: u64,
    overdue: u64,
    newest: Option<(i64, String)>,
}

/// The moment of thirteen digits by which a strip is sorted.
fn unsorted(digits: &str) -> chrono::DateTime<chrono::Utc> {
    moment(digits.parse().unwrap_or_default())
}
