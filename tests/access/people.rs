//! The list of people, one at a time: added, changed, ended, by whom and by whom not. T43.

use crate::support::world::{World, day, merton_text};
use closeloop::domain::deed::{Deed, PeopleDeed};
use closeloop::domain::person::PersonWanted;
use closeloop::domain::query::{Answered, Query};

fn some(text: &str) -> Option<String> {
    Some(text.to_string())
}

fn council() -> World {
    World::as_written(merton_text())
}

fn change(world: &World, who: &str, wanted: PersonWanted) -> Deed {
    let person = world.person(who);
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    Deed::People(PeopleDeed::Change { person, seen, wanted })
}

fn end(world: &World, who: &str, on: &str) -> Deed {
    let person = world.person(who);
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    Deed::People(PeopleDeed::End { person, seen, on: day(on) })
}

fn una() -> PersonWanted {
    PersonWanted {
        name: some("Una Vale"),
        role: some("team manager"),
        team: some("West Court"),
        login: some("una.v"),
        ..Default::default()
    }
}

#[test]
fn somebody_is_added_with_a_new_team_and_may_at_once_do_what_their_role_says() {
    let mut world = council();
    let receipt = world.do_("Amina Khan", Deed::People(PeopleDeed::Add(una())));
    assert_eq!(receipt.said, "Una Vale added as Team manager");
    let person = world.store.reading().person_by_login("una.v").unwrap().unwrap();
    assert_eq!(person.role, "TM", "the words of a role are as good as its key");
    assert!(world.store.reading().teams().unwrap().iter().any(|team| Some(team.id) == person.team && team.name == "West Court"));
    assert!(world.answer_to("Una Vale", &Query::Overview).is_ok());
    // The journal keeps it, and the tables are rebuilt from there; taken back too.
    assert!(closeloop::store::verify(&world.path(), None, &mut |_, _| {}).unwrap().clean());
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert!(world.store.reading().person_by_login("una.v").unwrap().is_none());
    assert!(world.store.reading().teams().unwrap().iter().all(|team| team.name != "West Court"), "the team came with them");
    assert!(closeloop::store::verify(&world.path(), None, &mut |_, _| {}).unwrap().clean());
}

#[test]
fn what_was_written_of_somebody_is_taken_back_by_who_wrote_it_and_may_still_keep_the_list() {
    let mut world = council();
    let promoted = PersonWanted { role: some("SM"), ..Default::default() };
    let deed = change(&world, "Tara Moss", promoted.clone());
    let receipt = world.do_("Amina Khan", deed);
    assert!(world.refused_to("Bela Novak", Deed::Undo { batch: receipt.written.first }).contains("done by somebody else"));
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert_eq!(world.store.reading().person(world.person("Tara Moss")).unwrap().unwrap().role, "TM");
    // Whoever keeps the list no longer takes nothing back on it.
    let deed = change(&world, "Tara Moss", promoted);
    let receipt = world.do_("Amina Khan", deed);
    let deed = change(&world, "Amina Khan", PersonWanted { role: some("TM"), ..Default::default() });
    world.do_("Bela Novak", deed);
    let refused = world.refused_to("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert!(refused.contains("no right to change people"), "{refused}");
}

#[test]
fn t43_taking_back_leaves_somebody_who_keeps_the_list() {
    let mut world = council();
    let deed = change(&world, "Tara Moss", PersonWanted { role: some("coordinator"), ..Default::default() });
    let receipt = world.do_("Amina Khan", deed);
    for who in ["Bela Novak", "Iris Tamm", "Ivo Smith", "Ines Holt", "Amina Khan"] {
        let deed = end(&world, who, "2026-12-31");
        world.do_("Amina Khan", deed);
    }
    let refused = world.refused(Deed::Undo { batch: receipt.written.first });
    assert!(refused.contains("Nobody could change the list of people any more"), "{refused}");
}

#[test]
fn whoever_has_a_part_in_something_is_not_taken_off_the_list_by_undo() {
    let mut world = World::ready();
    let receipt = world.do_("Amina Khan", Deed::People(PeopleDeed::Add(PersonWanted { team: None, ..una() })));
    let una = world.person("Una Vale");
    let deed = change(&world, "Paul Obi", PersonWanted { line_manager: Some(Some(una)), ..Default::default() });
    let managed = world.do_("Amina Khan", deed);
    let refused = world.refused(Deed::Undo { batch: receipt.written.first });
    assert!(refused.contains("Una Vale has a part in something") && refused.contains("last day"), "{refused}");
    world.do_("Amina Khan", Deed::Undo { batch: managed.written.first });
    world.do_("Amina Khan", Deed::Undo { batch: receipt.written.first });
    assert!(closeloop::store::verify(&world.path(), None, &mut |_, _| {}).unwrap().clean());
}

#[test]
fn every_column_that_names_a_person_is_asked_before_one_is_taken_off_the_list() {
    let world = World::empty();
    let tables = rusqlite::Connection::open(world.path()).unwrap();
    let mut statement = tables
        .prepare("SELECT t.name, f.\"from\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND f.\"table\" = 'person'")
        .unwrap();
    let named: std::collections::BTreeSet<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let known = closeloop::store::NAMES_PEOPLE.iter().map(|(table, column)| (table.to_string(), column.to_string())).collect();
    assert_eq!(named, known);
}

/// What somebody holds, as somebody else reads it.
fn held(world: &mut World, viewer: &str, who: &str) -> closeloop::domain::query::PersonDetail {
    let person = world.person(who);
    match world.answer_to(viewer, &Query::Person(person)).unwrap() {
        Answered::Person(detail) => *detail,
        other => panic!("a person answers with a person, not {other:?}"),
    }
}

#[test]
fn what_somebody_holds_is_listed_thing_by_thing_and_what_is_withheld_is_not_among_it() {
    let mut world = World::ready();
    let lead = world.detail("CR-0001").reviewer;
    let text = "Write the plan anew";
    let owner = Some(world.person(&lead));
    let review = world.id("CR-0002");
    let wanted = closeloop::domain::action::ActionWanted {
        text: text.into(),
        owner,
        due_on: None,
        urgent: false,
        kind: String::new(),
        near: closeloop::domain::action::Near::Anyway,
    };
    world.do_("Amina Khan", Deed::RaiseAction { review, wanted });
    let detail = held(&mut world, "Amina Khan", &lead);
    let words = closeloop::domain::query::held_in_words(&detail.held);
    assert!(words.contains("open review") && words.contains("1 open action"), "{words}");
    assert!(detail.held.iter().any(|row| row.reference == "CR-0001") && detail.held.iter().any(|row| row.said == text));
    assert!(detail.may.contains(&"read records") && !detail.sees.is_empty(), "{detail:?}");
    // Bela is recused from both: neither the review nor the action out of the other is told her.
    for reference in ["CR-0001", "CR-0002"] {
        world.declare("Bela Novak", reference, closeloop::domain::interest::InterestKind::Complaint);
    }
    let seen = held(&mut world, "Bela Novak", &lead);
    assert!(seen.held.iter().all(|row| row.reference != "CR-0001" && row.said != text), "{:?}", seen.held);
}

#[test]
fn what_cannot_be_written_is_refused_with_what_was_meant() {
    let mut world = council();
    let add = |wanted: PersonWanted| Deed::People(PeopleDeed::Add(wanted));
    let cases = [
        (PersonWanted { role: some("Team maneger"), ..una() }, "Did you mean Team manager?"),
        (PersonWanted { role: None, ..una() }, "has a role"),
        (PersonWanted { name: some("  "), ..una() }, "needs a name"),
        (PersonWanted { login: some("tara.m"), ..una() }, "Tara Moss\u{2019}s already"),
        (PersonWanted { login: some("una v"), ..una() }, "has a space in it"),
        (PersonWanted { email: some("una"), ..una() }, "no e-mail address"),
        (PersonWanted { name: some("Tara Moss"), team: some("North Court"), login: None, ..una() }, "on the list already"),
    ];
    for (wanted, said) in cases {
        let refused = world.refused(add(wanted));
        assert!(refused.contains(said), "{refused}");
    }
    let own = PersonWanted { line_manager: Some(Some(world.person("Tara Moss"))), ..Default::default() };
    let deed = change(&world, "Tara Moss", own);
    assert!(world.refused(deed).contains("their own line manager"));
    let round = PersonWanted { line_manager: Some(Some(world.person("Noor Carter"))), ..Default::default() };
    let deed = change(&world, "Sam Miller", round);
    assert!(world.refused(deed).contains("managed by Sam Miller already"));
    let stale = Deed::People(PeopleDeed::End { person: world.person("Tara Moss"), seen: 1, on: world.today() });
    assert!(world.refused(stale).contains("changed Tara Moss"));
}

#[test]
fn t43_only_who_may_administer_keeps_the_list_and_nobody_else() {
    let mut world = council();
    for who in ["Sam Miller", "Hana Owen", "Dana Frost", "Ida Ross", "Noor Carter"] {
        let refused = world.refused_to(who, Deed::People(PeopleDeed::Add(una())));
        assert!(refused.contains("no right to change people") && refused.contains("Insights coordinator"), "{refused}");
        // Least of all for themselves.
        let deed = change(&world, who, PersonWanted { role: some("coordinator"), ..Default::default() });
        world.refused_to(who, deed);
    }
}

#[test]
fn t43_a_leaver_may_do_nothing_from_the_next_day_on_and_comes_back_by_one_word() {
    let mut world = council();
    let today = world.today().to_string();
    let deed = end(&world, "Tara Moss", &today);
    world.do_("Amina Khan", deed);
    assert!(world.answer_to("Tara Moss", &Query::Overview).is_ok(), "their last day is theirs");
    world.now += chrono::Duration::days(1);
    let refused = world.answer_to("Tara Moss", &Query::Overview).unwrap_err().to_string();
    assert!(refused.contains("last day here was"), "{refused}");
    let refused = world.refused_to("Tara Moss", Deed::RaiseDue);
    assert!(refused.contains("last day here was"), "{refused}");
    let deed = change(&world, "Tara Moss", PersonWanted { back: true, ..Default::default() });
    world.do_("Amina Khan", deed);
    assert!(world.answer_to("Tara Moss", &Query::Overview).is_ok());
}

#[test]
fn t43_the_last_who_may_administer_is_neither_ended_nor_demoted_nor_left_without_a_login() {
    let mut world = council();
    for who in ["Bela Novak", "Iris Tamm", "Ivo Smith", "Ines Holt"] {
        let deed = end(&world, who, "2026-12-31");
        world.do_("Amina Khan", deed);
    }
    // Those four are still here today, but not for good.
    let last = end(&world, "Amina Khan", "2026-12-31");
    let demoted = change(&world, "Amina Khan", PersonWanted { role: some("SW"), ..Default::default() });
    let nameless = change(&world, "Amina Khan", PersonWanted { login: some(""), ..Default::default() });
    for (who, deed) in [("Amina Khan", last), ("Amina Khan", demoted), ("Bela Novak", nameless)] {
        let refused = world.refused_to(who, deed);
        assert!(
            refused.contains("Nobody could change the list of people any more") && refused.contains("Insights coordinator"),
            "{refused}"
        );
    }
    let deed = change(&world, "Bela Novak", PersonWanted { back: true, ..Default::default() });
    world.do_("Amina Khan", deed);
    let deed = end(&world, "Amina Khan", "2026-12-31");
    world.do_("Bela Novak", deed);
}

#[test]
fn what_a_leaver_still_holds_is_said() {
    let mut world = World::ready();
    let reviewer = world.facts(world.id("CR-0001")).reviewer.unwrap();
    let name = world.store.reading().person(reviewer).unwrap().unwrap().name;
    let today = world.today().to_string();
    let deed = end(&world, &name, &today);
    let said = world.do_("Amina Khan", deed).said;
    assert!(said.contains("to be given to others") && said.contains("open review"), "{said}");
}

#[test]
fn a_review_of_somebody_who_has_left_is_proposed_to_somebody_who_is_here() {
    let mut world = World::ready();
    let (review, lead) = (world.id("CR-0001"), world.detail("CR-0001").reviewer);
    let person = world.person(&lead);
    let seen = world.store.reading().person_revision(person).unwrap().unwrap();
    let (on, by) = (world.today() - chrono::Days::new(1), if lead == "Amina Khan" { "Bela Novak" } else { "Amina Khan" });
    world.do_(by, Deed::People(PeopleDeed::End { person, seen, on }));
    let Answered::Proposal(detail) = world.answer_to(by, &Query::Proposal(vec![review])).unwrap() else { panic!() };
    let suggestion = &detail.proposal.suggestions[0];
    assert!(suggestion.reviewer.is_some_and(|other| other != person), "{suggestion:?}");
    let surname = lead.split(' ').next_back().unwrap();
    assert!(suggestion.because.contains(&format!("{surname} has left. ")), "{}", suggestion.because);
}

#[test]
fn t43_whoever_goes_today_or_before_the_work_is_done_keeps_nothing_in_a_proposal() {
    for ahead in [0, 10] {
        let mut world = World::ready();
        let (review, lead) = (world.id("CR-0001"), world.detail("CR-0001").reviewer);
        let person = world.person(&lead);
        let (on, by) = (world.today() + chrono::Days::new(ahead), if lead == "Amina Khan" { "Bela Novak" } else { "Amina Khan" });
        let deed = end(&world, &lead, &on.to_string());
        world.do_(by, deed);
        let Answered::Proposal(detail) = world.answer_to(by, &Query::Proposal(vec![review])).unwrap() else { panic!() };
        let suggestion = &detail.proposal.suggestions[0];
        assert!(suggestion.reviewer.is_some_and(|other| other != person), "{suggestion:?}");
        assert!(suggestion.because.starts_with("The last day of "), "{}", suggestion.because);
        // By hand they may still be chosen.
        assert!(ahead == 0 || detail.candidates.iter().any(|row| row.person == person), "nobody decides that for the coordinator");
    }
}

#[test]
fn m04_what_a_leaver_holds_and_what_the_look_over_says_are_the_same_reviews() {
    let mut world = World::ready();
    let lead = world.detail("CR-0001").reviewer;
    world.through_as("CR-0001", "completed", 7);
    let by = if lead == "Amina Khan" { "Bela Novak" } else { "Amina Khan" };
    world.leaves(&lead);
    let person = world.person(&lead);
    let viewer = world.seen_by(by);
    let rows = world.store.reading().held_by(person, &viewer).unwrap();
    let held: Vec<&str> =
        rows.iter().filter(|row| matches!(row.what, closeloop::domain::query::Held::Lead(_))).map(|row| row.reference.as_str()).collect();
    let Answered::Findings { found, .. } = world.answer_to(by, &Query::Findings).unwrap() else { panic!() };
    let of_leavers = found.iter().filter(|finding| finding.kind == closeloop::domain::check::FindingKind::ReviewerLeft);
    let mut said: Vec<&str> = of_leavers.map(|finding| finding.reference.as_str()).collect();
    said.sort_unstable();
    assert_eq!(said, held);
    assert!(!said.contains(&"CR-0001"), "once it was judged its reviewer stays");
}
