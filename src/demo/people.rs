//! Who works for the made-up council: a line of management over teams and services, reviewers beside it, the Insights team.
//!
//! Built from the roles of any framework. It must not know cases or cycles.

use super::dice::Dice;
use super::names::{Names, login};
use crate::domain::framework::{Framework, ReviewKind, Role};
use crate::domain::intake::{PersonRow, Place};
use chrono::NaiveDate;
use std::collections::HashSet;

/// The login under which a demo opens.
pub const COORDINATOR: &str = "amina.k";

/// A team and what it works on.
#[derive(Debug, Clone)]
pub(super) struct Team {
    pub(super) name: String,
    pub(super) service: usize,
    /// Full names of those who hold its cases.
    pub(super) workers: Vec<String>,
}

/// The made-up council's people.
#[derive(Debug, Default)]
pub(super) struct Staff {
    pub(super) rows: Vec<PersonRow>,
    pub(super) teams: Vec<Team>,
    /// Names of the services, in the order of [`SERVICES`].
    pub(super) services: Vec<String>,
}

/// The services of the council, with the keys of the case types they work on.
pub(super) const SERVICES: [(&str, &[&str]); 5] = [
    ("First Response and Assessment", &["assessment"]),
    ("Family Safeguarding", &["cp", "cin"]),
    ("Children in Care", &["cic"]),
    ("Disability and Short Breaks", &["cwd"]),
    ("Care Experienced", &["care-experienced"]),
];

/// How the caseload divides among the services, in percent.
const SHARES: [usize; 5] = [19, 42, 22, 7, 10];

const TEAM_WORDS: [&str; 40] = [
    "Ash", "Beech", "Birch", "Cedar", "Cherry", "Elder", "Elm", "Fir", "Hawthorn", "Holly", "Hornbeam", "Laurel", "Lime", "Maple", "Oak",
    "Pine", "Poplar", "Rowan", "Spruce", "Yew", "Avocet", "Curlew", "Dunlin", "Finch", "Grebe", "Jay", "Kite", "Lapwing", "Martin",
    "Osprey", "Pipit", "Redwing", "Siskin", "Snipe", "Stilt", "Swift", "Teal", "Tern", "Thrush", "Wren",
];

/// Cases that one practitioner holds.
const CASES_EACH: usize = 13;
/// Practitioners in one team.
const TEAM_OF: usize = 6;

struct Builder<'a> {
    framework: &'a Framework,
    kind: &'a ReviewKind,
    dice: &'a mut Dice,
    names: Names,
    logins: HashSet<String>,
    staff: Staff,
}

/// Makes up everybody for a caseload of `cases`, `per_cycle` of which are reviewed in a cycle.
pub(super) fn staff(framework: &Framework, kind: &ReviewKind, cases: usize, per_cycle: usize, now: NaiveDate, dice: &mut Dice) -> Staff {
    let mut builder = Builder {
        framework,
        kind,
        dice,
        names: Names::default(),
        logins: HashSet::from([COORDINATOR.to_string()]),
        staff: Staff::default(),
    };
    builder.insights();
    builder.line(cases);
    builder.reviewers(per_cycle, now);
    builder.others();
    builder.staff
}

impl Builder<'_> {
    fn role(&self, key: &str) -> Option<&Role> {
        self.framework.roles.iter().find(|role| role.key.eq_ignore_ascii_case(key))
    }

    /// The first of these roles that the framework has.
    fn first_of(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.role(key)).map(|role| role.key.clone())
    }

    fn add(&mut self, name: Option<String>, role: &str, team: &str, service: &str, manager: &str, with_login: bool) -> String {
        let name = name.unwrap_or_else(|| self.names.next(self.dice));
        let login = if with_login { login(&name, &mut self.logins) } else { String::new() };
        self.staff.rows.push(PersonRow {
            email: Some(format!("{}@larkmoor.example", name.to_lowercase().replace(' ', "."))),
            name: name.clone(),
            role: Some(role.to_string()),
            team: Some(team.to_string()),
            service: Some(service.to_string()),
            login: Some(login),
            line_manager: Some(manager.to_string()),
            left_on: None,
            away: None,
            source: Place::file("people"),
        });
        name
    }

    fn has_role(&self, role: &str) -> bool {
        self.staff.rows.iter().any(|row| row.role.as_deref() == Some(role))
    }

    /// The quality assurance team, its managers first, and in it the coordinator whom the demo opens as.
    fn insights(&mut self) {
        let mut roles: Vec<Role> = self.framework.roles.iter().filter(|role| role.insights).cloned().collect();
        // Profiles list the Insights team from the bottom up; a manager must be known before who reports to them.
        roles.reverse();
        roles.sort_by_key(|role| !role.manages);
        let mut manager = String::new();
        for role in roles.iter().filter(|role| role.manages) {
            manager = self.add(None, &role.key, "Insights", "Quality Assurance", &manager, true);
        }
        let others: Vec<&Role> = roles.iter().filter(|role| !role.manages).collect();
        let coordinator = others.iter().rfind(|role| !role.reviews).or(others.first()).copied().or(roles.first());
        if let Some(role) = coordinator {
            self.add(Some("Amina Kettlemead".into()), &role.key, "Insights", "Quality Assurance", &manager, false);
            if let Some(row) = self.staff.rows.last_mut() {
                row.login = Some(COORDINATOR.into());
            }
            self.add(None, &role.key, "Insights", "Quality Assurance", &manager, true);
        }
        for role in others {
            if !self.has_role(&role.key) {
                self.add(None, &role.key, "Insights", "Quality Assurance", &manager, true);
            }
        }
    }

    /// Director, heads of service, service managers, team managers and their teams.
    fn line(&mut self, cases: usize) {
        let services: Vec<String> = match self.framework.sampling.services.as_slice() {
            own if own.len() >= SERVICES.len() => own.iter().take(SERVICES.len()).cloned().collect(),
            _ => SERVICES.iter().map(|(name, _)| (*name).to_string()).collect(),
        };
        let mut top = String::new();
        for keys in [["CEO"].as_slice(), &["Director", "DCS"], &["AD"]] {
            if let Some(key) = self.first_of(keys) {
                top = self.add(None, &key, "", "Leadership", &top, true);
            }
        }
        let (head_key, service_key, team_key) = (self.first_of(&["HoS"]), self.first_of(&["SM"]), self.first_of(&["TM"]));
        let workers: Vec<Role> = self.framework.roles.iter().filter(|role| role.practitioner).cloned().collect();
        let mut words: Vec<String> = TEAM_WORDS.iter().map(|word| (*word).to_string()).collect();
        words.extend(TEAM_WORDS.iter().map(|word| format!("New {word}")));
        words.extend(TEAM_WORDS.iter().map(|word| format!("Upper {word}")));
        let mut words = words.into_iter();
        let mut head = top.clone();
        for (place, service) in services.iter().enumerate() {
            // Two services to a head: enough heads to be fair, few enough to be one council.
            if place.is_multiple_of(2)
                && let Some(key) = &head_key
            {
                head = self.add(None, key, "", service, &top, true);
            }
            let holders = (cases * SHARES[place] / 100).div_ceil(CASES_EACH).max(3);
            let teams = holders.div_ceil(TEAM_OF).max(1);
            let mut above = head.clone();
            for team in 0..teams {
                if team.is_multiple_of(4)
                    && let Some(key) = &service_key
                {
                    above = self.add(None, key, "", service, &head, true);
                }
                let name = format!("{} {}", words.next().unwrap_or_else(|| format!("Team {team}")), team_word(place));
                let manager = match &team_key {
                    Some(key) => self.add(None, key, &name, service, &above, true),
                    None => above.clone(),
                };
                if let Some(key) = self.first_of(&["ATM", "PM"]).filter(|_| team.is_multiple_of(2)) {
                    self.add(None, &key, &name, service, &manager, true);
                }
                let mut members = Vec::new();
                for member in 0..(holders / teams).max(2) {
                    let role = worker_role(&workers, place, member);
                    members.push(self.add(None, &role, &name, service, &manager, false));
                }
                self.staff.teams.push(Team { name, service: place, workers: members });
            }
        }
        self.staff.services = services;
    }

    /// Those who review without holding or managing cases: reviewing officers, chairs, consultants.
    fn reviewers(&mut self, per_cycle: usize, now: NaiveDate) {
        let manager = self.staff.rows.first().map(|row| row.name.clone()).unwrap_or_default();
        let mut keys: Vec<String> = self.kind.reviewers.clone();
        keys.extend(self.kind.partners.clone());
        keys.extend(self.kind.reviewers_from.iter().flat_map(|pool| pool.reviewers.clone()));
        let mut seen = HashSet::new();
        keys.retain(|key| seen.insert(key.clone()));
        for key in &keys {
            let Some(role) = self.role(key).cloned() else { continue };
            if self.has_role(&role.key) && (role.manages || role.insights && per_cycle < 40) {
                continue;
            }
            let many = if role.manages { 1 } else { (per_cycle / 40).clamp(2, 16) };
            for _ in 0..many {
                self.add(None, &role.key, "Reviewing and Practice", "Safeguarding and Review", &manager, true);
            }
        }
        // Somebody who left lately: still on the list, never proposed.
        let gone = keys.iter().filter_map(|key| self.role(key)).find(|role| !role.manages && !role.insights).map(|role| role.key.clone());
        if let Some(role) = gone {
            self.add(None, &role, "Reviewing and Practice", "Safeguarding and Review", &manager, false);
            if let Some(row) = self.staff.rows.last_mut() {
                row.left_on = Some(Some(now - chrono::Duration::days(52)));
            }
        }
    }

    /// One person for every role that nobody holds yet.
    fn others(&mut self) {
        let manager = self.staff.rows.first().map(|row| row.name.clone()).unwrap_or_default();
        for role in self.framework.roles.clone() {
            let outside = role.label.to_lowercase().contains("carer");
            if !self.has_role(&role.key) && !outside && !role.practitioner {
                let acts = role.moderates || role.manages;
                self.add(None, &role.key, "", "Safeguarding and Review", &manager, acts);
            }
        }
    }
}

fn team_word(service: usize) -> &'static str {
    ["Assessment", "Safeguarding", "Care", "Disability", "Pathways"][service.min(4)]
}

/// Mostly the first practitioner role; personal advisers with the care experienced; now and then another.
fn worker_role(roles: &[Role], service: usize, member: usize) -> String {
    let key = |wanted: &str| roles.iter().find(|role| role.key == wanted).map(|role| role.key.clone());
    let usual = || roles.first().map(|role| role.key.clone()).unwrap_or_default();
    match (service, member) {
        (4, _) => key("PA").unwrap_or_else(usual),
        (_, 4) => key("FSW").or_else(|| key("NQSW")).unwrap_or_else(usual),
        _ => usual(),
    }
}
