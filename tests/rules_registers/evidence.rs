//! Registers of evidence: each source that a framework names can be noted, is listed, counted and stands in its month, and what is
//! missing is refused. S23, S24, S25, C12, C14.

use super::entries::{entries, row, under, wanted};
use crate::support::world::{World, day};
use closeloop::domain::deed::Deed;
use closeloop::domain::query::{Answered, Query, RegisterDetail};

/// What an entry needs: the register, its required fields with something in them, and which of them names the source.
struct Evidence {
    council: &'static str,
    register: &'static str,
    values: &'static [(&'static str, &'static str)],
    source: Option<(&'static str, &'static [&'static str])>,
}

fn detail(world: &mut World, register: &str) -> RegisterDetail {
    match world.ask(Query::Register(register.into())) {
        Answered::Register(detail) => *detail,
        other => panic!("a register answers with a register, not {other:?}"),
    }
}

fn is_kept(evidence: &Evidence) {
    let Evidence { council, register, values, source } = evidence;
    let mut world = under(council);
    world.at("2026-11-19T14:00:00Z");
    let (field, sources) = source.unwrap_or(("", &[""]));
    let with = |source: &'static str| -> Vec<(&str, &str)> {
        values.iter().copied().chain((!field.is_empty()).then_some((field, source))).collect()
    };
    for source in sources {
        world.do_("Amina Khan", Deed::RecordEntry(wanted(register, "2026-11-17", &with(source))));
    }
    assert_eq!(entries(&mut world, register, "").len(), sources.len(), "{register}: each is listed");
    assert_eq!(row(&mut world, register).entries as usize, sources.len(), "{register}: each is counted");
    let collation = detail(&mut world, register).collation;
    let november = collation.months.iter().position(|month| *month == day("2026-11-01")).unwrap();
    let of_source = collation.rows.iter().filter(|row| row.counts[november] == 1 && row.total == 1).count();
    assert!(field.is_empty() || of_source >= sources.len(), "{register}: each source has its own line: {collation:#?}");
    for (left_out, _) in with(sources[0]) {
        let rest: Vec<_> = with(sources[0]).into_iter().filter(|(key, _)| *key != left_out).collect();
        let said = world.refused(Deed::RecordEntry(wanted(register, "2026-11-17", &rest)));
        assert!(said.contains("is still empty"), "{register} without {left_out}: {said}");
    }
    if !field.is_empty() {
        let said = world.refused(Deed::RecordEntry(wanted(register, "2026-11-17", &with("hearsay"))));
        assert!(said.contains("hearsay"), "{register}: {said}");
    }
    let year = match world.ask(Query::Programme(day("2026-11-19"))) {
        Answered::Programme(year) => *year,
        other => panic!("the programme answers with the programme, not {other:?}"),
    };
    let month = year.months.iter().find(|month| month.first == day("2026-11-01")).unwrap();
    let label = detail(&mut world, register).register.label.clone();
    assert!(month.registers.iter().any(|(name, many, _)| *name == label && *many as usize == sources.len()), "{register} is in its month");
    world.assert_verified();
}

#[test]
fn s23_feedback_is_noted_by_how_it_came() {
    is_kept(&Evidence {
        council: "sandwell",
        register: "feedback",
        values: &[("said", "They listened")],
        source: Some(("from", &["after-intervention", "survey", "mystery-customer", "young-inspectors", "forum"])),
    });
}

#[test]
fn s24_enabler_evidence_is_noted_by_its_source() {
    let sources: &[&str] =
        &["compliment", "complaint", "learning-review", "safeguarding-practice-review", "reflective-space", "intervention-hub"];
    let values: &[(&str, &str)] = &[("finding", "Calls were not returned")];
    is_kept(&Evidence { council: "sandwell", register: "enablers", values, source: Some(("kind", sources)) });
}

#[test]
fn s25_resources_evidence_is_noted_by_its_source() {
    let sources: &[&str] = &["bespoke-review", "dip-sample", "mystery-shopper", "team-feedback"];
    let values: &[(&str, &str)] = &[("finding", "The first call decides")];
    is_kept(&Evidence { council: "sandwell", register: "resources", values, source: Some(("kind", sources)) });
}

#[test]
fn c12_audit_champions_and_their_meetings_are_noted() {
    let values: &[(&str, &str)] = &[("who", "One from each service")];
    is_kept(&Evidence { council: "central-bedfordshire", register: "audit-champions", values, source: None });
}

#[test]
fn c14_placement_visits_and_carer_reviews_are_noted_with_whether_a_young_person_took_part() {
    is_kept(&Evidence {
        council: "central-bedfordshire",
        register: "placement-visits",
        values: &[("young-person", "yes"), ("finding", "A home with a garden")],
        source: Some(("kind", &["placement-visit", "carer-review"])),
    });
}
