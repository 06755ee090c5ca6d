//! Who may write down what follows a review.

use super::returned;
use crate::support::cast::text_of;
use chrono::NaiveDate;
use closeloop::domain::deed::{Actor, Deed};
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::id::{FollowUpId, PersonId, ReviewId};
use closeloop::domain::person::Person;
use closeloop::domain::tracking::{Around, FollowUp, FollowUpOf, Improved, may_note};
use closeloop::profiles;
use std::collections::BTreeMap;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

/// People of these roles, number by place from 1; the first is the practitioner, whose line goes up through the others.
fn people(roles: &[&str]) -> BTreeMap<PersonId, Person> {
    let numbered = roles.iter().zip(1i64..);
    numbered
        .map(|(role, id)| {
            let person = Person {
                id: PersonId(id),
                name: format!("Person {id}"),
                role: (*role).to_string(),
                team: None,
                service: String::new(),
                email: String::new(),
                login: format!("p{id}"),
                line_manager: (id < roles.len() as i64).then_some(PersonId(id + 1)),
                left_on: None,
            };
            (PersonId(id), person)
        })
        .collect()
}

fn noted(what: FollowUpOf, by: i64, whom: Option<i64>) -> FollowUp {
    FollowUp {
        id: FollowUpId(1),
        review: ReviewId(1),
        what,
        on: day(20),
        by: PersonId(by),
        whom: whom.map(PersonId),
        team: false,
        improved: (what == FollowUpOf::Assurance).then_some(Improved::Yes),
        text: "What was said".into(),
    }
}

/// The refusal, or nothing, when the person who did it writes it down under a framework.
fn asked(framework: &str, subject: SubjectKind, roles: &[&str], follow: &FollowUp, before: &[FollowUp]) -> String {
    let framework = profiles::parse(text_of(framework), "it").unwrap();
    let people = people(roles);
    let by = &people[&follow.by];
    let actor = Actor { login: by.login.clone(), person: Some(by.id), name: by.name.clone(), role: by.role.clone(), session: "s".into() };
    let around = Around {
        today: day(25),
        actor: &actor,
        acts_for: &[],
        framework: &framework,
        subject,
        case_type: framework.case_types.first(),
        practitioner: Some(PersonId(1)),
        has_team: true,
        reference: "CR-0001",
        submitted_on: Some(day(12)),
        people: &people,
        before,
    };
    may_note(&around, follow).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn s14_each_is_supported_by_whom_the_framework_names() {
    let support = |roles: &[&str], subject| asked("sandwell", subject, roles, &noted(FollowUpOf::Support, 2, Some(1)), &[]);
    for (whom, by) in [("SW", "AP"), ("TM", "SM"), ("IC", "PIRO"), ("Carer", "RM")] {
        let subject = if whom == "Carer" { SubjectKind::FosterCarer } else { SubjectKind::Child };
        assert_eq!(support(&[whom, by], subject), "", "{whom} by {by}");
        let said = support(&[whom, "HoS"], subject);
        assert!(said.contains("does not support"), "{whom} by a head of service: {said}");
    }
}

#[test]
fn s09_s14_in_fostering_the_registered_manager_stands_for_the_service_manager() {
    let support = |by, subject| asked("sandwell", subject, &["TM", by], &noted(FollowUpOf::Support, 2, Some(1)), &[]);
    assert_eq!(support("RM", SubjectKind::FosterCarer), "");
    assert!(support("SM", SubjectKind::FosterCarer).contains("does not support a team manager"));
}

#[test]
fn c13_where_no_table_names_anybody_a_manager_supports_and_support_ends_before_it_begins_again() {
    let ask = |what, by, before: &[FollowUp]| {
        asked("central-bedfordshire", SubjectKind::Child, &["SW", "TM", "SW"], &noted(what, by, Some(1)), before)
    };
    assert_eq!(ask(FollowUpOf::Support, 2, &[]), "");
    assert!(ask(FollowUpOf::Support, 3, &[]).contains("is no manager"));
    let begun = [noted(FollowUpOf::Support, 2, Some(1))];
    assert!(ask(FollowUpOf::Support, 2, &begun).contains("is running after CR-0001 already"));
    assert_eq!(ask(FollowUpOf::SupportProgress, 2, &begun), "");
    let ended = [begun[0].clone(), noted(FollowUpOf::SupportEnded, 2, None)];
    assert!(ask(FollowUpOf::SupportProgress, 2, &ended).contains("No targeted support is running"));
    assert!(ask(FollowUpOf::SupportEnded, 2, &[]).contains("No targeted support is running"));
    assert_eq!(ask(FollowUpOf::Support, 2, &ended), "");
}

#[test]
fn m25_a_supervisor_or_manager_decides() {
    let ask = |roles: &[&str], by| asked("merton", SubjectKind::Child, roles, &noted(FollowUpOf::Oversight, by, None), &[]);
    assert_eq!(ask(&["SW", "ATM", "SM"], 2), "", "whoever is above the practitioner");
    assert_eq!(ask(&["SW", "TM", "SM"], 3), "");
    assert!(ask(&["SW", "TM", "SW"], 3).is_empty(), "the line of management counts, whatever the role is called");
    assert!(ask(&["SW", "TM"], 1).contains("own work was reviewed"));
    let mut world = returned(4);
    let refused = world.refused_to("Amina Khan", world.follow(FollowUpOf::Oversight, "Rita Lund"));
    assert!(refused.contains("Rita Lund is no supervisor or manager of this case."), "a colleague decides nothing: {refused}");
    let deed = world.follow(FollowUpOf::Oversight, "Sam Miller");
    world.do_("Sam Miller", deed);
}

#[test]
fn m17_assurance_is_given_by_who_tracks_or_signs_off_never_by_the_practitioner() {
    let ask = |roles: &[&str], by| asked("sandwell", SubjectKind::Child, roles, &noted(FollowUpOf::Assurance, by, None), &[]);
    assert_eq!(ask(&["SW", "AP"], 2), "");
    let said = ask(&["SW", "Director"], 2);
    assert!(said.contains("does not give assurance") && said.contains("Advanced practitioner"), "{said}");
    assert!(ask(&["AP", "TM"], 1).contains("own work was reviewed"));
}

#[test]
fn m24_the_longer_interval_is_agreed_by_the_head_of_service_with_the_reason() {
    let ask = |by| asked("merton", SubjectKind::Child, &["SW", "TM", "SM", "HoS"], &noted(FollowUpOf::LongerInterval, by, None), &[]);
    assert_eq!(ask(4), "");
    assert!(ask(3).contains("HoS"), "{}", ask(3));
}

#[test]
fn m16_it_took_place_after_the_submission_and_not_in_the_future_and_has_words() {
    let ask = |change: &dyn Fn(&mut FollowUp)| {
        let mut follow = noted(FollowUpOf::Supervision, 2, None);
        change(&mut follow);
        asked("merton", SubjectKind::Child, &["SW", "TM"], &follow, &[])
    };
    assert_eq!(ask(&|_| {}), "");
    assert_eq!(ask(&|follow| follow.on = day(12)), "");
    assert!(ask(&|follow| follow.on = day(11)).contains("was submitted on 12 November 2026"));
    assert!(ask(&|follow| follow.on = day(26)).contains("today, 25 November 2026"));
    assert!(ask(&|follow| follow.text = "  ".into()).contains("It has no words"));
}

#[test]
fn it_is_written_by_who_did_it_or_the_insights_team_and_by_nobody_else() {
    let mut world = returned(4);
    let deed = world.follow(FollowUpOf::Supervision, "Tara Moss");
    let refused = world.refused_to("Ida Ross", deed.clone());
    assert!(refused.contains("It is not yours to write down what Tara Moss did."), "{refused}");
    world.do_("Amina Khan", deed);
    assert_eq!(world.loop_of().noted.len(), 1);
}

#[test]
fn the_recused_write_nothing_down_and_hold_nothing() {
    let mut world = returned(4);
    world.declare("Tara Moss", "CR-0001", closeloop::domain::interest::InterestKind::Family);
    let deed = world.follow(FollowUpOf::Supervision, "Tara Moss");
    assert!(world.try_("Tara Moss", deed.clone()).is_err());
    let refused = world.refused_to("Amina Khan", deed);
    assert!(refused.contains("recused"), "{refused}");
    let early = closeloop::domain::deed::FollowUpWanted {
        review: world.id("CR-0002"),
        ..match world.follow(FollowUpOf::Supervision, "Sam Miller") {
            Deed::FollowUp(wanted) => wanted,
            _ => unreachable!(),
        }
    };
    let refused = world.refused_to("Amina Khan", Deed::FollowUp(early));
    assert!(refused.contains("CR-0002 is not submitted yet"), "{refused}");
}

#[test]
fn m16_supervision_is_held_by_the_practitioner_s_own_line_and_by_nobody_else() {
    let ask = |roles: &[&str], by| asked("merton", SubjectKind::Child, roles, &noted(FollowUpOf::Supervision, by, None), &[]);
    assert_eq!(ask(&["SW", "TM", "SM"], 2), "");
    assert_eq!(ask(&["SW", "TM", "SM"], 3), "", "the manager of the manager");
    let mut world = returned(4);
    for other in ["Amina Khan", "Tess Young"] {
        let refused = world.refused_to("Amina Khan", world.follow(FollowUpOf::Supervision, other));
        assert!(refused.contains(&format!("{other} does not supervise the practitioner.")), "{refused}");
        assert!(refused.contains("does, or whoever manages them: choose who held it."), "{refused}");
    }
}

#[test]
fn f12_c04_the_discussion_is_held_by_the_line_or_by_who_tracks() {
    let ask = |roles: &[&str], by| asked("central-bedfordshire", SubjectKind::Child, roles, &noted(FollowUpOf::Reflection, by, None), &[]);
    assert_eq!(ask(&["SW", "TM"], 2), "");
    assert!(ask(&["SW", "TM", "SW"], 3).is_empty());
    let mut world = returned(4);
    let deed = world.follow(FollowUpOf::Reflection, "Amina Khan");
    world.do_("Amina Khan", deed);
    let refused = world.refused_to("Amina Khan", world.follow(FollowUpOf::Reflection, "Noor Carter"));
    assert!(refused.contains("own work") || refused.contains("neither supervises"), "{refused}");
    let refused = world.refused_to("Amina Khan", world.follow(FollowUpOf::Reflection, "Rita Lund"));
    assert!(refused.contains("Rita Lund neither supervises the practitioner nor tracks the review."), "{refused}");
}
