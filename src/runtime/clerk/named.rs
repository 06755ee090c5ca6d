//! Deeds about cases that were not drawn, and about how far a review looks back.

use super::{Asked, Desk, line, refuse};
use crate::domain::change::{Change, Swap};
use crate::domain::id::{ReviewId, SubjectId};
use crate::domain::named::{self, NamedGround, NamedWanted, Whom};
use crate::domain::review::{self, Review};
use crate::domain::subject::Subject;
use crate::store::{Numbered, StoreResult};
use chrono::NaiveDate;
use std::sync::Arc;

impl Desk<'_, '_> {
    pub(super) fn open_named(&mut self, wanted: NamedWanted) -> Asked {
        let reading = self.reading();
        let cycle = self.cycle(wanted.cycle)?;
        if cycle.closed_on.is_some() {
            return Err(refuse(format!("The cycle {} is closed.", cycle.reference), "Name the case in one that runs."));
        }
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let wanted = NamedWanted { why: line(&wanted.why), ..wanted };
        let (subject, made) = self.subject_of(&wanted.whom)?;
        let already = reading.review_in_cycle(cycle.id, &wanted.kind, subject.id)?;
        let by = wanted.by.map(|person| reading.person(person)).transpose()?.flatten();
        let earlier = reading.newest_review_of(subject.id)?.map(|id| reading.review_without_form(id)).transpose()?.flatten();
        let earlier = earlier.as_ref();
        // What is refused must not tell whoever is to score it blind.
        let viewer = self.viewer();
        let sealed = earlier.map(|facts| reading.is_kept_back(facts.review.id, &viewer)).transpose()?.unwrap_or(false);
        let checked = named::check(
            &wanted,
            NamedGround {
                framework: &framework,
                today: self.today,
                subject: &subject,
                already: already.as_deref(),
                by: by.as_ref(),
                earlier: earlier.map(|facts| {
                    let judged = facts.final_judgement().filter(|_| !sealed);
                    (facts.review.id, facts.review.reference.as_str(), judged.map(|judgement| judgement.grade))
                }),
            },
        )?;
        if let Some(observed) = wanted.practitioner
            && reading.person(observed)?.is_none_or(|person| !person.is_here(self.today))
        {
            return Err(refuse("The practitioner to be observed does not work here.", "Choose somebody from the list."));
        }
        let number = self.tx.next(Numbered::Review)?;
        let opened = self.opened(&framework, &cycle, &wanted.kind, (number, &subject), wanted.how)?;
        let opened = Review { practitioner: wanted.practitioner.or(opened.practitioner), named: Some(checked), ..opened };
        let said = format!("{} opened for {}, {}", opened.reference, subject.pseudonym, opened.chosen.label());
        let mut changes: Vec<Change> = made.into_iter().map(|subject| Change::SubjectRecorded(Swap::new(subject))).collect();
        changes.push(Change::ReviewOpened(opened));
        Ok((changes, said))
    }

    /// The subject, and the same once more where it has to be written first: a service that nobody has visited yet.
    fn subject_of(&mut self, whom: &Whom) -> StoreResult<(Subject, Option<Subject>)> {
        let reading = self.reading();
        match whom {
            Whom::Known(id) => match reading.subject(*id)? {
                Some(subject) => Ok((Arc::unwrap_or_clone(subject), None)),
                None => Err(refuse("That case is not in the sampling frame: it was closed, or never there.", "Choose another.")),
            },
            Whom::Service(name) => {
                let name = line(name);
                if let Some(known) = reading.service_subject(&name)? {
                    return Ok((known, None));
                }
                let services = reading.services()?;
                let Some(name) = services.iter().find(|service| service.eq_ignore_ascii_case(&name)) else {
                    return Err(refuse(
                        format!("There is no service \u{201c}{name}\u{201d}."),
                        format!("Choose one of: {}.", services.join(", ")),
                    ));
                };
                let made = named::service(SubjectId(self.tx.next(Numbered::Subject)?), name);
                Ok((made.clone(), Some(made)))
            }
        }
    }

    pub(super) fn withdraw_named(&mut self, id: ReviewId, seen: i64, reason: &str) -> Asked {
        let facts = self.review_as_seen(id, seen)?;
        named::withdraw(&facts, &line(reason))?;
        let said = format!("{} is taken out again", facts.review.reference);
        Ok((vec![Change::ReviewWithdrawn { review: id, reason: line(reason), next: Some(facts.review.next.clone()) }], said))
    }

    pub(super) fn look_further(&mut self, id: ReviewId, seen: i64, from: Option<NaiveDate>, why: &str) -> Asked {
        let facts = self.review_as_seen(id, seen)?;
        let (_, framework, _) = self.rules_of(&facts)?;
        let after = review::look_further(&framework, &facts, from, &line(why))?;
        let reference = &facts.review.reference;
        let said = match &after {
            Some(further) => format!("{reference} looks back to {}", further.from.format("%-d %B %Y")),
            None => format!("{reference} looks back as usual"),
        };
        if after == facts.look_back {
            return Ok((Vec::new(), said));
        }
        Ok((vec![Change::LookBackSet { review: id, look_back: Swap { before: facts.look_back.clone(), after } }], said))
    }
}
