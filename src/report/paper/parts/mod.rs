//! The charts and tables that templates ask for, by name. One about which there is nothing to say is a plain sentence.
//!
//! Counts come from what the report tells ([`Told`]), never from what was counted: a part cannot say more than the others do.

mod counts;
mod grades;
mod lists;
mod services;

pub(super) use counts::{OF_GRADES, asks_for, is_asked};
pub(super) use grades::{GRADE_ROWS, Period};

use super::suppressed::cell;
use crate::domain::count::counted;
use crate::domain::insight::Cell;
use crate::domain::report::{Material, Told};
use crate::report::Block;

/// What a part is made from.
pub(super) struct Facts<'a> {
    /// The frozen facts.
    pub material: &'a Material,
    /// What they tell.
    pub told: &'a Told,
}

/// A part by its name and arguments.
pub(super) fn part(facts: &Facts<'_>, kind: &str, arguments: &[&str]) -> Vec<Block> {
    let which = arguments.first().copied().unwrap_or_default();
    match (kind, which) {
        ("chart", "run") => grades::run(facts),
        ("chart", "grades") => grades::chart(facts),
        ("chart", "themes") => counts::theme_chart(facts),
        ("table", "grades") => grades::table_of(facts),
        ("table", "services") => counts::covered(facts, "Service"),
        ("table", "case-types") => counts::covered(facts, "Case type"),
        ("table", "kinds") => counts::kinds(facts),
        ("table", "areas") => counts::areas(facts),
        ("table", "questions") => counts::questions(facts, arguments.get(1..).unwrap_or_default()),
        ("table", "steps") => counts::steps(facts),
        ("table", "themes") => counts::themes(facts),
        ("table", "indicators") => lists::indicators(facts.material),
        ("table", "actions") => lists::actions(facts.material, "The actions", |_| true),
        ("table", "overdue") => {
            let on = facts.material.counted_on;
            lists::actions(facts.material, "The overdue actions", move |action| action.is_late(on))
        }
        ("table", "alerts") => lists::alerts(facts.material),
        ("table", "loops") => lists::loops(facts.material),
        ("table", "sample") => lists::sample(facts.material),
        ("table", "plan") => lists::plan(facts.material, arguments.get(1..).unwrap_or_default()),
        ("table", "narratives") => lists::narratives(facts.material, arguments.get(1).copied().unwrap_or_default()),
        ("table", "concerns") => lists::concerns(facts.material),
        ("table", "by-service") => lists::by_service(facts),
        ("table", "joint") => services::joint(facts.material),
        ("table", "visits") => services::visits(facts.material, arguments.get(1..).unwrap_or_default()),
        ("table", "since") => lists::since(facts.material),
        ("table", "taken-in") => lists::taken_in(facts.material),
        ("registers", _) => counts::registers(facts, arguments),
        _ => said(format!("The template asks for a {kind} \u{201c}{which}\u{201d}, which there is not.")),
    }
}

fn said(text: impl Into<String>) -> Vec<Block> {
    vec![Block::Text(text.into())]
}

/// A table with these headings, without the columns in which nothing stands; none where there is no row.
fn table(head: &[&str], rows: Vec<Vec<String>>) -> Vec<Block> {
    if rows.is_empty() {
        return Vec::new();
    }
    let told = |column: usize| column == 0 || rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
    let kept: Vec<usize> = (0..head.len()).filter(|column| told(*column)).collect();
    let head = kept.iter().filter_map(|column| head.get(*column)).map(|name| (*name).into()).collect();
    let rows = rows.iter().map(|row| kept.iter().filter_map(|column| row.get(*column).cloned()).collect()).collect();
    vec![Block::Table { head, rows }]
}

/// A table of counts in the making. What may not be shown at all is named in one sentence below it, in place of a row of "left out".
struct Counted {
    /// What one of its rows is about, and several.
    noun: (&'static str, &'static str),
    rows: Vec<Vec<String>>,
    hidden: Vec<String>,
}

/// Names that are longer together, in letters, are counted and not given.
const NAMED: usize = 240;

impl Counted {
    /// An empty one.
    fn of(one: &'static str, several: &'static str) -> Counted {
        Counted { noun: (one, several), rows: Vec::new(), hidden: Vec::new() }
    }

    /// Adds a row: what it is about, and its cells; `shown`: one of its counts is told.
    fn put(&mut self, about: &str, cells: Vec<String>, shown: bool) {
        match shown {
            true => self.rows.push(std::iter::once(about.to_string()).chain(cells).collect()),
            false => self.hidden.push(about.to_string()),
        }
    }

    /// The table with these headings.
    fn table(self, facts: &Facts<'_>, head: &[&str]) -> Vec<Block> {
        let mut blocks = table(head, self.rows);
        if self.hidden.is_empty() {
            return blocks;
        }
        let mut what = counted(self.hidden.len(), self.noun.0, self.noun.1);
        if self.hidden.iter().map(|name| name.chars().count()).sum::<usize>() <= NAMED {
            what = format!("{what} ({})", self.hidden.join("; "));
        }
        let below = facts.material.limit;
        blocks.extend(said(format!("Not shown in numbers: {what}. Each is under {below}, or would let such a number be worked out.")));
        blocks
    }
}

/// Whether nothing was counted.
fn is_nought(cell: Cell) -> bool {
    cell == Cell::Shown(0)
}

fn words(one: Cell, facts: &Facts<'_>) -> String {
    cell(one, facts.material.limit)
}
