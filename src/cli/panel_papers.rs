//! The papers of one sitting: asked for, composed by `report`, handed out.

use super::context::{Context, Desk};
use super::outfile::{self, Format, OutArgs};
use super::panel::{Form, ListFormat};
use super::{Done, Failure, Streams};
use crate::domain::agreement::{Figure, GradeShift};
use crate::domain::id::PanelId;
use crate::domain::query::{Answered, ItemDetail, Query, SittingDetail};
use crate::report::panel as papers;
use serde_json::{Value, json};

/// An answer that is not what was asked for cannot come; should it, it is said.
fn mixed_up() -> Failure {
    Failure::Said("The answer was to another question. Please report this.".into())
}

fn sitting(desk: &mut Desk, panel: PanelId) -> Result<Box<SittingDetail>, Failure> {
    match desk.ask_for_list(&Query::Sitting(panel))? {
        Answered::Sitting(sitting) => Ok(sitting),
        _ => Err(mixed_up()),
    }
}

/// Every item of the agenda; those that are withheld from who asks are in no agenda.
fn items(desk: &mut Desk, sitting: &SittingDetail) -> Result<Vec<ItemDetail>, Failure> {
    let mut items = Vec::with_capacity(sitting.agenda.len());
    for row in &sitting.agenda {
        match desk.ask_for_paper(&Query::PanelItem(sitting.sitting.panel.id, row.review))? {
            Answered::PanelItem(item) => items.push(*item),
            _ => return Err(mixed_up()),
        }
    }
    Ok(items)
}

pub(super) fn show(desk: &mut Desk, panel: PanelId, as_json: bool, context: &Context, streams: &mut Streams<'_>) -> Done {
    let detail = sitting(desk, panel)?;
    if as_json {
        streams.json(&object(&detail))?;
    } else {
        outfile::paper(context, &papers::agenda(&detail), None, &OutArgs { out: None, force: false }, streams)?;
    }
    desk.say_withheld(streams)
}

fn object(detail: &SittingDetail) -> Value {
    let panel = &detail.sitting.panel;
    let seats: Vec<Value> = detail
        .seats
        .iter()
        .map(|seat| json!({ "name": seat.name, "role": seat.role, "as": seat.kind.label(), "present": seat.present }))
        .collect();
    let agenda: Vec<Value> = detail
        .agenda
        .iter()
        .map(|row| {
            json!({
                "ref": row.reference, "case": row.case, "case_type": row.case_type, "why": row.why, "reasons": row.reasons,
                "stand": papers::stand(row), "leave": row.leave.iter().map(|(_, short)| short).collect::<Vec<_>>(),
                "original": row.original, "moderated": row.moderated,
            })
        })
        .collect();
    json!({
        "ref": papers::reference(panel.id), "on": panel.on, "at": panel.at, "service": panel.service, "stand": detail.sitting.stand,
        "scoring": detail.scoring, "minutes_each": panel.minutes_each, "began_at": detail.sitting.began_at,
        "closed_at": detail.sitting.closed_at, "seats": seats, "agenda": agenda, "withheld": detail.withheld.is_some(),
    })
}

pub(super) fn minutes(desk: &mut Desk, panel: PanelId, form: &Form, context: &Context, streams: &mut Streams<'_>) -> Done {
    form.to.takes(form.format, context)?;
    let detail = sitting(desk, panel)?;
    let items = items(desk, &detail)?;
    outfile::paper(context, &papers::minutes(&detail, &items), form.format, &form.to, streams)?;
    desk.say_withheld(streams)
}

pub(super) fn pack(desk: &mut Desk, panel: PanelId, form: &Form, context: &Context, streams: &mut Streams<'_>) -> Done {
    form.to.takes(form.format, context)?;
    let detail = sitting(desk, panel)?;
    let items = items(desk, &detail)?;
    outfile::paper(context, &papers::pack(&detail, &items), form.format, &form.to, streams)?;
    desk.say_withheld(streams)
}

pub(super) fn invitations(
    desk: &mut Desk,
    panel: PanelId,
    (format, as_json): (Option<ListFormat>, bool),
    to: &OutArgs,
    context: &Context,
    streams: &mut Streams<'_>,
) -> Done {
    let form = format.map(|format| match format {
        ListFormat::Docx => Format::Docx,
        ListFormat::Html => Format::Html,
        ListFormat::Md | ListFormat::Ics => Format::Md,
    });
    to.takes(form, context)?;
    let Answered::Invitations(detail) = desk.ask(&Query::Invitations(panel))? else { return Err(mixed_up()) };
    desk.hands_out(&format!("invitations of {}", papers::reference(panel)))?;
    let by_name = to.out.as_deref().and_then(std::path::Path::extension).is_some_and(|ending| ending.eq_ignore_ascii_case("ics"));
    if as_json {
        let rows: Vec<Value> = detail
            .items
            .iter()
            .map(|item| {
                let who: Vec<Value> =
                    item.invitees.iter().map(|one| json!({ "role": one.role, "name": one.name, "email": one.email })).collect();
                json!({ "ref": item.reference, "case": item.case, "starts": item.starts, "ends": item.ends, "invited": who })
            })
            .collect();
        streams.json(&rows)?;
    } else if format == Some(ListFormat::Ics) || format.is_none() && by_name {
        let text = papers::calendar(&detail, desk.clock.now())?;
        outfile::text(context, &text, to, streams)?;
    } else {
        outfile::paper(context, &papers::invitations(&detail), form, to, streams)?;
    }
    desk.say_withheld(streams)
}

pub(super) fn agreement(desk: &mut Desk, seed: u64, as_json: bool, form: &Form, context: &Context, streams: &mut Streams<'_>) -> Done {
    let Answered::Agreement(detail) = desk.ask(&Query::Agreement { seed })? else { return Err(mixed_up()) };
    if !as_json {
        outfile::paper(context, &papers::agreement(&detail), form.format, &form.to, streams)?;
        return desk.say_withheld(streams);
    }
    let said = |figure: &Figure| json!({ "measure": figure.measure, "estimate": figure.estimate, "sentence": figure.sentence() });
    let shift = |shift: &GradeShift| {
        let table: Vec<Value> = detail
            .grades
            .iter()
            .flat_map(|(original, _)| detail.grades.iter().map(move |(moderated, _)| (*original, *moderated)))
            .filter(|(original, moderated)| shift.count(*original, *moderated) > 0)
            .map(|(original, moderated)| json!({ "original": original, "moderated": moderated, "count": shift.count(original, moderated) }))
            .collect();
        json!({
            "pairs": shift.pairs(), "exact": shift.exact(), "within_one": shift.within_one(), "raised": shift.raised(),
            "lowered": shift.lowered(), "mean_shift": shift.mean_steps(), "table": table,
        })
    };
    let unseen: Vec<Value> = detail
        .unseen
        .iter()
        .map(|one| {
            json!({ "by": one.by.key(), "reviews": one.reviews, "case_is": if one.by_question { "question" } else { "review" },
                    "figure": said(&one.figure) })
        })
        .collect();
    streams.json(&json!({
        "all": shift(&detail.all), "stands_for_all": shift(&detail.by_chance), "left_out": detail.left_out, "unknown": detail.unknown,
        "moderation_agreement": said(&detail.moderation), "inter_rater_reliability": unseen, "seed": detail.seed,
    }))?;
    desk.say_withheld(streams)
}
