//! Which questions are asked when: at the start, when a view is entered, when something has changed.

use super::effect::{Effect, For, Then};
use super::list::{Fill, MARKED_AT_MOST, PAGE};
use super::{App, Pane, View};
use crate::domain::query::{From, Query};

impl App {
    /// Everything the first frame shows.
    pub fn start(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::Ask(For::Header, Query::Overview)];
        for pane in Pane::ALL {
            effects.push(self.ask(pane, Fill::Fresh));
        }
        effects
    }

    /// Reads again what is shown, every cursor staying on its record.
    pub(super) fn reload(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::Ask(For::Header, Query::Overview)];
        for pane in Pane::ALL {
            // A desk of one pane reads the others when they are looked at, and every other view reads them all when it is left: of a
            // hundred sessions most stand in a record, and each would read four lists for every save of the others.
            let shown = self.view == View::Desk && (self.four_panes() || pane == self.focus);
            if shown {
                effects.extend(if pane == Pane::Actions { self.ask_groups() } else { None });
                effects.push(self.ask(pane, Fill::Again));
            }
        }
        effects.extend(self.ask_action_again());
        effects.extend(self.ask_person_again());
        effects.extend(self.ask_drp_again());
        effects.extend(self.ask_findings_again());
        effects.extend(self.ask_disposals_again());
        effects.extend(self.ask_revisits_again());
        match self.view {
            View::Desk => {}
            View::Cycle => {
                // The one that is shown is read once it is known that there is such a one.
                effects.push(Effect::Ask(For::Cycles, Query::Cycles));
            }
            View::Register => effects.push(self.ask_people(Fill::Again)),
            View::Programme => effects.push(self.ask_year()),
            View::Plan => effects.extend(self.ask_plan()),
            View::Reports => effects.extend(self.ask_reports()),
            View::Registers => effects.extend(self.ask_registers(Fill::Again)),
            View::Insight => effects.push(self.ask_insight()),
            View::Sitting => effects.extend(self.ask_sitting()),
            View::Alert => effects.extend(self.alert_at_hand().map(|id| Effect::Ask(For::AlertAgain, Query::Alert(id)))),
            View::Record => {
                if let Some(record) = &self.record {
                    let id = record.detail.facts.review.id;
                    effects.push(Effect::Ask(For::Record(Then::Again), Query::Review(id)));
                    effects.push(Effect::Ask(For::History, Query::History(id)));
                }
            }
        }
        effects
    }

    /// Asks for a page of a pane's list.
    pub(super) fn ask(&self, pane: Pane, fill: Fill) -> Effect {
        // At first no more is read than the screen has lines for.
        let lines = usize::from(self.size.1).clamp(1, PAGE);
        let screen = if self.four_panes() { lines.div_ceil(2) } else { lines };
        match pane {
            Pane::Queue => Effect::Ask(For::Queue(fill), Query::Queue(window(&self.queue, fill, screen, PAGE))),
            Pane::Panel => Effect::Ask(For::Panel(fill), Query::Panel(window(&self.panel, fill, screen, PAGE))),
            // A row of it is as much to read as sixty of another list.
            Pane::Alerts => Effect::Ask(For::Alerts(fill), Query::Alerts(window(&self.alerts, fill, screen, screen))),
            Pane::Actions => Effect::Ask(For::Actions(fill), Query::Actions(window(&self.actions, fill, screen, PAGE))),
        }
    }

    /// Asks for a page of the register.
    pub(super) fn ask_people(&self, fill: Fill) -> Effect {
        Effect::Ask(For::People(fill), Query::People(window(&self.people, fill, PAGE, PAGE)))
    }
}

/// The window to ask for: `first` rows where a list begins, `further` where it is read on.
pub(super) fn window<R: crate::domain::query::ListRow, S: Clone + Default>(
    list: &super::list::List<R, S>,
    fill: Fill,
    first: usize,
    further: usize,
) -> crate::domain::query::Window<S> {
    match (fill, list.edge(fill)) {
        (Fill::After, Some(key)) => list.window(From::After(key), further),
        (Fill::Before, Some(key)) => list.window(From::Before(key), further),
        (Fill::Last, _) => list.window(From::End, first),
        (Fill::Again, _) => list.window_again(first),
        (Fill::Marked, _) => list.window(From::Start, MARKED_AT_MOST),
        _ => list.window(From::Start, first),
    }
}
