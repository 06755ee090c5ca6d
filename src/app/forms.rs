//! Forms being opened, typed in, saved and left.

use super::command::Command;
use super::effect::{After, Effect, For, PeopleFor};
use super::form::{self, Form, FormFor, People, Pressed};
use super::key::Key;
use super::overlay::{Confirm, Overlay};
use super::{App, View};
use crate::domain::cycle::next_first_day;
use crate::domain::deed::{Deed, InsightDeed, PeopleDeed, ReportDeed};
use crate::domain::framework::Framework;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::named::may_name;
use crate::domain::query::{CaseRow, From, Query, Window};
use crate::domain::review::Chosen;

impl App {
    /// Opens a form over the view, with its draft if there is one.
    pub(super) fn open_form(&mut self, form: Form) -> Vec<Effect> {
        self.put_up(form);
        Vec::new()
    }

    /// Puts a form on the screen. One that was refused because somebody else saved first stays where it is, with what was typed, and
    /// meets what this one holds; says whether it is a new one.
    fn put_up(&mut self, form: Form) -> bool {
        let met = std::mem::take(&mut self.meeting);
        if let Some(Overlay::Form(refused)) = self.overlays.last_mut()
            && met
            && refused.kind == form.kind
        {
            refused.meet(&form);
            return false;
        }
        let form = self.with_draft(form);
        self.overlays.push(Overlay::Form(Box::new(form)));
        true
    }

    /// Opens the form under the hands anew, for what somebody else saved meanwhile. One that cannot be opened from here any more
    /// stays as it is: what was typed is a draft of it.
    pub(super) fn meet_what_is_stored(&mut self) -> Vec<Effect> {
        match self.overlays.last() {
            Some(Overlay::Form(form)) if self.meeting => {
                let effects = self.open_form_for(form.kind.clone());
                // What has nobody to ask first has met by now, or cannot be opened from here.
                self.meeting &= !effects.is_empty();
                effects
            }
            _ => {
                self.meeting = false;
                Vec::new()
            }
        }
    }

    /// A form over answers of the record on the screen, as it would open now.
    fn form_of_answers(&self, kind: &FormFor) -> Option<Form> {
        let detail = &self.record.as_ref()?.detail;
        match kind {
            FormFor::Area(_, key) => form::area(detail, key),
            FormFor::Narrative(_, key) => form::narrative(detail, key),
            FormFor::Judgement(_) => Some(form::judgement(detail)),
            FormFor::NoActions(_) => Some(form::no_actions(detail)),
            _ => None,
        }
    }

    /// Opens the form of a kind, as far as what it needs has been read.
    pub(super) fn open_form_for(&mut self, kind: FormFor) -> Vec<Effect> {
        let today = self.today();
        let detail = self.record.as_ref().map(|record| &record.detail);
        let form = match (&kind, detail) {
            (FormFor::OpenCycle, _) => {
                self.framework.as_ref().map(|framework| form::open_cycle(framework, self.next_cycle_start(framework)))
            }
            (FormFor::Step(_, key), Some(detail)) => form::step(detail, key, today),
            (FormFor::Area(..) | FormFor::Narrative(..) | FormFor::Judgement(_) | FormFor::NoActions(_), Some(_)) => {
                self.form_of_answers(&kind)
            }
            (FormFor::OwnJudgement(_), Some(detail)) => Some(form::own_judgement(detail)),
            (FormFor::OpenSeal(_), Some(detail)) => Some(form::open_seal(detail)),
            (FormFor::TakeAway(_), Some(detail)) => Some(form::take_away(detail)),
            (FormFor::CoReviewer(_), Some(_)) => return vec![self.ask_people_of(PeopleFor::CoReviewer)],
            (FormFor::FollowUp(_), Some(_)) => return vec![self.ask_people_of(PeopleFor::FollowUp)],
            (FormFor::Action(_), Some(_)) => return vec![self.ask_people_of(PeopleFor::Action)],
            (FormFor::ActionEach(_), _) => return vec![self.ask_people_of(PeopleFor::ActionEach)],
            (FormFor::Substitute(_), Some(detail)) if !detail.facts.review.chosen.is_random() => Some(form::withdraw(detail)),
            (FormFor::Substitute(id), Some(_)) => return vec![Effect::Ask(For::SubstituteForm, Query::Substitutes(*id))],
            (FormFor::Focus(id), _) => {
                let detail = self.cycle.detail.as_ref().filter(|detail| detail.cycle.id == *id);
                detail.map(|detail| form::focus(detail))
            }
            (FormFor::Draw(id), _) => return vec![Effect::Ask(For::DrawForm, Query::Frame(*id))],
            (FormFor::Absence(id), _) => return vec![self.ask_people_of(PeopleFor::Absence(*id))],
            (FormFor::Person(form), _) => return self.ask_person_form(*form),
            (FormFor::NameCase(_), _) => return vec![self.ask_people_of(PeopleFor::NameCase)],
            (FormFor::Withdraw(_), Some(detail)) => Some(form::withdraw(detail)),
            (FormFor::LookFurther(_), Some(detail)) => form::look_further(detail),
            (FormFor::Beside(extra), _) => self.beside_form(*extra),
            (FormFor::Entry(register, entry), _) => return self.open_entry(register.clone(), *entry),
            (FormFor::Reveal(id), _) => self.review_at_hand().map(|(_, reference)| form::reveal(*id, &reference)),
            (FormFor::Interest(_), Some(_)) => return vec![self.ask_people_of(PeopleFor::Interest)],
            (FormFor::Panel(form::PanelForm::Plan), _) => return vec![self.ask_people_of(PeopleFor::Sitting(None))],
            (FormFor::Panel(form::PanelForm::Change(panel)), _) => return vec![self.ask_people_of(PeopleFor::Sitting(Some(*panel)))],
            (FormFor::Panel(kind), _) => self.panel_form(*kind),
            (FormFor::RaiseDrp(review), _) => return vec![self.ask_people_of(PeopleFor::Drp(*review))],
            (FormFor::DrpStep(id), _) => return vec![Effect::Ask(For::Drp(true), Query::Drp(*id))],
            (FormFor::Alert(kind), _) => self.alert_form(*kind),
            (FormFor::Plan(kind), _) => return self.plan_form(*kind),
            (FormFor::Report(form::ReportForm::Another), _) => self.another_report_form(),
            (FormFor::Report(kind), _) => self.report_form(*kind),
            (FormFor::Practice(_), Some(detail)) => Some(form::practice(detail)),
            (FormFor::Themes(_), Some(detail)) if self.view == View::Record => {
                let facts = &detail.facts.review;
                Some(form::themes(&detail.framework, (facts.id, &facts.reference), &detail.themes))
            }
            (FormFor::Themes(reviews), _) if self.coded.as_ref().is_some_and(|(id, _)| reviews.as_slice() == [*id]) => {
                let coded = self.coded.as_ref().zip(self.framework.as_ref());
                coded.map(|((id, themes), framework)| {
                    // What is marked need not be in sight.
                    let row = self.queue.rows.iter().find(|row| row.id == *id);
                    form::themes(framework, (*id, row.map_or("Marked review", |row| &row.reference)), themes)
                })
            }
            (FormFor::Themes(reviews), _) => self.framework.as_ref().map(|framework| form::themes_of_many(framework, reviews.clone())),
            // They are opened from the row they are about.
            (
                FormFor::WithdrawInterest(_)
                | FormFor::Dismiss(..)
                | FormFor::Exempt(..)
                | FormFor::Revisit(_)
                | FormFor::EntryAction(_)
                | FormFor::Privacy(_),
                _,
            ) => None,
            (FormFor::Notices(_) | FormFor::Allocating(_) | FormFor::Tracker(..) | FormFor::ActionsFile(_), _) | (_, None) => None,
        };
        match form {
            Some(form) => self.open_form(form),
            None => {
                if !std::mem::take(&mut self.meeting) {
                    self.trouble("This form cannot be opened from here: go to its view first.");
                }
                Vec::new()
            }
        }
    }

    /// Asks for everybody, to choose from in a form.
    pub(super) fn ask_people_of(&self, which: PeopleFor) -> Effect {
        let window = Window { filter: Default::default(), sort: (), reversed: false, from: From::Start, limit: 2000 };
        Effect::Ask(For::PeopleOf(which), Query::People(window))
    }

    pub(super) fn open_people_form(&mut self, which: PeopleFor, people: People) -> Vec<Effect> {
        let today = self.today();
        let people = likely_first(people, self.likely(which));
        let record = self.record.as_ref().map(|record| &record.detail);
        let form = match which {
            PeopleFor::FollowUp => self.record.as_ref().map(|record| form::follow_up(record, people, today)),
            PeopleFor::Action => record.map(|detail| form::action(detail, people)),
            PeopleFor::ActionEach => self.action_each_form(people),
            PeopleFor::Tracker(kind) => self.tracker_form(kind, people),
            PeopleFor::Substitute => record.map(|detail| form::substitute(detail, &self.substitutes, people)),
            PeopleFor::CoReviewer => record.map(|detail| form::co_reviewer(detail, people)),
            PeopleFor::Entry => self.entry_form(people),
            PeopleFor::Plan(cycle) => self.wider_action_form(cycle, people),
            PeopleFor::EntryAction(entry) => self.entry_action_form(entry, people),
            PeopleFor::Revisit => self.revisit_form(people),
            PeopleFor::NameCase => self.cycle.detail.as_ref().map(|detail| form::name_case(detail, people)),
            PeopleFor::Notice(place) => {
                let rows = self.cycle.detail.as_ref().map(|detail| &detail.notices);
                rows.and_then(|rows| rows.get(place)).map(|row| form::gap(row, people, today))
            }
            PeopleFor::Absence(id) => {
                let name = self.name_of_person(id);
                name.map(|name| form::absence(id, &name, people, today))
            }
            // Its form needs more than names: it opens where they are answered.
            PeopleFor::Sitting(_) => None,
            PeopleFor::Drp(review) => self.drp_form(review, people),
            PeopleFor::AlertGap => self.alert.as_ref().and_then(|view| form::alert_gap(view, people, self.mail_set_up)),
            PeopleFor::Assurance => self.alert.as_ref().map(|view| form::assure_alert(&view.detail, people)),
            PeopleFor::Interest => record.map(|detail| form::interest(detail.facts.review.id, &detail.facts.review.reference, people)),
        };
        let Some(form) = form else {
            self.meeting = false;
            return Vec::new();
        };
        if !self.put_up(form) {
            return Vec::new();
        }
        self.offer_namers();
        self.ask_cases()
    }

    /// Who is most likely meant in a form, as far as what it is about is on the screen.
    fn likely(&self, which: PeopleFor) -> &[PersonId] {
        let record = || self.record.as_ref().filter(|_| self.view == View::Record).map(|record| &record.detail.likely);
        let found = match which {
            PeopleFor::Action | PeopleFor::FollowUp | PeopleFor::CoReviewer | PeopleFor::Interest | PeopleFor::Tracker(_) => record(),
            PeopleFor::ActionEach if self.view == View::Sitting => self.sitting.item().map(|item| &item.review.likely),
            PeopleFor::ActionEach => record(),
            PeopleFor::AlertGap | PeopleFor::Assurance => self.alert.as_ref().map(|view| &view.detail.likely),
            _ => None,
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// Offers in the form that names a case only those who may name it in the way that is chosen.
    fn offer_namers(&mut self) {
        let (Some(Overlay::Form(form)), Some(detail)) = (self.overlays.last_mut(), &self.cycle.detail) else { return };
        let (FormFor::NameCase(_), Some(how)) = (&form.kind, Chosen::of_key(&form.value("how"))) else { return };
        let may = self.namers.iter().filter(|(.., role)| may_name(how, &detail.framework, role));
        let offered: People = may.map(|(id, said, _)| (*id, said.clone())).collect();
        let Some(field) = form.fields.iter_mut().find(|field| field.key == "by") else { return };
        if let super::form::Input::Person { people, chosen, at, .. } = &mut field.input {
            *chosen = chosen.filter(|chosen| offered.iter().any(|(id, _)| id == chosen));
            *at = (*at).min(offered.len().saturating_sub(1));
            *people = offered;
        }
    }

    /// Asks for the cases that fit what is typed, when the form on top names one.
    fn ask_cases(&mut self) -> Vec<Effect> {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return Vec::new() };
        let kind = form.value("kind");
        let named = form.kind.clone();
        let field = form.fields.iter().find(|field| field.key == "case").map(|field| &field.input);
        let Some(super::form::Input::Case { typed, .. }) = field else { return Vec::new() };
        match named {
            FormFor::NameCase(cycle) => vec![Effect::Ask(For::Cases, Query::Cases { cycle, kind, typed: typed.clone() })],
            _ => vec![Effect::Ask(For::Cases, Query::AnyCases(typed.clone()))],
        }
    }

    /// Puts the cases that were found under the field that names one.
    pub(super) fn cases_found(&mut self, rows: Vec<CaseRow>) {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return };
        for field in &mut form.fields {
            if let super::form::Input::Case { found, at, .. } = &mut field.input {
                *at = (*at).min(rows.len().saturating_sub(1));
                found.clone_from(&rows);
            }
        }
    }

    /// Opens the form that names themes, or marks a passage, once it is known to be for whoever sits here to fill in.
    pub(super) fn open_coding(&mut self, practice: bool) -> Vec<Effect> {
        let record = self.record.as_ref().filter(|_| self.view == View::Record).map(|record| record.detail.facts.review.id);
        let kind = match record {
            Some(review) if practice => FormFor::Practice(review),
            Some(review) => FormFor::Themes(vec![review]),
            None => FormFor::Themes(self.queue.chosen().into_iter().map(ReviewId).collect()),
        };
        self.open_form_for(kind)
    }

    /// The first day to propose for the next cycle.
    fn next_cycle_start(&self, framework: &Framework) -> chrono::NaiveDate {
        let taken: Vec<_> = self.cycle.cycles.iter().filter(|cycle| !cycle.beside).map(|cycle| cycle.starts_on).collect();
        next_first_day(framework, &taken, self.today())
    }

    pub(super) fn key_in_form(&mut self, key: Key) -> Vec<Effect> {
        match self.keymap.resolve(key, &[super::command::Scope::Form]) {
            Some(Command::Save) => return self.save_form(),
            Some(Command::LeaveForm) => return self.leave_form(),
            Some(Command::NextField) => return self.go_field(true),
            Some(Command::PreviousField) => return self.go_field(false),
            _ => {}
        }
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return Vec::new() };
        match form.press(key) {
            Pressed::Next => self.go_field(true),
            Pressed::Previous => self.go_field(false),
            Pressed::Kept => Vec::new(),
            Pressed::Changed => {
                if let Some(framework) = &self.framework {
                    form.tell_of_role(framework);
                }
                self.offer_namers();
                let mut effects = self.keep_draft();
                effects.extend(self.ask_cases());
                effects
            }
        }
    }

    pub(super) fn paste_in_form(&mut self, text: &str) -> Vec<Effect> {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return Vec::new() };
        if form.paste(text) { self.keep_draft() } else { Vec::new() }
    }

    fn go_field(&mut self, forward: bool) -> Vec<Effect> {
        if let Some(Overlay::Form(form)) = self.overlays.last_mut() {
            form.go(forward);
        }
        Vec::new()
    }

    fn keep_draft(&mut self) -> Vec<Effect> {
        let Some(Overlay::Form(form)) = self.overlays.last() else { return Vec::new() };
        if !form.kind.keeps_draft() {
            return Vec::new();
        }
        vec![Effect::KeepDraft(self.draft_of(form))]
    }

    /// Turns the form into its deed. What stands for good is asked about first.
    fn save_form(&mut self) -> Vec<Effect> {
        let today = self.today();
        let kind = self.record.as_ref().map(|record| record.detail.kind.clone());
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return Vec::new() };
        form.settle();
        if let Some((place, why)) = form.undecided() {
            form.at = place;
            form.error = Some(why);
            return Vec::new();
        }
        if let Some(place) = form.missing().filter(|_| !form.may_stay_open()) {
            form.at = place;
            form.error = Some(format!("\u{201c}{}\u{201d} is still empty. Fill it in.", form.fields[place].label));
            return Vec::new();
        }
        if let FormFor::ActionsFile(calendar) = form.kind {
            let (name, endings) = (form.value("file"), form::actions_endings(calendar));
            if endings.iter().any(|ending| name.len() > ending.len() && name.to_lowercase().ends_with(ending)) {
                return self.write_actions(name);
            }
            form.error = Some(format!("The name has to end in {}, so that it is known what to write.", endings.join(" or ")));
            return Vec::new();
        }
        let deed = match form.deed(today, kind.as_deref()) {
            Ok(deed) => deed,
            Err((field, why)) => {
                form.at = form.fields.iter().position(|known| known.key == field).unwrap_or(form.at);
                form.error = Some(why);
                return Vec::new();
            }
        };
        let after = match &form.kind {
            FormFor::Reveal(review) => After::Show(*review),
            FormFor::Entry(_, None) => After::NextEntry,
            FormFor::Allocating(_) | FormFor::ActionEach(_) => After::CloseBoth,
            FormFor::Tracker(..) => After::Actions,
            FormFor::Interest(review) if form.value("person").is_empty() => After::Recused(*review),
            // The sheet below shows what is no longer so.
            FormFor::Interest(_) | FormFor::WithdrawInterest(_) | FormFor::Dismiss(..) => After::CloseAll,
            _ => After::CloseForm,
        };
        match &deed {
            Deed::Draw(wanted) => self.ask_first(self.confirm_draw(wanted)),
            Deed::OpenCycle(planned) => self.ask_first_if(self.confirm_long_past(planned.starts_on, &deed), deed, after),
            Deed::OpenBeside(wanted) => self.ask_first_if(self.confirm_long_past(wanted.planned.starts_on, &deed), deed, after),
            Deed::Report(ReportDeed::Build { cycle, kind }) => {
                self.reports.opens = true;
                self.reports.built = Some((*cycle, kind.clone()));
                self.reports.detail = None;
                self.ask_first_if(self.confirm_build(&deed, true), deed, after)
            }
            Deed::Panel(_) => match self.confirm_at_sitting(&deed) {
                Ok(confirm) => self.ask_first_if(confirm, deed, after),
                Err((field, why)) => {
                    if let Some(Overlay::Form(form)) = self.overlays.last_mut() {
                        form.at = form.fields.iter().position(|known| known.key == field).unwrap_or(form.at);
                        form.error = Some(why);
                    }
                    Vec::new()
                }
            },
            Deed::Submit { .. } => self.ask_first(self.confirm_submit(deed, true)),
            Deed::Insight(InsightDeed::MarkPractice { .. }) => self.ask_first_if(self.confirm_practice(&deed), deed, after),
            Deed::People(about) => {
                if let PeopleDeed::End { person, .. } = about {
                    // What is theirs is shown next, to be given to others.
                    self.hand_over_for(*person);
                }
                self.ask_first_if(self.confirm_of_self(&deed), deed, after)
            }
            _ => {
                self.remember_entry(&deed);
                self.ask_for(deed, after)
            }
        }
    }

    /// Lays a question over what is open; what was typed before it was seen does not answer it.
    pub(super) fn ask_first(&mut self, confirm: Confirm) -> Vec<Effect> {
        self.overlays.push(Overlay::Confirm(Box::new(confirm)));
        vec![Effect::FlushInput]
    }

    fn ask_first_if(&mut self, confirm: Option<Confirm>, deed: Deed, after: After) -> Vec<Effect> {
        match confirm {
            Some(confirm) => self.ask_first(confirm),
            None => self.ask_for(deed, after),
        }
    }

    fn leave_form(&mut self) -> Vec<Effect> {
        let Some(Overlay::Form(form)) = self.overlays.pop() else { return Vec::new() };
        if !form.touched || !form.kind.keeps_draft() {
            return Vec::new();
        }
        let draft = self.draft_of(&form);
        self.drafts.retain(|known| known.key != draft.key);
        self.drafts.push(draft.clone());
        self.say("What you typed is kept as a draft; open the form again to go on.");
        vec![Effect::KeepDraft(draft)]
    }
}

/// The same people with those first who are most likely meant, in their own order; the others stay as they stood, by surname.
pub fn likely_first(people: People, likely: &[PersonId]) -> People {
    let place = |person: &PersonId| likely.iter().position(|one| one == person).unwrap_or(likely.len());
    let mut people = people;
    // Stable: whoever is as likely as another stays behind them.
    people.sort_by_key(|(person, _)| place(person));
    people
}
