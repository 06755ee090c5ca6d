//! One alert on the screen: the four facts, who was told how, the clocks, and what is to be done next by whom.

use super::available::Availability;
use super::command::Command;
use super::effect::{Effect, For, PeopleFor, Then};
use super::form::{self, AlertForm, FormFor};
use super::overlay::{Confirm, Sheet, SheetBody};
use super::{App, Pane, View};
use crate::domain::alert::{AlertAddressee, KeptKind, Need};
use crate::domain::calendar::{day_after, say_end, say_full_date};
use crate::domain::deed::{AlertDeed, Deed};
use crate::domain::framework::SubjectKind;
use crate::domain::id::{AlertId, ReviewId};
use crate::domain::query::{AlertDetail, InterestQuestion, Query};
use crate::domain::strip::StripOf;
use chrono::NaiveDate;

/// The view of one alert.
#[derive(Debug, Clone)]
pub struct AlertView {
    /// What was read.
    pub detail: Box<AlertDetail>,
    /// The addressee under the cursor.
    pub at: usize,
    /// First line shown of the text.
    pub top: usize,
    /// Where `Esc` leads.
    pub came_from: View,
}

impl AlertView {
    /// The place of the addressee under the cursor.
    pub fn place(&self) -> usize {
        self.at.min(self.detail.alert.addressees.len().saturating_sub(1))
    }

    /// The gap that is meant: the one under the cursor, else the first.
    pub fn gap(&self) -> Option<usize> {
        let alert = &self.detail.alert;
        let is_gap = |place: &usize| alert.at(*place).is_some_and(|one| one.person.is_none());
        Some(self.place()).filter(is_gap).or_else(|| (0..alert.addressees.len()).find(is_gap))
    }

    /// Whoever has left and is to be followed by somebody: the one under the cursor, else, where no role is a gap, the first of those
    /// that the alert waits for.
    pub fn left(&self) -> Option<usize> {
        let left = &self.detail.may_follow;
        let here = Some(self.place()).filter(|place| left.contains_key(place));
        let waits = |place: &&usize| self.detail.alert.at(**place).is_some_and(|one| one.acknowledged.is_none());
        here.or_else(|| left.keys().find(waits).copied().filter(|_| self.gap().is_none()))
    }

    /// Whoever is here still and has a last day, by name, with it: the one under the cursor, else whoever goes first.
    pub fn leaving(&self) -> Option<(&str, NaiveDate)> {
        let last = |one: &AlertAddressee| {
            let person = one.person.filter(|_| one.followed.is_none())?;
            Some((self.detail.name(person), *self.detail.leaving.get(&person)?))
        };
        let alert = &self.detail.alert;
        let first = || alert.addressees.iter().filter_map(last).min_by_key(|(_, day)| *day);
        alert.at(self.place()).and_then(last).or_else(first)
    }

    /// What the framework asks to have recorded afterwards, as far as it is not and whoever looks may do it.
    pub fn to_keep(&self) -> Vec<KeptKind> {
        let wanted = self.detail.needs.iter().filter_map(|(need, _)| match need {
            Need::Keep(kind) => Some(*kind),
            _ => None,
        });
        wanted.filter(|kind| self.detail.may_keep.contains(kind)).collect()
    }
}

impl App {
    /// Whether a strip has come that nobody here has heard of: the bell rings once, and the cursor stays where it is.
    pub(super) fn hear(&mut self) -> Vec<Effect> {
        let newest = self.overview.newest_strip.clone();
        let before = self.heard.replace(newest.as_ref().map_or(0, |(id, _)| *id));
        match (before, newest) {
            // What was there when the program started is not new, and what one opens oneself is said already.
            (Some(before), Some((id, reference))) if id > before => {
                if self.notice.is_none() {
                    let key = self.keymap.hint(Command::ViewAlerts);
                    self.say(format!("A new alert is open: {reference}. {key} goes to the alerts."));
                }
                vec![Effect::Ring]
            }
            _ => Vec::new(),
        }
    }

    /// The alert that commands work on: the one on the screen, or that of the strip under the cursor.
    pub fn alert_at_hand(&self) -> Option<AlertId> {
        match (self.view, self.focus) {
            (View::Alert, _) => self.alert.as_ref().map(|view| view.detail.alert.id),
            (View::Desk, Pane::Alerts) => match self.alerts.current()?.of {
                StripOf::Alert(id) => Some(id),
                StripOf::Drp(_) => None,
            },
            _ => None,
        }
    }

    /// Opens what a strip is about; a command of its own scope runs once it is read.
    pub(super) fn open_strip(&self, strip: StripOf, then: Option<Command>) -> Vec<Effect> {
        match strip {
            StripOf::Alert(id) => vec![Effect::Ask(For::Alert(id, then), Query::OpeningAlert(id))],
            // What follows on a dispute is written down from its own sheet.
            StripOf::Drp(id) => vec![Effect::Ask(For::Drp(false), Query::Drp(id))],
        }
    }

    /// The question that comes before an alert on a case about which somebody was never asked; one key answers it, and what
    /// they wanted with the alert goes on.
    pub(super) fn alert_asks(&mut self, alert: AlertId, question: Box<InterestQuestion>, then: Option<Command>) -> Vec<Effect> {
        self.overlays.push(Sheet::over(SheetBody::AskFirst { question, then: Then::Alert(alert, then) }));
        vec![Effect::FlushInput]
    }

    pub(super) fn alert_read(&mut self, then: Option<Command>, detail: Box<AlertDetail>) -> Vec<Effect> {
        let came_from = match (&self.alert, self.view) {
            (Some(known), View::Alert | View::Record) => known.came_from,
            (_, view) => view,
        };
        match &mut self.alert {
            Some(view) if view.detail.alert.id == detail.alert.id => view.detail = detail,
            _ => self.alert = Some(AlertView { detail, at: 0, top: 0, came_from }),
        }
        if let Some(view) = self.alert.as_mut().filter(|_| self.view != View::Alert) {
            view.came_from = came_from;
        }
        self.view = View::Alert;
        let read = self.alert_at_hand();
        let drafted = self.waiting_draft.as_ref().and_then(|draft| FormFor::of_draft(&draft.key)).and_then(|kind| kind.alert());
        if drafted.is_some() && drafted == read {
            return self.open_waiting_draft();
        }
        then.map(|command| self.run(command)).unwrap_or_default()
    }

    /// The review of an alert that is, or was last, on the screen.
    pub(super) fn review_of_alert(&self, alert: AlertId) -> Option<ReviewId> {
        let view = self.alert.as_ref().map(|view| &view.detail.alert).filter(|known| known.id == alert);
        let row = || self.alerts.rows.iter().find(|row| row.of == StripOf::Alert(alert)).and_then(|row| row.review);
        view.map(|known| known.review).or_else(row)
    }

    pub(super) fn move_in_alert(&mut self, by: isize) {
        if let Some(view) = &mut self.alert {
            let last = view.detail.alert.addressees.len().saturating_sub(1);
            view.at = view.place().saturating_add_signed(by).min(last);
        }
    }

    pub(super) fn scroll_alert(&mut self, by: isize) {
        if let Some(view) = &mut self.alert {
            view.top = view.top.saturating_add_signed(by).min(200);
        }
    }

    pub(super) fn run_alert(&mut self, command: Command) -> Vec<Effect> {
        if self.view != View::Alert {
            // From its strip the alert is opened first: nobody writes on what they have not read.
            return self.alerts.current().map(|row| self.open_strip(row.of, Some(command))).unwrap_or_default();
        }
        let Some(view) = &self.alert else { return Vec::new() };
        let id = view.detail.alert.id;
        match command {
            Command::TellAlert => self.open_form_for(FormFor::Alert(AlertForm::Tell(id))),
            Command::AcknowledgeAlert => {
                let confirm = acknowledging(view);
                self.ask_first(confirm)
            }
            Command::FillGap => vec![self.ask_people_of(PeopleFor::AlertGap)],
            Command::AssureAlert => vec![self.ask_people_of(PeopleFor::Assurance)],
            Command::DisputeAlert => self.open_form_for(FormFor::Alert(AlertForm::Dispute(id))),
            Command::DecideDispute => self.open_form_for(FormFor::Alert(AlertForm::Decide(id))),
            Command::OpenUrgent => {
                let action = view.detail.urgent_next().map(|(action, _)| action.id);
                action.map(|action| Effect::Ask(For::Action, Query::Action(action))).into_iter().collect()
            }
            Command::KeepWithAlert => self.open_form_for(FormFor::Alert(AlertForm::Keep(id))),
            Command::CloseAlert => self.open_form_for(FormFor::Alert(AlertForm::Close(id))),
            _ => Vec::new(),
        }
    }

    /// The form of an alert, made from what is on the screen.
    pub(super) fn alert_form(&self, kind: AlertForm) -> Option<form::Form> {
        if let AlertForm::Raise(review) = kind {
            let (_, reference) = self.review_at_hand().filter(|(id, _)| *id == review)?;
            let record = self.record.as_ref().filter(|record| record.detail.facts.review.id == review);
            let row = || self.queue.rows.iter().find(|row| row.id == review).map(|row| row.subject);
            let subject = record.map(|record| record.detail.subject).or_else(row).unwrap_or(SubjectKind::Child);
            let framework = record.map(|record| record.detail.framework.clone()).or_else(|| self.framework.clone());
            return framework.map(|framework| form::raise_alert(review, &reference, &framework, subject));
        }
        let view = self.alert.as_ref()?;
        match kind {
            AlertForm::Tell(_) => Some(form::tell_alert(view)),
            AlertForm::Dispute(_) => Some(form::dispute_alert(&view.detail)),
            AlertForm::Decide(_) => Some(form::decide_dispute(&view.detail)),
            AlertForm::Keep(_) => Some(form::keep_with_alert(view, self.today())),
            AlertForm::Close(_) => Some(form::close_alert(&view.detail)),
            // They need people to choose from, and open where those are answered.
            AlertForm::Gap(..) | AlertForm::Follow(..) | AlertForm::Assure(_) | AlertForm::Raise(_) => None,
        }
    }

    pub(super) fn reason_against_on_alert(&self, command: Command) -> Option<String> {
        let no = |why: &str| Some(why.to_string());
        if self.view == View::Desk && self.focus == Pane::Alerts {
            return if self.alert_at_hand().is_none() { no("Put the cursor on an alert first.") } else { None };
        }
        let Some(view) = self.alert.as_ref().filter(|_| self.view == View::Alert) else { return no("Open an alert first.") };
        let detail = &view.detail;
        let alert = &detail.alert;
        if !alert.is_open() {
            return Some(format!("{} is closed.", alert.reference));
        }
        match command {
            Command::AcknowledgeAlert if detail.own_place.is_none() => {
                let who = detail.needs.iter().find(|(need, _)| matches!(need, Need::Acknowledge { .. })).map(|(_, by)| by.as_str());
                let remind = who.filter(|_| !detail.next_is_gone()).map(|who| format!(" Remind {who}.")).unwrap_or_default();
                Some(format!("Each of those it is addressed to acknowledges it for themselves; you are not among them.{remind}"))
            }
            Command::FillGap if view.left().is_some() => {
                let who = view.left().and_then(|place| detail.may_follow.get(&place)).cloned().flatten();
                who.map(|who| format!("Who hears in the place of somebody who has left is named by others: {who}."))
            }
            Command::FillGap if view.gap().is_none() => match view.leaving() {
                Some((name, last)) => {
                    let from = day_after(last);
                    Some(format!(
                        "The last day of {name} is {}: who hears instead is named from {} on.",
                        say_full_date(last),
                        say_full_date(from)
                    ))
                }
                None => no("It has no gap: somebody who is here is named for every role."),
            },
            Command::AssureAlert if !detail.may_assure => {
                let who = detail.needs.iter().find(|(need, _)| matches!(need, Need::Assure(_))).map(|(_, by)| by.as_str());
                Some(format!("Assurance is given by {}.", who.unwrap_or("whoever the framework names")))
            }
            Command::DisputeAlert if detail.decides.is_empty() => no("The framework names nobody who decides such a dispute."),
            Command::DisputeAlert if alert.dispute.is_some() => no("Its level of concern was disputed already."),
            Command::DecideDispute if alert.dispute.is_none() => no("Its level of concern is not disputed."),
            Command::DecideDispute if alert.dispute.as_ref().is_some_and(|dispute| !dispute.is_open()) => {
                no("The dispute was decided; that decision is final.")
            }
            Command::DecideDispute if !detail.may_decide => {
                let who = detail.needs.iter().find(|(need, _)| matches!(need, Need::Decide)).map(|(_, by)| by.as_str());
                Some(format!("A dispute about the level of concern is decided, finally, by {}.", who.unwrap_or(&detail.decides)))
            }
            Command::CloseAlert => still_open(detail),
            Command::OpenUrgent if detail.urgent_next().is_none() => no("No urgent action out of it is left to do."),
            Command::KeepWithAlert if view.to_keep().is_empty() => match keeps(detail) {
                Some(who) => Some(who),
                None => no("The framework asks for nothing more to be recorded with it."),
            },
            _ => None,
        }
    }

    /// Whether the alert on the screen, or the strip under the cursor, can be opened at all.
    pub(super) fn may_open_strip(&self) -> Availability {
        match (self.view, self.focus) {
            (View::Desk, Pane::Alerts) if self.alerts.current().is_some() => Availability::Yes,
            _ => Availability::No("There is no row to open.".into()),
        }
    }
}

/// What keeps an alert open, as the rule that closes it would say, and what to do about it; none: it can be closed. M10, M11.
fn still_open(detail: &AlertDetail) -> Option<String> {
    let (alert, rule) = (&detail.alert, &detail.framework.escalation);
    let (need, by) = detail.needs.iter().find(|(need, _)| !matches!(need, Need::Close | Need::Follow(_)))?;
    let by = if by.is_empty() { String::new() } else { format!(" ({by})") };
    Some(format!("{} stays open: {}{by}. {}", alert.reference, need.missing(alert, rule), need.remedy()))
}

/// Who records what is still to be recorded about an alert, for somebody who may record nothing of it.
fn keeps(detail: &AlertDetail) -> Option<String> {
    let (need, by) = detail.needs.iter().find(|(need, _)| matches!(need, Need::Keep(_)))?;
    Some(format!("To {} is for {by}.", need.to_do()))
}

/// The question before an acknowledgement.
fn acknowledging(view: &AlertView) -> Confirm {
    let detail = &view.detail;
    let mut says = vec!["You say that you know of it and that you act on it. It is written down with the time.".to_string()];
    if let Some(due) = detail.alert.review_due_at {
        says.push(format!("The record is to be reviewed by {}.", say_end(due)));
    }
    if let Some(span) = detail.framework.escalation.lapses_after {
        says.push(format!("If no assurance follows within {span}, your acknowledgement lapses and the alert says so."));
    }
    let deed = Deed::Alert(AlertDeed::Acknowledge { alert: detail.alert.id, place: None });
    Confirm::new(format!("Acknowledge {}", detail.alert.reference), says, "yes", deed)
}
