//! What several tests share.

pub mod picture;
pub mod world;
