//! A paper as one HTML file that any browser shows and prints: no script, nothing fetched from anywhere.

use super::chart::Picture;
use super::document::Outline;
use super::{Block, Document, ReportError, in_one_line, whole_shares};
use crate::domain::safe_text::safe_line;
use std::fmt::Write;

/// How it looks: dark on white whatever the reader's browser prefers, since its charts are; on paper A4, with tables whose headings
/// are on every page and whose rows stay whole.
const STYLE: &str = ":root{color-scheme:only light}html{background:#fff;color:#202020}\
body{font:11pt/1.4 Arial,sans-serif;max-width:50em;margin:2em auto;padding:0 1em}h1{font-size:1.7em;line-height:1.2;margin:0 0 .4em}\
h2{font-size:1.35em;margin:1.3em 0 .3em}h3{font-size:1.15em;margin:1.1em 0 .3em}h4{font-size:1em;margin:1em 0 .3em}p,ul{margin:.35em 0}\
.large{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5em 0 1.2em}\
th,td{border:1px solid #a6a6a6;padding:.25em .5em;text-align:left;vertical-align:top}thead th{background:#e7e6e6}tbody th{font-weight:normal}\
.whole{white-space:nowrap}blockquote{margin:.3em 0 .3em 1em;padding-left:.8em;border-left:3px solid #888}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15em .7em;margin:.5em 0}dt{font-weight:bold}dd{margin:0}\
figure{margin:1em 0}figcaption{font-weight:bold;margin-bottom:.3em}svg{max-width:100%;height:auto;background:#fff}\
@media print{body{font-size:10pt;line-height:1.3;max-width:none;margin:0;padding:0}.tight{font-size:9pt;line-height:1.22}.tight h2{margin:.8em 0 .2em}.tight p,.tight ul,.tight dl{margin:.25em 0}thead{display:table-header-group}.large{overflow:visible}\
tr,li,blockquote,figure,dl,.short{break-inside:avoid}h1,h2,h3,h4,figcaption,.leads{break-after:avoid}p{orphans:3;widows:3}}";

/// A table of no more rows than these is not split where it is printed.
const SHORT: usize = 8;

/// A list of no more items than these is not split either, as in Word: the last page would hold one of them alone.
const FEW: usize = 5;

/// The paper as HTML; its charts are drawings within the page, each with its words.
pub fn html(document: &Document) -> Result<String, ReportError> {
    let title = escaped(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{}<title>{title}</title>\n<style>{STYLE}{}</style>\n\
         </head>\n<body{}>\n<header>\n<h1>{title}</h1>\n</header>\n<main>\n",
        told("author", &document.running.from),
        pages(document),
        if super::docx::runs_over_a_little(document) { " class=\"tight\"" } else { "" },
    );
    let (mut outline, mut charts, mut under) = (Outline::default(), 0, 0);
    for (at, block) in document.blocks.iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = match block {
            Block::Heading(level, text) => {
                under += 1;
                writeln!(out, "<h{0} id=\"part-{under}\">{1}</h{0}>", outline.shown(*level) + 1, escaped(text))
            }
            Block::Text(text) if document.blocks.get(at + 1).is_some_and(|next| next.follows(text)) => {
                writeln!(out, "<p class=\"leads\">{}</p>", escaped(text))
            }
            Block::Text(text) => writeln!(out, "<p>{}</p>", escaped(text)),
            Block::Quote(text) => writeln!(out, "<blockquote>{}</blockquote>", escaped(text)),
            Block::Picture(picture) => {
                charts += 1;
                writeln!(out, "{}", figure(picture, charts)?)
            }
            Block::Items(items) => {
                let short = if items.len() <= FEW { " class=\"short\"" } else { "" };
                writeln!(out, "<ul{short}>\n{}</ul>", each(items, |item| format!("<li>{}</li>\n", escaped(item))))
            }
            Block::Facts(facts) => {
                let lines = each(facts, |(name, value)| format!("<dt>{}:</dt><dd>{}</dd>\n", escaped(name), escaped(value)));
                writeln!(out, "<dl>\n{lines}</dl>")
            }
            Block::Table { head, rows } => writeln!(out, "{}", table(head, rows, under)),
        };
    }
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(out)
}

/// A table, called what it stands under; its first column says what each row is about. A long one may be moved where a screen is
/// narrow.
fn table(head: &[String], rows: &[Vec<String>], under: usize) -> String {
    let named = if under == 0 { String::new() } else { format!(" aria-labelledby=\"part-{under}\"") };
    let short = if rows.len() <= SHORT { " class=\"short\"" } else { "" };
    let head = each(head, |cell| format!("<th scope=\"col\">{}</th>", escaped(cell)));
    let rows = each(rows, |row| {
        let cells = row.iter().enumerate().map(|(at, cell)| td(cell, at == 0)).collect::<String>();
        format!("<tr>{cells}</tr>\n")
    });
    format!("<div class=\"large\"><table{short}{named}>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>")
}

/// A cell of a table.
fn td(cell: &str, names_the_row: bool) -> String {
    let whole = if in_one_line(cell) { " class=\"whole\"" } else { "" };
    let (element, scope) = if names_the_row { ("th", " scope=\"row\"") } else { ("td", "") };
    format!("<{element}{scope}{whole}>{}</{element}>", escaped(cell))
}

/// A chart that a screen reader reads out.
fn figure(picture: &Picture, number: usize) -> Result<String, ReportError> {
    let named = format!("<svg role=\"img\" aria-label=\"{}\" ", escaped(&picture.in_words()));
    let drawing = picture.svg()?.replacen("<svg ", &named, 1);
    Ok(format!("<figure>\n<figcaption>{}</figcaption>\n{drawing}</figure>", escaped(&picture.caption(number))))
}

/// Pages as they are printed: A4, with the name of the paper, who alone it is for, how far it may be relied on, and the number of
/// the page at their edges.
fn pages(document: &Document) -> String {
    let running = &document.running;
    let edge = |place: &str, text: &str| match text {
        "" => String::new(),
        text => format!("@{place}{{content:{}}}", quoted(text)),
    };
    let below = [running.from.as_str(), running.stands.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    format!(
        "@page{{size:A4;margin:20mm 18mm 18mm;font:8pt Arial,sans-serif;color:#595959;{}{}{}\
         @bottom-right{{content:\"Page \" counter(page) \" of \" counter(pages)}}}}@page:first{{@top-left{{content:none}}}}",
        edge("top-left", &document.title),
        edge("top-right", &running.handling),
        edge("bottom-left", &below.join(". ")),
    )
}

/// A text in quotes for a style sheet: every sign but letters, digits and spaces as its number, so that none can end it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in safe_line(text).chars() {
        match letter {
            plain if plain.is_ascii_alphanumeric() || plain == ' ' => out.push(plain),
            other => {
                // Writing into a string cannot fail.
                let _ = write!(out, "\\{:06x} ", u32::from(other));
            }
        }
    }
    out + "\""
}

/// Something that the file says of itself; nothing where there is nothing to say.
fn told(name: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<meta name=\"{name}\" content=\"{}\">\n", escaped(text)) }
}

fn each<T>(items: &[T], said: impl Fn(&T) -> String) -> String {
    items.iter().map(said).collect()
}

fn escaped(text: &str) -> String {
    whole_shares(&safe_line(text)).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
