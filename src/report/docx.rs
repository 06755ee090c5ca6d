//! A paper as a Word file: real headings that Word's outline knows, and real tables. It knows nothing of what a paper is about.
//!
//! The same paper gives the same bytes but for the moments that the archive notes of its parts.

use super::chart::{Picture, WIDTH};
use super::{Block, Document, ReportError, in_one_line, whole_shares};
use crate::domain::safe_text::safe_line;
use docx_rs::{
    AlignmentType, Docx, LineSpacing, LineSpacingType, PageMargin, Paragraph, Pic, Run, RunFonts, Shading, SpecialIndentType, Style,
    StyleType, Table, TableCell, TableCellMargins, TableRow, WidthType,
};
use std::io::Cursor;

/// Columns of text on an A4 page with these margins, in twentieths of a point.
const TEXT_WIDTH: usize = 11_906 - 2 * MARGIN as usize;

/// Word's unit for pictures, in a twentieth of a point.
const EMU: u32 = 635;

/// Margins, in twentieths of a point: 2 cm.
const MARGIN: i32 = 1_134;

/// The paper as the bytes of a Word file.
pub fn docx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let mut charts = 0;
    let mut file = empty().add_paragraph(line("Title", &document.title));
    for block in &document.blocks {
        file = match block {
            Block::Heading(level, text) => file.add_paragraph(line(&format!("Heading{level}"), text).keep_next(true)),
            Block::Text(text) => file.add_paragraph(Paragraph::new().add_run(run(text))),
            Block::Quote(text) => file.add_paragraph(line("Quote", text)),
            // A list without numbering parts, which every program that reads Word files shows alike.
            Block::Items(items) => items.iter().fold(file, |file, item| {
                let hanging = Some(SpecialIndentType::Hanging(284));
                let text = Paragraph::new().indent(Some(568), hanging, None, None).add_run(run(&format!("\u{2022}  {item}")));
                file.add_paragraph(text)
            }),
            Block::Picture(picture) => {
                charts += 1;
                // The crate gives a picture no words for who cannot see it; they stand below.
                file.add_paragraph(caption(picture))
                    .add_paragraph(drawn(picture, charts)?)
                    .add_paragraph(line("Quote", &picture.in_words()))
            }
            Block::Facts(facts) => facts.iter().fold(file, |file, (name, value)| {
                file.add_paragraph(
                    Paragraph::new().add_run(Run::new().add_text(format!("{}: ", safe_line(name))).bold()).add_run(run(value)),
                )
            }),
            Block::Table { head, rows } => file.add_table(table(head, rows)).add_paragraph(after_a_table()),
        };
    }
    let mut bytes = Cursor::new(Vec::new());
    let mut parts = file.build();
    parts.document = with_heading_rows(&parts.document);
    parts.pack(&mut bytes).map_err(|error| ReportError::Form { form: "Word", what: error.to_string() })?;
    Ok(bytes.into_inner())
}

/// The text of the file with the first row of every table marked as its heading, which Word then repeats on each page. The
/// library has no word for that; a row that is not split is where it goes.
fn with_heading_rows(document: &[u8]) -> Vec<u8> {
    const TABLE: &str = "<w:tbl>";
    const WHOLE: &str = "<w:cantSplit />";
    let text = String::from_utf8_lossy(document);
    let mut tables = text.split(TABLE);
    let mut marked = tables.next().unwrap_or_default().to_string();
    for table in tables {
        marked.push_str(TABLE);
        marked.push_str(&table.replacen(WHOLE, &format!("{WHOLE}<w:tblHeader />"), 1));
    }
    marked.into_bytes()
}

fn empty() -> Docx {
    let margin = PageMargin { top: MARGIN, left: MARGIN, bottom: MARGIN, right: MARGIN, ..PageMargin::new() };
    let named = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next("Normal").q_format(true);
    let above = |before: u32| LineSpacing::new().before(before).after(80);
    let heading = |level: usize, half_points: usize| {
        let style = named(&format!("Heading{level}"), &format!("heading {level}")).bold().size(half_points).outline_lvl(level - 1);
        style.line_spacing(above(240))
    };
    Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(margin)
        .default_fonts(RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial"))
        .default_size(22)
        .default_line_spacing(above(0))
        .add_style(named("Title", "Title").bold().size(36).line_spacing(above(0)))
        .add_style(heading(1, 30))
        .add_style(heading(2, 26))
        .add_style(heading(3, 23))
        .add_style(named("Quote", "Quote").italic().indent(Some(284), None, None, None).align(AlignmentType::Left))
}

fn run(text: &str) -> Run {
    Run::new().add_text(whole_shares(&safe_line(text)))
}

/// The name of a chart, which stays with it.
fn caption(picture: &Picture) -> Paragraph {
    Paragraph::new().keep_next(true).add_run(run(&picture.title).bold())
}

/// A chart as wide as the text, under a number of its own in the file.
fn drawn(picture: &Picture, number: usize) -> Result<Paragraph, ReportError> {
    let wide = TEXT_WIDTH as u32 * EMU;
    let high = (u64::from(wide) * u64::from(picture.height()) / u64::from(WIDTH)) as u32;
    let pic = Pic::new_with_dimensions(picture.png()?, WIDTH, picture.height()).id(format!("rIdImage{number}")).size(wide, high);
    Ok(Paragraph::new().keep_next(true).add_run(Run::new().add_image(pic)))
}

/// Word runs tables together that nothing stands between. It is low, so that it alone does not begin a page.
fn after_a_table() -> Paragraph {
    let low = LineSpacing::new().before(0).after(0).line(180).line_rule(LineSpacingType::Exact);
    Paragraph::new().line_spacing(low).add_run(Run::new().size(4))
}

fn line(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(run(text))
}

/// How high the letters of a table are, in half points: a little smaller than the text, so that long tables stay short.
const TABLE_LETTERS: usize = 20;

/// Room around the text of a cell, above and below and at its sides: without it the lines of the table touch the letters.
const CELL_ROOM: (usize, usize) = (50, 90);

/// A cell of no more letters than this stays in one line: `under 5`, `left out`.
const SHORT: usize = 9;

/// Room that a letter of a table needs, in twentieths of a point, in the faces that stand in for Arial: at most in a word that must
/// not break, the same in the bold of a heading, and on the whole in a text.
const LETTER: (usize, usize, usize) = (130, 150, 118);

/// So many rows are looked at for the widths of their columns.
const LOOKED_AT: usize = 40;

/// What the columns of a table are widened by, step by step, in twentieths of a point.
const STEP: usize = 150;

/// The width of each column: no narrower than its longest word, which would break else. What is left goes, piece by piece, where it
/// makes the table shortest for its size; where nothing makes it shorter, to each by its longest text.
fn widths(head: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let word = |text: &String| match text.chars().count() {
        // A short text stays in one line.
        short if short <= SHORT || in_one_line(text) => short,
        _ => text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0),
    };
    let least = |column: usize| {
        let named = head.get(column).map_or(0, |name| name.split(' ').map(|word| word.chars().count()).max().unwrap_or(0) * LETTER.1);
        let longest = rows.iter().filter_map(|row| row.get(column)).map(word).max().unwrap_or(0) * LETTER.0;
        named.max(longest) + 2 * CELL_ROOM.1
    };
    let mut widths: Vec<usize> = (0..head.len()).map(least).collect();
    let taken = widths.iter().sum::<usize>();
    // More words than there is room for: each column has its share, and long words break.
    if taken > TEXT_WIDTH {
        return widths.into_iter().map(|least| TEXT_WIDTH * least / taken).collect();
    }
    let letters: Vec<Vec<usize>> = std::iter::once(head)
        .chain(rows.iter().map(Vec::as_slice).take(LOOKED_AT))
        .map(|row| row.iter().map(|text| text.chars().count()).collect())
        .collect();
    let lines = |letters: usize, width: usize| (letters * LETTER.2).div_ceil(width.saturating_sub(2 * CELL_ROOM.1).max(1)).max(1);
    let height = |widths: &[usize]| -> usize {
        letters.iter().map(|row| row.iter().zip(widths).map(|(letters, width)| lines(*letters, *width)).max().unwrap_or(1)).sum()
    };
    let mut free = TEXT_WIDTH - taken;
    while let Some((column, more)) = best_piece(&widths, free, &height) {
        widths[column] += more;
        free -= more;
    }
    let longest = |column: usize| letters.iter().filter_map(|row| row.get(column)).max().copied().unwrap_or(0).clamp(8, 44);
    let all = (0..widths.len()).map(longest).sum::<usize>().max(1);
    for (column, width) in widths.iter_mut().enumerate() {
        *width += free * longest(column) / all;
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

fn table(head: &[String], rows: &[Vec<String>]) -> Table {
    let widths = widths(head, rows);
    let cell = |(text, width): (&String, &usize)| {
        TableCell::new().width(*width, WidthType::Dxa).add_paragraph(Paragraph::new().add_run(run(text).size(TABLE_LETTERS)))
    };
    let named = |(text, width): (&String, &usize)| {
        // The heading does not stay behind at the foot of a page.
        let name = Paragraph::new().keep_next(true).add_run(run(text).bold().size(TABLE_LETTERS));
        TableCell::new().width(*width, WidthType::Dxa).shading(Shading::new().fill("E7E6E6")).add_paragraph(name)
    };
    let first = TableRow::new(head.iter().zip(&widths).map(named).collect()).cant_split();
    let rest = rows.iter().map(|row| TableRow::new(row.iter().zip(&widths).map(cell).collect()).cant_split());
    let (high, wide) = CELL_ROOM;
    Table::new(std::iter::once(first).chain(rest).collect())
        .margins(TableCellMargins::new().margin(high, wide, high, wide))
        .set_grid(widths.clone())
        .width(TEXT_WIDTH, WidthType::Dxa)
}
