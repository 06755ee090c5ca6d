//! What stands at the edges of each page of a report: how far it may be relied on, and who alone it is for.

use super::Stage;
use super::context::full;
use crate::domain::report::{Material, ReportState};
use crate::report::Running;

/// How far a report may be relied on, in a few words without a full stop.
pub(super) fn stands(material: &Material, stage: Stage<'_>) -> String {
    match stage {
        Stage::Now { .. } => format!("Draft, made on the spot of figures as they stood on {}", full(material.counted_on)),
        Stage::Kept(report) => match (report.state(), &report.approved, &report.published) {
            (ReportState::Published, _, Some(signed)) => {
                // Whoever has the one before in their hands has to know that it no longer stands.
                let instead = match report.version {
                    0 | 1 => String::new(),
                    later => format!(" in the place of version {}", later - 1),
                };
                format!("Version {}, published on {}{instead}", report.version, full(signed.on))
            }
            (ReportState::Approved, Some(signed), _) => {
                format!("Version {}, approved by the {} on {}", report.version, signed.role, full(signed.on))
            }
            _ => format!("Version {}, a draft of figures that were counted on {}", report.version, full(material.counted_on)),
        },
    }
}

/// What stands at the edges, of the team that hands it out.
pub(super) fn running(material: &Material, stage: Stage<'_>, team: Running) -> Running {
    let provisional = if material.grows || material.still_open() > 0 { "PROVISIONAL. " } else { "" };
    Running {
        stands: format!("{provisional}{}", stands(material, stage)),
        handling: if material.for_team { "For the Insights team alone. Do not pass it on.".into() } else { String::new() },
        on: Some(material.counted_on),
        ..team
    }
}
