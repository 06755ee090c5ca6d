//! `closeloop show` for an alert: what is next and by whom, its clocks, the four facts of everybody it is addressed to, and what was
//! written; in words or as JSON.

use super::Failure;
use super::context::Desk;
use crate::domain::alert::AlertAddressee;
use crate::domain::calendar::{say_end, say_ends, say_stamp};
use crate::domain::id::AlertId;
use crate::domain::query::{AlertDetail, Answered, ClockRow, Query, StripStand, Viewer};
use serde_json::{Value, json};

/// The alert as JSON and in lines.
pub(super) fn found(desk: &mut Desk, id: AlertId) -> Result<Option<(Value, Vec<String>)>, Failure> {
    let viewer = desk.viewer()?;
    let Answered::Alert(detail) = desk.ask(&Query::Alert(id))? else { return Ok(None) };
    Ok(Some((object(&detail, &viewer), lines(&detail, &viewer))))
}

fn lines(detail: &AlertDetail, viewer: &Viewer) -> Vec<String> {
    let alert = &detail.alert;
    let mut lines = vec![
        format!("{} about {}, case {}: {}", alert.reference, detail.review_ref, detail.case, alert.trigger.label()),
        format!("Opened {}.", say_stamp(alert.opened_at)),
    ];
    match (alert.closed_at, detail.needs.first()) {
        (Some(at), _) => lines.push(format!("Closed {}.", say_stamp(at))),
        (None, Some((need, by))) => {
            lines.push(format!("Stands: {}. Next: {}, {by}.", StripStand::of(alert, viewer.now).label(), need.to_do()))
        }
        (None, None) => {}
    }
    if let Some(due) = alert.review_due_at {
        lines.push(format!("The record is to be reviewed within {}, by {}.", alert.review_within, say_end(due)));
    }
    for clock in detail.clocks.iter().filter(|clock| clock.runs()) {
        lines.push(format!("  {}{}: {}", clock.of.what(), detail.whose(clock.of), say_ends(viewer.now, clock.due_at)));
    }
    lines.push("Told and acknowledged:".into());
    lines.extend((0..alert.addressees.len()).filter_map(|place| Some(format!("  {}", addressee(detail, place, alert.at(place)?)))));
    for written in &alert.concern {
        lines.push(format!("{}: {}", alert.trigger.noun(), written.text));
    }
    match &alert.assurance {
        Some(assurance) => {
            let by = assurance.by.map_or_else(String::new, |person| format!(", {}", detail.name(person)));
            let whole = if assurance.complete_at.is_some() { "" } else { ", not complete" };
            lines.push(format!("Assurance {}{by}{whole}:", say_stamp(assurance.at)));
            for question in &detail.framework.escalation.assurance {
                let answer = assurance.answer(&question.key).unwrap_or("not answered");
                lines.push(format!("  {} {answer}", question.label));
            }
        }
        None => lines.push("No assurance has been given.".into()),
    }
    if let Some(dispute) = &alert.dispute {
        lines.push(format!("Level of concern disputed {}: {}", say_stamp(dispute.at), dispute.because));
        if let Some(decision) = &dispute.decision {
            let how = if decision.stands { "the concern stands" } else { "the concern is lower" };
            lines.push(format!("Decided {}, finally: {how}. {}", say_stamp(decision.at), decision.because));
        }
    }
    lines.extend(detail.urgent.iter().map(|action| {
        format!(
            "Urgent action {}: {} ({}, due {}, {})",
            action.reference,
            action.text,
            action.owner,
            action.due_on.format("%-d %B"),
            action.state.label()
        )
    }));
    lines.extend(alert.kept.iter().map(|kept| format!("{} {}: {}", kept.kind.label(), kept.on.format("%-d %B"), kept.note)));
    if !detail.closing.is_empty() {
        lines.push(format!("When it was closed: {}", detail.closing));
    }
    lines
}

fn addressee(detail: &AlertDetail, place: usize, one: &AlertAddressee) -> String {
    let role = detail.role(place);
    let Some(person) = one.person else {
        return match &one.explained {
            Some(gap) => format!("{role}: nobody holds this role; {}", gap.because),
            None => format!("{role}: nobody holds this role"),
        };
    };
    let mut said = format!("{role} {}: ", detail.name(person));
    match (one.tellings.as_slice(), one.told_at) {
        ([], None) => said.push_str("not told yet"),
        ([], Some(at)) => said.push_str(&format!("told {}", say_stamp(at))),
        (all, _) => {
            let all: Vec<String> = all.iter().map(|told| format!("told {} {}", told.how.label(), say_stamp(told.at))).collect();
            said.push_str(&all.join(", "));
        }
    }
    if let Some(own) = &one.acknowledged {
        said.push_str(&format!("; acknowledged {}", say_stamp(own.first())));
        if own.first_at.is_some() {
            said.push_str(&format!(", which lapsed, and again {}", say_stamp(own.at)));
        }
    }
    if let Some(next) = one.followed.as_ref().and_then(|next| detail.alert.at(next.by)?.person) {
        said.push_str(&format!("; has left, {} hears in their place", detail.name(next)));
    }
    said
}

fn object(detail: &AlertDetail, viewer: &Viewer) -> Value {
    let alert = &detail.alert;
    let addressees = alert.addressees.iter().map(|one| {
        json!({
            "role": one.role, "side": one.side, "name": one.person.map(|person| detail.name(person)).unwrap_or_default(),
            "told_at": one.told_at, "tellings": one.tellings.iter().map(|told| json!({ "how": told.how, "at": told.at })).collect::<Vec<_>>(),
            "acknowledged_at": one.acknowledged.map(|own| own.first()), "acknowledged_again_at": one.acknowledged.filter(|own| own.first_at.is_some()).map(|own| own.at), "explained": one.explained.as_ref().map(|gap| &gap.because),
        })
    });
    let next = detail.needs.first().map(|(need, by)| json!({ "what": need.to_do(), "by": by }));
    json!({
        "ref": alert.reference, "review": detail.review_ref, "trigger": alert.trigger, "opened_at": alert.opened_at,
        "stand": StripStand::of(alert, viewer.now), "next": next, "review_due_at": alert.review_due_at,
        "clocks": detail.clocks.iter().map(|clock| ClockRow::of(*clock, viewer.now)).collect::<Vec<_>>(),
        "addressees": addressees.collect::<Vec<_>>(), "concern": alert.concern,
        "assurance": alert.assurance.as_ref().map(|assurance| json!({
            "answers": assurance.answers, "at": assurance.at, "complete_at": assurance.complete_at,
            "by": assurance.by.map(|person| detail.name(person)),
        })),
        "dispute": alert.dispute.as_ref().map(|dispute| json!({
            "because": dispute.because, "at": dispute.at,
            "decided_at": dispute.decision.as_ref().map(|decision| decision.at),
            "stands": dispute.decision.as_ref().map(|decision| decision.stands),
        })),
        "urgent_actions": detail.urgent.iter().map(|action| &action.reference).collect::<Vec<_>>(),
        "closed_at": alert.closed_at,
    })
}
