//! Why a date is what it is: the sum behind the due date of a review, an alert or an action, in sentences.

use super::answers::{Answers, missing};
use crate::domain::calendar::{last_day, local_date, say_date, say_stamp};
use crate::domain::framework::{Step, StepDuty};
use crate::domain::id::{ActionId, AlertId, ReviewId};
use crate::domain::query::{Dated, DueSum};
use crate::domain::review::{PanelStand, sum_of};
use crate::domain::strip::{Clock, ClockOf, StripOf};
use crate::store::StoreResult;

impl Answers<'_> {
    pub(super) fn due_sum(&mut self, dated: Dated) -> StoreResult<DueSum> {
        match dated {
            Dated::Review(id) => self.sum_of_review(id),
            Dated::Strip(strip) => self.sum_of_strip(strip),
            Dated::Action(id) => self.sum_of_action(id),
        }
    }

    fn sum_of_review(&mut self, id: ReviewId) -> StoreResult<DueSum> {
        let mut facts = self.reading.review(id)?.ok_or_else(|| missing("review"))?;
        let phase = facts.review.next.due_on;
        let sits = self.sits(&mut facts)?;
        let (_, _, kind) = self.rules_of(&facts)?;
        let calendar = self.library.calendar(self.reading)?;
        let next = &facts.review.next;
        let step = next.step.as_ref().and_then(|key| kind.step(key)).map(|(_, step)| step);
        // What the panel holds back is due by the panel's day, not by the time limit of the step after it.
        let held = facts.panel.holds() && step.is_some_and(|step| matches!(step.duty, StepDuty::Return | StepDuty::Finalise));
        let waits = held && matches!(facts.panel, PanelStand::Waiting(_));
        let sum = step.filter(|_| !held).and_then(|step| sum_of(step, &facts.steps, &calendar));
        let because = match (step, &sum) {
            _ if waits => match sits {
                Some(panel) => {
                    let phase = phase.map(|day| format!(" The cycle\u{2019}s phase \u{201c}Moderate\u{201d} has until {}.", say_date(day)));
                    format!("It is listed for the sitting on {} at {}.{}", say_date(panel.on), panel.at, phase.unwrap_or_default())
                }
                None => {
                    "The last day of the cycle\u{2019}s phase \u{201c}Moderate\u{201d}. No sitting is planned that takes it.".to_string()
                }
            },
            _ if held => {
                "The last day of the cycle\u{2019}s phase \u{201c}Moderate\u{201d}: by then the panel is to have it again.".to_string()
            }
            (Some(step), Some(_)) => step.due.as_ref().map_or(String::new(), |due| {
                let after = kind.step(&due.after).map_or(due.after.clone(), |(_, step)| step.label.clone());
                format!("{} after \u{201c}{after}\u{201d}.", due.within)
            }),
            (Some(step), None) => format!("The last day of the cycle\u{2019}s phase \u{201c}{}\u{201d}.", phase_of(step)),
            (None, _) => "Nothing is left to do.".to_string(),
        };
        let title = format!("{} \u{b7} {}", facts.review.reference, if next.label.is_empty() { "done" } else { &next.label });
        Ok(DueSum { title, because, sum, due: next.due_on, beside: Vec::new() })
    }

    /// The sums of everything that runs on a strip, the nearest first. M11: hours count from the moment the alert opened.
    fn sum_of_strip(&mut self, strip: StripOf) -> StoreResult<DueSum> {
        match strip {
            StripOf::Alert(id) => self.sum_of_alert(id),
            StripOf::Drp(id) => self.sum_of_drp(id),
        }
    }

    fn sum_of_alert(&mut self, id: AlertId) -> StoreResult<DueSum> {
        let detail = self.alert(id)?;
        let calendar = self.library.calendar(self.reading)?;
        let rule = &detail.framework.escalation;
        let mut running: Vec<&Clock> = detail.clocks.iter().filter(|clock| clock.runs()).collect();
        running.sort_by_key(|clock| (clock.due_at, clock.of));
        // Those of several people that began together have one sum.
        let together = |one: &Clock, other: &Clock| one.of.same_kind(other.of) && (one.starts, one.due_at) == (other.starts, other.due_at);
        let all = running.clone();
        running.dedup_by(|other, one| together(one, other));
        let sums = running.into_iter().map(|clock| {
            let (span, from) = match clock.of {
                ClockOf::Tell(_) => (rule.tell_within, "the alert opened"),
                ClockOf::Acknowledge(_) => (rule.acknowledge_within, "they were told"),
                ClockOf::FollowUp(_) => (rule.lapses_after, "they acknowledged"),
                ClockOf::Review => (rule.review_within, "the alert opened"),
                ClockOf::Dispute => (rule.dispute_within, "it was disputed"),
                ClockOf::Urgent(_) | ClockOf::Formal => (None, ""),
            };
            let sum = span.and_then(|span| calendar.working(clock.starts, span).ok());
            let more = all.iter().filter(|other| together(clock, other)).count() - 1;
            let who = if more == 0 { detail.whose(clock.of) } else { format!(", {} people", more + 1) };
            let because = match span {
                Some(span) => format!("{span} after {from}, {}.", say_stamp(clock.starts)),
                None => "Agreed when the action was raised.".to_string(),
            };
            let title = format!("{} \u{b7} {}{who}", detail.alert.reference, clock.of.what());
            DueSum {
                title,
                because,
                sum,
                due: Some(last_day(clock.due_at).unwrap_or_else(|| local_date(clock.due_at))),
                beside: Vec::new(),
            }
        });
        let mut sums: Vec<DueSum> = sums.collect();
        if sums.is_empty() {
            let title = format!("{} on {}", detail.alert.reference, detail.review_ref);
            let because = if detail.alert.is_open() { "No clock runs on it." } else { "It is closed; no clock runs any more." };
            return Ok(DueSum { title, because: because.to_string(), sum: None, due: None, beside: Vec::new() });
        }
        let first = sums.remove(0);
        Ok(DueSum { beside: sums, ..first })
    }

    /// F11: an action is due when it was agreed, at the latest at the framework's limit.
    fn sum_of_action(&mut self, id: ActionId) -> StoreResult<DueSum> {
        let action = self.reading.action(id)?.ok_or_else(|| missing("action"))?;
        if let Some(review) = action.review() {
            self.reading.open_to(review, self.viewer)?;
        }
        let (framework, _) = self.library.around_action(self.reading, action.source)?;
        let limit = framework.actions.limit.map_or(String::new(), |limit| format!(" The framework allows at most {limit}."));
        let because = format!("Agreed when the action was raised out of {}.{limit}", self.reading.source_of(action.source)?);
        Ok(DueSum {
            title: format!("{} \u{b7} {}", action.reference, action.state.label()),
            because,
            sum: None,
            due: Some(action.due_on),
            beside: Vec::new(),
        })
    }
}

/// The phase whose last day holds for a step without a time limit of its own, as people say it.
fn phase_of(step: &Step) -> &'static str {
    match step.duty {
        StepDuty::Allocate => "Allocate",
        StepDuty::Return => "Return",
        StepDuty::Finalise => "Finalise",
        StepDuty::Record | StepDuty::FamilyContact | StepDuty::Submit => "Review",
    }
}
