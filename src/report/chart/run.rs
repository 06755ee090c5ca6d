//! A share over the cycles: points, how sure each is, the line in the middle and the limits.

use super::WIDTH;
use super::canvas::{BLUE, Canvas, DIM, PALE, PLAIN, SMALL, Trouble, wide};
use crate::domain::count::counted;
use crate::domain::insight::{Chart, Lines};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

/// Its height, in pixels.
pub(super) const HEIGHT: u32 = 330;

const LEFT: f64 = 56.0;
const RIGHT: f64 = WIDTH as f64 - 104.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = HEIGHT as f64 - 72.0;

/// A name in lines of no more than twelve letters, where it has the words for that.
fn in_lines(name: &str) -> Vec<String> {
    const LONGEST: usize = 12;
    let mut lines: Vec<String> = Vec::new();
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LONGEST => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// The place of a share, from 0 at the bottom to 1 at the top.
fn level(share: f64) -> f64 {
    BOTTOM - share * (BOTTOM - TOP)
}

pub(super) fn draw<B: DrawingBackend>(canvas: &Canvas<'_, B>, chart: &Chart) -> Result<(), Trouble<B>> {
    for tenth in [0, 25, 50, 75, 100] {
        let y = level(f64::from(tenth) / 100.0);
        canvas.line(&[(LEFT, y), (RIGHT, y)], if tenth == 0 { DIM } else { PALE }, 1)?;
        canvas.text((LEFT - 8.0, y), &format!("{tenth} %"), HPos::Right, SMALL)?;
    }
    let count = chart.points.len();
    let step = (RIGHT - LEFT) / count.max(1) as f64;
    let column = |at: usize| LEFT + step * (at as f64 + 0.5);
    // Names that would touch are left out, the last one never.
    let names: Vec<Vec<String>> = chart.points.iter().map(|point| in_lines(&point.name)).collect();
    let widest = names.iter().flatten().map(|line| wide(line)).fold(0.0, f64::max) + 6.0;
    let every = (widest / step).ceil().max(1.0) as usize;
    let mut through = Vec::new();
    for (at, point) in chart.points.iter().enumerate() {
        let (Some(share), x) = (point.share.proportion(), column(at)) else { continue };
        if let Some((low, high)) = point.share.wilson() {
            canvas.line(&[(x, level(low)), (x, level(high))], PALE, 2)?;
        }
        if let Some((low, high)) = point.limits {
            canvas.dashes((x - step / 2.0, x + step / 2.0), level(low), DIM)?;
            canvas.dashes((x - step / 2.0, x + step / 2.0), level(high), DIM)?;
        }
        if (count - 1 - at).is_multiple_of(every) {
            let reviews = counted(point.share.of, "review", "reviews");
            for (line, text) in names[at].iter().chain([&reviews]).enumerate() {
                canvas.text((x, BOTTOM + 14.0 + 14.0 * line as f64), text, HPos::Center, SMALL)?;
            }
        }
        through.push((x, level(share)));
    }
    if let Some(centre) = chart.centre {
        let y = level(centre);
        canvas.line(&[(LEFT, y), (RIGHT, y)], DIM, 1)?;
        let name = match chart.lines {
            Lines::Median => "median",
            Lines::Limits => "mean",
        };
        canvas.text((RIGHT + 8.0, y), &format!("{name} {:.0} %", centre * 100.0), HPos::Left, PLAIN)?;
        if let Some((low, high)) = chart.points.last().and_then(|point| point.limits) {
            // A limit close to the middle would write over its name.
            for (limit, name) in [(high, "upper limit"), (low, "lower limit")] {
                if (level(limit) - y).abs() > 15.0 {
                    canvas.text((RIGHT + 8.0, level(limit)), name, HPos::Left, SMALL)?;
                }
            }
        }
    }
    if through.len() > 1 {
        canvas.line(&through, BLUE, 2)?;
    }
    for (at, place) in through.into_iter().enumerate() {
        canvas.point(place, chart.is_signalled(at))?;
    }
    Ok(())
}
