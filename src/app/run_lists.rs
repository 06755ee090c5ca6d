//! Commands of the lists, the queue and the cycle view.

use super::command::Command;
use super::effect::{After, Effect, For, PeopleFor, Then};
use super::form::{self, AlertForm, FormFor};
use super::list::{Fill, List};
use super::overlay::{Confirm, Sheet, SheetBody};
use super::record::Section;
use super::{App, Pane, View};
use crate::domain::agreement::SEED;
use crate::domain::calendar::say_full_date;
use crate::domain::deed::Deed;
use crate::domain::id::ReviewId;
use crate::domain::query::{Dated, ListRow, Query, QueueSort};
use crate::domain::strip::StripOf;

impl App {
    pub(super) fn run_list(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Up => self.move_by(-1),
            Command::Down => self.move_by(1),
            Command::PageUp => self.move_by(-(self.page() as isize)),
            Command::PageDown => self.move_by(self.page() as isize),
            Command::Top => self.jump(Fill::Fresh),
            Command::Bottom => self.jump(Fill::Last),
            Command::Open => self.open(Then::Show),
            Command::NextStep => self.open(Then::NextStep),
            Command::Substitute => self.open(Then::Substitute),
            Command::CloseLoopQueued => self.open(Then::CloseLoop),
            Command::BringQueued => self.open(Then::Bring),
            Command::Filter => {
                self.filtering = true;
                Vec::new()
            }
            Command::ClearFilter => self.set_filter(""),
            Command::DueSum => self.dated().map(|dated| Effect::Ask(For::DueSum, Query::DueSum(dated))).into_iter().collect(),
            Command::Agreement => vec![Effect::Ask(For::Agreement, Query::Agreement { seed: SEED })],
            Command::History => self.with_review(|id| Effect::Ask(For::History, Query::OpeningHistory(id))),
            Command::RaiseDispute => self.raise_dispute(),
            Command::Proof => self.strip_at_hand().map(super::drp::ask_proof).into_iter().collect(),
            Command::PracticeAlerts => vec![Effect::Ask(For::PracticeAlerts, Query::PracticeAlerts(super::drp::MONTHS))],
            Command::Reveal => match self.review_at_hand() {
                Some((id, reference)) => self.open_form(form::reveal(id, &reference)),
                None => Vec::new(),
            },
            Command::Sort => {
                // Q02: nothing is sorted by a grade where none is ever given.
                let graded = self.framework.as_ref().is_none_or(|framework| framework.grades_anything());
                // What is missing in a loop is worked out row by row, and no order of the list.
                let loops = self.queue.filter.asks_for_loops();
                let is_order = |sort: &QueueSort| (graded || *sort != QueueSort::Grade) && (!loops || *sort != QueueSort::Step);
                let mut after = QueueSort::ALL.into_iter().cycle().skip_while(|sort| *sort != self.queue.sort).skip(1);
                self.queue.sort = after.find(is_order).unwrap_or(QueueSort::Due);
                self.say(format!("Sorted by {}", self.queue.sort.label()));
                vec![self.ask(Pane::Queue, Fill::Fresh)]
            }
            Command::ReverseSort => {
                self.queue.reversed = !self.queue.reversed;
                vec![self.ask(Pane::Queue, Fill::Fresh)]
            }
            Command::Mark => {
                if let Some(id) = self.queue.current().map(|row| row.id.0) {
                    if !self.queue.marks.remove(&id) {
                        self.queue.marks.insert(id);
                    }
                    return self.move_by(1);
                }
                Vec::new()
            }
            Command::MarkAll => {
                if self.queue.unmark() {
                    Vec::new()
                } else {
                    vec![self.ask(Pane::Queue, Fill::Marked)]
                }
            }
            Command::RaiseAlert => match self.queue.current().map(|row| row.id) {
                Some(id) => self.open_form_for(FormFor::Alert(AlertForm::Raise(id))),
                None => Vec::new(),
            },
            Command::RaiseEach => vec![self.ask_people_of(PeopleFor::ActionEach)],
            Command::CodeThemes => {
                let reviews: Vec<ReviewId> = self.queue.chosen().into_iter().map(ReviewId).collect();
                vec![Effect::Ask(For::MayCode { practice: false, of: reviews.len() }, Query::MayCode(reviews))]
            }
            Command::Allocate => {
                let ids = self.queue.chosen().into_iter().map(ReviewId).collect();
                vec![Effect::Ask(For::Proposal, Query::Proposal(ids))]
            }
            _ => Vec::new(),
        }
    }

    /// What the cursor is on, as far as it has a date.
    fn dated(&self) -> Option<Dated> {
        match (self.view, self.focus) {
            (View::Alert, _) => self.alert_at_hand().map(|id| Dated::Strip(StripOf::Alert(id))),
            (View::Desk, Pane::Alerts) => self.alerts.current().map(|row| Dated::Strip(row.of)),
            (View::Desk, Pane::Actions) => self.action_row().map(|row| Dated::Action(row.id)),
            _ => self.review_at_hand().map(|(id, _)| Dated::Review(id)),
        }
    }

    fn with_review(&self, ask: impl FnOnce(ReviewId) -> Effect) -> Vec<Effect> {
        self.review_at_hand().map(|(id, _)| ask(id)).into_iter().collect()
    }

    fn page(&self) -> usize {
        let height = match (self.view, self.focus) {
            (View::Register, _) => self.people.height,
            (View::Registers, _) => self.registers.entries.height,
            (View::Sitting | View::Alert | View::Reports, _) => self.report.section,
            (View::Insight, _) => self.report.register,
            (_, Pane::Queue) => self.queue.height,
            (_, Pane::Panel) => self.panel.height,
            (_, Pane::Alerts) => self.alerts.height,
            (_, Pane::Actions) => self.actions.height,
        };
        height.saturating_sub(1).max(1)
    }

    pub(super) fn move_by(&mut self, by: isize) -> Vec<Effect> {
        fn step<R: ListRow, S: Clone + Default>(list: &mut List<R, S>, by: isize) -> Option<Fill> {
            list.step(by)
        }
        if let Some(moved) = self.move_in_groups(by) {
            return moved;
        }
        match self.view {
            View::Cycle => {
                self.cycle.at = self.cycle.at.saturating_add_signed(by).min(self.cycle.rows().saturating_sub(1));
                Vec::new()
            }
            View::Register => step(&mut self.people, by).map(|fill| self.ask_people(fill)).into_iter().collect(),
            View::Plan => {
                self.plan.step(by);
                Vec::new()
            }
            View::Programme => {
                self.year.at = self.year.at.saturating_add_signed(by).min(11);
                Vec::new()
            }
            View::Registers => self.move_in_registers(by),
            View::Reports => self.move_in_reports(by),
            View::Insight => {
                self.insight.step(by, 0);
                Vec::new()
            }
            View::Sitting => self.move_in_sitting(by),
            View::Alert if by.unsigned_abs() > 1 => {
                self.scroll_alert(by);
                Vec::new()
            }
            View::Alert => {
                self.move_in_alert(by);
                Vec::new()
            }
            View::Desk | View::Record => {
                let more = match self.focus {
                    Pane::Queue => step(&mut self.queue, by),
                    Pane::Panel => step(&mut self.panel, by),
                    Pane::Alerts => step(&mut self.alerts, by),
                    Pane::Actions => step(&mut self.actions, by),
                };
                more.map(|fill| self.ask(self.focus, fill)).into_iter().collect()
            }
        }
    }

    fn jump(&mut self, fill: Fill) -> Vec<Effect> {
        if let Some(jumped) = self.jump_in_groups(fill) {
            return jumped;
        }
        match self.view {
            View::Cycle => {
                self.cycle.at = if fill == Fill::Last { self.cycle.rows().saturating_sub(1) } else { 0 };
                Vec::new()
            }
            View::Register => vec![self.ask_people(fill)],
            View::Plan => {
                self.plan.step(if fill == Fill::Last { isize::MAX / 2 } else { isize::MIN / 2 });
                Vec::new()
            }
            View::Programme => {
                self.year.at = if fill == Fill::Last { 11 } else { 0 };
                Vec::new()
            }
            View::Registers => self.jump_in_registers(fill),
            View::Reports => self.jump_in_reports(fill),
            View::Insight => {
                self.insight.step(if fill == Fill::Last { isize::MAX / 2 } else { isize::MIN / 2 }, 0);
                Vec::new()
            }
            View::Alert => {
                self.move_in_alert(if fill == Fill::Last { isize::MAX / 2 } else { isize::MIN / 2 });
                Vec::new()
            }
            View::Sitting => self.move_in_sitting(if fill == Fill::Last { isize::MAX / 2 } else { isize::MIN / 2 }),
            View::Desk | View::Record => vec![self.ask(self.focus, fill)],
        }
    }

    fn open(&mut self, then: Then) -> Vec<Effect> {
        match self.view {
            View::Register => return self.open_in_register(),
            View::Programme => return self.open_in_programme(),
            View::Plan => return self.open_in_plan(),
            View::Registers => return self.open_in_registers(),
            View::Reports => return self.open_in_reports(),
            View::Insight => return self.open_cell(),
            View::Sitting => return self.open_in_sitting(),
            View::Desk if self.focus == Pane::Actions && then == Then::Show => {
                if let Some(turned) = self.turn_group() {
                    return turned;
                }
                return self.action_row().map(|row| Effect::Ask(For::Action, Query::Action(row.id))).into_iter().collect();
            }
            View::Desk if self.focus == Pane::Alerts && then == Then::Show => {
                return self.alerts.current().map(|row| self.open_strip(row.of, None)).unwrap_or_default();
            }
            _ => {}
        }
        self.opens_at = match (self.view, self.focus, then) {
            (View::Desk, Pane::Panel, Then::Show) => Some((Section::Judgement, None)),
            _ => None,
        };
        self.with_review(|id| Effect::Ask(For::Record(then), Query::Opening(id)))
    }

    pub(super) fn run_cycle(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::ViewYear => self.show_year(),
            Command::OpenCycle => self.open_form_for(FormFor::OpenCycle),
            Command::Draw => match self.cycle.shown {
                Some(id) => vec![Effect::Ask(For::DrawForm, Query::Frame(id))],
                None => Vec::new(),
            },
            Command::ChangeFocus => match self.cycle.shown {
                Some(id) => self.open_form_for(FormFor::Focus(id)),
                None => Vec::new(),
            },
            Command::TickPhase => {
                let ticked = self.cycle.detail.as_ref().and_then(|detail| {
                    let phase = detail.phases.get(self.cycle.at)?;
                    Some(Deed::TickPhase { cycle: detail.cycle.id, phase: phase.key.clone() })
                });
                ticked.map(|deed| self.ask_for(deed, After::Nothing)).unwrap_or_default()
            }
            Command::TakeCycleAway => {
                let Some(cycle) = self.cycle.detail.as_ref().map(|detail| &detail.cycle) else { return Vec::new() };
                let says = vec![
                    format!("{} begins on {} and has neither a sample nor a review.", cycle.reference, say_full_date(cycle.starts_on)),
                    "It goes from the list of cycles and from the year; its history stays.".to_string(),
                ];
                let (title, deed) = (format!("Take {} away", cycle.title), Deed::TakeCycleAway { cycle: cycle.id });
                self.ask_first(Confirm::new(title, says, "yes", deed))
            }
            Command::Card => {
                if let Some(sample) = self.cycle.detail.as_ref().and_then(|detail| detail.sample.clone()) {
                    self.overlays.push(Sheet::over(SheetBody::Card(sample)));
                }
                Vec::new()
            }
            Command::AllocateCycle => {
                let open = self.unallocated();
                vec![Effect::Ask(For::Proposal, Query::Proposal(open))]
            }
            Command::EarlierCycle | Command::LaterCycle => {
                let place = self.cycle.cycles.iter().position(|cycle| Some(cycle.id) == self.cycle.shown).unwrap_or(0);
                let wanted = if command == Command::EarlierCycle { place.checked_add(1) } else { place.checked_sub(1) };
                let Some(cycle) = wanted.and_then(|place| self.cycle.cycles.get(place)) else {
                    self.say(if command == Command::EarlierCycle { "This is the first cycle." } else { "This is the newest cycle." });
                    return Vec::new();
                };
                self.cycle.at = 0;
                self.cycle.shown = Some(cycle.id);
                vec![Effect::Ask(For::Cycle, Query::Cycle(cycle.id))]
            }
            Command::ViewPlan => self.show_plan(),
            Command::NameCase => match self.cycle.shown {
                Some(id) => self.open_form_for(FormFor::NameCase(id)),
                None => Vec::new(),
            },
            Command::Notices => {
                let rows = self.cycle.detail.as_ref().map(|detail| detail.notices.clone()).unwrap_or_default();
                self.overlays.push(Sheet::over(SheetBody::Notices(rows)));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Reviews of the shown cycle that wait for a reviewer.
    pub(super) fn unallocated(&self) -> Vec<ReviewId> {
        let reviews = self.cycle.detail.iter().flat_map(|detail| &detail.reviews);
        reviews.filter(|review| review.reviewer.is_empty() && review.due.is_some()).map(|review| review.id).collect()
    }
}
