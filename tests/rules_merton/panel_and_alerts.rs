//! M05 to M10: what the panel sees and blocks, what it decides, and who is alerted when a review is Inadequate.

use crate::support::panel::decision;
use crate::support::world::{World, merton_text};
use closeloop::domain::alert::{Alert, AlertTrigger, HowTold};
use closeloop::domain::deed::{AlertDeed, Deed, PanelDeed};
use closeloop::domain::filter::Filter;
use closeloop::domain::framework::Side;
use closeloop::domain::grade::{Grade, ModerationOutcome};
use closeloop::domain::id::{AlertId, PanelId};
use closeloop::domain::panel::{DecisionWanted, SittingWanted};
use closeloop::domain::query::{Answered, From, PanelRow, Query, Window};
use closeloop::domain::review::PanelStand;
use closeloop::runtime::clerk::perform_in;
use closeloop::store::{Doing, StoreError};

fn panel(world: &mut World) -> Vec<PanelRow> {
    let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 50 };
    match world.ask(Query::Panel(window)) {
        Answered::Panel(page) => page.rows,
        other => panic!("the panel answers with the panel, not {other:?}"),
    }
}

/// Merton's text with a second graded kind, and a rule that is for that kind only.
fn other_kind(rule: &str) -> String {
    let held = format!("{rule}\"collaborative-review\"]");
    assert!(merton_text().contains(&held), "{held}");
    merton_text().replace(&held, &format!("{rule}\"thematic-review\"]")).replace("grading = \"ungraded\"", "grading = \"scaling\"")
}

fn alert(world: &World, number: i64) -> Alert {
    world.store.reading().alert(AlertId(number)).unwrap().unwrap()
}

#[test]
fn m05_the_panel_blocks_the_return_until_it_has_decided() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 9).at("2026-11-16T10:00:00Z");
    assert_eq!(world.review("CR-0001").review.next.label, "Panel decides");
    let deed = world.step("CR-0001", "returned");
    let said = world.refused(deed);
    assert_eq!(said, "CR-0001 waits for the panel (Outstanding) and cannot be returned yet. It can go on once the panel has decided.");
    let deed = world.decide("CR-0001", 9, "Everything points the same way");
    world.do_("Iris Tamm", deed);
    let deed = world.step("CR-0001", "returned");
    world.do_("Amina Khan", deed);
}

#[test]
fn m05_what_the_panel_need_not_see_goes_back_at_once() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 7);
    assert_eq!(world.review("CR-0001").review.next.label, "Return the review");
    let deed = world.step("CR-0001", "returned");
    world.do_("Amina Khan", deed);
    assert!(world.review("CR-0001").passed("returned"));
}

#[test]
fn m06_every_outstanding_and_inadequate_comes_before_the_panel_by_itself() {
    let mut world = World::ready();
    let scalings = [2, 3, 5, 6, 8, 9, 10];
    for (reference, scaling) in world.references().iter().zip(scalings) {
        world.through_as(reference, "completed", scaling);
    }
    let found: Vec<(String, String)> = panel(&mut world).into_iter().map(|row| (row.reference, row.why)).collect();
    let expected = [("CR-0001", "Inadequate"), ("CR-0006", "Outstanding"), ("CR-0007", "Outstanding")];
    assert_eq!(found, expected.map(|(reference, why)| (reference.to_string(), why.to_string())));
    for (reference, scaling) in world.references().iter().zip(scalings) {
        let waits = matches!(world.review(reference).panel, PanelStand::Waiting(_));
        assert_eq!(waits, matches!(scaling, 0..=2 | 9..=10), "{reference} scaled {scaling}");
    }
    // Decided, it leaves the list.
    let deed = world.decide("CR-0006", 9, "Agreed");
    world.do_("Iris Tamm", deed);
    assert_eq!(panel(&mut world).len(), 2);
}

#[test]
fn m06_only_the_kinds_that_the_framework_moderates_come_before_the_panel() {
    // The same reviews under a framework whose panel is for another kind.
    let text = other_kind("[moderation]\nkinds = [");
    let mut world = World::under(&text);
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 2, 7);
    world.allocate_all();
    world.through_as("CR-0001", "completed", 1);
    assert_eq!(world.review("CR-0001").panel, PanelStand::NotNeeded);
}

#[test]
fn m07_the_reviewer_and_the_cases_team_manager_stand_on_the_item() {
    let mut world = World::ready();
    for reference in world.references() {
        world.through_as(&reference, "completed", 9);
    }
    // Noor Carter is managed by an assistant team manager: the team manager is one further up the line.
    let of_team = |team: &str| match team {
        "North Court" => "T. Moss",
        "South Court" => "T. Ward",
        _ => "T. Young",
    };
    let rows = panel(&mut world);
    assert_eq!(rows.len(), 7);
    let mut teams = std::collections::BTreeSet::new();
    for row in rows {
        let detail = world.detail(&row.reference);
        assert_eq!(row.reviewer, closeloop::domain::person::short_name(&detail.reviewer), "{}", row.reference);
        assert!(!row.reviewer.is_empty());
        assert_eq!(row.team_manager, of_team(&detail.team.0), "{}: {}", row.reference, detail.practitioner);
        assert_eq!(row.team_manager, closeloop::domain::person::short_name(&detail.team_manager));
        teams.insert(detail.practitioner);
    }
    assert!(teams.contains("Noor Carter"), "the sample holds a case of the worker under the assistant: {teams:?}");
}

#[test]
fn m08_the_panels_grade_is_final_and_both_are_kept() {
    let mut world = World::ready();
    for (reference, scaling, outcome, grade) in [
        ("CR-0001", 9, ModerationOutcome::Upheld, Grade::Outstanding),
        ("CR-0002", 10, ModerationOutcome::Raised, Grade::Outstanding),
        ("CR-0003", 7, ModerationOutcome::Lowered, Grade::Good),
    ] {
        world.through_as(reference, "completed", 9);
        let deed = world.decide(reference, scaling, "The panel read the record together");
        world.do_("Iris Tamm", deed);
        let facts = world.review(reference);
        assert_eq!(facts.original.unwrap().scaling, Some(9), "the reviewer's judgement is kept");
        assert_eq!(facts.moderated.unwrap().scaling, Some(scaling));
        assert_eq!(facts.final_judgement().unwrap().grade, grade);
        let decision = world.detail(reference).decision.unwrap();
        assert_eq!(decision.outcome, outcome);
        assert_eq!((decision.consistency.as_str(), decision.themes.as_str()), ("Agreed on risk", "voice"));
        let row = queue_row(&mut world, reference);
        assert_eq!((row.original.unwrap().scaling, row.moderated.unwrap().scaling), (Some(9), Some(scaling)), "side by side");
    }
    let by_grade = queue(&mut world, "grade:good");
    assert_eq!(by_grade.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>(), ["CR-0003"], "the final grade is what counts");
    assert_eq!(queue(&mut world, "original:o").len(), 3);
}

fn queue(world: &mut World, filter: &str) -> Vec<closeloop::domain::query::QueueRow> {
    let (filter, problems) = Filter::parse(filter);
    assert_eq!(problems, Vec::<String>::new());
    let window = Window { filter, sort: closeloop::domain::query::QueueSort::Reference, reversed: false, from: From::Start, limit: 50 };
    match world.ask(Query::Queue(window)) {
        Answered::Queue(page) => page.rows,
        other => panic!("the queue answers with the queue, not {other:?}"),
    }
}

fn queue_row(world: &mut World, reference: &str) -> closeloop::domain::query::QueueRow {
    queue(world, "").into_iter().find(|row| row.reference == reference).unwrap()
}

#[test]
fn m08_the_panel_decides_once_and_only_what_waits_for_it() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 7);
    let deed = world.decide("CR-0001", 8, "Kind");
    assert_eq!(world.refused_to("Iris Tamm", deed), "CR-0001 is not on the table. Open it first.");
    world.through_as("CR-0002", "completed", 9);
    let deed = world.decide("CR-0002", 9, "Agreed");
    world.do_("Iris Tamm", deed);
    let deed = world.decide("CR-0002", 8, "On second thoughts");
    assert_eq!(world.refused_to("Iris Tamm", deed), "CR-0002 is not on the table. Open it first.");
}

#[test]
fn m09_the_panel_writes_down_why() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 9);
    for nothing in ["", " \n\t "] {
        let deed = world.decide("CR-0001", 9, nothing);
        assert_eq!(world.refused_to("Iris Tamm", deed), "The panel's decision needs its reason. Write down why the panel decided so.");
    }
    let deed = world.decide("CR-0001", 11, "Beyond praise");
    assert_eq!(world.refused_to("Iris Tamm", deed), "11 is not on the scale for the overall judgement. Give a whole number from 0 to 10.");
}

#[test]
fn m09_an_outcome_is_given_while_the_panel_sits() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 9);
    let wanted = DecisionWanted { scaling: Some(9), ..decision("Agreed") };
    let deed = world.decide_at(PanelId(1), "CR-0001", wanted.clone());
    assert_eq!(world.refused_to("Iris Tamm", deed.clone()), "There is no such sitting of the panel. Plan it first.");
    let chair = Some(world.person("Iris Tamm"));
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Plan(SittingWanted::on(world.today(), "10:00", chair))));
    let over = "The panel does not sit now. An outcome is given while the panel sits; a later correction is a minute of its own.";
    assert_eq!(world.refused_to("Iris Tamm", deed.clone()), over, "before it began");
    let panel = world.sits();
    let review = world.id("CR-0001");
    world.do_("Amina Khan", Deed::Panel(PanelDeed::MoveItem { review, from: PanelId(1), to: panel }));
    let opens = world.opens(panel, "CR-0001");
    world.do_("Iris Tamm", opens);
    let deed = world.decide_at(panel, "CR-0001", wanted.clone());
    world.do_("Iris Tamm", deed);
    world.do_("Iris Tamm", Deed::Panel(PanelDeed::Close { panel }));
    let deed = world.decide_at(panel, "CR-0001", wanted);
    assert_eq!(world.refused_to("Iris Tamm", deed), over, "after it was closed");
}

#[test]
fn m10_an_inadequate_opens_an_alert_in_the_same_transaction_with_six_addressees() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 2);
    let detail = world.detail("CR-0001");
    assert_eq!(detail.alerts, ["AL-0001"]);
    let opened = alert(&world, 1);
    assert_eq!((opened.trigger, opened.opened_at), (AlertTrigger::Reviewer, world.now));
    let who: Vec<(String, Side)> = opened.addressees.iter().map(|a| (a.role.clone(), a.side)).collect();
    let roles = ["insights-tm", "insights-sm", "insights-hos", "TM", "SM", "HoS"];
    let sides = [Side::Insights, Side::Insights, Side::Insights, Side::Child, Side::Child, Side::Child];
    assert_eq!(who, roles.iter().map(|role| role.to_string()).zip(sides).collect::<Vec<_>>());
    let line = match detail.team.0.as_str() {
        "North Court" => ["Tara Moss", "Sam Miller", "Hana Owen"],
        "South Court" => ["Tom Ward", "Sam Miller", "Hana Owen"],
        _ => ["Tess Young", "Sita Moran", "Hugo Lane"],
    };
    let expected: Vec<_> = ["Iris Tamm", "Ivo Smith", "Ines Holt"].iter().chain(&line).map(|name| Some(world.person(name))).collect();
    assert_eq!(opened.addressees.iter().map(|a| a.person).collect::<Vec<_>>(), expected);
    // The submission, its alert and the messages about it are one batch of the journal.
    let history = world.history("CR-0001");
    let batch = world.store.reading().batch(history[2].seq).unwrap();
    let kinds: Vec<&str> = batch.iter().map(|(.., change)| change.kind()).collect();
    assert_eq!(kinds[..2], ["review-submitted", "alert-opened"]);
    assert_eq!(kinds[2..8], ["mail-queued"; 6]);
    assert_eq!(kinds[8..], ["loop-moved"]);
}

#[test]
fn m10_no_submission_is_kept_when_its_alert_cannot_be() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-12T10:00:00Z").fill("CR-0001", 1);
    let (deed, actor, now) = (world.submit("CR-0001"), world.actor("Amina Khan"), world.now);
    let before = world.review("CR-0001");
    let World { store, library, .. } = &mut world;
    let failed = store.write(|tx| {
        perform_in(tx, library, &actor, now, deed)?;
        Err::<(), _>(StoreError::Full(Doing::Writing))
    });
    assert!(matches!(failed, Err(StoreError::Full(Doing::Writing))));
    assert_eq!(world.review("CR-0001"), before);
    assert!(world.store.reading().alert(AlertId(1)).unwrap().is_none());
    world.assert_verified();
}

#[test]
fn m10_the_moderator_opens_one_too_but_not_a_second_time() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 9);
    let deed = world.decide("CR-0001", 2, "The risk was not seen");
    world.do_("Iris Tamm", deed);
    assert_eq!(alert(&world, 1).trigger, AlertTrigger::Moderator);
    assert_eq!(world.detail("CR-0001").alerts, ["AL-0001"]);
    world.through_as("CR-0002", "completed", 1);
    let deed = world.decide("CR-0002", 0, "Worse still");
    world.do_("Iris Tamm", deed);
    assert_eq!(world.detail("CR-0002").alerts, ["AL-0002"], "the reviewer's alert is open already");
    world.through_as("CR-0003", "completed", 9);
    let deed = world.decide("CR-0003", 3, "Not that good");
    world.do_("Iris Tamm", deed);
    assert_eq!(world.detail("CR-0003").alerts, Vec::<String>::new());
}

#[test]
fn m10_nobody_in_a_role_is_a_named_gap_and_nobody_is_dropped() {
    let mut world = World::ready();
    leaves(&mut world, "Ivo Smith", "2026-11-10");
    leaves(&mut world, "Sam Miller", "2026-11-10");
    leaves(&mut world, "Sita Moran", "2026-11-10");
    // On the day of the alert still here, although the last day is known.
    leaves(&mut world, "Ines Holt", "2026-11-30");
    world.through_as("CR-0001", "completed", 0);
    let opened = alert(&world, 1);
    assert_eq!(opened.addressees.len(), 6);
    let gaps: Vec<&str> = opened.addressees.iter().filter(|a| a.person.is_none()).map(|a| a.role.as_str()).collect();
    assert_eq!(gaps, ["insights-sm", "SM"]);
    let window = Window { filter: Filter::default(), sort: (), reversed: false, from: From::Start, limit: 50 };
    let Answered::Alerts(page) = world.ask(Query::Alerts(window)) else { panic!("alerts answer with alerts") };
    assert_eq!(page.rows[0].gaps, ["Insights SM", "child’s SM"]);
    assert_eq!(page.rows[0].told, (0, 6));
    let tell = AlertDeed::Tell { alert: AlertId(1), places: vec![0, 1], how: HowTold::Telephone, at: None };
    let said = world.refused(Deed::Alert(tell));
    assert_eq!(said, "The insights-sm of AL-0001 is a gap: there is nobody to tell. Fill it first, or explain it.");
}

#[test]
fn m10_the_line_above_the_practitioner_comes_before_the_team_they_sit_in() {
    use closeloop::domain::intake::{PersonRow, Place};
    let mut world = World::ready();
    let detail = world.detail("CR-0001");
    // Seconded: the practitioner stays in the team and is managed from another one.
    let manager = if detail.team.0 == "South Court" { "Tess Young" } else { "Tom Ward" };
    let row = PersonRow {
        name: detail.practitioner,
        line_manager: Some(manager.into()),
        source: Place::file("moves.csv"),
        ..PersonRow::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![row], file: crate::support::world::file("moves.csv", '9') });
    world.through_as("CR-0001", "completed", 0);
    let told = alert(&world, 1).addressees.iter().find(|addressee| addressee.role == "TM").unwrap().person;
    assert_eq!(told, Some(world.person(manager)));
}

fn leaves(world: &mut World, name: &str, last_day: &str) {
    use closeloop::domain::intake::{PersonRow, Place};
    let login = world.actor(name).login;
    let row = PersonRow {
        name: name.into(),
        login: Some(login),
        left_on: Some(Some(crate::support::world::day(last_day))),
        source: Place::file("leavers.csv"),
        ..PersonRow::default()
    };
    world.do_("Amina Khan", Deed::ImportPeople { rows: vec![row], file: crate::support::world::file("leavers.csv", 'd') });
}

#[test]
fn m10_only_the_kinds_that_the_framework_escalates_open_an_alert() {
    let text = other_kind("# M10: by reviewer or moderator\nkinds = [");
    let mut world = World::under(&text);
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 2, 7);
    world.allocate_all();
    world.through_as("CR-0001", "completed", 1);
    assert_eq!(world.detail("CR-0001").alerts, Vec::<String>::new());
}

#[test]
fn m10_the_grades_between_open_no_alert() {
    let mut world = World::ready();
    for (reference, scaling) in [("CR-0001", 3), ("CR-0002", 6), ("CR-0003", 9)] {
        world.through_as(reference, "completed", scaling);
        assert_eq!(world.detail(reference).alerts, Vec::<String>::new(), "scaled {scaling}");
    }
}
