//! Deeds about what surrounds reviews: starting, importing, absences, cycles and their phases, the panel's dates.

use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::calendar::{say_day, say_full_date};
use crate::domain::change::{Change, Swap};
use crate::domain::count::counted;
use crate::domain::cycle::{self, BesidePlanned, Commission, Cycle, CycleCounts, CyclePlanned};
use crate::domain::deed::{ImportedFile, SubjectsImport};
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;
use crate::domain::id::{AbsenceId, CycleId, PersonId, SubjectId, TeamId};
use crate::domain::intake::{
    Beyond, Incoming, NextIds, PeopleReconciliation, PersonRow, Reconciliation, Recorded, Register, reconcile_all, reconcile_people,
};
use crate::domain::person::Absence;
use crate::domain::query::Viewer;
use crate::runtime::counts::{counted_under, reports_of};
use crate::store::{Numbered, Reading, StoreResult, Tx};
use chrono::{Months, NaiveDate};
use std::sync::Arc;

/// So far from today a cycle may start, either way.
const NEAR: Months = Months::new(24);

impl Desk<'_, '_> {
    pub(super) fn set(&mut self, name: String, value: String) -> Asked {
        let before = self.reading().setting(&name)?;
        let said = format!("{name} is {value}");
        Ok((vec![Change::SettingChanged { name, value: Swap { before, after: Some(line(&value)) } }], said))
    }

    pub(super) fn import_subjects(&mut self, import: SubjectsImport) -> Asked {
        let framework = self.library.current(self.reading())?;
        let SubjectsImport { list, rows, closed, covered, beyond, frame_date, file } = import;
        if let Some(kind) = rows.iter().map(|row| row.kind).find(|kind| !kind.is_young() && !framework.subjects.contains(kind)) {
            return Err(refuse(
                format!("The framework {} does not look at {}s.", framework.short_name, kind.noun()),
                "Leave them out of the file, or add them to the subjects of the profile and adopt its new version.",
            ));
        }
        let incoming = Incoming { rows: &rows, closed: &closed, covered: &covered };
        let reconciled = frame_changes(self.tx, incoming, &beyond, &framework.case_prefix)?;
        let said = match reconciled.said() {
            none if none.is_empty() => "The extract says nothing new: nobody was added, changed or closed".to_string(),
            some => format!("{some} added, changed or closed"),
        };
        let mut after = Arc::unwrap_or_clone(self.reading().people_by_id()?);
        after.extend(reconciled.people.iter().map(|person| (person.after.id, person.after.clone())));
        self.keep_an_administrator(&after)?;
        let mut changes: Vec<Change> = Vec::new();
        changes.extend(reconciled.teams.into_iter().map(|team| Change::TeamRecorded(swap(team))));
        changes.extend(reconciled.people.into_iter().map(|person| Change::PersonRecorded(swap(person))));
        changes.extend(reconciled.subjects.into_iter().map(|subject| Change::SubjectRecorded(swap(subject))));
        self.imported(&list, rows.len(), frame_date, file, changes, said)
    }

    pub(super) fn import_people(&mut self, rows: &[PersonRow], file: ImportedFile) -> Asked {
        let reconciled = people_changes(self.tx, rows)?;
        self.may_be_imported(&reconciled.people)?;
        let count = reconciled.people.len();
        let known = self.reading().person_by_login(&self.actor.login)?.is_some();
        let named = |login: &str| reconciled.people.iter().any(|person| person.after.login == login);
        if !known && !named(&self.actor.login) && reconciled.people.iter().any(|person| !person.after.login.is_empty()) {
            return Err(refuse(
                format!("The file gives others a login, but nobody has yours ({}): you would be locked out.", self.actor.login),
                "Nothing was imported. Add yourself to the file with your login and role, then import it.",
            ));
        }
        let mut after = Arc::unwrap_or_clone(self.reading().people_by_id()?);
        after.extend(reconciled.people.iter().map(|person| (person.after.id, person.after.clone())));
        self.keep_an_administrator(&after)?;
        let mut changes: Vec<Change> = Vec::new();
        changes.extend(reconciled.teams.into_iter().map(|team| Change::TeamRecorded(swap(team))));
        changes.extend(reconciled.people.into_iter().map(|person| Change::PersonRecorded(swap(person))));
        changes.extend(reconciled.absences.into_iter().map(|absence| Change::AbsenceRecorded(swap(absence))));
        self.imported("people", rows.len(), None, file, changes, format!("{} added or changed", counted(count, "person", "people")))
    }

    pub(super) fn import_holidays(&mut self, days: Vec<(NaiveDate, String)>, file: ImportedFile) -> Asked {
        if days.is_empty() {
            return Err(refuse("The file lists no bank holiday.", "Give GOV.UK's bank-holidays.json, or a CSV of date and title."));
        }
        let rows = days.len();
        let changes = if self.reading().holidays()? == days { Vec::new() } else { vec![Change::HolidaysReplaced(days)] };
        self.imported("holidays", rows, None, file, changes, counted(rows, "bank holiday", "bank holidays"))
    }

    /// Notes the file beside its changes; the same file again, changing nothing, leaves no trace at all.
    pub(super) fn imported(
        &self,
        kind: &str,
        rows: usize,
        frame_date: Option<NaiveDate>,
        file: ImportedFile,
        mut changes: Vec<Change>,
        said: String,
    ) -> Asked {
        let seen = self.reading().newest_import(kind)?.is_some_and(|(sha256, _)| sha256 == file.sha256);
        if !(changes.is_empty() && seen) {
            changes.push(Change::FileImported {
                kind: kind.to_string(),
                name: line(&file.name),
                sha256: file.sha256,
                rows: rows as u32,
                oddities: file.oddities,
                frame_date,
            });
        }
        Ok((changes, said))
    }

    pub(super) fn record_absence(
        &mut self,
        person: PersonId,
        (from, until): (NaiveDate, NaiveDate),
        reason: &str,
        deputy: Option<PersonId>,
    ) -> Asked {
        let Some(found) = self.reading().person(person)? else {
            return Err(refuse("There is no such person.", "Import them with `closeloop import people FILE`."));
        };
        if until < from {
            let what = format!("The absence ends on {}, before it begins.", say_full_date(until));
            return Err(RuleError::new(what, "Give a last day on or after the first.").at("until").into());
        }
        let stands_in = deputy.map(|deputy| self.reading().person(deputy)).transpose()?.flatten();
        if deputy.is_some() && stands_in.as_ref().is_none_or(|deputy| deputy.id == person || !deputy.is_here(until)) {
            let what = "The deputy is away for good, unknown, or the same person.";
            return Err(RuleError::new(what, "Choose somebody else, or leave it empty.").at("deputy").into());
        }
        let id = AbsenceId(self.tx.next(Numbered::Absence)?);
        let absence = Absence { id, person, from, until, reason: line(reason), deputy };
        let meanwhile = stands_in.map(|deputy| format!("; {} stands in", deputy.short_name())).unwrap_or_default();
        let days = (from.format("%-d %B"), until.format("%-d %B"));
        let said = format!("{} is away from {} to {}{meanwhile}", found.short_name(), days.0, days.1);
        Ok((vec![Change::AbsenceRecorded(Swap::new(absence))], said))
    }

    pub(super) fn open_cycle(&mut self, planned: CyclePlanned) -> Asked {
        self.near(planned.starts_on)?;
        let reading = self.reading();
        let framework = self.library.current(reading)?;
        let opened = cycle::open(&framework, CycleId(self.tx.next(Numbered::Cycle)?), &safe(planned), &self.existing()?)?;
        let (opened, said) = self.said_opened(&framework, opened)?;
        Ok((vec![Change::CycleRecorded(Swap::new(opened))], said))
    }

    pub(super) fn open_beside(&mut self, wanted: BesidePlanned) -> Asked {
        self.near(wanted.planned.starts_on)?;
        let framework = self.library.current(self.reading())?;
        let extra = wanted.extra.map(|extra| Commission { why: paragraphs(&extra.why), ..extra });
        let wanted = BesidePlanned { planned: safe(wanted.planned), kind: wanted.kind, extra };
        let opened = cycle::open_beside(&framework, CycleId(self.tx.next(Numbered::Cycle)?), &wanted, &self.existing()?)?;
        let (opened, said) = self.said_opened(&framework, opened)?;
        Ok((vec![Change::CycleRecorded(Swap::new(opened))], said))
    }

    /// Refuses a first day that can only be a slip of the hand: the cycle would be the current one for ever, or never.
    fn near(&self, starts_on: NaiveDate) -> StoreResult<()> {
        let (earliest, latest) = (self.today - NEAR, self.today + NEAR);
        if (earliest..=latest).contains(&starts_on) {
            return Ok(());
        }
        Err(refuse(
            format!("{} is more than two years away.", starts_on.format("%-d %B %Y")),
            format!("A cycle starts between {} and {}; look at the year.", earliest.format("%B %Y"), latest.format("%B %Y")),
        ))
    }

    fn existing(&self) -> StoreResult<Vec<Cycle>> {
        Ok(self.reading().cycles()?.into_iter().map(|(cycle, _)| cycle).collect())
    }

    /// The cycle with phases that end on working days, and what is said of it.
    fn said_opened(&mut self, framework: &Framework, counted: Cycle) -> StoreResult<(Cycle, String)> {
        let opened = cycle::on_working_days(counted.clone(), &*self.library.calendar(self.reading())?);
        let mut said = match opened.begins_on() > self.today {
            true => format!("Cycle {} planned; its first phase begins on {}", opened.reference, say_day(self.today, opened.begins_on())),
            false => format!("Cycle {} opened", opened.reference),
        };
        if let Some(across) = cycle::out_of_step(framework, opened.starts_on).filter(|_| !opened.beside) {
            said.push_str(&format!("; {across}"));
        }
        let moved = cycle::moved(&counted, &opened);
        if !moved.is_empty() {
            said.push_str(&format!("; {moved}"));
        }
        Ok((opened, said))
    }

    pub(super) fn change_focus(&mut self, id: CycleId, focus: &str, reason: String, note: &str) -> Asked {
        let before = self.cycle(id)?;
        let (_, counts) = self.reading().cycle(id, self.today)?.unwrap_or_else(|| (before.clone(), CycleCounts::default()));
        if counts.reviews > 0 && counts.submitted == counts.reviews {
            return Err(refuse(
                format!("Every review of {} has been completed, and answers for the focus it had.", before.reference),
                "Name the other focus in the next cycle.",
            ));
        }
        let after = Cycle { focus: line(focus), focus_reason: reason, focus_note: paragraphs(note), ..before.clone() };
        if after.focus.is_empty() {
            return Err(refuse("A cycle needs an area of focus.", "Say in a few words what this cycle looks at."));
        }
        let said = format!("Cycle {} now looks at {}", after.reference, after.focus);
        Ok((vec![Change::CycleRecorded(Swap { before: Some(before), after: Some(after) })], said))
    }

    pub(super) fn tick_phase(&mut self, id: CycleId, phase: String) -> Asked {
        let reading = self.reading();
        let Some((stored, counts)) = reading.cycle(id, self.today)? else {
            return Err(refuse("There is no such cycle.", "Look in the list of cycles."));
        };
        let framework = self.library.framework(reading, &stored.framework, stored.version)?;
        // Whoever ticks, every review counts: also those withheld from them.
        let everybody = Viewer { person: None, ..self.viewer() };
        let counts = counted_under(reading, &framework, &everybody, &stored, counts)?;
        let progress = cycle::progress(&stored, counts, self.today);
        let (Some(dates), Some(place)) = (stored.phase(&phase), progress.iter().position(|at| at.key == phase)) else {
            return Err(refuse(format!("The cycle has no phase \u{201c}{phase}\u{201d}."), "Choose one of its phases."));
        };
        let at = &progress[place];
        if !at.by_hand {
            return Err(refuse(
                format!("\u{201c}{}\u{201d} follows from the reviews and is not ticked by hand.", at.label),
                "It is done once nothing blocks it.",
            ));
        }
        if dates.done_on.is_none()
            && let Some(open) = progress[..place].iter().find(|earlier| !earlier.done)
        {
            return Err(refuse(format!("\u{201c}{}\u{201d} comes first: {}", open.label, open.blocked_by), ""));
        }
        if phase == "report"
            && dates.done_on.is_some()
            && matches!(reports_of(reading, &framework, &stored)?, (all, out) if all > 0 && out == all)
        {
            let what = format!("\u{201c}{}\u{201d} is done: all reports of {} are published.", at.label, stored.title);
            return Err(refuse(what, "A correction is a new version of its report."));
        }
        let on = Swap { before: dates.done_on, after: if dates.done_on.is_some() { None } else { Some(self.today) } };
        let said = format!("{} {}", at.label, if on.after.is_some() { "is done" } else { "is open again" });
        Ok((vec![Change::PhaseTicked { cycle: id, phase, on }], said))
    }

    /// Takes a cycle away that was opened or planned by mistake.
    pub(super) fn take_cycle_away(&mut self, id: CycleId) -> Asked {
        let stored = self.cycle(id)?;
        self.nothing_hangs_on(&stored)?;
        if let Some(later) = self.existing()?.into_iter().find(|later| later.again == Some(id)) {
            return Err(refuse(format!("{} looks again at {}.", later.reference, stored.reference), "Take that one away first."));
        }
        let said = format!("{} is taken away", stored.title);
        Ok((vec![Change::CycleRecorded(Swap { before: Some(stored), after: None })], said))
    }

    /// Refuses to take a cycle away on which something hangs.
    pub(super) fn nothing_hangs_on(&self, cycle: &Cycle) -> StoreResult<()> {
        if !self.reading().cycle_is_used(cycle.id)? {
            return Ok(());
        }
        let what = format!("{} has a sample, a review, an action, a report or a note of its plan, so it stays.", cycle.reference);
        Err(refuse(what, "Put right what is wrong by hand: its focus, or the reviews one by one."))
    }

    pub(super) fn cycle(&self, id: CycleId) -> StoreResult<Cycle> {
        let found = self.reading().cycle_and_counts(id)?;
        found.map(|(cycle, _)| cycle).ok_or_else(|| refuse("There is no such cycle.", "Look in the list of cycles."))
    }
}

fn safe(planned: CyclePlanned) -> CyclePlanned {
    CyclePlanned { focus: line(&planned.focus), focus_note: paragraphs(&planned.focus_note), ..planned }
}

fn swap<T>(recorded: Recorded<T>) -> Swap<T> {
    Swap { before: recorded.before, after: Some(recorded.after) }
}

fn register(reading: Reading<'_>, with_subjects: bool) -> StoreResult<Register> {
    let far_back = NaiveDate::MIN.max(NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN));
    Ok(Register {
        people: reading.people()?,
        teams: reading.teams()?,
        subjects: if with_subjects { reading.subjects(false)? } else { Vec::new() },
        absences: reading.absences_from(far_back)?,
    })
}

fn next_ids(tx: &Tx<'_>) -> StoreResult<NextIds> {
    Ok(NextIds {
        person: PersonId(tx.next(Numbered::Person)?),
        team: TeamId(tx.next(Numbered::Team)?),
        subject: SubjectId(tx.next(Numbered::Subject)?),
        absence: AbsenceId(tx.next(Numbered::Absence)?),
    })
}

/// What an extract of cases would change; a dry run shows it and leaves the transaction.
pub fn frame_changes(tx: &Tx<'_>, incoming: Incoming<'_>, beyond: &Beyond, prefix: &str) -> StoreResult<Reconciliation> {
    Ok(reconcile_all(&register(tx.reading(), true)?, incoming, beyond, next_ids(tx)?, prefix))
}

/// What a list of people would change; a dry run shows it and leaves the transaction.
pub fn people_changes(tx: &Tx<'_>, rows: &[PersonRow]) -> StoreResult<PeopleReconciliation> {
    Ok(reconcile_people(&register(tx.reading(), false)?, rows, next_ids(tx)?))
}
