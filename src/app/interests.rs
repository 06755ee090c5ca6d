//! The question about interests before a record is first opened, and the sheet of who is recused.

use super::App;
use super::command::Command;
use super::effect::{After, Effect, PeopleFor, Then};
use super::form;
use crate::domain::deed::Deed;
use crate::domain::id::ReviewId;
use crate::domain::interest::InterestKind;
use crate::domain::query::InterestsDetail;

impl App {
    /// Answers the question: the first row is nothing to declare, the others are the kinds of interest.
    pub(super) fn answer_question(&mut self, review: ReviewId, then: Then, at: usize) -> Vec<Effect> {
        let Some(kind) = at.checked_sub(1).and_then(|place| InterestKind::ALL.get(place)) else {
            // What was said when the record was asked for, such as why it comes next, stays on the screen.
            let said = self.notice.take();
            let after = match then {
                Then::InRoom(command) => {
                    // Whoever opened the item by its key reads it where they are.
                    self.sitting.goes_on = Some((review, command)).filter(|_| command != Command::Open);
                    After::CloseSheet
                }
                _ => After::Open(review, then),
            };
            let effects = self.ask_for(Deed::NothingToDeclare { review }, after);
            self.notice = said;
            return effects;
        };
        if *kind == InterestKind::Other {
            let reference = self.reference_of(review).unwrap_or_default().to_string();
            return self.open_form(form::own_interest(review, &reference, *kind));
        }
        let deed = Deed::DeclareInterest { review, person: None, kind: *kind, note: String::new() };
        self.ask_for(deed, After::Recused(review))
    }

    /// Opens the form for a row: declaring, withdrawing, or setting aside.
    pub(super) fn choose_interest(&mut self, detail: &InterestsDetail, at: usize) -> Vec<Effect> {
        let Some(place) = at.checked_sub(1) else { return vec![self.ask_people_of(PeopleFor::Interest)] };
        if let Some(row) = detail.declared.get(place) {
            if row.withdrawn.is_some() {
                self.say("It has been withdrawn; its reason stands beside it.");
                return Vec::new();
            }
            return self.open_form(form::withdraw_interest(row, &detail.reference));
        }
        match detail.inferred.get(place - detail.declared.len()) {
            Some(row) => self.open_form(form::dismiss(row, detail.review, &detail.reference)),
            None => Vec::new(),
        }
    }
}
