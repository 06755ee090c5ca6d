//! Tables of a Word file: columns as wide as their words need, a heading that every page repeats, rows that stay whole.

use super::look::{Look, TEXT_WIDTH};
use super::room;
use super::run;
use crate::report::{in_one_line, within};
use docx_rs::{
    BorderType, LineSpacing, Paragraph, Shading, Table, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins,
    TableRow, WidthType,
};

/// Room around the text of a cell, above and below and at its sides: without it the lines of the table touch the letters.
const CELL_ROOM: (usize, usize) = (40, 90);

/// Room that a letter of a table needs, in twentieths of a point, in the faces that stand in for Arial: at most in a word that must
/// not break, the same in the bold of a heading, and on the whole in a text.
const LETTER: (usize, usize, usize) = (130, 150, 110);

/// So many rows are looked at for the widths of their columns.
const LOOKED_AT: usize = 40;

/// For what a column gets of the room that nothing needs, its longest text counts as no fewer and no more letters than these.
const COUNTS: (usize, usize) = (8, 44);

/// What a line of a whole row counts beside a line of one cell.
const WHOLE_ROW: usize = 6;

/// What the columns of a table are widened by, step by step, in twentieths of a point.
const STEP: usize = 150;

/// The width of each column: no narrower than its longest word, which would break else. What is left goes, piece by piece, where it
/// makes the table shortest for its size; where nothing makes it shorter, to each by its longest text.
fn widths(head: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let word = |text: &String| match text.chars().count() {
        whole if in_one_line(text) => whole,
        _ => text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0),
    };
    let least = |column: usize| {
        let named = head.get(column).map_or(0, |name| name.split(' ').map(|word| word.chars().count()).max().unwrap_or(0) * LETTER.1);
        let longest = rows.iter().filter_map(|row| row.get(column)).map(word).max().unwrap_or(0) * LETTER.0;
        named.max(longest) + 2 * CELL_ROOM.1
    };
    let mut widths: Vec<usize> = (0..head.len()).map(least).collect();
    let taken = widths.iter().sum::<usize>();
    // More words than there is room for: the widest columns share what the others leave, and long words break in them alone.
    if taken > TEXT_WIDTH {
        return within(widths, TEXT_WIDTH);
    }
    let letters: Vec<Vec<usize>> = std::iter::once(head)
        .chain(rows.iter().map(Vec::as_slice).take(LOOKED_AT))
        .map(|row| row.iter().map(|text| text.chars().count()).collect())
        .collect();
    let lines = |letters: usize, width: usize| (letters * LETTER.2).div_ceil(width.saturating_sub(2 * CELL_ROOM.1).max(1)).max(1);
    // A row is as high as its highest cell. That a cell needs fewer lines counts for a little even where another is as high as it
    // was: two of them become lower only together.
    let height = |widths: &[usize]| -> usize {
        let high = |row: &Vec<usize>| {
            let each = row.iter().zip(widths).map(|(letters, width)| lines(*letters, *width));
            WHOLE_ROW * each.clone().max().unwrap_or(1) + each.sum::<usize>()
        };
        letters.iter().map(high).sum()
    };
    let mut free = TEXT_WIDTH - taken;
    while let Some((column, more)) = best_piece(&widths, free, &height) {
        widths[column] += more;
        free -= more;
    }
    // What is left goes where texts still go on in further lines; where none does, to each column by its longest text.
    let over = |(column, width): (usize, &usize)| letters.iter().filter_map(|row| row.get(column)).map(|all| lines(*all, *width) - 1).sum();
    let longest = |column: usize| letters.iter().filter_map(|row| row.get(column)).max().copied().unwrap_or(0).clamp(COUNTS.0, COUNTS.1);
    let mut shares: Vec<usize> = widths.iter().enumerate().map(over).collect();
    if shares.iter().all(|share| *share == 0) {
        shares = (0..widths.len()).map(longest).collect();
    }
    let all = shares.iter().sum::<usize>().max(1);
    for (width, share) in widths.iter_mut().zip(shares) {
        *width += free * share / all;
    }
    widths
}

/// The column and the piece of what is left that make a table shorter by the most lines for their size; none: nothing does.
fn best_piece(widths: &[usize], free: usize, height: &dyn Fn(&[usize]) -> usize) -> Option<(usize, usize)> {
    let now = height(widths);
    let mut best: Option<(f64, usize, usize)> = None;
    for column in 0..widths.len() {
        for more in (STEP..=free).step_by(STEP) {
            let mut wider = widths.to_vec();
            wider[column] += more;
            let saved = now.saturating_sub(height(&wider)) as f64 / more as f64;
            if saved > best.map_or(0.0, |(saved, ..)| saved) {
                best = Some((saved, column, more));
            }
        }
    }
    best.map(|(_, column, more)| (column, more))
}

/// How high a table becomes whose lines are so high, in twentieths of a point.
pub(super) fn height(head: &[String], rows: &[Vec<String>], line: usize) -> usize {
    let widths = widths(head, rows);
    let lines = |(text, width): (&String, &usize)| (text.chars().count() * LETTER.2).div_ceil(width.saturating_sub(2 * CELL_ROOM.1).max(1));
    let high = |row: &[String]| row.iter().zip(&widths).map(lines).max().unwrap_or(1).max(1) * line + 2 * CELL_ROOM.0;
    std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).map(high).sum()
}

/// A table that is no higher than this, in twentieths of a point, stays on one page: 5 cm, so that no page is left half empty for it.
const IN_ONE_PIECE: usize = 2_850;

/// Width of the lines of a table, in eighths of a point, and their colour: there, and paler than what they hold.
const LINES: (usize, &str) = (4, "A6A6A6");

/// What the heading of a table stands on: a light grey.
const HEAD: &str = "E7E6E6";

/// The lines of a table.
fn borders() -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let line = |position| TableBorder::new(position).border_type(BorderType::Single).size(LINES.0).color(LINES.1);
    [Top, Left, Bottom, Right, InsideH, InsideV].into_iter().map(line).fold(TableBorders::with_empty(), TableBorders::set)
}

/// A table; `noted` is whether what follows belongs to it, so that it does not stand alone on the next page.
pub(super) fn table(head: &[String], rows: &[Vec<String>], look: Look, noted: bool) -> Table {
    let widths = widths(head, rows);
    // The heading does not stay behind at the foot of a page, nor a single row at the foot of one or the top of the next.
    let last = |at: usize| at + 1 == rows.len();
    let whole = height(head, rows, room::line(look.table)) <= IN_ONE_PIECE;
    let stays = |at: usize| if last(at) { noted } else { whole || at == 0 || last(at + 1) };
    let cell = |text: &str, width: usize, stays: bool, bold: bool| {
        let words = run(text).size(look.table);
        let words = if bold { words.bold() } else { words };
        let lines = Paragraph::new().line_spacing(LineSpacing::new().before(0).after(0)).keep_next(stays);
        TableCell::new().width(width, WidthType::Dxa).add_paragraph(lines.add_run(words))
    };
    let named = head.iter().zip(&widths).map(|(name, width)| cell(name, *width, true, true).shading(Shading::new().fill(HEAD)));
    let first = TableRow::new(named.collect()).cant_split();
    let rest = rows.iter().enumerate().map(|(at, row)| {
        TableRow::new(row.iter().zip(&widths).map(|(text, width)| cell(text, *width, stays(at), false)).collect()).cant_split()
    });
    let (high, wide) = CELL_ROOM;
    Table::new(std::iter::once(first).chain(rest).collect())
        .margins(TableCellMargins::new().margin(high, wide, high, wide))
        .set_borders(borders())
        .set_grid(widths.clone())
        .width(TEXT_WIDTH, WidthType::Dxa)
}
