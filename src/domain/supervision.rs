//! When supervision is due.
