//! What the reports of a framework tell, read off their templates; and what they never leave out.

use super::{material, said};
use crate::support::world::World;
use closeloop::domain::report::told::Kind;
use closeloop::domain::report::{Narrative, Year};
use closeloop::profiles::{builtin, parse};
use closeloop::report::paper::{Templates, elsewhere, tells};

fn words(text: &str, table: Kind) -> Option<Vec<String>> {
    tells(text).into_iter().find(|one| one.table == table).map(|one| one.words)
}

#[test]
fn s28_a_template_tells_the_tables_that_it_names() {
    let text =
        "{% if sample %}{{ table(\"questions\", \"voice\", \"seen-alone\") }}{% endif %} {{ registers(\"enabler\", \"=complaint\") }}";
    assert_eq!(words(text, Kind::Short), Some(vec!["voice".to_string(), "seen-alone".to_string()]));
    assert_eq!(words(text, Kind::Noted), Some(vec!["enabler".to_string()]), "a mark narrows it down no further");
    assert_eq!(words(text, Kind::Steps), None);
    assert_eq!(words("{{ table(\"questions\") }}", Kind::Scaled), Some(Vec::new()), "all of them");
    assert_eq!(words("{{ table(which) }}", Kind::Themes), Some(Vec::new()), "what is no text may be anything");
    assert_eq!(words("{{ table(\"questions\", area) }}", Kind::Short), Some(Vec::new()));
    assert_eq!(words("{{ share(family.contacted, family.asked_for) }}", Kind::Families), Some(Vec::new()));
}

#[test]
fn c09_the_months_of_central_bedfordshire_tell_of_families_and_not_of_every_question() {
    let (id, text) = builtin().iter().find(|(id, _)| *id == "central-bedfordshire").unwrap();
    let framework = parse(text, id).unwrap();
    let told = elsewhere(&framework, &Templates::default(), Year { cycle_months: 1, starts_in: 4 });
    let short = |months: u32| -> Vec<&Vec<String>> {
        let of = told.iter().filter(|one| one.months == months).flat_map(|one| &one.tells);
        of.filter(|one| one.table == Kind::Short).map(|one| &one.words).collect()
    };
    assert!(short(1).iter().all(|words| !words.is_empty()), "{:?}", short(1));
    assert!(short(3).iter().any(|words| words.is_empty()), "{:?}", short(3));
    // What is for the team alone leaves nobody's hands.
    assert_eq!(told.len(), framework.reports.iter().filter(|kind| !kind.for_team).count());
}

#[test]
fn s25_what_the_team_did_itself_is_told_as_it_is() {
    let (_, text) = builtin().iter().find(|(id, _)| *id == "sandwell").unwrap();
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    let facts = material(&mut world, cycle, "resources-report");
    let own: Vec<&str> = facts.registers.iter().filter(|one| one.own_work).map(|one| one.key.as_str()).collect();
    assert!(own.contains(&"resources") && !own.contains(&"fostering") && !own.contains(&"feedback"), "{own:?}");
    let text = said(&facts, &Narrative::new());
    assert!(!text.contains("fewer than 5") && !text.contains("left out"), "{text}");
}
