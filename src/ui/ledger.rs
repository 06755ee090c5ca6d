//! The effect ledger over the view: of what was looked at again months later, what had lasted; by kind of action and by theme.

use super::sheet::Lines;
use super::text::{Piece, fit, piece, wrap};
use super::theme::Look;
use crate::domain::action::{EffectRow, Ledger};

/// Cells of a count's column.
const COUNT: usize = 10;

/// Cells of a label at most.
const LABEL: usize = 34;

/// What the counts are of.
const COLUMNS: [&str; 4] = ["sustained", "partly", "recurred", "can't tell"];

/// The whole of it, in lines.
pub(super) fn lines(ledger: &Ledger, room: usize, look: Look) -> Lines {
    let mut lines = Lines::new();
    let said = |lines: &mut Lines, words: &str| lines.extend(wrap(words, room, look).into_iter().map(|line| vec![piece(line, look.dim())]));
    if ledger.is_empty() {
        said(&mut lines, "No action was looked at again yet. What is signed off has its day for that; then v says whether it helped.");
        return lines;
    }
    said(
        &mut lines,
        "Each look counts once: what came back and was sustained the next time stands under both. What could not be told counts for neither side.",
    );
    lines.push(Vec::new());
    let label = LABEL.min(room.saturating_sub(COLUMNS.len() * (COUNT + 1) + 1).max(12));
    let mut head = vec![piece(" ".repeat(label), look.dim())];
    head.extend(COLUMNS.iter().map(|column| piece(format!(" {column:>COUNT$}"), look.dim())));
    lines.push(head);
    row(&mut lines, &ledger.all, (label, room, ledger.fewest), look);
    for (heading, rows) in [("By kind of action", &ledger.kinds), ("By theme of the review", &ledger.themes)] {
        if rows.is_empty() {
            continue;
        }
        lines.push(Vec::new());
        lines.push(vec![piece(heading, look.heading())]);
        for one in rows {
            row(&mut lines, one, (label, room, ledger.fewest), look);
        }
    }
    lines.push(Vec::new());
    said(
        &mut lines,
        "An action that comes from no review counts under all actions and its kind alone; one whose review has several themes counts for each.",
    );
    let few = format!("Below {} looks the counts are left out; so is the smallest other kind where it would give one away.", ledger.fewest);
    said(&mut lines, &few);
    lines
}

/// A row: its counts, and below them, or beside where there is room, what they say.
fn row(lines: &mut Lines, row: &EffectRow, (label, room, fewest): (usize, usize, u32), look: Look) {
    let mut cells: Vec<Piece> = vec![piece(format!("{:<label$}", fit(&row.label, label, look)), look.text())];
    let said = row.say(fewest);
    let Some(judged) = row.judged else {
        cells.push(piece(format!(" {said}"), look.dim()));
        lines.push(cells);
        return;
    };
    for count in [judged.sustained, judged.partly, judged.recurred, judged.cannot_tell] {
        cells.push(piece(format!(" {count:>COUNT$}"), look.text()));
    }
    let used = label + COLUMNS.len() * (COUNT + 1);
    if room >= used + 2 + said.chars().count() {
        cells.push(piece(format!("  {said}"), look.dim()));
        lines.push(cells);
    } else {
        lines.push(cells);
        lines.extend(wrap(&said, room.saturating_sub(2), look).into_iter().map(|line| vec![piece(format!("  {line}"), look.dim())]));
    }
}
