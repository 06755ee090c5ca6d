//! A thousand strings that mean something to SQL, to full-text search or to the filter itself: typed into every search they find
//! something or nothing, and no error. T37.

use crate::store::paging::busy;
use crate::support::driver::{LARGE, Robot};
use crate::support::rely;
use closeloop::domain::filter::Filter;
use closeloop::domain::query::{From, QueueSort, Window};
use std::time::Instant;

fn strings() -> Vec<String> {
    let pieces = [
        "'",
        "''",
        "\"",
        "\"\"",
        ";",
        "--",
        "/*",
        "*/",
        "%",
        "_",
        "\\",
        "(",
        ")",
        "*",
        "NEAR",
        "NEAR/2",
        "AND",
        "OR",
        "NOT",
        "^",
        "+",
        "-",
        "{a b}:",
        "column:",
        "a*",
        "' OR '1'='1",
        "'; DROP TABLE review; --",
        "1 UNION SELECT salt FROM journal_detail",
        "?1",
        ":name",
        "@name",
        "$name",
        "x'00'",
        "NULL",
        "json('",
        "'||(SELECT 1)||'",
        "GLOB '*'",
        "[a-z]",
        "[^",
        "?",
        "\u{0}",
        "\u{202e}",
        "é",
        "ß",
        "İ",
        "\u{1f468}\u{200d}\u{1f467}",
        "worker:",
        "grade:",
        "grade:'",
        "worker:\"",
        "worker:\"a b",
        "team:%",
        "cycle:2026-13",
        "child:' OR 1",
        "case:*",
        "chosen:",
        "cell:",
        "found:1",
        "all all all",
        "late late",
    ];
    let mut all: Vec<String> = pieces.iter().map(ToString::to_string).collect();
    let mut dice = closeloop::runtime::random::seeded(37);
    while all.len() < 1_000 {
        let many = 1 + dice() % 4;
        let some: Vec<&str> = (0..many).map(|_| pieces[dice() as usize % pieces.len()]).collect();
        all.push(some.join(["", " ", "  ", ","][dice() as usize % 4]));
    }
    // Longer than anything SQLite takes for a pattern, and than anybody types.
    all.extend(["%".repeat(300), "a".repeat(5_000), "' ".repeat(2_000), "(".repeat(1_200), "worker:a ".repeat(400)]);
    all
}

#[test]
fn t37_a_thousand_strings_in_every_search_raise_no_error() {
    let strings = strings();
    let mut world = busy();
    let viewer = world.viewer();
    let before = world.store.reading().tail().unwrap();
    let (mut errors, mut slowest, mut asked) = (Vec::new(), 0.0f64, 0);
    for text in &strings {
        let (filter, _) = Filter::parse(text);
        let window = Window { filter: filter.clone(), sort: (), reversed: false, from: From::Start, limit: 50 };
        let queue = Window { filter, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 50 };
        let start = Instant::now();
        let reading = world.store.reading();
        let answers = [
            reading.queue(&queue, &viewer).map(drop),
            reading.panel(&window, &viewer, &[]).map(drop),
            reading.strips(&window, &viewer).map(drop),
            reading.people_list(&window, &viewer).map(drop),
            reading.actions(&window, &viewer).map(drop),
            reading.cycle_by_reference(text).map(drop),
            reading.review_by_reference(text).map(drop),
            reading.person_by_login(text).map(drop),
        ];
        slowest = slowest.max(start.elapsed().as_secs_f64() * 1e3);
        asked += answers.len();
        errors.extend(answers.into_iter().filter_map(|answer| answer.err().map(|error| format!("{text:?}: {error}"))));
    }
    let said: Vec<String> =
        errors.iter().take(3).map(|error| error.chars().rev().take(200).collect::<String>().chars().rev().collect()).collect();
    assert_eq!(said, Vec::<String>::new(), "{} of {asked}", errors.len());
    // The everyday writer takes nothing that was prepared from a person's text either: it denies every other statement.
    for sql in ["DROP TABLE review", "ATTACH 'x' AS y", "PRAGMA writable_schema = ON", "DELETE FROM journal", "CREATE TABLE a (b)"] {
        assert!(world.store.rehearse(sql).is_err(), "{sql}");
    }
    assert_eq!(world.store.reading().tail().unwrap(), before);
    // And as they are typed into the lists and the palette, where a message would be seen.
    let typed = rely::times(60, 400);
    let mut robot = Robot::sits_down(world, LARGE);
    for (place, text) in strings.iter().filter(|text| text.len() < 60).take(typed).enumerate() {
        let shown: String = text.chars().filter(|c| !c.is_control()).collect();
        robot.press(["1 /", "3 /", "4 /", "8 /", ":"][place % 5]).type_text(&shown);
        let frame = robot.frame().to_lowercase();
        assert!(!frame.contains("syntax error") && !frame.contains("sql"), "{text:?}\n{frame}");
        robot.press("esc esc");
    }
    rely::line(&serde_json::json!({"test": "T37", "strings": strings.len(), "asked": asked, "typed": typed, "errors": 0,
        "slowest_ms": slowest.round()}));
    assert!(slowest < 2_000.0);
}
