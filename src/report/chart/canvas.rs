//! What charts are drawn on: lines, boxes and letters at their places, the same for a browser and for Word.

use plotters::coord::Shift;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{Circle, DrawingArea, DrawingBackend, IntoFont, PathElement, RGBColor, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, FontTransform, ShapeStyle, register_font};
use std::sync::Once;

/// What can go wrong while drawing.
pub(super) type Trouble<B> = DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>;

/// Text and axes.
pub(super) const INK: RGBColor = RGBColor(0x20, 0x20, 0x20);
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
}

/// Names and numbers.
pub(super) const PLAIN: Letters = Letters { size: 13.0, bold: false, colour: INK };
/// What helps to read.
pub(super) const SMALL: Letters = Letters { size: 12.0, bold: false, colour: DIM };

/// Numbers on a part of this colour.
pub(super) fn on(colour: RGBColor) -> Letters {
    Letters { size: 12.5, bold: true, colour }
}

/// How wide a text will be, near enough to keep names from touching.
pub(super) fn wide(text: &str) -> f64 {
    text.chars().count() as f64 * 7.2
}

/// A text that fits into a width, cut with an ellipsis where it must be.
pub(super) fn fitting(text: &str, width: f64) -> String {
    let room = (width / 7.2) as usize;
    if text.chars().count() <= room {
        return text.to_string();
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}\u{2026}", kept.trim_end())
}
