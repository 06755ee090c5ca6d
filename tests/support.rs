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

use closeloop::demo::COORDINATOR;
use closeloop::store::Store;

/// The newest case of a made-up year from which somebody is recused who works here, whichever it is: its reference and their login.
pub fn recused(store: &Store) -> (String, String) {
    let reading = store.reading();
    let who = |review| {
        let all = reading.recused_from(review).unwrap().into_iter();
        let logins = all.map(|id| reading.person(id).unwrap().unwrap().login);
        logins.into_iter().find(|login| !login.is_empty() && login != COORDINATOR)
    };
    let mut newest = reading.newest_reviews(500).unwrap().into_iter();
    newest.find_map(|(review, reference)| Some((reference, who(review)?))).expect("somebody is recused from a case")
}
