//! Workers of the cycle before are left out, whatever the rhythm. F05.

use super::{cycle, naming, text_of};
use crate::support::world::{World, utc};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::PersonId;
use closeloop::domain::review::Chosen;
use closeloop::domain::sampling::RelaxedWhat;
use std::collections::BTreeSet;

/// The framework with F05 switched on, whatever its rhythm.
fn under(id: &str) -> World {
    let text = text_of(id);
    let text = if text.contains("skip_workers_of_last_cycle = true") {
        text.to_string()
    } else {
        text.replace("[sampling]\n", "[sampling]\nskip_workers_of_last_cycle = true\n")
            .replace("rotate_services = true", "rotate_services = false")
    };
    let mut world = World::under(&text);
    world.now = utc("2026-11-05T09:30:00Z");
    world
}

fn workers(world: &World, id: closeloop::domain::id::CycleId) -> BTreeSet<PersonId> {
    let reviews = world.store.reading().drawn_subjects(id).unwrap();
    reviews.iter().filter_map(|(review, _)| world.facts(*review).review.practitioner).collect()
}

#[test]
fn f05_the_cycle_before_is_found_for_every_rhythm() {
    for (id, first, second) in [
        ("sefton", "2026-09-01", "2026-10-01"),
        ("sandwell", "2026-09-01", "2026-11-01"),
        ("quarterly-learning", "2026-07-01", "2026-10-01"),
    ] {
        let mut world = under(id);
        let before = cycle(&mut world, first);
        world.draw(before, 4, 7);
        let now = cycle(&mut world, second);
        world.draw(now, 4, 7);
        let (rested, drawn) = (workers(&world, before), workers(&world, now));
        assert_eq!(rested.len(), 4, "{id}: four workers");
        assert!(rested.is_disjoint(&drawn), "{id}");
        let card = world.store.reading().sample(now).unwrap().unwrap();
        assert!(card.drawn.relaxed.is_empty(), "{id}: {:?}", card.drawn.relaxed);
    }
}

#[test]
fn f05_a_worker_named_in_the_cycle_before_rests_too() {
    let mut world = under("sefton");
    let before = cycle(&mut world, "2026-10-01");
    let wanted = naming(&world, before, "thematic-audit", Chosen::Showcase, 0);
    world.do_("Amina Khan", Deed::OpenNamed(wanted));
    let now = cycle(&mut world, "2026-11-01");
    world.draw(now, 5, 7);
    assert!(workers(&world, before).is_disjoint(&workers(&world, now)));
}

#[test]
fn f05_it_gives_only_when_the_frame_is_too_small_and_says_so() {
    let mut world = under("sefton");
    let before = cycle(&mut world, "2026-09-01");
    world.draw(before, 9, 7);
    let now = cycle(&mut world, "2026-10-01");
    world.draw(now, 9, 7);
    let card = world.store.reading().sample(now).unwrap().unwrap().drawn;
    let given = card.relaxed.iter().find(|relaxed| relaxed.what == RelaxedWhat::WorkersOfLastCycle).expect("it says so");
    assert!(given.how_many > 0 && given.because.contains("without the workers of the last cycle"), "{}", given.because);
    assert_eq!(card.chosen.iter().filter(|chosen| chosen.despite_last_cycle).count() as u32, given.how_many);
}

#[test]
fn f05_extra_work_between_two_cycles_does_not_hide_the_one_before() {
    use closeloop::domain::cycle::{BesidePlanned, Commission, CyclePlanned, commissioners};
    let mut world = under("sefton");
    let before = cycle(&mut world, "2026-10-01");
    world.draw(before, 4, 7);
    let framework = world.library.current(world.store.reading()).unwrap();
    let kind = framework.kind("thematic-audit").unwrap();
    let extra = Commission { by: commissioners(&framework, kind)[0].key.clone(), why: "Three went missing".into(), due_on: None };
    let focus_reason = framework.cycle.focus_reasons[0].key.clone();
    let starts_on = crate::support::world::day("2026-10-20");
    let planned = CyclePlanned { starts_on, focus: "Missing".into(), focus_reason, focus_note: String::new() };
    world.do_("Amina Khan", Deed::OpenBeside(BesidePlanned { planned, kind: kind.key.clone(), extra: Some(extra) }));
    let now = cycle(&mut world, "2026-11-01");
    world.draw(now, 4, 7);
    let (rested, drawn) = (workers(&world, before), workers(&world, now));
    assert_eq!(rested.len(), 4);
    assert!(rested.is_disjoint(&drawn), "the workers of October rest in November, whatever lay between");
}
