//! Understands one row of a council's own list: what it is, whose, since when, whether it goes on. It must not know the
//! other rows.

use super::map::meant;
use super::{Field, Ground, Mapping};
use crate::domain::count::capital;
use crate::domain::framework::{CaseType, SubjectKind};
use crate::domain::intake::{FrameRow, Oddity, Place};
use crate::intake::ages;
use crate::intake::cells::{self, Said};
use crate::intake::columns::{Column, Header, key};
use crate::intake::grid::{Row, Value};
use chrono::NaiveDate;

/// Reads rows by their mapping.
pub struct Reader<'a> {
    /// File and sheet.
    pub place: Place,
    /// Where the columns are.
    pub header: &'a Header,
    /// What they mean.
    pub mapping: &'a Mapping,
    /// What the framework knows.
    pub ground: &'a Ground<'a>,
}

/// One row, understood.
pub struct Read {
    /// The subject.
    pub row: FrameRow,
    /// Its service, for a team that nobody has heard of.
    pub service: Option<String>,
    /// It has ended.
    pub ended: bool,
}

impl Reader<'_> {
    fn column(&self, field: Field) -> Option<&Column> {
        let at = Field::ALL.iter().position(|other| *other == field)?;
        self.header.columns.get(at)?.as_ref()
    }

    /// The place of a cell.
    pub fn at(&self, row: &Row, field: Field) -> Place {
        let column = self.column(field).map_or(String::new(), |column| column.heading.clone());
        Place { row: Some(row.number), column, ..self.place.clone() }
    }

    fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r Value {
        self.column(field).map_or(&Value::Empty, |column| row.cell(column.index))
    }

    /// Columns whose heading is there twice.
    pub fn repeated(&self, oddities: &mut Vec<Oddity>) {
        for at in &self.header.repeated {
            if let Some(column) = self.header.columns.get(*at).and_then(Option::as_ref) {
                let what = "The list has more than one column with this heading.";
                oddities.push(Oddity::warning(self.place.at(&column.heading), what, "The first of them was used."));
            }
        }
    }

    /// Understands a row; none when it has to be left out, which is then among the oddities.
    pub fn read(&self, row: &Row, oddities: &mut Vec<Oddity>) -> Option<Read> {
        let council_id = match cells::council_id(self.cell(row, Field::Number)) {
            Said::This(id) => id,
            Said::Nothing => return self.left_out(row, Field::Number, "The row has no number.".to_string(), oddities),
            Said::Odd(why) => return self.left_out(row, Field::Number, format!("The cell {why}."), oddities),
        };
        let kind = match self.kind(row) {
            Ok(kind) => kind,
            Err(what) => return self.left_out(row, Field::Kind, what, oddities),
        };
        let (kind, case_type) = match self.case_type(row, kind) {
            Ok(found) => found,
            Err(what) => return self.left_out(row, Field::CaseType, what, oddities),
        };
        let of = format!("{} {council_id}", capital(kind.noun()));
        let place = Place { row: Some(row.number), ..self.place.clone() };
        let service = self.value(row, Field::Service, cells::words, &of, oddities);
        let mut team = self.value(row, Field::Team, cells::words, &of, oddities);
        if team.is_none() {
            // A whole service has no team of its own, and a list may name only the service: both are found by it.
            team.clone_from(&service);
        }
        let worker = self.value(row, Field::Worker, cells::person_name, &of, oddities);
        if worker.is_none() && self.column(Field::Worker).is_some() {
            let what = format!("{of} has no allocated worker.");
            oddities.push(Oddity::warning(self.at(row, Field::Worker), what, "It stays in the frame, without a worker."));
        }
        let day = |value: &Value| cells::date(value, self.ground.today);
        let mut started_on = self.value(row, Field::StartedOn, day, &of, oddities);
        if started_on.is_some_and(|start| start > self.ground.today) {
            let what = format!("{of}: the start date is in the future.");
            oddities.push(Oddity::warning(self.at(row, Field::StartedOn), what, "It was taken as not given."));
            started_on = None;
        }
        let ended = self.value(row, Field::EndedOn, day, &of, oddities).is_some_and(|end| end <= self.ground.today);
        let age_years = if kind.is_young() && !ended { self.age(row, &council_id, &place, day, oddities) } else { None };
        let disability = if kind.is_young() { self.value(row, Field::Disability, cells::yes_no, &of, oddities) } else { None };
        let row = FrameRow { council_id, kind, case_type, age_years, disability, team, worker, started_on, source: place };
        Some(Read { row, service, ended })
    }

    fn left_out(&self, row: &Row, field: Field, what: String, oddities: &mut Vec<Oddity>) -> Option<Read> {
        oddities.push(Oddity::warning(self.at(row, field), what, "The row was left out."));
        None
    }

    fn value<T>(&self, row: &Row, field: Field, read: impl Fn(&Value) -> Said<T>, of: &str, oddities: &mut Vec<Oddity>) -> Option<T> {
        match read(self.cell(row, field)) {
            Said::This(value) => Some(value),
            Said::Nothing => None,
            Said::Odd(why) => {
                oddities.push(Oddity::warning(self.at(row, field), format!("{of}: the cell {why}."), "It was taken as not given."));
                None
            }
        }
    }

    fn age(&self, row: &Row, id: &str, place: &Place, day: impl Fn(&Value) -> Said<NaiveDate>, oddities: &mut Vec<Oddity>) -> Option<u8> {
        if self.column(Field::Born).is_none() && self.column(Field::Age).is_none() {
            return None;
        }
        let born = self.value(row, Field::Born, day, &format!("Child {id}"), oddities);
        let age = self.value(row, Field::Age, cells::age, &format!("Child {id}"), oddities);
        let age_heading = self.column(Field::Age).map_or("", |column| column.heading.as_str());
        ages::of_child(&ages::Told { id, place, born, age, age_heading }, self.ground.today, oddities)
    }

    /// What a row is: as its column says, else as the whole file.
    fn kind(&self, row: &Row) -> Result<SubjectKind, String> {
        let written = cells::words(self.cell(row, Field::Kind)).value();
        let kind = match (&written, self.mapping.kind) {
            (Some(word), whole) if whole.is_none() || self.mapping.columns.contains_key(&Field::Kind) => self.kind_of(word)?,
            (_, Some(kind)) => kind,
            (_, None) => return Err("Nothing says what this is.".to_string()),
        };
        if !self.ground.subjects.contains(&kind) {
            return Err(format!("The framework in use does not look at {}s.", kind.noun()));
        }
        Ok(kind)
    }

    fn kind_of(&self, word: &str) -> Result<SubjectKind, String> {
        let wanted = key(cells::without_code(word));
        if let Some((_, kind)) = self.mapping.kinds.iter().find(|(known, _)| key(known) == wanted || key(known) == key(word)) {
            return Ok(*kind);
        }
        let spoken = |kind: &SubjectKind| [kind.key(), kind.noun(), kind.nouns()].iter().any(|known| key(known) == wanted);
        SubjectKind::ALL.into_iter().find(spoken).ok_or_else(|| {
            let near = meant(word, &SubjectKind::ALL.map(SubjectKind::key));
            format!("\"{word}\" is no kind of subject; say under [kinds] of the mapping what it means.{near}")
        })
    }

    /// The case type; of a subject that is no child the word of its kind.
    fn case_type(&self, row: &Row, kind: SubjectKind) -> Result<(SubjectKind, String), String> {
        if !kind.is_young() {
            return Ok((kind, kind.key().to_string()));
        }
        let written = cells::words(self.cell(row, Field::CaseType)).value();
        let of_leavers = |case: &&CaseType| case.annex_a_list == Some(9);
        let found = match (&written, &self.mapping.case_type) {
            (Some(word), _) => self.case_type_of(word)?,
            (None, Some(whole)) => self.ground.case_types.iter().find(|case| case.key == *whole).ok_or("The case type is not known.")?,
            (None, None) if kind == SubjectKind::CareExperienced => {
                self.ground.case_types.iter().find(of_leavers).ok_or("The framework has no case type for care experienced young people.")?
            }
            (None, None) => return Err("Nothing says which case type this is.".to_string()),
        };
        let kind = if of_leavers(&found) { SubjectKind::CareExperienced } else { kind };
        Ok((kind, found.key.clone()))
    }

    fn case_type_of(&self, word: &str) -> Result<&CaseType, String> {
        let wanted = [key(word), key(cells::without_code(word))];
        let by_mapping = self.mapping.case_types.iter().find(|(known, _)| wanted.contains(&key(known))).map(|(_, key)| key);
        let known = self.ground.case_types;
        let found = match by_mapping {
            Some(meant) => known.iter().find(|case| case.key == *meant),
            None => known.iter().find(|case| [&case.key, &case.label, &case.short].iter().any(|text| wanted.contains(&key(text)))),
        };
        found.ok_or_else(|| {
            let words: Vec<&str> = known.iter().flat_map(|case| [case.key.as_str(), case.label.as_str()]).collect();
            format!(
                "\"{word}\" is no case type of the framework; say under [case_types] of the mapping what it means.{}",
                meant(word, &words)
            )
        })
    }
}
