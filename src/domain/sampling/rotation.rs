//! Services in turn: each cycle draws from another, and who goes out of turn says why. Q03.

use crate::domain::error::RuleError;
use serde::{Deserialize, Serialize};

/// Whose turn it was when a sample was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The service that was drawn from.
    pub service: String,
    /// The service that would have been next.
    pub next: String,
    /// Why another one was chosen; empty when it was the next.
    pub because: String,
}

impl Turn {
    /// On the card, in a sentence.
    pub fn sentence(&self) -> String {
        if self.because.is_empty() {
            format!("{}, next in turn", self.service)
        } else {
            format!("{}, out of turn ({} was next): {}", self.service, self.next, self.because)
        }
    }
}

/// The service that is next: the first that never had its turn, else the one whose turn lies longest back. Q03.
///
/// `earlier` are the services of the cycles before, the oldest first; services that are no longer listed do not count.
pub fn next_in_turn(services: &[String], earlier: &[String]) -> Option<String> {
    let last_turn = |service: &String| earlier.iter().rposition(|before| before.eq_ignore_ascii_case(service));
    services
        .iter()
        .enumerate()
        .min_by_key(|(place, service)| (last_turn(service).map_or(0, |turn| turn + 1), *place))
        .map(|(_, s)| s.clone())
}

/// Whose turn a draw takes. `wanted` is the service somebody chose, if any. Q03.
///
/// Refused when there is no service at all, the chosen one is not known, or it is out of turn without a reason.
pub fn turn(services: &[String], earlier: &[String], wanted: Option<&str>, because: &str) -> Result<Turn, RuleError> {
    let Some(next) = next_in_turn(services, earlier) else {
        return Err(RuleError::under(
            "Q03",
            "Services take turns, but no case in the frame belongs to a known service.",
            "Import the people with their teams and services, or list the services in the framework.",
        ));
    };
    let wanted = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()).unwrap_or(&next);
    let Some(service) = services.iter().find(|service| service.eq_ignore_ascii_case(wanted)) else {
        return Err(RuleError::under(
            "Q03",
            format!("There is no service \u{201c}{wanted}\u{201d}."),
            format!("Choose one of: {}.", services.join(", ")),
        ));
    };
    let because = because.trim();
    if *service != next && because.is_empty() {
        return Err(RuleError::under(
            "Q03",
            format!("{next} is next in turn, not {service}."),
            format!("Say why {service} goes first, or draw from {next}."),
        ));
    }
    let because = if *service == next { "" } else { because };
    Ok(Turn { service: service.clone(), next, because: because.to_string() })
}
