//! `closeloop people`, as it is typed.

use crate::cli::place::Place;

#[test]
fn somebody_is_added_tried_out_first_and_ended_by_command() {
    let place = Place::council();
    let add = ["people", "add", "Una Vale", "--role", "team manager", "--login", "una.v"];
    let tried = place.run(&[&add[..], &["--dry-run"]].concat());
    assert_eq!(
        (tried.code, tried.out.as_str()),
        (0, "Dry run, nothing was changed. It would say: Una Vale added as Team manager.\n"),
        "{}",
        tried.err
    );
    let listed = |place: &Place| place.run(&["people", "list", "--json"]).rows().iter().any(|row| row["ref"] == "una.v");
    assert!(!listed(&place), "a dry run changes nothing");
    place.run(&add).done();
    assert!(listed(&place));
    assert!(place.run(&["--as", "una.v", "people", "end", "una.v"]).refused().contains("no right to change people"));
    assert!(place.run(&["people", "end", "una.vv"]).refused().contains("Did you mean una.v?"));
    let again = place.run(&["people", "add", "una  VALE", "--role", "TM", "--login", "una.two"]).done();
    assert!(again.contains("somebody of that name is on the list already (una.v)"), "{again}");
    place.run(&["people", "end", "una.v", "--on", "2026-11-18"]).done();
    assert!(!listed(&place));
    assert!(
        place
            .run(&["--as", "una.v", "list", "queue"])
            .refused()
            .contains("The login una.v belongs to Una Vale, whose last day here was 18 November 2026: who has left comes in no more.")
    );
    assert!(
        place
            .run(&["--as", "una.v", "list", "queue"])
            .refused()
            .contains("ask the Insights team, who keep the list of people: `closeloop people change una.v --back`")
    );
}
