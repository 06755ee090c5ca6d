//! Registers in words: the list of them, entries, who is behind (F16), and a year month by month (C07).

use super::context::Desk;
use super::list_plain::{Said, columns};
use super::{Done, Failure, Streams};
use crate::domain::count::counted;
use crate::domain::near::near_miss;
use crate::domain::query::{Answered, EntryRow, Query, RegisterDetail, RegisterRow, Viewer};
use crate::domain::register::Standing;
use crate::domain::register::all;

/// The register with a key, or the sentence that there is none and which there are.
pub(super) fn find(desk: &mut Desk, key: &str) -> Result<RegisterDetail, Failure> {
    let framework = desk.library.current(desk.store.reading())?;
    let known: Vec<String> = all(&framework).iter().map(|register| register.key.clone()).collect();
    if !known.iter().any(|known| known == key) {
        let near = near_miss(key, known.iter().map(String::as_str)).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
        return Err(Failure::Said(format!("There is no register \u{201c}{key}\u{201d}.{near} Known are {}.", known.join(", "))));
    }
    match desk.ask(&Query::Register(key.to_string()))? {
        Answered::Register(detail) => Ok(*detail),
        _ => Err(Failure::Said(format!("The register {key} could not be read."))),
    }
}

/// A year of a register, month by month.
pub(super) fn months(detail: &RegisterDetail, json: bool, streams: &mut Streams<'_>) -> Done {
    let collation = &detail.collation;
    let names: Vec<String> = collation.months.iter().map(|month| month.format("%Y-%m").to_string()).collect();
    if json {
        let rows: Vec<serde_json::Value> = collation
            .rows
            .iter()
            .map(|row| {
                let counts: serde_json::Map<String, serde_json::Value> =
                    names.iter().cloned().zip(row.counts.iter().map(|many| (*many).into())).collect();
                serde_json::json!({
                    "ref": detail.register.key, "field": row.field, "answer": row.answer, "months": counts, "total": row.total,
                })
            })
            .collect();
        return streams.json(&rows);
    }
    writeln!(streams.out, "{}, {}", detail.register.label, detail.year.label())?;
    let mut head = vec![(String::new(), 46)];
    head.extend(collation.months.iter().map(|month| (month.format("%b").to_string(), 3)));
    head.push(("Year".into(), 4));
    writeln!(streams.out, "{}", columns(&head))?;
    for row in &collation.rows {
        let label = if row.field.is_empty() { row.answer.clone() } else { format!("{}: {}", row.field, row.answer) };
        let mut cells = vec![(label, 46)];
        cells.extend(row.counts.iter().map(|many| (many.to_string(), 3)));
        cells.push((row.total.to_string(), 4));
        writeln!(streams.out, "{}", columns(&cells))?;
    }
    Ok(())
}

/// Who is behind with what a register expects.
pub(super) fn behind(detail: &RegisterDetail, json: bool, streams: &mut Streams<'_>) -> Done {
    let words = |standing: Standing| match standing {
        Standing::Behind(_) => "behind",
        Standing::OnTrack => "on track",
        Standing::Done => "done",
        Standing::OwnProgramme => "own programme",
        Standing::NotAsked => "not asked",
    };
    if json {
        let rows: Vec<serde_json::Value> = detail
            .standings
            .iter()
            .map(|row| {
                let by = if let Standing::Behind(by) = row.standing { by } else { 0 };
                serde_json::json!({
                    "ref": row.name, "role": row.role, "place": row.place, "entries": row.entries, "due": row.due,
                    "a_year": row.a_year, "standing": words(row.standing), "behind": by, "because": row.because,
                    "at_least_one": row.at_least_one.as_ref().map(|(label, has)| serde_json::json!({"of": label, "had": has})),
                })
            })
            .collect();
        return streams.json(&rows);
    }
    if detail.standings.is_empty() {
        writeln!(streams.err, "{} expects no entries of anybody.", detail.register.label)?;
    }
    for row in &detail.standings {
        let by = if let Standing::Behind(by) = row.standing { format!(" by {by}") } else { String::new() };
        let because = if row.because.is_empty() { String::new() } else { format!(" ({})", row.because) };
        let had = if row.a_year > 0 { format!("{} of {}", row.entries, row.a_year) } else { row.entries.to_string() };
        let cells = [(row.name.clone(), 26), (row.role.clone(), 6), (had, 6), (format!("{}{by}{because}", words(row.standing)), 0)];
        writeln!(streams.out, "{}", columns(&cells))?;
    }
    Ok(())
}

fn due_words(row: &RegisterRow) -> String {
    row.due.map_or_else(|| "as they come".to_string(), |due| format!("next due {}", due.format("%-d %b %Y")))
}

impl Said for RegisterRow {
    fn sentence(&self, _: &Viewer) -> String {
        let newest = self.newest.map(|day| format!(", the newest of {}", day.format("%-d %B %Y"))).unwrap_or_default();
        let behind = match self.behind {
            Some((by, of)) => format!(" {by} of {} behind.", counted(of, "person", "people")),
            None => String::new(),
        };
        format!(
            "{}, {}. {} this year{newest}; {}.{behind}",
            self.key,
            self.label,
            counted(self.entries, "entry", "entries"),
            due_words(self)
        )
    }

    fn cells(&self, _: &Viewer) -> Vec<(String, usize)> {
        let behind = self.behind.map(|(by, of)| format!("{by} of {of} behind")).unwrap_or_default();
        vec![(self.key.clone(), 26), (self.label.clone(), 44), (self.entries.to_string(), 5), (due_words(self), 20), (behind, 0)]
    }
}

impl Said for EntryRow {
    fn sentence(&self, _: &Viewer) -> String {
        let whose = if self.name.is_empty() { String::new() } else { format!(" {}.", self.name) };
        let place = if self.place.is_empty() { String::new() } else { format!(" {}.", self.place) };
        let noted: Vec<String> = self.values.iter().map(|(key, value)| format!("{key}: {}", value.replace('\n', " "))).collect();
        format!("{}, {}.{whose}{place} {}. Written by {}.", self.reference, self.on.format("%-d %B %Y"), noted.join("; "), self.by)
    }

    fn cells(&self, _: &Viewer) -> Vec<(String, usize)> {
        let noted: Vec<String> = self.values.values().map(|value| value.replace('\n', " ")).collect();
        vec![
            (self.reference.clone(), 7),
            (self.on.to_string(), 10),
            (self.name.clone(), 22),
            (self.place.clone(), 22),
            (noted.join("; "), 0),
        ]
    }
}
