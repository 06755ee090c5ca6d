//! Who may do what with an action: its owner or whoever acts for them, and those whom the framework names to sign off.

use super::Action;
use crate::domain::calendar::Calendar;
use crate::domain::count::one_of;
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::domain::framework::{Framework, SubjectKind};
use crate::domain::id::PersonId;
use crate::domain::line::{above, acting};
use crate::domain::person::{Absence, Person};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

/// What the rules of an action's life look at besides the action: who asks, when, and who works here.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Now.
    pub now: DateTime<Utc>,
    /// Today in Europe/London.
    pub today: NaiveDate,
    /// Who asks.
    pub actor: &'a Actor,
    /// The framework of the action's review.
    pub framework: &'a Framework,
    /// Days on which nobody works.
    pub calendar: &'a Calendar,
    /// Everybody.
    pub people: &'a BTreeMap<PersonId, Person>,
    /// Who is away from today on.
    pub absences: &'a [Absence],
    /// Whom the review is about: in fostering other roles act (S09).
    pub subject: SubjectKind,
}

/// What is done with an action through a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionAct {
    /// Taking it up.
    TakeUp,
    /// Saying that it is done.
    Finish,
    /// Giving a later date.
    Extend,
    /// Giving it to another owner.
    Reassign,
    /// Signing it off.
    SignOff,
    /// Judging whether it helped.
    Revisit,
}

impl ActionAct {
    /// What was done then: `signed off`.
    pub fn done(self) -> &'static str {
        match self {
            ActionAct::TakeUp => "taken up",
            ActionAct::Finish => "done",
            ActionAct::Extend => "given longer",
            ActionAct::Reassign => "given away",
            ActionAct::SignOff => "signed off",
            ActionAct::Revisit => "looked at again",
        }
    }
}

impl Around<'_> {
    /// Refuses whoever it is not for, before they fill in a form: what the deed itself asks of them.
    pub fn may_do(&self, act: ActionAct, action: &Action) -> Result<(), RuleError> {
        match act {
            ActionAct::TakeUp => self.must_act_for(action, "take up"),
            ActionAct::Finish => self.must_act_for(action, "report as done"),
            ActionAct::Extend => self.must_steer(action, "give longer"),
            ActionAct::Reassign => self.must_steer(action, "give away"),
            ActionAct::SignOff => self.must_sign_off(action),
            ActionAct::Revisit => self.must_judge(action),
        }
    }

    /// Refuses whoever may not sign one off: its owner, who said that it was done, and whose role does not (F11, S13).
    pub(super) fn must_sign_off(&self, action: &Action) -> Result<(), RuleError> {
        let (reference, signers, me) = (&action.reference, self.signers_of(action), self.actor.person);
        if me == Some(action.owner) {
            let what = format!("{reference} is your own: somebody else has to see that it was done.");
            return Err(RuleError::under("S13", what, format!("{signers} can sign it off.")));
        }
        if me.is_some() && me == action.life.done.and_then(|said| said.by) {
            let what = format!("You said yourself that {reference} was done: somebody else has to see it.");
            return Err(RuleError::under("S13", what, format!("{signers} can sign it off.")));
        }
        if !self.signs_this(action) {
            let what = format!("{reference} is not yours to sign off.");
            return Err(RuleError::under("F11", what, format!("{signers} can.")));
        }
        Ok(())
    }

    /// Refuses whoever may not say whether one helped: its owner, and whoever neither signs off nor is of the Insights team (S13).
    pub(super) fn must_judge(&self, action: &Action) -> Result<(), RuleError> {
        let reference = &action.reference;
        if self.actor.person == Some(action.owner) {
            let what = format!("{reference} is your own: somebody else says whether it helped.");
            return Err(RuleError::under("S13", what, format!("{} can.", self.judges_of(action))));
        }
        if !self.may_revisit(action) {
            let what = format!("{reference} is not yours to judge.");
            return Err(RuleError::under("S13", what, format!("{} can.", self.judges_of(action))));
        }
        Ok(())
    }

    /// The name of somebody.
    pub(super) fn name(&self, person: PersonId) -> String {
        self.people.get(&person).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// Whether whoever asks belongs to the Insights team, or is on no list of people and works for it.
    fn is_insights(&self) -> bool {
        self.framework.role(&self.actor.role).is_none_or(|role| role.insights)
    }

    /// Whether whoever asks is the owner or acts for them: stands in while they are away, or manages them. For an owner who has
    /// no login here the Insights team writes down what they report.
    pub fn acts_for(&self, owner: PersonId) -> bool {
        let no_login = self.people.get(&owner).is_none_or(|owner| owner.login.is_empty());
        let Some(me) = self.actor.person else { return no_login && self.is_insights() };
        me == owner
            || acting(self.people, self.absences, owner, self.today) == me
            || above(self.people, owner).contains(&me)
            || (no_login && self.is_insights())
    }

    /// Refuses whoever is neither the owner nor acts for them.
    pub(super) fn must_act_for(&self, action: &Action, verb: &str) -> Result<(), RuleError> {
        if self.acts_for(action.owner) {
            return Ok(());
        }
        let owner = self.name(action.owner);
        Err(RuleError::new(
            format!("{} is {owner}\u{2019}s: it is not yours to {verb}.", action.reference),
            format!("{owner} can, whoever stands in for them, or whoever manages them."),
        ))
    }

    /// Whether whoever asks may change the date or the owner: those who act for the owner, those who sign off, and the Insights
    /// team.
    pub(super) fn must_steer(&self, action: &Action, verb: &str) -> Result<(), RuleError> {
        if self.is_insights() || self.signs() || self.acts_for(action.owner) {
            return Ok(());
        }
        let owner = self.name(action.owner);
        Err(RuleError::new(
            format!("{} is {owner}\u{2019}s: it is not yours to {verb}.", action.reference),
            format!("{owner}, whoever manages them, {} can.", self.or_insights(None)),
        ))
    }

    /// The roles that sign off an action about this subject, by key. In fostering the role that acts there takes the place of
    /// the one it stands for (S09, S13).
    fn signing_roles(&self) -> Vec<&str> {
        let named = self.framework.actions.signed_off_by.iter();
        let mut roles: Vec<&str> = named.map(|role| self.framework.escalation.role_for(self.subject, role)).collect();
        roles.dedup();
        roles
    }

    /// Whether somebody of this role signs off.
    pub(super) fn role_signs(&self, role: &str) -> bool {
        self.signing_roles().iter().any(|signs| signs.eq_ignore_ascii_case(role))
    }

    /// Those for whom whoever asks stands in while they are away.
    fn stood_in_for(&self) -> impl Iterator<Item = &Person> {
        let me = self.actor.person;
        let absences = self.absences.iter().filter(move |absence| me.is_some() && absence.deputy == me && absence.covers(self.today));
        absences.filter_map(|absence| self.people.get(&absence.person))
    }

    /// Whether whoever asks signs off, as far as their role goes, or that of somebody for whom they stand in.
    pub fn signs(&self) -> bool {
        self.role_signs(&self.actor.role) || self.stood_in_for().any(|person| self.role_signs(&person.role))
    }

    /// The same of one action: nobody signs off in the place of its owner, or of whoever said that it was done. F11.
    pub(super) fn signs_this(&self, action: &Action) -> bool {
        let done_by = action.life.done.and_then(|said| said.by);
        let other = |person: &Person| person.id != action.owner && Some(person.id) != done_by;
        self.role_signs(&self.actor.role)
            || self.stood_in_for().any(|person| other(person) && self.role_signs(&person.role))
            || self.actor.person.is_some_and(|me| self.manages_signer(action, me))
    }

    /// Whether somebody manages the owner, who is of a role that signs off: where only team managers sign off, another team's
    /// does not see the case, and a team manager's own action would wait for ever.
    fn manages_signer(&self, action: &Action, me: PersonId) -> bool {
        let owner = self.people.get(&action.owner);
        let managed = || above(self.people, action.owner).contains(&me);
        owner.is_some_and(|owner| self.role_signs(&owner.role)) && managed()
    }

    /// Whoever manages the owner, in words, where the owner is of a role that signs off: see `manages_signer`.
    fn managers(&self, action: &Action) -> Option<String> {
        let owner = self.people.get(&action.owner).filter(|owner| self.role_signs(&owner.role))?;
        (!above(self.people, owner.id).is_empty()).then(|| format!("whoever manages {}", owner.name))
    }

    /// Those who sign this one off, in words: "Team manager or whoever manages Sam Miller".
    pub fn signers_of(&self, action: &Action) -> String {
        let labels: Vec<String> = self.signing_labels(true).into_iter().chain(self.managers(action)).collect();
        one_of(&labels)
    }

    /// Those who say whether this one helped, in words: those who sign it off and the Insights team, each named once. That somebody
    /// signed it off does not bar them: what is kept apart is doing a thing and judging it (S13).
    pub fn judges_of(&self, action: &Action) -> String {
        self.or_insights(self.managers(action))
    }

    /// The roles that sign off, somebody beside them, and the Insights team, each once.
    fn or_insights(&self, beside: Option<String>) -> String {
        let labels = self.signing_labels(false).into_iter().chain(beside);
        one_of(&labels.chain(["the Insights team".to_string()]).collect::<Vec<_>>())
    }

    /// Those who sign off, in words: "Team manager or Service manager".
    pub fn signers(&self) -> String {
        one_of(&self.signing_labels(true))
    }

    /// The roles that sign off, each once; those of the Insights team only if they are asked for.
    fn signing_labels(&self, insights: bool) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for role in self.signing_roles() {
            let label = self.label(role);
            if !labels.contains(&label) && (insights || !self.framework.role(role).is_some_and(|role| role.insights)) {
                labels.push(label);
            }
        }
        labels
    }

    /// The words of a role.
    pub(super) fn label(&self, role: &str) -> String {
        self.framework.role(role).map_or_else(|| role.to_string(), |role| role.label.clone())
    }

    /// Whether whoever asks may sign this one off: by role, and neither its owner nor who said that it was done (F11, S13, M17).
    pub fn may_sign_off(&self, action: &Action) -> bool {
        let done_by = action.life.done.and_then(|said| said.by);
        let other = self.actor.person.is_none_or(|me| me != action.owner && Some(me) != done_by);
        self.signs_this(action) && other
    }

    /// Whether whoever asks may judge if it helped: those who sign off and the Insights team, never its owner.
    pub fn may_revisit(&self, action: &Action) -> bool {
        (self.signs_this(action) || self.is_insights()) && self.actor.person != Some(action.owner)
    }
}
