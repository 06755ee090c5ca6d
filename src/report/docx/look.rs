//! How a page of a Word file looks: its size and margins, the styles of its text, and what stands at its edges.

use super::run;
use crate::report::Document;
use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, Footer, Header, Level, LevelJc, LevelText, LineSpacing, NumPages, NumberFormat, Numbering,
    PageMargin, PageNum, Paragraph, Run, RunFonts, SpecialIndentType, Start, Style, StyleType, Tab, TabValueType,
};

/// An A4 page, 21 cm by 29.7 cm, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);

/// Width of the text on it, in twentieths of a point.
pub(super) const TEXT_WIDTH: usize = PAGE.0 as usize - 2 * MARGIN as usize;

/// Height of the text on it, in twentieths of a point.
pub(super) const TEXT_HEIGHT: usize = PAGE.1 as usize - (TOP + BOTTOM) as usize;

/// How far a quotation, or the sign of a list, stands in from the margin, in twentieths of a point: half a centimetre.
pub(super) const INDENT: usize = 284;

/// How far the text of a list stands in, in twentieths of a point: a centimetre.
pub(super) const LIST_INDENT: usize = 2 * INDENT;

/// Margins at the sides: 2 cm.
const MARGIN: i32 = 1_134;

/// Above the text, with what stands at the top of each page.
const TOP: i32 = 1_300;

/// Below it, with the number of the page.
const BOTTOM: i32 = 1_190;

/// From the edge of the paper to what stands at the edges of the page: 1.1 cm.
const EDGE: i32 = 624;

/// Letters at the edges, in half points.
const EDGE_LETTERS: usize = 17;

/// So many letters of that size fit into a line.
const EDGE_LINE: usize = 96;

/// The colour of what stands at the edges; dark enough to be read on white.
const DIM: &str = "595959";

/// The style of what stands at the edges.
const EDGE_STYLE: &str = "Edge";

/// The number under which the file knows the signs of lists.
pub(super) const BULLETS: usize = 2;

/// Letters in half points, and room in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// The text.
    pub text: usize,
    /// The title.
    pub title: usize,
    /// Headings of level 1 to 3.
    pub headings: [usize; 3],
    /// Above a heading.
    pub before: u32,
    /// Below a paragraph.
    pub after: u32,
    /// The letters of a table, a little smaller than the text, so that long tables stay short.
    pub table: usize,
}

impl Look {
    /// How a paper looks.
    pub(super) const USUAL: Look = Look { text: 22, title: 36, headings: [30, 26, 23], before: 240, after: 80, table: 20 };

    /// How one looks that would run over its one page by a little.
    pub(super) const SMALL: Look = Look { text: 20, title: 30, headings: [24, 22, 20], before: 130, after: 40, table: 18 };

    /// A file without text.
    pub(super) fn empty(self, document: &Document) -> Docx {
        let margin = PageMargin { top: TOP, left: MARGIN, bottom: BOTTOM, right: MARGIN, header: EDGE, footer: EDGE, gutter: 0 };
        let styled =
            |id: &str, name: &str, next: &str| Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next(next).q_format(true);
        let spaced = |before: u32, after: u32| LineSpacing::new().before(before).after(after);
        let heading = |level: usize| {
            let style = styled(&format!("Heading{level}"), &format!("heading {level}"), "Normal").bold();
            style.size(self.headings[level - 1]).outline_lvl(level - 1).line_spacing(spaced(self.before, self.after))
        };
        let below = self.after;
        let quote = styled("Quote", "Quote", "Normal").italic().indent(Some(INDENT as i32), None, None, None).align(AlignmentType::Left);
        // A paper stands under its name already where it begins.
        let (first, other) = (header(document, false), header(document, true));
        Docx::new()
            .page_size(PAGE.0, PAGE.1)
            .page_margin(margin)
            .title_pg()
            .first_header(first)
            .header(other)
            .first_footer(footer(document))
            .footer(footer(document))
            .default_fonts(RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial"))
            .default_size(self.text)
            .default_line_spacing(spaced(0, below))
            .add_abstract_numbering(AbstractNumbering::new(BULLETS).add_level(bullet()))
            .add_numbering(Numbering::new(BULLETS, BULLETS))
            .add_style(styled("Title", "Title", "Normal").bold().size(self.title).line_spacing(spaced(0, below)))
            .add_style(heading(1))
            .add_style(heading(2))
            .add_style(heading(3))
            .add_style(quote)
            .add_style(styled("Caption", "caption", "Normal").bold().line_spacing(spaced(self.before / 2, below)))
            .add_style(styled("Facts", "Facts", "Facts").line_spacing(spaced(0, below / 2)))
            .add_style(styled(EDGE_STYLE, "Edge", EDGE_STYLE).size(EDGE_LETTERS).color(DIM).line_spacing(spaced(0, 0)))
            .add_style(styled("ListBullet", "List Bullet", "ListBullet").line_spacing(spaced(0, below / 2)))
    }
}

fn bullet() -> Level {
    let sign = LevelText::new("\u{2022}");
    let level = Level::new(0, Start::new(1), NumberFormat::new("bullet"), sign, LevelJc::new("left"));
    level.indent(Some(LIST_INDENT as i32), Some(SpecialIndentType::Hanging(INDENT as i32)), None, None)
}

/// A line at an edge of the page, with one text at its left and one at its right.
fn edge(left: &str, right: Option<Run>) -> Paragraph {
    let line = Paragraph::new().style(EDGE_STYLE).add_run(run(left));
    match right {
        None => line,
        Some(right) => line.add_tab(Tab::new().val(TabValueType::Right).pos(TEXT_WIDTH)).add_run(Run::new().add_tab()).add_run(right),
    }
}

/// The name of a paper, how far it may be relied on, and who alone it is for.
fn header(document: &Document, named: bool) -> Header {
    let running = &document.running;
    let (title, stands) = if named { (document.title.as_str(), running.stands.as_str()) } else { ("", "") };
    let handling = (!running.handling.is_empty()).then(|| run(&running.handling).bold());
    let fits = title.chars().count() + stands.chars().count() < EDGE_LINE;
    let lines = match (handling, stands.is_empty()) {
        (Some(handling), true) => vec![edge(title, Some(handling))],
        (Some(handling), false) => vec![edge(title, Some(handling)), edge(stands, None)],
        (None, true) => vec![edge(title, None)],
        (None, false) if fits => vec![edge(title, Some(run(stands)))],
        (None, false) => vec![edge(title, None), edge(stands, None)],
    };
    lines.into_iter().fold(Header::new(), Header::add_paragraph)
}

/// Who hands it out, and which page of how many this is.
fn footer(document: &Document) -> Footer {
    // The room beside the numbers is no text that somebody typed.
    let (page, of) = (Run::new().add_text("Page "), Run::new().add_text(" of "));
    let numbered = edge(&document.running.from, Some(page)).add_page_num(PageNum::new()).add_run(of);
    Footer::new().add_paragraph(numbered.add_num_pages(NumPages::new()))
}
