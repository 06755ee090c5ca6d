//! Opening an alert: who hears of it, as the roles are held at that moment, and which clocks begin to run.

use super::{Alert, AlertAddressee, AlertTrigger, StepUp, Written};
use crate::domain::calendar::Calendar;
use crate::domain::error::RuleError;
use crate::domain::framework::{Addressee, EscalationRule, Framework, Side, Span, SubjectKind};
use crate::domain::id::{AlertId, PersonId, ReviewId};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// How the people of an alert are found at the moment of opening.
pub struct Finding<'a> {
    /// Who holds a role for this review, if anybody.
    pub holder: &'a dyn Fn(&Addressee) -> Option<PersonId>,
    /// Who acts for somebody who is away.
    pub acting: &'a dyn Fn(PersonId) -> PersonId,
    /// Everybody above somebody who can be told, nearest first.
    pub above: &'a dyn Fn(PersonId) -> Vec<PersonId>,
    /// Who is recused from the review: nothing of it may reach them.
    pub recused: &'a BTreeSet<PersonId>,
}

impl Finding<'_> {
    /// Who hears in place of the holder of a role: whoever acts for them; the next above who is not recused where they are;
    /// none where nobody is. M10.
    fn told(&self, holder: PersonId) -> Option<PersonId> {
        let free = |person: &PersonId| !self.recused.contains(person);
        let stands = std::iter::once(holder).chain((self.above)(holder)).find(free)?;
        Some(Some((self.acting)(stands)).filter(free).unwrap_or(stands))
    }

    /// The addressee for a role: for a foster carer that of fostering (S09). Whoever is recused is not told; the next up the
    /// line is.
    pub fn addressee(&self, rule: &EscalationRule, subject: SubjectKind, wanted: &Addressee) -> AlertAddressee {
        let addressee = rule.acting_for(subject, wanted);
        let holds = (self.holder)(&addressee);
        let person = holds.and_then(|holder| self.told(holder));
        AlertAddressee {
            instead_of: holds.filter(|_| holds != person),
            recused: holds.is_some_and(|holder| self.recused.contains(&holder)),
            ..AlertAddressee::new(addressee.role, addressee.side, person)
        }
    }
}

impl EscalationRule {
    /// By when somebody has to be told who is named at this moment; none: the framework sets no time. M10.
    ///
    /// # Errors
    /// The table of holidays does not reach so far.
    pub fn tell_by(&self, now: DateTime<Utc>, calendar: &Calendar) -> Result<Option<DateTime<Utc>>, RuleError> {
        self.tell_within.map(|span| calendar.due(now, span).map(|due| due.at).map_err(RuleError::from)).transpose()
    }
}

/// What is opened, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// Its number.
    pub id: AlertId,
    /// The review it is about.
    pub review: ReviewId,
    /// What the review looks at.
    pub subject: SubjectKind,
    /// What opens it.
    pub trigger: AlertTrigger,
    /// What was written on the form of a concern, or why it is raised by hand.
    pub concern: Vec<Written>,
    /// Who raises it; none: a grade does.
    pub raised_by: Option<PersonId>,
    /// How many of the same trigger were closed on this review before.
    pub earlier: u32,
}

/// Opens an alert with its addressees and the clocks that the framework sets. M10, S09, S10, F10.
pub fn open(
    now: DateTime<Utc>,
    framework: &Framework,
    calendar: &Calendar,
    opening: Opening,
    finding: &Finding<'_>,
) -> Result<Alert, RuleError> {
    let rule = &framework.escalation;
    let until = |span: Option<Span>| -> Result<Option<DateTime<Utc>>, RuleError> {
        span.map(|span| calendar.due(now, span).map(|due| due.at).map_err(RuleError::from)).transpose()
    };
    let Opening { id, review, subject, trigger, concern, raised_by, earlier } = opening;
    let tell_by = rule.tell_by(now, calendar)?;
    let mut wanted = rule.addressees.clone();
    // M11: whoever is to review the record has to hear of it, even where the list of addressees forgets them.
    let assurer = rule.reviewed_by.as_ref().map(|role| Addressee { role: role.clone(), side: Side::Child });
    wanted.extend(assurer.clone().filter(|assurer| !wanted.contains(assurer)));
    let assured_by = assurer.and_then(|assurer| wanted.iter().position(|addressee| *addressee == assurer));
    let addressees = wanted.iter().map(|addressee| AlertAddressee { tell_by, ..finding.addressee(rule, subject, addressee) }).collect();
    let mut steps = Vec::with_capacity(rule.steps.len());
    for step in &rule.steps {
        let to = rule.acting_for(subject, &step.to);
        let due_at = calendar.due(now, step.after).map_err(RuleError::from)?.at;
        steps.push(StepUp { role: to.role, side: to.side, due_at, taken_at: None });
    }
    Ok(Alert {
        id,
        reference: crate::domain::id::reference("AL", id.0),
        review,
        trigger,
        opened_at: now,
        review_due_at: until(rule.review_within)?,
        review_within: rule.review_within.map(|span| span.to_string()).unwrap_or_default(),
        addressees,
        closed_at: None,
        earlier,
        under: format!("{} {}", framework.id, framework.version),
        concern,
        raised_by,
        assured_by,
        steps,
        assurance: None,
        dispute: None,
        kept: Vec::new(),
        overdue: Vec::new(),
    })
}

/// Whether an alert may be raised outside a grade, and what its form needs. F10: an immediate concern says what it is and what
/// should be done; one raised by hand says why. `open_already` is the reference of an open alert of the same trigger.
pub fn may_raise(framework: &Framework, trigger: AlertTrigger, concern: &[Written], open_already: Option<&str>) -> Result<(), RuleError> {
    let rule = &framework.escalation;
    if trigger.is_grade() {
        return Err(RuleError::new("An alert of a grade is opened by the grade itself.", "Submit the review, or decide it at the panel."));
    }
    if trigger == AlertTrigger::Concern && !rule.immediate_concern {
        return Err(RuleError::under(
            "F10",
            format!("The framework of {} knows no immediate concern.", framework.short_name),
            "Raise an alert by hand, and say why.",
        ));
    }
    if rule.addressees.is_empty() {
        return Err(RuleError::new("The framework names nobody who would be told.", "Add addressees to its profile."));
    }
    if let Some(reference) = open_already {
        return Err(RuleError::new(
            format!("{reference} is open on this review already, for the same reason."),
            format!("Open {reference} and write there what is new."),
        ));
    }
    let said = |key: &str| concern.iter().any(|written| written.key == key && !written.text.is_empty());
    let headings = rule.headings(trigger);
    if let Some(missing) = headings.iter().find(|heading| !said(&heading.key)) {
        return Err(RuleError::under(
            "F10",
            format!("\u{201c}{}\u{201d} is not answered.", missing.label),
            "Write it in a sentence or two.",
        ));
    }
    Ok(())
}
