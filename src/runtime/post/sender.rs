//! The thread of a session that sends what the session has queued, so that nobody waits at the screen for a mail server.
//!
//! It starts with the first message, goes on as long as something waits, and has a connection of its own. A session that ends
//! leaves the rest to `closeloop tick`.

use super::{Office, Round, send_due};
use crate::domain::deed::Actor;
use crate::domain::outbox::Settings;
use crate::runtime::clock::Clock;
use crate::runtime::library::Library;
use crate::store::{Store, StoreResult};
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender as Wake, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long leaving the program waits for what is being sent; after that a claim may go stale, and the rest is `tick`'s.
const AT_THE_END: Duration = Duration::from_secs(10);

/// The least between two rounds, whatever the times of the messages say.
const AT_LEAST: Duration = Duration::from_secs(1);

/// What a session needs to send its messages.
pub struct Sender {
    path: PathBuf,
    settings: Settings,
    session: String,
    clock: Clock,
    running: Option<Running>,
    trouble: Arc<Mutex<Option<String>>>,
    over: Arc<AtomicBool>,
}

struct Running {
    wake: Wake<()>,
    ended: Receiver<()>,
}

impl Sender {
    /// Nothing runs yet.
    pub fn new(path: &Path, settings: Settings, session: &str, clock: Clock) -> Sender {
        Sender {
            path: path.to_path_buf(),
            settings,
            session: session.to_string(),
            clock,
            running: None,
            trouble: Arc::default(),
            over: Arc::default(),
        }
    }

    /// Something was queued: it goes out now.
    pub fn wake(&mut self) {
        if self.running.as_ref().is_some_and(|running| running.wake.send(()).is_ok()) {
            return;
        }
        let (wake, woken) = channel();
        let (end, ended) = channel();
        let work = Work {
            path: self.path.clone(),
            settings: self.settings.clone(),
            actor: Actor::by_itself(self.session.clone()),
            clock: self.clock,
            over: self.over.clone(),
        };
        let trouble = self.trouble.clone();
        let started = std::thread::Builder::new().name("post".into()).spawn(move || {
            // Held until the thread ends, however it does.
            let _end = end;
            let tell = |what: String| *trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
            if let Err(what) = work.until_nothing_waits(&woken, &tell) {
                tell(what);
            }
        });
        match started {
            Ok(_) => self.running = Some(Running { wake, ended }),
            Err(error) => {
                *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("E-mail is not sent from here: {error}."))
            }
        }
    }

    /// Moves a fixed clock, as long as nothing runs.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// What went wrong since the last time somebody asked.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        if let Some(Running { wake, ended }) = self.running.take() {
            // With nobody left to wake it, the thread ends when its round does. Nothing is ever said on `ended`.
            drop(wake);
            let _ = ended.recv_timeout(AT_THE_END);
        }
        self.over.store(true, Ordering::SeqCst);
    }
}

struct Work {
    path: PathBuf,
    settings: Settings,
    actor: Actor,
    clock: Clock,
    over: Arc<AtomicBool>,
}

impl Work {
    fn until_nothing_waits(&self, woken: &Receiver<()>, tell: &dyn Fn(String)) -> Result<(), String> {
        let mut store = Store::open(&self.path).map_err(|error| error.to_string())?;
        let made_up = store.reading().setting("demo").map_err(|error| error.to_string())?.is_some();
        let office = Office::open(&self.settings, made_up)?;
        let mut library = Library::default();
        loop {
            let go_on = || !self.over.load(Ordering::SeqCst);
            match send_due(&mut store, &mut library, &self.actor, self.clock, &office, None, &go_on) {
                Ok(round) => {
                    if let Some(what) = said(&round) {
                        tell(what);
                    }
                }
                Err(error) => tell(error.to_string()),
            }
            match self.wait(woken, next(&store)) {
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Waits until something is queued, or until the next message has its time.
    fn wait(&self, woken: &Receiver<()>, next: Option<DateTime<Utc>>) -> Result<(), RecvTimeoutError> {
        match next {
            None => woken.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => woken.recv_timeout((at - self.clock.now()).to_std().unwrap_or_default().max(AT_LEAST)),
        }
    }
}

fn next(store: &Store) -> Option<DateTime<Utc>> {
    let next: StoreResult<_> = store.reading().next_letter_at();
    // Where it cannot be read, the next message that is queued wakes the thread, and `tick` does the rest.
    next.ok().flatten()
}

/// What a person at the screen should hear of a round: nothing where all went well.
fn said(round: &Round) -> Option<String> {
    let (reference, trouble) = round.not_sent.last()?;
    Some(format!("An e-mail about {reference} could not be sent: {}. It is on the alert. {}", trouble.because(), trouble.kind.remedy()))
}
