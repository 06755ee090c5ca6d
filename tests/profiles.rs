//! Frameworks as files: the built-in five, what is refused, and what a council may add.

use closeloop::profiles;

#[test]
fn every_built_in_framework_parses() {
    let mut failures = Vec::new();
    for (id, text) in profiles::builtin() {
        match profiles::parse(text, id) {
            Ok(framework) => assert_eq!(framework.id, *id),
            Err(error) => failures.push(error.to_string()),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
