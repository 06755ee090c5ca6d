//! Who looked at what, for whoever may read it; looks at a case that is withheld from them are left out.

use super::Answers;
use crate::domain::look::{LOOKS_AT_MOST, LooksDetail, LooksWanted, may_read, oddities};
use crate::domain::person::Person;
use crate::store::{LookStore, StoreResult};

impl Answers<'_> {
    pub(super) fn looks(&mut self, wanted: &LooksWanted) -> StoreResult<LooksDetail> {
        let reading = self.reading;
        let me: Option<Person> = self.viewer.person.map(|person| reading.person(person)).transpose()?.flatten();
        may_read(&*self.library.current(reading)?, me.as_ref().map(|person| person.role.as_str()))?;
        let person = wanted.person.map(|person| reading.person(person)).transpose()?.flatten();
        let wanted = &LooksWanted { login: person.map(|person| person.login).or(wanted.login.clone()), ..wanted.clone() };
        let of = match (&wanted.login, wanted.review) {
            (_, Some(review)) => reading.reference_of(review)?.unwrap_or_default(),
            (Some(login), None) => reading.person_by_login(login)?.map_or_else(|| login.clone(), |person| person.name),
            (None, None) => String::new(),
        };
        let log = reading.place().map(LookStore::look_into).transpose()?.flatten();
        let Some(log) = log else { return Ok(LooksDetail { wanted: wanted.clone(), of, ..LooksDetail::default() }) };
        let mut rows = log.rows(wanted, LOOKS_AT_MOST + 1)?;
        let more = rows.len() > LOOKS_AT_MOST as usize;
        rows.truncate(LOOKS_AT_MOST as usize);
        let withheld = reading.withheld_reviews(self.viewer)?;
        rows.retain(|look| look.review.is_none_or(|review| !withheld.contains(&review)));
        let odd = oddities(&rows);
        Ok(LooksDetail { wanted: wanted.clone(), of, rows, more, odd })
    }
}
