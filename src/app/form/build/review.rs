//! Forms of a review: its steps, its questions, its narrative, its judgement.

use super::{AHEAD, choice, date, line, new, plain, text};
use crate::app::form::{Field, Form, FormFor, Input, Reads};
use crate::app::rights::in_short;
use crate::domain::fields::place;
use crate::domain::framework::{AnswerKind, DayWhen, FieldKind, Grading, PointDescriptor, Step, StepDuty};
use crate::domain::grade::Grade;
use crate::domain::joint::{differ, lacks_members};
use crate::domain::query::ReviewDetail;
use crate::domain::review::{AnswerValue, field, says_when};
use chrono::NaiveDate;

/// Recording a step.
pub fn step(detail: &ReviewDetail, key: &str, today: NaiveDate) -> Option<Form> {
    let (_, step) = detail.kind.step(key)?;
    let record = detail.facts.steps.get(key);
    let mut beside = Vec::new();
    if let Some(told) = detail.told.get(key) {
        beside.push("Tell:".to_string());
        beside.extend(told.iter().map(|(role, name)| {
            let role = in_short(Some(&detail.framework), role);
            if name.is_empty() { format!("{role}: nobody is known for this case; tell their manager") } else { format!("{role}: {name}") }
        }));
    }
    beside.extend(taking_part(detail, step));
    if step.duty == StepDuty::Finalise {
        beside.push("This ends the review. It stands for good and is not undone.".to_string());
    }
    let mut fields = Vec::new();
    if step.may_not_happen {
        let options = vec![("yes".to_string(), "it happened".to_string()), ("no".to_string(), "it could not happen".to_string())];
        let stored = match record {
            Some(record) if record.not_done_because.is_some() => "no",
            _ => "yes",
        };
        fields.push(plain("happened", "Did it happen?", choice(options, stored), true));
    }
    fields.push(date("on", "Day of this step", record.map_or(today, |record| record.on)));
    for asked in &step.fields {
        let stored = record.and_then(|record| record.values.get(&asked.key)).map(String::as_str).unwrap_or_default();
        let input = input_for(&asked.kind, stored);
        let hint = match (&asked.kind, asked.when) {
            (FieldKind::Date, DayWhen::Past) => "a date, or: today, yesterday, -3, mon",
            (FieldKind::Date, DayWhen::Any) => "a date, or: today, tomorrow, +3, next mon",
            (FieldKind::Date, DayWhen::Ahead) => AHEAD,
            _ if says_when(step, asked) => "the time first, as 14:30 or 2.30pm, so that lists show it",
            _ => "",
        };
        let reads = if says_when(step, asked) { Reads::Time } else { Reads::of(asked) };
        let only_if = step.may_not_happen.then_some(("happened", "yes"));
        fields.push(Field { hint: hint.into(), only_if, reads, ..plain(&place(&asked.key), asked.label.clone(), input, asked.required) });
    }
    if step.may_not_happen {
        let stored = record.and_then(|record| record.not_done_because.clone()).unwrap_or_default();
        let hint = "what was tried, what was said".to_string();
        fields.push(Field { hint, only_if: Some(("happened", "no")), ..plain("because", "Why not", line(&stored), true) });
    }
    for field in &mut fields {
        field.beside.clone_from(&beside);
    }
    let facts = &detail.facts;
    let title = format!("{} \u{b7} {}", facts.review.reference, step.label);
    Some(new(FormFor::Step(facts.review.id, key.into()), title, step.prompt.clone(), fields, facts.revision, "record"))
}

/// Who takes part, beside the steps of a visit or workshop that lead to its findings. Q04, Q05, S19.
fn taking_part(detail: &ReviewDetail, step: &Step) -> Vec<String> {
    let apart = detail.kind.judged_apart() || !detail.kind.is_joint();
    if apart || !matches!(step.duty, StepDuty::Record | StepDuty::FamilyContact) {
        return Vec::new();
    }
    let mut said = vec!["Takes part:".to_string()];
    let lead = |person| if Some(person) == detail.facts.reviewer { ", leads" } else { "" };
    said.extend(detail.joint.reviewers.iter().map(|(person, name)| format!("{name}{}", lead(*person))));
    if lacks_members(&detail.kind, &detail.facts) {
        said.push("Nobody beside the lead is recorded yet; it cannot be finished without them. Leave this form and name them.".into());
    }
    said
}

/// The input for a field of a step.
pub(in crate::app::form) fn input_for(kind: &FieldKind, stored: &str) -> Input {
    match kind {
        FieldKind::Line | FieldKind::Cycles => line(stored),
        FieldKind::Text => text(stored),
        FieldKind::Date => line(&said_date(stored)),
        FieldKind::YesNo => choice(vec![("yes".into(), "yes".into()), ("no".into(), "no".into())], stored),
        FieldKind::Choice(choices) => choice(choices.iter().map(|option| (option.key.clone(), option.label.clone())).collect(), stored),
    }
}

pub(in crate::app::form) fn said_date(stored: &str) -> String {
    stored.parse::<NaiveDate>().map(|day| day.format("%-d %b %Y").to_string()).unwrap_or_else(|_| stored.to_string())
}

fn descriptors(points: &[PointDescriptor]) -> Vec<String> {
    points.iter().rev().map(|point| format!("{}-{}  {}", point.from, point.to, point.text)).collect()
}

/// The questions of one area.
pub fn area(detail: &ReviewDetail, key: &str) -> Option<Form> {
    let area = detail.kind.areas.iter().find(|area| area.key == key)?;
    let facts = &detail.facts;
    let mut fields = Vec::new();
    for question in &area.questions {
        let name = field::question(&question.key);
        let stored = facts.answers.get(&name);
        let value = stored.map(|answer| &answer.value);
        let input = match question.answer {
            AnswerKind::Scale => Input::Scale {
                typed: match value {
                    Some(AnswerValue::Scale(point)) => point.to_string(),
                    Some(AnswerValue::NotApplicable) => "-".into(),
                    _ => String::new(),
                },
                may_not_apply: question.may_not_apply,
            },
            AnswerKind::YesPartlyNo => {
                let mut options = vec![("yes", "yes"), ("partly", "partly"), ("no", "no")];
                if question.may_not_apply {
                    options.push(("-", "does not apply"));
                }
                let stored = match value {
                    Some(AnswerValue::Yes) => "yes",
                    Some(AnswerValue::Partly) => "partly",
                    Some(AnswerValue::No) => "no",
                    Some(AnswerValue::NotApplicable) => "-",
                    _ => "",
                };
                choice(options.into_iter().map(|(key, label)| (key.into(), label.into())).collect(), stored)
            }
            AnswerKind::Text => text(value.map(AnswerValue::text).unwrap_or_default()),
        };
        let hint = match (&input, question.may_not_apply) {
            (Input::Scale { .. }, true) => "0 to 10; - does not apply",
            (Input::Scale { .. }, false) => "0 to 10",
            _ => "",
        };
        fields.push(Field {
            key: name,
            label: question.text.clone(),
            hint: hint.into(),
            input,
            required: question.required,
            beside: descriptors(&question.descriptors),
            seen: stored.map_or(0, |answer| answer.revision),
            fresh: question.answer == AnswerKind::Scale,
            only_if: None,
            once: None,
            grows: false,
            reads: Reads::default(),
        });
    }
    if area.graded {
        let name = field::area(&area.key);
        let stored = facts.answers.get(&name);
        let mut graded = grade_field(&name, "Grade of this area", stored.map(|answer| &answer.value), detail);
        graded.seen = stored.map_or(0, |answer| answer.revision);
        fields.push(graded);
    }
    let title = format!("{} \u{b7} {}", facts.review.reference, area.title);
    Some(new(FormFor::Area(facts.review.id, key.into()), title, area.guidance.clone(), fields, facts.revision, "save"))
}

fn grade_field(key: &str, label: &str, value: Option<&AnswerValue>, detail: &ReviewDetail) -> Field {
    let options = Grade::ALL.iter().map(|grade| (grade.key().to_string(), detail.framework.grade_label(*grade).to_string())).collect();
    let stored = match value {
        Some(AnswerValue::Grade(grade)) => grade.key(),
        _ => "",
    };
    let beside = detail.framework.grades.iter().map(|grade| format!("{}: {}", grade.label, grade.descriptor)).collect();
    Field { beside, ..plain(key, label, choice(options, stored), true) }
}

/// One narrative heading.
pub fn narrative(detail: &ReviewDetail, key: &str) -> Option<Form> {
    let heading = detail.kind.narrative.iter().find(|heading| heading.key == key)?;
    let name = field::narrative(key);
    let stored = detail.facts.answers.get(&name);
    let input = text(stored.map(|answer| answer.value.text()).unwrap_or_default());
    let mut written = plain(&name, heading.label.clone(), input, heading.required);
    written.seen = stored.map_or(0, |answer| answer.revision);
    let title = format!("{} \u{b7} {}", detail.facts.review.reference, heading.label);
    let kind = FormFor::Narrative(detail.facts.review.id, key.into());
    Some(new(kind, title, heading.prompt.clone(), vec![written], detail.facts.revision, "save"))
}

/// The overall judgement.
pub fn judgement(detail: &ReviewDetail) -> Form {
    let facts = &detail.facts;
    let stored = facts.answers.get(field::OVERALL);
    let seen = stored.map_or(0, |answer| answer.revision);
    let value = stored.map(|answer| &answer.value);
    let framework = &detail.framework;
    let mut overall = match detail.kind.grading {
        Grading::Scaling => {
            let typed = match value {
                Some(AnswerValue::Scale(point)) => point.to_string(),
                _ => String::new(),
            };
            let beside = framework.bands.iter().rev().map(|band| {
                let grade = framework.descriptor(band.grade);
                let (label, words) = grade.map_or(("", ""), |grade| (grade.label.as_str(), grade.descriptor.as_str()));
                format!("{}-{}  {label}: {words}", band.from, band.to)
            });
            let input = Input::Scale { typed, may_not_apply: false };
            Field { hint: "0 to 10".into(), fresh: true, beside: beside.collect(), ..plain(field::OVERALL, "Overall scaling", input, true) }
        }
        _ => grade_field(field::OVERALL, "Overall grade", value, detail),
    };
    overall.seen = seen;
    let mut fields = vec![overall];
    if detail.tension.is_some() || facts.answers.contains_key(field::WHY_TENSION) {
        let stored = facts.answers.get(field::WHY_TENSION);
        let mut why =
            plain(field::WHY_TENSION, "What made the difference", text(stored.map(|a| a.value.text()).unwrap_or_default()), false);
        why.beside = detail.tension.iter().cloned().collect();
        why.seen = stored.map_or(0, |answer| answer.revision);
        fields.push(why);
    }
    if detail.kind.judged_apart() {
        let stored = facts.answers.get(field::WHY_AGREED);
        let mut why =
            plain(field::WHY_AGREED, "Why this was agreed", text(stored.map(|a| a.value.text()).unwrap_or_default()), differ(facts));
        why.hint = "what settled it, where the own judgements differ".into();
        why.seen = stored.map_or(0, |answer| answer.revision);
        fields.push(why);
    }
    let title = format!("{} \u{b7} Overall judgement", facts.review.reference);
    let intro = "It becomes the original judgement when the review is submitted, and then stands for good.";
    new(FormFor::Judgement(facts.review.id), title, intro, fields, facts.revision, "save")
}

/// The duty of a step, for those who decide which form opens.
pub fn duty(detail: &ReviewDetail, key: &str) -> Option<StepDuty> {
    detail.kind.step(key).map(|(_, step)| step.duty)
}
