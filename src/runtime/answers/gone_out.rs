//! Reports that have gone out already, for one that a council's own text makes tell more than the framework's reports did then.
//!
//! What is told of a month reckons with nothing that is longer: that is decided after it, and hides what would give the month away. So
//! where a quarter went out before the month told a table, that table can be told of the month no more. S28, C09.

use super::Answers;
use crate::domain::framework::{Framework, ReportKind};
use crate::domain::insight::Cell;
use crate::domain::insight::figures::Figures;
use crate::domain::report::told::{Elsewhere, Kind, Tells};
use crate::domain::report::{self, LeftOut, Told, Year};
use crate::report::paper::{added_by_own, tells_of};
use crate::store::StoreResult;
use chrono::NaiveDate;

/// A report that has gone out: the kind it is of, what it is called, and what the council's own texts told when it was built.
#[derive(Debug, Clone, PartialEq)]
pub struct GoneOut {
    /// Key of its kind.
    pub kind: String,
    /// Reference, name and time (`RP-0007, Quarterly audit report: July to September 2026`).
    pub called: String,
    /// What own texts told then, in any report.
    pub own_tells: Vec<Elsewhere>,
}

/// A kind of report with how it reckons: its own, and the months of the framework's year.
pub(super) struct Made<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// The kind that is made.
    pub kind: &'a ReportKind,
    /// How the framework divides its time.
    pub year: Year,
}

impl Answers<'_> {
    /// The reports that have gone out and are about some of these days.
    pub(super) fn gone_out(&self, (from, until): (NaiveDate, NaiveDate)) -> StoreResult<Vec<GoneOut>> {
        let rows = self.reading.reports_about(from, until)?;
        Ok(rows.into_iter().map(|(kind, called, own_tells)| GoneOut { kind, called, own_tells }).collect())
    }

    /// Leaves out what own texts made this report tell only after a wider one had told the same of its time.
    pub(super) fn leave_out(&self, made: &Made<'_>, gone: &[GoneOut], told: &mut Told, figures: &Figures) -> Vec<LeftOut> {
        let added = added_by_own(made.kind, &self.library.templates);
        let built_in = tells_of(made.kind, &Default::default());
        let months = |kind: &ReportKind| report::months_of(kind).max(made.year.cycle_months);
        let own = (months(made.kind), made.kind.kind.as_deref());
        let mut left: Vec<LeftOut> = Vec::new();
        for one in &added {
            let knew = |gone: &GoneOut| {
                let same = |known: &&Elsewhere| known.months == own.0 && known.kind.as_deref() == own.1;
                gone.own_tells.iter().filter(same).any(|known| one.is_among(&known.tells))
            };
            let told_there = |gone: &&GoneOut| {
                let kind = made.framework.reports.iter().find(|kind| kind.key == gone.kind);
                kind.is_some_and(|kind| {
                    let wider = Elsewhere { months: months(kind), kind: kind.kind.clone(), tells: Vec::new() };
                    let tells = || tells_of(kind, &self.library.templates).iter().any(|known| known.table == one.table);
                    wider.is_wider_than(own.0, own.1) && tells()
                })
            };
            let Some(gone) = gone.iter().find(|gone| told_there(gone) && !knew(gone)) else { continue };
            if hide(one, &built_in, told, figures) && !left.iter().any(|known| known.table == one.table) {
                left.push(LeftOut { table: one.table, report: gone.called.clone() });
            }
        }
        left
    }
}

/// Leaves out the rows of a table that only own texts ask for; whether there was any.
fn hide(added: &Tells, built_in: &[Tells], told: &mut Told, figures: &Figures) -> bool {
    let mut any = false;
    for count in told.counts.iter_mut().filter(|count| count.table == added.table) {
        let question = match count.table {
            Kind::Scaled | Kind::Short => count.key.split_once('/'),
            _ => None,
        };
        let known = question.and_then(|(kind, key)| figures.questions.iter().find(|known| known.kind == kind && known.key == key));
        let keys = known.map_or_else(|| vec![count.key.as_str()], |known| vec![known.key.as_str(), known.area.as_str()]);
        let told_anyway = built_in.iter().any(|one| one.table == count.table && one.tells_row(&keys));
        if added.tells_row(&keys) && !told_anyway {
            any |= count.cell != Cell::Shown(0);
            count.cell = Cell::Beside;
        }
    }
    any
}
