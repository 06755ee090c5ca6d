//! A paper as one HTML file that any browser shows and prints: no script, nothing fetched from anywhere.

use super::chart::Picture;
use super::{Block, Document, ReportError, in_one_line, whole_shares};
use crate::domain::safe_text::safe_line;
use std::fmt::Write;

/// How it looks: readable on paper, each case of a pack on pages of its own.
const STYLE: &str = "body{font:11pt/1.4 Arial,sans-serif;max-width:50em;margin:2em auto;padding:0 1em}\
table{border-collapse:collapse;width:100%;margin:.5em 0 1.2em}th,td{border:1px solid #888;padding:.2em .5em;text-align:left;vertical-align:top}\
th{background:#e7e6e6}.whole{white-space:nowrap}blockquote{margin:.3em 0 .3em 1em;padding-left:.8em;border-left:3px solid #888}dt{float:left;clear:left;font-weight:bold;\
margin-right:.4em}dd{margin:0}figure{margin:1em 0}figcaption{font-weight:bold}svg{max-width:100%;height:auto}@media print{tr,blockquote,figure{break-inside:avoid}h2,h3,h4,h5{break-after:avoid}}";

/// The paper as HTML; its charts are drawings within the page, each with its words.
pub fn html(document: &Document) -> Result<String, ReportError> {
    let title = escaped(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for block in &document.blocks {
        // Writing into a string cannot fail.
        let _ = match block {
            Block::Heading(level, text) => writeln!(out, "<h{0}>{1}</h{0}>", level + 1, escaped(text)),
            Block::Text(text) => writeln!(out, "<p>{}</p>", escaped(text)),
            Block::Quote(text) => writeln!(out, "<blockquote>{}</blockquote>", escaped(text)),
            Block::Picture(picture) => writeln!(out, "{}", figure(picture)?),
            Block::Items(items) => writeln!(out, "<ul>\n{}</ul>", each(items, |item| format!("<li>{}</li>\n", escaped(item)))),
            Block::Facts(facts) => {
                let lines = each(facts, |(name, value)| format!("<dt>{}:</dt><dd>{}</dd>\n", escaped(name), escaped(value)));
                writeln!(out, "<dl>\n{lines}</dl>")
            }
            Block::Table { head, rows } => {
                let head = each(head, |cell| format!("<th scope=\"col\">{}</th>", escaped(cell)));
                let rows = each(rows, |row| format!("<tr>{}</tr>\n", each(row, |cell| td(cell))));
                writeln!(out, "<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>")
            }
        };
    }
    out.push_str("</body>\n</html>\n");
    Ok(out)
}

/// A cell of a table.
fn td(cell: &str) -> String {
    let whole = if in_one_line(cell) { " class=\"whole\"" } else { "" };
    format!("<td{whole}>{}</td>", escaped(cell))
}

/// A chart that a screen reader reads out.
fn figure(picture: &Picture) -> Result<String, ReportError> {
    let named = format!("<svg role=\"img\" aria-label=\"{}\" ", escaped(&picture.in_words()));
    let drawing = picture.svg()?.replacen("<svg ", &named, 1);
    Ok(format!("<figure>\n<figcaption>{}</figcaption>\n{drawing}</figure>", escaped(&picture.title)))
}

fn each<T>(items: &[T], said: impl Fn(&T) -> String) -> String {
    items.iter().map(said).collect()
}

fn escaped(text: &str) -> String {
    whole_shares(&safe_line(text)).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
