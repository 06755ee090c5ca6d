//! The rules of interests, as tables: who may declare, withdraw and set aside what.

use closeloop::domain::framework::Independence;
use closeloop::domain::id::{InterestId, PersonId, ReviewId, SubjectId};
use closeloop::domain::interest::{Asker, Declaring, Inference, Interest, InterestKind, Reach, declare, dismiss, withdraw};

const ME: PersonId = PersonId(1);
const OTHER: PersonId = PersonId(2);
const WORKER: PersonId = PersonId(3);

fn today() -> chrono::NaiveDate {
    "2026-11-19".parse().unwrap()
}

fn asker(person: PersonId, leads: bool) -> Asker {
    Asker { person: Some(person), leads }
}

fn wanted(kind: InterestKind, note: &str) -> Declaring {
    Declaring { person: ME, kind, note: note.into(), review: ReviewId(7), subject: SubjectId(9), practitioner: Some(WORKER) }
}

fn declared(by: Asker) -> Interest {
    declare(InterestId(1), today(), by, wanted(InterestKind::Family, ""), false).unwrap()
}

#[test]
fn an_interest_is_declared_by_whoever_has_it_or_by_the_insights_team() {
    let by = |asker| declare(InterestId(1), today(), asker, wanted(InterestKind::Family, ""), false);
    assert!(!by(asker(ME, false)).unwrap().on_behalf());
    assert!(by(asker(OTHER, true)).unwrap().on_behalf());
    assert!(by(asker(OTHER, false)).unwrap_err().what.contains("by whoever has it"));
    let again = declare(InterestId(1), today(), asker(ME, false), wanted(InterestKind::Family, ""), true);
    assert!(again.unwrap_err().what.contains("recused from this case already"));
}

#[test]
fn another_kind_needs_words() {
    let with = |note| declare(InterestId(1), today(), asker(ME, false), wanted(InterestKind::Other, note), false);
    assert!(with("").is_err());
    assert_eq!(with("Lives next door").unwrap().note, "Lives next door");
}

#[test]
fn management_and_friendship_reach_over_all_of_the_practitioners_cases() {
    for kind in InterestKind::ALL {
        let declared = declare(InterestId(1), today(), asker(ME, false), wanted(kind, "words"), false).unwrap();
        let expected = match kind {
            InterestKind::LineManagement | InterestKind::Practitioner => Reach::Practitioner(WORKER),
            _ => Reach::Subject(SubjectId(9)),
        };
        assert_eq!(declared.reach, expected, "{kind:?}");
        let alone = Declaring { practitioner: None, ..wanted(kind, "words") };
        let declared = declare(InterestId(1), today(), asker(ME, false), alone, false).unwrap();
        assert_eq!(declared.reach, Reach::Subject(SubjectId(9)), "{kind:?} where nobody holds the case");
        assert_eq!(InterestKind::of_key(kind.key()), Some(kind));
    }
}

#[test]
fn withdrawing_needs_a_reason_and_the_right_person() {
    let own = declared(asker(ME, false));
    let on_behalf = declared(asker(OTHER, true));
    let because = || "The placement has ended".to_string();
    assert!(withdraw(today(), asker(ME, false), &own, String::new()).unwrap_err().what.contains("needs its reason"));
    let gone = withdraw(today(), asker(ME, false), &own, because()).unwrap();
    assert!(!gone.stands());
    assert!(withdraw(today(), asker(ME, false), &gone, because()).unwrap_err().what.contains("already"));
    assert!(withdraw(today(), asker(ME, true), &on_behalf, because()).unwrap_err().what.contains("on your behalf"));
    assert!(withdraw(today(), asker(OTHER, true), &on_behalf, because()).is_ok());
    assert!(withdraw(today(), asker(OTHER, false), &own, because()).is_err(), "a colleague cannot");
}

#[test]
fn q02_nobody_sets_aside_for_themselves_what_the_kinds_independence_refuses() {
    use Independence::{OwnCase, OwnLine, OwnTeam};
    // What is suggested, under which independence, whether oneself may set it aside.
    let table = [
        (Inference::Team, OwnCase, true),
        (Inference::Team, OwnTeam, false),
        (Inference::Team, OwnLine, false),
        (Inference::HeldLately, OwnCase, true),
        (Inference::HeldLately, OwnTeam, false),
        (Inference::Line, OwnCase, true),
        (Inference::Line, OwnTeam, true),
        (Inference::Line, OwnLine, false),
        (Inference::ManagedLately, OwnTeam, true),
        (Inference::ManagedLately, OwnLine, false),
        (Inference::ManagesFormerTeam, OwnTeam, false),
    ];
    for (inference, independence, oneself) in table {
        let by = |asker| dismiss(asker, ME, inference, independence, true, "It was another team then");
        assert_eq!(by(asker(ME, false)).is_ok(), oneself, "{inference:?} under {independence:?}");
        assert_eq!(by(asker(ME, true)).is_ok(), oneself, "leading changes nothing for oneself: {inference:?} under {independence:?}");
        assert!(by(asker(OTHER, true)).is_ok(), "{inference:?} under {independence:?}");
        assert!(by(asker(OTHER, false)).is_err(), "a colleague cannot");
    }
    for inference in Inference::ALL {
        assert_eq!(Inference::of_key(inference.key()), Some(inference));
    }
}

#[test]
fn q02_ones_own_case_is_never_set_aside_and_a_reason_is_always_needed() {
    let lead = asker(OTHER, true);
    assert!(dismiss(lead, ME, Inference::OwnCase, Independence::OwnCase, true, "why").is_err());
    assert!(dismiss(lead, ME, Inference::Team, Independence::OwnTeam, true, "").unwrap_err().what.contains("needs its reason"));
    assert!(dismiss(lead, ME, Inference::Team, Independence::OwnTeam, false, "why").unwrap_err().what.contains("do not suggest"));
}
