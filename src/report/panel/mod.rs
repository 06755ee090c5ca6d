//! The papers of the moderation panel: agenda, pack for the night before, minutes, invitations, and how far people agree.

mod agenda;
mod agreement;
mod calendar;
mod invitations;
mod minutes;
mod pack;

pub use agenda::{agenda, reference, stand};
pub use agreement::agreement;
pub use calendar::{calendar, told};
pub use invitations::invitations;
pub use minutes::minutes;
pub use pack::pack;

use crate::domain::framework::Framework;
use crate::domain::grade::{Judgement, ModerationOutcome};
use crate::domain::id::PersonId;
use crate::domain::person::initials;
use crate::domain::query::{AgendaRow, SittingDetail};

/// A judgement in words: `4, Requires improvement`, or the grade alone.
fn judgement(framework: &Framework, judgement: Judgement) -> String {
    let word = framework.grade_label(judgement.grade);
    judgement.scaling.map_or_else(|| word.to_string(), |point| format!("{point}, {word}"))
}

fn outcome(outcome: ModerationOutcome) -> &'static str {
    match outcome {
        ModerationOutcome::Upheld => "upheld",
        ModerationOutcome::Raised => "raised",
        ModerationOutcome::Lowered => "lowered",
    }
}

/// A role in the framework's words.
fn role(framework: &Framework, key: &str) -> String {
    framework.role(key).map_or(key, |role| role.label.as_str()).to_string()
}

/// The day and the time of a sitting, and its service where services moderate their own (S07).
fn when(sitting: &SittingDetail) -> String {
    let panel = &sitting.sitting.panel;
    let service = if panel.service.is_empty() { String::new() } else { format!(", {}", panel.service) };
    format!("{}, {}{service}", panel.on.format("%A %-d %B %Y"), panel.at)
}

/// The initials of those who leave for an item.
fn leave(sitting: &SittingDetail, row: &AgendaRow) -> String {
    let name = |person: PersonId| sitting.seats.iter().find(|seat| seat.person == person).map(|seat| seat.name.as_str());
    let said = row.leave.iter().map(|(person, short)| initials(name(*person).unwrap_or(short)));
    said.collect::<Vec<_>>().join(", ")
}
