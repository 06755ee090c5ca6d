//! `closeloop looks`: who looked at what, for the managers of the Insights team.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams};
use crate::domain::calendar::{local, midnight};
use crate::domain::count::counted;
use crate::domain::deed::{Deed, PrivacyDeed};
use crate::domain::look::{LooksDetail, LooksWanted};
use crate::domain::query::{Answered, Query};
use crate::store::{LookStore, hex, verify_looks};
use chrono::{Days, NaiveDate};
use clap::Args;

/// Show who looked at what: records, alerts, papers, reveals, searches by number; when, and why.
///
/// For the managers of the Insights team. What stands out is something to ask about, never a finding.
#[derive(Debug, Args)]
pub(super) struct LooksArgs {
    /// Of one person, by login.
    #[arg(long, value_name = "LOGIN")]
    person: Option<String>,
    /// At one case, by the reference of its review (CR-0412).
    #[arg(long, value_name = "REF", conflicts_with = "person")]
    case: Option<String>,
    /// On one day (2026-11-24); without it the newest.
    #[arg(long, value_name = "DAY")]
    day: Option<NaiveDate>,
    /// Only by those who had no tie to the case.
    #[arg(long)]
    no_tie: bool,
    /// Only what stands out: many cases in a short time, cases without a tie.
    #[arg(long)]
    odd: bool,
    /// Say what happened to the log where `verify` finds that it is not what it was: from here on it counts as it is.
    #[arg(long, value_name = "WHY", conflicts_with_all = ["person", "case", "day", "no_tie", "odd", "json"])]
    begun_anew: Option<String>,
    /// As one JSON array.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(context: &Context, args: &LooksArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    if let Some(why) = &args.begun_anew {
        return begin_anew(&mut desk, why, streams);
    }
    let review = match &args.case {
        Some(typed) => {
            let found = desk.store.reading().review_by_reference(&typed.trim().to_uppercase())?;
            Some(found.ok_or_else(|| Failure::Said(format!("There is no review {typed}. References look like CR-0412.")))?)
        }
        None => None,
    };
    if let Some(review) = review
        && !desk.may_see(review)?
    {
        return Err(Failure::Said(crate::domain::interest::WITHHELD.into()));
    }
    let wanted = LooksWanted {
        login: args.person.clone(),
        review,
        from: args.day.map(midnight),
        until: args.day.and_then(|day| day.checked_add_days(Days::new(1))).map(midnight),
        not_own: args.no_tie,
        ..LooksWanted::default()
    };
    let detail = read(&mut desk, wanted)?;
    match (args.odd, args.json) {
        (true, true) => streams.json(&detail.odd),
        (false, true) => streams.json(&detail.rows),
        (true, false) => odd(&detail, streams),
        (false, false) => rows(&detail, streams),
    }
}

fn begin_anew(desk: &mut Desk, why: &str, streams: &mut Streams<'_>) -> Done {
    if verify_looks(desk.store.path())?.is_empty() {
        return Err(Failure::Said("The log goes on from what was noted of it: there is nothing to say. Nothing was changed.".into()));
    }
    let (rows, hash) = LookStore::look_into(desk.store.path())?.map(|log| log.end()).transpose()?.unwrap_or_default();
    let receipt = desk.perform(Deed::Privacy(PrivacyDeed::BeginLooksAnew { rows, hash: hex(&hash), why: why.into() }))?;
    Ok(writeln!(streams.out, "{}.", receipt.said)?)
}

fn read(desk: &mut Desk, wanted: LooksWanted) -> Result<Box<LooksDetail>, Failure> {
    match desk.ask(&Query::Looks(wanted))? {
        Answered::Looks(detail) => Ok(detail),
        _ => Err(Failure::Said("The answer was to another question. Please report this.".into())),
    }
}

fn rows(detail: &LooksDetail, streams: &mut Streams<'_>) -> Done {
    for look in &detail.rows {
        let tie = if look.own { "" } else { "no tie, " };
        let when = local(look.at).format("%Y-%m-%d %H:%M");
        writeln!(streams.out, "{when}  {:<22}  {:<22}  {:<10}  {tie}{}", look.name, look.what.label(), look.about, look.why)?;
    }
    if detail.rows.is_empty() {
        writeln!(streams.err, "Nobody has looked.")?;
    }
    if detail.more {
        writeln!(streams.err, "These are the newest {}; --day names another day.", detail.rows.len())?;
    }
    odd(detail, streams)
}

/// What stands out, on the stream beside: it is about the rows, and none of them.
fn odd(detail: &LooksDetail, streams: &mut Streams<'_>) -> Done {
    for odd in &detail.odd {
        let when = local(odd.at).format("%-d %b %H:%M");
        writeln!(streams.err, "To ask about: {}, {}, from {when}.", odd.name, odd.what)?;
    }
    if detail.odd.is_empty() && !detail.rows.is_empty() {
        let of = counted(detail.rows.len(), "look", "looks");
        writeln!(streams.err, "Nothing stands out among {of}.")?;
    }
    Ok(())
}
