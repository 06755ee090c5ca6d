//! What a report tells of its counts: decided once, when it is built, and the same in every form it is handed out in.
//!
//! A count from 1 to just under the framework's limit is left out, and so is whatever would give one away: by a total in the same
//! table (`sheet`), by the report of another month or of a longer time ([`Stretches`]), or by the grades before and after moderation
//! ([`Series`]). Counts of the team's own work (reviews in the sample, completed, on the record; actions) are told as they are.
//!
//! This module must not know in which words or files a count is told.

mod alone;
mod elsewhere;
mod series;
mod sheet;
mod tables;

pub use elsewhere::{Elsewhere, Tells};
pub use series::{GradeTally, Series, SeriesCycle, Stretch, listed, may_be_told, together, together_to};
pub use tables::{Noted, Part};

use crate::domain::insight::Cell;
use chrono::{Datelike, NaiveDate};
use elsewhere::About;
use serde::{Deserialize, Serialize};
use sheet::Scale;

/// The tables of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Answers on a scale: how many, 7 or more, and each point.
    Scaled,
    /// Answers yes, partly or no.
    Short,
    /// Steps: taken, and in time.
    Steps,
    /// Asking families.
    Families,
    /// Themes.
    Themes,
    /// Reviews by the service that held the case.
    Services,
    /// Reviews by case type.
    CaseTypes,
    /// Grades of areas.
    Areas,
    /// Alerts.
    Alerts,
    /// Entries of registers.
    Registers,
    /// Answers in registers.
    Noted,
}

impl Kind {
    /// Its name in a file of figures.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Scaled => "Answers from 0 to 10",
            Kind::Short => "Answers yes, partly or no",
            Kind::Steps => "Steps",
            Kind::Families => "Families",
            Kind::Themes => "Themes",
            Kind::Services => "Reviews by service",
            Kind::CaseTypes => "Reviews by case type",
            Kind::Areas => "Grades of areas",
            Kind::Alerts => "Alerts",
            Kind::Registers => "Registers",
            Kind::Noted => "Answers in registers",
        }
    }
}

/// One count as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldCount {
    /// Its table.
    pub table: Kind,
    /// Key of its row.
    pub key: String,
    /// What its row is called.
    pub label: String,
    /// Its column.
    pub column: String,
    /// The count, or why it is left out.
    pub cell: Cell,
}

/// Everything that a report tells.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Told {
    /// The counts, table by table.
    pub counts: Vec<ToldCount>,
    /// Grades over the cycles; empty where nothing is graded.
    pub series: Series,
}

impl Told {
    /// Decides what is told of these parts and months; of one kind of review alone where that is asked for. The parts are those of every
    /// kind all the same: what other reports tell of them is reckoned with.
    pub fn of(parts: &[Part], kind: Option<&str>, noted: &[Noted], series: Series, stretches: &Stretches, below: u32) -> Told {
        let of_parts = |which: &[usize], about: &About<'_>| {
            let known: Vec<(u32, &str)> =
                which.iter().filter_map(|at| parts.get(*at)).map(|part| (part.months_from_start, part.kind.as_str())).collect();
            stretches.scales(&known, about)
        };
        let longer = stretches.longer.iter().copied();
        let longer = std::iter::once(stretches.shortest).filter(|size| *size > 1).chain(longer).collect();
        let by_month = Stretches { shortest: 1, longer, ..stretches.clone() };
        let of_months =
            |months: &[u32], about: &About<'_>| by_month.scales(&months.iter().map(|month| (*month, "")).collect::<Vec<_>>(), about);
        let mut counts = tables::all(parts, kind, &of_parts, below);
        counts.extend(tables::registers(noted, &of_months, below));
        Told { counts, series }
    }

    /// A count; nought where nothing of the sort was counted.
    pub fn cell(&self, table: Kind, key: &str, column: &str) -> Cell {
        let found = self.counts.iter().find(|one| one.table == table && one.key == key && one.column == column);
        found.map_or(Cell::Shown(0), |one| one.cell)
    }

    /// Key and name of each row of a table, in order.
    pub fn rows(&self, table: Kind) -> Vec<(&str, &str)> {
        let mut rows: Vec<(&str, &str)> = Vec::new();
        for one in self.counts.iter().filter(|one| one.table == table) {
            let row = (one.key.as_str(), one.label.as_str());
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
        rows
    }

    /// The counts of one row, by column.
    pub fn columns<'a>(&'a self, table: Kind, key: &'a str) -> impl Iterator<Item = (&'a str, Cell)> + 'a {
        self.counts.iter().filter(move |one| one.table == table && one.key == key).map(|one| (one.column.as_str(), one.cell))
    }
}

/// The stretches of time that the reports of a framework speak of: each of a fixed number of months, counted from the first month of
/// its quality assurance year, so that a longer one holds whole shorter ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretches {
    /// First month (1-12) of the year.
    pub year_starts_in: u32,
    /// Months of a cycle: the shortest stretch.
    pub shortest: u32,
    /// Months of the longer ones up to that of the report itself, ascending.
    pub longer: Vec<u32>,
    /// The day on which this is asked: what ends later still grows.
    pub today: NaiveDate,
    /// The reports that the framework asks for, and which tables each tells; none: every table is taken to be told in each of these
    /// stretches, of every kind of review.
    pub others: Option<Vec<Elsewhere>>,
}

impl Stretches {
    /// The month that a day lies in, counted from some first month of a year.
    pub fn month(&self, day: NaiveDate) -> u32 {
        let months = i64::from(day.year()) * 12 + i64::from(day.month()) - i64::from(self.year_starts_in);
        u32::try_from(months).unwrap_or(0)
    }

    /// The scales of parts that begin in these months, of these kinds. Small counts of every stretch are secrets; told are only the
    /// stretches of which some report tells this.
    fn scales(&self, parts: &[(u32, &str)], about: &About<'_>) -> Vec<Scale> {
        let now = self.month(self.today);
        let told =
            |size: u32, kind: Option<&str>| self.others.as_ref().is_none_or(|others| others.iter().any(|one| one.tells(size, kind, about)));
        let shortest = self.shortest.max(1);
        let mut kinds: Vec<&str> = parts.iter().map(|(_, kind)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let single: Scale = (0..parts.len()).map(|at| (vec![at], told(shortest, Some(parts[at].1)))).collect();
        let mut scales: Vec<Scale> = vec![single];
        let mut add = |scale: Scale| match scales.last_mut() {
            // The same stretches under another name: told where either is.
            Some(last) if last.iter().map(|(group, _)| group).eq(scale.iter().map(|(group, _)| group)) => {
                last.iter_mut().zip(scale).for_each(|((_, tells), (_, more))| *tells |= more);
            }
            _ if scale.is_empty() => {}
            _ => scales.push(scale),
        };
        for size in std::iter::once(shortest).chain(self.longer.iter().copied()) {
            let over = |window: u32| size <= self.shortest || (window + 1) * size <= now;
            let windows = |kind: Option<&str>, tells: bool| {
                let mut found: Vec<(u32, Vec<usize>)> = Vec::new();
                for (at, (month, _)) in parts.iter().enumerate().filter(|(_, (_, of))| kind.is_none_or(|kind| kind == *of)) {
                    let window = month / size;
                    match found.iter_mut().find(|(known, _)| *known == window) {
                        Some((_, group)) => group.push(at),
                        None => found.push((window, vec![at])),
                    }
                }
                found.into_iter().map(|(window, group)| (group, tells && over(window))).collect::<Scale>()
            };
            if kinds.len() > 1 {
                let each: Scale = kinds.iter().flat_map(|kind| windows(Some(kind), told(size, Some(kind)))).collect();
                add(each);
            }
            let of_one = kinds.len() == 1 && kinds.first().is_some_and(|kind| told(size, Some(kind)));
            add(windows(None, told(size, None) || of_one));
        }
        if scales.last().is_none_or(|last| last.len() != 1) {
            scales.push(vec![((0..parts.len()).collect(), false)]);
        }
        scales
    }
}
