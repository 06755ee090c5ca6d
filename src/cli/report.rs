//! `closeloop report`: a report of a cycle as a file.

use super::context::{Context, Desk};
use super::outfile::{self, OutArgs};
use super::{Done, Failure, Streams};
use crate::domain::access::Right;
use crate::domain::framework::Framework;
use crate::domain::report::{Material, Report, ReportState};
use crate::report::paper::{Stage, compose, numbers};
use crate::report::{Document, docx, html, markdown, plain, sheet};
use crate::runtime::access;
use crate::runtime::answers::reports::{fresh, kept};
use clap::{Args, ValueEnum};

/// Write a report of a cycle into a file.
///
/// An approved or published report is given as it was frozen; otherwise it is built of the figures of now and says so.
/// Without --kind it lists the reports that the framework asks for.
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
    if args.for_team || framework.reports.iter().any(|known| known.key == *kind && known.for_team) {
        desk.must(Right::Export)?;
    }
    let viewer = access::before_a_report(desk.store.reading(), &mut desk.library, &desk.clock.viewer(desk.actor.person))?;
    desk.hands_out(&format!("{kind} of {}", args.cycle))?;
    let stored = kept(desk.store.reading(), &mut desk.library, &viewer, cycle, kind)?;
    match stored.filter(|report| report.state() != ReportState::Draft && !args.for_team) {
        Some(report) => {
            let paper = compose(&report.material, &report.narrative, Stage::Kept(&report), &desk.library.templates)?;
            hand_out(context, args, &paper, &report.material, Some(&report), streams)
        }
        None => {
            desk.must(Right::Report)?;
            // What was written in a draft belongs to it; its figures are those of now.
            let (material, draft) = fresh(desk.store.reading(), &mut desk.library, &viewer, cycle, kind, args.for_team)?;
            let narrative = draft.map(|draft| draft.narrative).unwrap_or_default();
            let paper = compose(&material, &narrative, Stage::Now, &desk.library.templates)?;
            hand_out(context, args, &paper, &material, None, streams)?;
            say_unfinished(&desk, &material, streams)
        }
    }
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

fn say_unfinished(desk: &Desk, material: &Material, streams: &mut Streams<'_>) -> Done {
    writeln!(streams.err, "Draft, figures of now: it has been neither kept nor approved.")?;
    let open = material.still_open();
    if open > 0 {
        writeln!(streams.err, "Provisional: {} still under way.", crate::domain::count::counted(open, "review is", "reviews are"))?;
    }
    super::panel_papers::say_withheld(desk, streams)
}

fn hand_out(
    context: &Context,
    args: &ReportArgs,
    paper: &Document,
    material: &Material,
    kept: Option<&Report>,
    streams: &mut Streams<'_>,
) -> Done {
    use ReportFormat::{Csv, Docx, Html, Md, Xlsx};
    let format = args.format.or(args.to.out.as_deref().map(ReportFormat::of_name));
    let bytes = match format {
        None => return Ok(plain::plain(paper).iter().try_for_each(|line| writeln!(streams.out, "{line}"))?),
        Some(Md) => markdown::markdown(paper).into_bytes(),
        Some(Html) => html::html(paper)?.into_bytes(),
        Some(Docx) => docx::docx(paper)?,
        // Everything counted would be in it, and not only what the report itself says.
        Some(Csv | Xlsx) if material.public && !material.for_team => {
            let said = "This report is public: its figures are those in its text. Hand it out as md, html or docx.";
            return Err(Failure::Usage(said.into()));
        }
        Some(Csv) => sheet::csv(&numbers::numbers(material))?,
        Some(Xlsx) => sheet::xlsx(&paper.title, &about(material, kept), &numbers::numbers(material))?,
    };
    match (&args.to.out, format) {
        (Some(path), _) => outfile::file(context, path, &bytes, args.to.force, streams),
        (None, Some(Docx | Xlsx)) => Err(Failure::Usage("This form needs a file: --out FILE".into())),
        (None, _) => Ok(streams.out.as_they_are(&bytes)?),
    }
}

/// What a workbook says about its figures.
fn about(material: &Material, kept: Option<&Report>) -> Vec<(String, String)> {
    let stands = match kept {
        Some(report) => format!("version {}, {}", report.version, report.state().label()),
        None => "draft, figures of now".to_string(),
    };
    let mut rows = vec![
        ("Framework".to_string(), material.council.clone()),
        ("Period".to_string(), format!("{} to {}", material.from.format("%-d %B %Y"), material.until.format("%-d %B %Y"))),
        ("Figures counted on".to_string(), material.counted_on.format("%-d %B %Y").to_string()),
        ("Stands".to_string(), stands),
        (
            "Small numbers".to_string(),
            match material.for_team {
                true => "None is left out: for the Insights team alone. Do not pass it on.".to_string(),
                false => format!("Counts from 1 to {} are left out, and what would give one away.", material.limit.saturating_sub(1)),
            },
        ),
    ];
    let open = material.still_open();
    if open > 0 {
        rows.push(("Provisional".to_string(), format!("{open} reviews are still under way.")));
    }
    rows
}
