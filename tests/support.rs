//! What several tests share.

pub mod council;
pub mod driver;
pub mod panel;
pub mod picture;
pub mod pty;
pub mod world;
