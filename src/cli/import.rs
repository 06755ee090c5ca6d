//! `closeloop import`: what a file would change, what it did change, and everything odd in it.

use super::context::{Context, Desk};
use super::{Done, Failure, Streams};
use super::{import_people, import_subjects};
use crate::domain::deed::{Deed, ImportedFile};
use crate::domain::intake::{Oddity, Severity};
use clap::{Args, Subcommand};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Take in what the council exports: cases, people, bank holidays.
///
/// All of a file is taken in, or nothing. Everything odd is reported with its sheet, row and column, and what was done.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The cases: an Annex A workbook, or a folder with one CSV for each list.
    AnnexA(FileArgs),
    /// The cases: a folder with the tables of the Standard Safeguarding Dataset, one CSV file each.
    Ssd(FileArgs),
    /// Carers, adopters, services and others: a council's own list (CSV or workbook) with a mapping of its columns.
    Subjects(SubjectsArgs),
    /// The people: name, role, team, service, e-mail, login, line manager (CSV or workbook).
    People(FileArgs),
    /// The performance indicators: indicator, from, until, value, source (CSV or workbook).
    Indicators(FileArgs),
    /// The bank holidays: GOV.UK's bank-holidays.json, or a CSV of date and title.
    Holidays(FileArgs),
}

/// A list of subjects, and how to read it.
#[derive(Debug, Args)]
pub(super) struct SubjectsArgs {
    /// The list.
    #[command(flatten)]
    pub(super) file: FileArgs,
    /// A mapping (TOML) that says which column says what; without it the usual headings are looked for.
    #[arg(long, value_name = "MAP")]
    pub(super) map: Option<PathBuf>,
    /// What everybody in the list is: child, care-experienced, foster-carer, adopter or service.
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<String>,
}

/// A file, and whether to write.
#[derive(Debug, Args)]
pub(super) struct FileArgs {
    /// The file or folder.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Say what would change, and change nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
}

pub(super) fn run(context: &Context, args: &ImportArgs, streams: &mut Streams<'_>) -> Done {
    let desk = context.desk()?;
    match &args.what {
        What::AnnexA(file) => import_subjects::annex_a(desk, file, streams),
        What::Ssd(folder) => import_subjects::ssd(desk, folder, streams),
        What::Subjects(args) => import_subjects::subjects(desk, args, streams),
        What::People(file) => import_people::people(desk, file, streams),
        What::Indicators(file) => import_people::indicators(desk, file, streams),
        What::Holidays(file) => import_people::holidays(desk, file, streams),
    }
}

/// Does the deed; a dry run does it too and takes it back, so that it is refused whatever the import would be refused.
/// The last line says which it was.
pub(super) fn finish(desk: &mut Desk, dry_run: bool, deed: Deed, streams: &mut Streams<'_>) -> Done {
    if dry_run {
        desk.try_out(deed)?;
        writeln!(streams.out, "A dry run: nothing was changed.")?;
        return Ok(());
    }
    let receipt = desk.perform(deed)?;
    let kept = if receipt.written.first == 0 { " Nothing was written." } else { "" };
    writeln!(streams.out, "{}.{kept}", receipt.said)?;
    Ok(())
}

/// What changes, in numbers; lines that say nothing are left out.
pub(super) fn summary(lines: &[(&'static str, usize)], streams: &mut Streams<'_>) -> Done {
    let said: Vec<&(&str, usize)> = lines.iter().filter(|(_, count)| *count > 0).collect();
    for (what, count) in said {
        writeln!(streams.out, "  {what}: {count}")?;
    }
    Ok(())
}

/// Everything odd, what somebody should look at first.
pub(super) fn odd(oddities: &[Oddity], streams: &mut Streams<'_>) -> Done {
    for (severity, heading) in [(Severity::Warning, "To look at"), (Severity::Note, "Good to know")] {
        let found: Vec<&Oddity> = oddities.iter().filter(|oddity| oddity.severity == severity).collect();
        if !found.is_empty() {
            writeln!(streams.out, "{heading} ({}):", found.len())?;
        }
        for oddity in found {
            writeln!(streams.out, "  {oddity}")?;
        }
    }
    Ok(())
}

/// The file as the journal notes it, by the hash of its bytes; a folder by those of its files in the order of their names.
pub(super) fn imported(path: &Path, oddities: usize) -> Result<ImportedFile, Failure> {
    let unreadable = |error: std::io::Error| Failure::Said(format!("The file {} cannot be read: {error}.", path.display()));
    let mut digest = Sha256::new();
    if path.is_dir() {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(path).map_err(unreadable)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        files.retain(|file| file.is_file());
        files.sort();
        for file in files {
            digest.update(file.file_name().unwrap_or_default().as_encoded_bytes());
            digest.update(Sha256::digest(std::fs::read(&file).map_err(unreadable)?));
        }
    } else {
        digest.update(std::fs::read(path).map_err(unreadable)?);
    }
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(ImportedFile { name, sha256, oddities: u32::try_from(oddities).unwrap_or(u32::MAX) })
}
