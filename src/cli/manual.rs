//! `closeloop completions` and `closeloop man`.

use super::args::Cli;
use super::{Done, Streams};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Print completions for a shell.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Which shell.
    shell: Shell,
}

pub(super) fn completions(args: &CompletionsArgs, streams: &mut Streams<'_>) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "closeloop", &mut script);
    Ok(streams.out.as_they_are(&script)?)
}

pub(super) fn man(streams: &mut Streams<'_>) -> Done {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    Ok(streams.out.as_they_are(&page)?)
}
