//! `closeloop report`: a report of a cycle as a file.

use super::context::{Context, Desk};
use super::outfile::{self, OutArgs};
use super::{Done, Failure, Streams};
use crate::domain::access::Right;
use crate::domain::framework::Framework;
use crate::domain::report::{Material, Report};
use crate::report::paper::{Stage, Templates, about, compose, figures, lists};
use crate::report::{Document, docx, html, markdown, plain, sheet};
use crate::runtime::access;
use crate::runtime::answers::reports::{draft, fresh, standing};
use clap::{Args, ValueEnum};

/// Write a report of a cycle into a file.
///
/// An approved or published report is given as it was frozen, also while a correction of it is being written; otherwise it is built of
/// the figures of now and says so. Without --kind it lists the reports that the framework asks for.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The cycle, as in the list of cycles (2026-11).
    cycle: String,
    /// Which report (collaborative-review).
    #[arg(long)]
    kind: Option<String>,
    /// The form; by default as the file's name says.
    #[arg(long, value_enum)]
    format: Option<ReportFormat>,
    /// For the Insights team alone: leave no small number out.
    #[arg(long)]
    for_team: bool,
    /// What is being written, with the figures of now, although a version stands.
    #[arg(long)]
    draft: bool,
    #[command(flatten)]
    to: OutArgs,
}

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// Markdown.
    Md,
    /// A page for a browser.
    Html,
    /// Word.
    Docx,
    /// The figures as a workbook.
    Xlsx,
    /// The figures as comma-separated values.
    Csv,
}

impl ReportFormat {
    fn of_name(path: &std::path::Path) -> ReportFormat {
        match path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default().as_str() {
            "docx" => ReportFormat::Docx,
            "html" | "htm" => ReportFormat::Html,
            "xlsx" => ReportFormat::Xlsx,
            "csv" => ReportFormat::Csv,
            _ => ReportFormat::Md,
        }
    }
}

pub(super) fn run(context: &Context, args: &ReportArgs, streams: &mut Streams<'_>) -> Done {
    let mut desk = context.desk()?;
    let Some(cycle) = desk.store.reading().cycle_by_reference(&args.cycle)? else {
        return Err(Failure::Said(format!("There is no cycle \u{201c}{}\u{201d}. `closeloop cycle list` names them all.", args.cycle)));
    };
    let of = desk.store.reading().cycle(cycle, desk.clock.today())?.map(|(cycle, _)| (cycle.framework, cycle.version));
    let Some((id, version)) = of else { return Err(Failure::Said("The cycle cannot be read.".into())) };
    let framework = desk.library.framework(desk.store.reading(), &id, version)?;
    let Some(kind) = &args.kind else { return kinds(&framework, streams) };
    crate::domain::report::find(&framework, kind)?;
    args.to.is_free(context)?;
    if args.for_team || framework.reports.iter().any(|known| known.key == *kind && known.for_team) {
        desk.must(Right::Export)?;
    }
    let viewer = access::before_a_report(desk.store.reading(), &mut desk.library, &desk.clock.viewer(desk.actor.person))?;
    let stands = standing(desk.store.reading(), &mut desk.library, &viewer, cycle, kind)?;
    if let Some(report) = stands.filter(|_| !args.for_team && !args.draft) {
        let paper = compose(&report.material, &report.narrative, Stage::Kept(&report), &desk.library.templates)?;
        let out = written(args, &paper, (&report.material, &desk.library.templates), Stage::Kept(&report))?;
        hand_out(context, &mut desk, args, &out, streams)?;
        let newer = draft(desk.store.reading(), &mut desk.library, &viewer, cycle, kind)?;
        return say_it_stands(&report, newer.as_ref(), streams);
    }
    desk.must(Right::Report)?;
    // What was written in a draft belongs to it; its figures are those of now.
    let (material, draft) = fresh(desk.store.reading(), &mut desk.library, &viewer, cycle, kind, args.for_team)?;
    let narrative = draft.map(|draft| draft.narrative).unwrap_or_default();
    let in_part = desk.store.reading().withheld(&viewer)? > 0;
    let stage = Stage::Now { in_part };
    let paper = compose(&material, &narrative, stage, &desk.library.templates)?;
    let out = written(args, &paper, (&material, &desk.library.templates), stage)?;
    hand_out(context, &mut desk, args, &out, streams)?;
    say_unfinished(&desk, &material, streams)
}

/// The reports of a framework.
fn kinds(framework: &Framework, streams: &mut Streams<'_>) -> Done {
    writeln!(streams.out, "{} asks for these reports; choose one with --kind:", framework.title)?;
    let wide = framework.reports.iter().map(|kind| kind.key.chars().count()).max().unwrap_or(0);
    for kind in &framework.reports {
        let every = kind.every.map(|every| format!(", every {every}")).unwrap_or_default();
        writeln!(streams.out, "  {:wide$}  {}{every}", kind.key, kind.label)?;
    }
    Ok(())
}

/// Which version was given, where another one is being written.
fn say_it_stands(given: &Report, newer: Option<&Report>, streams: &mut Streams<'_>) -> Done {
    if let Some(newer) = newer {
        let (version, state) = (given.version, given.state().label());
        writeln!(
            streams.err,
            "Version {version}, {state}: it stands while version {} is being written. --draft gives that one.",
            newer.version
        )?;
    }
    Ok(())
}

fn say_unfinished(desk: &Desk, material: &Material, streams: &mut Streams<'_>) -> Done {
    writeln!(streams.err, "Draft, figures of now: it has been neither kept nor approved.")?;
    let open = material.still_open();
    if open > 0 {
        writeln!(streams.err, "Provisional: {} still under way.", crate::domain::count::counted(open, "review is", "reviews are"))?;
    }
    desk.say_withheld(streams)
}

/// A report as it is handed out.
enum Out {
    /// Plain lines, for a terminal.
    Lines(Vec<String>),
    /// Text that is a file of its own kind.
    Text(String),
    /// A file that is no text.
    Bytes(Vec<u8>),
}

fn written(args: &ReportArgs, paper: &Document, (material, templates): (&Material, &Templates), stage: Stage<'_>) -> Result<Out, Failure> {
    use ReportFormat::{Csv, Docx, Html, Md, Xlsx};
    let counted = || {
        // Everything counted would be in it, and not only what the report itself says.
        match material.public && !material.for_team {
            true => {
                Err(Failure::Usage("This report is public: its figures are those in its text. Hand it out as md, html or docx.".into()))
            }
            false => match (figures(material, templates)?, lists(material, templates)?) {
                // A file with nothing but its headings would read as figures that went missing.
                (numbers, lists) if numbers.is_empty() && lists.is_empty() => {
                    Err(Failure::Usage("This report is words alone and counts nothing. Hand it out as md, html or docx.".into()))
                }
                both => Ok(both),
            },
        }
    };
    Ok(match args.format.or(args.to.out.as_deref().map(ReportFormat::of_name)) {
        None => Out::Lines(plain::plain(paper)),
        Some(Md) => Out::Text(markdown::markdown(paper)),
        Some(Html) => Out::Text(html::html(paper)?),
        Some(Docx) => Out::Bytes(docx::docx(paper)?),
        Some(Csv) => {
            let (numbers, lists) = counted()?;
            Out::Bytes(sheet::csv(&numbers, &lists)?)
        }
        Some(Xlsx) => {
            let (numbers, lists) = counted()?;
            Out::Bytes(sheet::xlsx(&paper.title, &about(material, stage, &numbers), &numbers, &lists)?)
        }
    })
}

/// Hands a report out; before a byte of it goes, it is noted who did.
fn hand_out(context: &Context, desk: &mut Desk, args: &ReportArgs, out: &Out, streams: &mut Streams<'_>) -> Done {
    let is_text = !matches!(args.format, Some(ReportFormat::Docx | ReportFormat::Xlsx));
    if args.to.out.is_none() && !is_text {
        outfile::not_into_a_terminal()?;
    }
    desk.hands_out(&format!("{} of {}", args.kind.as_deref().unwrap_or_default(), args.cycle))?;
    match (out, &args.to.out) {
        (Out::Lines(lines), _) => Ok(lines.iter().try_for_each(|line| writeln!(streams.out, "{line}"))?),
        (Out::Text(text), _) => outfile::text(context, text, &args.to, streams),
        (Out::Bytes(bytes), Some(path)) => outfile::file(context, path, bytes, args.to.force, streams),
        (Out::Bytes(bytes), None) => Ok(streams.out.as_they_are(bytes)?),
    }
}
