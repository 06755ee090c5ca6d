//! What several tests share.

pub mod driver;
pub mod picture;
pub mod pty;
pub mod world;
