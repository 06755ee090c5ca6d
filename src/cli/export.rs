//! `closeloop export`: the data set for analysts.

use super::context::Context;
use super::{Done, Failure, Streams, outfile};
use crate::domain::access::Right;
use crate::domain::count::counted;
use crate::domain::dataset::{Allowed, TABLES};
use crate::domain::framework::Framework;
use crate::domain::query::Viewer;
use crate::report::dataset::{CODES, CsvTable, DICTIONARY, codes, dictionary};
use crate::store::{self, Reading};
use clap::{Args, Subcommand};
use std::io::{Cursor, Write};
use std::path::PathBuf;
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

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
        /// The new folder; without one the whole goes to standard output as one ZIP file.
        #[arg(value_name = "DIR", required_if_eq("force", "true"))]
        folder: Option<PathBuf>,
        /// Put it in the place of a data set that is there.
        #[arg(long)]
        force: bool,
    },
}

pub(super) fn run(context: &Context, args: &ExportArgs, streams: &mut Streams<'_>) -> Done {
    let What::Csv { folder, force } = &args.what;
    let mut desk = context.desk()?;
    desk.must(Right::Export)?;
    match folder {
        Some(folder) if *force && folder.is_dir() => {}
        Some(folder) => store::free_place(folder)?,
        None => outfile::not_into_a_terminal()?,
    }
    desk.hands_out("data set")?;
    let viewer = desk.viewer()?;
    let framework = desk.library.current(desk.store.reading())?;
    let rows = match folder {
        Some(folder) => {
            let mut rows = Vec::new();
            desk.store.at_one_moment(|reading| {
                store::write_folder(folder, *force, |filling| -> Done {
                    rows = write(&framework, &viewer, reading, &mut |name, bytes| Ok(filling.put(name, bytes)?))?;
                    Ok(())
                })
            })?;
            rows
        }
        None => {
            let mut archive = Archive::new();
            let rows =
                desk.store.at_one_moment(|reading| write(&framework, &viewer, reading, &mut |name, bytes| archive.put(name, bytes)))?;
            streams.out.as_they_are(&archive.finish()?)?;
            rows
        }
    };
    writeln!(streams.err, "{DICTIONARY}: what each table and column means")?;
    writeln!(streams.err, "{CODES}: what the codes in them mean")?;
    for (table, count) in TABLES.iter().zip(rows) {
        writeln!(streams.err, "{}.csv: {}", table.name, counted(count, "row", "rows"))?;
    }
    let said = "Cases go by their pseudonyms; that is still personal data: keep the folder as you keep the case records.";
    writeln!(streams.err, "{said}")?;
    match folder {
        Some(folder) => Ok(writeln!(streams.out, "Written: {}.", folder.display())?),
        None => Ok(()),
    }
}

/// Hands out every file with its name; gives the rows of each table.
fn write(
    framework: &Framework,
    viewer: &Viewer,
    reading: Reading<'_>,
    put: &mut dyn FnMut(&str, &[u8]) -> Done,
) -> Result<Vec<usize>, Failure> {
    put(DICTIONARY, &dictionary()?)?;
    put(CODES, &codes(framework)?)?;
    let allowed = Allowed::by(framework);
    let mut counts = Vec::new();
    for table in &TABLES {
        let mut count = 0;
        let mut file = CsvTable::new(table)?;
        reading.dataset(table, &allowed, viewer, |cells| {
            count += 1;
            Ok::<(), Failure>(file.row(cells)?)
        })?;
        put(&format!("{}.csv", table.name), &file.finish()?)?;
        counts.push(count);
    }
    Ok(counts)
}

/// The files as one, for whoever has no folder here. It says no time of its own, so that the same data make the same file.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    fn new() -> Archive {
        Archive(ZipWriter::new(Cursor::new(Vec::new())))
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Done {
        self.0.start_file(name, SimpleFileOptions::default()).map_err(unzipped)?;
        Ok(self.0.write_all(bytes)?)
    }

    fn finish(self) -> Result<Vec<u8>, Failure> {
        Ok(self.0.finish().map_err(unzipped)?.into_inner())
    }
}

fn unzipped(error: ZipError) -> Failure {
    Failure::Said(format!("The ZIP file could not be made: {error}. Name a folder instead."))
}
