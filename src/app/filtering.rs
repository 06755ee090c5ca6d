//! What is typed in the filters of the lists: that of the view and pane which has the cursor.

use super::{App, Pane, View};

impl App {
    /// What is typed in the filter of the list with the cursor.
    pub fn filter_text(&self) -> &str {
        match (self.view, self.focus) {
            (View::Register, _) => &self.people.filter_text,
            (View::Registers, _) => &self.registers.entries.filter_text,
            (View::Reports, _) => &self.reports.filter_text,
            (View::Sitting | View::Alert | View::Insight, _) => "",
            (_, Pane::Queue) => &self.queue.filter_text,
            (_, Pane::Panel) => &self.panel.filter_text,
            (_, Pane::Alerts) => &self.alerts.filter_text,
            (_, Pane::Actions) => &self.actions.filter_text,
        }
    }

    /// What of that could not be read.
    pub(super) fn unread(&self) -> &[String] {
        match (self.view, self.focus) {
            (View::Register, _) => &self.people.unread,
            (View::Registers, _) => &self.registers.entries.unread,
            (View::Reports, _) => &self.reports.unread,
            (View::Sitting | View::Alert | View::Insight, _) => &[],
            (_, Pane::Queue) => &self.queue.unread,
            (_, Pane::Panel) => &self.panel.unread,
            (_, Pane::Alerts) => &self.alerts.unread,
            (_, Pane::Actions) => &self.actions.unread,
        }
    }
}
