//! What the insight view tells somebody who sees a part of the council: of whom its numbers are. T43.

use crate::support::council::PEOPLE;
use crate::support::world::{World, merton_text};
use closeloop::domain::access::{Access, Right, Scope};
use closeloop::domain::deed::{Deed, InsightDeed};
use closeloop::domain::id::{PersonId, ReviewId};
use closeloop::domain::insight::pages::PageOf;
use closeloop::domain::person::Person;
use closeloop::domain::query::{Answered, InsightDetail, InsightWanted, Query};
use closeloop::domain::theme::ThemeWanted;

fn written(id: &str) -> &'static str {
    closeloop::profiles::builtin().iter().find(|(known, _)| *known == id).unwrap().1
}

fn page(world: &mut World, who: &str, page: PageOf) -> InsightDetail {
    let wanted = InsightWanted { page, ..InsightWanted::default() };
    let Answered::Insight(detail) = world.answer_to(who, &Query::Insight(wanted)).unwrap() else { panic!() };
    *detail
}

/// Open cases of a part of the caseload, as the page of coverage says them.
fn cases(detail: &InsightDetail, heading: &str) -> u32 {
    let rows = detail.grid.rows.iter().skip_while(|row| row.label != heading).skip(1).take_while(|row| !row.heading);
    rows.map(|row| row.cells[2].text.parse::<u32>().unwrap()).sum()
}

#[test]
fn t43_whoever_sees_a_part_is_told_so_on_every_page_and_counted_a_caseload_of_that_part() {
    let mut world = World::as_written_with_cases(merton_text());
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 12, 7);
    world.allocate_all();
    let manager = PEOPLE.iter().find(|person| person.1 == "TM").unwrap().0;
    let whole = page(&mut world, "Amina Khan", PageOf::Coverage);
    let part = page(&mut world, manager, PageOf::Coverage);
    let (of_all, of_part) = (cases(&whole, "Teams"), cases(&part, "Teams"));
    assert!(of_part > 0 && of_part < of_all, "{of_part} of {of_all}");
    assert!(whole.grid.says[0].ends_with("today\u{2019}s open cases."), "{:?}", whole.grid.says);
    let said = part.grid.says.join(" ");
    assert!(said.starts_with("Counted of what you see (your team only), not of the whole council."), "{said}");
    assert!(said.contains("open cases that you see") && said.contains("Workers you see"), "{said}");
    assert!(part.grid.rows.iter().filter(|row| !row.heading).all(|row| row.whole.ends_with("open cases that you see.")), "{part:?}");
    for of in PageOf::ALL {
        let says = page(&mut world, manager, of).grid.says.join(" ");
        let (seen, council) = (says.contains("Counted of what you see"), says.contains("of the whole council:"));
        assert_eq!((seen, council), (of != PageOf::Behind, of == PageOf::Behind), "{}: {says}", of.label());
        let says = page(&mut world, "Amina Khan", of).grid.says.join(" ");
        assert!(!says.contains("what you see"), "{says}");
    }
}

#[test]
fn t43_how_far_a_head_of_service_sees_is_said_with_line_and_deputising() {
    let world = World::ready();
    let somebody = world.store.reading().people().unwrap().remove(0);
    let person = |id: i64, role: &str| Person { id: PersonId(id), role: role.into(), ..somebody.clone() };
    let framework = closeloop::profiles::parse(written("merton"), "merton").unwrap();
    // A role that the framework does not know sees what is its own.
    let sees = |scope: Scope| framework.roles.iter().find(|role| role.scope == scope && role.rights.has(Right::Read));
    let of = |scope: Scope| sees(scope).map_or_else(String::new, |role| role.key.clone());
    let words = |own: Scope, others: &[Scope]| {
        let others: Vec<Person> = others.iter().zip(2..).map(|(scope, id)| person(id, &of(*scope))).collect();
        let access = Access::of(&framework, &person(1, &of(own)), &others);
        (access.narrowed().unwrap_or_default(), access.narrowed_in_short().unwrap_or_default())
    };
    let said = |long: &str, short: &str| (long.to_string(), short.to_string());
    assert_eq!(words(Scope::Service, &[]), said("your service and your line", "your service and line"));
    let both = said("your service, your line and whom you stand in for", "your service, line and others");
    assert_eq!(words(Scope::Service, &[Scope::Own]), both);
    assert_eq!(words(Scope::Own, &[]), said("your own cases", "your own cases"));
    // It is not their service that they see for somebody else.
    assert_eq!(words(Scope::Own, &[Scope::Service]), said("your own cases and whom you stand in for", "your own cases and others"));
    assert_eq!(words(Scope::Own, &[Scope::All]), said("", ""));
}

#[test]
fn m19_themes_stand_in_the_order_of_how_often_they_were_seen() {
    let mut world = World::ready();
    let (one, two) = (world.id("CR-0001"), world.id("CR-0002"));
    let code = |reviews: &[ReviewId], theme: &str| {
        let wanted = vec![ThemeWanted { theme: theme.into(), strength: true, improve: false }];
        Deed::Insight(InsightDeed::Code { reviews: reviews.to_vec(), wanted })
    };
    world.do_("Amina Khan", code(&[one], "risk"));
    world.do_("Amina Khan", code(&[one, two], "voice"));
    let detail = page(&mut world, "Amina Khan", PageOf::Themes);
    let seen: Vec<u32> = detail.grid.rows.iter().map(|row| row.cells[0].text.parse().unwrap_or_default()).collect();
    assert!(seen.is_sorted_by(|before, after| before >= after) && seen[..2] == [2, 1], "{seen:?}");
}
