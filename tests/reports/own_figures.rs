//! A report tells of what it is about: its own rows in its files, its cycles' focus, no child's actions by service, and what can be read
//! where few numbers may be shown. M20, S16, S28, C09, Q02.

use super::{material, reviewed, said};
use crate::support::world::{World, day};
use chrono::NaiveDate;
use closeloop::domain::action::ActionState;
use closeloop::domain::cycle::{Cycle, CyclePlanned, PhaseDates};
use closeloop::domain::deed::Deed;
use closeloop::domain::id::{ActionId, CycleId, ReviewId};
use closeloop::domain::insight::{Cell, Share};
use closeloop::domain::report::told::{Kind, Stretch, ToldCount};
use closeloop::domain::report::{JointLine, Material, Narrative, PlanAction, PlanLine, Told};
use closeloop::profiles::builtin;
use closeloop::report::paper::{Number, Stage, Templates, compose, figures, lists};
use closeloop::report::{Block, sheet};
use std::collections::BTreeSet;

fn profile(id: &str) -> &'static str {
    builtin().iter().find(|(known, _)| *known == id).unwrap().1
}

fn numbers(facts: &Material) -> Vec<Number> {
    figures(facts, &Templates::default()).unwrap()
}

fn tables(facts: &Material) -> BTreeSet<&'static str> {
    numbers(facts).iter().map(|one| one.table).collect()
}

/// The recommendations by service of reviews: service, what is told of how many it had, and its reviews with how many actions each.
fn by_service(of: &[(&str, Cell, &[u32])], limit: u32) -> (Material, String) {
    let (mut world, cycle) = reviewed();
    let facts = with_services(&material(&mut world, cycle, "collaborative-review"), of, limit);
    let text = said(&facts, &Narrative::new());
    (facts, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn with_services(facts: &Material, of: &[(&str, Cell, &[u32])], limit: u32) -> Material {
    let mut facts = facts.clone();
    let first = facts.actions[0].clone();
    (facts.limit, facts.actions) = (limit, Vec::new());
    let mut review = 0;
    for (service, _, reviews) in of {
        for many in *reviews {
            review += 1;
            for _ in 0..*many {
                let id = ActionId(100 + i64::try_from(facts.actions.len()).unwrap());
                let reference = format!("A-{}", id.0);
                facts.actions.push(PlanAction { id, review: ReviewId(review), reference, service: (*service).into(), ..first.clone() });
            }
        }
    }
    let mut told = facts.told().into_owned();
    told.counts.retain(|one| one.table != Kind::Services);
    let count = |(service, cell, _): &(&str, Cell, &[u32])| ToldCount {
        table: Kind::Services,
        key: String::new(),
        label: "Reviews".into(),
        column: (*service).into(),
        cell: *cell,
    };
    told.counts.extend(of.iter().map(count));
    facts.told = Some(Box::new(told));
    facts.sections = vec![("recommendations".into(), "Recommendations".into())];
    facts
}

#[test]
fn s28_c09_the_actions_of_few_children_are_not_told_by_service() {
    let many: &[u32] = &[1, 1, 1, 1, 1, 1];
    let other = [1, 1, 1, 1, 1];
    let services =
        [("Northgate", Cell::Shown(19), many), ("Southgate", Cell::Shown(11), other.as_slice()), ("Eastgate", Cell::Small, [3].as_slice())];
    let (facts, text) = by_service(&services, 5);
    // One that is left out would be known by the others: another goes with it, the smaller of those that are told.
    assert!(text.contains("Northgate 6 of 6 recommendations are open."), "{text}");
    assert!(text.contains("Other services together") && text.contains("8 of 8 recommendations are open."), "{text}");
    assert!(!text.contains("Eastgate") && !text.contains("Southgate"), "{text}");
    let named: Vec<Number> = numbers(&facts).into_iter().filter(|one| one.table.contains("Actions") || one.row.contains("gate")).collect();
    assert!(named.iter().all(|one| one.row == "actions"), "{named:?}");
    // Many reviews of a service, and actions out of few of them.
    let services =
        [("Northgate", Cell::Shown(19), many), ("Westgate", Cell::Shown(30), [2, 2].as_slice()), ("Eastgate", Cell::Shown(9), &[1, 1, 1])];
    let (_, text) = by_service(&services, 5);
    assert!(text.contains("Northgate 6 of 6") && text.contains("7 of 7 recommendations"), "{text}");
    // Together they are few as well: nothing is told apart.
    let services = [("Northgate", Cell::Shown(9), [1, 1, 1, 1, 1].as_slice()), ("Westgate", Cell::Small, [1].as_slice())];
    let (_, text) = by_service(&services, 5);
    assert!(text.contains("They are not told apart by service") && !text.contains("gate "), "{text}");
    // What is left out beside a small one may be large, and says nothing either.
    let services = [("Northgate", Cell::Shown(9), many), ("Southgate", Cell::Beside, many), ("Westgate", Cell::Small, [1].as_slice())];
    let (_, text) = by_service(&services, 5);
    assert!(text.contains("Northgate 6 of 6") && !text.contains("Southgate") && text.contains("7 of 7"), "{text}");
    // For the team nothing is left out.
    let services = [("Northgate", Cell::Shown(9), many), ("Westgate", Cell::Shown(1), [1].as_slice())];
    let (_, text) = by_service(&services, 0);
    assert!(text.contains("Westgate 1 of 1 recommendation is open."), "{text}");
}

#[test]
fn s28_no_split_of_actions_by_service_lets_a_few_children_be_known() {
    let (mut world, cycle) = reviewed();
    let facts = material(&mut world, cycle, "collaborative-review");
    // The same numbers every time; none of a service's reviews may have an action more or fewer than the table can bear.
    let mut seed = 20_261_127_u64;
    let mut below = |limit: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % limit
    };
    let (mut apart, mut together) = (0, 0);
    for _ in 0..300 {
        let names = ["North", "South", "East", "West", "Centre"];
        let many: Vec<Vec<u32>> = names.iter().map(|_| (0..below(9)).map(|_| 1 + below(3) as u32).collect()).collect();
        let cells = [Cell::Shown(20), Cell::Shown(9), Cell::Small, Cell::Beside];
        let told: Vec<Cell> = names.iter().map(|_| cells[below(4) as usize]).collect();
        let of: Vec<(&str, Cell, &[u32])> = (0..names.len()).map(|at| (names[at], told[at], many[at].as_slice())).collect();
        let facts = with_services(&facts, &of, 5);
        let paper = compose(&facts, &Narrative::new(), Stage::Now { in_part: false }, &Templates::default()).unwrap();
        let mut heading = String::new();
        for block in &paper.blocks {
            match block {
                Block::Heading(3, text) => heading = text.clone(),
                Block::Table { head, rows } if head[0] == "Action" => {
                    let here = |action: &&PlanAction| rows.iter().any(|row| row[0] == action.reference);
                    let shown: Vec<&PlanAction> = facts.actions.iter().filter(here).collect();
                    let reviews = shown.iter().map(|action| action.review).collect::<BTreeSet<_>>().len();
                    let services: BTreeSet<&str> = shown.iter().map(|action| action.service.as_str()).collect();
                    match names.iter().position(|name| *name == heading) {
                        Some(at) => {
                            apart += 1;
                            assert!(reviews >= 5 && told[at].count().is_some() && services.len() == 1, "{heading}: {of:?}");
                        }
                        None if heading == "Other services together" => {
                            together += 1;
                            assert!(reviews >= 5 && services.len() >= 2, "{of:?}");
                        }
                        // Not told apart at all: all of them stand together.
                        None => assert_eq!(shown.len(), facts.actions.len().min(25), "{of:?}"),
                    }
                }
                _ => {}
            }
        }
    }
    assert!(apart > 50 && together > 50, "{apart} {together}");
}

#[test]
fn m20_a_file_of_figures_holds_what_its_own_report_shows() {
    let (mut world, cycle) = reviewed();
    let facts = |world: &mut World, kind: &str| material(world, cycle, kind);
    let register = facts(&mut world, "action-register");
    assert_eq!(tables(&register), ["Actions of these reviews", "Improvement plan", "Open loops", "Reviews"].into());
    let listed = lists(&register, &Templates::default()).unwrap();
    let named: Vec<&str> = listed.iter().map(|list| list.name).collect();
    assert_eq!(named, ["Actions", "Plan lines", "Loops one by one"]);
    assert_eq!(listed[0].columns, ["Action", "What needs to happen", "Whose", "By", "Urgent", "Stands"]);
    assert_eq!(listed[0].rows.len(), register.actions.len());
    assert_eq!(listed[0].rows[0][..2], [register.actions[0].reference.clone(), "Draw the family network with Kim".to_string()]);
    let csv = String::from_utf8(sheet::csv(&numbers(&register), &listed).unwrap()).unwrap();
    assert!(csv.contains(&format!("Actions,{},Stands,open", register.actions[0].reference)), "{csv}");
    assert!(!csv.contains("Reviews by service") && !csv.contains("Good or better"), "{csv}");
    // An alert, and with it a second action.
    let last = world.references().pop().unwrap();
    world.through_as(&last, "completed", 1);
    let log = facts(&mut world, "alert-log");
    assert_eq!(log.alerts.len(), 1);
    assert_eq!(tables(&log), ["Alerts", "Reviews"].into());
    assert_eq!(lists(&log, &Templates::default()).unwrap().iter().map(|list| list.name).collect::<Vec<_>>(), ["Alerts one by one"]);
    let card = facts(&mut world, "sample-card");
    let listed = lists(&card, &Templates::default()).unwrap();
    assert_eq!(listed.iter().map(|list| (list.name, list.rows.len())).collect::<Vec<_>>(), [("Sample", card.sample.len())]);
    assert!(tables(&card).contains("Reviews by case type") && !tables(&card).contains("Actions of these reviews"));
    // What others read too holds no row of a single action or case.
    let monthly = facts(&mut world, "collaborative-review");
    assert!(lists(&monthly, &Templates::default()).unwrap().is_empty() && tables(&monthly).contains("Families"));
    // And every sheet opens.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.xlsx");
    let listed = lists(&register, &Templates::default()).unwrap();
    std::fs::write(&path, sheet::xlsx("Register", &[], &numbers(&register), &listed).unwrap()).unwrap();
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    assert!(
        ["Figures", "Actions", "Plan lines", "Loops one by one", "About"].iter().all(|name| book.sheet_names().iter().any(|of| of == name))
    );
    assert_eq!(book.worksheet_range("Actions").unwrap().height(), register.actions.len() + 1);
}

#[test]
fn case_types_stand_in_words_in_the_figures() {
    let (mut world, cycle) = reviewed();
    let facts = material(&mut world, cycle, "sample-card");
    let rows: Vec<String> = numbers(&facts).into_iter().filter(|one| one.table == "Reviews by case type").map(|one| one.column).collect();
    let keys: Vec<&str> = facts.figures.coverage.case_types.iter().map(|one| one.key.as_str()).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| !keys.contains(&row.as_str())), "{rows:?}");
}

#[test]
fn s16_a_report_of_one_service_tells_and_counts_nothing_of_the_others() {
    let mut world = World::under(profile("sandwell"));
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    world.draw(cycle, 3, 7);
    for (kind, label) in [("fostering-report", "Fostering evidence"), ("resources-report", "Resources evidence")] {
        let facts = material(&mut world, cycle, kind);
        let rows = numbers(&facts);
        assert!(!rows.is_empty() && rows.iter().all(|one| ["Registers", "Answers in registers"].contains(&one.table)), "{kind}: {rows:?}");
        assert!(rows.iter().all(|one| one.row.starts_with(label)), "{kind}: {rows:?}");
        let text = said(&facts, &Narrative::new());
        assert!(text.contains("No earlier report of this kind has been kept"), "{text}");
        assert!(!text.contains("PROVISIONAL") && !text.contains("Promised"), "{text}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("Reviews")), "{text}");
    }
    // The one that takes them in counts the reviews.
    let text = said(&material(&mut world, cycle, "qa-report"), &Narrative::new());
    assert!(text.contains("PROVISIONAL"), "{text}");
}

#[test]
fn s22_what_a_report_looks_back_on_says_whose_it_is() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "tracking");
    facts.since = Some(closeloop::domain::report::since("2026-10", &facts, &facts.actions, facts.counted_on));
    let text = said(&facts, &Narrative::new());
    assert!(text.contains("What follows is of every service and every kind of review together."), "{text}");
    let mut facts = material(&mut world, cycle, "collaborative-review");
    facts.since = Some(closeloop::domain::report::since("2026-10", &facts, &facts.actions, facts.counted_on));
    let text = said(&facts, &Narrative::new());
    assert!(text.contains("What follows is of reviews of this kind alone, of every service."), "{text}");
}

/// The quarter of Central Bedfordshire with these months and what each looked at.
fn quarter(of: &[(&str, &str)]) -> (World, CycleId) {
    let mut world = World::under(profile("central-bedfordshire"));
    world.at("2026-09-15T09:00:00Z");
    for (starts_on, focus) in of {
        let framework = world.library.current(world.store.reading()).unwrap();
        let reason = framework.cycle.focus_reasons.first().map(|reason| reason.key.clone()).unwrap_or_default();
        let planned = CyclePlanned {
            starts_on: day(starts_on),
            focus: (*focus).into(),
            focus_reason: reason,
            focus_note: "Asked for by the board".into(),
        };
        world.do_("Amina Khan", Deed::OpenCycle(planned));
    }
    world.at("2026-11-20T09:00:00Z");
    let cycles = world.store.reading().cycles().unwrap();
    let cycle = cycles.iter().find(|(cycle, _)| cycle.reference == "2026-11").unwrap().0.id;
    (world, cycle)
}

#[test]
fn c09_a_report_of_several_cycles_names_the_focus_of_each_that_has_begun() {
    let months = [("2026-10-01", "Exploitation"), ("2026-11-01", "Disabled children"), ("2026-12-01", "Fathers")];
    let (mut world, cycle) = quarter(&months);
    let facts = material(&mut world, cycle, "quarterly-audit");
    assert_eq!(facts.focus, "Exploitation (October 2026); Disabled children (November 2026)");
    assert_eq!(facts.focus_why, "", "of several no one reason is given");
    let facts = material(&mut world, cycle, "monthly-qa");
    assert_eq!(facts.focus, "Disabled children");
    assert!(facts.focus_why.contains("Asked for by the board"), "{}", facts.focus_why);
    let (mut world, cycle) = quarter(&[("2026-10-01", "Neglect"), ("2026-11-01", "Neglect")]);
    let facts = material(&mut world, cycle, "quarterly-audit");
    assert_eq!(facts.focus, "Neglect");
}

#[test]
fn f17_a_cycle_that_has_only_begun_stands_in_no_line() {
    let phase = |ends: &str, done_on: Option<NaiveDate>| {
        let (key, label) = ("review".to_string(), "Review".to_string());
        vec![PhaseDates { key, label, starts: day("2026-11-05"), ends: day(ends), done_on }]
    };
    let (mut world, id) = reviewed();
    let made = world.store.reading().cycle(id, world.today()).unwrap().unwrap().0;
    let of = |ends: &str, closed: bool| Cycle { phases: phase(ends, None), closed_on: closed.then(|| day("2026-11-30")), ..made.clone() };
    let today = day("2026-11-20");
    assert!(!of("2026-11-25", false).is_whole(today, (12, 20), 12, 5), "reviews are still to be completed");
    assert!(of("2026-11-25", false).is_whole(today, (20, 20), 12, 5));
    assert!(of("2026-11-19", false).is_whole(today, (12, 20), 12, 5), "its last day has passed: what is late comes late");
    assert!(!of("2026-11-20", false).is_whole(today, (12, 20), 12, 5), "the last day itself belongs to it");
    assert!(!of("2026-11-19", false).is_whole(today, (4, 4), 4, 5), "too few are graded");
    assert!(of("2026-11-19", false).is_whole(today, (5, 5), 5, 5));
    assert!(of("2026-11-25", true).is_whole(today, (3, 4), 3, 5), "closed it is as whole as it will be");
    // The view: two of its reviews are graded, of three that were drawn.
    let detail = world.ask(closeloop::domain::query::Query::Insight(Default::default()));
    let closeloop::domain::query::Answered::Insight(detail) = detail else { panic!() };
    let says = detail.grid.says.join(" ");
    assert!(detail.grid.chart.is_none() && says.contains("2026-11 is not in the chart yet: 2 of 7 submitted, 2 graded."), "{says}");
    // The report.
    let mut facts = material(&mut world, id, "collaborative-review");
    let point = |title: &str, from: &str, n: u32, so_far: bool| Stretch {
        cycles: Vec::new(),
        title: title.into(),
        last_from: day(from),
        good: Share::new(n, 20),
        own: [Cell::Beside; 4],
        counts: [Cell::Beside; 4],
        panel: [Cell::Beside; 4],
        so_far,
    };
    let mut told = facts.told().into_owned();
    told.series.stretches = vec![
        point("September 2026", "2026-09-01", 12, false),
        point("October 2026", "2026-10-01", 11, false),
        point("November 2026", "2026-11-01", 6, true),
    ];
    facts.told = Some(Box::new(Told { ..told }));
    facts.sections = vec![("grades".into(), "Grades".into())];
    let text = said(&facts, &Narrative::new());
    // Of a longer time one cycle is told: it is taken together with none.
    let told_of = |from: &str| said(&Material { from: day(from), title: "the quarter".into(), ..facts.clone() }, &Narrative::new());
    let words = |from: &str| told_of(from).split_whitespace().collect::<Vec<_>>().join(" ");
    let quarter = words("2026-10-15");
    assert!(quarter.contains("Good or better in the random sample, November 2026 alone: 6 of 20"), "{quarter}");
    let quarter = words("2026-10-01");
    assert!(quarter.contains("October to November 2026 taken together: 17 of 40"), "{quarter}");
    // How uncertain a share of few is, is told of one that stands on the paper.
    assert!(quarter.contains("uncertain: 17 of 40 (43 %) (October to November 2026) may stand"), "{quarter}");
    let none_yet = words("2026-12-01");
    assert!(none_yet.contains("uncertain: 11 of 20 (55 %) (October 2026) may stand"), "what is in no line is no example: {none_yet}");
    assert!(text.contains("September 2026 12 of 20 (60 %); October 2026 11 of 20 (55 %)."), "{text}");
    assert!(text.contains("November 2026 is left out of the line: reviews are still to be completed, or too few are graded."), "{text}");
    let line = numbers(&facts).into_iter().filter(|one| one.table == "Good or better over the cycles").map(|one| one.row);
    assert_eq!(line.collect::<BTreeSet<_>>(), ["September 2026", "October 2026", "November 2026 so far"].map(String::from).into());
}

#[test]
fn s28_where_nothing_may_be_shown_one_sentence_says_so_and_what_can_be_read() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    facts.actions.iter_mut().for_each(|action| action.state = ActionState::Open);
    let narrative: Narrative = [("key-findings".to_string(), "Families said that they were heard.".to_string())].into();
    let text = said(&facts, &narrative).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("2 reviews were completed in this time. Numbers under 5 are not shown, nor any that would let one be worked out"),
        "{text}"
    );
    assert!(text.contains("What can be read stands under: Key findings"), "{text}");
    // No page of "left out": what tells nothing is no row, and is said once.
    assert!(text.contains("Not shown in numbers: 10 questions. Each is under 5, or would let such a number be worked out."), "{text}");
    let paper = compose(&facts, &narrative, Stage::Now { in_part: false }, &Templates::default()).unwrap();
    for block in &paper.blocks {
        let Block::Table { rows, .. } = block else { continue };
        let told = |cell: &String| cell != "left out" && !cell.starts_with("under ");
        assert!(rows.iter().all(|row| row[1..].iter().any(told)), "{rows:?}");
    }
    // Where numbers may be shown it is not said.
    facts.limit = 0;
    facts.told = None;
    let text = said(&facts, &narrative);
    assert!(!text.contains("are not shown"), "{text}");
}

#[test]
fn s18_s28_the_figures_hold_how_many_reviewers_gave_each_grade_and_of_a_plan_what_the_text_shows() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let joint = JointLine { review: ReviewId(1), reference: "BR-0001".into(), grades: [3, 3, 2, 0], agreed: "Good".into() };
    facts.joint = vec![joint];
    facts.sections = vec![("consistency".into(), "Where reviewing is consistent".into())];
    let found = numbers(&facts);
    let of: Vec<(&str, &str)> =
        found.iter().filter(|one| one.row == "BR-0001").map(|one| (one.column.as_str(), one.value.as_str())).collect();
    assert_eq!(of, [("Outstanding", "3"), ("Good", "3"), ("Requires improvement", "2"), ("Inadequate", "0"), ("reviewers", "8")]);
    // It counts reviewers and no child: nothing of it is small.
    assert!(!said(&facts, &Narrative::new()).contains("Numbers under 5 are not shown"));
    let line = |kind: &str| PlanLine {
        kind: kind.into(),
        reference: "PN-1".into(),
        text: "What".into(),
        answers: String::new(),
        service: String::new(),
        who: String::new(),
        on: day("2026-11-02"),
        stands: "open".into(),
        open: true,
        late: false,
        carried_from: String::new(),
        notes: Vec::new(),
    };
    facts.plan = vec![line("action"), line("action"), line("training")];
    let plan = |section: &str| -> Vec<(String, String, String)> {
        let facts = Material { sections: vec![(section.into(), "Section".into())], ..facts.clone() };
        let rows = numbers(&facts).into_iter().filter(|one| one.table == "Improvement plan");
        rows.map(|one| (one.row, one.column, one.value)).collect()
    };
    let row = |row: &str, many: &str| ["all", "open"].map(|column| (row.to_string(), column.to_string(), many.to_string())).to_vec();
    assert_eq!(plan("training"), row("training", "1"));
    assert_eq!(plan("plan"), row("lines", "3"));
}
