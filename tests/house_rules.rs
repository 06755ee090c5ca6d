//! Rules of the house that no compiler knows: which layer may name which, where time and chance come from, what a file
//! may hold. Each check is run over the whole tree, and over a snippet that breaks it, so that it cannot go blind.

mod files;
mod journal;
mod layers;
pub(crate) mod source;
mod talk;

use source::Source;

/// Files that break a rule for now, and what is to happen to them.
const OWED: &[(&str, &str)] = &[];

/// Every finding of a check over every file of a folder, as `path:line: what`.
fn over(folder: &str, check: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    source::all(folder).iter().filter(|source| !OWED.iter().any(|(path, _)| *path == source.path)).flat_map(check).collect()
}

#[track_caller]
fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// A file as if it stood at that place.
fn snippet(path: &str, text: &str) -> Source {
    Source::of(path, text)
}

#[test]
fn the_reader_of_sources_tells_code_strings_and_comments_apart() {
    let text = "let a = \"in // a string\"; // in a comment\nlet b = r#\"raw \"quoted\" text\"#; /* more\n/* nested */ still */ let c = '\"';\nfn d<'x>(e: &'x str) { f(b\"bytes\") }\n";
    let source = snippet("src/domain/made_up.rs", text);
    assert_eq!(
        source.strings.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(),
        ["in // a string", "raw \"quoted\" text", "bytes"]
    );
    assert_eq!(source.strings.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 4]);
    assert!(!source.code.contains("comment") && !source.code.contains("nested") && !source.code.contains("quoted"));
    assert!(source.code.contains("let c =") && source.code.contains("fn d<'x>(e: &'x str)"));
    assert_eq!(source.code.lines().count(), text.lines().count());
}

#[test]
fn a_debt_that_was_paid_is_crossed_out() {
    for (path, why) in OWED {
        let source = source::all("src").iter().find(|source| source.path == *path);
        let owes = source.is_some_and(|source| {
            let checks = [files::check_length, files::check_calls, layers::check_layers, layers::check_ambient];
            checks.iter().any(|check| !check(source).is_empty())
        });
        assert!(owes, "{path} ({why}) breaks no rule any more: take it off the list OWED in tests/house_rules.rs");
    }
}

#[test]
fn the_tree_is_read() {
    assert!(source::all("src").len() > 100, "the checks below look at real files");
    assert!(source::all("tests").len() > 30);
}
