//! The thread of a session that counts pages of figures, so that no key waits for a page, however many reviews it is made of.
//!
//! It starts with the first page that is asked for and has a connection of its own, which only reads. A page that nobody waits for any
//! more, because another one was asked for or the view was left, is broken off.

use super::answers;
use super::library::Library;
use crate::domain::error::RuleError;
use crate::domain::query::{Answered, KnownTimes, Query, Viewer};
use crate::store::{Interrupt, Store, StoreError, StoreResult};
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Counts for one session.
pub struct Counter {
    path: PathBuf,
    worker: Option<Worker>,
    /// The number of the newest question.
    asked: u64,
    /// Its answer is waited for.
    waiting: bool,
    /// Which reviews the times of the page are of that was counted last: never part of an answer, because nobody reads it.
    pub times: Option<Arc<KnownTimes>>,
    /// Where a word wakes whoever waits at the terminal's line.
    wake: Option<UnixStream>,
}

struct Worker {
    /// None once the session ends: the thread then ends as well.
    questions: Option<Sender<Box<Question>>>,
    answers: Receiver<Found>,
    interrupt: Interrupt,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// The number of a question, its answer, and which reviews times are of that were counted for it.
type Found = (u64, StoreResult<Answered>, Option<Arc<KnownTimes>>);

struct Question {
    number: u64,
    query: Query,
    viewer: Viewer,
}

impl Counter {
    /// Nothing runs yet.
    pub fn new(path: &Path) -> Counter {
        Counter { path: path.to_path_buf(), worker: None, asked: 0, waiting: false, times: None, wake: None }
    }

    /// Whenever an answer is there a word is written here.
    pub fn wakes(&mut self, wake: UnixStream) {
        self.wake = Some(wake);
        // A thread that runs already would not know.
        self.worker = None;
    }

    /// Begins to count this; what was counted until now is broken off.
    ///
    /// # Errors
    /// The database cannot be opened once more, or no thread can be started.
    pub fn ask(&mut self, query: Query, viewer: Viewer) -> StoreResult<()> {
        self.forget();
        self.asked += 1;
        let question = Question { number: self.asked, query, viewer };
        let left = match self.worker.as_ref().and_then(|worker| worker.questions.as_ref()) {
            Some(questions) => questions.send(Box::new(question)).err().map(|unsent| *unsent.0),
            None => Some(question),
        };
        // None runs yet, or the one that ran has died.
        if let Some(question) = left {
            let worker = Worker::start(&self.path, self.wake.as_ref())?;
            let sent = worker.questions.as_ref().is_some_and(|questions| questions.send(Box::new(question)).is_ok());
            self.worker = Some(worker);
            if !sent {
                return Err(died());
            }
        }
        self.waiting = true;
        Ok(())
    }

    /// Nobody waits any more: what is being counted is broken off.
    pub fn forget(&mut self) {
        if std::mem::take(&mut self.waiting)
            && let Some(worker) = &self.worker
        {
            worker.interrupt.now();
        }
    }

    /// What was counted, if it is there within this time; none while it is still being counted, or when nothing was asked.
    pub fn answer(&mut self, within: Duration) -> Option<StoreResult<Answered>> {
        while self.waiting {
            let answer = self.worker.as_ref().map(|worker| worker.answers.recv_timeout(within));
            match answer {
                // That of a question before it, which was broken off or had just ended.
                Some(Ok((number, ..))) if number != self.asked => {}
                Some(Ok((_, answer, times))) => {
                    self.waiting = false;
                    self.times = times;
                    return Some(answer);
                }
                Some(Err(RecvTimeoutError::Timeout)) => return None,
                Some(Err(RecvTimeoutError::Disconnected)) | None => {
                    (self.waiting, self.worker) = (false, None);
                    return Some(Err(died()));
                }
            }
        }
        None
    }
}

impl Worker {
    fn start(path: &Path, wake: Option<&UnixStream>) -> StoreResult<Worker> {
        // Opened here, where it can be said what is wrong, and where its reading can be broken off.
        let store = Store::open(path)?;
        let interrupt = store.interrupt();
        let wake = wake.and_then(|wake| wake.try_clone().ok());
        let (questions, asked) = channel::<Box<Question>>();
        let (answer, answers) = channel();
        let work = move || {
            let (mut library, mut wake) = (Library::default(), wake);
            while let Ok(mut question) = asked.recv() {
                // Only the newest is waited for.
                while let Ok(newer) = asked.try_recv() {
                    question = newer;
                }
                let found = store.at_one_moment(|_| answers::answer(&store, &mut library, &question.query, &question.viewer));
                if answer.send((question.number, found, library.times.take())).is_err() {
                    return;
                }
                // Unheard where the line is full of such words already, or nobody listens any more.
                let _ = wake.as_mut().map(|wake| wake.write(&[0]));
            }
        };
        let thread = std::thread::Builder::new().name("count".into()).spawn(work).map_err(|error| {
            let what = format!("The page was not counted: no thread could be started ({error}).");
            StoreError::Refused(RuleError::new(what, "Try again; if it stays so, tell whoever looks after this machine."))
        })?;
        Ok(Worker { questions: Some(questions), answers, interrupt, thread: Some(thread) })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // With nobody left to ask it, the thread ends, and closes its connection: the log of the database is not left behind.
        self.questions = None;
        self.interrupt.now();
        let _ = self.thread.take().map(std::thread::JoinHandle::join);
    }
}

fn died() -> StoreError {
    let what = "The page was not counted: its counting ended in a fault of the program.";
    StoreError::Refused(RuleError::new(what, "Ask for the page again; if it stays so, tell whoever looks after closeloop."))
}
