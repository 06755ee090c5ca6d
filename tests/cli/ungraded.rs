//! What the program prints of a council that grades nothing: no word of a grade, and no key for one in JSON. Q02.

use super::place::{NOW, Place};
use crate::support::ungraded::{PROFILE, word_of_a_grade, year};

fn council() -> Place {
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", NOW.into()));
    std::fs::copy(year(), place.db()).unwrap();
    std::fs::create_dir(place.folder.path().join("frameworks")).unwrap();
    place.file("frameworks/larkfield.toml", PROFILE);
    place.file("config.toml", &format!("frameworks = \"{}\"\n", place.path("frameworks")));
    place
}

#[test]
fn q02_nothing_the_program_prints_says_a_word_of_a_grade() {
    let place = council();
    let config = place.path("config.toml");
    let mut asked: Vec<Vec<String>> = Vec::new();
    let mut ask = |words: &str| asked.push(words.split(' ').map(String::from).collect());
    for list in ["queue", "panel", "alerts", "actions", "people", "registers", "notices"] {
        let all = if matches!(list, "notices" | "registers") { "" } else { " --filter all" };
        for form in ["", " --plain", " --json"] {
            ask(&format!("list {list}{all}{form}"));
        }
    }
    for form in ["", " --plain", " --json", " --months", " --months --json", " --behind", " --behind --json"] {
        ask(&format!("list entries --register shared{form}"));
    }
    for form in ["", " --json"] {
        ask(&format!("cycle list{form}"));
        ask(&format!("cycle show 2026-11{form}"));
        ask(&format!("show 2026-11{form}"));
    }
    ask("cycle card 2026-11");
    ask("framework show larkfield");
    ask("keys");
    ask("keys --markdown");
    ask("verify");
    for command in ["list", "show", "cycle", "cycle open", "cycle draw", "import", "demo", "keys"] {
        ask(&format!("{command} --help"));
    }
    let mut found = Vec::new();
    let mut look = |args: &[&str]| {
        let said = place.run(&[&["--config", config.as_str()], args].concat());
        assert_eq!(said.code, 0, "{args:?}: {}{}", said.out, said.err);
        for line in said.out.lines().chain(said.err.lines()) {
            if let Some(word) = word_of_a_grade(line) {
                found.push(format!("{word} in {args:?}: {line}"));
            }
        }
        said.out
    };
    for args in &asked {
        look(&args.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let queue: Vec<serde_json::Value> = serde_json::from_str(&look(&["list", "queue", "--filter", "all", "--json"])).unwrap();
    assert!(queue.len() > 40, "{}", queue.len());
    let mut keys: Vec<String> = Vec::new();
    for row in &queue {
        let reference = row["ref"].as_str().unwrap();
        look(&["show", reference]);
        let shown: serde_json::Value = serde_json::from_str(&look(&["show", reference, "--json"])).unwrap();
        keys.extend([row, &shown].iter().flat_map(|value| value.as_object().unwrap().keys().cloned()));
    }
    assert!(keys.iter().all(|key| key != "original" && key != "moderated"), "a key for a grade is there, and null");
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
}
