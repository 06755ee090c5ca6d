//! Findings at the doorway: set aside with a reason, as long as they are still what they were.

use super::{Asked, Desk, line, refuse};
use crate::domain::change::{Change, Swap};
use crate::domain::check::{Exemption, may_exempt};
use crate::domain::deed::ExemptWanted;
use crate::runtime::looking::looking;

impl Desk<'_, '_> {
    pub(super) fn exempt(&mut self, wanted: ExemptWanted) -> Asked {
        let framework = self.library.current(self.reading())?;
        let found = self.reading().findings(&[wanted.kind], &looking(self.reading(), self.library)?, &self.viewer())?;
        let Some(finding) = found.into_iter().find(|finding| finding.about == wanted.about) else {
            return Err(refuse("That is not amiss any more.", "Look over the records again."));
        };
        let before = finding.exempt.clone().map(Box::new);
        let reason = line(wanted.reason.as_deref().unwrap_or_default());
        if wanted.reason.is_none() {
            let Some(before) = before else {
                return Err(refuse("It is not set aside.", "There is nothing to take back."));
            };
            let said = format!("{}: set aside no longer, it counts as amiss again", finding.reference);
            return Ok((vec![Change::Exempted(Swap { before: Some(before), after: None })], said));
        }
        // Whoever asked has not seen that; their reason must not take the place of another's in silence.
        if let Some(known) = &before {
            let by = known.by.map(|by| self.reading().person(by)).transpose()?.flatten().map_or("somebody".into(), |person| person.name);
            let what = format!("{} was set aside meanwhile by {by}: {}", finding.reference, known.reason);
            return Err(refuse(what, "Take that back first, if yours is the better reason."));
        }
        may_exempt(&framework, self.actor, &finding, &reason, wanted.until, self.today)?;
        let exemption = Exemption {
            kind: finding.kind,
            about: finding.about,
            review: finding.review,
            facts: finding.facts.clone(),
            reason,
            until: wanted.until,
            by: self.actor.person,
            at: self.now,
        };
        let said = format!("{}: set aside", finding.reference);
        Ok((vec![Change::Exempted(Swap { before, after: Some(Box::new(exemption)) })], said))
    }
}
