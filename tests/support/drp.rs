//! Disputes in the made-up council: raised and followed as somebody would.

use super::world::{World, day};
use closeloop::domain::deed::{Deed, DrpDeed};
use closeloop::domain::drp::{Drp, DrpKind, DrpWanted, StepWanted};
use closeloop::domain::id::DrpId;
use closeloop::domain::query::{Answered, DrpDetail, Query};
use closeloop::runtime::clerk::Receipt;

impl World {
    /// A dispute that somebody wants to raise about a review, nothing tried yet.
    pub fn dispute(&self, reference: &str, what: &str) -> DrpWanted {
        DrpWanted {
            kind: DrpKind::Dispute,
            review: Some(self.id(reference)),
            subject: None,
            raised_by: None,
            on: self.today(),
            what: what.into(),
            wanted: "A plan with dates".into(),
            informal: None,
        }
    }

    /// Raises one; gives its number.
    pub fn raises(&mut self, who: &str, reference: &str, what: &str) -> DrpId {
        let wanted = self.dispute(reference, what);
        self.do_(who, Deed::Drp(DrpDeed::Raise(wanted)));
        self.newest_drp()
    }

    /// The number of the one raised last.
    pub fn newest_drp(&self) -> DrpId {
        (1..).map(DrpId).take_while(|id| self.store.reading().drp(*id).unwrap().is_some()).last().unwrap()
    }

    /// As stored.
    pub fn drp(&self, id: DrpId) -> Drp {
        self.store.reading().drp(id).unwrap().unwrap().0
    }

    /// The deed that notes something about one, as it is now.
    pub fn noting(&self, id: DrpId, on: &str, wanted: StepWanted, text: &str) -> Deed {
        let seen = self.store.reading().drp(id).unwrap().unwrap().1;
        Deed::Drp(DrpDeed::Note { drp: id, seen, on: day(on), wanted, text: text.into() })
    }

    /// Notes something about one today.
    #[track_caller]
    pub fn notes(&mut self, who: &str, id: DrpId, wanted: StepWanted, text: &str) -> Receipt {
        let deed = self.noting(id, &self.today().to_string(), wanted, text);
        self.do_(who, deed)
    }

    /// Tries to note something about one today; it has to be refused.
    #[track_caller]
    pub fn refuses_to_note(&mut self, who: &str, id: DrpId, wanted: StepWanted, text: &str) -> String {
        let deed = self.noting(id, &self.today().to_string(), wanted, text);
        self.refused_to(who, deed)
    }

    /// What somebody's screen of one shows.
    pub fn drp_detail(&mut self, who: &str, id: DrpId) -> DrpDetail {
        match self.answer_to(who, &Query::Drp(id)).unwrap() {
            Answered::Drp(detail) => *detail,
            other => panic!("a dispute answers with a dispute, not {other:?}"),
        }
    }
}
