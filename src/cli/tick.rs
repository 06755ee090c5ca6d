//! `closeloop tick`.

use super::context::Context;
use super::{Done, Failure, Streams};
use crate::domain::count::counted;
use crate::domain::deed::Deed;
use crate::domain::outbox::Trouble;
use crate::domain::strip::{CLOCK_BEHIND, clock_set_back};
use crate::runtime::post::{Office, Round, send_due};
use chrono::{DateTime, Utc};
use clap::Args;

/// Raise what is due and send what is queued; for cron or a systemd timer, as often as every minute.
///
/// Says nothing where there was nothing to do. Exit status 1 when a message could not be sent; it is tried again by itself,
/// and the alert says so.
#[derive(Debug, Args)]
pub(super) struct TickArgs {
    /// Try once more what failed for good, too: refused addresses and what was given up after 5 days.
    #[arg(long)]
    again: bool,
}

pub(super) fn run(context: &Context, args: &TickArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk_by_itself()?;
    if clock_set_back(desk.clock.now(), desk.store.reading().last_entry_at()?) {
        writeln!(streams.err, "{CLOCK_BEHIND}")?;
    } else if desk.store.reading().something_due(desk.clock.now())? {
        let receipt = desk.perform(Deed::RaiseDue)?;
        if receipt.written.first > 0 {
            writeln!(streams.out, "{}.", receipt.said)?;
        }
    }
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
        return Ok(());
    }
    let office = Office::open(settings, made_up).map_err(Failure::Said)?;
    let round = send_due(&mut desk.store, &mut desk.library, &desk.actor, desk.clock, &office, again(args, now), &|| true);
    report(&round.map_err(|error| Failure::Said(error.to_string()))?, streams)
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
