//! What rules a person out as reviewer of a case, hard or soft, in words.

use super::{Candidate, CaseFacts, Ground, People, Window};
use crate::domain::calendar::say_full_date;
use crate::domain::framework::Independence;
use crate::domain::id::{PersonId, TeamId};
use crate::domain::interest::{CaseInterests, Inference, LATELY_MONTHS};
use crate::domain::person::{Absence, Person};
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A reason why somebody should not review a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// Holds the case.
    OwnCase,
    /// Is in the worker's line of management, this many steps up (1: the line manager). Q02.
    ManagesThePractitioner {
        /// Steps up the line.
        steps: u32,
    },
    /// Is above a manager of the case's team, although not in the worker's own recorded line. Q02.
    ManagesTheTeam,
    /// The worker is in this person's own line of management, so this person is not free to judge. Q02.
    ReportsToThePractitioner,
    /// Belongs to the team of the case or of its worker.
    SameTeam,
    /// Holds none of the roles that may do this kind of review (M03, S06, C03).
    RoleMayNotReview {
        /// The role as recorded.
        role: String,
        /// Keys of the roles that may.
        may: Vec<String>,
    },
    /// Has left, or leaves before the work is to be done.
    Left {
        /// Last day at the council.
        last_day: NaiveDate,
    },
    /// Away when the work starts, or for most of its days.
    Away {
        /// Last day away.
        until: NaiveDate,
        /// Why, as recorded.
        reason: String,
    },
    /// Holds as many open reviews as was agreed.
    OverCap {
        /// Open reviews.
        load: u32,
        /// Agreed at most.
        cap: u32,
    },
    /// Has the same line manager as the practitioner, where the framework wants no one of the same line (Q02).
    SameManager,
    /// Has as many cases of the cycle as the framework gives each reviewer (Q02, Q03).
    EnoughInCycle {
        /// Theirs in the cycle.
        has: u32,
        /// As many as each takes.
        cap: u32,
    },
    /// Belongs to the service that is visited (S19, Q05).
    OwnService,
    /// Has declared an interest in the case, or it was declared for them.
    Recused,
    /// Stood near the case until lately.
    Lately {
        /// How.
        what: Inference,
        /// The day it ended.
        until: NaiveDate,
        /// The kind of review refuses such a reviewer. Q02.
        refused: bool,
    },
}

impl Conflict {
    /// Whether nothing can override it. Soft ones may be overridden by hand, with a reason.
    pub fn is_hard(&self) -> bool {
        !matches!(
            self,
            Conflict::Away { .. } | Conflict::OverCap { .. } | Conflict::EnoughInCycle { .. } | Conflict::Lately { refused: false, .. }
        )
    }

    /// What the lists suggest by it, where it is of that kind: it can be set aside for one case and person.
    pub fn inference(&self) -> Option<Inference> {
        match self {
            Conflict::OwnCase => Some(Inference::OwnCase),
            Conflict::ManagesThePractitioner { .. }
            | Conflict::ManagesTheTeam
            | Conflict::ReportsToThePractitioner
            | Conflict::SameManager => Some(Inference::Line),
            Conflict::SameTeam => Some(Inference::Team),
            Conflict::Lately { what, .. } => Some(*what),
            Conflict::RoleMayNotReview { .. }
            | Conflict::Left { .. }
            | Conflict::Away { .. }
            | Conflict::OverCap { .. }
            | Conflict::EnoughInCycle { .. }
            | Conflict::OwnService
            | Conflict::Recused => None,
        }
    }

    /// The conflict in a sentence whose subject is the person it stands beside.
    pub fn sentence(&self) -> String {
        match self {
            Conflict::OwnCase => "Holds this case.".to_string(),
            Conflict::ManagesThePractitioner { steps: 1 } => "Is the practitioner's line manager.".to_string(),
            Conflict::ManagesThePractitioner { steps } => format!("Manages the practitioner, {steps} steps up the line."),
            Conflict::ManagesTheTeam => "Manages the managers of the case's team.".to_string(),
            Conflict::ReportsToThePractitioner => "Is managed by the practitioner.".to_string(),
            Conflict::SameTeam => "Belongs to the case's team.".to_string(),
            Conflict::RoleMayNotReview { role, may } if role.trim().is_empty() => {
                format!("Has no role recorded; these may review: {}.", may.join(", "))
            }
            Conflict::RoleMayNotReview { role, may } => format!("Is {role}; these may review: {}.", may.join(", ")),
            Conflict::Left { last_day } => format!("Last day at the council is {}.", say_full_date(*last_day)),
            Conflict::Away { until, reason } if reason.trim().is_empty() => format!("Away until {}.", say_full_date(*until)),
            Conflict::Away { until, reason } => format!("Away until {} ({}).", say_full_date(*until), reason.trim()),
            Conflict::OverCap { load, cap } => format!("Has {load} open, {cap} agreed at most."),
            Conflict::OwnService => "Belongs to the service that is visited.".to_string(),
            Conflict::SameManager => "Has the same line manager as the practitioner.".to_string(),
            Conflict::EnoughInCycle { has, cap } => format!("Has {has} of this cycle, {cap} for each reviewer."),
            Conflict::Recused => "Has an interest in this case and is recused.".to_string(),
            Conflict::Lately { what, until, .. } => {
                let day = say_full_date(*until);
                match what {
                    Inference::HeldLately => format!("Held this case until {day}."),
                    Inference::ManagesFormerTeam => format!("Manages the team that held this case until {day}."),
                    _ => format!("Managed the practitioner until {day}."),
                }
            }
        }
    }
}

/// What to show when a reviewer is chosen by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// These refuse the choice.
    pub refused_by: Vec<Conflict>,
    /// These may be overridden with a reason.
    pub warned_by: Vec<Conflict>,
}

/// Judges a choice made by hand; both lists empty when nothing speaks against it.
pub fn check_manual(case: &CaseFacts, candidate: &Candidate, ground: &Ground) -> Check {
    check_under(case, candidate, ground, above_team(case.team, ground))
}

/// The same, where it is known who stands above the managers of the case's team ([`above_teams`]).
pub fn check_under(case: &CaseFacts, candidate: &Candidate, ground: &Ground, above_team: BTreeSet<PersonId>) -> Check {
    let found = conflicts_under(Lines::under(case, ground, above_team), candidate, ground);
    let (refused_by, warned_by) = found.into_iter().partition(Conflict::is_hard);
    Check { refused_by, warned_by }
}

/// Everything that speaks against this person as reviewer of this case, the weightiest first. M03, Q02.
pub fn conflicts(case: &CaseFacts, candidate: &Candidate, ground: &Ground) -> Vec<Conflict> {
    conflicts_under(Lines::of(case, ground), candidate, ground)
}

fn conflicts_under(lines: Lines<'_>, candidate: &Candidate, ground: &Ground) -> Vec<Conflict> {
    let mut found = lines.conflicts(&candidate.person, &line_above(candidate.person.id, ground.people));
    found.extend(with_the_person(candidate, ground));
    found.extend(over_cap(candidate, candidate.load));
    found.extend(enough_in_cycle(candidate, 0, ground));
    found
}

/// What the lists suggest about one person and one case, whatever is set aside and whoever is recused: the sentences of
/// the question that is asked before a record is first opened.
pub fn inferred(case: &CaseFacts, person: &Person, ground: &Ground) -> Vec<Conflict> {
    Lines::of(case, ground).near(person, &line_above(person.id, ground.people))
}

/// Who is too near to a case, found once for all candidates.
pub(super) struct Lines<'a> {
    practitioner: Option<PersonId>,
    /// Above the practitioner, nearest first.
    above: Vec<PersonId>,
    /// Above the managers of the case's team.
    above_team: BTreeSet<PersonId>,
    /// The case's team and the practitioner's.
    teams: [Option<TeamId>; 2],
    /// The practitioner's line manager, where the whole line is kept out (Q02).
    beside: Option<PersonId>,
    /// The service that is visited, where nobody's case is looked at.
    visited: Option<String>,
    /// What people have declared, and what was set aside.
    interests: &'a CaseInterests,
    /// What ended before this day no longer counts.
    since: NaiveDate,
    /// How far the kind of review wants its reviewer to stand from the case.
    independence: Independence,
}

impl<'a> Lines<'a> {
    pub(super) fn of(case: &'a CaseFacts, ground: &Ground) -> Lines<'a> {
        Lines::under(case, ground, above_team(case.team, ground))
    }

    /// The same, where it is known who stands above the managers of the case's team.
    pub(super) fn under(case: &'a CaseFacts, ground: &Ground, above_team: BTreeSet<PersonId>) -> Lines<'a> {
        let people = ground.people;
        let worker = case.practitioner.and_then(|practitioner| people.get(&practitioner));
        Lines {
            practitioner: case.practitioner,
            above: case.practitioner.map(|practitioner| line_above(practitioner, people)).unwrap_or_default(),
            above_team,
            teams: [case.team, worker.and_then(|worker| worker.team)],
            beside: worker.and_then(|worker| worker.line_manager).filter(|_| ground.kind.independence == Independence::OwnLine),
            visited: Some(case.service.clone()).filter(|name| !name.is_empty() && case.team.is_none() && case.practitioner.is_none()),
            interests: &case.interests,
            since: ground.window.from.checked_sub_months(Months::new(LATELY_MONTHS)).unwrap_or(ground.window.from),
            independence: ground.kind.independence,
        }
    }

    /// What lies between a person and the case, and was not set aside. `line`: everybody above the person.
    pub(super) fn conflicts(&self, person: &Person, line: &[PersonId]) -> Vec<Conflict> {
        let mut found = self.near(person, line);
        let dismissed = |inference| self.interests.dismissed.contains(&(person.id, inference));
        found.retain(|conflict| !conflict.inference().is_some_and(dismissed));
        if self.interests.recused.contains(&person.id) {
            found.insert(0, Conflict::Recused);
        }
        found
    }

    /// What the lists of people and cases say lies between them.
    fn near(&self, person: &Person, line: &[PersonId]) -> Vec<Conflict> {
        let mut found = Vec::new();
        if self.practitioner == Some(person.id) {
            found.push(Conflict::OwnCase);
        }
        if let Some(steps) = self.above.iter().position(|above| *above == person.id) {
            found.push(Conflict::ManagesThePractitioner { steps: u32::try_from(steps + 1).unwrap_or(u32::MAX) });
        } else if self.practitioner != Some(person.id) && self.above_team.contains(&person.id) {
            found.push(Conflict::ManagesTheTeam);
        }
        if self.practitioner.is_some_and(|practitioner| line.contains(&practitioner)) {
            found.push(Conflict::ReportsToThePractitioner);
        }
        if person.team.is_some() && self.teams.contains(&person.team) {
            found.push(Conflict::SameTeam);
        }
        if self.visited.as_ref().is_some_and(|visited| visited.eq_ignore_ascii_case(&person.service)) {
            found.push(Conflict::OwnService);
        }
        if self.beside.is_some() && person.line_manager == self.beside && self.practitioner != Some(person.id) {
            found.push(Conflict::SameManager);
        }
        let known: Vec<_> = found.iter().filter_map(Conflict::inference).collect();
        for lately in self.interests.lately.iter().filter(|lately| lately.person == person.id && lately.until >= self.since) {
            // Who stands in the line now need not be told that they stood there before.
            let now = match lately.what {
                Inference::HeldLately => Inference::OwnCase,
                Inference::ManagedLately => Inference::Line,
                _ => Inference::Team,
            };
            if !known.contains(&now) {
                let refused = lately.what.refused_under(self.independence);
                found.push(Conflict::Lately { what: lately.what, until: lately.until, refused });
            }
        }
        found
    }
}

/// What speaks against a person for every case alike, but for the load.
pub(super) fn with_the_person(candidate: &Candidate, ground: &Ground) -> Vec<Conflict> {
    let mut found = Vec::new();
    let may = reviewing_roles(ground);
    let role = ground.framework.role(&candidate.person.role).map(|role| role.key.clone());
    if !role.is_some_and(|role| may.contains(&role)) {
        found.push(Conflict::RoleMayNotReview { role: candidate.person.role.clone(), may });
    }
    if let Some(last_day) = candidate.person.left_on.filter(|last| *last < ground.window.until) {
        found.push(Conflict::Left { last_day });
    }
    found.extend(away_in(candidate, ground.window));
    found
}

/// Whether one more review would be too many.
pub(super) fn over_cap(candidate: &Candidate, load: u32) -> Option<Conflict> {
    candidate.cap.filter(|cap| load >= *cap).map(|cap| Conflict::OverCap { load, cap })
}

/// Whether the cycle has given this person enough, with `more` of this proposal. Q02, Q03.
pub(super) fn enough_in_cycle(candidate: &Candidate, more: u32, ground: &Ground) -> Option<Conflict> {
    let has = candidate.in_cycle + more;
    ground.kind.per_reviewer.filter(|cap| has >= *cap).map(|cap| Conflict::EnoughInCycle { has, cap })
}

// The pool of the day on which the work begins (M03, F20); a kind that names none takes every reviewing role.
fn reviewing_roles(ground: &Ground) -> Vec<String> {
    let framework = ground.framework;
    let pool = ground.kind.reviewers_on(ground.window.from);
    if pool.is_empty() {
        return framework.roles.iter().filter(|role| role.reviews).map(|role| role.key.clone()).collect();
    }
    let key = |named: &String| framework.role(named).map_or(named.clone(), |role| role.key.clone());
    pool.iter().map(key).collect()
}

/// Whoever stands above a team's own managers: for cases without a worker, and workers without a recorded manager. Only managers are
/// followed, since others in a team may be managed from elsewhere (students, secondments).
fn above_team(team: Option<TeamId>, ground: &Ground) -> BTreeSet<PersonId> {
    let managers = ground.people.values().filter(|person| team.is_some() && person.team == team && manages(person, ground));
    managers.flat_map(|manager| line_above(manager.id, ground.people)).collect()
}

/// The same of every team that has managers of its own, for many cases at once.
pub fn above_teams(ground: &Ground) -> BTreeMap<TeamId, BTreeSet<PersonId>> {
    let mut teams: BTreeMap<TeamId, BTreeSet<PersonId>> = BTreeMap::new();
    for (team, manager) in ground.people.values().filter_map(|person| Some((person.team?, person))) {
        if manages(manager, ground) {
            teams.entry(team).or_default().extend(line_above(manager.id, ground.people));
        }
    }
    teams
}

fn manages(person: &Person, ground: &Ground) -> bool {
    ground.framework.role(&person.role).is_some_and(|role| role.manages)
}

/// Everybody above a person, nearest first. Imported lines may go in a circle; each person is followed once.
pub(super) fn line_above(person: PersonId, people: &People) -> Vec<PersonId> {
    let mut line = Vec::new();
    let mut next = people.get(&person).and_then(|person| person.line_manager);
    // A line is a handful of people.
    while let Some(above) = next.filter(|above| *above != person && !line.contains(above)) {
        line.push(above);
        next = people.get(&above).and_then(|person| person.line_manager);
    }
    line
}

// Away on the first day, or on more than half of the days.
pub(super) fn away_in(candidate: &Candidate, window: Window) -> Option<Conflict> {
    let absences: Vec<&Absence> = candidate.absences.iter().filter(|absence| absence.person == candidate.person.id).collect();
    let covering = |day: NaiveDate| absences.iter().find(|absence| absence.covers(day));
    let days = window.from.iter_days().take_while(|day| *day <= window.until);
    let (mut all, mut gone, mut last_gone) = (0, 0, None);
    for day in days {
        all += 1;
        if covering(day).is_some() {
            gone += 1;
            last_gone = Some(day);
        }
    }
    let from = if covering(window.from).is_some() { Some(window.from) } else { last_gone.filter(|_| gone * 2 > all) }?;
    let first = covering(from)?;
    // One absence often follows another (leave, then a course): they are back after the last of them.
    let mut until = first.until;
    while let Some(next) = until.succ_opt().and_then(covering) {
        until = next.until;
    }
    Some(Conflict::Away { until, reason: first.reason.clone() })
}
