//! The facts a report is built from, as they stand now and as the viewer may know them.

use super::counted_by::counted_by;
use super::figures::{figures, figures_with_parts};
use super::gone_out::Made;
use super::promised::titled;
use super::{Answers, missing};
use crate::domain::check::FindingKind;
use crate::domain::cycle::{Cycle, CycleCounts, months};
use crate::domain::framework::{Conduct, FieldKind, Framework, Register, ReportKind, ReviewKind};
use crate::domain::grade::Grade;
use crate::domain::id::CycleId;
use crate::domain::insight::figures::FiguresWanted;
use crate::domain::register;
use crate::domain::report::told::{Noted, Part, Series, Stretches};
use crate::domain::report::{
    self, AlertLine, JointLine, KindLine, LoopLine, LoopTally, Material, Passage, PracticeTally, RegisterTally, SampleLine, TakenIn, Told,
    Year,
};
use crate::domain::year::first_of;
use crate::report::paper::{elsewhere, told_by_own};
use crate::runtime::clerk::loop_of;
use crate::store::{ReportsOf, StoreError, StoreResult};
use chrono::{Duration, Months, NaiveDate};
use std::collections::BTreeMap;

/// So many open loops are looked through for what they wait for, those open longest first.
const LOOPS: u32 = 500;

/// Supervision that falls due within so many days is told as due.
const DUE_SOON: i64 = 14;

impl Answers<'_> {
    /// The facts of a cycle's report of a kind, as the viewer may know them now. With `for_team` nothing is left out of it.
    pub(in crate::runtime) fn material(&mut self, id: CycleId, key: &str, for_team: bool) -> StoreResult<Material> {
        let reading = self.reading;
        let (asked, _) = reading.cycle_for(id, self.viewer)?.ok_or_else(|| missing("cycle"))?;
        let framework = self.library.framework(reading, &asked.framework, asked.version)?;
        let kind = report::find(&framework, key).map_err(StoreError::Refused)?.clone();
        let year = year_of(&framework);
        let (from, until) = report::period(&kind, asked.starts_on, year, self.viewer.today);
        let (all, counts): (Vec<Cycle>, Vec<CycleCounts>) = self.cycles_like(&asked)?.into_iter().unzip();
        let (cycle, within) = counted_by(&all, &asked, &kind, (from, until), self.viewer.today);
        let id = cycle.id;
        let kept_of = match &asked.extra {
            Some(_) => ReportsOf::Extra(id),
            None => ReportsOf::AllBut(ids(&all, |one| one.extra.is_some())),
        };
        let counted = FiguresWanted { cycles: within.clone(), kind: kind.kind.clone(), ..FiguresWanted::default() };
        let marked = reading.practice_library(&counted, None, self.viewer)?;
        let passages = marked.into_iter().map(|row| Passage { review: row.practice.review, text: row.practice.note }).collect();
        let gone = if kind.for_team || for_team { Vec::new() } else { self.gone_out((from, until))? };
        let mut others = elsewhere(&framework, &self.library.templates, year);
        others.extend(gone.iter().flat_map(|one| one.own_tells.clone()));
        let stretches = Stretches {
            year_starts_in: year.starts_in,
            shortest: year.cycle_months,
            longer: longer(&framework, &kind, year),
            today: self.viewer.today,
            others: Some(others),
        };
        let every = FiguresWanted { kind: None, ..counted.clone() };
        let (all_figures, parts) = figures_with_parts(reading, self.library, self.viewer, every)?;
        let mut figures = if counted.kind.is_some() { figures(reading, self.library, self.viewer, counted)? } else { all_figures };
        // A cycle goes on after the time that its report speaks of: what belongs to the next one is told there (M27).
        figures.indicators.retain(|value| value.from <= until && value.until >= from);
        let parts: Vec<Part> = parts
            .into_iter()
            .map(|(kind, starts_on, figures)| Part { kind, months_from_start: stretches.month(starts_on), figures })
            .collect();
        let below = if kind.for_team || for_team { 0 } else { framework.small_numbers_below };
        let graded_kind = kind.kind.clone().unwrap_or_else(|| cycle.kind.clone());
        let graded = graded(&framework, &kind);
        // The line of the plan is of the plan's cycles; extra work stands by itself (F03, F23).
        let lined: Vec<(&Cycle, CycleCounts)> =
            all.iter().zip(counts).filter(|(one, _)| if asked.extra.is_some() { one.id == id } else { one.extra.is_none() }).collect();
        let series = match graded {
            true => self.series(&lined, (&framework, &graded_kind, &kept_of), (from, until), below)?,
            false => Series::default(),
        };
        let (registers, noted) = self.tallies(&framework, (from, until), &stretches)?;
        let mut told = Told::of(&parts, kind.kind.as_deref(), &noted, series, &stretches, below);
        let left_out = self.leave_out(&Made { framework: &framework, kind: &kind, year }, &gone, &mut told, &figures);
        let two_years = until.checked_sub_months(Months::new(24)).unwrap_or(from);
        let before = ids(&all, |one| one.starts_on > two_years && one.starts_on <= until);
        let mut actions = titled(reading.plan_of(&within, kind.kind.as_deref(), self.viewer)?, &framework);
        let whose: Vec<String> = kind.whose.iter().map(|key| framework.role_title(key).to_string()).collect();
        report::keep_of(&whose, &mut actions);
        let since = self.since_last(&framework, &kind, (&kept_of, from), &whose)?;
        let unasked = framework.escalation.assurance.is_empty();
        let alerts = reading.alert_lines(&within, kind.kind.as_deref(), self.viewer)?.into_iter();
        let alerts = alerts.map(|line| AlertLine { unasked, ..line }).collect();
        let reasons = framework.cycle.focus_reasons.iter().find(|reason| reason.key == cycle.focus_reason);
        let why = [reasons.map(|reason| reason.label.clone()).unwrap_or_default(), cycle.focus_note.clone()];
        let begun: Vec<&Cycle> = all.iter().filter(|one| within.contains(&one.id) && one.starts_on <= self.viewer.today).collect();
        let (focus, one_focus) = focus_of(&begun, &cycle);
        let board = |key: &String| framework.boards.iter().find(|board| board.key == *key).map(|board| board.label.clone());
        let has = |keys: &[&str]| kind.sections.iter().any(|section| keys.contains(&section.key.as_str()));
        let loops = if has(&report::SPEAK_OF_LOOPS) { self.loops(&within, kind.for_team || for_team)? } else { LoopTally::default() };
        let of_visits = kind.kind.as_deref().and_then(|key| framework.kind(key)).is_some_and(ReviewKind::is_named_only);
        let visits = self.visits(&framework, &kind, &within)?;
        let plan = match of_visits {
            true => self.plan_for(&visits.iter().map(|visit| visit.service.as_str()).collect::<Vec<_>>(), &within, &all)?,
            false => self.plan_lines(id, &all)?,
        };
        let sample = if has(&["sample"]) { self.sample_lines(&framework, &within)? } else { Vec::new() };
        Ok(Material {
            kind: kind.key.clone(),
            label: kind.label.clone(),
            council: framework.short_name.clone(),
            public: kind.public,
            limit: below,
            sections: kind.sections.iter().map(|section| (section.key.clone(), section.label.clone())).collect(),
            boards: kind.boards.iter().filter_map(board).collect(),
            cycle: id,
            reference: cycle.reference.clone(),
            title: title(&kind, &cycle, (from, until), year),
            focus,
            focus_why: why.into_iter().filter(|part| one_focus && !part.is_empty()).map(|part| ended(&part)).collect::<Vec<_>>().join(" "),
            from,
            until,
            counted_on: self.viewer.today,
            graded,
            run: Vec::new(),
            actions,
            effects: reading.effects_of(&before, self.viewer)?,
            alerts,
            practice: self.practice(&framework, (from, until))?,
            registers,
            good_practice: passages,
            taken_in: self.taken_in(&framework, &kind, &kept_of, (from, until))?,
            since,
            for_team: kind.for_team || for_team,
            grows: report::months_of(&kind) > year.cycle_months && until >= self.viewer.today,
            grades_of: if graded { graded_kind } else { String::new() },
            told: Some(Box::new(told)),
            loops,
            plan,
            kinds: kinds(&parts, &framework),
            next_focus: next_focus(&all, &cycle),
            joint: self.joint_lines(&framework, &kind, &within)?,
            visits,
            of_visits,
            own_tells: told_by_own(&framework, &self.library.templates, year),
            left_out,
            turns: if kind.kind.as_deref() == framework.sampled_kind().map(|kind| kind.key.as_str()) {
                reading.turns_in(&within)?
            } else {
                Vec::new()
            },
            sample,
            some_erased: reading.any_erased(&within, self.viewer)?,
            whose,
            figures,
        })
    }

    /// The open loops, all of them: one of an earlier cycle is as open as one of this.
    fn loops(&mut self, cycles: &[CycleId], one_by_one: bool) -> StoreResult<LoopTally> {
        let (reading, today) = (self.reading, self.viewer.today);
        let long = FindingKind::LoopOpenLong.usual_days().unwrap_or_default();
        let counts = reading.loop_counts(cycles, today - Duration::days(long.into()), today + Duration::days(DUE_SOON), self.viewer)?;
        let open = reading.open_loops(self.viewer, None, LOOPS)?;
        let mut tally = LoopTally {
            looked_through: u32::try_from(open.len()).unwrap_or(u32::MAX),
            oldest: open.first().map(|one| one.since),
            ..counts
        };
        let mut missing: BTreeMap<String, u32> = BTreeMap::new();
        for one in open {
            let Some(known) = reading.loop_facts(one.review)? else { continue };
            let (_, links) = loop_of(reading, self.library, one.review, &known)?;
            let waits: Vec<String> = links.iter().filter(|link| link.done_on.is_none()).map(|link| link.link.label().to_string()).collect();
            for wait in &waits {
                *missing.entry(wait.clone()).or_default() += 1;
            }
            if one_by_one {
                tally.list.push(LoopLine {
                    review: one.review,
                    reference: one.reference,
                    since: one.since,
                    missing: waits.join(", "),
                    supervision_due: known.supervision_due,
                });
            }
        }
        tally.missing = missing.into_iter().collect();
        tally.missing.sort_by_key(|(label, many)| (std::cmp::Reverse(*many), label.clone()));
        Ok(tally)
    }

    /// The files that many reviewers graded, of which every own judgement may be read.
    fn joint_lines(&self, framework: &Framework, kind: &ReportKind, cycles: &[CycleId]) -> StoreResult<Vec<JointLine>> {
        let mut lines = Vec::new();
        let counted = |one: &&crate::domain::framework::ReviewKind| kind.kind.as_deref().is_none_or(|key| key == one.key);
        for of in framework.kinds.iter().filter(counted).filter(|one| one.conduct == Conduct::AllOnOne) {
            for (review, reference, lead, agreed) in self.reading.led_by(cycles, &of.key, self.viewer)? {
                let joint = self.reading.joint(review, lead, self.viewer.person)?;
                if !joint.is_open(lead) {
                    continue;
                }
                let mut grades = [0; 4];
                for own in joint.readable() {
                    let place = Grade::ALL.iter().position(|grade| *grade == own.judgement.grade);
                    place.and_then(|place| grades.get_mut(place)).into_iter().for_each(|count| *count += 1);
                }
                let agreed = agreed.map_or_else(String::new, |grade| framework.grade_label(grade).to_string());
                lines.push(JointLine { review, reference, grades, agreed });
            }
        }
        Ok(lines)
    }

    /// The cases of the sample, in words.
    fn sample_lines(&self, framework: &Framework, cycles: &[CycleId]) -> StoreResult<Vec<SampleLine>> {
        let lines = self.reading.sample_of(cycles, self.viewer)?.into_iter().map(|line| {
            let chosen = match line.chosen.as_str() {
                "random" => "drawn at random",
                "substitute" => "in place of a drawn one",
                _ => "named",
            };
            SampleLine { case_type: framework.case_type_label(&line.case_type).to_string(), chosen: chosen.into(), ..line }
        });
        Ok(lines.collect())
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

    /// What was noted in the registers, of the whole time and month by month.
    fn tallies(
        &mut self,
        framework: &Framework,
        (from, until): (NaiveDate, NaiveDate),
        stretches: &Stretches,
    ) -> StoreResult<(Vec<RegisterTally>, Vec<Noted>)> {
        let standing = super::registers::rows(self.reading, self.library, self.viewer)?;
        let (mut tallies, mut months) = (Vec::new(), Vec::new());
        for register in register::all(framework) {
            let mut all = Vec::new();
            let mut day = from;
            while day <= until {
                let last = crate::domain::year::last_of(day).min(until);
                let noted = self.reading.noted_between(&register.key, (day, last))?;
                months.push(Noted {
                    register: (register.key.clone(), register.label.clone()),
                    own_work: register.own_work,
                    month: stretches.month(first_of(day)),
                    entries: u32::try_from(noted.len()).unwrap_or(u32::MAX),
                    answers: answers(&register, &noted),
                });
                all.extend(noted);
                let Some(next) = last.succ_opt() else { break };
                day = next;
            }
            tallies.push(RegisterTally {
                key: register.key.clone(),
                label: register.label.clone(),
                entries: u32::try_from(all.len()).unwrap_or(u32::MAX),
                behind: standing.iter().find(|row| row.key == register.key).and_then(|row| row.behind),
                answers: answers(&register, &all),
                own_work: register.own_work,
            });
        }
        Ok((tallies, months))
    }

    /// What was written in the reports that this kind takes in. S16.
    fn taken_in(
        &mut self,
        framework: &Framework,
        kind: &ReportKind,
        of: &ReportsOf,
        span: (NaiveDate, NaiveDate),
    ) -> StoreResult<Vec<TakenIn>> {
        let mut all = Vec::new();
        for key in &kind.takes_in {
            let label = framework.reports.iter().find(|known| known.key == *key).map_or_else(|| key.clone(), |known| known.label.clone());
            // What counts reviews that are kept from the viewer is not theirs to read here either.
            let found = self.reading.report_within(key, of, span)?;
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
}

/// How a framework divides its time.
pub(super) fn year_of(framework: &Framework) -> Year {
    Year { cycle_months: months(framework.cycle.rhythm), starts_in: framework.cycle.year_starts_in }
}

/// The longer stretches of time that reports of the framework speak of, up to that of this kind.
fn longer(framework: &Framework, kind: &ReportKind, year: Year) -> Vec<u32> {
    let own = report::months_of(kind);
    let mut sizes: Vec<u32> =
        framework.reports.iter().map(report::months_of).filter(|size| *size > year.cycle_months && *size <= own).collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// What the days are called: the cycle's own title, or the months.
pub(super) fn title(kind: &ReportKind, cycle: &Cycle, (from, until): (NaiveDate, NaiveDate), year: Year) -> String {
    let weekly = matches!(kind.every, Some(crate::domain::framework::Span::Weeks(_)));
    if weekly {
        return format!("week to {}", until.format("%-d %B %Y"));
    }
    if report::months_of(kind) <= year.cycle_months {
        return cycle.title.clone();
    }
    let name = |day: NaiveDate| day.format("%B %Y").to_string();
    report::told::together_to(&name(from), &name(until))
}

/// What the cycles of a report looked at, and whether that was one thing: of several each with its cycles, oldest first.
fn focus_of(within: &[&Cycle], home: &Cycle) -> (String, bool) {
    // What stands beside has a focus of its own, which is told where the report is of that kind.
    let mut found: Vec<&Cycle> = within.iter().copied().filter(|one| one.kind == home.kind && !one.focus.is_empty()).collect();
    found.sort_by_key(|one| (one.starts_on, one.id));
    let mut each: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in found {
        match each.iter_mut().find(|(focus, _)| *focus == one.focus) {
            Some((_, titles)) => titles.push(&one.title),
            None => each.push((&one.focus, vec![&one.title])),
        }
    }
    match each.as_slice() {
        [] => (String::new(), false),
        [(only, _)] => ((*only).to_string(), *only == home.focus),
        several => {
            let named = several.iter().map(|(focus, titles)| format!("{focus} ({})", report::told::listed(titles)));
            (named.collect::<Vec<_>>().join("; "), false)
        }
    }
}

/// The focus of the first cycle after this one that has one.
fn next_focus(all: &[Cycle], cycle: &Cycle) -> String {
    let later = all.iter().filter(|one| one.starts_on > cycle.starts_on && !one.beside && one.extra.is_none() && !one.focus.is_empty());
    later.min_by_key(|one| (one.starts_on, one.id)).map(|one| one.focus.clone()).unwrap_or_default()
}

fn kinds(parts: &[Part], framework: &Framework) -> Vec<KindLine> {
    let lines = framework.kinds.iter().map(|kind| {
        let of = parts.iter().filter(|part| part.kind == kind.key);
        let sum = of
            .flat_map(|part| &part.figures.cycles)
            .fold((0, 0), |sum, cycle| (sum.0 + cycle.progress.sample, sum.1 + cycle.progress.submitted));
        KindLine { key: kind.key.clone(), label: kind.label.clone(), sample: sum.0, completed: sum.1 }
    });
    lines.collect()
}

/// The cycles of a set that meet a condition.
pub(super) fn ids(all: &[Cycle], meets: impl Fn(&Cycle) -> bool) -> Vec<CycleId> {
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

/// What is refused to a viewer is not there for them.
fn refused_is_none(error: StoreError) -> StoreResult<Option<crate::domain::report::Report>> {
    if matches!(error, StoreError::Refused(_)) { Ok(None) } else { Err(error) }
}
