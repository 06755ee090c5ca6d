//! The witness: writes down who looked at what before it is shown. Where that cannot be done, nothing is shown.

use super::library::Library;
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::domain::look::{Look, LookKind, Shown, Ties, child_asked_for, shown_by, tie};
use crate::domain::query::{Answered, Query};
use crate::store::{LookStore, Store, StoreError, StoreResult};
use chrono::{DateTime, Duration, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// The same search by one person within so many minutes is one look: a list is read anew whenever anybody writes.
const SAME_SEARCH_MINUTES: i64 = 10;

/// Longest reason that is kept, in characters.
const LONGEST_WHY: usize = 200;

/// Writes down looks of one session.
#[derive(Debug, Default)]
pub struct Witness {
    /// Opened with the first look: a session that only lists never holds it.
    log: Option<LookStore>,
    /// What is on the screen already: reading it again is no other look.
    on_screen: BTreeSet<(LookKind, i64)>,
    searched: BTreeMap<String, DateTime<Utc>>,
    /// The reason that was given for asking who a child is.
    reason: String,
}

/// Who looks, at which database, and when.
pub struct Looking<'a> {
    /// The database.
    pub store: &'a Store,
    /// Frameworks read so far.
    pub library: &'a mut Library,
    /// Who looks.
    pub actor: &'a Actor,
    /// When.
    pub now: DateTime<Utc>,
}

impl Witness {
    /// Takes note of what is on the screen after a message was taken in.
    pub fn sees(&mut self, on_screen: Vec<(LookKind, i64)>) {
        self.on_screen = on_screen.into_iter().collect();
    }

    /// Remembers the reason that was given for asking who a child is.
    pub fn was_told(&mut self, why: &str) {
        self.reason = why.trim().to_string();
    }

    /// Writes down what the answer to a question shows of a child's record, if it shows any that is not on the screen already.
    pub fn note_answer(&mut self, looking: Looking<'_>, query: &Query, answered: &Answered) -> StoreResult<()> {
        let Some(shown) = shown_by(query, answered) else { return Ok(()) };
        let (here, now) = ((shown.what, shown.key), looking.now);
        let search = (shown.what == LookKind::Search).then(|| child_asked_for(query).unwrap_or_default());
        let known = match (&search, shown.what) {
            (Some(number), _) => self.searched.get(number).is_some_and(|at| now - *at < Duration::minutes(SAME_SEARCH_MINUTES)),
            // Each time it is asked for anew.
            (None, LookKind::Identity | LookKind::Log) => false,
            (None, _) => self.on_screen.contains(&here),
        };
        if known {
            return Ok(());
        }
        let why = if shown.what == LookKind::Identity { std::mem::take(&mut self.reason) } else { String::new() };
        self.note(looking, &shown, &why)?;
        match search {
            Some(number) => drop(self.searched.insert(number, now)),
            None => {
                self.on_screen.insert(here);
                // A record comes with its history.
                if shown.what == LookKind::Record {
                    self.on_screen.insert((LookKind::History, shown.key));
                }
            }
        }
        Ok(())
    }

    /// Writes one look down. Without a reason it is the tie to the case; without that the role.
    pub fn note(&mut self, looking: Looking<'_>, shown: &Shown, reason: &str) -> StoreResult<()> {
        if looking.store.look_only() {
            let what = "Nothing about a case can be opened here: who looks is written down, and the database is read-only for you.";
            let remedy = "Ask whoever looks after closeloop for the right to write, or look at the lists.";
            return Err(StoreError::Refused(RuleError::new(what, remedy)));
        }
        self.write(looking, shown, reason).map_err(|error| match error {
            refused @ (StoreError::Refused(_) | StoreError::Withheld { .. }) => refused,
            other => {
                let what = "It was not opened: who looks at a case is written down, and that did not work now.";
                StoreError::Refused(RuleError::new(what, other.to_string()))
            }
        })
    }

    fn write(&mut self, looking: Looking<'_>, shown: &Shown, reason: &str) -> StoreResult<()> {
        let Looking { store, library, actor, now } = looking;
        let reading = store.reading();
        let framework = library.current(reading)?;
        let mut ties = Ties::default();
        if let Some(person) = actor.person {
            if let Some(review) = shown.review {
                ties = reading.ties(review, person)?;
            }
            if let Some(drp) = shown.drp {
                ties = ties.and(reading.ties_of_drp(drp, person)?);
            }
        }
        let tie = tie(ties, &framework, &actor.role);
        let about_a_case = !matches!(shown.what, LookKind::Export | LookKind::Log);
        let role = framework.role(&actor.role).map_or(actor.role.as_str(), |role| role.label.as_str());
        let why = match (reason, tie) {
            ("", Some(tie)) if about_a_case => tie.label().to_string(),
            ("", _) => format!("as {}", if role.is_empty() { "whoever keeps the database" } else { role }),
            (reason, _) => reason.chars().take(LONGEST_WHY).collect(),
        };
        let about = match (shown.reference.as_str(), shown.review) {
            ("", Some(review)) => reading.reference_of(review)?.unwrap_or_default(),
            (reference, _) => reference.to_string(),
        };
        let look = Look {
            seq: 0,
            at: now,
            login: actor.login.clone(),
            name: actor.name.clone(),
            session: actor.session.clone(),
            what: shown.what,
            about,
            review: shown.review,
            why,
            own: tie.is_some() || !about_a_case,
        };
        let log = match &mut self.log {
            Some(log) => log,
            none => none.insert(LookStore::open(store.path())?),
        };
        log.note(&look).map(drop)
    }
}
