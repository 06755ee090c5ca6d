//! `closeloop demo`.

use super::context::{Context, bar, fixed_now};
use super::{Done, Failure, Streams, open};
use crate::config::data_folder;
use crate::demo::{self, DemoWanted};
use crate::domain::count::counted;
use crate::runtime::clock::Clock;
use crate::store::{Store, looks_path};
use clap::Args;
use std::path::{Path, PathBuf};

/// Build a made-up council and open it.
///
/// Everything in it is invented: people, children, a year or more of reviews in every state. The same wishes and seed make
/// the same council. Without --out it is built anew each time in your data folder.
#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Which framework the council works by.
    #[arg(long, value_name = "ID", default_value = "merton")]
    framework: String,
    /// How many reviews it has.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    reviews: u32,
    /// What everything is made from.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Plant one fault of each kind that `closeloop check` looks for.
    #[arg(long)]
    faults: bool,
    /// Only build it, into this new file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &DemoArgs, streams: &mut Streams<'_>) -> Done {
    let catalog = context.catalog(streams)?;
    let now = fixed_now()?.unwrap_or_else(|| Clock::System.now());
    let wanted = DemoWanted { framework: args.framework.clone(), reviews: args.reviews, seed: args.seed, now, faults: args.faults };
    let path = match &args.out {
        Some(path) => path.clone(),
        None => own_file(context, &args.framework, streams)?,
    };
    let built = demo::build(&path, &catalog, &wanted, &mut bar("Living through the years"))?;
    if args.out.is_none() {
        return open::workstation(context, context.desk_of(Store::open(&path)?)?);
    }
    writeln!(
        streams.out,
        "A made-up council of {}: {} in {}, {}. Open it with: closeloop --db {}",
        counted(built.people, "person", "people"),
        counted(built.reviews, "review", "reviews"),
        counted(built.cycles, "cycle", "cycles"),
        counted(built.rows, "journal row", "journal rows"),
        path.display()
    )?;
    Ok(())
}

/// A file of the demo's own, cleared of an earlier one.
fn own_file(context: &Context, framework: &str, streams: &mut Streams<'_>) -> Result<PathBuf, Failure> {
    let Some(folder) = data_folder() else {
        return Err(Failure::Usage("There is no home folder to build a demo in. Name a file with --out FILE.".into()));
    };
    let plain: String = framework.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let path = folder.join(format!("demo-{plain}.db"));
    context.make_folder(&path, streams)?;
    // Who looked at the earlier one is about another council.
    for file in [path.clone(), looks_path(&path)] {
        for tail in ["", "-wal", "-shm"] {
            let mut name = file.as_os_str().to_os_string();
            name.push(tail);
            match std::fs::remove_file(Path::new(&name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Failure::Said(format!("The earlier demo at {} cannot be removed: {error}.", path.display())));
                }
                _ => {}
            }
        }
    }
    Ok(path)
}
