//! Who may raise a dispute, what may follow when, and by whom. M14, C05.

use super::stand::{longer, paused_days};
use super::{Drp, DrpAddressee, DrpFact, DrpKind, DrpOutcome, DrpStand, DrpStep, DrpWanted, Informal, StepWanted, called};
use crate::domain::calendar::{Calendar, say_full_date};
use crate::domain::count::one_of;
use crate::domain::error::RuleError;
use crate::domain::framework::{DrpRule, Framework};
use crate::domain::id::{DrpId, PersonId, ReviewId, SubjectId, TeamId, reference};
use crate::domain::person::Person;
use chrono::{DateTime, NaiveDate, Utc};

/// Who writes something down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Their row, when the council's list knows the login, and those of whom they are the deputy today.
    pub persons: Vec<PersonId>,
    /// Name.
    pub name: String,
    /// Belongs to the Insights team, which may write things down for others.
    pub insights: bool,
}

/// What a rule may look at.
pub struct Ground<'a> {
    /// Now.
    pub now: DateTime<Utc>,
    /// Today in England.
    pub today: NaiveDate,
    /// The framework whose process it is.
    pub framework: &'a Framework,
    /// That process.
    pub rule: &'a DrpRule,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Who holds a role for the case.
    pub find: &'a dyn Fn(&str) -> DrpAddressee,
    /// Names of people by their rows.
    pub name: &'a dyn Fn(PersonId) -> String,
    /// Names of those who hold one of some roles, a few of them.
    pub holders: &'a dyn Fn(&[String]) -> Vec<String>,
}

/// The case that one is about, as it is when it is raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The review, if it is under review.
    pub review: Option<ReviewId>,
    /// The child, young person or carer.
    pub subject: SubjectId,
    /// Who holds it.
    pub practitioner: Option<PersonId>,
    /// Their team.
    pub team: Option<TeamId>,
    /// Name of the team and of its service.
    pub place: (String, String),
}

impl Ground<'_> {
    fn label(&self, role: &str) -> String {
        self.framework.role(role).map_or(role, |role| role.label.as_str()).to_lowercase()
    }

    fn labels(&self, roles: &[String]) -> String {
        let labels: Vec<String> = roles.iter().map(|role| self.label(role)).collect();
        one_of(&labels)
    }

    /// Who could do it instead: those who hold one of some roles, by name.
    fn instead(&self, roles: &[String]) -> String {
        match (self.holders)(roles).as_slice() {
            [] => "Nobody on the list of people holds that role; import them with `closeloop import people FILE`.".to_string(),
            names => format!("{} could.", one_of(names)),
        }
    }

    fn people(&self, to: &[DrpAddressee]) -> String {
        let said: Vec<String> = to
            .iter()
            .map(|who| match who.person {
                Some(person) => format!("{} ({})", (self.name)(person), who.role),
                None => format!("the {}, a role nobody holds", self.label(&who.role)),
            })
            .collect();
        one_of(&said)
    }
}

fn not_ahead(today: NaiveDate, on: NaiveDate) -> Result<(), RuleError> {
    if on > today {
        return Err(RuleError::new(format!("{} lies ahead.", say_full_date(on)), "Give the day on which it took place."));
    }
    Ok(())
}

/// Raises one: by somebody whose role the profile names, about a case, with the informal attempt if there was one. M14, C05.
pub fn raise(ground: &Ground<'_>, writer: &Writer, id: DrpId, wanted: &DrpWanted, raiser: &Person, case: Case) -> Result<Drp, RuleError> {
    let rule = ground.rule;
    let name = called(rule, wanted.kind);
    let holds = |key: &str| ground.framework.role(key).is_some_and(|role| ground.framework.role(&raiser.role) == Some(role));
    if !rule.raised_by.iter().any(|role| holds(role)) {
        let what = format!(
            "{} is {}; {} is raised by the {}.",
            raiser.name,
            ground.label(&raiser.role),
            crate::domain::count::one(name),
            ground.labels(&rule.raised_by)
        );
        return Err(RuleError::under("M14", what, ground.instead(&rule.raised_by)));
    }
    if !writer.persons.contains(&raiser.id) && !writer.insights {
        let what = format!("Only {} or the Insights team can write down what {} raised.", raiser.name, raiser.name);
        return Err(RuleError::under("M14", what, "Ask one of them."));
    }
    not_ahead(ground.today, wanted.on)?;
    if wanted.what.is_empty() {
        let remedy = match wanted.kind {
            DrpKind::Dispute => "Write down the concern: what is not right for the child.",
            DrpKind::GoodPractice => "Write down what was good, and for whom.",
        };
        return Err(RuleError::new("It does not say what it is about.", remedy));
    }
    if wanted.kind == DrpKind::Dispute && wanted.wanted.is_empty() {
        return Err(RuleError::new("It does not say what would resolve it.", "Write down what is asked for."));
    }
    let Some(first) = rule.stages.first() else {
        return Err(RuleError::new("The process has no stage.", "Mend [drp] in the framework."));
    };
    let mut raised = Drp {
        id,
        reference: reference("DR", id.0),
        kind: wanted.kind,
        review: case.review,
        subject: case.subject,
        practitioner: case.practitioner,
        team: case.team,
        place: case.place,
        raised_by: raiser.id,
        raised_as: ground.framework.role(&raiser.role).map_or(raiser.role.clone(), |role| role.key.clone()),
        raised_on: wanted.on,
        raised_at: ground.now,
        by: writer.name.clone(),
        what: wanted.what.clone(),
        wanted: wanted.wanted.clone(),
        begins: first.key.clone(),
        framework: (ground.framework.id.clone(), ground.framework.version),
        within: rule.formal_within.filter(|_| wanted.kind == DrpKind::Dispute),
        first: first.to.iter().map(|role| (ground.find)(role)).collect(),
        facts: Vec::new(),
        taken_back: false,
    };
    let informal = match &wanted.informal {
        Some(Informal::Tried { on, what }) => Some((*on, StepWanted::Tried, what)),
        Some(Informal::NotTried { why }) => Some((wanted.on, StepWanted::NotTried, why)),
        None => None,
    };
    if let Some((on, step, text)) = informal {
        let fact = note(ground, writer, &raised, on, &step, text)?;
        raised.facts.push(fact);
    }
    Ok(raised)
}

/// What may be written down next, in the order of a list of choices; each is still checked when it is.
pub fn possible(rule: &DrpRule, drp: &Drp) -> Vec<StepWanted> {
    let stand = drp.stand();
    if stand.resolved.is_some() || drp.taken_back {
        return Vec::new();
    }
    let dispute = drp.kind == DrpKind::Dispute;
    let mut steps = Vec::new();
    if dispute && stand.is_informal() {
        steps.push(StepWanted::Tried);
        if !stand.informal_settled {
            steps.push(StepWanted::NotTried);
        }
    }
    if let Some(stage) = stand.next_stage(rule).filter(|_| stand.senior.is_none())
        && (stand.informal_settled || !stage.formal)
    {
        steps.push(StepWanted::Next);
    }
    steps.push(StepWanted::Answered);
    let senior = rule.at_any_time.iter().filter(|role| stand.senior.as_ref() != Some(*role));
    steps.extend(senior.map(|role| StepWanted::Senior(role.clone())));
    if dispute {
        let bodies = rule.outside.iter().filter(|body| !stand.referred.iter().any(|(known, _)| known == *body));
        steps.extend(bodies.map(|body| StepWanted::Referred(body.clone())));
        if rule.outside.is_empty() {
            steps.push(StepWanted::Referred(String::new()));
        }
        if rule.pauses && !stand.is_informal() {
            steps.push(if stand.paused_since.is_some() { StepWanted::Resumed } else { StepWanted::Paused });
        }
    }
    let outcomes = DrpOutcome::of_kind(drp.kind).iter().filter(|outcome| **outcome != DrpOutcome::Outside || !stand.referred.is_empty());
    steps.extend(outcomes.map(|outcome| StepWanted::Resolved(*outcome)));
    steps
}

/// Checks one thing that somebody wants to write down about one, and makes a fact of it. M14, C05.
pub fn note(ground: &Ground<'_>, writer: &Writer, drp: &Drp, on: NaiveDate, wanted: &StepWanted, text: &str) -> Result<DrpFact, RuleError> {
    let stand = drp.stand();
    let (rule, name) = (ground.rule, &drp.reference);
    if drp.taken_back {
        return Err(RuleError::new(format!("{name} was taken back."), "Raise it anew if it was right after all."));
    }
    if let Some((outcome, day)) = stand.resolved {
        let what = format!("{name} ended on {}: {}.", say_full_date(day), outcome.label());
        return Err(RuleError::under("M14", what, "Raise a new one if the concern is back."));
    }
    may_write(ground, writer, drp, &stand, wanted)?;
    not_ahead(ground.today, on)?;
    // An informal talk may have taken place before anybody thought of a dispute.
    if on < stand.last_on && *wanted != StepWanted::Tried {
        let what = format!("{} lies before the last thing that happened ({}).", say_full_date(on), say_full_date(stand.last_on));
        return Err(RuleError::new(what, "What happened stands in the order in which it happened."));
    }
    if text.is_empty() {
        return Err(RuleError::new("It says nothing in words.", needs(wanted)));
    }
    if stand.paused_since.is_some() && matches!(wanted, StepWanted::Next | StepWanted::Senior(_) | StepWanted::Paused) {
        return Err(RuleError::under("M14", format!("{name} is paused."), "Let it go on first."));
    }
    let text = text.to_string();
    let step = match wanted {
        StepWanted::Tried | StepWanted::NotTried if drp.kind == DrpKind::GoodPractice => {
            return Err(RuleError::new("Good practice needs no informal attempt.", "Move it on, or close it once it was passed on."));
        }
        StepWanted::Tried if !stand.is_informal() => {
            let what = format!("{name} is formal since {}.", stand.formal_since.map(say_full_date).unwrap_or_default());
            return Err(RuleError::under("M14", what, "Write down what was said as an answer."));
        }
        StepWanted::Tried => DrpStep::Tried { what: text },
        StepWanted::NotTried if stand.informal_settled => {
            return Err(RuleError::under("M14", format!("{name}: the informal attempt is on record."), "Move it on."));
        }
        StepWanted::NotTried => DrpStep::NotTried { why: text },
        StepWanted::Next => next(ground, drp, &stand, on, text)?,
        StepWanted::Senior(role) => senior(ground, drp, &stand, on, role, text)?,
        StepWanted::Referred(body) => referred(rule, drp, &stand, body, text)?,
        StepWanted::Answered => DrpStep::Answered { text },
        StepWanted::Paused => paused(rule, drp, &stand, text)?,
        StepWanted::Resumed => resumed(ground, drp, &stand, on, text)?,
        StepWanted::Resolved(outcome) => resolved(drp, &stand, *outcome, text)?,
    };
    Ok(DrpFact { at: ground.now, by: writer.name.clone(), on, step })
}

/// Whoever raised it, and the Insights team for them, may write down everything; with whom it stands may answer, and end it once
/// it is formal.
fn may_write(ground: &Ground<'_>, writer: &Writer, drp: &Drp, stand: &DrpStand, wanted: &StepWanted) -> Result<(), RuleError> {
    if writer.insights || writer.persons.contains(&drp.raised_by) {
        return Ok(());
    }
    let stands_with = stand.to.iter().filter_map(|to| to.person).any(|person| writer.persons.contains(&person));
    let theirs = match wanted {
        StepWanted::Answered => true,
        StepWanted::Resolved(_) => !stand.is_informal(),
        _ => false,
    };
    if stands_with && theirs {
        return Ok(());
    }
    let what = format!(
        "{} was raised by {}: {}, or the Insights team for them, writes that down.",
        drp.reference,
        (ground.name)(drp.raised_by),
        (ground.name)(drp.raised_by)
    );
    let remedy = if stands_with {
        "You can write down your answer.".to_string()
    } else {
        format!("It stands with {}, who can answer.", ground.people(&stand.to))
    };
    Err(RuleError::under("M14", what, remedy))
}

fn needs(wanted: &StepWanted) -> &'static str {
    match wanted {
        StepWanted::Tried => "Write down with whom it was talked over, and what came of it.",
        StepWanted::NotTried => "Write down why there was no informal attempt.",
        StepWanted::Next | StepWanted::Senior(_) => "Write down why it moves on.",
        StepWanted::Referred(_) => "Write down what they were asked.",
        StepWanted::Answered => "Write down the answer.",
        StepWanted::Paused => "Write down why it pauses.",
        StepWanted::Resumed => "Write down why it goes on now.",
        StepWanted::Resolved(_) => "Write down what was agreed or decided.",
    }
}

/// The last day of the formal part where this begins it. M14.
fn begins_formal(ground: &Ground<'_>, drp: &Drp, stand: &DrpStand, formal: bool, on: NaiveDate) -> Result<Option<NaiveDate>, RuleError> {
    let within = drp.within.filter(|_| formal && stand.formal_since.is_none());
    Ok(within.map(|within| ground.calendar.due_on(on, within)).transpose()?)
}

fn next(ground: &Ground<'_>, drp: &Drp, stand: &DrpStand, on: NaiveDate, because: String) -> Result<DrpStep, RuleError> {
    let name = &drp.reference;
    if let Some(role) = &stand.senior {
        let what = format!("{name} is with the {}, above its stages.", ground.label(role));
        return Err(RuleError::under("C05", what, "Write down their answer, or how it ended."));
    }
    let Some(stage) = stand.next_stage(ground.rule) else {
        let what = format!("{name} stands at the last stage, \u{201c}{}\u{201d}.", stand.label(ground.rule));
        let remedy = match ground.rule.at_any_time.as_slice() {
            [] => "Write down an answer, an outside referral, or how it ended.".to_string(),
            roles => format!("It may go to the {} at any time.", ground.labels(roles)),
        };
        return Err(RuleError::under("M14", what, remedy));
    };
    let formal = stage.formal && drp.kind == DrpKind::Dispute;
    if formal && !stand.informal_settled {
        let what = format!("{name}: no informal attempt is on record.");
        let remedy = "First it is talked over informally; write that down, or why it was not possible.";
        return Err(RuleError::under("M14", what, remedy));
    }
    let due = begins_formal(ground, drp, stand, formal, on)?;
    let to = stage.to.iter().map(|role| (ground.find)(role)).collect();
    Ok(DrpStep::Stage { key: stage.key.clone(), label: stage.label.clone(), formal, to, because, due })
}

fn senior(ground: &Ground<'_>, drp: &Drp, stand: &DrpStand, on: NaiveDate, role: &str, because: String) -> Result<DrpStep, RuleError> {
    let (name, rule) = (&drp.reference, ground.rule);
    if !rule.at_any_time.iter().any(|known| known.eq_ignore_ascii_case(role)) {
        let what = format!("{name} does not go to the {} at any time in this framework.", ground.label(role));
        let remedy = match rule.at_any_time.as_slice() {
            [] => "It goes from stage to stage.".to_string(),
            roles => format!("It may go to the {}.", ground.labels(roles)),
        };
        return Err(RuleError::under("C05", what, remedy));
    }
    if stand.senior.as_deref().is_some_and(|at| at.eq_ignore_ascii_case(role)) {
        return Err(RuleError::under("C05", format!("{name} is with the {} already.", ground.label(role)), ""));
    }
    let due = begins_formal(ground, drp, stand, drp.kind == DrpKind::Dispute, on)?;
    Ok(DrpStep::Senior { to: (ground.find)(role), because, due })
}

fn referred(rule: &DrpRule, drp: &Drp, stand: &DrpStand, body: &str, note: String) -> Result<DrpStep, RuleError> {
    let name = &drp.reference;
    if drp.kind == DrpKind::GoodPractice {
        return Err(RuleError::under("M14", "Good practice is not referred outside.", ""));
    }
    let body = rule.outside.iter().find(|known| known.eq_ignore_ascii_case(body)).map_or(body, String::as_str);
    if body.is_empty() {
        return Err(RuleError::new("It does not say to whom it was referred.", "Name the body."));
    }
    if !rule.outside.is_empty() && !rule.outside.iter().any(|known| known == body) {
        let what = format!("This framework does not refer to {body}.");
        return Err(RuleError::under("M14", what, format!("It names {}.", one_of(&rule.outside))));
    }
    if let Some((_, day)) = stand.referred.iter().find(|(known, _)| known == body) {
        let what = format!("{name} was referred to {body} on {}.", say_full_date(*day));
        return Err(RuleError::under("M14", what, "Write down what they say as an answer."));
    }
    Ok(DrpStep::Referred { body: body.to_string(), note })
}

fn paused(rule: &DrpRule, drp: &Drp, stand: &DrpStand, why: String) -> Result<DrpStep, RuleError> {
    let name = &drp.reference;
    if !rule.pauses {
        let within = drp.within.map(|within| format!("{within} at most, counted through")).unwrap_or_else(|| "no clock".to_string());
        let what = format!("{name} is not paused: the formal part has {within}.");
        return Err(RuleError::under("M14", what, "Write down an answer, or let it go to somebody more senior."));
    }
    if stand.is_informal() || drp.kind == DrpKind::GoodPractice {
        return Err(RuleError::under("M14", format!("{name}: no clock runs that could be paused."), ""));
    }
    Ok(DrpStep::Paused { why })
}

fn resumed(ground: &Ground<'_>, drp: &Drp, stand: &DrpStand, on: NaiveDate, why: String) -> Result<DrpStep, RuleError> {
    let (Some(since), Some(formal)) = (stand.paused_since, stand.formal_since) else {
        return Err(RuleError::under("M14", format!("{} is not paused.", drp.reference), ""));
    };
    let pauses: Vec<_> = stand.pauses.iter().copied().chain([(since, on)]).collect();
    let due = match drp.within {
        Some(within) => Some(ground.calendar.due_on(formal, longer(within, paused_days(within, &pauses, ground.calendar)?))?),
        None => None,
    };
    Ok(DrpStep::Resumed { why, due })
}

fn resolved(drp: &Drp, stand: &DrpStand, outcome: DrpOutcome, text: String) -> Result<DrpStep, RuleError> {
    let name = &drp.reference;
    if !DrpOutcome::of_kind(drp.kind).contains(&outcome) {
        return Err(RuleError::new(format!("{name} cannot end so: {}.", outcome.label()), "Choose how it ended from the list."));
    }
    if !stand.informal_settled && stand.is_informal() {
        let what = format!("{name}: no informal attempt is on record.");
        return Err(RuleError::under("M14", what, "Write down first with whom it was talked over."));
    }
    if outcome == DrpOutcome::Outside && stand.referred.is_empty() {
        return Err(RuleError::under("M14", format!("{name} was not referred outside."), "Write down the referral first."));
    }
    Ok(DrpStep::Resolved { outcome, text })
}
