//! What runs by itself: when the database was last backed up, when `tick` last ran, and when the head of the journal last went elsewhere.

use super::{Findings, Patient, ago, database};
use crate::config::{Anchor, Config};
use crate::runtime::anchor::{place_of, word};
use crate::runtime::notes::Kind;
use chrono::{DateTime, TimeDelta, Utc};
use std::io::ErrorKind;
use std::path::Path;

/// A backup is due every quarter of an hour (RPO of `reliability.md` §4.10); this is late, and this is as good as none.
const LATE: TimeDelta = TimeDelta::hours(1);
const TOO_LATE: TimeDelta = TimeDelta::hours(24);

/// `tick` is due every minute: alert clocks of hours hang on it.
const TICK_LATE: TimeDelta = TimeDelta::minutes(10);

/// An anchor goes every 5 minutes in which anything was written; twice that is late.
const ANCHOR_LATE: TimeDelta = TimeDelta::minutes(10);

/// Looks them over.
pub fn look_over(found: &mut Findings, patient: &Patient<'_>, now: DateTime<Utc>) {
    backup(found, patient, now);
    tick(found, patient, now);
    anchor(found, patient, now);
}

/// What to do about something that a timer of the README should have done.
fn see(patient: &Patient<'_>, unit: &str, command: &str, how_often: &str) -> String {
    match has_unit(patient.root, &format!("{unit}.timer")) {
        true => format!("systemctl status {unit}.service {unit}.timer says why; journalctl -u {unit} has what it said."),
        false => format!("Let {command} run {how_often}, on a timer; the README has it."),
    }
}

/// Whether the README's unit of that name is on this machine.
fn has_unit(root: &Path, unit: &str) -> bool {
    ["etc/systemd/system", "usr/lib/systemd/system"].iter().any(|folder| root.join(folder).join(unit).exists())
}

fn backup(found: &mut Findings, patient: &Patient<'_>, now: DateTime<Utc>) {
    let how = || see(patient, "closeloop-backup", "closeloop backup", "every quarter of an hour");
    let Some(note) = Kind::BackedUp.read(patient.db) else {
        return found.mend("backup", "No backup of this database is known.", how());
    };
    let said = format!("The last one was made {} into {} (journal row {}).", ago(now - note.at), note.what, note.seq);
    match now - note.at {
        age if age > TOO_LATE => found.mend("backup", said, how()),
        age if age > LATE => found.look("backup", said, how()),
        _ if !Path::new(&note.what).exists() => {
            found.look("backup", said, "It is there no more, or not to be seen from here: see that it went to another machine.")
        }
        _ => found.ok("backup", said),
    }
}

/// Whether `tick` runs: on a quiet weekend nothing else would say so.
fn tick(found: &mut Findings, patient: &Patient<'_>, now: DateTime<Utc>) {
    let how = || see(patient, "closeloop-tick", "closeloop tick", "every minute");
    let lost = "until then nothing is raised as overdue while nobody is in, and no e-mail is tried again";
    match Kind::Ticked.read(patient.db) {
        None => found.look("tick", format!("closeloop tick has not run here yet: {lost}."), how()),
        Some(note) if now - note.at > TICK_LATE => {
            found.mend("tick", format!("closeloop tick last ran {}: {lost}.", ago(now - note.at)), how())
        }
        Some(note) => found.ok("tick", format!("closeloop tick last ran {}.", ago(now - note.at))),
    }
}

fn anchor(found: &mut Findings, patient: &Patient<'_>, now: DateTime<Utc>) {
    let Ok(Config { host, .. }) = patient.config else { return };
    let Some(to) = &host.anchor else {
        let said = "The head of the journal is kept nowhere else: a journal that was cut off or written anew would not show.";
        return found.look("anchor", said, "Set anchor = \"syslog\" or a file in [host], and let closeloop tick run every minute.");
    };
    let told = |place: &str| if place == "syslog" { "this machine\u{2019}s log".to_string() } else { place.to_string() };
    let here = told(&word(to));
    let how = || see(patient, "closeloop-tick", "closeloop tick with this configuration", "every minute");
    if let Anchor::File(path) = to {
        let is_file = std::fs::metadata(path).map(|meta| meta.is_file());
        match is_file.map_err(|error| (error.kind(), error)) {
            Ok(true) => {}
            Ok(false) | Err((ErrorKind::NotFound | ErrorKind::NotADirectory, _)) => {
                let said = format!("There is no file {here}: the head of the journal is kept nowhere else.");
                return found.mend(
                    "anchor",
                    said,
                    format!("Make its folder, and let the user who runs closeloop tick add to it. {}", how()),
                );
            }
            // It may be there all the same; when something last went to it is known from the note.
            Err((_, error)) => found.look("anchor", format!("{here} cannot be looked at: {error}."), "Run doctor as the administrator."),
        }
    }
    let Some(note) = Kind::Anchored.read(patient.db) else {
        return found.mend("anchor", format!("Nothing has been sent to {here} yet."), how());
    };
    let when = ago(now - note.at);
    // None was noted by a closeloop that did not say where to.
    if let Some(place) = place_of(&note.what)
        && place != word(to)
    {
        let said = format!("Nothing has been sent to {here} yet; the last went to {} {when} (journal row {}).", told(place), note.seq);
        return found.mend("anchor", said, how());
    }
    let said = format!("The last went to {here} {when} (journal row {}).", note.seq);
    // The note is read after the database was looked at, and a quiet night sends nothing.
    match database::length(patient.db) {
        Some(rows) if rows < note.seq => found.mend(
            "anchor",
            format!("{said} The journal ends at row {rows}: its end was cut off, or an older copy was restored."),
            "closeloop verify --anchor FILE says more. After a restore that was meant, keep the old anchors and let closeloop tick send a new one.",
        ),
        Some(rows) if rows > note.seq && now - note.at > ANCHOR_LATE => {
            found.mend("anchor", format!("{said} The journal is at row {rows}."), how())
        }
        _ => found.ok("anchor", said),
    }
}
