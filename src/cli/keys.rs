//! `closeloop keys`.

use super::context::Context;
use super::{Done, Streams};
use crate::app::keymap;
use clap::Args;

/// Print every key of the workstation, your own included.
#[derive(Debug, Args)]
pub(super) struct KeysArgs {
    /// As a table in Markdown.
    #[arg(long)]
    markdown: bool,
}

pub(super) fn run(context: &Context, args: &KeysArgs, streams: &mut Streams<'_>) -> Done {
    let keys = context.keymap()?;
    let text = if args.markdown { keymap::markdown(&keys) } else { keymap::plain(&keys) };
    write!(streams.out, "{text}")?;
    Ok(())
}
