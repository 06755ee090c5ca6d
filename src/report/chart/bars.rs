//! Bars: reviews by grade, and counts. Each part carries its number; the grades their letters too.

use super::canvas::{BLUE, Canvas, DIM, PLAIN, SMALL, Trouble, fitting, on};
use super::{GradeRow, WIDTH};
use plotters::prelude::{DrawingBackend, RGBColor, WHITE};
use plotters::style::text_anchor::HPos;

const ROW: f64 = 28.0;
const BAR: f64 = 20.0;
const KEY: f64 = 30.0;
const LEFT: f64 = 210.0;
const RIGHT: f64 = WIDTH as f64 - 60.0;

/// The parts of a bar, best first: dark and light by turns, so that they part without colour as well.
const SHADES: [(RGBColor, RGBColor); 4] = [
    (RGBColor(0x12, 0x43, 0x6d), WHITE),
    (RGBColor(0x9f, 0xc5, 0xe0), RGBColor(0x20, 0x20, 0x20)),
    (RGBColor(0xf7, 0xc8, 0x8a), RGBColor(0x20, 0x20, 0x20)),
    (RGBColor(0x80, 0x16, 0x50), WHITE),
];

/// Stands in the part of a bar whose grades are not told.
const LEFT_OUT: &str = "left out";

/// How high a chart of so many rows is, in pixels.
pub(super) fn height(rows: usize, key: bool) -> u32 {
    (rows.max(1) as f64 * ROW + 12.0 + if key { KEY } else { 0.0 }) as u32
}

/// The letters of a grade on its part of a bar: the first of each word of its name.
fn letters(label: &str) -> String {
    label.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// A bar of the whole width for each row, in parts by grade.
pub(super) fn grades<B: DrawingBackend>(canvas: &Canvas<'_, B>, labels: &[String; 4], rows: &[GradeRow]) -> Result<(), Trouble<B>> {
    let mut x = LEFT;
    for (label, (shade, _)) in labels.iter().zip(SHADES) {
        canvas.fill((x, 8.0), (x + 14.0, 22.0), shade)?;
        let name = format!("{} {label}", letters(label));
        canvas.text((x + 20.0, 15.0), &name, HPos::Left, SMALL)?;
        x += 34.0 + name.chars().count() as f64 * 6.8;
    }
    for (at, row) in rows.iter().enumerate() {
        let top = KEY + 6.0 + at as f64 * ROW;
        let middle = top + BAR / 2.0;
        canvas.text((LEFT - 10.0, middle), &fitting(&row.name, LEFT - 14.0), HPos::Right, PLAIN)?;
        let all = row.of.max(row.counts.iter().flatten().sum()).max(1);
        let mut from = LEFT;
        for ((label, count), (shade, ink)) in labels.iter().zip(row.counts).zip(SHADES) {
            let Some(count) = count.filter(|count| *count > 0) else { continue };
            let to = from + (RIGHT - LEFT) * f64::from(count) / f64::from(all);
            canvas.fill((from, top), (to, top + BAR), shade)?;
            let said = format!("{} {count}", letters(label));
            if to - from > said.chars().count() as f64 * 9.0 {
                canvas.text(((from + to) / 2.0, middle), &said, HPos::Center, on(ink))?;
            }
            from = to;
        }
        // What is left out keeps its room, empty: without it the rest would look like all there is.
        if from + 1.0 < RIGHT {
            let bottom = top + BAR;
            canvas.line(&[(from, top), (RIGHT, top), (RIGHT, bottom), (from, bottom), (from, top)], DIM, 1)?;
            if RIGHT - from > LEFT_OUT.chars().count() as f64 * 7.0 {
                canvas.text(((from + RIGHT) / 2.0, middle), LEFT_OUT, HPos::Center, SMALL)?;
            }
        }
        canvas.text((RIGHT + 8.0, middle), &format!("of {}", row.of), HPos::Left, SMALL)?;
    }
    Ok(())
}

/// A bar for each count, the longest of the whole width.
pub(super) fn counts<B: DrawingBackend>(canvas: &Canvas<'_, B>, rows: &[(String, u32)]) -> Result<(), Trouble<B>> {
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    for (at, (name, count)) in rows.iter().enumerate() {
        let top = 6.0 + at as f64 * ROW;
        let middle = top + BAR / 2.0;
        canvas.text((LEFT - 10.0, middle), &fitting(name, LEFT - 14.0), HPos::Right, PLAIN)?;
        let to = LEFT + (RIGHT - LEFT) * f64::from(*count) / f64::from(most);
        canvas.fill((LEFT, top), (to, top + BAR), BLUE)?;
        canvas.text((to + 8.0, middle), &count.to_string(), HPos::Left, PLAIN)?;
    }
    Ok(())
}
