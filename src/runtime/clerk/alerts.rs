//! Deeds about alerts: each gathers who holds which role now, and asks its rule.

use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::action::{self, ActionWanted};
use crate::domain::alert::{self, Alert, AlertEvent, AlertFact, AlertTrigger, Doer, HowTold, KeptKind, Opening, Telling, Written};
use crate::domain::calendar::{Calendar, say_end};
use crate::domain::change::{Change, Swap};
use crate::domain::count::counted;
use crate::domain::deed::{AlertDeed, AlertWanted};
use crate::domain::framework::{Addressee, EscalationRule, Framework, Side, SubjectKind};
use crate::domain::id::{ActionId, AlertId, PersonId};
use crate::domain::line as lines;
use crate::domain::person::{Absence, Person};
use crate::domain::review::{ReviewFacts, ReviewState};
use crate::domain::strip::{StripOf, clock_set_back};
use crate::store::{Numbered, StoreResult};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everybody around a case, as they stand today: what the roles of an alert are looked up in.
struct Around {
    /// Those in the practitioner's line, and holders of the roles asked for.
    near: Arc<BTreeMap<PersonId, Person>>,
    /// Those, and whoever may have to hear in their place.
    people: Arc<BTreeMap<PersonId, Person>>,
    absences: Vec<Absence>,
    recused: BTreeSet<PersonId>,
    service: String,
    today: NaiveDate,
}

impl Around {
    /// Asks something that needs to know how people are found.
    fn with<R>(&self, facts: &ReviewFacts, ask: impl FnOnce(&alert::Finding<'_>) -> R) -> R {
        let (practitioner, team) = (facts.review.practitioner, facts.review.team);
        ask(&alert::Finding {
            holder: &|addressee| lines::holder(&self.near, self.today, addressee, practitioner, team, &self.service),
            acting: &|person| lines::acting(&self.people, &self.absences, person, self.today),
            above: &|person| {
                let here = |id: &PersonId| self.people.get(id).is_some_and(|person| person.is_here(self.today));
                lines::above(&self.people, person).into_iter().filter(here).collect()
            },
            recused: &self.recused,
        })
    }
}

/// What every deed about a stored alert needs.
pub(super) struct Stored {
    pub(super) alert: Alert,
    pub(super) facts: Arc<ReviewFacts>,
    pub(super) framework: Arc<Framework>,
    pub(super) calendar: Arc<Calendar>,
    subject: SubjectKind,
    urgent: Vec<action::Action>,
    pub(super) doer: Doer,
}

impl Desk<'_, '_> {
    pub(super) fn at_alert(&mut self, deed: AlertDeed) -> Asked {
        match deed {
            AlertDeed::Raise(wanted) => self.raise_alert(wanted),
            AlertDeed::Tell { alert, places, how, at } => self.tell_alert(alert, &places, how, at),
            AlertDeed::Acknowledge { alert, place } => self.acknowledge_alert(alert, place),
            AlertDeed::FillGap { alert, place, person } => self.fill_gap(alert, place, person),
            AlertDeed::Follow { alert, place, person, because } => self.follow_addressee(alert, place, person, &line(&because)),
            AlertDeed::ExplainGap { alert, place, because } => self.explain_gap(alert, place, &because),
            AlertDeed::Assure { alert, answers, urgent } => self.assure_alert(alert, answers, urgent),
            AlertDeed::Dispute { alert, because } => self.dispute_alert(alert, &because),
            AlertDeed::Decide { alert, stands, because } => self.decide_dispute(alert, stands, &because),
            AlertDeed::Keep { alert, kind, on, note } => self.keep_with_alert(alert, kind, on, &note),
            AlertDeed::Close { alert, words } => self.close_alert(alert, &words),
        }
    }

    pub(super) fn stored(&mut self, id: AlertId) -> StoreResult<Stored> {
        let reading = self.reading();
        let Some(alert) = reading.alert(id)? else {
            return Err(StripOf::Alert(id).absent().into());
        };
        let facts = self.review_with_others(alert.review)?;
        let (_, framework, _) = self.rules_of(&facts)?;
        let calendar = self.library.calendar(reading)?;
        let subject = self.subject_kind(&facts)?;
        let urgent = reading.urgent_of(id)?;
        let doer = self.alert_doer(&framework)?;
        Ok(Stored { alert, facts, framework, calendar, subject, urgent, doer })
    }

    fn subject_kind(&self, facts: &ReviewFacts) -> StoreResult<SubjectKind> {
        Ok(self.reading().subject(facts.review.subject)?.map_or(SubjectKind::Child, |subject| subject.kind))
    }

    /// Who asks, with the roles they hold today: their own, and those of whom they stand in for.
    pub(super) fn alert_doer(&self, framework: &Framework) -> StoreResult<Doer> {
        let reading = self.reading();
        let own = self.actor.person.map(|person| reading.person(person)).transpose()?.flatten();
        let role = own.map_or_else(|| self.actor.role.clone(), |person| person.role);
        let leads = framework.role(&role).is_none_or(|role| role.insights);
        let mut doer = Doer { person: self.actor.person, roles: vec![role], leads, acts_for: Vec::new() };
        let mine = |absence: &Absence| absence.covers(self.today) && absence.deputy.is_some() && absence.deputy == self.actor.person;
        for absence in reading.absences_from(self.today)?.iter().filter(|absence| mine(absence)) {
            doer.acts_for.push(absence.person);
            doer.roles.extend(reading.person(absence.person)?.map(|person| person.role));
        }
        Ok(doer)
    }

    fn around(&self, facts: &ReviewFacts, roles: &[&str]) -> StoreResult<Around> {
        let reading = self.reading();
        let recused = reading.recused_from(facts.review.id)?;
        let near = reading.people_around(facts.review.practitioner, roles)?;
        // Only where somebody is recused may the way lead further up than those around the case.
        let mut people = if recused.is_empty() { near.clone() } else { reading.people_by_id()? };
        let absences = reading.absences_from(self.today)?;
        for deputy in absences.iter().filter_map(|absence| absence.deputy) {
            if !people.contains_key(&deputy) {
                Arc::make_mut(&mut people).extend(reading.person(deputy)?.map(|person| (deputy, person)));
            }
        }
        let service = reading.names_of(facts.review.id)?.map(|names| names.team.1).unwrap_or_default();
        Ok(Around { near, people, absences, recused, service, today: self.today })
    }

    fn name_of(&self, person: PersonId) -> String {
        let found = self.reading().person(person).ok().flatten();
        found.map_or_else(|| "somebody who is not on the list".to_string(), |person| person.name)
    }

    /// Opens the alert of a review, its addressees looked up at this moment. M10.
    pub(super) fn open_alert(
        &mut self,
        framework: &Framework,
        facts: &ReviewFacts,
        trigger: AlertTrigger,
        concern: Vec<Written>,
    ) -> StoreResult<Alert> {
        let subject = self.subject_kind(facts)?;
        let rule = &framework.escalation;
        let wanted = rule.addressees.iter().map(|addressee| addressee.role.as_str()).chain(rule.reviewed_by.as_deref());
        let roles: Vec<&str> =
            wanted.map(|role| rule.role_for(subject, role)).chain(rule.addressees.iter().map(|one| one.role.as_str())).collect();
        let around = self.around(facts, &roles)?;
        let (_, earlier) = self.reading().alerts_raised(facts.review.id, trigger)?;
        let calendar = self.library.calendar(self.reading())?;
        let id = AlertId(self.tx.next(Numbered::Alert)?);
        let raised_by = self.actor.person.filter(|_| !trigger.is_grade());
        let opening = Opening { id, review: facts.review.id, subject, trigger, concern, raised_by, earlier };
        Ok(around.with(facts, |finding| alert::open(self.now, framework, &calendar, opening, finding))?)
    }

    /// Who is not told of an alert because they are recused, and who hears instead.
    pub(super) fn passed_over(&self, alert: &Alert) -> StoreResult<String> {
        let mut said = String::new();
        for addressee in alert.addressees.iter().filter(|addressee| addressee.recused) {
            let name = |person: Option<PersonId>| -> StoreResult<Option<String>> {
                Ok(person.map(|person| self.reading().person(person)).transpose()?.flatten().map(|person| person.short_name()))
            };
            let (holder, told) = (name(addressee.instead_of)?.unwrap_or_default(), name(addressee.person)?);
            let told = told.map_or("nobody above is free to".to_string(), |told| format!("{told} is to"));
            said.push_str(&format!("; {holder} ({}) is recused, {told} hear of it", addressee.role));
        }
        Ok(said)
    }

    /// An alert for a grade, unless one for the same reason is open already: whoever raises it twice. M10.
    pub(super) fn alert_for_grade(
        &mut self,
        framework: &Framework,
        facts: &ReviewFacts,
        trigger: AlertTrigger,
    ) -> StoreResult<Option<(Change, String)>> {
        if self.reading().alerts_raised(facts.review.id, trigger)?.0.is_some() {
            return Ok(None);
        }
        let opened = self.open_alert(framework, facts, trigger, Vec::new())?;
        let said = format!("; alert {} is open{}", opened.reference, self.passed_over(&opened)?);
        Ok(Some((Change::AlertOpened(opened), said)))
    }

    fn raise_alert(&mut self, wanted: AlertWanted) -> Asked {
        let AlertWanted { review, trigger, concern, told } = wanted;
        let facts = self.review_with_others(review)?;
        let (_, framework, _) = self.rules_of(&facts)?;
        if facts.state == ReviewState::Withdrawn {
            return Err(refuse(format!("{} was withdrawn.", facts.review.reference), "Raise it on the review that came in."));
        }
        let concern: Vec<Written> = concern
            .into_iter()
            .map(|written| Written { text: paragraphs(&written.text), ..written })
            .filter(|one| !one.text.is_empty())
            .collect();
        let (open_already, _) = self.reading().alerts_raised(review, trigger)?;
        alert::may_raise(&framework, trigger, &concern, open_already.as_deref())?;
        let opened = self.open_alert(&framework, &facts, trigger, concern)?;
        let calendar = self.library.calendar(self.reading())?;
        let mut said = format!("{}: alert {} is open{}", facts.review.reference, opened.reference, self.passed_over(&opened)?);
        let mut changes = vec![Change::AlertOpened(opened.clone())];
        for how in HowTold::ALL {
            let named = |role: &str| told.iter().any(|(told, by)| *by == how && told.eq_ignore_ascii_case(role));
            let heard = opened.addressees.iter().enumerate().filter(|(_, one)| one.side == Side::Child && one.person.is_some());
            let places: Vec<usize> = heard.filter(|(_, one)| named(&one.role)).map(|(place, _)| place).collect();
            if !places.is_empty() {
                let telling = Telling { how, at: self.now, by: self.actor.person };
                changes.extend(alert::tell(self.now, &opened, &places, telling, &framework.escalation, &calendar)?);
                said.push_str(&format!("; {} told {}", counted(places.len(), "person", "people"), how.label()));
            }
        }
        Ok((changes, said))
    }

    fn tell_alert(&mut self, id: AlertId, places: &[usize], how: HowTold, at: Option<DateTime<Utc>>) -> Asked {
        let stored = self.stored(id)?;
        let telling = Telling { how, at: at.unwrap_or(self.now), by: self.actor.person };
        let told = alert::tell(self.now, &stored.alert, places, telling, &stored.framework.escalation, &stored.calendar)?;
        let said = match &told {
            Some(Change::AlertTold { addressees, .. }) => {
                let names: Vec<String> =
                    addressees.iter().filter_map(|place| stored.alert.at(*place)?.person).map(|person| self.name_of(person)).collect();
                format!("{}: {} told {}", stored.alert.reference, names.join(", "), how.label())
            }
            _ => format!("{}: they were told {} before", stored.alert.reference, how.label()),
        };
        Ok((told.into_iter().collect(), said))
    }

    fn acknowledge_alert(&mut self, id: AlertId, place: Option<usize>) -> Asked {
        let Stored { alert: stored, framework, calendar, doer, .. } = self.stored(id)?;
        let event = alert::acknowledge(self.now, &stored, place, &doer, &framework.escalation, &calendar)?;
        let until = match &event.what {
            AlertFact::Acknowledged { holds_until: Some(until), .. } => format!("; it holds until {}", say_end(*until)),
            _ => String::new(),
        };
        said_of(event, format!("{} acknowledged{until}", stored.reference))
    }

    fn fill_gap(&mut self, id: AlertId, place: usize, person: PersonId) -> Asked {
        let Stored { alert: stored, facts, framework, calendar, doer, .. } = self.stored(id)?;
        let recused = self.reading().recused_from(facts.review.id)?;
        let people = self.reading().people_by_id()?;
        let instead = self.who_could_hear(&people, &stored, &facts, place, &recused);
        let hearer = self.hearer(&people, &facts, person, &recused, &instead);
        let event = alert::fill_gap(self.now, &stored, place, &hearer, &doer, &framework.escalation, &calendar)?;
        let role = stored.at(place).map_or("", |addressee| addressee.role.as_str());
        said_of(event, format!("{}: {} hears of it as {role}", stored.reference, self.name_of(person)))
    }

    fn explain_gap(&mut self, id: AlertId, place: usize, because: &str) -> Asked {
        let Stored { alert: stored, doer, .. } = self.stored(id)?;
        let event = alert::explain_gap(self.now, &stored, place, line(because), &doer)?;
        said_of(event, format!("{}: the gap is explained", stored.reference))
    }

    fn assure_alert(&mut self, id: AlertId, answers: Vec<Written>, urgent: Vec<ActionWanted>) -> Asked {
        let Stored { alert: stored, facts, framework, calendar, doer, .. } = self.stored(id)?;
        let answers: Vec<Written> = answers.into_iter().map(|answer| Written { text: paragraphs(&answer.text), ..answer }).collect();
        let answers = answers.into_iter().filter(|answer| !answer.text.is_empty()).collect();
        let event = alert::assure(self.now, &stored, answers, &doer, &framework.escalation, &|person| self.name_of(person))?;
        let complete = matches!(event.what, AlertFact::Assured { complete: true, .. });
        let mut said = format!(
            "{}: {}",
            stored.reference,
            if complete { "assurance recorded" } else { "assurance begun; something is not answered yet" }
        );
        let mut changes = vec![Change::Alert(event)];
        // M12: what has to happen at once goes straight to the tracker, marked urgent.
        let first = self.tx.next(Numbered::Action)?;
        for (wanted, number) in urgent.into_iter().zip(first..) {
            if let Some(owner) = wanted.owner {
                self.refuse_recused(&facts, owner)?;
            }
            let wanted = ActionWanted { text: line(&wanted.text), urgent: true, ..wanted };
            let raised =
                action::raise(self.today, &framework, &calendar, ActionId(number), action::Source::Review(stored.review), &wanted)?;
            said.push_str(&format!("; urgent action {} due {}", raised.reference, raised.due_on.format("%-d %B")));
            changes.push(Change::ActionRecorded(Swap::new(action::Action { alert: Some(id), ..raised })));
        }
        Ok((changes, said))
    }

    fn dispute_alert(&mut self, id: AlertId, because: &str) -> Asked {
        let Stored { alert: stored, facts, framework, calendar, subject, doer, .. } = self.stored(id)?;
        let rule = &framework.escalation;
        let decider = match &rule.dispute_decided_by {
            Some(wanted) => {
                let acts = rule.acting_for(subject, wanted);
                let around = self.around(&facts, &[&acts.role])?;
                let found = around.with(&facts, |finding| finding.addressee(rule, subject, wanted)).person;
                // Where nobody holds the role, whoever was named for it on this alert decides. S09, S12.
                let named = || stored.addressees.iter().find(|one| (one.role.as_str(), one.side) == (acts.role.as_str(), acts.side));
                found.or_else(|| named().and_then(|one| one.person))
            }
            None => None,
        };
        let event = alert::dispute(self.now, &stored, line(because), decider, &doer, rule, &calendar)?;
        let who = decider
            .map_or_else(|| "nobody holds the role that decides it".to_string(), |person| format!("{} decides it", self.name_of(person)));
        said_of(event, format!("{}: the level of concern is disputed; {who}", stored.reference))
    }

    fn decide_dispute(&mut self, id: AlertId, stands: bool, because: &str) -> Asked {
        let Stored { alert: stored, framework, subject, doer, .. } = self.stored(id)?;
        let rule = &framework.escalation;
        let Some(wanted) = &rule.dispute_decided_by else {
            return Err(refuse("The framework names nobody who decides such a dispute.", ""));
        };
        let Addressee { role, side } = rule.acting_for(subject, wanted);
        let named = |person| self.name_of(person);
        let event = alert::decide_dispute(self.now, &stored, stands, line(because), (&role, side), &doer, &named)?;
        let how = if stands { "the concern stands" } else { "the concern is lower" };
        said_of(event, format!("{}: decided, {how}; that is final", stored.reference))
    }

    fn keep_with_alert(&mut self, id: AlertId, kind: KeptKind, on: NaiveDate, note: &str) -> Asked {
        let Stored { alert: stored, framework, subject, doer, .. } = self.stored(id)?;
        let rule = &framework.escalation;
        let event = alert::keep(self.now, &stored, (kind, on, paragraphs(note)), subject, &doer, rule)?;
        said_of(event, format!("{}: {}", stored.reference, kind.label().to_lowercase()))
    }

    fn close_alert(&mut self, id: AlertId, words: &str) -> Asked {
        let Stored { alert: stored, framework, urgent, doer, .. } = self.stored(id)?;
        let change = alert::close(self.now, &stored, paragraphs(words), &urgent, &doer, &framework.escalation)?;
        Ok((vec![change], format!("{} closed", stored.reference)))
    }

    /// The fact that somebody was told by e-mail, at every place they have on an alert's list; none where they were before, or
    /// where the alert is closed. M10: it is written whatever else cannot be worked out, because it happened.
    pub(super) fn told_by_mail(&mut self, id: AlertId, person: PersonId) -> StoreResult<Option<Change>> {
        let Stored { alert: stored, framework, calendar, .. } = self.stored(id)?;
        if !stored.is_open() {
            return Ok(None);
        }
        let own = |place: &usize| stored.at(*place).is_some_and(|addressee| addressee.person == Some(person));
        let places: Vec<usize> = (0..stored.addressees.len()).filter(own).collect();
        // The machine's clock may have been put back meanwhile: nobody hears of an alert before it was opened.
        let at = self.now.max(stored.opened_at);
        let telling = Telling { how: HowTold::Email, at, by: None };
        let tell = |rule: &EscalationRule| alert::tell(at, &stored, &places, telling, rule, &calendar);
        // Where the table of holidays ends before the time to acknowledge, no such time runs.
        let told =
            tell(&framework.escalation).or_else(|_| tell(&EscalationRule { acknowledge_within: None, ..framework.escalation.clone() }));
        Ok(told?)
    }

    /// Writes down what is overdue and takes the steps up the line that are due. Decided inside the write transaction, so that
    /// of many who notice at once one writes; while the machine's clock stands behind the journal nobody does.
    pub(super) fn raise_due(&mut self) -> Asked {
        if clock_set_back(self.now, self.reading().latest_entry_at()?) {
            let said = "The clock of this machine was set back: nothing is called overdue until it is right again";
            return Ok((Vec::new(), said.to_string()));
        }
        let mut changes = Vec::new();
        for strip in self.reading().due_strips(self.now)? {
            match strip {
                StripOf::Alert(id) => changes.extend(self.due_of_alert(id)?),
                StripOf::Drp(id) => changes.extend(self.due_of_drp(id)?),
            }
        }
        changes.extend(self.loops_of_before()?);
        let said = match changes.len() {
            0 => "Nothing has become due".to_string(),
            n => counted(n, "thing has become due", "things have become due"),
        };
        // Reminders are letters alone: they say themselves that something is due, and nothing is late.
        let reminded = self.remind_today()?;
        let said = if reminded.is_some() && changes.is_empty() { String::new() } else { said };
        changes.extend(reminded);
        Ok((changes, said))
    }

    fn due_of_alert(&mut self, id: AlertId) -> StoreResult<Vec<Change>> {
        let Stored { alert: stored, facts, framework, calendar, subject, urgent, .. } = self.stored(id)?;
        let rule = &framework.escalation;
        let roles: Vec<&str> = stored.steps.iter().map(|step| step.role.as_str()).collect();
        let around = self.around(&facts, &roles)?;
        let tell_by = rule.tell_by(self.now, &calendar).ok().flatten();
        let facts_due = around.with(&facts, |finding| {
            stored.due_facts(self.now, &urgent, &|step| {
                let step = &stored.steps[step];
                let wanted = Addressee { role: step.role.clone(), side: step.side };
                alert::AlertAddressee { tell_by, ..finding.addressee(rule, subject, &wanted) }
            })
        });
        Ok(facts_due.into_iter().map(|fact| Change::Alert(stored.event(self.now, None, fact))).collect())
    }
}

fn said_of(event: AlertEvent, said: String) -> Asked {
    Ok((vec![Change::Alert(event)], said))
}
