//! A sealed sitting of the made-up council with seven cases before it, one member recused from the second: for the room's screen and
//! the papers.

use super::panel::decision;
use super::world::World;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::PanelId;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::panel::{DecisionWanted, Scoring, SittingWanted};
use std::path::PathBuf;
use std::sync::OnceLock;
use tempfile::TempDir;

/// Who is recused from the second case.
pub const RECUSED: &str = "Sam Miller";

/// The members who come.
pub const MEMBERS: [&str; 4] = ["Iris Tamm", "Ivo Smith", "Hana Owen", "Sam Miller"];

/// A sitting that is planned, with the references of its cases, oldest first.
pub struct Sat {
    pub world: World,
    pub panel: PanelId,
    pub cases: Vec<String>,
}

impl Sat {
    /// Planned for the 24th; today is the day before.
    pub fn planned() -> Sat {
        static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
        let (_, template) = MADE.get_or_init(|| {
            let mut world = World::ready();
            let cases = world.references();
            for (reference, scaling) in cases.iter().zip([10, 1, 9, 2, 10, 1, 0]) {
                world.through_as(reference, "completed", scaling);
            }
            world.at("2026-11-23T09:00:00Z");
            world.declare(RECUSED, &cases[1], InterestKind::Family);
            let members = MEMBERS.map(|name| world.person(name)).to_vec();
            let usual = SittingWanted::on("2026-11-24".parse().unwrap(), "10:00", Some(members[0]));
            let wanted = SittingWanted { members, scoring: Some(Scoring::Sealed), minutes_each: 20, ..usual };
            world.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(wanted)));
            world.into_template()
        });
        let mut world = World::copy_of(template);
        world.at("2026-11-23T09:00:00Z");
        let cases = world.references();
        Sat { world, panel: PanelId(1), cases }
    }

    /// The panel sits, everybody is there, nothing is on the table.
    pub fn begun() -> Sat {
        let mut sat = Sat::planned();
        sat.world.at("2026-11-24T10:00:00Z");
        let run = sat.cases.iter().map(|reference| sat.world.id(reference)).collect();
        sat.chairs(PanelDeed::OrderAgenda { panel: sat.panel, run });
        let present = MEMBERS.map(|name| sat.world.person(name)).to_vec();
        sat.chairs(PanelDeed::Begin { panel: sat.panel, present });
        sat
    }

    pub fn chairs(&mut self, deed: PanelDeed) {
        self.world.do_(MEMBERS[0], Deed::Panel(deed));
    }

    /// Puts a case on the table, those with an interest having left.
    pub fn opens(&mut self, case: usize) {
        let deed = self.world.opens(self.panel, &self.cases[case]);
        self.world.do_(MEMBERS[0], deed);
    }

    /// The first so many members who stay score these.
    pub fn scores(&mut self, case: usize, points: &[u8]) {
        let review = self.world.id(&self.cases[case]);
        let left = self.world.store.reading().recused_from(review).unwrap();
        let stay: Vec<&str> = MEMBERS.into_iter().filter(|name| !left.contains(&self.world.person(name))).collect();
        for (name, point) in stay.into_iter().zip(points) {
            let score = PanelDeed::Score { panel: self.panel, review, scaling: Some(*point), grade: None, note: "A note".into() };
            self.world.do_(name, Deed::Panel(score));
        }
    }

    /// The panel decides the case on the table.
    pub fn decides(&mut self, case: usize, scaling: u8, why: &str) {
        let wanted = DecisionWanted { scaling: Some(scaling), ..decision(why) };
        let deed = self.world.decide_at(self.panel, &self.cases[case], wanted);
        self.world.do_(MEMBERS[0], deed);
    }

    /// Sits through everything: one upheld, one lowered with a member out, one sent back, one put off, the rest not reached.
    pub fn closed() -> Sat {
        let mut sat = Sat::begun();
        sat.opens(0);
        sat.scores(0, &[10, 10, 9, 10]);
        sat.decides(0, 10, "Every area bears it out.");
        sat.world.at("2026-11-24T10:20:00Z");
        sat.opens(1);
        sat.scores(1, &[0, 1, 1]);
        sat.decides(1, 0, "The child was *not* seen; the plan | was old.");
        sat.opens(2);
        sat.scores(2, &[9, 5, 9, 9]);
        let (panel, review) = (sat.panel, sat.world.id(&sat.cases[2]));
        sat.chairs(PanelDeed::SendBack { panel, review, missing: "What the child said".into() });
        sat.opens(3);
        let review = sat.world.id(&sat.cases[3]);
        sat.chairs(PanelDeed::Defer { panel, review, why: "Its reviewer is ill".into() });
        sat.world.at("2026-11-24T12:00:00Z");
        sat.chairs(PanelDeed::Close { panel });
        sat.world.at("2026-11-26T09:00:00Z");
        let review = Some(sat.world.id(&sat.cases[1]));
        let deed = PanelDeed::AddMinute { panel, review, text: "The date of the plan was misread.".into() };
        sat.world.do_("Amina Khan", Deed::Panel(deed));
        sat
    }
}
