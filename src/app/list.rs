//! A list over a window of rows: the cursor follows a record, not a place, and a change elsewhere never moves it.

use crate::domain::filter::{Filter, Term, Within};
use crate::domain::query::{Count, From, ListRow, Page, RowKey, Window};
use std::collections::{BTreeSet, HashMap};

/// How many rows are read at once.
pub const PAGE: usize = 120;

/// How many rows can be marked at once.
pub const MARKED_AT_MOST: usize = 2000;

/// What a page of rows is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// It takes the place of what was there, the cursor at the first row.
    Fresh,
    /// It takes the place of what was there, the cursor staying on its record.
    Again,
    /// It takes the place of what was there, the cursor at the last row.
    Last,
    /// It takes the place of what was there, the cursor staying on its record, and every row of it is marked.
    Marked,
    /// It comes after what is there.
    After,
    /// It comes before what is there.
    Before,
}

/// A list.
#[derive(Debug, Clone)]
pub struct List<R, S> {
    /// Rows read so far, a run of the whole list without gaps.
    pub rows: Vec<R>,
    /// Place of the cursor in `rows`.
    pub cursor: usize,
    /// Place of the first visible row in `rows`.
    pub top: usize,
    /// There are rows before and after.
    pub more: (bool, bool),
    /// How many rows there are.
    pub total: Count,
    /// How many are late.
    pub late: Count,
    /// What is typed in the filter.
    pub filter_text: String,
    /// The same, read.
    pub filter: Filter,
    /// What of it could not be read, in sentences: nothing is found by it.
    pub unread: Vec<String>,
    /// The group that is unfolded, beyond what is typed.
    pub within: Option<Within>,
    /// The order.
    pub sort: S,
    /// Turned round.
    pub reversed: bool,
    /// Marked rows, by number.
    pub marks: BTreeSet<i64>,
    /// Rows that others changed since they were read here, by number.
    pub changed: BTreeSet<i64>,
    /// A first page has been read.
    pub loaded: bool,
    /// How many rows fit on the screen, as drawn last.
    pub height: usize,
    /// A row that was just added: the cursor goes there as soon as it is read.
    pub(super) wanted: Option<RowKey>,
    revisions: HashMap<i64, i64>,
}

impl<R: ListRow, S: Clone + Default> Default for List<R, S> {
    fn default() -> Self {
        List {
            rows: Vec::new(),
            cursor: 0,
            top: 0,
            more: (false, false),
            total: Count::default(),
            late: Count::default(),
            filter_text: String::new(),
            filter: Filter::default(),
            unread: Vec::new(),
            within: None,
            sort: S::default(),
            reversed: false,
            marks: BTreeSet::new(),
            changed: BTreeSet::new(),
            loaded: false,
            height: 10,
            wanted: None,
            revisions: HashMap::new(),
        }
    }
}

impl<R: ListRow, S: Clone + Default> List<R, S> {
    /// The row under the cursor.
    pub fn current(&self) -> Option<&R> {
        self.rows.get(self.cursor)
    }

    /// The rows a command works on: the marked ones, or the one under the cursor.
    pub fn chosen(&self) -> Vec<i64> {
        if self.marks.is_empty() {
            self.current().map(|row| vec![row.id()]).unwrap_or_default()
        } else {
            self.marks.iter().copied().collect()
        }
    }

    /// There is room on the screen for rows that were not read yet.
    pub fn wants_more(&self) -> bool {
        self.loaded && self.more.1 && !self.rows.is_empty() && self.rows.len() < self.height
    }

    /// Takes every mark away; says whether there were any.
    pub fn unmark(&mut self) -> bool {
        let any = !self.marks.is_empty();
        self.marks.clear();
        any
    }

    /// Takes these marks away; says how many are left.
    pub fn unmark_these(&mut self, rows: &BTreeSet<i64>) -> usize {
        self.marks.retain(|id| !rows.contains(id));
        self.marks.len()
    }

    /// The window to ask for.
    pub fn window(&self, from: From, limit: usize) -> Window<S> {
        let mut filter = self.filter.clone();
        filter.terms.extend(self.within.clone().map(Term::Within));
        Window { filter, sort: self.sort.clone(), reversed: self.reversed, from, limit }
    }

    /// The window that reads again what is shown, from its first row on: at least so many rows of it, and no more than a page behind the
    /// cursor unless some are marked, since a list that was read to its end once need not be read so for ever. A row that was just added
    /// is in it, wherever it stands.
    pub fn window_again(&self, least: usize) -> Window<S> {
        if let Some(key) = self.wanted.clone() {
            let all = !self.more.0 && !self.more.1;
            let more = self.rows.len().max(least) + 1;
            return if all { self.window(From::Start, more) } else { self.window(From::At(key), least) };
        }
        let near = if self.marks.is_empty() { self.cursor + PAGE } else { usize::MAX };
        let many = self.rows.len().min(near).max(least);
        match self.rows.first().map(ListRow::key) {
            Some(key) if self.more.0 => self.window(From::At(key), many),
            _ => self.window(From::Start, many),
        }
    }

    /// Moves the cursor by rows; says whether rows beyond what was read are wanted: those after, or those before.
    pub fn step(&mut self, by: isize) -> Option<Fill> {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
        self.show();
        // Ask ahead, so that the hand never has to wait at the edge.
        if by > 0 && self.more.1 && self.cursor + self.height >= last {
            return Some(Fill::After);
        }
        (by < 0 && self.more.0 && self.cursor < self.height).then_some(Fill::Before)
    }

    /// Brings the cursor into view, by half a page at a time: one redraw for many key presses.
    pub fn show(&mut self) {
        let height = self.height.max(1);
        if self.cursor < self.top || self.cursor >= self.top + height {
            self.top = self.cursor.saturating_sub(height / 2);
        }
        self.top = self.top.min(self.rows.len().saturating_sub(height.min(self.rows.len())));
    }

    /// The key to read on from.
    pub fn edge(&self, fill: Fill) -> Option<RowKey> {
        match fill {
            Fill::After => self.rows.last().map(ListRow::key),
            Fill::Before => self.rows.first().map(ListRow::key),
            _ => None,
        }
    }

    /// Takes in a page.
    pub fn take(&mut self, page: Page<R>, fill: Fill, by_others: bool) {
        self.total = page.total;
        self.late = page.late;
        match fill {
            Fill::Fresh | Fill::Last => {
                self.rows = page.rows;
                self.more = (page.more_before, page.more_after);
                self.cursor = if fill == Fill::Last { self.rows.len().saturating_sub(1) } else { 0 };
                self.top = 0;
                self.changed.clear();
            }
            Fill::Again => self.take_again(page, by_others),
            Fill::Marked => {
                self.take_again(page, by_others);
                self.marks = self.rows.iter().map(ListRow::id).collect();
            }
            Fill::After => {
                self.rows.extend(page.rows);
                self.more.1 = page.more_after;
            }
            Fill::Before => {
                let added = page.rows.len();
                self.rows.splice(0..0, page.rows);
                self.cursor += added;
                self.top += added;
                self.more.0 = page.more_before;
            }
        }
        self.loaded = true;
        self.revisions = self.rows.iter().map(|row| (row.id(), row.revision())).collect();
        self.show();
    }

    fn take_again(&mut self, page: Page<R>, by_others: bool) {
        let wanted = self.wanted.take().map(|key| key.id).filter(|id| page.rows.iter().any(|row| row.id() == *id));
        let at = wanted.or(self.current().map(ListRow::id));
        let offset = self.cursor.saturating_sub(self.top);
        if by_others {
            let moved = page.rows.iter().filter(|row| self.revisions.get(&row.id()).is_none_or(|seen| *seen != row.revision()));
            self.changed.extend(moved.map(ListRow::id));
        }
        self.rows = page.rows;
        self.more = (page.more_before, page.more_after);
        let here: BTreeSet<i64> = self.rows.iter().map(ListRow::id).collect();
        if !(self.more.0 || self.more.1) {
            self.marks.retain(|id| here.contains(id));
        }
        let place = at.and_then(|id| self.rows.iter().position(|row| row.id() == id));
        self.cursor = place.unwrap_or(self.cursor).min(self.rows.len().saturating_sub(1));
        self.top = self.cursor.saturating_sub(offset);
    }

    /// Sets what is typed in the filter. Marks belong to the list as it was: nothing is done to a
    /// row that whoever presses the key does not see in it.
    pub fn set_filter(&mut self, text: &str) {
        if text != self.filter_text {
            self.marks.clear();
        }
        self.filter_text = text.to_string();
        (self.filter, self.unread) = Filter::parse(text);
    }
}
