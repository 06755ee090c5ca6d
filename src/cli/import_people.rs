//! `closeloop import people`, `closeloop import indicators` and `closeloop import holidays`.

use super::context::Desk;
use super::import::{FileArgs, finish, imported, odd, summary};
use super::{Done, Streams};
use crate::domain::count::counted;
use crate::domain::deed::{Deed, InsightDeed};
use crate::domain::intake::Oddity;
use crate::intake;
use crate::runtime::clerk;

pub(super) fn people(mut desk: Desk, args: &FileArgs, streams: &mut Streams<'_>) -> Done {
    let framework = desk.library.current(desk.store.reading())?;
    let file = intake::people::read(&args.file, &framework.roles)?;
    writeln!(
        streams.out,
        "{}: {}, {} left out.",
        counted(file.rows_read, "row", "rows"),
        counted(file.rows.len(), "person", "people"),
        file.left_out
    )?;
    let reconciled = desk.store.write(|tx| clerk::people_changes(tx, &file.rows))?;
    summary(&reconciled.summary(), streams)?;
    let oddities: Vec<Oddity> = file.oddities.iter().chain(&reconciled.oddities).cloned().collect();
    odd(&oddities, streams)?;
    let deed = Deed::ImportPeople { rows: file.rows, file: imported(&args.file, oddities.len())? };
    finish(&mut desk, args.dry_run, deed, streams)
}

pub(super) fn holidays(mut desk: Desk, args: &FileArgs, streams: &mut Streams<'_>) -> Done {
    let days = intake::holidays::read(&args.file)?;
    if let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) {
        writeln!(
            streams.out,
            "{}, from {} to {}.",
            counted(days.len(), "bank holiday", "bank holidays"),
            first.format("%-d %B %Y"),
            last.format("%-d %B %Y")
        )?;
    }
    let known = desk.store.reading().holidays()?;
    let new = days.iter().filter(|day| !known.contains(day)).count();
    let gone = known.iter().filter(|day| !days.contains(day)).count();
    summary(&[("new or renamed", new), ("no longer listed", gone)], streams)?;
    let deed = Deed::ImportHolidays { days, file: imported(&args.file, 0)? };
    finish(&mut desk, args.dry_run, deed, streams)
}

/// Indicators by period; a framework's own words for one are as good as its key. M27.
pub(super) fn indicators(mut desk: Desk, args: &FileArgs, streams: &mut Streams<'_>) -> Done {
    let framework = desk.library.current(desk.store.reading())?;
    let mut rows = intake::indicators::read(&args.file)?;
    for row in &mut rows {
        let known = framework.indicators.iter().find(|known| known.key == row.key || known.label.eq_ignore_ascii_case(&row.key));
        if let Some(known) = known {
            row.key.clone_from(&known.key);
        }
    }
    writeln!(streams.out, "{}.", counted(rows.len(), "value", "values"))?;
    let deed = Deed::Insight(InsightDeed::ImportIndicators { rows, file: imported(&args.file, 0)? });
    finish(&mut desk, args.dry_run, deed, streams)
}
