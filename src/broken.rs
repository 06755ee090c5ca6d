//! Ten faults, by which the tests of reliability show that they can fail: the feature `broken` builds them in, and
//! `CLOSELOOP_BROKEN` names the one that a run has. No other build knows of them, and no optimised one can be made with them.

use std::sync::OnceLock;

#[cfg(not(debug_assertions))]
compile_error!("The feature `broken` builds faults in: it is for tests alone, and never for a program that somebody uses.");

/// One of the ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The log is not synced with every commit.
    SyncNormal,
    /// Nothing is ever synced.
    SyncOff,
    /// A write begins without the lock, and asks for it when it is too late.
    Deferred,
    /// What was being read stays open while the screen is drawn.
    HeldWhileDrawing,
    /// A file of the live database is opened and closed past SQLite, which drops its locks.
    StrayOpen,
    /// A lost line only raises a flag which nobody looks at, and what the terminal says about it is passed over.
    FlagOnly,
    /// Text is taken as it comes.
    Unsafe,
    /// An answer and its journal row are two transactions.
    Apart,
    /// A save looks not whether somebody else has saved.
    Unversioned,
    /// The room's screen is handed the grade that it must not show before the scores are open, and trusted not to show it.
    Unsealed,
}

impl Fault {
    fn named(name: &str) -> Option<Fault> {
        Some(match name {
            "sync-normal" => Fault::SyncNormal,
            "sync-off" => Fault::SyncOff,
            "deferred" => Fault::Deferred,
            "held-while-drawing" => Fault::HeldWhileDrawing,
            "stray-open" => Fault::StrayOpen,
            "flag-only" => Fault::FlagOnly,
            "unsafe" => Fault::Unsafe,
            "apart" => Fault::Apart,
            "unversioned" => Fault::Unversioned,
            "unsealed" => Fault::Unsealed,
            _ => return None,
        })
    }
}

/// Whether this run has that fault.
pub fn is(fault: Fault) -> bool {
    static NAMED: OnceLock<Option<Fault>> = OnceLock::new();
    *NAMED.get_or_init(|| std::env::var("CLOSELOOP_BROKEN").ok().and_then(|name| Fault::named(&name))) == Some(fault)
}
