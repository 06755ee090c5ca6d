//! Who may write down what followed a review.

use super::{FollowUp, FollowUpOf, LinkOf, who_brings};
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::domain::framework::{CaseType, Framework, LoopLink, Role, SubjectKind};
use crate::domain::id::PersonId;
use crate::domain::line::above;
use crate::domain::person::Person;
use crate::domain::supervision::agree_extension;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What the rules look at besides the follow-up itself.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Today in Europe/London.
    pub today: NaiveDate,
    /// Who writes it down.
    pub actor: &'a Actor,
    /// Whose deputy they are today.
    pub acts_for: &'a [PersonId],
    /// The framework of the review.
    pub framework: &'a Framework,
    /// Whom the review is about: in fostering other roles act (S09).
    pub subject: SubjectKind,
    /// The case type when it was drawn.
    pub case_type: Option<&'a CaseType>,
    /// Whose work it is.
    pub practitioner: Option<PersonId>,
    /// A team held the case.
    pub has_team: bool,
    /// The reference of the review.
    pub reference: &'a str,
    /// The day it was submitted; none: it is not.
    pub submitted_on: Option<NaiveDate>,
    /// Those named, and everybody above them.
    pub people: &'a BTreeMap<PersonId, Person>,
    /// What followed so far, oldest first.
    pub before: &'a [FollowUp],
}

impl Around<'_> {
    fn name(&self, id: PersonId) -> String {
        self.people.get(&id).map(|person| person.name.clone()).unwrap_or_default()
    }

    fn role_of(&self, id: PersonId) -> Option<&Role> {
        self.framework.role(&self.people.get(&id)?.role)
    }

    fn has_role(&self, id: PersonId, roles: &[String]) -> bool {
        let Some(role) = self.role_of(id) else { return false };
        roles.iter().any(|wanted| self.framework.escalation.role_for(self.subject, wanted).eq_ignore_ascii_case(&role.key))
    }

    fn manages(&self, id: PersonId) -> bool {
        self.role_of(id).is_some_and(|role| role.manages)
    }

    /// Above the practitioner; where nobody is known to be, of a managing role.
    fn supervises(&self, id: PersonId) -> bool {
        let line = self.practitioner.map(|practitioner| above(self.people, practitioner)).unwrap_or_default();
        if line.is_empty() { self.manages(id) } else { line.contains(&id) }
    }

    /// Who supervises the practitioner, in a sentence.
    fn holds_it(&self) -> String {
        let nearest = self.practitioner.and_then(|practitioner| above(self.people, practitioner).first().copied());
        match nearest {
            Some(manager) => format!("{} does, or whoever manages them: choose who held it.", self.name(manager)),
            None => "Choose the manager who held it.".to_string(),
        }
    }

    /// Those who give assurance: who tracks, and who signs off.
    fn assurers(&self) -> Vec<String> {
        let tracking = &self.framework.tracking;
        tracking.tracked_by.iter().chain(&self.framework.actions.signed_off_by).cloned().collect()
    }

    /// The role that supports somebody of this role; none: the framework names none, and any manager may. S14.
    fn supporter(&self, whom: PersonId) -> Option<&str> {
        let role = &self.role_of(whom)?.key;
        let support = &self.framework.tracking.support;
        support.iter().find(|(supported, _)| supported.eq_ignore_ascii_case(role)).map(|(_, by)| by.as_str())
    }
}

/// Whether a follow-up may be written down as it is. M16, M17, M24, M25, S13, S14, F12, C04, C13.
///
/// It is written by whoever held, gave or decided it, by their deputy, or by the Insights team on their word; never by or about
/// oneself: nobody supervises, assures or supports their own work.
pub fn may_note(around: &Around<'_>, wanted: &FollowUp) -> Result<(), RuleError> {
    let Some(since) = around.submitted_on else {
        let what = format!("{} is not submitted yet: nothing follows it so far.", around.reference);
        return Err(RuleError::under("M16", what, "Submit it first."));
    };
    if wanted.on < since || wanted.on > around.today {
        let (first, last) = (since.format("%-d %B %Y"), around.today.format("%-d %B %Y"));
        let what = format!("{} was submitted on {first}: what follows it took place between then and today, {last}.", around.reference);
        return Err(RuleError::under("M16", what, "Give the day it took place."));
    }
    if wanted.text.trim().is_empty() {
        return Err(RuleError::under("M16", "It has no words.", format!("Write down {}.", wanted.what.prompt())));
    }
    let by = wanted.by;
    if around.people.get(&by).is_none_or(|person| !person.is_here(wanted.on)) {
        return Err(RuleError::new("Whoever held it is not on the list of people, or had left.", "Choose somebody from the list."));
    }
    let insights = around.framework.role(&around.actor.role).is_none_or(|role| role.insights);
    if around.actor.person != Some(by) && !around.acts_for.contains(&by) && !insights {
        let what = format!("It is not yours to write down what {} did.", around.name(by));
        return Err(RuleError::new(what, format!("{} can, whoever stands in for them, or the Insights team.", around.name(by))));
    }
    if Some(by) == around.practitioner {
        let what = format!("{}\u{2019}s own work was reviewed.", around.name(by));
        let who = format!("Somebody else gives supervision, assurance and support, and decides. {}", around.holds_it());
        return Err(RuleError::under("S13", what, who));
    }
    by_the_right_person(around, wanted)
}

fn by_the_right_person(around: &Around<'_>, wanted: &FollowUp) -> Result<(), RuleError> {
    let (by, name) = (wanted.by, around.name(wanted.by));
    match wanted.what {
        FollowUpOf::Supervision if !around.supervises(by) => {
            let what = format!("{name} does not supervise the practitioner.");
            Err(RuleError::under("M16", what, around.holds_it()))
        }
        // C04: after an audit the discussion is held by the manager, or by whoever tracks the audit.
        FollowUpOf::Reflection if !around.supervises(by) && !around.has_role(by, &around.framework.tracking.tracked_by) => {
            let what = format!("{name} neither supervises the practitioner nor tracks the review.");
            Err(RuleError::under("F12", what, around.holds_it()))
        }
        FollowUpOf::Assurance if wanted.improved.is_none() => {
            Err(RuleError::under("M17", "The assurance does not say whether it has improved.", "Choose what was found."))
        }
        FollowUpOf::Assurance if !around.has_role(by, &around.assurers()) => {
            let who = who_brings(around.framework, around.subject, LinkOf::Needed(LoopLink::Assurance));
            Err(RuleError::under("M17", format!("{name} does not give assurance that it has improved."), format!("{who} does.")))
        }
        FollowUpOf::Oversight if !around.supervises(by) && !around.manages(by) => {
            let what = format!("{name} is no supervisor or manager of this case.");
            Err(RuleError::under("M25", what, "A supervisor or manager decides."))
        }
        FollowUpOf::Support => support(around, wanted),
        FollowUpOf::SupportProgress | FollowUpOf::SupportEnded if !is_running(around.before) => {
            let what = format!("No targeted support is running after {}.", around.reference);
            Err(RuleError::under("C13", what, "Write down that it begins."))
        }
        FollowUpOf::LongerInterval => match around.case_type {
            Some(case_type) => {
                let role = around.people.get(&by).map(|person| person.role.as_str()).unwrap_or_default();
                agree_extension(case_type, role, &wanted.text).map(drop)
            }
            None => Err(RuleError::under("M24", "No interval of supervision is set for this case.", "There is nothing to make longer.")),
        },
        _ => Ok(()),
    }
}

/// S14: the framework says who supports whom.
fn support(around: &Around<'_>, wanted: &FollowUp) -> Result<(), RuleError> {
    let (by, name) = (wanted.by, around.name(wanted.by));
    if wanted.team {
        return support_of_team(around, wanted);
    }
    let Some(whom) = wanted.whom else {
        return Err(RuleError::under("S14", "It does not say whom the support is for.", "Choose the person."));
    };
    if whom == by {
        return Err(RuleError::under("S14", format!("{name} cannot support themselves."), "Choose who does."));
    }
    if is_running(around.before) {
        let what = format!("Targeted support is running after {} already.", around.reference);
        return Err(RuleError::under("C13", what, "Write down how it goes, or that it ended."));
    }
    let Some(role) = around.supporter(whom) else {
        return match around.manages(by) || around.has_role(by, &around.assurers()) {
            true => Ok(()),
            false => Err(RuleError::under("C13", format!("{name} is no manager."), "A manager, or whoever tracks the review, gives it.")),
        };
    };
    if around.has_role(by, &[role.to_string()]) {
        return Ok(());
    }
    let supported = around.role_of(whom).map(|role| role.label.to_lowercase()).unwrap_or_default();
    let what = format!("{name} does not support {}.", crate::domain::count::one(&supported));
    let acts = around.framework.escalation.role_for(around.subject, role);
    let who = around.framework.role(acts).map_or(acts, |role| role.label.as_str());
    Err(RuleError::under("S14", what, format!("{who} does.")))
}

/// C13: a whole team is supported by a manager, or by whoever tracks the review.
fn support_of_team(around: &Around<'_>, wanted: &FollowUp) -> Result<(), RuleError> {
    if !around.has_team {
        let what = format!("No team held the case of {}.", around.reference);
        return Err(RuleError::under("C13", what, "Choose the person whom the support is for."));
    }
    if is_running(around.before) {
        let what = format!("Targeted support is running after {} already.", around.reference);
        return Err(RuleError::under("C13", what, "Write down how it goes, or that it ended."));
    }
    if around.manages(wanted.by) || around.has_role(wanted.by, &around.assurers()) {
        return Ok(());
    }
    let what = format!("{} is no manager.", around.name(wanted.by));
    Err(RuleError::under("C13", what, "A manager, or whoever tracks the review, supports a team."))
}

/// Whether targeted support has begun and not ended.
fn is_running(before: &[FollowUp]) -> bool {
    let last = before.iter().rfind(|follow| matches!(follow.what, FollowUpOf::Support | FollowUpOf::SupportEnded));
    last.is_some_and(|follow| follow.what == FollowUpOf::Support)
}
