//! A share over the cycles: points, how sure each is, the line in the middle and the limits.

use super::WIDTH;
use super::canvas::{BLUE, Canvas, DIM, GRID, PALE, PLAIN, SMALL, Trouble, VALUE, wide};
use super::names::{in_lines, shown, widest};
use crate::domain::insight::{Chart, Lines};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

const LEFT: f64 = 70.0;
const RIGHT: f64 = WIDTH as f64 - 108.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 260.0;

/// A name below a point has at most so many lines; under them stands how many reviews it is of.
const LINES: usize = 3;

/// No line of a name needs more letters than this.
const LONGEST: usize = 30;

/// From one line of a name to the next.
const LINE: f64 = 17.0;

/// From one point to the next.
fn step(chart: &Chart) -> f64 {
    (RIGHT - LEFT) / chart.points.len().max(1) as f64
}

/// The names below the points: as many letters in a line as there is room for, and never so few that the lines run out.
fn names(chart: &Chart) -> Vec<Vec<String>> {
    let in_all = |longest: usize| chart.points.iter().map(|point| in_lines(&point.name, longest)).collect::<Vec<_>>();
    let room = ((step(chart) - 6.0) / wide("n")) as usize;
    in_all((room..LONGEST).find(|longest| in_all(*longest).iter().all(|lines| lines.len() <= LINES)).unwrap_or(LONGEST))
}

/// Where how many reviews a point is of stands: under the names.
fn reviews(names: &[Vec<String>]) -> f64 {
    let below = names.iter().map(Vec::len).max().unwrap_or(0).min(LINES);
    BOTTOM + LINE * (below as f64 + 1.0) + 2.0
}

/// Its height, in pixels.
pub(super) fn height(chart: &Chart) -> u32 {
    (reviews(&names(chart)) + LINE) as u32
}

/// The place of a share, from 0 at the bottom to 1 at the top.
fn level(share: f64) -> f64 {
    BOTTOM - share * (BOTTOM - TOP)
}

pub(super) fn draw<B: DrawingBackend>(canvas: &Canvas<'_, B>, chart: &Chart) -> Result<(), Trouble<B>> {
    for tenth in [0, 25, 50, 75, 100] {
        let y = level(f64::from(tenth) / 100.0);
        canvas.line(&[(LEFT, y), (RIGHT, y)], if tenth == 0 { DIM } else { GRID }, 1)?;
        canvas.text((LEFT - 8.0, y), &format!("{tenth} %"), HPos::Right, SMALL)?;
    }
    let count = chart.points.len();
    let step = step(chart);
    let column = |at: usize| LEFT + step * (at as f64 + 0.5);
    let names = names(chart);
    let named = shown(count, step, widest(&names));
    let reviews = reviews(&names);
    if chart.points.iter().any(|point| point.share.proportion().is_some()) {
        canvas.text((LEFT - 8.0, reviews), "reviews", HPos::Right, SMALL)?;
    }
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
        if named.contains(&at) {
            for (line, text) in names[at].iter().take(LINES).enumerate() {
                canvas.text((x, BOTTOM + LINE * (line as f64 + 1.0)), text, HPos::Center, SMALL)?;
            }
            canvas.text((x, reviews), &point.share.of.to_string(), HPos::Center, SMALL)?;
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
                if (level(limit) - y).abs() > 17.0 {
                    canvas.text((RIGHT + 8.0, level(limit)), name, HPos::Left, SMALL)?;
                }
            }
        }
    }
    if through.len() > 1 {
        canvas.line(&through, BLUE, 2)?;
    }
    // Each share in figures beside its point where there is room for that, and where not, those whose names are shown.
    let every = step > wide("100 %");
    let drawn = chart.points.iter().enumerate().filter_map(|(at, point)| Some((at, point.share.proportion()?, point.share.percent()?)));
    for ((at, share, percent), place) in drawn.zip(through) {
        canvas.point(place, chart.is_signalled(at))?;
        if every || named.contains(&at) {
            // Away from the line through the points: above a peak, below a dip.
            let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
            let beside: Vec<f64> = beside.filter_map(|at| chart.points.get(at)?.share.proportion()).collect();
            let up = share * beside.len() as f64 >= beside.iter().sum::<f64>();
            let y = if up { (place.1 - 15.0).max(8.0) } else { (place.1 + 15.0).min(BOTTOM - 8.0) };
            // As the words beside the picture say it.
            canvas.label((place.0, y), &format!("{percent} %"), VALUE)?;
        }
    }
    Ok(())
}
