//! `closeloop report`: every form, files that are never overwritten, and the frozen version of what was approved.

use crate::cli::place::{Place, act, recuse};
use closeloop::domain::deed::{Deed, ReportDeed};

#[test]
fn every_form_is_written_and_no_file_is_overwritten_unasked() {
    let place = Place::council();
    let cycle = place.run(&["cycle", "list", "--json"]).rows().into_iter().find(|row| row["ref"] == "2026-10");
    let reference = cycle.map_or_else(|| "2026-10".to_string(), |row| row["ref"].as_str().unwrap().to_string());
    let kinds = place.run(&["report", &reference]).done();
    assert!(kinds.contains("collaborative-review  Collaborative review report, every 1 month"), "{kinds}");
    for (ending, begins) in [("md", &b"# Coll"[..]), ("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"Table,Row")]
    {
        let path = place.path(&format!("report.{ending}"));
        let args = ["report", &reference, "--kind", "collaborative-review", "--format", ending, "--out", &path];
        let said = place.run(&args);
        assert_eq!((said.code, said.out), (0, format!("Written: {path}.\n")));
        assert!(said.err.starts_with("Draft, figures of now: "), "{}", said.err);
        assert!(std::fs::read(&path).unwrap().starts_with(begins), "{ending}");
        let said = place.run(&args).refused();
        assert!(said.contains("is there already. Nothing was changed."), "{said}");
        let forced: Vec<&str> = args.iter().copied().chain(["--force"]).collect();
        assert_eq!(place.run(&forced).code, 0);
    }
    // Whoever made one without a case that is withheld from them says so on the paper itself.
    let page = |place: &Place| place.run(&["report", &reference, "--kind", "collaborative-review", "--format", "md"]).out;
    let in_part = "Without the reviews that are withheld from whoever made it";
    assert!(!page(&place).contains(in_part));
    recuse(&place, "CR-0001");
    assert!(page(&place).contains(in_part));
    let said = place.run(&["report", &reference, "--kind", "no-such"]).refused();
    assert!(
        said.contains("Known are: collaborative-review, improvement-plan, newsletter, tracking, action-register, alert-log, sample-card."),
        "{said}"
    );
    let said = place.run(&["report", "1999-01", "--kind", "tracking"]).refused();
    assert!(said.contains("There is no cycle \u{201c}1999-01\u{201d}."), "{said}");
    assert!(place.names().iter().all(|name| !name.contains("half") && !name.ends_with(".tmp")), "{:?}", place.names());
}

/// M20: a correction takes the place of what has gone out once it goes out itself, in files as on the screen.
#[test]
fn m20_what_was_published_is_handed_out_while_a_correction_is_being_written() {
    let place = Place::council();
    act(&place, |reading| {
        let cycle = reading.cycle_by_reference("2026-09").unwrap().unwrap();
        Deed::Report(ReportDeed::Build { cycle, kind: "tracking".into() })
    });
    let args = ["report", "2026-09", "--kind", "tracking", "--format", "md"];
    let given = place.run(&args);
    assert!(given.out.contains("Version 1, published on "), "{}", given.out);
    assert_eq!(given.err, "Version 1, published: it stands while version 2 is being written. --draft gives that one.\n");
    let draft = place.run(&[&args[..], &["--draft"]].concat());
    assert!(draft.out.contains("Draft, made on the spot") && draft.err.starts_with("Draft, figures of now: "), "{}", draft.out);
    // Where nothing is being written, nothing is said of it.
    assert_eq!(place.run(&["report", "2026-08", "--kind", "tracking", "--format", "md"]).err, "");
}

#[test]
fn a_folder_of_texts_that_is_not_there_is_said_and_not_passed_over() {
    let place = Place::council();
    let config = place.file("c.toml", &format!("reports = \"{}\"\n", place.path("nowhere")));
    let said = place.run(&["--config", &config, "report", "2026-09", "--kind", "tracking", "--format", "md"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    assert!(
        said.err.contains("nowhere, which the configuration names for the texts of reports (`reports`), is not there."),
        "{}",
        said.err
    );
}
