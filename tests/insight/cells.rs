//! Every cell opens as many records as it says: in a made-up year of each framework, for a coordinator, for somebody who is
//! recused from some of it, and for whoever is to score blind.

use chrono::{DateTime, Utc};
use closeloop::demo::{self, DemoWanted};
use closeloop::domain::filter::Filter;
use closeloop::domain::id::PersonId;
use closeloop::domain::insight::pages::{Opens, PageOf};
use closeloop::domain::query::{Answered, From, InsightWanted, InsightWindow, Query, QueueSort, Viewer, Window};
use closeloop::profiles::{self, Catalog};
use closeloop::runtime::answers::answer;
use closeloop::runtime::library::Library;
use closeloop::store::Store;
use std::path::Path;

fn now() -> DateTime<Utc> {
    "2026-11-19T14:06:00Z".parse().unwrap()
}

fn built(folder: &Path, framework: &str) -> Store {
    let path = folder.join(format!("{framework}.db"));
    let wanted = DemoWanted { framework: framework.into(), reviews: 130, seed: 7, now: now(), faults: false };
    demo::build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    Store::open(&path).unwrap()
}

/// Nobody in particular, whoever is recused from most, and a member of a sitting that scores sealed.
fn viewers(path: &Path) -> Vec<(&'static str, Viewer)> {
    let raw = rusqlite::Connection::open(path).unwrap();
    let person = |sql: &str| raw.query_row(sql, [], |row| row.get::<_, i64>(0)).ok();
    let recused = person("SELECT person FROM interest WHERE stands = 1 GROUP BY person ORDER BY count(*) DESC, person LIMIT 1");
    let member = person(
        "SELECT m.value FROM panel p, json_each(p.body, '$.members') m WHERE p.stand <> 'closed'
         AND coalesce(p.body ->> 'scoring', 'sealed') = 'sealed' ORDER BY p.id, m.value LIMIT 1",
    );
    let viewer = |person: Option<i64>| Viewer::of(person.map(PersonId), now(), now().date_naive());
    let mut found = vec![("anybody", viewer(None))];
    found.extend(recused.map(|id| ("recused", viewer(Some(id)))));
    found.extend(member.map(|id| ("blind", viewer(Some(id)))));
    found
}

fn total(store: &Store, library: &mut Library, viewer: &Viewer, opens: &Opens) -> Option<u32> {
    let window = |filter: &str| {
        let (filter, problems) = Filter::parse(filter);
        assert!(problems.is_empty(), "{problems:?}");
        filter
    };
    let query = match opens {
        Opens::Queue(filter) => {
            Query::Queue(Window { filter: window(filter), sort: QueueSort::Due, reversed: false, from: From::Start, limit: 5_000 })
        }
        Opens::Alerts(filter) => {
            Query::Alerts(Window { filter: window(filter), sort: (), reversed: false, from: From::Start, limit: 5_000 })
        }
        Opens::Register(_) | Opens::Practice(..) => return None,
    };
    Some(match answer(store, library, &query, viewer).unwrap() {
        Answered::Queue(page) => page.rows.len() as u32,
        Answered::Alerts(page) => page.rows.len() as u32,
        _ => panic!("a list"),
    })
}

/// Looks behind every cell of every page; gives how many lists were opened, and how many records were in them.
fn every_cell(store: &Store, who: &str, viewer: &Viewer, wanted: &InsightWanted) -> (u32, u32) {
    let mut library = Library::default();
    let (mut lists, mut records) = (0, 0);
    let Answered::Insight(detail) = answer(store, &mut library, &Query::Insight(wanted.clone()), viewer).unwrap() else { panic!() };
    for row in &detail.grid.rows {
        for (place, cell) in row.cells.iter().enumerate() {
            let Some(opens) = &cell.opens else { continue };
            let Some(found) = total(store, &mut library, viewer, opens) else { continue };
            let column = detail.grid.columns.get(place).map(String::as_str).unwrap_or_default();
            assert_eq!(Some(found), cell.count, "{who}, {}, {} / {column}: {opens:?}", wanted.page.label(), row.label);
            lists += 1;
            records += found;
        }
    }
    (lists, records)
}

/// Frameworks write down what families said in fields of names of their own. M19, C10, C15, F17.
fn families_are_heard(store: &Store, id: &str, viewer: &Viewer) {
    let wanted = InsightWanted { page: PageOf::Questions, ..InsightWanted::default() };
    let Answered::Insight(detail) = answer(store, &mut Library::default(), &Query::Insight(wanted), viewer).unwrap() else { panic!() };
    let row = detail.grid.rows.iter().find(|row| row.label == "Contact with the family").unwrap();
    let number = |words: &str| row.cells.iter().find_map(|cell| cell.text.strip_prefix(words)?.trim().parse::<u32>().ok());
    // Whoever is spoken with says something: the form asks for it.
    assert!(number("words kept").is_some_and(|said| said > 5) && number("words kept") == number("spoken with"), "{id}: {row:?}");
}

#[test]
fn every_cell_opens_as_many_records_as_it_says() {
    let folder = tempfile::tempdir().unwrap();
    for (id, _) in profiles::builtin() {
        let store = built(folder.path(), id);
        let path = folder.path().join(format!("{id}.db"));
        let mut seen = Vec::new();
        for (who, viewer) in viewers(&path) {
            let mut all = (0, 0);
            if who == "anybody" {
                families_are_heard(&store, id, &viewer);
            }
            for page in PageOf::ALL {
                let found = every_cell(&store, &format!("{id}, {who}"), &viewer, &InsightWanted { page, ..InsightWanted::default() });
                let has_cells = !matches!(page, PageOf::Practice | PageOf::Behind | PageOf::Agreement);
                // How much somebody of a narrow scope has to open depends on whose cases they hold.
                assert!(!has_cells || found.0 > 0 || *who == *"recused", "{id}, {who}: {} has something to open", page.label());
                all = (all.0 + found.0, all.1 + found.1);
            }
            seen.push((who, all));
        }
        assert!(seen[0].1.0 > 60, "{id}: {seen:?}");
        // Whoever is recused counts less than everybody.
        let recused = seen.iter().find(|(who, _)| *who == "recused");
        assert!(recused.is_none_or(|(_, (_, records))| *records < seen[0].1.1), "{id}: {seen:?}");
    }
}

#[test]
fn the_same_holds_for_one_kind_one_service_and_other_windows() {
    let folder = tempfile::tempdir().unwrap();
    for (id, _) in profiles::builtin() {
        let store = built(folder.path(), id);
        let viewer = Viewer::of(None, now(), now().date_naive());
        let mut library = Library::default();
        let Answered::Insight(first) = answer(&store, &mut library, &Query::Insight(InsightWanted::default()), &viewer).unwrap() else {
            panic!()
        };
        for page in [PageOf::Cycles, PageOf::Questions, PageOf::Areas, PageOf::Time, PageOf::Themes, PageOf::Coverage] {
            for kind in &first.kinds {
                let wanted =
                    InsightWanted { page, kind: Some(kind.0.clone()), window: InsightWindow::TwentyFour, ..InsightWanted::default() };
                every_cell(&store, &format!("{id}, {}", kind.0), &viewer, &wanted);
            }
            for service in &first.services {
                let wanted =
                    InsightWanted { page, service: Some(service.clone()), window: InsightWindow::Year, ..InsightWanted::default() };
                every_cell(&store, &format!("{id}, {service}"), &viewer, &wanted);
            }
        }
    }
}
