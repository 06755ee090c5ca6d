//! Windows of the lists: keyset paging, so that a page costs the same at the start and at the end of 100,000 rows.

use super::counted::counted_whole;
use super::facts::{panel_stand, reasons_of};
use super::filter::Where;
use super::{CASE, Reading, day_or_none, filter, judgement, moment, variant, who, withheld};
use crate::domain::filter::Scope;
use crate::domain::framework::SubjectKind;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::panel::{WhyHere, in_blind_words};
use crate::domain::query::{Count, From, Page, PanelRow, PersonRow, QueueRow, QueueSort, RowKey, StripRow, StripStand, Viewer, Window};
use crate::domain::review::{Chosen, PanelStand};
use crate::domain::strip::StripOf;
use crate::store::error::StoreResult;
use crate::store::project::strip::sorted;
use rusqlite::types::Value;

/// The pieces of a list's statement.
pub(super) struct Listing<'a> {
    pub(super) columns: &'a str,
    pub(super) from: &'a str,
    pub(super) clause: Where,
    /// What rows are sorted by, as text.
    pub(super) order: &'a str,
    /// Column of the row number.
    pub(super) id: &'a str,
    /// Largest first.
    pub(super) descending: bool,
}

/// The order of a list that is sorted by its row numbers alone. It is never said to SQLite, which would sort every row by it.
const BY_NUMBER: &str = "''";

impl Listing<'_> {
    /// Only rows on one side of a row: those that compare so with it.
    fn beyond(&self, clause: &mut Where, compare: &str, key: &RowKey) {
        let number = Value::Integer(key.id);
        match self.order {
            BY_NUMBER => clause.and(&format!("{} {compare} ?", self.id), [number]),
            order => clause.and(&format!("({order}, {}) {compare} (?, ?)", self.id), [Value::Text(key.value.clone()), number]),
        }
    }
}

impl Reading<'_> {
    /// A window of the queue.
    pub fn queue(&self, window: &Window<QueueSort>, viewer: &Viewer) -> StoreResult<Page<QueueRow>> {
        let kept = self.kept_back(viewer)?;
        let clause = filter::reviews(&window.filter, viewer, &kept);
        // Finished reviews have no due date; the newest first is what people look for among them.
        let loops = window.filter.asks_for_loops();
        let newest_first = window.sort == QueueSort::Due && window.filter.scope() != Scope::Open && !loops;
        let by_grade = format!("CASE WHEN {} THEN CAST(coalesce(r.grade, 9) AS TEXT) ELSE '9' END", kept.known("r.id"));
        let order = match window.sort {
            QueueSort::Due if newest_first => BY_NUMBER,
            // Those without a day come last.
            QueueSort::Due | QueueSort::Step if loops => "coalesce(r.supervision_due, '~')",
            QueueSort::Due => "r.due_on",
            QueueSort::Reference => "r.ref",
            QueueSort::Practitioner => "coalesce(p.sort, '~')",
            QueueSort::Reviewer => "coalesce(v.sort, '')",
            QueueSort::Team => "coalesce(t.name, '~')",
            QueueSort::CaseType => "r.case_type",
            QueueSort::Grade => &by_grade,
            QueueSort::Step => "r.step_label",
        };
        let listing = Listing {
            columns: &format!(
                "r.id, r.ref, {CASE}, r.case_type, {}, {}, coalesce(t.name, ''), c.ref,
                 r.step_label, r.due_on, r.opens_on, r.original_scaling, r.original_grade, r.moderated_scaling, r.moderated_grade,
                 r.panel, r.panel_why, r.state, r.alerts, r.revision, r.chosen,
                 (SELECT k.short FROM person k WHERE k.id = r.companion),
                 (SELECT count(*) FROM co_reviewer o WHERE o.review = r.id), r.panel_back, r.panel_reasons, r.loop = 'open', s.kind,
                 r.supervision_due",
                who("p"),
                who("v")
            ),
            from: "review r JOIN subject s ON s.id = r.subject JOIN cycle c ON c.id = r.cycle LEFT JOIN person p ON p.id = r.practitioner
                 LEFT JOIN person v ON v.id = r.reviewer LEFT JOIN team t ON t.id = r.team",
            clause: clause.clone(),
            order,
            id: "r.id",
            descending: window.reversed != newest_first,
        };
        let raw = self.page(&listing, &window.from, window.limit, |row| {
            Ok((
                QueueRow {
                    id: ReviewId(row.get(0)?),
                    reference: row.get(1)?,
                    case: row.get(2)?,
                    case_type: row.get(3)?,
                    subject: SubjectKind::from_key(&row.get::<_, String>(26)?).unwrap_or(SubjectKind::Child),
                    practitioner: row.get(4)?,
                    reviewer: row.get(5)?,
                    team: row.get(6)?,
                    cycle: row.get(7)?,
                    next_step: row.get(8)?,
                    booked: None,
                    due: day_or_none(row, 9)?,
                    opens: day_or_none(row, 10)?,
                    original: judgement(row, 11)?,
                    moderated: judgement(row, 13)?,
                    panel: panel_stand(&row.get::<_, String>(15)?, row.get(16)?, row.get(23)?),
                    state: crate::domain::review::ReviewState::Open,
                    alert: row.get::<_, i64>(18)? > 0,
                    revision: row.get(19)?,
                    key: RowKey { value: row.get(28)?, id: row.get(0)? },
                    kept_back: false,
                    loop_open: false,
                    loop_missing: Vec::new(),
                    loop_short: String::new(),
                    supervision_due: day_or_none(row, 27)?,
                    chosen: Chosen::Random,
                    companion: row.get::<_, Option<String>>(21)?.unwrap_or_default(),
                    others: row.get(22)?,
                },
                row.get::<_, String>(17)?,
                row.get::<_, String>(20)?,
                row.get::<_, String>(24)?,
                row.get::<_, bool>(25)?,
            ))
        })?;
        let mut rows = Vec::with_capacity(raw.0.len());
        for (mut row, state, chosen, reasons, loop_open) in raw.0 {
            row.loop_open = loop_open && !kept.holds(row.id);
            row.supervision_due = row.supervision_due.filter(|_| row.loop_open);
            if kept.holds(row.id) {
                (row.original, row.moderated, row.alert, row.kept_back) = (None, None, false, true);
                if let PanelStand::Waiting(why) = &mut row.panel {
                    *why = in_blind_words(&reasons_of(&reasons));
                }
            }
            rows.push(QueueRow { state: variant("review.state", &state)?, chosen: variant("review.chosen", &chosen)?, ..row });
        }
        let is_late = |row: &QueueRow| {
            let due = if loops { row.supervision_due } else { row.due.filter(|_| window.filter.scope() == Scope::Open) };
            due.is_some_and(|due| due < viewer.today)
        };
        let (total, late) = match counted_whole(&rows, raw.1 || raw.2, is_late) {
            Some(counted) => counted,
            None => self.reviews_counted(&window.filter, viewer, &kept)?,
        };
        Ok(Page { rows, more_before: raw.1, more_after: raw.2, total, late })
    }

    /// A window of what waits for the panel. Who the team manager is depends on lines of management and is filled in by
    /// who knows them.
    pub fn panel(&self, window: &Window<()>, viewer: &Viewer, workshops: &[(String, String)]) -> StoreResult<Page<PanelRow>> {
        let kept = self.kept_back(viewer)?;
        let clause = filter::panel(&window.filter, viewer, workshops, &kept);
        let listing = Listing {
            columns: "r.id, r.ref, s.pseudonym, r.case_type, r.original_scaling, r.original_grade, r.panel_why, coalesce(v.short, ''),
                 r.submitted_at, r.moderated_scaling, r.moderated_grade, r.revision, r.panel_reasons",
            from: "review r JOIN subject s ON s.id = r.subject LEFT JOIN person v ON v.id = r.reviewer",
            clause: clause.clone(),
            order: BY_NUMBER,
            id: "r.id",
            descending: window.filter.scope() != Scope::Open,
        };
        let by_workshop = WhyHere::Workshop.blind_label().to_string();
        let (rows, more_before, more_after) = self.page(&listing, &window.from, window.limit, |row| {
            let id = ReviewId(row.get(0)?);
            let kept_back = kept.holds(id);
            let why: Option<String> = if kept_back { Some(in_blind_words(&reasons_of(&row.get::<_, String>(12)?))) } else { row.get(6)? };
            Ok(PanelRow {
                id,
                reference: row.get(1)?,
                case: row.get(2)?,
                case_type: row.get(3)?,
                original: judgement(row, 4)?.filter(|_| !kept_back),
                why: why.filter(|why| !why.is_empty()).unwrap_or_else(|| by_workshop.clone()),
                kept_back,
                reviewer: row.get(7)?,
                team_manager: String::new(),
                submitted_on: row.get::<_, Option<i64>>(8)?.map(|at| crate::domain::calendar::local_date(moment(at))),
                moderated: judgement(row, 9)?.filter(|_| !kept_back),
                revision: row.get(11)?,
            })
        })?;
        let total = match more_before || more_after {
            true => self.counted("review r LEFT JOIN subject s ON s.id = r.subject", &clause)?,
            false => Count::capped(rows.len() as u64),
        };
        Ok(Page { rows, more_before, more_after, total, late: Count::default() })
    }

    /// A window of the strips, the nearest deadline first. What each says is filled in by who knows its kind.
    pub fn strips(&self, window: &Window<()>, viewer: &Viewer) -> StoreResult<Page<StripRow>> {
        let clause = filter::strips(&window.filter, viewer, &self.kept_back(viewer)?);
        let from = "strip t JOIN subject s ON s.id = t.subject LEFT JOIN review r ON r.id = t.review";
        let listing = Listing {
            columns: "t.id, t.kind, t.object, t.ref, r.id, coalesce(r.ref, ''), s.pseudonym, t.opened_at, t.closed_at, t.revision, t.sort",
            from,
            clause: clause.clone(),
            order: "t.sort",
            id: "t.id",
            descending: window.filter.scope() != Scope::Open,
        };
        let (raw, more_before, more_after) = self.page(&listing, &window.from, window.limit, |row| {
            let Some(of) = StripOf::of(&row.get::<_, String>(1)?, row.get(2)?) else { return Ok(None) };
            let sort: String = row.get(10)?;
            Ok(Some(StripRow {
                id: row.get(0)?,
                of,
                kind: of.kind(),
                reference: row.get(3)?,
                review: row.get::<_, Option<i64>>(4)?.map(ReviewId),
                review_ref: row.get(5)?,
                case: row.get(6)?,
                opened_at: moment(row.get(7)?),
                trigger: String::new(),
                stand: StripStand::Told,
                stage: String::new(),
                day: None,
                next: String::new(),
                by: String::new(),
                signed_off: String::new(),
                review_due_at: None,
                next_due_at: None,
                clocks: Vec::new(),
                told: (0, 0),
                acknowledged: (0, 0),
                gaps: Vec::new(),
                untold: Vec::new(),
                closed_at: row.get::<_, Option<i64>>(8)?.map(moment),
                revision: row.get(9)?,
                sort,
            }))
        })?;
        let rows: Vec<StripRow> = raw.into_iter().flatten().collect();
        let now = sorted(viewer.now);
        let whole = counted_whole(&rows, more_before || more_after, |row| row.closed_at.is_none() && row.sort < now);
        let from = "strip t LEFT JOIN subject s ON s.id = t.subject LEFT JOIN review r ON r.id = t.review";
        let (total, late) = match whole {
            Some(counted) => counted,
            None => {
                let late = Where::that("t.closed_at IS NULL AND t.sort < ?", [Value::Text(now)]);
                let (total, [late]) = self.counted_each(from, &clause, [late])?;
                (total, late)
            }
        };
        Ok(Page { rows, more_before, more_after, total, late })
    }

    /// A window of the people.
    pub fn people_list(&self, window: &Window<()>, viewer: &Viewer) -> StoreResult<Page<PersonRow>> {
        let clause = filter::people(&window.filter, viewer);
        let columns = format!(
            "p.id, p.name, p.role, coalesce(t.name, ''), CASE WHEN p.service <> '' THEN p.service ELSE coalesce(t.service, '') END,
                 coalesce(m.short, ''),
                 p.reviewing - (SELECT count(*) FROM review h WHERE h.reviewer = p.id AND h.state = 'open' AND NOT {0})
                 + (SELECT count(*) FROM co_reviewer c JOIN review h ON h.id = c.review AND h.state = 'open'
                    WHERE c.person = p.id AND {0}),
                 p.cases - (SELECT count(*) FROM subject h WHERE h.worker = p.id AND h.open = 1 AND NOT {2}),
                 (SELECT a.from_day || ' ' || a.until || ' ' || coalesce(d.short, '') || char(9) || a.reason FROM absence a
                  LEFT JOIN person d ON d.id = a.deputy WHERE a.person = p.id ORDER BY a.until DESC LIMIT 1),
                 p.revision,
                 (SELECT group_concat(o.short || char(9) || a.until, char(10)) FROM absence a JOIN person o ON o.id = a.person
                  WHERE a.deputy = p.id AND a.until >= '{1}' AND a.from_day <= '{1}')",
            withheld::seen("h.id", viewer),
            viewer.today,
            withheld::subject_seen("h.id", viewer)
        );
        let listing = Listing {
            columns: &columns,
            from: "person p LEFT JOIN team t ON t.id = p.team LEFT JOIN person m ON m.id = p.line_manager",
            clause: clause.clone(),
            order: "p.sort",
            id: "p.id",
            descending: window.reversed,
        };
        let today = viewer.today.to_string();
        let (rows, more_before, more_after) = self.page(&listing, &window.from, window.limit, |row| {
            let (absence, stands_in): (Option<String>, Option<String>) = (row.get(8)?, row.get(10)?);
            let words =
                [absence.map(|text| away(&text, &today)).unwrap_or_default(), standing_in(stands_in.as_deref().unwrap_or_default())];
            Ok(PersonRow {
                id: PersonId(row.get(0)?),
                name: row.get(1)?,
                role: row.get(2)?,
                title: String::new(),
                team: row.get(3)?,
                service: row.get(4)?,
                line_manager: row.get(5)?,
                reviewing: row.get(6)?,
                cases: row.get(7)?,
                away: words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; "),
                interests: Vec::new(),
                revision: row.get(9)?,
                key: RowKey { value: row.get(11)?, id: row.get(0)? },
            })
        })?;
        let total = self.counted("person p", &clause)?;
        Ok(Page { rows, more_before, more_after, total, late: Count::default() })
    }

    /// Rows of a window in the order of the list, and whether there are more before and after.
    pub(super) fn page<R>(
        &self,
        listing: &Listing<'_>,
        from: &From,
        limit: usize,
        mut read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<R>,
    ) -> StoreResult<(Vec<R>, bool, bool)> {
        let mut clause = listing.clause.clone();
        let forward = !matches!(from, From::End | From::Before(_));
        let descending = listing.descending == forward;
        let (order, id) = (listing.order, listing.id);
        let compare = match (forward, listing.descending) {
            (true, false) | (false, true) => ">",
            _ => "<",
        };
        match from {
            From::Start | From::End => {}
            From::After(key) | From::Before(key) | From::At(key) => {
                let or_same = if matches!(from, From::At(_)) { "=" } else { "" };
                listing.beyond(&mut clause, &format!("{compare}{or_same}"), key);
            }
        }
        let direction = if descending { "DESC" } else { "ASC" };
        let by = if order == BY_NUMBER { String::new() } else { format!("{order} {direction}, ") };
        let sql = format!(
            "SELECT {}, {order} FROM {} WHERE {} ORDER BY {by}{id} {direction} LIMIT {}",
            listing.columns,
            listing.from,
            clause.sql,
            limit + 1
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows =
            statement.query_map(rusqlite::params_from_iter(clause.values.iter()), |row| read(row))?.collect::<Result<Vec<R>, _>>()?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        if !forward {
            rows.reverse();
        }
        Ok(match from {
            From::Start => (rows, false, more),
            From::End => (rows, more, false),
            From::After(_) | From::At(_) => {
                let before = !matches!(from, From::At(_)) || self.has_before(listing, from)?;
                (rows, before, more)
            }
            From::Before(_) => (rows, more, true),
        })
    }

    fn has_before(&self, listing: &Listing<'_>, from: &From) -> StoreResult<bool> {
        let From::At(key) = from else { return Ok(true) };
        let mut clause = listing.clause.clone();
        let compare = if listing.descending { ">" } else { "<" };
        listing.beyond(&mut clause, compare, key);
        let sql = format!("SELECT 1 FROM {} WHERE {} LIMIT 1", listing.from, clause.sql);
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.exists(rusqlite::params_from_iter(clause.values.iter()))?)
    }
}

/// "away until 3 Dec, I. Reid stands in (leave)" when the absence is not over.
fn away(stored: &str, today: &str) -> String {
    let (dates, reason) = stored.split_once('\t').unwrap_or((stored, ""));
    let mut parts = dates.splitn(3, ' ');
    let (Some(from), Some(until), deputy) = (parts.next(), parts.next(), parts.next().unwrap_or_default()) else {
        return String::new();
    };
    let say = |day: &str| day.parse::<chrono::NaiveDate>().map(|day| day.format("%-d %b").to_string()).unwrap_or_default();
    let deputy = if deputy.is_empty() { String::new() } else { format!(", {deputy} stands in") };
    let why = if reason.is_empty() { deputy } else { format!("{deputy} ({reason})") };
    if until < today {
        String::new()
    } else if from <= today {
        format!("away until {}{why}", say(until))
    } else {
        format!("away {} to {}{why}", say(from), say(until))
    }
}

/// "for N. Carter until 3 Dec" for whoever stands in now.
fn standing_in(stored: &str) -> String {
    let said = stored.lines().filter_map(|line| {
        let (name, until) = line.split_once('\t')?;
        let until = until.parse::<chrono::NaiveDate>().ok()?;
        Some(format!("for {name} until {}", until.format("%-d %b")))
    });
    said.collect::<Vec<_>>().join("; ")
}
