//! Who may do what, and how far they see: one table of rights by role, one of deeds by right.
//!
//! A profile says it for each role (`may`, `scope`); where it does not, both follow from what the role is said to be. Finer rules
//! (who signs off, who chairs, whose action it is) come after this one and may refuse what it lets through, never the other way
//! round. It must not know a table of the store or a screen: both ask it.

mod deeds;
mod hats;
mod right;

pub use deeds::{needs, own_absence};
pub use hats::{Access, Hat, Sight};
pub use right::{Right, Rights, Scope};

use crate::domain::framework::{Framework, Role};

/// What a role may do where its profile does not say (`may` is left out): everybody reads and does what is theirs; who reviews,
/// reviews; who manages or moderates signs off and reports; who moderates leads sittings; the Insights team may do everything.
pub fn usual_rights(role: &Role) -> Rights {
    if role.insights {
        return Rights::all();
    }
    let mut rights = Rights::of(&[Right::Read, Right::Act]);
    if !role.practitioner {
        rights = rights.and(&[Right::Register]);
    }
    if role.reviews || role.manages || role.moderates {
        rights = rights.and(&[Right::Review]);
    }
    if role.manages || role.moderates {
        rights = rights.and(&[Right::SignOff, Right::Report]);
    }
    if role.moderates {
        rights = rights.and(&[Right::Moderate, Right::Decide]);
    }
    rights
}

/// How far a role sees where its profile does not say (`scope` is left out): the Insights team everything; who manages and
/// moderates their service; who manages their team; everybody else what is their own.
pub fn usual_scope(role: &Role) -> Scope {
    match (role.insights, role.manages, role.moderates) {
        (true, ..) => Scope::All,
        (false, true, true) => Scope::Service,
        (false, true, false) => Scope::Team,
        (false, false, _) => Scope::Own,
    }
}

/// The roles that have a right, in words: "Insights coordinator, Insights team manager or Service manager"; those of the Insights
/// team first, because they are the ones to ask.
pub fn who_may(framework: &Framework, right: Right) -> String {
    let mut roles: Vec<&Role> = framework.roles.iter().filter(|role| role.rights.has(right)).collect();
    roles.sort_by_key(|role| !role.insights);
    let labels: Vec<&str> = roles.iter().map(|role| role.label.as_str()).collect();
    match labels.as_slice() {
        [] => "nobody under this framework".to_string(),
        [one] => (*one).to_string(),
        [first, second] => format!("{first} or {second}"),
        [first, second, third] => format!("{first}, {second} or {third}"),
        [first, second, others @ ..] => format!("{first}, {second} or one of {} other roles", others.len()),
    }
}

/// What is said of a review that lies beyond what somebody sees. T43.
pub const BEYOND: &str = "That review lies beyond what your role lets you see: it is none of your cases, team or service. Ask the Insights team, who see every case, or whoever manages the practitioner.";
