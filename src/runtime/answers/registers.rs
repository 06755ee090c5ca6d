//! Answers about registers and the year: counts, who is behind (F16), months side by side (C07), the programme.

use super::missing;
use crate::domain::framework::Framework;
use crate::domain::framework::Register;
use crate::domain::id::PersonId;
use crate::domain::programme::{Programme, YearFacts, programme};
use crate::domain::query::{RegisterDetail, RegisterRow, Viewer};
use crate::domain::register::{self, EVENTS, Presence, Standing, StandingRow, collate, next_due, standings};
use crate::domain::revisit::Revisit;
use crate::domain::year::QaYear;
use crate::runtime::counts::phases_of;
use crate::runtime::library::Library;
use crate::store::{Noted, Reading, StoreResult};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The quality assurance year that a day lies in.
pub(super) fn year(reading: Reading<'_>, library: &mut Library, day: NaiveDate) -> StoreResult<QaYear> {
    Ok(QaYear::of(library.current(reading)?.cycle.year_starts_in, day))
}

/// Every register, with how it stands this year.
pub(super) fn rows(reading: Reading<'_>, library: &mut Library, viewer: &Viewer) -> StoreResult<Vec<RegisterRow>> {
    let framework = library.current(reading)?;
    let calendar = library.calendar(reading)?;
    let year = QaYear::of(framework.cycle.year_starts_in, viewer.today);
    let counts = reading.register_counts(year)?;
    let mut here = None;
    let mut rows = Vec::new();
    for register in register::all(&framework) {
        let (entries, newest) = counts.get(&register.key).copied().unwrap_or_default();
        let behind = if register.expects.is_empty() {
            None
        } else {
            let people = match &here {
                Some(people) => people,
                None => here.insert(presences(reading, &framework)?),
            };
            let standings = standings_of(&register, people, &reading.noted(&register.key, year)?, year, viewer.today);
            let asked = standings.iter().filter(|row| !matches!(row.standing, Standing::NotAsked | Standing::OwnProgramme)).count();
            let behind = standings.iter().filter(|row| matches!(row.standing, Standing::Behind(_))).count();
            Some((behind as u32, asked as u32))
        };
        let due = next_due(&register, newest, year, viewer.today, &calendar);
        let events = match register.key == EVENTS {
            true => programme_of(reading, library, viewer, viewer.today, &[])?.events,
            false => Vec::new(),
        };
        rows.push(RegisterRow { key: register.key.clone(), label: register.label.clone(), entries, newest, due, behind, events });
    }
    Ok(rows)
}

/// One register, whole, without its entries.
pub(super) fn detail(reading: Reading<'_>, library: &mut Library, viewer: &Viewer, key: &str) -> StoreResult<RegisterDetail> {
    let framework = library.current(reading)?;
    let register = register::find(&framework, key).ok_or_else(|| missing("register"))?.into_owned();
    let year = QaYear::of(framework.cycle.year_starts_in, viewer.today);
    let noted = reading.noted(key, year)?;
    let standings = match register.expects.is_empty() {
        true => Vec::new(),
        false => standings_of(&register, &presences(reading, &framework)?, &noted, year, viewer.today),
    };
    let collation = collate(&register, year, noted.iter().map(|(on, _, values)| (*on, values)));
    let not_looked_at = match register::looks_at_cycles(&register) {
        true => {
            // Of the year before as well: what was looked at then need not be looked at again.
            let before = reading.noted(key, QaYear::of(framework.cycle.year_starts_in, year.starts.pred_opt().unwrap_or(year.starts)))?;
            let entries = before.iter().chain(&noted).map(|(.., values)| values);
            register::not_looked_at(&register, &framework, &reading.cycles_for(viewer)?, entries, viewer.today)
        }
        false => Vec::new(),
    };
    Ok(RegisterDetail { register, year, standings, collation, not_looked_at })
}

fn standings_of(register: &Register, people: &[Presence], noted: &[Noted], year: QaYear, today: NaiveDate) -> Vec<StandingRow> {
    let mut by_person: BTreeMap<PersonId, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for (_, person, values) in noted {
        if let Some(person) = person {
            by_person.entry(*person).or_default().push(values.clone());
        }
    }
    standings(register, people, &by_person, year, today)
}

/// What is known of everybody's year: when they came, left and were away.
fn presences(reading: Reading<'_>, framework: &Framework) -> StoreResult<Vec<Presence>> {
    let joined = reading.joined_later()?;
    let teams: BTreeMap<_, _> = reading.teams()?.into_iter().map(|team| (team.id, team.name)).collect();
    let mut away: BTreeMap<PersonId, Vec<(NaiveDate, NaiveDate)>> = BTreeMap::new();
    for absence in reading.absences_from(NaiveDate::default())? {
        away.entry(absence.person).or_default().push((absence.from, absence.until));
    }
    let people = reading.people()?.into_iter().map(|person| Presence {
        since: joined.get(&person.id).copied(),
        away: away.remove(&person.id).unwrap_or_default(),
        role: framework.role(&person.role).map_or(person.role, |role| role.key.clone()),
        place: person.team.and_then(|team| teams.get(&team).cloned()).unwrap_or(person.service),
        person: person.id,
        name: person.name,
        left_on: person.left_on,
    });
    Ok(people.collect())
}

/// The programme of the year that a day lies in.
pub(super) fn programme_of(
    reading: Reading<'_>,
    library: &mut Library,
    viewer: &Viewer,
    day: NaiveDate,
    revisits: &[Revisit],
) -> StoreResult<Programme> {
    let framework = library.current(reading)?;
    let year = QaYear::of(framework.cycle.year_starts_in, day);
    let mut cycles = Vec::new();
    for (cycle, _) in reading.cycles()? {
        if year.holds(cycle.starts_on)
            && let Some((cycle, counts)) = reading.cycle_for(cycle.id, viewer)?
        {
            let counts = phases_of(reading, &framework, viewer, &cycle, counts)?.whole;
            cycles.push((cycle, counts));
        }
    }
    let events: Vec<&str> = framework.cycle.events.iter().map(|event| event.key.as_str()).collect();
    let (entries, held) = (reading.entry_days(year)?, reading.events_held(&events, year)?);
    let facts = YearFacts { framework: &framework, year, today: viewer.today, cycles: &cycles, entries: &entries, held: &held, revisits };
    Ok(programme(&facts))
}
