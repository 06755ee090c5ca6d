//! A place of its own for the program to run in: a folder, a plain environment, and what it said.

use closeloop::demo::COORDINATOR;
use closeloop::domain::deed::{Actor, Deed};
use closeloop::domain::interest::InterestKind;
use closeloop::runtime::clerk::perform;
use closeloop::runtime::library::Library;
use closeloop::store::{Reading, Store};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The moment at which the made-up council stands in all these tests.
pub const NOW: &str = "2026-11-19T14:06:00Z";

/// What the program said, and how it ended.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// What was asked for; it has to have ended well and to have complained of nothing.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// The sentence of a refusal: status 1, on standard error alone.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (1, ""), "{}", self.err);
        self.err
    }

    /// One JSON document and nothing else.
    #[track_caller]
    pub fn json(self) -> Value {
        let out = self.done();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// A JSON array of objects that each have a `ref`.
    #[track_caller]
    pub fn rows(self) -> Vec<Value> {
        let Value::Array(rows) = self.json() else { panic!("this is no array") };
        for row in &rows {
            assert!(row["ref"].as_str().is_some_and(|text| !text.is_empty()), "{row}");
        }
        rows
    }
}

/// A folder with a database in it.
pub struct Place {
    pub folder: TempDir,
    pub env: Vec<(&'static str, String)>,
}

impl Place {
    /// Nothing is there yet; the clock is the machine's.
    pub fn empty() -> Place {
        let folder = tempfile::tempdir().unwrap();
        Place { folder, env: vec![("LANG", "C.UTF-8".into())] }
    }

    /// A made-up council of forty reviews, its clock fixed.
    pub fn council() -> Place {
        static MADE: OnceLock<TempDir> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let mut place = Place::empty();
            place.env.push(("CLOSELOOP_NOW", NOW.into()));
            place.run(&["demo", "--reviews", "40", "--out", &place.path("insights.db")]).done();
            place.folder
        });
        let mut place = Place::empty();
        place.env.push(("CLOSELOOP_NOW", NOW.into()));
        std::fs::copy(made.path().join("insights.db"), place.db()).unwrap();
        place
    }

    /// A new database on Merton's framework; the clock is the machine's.
    pub fn started() -> Place {
        let place = Place::empty();
        let said = place.run(&["init", "--framework", "merton"]);
        assert_eq!(said.code, 0, "{}", said.err);
        place
    }

    /// The database that the environment names.
    pub fn db(&self) -> PathBuf {
        self.folder.path().join("insights.db")
    }

    /// A file of the folder, as an argument.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Writes a file into the folder and gives its path as an argument.
    pub fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        self.path(name)
    }

    /// The names of all files in the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the program on this database.
    pub fn run(&self, args: &[&str]) -> Said {
        let db = self.path("insights.db");
        self.run_with(args, &[("CLOSELOOP_DB", db.as_str())])
    }

    /// Runs the program with these variables and no database named.
    pub fn run_with(&self, args: &[&str], env: &[(&str, &str)]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_closeloop"));
        command.args(args).env_clear().current_dir(self.folder.path());
        command.env("HOME", self.folder.path());
        command.envs(self.env.iter().map(|(name, value)| (*name, value.as_str()))).envs(env.iter().copied());
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A file that lies beside the tests, as an argument.
pub fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name).display().to_string()
}

/// The coordinator of the made-up council does something.
pub fn act(place: &Place, deed: impl FnOnce(Reading<'_>) -> Deed) {
    let mut store = Store::open(&place.db()).unwrap();
    let coordinator = store.reading().person_by_login(COORDINATOR).unwrap().unwrap();
    let actor = Actor {
        login: COORDINATOR.into(),
        person: Some(coordinator.id),
        name: coordinator.name,
        role: coordinator.role,
        session: "0123456789abcdef".into(),
    };
    let deed = deed(store.reading());
    perform(&mut store, &mut Library::default(), &actor, NOW.parse().unwrap(), deed).unwrap();
}

/// The coordinator of the made-up council declares an interest.
pub fn recuse(place: &Place, reference: &str) {
    act(place, |reading| {
        let review = reading.review_by_reference(reference).unwrap().unwrap();
        Deed::DeclareInterest { review, person: None, kind: InterestKind::Family, note: String::new() }
    });
}
