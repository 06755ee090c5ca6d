//! Which rule of the frameworks stands behind each fact of a dispute, for its proof.

use super::{DrpKind, DrpStep};
use crate::domain::framework::Span;

impl DrpStep {
    /// The rule in force, in words: its number, and what it asks for.
    pub fn rule(&self, kind: DrpKind, within: Option<Span>) -> String {
        let limit = within.map(|within| format!("resolved within {within} of the first formal day"));
        match (self, kind) {
            (DrpStep::Tried { .. } | DrpStep::NotTried { .. }, _) => "M14: an informal attempt first, or why there was none".to_string(),
            (DrpStep::Stage { due: Some(_), .. } | DrpStep::Senior { due: Some(_), .. }, _) => {
                format!("M14: {}", limit.unwrap_or_default())
            }
            (DrpStep::Stage { formal: true, .. }, DrpKind::Dispute) => "M14: stage by stage".to_string(),
            (DrpStep::Senior { .. }, _) => "C05: to somebody senior at any time".to_string(),
            (DrpStep::Referred { .. }, _) => "M14: an outside referral at every stage, beside the rest".to_string(),
            (DrpStep::Paused { .. } | DrpStep::Resumed { .. }, _) => "M14: the framework allows pauses".to_string(),
            (DrpStep::Resolved { .. }, DrpKind::Dispute) => limit.map(|limit| format!("M14: {limit}")).unwrap_or_default(),
            _ => String::new(),
        }
    }
}
