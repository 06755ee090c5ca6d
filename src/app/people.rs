//! The list of people: one person over the view with what they may do and hold, the forms that add, change and end somebody, and
//! handing over, thing by thing, what somebody holds who goes.

use super::App;
use super::command::Command;
use super::effect::{Effect, For, PeopleFor, Then};
use super::form::{self, PersonForm};
use super::overlay::{Overlay, Sheet, SheetBody};
use super::state::View;
use crate::domain::access::Right;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::query::{Held, HeldRow, PersonChoices, PersonDetail, Query};

impl App {
    /// The person whose sheet lies over the view.
    fn open_person(&self) -> Option<&PersonDetail> {
        self.overlays.iter().rev().find_map(|overlay| match overlay {
            Overlay::Sheet(sheet) => match &sheet.body {
                SheetBody::Person { detail, .. } => Some(detail.as_ref()),
                _ => None,
            },
            _ => None,
        })
    }

    /// The person that the commands of the register work on: the one whose sheet lies open, else the one under the cursor.
    fn person_at_hand(&self) -> Option<PersonId> {
        let listed = || self.people.current().filter(|_| self.view == View::Register).map(|row| row.id);
        self.open_person().map(|detail| detail.person.id).or_else(listed)
    }

    /// The name of somebody whose sheet lies open or who is in the list.
    pub(super) fn name_of_person(&self, person: PersonId) -> Option<String> {
        let open = self.open_person().filter(|detail| detail.person.id == person).map(|detail| detail.person.name.clone());
        open.or_else(|| self.people.rows.iter().find(|row| row.id == person).map(|row| row.name.clone()))
    }

    /// What of theirs is under the cursor of the sheet on top.
    pub fn held_at_hand(&self) -> Option<&HeldRow> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else { return None };
        let SheetBody::Person { detail, .. } = &sheet.body else { return None };
        detail.held.get(sheet.at)
    }

    /// The actions that a hand-over is about: the one under the cursor of the sheet on top, or all of theirs.
    pub(super) fn held_actions(&self) -> Option<Vec<&HeldRow>> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else { return None };
        let SheetBody::Person { detail, whole } = &sheet.body else { return None };
        let of_actions = |row: &&HeldRow| matches!(row.what, Held::Action { .. });
        Some(match whole {
            true => detail.held.iter().filter(of_actions).collect(),
            false => detail.held.get(sheet.at).into_iter().filter(of_actions).collect(),
        })
    }

    /// Why what is under the cursor of somebody's sheet is not handed over by a key: there is nothing, it is not theirs to give by
    /// their role, or it goes one by one.
    pub(super) fn reason_against_handing_over(&self, command: Command) -> Option<String> {
        let Some(row) = self.held_at_hand() else { return Some("Nothing is theirs to do.".into()) };
        let gives = match row.what {
            Held::Lead(_) | Held::Companion(_) => Some(Command::Allocate),
            Held::Action { .. } => Some(Command::Reassign),
            Held::Manages(_) => Some(Command::ChangePerson),
            // These only open what they are in.
            Held::Back(_) | Held::Beside(_) | Held::Strip(_) | Held::Seat(_) => None,
        };
        let one_by_one = command == Command::SheetConfirm && !row.what.goes_together();
        let one_by_one = one_by_one.then(|| "These are given to others one by one.".to_string());
        gives.and_then(|gives| self.reason_by_role(gives)).or(one_by_one)
    }

    pub(super) fn reason_against_in_register(&self, command: Command) -> Option<String> {
        if command == Command::AddPerson {
            return self.framework.is_none().then(|| "Choose a framework first: `closeloop init --framework ID`.".to_string());
        }
        let Some(person) = self.person_at_hand() else { return Some("There is nobody in the list.".into()) };
        match (command, self.open_person()) {
            (Command::EndPerson, Some(detail)) => detail.stays.clone(),
            // Whoever is away themselves may say so; everybody else\u{2019}s absence is for those who keep the list.
            (Command::RecordAbsence, _) if !self.overview.access.may(Right::Administer) && !self.overview.access.is(person) => {
                let framework = self.framework.as_ref()?;
                Some(self.overview.access.refusal(framework, Right::Administer).to_string())
            }
            _ => None,
        }
    }

    pub(super) fn run_register(&mut self, command: Command) -> Vec<Effect> {
        if command == Command::AddPerson {
            return self.ask_person_form(PersonForm::Add);
        }
        let Some(person) = self.person_at_hand() else { return Vec::new() };
        match command {
            Command::ChangePerson => self.ask_person_form(PersonForm::Change(person)),
            Command::EndPerson => self.ask_person_form(PersonForm::End(person)),
            Command::RecordAbsence => vec![self.ask_people_of(PeopleFor::Absence(person))],
            _ => Vec::new(),
        }
    }

    /// Reads what a form about somebody is made from; it opens when that is there.
    pub(super) fn ask_person_form(&self, form: PersonForm) -> Vec<Effect> {
        let query = match form {
            PersonForm::Add => Query::PersonChoices(None),
            PersonForm::Change(person) | PersonForm::Manager(person) => Query::PersonChoices(Some(person)),
            PersonForm::End(person) => Query::Person(person),
        };
        vec![Effect::Ask(For::PersonForm(form), query)]
    }

    /// Opens the form about somebody that was asked for, with what was read for it.
    pub(super) fn person_choices_read(&mut self, form: PersonForm, choices: PersonChoices) -> Vec<Effect> {
        let made = match (form, self.framework.clone()) {
            (PersonForm::Manager(_), _) => form::person_manager(choices),
            (_, Some(framework)) => Some(form::person_facts(&framework, choices)),
            (_, None) => None,
        };
        made.map(|made| self.open_form(made)).unwrap_or_default()
    }

    /// Opens the form of somebody's last day, or says why it cannot be noted.
    pub(super) fn person_ends(&mut self, detail: &PersonDetail) -> Vec<Effect> {
        if let Some(why) = detail.stays.clone() {
            self.meeting = false;
            self.trouble(why);
            return Vec::new();
        }
        let form = form::end_person(detail, self.today());
        self.open_form(form)
    }

    /// Asks for the person under the cursor.
    pub(super) fn open_in_register(&self) -> Vec<Effect> {
        self.people.current().map(|row| Effect::Ask(For::Person, Query::Person(row.id))).into_iter().collect()
    }

    /// Shows a person who was read: in the place of the same one, or over the view.
    pub(super) fn person_read(&mut self, detail: Box<PersonDetail>) {
        self.forget_handing_over();
        for overlay in &mut self.overlays {
            if let Overlay::Sheet(sheet) = overlay
                && let SheetBody::Person { detail: known, .. } = &mut sheet.body
                && known.person.id == detail.person.id
            {
                sheet.at = sheet.at.min(detail.held.len().saturating_sub(1));
                *known = detail;
                return;
            }
        }
        self.overlays.push(Sheet::over(SheetBody::Person { detail, whole: false }));
    }

    /// Reads again the person whose sheet lies open.
    pub(super) fn ask_person_again(&self) -> Option<Effect> {
        self.open_person().map(|detail| Effect::Ask(For::Person, Query::Person(detail.person.id)))
    }

    /// From a sitting that was opened from somebody's sheet one step back leads to that sheet, not to the other sittings.
    pub(super) fn back_to_register(&mut self, left: View) -> Vec<Effect> {
        if left != View::Sitting || self.sitting.shown.is_some() || !self.hands_over() {
            return Vec::new();
        }
        self.view = View::Register;
        self.reload()
    }

    /// Opens where what is under the cursor is given to somebody else; all of its sort where that goes at once.
    pub(super) fn hand_over(&mut self, all: bool) -> Vec<Effect> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut() else { return Vec::new() };
        let at = sheet.at;
        let SheetBody::Person { detail, whole } = &mut sheet.body else { return Vec::new() };
        *whole = all;
        let Some(row) = detail.held.get(at).cloned() else { return Vec::new() };
        let person = detail.person.id;
        let leads: Vec<ReviewId> =
            detail.held.iter().filter_map(|row| if let Held::Lead(review) = row.what { Some(review) } else { None }).collect();
        self.hand_over_for(person);
        match row.what {
            Held::Lead(_) if all => vec![Effect::Ask(For::Proposal, Query::Proposal(leads))],
            Held::Lead(review) | Held::Companion(review) => vec![Effect::Ask(For::Proposal, Query::Proposal(vec![review]))],
            Held::Action { .. } => self.run(Command::Reassign),
            Held::Back(review) => {
                self.overlays.pop();
                self.say("Its reviewer stays; those beside them and the Insights team complete what the panel asked for.");
                vec![Effect::Ask(For::Record(Then::Show), Query::Opening(review))]
            }
            Held::Beside(review) => {
                self.overlays.pop();
                let (away, name) = (self.keymap.hint(Command::TakeReviewerAway), self.keymap.hint(Command::NameReviewer));
                self.say(format!("{away} takes them away from {}, {name} names somebody else.", row.reference));
                vec![Effect::Ask(For::Record(Then::Show), Query::Opening(review))]
            }
            Held::Strip(strip) => {
                self.overlays.pop();
                self.open_strip(strip, None)
            }
            Held::Seat(panel) => {
                self.overlays.pop();
                let key = self.keymap.hint(Command::ChangeSitting);
                self.say(format!("{key} changes who sits there and who chairs."));
                self.open_sitting(panel)
            }
            Held::Manages(other) => self.ask_person_form(PersonForm::Manager(other)),
        }
    }
}

/// What Enter does with something that somebody holds, in a few words.
pub fn hands_over(held: Held) -> &'static str {
    match held {
        Held::Lead(_) => "proposes another reviewer",
        Held::Back(_) => "opens the review: others complete it",
        Held::Beside(_) => "opens the review, where another is named",
        Held::Companion(_) => "proposes reviewers, with who stands beside",
        Held::Action { .. } => "gives it to another owner",
        Held::Strip(_) => "opens it: their row says how somebody else acts",
        Held::Seat(_) => "opens the sitting, where its members are changed",
        Held::Manages(_) => "names another line manager",
    }
}
