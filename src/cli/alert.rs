//! `closeloop alert`: the proof of an alert or a dispute, as a page to print or file.

use super::context::{Context, Desk};
use super::outfile::{self, Format, OutArgs};
use super::{Done, Failure, Streams};
use crate::domain::id::AlertId;
use crate::domain::query::{Answered, Query};
use crate::domain::strip::StripOf;
use crate::report::proof;
use crate::runtime::answers::answer;
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
            let strip = find(&desk, reference)?;
            let viewer = desk.clock.viewer(desk.actor.person);
            let Answered::Proof(detail) = answer(&desk.store, &mut desk.library, &Query::Proof(strip), &viewer)? else {
                return Err(Failure::Said("The answer was to another question. Please report this.".into()));
            };
            outfile::paper(context, &proof::page(&detail, viewer.now, &desk.actor.name), *format, to, streams)
        }
    }
}

/// What a reference stands for. Whether whoever asks may see it is asked when it is read: to the recused there is none.
fn find(desk: &Desk, typed: &str) -> Result<StripOf, Failure> {
    let word = typed.trim().to_uppercase();
    let number = |prefix: &str| word.strip_prefix(prefix).and_then(|digits| digits.parse::<i64>().ok());
    let reading = desk.store.reading();
    if let Some(id) = number("AL-").map(AlertId)
        && reading.alert(id)?.is_some()
    {
        return Ok(StripOf::Alert(id));
    }
    if let Some(id) = reading.drp_by_reference(&word)? {
        return Ok(StripOf::Drp(id));
    }
    Err(Failure::Said(format!("There is no alert or dispute {typed}. `closeloop list alerts --filter all` shows them (AL-0012, DR-0003).")))
}
