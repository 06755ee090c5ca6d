//! The card of a sample after an erasure: it stays true, raises no alarm, and names nobody who was erased. T47.

use super::erased::{UP, approve, ask, council, run};
use crate::cli::place::{Place, Said};
use crate::support::driver::{Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::filter::Filter;
use closeloop::domain::query::{Answered, From, Query, QueueSort, Window};

/// Two managers erase a record of a made-up council that has come up.
fn erase(place: &Place, reference: &str) {
    let login = |role: &str| {
        let raw = rusqlite::Connection::open(place.db()).unwrap();
        raw.query_row("SELECT login FROM person WHERE role = ?1 AND login <> '' LIMIT 1", [role], |row| row.get::<_, String>(0)).unwrap()
    };
    let (first, second) = (login("insights-tm"), login("insights-sm"));
    place.run(&["dispose", "ask", reference, "--why", "Schedule QA-3", "--as", &first]).done();
    place.run(&["dispose", "approve", "1", "--as", &second]).done();
    assert_eq!(place.run(&["dispose", "run", "1", "--for-good", "--as", &second]).code, 0);
}

#[test]
fn t47_the_card_of_an_erased_record_raises_no_alarm_and_papers_name_no_case_of_it() {
    let mut place = Place::council();
    place.env.retain(|(name, _)| *name != "CLOSELOOP_NOW");
    place.env.push(("CLOSELOOP_NOW", "2034-11-19T14:06:00Z".into()));
    // A drawn case of a finished cycle whose child is in today's frame: their row stays.
    let (reference, cycle, case): (String, String, String) = {
        let raw = rusqlite::Connection::open(place.db()).unwrap();
        let sql = "SELECT r.ref, c.ref, s.pseudonym FROM review r JOIN cycle c ON c.id = r.cycle JOIN subject s ON s.id = r.subject
             WHERE r.chosen = 'random' AND r.state = 'finalised' AND s.open = 1 AND c.closed_on IS NOT NULL AND r.loop <> 'open'
             AND NOT EXISTS (SELECT 1 FROM action a WHERE a.review = r.id AND a.state NOT IN ('signed-off', 'withdrawn'))
             AND (SELECT count(*) FROM review o WHERE o.subject = s.id) = 1 ORDER BY r.id LIMIT 1";
        raw.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap()
    };
    let card = |check: &[&str]| place.run(&[&["cycle", "card", &cycle][..], check].concat());
    let paper = || {
        let out = place.path("card.md");
        let Said { code, err, .. } = place.run(&["report", &cycle, "--kind", "sample-card", "--format", "md", "--out", &out, "--force"]);
        assert_eq!(code, 0, "{err}");
        std::fs::read_to_string(out).unwrap()
    };
    let everywhere = || {
        let mut said = paper();
        for args in [&["cycle", "show", &cycle][..], &["cycle", "show", &cycle, "--json"], &["list", "queue", "--filter", "all", "--json"]]
        {
            said.push_str(&place.run(args).out);
        }
        said
    };
    let before = card(&[]).done();
    assert!(card(&["--check"]).done().ends_with("the result is the same.\n"));
    assert!(everywhere().contains(&case) && !paper().contains("erased"));
    erase(&place, &reference);
    // What was counted stays; one line is new.
    let after = card(&[]).done();
    let new = "Erased by law since: 1 review of this sample; it stays in these counts, and nothing else is known of it.\n";
    assert!(after.starts_with(&before) && after.ends_with(new), "{after}");
    // That it was reviewed stood in the frames of the cycles after it. They cannot be rebuilt: that is said, and is no alarm.
    let drawn = place.run(&["cycle", "list", "--json"]).rows().into_iter().filter(|row| row["phase"] == "Closed");
    let checks: Vec<String> = drawn.map(|row| place.run(&["cycle", "card", row["ref"].as_str().unwrap(), "--check"]).done()).collect();
    let not_again: Vec<&String> = checks.iter().filter(|said| said.contains("Not drawn again: ")).collect();
    assert!(checks.iter().all(|said| !said.contains("another hash")) && !not_again.is_empty(), "{checks:#?}");
    assert!(not_again.iter().all(|said| said.contains("erased by law since") && !said.contains("cases came")), "{not_again:#?}");
    assert!(checks.len() > not_again.len(), "before it nothing was changed: {checks:#?}");
    assert_eq!(place.run(&["verify"]).code, 0);
    // The review is there, and no case leads from it to a child.
    let said = everywhere();
    assert!(said.contains(&reference) && !said.contains(&case), "{case}: {said}");
    assert!(paper().contains(&format!("| {reference} | erased |")), "{}", paper());
    assert!(paper().contains("this count may be too low"), "{}", paper());
    let found = |filter: &str| place.run(&["list", "queue", "--filter", filter, "--json"]).rows().len();
    assert_eq!((found(&format!("all {case}")), found(&format!("all {reference}"))), (0, 1));
    let folder = place.path("data");
    assert_eq!(place.run(&["export", "csv", &folder]).code, 0);
    let reviews = std::fs::read_to_string(format!("{folder}/reviews.csv")).unwrap();
    let row = reviews.lines().find(|line| line.starts_with(&reference)).unwrap();
    assert!(!row.contains(&case), "{row}");
}

#[test]
fn t47_a_frame_that_was_changed_behind_the_journals_back_is_told_as_before() {
    let place = Place::council();
    let raw = rusqlite::Connection::open(place.db()).unwrap();
    // All children, gone without two people having decided so.
    let sql = "DELETE FROM journal_detail WHERE seq IN (SELECT seq FROM journal WHERE kind = 'subject-recorded')";
    assert!(raw.execute(sql, []).unwrap() > 0);
    let sql = "SELECT c.ref FROM cycle c JOIN draw d ON d.cycle = c.id WHERE c.closed_on IS NOT NULL ORDER BY d.id LIMIT 1";
    let cycle: String = raw.query_row(sql, [], |row| row.get(0)).unwrap();
    drop(raw);
    let said = place.run(&["cycle", "card", &cycle, "--check"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("another hash than the card"), "{}", said.out);
}

#[test]
fn t47_screens_name_no_case_of_an_erased_record() {
    let (mut world, review) = council();
    world.at(UP);
    let reading = world.store.reading();
    let case = reading.pseudonym(reading.review(review).unwrap().unwrap().review.subject).unwrap().unwrap();
    let number = reading.names_of(review).unwrap().unwrap().council_id;
    world.do_("Iris Tamm", ask(vec![review]));
    world.do_("Ivo Smith", approve());
    run(&mut world, "Iris Tamm").unwrap();
    let found = |world: &mut World, filter: &str| {
        let (filter, _) = Filter::parse(filter);
        let window = Window { filter, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 50 };
        let Ok(Answered::Queue(page)) = world.answer_to("Amina Khan", &Query::Queue(window)) else { panic!("the queue is answered") };
        page.rows.iter().map(|row| (row.case.clone(), row.reviewer.clone())).collect::<Vec<_>>()
    };
    assert_eq!(found(&mut world, "all CR-0001"), [("erased".to_string(), "erased".to_string())]);
    for filter in [format!("all {case}"), format!("all case:{case}"), format!("all child:{number}")] {
        assert_eq!(found(&mut world, &filter), [], "{filter}");
    }
    world.assert_verified();
    let mut amina = Robot::somebody(world, SMALL, "Amina Khan");
    amina.press("5").expect_line("CR-0001").expect_line("erased").expect_no(&case);
    amina.press("c").expect_dialog("How these cases were chosen").expect_line("Erased by law since: 1 review of this sample");
}
