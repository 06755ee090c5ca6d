//! A made-up council to sit down at, built once and copied for each test.

use crate::support::pty::Terminal;
use crate::support::rely;
use closeloop::demo::{self, COORDINATOR, DemoWanted};
use closeloop::domain::filter::Filter;
use closeloop::domain::query::{From, QueueSort, Viewer, Window};
use closeloop::domain::review::ReviewState;
use closeloop::profiles::Catalog;
use closeloop::store::{DraftStore, Store};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The size most tests use.
pub const WIDE: (u16, u16) = (160, 48);

/// A council of its own, and the review that is written in.
pub struct Desk {
    folder: TempDir,
    pub reference: String,
    pub heading: String,
}

impl Desk {
    pub fn new() -> Desk {
        static MADE: OnceLock<(TempDir, String, String)> = OnceLock::new();
        let (template, reference, heading) = MADE.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("council.db");
            let wanted = DemoWanted { framework: "merton".into(), reviews: 40, seed: 7, now: chrono::Utc::now(), faults: false };
            demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
            let store = Store::open(&path).unwrap();
            let (reference, heading) = writable(&store);
            drop(store);
            (folder, reference, heading)
        });
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(template.path().join("council.db"), folder.path().join("council.db")).unwrap();
        Desk { folder, reference: reference.clone(), heading: heading.clone() }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("council.db")
    }

    pub fn store(&self) -> Store {
        Store::open(&self.path()).unwrap()
    }

    /// Starts the program on this council.
    pub fn start_with(&self, env: &[(&str, &str)], size: (u16, u16)) -> Terminal {
        let path = self.path();
        let args = ["--db", path.to_str().unwrap(), "--as", COORDINATOR];
        let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
        Terminal::start(rely::program(), &args, env, size)
    }

    /// Starts the program and waits for its desk.
    #[track_caller]
    pub fn start(&self) -> Terminal {
        let mut terminal = self.start_with(&[], WIDE);
        terminal.wait_for("next thing");
        terminal
    }

    /// Starts the program and opens the first heading of the review that can be written in.
    #[track_caller]
    pub fn start_writing(&self) -> Terminal {
        let mut terminal = self.start();
        self.open_record(&mut terminal);
        terminal.keys("ll");
        terminal.wait_for(&self.heading);
        terminal.keys("\r");
        terminal.wait_for(&format!("{} \u{b7} {}", self.reference, self.heading));
        terminal
    }

    /// Opens the record of the review that can be written in.
    #[track_caller]
    pub fn open_record(&self, terminal: &mut Terminal) {
        terminal.keys("/");
        terminal.wait_for("Enter keeps, Esc clears");
        terminal.keys(format!("{}\r", self.reference));
        terminal.wait_for("next thing");
        terminal.keys("\r");
        terminal.wait_for("finish list");
    }

    /// The text of every draft that earlier runs left.
    pub fn drafts(&self) -> Vec<String> {
        let drafts = DraftStore::open(&self.path()).unwrap();
        let found = drafts.left_behind(COORDINATOR, "this test", chrono::Utc::now()).unwrap();
        found.into_iter().map(|draft| draft.filled).collect()
    }
}

/// A review that somebody is writing, and the first heading of its narrative.
pub fn writable(store: &Store) -> (String, String) {
    let reading = store.reading();
    let now = chrono::Utc::now();
    let viewer = Viewer::of(None, now, closeloop::domain::calendar::local_date(now));
    let window = Window { filter: Filter::default(), sort: QueueSort::Due, reversed: false, from: From::Start, limit: 200 };
    let page = reading.queue(&window, &viewer).unwrap();
    let row = page.rows.into_iter().find(|row| {
        let facts = reading.review(row.id).unwrap().unwrap();
        facts.state == ReviewState::Open && facts.submitted_at.is_none() && facts.reviewer.is_some() && facts.steps.len() > 1
    });
    let reference = row.expect("a demo has reviews that are being written").reference;
    let framework = closeloop::profiles::Catalog::built_in().framework("merton").unwrap();
    let heading = framework.main_kind().unwrap().narrative[0].label.clone();
    (reference, heading)
}

/// How many rows the journal of a database has, without those of the day's reminders: from eight in the morning on every session
/// sees to them by itself, whatever a person does.
pub fn journal(path: &Path) -> u64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT count(*) FROM journal WHERE batch NOT IN (SELECT batch FROM journal WHERE object = 'setting/reminded-on')";
    connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap().unsigned_abs()
}
