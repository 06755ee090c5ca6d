//! Answers about reports: the facts one is built from, the list of them with what is due next, and one to be read.

use super::figures::figures;
use super::{Answers, missing};
use crate::domain::cycle::{Cycle, months};
use crate::domain::error::RuleError;
use crate::domain::framework::{FieldKind, Framework, Register, ReportKind};
use crate::domain::id::{CycleId, ReportId, ReviewId};
use crate::domain::insight::figures::FiguresWanted;
use crate::domain::query::{LineLook, ReportDetail, ReportLine, ReportRow, Viewer};
use crate::domain::register;
use crate::domain::report::{self, Material, Passage, PlanAction, PracticeTally, RegisterTally, Report, ReportState, TakenIn};
use crate::report::paper::{Stage, compose};
use crate::report::{Block, Document, ReportError};
use crate::runtime::library::Library;
use crate::store::{Reading, StoreError, StoreResult};
use chrono::{Months, NaiveDate};
use std::collections::BTreeSet;

/// Points of the line over the cycles.
const POINTS: usize = 24;

impl Answers<'_> {
    /// The facts of a cycle's report of a kind, as the viewer may know them now.
    pub(in crate::runtime) fn material(&mut self, id: CycleId, key: &str) -> StoreResult<Material> {
        let reading = self.reading;
        let (cycle, _) = reading.cycle_for(id, self.viewer)?.ok_or_else(|| missing("cycle"))?;
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let kind = report::find(&framework, key).map_err(StoreError::Refused)?.clone();
        let (from, until) = report::period(&kind, cycle.starts_on, months(framework.cycle.rhythm), self.viewer.today);
        let all: Vec<Cycle> =
            reading.cycles()?.into_iter().map(|(cycle, _)| cycle).filter(|one| one.framework == cycle.framework).collect();
        let mut within = ids(&all, |one| one.starts_on >= from && one.starts_on <= until);
        if !within.contains(&id) {
            within.push(id);
        }
        let counted = FiguresWanted { cycles: within.clone(), kind: kind.kind.clone(), service: None };
        let marked = reading.practice_library(&counted, None, self.viewer)?;
        let passages = marked.into_iter().map(|row| Passage { review: row.practice.review, text: row.practice.note }).collect();
        let figures = figures(reading, self.library, self.viewer, counted)?;
        let line = self.line(&all, &cycle, &kind)?;
        let two_years = until.checked_sub_months(Months::new(24)).unwrap_or(from);
        let before = ids(&all, |one| one.starts_on > two_years && one.starts_on <= until);
        let role = |action: PlanAction| {
            let owner = framework.role(&action.owner).map_or_else(|| action.owner.clone(), |role| role.label.clone());
            PlanAction { owner, ..action }
        };
        let actions: Vec<_> = reading.plan_of(&within, kind.kind.as_deref(), self.viewer)?.into_iter().map(role).collect();
        let since = match reading.report_before(&kind.key, until)? {
            Some(last) => {
                let now: Vec<_> = reading.plan_again(&last.material.actions, self.viewer)?.into_iter().map(role).collect();
                let known: BTreeSet<ReviewId> = last.material.actions.iter().map(|action| action.review).collect();
                let last_seen = self.seen_of(*last.material, &known)?;
                Some(report::since(&last.reference, &last_seen, &now, self.viewer.today))
            }
            None => None,
        };
        let reasons = framework.cycle.focus_reasons.iter().find(|reason| reason.key == cycle.focus_reason);
        let why = [reasons.map(|reason| reason.label.clone()).unwrap_or_default(), cycle.focus_note.clone()];
        let board = |key: &String| framework.boards.iter().find(|board| board.key == *key).map(|board| board.label.clone());
        Ok(Material {
            kind: kind.key.clone(),
            label: kind.label.clone(),
            council: framework.short_name.clone(),
            public: kind.public,
            limit: framework.small_numbers_below,
            sections: kind.sections.iter().map(|section| (section.key.clone(), section.label.clone())).collect(),
            boards: kind.boards.iter().filter_map(board).collect(),
            cycle: cycle.id,
            reference: cycle.reference.clone(),
            title: cycle.title.clone(),
            focus: cycle.focus.clone(),
            focus_why: why.into_iter().filter(|part| !part.is_empty()).map(|part| ended(&part)).collect::<Vec<_>>().join(" "),
            from,
            until,
            counted_on: self.viewer.today,
            graded: graded(&framework, &kind),
            run: line,
            actions,
            effects: reading.effects_of(&before, self.viewer)?,
            alerts: reading.alert_lines(&within, kind.kind.as_deref(), self.viewer)?,
            practice: self.practice(&framework, (from, until))?,
            registers: self.tallies(&framework, (from, until))?,
            good_practice: passages,
            taken_in: self.taken_in(&framework, &kind, (from, until))?,
            since,
            figures,
        })
    }

    /// Good or better, cycle by cycle, up to this one.
    fn line(&mut self, all: &[Cycle], upto: &Cycle, kind: &ReportKind) -> StoreResult<Vec<(String, crate::domain::insight::Share)>> {
        let mut cycles: Vec<&Cycle> =
            all.iter().filter(|one| one.starts_on <= upto.starts_on && (!one.beside || one.kind == upto.kind)).collect();
        cycles.sort_by_key(|one| (one.starts_on, one.id));
        let newest: BTreeSet<CycleId> = cycles.iter().rev().take(POINTS).map(|one| one.id).collect();
        let wanted = FiguresWanted { cycles: newest.into_iter().collect(), kind: kind.kind.clone(), service: None };
        let grades_alone = super::figures::Facts::default();
        let figures = super::figures::figures_of(self.reading, self.library, self.viewer, wanted, grades_alone)?;
        Ok(figures.cycles.iter().map(|cycle| (cycle.title.clone(), cycle.good_or_better())).filter(|(_, share)| share.of > 0).collect())
    }

    fn practice(&mut self, framework: &Framework, (from, until): (NaiveDate, NaiveDate)) -> StoreResult<PracticeTally> {
        if framework.drp.is_none() {
            return Ok(PracticeTally::default());
        }
        let upto = until.min(self.viewer.today);
        let mut tally = PracticeTally::default();
        for one in self.reading.practice_alerts(from, upto, self.viewer)? {
            let raised_now = one.raised_on >= from;
            if one.kind == crate::domain::drp::DrpKind::GoodPractice {
                tally.good_practice += u32::from(raised_now);
                continue;
            }
            let ended = one.ended_on.is_some_and(|day| day <= upto);
            tally.raised += u32::from(raised_now);
            tally.formal += u32::from(one.formal_on.is_some_and(|day| day >= from && day <= upto));
            tally.ended += u32::from(ended);
            tally.open += u32::from(!ended);
            tally.late += u32::from(one.late_from.is_some_and(|day| day <= upto));
        }
        Ok(tally)
    }

    fn tallies(&mut self, framework: &Framework, span: (NaiveDate, NaiveDate)) -> StoreResult<Vec<RegisterTally>> {
        let standing = super::registers::rows(self.reading, self.library, self.viewer)?;
        let mut tallies = Vec::new();
        for register in register::all(framework) {
            let noted = self.reading.noted_between(&register.key, span)?;
            tallies.push(RegisterTally {
                key: register.key.clone(),
                label: register.label.clone(),
                entries: u32::try_from(noted.len()).unwrap_or(u32::MAX),
                behind: standing.iter().find(|row| row.key == register.key).and_then(|row| row.behind),
                answers: answers(&register, &noted),
            });
        }
        Ok(tallies)
    }

    /// What was written in the reports that this kind takes in. S16.
    fn taken_in(&mut self, framework: &Framework, kind: &ReportKind, span: (NaiveDate, NaiveDate)) -> StoreResult<Vec<TakenIn>> {
        let mut all = Vec::new();
        for key in &kind.takes_in {
            let label = framework.reports.iter().find(|known| known.key == *key).map_or_else(|| key.clone(), |known| known.label.clone());
            // What counts reviews that are kept from the viewer is not theirs to read here either.
            let found = self.reading.report_within(key, span)?;
            let found = match found {
                Some(report) => self.stored(report.id).map(|(report, _)| report).map_or_else(refused_is_none, |report| Ok(Some(report)))?,
                None => None,
            };
            let sections = found.iter().flat_map(|report| {
                let named = report.material.sections.iter();
                named.filter_map(|(key, heading)| Some((heading.clone(), report.narrative.get(key)?.clone())))
            });
            let sections: Vec<(String, String)> = sections.collect();
            all.push(TakenIn { label, reference: found.map(|report| report.reference).unwrap_or_default(), sections });
        }
        Ok(all)
    }

    /// Frozen facts without the lines about reviews that are withheld from the viewer.
    fn seen_of(&self, mut material: Material, reviews: &BTreeSet<ReviewId>) -> StoreResult<Material> {
        let seen = self.reading.seen_among(reviews, self.viewer)?;
        material.actions.retain(|action| seen.contains(&action.review));
        material.alerts.retain(|alert| seen.contains(&alert.review));
        material.good_practice.retain(|passage| seen.contains(&passage.review));
        if let Some(since) = &mut material.since {
            since.slipped.retain(|one| seen.contains(&one.then.review));
            since.recurred.retain(|one| seen.contains(&one.then.review));
        }
        Ok(material)
    }

    /// A stored report as a viewer may read it. It counts everything: whoever may not know of all its reviews could take what they
    /// may count themselves from it and read what is withheld in the difference. They read what is public, and get figures of their own.
    pub(in crate::runtime) fn stored(&mut self, id: ReportId) -> StoreResult<(Report, i64)> {
        let (mut report, revision) = self.reading.report(id)?.ok_or_else(|| missing("report"))?;
        let cycles = &report.material.figures.wanted.cycles;
        let gone_out = report.state() == ReportState::Published && report.material.public;
        if !gone_out && self.reading.not_to_be_counted(cycles, self.viewer)? > 0 {
            return Err(StoreError::Refused(RuleError::new(
                "This report counts reviews that are kept from you.",
                "`closeloop report` makes one for you without them.",
            )));
        }
        let since = report.material.since.iter().flat_map(|since| since.slipped.iter().chain(&since.recurred)).map(|one| one.then.review);
        let reviews = report.material.actions.iter().map(|action| action.review);
        let marked = report.material.good_practice.iter().map(|passage| passage.review);
        let alerts = report.material.alerts.iter().map(|alert| alert.review);
        let reviews: BTreeSet<ReviewId> = reviews.chain(alerts).chain(marked).chain(since).collect();
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
        Ok(ReportDetail { lines: lines(&paper), approver: approver.unwrap_or_default(), boards, report, revision })
    }

    /// Every report, and above them what is due next: for each kind without one of its newest cycle, that one.
    pub(super) fn reports(&mut self) -> StoreResult<Vec<ReportRow>> {
        let reading = self.reading;
        let framework = self.library.current(reading)?;
        let built = reading.report_rows()?;
        let mut cycles: Vec<Cycle> = reading.cycles()?.into_iter().map(|(cycle, _)| cycle).collect();
        cycles.sort_by_key(|cycle| std::cmp::Reverse((cycle.starts_on, cycle.id)));
        let begun = |cycle: &&Cycle| cycle.starts_on <= self.viewer.today && cycle.framework == framework.id;
        let mut rows = Vec::new();
        for kind in &framework.reports {
            let fits = |cycle: &&Cycle| match &kind.kind {
                Some(wanted) => cycle.kind == *wanted,
                None => !cycle.beside,
            };
            let any = cycles.iter().filter(begun);
            let Some(cycle) = any.clone().find(fits).or_else(|| any.clone().find(|cycle| !cycle.beside)) else { continue };
            if built.iter().any(|row| row.cycle == cycle.id && row.kind == kind.key) {
                continue;
            }
            let last = built.iter().filter(|row| row.kind == kind.key).map(|row| row.until).max();
            let (_, until) = report::period(kind, cycle.starts_on, months(framework.cycle.rhythm), self.viewer.today);
            rows.push(ReportRow {
                id: None,
                reference: String::new(),
                cycle: cycle.id,
                title: cycle.title.clone(),
                kind: kind.key.clone(),
                label: kind.label.clone(),
                version: 0,
                state: None,
                until,
                built_on: None,
                went_to: String::new(),
                due: report::next_due(kind, last, self.viewer.today),
                newest: true,
            });
        }
        rows.sort_by_key(|row| (row.due.is_none(), row.due));
        rows.extend(built);
        Ok(rows)
    }
}

/// The cycles of a set that meet a condition.
fn ids(all: &[Cycle], meets: impl Fn(&Cycle) -> bool) -> Vec<CycleId> {
    all.iter().filter(|one| meets(one)).map(|one| one.id).collect()
}

/// Whether a report has anything graded to speak of.
fn graded(framework: &Framework, kind: &ReportKind) -> bool {
    match kind.kind.as_deref().and_then(|key| framework.kind(key)) {
        Some(kind) => kind.is_graded(),
        None => framework.grades_anything(),
    }
}

/// With a full stop at its end.
fn ended(text: &str) -> String {
    if text.trim_end().ends_with(['.', '!', '?']) { text.trim_end().to_string() } else { format!("{}.", text.trim_end()) }
}

/// How each yes-no and choice of a register was answered.
fn answers(register: &Register, noted: &[std::collections::BTreeMap<String, String>]) -> Vec<(String, String, u32)> {
    let mut all = Vec::new();
    for field in &register.fields {
        let choices: Vec<(String, String)> = match &field.kind {
            FieldKind::YesNo => ["yes", "no"].map(|word| (word.to_string(), word.to_string())).to_vec(),
            FieldKind::Choice(choices) => choices.iter().map(|choice| (choice.key.clone(), choice.label.clone())).collect(),
            FieldKind::Line | FieldKind::Text | FieldKind::Date | FieldKind::Cycles => continue,
        };
        for (key, label) in choices {
            let many = noted.iter().filter(|values| values.get(&field.key) == Some(&key)).count();
            all.push((field.label.clone(), label, u32::try_from(many).unwrap_or(u32::MAX)));
        }
    }
    all
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

/// The newest version that is kept of a cycle's report, as a viewer may read it; none: there is none, or it is a draft that counts
/// reviews which are kept from them.
pub fn kept(reading: Reading<'_>, library: &mut Library, viewer: &Viewer, cycle: CycleId, kind: &str) -> StoreResult<Option<Report>> {
    let Some((newest, _)) = reading.newest_report(cycle, kind)? else { return Ok(None) };
    let mut answers = Answers { reading, library, viewer };
    match answers.stored(newest.id) {
        Ok((report, _)) => Ok(Some(report)),
        Err(StoreError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is refused to a viewer is not there for them.
fn refused_is_none(error: StoreError) -> StoreResult<Option<Report>> {
    if matches!(error, StoreError::Refused(_)) { Ok(None) } else { Err(error) }
}

/// The facts of now, with the draft that is being written, if any.
pub fn fresh(
    reading: Reading<'_>,
    library: &mut Library,
    viewer: &Viewer,
    cycle: CycleId,
    kind: &str,
) -> StoreResult<(Material, Option<Report>)> {
    let draft = kept(reading, library, viewer, cycle, kind)?.filter(|report| report.state() == ReportState::Draft);
    Ok((Answers { reading, library, viewer }.material(cycle, kind)?, draft))
}
