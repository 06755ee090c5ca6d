//! Choosing cases.
