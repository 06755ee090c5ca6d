//! Reviewed and closed: assurance by whom, of what, and what has to be there before an alert closes.

use super::{FIRST, acknowledge, alert, assure, close, inadequate, keep, name, tell_all};
use crate::support::world::World;
use closeloop::domain::action::ActionWanted;
use closeloop::domain::alert::{HowTold, KeptKind};
use closeloop::domain::deed::{AlertDeed, Deed};
use closeloop::domain::framework::Side;

const SAFE: [(&str, &str); 2] = [("safety", "Seen on the 12th; safe with the grandparents"), ("quality", "Supervision had lapsed")];

#[test]
fn m11_assurance_by_the_wrong_person_is_refused_with_who_could_give_it() {
    let mut world = inadequate();
    let sm = name(&world, "SM", Side::Child);
    for who in ["Amina Khan", "Ines Holt", name(&world, "TM", Side::Child).as_str()] {
        let said = world.refused_to(who, assure(&SAFE));
        assert!(
            said.starts_with(&format!("Assurance on AL-0001 is given by {sm} (SM), who reviews the record. Ask {sm} (SM)")),
            "{who}: {said}"
        );
    }
    world.do_(&sm, assure(&SAFE));
    let assurance = alert(&world).assurance.unwrap();
    assert_eq!((assurance.by, assurance.answer("safety")), (Some(world.person(&sm)), Some(SAFE[0].1)));
}

#[test]
fn m11_whoever_acts_for_the_service_manager_today_gives_assurance_and_nobody_tomorrow() {
    let mut world = inadequate();
    let sm = name(&world, "SM", Side::Child);
    let deputy = if sm == "Sam Miller" { "Sita Moran" } else { "Sam Miller" };
    assert!(world.refused_to(deputy, assure(&SAFE)).contains("is given by"));
    let (person, stands) = (world.person(&sm), world.person(deputy));
    let away = Deed::RecordAbsence { person, from: world.today(), until: world.today(), reason: "ill".into(), deputy: Some(stands) };
    world.do_("Amina Khan", away);
    let mut tomorrow = World::open(&world.path());
    tomorrow.at("2026-11-13T09:00:00Z");
    assert!(tomorrow.refused_to(deputy, assure(&SAFE)).contains("is given by"));
    world.do_(deputy, assure(&SAFE));
    assert!(alert(&world).assured_at().is_some());
}

#[test]
fn m11_the_clock_runs_until_every_question_that_must_be_answered_is() {
    let mut world = inadequate();
    let sm = name(&world, "SM", Side::Child);
    assert!(world.refused_to(&sm, assure(&[("safety", "  ")])).starts_with("Nothing is answered."));
    assert!(world.refused_to(&sm, assure(&[("mood", "good")])).contains("has no question"));
    world.at("2026-11-12T11:00:00Z").do_(&sm, assure(&SAFE[..1]));
    assert_eq!(alert(&world).assured_at(), None, "the quality of the work is not assessed yet");
    world.at("2026-11-12T15:00:00Z").do_(&sm, assure(&SAFE[1..]));
    assert_eq!(alert(&world).assured_at(), Some(world.now));
    assert_eq!(alert(&world).assurance.unwrap().answers.len(), 2, "what was answered first stays");
    world.assert_verified();
}

#[test]
fn m11_nothing_closes_while_the_safety_question_is_unanswered() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    world.do_(&sm, acknowledge());
    world.do_(&sm, assure(&SAFE[1..]));
    let said = world.refused(close());
    assert!(
        said.starts_with("AL-0001 stays open: \u{201c}Is everybody concerned safe now, and how do you know?\u{201d} is not answered."),
        "{said}"
    );
    world.do_(&sm, assure(&SAFE[..1]));
    world.do_("Amina Khan", close());
    assert!(world.refused(close()).starts_with("AL-0001 is closed already."));
    assert!(world.refused_to(&sm, assure(&SAFE)).starts_with("AL-0001 is closed."));
    assert_eq!(world.detail("CR-0001").alerts, Vec::<String>::new());
    world.assert_verified();
}

#[test]
fn m18_an_alert_stays_open_without_assurance_whatever_else_was_done() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::InPerson);
    assert!(world.refused(close()).contains("is not answered"));
    let Some((need, _)) = super::listed::detail(&mut world).needs.first().cloned() else { panic!() };
    assert_eq!(need.to_do(), "acknowledge", "its absence shows");
}

#[test]
fn m12_urgent_actions_of_the_assurance_go_to_the_tracker_and_keep_the_alert_open() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    let owner = Some(world.person("Noor Carter"));
    let visit = |owner| ActionWanted {
        text: "Visit tonight".into(),
        owner,
        due_on: None,
        urgent: false,
        kind: String::new(),
        near: closeloop::domain::action::Near::Anyway,
    };
    let with = |urgent| Deed::Alert(AlertDeed::Assure { alert: FIRST, answers: super::answers(&SAFE), urgent });
    assert!(world.refused_to(&sm, with(vec![visit(None)])).contains("needs one owner"));
    world.do_(&sm, with(vec![visit(owner), ActionWanted { text: "Ask for a strategy meeting".into(), ..visit(owner) }]));
    let raised = world.store.reading().urgent_of(FIRST).unwrap();
    assert_eq!(
        raised.iter().map(|action| (action.reference.as_str(), action.urgent, action.alert)).collect::<Vec<_>>(),
        [("A-0001", true, Some(FIRST)), ("A-0002", true, Some(FIRST))]
    );
    let said = world.refused(close());
    assert!(said.starts_with("AL-0001 stays open: 2 urgent actions not done."), "{said}");
    for action in [1, 2] {
        world.do_("Noor Carter", world.finish(action, "Case note"));
    }
    world.do_("Amina Khan", close());
    world.assert_verified();
}

#[test]
fn an_alert_is_not_closed_by_somebody_it_has_nothing_to_do_with() {
    let mut world = inadequate();
    tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    world.do_(&sm, assure(&SAFE));
    assert!(
        world.refused_to("Cara Poole", close()).starts_with("AL-0001 is closed by the Insights team or by somebody it is addressed to.")
    );
    world.do_(&sm, close());
}

/// An Inadequate under a framework that asks for the reflective discussion.
fn inadequate_evaluation() -> World {
    let mut world = World::run_by("central-bedfordshire");
    let cycle = world.at("2026-11-05T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 3, 7);
    super::raised::raise(&mut world, "hand");
    world
}

#[test]
fn c04_an_inadequate_closes_only_with_its_reflective_discussion() {
    use closeloop::domain::alert::{AlertTrigger, Need};
    let world = inadequate_evaluation();
    let text = crate::support::cast::text_of("central-bedfordshire");
    let framework = closeloop::profiles::parse(text, "the profile").unwrap();
    let graded = closeloop::domain::alert::Alert { trigger: AlertTrigger::Reviewer, ..alert(&world) };
    let keeps = |alert: &closeloop::domain::alert::Alert| {
        let needs = alert.needs(world.now, &framework.escalation, &[]);
        needs.into_iter().filter(|need| matches!(need, Need::Keep(_))).collect::<Vec<_>>()
    };
    assert_eq!(keeps(&graded), [Need::Keep(KeptKind::Reflection)]);
    assert_eq!(keeps(&alert(&world)), [], "C04 speaks of an Inadequate, not of an alert raised by hand");
    let held = closeloop::domain::alert::keep(
        world.now,
        &graded,
        (KeptKind::Reflection, world.today(), "What was hard about the visits".into()),
        closeloop::domain::framework::SubjectKind::Child,
        &closeloop::domain::alert::Doer { leads: true, ..Default::default() },
        &framework.escalation,
    );
    let mut after = graded.clone();
    after.after(&held.unwrap());
    assert_eq!(keeps(&after), []);
    let mut world = world;
    let said = world.refused_to("Amina Khan", keep(&world, KeptKind::Reflection, "x"));
    assert!(said.starts_with("The framework does not ask for that"), "{said}");
}
