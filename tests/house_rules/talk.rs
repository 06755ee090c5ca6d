//! What people read: no words of another trade, no places on somebody's machine.

use super::source::{self, Source};
use super::{none, over, snippet};

/// Words of help desks and traffic lights; a review is not one of those.
fn forbidden(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let ticket = words.iter().any(|word| matches!(word.to_lowercase().as_str(), "ticket" | "tickets"));
    let shouted = |wanted: &str| words.iter().any(|word| word.trim_end_matches('s') == wanted);
    if ticket {
        Some("ticket")
    } else if shouted("SLA") {
        Some("SLA")
    } else if shouted("RAG") {
        Some("RAG")
    } else {
        None
    }
}

fn check_words(source: &Source) -> Vec<String> {
    let words = source.strings.iter().filter_map(|(line, text)| forbidden(text).map(|word| (line, word)));
    words.map(|(line, word)| format!("{}:{line}: says {word}", source.path)).collect()
}

/// Folders that exist on one machine only. Put together here, so that this file does not hold them itself.
fn machine_places() -> [String; 4] {
    ["work", "home", "root", "Users"].map(|folder| format!("/{folder}/"))
}

fn check_places(path: &str, text: &str) -> Vec<String> {
    let places = machine_places();
    let lines = text.lines().zip(1..).filter(|(line, _)| places.iter().any(|place| line.contains(place.as_str())));
    lines.map(|(_, line)| format!("{path}:{line}: a path of somebody's machine")).collect()
}

/// Files that people and programs read, besides the code.
fn texts() -> Vec<(String, String)> {
    let mut paths = source::paths("assets");
    paths.extend(source::paths("src"));
    paths.extend(source::paths("tests"));
    let top = ["Cargo.toml", "README.md", "config.example.toml", ".ci/run"];
    paths.extend(top.into_iter().filter(|path| source::root().join(path).exists()).map(String::from));
    let read = |path: String| std::fs::read_to_string(source::root().join(&path)).ok().map(|text| (path, text));
    paths.into_iter().filter_map(read).collect()
}

#[test]
fn nothing_speaks_of_tickets_slas_or_rag() {
    none(over("src", check_words));
    let said =
        texts().into_iter().filter(|(path, _)| path.starts_with("assets/") || path.ends_with(".md") || path.ends_with("example.toml"));
    none(said.filter_map(|(path, text)| forbidden(&text).map(|word| format!("{path}: says {word}"))).collect());
}

#[test]
fn no_path_of_a_machine_is_written_anywhere() {
    none(texts().iter().flat_map(|(path, text)| check_places(path, text)).collect());
}

#[test]
fn foreign_words_and_places_are_caught() {
    for text in ["\"Ticket raised\"", "\"3 tickets\"", "\"The SLA is met\"", "\"RAG rating\"", "\"SLAs\""] {
        assert_eq!(check_words(&snippet("src/ui/mod.rs", &format!("let a = {text};"))).len(), 1, "{text}");
    }
    for text in ["\"slate\"", "\"Fragment\"", "\"storage\"", "\"rag doll\"", "\"sla\"", "1; // ticket"] {
        assert_eq!(check_words(&snippet("src/ui/mod.rs", &format!("let a = {text};"))), Vec::<String>::new(), "{text}");
    }
    for place in machine_places() {
        assert_eq!(check_places("README.md", &format!("first\ncd {place}me/closeloop\n")), ["README.md:2: a path of somebody's machine"]);
    }
}
