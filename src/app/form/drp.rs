//! Forms of disputes and alerts of good practice: raising one, and writing down what followed. M14, C05.

use super::build::{People, choice, date, line, new, person, plain, text};
use super::{Field, Form, FormFor, Input};
use crate::domain::deed::{Deed, DrpDeed};
use crate::domain::drp::{DrpKind, DrpOutcome, DrpWanted, Informal, StepWanted, called};
use crate::domain::framework::{DrpRule, Framework};
use crate::domain::id::{DrpId, ReviewId};
use crate::domain::named::Whom;
use crate::domain::query::DrpDetail;
use chrono::NaiveDate;

/// The key of the field that names the case, where no review does.
pub const CASE: &str = "case";

/// Raising one: out of a review, by its number and reference, or about any case.
pub fn raise(rule: &DrpRule, review: Option<(ReviewId, &str)>, people: People, today: NaiveDate) -> Form {
    let kinds = DrpKind::ALL.iter().map(|kind| (kind.key().to_string(), called(rule, *kind).to_string())).collect();
    let informal = [("later", "still to come"), ("tried", "made already"), ("not-tried", "not possible, for a reason")];
    let informal = informal.map(|(key, label)| (key.to_string(), label.to_string())).to_vec();
    let mut fields = Vec::new();
    if review.is_none() {
        let input = Input::Case { found: Vec::new(), typed: String::new(), chosen: None, at: 0 };
        let hint = "its pseudonym, team, worker, or the council\u{2019}s whole number".into();
        fields.push(Field { hint, ..plain(CASE, "Case", input, true) });
    }
    let only_dispute = Some(("kind", DrpKind::Dispute.key()));
    fields.extend([
        plain("kind", "What", choice(kinds, DrpKind::Dispute.key()), true),
        Field { hint: "type part of the name; empty: you".into(), ..person("raised-by", "Raised by", people, false) },
        date("on", "Raised on", today),
        Field { hint: "the concern, or what was good; no names".into(), ..plain("what", "What it is about", text(""), true) },
        Field { only_if: only_dispute, ..plain("wanted", "What would resolve it", text(""), true) },
        Field { only_if: only_dispute, ..plain("informal", "Informal attempt", choice(informal, "later"), true) },
        Field { only_if: Some(("informal", "tried")), ..date("tried-on", "Made on", today) },
        Field { only_if: Some(("informal", "tried")), ..plain("tried", "With whom, and what came of it", text(""), true) },
        Field { only_if: Some(("informal", "not-tried")), ..plain("not-tried", "Why there was none", text(""), true) },
    ]);
    let title = match review {
        Some((_, reference)) => format!("{reference} \u{b7} Raise {}", crate::domain::count::one(&rule.called)),
        None => format!("Raise {}", crate::domain::count::one(&rule.called)),
    };
    let intro = match rule.formal_within {
        Some(within) => format!("First it is talked over informally. Once it is formal it has {within} to be resolved, counted through."),
        None => "First it is talked over informally; this framework sets no time.".to_string(),
    };
    new(FormFor::RaiseDrp(review.map(|(review, _)| review)), title, intro, fields, 0, "raise")
}

/// What happened next, chosen from what may.
pub fn step(detail: &DrpDetail, today: NaiveDate) -> Form {
    let options = detail.possible.iter().map(|wanted| (key_of(wanted), say(wanted, detail))).collect();
    let body = Some(("what", "referred/"));
    let fields = vec![
        plain("what", "What happened", choice(options, ""), true),
        Field { only_if: body, ..plain("body", "To which body", line(""), true) },
        date("on", "When", today),
        Field { hint: "what was said, decided or asked; no names".into(), ..plain("text", "In words", text(""), true) },
    ];
    let title = format!("{} \u{b7} What happened", detail.drp.reference);
    let intro = match detail.stand.to.as_slice() {
        [] => String::new(),
        to => {
            let people: Vec<String> = to.iter().map(|to| detail.said_in_short(to)).collect();
            format!("{}. With {}.", detail.stand.label(&detail.rule), people.join("; "))
        }
    };
    new(FormFor::DrpStep(detail.drp.id), title, intro, fields, detail.revision, "write down")
}

/// The word by which a step is chosen in the form.
fn key_of(wanted: &StepWanted) -> String {
    match wanted {
        StepWanted::Senior(role) => format!("senior/{role}"),
        StepWanted::Referred(body) => format!("referred/{body}"),
        StepWanted::Resolved(outcome) => format!("resolved/{}", outcome.key()),
        other => other.key().to_string(),
    }
}

fn step_of(key: &str, body: &str) -> Option<StepWanted> {
    let (word, more) = key.split_once('/').unwrap_or((key, ""));
    Some(match word {
        "tried" => StepWanted::Tried,
        "not-tried" => StepWanted::NotTried,
        "next" => StepWanted::Next,
        "senior" => StepWanted::Senior(more.to_string()),
        "referred" => StepWanted::Referred(if more.is_empty() { body.to_string() } else { more.to_string() }),
        "answered" => StepWanted::Answered,
        "paused" => StepWanted::Paused,
        "resumed" => StepWanted::Resumed,
        "resolved" => StepWanted::Resolved(DrpOutcome::of_key(more)?),
        _ => return None,
    })
}

/// A step in the words of a choice.
fn say(wanted: &StepWanted, detail: &DrpDetail) -> String {
    let role = |framework: &Framework, key: &str| framework.role(key).map_or(key, |role| role.label.as_str()).to_lowercase();
    match wanted {
        StepWanted::Tried => "talked over informally".to_string(),
        StepWanted::NotTried => "no informal attempt, for a reason".to_string(),
        StepWanted::Next => {
            let next = detail.stand.next_stage(&detail.rule).map(|stage| stage.label.clone()).unwrap_or_default();
            format!("moves on: {next}")
        }
        StepWanted::Senior(key) => format!("goes to the {}", role(&detail.framework, key)),
        StepWanted::Referred(body) if body.is_empty() => "referred outside".to_string(),
        StepWanted::Referred(body) => format!("referred to {body}"),
        StepWanted::Answered => "an answer came".to_string(),
        StepWanted::Paused => "pauses".to_string(),
        StepWanted::Resumed => "goes on".to_string(),
        StepWanted::Resolved(outcome) => format!("ended: {}", outcome.label()),
    }
}

impl Form {
    /// The deed that raises one.
    pub(super) fn raise_drp(&self, review: Option<ReviewId>, today: NaiveDate) -> Result<Deed, (String, String)> {
        let kind = DrpKind::of_key(&self.value("kind")).unwrap_or(DrpKind::Dispute);
        let subject = match review {
            Some(_) => None,
            None => match self.whom(CASE)? {
                Whom::Known(subject) => Some(subject),
                Whom::Service(_) => return Err((CASE.into(), "Choose a case, not a service.".into())),
            },
        };
        let informal = match (kind, self.value("informal").as_str()) {
            (DrpKind::Dispute, "tried") => Some(Informal::Tried { on: self.date("tried-on", today)?, what: self.value("tried") }),
            (DrpKind::Dispute, "not-tried") => Some(Informal::NotTried { why: self.value("not-tried") }),
            _ => None,
        };
        Ok(Deed::Drp(DrpDeed::Raise(DrpWanted {
            kind,
            review,
            subject,
            raised_by: self.person("raised-by"),
            on: self.date("on", today)?,
            what: self.value("what"),
            wanted: if kind == DrpKind::Dispute { self.value("wanted") } else { String::new() },
            informal,
        })))
    }

    /// The deed that writes down what followed.
    pub(super) fn note_drp(&self, drp: DrpId, today: NaiveDate) -> Result<Deed, (String, String)> {
        let Some(wanted) = step_of(&self.value("what"), &self.value("body")) else {
            return Err(("what".into(), "Choose what happened with Space or the arrows.".into()));
        };
        Ok(Deed::Drp(DrpDeed::Note { drp, seen: self.seen, on: self.date("on", today)?, wanted, text: self.value("text") }))
    }
}
