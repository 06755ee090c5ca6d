//! Charts of a paper: what they show as data, drawn as SVG for a browser and as a picture for Word, and always in words as well.
//!
//! They read without colour: every part carries its number or its letter, and every line its name; the parts of a bar are patterns
//! of their own, which stay apart on a printer without colour.

mod bars;
mod canvas;
mod names;
mod run;

use super::ReportError;
use crate::domain::insight::Chart;
use canvas::{Canvas, Trouble};
use plotters::prelude::{BitMapBackend, DrawingBackend, IntoDrawingArea, SVGBackend, WHITE};
use std::fmt::Display;

/// Width of every chart, in pixels at its own size.
pub const WIDTH: u32 = 760;

/// How much finer the picture for Word is: at its width on the page, about 230 dots an inch.
const FINER: u32 = 2;

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub plot: Plot,
}

/// What a chart shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Plot {
    /// A share over the cycles, with its lines.
    Run(Chart),
    /// Reviews by grade, a bar for each row.
    Grades {
        /// What the framework calls its grades, best first.
        labels: [String; 4],
        /// The rows.
        rows: Vec<GradeRow>,
    },
    /// Counts, a bar for each.
    Counts(Vec<(String, u32)>),
}

/// How many reviews of a row had each grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeRow {
    /// What the row is (a cycle, a service, a question).
    pub name: String,
    /// Counts, best grade first; none is left out because it is small.
    pub counts: [Option<u32>; 4],
    /// How many there are in all, with those that are left out.
    pub of: u32,
}

impl Picture {
    /// What it says, for who cannot see it. Ends in a full stop.
    pub fn in_words(&self) -> String {
        let rows: Vec<String> = match &self.plot {
            Plot::Run(chart) => chart.points.iter().map(|point| format!("{} {}", point.name, point.share.say())).collect(),
            Plot::Grades { labels, rows } => rows.iter().map(|row| row.say(labels)).collect(),
            Plot::Counts(rows) => rows.iter().map(|(name, count)| format!("{name} {count}")).collect(),
        };
        if rows.is_empty() {
            return format!("{}: nothing to show yet.", self.title);
        }
        format!("{}: {}.", self.title, rows.join("; "))
    }

    /// What stands above it, with its number in the paper.
    pub fn caption(&self, number: usize) -> String {
        format!("Figure {number}: {}", self.title)
    }

    /// Its height, in pixels at its own size.
    pub fn height(&self) -> u32 {
        match &self.plot {
            Plot::Run(chart) => run::height(chart),
            Plot::Grades { rows, .. } => bars::height(rows.len(), true),
            Plot::Counts(rows) => bars::height(rows.len(), false),
        }
    }

    /// As SVG: one element, to stand within a page.
    pub fn svg(&self) -> Result<String, ReportError> {
        let mut out = String::new();
        {
            let area = SVGBackend::with_string(&mut out, (WIDTH, self.height())).into_drawing_area();
            self.draw(&Canvas::new(&area, 1)).map_err(form)?;
            area.present().map_err(form)?;
        }
        Ok(out)
    }

    /// As the bytes of a PNG file, twice as fine as its own size.
    pub fn png(&self) -> Result<Vec<u8>, ReportError> {
        let (wide, high) = (WIDTH * FINER, self.height() * FINER);
        let mut pixels = vec![255_u8; (wide * high * 3) as usize];
        {
            let area = BitMapBackend::with_buffer(&mut pixels, (wide, high)).into_drawing_area();
            area.fill(&WHITE).map_err(form)?;
            self.draw(&Canvas::new(&area, FINER)).map_err(form)?;
            area.present().map_err(form)?;
        }
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, wide, high);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(form)?;
        writer.write_image_data(&pixels).map_err(form)?;
        writer.finish().map_err(form)?;
        Ok(bytes)
    }

    fn draw<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), Trouble<B>> {
        match &self.plot {
            Plot::Run(chart) => run::draw(canvas, chart),
            Plot::Grades { labels, rows } => bars::grades(canvas, labels, rows),
            Plot::Counts(rows) => bars::counts(canvas, rows),
        }
    }
}

impl GradeRow {
    fn say(&self, labels: &[String; 4]) -> String {
        let parts = labels.iter().zip(self.counts).map(|(label, count)| match count {
            Some(count) => format!("{label} {count}"),
            None => format!("{label} left out"),
        });
        format!("{}: {}, of {}", self.name, parts.collect::<Vec<_>>().join(", "), self.of)
    }
}

fn form(error: impl Display) -> ReportError {
    ReportError::Form { form: "chart", what: error.to_string() }
}
