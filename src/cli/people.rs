//! `closeloop people`: the list of people one at a time: who may do what, added, changed, ended.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams};
use crate::domain::access::{Access, Right};
use crate::domain::deed::{Deed, PeopleDeed};
use crate::domain::framework::Framework;
use crate::domain::id::PersonId;
use crate::domain::near::near_miss;
use crate::domain::person::{Person, PersonWanted, Team, name_key};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;
use std::collections::BTreeMap;

/// Keep the list of people: who works here, in which role, and so who may do what.
#[derive(Debug, Args)]
pub(super) struct PeopleArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Who is on the list, with what their role lets them see.
    List {
        /// Those who have left as well.
        #[arg(long)]
        all: bool,
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Add somebody.
    Add {
        /// Full name.
        name: String,
        #[command(flatten)]
        facts: Facts,
    },
    /// Change what is written of somebody; what you do not name stays, "" clears.
    Change {
        /// Whom: their login, or their full name.
        who: String,
        /// Another name.
        #[arg(long)]
        name: Option<String>,
        /// They are back: takes their last day away.
        #[arg(long)]
        back: bool,
        #[command(flatten)]
        facts: Facts,
    },
    /// Note somebody's last day; from the next day on they may do nothing here.
    End {
        /// Whom: their login, or their full name.
        who: String,
        /// The last day (2026-11-30); today where it is not said.
        #[arg(long, value_name = "DAY")]
        on: Option<NaiveDate>,
        /// Check it and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Args)]
struct Facts {
    /// Role, by its key or its words; `closeloop framework show` lists them with what each may.
    #[arg(long)]
    role: Option<String>,
    /// Team; one that nobody knows is added.
    #[arg(long)]
    team: Option<String>,
    /// Service.
    #[arg(long)]
    service: Option<String>,
    /// Work e-mail address.
    #[arg(long)]
    email: Option<String>,
    /// Login on this machine, or the name in the line of their key.
    // Not called `login` inside: the option of every command that says who works (`--as`) is.
    #[arg(long = "login", value_name = "LOGIN")]
    their_login: Option<String>,
    /// Line manager: their login, or their full name; "" for nobody.
    #[arg(long, value_name = "WHO")]
    manager: Option<String>,
    /// Check it and change nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &Context, args: &PeopleArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    match &args.what {
        What::List { all, json } => list(&mut desk, *all, *json, streams),
        What::Add { name, facts } => {
            let wanted = PersonWanted { name: Some(name.clone()), ..wanted(&desk, facts)? };
            put(&mut desk, PeopleDeed::Add(wanted), facts.dry_run, streams)
        }
        What::Change { who, name, back, facts } => {
            let (person, seen) = find(&desk, who)?;
            let wanted = PersonWanted { name: name.clone(), back: *back, ..wanted(&desk, facts)? };
            put(&mut desk, PeopleDeed::Change { person, seen, wanted }, facts.dry_run, streams)
        }
        What::End { who, on, dry_run } => {
            let (person, seen) = find(&desk, who)?;
            let on = on.unwrap_or_else(|| desk.clock.today());
            put(&mut desk, PeopleDeed::End { person, seen, on }, *dry_run, streams)
        }
    }
}

fn put(desk: &mut Desk, deed: PeopleDeed, dry_run: bool, streams: &mut Streams<'_>) -> Done {
    let deed = Deed::People(deed);
    let receipt = if dry_run { desk.try_out(deed)? } else { desk.perform(deed)? };
    match dry_run {
        true => writeln!(streams.out, "Dry run, nothing was changed. It would say: {}.", receipt.said)?,
        false => writeln!(streams.out, "{}.", receipt.said)?,
    }
    Ok(())
}

fn wanted(desk: &Desk, facts: &Facts) -> Result<PersonWanted, Failure> {
    let line_manager = match facts.manager.as_deref().map(str::trim) {
        None => None,
        Some("") => Some(None),
        Some(who) => Some(Some(find(desk, who)?.0)),
    };
    Ok(PersonWanted {
        name: None,
        role: facts.role.clone(),
        team: facts.team.clone(),
        service: facts.service.clone(),
        email: facts.email.clone(),
        login: facts.their_login.clone(),
        line_manager,
        back: false,
    })
}

/// Somebody by their login or full name, with the revision of their row.
fn find(desk: &Desk, who: &str) -> Result<(PersonId, i64), Failure> {
    let reading = desk.store.reading();
    let people = reading.people()?;
    let by_login = people.iter().find(|person| !person.login.is_empty() && person.login.eq_ignore_ascii_case(who.trim()));
    let named: Vec<&Person> = people.iter().filter(|person| name_key(&person.name) == name_key(who)).collect();
    let found = match (by_login, named.as_slice()) {
        (Some(found), _) => found,
        (None, [one]) => *one,
        (None, []) => {
            let known = people.iter().flat_map(|person| [person.login.as_str(), person.name.as_str()]).filter(|word| !word.is_empty());
            let meant = near_miss(who, known).map(|near| format!("Did you mean {near}?"));
            let remedy = meant.unwrap_or_else(|| "`closeloop people list --all` names everybody.".into());
            return Err(Failure::Said(format!("Nobody on the list of people is \u{201c}{who}\u{201d}. {remedy}")));
        }
        (None, several) => {
            let logins: Vec<&str> = several.iter().map(|person| person.login.as_str()).filter(|login| !login.is_empty()).collect();
            let which = if logins.is_empty() {
                "give one of them a login by importing the list".into()
            } else {
                format!("say which: {}", logins.join(", "))
            };
            return Err(Failure::Said(format!("{} people are called {who}: {which}.", several.len())));
        }
    };
    let revision = reading.person_revision(found.id)?.unwrap_or_default();
    Ok((found.id, revision))
}

fn list(desk: &mut Desk, all: bool, as_json: bool, streams: &mut Streams<'_>) -> Done {
    let framework = desk.framework()?;
    let (reading, today) = (desk.store.reading(), desk.clock.today());
    let people = reading.people_by_id()?;
    let teams: BTreeMap<_, Team> = reading.teams()?.into_iter().map(|team| (team.id, team)).collect();
    let shown: Vec<Row> =
        people.values().filter(|person| all || person.is_here(today)).map(|person| Row::of(&framework, &people, &teams, person)).collect();
    if as_json {
        return streams.json(&shown.iter().map(Row::object).collect::<Vec<_>>());
    }
    let wide = |of: fn(&Row) -> &String| shown.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
    let (logins, names, roles) = (wide(|row| &row.login), wide(|row| &row.name), wide(|row| &row.role));
    for row in &shown {
        let place = [row.team.as_str(), row.service.as_str()].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
        let manager = if row.manager.is_empty() { String::new() } else { format!("; managed by {}", row.manager) };
        let keeps = if row.administers { "; keeps this list" } else { "" };
        let left = row.left.map(|day| format!("; last day {}", day.format("%-d %B %Y"))).unwrap_or_default();
        let line = format!(
            "{:logins$}  {:names$}  {:roles$}  sees {}{keeps}{}{place}{manager}{left}",
            row.login,
            row.name,
            row.role,
            row.sees,
            if place.is_empty() { "" } else { "; " }
        );
        writeln!(streams.out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// One line of the list.
struct Row {
    reference: String,
    login: String,
    name: String,
    role: String,
    team: String,
    service: String,
    manager: String,
    email: String,
    sees: &'static str,
    administers: bool,
    left: Option<NaiveDate>,
}

impl Row {
    fn of(
        framework: &Framework,
        people: &BTreeMap<PersonId, Person>,
        teams: &BTreeMap<crate::domain::id::TeamId, Team>,
        person: &Person,
    ) -> Row {
        let access = Access::of(framework, person, &[]);
        let team = person.team.and_then(|id| teams.get(&id));
        let of_team = team.map(|team| team.service.clone()).unwrap_or_default();
        Row {
            reference: if person.login.is_empty() { format!("P-{}", person.id.0) } else { person.login.clone() },
            login: if person.login.is_empty() { "-".into() } else { person.login.clone() },
            name: person.name.clone(),
            role: framework
                .role(&person.role)
                .map_or_else(|| format!("{} (no role of this framework)", person.role), |role| role.label.clone()),
            team: team.map(|team| team.name.clone()).unwrap_or_default(),
            service: if person.service.is_empty() { of_team } else { person.service.clone() },
            manager: person.line_manager.and_then(|id| people.get(&id)).map(|manager| manager.name.clone()).unwrap_or_default(),
            email: person.email.clone(),
            sees: access.scope().map_or("nothing", |scope| scope.words()),
            administers: access.may(Right::Administer),
            left: person.left_on,
        }
    }

    fn object(&self) -> serde_json::Value {
        json!({
            "ref": self.reference, "name": self.name, "login": if self.login == "-" { "" } else { &self.login }, "role": self.role,
            "team": self.team, "service": self.service, "line_manager": self.manager, "email": self.email, "sees": self.sees,
            "administers": self.administers, "left_on": self.left.map(|day| day.to_string()),
        })
    }
}
