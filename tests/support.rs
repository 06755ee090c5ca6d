//! What several tests share.

mod council;
pub mod picture;
pub mod world;
