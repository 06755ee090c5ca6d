//! Erasures, which are carried out beside the session: begun with a key, said again when they have ended.

use super::Workstation;
use crate::app::effect::After;
use crate::app::msg::Msg;
use crate::domain::deed::Trace;
use crate::domain::id::DisposalId;
use crate::runtime::clerk::Receipt;
use crate::store::{Doing, StoreError, StoreResult};
use ratatui::backend::Backend;
use std::time::Duration;

/// What is said while it goes on.
const UNDER_WAY: &str = "Erasing, and sweeping the files: you can go on reading; what is saved meanwhile may have to be saved again";

impl<B: Backend> Workstation<B> {
    /// Begins an erasure. One that has ended by the next frame is said at once.
    pub(super) fn begin_to_erase(&mut self, disposal: DisposalId, after: After) -> Msg {
        let now = self.clock.now();
        if let Err(error) = self.eraser.begin(self.store.path(), self.actor.clone(), now, disposal) {
            return self.came_to(after, Err(error));
        }
        match self.eraser.ended(self.patience) {
            Some(result) => self.came_to(after, result),
            None => Msg::Done { after, said: UNDER_WAY.into(), trace: Trace::Nothing, made: None },
        }
    }

    /// Takes in what an erasure came to, if it has ended; says whether it had.
    pub(super) fn takes_what_was_erased(&mut self) -> bool {
        let Some(result) = self.eraser.ended(Duration::ZERO) else { return false };
        let msg = self.came_to(After::Beside, result);
        self.take(msg);
        true
    }

    /// What a deed came to, for the screen.
    pub(super) fn came_to(&mut self, after: After, result: StoreResult<Receipt>) -> Msg {
        // Our own commit moves the version that others are noticed by.
        self.seen_version = self.store.data_version().unwrap_or(self.seen_version);
        match result {
            Ok(receipt) => {
                self.send_if(receipt.queued);
                Msg::Done { after, said: receipt.said, trace: receipt.trace, made: receipt.made }
            }
            Err(error) => Msg::Refused {
                after,
                stale: matches!(error, StoreError::Stale { .. }),
                field: if let StoreError::Refused(refused) = &error { refused.field.clone() } else { None },
                // What is typed meanwhile is not what failed.
                why: error.doing(if self.app.is_typing() && after != After::Beside { Doing::Typing } else { Doing::Writing }).to_string(),
            },
        }
    }
}
