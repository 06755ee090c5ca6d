//! What the crate that writes the parts of a Word file leaves out or puts into another order than the standard (ISO/IEC 29500)
//! wants: Word forgives much of that, and programs that check files do not.

use crate::domain::safe_text::safe_line;
use crate::report::{Block, Document, whole_shares};
use docx_rs::XMLDocx;
use std::fmt::Write;

/// The order of what may stand in these elements, of what is written here.
const ORDER: [(&str, &[&str]); 10] = [
    ("w:pPr", &["pStyle", "keepNext", "keepLines", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr"]),
    ("w:numPr", &["ilvl", "numId"]),
    ("w:rPr", &["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "lang"]),
    ("w:tblPr", &["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"]),
    ("w:trPr", &["cantSplit", "tblHeader"]),
    ("w:tcPr", &["tcW", "gridSpan", "tcBorders", "shd", "tcMar", "vAlign"]),
    ("w:sectPr", &["headerReference", "footerReference", "pgSz", "pgMar", "cols", "titlePg", "docGrid"]),
    ("w:style", &["name", "basedOn", "next", "link", "uiPriority", "qFormat", "pPr", "rPr"]),
    ("w:lvl", &["start", "numFmt", "suff", "lvlText", "lvlJc", "pPr", "rPr"]),
    ("w:settings", &["zoom", "evenAndOddHeaders", "defaultTabStop", "compat"]),
];

/// The parts of a file with everything in its order, its language, what it is called, the headings of its tables, and words for
/// its charts.
pub(super) fn whole(mut parts: XMLDocx, document: &Document) -> XMLDocx {
    // Properties that hold nothing stand where none may stand; the columns of a table have no kind of width of their own.
    let text = |bytes: &[u8]| in_order(&String::from_utf8_lossy(bytes).replace("<w:rPr />", "").replace("<w:pPr></w:pPr>", ""));
    let body = [" /><w:gridCol", " /></w:tblGrid>"]
        .iter()
        .fold(text(&parts.document), |body, after| body.replace(&format!(" w:type=\"dxa\"{after}"), after));
    parts.document = with_words(&with_tables(&body, document), document).into_bytes();
    parts.styles = text(&parts.styles).replace("</w:rPr></w:rPrDefault>", "<w:lang w:val=\"en-GB\" /></w:rPr></w:rPrDefault>").into_bytes();
    parts.numberings = text(&parts.numberings).into_bytes();
    parts.settings = text(&parts.settings).into_bytes();
    for edge in parts.headers.iter_mut().chain(&mut parts.footers) {
        *edge = text(edge).into_bytes();
    }
    parts.doc_props.core = properties(document).into_bytes();
    parts
}

/// An element that is open while its parts are read.
struct Element<'a> {
    name: &'a str,
    begins: &'a str,
    parts: Vec<(&'a str, String)>,
}

impl Element<'_> {
    /// Its text, what is in it in the order that the standard wants; what is not named there stays where it was, at the end.
    fn written(mut self) -> String {
        if let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == self.name) {
            let place = |name: &str| order.iter().position(|known| name.strip_prefix("w:") == Some(*known)).unwrap_or(order.len());
            self.parts.sort_by_key(|(name, _)| place(name));
        }
        let mut out = self.begins.to_string();
        out.extend(self.parts.into_iter().map(|(_, text)| text));
        out
    }
}

/// A part of a file in the order of the standard. It is what the crate has written: whole, and without comments.
fn in_order(xml: &str) -> String {
    let mut open = vec![Element { name: "", begins: "", parts: Vec::new() }];
    let mut rest = xml;
    while let Some((before, (tag, after))) = rest.split_once('<').and_then(|(before, tail)| Some((before, tail.split_once('>')?))) {
        let whole = &rest[before.len()..rest.len() - after.len()];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        let closed = match tag {
            _ if tag.starts_with('?') || tag.ends_with('/') => (name, whole.to_string()),
            _ if tag.starts_with('/') => match open.pop() {
                Some(element) => (element.name, format!("{}{before}{whole}", element.written())),
                None => (name, whole.to_string()),
            },
            _ => {
                open.push(Element { name, begins: whole, parts: Vec::new() });
                rest = after;
                continue;
            }
        };
        if let Some(outer) = open.last_mut() {
            outer.parts.push(closed);
        }
        rest = after;
    }
    open.into_iter().map(Element::written).collect::<String>() + rest
}

/// The first row of each table marked as its heading, which Word then repeats on each page, and each called what it stands under.
fn with_tables(body: &str, document: &Document) -> String {
    const TABLE: &str = "<w:tbl>";
    const WHOLE: &str = "<w:cantSplit />";
    let mut under = &document.title;
    let mut names = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(_, text) => under = text,
            Block::Table { .. } => names.push(under),
            _ => {}
        }
    }
    let mut tables = body.split(TABLE);
    let mut marked = tables.next().unwrap_or_default().to_string();
    for (table, name) in tables.zip(names) {
        let named = format!("<w:tblCaption w:val=\"{}\" /></w:tblPr>", escaped(name));
        let table = table.replacen(WHOLE, &format!("{WHOLE}<w:tblHeader />"), 1);
        marked.push_str(TABLE);
        marked.push_str(&table.replacen("</w:tblPr>", &named, 1));
    }
    marked
}

/// Each chart with a number of its own and what it says in words.
fn with_words(body: &str, document: &Document) -> String {
    const DRAWN: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";
    let mut pieces = body.split(DRAWN);
    let mut out = pieces.next().unwrap_or_default().to_string();
    let pictures = document.blocks.iter().filter_map(|block| match block {
        Block::Picture(picture) => Some(picture),
        _ => None,
    });
    for ((piece, picture), number) in pieces.zip(pictures).zip(1..) {
        let words = escaped(&picture.in_words());
        // Writing into a string cannot fail.
        let _ = write!(out, "<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{words}\" />{piece}");
    }
    out
}

/// What the file says of itself: its title, who hands it out (a team and never a person), its language, and the day of its figures.
fn properties(document: &Document) -> String {
    let running = &document.running;
    let day = running.on.map_or_else(|| "1970-01-01".to_string(), |day| day.format("%Y-%m-%d").to_string());
    let from = if running.from.is_empty() { "closeloop" } else { running.from.as_str() };
    let (title, from, stands) = (escaped(&document.title), escaped(from), escaped(&running.stands));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:subject>{stands}</dc:subject><dc:creator>{from}</dc:creator><cp:lastModifiedBy>{from}</cp:lastModifiedBy>\
         <cp:revision>1</cp:revision><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified><dc:language>en-GB</dc:language></cp:coreProperties>"
    )
}

fn escaped(text: &str) -> String {
    whole_shares(&safe_line(text)).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
