//! `closeloop alert`: the proof of an alert or a dispute, as a page to print or file.

use super::context::Context;
use super::outfile::{self, Format, OutArgs};
use super::{Done, Failure, Streams};
use crate::domain::query::{Answered, Query};
use crate::report::proof;
use clap::{Args, Subcommand};

/// Alerts, disputes and alerts of good practice: proof of who was told, what was done, and when.
#[derive(Debug, Args)]
pub(super) struct AlertArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// One printable page with every fact of an alert or a dispute, its time, its person and its rule; the case by its pseudonym.
    Proof {
        /// The alert or the dispute (AL-0012, DR-0003).
        #[arg(value_name = "REF")]
        reference: String,
        /// In which form; by default by the name of the file, else in plain lines.
        #[arg(long, value_name = "FORM")]
        format: Option<Format>,
        #[command(flatten)]
        to: OutArgs,
    },
}

pub(super) fn run(context: &Context, args: &AlertArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    match &args.what {
        What::Proof { reference, format, to } => {
            to.takes(*format, context)?;
            let strip = desk.strip(reference)?.ok_or_else(|| none(reference))?;
            let viewer = desk.viewer()?;
            let Answered::Proof(detail) = desk.ask(&Query::Proof(strip))? else {
                return Err(Failure::Said("The answer was to another question. Please report this.".into()));
            };
            outfile::paper(context, &proof::page(&detail, viewer.now, &desk.actor.name), *format, to, streams)
        }
    }
}

fn none(typed: &str) -> Failure {
    Failure::Said(format!("There is no alert or dispute {typed}. `closeloop list alerts --filter all` shows them (AL-0012, DR-0003)."))
}
