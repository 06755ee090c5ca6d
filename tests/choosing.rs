//! Choosing cases and who reviews them, under every built-in framework whose data ask for it: each test is named after its rule.

mod beside;
mod duties;
mod first_day;
mod last_cycle;
mod look_back;
mod named;
mod notices;
mod reviewers;
mod rotation;
mod strands;

use crate::support::world::{World, cases, day, file, utc};
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::Deed;
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::id::CycleId;
use closeloop::domain::intake::{FrameRow, PersonRow};
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::review::Chosen;

/// The text of a built-in framework.
fn text_of(id: &str) -> &'static str {
    closeloop::profiles::builtin().iter().find(|(known, _)| *known == id).unwrap().1
}

/// The council under a framework, with a person of each role that Merton does not know, and a foster carer of its own team.
pub fn council(id: &str) -> World {
    let mut world = World::under(text_of(id));
    let extra = |name: &str, role: &str, team: &str, service: &str, manager: &str| PersonRow {
        name: name.into(),
        role: Some(role.into()),
        team: Some(team.into()),
        service: Some(service.into()),
        line_manager: Some(manager.into()),
        ..Default::default()
    };
    let rows = vec![
        extra("Rhea Marsh", "RespInd", "", "Fostering", "Dana Frost"),
        extra("Remy Vale", "RM", "", "Fostering", "Rhea Marsh"),
        extra("Fay North", "SW", "Fostering North", "Fostering", "Remy Vale"),
        extra("Paz Quill", "PIT", "", "Quality", "Ivo Smith"),
        extra("Quin Ayre", "QI", "", "Quality", "Ivo Smith"),
        extra("Queenie Bly", "QI", "", "Quality", "Ivo Smith"),
        extra("Petra Cole", "PC", "", "Quality", "Ivo Smith"),
    ];
    world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people-more.csv", 'd') });
    world.now = utc("2026-11-05T09:30:00Z");
    let framework = world.library.current(world.store.reading()).unwrap();
    if !framework.subjects.contains(&SubjectKind::FosterCarer) {
        return world;
    }
    let carer = FrameRow {
        council_id: "F-77".into(),
        kind: SubjectKind::FosterCarer,
        case_type: String::new(),
        age_years: None,
        disability: None,
        team: Some("Fostering North".into()),
        worker: Some("Fay North".into()),
        ..cases()[0].clone()
    };
    let deed =
        Deed::ImportFrame { rows: vec![carer], closed: Vec::new(), covered: Vec::new(), frame_date: None, file: file("carers.csv", 'c') };
    world.do_("Amina Khan", deed);
    world
}

/// A cycle of the framework in force, its focus for the first of its reasons.
pub fn cycle(world: &mut World, starts_on: &str) -> CycleId {
    let framework = world.library.current(world.store.reading()).unwrap();
    let focus_reason = framework.cycle.focus_reasons.first().map(|reason| reason.key.clone()).unwrap_or_default();
    let planned = CyclePlanned { starts_on: day(starts_on), focus: "Neglect".into(), focus_reason, focus_note: String::new() };
    world.do_("Amina Khan", Deed::OpenCycle(planned));
    world
        .store
        .reading()
        .cycle_by_reference(
            &world.store.reading().cycles().unwrap().iter().find(|(c, _)| c.starts_on == day(starts_on)).unwrap().0.reference,
        )
        .unwrap()
        .unwrap()
}

/// The wish to name the nth child of the frame.
pub fn naming(world: &World, cycle: CycleId, kind: &str, how: Chosen, nth: usize) -> NamedWanted {
    let frame = world.store.reading().subjects(true).unwrap();
    let children: Vec<_> = frame.iter().filter(|subject| subject.kind == SubjectKind::Child).collect();
    NamedWanted {
        cycle,
        kind: kind.into(),
        whom: Whom::Known(children[nth].id),
        how,
        by: Some(world.person("Sam Miller")),
        why: "The plan held through three moves".into(),
        practitioner: None,
    }
}
