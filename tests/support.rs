//! What several tests share.

pub mod driver;
pub mod world;
