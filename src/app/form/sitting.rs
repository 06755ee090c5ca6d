//! Forms of a sitting before it begins: planning or changing it, moving an item to another one, calling it off. S07, F09.

use super::build::{People, choice, date_ahead, line, person, plain};
use super::panel::{PanelForm, form};
use super::{Field, Form, Input, Reads};
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::framework::Framework;
use crate::domain::id::{PanelId, PersonId};
use crate::domain::panel::{Panel, Scoring, SittingWanted};
use crate::domain::query::{AgendaRow, PersonRow, SittingDetail, SittingRow};
use crate::domain::review::time_in;
use chrono::NaiveDate;

/// Most members or guests that a form asks for.
const SEATS: usize = 40;

/// Somebody who may sit on a panel, with what is typed to find them: name, role and service.
fn said(framework: &Framework, row: &PersonRow) -> (PersonId, String) {
    let role = framework.role(&row.role).map_or(row.role.as_str(), |role| role.label.as_str());
    let service = if row.service.is_empty() { String::new() } else { format!(", {}", row.service) };
    (row.id, format!("{}, {role}{service}", row.name))
}

/// Fields for so many people as are needed: one more comes when the last one is filled.
fn seats(key: &str, label: &str, hint: &str, people: &People, known: &[PersonId]) -> Vec<Field> {
    let many = people.len().min(SEATS.max(known.len() + 1));
    (0..many)
        .map(|place| {
            let input = Input::Person { people: people.clone(), typed: String::new(), chosen: known.get(place).copied(), at: 0 };
            Field { hint: hint.into(), grows: place > 0, ..plain(&format!("{key}/{place}"), label, input, false) }
        })
        .collect()
}

/// `Tue 24 Nov 2026 10:00`.
fn day_and_time(row: &SittingRow) -> String {
    format!("{} {}", say_full_date(row.on), row.at)
}

/// Planning a sitting beside those that are to come, for `day` if nothing else is said, or changing `panel` with the revision as seen.
/// F09, S07.
pub fn sitting(framework: &Framework, rows: &[PersonRow], panel: Option<(&Panel, i64)>, to_come: &[SittingRow], day: NaiveDate) -> Form {
    let rule = &framework.moderation;
    let known = panel.map(|(panel, _)| panel);
    let moderates = |row: &&PersonRow| rule.members.is_empty() || rule.members.contains(&row.role);
    // Whose service the panel takes comes first, then everybody whose role moderates, then the others, who come as guests.
    let own = |row: &PersonRow| known.is_some_and(|panel| !panel.service.is_empty() && row.service.eq_ignore_ascii_case(&panel.service));
    let mut sorted: Vec<&PersonRow> = rows.iter().collect();
    sorted.sort_by_key(|row| (!own(row), !moderates(row)));
    let moderators: People = sorted.iter().filter(|row| moderates(row)).map(|row| said(framework, row)).collect();
    let everybody: People = sorted.iter().map(|row| said(framework, row)).collect();
    let mut chair = person("chair", "Chair", moderators.clone(), true);
    if let Input::Person { chosen, .. } = &mut chair.input {
        *chosen = known.and_then(|panel| panel.chair);
    }
    let mut fields = vec![
        date_ahead("on", "Day", known.map_or(day, |panel| panel.on)),
        Field { reads: Reads::Time, fresh: true, ..plain("at", "Time", line(known.map_or("10:00", |panel| panel.at.as_str())), true) },
        chair,
    ];
    if rule.own_service {
        let mut services: Vec<String> =
            rows.iter().filter(moderates).map(|row| row.service.clone()).filter(|service| !service.is_empty()).collect();
        services.sort();
        services.dedup();
        let options: Vec<(String, String)> = services.into_iter().map(|service| (service.clone(), service)).collect();
        fields.push(plain("service", "Reviews of", choice(options, known.map_or("", |panel| panel.service.as_str())), true));
    }
    let waiting: Vec<&SittingRow> = to_come.iter().filter(|row| row.items > row.done).collect();
    if !waiting.is_empty() {
        let mut options = vec![(String::new(), "what no other sitting has".to_string())];
        options.extend(waiting.iter().map(|row| {
            (row.id.0.to_string(), format!("also {} of {}", counted(row.items - row.done, "case", "cases"), day_and_time(row)))
        }));
        let hint = "moved, they leave that sitting; each history says so".into();
        fields.push(Field { hint, ..plain("from", "Its cases", choice(options, ""), false) });
    }
    let usual = if rule.sealed { "sealed" } else { "sighted" };
    let scoring = vec![
        (String::new(), format!("as the framework says: {usual}")),
        ("sealed".to_string(), "sealed: each alone, without the reviewer\u{2019}s grade".to_string()),
        ("sighted".to_string(), "sighted: together, with the grade in sight".to_string()),
    ];
    fields.push(plain("scoring", "Scored", choice(scoring, known.and_then(|panel| panel.scoring).map_or("", Scoring::label)), false));
    let minutes = known.map_or(20, |panel| panel.minutes_each).to_string();
    fields.push(Field { hint: "0: nobody keeps the time".into(), ..plain("minutes", "Minutes for each item", line(&minutes), false) });
    let members = known.map_or(&[][..], |panel| &panel.members);
    let hint = "type part of the name, role or service; nobody: all whom the framework names";
    fields.extend(seats("member", "Member", hint, &moderators, members));
    let guests = known.map_or(&[][..], |panel| &panel.guests);
    fields.extend(seats("guest", "Guest", "speaks and does not score; may stay empty", &everybody, guests));
    let mut intro =
        "Where no member is named, everybody sits whom the framework names. Reviewers and team managers are invited by their items."
            .to_string();
    if !waiting.is_empty() {
        let on = waiting.iter().map(|row| format!("{} on {}", row.items - row.done, day_and_time(row)));
        intro = format!(
            "Cases that wait are on a sitting already: {}. They stay there unless you move them. {intro}",
            on.collect::<Vec<_>>().join(", ")
        );
    }
    match panel {
        Some((panel, seen)) => form(PanelForm::Change(panel.id), "Change the sitting".into(), &intro, fields, seen, "change"),
        None => form(PanelForm::Plan, "Plan a sitting of the panel".into(), &intro, fields, 0, "plan it"),
    }
}

/// Moving an item from its sitting to one of the others that are to come.
pub fn move_item(from: &Panel, row: &AgendaRow, others: &[SittingRow]) -> Form {
    let options: Vec<(String, String)> = others
        .iter()
        .map(|other| {
            let service = if other.service.is_empty() { String::new() } else { format!(", {}", other.service) };
            let cases = counted(other.items - other.done, "case", "cases");
            (other.id.0.to_string(), format!("{}{service}, {cases}", day_and_time(other)))
        })
        .collect();
    let first = options.first().map(|(key, _)| key.clone()).unwrap_or_default();
    let fields = vec![plain("to", "To the sitting", choice(options, &first), true)];
    let now = format!("{} at {}", from.on.format("%a %-d %b"), from.at);
    let intro = format!("It is on the agenda of {now}, and on no other. It leaves that one and stands on this; its history says so.");
    form(PanelForm::MoveItem(from.id, row.review), format!("{} \u{b7} To another sitting", row.reference), &intro, fields, 0, "move")
}

/// Calling a planned sitting off, with what that comes to.
pub fn call_off(detail: &SittingDetail) -> Form {
    let panel = &detail.sitting.panel;
    let waits = match detail.agenda.len() {
        0 => String::new(),
        1 => "The case on its agenda waits for another sitting. ".to_string(),
        n => format!("The {n} cases on its agenda wait for another sitting. "),
    };
    let intro = format!(
        "{waits}Whoever was to come is told by e-mail where e-mail is set up; others have to be told. It stays among the sittings as called off, with this reason."
    );
    let fields = vec![Field { hint: "no names of children; members read it".into(), ..plain("why", "Why", line(""), true) }];
    let title = format!("Call off the sitting on {} at {}", panel.on.format("%A %-d %B"), panel.at);
    form(PanelForm::CallOff(panel.id), title, &intro, fields, detail.sitting.revision, "call it off")
}

impl Form {
    /// What is wanted of a sitting.
    pub(super) fn sitting_wanted(&self, today: NaiveDate) -> Result<SittingWanted, (String, String)> {
        // Nobody sits at 02:30: the time is read as everywhere, and what is none is refused as it was typed.
        let typed = self.value("at");
        let at = time_in(&typed).unwrap_or(typed);
        let mut wanted = SittingWanted::on(self.date("on", today)?, &at, self.person("chair"));
        for field in &self.fields {
            let Ok(person) = field.input.value().parse().map(PersonId) else { continue };
            if field.key.starts_with("member/") && !wanted.members.contains(&person) {
                wanted.members.push(person);
            } else if field.key.starts_with("guest/") && !wanted.guests.contains(&person) {
                wanted.guests.push(person);
            }
        }
        wanted.from = self.value("from").parse().ok().map(PanelId);
        let minutes = self.value("minutes");
        if !minutes.is_empty() {
            let refused = || ("minutes".to_string(), format!("\u{201c}{minutes}\u{201d} is no whole number of minutes."));
            wanted.minutes_each = minutes.parse().map_err(|_| refused())?;
        }
        wanted.service = self.value("service");
        wanted.scoring = match self.value("scoring").as_str() {
            "sealed" => Some(Scoring::Sealed),
            "sighted" => Some(Scoring::Sighted),
            _ => None,
        };
        Ok(wanted)
    }
}
