//! Opening the workstation.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams};
use crate::runtime::identity;
use crate::runtime::idle::Idle;
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
    let guest = context.served() || context.serves_a_workstation(None);
    workstation(context, context.desk_of(store)?, guest)
}

/// Opens the workstation over an open database. `guest`: whoever works may use nothing else of this machine.
pub(super) fn workstation(context: &Context, desk: Desk, guest: bool) -> Done {
    if let Some(why) = terminal::refusal(context.surroundings.term.as_deref()) {
        return Err(Failure::Usage(why));
    }
    let Desk { store, mut library, actor, clock } = desk;
    let role = identity::role_in_words(store.reading(), &mut library, &actor);
    let (look, keymap, bell) = (context.look(), context.keymap()?, context.config.bell.unwrap_or(true));
    let config = &context.config;
    let idle = Idle::after(config.blank_after, config.leave_after).map_err(Failure::Usage)?;
    let session = Session { store, library, actor, role, clock, look, keymap, bell, mail: context.config.mail.clone(), idle };
    run::open(session, guest).map_err(Failure::Said)
}
