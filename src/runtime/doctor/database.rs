//! What the open database says: that it opens, its clock, its calendar, its people, its mail.

use super::keys::Keys;
use super::{Findings, Patient, ago, people};
use crate::domain::calendar::{local_date, say_stamp};
use crate::domain::count::counted;
use crate::domain::query::Viewer;
use crate::domain::strip::clock_set_back;
use crate::runtime::answers::disposals::days_up;
use crate::runtime::identity::SERVICE_ACCOUNT;
use crate::runtime::library::Library;
use crate::store::{LookStore, Store, StoreResult, verify_looks};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;

/// The table of holidays should reach so much further than today: deadlines of months are counted on it.
const AHEAD: TimeDelta = TimeDelta::days(183);

/// A message that has waited so long is waited for in vain.
const MAIL_WAITS: TimeDelta = TimeDelta::hours(2);

/// Where a time service says that it has set the clock.
const TIME_SERVICES: [&str; 4] = ["/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid", "/run/chronyd.pid", "/run/ntpd.pid"];

/// Asks it what was opened, or says why it does not open.
pub fn look_over(found: &mut Findings, patient: &Patient<'_>, opened: StoreResult<Store>, keys: Option<&Keys>, now: DateTime<Utc>) {
    let asked = opened.and_then(|store| {
        ask(found, &store, now)?;
        let made_up = store.reading().setting("demo")?.is_some();
        people::look_over(found, &store, keys, made_up, now)?;
        match &patient.config {
            Ok(config) if !made_up && config.mail.is_some() => mail(found, &store, now),
            _ => Ok(()),
        }
    });
    if let Err(error) = asked {
        found.mend("database", error.to_string(), "Mend that first; closeloop verify says whether the data are whole.");
    }
}

/// What has to be known of it before anything else is looked over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The account under which all sessions run, where there is one.
    pub service: Option<String>,
    /// It is a demo: nobody logs in to it from elsewhere.
    pub made_up: bool,
}

/// Asks it; nothing is known of one that does not answer.
pub fn known(store: &Store) -> Known {
    let reading = store.reading();
    let setting = |name: &str| reading.setting(name).ok().flatten();
    Known { service: setting(SERVICE_ACCOUNT), made_up: setting("demo").is_some() }
}

/// How many rows its journal has; none where it cannot be read.
pub fn length(db: &Path) -> Option<i64> {
    Store::open(db).ok()?.reading().tail().ok().map(|tail| tail.seq)
}

fn ask(found: &mut Findings, store: &Store, now: DateTime<Utc>) -> StoreResult<()> {
    let reading = store.reading();
    let made_up = reading.setting("demo")?.is_some();
    let rows = reading.journal_length()?;
    let last = reading.latest_entry_at()?;
    let when = last.map(|at| format!(", the last {}", ago(now - at))).unwrap_or_default();
    match made_up {
        true => {
            found.look("database", "It is a made-up council: everybody may work as anybody in it.", "Use closeloop init for a real one.")
        }
        false => found.ok("database", format!("It opens; {}{when}.", counted(rows, "journal row", "journal rows"))),
    }
    if store.look_only() {
        found.look("database", "This user may look at it and not write.", "Run doctor as the user who works in it.");
    }
    clock(found, last, now);
    looks(found, store)?;
    calendar(found, store, now)?;
    records(found, store, now)
}

/// Records whose time has come, and disposals that wait for somebody: nobody else says so where nobody looks.
fn records(found: &mut Findings, store: &Store, now: DateTime<Utc>) -> StoreResult<()> {
    let (reading, today) = (store.reading(), local_date(now));
    if reading.setting("framework")?.is_none() {
        return Ok(());
    }
    let unswept = reading.unswept_disposals()?;
    if let Some(first) = unswept.first() {
        let said =
            format!("Disposal {} was carried out, and bytes of its records may still lie in the files: they were not swept.", first.id.0);
        found.mend(
            "erasing",
            said,
            "closeloop tick sweeps them, a large file at night; or closeloop dispose sweep when nobody is at work.",
        );
    }
    let framework = Library::default().current(reading)?;
    let Some(days) = days_up(reading, &framework, AT_MOST, &Viewer::of(None, now, today))? else { return Ok(()) };
    let due = days.len();
    let waiting = reading.open_disposals()?.len();
    if due + waiting > 0 {
        let said = format!(
            "{} come up to be decided about, {} for somebody.",
            counted(due, "record has", "records have"),
            counted(waiting, "disposal waits", "disposals wait")
        );
        found.look("records", said, "A manager of the Insights team decides: the key T in closeloop, or closeloop dispose list.");
    }
    Ok(())
}

/// Records that are counted at most.
const AT_MOST: u32 = 10_000;

/// Whether what is queued goes out.
fn mail(found: &mut Findings, store: &Store, now: DateTime<Utc>) -> StoreResult<()> {
    let waiting = store.reading().letters_waiting()?;
    match store.reading().next_letter_at()? {
        Some(at) if waiting > 0 && now - at > MAIL_WAITS => {
            let said = format!("{} since {}.", counted(waiting, "message waits", "messages wait"), say_stamp(at));
            found.mend("mail", said, "See that closeloop tick runs every minute; closeloop doctor --mail tries the server.");
        }
        _ => {}
    }
    Ok(())
}

/// The log of who looked at what: all that the journal noted of it has to be there, and be what it was.
fn looks(found: &mut Findings, store: &Store) -> StoreResult<()> {
    let problems = verify_looks(store.path())?;
    if problems.is_empty() {
        let rows = LookStore::look_into(store.path())?.map_or(Ok(0), |log| log.end().map(|(rows, _)| rows))?;
        found.ok("looks", format!("The log of who looked at what holds {}, each of them as it was written.", counted(rows, "row", "rows")));
    }
    for problem in problems {
        let remedy = "Look for it in the backups, and tell whoever reads it; they say so with closeloop looks --begun-anew WHY.";
        found.mend("looks", problem, remedy);
    }
    Ok(())
}

/// The clock: against what was written last, and whether anything sets it.
fn clock(found: &mut Findings, last: Option<DateTime<Utc>>, now: DateTime<Utc>) {
    if clock_set_back(now, last) {
        let said = "The clock is behind the last thing that was written: nothing is raised as overdue until it is right.";
        return found.mend("clock", said, "Set it, and let a time service keep it (timedatectl set-ntp true).");
    }
    match TIME_SERVICES.iter().find(|path| Path::new(path).exists()) {
        Some(path) => found.ok("clock", format!("It is kept by a time service ({path}) and ahead of the journal.")),
        None => found.look(
            "clock",
            "No time service that is known here keeps it.",
            "timedatectl says whether one does; deadlines of hours hang on it.",
        ),
    }
}

/// How far the table of holidays reaches.
fn calendar(found: &mut Findings, store: &Store, now: DateTime<Utc>) -> StoreResult<()> {
    let calendar = Library::default().calendar(store.reading())?;
    let how = "closeloop import holidays FILE, with the file of bank holidays from GOV.UK.";
    match calendar.covers() {
        None => found.mend("calendar", "There is no table of bank holidays: no working day can be counted.", how),
        Some((_, last)) => {
            let said = format!("Bank holidays are known until {}.", last.format("%-d %B %Y"));
            match last - now.date_naive() {
                left if left < TimeDelta::zero() => found.mend("calendar", said, how),
                left if left < AHEAD => found.look("calendar", said, how),
                _ => found.ok("calendar", said),
            }
        }
    }
    Ok(())
}
