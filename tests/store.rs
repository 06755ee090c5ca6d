//! The store: opening and upgrading, the journal and its attackers, lists against oracles, many processes, full disks.

mod attacks;
mod backup;
mod bulk;
pub mod child;
mod disk;
mod filters;
mod journal;
mod kills;
mod ladder;
mod moment;
mod open;
pub mod paging;
mod processes;
mod rows;
mod sittings;
mod torn_log;
