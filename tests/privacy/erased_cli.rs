//! `closeloop dispose` over a made-up council of everything: whatever goes, the journal and the rebuilt tables hold. T47.

use crate::cli::place::Place;

fn login(place: &Place, role: &str) -> String {
    let raw = rusqlite::Connection::open(place.db()).unwrap();
    raw.query_row("SELECT login FROM person WHERE role = ?1 AND login <> '' LIMIT 1", [role], |row| row.get(0)).unwrap()
}

#[test]
fn t47_everything_that_may_go_goes_and_what_is_left_verifies() {
    let mut place = Place::council();
    let (first, second) = (login(&place, "insights-tm"), login(&place, "insights-sm"));
    assert!(place.run(&["dispose", "list"]).refused().contains("is decided by the managers of the Insights team"));
    let none = place.run(&["dispose", "list", "--as", &first]);
    assert!(none.err.contains("No record has come up."), "{}", none.err);
    place.env.retain(|(name, _)| *name != "CLOSELOOP_NOW");
    place.env.push(("CLOSELOOP_NOW", "2034-11-19T14:06:00Z".into()));
    let due = place.run(&["dispose", "list", "--as", &first, "--json"]).json();
    let due: Vec<String> = due["due"].as_array().unwrap().iter().map(|row| row["ref"].as_str().unwrap().to_string()).collect();
    assert!(due.len() > 10, "{due:?}");
    let why = ["--why", "Schedule QA-3"];
    // Whoever looks after the installation hears that somebody has to decide.
    let doctor = place.run(&["doctor"]);
    assert!(doctor.out.contains("come up to be decided about") && doctor.out.contains("closeloop dispose list"), "{}", doctor.out);
    // One by one, so that each that is not to go says why; the last that may is held.
    let held = place.run(&["dispose", "hold", &due[0], "--why", "A complaint", "--as", &first]).done();
    assert!(held.contains("is held"), "{held}");
    let mut gone = Vec::new();
    for reference in &due {
        let said = place.run(&[&["dispose", "ask", reference, "--as", &first][..], &why].concat());
        if said.code != 0 {
            assert!(["is held since", "still open on"].iter().any(|why| said.err.contains(why)), "{}", said.err);
            continue;
        }
        gone.push(reference.clone());
    }
    assert!(gone.len() > 4 && !gone.contains(&due[0]), "{gone:?}");
    for number in 1..=gone.len() {
        let number = number.to_string();
        assert!(place.run(&["dispose", "approve", &number, "--as", &first]).refused().contains("needs a second person"));
        place.run(&["dispose", "approve", &number, "--as", &second]).done();
        assert_eq!(place.run(&["dispose", "run", &number, "--as", &second]).code, 2, "it asks whether it is meant");
        let said = place.run(&["dispose", "run", &number, "--for-good", "--as", &second]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.out.contains("No byte of what was erased is left"), "{}", said.out);
    }
    let said = place.run(&["verify"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let said = place.run(&["show", &gone[0]]).refused();
    assert!(said.contains("This record was erased on 19 November 2034"), "{said}");
    // Everything else still works on what is left.
    for args in [
        &["list", "queue", "--filter", "all"][..],
        &["list", "alerts", "--filter", "all"],
        &["check"],
        &["cycle", "list"],
        &["list", "actions", "--filter", "all"],
    ] {
        let said = place.run(args);
        assert!(said.code < 2, "{args:?}: {}", said.err);
        assert!(!said.err.contains("fault"), "{}", said.err);
    }
    place.run(&["dispose", "release", &due[0], "--why", "The inquiry has ended", "--as", &first]).done();
}
