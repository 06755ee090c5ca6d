//! Forms about the list of people: somebody new, what is written of somebody, their line manager, their last day. T43.

use super::build::{People, choice, date, line, new, person, plain};
use super::{Field, Form, FormFor, Input};
use crate::domain::access::Right;
use crate::domain::deed::{Deed, PeopleDeed};
use crate::domain::framework::Framework;
use crate::domain::id::PersonId;
use crate::domain::person::PersonWanted;
use crate::domain::query::{PersonChoices, PersonDetail, held_in_words};
use chrono::NaiveDate;

/// Which form about the list of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonForm {
    /// Somebody new.
    Add,
    /// What is written of somebody.
    Change(PersonId),
    /// Who manages somebody, alone.
    Manager(PersonId),
    /// Somebody's last day.
    End(PersonId),
}

impl PersonForm {
    /// The name of its draft.
    pub(super) fn draft_key(self) -> String {
        match self {
            PersonForm::Add => "person-add 0".into(),
            PersonForm::Change(id) => format!("person-change {}", id.0),
            PersonForm::Manager(id) => format!("person-manager {}", id.0),
            PersonForm::End(id) => format!("person-end {}", id.0),
        }
    }

    /// The form a draft belongs to.
    pub(super) fn of_draft(word: &str, id: i64) -> Option<PersonForm> {
        match word {
            "person-add" => Some(PersonForm::Add),
            "person-change" => Some(PersonForm::Change(PersonId(id))),
            _ => None,
        }
    }

    /// Whether what is typed in it is kept as a draft: one choice or one day is made again sooner than found again.
    pub(super) fn keeps_draft(self) -> bool {
        matches!(self, PersonForm::Add | PersonForm::Change(_))
    }
}

/// Stands for a team or a service that is not on the list yet.
const NEW: &str = "+";

/// One of the known ones, none, or another that is typed.
fn known_or_new(key: &str, label: &str, new_key: &'static str, new_label: &str, known: &[String], stored: &str) -> [Field; 2] {
    let mut options = vec![(String::new(), "none".to_string())];
    options.extend(known.iter().map(|name| (name.clone(), name.clone())));
    options.push((NEW.to_string(), "another, not on this list yet".to_string()));
    let at = options.iter().position(|(key, _)| key == stored).or(Some(0));
    let which: &'static str = if key == "team" { "team" } else { "service" };
    [
        Field { hint: "its first letters find it".into(), ..plain(key, label, Input::Choice { options, at }, false) },
        Field { only_if: Some((which, NEW)), ..plain(new_key, new_label, line(""), true) },
    ]
}

/// The roles of the framework, with what the chosen one may do beside the field.
fn role(framework: &Framework, stored: &str) -> Field {
    let options = framework.roles.iter().map(|role| (role.key.clone(), role.label.clone())).collect();
    let hint = "it says what they may do, and how far they see".into();
    Field { beside: may_do(framework, stored), hint, ..plain("role", "Role", choice(options, stored), true) }
}

/// What a role may do and how far it sees, in sentences; nothing where none is chosen.
fn may_do(framework: &Framework, key: &str) -> Vec<String> {
    let Some(role) = framework.roles.iter().find(|role| role.key == key) else { return Vec::new() };
    let may: Vec<&str> = role.rights.list().into_iter().map(Right::words).collect();
    let sees = if role.rights.has(Right::Read) { role.scope.words() } else { "nothing" };
    let keeps = if role.insights { " It is a role of the Insights team." } else { "" };
    vec![format!("{} sees {sees}.{keeps}", role.label), format!("May {}.", may.join(", "))]
}

/// Somebody new, or what is written of somebody.
pub fn person_facts(framework: &Framework, choices: PersonChoices) -> Form {
    let PersonChoices { person: before, teams, services, people } = choices;
    let known = before.as_ref().map(|(person, _)| person);
    let text = |of: fn(&crate::domain::person::Person) -> &str| known.map(of).unwrap_or_default();
    let team = known.and_then(|person| person.team).and_then(|id| teams.iter().find(|(team, _)| *team == id));
    let names: Vec<String> = teams.iter().map(|(_, name)| name.clone()).collect();
    let mut fields = vec![
        plain("name", "Full name", line(text(|person| &person.name)), true),
        role(framework, &stored_role(framework, text(|person| &person.role))),
    ];
    fields.extend(known_or_new("team", "Team", "new-team", "Name of the new team", &names, team.map_or("", |(_, name)| name)));
    let hint = "empty: that of the team".to_string();
    let [service, new_service] =
        known_or_new("service", "Service", "new-service", "Name of the new service", &services, text(|person| &person.service));
    fields.extend([Field { hint, ..service }, new_service]);
    fields.push(Field {
        hint: "as this machine, or the line of their key, knows it; empty: they cannot log in".into(),
        ..plain("login", "Login", line(text(|person| &person.login)), false)
    });
    fields.push(plain("email", "E-mail", line(text(|person| &person.email)), false));
    fields.push(manager(known.and_then(|person| person.line_manager), people));
    let left = known.and_then(|person| person.left_on);
    if let Some(left) = left {
        let options = vec![
            ("no".to_string(), format!("no, their last day stays {}", left.format("%-d %B %Y"))),
            ("yes".to_string(), "yes, that day is taken away".to_string()),
        ];
        fields.push(plain("back", "They are back", choice(options, "no"), false));
    }
    match &before {
        None => {
            let intro = "Whoever is added may do at once what their role says. Reviews and cases are theirs once they are given to them.";
            new(FormFor::Person(PersonForm::Add), "Somebody new on the list of people", intro, fields, 0, "add")
        }
        Some((person, revision)) => {
            let intro = "A change of role, team or login holds from the next thing they do.";
            let kind = FormFor::Person(PersonForm::Change(person.id));
            new(kind, format!("{} \u{b7} What is written of them", person.name), intro, fields, *revision, "change")
        }
    }
}

/// The key of a stored role, which may be one of its other titles; as it stands where the framework knows none like it.
fn stored_role(framework: &Framework, stored: &str) -> String {
    framework.role(stored).map_or_else(|| stored.to_string(), |role| role.key.clone())
}

fn manager(stored: Option<PersonId>, people: People) -> Field {
    let mut field = Field { hint: "type part of the name; Ctrl-u: nobody".into(), ..person("manager", "Line manager", people, false) };
    if let Input::Person { chosen, people, .. } = &mut field.input {
        // Somebody who has left is none of those offered, and is named no more.
        *chosen = stored.filter(|stored| people.iter().any(|(id, _)| id == stored));
    }
    field
}

/// Who manages somebody.
pub fn person_manager(choices: PersonChoices) -> Option<Form> {
    let (person, revision) = choices.person?;
    let kind = FormFor::Person(PersonForm::Manager(person.id));
    let intro = "Whoever manages them hears of alerts on their cases and signs their actions off.";
    let fields = vec![manager(None, choices.people)];
    Some(new(kind, format!("{} \u{b7} Another line manager", person.name), intro, fields, revision, "change"))
}

/// Somebody's last day, with what is theirs until then.
pub fn end_person(detail: &PersonDetail, today: NaiveDate) -> Form {
    let held = held_in_words(&detail.held);
    let then = match held.as_str() {
        "" => "Nothing that you may see is theirs to do.".to_string(),
        held => format!("Still theirs: {held}. None of it moves by itself; the list of it opens after this, to give each to somebody."),
    };
    let cases = match detail.cases {
        0 => String::new(),
        1 => " One case stands in their name until the next extract says whose it is.".to_string(),
        n => format!(" {n} cases stand in their name until the next extract says whose they are."),
    };
    let intro = format!("From the day after they may do nothing here; what they did stays. {then}{cases}");
    let kind = FormFor::Person(PersonForm::End(detail.person.id));
    let hint = "a date, or: today, +14, next fri".into();
    let fields = vec![Field { hint, ..date("on", "Last day", detail.person.left_on.unwrap_or(today)) }];
    new(kind, format!("{} \u{b7} Last day", detail.person.name), intro, fields, detail.revision, "note it")
}

impl Form {
    /// Says beside the role what the one that is chosen now may do.
    pub fn tell_of_role(&mut self, framework: &Framework) {
        let chosen = self.value("role");
        if let (FormFor::Person(_), Some(field)) = (&self.kind, self.fields.iter_mut().find(|field| field.key == "role")) {
            field.beside = may_do(framework, &chosen);
        }
    }

    /// The deed of a form about the list of people.
    pub(super) fn person_deed(&self, today: NaiveDate, kind: PersonForm) -> Result<Deed, (String, String)> {
        let of = |key: &str, new: &str| Some(if self.value(key) == NEW { self.value(new) } else { self.value(key) });
        let wanted = || PersonWanted {
            name: Some(self.value("name")),
            role: Some(self.value("role")),
            team: of("team", "new-team"),
            service: of("service", "new-service"),
            email: Some(self.value("email")),
            login: Some(self.value("login")),
            line_manager: Some(self.person("manager")),
            back: self.value("back") == "yes",
        };
        Ok(Deed::People(match kind {
            PersonForm::Add => PeopleDeed::Add(wanted()),
            PersonForm::Change(person) => PeopleDeed::Change { person, seen: self.seen, wanted: wanted() },
            PersonForm::Manager(person) => {
                let wanted = PersonWanted { line_manager: Some(self.person("manager")), ..PersonWanted::default() };
                PeopleDeed::Change { person, seen: self.seen, wanted }
            }
            PersonForm::End(person) => PeopleDeed::End { person, seen: self.seen, on: self.date("on", today)? },
        }))
    }
}
