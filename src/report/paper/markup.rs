//! The small Markdown of templates: headings, paragraphs, lists, quotes, tables, and the marks of charts and tables.

use super::templates::{CLOSES, OPENS};
use crate::report::Block;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads a text into blocks; a paragraph that is the mark of a part becomes what `part` makes of it.
pub fn blocks(text: &str, part: &dyn Fn(&str, &[&str]) -> Vec<Block>) -> Vec<Block> {
    let mut out = Vec::new();
    let mut words = String::new();
    let (mut items, mut rows, mut cells): (Vec<String>, Vec<Vec<String>>, Vec<String>) = Default::default();
    let (mut in_list, mut in_quote) = (0_u32, false);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Text(piece) | Event::Code(piece) | Event::Html(piece) | Event::InlineHtml(piece) => words.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::List(_)) => in_list += 1,
            Event::Start(Tag::BlockQuote(_)) => in_quote = true,
            Event::End(TagEnd::BlockQuote(_)) => in_quote = false,
            Event::End(TagEnd::Heading(level)) => out.push(Block::Heading((level as u8).saturating_sub(1).clamp(2, 3), taken(&mut words))),
            Event::End(TagEnd::Item) => items.push(taken(&mut words)),
            Event::End(TagEnd::List(_)) => {
                in_list -= 1;
                let listed: Vec<String> = items.drain(..).filter(|item| !item.is_empty()).collect();
                if in_list == 0 && !listed.is_empty() {
                    out.push(Block::Items(listed));
                }
            }
            Event::End(TagEnd::Paragraph) if in_list == 0 => paragraph(&taken(&mut words), in_quote, part, &mut out),
            Event::End(TagEnd::TableCell) => cells.push(taken(&mut words)),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => rows.push(std::mem::take(&mut cells)),
            Event::End(TagEnd::Table) => {
                let mut all = std::mem::take(&mut rows).into_iter();
                let head = all.next().unwrap_or_default();
                let rows: Vec<_> = all.collect();
                // A table of which nothing but its heading is left says nothing.
                if !rows.is_empty() {
                    out.push(Block::Table { head, rows });
                }
            }
            _ => {}
        }
    }
    out
}

fn taken(words: &mut String) -> String {
    std::mem::take(words).trim().to_string()
}

/// A paragraph: text, or the marks of parts one after another.
fn paragraph(text: &str, quote: bool, part: &dyn Fn(&str, &[&str]) -> Vec<Block>, out: &mut Vec<Block>) {
    let mut rest = text;
    while let Some((before, (marked, after))) = rest.split_once(OPENS).and_then(|(before, tail)| Some((before, tail.split_once(CLOSES)?))) {
        plain(before, quote, out);
        let mut words = marked.split(':');
        let name = words.next().unwrap_or_default();
        out.extend(part(name, &words.collect::<Vec<_>>()));
        rest = after;
    }
    plain(rest, quote, out);
}

fn plain(text: &str, quote: bool, out: &mut Vec<Block>) {
    let text = text.trim();
    if !text.is_empty() {
        out.push(if quote { Block::Quote(text.into()) } else { Block::Text(text.into()) });
    }
}
