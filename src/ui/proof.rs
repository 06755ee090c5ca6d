//! The proof of an alert or a dispute on the screen: every fact with its time, its person and its rule, and how to print it.

use super::sheet::Lines;
use super::text::{piece, wrap};
use super::theme::Look;
use crate::domain::calendar::local;
use crate::domain::query::ProofDetail;

/// The facts, oldest first, each with whom it concerned, what was written, and its rule.
pub fn lines(detail: &ProofDetail, room: usize, look: Look) -> Lines {
    let reference = detail.of.reference();
    let mut lines = Lines::new();
    let says = [
        "Each fact stands as the journal holds it, with its number there; what was taken back among them.".to_string(),
        format!(
            "To print it: closeloop alert proof {reference} --out {reference}.docx (or .md, .html). It names the case by its pseudonym."
        ),
    ];
    for text in says.iter().flat_map(|text| wrap(text, room, look)) {
        lines.push(vec![piece(text, look.dim())]);
    }
    for row in &detail.rows {
        lines.push(Vec::new());
        let when = local(row.at).format("%-d %b %Y %H:%M:%S").to_string();
        lines.push(vec![
            piece(format!("{:>6}  ", row.seq), look.dim()),
            piece(row.what.clone(), look.heading()),
            piece(format!("  {when}, {}", row.by), look.text()),
        ]);
        let mut under = |text: &str, style| {
            for text in text.lines().flat_map(|line| wrap(line, room.saturating_sub(8), look)) {
                lines.push(vec![piece(" ".repeat(8), look.dim()), piece(text, style)]);
            }
        };
        under(&row.to.join("; "), look.text());
        under(&row.words, look.text());
        under(&row.rule, look.dim());
    }
    lines
}
