//! A made-up council for the allocation tests: people, lines of management and the framework that says who may review.

use chrono::NaiveDate;
use closeloop::domain::allocation::*;
use closeloop::domain::framework::*;
use closeloop::domain::id::{AbsenceId, PersonId, ReviewId, TeamId};
use closeloop::domain::person::{Absence, Person};
use std::sync::OnceLock;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const WINDOW: (&str, &str) = ("2026-11-02", "2026-11-20");

pub struct World {
    pub people: People,
    pub framework: Framework,
}

impl World {
    pub fn new(people: Vec<Person>) -> World {
        World { people: people.into_iter().map(|person| (person.id, person)).collect(), framework: framework().clone() }
    }

    pub fn ground(&self) -> Ground<'_> {
        let window = Window { from: day(WINDOW.0), until: day(WINDOW.1) };
        Ground { people: &self.people, framework: &self.framework, kind: &self.framework.kinds[0], window }
    }

    pub fn candidate(&self, id: i64) -> Candidate {
        Candidate { person: self.people[&PersonId(id)].clone(), load: 0, absences: Vec::new(), cap: None, in_cycle: 0, has_reviewed: true }
    }

    pub fn candidates(&self, ids: &[i64]) -> Vec<Candidate> {
        ids.iter().map(|id| self.candidate(*id)).collect()
    }

    pub fn found(&self, case: &CaseFacts, candidate: &Candidate) -> Vec<Conflict> {
        conflicts(case, candidate, &self.ground())
    }
}

pub fn person(id: i64, role: &str, team: Option<i64>, manager: Option<i64>) -> Person {
    Person {
        id: PersonId(id),
        name: format!("Person {id}"),
        role: role.to_string(),
        team: team.map(TeamId),
        service: String::new(),
        email: String::new(),
        login: String::new(),
        line_manager: manager.map(PersonId),
        left_on: None,
    }
}

pub fn case(review: i64, practitioner: Option<i64>, team: Option<i64>) -> CaseFacts {
    CaseFacts {
        review: ReviewId(review),
        practitioner: practitioner.map(PersonId),
        team: team.map(TeamId),
        service: String::new(),
        interests: Default::default(),
    }
}

pub fn away(person: i64, from: &str, until: &str, reason: &str) -> Absence {
    Absence { id: AbsenceId(0), person: PersonId(person), from: day(from), until: day(until), reason: reason.to_string(), deputy: None }
}

/// Read once for all: tens of thousands of made-up worlds share it.
fn framework() -> &'static Framework {
    static READ: OnceLock<Framework> = OnceLock::new();
    READ.get_or_init(read)
}

fn read() -> Framework {
    let role = |key: &str, also: &[&str], reviews, manages| Role {
        key: key.to_string(),
        label: key.to_string(),
        also: also.iter().map(|title| title.to_string()).collect(),
        reviews,
        moderates: false,
        insights: false,
        practitioner: key == "SW",
        manages,
        rights: closeloop::domain::access::Rights::NONE,
        scope: closeloop::domain::access::Scope::Own,
    };
    let roles = vec![
        role("SW", &["Social worker"], false, false),
        role("TM", &[], true, true),
        role("IRO", &["Independent reviewing officer"], true, false),
        role("SM", &[], true, true),
        role("HoS", &[], true, true),
    ];
    // The rest of the framework is Merton's, so that a new field of a framework does not break these tests.
    let (id, text) = closeloop::profiles::builtin()[0];
    let mut framework = closeloop::profiles::parse(text, id).unwrap();
    framework.roles = roles;
    framework.kinds.truncate(1);
    // Copied with every world, and not looked at.
    framework.reports.clear();
    framework.registers.clear();
    framework.kinds[0].steps.clear();
    framework.kinds[0].areas.clear();
    framework.kinds[0].reviewers = ["TM", "IRO", "SM", "HoS"].map(String::from).to_vec();
    framework
}
