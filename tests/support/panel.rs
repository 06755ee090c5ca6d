//! The panel of a test's council: a sitting in progress, an item on its table, and the deeds of those who sit there.

use super::world::World;
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::{PanelId, PersonId};
use closeloop::domain::panel::{DecisionWanted, Scoring, Sitting, SittingWanted};
use closeloop::domain::review::PanelStand;

impl World {
    /// A sitting today with everybody whom the framework names, judged together with the grade in sight.
    pub fn sits(&mut self) -> PanelId {
        let framework = self.library.current(self.store.reading()).unwrap();
        let people = self.store.reading().people().unwrap();
        let sits = |role: &String| framework.moderation.members.contains(role);
        let known = people.iter().find(|person| person.name == "Iris Tamm" && sits(&person.role));
        let chair = known.or_else(|| people.iter().find(|person| person.left_on.is_none() && sits(&person.role))).map(|person| person.id);
        self.sits_as(SittingWanted { scoring: Some(Scoring::Sighted), ..SittingWanted::on(self.today(), "10:00", chair) })
    }

    /// The same as somebody wants it, with everybody there.
    pub fn sits_as(&mut self, wanted: SittingWanted) -> PanelId {
        let batch = self.do_("Amina Khan", Deed::Panel(PanelDeed::Plan(wanted)));
        assert!(batch.written.first > 0);
        let panel = self.newest_sitting();
        let present = self.sitting(panel).panel.members;
        self.do_("Amina Khan", Deed::Panel(PanelDeed::Begin { panel, present }));
        panel
    }

    fn newest_sitting(&self) -> PanelId {
        let all = self.store.reading().sittings(self.today(), 100).unwrap();
        all.into_iter().map(|sitting| sitting.panel.id).max().unwrap()
    }

    pub fn sitting(&self, panel: PanelId) -> Sitting {
        self.store.reading().sitting(panel).unwrap().unwrap()
    }

    /// The sitting in progress, or a new one.
    pub fn panel_now(&mut self) -> PanelId {
        let all = self.store.reading().sittings(self.today(), 100).unwrap();
        match all.iter().find(|sitting| sitting.in_progress()) {
            Some(sitting) => sitting.panel.id,
            None => self.sits(),
        }
    }

    /// The sitting in progress that takes a review, or a new one; where services moderate their own (S07), one of its service.
    fn panel_for(&mut self, reference: &str) -> PanelId {
        let framework = self.library.current(self.store.reading()).unwrap();
        if !framework.moderation.own_service {
            return self.panel_now();
        }
        let service = self.store.reading().service_of_review(self.id(reference)).unwrap();
        let all = self.store.reading().sittings(self.today(), 100).unwrap();
        if let Some(sitting) = all.iter().find(|sitting| sitting.in_progress() && sitting.panel.service == service) {
            return sitting.panel.id;
        }
        let sits = |person: &&closeloop::domain::person::Person| {
            person.left_on.is_none() && person.service == service && framework.moderation.members.contains(&person.role)
        };
        // The role that the framework names first leads.
        let first = |person: &&closeloop::domain::person::Person| framework.moderation.members.iter().position(|role| *role == person.role);
        let people = self.store.reading().people().unwrap();
        let chair = people.iter().filter(sits).min_by_key(first).map(|person| person.id);
        self.sits_as(SittingWanted { scoring: Some(Scoring::Sighted), service, ..SittingWanted::on(self.today(), "10:00", chair) })
    }

    /// The deed that opens an item, those with an interest having left.
    pub fn opens(&self, panel: PanelId, reference: &str) -> Deed {
        let review = self.id(reference);
        let left: Vec<PersonId> = self.store.reading().recused_from(review).unwrap().into_iter().collect();
        Deed::Panel(PanelDeed::OpenItem { panel, review, left, aside: self.sitting(panel).item })
    }

    /// The deed by which the panel gives its scaling; what waits is put on the table of a sitting first.
    pub fn decide(&mut self, reference: &str, scaling: u8, rationale: &str) -> Deed {
        self.decide_as(reference, DecisionWanted { scaling: Some(scaling), ..decision(rationale) })
    }

    /// The same with a judgement of any form.
    pub fn decide_as(&mut self, reference: &str, wanted: DecisionWanted) -> Deed {
        let panel = self.panel_for(reference);
        if matches!(self.review(reference).panel, PanelStand::Waiting(_)) && self.sitting(panel).item != Some(self.id(reference)) {
            let deed = self.opens(panel, reference);
            self.do_("Amina Khan", deed);
        }
        self.decide_at(panel, reference, wanted)
    }

    /// The deed that decides an item of a sitting as wanted.
    pub fn decide_at(&self, panel: PanelId, reference: &str, wanted: DecisionWanted) -> Deed {
        let facts = self.review(reference);
        Deed::Panel(PanelDeed::Decide { panel, review: facts.review.id, seen: facts.revision, wanted })
    }
}

/// A decision without its judgement.
pub fn decision(rationale: &str) -> DecisionWanted {
    DecisionWanted {
        rationale: rationale.into(),
        consistency: "Agreed on risk".into(),
        themes: "voice".into(),
        ..DecisionWanted::default()
    }
}
