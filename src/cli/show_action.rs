//! `closeloop show` for an action: how it stands, what is next and by whom, and everything that happened to it.

use super::context::Desk;
use super::show::Found;
use crate::domain::calendar::{local_date, say_full_date, say_stamp};
use crate::domain::id::ActionId;
use crate::domain::query::{ActionLife, Answered, Query};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// The action. Of a withheld review it is as if it were not there: that there is one would tell of its grade.
pub(super) fn found(desk: &mut Desk, id: ActionId) -> Found {
    let Some(action) = desk.store.reading().action(id)? else { return Ok(None) };
    if let Some(review) = action.review()
        && !desk.may_see(review)?
    {
        return Ok(None);
    }
    let viewer = desk.viewer()?;
    match desk.ask(&Query::Action(id))? {
        Answered::Action(life) => Ok(Some((as_json(&life), in_words(&life, viewer.now)))),
        _ => Ok(None),
    }
}

fn as_json(life: &ActionLife) -> Value {
    let (action, told) = (&life.action, &life.action.life);
    let history: Vec<Value> = life.history.iter().map(|row| json!({ "at": row.at, "by": row.actor, "what": row.what })).collect();
    json!({
        "ref": action.reference, "from": life.source, "review": action.review().map(|_| &life.source), "answers_too": life.answers_too, "text": action.text,
        "owner": life.owner, "due": action.due_on, "urgent": action.urgent, "kind": action.kind, "state": action.state, "evidence": action.evidence,
        "raised_at": action.raised_at, "limit": life.limit,
        "reminded_at": life.reminded.as_ref().map(|reminded| reminded.at), "reminded_by": life.reminded.as_ref().map(|reminded| reminded.message.0),
        "done_at": told.done.map(|said| said.at), "done_by": life.done_by,
        "signed_off_at": told.signed_off.map(|said| said.at), "signed_off_by": life.signed_off_by,
        "revisit_on": told.revisit_on, "effect": told.effect, "recurred": told.recurred,
        "next": life.next, "next_by": life.next_by, "history": history,
    })
}

fn in_words(life: &ActionLife, now: DateTime<Utc>) -> Vec<String> {
    let (action, told) = (&life.action, &life.action.life);
    let urgent = if action.urgent { ", urgent" } else { "" };
    let owner_is = if life.owner_is.is_empty() { String::new() } else { format!(" ({})", life.owner_is) };
    let by = |name: &str| if name.is_empty() { String::new() } else { format!(" by {name}") };
    let on = |at| say_full_date(local_date(at));
    let mut lines = vec![
        format!("{}: {}", action.reference, action.text),
        format!(
            "From {}. Owner {}{owner_is}, due {}, {}{urgent}.",
            life.source,
            life.owner,
            action.due_on.format("%-d %B %Y"),
            action.state.label()
        ),
    ];
    if !life.answers_too.is_empty() {
        lines.push(format!("Answers {} as well.", life.answers_too.join(", ")));
    }
    if let Some(day) = life.limit {
        lines.push(format!("Without approval until {}.", say_full_date(day)));
    }
    if let Some(reminded) = &life.reminded {
        lines.push(format!("Reminded {}.", reminded.say(action.due_on, true, now)));
    }
    if let Some(done) = told.done {
        lines.push(format!("Done {}{}.", on(done.at), by(&life.done_by)));
    }
    if !action.evidence.is_empty() {
        lines.push(format!("Evidence: {}", action.evidence));
    }
    if let Some(signed) = told.signed_off {
        lines.push(format!("Signed off {}{}.", on(signed.at), by(&life.signed_off_by)));
    }
    if let Some(effect) = told.effect {
        lines.push(format!("Looked at again: {}.", effect.label()));
    }
    lines.push(life.says_next(local_date(now)));
    lines.push("What happened, newest first:".to_string());
    lines.extend(life.history.iter().map(|row| format!("  {}  {}: {}", say_stamp(row.at), row.actor, row.what)));
    lines
}
