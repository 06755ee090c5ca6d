//! Cases that are not drawn: proposed by a manager, a showcase, a revisit of an earlier Inadequate, or added by hand.
//!
//! Each says who named it and why, and none of them counts in the figures of the random sample. This module must not know
//! how a subject is found, nor how its review is stored. F03, Q02, S03, S05, S19, Q05.

use super::count::one;
use super::error::RuleError;
use super::framework::{Conduct, Framework, ReviewKind, SubjectKind};
use super::grade::Grade;
use super::id::{CycleId, PersonId, ReviewId, SubjectId};
use super::person::Person;
use super::review::{Chosen, Named, ReviewFacts, ReviewState};
use super::subject::Subject;
use chrono::NaiveDate;

/// What a person asks for when naming a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedWanted {
    /// In which cycle.
    pub cycle: CycleId,
    /// Key of the kind of review.
    pub kind: String,
    /// Whom it looks at.
    pub whom: Whom,
    /// How it came in; never by the draw.
    pub how: Chosen,
    /// Who proposed or approved it.
    pub by: Option<PersonId>,
    /// Why.
    pub why: String,
    /// The practitioner who is observed, where that is not the case's own worker (S03, F16).
    pub practitioner: Option<PersonId>,
}

/// Whom a named review looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Somebody in the frame.
    Known(SubjectId),
    /// A service, by its name: it needs no extract to be visited (S19, Q05).
    Service(String),
}

/// What is true when a case is named.
#[derive(Debug, Clone, Copy)]
pub struct NamedGround<'a> {
    /// The framework of the cycle.
    pub framework: &'a Framework,
    /// Today.
    pub today: NaiveDate,
    /// The subject.
    pub subject: &'a Subject,
    /// Reference of a review of this kind that the subject has in this cycle already.
    pub already: Option<&'a str>,
    /// Who proposed or approved it, if such a person is known.
    pub by: Option<&'a Person>,
    /// The subject's newest submitted review: its row, reference and the grade that counts.
    pub earlier: Option<(ReviewId, &'a str, Option<Grade>)>,
}

/// Checks a case that somebody names, and gives what is kept of it. F03, Q02.
pub fn check(wanted: &NamedWanted, ground: NamedGround<'_>) -> Result<Named, RuleError> {
    let framework = ground.framework;
    let Some(kind) = framework.kind(&wanted.kind) else {
        let known: Vec<&str> = framework.kinds.iter().map(|kind| kind.label.as_str()).collect();
        return Err(RuleError::new("The framework has no such kind of review.", format!("Choose one of: {}.", known.join(", "))));
    };
    may_be_looked_at(kind, ground)?;
    let by = person(wanted, ground)?;
    allowed(wanted.how, framework, by)?;
    if wanted.why.trim().is_empty() {
        let rule = if wanted.how == Chosen::Showcase { "F03" } else { "Q02" };
        return Err(RuleError::under(rule, "A case that is not drawn needs its reason.", "Say in a few words why this case."));
    }
    let earlier = match (wanted.how, ground.earlier) {
        (Chosen::Revisit, Some((id, _, Some(Grade::Inadequate)))) => Some(id),
        (Chosen::Revisit, Some((_, reference, _))) => {
            return Err(RuleError::under(
                "Q02",
                format!("{reference}, the last review of {}, was not Inadequate.", ground.subject.pseudonym),
                "Only an earlier Inadequate is revisited; name the case in another way.",
            ));
        }
        (Chosen::Revisit, None) => {
            return Err(RuleError::under(
                "Q02",
                format!("{} has no earlier review to go back to.", ground.subject.pseudonym),
                "Name the case in another way.",
            ));
        }
        _ => None,
    };
    if kind.conduct == Conduct::Observation && wanted.practitioner.or(ground.subject.worker).is_none() {
        return Err(RuleError::under("S03", "Nobody is observed.", "Choose the practitioner whose work is observed."));
    }
    Ok(Named { by: by.id, why: wanted.why.trim().to_string(), earlier })
}

/// Whether a kind of review looks at this subject at all, and has not done so in this cycle. S05.
fn may_be_looked_at(kind: &ReviewKind, ground: NamedGround<'_>) -> Result<(), RuleError> {
    let subject = ground.subject;
    if !kind.subjects.contains(&subject.kind) {
        let of: Vec<&str> = kind.subjects.iter().map(|kind| kind.nouns()).collect();
        return Err(RuleError::under(
            "S05",
            format!("{} is {}; a {} looks at {}.", subject.pseudonym, one(subject.kind.noun()), kind.label.to_lowercase(), of.join(", ")),
            "Choose another kind of review, or another subject.",
        ));
    }
    if !subject.open {
        return Err(RuleError::new(
            format!("{} is not in the sampling frame: it was closed, or never there.", subject.pseudonym),
            "Import the current cases, or choose another.",
        ));
    }
    if let Some(reference) = ground.already {
        return Err(RuleError::new(
            format!("{} is in this cycle already, as {reference}.", subject.pseudonym),
            "Choose another case, or another cycle.",
        ));
    }
    Ok(())
}

fn person<'a>(wanted: &NamedWanted, ground: NamedGround<'a>) -> Result<&'a Person, RuleError> {
    let verb = if wanted.how == Chosen::Added { "approved" } else { "proposed" };
    match ground.by.filter(|person| person.is_here(ground.today)) {
        Some(person) => Ok(person),
        None => Err(RuleError::under(
            "Q02",
            format!("A case that is not drawn needs somebody who {verb} it."),
            "Choose who did, from those who work here.",
        )),
    }
}

/// Whether the framework knows this way of naming a case, and whether this person may use it. F03, Q02.
fn allowed(how: Chosen, framework: &Framework, by: &Person) -> Result<(), RuleError> {
    let rule = &framework.sampling;
    let (id, known) = match how {
        Chosen::Random | Chosen::Substitute => {
            return Err(RuleError::new("Drawn cases come from the draw.", "Draw the sample, or substitute a drawn case."));
        }
        Chosen::Showcase => ("F03", rule.showcase),
        Chosen::Proposed => ("Q02", rule.proposed_by_managers),
        Chosen::Revisit => ("Q02", framework.grades_anything()),
        Chosen::Added => return Ok(()),
    };
    if !known {
        return Err(RuleError::under(
            id,
            format!("In this framework no case comes in as {}.", how.label()),
            "Add it by hand, with who approved it and why.",
        ));
    }
    if !may_name(how, framework, &by.role) {
        return Err(RuleError::under(
            id,
            format!("{} is no manager ({}).", by.short_name(), if by.role.is_empty() { "no role recorded" } else { &by.role }),
            "Managers name such cases: choose the one who did.",
        ));
    }
    Ok(())
}

/// Checks that a named case may be taken out again: before it was judged, and with the reason. F03.
pub fn withdraw(facts: &ReviewFacts, reason: &str) -> Result<(), RuleError> {
    let reference = &facts.review.reference;
    if facts.review.chosen.is_random() {
        return Err(RuleError::new(
            format!("{reference} was drawn; it is not simply taken out."),
            "Substitute it, with the reason and who approved it.",
        ));
    }
    if facts.state != ReviewState::Open || facts.submitted_at.is_some() {
        return Err(RuleError::new(format!("{reference} is past being taken out."), "Only a case that is not yet judged can be."));
    }
    if reason.trim().is_empty() {
        return Err(RuleError::new("Taking a case out needs its reason.", "Say why it is not reviewed after all."));
    }
    Ok(())
}

/// Whether somebody of this role may name a case so: managers, but for one that is added by hand, with who approved it. F03,
/// Q02.
pub fn may_name(how: Chosen, framework: &Framework, role: &str) -> bool {
    how == Chosen::Added || framework.role(role).is_some_and(|role| role.manages)
}

/// The ways in which a framework lets a case be named, in the order of the form.
pub fn ways(framework: &Framework) -> Vec<Chosen> {
    let rule = &framework.sampling;
    let known = |how: &Chosen| match how {
        Chosen::Random | Chosen::Substitute => false,
        Chosen::Proposed => rule.proposed_by_managers,
        Chosen::Showcase => rule.showcase,
        // Where nothing is graded there is nothing to go back to.
        Chosen::Revisit => framework.grades_anything(),
        Chosen::Added => true,
    };
    Chosen::ALL.into_iter().filter(known).collect()
}

/// A service as the subject of a visit: known by its name alone.
pub fn service(id: SubjectId, name: &str) -> Subject {
    Subject {
        id,
        kind: SubjectKind::Service,
        pseudonym: name.to_string(),
        council_id: name.to_string(),
        case_type: String::new(),
        age_years: None,
        disability: None,
        team: None,
        worker: None,
        started_on: None,
        open: true,
    }
}
