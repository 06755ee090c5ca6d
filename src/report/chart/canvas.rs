//! What charts are drawn on: lines, boxes and letters at their places, the same for a browser and for Word.

use plotters::coord::Shift;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{Circle, DrawingArea, DrawingBackend, IntoFont, PathElement, RGBColor, Rectangle, Text, WHITE};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, FontTransform, ShapeStyle, register_font};
use std::sync::Once;

/// What can go wrong while drawing.
pub(super) type Trouble<B> = DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>;

/// Text and axes.
pub(super) const INK: RGBColor = RGBColor(0x20, 0x20, 0x20);
/// What helps to read off a height, and stands back behind everything.
pub(super) const GRID: RGBColor = RGBColor(0xdc, 0xdc, 0xdc);
/// What stands back.
pub(super) const PALE: RGBColor = RGBColor(0xb4, 0xb4, 0xb4);
/// Lines of help and lesser text; dark enough to be read on white.
pub(super) const DIM: RGBColor = RGBColor(0x59, 0x59, 0x59);
/// What is measured.
pub(super) const BLUE: RGBColor = RGBColor(0x12, 0x43, 0x6d);

/// The letters, by the name under which they are known here and in a browser.
const LETTERS: &str = "sans-serif";

/// A surface, all of whose measures are pixels at the chart's own size.
pub(super) struct Canvas<'a, B: DrawingBackend> {
    area: &'a DrawingArea<B, Shift>,
    scale: i32,
}

impl<'a, B: DrawingBackend> Canvas<'a, B> {
    pub(super) fn new(area: &'a DrawingArea<B, Shift>, scale: u32) -> Canvas<'a, B> {
        static ONCE: Once = Once::new();
        // A font that cannot be read would show as an error of the first text.
        ONCE.call_once(|| {
            let _ = register_font(LETTERS, FontStyle::Normal, dejavu::sans::regular());
            let _ = register_font(LETTERS, FontStyle::Bold, dejavu::sans::bold());
        });
        Canvas { area, scale: i32::try_from(scale).unwrap_or(1) }
    }

    fn at(&self, (x, y): (f64, f64)) -> (i32, i32) {
        let scale = f64::from(self.scale);
        ((x * scale).round() as i32, (y * scale).round() as i32)
    }

    fn stroke(&self, colour: RGBColor, width: u32) -> ShapeStyle {
        colour.stroke_width(width * self.scale.unsigned_abs())
    }

    /// A line through these places.
    pub(super) fn line(&self, places: &[(f64, f64)], colour: RGBColor, width: u32) -> Result<(), Trouble<B>> {
        let places: Vec<_> = places.iter().map(|place| self.at(*place)).collect();
        self.area.draw(&PathElement::new(places, self.stroke(colour, width)))
    }

    /// A level line in dashes, told apart from an unbroken one without colour.
    pub(super) fn dashes(&self, (from, to): (f64, f64), y: f64, colour: RGBColor) -> Result<(), Trouble<B>> {
        let mut x = from;
        while x < to {
            self.line(&[(x, y), ((x + 5.0).min(to), y)], colour, 1)?;
            x += 9.0;
        }
        Ok(())
    }

    /// A filled box.
    pub(super) fn fill(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor) -> Result<(), Trouble<B>> {
        self.area.draw(&Rectangle::new([self.at(from), self.at(to)], colour.filled()))
    }

    /// Lines from the lower left to the upper right over a box, `apart` pixels from each other: a pattern that needs no colour.
    pub(super) fn hatch(&self, from: (f64, f64), to: (f64, f64), apart: f64, colour: RGBColor) -> Result<(), Trouble<B>> {
        let high = to.1 - from.1;
        let mut start = from.0 - high + apart / 2.0;
        while start < to.0 {
            // The line runs from (start, below) to (start + high, above); what is outside the box is cut.
            let (left, right) = (start.max(from.0), (start + high).min(to.0));
            if left < right {
                self.line(&[(left, to.1 - (left - start)), (right, to.1 - (right - start))], colour, 1)?;
            }
            start += apart;
        }
        Ok(())
    }

    /// Level lines over a box, `apart` pixels from each other.
    pub(super) fn rule(&self, from: (f64, f64), to: (f64, f64), apart: f64, colour: RGBColor) -> Result<(), Trouble<B>> {
        let mut y = from.1 + apart;
        while y < to.1 {
            self.line(&[(from.0, y), (to.0, y)], colour, 1)?;
            y += apart;
        }
        Ok(())
    }

    /// A text in the middle of a place, on a ground of its own, so that no line and no pattern goes through it.
    pub(super) fn label(&self, (x, y): (f64, f64), text: &str, letters: Letters) -> Result<(), Trouble<B>> {
        let (half, high) = (wide(text) / 2.0 + 1.0, letters.size / 2.0 + 0.5);
        self.fill((x - half, y - high), (x + half, y + high), letters.ground)?;
        self.text((x, y), text, HPos::Center, letters)
    }

    /// A point: round, or square where it is to be noticed.
    pub(super) fn point(&self, (x, y): (f64, f64), noticed: bool) -> Result<(), Trouble<B>> {
        if noticed {
            return self.fill((x - 5.0, y - 5.0), (x + 5.0, y + 5.0), BLUE);
        }
        self.area.draw(&Circle::new(self.at((x, y)), 4 * self.scale, BLUE.filled()))
    }

    /// A text, that begins at this place, has its middle there, or ends there; its own middle is level with it.
    pub(super) fn text(&self, place: (f64, f64), text: &str, from: HPos, letters: Letters) -> Result<(), Trouble<B>> {
        let style = if letters.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = (LETTERS, letters.size * f64::from(self.scale)).into_font().style(style).transform(FontTransform::None);
        let look = font.color(&letters.colour).pos(Pos::new(from, VPos::Center));
        self.area.draw(&Text::new(text.to_string(), self.at(place), look))
    }
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    size: f64,
    bold: bool,
    colour: RGBColor,
    /// What is behind it.
    ground: RGBColor,
}

/// Names and numbers.
pub(super) const PLAIN: Letters = Letters { size: 16.0, bold: false, colour: INK, ground: WHITE };
/// What helps to read.
pub(super) const SMALL: Letters = Letters { size: 15.0, bold: false, colour: DIM, ground: WHITE };
/// A number beside its point.
pub(super) const VALUE: Letters = Letters { size: 14.0, bold: false, colour: INK, ground: WHITE };

/// Numbers in this colour on a part of another.
pub(super) fn on(ground: RGBColor, colour: RGBColor) -> Letters {
    Letters { size: 15.0, bold: true, colour, ground }
}

/// How wide a letter is, near enough to keep names from touching.
const LETTER: f64 = 8.3;

/// How wide a text will be.
pub(super) fn wide(text: &str) -> f64 {
    text.chars().count() as f64 * LETTER
}

/// A text that fits into a width, cut with an ellipsis where it must be.
pub(super) fn fitting(text: &str, width: f64) -> String {
    let room = (width / LETTER) as usize;
    if text.chars().count() <= room {
        return text.to_string();
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}\u{2026}", kept.trim_end())
}
