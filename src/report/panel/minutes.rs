//! The minutes of a sitting: who was there, what was decided and why, and what was added later. M05, M08, M09.

use super::agenda::{coverage, stand};
use super::{judgement, leave, outcome, role, when};
use crate::domain::calendar::say_stamp;
use crate::domain::grade::Judgement;
use crate::domain::panel::{Scoring, SittingStand, WhyHere};
use crate::domain::query::{AgendaStand, ItemDetail, Seat, SittingDetail};
use crate::report::Document;

/// The minutes; `items` are those of the agenda that may be seen, in its order.
pub fn minutes(sitting: &SittingDetail, items: &[ItemDetail]) -> Document {
    let mut paper = Document::new(format!("Minutes of the moderation panel, {}", when(sitting)));
    if sitting.sitting.stand == SittingStand::CalledOff {
        paper.text(format!("The sitting was called off before it began: {}", sitting.sitting.called_off));
    } else if sitting.sitting.stand != SittingStand::Closed {
        paper.running.stands = "Draft: the sitting is not closed".into();
        paper.text("The sitting is not closed: these minutes are a draft.");
    }
    let moment = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(say_stamp).unwrap_or_default();
    let how = match sitting.scoring {
        Scoring::Sealed => {
            "sealed: each member scores alone, and the reviewer\u{2019}s grade is kept back from members until the scores are open"
        }
        Scoring::Sighted => "sighted: judged together with the reviewer\u{2019}s grade in sight",
    };
    paper.facts([
        ("Began", moment(sitting.sitting.began_at)),
        ("Closed", moment(sitting.sitting.closed_at)),
        ("Scoring", how.to_string()),
        ("Moderation at this time", coverage(sitting)),
    ]);
    attendance(&mut paper, sitting);
    let heard: Vec<&ItemDetail> = items.iter().filter(|item| item.row.stand.is_over()).collect();
    paper.heading(1, "Decisions");
    if heard.is_empty() {
        paper.text("No case has been decided, sent back or put off.");
    }
    let said = |found: Option<Judgement>| found.map(|found| judgement(&sitting.framework, found)).unwrap_or_default();
    let rows = heard.iter().enumerate().map(|(place, item)| {
        let row = &item.row;
        vec![(place + 1).to_string(), row.reference.clone(), row.case.clone(), said(row.original), said(row.moderated), stand(row)]
    });
    paper.table(&["#", "Ref", "Case", "Original", "Moderated", "Outcome"], rows.collect());
    for (place, item) in heard.iter().enumerate() {
        one(&mut paper, sitting, place + 1, item);
    }
    let waits = items.iter().filter(|item| !item.row.stand.is_over()).map(|item| item.row.reference.clone());
    let mut waits: Vec<String> = waits.collect();
    waits.extend(sitting.sent_on.iter().map(|(reference, _)| reference.clone()).filter(|one| !waits.contains(one)).collect::<Vec<_>>());
    if !waits.is_empty() {
        let sent_on = sitting.sent_on_in_words();
        let where_to = if sent_on.is_empty() { String::new() } else { format!(" Of the {} on the agenda {sent_on}.", sitting.cases()) };
        paper.heading(1, "Not dealt with").text(format!("{}.{where_to}", waits.join(", ")));
    }
    if !sitting.minutes.is_empty() {
        paper.heading(1, "Added later");
        for (at, by, about, text) in &sitting.minutes {
            let about = about.as_ref().map(|reference| format!(", about {reference}")).unwrap_or_default();
            paper.quote(&format!("{}, {by}{about}", say_stamp(*at)), text);
        }
    }
    paper
}

fn attendance(paper: &mut Document, sitting: &SittingDetail) {
    paper.heading(1, "Attendance");
    let row = |seat: &Seat| vec![seat.name.clone(), role(&sitting.framework, &seat.role), seat.kind.label().to_string()];
    let present: Vec<Vec<String>> = sitting.seats.iter().filter(|seat| seat.present).map(row).collect();
    if present.is_empty() {
        paper.text("Nobody is noted as present.");
    }
    paper.table(&["Name", "Role", "As"], present);
    let away: Vec<String> = sitting.seats.iter().filter(|seat| !seat.present).map(|seat| seat.name.clone()).collect();
    for (at, by, why) in &sitting.chairs {
        paper.text(format!("{} took the chair over, {}: {why}", by, say_stamp(*at)));
    }
    if !away.is_empty() && sitting.sitting.stand.has_begun() {
        paper.text(format!("Not there: {}.", away.join(", ")));
    }
}

/// What became of one item.
fn one(paper: &mut Document, sitting: &SittingDetail, place: usize, item: &ItemDetail) {
    let row = &item.row;
    paper.heading(2, format!("{place}. {} ({}, {})", row.reference, row.case, item.review.case_type));
    let left = leave(sitting, row);
    let left = if left.is_empty() { "nobody".to_string() } else { left };
    // What is scored blind at another sitting must not be told by the papers of this one.
    let sealed = item.blind && row.reasons.contains(&WhyHere::Grade);
    let kept = if sealed { " (its grade stays sealed for the sitting that decides it)" } else { "" };
    let mut facts = vec![("Here because", format!("{}{kept}", row.why)), ("Left for it", left)];
    let found = |judgement_: Option<Judgement>| judgement_.map(|found| judgement(&sitting.framework, found)).unwrap_or_default();
    if let AgendaStand::Decided(result) = row.stand {
        facts.push(("Original", found(row.original)));
        facts.push(("Moderated", format!("{} ({})", found(row.moderated), outcome(result))));
    }
    // Scores without their givers, in no order that names anybody.
    let scores = item.spread.iter().map(|score| match score.again {
        Some(again) => format!("{} ({} once the scores were open)", found(Some(score.first)), found(Some(again))),
        None => found(Some(score.first)),
    });
    facts.push(("Scores", scores.collect::<Vec<_>>().join("; ")));
    facts.push(("Scores were opened early", item.opened_early()));
    paper.facts(facts);
    match &row.stand {
        AgendaStand::SentBack(missing) => paper.quote("Sent back to the reviewer; missing", missing),
        AgendaStand::Deferred(why) => paper.quote("Put off to another sitting, because", why),
        _ => paper,
    };
    if let Some(decision) = item.review.decision.as_ref().filter(|decision| decision.panel == Some(sitting.sitting.panel.id)) {
        paper.quote("Reason", &decision.rationale);
        paper.quote("Consistency", &decision.consistency);
        paper.quote("Themes", &decision.themes);
    }
}
