//! `closeloop import annex-a`, `import ssd` and `import subjects`: those whose cases are reviewed.

use super::context::{Desk, bar};
use super::import::{FileArgs, finish, imported, odd, summary};
use super::{Done, Streams};
use crate::domain::deed::{Deed, SubjectsImport};
use crate::domain::intake::{Beyond, Incoming, Oddity};
use crate::intake::annex_a::{self, Extract};
use crate::intake::ssd;
use crate::runtime::clerk;

pub(super) fn annex_a(mut desk: Desk, args: &FileArgs, streams: &mut Streams<'_>) -> Done {
    let framework = desk.framework()?;
    let extract = annex_a::read(&args.file, &framework.case_types, desk.clock.today(), &mut bar("Reading"))?;
    for sheet in &extract.sheets {
        let what = match (sheet.used, sheet.list) {
            (true, Some(list)) => format!("list {list}, {} rows read", sheet.rows_read),
            (_, Some(list)) => format!("list {list}, not needed for the sampling frame"),
            _ => "not one of the lists".to_string(),
        };
        writeln!(streams.out, "{}: {what}", sheet.name)?;
    }
    take_in(desk, "annex-a", args, extract, streams)
}

pub(super) fn ssd(mut desk: Desk, args: &FileArgs, streams: &mut Streams<'_>) -> Done {
    let framework = desk.framework()?;
    let extract = ssd::read(&args.file, &framework.case_types, desk.clock.today(), &mut bar("Reading"))?;
    for sheet in &extract.sheets {
        let what = match (sheet.used, sheet.list) {
            (true, Some(_)) => format!("{} rows of cases read", sheet.rows_read),
            (true, None) => format!("{} rows read, to look up ages, workers and teams", sheet.rows_read),
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
        "{} rows: {} in the frame, {} ended, {} merged into another row of the same child, {} left out.",
        counts.read, counts.in_frame, counts.ended, counts.merged, counts.left_out
    )?;
    if let Some(day) = extract.frame_date {
        writeln!(streams.out, "The lists speak of {}.", day.format("%-d %B %Y"))?;
    }
    let Extract { rows, closed, covered, frame_date, oddities, .. } = extract;
    let file = imported(&args.file, 0)?;
    let import = SubjectsImport { list: list.into(), rows, closed, covered, beyond: Beyond::default(), frame_date, file };
    perform(&mut desk, args.dry_run, import, &oddities, streams)
}

/// Shows what an import would change and everything odd in it, then does it.
fn perform(desk: &mut Desk, dry_run: bool, mut import: SubjectsImport, oddities: &[Oddity], streams: &mut Streams<'_>) -> Done {
    let prefix = desk.framework()?.case_prefix.clone();
    let incoming = Incoming { rows: &import.rows, closed: &import.closed, covered: &import.covered };
    let reconciled = desk.store.write(|tx| clerk::frame_changes(tx, incoming, &import.beyond, &prefix))?;
    summary(&reconciled.summary(), streams)?;
    let oddities: Vec<Oddity> = oddities.iter().chain(&reconciled.oddities).cloned().collect();
    odd(&oddities, streams)?;
    import.file.oddities = u32::try_from(oddities.len()).unwrap_or(u32::MAX);
    finish(desk, dry_run, Deed::ImportSubjects(Box::new(import)), streams)
}
