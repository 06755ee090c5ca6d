//! Building made-up councils and importing an extract.

use crate::annex_a;
use crate::figures::Figures;
use closeloop::domain::calendar::local_date;
use closeloop::domain::deed::{Actor, Deed, ImportedFile};
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
