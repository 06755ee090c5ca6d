//! Forms of the year's other activity: an entry of a register, a planned cycle of any kind, extra work.

use super::build::{People, choice, date, date_ahead, due as due_field, kind_of_action, line, new, person, plain, said_date, text};
use super::{Field, Form, FormFor, Input, Reads};
use crate::domain::cycle::{BesidePlanned, Commission, CyclePlanned, commissioners};
use crate::domain::framework::{FieldKind, Framework, Register};
use crate::domain::query::EntryRow;
use crate::domain::register::EntryWanted;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// An entry of a register: a new one, or `row` put right. `open` are the cycles whose outcomes no entry has looked at, with their
/// areas (F15).
pub fn entry(
    framework: &Framework,
    register: &Register,
    row: Option<&EntryRow>,
    day: NaiveDate,
    people: People,
    open: &[(String, String)],
) -> Form {
    let expected = !register.expects.is_empty();
    let person = Field {
        hint: "type part of the name".into(),
        beside: expectations(framework, register),
        ..plain(
            "person",
            if expected { "Whose work" } else { "Whom it is about (staff), if anybody" },
            Input::Person { people, typed: String::new(), chosen: row.and_then(|row| row.person), at: 0 },
            expected,
        )
    };
    let mut fields = vec![date("on", "Date", day)];
    for asked in &register.fields {
        let stored = row.and_then(|row| row.values.get(&asked.key)).map(String::as_str).unwrap_or_default();
        let (mark, input) = match &asked.kind {
            FieldKind::Line => ("v", line(stored)),
            FieldKind::Cycles if row.is_none() => ("v", line(&open.iter().map(|(cycle, _)| cycle.as_str()).collect::<Vec<_>>().join(" "))),
            FieldKind::Cycles => ("v", line(stored)),
            FieldKind::Text => ("v", text(stored)),
            FieldKind::Date => ("d", line(&said_date(stored))),
            FieldKind::YesNo => ("v", choice(vec![("yes".into(), "yes".into()), ("no".into(), "no".into())], stored)),
            FieldKind::Choice(choices) => {
                ("v", choice(choices.iter().map(|option| (option.key.clone(), option.label.clone())).collect(), stored))
            }
        };
        let hint = match &asked.kind {
            FieldKind::Date => "a date, or: today, tomorrow, +3, mon",
            FieldKind::Cycles => "references with a space between; those that nobody looked at yet stand here",
            _ => "",
        };
        let beside = if asked.kind == FieldKind::Cycles {
            open.iter().map(|(cycle, area)| format!("{cycle}  {area}")).collect()
        } else {
            Vec::new()
        };
        fields.push(Field {
            hint: hint.into(),
            beside,
            reads: Reads::of(asked),
            ..plain(&format!("{mark}/{}", asked.key), asked.label.clone(), input, asked.required)
        });
    }
    let place = plain("place", "Team or service", line(row.map_or("", |row| row.place.as_str())), false);
    if expected {
        // Whose work it was is what is entered most: it comes first, and their team follows from it.
        fields.insert(0, person);
        fields.push(Field { hint: "empty: the team of the person".into(), ..place });
    } else {
        fields.push(place);
        fields.push(person);
    }
    let kind = FormFor::Entry(register.key.clone(), row.map(|row| row.id));
    let (title, intro, seen) = match row {
        Some(row) => (format!("{} \u{b7} {}", register.label, row.reference), format!("Written by {}.", row.by), row.revision),
        None => (register.label.clone(), "Saved with one key; the next entry then opens by itself.".to_string(), 0),
    };
    new(kind, title, intro, fields, seen, if row.is_some() { "put right" } else { "note it" })
}

/// An action out of an entry of a register: what a meeting agreed, what an observation asks for.
pub fn entry_action(framework: &Framework, row: &EntryRow, people: People) -> Form {
    let urgent = vec![("no".to_string(), "no".to_string()), ("yes".to_string(), "yes: it cannot wait".to_string())];
    let due = framework.actions.default_due;
    let mut fields = vec![
        plain("text", "What needs to happen", line(""), true),
        person("owner", "Owner", people, true),
        due_field("Due", format!("empty: {due} from today; or a date, +30"), false),
        plain("urgent", "Urgent", choice(urgent, "no"), false),
    ];
    fields.extend(kind_of_action(&framework.actions));
    let intro = "It stands in the tracker with all others: one owner, one day, signed off by somebody else, looked at again.";
    let title = format!("{} \u{b7} What needs to happen", row.reference);
    new(FormFor::EntryAction(row.id), title, intro, fields, 0, "raise")
}

/// What the register expects of whom, in sentences.
fn expectations(framework: &Framework, register: &Register) -> Vec<String> {
    let label = |field: &str, key: &str| {
        let kind = register.fields.iter().find(|known| known.key == field).map(|field| &field.kind);
        match kind {
            Some(FieldKind::Choice(choices)) => choices.iter().find(|choice| choice.key == key).map(|choice| choice.label.to_lowercase()),
            _ => None,
        }
    };
    let said = register.expects.iter().map(|expected| {
        let roles: Vec<&str> =
            expected.roles.iter().map(|key| framework.role(key).map_or(key.as_str(), |role| role.label.as_str())).collect();
        let one = expected.at_least_one.as_ref().and_then(|(field, choice)| label(field, choice));
        match (expected.times_a_year, one) {
            (0, _) => format!("{}: as their own programme says", roles.join(", ")),
            (times, Some(one)) => format!("{}: {times} a year, at least one of {one}", roles.join(", ")),
            (times, None) => format!("{}: {times} a year", roles.join(", ")),
        }
    });
    said.collect()
}

fn focus_fields(framework: &Framework) -> Vec<Field> {
    let reasons = framework.cycle.focus_reasons.iter().map(|reason| (reason.key.clone(), reason.label.clone())).collect();
    let required = framework.cycle.focus_required;
    vec![
        plain("focus", "Area of focus", line(""), required),
        plain("reason", "Why this focus", choice(reasons, ""), required),
        plain("note", "In words", text(""), false),
    ]
}

/// Planning a cycle of any kind for a month.
pub fn plan_cycle(framework: &Framework, starts: NaiveDate) -> Form {
    let kinds: Vec<(String, String)> = framework.kinds.iter().map(|kind| (kind.key.clone(), kind.label.clone())).collect();
    let usual = framework.sampled_kind().map(|kind| kind.key.clone()).unwrap_or_default();
    let mut fields = vec![plain("kind", "Kind of review", choice(kinds, &usual), true), date_ahead("starts", "First day", starts)];
    fields.extend(focus_fields(framework));
    let intro = "Planned with its focus and why; its sample is drawn later, by hand.";
    new(FormFor::Beside(false), "Plan a cycle", intro, fields, 0, "plan it")
}

/// Extra work that a board asks for. F23, Q04.
pub fn extra_work(framework: &Framework, today: NaiveDate) -> Form {
    let may = framework.kinds.iter().filter(|kind| !commissioners(framework, kind).is_empty());
    let kinds: Vec<(String, String)> = may.map(|kind| (kind.key.clone(), kind.label.clone())).collect();
    let first = kinds.first().map(|(key, _)| key.clone()).unwrap_or_default();
    let asks = |key: &String| framework.kinds.iter().any(|kind| commissioners(framework, kind).iter().any(|board| board.key == *key));
    let boards = framework.boards.iter().filter(|board| asks(&board.key)).map(|board| (board.key.clone(), board.label.clone())).collect();
    let mut fields = vec![
        plain("kind", "Kind of review", choice(kinds, &first), true),
        plain("by", "Which board asks", choice(boards, ""), true),
        plain("why", "Why, or what is to be tested", text(""), true),
        date_ahead("starts", "First day", today),
        due_field("Wanted on", "the board\u{2019}s meeting: a date, +30, mon", false),
    ];
    fields.extend(focus_fields(framework));
    let intro = "Outside the plan: it has a reference of its own and is counted apart in the year.";
    new(FormFor::Beside(true), "Extra work", intro, fields, 0, "open it")
}

impl Form {
    pub(super) fn beside(&self, today: NaiveDate, extra: bool) -> Result<BesidePlanned, (String, String)> {
        let planned = CyclePlanned {
            starts_on: self.date("starts", today)?,
            focus: self.value("focus"),
            focus_reason: self.value("reason"),
            focus_note: self.value("note"),
        };
        let due_on = if self.value("due").is_empty() { None } else { Some(self.date("due", today)?) };
        let extra = extra.then(|| Commission { by: self.value("by"), why: self.value("why"), due_on });
        Ok(BesidePlanned { planned, kind: self.value("kind"), extra })
    }

    pub(super) fn entry(&self, today: NaiveDate, register: &str) -> Result<EntryWanted, (String, String)> {
        let mut values = BTreeMap::new();
        for field in &self.fields {
            let Some((mark, key)) = field.key.split_once('/') else { continue };
            let value = field.input.value();
            if !value.is_empty() {
                values.insert(key.to_string(), if mark == "d" { self.date(&field.key, today)?.to_string() } else { value });
            }
        }
        let on = self.date("on", today)?;
        Ok(EntryWanted { register: register.to_string(), on, person: self.person("person"), place: self.value("place"), values })
    }
}
