//! What a paper says, whatever form it is handed out in: headings, paragraphs, lists, facts, tables and charts.

use super::chart::Picture;
use chrono::NaiveDate;

/// Who hands papers out: a team, never a person.
pub(super) const TEAM: &str = "Insights team";

/// A paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// What stands at the edges of its pages.
    pub running: Running,
}

/// What stands at the edges of every page of a paper, and in what its file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Running {
    /// Who hands it out.
    pub from: String,
    /// How far it may be relied on, in a few words (`Version 2, published on 23 November 2026`); empty: there is nothing to say.
    pub stands: String,
    /// Who alone it is for; empty: whoever it is handed to.
    pub handling: String,
    /// The day of what it tells.
    pub on: Option<NaiveDate>,
}

/// The levels that headings are shown at: none is skipped on the way down, whatever a part was made for.
#[derive(Debug, Default)]
pub(super) struct Outline(Vec<u8>);

impl Outline {
    /// The level to show a heading of this level at, after those before it; 1 to 3.
    pub(super) fn shown(&mut self, level: u8) -> u8 {
        self.0.retain(|above| *above < level);
        self.0.push(level);
        u8::try_from(self.0.len()).unwrap_or(3).min(3)
    }
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of level 1 to 3 under the title.
    Heading(u8, String),
    /// A paragraph.
    Text(String),
    /// A paragraph as somebody wrote it, set apart.
    Quote(String),
    /// A list.
    Items(Vec<String>),
    /// Names with their values.
    Facts(Vec<(String, String)>),
    /// A table with its heading row.
    Table {
        /// Names of the columns.
        head: Vec<String>,
        /// As many cells each as there are columns.
        rows: Vec<Vec<String>>,
    },
    /// A chart, with what it says in words.
    Picture(Picture),
}

/// A text no longer than this stays with the table that it leads up to.
const LEADS_UP: usize = 240;

impl Block {
    /// Whether a paragraph before it would say nothing at the foot of a page without it.
    pub(super) fn follows(&self, text: &str) -> bool {
        match self {
            Block::Table { .. } => text.chars().count() <= LEADS_UP,
            Block::Items(_) | Block::Quote(_) => text.ends_with(':'),
            _ => false,
        }
    }
}

impl Document {
    /// An empty paper.
    pub fn new(title: impl Into<String>) -> Document {
        Document { title: title.into(), blocks: Vec::new(), running: Running { from: TEAM.into(), ..Running::default() } }
    }

    /// Adds a heading of level 1 to 3.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) -> &mut Document {
        self.blocks.push(Block::Heading(level.clamp(1, 3), text.into()));
        self
    }

    /// Adds a paragraph; an empty one is left out.
    pub fn text(&mut self, text: impl Into<String>) -> &mut Document {
        let text = text.into();
        if !text.trim().is_empty() {
            self.blocks.push(Block::Text(text));
        }
        self
    }

    /// Adds what somebody wrote, paragraph by paragraph, under a bold word or two; nothing where nothing was written.
    pub fn quote(&mut self, label: &str, text: &str) -> &mut Document {
        if text.trim().is_empty() {
            return self;
        }
        let colon = if label.ends_with(['?', '.', '!', ':']) { "" } else { ":" };
        self.text(format!("{label}{colon}"));
        self.blocks.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| Block::Quote(line.to_string())));
        self
    }

    /// Adds a list; an empty one is left out.
    pub fn items(&mut self, items: Vec<String>) -> &mut Document {
        if !items.is_empty() {
            self.blocks.push(Block::Items(items));
        }
        self
    }

    /// Adds names with their values, those without a value left out.
    pub fn facts<N: Into<String>>(&mut self, facts: impl IntoIterator<Item = (N, String)>) -> &mut Document {
        let facts: Vec<(String, String)> =
            facts.into_iter().filter(|(_, value)| !value.trim().is_empty()).map(|(name, value)| (name.into(), value)).collect();
        match self.blocks.last_mut() {
            _ if facts.is_empty() => {}
            // Those that follow others belong to them.
            Some(Block::Facts(before)) => before.extend(facts),
            _ => self.blocks.push(Block::Facts(facts)),
        }
        self
    }

    /// Adds a chart.
    pub fn picture(&mut self, picture: Picture) -> &mut Document {
        self.blocks.push(Block::Picture(picture));
        self
    }

    /// Adds a table; one without rows is left out.
    pub fn table(&mut self, head: &[&str], rows: Vec<Vec<String>>) -> &mut Document {
        if !rows.is_empty() {
            self.blocks.push(Block::Table { head: head.iter().map(|name| (*name).to_string()).collect(), rows });
        }
        self
    }
}
