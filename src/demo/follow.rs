//! What follows made-up reviews that are tracked: supervision, discussions, assurance that comes at the first or the second look,
//! support for some. Chance here is a review's own number, never a throw of the dice: a council of a seed keeps its reviews.

use super::town::{Event, Town};
use crate::domain::calendar::local_date;
use crate::domain::deed::{Deed, FollowUpWanted};
use crate::domain::framework::{LoopLink, Role};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::line;
use crate::domain::tracking::{FollowUpOf, Improved, LoopStand};
use crate::store::{StoreError, StoreResult, Tx};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeSet;

/// So many days after the submission it has improved in any case: what was asked for then had its time.
const IMPROVED_BY: i64 = 66;

const SUPERVISION: [&str; 4] = [
    "We went through the scaling question by question. The plan has dates now, and the chronology is shared with the school.",
    "The actions were looked at one by one; two are done. We agreed why contact stays supervised until the assessment is back.",
    "Reflected on what the review saw in the recording. Visits are written up within two days since then.",
    "Talked through what family said and what it means for the next visit. The decision to wait for the core group is recorded.",
];

const REFLECTION: [&str; 3] = [
    "What helped, and what got in the way of direct work. The practitioner takes two sessions of life-story work from it.",
    "The practitioner saw the drift before the review named it; we talked about asking for help earlier.",
    "We looked at the good parts first. The next plan is written together with the young person.",
];

const BETTER: [&str; 3] = [
    "Read the record of the last eight weeks: visits in time, plan updated, the child's own words in each of them.",
    "Two supervisions and the core group read. The actions are done and can be seen in what happens, not only on paper.",
    "Sat in on a visit and read the file. It is markedly better, and the family says so.",
];

const NOT_YET: [&str; 2] = [
    "Visits are in time. The plan is still a list of services, so I look again next month.",
    "The actions are done on paper; the child's view is not in the record yet.",
];

const DECISION: [&str; 2] = [
    "The case goes to a legal planning meeting; until then weekly visits, one of them unannounced.",
    "The worker stays with the case for another six months, so that the child does not have to begin again.",
];

const SUPPORT: [&str; 3] = [
    "Six joint visits, with time to talk before and after each of them.",
    "Two more joint visits; assessments are read together before they go out.",
    "The last assessment was good without help. It ends here.",
];

impl Town {
    /// What will follow a review that was just submitted, if it is tracked.
    pub(super) fn plan_follow_ups(&mut self, tx: &Tx<'_>, now: DateTime<Utc>, review: ReviewId) -> StoreResult<()> {
        let tracked = tx.reading().loop_facts(review)?.is_some_and(|facts| LoopStand::of_key(&facts.stood) == Some(LoopStand::Open));
        if !tracked {
            return Ok(());
        }
        let number = review.0;
        let needs = self.framework.tracking.needs.clone();
        let mut after = |days: i64, what: FollowUpOf| self.later(now + Duration::days(days), Event::Follow(review, what));
        if needs.contains(&LoopLink::Supervision) && number % 12 != 5 {
            after(12 + number % 17, FollowUpOf::Supervision);
        }
        if needs.contains(&LoopLink::ReflectiveDiscussion) && number % 9 != 4 {
            after(15 + number % 13, FollowUpOf::Reflection);
        }
        if needs.contains(&LoopLink::Assurance) {
            after(44 + number % 25, FollowUpOf::Assurance);
        }
        if number % 6 == 1 {
            after(5 + number % 4, FollowUpOf::Oversight);
        }
        if number % 5 == 2 {
            after(9, FollowUpOf::Support);
            after(37, FollowUpOf::SupportProgress);
            after(72, FollowUpOf::SupportEnded);
        }
        Ok(())
    }

    pub(super) fn follow(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, review: ReviewId, what: FollowUpOf) -> StoreResult<()> {
        let Some(practitioner) = self.plays.get(&review).filter(|play| !play.gone).map(|play| play.practitioner) else { return Ok(()) };
        let number = usize::try_from(review.0).unwrap_or_default();
        let again = tx.reading().follow_ups(review)?.iter().any(|follow| follow.what == what);
        let submitted = self.plays.get(&review).and_then(|play| play.submit_at);
        let old = submitted.is_some_and(|submitted| now - submitted > Duration::days(IMPROVED_BY));
        let better = again || old || number % 4 != 3;
        let text = match what {
            FollowUpOf::Supervision => SUPERVISION[number % SUPERVISION.len()],
            FollowUpOf::Reflection => REFLECTION[number % REFLECTION.len()],
            FollowUpOf::Assurance if better => BETTER[number % BETTER.len()],
            FollowUpOf::Assurance => NOT_YET[number % NOT_YET.len()],
            FollowUpOf::Oversight | FollowUpOf::LongerInterval => DECISION[number % DECISION.len()],
            FollowUpOf::Support => SUPPORT[0],
            FollowUpOf::SupportProgress => SUPPORT[1],
            FollowUpOf::SupportEnded => SUPPORT[2],
        };
        let improved = (what == FollowUpOf::Assurance).then_some(if better { Improved::Yes } else { Improved::NotYet });
        let on = local_date(now);
        let wanted = |by: PersonId| {
            let text = text.to_string();
            FollowUpWanted { review, what, on, by: Some(by), whom: None, team: review.0 % 15 == 7, improved, text }
        };
        // Everybody else who might is looked for only where the likeliest may not.
        let mut people: Vec<PersonId> = self.who_follows(practitioner, what).into_iter().collect();
        let mut done = self.first_who_may(tx, now, &people, wanted)?;
        if !done {
            let asked = people.clone();
            people = self.who_else_might_follow(practitioner, what);
            people.retain(|person| !asked.contains(person));
            done = self.first_who_may(tx, now, &people, wanted)?;
        }
        if done && what == FollowUpOf::Assurance && !better {
            self.later(now + Duration::days(28), Event::Follow(review, what));
        }
        Ok(())
    }

    /// Lets the first of these who may do it write it down; whether one of them did.
    fn first_who_may(
        &mut self,
        tx: &mut Tx<'_>,
        now: DateTime<Utc>,
        people: &[PersonId],
        wanted: impl Fn(PersonId) -> FollowUpWanted,
    ) -> StoreResult<bool> {
        for by in people {
            let writes = if self.actors.contains_key(by) { *by } else { self.coordinator };
            match self.perform(tx, writes, now, Deed::FollowUp(wanted(*by))) {
                // They have left, are recused, or are the practitioner: somebody else holds it, or nobody does.
                Err(StoreError::Refused(_) | StoreError::Withheld { .. } | StoreError::Beyond) => {}
                other => return other.map(|_| true),
            }
        }
        Ok(false)
    }

    /// Who may hold, give or decide it besides the likeliest, each once.
    fn who_else_might_follow(&self, practitioner: Option<PersonId>, what: FollowUpOf) -> Vec<PersonId> {
        let mut people = Vec::new();
        let tracking = &self.framework.tracking;
        match what {
            FollowUpOf::Supervision | FollowUpOf::Reflection => {
                let manages = |role: &&Role| role.manages && !role.insights;
                let managers: Vec<String> = self.framework.roles.iter().filter(manages).map(|role| role.key.clone()).collect();
                people.extend(practitioner.map_or_else(|| self.holders(&managers), |person| line::above(&self.people, person)));
                if what == FollowUpOf::Reflection {
                    people.extend(self.holders(&tracking.tracked_by));
                }
            }
            FollowUpOf::Assurance => {
                people.extend(self.holders(&tracking.tracked_by));
                people.extend(self.holders(&self.framework.actions.signed_off_by));
            }
            _ => {}
        }
        let mut seen = BTreeSet::new();
        people.retain(|person| seen.insert(*person));
        people
    }

    /// Who holds, gives or decides it: the nearest above the practitioner of a role that may.
    fn who_follows(&self, practitioner: Option<PersonId>, what: FollowUpOf) -> Option<PersonId> {
        let tracking = &self.framework.tracking;
        let assurers: Vec<String> = self.framework.actions.signed_off_by.iter().chain(&tracking.tracked_by).cloned().collect();
        let nearest = |roles: &[String]| {
            let found = roles.iter().filter(|role| !role.contains('-')).find_map(|role| self.above(practitioner, role));
            found.or_else(|| self.first_holder(roles))
        };
        match what {
            FollowUpOf::Supervision | FollowUpOf::Reflection | FollowUpOf::Oversight => {
                practitioner.and_then(|person| self.people.get(&person)).and_then(|person| person.line_manager)
            }
            FollowUpOf::Assurance => nearest(&assurers),
            FollowUpOf::Support | FollowUpOf::SupportProgress | FollowUpOf::SupportEnded => {
                let role = practitioner.and_then(|person| self.people.get(&person)).map(|person| person.role.clone()).unwrap_or_default();
                match tracking.support.iter().find(|(whom, _)| whom.eq_ignore_ascii_case(&role)) {
                    Some((_, by)) => nearest(std::slice::from_ref(by)),
                    None => nearest(&assurers),
                }
            }
            FollowUpOf::LongerInterval => None,
        }
    }
}
