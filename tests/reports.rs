//! Reports: what they say for every framework, what they leave out, their life in the journal, and their files.

mod content;
mod disk;
mod drafts;
mod elsewhere;
mod extra;
mod files;
mod filter;
mod gone_out;
mod labels;
mod life;
mod looks;
mod memory;
mod own_figures;
mod screen;
mod services;
mod small;
mod sources;
mod texts;
mod true_words;
mod visits;

use crate::support::world::World;
use closeloop::domain::deed::{Deed, ReportDeed};
use closeloop::domain::id::{CycleId, ReportId};
use closeloop::domain::report::{Material, Narrative, Report};
use closeloop::report::paper::{Stage, Templates, compose};
use closeloop::report::plain::plain;
use closeloop::runtime::answers::reports::fresh;

/// The council of Merton with two reviews through to the end and one action.
fn reviewed() -> (World, CycleId) {
    let mut world = World::ready();
    world.at("2026-11-12T10:00:00Z");
    let references = world.references();
    for reference in &references[..2] {
        world.through(reference, "finalised");
    }
    let deed = world.action(&references[0], "Noor Carter", "Draw the family network with Kim");
    world.do_("Iris Tamm", deed);
    let cycle = world.facts(world.id(&references[0])).review.cycle;
    (world, cycle)
}

pub(crate) use content::opened;

fn build(world: &mut World, who: &str, cycle: CycleId, kind: &str) -> Report {
    world.do_(who, Deed::Report(ReportDeed::Build { cycle, kind: kind.into() }));
    world.store.reading().newest_report(cycle, kind).unwrap().unwrap().0
}

fn seen(world: &World, id: ReportId) -> i64 {
    world.store.reading().report(id).unwrap().unwrap().1
}

fn stored(world: &World, id: ReportId) -> Report {
    world.store.reading().report(id).unwrap().unwrap().0
}

fn material(world: &mut World, cycle: CycleId, kind: &str) -> Material {
    let viewer = world.viewer();
    fresh(world.store.reading(), &mut world.library, &viewer, cycle, kind, false).unwrap().0
}

fn said(material: &Material, narrative: &Narrative) -> String {
    plain(&compose(material, narrative, Stage::Now { in_part: false }, &Templates::default()).unwrap()).join("\n")
}
