//! What followed a review and how its loop stands, as its record shows it.

use super::Answers;
use crate::domain::framework::{Framework, SubjectKind};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::query::{LoopDetail, NextThing};
use crate::domain::review::ReviewFacts;
use crate::domain::tracking::{LinkOf, LinkStand, who_brings};
use crate::runtime::clerk::loop_of;
use crate::store::{OpenLoop, StoreResult};

/// So many of the oldest open loops are looked through for one that needs somebody.
const LOOKED_THROUGH: u32 = 200;

impl Answers<'_> {
    /// The oldest open loop with a link that this person can bring: any link for those who track; for whoever manages somebody what
    /// is written down of their people. M16, M17, F12, S13.
    pub(super) fn next_loop(&mut self, skip: &[ReviewId]) -> StoreResult<Option<NextThing>> {
        let reading = self.reading;
        let me = self.viewer.person;
        let role = me.map(|person| reading.person(person)).transpose()?.flatten().map(|person| person.role).unwrap_or_default();
        let current = self.library.current(reading)?;
        let tracks = me.is_none() || current.tracking.tracked_by.iter().any(|tracks| tracks.eq_ignore_ascii_case(&role));
        let under = if tracks { None } else { me };
        for OpenLoop { review, reference, since } in reading.open_loops(self.viewer, under, LOOKED_THROUGH)? {
            if skip.contains(&review) {
                continue;
            }
            let Some(known) = reading.loop_facts(review)? else { continue };
            let (_, links) = loop_of(reading, self.library, review, &known)?;
            let theirs = |link: &&LinkStand| link.done_on.is_none() && (tracks || link.link.follow_up().is_some());
            let Some(link) = links.iter().find(theirs) else { continue };
            let step = format!("Loop: {} {}", link.link.label(), if link.said.is_empty() { "missing" } else { &link.said });
            let because = format!("{reference}, open since {}", since.format("%-d %B %Y"));
            return Ok(Some(NextThing { follows: true, ..NextThing::new(Some(review), step, because) }));
        }
        Ok(None)
    }

    /// The links that are missing in the loop of a review. M17.
    pub(super) fn missing_links(&mut self, review: ReviewId) -> StoreResult<Vec<LinkOf>> {
        let Some(known) = self.reading.loop_facts(review)? else { return Ok(Vec::new()) };
        let (_, links) = loop_of(self.reading, self.library, review, &known)?;
        Ok(links.into_iter().filter(|link| link.done_on.is_none()).map(|link| link.link).collect())
    }

    pub(super) fn follows(
        &mut self,
        facts: &ReviewFacts,
        framework: &Framework,
        subject: SubjectKind,
        name: &dyn Fn(PersonId) -> String,
    ) -> StoreResult<LoopDetail> {
        let (reading, id) = (self.reading, facts.review.id);
        let Some(known) = reading.loop_facts(id)? else { return Ok(LoopDetail::default()) };
        let (_, links) = loop_of(reading, self.library, id, &known)?;
        let team = reading.names_of(id)?.map(|names| names.team.0).unwrap_or_default();
        let mut noted: Vec<_> = reading
            .follow_ups(id)?
            .into_iter()
            .map(|follow| {
                let whom = if follow.team { team.clone() } else { follow.whom.map(name).unwrap_or_default() };
                let by = name(follow.by);
                (follow, by, whom)
            })
            .collect();
        noted.reverse();
        let links = links.into_iter().map(|link| {
            let who = who_brings(framework, subject, link.link);
            (link, who)
        });
        Ok(LoopDetail { links: links.collect(), since: reading.loop_since(id)?, noted })
    }
}
