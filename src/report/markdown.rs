//! A paper as Markdown (CommonMark, with the tables of GitHub's dialect). What people typed is text and never markup.

use super::{Block, Document};
use crate::domain::safe_text::safe_line;
use std::fmt::Write;

/// The paper as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n", inline(&document.title));
    for block in &document.blocks {
        out.push('\n');
        // Writing into a string cannot fail.
        let _ = match block {
            Block::Heading(level, text) => writeln!(out, "{} {}", "#".repeat(usize::from(*level) + 1), inline(text)),
            Block::Text(text) => writeln!(out, "{}", paragraph(text)),
            Block::Quote(text) => writeln!(out, "> {}", paragraph(text)),
            // Markdown has no charts of its own: the words say the same.
            Block::Picture(picture) => writeln!(out, "*{}*", paragraph(&picture.in_words())),
            Block::Items(items) => items.iter().try_for_each(|item| writeln!(out, "- {}", paragraph(item))),
            Block::Facts(facts) => facts.iter().try_for_each(|(name, value)| writeln!(out, "- **{}:** {}", inline(name), inline(value))),
            Block::Table { head, rows } => {
                let rule = head.iter().map(|_| "---".to_string()).collect::<Vec<_>>();
                let head: Vec<String> = head.iter().map(|cell| inline(cell)).collect();
                let rows = rows.iter().map(|row| row.iter().map(|cell| inline(cell)).collect::<Vec<_>>());
                [head, rule].into_iter().chain(rows).try_for_each(|row| writeln!(out, "| {} |", row.join(" | ")))
            }
        };
    }
    out
}

/// A text within a line: every sign that could be markup stands for itself.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in safe_line(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A text that begins a line: what would make it a list or a rule stands for itself too.
fn paragraph(text: &str) -> String {
    let text = inline(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if text.starts_with(['-', '+', '=']) {
        format!("\\{text}")
    } else if digits > 0 && text[digits..].starts_with(['.', ')']) {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else {
        text
    }
}
