//! The tracker in groups that fold, and as a board of columns: which group or column the cursor is on, and how it moves.
//!
//! One group is unfolded at a time. Its actions are the list of the pane itself, read window by window with one more condition, so
//! that marks and every command work in a group as they do in the plain list. The board is the same with columns side by side.

use super::effect::{Effect, For};
use super::list::Fill;
use super::{App, Pane, View};
use crate::domain::count::counted;
use crate::domain::filter::Within;
use crate::domain::query::{ActionRow, GroupBy, GroupRow, Query};

/// How the tracker is laid out.
#[derive(Debug, Clone, Default)]
pub struct Tracker {
    /// By what it is grouped; none: it is one list.
    pub by: Option<GroupBy>,
    /// The groups, those with the most late ones first; or the columns of the board.
    pub groups: Vec<GroupRow>,
    /// There are more groups than were read.
    pub more: bool,
    /// All of them are wanted, not only those that a screen shows.
    all: bool,
    /// The cursor goes to the last group once all were read.
    to_last: bool,
    /// The group under the cursor.
    pub at: usize,
    /// The group that is unfolded; of the board the column with the cursor.
    pub open: Option<usize>,
    /// The cursor is on an action of the group that is unfolded, not on a heading.
    pub inside: bool,
}

/// So many groups are read when the cursor comes near the end of those that a screen has lines for, which are read at first.
const AT_MOST: usize = 2000;
/// So near the end of those that were read.
const NEAR: usize = 15;

/// What it is grouped by, in the order of the key; after the last it is one list again.
const ORDER: [GroupBy; 4] = [GroupBy::Owner, GroupBy::Team, GroupBy::Theme, GroupBy::Review];

impl Tracker {
    /// It is the board.
    pub fn is_board(&self) -> bool {
        self.by == Some(GroupBy::Column)
    }

    /// The cursor is on a heading: no action is at hand.
    pub fn is_on_heading(&self) -> bool {
        self.by.is_some() && !self.inside
    }

    /// The group that is unfolded, as the list's further condition.
    fn within(&self) -> Option<Within> {
        self.open.and_then(|open| self.groups.get(open)).map(|group| group.within.clone())
    }
}

impl App {
    /// The action under the cursor of the tracker; none: it is on the heading of a group.
    pub fn action_row(&self) -> Option<&ActionRow> {
        if self.tracker.is_on_heading() { None } else { self.actions.current() }
    }

    /// Groups by the next thing.
    pub(super) fn group_actions(&mut self) -> Vec<Effect> {
        let place = self.tracker.by.and_then(|by| ORDER.iter().position(|known| *known == by));
        let by = ORDER.get(place.map_or(0, |place| place + 1)).copied();
        self.lay_out(by)
    }

    /// Shows the board, or the list again. The board has the whole screen: its columns need it.
    pub(super) fn board_of_actions(&mut self) -> Vec<Effect> {
        let by = (!self.tracker.is_board()).then_some(GroupBy::Column);
        self.zoomed |= by.is_some();
        self.lay_out(by)
    }

    /// Lays the tracker out anew.
    pub(super) fn lay_out(&mut self, by: Option<GroupBy>) -> Vec<Effect> {
        self.tracker = Tracker { by, ..Tracker::default() };
        (self.actions.within, self.actions.loaded) = (None, false);
        self.actions.rows.clear();
        self.actions.marks.clear();
        match by {
            Some(GroupBy::Column) => {
                let keys = (self.keymap.hint(super::command::Command::Fold), self.keymap.hint(super::command::Command::Unfold));
                self.say(format!("By where they stand: {} and {} go from column to column", keys.0, keys.1));
            }
            Some(GroupBy::Theme) => {
                let key = self.keymap.hint(super::command::Command::Open);
                self.say(format!("Grouped by theme, each action under every theme of its review: {key} unfolds one"));
            }
            Some(by) => self.say(format!("Grouped by {}: {} unfolds one", by.label(), self.keymap.hint(super::command::Command::Open))),
            None => self.say("In one list, by date"),
        }
        match self.ask_groups() {
            Some(asked) => vec![asked],
            None => vec![self.ask(Pane::Actions, Fill::Fresh)],
        }
    }

    /// Asks for the groups anew, where there are any.
    pub(super) fn ask_groups(&self) -> Option<Effect> {
        let by = self.tracker.by?;
        let at_most = if self.tracker.all { AT_MOST } else { usize::from(self.size.1).max(2 * NEAR) };
        Some(Effect::Ask(For::ActionGroups, Query::ActionGroups(by, self.actions.filter.clone(), at_most)))
    }

    /// Takes the groups in: what was unfolded stays so as long as it is there, and the cursor on it.
    pub(super) fn groups_read(&mut self, by: GroupBy, groups: Vec<GroupRow>, more: bool) -> Vec<Effect> {
        if self.tracker.by != Some(by) {
            return Vec::new();
        }
        let (here, open) = (self.tracker.groups.get(self.tracker.at).map(|group| group.within.clone()), self.tracker.within());
        let place = |within: Option<Within>| within.and_then(|within| groups.iter().position(|group| group.within == within));
        let (at, open) = (place(here), place(open));
        self.tracker.at = at.unwrap_or(self.tracker.at).min(groups.len().saturating_sub(1));
        // Where there is no group there is nothing to unfold, and no list will be asked for.
        self.actions.loaded |= groups.is_empty();
        (self.tracker.groups, self.tracker.more) = (groups, more);
        if std::mem::take(&mut self.tracker.to_last) {
            self.tracker.at = self.tracker.groups.len().saturating_sub(1);
        }
        if self.tracker.is_board() && self.tracker.open.is_none() {
            // In a column without a card no key would do anything: the cursor begins in the first that has one.
            let first = self.tracker.groups.iter().position(|group| !group.rows.is_empty());
            return self.unfold(first.unwrap_or(0));
        }
        if self.tracker.open.is_some() && open.is_none() {
            self.tracker.inside = false;
        }
        self.tracker.open = open;
        self.actions.within = self.tracker.within();
        Vec::new()
    }

    /// Unfolds a group, and folds the other.
    fn unfold(&mut self, place: usize) -> Vec<Effect> {
        (self.tracker.at, self.tracker.open, self.tracker.inside) = (place, Some(place), self.tracker.is_board());
        self.actions.within = self.tracker.within();
        self.actions.rows = self.tracker.groups.get(place).map(|group| group.rows.clone()).unwrap_or_default();
        self.unmark();
        vec![self.ask(Pane::Actions, Fill::Fresh)]
    }

    fn fold(&mut self) {
        self.tracker.at = self.tracker.open.take().unwrap_or(self.tracker.at);
        self.tracker.inside = false;
        self.actions.within = None;
        self.actions.rows.clear();
        self.unmark();
    }

    /// Takes the marks away with the group in which they were set, and says so: what is marked is what is on the screen.
    fn unmark(&mut self) {
        let marked = self.actions.marks.len();
        self.actions.marks.clear();
        if marked > 0 {
            self.say(format!("{} gone with the group: marks hold within one", counted(marked, "mark is", "marks are")));
        }
    }

    /// Unfolds the group under the cursor or folds it; none: the cursor is on an action, or nothing is grouped.
    pub(super) fn turn_group(&mut self) -> Option<Vec<Effect>> {
        if !self.tracker.is_on_heading() {
            return None;
        }
        if self.tracker.open == Some(self.tracker.at) {
            self.fold();
            return Some(Vec::new());
        }
        if self.tracker.groups.is_empty() { Some(Vec::new()) } else { Some(self.unfold(self.tracker.at)) }
    }

    /// To the right: the next column, or into the group; where nothing is grouped the action opens.
    pub(super) fn unfold_or_open(&mut self) -> Vec<Effect> {
        let open = self.tracker.open.unwrap_or(0);
        match (self.tracker.is_board(), self.tracker.is_on_heading()) {
            (true, _) if open + 1 < self.tracker.groups.len() => self.unfold(open + 1),
            (true, _) => Vec::new(),
            (false, true) if self.tracker.open == Some(self.tracker.at) => self.move_by(1),
            (false, true) => self.turn_group().unwrap_or_default(),
            (false, false) => self.run(super::command::Command::Open),
        }
    }

    /// To the left: the column before, or out of the group and fold it.
    pub(super) fn fold_or_left(&mut self) -> Vec<Effect> {
        if self.tracker.is_board() {
            return match self.tracker.open.and_then(|open| open.checked_sub(1)) {
                Some(place) => self.unfold(place),
                None => Vec::new(),
            };
        }
        if self.tracker.by.is_some() {
            self.fold();
        }
        Vec::new()
    }

    /// Moves through headings and the actions between them; none: the tracker is one list or a board, and moves as lists do.
    pub(super) fn move_in_groups(&mut self, by: isize) -> Option<Vec<Effect>> {
        if self.view != View::Desk || self.focus != Pane::Actions || self.tracker.by.is_none() || self.tracker.is_board() {
            return None;
        }
        let mut wanted = None;
        for _ in 0..by.unsigned_abs() {
            let tracker = &mut self.tracker;
            let unfolded = tracker.open == Some(tracker.at) && !self.actions.rows.is_empty();
            let last = self.actions.rows.len().saturating_sub(1);
            match (by > 0, tracker.inside) {
                (true, true) if self.actions.cursor < last => wanted = self.actions.step(1).or(wanted),
                (true, true) if !self.actions.more.1 && tracker.at + 1 < tracker.groups.len() => {
                    (tracker.inside, tracker.at) = (false, tracker.at + 1);
                }
                (true, false) if unfolded => {
                    tracker.inside = true;
                    self.actions.cursor = 0;
                }
                (true, false) => tracker.at = (tracker.at + 1).min(tracker.groups.len().saturating_sub(1)),
                (false, true) if self.actions.cursor > 0 => wanted = self.actions.step(-1).or(wanted),
                (false, true) => tracker.inside = self.actions.more.0,
                (false, false) if tracker.at > 0 => {
                    tracker.at -= 1;
                    if tracker.open == Some(tracker.at) && !self.actions.rows.is_empty() {
                        tracker.inside = true;
                        self.actions.cursor = last;
                    }
                }
                _ => {}
            }
        }
        let more = self.more_groups(false);
        Some(wanted.map(|fill| self.ask(Pane::Actions, fill)).into_iter().chain(more).collect())
    }

    /// Asks for the groups that were not read yet, when the cursor comes near the end of those that were, or goes to the last.
    pub(super) fn more_groups(&mut self, to_last: bool) -> Option<Effect> {
        let tracker = &mut self.tracker;
        let near = tracker.at + NEAR >= tracker.groups.len() || tracker.groups.len() < self.actions.height;
        if !tracker.more || tracker.all || !(to_last || near) {
            return None;
        }
        (tracker.all, tracker.to_last) = (true, to_last);
        self.ask_groups()
    }

    /// The first heading or the last; none: nothing is grouped, and lists know their own ends.
    pub(super) fn jump_in_groups(&mut self, fill: Fill) -> Option<Vec<Effect>> {
        self.move_in_groups(0)?;
        self.tracker.inside = false;
        let to_last = fill == Fill::Last;
        self.tracker.at = if to_last { self.tracker.groups.len().saturating_sub(1) } else { 0 };
        Some(self.more_groups(to_last).into_iter().collect())
    }
}
