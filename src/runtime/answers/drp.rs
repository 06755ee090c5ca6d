//! Answers about disputes and alerts of good practice: one whole, their months, the cases they may be about, the sum of their days.

use super::{Answers, missing};
use crate::domain::calendar::{midnight, say_date};
use crate::domain::drp::{self, DrpKind, PracticeCount, count_months};
use crate::domain::framework::{Span, SubjectKind};
use crate::domain::id::{DrpId, PersonId};
use crate::domain::query::{CaseRow, ClockRow, DrpDetail, DueSum, StripRow, StripStand};
use crate::domain::strip::{Clock, ClockOf, StripOf};
use crate::store::{StoreError, StoreResult};
use chrono::{Datelike, Months};
use std::collections::BTreeMap;

impl Answers<'_> {
    /// One, whole.
    pub(in crate::runtime) fn drp(&mut self, id: DrpId) -> StoreResult<DrpDetail> {
        let reading = self.reading;
        let strip = StripOf::Drp(id);
        let (drp, revision) = reading.drp(id)?.ok_or_else(|| strip.absent())?;
        if !reading.drp_is_open_to(id, self.viewer)? {
            let beyond = reading.drp_is_open_to(id, &self.viewer.of_all())?;
            return Err(if beyond { strip.absent().into() } else { StoreError::WithheldStrip { strip } });
        }
        let framework = self.library.framework(reading, &drp.framework.0, drp.framework.1)?;
        let rule = framework.drp.clone().ok_or_else(|| missing("process of disputes"))?;
        let calendar = self.library.calendar(reading)?;
        let subject = reading.subject(drp.subject)?;
        let review = drp.review.map(|review| reading.review_without_form(review)).transpose()?.flatten();
        let stand = drp.stand();
        let mut names = BTreeMap::new();
        let facts = drp.facts.iter().flat_map(|fact| fact.to());
        let spoken_of = drp.first.iter().chain(facts).filter_map(|to| to.person).chain([drp.raised_by]).chain(drp.practitioner);
        for person in spoken_of.collect::<std::collections::BTreeSet<PersonId>>() {
            names.extend(reading.person(person)?.map(|found| (person, found.name)));
        }
        Ok(DrpDetail {
            // Past the end of the table of bank holidays no day is counted; the day it is due stands all the same.
            day: drp.day_of(&calendar, self.viewer.today).ok().flatten(),
            late: drp.is_late(self.viewer.now),
            case: subject.as_ref().map(|subject| subject.pseudonym.clone()).unwrap_or_default(),
            case_type: subject.map(|subject| framework.case_type_label(&subject.case_type).to_string()).unwrap_or_default(),
            review: review.map(|facts| facts.review.reference.clone()),
            mail: reading.mail_of_drp(id)?,
            possible: drp::possible(&rule, &drp),
            names,
            stand,
            rule,
            framework,
            revision,
            drp,
        })
    }

    /// What its strip says.
    pub(super) fn say_drp(&mut self, id: DrpId, row: &mut StripRow) -> StoreResult<()> {
        let detail = self.drp(id)?;
        let (drp, stand, now) = (&detail.drp, &detail.stand, self.viewer.now);
        let raiser = crate::domain::person::short_name(&detail.name(drp.raised_by));
        row.trigger = format!("{}, raised by {raiser} ({})", drp::called(&detail.rule, drp.kind), drp.raised_as);
        row.stand = match (stand.resolved, drp.kind) {
            (Some(_), _) => StripStand::Closed,
            (None, DrpKind::GoodPractice) => StripStand::GoodPractice,
            (None, DrpKind::Dispute) if stand.is_informal() => StripStand::Informal,
            (None, DrpKind::Dispute) => StripStand::Formal,
        };
        row.stage = stand.label(&detail.rule).to_string();
        row.next = detail.next_words().to_string();
        row.by = if row.next.is_empty() { String::new() } else { with(&detail) };
        row.day = detail.day;
        row.next_due_at = drp.due_at();
        if let (Some(since), Some(due)) = (stand.formal_since, stand.due) {
            let due_at = due.succ_opt().map_or(now, midnight);
            let clock = Clock { of: ClockOf::Formal, starts: midnight(since), due_at, ended_at: row.closed_at };
            row.clocks = vec![ClockRow::of(clock, now)];
        }
        let known = stand.to.iter().filter(|to| to.person.is_some()).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        row.told = (number(known), number(stand.to.len()));
        row.gaps = stand.to.iter().filter(|to| to.person.is_none()).map(|to| to.role.clone()).collect();
        row.untold.clone_from(&row.gaps);
        Ok(())
    }

    /// Practice alerts by month, service and team, over so many months back from this one. F18.
    pub(super) fn practice_alerts(&mut self, months: u32) -> StoreResult<Vec<PracticeCount>> {
        let today = self.viewer.today;
        let this = today.with_day(1).unwrap_or(today);
        let first = this.checked_sub_months(Months::new(months.saturating_sub(1))).unwrap_or(this);
        let all = self.reading.practice_alerts(first, today, self.viewer)?;
        Ok(count_months(&all, first, today))
    }

    /// Cases that one may be about, by a few letters: whoever is in the frame, under review or not.
    pub(super) fn any_cases(&mut self, typed: &str) -> StoreResult<Vec<CaseRow>> {
        const KINDS: [SubjectKind; 4] = [SubjectKind::Child, SubjectKind::CareExperienced, SubjectKind::FosterCarer, SubjectKind::Adopter];
        let framework = self.library.current(self.reading)?;
        self.known_cases(&framework, &KINDS, typed)
    }

    /// The sum behind its last day. M14.
    pub(in crate::runtime) fn sum_of_drp(&mut self, id: DrpId) -> StoreResult<DueSum> {
        let detail = self.drp(id)?;
        let calendar = self.library.calendar(self.reading)?;
        let (stand, reference) = (&detail.stand, &detail.drp.reference);
        let title = format!("{reference} \u{b7} formal part");
        let (Some(since), Some(within)) = (stand.formal_since, detail.drp.within) else {
            let because = match (detail.drp.within, stand.formal_since) {
                (Some(within), None) => format!("It is informal: no clock runs. Once it is formal it has {within}."),
                _ => "No time is set for it.".to_string(),
            };
            return Ok(DueSum { title, because, sum: None, due: None, beside: Vec::new() });
        };
        let day = detail.day.map(|day| format!(" It is {day}.")).unwrap_or_default();
        let mut because = format!("The formal part began on {} and has {within}.{day}", say_date(since));
        if let Some(paused) = stand.paused_since {
            because.push_str(&format!(" It is paused since {}.", say_date(paused)));
        }
        let paused = detail.drp.paused_days(&calendar).map_err(|beyond| StoreError::Refused(beyond.into()))?;
        let span = drp::longer(within, paused);
        if paused > 0 {
            because.push_str(&format!(" {} of pause are added.", crate::domain::count::counted(paused, "day", "days")));
        }
        let sum = calendar.working(midnight(since), span).ok().filter(|_| stand.paused_since.is_none());
        if let (Some(sum), Some(due)) = (&sum, stand.due)
            && sum.due.day != due
        {
            because.push_str(&format!(" The table of bank holidays was changed since: the day it was given, {}, stands.", say_date(due)));
        }
        Ok(DueSum {
            title,
            because,
            sum: sum.filter(|_| matches!(span, Span::WorkingDays(_) | Span::Days(_))),
            due: stand.due,
            beside: Vec::new(),
        })
    }
}

/// With whom it is, by name and role.
fn with(detail: &DrpDetail) -> String {
    detail.stand.to.iter().map(|to| detail.said_in_short(to)).collect::<Vec<_>>().join(" or ")
}
