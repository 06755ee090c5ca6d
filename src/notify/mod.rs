//! Mail on its way out: a message in, a server's yes or no back.
//!
//! [`Texts`] says what a message says, [`Outgoing`] is one ready to go, [`Post`] and its [`Line`] hand it over. This layer
//! knows the domain and nothing of a database: whether a message may go out at all is decided before, what its fate means
//! afterwards.

mod line;
mod outgoing;
mod texts;

pub use line::{Line, Post};
pub use outgoing::{Attached, Outgoing};
pub use texts::Texts;
