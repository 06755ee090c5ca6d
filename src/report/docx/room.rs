//! How long a paper becomes, near enough to tell one that runs over its first page by a little, which it is made small enough for.

use super::look::{Look, TEXT_HEIGHT, TEXT_WIDTH};
use super::table;
use crate::report::chart::WIDTH;
use crate::report::{Block, Document};

/// A line is so much higher than its letters, and a letter so much narrower than high, in hundredths.
const LINE: usize = 118;
const LETTER: usize = 49;

/// How a paper is to look: as usual, and smaller where that saves a second page with a few lines on it.
pub(super) fn look(document: &Document) -> Look {
    let fits = |look: Look| height(document, look) <= TEXT_HEIGHT;
    if !fits(Look::USUAL) && fits(Look::SMALL) { Look::SMALL } else { Look::USUAL }
}

/// Height of a line of letters that are so many half points high, in twentieths of a point.
pub(super) fn line(letters: usize) -> usize {
    letters * 10 * LINE / 100
}

/// How many lines a text takes.
fn lines(text: &str, letters: usize, width: usize) -> usize {
    (text.chars().count() * letters * 10 * LETTER / 100).div_ceil(width).max(1)
}

fn height(document: &Document, look: Look) -> usize {
    let (after, before) = (look.after as usize, look.before as usize);
    let text = |text: &str, width: usize, after: usize| lines(text, look.text, width) * line(look.text) + after;
    let title = lines(&document.title, look.title, TEXT_WIDTH) * line(look.title) + after;
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Heading(level, words) => {
            let letters = look.headings[usize::from((*level).clamp(1, 3)) - 1];
            before + lines(words, letters, TEXT_WIDTH) * line(letters) + after
        }
        Block::Text(words) => text(words, TEXT_WIDTH, after),
        Block::Quote(words) => text(words, TEXT_WIDTH - 284, after),
        Block::Items(items) => items.iter().map(|item| text(item, TEXT_WIDTH - 568, after / 2)).sum(),
        Block::Facts(facts) => facts.iter().map(|(name, value)| text(&format!("{name}: {value}"), TEXT_WIDTH, after / 2)).sum(),
        Block::Picture(picture) => before / 2 + line(look.text) + 2 * after + TEXT_WIDTH * picture.height() as usize / WIDTH as usize,
        Block::Table { head, rows } => table::height(head, rows, line(look.table)) + 180,
    });
    title + blocks.sum::<usize>()
}
