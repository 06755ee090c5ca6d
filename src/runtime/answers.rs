//! Answers to queries that need rules as well as rows: details of records, proposals, what comes next. Lists come straight from the
//! store. Everything is read for a viewer; what they may not see is left out there.

pub(super) mod actions;
mod actions_file;
mod agreement;
mod alerts;
mod booked;
mod choosing;
mod counted_by;
mod cycles;
pub(in crate::runtime) mod disposals;
mod drp;
pub mod figures;
mod follow;
mod gone_out;
mod header;
mod insight;
mod interests;
mod invitations;
mod lined;
mod looks;
mod material;
mod next;
mod panel;
mod people;
mod plan;
mod promised;
mod proof;
mod proposing;
mod registers;
pub mod reports;
mod revisits;
mod room;
mod times;
mod typed;
mod visits;
mod work;

use super::access;
use super::library::Library;
use super::looking::looking;
use crate::domain::action::Ledger;
use crate::domain::check::FindingKind;
use crate::domain::cycle::Cycle;
use crate::domain::framework::{Addressee, Framework, ReviewKind, Side, StepDuty, SubjectKind};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::line;
use crate::domain::query::{
    ActionDetail, Answered, GroupBy, HistoryRow, Identity, JointDetail, MayDo, Query, ReviewDetail, Viewer, Window,
};
use crate::domain::review::{ReviewFacts, booked, gate, looks_back_to, tension};
use crate::domain::tracking::{LoopStand, next_due};
use crate::store::{Reading, ReviewNames, Store, StoreError, StoreResult};
use std::sync::Arc;

/// Answers a query, as far as whoever asks sees today.
pub fn answer(store: &Store, library: &mut Library, query: &Query, viewer: &Viewer) -> StoreResult<Answered> {
    let viewer = match query {
        Query::Reports | Query::Report(_) => access::before_a_report(store.reading(), library, viewer)?,
        _ => access::seeing(store.reading(), library, viewer)?,
    };
    Answers { reading: store.reading(), library, viewer: &viewer }.answer(query)
}

pub(super) struct Answers<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) library: &'a mut Library,
    pub(super) viewer: &'a Viewer,
}

pub(super) fn missing(what: &str) -> StoreError {
    StoreError::Refused(crate::domain::error::RuleError::new(format!("There is no such {what} any more."), "Look in the list."))
}

impl Answers<'_> {
    fn answer(&mut self, query: &Query) -> StoreResult<Answered> {
        let (reading, viewer) = (self.reading, self.viewer);
        for review in query.reviews() {
            reading.open_to(review, viewer)?;
            if !matches!(query, Query::History(_) | Query::OpeningHistory(_) | Query::Looks(_))
                && let Some(day) = reading.erased_on(review)?
            {
                return Err(typed::erased(day));
            }
        }
        Ok(match query {
            Query::Overview => Answered::Overview(Box::new(self.overview()?)),
            Query::Queue(window) => {
                let framework = self.library.current(reading)?;
                let window = Window { filter: self.with_times(typed::with_keys(&window.filter, &framework))?, ..window.clone() };
                let mut page = reading.queue(&window, viewer)?;
                let ids: Vec<ReviewId> = page.rows.iter().map(|row| row.id).collect();
                let mut booked = self.booked_for(&ids)?;
                for row in &mut page.rows {
                    row.case_type = short_type(&framework, &row.case_type);
                    row.booked = booked.remove(&row.id);
                    if row.loop_open {
                        let missing = self.missing_links(row.id)?;
                        row.loop_missing = missing.iter().map(|link| link.label()).collect();
                        let more = if missing.len() > 1 { format!(" +{}", missing.len() - 1) } else { String::new() };
                        row.loop_short = missing.first().map(|link| format!("{}{more}", link.short())).unwrap_or_default();
                    }
                }
                Answered::Queue(page)
            }
            Query::Panel(window) => {
                let framework = self.library.current(reading)?;
                let window = Window { filter: typed::with_keys(&window.filter, &framework), ..window.clone() };
                let mut page = reading.panel(&window, viewer, &framework.workshops())?;
                let mut lines = Vec::with_capacity(page.rows.len());
                for row in &page.rows {
                    lines.push(reading.line_of(row.id)?);
                }
                let held = lines.iter().flatten().filter_map(|line| line.practitioner);
                let people = if page.rows.is_empty() { Arc::default() } else { reading.people_around(held, &[choosing::TEAM_MANAGER])? };
                for (row, line) in page.rows.iter_mut().zip(&lines) {
                    row.case_type = short_type(&framework, &row.case_type);
                    row.team_manager = line.as_ref().map(|line| self.manager_in(&people, line)).unwrap_or_default();
                }
                Answered::Panel(page)
            }
            Query::Sittings => Answered::Sittings(self.sittings()?),
            Query::Sitting(id) => Answered::Sitting(Box::new(self.sitting(*id)?)),
            Query::PanelItem(panel, review) => Answered::PanelItem(Box::new(self.panel_item(*panel, *review)?)),
            Query::OpeningItem(panel, review) => match self.question(*review)? {
                Some(question) => Answered::AskFirst(Box::new(question)),
                None => Answered::PanelItem(Box::new(self.panel_item(*panel, *review)?)),
            },
            Query::Room(id) => Answered::Room(Box::new(self.room(*id)?)),
            Query::Alerts(window) => Answered::Alerts(self.strips(window)?),
            Query::Alert(id) => Answered::Alert(Box::new(self.alert(*id)?)),
            Query::OpeningAlert(id) => {
                let detail = self.alert(*id)?;
                match self.question(detail.alert.review)? {
                    Some(question) => Answered::AskFirst(Box::new(question)),
                    None => Answered::Alert(Box::new(detail)),
                }
            }
            Query::Actions(window) => Answered::Actions(reading.actions(window, viewer)?),
            Query::People(window) => {
                let mut page = reading.people_list(window, viewer)?;
                self.tell_interests(&mut page.rows)?;
                self.tell_titles(&mut page.rows)?;
                Answered::People(page)
            }
            Query::Person(id) => Answered::Person(Box::new(self.person(*id)?)),
            Query::PersonChoices(id) => Answered::PersonChoices(Box::new(self.person_choices(*id)?)),
            Query::Cycles => Answered::Cycles(self.cycles()?),
            Query::Cycle(id) => Answered::Cycle(Box::new(self.cycle(*id)?)),
            Query::Frame(id) => Answered::Frame(Box::new(self.frame(*id)?)),
            Query::Review(id) => Answered::Review(Box::new(self.review(*id)?)),
            Query::Earlier(id) => Answered::Earlier(match reading.earlier_review(*id, viewer)? {
                Some(earlier) => Some(Box::new(self.review(earlier)?)),
                None => None,
            }),
            Query::History(id) => Answered::History(self.history(*id)?),
            Query::OpeningHistory(id) => match self.question(*id)? {
                Some(question) => Answered::AskFirst(Box::new(question)),
                None => Answered::History(self.history(*id)?),
            },
            Query::Proposal(ids) => Answered::Proposal(Box::new(self.proposal(ids)?)),
            Query::Substitutes(id) => Answered::Substitutes(self.substitutes(*id)?),
            Query::NextThing { skip, passed, actions, work } => Answered::NextThing(self.next_thing(skip, passed, actions, work)?),
            Query::Action(id) => Answered::Action(Box::new(self.action(*id)?)),
            Query::Identity(id) => {
                let names = reading.names_of(*id)?.ok_or_else(|| missing("review"))?;
                Answered::Identity(Identity { review: *id, council_id: names.council_id, practitioner: names.practitioner })
            }
            Query::DueSum(dated) => Answered::DueSum(Box::new(self.due_sum(*dated)?)),
            Query::Registers => Answered::Registers(registers::rows(reading, self.library, viewer)?),
            Query::Register(key) => Answered::Register(Box::new(registers::detail(reading, self.library, viewer, key)?)),
            Query::Entries(key, window) => {
                let year = registers::year(reading, self.library, viewer.today)?;
                Answered::Entries(reading.entries(key, window, year)?)
            }
            Query::MayDo(actions, act) => Answered::MayDo(self.may_do(actions, *act)?),
            Query::MayBuild(cycle, kind) => Answered::MayDo(self.may_build(*cycle, kind)?),
            Query::MayCode(reviews) => {
                let may = self.may_code(reviews)?;
                let coded = match (reviews.as_slice(), &may) {
                    ([one], MayDo::Yes) => Some((*one, reading.themes_of(*one)?)),
                    _ => None,
                };
                Answered::MayCode(may, coded)
            }
            Query::ActionGroups(by, filter, at_most) => {
                let (mut groups, more) = reading.action_groups(*by, filter, *at_most, viewer)?;
                if *by == GroupBy::Theme {
                    let framework = self.library.current(reading)?;
                    for group in &mut groups {
                        let known = framework.themes.iter().find(|theme| theme.key == group.label).map(|theme| theme.label.clone());
                        group.label =
                            if group.label.is_empty() { "no theme".into() } else { known.unwrap_or(std::mem::take(&mut group.label)) };
                    }
                }
                Answered::ActionGroups(*by, groups, more)
            }
            Query::Effects => {
                let (kinds, themes) = reading.effects(viewer)?;
                let framework = self.library.current(reading)?;
                Answered::Effects(Box::new(Ledger::of(&framework, kinds, themes)))
            }
            Query::Plan(id) => Answered::Plan(Box::new(self.plan(*id)?)),
            Query::Revisits => Answered::Revisits(self.revisits()?),
            Query::ThenNow(again) => Answered::ThenNow(self.then_now(again)?.map(Box::new)),
            Query::Reports => Answered::Reports(self.reports()?),
            Query::Report(id) => Answered::Report(Box::new(self.report(*id)?)),
            Query::Programme(day) => {
                let again: Vec<_> = self.revisits()?.into_iter().map(|row| row.revisit).collect();
                Answered::Programme(Box::new(registers::programme_of(reading, self.library, viewer, *day, &again)?))
            }
            Query::Cases { cycle, kind, typed } => Answered::Cases(self.cases(*cycle, kind, typed)?),
            Query::Opening(id) => match self.question(*id)? {
                Some(question) => Answered::AskFirst(Box::new(question)),
                None => Answered::Review(Box::new(self.review(*id)?)),
            },
            Query::Interests(id) => Answered::Interests(Box::new(self.interests(*id)?)),
            Query::Agreement { seed } => Answered::Agreement(Box::new(self.agreement(*seed)?)),
            Query::Drp(id) => Answered::Drp(Box::new(self.drp(*id)?)),
            Query::Findings => {
                let looking = looking(reading, self.library)?;
                let found = reading.findings(&FindingKind::ALL, &looking, viewer)?;
                Answered::Findings { found, due: self.records_up()?.map(Box::new) }
            }
            Query::PracticeAlerts(months) => Answered::PracticeAlerts(self.practice_alerts(*months)?),
            Query::Proof(strip) => Answered::Proof(Box::new(self.proof(*strip)?)),
            Query::AnyCases(typed) => Answered::Cases(self.any_cases(typed)?),
            Query::AlertMail(id) => {
                // A withheld alert is answered as one that is not there: that there is one is withheld as well, or tells the grade.
                let rows = match reading.alert(*id)? {
                    Some(alert) if reading.is_open_to(alert.review, viewer)? && !reading.is_alert_kept_back(&alert, viewer)? => {
                        reading.mail_of_alert(&alert)?
                    }
                    _ => Vec::new(),
                };
                Answered::AlertMail(rows)
            }
            Query::Insight(wanted) => Answered::Insight(Box::new(self.insight(wanted)?)),
            Query::Invitations(id) => Answered::Invitations(Box::new(self.invitations(*id)?)),
            Query::Disposals(wanted) => Answered::Disposals(Box::new(self.disposals(*wanted)?)),
            Query::Looks(wanted) => Answered::Looks(Box::new(self.looks(wanted)?)),
        })
    }

    fn history(&mut self, id: ReviewId) -> StoreResult<Vec<HistoryRow>> {
        let facts = self.reading.review(id)?.ok_or_else(|| missing("review"))?;
        let (_, _, kind) = self.rules_of(&facts)?;
        self.reading.history(id, Some(&kind), Some(self.viewer))
    }

    pub(super) fn rules_of(&mut self, facts: &ReviewFacts) -> StoreResult<(Arc<Cycle>, Arc<Framework>, Arc<ReviewKind>)> {
        // Without its counts: they read every review of the cycle.
        let cycle = self.library.cycle(self.reading, facts.review.cycle)?;
        let framework = self.library.framework(self.reading, &cycle.framework, cycle.version)?;
        let kind = self.library.kind(&framework, &facts.review.kind)?;
        Ok((cycle, framework, kind))
    }

    fn review(&mut self, id: ReviewId) -> StoreResult<ReviewDetail> {
        let reading = self.reading;
        let (mut facts, kept_back) = reading.review_seen(id, self.viewer)?.ok_or_else(|| missing("review"))?;
        let sits = self.sits(&mut facts)?;
        let names = reading.names_of(id)?.ok_or_else(|| missing("review"))?;
        let (cycle, framework, kind) = self.rules_of(&facts)?;
        let people = reading.people_by_id()?;
        let (service, today) = (names.team.1.clone(), self.viewer.today);
        let subject = reading.subject(facts.review.subject)?.map_or(SubjectKind::Child, |subject| subject.kind);
        let name = |id: PersonId| people.get(&id).map(|person| person.name.clone()).unwrap_or_default();
        let holder = |role: &str| {
            if role.eq_ignore_ascii_case("SW") {
                return facts.review.practitioner;
            }
            // In fostering other roles act (S09). A role of the Insights team is nobody's line manager: it is looked for there.
            let role = framework.escalation.role_for(subject, role);
            let insights = framework.role(role).is_some_and(|role| role.insights);
            let side = if insights { Side::Insights } else { Side::Child };
            let addressee = Addressee { role: role.to_string(), side };
            line::holder(&people, today, &addressee, facts.review.practitioner, facts.review.team, &service)
        };
        let told = kind.steps.iter().filter(|step| !step.tells.is_empty()).map(|step| {
            let who = step.tells.iter().map(|role| (role.clone(), holder(role).map(name).unwrap_or_default()));
            (step.key.clone(), who.collect())
        });
        let mut actions = Vec::new();
        for action in &facts.actions {
            // One that answers this finding besides its own may belong to a review that is withheld.
            if let Some(other) = action.review().filter(|review| *review != id)
                && !reading.is_open_to(other, self.viewer)?
            {
                continue;
            }
            actions.push(ActionDetail::of(action, name(action.owner)));
        }
        let earlier = match reading.earlier_review(id, self.viewer)? {
            Some(earlier) => reading
                .review_seen(earlier, self.viewer)?
                .map(|(facts, _)| (earlier, facts.review.reference.clone(), facts.final_judgement())),
            None => None,
        };
        let case_type = framework.case_type(&facts.review.case_type);
        let calendar = self.library.calendar(reading)?;
        let supervision_due = match (case_type, names.started_on) {
            (Some(case_type), Some(started)) => {
                let returned = kind.step_of(StepDuty::Return).and_then(|(_, step)| facts.steps.get(&step.key));
                let since = returned.map_or(facts.review.opened_on, |record| record.on);
                let is_open = reading.loop_facts(id)?.is_some_and(|facts| LoopStand::of_key(&facts.stood) == Some(LoopStand::Open));
                let opened_again = if is_open { reading.loop_since(id)? } else { None };
                next_due(case_type, (started, since, opened_again), &reading.follow_ups(id)?, &calendar).ok().flatten()
            }
            _ => None,
        };
        let named = facts.review.named.as_ref();
        let named_by = named.map(|named| name(named.by)).unwrap_or_default();
        let revisits = match named.and_then(|named| named.earlier) {
            Some(earlier) => reading.review_without_form(earlier)?.map(|facts| facts.review.reference.clone()),
            None => None,
        };
        let reviewers = facts.joint.reviewers(facts.reviewer).into_iter().map(|person| (person, name(person))).collect();
        let joint = JointDetail { reviewers, me: self.viewer.person };
        let age_on = if names.in_frame { reading.extract_date()? } else { None };
        let ReviewNames { case, age_years, disability, team, practitioner, reviewer, .. } = names;
        let follows = self.follows(&facts, &framework, subject, &name)?;
        let manager = facts.review.practitioner.and_then(|worker| people.get(&worker)?.line_manager);
        let mut detail = ReviewDetail {
            follows,
            booked: booked(&kind, &facts),
            sits,
            told: told.collect(),
            likely: [facts.review.practitioner, manager, holder("TM"), facts.reviewer].into_iter().flatten().collect(),
            team_manager: holder("TM").map(name).unwrap_or_default(),
            missing: if facts.submitted_at.is_none() { gate(&framework, &kind, &facts) } else { Vec::new() },
            tension: if facts.submitted_at.is_none() { tension(&framework, &kind, &facts) } else { None },
            cycle: (cycle.reference.clone(), cycle.title.clone()),
            focus: cycle.focus.clone(),
            case,
            case_type: framework.case_type_label(&facts.review.case_type).to_string(),
            age_years,
            age_on,
            disability,
            team,
            practitioner,
            reviewer,
            supervision_due,
            named_by,
            revisits,
            companion: facts.companion.map(name).unwrap_or_default(),
            looks_back_to: looks_back_to(&framework, &facts.review, facts.look_back.as_ref()),
            actions,
            joint,
            alerts: reading.open_alerts_of(id)?,
            disputes: reading.open_drps_of(id)?,
            subject,
            themes: reading.themes_of(id)?,
            practice: reading.practice_of(id)?,
            decision: reading.decision(id)?,
            earlier,
            recused: reading.recused_from(id)?.len() as u32,
            framework,
            kind,
            facts,
            kept_back,
        };
        if kept_back {
            panel::hide_judgement(&mut detail);
        }
        Ok(detail)
    }
}

fn short_type(framework: &Framework, key: &str) -> String {
    framework.case_type_short(key).to_string()
}
