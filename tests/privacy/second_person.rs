//! An erasure takes two persons, and not two logins of one. T47, T43.

use crate::cli::place::Place;

fn login(place: &Place, role: &str) -> String {
    let raw = rusqlite::Connection::open(place.db()).unwrap();
    raw.query_row("SELECT login FROM person WHERE role = ?1 AND login <> '' LIMIT 1", [role], |row| row.get(0)).unwrap()
}

/// A place in which records have come up.
fn later() -> Place {
    let mut place = Place::council();
    place.env.retain(|(name, _)| *name != "CLOSELOOP_NOW");
    place.env.push(("CLOSELOOP_NOW", "2034-11-19T14:06:00Z".into()));
    place
}

/// Asks for the erasure of the first record that may go.
fn ask(place: &Place, who: &str) {
    let due = place.run(&["dispose", "list", "--as", who, "--json"]).json();
    let due: Vec<String> = due["due"].as_array().unwrap().iter().map(|row| row["ref"].as_str().unwrap().to_string()).collect();
    let asks = |reference: &&String| place.run(&["dispose", "ask", reference, "--why", "x", "--as", who]).code == 0;
    assert!(due.iter().any(|reference| asks(&reference)), "{due:?}");
}

#[test]
fn t47_t43_one_person_alone_erases_nothing_whatever_they_call_themselves() {
    let place = later();
    let (coordinator, manager) = (login(&place, "coordinator"), login(&place, "insights-tm"));
    // The first step is refused already: nobody gives themselves a role, nor another login.
    let said = place.run(&["--as", &coordinator, "people", "change", &coordinator, "--role", "Insights head of service"]).refused();
    assert!(said.contains("Nobody changes their own role") && said.contains("who keep the list of people"), "{said}");
    ask(&place, &manager);
    let said = place.run(&["--as", &manager, "people", "change", &manager, "--login", "am2"]).refused();
    assert!(said.contains("Nobody changes their own login"), "{said}");
    // Somebody else does it for them, for whatever reason: they are the same person still.
    place.run(&["--as", &coordinator, "people", "change", &manager, "--login", "am2"]).done();
    for settle in [&["dispose", "approve", "1", "--as", "am2"][..], &["dispose", "refuse", "1", "--why", "x", "--as", "am2"]] {
        let said = place.run(settle).refused();
        assert!(said.contains("needs a second person"), "{said}");
    }
    // The list of disposals still names them, and a second person approves it.
    let second = login(&place, "insights-sm");
    place.run(&["dispose", "approve", "1", "--as", &second]).done();
    assert_eq!(place.run(&["verify"]).code, 0);
}
