//! A chart in words: what stands beside it, and what a reader hears who cannot see it.

use super::chart::{Chart, Lines, Plotted};
use super::runs::Signal;
use super::share::Share;
use crate::domain::count::counted;

impl Share {
    /// As people say it: `13 of 21 (62 %)`.
    pub fn say(self) -> String {
        match self.percent() {
            Some(percent) => format!("{} of {} ({percent} %)", self.n, self.of),
            None => "none counted".into(),
        }
    }

    /// The 95 % interval in words: `between 41 % and 79 %`; nothing where nothing was counted.
    pub fn say_between(self) -> String {
        match self.wilson() {
            Some((low, high)) => format!("between {:.0} % and {:.0} %", low * 100.0, high * 100.0),
            None => String::new(),
        }
    }

    /// The 95 % interval in whole per cent: `41-79 %`; nothing where nothing was counted.
    pub fn say_interval(self) -> String {
        match self.wilson() {
            Some((low, high)) => format!("{:.0}\u{2013}{:.0} %", low * 100.0, high * 100.0),
            None => String::new(),
        }
    }
}

impl Chart {
    /// The signals in sentences; without one, that there is none.
    pub fn says(&self) -> Vec<String> {
        if self.points.len() < 2 {
            return vec!["One cycle says nothing about change yet.".into()];
        }
        if self.signals.is_empty() {
            let around = match self.lines {
                Lines::Median => "the median",
                Lines::Limits => "the mean, within the limits",
            };
            return vec![format!("No signal: the points move around {around} as chance would have it.")];
        }
        self.signals.iter().map(|signal| self.say(*signal)).collect()
    }

    fn say(&self, signal: Signal) -> String {
        let name = |at: usize| self.points.get(at).map_or("", |point: &Plotted| point.name.as_str());
        let middle = match self.lines {
            Lines::Median => "median",
            Lines::Limits => "mean",
        };
        match signal {
            Signal::Shift { from, to, above } => {
                let side = if above { "above" } else { "below" };
                format!("A shift: every point lies {side} the {middle}, first {}, last {}. Ask what changed.", name(from), name(to))
            }
            Signal::Trend { from, to, rising } => {
                let goes = if rising { "higher" } else { "lower" };
                format!("A trend: each point is {goes} than the one before, first {}, last {}. Ask what drives it.", name(from), name(to))
            }
            Signal::FewRuns { runs, least } => {
                let runs = counted(runs, "run", "runs");
                format!("Only {runs} around the median, where chance gives at least {least}: the points hang together. Ask what changed.")
            }
            Signal::ManyRuns { runs, most } => {
                format!("{runs} runs around the median, where chance gives at most {most}: look for two things mixed into one line.")
            }
            Signal::Outside { at, above } => {
                let side = if above { "above the upper" } else { "below the lower" };
                format!("{} lies {side} limit. Ask what was different.", name(at))
            }
        }
    }

    /// Whether a point belongs to a signal of its own place (one about the whole line marks none).
    pub fn is_signalled(&self, at: usize) -> bool {
        self.signals.iter().any(|signal| match *signal {
            Signal::Shift { from, to, .. } | Signal::Trend { from, to, .. } => (from..=to).contains(&at),
            Signal::Outside { at: outside, .. } => outside == at,
            Signal::FewRuns { .. } | Signal::ManyRuns { .. } => false,
        })
    }
}
