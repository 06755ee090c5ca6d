//! A made-up year of a council that grades nothing (Q02), and the words it must never meet.

use closeloop::demo::{DemoWanted, build};
use closeloop::profiles::Catalog;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The moment at which its story has arrived.
pub const NOW: &str = "2026-11-19T14:06:00Z";

/// The profile of the council.
pub const PROFILE: &str = include_str!("../fixtures/profiles/ungraded.toml");

/// Where the council's database lies; copied before anything is done in it.
pub fn year() -> PathBuf {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let frameworks = folder.path().join("frameworks");
        std::fs::create_dir(&frameworks).unwrap();
        std::fs::write(frameworks.join("larkfield.toml"), PROFILE).unwrap();
        let path = folder.path().join("year.db");
        let wanted = DemoWanted { framework: "larkfield".into(), reviews: 60, seed: 7, now: NOW.parse().unwrap(), faults: false };
        build(&path, &Catalog::open(Some(Path::new(&frameworks))), &wanted, &mut |_, _| {}).unwrap();
        (folder, path)
    });
    made.1.clone()
}

/// The first word or glyph of a grade in a text, if there is one. That something is ungraded may be said.
pub fn word_of_a_grade(text: &str) -> Option<&'static str> {
    const WORDS: [&str; 9] = [
        "grade",
        "scaling",
        "inadequate",
        "outstanding",
        "requires improvement",
        "requires-improvement",
        "judgement",
        "\u{25c6}",
        "\u{25bc}",
    ];
    let lower = text.to_lowercase().replace("ungraded", "");
    let found = WORDS.into_iter().find(|word| lower.contains(word));
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    found.or_else(|| words.into_iter().any(|word| word == "Good" || word == "RI").then_some("Good or RI"))
}
