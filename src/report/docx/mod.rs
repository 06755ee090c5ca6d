//! A paper as a Word file: real headings that Word's outline knows, real lists and tables, the paper's name and the number of the
//! page at its edges, and words for whoever cannot see a chart. It knows nothing of what a paper is about.
//!
//! `look` is how a page looks, `table` lays tables out, `room` reckons how long a paper becomes, and `whole` adds to the parts of the
//! file what the crate that writes them has no words for. The same paper gives the same bytes but for the moments that the archive
//! notes of its parts.

mod look;
mod room;
mod table;
mod whole;

use super::chart::{Picture, WIDTH};
use super::document::Outline;
use super::{Block, Document, ReportError, whole_shares};
use crate::domain::safe_text::safe_line;
use docx_rs::{Docx, IndentLevel, LineSpacing, LineSpacingType, NumberingId, Paragraph, Pic, Run};
use look::TEXT_WIDTH;
use std::io::Cursor;

/// So many of Word's units for pictures make a twentieth of a point.
const EMU: u32 = 635;

/// A text below a table is a note to it where it has no more letters than this.
const NOTE: usize = 160;

/// The paper as the bytes of a Word file.
pub fn docx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let look = room::look(document);
    let mut charts = 0;
    let mut outline = Outline::default();
    let mut file = look.empty(document).add_paragraph(line("Title", &document.title).keep_next(true));
    for (at, block) in document.blocks.iter().enumerate() {
        let next = document.blocks.get(at + 1);
        file = match block {
            Block::Heading(level, text) => file.add_paragraph(line(&format!("Heading{}", outline.shown(*level)), text).keep_next(true)),
            Block::Text(text) => {
                file.add_paragraph(Paragraph::new().keep_next(next.is_some_and(|next| next.follows(text))).add_run(run(text)))
            }
            Block::Quote(text) => file.add_paragraph(line("Quote", text)),
            Block::Items(items) => listed(file, items),
            Block::Picture(picture) => {
                charts += 1;
                file.add_paragraph(line("Caption", &picture.caption(charts)).keep_next(true)).add_paragraph(drawn(picture, charts)?)
            }
            Block::Facts(facts) => facts.iter().fold(file, |file, (name, value)| {
                let name = Run::new().add_text(format!("{}: ", safe_line(name))).bold();
                file.add_paragraph(Paragraph::new().style("Facts").add_run(name).add_run(run(value)))
            }),
            Block::Table { head, rows } => {
                let noted = matches!(next, Some(Block::Text(text)) if text.chars().count() <= NOTE);
                file.add_table(table::table(head, rows, look, noted)).add_paragraph(after_a_table().keep_next(noted))
            }
        };
    }
    let mut bytes = Cursor::new(Vec::new());
    whole::whole(file.build(), document).pack(&mut bytes).map_err(|error| ReportError::Form { form: "Word", what: error.to_string() })?;
    Ok(bytes.into_inner())
}

/// Whether a paper would run over its one page by no more than a little, so that it is made small enough for it.
pub(super) fn runs_over_a_little(document: &Document) -> bool {
    room::look(document) == look::Look::SMALL
}

fn run(text: &str) -> Run {
    Run::new().add_text(whole_shares(&safe_line(text)))
}

fn line(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(run(text))
}

/// A list of no more items than these stays on one page.
const IN_ONE_PIECE: usize = 5;

/// A list that screen readers announce as one; a short one stays together, and of a long one no item stands alone.
fn listed(file: Docx, items: &[String]) -> Docx {
    items.iter().enumerate().fold(file, |file, (at, item)| {
        let bullet = line("ListBullet", item).numbering(NumberingId::new(look::BULLETS), IndentLevel::new(0));
        let last = |at: usize| at + 1 == items.len();
        file.add_paragraph(bullet.keep_next(!last(at) && (items.len() <= IN_ONE_PIECE || at == 0 || last(at + 1))))
    })
}

/// A chart as wide as the text, under a number of its own in the file.
fn drawn(picture: &Picture, number: usize) -> Result<Paragraph, ReportError> {
    let wide = TEXT_WIDTH as u32 * EMU;
    let high = (u64::from(wide) * u64::from(picture.height()) / u64::from(WIDTH)) as u32;
    let pic = Pic::new_with_dimensions(picture.png()?, WIDTH, picture.height()).id(format!("rIdImage{number}")).size(wide, high);
    Ok(Paragraph::new().add_run(Run::new().add_image(pic)))
}

/// Height of the empty line below a table, in twentieths of a point: 9 points.
const BELOW_A_TABLE: usize = 180;

/// Letters of that line, in half points: small, so that none makes it higher.
const BELOW_A_TABLE_LETTERS: usize = 4;

/// Word runs tables together that nothing stands between. It is low, so that it alone does not begin a page.
fn after_a_table() -> Paragraph {
    let low = LineSpacing::new().before(0).after(0).line(BELOW_A_TABLE as i32).line_rule(LineSpacingType::Exact);
    Paragraph::new().line_spacing(low).add_run(Run::new().size(BELOW_A_TABLE_LETTERS))
}
