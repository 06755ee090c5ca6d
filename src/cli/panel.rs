//! `closeloop panel`: the sittings of the moderation panel and their papers, from the command line.

use super::context::{Context, Desk};
use super::outfile::{Format, OutArgs};
use super::panel_papers as papers;
use super::{Done, Failure, Streams};
use crate::domain::agreement::SEED;
use crate::domain::count::counted;
use crate::domain::id::PanelId;
use crate::domain::panel::SittingStand;
use crate::domain::query::{Answered, Query, SittingRow};
use crate::report::panel::reference;
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

/// The moderation panel: its sittings, minutes, packs, invitations, and how far people agree.
#[derive(Debug, Args)]
pub(super) struct PanelArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The sittings: what sits now, what is planned, and the latest that are over.
    List {
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// One sitting with its agenda.
    Show {
        #[command(flatten)]
        which: Which,
        /// As one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// The minutes of a sitting; by default of the one that sits now, else of the latest that is over.
    Minutes {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        form: Form,
    },
    /// Everything for the night before, pseudonymised, in one file.
    Pack {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        form: Form,
    },
    /// Who is asked to come, and for which case: as a list, or as a calendar file (--format ics).
    Invitations {
        #[command(flatten)]
        which: Which,
        /// In which form; by default by the name of the file, else in plain lines.
        #[arg(long, value_name = "FORM")]
        format: Option<ListFormat>,
        /// As one JSON array.
        #[arg(long, conflicts_with = "format")]
        json: bool,
        #[command(flatten)]
        to: OutArgs,
    },
    /// How far reviewers and the panel agree about grades, over everything decided.
    Agreement {
        /// Seed of the intervals; the same one gives the same intervals.
        #[arg(long, value_name = "N", default_value_t = SEED)]
        seed: u64,
        /// As one JSON object.
        #[arg(long, conflicts_with = "format")]
        json: bool,
        #[command(flatten)]
        form: Form,
    },
}

/// Which sitting.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// The sitting (P-3) or its day (2026-11-24); by default the one that sits now, else the next.
    #[arg(value_name = "PANEL")]
    panel: Option<String>,
}

/// In which form, and where to.
#[derive(Debug, Args)]
pub(super) struct Form {
    /// In which form; by default by the name of the file, else in plain lines.
    #[arg(long, value_name = "FORM")]
    pub(super) format: Option<Format>,
    #[command(flatten)]
    pub(super) to: OutArgs,
}

/// The forms of a list of invitations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// Markdown.
    Md,
    /// Word.
    Docx,
    /// A page for a browser.
    Html,
    /// A calendar file.
    Ics,
}

pub(super) fn run(context: &Context, args: &PanelArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    match &args.what {
        What::List { json } => list(&mut desk, *json, streams),
        What::Show { which, json } => {
            let panel = which.upcoming(&desk)?;
            papers::show(&mut desk, panel, *json, context, streams)
        }
        What::Minutes { which, form } => {
            let panel = which.latest(&desk)?;
            papers::minutes(&mut desk, panel, form, context, streams)
        }
        What::Pack { which, form } => {
            let panel = which.upcoming(&desk)?;
            papers::pack(&mut desk, panel, form, context, streams)
        }
        What::Invitations { which, format, json, to } => {
            let panel = which.upcoming(&desk)?;
            papers::invitations(&mut desk, panel, (*format, *json), to, context, streams)
        }
        What::Agreement { seed, json, form } => papers::agreement(&mut desk, *seed, *json, form, context, streams),
    }
}

impl Which {
    fn upcoming(&self, desk: &Desk) -> Result<PanelId, Failure> {
        match &self.panel {
            Some(typed) => find(desk, typed),
            None => match desk.store.reading().next_panel(desk.clock.today())? {
                Some(panel) => Ok(panel.id),
                None => Err(Failure::Said("No sitting is planned. `closeloop panel list` shows those that are over.".into())),
            },
        }
    }

    fn latest(&self, desk: &Desk) -> Result<PanelId, Failure> {
        if let Some(typed) = &self.panel {
            return find(desk, typed);
        }
        let all = desk.store.reading().sittings(desk.clock.today(), ALL)?;
        let begun = all.iter().find(|sitting| sitting.stand.has_begun());
        begun.map(|sitting| sitting.panel.id).ok_or_else(|| Failure::Said("The panel has not sat yet: there are no minutes.".into()))
    }
}

/// Sittings that are looked through; a council has some twelve a year, and with a panel for each service some hundred.
const ALL: u32 = 10_000;

/// The sitting that somebody means by its reference, its number or its day.
pub(super) fn find(desk: &Desk, typed: &str) -> Result<PanelId, Failure> {
    let word = typed.trim().to_uppercase();
    let reading = desk.store.reading();
    if let Ok(number) = word.strip_prefix("P-").unwrap_or(&word).parse::<i64>()
        && let Some(sitting) = reading.sitting(PanelId(number))?
    {
        return Ok(sitting.panel.id);
    }
    if let Ok(day) = word.parse::<NaiveDate>() {
        let of_day: Vec<PanelId> =
            reading.sittings(desk.clock.today(), ALL)?.iter().filter(|one| one.panel.on == day).map(|one| one.panel.id).collect();
        match of_day.as_slice() {
            [] => {}
            [only] => return Ok(*only),
            several => {
                let names = several.iter().map(|id| reference(*id)).collect::<Vec<_>>().join(", ");
                return Err(Failure::Said(format!("Several sittings are on that day: {names}. Name one of them.")));
            }
        }
    }
    Err(Failure::Said(format!("There is no sitting {typed}. `closeloop panel list` shows them (P-3, or a day such as 2026-11-24).")))
}

fn list(desk: &mut Desk, as_json: bool, streams: &mut Streams<'_>) -> Done {
    let Answered::Sittings(rows) = desk.ask(&Query::Sittings)? else { return Ok(()) };
    if as_json {
        let objects: Vec<Value> = rows
            .iter()
            .map(|row| {
                json!({
                    "ref": reference(row.id), "on": row.on, "at": row.at, "chair": row.chair, "service": row.service,
                    "stand": row.stand, "items": row.items, "done": row.done,
                })
            })
            .collect();
        streams.json(&objects)?;
    } else {
        rows.iter().try_for_each(|row| writeln!(streams.out, "{}", said(row)))?;
    }
    if rows.is_empty() && !as_json {
        writeln!(streams.err, "No sitting is planned, and none is over.")?;
    }
    desk.say_withheld(streams)
}

fn said(row: &SittingRow) -> String {
    let stand = match row.stand {
        SittingStand::InProgress => "sits now",
        SittingStand::Planned => "planned",
        SittingStand::Closed => "over",
        SittingStand::CalledOff => "called off",
    };
    let service = if row.service.is_empty() { String::new() } else { format!(", {}", row.service) };
    let chair = if row.chair.is_empty() { "no chair yet".to_string() } else { format!("chair {}", row.chair) };
    let items = counted(row.items, "case", "cases");
    format!("{}  {} {}{service}, {stand}, {chair}, {items}, {} done", reference(row.id), row.on.format("%a %-d %b %Y"), row.at, row.done)
}
