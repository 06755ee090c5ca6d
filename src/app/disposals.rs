//! Keeping and erasing on the screen: what has come up, holds, and the disposal that two people decide and one carries out. T47.

use super::App;
use super::command::Command;
use super::effect::{Effect, For, Then};
use super::form;
use super::key::{Code, Key};
use super::overlay::{Confirm, Overlay, Sheet, SheetBody};
use crate::domain::calendar::{local_date, say_full_date};
use crate::domain::count::counted;
use crate::domain::deed::{Deed, PrivacyDeed};
use crate::domain::id::ReviewId;
use crate::domain::query::{AskedRow, DisposalsDetail, DisposalsWanted, DueRow, Query, WHAT_GOES, WHAT_STAYS};
use crate::domain::retention::DisposalStand;
use std::collections::BTreeSet;

/// Records on the sheet at most; those that have come up first are decided about first.
const AT_MOST: u32 = 100;

/// The sheet of what there is to decide.
#[derive(Debug, Clone)]
pub struct Deciding {
    /// As read.
    pub detail: DisposalsDetail,
    /// Records that are marked.
    pub marks: BTreeSet<ReviewId>,
    /// What the list is narrowed to; empty: all of it.
    pub search: String,
    /// It is being typed.
    pub typing: bool,
}

/// A row of the sheet.
#[derive(Debug, Clone, Copy)]
pub enum DecidingRow<'a> {
    /// A disposal.
    Asked(&'a AskedRow),
    /// A record that has come up.
    Due(&'a DueRow),
}

impl Deciding {
    /// The rows that match what is searched for: disposals, then records.
    pub fn rows(&self) -> Vec<DecidingRow<'_>> {
        let wanted = self.search.to_lowercase();
        // Asked by every hint of every frame: where nothing is searched for, no row is put into words.
        let holds = |words: &dyn Fn() -> String| {
            wanted.is_empty() || {
                let text = words().to_lowercase();
                wanted.split_whitespace().all(|word| text.contains(word))
            }
        };
        let asked = self.detail.asked.iter().filter(|row| {
            holds(&|| format!("disposal {} {} {} {}", row.disposal.id.0, row.disposal.stand.label(), row.named(), row.disposal.why))
        });
        let due = self.detail.due.iter().filter(|row| {
            let held = if row.hold.is_some() { "held" } else { "" };
            holds(&|| format!("{} {} {} {held}", row.reference, row.class, row.up.format("%Y")))
        });
        asked.map(DecidingRow::Asked).chain(due.map(DecidingRow::Due)).collect()
    }
}

impl App {
    pub(super) fn ask_disposals(&self) -> Effect {
        Effect::Ask(For::Disposals, Query::Disposals(DisposalsWanted { by: None, at_most: AT_MOST }))
    }

    /// Reads again while the sheet is open.
    pub(super) fn ask_disposals_again(&self) -> Option<Effect> {
        let is_open = |overlay: &Overlay| matches!(overlay, Overlay::Sheet(sheet) if matches!(sheet.body, SheetBody::Disposals(_)));
        self.overlays.iter().any(is_open).then(|| self.ask_disposals())
    }

    /// Shown over the view, or in the place of what was read before, the cursor where it was.
    pub(super) fn disposals_read(&mut self, detail: DisposalsDetail) {
        self.lay_left_sheet(|body| matches!(body, SheetBody::Disposals(_)));
        for overlay in &mut self.overlays {
            if let Overlay::Sheet(sheet) = overlay
                && let SheetBody::Disposals(deciding) = &mut sheet.body
            {
                deciding.marks.retain(|review| detail.due.iter().any(|row| row.review == *review && row.against.is_none()));
                deciding.detail = detail;
                sheet.step(0, self.report.sheet);
                return;
            }
        }
        let deciding = Deciding { detail, marks: BTreeSet::new(), search: String::new(), typing: false };
        self.overlays.push(Sheet::over(SheetBody::Disposals(Box::new(deciding))));
    }

    fn deciding(&self) -> Option<(&Deciding, usize)> {
        match self.overlays.last() {
            Some(Overlay::Sheet(sheet)) => match &sheet.body {
                SheetBody::Disposals(deciding) => Some((deciding, sheet.at)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The row under the cursor, where the sheet on top is this one.
    pub fn deciding_row(&self) -> Option<DecidingRow<'_>> {
        let (deciding, at) = self.deciding()?;
        deciding.rows().get(at).copied()
    }

    /// Whether the sheet on top is this one.
    pub(super) fn shows_disposals(&self) -> bool {
        self.deciding().is_some()
    }

    /// Whether records are marked: what is done is done to them, wherever the cursor is.
    pub fn has_marked_records(&self) -> bool {
        self.deciding().is_some_and(|(deciding, _)| !deciding.marks.is_empty())
    }

    /// Records that something would be done to: the marked ones, else the one under the cursor.
    fn chosen_records(&self) -> Vec<&DueRow> {
        let Some((deciding, _)) = self.deciding() else { return Vec::new() };
        if !deciding.marks.is_empty() {
            return deciding.detail.due.iter().filter(|row| deciding.marks.contains(&row.review)).collect();
        }
        match self.deciding_row() {
            Some(DecidingRow::Due(row)) => vec![row],
            _ => Vec::new(),
        }
    }

    /// Why a command of the sheet cannot be carried out on the row under the cursor.
    pub(super) fn reason_against_deciding(&self, command: Command) -> Option<String> {
        let nothing = || Some("There is nothing here to decide.".to_string());
        match (command, self.deciding_row()) {
            (Command::SheetConfirm, _) => {
                let chosen = self.chosen_records();
                if chosen.is_empty() {
                    return Some("Put the cursor on a record that has come up, or mark some, to ask for their erasure.".into());
                }
                chosen.iter().find_map(|row| row.against.clone())
            }
            (_, None) => nothing(),
            (Command::SheetMark, Some(DecidingRow::Due(row))) => row.against.clone(),
            (Command::SheetMark, Some(DecidingRow::Asked(_))) => Some("Records are marked, not disposals.".into()),
            (Command::SheetChoose, Some(DecidingRow::Asked(row))) => match row.disposal.stand {
                DisposalStand::Asked => row.against.clone(),
                // It asks for nothing that is refused once it was typed.
                DisposalStand::Approved => row.says_held().map(|held| {
                    let key = self.keymap.hint(Command::SheetExempt);
                    let others = if row.holds_all() { "" } else { ": the others can be asked for anew" };
                    format!("{held} {key} withdraws the disposal{others}.")
                }),
                DisposalStand::Refused => Some(format!("It was refused: {}", row.disposal.because)),
                DisposalStand::Done => Some("It is done: the records are gone.".into()),
            },
            (Command::SheetExempt, Some(DecidingRow::Asked(row))) => match row.disposal.stand {
                DisposalStand::Asked => row.against.clone(),
                DisposalStand::Approved => None,
                DisposalStand::Refused => Some(format!("It is refused already: {}", row.disposal.because)),
                DisposalStand::Done => Some("It was carried out: its records are gone, and nothing is left to refuse or to keep.".into()),
            },
            _ => None,
        }
    }

    /// Enter: a record is opened, a disposal approved or carried out; both of these ask first.
    pub(super) fn decide_here(&mut self) -> Vec<Effect> {
        let confirm = match self.deciding_row() {
            Some(DecidingRow::Due(row)) => {
                let review = row.review;
                self.leave_sheet();
                return vec![Effect::Ask(For::Record(Then::Show), Query::Opening(review))];
            }
            Some(DecidingRow::Asked(row)) => {
                let asked = format!(
                    "{}. Asked for by {} on {}: {}",
                    row.named(),
                    row.asked_by,
                    say_full_date(local_date(row.disposal.asked_at)),
                    row.disposal.why
                );
                let held = row.says_held();
                let (id, of) = (row.disposal.id, counted(row.disposal.reviews.len(), "record", "records"));
                match row.disposal.stand {
                    DisposalStand::Asked => {
                        let second = format!("You are the second person: with your word they may be erased. {WHAT_GOES}");
                        let deed = Deed::Privacy(PrivacyDeed::SettleDisposal { disposal: id, refused: None });
                        Confirm::new(
                            format!("Approve disposal {}", id.0),
                            [Some(asked), held, Some(second), Some(WHAT_STAYS.into())].into_iter().flatten().collect(),
                            "approve",
                            deed,
                        )
                    }
                    _ => {
                        let now = format!("This is done now, and nothing brings them back. {WHAT_GOES}");
                        let deed = Deed::Privacy(PrivacyDeed::CarryOut { disposal: id });
                        Confirm::new(format!("Erase {of} for good"), vec![asked, now, WHAT_STAYS.into()], "erase", deed)
                    }
                }
            }
            None => return Vec::new(),
        };
        self.ask_first(confirm)
    }

    /// Holds the marked records, else the one under the cursor, or releases it; refuses the disposal under it. Each with its reason.
    pub(super) fn keep_here(&mut self) -> Vec<Effect> {
        let form = match self.deciding_row() {
            Some(DecidingRow::Due(row)) if row.hold.is_some() && !self.has_marked_records() => form::release(row),
            Some(DecidingRow::Due(_)) => form::hold(&self.chosen_records()),
            Some(DecidingRow::Asked(row)) => form::refuse_disposal(row),
            None => return Vec::new(),
        };
        self.open_form(form)
    }

    /// The form that asks for the erasure of what is chosen.
    pub(super) fn ask_for_disposal(&mut self) -> Vec<Effect> {
        let form = form::ask_disposal(&self.chosen_records());
        self.open_form(form)
    }

    /// Marks the record under the cursor, or takes its mark away.
    pub(super) fn mark_record(&mut self) {
        let Some(DecidingRow::Due(row)) = self.deciding_row() else { return };
        let review = row.review;
        let height = self.report.sheet;
        if let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut()
            && let SheetBody::Disposals(deciding) = &mut sheet.body
        {
            if !deciding.marks.remove(&review) {
                deciding.marks.insert(review);
            }
            sheet.step(1, height);
        }
    }

    /// Begins to narrow the list.
    pub(super) fn search_disposals(&mut self) {
        if let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut()
            && let SheetBody::Disposals(deciding) = &mut sheet.body
        {
            deciding.typing = true;
        }
    }

    /// Whether what is typed narrows the list.
    pub(super) fn searches_disposals(&self) -> bool {
        self.deciding().is_some_and(|(deciding, _)| deciding.typing)
    }

    pub(super) fn key_in_disposal_search(&mut self, key: Key) {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut() else { return };
        (sheet.at, sheet.top) = (0, 0);
        let SheetBody::Disposals(deciding) = &mut sheet.body else { return };
        match key.code {
            Code::Esc => (deciding.typing, deciding.search) = (false, String::new()),
            Code::Enter | Code::Down | Code::Up => deciding.typing = false,
            Code::Backspace if deciding.search.is_empty() => deciding.typing = false,
            Code::Backspace => drop(deciding.search.pop()),
            Code::Char(letter) if !key.ctrl && !key.alt && deciding.search.len() < 60 => deciding.search.push(letter),
            _ => {}
        }
    }
}
