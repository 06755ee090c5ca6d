//! Reading the panel for one viewer: sittings, their agenda, and items. What is sealed is left out here and nowhere later.

use super::agenda::{sitting_of, written};
use super::facts::reasons_of;
use super::{Reading, body, day, judgement, moment, variant, withheld};
use crate::domain::change::{Change, PanelChange};
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::interest::Interest;
use crate::domain::panel::{Item, Panel, PanelDecision, Score, Sitting, SittingStand, WhyHere};
use crate::domain::query::Viewer;
use crate::store::error::StoreResult;
use crate::store::journal::{self, ABOUT};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Row;
use std::collections::{BTreeMap, BTreeSet};

const COLUMNS: &str = "id, on_day, at, chair, body, stand, present, run, began_at, closed_at, item, item_since, revision, called_off";

/// A review that waits for the panel, with what decides about its place on an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which review.
    pub review: ReviewId,
    /// Service of the team that held the case when it was drawn; empty when unknown.
    pub service: String,
    /// The sitting that has it on its agenda; none while none is planned that takes it.
    pub sitting: Option<PanelId>,
    /// Why it is here.
    pub reasons: Vec<WhyHere>,
}

/// A minute that was added to a sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minute {
    /// About which review, if one.
    pub review: Option<ReviewId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub by: String,
    /// The text.
    pub text: String,
}

impl Reading<'_> {
    /// One sitting of the panel.
    pub fn sitting(&self, id: PanelId) -> StoreResult<Option<Sitting>> {
        let found = self.one(&format!("SELECT {COLUMNS} FROM panel WHERE id = ?1"), &[&id.0], |row| Ok(sitting(row)))?;
        found.transpose()
    }

    /// Sittings of the panel, those in progress first, then the coming ones by day, then the latest ones that are over.
    pub fn sittings(&self, today: NaiveDate, many: u32) -> StoreResult<Vec<Sitting>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM panel ORDER BY CASE stand WHEN 'in-progress' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END,
             CASE WHEN stand = 'closed' OR on_day < ?1 THEN 1 ELSE 0 END,
             CASE WHEN stand = 'closed' OR on_day < ?1 THEN -julianday(on_day) ELSE julianday(on_day) END, id LIMIT ?2"
        );
        self.rows(&sql, &[&today.to_string(), &many], |row| Ok(sitting(row)))?.into_iter().collect()
    }

    /// The next sitting of the panel: one that sits now, else the first planned one from a day on.
    pub fn next_panel(&self, from: NaiveDate) -> StoreResult<Option<Panel>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM panel WHERE stand = 'in-progress' OR (stand = 'planned' AND on_day >= ?1)
             ORDER BY stand = 'planned', on_day, id LIMIT 1"
        );
        let found = self.one(&sql, &[&from.to_string()], |row| Ok(sitting(row)))?.transpose()?;
        Ok(found.map(|sitting| sitting.panel))
    }

    /// Whether anything has come out of a sitting or was said at it.
    pub fn panel_has_begun(&self, id: PanelId) -> StoreResult<bool> {
        Ok(self.count("SELECT count(*) FROM panel WHERE id = ?1 AND stand <> 'planned'", &[&id.0])? > 0)
    }

    /// Reviews that wait for the panel and are not withheld from a viewer, oldest first; none of those that were sent back.
    pub fn waiting_for_panel(&self, viewer: &Viewer) -> StoreResult<Vec<Waiting>> {
        let sql = format!(
            "SELECT r.id, {}, r.panel_reasons, coalesce(t.service, '') FROM review r LEFT JOIN team t ON t.id = r.team
             WHERE r.panel = 'waiting' AND r.panel_back = '' AND r.state <> 'withdrawn' AND {} ORDER BY r.submitted_at, r.id",
            sitting_of(&written(viewer.today)),
            withheld::seen("r.id", viewer)
        );
        self.rows(&sql, &[], |row| {
            let reasons: String = row.get(2)?;
            Ok(Waiting {
                review: ReviewId(row.get(0)?),
                service: row.get(3)?,
                sitting: row.get::<_, Option<i64>>(1)?.map(PanelId),
                reasons: reasons_of(&reasons),
            })
        })
    }

    /// Whether a review waits for the panel.
    pub fn waits_for_panel(&self, review: ReviewId) -> StoreResult<bool> {
        Ok(self.count("SELECT count(*) FROM review WHERE id = ?1 AND panel = 'waiting'", &[&review.0])? > 0)
    }

    /// The service that a review belongs to; empty when unknown.
    pub fn service_of_review(&self, review: ReviewId) -> StoreResult<String> {
        let sql = "SELECT coalesce(t.service, '') FROM review r LEFT JOIN team t ON t.id = r.team WHERE r.id = ?1";
        Ok(self.one(sql, &[&review.0], |row| row.get(0))?.unwrap_or_default())
    }

    /// The sitting, other than this one, that has a review on its table now.
    pub fn on_another_table(&self, review: ReviewId, than: PanelId) -> StoreResult<Option<PanelId>> {
        self.one("SELECT id FROM panel WHERE item = ?1 AND id <> ?2", &[&review.0, &than.0], |row| row.get(0).map(PanelId))
    }

    /// Items on a table from which an interest recuses somebody who is there, each with its sitting.
    pub fn tables_within(&self, interest: &Interest) -> StoreResult<Vec<(PanelId, ReviewId)>> {
        let (column, id) = withheld::reach(interest);
        let sql = format!(
            "SELECT p.id, p.item FROM panel p JOIN review r ON r.id = p.item WHERE r.{column} = ?1
             AND EXISTS (SELECT 1 FROM json_each(p.present) WHERE value = ?2) ORDER BY p.id"
        );
        self.rows(&sql, &[&id, &interest.person.0], |row| Ok((PanelId(row.get(0)?), ReviewId(row.get(1)?))))
    }

    /// An item of a sitting as one viewer may know it: while its scores are sealed, only the viewer's own. What somebody scored
    /// who had to leave for it afterwards is nobody's.
    pub fn panel_item(&self, panel: PanelId, review: ReviewId, viewer: Option<PersonId>) -> StoreResult<Option<Item>> {
        let sql = "SELECT stand, opened_at, away, revealed, early, said FROM panel_item WHERE panel = ?1 AND review = ?2";
        let found = self.one(sql, &[&panel.0, &review.0], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, bool>(3)?,
                row.get::<_, String>(4)?,
                row.get::<_, String>(5)?,
            ))
        })?;
        let Some((stand, opened_at, left, revealed, opened_early, said)) = found else { return Ok(None) };
        let left = body::<BTreeSet<PersonId>>("panel_item.away", &left)?;
        let given =
            self.rows("SELECT person FROM panel_score WHERE panel = ?1 AND review = ?2 AND round = 1", &[&panel.0, &review.0], |row| {
                row.get(0).map(PersonId)
            })?;
        let mut scores: BTreeMap<PersonId, Option<Score>> =
            given.into_iter().filter(|person| !left.contains(person)).map(|person| (person, None)).collect();
        for (person, score) in &mut scores {
            if revealed || viewer == Some(*person) {
                *score = self.score(panel, review, *person, 1)?;
            }
        }
        let mut again = BTreeMap::new();
        if revealed {
            for person in scores.keys() {
                again.extend(self.score(panel, review, *person, 2)?.map(|score| (*person, score)));
            }
        }
        Ok(Some(Item {
            review,
            stand: variant("panel_item.stand", &stand)?,
            opened_at: moment(opened_at),
            left,
            scores,
            revealed,
            opened_early,
            again,
            said,
        }))
    }

    fn score(&self, panel: PanelId, review: ReviewId, person: PersonId, round: i64) -> StoreResult<Option<Score>> {
        let sql = "SELECT body FROM panel_score WHERE panel = ?1 AND review = ?2 AND person = ?3 AND round = ?4";
        let text = self.one(sql, &[&panel.0, &review.0, &person.0, &round], |row| row.get::<_, String>(0))?;
        text.map(|text| body("panel_score.body", &text)).transpose()
    }

    /// The items that a sitting has had on its table and that are not withheld from a viewer, in the order of their opening.
    pub fn items_of(&self, panel: PanelId, viewer: &Viewer) -> StoreResult<Vec<ReviewId>> {
        let sql =
            format!("SELECT review FROM panel_item WHERE panel = ?1 AND {} ORDER BY opened_at, review", withheld::seen("review", viewer));
        self.rows(&sql, &[&panel.0], |row| row.get(0).map(ReviewId))
    }

    /// Minutes that were added to a sitting, without those about a review that is withheld from the viewer.
    pub fn minutes_of(&self, panel: PanelId, viewer: &Viewer) -> StoreResult<Vec<Minute>> {
        let sql = format!(
            "SELECT m.review, m.at, m.text, coalesce(p.name, j.actor) FROM panel_minute m JOIN journal j ON j.seq = m.seq
             LEFT JOIN person p ON p.login = j.actor AND p.login <> ''
             WHERE m.panel = ?1 AND (m.review IS NULL OR {}) ORDER BY m.seq",
            withheld::seen("m.review", viewer)
        );
        self.rows(&sql, &[&panel.0], |row| {
            Ok(Minute { review: row.get::<_, Option<i64>>(0)?.map(ReviewId), at: moment(row.get(1)?), text: row.get(2)?, by: row.get(3)? })
        })
    }

    /// When the chair of a sitting was taken over, by whom and why, in order; a reason that was erased by law reads as none.
    pub fn chairs_of(&self, panel: PanelId) -> StoreResult<Vec<(DateTime<Utc>, String, String)>> {
        let sql = format!(
            "SELECT j.at, coalesce(p.name, j.actor), d.payload FROM journal j LEFT JOIN journal_detail d ON d.seq = j.seq
             LEFT JOIN person p ON p.login = j.actor AND p.login <> '' WHERE {ABOUT} AND j.kind = 'chair-taken' ORDER BY j.seq"
        );
        let rows = self.rows(&sql, &[&format!("panel/{}", panel.0)], |row| {
            Ok((moment(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
        })?;
        let why = |payload: Option<String>| -> StoreResult<String> {
            match payload.map(|payload| journal::change(&payload)).transpose()? {
                Some(Change::Panel(PanelChange::ChairTaken { why, .. })) => Ok(why),
                _ => Ok(String::new()),
            }
        };
        rows.into_iter().map(|(at, by, payload)| Ok((at, by, why(payload)?))).collect()
    }

    /// Who opened the scores of an item, by name; empty: nobody has.
    pub fn scores_opened_by(&self, panel: PanelId, review: ReviewId) -> StoreResult<String> {
        let sql = format!(
            "SELECT coalesce(p.name, j.actor) FROM journal j LEFT JOIN person p ON p.login = j.actor AND p.login <> ''
             WHERE {ABOUT} AND j.kind = 'scores-opened' ORDER BY j.seq DESC LIMIT 1"
        );
        Ok(self.one(&sql, &[&format!("item/{}/{}", panel.0, review.0)], |row| row.get(0))?.unwrap_or_default())
    }

    /// The reviews that waited at a sitting when it was called off or closed, as far as a viewer may know of them: row and reference.
    pub fn had_before(&self, panel: PanelId, viewer: &Viewer) -> StoreResult<Vec<(ReviewId, String)>> {
        let sql = format!(
            "SELECT d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq
             WHERE {ABOUT} AND j.kind IN ('sitting-called-off', 'sitting-closed') ORDER BY j.seq DESC LIMIT 1"
        );
        let payload = self.one(&sql, &[&format!("panel/{}", panel.0)], |row| row.get::<_, String>(0))?;
        let had = match payload.map(|text| journal::change(&text)).transpose()? {
            Some(Change::Panel(PanelChange::CalledOff { had, why, .. })) if why.after.is_some() => had,
            Some(Change::Panel(PanelChange::Closed { had, .. })) => had,
            _ => return Ok(Vec::new()),
        };
        let seen = self.seen_among(&had.iter().copied().collect(), viewer)?;
        let mut found = Vec::new();
        for review in had.into_iter().filter(|review| seen.contains(review)) {
            found.extend(self.reference_of(review)?.map(|reference| (review, reference)));
        }
        Ok(found)
    }

    /// Moderation coverage of what is not withheld from a viewer: reviews that came before a panel, those decided, those sent back.
    pub fn moderation_coverage(&self, viewer: &Viewer) -> StoreResult<(u64, u64, u64)> {
        let seen = withheld::seen("id", viewer);
        let count = |what: &str| self.count(&format!("SELECT count(*) FROM review WHERE {what} AND state <> 'withdrawn' AND {seen}"), &[]);
        let (waiting, decided) = (count("panel = 'waiting'")?, count("panel = 'decided'")?);
        Ok((waiting + decided, decided, count("panel = 'waiting' AND panel_back <> ''")?))
    }

    /// Every decided review with its two judgements and its decision, for figures about agreement; those withheld left out.
    pub fn decided(&self, viewer: &Viewer) -> StoreResult<Vec<(crate::domain::grade::Judgement, PanelDecision, Vec<WhyHere>)>> {
        let sql = format!(
            "SELECT original_scaling, original_grade, decision, panel_reasons FROM review
             WHERE panel = 'decided' AND original_grade IS NOT NULL AND {} ORDER BY id",
            withheld::seen("id", viewer)
        );
        let rows = self.rows(&sql, &[], |row| Ok((judgement(row, 0)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?)))?;
        let mut decided = Vec::with_capacity(rows.len());
        for (original, text, reasons) in rows {
            let Some(original) = original else { continue };
            decided.push((original, body("review.decision", &text)?, reasons_of(&reasons)));
        }
        Ok(decided)
    }

    /// How many reviews of the moderated kinds a cycle had submitted before now; the place of the next one in its random share.
    pub fn submitted_in(&self, cycle: crate::domain::id::CycleId, kinds: &[String]) -> StoreResult<u32> {
        let mut many = 0;
        for kind in kinds {
            many +=
                self.count("SELECT count(*) FROM review WHERE cycle = ?1 AND kind = ?2 AND submitted_at IS NOT NULL", &[&cycle.0, kind])?;
        }
        Ok(u32::try_from(many).unwrap_or(u32::MAX))
    }
}

fn sitting(row: &Row<'_>) -> StoreResult<Sitting> {
    let id = PanelId(row.get(0)?);
    let planned: String = row.get(4)?;
    let (on, at, chair) = (day(row, 1)?, row.get(2)?, row.get::<_, Option<i64>>(3)?.map(PersonId));
    let panel = Panel { id, on, at, chair, ..body("panel.body", &planned)? };
    let called_off: String = row.get(13)?;
    let stand = match called_off.is_empty() {
        true => variant("panel.stand", &row.get::<_, String>(5)?)?,
        false => SittingStand::CalledOff,
    };
    Ok(Sitting {
        panel,
        stand,
        called_off,
        present: body("panel.present", &row.get::<_, String>(6)?)?,
        run: body("panel.run", &row.get::<_, String>(7)?)?,
        began_at: row.get::<_, Option<i64>>(8)?.map(moment),
        closed_at: row.get::<_, Option<i64>>(9)?.map(moment),
        item: row.get::<_, Option<i64>>(10)?.map(ReviewId),
        item_since: row.get::<_, Option<i64>>(11)?.map(moment),
        revision: row.get(12)?,
    })
}
