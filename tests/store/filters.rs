//! Filters against a naive oracle: what SQL finds is what reading every review and asking each term finds.

use crate::store::paging::{busy, everything};
use crate::support::world::World;
use closeloop::domain::filter::{Filter, Scope, Term};
use closeloop::domain::grade::Grade;
use closeloop::domain::query::{Answered, Count, From, Query, QueueSort, Viewer, Window};
use closeloop::domain::review::{PanelStand, ReviewFacts, ReviewState};
use std::collections::BTreeSet;

/// One review with the words that filters look at, found the long way round.
struct Known {
    supervision: Option<chrono::NaiveDate>,
    facts: ReviewFacts,
    case: String,
    council_id: String,
    practitioner: String,
    reviewer: String,
    team: (String, String),
    cycle: String,
    alerts: usize,
    owners: Vec<String>,
    urgent: bool,
    to_sign_off: bool,
}

fn known(world: &World) -> Vec<Known> {
    use closeloop::domain::action::ActionState;
    let reading = world.store.reading();
    let people = reading.people_by_id().unwrap();
    let name = |id| people.get(&id).map(|person| person.name.clone()).unwrap_or_default();
    let mut all = Vec::new();
    for reference in world.references() {
        let facts = world.review(&reference);
        let names = reading.names_of(facts.review.id).unwrap().unwrap();
        let (cycle, _) = reading.cycle(facts.review.cycle, world.today()).unwrap().unwrap();
        all.push(Known {
            supervision: reading.loop_facts(facts.review.id).unwrap().and_then(|known| known.supervision_due),
            case: names.case,
            council_id: names.council_id,
            practitioner: names.practitioner,
            reviewer: names.reviewer,
            team: names.team,
            cycle: cycle.reference,
            alerts: reading.open_alerts_of(facts.review.id).unwrap().len(),
            owners: facts.actions.iter().map(|action| name(action.owner)).collect(),
            urgent: facts.actions.iter().any(|action| action.urgent),
            to_sign_off: facts.actions.iter().any(|action| action.state == ActionState::Done),
            facts,
        });
    }
    all
}

fn holds(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

fn begins(text: &str, part: &str) -> bool {
    text.to_lowercase().starts_with(&part.to_lowercase())
}

fn same(text: &str, other: &str) -> bool {
    text.eq_ignore_ascii_case(other)
}

fn wanted(known: &Known, filter: &Filter, viewer: &Viewer) -> bool {
    let Known { facts, .. } = known;
    let scope = match filter.scope() {
        Scope::Open => facts.state == ReviewState::Open,
        Scope::Done => facts.state == ReviewState::Finalised,
        Scope::Withdrawn => facts.state == ReviewState::Withdrawn,
        Scope::All => facts.state != ReviewState::Withdrawn,
    };
    let grade = |judgement: Option<closeloop::domain::grade::Judgement>| judgement.map(|judgement| judgement.grade);
    // Of an open loop the day of supervision is meant.
    let day = if filter.asks_for_loops() { known.supervision } else { facts.review.next.due_on };
    let due = |test: &dyn Fn(chrono::NaiveDate) -> bool| day.is_some_and(test);
    scope
        && filter.terms.iter().all(|term| match term {
            Term::Scope(_) => true,
            Term::Unread => false,
            Term::Chosen(Some(how)) => facts.review.chosen == *how,
            Term::Chosen(None) => facts.review.chosen.is_random(),
            Term::Word(word) => word_fits(known, word, filter.scope()),
            Term::Grade(wanted) => grade(facts.final_judgement()) == Some(*wanted),
            Term::Original(wanted) => grade(facts.original) == Some(*wanted),
            Term::Moderated(wanted) => grade(facts.moderated) == Some(*wanted),
            Term::Worker(name) => holds(&known.practitioner, name),
            Term::Reviewer(name) => holds(&known.reviewer, name),
            Term::Owner(name) => known.owners.iter().any(|owner| holds(owner, name)),
            Term::Team(name) => holds(&known.team.0, name),
            Term::Service(name) => holds(&known.team.1, name),
            Term::Type(key) => begins(&facts.review.case_type, key),
            Term::Step(label) => holds(&facts.review.next.label, label),
            Term::Cycle(reference) => begins(&known.cycle, reference),
            Term::Case(case) => same(&known.case, case),
            Term::Child(number) => known.council_id == *number,
            Term::Late => due(&|day| day < viewer.today),
            Term::Today => due(&|day| day == viewer.today),
            Term::Week => due(&|day| day >= viewer.today && day <= viewer.today + chrono::Days::new(7)),
            Term::Monday => due(&|day| day < closeloop::domain::calendar::next_monday(viewer.today)),
            Term::Mine => viewer.person.is_some() && facts.reviewer == viewer.person,
            Term::Unallocated => facts.reviewer.is_none(),
            Term::Panel => matches!(facts.panel, PanelStand::Waiting(_)),
            Term::Alert => known.alerts > 0,
            // Nothing has followed any of them yet.
            Term::Loop => grade(facts.final_judgement()).is_some_and(|grade| grade < closeloop::domain::grade::Grade::Good),
            Term::Urgent => known.urgent,
            Term::SignOff => known.to_sign_off,
            // Nobody of this council is recused, and nobody has left; nothing is signed off yet; whoever looks has no team.
            // No supervision is overdue by then (tests/loops).
            Term::Ownerless | Term::Revisit | Term::MyTeam | Term::Supervision => false,
            Term::Within(_) => unreachable!("nobody types it: tests/actions/groups.rs"),
            Term::Found(_) => unreachable!("tests/insight/cells.rs looks behind every one of them"),
        })
}

fn word_fits(known: &Known, word: &str, scope: Scope) -> bool {
    let Known { facts, .. } = known;
    let anywhere = same(&facts.review.reference, word)
        || (word.len() >= 4 && begins(&facts.review.reference, word))
        || same(&known.case, word)
        || known.cycle == word
        || [&known.practitioner, &known.reviewer, &known.team.0].iter().any(|name| holds(name, word));
    let among_open = holds(&facts.review.reference, word)
        || holds(&known.case, word)
        || holds(&facts.review.next.label, word)
        || begins(&facts.review.case_type, word);
    anywhere || (scope == Scope::Open && among_open)
}

#[test]
fn every_filter_finds_what_reading_everything_finds() {
    let world = busy();
    let all = known(&world);
    let one = &all[4];
    let mut terms: Vec<String> = [
        "",
        "late",
        "today",
        "monday",
        "week",
        "mine",
        "unallocated",
        "panel",
        "alert",
        "loop",
        "urgent",
        "signoff",
        "grade:o",
        "grade:g",
        "grade:ri",
        "grade:i",
        "original:o",
        "original:g",
        "original:i",
        "moderated:o",
        "moderated:g",
        "moderated:i",
        "worker:carter",
        "worker:CARTER",
        "worker:%",
        "worker:_",
        "worker:nobody",
        "reviewer:ross",
        "reviewer:i",
        "owner:noor",
        "team:north",
        "team:court",
        "team:\"North Court\"",
        "service:safe",
        "service:care",
        "type:c",
        "type:cp",
        "type:cic",
        "type:assessment",
        "step:return",
        "step:panel",
        "step:family",
        "cycle:2026",
        "cycle:2026-11",
        "carter",
        "north",
        "CR-0003",
        "cr-0003",
        "the digits of a case",
        "return",
        "cp",
        "2026-11",
        "o",
        "'",
        "\"",
        "\\",
        "%",
        "é",
    ]
    .map(String::from)
    .to_vec();
    let digits = terms.iter_mut().find(|term| *term == "the digits of a case").unwrap();
    *digits = one.case[2..].to_string();
    terms.extend([format!("case:{}", one.case), format!("case:{}", one.case.to_lowercase()), format!("child:{}", one.council_id)]);
    terms.extend([one.case.clone(), format!("child:{}", &one.council_id[..3])]);
    let scopes = ["", "all", "done", "withdrawn", "open"];
    let mut found_something: BTreeSet<String> = BTreeSet::new();
    let viewer = Viewer { person: Some(world.person("Ida Ross")), ..world.viewer() };
    let mut checked = 0;
    for (place, term) in terms.iter().enumerate() {
        let other = &terms[(place * 7 + 3) % terms.len()];
        for scope in scopes {
            for text in [format!("{term} {scope}"), format!("{term} {other} {scope}")] {
                let (filter, problems) = Filter::parse(&text);
                assert_eq!(problems, Vec::<String>::new(), "{text}");
                let expected: BTreeSet<i64> =
                    all.iter().filter(|known| wanted(known, &filter, &viewer)).map(|known| known.facts.review.id.0).collect();
                let window = Window { filter, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 500 };
                let page = world.store.reading().queue(&window, &viewer).unwrap();
                let found: BTreeSet<i64> = page.rows.iter().map(|row| row.id.0).collect();
                assert_eq!(found, expected, "{text:?}");
                assert_eq!((page.total.n, page.total.more), (expected.len() as u64, false), "{text:?} counted");
                if !expected.is_empty() {
                    found_something.insert(term.clone());
                }
                checked += 1;
            }
        }
    }
    assert_eq!(checked, terms.len() * scopes.len() * 2);
    // An oracle that never says yes proves nothing.
    let never = ["worker:%", "worker:_", "worker:nobody", "'", "\\", "%", "é"];
    let silent: Vec<&String> = terms.iter().filter(|term| !found_something.contains(*term) && !never.contains(&term.as_str())).collect();
    let part_of_a_number = format!("child:{}", &one.council_id[..3]);
    assert_eq!(silent, [&part_of_a_number], "a child's number is found whole or not at all");
}

#[test]
fn the_beginning_of_a_reference_is_found_among_finished_reviews_too() {
    let world = busy();
    let found = |text: &str| everything(&world, text, QueueSort::Due, false).len();
    assert!(found("all cr-0") > 5, "{}", found("all cr-0"));
    assert_eq!(found("all cr-0"), found("all"));
    assert_eq!(found("all cr-0001"), 1);
    assert_eq!(found("all cr-00019999"), 0);
}

#[test]
fn late_is_counted_as_it_is_filtered() {
    let world = busy();
    let viewer = world.viewer();
    let late = everything(&world, "late", QueueSort::Due, false).len() as u64;
    let window = Window { filter: Filter::default(), sort: QueueSort::Due, reversed: false, from: From::Start, limit: 3 };
    assert!(late > 0);
    assert_eq!(world.store.reading().queue(&window, &viewer).unwrap().late.n, late);
    assert_eq!(world.store.reading().overview(&viewer).unwrap().late.n, late);
}

#[test]
fn the_short_form_of_a_case_type_is_understood() {
    use closeloop::domain::query::{Answered, Query};
    let mut world = busy();
    let framework = world.detail("CR-0001").framework;
    for case_type in &framework.case_types {
        let mut found = |typed: &str| {
            let (filter, _) = Filter::parse(&format!("type:{typed} all"));
            let window = Window { filter, sort: QueueSort::Reference, reversed: false, from: From::Start, limit: 500 };
            let Answered::Queue(page) = world.ask(Query::Queue(window)) else { panic!("the queue answers with the queue") };
            page.rows.into_iter().map(|row| row.reference).collect::<Vec<_>>()
        };
        let (short, key) = (found(&case_type.short), found(&case_type.key));
        assert_eq!(short, key, "{} is {}", case_type.short, case_type.key);
    }
}

#[test]
fn grades_are_the_four_and_nothing_else() {
    for grade in Grade::ALL {
        assert_eq!(Filter::parse(&format!("grade:{}", grade.key())).0.terms, [Term::Grade(grade)]);
    }
    let (filter, problems) = Filter::parse("grade:excellent");
    assert_eq!(filter.terms, [Term::Unread]);
    let four = "There are: outstanding, good, requires-improvement, inadequate, o, g, ri, i.";
    assert_eq!(problems, [format!("There is no grade “excellent”. {four}")]);
    let (_, problems) = Filter::parse("grade:inadequte");
    assert_eq!(problems, [format!("There is no grade “inadequte”; did you mean inadequate? {four}")]);
    // While it is being typed it is not wrong yet.
    assert_eq!(Filter::parse("grade:inadeq"), (Filter { terms: vec![Term::Grade(Grade::Inadequate)] }, vec![]));
    assert_eq!(Filter::parse("grade:"), (Filter::default(), vec![]));
}

#[test]
fn what_is_not_understood_finds_nothing_in_any_list() {
    let mut world = busy();
    let window = |typed: &str| {
        let (filter, _) = Filter::parse(typed);
        Window { filter, sort: (), reversed: false, from: From::Start, limit: 500 }
    };
    for typed in ["all grade:inadequte", "all ownr:x", "all chosen:drwan"] {
        let Window { filter, from, limit, .. } = window(typed);
        let queue = world.ask(Query::Queue(Window { filter, sort: QueueSort::Reference, reversed: false, from, limit }));
        let Answered::Queue(page) = queue else { panic!() };
        assert_eq!((page.rows.len(), page.total), (0, Count::capped(0)), "{typed}");
        for query in
            [Query::Actions(window(typed)), Query::Alerts(window(typed)), Query::Panel(window(typed)), Query::People(window(typed))]
        {
            let found = match world.ask(query.clone()) {
                Answered::Actions(page) => page.rows.len(),
                Answered::Alerts(page) => page.rows.len(),
                Answered::Panel(page) => page.rows.len(),
                Answered::People(page) => page.rows.len(),
                _ => panic!("{query:?}"),
            };
            assert_eq!(found, 0, "{typed} {query:?}");
        }
    }
}
