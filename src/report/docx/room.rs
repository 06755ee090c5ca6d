//! How long a paper becomes, near enough to tell one whose last page would hold a few lines, which it is made small enough for.

use super::BELOW_A_TABLE;
use super::look::{INDENT, LIST_INDENT, Look, TEXT_HEIGHT, TEXT_WIDTH};
use super::table;
use crate::report::chart::WIDTH;
use crate::report::{Block, Document};

/// A line is so much higher than its letters, and a letter so much narrower than high, in hundredths.
const LINE: usize = 118;
const LETTER: usize = 49;

/// Twentieths of a point in half a point, the unit of letters.
const HALF_POINT: usize = 10;

/// A last page of which no more than this is filled, in hundredths, reads as nearly empty.
const NEARLY_EMPTY: usize = 30;

/// What stays together leaves room at the foot of a page: the text of several pages is longer by up to so many hundredths.
const BROKEN: [usize; 2] = [0, 4];

/// How a paper is to look: as usual, and smaller where that saves a last page with a few lines on it.
pub(super) fn look(document: &Document) -> Look {
    let (usual, small) = (height(document, Look::USUAL), height(document, Look::SMALL));
    if usual <= TEXT_HEIGHT {
        return Look::USUAL;
    }
    if small <= TEXT_HEIGHT {
        return Look::SMALL;
    }
    let of_pages = |high: usize, broken: usize| high * (100 + broken) / 100;
    let saved = BROKEN.iter().any(|broken| {
        let (usual, small) = (of_pages(usual, *broken), of_pages(small, BROKEN[1]));
        usual % TEXT_HEIGHT * 100 <= NEARLY_EMPTY * TEXT_HEIGHT && small.div_ceil(TEXT_HEIGHT) < usual.div_ceil(TEXT_HEIGHT)
    });
    if saved { Look::SMALL } else { Look::USUAL }
}

/// Height of a line of letters that are so many half points high, in twentieths of a point.
pub(super) fn line(letters: usize) -> usize {
    letters * HALF_POINT * LINE / 100
}

/// How many lines a text takes.
fn lines(text: &str, letters: usize, width: usize) -> usize {
    (text.chars().count() * letters * HALF_POINT * LETTER / 100).div_ceil(width).max(1)
}

/// Height of the whole text, in twentieths of a point.
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
        Block::Quote(words) => text(words, TEXT_WIDTH - INDENT, after),
        Block::Items(items) => items.iter().map(|item| text(item, TEXT_WIDTH - LIST_INDENT, after / 2)).sum(),
        Block::Facts(facts) => facts.iter().map(|(name, value)| text(&format!("{name}: {value}"), TEXT_WIDTH, after / 2)).sum(),
        Block::Picture(picture) => before / 2 + line(look.text) + 2 * after + TEXT_WIDTH * picture.height() as usize / WIDTH as usize,
        Block::Table { head, rows } => table::height(head, rows, line(look.table)) + BELOW_A_TABLE,
    });
    title + blocks.sum::<usize>()
}
