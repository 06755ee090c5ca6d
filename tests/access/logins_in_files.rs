//! What a file of people may not say of who somebody is. T43.

use crate::support::council::{file, people};
use crate::support::world::{World, merton_text};
use closeloop::domain::deed::Deed;
use closeloop::domain::intake::PersonRow;

fn council() -> World {
    World::as_written(merton_text())
}

/// The row of somebody as the council has them.
fn row(name: &str) -> PersonRow {
    people().into_iter().find(|row| row.name == name).unwrap()
}

fn import(rows: Vec<PersonRow>) -> Deed {
    Deed::ImportPeople { rows, file: file("people.csv", 'd') }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_string())
}

#[test]
fn t43_a_file_gives_whoever_imports_it_no_other_role_and_takes_no_login_of_theirs_away() {
    let mut world = council();
    for wanted in ["insights-hos", "Director"] {
        let refused = world.refused(import(vec![PersonRow { role: some(wanted), ..row("Amina Khan") }, row("Tara Moss")]));
        assert!(refused.contains("Nobody changes their own role") && refused.contains("Ask Bela Novak"), "{refused}");
    }
    // Found by name alone: the blank cell would have locked her out.
    let refused = world.refused(import(vec![PersonRow { login: some(""), ..row("Amina Khan") }]));
    assert!(refused.contains("Nobody changes their own login"), "{refused}");
    // The file as the council has it says nothing new of her, and somebody else may import the other one.
    world.do_("Amina Khan", import(vec![row("Amina Khan")]));
    world.do_("Bela Novak", import(vec![PersonRow { role: some("insights-tm"), ..row("Amina Khan") }]));
    world.assert_verified();
}

#[test]
fn t43_a_file_neither_swaps_two_logins_nor_hands_one_on() {
    let mut world = council();
    let with = |name: &str, login: &str| PersonRow { login: some(login), ..row(name) };
    let files = [
        // Swapped, in both orders.
        vec![with("Tara Moss", "tom.w"), with("Tom Ward", "tara.m")],
        vec![with("Tom Ward", "tara.m"), with("Tara Moss", "tom.w")],
        // One that somebody else has now.
        vec![with("Tom Ward", "tara.m")],
        // Handed on to somebody new, while who had it stands in the file without one.
        vec![with("Tara Moss", ""), PersonRow { name: "Una Vale".into(), ..with("Tom Ward", "tara.m") }],
        vec![PersonRow { name: "Una Vale".into(), ..with("Tom Ward", "tara.m") }, with("Tara Moss", "")],
    ];
    for rows in files {
        let named: Vec<String> = rows.iter().map(|row| format!("{} {}", row.name, row.login.clone().unwrap_or_default())).collect();
        let refused = world.refused(import(rows));
        assert!(refused.contains("Tara Moss\u{2019}s") || refused.contains("Tom Ward\u{2019}s"), "{named:?}: {refused}");
        assert!(refused.contains("another login"), "{named:?}: {refused}");
    }
    let login = |who: &str| world.store.reading().person(world.person(who)).unwrap().unwrap().login;
    assert_eq!((login("Tara Moss"), login("Tom Ward")), ("tara.m".into(), "tom.w".into()));
}

#[test]
fn t43_a_file_gives_nobody_a_login_that_was_somebody_elses_and_a_new_name_stays_theirs() {
    let mut world = council();
    world.do_("Bela Novak", import(vec![PersonRow { login: some(""), ..row("Tara Moss") }]));
    let una = PersonRow { name: "Una Vale".into(), login: some("tara.m"), line_manager: None, ..row("Tom Ward") };
    let refused = world.refused(import(vec![una]));
    assert!(refused.contains("The login tara.m is or was Tara Moss\u{2019}s"), "{refused}");
    world.do_("Amina Khan", import(vec![row("Tara Moss")]));
    // Somebody who is called otherwise from now on, whom nobody else is called like.
    world.do_("Amina Khan", import(vec![PersonRow { name: "Tara Vale".into(), ..row("Tara Moss") }]));
    assert_eq!(world.store.reading().person_by_login("tara.m").unwrap().unwrap().name, "Tara Vale");
    world.assert_verified();
}
