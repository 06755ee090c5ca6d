//! A made-up council: people, children and a year or more of cycles in every state, for any framework.
//!
//! Everything is written through the doorway ([`crate::runtime::clerk`]) with its own past date and actor, so the rules
//! hold for it as they do for real work. Seeded: the same wishes make the same council. It stands beside `cli`, above the
//! layers it joins, and must not know the screen.

mod actions;
mod activity;
mod after;
mod again;
mod alerts;
mod chase;
mod children;
mod current;
mod cycles;
mod dates;
mod dice;
mod drp;
mod faults;
mod follow;
mod insight;
mod interests;
mod joint;
mod learning;
mod looks;
mod named;
mod names;
mod notes;
mod others;
mod panel;
mod people;
mod phrases;
mod plan;
mod reports;
mod reviews;
mod told;
mod town;
mod words;

pub use people::COORDINATOR;

use crate::domain::calendar::{Calendar, local_date};
use crate::domain::deed::{Actor, Deed, ImportedFile};
use crate::domain::framework::{Framework, Span};
use crate::domain::id::PersonId;
use crate::intake::{IntakeError, holidays};
use crate::profiles::{Catalog, ProfileError};
use crate::runtime::clerk;
use crate::store::{self, Store, StoreError, StoreResult};
use chrono::{DateTime, Duration, Utc};
use dice::Dice;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;
use town::{CyclePlay, Town};

/// What a made-up council should be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoWanted {
    /// Id of its framework.
    pub framework: String,
    /// How many reviews it has in all.
    pub reviews: u32,
    /// The seed everything is made from.
    pub seed: u64,
    /// The moment at which its story has arrived.
    pub now: DateTime<Utc>,
    /// With faults planted, for the look over the records to find.
    pub faults: bool,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// Reviews, those taken out included.
    pub reviews: u32,
    /// Cycles.
    pub cycles: u32,
    /// People.
    pub people: u32,
    /// Rows of the journal.
    pub rows: i64,
}

/// Why no council could be made.
#[derive(Debug, Error)]
pub enum DemoError {
    /// There is no such framework, or it is wrong.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The table of bank holidays is wrong.
    #[error(transparent)]
    Holidays(#[from] IntakeError),
    /// What was asked for makes no council.
    #[error("{0}")]
    Wish(String),
}

/// Most reviews that a demo is made with.
pub const REVIEWS_AT_MOST: u32 = 200_000;

/// Builds a made-up council in a new file. `progress` hears of reviews submitted, of how many.
///
/// It grows in a file beside its place, named after this process, and gets its name only when it is whole: a build that
/// was killed leaves nothing that could be taken for a council.
pub fn build(path: &Path, catalog: &Catalog, wanted: &DemoWanted, progress: &mut dyn FnMut(u64, u64)) -> Result<Built, DemoError> {
    if wanted.reviews == 0 || wanted.reviews > REVIEWS_AT_MOST {
        return Err(DemoError::Wish(format!("A demo has from 1 to {REVIEWS_AT_MOST} reviews; {} is not among them.", wanted.reviews)));
    }
    let framework = catalog.framework(&wanted.framework)?;
    let Some(text) = catalog.text(&wanted.framework).map(str::to_string) else {
        return Err(DemoError::Wish(format!("The framework {} has no text.", wanted.framework)));
    };
    let days = holidays::built_in()?;
    store::free_place(path)?;
    sweep(path);
    let half = building(path);
    let built = Store::create_for_bulk(&half).map_err(DemoError::from).and_then(|mut store| {
        let built = fill(&mut store, framework, text, days, wanted, progress)?;
        Ok(store.grown().map(|()| built)?)
    });
    let built = built.and_then(|built| Ok(store::give_name(&half, path).map(|()| built)?));
    if built.is_err() {
        // A council that stopped half-way is no council.
        store::discard(&half);
        return built;
    }
    looks::leave(path, wanted.now)?;
    built
}

/// What comes between a file's name and the number of the process that builds it.
const BUILDING: &str = ".building-";

/// The name under which a file grows.
fn building(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(format!("{BUILDING}{}", std::process::id()));
    PathBuf::from(name)
}

/// Removes what builds of the same file left behind when they were killed. One that is still under way stays.
fn sweep(path: &Path) {
    let (Some(folder), Some(file)) = (path.parent(), path.file_name()) else { return };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // A folder that cannot be listed is no trouble here: whoever makes a file in it next is told.
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let of_build = name.to_str().zip(file.to_str()).and_then(|(name, file)| name.strip_prefix(file)?.strip_prefix(BUILDING));
        // Behind the number stand the endings of SQLite's logs, and of a file that was only just being made.
        let number = of_build.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        let Some(builder) = number.and_then(|number| number.parse().ok()).and_then(rustix::process::Pid::from_raw) else { continue };
        // A file with our own number is left of a process that had it before us.
        let ours = builder == rustix::process::getpid();
        if ours || rustix::process::test_kill_process(builder) == Err(rustix::io::Errno::SRCH) {
            store::discard(&entry.path());
        }
    }
}

fn fill(
    store: &mut Store,
    framework: Framework,
    text: String,
    days: Vec<(chrono::NaiveDate, String)>,
    wanted: &DemoWanted,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Built, DemoError> {
    let today = local_date(wanted.now);
    let mut dice = Dice::new(wanted.seed);
    let calendar = Calendar::new(days.clone());
    let Some(kind) = framework.sampled_kind().cloned() else {
        return Err(DemoError::Wish(format!("The framework {} has no kind of review.", framework.id)));
    };
    let beside = others::kinds(&framework, wanted.reviews).len() as u32;
    // Two files that everybody grades: one whose reviewers have talked, and one whose lead has yet to bring them together.
    let beside = beside + 2 * learning::in_a_cycle(&framework, wanted.reviews);
    let drawn = wanted.reviews - beside - 2 * u32::from(joint::has_benchmark(&framework, wanted.reviews));
    let firsts = dates::first_days(&framework.cycle, drawn, today);
    let sizes = dates::sizes(firsts.len(), drawn);
    let usual = sizes.iter().copied().max().unwrap_or(1);
    let resting = cycles_within(framework.sampling.not_again_within, crate::domain::cycle::months(framework.cycle.rhythm));
    // Everybody reviewed lately is left out of a draw, so the caseload must be larger than that by enough to choose from.
    let cases = (usual as usize * (resting * 10 + 22) / 10).max(150);
    let staff = people::staff(&framework, &kind, cases, usual as usize, today, &mut dice);
    let caseload = children::Caseload::new(&framework.case_types, cases);
    let begins = firsts.first().copied().unwrap_or(today) - Duration::days(30);
    let last = firsts.len() - 1;
    let cycles = firsts
        .into_iter()
        .zip(&sizes)
        .enumerate()
        .filter(|(_, (_, size))| **size > 0)
        .map(|(place, (starts_on, size))| {
            let substitutes = u32::from(*size >= 6 && (place == last || place % 4 == 1));
            CyclePlay { starts_on, size: *size, current: place == last, substitutes, ..CyclePlay::default() }
        })
        .collect();
    let start = dates::at(dates::workday(&calendar, begins), 9 * 60);
    let name = "Amina Kettlemead".to_string();
    let session = session(dice.number());
    let desk = Actor { login: COORDINATOR.into(), person: None, name, role: "coordinator".into(), session };
    let mut town = Town::new(framework, kind, calendar, wanted, staff, caseload, cycles, dice, desk);
    found(store, &mut town, start, text, days)?;
    town.diary(start);
    town.alerts_to_show();
    // Chance of its own: what is added here leaves the reviews of a seed as they are.
    town.activity(start, Dice::new(wanted.seed ^ 0x0AC7_1B17));
    town.disputes(start);
    town.other_kinds(wanted.reviews);
    town.benchmarks(wanted.reviews);
    town.learning_audits(wanted.reviews);
    town.indicators(start, Dice::new(wanted.seed ^ 0x1D1C));
    town.report_diary();
    town.looks_over(start);
    town.run(store, progress)?;
    store.write(|tx| town.last_kinds(tx).and_then(|()| town.late_interests(tx)))?;
    if joint::has_benchmark(&town.framework, wanted.reviews) {
        store.write(|tx| town.last_benchmarks(tx))?;
    }
    if wanted.faults {
        town.plant_faults(store)?;
    }
    Ok(Built {
        reviews: u32::try_from(town.plays.len()).unwrap_or(u32::MAX) + town.proposals,
        cycles: u32::try_from(town.cycles.len()).unwrap_or(u32::MAX),
        people: u32::try_from(town.people.len()).unwrap_or(u32::MAX),
        rows: town.last_row,
    })
}

/// How many cycles lie within a span.
fn cycles_within(span: Span, cycle_months: u32) -> usize {
    let months = match span {
        Span::Months(months) => months,
        Span::Weeks(weeks) => weeks.div_ceil(4),
        Span::Days(days) | Span::WorkingDays(days) => days.div_ceil(28),
        Span::Hours(_) => 0,
    };
    months.div_ceil(cycle_months.max(1)) as usize
}

/// The first morning: framework, people, and who may act from then on.
fn found(
    store: &mut Store,
    town: &mut Town,
    start: DateTime<Utc>,
    text: String,
    holidays: Vec<(chrono::NaiveDate, String)>,
) -> Result<(), DemoError> {
    let founder = town.desk.clone();
    let (framework, version) = (town.framework.id.clone(), town.framework.version);
    let rows = town.staff.rows.clone();
    let file = file_of("people.csv", &format!("{rows:?}"));
    let library = &mut town.library;
    let last = store.write(|tx| -> StoreResult<i64> {
        let deeds = [
            Deed::Start { framework, version, text, holidays },
            Deed::Set { name: "demo".into(), value: COORDINATOR.into() },
            Deed::Set { name: "council".into(), value: "Larkmoor (made up)".into() },
            Deed::ImportPeople { rows, file },
        ];
        let mut last = 0;
        for deed in deeds {
            last = clerk::perform_in(tx, library, &founder, start, deed)?.written.last.max(last);
        }
        Ok(last)
    })?;
    town.last_row = last;
    town.settle(Arc::unwrap_or_clone(store.reading().people_by_id()?));
    let people: Vec<_> = town.people.values().filter(|person| !person.login.is_empty()).cloned().collect();
    for person in people {
        let session = session_of(town);
        let actor = Actor { login: person.login.clone(), person: Some(person.id), name: person.name.clone(), role: person.role, session };
        if person.login == COORDINATOR {
            town.coordinator = person.id;
            town.desk = actor.clone();
        }
        town.actors.insert(person.id, actor);
    }
    if town.coordinator == PersonId(0) {
        return Err(DemoError::Wish("The framework has no role of the Insights team, so nobody could run its cycles.".into()));
    }
    Ok(())
}

fn session_of(town: &mut Town) -> String {
    session(town.dice.number())
}

fn session(number: u64) -> String {
    format!("{number:016x}")
}

/// A file that was never on a disk, with the hash it would have had.
fn file_of(name: &str, content: &str) -> ImportedFile {
    let digest = Sha256::digest(content.as_bytes());
    ImportedFile { name: name.to_string(), sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(), oddities: 0 }
}
