//! What a template is handed: the frozen facts, under plain names.

use super::parts::{Facts, Period};
use super::suppressed::share;
use crate::domain::action::ActionState;
use crate::domain::count::all_of;
use crate::domain::insight::labels::labels_tell;
use crate::domain::insight::{Cell, Share};
use crate::domain::report::Material;
use crate::domain::report::told::Kind;
use chrono::NaiveDate;
use minijinja::{Value, context};

/// Days as a reader says them: `1 to 30 November 2026`.
pub(super) fn span(from: NaiveDate, until: NaiveDate) -> String {
    if from == until {
        return full(from);
    }
    let first = match (
        from.format("%Y").to_string() == until.format("%Y").to_string(),
        from.format("%Y%m").to_string() == until.format("%Y%m").to_string(),
    ) {
        (_, true) => from.format("%-d").to_string(),
        (true, false) => from.format("%-d %B").to_string(),
        (false, false) => full(from),
    };
    format!("{first} to {}", full(until))
}

/// A day in full.
pub(super) fn full(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A day as a column of a table has it: `5 Nov 2026`.
pub(super) fn brief(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// A count for a template: what is left out is a number below nought, which the functions and the text itself put into words.
fn told(cell: Cell) -> i64 {
    match cell {
        Cell::Shown(count) => i64::from(count),
        Cell::Small => SMALL,
        Cell::Beside => BESIDE,
    }
}

const SMALL: i64 = -1;
const BESIDE: i64 = -2;

/// The count that a template hands back.
pub(super) fn as_cell(value: i64) -> Cell {
    match value {
        BESIDE => Cell::Beside,
        value => u32::try_from(value).map_or(Cell::Small, Cell::Shown),
    }
}

/// Some of a whole that is told by itself: neither part may be small. A large one is left out for the sake of a small rest, and is
/// not called small itself; nor is a small one where the whole would then tell which number it is (six: one and five).
pub(super) fn part_of(n: u32, of: u32, below: u32) -> Cell {
    let small = |count: u32| (1..below).contains(&count);
    match (small(n), small(of.saturating_sub(n))) {
        (true, _) | (_, true) if labels_tell(2, of, below) => Cell::Beside,
        (true, _) => Cell::Small,
        (false, true) => Cell::Beside,
        (false, false) => Cell::Shown(n),
    }
}

/// Themes by what they more often are: strong, to improve, or as often the one as the other.
fn themes(material: &Material, which: std::cmp::Ordering) -> Vec<String> {
    let mut found: Vec<_> = material.figures.themes.iter().filter(|theme| theme.reviews > 0).collect();
    found.retain(|theme| theme.strength.cmp(&theme.improve) == which);
    found.sort_by_key(|theme| std::cmp::Reverse(theme.strength.max(theme.improve)));
    listed(found.into_iter().map(|theme| theme.label.clone()).collect())
}

/// A list that is short enough to be read; of a long one the first, and how many more there are.
fn listed(mut all: Vec<String>) -> Vec<String> {
    const ALL: usize = 7;
    const FIRST: usize = 5;
    if all.len() > ALL {
        let more = format!("and {} more", all.len() - FIRST);
        all.truncate(FIRST);
        all.push(more);
    }
    all
}

/// Passages of good practice, each once: several reviews may be told of in the same words.
fn passages(material: &Material) -> Vec<String> {
    const SHOWN: usize = 12;
    let mut out: Vec<String> = Vec::new();
    for passage in &material.good_practice {
        if !out.contains(&passage.text) {
            out.push(passage.text.clone());
        }
    }
    out.truncate(SHOWN);
    out
}

/// The services that were visited, each once.
fn visited(material: &Material) -> String {
    let mut names: Vec<String> = Vec::new();
    for visit in &material.visits {
        if !names.contains(&visit.service) {
            names.push(visit.service.clone());
        }
    }
    all_of(&names)
}

/// The facts; `written` is whether people wrote something in the section.
pub(super) fn of(facts: &Facts<'_>, written: bool) -> Value {
    let Facts { material, told: tells } = *facts;
    let figures = &material.figures;
    let sum = |count: fn(&crate::domain::insight::figures::Progress) -> u32| {
        figures.cycles.iter().map(|cycle| count(&cycle.progress)).sum::<u32>()
    };
    let actions = &material.actions;
    let of_state = |state: ActionState| actions.iter().filter(|action| action.state == state).count();
    let late = actions.iter().filter(|action| action.is_late(material.counted_on)).count();
    let practice = material.practice;
    let below = material.limit;
    let small = |count: u32| told(if (1..below).contains(&count) { Cell::Small } else { Cell::Shown(count) });
    let period = Period::of(material, tells);
    let [pairs, kept, raised, lowered] = period.panel.map(told);
    let of_families = |column: &str| tells.cell(Kind::Families, "", column);
    let family = |column: &str| told(of_families(column));
    // Of a whole that is small nothing is said, whatever its parts are.
    let families_told = match of_families("asked for") {
        Cell::Shown(_) => true,
        Cell::Small => false,
        Cell::Beside => ["spoken with", "could not be", "words written down"].iter().any(|column| of_families(column).count().is_some()),
    };
    let alert = |column: &str| told(tells.cell(Kind::Alerts, "", column));
    let loops = &material.loops;
    let loops_part = |n: u32| told(part_of(n, loops.open, below));
    let waits: Vec<String> = loops
        .missing
        .iter()
        .map(|(label, many)| {
            let cell = part_of(*many, loops.looked_through, below);
            format!("{label}: {}", share(cell, Cell::Shown(loops.looked_through), below))
        })
        .collect();
    let workers = figures.coverage.workers;
    let plan_open = material.plan_to_do().filter(|line| line.open).count();
    context! {
        written => written,
        label => material.label,
        title => material.title,
        council => material.council,
        public => material.public,
        for_team => material.for_team,
        graded => material.graded,
        focus => material.focus,
        focus_why => material.focus_why,
        next_focus => material.next_focus,
        period => span(material.from, material.until),
        boards => material.boards,
        cycles => figures.cycles.len(),
        sample => sum(|progress| progress.sample),
        drawn => sum(|progress| progress.drawn),
        submitted => sum(|progress| progress.submitted),
        finalised => sum(|progress| progress.finalised),
        some_erased => material.some_erased,
        good => period.good.map(Share::say).unwrap_or_default(),
        good_of => period.of_words(),
        waiting => period.waiting,
        pairs => pairs, kept => kept, raised => raised, lowered => lowered,
        moderated => period.good.is_some(),
        family => context! {
            asked_for => family("asked for"), contacted => family("spoken with"), barrier => family("could not be"),
            said => family("words written down"), told => families_told, few => of_families("asked for") == Cell::Small,
        },
        alerts => context! {
            opened => alert("opened"), closed => alert("closed"), open => alert("open"),
            reviewed => alert("reviewed in time"), to_review => alert("record to be reviewed"),
        },
        loops => context! {
            open => small(loops.open), long => loops_part(loops.long), oldest => loops.oldest.map(full).unwrap_or_default(),
            supervision_due => loops_part(loops.supervision_due), supervision_late => loops_part(loops.supervision_late),
            tracked => small(loops.tracked), closed => told(part_of(loops.closed, loops.tracked, below)),
            looked_through => loops.looked_through,
        },
        waits => if (1..below).contains(&loops.open) { Vec::new() } else { waits },
        coverage => context! {
            workers => told(part_of(workers.n, workers.of, below)), of_workers => workers.of,
        },
        actions => context! {
            all => actions.len(), late => late,
            open => of_state(ActionState::Open) + of_state(ActionState::InProgress),
            done => of_state(ActionState::Done), signed_off => of_state(ActionState::SignedOff),
        },
        plan => context! {
            all => material.plan_to_do().count(), open => plan_open,
            told => material.plan.iter().filter(|line| ["progress", "presented"].contains(&line.kind.as_str())).count(),
        },
        effects => context! {
            signed_off => material.effects.signed_off, sustained => material.effects.sustained, partly => material.effects.partly,
            recurred => material.effects.recurred, cannot_tell => material.effects.cannot_tell,
            revisited => material.effects.revisited(), open => material.effects.open,
        },
        practice => context! {
            raised => small(practice.raised), formal => small(practice.formal), ended => small(practice.ended),
            open => small(practice.open), late => small(practice.late), good_practice => small(practice.good_practice),
            any => practice.raised + practice.open + practice.ended + practice.good_practice > 0,
        },
        strengths => themes(material, std::cmp::Ordering::Greater),
        needs => themes(material, std::cmp::Ordering::Less),
        mixed => themes(material, std::cmp::Ordering::Equal),
        good_practice => passages(material),
        indicators => figures.indicators.len(),
        joint => material.joint.len(),
        visits => material.visits.len(),
        of_visits => material.of_visits,
        turns => all_of(&material.turns),
        visited => visited(material),
        looks_back => material.since.is_some(),
        slipped => material.since.as_ref().map_or(0, |since| since.slipped.len()),
        taken_in => material.taken_in.len(),
        sections => material.sections.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(),
    }
}
