//! What is withheld: the one condition under every list, count, search and record, and what is known of interests.
//!
//! Whoever is recused from a case must not be able to tell anything of it, not even by what a filter leaves over. So every
//! statement that serves a person takes its condition from here, and a question about one review asks [`Reading::open_to`]
//! first. Rules read without it: they have to know of everything.

use super::{Reading, body, list, sight};
use crate::domain::access::Sight;
use crate::domain::calendar::local_date;
use crate::domain::change::Change;
use crate::domain::cycle::CycleCounts;
use crate::domain::framework::Framework;
use crate::domain::id::{CycleId, InterestId, PersonId, ReviewId, SubjectId};
use crate::domain::interest::{CaseInterests, Inference, Interest, Lately, Reach};
use crate::domain::query::Viewer;
use crate::domain::review::Review;
use crate::store::error::{StoreError, StoreResult};
use crate::store::journal::{self, ABOUT};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The numbers of the reviews that are withheld from a viewer, as a statement. It is made of their row number alone, which
/// cannot be text; so it needs no value bound and fits under any other statement. Few rows, each found by an index.
pub(super) fn reviews(viewer: &Viewer) -> String {
    let person = viewer.person.map_or(-1, |person| person.0);
    format!(
        "SELECT w.id FROM interest i JOIN review w ON w.subject = i.subject WHERE i.person = {person} AND i.stands = 1
         UNION SELECT w.id FROM interest i JOIN review w ON w.practitioner = i.practitioner WHERE i.person = {person} AND i.stands = 1"
    )
}

/// The condition that a review, named by the column of its number, is not withheld from a viewer and within what they see.
pub(super) fn seen(column: &str, viewer: &Viewer) -> String {
    and(format!("{column} NOT IN ({})", reviews(viewer)), sight::review(column, viewer))
}

/// Both conditions, where there is a second.
fn and(not_withheld: String, within: Option<String>) -> String {
    match within {
        Some(within) => format!("({within} AND {not_withheld})"),
        None => not_withheld,
    }
}

/// The condition that what may belong to a review is not withheld from a viewer: what belongs to none is nobody's secret.
pub(super) fn seen_or_of_none(column: &str, viewer: &Viewer) -> String {
    format!("({column} IS NULL OR {})", seen(column, viewer))
}

/// The condition that a strip, of the table with this name, is not withheld from a viewer and within what they see.
pub(super) fn strip_seen(table: &str, viewer: &Viewer) -> String {
    and(not_concerned(table, viewer), sight::strip(table, viewer))
}

/// The same for a dispute, of the table with this name.
pub(super) fn dispute_seen(table: &str, viewer: &Viewer) -> String {
    and(not_concerned(table, viewer), sight::dispute(table, viewer))
}

/// By whom and by whose work it is about, because not every one belongs to a review.
fn not_concerned(table: &str, viewer: &Viewer) -> String {
    let person = viewer.person.map_or(-1, |person| person.0);
    format!(
        "NOT EXISTS (SELECT 1 FROM interest i WHERE i.person = {person} AND i.stands = 1
         AND (i.subject = {table}.subject OR i.practitioner = {table}.practitioner))"
    )
}

/// The numbers of the subjects that are withheld from a viewer, as a statement: as [`reviews`], of a row number alone.
pub(super) fn subjects(viewer: &Viewer) -> String {
    let person = viewer.person.map_or(-1, |person| person.0);
    format!(
        "SELECT subject FROM interest WHERE person = {person} AND stands = 1 AND subject IS NOT NULL
         UNION SELECT w.id FROM interest i JOIN subject w ON w.worker = i.practitioner WHERE i.person = {person} AND i.stands = 1"
    )
}

/// The condition that a subject, named by the column of its number, is not withheld from a viewer.
pub(super) fn subject_seen(column: &str, viewer: &Viewer) -> String {
    and(format!("{column} NOT IN ({})", subjects(viewer)), sight::subject(column, viewer))
}

/// The column of a review by which an interest reaches it, and its value.
pub(super) fn reach(interest: &Interest) -> (&'static str, i64) {
    match interest.reach {
        Reach::Subject(subject) => ("subject", subject.0),
        Reach::Practitioner(practitioner) => ("practitioner", practitioner.0),
    }
}

/// Whether an interest reaches the case of this subject, or what this practitioner works on.
fn reaches(reach: &Reach, case: SubjectId, practitioner: Option<PersonId>) -> bool {
    match reach {
        Reach::Subject(subject) => *subject == case,
        Reach::Practitioner(reached) => Some(*reached) == practitioner,
    }
}

impl Reading<'_> {
    /// Refuses whoever is recused from a review, or does not see as far; a review that is not there is nobody's secret.
    pub fn open_to(&self, review: ReviewId, viewer: &Viewer) -> StoreResult<()> {
        // Asked before every deed: from the review and from the few interests of a person, where the lists' condition is a statement of
        // its own for each person.
        let Some(place) = self.place_of(review)? else { return Ok(()) };
        if let Some(person) = viewer.person
            && self.reaches_of(person)?.iter().any(|reach| reaches(reach, place.subject, place.practitioner))
        {
            return Err(StoreError::Withheld { review });
        }
        // Whose work it is, and who reviews it, sees it in every scope: most deeds are theirs.
        let theirs = place.reviewers.into_iter().chain([place.practitioner]).flatten().any(|person| viewer.sight.is_of(person));
        if theirs || self.manages(place.practitioner, viewer)? || self.is_within(review, viewer)? {
            Ok(())
        } else {
            Err(StoreError::Beyond)
        }
    }

    /// Whether somebody is seen to be the manager of whose work it is, or to stand further up and see all below them: looked up among the
    /// people who are known, where there are any; else the statement that follows finds it as well.
    fn manages(&self, practitioner: Option<PersonId>, viewer: &Viewer) -> StoreResult<bool> {
        let (Some(practitioner), Sight::Within(_), Some(_)) = (practitioner, &viewer.sight, self.known) else { return Ok(false) };
        let mut below = BTreeSet::new();
        let mut at = practitioner;
        while below.insert(at) {
            let Some(manager) = self.person_as_kept(at)?.and_then(|person| person.line_manager) else { return Ok(false) };
            if viewer.sight.is_over_those_below(manager) || (at == practitioner && viewer.sight.is_of(manager)) {
                return Ok(true);
            }
            at = manager;
        }
        Ok(false)
    }

    /// What somebody's interests that stand reach over.
    fn reaches_of(&self, person: PersonId) -> StoreResult<Vec<Reach>> {
        self.all_known_or_read(
            |known| &known.reaches,
            &person,
            |person| {
                let rows =
                    self.rows("SELECT subject, practitioner FROM interest WHERE person = ?1 AND stands = 1", &[&person.0], |row| {
                        Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?))
                    })?;
                let reach = |(subject, practitioner): (Option<i64>, Option<i64>)| {
                    subject
                        .map(|subject| Reach::Subject(SubjectId(subject)))
                        .or(practitioner.map(|person| Reach::Practitioner(PersonId(person))))
                };
                Ok(rows.into_iter().filter_map(reach).collect())
            },
        )
    }

    /// How SQLite would find the reviews that a viewer sees: one line for each table it reads. For who looks after its speed.
    pub fn plan_of_sight(&self, viewer: &Viewer) -> StoreResult<Vec<String>> {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT r.id FROM review r WHERE r.state = 'open' AND {} ORDER BY r.due_on, r.id LIMIT 60",
            seen("r.id", viewer)
        );
        self.rows(&sql, &[], |row| row.get::<_, String>(3))
    }

    /// Whether a review lies within what a viewer sees.
    fn is_within(&self, review: ReviewId, viewer: &Viewer) -> StoreResult<bool> {
        let Some((many, people)) = sight::places(viewer) else { return Ok(true) };
        let sql = self.known_or_read(|known| &known.sights, &many, |many| Ok(Some(Arc::<str>::from(sight::one_review(*many)))))?;
        // There is a statement for any sight; without one nothing could be asked, and nothing is shown.
        let Some(sql) = sql else { return Ok(false) };
        let today = viewer.today.to_string();
        let mut values: Vec<&dyn rusqlite::ToSql> = vec![&review.0, &today];
        values.extend(people.iter().map(|person| person as &dyn rusqlite::ToSql));
        Ok(self.one(&sql, &values, |row| row.get::<_, Option<bool>>(0))?.is_none_or(|seen| seen == Some(true)))
    }

    /// Whether a review is not withheld from a viewer.
    pub fn is_open_to(&self, review: ReviewId, viewer: &Viewer) -> StoreResult<bool> {
        match self.open_to(review, viewer) {
            Ok(()) => Ok(true),
            Err(StoreError::Withheld { .. } | StoreError::Beyond) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether a subject is not withheld from a viewer.
    pub fn subject_open_to(&self, subject: SubjectId, viewer: &Viewer) -> StoreResult<bool> {
        let sql = format!("SELECT 1 WHERE {}", subject_seen("?1", viewer));
        Ok(self.one(&sql, &[&subject.0], |row| row.get::<_, i64>(0))?.is_some())
    }

    /// The subjects of whom a viewer may not know what a draw made of them: those withheld, those of withheld reviews who have
    /// another worker by now, and those beyond what they see.
    pub fn withheld_subjects(&self, viewer: &Viewer) -> StoreResult<BTreeSet<SubjectId>> {
        let beyond = sight::subject("s.id", viewer);
        let beyond = beyond.map(|within| format!(" UNION SELECT s.id FROM subject s WHERE NOT {within}")).unwrap_or_default();
        let sql = format!("{} UNION SELECT r.subject FROM review r WHERE r.id IN ({}){beyond}", subjects(viewer), reviews(viewer));
        Ok(self.rows(&sql, &[], |row| row.get(0).map(SubjectId))?.into_iter().collect())
    }

    /// How many reviews are withheld from a viewer, whatever their state.
    pub fn withheld(&self, viewer: &Viewer) -> StoreResult<u64> {
        self.count(&format!("SELECT count(*) FROM ({})", reviews(viewer)), &[])
    }

    /// How many reviews of these cycles are withheld from a viewer; those taken out of the sample are not among them.
    pub fn withheld_of(&self, cycles: &[CycleId], viewer: &Viewer) -> StoreResult<u64> {
        let cycles = list(cycles.iter().map(|cycle| cycle.0));
        let sql = format!(
            "SELECT count(*) FROM review r WHERE r.id IN ({}) AND r.cycle IN ({cycles}) AND r.state <> 'withdrawn'",
            reviews(viewer)
        );
        self.count(&sql, &[])
    }

    /// Open reviews of each reviewer, without those that are withheld from a viewer.
    pub fn loads_for(&self, viewer: &Viewer) -> StoreResult<HashMap<PersonId, u32>> {
        let mut loads = self.loads()?;
        let sql = format!(
            "WITH withheld(id) AS ({})
             SELECT person, count(*) FROM (
               SELECT reviewer AS person FROM review WHERE id IN withheld AND state = 'open' AND reviewer IS NOT NULL
               UNION ALL SELECT c.person FROM co_reviewer c JOIN review r ON r.id = c.review AND r.state = 'open' WHERE r.id IN withheld)
             GROUP BY person",
            reviews(viewer)
        );
        for (person, held) in self.rows(&sql, &[], |row| Ok((PersonId(row.get(0)?), row.get::<_, u32>(1)?)))? {
            loads.entry(person).and_modify(|load| *load = load.saturating_sub(held));
        }
        Ok(loads)
    }

    /// The counts of a cycle as far as a viewer may know them: without the reviews that are withheld from them, and of no others
    /// than they see.
    pub(super) fn counts_for(&self, cycle: CycleId, counts: CycleCounts, viewer: &Viewer) -> StoreResult<CycleCounts> {
        if viewer.sight == Sight::All {
            let withheld = self.counted_where(cycle, &format!("id IN ({})", reviews(viewer)))?;
            return Ok(counts.without(&withheld));
        }
        let seen = format!("{} AND id NOT IN ({})", sight::reviews_named("id", viewer).unwrap_or_else(|| "1".into()), reviews(viewer));
        Ok(CycleCounts { late: counts.late, ..self.counted_where(cycle, &seen)? })
    }

    /// The counts of those reviews of a cycle for which a condition holds.
    fn counted_where(&self, cycle: CycleId, condition: &str) -> StoreResult<CycleCounts> {
        let sql = format!(
            "SELECT coalesce(sum(state <> 'withdrawn'), 0), coalesce(sum(state <> 'withdrawn' AND named IS NOT NULL), 0),
             coalesce(sum(state <> 'withdrawn' AND reviewer IS NOT NULL), 0), coalesce(sum(submitted_at IS NOT NULL), 0),
             coalesce(sum(panel <> 'not-needed'), 0), coalesce(sum(panel = 'decided'), 0), coalesce(sum(returned), 0),
             coalesce(sum(state = 'finalised'), 0) FROM review WHERE cycle = ?1 AND {condition}"
        );
        let counted = self.one(&sql, &[&cycle.0], |row| {
            Ok(CycleCounts {
                reviews: row.get(0)?,
                named: row.get(1)?,
                allocated: row.get(2)?,
                submitted: row.get(3)?,
                for_panel: row.get(4)?,
                panel_decided: row.get(5)?,
                returned: row.get(6)?,
                finalised: row.get(7)?,
                ..CycleCounts::default()
            })
        })?;
        Ok(counted.unwrap_or_default())
    }

    /// Who is recused from a review.
    pub fn recused_from(&self, review: ReviewId) -> StoreResult<BTreeSet<PersonId>> {
        let sql =
            "SELECT i.person FROM review r JOIN interest i ON i.stands = 1 AND (i.subject = r.subject OR i.practitioner = r.practitioner)
             WHERE r.id = ?1";
        Ok(self.rows(sql, &[&review.0], |row| row.get(0).map(PersonId))?.into_iter().collect())
    }

    /// Whether somebody is recused from a review.
    pub fn is_recused(&self, person: PersonId, review: &Review) -> StoreResult<bool> {
        Ok(self.reaches_of(person)?.iter().any(|reach| reaches(reach, review.subject, review.practitioner)))
    }

    /// Every interest declared in a review's case, withdrawn ones too, in order.
    pub fn interests_in(&self, review: &Review) -> StoreResult<Vec<Interest>> {
        let texts = self.rows(
            "SELECT body FROM interest WHERE subject = ?1 OR practitioner = ?2 ORDER BY id",
            &[&review.subject.0, &review.practitioner.map(|person| person.0)],
            |row| row.get::<_, String>(0),
        )?;
        texts.iter().map(|text| body("interest.body", text)).collect()
    }

    /// Every interest that stands, with the reference of the review it was declared on, as far as a viewer may know of it:
    /// their own, and where `of_all`, those in cases that are not withheld from them.
    pub fn interests_for(&self, viewer: &Viewer, of_all: bool) -> StoreResult<Vec<(Interest, String)>> {
        let sql = format!(
            "SELECT i.body, r.ref FROM interest i JOIN review r ON r.id = json_extract(i.body, '$.review')
             WHERE i.stands = 1 AND (i.person = ?1 OR (?2 AND {})) ORDER BY i.id",
            seen("r.id", viewer)
        );
        let me = viewer.person.map_or(-1, |person| person.0);
        let rows = self.rows(&sql, &[&me, &of_all], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.into_iter().map(|(text, reference)| Ok((body("interest.body", &text)?, reference))).collect()
    }

    /// One declared interest.
    pub fn interest(&self, id: InterestId) -> StoreResult<Option<Interest>> {
        let text = self.one("SELECT body FROM interest WHERE id = ?1", &[&id.0], |row| row.get::<_, String>(0))?;
        text.map(|text| body("interest.body", &text)).transpose()
    }

    /// Open reviews that nobody has submitted, held by a reviewer from whom this interest will withhold them.
    pub fn held_within(&self, interest: &Interest) -> StoreResult<Vec<ReviewId>> {
        let (column, id) = reach(interest);
        let sql =
            format!("SELECT id FROM review WHERE {column} = ?1 AND +reviewer = ?2 AND state = 'open' AND submitted_at IS NULL ORDER BY id");
        self.rows(&sql, &[&id, &interest.person.0], |row| row.get(0).map(ReviewId))
    }

    /// Open reviews that nobody has submitted, with a person beside their lead from whom this interest will withhold them.
    pub fn beside_within(&self, interest: &Interest) -> StoreResult<Vec<(ReviewId, String)>> {
        let (column, id) = reach(interest);
        let sql = format!(
            "SELECT r.id, r.ref FROM co_reviewer c JOIN review r ON r.id = c.review
             WHERE r.{column} = ?1 AND c.person = ?2 AND r.state = 'open' AND r.submitted_at IS NULL ORDER BY r.id"
        );
        self.rows(&sql, &[&id, &interest.person.0], |row| Ok((ReviewId(row.get(0)?), row.get(1)?)))
    }

    /// How many actions that are still to be done belong to somebody from whom this interest will withhold them.
    pub fn owned_within(&self, interest: &Interest) -> StoreResult<u64> {
        let (column, id) = reach(interest);
        let sql = format!(
            "SELECT count(*) FROM action a JOIN review r ON r.id = a.review WHERE r.{column} = ?1 AND a.owner = ?2
             AND a.state IN ('open', 'in-progress')"
        );
        self.count(&sql, &[&id, &interest.person.0])
    }

    /// Whether a person was asked about interests in a subject's case.
    pub fn was_asked(&self, person: PersonId, subject: SubjectId) -> StoreResult<bool> {
        let sql = "SELECT 1 FROM asked WHERE person = ?1 AND subject = ?2";
        Ok(self.one(sql, &[&person.0, &subject.0], |row| row.get::<_, i64>(0))?.is_some())
    }

    /// Why inferences about a subject's case were set aside, by person.
    pub fn dismissed(&self, subject: SubjectId) -> StoreResult<BTreeMap<(PersonId, Inference), String>> {
        let rows = self.rows("SELECT person, inference, because FROM inference_dismissed WHERE subject = ?1", &[&subject.0], |row| {
            Ok((PersonId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        Ok(rows.into_iter().filter_map(|(person, key, because)| Some(((person, Inference::of_key(&key)?), because))).collect())
    }

    /// Everything that independence asks about interests in a review's case.
    pub fn case_interests(&self, review: &Review, framework: &Framework) -> StoreResult<CaseInterests> {
        Ok(CaseInterests {
            recused: self.recused_from(review.id)?,
            lately: self.lately(review, framework)?,
            dismissed: self.dismissed(review.subject)?.into_keys().collect(),
        })
    }

    /// Who held the case, managed its practitioner or led its team before, as the journal tells it.
    fn lately(&self, review: &Review, framework: &Framework) -> StoreResult<Vec<Lately>> {
        let mut found = Vec::new();
        let mut led = Vec::new();
        for (until, change) in self.rewritten(format!("subject/{}", review.subject.0))?.iter() {
            let (until, Change::SubjectRecorded(swap)) = (*until, change) else { continue };
            let (Some(before), after) = (&swap.before, &swap.after) else { continue };
            if let Some(person) = before.worker.filter(|worker| after.as_ref().is_none_or(|after| after.worker != Some(*worker))) {
                found.push(Lately { person, what: Inference::HeldLately, until });
            }
            led.extend(before.team.filter(|team| after.as_ref().is_none_or(|after| after.team != Some(*team))).map(|team| (team, until)));
        }
        if let Some(practitioner) = review.practitioner {
            for (until, change) in self.rewritten(format!("person/{}", practitioner.0))?.iter() {
                let (until, Change::PersonRecorded(swap)) = (*until, change) else { continue };
                let (Some(before), after) = (&swap.before, &swap.after) else { continue };
                let gone = |manager: &PersonId| after.as_ref().is_none_or(|after| after.line_manager != Some(*manager));
                found.extend(before.line_manager.filter(gone).map(|person| Lately { person, what: Inference::ManagedLately, until }));
            }
        }
        for (team, until) in led {
            let members = self.rows("SELECT id, role FROM person WHERE team = ?1", &[&team.0], |row| {
                Ok((PersonId(row.get(0)?), row.get::<_, String>(1)?))
            })?;
            let manages = |role: &str| framework.role(role).is_some_and(|role| role.manages);
            let managers = members.into_iter().filter(|(_, role)| manages(role));
            found.extend(managers.map(|(person, _)| Lately { person, what: Inference::ManagesFormerTeam, until }));
        }
        Ok(found)
    }

    /// What the journal says about an object after it was first written of, oldest first, with the days. What was erased by law is left
    /// out.
    fn rewritten(&self, object: String) -> StoreResult<Arc<[(NaiveDate, Change)]>> {
        self.all_known_or_read(
            |known| &known.written,
            object.as_str(),
            |object| {
                // Of most there is no more than that, and it would be read for nothing.
                let first = ABOUT.replace("j.", "first.");
                let sql = format!(
                    "SELECT j.at, d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq
                     WHERE {ABOUT} AND j.seq > (SELECT min(first.seq) FROM journal first WHERE {first}) ORDER BY j.seq"
                );
                let rows = self.rows(&sql, &[&object], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
                rows.into_iter().map(|(at, payload)| Ok((local_date(super::moment(at)), journal::change(&payload)?))).collect()
            },
        )
    }
}
