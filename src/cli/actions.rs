//! `closeloop actions`: the tracker on paper, in a calendar, and what it came to.

use super::context::{Context, Desk};
use super::outfile::{self, Format, OutArgs};
use super::{Done, Failure, Streams};
use crate::domain::action::EffectRow;
use crate::domain::filter::Filter;
use crate::domain::query::{ActionRow, Answered, From, ListRow, Query, Window};
use crate::report::actions as papers;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// The tracker of actions on paper and in a calendar, and what lasted of what was done.
#[derive(Debug, Args)]
pub(super) struct ActionsArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A list for a meeting: late ones first, then what is to be signed off, then by day.
    Print {
        /// Only what matches, as typed after `/` in the workstation (`owner:carter late`).
        #[arg(long, value_name = "EXPR", default_value = "")]
        filter: String,
        /// In which form; by default by the name of the file, else in plain lines.
        #[arg(long, value_name = "FORM")]
        format: Option<Format>,
        #[command(flatten)]
        to: OutArgs,
    },
    /// The due days as a calendar file (.ics).
    Calendar {
        /// Only what matches, as typed after `/` in the workstation (`mine`, `owner:carter`).
        #[arg(long, value_name = "EXPR", default_value = "")]
        filter: String,
        #[command(flatten)]
        to: OutArgs,
    },
    /// The effect ledger: of what was looked at again months later, what had lasted, by kind of action and theme by theme.
    Effects {
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
}

/// What the part of the themes leaves out.
const BY_THEME: &str = " (actions of no review count under all actions alone; one of several themes counts for each)";

/// Rows read at once.
const PAGE: usize = 500;

pub(super) fn run(context: &Context, args: &ActionsArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    match &args.what {
        What::Print { filter, format, to } => {
            to.takes(*format, context)?;
            let rows = rows(&mut desk, filter)?;
            desk.hands_out("list of actions")?;
            let council = desk.store.reading().setting("council")?.unwrap_or_default();
            let paper = papers::list(&council, &rows, filter, desk.clock.viewer(None).today);
            outfile::paper(context, &paper, *format, to, streams)?;
        }
        What::Calendar { filter, to } => {
            to.is_free(context)?;
            let rows = rows(&mut desk, filter)?;
            desk.hands_out("calendar of actions")?;
            let framework = desk.framework()?.id.clone();
            let text = papers::calendar(&rows, &framework, desk.clock.now());
            outfile::text(context, &text, to, streams)?;
        }
        What::Effects { json } => effects(&mut desk, *json, streams)?,
    }
    desk.say_withheld(streams)
}

/// Every action that matches, in the tracker's order.
fn rows(desk: &mut Desk, typed: &str) -> Result<Vec<ActionRow>, Failure> {
    let (filter, problems) = Filter::parse(typed);
    if !problems.is_empty() {
        return Err(Failure::Usage(problems.join(" ")));
    }
    let (mut rows, mut from) = (Vec::new(), From::Start);
    loop {
        let window = Window { filter: filter.clone(), sort: (), reversed: false, from, limit: PAGE };
        let Answered::Actions(page) = desk.ask(&Query::Actions(window))? else { break };
        let next = page.rows.last().map(ListRow::key).filter(|_| page.more_after);
        rows.extend(page.rows);
        match next {
            Some(key) => from = From::After(key),
            None => break,
        }
    }
    Ok(rows)
}

fn effects(desk: &mut Desk, as_json: bool, streams: &mut Streams<'_>) -> Done {
    let Answered::Effects(ledger) = desk.ask(&Query::Effects)? else { return Ok(()) };
    if as_json {
        let parts = [("all", vec![&ledger.all]), ("kind", ledger.kinds.iter().collect()), ("theme", ledger.themes.iter().collect())];
        let rows = parts.into_iter().filter(|_| !ledger.is_empty()).flat_map(|(by, rows)| rows.into_iter().map(move |row| (by, row)));
        let rows = rows.map(|(by, row)| {
            let reference = if by == "all" { "all".to_string() } else { format!("{by}/{}", row.key) };
            json!({
                "ref": reference, "label": row.label, "sustained": row.judged.map(|judged| judged.sustained),
                "partly": row.judged.map(|judged| judged.partly), "recurred": row.judged.map(|judged| judged.recurred),
                "cannot_tell": row.judged.map(|judged| judged.cannot_tell), "said": row.say(ledger.fewest),
            })
        });
        return streams.json(&Value::Array(rows.collect()));
    }
    if ledger.is_empty() {
        return Ok(writeln!(streams.err, "No action was looked at again yet.")?);
    }
    let said = |row: &EffectRow| match row.judged {
        Some(judged) => format!(
            "{}: {} sustained, {} partly, {} recurred, {} cannot tell. {}",
            row.label,
            judged.sustained,
            judged.partly,
            judged.recurred,
            judged.cannot_tell,
            row.say(ledger.fewest)
        ),
        None => format!("{}: {}", row.label, row.say(ledger.fewest)),
    };
    writeln!(streams.out, "{}", said(&ledger.all))?;
    for (heading, rows, note) in [("By kind of action", &ledger.kinds, ""), ("By theme of the review", &ledger.themes, BY_THEME)] {
        if rows.is_empty() {
            continue;
        }
        writeln!(streams.out, "\n{heading}{note}")?;
        for row in rows {
            writeln!(streams.out, "{}", said(row))?;
        }
    }
    Ok(())
}
