//! What the tables of people, professionals and involvements tell about a child: when born, who works with them now, and in
//! which team. It must not know cases.

use super::sheet::Sheet;
use super::tables::Fact;
use crate::domain::intake::Oddity;
use crate::intake::columns::key;
use crate::intake::grid::Grid;
use chrono::NaiveDate;
use std::collections::HashMap;

/// Everything that is looked up by number.
#[derive(Default)]
pub struct Lookup {
    born: HashMap<String, NaiveDate>,
    names: HashMap<String, String>,
    with: HashMap<String, Vec<Involvement>>,
    /// The table of professionals was there: a number that it does not know is odd.
    pub knows_professionals: bool,
}

/// Somebody who works with a child now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involvement {
    /// Number of the professional.
    pub worker: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// Since when.
    since: Option<NaiveDate>,
    /// They hold the case, rather than take some other part in it.
    holds: bool,
}

impl Lookup {
    /// Date of birth, to work out an age.
    pub fn born(&self, person: &str) -> Option<NaiveDate> {
        self.born.get(person).copied()
    }

    /// Name of a professional.
    pub fn name(&self, professional: &str) -> Option<&String> {
        self.names.get(professional)
    }

    /// Who holds the case of a child by the involvements that are open: the newest of those whose role says so, else the
    /// newest of all. The number says how many would do as well, 1 when it is plain.
    pub fn holder(&self, person: &str) -> Option<(&Involvement, usize)> {
        let open = self.with.get(person)?;
        let holding: Vec<&Involvement> = open.iter().filter(|one| one.holds).collect();
        let among: Vec<&Involvement> = if holding.is_empty() { open.iter().collect() } else { holding };
        let newest = among.iter().max_by_key(|one| one.since)?;
        let workers = among.iter().filter(|one| one.worker != newest.worker && one.since == newest.since).count();
        Some((newest, workers + 1))
    }

    /// Reads the table of people.
    pub fn people(&mut self, sheet: &Sheet, grid: &Grid, oddities: &mut Vec<Oddity>) -> usize {
        let mut rows = 0;
        for row in sheet.rows(grid) {
            rows += 1;
            let Some(person) = sheet.number(row, Fact::Person, oddities) else { continue };
            let born = sheet.day(row, Fact::Born, &format!("Child {person}"), oddities);
            match (self.born.get(&person), born) {
                (Some(known), Some(born)) if *known != born => {
                    let what = format!("Child {person} has another date of birth further up.");
                    sheet.warn(row, Fact::Born, what, "The first was used.", oddities);
                }
                (None, Some(born)) => {
                    self.born.insert(person, born);
                }
                _ => {}
            }
        }
        rows
    }

    /// Reads the table of professionals.
    pub fn professionals(&mut self, sheet: &Sheet, grid: &Grid, oddities: &mut Vec<Oddity>) -> usize {
        self.knows_professionals = true;
        let mut rows = 0;
        for row in sheet.rows(grid) {
            rows += 1;
            let Some(number) = sheet.number(row, Fact::Worker, oddities) else { continue };
            let Some(name) = sheet.name(row, Fact::Name) else {
                let what = format!("Professional {number} has no name.");
                sheet.warn(row, Fact::Name, what, "They are named by their number.", oddities);
                continue;
            };
            match self.names.get(&number) {
                Some(known) if *known != name => {
                    let what = format!("Professional {number} has another name further up.");
                    sheet.warn(row, Fact::Name, what, "The first was used.", oddities);
                }
                Some(_) => {}
                None => {
                    self.names.insert(number, name);
                }
            }
        }
        rows
    }

    /// Reads the table of involvements; those that have ended are passed over.
    pub fn involvements(&mut self, sheet: &Sheet, grid: &Grid, today: NaiveDate, oddities: &mut Vec<Oddity>) -> usize {
        let mut rows = 0;
        for row in sheet.rows(grid) {
            rows += 1;
            let Some(person) = sheet.number(row, Fact::Person, oddities) else { continue };
            let of = format!("Child {person}");
            let since = sheet.day(row, Fact::Start, &of, oddities);
            let ended = sheet.day(row, Fact::End, &of, oddities).is_some_and(|day| day <= today);
            if ended || since.is_some_and(|day| day > today) {
                continue;
            }
            let part = sheet.words(row, Fact::Part).unwrap_or_default();
            let (worker, team) = (sheet.maybe_number(row, Fact::Worker), sheet.words(row, Fact::Team));
            self.with.entry(person).or_default().push(Involvement { worker, team, since, holds: holds_cases(&part) });
        }
        rows
    }
}

/// Whether a role in an involvement is that of the person who holds the case. Councils put words or codes here; a code says
/// nothing, and then the newest involvement counts.
fn holds_cases(part: &str) -> bool {
    let part = key(part);
    let holds = ["allocated", "socialworker", "caseworker", "caseholder", "leadworker", "leadpractitioner", "personaladvis", "keyworker"];
    let beside = ["supervising", "assistant", "student", "second", "previous", "independent"];
    holds.iter().any(|word| part.contains(word)) && !beside.iter().any(|word| part.contains(word))
}
