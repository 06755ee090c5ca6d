//! Who is asked to come to a sitting of the panel, and when their item is to be heard. M07: by the profile.

use super::panel::seats;
use super::{Answers, missing};
use crate::domain::framework::{Addressee, Framework, Side};
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::line;
use crate::domain::person::Person;
use crate::domain::query::{Invitation, InvitationsDetail, Invitee};
use crate::store::StoreResult;
use chrono::{DateTime, Duration, Utc};
use std::collections::{BTreeMap, BTreeSet};

impl Answers<'_> {
    /// Whoever was asked to come for a case stays on the list of that sitting, whatever became of the case: sent back and put
    /// off it was heard there, and they are asked again by the sitting that hears it next.
    pub(in crate::runtime) fn invitations(&mut self, id: PanelId) -> StoreResult<InvitationsDetail> {
        let sitting = self.reading.sitting(id)?.ok_or_else(|| missing("sitting"))?;
        let framework = self.library.current(self.reading)?;
        let people = self.reading.people_by_id()?;
        let panel = &sitting.panel;
        let mut seats = seats(&sitting, &people);
        let around: BTreeSet<PersonId> = seats.iter().map(|seat| seat.person).collect();
        let (run, _) = self.run_of(&sitting, &around)?;
        let starts = panel.begins();
        let each = Duration::minutes(i64::from(panel.minutes_each));
        // The place in the order, not the clock: a sitting that runs late does not move everybody's calendar.
        let slot = |place: usize| starts.filter(|_| panel.minutes_each > 0).map(|starts| starts + each * place as i32);
        let mut items = Vec::with_capacity(run.len());
        for review in run {
            let (from, until): (Option<DateTime<Utc>>, _) = (slot(items.len()), slot(items.len() + 1));
            items.extend(self.invitation(&framework, &people, review)?.map(|invitation| Invitation {
                starts: from,
                ends: until,
                ..invitation
            }));
        }
        for seat in &mut seats {
            seat.role = framework.role(&seat.role).map_or_else(|| seat.role.clone(), |role| role.label.clone());
        }
        let address = |person: PersonId| people.get(&person).map(|person| person.email.clone()).unwrap_or_default();
        Ok(InvitationsDetail {
            panel: id,
            framework: framework.id.clone(),
            on: panel.on,
            at: panel.at.clone(),
            starts,
            ends: slot(items.len()).filter(|_| !items.is_empty()),
            service: panel.service.clone(),
            revision: sitting.revision,
            addresses: seats.iter().map(|seat| address(seat.person)).collect(),
            seats,
            items,
        })
    }

    /// What one person is asked to come for, with the sitting as it is now: none of it is anybody else's. Of one that was called off
    /// what they were asked for before; whether they sit there comes beside it. M07.
    pub(in crate::runtime) fn asked_of(&mut self, id: PanelId, person: PersonId) -> StoreResult<(InvitationsDetail, bool)> {
        let framework = self.library.current(self.reading)?;
        let people = self.reading.people_by_id()?;
        let mut detail = self.invitations(id)?;
        for (review, _) in self.reading.had_before(id, self.viewer)? {
            detail.items.extend(self.invitation(&framework, &people, review)?);
        }
        let mut theirs = Vec::new();
        for item in std::mem::take(&mut detail.items) {
            let asked = item.invitees.iter().any(|invitee| invitee.person == Some(person));
            if asked && !self.reading.recused_from(item.review)?.contains(&person) {
                theirs.push(item);
            }
        }
        detail.items = theirs;
        let sits = detail.seats.iter().any(|seat| seat.person == person);
        Ok((detail, sits))
    }

    /// Whoever is asked to come for one of these reviews.
    pub(in crate::runtime) fn asked_for(&mut self, reviews: &[ReviewId]) -> StoreResult<BTreeSet<PersonId>> {
        let framework = self.library.current(self.reading)?;
        let people = self.reading.people_by_id()?;
        let mut asked = BTreeSet::new();
        for review in reviews {
            let invitation = self.invitation(&framework, &people, *review)?;
            asked.extend(invitation.iter().flat_map(|one| one.invitees.iter().filter_map(|invitee| invitee.person)));
        }
        Ok(asked)
    }

    fn invitation(&self, framework: &Framework, people: &BTreeMap<PersonId, Person>, review: ReviewId) -> StoreResult<Option<Invitation>> {
        let Some(facts) = self.reading.review_without_form(review)? else { return Ok(None) };
        let Some(names) = self.reading.names_of(review)? else { return Ok(None) };
        let named = |role: &str, person: Option<PersonId>| {
            let person = person.and_then(|id| people.get(&id));
            let who = person.map(|person| person.id);
            let (name, email) = person.map(|person| (person.name.clone(), person.email.clone())).unwrap_or_default();
            Invitee { role: role.to_string(), person: who, name, email }
        };
        let mut invitees = Vec::new();
        if framework.moderation.invites_reviewer {
            let joint = self.reading.joint(review, facts.reviewer, None)?;
            let reviewers = joint.reviewers(facts.reviewer);
            invitees.extend(reviewers.iter().map(|reviewer| named("Reviewer", Some(*reviewer))));
            if reviewers.is_empty() {
                invitees.push(named("Reviewer", None));
            }
        }
        for key in &framework.moderation.invites {
            let addressee = Addressee { role: key.clone(), side: Side::Child };
            let (practitioner, team) = (facts.review.practitioner, facts.review.team);
            let holder = line::holder(people, self.viewer.today, &addressee, practitioner, team, &names.team.1);
            invitees.push(named(framework.role(key).map_or(key.as_str(), |role| role.label.as_str()), holder));
        }
        Ok(Some(Invitation { review, reference: facts.review.reference.clone(), case: names.case, starts: None, ends: None, invitees }))
    }
}
