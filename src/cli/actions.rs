//! `closeloop actions`: the tracker on paper, in a calendar, and what it came to.

use super::context::{Context, Desk};
use super::outfile::{self, Format, OutArgs};
use super::{Done, Failure, Streams};
use crate::domain::action::EffectRow;
use crate::domain::count::counted;
use crate::domain::filter::Filter;
use crate::domain::interest::WITHHELD;
use crate::domain::query::{ActionRow, Answered, From, ListRow, Query, Window};
use crate::report::actions as papers;
use crate::runtime::answers::answer;
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
    /// The effect ledger: of what was looked at again months later, what had lasted, theme by theme.
    Effects {
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
}

/// Rows read at once.
const PAGE: usize = 500;

pub(super) fn run(context: &Context, args: &ActionsArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    match &args.what {
        What::Print { filter, format, to } => {
            let rows = rows(&mut desk, filter)?;
            let council = desk.store.reading().setting("council")?.unwrap_or_default();
            let paper = papers::list(&council, &rows, filter, desk.clock.viewer(None).today);
            outfile::paper(context, &paper, *format, to, streams)?;
        }
        What::Calendar { filter, to } => {
            let rows = rows(&mut desk, filter)?;
            let framework = desk.framework()?.id.clone();
            let text = papers::calendar(&rows, &framework, desk.clock.now());
            match &to.out {
                Some(path) => outfile::file(context, path, text.as_bytes(), to.force, streams)?,
                None => streams.out.as_they_are(text.as_bytes())?,
            }
        }
        What::Effects { json } => effects(&mut desk, *json, streams)?,
    }
    match desk.store.reading().withheld(&desk.clock.viewer(desk.actor.person))? {
        0 => Ok(()),
        n => Ok(writeln!(streams.err, "{} {WITHHELD}.", counted(n, "review", "reviews"))?),
    }
}

/// Every action that matches, in the tracker's order.
fn rows(desk: &mut Desk, typed: &str) -> Result<Vec<ActionRow>, Failure> {
    let (filter, problems) = Filter::parse(typed);
    if !problems.is_empty() {
        return Err(Failure::Usage(problems.join(" ")));
    }
    let viewer = desk.viewer()?;
    let (mut rows, mut from) = (Vec::new(), From::Start);
    loop {
        let window = Window { filter: filter.clone(), sort: (), reversed: false, from, limit: PAGE };
        let Answered::Actions(page) = answer(&desk.store, &mut desk.library, &Query::Actions(window), &viewer)? else { break };
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
    let framework = desk.framework()?;
    let viewer = desk.viewer()?;
    let mut ledger: Vec<EffectRow> = Vec::new();
    for (theme, effect, count) in desk.store.reading().effects(&viewer)? {
        if ledger.last().is_none_or(|row| row.theme != theme) {
            let known = framework.themes.iter().find(|known| known.key == theme);
            let label =
                known.map_or_else(|| if theme.is_empty() { "All actions".into() } else { theme.clone() }, |known| known.label.clone());
            ledger.push(EffectRow { theme, label, ..EffectRow::default() });
        }
        if let Some(row) = ledger.last_mut() {
            row.add(effect, count);
        }
    }
    if as_json {
        let rows = ledger.iter().map(|row| {
            json!({
                "ref": if row.theme.is_empty() { "all" } else { &row.theme }, "label": row.label, "sustained": row.sustained,
                "partly": row.partly, "recurred": row.recurred, "cannot_tell": row.cannot_tell,
                "said": row.say(framework.small_numbers_below),
            })
        });
        return streams.json(&Value::Array(rows.collect()));
    }
    if ledger.is_empty() {
        writeln!(streams.err, "No action was looked at again yet.")?;
    }
    for row in ledger {
        let counts =
            format!("{} sustained, {} partly, {} recurred, {} cannot tell", row.sustained, row.partly, row.recurred, row.cannot_tell);
        writeln!(streams.out, "{}: {counts}. {}", row.label, row.say(framework.small_numbers_below))?;
    }
    Ok(())
}
