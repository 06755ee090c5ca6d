//! Commands of the record of a review.

use super::App;
use super::command::Command;
use super::effect::{After, Effect, For, PeopleFor};
use super::form::{self, FormFor};
use super::overlay::{Sheet, SheetBody};
use super::record::{Record, Section};
use crate::domain::calendar::say_full_date;
use crate::domain::deed::{Deed, PanelDeed};
use crate::domain::framework::StepDuty;
use crate::domain::query::{Dated, Query};
use crate::domain::review;
use crate::domain::tracking::close;

impl App {
    pub(super) fn run_record(&mut self, command: Command) -> Vec<Effect> {
        let Some(record) = &mut self.record else { return Vec::new() };
        let id = record.detail.facts.review.id;
        match command {
            Command::NextSection => record.turn(true),
            Command::PreviousSection => record.turn(false),
            Command::ScrollDown => record.step(1),
            Command::ScrollUp => record.step(-1),
            Command::Edit => return self.edit(),
            Command::RecordNext => return self.open_next_step(),
            Command::Finish => return self.open_finish(),
            Command::RaiseAction => return vec![self.ask_people_of(PeopleFor::Action)],
            Command::NameReviewer => return vec![self.ask_people_of(PeopleFor::CoReviewer)],
            Command::TakeReviewerAway => return self.open_form_for(FormFor::TakeAway(id)),
            Command::OpenSeal => return self.open_form_for(FormFor::OpenSeal(id)),
            Command::FollowUp => return vec![self.ask_people_of(PeopleFor::FollowUp)],
            Command::CloseLoop => self.close_loop(),
            Command::NoAction => return self.open_form_for(FormFor::NoActions(id)),
            Command::WithdrawAction => {
                if let Some(action) = record.detail.actions.get(record.at[Section::Actions as usize]) {
                    let deed = Deed::WithdrawAction { action: action.id };
                    return self.ask_for(deed, After::Nothing);
                }
            }
            Command::Beside if record.beside.is_some() => record.beside = None,
            Command::Beside => return vec![Effect::Ask(For::Earlier, Query::Earlier(id))],
            Command::AllocateRecord => return vec![Effect::Ask(For::Proposal, Query::Proposal(vec![id]))],
            Command::SubstituteRecord => return self.open_form_for(FormFor::Substitute(id)),
            Command::RevealRecord => {
                let reference = record.detail.facts.review.reference.clone();
                return self.open_form(form::reveal(id, &reference));
            }
            Command::Interests => return vec![Effect::Ask(For::Interests, Query::Interests(id))],
            Command::RaiseDisputeRecord => return vec![self.ask_people_of(PeopleFor::Drp(Some(id)))],
            Command::RaiseAlertRecord => return self.open_form_for(FormFor::Alert(form::AlertForm::Raise(id))),
            Command::BringToPanel => return self.open_form_for(FormFor::Panel(form::PanelForm::Bring(id))),
            Command::HandInAgain => {
                let seen = record.detail.facts.revision;
                return self.ask_for(Deed::Panel(PanelDeed::HandInAgain { review: id, seen }), After::Nothing);
            }
            Command::CodeRecord | Command::MarkPractice => {
                let practice = command == Command::MarkPractice;
                return vec![Effect::Ask(For::MayCode { practice, of: 1 }, Query::MayCode(vec![id]))];
            }
            Command::LookFurther => return self.open_form_for(FormFor::LookFurther(id)),
            Command::DueSumRecord => return vec![Effect::Ask(For::DueSum, Query::DueSum(Dated::Review(id)))],
            _ => {}
        }
        Vec::new()
    }

    /// Opens the form for the row under the cursor.
    fn edit(&mut self) -> Vec<Effect> {
        let Some(record) = &self.record else { return Vec::new() };
        let detail = &record.detail;
        let id = detail.facts.review.id;
        let row = record.row();
        let wanted = match record.section {
            Section::Steps => match record.step_at_cursor() {
                Some((_, StepDuty::Allocate)) => return vec![Effect::Ask(For::Proposal, Query::Proposal(vec![id]))],
                Some((_, StepDuty::Submit)) => return self.open_finish(),
                // The next step may have to wait: for its day, or for the panel.
                Some((key, _)) if detail.facts.review.next.step.as_deref() == Some(&key) => return self.open_next_step(),
                Some((key, _)) => FormFor::Step(id, key),
                None => return Vec::new(),
            },
            Section::Questions => match detail.kind.areas.get(row) {
                Some(area) => FormFor::Area(id, area.key.clone()),
                None => return Vec::new(),
            },
            Section::Narrative => match detail.kind.narrative.get(row) {
                Some(heading) => FormFor::Narrative(id, heading.key.clone()),
                None => return Vec::new(),
            },
            Section::Judgement if detail.kind.judged_apart() && !detail.facts.joint.is_open(detail.facts.reviewer) => {
                FormFor::OwnJudgement(id)
            }
            Section::Judgement => FormFor::Judgement(id),
            Section::Actions if detail.actions.is_empty() => FormFor::Action(id),
            Section::Actions => {
                let action = detail.actions.get(record.at[Section::Actions as usize]).map(|action| action.id);
                return action.map(|id| Effect::Ask(For::Action, Query::Action(id))).into_iter().collect();
            }
            Section::Loop => return vec![self.ask_people_of(PeopleFor::FollowUp)],
            Section::History => return Vec::new(),
        };
        if matches!(record.section, Section::Questions | Section::Narrative | Section::Judgement) && !record.writable() {
            self.say("The review was submitted: its answers stay as they are.");
            return Vec::new();
        }
        self.open_form_for(wanted)
    }

    /// Says what the loop still misses, or since when it is closed: nobody closes one by hand.
    fn close_loop(&mut self) {
        let Some(record) = &mut self.record else { return };
        let (reference, follows) = (record.detail.facts.review.reference.clone(), &record.detail.follows);
        let said = close(&reference, &follows.links, follows.since);
        if record.sections().any(|section| section == Section::Loop) {
            record.section = Section::Loop;
        }
        match said {
            Ok(Some(since)) => self.say(format!("{reference}: the loop is closed since {}.", say_full_date(since))),
            Ok(None) => self.say(format!("{reference}: the loop is closed.")),
            Err(refused) => self.trouble(refused.to_string()),
        }
    }

    /// Shows what is missing, with the way to submit when nothing is.
    pub(super) fn open_finish(&mut self) -> Vec<Effect> {
        let Some(record) = &self.record else { return Vec::new() };
        let review = record.detail.facts.review.id;
        let body = SheetBody::Finish { review, tension: record.detail.tension.clone() };
        self.overlays.push(Sheet::over(body));
        Vec::new()
    }
}

impl Record {
    /// Goes to the section and row that a form belongs to.
    pub fn go_to_form(&mut self, form: &FormFor) {
        let kind = &self.detail.kind;
        let (section, row) = match form {
            FormFor::Step(_, key) => (Section::Steps, kind.step(key).map(|(place, _)| place)),
            FormFor::Area(_, key) => (Section::Questions, kind.areas.iter().position(|area| area.key == *key)),
            FormFor::Narrative(_, key) => (Section::Narrative, kind.narrative.iter().position(|heading| heading.key == *key)),
            FormFor::Judgement(_) | FormFor::OwnJudgement(_) | FormFor::OpenSeal(_) => (Section::Judgement, None),
            FormFor::Action(_) | FormFor::NoActions(_) => (Section::Actions, None),
            FormFor::FollowUp(_) => (Section::Loop, None),
            FormFor::OpenCycle
            | FormFor::Interest(_)
            | FormFor::WithdrawInterest(_)
            | FormFor::Panel(_)
            | FormFor::Tracker(..)
            | FormFor::RaiseDrp(_)
            | FormFor::Exempt(..)
            | FormFor::DrpStep(_)
            | FormFor::Report(_)
            | FormFor::Alert(_)
            | FormFor::Plan(_)
            | FormFor::Revisit(_)
            | FormFor::Dismiss(..)
            | FormFor::Focus(_)
            | FormFor::Themes(_)
            | FormFor::ActionEach(_)
            | FormFor::ActionsFile(_)
            | FormFor::Practice(_)
            | FormFor::CoReviewer(_)
            | FormFor::TakeAway(_)
            | FormFor::Draw(_)
            | FormFor::Substitute(_)
            | FormFor::Absence(_)
            | FormFor::Person(_)
            | FormFor::Privacy(_)
            | FormFor::Reveal(_)
            | FormFor::Beside(_)
            | FormFor::NameCase(_)
            | FormFor::Withdraw(_)
            | FormFor::LookFurther(_)
            | FormFor::Notices(_)
            | FormFor::Allocating(_)
            | FormFor::EntryAction(_)
            | FormFor::Entry(..) => return,
        };
        self.section = section;
        self.at[section as usize] = row.unwrap_or(0);
    }

    /// Goes to where something is missing.
    pub fn go_to(&mut self, section: &review::Section) {
        let kind = &self.detail.kind;
        let (section, row) = match section {
            review::Section::Step(key) => (Section::Steps, kind.step(key).map_or(0, |(place, _)| place)),
            review::Section::Questions => {
                let open = kind.areas.iter().position(|area| review::area_misses_something(kind, &self.detail.facts, area));
                (Section::Questions, open.unwrap_or(0))
            }
            review::Section::Narrative(key) => {
                (Section::Narrative, kind.narrative.iter().position(|heading| heading.key == *key).unwrap_or(0))
            }
            review::Section::Actions => (Section::Actions, 0),
            review::Section::Judgement => (Section::Judgement, 0),
            review::Section::Reviewers => (Section::Steps, kind.step_of(StepDuty::Allocate).map_or(0, |(place, _)| place)),
        };
        self.section = section;
        self.at[section as usize] = row;
    }
}
