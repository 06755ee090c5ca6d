//! The tracker: commands on the action under the cursor, on all marked ones, or on the one that lies open over the view.

use super::command::Command;
use super::effect::{After, Effect, For, PeopleFor, Then};
use super::form::{self, Chosen, Form, People};
use super::list::Fill;
use super::overlay::{Overlay, Sheet, SheetBody};
use super::record::Section;
use super::{App, Pane, View};
use crate::domain::action::{ActionAct, ActionState};
use crate::domain::deed::{ActionDeed, Deed};
use crate::domain::id::{ActionId, ReviewId};
use crate::domain::query::{ActionLife, ActionNext, From, Held, HeldRow, MayDo, Query};

/// Whose actions the list shows, as the key steps through them; the last is everybody's.
const WHOSE: [&str; 3] = ["mine", "myteam", ""];

/// Which of them: late, due within a week, to be signed off, to be looked at again, all.
const WHICH: [&str; 5] = ["late", "week", "signoff", "revisit", ""];

/// An action that a command works on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AtHand {
    id: ActionId,
    revision: i64,
    reference: String,
    state: ActionState,
    judged: bool,
    review: Option<ReviewId>,
}

impl App {
    /// The action that lies open over the view.
    fn open_action(&self) -> Option<&ActionLife> {
        self.overlays.iter().rev().find_map(|overlay| match overlay {
            Overlay::Sheet(sheet) => match &sheet.body {
                SheetBody::Action(life) => Some(life.as_ref()),
                _ => None,
            },
            _ => None,
        })
    }

    /// The actions that commands work on.
    fn actions_at_hand(&self) -> Vec<AtHand> {
        if let Some(life) = self.open_action() {
            let action = &life.action;
            let (reference, judged) = (action.reference.clone(), action.life.effect.is_some());
            let review = action.review();
            return vec![AtHand { id: action.id, revision: life.revision, reference, state: action.state, judged, review }];
        }
        if let Some(held) = self.held_actions() {
            let of = |row: &HeldRow| match row.what {
                Held::Action { action, revision, state, review } => {
                    Some(AtHand { id: action, revision, reference: row.reference.clone(), state, judged: false, review })
                }
                _ => None,
            };
            return held.into_iter().filter_map(of).collect();
        }
        if self.view != View::Desk || self.focus != Pane::Actions {
            return Vec::new();
        }
        if self.tracker.is_on_heading() && self.actions.marks.is_empty() {
            return Vec::new();
        }
        let marks = &self.actions.marks;
        let here = self.actions.current().map(|row| row.id).filter(|_| marks.is_empty());
        let rows = self.actions.rows.iter().filter(|row| marks.contains(&row.id.0) || here == Some(row.id));
        let at_hand = rows.map(|row| AtHand {
            id: row.id,
            revision: row.revision,
            reference: row.reference.clone(),
            state: row.state,
            judged: row.effect.is_some(),
            review: row.review,
        });
        at_hand.collect()
    }

    /// Why a command of the tracker cannot be carried out now.
    pub(super) fn reason_against_in_actions(&self, command: Command) -> Option<String> {
        match command {
            Command::WhoseActions | Command::WhichActions | Command::Effects | Command::GroupActions | Command::Board => return None,
            Command::PrintActions | Command::CalendarOfActions => return None,
            Command::Unfold | Command::Fold if self.open_action().is_none() => return None,
            _ => {}
        }
        let at_hand = self.actions_at_hand();
        if at_hand.is_empty() {
            return Some("There is no action here.".into());
        }
        if command == Command::ActionReview
            && let Some(wider) = at_hand.iter().find(|action| action.review.is_none())
        {
            return Some(format!("{} comes from no single review.", wider.reference));
        }
        // Of several that are marked the others are left out when it is carried out.
        if at_hand.iter().any(|action| action.fits(command)) { None } else { at_hand.first().map(|action| action.reason_against(command)) }
    }

    pub(super) fn run_actions(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::TakeUp => self.fill_in_if_theirs(ActionAct::TakeUp),
            Command::ReportDone => self.fill_in_if_theirs(ActionAct::Finish),
            Command::SignOff => self.fill_in_if_theirs(ActionAct::SignOff),
            Command::Revisit => self.fill_in_if_theirs(ActionAct::Revisit),
            Command::GiveLonger => self.fill_in_if_theirs(ActionAct::Extend),
            Command::Reassign => self.fill_in_if_theirs(ActionAct::Reassign),
            Command::Effects => vec![Effect::Ask(For::Effects, Query::Effects)],
            Command::ActionReview => self.open_review_of_action(),
            Command::MarkAction if self.open_action().is_none() => {
                if let Some(id) = self.action_row().map(|row| row.id.0)
                    && !self.actions.marks.remove(&id)
                {
                    self.actions.marks.insert(id);
                }
                self.move_by(1)
            }
            Command::MarkActions if self.open_action().is_none() => {
                if self.actions.unmark() {
                    Vec::new()
                } else {
                    vec![self.ask(Pane::Actions, Fill::Marked)]
                }
            }
            Command::GroupActions if self.open_action().is_none() => self.group_actions(),
            Command::Board if self.open_action().is_none() => self.board_of_actions(),
            Command::PrintActions | Command::CalendarOfActions if self.open_action().is_none() => {
                self.open_form(form::actions_file(command == Command::CalendarOfActions))
            }
            Command::Unfold if self.open_action().is_none() => self.unfold_or_open(),
            Command::Fold if self.open_action().is_none() => self.fold_or_left(),
            Command::WhoseActions if self.open_action().is_none() => self.step_filter(&WHOSE),
            Command::WhichActions if self.open_action().is_none() => self.step_filter(&WHICH),
            _ => {
                self.say("Close the action first.");
                Vec::new()
            }
        }
    }

    /// Asks whether it is for them to do to the actions at hand, as far as those stand where it can be done: nobody types where the
    /// answer is known.
    fn fill_in_if_theirs(&self, act: ActionAct) -> Vec<Effect> {
        let fit = self.actions_at_hand().into_iter().filter(|action| action.fits(command_of(act)));
        vec![Effect::Ask(For::MayDo(act), Query::MayDo(fit.map(|action| action.id).collect(), act))]
    }

    /// Goes on where it may be done to all at hand. Else it says to how many it cannot, takes their marks away where others are left,
    /// and waits for the key again.
    pub(super) fn may_do_read(&mut self, act: ActionAct, may: MayDo) -> Vec<Effect> {
        let (command, at_hand) = (command_of(act), self.actions_at_hand());
        let unfit: Vec<&AtHand> = at_hand.iter().filter(|action| !action.fits(command)).collect();
        let mut why: Vec<String> = unfit.first().map(|action| action.reason_against(command)).into_iter().collect();
        let mut off: Vec<i64> = unfit.iter().map(|action| action.id.0).collect();
        match may {
            MayDo::Yes if off.is_empty() => return self.fill_in(act),
            MayDo::Yes => {}
            MayDo::Others { why: more, not } => {
                why.push(more);
                off.extend(not);
            }
            MayDo::No(more) => {
                why.push(more);
                off = at_hand.iter().map(|action| action.id.0).collect();
            }
        }
        let left = if off.len() < at_hand.len() { self.actions.unmark_these(&off.iter().copied().collect()) } else { 0 };
        self.say_what_is_left(&format!("be {}", act.done()), &why.join(" "), command, (off.len(), left));
        Vec::new()
    }

    /// The same for saying what the themes of reviews are, or what is good practice.
    pub(super) fn may_code_read(&mut self, practice: bool, of: usize, may: MayDo) -> Vec<Effect> {
        let (why, off, left) = match may {
            MayDo::Yes => return self.open_coding(practice),
            MayDo::No(why) => (why, of, 0),
            MayDo::Others { why, not } => (why, not.len(), self.queue.unmark_these(&not.into_iter().collect())),
        };
        let what = if practice { "be marked as good practice by you" } else { "get themes from you" };
        self.say_what_is_left(what, &why, Command::CodeThemes, (off, left));
        Vec::new()
    }

    /// Says why something cannot be done to some of the rows at hand, whose marks are off now, and that the key goes on with those that
    /// are left; or to none of them.
    fn say_what_is_left(&mut self, what: &str, why: &str, command: Command, (off, left): (usize, usize)) {
        let key = self.keymap.hint(command);
        let said = match (off, left) {
            (1, 0) => why.to_string(),
            (_, 0) => format!("None of these {off} can {what}. {why}"),
            (1, _) => format!("1 of {} cannot {what}. {why} Its mark is off now: {key} again goes on with {}.", left + 1, the_other(left)),
            _ => format!(
                "{off} of {} cannot {what}. {why} Their marks are off now: {key} again goes on with {}.",
                off + left,
                the_other(left)
            ),
        };
        self.trouble(said);
    }

    /// Opens a form about the actions at hand.
    pub(super) fn fill_in(&mut self, act: ActionAct) -> Vec<Effect> {
        match act {
            ActionAct::TakeUp => {
                let seen = self.chosen_actions().seen;
                self.ask_for(Deed::Action(ActionDeed::TakeUp(seen)), After::Actions)
            }
            ActionAct::Finish => self.open_form(form::finish(self.chosen_actions())),
            ActionAct::SignOff => self.open_form(form::sign_off(self.chosen_actions())),
            ActionAct::Revisit => self.open_form(form::revisit(self.chosen_actions())),
            ActionAct::Extend | ActionAct::Reassign => vec![self.ask_people_of(PeopleFor::Tracker(act))],
        }
    }

    /// The form that needs people to choose from.
    pub(super) fn tracker_form(&self, kind: ActionAct, people: People) -> Option<Form> {
        let chosen = self.chosen_actions();
        if chosen.seen.is_empty() {
            return None;
        }
        match kind {
            ActionAct::Extend => Some(form::extend(chosen, self.framework.as_deref(), people)),
            ActionAct::Reassign => Some(form::reassign(chosen, people)),
            ActionAct::TakeUp | ActionAct::Finish | ActionAct::SignOff | ActionAct::Revisit => None,
        }
    }

    /// The form for an action out of the item under the cursor in the panel room, out of the review under that of the queue, or out of
    /// each marked one.
    pub(super) fn action_each_form(&self, people: People) -> Option<Form> {
        let framework = self.framework.as_ref()?;
        if self.view == View::Sitting {
            let row = self.sitting.row()?;
            return Some(form::action_each(framework, vec![row.review], vec![row.reference.clone()], people));
        }
        let chosen = self.queue.chosen();
        let named = self.queue.rows.iter().filter(|row| chosen.contains(&row.id.0)).map(|row| row.reference.clone()).collect();
        Some(form::action_each(framework, chosen.into_iter().map(ReviewId).collect(), named, people))
    }

    /// Writes what the tracker shows into the file that the form names: it is no deed, nothing in the database changes.
    pub(super) fn write_actions(&mut self, name: String) -> Vec<Effect> {
        let shown = self.actions.window(From::Start, 0).filter;
        vec![Effect::WriteActions(shown, self.actions.filter_text.clone(), name)]
    }

    /// What a form of the tracker is about.
    fn chosen_actions(&self) -> Chosen {
        let at_hand = self.actions_at_hand();
        let mut chosen = Chosen {
            seen: at_hand.iter().map(|action| (action.id, action.revision)).collect(),
            references: at_hand.iter().map(|action| action.reference.clone()).collect(),
            ..Chosen::default()
        };
        if let [one] = at_hand.as_slice() {
            if let Some(life) = self.open_action() {
                (chosen.text, chosen.due) = (life.action.text.clone(), Some(life.action.due_on));
                chosen.evidence.clone_from(&life.action.evidence);
            } else if let Some([row]) = self.held_actions().as_deref() {
                (chosen.text, chosen.due) = (row.said.clone(), row.due);
            } else if let Some(row) = self.actions.rows.iter().find(|row| row.id == one.id) {
                (chosen.text, chosen.due) = (row.text.clone(), Some(row.due));
                chosen.evidence.clone_from(&row.evidence);
            }
        }
        chosen
    }

    /// Does what the action that lies open waits for.
    pub(super) fn next_of_action(&mut self, next: Option<ActionNext>) -> Vec<Effect> {
        match next {
            Some(ActionNext::HandOver) => self.run(Command::Reassign),
            Some(ActionNext::TakeUp) => self.run(Command::TakeUp),
            Some(ActionNext::Finish) => self.run(Command::ReportDone),
            Some(ActionNext::SignOff) => self.run(Command::SignOff),
            Some(ActionNext::Revisit) => self.run(Command::Revisit),
            None => {
                self.overlays.pop();
                Vec::new()
            }
        }
    }

    /// Shows an action that was read: in place of the same one, or over the view.
    pub(super) fn action_read(&mut self, life: Box<ActionLife>) {
        let id = life.action.id;
        for overlay in &mut self.overlays {
            if let Overlay::Sheet(sheet) = overlay
                && let SheetBody::Action(known) = &mut sheet.body
                && known.action.id == id
            {
                sheet.at = sheet.at.min(life.history.len().saturating_sub(1));
                *known = life;
                return;
            }
        }
        self.overlays.push(Sheet::over(SheetBody::Action(life)));
    }

    /// Reads again the action that lies open.
    pub(super) fn ask_action_again(&self) -> Option<Effect> {
        self.open_action().map(|life| Effect::Ask(For::Action, Query::Action(life.action.id)))
    }

    /// Lets go of the action that lies open, and of what lies over it.
    pub(super) fn close_action(&mut self) {
        let is_action = |overlay: &Overlay| matches!(overlay, Overlay::Sheet(sheet) if matches!(sheet.body, SheetBody::Action(_)));
        if let Some(place) = self.overlays.iter().position(is_action) {
            self.overlays.truncate(place);
        }
    }

    fn open_review_of_action(&mut self) -> Vec<Effect> {
        let open = self.open_action().map(|life| (life.action.review(), life.action.id));
        let found: Option<(Option<ReviewId>, ActionId)> = open.or_else(|| self.action_row().map(|row| (row.review, row.id)));
        let Some((Some(review), action)) = found else { return Vec::new() };
        self.close_action();
        self.opens_at = Some((Section::Actions, Some(action)));
        vec![Effect::Ask(For::Record(Then::Show), Query::Opening(review))]
    }

    /// Puts the next word of a row of words into the filter, in the place of the one that stands there.
    fn step_filter(&mut self, words: &[&str]) -> Vec<Effect> {
        let typed = self.actions.filter_text.clone();
        let standing = words.iter().position(|word| !word.is_empty() && typed.split_whitespace().any(|typed| typed == *word));
        let next = standing.map_or(0, |place| (place + 1) % words.len());
        let others = typed.split_whitespace().filter(|typed| !words.contains(typed));
        let text: Vec<&str> = others.chain([words[next]]).filter(|word| !word.is_empty()).collect();
        self.actions.marks.clear();
        self.set_filter(&text.join(" "))
    }
}

/// Those that are left, in words.
fn the_other(left: usize) -> String {
    if left == 1 { "the other one".to_string() } else { format!("the other {left}") }
}

/// The command that does it, or opens the form about it.
fn command_of(act: ActionAct) -> Command {
    match act {
        ActionAct::TakeUp => Command::TakeUp,
        ActionAct::Finish => Command::ReportDone,
        ActionAct::SignOff => Command::SignOff,
        ActionAct::Revisit => Command::Revisit,
        ActionAct::Extend => Command::GiveLonger,
        ActionAct::Reassign => Command::Reassign,
    }
}

impl AtHand {
    /// Whether it stands where a command of the tracker can be carried out.
    fn fits(&self, command: Command) -> bool {
        match command {
            Command::TakeUp => self.state == ActionState::Open,
            Command::ReportDone | Command::GiveLonger | Command::Reassign => self.state.is_open(),
            Command::SignOff => self.state == ActionState::Done,
            Command::Revisit => self.state == ActionState::SignedOff && !self.judged,
            _ => true,
        }
    }

    /// Why it does not.
    fn reason_against(&self, command: Command) -> String {
        let only = match command {
            Command::TakeUp => "only an open one is taken up",
            Command::ReportDone => "only an open one is done",
            Command::GiveLonger => "only an open one is given longer",
            Command::Reassign => "only an open one changes hands",
            Command::SignOff => "only what is done is signed off",
            _ if self.judged => "it was looked at again",
            _ => "only what is signed off is looked at again",
        };
        format!("{} is {}: {only}.", self.reference, self.state.label())
    }
}
