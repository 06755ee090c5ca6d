//! Who looked at what in the last days of the made-up council: everyday work, one busy morning, and two looks to ask about.

use super::DemoError;
use crate::domain::deed::Actor;
use crate::domain::id::ReviewId;
use crate::domain::look::{LookKind, MANY, Shown};
use crate::domain::person::Person;
use crate::runtime::library::Library;
use crate::runtime::witness::{Looking, Witness};
use crate::store::{Store, StoreResult};
use chrono::{DateTime, Duration, Utc};
use std::path::Path;

/// Records that everyday looks are at.
const EVERYDAY: usize = 12;

/// Writes the looks beside a council that is whole; each is tied to its case as it would be in earnest.
pub(super) fn leave(path: &Path, now: DateTime<Utc>) -> Result<(), DemoError> {
    let store = Store::open(path)?;
    let mut log = Log { store: &store, library: Library::default(), witness: Witness::default() };
    let reading = store.reading();
    let people: Vec<Person> =
        reading.people()?.into_iter().filter(|person| !person.login.is_empty() && person.is_here(now.date_naive())).collect();
    let framework = log.library.current(reading)?;
    let in_role = |test: &dyn Fn(&crate::domain::framework::Role) -> bool| {
        people.iter().find(|person| framework.role(&person.role).is_some_and(test))
    };
    let newest = store.reading().newest_reviews(MANY as u32 + 2)?;
    let (Some(coordinator), Some(far)) =
        (in_role(&|role| role.insights && !role.manages), in_role(&|role| !role.insights && !role.moderates && role.reviews))
    else {
        return Ok(());
    };
    // Everyday work: the coordinator and each reviewer, hours apart.
    for (place, (review, _)) in newest.iter().take(EVERYDAY).enumerate().rev() {
        let at = morning(now, 2 + place as i64 / 3) + Duration::minutes(75 * (place as i64 % 3));
        log.looks(coordinator, *review, LookKind::Record, "", at)?;
        let reviewer = reading.review_without_form(*review)?.and_then(|facts| facts.reviewer);
        if let Some(reviewer) = people.iter().find(|person| Some(person.id) == reviewer) {
            log.looks(reviewer, *review, LookKind::Record, "", at + Duration::minutes(50))?;
        }
    }
    // A busy morning that is nothing but work, and stands out all the same.
    for (place, (review, _)) in newest.iter().take(MANY + 1).enumerate() {
        log.looks(coordinator, *review, LookKind::Record, "", morning(now, 1) + Duration::seconds(25 * place as i64))?;
    }
    // Somebody without a tie to either case.
    let mut strange = 0;
    for (review, _) in newest.iter().rev() {
        if strange < 2 && log.is_strange(far, *review)? {
            let at = morning(now, 1) + Duration::minutes(12 * 60 + strange * 3);
            log.looks(far, *review, LookKind::Record, "", at)?;
            if strange == 1 {
                log.looks(far, *review, LookKind::Identity, "to open the case record", at + Duration::minutes(1))?;
            }
            strange += 1;
        }
    }
    Ok(())
}

/// Half past nine, so many days ago.
fn morning(now: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    let day = now.date_naive() - Duration::days(days);
    day.and_hms_opt(9, 30, 0).map_or(now, |at| at.and_utc())
}

struct Log<'a> {
    store: &'a Store,
    library: Library,
    witness: Witness,
}

impl Log<'_> {
    fn looks(&mut self, who: &Person, review: ReviewId, what: LookKind, why: &str, now: DateTime<Utc>) -> StoreResult<()> {
        let session = format!("{:016x}", who.id.0);
        let actor = Actor { login: who.login.clone(), person: Some(who.id), name: who.name.clone(), role: who.role.clone(), session };
        let looking = Looking { store: self.store, library: &mut self.library, actor: &actor, now };
        self.witness.note(looking, &Shown::new(what, review.0, "", Some(review)), why)
    }

    fn is_strange(&mut self, who: &Person, review: ReviewId) -> StoreResult<bool> {
        let framework = self.library.current(self.store.reading())?;
        Ok(crate::domain::look::tie(self.store.reading().ties(review, who.id)?, &framework, &who.role).is_none())
    }
}
