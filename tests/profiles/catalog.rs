//! The catalog: built-in frameworks, and whole files of a council's own beside or instead of them.

use super::small;
use closeloop::profiles::{Catalog, Source, builtin};

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn without_a_folder_the_built_in_frameworks_are_listed_in_their_order() {
    let catalog = Catalog::open(None);
    let ids: Vec<String> = catalog.list().into_iter().map(|listing| listing.id).collect();
    assert_eq!(ids, ["merton", "sandwell", "sefton", "central-bedfordshire", "quarterly-learning"]);
    assert!(catalog.list().iter().all(|listing| listing.source == Source::BuiltIn));
    assert!(catalog.faults().is_empty());
    assert_eq!(catalog.text("merton"), Some(builtin()[0].1));
}

#[test]
fn a_file_with_a_new_id_is_added() {
    let folder = folder_with(&[("ours.toml", &small()), ("notes.txt", "not a framework")]);
    let catalog = Catalog::open(Some(folder.path()));
    assert_eq!(catalog.list().len(), 6);
    assert_eq!(catalog.source("riverside"), Source::Added("ours.toml".into()));
    assert_eq!(catalog.framework("riverside").unwrap().short_name, "Riverside");
    assert_eq!(catalog.text("riverside"), Some(small().as_str()));
}

#[test]
fn a_file_with_a_built_in_id_replaces_it_whole_and_the_catalog_says_so() {
    let folder = folder_with(&[("ours.toml", &small().replace("id = \"riverside\"", "id = \"merton\""))]);
    let catalog = Catalog::open(Some(folder.path()));
    let listings = catalog.list();
    assert_eq!(listings.len(), 5);
    assert_eq!(listings[0].source, Source::Replaces("ours.toml".into()));
    assert_eq!(listings[0].source.to_string(), "own file ours.toml, instead of the built-in one");
    assert_eq!(catalog.framework("merton").unwrap().title, "Family help reviews");
}

#[test]
fn a_bad_file_is_reported_by_name_and_does_not_stop_the_others() {
    let bad = small().replace("id = \"riverside\"", "id = \"hillside\"").replace("version = 3", "version = 0");
    let folder = folder_with(&[("bad.toml", &bad), ("good.toml", &small())]);
    let catalog = Catalog::open(Some(folder.path()));
    let [fault] = catalog.faults() else { panic!("one fault") };
    assert_eq!(fault.error.to_string(), "bad.toml, line 4: version: 0 is not a whole number from 1 to 100000.");
    assert!(catalog.framework("riverside").is_ok());
    assert!(catalog.framework("merton").is_ok());
}

#[test]
fn a_bad_file_that_would_replace_a_built_in_framework_is_never_passed_over_in_silence() {
    let bad = small().replace("id = \"riverside\"", "id = \"merton\"").replace("version = 3", "version = 0");
    let folder = folder_with(&[("bad.toml", &bad)]);
    let catalog = Catalog::open(Some(folder.path()));
    assert!(catalog.framework("merton").unwrap_err().to_string().starts_with("bad.toml, line 4"));
    assert_eq!(catalog.text("merton"), None);
    assert_eq!(catalog.list().len(), 4);
}

#[test]
fn of_two_files_with_one_id_the_second_is_reported() {
    let folder = folder_with(&[("a.toml", &small()), ("b.toml", &small())]);
    let catalog = Catalog::open(Some(folder.path()));
    assert_eq!(catalog.source("riverside"), Source::Added("a.toml".into()));
    let [fault] = catalog.faults() else { panic!("one fault") };
    assert_eq!(fault.error.to_string(), "b.toml: this has the id \"riverside\", which a.toml has too. Only that one is used.");
}

#[test]
fn a_folder_that_cannot_be_read_leaves_the_built_in_frameworks() {
    let folder = folder_with(&[]);
    let catalog = Catalog::open(Some(&folder.path().join("nowhere")));
    assert_eq!((catalog.faults().len(), catalog.list().len()), (1, 5));
}

#[test]
fn an_unknown_id_is_refused_with_the_one_that_was_meant() {
    let error = Catalog::built_in().framework("mertn").unwrap_err();
    assert_eq!(
        error.to_string(),
        "frameworks: there is no framework \"mertn\". Known are merton, sandwell, sefton, central-bedfordshire, quarterly-learning. \
         Did you mean \"merton\"?"
    );
}
