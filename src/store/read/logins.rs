//! Who ever had which login, as the journal tells it.

use super::Reading;
use crate::domain::change::{Change, Swap};
use crate::domain::id::PersonId;
use crate::domain::person::{LoginsHeld, Person, gets_a_login};
use crate::store::error::StoreResult;
use crate::store::journal;
use std::collections::HashMap;

/// What the journal says about people, in order. The range keeps to the index by object (7_journal.sql) and grows with the list of people.
/// Where a login was given and taken back, what was done between is looked through as well: as many rows as were written meanwhile.
const ABOUT_PEOPLE: &str = "SELECT j.seq, d.payload FROM journal j JOIN journal_detail d ON d.seq = j.seq
     WHERE j.object >= 'person/' AND j.object < 'person0' AND j.object NOT GLOB 'review/*' AND j.kind = 'person-recorded' ORDER BY j.seq";

impl Reading<'_> {
    /// Who ever had which login: one pass over what the journal says about people. A login that was given by mistake and taken back
    /// by undo before anything was done under it counts as given to nobody.
    pub fn logins_held(&self) -> StoreResult<LoginsHeld> {
        let rows = self.rows(ABOUT_PEOPLE, &[], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let mut held = LoginsHeld::default();
        let mut written: HashMap<PersonId, Vec<(i64, Swap<Person>)>> = HashMap::new();
        for (seq, payload) in rows {
            let Change::PersonRecorded(swap) = journal::change(&payload)? else { continue };
            let Some(id) = swap.after.as_ref().or(swap.before.as_ref()).map(|person| person.id) else { continue };
            let earlier = written.entry(id).or_default();
            match &swap.after {
                Some(after) => held.gives(&after.login, after),
                // Taken off the list again: the number is free, and may be the next one's.
                None => {
                    for (given, login) in given(earlier) {
                        self.taken_back(&mut held, (given, seq), &login, id)?;
                    }
                    earlier.clear();
                    continue;
                }
            }
            // What puts back exactly what stood before the last change is its undo.
            if let Some((since, last)) = earlier.last()
                && let Some(after) = last.after.as_ref().filter(|after| gets_a_login(last.before.as_ref(), after))
                && (&last.before, &last.after) == (&swap.after, &swap.before)
                && !given(&earlier[..earlier.len() - 1]).iter().any(|(_, login)| *login == after.login)
                && !self.was_used(&after.login, (*since, seq))?
            {
                held.forgets(&after.login, id);
            }
            earlier.push((seq, swap));
        }
        Ok(held)
    }

    /// Logins that somebody had before the one they have now, and that were nobody else's.
    pub fn earlier_logins(&self, person: PersonId) -> StoreResult<Vec<String>> {
        let now = self.person(person)?.map(|person| person.login).unwrap_or_default();
        let mut earlier: Vec<String> = Vec::new();
        // Of one person there are few rows; everybody's are read only where there is something to ask about.
        for (.., change) in self.facts_about(&format!("person/{}", person.0))? {
            let Some(Change::PersonRecorded(Swap { after: Some(after), .. })) = change else { continue };
            if !after.login.is_empty() && after.login != now && !earlier.contains(&after.login) {
                earlier.push(after.login);
            }
        }
        if !earlier.is_empty() {
            let held = self.logins_held()?;
            earlier.retain(|login| held.whose(login) == Some(person));
        }
        Ok(earlier)
    }

    fn taken_back(&self, held: &mut LoginsHeld, between: (i64, i64), login: &str, person: PersonId) -> StoreResult<()> {
        match self.was_used(login, between)? {
            true => held.leaves_with(login, person),
            false => held.forgets(login, person),
        }
        Ok(())
    }

    /// Whether anything was done under a login between two rows of the journal.
    fn was_used(&self, login: &str, (since, until): (i64, i64)) -> StoreResult<bool> {
        let sql = "SELECT 1 FROM journal WHERE seq > ?1 AND seq < ?2 AND actor = ?3 LIMIT 1";
        Ok(self.one(sql, &[&since, &until, &login], |row| row.get::<_, i64>(0))?.is_some())
    }
}

/// Every login that these rows gave somebody, with the first row that did.
fn given(written: &[(i64, Swap<Person>)]) -> Vec<(i64, String)> {
    let mut found: Vec<(i64, String)> = Vec::new();
    for (seq, swap) in written {
        if let Some(after) = swap.after.as_ref().filter(|after| gets_a_login(swap.before.as_ref(), after))
            && !found.iter().any(|(_, login)| *login == after.login)
        {
            found.push((*seq, after.login.clone()));
        }
    }
    found
}
