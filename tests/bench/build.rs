//! Building made-up councils and importing an extract.

use crate::annex_a;
use crate::figures::Figures;
use chrono::Datelike;
use closeloop::domain::calendar::local_date;
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::{Actor, Deed, DrawWanted, ImportedFile};
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::id::CycleId;
use closeloop::domain::intake::{FrameRow, Place};
use closeloop::intake::{annex_a as intake, holidays};
use closeloop::profiles::Catalog;
use closeloop::runtime::clerk::perform;
use closeloop::runtime::library::Library;
use closeloop::store::Store;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Children in the extract that is imported.
const CHILDREN: u32 = 5_000;

/// Lets the program build a demo; says how long it took and how large it became.
pub fn demo(path: &Path, reviews: u32, figures: &mut Figures) {
    let start = Instant::now();
    let built = Command::new(crate::program())
        .args(["demo", "--framework", "merton", "--seed", "7", "--reviews", &reviews.to_string(), "--out"])
        .arg(path)
        .stdout(Stdio::null())
        .status();
    assert!(built.is_ok_and(|status| status.success()), "no demo was built");
    let aim = match reviews {
        1_000 => Some(3.0),
        100_000 => Some(90.0),
        _ => None,
    };
    figures.note(reviews, "demo built", "s", start.elapsed().as_secs_f64(), aim);
    figures.note(reviews, "size of the file", "MB", std::fs::metadata(path).unwrap().len() as f64 / 1e6, None);
}

/// Cases in the frame that a sample is drawn from.
const FRAME: u32 = 20_000;

/// Draws 100 cases from a frame of 20,000 through the doorway, the writing of the reviews included.
pub fn draw(folder: &Path, figures: &mut Figures) {
    let catalog = Catalog::built_in();
    let framework = catalog.framework("merton").unwrap_or_else(|error| panic!("{error}"));
    let mut store = Store::create(&folder.join("draw.db")).unwrap();
    let actor = Actor { login: "bench".into(), person: None, name: "Bench".into(), role: "coordinator".into(), session: "0".repeat(16) };
    let mut library = Library::default();
    let now = chrono::Utc::now();
    let mut ask = |deed: Deed| perform(&mut store, &mut library, &actor, now, deed).unwrap_or_else(|error| panic!("{error}"));
    let text = catalog.text("merton").unwrap().to_string();
    ask(Deed::Start { framework: framework.id.clone(), version: framework.version, text, holidays: holidays::built_in().unwrap() });
    let types = &framework.case_types;
    let row = |n: u32| FrameRow {
        council_id: format!("{}", 1_000_000 + n),
        kind: SubjectKind::Child,
        case_type: types[n as usize % types.len()].key.clone(),
        age_years: Some((n % 18) as u8),
        disability: Some(n.is_multiple_of(9)),
        team: Some(format!("Team {}", n % 97)),
        worker: Some(format!("Worker {}", n * 7 % 1_013)),
        started_on: None,
        source: Place::file("bench.csv"),
    };
    let file = ImportedFile { name: "bench.csv".into(), sha256: "0".repeat(64), oddities: 0 };
    ask(Deed::ImportFrame { rows: (0..FRAME).map(row).collect(), closed: Vec::new(), covered: Vec::new(), frame_date: None, file });
    let starts_on = local_date(now).with_day(1).unwrap();
    let focus_reason = framework.cycle.focus_reasons.first().map(|reason| reason.key.clone()).unwrap_or_default();
    ask(Deed::OpenCycle(CyclePlanned { starts_on, focus: "Bench".into(), focus_reason, focus_note: String::new() }));
    let begun = Instant::now();
    ask(Deed::Draw(DrawWanted { seed: Some(7), ..DrawWanted::usual(CycleId(1), 100) }));
    figures.note(0, "draw of 100 from a frame of 20,000", "s", begun.elapsed().as_secs_f64(), Some(0.5));
}

/// Reads a made-up extract and takes it into an empty council.
pub fn import(folder: &Path, figures: &mut Figures) {
    let file = folder.join("annex-a.xlsx");
    annex_a::write(&file, CHILDREN, 7).unwrap_or_else(|error| panic!("{error}"));
    let catalog = Catalog::built_in();
    let framework = catalog.framework("merton").unwrap_or_else(|error| panic!("{error}"));
    let mut store = Store::create(&folder.join("import.db")).unwrap();
    let actor = Actor { login: "bench".into(), person: None, name: "Bench".into(), role: "coordinator".into(), session: "0".repeat(16) };
    let mut library = Library::default();
    let now = chrono::Utc::now();
    let text = catalog.text("merton").unwrap().to_string();
    let start = Deed::Start { framework: framework.id.clone(), version: framework.version, text, holidays: holidays::built_in().unwrap() };
    perform(&mut store, &mut library, &actor, now, start).unwrap_or_else(|error| panic!("{error}"));

    let begun = Instant::now();
    let extract = intake::read(&file, &framework.case_types, local_date(now), &mut |_, _| {}).unwrap_or_else(|error| panic!("{error}"));
    figures.note(0, "Annex A of 5,000 children read", "s", begun.elapsed().as_secs_f64(), None);
    let came = ImportedFile { name: "annex-a.xlsx".into(), sha256: "0".repeat(64), oddities: extract.oddities.len() as u32 };
    let (rows, closed, covered, frame_date) = (extract.rows, extract.closed, extract.covered, extract.frame_date);
    perform(&mut store, &mut library, &actor, now, Deed::ImportFrame { rows, closed, covered, frame_date, file: came })
        .unwrap_or_else(|error| panic!("{error}"));
    figures.note(0, "Annex A of 5,000 children imported", "s", begun.elapsed().as_secs_f64(), Some(2.0));
}
