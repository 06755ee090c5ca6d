//! Raised outside a grade: an immediate concern at any time with its form, by hand with a reason; and fostering's own people.

use super::{FIRST, acknowledge, alert, answers, assure, close, keep, name, tell};
use crate::choosing::{council, cycle, naming};
use crate::support::world::{World, utc};
use closeloop::domain::alert::{AlertTrigger, HowTold, KeptKind};
use closeloop::domain::deed::{AlertDeed, AlertWanted, Deed, PeopleDeed};
use closeloop::domain::framework::{Side, SubjectKind};
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::person::PersonWanted;
use closeloop::domain::query::{Answered, Query};
use closeloop::domain::review::Chosen;
use closeloop::domain::strip::StripOf;
use closeloop::runtime::clerk::{Receipt, perform};
use closeloop::store::StoreResult;

/// Raises an alert on the first review: `concern` with both headings of its form, `hand` with a reason.
pub fn raise(world: &mut World, how: &str) -> Receipt {
    let deed = wanted(world, how, &[]);
    world.do_("Amina Khan", deed)
}

fn wanted(world: &World, how: &str, told: &[(&str, HowTold)]) -> Deed {
    let framework = closeloop::profiles::parse(&in_force(world), "in force").unwrap();
    let trigger = if how == "concern" { AlertTrigger::Concern } else { AlertTrigger::Hand };
    let given: Vec<(String, String)> =
        framework.escalation.headings(trigger).into_iter().map(|heading| (heading.key, "Nobody has seen the child".into())).collect();
    let given: Vec<(&str, &str)> = given.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    let review = world.id(&world.references()[0]);
    let told = told.iter().map(|(role, how)| (role.to_string(), *how)).collect();
    Deed::Alert(AlertDeed::Raise(AlertWanted { review, trigger, concern: answers(&given), told }))
}

fn in_force(world: &World) -> String {
    let setting = world.store.reading().setting("framework").unwrap().unwrap();
    let (id, version) = setting.split_once('@').unwrap();
    world.store.reading().framework_text(id, version.parse().unwrap()).unwrap().unwrap()
}

/// Sefton's audits, three of them under way.
fn sefton() -> World {
    let mut world = World::run_by("sefton");
    let cycle = world.at("2026-11-02T09:30:00Z").open_cycle("2026-11-01");
    world.draw(cycle, 3, 7);
    world.at("2026-11-05T09:30:00Z");
    world
}

#[test]
fn f10_an_immediate_concern_opens_at_any_time_and_says_what_it_is_and_what_should_happen() {
    let mut world = sefton();
    let review = world.id("TA-0001");
    let without =
        |concern| Deed::Alert(AlertDeed::Raise(AlertWanted { review, trigger: AlertTrigger::Concern, concern, told: Vec::new() }));
    let said = world.refused(without(answers(&[("summary", "Nobody has seen the child")])));
    assert!(said.starts_with("\u{201c}What should be done, and by when\u{201d} is not answered."), "{said}");
    raise(&mut world, "concern");
    let stored = alert(&world);
    assert_eq!((stored.trigger, stored.concern.len()), (AlertTrigger::Concern, 2));
    assert_eq!(stored.addressees.iter().map(|one| one.role.as_str()).collect::<Vec<_>>(), ["TM", "SM"]);
    let again = wanted(&world, "concern", &[]);
    assert!(world.refused(again).starts_with("AL-0001 is open on this review already"), "one for each review and trigger");
    raise(&mut world, "hand");
    world.assert_verified();
}

#[test]
fn f10_where_no_time_is_set_for_a_review_the_message_says_by_when_to_acknowledge() {
    let mut world = sefton();
    raise(&mut world, "concern");
    let letter = world.store.reading().letter(closeloop::domain::id::MailId(1)).unwrap().unwrap();
    let said = (letter.message.said.by, letter.message.said.within.as_str());
    assert_eq!(said, (Some(utc("2026-11-05T13:30:00Z")), "4 hours"));
}

#[test]
fn f10_it_is_told_in_words_and_an_e_mail_alone_does_not_count() {
    let mut world = sefton();
    raise(&mut world, "concern");
    world.do_("Amina Khan", tell(&[0, 1], HowTold::Email));
    let sm = name(&world, "SM", Side::Child);
    world.do_(&sm, assure(&[("safety", "Seen today, and safe")]));
    let said = world.refused(close());
    assert!(said.starts_with("AL-0001 stays open: nobody of the child\u{2019}s line was told in words."), "{said}");
    world.do_("Amina Khan", tell(&[0], HowTold::Telephone));
    assert!(!world.refused(close()).contains("told in words"));
}

#[test]
fn f10_whoever_was_told_in_words_before_the_form_is_written_down_with_it() {
    let mut world = sefton();
    let deed = wanted(&world, "concern", &[("TM", HowTold::InPerson)]);
    let receipt = world.do_("Amina Khan", deed);
    assert!(receipt.said.contains("1 person told in person"), "{}", receipt.said);
    assert!(alert(&world).addressees[0].told_in_words() && alert(&world).addressees[1].told_at.is_none());
}

#[test]
fn f10_the_assistant_director_signs_off_and_the_next_supervision_is_recorded_before_it_closes() {
    let mut world = sefton();
    let deed = wanted(&world, "concern", &[("TM", HowTold::Telephone), ("SM", HowTold::Telephone)]);
    world.do_("Amina Khan", deed);
    let tm = name(&world, "TM", Side::Child);
    world.do_(&tm, assure(&[("safety", "Seen today, and safe")]));
    assert!(world.refused(close()).contains("\u{201c}Actions signed off\u{201d} is not recorded"));
    let sign = keep(&world, KeptKind::SignOff, "Timed and owned");
    assert!(world.refused_to(&tm, sign.clone()).starts_with("The actions of AL-0001 are signed off by the AD. Ask the AD"));
    let rows = vec![closeloop::domain::intake::PersonRow {
        name: "Dana Frost".into(),
        role: Some("AD".into()),
        login: Some("dana.f".into()),
        ..Default::default()
    }];
    world.do_("Amina Khan", Deed::ImportPeople { rows, file: crate::support::world::file("ad.csv", '7') });
    world.do_("Dana Frost", sign);
    // Who signed is named with their role: on the strip, in the alert, in the record's history, in the proof.
    let Answered::Alerts(page) = world.ask(Query::Alerts(super::listed::all(""))) else { panic!() };
    assert_eq!(page.rows[0].signed_off, "Dana Frost (AD)");
    let detail = super::listed::detail(&mut world);
    assert_eq!(detail.kept_by(&detail.alert.kept[0]), "Dana Frost (Assistant director)");
    let rows = world.history("TA-0001");
    let signed = rows.iter().find(|row| row.what.starts_with("Actions signed off by the AD")).unwrap();
    assert_eq!(signed.actor, "D. Frost");
    let Answered::Proof(proof) = world.ask(Query::Proof(StripOf::Alert(FIRST))) else { panic!() };
    let signed = proof.rows.iter().find(|row| row.what.starts_with("Actions signed off by the AD")).unwrap();
    assert_eq!((signed.by.as_str(), signed.rule.as_str()), ("Dana Frost", "F10: recorded afterwards"));
    assert!(world.refused(close()).contains("\u{201c}Discussed in supervision\u{201d} is not recorded"));
    let wordless = keep(&world, KeptKind::Supervision, " ");
    assert!(world.refused_to(&tm, wordless).starts_with("It is recorded with what came of it."));
    let held = keep(&world, KeptKind::Supervision, "What got in the way of visiting");
    for other in ["Dana Frost", "Amina Khan"] {
        let said = world.refused_to(other, held.clone());
        assert!(said.starts_with("The supervision after AL-0001 is recorded by the TM or the SM. Ask the TM or the SM"), "{said}");
    }
    world.do_(&tm, held.clone());
    assert!(world.refused_to(&tm, held).starts_with("Discussed in supervision: recorded already"));
    world.do_("Amina Khan", close());
    world.assert_verified();
}

#[test]
fn f10_a_second_concern_on_the_same_review_is_another_alert_once_the_first_is_closed() {
    let mut world = World::ready();
    let deed = wanted(&world, "concern", &[]);
    world.do_("Amina Khan", deed.clone());
    super::tell_all(&mut world, HowTold::Telephone);
    let sm = name(&world, "SM", Side::Child);
    world.do_(&sm, assure(&[("safety", "Safe"), ("quality", "Good")]));
    world.do_("Amina Khan", close());
    world.do_("Amina Khan", deed);
    let second = world.store.reading().alert(closeloop::domain::id::AlertId(2)).unwrap().unwrap();
    assert_eq!((second.earlier, second.trigger), (1, AlertTrigger::Concern));
    world.assert_verified();
}

#[test]
fn an_alert_by_hand_needs_its_reason_and_a_framework_without_concerns_refuses_one() {
    let mut world = World::ready();
    let review = world.id("CR-0001");
    let raised = |trigger, concern| Deed::Alert(AlertDeed::Raise(AlertWanted { review, trigger, concern, told: Vec::new() }));
    assert!(world.refused(raised(AlertTrigger::Hand, Vec::new())).contains("\u{201c}Why an alert is raised\u{201d} is not answered."));
    assert!(world.refused(raised(AlertTrigger::Reviewer, Vec::new())).contains("opened by the grade itself"));
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    let child = naming(&world, id, "practice-review", Chosen::Added, 0);
    world.do_("Amina Khan", Deed::OpenNamed(child));
    let deed = wanted(&world, "concern", &[]);
    assert!(world.refused(deed).contains("knows no immediate concern"));
}

/// Does a deed as anybody on the list, whether the made-up council's own table has them or not.
fn act(world: &mut World, name: &str, deed: Deed) -> StoreResult<Receipt> {
    let person = world.store.reading().people().unwrap().into_iter().find(|person| person.name == name).unwrap();
    if person.login.is_empty() {
        let login = Some(format!("login.{}", person.id.0));
        let seen = world.store.reading().person_revision(person.id).unwrap().unwrap();
        let wanted = PersonWanted { login, ..PersonWanted::default() };
        world.do_("Amina Khan", Deed::People(PeopleDeed::Change { person: person.id, seen, wanted }));
    }
    let actor = world.actor(name);
    perform(&mut world.store, &mut world.library, &actor, world.now, deed)
}

#[test]
fn s09_s11_s12_in_fostering_the_registered_manager_assures_and_the_responsible_individual_decides() {
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    let carer = world.store.reading().subjects(true).unwrap().into_iter().find(|subject| subject.kind == SubjectKind::FosterCarer).unwrap();
    let named = NamedWanted { whom: Whom::Known(carer.id), ..naming(&world, id, "practice-review", Chosen::Added, 0) };
    world.do_("Amina Khan", Deed::OpenNamed(named));
    raise(&mut world, "hand");
    assert_eq!(name(&world, "RM", Side::Child), "Remy Vale");
    assert_eq!(name(&world, "RespInd", Side::Child), "Rhea Marsh");
    assert!(alert(&world).addressees.iter().all(|one| !["SM", "HoS"].contains(&one.role.as_str())));
    super::tell_all(&mut world, HowTold::Telephone);
    act(&mut world, "Remy Vale", acknowledge()).unwrap();
    let said = act(&mut world, "Rhea Marsh", assure(&[("safety", "Safe")])).unwrap_err().to_string();
    assert!(said.contains("given by Remy Vale (RM)"), "{said}");
    let whole = [("safety", "Safe"), ("mitigation", "Weekly visits"), ("needed", "A plan for school")];
    act(&mut world, "Remy Vale", assure(&whole)).unwrap();
    world.do_("Amina Khan", super::dispute("It was one evening"));
    let said = act(&mut world, "Hana Owen", super::decide(true, "It stands")).unwrap_err().to_string();
    assert!(said.contains("is decided by Rhea Marsh (RespInd)"), "{said}");
    act(&mut world, "Rhea Marsh", super::decide(true, "It stands")).unwrap();
    act(&mut world, "Remy Vale", close()).unwrap();
    world.assert_verified();
}

#[test]
fn s10_a_child_s_inadequate_goes_to_the_service_manager_and_the_head_of_service() {
    let mut world = council("sandwell");
    let id = cycle(&mut world, "2026-11-01");
    let child = naming(&world, id, "practice-review", Chosen::Added, 0);
    world.do_("Amina Khan", Deed::OpenNamed(child));
    world.now = utc("2026-11-06T10:00:00Z");
    raise(&mut world, "hand");
    assert_eq!(alert(&world).addressees.iter().map(|one| one.role.as_str()).collect::<Vec<_>>(), ["SM", "HoS"]);
    assert_eq!(alert(&world).assured_by, Some(0), "S11: the service manager reviews the records");
    assert_eq!(alert(&world).id, FIRST);
}
