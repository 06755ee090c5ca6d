//! Sentences of reports that said what was not so: a count called small that is large, a loop that was never counted, a note counted as
//! a line of the plan, a week's figures that are a cycle's.

use super::{material, reviewed, said};
use crate::support::world::{World, day};
use closeloop::domain::action::ActionState;
use closeloop::domain::insight::Cell;
use closeloop::domain::insight::figures::{StepFigures, ThemeFigures};
use closeloop::domain::report::told::{Kind, ToldCount};
use closeloop::domain::report::{KindLine, LoopTally, Material, Narrative, PlanAction, PlanLine, PracticeTally, SPEAK_OF_LOOPS, Since};
use closeloop::profiles::builtin;
use closeloop::report::paper::{Stage, Templates, about, figures};

/// What one section says.
fn section(facts: &Material, key: &str) -> String {
    let alone = Material { sections: vec![(key.into(), "Section".into())], public: false, ..facts.clone() };
    said(&alone, &Narrative::new()).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn s28_a_large_count_left_out_for_a_small_rest_is_not_called_small() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let missing = [("assurance", 12), ("supervision", 2), ("actions complete", 6)];
    let missing = missing.map(|(label, many)| (label.to_string(), many)).to_vec();
    facts.loops = LoopTally { open: 13, looked_through: 13, oldest: Some(day("2026-09-28")), long: 11, missing, ..LoopTally::default() };
    let text = section(&facts, "loop");
    assert!(text.contains("Open for more than three months: left out (of 13)"), "{text}");
    assert!(text.contains("assurance: left out (of 13)") && text.contains("supervision: fewer than 5 of 13"), "{text}");
    assert!(text.contains("actions complete: 6 of 13"), "{text}");
}

#[test]
fn s28_of_a_small_whole_no_part_is_told_by_what_its_word_and_its_rest_come_to() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let mut waits = |of: u32, parts: [u32; 2]| {
        let missing = ["assurance", "supervision"].into_iter().zip(parts).map(|(label, many)| (label.to_string(), many)).collect();
        facts.loops = LoopTally { open: 40, looked_through: of, tracked: of, closed: parts[0], missing, ..LoopTally::default() };
        let text = section(&facts, "loop");
        ["assurance", "supervision"]
            .map(|label| text.split(&format!("{label}: ")).nth(1).unwrap().split(&format!(" {of}")).next().unwrap().to_string())
    };
    let left_out = ["left out (of", "left out (of"];
    assert_eq!(waits(6, [5, 1]), left_out, "five and one: nothing else is one that is small and one that is not");
    assert_eq!(waits(2, [1, 1]), left_out);
    assert_eq!(waits(2, [2, 0]), left_out, "whichever it is, it looks alike");
    assert_eq!(waits(8, [4, 4]), left_out);
    assert_eq!(waits(8, [5, 3]), left_out);
    assert_eq!(waits(7, [4, 3]), ["fewer than 5 of", "fewer than 5 of"], "it may be three and four either way");
    assert_eq!(waits(14, [12, 2]), ["left out (of", "fewer than 5 of"]);
}

#[test]
fn the_text_tells_of_families_what_the_workbook_tells() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let mut told = facts.told().into_owned();
    told.counts.retain(|one| one.table != Kind::Families);
    for (column, cell) in
        [("asked for", Cell::Beside), ("spoken with", Cell::Beside), ("could not be", Cell::Shown(17)), ("words written down", Cell::Small)]
    {
        let (table, label) = (Kind::Families, "Families".to_string());
        told.counts.push(ToldCount { table, key: String::new(), label, column: column.into(), cell });
    }
    facts.told = Some(Box::new(told));
    let text = section(&facts, "families");
    assert!(text.contains("with the reason on the record: 17 (of how many is left out)."), "{text}");
    let given = figures(&facts, &Templates::default())
        .unwrap()
        .into_iter()
        .filter(|one| one.table == "Families" && one.value.parse::<u32>().is_ok());
    for one in given {
        assert!(text.contains(&format!(": {} ", one.value)), "the workbook gives {one:?}: {text}");
    }
}

#[test]
fn c10_that_few_were_asked_is_said_only_where_few_were() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let mut with = |asked: Cell| {
        let mut told = facts.told().into_owned();
        told.counts.retain(|one| one.table != Kind::Families);
        for (column, cell) in
            [("asked for", asked), ("spoken with", Cell::Beside), ("could not be", Cell::Beside), ("words written down", Cell::Beside)]
        {
            let (table, label) = (Kind::Families, "Families".to_string());
            told.counts.push(ToldCount { table, key: String::new(), label, column: column.into(), cell });
        }
        facts.told = Some(Box::new(told));
        section(&facts, "families")
    };
    let (few, many) = ("Too few reviews ask for the family's view", "In how many reviews the family was spoken with is not shown");
    let text = with(Cell::Small);
    assert!(text.contains(few) && !text.contains(many), "{text}");
    // A quarter of 150 reviews, of which two months were told of already.
    let text = with(Cell::Beside);
    assert!(text.contains(many) && !text.contains(few), "{text}");
}

#[test]
fn s15_a_step_says_of_which_kind_of_review_it_is_where_two_kinds_have_one_of_its_name() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let first = facts.figures.steps.iter().find(|step| step.done > 0).unwrap().clone();
    let kind = |key: &str, label: &str| KindLine { key: key.into(), label: label.into(), sample: 9, completed: 9 };
    facts.kinds = vec![kind(&first.kind, "Practice review"), kind("other", "Observation")];
    facts.figures.steps = vec![first.clone(), StepFigures { kind: "other".into(), ..first.clone() }];
    let mut told = facts.told().into_owned();
    told.counts.retain(|one| one.table != Kind::Steps);
    for (of, n) in [(first.kind.as_str(), 40), ("other", 9)] {
        for column in ["done", "with a limit", "in time"] {
            let (key, cell) = (format!("{of}/{}", first.key), Cell::Shown(n));
            told.counts.push(ToldCount { table: Kind::Steps, key, label: first.label.clone(), column: column.into(), cell });
        }
    }
    facts.told = Some(Box::new(told));
    let names = [format!("Practice review: {}", first.label), format!("Observation: {}", first.label)];
    facts.sections = vec![("numbers".into(), "Numbers".into())];
    let given = figures(&facts, &Templates::default()).unwrap();
    let given: Vec<String> = given.into_iter().filter(|one| one.table == "Steps" && one.column == "done").map(|one| one.row).collect();
    assert_eq!(given, names);
    let text = section(&facts, "numbers");
    assert!(names.iter().all(|name| text.contains(name.as_str())), "{text}");
}

#[test]
fn m17_s13_no_report_speaks_of_loops_that_were_not_counted() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/reports");
    let mut speaking = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_string();
        let text = std::fs::read_to_string(&path).unwrap();
        if name.starts_with('_') || !(text.contains("_loops.md") || text.contains("loops.")) {
            continue;
        }
        let key = name.rsplit('.').next().unwrap();
        assert!(SPEAK_OF_LOOPS.contains(&key), "{name} speaks of loops, which are not counted for it");
        speaking += 1;
    }
    assert!(speaking >= 5, "{speaking}");
    // A council's own text, or a report kept before: what was not counted is not said to be none.
    let (mut world, cycle) = reviewed();
    let facts = Material { loops: LoopTally::default(), ..material(&mut world, cycle, "collaborative-review") };
    let text = section(&facts, "loop");
    assert!(!text.contains("No loop is open") && text.contains("No open loop is counted here."), "{text}");
    let facts = Material { loops: LoopTally { tracked: 9, closed: 9, ..LoopTally::default() }, ..facts };
    assert!(section(&facts, "loop").contains("No loop is open: whatever is tracked has been brought to its end."));
}

#[test]
fn m20_f13_a_note_is_no_line_of_the_plan() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let line = |kind: &str, open: bool| PlanLine {
        kind: kind.into(),
        reference: "PN-1".into(),
        text: "What it says".into(),
        answers: String::new(),
        service: String::new(),
        who: "Team".into(),
        on: day("2026-11-02"),
        stands: "open".into(),
        open,
        late: false,
        carried_from: String::new(),
        notes: Vec::new(),
    };
    facts.plan = vec![line("presented", false), line("narrative", true)];
    assert!(!section(&facts, "progress").contains("Lines of the plan"), "notes alone are no plan");
    facts.plan.extend([line("action", true), line("training", true), line("concern", false)]);
    assert!(
        section(&facts, "progress").contains("Lines of the plan still open: 2 of 3. Said of its progress:"),
        "{}",
        section(&facts, "progress")
    );
    assert!(section(&facts, "improving").contains("Lines of the improvement plan still open: 2 of 3."));
}

#[test]
fn c09_a_report_of_a_week_says_that_its_figures_are_of_the_cycle() {
    let text = builtin().iter().find(|(id, _)| *id == "central-bedfordshire").unwrap().1;
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    let said = |facts: &Material| said(facts, &Narrative::new());
    let weekly = said(&material(&mut world, cycle, "weekly-performance"));
    assert!(weekly.contains("Period: 13 to 19 November 2026; the figures are of the cycle so far, from 1 November 2026 on"), "{weekly}");
    let book = about(&material(&mut world, cycle, "weekly-performance"), Stage::Now { in_part: false }, &[]);
    let period = &book.iter().find(|(name, _)| name == "Period").unwrap().1;
    assert!(period.ends_with("on") && weekly.contains(period), "the workbook says it as well: {period}");
    let monthly = said(&material(&mut world, cycle, "monthly-qa"));
    assert!(monthly.contains("Period: 1 to 30 November 2026") && !monthly.contains("so far"), "{monthly}");
}

#[test]
fn s17_a_board_reads_what_is_still_to_be_done_and_how_much_is_signed_off() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let one = facts.actions[0].clone();
    let states = |signed_off: usize, of: usize| -> Vec<PlanAction> {
        let state = |place: usize| match place {
            place if place < signed_off => ActionState::SignedOff,
            place if place == signed_off => ActionState::Done,
            _ => ActionState::Open,
        };
        (0..of).map(|place| PlanAction { text: format!("DEED-{place:02}"), state: state(place), ..one.clone() }).collect()
    };
    facts.sections = vec![("actions".into(), "Actions".into())];
    let text = |actions: Vec<PlanAction>| said(&Material { actions, ..facts.clone() }, &Narrative::new());
    let of_twelve = text(states(10, 12));
    assert!(of_twelve.contains("DEED-11") && of_twelve.contains("DEED-10") && !of_twelve.contains("DEED-03"), "{of_twelve}");
    assert!(of_twelve.find("DEED-11") < of_twelve.find("DEED-10"), "what waits to be signed off comes after what is open: {of_twelve}");
    assert!(of_twelve.contains("10 others are signed off and stand in the tracker."), "{of_twelve}");
    assert!(text(states(12, 12)).contains("All 12 are signed off and stand in the tracker."));
    // Of a few each is worth its line.
    assert!(text(states(4, 5)).contains("DEED-03"));
    // The team's own list has them all.
    let team = said(&Material { actions: states(10, 12), for_team: true, limit: 0, ..facts.clone() }, &Narrative::new());
    assert!(team.contains("DEED-03") && !team.contains("stand in the tracker"), "{team}");
}

#[test]
fn s17_one_promise_is_told_as_one() {
    let (mut world, cycle) = reviewed();
    super::build(&mut world, "Amina Khan", cycle, "collaborative-review");
    world.at("2026-12-02T09:00:00Z");
    let next = world.open_cycle("2026-12-01");
    let facts = material(&mut world, next, "collaborative-review");
    let text = said(&facts, &Narrative::new());
    assert!(text.contains("Happened: it is not done") && text.contains("Slipped: it is not past the day that was promised"), "{text}");
    let since = facts.since.clone().unwrap();
    let of = |promised: u32, happened: u32| {
        let since = Some(Since { promised, happened, ..since.clone() });
        said(&Material { since, ..facts.clone() }, &Narrative::new())
    };
    assert!(of(1, 1).contains("Happened: it is done"));
    assert!(of(2, 2).contains("Happened: both done"));
    assert!(of(20, 20).contains("Happened: all 20 done"));
    assert!(of(20, 0).contains("Happened: none of them done"));
    assert!(of(20, 7).contains("Happened: 7 of these 20 done"));
}

#[test]
fn q02_a_report_of_one_kind_of_review_says_that_there_is_none_of_it() {
    let text = builtin().iter().find(|(id, _)| *id == "quarterly-learning").unwrap().1;
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    let said_of = |world: &mut World, key: &str| said(&material(world, cycle, key), &Narrative::new());
    let text = said_of(&mut world, "learning-themes").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("No learning audit belongs to this time, so there is nothing of that kind to tell."), "{text}");
    assert!(!text.contains("still to be written") && !text.contains("Still to be written"), "{text}");
}

#[test]
fn f19_a_year_that_goes_on_says_when_its_number_is_told() {
    let text = builtin().iter().find(|(id, _)| *id == "sefton").unwrap().1;
    let mut world = World::under(text);
    world.at("2026-11-19T14:00:00Z");
    let cycle = super::content::opened(&mut world);
    let mut facts = material(&mut world, cycle, "complaints-annual");
    let mut told = facts.told().into_owned();
    for count in told.counts.iter_mut().filter(|count| count.table == Kind::Registers) {
        count.cell = Cell::Beside;
    }
    facts.told = Some(Box::new(told));
    let text = said(&facts, &Narrative::new());
    assert!(text.contains("how many entries there are is told once this time is over"), "{text}");
    assert!(text.contains("once this time is over and before the report goes out") && !text.contains("once the reviews"), "{text}");
}

#[test]
fn m17_what_is_overdue_is_told_of_the_reviews_of_the_time_and_what_slipped_before_is_pointed_to() {
    let (mut world, cycle) = reviewed();
    super::build(&mut world, "Amina Khan", cycle, "tracking");
    world.at("2026-12-02T09:00:00Z");
    let next = world.open_cycle("2026-12-01");
    world.at("2027-01-20T09:00:00Z");
    let text = said(&material(&mut world, next, "tracking"), &Narrative::new()).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("No action out of the reviews of this time is overdue."), "{text}");
    assert!(text.contains("What slipped of earlier promises stands under \"Since last time\"."), "{text}");
    assert!(!section(&material(&mut world, cycle, "tracking"), "actions").contains("What slipped"));
}

#[test]
fn what_is_overdue_is_told_as_a_part_of_what_is_open() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let one = PlanAction { state: ActionState::Open, due_on: facts.counted_on, ..facts.actions[0].clone() };
    let late = PlanAction { due_on: day("2026-11-02"), ..one.clone() };
    for (key, begins) in [("actions", "Open: "), ("numbers", "Actions open: "), ("action-plan", "Open: "), ("improving", "that are open: ")]
    {
        facts.actions = vec![one.clone(), late.clone(), one.clone()];
        let text = section(&facts, key);
        assert!(text.contains(&format!("{begins}3 of 3, 1 of them overdue.")) && !text.contains("Overdue:"), "{key}: {text}");
        facts.actions = vec![one.clone(); 2];
        assert!(section(&facts, key).contains(&format!("{begins}2 of 2, none of them overdue.")), "{key}: {}", section(&facts, key));
    }
    facts.actions = vec![PlanAction { state: ActionState::SignedOff, ..one }];
    assert!(section(&facts, "numbers").contains("Actions open: 0 of 1."), "{}", section(&facts, "numbers"));
}

#[test]
fn m24_supervision_of_every_open_loop_is_no_list_of_what_loops_wait_for() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    facts.loops = LoopTally { open: 71, looked_through: 71, supervision_late: 15, supervision_due: 10, ..LoopTally::default() };
    let text = section(&facts, "supervision");
    assert!(text.contains("Open loops, each of them with supervision at its usual interval until it is closed: 71."), "{text}");
}

#[test]
fn f18_alerts_out_of_reviews_and_those_of_the_register_are_told_apart() {
    let facts = super::services::kept("sefton", "safeguarding-unit");
    let mut facts = Material { sections: vec![("alerts".into(), "Practice alerts".into())], ..facts };
    let apart = "These came out of reviews; other practice alerts are kept in a register.";
    facts.practice = PracticeTally::default();
    assert!(!said(&facts, &Narrative::new()).contains(apart), "{}", said(&facts, &Narrative::new()));
    facts.practice.raised = 9;
    assert!(said(&facts, &Narrative::new()).contains(apart), "{}", said(&facts, &Narrative::new()));
}

#[test]
fn a_paper_tells_once_what_two_of_its_sections_speak_of() {
    let of = |facts: &Material, keys: &[&str]| {
        let sections = keys.iter().map(|key| ((*key).to_string(), format!("SECTION-{key}"))).collect();
        said(&Material { sections, ..facts.clone() }, &Narrative::new())
    };
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    super::content::with_grades(&mut facts, &[[6, 9, 8, 7]]);
    let (alone, both) = (of(&facts, &["moderation"]), of(&facts, &["grades", "moderation"]));
    let told = |text: &str| text.split("SECTION-moderation").nth(1).unwrap().contains("Inadequate");
    assert!(told(&alone) && !told(&both), "{alone}\n{both}");
    // F17: a briefing is one page.
    facts.figures.themes =
        vec![ThemeFigures { key: "drift".into(), label: "Drift".into(), reviews: 9, strength: 0, improve: 9, good_practice: 0 }];
    let (alone, both) = (of(&facts, &["to-try"]), of(&facts, &["key-messages", "to-try"]));
    assert!(alone.contains("Take one of these into"), "{alone}");
    assert!(both.contains("Take one of the themes that more often need to improve into"), "{both}");
}
