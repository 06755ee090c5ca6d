//! When a new version of a framework may be adopted. What was begun under an older one keeps it.

use super::Framework;
use crate::domain::error::RuleError;

/// What a database holds before an adoption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce<'a> {
    /// Id of the framework that new cycles run under.
    pub id: &'a str,
    /// Its version.
    pub version: u32,
    /// The text that is frozen under the id and version of the new profile, if there is one.
    pub frozen: Option<&'a str>,
}

/// Whether a profile may take the place of the one in force: true when there is something to change, false when it is in
/// force already, to the letter.
///
/// Refused: another framework, a version that is not higher, and a version that is frozen with another text.
pub fn may_adopt(new: &Framework, text: &str, in_force: InForce<'_>) -> Result<bool, RuleError> {
    let (id, version) = (&new.id, new.version);
    if id != in_force.id {
        return Err(RuleError::new(
            format!("This database runs on the framework {}; the profile is of another, {id}.", in_force.id),
            "Give the profile that id if it is its next version, or start another database with --db FILE.",
        ));
    }
    match in_force.frozen {
        Some(frozen) if frozen != text => Err(RuleError::new(
            format!("The profile {id} has changed, but it still calls itself version {version}, which is frozen with another text."),
            format!("Reviews keep the text they were made under: give it version {}.", in_force.version.max(version) + 1),
        )),
        Some(_) if version == in_force.version => Ok(false),
        _ if version <= in_force.version => Err(RuleError::new(
            format!("The profile is version {version} of {id}; version {} is in force.", in_force.version),
            format!("Versions only go up: give it version {}.", in_force.version + 1),
        )),
        _ => Ok(true),
    }
}
