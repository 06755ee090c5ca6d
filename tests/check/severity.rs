//! How much a finding presses and after how many days, as a profile says; and the kinds that look at types and teams.

use crate::support::world::{DRAWN_AT, World, merton_text};
use closeloop::domain::check::{FindingKind as K, Severity};

/// Merton's council under a profile with these checks: November is drawn and nobody reviews it.
fn under(checks: &str) -> World {
    let mut world = World::under(&merton_text().replacen("boards = [", &format!("checks = [{checks}]\nboards = ["), 1));
    world.at(DRAWN_AT);
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 2, 7);
    world
}

#[test]
fn a_profile_says_after_how_many_days_and_how_much_it_presses() {
    let mut world = under("");
    world.at("2026-11-12T10:00:00Z");
    assert_eq!(world.amiss("Amina Khan"), [], "seven days are no halt yet");
    let mut world = under("{ kind = \"not-allocated\", days = 5, severity = \"urgent\" }");
    world.at("2026-11-12T10:00:00Z");
    let found = world.amiss("Amina Khan");
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].severity, found[0].label.as_str()), (Severity::Urgent, "Drawn, and nobody reviews it for more than 5 days"));
}

#[test]
fn what_presses_most_comes_first_whatever_its_kind() {
    let mut world = under("{ kind = \"old-extract\", severity = \"urgent\" }");
    world.at("2026-12-14T10:00:00Z");
    let kinds: Vec<K> = world.amiss("Amina Khan").iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds.first(), Some(&K::OldExtract));
    let mut usual = under("");
    usual.at("2026-12-14T10:00:00Z");
    let severities: Vec<Severity> = usual.amiss("Amina Khan").iter().map(|finding| finding.severity).collect();
    assert!(severities.is_sorted() && severities.last() == Some(&Severity::Minor), "{severities:?}");
}

#[test]
fn every_kind_has_a_severity_and_every_word_is_read_back() {
    for kind in K::ALL {
        assert_eq!(Severity::of_key(kind.usual_severity().key()), Some(kind.usual_severity()));
        assert_eq!(K::of_key(kind.key()), Some(kind));
    }
    assert_eq!(K::InadequateWithoutAlert.usual_severity(), Severity::Urgent);
    assert_eq!((K::Halted.usual_days(), K::OwnerLeft.usual_days()), (Some(14), None));
}

#[test]
fn a_profile_that_says_nonsense_of_a_check_is_refused_where_it_stands() {
    let said = |checks: &str| {
        let text = merton_text().replacen("boards = [", &format!("checks = [{checks}]\nboards = ["), 1);
        closeloop::profiles::parse(&text, "it").err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(said("{ kind = \"halted\", days = 21 }"), "");
    for (checks, expected) in [
        ("{ kind = \"haltd\", days = 21 }", "is no kind of finding"),
        ("{ kind = \"owner-left\", days = 21 }", "is amiss at once"),
        ("{ kind = \"halted\" }", "this changes nothing"),
        ("{ kind = \"halted\", severity = \"red\" }", "\"red\" is not known here"),
        ("{ kind = \"halted\", days = 3 }, { kind = \"halted\", days = 4 }", "stands here twice"),
    ] {
        assert!(said(checks).contains(expected), "{checks}: {}", said(checks));
    }
}

#[test]
fn a_case_of_an_unknown_type_or_of_a_team_without_a_service_is_found() {
    let mut world = under("");
    let of = |world: &mut World, kind: K| world.amiss("Amina Khan").into_iter().filter(|one| one.kind == kind).count();
    assert_eq!((of(&mut world, K::CaseTypeUnknown), of(&mut world, K::TeamUnknown)), (0, 0));
    // As lists of before left them.
    let raw = rusqlite::Connection::open(world.path()).unwrap();
    raw.execute("UPDATE review SET case_type = 'unheard-of' WHERE ref = 'CR-0001'", []).unwrap();
    raw.execute("UPDATE review SET team = NULL WHERE ref = 'CR-0002'", []).unwrap();
    assert_eq!((of(&mut world, K::CaseTypeUnknown), of(&mut world, K::TeamUnknown)), (1, 1));
}

#[test]
fn no_kind_is_looked_for_by_walking_every_review_or_action() {
    let world = World::ready();
    let viewer = world.seen_by("Amina Khan");
    // Of a table itself, or of the index that keeps its references apart, every row would be read; an index of some rows holds few.
    let walks = |step: &String| {
        let all = ["SCAN r", "SCAN a", "SCAN l"].contains(&step.as_str());
        all || (step.starts_with("SCAN") && step.contains("autoindex"))
    };
    let plan = |kind: K| world.store.reading().plan_of_findings(kind, &viewer).unwrap();
    let walked: Vec<(K, Vec<String>)> =
        K::ALL.into_iter().map(|kind| (kind, plan(kind))).filter(|(_, plan)| plan.iter().any(walks)).collect();
    assert_eq!(walked, []);
}
