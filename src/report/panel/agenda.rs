//! A sitting at a glance: who sits, and its items in their order.

use super::{judgement, leave, outcome, role, when};
use crate::domain::count::counted;
use crate::domain::id::PanelId;
use crate::domain::panel::SittingStand;
use crate::domain::query::{AgendaRow, AgendaStand, SittingDetail};
use crate::report::Document;

/// What people call a sitting in commands (`P-3`).
pub fn reference(panel: PanelId) -> String {
    format!("P-{}", panel.0)
}

/// The sitting with its agenda, for whoever may see the names of its members.
pub fn agenda(sitting: &SittingDetail) -> Document {
    let panel = &sitting.sitting.panel;
    let mut paper = Document::new(format!("Moderation panel {}: {}", reference(panel.id), when(sitting)));
    let stands = match sitting.sitting.stand {
        SittingStand::Planned => "planned",
        SittingStand::InProgress => "sits now",
        SittingStand::Closed => "over",
        SittingStand::CalledOff => "called off",
    };
    let each = if panel.minutes_each == 0 { String::new() } else { counted(panel.minutes_each, "minute", "minutes") };
    paper.facts([
        ("Stands", stands.to_string()),
        ("Scoring", sitting.scoring.label().to_string()),
        ("For each case", each),
        ("Comings and goings", if sitting.moves == 0 { String::new() } else { sitting.moves.to_string() }),
        ("Moderation", coverage(sitting)),
    ]);
    let begun = sitting.sitting.stand.has_begun();
    let seats = sitting.seats.iter().map(|seat| {
        let there = if !begun {
            ""
        } else if seat.present {
            "present"
        } else {
            "not there"
        };
        vec![seat.name.clone(), role(&sitting.framework, &seat.role), seat.kind.label().to_string(), there.to_string()]
    });
    paper.table(&["Name", "Role", "As", ""], seats.collect());
    if sitting.agenda.is_empty() {
        paper.text("No case waits for it.");
    }
    let rows = sitting.agenda.iter().enumerate().map(|(place, row)| {
        let grades = [row.original, row.moderated].into_iter().flatten().map(|found| judgement(&sitting.framework, found));
        vec![
            (place + 1).to_string(),
            row.reference.clone(),
            row.case.clone(),
            row.case_type.clone(),
            stand(row),
            grades.collect::<Vec<_>>().join(" \u{2192} "),
            row.why.clone(),
            leave(sitting, row),
        ]
    });
    paper.table(&["#", "Ref", "Case", "Type", "Stands", "Judgement", "Why here", "Leave"], rows.collect());
    if let Some(why) = sitting.withheld {
        paper.text(why.sentence());
    }
    paper
}

/// How much of what has to be moderated is done.
pub(super) fn coverage(sitting: &SittingDetail) -> String {
    let coverage = sitting.coverage;
    let back = if coverage.sent_back == 0 { String::new() } else { format!(", {} of them sent back", coverage.sent_back) };
    format!("{} due, {} done, {} outstanding{back}", coverage.due, coverage.done, coverage.outstanding())
}

/// Where an item stands, in a word.
pub fn stand(row: &AgendaRow) -> String {
    match &row.stand {
        AgendaStand::Waits => "waits".into(),
        AgendaStand::Now => "on the table".into(),
        AgendaStand::Aside => "put aside".into(),
        AgendaStand::Decided(result) => outcome(*result).into(),
        AgendaStand::SentBack(_) => "sent back".into(),
        AgendaStand::Deferred(_) => "put off".into(),
    }
}
