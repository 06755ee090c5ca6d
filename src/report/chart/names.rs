//! Which names fit below the points of a chart, and how they are written there.

use super::canvas::wide;

/// Room between two names, in pixels.
const GAP: f64 = 6.0;

/// Months, which are cut to three letters below a point.
const MONTHS: [&str; 9] = ["January", "February", "March", "August", "September", "October", "November", "December", "April"];

/// The places of the names that are shown where so many points stand `step` pixels apart and the widest name is so wide: the first
/// and the last always, and between them as many as do not touch, evenly.
pub(super) fn shown(count: usize, step: f64, widest: f64) -> Vec<usize> {
    let Some(last) = count.checked_sub(1).filter(|last| *last > 0) else { return (0..count).collect() };
    let apart = ((widest + GAP) / step).ceil().max(1.0) as usize;
    let gaps = (last / apart).max(1);
    (0..=gaps).map(|gap| (gap * last + gaps / 2) / gaps).collect()
}

/// A name in lines of no more letters than this, where it has the words for that, its months cut short.
pub(super) fn in_lines(name: &str, longest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in MONTHS.iter().fold(name.to_string(), |name, month| name.replace(month, &month[..3])).split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= longest => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// How wide the widest of these lines is.
pub(super) fn widest(lines: &[Vec<String>]) -> f64 {
    lines.iter().flatten().map(|line| wide(line)).fold(0.0, f64::max)
}
