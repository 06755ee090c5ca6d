//! The reports of a framework: frozen facts and what people wrote, put into words by templates and into the blocks of a paper.
//!
//! [`templates`] are texts that a council may replace; [`markup`] reads the small Markdown they are written in; `parts` are the
//! charts and tables they ask for; [`numbers`] are the figures alone, for a spreadsheet. What people typed is never markup.

mod about;
mod built_in;
mod context;
mod edges;
mod first;
pub mod markup;
pub mod numbers;
mod parts;
mod suppressed;
pub mod templates;

pub use about::about;
pub use templates::Templates;

use super::{Document, ReportError};
use crate::domain::report::{Material, Narrative, Report, ReportState};

/// How far a paper may be relied on: said under its title.
#[derive(Debug, Clone, Copy)]
pub enum Stage<'a> {
    /// Built on the spot, of figures as they are now.
    Now {
        /// Reviews are withheld from whoever made it, here or elsewhere: those of them that belong here are not counted.
        in_part: bool,
    },
    /// Stored: as it was built, written and signed.
    Kept(&'a Report),
}

/// Puts a report together.
pub fn compose(material: &Material, narrative: &Narrative, stage: Stage<'_>, templates: &Templates) -> Result<Document, ReportError> {
    let told = material.told();
    let facts = parts::Facts { material, told: &told };
    let mut paper = Document::new(format!("{}: {}", material.label, material.title));
    paper.running = edges::running(material, stage, paper.running);
    // Before it has gone out a report is not without words: they are to come.
    let draft = match stage {
        Stage::Now { .. } => true,
        Stage::Kept(report) => report.state() == ReportState::Draft,
    };
    let mut to_write = Vec::new();
    for (key, heading) in &material.sections {
        paper.heading(1, heading.clone());
        let written = narrative.get(key).map(String::as_str).unwrap_or_default();
        written.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| {
            paper.text(line);
        });
        let made = templates.section(&facts, key, !written.trim().is_empty(), draft)?;
        if made.contains(templates::WAITS) {
            to_write.push(heading.as_str());
        }
        let blocks = markup::blocks(&made.replace(templates::WAITS, ""), &|name, argument| parts::part(&facts, name, argument));
        if blocks.is_empty() && written.trim().is_empty() {
            paper.text("Nothing was counted or written down under this heading in the period.");
        }
        paper.blocks.extend(blocks);
    }
    let mut sections = std::mem::take(&mut paper.blocks);
    first::page(&mut paper, material, stage, &to_write);
    paper.blocks.append(&mut sections);
    first::foot(&mut paper, &facts);
    Ok(paper)
}
