//! Deeds about registers: noting an entry, putting it right, taking it back.

use super::{Asked, Desk, line, paragraphs, refuse};
use crate::domain::change::{Change, Swap};
use crate::domain::framework::FieldKind;
use crate::domain::id::{EntryId, reference};
use crate::domain::register::{self, Entry, EntryWanted};
use crate::store::{Numbered, StoreResult};
use std::collections::BTreeSet;

impl Desk<'_, '_> {
    pub(super) fn record_entry(&mut self, wanted: EntryWanted) -> Asked {
        let id = EntryId(self.tx.next(Numbered::Entry)?);
        let (entry, label) = self.entry_of(id, wanted, self.actor.name.clone())?;
        let said = format!("{label}: noted for {}", entry.on.format("%-d %B"));
        Ok((vec![Change::EntryRecorded(Swap::new(entry))], said))
    }

    pub(super) fn correct_entry(&mut self, id: EntryId, seen: i64, wanted: EntryWanted) -> Asked {
        let before = self.entry_as_seen(id, seen)?;
        if before.register != wanted.register {
            return Err(refuse("An entry stays in its register.", "Take it back and note it in the other one."));
        }
        let (after, label) = self.entry_of(id, wanted, before.by.clone())?;
        if after == before {
            return Ok((Vec::new(), "Nothing was changed".into()));
        }
        let said = format!("{label}: {} put right", reference("E", id.0));
        Ok((vec![Change::EntryRecorded(Swap { before: Some(before), after: Some(after) })], said))
    }

    pub(super) fn take_back_entry(&mut self, id: EntryId, seen: i64) -> Asked {
        let before = self.entry_as_seen(id, seen)?;
        let after = Entry { taken_back: true, ..before.clone() };
        let said = format!("{} taken back", reference("E", id.0));
        Ok((vec![Change::EntryRecorded(Swap { before: Some(before), after: Some(after) })], said))
    }

    /// The entry that is wanted, checked by its rule, with the register's label.
    fn entry_of(&mut self, id: EntryId, wanted: EntryWanted, by: String) -> StoreResult<(Entry, String)> {
        let reading = self.tx.reading();
        let framework = self.library.current(reading)?;
        let Some(kept) = register::find(&framework, &wanted.register) else {
            let known: Vec<String> = register::all(&framework).iter().map(|register| register.key.clone()).collect();
            let what = format!("There is no register \u{201c}{}\u{201d} in this framework.", line(&wanted.register));
            return Err(refuse(what, format!("Known are: {}.", known.join(", "))));
        };
        let person = match wanted.person {
            None => None,
            Some(id) => match reading.person(id)? {
                None => return Err(refuse("There is no such person.", "Import them with `closeloop import people FILE`.")),
                found => found,
            },
        };
        let values = wanted.values.iter().filter(|(_, value)| !value.trim().is_empty()).map(|(key, value)| {
            let long = kept.fields.iter().any(|field| field.key == *key && field.kind == FieldKind::Text);
            (key.clone(), if long { paragraphs(value) } else { line(value.trim()) })
        });
        let wanted = EntryWanted { values: values.collect(), place: line(wanted.place.trim()), ..wanted };
        register::check(&kept, &wanted, person.as_ref(), self.today)?;
        if register::looks_at_cycles(&kept) {
            let known: Vec<String> = reading.cycles()?.into_iter().map(|(cycle, _)| cycle.reference).collect();
            register::check_cycles(&kept, &wanted.values, &known)?;
        }
        let place = match &person {
            Some(person) if wanted.place.is_empty() => {
                let team = reading.teams()?.into_iter().find(|team| Some(team.id) == person.team);
                team.map_or_else(|| person.service.clone(), |team| team.name)
            }
            _ => self.known_place(&wanted.place)?,
        };
        let words = register::words(&kept, &wanted.values);
        let entry = Entry {
            id,
            register: wanted.register,
            on: wanted.on,
            person: wanted.person,
            place,
            values: wanted.values,
            words,
            by,
            taken_back: false,
        };
        Ok((entry, kept.label.clone()))
    }

    /// The team or service that is meant by what was typed. A team and a service of one name are one place.
    fn known_place(&self, typed: &str) -> StoreResult<String> {
        let teams = self.reading().teams()?.into_iter().map(|team| team.name);
        let known: BTreeSet<String> = teams.chain(self.reading().services()?).collect();
        Ok(register::place_meant(&known.into_iter().collect::<Vec<_>>(), typed).to_string())
    }

    fn entry_as_seen(&self, id: EntryId, seen: i64) -> StoreResult<Entry> {
        let Some((entry, revision)) = self.reading().entry(id)?.filter(|(entry, _)| !entry.taken_back) else {
            return Err(refuse("There is no such entry any more.", "Look in its register."));
        };
        if revision != seen {
            return Err(self.stale(&reference("E", id.0), revision)?);
        }
        Ok(entry)
    }
}
