//! `closeloop show`: one record by its reference. Children by their pseudonym only; the council's own number is shown by the
//! workstation's reveal, which is written down.

use super::context::Context;
use super::{Done, Failure, Streams, cycle, show_action, show_alert, show_drp, show_review};
use crate::domain::id::ActionId;
use crate::domain::interest::WITHHELD;
use crate::domain::strip::StripOf;
use clap::Args;
use serde_json::Value;

/// Show a review, action, alert, dispute or cycle by its reference.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The reference (CR-0412, A-0183, AL-0012, DR-0003, 2026-11).
    #[arg(value_name = "REF")]
    reference: String,
    /// As one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(context: &Context, args: &ShowArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    let reference = args.reference.trim().to_uppercase();
    if let Some(review) = desk.store.reading().review_by_reference(&reference)? {
        if !desk.may_see(review)? {
            return Err(Failure::Said(WITHHELD.into()));
        }
        return show_review::run(&mut desk, review, args.json, streams);
    }
    let of_action = reference.strip_prefix("A-").and_then(|digits| digits.parse().ok()).map(ActionId);
    let found = match (desk.strip(&reference)?, of_action) {
        (Some(StripOf::Drp(id)), _) => return show_drp::run(&mut desk, id, args.json, streams),
        (Some(StripOf::Alert(id)), _) => show_alert::found(&mut desk, id)?,
        (None, Some(id)) => show_action::found(&mut desk, id)?,
        (None, None) => None,
    };
    if let Some((value, lines)) = found {
        if args.json {
            streams.json(&value)?;
        } else {
            lines.iter().try_for_each(|line| writeln!(streams.out, "{line}"))?;
        }
        return Ok(());
    }
    match desk.store.reading().cycle_by_reference(&reference.to_lowercase())? {
        Some(id) => cycle::show(&mut desk, id, args.json, streams),
        None => Err(Failure::Said(format!(
            "There is nothing with the reference {}. References look like CR-0412, A-0183, AL-0012, DR-0003 or 2026-11.",
            args.reference
        ))),
    }
}

/// A record as JSON and in lines; none: there is none of that reference.
pub(super) type Found = Result<Option<(Value, Vec<String>)>, Failure>;
