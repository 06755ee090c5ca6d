//! Windows of lists: walking them forward, backward or from anywhere gives exactly the sorted list, ties and all.

use crate::support::world::{World, merton_text};
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::id::ActionId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{From, ListRow, Page, QueueRow, QueueSort, RowKey, Window};
use proptest::prelude::*;
use std::sync::OnceLock;

/// A council in the middle of things: 34 reviews in every state, with many ties in every order.
pub fn busy() -> World {
    static MADE: OnceLock<(tempfile::TempDir, std::path::PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| make_busy(&lenient()).into_template());
    let mut world = World::copy_of(path);
    world.at(LOOKED_AT);
    world
}

/// Merton's profile with a draw that leaves nobody out for last cycle's worker: so few cases must do for two cycles.
fn lenient() -> String {
    merton_text().replace("skip_workers_of_last_cycle = true", "skip_workers_of_last_cycle = false")
}

const LOOKED_AT: &str = "2026-11-19T14:06:00Z";

fn make_busy(text: &str) -> World {
    let mut world = World::under(text);
    let first = world.at("2026-10-06T09:30:00Z").open_cycle("2026-10-01");
    world.draw(first, 8, 3);
    world.allocate_all();
    let second = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(second, 24, 7);
    let references = world.references();
    // Some stay without a reviewer.
    let some: Vec<_> = references[8..26].iter().map(|reference| world.id(reference)).collect();
    world.allocate(some);
    let walks = [
        ("finalised", 7),
        ("finalised", 2),
        ("finalised", 4),
        ("returned", 9),
        ("completed", 9),
        ("completed", 1),
        ("completed", 0),
        ("contact", 5),
        ("completed", 7),
        ("completed", 4),
        ("returned", 5),
        ("learning-conversation", 5),
        ("family-contact", 5),
        ("completed", 9),
    ];
    for (reference, (last, scaling)) in references.iter().zip(walks) {
        world.through_as(reference, last, scaling);
    }
    let deed = world.decide(&references[13], 7, "Not quite so good");
    world.do_("Iris Tamm", deed);
    world.at("2026-11-16T10:00:00Z");
    for (place, (reference, owner)) in references.iter().zip(["Noor Carter", "Tara Moss", "Noor Carter", "Paul Obi"]).enumerate() {
        let Deed::RaiseAction { review, mut wanted } = world.action(reference, owner, "Bring the chronology up to date") else {
            unreachable!()
        };
        wanted.urgent = place % 2 == 1;
        world.do_("Ida Ross", Deed::RaiseAction { review, wanted });
    }
    use closeloop::domain::action::ActionState;
    world.do_("Noor Carter", Deed::MoveAction { action: ActionId(1), state: ActionState::Done, evidence: "Mosaic".into() });
    for reference in [&references[20], &references[30]] {
        let facts = world.review(reference);
        let approver = Some(world.person("Iris Tamm"));
        let deed = Deed::Substitute { review: facts.review.id, seen: facts.revision, incoming: None, reason: "Moved".into(), approver };
        world.do_("Amina Khan", deed);
    }
    for (reference, kind) in references.iter().step_by(5).zip([InterestKind::Family, InterestKind::Practitioner].iter().cycle()) {
        let review = world.id(reference);
        if world.store.reading().open_to(review, &world.seen_by(RECUSED)).is_ok() {
            world.declare(RECUSED, reference, *kind);
        }
    }
    world.at(LOOKED_AT);
    world
}

/// A coordinator from whom some of the reviews are withheld.
const RECUSED: &str = "Bela Novak";

fn queue(world: &World, filter: &str, sort: QueueSort, reversed: bool, from: From, limit: usize) -> Page<QueueRow> {
    let (filter, problems) = Filter::parse(filter);
    assert_eq!(problems, Vec::<String>::new());
    let viewer = world.viewer();
    world.store.reading().queue(&Window { filter, sort, reversed, from, limit }, &viewer).unwrap()
}

/// The whole list at once.
pub fn everything(world: &World, filter: &str, sort: QueueSort, reversed: bool) -> Vec<QueueRow> {
    queue(world, filter, sort, reversed, From::Start, 500).rows
}

/// What a list in this order is sorted by, from what its rows show.
fn shown(row: &QueueRow, sort: QueueSort) -> Option<String> {
    Some(match sort {
        QueueSort::Due => row.due.map_or("9999-12-31".into(), |day| day.to_string()),
        QueueSort::Reference => row.reference.clone(),
        QueueSort::Team => row.team.clone(),
        QueueSort::CaseType => row.case_type.clone(),
        QueueSort::Grade => row.moderated.or(row.original).map_or("9".into(), |judgement| judgement.grade.rank().to_string()),
        QueueSort::Step => row.next_step.clone(),
        // Rows show short names; the order is by surname.
        QueueSort::Practitioner | QueueSort::Reviewer => return None,
    })
}

#[test]
fn every_order_sorts_by_what_its_column_shows_and_breaks_ties_by_number() {
    let world = busy();
    for sort in QueueSort::ALL {
        for reversed in [false, true] {
            let rows = everything(&world, "", sort, reversed);
            assert!(rows.len() > 20, "{} rows", rows.len());
            let mut expected: Vec<(String, i64)> =
                rows.iter().map(|row| (shown(row, sort).unwrap_or_else(|| row.key.value.clone()), row.id.0)).collect();
            let found = expected.clone();
            expected.sort();
            if reversed {
                expected.reverse();
            }
            assert_eq!(found, expected, "{sort:?} reversed {reversed}");
            let ties = expected.windows(2).filter(|pair| pair[0].0 == pair[1].0).count();
            assert!(ties > 0 || sort == QueueSort::Reference, "{sort:?} has no ties to break");
        }
    }
    let practitioners: Vec<String> =
        everything(&world, "", QueueSort::Practitioner, false).into_iter().map(|row| row.practitioner).collect();
    let surname = |name: &String| name.split(' ').next_back().unwrap().to_string();
    assert!(practitioners.iter().map(surname).collect::<Vec<_>>().is_sorted(), "{practitioners:?}");
}

#[test]
fn finished_reviews_come_newest_first() {
    let world = busy();
    let ids: Vec<i64> = everything(&world, "done", QueueSort::Due, false).iter().map(|row| row.id.0).collect();
    assert!(ids.len() >= 3 && ids.is_sorted_by(|one, other| one > other), "{ids:?}");
}

fn check_walks<R: ListRow + std::fmt::Debug + PartialEq>(all: &[R], limit: usize, read: &dyn Fn(From) -> Page<R>) {
    let ids = |rows: &[R]| rows.iter().map(ListRow::id).collect::<Vec<_>>();
    // Forward from the start.
    let mut page = read(From::Start);
    let mut walked = Vec::new();
    assert!(!page.more_before);
    loop {
        assert!(page.rows.len() <= limit);
        walked.extend(ids(&page.rows));
        assert_eq!(page.more_after, walked.len() < all.len());
        assert_eq!(page.total.n, all.len() as u64);
        let Some(last) = page.rows.last().filter(|_| page.more_after) else { break };
        page = read(From::After(last.key()));
        assert!(page.more_before);
    }
    assert_eq!(walked, ids(all), "forward");
    // Backward from the end.
    let mut page = read(From::End);
    let mut walked: Vec<i64> = Vec::new();
    assert!(!page.more_after);
    loop {
        let mut rows = ids(&page.rows);
        rows.extend(walked);
        walked = rows;
        assert_eq!(page.more_before, walked.len() < all.len());
        let Some(first) = page.rows.first().filter(|_| page.more_before) else { break };
        page = read(From::Before(first.key()));
        assert!(page.more_after);
    }
    assert_eq!(walked, ids(all), "backward");
    // From every row.
    for (place, row) in all.iter().enumerate() {
        let page = read(From::At(row.key()));
        assert_eq!(ids(&page.rows), ids(&all[place..(place + limit).min(all.len())]), "at {place}");
        assert_eq!((page.more_before, page.more_after), (place > 0, place + limit < all.len()), "at {place}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn walking_the_queue_gives_exactly_the_sorted_list(
        sort in prop::sample::select(QueueSort::ALL.to_vec()),
        reversed: bool,
        filter in prop::sample::select(vec!["", "all", "done", "withdrawn", "late", "grade:o", "team:north", "carter", "worker:nobody"]),
        limit in 1usize..12,
    ) {
        thread_local!(static WORLD: World = busy());
        WORLD.with(|world| {
            let all = everything(world, filter, sort, reversed);
            check_walks(&all, limit, &|from| queue(world, filter, sort, reversed, from, limit));
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_recused_person_walks_exactly_the_list_without_what_is_withheld(
        sort in prop::sample::select(QueueSort::ALL.to_vec()),
        reversed: bool,
        filter in prop::sample::select(vec!["", "all", "done", "withdrawn", "late", "grade:o", "all grade:i", "team:north", "carter", "alert"]),
        limit in 1usize..12,
    ) {
        thread_local!(static WORLD: World = busy());
        WORLD.with(|world| {
            let (reading, viewer) = (world.store.reading(), world.seen_by(RECUSED));
            prop_assert!(reading.withheld(&viewer).unwrap() >= 4);
            let mut seen = everything(world, filter, sort, reversed);
            seen.retain(|row| reading.open_to(row.id, &viewer).is_ok());
            let read = |from| reading.queue(&Window { filter: Filter::parse(filter).0, sort, reversed, from, limit }, &viewer).unwrap();
            check_walks(&seen, limit, &read);
            Ok(())
        })?;
    }
}

#[test]
fn a_row_that_is_gone_leaves_the_window_at_the_one_that_took_its_place() {
    let world = busy();
    let all = everything(&world, "", QueueSort::Due, false);
    let between = RowKey { value: all[5].key.value.clone(), id: all[5].key.id + 10_000 };
    let page = queue(&world, "", QueueSort::Due, false, From::At(between), 3);
    let expected = all.iter().find(|row| row.key.value > all[5].key.value).unwrap();
    assert_eq!(page.rows[0].id, expected.id);
    assert!(page.more_before);
}

#[test]
fn the_other_lists_walk_as_well_even_where_alerts_have_no_time_limit() {
    const LIMITS: [&str; 6] = ["review_within", "tell_within", "acknowledge_within", "lapses_after", "dispute_within", "steps = [{ after"];
    let lenient = lenient();
    let kept = lenient.lines().filter(|line| !LIMITS.iter().any(|limit| line.starts_with(limit)));
    let text = kept.collect::<Vec<_>>().join("\n");
    assert!(!text.contains("_within = \"24 hours\""));
    for world in [busy(), make_busy(&text)] {
        let (reading, viewer) = (world.store.reading(), world.viewer());
        for filter in ["", "all", "done"] {
            let (filter, _) = Filter::parse(filter);
            for limit in [1, 2, 3] {
                let window = |from, limit| Window { filter: filter.clone(), sort: (), reversed: false, from, limit };
                let all = reading.strips(&window(From::Start, 500), &viewer).unwrap().rows;
                check_walks(&all, limit, &|from| reading.strips(&window(from, limit), &viewer).unwrap());
                let all = reading.actions(&window(From::Start, 500), &viewer).unwrap().rows;
                check_walks(&all, limit, &|from| reading.actions(&window(from, limit), &viewer).unwrap());
                let all = reading.panel(&window(From::Start, 500), &viewer, &[]).unwrap().rows;
                check_walks(&all, limit, &|from| reading.panel(&window(from, limit), &viewer, &[]).unwrap());
                let all = reading.people_list(&window(From::Start, 500), &viewer).unwrap().rows;
                check_walks(&all, limit + 3, &|from| reading.people_list(&window(from, limit + 3), &viewer).unwrap());
            }
        }
        let open = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 500 };
        assert!(reading.strips(&open, &viewer).unwrap().rows.len() >= 3);
        assert!(reading.actions(&open, &viewer).unwrap().rows.len() >= 4);
        assert!(reading.panel(&open, &viewer, &[]).unwrap().rows.len() >= 3);
    }
}
