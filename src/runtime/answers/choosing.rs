//! Answers about choosing cases: the frame, cases by a few letters, substitutes, and who has to be told beforehand.

use super::{Answers, missing, short_type};
use crate::domain::access::Right;
use crate::domain::framework::{Addressee, Framework, Side, SubjectKind};
use crate::domain::id::{CycleId, PersonId, ReviewId};
use crate::domain::line;
use crate::domain::named::Whom;
use crate::domain::person::Person;
use crate::domain::query::{CaseRow, FrameDetail, SubstituteRow};
use crate::domain::sampling::{StratumCount, apportion, next_in_turn};
use crate::runtime::clerk::{frame_to_draw, notices_of, rotating_services};
use crate::store::{CaseLine, StoreResult};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The role of whoever leads a team.
pub(super) const TEAM_MANAGER: &str = "TM";

impl Answers<'_> {
    /// The short name of a case's team manager, who is invited with the reviewer: not always the practitioner's own line
    /// manager. M07.
    pub(super) fn team_manager(&self, people: &BTreeMap<PersonId, Person>, review: ReviewId) -> StoreResult<String> {
        let case = self.reading.line_of(review)?;
        Ok(case.map(|case| self.manager_in(people, &case)).unwrap_or_default())
    }

    /// The team manager of a case, in short, among those who may be it.
    pub(super) fn manager_in(&self, people: &BTreeMap<PersonId, Person>, case: &CaseLine) -> String {
        let addressee = Addressee { role: TEAM_MANAGER.into(), side: Side::Child };
        let holder = line::holder(people, self.viewer.today, &addressee, case.practitioner, case.team, &case.service);
        holder.and_then(|id| people.get(&id)).map(Person::short_name).unwrap_or_default()
    }

    /// What the sampling frame holds before a draw.
    pub(super) fn frame(&mut self, id: CycleId) -> StoreResult<FrameDetail> {
        let reading = self.reading;
        let (cycle, _) = reading.cycle(id, self.viewer.today)?.ok_or_else(|| missing("cycle"))?;
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let mut frame = frame_to_draw(reading, &framework, &cycle, self.viewer.today, None)?;
        let rotating = rotating_services(&framework, &cycle, &frame);
        let takes_turns = rotating.is_some();
        let services = rotating.unwrap_or_default();
        let next_service = next_in_turn(&services, &reading.turns_before(&cycle)?);
        // Counted as this viewer may count: neither a withheld case nor what it makes of its worker is in any number.
        let withheld = reading.withheld_subjects(self.viewer)?;
        if !withheld.is_empty() {
            let drawn = reading.workers_since_cycle_before(&cycle, Some(self.viewer))?;
            frame.entries.retain(|entry| !withheld.contains(&entry.subject));
            for entry in &mut frame.entries {
                entry.drawn_last_cycle_worker = entry.worker.is_some_and(|worker| drawn.contains(&worker));
            }
        }
        let lately = |entry: &&crate::domain::sampling::FrameEntry| entry.last_reviewed.is_some_and(|day| day >= frame.not_again_since);
        let skips = framework.sampling.skip_workers_of_last_cycle && reading.cycle_before(&cycle)?.is_some();
        let mut strata: BTreeMap<String, (u32, u32, u32)> = BTreeMap::new();
        for entry in &frame.entries {
            let counts = strata.entry(entry.stratum(framework.sampling.stratify_by).to_string()).or_default();
            counts.0 += 1;
            counts.1 += u32::from(!lately(&entry));
            counts.2 += u32::from(!lately(&entry) && skips && entry.drawn_last_cycle_worker);
        }
        let eligible_in = |service: &String| {
            frame.entries.iter().filter(|entry| entry.service.eq_ignore_ascii_case(service) && !lately(entry)).count() as u32
        };
        let services = services.into_iter().map(|service| (eligible_in(&service), service)).map(|(n, service)| (service, n)).collect();
        let weights: Vec<u32> = strata.values().map(|(in_frame, ..)| *in_frame).collect();
        // Where services take turns, the strata are those of one service only, which is chosen in the form.
        let places = if takes_turns { 0 } else { framework.sampling.default_size };
        let shares = apportion(&weights, &vec![u32::MAX; weights.len()], places);
        Ok(FrameDetail {
            of_last_workers: strata.values().map(|(.., rested)| *rested).collect(),
            strata: strata
                .into_iter()
                .zip(shares)
                .map(|((name, (in_frame, eligible, _)), wanted)| StratumCount { name, in_frame, eligible, wanted, drawn: 0 })
                .collect(),
            in_frame: frame.entries.len() as u32,
            reviewed_lately: frame.entries.iter().filter(lately).count() as u32,
            worker_lately: frame.entries.iter().filter(|entry| entry.drawn_last_cycle_worker && !lately(entry)).count() as u32,
            marked: frame.entries.iter().filter(|entry| entry.worker.is_none() || entry.team.is_none()).count() as u32,
            frame_date: reading.frame_date()?,
            default_size: framework.sampling.default_size,
            skips_workers: skips,
            not_again_within: framework.sampling.not_again_within.to_string(),
            takes_turns,
            services,
            next_service,
        })
    }

    /// Whom a kind of review of a cycle may look at, by a few letters. Services need no extract: those of the teams will do.
    pub(super) fn cases(&mut self, cycle: CycleId, kind: &str, typed: &str) -> StoreResult<Vec<CaseRow>> {
        let reading = self.reading;
        let (cycle, _) = reading.cycle_and_counts(cycle)?.ok_or_else(|| missing("cycle"))?;
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let Some(kind) = framework.kind(kind) else { return Ok(Vec::new()) };
        let mut rows = self.known_cases(&framework, &kind.subjects, typed)?;
        if kind.subjects.contains(&SubjectKind::Service) {
            let known: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
            let fits = |service: &String| service.to_lowercase().contains(&typed.trim().to_lowercase());
            let services = reading.services()?.into_iter().filter(fits).filter(|name| !known.contains(&format!("{name} (service)")));
            rows.extend(services.map(|name| CaseRow { label: format!("{name} (service)"), whom: Whom::Service(name) }));
        }
        Ok(rows)
    }

    /// Cases of some kinds in the frame, by a few letters, without those that are withheld. They are there to be chosen, by their
    /// pseudonyms: whoever may name a case, or raise a dispute about one, has to find it before it is theirs.
    pub(super) fn known_cases(&self, framework: &Framework, kinds: &[SubjectKind], typed: &str) -> StoreResult<Vec<CaseRow>> {
        const SHOWN: u32 = 30;
        let (reading, person) = (self.reading, self.viewer.person);
        let role = person.map(|id| reading.person(id)).transpose()?.flatten().map(|person| person.role).unwrap_or_default();
        let raises = framework.drp.as_ref().is_some_and(|rule| rule.raised_by.iter().any(|named| named.eq_ignore_ascii_case(&role)));
        let draws = framework.role(&role).is_some_and(|role| role.rights.has(Right::Draw));
        let viewer = if raises || draws { self.viewer.of_all() } else { self.viewer.clone() };
        let teams: BTreeMap<_, _> = reading.teams()?.into_iter().map(|team| (team.id, team)).collect();
        let mut rows = Vec::new();
        for subject in reading.find_subjects(kinds, typed, SHOWN, &viewer)? {
            let team = subject.team.and_then(|team| teams.get(&team)).map(|team| team.name.clone()).unwrap_or_default();
            let what = match subject.case_type.as_str() {
                "" => subject.kind.noun().to_string(),
                case_type => short_type(framework, case_type),
            };
            let words: Vec<String> = [what, team].into_iter().filter(|word| !word.is_empty()).collect();
            rows.push(CaseRow { whom: Whom::Known(subject.id), label: format!("{} ({})", subject.pseudonym, words.join(", ")) });
        }
        Ok(rows)
    }

    /// Who could stand in for a drawn case.
    pub(super) fn substitutes(&mut self, id: ReviewId) -> StoreResult<Vec<SubstituteRow>> {
        let reading = self.reading;
        let facts = reading.review(id)?.ok_or_else(|| missing("review"))?;
        let Some(sample) = reading.sample(facts.review.cycle)? else { return Ok(Vec::new()) };
        let used: BTreeSet<_> = reading.drawn_subjects(facts.review.cycle)?.into_iter().map(|(_, subject)| subject).collect();
        let framework = self.library.current(reading)?;
        let (cycle, rules, _) = self.rules_of(&facts)?;
        let turn = sample.drawn.request.turn.clone();
        let barred = frame_to_draw(reading, &rules, &cycle, self.viewer.today, turn.as_ref())?.barred(&used, &sample);
        let withheld = reading.withheld_subjects(self.viewer)?;
        let first = sample.drawn.substitute_for(facts.review.subject, &barred, &withheld).map(|chosen| chosen.subject);
        let mut rows = Vec::new();
        for reserve in sample.drawn.reserves_without(&withheld).into_iter().filter(|reserve| !barred.contains(&reserve.subject)) {
            if let Some(subject) = reading.subject(reserve.subject)? {
                rows.push(SubstituteRow {
                    subject: subject.id,
                    case: subject.pseudonym.clone(),
                    case_type: short_type(&framework, &subject.case_type),
                    team: reserve.stratum.clone(),
                    next_in_reserve: Some(subject.id) == first,
                });
            }
        }
        rows.sort_by_key(|row| !row.next_in_reserve);
        Ok(rows)
    }

    /// The first notice of the current cycle that somebody can send, when its day is near. F04.
    pub(super) fn first_notice(&mut self, skip: &[ReviewId]) -> StoreResult<Option<(CycleId, ReviewId, NaiveDate)>> {
        const NEAR_DAYS: i64 = 7;
        let reading = self.reading;
        let Some(id) = reading.current_cycle(self.viewer.today)? else { return Ok(None) };
        let Some((cycle, _)) = reading.cycle_and_counts(id)? else { return Ok(None) };
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let notices = notices_of(reading, &framework, &cycle, self.viewer.today)?;
        let mut open = Vec::new();
        for (_, notice) in notices {
            if notice.sent.is_none() && notice.person.is_some() && reading.is_open_to(notice.review, self.viewer)? {
                open.push(notice);
            }
        }
        let near =
            open.into_iter().filter(|notice| (notice.due_on - self.viewer.today).num_days() <= NEAR_DAYS && !skip.contains(&notice.review));
        Ok(near.min_by_key(|notice| notice.due_on).map(|notice| (id, notice.review, notice.due_on)))
    }
}
