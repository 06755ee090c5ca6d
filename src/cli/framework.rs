//! `closeloop framework`.

use super::context::Context;
use super::import::finish;
use super::{Done, Failure, Streams};
use crate::domain::deed::Deed;
use crate::domain::framework::{Framework, InForce, may_adopt};
use crate::profiles::{self, Listing, compare, describe};
use crate::runtime::clerk::left_behind;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// List, show, check, compare and adopt frameworks.
#[derive(Debug, Args)]
pub(super) struct FrameworkArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every framework at hand.
    List {
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// A framework in plain words, complete.
    Show {
        /// Its id.
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Everything that is wrong with a profile, at once; or how it differs from another version.
    Check {
        /// The profile.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The older version: a file, or the id of a framework at hand.
        #[arg(long, value_name = "OLD|ID")]
        against: Option<String>,
    },
    /// Let new cycles run under a new version of the framework; cycles and reviews already begun keep theirs.
    Adopt {
        /// The new version: a file, or the id of a framework at hand.
        #[arg(value_name = "FILE|ID")]
        profile: String,
        /// Say what would be different, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

pub(super) fn run(context: &Context, args: &FrameworkArgs, streams: &mut Streams<'_>) -> Done {
    match &args.what {
        What::List { json } => list(&context.catalog(streams)?.list(), *json, streams),
        What::Show { id } => {
            let framework = context.catalog(streams)?.framework(id)?;
            write!(streams.out, "{}", describe(&framework))?;
            Ok(())
        }
        What::Check { file, against } => {
            let (_, framework) = of_file(file)?;
            writeln!(streams.out, "The profile {} is sound: {} version {}.", file.display(), framework.id, framework.version)?;
            match against {
                None => Ok(()),
                Some(old) => {
                    let (_, old) = at_hand(context, old, streams)?;
                    differences(&old, &framework, streams)
                }
            }
        }
        What::Adopt { profile, dry_run } => {
            let (text, framework) = at_hand(context, profile, streams)?;
            let mut desk = context.desk()?;
            let current = desk.framework()?;
            let frozen = desk.store.reading().framework_text(&framework.id, framework.version)?;
            let in_force = InForce { id: &current.id, version: current.version, frozen: frozen.as_deref() };
            if may_adopt(&framework, &text, in_force)? {
                differences(&current, &framework, streams)?;
                for sentence in left_behind(desk.store.reading(), &framework, desk.clock.today())? {
                    writeln!(streams.out, "{sentence}")?;
                }
            }
            finish(&mut desk, *dry_run, Deed::AdoptFramework { text }, streams)
        }
    }
}

fn of_file(path: &Path) -> Result<(String, Framework), Failure> {
    let unreadable =
        |error| Failure::Said(format!("The profile {} cannot be read: {error}. Give the path of a TOML file.", path.display()));
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let framework = profiles::parse(&text, &path.display().to_string())?;
    Ok((text, framework))
}

/// A profile by its file, or by the id of a framework at hand.
fn at_hand(context: &Context, wanted: &str, streams: &mut Streams<'_>) -> Result<(String, Framework), Failure> {
    let path = Path::new(wanted);
    if path.exists() || wanted.contains(['/', '\\']) || wanted.ends_with(".toml") {
        return of_file(path);
    }
    let catalog = context.catalog(streams)?;
    let framework = catalog.framework(wanted)?;
    let text = catalog.text(wanted).map(str::to_string).unwrap_or_default();
    Ok((text, framework))
}

/// How a newer version differs from an older one, part by part.
fn differences(old: &Framework, new: &Framework, streams: &mut Streams<'_>) -> Done {
    let found = compare(old, new);
    let (from, to) = (format!("{} version {}", old.id, old.version), format!("{} version {}", new.id, new.version));
    if found.is_empty() {
        writeln!(streams.out, "{to} says the same as {from}.")?;
        return Ok(());
    }
    let count = if found.len() == 1 { "1 difference".to_string() } else { format!("{} differences", found.len()) };
    writeln!(streams.out, "From {from} to {to}, {count}:")?;
    let mut part = "";
    for difference in &found {
        if difference.part != part {
            part = &difference.part;
            writeln!(streams.out, "\n{part}")?;
        }
        writeln!(streams.out, "  {}", difference.what)?;
    }
    writeln!(streams.out)?;
    Ok(())
}

fn list(listings: &[Listing], json: bool, streams: &mut Streams<'_>) -> Done {
    if json {
        let rows: Vec<serde_json::Value> = listings
            .iter()
            .map(|listing| {
                serde_json::json!({
                    "ref": listing.id, "version": listing.version, "title": listing.title, "council": listing.short_name,
                    "summary": listing.summary, "source": listing.source.to_string(),
                })
            })
            .collect();
        return streams.json(&rows);
    }
    let widest = listings.iter().map(|listing| listing.id.len()).max().unwrap_or_default();
    for listing in listings {
        writeln!(
            streams.out,
            "{:widest$}  {} ({}), version {}, {}",
            listing.id, listing.title, listing.short_name, listing.version, listing.source
        )?;
    }
    Ok(())
}
