//! Deeds about disputes and alerts of good practice: who is concerned is looked up here, the rules decide. M14, C05.

use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::alert::Finding;
use crate::domain::change::{Change, DrpChange, Swap};
use crate::domain::deed::{Deed, DrpDeed};
use crate::domain::drp::{self, Case, Drp, DrpAddressee, DrpWanted, Ground, Informal, StepWanted, Writer};
use crate::domain::framework::{Addressee, DrpRule, Framework, Side, SubjectKind};
use crate::domain::id::{DrpId, PersonId, SubjectId};
use crate::domain::line;
use crate::domain::person::{Absence, Person};
use crate::domain::query::Viewer;
use crate::domain::strip::StripOf;
use crate::domain::subject::Subject;
use crate::store::{Numbered, StoreError, StoreResult};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Names offered to somebody who may not do a thing themselves.
const OFFERED: usize = 3;

/// People as they stand around one case.
struct Around {
    people: BTreeMap<PersonId, Person>,
    absences: Vec<Absence>,
    recused: BTreeSet<PersonId>,
    kind: SubjectKind,
    case: Case,
    today: NaiveDate,
}

impl Around {
    /// Who hears where the process speaks of a role, found as the addressees of an alert are. Somebody at the top, of whom a
    /// council has one, need not be in the case's own line.
    fn find(&self, framework: &Framework, role: &str) -> DrpAddressee {
        let (practitioner, team) = (self.case.practitioner, self.case.team);
        let finding = Finding {
            holder: &|wanted| match framework.role(&wanted.role).is_some_and(|role| role.practitioner) {
                true => practitioner,
                false => line::holder(&self.people, self.today, wanted, practitioner, team, &self.case.place.1)
                    .or_else(|| self.only(&wanted.role)),
            },
            acting: &|person| line::acting(&self.people, &self.absences, person, self.today),
            above: &|person| {
                let here = |id: &PersonId| self.people.get(id).is_some_and(|person| person.is_here(self.today));
                line::above(&self.people, person).into_iter().filter(here).collect()
            },
            recused: &self.recused,
        };
        let wanted = Addressee { role: role.to_string(), side: Side::Child };
        let found = finding.addressee(&framework.escalation, self.kind, &wanted);
        DrpAddressee { role: found.role, person: found.person, recused: found.recused }
    }

    fn only(&self, role: &str) -> Option<PersonId> {
        let mut holders = self.people.values().filter(|person| person.is_here(self.today) && person.role.eq_ignore_ascii_case(role));
        match (holders.next(), holders.next()) {
            (Some(only), None) => Some(only.id),
            _ => None,
        }
    }

    fn holders(&self, framework: &Framework, roles: &[String]) -> Vec<String> {
        let wanted: Vec<&str> = roles.iter().filter_map(|role| framework.role(role)).map(|role| role.key.as_str()).collect();
        let holds = |person: &&Person| {
            let key = framework.role(&person.role).map(|role| role.key.as_str());
            person.is_here(self.today) && !self.recused.contains(&person.id) && key.is_some_and(|key| wanted.contains(&key))
        };
        self.people.values().filter(holds).take(OFFERED).map(|person| person.name.clone()).collect()
    }
}

impl Desk<'_, '_> {
    pub(super) fn about_drp(&mut self, deed: DrpDeed) -> Asked {
        match deed {
            DrpDeed::Raise(wanted) => self.raise_drp(wanted),
            DrpDeed::Note { drp, seen, on, wanted, text } => self.note_drp(drp, seen, on, &wanted, &paragraphs(&text)),
        }
    }

    /// Refuses a deed about a dispute of a case from which whoever asks is recused, where no review says so already.
    pub(super) fn drp_not_recused(&self, deed: &Deed, viewer: &Viewer) -> StoreResult<()> {
        let reading = self.reading();
        let mut touched = Vec::new();
        match deed {
            Deed::Drp(DrpDeed::Note { drp, .. }) => touched.push(*drp),
            Deed::Drp(DrpDeed::Raise(DrpWanted { subject: Some(subject), .. }))
                if !reading.subject_open_to(*subject, &viewer.of_all())? =>
            {
                return Err(refuse(format!("That case is {}.", crate::domain::interest::WITHHELD), "Somebody else raises it."));
            }
            Deed::Undo { batch } => {
                for (.., change) in reading.batch(*batch)? {
                    if let Change::Drp(change) = change {
                        touched.push(change.id());
                    }
                }
            }
            _ => {}
        }
        for drp in touched {
            if !reading.drp_is_open_to(drp, viewer)? {
                let (strip, beyond) = (StripOf::Drp(drp), reading.drp_is_open_to(drp, &viewer.of_all())?);
                return Err(if beyond { strip.absent().into() } else { StoreError::WithheldStrip { strip } });
            }
        }
        Ok(())
    }

    fn raise_drp(&mut self, wanted: DrpWanted) -> Asked {
        let reading = self.reading();
        let (case, subject, framework) = self.case_of(&wanted)?;
        let rule = process(&framework)?;
        let around = self.around_case(case, subject.kind)?;
        let Some(raiser) = wanted.raised_by.or(self.actor.person) else {
            let what = "Your login is on nobody in the list of people, so it is not known who raises it.";
            return Err(refuse(what, "Say who raises it."));
        };
        let Some(raiser) = reading.person(raiser)?.filter(|person| person.is_here(self.today)) else {
            return Err(refuse("Whoever raises it is not here, or has left.", "Choose somebody from the list."));
        };
        if around.recused.contains(&raiser.id) {
            let what = format!("{} has an interest in the case and is recused.", raiser.name);
            return Err(refuse(what, "Another reviewing officer raises it."));
        }
        let wanted = DrpWanted {
            what: paragraphs(&wanted.what),
            wanted: paragraphs(&wanted.wanted),
            informal: wanted.informal.map(|informal| match informal {
                Informal::Tried { on, what } => Informal::Tried { on, what: paragraphs(&what) },
                Informal::NotTried { why } => Informal::NotTried { why: paragraphs(&why) },
            }),
            ..wanted
        };
        let id = DrpId(self.tx.next(Numbered::Drp)?);
        let writer = self.writer(&framework)?;
        let raised =
            self.on_ground(&framework, &rule, &around, |ground| drp::raise(ground, &writer, id, &wanted, &raiser, around.case.clone()))?;
        let gaps: Vec<&str> = raised.first.iter().filter(|to| to.person.is_none()).map(|to| to.role.as_str()).collect();
        let mut said = format!("{} raised by {}", raised.reference, raiser.short_name());
        if !gaps.is_empty() {
            said.push_str(&format!("; nobody is on record as {}", gaps.join(", ")));
        }
        Ok((vec![Change::Drp(DrpChange::Raised(Swap::new(Box::new(raised))))], said))
    }

    fn note_drp(&mut self, id: DrpId, seen: i64, on: NaiveDate, wanted: &StepWanted, text: &str) -> Asked {
        let Some((stored, revision)) = self.reading().drp(id)? else {
            return Err(StripOf::Drp(id).absent().into());
        };
        if revision != seen {
            return Err(self.stale(&stored.reference, revision)?);
        }
        let framework = self.library.framework(self.reading(), &stored.framework.0, stored.framework.1)?;
        let rule = process(&framework)?;
        let kind = self.reading().subject(stored.subject)?.map_or(SubjectKind::Child, |subject| subject.kind);
        let around = self.around_case(case_as_raised(&stored), kind)?;
        let writer = self.writer(&framework)?;
        let wanted = match wanted {
            StepWanted::Referred(body) => StepWanted::Referred(line(body)),
            other => other.clone(),
        };
        let fact = self.on_ground(&framework, &rule, &around, |ground| drp::note(ground, &writer, &stored, on, &wanted, text))?;
        let said = format!("{}: {}", stored.reference, fact.sentence());
        Ok((vec![Change::Drp(DrpChange::Noted { drp: id, review: stored.review, fact: Swap::new(Box::new(fact)) })], said))
    }

    /// What has become due of one and is no fact yet: that its formal part is over its time. M14.
    pub(super) fn due_of_drp(&mut self, id: DrpId) -> StoreResult<Vec<Change>> {
        let Some((stored, _)) = self.reading().drp(id)? else { return Ok(Vec::new()) };
        let overdue = stored.due_at().filter(|at| self.now >= *at && !stored.taken_back);
        let overdue = overdue.map(|due_at| Change::Drp(DrpChange::Overdue { drp: id, review: stored.review, due_at }));
        Ok(overdue.into_iter().collect())
    }

    /// The case that one is to be about, its subject, and the framework whose process it follows: the review's where there is one.
    fn case_of(&mut self, wanted: &DrpWanted) -> StoreResult<(Case, Subject, Arc<Framework>)> {
        let reading = self.reading();
        let teams = reading.teams()?;
        let place = |team| {
            let found = teams.iter().find(|known| Some(known.id) == team);
            found.map(|team| (team.name.clone(), team.service.clone())).unwrap_or_default()
        };
        let subject = |id: SubjectId| -> StoreResult<Subject> {
            reading.subject(id)?.map(Arc::unwrap_or_clone).ok_or_else(|| refuse("There is no such case.", "Choose one from the list."))
        };
        match (wanted.review, wanted.subject) {
            (Some(review), _) => {
                let facts = self.review(review)?;
                let (_, framework, _) = self.rules_of(&facts)?;
                let (practitioner, team) = (facts.review.practitioner, facts.review.team);
                let case = Case { review: Some(review), subject: facts.review.subject, practitioner, team, place: place(team) };
                Ok((case, subject(facts.review.subject)?, framework))
            }
            (None, Some(id)) => {
                let subject = subject(id)?;
                let framework = self.library.current(reading)?;
                let case = Case { review: None, subject: id, practitioner: subject.worker, team: subject.team, place: place(subject.team) };
                Ok((case, subject, framework))
            }
            (None, None) => Err(refuse("It does not say which case it is about.", "Choose a case, or raise it on a review.")),
        }
    }

    fn around_case(&self, case: Case, kind: SubjectKind) -> StoreResult<Around> {
        let reading = self.reading();
        Ok(Around {
            people: Arc::unwrap_or_clone(reading.people_by_id()?),
            absences: reading.absences_from(self.today)?,
            recused: reading.recused_from_case(case.subject, case.practitioner)?,
            kind,
            case,
            today: self.today,
        })
    }

    /// Who writes, for themselves and for those whose deputy they are today.
    fn writer(&self, framework: &Framework) -> StoreResult<Writer> {
        let doer = self.alert_doer(framework)?;
        let persons = doer.person.into_iter().chain(doer.acts_for).collect();
        Ok(Writer { persons, name: self.actor.name.clone(), insights: doer.leads })
    }

    fn on_ground<T>(
        &mut self,
        framework: &Framework,
        rule: &DrpRule,
        around: &Around,
        decide: impl FnOnce(&Ground<'_>) -> Result<T, crate::domain::error::RuleError>,
    ) -> StoreResult<T> {
        let calendar = self.library.calendar(self.reading())?;
        let ground = Ground {
            now: self.now,
            today: self.today,
            framework,
            rule,
            calendar: &calendar,
            find: &|role| around.find(framework, role),
            name: &|id| around.people.get(&id).map(|person| person.name.clone()).unwrap_or_default(),
            holders: &|roles| around.holders(framework, roles),
        };
        Ok(decide(&ground)?)
    }
}

/// The case as it was when one was raised: whom it goes to follows from that, and not from who has the case now.
fn case_as_raised(drp: &Drp) -> Case {
    let Drp { review, subject, practitioner, team, place, .. } = drp.clone();
    Case { review, subject, practitioner, team, place }
}

fn process(framework: &Framework) -> StoreResult<DrpRule> {
    framework.drp.clone().ok_or_else(|| {
        let what = format!("The framework of {} has no dispute resolution process.", framework.short_name);
        refuse(what, "Raise an alert instead, or give the framework a process under [drp].")
    })
}
