//! Answers arriving: each goes where it was asked for.

use super::effect::{Effect, For, PeopleFor, Then};
use super::form::{self, FormFor};
use super::list::{Fill, MARKED_AT_MOST};
use super::overlay::{Overlay, Proposing, Sheet, SheetBody};
use super::record::{Record, Section};
use super::{App, Level, View};
use crate::domain::cycle::CycleState;
use crate::domain::interest::WITHHELD;
use crate::domain::query::{Answered, CycleRow, PersonRow, Query, ReviewDetail};
use crate::domain::review::{self, PanelStand, ReviewState};

impl App {
    pub(super) fn answered(&mut self, purpose: For, answer: Answered) -> Vec<Effect> {
        let others = self.by_others;
        match (purpose, answer) {
            (For::Header, Answered::Overview(overview)) => {
                // A role that changed while the session is open; the one it began with is on the screen already.
                if self.header_read && self.overview.access.role() != overview.access.role() {
                    self.who.role = overview.access.role().unwrap_or_else(|| self.who.role.clone());
                }
                self.overview = *overview;
                self.header_read = true;
                return self.hear();
            }
            (For::Alert(_, then), Answered::Alert(detail)) => return self.alert_read(then, detail),
            (For::AlertAgain, Answered::Alert(detail)) => {
                if let Some(view) = self.alert.as_mut().filter(|view| view.detail.alert.id == detail.alert.id) {
                    view.detail = detail;
                }
            }
            (For::Queue(fill), Answered::Queue(page)) => {
                self.queue.take(page, fill, others);
                self.say_if_marked_in_part(fill, self.queue.more.1);
            }
            (For::Panel(fill), Answered::Panel(page)) => self.panel.take(page, fill, others),
            (For::Alerts(fill), Answered::Alerts(page)) => self.alerts.take(page, fill, others),
            (For::Actions(fill), Answered::Actions(page)) => {
                self.actions.take(page, fill, others);
                self.say_if_marked_in_part(fill, self.actions.more.1);
            }
            (For::Action, Answered::Action(life)) => self.action_read(life),
            (For::People(fill), Answered::People(page)) => self.people.take(page, fill, others),
            (For::Person, Answered::Person(detail)) => self.person_read(detail),
            (For::PersonForm(_), Answered::Person(detail)) => return self.person_ends(&detail),
            (For::PersonForm(form), Answered::PersonChoices(choices)) => return self.person_choices_read(form, *choices),
            (For::Agreement, Answered::Agreement(detail)) => self.overlays.push(Sheet::over(SheetBody::Agreement(detail))),
            (For::Insight, Answered::Insight(detail)) => self.insight.take(detail),
            (For::Sittings, Answered::Sittings(rows)) => return self.sittings_read(rows),
            (For::Sitting, Answered::Sitting(detail)) => return self.sitting_read(detail),
            (For::PanelItem, Answered::PanelItem(item)) => return self.item_read(item),
            (For::PanelItem, Answered::AskFirst(question)) => self.item_asks(question),
            (For::PanelEarlier, Answered::Earlier(earlier)) => (self.sitting.earlier, self.sitting.top) = (earlier, 0),
            (For::PeopleOf(PeopleFor::Sitting(changes)), Answered::People(page)) => {
                self.sitting.people = page.rows;
                let form = self.sitting_form(changes.is_some());
                return form.map(|form| self.open_form(form)).unwrap_or_default();
            }
            (For::PeopleOf(which), Answered::People(page)) => {
                let said = |row: &PersonRow| format!("{}, {}{}", row.name, self.role_in_short(&row.role), in_team(&row.team));
                let people = page.rows.iter().map(|row| (row.id, said(row))).collect();
                if which == PeopleFor::NameCase {
                    self.namers = page.rows.iter().map(|row| (row.id, said(row), row.role.clone())).collect();
                }
                return self.open_people_form(which, people);
            }
            (For::Cases, Answered::Cases(rows)) => self.cases_found(rows),
            (For::Cycles, Answered::Cycles(cycles)) => {
                self.cycle.cycles = cycles;
                // The drawn cycle under way; what is only planned, or lies beside it, is looked for by those who want it.
                let under_way = |cycle: &&CycleRow| cycle.closed_on.is_none() && !cycle.beside && cycle.state != CycleState::Planned;
                let open = |cycle: &&CycleRow| cycle.closed_on.is_none();
                let cycles = &self.cycle.cycles;
                let newest = cycles.iter().max_by_key(|cycle| cycle.id).filter(|_| std::mem::take(&mut self.cycle.just_opened));
                if self.cycle.shown.is_some_and(|id| !cycles.iter().any(|cycle| cycle.id == id)) {
                    // It was taken back.
                    (self.cycle.shown, self.cycle.detail) = (None, None);
                }
                if self.cycle.shown.is_none() {
                    let named = self.overview.cycle.as_ref().and_then(|head| cycles.iter().find(|cycle| cycle.id == head.id));
                    let first = newest.or(named).or(cycles.iter().find(under_way)).or(cycles.iter().rfind(open)).or(cycles.first());
                    self.cycle.shown = first.map(|cycle| cycle.id);
                }
                return self.cycle.shown.map(|id| Effect::Ask(For::Cycle, Query::Cycle(id))).into_iter().collect();
            }
            (For::Cycle, Answered::Cycle(detail)) => {
                self.cycle.shown = Some(detail.cycle.id);
                for overlay in &mut self.overlays {
                    if let Overlay::Sheet(sheet) = overlay
                        && let SheetBody::Notices(rows) = &mut sheet.body
                    {
                        rows.clone_from(&detail.notices);
                    }
                }
                self.cycle.detail = Some(detail);
                self.cycle.at = self.cycle.at.min(self.cycle.rows().saturating_sub(1));
            }
            (For::DrawForm, Answered::Frame(frame)) => {
                if let Some(detail) = &self.cycle.detail {
                    let form = form::draw(detail, &frame, self.seed());
                    self.cycle.frame = Some(frame);
                    return self.open_form(form);
                }
            }
            (For::Record(then), Answered::Review(detail)) => return self.record_read(then, detail),
            (For::Alert(alert, then), Answered::AskFirst(question)) => return self.alert_asks(alert, question, then),
            (For::Record(then), Answered::AskFirst(question)) => {
                self.overlays.push(Sheet::over(SheetBody::AskFirst { question, then }));
                // Whoever pressed Enter twice must not have answered by it.
                return vec![Effect::FlushInput];
            }
            (For::Drp(step), Answered::Drp(detail)) => return self.drp_read(detail, step),
            (For::Proof, Answered::Proof(detail)) => self.overlays.push(Sheet::over(SheetBody::Proof(detail))),
            (For::Disposals, Answered::Disposals(detail)) => self.disposals_read(*detail),
            (For::Looks, Answered::Looks(detail)) => self.looks_read(detail),
            (For::Findings, Answered::Findings { found, due }) => self.findings_found(found, due),
            (For::Revisits, Answered::Revisits(found)) => self.revisits_read(found),
            (For::ThenNow, Answered::ThenNow(Some(found))) => self.overlays.push(Sheet::over(SheetBody::ThenNow(found))),
            (For::ThenNow, Answered::ThenNow(None)) => self.say("There is no earlier one to set beside it."),
            (For::MayBuild, Answered::MayDo(may)) => return self.build_or_say(may),
            (For::MayCode { practice, of }, Answered::MayCode(may, coded)) => {
                self.coded = coded;
                return self.may_code_read(practice, of, may);
            }
            (For::MayDo(act), Answered::MayDo(may)) => return self.may_do_read(act, may),
            (For::ActionGroups, Answered::ActionGroups(by, groups, more)) => return self.groups_read(by, groups, more),
            (For::Effects, Answered::Effects(ledger)) => self.overlays.push(Sheet::over(SheetBody::Effects(ledger))),
            (For::PracticeAlerts, Answered::PracticeAlerts(rows)) => {
                self.overlays.push(Sheet::over(SheetBody::PracticeAlerts(rows)));
            }
            (For::Interests, Answered::Interests(detail)) => self.overlays.push(Sheet::over(SheetBody::Interests(detail))),
            (For::Earlier, Answered::Earlier(earlier)) => match (earlier, &mut self.record) {
                (Some(earlier), Some(record)) => record.beside = Some(earlier),
                (None, Some(record)) => {
                    let said = format!("This is the first review of this {}.", record.detail.noun());
                    self.say(said);
                }
                (_, None) => {}
            },
            (For::History, Answered::AskFirst(question)) => {
                self.overlays.push(Sheet::over(SheetBody::AskFirst { question, then: Then::History }));
            }
            (For::History, Answered::History(rows)) => {
                if let (View::Record, Some(record)) = (self.view, &mut self.record) {
                    record.history = rows;
                } else if let Some((_, reference)) = self.review_at_hand() {
                    self.overlays.push(Sheet::over(SheetBody::History { reference, rows }));
                }
            }
            (For::Proposal, Answered::Proposal(detail)) => {
                self.overlays.push(Sheet::over(SheetBody::Proposal(Box::new(Proposing::of(*detail)))));
            }
            (For::SubstituteForm, Answered::Substitutes(rows)) => {
                self.substitutes = rows;
                return vec![self.ask_people_of(PeopleFor::Substitute)];
            }
            (For::NextThing, Answered::NextThing(next)) => match next {
                Some(next) => {
                    if let Some(action) = next.action {
                        self.say(format!("Next: {}, {}", next.step, next.because));
                        self.passed_actions.push(action);
                        return vec![Effect::Ask(For::Action, Query::Action(action))];
                    }
                    if let Some(work) = next.work {
                        self.say(format!("Next: {}, {}", next.step, next.because));
                        self.passed_work.push(work.clone());
                        return self.show_work(work);
                    }
                    match next.clock {
                        Some(strip) => self.passed.push(strip),
                        None => self.skipped.extend(next.review),
                    }
                    self.say(format!("Next: {}, {}", next.step, next.because));
                    if let Some(cycle) = next.notices {
                        // The sheet is filled as soon as the cycle has been read.
                        self.overlays.push(Sheet::over(SheetBody::Notices(Vec::new())));
                        return self.show_cycle(cycle);
                    }
                    if let Some(strip) = next.clock {
                        return self.open_strip(strip, None);
                    }
                    let then = if next.follows { Then::Show } else { Then::NextStep };
                    self.opens_at = next.follows.then_some((Section::Loop, None));
                    return next.review.map(|review| Effect::Ask(For::Record(then), Query::Opening(review))).into_iter().collect();
                }
                None if self.nothing_passed() => {
                    self.say("Nothing needs you now.");
                }
                None => {
                    self.skipped.clear();
                    self.passed.clear();
                    self.passed_actions.clear();
                    self.passed_work.clear();
                    self.say("That was everything; the next time it starts again with the most urgent.");
                }
            },
            (For::Identity, Answered::Identity(identity)) => {
                self.revealed = Some((identity, self.now + chrono::Duration::seconds(10)));
            }
            (For::DueSum, Answered::DueSum(sum)) => self.overlays.push(Sheet::over(SheetBody::DueSum(sum))),
            (For::Reports, Answered::Reports(rows)) => return self.reports_read(rows),
            (For::Report, Answered::Report(detail)) => return self.report_read(detail),
            (For::Registers, Answered::Registers(rows)) => self.registers.take_rows(rows),
            (For::Register, Answered::Register(detail)) => self.registers.take_detail(detail),
            (For::Entries(fill), Answered::Entries(page)) => self.registers.entries.take(page, fill, others),
            (For::Plan, Answered::Plan(detail)) if self.plan.shown == Some(detail.cycle) => self.plan.take(detail),
            (For::Programme, Answered::Programme(programme)) => self.year.take(programme, self.today()),
            // An answer that nobody waits for any more.
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn unanswered(&mut self, purpose: For, why: String) -> Vec<Effect> {
        let withheld = why == WITHHELD;
        // What was done last says already that the record closes, and how to undo it.
        let said = withheld && self.notice.as_ref().is_some_and(|notice| notice.level == Level::Done);
        if !said {
            self.trouble(why);
        }
        if purpose == For::Insight {
            self.insight.counting = false;
        }
        if purpose == For::Action {
            self.close_action();
        }
        if matches!(purpose, For::Report) {
            self.reports.detail = None;
        }
        if matches!(purpose, For::PanelItem) {
            self.sitting.read = None;
        }
        if matches!(purpose, For::Sitting) {
            self.leave_sitting();
        }
        if matches!(purpose, For::AlertAgain) {
            // Its review is withheld from now on.
            self.view = self.alert.take().map_or(View::Desk, |view| view.came_from);
            return self.reload();
        }
        if matches!(purpose, For::Record(Then::Again)) {
            if let Some(record) = self.record.take().filter(|_| withheld) {
                self.forget(record.detail.facts.review.id);
            }
            self.view = self.came_from;
            let mut effects = self.reload();
            effects.extend(self.back_to_left());
            return effects;
        }
        // The record that was to be opened from a sheet cannot be: the sheet comes back.
        let from_sheet = matches!(purpose, For::Record(Then::Show) | For::Disposals | For::Action);
        if from_sheet { self.back_to_left().into_iter().collect() } else { Vec::new() }
    }

    /// Lets go of everything on the screen that speaks of a review which is withheld from now on.
    pub(super) fn forget(&mut self, review: crate::domain::id::ReviewId) {
        self.overlays.clear();
        self.revealed = None;
        self.opens_at = None;
        let mut drafts = std::mem::take(&mut self.drafts);
        drafts.retain(|draft| {
            let form = FormFor::of_draft(&draft.key);
            let about = form.and_then(|form| form.review().or_else(|| form.alert().and_then(|alert| self.review_of_alert(alert))));
            about != Some(review)
        });
        self.drafts = drafts;
    }

    fn record_read(&mut self, then: Then, detail: Box<ReviewDetail>) -> Vec<Effect> {
        let id = detail.facts.review.id;
        if then == Then::Again {
            if let Some(record) = self.record.as_mut().filter(|record| record.detail.facts.review.id == id) {
                record.take(detail);
            }
            return Vec::new();
        }
        if self.view != View::Record {
            self.came_from = self.view;
        }
        let same = self.record.as_ref().is_some_and(|record| record.detail.facts.review.id == id);
        match &mut self.record {
            Some(record) if same => record.take(detail),
            _ => {
                self.also_here.clear();
                self.record = Some(Record::new(detail));
            }
        }
        if let (Some((section, action)), Some(record)) = (self.opens_at.take(), &mut self.record) {
            record.section = section;
            let place = record.detail.actions.iter().position(|known| Some(known.id) == action);
            record.at[section as usize] = place.unwrap_or(0);
        }
        self.view = View::Record;
        let mut effects = vec![Effect::Ask(For::History, Query::History(id))];
        effects.extend(match then {
            Then::NextStep => self.open_next_step(),
            // A review that has been judged in the meantime is refused here, before anything is filled in.
            Then::Substitute => self.run(super::command::Command::SubstituteRecord),
            Then::CloseLoop => self.run(super::command::Command::CloseLoop),
            Then::Bring => self.run(super::command::Command::BringToPanel),
            Then::Draft => {
                // A record that was not on the screen opens where the text was typed, and stays there once it is saved.
                let kind = self.waiting_draft.as_ref().and_then(|draft| FormFor::of_draft(&draft.key));
                if let (Some(kind), Some(record), false) = (kind, &mut self.record, same) {
                    record.go_to_form(&kind);
                }
                self.open_waiting_draft()
            }
            Then::Show | Then::Again | Then::InRoom(_) | Then::History | Then::Alert(..) => Vec::new(),
        });
        effects
    }

    /// Opens the form of the next step of the record, or goes to where it is done.
    pub(super) fn open_next_step(&mut self) -> Vec<Effect> {
        use crate::domain::framework::StepDuty;
        let Some(record) = &self.record else { return Vec::new() };
        if record.detail.facts.state != ReviewState::Open {
            self.say("Nothing is left to do here.");
            return Vec::new();
        }
        if let Some(why) = self.reason_against_writing(record) {
            self.say(why);
            return Vec::new();
        }
        let not_to_allocate = self.reason_by_role(super::command::Command::Allocate);
        let Some(record) = &mut self.record else { return Vec::new() };
        let Some(key) = record.detail.facts.review.next.step.clone() else { return Vec::new() };
        record.section = Section::Steps;
        record.at[Section::Steps as usize] = record.detail.kind.step(&key).map_or(0, |(place, _)| place);
        match form::duty(&record.detail, &key) {
            Some(StepDuty::Allocate) => {
                let asked = Effect::Ask(For::Proposal, Query::Proposal(vec![record.detail.facts.review.id]));
                match not_to_allocate {
                    Some(why) => self.trouble(why),
                    None => return vec![asked],
                }
                Vec::new()
            }
            Some(StepDuty::Submit) => {
                if let Some(missing) = record.detail.missing.first() {
                    let section = missing.section.clone();
                    record.go_to(&section);
                    if section == review::Section::Reviewers {
                        return vec![self.ask_people_of(PeopleFor::CoReviewer)];
                    }
                    let key = self.keymap.hint(super::command::Command::Finish);
                    self.say(format!("First fill in what is missing; {key} shows all of it."));
                    return Vec::new();
                }
                self.open_finish()
            }
            Some(StepDuty::Return) if record.detail.facts.review.next.label == review::PANEL_DECIDES => {
                let key = self.keymap.hint(super::command::Command::ViewSitting);
                self.say(format!("It waits for the panel, which decides it in the panel room ({key})."));
                Vec::new()
            }
            Some(_) if matches!(record.detail.facts.panel, PanelStand::SentBack(_)) => {
                let (hand_in, section) = (super::command::Command::HandInAgain, super::command::Command::NextSection);
                let said = match &record.detail.facts.panel {
                    PanelStand::SentBack(missing) => missing.clone(),
                    _ => String::new(),
                };
                let (key, turn) = (self.keymap.hint(hand_in), self.keymap.hint(section));
                self.say(format!("The panel sent it back: {said} Complete it ({turn} to its sections), then {key} hands it in again."));
                Vec::new()
            }
            Some(_)
                if record.detail.facts.review.next.opens_on.is_some_and(|opens| opens > crate::domain::calendar::local_date(self.now)) =>
            {
                let next = &record.detail.facts.review.next;
                let opens = next.opens_on.map(|day| day.format("%-d %B").to_string()).unwrap_or_default();
                let said = format!("\u{201c}{}\u{201d} opens on {opens}: the team has until then to read the review.", next.label);
                self.say(said);
                Vec::new()
            }
            Some(_) => match form::step(&record.detail, &key, crate::domain::calendar::local_date(self.now)) {
                Some(form) => self.open_form(form),
                None => Vec::new(),
            },
            None => Vec::new(),
        }
    }

    /// Says so where a list has more rows than can be marked at once.
    fn say_if_marked_in_part(&mut self, fill: Fill, more: bool) {
        if fill == Fill::Marked && more {
            let filter = self.keymap.hint(super::command::Command::Filter);
            self.say(format!(
                "Only the first {MARKED_AT_MOST} rows are marked: more cannot be done at once. Type {filter} to choose fewer."
            ));
        }
    }

    /// A seed that people can read out: made of the moment, so that it needs no other source.
    fn seed(&self) -> u64 {
        100_000 + (self.now.timestamp_millis().unsigned_abs() / 7) % 900_000
    }
}

fn in_team(team: &str) -> String {
    if team.is_empty() { String::new() } else { format!(", {team}") }
}
