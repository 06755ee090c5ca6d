//! Reading several reviewers on one case for one viewer. Q03, S18: what is sealed is left out here and nowhere later.

use super::{Reading, body};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::joint::Joint;
use crate::store::error::StoreResult;

impl Reading<'_> {
    /// The reviewers of a case beside its lead and their own judgements, as this viewer may read them: while the seal holds only
    /// the viewer's own; nobody's for a viewer who is not on the council's list.
    pub fn joint(&self, review: ReviewId, lead: Option<PersonId>, viewer: Option<PersonId>) -> StoreResult<Joint> {
        let others =
            self.rows("SELECT person FROM co_reviewer WHERE review = ?1 ORDER BY person", &[&review.0], |row| row.get(0).map(PersonId))?;
        let given = self.rows("SELECT person FROM own_judgement WHERE review = ?1", &[&review.0], |row| row.get(0).map(PersonId))?;
        let opened = self.one("SELECT why FROM seal_opened WHERE review = ?1", &[&review.0], |row| row.get(0))?;
        // Whoever was taken off later judged too, but counts no more.
        let given = given.into_iter().filter(|person| lead == Some(*person) || others.contains(person));
        let own = given.map(|person| (person, None)).collect();
        let mut joint = Joint { others, own, opened };
        let open = joint.is_open(lead);
        for (person, own) in &mut joint.own {
            if !open && viewer != Some(*person) {
                continue;
            }
            let sql = "SELECT body FROM own_judgement WHERE review = ?1 AND person = ?2";
            let text = self.one(sql, &[&review.0, &person.0], |row| row.get::<_, String>(0))?;
            *own = text.map(|text| body("own_judgement.body", &text)).transpose()?;
        }
        Ok(joint)
    }
}
