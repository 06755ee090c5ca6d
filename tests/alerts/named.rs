//! Whose clock it is, who may do what, and what a proof cites: said by name, role and rule of the framework at hand.

use super::listed::{all, detail};
use super::{FIRST, acknowledge, alert, inadequate, tell, tell_all};
use crate::support::driver::{LARGE, Robot, SMALL};
use crate::support::world::World;
use closeloop::domain::alert::{AlertTrigger, HowTold};
use closeloop::domain::framework::Side;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::strip::{ClockOf, StripOf};

#[test]
fn m10_the_clock_of_acknowledging_names_whoever_has_to_act_and_how_many_others() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let whose = |world: &mut World| {
        let Answered::Alerts(page) = world.ask(Query::Alerts(all(""))) else { panic!() };
        let clock = page.rows[0].clocks.iter().find(|row| matches!(row.clock.of, ClockOf::Acknowledge(_))).unwrap().clone();
        (clock.whose, clock.ended_at.is_some())
    };
    assert_eq!(whose(&mut world), ("child\u{2019}s SM, Sam Miller, and 5 others".to_string(), false));
    // Told earlier, somebody else runs out first.
    let mut world = inadequate();
    let hos = super::place(&world, "HoS", Side::Child);
    world.do_("Amina Khan", tell(&[hos], HowTold::Telephone));
    world.at("2026-11-12T10:30:00Z");
    tell_all(&mut world, HowTold::InPerson);
    assert_eq!(whose(&mut world), ("child\u{2019}s HoS, Hana Owen, and 5 others".to_string(), false));
    // Beside a clock that is late, those whose own run on are not counted: they would read as late.
    world.at("2026-11-12T12:10:00Z");
    assert_eq!(whose(&mut world), ("child\u{2019}s HoS, Hana Owen".to_string(), false));
    world.at("2026-11-12T12:40:00Z");
    assert_eq!(whose(&mut world), ("child\u{2019}s HoS, Hana Owen, and 5 others".to_string(), false));
    let sm = super::name(&world, "SM", Side::Child);
    world.do_(&sm, acknowledge());
    assert!(whose(&mut world).1, "nobody else is pressed any longer");
}

#[test]
fn the_strip_says_so_at_eighty_columns() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let mut robot = Robot::sits_down(world, SMALL);
    robot.press("3").expect_line("acknowledge: child\u{2019}s SM, Sam Miller, and 5 others");
    robot.press("enter").expect_line("(SM, S. Miller, +5)");
}

#[test]
fn each_framework_cites_its_own_rules_in_a_proof() {
    let expect = [
        ("merton", "M10: opened in the same moment as the grade", "M10: told at once", "M11, M18: closed when nothing is left open"),
        ("sandwell", "S10: opened in the same moment as the grade", "S10, S09: told at once", "S11: closed when nothing is left open"),
        ("sefton", "opened in the same moment as the grade", "F10: told at once", "closed when nothing is left open"),
        ("central-bedfordshire", "opened in the same moment as the grade", "told at once", "closed when nothing is left open"),
        ("quarterly-learning", "opened in the same moment as the grade", "told at once", "closed when nothing is left open"),
    ];
    for (id, opened, told, closed) in expect {
        let framework = closeloop::profiles::parse(crate::support::cast::text_of(id), id).unwrap();
        let rules = &framework.escalation.rules;
        assert_eq!(
            (AlertTrigger::Reviewer.rule(rules).as_str(), rules.of_telling().as_str(), rules.of_closing().as_str()),
            (opened, told, closed)
        );
    }
    let mut world = inadequate();
    world.do_("Amina Khan", tell(&[0], HowTold::Telephone));
    let Answered::Proof(proof) = world.ask(Query::Proof(StripOf::Alert(FIRST))) else { panic!() };
    assert!(proof.rows.iter().any(|row| row.rule == "M10: told at once"), "{:#?}", proof.rows);
}

#[test]
fn m13_who_may_not_decide_is_told_at_the_key_who_can() {
    let mut world = inadequate();
    world.do_("Amina Khan", super::dispute("It was one evening"));
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 enter v").expect_no_dialog().expect_notice("is decided, finally, by Ines Holt (Insights HoS)");
    let mut robot = Robot::somebody(robot.goes_home(), LARGE, "Ines Holt");
    robot.press("3 enter").press("v").expect_dialog("AL-0001 \u{b7} Decide the dispute");
}

#[test]
fn f10_what_is_recorded_afterwards_is_refused_at_the_key_with_who_can() {
    let mut world = World::run_by("sefton");
    let cycle = world.at("2026-11-02T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 1, 7);
    super::raise(world.at("2026-11-05T09:30:00Z"), "concern");
    assert!(!detail(&mut world).may_keep.iter().any(|kind| kind.key() == "supervision"), "the coordinator supervises nobody");
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("3 enter").press_command(closeloop::app::command::Command::KeepWithAlert).expect_no_dialog();
    robot.expect_notice("To sign the actions off is for");
}

#[test]
fn whoever_was_never_asked_about_a_case_is_asked_before_its_alert_opens_and_one_key_goes_on() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let mut robot = Robot::somebody(world, SMALL, "Sam Miller");
    robot = robot.with_the_question();
    robot.press("3 a").expect_dialog("CR-0001: do you have an interest in this case?").expect_line("open the alert");
    // One key answers, and what was wanted with the alert goes on.
    robot.press("enter").expect_dialog("Acknowledge AL-0001").type_text("yes").press("enter").expect_no_dialog();
    assert!(alert(&robot.world).addressees.iter().any(|one| one.acknowledged.is_some()));
    // Nobody is asked twice, and whoever has an interest sees nothing of it.
    robot.press("esc 3 enter").expect_no_dialog().expect_line("AL-0001 on CR-0001");
    let mut robot = Robot::somebody(robot.goes_home(), SMALL, "Hana Owen").with_the_question();
    robot.press("3 enter").expect_dialog("do you have an interest").press("j enter").expect_no_dialog().expect_no("AL-0001");
    robot.world.assert_verified();
}

#[test]
fn whoever_is_recused_and_asks_for_a_dispute_or_an_alert_leaves_a_trace() {
    let mut world = World::ready();
    world.through_as("CR-0001", "completed", 1);
    let id = world.raises("Ida Ross", "CR-0001", "The plan drifts");
    world.declare("Bela Novak", "CR-0001", InterestKind::Family);
    let note = world.noting(id, "2026-11-12", closeloop::domain::drp::StepWanted::Answered, "I know of it");
    let said = world.try_("Bela Novak", note).unwrap_err().to_string();
    assert_eq!(said, "There is no such dispute. Look in the list of alerts.");
    let traces = |world: &World| world.history("CR-0001").into_iter().filter(|row| row.what.ends_with("while recused")).count();
    assert_eq!(traces(&world), 1);
    assert!(world.history("CR-0001").iter().any(|row| row.what == "Asked for DR-0001 while recused" && row.actor == "B. Novak"));
    // It is nobody's work on the dispute: what is noted there is undone all the same.
    assert!(world.try_("Bela Novak", acknowledge()).unwrap_err().to_string().contains("withheld"));
    assert_eq!(traces(&world), 2);
    world.assert_verified();
}

#[test]
fn what_became_due_while_nobody_had_it_open_is_noticed_right_after_the_first_frame() {
    let mut world = inadequate();
    world.at("2026-11-12T11:05:00Z");
    let mut robot = Robot::sits_down(world, SMALL);
    let noticed = |robot: &Robot| robot.world.history("CR-0001").iter().filter(|row| row.what.starts_with("Overdue: ")).count();
    assert_eq!(noticed(&robot), 0, "nothing keeps the first frame waiting");
    robot.look_around();
    assert_eq!(noticed(&robot), 6);
}

#[test]
fn m12_six_urgent_actions_fit_into_one_assurance_each_asked_once_the_one_before_is_filled_in() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let mut robot = Robot::somebody(world, LARGE, "Sam Miller");
    robot.press("3 s").type_text("Safe").goes_to("a/quality").type_text("Weak");
    let asked = |robot: &Robot, key: &str| {
        let form = robot.form();
        form.fields.iter().position(|field| field.key == key).is_some_and(|place| form.asked(place))
    };
    for nth in 1..=6 {
        let key = |what: &str| format!("u{nth}-{what}");
        assert!(asked(&robot, &key("text")) && !asked(&robot, &key("owner")), "{nth}");
        robot.goes_to(&key("text")).type_text(&format!("Thing {nth}"));
        assert_eq!(asked(&robot, &format!("u{}-text", nth + 1)), nth < 6, "after {nth}");
        robot.goes_to(&key("owner")).type_text("noor");
    }
    robot.press("ctrl-s").expect_no_dialog();
    let raised = robot.world.store.reading().urgent_of(FIRST).unwrap();
    assert_eq!(
        raised.iter().map(|action| action.text.as_str()).collect::<Vec<_>>(),
        ["Thing 1", "Thing 2", "Thing 3", "Thing 4", "Thing 5", "Thing 6"]
    );
    robot.world.assert_verified();
}

#[test]
fn s09_the_form_asks_for_fostering_s_own_people_and_writes_down_that_they_were_told() {
    use crate::choosing::{council, cycle, naming};
    use closeloop::domain::framework::SubjectKind;
    use closeloop::domain::named::{NamedWanted, Whom};
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    let carer = world.store.reading().subjects(true).unwrap().into_iter().find(|subject| subject.kind == SubjectKind::FosterCarer).unwrap();
    let named = naming(&world, id, "practice-review", closeloop::domain::review::Chosen::Added, 0);
    let named = NamedWanted { whom: Whom::Known(carer.id), ..named };
    world.do_("Amina Khan", closeloop::domain::deed::Deed::OpenNamed(named));
    let mut robot = Robot::sits_down(world, LARGE);
    robot.press("1 !").expect_dialog("Raise an alert").expect_line("Told the foster carer\u{2019}s RM in words");
    robot.expect_line("Told the foster carer\u{2019}s RespInd in words").expect_no("SM in words");
    robot.goes_to("c/reason").type_text("Two allegations").goes_to("told/RM").press("right ctrl-s").expect_no_dialog();
    let rm = super::place(&robot.world, "RM", Side::Child);
    assert_eq!(alert(&robot.world).addressees[rm].tellings.iter().map(|told| told.how).collect::<Vec<_>>(), [HowTold::Telephone]);
}

#[test]
fn a_judgement_is_not_taken_back_by_one_key() {
    let mut world = World::ready();
    world.through("CR-0001", "family-contact").at("2026-11-11T10:00:00Z");
    let mut robot = Robot::somebody(world, LARGE, "Bela Novak");
    robot.opens("CR-0001");
    let judged =
        |robot: &Robot| robot.world.review("CR-0001").answers.keys().any(|name| closeloop::domain::review::field::is_judgement(name));
    while !matches!(robot.app().record.as_ref().map(|record| record.section), Some(closeloop::app::record::Section::Judgement)) {
        robot.press("tab");
    }
    robot.press("enter").type_text("4").press("ctrl-s").expect_no_dialog();
    assert!(judged(&robot), "{}", robot.frame());
    robot.press("u").expect_dialog("Take a judgement back").press("esc").expect_no_dialog();
    assert!(judged(&robot));
    robot.press("u").type_text("undo").press("enter").expect_no_dialog().expect_notice("Undone");
    assert!(!judged(&robot));
    robot.press("u").expect_notice("can be undone");
}

#[test]
fn keys_of_another_list_say_so_in_the_sheet_of_interests() {
    let mut robot = Robot::sits_down(World::ready(), LARGE);
    robot.opens("CR-0001").press("i").press("O").expect_notice("Nothing in this list has a proof");
    robot.press("w").expect_notice("Nothing in this list has a date to explain");
}

#[test]
fn a_role_goes_by_its_title_and_by_a_few_letters_where_there_is_little_room() {
    use closeloop::domain::framework::SubjectKind;
    let framework = |id: &str| {
        let text = closeloop::profiles::builtin().iter().find(|(known, _)| *known == id).unwrap().1;
        closeloop::profiles::parse(text, id).unwrap()
    };
    let merton = framework("merton");
    for (key, title, short) in [
        ("insights-tm", "Insights team manager", "Insights TM"),
        ("insights-hos", "Insights head of service", "Insights HoS"),
        ("coordinator", "Insights coordinator", "Coordinator"),
        ("SM", "Service manager", "SM"),
        ("gone", "gone", "Gone"),
    ] {
        assert_eq!((merton.role_title(key), merton.role_in_short(key).as_str()), (title, short));
    }
    assert_eq!(framework("sandwell").role_in_short("qa-coordinator"), "QA coordinator");
    assert_eq!(merton.whose_role("SM", Side::Child, SubjectKind::Child), "child\u{2019}s service manager");
    assert_eq!(merton.whose_role("IRO", Side::Child, SubjectKind::Child), "child\u{2019}s independent reviewing officer");
    assert_eq!(merton.whose_role("insights-tm", Side::Insights, SubjectKind::Child), "Insights team manager");
    let sandwell = framework("sandwell");
    assert_eq!(sandwell.whose_role("RM", Side::Child, SubjectKind::FosterCarer), "foster carer\u{2019}s registered manager (fostering)");
    // No key that only a profile writes is seen, in any framework.
    for (id, text) in closeloop::profiles::builtin() {
        for role in closeloop::profiles::parse(text, id).unwrap().roles {
            let short = framework(id).role_in_short(&role.key);
            assert!(short.starts_with(char::is_uppercase), "{id}: {short}");
        }
    }
}
