//! Faults planted in a made-up council (`demo --faults`): one of each kind that the look over the records knows, so that it can be
//! seen finding them.
//!
//! The rules of today refuse most of them. They are written as an older program, or one that was mended since, would have left them:
//! as facts of the journal like any others, so that the file verifies.

use super::town::Town;
use crate::domain::action::{Action, ActionState, Life, Said, Source, Stand, Step};
use crate::domain::alert::{Alert, AlertAddressee, AlertTrigger};
use crate::domain::calendar::local_date;
use crate::domain::change::{ActionStepped, Change, FollowUpChange, Swap};
use crate::domain::framework::{Grading, Side, StepDuty};
use crate::domain::grade::{Grade, Judgement};
use crate::domain::id::{AbsenceId, ActionId, AlertId, PanelId, PersonId, ReviewId, SubjectId, TeamId, reference};
use crate::domain::panel::Panel;
use crate::domain::person::{Absence, Person};
use crate::domain::review::{Chosen, NextStep, Review, StepRecord};
use crate::domain::tracking::LoopStand;
use crate::store::{Numbered, Store, StoreResult};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::BTreeMap;

/// What is planted on: the numbers that come next, and cases nobody reviews now.
struct Ground {
    now: DateTime<Utc>,
    today: NaiveDate,
    review: i64,
    action: i64,
    person: i64,
    alert: i64,
    cases: Vec<(SubjectId, String)>,
    /// A team of a service.
    team: Option<TeamId>,
    /// A practitioner who is here, and whose line of management is whole.
    practitioner: PersonId,
    /// Somebody who signs off and owns nothing that is planted.
    signs: PersonId,
    changes: Vec<Change>,
}

impl Ground {
    fn before(&self, days: i64) -> NaiveDate {
        self.today - Duration::days(days)
    }

    /// Somebody new.
    fn person(&mut self, name: &str, left_on: Option<NaiveDate>, line_manager: Option<PersonId>) -> PersonId {
        self.person += 1;
        let id = PersonId(self.person);
        let person = Person {
            id,
            name: name.to_string(),
            role: "SW".into(),
            team: None,
            service: String::new(),
            email: String::new(),
            login: String::new(),
            line_manager,
            left_on,
        };
        self.changes.push(Change::PersonRecorded(Swap::new(person)));
        id
    }

    /// An action of somebody's, as it was raised.
    fn action(&mut self, review: ReviewId, owner: PersonId, due_on: NaiveDate, text: &str) -> Action {
        self.action += 1;
        Action {
            id: ActionId(self.action),
            reference: reference("A", self.action),
            source: Source::Review(review),
            text: text.to_string(),
            kind: String::new(),
            owner,
            due_on,
            urgent: false,
            state: ActionState::Open,
            evidence: String::new(),
            life: Life::default(),
            alert: None,
            raised_at: None,
        }
    }

    fn raise(&mut self, action: &Action) {
        self.changes.push(Change::ActionRecorded(Swap::new(action.clone())));
    }

    /// An action that came all the way to its sign-off.
    fn signed_off(&mut self, action: Action, by: PersonId, revisit_on: Option<NaiveDate>) {
        self.raise(&action);
        let said = |by| Some(Said { at: self.now, by: Some(by) });
        let life = Life { done: said(action.owner), signed_off: said(by), revisit_on, ..Life::default() };
        let after = Stand { state: ActionState::SignedOff, evidence: "Case note".into(), life, ..action.stand() };
        let stand = Swap { before: Some(action.stand()), after: Some(after) };
        let stepped = ActionStepped { action: action.id, review: action.review(), step: Step::SignedOff, stand, taken_back: false };
        self.changes.push(Change::ActionStepped(Box::new(stepped)));
    }
}

impl Town {
    /// Plants them, each on a review, an action or a sitting of its own.
    pub(super) fn plant_faults(&mut self, store: &mut Store) -> StoreResult<()> {
        let (desk, now) = (self.desk.clone(), self.now);
        store.write(|tx| {
            let reading = tx.reading();
            let today = local_date(now);
            let cases = reading.frame()?.into_iter().map(|(_, case)| case).filter(|case| case.last_reviewed.is_none());
            let people = &self.people;
            let whole = |person: &&Person| {
                person.left_on.is_none()
                    && self.framework.role(&person.role).is_some_and(|role| role.practitioner)
                    && person.line_manager.and_then(|id| people.get(&id)).is_some_and(|manager| manager.left_on.is_none())
            };
            let Some(practitioner) = people.values().find(whole).map(|person| person.id) else { return Ok(()) };
            let mut ground = Ground {
                now,
                today,
                review: tx.next(Numbered::Review)? - 1,
                action: tx.next(Numbered::Action)? - 1,
                person: tx.next(Numbered::Person)? - 1,
                alert: tx.next(Numbered::Alert)? - 1,
                team: reading.teams()?.into_iter().find(|team| !team.service.is_empty()).map(|team| team.id),
                cases: cases.map(|case| (case.subject, case.case_type)).collect(),
                practitioner,
                signs: self.coordinator,
                changes: Vec::new(),
            };
            self.plant_reviews(&mut ground);
            self.plant_actions(&mut ground, reading.absences_from(NaiveDate::MIN)?.iter().map(|absence| absence.id.0).max().unwrap_or(0));
            let sitting = Panel {
                id: PanelId(tx.next(Numbered::Panel)?),
                on: ground.before(9),
                at: "10:00".into(),
                chair: Some(self.coordinator),
                members: vec![self.coordinator],
                guests: Vec::new(),
                scoring: None,
                minutes_each: 0,
                service: String::new(),
            };
            ground.changes.push(Change::PanelPlanned(Swap::new(sitting)));
            // Facts of before are told before those of now.
            let (old, new): (Vec<Change>, Vec<Change>) = ground.changes.into_iter().partition(is_old);
            tx.write(&desk, now - Duration::days(120), &old)?;
            self.last_row = tx.write(&desk, now, &new)?.last;
            Ok(())
        })
    }

    /// A review of a case nobody reviews now, opened so many days ago.
    fn planted(&self, ground: &mut Ground, days: i64, practitioner: Option<PersonId>) -> Option<Review> {
        let (subject, case_type) = ground.cases.pop()?;
        let cycle = self.cycles.last().and_then(|cycle| cycle.id)?;
        ground.review += 1;
        let first = self.step_at(1)?;
        let review = Review {
            id: ReviewId(ground.review),
            reference: reference(&self.kind.prefix, ground.review),
            cycle,
            kind: self.kind.key.clone(),
            subject,
            case_type,
            team: ground.team,
            practitioner,
            opened_on: ground.before(days),
            chosen: Chosen::Random,
            named: None,
            next: NextStep { step: Some(first.key.clone()), label: first.label.clone(), due_on: Some(ground.today), opens_on: None },
        };
        ground.changes.push(Change::ReviewOpened(review.clone()));
        Some(review)
    }

    fn given_to(&self, ground: &mut Ground, review: &Review, to: PersonId, days: i64) {
        let record = StepRecord { on: ground.before(days), values: BTreeMap::new(), not_done_because: None };
        let step = self.step_at(0).map(|step| step.key.clone()).unwrap_or_default();
        ground.changes.push(Change::Allocated {
            review: review.id,
            reviewer: Swap::new(to),
            step: Swap::new((step, record)),
            next: Swap { before: Some(review.next.clone()), after: Some(review.next.clone()) },
            despite: String::new(),
            companion: Swap::default(),
        });
    }

    fn submitted(&self, ground: &mut Ground, review: &Review, grade: Grade, panel: Option<&str>) {
        let scaling = (self.kind.grading == Grading::Scaling).then_some(if grade == Grade::Inadequate { 1 } else { 9 });
        let record = StepRecord { on: ground.today, values: BTreeMap::new(), not_done_because: None };
        let step = self.kind.step_of(StepDuty::Submit).map(|(_, step)| step.key.clone()).unwrap_or_default();
        ground.changes.push(Change::ReviewSubmitted {
            review: review.id,
            original: Some(Judgement { scaling, grade }),
            step,
            record,
            for_panel: panel.map(str::to_string),
            reasons: Vec::new(),
            share: None,
            next: review.next.clone(),
        });
    }

    fn plant_reviews(&self, ground: &mut Ground) {
        let (here, today) = (Some(ground.practitioner), ground.today);
        // Not allocated; without a practitioner; with one whom nobody manages.
        let _ = self.planted(ground, 20, here);
        let _ = self.planted(ground, 1, None);
        let alone = ground.person("Odd Oneway", None, None);
        let _ = self.planted(ground, 1, Some(alone));
        // Of no team, and of a type that nobody knows.
        let team = ground.team.take();
        let _ = self.planted(ground, 1, here);
        ground.team = team;
        if let Some((_, case_type)) = ground.cases.last_mut() {
            *case_type = "unheard-of".into();
        }
        let _ = self.planted(ground, 1, here);
        // In the hands of somebody who has left; halted.
        if let Some(review) = self.planted(ground, 3, here) {
            let gone = ground.person("Gone Goodbye", Some(ground.before(30)), here);
            self.given_to(ground, &review, gone, 1);
        }
        if let Some(review) = self.planted(ground, 40, here) {
            self.given_to(ground, &review, ground.signs, 30);
        }
        // Returned, and nobody spoke with the family.
        let returned = self.kind.step_of(StepDuty::Return).map(|(_, step)| step.key.clone());
        if let (Some(step), Some(_)) = (returned, self.kind.step_of(StepDuty::FamilyContact))
            && let Some(review) = self.planted(ground, 2, here)
        {
            self.given_to(ground, &review, ground.signs, 1);
            let record = StepRecord { on: today, values: BTreeMap::new(), not_done_because: None };
            let next = Swap { before: Some(review.next.clone()), after: Some(review.next.clone()) };
            ground.changes.push(Change::ReviewReturned { review: review.id, step, record: Swap::new(record), next });
        }
        // Inadequate, and neither alert nor action; and two of which the alert has a gap, or was not reviewed in time.
        if let Some(review) = self.planted(ground, 2, here) {
            self.given_to(ground, &review, ground.signs, 1);
            self.submitted(ground, &review, Grade::Inadequate, None);
        }
        for late in [false, true] {
            let Some(review) = self.planted(ground, 2, here) else { continue };
            self.given_to(ground, &review, ground.signs, 1);
            ground.alert += 1;
            ground.changes.push(Change::AlertOpened(alert(ground, review.id, late)));
        }
        // Waiting for a panel since long ago.
        if let Some(review) = self.planted(ground, 100, here) {
            self.given_to(ground, &review, ground.signs, 1);
            self.submitted(ground, &review, Grade::Outstanding, Some("Outstanding"));
        }
        // Two loops: one open for long, one whose supervision is overdue.
        for supervision_due in [None, Some(ground.before(21))] {
            let Some(review) = self.planted(ground, 2, here) else { continue };
            self.given_to(ground, &review, ground.signs, 1);
            let stand = Swap { before: Some(LoopStand::Untracked), after: Some(LoopStand::Open) };
            ground.changes.push(Change::FollowUp(FollowUpChange::LoopMoved { review: review.id, stand, supervision_due, since: None }));
        }
    }

    fn plant_actions(&self, ground: &mut Ground, last_absence: i64) {
        let Some(review) = self.planted(ground, 2, Some(ground.practitioner)) else { return };
        self.given_to(ground, &review, ground.signs, 1);
        let (id, owner, signs, later) = (review.id, ground.practitioner, ground.signs, ground.today + Duration::days(20));
        let late = Action { urgent: true, ..ground.action(id, owner, ground.before(1), "Visit today and see the child alone") };
        ground.raise(&late);
        let gone = ground.person("Farewell Fenn", Some(ground.before(12)), Some(owner));
        let left = ground.action(id, gone, later, "Bring the genogram up to date");
        ground.raise(&left);
        let away = ground.person("Holiday Hale", None, Some(owner));
        ground.changes.push(Change::AbsenceRecorded(Swap::new(Absence {
            id: AbsenceId(last_absence + 1),
            person: away,
            from: ground.before(3),
            until: ground.today + Duration::days(11),
            reason: "Leave".into(),
            deputy: None,
        })));
        let waits = ground.action(id, away, ground.today + Duration::days(4), "Ask the health visitor what she sees");
        ground.raise(&waits);
        let backwards = ground.action(id, owner, ground.before(10), "Write the chronology");
        ground.raise(&backwards);
        let unseen = Action { state: ActionState::Done, ..ground.action(id, owner, later, "Speak with the school") };
        ground.raise(&unseen);
        let own = ground.action(id, owner, later, "Book the core group");
        ground.signed_off(own, owner, None);
        let forgotten = ground.action(id, owner, later, "Agree who is told what");
        ground.signed_off(forgotten, signs, Some(ground.before(40)));
    }
}

/// Whether a fact has to be one of long ago: what waits or is open for long, an action raised before it was due, and whatever those
/// stand on.
fn is_old(change: &Change) -> bool {
    match change {
        Change::PersonRecorded(_) | Change::ReviewOpened(_) | Change::Allocated { .. } => true,
        Change::ReviewSubmitted { for_panel, .. } => for_panel.is_some(),
        Change::FollowUp(FollowUpChange::LoopMoved { supervision_due, .. }) => supervision_due.is_none(),
        Change::ActionRecorded(swap) => swap.after.as_ref().is_some_and(|action| action.urgent),
        _ => false,
    }
}

/// An alert raised by hand: with a gap, or whose review is late.
fn alert(ground: &Ground, review: ReviewId, late: bool) -> Alert {
    let opened_at = ground.now - Duration::hours(30);
    let addressee = |person| AlertAddressee::new("SM", Side::Child, person);
    Alert {
        id: AlertId(ground.alert),
        reference: reference("AL", ground.alert),
        review,
        trigger: AlertTrigger::Hand,
        opened_at,
        review_due_at: late.then(|| opened_at + Duration::hours(24)),
        review_within: if late { "24 hours".into() } else { String::new() },
        addressees: vec![addressee(late.then_some(ground.signs))],
        closed_at: None,
        earlier: 0,
        under: String::new(),
        raised_by: None,
        concern: Vec::new(),
        assured_by: None,
        steps: Vec::new(),
        assurance: None,
        dispute: None,
        kept: Vec::new(),
        overdue: Vec::new(),
    }
}
