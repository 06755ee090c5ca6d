//! `closeloop show`: one record by its reference. Children by their pseudonym only; the council's own number is shown by the
//! workstation's reveal, which is written down.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams, cycle, show_alert, show_drp, show_review};
use crate::domain::id::{ActionId, ReviewId};
use crate::domain::interest::WITHHELD;
use crate::domain::strip::StripOf;
use clap::Args;
use serde_json::{Value, json};

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
        (None, Some(id)) => action(&mut desk, id)?,
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

type Found = Result<Option<(Value, Vec<String>)>, Failure>;

fn name(desk: &Desk, person: Option<crate::domain::id::PersonId>) -> Result<String, Failure> {
    let Some(person) = person else { return Ok(String::new()) };
    Ok(desk.store.reading().person(person)?.map(|person| person.name).unwrap_or_default())
}

fn review_reference(desk: &Desk, review: ReviewId) -> Result<String, Failure> {
    Ok(desk.store.reading().review(review)?.map(|facts| facts.review.reference).unwrap_or_default())
}

// An action or alert of a withheld review is as if it were not there: that there is one would tell of its grade.
fn action(desk: &mut Desk, id: ActionId) -> Found {
    let Some(action) = desk.store.reading().action(id)? else { return Ok(None) };
    if !desk.may_see(action.review)? {
        return Ok(None);
    }
    let (owner, review) = (name(desk, Some(action.owner))?, review_reference(desk, action.review)?);
    let value = json!({
        "ref": action.reference, "review": review, "text": action.text, "owner": owner, "due": action.due_on,
        "urgent": action.urgent, "state": action.state, "evidence": action.evidence,
    });
    let urgent = if action.urgent { ", urgent" } else { "" };
    let mut lines = vec![
        format!("{}: {}", action.reference, action.text),
        format!("From {review}. Owner {owner}, due {}, {}{urgent}.", action.due_on.format("%-d %B %Y"), action.state.label()),
    ];
    if !action.evidence.is_empty() {
        lines.push(format!("Evidence: {}", action.evidence));
    }
    Ok(Some((value, lines)))
}
