//! The links of a review's loop: which the framework asks for, which are there, and who can bring one that is missing.

use super::{FollowUp, FollowUpOf, Improved};
use crate::domain::action::{Action, ActionState};
use crate::domain::calendar::local_date;
use crate::domain::count::{counted, one_of};
use crate::domain::framework::{Framework, LoopLink, SubjectKind};
use crate::domain::grade::Grade;
use chrono::NaiveDate;

/// A link, as the screen names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkOf {
    /// One that the framework's tracking names.
    Needed(LoopLink),
    /// The manager's assurance after an alert (M18).
    AfterAlert,
}

impl LinkOf {
    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            LinkOf::Needed(LoopLink::Supervision) => "supervision",
            LinkOf::Needed(LoopLink::ActionsComplete) => "actions",
            LinkOf::Needed(LoopLink::Assurance) => "assurance",
            LinkOf::Needed(LoopLink::ReflectiveDiscussion) => "reflective discussion",
            LinkOf::AfterAlert => "assurance after the alert",
        }
    }

    /// The same for a narrow column.
    pub fn short(self) -> &'static str {
        match self {
            LinkOf::Needed(LoopLink::Supervision) => "superv.",
            LinkOf::Needed(LoopLink::ReflectiveDiscussion) => "discussion",
            LinkOf::AfterAlert => "alert",
            link => link.label(),
        }
    }

    /// What is written down to bring it, where that is done on the review itself.
    pub fn follow_up(self) -> Option<FollowUpOf> {
        match self {
            LinkOf::Needed(LoopLink::Supervision) => Some(FollowUpOf::Supervision),
            LinkOf::Needed(LoopLink::Assurance) => Some(FollowUpOf::Assurance),
            LinkOf::Needed(LoopLink::ReflectiveDiscussion) => Some(FollowUpOf::Reflection),
            LinkOf::Needed(LoopLink::ActionsComplete) | LinkOf::AfterAlert => None,
        }
    }
}

/// Who can bring a link, in words. In fostering other roles act (S09).
pub fn who_brings(framework: &Framework, subject: SubjectKind, link: LinkOf) -> String {
    let tracking = &framework.tracking;
    let signers = &framework.actions.signed_off_by;
    let roles: Vec<&String> = match link {
        LinkOf::Needed(LoopLink::Supervision | LoopLink::ReflectiveDiscussion) => return "whoever supervises the practitioner".into(),
        LinkOf::Needed(LoopLink::ActionsComplete) => signers.iter().collect(),
        LinkOf::Needed(LoopLink::Assurance) => tracking.tracked_by.iter().chain(signers).collect(),
        LinkOf::AfterAlert => framework.escalation.reviewed_by.iter().collect(),
    };
    let mut labels: Vec<String> = Vec::new();
    for role in roles {
        let key = framework.escalation.role_for(subject, role);
        let label = framework.role(key).map_or_else(|| key.to_string(), |role| role.label.clone());
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    if labels.is_empty() { String::new() } else { one_of(&labels) }
}

/// How a link stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkStand {
    /// Which.
    pub link: LinkOf,
    /// Since when it is there; none: it is missing.
    pub done_on: Option<NaiveDate>,
    /// What is missing, or what brought it, in a few words; may be empty.
    pub said: String,
}

/// What a loop needs to know of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionKnown {
    /// Where it stands.
    pub state: ActionState,
    /// Since when it is signed off.
    pub signed_off_on: Option<NaiveDate>,
    /// The day it was opened again, where what it was raised for came back.
    pub reopened_on: Option<NaiveDate>,
}

impl ActionKnown {
    /// As much of an action.
    pub fn of(action: &Action) -> ActionKnown {
        let signed_off_on = action.life.signed_off.map(|said| local_date(said.at));
        ActionKnown { state: action.state, signed_off_on, reopened_on: action.life.reopened_on }
    }
}

/// What is known of a review's loop.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Key of the kind of review.
    pub kind: &'a str,
    /// The grade that counts: the panel's, else the reviewer's; none before it is submitted, and for what is never graded.
    pub grade: Option<Grade>,
    /// The day it was submitted; none: it is not, or it was withdrawn.
    pub submitted_on: Option<NaiveDate>,
    /// Its actions, those linked to it among them.
    pub actions: &'a [ActionKnown],
    /// Its alerts: reference, and since when the record is reviewed.
    pub alerts: &'a [(String, Option<NaiveDate>)],
    /// What followed it, oldest first.
    pub follow_ups: &'a [FollowUp],
}

/// Whether the framework tracks a review of this kind (key) and grade. M17, S13, F12.
pub fn is_tracked(framework: &Framework, kind: &str, grade: Grade) -> bool {
    let rule = &framework.tracking;
    let kind = rule.kinds.is_empty() || rule.kinds.iter().any(|tracked| tracked == kind);
    kind && rule.grades.contains(&grade) && !rule.needs.is_empty()
}

/// The links of a review's loop, in the framework's order; empty where the framework does not track it. M16-M18, S13, F12, C04.
///
/// Links count from the day of submission: what took place before cannot reflect on it. An action that came back opens its link
/// again, and so does an assurance that finds it is not better.
pub fn links(framework: &Framework, known: &Known<'_>) -> Vec<LinkStand> {
    let rule = &framework.tracking;
    let (Some(since), Some(grade)) = (known.submitted_on, known.grade) else { return Vec::new() };
    if !is_tracked(framework, known.kind, grade) {
        return Vec::new();
    }
    let last = |what: FollowUpOf| known.follow_ups.iter().rfind(|follow| follow.what == what && follow.on >= since);
    // What came back makes an assurance of before worth nothing.
    let came_back = known.actions.iter().filter_map(|action| action.reopened_on).max();
    let assured = last(FollowUpOf::Assurance).filter(|follow| came_back.is_none_or(|day| follow.on >= day));
    let held = |what: FollowUpOf, missing: &str| match last(what) {
        Some(follow) => (Some(follow.on), String::new()),
        None => (None, missing.to_string()),
    };
    let mut links: Vec<LinkStand> = rule
        .needs
        .iter()
        .map(|need| {
            let (done_on, said) = match need {
                LoopLink::Supervision => held(FollowUpOf::Supervision, "none recorded since"),
                LoopLink::ReflectiveDiscussion => held(FollowUpOf::Reflection, "not held yet"),
                LoopLink::ActionsComplete => actions(since, known.actions),
                LoopLink::Assurance => match assured {
                    Some(follow) if follow.improved == Some(Improved::Yes) => (Some(follow.on), String::new()),
                    Some(follow) => (None, follow.improved.map_or("", Improved::label).to_string()),
                    None if came_back.is_some() && last(FollowUpOf::Assurance).is_some() => {
                        (None, "given before an action came back".to_string())
                    }
                    None => (None, "not given yet".to_string()),
                },
            };
            LinkStand { link: LinkOf::Needed(*need), done_on, said }
        })
        .collect();
    // M18: sought on every Inadequate, whatever else the framework's tracking names; the alert is where it is given.
    if grade == Grade::Inadequate && !known.alerts.is_empty() {
        let open: Vec<&str> = known.alerts.iter().filter(|(_, on)| on.is_none()).map(|(reference, _)| reference.as_str()).collect();
        let last = known.alerts.iter().filter_map(|(_, on)| *on).max();
        let done_on = if open.is_empty() { last } else { None };
        links.push(LinkStand { link: LinkOf::AfterAlert, done_on, said: open.join(", ") });
    }
    links
}

/// Since when every action is signed off; none where there never was one, since the review was submitted without.
fn actions(since: NaiveDate, actions: &[ActionKnown]) -> (Option<NaiveDate>, String) {
    let standing = actions.iter().filter(|action| action.state != ActionState::Withdrawn);
    let open = standing.clone().filter(|action| action.state != ActionState::SignedOff).count();
    if open > 0 {
        return (None, format!("{} not signed off", counted(open, "action", "actions")));
    }
    (Some(standing.filter_map(|action| action.signed_off_on).max().map_or(since, |last| last.max(since))), String::new())
}
