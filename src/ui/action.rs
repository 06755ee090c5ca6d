//! One action over the view: what has to happen, how it stands, what is next and by whom, and everything that happened to it.

use super::sheet::Lines;
use super::text::{due, piece, put_pieces, wrap};
use super::theme::Look;
use super::{history, over};
use crate::app::App;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::overlay::Sheet;
use crate::domain::action::ActionState;
use crate::domain::calendar::{local_date, say_full_date};
use crate::domain::query::{ActionLife, ActionNext};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it: the facts above, its history below.
pub fn draw(app: &App, life: &ActionLife, sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let title = format!("{} from {}", life.action.reference, life.source);
    let inside = over(buffer, area, &title, &[piece(life.action.state.label(), look.dim())], look);
    let mut lines = facts(app, life, inside.width as usize, look);
    lines.push(Vec::new());
    lines.push(vec![piece("What happened, newest first", look.heading())]);
    // The history keeps a few lines however much stands above it.
    let room = (inside.height as usize).saturating_sub(3);
    for (place, line) in lines.iter().take(room).enumerate() {
        put_pieces(buffer, Rect::new(inside.x, inside.y + place as u16, inside.width, 1), line, look);
    }
    let used = lines.len().min(room) as u16;
    let below = Rect { y: inside.y + used, height: inside.height.saturating_sub(used), ..inside };
    history::draw(&life.history, sheet, look, buffer, below, report);
}

/// How it stands, in lines.
fn facts(app: &App, life: &ActionLife, room: usize, look: Look) -> Lines {
    let (action, today) = (&life.action, app.today());
    let mut lines = Lines::new();
    let mut say = |label: &str, text: &str, style| {
        for (place, line) in wrap(text, room.saturating_sub(LABEL), look).into_iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            lines.push(vec![piece(format!("{label:<LABEL$}"), look.dim()), piece(line, style)]);
        }
    };
    let urgent = if action.urgent { "urgent: " } else { "" };
    say("To happen", &format!("{urgent}{}", action.text), look.text());
    if !action.kind.is_empty() {
        let label = app.framework.as_ref().map_or(action.kind.as_str(), |framework| framework.actions.kind_label(&action.kind));
        say("Kind", label, look.text());
    }
    let owner_is = if life.owner_is.is_empty() { String::new() } else { format!(" ({})", life.owner_is) };
    say("Owner", &format!("{}{owner_is}", life.owner), if owner_is.is_empty() { look.text() } else { look.attention() });
    let (said, style) = due(today, Some(action.due_on), None, look);
    let counts = if action.state.is_open() { format!(", {said}") } else { String::new() };
    let limit = life.limit.map(|day| format!("; without approval until {}", say_full_date(day))).unwrap_or_default();
    let style = if action.state.is_open() { style } else { look.text() };
    say("Due", &format!("{}{counts}{limit}", say_full_date(action.due_on)), style);
    match &life.reminded {
        Some(reminded) => say("Reminded", &reminded.say(action.due_on, app.mail_set_up, app.now), look.text()),
        // Reminders go before the day only: whether one is still to come is a question while it is open.
        None if action.state.is_open() && action.due_on > today => {
            let mailed = "not yet; by e-mail, before its day only";
            say("Reminded", if app.mail_set_up { mailed } else { "not yet; e-mail is not set up, so that nobody is" }, look.dim());
        }
        None => {}
    }
    if !life.answers_too.is_empty() {
        say("Answers too", &life.answers_too.join(", "), look.text());
    }
    let on = |at| say_full_date(local_date(at));
    let by = |name: &str| if name.is_empty() { String::new() } else { format!(" by {name}") };
    if let Some(done) = action.life.done {
        say("Done", &format!("{}{}", on(done.at), by(&life.done_by)), look.text());
    }
    if !action.evidence.is_empty() {
        say("Evidence", &action.evidence, look.text());
    }
    if let Some(signed) = action.life.signed_off {
        say("Signed off", &format!("{}{}", on(signed.at), by(&life.signed_off_by)), look.text());
    }
    if let Some(effect) = action.life.effect {
        let again = if action.state == ActionState::SignedOff { "" } else { ", and open again" };
        say("Did it help", &format!("{}{again}", effect.label()), look.text());
    }
    if action.life.recurred > 1 {
        say("Came back", &format!("{} times", action.life.recurred), look.attention());
    }
    let waits = life.next == Some(ActionNext::Revisit) && !action.is_to_revisit(today) && action.life.revisit_on.is_some();
    let key = app.keymap.hint(Command::SheetChoose);
    let yours = if life.yours && !waits { format!(" {key} does it.") } else { String::new() };
    say("", "", look.text());
    say("", &format!("{}{yours}", life.says_next(today)), if life.yours { look.key() } else { look.heading() });
    lines
}

/// Cells before what is said.
const LABEL: usize = 12;
