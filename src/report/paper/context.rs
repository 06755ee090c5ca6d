//! What a template is handed: the frozen facts, under plain names.

use super::suppressed::{cell, count};
use crate::domain::action::ActionState;
use crate::domain::insight::Table;
use crate::domain::report::Material;
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

/// The facts; `written` is whether people wrote something in the section.
pub(super) fn of(material: &Material, written: bool) -> Value {
    let figures = &material.figures;
    let sum = |count: fn(&crate::domain::insight::figures::Progress) -> u32| {
        figures.cycles.iter().map(|cycle| count(&cycle.progress)).sum::<u32>()
    };
    let good = figures.cycles.iter().map(|cycle| cycle.good_or_better()).fold(Default::default(), crate::domain::insight::Share::and);
    let actions = &material.actions;
    let of_state = |state: ActionState| actions.iter().filter(|action| action.state == state).count();
    let late = actions.iter().filter(|action| action.is_late(material.counted_on)).count();
    let practice = material.practice;
    let shift = figures
        .cycles
        .iter()
        .map(|cycle| &cycle.shift.all)
        .fold((0, 0, 0, 0), |sum, one| (sum.0 + one.pairs(), sum.1 + one.exact(), sum.2 + one.raised(), sum.3 + one.lowered()));
    let below = material.limit;
    // The three add up to all that were moderated, so one that is small is not left out alone.
    let parts = Table::suppressed(&[vec![shift.1, shift.2, shift.3]], below);
    let moved = |place: usize| parts.cells.first().and_then(|cells| cells.get(place)).map_or_else(String::new, |one| cell(*one, below));
    let themes = |better: bool| {
        let mut found: Vec<_> = figures.themes.iter().filter(|theme| if better { theme.strength > 0 } else { theme.improve > 0 }).collect();
        found.sort_by_key(|theme| std::cmp::Reverse(if better { theme.strength } else { theme.improve }));
        found.into_iter().take(5).map(|theme| theme.label.clone()).collect::<Vec<_>>()
    };
    context! {
        written => written,
        label => material.label,
        title => material.title,
        council => material.council,
        public => material.public,
        graded => material.graded,
        focus => material.focus,
        focus_why => material.focus_why,
        period => span(material.from, material.until),
        boards => material.boards,
        cycles => figures.cycles.len(),
        sample => sum(|progress| progress.sample),
        drawn => sum(|progress| progress.drawn),
        submitted => sum(|progress| progress.submitted),
        waiting => sum(|progress| progress.waiting),
        moderated => sum(|progress| progress.moderated),
        finalised => sum(|progress| progress.finalised),
        good => good.n,
        graded_of => good.of,
        pairs => count(shift.0, below), kept => moved(0), raised => moved(1), lowered => moved(2),
        family => figures.family,
        alerts => context! {
            opened => figures.alerts.opened, closed => figures.alerts.closed,
            told => figures.alerts.told.n, to_tell => figures.alerts.told.of,
            reviewed => figures.alerts.reviewed_in_time.n, to_review => figures.alerts.reviewed_in_time.of,
        },
        coverage => context! { workers => figures.coverage.workers.n, of_workers => figures.coverage.workers.of },
        actions => context! {
            all => actions.len(), late => late,
            open => of_state(ActionState::Open) + of_state(ActionState::InProgress),
            done => of_state(ActionState::Done), signed_off => of_state(ActionState::SignedOff),
        },
        effects => context! {
            signed_off => material.effects.signed_off, sustained => material.effects.sustained, partly => material.effects.partly,
            recurred => material.effects.recurred, cannot_tell => material.effects.cannot_tell,
            revisited => material.effects.revisited(), open => material.effects.open,
        },
        practice => context! {
            raised => practice.raised, formal => practice.formal, ended => practice.ended, open => practice.open, late => practice.late,
            good_practice => practice.good_practice,
        },
        strengths => themes(true),
        needs => themes(false),
        good_practice => material.good_practice.iter().take(12).map(|passage| passage.text.clone()).collect::<Vec<_>>(),
        indicators => figures.indicators.len(),
        taken_in => material.taken_in.len(),
    }
}
