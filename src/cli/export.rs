//! `closeloop export`: the data set for analysts.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams};
use crate::domain::access::Right;
use crate::domain::count::counted;
use crate::domain::dataset::TABLES;
use crate::report::dataset::{CsvTable, DICTIONARY, dictionary};
use crate::store;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// Hand out data for analysis elsewhere.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A tidy, pseudonymised data set: a folder with one CSV file for each table and a dictionary, the same every time.
    Csv {
        /// The new folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Put it in the place of a data set that is there.
        #[arg(long)]
        force: bool,
    },
}

pub(super) fn run(context: &Context, args: &ExportArgs, streams: &mut Streams<'_>) -> Done {
    let What::Csv { folder, force } = &args.what;
    let mut desk = context.desk()?;
    desk.must(Right::Export)?;
    desk.hands_out("data set")?;
    let rows = write(&mut desk, folder, *force)?;
    writeln!(streams.err, "{DICTIONARY}: what each table and column means")?;
    for (table, count) in TABLES.iter().zip(rows) {
        writeln!(streams.err, "{}.csv: {}", table.name, counted(count, "row", "rows"))?;
    }
    let said = "Cases go by their pseudonyms; that is still personal data: keep the folder as you keep the case records.";
    writeln!(streams.err, "{said}")?;
    Ok(writeln!(streams.out, "Written: {}.", folder.display())?)
}

/// Writes every table as it is at one moment; gives the rows of each.
fn write(desk: &mut Desk, folder: &Path, force: bool) -> Result<Vec<usize>, Failure> {
    let viewer = desk.viewer()?;
    let mut counts = Vec::new();
    desk.store.at_one_moment(|reading| {
        store::write_folder(folder, force, |filling| -> Result<(), Failure> {
            filling.put(DICTIONARY, &dictionary()?)?;
            for table in &TABLES {
                let mut count = 0;
                let mut file = CsvTable::new(table)?;
                reading.dataset(table, &viewer, |cells| {
                    count += 1;
                    Ok::<(), Failure>(file.row(cells)?)
                })?;
                filling.put(&format!("{}.csv", table.name), &file.finish()?)?;
                counts.push(count);
            }
            Ok(())
        })
    })?;
    Ok(counts)
}
