//! Opening the workstation.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams};
use crate::runtime::identity;
use crate::runtime::idle::{BLANK_AFTER, Idle, LEAVE_AFTER};
use crate::runtime::run;
use crate::runtime::terminal;
use crate::runtime::workstation::Session;
use crate::store::Store;

/// Opens the workstation. The usual database is made where it is not there yet, so that the first screen can say what
/// to do; one that was named has to be there.
pub(super) fn run(context: &Context, streams: &mut Streams<'_>) -> Done {
    let store = if context.db.exists() || context.db_named {
        Store::open(&context.db)?
    } else {
        context.make_folder(&context.db, streams)?;
        Store::create(&context.db)?
    };
    workstation(context, context.desk_of(store)?)
}

/// Opens the workstation over an open database.
pub(super) fn workstation(context: &Context, desk: Desk) -> Done {
    if let Some(why) = terminal::refusal(std::env::var("TERM").ok().as_deref()) {
        return Err(Failure::Usage(why));
    }
    let Desk { store, mut library, actor, clock } = desk;
    let role = identity::role_in_words(store.reading(), &mut library, &actor);
    let (look, keymap, bell) = (context.look(), context.keymap()?, context.config.bell.unwrap_or(true));
    let config = &context.config;
    let idle = Idle::after(config.blank_after.unwrap_or(BLANK_AFTER), config.leave_after.unwrap_or(LEAVE_AFTER));
    let session = Session { store, library, actor, role, clock, look, keymap, bell, mail: context.config.mail.clone(), idle };
    run::open(session).map_err(Failure::Said)
}
