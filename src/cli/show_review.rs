//! `closeloop show` for a review: its facts, steps, answers, judgements and actions, in words or as JSON.

use super::context::Desk;
use super::list_plain::both;
use super::{Done, Streams, list_revisits};
use crate::domain::count::counted;
use crate::domain::id::ReviewId;
use crate::domain::query::{Again, Answered, KEPT_BACK, Query, ReviewDetail};
use crate::domain::review::{PanelStand, ReviewState, field};
use crate::domain::tracking::LoopStand;
use serde_json::{Value, json};

pub(super) fn run(desk: &mut Desk, id: ReviewId, as_json: bool, streams: &mut Streams<'_>) -> Done {
    let Answered::Review(detail) = desk.ask(&Query::Review(id))? else { return Ok(()) };
    let compared = if detail.earlier.is_some() { list_revisits::then_now(desk, Again::Review(id))? } else { None };
    if as_json {
        let mut shown = object(&detail);
        if let (Some(object), Some(compared)) = (shown.as_object_mut(), compared) {
            object.insert("then_and_now".into(), json!(compared));
        }
        return streams.json(&shown);
    }
    let today = desk.viewer()?.today;
    let facts = &detail.facts;
    let out = &mut streams.out;
    writeln!(out, "{}  {} in {} ({})", facts.review.reference, detail.kind.label, detail.cycle.1, detail.cycle.0)?;
    let on = detail.age_on.map_or("at its last extract".into(), |day| format!("at {}", day.format("%-d %B %Y")));
    let age = detail.age_years.map(|age| format!(", {} {on}", counted(age, "year", "years"))).unwrap_or_default();
    writeln!(out, "Case {}, {}{age}. Team {} ({}).", detail.case, detail.case_type, detail.team.0, detail.team.1)?;
    writeln!(out, "Practitioner {}. Reviewer {}.", or_nobody(&detail.practitioner), or_nobody(&detail.reviewer))?;
    if detail.recused > 0 {
        writeln!(out, "{}.", counted(detail.recused, "person is recused", "people are recused"))?;
    }
    let others = detail.joint.others(facts.reviewer);
    if !others.is_empty() {
        writeln!(out, "{}: {others}.", detail.kind.others_label())?;
    }
    match facts.state {
        ReviewState::Open => {
            let due = facts.review.next.due_on.map(|due| format!(", due {}", due.format("%-d %B %Y"))).unwrap_or_default();
            let booked = detail.booked.as_ref().map(|booked| format!(" {}", booked.said(today))).unwrap_or_default();
            writeln!(out, "Next: {}{booked}{due}.", facts.review.next.label)?;
        }
        ReviewState::Finalised => writeln!(out, "Finalised.")?,
        ReviewState::Withdrawn => writeln!(out, "Taken out of the sample.")?,
    }
    if facts.original.is_some() {
        writeln!(out, "Judgement: {}.", both(facts.original, facts.moderated))?;
    }
    if detail.kept_back {
        writeln!(out, "{KEPT_BACK}")?;
    }
    for alert in &detail.alerts {
        writeln!(out, "Alert open: {alert}")?;
    }
    for dispute in &detail.disputes {
        writeln!(out, "Open, came out of it: {dispute}")?;
    }
    for step in &detail.kind.steps {
        if let Some(record) = facts.steps.get(&step.key) {
            let how = record.not_done_because.as_ref().map(|why| format!("not possible, {why}"));
            writeln!(out, "  {}, {}: {}", step.label, record.on.format("%-d %B %Y"), how.unwrap_or_else(|| "done".into()))?;
        }
    }
    for (question, answer) in answers(&detail) {
        writeln!(out, "{question}\n  {}", answer.replace('\n', "\n  "))?;
    }
    for action in &detail.actions {
        let urgent = if action.urgent { "urgent, " } else { "" };
        writeln!(
            out,
            "{}: {} ({}, {urgent}due {}, {})",
            action.reference,
            action.text,
            action.owner,
            action.due_on.format("%-d %B %Y"),
            action.state.label()
        )?;
    }
    if detail.follows.stand() != LoopStand::Untracked {
        writeln!(out, "Loop {}.", detail.follows.say())?;
    }
    for (follow, by, whom) in detail.follows.noted.iter().rev() {
        writeln!(out, "{}\n  {}", crate::domain::tracking::said(follow, by, whom), follow.text.replace('\n', "\n  "))?;
    }
    for missing in &detail.missing {
        writeln!(out, "Missing: {}", missing.what)?;
    }
    for line in compared.iter().flat_map(list_revisits::lines) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn or_nobody(name: &str) -> &str {
    if name.is_empty() { "nobody" } else { name }
}

/// Every answer under the words of its question, in the order of the form.
fn answers(detail: &ReviewDetail) -> Vec<(String, String)> {
    let facts = &detail.facts;
    let mut said = Vec::new();
    let mut add = |words: &str, field: &str| {
        if let Some(answer) = facts.answer(field) {
            said.push((words.to_string(), answer.said()));
        }
    };
    for area in &detail.kind.areas {
        for question in &area.questions {
            add(&question.text, &field::question(&question.key));
        }
        add(&area.title, &field::area(&area.key));
    }
    for heading in &detail.kind.narrative {
        add(&heading.label, &field::narrative(&heading.key));
    }
    said
}

/// How its loop stands, link by link, and what followed.
fn loop_of(detail: &ReviewDetail) -> Value {
    let follows = &detail.follows;
    let links: Vec<Value> = follows
        .links
        .iter()
        .map(|(link, who)| json!({ "link": link.link.label(), "done_on": link.done_on, "missing": link.said, "who": who }))
        .collect();
    let noted: Vec<Value> = follows
        .noted
        .iter()
        .rev()
        .map(|(follow, by, whom)| {
            json!({ "what": follow.what, "on": follow.on, "by": by, "for": whom, "improved": follow.improved, "text": follow.text })
        })
        .collect();
    json!({ "stand": follows.stand(), "since": follows.since, "links": links, "followed": noted })
}

fn object(detail: &ReviewDetail) -> Value {
    let facts = &detail.facts;
    let steps: Vec<Value> = detail
        .kind
        .steps
        .iter()
        .filter_map(|step| {
            let record = facts.steps.get(&step.key)?;
            Some(json!({
                "step": step.key, "label": step.label, "on": record.on, "values": record.values,
                "not_done_because": record.not_done_because,
            }))
        })
        .collect();
    let actions: Vec<Value> = detail
        .actions
        .iter()
        .map(|action| {
            json!({
                "ref": action.reference, "text": action.text, "owner": action.owner, "due": action.due_on,
                "urgent": action.urgent, "state": action.state,
            })
        })
        .collect();
    let answers: Vec<Value> =
        answers(detail).into_iter().map(|(question, answer)| json!({ "question": question, "answer": answer })).collect();
    let panel = match &facts.panel {
        PanelStand::NotNeeded => json!({ "state": "not-needed" }),
        PanelStand::Waiting(why) => json!({ "state": "waiting", "why": why }),
        PanelStand::SentBack(missing) => json!({ "state": "sent-back", "missing": missing }),
        PanelStand::Decided => json!({ "state": "decided", "decision": detail.decision }),
    };
    let mut shown = json!({
        "ref": facts.review.reference, "kind": detail.kind.key, "cycle": detail.cycle.0, "case": detail.case,
        "case_type": detail.case_type, "age_years": detail.age_years, "age_on": detail.age_on, "team": detail.team.0, "service": detail.team.1,
        "practitioner": detail.practitioner, "reviewer": detail.reviewer, "state": facts.state, "next_step": facts.review.next.label,
        "due": facts.review.next.due_on, "opens": facts.review.next.opens_on, "original": facts.original,
        "moderated": facts.moderated, "submitted_at": facts.submitted_at, "panel": panel, "steps": steps, "answers": answers,
        "actions": actions, "loop": loop_of(detail), "alerts": detail.alerts, "disputes": detail.disputes, "missing": detail.missing.iter().map(|missing| &missing.what).collect::<Vec<_>>(),
    });
    if let Some(object) = shown.as_object_mut().filter(|_| detail.kept_back) {
        object.insert("kept_back".into(), true.into());
    }
    // Q02: what is never graded says nothing of a grade, not even that there is none.
    if let Some(object) = shown.as_object_mut().filter(|_| !detail.kind.is_graded()) {
        object.retain(|key, _| key != "original" && key != "moderated");
    }
    shown
}
