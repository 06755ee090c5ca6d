//! F23, Q04: work outside the plan, asked for by a board; and cycles of another kind of the framework.

use super::entries::under;
use crate::support::world::{World, day};
use closeloop::domain::cycle::{BesidePlanned, Commission, Cycle, CyclePlanned, commissioners, open_beside};
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::Framework;
use closeloop::domain::id::CycleId;
use closeloop::domain::query::{Answered, Query};
use closeloop::profiles::Catalog;

fn framework(id: &str) -> Framework {
    Catalog::built_in().framework(id).unwrap()
}

fn asked(framework: &Framework, kind: &str, by: &str, due_on: Option<&str>) -> BesidePlanned {
    let planned = CyclePlanned {
        starts_on: day("2026-11-17"),
        focus: "Children missing from home".into(),
        focus_reason: framework.cycle.focus_reasons[0].key.clone(),
        focus_note: String::new(),
    };
    let extra = Commission { by: by.into(), why: "Three went missing in a month".into(), due_on: due_on.map(day) };
    BesidePlanned { planned, kind: kind.into(), extra: Some(extra) }
}

fn refusal(framework: &Framework, wanted: &BesidePlanned) -> String {
    open_beside(framework, CycleId(1), wanted, &[]).unwrap_err().to_string()
}

fn opened(framework: &Framework, wanted: &BesidePlanned, existing: &[Cycle]) -> Cycle {
    open_beside(framework, CycleId(1), wanted, existing).unwrap()
}

#[test]
fn q04_a_themed_audit_is_commissioned_by_a_named_board_for_a_date() {
    let quarterly = framework("quarterly-learning");
    let kind = quarterly.kinds.iter().find(|kind| kind.commissioned_by.len() > 1).unwrap().key.clone();
    let cycle = opened(&quarterly, &asked(&quarterly, &kind, "dlt", Some("2027-01-12")), &[]);
    assert_eq!((cycle.reference.as_str(), cycle.kind.as_str(), cycle.beside), ("2026-11-x1", kind.as_str(), true));
    assert_eq!(cycle.extra.as_ref().map(|extra| extra.by.as_str()), Some("dlt"));
    assert!(cycle.phase("report").unwrap().ends <= day("2027-01-12"), "the report is there when the board meets");
    let second = opened(&quarterly, &asked(&quarterly, &kind, "scp", Some("2027-01-12")), &[cycle]);
    assert_eq!(second.reference, "2026-11-x2");

    assert!(refusal(&quarterly, &asked(&quarterly, &kind, "dlt", None)).contains("The day on which the board wants it is missing."));
    assert!(refusal(&quarterly, &asked(&quarterly, &kind, "", Some("2027-01-12"))).contains("It is not said which board asks"));
    let sampled = quarterly.sampled_kind().unwrap().key.clone();
    let said = refusal(&quarterly, &asked(&quarterly, &sampled, "dlt", Some("2027-01-12")));
    assert!(said.contains("is part of the cycle and is not commissioned."), "{said}");
}

#[test]
fn f23_extra_audits_come_at_short_notice() {
    let sefton = framework("sefton");
    let wanted = asked(&sefton, "thematic-audit", "improvement-board", Some("2026-12-01"));
    let cycle = opened(&sefton, &wanted, &[]);
    assert_eq!(cycle.reference, "2026-11-x1");
    assert!(cycle.phases.iter().all(|phase| phase.starts >= day("2026-11-17")), "nothing lies before its first day, notice included");
    assert!(cycle.phases.windows(2).all(|pair| pair[0].starts <= pair[1].starts));
    assert!(cycle.phase("report").unwrap().ends <= day("2026-12-01"));
    let without = asked(&sefton, "thematic-audit", "improvement-board", None);
    assert_eq!(opened(&sefton, &without, &[]).phase("report").unwrap().ends, day("2026-12-25"), "no date: the usual time");
}

#[test]
fn f23_extra_work_is_refused_where_it_cannot_be() {
    let sefton = framework("sefton");
    let good = asked(&sefton, "thematic-audit", "improvement-board", Some("2026-12-20"));
    let mut none = sefton.clone();
    none.cycle.extra_work = false;
    assert!(refusal(&none, &good).contains("has no work outside its plan."));
    assert!(
        refusal(&sefton, &BesidePlanned { kind: "visit".into(), ..good.clone() })
            .contains("There is no kind of review \u{201c}visit\u{201d}")
    );
    assert!(
        refusal(&sefton, &asked(&sefton, "thematic-audit", "audit-briefing", None)).contains("which board asks"),
        "a forum asks for nothing"
    );
    assert!(refusal(&sefton, &asked(&sefton, "thematic-audit", "improvement-board", Some("2026-11-17"))).contains("begins only on"));
    let extra = Commission { why: " ".into(), ..good.extra.clone().unwrap() };
    assert!(refusal(&sefton, &BesidePlanned { extra: Some(extra), ..good }).contains("needs its reason."));
}

#[test]
fn q04_who_may_commission_what_comes_from_the_profile() {
    let quarterly = framework("quarterly-learning");
    for kind in &quarterly.kinds {
        let boards: Vec<&str> = commissioners(&quarterly, kind).iter().map(|board| board.key.as_str()).collect();
        assert_eq!(boards.len(), kind.commissioned_by.len(), "{}", kind.key);
    }
    let merton = framework("merton");
    for kind in &merton.kinds {
        assert!(!commissioners(&merton, kind).is_empty(), "where no kind names its boards, every board may ask for {}", kind.key);
    }
}

#[test]
fn a_cycle_can_be_of_any_kind_of_the_framework() {
    let mut world = under("quarterly-learning");
    world.at("2026-11-19T14:00:00Z");
    let quarterly = framework("quarterly-learning");
    let sampled = quarterly.sampled_kind().unwrap().key.clone();
    for kind in &quarterly.kinds {
        let wanted = BesidePlanned { extra: None, ..asked(&quarterly, &kind.key, "", None) };
        world.do_("Amina Khan", Deed::OpenBeside(wanted));
    }
    let cycles: Vec<Cycle> = world.store.reading().cycles().unwrap().into_iter().map(|(cycle, _)| cycle).collect();
    assert_eq!(cycles.len(), quarterly.kinds.len());
    for cycle in &cycles {
        assert_eq!(cycle.beside, cycle.kind != sampled, "{}", cycle.reference);
    }
    assert!(cycles.iter().any(|cycle| cycle.reference == "2026-q4"));
    world.assert_verified();
}

#[test]
fn f23_the_cycle_people_are_in_is_never_extra_nor_merely_planned() {
    let mut world = World::council();
    world.at("2026-11-19T14:00:00Z").open_cycle("2026-11-01");
    let merton = framework("merton");
    let board = commissioners(&merton, &merton.kinds[0])[0].key.clone();
    world.do_("Amina Khan", Deed::OpenBeside(asked(&merton, &merton.kinds[0].key, &board, Some("2026-12-15"))));
    let planned = CyclePlanned { starts_on: day("2027-01-01"), ..asked(&merton, "", "", None).planned };
    let said = world.do_("Amina Khan", Deed::OpenCycle(planned)).said;
    assert_eq!(said, "Cycle 2027-01 planned; its first phase begins on 1 January 2027");
    let title = |world: &mut World| match world.ask(Query::Overview) {
        Answered::Overview(overview) => overview.cycle.map(|cycle| cycle.title).unwrap_or_default(),
        other => panic!("the overview answers with the overview, not {other:?}"),
    };
    assert_eq!(title(&mut world), "November 2026");
    world.at("2027-01-01T09:00:00Z");
    assert_eq!(title(&mut world), "January 2027");
    world.assert_verified();
}
