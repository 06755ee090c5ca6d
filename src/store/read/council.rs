//! Reading what surrounds reviews: settings, frameworks, people, teams, subjects, cycles, draws, holidays.

use super::known::{People, StandIn};
use super::{Reading, body, day, day_or_none, variant, withheld};
use crate::domain::access::Sight;
use crate::domain::cycle::{Cycle, CycleCounts};
use crate::domain::id::{AbsenceId, CycleId, PersonId, SubjectId, TeamId};
use crate::domain::person::{Absence, Person, Team};
use crate::domain::query::Viewer;
use crate::domain::sample::{Sample, SampleCard, Substitution};
use crate::domain::subject::Subject;
use crate::store::error::{StoreError, StoreResult};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

const PERSON: &str = "id, name, role, team, service, email, login, line_manager, left_on";
pub(super) const SUBJECT: &str = "id, kind, pseudonym, council_id, case_type, age_years, disability, team, worker, started_on, open";

fn person(row: &rusqlite::Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: PersonId(row.get(0)?),
        name: row.get(1)?,
        role: row.get(2)?,
        team: row.get::<_, Option<i64>>(3)?.map(TeamId),
        service: row.get(4)?,
        email: row.get(5)?,
        login: row.get(6)?,
        line_manager: row.get::<_, Option<i64>>(7)?.map(PersonId),
        left_on: day_or_none(row, 8)?,
    })
}

fn by_id(people: Vec<Person>) -> BTreeMap<PersonId, Person> {
    people.into_iter().map(|person| (person.id, person)).collect()
}

impl Reading<'_> {
    /// The value of a setting.
    pub fn setting(&self, name: &str) -> StoreResult<Option<String>> {
        self.known_or_read(
            |known| &known.settings,
            name,
            |name| self.one("SELECT value FROM setting WHERE name = ?1", &[&name], |row| row.get(0)),
        )
    }

    /// The frozen text of a framework.
    pub fn framework_text(&self, id: &str, version: u32) -> StoreResult<Option<String>> {
        self.one("SELECT text FROM framework WHERE id = ?1 AND version = ?2", &[&id, &version], |row| row.get(0))
    }

    /// The bank holidays in force.
    pub fn holidays(&self) -> StoreResult<Vec<(NaiveDate, String)>> {
        self.rows("SELECT day, title FROM holiday ORDER BY day", &[], |row| Ok((day(row, 0)?, row.get(1)?)))
    }

    /// Everybody, by number.
    pub fn people(&self) -> StoreResult<Vec<Person>> {
        self.rows(&format!("SELECT {PERSON} FROM person ORDER BY id"), &[], person)
    }

    /// Everybody, to be looked up.
    pub fn people_by_id(&self) -> StoreResult<People> {
        self.all_known_or_read(|known| &known.everybody, &(), |()| Ok(Arc::new(by_id(self.people()?))))
    }

    /// These people, everybody above them, and whoever stands in for one of those: all that a rule about them looks at. What it
    /// costs does not grow with the council.
    pub fn people_near(&self, people: BTreeSet<PersonId>) -> StoreResult<People> {
        // Looked up as a list: to compare two sets costs as much as to read what is near.
        let people: Vec<PersonId> = people.into_iter().collect();
        self.all_known_or_read(|known| &known.near, people.as_slice(), |people| self.read_people_near(people).map(Arc::new))
    }

    fn read_people_near(&self, people: &[PersonId]) -> StoreResult<BTreeMap<PersonId, Person>> {
        // A line is a handful of people: step by step costs a third of what one recursive statement does, which makes four
        // tables of its own each time.
        let mut near = BTreeMap::new();
        let mut deputies = BTreeSet::new();
        for person in people {
            let mut at = Some(*person);
            while let Some(id) = at.filter(|id| !near.contains_key(id)) {
                let Some(found) = self.person_as_kept(id)? else { break };
                at = found.line_manager;
                near.insert(id, Arc::unwrap_or_clone(found));
                deputies.extend(self.deputies_of(id)?);
            }
        }
        for deputy in deputies {
            if !near.contains_key(&deputy) {
                near.extend(self.person(deputy)?.map(|found| (deputy, found)));
            }
        }
        Ok(near)
    }

    /// Whoever stood in for somebody, or will.
    fn deputies_of(&self, person: PersonId) -> StoreResult<Vec<PersonId>> {
        self.all_known_or_read(
            |known| &known.deputies,
            &person,
            |person| {
                let sql = "SELECT deputy FROM absence WHERE person = ?1 AND deputy IS NOT NULL";
                self.rows(sql, &[&person.0], |row| row.get(0).map(PersonId))
            },
        )
    }

    /// Those who may hold one of these roles for cases: everybody above their practitioners, and whoever has such a role.
    pub fn people_around(&self, practitioners: impl IntoIterator<Item = PersonId>, roles: &[&str]) -> StoreResult<People> {
        let key = (practitioners.into_iter().collect(), roles.iter().map(|role| role.to_string()).collect());
        self.all_known_or_read(
            |known| &known.around,
            &key,
            |(practitioners, roles): &(Vec<PersonId>, Vec<String>)| {
                let mut around = Arc::unwrap_or_clone(self.holders_of(roles)?);
                let mut line = BTreeSet::new();
                for practitioner in practitioners {
                    let mut at = Some(*practitioner);
                    while let Some(id) = at.filter(|id| line.insert(*id)) {
                        let Some(found) = self.person_as_kept(id)? else { break };
                        at = found.line_manager;
                        around.entry(id).or_insert_with(|| Arc::unwrap_or_clone(found));
                    }
                }
                Ok(Arc::new(around))
            },
        )
    }

    /// Whoever holds one of these roles, in whatever case of letters.
    fn holders_of(&self, roles: &[String]) -> StoreResult<People> {
        self.all_known_or_read(
            |known| &known.holders,
            roles,
            |roles| {
                let roles = serde_json::Value::from_iter(roles.iter().map(String::as_str)).to_string();
                let sql = format!("SELECT {PERSON} FROM person WHERE lower(role) IN (SELECT lower(value) FROM json_each(?1))");
                Ok(Arc::new(by_id(self.rows(&sql, &[&roles], person)?)))
            },
        )
    }

    /// One person.
    pub fn person(&self, id: PersonId) -> StoreResult<Option<Person>> {
        Ok(self.person_as_kept(id)?.map(Arc::unwrap_or_clone))
    }

    /// One person, without a copy of what is known of them.
    pub fn person_as_kept(&self, id: PersonId) -> StoreResult<Option<Arc<Person>>> {
        self.known_or_read(
            |known| &known.people,
            &id,
            |id| Ok(self.one(&format!("SELECT {PERSON} FROM person WHERE id = ?1"), &[&id.0], person)?.map(Arc::new)),
        )
    }

    /// Everybody for whom a person stands in on a day.
    pub fn stands_in_for(&self, who: PersonId, day: NaiveDate) -> StoreResult<Vec<Person>> {
        let ever = self.ever_stands_in_for(who)?;
        let meanwhile = ever.iter().filter(|one| one.from <= day && day <= one.until && one.whom.is_here(day));
        // Told apart: somebody may be away twice over on a day.
        Ok(meanwhile.map(|one| (one.whom.id, &one.whom)).collect::<BTreeMap<_, _>>().into_values().cloned().collect())
    }

    /// For whom a person stood in, stands in or will: asked of one who does something, on whatever day, and hardly anybody ever does.
    /// They are told apart and put in order where they are read: SQLite would make a table for it.
    fn ever_stands_in_for(&self, who: PersonId) -> StoreResult<Arc<[StandIn]>> {
        let sql = "SELECT p.id, p.name, p.role, p.team, p.service, p.email, p.login, p.line_manager, p.left_on, a.from_day, a.until
             FROM absence a CROSS JOIN person p ON p.id = a.person WHERE a.deputy = ?1";
        self.all_known_or_read(
            |known| &known.stand_ins,
            &who,
            |who| {
                let found =
                    self.rows(sql, &[&who.0], |row| Ok(StandIn { whom: person(row)?, from: day(row, 9)?, until: day(row, 10)? }))?;
                Ok(found.into())
            },
        )
    }

    /// The revision of a person's row.
    pub fn person_revision(&self, id: PersonId) -> StoreResult<Option<i64>> {
        self.one("SELECT revision FROM person WHERE id = ?1", &[&id.0], |row| row.get(0))
    }

    /// The person with this login.
    pub fn person_by_login(&self, login: &str) -> StoreResult<Option<Person>> {
        self.one(&format!("SELECT {PERSON} FROM person WHERE login = ?1 AND login <> ''"), &[&login], person)
    }

    /// Whether the list of people names anybody's login.
    pub fn anybody_has_a_login(&self) -> StoreResult<bool> {
        Ok(self.one("SELECT 1 FROM person WHERE login <> '' LIMIT 1", &[], |row| row.get::<_, i64>(0))?.is_some())
    }

    /// Open reviews of each person who has any: those they lead, and those they review beside a lead.
    pub fn loads(&self) -> StoreResult<HashMap<PersonId, u32>> {
        let sql = "SELECT id, sum(held) FROM (
               SELECT id, reviewing AS held FROM person WHERE reviewing > 0
               UNION ALL SELECT c.person, count(*) FROM co_reviewer c JOIN review r ON r.id = c.review AND r.state = 'open' GROUP BY c.person)
             GROUP BY id";
        let rows = self.rows(sql, &[], |row| Ok((PersonId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// Every absence that ends on or after a day.
    pub fn absences_from(&self, from: NaiveDate) -> StoreResult<Vec<Absence>> {
        Ok(self.all_known_or_read(|known| &known.absences, &from, |from| self.absences_as_stored(*from).map(Arc::from))?.to_vec())
    }

    fn absences_as_stored(&self, from: NaiveDate) -> StoreResult<Vec<Absence>> {
        self.rows(
            "SELECT id, person, from_day, until, reason, deputy FROM absence WHERE until >= ?1 ORDER BY id",
            &[&from.to_string()],
            |row| {
                Ok(Absence {
                    id: AbsenceId(row.get(0)?),
                    person: PersonId(row.get(1)?),
                    from: day(row, 2)?,
                    until: day(row, 3)?,
                    reason: row.get(4)?,
                    deputy: row.get::<_, Option<i64>>(5)?.map(PersonId),
                })
            },
        )
    }

    /// Every team.
    pub fn teams(&self) -> StoreResult<Vec<Team>> {
        self.rows("SELECT id, name, service FROM team ORDER BY id", &[], |row| {
            Ok(Team { id: TeamId(row.get(0)?), name: row.get(1)?, service: row.get(2)? })
        })
    }

    /// Every subject, or only those in the frame.
    pub fn subjects(&self, only_open: bool) -> StoreResult<Vec<Subject>> {
        let sql = format!("SELECT {SUBJECT} FROM subject WHERE open >= ?1 ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([i64::from(only_open)])?;
        let mut subjects = Vec::new();
        while let Some(row) = rows.next()? {
            subjects.push(subject(row)?);
        }
        Ok(subjects)
    }

    /// One subject.
    pub fn subject(&self, id: SubjectId) -> StoreResult<Option<Arc<Subject>>> {
        self.known_or_read(
            |known| &known.subjects,
            &id,
            |id| {
                let mut statement = self.connection.prepare_cached(&format!("SELECT {SUBJECT} FROM subject WHERE id = ?1"))?;
                let mut rows = statement.query([id.0])?;
                Ok(rows.next()?.map(subject).transpose()?.map(Arc::new))
            },
        )
    }

    /// The day of the newest extract.
    pub fn frame_date(&self) -> StoreResult<Option<NaiveDate>> {
        let sql = "SELECT frame_date FROM imported_file WHERE kind IN ('annex-a', 'ssd', 'subjects') ORDER BY seq DESC LIMIT 1";
        Ok(self.one(sql, &[], |row| day_or_none(row, 0))?.flatten())
    }

    /// The day of the newest extract of cases that says its day: what the ages in the frame speak of.
    pub fn extract_date(&self) -> StoreResult<Option<NaiveDate>> {
        let sql =
            "SELECT frame_date FROM imported_file WHERE kind IN ('annex-a', 'ssd') AND frame_date IS NOT NULL ORDER BY seq DESC LIMIT 1";
        Ok(self.one(sql, &[], |row| day_or_none(row, 0))?.flatten())
    }

    /// Whether a file with these bytes was taken in before as the newest of its kind, and on which day.
    pub fn newest_import(&self, kind: &str) -> StoreResult<Option<(String, chrono::DateTime<chrono::Utc>)>> {
        self.one("SELECT sha256, at FROM imported_file WHERE kind = ?1 ORDER BY seq DESC LIMIT 1", &[&kind], |row| {
            Ok((row.get(0)?, super::moment(row.get(1)?)))
        })
    }

    /// Every cycle, newest first, with its counts as a viewer may know them.
    pub fn cycles_for(&self, viewer: &Viewer) -> StoreResult<Vec<(Cycle, CycleCounts)>> {
        let cycles = self.cycles()?;
        if viewer.sight == Sight::All && self.withheld(viewer)? == 0 {
            return Ok(cycles);
        }
        cycles.into_iter().map(|(cycle, counts)| Ok((cycle.clone(), self.counts_for(cycle.id, counts, viewer)?))).collect()
    }

    /// One cycle with its counts as a viewer may know them, late ones counted on the viewer's day.
    pub fn cycle_for(&self, id: CycleId, viewer: &Viewer) -> StoreResult<Option<(Cycle, CycleCounts)>> {
        let Some((cycle, counts)) = self.cycle_and_counts(id)? else { return Ok(None) };
        let mut counts = self.counts_for(id, counts, viewer)?;
        // The plus: found among the late ones, which are few, and not among all of the cycle.
        let late = format!(
            "SELECT count(*) FROM review WHERE +cycle = ?1 AND state = 'open' AND due_on < ?2 AND {}",
            withheld::seen("id", viewer)
        );
        counts.late = self.count(&late, &[&id.0, &viewer.today.to_string()])? as u32;
        Ok(Some((cycle, counts)))
    }

    /// Every cycle with its counts, newest first.
    pub fn cycles(&self) -> StoreResult<Vec<(Cycle, CycleCounts)>> {
        let rows = self.rows(
            "SELECT body, reviews, allocated, submitted, for_panel, panel_decided, returned, finalised, named FROM cycle
             ORDER BY starts_on DESC, id DESC",
            &[],
            |row| Ok((row.get::<_, String>(0)?, counts(row)?)),
        )?;
        rows.into_iter().map(|(text, counts)| Ok((body("cycle.body", &text)?, counts))).collect()
    }

    /// One cycle with its counts; late ones are counted on that day.
    pub fn cycle(&self, id: CycleId, today: NaiveDate) -> StoreResult<Option<(Cycle, CycleCounts)>> {
        let Some((cycle, mut counts)) = self.cycle_and_counts(id)? else { return Ok(None) };
        let late = "SELECT count(*) FROM review WHERE +cycle = ?1 AND state = 'open' AND due_on < ?2";
        counts.late = self.count(late, &[&id.0, &today.to_string()])? as u32;
        Ok(Some((cycle, counts)))
    }

    /// One cycle with the counts it carries. Which reviews are late is not counted: that reads every review of the cycle,
    /// and a rule needs to know only the dates.
    pub fn cycle_and_counts(&self, id: CycleId) -> StoreResult<Option<(Cycle, CycleCounts)>> {
        let found = self.one(
            "SELECT body, reviews, allocated, submitted, for_panel, panel_decided, returned, finalised, named FROM cycle WHERE id = ?1",
            &[&id.0],
            |row| Ok((row.get::<_, String>(0)?, counts(row)?)),
        )?;
        found.map(|(text, counts)| Ok((body("cycle.body", &text)?, counts))).transpose()
    }

    /// The stored text of a cycle.
    pub fn cycle_body(&self, id: CycleId) -> StoreResult<Option<Arc<str>>> {
        self.known_or_read(|known| &known.cycles, &id, |id| self.one("SELECT body FROM cycle WHERE id = ?1", &[&id.0], |row| row.get(0)))
    }

    /// The cycle people are in: the newest drawn one that has begun and is not closed; where none has begun, the next.
    pub fn current_cycle(&self, today: NaiveDate) -> StoreResult<Option<CycleId>> {
        let begun = "SELECT id FROM cycle WHERE closed_on IS NULL AND beside = 0 AND (begins_on <= ?1 OR reviews > 0)
             ORDER BY begins_on > ?1, starts_on DESC, id DESC LIMIT 1";
        let next = "SELECT id FROM cycle WHERE closed_on IS NULL AND beside = 0 AND begins_on > ?1 ORDER BY starts_on, id LIMIT 1";
        let read = |row: &rusqlite::Row<'_>| row.get(0).map(CycleId);
        match self.one(begun, &[&today.to_string()], read)? {
            Some(found) => Ok(Some(found)),
            None => self.one(next, &[&today.to_string()], read),
        }
    }

    /// The drawn cycles that have begun and are not closed, the newest first; not more than are worth a place in a header.
    pub fn running_cycles(&self, today: NaiveDate) -> StoreResult<Vec<CycleId>> {
        let sql = "SELECT id FROM cycle WHERE closed_on IS NULL AND beside = 0 AND (begins_on <= ?1 OR reviews > 0)
             ORDER BY starts_on DESC, id DESC LIMIT 5";
        self.rows(sql, &[&today.to_string()], |row| row.get(0).map(CycleId))
    }

    /// The cycle with this reference.
    pub fn cycle_by_reference(&self, reference: &str) -> StoreResult<Option<CycleId>> {
        self.one("SELECT id FROM cycle WHERE ref = ?1 ORDER BY id DESC LIMIT 1", &[&reference], |row| row.get(0).map(CycleId))
    }

    /// The newest draw of a cycle.
    pub fn sample(&self, cycle: CycleId) -> StoreResult<Option<Sample>> {
        let text =
            self.one("SELECT body FROM draw WHERE cycle = ?1 ORDER BY id DESC LIMIT 1", &[&cycle.0], |row| row.get::<_, String>(0))?;
        text.map(|text| body("draw.body", &text)).transpose()
    }

    /// The card of the newest draw of a cycle, as a viewer may read it.
    pub fn card_for(&self, cycle: CycleId, viewer: &Viewer) -> StoreResult<Option<SampleCard>> {
        let Some(sample) = self.sample(cycle)? else { return Ok(None) };
        Ok(Some(SampleCard::of(sample, self.withheld(viewer)?, &self.withheld_subjects(viewer)?, viewer.sight != Sight::All)))
    }

    /// The number that a cycle's first draw was seeded with; none while nothing has been drawn.
    pub fn first_seed(&self, cycle: CycleId) -> StoreResult<Option<u64>> {
        let text = self.one("SELECT body FROM draw WHERE cycle = ?1 ORDER BY id LIMIT 1", &[&cycle.0], |row| row.get::<_, String>(0))?;
        let sample = text.map(|text| body::<Sample>("draw.body", &text)).transpose()?;
        Ok(sample.map(|sample| sample.drawn.request.seed))
    }

    /// Substitutions of a cycle's newest draw, in order, without those by which a case that is withheld from the viewer went out or in.
    pub fn substitutions(&self, cycle: CycleId, viewer: &Viewer) -> StoreResult<Vec<Substitution>> {
        let sql = "SELECT body FROM substitution WHERE draw = (SELECT max(id) FROM draw WHERE cycle = ?1) ORDER BY seq";
        let texts = self.rows(sql, &[&cycle.0], |row| row.get::<_, String>(0))?;
        let mut seen = Vec::new();
        for text in &texts {
            let substitution: Substitution = body("substitution.body", text)?;
            match self.open_to(substitution.out, viewer).and_then(|()| self.open_to(substitution.review, viewer)) {
                Ok(()) => seen.push(substitution),
                Err(StoreError::Withheld { .. } | StoreError::Beyond) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(seen)
    }
}

pub(super) fn subject(row: &rusqlite::Row<'_>) -> StoreResult<Subject> {
    Ok(Subject {
        id: SubjectId(row.get(0)?),
        kind: variant("subject.kind", &row.get::<_, String>(1)?)?,
        pseudonym: row.get(2)?,
        council_id: row.get(3)?,
        case_type: row.get(4)?,
        age_years: row.get(5)?,
        disability: row.get(6)?,
        team: row.get::<_, Option<i64>>(7)?.map(TeamId),
        worker: row.get::<_, Option<i64>>(8)?.map(PersonId),
        started_on: day_or_none(row, 9)?,
        open: row.get(10)?,
    })
}

fn counts(row: &rusqlite::Row<'_>) -> rusqlite::Result<CycleCounts> {
    Ok(CycleCounts {
        reviews: row.get(1)?,
        allocated: row.get(2)?,
        submitted: row.get(3)?,
        for_panel: row.get(4)?,
        panel_decided: row.get(5)?,
        // Only who knows the framework knows which kinds a workshop moderates, which are never returned, never drawn.
        for_workshop: 0,
        workshop_held: 0,
        not_returned: 0,
        named_only: false,
        returned: row.get(6)?,
        finalised: row.get(7)?,
        late: 0,
        named: row.get(8)?,
        reports: 0,
        reports_out: 0,
    })
}
