//! Ages in whole years, from dates of birth that are then forgotten. It must not know which import asks.

use super::cells::years_between;
use crate::domain::intake::{Oddity, Place};
use chrono::NaiveDate;

/// No list of children and care leavers knows anybody older: support ends at 25.
const OLDEST: i32 = 25;

/// What a row tells about the age of a child or young person.
pub struct Told<'a> {
    /// The council's number.
    pub id: &'a str,
    /// The row.
    pub place: &'a Place,
    /// Date of birth.
    pub born: Option<NaiveDate>,
    /// The age column, in years.
    pub age: Option<f64>,
    /// Heading of the age column; empty where there is none.
    pub age_heading: &'a str,
}

/// Whole years of a child or young person on a day, from the date of birth where there is one.
pub fn of_child(told: &Told<'_>, on: NaiveDate, oddities: &mut Vec<Oddity>) -> Option<u8> {
    let id = told.id;
    let written = told.age.filter(|age| age.is_finite()).map(|age| age.floor().clamp(-1000.0, 1000.0) as i32);
    let worked_out = told.born.map(|born| years_between(born, on));
    if let (Some(worked_out), Some(written)) = (worked_out, written)
        && (worked_out - written).abs() > 1
    {
        let what = format!("Child {id}: the age and the date of birth disagree by more than a year.");
        oddities.push(Oddity::warning(told.place.at(told.age_heading), what, "The age was worked out from the date of birth."));
    }
    let Some(years) = worked_out.or(written) else {
        let what = format!("Child {id} has neither a date of birth nor an age.");
        oddities.push(Oddity::warning(told.place.clone(), what, "The age stays unknown."));
        return None;
    };
    if worked_out.is_none() {
        let what = format!("Child {id} has no date of birth.");
        oddities.push(Oddity::note(told.place.clone(), what, "The age was taken from the age column."));
    }
    if years < 0 {
        let what = format!("Child {id} would be born after the day of the list: unborn, or a slip.");
        oddities.push(Oddity::warning(told.place.clone(), what, "The child stays in the frame; the age stays unknown."));
        return None;
    }
    if years > OLDEST {
        let what = format!("Child {id} would be older than {OLDEST}.");
        oddities.push(Oddity::warning(told.place.clone(), what, "The row stays in the frame; the age stays unknown."));
        return None;
    }
    u8::try_from(years).ok()
}
