//! The reports of a framework: frozen facts and what people wrote, put into words by templates and into the blocks of a paper.
//!
//! [`templates`] are texts that a council may replace; [`markup`] reads the small Markdown they are written in; `parts` are the
//! charts and tables they ask for; [`figures`] and [`lists`] are what a spreadsheet holds of it. What people typed is never markup.

mod about;
mod asked;
mod built_in;
mod context;
mod edges;
mod elsewhere;
mod first;
pub mod markup;
pub mod numbers;
mod parts;
mod rows;
pub(super) mod suppressed;
pub mod templates;

pub use about::about;
pub use elsewhere::{added_by_own, elsewhere, tells, tells_of, told_by_own};
pub use numbers::Number;
pub use rows::List;
pub use templates::Templates;

use super::{Block, Document, ReportError};
use crate::domain::report::{Material, Narrative, Report, ReportState};
use asked::Asked;
use std::cell::RefCell;
use suppressed::Hidden;

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

impl Stage<'_> {
    /// It went out, and stands as it was frozen.
    fn is_published(self) -> bool {
        matches!(self, Stage::Kept(report) if report.state() == ReportState::Published)
    }
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
    let (mut asked, mut in_words) = (Asked::default(), Vec::new());
    for (key, heading) in &material.sections {
        paper.heading(1, heading.clone());
        let written = narrative.get(key).map(String::as_str).unwrap_or_default();
        written.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| {
            paper.text(line);
        });
        let made = section(&facts, templates, key, !written.trim().is_empty(), draft)?;
        if made.waits {
            to_write.push(heading.as_str());
        }
        if !written.trim().is_empty() || made.blocks.iter().any(|block| matches!(block, Block::Quote(_))) {
            in_words.push(heading.as_str());
        }
        if made.blocks.is_empty() && written.trim().is_empty() {
            paper.text("Nothing was counted or written down under this heading in the period.");
        }
        paper.blocks.extend(made.blocks);
        asked.and(made.asked);
    }
    let mut sections = std::mem::take(&mut paper.blocks);
    let counted = numbers::numbers(material, &asked);
    let hidden = Hidden::among(&counted, material);
    first::page(&mut paper, material, stage, &first::Sections { asked: &asked, to_write: &to_write, in_words: &in_words, hidden });
    paper.blocks.append(&mut sections);
    first::foot(&mut paper, &facts, counted.iter().any(|one| suppressed::is_guarded(one, material)));
    Ok(paper)
}

/// The figures of a report, for a spreadsheet or an analyst: those that its own sections tell.
pub fn figures(material: &Material, templates: &Templates) -> Result<Vec<Number>, ReportError> {
    Ok(numbers::numbers(material, &asked_by(material, templates)?))
}

/// The lists of a report that is for the team alone, row by row as its sections show them; none where it is for others too.
pub fn lists(material: &Material, templates: &Templates) -> Result<Vec<List>, ReportError> {
    if !material.for_team {
        return Ok(Vec::new());
    }
    Ok(rows::lists(material, &asked_by(material, templates)?))
}

fn asked_by(material: &Material, templates: &Templates) -> Result<Asked, ReportError> {
    let told = material.told();
    let facts = parts::Facts { material, told: &told };
    let mut asked = Asked::default();
    for (key, _) in &material.sections {
        asked.and(section(&facts, templates, key, false, false)?.asked);
    }
    Ok(asked)
}

/// A section without what people wrote in it.
struct Made {
    blocks: Vec<Block>,
    asked: Asked,
    /// Somebody's words are to come.
    waits: bool,
}

fn section(facts: &parts::Facts<'_>, templates: &Templates, key: &str, written: bool, draft: bool) -> Result<Made, ReportError> {
    let (text, named) = templates.section(facts, key, written, draft)?;
    let waits = text.contains(templates::WAITS);
    let shown = RefCell::new(Vec::new());
    let part = |name: &str, arguments: &[&str]| {
        shown.borrow_mut().push((name.to_string(), arguments.iter().map(|one| (*one).to_string()).collect()));
        parts::part(facts, name, arguments)
    };
    let blocks = markup::blocks(&text.replace(templates::WAITS, ""), &part);
    Ok(Made { blocks, asked: Asked { facts: named, parts: shown.into_inner() }, waits })
}
