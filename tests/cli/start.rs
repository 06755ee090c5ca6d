//! Starting a database, and what every command says when it is called wrongly.

use super::place::Place;

#[test]
fn init_starts_a_database_and_says_what_comes_next() {
    let place = Place::empty();
    let said = place.run(&["init", "--framework", "merton"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.starts_with("This database runs on the framework merton, version "), "{}", said.out);
    assert!(said.err.contains("Next: closeloop import people FILE"), "{}", said.err);
    assert_eq!(place.names(), ["insights.db"]);
    assert!(place.run(&["verify"]).done().starts_with("Clean: "));
    assert_eq!(place.run(&["list", "queue", "--json"]).rows().len(), 0);
}

#[test]
fn init_takes_a_framework_with_a_capital_and_without_one_names_them_all() {
    let place = Place::empty();
    let said = place.run(&["init"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("It is not said which framework.") && said.err.contains("quarterly-learning"), "{}", said.err);
    let started = place.run(&["init", "--framework", "Merton"]);
    assert!(started.code == 0 && started.out.starts_with("This database runs on the framework merton"), "{}", started.err);
}

#[test]
fn init_on_a_database_that_is_there_says_so_and_changes_nothing() {
    let place = Place::started();
    let before = place.run(&["verify"]).done();
    let again = place.run(&["init", "--framework", "merton"]).refused();
    assert!(again.starts_with("closeloop: There is a database at ") && again.contains("already, on this framework (merton@"), "{again}");
    assert!(again.contains("Nothing was changed."), "{again}");
    let other = place.run(&["init", "--framework", "sefton"]).refused();
    assert!(other.contains("already, and it runs on the framework merton@"), "{other}");
    assert_eq!(place.run(&["verify"]).done(), before);
}

#[test]
fn init_never_touches_a_file_of_another_program() {
    let place = Place::empty();
    let db = place.file("insights.db", &"Shopping list\n".repeat(400));
    let said = place.run(&["init", "--framework", "merton"]).refused();
    assert!(said.starts_with(&format!("closeloop: The file {db} is not a closeloop database. Nothing was changed.")), "{said}");
    assert_eq!(std::fs::read_to_string(&db).unwrap(), "Shopping list\n".repeat(400));
}

#[test]
fn init_makes_no_folder_that_somebody_named() {
    let place = Place::empty();
    let db = place.path("misspelt/insights.db");
    let said = place.run(&["--db", &db, "init", "--framework", "merton"]).refused();
    let folder = place.path("misspelt");
    assert!(said.starts_with(&format!("closeloop: There is no folder {folder}, so {db} cannot be made in it.")), "{said}");
    assert!(said.contains("Make the folder first"), "{said}");
    assert_eq!(place.names(), Vec::<String>::new());
}

#[test]
fn init_makes_the_usual_folder_and_says_so() {
    let place = Place::empty();
    let said = place.run_with(&["init", "--framework", "sefton"], &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    let folder = place.path(".local/share/closeloop");
    assert!(said.err.starts_with(&format!("Made the folder {folder}.")), "{}", said.err);
    assert!(std::path::Path::new(&folder).join("closeloop.db").exists());
}

#[test]
fn init_names_what_it_does_not_know() {
    let place = Place::empty();
    let said = place.run(&["init", "--framework", "mertn"]).refused();
    assert!(said.contains("merton"), "{said}");
    assert_eq!(place.names(), Vec::<String>::new());
}

#[test]
fn a_database_that_is_not_there_is_said_on_standard_error() {
    let place = Place::empty();
    let looks: [&[&str]; 6] =
        [&["list", "queue"], &["show", "CR-0001"], &["verify"], &["cycle", "list"], &["import", "people", "p.csv"], &["backup", "b.db"]];
    for args in looks {
        let said = place.run(args).refused();
        assert!(said.starts_with("closeloop: There is no database at "), "{args:?}: {said}");
        assert!(said.contains("closeloop init --framework ID"), "{said}");
    }
    assert_eq!(place.names(), Vec::<String>::new(), "looking for it does not make it");
}

#[test]
fn wrong_usage_is_status_2_and_writes_nothing_to_standard_output() {
    let place = Place::started();
    let wrong: [&[&str]; 9] = [
        &["lst"],
        &["list"],
        &["list", "parcels"],
        &["list", "queue", "--json", "--plain"],
        &["list", "queue", "--filter", "colour:red"],
        &["init"],
        &["import", "people"],
        &["--as", "amina.k", "list", "queue"],
        &["cycle", "open", "--starts", "soon"],
    ];
    for args in wrong {
        let said = place.run(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}: {}", said.err);
        assert!(!said.err.is_empty(), "{args:?}");
    }
    let clock = place.run_with(&["list", "queue"], &[("CLOSELOOP_DB", &place.path("insights.db")), ("CLOSELOOP_NOW", super::place::NOW)]);
    assert_eq!(clock.code, 2);
    assert!(clock.err.contains("CLOSELOOP_NOW is for demo databases only"), "{}", clock.err);
}

#[test]
fn without_a_terminal_the_workstation_says_so() {
    let place = Place::started();
    let said = place.run(&[]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.starts_with("closeloop: "), "{}", said.err);
}

#[test]
fn keys_completions_and_the_manual_need_no_database() {
    let place = Place::empty();
    assert!(place.run(&["keys"]).done().contains("Opens the next thing that needs you"));
    assert!(place.run(&["keys", "--markdown"]).done().contains("| Key | Does |"));
    assert!(place.run(&["completions", "bash"]).done().contains("_closeloop"));
    assert!(place.run(&["man"]).done().contains(".TH closeloop"));
    assert!(place.run(&["--help"]).done().contains("Usage: closeloop"));
    assert!(place.run(&["--version"]).done().starts_with("closeloop "));
    assert_eq!(place.names(), Vec::<String>::new());
}

#[test]
fn a_configuration_that_is_wrong_is_named() {
    let place = Place::empty();
    let config = place.file("c.toml", "asci = true\n");
    let said = place.run(&["--config", &config, "keys"]).refused();
    assert!(said.starts_with(&format!("closeloop: In the configuration {config}, there is no setting")), "{said}");
    assert!(said.contains("Did you mean ascii?"), "{said}");
    let missing = place.path("none.toml");
    let said = place.run(&["--config", &missing, "keys"]).refused();
    assert!(said.starts_with(&format!("closeloop: The configuration {missing} cannot be read")), "{said}");
}
