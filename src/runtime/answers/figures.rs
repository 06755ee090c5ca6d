//! Figures of a set of cycles: what the store counts, put before the pure sums of `domain/insight/figures`.

use crate::domain::framework::StepDuty;
use crate::domain::id::CycleId;
use crate::domain::insight::figures::{Figures, FiguresWanted, Gathered, IndicatorFigure, fold};
use crate::domain::query::Viewer;
use crate::runtime::library::Library;
use crate::store::{Reading, StoreResult};
use chrono::NaiveDate;

/// Which facts are read: a page of the screen needs only some, and the others cost time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Answers of forms.
    pub answers: bool,
    /// Steps of reviews.
    pub steps: bool,
    /// What came of speaking with families: of the steps those alone, unless all are read.
    pub families: bool,
    /// Alerts.
    pub alerts: bool,
    /// The caseload.
    pub caseload: bool,
    /// Themes and good practice.
    pub themes: bool,
    /// Performance indicators.
    pub indicators: bool,
}

impl Facts {
    /// All of them, as a report freezes them.
    pub const ALL: Facts =
        Facts { answers: true, steps: true, families: true, alerts: true, caseload: true, themes: true, indicators: true };
    /// None of them: what is counted of the reviews themselves, how far they are, is all that is asked for.
    pub const NONE: Facts =
        Facts { answers: false, steps: false, families: false, alerts: false, caseload: false, themes: false, indicators: false };
}

/// The figures of these cycles as a viewer may know them, whole.
pub fn figures(reading: Reading<'_>, library: &mut Library, viewer: &Viewer, wanted: FiguresWanted) -> StoreResult<Figures> {
    figures_of(reading, library, viewer, wanted, Facts::ALL)
}

/// The figures of these cycles as a viewer may know them, from the facts that are asked for.
pub(crate) fn figures_of(
    reading: Reading<'_>,
    library: &mut Library,
    viewer: &Viewer,
    wanted: FiguresWanted,
    facts: Facts,
) -> StoreResult<Figures> {
    Ok(figures_and_parts(reading, library, viewer, wanted, facts, false)?.0)
}

/// What was counted of one kind of review in one cycle: the kind, the first day of the cycle, its figures.
pub(super) type PartFigures = (String, NaiveDate, Figures);

/// The figures of these cycles whole, and those of each kind of review in each cycle by themselves.
pub(super) fn figures_with_parts(
    reading: Reading<'_>,
    library: &mut Library,
    viewer: &Viewer,
    wanted: FiguresWanted,
) -> StoreResult<(Figures, Vec<PartFigures>)> {
    figures_and_parts(reading, library, viewer, wanted, Facts::ALL, true)
}

fn figures_and_parts(
    reading: Reading<'_>,
    library: &mut Library,
    viewer: &Viewer,
    wanted: FiguresWanted,
    facts: Facts,
    parts: bool,
) -> StoreResult<(Figures, Vec<PartFigures>)> {
    let gathered = gather(reading, library, viewer, &wanted, facts)?;
    let (framework, calendar) = (library.current(reading)?, library.calendar(reading)?);
    let mut found = Vec::new();
    if parts {
        for ((cycle, kind), gathered) in gathered.parts() {
            let wanted = FiguresWanted { cycles: vec![cycle.id], kind: Some(kind.clone()), ..FiguresWanted::default() };
            found.push((kind, cycle.starts_on, fold(wanted, &gathered, &framework, &calendar, viewer.now)));
        }
    }
    Ok((fold(wanted, &gathered, &framework, &calendar, viewer.now), found))
}

/// The facts of these cycles as a viewer may know them: those that are asked for.
pub(super) fn gather(
    reading: Reading<'_>,
    library: &mut Library,
    viewer: &Viewer,
    wanted: &FiguresWanted,
    facts: Facts,
) -> StoreResult<Gathered> {
    let framework = library.current(reading)?;
    let mut cycles = Vec::with_capacity(wanted.cycles.len());
    let ids: std::collections::BTreeSet<CycleId> = wanted.cycles.iter().copied().collect();
    for id in ids {
        let cycle = (*library.cycle(reading, id)?).clone();
        let of = library.framework(reading, &cycle.framework, cycle.version)?;
        cycles.push((cycle, of));
    }
    cycles.sort_by(|(a, _), (b, _)| a.starts_on.cmp(&b.starts_on).then(a.id.cmp(&b.id)));
    let mut gathered = Gathered { cycles, reviews: reading.counted_reviews(wanted, viewer)?, ..Gathered::default() };
    if facts.answers {
        gathered.answers = reading.counted_answers(wanted, viewer)?;
    }
    let mut words: Vec<String> = gathered.cycles.iter().flat_map(|(_, framework)| framework.words_of_families()).collect();
    words.sort_unstable();
    words.dedup();
    if facts.steps {
        let words = if facts.families { words.as_slice() } else { &[] };
        gathered.steps = reading.counted_steps(wanted, None, words, viewer)?;
    } else if facts.families {
        let kinds = gathered.cycles.iter().flat_map(|(_, framework)| &framework.kinds);
        let mut keys: Vec<String> =
            kinds.filter_map(|kind| kind.step_of(StepDuty::FamilyContact)).map(|(_, step)| step.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        gathered.steps = reading.counted_steps(wanted, Some(&keys), &words, viewer)?;
    }
    if facts.alerts {
        gathered.alerts = reading.counted_alerts(wanted, viewer)?;
    }
    if facts.caseload {
        gathered.caseload = reading.caseload(wanted.service.as_deref(), viewer)?;
        gathered.workers = reading.caseworkers(wanted.service.as_deref(), viewer)?;
    }
    if facts.themes {
        gathered.themes = reading.counted_themes(wanted, viewer)?;
    }
    if facts.indicators
        && let (Some((first, _)), Some((last, _))) = (gathered.cycles.first(), gathered.cycles.last())
    {
        let ends = last.phases.iter().map(|phase| phase.ends).max().unwrap_or(last.starts_on);
        let label = |key: &str| framework.indicators.iter().find(|known| known.key == key).map_or(key, |known| &known.label).to_string();
        let values = reading.indicators(first.starts_on, ends)?.into_iter().map(|value| IndicatorFigure {
            label: label(&value.key),
            key: value.key,
            from: value.from,
            until: value.until,
            value: value.value,
            source: value.source,
        });
        gathered.indicators = values.collect();
    }
    Ok(gathered)
}
