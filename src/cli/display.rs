//! `closeloop display`: the room's screen of the panel.

use super::context::{Context, Desk};
use super::{Done, Failure, panel};
use crate::runtime::{display, terminal};
use clap::Args;

/// Open the panel's room screen: large type, no names; it follows the chair. `q` leaves it.
#[derive(Debug, Args)]
pub(super) struct DisplayArgs {
    /// One sitting, as `closeloop panel list` names it (P-3), or its day (2026-11-24); by default the one that sits now, else
    /// the next.
    #[arg(value_name = "PANEL")]
    panel: Option<String>,
}

pub(super) fn run(context: &Context, args: &DisplayArgs) -> Done {
    if let Some(why) = terminal::refusal(context.surroundings.term.as_deref()) {
        return Err(Failure::Usage(why));
    }
    let desk = context.desk()?;
    let panel = args.panel.as_deref().map(|typed| panel::find(&desk, typed)).transpose()?;
    let Desk { store, library, actor, clock } = desk;
    display::open(display::Looks { store, library, person: actor.person, clock, look: context.look(), panel }).map_err(Failure::Said)
}
