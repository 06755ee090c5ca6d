//! Each form, made from what was read: its fields with what stands there now, and what is said beside them.

use super::{Field, Form, FormFor, Input};
use crate::app::editor::Editor;
use crate::domain::framework::{AnswerKind, FieldKind, Framework, Grading, PointDescriptor, StepDuty, Stratum};
use crate::domain::grade::Grade;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::query::{CycleDetail, FrameDetail, ReviewDetail, SubstituteRow};
use crate::domain::review::{AnswerValue, field};
use chrono::{Datelike, NaiveDate};

/// Everybody who can be chosen, with a few words.
pub type People = Vec<(PersonId, String)>;

fn new(kind: FormFor, title: impl Into<String>, intro: impl Into<String>, fields: Vec<Field>, seen: i64, verb: &'static str) -> Form {
    Form { kind, title: title.into(), intro: intro.into(), fields, at: 0, seen, error: None, touched: false, theirs: None, verb }
}

fn plain(key: &str, label: impl Into<String>, input: Input, required: bool) -> Field {
    Field {
        key: key.into(),
        label: label.into(),
        hint: String::new(),
        input,
        required,
        beside: Vec::new(),
        seen: 0,
        fresh: false,
        only_if: None,
    }
}

fn line(text: &str) -> Input {
    Input::Line(Editor::new(text, true))
}

fn text(text: &str) -> Input {
    Input::Text(Editor::new(text, false))
}

fn choice(options: Vec<(String, String)>, stored: &str) -> Input {
    let at = options.iter().position(|(key, _)| key == stored);
    Input::Choice { options, at }
}

fn date(key: &str, label: &str, day: NaiveDate) -> Field {
    let hint = "a date, or: today, yesterday, -3, mon".into();
    Field { hint, fresh: true, ..plain(key, label, line(&day.format("%-d %b %Y").to_string()), true) }
}

/// Opening a cycle: by default the next month that has none.
pub fn open_cycle(framework: &Framework, starts: NaiveDate) -> Form {
    let reasons = framework.cycle.focus_reasons.iter().map(|reason| (reason.key.clone(), reason.label.clone())).collect();
    let fields = vec![
        date("starts", "First day", starts),
        plain("focus", "Area of focus", line(""), framework.cycle.focus_required),
        plain("reason", "Why this focus", choice(reasons, ""), framework.cycle.focus_required),
        plain("note", "In words", text(""), false),
    ];
    new(FormFor::OpenCycle, "Open a cycle", "The phases are dated from the first day, as the framework says.", fields, 0, "open the cycle")
}

/// Changing the focus.
pub fn focus(detail: &CycleDetail) -> Form {
    let reasons = detail.framework.cycle.focus_reasons.iter().map(|reason| (reason.key.clone(), reason.label.clone())).collect();
    let cycle = &detail.cycle;
    let fields = vec![
        plain("focus", "Area of focus", line(&cycle.focus), true),
        plain("reason", "Why this focus", choice(reasons, &cycle.focus_reason), true),
        plain("note", "In words", text(&cycle.focus_note), false),
    ];
    new(FormFor::Focus(cycle.id), format!("Focus of {}", cycle.title), "", fields, 0, "save")
}

/// Drawing the sample.
pub fn draw(detail: &CycleDetail, frame: &FrameDetail, seed: u64) -> Form {
    let strata = vec![
        ("service".to_string(), "service".to_string()),
        ("case-type".to_string(), "case type".to_string()),
        ("none".to_string(), "not divided".to_string()),
    ];
    let by = match detail.framework.sampling.stratify_by {
        Stratum::Service => "service",
        Stratum::CaseType => "case-type",
        Stratum::None => "none",
    };
    let mut beside = vec![format!("{} cases in the frame.", frame.in_frame)];
    if frame.reviewed_lately > 0 {
        beside.push(format!("{} are left out: reviewed in the last 12 months.", frame.reviewed_lately));
    }
    if frame.worker_lately > 0 {
        beside.push(format!("{} are left out while there are enough others: their worker was drawn last cycle.", frame.worker_lately));
    }
    if frame.marked > 0 {
        beside.push(format!("{} have no worker or team recorded; they can be drawn.", frame.marked));
    }
    match frame.frame_date {
        Some(day) => beside.push(format!("The newest extract is of {}.", day.format("%-d %B %Y"))),
        None => beside.push("No extract has been imported yet: `closeloop import annex-a FILE`.".into()),
    }
    beside.push(String::new());
    beside.extend(
        frame
            .strata
            .iter()
            .map(|stratum| format!("{:<24} {:>5} in frame {:>5} eligible", stratum.name, stratum.in_frame, stratum.eligible)),
    );
    let mut fields = vec![
        Field { fresh: true, ..plain("size", "How many cases", line(&frame.default_size.to_string()), true) },
        plain("by", "In proportion by", choice(strata, by), true),
        Field { hint: "the same seed gives the same sample".into(), fresh: true, ..plain("seed", "Seed", line(&seed.to_string()), true) },
    ];
    for field in &mut fields {
        field.beside.clone_from(&beside);
    }
    let title = format!("Draw the sample of {}", detail.cycle.title);
    new(FormFor::Draw(detail.cycle.id), title, "A sample is drawn once. How it was chosen stays on its card.", fields, 0, "draw")
}

/// Recording a step.
pub fn step(detail: &ReviewDetail, key: &str, today: NaiveDate) -> Option<Form> {
    let (_, step) = detail.kind.step(key)?;
    let record = detail.facts.steps.get(key);
    let mut beside = Vec::new();
    if let Some(told) = detail.told.get(key) {
        beside.push("Tell:".to_string());
        beside.extend(told.iter().map(|(role, name)| {
            if name.is_empty() { format!("{role}: nobody holds this role; tell their manager") } else { format!("{role}: {name}") }
        }));
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
    fields.push(date("on", "Date", record.map_or(today, |record| record.on)));
    for asked in &step.fields {
        let stored = record.and_then(|record| record.values.get(&asked.key)).map(String::as_str).unwrap_or_default();
        let input = match &asked.kind {
            FieldKind::Line => line(stored),
            FieldKind::Text => text(stored),
            FieldKind::Date => line(&said_date(stored)),
            FieldKind::YesNo => choice(vec![("yes".into(), "yes".into()), ("no".into(), "no".into())], stored),
            FieldKind::Choice(choices) => choice(choices.iter().map(|option| (option.key.clone(), option.label.clone())).collect(), stored),
        };
        let hint = if asked.kind == FieldKind::Date { "a date, or: today, tomorrow, +3, mon".to_string() } else { String::new() };
        let only_if = step.may_not_happen.then_some(("happened", "yes"));
        fields.push(Field { hint, only_if, ..plain(&format!("v/{}", asked.key), asked.label.clone(), input, asked.required) });
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

fn said_date(stored: &str) -> String {
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
    let title = format!("{} \u{b7} Overall judgement", facts.review.reference);
    let intro = "It becomes the original judgement when the review is submitted, and then stands for good.";
    new(FormFor::Judgement(facts.review.id), title, intro, fields, facts.revision, "save")
}

/// Raising an action.
pub fn action(detail: &ReviewDetail, people: People) -> Form {
    let urgent = vec![("no".to_string(), "no".to_string()), ("yes".to_string(), "yes: a child\u{2019}s safety depends on it".to_string())];
    let due = detail.framework.actions.default_due;
    let fields = vec![
        plain("text", "What needs to happen", line(""), true),
        Field {
            hint: "type part of the name".into(),
            ..plain("owner", "Owner", Input::Person { people, typed: String::new(), chosen: None, at: 0 }, true)
        },
        Field { hint: format!("empty: {due} from today; or a date, +5, fri"), ..plain("due", "Due", line(""), false) },
        plain("urgent", "Urgent", choice(urgent, "no"), false),
    ];
    let reference = &detail.facts.review.reference;
    let intro = "One owner, one date. It is followed until somebody else has seen that it was done.";
    new(FormFor::Action(detail.facts.review.id), format!("{reference} \u{b7} What needs to happen"), intro, fields, 0, "raise")
}

/// Why no action is raised.
pub fn no_actions(detail: &ReviewDetail) -> Form {
    let stored = detail.facts.answers.get(field::WHY_NO_ACTIONS);
    let mut why = plain(field::WHY_NO_ACTIONS, "Why none is needed", text(stored.map(|a| a.value.text()).unwrap_or_default()), false);
    why.seen = stored.map_or(0, |answer| answer.revision);
    let title = format!("{} \u{b7} No action", detail.facts.review.reference);
    new(FormFor::NoActions(detail.facts.review.id), title, "Below Good something usually has to happen.", vec![why], 0, "save")
}

/// Substituting a case.
pub fn substitute(detail: &ReviewDetail, reserve: &[SubstituteRow], people: People) -> Form {
    let options = reserve.iter().map(|row| {
        let first = if row.next_in_reserve { ", next in the drawn reserve" } else { "" };
        (row.subject.0.to_string(), format!("{} {} ({}{first})", row.case, row.case_type, row.team))
    });
    let options: Vec<(String, String)> = options.collect();
    let first = options.first().map(|(key, _)| key.clone()).unwrap_or_default();
    let fields = vec![
        plain("incoming", "Case that comes in", choice(options, &first), true),
        plain("reason", "Why", line(""), true),
        Field {
            hint: "type part of the name".into(),
            ..plain("approver", "Approved by", Input::Person { people, typed: String::new(), chosen: None, at: 0 }, true)
        },
    ];
    let facts = &detail.facts;
    let title = format!("{} \u{b7} Substitute {}", facts.review.reference, detail.case);
    let intro = "The review is withdrawn and another opened. Reason and approver stay on the sample\u{2019}s card.";
    new(FormFor::Substitute(facts.review.id), title, intro, fields, facts.revision, "substitute")
}

/// Recording an absence.
pub fn absence(person: PersonId, name: &str, today: NaiveDate) -> Form {
    let fields = vec![
        date("from", "First day", today),
        date("until", "Last day", today + chrono::Duration::days(i64::from(4 - today.weekday().num_days_from_monday() as i32).max(0))),
        plain("reason", "Why", line("leave"), false),
    ];
    let intro = "Somebody who is away when the review phase starts, or for most of it, is not proposed.";
    new(FormFor::Absence(person), format!("{name} is away"), intro, fields, 0, "record")
}

/// Why somebody looks.
pub fn reveal(review: ReviewId, reference: &str) -> Form {
    let reasons = [
        ("to open the case record", "to open the case record"),
        ("a question from the team", "a question from the team"),
        ("to contact the family", "to contact the family"),
    ];
    let options = reasons.iter().map(|(key, label)| (key.to_string(), label.to_string())).collect();
    let fields = vec![plain("why", "Why", choice(options, "to open the case record"), true)];
    let intro = "Shows the council\u{2019}s own number for 10 seconds. That you looked, and why, is written into the history.";
    new(FormFor::Reveal(review), format!("{reference} \u{b7} Who is it?"), intro, fields, 0, "show")
}

/// The duty of a step, for those who decide which form opens.
pub fn duty(detail: &ReviewDetail, key: &str) -> Option<StepDuty> {
    detail.kind.step(key).map(|(_, step)| step.duty)
}
