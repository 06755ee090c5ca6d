//! Actions: the tracker's list, one action with its history, and what the rules ask about others.

use super::counted::counted_whole;
use super::lists::Listing;
use super::{Reading, day, day_or_none, filter, moment, variant, withheld};
use crate::domain::action::{Action, ActionState, Effect, Judged, JudgedBy, Life, Open, Said, Source};
use crate::domain::calendar::local_date;
use crate::domain::filter::{Column, Filter, Scope, Term, Within};
use crate::domain::id::{ActionId, AlertId, CycleId, EntryId, PersonId, ReviewId, reference};
use crate::domain::query::{ActionRow, HistoryRow, Page, Viewer, Window};
use crate::store::error::StoreResult;
use crate::store::journal::ABOUT;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The newest so many open actions are compared with a new one: no case and owner has more.
const COMPARED: usize = 200;

/// An action that somebody else has to see: which, of which review if of one, as what it is said, and since when it waits.
pub type Waits = (ActionId, Option<ReviewId>, String, NaiveDate);

/// Where an action comes from: the one of its three columns that is filled.
fn source(row: &rusqlite::Row<'_>) -> rusqlite::Result<Source> {
    Ok(match (row.get::<_, Option<i64>>(19)?, row.get::<_, Option<i64>>(20)?) {
        (Some(cycle), _) => Source::Cycle(CycleId(cycle)),
        (None, Some(entry)) => Source::Entry(EntryId(entry)),
        (None, None) => Source::Review(ReviewId(row.get(1)?)),
    })
}

/// The columns that [`action`] reads.
const ACTION: &str = "a.ref, a.review, a.text, a.owner, a.due_on, a.urgent, a.evidence, a.raised_at, a.done_at, a.done_by, a.signed_off_at,
     a.signed_off_by, a.revisit_on, a.effect, a.recurred, a.reopened_on, a.state, a.revision, a.alert, a.cycle, a.entry, a.kind, a.id";

/// Asked with nearly every deed, so that their words are put together once.
static ONE_ACTION: LazyLock<String> = LazyLock::new(|| format!("SELECT {ACTION} FROM action a WHERE a.id = ?1"));
static ACTIONS_OF_ONE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {ACTION} FROM action a WHERE a.review = ?1 AND a.state <> 'withdrawn'
         UNION ALL SELECT {ACTION} FROM action_link k JOIN action a ON a.id = k.action AND a.state <> 'withdrawn' WHERE k.review = ?1"
    )
});

/// An action, the word of its state and the revision of its row.
type Stored = (Action, String, i64);

fn action(row: &rusqlite::Row<'_>) -> rusqlite::Result<Stored> {
    let said = |place: usize| -> rusqlite::Result<Option<Said>> {
        let by = row.get::<_, Option<i64>>(place + 1)?.map(PersonId);
        Ok(row.get::<_, Option<i64>>(place)?.map(|at| Said { at: moment(at), by }))
    };
    let life = Life {
        done: said(8)?,
        signed_off: said(10)?,
        revisit_on: day_or_none(row, 12)?,
        effect: row.get::<_, Option<String>>(13)?.and_then(|key| Effect::of_key(&key)),
        recurred: row.get(14)?,
        reopened_on: day_or_none(row, 15)?,
    };
    let action = Action {
        id: ActionId(row.get(22)?),
        reference: row.get(0)?,
        source: source(row)?,
        text: row.get(2)?,
        kind: row.get(21)?,
        owner: PersonId(row.get(3)?),
        due_on: day(row, 4)?,
        urgent: row.get(5)?,
        state: ActionState::Open,
        evidence: row.get(6)?,
        alert: row.get::<_, Option<i64>>(18)?.map(AlertId),
        life,
        raised_at: row.get::<_, Option<i64>>(7)?.filter(|at| *at > 0).map(moment),
    };
    Ok((action, row.get(16)?, row.get(17)?))
}

/// The action in its state, with the revision of its row.
fn stated((action, state, revision): Stored) -> StoreResult<(Action, i64)> {
    Ok((Action { state: variant("action.state", &state)?, ..action }, revision))
}

/// What the list of actions is read from.
pub(super) const FROM: &str = "action a JOIN person o ON o.id = a.owner LEFT JOIN review r ON r.id = a.review
     LEFT JOIN subject s ON s.id = r.subject LEFT JOIN cycle c ON c.id = a.cycle LEFT JOIN person f ON f.id = a.signed_off_by";

/// Whether a list of actions has the newest on top: where nothing is left to do. Of a column of the board the column says that.
fn newest_first(filter: &Filter) -> bool {
    let column = filter.terms.iter().find_map(|term| match term {
        Term::Within(Within::Column(column)) => Some(*column == Column::LookedAt),
        _ => None,
    });
    column.unwrap_or_else(|| filter.scope() != Scope::Open)
}

/// An action (alias `a`) that was ever looked at again, said so that its index holds (19_tracker.sql).
const JUDGED: &str = "(a.effect IS NOT NULL OR a.recurred > 0)";

/// Its judgements by sort: as often as it came back, and what was seen last, once.
const JUDGEMENTS: &str = "sum(a.effect IS 'sustained'), sum(a.effect IS 'partly'), sum(a.recurred), sum(a.effect IS 'cannot-tell')";

impl Reading<'_> {
    /// How often actions were judged how: by the key of their kind, every action once, and by that of each theme of their review. What is
    /// withheld from whoever asks is not among them. F14, S13.
    pub fn effects(&self, viewer: &Viewer) -> StoreResult<(JudgedBy, JudgedBy)> {
        let seen = withheld::seen_or_of_none("a.review", viewer);
        let by_kind =
            format!("SELECT a.kind, {JUDGEMENTS} FROM action a INDEXED BY action_judged WHERE {JUDGED} AND {seen} GROUP BY a.kind");
        // A theme that is a strength and to improve in the same review counts once.
        let by_theme = format!(
            "SELECT t.theme, {JUDGEMENTS} FROM action a INDEXED BY action_judged CROSS JOIN review_theme t ON t.review = a.review
             WHERE {JUDGED} AND {seen} AND (t.found = 'improve'
               OR NOT EXISTS (SELECT 1 FROM review_theme o WHERE o.review = t.review AND o.theme = t.theme AND o.found = 'improve'))
             GROUP BY t.theme"
        );
        let judged = |row: &rusqlite::Row<'_>| {
            let judged = Judged { sustained: row.get(1)?, partly: row.get(2)?, recurred: row.get(3)?, cannot_tell: row.get(4)? };
            Ok((row.get(0)?, judged))
        };
        Ok((self.rows(&by_kind, &[], judged)?, self.rows(&by_theme, &[], judged)?))
    }

    /// A window of the actions, what is due first on top; of those to look at again, what is longest due for that.
    pub fn actions(&self, window: &Window<()>, viewer: &Viewer) -> StoreResult<Page<ActionRow>> {
        let kept = self.kept_back(viewer)?;
        let clause = filter::actions(&window.filter, viewer, &kept);
        let from = FROM;
        let stands_in = format!("a.owner IN ({})", filter::stood_in_for(viewer));
        let revisit = window.filter.terms.contains(&Term::Revisit);
        let listing = Listing {
            columns: &format!("a.id, a.ref, a.review, coalesce(r.ref, c.ref, printf('E-%04d', a.entry)), a.text, o.short, a.due_on, a.urgent, a.state, a.revision, a.raised_at, a.done_at,
                 a.signed_off_at, coalesce(f.short, ''), a.revisit_on, a.effect, a.recurred, a.evidence, a.cycle, coalesce(r.ref, ''), a.kind, {stands_in}"),
            from,
            clause: clause.clone(),
            order: if revisit { "a.revisit_on" } else { "a.due_on" },
            id: "a.id",
            descending: newest_first(&window.filter),
        };
        let on = |at: Option<i64>| at.map(|at| local_date(moment(at)));
        let (raw, more_before, more_after) = self.page(&listing, &window.from, window.limit, |row| {
            let (due, revisit_on) = (day(row, 6)?, day_or_none(row, 14)?);
            Ok((
                ActionRow {
                    id: ActionId(row.get(0)?),
                    reference: row.get(1)?,
                    review: row.get::<_, Option<i64>>(2)?.map(ReviewId),
                    review_ref: row.get(19)?,
                    source_ref: row.get(3)?,
                    text: row.get(4)?,
                    kind: row.get(20)?,
                    owner: row.get(5)?,
                    stands_in: row.get(21)?,
                    due,
                    urgent: row.get(7)?,
                    state: ActionState::Open,
                    revision: row.get(9)?,
                    raised_on: on(row.get::<_, Option<i64>>(10)?.filter(|at| *at > 0)),
                    done_on: on(row.get(11)?),
                    signed_off_on: on(row.get(12)?),
                    signed_off_by: row.get(13)?,
                    revisit_on,
                    effect: row.get::<_, Option<String>>(15)?.and_then(|key| Effect::of_key(&key)),
                    recurred: row.get(16)?,
                    evidence: row.get(17)?,
                    cycle: row.get::<_, Option<i64>>(18)?.map(CycleId),
                    sorted: if revisit { revisit_on.unwrap_or(due) } else { due },
                },
                row.get::<_, String>(8)?,
            ))
        })?;
        let rows = raw.into_iter().map(|(row, state)| {
            // Urgent is what follows from an alert, and that there is one tells the grade.
            let urgent = row.urgent && !row.review.is_some_and(|review| kept.holds(review));
            Ok(ActionRow { state: variant("action.state", &state)?, urgent, ..row })
        });
        let rows = rows.collect::<StoreResult<Vec<_>>>()?;
        let whole = counted_whole(&rows, more_before || more_after, |row| row.due < viewer.today && row.state.is_open());
        let (total, late) = match whole {
            Some(counted) => counted,
            None => {
                let (total, [late, ..]) = self.actions_counted(&window.filter, viewer, &kept)?;
                (total, late)
            }
        };
        Ok(Page { rows, more_before, more_after, total, late })
    }

    /// Actions that answer a review and were not withdrawn: those raised out of it, and those linked to it.
    pub fn actions_of(&self, review: ReviewId) -> StoreResult<Vec<Action>> {
        if self.known.is_some() {
            let found = self.answering(review)?.into_iter().filter_map(|action| self.action(action).transpose());
            let stands = |action: &StoreResult<Action>| action.as_ref().map_or(true, |action| action.state != ActionState::Withdrawn);
            return found.filter(stands).collect();
        }
        let mut found = BTreeMap::new();
        for row in self.rows(&ACTIONS_OF_ONE, &[&review.0], action)? {
            let (action, _) = stated(row)?;
            found.insert(action.id, action);
        }
        Ok(found.into_values().collect())
    }

    /// The actions that were raised out of a review or answer what was found in it, withdrawn ones among them, by their numbers.
    pub(super) fn answering(&self, review: ReviewId) -> StoreResult<Vec<ActionId>> {
        self.all_known_or_read(
            |known| &known.answering,
            &review,
            |review| {
                let sql = "SELECT id FROM action WHERE review = ?1 UNION SELECT action FROM action_link WHERE review = ?1 ORDER BY 1";
                self.rows(sql, &[&review.0], |row| row.get(0).map(ActionId))
            },
        )
    }

    /// What an action comes from, in words: the reference of its review, the plan of its cycle, the entry.
    pub fn source_of(&self, source: Source) -> StoreResult<String> {
        let named = match source {
            Source::Review(review) => self.one("SELECT ref FROM review WHERE id = ?1", &[&review.0], |row| row.get(0))?,
            Source::Cycle(cycle) => {
                let title = "SELECT 'the plan of ' || (body ->> 'title') FROM cycle WHERE id = ?1";
                self.one(title, &[&cycle.0], |row| row.get(0))?
            }
            Source::Entry(entry) => Some(reference("E", entry.0)),
        };
        Ok(named.unwrap_or_default())
    }

    /// One action.
    pub fn action(&self, id: ActionId) -> StoreResult<Option<Action>> {
        Ok(self.action_as_seen(id)?.map(|(action, _)| action))
    }

    /// One action with the revision of its row.
    pub fn action_as_seen(&self, id: ActionId) -> StoreResult<Option<(Action, i64)>> {
        self.known_or_read(
            |known| &known.actions,
            &id,
            |id| {
                let row = self.one(&ONE_ACTION, &[&id.0], action)?;
                row.map(stated).transpose()
            },
        )
    }

    /// The urgent actions that came out of an alert and were not withdrawn (M12).
    pub fn urgent_of(&self, alert: AlertId) -> StoreResult<Vec<Action>> {
        let sql = "SELECT id FROM action WHERE alert = ?1 AND urgent = 1 AND state <> 'withdrawn' ORDER BY id";
        let ids = self.rows(sql, &[&alert.0], |row| row.get(0).map(ActionId))?;
        ids.into_iter().filter_map(|id| self.action(id).transpose()).collect()
    }

    /// References of the further reviews whose findings an action answers, as far as they are not withheld.
    pub fn answered_too(&self, action: ActionId, viewer: &Viewer) -> StoreResult<Vec<String>> {
        let sql = format!(
            "SELECT r.ref FROM action_link k JOIN review r ON r.id = k.review WHERE k.action = ?1 AND {} ORDER BY r.id",
            withheld::seen("k.review", viewer)
        );
        self.rows(&sql, &[&action.0], |row| row.get(0))
    }

    /// Everything that happened to an action, newest first, as far as its reviews are not withheld.
    pub fn history_of_action(&self, action: ActionId, viewer: &Viewer) -> StoreResult<Vec<HistoryRow>> {
        let condition = format!("{ABOUT} AND {}", withheld::seen_or_of_none("j.review", viewer));
        self.told(&condition, &format!("action/{}", action.0), None, (false, false))
    }

    /// Open actions that a new one of this review and owner is compared with: of the same review, or of the same case and owner.
    /// What is withheld from whoever asks is not among them.
    pub fn open_beside(&self, review: ReviewId, owner: PersonId, viewer: &Viewer) -> StoreResult<Vec<Open>> {
        let sql = format!(
            "SELECT a.id, a.ref, a.text FROM action a JOIN review w ON w.id = a.review JOIN review r ON r.id = ?1
             WHERE a.state IN ('open', 'in-progress') AND w.subject = r.subject AND (a.review = r.id OR a.owner = ?2) AND {} AND {}
             ORDER BY a.id DESC LIMIT {COMPARED}",
            withheld::seen("a.review", viewer),
            self.kept_back(viewer)?.actions("a")
        );
        self.rows(&sql, &[&review.0, &owner.0], |row| Ok(Open { id: ActionId(row.get(0)?), reference: row.get(1)?, text: row.get(2)? }))
    }

    /// Actions that were said to be done and wait for somebody who signs off, what was due first on top: of everybody, or only of
    /// those who report to the viewer, however far down, or are of their team.
    pub fn to_sign_off(&self, viewer: &Viewer, of_all: bool) -> StoreResult<Vec<Waits>> {
        self.waits("a.state = 'done'", "a.due_on", viewer, of_all)
    }

    /// Actions whose day to be looked at again has come. F14.
    pub fn to_revisit(&self, viewer: &Viewer, of_all: bool) -> StoreResult<Vec<Waits>> {
        let due = format!("a.state = 'signed-off' AND a.effect IS NULL AND a.revisit_on <= '{}'", viewer.today);
        self.waits(&due, "a.revisit_on", viewer, of_all)
    }

    /// Actions that are somebody's to see to, or of whoever they stand in for, and due today or late: the longest late first.
    pub fn due_of(&self, viewer: &Viewer) -> StoreResult<Vec<(Waits, ActionState)>> {
        let sql = format!(
            "SELECT a.id, a.review, a.ref, a.due_on, a.state FROM action a
             WHERE a.owner IN ({}) AND a.state NOT IN ('signed-off', 'withdrawn') AND a.state <> 'done' AND a.due_on <= ?1 AND {}
             ORDER BY a.due_on, a.id LIMIT {COMPARED}",
            filter::mine(viewer),
            withheld::seen_or_of_none("a.review", viewer)
        );
        let rows = self.rows(&sql, &[&viewer.today.to_string()], |row| {
            let waits = (ActionId(row.get(0)?), row.get::<_, Option<i64>>(1)?.map(ReviewId), row.get(2)?, day(row, 3)?);
            Ok((waits, row.get::<_, String>(4)?))
        })?;
        rows.into_iter().map(|(waits, state)| Ok((waits, variant("action.state", &state)?))).collect()
    }

    fn waits(&self, which: &str, since: &str, viewer: &Viewer, of_all: bool) -> StoreResult<Vec<Waits>> {
        let mine = filter::mine(viewer);
        let sql = format!(
            "WITH RECURSIVE below(id) AS (SELECT id FROM person WHERE line_manager IN ({mine})
               UNION SELECT p.id FROM person p JOIN below b ON p.line_manager = b.id)
             SELECT a.id, a.review, a.ref, {since} FROM action a WHERE {which} AND {} AND {} AND (?2 OR a.owner IN (SELECT id FROM below)
             OR a.owner IN (SELECT id FROM person WHERE team = (SELECT team FROM person WHERE id = ?1)))
             ORDER BY {since}, a.id LIMIT {COMPARED}",
            withheld::seen_or_of_none("a.review", viewer),
            self.kept_back(viewer)?.actions("a")
        );
        self.rows(&sql, &[&viewer.person.map_or(-1, |person| person.0), &of_all], |row| {
            Ok((ActionId(row.get(0)?), row.get::<_, Option<i64>>(1)?.map(ReviewId), row.get(2)?, day(row, 3)?))
        })
    }
}
