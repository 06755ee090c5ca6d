//! What several tests share.

pub mod actions;
pub mod cast;
pub mod council;
pub mod driver;
pub mod drp;
pub mod panel;
pub mod picture;
pub mod post;
pub mod pty;
pub mod rely;
pub mod sat;
pub mod smtp;
pub mod ungraded;
pub mod walk;
pub mod world;
