//! The insight view: a page of numbers, the cursor on one of them, and the list behind it from which Esc comes back.

use super::command::Command;
use super::effect::{After, Effect, For, Then};
use super::overlay::{Sheet, SheetBody};
use super::{App, Pane, View};
use crate::domain::deed::{Deed, InsightDeed};
use crate::domain::insight::pages::{GridCell, GridRow, Opens, PageOf};
use crate::domain::query::{InsightDetail, InsightWanted, Query};

/// The insight view.
#[derive(Debug, Clone, Default)]
pub struct InsightView {
    /// What is asked for.
    pub wanted: InsightWanted,
    /// The page that was counted last: not always the one that is asked for.
    detail: Option<Box<InsightDetail>>,
    /// Row and column of the cursor.
    pub at: (usize, usize),
    /// Somebody has written since the page was counted.
    pub old: bool,
    /// A page is being counted.
    pub counting: bool,
    /// The list that was opened from a cell.
    list: Option<Opened>,
}

/// A list that was opened from a cell, and how its pane was before.
#[derive(Debug, Clone)]
struct Opened {
    pane: Pane,
    filter: String,
    zoomed: bool,
}

impl InsightView {
    pub(super) fn take(&mut self, detail: Box<InsightDetail>) {
        // A page that nobody waits for any more.
        if detail.wanted != self.wanted {
            return;
        }
        (self.old, self.counting) = (false, false);
        let first = self.shown().is_none();
        self.detail = Some(detail);
        if first {
            self.begin();
        }
        self.step(0, 0);
    }

    /// Puts the cursor where people begin to read. Cycles run downwards: the newest is what they come for.
    fn begin(&mut self) {
        let last = self.shown().filter(|detail| detail.grid.chart.is_some()).map(|detail| detail.grid.rows.len().saturating_sub(1));
        self.at = (last.unwrap_or(0), 0);
        self.step(0, 0);
    }

    /// Others have written: only the header is read again.
    pub(super) fn grows_old(&mut self) -> Vec<Effect> {
        self.old = true;
        vec![Effect::Ask(For::Header, Query::Overview)]
    }

    /// The page that is asked for, once it was counted.
    pub fn shown(&self) -> Option<&InsightDetail> {
        self.detail.as_deref().filter(|detail| detail.wanted == self.wanted)
    }

    /// The label of a kind of review.
    pub fn kind_label<'v>(&'v self, key: &'v str) -> &'v str {
        let kinds = self.detail.iter().flat_map(|detail| &detail.kinds);
        kinds.into_iter().find(|(known, _)| known == key).map_or(key, |(_, label)| label)
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&GridRow> {
        self.shown()?.grid.rows.get(self.at.0)
    }

    /// The cell under the cursor.
    pub fn cell(&self) -> Option<&GridCell> {
        self.row()?.cells.get(self.at.1)
    }

    /// Moves the cursor by rows and columns; headings are stepped over.
    pub(super) fn step(&mut self, rows: isize, columns: isize) {
        let Some(detail) = self.shown() else { return };
        let grid = &detail.grid;
        let last = grid.rows.len().saturating_sub(1);
        let mut row = self.at.0.saturating_add_signed(rows).min(last);
        let heading = |row: usize| grid.rows.get(row).is_some_and(|row| row.heading);
        let down = rows >= 0;
        while heading(row) && (if down { row < last } else { row > 0 }) {
            row = if down { row + 1 } else { row - 1 };
        }
        // Above the first heading there is nothing to stand on.
        while heading(row) && row < last {
            row += 1;
        }
        let widest = grid.columns.len().max(1) - 1;
        self.at = (row, self.at.1.saturating_add_signed(columns).min(widest));
    }

    pub(super) fn reason_against_opening(&self) -> Option<String> {
        match self.cell() {
            _ if self.shown().is_none() => Some("The page is still being counted.".into()),
            Some(GridCell { opens: Some(_), .. }) => None,
            Some(GridCell { count: Some(0), .. }) => Some("Nought: there is no record behind it.".into()),
            _ => Some("This is worked out from others; open one of the counts beside it.".into()),
        }
    }

    /// Reference of the cycle that is counted alone, or that the cursor is on.
    pub fn cycle_at_hand(&self) -> Option<&str> {
        let on_cycles = self.wanted.page == PageOf::Cycles;
        let row = self.row().filter(|_| on_cycles).map(|row| row.label.as_str());
        row.or(self.wanted.only.as_deref())
    }

    /// Why the cycle at hand is not set beside the one before it.
    pub(super) fn reason_against_then_now(&self) -> Option<String> {
        let on = PageOf::Cycles.label();
        self.cycle_at_hand().is_none().then(|| format!("Put the cursor on a cycle first, on the page \u{201c}{on}\u{201d}."))
    }

    /// What the row and the column of the cursor are called.
    fn names(&self) -> (String, String) {
        let row = self.row().map_or(String::new(), |row| row.label.trim().to_string());
        let columns = self.shown().and_then(|detail| detail.grid.columns.get(self.at.1));
        let column = columns.cloned().filter(|name| !name.is_empty());
        (row, column.unwrap_or_else(|| self.cell().map_or(String::new(), |cell| cell.text.clone())))
    }

    /// Whether the cursor is on a passage of good practice.
    pub(super) fn is_on_practice(&self) -> bool {
        matches!(self.cell(), Some(GridCell { opens: Some(Opens::Practice(..)), .. }))
    }

    /// Whether the list on the screen was opened from a cell.
    pub(super) fn opened_a_list(&self, focus: Pane) -> bool {
        self.list.as_ref().is_some_and(|opened| opened.pane == focus)
    }

    pub(super) fn forget_list(&mut self) {
        self.list = None;
    }
}

impl App {
    pub(super) fn show_insight(&mut self) -> Vec<Effect> {
        if self.view == View::Insight {
            return self.turn_page(true);
        }
        self.view = View::Insight;
        self.reload()
    }

    /// Whether a page of figures is being counted for the view that is shown.
    pub fn counts(&self) -> bool {
        self.view == View::Insight && self.insight.counting
    }

    pub(super) fn ask_insight(&mut self) -> Effect {
        self.insight.counting = true;
        Effect::Ask(For::Insight, Query::Insight(self.insight.wanted.clone()))
    }

    pub(super) fn turn_page(&mut self, forward: bool) -> Vec<Effect> {
        let Some(framework) = &self.framework else { return Vec::new() };
        let pages = PageOf::under(framework);
        let place = pages.iter().position(|page| *page == self.insight.wanted.page).unwrap_or(0);
        let page = pages[(place + if forward { 1 } else { pages.len() - 1 }) % pages.len()];
        self.look_at(InsightWanted { page, ..self.insight.wanted.clone() })
    }

    fn look_at(&mut self, wanted: InsightWanted) -> Vec<Effect> {
        self.insight.wanted = wanted;
        self.insight.begin();
        vec![self.ask_insight()]
    }

    pub(super) fn run_insight(&mut self, command: Command) -> Vec<Effect> {
        let wanted = self.insight.wanted.clone();
        match command {
            Command::CellLeft => self.insight.step(0, -1),
            Command::CellRight => self.insight.step(0, 1),
            // Whoever turns the window wants to see it, and not the one cycle again.
            Command::InsightWindow if wanted.only.is_some() => return self.look_at(InsightWanted { only: None, ..wanted }),
            Command::InsightWindow => return self.look_at(InsightWanted { window: wanted.window.next(), ..wanted }),
            Command::InsightOne => {
                let only = self.insight.cycle_at_hand().filter(|_| wanted.only.is_none()).map(str::to_string);
                return self.look_at(InsightWanted { only, ..wanted });
            }
            Command::InsightKind => {
                let kinds = self.insight.detail.iter().flat_map(|detail| detail.kinds.iter().map(|(key, _)| key.clone())).collect();
                return self.look_at(InsightWanted { kind: after(kinds, wanted.kind.clone()), ..wanted });
            }
            Command::InsightService => {
                let services = self.insight.detail.iter().flat_map(|detail| detail.services.iter().cloned()).collect();
                return self.look_at(InsightWanted { service: after(services, wanted.service.clone()), ..wanted });
            }
            Command::InsightWords => {
                let title = wanted.page.label().to_string();
                let row = self.insight.row().filter(|row| !row.heading).map(|row| row.whole.clone());
                let says = self.insight.shown().map(|detail| detail.grid.says.clone()).unwrap_or_default();
                self.overlays.push(Sheet::over(SheetBody::Words { title, says: says.into_iter().chain(row).collect() }));
            }
            Command::UnmarkPractice => {
                if let Some(Opens::Practice(_, practice)) = self.insight.cell().and_then(|cell| cell.opens.clone()) {
                    return self.ask_for(Deed::Insight(InsightDeed::UnmarkPractice { practice }), After::Nothing);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// Opens what is behind the cell under the cursor.
    pub(super) fn open_cell(&mut self) -> Vec<Effect> {
        let Some(opens) = self.insight.cell().and_then(|cell| cell.opens.clone()) else { return Vec::new() };
        match opens {
            Opens::Queue(filter) => self.open_list(Pane::Queue, &filter),
            Opens::Alerts(filter) => self.open_list(Pane::Alerts, &filter),
            Opens::Practice(id, _) => {
                self.came_from = View::Insight;
                vec![Effect::Ask(For::Record(Then::Show), Query::Opening(id))]
            }
            Opens::Register(key) => {
                self.view = View::Registers;
                self.registers.open = Some(key);
                self.registers.from_insight = true;
                self.registers.detail = None;
                self.reload()
            }
        }
    }

    fn open_list(&mut self, pane: Pane, filter: &str) -> Vec<Effect> {
        self.view = View::Desk;
        self.focus = pane;
        let (row, column) = self.insight.names();
        self.insight.list = Some(Opened { pane, filter: self.filter_text().to_string(), zoomed: self.zoomed });
        // Nothing beside it: the list is all that was asked for.
        self.zoomed = true;
        let effects = self.set_filter(filter);
        let back = self.keymap.hint(Command::Back);
        self.say(format!("Behind \u{201c}{row}, {column}\u{201d}. {back} goes back to the number."));
        effects
    }

    /// From the list behind a cell back to that cell, the list as it was before.
    pub(super) fn back_to_insight(&mut self) -> Vec<Effect> {
        if let Some(opened) = self.insight.list.take() {
            self.queue.marks.clear();
            self.zoomed = opened.zoomed;
            let mut effects = self.set_filter(&opened.filter);
            self.view = View::Insight;
            effects.extend(self.reload());
            return effects;
        }
        Vec::new()
    }
}

/// The one after this among several; none: all of them, which come before the first and after the last.
fn after(several: Vec<String>, now: Option<String>) -> Option<String> {
    match now {
        None => several.into_iter().next(),
        Some(now) => several.iter().position(|one| *one == now).and_then(|place| several.get(place + 1).cloned()),
    }
}
