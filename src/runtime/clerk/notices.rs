//! Notices beforehand: the list of a cycle, and writing down what was sent. F04.

use super::{Asked, Desk, refuse};
use crate::domain::change::{Change, Swap};
use crate::domain::count::counted;
use crate::domain::cycle::Cycle;
use crate::domain::framework::{Addressee, Framework, Side, SubjectKind};
use crate::domain::id::{CycleId, ReviewId};
use crate::domain::line;
use crate::domain::notice::{self, Notice, Telling};
use crate::store::{Reading, StoreResult, ToTell};
use chrono::NaiveDate;

/// Everybody who hears of a cycle's reviews beforehand, review by review; empty where the framework asks for none. F04.
pub fn notices_of(reading: Reading<'_>, framework: &Framework, cycle: &Cycle, today: NaiveDate) -> StoreResult<Vec<(ToTell, Notice)>> {
    let Some(rule) = &framework.sampling.notice else { return Ok(Vec::new()) };
    let reviews = reading.reviews_to_tell(cycle.id)?;
    if reviews.is_empty() {
        return Ok(Vec::new());
    }
    let people = reading.people_by_id()?;
    let sent = reading.sent_notices(cycle.id)?;
    let mut notices = Vec::new();
    for told in reviews {
        let subject = if told.fostering { SubjectKind::FosterCarer } else { SubjectKind::Child };
        let holder = |role: &str| {
            if framework.role(role).is_some_and(|role| role.practitioner) {
                return told.practitioner;
            }
            let addressee = Addressee { role: framework.escalation.role_for(subject, role).to_string(), side: Side::Child };
            line::holder(&people, today, &addressee, told.practitioner, told.team, &told.service)
        };
        let of_it = notice::of_review(rule, cycle, (told.review, told.opened_on, &told.case_type), &sent, &holder);
        notices.extend(of_it.into_iter().map(|notice| (told.clone(), notice)));
    }
    Ok(notices)
}

impl Desk<'_, '_> {
    pub(super) fn send_notices(&mut self, wanted: &[(ReviewId, String)], telling: Telling<'_>) -> Asked {
        let Some((first, _)) = wanted.first() else {
            return Err(refuse("No notice was chosen.", "Put the cursor on one, or take all that are not sent."));
        };
        let id: CycleId = self.review(*first)?.review.cycle;
        let cycle = self.cycle(id)?;
        if let Some(to) = telling.to
            && self.reading().person(to)?.is_none_or(|person| !person.is_here(self.today))
        {
            return Err(refuse("That person does not work here.", "Choose who was told, from the list."));
        }
        let reading = self.reading();
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let all = notices_of(reading, &framework, &cycle, self.today)?;
        let mut changes = Vec::new();
        for (review, role) in wanted {
            let found = all.iter().find(|(_, notice)| notice.review == *review && notice.role.eq_ignore_ascii_case(role));
            let Some((told, due)) = found else {
                return Err(refuse("That is no notice of this cycle any more.", "Look at its list again."));
            };
            changes.push(Change::NoticeSent(Swap::new(notice::send(due, told.opened_on, self.today, telling, wanted.len() == 1)?)));
        }
        let said = format!("{} written down as sent", counted(changes.len(), "notice", "notices"));
        Ok((changes, said))
    }
}
