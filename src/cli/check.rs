//! `closeloop check`: what is amiss in the records, for a person and for cron.

use super::context::Context;
use super::{Done, Failure, Streams};
use crate::domain::check::{Finding, FindingKind, Severity};
use crate::domain::count::counted;
use crate::runtime::looking::looking;
use clap::Args;
use serde_json::{Value, json};

/// Look over the records for what cannot be right and what has come to a halt; exit status 1 if anything is found.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Only this kind (--list-kinds names them); may be given several times.
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<String>,
    /// Only what presses at least so much: urgent, important or minor.
    #[arg(long, value_name = "WORD", value_parser = severity)]
    min_severity: Option<Severity>,
    /// What was set aside as well.
    #[arg(long)]
    all: bool,
    /// As one JSON array.
    #[arg(long, conflicts_with = "plain")]
    json: bool,
    /// One line for each finding, for a screen reader or a script.
    #[arg(long)]
    plain: bool,
    /// Only list the kinds, with what each means.
    #[arg(long, conflicts_with_all = ["all", "json", "plain", "kinds", "min_severity"])]
    list_kinds: bool,
}

fn severity(word: &str) -> Result<Severity, String> {
    Severity::of_key(word).ok_or_else(|| "write urgent, important or minor".to_string())
}

pub(super) fn run(context: &Context, args: &CheckArgs, streams: &mut Streams<'_>) -> Done {
    if args.list_kinds {
        for kind in FindingKind::ALL {
            writeln!(streams.out, "{:<26} {:<9} {}. {}", kind.key(), kind.usual_severity().key(), kind.label(), kind.remedy())?;
        }
        return Ok(());
    }
    let kinds = chosen(&args.kinds)?;
    let mut desk = context.desk()?;
    let looking = looking(desk.store.reading(), &mut desk.library)?;
    let viewer = desk.viewer()?;
    let presses = |kind: &FindingKind| args.min_severity.is_none_or(|least| looking.severity(*kind) <= least);
    let kinds: Vec<FindingKind> = looking.ordered(&kinds).into_iter().filter(presses).collect();
    let found = desk.store.at_one_moment(|reading| reading.findings(&kinds, &looking, &viewer))?;
    let shown: Vec<&Finding> = found.iter().filter(|finding| args.all || finding.exempt.is_none()).collect();
    let amiss = found.iter().filter(|finding| finding.exempt.is_none()).count();
    if args.json {
        streams.json(&Value::Array(shown.iter().map(|finding| object(finding)).collect()))?;
    } else if args.plain {
        for finding in &shown {
            writeln!(streams.out, "{}. {}{}", finding.sentence(), finding.kind.remedy(), aside(finding))?;
        }
    } else {
        in_words(&kinds, &shown, found.len() - amiss, streams)?;
    }
    if amiss > 0 { Err(Failure::Found) } else { Ok(()) }
}

/// The kinds that were named, in the order of their urgency; every one where none was.
fn chosen(named: &[String]) -> Result<Vec<FindingKind>, Failure> {
    if named.is_empty() {
        return Ok(FindingKind::ALL.to_vec());
    }
    for name in named {
        if FindingKind::of_key(name).is_none() {
            let keys = FindingKind::ALL.map(FindingKind::key);
            let near = crate::domain::near::near_miss(name, keys).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            return Err(Failure::Usage(format!("There is no kind of finding \u{201c}{name}\u{201d}.{near} --list-kinds names them.")));
        }
    }
    Ok(FindingKind::ALL.into_iter().filter(|kind| named.iter().any(|name| name == kind.key())).collect())
}

fn in_words(kinds: &[FindingKind], shown: &[&Finding], set_aside: usize, streams: &mut Streams<'_>) -> Done {
    for kind in kinds {
        let of_kind: Vec<&&Finding> = shown.iter().filter(|finding| finding.kind == *kind).collect();
        let Some(first) = of_kind.first() else { continue };
        writeln!(streams.out, "{} ({}, {}). {}", first.label, of_kind.len(), first.severity.key(), kind.remedy())?;
        for finding in of_kind {
            let said = if finding.said.is_empty() { String::new() } else { format!("  {}", finding.said) };
            writeln!(streams.out, "  {}{said}{}", finding.reference, aside(finding))?;
        }
    }
    let others = if set_aside > 0 { format!("; {set_aside} set aside (--all shows them)") } else { String::new() };
    match shown.iter().filter(|finding| finding.exempt.is_none()).count() {
        0 => writeln!(streams.err, "Nothing is amiss{others}.")?,
        n => writeln!(streams.err, "{} amiss{others}.", counted(n, "thing is", "things are"))?,
    }
    Ok(())
}

/// Why a finding is left alone.
fn aside(finding: &Finding) -> String {
    let Some(exemption) = &finding.exempt else { return String::new() };
    let until = exemption.until.map(|day| format!(" until {}", day.format("%-d %B %Y"))).unwrap_or_default();
    format!("  set aside{until}: {}", exemption.reason)
}

fn object(finding: &Finding) -> Value {
    let aside = finding.exempt.as_ref().map(|exemption| json!({ "reason": exemption.reason, "until": exemption.until }));
    json!({
        "ref": finding.reference, "kind": finding.kind.key(), "label": finding.label, "severity": finding.severity.key(), "detail": finding.said,
        "rules": finding.kind.rules(), "remedy": finding.kind.remedy(), "exempt": aside,
    })
}
