//! `closeloop framework`.

use super::context::Context;
use super::{Done, Failure, Streams};
use crate::profiles::{self, Listing, describe};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// List, show and check frameworks.
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
    /// Everything that is wrong with a profile, at once.
    Check {
        /// The profile.
        #[arg(value_name = "FILE")]
        file: PathBuf,
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
        What::Check { file } => {
            let text = std::fs::read_to_string(file).map_err(|error| {
                Failure::Said(format!("The profile {} cannot be read: {error}. Give the path of a TOML file.", file.display()))
            })?;
            let framework = profiles::parse(&text, &file.display().to_string())?;
            writeln!(streams.out, "The profile {} is sound: {} version {}.", file.display(), framework.id, framework.version)?;
            Ok(())
        }
    }
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
