//! `closeloop import annex-a`, `import ssd` and `import subjects`: those whose cases are reviewed.

use super::context::{Desk, bar};
use super::import::{FileArgs, SubjectsArgs, finish, imported, odd, summary};
use super::{Done, Failure, Streams};
use crate::domain::count::counted;
use crate::domain::deed::{Deed, SubjectsImport};
use crate::domain::framework::SubjectKind;
use crate::domain::intake::{Beyond, Incoming, Oddity, is_old};
use crate::domain::near::near_miss;
use crate::intake;
use crate::intake::annex_a::{self, Extract};
use crate::intake::ssd;
use crate::intake::subjects::{Ground, List};
use crate::runtime::clerk;

pub(super) fn annex_a(mut desk: Desk, args: &FileArgs, streams: &mut Streams<'_>) -> Done {
    let framework = desk.framework()?;
    let extract = annex_a::read(&args.file, &framework.case_types, desk.clock.today(), &mut bar("Reading"))?;
    for sheet in &extract.sheets {
        let what = match (sheet.used, sheet.list) {
            (true, Some(list)) => format!("list {list}, {} read", counted(sheet.rows_read, "row", "rows")),
            (_, Some(list)) => format!("list {list}, not needed for the sampling frame"),
            _ => "not one of the lists".to_string(),
        };
        writeln!(streams.out, "{}: {what}", sheet.name)?;
    }
    for case in &framework.case_types {
        let wanted = case.annex_a_list.filter(|list| !extract.sheets.iter().any(|sheet| sheet.used && sheet.list == Some(*list)));
        if let Some(list) = wanted {
            writeln!(streams.out, "List {list} ({}) is not in the extract: none of its children can be drawn or closed.", case.label)?;
        }
    }
    take_in(desk, "annex-a", args, extract, streams)
}

pub(super) fn ssd(mut desk: Desk, args: &FileArgs, streams: &mut Streams<'_>) -> Done {
    let framework = desk.framework()?;
    let extract = ssd::read(&args.file, &framework.case_types, desk.clock.today(), &mut bar("Reading"))?;
    for sheet in &extract.sheets {
        let what = match (sheet.used, sheet.list) {
            (true, Some(_)) => format!("{} of cases read", counted(sheet.rows_read, "row", "rows")),
            (true, None) => format!("{} read, to look up ages, workers and teams", counted(sheet.rows_read, "row", "rows")),
            _ => "not needed for the sampling frame".to_string(),
        };
        writeln!(streams.out, "{}: {what}", sheet.name)?;
    }
    take_in(desk, "ssd", args, extract, streams)
}

fn take_in(mut desk: Desk, list: &str, args: &FileArgs, extract: Extract, streams: &mut Streams<'_>) -> Done {
    let counts = extract.counts;
    writeln!(
        streams.out,
        "{}: {} in the frame, {} ended, {} merged into another row of the same child, {} left out.",
        counted(counts.read, "row", "rows"),
        counts.in_frame,
        counts.ended,
        counts.merged,
        counts.left_out
    )?;
    if let Some(day) = extract.frame_date {
        writeln!(streams.out, "The lists speak of {}.", day.format("%-d %B %Y"))?;
        if is_old(day, desk.clock.today()) {
            writeln!(
                streams.out,
                "! This extract is more than a year old. Cases, teams and ages have changed since. Ask for a new one before you draw a sample."
            )?;
        }
    }
    let Extract { rows, closed, covered, frame_date, oddities, .. } = extract;
    let file = imported(&args.file, 0)?;
    let import = SubjectsImport { list: list.into(), rows, closed, covered, beyond: Beyond::default(), frame_date, file };
    perform(&mut desk, args.dry_run, import, &oddities, streams)
}

pub(super) fn subjects(mut desk: Desk, args: &SubjectsArgs, streams: &mut Streams<'_>) -> Done {
    let framework = desk.framework()?;
    let ground = Ground { case_types: &framework.case_types, subjects: &framework.subjects, today: desk.clock.today() };
    let kind = args.kind.as_deref().map(kind_of).transpose()?;
    let mapping = match &args.map {
        None => None,
        Some(path) => {
            let unreadable =
                |error| Failure::Said(format!("The mapping {} cannot be read: {error}. Give the path of a TOML file.", path.display()));
            let text = std::fs::read_to_string(path).map_err(unreadable)?;
            Some(intake::subjects::parse(&text, &path.display().to_string(), &ground)?)
        }
    };
    let found = mapping.is_none();
    let list = intake::subjects::read(&args.file.file, mapping, kind, &ground)?;
    if found {
        writeln!(streams.out, "Read by this mapping; keep it in a file for --map to change it:\n")?;
        for line in list.mapping.as_toml().lines() {
            writeln!(streams.out, "    {line}")?;
        }
        writeln!(streams.out)?;
    }
    let in_frame = list.rows.len();
    writeln!(
        streams.out,
        "{}: {in_frame} in the frame, {} ended, {} left out.",
        counted(list.rows_read, "row", "rows"),
        list.ended,
        list.left_out
    )?;
    let List { rows, closed, covered, beyond, oddities, .. } = list;
    let file = imported(&args.file.file, 0)?;
    let import = SubjectsImport { list: "subjects".into(), rows, closed, covered, beyond, frame_date: None, file };
    perform(&mut desk, args.file.dry_run, import, &oddities, streams)
}

fn kind_of(word: &str) -> Result<SubjectKind, Failure> {
    let words = SubjectKind::ALL.map(SubjectKind::key);
    SubjectKind::from_key(word).ok_or_else(|| {
        let near = near_miss(word, words).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
        Failure::Usage(format!("There is no kind of subject \u{201c}{word}\u{201d}; use {}.{near}", words.join(", ")))
    })
}

/// Shows what an import would change and everything odd in it, then does it.
fn perform(desk: &mut Desk, dry_run: bool, mut import: SubjectsImport, oddities: &[Oddity], streams: &mut Streams<'_>) -> Done {
    let prefix = desk.framework()?.case_prefix.clone();
    let incoming = Incoming { rows: &import.rows, closed: &import.closed, covered: &import.covered };
    let reconciled = desk.store.write(|tx| clerk::frame_changes(tx, incoming, &import.beyond, &prefix))?;
    summary(&reconciled.summary(), streams)?;
    if let Some(warning) = reconciled.many_closed() {
        writeln!(streams.out, "{warning}")?;
    }
    let oddities: Vec<Oddity> = oddities.iter().chain(&reconciled.oddities).cloned().collect();
    odd(&oddities, streams)?;
    import.file.oddities = u32::try_from(oddities.len()).unwrap_or(u32::MAX);
    finish(desk, dry_run, Deed::ImportSubjects(Box::new(import)), streams)
}
