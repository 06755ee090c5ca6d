//! Answers about reports: the facts one is built from, the list of them with what is due next, and one to be read.

use super::figures::{Facts, figures_of};
use super::material::{title, year_of};
use super::{Answers, missing};
use crate::domain::access::Sight;
use crate::domain::cycle::Cycle;
use crate::domain::error::RuleError;
use crate::domain::framework::{Framework, ReportKind};
use crate::domain::id::{CycleId, ReportId, ReviewId};
use crate::domain::query::{LineLook, ReportDetail, ReportLine, ReportRow, Viewer};
use crate::domain::report::{self, Material, Period, Report, ReportState};
use crate::report::paper::{Stage, compose};
use crate::report::{Block, Document, ReportError};
use crate::runtime::library::Library;
use crate::store::{Reading, StoreError, StoreResult};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

impl Answers<'_> {
    /// Frozen facts without the lines about reviews that are withheld from the viewer.
    pub(super) fn seen_of(&self, mut material: Material, reviews: &BTreeSet<ReviewId>) -> StoreResult<Material> {
        let seen = self.reading.seen_among(reviews, self.viewer)?;
        material.actions.retain(|action| seen.contains(&action.review));
        material.alerts.retain(|alert| seen.contains(&alert.review));
        material.good_practice.retain(|passage| seen.contains(&passage.review));
        material.loops.list.retain(|one| seen.contains(&one.review));
        material.sample.retain(|one| seen.contains(&one.review));
        material.joint.retain(|one| seen.contains(&one.review));
        material.visits.retain(|one| seen.contains(&one.review));
        if let Some(since) = &mut material.since {
            since.slipped.retain(|one| seen.contains(&one.then.review));
            since.recurred.retain(|one| seen.contains(&one.then.review));
        }
        Ok(material)
    }

    /// A stored report as a viewer may read it. It counts everything: whoever may not know of all its reviews could take what they
    /// may count themselves from it and read what is withheld in the difference. They read what is public, and get figures of their own.
    /// Who does not see every case reads what has been published, without the lines about single reviews beyond what they see.
    pub(in crate::runtime) fn stored(&mut self, id: ReportId) -> StoreResult<(Report, i64)> {
        let (mut report, revision) = self.reading.report(id)?.ok_or_else(|| missing("report"))?;
        let cycles = &report.material.figures.wanted.cycles;
        let gone_out = report.state() == ReportState::Published && report.material.public;
        if self.viewer.sight != Sight::All && report.state() != ReportState::Published {
            return Err(StoreError::Refused(RuleError::under(
                "T43",
                "This report has not been published yet.",
                "Until then those read it who may make reports: ask the Insights team.",
            )));
        }
        if !gone_out && self.reading.not_to_be_counted(cycles, &self.viewer.of_all())? > 0 {
            return Err(StoreError::Refused(RuleError::new(
                "This report counts reviews that are kept from you.",
                "`closeloop report` makes one for you without them.",
            )));
        }
        let since = report.material.since.iter().flat_map(|since| since.slipped.iter().chain(&since.recurred)).map(|one| one.then.review);
        let reviews = report.material.actions.iter().map(|action| action.review);
        let marked = report.material.good_practice.iter().map(|passage| passage.review);
        let alerts = report.material.alerts.iter().map(|alert| alert.review);
        let lists = report.material.loops.list.iter().map(|one| one.review).chain(report.material.sample.iter().map(|one| one.review));
        let lists =
            lists.chain(report.material.joint.iter().map(|one| one.review)).chain(report.material.visits.iter().map(|one| one.review));
        let reviews: BTreeSet<ReviewId> = reviews.chain(lists).chain(alerts).chain(marked).chain(since).collect();
        report.material = Box::new(self.seen_of(*report.material, &reviews)?);
        Ok((report, revision))
    }

    /// A stored report as a paper.
    pub(in crate::runtime) fn paper_of(&mut self, report: &Report) -> Result<Document, ReportError> {
        compose(&report.material, &report.narrative, Stage::Kept(report), &self.library.templates)
    }

    /// Writes a stored report as a Word file; gives the sentence that says so.
    pub(in crate::runtime) fn word_file(&mut self, id: ReportId, path: &std::path::Path) -> Result<String, String> {
        let (report, _) = self.stored(id).map_err(|error| error.to_string())?;
        let paper = self.paper_of(&report).map_err(|error| error.to_string())?;
        let bytes = crate::report::docx::docx(&paper).map_err(|error| error.to_string())?;
        crate::store::write_file(path, &bytes, false).map_err(|error| error.to_string())?;
        let whole = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        Ok(format!("Written: {}", whole.display()))
    }

    pub(super) fn report(&mut self, id: ReportId) -> StoreResult<ReportDetail> {
        let (report, revision) = self.stored(id)?;
        let (cycle, _) = self.reading.cycle(report.cycle, self.viewer.today)?.ok_or_else(|| missing("cycle"))?;
        let framework = self.library.framework(self.reading, &cycle.framework, cycle.version)?;
        let kind = framework.reports.iter().find(|kind| kind.key == report.kind);
        let approver = kind.and_then(|kind| kind.approved_by.as_deref());
        let approver = approver.map(|key| framework.role(key).map_or_else(|| key.to_string(), |role| role.label.clone()));
        // Those that the kind names come first.
        let named = |key: &String| kind.is_some_and(|kind| kind.boards.contains(key));
        let mut boards: Vec<(String, String)> = framework.boards.iter().map(|board| (board.key.clone(), board.label.clone())).collect();
        boards.sort_by_key(|(key, _)| !named(key));
        boards.push((report::PRACTITIONERS.into(), "Each practitioner whose work was looked at".into()));
        let paper = match self.paper_of(&report) {
            Ok(paper) => paper,
            Err(error) => return Err(StoreError::Refused(RuleError::new(error.to_string(), ""))),
        };
        let not_approved_by = match (kind, self.viewer.person.map(|person| self.reading.person(person)).transpose()?.flatten()) {
            (Some(kind), Some(person)) => match report::may_approve(&framework, kind, &person.role) {
                Ok(()) => None,
                Err(error) => Some(format!("{error}{}", self.who_holds(&framework, kind.approved_by.as_deref())?)),
            },
            _ => None,
        };
        let (lines, approver, ended_since) = (lines(&paper), approver.unwrap_or_default(), self.ended_since(&report)?);
        Ok(ReportDetail { lines, approver, not_approved_by, boards, report, revision, ended_since })
    }

    /// Who holds a role, in a sentence that follows another; empty where nobody does, or more than can be named.
    fn who_holds(&self, framework: &Framework, role: Option<&str>) -> StoreResult<String> {
        let Some(role) = role.and_then(|key| framework.role(key)) else { return Ok(String::new()) };
        let people = self.reading.people()?.into_iter();
        let here = people.filter(|person| person.is_here(self.viewer.today) && framework.role(&person.role) == Some(role));
        let names: Vec<String> = here.map(|person| person.name).collect();
        Ok(if (1..=NAMED).contains(&names.len()) { format!(" That is: {}.", names.join(", ")) } else { String::new() })
    }

    /// How many reports wait for the approval of whoever looks. M20.
    pub(super) fn reports_to_approve(&mut self) -> StoreResult<u64> {
        let Some(me) = self.viewer.person.map(|person| self.reading.person(person)).transpose()?.flatten() else { return Ok(0) };
        let framework = self.library.current(self.reading)?;
        let theirs = |kind: &&ReportKind| kind.approved_by.is_some() && report::may_approve(&framework, kind, &me.role).is_ok();
        let kinds: Vec<&str> = framework.reports.iter().filter(theirs).map(|kind| kind.key.as_str()).collect();
        if kinds.is_empty() { Ok(0) } else { self.reading.drafts_written(&kinds) }
    }

    /// How many of the reviews that a report tells of as under way have been finalised since. What is published stands as it is.
    fn ended_since(&mut self, report: &Report) -> StoreResult<u32> {
        let then = report.material.still_open();
        if then == 0 || report.state() == ReportState::Published {
            return Ok(0);
        }
        let wanted = report.material.figures.wanted.clone();
        let now = figures_of(self.reading, self.library, self.viewer, wanted, Facts::NONE)?;
        Ok(then.saturating_sub(report::under_way(&now)))
    }

    /// Every report, and above them what is due next: for each kind without one of its newest cycle, that one.
    pub(super) fn reports(&mut self) -> StoreResult<Vec<ReportRow>> {
        let reading = self.reading;
        let framework = self.library.current(reading)?;
        let built = reading.report_rows()?;
        let today = self.viewer.today;
        let counted = reading.cycles()?;
        let counts: HashMap<CycleId, (u32, u32)> =
            counted.iter().map(|(cycle, counts)| (cycle.id, (counts.finalised, counts.reviews))).collect();
        let mut cycles: Vec<Cycle> = counted.into_iter().map(|(cycle, _)| cycle).collect();
        cycles.retain(|cycle| cycle.starts_on <= today && cycle.framework == framework.id);
        cycles.sort_by_key(|cycle| std::cmp::Reverse((cycle.starts_on, cycle.id)));
        let year = year_of(&framework);
        let to_build = |kind: &ReportKind, cycle: &Cycle, span: Period, due: Option<NaiveDate>| ReportRow {
            id: None,
            reference: String::new(),
            cycle: cycle.id,
            cycle_reference: cycle.reference.clone(),
            title: title(kind, cycle, span, year),
            kind: kind.key.clone(),
            label: kind.label.clone(),
            version: 0,
            state: None,
            until: span.1,
            built_on: None,
            went_to: String::new(),
            due,
            newest: true,
            replaced: false,
            complete: counts.get(&cycle.id).copied(),
            not_written_by: None,
            to_approve: false,
        };
        // Extra work has reports of its own, beside those of the plan: neither stands for the other.
        let (extra, planned): (Vec<&Cycle>, Vec<&Cycle>) = cycles.iter().partition(|cycle| cycle.extra.is_some());
        let of_plan = |row: &&ReportRow| !extra.iter().any(|cycle| cycle.id == row.cycle);
        let mut rows = Vec::new();
        for kind in framework.reports.iter().filter(|kind| !kind.for_team) {
            let fits = |cycle: &&Cycle| match &kind.kind {
                Some(wanted) => cycle.kind == *wanted,
                None => !cycle.beside,
            };
            let own = || planned.iter().copied().filter(fits);
            // The newest pieces of extra work, where nobody has told of them; the board that asked has a date for them, or none.
            let asked: Vec<&Cycle> = extra.iter().copied().filter(|cycle| kind.kind.is_some() && fits(cycle)).take(EXTRA).collect();
            for cycle in asked.iter().filter(|cycle| !built.iter().any(|row| row.kind == kind.key && row.cycle == cycle.id)) {
                let span = report::period(kind, cycle.starts_on, year, today);
                rows.push(to_build(kind, cycle, span, cycle.extra.as_ref().and_then(|asked| asked.due_on)));
            }
            let newest = own().next().or_else(|| planned.iter().copied().find(|cycle| asked.is_empty() && !cycle.beside));
            let Some(newest) = newest else { continue };
            let told = || built.iter().filter(|row| row.kind == kind.key).filter(of_plan);
            let last = told().map(|row| row.until).max();
            let now = report::period(kind, newest.starts_on, year, today);
            // The time before it, where that is over and nobody has told of it.
            let before = own().find(|cycle| cycle.starts_on < now.0);
            for cycle in std::iter::once(newest).chain(before) {
                let span = report::period(kind, cycle.starts_on, year, today);
                let until = span.1;
                if told().any(|row| row.until == until) || last.is_some_and(|last| until < last) {
                    continue;
                }
                // A kind that is written more often than there are cycles speaks of the same days whichever cycle is near.
                if rows.iter().filter(of_plan).any(|row| row.kind == kind.key && row.until == until) {
                    continue;
                }
                // Nothing is late before the time is over that it speaks of.
                let due = report::next_due(kind, last, year, today).map(|due| if due < today && until >= today { until } else { due });
                let due = due.map(|due| if until < due && kind.months.is_empty() { until } else { due });
                // One of a single cycle is written in the phase that the cycle has for it, and is not late before that is over.
                let phase = cycle.phase("report").filter(|_| report::of_one_cycle(kind, year)).map(|phase| phase.ends);
                rows.push(to_build(kind, cycle, span, due.map(|due| phase.map_or(due, |ends| ends.max(due)))));
            }
        }
        rows.sort_by_key(|row| (row.due.is_none(), row.due));
        rows.extend(built);
        if let Some(me) = self.viewer.person.map(|person| reading.person(person)).transpose()?.flatten() {
            for row in &mut rows {
                let kind = framework.reports.iter().find(|kind| kind.key == row.kind);
                row.not_written_by = kind.and_then(|kind| report::may_write(&framework, kind, &me.role).err()).map(|why| why.to_string());
                row.to_approve = row.newest
                    && row.state == Some(ReportState::Draft)
                    && kind.is_some_and(|kind| kind.approved_by.is_some() && report::may_approve(&framework, kind, &me.role).is_ok());
            }
        }
        Ok(rows)
    }
}

/// So many pieces of extra work are told of beside what the plan brings.
const EXTRA: usize = 2;

/// At most so many are named who may count what is kept from somebody.
const NAMED: usize = 3;

/// Why somebody may not build, write or sign a report that counts these cycles: reviews that it counts are kept from them, so that its
/// figures would lack those or tell of them. Says why, and who can. None: nothing is kept from them.
pub(in crate::runtime) fn kept_from(
    reading: Reading<'_>,
    (framework, kind): (&Framework, &ReportKind),
    cycles: &[CycleId],
    viewer: &Viewer,
) -> StoreResult<Option<RuleError>> {
    if reading.not_to_be_counted(cycles, &viewer.of_all())? == 0 {
        return Ok(None);
    }
    let mut can = Vec::new();
    for person in reading.people()?.into_iter().filter(|person| !person.login.is_empty() && person.is_here(viewer.today)) {
        if can.len() < NAMED && report::may_write(framework, kind, &person.role).is_ok() {
            let theirs = Viewer::of(Some(person.id), viewer.now, viewer.today).of_all();
            can.extend((reading.not_to_be_counted(cycles, &theirs)? == 0).then_some(person.name));
        }
    }
    let who = match can.is_empty() {
        true => "Nobody who may write it knows of all of them: ask again once they have been scored, or a recusal ends.".to_string(),
        false => format!("Nothing it counts is kept from: {}. Ask one of them.", can.join(", ")),
    };
    let what = "This report counts reviews that are kept from you: you are recused from them, or are still to score them blind.";
    Ok(Some(RuleError::new(what, who)))
}

/// A paper as lines of the screen.
fn lines(paper: &Document) -> Vec<ReportLine> {
    let one = |look: LineLook, text: &str| ReportLine { look, cells: vec![text.to_string()] };
    let mut out = vec![one(LineLook::Heading, &paper.title)];
    for block in &paper.blocks {
        match block {
            Block::Heading(_, text) => out.push(one(LineLook::Heading, text)),
            Block::Text(text) => out.push(one(LineLook::Text, text)),
            Block::Quote(text) => out.push(one(LineLook::Quote, text)),
            Block::Items(items) => out.extend(items.iter().map(|item| one(LineLook::Item, item))),
            Block::Facts(facts) => out.extend(facts.iter().map(|(name, value)| one(LineLook::Text, &format!("{name}: {value}")))),
            Block::Picture(picture) => out.push(one(LineLook::Text, &picture.in_words())),
            Block::Table { head, rows } => {
                out.push(ReportLine { look: LineLook::Head, cells: head.clone() });
                out.extend(rows.iter().map(|row| ReportLine { look: LineLook::Row, cells: row.clone() }));
            }
        }
    }
    out
}

/// The version of a cycle's report that stands, approved or published, as a viewer may read it; none: there is none, or it counts reviews
/// which are kept from them. A correction that is being written takes its place only once it is approved. M20.
pub fn standing(reading: Reading<'_>, library: &mut Library, viewer: &Viewer, cycle: CycleId, kind: &str) -> StoreResult<Option<Report>> {
    let id = reading.standing_report(cycle, kind)?;
    Ok(id.map(|id| readable(reading, library, viewer, id)).transpose()?.flatten())
}

/// The draft of a cycle's report that is being written, as a viewer may read it.
pub fn draft(reading: Reading<'_>, library: &mut Library, viewer: &Viewer, cycle: CycleId, kind: &str) -> StoreResult<Option<Report>> {
    let newest = reading.newest_report(cycle, kind)?.filter(|(report, _)| report.state() == ReportState::Draft);
    Ok(newest.map(|(newest, _)| readable(reading, library, viewer, newest.id)).transpose()?.flatten())
}

fn readable(reading: Reading<'_>, library: &mut Library, viewer: &Viewer, id: ReportId) -> StoreResult<Option<Report>> {
    match (Answers { reading, library, viewer }).stored(id) {
        Ok((report, _)) => Ok(Some(report)),
        Err(StoreError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The facts of now, with the draft that is being written, if any.
pub fn fresh(
    reading: Reading<'_>,
    library: &mut Library,
    viewer: &Viewer,
    cycle: CycleId,
    kind: &str,
    for_team: bool,
) -> StoreResult<(Material, Option<Report>)> {
    let draft = draft(reading, library, viewer, cycle, kind)?;
    Ok((Answers { reading, library, viewer }.material(cycle, kind, for_team)?, draft))
}
