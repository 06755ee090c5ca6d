//! Reports of the last cycles: built when a cycle is over, written, approved by whom the framework names, published and presented.

use super::dates::{at, workday};
use super::town::{Event, Town};
use crate::domain::calendar::local_date;
use crate::domain::deed::{Deed, ReportDeed};
use crate::domain::framework::ReportKind;
use crate::domain::id::PersonId;
use crate::domain::report::{Narrative, PRACTITIONERS, Report};
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Duration, Utc};

/// How many cycles before the current one have their reports.
const CYCLES: usize = 3;

/// What people write under headings of these names; the others keep their figures alone.
const WRITTEN: [(&str, &str); 12] = [
    (
        "key-findings",
        "Assessments are written with families and are easier to follow than a year ago.\nPlans still say more about what services will do than about what will be different for the child.",
    ),
    ("key-messages", "Write to the child, and say what will be different for them.\nAsk who else in the family knows this child well."),
    ("grades", "Practice is strongest where supervision is regular and looks ahead."),
    ("how-well", "Practice is strongest where supervision is regular and looks ahead."),
    ("difference", "Children are seen alone more often, and what they say is found in more plans than in the period before."),
    ("improving", "Chronologies are the weak point in every service; a workshop for team managers is arranged."),
    ("family-feedback", "Families value being told plainly what worries us. Several asked for fewer changes of worker."),
    ("families", "Families value being told plainly what worries us. Several asked for fewer changes of worker."),
    ("good-practice", "A worker drew the family network with the child and used the drawing at every meeting since."),
    ("outcomes", "In most cases something is better for the child, and the child can say what."),
    ("headlines", "The pairs agreed at once in most cases; where they did not, they talked about what the child would notice."),
    (
        "case-studies",
        "A brother and sister were moved apart in an emergency. Their worker brought them together every weekend until a home for both was found.",
    ),
];

impl Town {
    /// Puts the reports of the last cycles into the diary; of the newest only the draft is there.
    pub(super) fn report_diary(&mut self) {
        let begun = self.cycles.len().saturating_sub(1);
        for cycle in begun.saturating_sub(CYCLES)..begun {
            let months = crate::domain::cycle::months(self.framework.cycle.rhythm);
            let over = self.cycles[cycle].starts_on + chrono::Months::new(months);
            let day = workday(&self.calendar, over + Duration::days(9));
            if day < self.today {
                self.later(at(day, 15 * 60 + 30), Event::Report(cycle));
            }
        }
    }

    /// The two first reports of a cycle that the framework has approved: the older ones as far as they go, the newest as a draft.
    pub(super) fn report(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, place: usize) -> StoreResult<()> {
        let Some(cycle) = self.cycles.get(place).and_then(|cycle| cycle.id) else { return Ok(()) };
        let newest = place + 2 >= self.cycles.len();
        let kinds: Vec<ReportKind> =
            self.framework.reports.iter().filter(|kind| !kind.public && kind.approved_by.is_some()).take(2).cloned().collect();
        for kind in kinds {
            let build = ReportDeed::Build { cycle, kind: kind.key.clone() };
            let who = self.coordinator;
            // Somebody who may not know of every review builds no report.
            if self.perform(tx, who, now, Deed::Report(build)).is_err() {
                continue;
            }
            let Some((report, seen)) = tx.reading().newest_report(cycle, &kind.key)? else { continue };
            let has = |key: &str| report.material.sections.iter().any(|(known, _)| known == key);
            let narrative: Narrative =
                WRITTEN.iter().filter(|(key, _)| has(key)).map(|(key, text)| ((*key).to_string(), (*text).to_string())).collect();
            let later = now + Duration::minutes(20);
            let _ = self.perform(tx, who, later, Deed::Report(ReportDeed::Write { report: report.id, seen, narrative }));
            if !newest {
                self.sign(tx, later, &kind, &report)?;
            }
        }
        Ok(())
    }

    fn sign(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, kind: &ReportKind, report: &Report) -> StoreResult<()> {
        let id = report.id;
        let seen = |tx: &Tx<'_>| -> StoreResult<i64> { Ok(tx.reading().report(id)?.map_or(0, |(_, seen)| seen)) };
        let approvers: Vec<PersonId> = self.holders(&kind.approved_by.iter().cloned().collect::<Vec<_>>());
        let mut approved = false;
        for approver in approvers {
            let deed = ReportDeed::Approve { report: id, seen: seen(tx)? };
            if self.perform(tx, approver, now + Duration::minutes(5), Deed::Report(deed)).is_ok() {
                approved = true;
                break;
            }
        }
        if !approved {
            return Ok(());
        }
        let deed = ReportDeed::Publish { report: id, seen: seen(tx)? };
        if self.perform(tx, self.coordinator, now + Duration::minutes(9), Deed::Report(deed)).is_err() {
            return Ok(());
        }
        let on = local_date(now);
        let boards = kind.boards.iter().take(1).map(String::as_str).chain([PRACTITIONERS]);
        for board in boards.map(str::to_string).collect::<Vec<_>>() {
            let note = if board == PRACTITIONERS { "In supervision" } else { "Taken; the board asked to see the chronologies again" };
            let deed = ReportDeed::Present { report: id, seen: seen(tx)?, board, on, note: note.into() };
            let _ = self.perform(tx, self.coordinator, now + Duration::minutes(10), Deed::Report(deed));
        }
        Ok(())
    }
}
