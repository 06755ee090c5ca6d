//! A chart in words: what stands beside it, and what a reader hears who cannot see it.

use super::chart::{Chart, Lines, Plotted};
use super::runs::{POINTS_FOR_RUNS, Signal};
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
    /// The signals in sentences; without one, that there is none, or that so few points cannot have one; and where one of the last two
    /// points lies clear of the one before it.
    pub fn says(&self) -> Vec<String> {
        if self.points.len() < 2 {
            return vec!["One cycle says nothing about change yet.".into()];
        }
        let steps = self.clear_steps();
        let mut says: Vec<String> = self.signals.iter().map(|signal| self.say(*signal)).collect();
        if says.is_empty() {
            says.push(match (self.is_short(), steps.is_empty(), self.lines) {
                (true, ..) => format!("Too few points for the run rules to tell: they need {POINTS_FOR_RUNS} off the median."),
                (false, false, _) => "The run rules find no signal.".into(),
                (false, true, Lines::Median) => "No signal: the points move around the median as chance would have it.".into(),
                (false, true, Lines::Limits) => {
                    "No signal: the points move around the mean, within the limits, as chance would have it.".into()
                }
            });
        }
        says.extend(steps);
        says
    }

    /// Where one of the last two points lies clear of the one before it.
    fn clear_steps(&self) -> Vec<String> {
        let last = self.points.len().saturating_sub(3);
        let pairs = self.points.get(last..).unwrap_or_default().windows(2);
        let clear = pairs.filter_map(|pair| {
            let [before, after] = pair else { return None };
            let side = if after.share.apart_from(before.share)? { "higher" } else { "lower" };
            Some(format!("{} lies clearly {side} than {}: their 95 % intervals do not overlap.", after.name, before.name))
        });
        clear.collect()
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
