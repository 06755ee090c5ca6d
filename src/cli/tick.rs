//! `closeloop tick`.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams};
use crate::domain::calendar::{local, say_end, say_stamp};
use crate::domain::count::counted;
use crate::domain::deed::{Deed, PrivacyDeed};
use crate::domain::filter::Filter;
use crate::domain::outbox::Trouble;
use crate::domain::query::{Answered, From, Query, StripRow, StripStand, Window};
use crate::domain::strip::{CLOCK_BEHIND, clock_set_back};
use crate::runtime::anchor;
use crate::runtime::clerk::{sweep_after_erasing, why_unswept};
use crate::runtime::notes::{Kind, Note};
use crate::runtime::post::{Office, Round, send_due};
use crate::store::{LookStore, hex};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use clap::Args;
use std::time::Duration;

/// At most so many things that wait are named, each on a line of its own.
const AT_MOST: usize = 10;

/// Raise what is due and send what is queued; for cron or a systemd timer, as often as every minute.
///
/// Says as well what is over its time and still waits, for whom and since when; nothing where nothing does. Exit status 1 when a message could not be sent; it is tried again by itself,
/// and the alert says so.
#[derive(Debug, Args)]
pub(super) struct TickArgs {
    /// Try once more what failed for good, too: refused addresses and what was given up after 5 days.
    #[arg(long)]
    again: bool,
}

pub(super) fn run(context: &Context, args: &TickArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk_by_itself()?;
    // Before anything that can fail: whether it runs is another question than whether the mail goes.
    let noted = Kind::Ticked.write(desk.store.path(), &Note { at: desk.clock.now(), seq: 0, what: String::new() });
    if let Err(error) = noted {
        writeln!(streams.err, "That this ran could not be noted for closeloop doctor: {error}")?;
    }
    let set_back = clock_set_back(desk.clock.now(), desk.store.reading().latest_entry_at()?);
    if set_back {
        writeln!(streams.err, "{CLOCK_BEHIND}")?;
    } else if desk.store.reading().something_due(desk.clock.now())? {
        let receipt = desk.perform(Deed::RaiseDue)?;
        if receipt.written.first > 0 && !receipt.said.is_empty() {
            writeln!(streams.out, "{}.", receipt.said)?;
        }
    }
    if !set_back {
        note_looks(&mut desk)?;
    }
    still_waits(&mut desk, streams)?;
    let anchored = anchor(context, &desk, streams)?;
    let sent = post(context, &mut desk, args, streams);
    // Last, because it may take its time: nobody's alert waits for it.
    let swept = finish_erasing(&desk, set_back, streams);
    let done = sent.and(swept);
    if anchored { done } else { done.and(Err(Failure::Found)) }
}

/// Sends the head of the journal where the configuration says; says whether that could be done.
fn anchor(context: &Context, desk: &Desk, streams: &mut Streams<'_>) -> Result<bool, Failure> {
    let Some(to) = &context.config.host.anchor else { return Ok(true) };
    match anchor::send_if_due(&desk.store, to, desk.clock.now()) {
        Ok(_) => Ok(true),
        Err(error) => {
            // What has to go out goes out all the same; the unit that failed shows it.
            writeln!(streams.err, "{error}")?;
            Ok(false)
        }
    }
}

/// Sends what is queued.
fn post(context: &Context, desk: &mut Desk, args: &TickArgs, streams: &mut Streams<'_>) -> Done {
    let Some(settings) = &context.config.mail else {
        let waiting = desk.store.reading().letters_waiting()?;
        if waiting > 0 && !context.config.no_mail {
            let wait = counted(waiting, "e-mail waits", "e-mails wait");
            let how = "Add [mail] to the configuration, or send = false in it if people are telephoned instead.";
            writeln!(streams.err, "{wait}: e-mail is not set up. {how}")?;
        }
        return Ok(());
    };
    let made_up = desk.store.reading().setting("demo")?.is_some();
    let now = desk.clock.now();
    // Nobody's settings are at fault as long as there is nothing to send.
    if desk.store.reading().letters_to_send(now, again(args, now), 1)?.is_empty() {
        return later(desk, now, streams);
    }
    let office = Office::open(settings, made_up).map_err(Failure::Said)?;
    let round = send_due(&mut desk.store, &mut desk.library, &desk.actor, desk.clock, &office, again(args, now), &|| true);
    report(&round.map_err(|error| Failure::Said(error.to_string()))?, streams)
}

/// The journal notes how far the log of looks has come, at most so often: each note wakes the screens of everybody.
const LOOKS_NOTED_EVERY: Duration = Duration::from_secs(3600);

/// Notes in the journal how far the log of looks has come, so that cutting it short does not go unnoticed.
fn note_looks(desk: &mut Desk) -> Done {
    let Some(log) = LookStore::look_into(desk.store.path())? else { return Ok(()) };
    let (rows, hash) = log.end()?;
    let due = match desk.store.reading().looks_noted()? {
        Some((known, _, at)) => known < rows && at + LOOKS_NOTED_EVERY <= desk.clock.now(),
        None => rows > 0,
    };
    if due {
        desk.perform(Deed::Privacy(PrivacyDeed::NoteLooks { rows, hash: hex(&hash) }))?;
    }
    Ok(())
}

/// A file that is swept by day, whoever works: while a larger one is written anew, everybody's saves would wait too long.
const SWEPT_BY_DAY: u64 = 100_000_000;

/// A sweep that did not come out clean is tried again after so long, or once there is more to sweep: a file is not written anew each
/// minute for nothing.
const SWEPT_AGAIN: TimeDelta = TimeDelta::hours(1);

/// Sweeps the files after an erasure that was killed, or during which others had them in use. Not by a clock that was set back: it
/// would go into the journal, and says nothing about the time of day.
fn finish_erasing(desk: &Desk, set_back: bool, streams: &mut Streams<'_>) -> Done {
    let (path, now) = (desk.store.path(), desk.clock.now());
    let waiting = desk.store.reading().unswept_disposals()?;
    let Some(newest) = waiting.last().filter(|_| !set_back) else { return Ok(()) };
    let note = Note { at: now, seq: 0, what: format!("disposal {}", newest.id.0) };
    let soon = |tried: &Note| tried.what == note.what && (TimeDelta::zero()..SWEPT_AGAIN).contains(&(now - tried.at));
    if Kind::Unswept.read(path).as_ref().is_some_and(soon) {
        return Ok(());
    }
    let by_day = (6..20).contains(&local(now).hour());
    if by_day && std::fs::metadata(path).is_ok_and(|file| file.len() > SWEPT_BY_DAY) {
        return Ok(());
    }
    let swept = sweep_after_erasing(path, &desk.actor, now);
    if swept.as_ref().is_ok_and(|swept| swept.clean) {
        return Ok(writeln!(streams.out, "The files were swept: no byte of what was erased is left in them.")?);
    }
    if let Err(error) = Kind::Unswept.write(path, &note) {
        writeln!(streams.err, "That the files could not be swept could not be noted, so it is tried again each time: {error}")?;
    }
    if let Some(why) = why_unswept(&swept?) {
        writeln!(streams.err, "Disposal {} was carried out; {why}.", newest.id.0)?;
    }
    Ok(())
}

/// Says what is over its time and still waits, for whom, and since when: raising it once does not mean that somebody did it.
fn still_waits(desk: &mut Desk, streams: &mut Streams<'_>) -> Done {
    let viewer = desk.clock.viewer(None);
    let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: AT_MOST + 1 };
    let Answered::Alerts(page) = desk.ask(&Query::Alerts(window))? else { return Ok(()) };
    // The most pressing come first.
    let waits = |row: &&StripRow| row.next_due_at.is_some_and(|at| at <= viewer.now) || row.stand == StripStand::Lapsed;
    let rows: Vec<&StripRow> = page.rows.iter().filter(waits).collect();
    for row in rows.iter().take(AT_MOST) {
        let since = row.next_due_at.filter(|at| *at <= viewer.now).unwrap_or(row.opened_at);
        let whom = if row.untold.is_empty() { String::new() } else { format!(" ({})", row.untold.join(", ")) };
        writeln!(streams.out, "{} waits since {}: {}{whom}, by {}.", row.reference, say_end(since), row.next, row.by)?;
    }
    if rows.len() > AT_MOST {
        writeln!(streams.out, "More wait: closeloop list alerts shows them all.")?;
    }
    Ok(())
}

/// Says of messages which nobody can hand over now when that is tried again, or that an address is missing.
fn later(desk: &Desk, now: DateTime<Utc>, streams: &mut Streams<'_>) -> Done {
    let waiting = desk.store.reading().letters_waiting()?;
    if waiting == 0 {
        return Ok(());
    }
    let wait = counted(waiting, "e-mail waits", "e-mails wait");
    match desk.store.reading().next_letter_at()?.filter(|at| *at > now) {
        Some(at) => writeln!(streams.out, "{wait}; the next try is {}.", say_stamp(at))?,
        None => writeln!(streams.out, "{wait} for an address in the list of people.")?,
    }
    Ok(())
}

fn again(args: &TickArgs, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    args.again.then_some(now)
}

/// Says what came of it: a line for what was sent, and one for each message that was not.
fn report(round: &Round, streams: &mut Streams<'_>) -> Done {
    if round.sent > 0 {
        writeln!(streams.out, "{} sent.", counted(round.sent, "e-mail", "e-mails"))?;
    }
    for (reference, trouble) in &round.not_sent {
        writeln!(streams.err, "An e-mail about {reference} could not be sent: {}", sentence(trouble))?;
    }
    if round.put_off > 0 {
        writeln!(streams.err, "{} for the same reason.", counted(round.put_off, "more e-mail waits", "more e-mails wait"))?;
    }
    if round.not_sent.is_empty() { Ok(()) } else { Err(Failure::Found) }
}

fn sentence(trouble: &Trouble) -> String {
    format!("{}. {}", trouble.because(), trouble.kind.remedy())
}
