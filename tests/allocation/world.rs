//! A made-up council for the allocation tests: people, lines of management and the framework that says who may review.

use chrono::NaiveDate;
use closeloop::domain::allocation::*;
use closeloop::domain::framework::*;
use closeloop::domain::id::{AbsenceId, PersonId, ReviewId, TeamId};
use closeloop::domain::person::{Absence, Person};

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
        World { people: people.into_iter().map(|person| (person.id, person)).collect(), framework: framework() }
    }

    pub fn ground(&self) -> Ground<'_> {
        let window = Window { from: day(WINDOW.0), until: day(WINDOW.1) };
        Ground { people: &self.people, framework: &self.framework, kind: &self.framework.kinds[0], window }
    }

    pub fn candidate(&self, id: i64) -> Candidate {
        Candidate { person: self.people[&PersonId(id)].clone(), load: 0, absences: Vec::new(), cap: None }
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
    CaseFacts { review: ReviewId(review), practitioner: practitioner.map(PersonId), team: team.map(TeamId), service: String::new() }
}

pub fn away(person: i64, from: &str, until: &str, reason: &str) -> Absence {
    Absence { id: AbsenceId(0), person: PersonId(person), from: day(from), until: day(until), reason: reason.to_string() }
}

fn framework() -> Framework {
    let role = |key: &str, also: &[&str], reviews, manages| Role {
        key: key.to_string(),
        label: key.to_string(),
        also: also.iter().map(|title| title.to_string()).collect(),
        reviews,
        moderates: false,
        insights: false,
        practitioner: key == "SW",
        manages,
    };
    let roles = vec![
        role("SW", &["Social worker"], false, false),
        role("TM", &[], true, true),
        role("IRO", &["Independent reviewing officer"], true, false),
        role("SM", &[], true, true),
        role("HoS", &[], true, true),
    ];
    let kind = ReviewKind {
        key: "collaborative-review".into(),
        label: "Collaborative review".into(),
        prefix: "CR".into(),
        summary: String::new(),
        grading: Grading::Scaling,
        conduct: Conduct::Single,
        reviewers: ["TM", "IRO", "SM", "HoS"].map(String::from).to_vec(),
        subjects: vec![SubjectKind::Child],
        sampled: true,
        steps: Vec::new(),
        areas: Vec::new(),
        narrative: Vec::new(),
        gate: Vec::new(),
    };
    Framework {
        id: "test".into(),
        version: 1,
        title: String::new(),
        short_name: String::new(),
        summary: String::new(),
        in_force_from: day("2026-01-01"),
        in_force_until: None,
        case_system: String::new(),
        case_prefix: "T".into(),
        roles,
        grades: Vec::new(),
        bands: Vec::new(),
        case_types: Vec::new(),
        subjects: vec![SubjectKind::Child],
        cycle: CyclePlan {
            rhythm: Rhythm::Monthly,
            year_starts_in: 4,
            phases: Vec::new(),
            focus_reasons: Vec::new(),
            focus_required: true,
            events: Vec::new(),
            extra_work: false,
        },
        sampling: SamplingRule {
            default_size: 10,
            stratify_by: Stratum::None,
            not_again_within: Span::Months(12),
            skip_workers_of_last_cycle: false,
            look_back: None,
            showcase: false,
            proposed_by_managers: false,
            rotate_services: false,
            notice: None,
            services: Vec::new(),
        },
        kinds: vec![kind],
        moderation: ModerationRule {
            takes: Vec::new(),
            members: Vec::new(),
            own_service: false,
            invites: Vec::new(),
            invites_reviewer: true,
            quorum: 3,
            sealed: true,
            every: None,
        },
        escalation: EscalationRule {
            grades: Vec::new(),
            immediate_concern: false,
            addressees: Vec::new(),
            reviewed_by: None,
            review_within: None,
            assurance: Vec::new(),
            dispute_decided_by: None,
            signed_off_by: None,
            discussed_in_supervision: false,
            fostering: Vec::new(),
        },
        drp: None,
        actions: ActionRule {
            limit: None,
            default_due: Span::Days(28),
            urgent_due: Span::Days(1),
            signed_off_by: Vec::new(),
            extension_approved_by: None,
            revisit_after: None,
        },
        tracking: TrackingRule {
            grades: Vec::new(),
            tracked_by: Vec::new(),
            needs: Vec::new(),
            support: Vec::new(),
            revisit_areas_after: None,
        },
        boards: Vec::new(),
        reports: Vec::new(),
        registers: Vec::new(),
        themes: Vec::new(),
        small_numbers_below: 5,
    }
}
