//! Profiles that are refused: each file of `fixtures/profiles/bad` yields exactly the messages written beside it.

use super::{fixtures, small};
use closeloop::profiles::parse;

#[test]
fn every_bad_profile_yields_exactly_its_messages() {
    let mut differences = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(fixtures().join("bad")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 40);
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml")) {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        let told = parse(&text, &name).map_or_else(|error| error.to_string(), |_| String::new());
        if told.is_empty() || told != expected.trim_end() {
            differences.push(format!("== {name}\n{told}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_problem_carries_its_place_its_line_and_the_word_that_was_meant() {
    let text = small().replace("answer = \"scale\"", "answer = \"scael\"");
    let error = parse(&text, "ours.toml").unwrap_err();
    let [problem] = error.problems.as_slice() else { panic!("one problem, not {error}") };
    assert_eq!(problem.place, "kind \"plan-review\" · area \"plan\" · question \"owned\" · answer");
    assert_eq!(text.lines().nth(problem.line.unwrap() - 1), Some("answer = \"scael\""));
    assert_eq!(problem.suggestion.as_deref(), Some("scale"));
    assert!(error.to_string().starts_with("ours.toml, line "));
    assert!(error.to_string().ends_with("Did you mean \"scale\"?"));
}

#[test]
fn whichever_line_is_left_out_or_cut_off_the_answer_is_a_framework_or_reasons() {
    let text = small();
    let lines: Vec<&str> = text.lines().collect();
    for gone in 0..lines.len() {
        let without = [&lines[..gone], &lines[gone + 1..]].concat().join("\n");
        let cut = lines[..gone].join("\n");
        for text in [without, cut] {
            if let Err(error) = parse(&text, "cut.toml") {
                assert!(!error.problems.is_empty(), "line {}", gone + 1);
            }
        }
    }
}

#[test]
fn a_key_or_an_id_that_the_journal_has_no_room_for_is_a_problem_of_the_profile() {
    let long = "a".repeat(61);
    let text = small().replacen("id = \"", &format!("id = \"{long}"), 1).replacen("key = \"owned\"", &format!("key = \"{long}\""), 1);
    let error = parse(&text, "ours.toml").unwrap_err();
    let told: Vec<&str> = error.problems.iter().map(|problem| problem.what.as_str()).filter(|what| what.contains("more than 60")).collect();
    assert_eq!(told.len(), 2, "{error}");
}
