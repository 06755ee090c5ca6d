//! The thread of a session that carries an erasure out and sweeps the files, so that no key waits for it, however large they are.
//!
//! One at a time. A session that ends waits a moment for it; what is left to sweep then is swept by `closeloop tick`.

use super::clerk::{Receipt, carry_out};
use super::library::Library;
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::domain::id::DisposalId;
use crate::store::{Hurry, StoreError, StoreResult, in_a_hurry};
use chrono::{DateTime, Utc};
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How long leaving the program waits for an erasure that is under way.
const AT_THE_END: Duration = Duration::from_secs(10);

/// Erases for one session.
#[derive(Default)]
pub struct Eraser {
    /// What it will come to. Writing the file anew holds the lock: what is saved here meanwhile is refused at once instead of after
    /// five seconds.
    running: Option<(Receiver<StoreResult<Receipt>>, Hurry)>,
    wake: Option<UnixStream>,
}

impl Eraser {
    /// Whenever an erasure has ended a word is written here.
    pub fn wakes(&mut self, wake: UnixStream) {
        self.wake = Some(wake);
    }

    /// Begins to carry a disposal out.
    ///
    /// # Errors
    /// Another erasure is under way, or no thread can be started.
    pub fn begin(&mut self, path: &Path, actor: Actor, now: DateTime<Utc>, disposal: DisposalId) -> StoreResult<()> {
        if self.running.is_some() {
            return Err(refused("An erasure is under way.", "Wait for its sentence at the foot of the screen."));
        }
        let (end, ended) = channel();
        let path = path.to_path_buf();
        let mut wake = self.wake.as_ref().and_then(|wake| wake.try_clone().ok());
        let work = move || {
            // Unheard where the session has ended meanwhile.
            let _ = end.send(carry_out(&path, &mut Library::default(), &actor, now, disposal));
            let _ = wake.as_mut().map(|wake| wake.write(&[0]));
        };
        let started = std::thread::Builder::new().name("erase".into()).spawn(work);
        started.map_err(|error| {
            refused(
                &format!("Nothing was erased: no thread could be started ({error})."),
                "Try again; if it stays so, tell whoever looks after this machine.",
            )
        })?;
        self.running = Some((ended, in_a_hurry()));
        Ok(())
    }

    /// What it came to, if it has ended within this time; none while it is under way, or where none is.
    pub fn ended(&mut self, within: Duration) -> Option<StoreResult<Receipt>> {
        let ended = match self.running.as_ref()?.0.recv_timeout(within) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => return None,
            Err(RecvTimeoutError::Disconnected) => {
                let what = "The erasure ended in a fault of the program; what it did is whole or not there.";
                Err(refused(what, "Look at it with T: closeloop tick sweeps what was left. Tell whoever looks after closeloop."))
            }
        };
        self.running = None;
        Some(ended)
    }
}

impl Drop for Eraser {
    fn drop(&mut self) {
        if let Some((running, hurry)) = self.running.take() {
            drop(hurry);
            let _ = running.recv_timeout(AT_THE_END);
        }
    }
}

fn refused(what: &str, remedy: &str) -> StoreError {
    StoreError::Refused(RuleError::new(what, remedy))
}
