//! `closeloop dispose`: what has come up to be decided about, what is held, and erasing what two people have decided to erase.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams};
use crate::domain::calendar::local;
use crate::domain::count::counted;
use crate::domain::deed::{Deed, PrivacyDeed};
use crate::domain::id::{DisposalId, ReviewId};
use crate::domain::interest::WITHHELD;
use crate::domain::query::{Answered, DisposalsWanted, Query};
use crate::domain::retention::{Disposal, may_decide};
use crate::runtime::answers::answer;
use crate::runtime::clerk::{dispose, sweep_after_erasing, why_unswept};
use crate::store::Swept;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// Decide about records whose time has come: hold them, or erase them once two people have said so.
///
/// For the managers of the Insights team. Nothing goes by itself: the day only brings a record onto the list.
#[derive(Debug, Args)]
pub(super) struct DisposeArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What has come up, the oldest first, and every disposal with where it stands.
    List {
        /// What will have come up by this day (2033-11-24).
        #[arg(long, value_name = "DAY")]
        by: Option<NaiveDate>,
        /// As one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Keep a record whatever its age: an inquiry, a court, a complaint.
    Hold {
        /// Its reference (CR-0412).
        #[arg(value_name = "REF")]
        reference: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Hold a record no longer.
    Release {
        /// Its reference.
        #[arg(value_name = "REF")]
        reference: String,
        /// Why it need not be kept any more.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Ask for the erasure of records; it waits for a second person.
    Ask {
        /// Their references.
        #[arg(value_name = "REF", required = true)]
        references: Vec<String>,
        /// Why, and on what authority.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Approve a disposal that somebody else asked for.
    Approve {
        /// Its number.
        #[arg(value_name = "N")]
        number: i64,
    },
    /// Refuse a disposal that somebody else asked for.
    Refuse {
        /// Its number.
        #[arg(value_name = "N")]
        number: i64,
        /// Why the records are kept.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Erase the records of an approved disposal, for good.
    Run {
        /// Its number.
        #[arg(value_name = "N")]
        number: i64,
        /// Yes, for good: nothing brings them back.
        #[arg(long)]
        for_good: bool,
    },
    /// Sweep the files again, after an erasure during which others were at work.
    Sweep,
}

/// Records that are listed at most.
const AT_MOST: u32 = 500;

pub(super) fn run(context: &Context, args: &DisposeArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    may_decide(&*desk.framework()?, desk.actor.person.map(|_| desk.actor.role.as_str()))?;
    let deed = match &args.what {
        What::List { by, json } => return list(&mut desk, *by, *json, streams),
        What::Hold { reference, why } => PrivacyDeed::Hold { reviews: vec![review(&mut desk, reference)?], why: why.clone() },
        What::Release { reference, why } => PrivacyDeed::Release { review: review(&mut desk, reference)?, why: why.clone() },
        What::Ask { references, why } => {
            let reviews = references.iter().map(|reference| review(&mut desk, reference)).collect::<Result<Vec<_>, _>>()?;
            PrivacyDeed::AskDisposal { reviews, why: why.clone() }
        }
        What::Approve { number } => PrivacyDeed::SettleDisposal { disposal: DisposalId(*number), refused: None },
        What::Refuse { number, why } => PrivacyDeed::SettleDisposal { disposal: DisposalId(*number), refused: Some(why.clone()) },
        What::Run { number, for_good } => return erase(&mut desk, DisposalId(*number), *for_good, streams),
        What::Sweep => {
            let swept = sweep_after_erasing(&context.db, &desk.actor, desk.clock.now())?;
            return say_swept(&swept, streams);
        }
    };
    let receipt = desk.perform(Deed::Privacy(deed))?;
    Ok(writeln!(streams.out, "{}.", receipt.said)?)
}

fn review(desk: &mut Desk, typed: &str) -> Result<ReviewId, Failure> {
    let found = desk.store.reading().review_by_reference(&typed.trim().to_uppercase())?;
    let review = found.ok_or_else(|| Failure::Said(format!("There is no review {typed}. References look like CR-0412.")))?;
    if desk.may_see(review)? { Ok(review) } else { Err(Failure::Said(WITHHELD.into())) }
}

fn list(desk: &mut Desk, by: Option<NaiveDate>, as_json: bool, streams: &mut Streams<'_>) -> Done {
    let viewer = desk.viewer()?;
    let wanted = Query::Disposals(DisposalsWanted { by, at_most: AT_MOST });
    let Answered::Disposals(found) = answer(&desk.store, &mut desk.library, &wanted, &viewer)? else { return Ok(()) };
    if as_json {
        let due: Vec<Value> = found
            .due
            .iter()
            .map(|row| json!({ "ref": row.reference, "class": row.class, "up": row.up, "held": row.hold.is_some() }))
            .collect();
        let disposals: Vec<Value> = found.asked.iter().map(|row| &row.disposal).map(|one| json!({ "ref": one.id.0, "stand": one.stand, "reviews": one.reviews.len(), "why": one.why, "asked_by": one.asked_by, "settled_by": one.settled_by })).collect();
        return streams.json(&json!({ "due": due, "disposals": disposals }));
    }
    for row in &found.due {
        let held = if row.hold.is_some() { "  held" } else { "" };
        writeln!(streams.out, "{:<9} {}, up since {}{held}", row.reference, row.class, row.up.format("%-d %B %Y"))?;
    }
    for row in &found.asked {
        writeln!(streams.out, "{}", said(&row.disposal))?;
    }
    if found.due.is_empty() {
        let none = if found.sets_time { "No record has come up." } else { "The framework says of no record how long it is kept." };
        writeln!(streams.err, "{none}")?;
    }
    if found.more {
        writeln!(streams.err, "These are the oldest {AT_MOST}.")?;
    }
    Ok(())
}

fn said(one: &Disposal) -> String {
    let of = counted(one.reviews.len(), "review", "reviews");
    let when = local(one.asked_at).format("%-d %B %Y");
    let by = if one.settled_by.is_empty() { String::new() } else { format!(", settled by {}", one.settled_by) };
    let stand = if one.unswept { "done, the files still to be swept" } else { one.stand.label() };
    format!("Disposal {}: {of}, {stand}; asked by {} on {when}{by}. {}", one.id.0, one.asked_by, one.why)
}

fn erase(desk: &mut Desk, id: DisposalId, for_good: bool, streams: &mut Streams<'_>) -> Done {
    if !for_good {
        return Err(Failure::Usage("Erased records never come back. Add --for-good to the command if that is meant.".into()));
    }
    let (path, now) = (desk.store.path().to_path_buf(), desk.clock.now());
    let done = dispose(&path, &mut desk.library, &desk.actor, now, id)?;
    writeln!(streams.out, "Erased: {} ({} of the journal).", done.references.join(", "), counted(done.rows, "detail", "details"))?;
    writeln!(streams.err, "Backups that were made before still hold them: let them run out, and keep none of them longer than you must.")?;
    say_swept(&done.swept, streams)
}

fn say_swept(swept: &Swept, streams: &mut Streams<'_>) -> Done {
    let Some(why) = why_unswept(swept) else {
        return Ok(writeln!(streams.out, "No byte of what was erased is left in the files of this database.")?);
    };
    writeln!(streams.err, "Not clean yet: {why}.")?;
    Err(Failure::Found)
}
