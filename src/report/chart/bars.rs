//! Bars: reviews by grade, and counts. Each part carries its number; the grades their letters too.

use super::canvas::{BLUE, Canvas, DIM, PLAIN, SMALL, Trouble, fitting, on, wide};
use super::{GradeRow, WIDTH};
use plotters::prelude::{DrawingBackend, RGBColor, WHITE};
use plotters::style::text_anchor::HPos;

const ROW: f64 = 32.0;
const BAR: f64 = 24.0;
const KEY: f64 = 30.0;
const RIGHT: f64 = WIDTH as f64 - 64.0;

/// How a part of a bar is filled.
struct Fill {
    ground: RGBColor,
    pattern: Pattern,
    ink: RGBColor,
}

/// What tells two parts apart where their colours are greys.
enum Pattern {
    Plain,
    Hatched(RGBColor),
    Ruled(RGBColor),
}

const DARK: RGBColor = RGBColor(0x20, 0x20, 0x20);

/// The parts of a bar, best first. Without colour they are dark, light, white with slanting lines, and dark grey with level lines: no
/// two alike, whichever stand side by side.
const FILLS: [Fill; 4] = [
    Fill { ground: RGBColor(0x12, 0x43, 0x6d), pattern: Pattern::Plain, ink: WHITE },
    Fill { ground: RGBColor(0x9f, 0xc5, 0xe0), pattern: Pattern::Plain, ink: DARK },
    Fill { ground: RGBColor(0xff, 0xf1, 0xdc), pattern: Pattern::Hatched(RGBColor(0x9a, 0x56, 0x00)), ink: DARK },
    Fill { ground: RGBColor(0x80, 0x16, 0x50), pattern: Pattern::Ruled(WHITE), ink: WHITE },
];

/// From one line of a pattern to the next.
const APART: f64 = 5.0;

/// Between two parts, white.
const SEAM: f64 = 1.5;

/// A part of a bar with its pattern.
fn part<B: DrawingBackend>(canvas: &Canvas<'_, B>, from: (f64, f64), to: (f64, f64), fill: &Fill) -> Result<(), Trouble<B>> {
    canvas.fill(from, to, fill.ground)?;
    match fill.pattern {
        Pattern::Plain => Ok(()),
        Pattern::Hatched(ink) => {
            canvas.hatch(from, to, APART, ink)?;
            canvas.line(&[from, (to.0, from.1), to, (from.0, to.1), from], ink, 1)
        }
        Pattern::Ruled(ink) => canvas.rule(from, to, APART, ink),
    }
}

/// Stands in the part of a bar whose grades are not told.
const LEFT_OUT: &str = "left out";

/// Where bars begin: right of the longest of their names, which are cut only where they would leave no room for the bars.
fn left<'a>(names: impl Iterator<Item = &'a String>) -> f64 {
    names.map(|name| wide(name)).fold(0.0, f64::max).clamp(120.0, 320.0) + 14.0
}

/// Where the name of the next grade stands in the key.
fn next(name: &str) -> f64 {
    40.0 + name.chars().count() as f64 * 8.0
}

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
    let left = left(rows.iter().map(|row| &row.name));
    let names: Vec<String> = labels.iter().map(|label| format!("{} {label}", letters(label))).collect();
    let key: f64 = names.iter().map(|name| next(name)).sum();
    let mut x = left.min(f64::from(WIDTH) - key).max(0.0);
    for (name, fill) in names.iter().zip(&FILLS) {
        part(canvas, (x, 7.0), (x + 20.0, 23.0), fill)?;
        canvas.text((x + 26.0, 15.0), name, HPos::Left, SMALL)?;
        x += next(name);
    }
    for (at, row) in rows.iter().enumerate() {
        let top = KEY + 6.0 + at as f64 * ROW;
        let middle = top + BAR / 2.0;
        canvas.text((left - 10.0, middle), &fitting(&row.name, left - 14.0), HPos::Right, PLAIN)?;
        let all = row.of.max(row.counts.iter().flatten().sum()).max(1);
        let mut from = left;
        for ((label, count), fill) in labels.iter().zip(row.counts).zip(&FILLS) {
            let Some(count) = count.filter(|count| *count > 0) else { continue };
            let to = from + (RIGHT - left) * f64::from(count) / f64::from(all);
            part(canvas, (from, top), ((to - SEAM).max(from + 1.0), top + BAR), fill)?;
            let (said, number) = (format!("{} {count}", letters(label)), count.to_string());
            let fits = |text: &&String| to - from > text.chars().count() as f64 * 9.5 + 4.0;
            if let Some(text) = [&said, &number].into_iter().find(fits) {
                canvas.label(((from + to) / 2.0, middle), text, on(fill.ground, fill.ink))?;
            }
            from = to;
        }
        // What is left out keeps its room, empty: without it the rest would look like all there is.
        if from + 1.0 < RIGHT {
            let bottom = top + BAR;
            canvas.line(&[(from, top), (RIGHT, top), (RIGHT, bottom), (from, bottom), (from, top)], DIM, 1)?;
            if RIGHT - from > LEFT_OUT.chars().count() as f64 * 8.3 {
                canvas.text(((from + RIGHT) / 2.0, middle), LEFT_OUT, HPos::Center, SMALL)?;
            }
        }
        canvas.text((RIGHT + 8.0, middle), &format!("of {}", row.of), HPos::Left, SMALL)?;
    }
    Ok(())
}

/// A bar for each count, the longest of the whole width.
pub(super) fn counts<B: DrawingBackend>(canvas: &Canvas<'_, B>, rows: &[(String, u32)]) -> Result<(), Trouble<B>> {
    let left = left(rows.iter().map(|(name, _)| name));
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    for (at, (name, count)) in rows.iter().enumerate() {
        let top = 6.0 + at as f64 * ROW;
        let middle = top + BAR / 2.0;
        canvas.text((left - 10.0, middle), &fitting(name, left - 14.0), HPos::Right, PLAIN)?;
        let to = left + (RIGHT - left) * f64::from(*count) / f64::from(most);
        canvas.fill((left, top), (to, top + BAR), BLUE)?;
        canvas.text((to + 8.0, middle), &count.to_string(), HPos::Left, PLAIN)?;
    }
    Ok(())
}
