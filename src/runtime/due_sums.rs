//! Why a date is what it is: the sum behind the due date of a review, an alert or an action, in sentences.

use super::answers::{Answers, missing};
use crate::domain::calendar::{Sum, say_date};
use crate::domain::framework::{Step, StepDuty};
use crate::domain::id::{ActionId, AlertId, ReviewId};
use crate::domain::query::{Dated, DueSum};
use crate::domain::review::{PanelStand, sum_of};
use crate::store::StoreResult;

impl Answers<'_> {
    pub(super) fn due_sum(&mut self, dated: Dated) -> StoreResult<DueSum> {
        match dated {
            Dated::Review(id) => self.sum_of_review(id),
            Dated::Alert(id) => self.sum_of_alert(id),
            Dated::Action(id) => self.sum_of_action(id),
            Dated::Drp(id) => self.sum_of_drp(id),
        }
    }

    fn sum_of_review(&mut self, id: ReviewId) -> StoreResult<DueSum> {
        let facts = self.reading.review(id)?.ok_or_else(|| missing("review"))?;
        let (_, _, kind) = self.rules_of(&facts)?;
        let calendar = self.library.calendar(self.reading)?;
        let next = &facts.review.next;
        let step = next.step.as_ref().and_then(|key| kind.step(key)).map(|(_, step)| step);
        let waits = matches!(facts.panel, PanelStand::Waiting(_)) && step.is_some_and(|step| step.duty == StepDuty::Return);
        let sum = step.filter(|_| !waits).and_then(|step| sum_of(step, &facts.steps, &calendar));
        let because = match (step, &sum) {
            _ if waits => {
                let sitting = self.reading.next_panel(self.viewer.today)?;
                let sits = sitting.map_or("No sitting is planned.".to_string(), |panel| {
                    format!("The next sitting is on {} at {}.", say_date(panel.on), panel.at)
                });
                format!("The last day of the cycle\u{2019}s phase \u{201c}Moderate\u{201d}. {sits}")
            }
            (Some(step), Some(_)) => step.due.as_ref().map_or(String::new(), |due| {
                let after = kind.step(&due.after).map_or(due.after.clone(), |(_, step)| step.label.clone());
                format!("{} after \u{201c}{after}\u{201d}.", due.within)
            }),
            (Some(step), None) => format!("The last day of the cycle\u{2019}s phase \u{201c}{}\u{201d}.", phase_of(step)),
            (None, _) => "Nothing is left to do.".to_string(),
        };
        let title = format!("{} \u{b7} {}", facts.review.reference, if next.label.is_empty() { "done" } else { &next.label });
        Ok(DueSum { title, because, sum, due: next.due_on })
    }

    /// M11: the hours count from the moment the alert opened.
    fn sum_of_alert(&mut self, id: AlertId) -> StoreResult<DueSum> {
        let alert = self.reading.alert(id)?.ok_or_else(|| missing("alert"))?;
        self.reading.open_to(alert.review, self.viewer)?;
        let facts = self.reading.review(alert.review)?.ok_or_else(|| missing("review"))?;
        let (_, framework, _) = self.rules_of(&facts)?;
        let calendar = self.library.calendar(self.reading)?;
        let title = format!("{} on {} \u{b7} record to be reviewed", alert.reference, facts.review.reference);
        let sum: Option<Sum> = framework.escalation.review_within.and_then(|within| calendar.working(alert.opened_at, within).ok());
        let because = match alert.review_due_at {
            Some(_) => format!("{} after the alert opened, {}.", alert.review_within, alert.trigger.label()),
            None => "The framework sets no time for reviewing the record.".to_string(),
        };
        Ok(DueSum { title, because, due: alert.review_due_at.map(crate::domain::calendar::local_date), sum })
    }

    /// F11: an action is due when it was agreed, at the latest at the framework's limit.
    fn sum_of_action(&mut self, id: ActionId) -> StoreResult<DueSum> {
        let action = self.reading.action(id)?.ok_or_else(|| missing("action"))?;
        self.reading.open_to(action.review, self.viewer)?;
        let facts = self.reading.review(action.review)?.ok_or_else(|| missing("review"))?;
        let (_, framework, _) = self.rules_of(&facts)?;
        let limit = framework.actions.limit.map_or(String::new(), |limit| format!(" The framework allows at most {limit}."));
        let because = format!("Agreed when the action was raised out of {}.{limit}", facts.review.reference);
        Ok(DueSum { title: format!("{} \u{b7} {}", action.reference, action.state.label()), because, sum: None, due: Some(action.due_on) })
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
