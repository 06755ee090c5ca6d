//! Keeping drafts: a thread of its own writes them, so that neither a slow disk nor a frozen terminal holds them up,
//! and [`Drafts::flush`] writes whatever is pending at once when the line drops.

use super::clock::{self, Moment};
use crate::app::msg::Draft;
use crate::store::{Doing, DraftStore, StoreResult, StoredDraft};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A draft is written so long after the last key…
const AFTER_LAST_KEY: Duration = Duration::from_millis(600);
/// …and at the latest so long after the first unwritten one.
const AT_LATEST: Duration = Duration::from_millis(2_000);

/// What waits to be written: a draft to keep, or none to drop it.
type Pending = BTreeMap<(String, String), Option<Draft>>;

struct Shared {
    pending: Pending,
    first: Option<Moment>,
    last: Option<Moment>,
    store: DraftStore,
    trouble: Option<String>,
    over: bool,
}

/// The keeper of drafts.
#[derive(Clone)]
pub struct Drafts {
    shared: Arc<(Mutex<Shared>, Condvar)>,
    login: String,
    session: String,
}

impl std::fmt::Debug for Drafts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drafts").field("login", &self.login).finish_non_exhaustive()
    }
}

impl Drafts {
    /// Opens the drafts beside a database and starts the thread that writes them.
    pub fn open(database: &Path, login: &str, session: &str) -> StoreResult<Drafts> {
        let shared =
            Shared { pending: Pending::new(), first: None, last: None, store: DraftStore::open(database)?, trouble: None, over: false };
        let drafts = Drafts { shared: Arc::new((Mutex::new(shared), Condvar::new())), login: login.into(), session: session.into() };
        let keeper = drafts.clone();
        // A thread that cannot be started leaves flush() and the next keep() to write.
        if let Err(error) = std::thread::Builder::new().name("drafts".into()).spawn(move || keeper.work()) {
            drafts.lock().trouble = Some(format!("Drafts are written only when you leave a form: {error}."));
        }
        Ok(drafts)
    }

    /// Takes over the drafts that the same person typed under an earlier login.
    pub fn take_over(&self, earlier: &str) -> StoreResult<()> {
        self.lock().store.hand_over(earlier, &self.login)
    }

    /// Drafts that earlier runs left behind.
    pub fn left_behind(&self, now: chrono::DateTime<chrono::Utc>) -> StoreResult<Vec<Draft>> {
        let found = self.lock().store.left_behind(&self.login, &self.session, now)?;
        Ok(found.into_iter().map(read).collect())
    }

    /// Keeps a draft, soon.
    pub fn keep(&self, draft: Draft) {
        let mut shared = self.lock();
        shared.pending.insert((draft.key.clone(), draft.session.clone()), Some(draft));
        self.stamp(shared);
    }

    /// Drops a draft of this run or of an earlier one.
    pub fn drop_draft(&self, key: String, session: Option<String>) {
        let mut shared = self.lock();
        shared.pending.insert((key, session.unwrap_or_else(|| self.session.clone())), None);
        self.stamp(shared);
    }

    /// Writes everything that is pending now.
    pub fn flush(&self) -> StoreResult<()> {
        self.write(&mut self.lock())
    }

    /// What went wrong since the last time somebody asked.
    pub fn trouble(&self) -> Option<String> {
        self.lock().trouble.take()
    }

    /// Writes what is pending and lets the thread end.
    pub fn close(&self) -> StoreResult<()> {
        let mut shared = self.lock();
        shared.over = true;
        let result = self.write(&mut shared);
        drop(shared);
        self.shared.1.notify_all();
        result
    }

    fn stamp(&self, mut shared: MutexGuard<'_, Shared>) {
        let now = clock::moment();
        shared.first.get_or_insert(now);
        shared.last = Some(now);
        drop(shared);
        self.shared.1.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        // A panic elsewhere while holding the lock leaves pending drafts whole: they are replaced, never edited.
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, shared: &mut Shared) -> StoreResult<()> {
        while let Some(((key, session), draft)) = shared.pending.pop_first() {
            let result = match &draft {
                Some(draft) => shared.store.keep(&self.login, &written(draft)),
                None => shared.store.drop_draft(&self.login, &session, &key),
            };
            if let Err(error) = result {
                shared.pending.entry((key, session)).or_insert(draft);
                return Err(error);
            }
        }
        shared.first = None;
        Ok(())
    }

    fn work(&self) {
        let mut shared = self.lock();
        loop {
            if shared.over {
                return;
            }
            let (Some(first), Some(last)) = (shared.first, shared.last) else {
                // Nothing to write: sleep without waking until something is typed.
                shared = self.shared.1.wait(shared).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let due = (last + AFTER_LAST_KEY).min(first + AT_LATEST);
            let wait = clock::until(due);
            if wait > Duration::ZERO {
                shared = self.shared.1.wait_timeout(shared, wait).unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            if let Err(error) = self.write(&mut shared) {
                shared.trouble = Some(format!("Your text is not yet kept as a draft. {}", error.doing(Doing::Writing)));
                // Try again with the next key, or in a while.
                let now = clock::moment();
                (shared.first, shared.last) = (Some(now), Some(now));
            }
        }
    }
}

fn written(draft: &Draft) -> StoredDraft {
    StoredDraft {
        session: draft.session.clone(),
        form: draft.key.clone(),
        title: draft.title.clone(),
        filled: serde_json::to_string(&draft.values).unwrap_or_default(),
        seen: serde_json::to_string(&draft.seen).unwrap_or_default(),
        at: draft.at,
    }
}

fn read(stored: StoredDraft) -> Draft {
    Draft {
        key: stored.form,
        title: stored.title,
        values: serde_json::from_str(&stored.filled).unwrap_or_default(),
        seen: serde_json::from_str(&stored.seen).unwrap_or_default(),
        session: stored.session,
        at: stored.at,
    }
}
