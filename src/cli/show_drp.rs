//! `closeloop show DR-0001`: a dispute or an alert of good practice, whole, in words or as JSON.

use super::context::Desk;
use super::{Done, Failure, Streams};
use crate::domain::calendar::say_full_date;
use crate::domain::drp::{DrpAddressee, called};
use crate::domain::id::DrpId;
use crate::domain::query::{Answered, DrpDetail, Query};
use serde_json::{Value, json};

/// Reads one as whoever asks may see it.
pub(super) fn read(desk: &mut Desk, id: DrpId) -> Result<Box<DrpDetail>, Failure> {
    match desk.ask(&Query::Drp(id))? {
        Answered::Drp(detail) => Ok(detail),
        _ => Err(Failure::Said("The answer was to another question. Please report this.".into())),
    }
}

pub(super) fn run(desk: &mut Desk, id: DrpId, as_json: bool, streams: &mut Streams<'_>) -> Done {
    let detail = read(desk, id)?;
    if as_json {
        return streams.json(&object(&detail));
    }
    lines(&detail).iter().try_for_each(|line| writeln!(streams.out, "{line}"))?;
    Ok(())
}

fn people(detail: &DrpDetail, list: &[DrpAddressee]) -> Vec<String> {
    list.iter().map(|to| detail.said(to)).collect()
}

fn object(detail: &DrpDetail) -> Value {
    let (drp, stand) = (&detail.drp, &detail.stand);
    let facts: Vec<Value> = drp
        .facts
        .iter()
        .map(|fact| {
            json!({
                "what": fact.heading(), "on": fact.on, "written_at": fact.at, "by": fact.by, "to": people(detail, fact.to()),
                "text": fact.text(),
            })
        })
        .collect();
    json!({
        "ref": drp.reference, "kind": drp.kind, "review": detail.review, "case": detail.case, "case_type": detail.case_type,
        "team": drp.place.0, "service": drp.place.1, "raised_by": detail.name(drp.raised_by), "raised_as": drp.raised_as,
        "raised_on": drp.raised_on, "what": drp.what, "wanted": drp.wanted, "stage": stand.label(&detail.rule),
        "with": people(detail, &stand.to), "formal_since": stand.formal_since, "due": stand.due, "day": detail.day, "late": detail.late,
        "paused_since": stand.paused_since,
        "referred": stand.referred.iter().map(|(body, on)| json!({ "to": body, "on": on })).collect::<Vec<_>>(),
        "outcome": stand.resolved.map(|(outcome, _)| outcome), "ended_on": stand.resolved.map(|(_, on)| on),
        "taken_back": drp.taken_back, "facts": facts,
    })
}

fn lines(detail: &DrpDetail) -> Vec<String> {
    let (drp, stand) = (&detail.drp, &detail.stand);
    let about = detail.review.as_ref().map(|review| format!(", review {review}")).unwrap_or_default();
    let mut lines = vec![
        format!("{}: {} about case {} ({}){about}", drp.reference, called(&detail.rule, drp.kind), detail.case, detail.case_type),
        format!(
            "Raised on {} by {} ({}).",
            say_full_date(drp.raised_on),
            detail.name(drp.raised_by),
            detail.framework.role_title(&drp.raised_as)
        ),
        drp.what.clone(),
    ];
    if !drp.wanted.is_empty() {
        lines.push(format!("Asked for: {}", drp.wanted));
    }
    match stand.resolved {
        Some((outcome, on)) => lines.push(format!("Ended on {}: {}.", say_full_date(on), outcome.label())),
        None if drp.taken_back => lines.push("Taken back: it was raised by mistake.".into()),
        None => {
            let with = people(detail, &stand.to).join("; ");
            lines.push(format!("Stands at: {}. With {with}.", stand.label(&detail.rule)));
        }
    }
    if let (Some(day), None) = (detail.day, stand.resolved) {
        let late = if detail.late { ", over its time" } else { "" };
        let due = stand.due.map(|due| format!(", due {}", say_full_date(due))).unwrap_or_default();
        lines.push(format!("Formal part: {day}{due}{late}."));
    }
    for fact in &drp.facts {
        let to = people(detail, fact.to()).join("; ");
        let to = if to.is_empty() { String::new() } else { format!(" to {to}") };
        lines.push(format!("{}  {}{to}, written down by {}: {}", say_full_date(fact.on), fact.heading(), fact.by, fact.text()));
    }
    lines
}
