//! What the reports of a framework tell, read off their templates: only that can give a small count away.
//!
//! A template is read as a text, whatever its conditions say, and the built-in one beside a council's own: rather one table too many.

use super::Templates;
use crate::domain::framework::{Framework, ReportKind};
use crate::domain::report::told::{Elsewhere, Kind, Tells};
use crate::domain::report::{Year, months_of};

/// What a template asks for, and the tables in which that is counted. `words`: what follows the name narrows it down.
struct Ask {
    /// How it begins.
    begins: &'static str,
    /// The first argument; empty: any.
    which: &'static str,
    /// The tables.
    tables: &'static [Kind],
    /// The arguments after it are words of the rows that are told.
    words: bool,
}

const ASKS: [Ask; 9] = [
    Ask { begins: "table(", which: "questions", tables: &[Kind::Scaled, Kind::Short], words: true },
    Ask { begins: "table(", which: "areas", tables: &[Kind::Areas], words: false },
    Ask { begins: "table(", which: "services", tables: &[Kind::Services], words: false },
    // Which services are told apart there says how many reviews they had.
    Ask { begins: "table(", which: "by-service", tables: &[Kind::Services], words: false },
    Ask { begins: "table(", which: "case-types", tables: &[Kind::CaseTypes], words: false },
    Ask { begins: "table(", which: "steps", tables: &[Kind::Steps], words: false },
    Ask { begins: "table(", which: "themes", tables: &[Kind::Themes], words: false },
    Ask { begins: "chart(", which: "themes", tables: &[Kind::Themes], words: false },
    Ask { begins: "registers(", which: "", tables: &[Kind::Registers, Kind::Noted], words: true },
];

/// Facts that are told in a sentence.
const FACTS: [(&str, Kind); 2] = [("family.", Kind::Families), ("alerts.", Kind::Alerts)];

/// The reports that a framework asks for and that leave the team, each with the tables it tells.
pub fn elsewhere(framework: &Framework, templates: &Templates, year: Year) -> Vec<Elsewhere> {
    let leave = framework.reports.iter().filter(|kind| !kind.for_team);
    let told = leave.map(|kind| Elsewhere {
        months: months_of(kind).max(year.cycle_months),
        kind: kind.kind.clone(),
        tells: tells_of(kind, templates),
    });
    told.collect()
}

/// What the council's own templates tell in reports that leave the team, beyond what the built-in ones tell in the same.
pub fn told_by_own(framework: &Framework, templates: &Templates, year: Year) -> Vec<Elsewhere> {
    let leave = framework.reports.iter().filter(|kind| !kind.for_team);
    let added = leave.map(|kind| Elsewhere {
        months: months_of(kind).max(year.cycle_months),
        kind: kind.kind.clone(),
        tells: added_by_own(kind, templates),
    });
    added.filter(|one| !one.tells.is_empty()).collect()
}

/// What the council's own templates tell in one kind of report, beyond what the built-in ones tell there.
pub fn added_by_own(kind: &ReportKind, templates: &Templates) -> Vec<Tells> {
    let built_in = tells_of(kind, &Templates::default());
    tells_of(kind, templates).into_iter().filter(|one| !one.is_among(&built_in)).collect()
}

/// The tables that a kind of report tells.
pub fn tells_of(kind: &ReportKind, templates: &Templates) -> Vec<Tells> {
    let texts = kind.sections.iter().flat_map(|section| templates.texts(&kind.key, &section.key));
    texts.flat_map(|text| tells(&text)).collect()
}

/// The tables that a template's text asks for.
pub fn tells(text: &str) -> Vec<Tells> {
    let mut found: Vec<Tells> = Vec::new();
    let mut add =
        |tables: &[Kind], words: &[String]| found.extend(tables.iter().map(|table| Tells { table: *table, words: words.to_vec() }));
    for ask in &ASKS {
        for (at, _) in text.match_indices(ask.begins) {
            let inside = text[at + ask.begins.len()..].split(')').next().unwrap_or_default();
            let arguments: Vec<&str> = inside.split(',').map(str::trim).collect();
            match arguments.first().copied().map(plain) {
                // What is no text may be anything.
                None | Some(None) => add(ask.tables, &[]),
                Some(Some(first)) if ask.which.is_empty() || first == ask.which => {
                    let named = arguments.iter().skip(usize::from(!ask.which.is_empty()));
                    let words: Option<Vec<String>> = named.map(|one| plain(one).map(str::to_string)).collect();
                    // A mark narrows the rows of a register down further than is asked here.
                    let words = words.unwrap_or_default().into_iter().filter(|word| !word.starts_with(['=', '!']));
                    add(ask.tables, &words.filter(|_| ask.words).collect::<Vec<_>>());
                }
                Some(Some(_)) => {}
            }
        }
    }
    for (fact, table) in FACTS {
        if text.contains(fact) {
            add(&[table], &[]);
        }
    }
    found
}

/// The text of an argument that is one.
fn plain(argument: &str) -> Option<&str> {
    argument.strip_prefix('"')?.strip_suffix('"')
}
