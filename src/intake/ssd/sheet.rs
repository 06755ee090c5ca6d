//! One table of the dataset with its columns found: reads single cells and says what is odd about them. It must not know
//! what the rows of other tables say.

use super::tables::{Fact, Table};
use crate::domain::intake::{Oddity, Place};
use crate::intake::cells::{self, Said};
use crate::intake::columns::{self, Column, Variants};
use crate::intake::error::{IntakeError, Trouble};
use crate::intake::grid::{Grid, Row};
use chrono::NaiveDate;

/// A table whose header was found.
pub struct Sheet {
    /// Which table.
    pub table: Table,
    /// The file.
    pub place: Place,
    /// Place of the header among the rows.
    header: usize,
    columns: Vec<Option<Column>>,
    today: NaiveDate,
}

impl Sheet {
    /// Finds the header of a table; none, and an oddity, where the file is empty.
    pub fn find(
        table: Table,
        place: Place,
        grid: &Grid,
        today: NaiveDate,
        oddities: &mut Vec<Oddity>,
    ) -> Result<Option<Sheet>, IntakeError> {
        if grid.rows.iter().all(Row::is_blank) {
            oddities.push(Oddity::warning(place, "The table is empty: it has not even headings.", "What is known already stays as it is."));
            return Ok(None);
        }
        let wanted: Vec<Variants> = table.columns().iter().map(|(_, variants)| *variants).collect();
        let header = columns::find(grid, &wanted, 0).map_err(|found| no_column(table, place.clone(), &found))?;
        for at in &header.repeated {
            if let Some(column) = header.columns.get(*at).and_then(Option::as_ref) {
                let what = "The table has more than one column with this heading.";
                oddities.push(Oddity::warning(place.at(&column.heading), what, "The first of them was used."));
            }
        }
        for ((fact, variants), column) in table.columns().iter().zip(&header.columns) {
            let needed = column.is_none().then(|| loss(*fact)).flatten();
            if let Some(done) = needed {
                let what = format!("The table has no column for {} (such as \"{}\").", said(*fact), variants[0]);
                oddities.push(Oddity::warning(place.clone(), what, done));
            }
        }
        Ok(Some(Sheet { table, place, header: header.at, columns: header.columns, today }))
    }

    /// The rows below the header in which something is written.
    pub fn rows<'g>(&self, grid: &'g Grid) -> impl Iterator<Item = &'g Row> {
        grid.rows.iter().skip(self.header + 1).filter(|row| !row.is_blank())
    }

    /// The place of a row.
    pub fn place_of(&self, row: &Row) -> Place {
        Place { row: Some(row.number), ..self.place.clone() }
    }

    fn column(&self, fact: Fact) -> Option<&Column> {
        let at = self.table.columns().iter().position(|(other, _)| *other == fact)?;
        self.columns.get(at)?.as_ref()
    }

    fn at(&self, row: &Row, fact: Fact) -> Place {
        self.place_of(row).at(self.column(fact).map_or("", |column| column.heading.as_str()))
    }

    /// The number of a child or professional that a row cannot be without; an oddity where it has none.
    pub fn number(&self, row: &Row, fact: Fact, oddities: &mut Vec<Oddity>) -> Option<String> {
        let why = match self.column(fact).map(|column| cells::council_id(row.cell(column.index)))? {
            Said::This(number) => return Some(number),
            Said::Nothing => format!("The row has no {}.", said(fact)),
            Said::Odd(why) => format!("The cell {why}."),
        };
        oddities.push(Oddity::warning(self.at(row, fact), why, "The row was left out."));
        None
    }

    /// A number that may be missing: a worker.
    pub fn maybe_number(&self, row: &Row, fact: Fact) -> Option<String> {
        self.column(fact).and_then(|column| cells::council_id(row.cell(column.index)).value())
    }

    /// Words that may be missing.
    pub fn words(&self, row: &Row, fact: Fact) -> Option<String> {
        self.column(fact).and_then(|column| cells::words(row.cell(column.index)).value())
    }

    /// A name that may be missing.
    pub fn name(&self, row: &Row, fact: Fact) -> Option<String> {
        self.column(fact).and_then(|column| cells::person_name(row.cell(column.index)).value())
    }

    /// A day that may be missing; `of` begins the sentence about one that cannot be read ("Child 12").
    pub fn day(&self, row: &Row, fact: Fact, of: &str, oddities: &mut Vec<Oddity>) -> Option<NaiveDate> {
        match cells::date(row.cell(self.column(fact)?.index), self.today) {
            Said::This(day) => Some(day),
            Said::Nothing => None,
            Said::Odd(why) => {
                let what = format!("{of}: the {} {why}.", said(fact));
                oddities.push(Oddity::warning(self.at(row, fact), what, "It was taken as not given."));
                None
            }
        }
    }

    /// Notes something about one cell.
    pub fn warn(&self, row: &Row, fact: Fact, what: String, done: &str, oddities: &mut Vec<Oddity>) {
        oddities.push(Oddity::warning(self.at(row, fact), what, done));
    }
}

fn said(fact: Fact) -> &'static str {
    match fact {
        Fact::Person => "number of a child",
        Fact::Born => "date of birth",
        Fact::Start => "start date",
        Fact::End => "end date",
        Fact::Reason => "reason for ending",
        Fact::Team => "team",
        Fact::Worker => "number of a professional",
        Fact::Name => "name",
        Fact::Part => "role",
    }
}

/// What it costs that a column is missing; none where nobody would miss it.
fn loss(fact: Fact) -> Option<&'static str> {
    match fact {
        Fact::Person => None,
        Fact::Born => Some("The ages stay unknown."),
        Fact::Start => Some("The start stays unknown."),
        Fact::End => Some("Every row was taken as open."),
        Fact::Team => Some("No team was taken from this table."),
        Fact::Worker => Some("No worker was taken from this table."),
        Fact::Name => Some("Workers are named by their numbers."),
        Fact::Part | Fact::Reason => None,
    }
}

fn no_column(table: Table, place: Place, found: &[String]) -> IntakeError {
    let (fact, variants) = &table.columns()[0];
    let what = format!(
        "The table {} has no column with the {} (\"{}\"). Headings found: {}.",
        table.name(),
        said(*fact),
        variants[0],
        columns::listed(found)
    );
    IntakeError::new(Trouble::NoColumn, place, what, "Export the table again with its own headings, and import the folder again.")
}
